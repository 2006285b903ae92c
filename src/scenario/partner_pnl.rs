//! The section `partner_pnl`: the business plan of one partner.

use super::amount::Quantity;
use super::open_pipeline::document;
use serde::{Deserialize, Serialize};

document! {
/// Investment, deals and margin of a reseller.
pub struct PartnerPnl {
    /// Months computed, from 1.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub horizon_months: Option<u32>,
    /// Discount rate, a year.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub discount_rate_annual: Option<Quantity>,
    /// Training and certification at the start.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub initial_training_certification: Option<Quantity>,
    /// Marketing at the start.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub initial_marketing: Option<Quantity>,
    /// Sales staff, full-time equivalents.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub sales_fte: Option<Quantity>,
    /// Cost of one, a month.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub sales_fte_monthly_cost: Option<Quantity>,
    /// Technical staff, full-time equivalents.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub technical_fte: Option<Quantity>,
    /// Cost of one, a month.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub technical_fte_monthly_cost: Option<Quantity>,
    /// Marketing, a month.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub marketing_monthly: Option<Quantity>,
    /// Certification, a year.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub annual_certification_renewal: Option<Quantity>,
    /// Vendor's marketing funds, a month.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub vendor_marketing_fund_monthly: Option<Quantity>,
    /// Months they are paid.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub vendor_marketing_fund_months: Option<u32>,
    /// Month of the first deal, from 1.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub first_deal_month: Option<u32>,
    /// Months from the first deal to maturity.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub ramp_months: Option<Quantity>,
    /// Deals at maturity, a month.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub deals_per_month_at_maturity: Option<Quantity>,
    /// Amount of a deal.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub average_deal: Option<Quantity>,
    /// Margin on resale.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub resale_margin_rate: Option<Quantity>,
    /// Contracts renewed, a year.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub annual_renewal_rate: Option<Quantity>,
    /// Margin on renewals.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub renewal_margin_rate: Option<Quantity>,
    /// Deals that come with services.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub services_attach_rate: Option<Quantity>,
    /// Services revenue of such a deal.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub services_revenue_per_attached_deal: Option<Quantity>,
    /// Margin on services.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub services_margin_rate: Option<Quantity>,
    /// Commission, share of the margin.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub sales_commission_rate_on_margin: Option<Quantity>,
    /// Months from signature to payment.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub payment_delay_months: Option<u32>,
    /// Whether deal counts are random.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub demand_noise: Option<DemandNoise>,
}
}

document! {
/// Whether deal counts are random.
pub enum DemandNoise {
    /// Expected counts.
    None,
    /// Poisson counts, month by month.
    Poisson,
}
}
