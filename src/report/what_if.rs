//! What comes back for what-if questions: scenarios side by side, causes of a difference, sensitivity, goal seek.

use super::Engine;
use super::open_pipeline::FanMonth;
use crate::error::InputError;
use crate::scenario::open_pipeline::document;
use serde::{Deserialize, Serialize};

/// The version of comparisons.
pub const COMPARISON_SCHEMA: &str = "dealcast-comparison/1";

document! {
/// A number that every trial of a section gives.
pub enum Outcome {
    /// Revenue in the target window, already won included (`open_pipeline`). Target: the pipeline's.
    PipelineTotal,
    /// Wins of the sales machine in its target window (`pipeline_generation`). Target: its wins to reach.
    Wins,
    /// Bookings of the sales machine in its target window. No target of its own.
    Bookings,
    /// Recurring revenue at the horizon (`arr_cohorts`). Target: its goal.
    ClosingArr,
    /// First month at the goal of recurring revenue; fewer is better. Target: the horizon.
    GoalMonth,
    /// Net present value of the programme (`partner_vendor_programme`). Target: 0.
    VendorNpv,
    /// Month of sustained payback of the programme; fewer is better. Target: the horizon.
    VendorPayback,
    /// Net present value of the partner's plan (`partner_pnl`). Target: 0.
    PartnerNpv,
    /// Month of sustained payback of the partner's plan; fewer is better. Target: the horizon.
    PartnerPayback,
    /// Net present value of the first partner that the programme signs, 0 where nobody signs (both sections).
    SignedPartnerNpv,
}
}

document! {
/// Which figure of an outcome.
pub enum Statistic {
    /// Mean. Months that are never reached count as one more than the horizon.
    Mean,
    /// 10th percentile.
    P10,
    /// Median.
    P50,
    /// 90th percentile.
    P90,
    /// Probability of at least the target; for months, of at most the target.
    ProbTarget,
}
}

document! {
/// Figures of an outcome, or their standard errors. Months beyond the horizon are absent.
pub struct OutcomeFigures {
    /// Mean; absent where some trials never reach the month.
    pub mean: Option<f64>,
    /// Standard deviation; absent likewise.
    pub sd: Option<f64>,
    /// 10th percentile.
    pub p10: Option<f64>,
    /// Median.
    pub p50: Option<f64>,
    /// 90th percentile.
    pub p90: Option<f64>,
    /// Probability of at least the target; for months, of at most the target; absent without target.
    pub prob_target: Option<f64>,
    /// Probability that the month is never reached within the horizon; absent for other outcomes.
    pub prob_never: Option<f64>,
}
}

document! {
/// How a scenario differs from the base, trial by trial on the same draws: plan minus base; or the standard
/// errors of it, from the paired trials.
pub struct Difference {
    /// Of the means; absent where the figure is, like the others.
    pub mean: Option<f64>,
    /// Of the 10th percentiles.
    pub p10: Option<f64>,
    /// Of the medians.
    pub p50: Option<f64>,
    /// Of the 90th percentiles.
    pub p90: Option<f64>,
    /// Of the probabilities of the target, each of its own scenario.
    pub prob_target: Option<f64>,
    /// Probability that the plan does better than the base; equal trials count half.
    pub prob_beats_base: f64,
}
}

document! {
/// One of the scenarios side by side.
pub struct ComparedScenario {
    /// Name of the plan; absent for the base.
    pub plan: Option<String>,
    /// Names of the levers that are on, those of the plans it builds on first.
    pub levers: Vec<String>,
    /// Sum of what they cost.
    pub cost: f64,
    /// The target that its probability is about.
    pub target: Option<f64>,
    /// The figures.
    pub figures: OutcomeFigures,
    /// Their Monte Carlo standard errors.
    pub standard_error: OutcomeFigures,
    /// Against the base; absent for the base.
    pub difference: Option<Difference>,
    /// Standard errors of the differences.
    pub difference_standard_error: Option<Difference>,
    /// Probability of at least each value of the axis.
    pub prob_at_least: Vec<f64>,
    /// Fan by month of what adds up to the outcome: revenue, bookings or cash up to each month, or recurring
    /// revenue. Empty for the signed partner.
    pub fan: Vec<FanMonth>,
    /// Probability of doing better than each of the scenarios, in their order; equal trials count half.
    pub prob_beats: Vec<f64>,
}
}

/// Scenarios side by side on common random numbers. The same document, seed and version give the same bytes.
#[derive(Debug, Clone, PartialEq, Serialize, schemars::JsonSchema)]
#[cfg_attr(target_arch = "wasm32", derive(tsify::Tsify))]
pub struct Comparison {
    /// `dealcast-comparison/1`.
    pub schema: String,
    /// What computed it.
    pub engine: Engine,
    /// Currency of all amounts, ISO 4217.
    pub currency: String,
    /// Calendar month that month 1 is, YYYY-MM.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub start_month: Option<String>,
    /// Seed of all random draws.
    pub seed: u32,
    /// Trials of each scenario.
    pub trials: u32,
    /// The outcome compared.
    pub outcome: Outcome,
    /// Whether fewer is better.
    pub fewer_is_better: bool,
    /// Outcomes that the curves are given at, ascending.
    pub axis: Vec<f64>,
    /// The base, then the plans that can be computed, in the document's order.
    pub scenarios: Vec<ComparedScenario>,
    /// What is wrong with the other plans.
    pub errors: Vec<ComparisonError>,
}

/// Why a plan is left out of a comparison.
#[derive(Debug, Clone, PartialEq, Serialize, schemars::JsonSchema)]
#[cfg_attr(target_arch = "wasm32", derive(tsify::Tsify))]
pub struct ComparisonError {
    /// Name of the plan.
    pub plan: String,
    /// All its errors, located at the changes.
    pub errors: Vec<InputError>,
}
