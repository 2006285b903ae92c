//! Checks of the sections on partners.

use super::{Check, MAXIMUM_AMOUNT, MAXIMUM_MONTHS};
use crate::error::{ErrorCode, InputError};
use crate::model::inputs::law;
use crate::scenario::amount::{DistributionName, Quantity};
use crate::scenario::partner_pnl::PartnerPnl;
use crate::scenario::partner_vendor_programme::PartnerVendorProgramme;

/// Most candidates, or deals of a partner, a month.
pub const MAXIMUM_A_MONTH: f64 = 1_000.0;
/// Most candidates of a programme whose partners are simulated one by one.
pub const MAXIMUM_SIMULATED_CANDIDATES: f64 = 5_000.0;

/// What an input may be.
#[derive(Clone, Copy)]
enum Kind {
    /// A share of something: 0 to 1, by a law that stays inside.
    Share,
    /// Money, ≥ 0.
    Money,
    /// A number in a range; its law may reach beyond the upper end.
    Number(f64, f64),
    /// A number in a range that no draw may leave.
    Bounded(f64, f64),
}

/// Largest value that an input takes; 0 where that is in error.
fn largest(quantity: Option<&Quantity>, default: f64) -> f64 {
    match quantity {
        None => default,
        Some(quantity) => law(quantity).map_or(0.0, |law| law.support().1),
    }
}

impl Check<'_> {
    fn input(&mut self, at: &str, name: &str, quantity: Option<&Quantity>, kind: Kind) {
        let Some(quantity) = quantity else { return };
        let path = format!("{at}/{name}");
        let (minimum, maximum, bounded) = match kind {
            Kind::Share => (0.0, 1.0, true),
            Kind::Money => (0.0, MAXIMUM_AMOUNT, false),
            Kind::Number(minimum, maximum) => (minimum, maximum, false),
            Kind::Bounded(minimum, maximum) => (minimum, maximum, true),
        };
        if let (true, Quantity::Uncertain(object)) = (bounded, quantity)
            && let Some(found) = match object.distribution {
                DistributionName::Lognormal => Some("lognormal"),
                DistributionName::Gamma => Some("gamma"),
                _ => None,
            }
        {
            self.add(
                InputError::at(format!("{path}/distribution"), ErrorCode::UnknownChoice)
                    .with("found", found)
                    .with("allowed", vec!["fixed", "uniform", "triangular", "pert"]),
            );
            return;
        }
        self.quantity(&path, quantity, minimum, maximum);
    }

    fn months(&mut self, at: &str, name: &str, months: Option<u32>, minimum: u32, maximum: u32) {
        self.optional(&format_args!("{at}/{name}"), months.map(f64::from), f64::from(minimum), f64::from(maximum));
    }

    pub(super) fn partner_pnl(&mut self, section: &PartnerPnl) {
        let at = "/partner_pnl";
        self.months(at, "horizon_months", section.horizon_months, 1, MAXIMUM_MONTHS);
        self.months(at, "vendor_marketing_fund_months", section.vendor_marketing_fund_months, 0, MAXIMUM_MONTHS);
        self.months(at, "first_deal_month", section.first_deal_month, 1, MAXIMUM_MONTHS);
        self.months(at, "payment_delay_months", section.payment_delay_months, 0, 24);
        let months = f64::from(MAXIMUM_MONTHS);
        for (name, quantity, kind) in [
            ("discount_rate_annual", &section.discount_rate_annual, Kind::Share),
            ("initial_training_certification", &section.initial_training_certification, Kind::Money),
            ("initial_marketing", &section.initial_marketing, Kind::Money),
            ("sales_fte", &section.sales_fte, Kind::Number(0.0, 1_000.0)),
            ("sales_fte_monthly_cost", &section.sales_fte_monthly_cost, Kind::Money),
            ("technical_fte", &section.technical_fte, Kind::Number(0.0, 1_000.0)),
            ("technical_fte_monthly_cost", &section.technical_fte_monthly_cost, Kind::Money),
            ("marketing_monthly", &section.marketing_monthly, Kind::Money),
            ("annual_certification_renewal", &section.annual_certification_renewal, Kind::Money),
            ("vendor_marketing_fund_monthly", &section.vendor_marketing_fund_monthly, Kind::Money),
            ("ramp_months", &section.ramp_months, Kind::Number(1.0, months)),
            ("deals_per_month_at_maturity", &section.deals_per_month_at_maturity, Kind::Number(0.0, MAXIMUM_A_MONTH)),
            ("average_deal", &section.average_deal, Kind::Money),
            ("resale_margin_rate", &section.resale_margin_rate, Kind::Share),
            ("annual_renewal_rate", &section.annual_renewal_rate, Kind::Share),
            ("renewal_margin_rate", &section.renewal_margin_rate, Kind::Share),
            ("services_attach_rate", &section.services_attach_rate, Kind::Share),
            ("services_revenue_per_attached_deal", &section.services_revenue_per_attached_deal, Kind::Money),
            ("services_margin_rate", &section.services_margin_rate, Kind::Share),
            ("sales_commission_rate_on_margin", &section.sales_commission_rate_on_margin, Kind::Share),
        ] {
            self.input(at, name, quantity.as_ref(), kind);
        }
        self.partner_margin(section);
    }

    /// A plan whose deals, renewals and services all leave nothing, whatever the draw.
    fn partner_margin(&mut self, section: &PartnerPnl) {
        let all_commission = section
            .sales_commission_rate_on_margin
            .as_ref()
            .is_some_and(|rate| law(rate).is_some_and(|law| law.support().0 >= 1.0));
        let deal = largest(section.average_deal.as_ref(), 1.0);
        let resale = deal * largest(section.resale_margin_rate.as_ref(), 1.0);
        let renewal = deal
            * largest(section.renewal_margin_rate.as_ref(), 1.0)
            * largest(section.annual_renewal_rate.as_ref(), 1.0);
        let services = largest(section.services_attach_rate.as_ref(), 1.0)
            * largest(section.services_revenue_per_attached_deal.as_ref(), 1.0)
            * largest(section.services_margin_rate.as_ref(), 1.0);
        // 0 × ∞ is no margin either.
        let nothing = |margin: f64| margin.max(0.0) == 0.0;
        if all_commission {
            let path = "/partner_pnl/sales_commission_rate_on_margin";
            self.add(InputError::at(path, ErrorCode::NoMargin));
        } else if nothing(resale) && nothing(renewal) && nothing(services) {
            self.add(InputError::at("/partner_pnl/resale_margin_rate", ErrorCode::NoMargin));
        }
    }

    /// `simulated`: whether partners are simulated one by one.
    pub(super) fn partner_vendor_programme(&mut self, section: &PartnerVendorProgramme, simulated: bool) {
        let at = "/partner_vendor_programme";
        self.months(at, "horizon_months", section.horizon_months, 1, MAXIMUM_MONTHS);
        self.months(at, "recruitment_months", section.recruitment_months, 1, MAXIMUM_MONTHS);
        self.months(at, "signing_lag_months", section.signing_lag_months, 0, 36);
        self.months(at, "onboarding_months", section.onboarding_months, 1, 36);
        self.months(at, "stop_rule_months", section.stop_rule_months, 1, MAXIMUM_MONTHS);
        let months = f64::from(MAXIMUM_MONTHS);
        for (name, quantity, kind) in [
            ("discount_rate_annual", &section.discount_rate_annual, Kind::Share),
            ("programme_setup_cost", &section.programme_setup_cost, Kind::Money),
            ("programme_fixed_cost_per_month", &section.programme_fixed_cost_per_month, Kind::Money),
            (
                "candidates_approached_per_month",
                &section.candidates_approached_per_month,
                Kind::Bounded(0.0, MAXIMUM_A_MONTH),
            ),
            ("signing_rate", &section.signing_rate, Kind::Share),
            ("cost_per_candidate", &section.cost_per_candidate, Kind::Money),
            ("cost_per_signature", &section.cost_per_signature, Kind::Money),
            ("onboarding_cost_per_partner", &section.onboarding_cost_per_partner, Kind::Money),
            (
                "support_cost_per_unstarted_partner_month",
                &section.support_cost_per_unstarted_partner_month,
                Kind::Money,
            ),
            ("support_cost_per_active_partner_month", &section.support_cost_per_active_partner_month, Kind::Money),
            ("capable_share", &section.capable_share, Kind::Share),
            ("median_months_to_first_deal", &section.median_months_to_first_deal, Kind::Number(0.1, months)),
            ("onboarding_time_reduction_rate", &section.onboarding_time_reduction_rate, Kind::Bounded(0.0, 0.95)),
            ("failed_partner_extra_cost", &section.failed_partner_extra_cost, Kind::Money),
            (
                "deals_per_active_partner_per_month",
                &section.deals_per_active_partner_per_month,
                Kind::Number(0.0, MAXIMUM_A_MONTH),
            ),
            ("deal_ramp_months", &section.deal_ramp_months, Kind::Number(1.0, months)),
            ("active_partner_monthly_attrition_rate", &section.active_partner_monthly_attrition_rate, Kind::Share),
            ("average_deal", &section.average_deal, Kind::Money),
            ("partner_discount_rate", &section.partner_discount_rate, Kind::Share),
            ("partner_discount_rate_on_renewals", &section.partner_discount_rate_on_renewals, Kind::Share),
            ("vendor_gross_margin_rate", &section.vendor_gross_margin_rate, Kind::Share),
            ("annual_renewal_rate", &section.annual_renewal_rate, Kind::Share),
            ("market_development_fund_rate", &section.market_development_fund_rate, Kind::Share),
        ] {
            self.input(at, name, quantity.as_ref(), kind);
        }
        if simulated {
            let most = largest(section.candidates_approached_per_month.as_ref(), 6.0);
            let months = f64::from(section.recruitment_months.unwrap_or(12));
            if most <= MAXIMUM_A_MONTH {
                let maximum = MAXIMUM_SIMULATED_CANDIDATES / months.max(1.0);
                self.within(&format_args!("{at}/candidates_approached_per_month"), most, 0.0, maximum);
            }
        }
        let smallest_discount = section.partner_discount_rate.as_ref().and_then(law).map_or(0.0, |law| law.support().0);
        if largest(section.vendor_gross_margin_rate.as_ref(), 1.0) <= 0.0 {
            self.add(InputError::at(format!("{at}/vendor_gross_margin_rate"), ErrorCode::NoMargin));
        } else if smallest_discount >= 1.0 {
            self.add(InputError::at(format!("{at}/partner_discount_rate"), ErrorCode::NoMargin));
        }
    }
}
