//! What comes back for the section `pipeline_generation`.

use super::open_pipeline::FanMonth;
use crate::scenario::open_pipeline::{TargetWindow, document};
use serde::{Deserialize, Serialize};

document! {
/// The sales machine. Figures are expected values with every uncertain input at its mean; `simulation` has
/// the ranges. Lists by month start at month 1. Rates and times that carry no month are those of the last
/// regime.
pub struct PipelineGenerationReport {
    /// Months computed.
    pub horizon_months: u32,
    /// Leads.
    pub leads: Vec<f64>,
    /// Leads worth as many followed up in time: leads × effective follow-up.
    pub effective_leads: Vec<f64>,
    /// Marketing-qualified leads, by month of the lead.
    pub mqls: Vec<f64>,
    /// Sales-qualified leads, by month of the lead.
    pub sqls: Vec<f64>,
    /// Opportunities created.
    pub opportunities_created: Vec<f64>,
    /// Opportunities that the team takes on.
    pub opportunities_accepted: Vec<f64>,
    /// Opportunities won.
    pub expected_wins: Vec<f64>,
    /// Revenue won.
    pub expected_bookings: Vec<f64>,
    /// Opportunities lost.
    pub expected_losses: Vec<f64>,
    /// Open opportunities.
    pub open_opportunities_end_of_month: Vec<f64>,
    /// Amounts of the open opportunities.
    pub open_pipeline_end_of_month: Vec<f64>,
    /// Wins over the horizon.
    pub total_expected_wins: f64,
    /// Bookings over the horizon.
    pub total_expected_bookings: f64,
    /// F = f + (1 − f)·η.
    pub effective_followup_share: f64,
    /// Share of the leads that become opportunities.
    pub lead_to_opportunity_rate: f64,
    /// Mean months from acceptance to a win.
    pub mean_months_to_win: f64,
    /// Mean months from acceptance to a loss, with the kill rule.
    pub mean_months_to_loss: f64,
    /// Mean months open, w·E[K_w] + (1 − w)·E[K_l].
    pub mean_months_open: f64,
    /// What the last regime settles to at the last month's leads, without capacity limit.
    pub stationary_uncapped: StationaryFigures,
    /// Pipeline velocity n·w·a/c at the end of each month, a day.
    pub velocity_per_day: Vec<f64>,
    /// Selling hours of an opportunity, w·h_w + (1 − w)·h_l.
    pub hours_per_opportunity_last_regime: f64,
    /// Share of the selling time on deals that are lost; absent when deals cost no time.
    pub share_of_time_on_lost_deals_last_regime: Option<f64>,
    /// The same by month of acceptance.
    pub share_of_time_on_lost_deals: Vec<Option<f64>>,
    /// Selling capacity; absent: unlimited.
    pub capacity: Option<CapacityFigures>,
    /// What holds the last month back.
    pub limited_by: LimitedBy,
    /// Figures of each regime.
    pub regimes: Vec<RegimeFigures>,
    /// What each change of regime is worth, and when it shows.
    pub regime_changes: Vec<RegimeChange>,
    /// Exact law of the wins in the target window: Poisson. Absent with a capacity limit, an uncertain input
    /// or a varying level of leads.
    pub poisson_layer: Option<PoissonLayer>,
    /// Simulated ranges.
    pub simulation: Option<GenerationSimulation>,
}
}

document! {
/// What limits the opportunities that are worked.
pub enum LimitedBy {
    /// Too few opportunities: gains are ratios of win rate × inflow.
    Inflow,
    /// Too few selling hours: gains are ratios of win rate over hours per opportunity.
    Capacity,
}
}

document! {
/// A settled sales machine.
pub struct StationaryFigures {
    /// λ.
    pub opportunities_per_month: f64,
    /// λ·w.
    pub wins_per_month: f64,
    /// λ·w·a.
    pub bookings_per_month: f64,
    /// λ·E[K] (Little's law).
    pub open_opportunities: f64,
    /// n·w·a/c, a day; equal to λ·w·a, whatever the cycle.
    pub velocity_per_day: f64,
}
}

document! {
/// Capacity against demand; lists start at month 1.
pub struct CapacityFigures {
    /// Selling hours.
    pub selling_hours_available: Vec<f64>,
    /// Hours that created and waiting opportunities ask for.
    pub selling_hours_needed: Vec<f64>,
    /// Reps.
    pub headcount: Vec<f64>,
    /// Opportunities accepted over those that the hours allow; absent where they allow none.
    pub capacity_utilisation: Vec<Option<f64>>,
    /// Opportunities waiting.
    pub backlog_end_of_month: Vec<f64>,
    /// Waiting opportunities lost.
    pub backlog_lost: Vec<f64>,
}
}

document! {
/// Figures of one regime.
pub struct RegimeFigures {
    /// First month.
    pub from_month: u32,
    /// F = f + (1 − f)·η.
    pub effective_followup_share: f64,
    /// Share of the leads that become opportunities.
    pub lead_to_opportunity_rate: f64,
    /// Win rate.
    pub opportunity_to_win: f64,
    /// Amount of a won deal.
    pub average_deal: f64,
    /// Mean months to a win.
    pub mean_months_to_win: f64,
    /// Mean months to a loss, with the kill rule.
    pub mean_months_to_loss: f64,
    /// Mean months open.
    pub mean_months_open: f64,
    /// Selling hours of an opportunity.
    pub hours_per_opportunity: f64,
    /// Share of the selling time on deals that are lost.
    pub share_of_time_on_lost_deals: Option<f64>,
    /// What it settles to at the leads of its first month, without capacity limit.
    pub stationary_uncapped: StationaryFigures,
}
}

document! {
/// Going from one regime to the next, leads and selling hours held at those of the month of the change.
pub struct RegimeChange {
    /// First month of the new regime.
    pub from_month: u32,
    /// What limits after the change: says which ratio applies.
    pub limited_by: LimitedBy,
    /// Ratio of win rate × inflow, new over old.
    pub wins_ratio_if_inflow_limited: Option<f64>,
    /// Ratio of win rate over hours per opportunity, new over old.
    pub wins_ratio_if_capacity_limited: Option<f64>,
    /// Bookings a month that the old regime settles to.
    pub bookings_per_month_before: f64,
    /// Bookings a month that the new regime settles to.
    pub bookings_per_month_after: f64,
    /// First month with at least 90 % of the difference; absent when there is none.
    pub month_90_percent_reached: Option<u32>,
    /// Highest expected bookings on the way over those settled: old slow deals and new fast ones close together.
    pub overshoot_ratio: Option<f64>,
}
}

document! {
/// Wins in the target window, Poisson distributed.
pub struct PoissonLayer {
    /// The target window.
    pub window: TargetWindow,
    /// Mean.
    pub poisson_mean_wins: f64,
    /// 10th percentile.
    pub p10_wins: u32,
    /// Median.
    pub p50_wins: u32,
    /// 90th percentile.
    pub p90_wins: u32,
    /// The target; absent: none.
    pub target_wins: Option<u32>,
    /// P(wins ≥ target).
    pub prob_at_least_target_wins: Option<f64>,
}
}

document! {
/// Simulated figures, or their standard errors under the same names. Wins and bookings are those of the
/// target window.
pub struct GenerationFigures {
    /// Mean of the wins.
    pub wins_mean: f64,
    /// Their standard deviation.
    pub wins_sd: f64,
    /// 10th percentile of the wins.
    pub wins_p10: f64,
    /// Median of the wins.
    pub wins_p50: f64,
    /// 90th percentile of the wins.
    pub wins_p90: f64,
    /// Mean of the bookings.
    pub bookings_mean: f64,
    /// Their standard deviation.
    pub bookings_sd: f64,
    /// 10th percentile of the bookings.
    pub bookings_p10: f64,
    /// Median of the bookings.
    pub bookings_p50: f64,
    /// 90th percentile of the bookings.
    pub bookings_p90: f64,
    /// P(wins ≥ target); absent without target.
    pub prob_at_least_target_wins: Option<f64>,
}
}

document! {
/// The simulated sales machine: whole leads, opportunities and deals.
pub struct GenerationSimulation {
    /// The figures.
    pub figures: GenerationFigures,
    /// Their Monte Carlo standard errors.
    pub standard_error: GenerationFigures,
    /// The target window.
    pub window: TargetWindow,
    /// Fan of the wins of each month.
    pub wins_fan: Vec<FanMonth>,
    /// Fan of the bookings of each month.
    pub bookings_fan: Vec<FanMonth>,
    /// Fan of the bookings up to each month.
    pub cumulative_bookings_fan: Vec<FanMonth>,
    /// Fan of the amounts of the open opportunities at the end of each month.
    pub open_pipeline_fan: Vec<FanMonth>,
}
}
