//! How long new customers stay: each for a time of its own.

use super::months::{Months, PER_WORD, draw_in, further};
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
const PER_SIXTEEN: u32 = SIXTEEN / PER_WORD as u32;

/// Times that customers stay, ready to be drawn.
#[derive(Debug, Clone)]
pub struct Stay {
    /// By which age a customer has left.
    gone: Months,
    /// Revenue of a survivor over that at age 0; 0 before the age of expansion, when it is 1.
    grown: Vec<f64>,
}

/// What leaves in each month, over a strip.
#[derive(Debug, Clone)]
pub struct Losses {
    /// Customers before the age of expansion, those of that age or older, what these would have been worth.
    lost: Vec<[Strip; 3]>,
    /// Customers of each cohort who leave before the age of expansion.
    early: Vec<Strip>,
}

impl Losses {
    /// Of no customer.
    pub fn new(months: usize) -> Self {
        // One month more, for those who stay beyond the horizon.
        Self { lost: vec![[[0.0; STRIP]; 3]; months + 1], early: vec![[0.0; STRIP]; months] }
    }

    /// Of no customer, again.
    pub fn clear(&mut self) {
        self.lost.fill([[0.0; STRIP]; 3]);
        self.early.fill([0.0; STRIP]);
    }

    /// Customers lost in a month before the age of expansion, those lost later, and what these would have been worth.
    #[inline]
    pub fn of(&self, month: usize) -> &[Strip; 3] {
        &self.lost[month]
    }

    /// Customers of the cohort of a month that leave before the age of expansion.
    #[inline]
    pub fn early(&self, month: usize) -> &Strip {
        &self.early[month]
    }
}

impl Stay {
    /// For so many months.
    pub fn new(months: usize) -> Self {
        Self { gone: Months::new(months), grown: vec![0.0; months + 1] }
    }

    /// Takes over the rates of a trial.
    pub fn prepare(&mut self, inputs: &Inputs) {
        let early = 1.0 - inputs.churn_at(1);
        let (mut stays, mut worth) = (1.0, 1.0);
        for age in 1..self.grown.len() {
            worth *= inputs.growth_at(age);
            self.grown[age] = if age < inputs.expansion_first_age { 0.0 } else { worth };
        }
        self.gone.lay_out((1..self.grown.len()).map(|age| {
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
        let horizon = new.len();
        let first_age = inputs.expansion_first_age;
        for (month, new) in new[..horizon - 1].iter().enumerate() {
            let count = new[lane] as u32;
            if count > SINGLY {
                self.leave_together(inputs, draws, stream, (first, lane), (month, count), losses);
                continue;
            }
            let within = self.gone.within(horizon - 1 - month);
            for sixteen in 0..count.div_ceil(SIXTEEN) {
                let words = std::array::from_fn(|place| {
                    draws.word(stream + month, first + lane, sixteen * PER_SIXTEEN + place as u32)
                });
                let here = (count - sixteen * SIXTEEN).min(SIXTEEN);
                // First who leaves within the horizon, then when.
                let mut leaving = at_most(&words, within) & (u16::MAX >> (SIXTEEN - here));
                let mut early = 0.0;
                while leaving != 0 {
                    let place = leaving.trailing_zeros();
                    leaving &= leaving - 1;
                    let draw = draw_in(words[place as usize / PER_WORD], place as usize % PER_WORD);
                    let tie = TIES + sixteen * SIXTEEN + place;
                    let age = 1 + self.gone.before(draw, || further(draws, stream + month, first + lane, tie));
                    // A tie at the end of the horizon may mean a month after it.
                    let lost = &mut losses.lost[(month + age).min(horizon)];
                    let grown = usize::from(age >= first_age);
                    lost[grown][lane] += 1.0;
                    lost[2][lane] += self.grown[age.min(horizon)];
                    early += (1 - grown) as f64;
                }
                losses.early[month][lane] += early;
            }
        }
    }

    /// A large cohort: a binomial count a month.
    #[cold]
    fn leave_together(
        &self,
        inputs: &Inputs,
        draws: &Draws,
        stream: usize,
        (first, lane): (usize, usize),
        (month, count): (usize, u32),
        losses: &mut Losses,
    ) {
        let mut left = count;
        for age in 1..losses.early.len() - month {
            let uniform = draws.uniform(stream + month, first + lane, TOGETHER + age as u32);
            let gone = binomial_count(uniform, left, inputs.churn_at(age));
            left -= gone;
            let (lost, gone) = (&mut losses.lost[month + age], f64::from(gone));
            if age < inputs.expansion_first_age {
                lost[0][lane] += gone;
                losses.early[month][lane] += gone;
            } else {
                lost[1][lane] += gone;
                lost[2][lane] += gone * self.grown[age];
            }
        }
    }
}
