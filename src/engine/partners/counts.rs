//! The vendor's programme in counts by month, and the cash that they make.

use super::counted::Events;
use crate::engine::paths::{LANES, Lanes};
use crate::math::{exp, expm1};
use crate::model::partner_vendor_programme::{Programme, ProgrammeValues};

/// The first partner that signs in a trial, whom the partner's side follows.
#[derive(Debug, Clone, Copy, Default)]
pub struct Reference {
    /// Month of signature; 0: nobody signs.
    pub signed: u32,
    /// Its draw for the first deal: it starts at the first age a with draw ≤ q·F(a).
    pub start: f64,
    /// Months it stays after its first deal.
    pub life: u32,
}

/// Counts by month, a trial per lane.
pub struct Counts {
    pub candidates: Vec<Lanes>,
    pub signed: Vec<Lanes>,
    pub first: Vec<Lanes>,
    pub deals: Vec<Lanes>,
    /// Partners without a deal at the beginning of the month, in the programme.
    pub unstarted: Vec<Lanes>,
    /// Active partners whose first deal was earlier.
    pub supported: Vec<Lanes>,
    pub dropped: Vec<Lanes>,
    /// Σ min(ramp, u) over active partners, u months after their first deals.
    pub weights: Vec<Lanes>,
    renewed: Vec<Lanes>,
    pub reference: [Reference; LANES],
    /// What happens in each month to partners that are drawn one by one.
    pub events: Events,
}

impl Counts {
    pub fn new(months: usize) -> Self {
        let lanes = || vec![[0.0; LANES]; months];
        Self {
            candidates: lanes(),
            signed: lanes(),
            first: lanes(),
            deals: lanes(),
            unstarted: lanes(),
            supported: lanes(),
            dropped: lanes(),
            weights: lanes(),
            renewed: lanes(),
            reference: [Reference::default(); LANES],
            events: Events::new(months),
        }
    }
}

/// Value of `line` `back` months before `month`; 0 before the beginning.
#[inline]
fn earlier(line: &[Lanes], month: usize, back: usize, lane: usize) -> f64 {
    month.checked_sub(back).map_or(0.0, |at| line[at][lane])
}

/// g = 2^(−1/m′): a capable partner without a deal has still none a month later; with 1 − g.
#[inline]
pub fn silent_month(values: &ProgrammeValues) -> (f64, f64) {
    let rate = std::f64::consts::LN_2 / values.median_with_plan();
    (exp(-rate), -expm1(-rate))
}

impl Counts {
    /// Expected counts, by recursions that sum the age profiles in one pass:
    /// first deals N_t = g·N_{t−1} + q(1−g)(s_{t−1} − g^τ·s_{t−1−τ}) for signatures s; with y = 1 − x the
    /// active A_t = y(A_{t−1} + N_{t−1}), those still ramping up W_t = y(W_{t−1} + N_{t−1}) − y^{k+1}N_{t−1−k}, and
    /// B_t = y·B_{t−1} + W_t + (ramp − k)y^{k+1}N_{t−1−k} with k = ⌊ramp⌋; deals N_t + λ/ramp·B_t.
    pub fn expect(&mut self, programme: &Programme, values: &[ProgrammeValues; LANES]) {
        let last = programme.last_age();
        let stops = programme.stop_rule_months.is_some();
        for (lane, values) in values.iter().enumerate() {
            let (g, not_g) = silent_month(values);
            let mut silent_at_stop = 1.0;
            (0..last).for_each(|_| silent_at_stop *= g);
            let (q, y) = (values.capable_share, 1.0 - values.active_partner_monthly_attrition_rate);
            let ramp = values.deal_ramp_months.max(1.0);
            let whole = ramp as usize;
            let mut ramped = y;
            (0..whole.min(self.first.len())).for_each(|_| ramped *= y);
            let partial = (ramp - whole as f64) * ramped;
            let rate = values.deals_per_active_partner_per_month / ramp;
            let mut ramping = 0.0;
            for month in 0..self.first.len() {
                let approached = if programme.approaches(month) { values.candidates_approached_per_month } else { 0.0 };
                self.candidates[month][lane] = approached;
                self.signed[month][lane] =
                    earlier(&self.candidates, month, programme.signing_lag_months, lane) * values.signing_rate;
                if month == 0 {
                    for line in [&mut self.first, &mut self.deals, &mut self.unstarted, &mut self.supported] {
                        line[0][lane] = 0.0;
                    }
                    self.dropped[0][lane] = 0.0;
                    self.weights[0][lane] = 0.0;
                    continue;
                }
                let signed = self.signed[month - 1][lane];
                let gone = earlier(&self.signed, month, 1 + last, lane);
                let before = self.first[month - 1][lane];
                let first = g * before + q * not_g * (signed - silent_at_stop * gone);
                let aged = earlier(&self.first, month, whole + 1, lane);
                self.unstarted[month][lane] =
                    self.unstarted[month - 1][lane] + signed - before - self.dropped[month - 1][lane];
                self.supported[month][lane] = y * (self.supported[month - 1][lane] + before);
                ramping = y * (ramping + before) - ramped * aged;
                let weight = y * self.weights[month - 1][lane] + ramping + partial * aged;
                self.first[month][lane] = first;
                self.weights[month][lane] = weight;
                self.deals[month][lane] = first + rate * weight;
                self.dropped[month][lane] = if stops {
                    earlier(&self.signed, month, last, lane) * (1.0 - q * (1.0 - silent_at_stop))
                } else {
                    0.0
                };
            }
        }
    }

    /// Net cash of each month, and investment: see the lines of the programme in expected values.
    pub fn cash(&mut self, programme: &Programme, values: &[ProgrammeValues; LANES], net: &mut [Lanes]) -> Lanes {
        let lanes = |of: &dyn Fn(&ProgrammeValues) -> f64| -> Lanes { std::array::from_fn(|lane| of(&values[lane])) };
        let renewal_rate = lanes(&|values| values.annual_renewal_rate);
        super::pnl::renew(&self.deals, &mut self.renewed, &renewal_rate);
        let funds = lanes(&|values| values.new_net_revenue() * values.market_development_fund_rate);
        let deal = lanes(&|values| values.new_net_revenue() * values.vendor_gross_margin_rate);
        let renewal = lanes(&|values| values.renewal_net_revenue() * values.vendor_gross_margin_rate);
        let candidate = lanes(&|values| values.cost_per_candidate);
        let signature = lanes(&|values| values.cost_per_signature);
        let onboarding = lanes(&|values| values.onboarding_cost_per_partner / programme.onboarding_months as f64);
        let waiting = lanes(&|values| values.support_cost_per_unstarted_partner_month);
        let active = lanes(&|values| values.support_cost_per_active_partner_month);
        let failure = lanes(&|values| values.failed_partner_extra_cost);
        let setup = lanes(&|values| values.programme_setup_cost);
        let fixed = lanes(&|values| values.programme_fixed_cost_per_month);
        let (mut investment, mut onboarded) = ([0.0; LANES], [0.0; LANES]);
        for (month, net) in net.iter_mut().enumerate() {
            for lane in 0..LANES {
                onboarded[lane] += earlier(&self.signed, month, 1, lane)
                    - earlier(&self.signed, month, 1 + programme.onboarding_months, lane);
                let cost = (if month == 0 { setup[lane] } else { fixed[lane] })
                    + self.candidates[month][lane] * candidate[lane]
                    + self.signed[month][lane] * signature[lane]
                    + onboarded[lane] * onboarding[lane]
                    + self.unstarted[month][lane] * waiting[lane]
                    + self.supported[month][lane] * active[lane]
                    + self.dropped[month][lane] * failure[lane]
                    + self.deals[month][lane] * funds[lane];
                investment[lane] += cost;
                net[lane] = self.deals[month][lane] * deal[lane] + self.renewed[month][lane] * renewal[lane] - cost;
            }
        }
        investment
    }
}
