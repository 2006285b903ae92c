//! What becomes of one signed partner, by age.

use super::{Programme, ProgrammeValues};
use crate::math::powf;

/// Expected life of one signed partner; lists by age from 0.
#[derive(Debug, Clone, PartialEq)]
pub struct Profile {
    /// P(first deal at age a).
    pub first_deal: Vec<f64>,
    /// Deals at age a, the first one included.
    pub deals: Vec<f64>,
    /// P(active at the end of age a): first deal made, not left since.
    pub active: Vec<f64>,
    /// P(active partner supported at age a): first deal made earlier, not left since.
    pub supported: Vec<f64>,
    /// P(no deal yet at the beginning of age a, and still in the programme).
    pub unstarted: Vec<f64>,
    /// P(dropped at the end of age a).
    pub dropped: Vec<f64>,
}

impl ProgrammeValues {
    /// Median months to the first deal with the 100-day plan, m(1 − ψ).
    #[must_use]
    pub fn median_with_plan(&self) -> f64 {
        self.median_months_to_first_deal * (1.0 - self.onboarding_time_reduction_rate)
    }

    /// F(a) = 1 − 2^(−a/m′): share of the capable partners with a first deal by age a.
    #[must_use]
    pub fn started_by(&self, age: usize) -> f64 {
        1.0 - powf(2.0, -(age as f64) / self.median_with_plan())
    }

    /// P(capable | no deal by age a) = q(1 − F)/(1 − qF).
    #[must_use]
    pub fn capable_given_no_deal(&self, age: usize) -> f64 {
        let (q, started) = (self.capable_share, self.started_by(age));
        let silent = 1.0 - q * started;
        if silent > 0.0 { q * (1.0 - started) / silent } else { 0.0 }
    }

    /// Deals of an active partner, u ≥ 1 months after its first: λ·min(1, u/ramp).
    #[must_use]
    pub fn repeat_deals(&self, since: usize) -> f64 {
        self.deals_per_active_partner_per_month * (since as f64 / self.deal_ramp_months.max(1.0)).min(1.0)
    }
}

impl Programme {
    /// Expected life of a partner over the horizon: f(a) = q(F(a) − F(a−1)) up to the stop rule,
    /// d(a) = f(a) + Σ_{b<a} f(b)·λ·min(1, (a−b)/ramp)·(1−x)^(a−b).
    #[must_use]
    pub fn profile(&self, values: &ProgrammeValues) -> Profile {
        let ages = self.horizon_months + 1;
        let (q, last) = (values.capable_share, self.last_age());
        let stays = 1.0 - values.active_partner_monthly_attrition_rate;
        let mut survival = vec![1.0; ages];
        for age in 1..ages {
            survival[age] = survival[age - 1] * stays;
        }
        let first_deal: Vec<f64> =
            (0..ages)
                .map(|age| {
                    if age == 0 || age > last { 0.0 } else { q * (values.started_by(age) - values.started_by(age - 1)) }
                })
                .collect();
        // Σ_{b<a} f(b)·of(a − b)
        let since_first = |age: usize, of: &dyn Fn(usize) -> f64| -> f64 {
            (1..age).map(|first| first_deal[first] * of(age - first)).sum()
        };
        let supported: Vec<f64> = (0..ages).map(|age| since_first(age, &|since| survival[since])).collect();
        let deals = (0..ages)
            .map(|age| first_deal[age] + since_first(age, &|since| values.repeat_deals(since) * survival[since]))
            .collect();
        let active = first_deal.iter().zip(&supported).map(|(first, earlier)| first + earlier).collect();
        let unstarted = (0..ages)
            .map(|age| if age == 0 || age > last { 0.0 } else { 1.0 - q * values.started_by(age - 1) })
            .collect();
        let dropped = (0..ages)
            .map(|age| if self.stop_rule_months == Some(age) { 1.0 - q * values.started_by(age) } else { 0.0 })
            .collect();
        Profile { first_deal, deals, active, supported, unstarted, dropped }
    }

    /// Share of the signed partners that are active at the age: q·F(age), or q·F(stop) if that is earlier.
    #[must_use]
    pub fn active_share_at(&self, values: &ProgrammeValues, age: usize) -> f64 {
        values.capable_share * values.started_by(self.stop_rule_months.map_or(age, |stop| stop.min(age)))
    }
}
