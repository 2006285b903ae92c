//! Recruitment arithmetic: what an active partner costs, what a failed one does, and when to stop.

use super::expected::total;
use super::{Programme, ProgrammeValues};
use crate::cash_flow::monthly_rate;

/// Ages at which a stop rule is looked at.
pub const STOP_RULE_MONTHS: std::ops::RangeInclusive<usize> = 3..=36;

/// A stop rule and what it does.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct StopRule {
    /// Age at which partners without a deal are dropped; `None`: never.
    pub stop_rule_months: Option<usize>,
    /// Net present value of the programme.
    pub npv: f64,
    /// Share of the signed partners that ever start.
    pub started_share: f64,
    /// P(capable | dropped).
    pub capable_given_dropped: f64,
    /// All-in cost of a failed partner.
    pub all_in_cost_per_failed_partner: f64,
    /// Value earned per month of a managed slot, as a share of the value of an active partner; `None`: never
    /// dropped, or active partners are worth nothing.
    pub slot_yield: Option<f64>,
}

impl Programme {
    /// Signature, onboarding, unstarted support until the stop rule or the horizon, and failure cost where
    /// there is a stop rule.
    #[must_use]
    pub fn all_in_cost_per_failed_partner(&self, values: &ProgrammeValues) -> f64 {
        let failure = if self.stop_rule_months.is_some() { values.failed_partner_extra_cost } else { 0.0 };
        values.cost_per_signature
            + values.onboarding_cost_per_partner
            + values.support_cost_per_unstarted_partner_month * self.last_age() as f64
            + failure
    }

    /// Present value, at its first deal, of an active partner over the months of the horizon: margin of its
    /// deals and of their renewals after market development funds, less active support.
    #[must_use]
    pub fn value_of_active_partner(&self, values: &ProgrammeValues) -> f64 {
        let discount = 1.0 / (1.0 + monthly_rate(values.discount_rate_annual));
        let stays = 1.0 - values.active_partner_monthly_attrition_rate;
        let renewal = values.renewal_net_revenue() * values.vendor_gross_margin_rate;
        let mut deals = Vec::with_capacity(self.horizon_months + 1);
        let mut renewed: Vec<f64> = Vec::with_capacity(self.horizon_months + 1);
        let (mut survival, mut factor, mut value) = (1.0, 1.0, 0.0);
        for since in 0..=self.horizon_months {
            let support = if since == 0 { 0.0 } else { survival * values.support_cost_per_active_partner_month };
            deals.push(if since == 0 { 1.0 } else { values.repeat_deals(since) * survival });
            renewed.push(match since.checked_sub(12) {
                Some(earlier) => values.annual_renewal_rate * (deals[earlier] + renewed[earlier]),
                None => 0.0,
            });
            value += factor * (deals[since] * values.new_deal_margin() + renewed[since] * renewal - support);
            survival *= stays;
            factor *= discount;
        }
        value
    }

    /// Cost of one more signed partner before it is supported: candidates approached for it, signature,
    /// onboarding. `None` where nobody signs.
    #[must_use]
    pub fn acquisition_cost_per_signature(values: &ProgrammeValues) -> Option<f64> {
        let rest = values.cost_per_signature + values.onboarding_cost_per_partner;
        (values.signing_rate > 0.0).then(|| values.cost_per_candidate / values.signing_rate + rest)
    }

    /// The stop rules from [`STOP_RULE_MONTHS`] within the horizon, and none: net present value with free
    /// slots, and with a limited number of managed slots the yield (qF(τ) − κ)/E\[min(T, τ)\] with
    /// κ = (C + e)/(V + e), C the acquisition cost, V the value of an active partner, e the extra cost of
    /// a failed one (renewal reward: support per month of a slot is the same for every rule).
    #[must_use]
    pub fn stop_rules(&self, values: &ProgrammeValues) -> Vec<StopRule> {
        let value = self.value_of_active_partner(values);
        let acquisition = Self::acquisition_cost_per_signature(values);
        let extra = values.failed_partner_extra_cost;
        let q = values.capable_share;
        let within = STOP_RULE_MONTHS.filter(|months| *months <= self.horizon_months);
        let rules = within.map(Some).chain(std::iter::once(None));
        let of = |stop_rule_months: Option<usize>| {
            let programme = Self { stop_rule_months, ..self.clone() };
            let age = programme.last_age();
            let started_share = q * values.started_by(age);
            let waiting: f64 = (0..age).map(|age| 1.0 - q * values.started_by(age)).sum();
            let slot_yield = match (acquisition, stop_rule_months) {
                (Some(cost), Some(_)) if value + extra > 0.0 => {
                    Some((started_share - (cost + extra) / (value + extra)) / waiting)
                }
                _ => None,
            };
            StopRule {
                stop_rule_months,
                npv: programme.npv(values),
                started_share,
                capable_given_dropped: values.capable_given_no_deal(age),
                all_in_cost_per_failed_partner: programme.all_in_cost_per_failed_partner(values),
                slot_yield,
            }
        };
        rules.map(of).collect()
    }

    /// Acquisition outlays within the horizon: candidates, signatures, onboarding, unstarted support,
    /// failure cost.
    #[must_use]
    pub fn acquisition_outlays(lines: &super::expected::ProgrammeLines) -> f64 {
        let costs =
            [&lines.candidates, &lines.signatures, &lines.onboarding, &lines.support_unstarted, &lines.failed_partners];
        costs.into_iter().map(|line| total(line)).sum()
    }
}
