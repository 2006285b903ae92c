//! Business plan of one partner: what it invests, sells and earns, month by month.
//!
//! Month 0 is the start of the plan, month t the interval (t − 1, t]; everything of a month is placed
//! at its end. Money is in the scenario's currency.

pub mod expected;
pub mod payback;
pub mod programme_partner;

use super::inputs::uncertain_inputs;
use crate::distribution::Distribution;
use crate::error::InputError;
use crate::scenario::partner_pnl::{DemandNoise, PartnerPnl};

uncertain_inputs! {
/// Inputs of the plan that may be uncertain, with the defaults of the specification.
pub struct PnlValues of PartnerPnl, at "/partner_pnl" {
    /// Discount rate, a year.
    discount_rate_annual = 0.10,
    /// Training and certification at the start.
    initial_training_certification = 15_000.0,
    /// Marketing at the start.
    initial_marketing = 10_000.0,
    /// Sales staff, full-time equivalents.
    sales_fte = 0.5,
    /// Cost of one, a month.
    sales_fte_monthly_cost = 6_500.0,
    /// Technical staff, full-time equivalents.
    technical_fte = 0.5,
    /// Cost of one, a month.
    technical_fte_monthly_cost = 6_000.0,
    /// Marketing, a month.
    marketing_monthly = 1_000.0,
    /// Certification, a year.
    annual_certification_renewal = 3_000.0,
    /// Vendor's marketing funds, a month.
    vendor_marketing_fund_monthly = 500.0,
    /// Months from the first deal to maturity, at least 1.
    ramp_months = 12.0,
    /// Deals at maturity, a month.
    deals_per_month_at_maturity = 1.0,
    /// Amount of a deal.
    average_deal = 30_000.0,
    /// Margin on resale, share of the amount.
    resale_margin_rate = 0.30,
    /// Contracts renewed, a year.
    annual_renewal_rate = 0.90,
    /// Margin on renewals, share of the amount.
    renewal_margin_rate = 0.20,
    /// Deals that come with services.
    services_attach_rate = 0.80,
    /// Services revenue of such a deal.
    services_revenue_per_attached_deal = 15_000.0,
    /// Margin on services.
    services_margin_rate = 0.40,
    /// Commission, share of the margin.
    sales_commission_rate_on_margin = 0.08,
}
}

/// A plan ready to be computed: what is fixed, and the laws of the rest.
#[derive(Debug, Clone, PartialEq)]
pub struct PnlPlan {
    /// Months computed.
    pub horizon_months: usize,
    /// Month of the first deal, from 1.
    pub first_deal_month: usize,
    /// Months from signature to payment.
    pub payment_delay_months: usize,
    /// Months that the vendor pays marketing funds, from month 1.
    pub vendor_marketing_fund_months: usize,
    /// Whether deal counts are Poisson.
    pub poisson: bool,
    /// Laws of the inputs, in the order of [`PnlValues::NAMES`].
    pub laws: Vec<Distribution>,
}

impl PnlPlan {
    /// Resolves a section that was checked: defaults and laws.
    ///
    /// # Errors
    /// Distributions whose parameters make none, located.
    pub fn new(section: &PartnerPnl) -> Result<Self, Vec<InputError>> {
        let or = |months: Option<u32>, default: u32| months.unwrap_or(default) as usize;
        Ok(Self {
            horizon_months: or(section.horizon_months, 36),
            first_deal_month: or(section.first_deal_month, 4),
            payment_delay_months: or(section.payment_delay_months, 1),
            vendor_marketing_fund_months: or(section.vendor_marketing_fund_months, 12),
            poisson: section.demand_noise == Some(DemandNoise::Poisson),
            laws: PnlValues::laws(section)?,
        })
    }

    /// Every input at its mean.
    #[must_use]
    pub fn means(&self) -> PnlValues {
        PnlValues::from_fn(|input| self.laws[input].mean())
    }

    /// Whether any input is uncertain.
    #[must_use]
    pub fn uncertain(&self) -> bool {
        self.laws.iter().any(|law| !matches!(law, Distribution::Fixed { .. }))
    }

    /// Expected deals of month t at a rate of `d` at maturity: d·min(1, (t − f + 1)/ramp) from month f on.
    #[must_use]
    pub fn deals(&self, values: &PnlValues, month: usize) -> f64 {
        if month < self.first_deal_month {
            return 0.0;
        }
        let since = (month - self.first_deal_month + 1) as f64;
        values.deals_per_month_at_maturity * (since / values.ramp_months.max(1.0)).min(1.0)
    }

    /// Staff and marketing of a month from 1 on.
    #[must_use]
    pub fn running_cost(values: &PnlValues) -> f64 {
        values.sales_fte * values.sales_fte_monthly_cost
            + values.technical_fte * values.technical_fte_monthly_cost
            + values.marketing_monthly
    }

    /// Whether certification is renewed at the end of the month: 12, 24, … before the horizon.
    #[must_use]
    pub fn certifies(&self, month: usize) -> bool {
        month > 0 && month.is_multiple_of(12) && month < self.horizon_months
    }
}

impl PnlValues {
    /// Share of the margin that is left after commission.
    #[must_use]
    pub fn kept(&self) -> f64 {
        1.0 - self.sales_commission_rate_on_margin
    }

    /// Margin of a new deal before commission: V·ρ + s·S·μ, resale and services.
    #[must_use]
    pub fn deal_margin(&self) -> f64 {
        self.average_deal * self.resale_margin_rate + self.services_margin()
    }

    /// Services margin of a new deal before commission, s·S·μ.
    #[must_use]
    pub fn services_margin(&self) -> f64 {
        self.services_attach_rate * self.services_revenue_per_attached_deal * self.services_margin_rate
    }

    /// Margin of a renewed contract before commission, V·ρ of renewals.
    #[must_use]
    pub fn renewal_margin(&self) -> f64 {
        self.average_deal * self.renewal_margin_rate
    }
}
