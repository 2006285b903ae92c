//! Distribution of the total without simulation: conditional convolution over the market factor.
//!
//! Given the market m the deals are independent, so that the characteristic function of their sum is
//! the product Π_i (1 + w_i(m)(φ_i(ω) − 1)); its average over m, transformed back, is the distribution
//! (Ackerer & Vatter, arXiv 1610.03050; the recursion of Andersen, Sidenius & Basu, Risk 2003, gives
//! the same lattice law). Fixed amounts live on a lattice of their common divisor and are exact;
//! continuous amounts are discretised with their mean preserved, with an error of order h².

mod lattice;
mod spectrum;
mod total;

pub use total::ExactTotal;

use crate::model::open_pipeline::Pipeline;
use crate::model::open_pipeline::dependence::Conditional;
use crate::report::open_pipeline::NotExact;
use lattice::Lattice;
use spectrum::Spectrum;

/// Most deals that the exact engine takes.
pub const MAXIMUM_DEALS: usize = 200;

/// The exact engine, prepared for a pipeline and its target window.
pub struct Exact<'a> {
    pipeline: &'a Pipeline,
    lattice: Lattice,
    spectrum: Spectrum,
    /// P(won in window | node) by deal and node.
    wins: Vec<Vec<f64>>,
    node_weights: Vec<f64>,
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
    pub fn new(pipeline: &'a Pipeline, conditional: &Conditional) -> Result<Self, NotExact> {
        if pipeline.has_shared_rates() {
            return Err(NotExact::UncertainWinRate);
        }
        if pipeline.deals.len() > MAXIMUM_DEALS {
            return Err(NotExact::TooManyDeals);
        }
        let lattice = Lattice::of(pipeline, conditional)?;
        let spectrum = Spectrum::new(pipeline, &lattice);
        let node_weights = conditional.nodes.iter().map(|(_, weight)| *weight).collect();
        let wins = wins(pipeline, conditional);
        Ok(Self { pipeline, lattice, spectrum, wins, node_weights })
    }

    /// Estimate of the largest error of a probability.
    #[must_use]
    pub fn error_bound(&self) -> f64 {
        self.lattice.error_bound
    }

    /// Distribution of the total.
    #[must_use]
    pub fn total(&self) -> ExactTotal {
        self.total_with(&self.wins, &self.node_weights)
    }

    /// Distribution of the total if the deals did not depend on the market.
    #[must_use]
    pub fn independent_total(&self) -> ExactTotal {
        let independent = self.pipeline.independent();
        let conditional = Conditional::new(&independent);
        self.total_with(&wins(&independent, &conditional), &[1.0])
    }

    fn total_with(&self, wins: &[Vec<f64>], weights: &[f64]) -> ExactTotal {
        let merged = self.spectrum.distribution(wins, weights, false);
        let atoms = match (self.lattice.any_fixed, self.lattice.any_continuous) {
            (true, true) => self.spectrum.distribution(wins, weights, true),
            (_, false) => merged.clone(),
            (false, true) => {
                let nothing = |node: usize| wins.iter().map(|wins| 1.0 - wins[node]).product::<f64>();
                let mut atoms = vec![0.0; merged.len()];
                atoms[0] = weights.iter().enumerate().map(|(node, weight)| weight * nothing(node)).sum();
                atoms
            }
        };
        ExactTotal::new(self.pipeline.already_won, self.lattice.step, merged, atoms)
    }

    /// P(total ≥ target) with the log-odds of all deals shifted.
    #[must_use]
    pub fn prob_at_least_target_shifted(&self, shift: f64) -> f64 {
        let shifted = self.pipeline.with_log_odds_shift(shift);
        let conditional = Conditional::new(&shifted);
        let weights: Vec<f64> = conditional.nodes.iter().map(|(_, weight)| *weight).collect();
        self.total_with(&wins(&shifted, &conditional), &weights).prob_at_least(self.pipeline.target)
    }

    /// Swings of all deals on P(total ≥ target).
    #[must_use]
    pub fn swings(&self) -> Swings {
        let missing = self.pipeline.target - self.pipeline.already_won;
        let (smooth, correction) = total::at_least_weights(missing, self.lattice.step, self.lattice.length);
        let mut sums = self.spectrum.leave_one_out(&self.wins, &self.node_weights, &smooth, false);
        // Atoms are not spread over a cell: where the target is inside one they count whole or not at all.
        if correction.iter().any(|weight| *weight != 0.0) && (self.lattice.any_fixed || correction[0] != 0.0) {
            let atomic = self.spectrum.leave_one_out(&self.wins, &self.node_weights, &correction, true);
            sums.iter_mut().zip(atomic).for_each(|(sum, atomic)| *sum = sum.plus(atomic));
        }
        let average = |deal: usize| -> f64 {
            self.wins[deal].iter().zip(&self.node_weights).map(|(win, weight)| weight * win).sum()
        };
        let conditional = sums.iter().enumerate().map(|(deal, sum)| {
            let win = average(deal);
            (win > 0.0 && win < 1.0).then(|| sum.won / win - sum.not_won / (1.0 - win))
        });
        Swings {
            interventional: sums.iter().map(|sum| sum.made_won - sum.made_not).collect(),
            conditional: conditional.collect(),
        }
    }
}

/// P(won in window | node) by deal and node.
fn wins(pipeline: &Pipeline, conditional: &Conditional) -> Vec<Vec<f64>> {
    let nodes = conditional.nodes.len();
    let given = |deal, node| {
        let closes = conditional.closes_within(deal, pipeline.first_month, pipeline.last_month, node);
        conditional.win(deal, node)[0] * closes
    };
    pipeline.deals.iter().map(|deal| (0..nodes).map(|node| given(deal, node)).collect()).collect()
}
