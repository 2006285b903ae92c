//! Simulation of the vendor's programme: expected counts, or candidates, partners and deals one by one.

use super::cash::{Discount, SCALARS, finish, present_value};
use super::counts::binomial;
use crate::engine::paths::{Draws, Group, Input, LANES, Lanes, PathModel, Shape};
use crate::math::{exp, expm1, ln, poisson};
use crate::model::partner_vendor_programme::{Programme, ProgrammeValues};
use crate::rng::{Purpose, fnv1a_64};

/// Draws of a month's first partner in the streams by partner: more than can sign in a month.
const PER_MONTH: u32 = 8192;
/// Streams of [`programme_streams`].
const SIGNATURES: usize = 0;
const FRACTIONS: usize = 1;
const STARTS: usize = 2;
const LIVES: usize = 3;
const REPEATS: usize = 4;
/// Number of them.
pub(super) const STREAMS: usize = 5;

/// Random streams of the programme.
pub(super) fn programme_streams() -> Vec<(u64, Purpose)> {
    ["signatures", "candidates", "first deals", "lives", "repeat deals"]
        .iter()
        .map(|use_| (fnv1a_64(format!("partner_vendor_programme/{use_}").as_bytes()), Purpose::Count))
        .collect()
}

/// Inputs of the programme, by name.
pub(super) fn programme_inputs(programme: &Programme) -> Vec<Input> {
    ProgrammeValues::NAMES.iter().zip(&programme.laws).map(|(name, law)| Input::new(name, *law)).collect()
}

/// The programme as a path model: series net and cumulative cash, numbers of a cash path.
pub struct ProgrammePaths {
    programme: Programme,
    inputs: Vec<Input>,
    streams: Vec<(u64, Purpose)>,
    discount: Discount,
}

/// The first partner that signs in a trial, whom the partner's side follows.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Reference {
    /// Month of signature; 0: nobody signs.
    pub signed: u32,
    /// Its draw for the first deal: it starts at the first age a with draw ≤ q·F(a).
    pub start: f64,
    /// Months it stays after its first deal.
    pub life: u32,
}

/// Counts by month, a trial per lane.
pub(super) struct Counts {
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
pub(super) fn silent_month(values: &ProgrammeValues) -> (f64, f64) {
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

    /// Counts drawn one by one: signatures binomial, each partner's first deal and life by inversion, repeat
    /// deals Poisson given them (the sum over partners in one draw a month: sums of Poisson counts are Poisson).
    pub fn draw(&mut self, programme: &Programme, values: &[ProgrammeValues; LANES], draws: &Draws) {
        for (lane, values) in values.iter().enumerate() {
            self.draw_lane(programme, values, draws, lane);
        }
    }

    fn draw_lane(&mut self, programme: &Programme, values: &ProgrammeValues, draws: &Draws, lane: usize) {
        /// Most months, with room for what ends after the horizon.
        const MONTHS: usize = 124;
        let horizon = programme.horizon_months;
        let last = programme.last_age();
        let (g, _) = silent_month(values);
        let mut started_by = [0.0; MONTHS];
        let mut silent = 1.0;
        for started in &mut started_by[1..=last] {
            silent *= g;
            *started = values.capable_share * (1.0 - silent);
        }
        let ramp = values.deal_ramp_months.max(1.0);
        let whole = ramp as usize;
        let stays = 1.0 - values.active_partner_monthly_attrition_rate;
        // What begins and ends at each month: first deals, drops, partners that begin and end to ramp up,
        // that leave, and corrections of the weights.
        let (mut first, mut dropped, mut ramping, mut leaving) =
            ([0.0; MONTHS], [0.0; MONTHS], [0.0; MONTHS], [0.0; MONTHS]);
        let mut correction = [0.0; MONTHS];
        // (1 − x)^n: a partner stays n months if its draw is at most this.
        let mut staying = [1.0; MONTHS];
        for month in 1..=horizon {
            staying[month] = staying[month - 1] * stays;
        }
        let per_month = 1.0 / ln(stays);
        let mut reference = Reference::default();
        for month in 0..=horizon {
            self.signed[month][lane] = 0.0;
            self.candidates[month][lane] = 0.0;
        }
        for month in 1..=programme.recruitment_months.min(horizon) {
            let mut candidates = values.candidates_approached_per_month;
            let whole_candidates = libm::floor(candidates);
            let fraction = candidates - whole_candidates;
            candidates = whole_candidates;
            if fraction > 0.0 && draws.uniform(FRACTIONS, lane, month as u32) < fraction {
                candidates += 1.0;
            }
            self.candidates[month][lane] = candidates;
            let at = month + programme.signing_lag_months;
            if at > horizon && reference.signed != 0 {
                continue;
            }
            let signing = draws.uniform(SIGNATURES, lane, month as u32);
            let signed = binomial(signing, candidates as u32, values.signing_rate);
            let draw = |partner: u32| month as u32 * PER_MONTH + partner;
            let life = |partner: u32| {
                if stays >= 1.0 {
                    return u32::MAX;
                }
                (ln(draws.uniform(LIVES, lane, draw(partner))) * per_month) as u32
            };
            if signed > 0 && reference.signed == 0 {
                let start = draws.uniform(STARTS, lane, draw(0));
                reference = Reference { signed: at as u32, start, life: life(0) };
            }
            if at > horizon {
                continue;
            }
            self.signed[at][lane] = f64::from(signed);
            for partner in 0..signed {
                let start = draws.uniform(STARTS, lane, draw(partner));
                if start > started_by[last] {
                    if programme.stop_rule_months == Some(last) && at + last <= horizon {
                        dropped[at + last] += 1.0;
                    }
                    continue;
                }
                let mut age = 1;
                while start > started_by[age] {
                    age += 1;
                }
                let begins = at + age;
                if begins > horizon {
                    continue;
                }
                first[begins] += 1.0;
                let stays_to_the_end =
                    stays >= 1.0 || draws.uniform(LIVES, lane, draw(partner)) <= staying[horizon - begins];
                let life = if stays_to_the_end { usize::MAX } else { life(partner) as usize };
                // Still ramping up for ages 1 to ⌊ramp⌋ after the first deal, unless it leaves before.
                let ends = begins + 1 + whole.min(life).min(horizon);
                ramping[begins + 1] += 1.0;
                ramping[ends.min(MONTHS - 1)] -= 1.0;
                if life > whole {
                    correction[(begins + 1 + whole).min(MONTHS - 1)] += ramp - whole as f64;
                }
                let left = begins.saturating_add(life).saturating_add(1);
                if left <= horizon {
                    leaving[left] += 1.0;
                    correction[left] -= ramp.min(life as f64);
                }
            }
        }
        self.reference[lane] = reference;
        self.accumulate(programme, values, draws, lane, [&first, &dropped, &ramping, &leaving, &correction]);
    }

    /// From what begins and ends each month to the counts of the month, with its repeat deals.
    fn accumulate(
        &mut self,
        programme: &Programme,
        values: &ProgrammeValues,
        draws: &Draws,
        lane: usize,
        [first, dropped, ramping, leaving, correction]: [&[f64; 124]; 5],
    ) {
        let rate = values.deals_per_active_partner_per_month / values.deal_ramp_months.max(1.0);
        let (mut unstarted, mut supported, mut climbing, mut weight) = (0.0, 0.0, 0.0, 0.0);
        for month in 0..=programme.horizon_months {
            if month > 0 {
                unstarted += self.signed[month - 1][lane] - first[month - 1] - dropped[month - 1];
                supported += first[month - 1] - leaving[month];
                climbing += ramping[month];
                weight += climbing + correction[month];
            }
            let mean = rate * weight;
            let repeats =
                if mean > 0.0 { poisson::quantile(draws.uniform(REPEATS, lane, month as u32), mean) } else { 0.0 };
            self.first[month][lane] = first[month];
            self.deals[month][lane] = first[month] + repeats;
            self.unstarted[month][lane] = unstarted;
            self.supported[month][lane] = supported;
            self.dropped[month][lane] = dropped[month];
            self.weights[month][lane] = weight;
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

impl ProgrammePaths {
    /// Prepares a programme.
    #[must_use]
    pub fn new(programme: &Programme) -> Self {
        Self {
            programme: programme.clone(),
            inputs: programme_inputs(programme),
            streams: programme_streams(),
            discount: Discount::new(&programme.laws[0]),
        }
    }

    /// Net present values in expected counts at many inputs, each in the order of their names.
    #[must_use]
    pub fn expected_npv(&self, rows: &[Vec<f64>]) -> Vec<f64> {
        let months = self.programme.horizon_months + 1;
        let (mut counts, mut net) = (Counts::new(months), vec![[0.0; LANES]; months]);
        let mut found = Vec::with_capacity(rows.len());
        for rows in rows.chunks(LANES) {
            // Lanes without a row repeat the first.
            let row = |lane: usize| rows.get(lane).unwrap_or(&rows[0]);
            let values = std::array::from_fn(|lane| ProgrammeValues::from_fn(|input| row(lane)[input]));
            counts.expect(&self.programme, &values);
            counts.cash(&self.programme, &values, &mut net);
            let factors = self.discount.factors(&values.map(|values| values.discount_rate_annual));
            found.extend_from_slice(&present_value(&net, &factors)[..rows.len()]);
        }
        found
    }
}

/// Memory of [`ProgrammePaths`].
pub struct Workspace(Counts);

impl PathModel for ProgrammePaths {
    type Workspace = Workspace;

    fn shape(&self) -> Shape {
        Shape { series: 2, months: self.programme.horizon_months + 1, scalars: SCALARS }
    }

    fn inputs(&self) -> &[Input] {
        &self.inputs
    }

    fn streams(&self) -> &[(u64, Purpose)] {
        &self.streams
    }

    fn workspace(&self) -> Workspace {
        Workspace(Counts::new(self.programme.horizon_months + 1))
    }

    fn simulate(&self, draws: &Draws, work: &mut Workspace, group: &mut Group) {
        let values: [ProgrammeValues; LANES] =
            std::array::from_fn(|lane| ProgrammeValues::from_fn(|input| draws.input(input)[lane]));
        let counts = &mut work.0;
        if self.programme.partner_level {
            counts.draw(&self.programme, &values, draws);
        } else {
            counts.expect(&self.programme, &values);
        }
        let investment = counts.cash(&self.programme, &values, group.series_mut(0));
        finish(group, &self.discount.factors(draws.input(0)), &investment);
    }
}
