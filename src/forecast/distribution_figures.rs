//! The distribution of the total as a report needs it, from whichever engine gives it.

use super::simulated::{Simulated, TAIL};
use crate::engine::exact::{Exact, ExactTotal};
use crate::model::open_pipeline::Pipeline;
use crate::report::open_pipeline::{EngineKind, NotExact};

/// A distribution that figures can be read from.
pub trait Distributed {
    /// P(total ≥ amount).
    fn prob_at_least(&self, amount: f64) -> f64;
    /// P(total ≤ amount).
    fn prob_at_most(&self, amount: f64) -> f64;
    /// P(total < amount).
    fn prob_below(&self, amount: f64) -> f64;
}

impl Distributed for ExactTotal {
    fn prob_at_least(&self, amount: f64) -> f64 {
        Self::prob_at_least(self, amount)
    }
    fn prob_at_most(&self, amount: f64) -> f64 {
        Self::prob_at_most(self, amount)
    }
    fn prob_below(&self, amount: f64) -> f64 {
        Self::prob_below(self, amount)
    }
}

impl<T: Distributed + ?Sized> Distributed for &T {
    fn prob_at_least(&self, amount: f64) -> f64 {
        (**self).prob_at_least(amount)
    }
    fn prob_at_most(&self, amount: f64) -> f64 {
        (**self).prob_at_most(amount)
    }
    fn prob_below(&self, amount: f64) -> f64 {
        (**self).prob_below(amount)
    }
}

impl Distributed for Simulated {
    fn prob_at_least(&self, amount: f64) -> f64 {
        Self::prob_at_least(self, amount)
    }
    fn prob_at_most(&self, amount: f64) -> f64 {
        Self::prob_at_most(self, amount)
    }
    fn prob_below(&self, amount: f64) -> f64 {
        1.0 - Self::prob_at_least(self, amount)
    }
}

impl Simulated {
    /// The summary of the total.
    pub fn summary(&self) -> TotalSummary {
        let headline = &self.headline;
        TotalSummary {
            p10: headline.p10,
            p50: headline.p50,
            p90: headline.p90,
            prob_at_least_target: headline.prob_at_least_target,
            prob_zero_in_window: headline.prob_zero_in_window,
            expected_gap: headline.expected_gap_to_target,
            conditional_gap: headline.conditional_gap_if_missed,
            lower_tail_mean: headline.lower_tail_mean_10pct,
        }
    }
}

/// Percentiles and probabilities of one distribution.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct TotalSummary {
    /// 10th percentile.
    pub p10: f64,
    /// Median.
    pub p50: f64,
    /// 90th percentile.
    pub p90: f64,
    /// P(total ≥ target).
    pub prob_at_least_target: f64,
    /// P(nothing won in the window).
    pub prob_zero_in_window: f64,
    /// E[(target − total)₊].
    pub expected_gap: f64,
    /// E[target − total | total < target].
    pub conditional_gap: Option<f64>,
    /// Mean of the worst tenth.
    pub lower_tail_mean: f64,
}

/// The distribution of the total, and the one with independent deals.
pub struct TotalFigures<'a> {
    /// Which engine.
    pub engine: EngineKind,
    /// Why not the exact one.
    pub not_exact: Option<NotExact>,
    /// Estimate of the largest error of an exact probability.
    pub error_bound: Option<f64>,
    /// Summary.
    pub summary: TotalSummary,
    /// The distribution.
    pub distribution: Box<dyn Distributed + 'a>,
    /// Summary with independent deals.
    pub independent: TotalSummary,
    /// Distribution with independent deals.
    pub independent_distribution: Box<dyn Distributed + 'a>,
    /// Interventional swings, by row of the scenario.
    pub swing_interventional: Vec<f64>,
    /// Conditional differences, by row of the scenario.
    pub swing_conditional: Vec<Option<f64>>,
}

impl<'a> TotalFigures<'a> {
    /// From the exact engine; `rows` is the number of the scenario's deals.
    pub async fn exact(exact: &Exact<'_>, pipeline: &Pipeline, rows: usize) -> Self {
        let total = exact.total().await;
        let independent = exact.independent_total().await;
        let swings = exact.swings().await;
        let mut swing_interventional = vec![0.0; rows];
        let mut swing_conditional = vec![None; rows];
        for (index, deal) in pipeline.deals.iter().enumerate() {
            swing_interventional[deal.row] = swings.interventional[index];
            swing_conditional[deal.row] = swings.conditional[index];
        }
        Self {
            engine: EngineKind::Exact,
            not_exact: None,
            error_bound: Some(exact.error_bound()),
            summary: summary(&total, pipeline),
            independent: summary(&independent, pipeline),
            distribution: Box::new(total),
            independent_distribution: Box::new(independent),
            swing_interventional,
            swing_conditional,
        }
    }

    /// From simulations with and without dependence.
    pub fn simulated(simulated: &'a Simulated, independent: &'a Simulated, reason: NotExact) -> Self {
        Self {
            engine: EngineKind::Simulation,
            not_exact: Some(reason),
            error_bound: None,
            summary: simulated.summary(),
            independent: independent.summary(),
            swing_interventional: simulated.headline.deal_swing_interventional.clone(),
            swing_conditional: simulated.headline.deal_swing_conditional.clone(),
            distribution: Box::new(simulated),
            independent_distribution: Box::new(independent),
        }
    }
}

fn summary(total: &ExactTotal, pipeline: &Pipeline) -> TotalSummary {
    /// Probability of a miss below which there is no miss to speak of.
    const NO_MISS: f64 = 1e-12;
    let missed = total.prob_below(pipeline.target);
    let expected_gap = total.expected_gap(pipeline.target);
    TotalSummary {
        p10: total.quantile(0.1),
        p50: total.quantile(0.5),
        p90: total.quantile(0.9),
        prob_at_least_target: total.prob_at_least(pipeline.target),
        prob_zero_in_window: total.prob_at_most(pipeline.already_won),
        expected_gap,
        conditional_gap: (missed > NO_MISS).then(|| expected_gap / missed),
        lower_tail_mean: total.lower_tail_mean(TAIL),
    }
}
