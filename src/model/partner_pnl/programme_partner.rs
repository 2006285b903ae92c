//! The plan of a partner that behaves as the vendor's programme expects its partners to.

use super::{PnlPlan, PnlValues};
use crate::cash_flow::monthly_rate;
use crate::model::partner_vendor_programme::{Programme, ProgrammeValues};

/// Both sides in expected values, as functions of the margin that moves between them: the partner's resale
/// margin and the vendor's discount at the same rate. Both are affine in it.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct MarginSplit {
    /// Partner's net present value at 0 and at 1.
    partner: (f64, f64),
    /// Vendor's.
    vendor: (f64, f64),
}

impl MarginSplit {
    /// With every other input at its mean.
    #[must_use]
    pub fn new(plan: &PnlPlan, programme: &Programme) -> Self {
        let (partner, vendor) = (plan.means(), programme.means());
        let at = |rate: f64| {
            let partner = PnlValues { resale_margin_rate: rate, ..partner };
            let vendor = ProgrammeValues { partner_discount_rate: rate, ..vendor };
            (plan.npv_in_programme(&partner, programme, &vendor), programme.npv(&vendor))
        };
        let (none, all) = (at(0.0), at(1.0));
        Self { partner: (none.0, all.0), vendor: (none.1, all.1) }
    }

    /// Net present values of partner and vendor at a margin.
    #[must_use]
    pub fn at(&self, rate: f64) -> (f64, f64) {
        let between = |(none, all): (f64, f64)| none + rate * (all - none);
        (between(self.partner), between(self.vendor))
    }

    /// Smallest margin at which the partner earns; `None` where none up to 1 does.
    #[must_use]
    pub fn smallest_for_partner(&self) -> Option<f64> {
        let (none, all) = self.partner;
        if none >= 0.0 {
            return Some(0.0);
        }
        (all >= 0.0).then(|| none / (none - all))
    }

    /// Largest margin at which the vendor earns; `None` where not even 0 does.
    #[must_use]
    pub fn largest_for_vendor(&self) -> Option<f64> {
        let (none, all) = self.vendor;
        if none < 0.0 {
            return None;
        }
        Some(if all >= 0.0 { 1.0 } else { none / (none - all) })
    }
}

impl PnlPlan {
    /// Expected net present value, at its signature, of a partner whose deals are those of an average signed
    /// partner of the programme: it spends until the programme drops it or it leaves, and keeps its renewals.
    #[must_use]
    pub fn npv_in_programme(&self, values: &PnlValues, programme: &Programme, vendor: &ProgrammeValues) -> f64 {
        let life = Programme { horizon_months: self.horizon_months, ..programme.clone() };
        let profile = life.profile(vendor);
        let months = self.horizon_months + 1;
        let mut renewed: Vec<f64> = vec![0.0; months];
        for month in 12..months {
            renewed[month] = values.annual_renewal_rate * (profile.deals[month - 12] + renewed[month - 12]);
        }
        let step = 1.0 / (1.0 + monthly_rate(values.discount_rate_annual));
        let (mut factor, mut npv) = (1.0, -(values.initial_training_certification + values.initial_marketing));
        for month in 1..months {
            factor *= step;
            let funds =
                if month <= self.vendor_marketing_fund_months { values.vendor_marketing_fund_monthly } else { 0.0 };
            let certification = if self.certifies(month) { values.annual_certification_renewal } else { 0.0 };
            let present = profile.unstarted[month] + profile.supported[month];
            let mut cash = present * (funds - certification - Self::running_cost(values));
            if let Some(at) = month.checked_sub(self.payment_delay_months) {
                let earned = profile.deals[at] * values.deal_margin() + renewed[at] * values.renewal_margin();
                cash += earned * values.kept();
            }
            npv += factor * cash;
        }
        npv
    }
}
