//! How long new customers stay: each for a time of its own.

use super::months::{Months, PER_WORD};
use super::sixteen::at_most;
use crate::distribution::binomial_count;
use crate::engine::paths::{Draws, STRIP, Strip};
use crate::model::arr_cohorts::Inputs;

/// Customers of a cohort up to which each is drawn by itself.
const SINGLY: u32 = 512;
/// Draws in the stream of a cohort: words of the customers, further bits of ties, months of cohorts drawn together.
const TIES: u32 = SINGLY;
const TOGETHER: u32 = 2 * SINGLY;
/// Customers looked at at once, and the words of their draws.
const SIXTEEN: u32 = 16;
const PER_SIXTEEN: usize = SIXTEEN as usize / PER_WORD;
/// Groups of [`Groups`], whose customers are as many as a word has bits.
const GROUPS: usize = 4;

/// Times that customers stay, ready to be drawn.
#[derive(Debug, Clone)]
pub struct Stay {
    /// By which age a customer has left.
    gone: Months,
    /// What it means that a customer leaves at an age.
    leaving: Vec<Leaving>,
}

/// Where a customer who leaves at an age is added: places after that of its cohort.
#[derive(Debug, Clone, Copy, Default)]
struct Leaving {
    /// Among those lost in a month, before the age of expansion or later.
    lost: u32,
    /// Before that age among the early ones of its cohort, later among what is lost in the month.
    also: u32,
    /// How much it adds there: 1, or the revenue of a survivor of that age over that at age 0.
    worth: f64,
}

/// Up to four groups of sixteen customers of a trial, to be gone through in one loop: its end is what no processor
/// foresees.
#[derive(Debug, Clone, Copy, Default)]
struct Groups {
    /// Draws, by place of the word in a group, then group: words that lie apart are computed one by one, which costs
    /// less than vectors that cannot multiply 64 bits.
    words: [[u64; GROUPS]; PER_SIXTEEN],
    /// Who is there.
    present: [u16; GROUPS],
    /// Largest draw that may mean to leave within the horizon.
    within: [u16; GROUPS],
    /// Month of the cohort, and place of the first customer in it.
    month: [u32; GROUPS],
    first: [u32; GROUPS],
}

/// Draws, the stream of the first cohort, the trial, and its lane in the strip.
type At<'a> = (&'a Draws<'a>, usize, usize, usize);

/// What leaves in each month, over a strip.
#[derive(Debug, Clone)]
pub struct Losses {
    /// By month: customers before the age of expansion, those of that age or older, what these would have been worth,
    /// and, by cohort, those who leave before the age of expansion. Months after the horizon are scratch.
    cells: Vec<Strip>,
    months: usize,
}

/// Places of [`Losses::cells`], in units of the months of each.
const YOUNG: usize = 0;
const GROWN: usize = 1;
const WORTH: usize = 2;
const EARLY: usize = 3;

/// Months for each of the above: an age may lead as far beyond the horizon as it is long.
const fn stride(months: usize) -> usize {
    2 * months + 2
}

impl Losses {
    /// Of no customer.
    pub fn new(months: usize) -> Self {
        Self { cells: vec![[0.0; STRIP]; 4 * stride(months)], months }
    }

    /// Of no customer, again.
    pub fn clear(&mut self) {
        for cells in self.cells.chunks_exact_mut(stride(self.months)) {
            cells[..self.months].fill([0.0; STRIP]);
        }
    }

    #[inline]
    fn at(&self, which: usize, month: usize) -> &Strip {
        &self.cells[which * stride(self.months) + month]
    }

    /// Customers lost in a month before the age of expansion, those lost later, and what these would have been worth.
    #[inline]
    pub fn of(&self, month: usize) -> [&Strip; 3] {
        [self.at(YOUNG, month), self.at(GROWN, month), self.at(WORTH, month)]
    }

    /// Customers of the cohort of a month that leave before the age of expansion.
    #[inline]
    pub fn early(&self, month: usize) -> &Strip {
        self.at(EARLY, month)
    }

    /// Lines that customers who leave are added to.
    #[inline]
    fn lines(&mut self) -> &mut [Strip] {
        &mut self.cells
    }
}

/// Adds customers of the cohort of a month who leave to the lines of [`Losses`].
#[inline]
fn add(lines: &mut [Strip], lane: usize, month: u32, leaving: &Leaving, customers: f64) {
    lines[(month + leaving.lost) as usize][lane % STRIP] += customers;
    lines[(month + leaving.also) as usize][lane % STRIP] += customers * leaving.worth;
}

impl Stay {
    /// For so many months.
    pub fn new(months: usize) -> Self {
        Self { gone: Months::new(months), leaving: vec![Leaving::default(); months + 2] }
    }

    /// Takes over the rates of a trial.
    pub fn prepare(&mut self, inputs: &Inputs) {
        let early = 1.0 - inputs.churn_at(1);
        let months = self.leaving.len() - 2;
        let (mut stays, mut worth) = (1.0, 1.0);
        let place = |which: usize, age: usize| (which * stride(months) + age) as u32;
        for (age, leaving) in self.leaving.iter_mut().enumerate().skip(1) {
            worth *= inputs.growth_at(age);
            *leaving = if age < inputs.expansion_first_age {
                Leaving { lost: place(YOUNG, age), also: place(EARLY, 0), worth: 1.0 }
            } else {
                Leaving { lost: place(GROWN, age), also: place(WORTH, age), worth }
            };
        }
        self.gone.lay_out((1..=months).map(|age| {
            stays *= if age <= crate::model::arr_cohorts::EARLY_MONTHS { early } else { 1.0 - inputs.mature_churn };
            1.0 - stays
        }));
    }

    /// Draws when the customers of each cohort leave, in the trial of a lane; the stream of the first cohort is
    /// `stream`.
    pub fn leave(
        &self,
        inputs: &Inputs,
        draws: &Draws,
        stream: usize,
        (first, lane): (usize, usize),
        new: &[Strip],
        losses: &mut Losses,
    ) {
        let at = (draws, stream, first + lane, lane);
        let horizon = new.len();
        let (mut groups, mut count) = (Groups::default(), 0);
        for (month, new) in new[..horizon - 1].iter().enumerate() {
            let customers = new[lane] as u32;
            if customers > SINGLY {
                self.leave_together(inputs, at, (month, customers), losses);
                continue;
            }
            let within = self.gone.within(horizon - 1 - month);
            for sixteen in 0..customers.div_ceil(SIXTEEN) {
                let own = draws.words::<PER_SIXTEEN>(stream + month, first + lane, sixteen * PER_SIXTEEN as u32);
                groups.words.iter_mut().zip(own).for_each(|(words, word)| words[count] = word);
                groups.present[count] = u16::MAX >> (SIXTEEN - (customers - sixteen * SIXTEEN).min(SIXTEEN));
                groups.within[count] = within;
                groups.month[count] = month as u32;
                groups.first[count] = sixteen * SIXTEEN;
                count += 1;
                if count == GROUPS {
                    self.leave_groups(&groups, at, losses);
                    count = 0;
                }
            }
        }
        groups.present[count..].fill(0);
        self.leave_groups(&groups, at, losses);
    }

    /// First who of some groups leaves within the horizon, all at once, then when each of them does.
    #[inline]
    fn leave_groups(&self, groups: &Groups, (draws, stream, trial, lane): At, losses: &mut Losses) {
        let mut leaving = 0;
        let mut bytes = [0; 2 * GROUPS * SIXTEEN as usize];
        for (group, bytes) in bytes.chunks_exact_mut(2 * SIXTEEN as usize).enumerate() {
            let words = groups.words.map(|words| words[group]);
            for (bytes, word) in bytes.chunks_exact_mut(8).zip(words) {
                bytes.copy_from_slice(&word.to_le_bytes());
            }
            let here = at_most(&words, groups.within[group]) & groups.present[group];
            leaving |= u64::from(here) << (SIXTEEN as usize * group);
        }
        // Slices, whose lengths stay in registers.
        let (lines, leaving_at) = (losses.lines(), self.leaving.as_slice());
        while leaving != 0 {
            let place = leaving.trailing_zeros() as usize % (GROUPS * SIXTEEN as usize);
            leaving &= leaving - 1;
            let draw = u32::from(u16::from_le_bytes([bytes[2 * place], bytes[2 * place + 1]]));
            let group = place / SIXTEEN as usize;
            let month = groups.month[group];
            let before = self.gone.before(draw).unwrap_or_else(|| {
                let further = TIES + groups.first[group] + place as u32 % SIXTEEN;
                self.gone.before_exactly(draw, (draws, stream + month as usize, trial), further)
            });
            add(lines, lane, month, &leaving_at[1 + before], 1.0);
        }
    }

    /// A large cohort: a binomial count a month.
    #[cold]
    fn leave_together(
        &self,
        inputs: &Inputs,
        (draws, stream, trial, lane): At,
        (month, count): (usize, u32),
        losses: &mut Losses,
    ) {
        let mut left = count;
        for age in 1..losses.months - month {
            let uniform = draws.uniform(stream + month, trial, TOGETHER + age as u32);
            let gone = binomial_count(uniform, left, inputs.churn_at(age));
            left -= gone;
            add(losses.lines(), lane, month as u32, &self.leaving[age], f64::from(gone));
        }
    }
}
