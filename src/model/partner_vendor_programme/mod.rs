//! A vendor's partner programme: recruitment, first deals, yield.
//!
//! Candidates are approached in months 1, 2, …; those who sign do so a lag later, at the end of the
//! month. A partner of age a is a months after its signature. Money is in the scenario's currency.

pub mod expected;
pub mod profile;
pub mod recruitment;
pub mod variance;

use super::inputs::uncertain_inputs;
use crate::distribution::Distribution;
use crate::error::InputError;
use crate::scenario::partner_vendor_programme::{CountNoise, PartnerVendorProgramme};

uncertain_inputs! {
/// Inputs of the programme that may be uncertain, with the defaults of the specification.
pub struct ProgrammeValues of PartnerVendorProgramme, at "/partner_vendor_programme" {
    /// Discount rate, a year.
    discount_rate_annual = 0.10,
    /// Cost of setting the programme up.
    programme_setup_cost = 30_000.0,
    /// Fixed cost, a month.
    programme_fixed_cost_per_month = 9_000.0,
    /// Candidates approached, a month.
    candidates_approached_per_month = 6.0,
    /// Candidates who sign.
    signing_rate = 0.30,
    /// Cost of approaching a candidate.
    cost_per_candidate = 400.0,
    /// Cost of a signature.
    cost_per_signature = 3_000.0,
    /// Onboarding cost of a partner.
    onboarding_cost_per_partner = 6_000.0,
    /// Support of a partner without a deal, a month.
    support_cost_per_unstarted_partner_month = 1_200.0,
    /// Support of an active partner, a month.
    support_cost_per_active_partner_month = 600.0,
    /// Partners able to sell at all.
    capable_share = 0.62,
    /// Median months to the first deal of a capable partner.
    median_months_to_first_deal = 4.0,
    /// Reduction of that time by the 100-day plan.
    onboarding_time_reduction_rate = 0.0,
    /// Extra cost of a dropped partner.
    failed_partner_extra_cost = 0.0,
    /// Deals of an active partner, a month.
    deals_per_active_partner_per_month = 0.25,
    /// Months to that rate, at least 1.
    deal_ramp_months = 12.0,
    /// Active partners lost, a month.
    active_partner_monthly_attrition_rate = 0.01,
    /// Amount of a deal at list price.
    average_deal = 25_000.0,
    /// Discount of the partner.
    partner_discount_rate = 0.30,
    /// Discount on renewals.
    partner_discount_rate_on_renewals = 0.20,
    /// Gross margin of the vendor.
    vendor_gross_margin_rate = 0.80,
    /// Contracts renewed, a year.
    annual_renewal_rate = 0.85,
    /// Market development funds, share of new net revenue.
    market_development_fund_rate = 0.03,
}
}

/// A programme ready to be computed: what is fixed, and the laws of the rest.
#[derive(Debug, Clone, PartialEq)]
pub struct Programme {
    /// Months computed.
    pub horizon_months: usize,
    /// Months of recruitment, from month 1.
    pub recruitment_months: usize,
    /// Months from approach to signature.
    pub signing_lag_months: usize,
    /// Months over which onboarding is spread, from age 1.
    pub onboarding_months: usize,
    /// Age at which a partner without a deal is dropped; `None`: never.
    pub stop_rule_months: Option<usize>,
    /// Whether candidates, partners and deals are counted one by one.
    pub partner_level: bool,
    /// Laws of the inputs, in the order of [`ProgrammeValues::NAMES`].
    pub laws: Vec<Distribution>,
}

impl Programme {
    /// Resolves a section that was checked: defaults and laws.
    ///
    /// # Errors
    /// Distributions whose parameters make none, located.
    pub fn new(section: &PartnerVendorProgramme) -> Result<Self, Vec<InputError>> {
        let or = |months: Option<u32>, default: u32| months.unwrap_or(default) as usize;
        Ok(Self {
            horizon_months: or(section.horizon_months, 36),
            recruitment_months: or(section.recruitment_months, 12),
            signing_lag_months: or(section.signing_lag_months, 2),
            onboarding_months: or(section.onboarding_months, 3),
            stop_rule_months: section.stop_rule_months.map(|months| months as usize),
            partner_level: section.count_noise == Some(CountNoise::PartnerLevel),
            laws: ProgrammeValues::laws(section)?,
        })
    }

    /// Every input at its mean.
    #[must_use]
    pub fn means(&self) -> ProgrammeValues {
        ProgrammeValues::from_fn(|input| self.laws[input].mean())
    }

    /// Whether any input is uncertain.
    #[must_use]
    pub fn uncertain(&self) -> bool {
        self.laws.iter().any(|law| !matches!(law, Distribution::Fixed { .. }))
    }

    /// Whether candidates are approached in the month.
    #[must_use]
    pub fn approaches(&self, month: usize) -> bool {
        (1..=self.recruitment_months).contains(&month)
    }

    /// Oldest age at which a first deal still counts, within the horizon.
    #[must_use]
    pub fn last_age(&self) -> usize {
        self.stop_rule_months.unwrap_or(self.horizon_months).min(self.horizon_months)
    }
}

impl ProgrammeValues {
    /// Vendor margin of a new deal after market development funds.
    #[must_use]
    pub fn new_deal_margin(&self) -> f64 {
        self.new_net_revenue() * (self.vendor_gross_margin_rate - self.market_development_fund_rate)
    }

    /// Vendor revenue of a new deal, net of the partner's discount.
    #[must_use]
    pub fn new_net_revenue(&self) -> f64 {
        self.average_deal * (1.0 - self.partner_discount_rate)
    }

    /// Vendor revenue of a renewed contract, net of the partner's discount on renewals.
    #[must_use]
    pub fn renewal_net_revenue(&self) -> f64 {
        self.average_deal * (1.0 - self.partner_discount_rate_on_renewals)
    }
}
