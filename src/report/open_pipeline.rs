//! What comes back for the section `open_pipeline`.

use crate::scenario::open_pipeline::{ForecastCategory, TargetWindow, document};
use serde::{Deserialize, Serialize};

document! {
/// Which engine a figure comes from.
pub enum EngineKind {
    /// Conditional convolution over the market factor.
    Exact,
    /// Monte Carlo.
    Simulation,
}
}

document! {
/// Why the exact engine did not give the headline.
pub enum NotExact {
    /// A win rate is given as counts, hence uncertain.
    UncertainWinRate,
    /// More deals than it takes.
    TooManyDeals,
    /// Fixed amounts without a common divisor that is coarse enough.
    FineLattice,
    /// New deals of the sales machine join the deals.
    NewDeals,
    /// Left out on request, for a quick preview.
    NotAsked,
}
}

document! {
/// Forecast of the open pipeline. Amounts are in the scenario's currency; totals include what is already
/// won, monthly figures do not; the window is the target window. Lists by month start at month 1; lists
/// by deal follow the scenario's deals, those that the kill rule closed included (with zeros).
///
/// Means, standard deviations, probabilities of single deals and variance shares are closed forms,
/// whatever the headline engine; it says where the distribution of the total comes from: percentiles,
/// probabilities, gaps, tail mean, swings, exceedance. Fans and histogram are simulated.
pub struct OpenPipelineReport {
    /// Engine of the distribution of the total.
    pub headline_engine: EngineKind,
    /// Why not the exact one.
    pub not_exact: Option<NotExact>,
    /// Bound on the error of an exact probability, from the step of its amount grid; absent: simulated.
    pub exact_error_bound: Option<f64>,
    /// The target.
    pub target: f64,
    /// The target window.
    pub target_window: TargetWindow,
    /// Revenue already won.
    pub already_won: f64,
    /// Sum of p·E[amount] over all deals, whatever the window.
    pub weighted_pipeline: f64,
    /// Sum of E[amount] over all deals.
    pub open_pipeline: f64,
    /// Open pipeline over what is missing to the target; absent when nothing is missing.
    pub coverage_ratio: Option<f64>,
    /// Open pipeline over its expected revenue in the window: the coverage at which the mean meets
    /// the target; absent when nothing is expected.
    pub required_coverage_ratio: Option<f64>,
    /// Mean of the total.
    pub mean: f64,
    /// Standard deviation of the total.
    pub sd: f64,
    /// Standard deviation if the deals were independent.
    pub sd_if_independent: f64,
    /// 10th percentile of the total, the low case.
    pub p10: f64,
    /// Median of the total.
    pub p50: f64,
    /// 90th percentile of the total, the high case.
    pub p90: f64,
    /// P(total ≥ target).
    pub prob_at_least_target: f64,
    /// P(no deal won in the window).
    pub prob_zero_in_window: f64,
    /// E[(target − total)₊].
    pub expected_gap_to_target: f64,
    /// E[target − total | total < target]; absent when the target cannot be missed.
    pub conditional_gap_if_missed: Option<f64>,
    /// Mean of the worst tenth of the outcomes.
    pub lower_tail_mean_10pct: f64,
    /// Mean by month of signature.
    pub monthly_mean: Vec<f64>,
    /// Standard deviation by month of signature.
    pub monthly_sd: Vec<f64>,
    /// P(the deal is won in the window).
    pub deal_prob_won_in_window: Vec<f64>,
    /// Cov(deal, total) / Var(total); sums to 1 (0 where the total does not vary).
    pub deal_variance_share: Vec<f64>,
    /// P(total ≥ target | the deal is made to be won in the window) − P(… | made not to be), the
    /// other deals at their own law.
    pub deal_swing_interventional: Vec<f64>,
    /// P(total ≥ target | the deal is won in the window) − P(… | it is not): carries market news too;
    /// null where one of the two cannot happen.
    pub deal_swing_conditional: Vec<Option<f64>>,
    /// P(total ≤ amount) at the amounts that the scenario asks for.
    pub cdf_check: Vec<CdfPoint>,
    /// Distribution function on both sides of the quantiles.
    pub quantile_check: Vec<QuantilePoint>,
    /// Shift of all log-odds that reaches the scenario's probability goal.
    pub goal_seek: Option<GoalSeek>,
    /// The headline figures as simulated.
    pub simulated: Headline,
    /// Monte Carlo standard errors of the simulated figures.
    pub standard_error: Headline,
    /// Exact against simulated figures.
    pub cross_check: Vec<CrossCheck>,
    /// The same pipeline with independent deals: what correlation changes.
    pub independent: IndependentCase,
    /// Fan of the cumulative total by month, already won included.
    pub cumulative_fan: Vec<FanMonth>,
    /// Fan of the revenue signed in each month.
    pub monthly_fan: Vec<FanMonth>,
    /// Histogram of the total over the window.
    pub histogram: Histogram,
    /// P(total ≥ amount) on a grid, falling from 1 to 0.
    pub exceedance: Vec<ExceedancePoint>,
    /// The team's forecast categories beside the simulated range.
    pub categories: Vec<CategorySum>,
    /// What gate and kill rule do.
    pub rules: RulesEffect,
    /// What is known of the win rate of each stage, in the scenario's order.
    pub stage_rates: Vec<StageRate>,
    /// What new deals of the sales machine add; absent without them.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub new_deals: Option<NewDeals>,
    /// What was made of each deal.
    pub deals: Vec<DealResult>,
}
}

document! {
/// New deals that the sales machine adds to the open pipeline. Means and standard deviations of the report are then
/// simulated, except the mean where the machine is certain and not limited by hours: a sum of closed forms.
pub struct NewDeals {
    /// Wins in the target window of opportunities taken on after today, every input at its mean.
    pub expected_wins: f64,
    /// Their revenue.
    pub expected_bookings: f64,
    /// Revenue by month of the horizon.
    pub expected_bookings_by_month: Vec<f64>,
    /// Share of the variance of the total that they add.
    pub variance_share: f64,
    /// The same pipeline without them.
    pub without: WithoutNewDeals,
}
}

document! {
/// The open pipeline without new deals.
pub struct WithoutNewDeals {
    /// Trials of the percentiles and the probability; absent: they are exact.
    pub trials: Option<u32>,
    /// Mean of the total, a closed form.
    pub mean: f64,
    /// Standard deviation of the total, a closed form.
    pub sd: f64,
    /// 10th percentile.
    pub p10: f64,
    /// Median.
    pub p50: f64,
    /// 90th percentile.
    pub p90: f64,
    /// P(total ≥ target).
    pub prob_at_least_target: f64,
    /// Standard error of that probability; 0 where it is exact.
    pub prob_at_least_target_standard_error: f64,
}
}

document! {
/// Headline figures, or their standard errors.
pub struct Headline {
    /// Mean of the total.
    pub mean: f64,
    /// Standard deviation of the total.
    pub sd: f64,
    /// 10th percentile.
    pub p10: f64,
    /// Median.
    pub p50: f64,
    /// 90th percentile.
    pub p90: f64,
    /// P(total ≥ target).
    pub prob_at_least_target: f64,
    /// P(no deal won in the window).
    pub prob_zero_in_window: f64,
    /// E[(target − total)₊].
    pub expected_gap_to_target: f64,
    /// E[target − total | total < target].
    pub conditional_gap_if_missed: Option<f64>,
    /// Mean of the worst tenth of the outcomes.
    pub lower_tail_mean_10pct: f64,
    /// Mean by month.
    pub monthly_mean: Vec<f64>,
    /// Standard deviation by month.
    pub monthly_sd: Vec<f64>,
    /// P(the deal is won in the window).
    pub deal_prob_won_in_window: Vec<f64>,
    /// Interventional swing of each deal.
    pub deal_swing_interventional: Vec<f64>,
    /// Conditional difference of each deal; null where one of the two cases never happened.
    pub deal_swing_conditional: Vec<Option<f64>>,
}
}

document! {
/// One figure from both engines.
pub struct CrossCheck {
    /// Name of the figure.
    pub output: String,
    /// Exact value.
    pub exact: f64,
    /// Simulated value.
    pub simulated: f64,
    /// Standard error of the simulated value.
    pub standard_error: f64,
    /// (simulated − exact) / standard error; absent where the error is zero.
    pub difference_in_standard_errors: Option<f64>,
}
}

document! {
/// P(total ≤ amount).
pub struct CdfPoint {
    /// Amount, already won included.
    pub amount: f64,
    /// Probability.
    pub prob_total_at_most: f64,
}
}

document! {
/// A quantile with the distribution function on both sides of it.
pub struct QuantilePoint {
    /// Level.
    pub level: f64,
    /// Quantile.
    pub quantile: f64,
    /// P(total ≤ quantile).
    pub prob_total_at_most: f64,
    /// P(total < quantile).
    pub prob_total_below: f64,
}
}

document! {
/// Goal seek on P(total ≥ target).
pub struct GoalSeek {
    /// The goal.
    pub probability_goal: f64,
    /// Shift of the log-odds of every deal that reaches it; absent: out of reach.
    pub log_odds_shift: Option<f64>,
    /// Most that P(total ≥ target) can be.
    pub probability_at_best: f64,
}
}

document! {
/// The pipeline with independent deals.
pub struct IndependentCase {
    /// Engine of these figures.
    pub engine: EngineKind,
    /// Standard deviation of the total.
    pub sd: f64,
    /// 10th percentile.
    pub p10: f64,
    /// Median.
    pub p50: f64,
    /// 90th percentile.
    pub p90: f64,
    /// P(total ≥ target).
    pub prob_at_least_target: f64,
    /// P(total ≥ amount), on the grid of the report's `exceedance`.
    pub exceedance: Vec<ExceedancePoint>,
}
}

document! {
/// One month of a fan: pointwise percentiles.
pub struct FanMonth {
    /// Month, from 1; fans of cash from 0.
    pub month: u32,
    /// Mean.
    pub mean: f64,
    /// 10th percentile.
    pub p10: f64,
    /// 25th percentile.
    pub p25: f64,
    /// Median.
    pub p50: f64,
    /// 75th percentile.
    pub p75: f64,
    /// 90th percentile.
    pub p90: f64,
}
}

document! {
/// Histogram of the simulated total: bins of equal width, the first one starting at `lower`. A long upper
/// tail is cut off near the 99.9th percentile; what is beyond stands in `share_above`.
pub struct Histogram {
    /// Start of the first bin.
    pub lower: f64,
    /// Width of a bin.
    pub width: f64,
    /// Share of the trials in each bin; a total on an edge is in the upper bin, except at the very end.
    pub share: Vec<f64>,
    /// Share of the trials above the last bin.
    pub share_above: f64,
}
}

document! {
/// One point of an exceedance curve.
pub struct ExceedancePoint {
    /// Amount.
    pub amount: f64,
    /// P(total ≥ amount).
    pub prob_at_least: f64,
}
}

document! {
/// Deals of one forecast category.
pub struct CategorySum {
    /// The category; absent: deals without one.
    pub category: Option<ForecastCategory>,
    /// Deals.
    pub deals: u32,
    /// Sum of E[amount].
    pub amount: f64,
    /// Sum of p·E[amount].
    pub weighted: f64,
    /// Sum of E[amount] of the deals expected to close inside the window.
    pub amount_in_window: f64,
    /// Sum of P(won in window)·E[amount].
    pub expected_in_window: f64,
}
}

document! {
/// Effect of the qualification gate and the kill rule.
pub struct RulesEffect {
    /// Whether any odds multiplier was applied without having been fitted.
    pub meddic_uncalibrated: bool,
    /// Deals held below their stage by the gate.
    pub gate_deals: u32,
    /// Weighted pipeline of these deals without the gate.
    pub gate_weighted_before: f64,
    /// Weighted pipeline of these deals with the gate.
    pub gate_weighted_after: f64,
    /// Deals closed by the kill rule.
    pub killed_deals: u32,
    /// Sum of E[amount] of these deals.
    pub killed_amount: f64,
    /// Weighted pipeline of these deals without the rule.
    pub killed_weighted: f64,
}
}

document! {
/// Win rate of a stage. Given as counts it is uncertain: figures of its Beta posterior.
pub struct StageRate {
    /// The stage.
    pub stage: String,
    /// Mean.
    pub mean: f64,
    /// 10th percentile.
    pub p10: f64,
    /// 90th percentile.
    pub p90: f64,
}
}

document! {
/// Where the win probability of a deal comes from.
pub enum WinProbabilitySource {
    /// The deal's own number.
    Deal,
    /// The deal's own counts.
    DealCounts,
    /// Its stage's number.
    Stage,
    /// Its stage's counts.
    StageCounts,
}
}

document! {
/// What was made of one deal.
pub struct DealResult {
    /// Identifier.
    pub deal_id: String,
    /// Where the win probability comes from.
    pub win_probability_source: WinProbabilitySource,
    /// Rate before MEDDIC; the mean of the posterior where it is uncertain.
    pub base_win_probability: f64,
    /// Probability of winning the deal some day, after MEDDIC and gate; 0 when killed.
    pub win_probability: f64,
    /// MEDDIC score, 0 to 6; absent without answers.
    pub meddic_score: Option<f64>,
    /// Multiplier of the odds through MEDDIC; 1 without.
    pub odds_multiplier: f64,
    /// Whether the cap limited the multiplier.
    pub capped: bool,
    /// Whether the gate holds the deal below its stage.
    pub held_by_gate: bool,
    /// Whether the kill rule closed the deal.
    pub killed: bool,
    /// E[amount].
    pub mean_amount: f64,
    /// P(won in the window).
    pub prob_won_in_window: f64,
    /// P(won, but later than the window).
    pub prob_won_late: f64,
    /// P(won, but before the window).
    pub prob_won_early: f64,
    /// P(lost).
    pub prob_lost: f64,
}
}
