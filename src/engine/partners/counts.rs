//! The vendor's programme in counts by month, and the cash that they make; of a strip of trials, so that all of it stays in
//! the nearest cache.

use super::signed::Signed;
use crate::engine::paths::{STRIP, Strip};
use crate::math::{exp, expm1};
use crate::model::partner_vendor_programme::{Programme, ProgrammeValues};

/// Counts by month of a strip of trials.
pub struct Counts {
    pub candidates: Vec<Strip>,
    pub signed: Vec<Strip>,
    pub first: Vec<Strip>,
    pub deals: Vec<Strip>,
    /// Partners without a deal at the beginning of the month, in the programme.
    pub unstarted: Vec<Strip>,
    /// Active partners whose first deal was earlier.
    pub supported: Vec<Strip>,
    pub dropped: Vec<Strip>,
    /// Σ min(ramp, u) over active partners, u months after their first deals.
    pub weights: Vec<Strip>,
    renewed: Vec<Strip>,
    /// Month in which the first partner that signs is approached, where signatures are drawn; 0: nobody signs.
    pub earliest: Strip,
    /// What happens in each month to partners that are drawn one by one.
    pub partners: Signed,
}

impl Counts {
    pub fn new(months: usize) -> Self {
        let lanes = || vec![[0.0; STRIP]; months];
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
            earliest: [0.0; STRIP],
            partners: Signed::new(months),
        }
    }
}

/// Value of `line` `back` months before `month`; 0 before the beginning.
#[inline]
fn earlier(line: &[Strip], month: usize, back: usize, lane: usize) -> f64 {
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
    pub fn expect(&mut self, programme: &Programme, values: &[ProgrammeValues; STRIP]) {
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

    /// Writes the net cash of each month, and gives the investment: see the lines of the programme in expected values.
    pub fn cash(
        &mut self,
        programme: &Programme,
        values: &[ProgrammeValues; STRIP],
        mut write: impl FnMut(usize, &Strip),
    ) -> Strip {
        let money = Money::of(programme, values);
        super::pnl::renew(&self.deals, &mut self.renewed, &money.renewal_rate);
        let (mut investment, mut onboarded) = ([0.0; STRIP], [0.0; STRIP]);
        for month in 0..self.deals.len() {
            let fixed = if month == 0 { &money.setup } else { &money.fixed };
            write(month, &self.month_cash(month, programme, &money, fixed, &mut onboarded, &mut investment));
        }
        investment
    }

    /// Net cash of a month.
    ///
    /// Not part of what calls it, nor what the money of a trial is worked out from part of it, so that loops over lanes
    /// are done by vectors.
    #[inline(never)]
    fn month_cash(
        &self,
        month: usize,
        programme: &Programme,
        money: &Money,
        fixed: &Strip,
        onboarded: &mut Strip,
        investment: &mut Strip,
    ) -> Strip {
        let signed = |back: usize| month.checked_sub(back).map_or(&[0.0; STRIP], |at| &self.signed[at]);
        let (beginning, ending) = (signed(1), signed(1 + programme.onboarding_months));
        let mut net = [0.0; STRIP];
        for lane in 0..STRIP {
            onboarded[lane] += beginning[lane] - ending[lane];
            let cost = fixed[lane]
                + self.candidates[month][lane] * money.candidate[lane]
                + self.signed[month][lane] * money.signature[lane]
                + onboarded[lane] * money.onboarding[lane]
                + self.unstarted[month][lane] * money.waiting[lane]
                + self.supported[month][lane] * money.active[lane]
                + self.dropped[month][lane] * money.failure[lane]
                + self.deals[month][lane] * money.funds[lane];
            investment[lane] += cost;
            net[lane] =
                self.deals[month][lane] * money.deal[lane] + self.renewed[month][lane] * money.renewal[lane] - cost;
        }
        net
    }
}

/// What the vendor earns and spends, by lane.
struct Money {
    /// Contracts renewed, a year.
    renewal_rate: Strip,
    /// Gross margin of a new deal, and of a renewal.
    deal: Strip,
    renewal: Strip,
    /// Market development funds of a new deal.
    funds: Strip,
    /// Costs of a candidate, of a signature, of a month of onboarding.
    candidate: Strip,
    signature: Strip,
    onboarding: Strip,
    /// Support of a partner before and after its first deal, a month.
    waiting: Strip,
    active: Strip,
    /// Cost of a partner that is given up.
    failure: Strip,
    /// Costs of the programme, once and a month.
    setup: Strip,
    fixed: Strip,
}

impl Money {
    #[inline(never)]
    fn of(programme: &Programme, values: &[ProgrammeValues; STRIP]) -> Self {
        let lanes = |of: fn(&ProgrammeValues) -> f64| -> Strip { std::array::from_fn(|lane| of(&values[lane])) };
        let months = programme.onboarding_months as f64;
        Self {
            renewal_rate: lanes(|values| values.annual_renewal_rate),
            deal: lanes(|values| values.new_net_revenue() * values.vendor_gross_margin_rate),
            renewal: lanes(|values| values.renewal_net_revenue() * values.vendor_gross_margin_rate),
            funds: lanes(|values| values.new_net_revenue() * values.market_development_fund_rate),
            candidate: lanes(|values| values.cost_per_candidate),
            signature: lanes(|values| values.cost_per_signature),
            onboarding: lanes(|values| values.onboarding_cost_per_partner).map(|cost| cost / months),
            waiting: lanes(|values| values.support_cost_per_unstarted_partner_month),
            active: lanes(|values| values.support_cost_per_active_partner_month),
            failure: lanes(|values| values.failed_partner_extra_cost),
            setup: lanes(|values| values.programme_setup_cost),
            fixed: lanes(|values| values.programme_fixed_cost_per_month),
        }
    }
}
