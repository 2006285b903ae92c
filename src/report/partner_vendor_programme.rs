//! What comes back for the section `partner_vendor_programme`.

use super::cash::{CashSimulation, IrrStatus, SobolTable, TornadoBar};
use crate::scenario::open_pipeline::document;
use serde::{Deserialize, Serialize};

document! {
/// A vendor's partner programme. Figures are expected values with every uncertain input at its mean;
/// `simulation` has the ranges. Lists by month start at month 0, lists by age at age 0 (the signature).
pub struct PartnerVendorProgrammeReport {
    /// Months computed.
    pub horizon_months: u32,
    /// Cash of each month.
    pub net_cash: Vec<f64>,
    /// Cash up to each month.
    pub cumulative_cash: Vec<f64>,
    /// Cash over the horizon, undiscounted.
    pub net_cash_total: f64,
    /// All outflows, market development funds included.
    pub total_investment: f64,
    /// Net cash over investment; absent without investment.
    pub roi_over_horizon: Option<f64>,
    /// Net present value.
    pub npv: f64,
    /// Monthly internal rate of return; absent unless it is the only one.
    pub irr_monthly: Option<f64>,
    /// The same as an annual rate, (1 + monthly)¹² − 1.
    pub irr_annual: Option<f64>,
    /// Why there is a rate or none.
    pub irr_status: IrrStatus,
    /// First month from which cumulative cash stays ≥ 0 to the horizon; absent: never pays back.
    pub payback_month_sustained: Option<u32>,
    /// First month, from 1, with cumulative cash ≥ 0.
    pub payback_month_first: Option<u32>,
    /// Largest cumulative outlay.
    pub peak_funding_need: f64,
    /// Partners signed over the horizon.
    pub signed_partners_total: f64,
    /// Partners dropped over the horizon.
    pub dropped_partners_total: f64,
    /// Active partners at the end of each month.
    pub active_partners_end_of_month: Vec<f64>,
    /// Share of the signed partners that are active six months after signature (at the stop rule, if earlier).
    pub active_share_at_6_months: f64,
    /// Share of the signed partners that ever make a deal, at the age of the horizon.
    pub ever_active_share_by_horizon_age: f64,
    /// Signature, onboarding, support until the stop rule or the horizon, failure cost.
    pub all_in_cost_per_failed_partner: f64,
    /// P(capable | no deal by age a), by age from 0 to the horizon.
    pub prob_capable_given_no_deal: Vec<f64>,
    /// Deals of each month.
    pub expected_deals: Vec<f64>,
    /// Deals over the horizon.
    pub expected_deals_total: f64,
    /// What customers pay for new deals, at list price.
    pub customer_revenue_new: f64,
    /// Vendor revenue net of discounts, renewals included.
    pub vendor_net_revenue_total: f64,
    /// Gross margin of that revenue, before market development funds.
    pub vendor_margin_total: f64,
    /// Where the outflows go.
    pub cost_breakdown: ProgrammeCosts,
    /// Candidates, signatures, onboarding, unstarted support and failure cost, over the partners active at six
    /// months; absent when there are none.
    pub acquisition_cost_per_active_partner: Option<f64>,
    /// Margin of each month by source, before market development funds.
    pub margin_by_source: ProgrammeMargin,
    /// Recruitment arithmetic.
    pub recruitment: Recruitment,
    /// The ranges; absent where nothing is uncertain.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub simulation: Option<CashSimulation>,
    /// Standard deviation of the net present value from counts alone, exact; only with counts at partner level
    /// and no uncertain input. A check on the simulated one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub exact_npv_sd: Option<f64>,
    /// The same for the net cash.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub exact_net_sd: Option<f64>,
    /// Each uncertain input at its P10 and P90, the widest first.
    pub tornado: Vec<TornadoBar>,
    /// Shares of variance; absent in a preview and where no input is uncertain.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub sobol: Option<SobolTable>,
}
}

document! {
/// Outflows over the horizon.
pub struct ProgrammeCosts {
    /// Setting up.
    pub setup: f64,
    /// Fixed cost.
    pub fixed: f64,
    /// Approaching candidates.
    pub candidates: f64,
    /// Signatures.
    pub signatures: f64,
    /// Onboarding.
    pub onboarding: f64,
    /// Support of partners without a deal.
    pub support_unstarted: f64,
    /// Support of active partners.
    pub support_active: f64,
    /// Extra cost of dropped partners.
    pub failed_partners: f64,
    /// Market development funds.
    pub market_development_funds: f64,
}
}

document! {
/// Vendor margin by month, from month 0.
pub struct ProgrammeMargin {
    /// New deals.
    pub new_deals: Vec<f64>,
    /// Renewals.
    pub renewals: Vec<f64>,
}
}

document! {
/// The recruiter's formula, active = eligible × signing rate × active share at six months, and when to stop.
pub struct Recruitment {
    /// Candidates approached within the horizon.
    pub eligible_partners: f64,
    /// Candidates who sign.
    pub signing_rate: f64,
    /// Share active six months after signature.
    pub active_share_at_6_months: f64,
    /// Partners that the formula gives.
    pub active_partners: f64,
    /// Candidates, signatures, onboarding, unstarted support and failure cost within the horizon.
    pub acquisition_outlays: f64,
    /// Acquisition outlays over these partners; absent when there are none.
    pub cost_per_active_partner: Option<f64>,
    /// Present value at its first deal of an active partner over the months of the horizon: margin of deals and
    /// renewals after market development funds, less active support.
    pub value_of_active_partner: f64,
    /// Cost of one more signed partner before support: candidates, signature, onboarding; absent where nobody signs.
    pub acquisition_cost_per_signature: Option<f64>,
    /// Stop rules by age, then no stop rule.
    pub stop_rules: Vec<StopRuleOption>,
    /// Stop rule of the largest net present value, slots being free; absent: no stop rule is best.
    pub best_stop_rule_months: Option<u32>,
    /// Stop rule that uses a limited number of managed slots best; absent when partners are worth nothing.
    pub best_stop_rule_months_limited_slots: Option<u32>,
}
}

document! {
/// One stop rule.
pub struct StopRuleOption {
    /// Age at which partners without a deal are dropped; absent: never.
    pub stop_rule_months: Option<u32>,
    /// Net present value of the programme with it.
    pub npv: f64,
    /// Share of the signed partners that start before it.
    pub started_share: f64,
    /// P(capable | dropped by it): how many good ones it loses.
    pub prob_capable_given_dropped: f64,
    /// All-in cost of a failed partner with it.
    pub all_in_cost_per_failed_partner: f64,
    /// (q·F(τ) − κ)/E[min(T, τ)]: value per month of a managed slot, as a share of the value of an active
    /// partner; absent without stop rule.
    pub slot_yield: Option<f64>,
}
}
