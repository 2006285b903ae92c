//! Exact payback probabilities of a plan whose only uncertainty is Poisson deal counts.

use super::PnlPlan;
use crate::math::exp;

/// Largest deal count that the computation takes.
const MOST_DEALS: usize = 1024;
/// Largest mean of a month's deals that the computation takes.
const MOST_MEAN: f64 = 500.0;
/// Cumulative cash counts as recovered from minus this amount, as in [`crate::cash_flow`].
const TOLERANCE: f64 = 1e-9;

/// Exact probabilities of a plan with Poisson deals and without renewals.
#[derive(Debug, Clone, PartialEq)]
pub struct ExactPayback {
    /// P(cumulative cash stays ≥ 0 from month m to the horizon), for m = 0, 1, ….
    pub by_month: Vec<f64>,
}

impl PnlPlan {
    /// P(sustained payback by month m) for every month, by dynamic programming on the cumulative number
    /// of deals N: month t is recovered iff N ≥ k_t, the deals whose margin covers the outlays so far.
    /// Backwards, v_t(n) = P(N_s ≥ k_s for all s ≥ t | N_t = n); then P(m) = Σ P(N_m = n)·v_m(n).
    ///
    /// `None` where it does not apply: inputs that are uncertain, counts that are not random, contracts that
    /// renew within the horizon, deals without margin, or deals by the
    /// thousand.
    #[must_use]
    pub fn exact_payback(&self) -> Option<ExactPayback> {
        let values = self.means();
        let margin = values.deal_margin() * values.kept();
        let first_renewal = self.first_deal_month + 12 + self.payment_delay_months;
        let renews = values.annual_renewal_rate * values.renewal_margin() * values.kept() > 0.0
            && first_renewal <= self.horizon_months;
        if !self.poisson
            || self.uncertain()
            || renews
            || margin <= 0.0
            || values.deals_per_month_at_maturity > MOST_MEAN
        {
            return None;
        }
        let needed = self.needed_deals(margin)?;
        let top = needed.iter().copied().max().unwrap_or(0);
        // Deals whose margin is in by month t: those signed until t − delay.
        let mean = |month: usize| match month.checked_sub(self.payment_delay_months) {
            Some(signed) => self.deals(&values, signed),
            None => 0.0,
        };
        // State `top` stands for "at least as many as any month needs".
        let pmf = |mean: f64| {
            let mut term = exp(-mean);
            let mut terms = vec![term];
            for count in 1..=top {
                term *= mean / count as f64;
                terms.push(term);
            }
            terms
        };
        let months = self.horizon_months + 1;
        let survives = |month: usize, deals: usize| deals >= needed[month];
        let mut ahead = vec![vec![1.0; top + 1]; months];
        for month in (0..months).rev() {
            let steps = (month + 1 < months).then(|| pmf(mean(month + 1)));
            for deals in 0..=top {
                ahead[month][deals] = match (&steps, survives(month, deals)) {
                    (_, false) => 0.0,
                    (None, true) => 1.0,
                    (Some(steps), true) => {
                        let later = &ahead[month + 1];
                        let short = top - deals;
                        let within: f64 = (0..short).map(|more| steps[more] * later[deals + more]).sum();
                        let rest = 1.0 - steps[..short].iter().sum::<f64>();
                        within + rest.max(0.0) * later[top]
                    }
                };
            }
        }
        let mut law = vec![0.0; top + 1];
        law[0] = 1.0;
        let mut by_month = Vec::with_capacity(months);
        for (month, ahead) in ahead.iter().enumerate() {
            let steps = pmf(mean(month));
            let mut next = vec![0.0; top + 1];
            for (deals, probability) in law.iter().enumerate() {
                let short = top - deals;
                for more in 0..short {
                    next[deals + more] += probability * steps[more];
                }
                next[top] += probability * (1.0 - steps[..short].iter().sum::<f64>()).max(0.0);
            }
            law = next;
            by_month.push(law.iter().zip(ahead).map(|(at, onward)| at * onward).sum());
        }
        Some(ExactPayback { by_month })
    }

    /// Deals that must be paid by the end of each month for cumulative cash to be ≥ 0.
    fn needed_deals(&self, margin: f64) -> Option<Vec<usize>> {
        let values = super::PnlValues { deals_per_month_at_maturity: 0.0, ..self.means() };
        let outlays = crate::cash_flow::cumulative(&self.lines(&values).net_cash);
        let needed = outlays.iter().map(|cash| libm::ceil((-cash - TOLERANCE) / margin).max(0.0));
        let needed: Vec<f64> = needed.collect();
        needed.iter().all(|deals| *deals <= MOST_DEALS as f64).then(|| needed.iter().map(|d| *d as usize).collect())
    }
}
