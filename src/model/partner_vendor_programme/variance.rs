//! Exact spread of a programme whose only uncertainty is which candidates sign, start and sell.

use super::{Programme, ProgrammeValues};
use crate::cash_flow::monthly_rate;
use crate::math::sqrt;

/// E[X] and E[X²].
type Moments = (f64, f64);

/// Present values of what a partner does, by month.
struct Worth<'a> {
    programme: &'a Programme,
    values: &'a ProgrammeValues,
    /// Discount factor of each month.
    factor: Vec<f64>,
    /// A deal of each month with its renewals within the horizon, after market development funds.
    deal: Vec<f64>,
}

impl Programme {
    /// Standard deviation of the net present value (of the net cash at a rate of 0) over candidates, partners
    /// and deals, at given inputs. Candidates are independent; given the age of its first deal and the months it
    /// stays, a partner's value is an affine function of independent Poisson counts. A fraction of a candidate is
    /// one more candidate with that probability.
    #[must_use]
    pub fn count_sd(&self, values: &ProgrammeValues, discount_rate_annual: f64) -> f64 {
        let worth = Worth::new(self, values, discount_rate_annual);
        let whole = libm::floor(values.candidates_approached_per_month);
        let fraction = values.candidates_approached_per_month - whole;
        let p = values.signing_rate;
        let mut variance = 0.0;
        for month in 1..=self.recruitment_months.min(self.horizon_months) {
            let at = month + self.signing_lag_months;
            let (mean, square) = if at <= self.horizon_months { worth.partner(at) } else { (0.0, 0.0) };
            let cost = values.cost_per_candidate * worth.factor[month];
            variance += whole * (p * square - p * mean * (p * mean));
            let once = p * mean - cost;
            let squared = cost * cost - 2.0 * cost * p * mean + p * square;
            variance += fraction * squared - fraction * once * (fraction * once);
        }
        sqrt(variance.max(0.0))
    }
}

impl<'a> Worth<'a> {
    fn new(programme: &'a Programme, values: &'a ProgrammeValues, rate: f64) -> Self {
        let months = programme.horizon_months + 1;
        let step = 1.0 / (1.0 + monthly_rate(rate));
        let mut factor = vec![1.0; months];
        for month in 1..months {
            factor[month] = factor[month - 1] * step;
        }
        let renewal = values.renewal_net_revenue() * values.vendor_gross_margin_rate;
        // Renewals of a deal of month t, from the end: R_t = g·(renewal·v_{t+12} + R_{t+12}).
        let mut renewals = vec![0.0; months];
        for month in (0..months.saturating_sub(12)).rev() {
            renewals[month] = values.annual_renewal_rate * (renewal * factor[month + 12] + renewals[month + 12]);
        }
        let deal = (0..months).map(|month| values.new_deal_margin() * factor[month] + renewals[month]).collect();
        Self { programme, values, factor, deal }
    }

    /// A partner that signs at the end of a month.
    fn partner(&self, signed: usize) -> Moments {
        let (programme, values) = (self.programme, self.values);
        let horizon = programme.horizon_months;
        let share = values.onboarding_cost_per_partner / programme.onboarding_months as f64;
        let mut fixed = -values.cost_per_signature * self.factor[signed];
        for age in 1..=programme.onboarding_months.min(horizon - signed) {
            fixed -= share * self.factor[signed + age];
        }
        let (mut mean, mut square, mut waiting) = (0.0, 0.0, 0.0);
        let last = programme.last_age().min(horizon - signed);
        for age in 1..=last {
            waiting -= values.support_cost_per_unstarted_partner_month * self.factor[signed + age];
            let starts = values.capable_share * (values.started_by(age) - values.started_by(age - 1));
            let (once, squared) = self.started(signed + age, fixed + waiting);
            mean += starts * once;
            square += starts * squared;
        }
        let never = 1.0 - values.capable_share * values.started_by(last);
        let dropped = match programme.stop_rule_months {
            Some(stop) if signed + stop <= horizon => values.failed_partner_extra_cost * self.factor[signed + stop],
            _ => 0.0,
        };
        let nothing = fixed + waiting - dropped;
        (mean + never * nothing, square + never * nothing * nothing)
    }

    /// A partner whose first deal is in a month, `before` being its value so far.
    fn started(&self, first: usize, before: f64) -> Moments {
        let values = self.values;
        let stays = 1.0 - values.active_partner_monthly_attrition_rate;
        let (mut mean, mut variance) = (before + self.deal[first], 0.0);
        let (mut still, mut result) = (1.0, (0.0, 0.0));
        for month in first + 1..=self.programme.horizon_months {
            let leaves = still * (1.0 - stays);
            result.0 += leaves * mean;
            result.1 += leaves * (mean * mean + variance);
            still *= stays;
            let deals = values.repeat_deals(month - first);
            mean += deals * self.deal[month] - values.support_cost_per_active_partner_month * self.factor[month];
            variance += deals * self.deal[month] * self.deal[month];
        }
        (result.0 + still * mean, result.1 + still * (mean * mean + variance))
    }
}
