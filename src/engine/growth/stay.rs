//! How long new customers stay: each for a time of its own.

use super::cohort::{AFTER, Cohort, SINGLY, Small, drawn_singly, own, shared, threshold};
use crate::distribution::binomial_count;
use crate::engine::paths::{Draws, STRIP, Strip};
use crate::model::arr_cohorts::Inputs;

/// Draws in the stream of a cohort: bits that all its customers share, months of cohorts drawn together.
const SHARED: u32 = AFTER;
const TOGETHER: u32 = 2 * SINGLY;

/// Times that customers stay, ready to be drawn, and how many are there in each month.
#[derive(Debug, Clone)]
pub struct Stay {
    /// Chance to have left, by age from 1.
    gone: Vec<[u32; STRIP]>,
    /// Revenue of a survivor over that at age 0, by age from 0.
    worth: Vec<Strip>,
    /// Customers there at the end of a month, and what they are worth, in revenue of a new one.
    pub customers: Vec<Strip>,
    pub value: Vec<Strip>,
    /// Scratch: a cohort, thresholds by age, how many of them have left by age.
    cohort: Cohort,
    thresholds: Vec<Small>,
    left: Vec<Small>,
    /// Customers of cohorts that are followed one by one.
    singly: Vec<[i32; STRIP]>,
}

impl Stay {
    /// For so many months.
    pub fn new(months: usize) -> Self {
        Self {
            gone: vec![[0; STRIP]; months],
            worth: vec![[1.0; STRIP]; months + 1],
            customers: vec![[0.0; STRIP]; months],
            value: vec![[0.0; STRIP]; months],
            cohort: Cohort::new(),
            thresholds: vec![[0; STRIP]; months],
            left: vec![[0; STRIP]; months],
            singly: vec![[0; STRIP]; months],
        }
    }

    /// Takes over the rates of the trials of a strip.
    pub fn prepare(&mut self, inputs: &[Inputs]) {
        for (lane, inputs) in inputs.iter().enumerate() {
            let early = 1.0 - inputs.churn_at(1);
            let (mut stays, mut worth) = (1.0, 1.0);
            for (before, gone) in self.gone.iter_mut().enumerate() {
                let age = before + 1;
                stays *= if age <= crate::model::arr_cohorts::EARLY_MONTHS { early } else { 1.0 - inputs.mature_churn };
                gone[lane] = threshold(1.0 - stays);
                worth *= inputs.growth_at(age);
                self.worth[age][lane] = worth;
            }
        }
    }

    /// Follows the customers of each cohort, in the trials of the strip that begins at lane `first`; the stream of the first
    /// cohort is `stream`.
    pub fn follow(&mut self, inputs: &[Inputs], draws: &Draws, stream: usize, first: usize, new: &[Strip]) {
        let months = new.len();
        let shared = shared(draws, stream, first, SHARED);
        for (thresholds, gone) in self.thresholds.iter_mut().zip(&self.gone) {
            *thresholds = own(gone, &shared);
        }
        self.customers.fill([0.0; STRIP]);
        self.value.fill([0.0; STRIP]);
        self.singly.fill([0; STRIP]);
        for (month, new) in new.iter().enumerate() {
            let members = drawn_singly(new, |lane, count| {
                self.follow_together(&inputs[lane], (draws, stream, first + lane, lane), month, count);
            });
            self.cohort.draw(&members, draws, stream + month, first);
            let ages = months - month;
            self.cohort.count(&self.thresholds[..ages - 1], &mut self.left[1..ages]);
            let members = members.map(i32::from);
            for (((left, worth), singly), value) in
                self.left[..ages].iter().zip(&self.worth).zip(&mut self.singly[month..]).zip(&mut self.value[month..])
            {
                let stay: [i32; STRIP] = std::array::from_fn(|lane| members[lane] - i32::from(left[lane]));
                *singly = std::array::from_fn(|lane| singly[lane] + stay[lane]);
                *value = std::array::from_fn(|lane| value[lane] + f64::from(stay[lane]) * worth[lane]);
            }
        }
        for (customers, singly) in self.customers.iter_mut().zip(&self.singly) {
            *customers = std::array::from_fn(|lane| customers[lane] + f64::from(singly[lane]));
        }
    }

    /// A large cohort: a binomial count a month.
    #[cold]
    fn follow_together(
        &mut self,
        inputs: &Inputs,
        (draws, stream, trial, lane): (&Draws, usize, usize, usize),
        month: usize,
        mut stay: u32,
    ) {
        for (age, (customers, value)) in self.customers[month..].iter_mut().zip(&mut self.value[month..]).enumerate() {
            if age > 0 {
                let uniform = draws.uniform(stream + month, trial, TOGETHER + age as u32);
                stay -= binomial_count(uniform, stay, inputs.churn_at(age));
            }
            customers[lane] += f64::from(stay);
            value[lane] += f64::from(stay) * self.worth[age][lane];
        }
    }
}
