//! The programme in expected values: convolutions of the life of one partner with the signatures.

use super::{Programme, ProgrammeValues};
use crate::cash_flow::net_present_value;
use crate::statistics::CompensatedSum;

/// Lines of the programme by month, from month 0. Money in, money out: all are ≥ 0 except `net_cash`.
#[derive(Debug, Clone, PartialEq)]
pub struct ProgrammeLines {
    /// Partners signed.
    pub signed: Vec<f64>,
    /// Partners dropped by the stop rule.
    pub dropped: Vec<f64>,
    /// Active partners at the end of the month.
    pub active: Vec<f64>,
    /// New deals.
    pub deals: Vec<f64>,
    /// Contracts renewed.
    pub renewed: Vec<f64>,
    /// Vendor revenue of new deals, net of discount.
    pub net_revenue_new: Vec<f64>,
    /// Vendor revenue of renewals, net of discount.
    pub net_revenue_renewals: Vec<f64>,
    /// Setting up.
    pub setup: Vec<f64>,
    /// Fixed cost.
    pub fixed: Vec<f64>,
    /// Approaching candidates.
    pub candidates: Vec<f64>,
    /// Signatures.
    pub signatures: Vec<f64>,
    /// Onboarding.
    pub onboarding: Vec<f64>,
    /// Support of partners without a deal.
    pub support_unstarted: Vec<f64>,
    /// Support of active partners.
    pub support_active: Vec<f64>,
    /// Extra cost of dropped partners.
    pub failed_partners: Vec<f64>,
    /// Market development funds.
    pub market_development_funds: Vec<f64>,
    /// Cash of the month.
    pub net_cash: Vec<f64>,
}

/// Sum of a line.
#[must_use]
pub fn total(line: &[f64]) -> f64 {
    line.iter().copied().collect::<CompensatedSum>().value()
}

impl ProgrammeLines {
    /// All outflows, market development funds included.
    #[must_use]
    pub fn total_investment(&self) -> f64 {
        self.costs().iter().flat_map(|line| line.iter().copied()).collect::<CompensatedSum>().value()
    }

    fn costs(&self) -> [&[f64]; 9] {
        [
            &self.setup,
            &self.fixed,
            &self.candidates,
            &self.signatures,
            &self.onboarding,
            &self.support_unstarted,
            &self.support_active,
            &self.failed_partners,
            &self.market_development_funds,
        ]
    }
}

impl Programme {
    /// The lines of the programme at given inputs: every count of month t is Σ_s signed_s × (what a
    /// partner of age t − s does). Contracts renew every 12 months at the rate g, whatever becomes of the
    /// partner: renewed in month t, W_t = g·(deals_{t−12} + W_{t−12}).
    #[must_use]
    pub fn lines(&self, values: &ProgrammeValues) -> ProgrammeLines {
        let months = self.horizon_months + 1;
        let profile = self.profile(values);
        let by_month = |line: &dyn Fn(usize) -> f64| (0..months).map(line).collect::<Vec<f64>>();
        let approached = by_month(&|month| {
            if self.approaches(month) { values.candidates_approached_per_month } else { 0.0 }
        });
        let signed = by_month(&|month| match month.checked_sub(self.signing_lag_months) {
            Some(at) => approached[at] * values.signing_rate,
            None => 0.0,
        });
        let spread = |by_age: &[f64]| by_month(&|month| (0..=month).map(|age| signed[month - age] * by_age[age]).sum());
        let onboarding_share = values.onboarding_cost_per_partner / self.onboarding_months as f64;
        let onboarding_by_age =
            by_month(&|age| if (1..=self.onboarding_months).contains(&age) { onboarding_share } else { 0.0 });
        let times = |line: &[f64], factor: f64| line.iter().map(|value| value * factor).collect::<Vec<f64>>();
        let deals = spread(&profile.deals);
        let dropped = spread(&profile.dropped);
        let mut renewed = vec![0.0; months];
        for month in 12..months {
            renewed[month] = values.annual_renewal_rate * (deals[month - 12] + renewed[month - 12]);
        }
        let net_revenue_new = times(&deals, values.new_net_revenue());
        let mut lines = ProgrammeLines {
            active: spread(&profile.active),
            net_revenue_renewals: times(&renewed, values.renewal_net_revenue()),
            market_development_funds: times(&net_revenue_new, values.market_development_fund_rate),
            setup: by_month(&|month| if month == 0 { values.programme_setup_cost } else { 0.0 }),
            fixed: by_month(&|month| if month == 0 { 0.0 } else { values.programme_fixed_cost_per_month }),
            candidates: times(&approached, values.cost_per_candidate),
            signatures: times(&signed, values.cost_per_signature),
            onboarding: spread(&onboarding_by_age),
            support_unstarted: times(&spread(&profile.unstarted), values.support_cost_per_unstarted_partner_month),
            support_active: times(&spread(&profile.supported), values.support_cost_per_active_partner_month),
            failed_partners: times(&dropped, values.failed_partner_extra_cost),
            net_cash: Vec::new(),
            signed,
            dropped,
            deals,
            renewed,
            net_revenue_new,
        };
        lines.net_cash = by_month(&|month| {
            let revenue = lines.net_revenue_new[month] + lines.net_revenue_renewals[month];
            revenue * values.vendor_gross_margin_rate - lines.costs().iter().map(|line| line[month]).sum::<f64>()
        });
        lines
    }

    /// Net present value at given inputs.
    #[must_use]
    pub fn npv(&self, values: &ProgrammeValues) -> f64 {
        net_present_value(&self.lines(values).net_cash, values.discount_rate_annual)
    }
}
