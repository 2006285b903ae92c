//! The section `pipeline_generation`: leads, conversion, delays and selling capacity.

use super::amount::Quantity;
use super::open_pipeline::{TargetWindow, document};
use serde::{Deserialize, Serialize};

document! {
/// The sales machine, from leads to wins.
pub struct PipelineGeneration {
    /// Months computed, from 1.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub horizon_months: Option<u32>,
    /// Months run before month 1 with the first regime and no capacity limit.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub burn_in_months: Option<u32>,
    /// Leads of month 1, a month.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub leads_per_month: Option<Quantity>,
    /// Growth of the leads, a month.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub leads_monthly_growth: Option<Quantity>,
    /// Coefficient of variation of the level of all leads, gamma distributed, one level a trial: 0 to 2.
    /// Default 0: leads vary from month to month alone, as Poisson counts.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub lead_level_coefficient_of_variation: Option<f64>,
    /// Rates and delays, each from its month on; the first one from month 1. What a regime does not state
    /// stays as in the regime before.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub regimes: Option<Vec<Regime>>,
    /// Selling capacity; absent: unlimited.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub capacity: Option<Capacity>,
    /// Wins to reach in the target window, ≥ 0. Absent: no target.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub target_wins: Option<u32>,
    /// Months in which wins count. Default: the whole horizon.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub target_window: Option<TargetWindow>,
}
}

document! {
/// Rates and delays that hold from a month on.
pub struct Regime {
    /// First month, from 1.
    pub from_month: u32,
    /// Share of the leads followed up in time.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub followup_within_sla_share: Option<Quantity>,
    /// Conversion of leads followed up late, relative to the others.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub late_lead_relative_conversion: Option<Quantity>,
    /// Leads that become marketing-qualified.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub lead_to_mql: Option<Quantity>,
    /// Marketing-qualified leads that become sales-qualified.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub mql_to_sql: Option<Quantity>,
    /// Sales-qualified leads that become opportunities.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub sql_to_opportunity: Option<Quantity>,
    /// P(0), P(1), … months from lead to opportunity.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub lead_to_opportunity_lag_pmf: Option<Vec<f64>>,
    /// Win rate of opportunities.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub opportunity_to_win: Option<Quantity>,
    /// Amount of a won deal.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub average_deal: Option<Quantity>,
    /// Time to a win.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub months_to_win: Option<CycleTime>,
    /// Time to a loss.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub months_to_loss: Option<CycleTime>,
    /// Selling hours of a won deal.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub hours_per_won_deal: Option<Quantity>,
    /// Selling hours of a lost deal.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub hours_per_lost_deal: Option<Quantity>,
    /// Early end of losing deals.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub kill_rule: Option<LosingDealKillRule>,
}
}

document! {
/// A time to close: mean and variation of a gamma law, or probabilities by month.
pub struct CycleTime {
    /// Mean, in days.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub mean_days: Option<Quantity>,
    /// Standard deviation over mean. Default 0.5.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub coefficient_of_variation: Option<Quantity>,
    /// P(0), P(1), … months.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub pmf: Option<Vec<f64>>,
}
}

document! {
/// A share of the losing deals is closed early.
pub struct LosingDealKillRule {
    /// Whether it applies.
    pub enabled: bool,
    /// Share of the losing deals that score low.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub low_score_share_of_lost: Option<Quantity>,
    /// Months after which they are closed.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub kill_after_months: Option<u32>,
}
}

document! {
/// Selling hours of the team.
pub struct Capacity {
    /// Reps at full productivity at the start.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub initial_ramped_reps: Option<Quantity>,
    /// Selling hours of a rep, a month.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub selling_hours_per_rep_per_month: Option<Quantity>,
    /// Months to full productivity.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub ramp_months: Option<Quantity>,
    /// Hires by month.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub hires: Option<Vec<Hire>>,
    /// Reps who leave, a month.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub monthly_attrition_rate: Option<Quantity>,
    /// Whether leavers are replaced.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub replace_leavers: Option<bool>,
    /// Backlog lost, a month.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub backlog_monthly_loss_rate: Option<Quantity>,
}
}

document! {
/// Reps hired at the beginning of a month.
pub struct Hire {
    /// Month, from 1.
    pub month: u32,
    /// Reps.
    pub count: f64,
}
}
