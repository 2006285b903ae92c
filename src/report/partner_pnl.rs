//! What comes back for the section `partner_pnl`.

use super::cash::{CashSimulation, IrrStatus, SobolTable, TornadoBar};
use crate::scenario::open_pipeline::document;
use serde::{Deserialize, Serialize};

document! {
/// Business plan of one partner. Figures are those of the plan with every uncertain input at its mean and
/// deals at their expected counts; `simulation` has the ranges. Lists by month start at month 0.
pub struct PartnerPnlReport {
    /// Months computed.
    pub horizon_months: u32,
    /// Cash of each month.
    pub net_cash: Vec<f64>,
    /// Cash up to each month.
    pub cumulative_cash: Vec<f64>,
    /// Cash over the horizon, undiscounted.
    pub net_cash_total: f64,
    /// Initial outlay, staff, marketing and certification.
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
    /// Largest cumulative outlay: the cash needed before the plan pays.
    pub peak_funding_need: f64,
    /// Deals of each month.
    pub expected_deals: Vec<f64>,
    /// Deals over the horizon.
    pub expected_deals_total: f64,
    /// Margin of a new deal before commission: resale and services.
    pub first_deal_margin: f64,
    /// Revenue of new deals over the horizon.
    pub product_revenue_new: f64,
    /// Revenue of renewals over the horizon.
    pub product_revenue_renewals: f64,
    /// Services revenue over the horizon.
    pub services_revenue: f64,
    /// Margin collected over the horizon, net of commission.
    pub collected_margin: f64,
    /// Deals a month at maturity at which cash over the horizon is zero; absent when no volume pays.
    pub break_even_deals_per_month_at_maturity: Option<f64>,
    /// Where the outflows go.
    pub cost_breakdown: PartnerCosts,
    /// Where the margin comes from, by month of collection, net of commission.
    pub margin_by_source: MarginBySource,
    /// Profit and loss by year.
    pub years: Vec<PartnerYear>,
    /// Exact P(sustained payback by month m), m from 0: only with Poisson deals, no other uncertain input, and
    /// no renewals. A check on the simulated curve.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub exact_prob_payback_by_month: Option<Vec<f64>>,
    /// The ranges; absent where nothing is uncertain.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub simulation: Option<CashSimulation>,
    /// Each uncertain input at its P10 and P90, the widest first.
    pub tornado: Vec<TornadoBar>,
    /// Shares of variance; absent in a preview and where no input is uncertain.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub sobol: Option<SobolTable>,
}
}

document! {
/// Outflows over the horizon.
pub struct PartnerCosts {
    /// Training, certification and marketing at the start.
    pub initial: f64,
    /// Sales and technical staff.
    pub staff: f64,
    /// Marketing.
    pub marketing: f64,
    /// Certification, renewed every year.
    pub certification: f64,
    /// Commission on the margins collected.
    pub commission: f64,
}
}

document! {
/// Margin collected by month, from month 0, net of commission; the three sum to the collected margin.
pub struct MarginBySource {
    /// Resale of new contracts.
    pub resale: Vec<f64>,
    /// Renewals.
    pub renewals: Vec<f64>,
    /// Services.
    pub services: Vec<f64>,
}
}

document! {
/// A year of the plan: months 12y − 11 to 12y, the start included in the first. Revenue counts at signature,
/// margins and everything else when the money moves, so that the lines sum to the cash of the year.
pub struct PartnerYear {
    /// Year, from 1.
    pub year: u32,
    /// Deals signed.
    pub deals: f64,
    /// Revenue of new deals.
    pub product_revenue_new: f64,
    /// Revenue of renewals.
    pub product_revenue_renewals: f64,
    /// Services revenue.
    pub services_revenue: f64,
    /// Resale margin collected, before commission.
    pub resale_margin: f64,
    /// Renewal margin collected, before commission.
    pub renewal_margin: f64,
    /// Services margin collected, before commission.
    pub services_margin: f64,
    /// Commission.
    pub commission: f64,
    /// Training, certification and marketing at the start.
    pub initial: f64,
    /// Staff.
    pub staff: f64,
    /// Marketing.
    pub marketing: f64,
    /// Certification.
    pub certification: f64,
    /// Marketing funds from the vendor.
    pub vendor_funding: f64,
    /// Cash of the year: margins and funds less commission and costs.
    pub net_cash: f64,
    /// Cash up to the end of the year.
    pub cumulative_cash: f64,
}
}
