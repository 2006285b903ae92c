//! How long new customers stay: each for a time of its own.

use super::listed::{Listed, PER_SIXTEEN, SINGLY, SIXTEEN, Whose};
use super::months::Months;
use crate::distribution::binomial_count;
use crate::engine::paths::{Draws, STRIP, Strip};
use crate::math::whole;
use crate::model::arr_cohorts::Inputs;

/// Draws in the stream of a cohort: numbers of the customers, further bits of ties, months of cohorts drawn together.
const TIES: u32 = SINGLY;
const TOGETHER: u32 = 2 * SINGLY;
/// Times that customers stay, ready to be drawn.
#[derive(Debug, Clone)]
pub struct Stay {
    /// By which age a customer has left.
    gone: Months,
    /// What it means that a customer leaves at an age.
    leaving: Vec<Leaving>,
    /// Draws of customers who leave within the horizon; scratch.
    chosen: Listed,
}

/// Where a customer who leaves at an age is added: lines after that of its cohort.
#[derive(Debug, Clone, Copy, Default)]
struct Leaving {
    /// Among those lost in a month, before the age of expansion or later.
    lost: u32,
    /// Before that age among the early ones of its cohort, later among what is lost in the month.
    also: u32,
    /// How much it adds there: 1, or the revenue of a survivor of that age over that at age 0.
    worth: f64,
}

/// Draws, the stream of the first cohort, the trial, and its lane in the strip.
type At<'a> = (&'a Draws<'a>, usize, usize, usize);

/// What leaves in each month, over a strip. Months after the horizon are scratch.
#[derive(Debug, Clone)]
pub struct Losses {
    /// Customers lost in a month before the age of expansion, then those lost at that age or older.
    lost: Vec<Strip>,
    /// What the latter would have been worth; then, by cohort, those who leave before the age of expansion.
    also: Vec<Strip>,
    months: usize,
}

/// Months for each of the above: an age may lead as far beyond the horizon as it is long.
const fn stride(months: usize) -> usize {
    2 * months + 2
}

impl Losses {
    /// Of no customer.
    pub fn new(months: usize) -> Self {
        let lines = || vec![[0.0; STRIP]; 2 * stride(months)];
        Self { lost: lines(), also: lines(), months }
    }

    /// Of no customer, again.
    pub fn clear(&mut self) {
        for lines in [&mut self.lost, &mut self.also] {
            for lines in lines.chunks_exact_mut(stride(self.months)) {
                lines[..self.months].fill([0.0; STRIP]);
            }
        }
    }

    /// Customers lost in a month before the age of expansion, those lost later, and what these would have been worth.
    #[inline]
    pub fn of(&self, month: usize) -> [&Strip; 3] {
        [&self.lost[month], &self.lost[stride(self.months) + month], &self.also[month]]
    }

    /// Customers of the cohort of a month that leave before the age of expansion.
    #[inline]
    pub fn early(&self, month: usize) -> &Strip {
        &self.also[stride(self.months) + month]
    }

    /// Lines that customers who leave are added to: slices, whose lengths stay in registers.
    #[inline]
    fn lines(&mut self) -> Lines<'_> {
        Lines { lost: &mut self.lost, also: &mut self.also }
    }
}

/// Those of [`Losses`].
struct Lines<'a> {
    lost: &'a mut [Strip],
    also: &'a mut [Strip],
}

impl Lines<'_> {
    /// Adds customers of the cohort of a month who leave.
    #[inline]
    fn add(&mut self, lane: usize, month: u32, leaving: &Leaving, customers: f64) {
        self.lost[(month + leaving.lost) as usize][lane % STRIP] += customers;
        self.also[(month + leaving.also) as usize][lane % STRIP] += customers * leaving.worth;
    }
}

impl Stay {
    /// For so many months.
    pub fn new(months: usize) -> Self {
        Self { gone: Months::new(months), leaving: vec![Leaving::default(); months + 2], chosen: Listed::new() }
    }

    /// Takes over the rates of a trial.
    pub fn prepare(&mut self, inputs: &Inputs) {
        let early = 1.0 - inputs.churn_at(1);
        let months = self.leaving.len() - 2;
        let (mut stays, mut worth) = (1.0, 1.0);
        let second = stride(months) as u32;
        for (age, leaving) in self.leaving.iter_mut().enumerate().skip(1) {
            worth *= inputs.growth_at(age);
            let after = age as u32;
            *leaving = if age < inputs.expansion_first_age {
                Leaving { lost: after, also: second, worth: 1.0 }
            } else {
                Leaving { lost: second + after, also: after, worth }
            };
        }
        self.gone.lay_out((1..=months).map(|age| {
            stays *= if age <= crate::model::arr_cohorts::EARLY_MONTHS { early } else { 1.0 - inputs.mature_churn };
            1.0 - stays
        }));
    }

    /// Draws when the customers of each cohort leave, in the trial of a lane; the stream of the first cohort is
    /// `stream`. First who leaves within the horizon, sixteen at once, then when each of them does.
    pub fn leave(
        &mut self,
        inputs: &Inputs,
        draws: &Draws,
        stream: usize,
        (first, lane): (usize, usize),
        new: &[Strip],
        losses: &mut Losses,
    ) {
        let at = (draws, stream, first + lane, lane);
        let horizon = new.len();
        for (month, new) in new[..horizon - 1].iter().enumerate() {
            if new[lane] > f64::from(SINGLY) {
                self.leave_together(inputs, at, (month, new[lane] as u32), losses);
                continue;
            }
            let customers = whole(new[lane]);
            let within = self.gone.within(horizon - 1 - month);
            for first_here in (0..customers).step_by(SIXTEEN as usize) {
                let numbers = draws.several::<PER_SIXTEEN>(stream + month, first + lane, first_here / 2);
                self.chosen.add_chosen(&numbers, within, customers - first_here, Whose::new(month, first_here));
                if self.chosen.is_full() {
                    self.leave_singly(at, losses);
                }
            }
        }
        self.leave_singly(at, losses);
    }

    /// Draws when those who were chosen leave.
    fn leave_singly(&mut self, (draws, stream, trial, lane): At, losses: &mut Losses) {
        let (mut lines, leaving, gone) = (losses.lines(), &self.leaving[1..], &self.gone);
        let further = |draw: u32, whose: Whose| {
            gone.before_exactly(draw, (draws, stream + whose.month() as usize, trial), TIES + whose.place())
        };
        self.chosen.show(gone, further, |before, whose| lines.add(lane, whose.month(), &leaving[before], 1.0));
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
            losses.lines().add(lane, month as u32, &self.leaving[age], f64::from(gone));
        }
    }
}
