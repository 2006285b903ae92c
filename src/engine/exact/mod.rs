//! Distribution of the total without simulation: conditional convolution over the market factor.
//!
//! Given the market m the deals are independent, so that the characteristic function of their sum is
//! the product Π_i (1 + w_i(m)(φ_i(ω) − 1)); its average over m, transformed back, is the distribution
//! (Ackerer & Vatter, arXiv 1610.03050; the recursion of Andersen, Sidenius & Basu, Risk 2003, gives
//! the same lattice law). Fixed amounts live on a lattice of their common divisor and are exact;
//! continuous amounts are discretised with their mean preserved, with an error of order h².
//!
//! In bad markets few deals are won, and in good ones the products vanish at high frequencies: each value of the market has a
//! grid as short as a Chernoff bound on its total allows, and so takes every second frequency, every fourth, …

mod frequencies;
mod lattice;
mod masses;
mod products;
mod spectrum;
mod tail;
mod total;
mod wins;

pub use total::ExactTotal;

use crate::model::open_pipeline::Pipeline;
use crate::model::open_pipeline::dependence::Conditional;
use crate::report::open_pipeline::NotExact;
use lattice::Lattice;
use spectrum::Spectrum;
use wins::Wins;

/// Most deals that the exact engine takes.
pub const MAXIMUM_DEALS: usize = 200;

/// The exact engine, prepared for a pipeline and its target window. What takes long pauses: see [`crate::steps`].
pub struct Exact<'a> {
    pipeline: &'a Pipeline,
    lattice: Lattice,
    spectrum: Spectrum,
    wins: Wins,
}

/// What a deal itself is worth to the target. Lists follow the pipeline's deals.
#[derive(Debug, Clone, PartialEq)]
pub struct Swings {
    /// P(total ≥ target | deal made to be won) − P(… | made not to be), the others at their own law.
    pub interventional: Vec<f64>,
    /// P(total ≥ target | deal is won in the window) − P(… | it is not); none where one cannot happen.
    pub conditional: Vec<Option<f64>>,
}

impl<'a> Exact<'a> {
    /// Prepares the engine.
    ///
    /// # Errors
    /// Why the engine does not apply.
    pub async fn new(pipeline: &'a Pipeline, conditional: &Conditional) -> Result<Self, NotExact> {
        if pipeline.has_shared_rates() {
            return Err(NotExact::UncertainWinRate);
        }
        if pipeline.deals.len() > MAXIMUM_DEALS {
            return Err(NotExact::TooManyDeals);
        }
        let lattice = Lattice::of(pipeline, conditional)?;
        let spectrum = Spectrum::new(pipeline, &lattice).await;
        Ok(Self { pipeline, lattice, spectrum, wins: Wins::new(pipeline, conditional) })
    }

    /// Estimate of the largest error of a probability.
    #[must_use]
    pub fn error_bound(&self) -> f64 {
        self.lattice.error_bound
    }

    /// Distribution of the total.
    pub async fn total(&self) -> ExactTotal {
        self.total_with(&self.wins).await
    }

    /// Distribution of the total if the deals did not depend on the market.
    pub async fn independent_total(&self) -> ExactTotal {
        let independent = self.pipeline.independent();
        self.total_with(&Wins::new(&independent, &Conditional::new(&independent))).await
    }

    async fn total_with(&self, wins: &Wins) -> ExactTotal {
        let merged = self.spectrum.distribution(wins, false).await;
        let atoms = match (self.lattice.any_fixed, self.lattice.any_continuous) {
            (true, true) => self.spectrum.distribution(wins, true).await,
            (_, false) => merged.clone(),
            (false, true) => {
                let mut atoms = vec![0.0; merged.len()];
                atoms[0] = wins.average(|wins| wins.iter().map(|win| 1.0 - win).product());
                atoms
            }
        };
        ExactTotal::new(self.pipeline.already_won, self.lattice.step, merged, atoms)
    }

    /// P(total ≥ target) with the log-odds of all deals shifted.
    pub async fn prob_at_least_target_shifted(&self, shift: f64) -> f64 {
        let shifted = self.pipeline.with_log_odds_shift(shift);
        self.total_with(&Wins::new(&shifted, &Conditional::new(&shifted))).await.prob_at_least(self.pipeline.target)
    }

    /// Swings of all deals on P(total ≥ target).
    pub async fn swings(&self) -> Swings {
        let missing = self.pipeline.target - self.pipeline.already_won;
        let (mut smooth, correction) = total::at_least_weights(missing, self.lattice.step, self.lattice.length);
        // Atoms are not spread over a cell: where the target is inside one they count whole or not at all.
        if !self.lattice.any_continuous {
            smooth.iter_mut().zip(&correction).for_each(|(weight, correction)| *weight += correction);
        }
        let mut sums = self.spectrum.leave_one_out(&self.wins, &smooth, false).await;
        let mixed = self.lattice.any_continuous && correction.iter().any(|weight| *weight != 0.0);
        if mixed && (self.lattice.any_fixed || correction[0] != 0.0) {
            let atomic = self.spectrum.leave_one_out(&self.wins, &correction, true).await;
            sums.iter_mut().zip(atomic).for_each(|(sum, atomic)| *sum = sum.plus(atomic));
        }
        let conditional = sums
            .iter()
            .zip(self.wins.by_deal())
            .map(|(sum, win)| (win > 0.0 && win < 1.0).then(|| sum.won / win - sum.not_won / (1.0 - win)));
        Swings {
            conditional: conditional.collect(),
            interventional: sums.iter().map(|sum| sum.made_won - sum.made_not).collect(),
        }
    }
}
