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
    /// Half-width of the probabilities' 99 % intervals (2.58 standard errors) that the trials were counted for;
    /// absent where their number was given, or no scenario has a target.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub stop_at_half_width: Option<f64>,
    /// The widest of the scenarios' half-widths, reached; absent without target.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub half_width: Option<f64>,
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

document! {
/// What one lever contributes to the difference between two scenarios.
pub struct Contribution {
    /// Name of the lever.
    pub lever: String,
    /// Name of its plan.
    pub plan: String,
    /// What it costs, once.
    pub cost: f64,
    /// Its Shapley value: its effect averaged over all orders in which the levers can be pulled.
    pub contribution: f64,
    /// Monte Carlo standard error, on common random numbers; with sampled orders, their error included.
    pub standard_error: f64,
    /// Sum of the base and the contributions up to this one. The last equals the figure of the plan exactly.
    pub level: f64,
}
}

document! {
/// From one scenario to another, lever by lever. Contributions do not depend on the order of the levers.
pub struct Waterfall {
    /// The outcome.
    pub outcome: Outcome,
    /// The figure that is taken apart.
    pub statistic: Statistic,
    /// Name of the plan it ends with.
    pub plan: String,
    /// Name of the plan it starts from; absent: the base.
    pub from: Option<String>,
    /// Seed of all random draws.
    pub seed: u32,
    /// Trials of each scenario simulated.
    pub trials: u32,
    /// Scenarios simulated.
    pub runs: u32,
    /// Whether all orders of the levers are taken into account; otherwise a sample of them.
    pub exact: bool,
    /// Figure at the start.
    pub start: f64,
    /// Its standard error.
    pub start_standard_error: f64,
    /// Figure at the end.
    pub end: f64,
    /// Its standard error.
    pub end_standard_error: f64,
    /// End minus start.
    pub difference: f64,
    /// Its standard error, from the paired trials.
    pub difference_standard_error: f64,
    /// By lever, in the order they are listed.
    pub contributions: Vec<Contribution>,
}
}

document! {
/// Where the ends of a tornado bar come from.
pub enum SwingSource {
    /// The input's own distribution or counts: 10th and 90th percentile.
    Own,
    /// The input is known; a stated swing around it.
    Assumed,
}
}

document! {
/// Figures of an outcome at one end of a bar.
pub struct SwingFigures {
    /// Mean; months that are never reached count as one more than the horizon.
    pub mean: f64,
    /// Median; likewise.
    pub p50: f64,
    /// Probability of the target; absent without target.
    pub prob_target: Option<f64>,
}
}

document! {
/// What one input does to the outcome. All other inputs keep their distributions.
pub struct SensitivityBar {
    /// JSON pointer of the input, as changes name it.
    pub at: String,
    /// How its ends are set.
    pub operation: OperationName,
    /// Where the ends come from.
    pub source: SwingSource,
    /// Low end: value, factor, summand or shift.
    pub low: f64,
    /// High end.
    pub high: f64,
    /// Figures at the low end.
    pub at_low: SwingFigures,
    /// Figures at the high end.
    pub at_high: SwingFigures,
    /// Standard error of the difference between the ends in the figure asked for, from the paired trials.
    pub standard_error: f64,
}
}

document! {
/// An operation of a change.
pub enum OperationName {
    /// A new value.
    Set,
    /// A factor.
    Multiply,
    /// A summand.
    Add,
    /// A shift of log-odds.
    LogOdds,
}
}

document! {
/// Where variance comes from.
pub enum VarianceSource {
    /// An uncertain input.
    Input,
    /// The market that all open deals share.
    Market,
    /// Everything else that is random: in the open pipeline, whether and when each deal is signed.
    Chance,
}
}

document! {
/// Share of the variance of an outcome that has one source.
pub struct VarianceShare {
    /// The source.
    pub source: VarianceSource,
    /// JSON pointer of the input, as changes name it; absent for other sources.
    pub at: Option<String>,
    /// By itself.
    pub first_order: super::cash::SobolEstimate,
    /// With its interactions.
    pub total_order: super::cash::SobolEstimate,
}
}

document! {
/// Variance-based sensitivity of an outcome (Jansen's estimators; the open pipeline in closed form): uncertain inputs,
/// and chance beside them.
pub struct VarianceShares {
    /// Points; 0: closed form, without error.
    pub points: u32,
    /// By input in the order of the document, then the market, then chance.
    pub shares: Vec<VarianceShare>,
    /// 1 − Σ first order: interactions.
    pub residual_share: f64,
}
}

document! {
/// What drives an outcome.
pub struct OutcomeSensitivity {
    /// The outcome.
    pub outcome: Outcome,
    /// The figure that the bars are sorted by.
    pub statistic: Statistic,
    /// Seed of all random draws.
    pub seed: u32,
    /// Trials of each scenario simulated.
    pub trials: u32,
    /// The target that probabilities are about.
    pub target: Option<f64>,
    /// Figures with every input as it is.
    pub base: SwingFigures,
    /// The bars, the widest first; ties in the order of the pointers.
    pub bars: Vec<SensitivityBar>,
    /// Shares of variance; absent where not asked for, where no input is uncertain, or for an open pipeline that the
    /// sales machine's deals join.
    pub variance: Option<VarianceShares>,
}
}

document! {
/// How a goal seek ended.
pub enum GoalSeekStatus {
    /// A size inside the bounds reaches the goal.
    Reached,
    /// Every size inside the bounds reaches it: the size given is the low bound.
    Everywhere,
    /// No size does: the size given is the best.
    Unreachable,
}
}

document! {
/// The size of an input with which an outcome reaches a goal.
pub struct GoalSeekAnswer {
    /// How it ended.
    pub status: GoalSeekStatus,
    /// The size.
    pub size: f64,
    /// The figure there.
    pub attained: f64,
    /// Its Monte Carlo standard error.
    pub attained_standard_error: f64,
    /// The nearest size looked at that does not reach the goal; absent unless reached.
    pub not_reached_at: Option<f64>,
    /// Change of the figure by unit of size, around the answer; absent unless reached.
    pub slope: Option<f64>,
    /// Standard error of the size: that of the figure over the slope; absent where the slope is nil.
    pub size_standard_error: Option<f64>,
}
}

document! {
/// A point of an iso-line: with this size of the first input, the second needs that.
pub struct IsoPoint {
    /// Size of the first input.
    pub first: f64,
    /// Answer for the second.
    pub second: GoalSeekAnswer,
}
}

document! {
/// Answer to: what does it take?
pub struct GoalSeekReport {
    /// The outcome.
    pub outcome: Outcome,
    /// The figure that is to reach the goal.
    pub statistic: Statistic,
    /// The goal.
    pub goal: f64,
    /// Seed of all random draws.
    pub seed: u32,
    /// Trials of each scenario simulated.
    pub trials: u32,
    /// Scenarios simulated.
    pub runs: u32,
    /// The figure as things are.
    pub present: f64,
    /// Its standard error.
    pub present_standard_error: f64,
    /// Whether it reaches the goal already.
    pub reached_already: bool,
    /// Answer for one input; absent with two.
    pub answer: Option<GoalSeekAnswer>,
    /// With two inputs: what the second needs, over the range of the first.
    pub iso_line: Vec<IsoPoint>,
}
}
