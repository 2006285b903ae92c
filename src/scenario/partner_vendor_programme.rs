//! The section `partner_vendor_programme`: the partner programme, as the vendor sees it.

use super::amount::Quantity;
use super::open_pipeline::document;
use serde::{Deserialize, Serialize};

document! {
/// Recruitment, start and yield of partners.
pub struct PartnerVendorProgramme {
    /// Months computed, from 1.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub horizon_months: Option<u32>,
    /// Discount rate, a year.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub discount_rate_annual: Option<Quantity>,
    /// Cost of setting the programme up.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub programme_setup_cost: Option<Quantity>,
    /// Fixed cost, a month.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub programme_fixed_cost_per_month: Option<Quantity>,
    /// Candidates approached, a month.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub candidates_approached_per_month: Option<Quantity>,
    /// Months of recruitment.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub recruitment_months: Option<u32>,
    /// Months from approach to signature.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub signing_lag_months: Option<u32>,
    /// Candidates who sign.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub signing_rate: Option<Quantity>,
    /// Cost of approaching a candidate.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub cost_per_candidate: Option<Quantity>,
    /// Cost of a signature.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub cost_per_signature: Option<Quantity>,
    /// Onboarding cost of a partner.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub onboarding_cost_per_partner: Option<Quantity>,
    /// Months over which it is spread.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub onboarding_months: Option<u32>,
    /// Support of a partner without a deal, a month.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub support_cost_per_unstarted_partner_month: Option<Quantity>,
    /// Support of an active partner, a month.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub support_cost_per_active_partner_month: Option<Quantity>,
    /// Partners able to sell at all.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub capable_share: Option<Quantity>,
    /// Median months to the first deal of a capable partner.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub median_months_to_first_deal: Option<Quantity>,
    /// Reduction of that time by the 100-day plan.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub onboarding_time_reduction_rate: Option<Quantity>,
    /// Months without a deal after which a partner is dropped; absent: never.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub stop_rule_months: Option<u32>,
    /// Extra cost of a dropped partner.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub failed_partner_extra_cost: Option<Quantity>,
    /// Deals of an active partner, a month.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub deals_per_active_partner_per_month: Option<Quantity>,
    /// Months to that rate.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub deal_ramp_months: Option<Quantity>,
    /// Active partners lost, a month.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub active_partner_monthly_attrition_rate: Option<Quantity>,
    /// Amount of a deal at list price.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub average_deal: Option<Quantity>,
    /// Discount of the partner.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub partner_discount_rate: Option<Quantity>,
    /// Discount on renewals.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub partner_discount_rate_on_renewals: Option<Quantity>,
    /// Gross margin of the vendor.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub vendor_gross_margin_rate: Option<Quantity>,
    /// Contracts renewed, a year.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub annual_renewal_rate: Option<Quantity>,
    /// Market development funds, share of new net revenue.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub market_development_fund_rate: Option<Quantity>,
    /// Which counts are random.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub count_noise: Option<CountNoise>,
}
}

document! {
/// Which counts are random.
pub enum CountNoise {
    /// Expected values inside each trial.
    None,
    /// Each candidate, partner and deal.
    PartnerLevel,
}
}
