//! Figures that every plan with a cash path has: simulated measures, fans, sensitivities.

use super::open_pipeline::FanMonth;
use crate::scenario::open_pipeline::document;
use serde::{Deserialize, Serialize};

document! {
/// Whether an internal rate of return exists and is the only one.
pub enum IrrStatus {
    /// One rate, by Descartes' rule or Norstrøm's condition.
    Unique,
    /// The flows never change sign: no rate.
    NoSignChange,
    /// Several rates cannot be excluded: none is given.
    NotUnique,
}
}

impl From<crate::cash_flow::IrrStatus> for IrrStatus {
    fn from(status: crate::cash_flow::IrrStatus) -> Self {
        match status {
            crate::cash_flow::IrrStatus::Unique => Self::Unique,
            crate::cash_flow::IrrStatus::NoSignChange => Self::NoSignChange,
            crate::cash_flow::IrrStatus::NotUnique => Self::NotUnique,
        }
    }
}

document! {
/// Simulated figures of a cash path, or their standard errors under the same names. Net cash is undiscounted
/// and ends at the horizon; payback is the sustained one: from that month on cumulative cash stays ≥ 0.
pub struct CashFigures {
    /// Mean of the net present value.
    pub npv_mean: f64,
    /// Standard deviation of the net present value.
    pub npv_sd: f64,
    /// 10th percentile of the net present value.
    pub npv_p10: f64,
    /// Median of the net present value.
    pub npv_p50: f64,
    /// 90th percentile of the net present value.
    pub npv_p90: f64,
    /// Mean of the net cash.
    pub net_mean: f64,
    /// Standard deviation of the net cash.
    pub net_sd: f64,
    /// 10th percentile of the net cash.
    pub net_p10: f64,
    /// Median of the net cash.
    pub net_p50: f64,
    /// 90th percentile of the net cash.
    pub net_p90: f64,
    /// Mean of net cash over investment.
    pub roi_mean: f64,
    /// Standard deviation of net cash over investment.
    pub roi_sd: f64,
    /// 10th percentile of net cash over investment.
    pub roi_p10: f64,
    /// Median of net cash over investment.
    pub roi_p50: f64,
    /// 90th percentile of net cash over investment.
    pub roi_p90: f64,
    /// Mean of the peak funding need.
    pub peak_funding_need_mean: f64,
    /// 10th percentile of the peak funding need.
    pub peak_funding_need_p10: f64,
    /// Median of the peak funding need.
    pub peak_funding_need_p50: f64,
    /// 90th percentile of the peak funding need.
    pub peak_funding_need_p90: f64,
    /// P(net present value > 0).
    pub prob_npv_positive: f64,
    /// P(cumulative cash ≥ 0 at the horizon).
    pub prob_net_cash_positive_at_horizon: f64,
    /// P(no sustained payback within the horizon).
    pub prob_never_pays_back: f64,
    /// P(sustained payback by month m), for m = 0, 1, … to the horizon.
    pub prob_payback_by_month: Vec<f64>,
    /// P(sustained payback within 12 months); absent when the horizon is shorter. The next ones likewise.
    pub prob_payback_within_12_months: Option<f64>,
    /// Within 18 months.
    pub prob_payback_within_18_months: Option<f64>,
    /// Within 24 months.
    pub prob_payback_within_24_months: Option<f64>,
    /// Within 30 months.
    pub prob_payback_within_30_months: Option<f64>,
    /// Within 36 months.
    pub prob_payback_within_36_months: Option<f64>,
    /// Mean month of sustained payback over the trials that pay back; absent when none does.
    pub payback_month_mean: Option<f64>,
    /// 10th percentile of that month.
    pub payback_month_p10: Option<f64>,
    /// Median of that month.
    pub payback_month_p50: Option<f64>,
    /// 90th percentile of that month.
    pub payback_month_p90: Option<f64>,
}
}

document! {
/// A simulated cash path.
pub struct CashSimulation {
    /// The figures.
    pub figures: CashFigures,
    /// Their Monte Carlo standard errors.
    pub standard_error: CashFigures,
    /// Fan of each month's cash, from month 0.
    pub net_cash_fan: Vec<FanMonth>,
    /// Fan of the cash up to each month, from month 0.
    pub cumulative_cash_fan: Vec<FanMonth>,
    /// Largest error of a fan's percentile from counting in bins, in money, over both fans.
    pub fan_bin_error: f64,
}
}

document! {
/// What one uncertain input does to the net present value, the others at their means.
pub struct TornadoBar {
    /// Name of the input, as the section has it.
    pub input: String,
    /// 10th percentile of the input.
    pub input_p10: f64,
    /// 90th percentile of the input.
    pub input_p90: f64,
    /// Net present value at the input's 10th percentile.
    pub npv_at_p10: f64,
    /// Net present value at the input's 90th percentile.
    pub npv_at_p90: f64,
}
}

document! {
/// An estimated index with its 95 % bootstrap interval. It may be slightly negative: clip for display only.
pub struct SobolEstimate {
    /// Estimate.
    pub value: f64,
    /// Lower end of the interval.
    pub low: f64,
    /// Upper end of the interval.
    pub high: f64,
}
}

document! {
/// Share of the variance of the net present value that an input explains.
pub struct SobolInput {
    /// Name of the input, as the section has it.
    pub input: String,
    /// By itself.
    pub first_order: SobolEstimate,
    /// With its interactions.
    pub total_order: SobolEstimate,
}
}

document! {
/// Variance-based sensitivity of the net present value to the uncertain inputs (Jansen's estimators), deal
/// counts at their expected values.
pub struct SobolTable {
    /// Points.
    pub points: u32,
    /// By input, in the order of the section's fields.
    pub inputs: Vec<SobolInput>,
    /// 1 − Σ first order: interactions.
    pub residual_share: f64,
}
}
