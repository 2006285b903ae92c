//! Candidates, partners and deals of the vendor's programme one by one: signatures binomial, each partner's first deal
//! and life by inversion, repeat deals Poisson given them (the sum over partners in one draw a month: sums of Poisson
//! counts are Poisson).

use super::counts::{Counts, Reference, silent_month};
use super::programme::{FRACTIONS, LIVES, REPEATS, SIGNATURES, STARTS};
use crate::distribution::BinomialLanes;
use crate::engine::paths::{Draws, LANES, STRIP, Strip};
use crate::math::{ln, poisson, whole};
use crate::model::partner_vendor_programme::{Programme, ProgrammeValues};

/// Draws of a month's first partner in the streams by partner: more than can sign in a month.
const PER_MONTH: u32 = 8192;

/// What happens in each month to the partners of a strip; scratch.
pub struct Events {
    /// Signatures by month of approach.
    signatures: Vec<Strip>,
    first: Vec<Strip>,
    dropped: Vec<Strip>,
    /// Partners that end to ramp up; they begin the month after their first deal.
    ramped: Vec<Strip>,
    leaving: Vec<Strip>,
    /// What ramps and departures add to the weights.
    correction: Vec<Strip>,
    /// P(a first deal by age a) of a trial.
    started_by: Vec<f64>,
    /// P(an active partner stays a month), and that it stays n months.
    stays: f64,
    staying: Vec<f64>,
    /// Months per unit of the logarithm of a draw for its life.
    per_month: f64,
}

impl Events {
    /// For so many months; one more for what ends after the last.
    pub fn new(months: usize) -> Self {
        let strips = || vec![[0.0; STRIP]; months + 1];
        Self {
            signatures: strips(),
            first: strips(),
            dropped: strips(),
            ramped: strips(),
            leaving: strips(),
            correction: strips(),
            started_by: vec![0.0; months + 1],
            stays: 1.0,
            staying: vec![1.0; months + 1],
            per_month: f64::NEG_INFINITY,
        }
    }

    fn clear(&mut self) {
        for line in [&mut self.first, &mut self.dropped, &mut self.ramped, &mut self.leaving, &mut self.correction] {
            line.fill([0.0; STRIP]);
        }
    }
}

impl Counts {
    /// Counts drawn one by one.
    pub fn draw(&mut self, programme: &Programme, values: &[ProgrammeValues; LANES], draws: &Draws) {
        for (strip, values) in values.chunks_exact(STRIP).enumerate() {
            let first = strip * STRIP;
            self.events.clear();
            self.sign(programme, values, draws, first);
            for (place, values) in values.iter().enumerate() {
                self.reference[first + place] = self.events.follow(programme, values, draws, first + place, place);
            }
            self.accumulate(programme, values, draws, first);
        }
    }

    /// Candidates and signatures by month.
    fn sign(&mut self, programme: &Programme, values: &[ProgrammeValues], draws: &Draws, first: usize) {
        let horizon = programme.horizon_months;
        let lanes = first..first + STRIP;
        for line in [&mut self.candidates, &mut self.signed] {
            line.iter_mut().for_each(|month| month[lanes.clone()].fill(0.0));
        }
        let approached: Strip = std::array::from_fn(|lane| values[lane].candidates_approached_per_month);
        let whole = approached.map(libm::floor);
        let signing = BinomialLanes::new(std::array::from_fn(|lane| values[lane].signing_rate));
        for month in 1..=programme.recruitment_months.min(horizon) {
            let mut candidates = whole;
            for lane in 0..STRIP {
                let fraction = approached[lane] - whole[lane];
                if fraction > 0.0 && draws.uniform(FRACTIONS, first + lane, month as u32) < fraction {
                    candidates[lane] += 1.0;
                }
            }
            self.candidates[month][lanes.clone()].copy_from_slice(&candidates);
            let signed = signing.counts(&draws.uniforms(SIGNATURES, first, month as u32), &candidates);
            self.events.signatures[month] = signed;
            if let Some(line) = self.signed.get_mut(month + programme.signing_lag_months) {
                line[lanes.clone()].copy_from_slice(&signed);
            }
        }
    }

    /// From what begins and ends each month to the counts of the month, with its repeat deals.
    fn accumulate(&mut self, programme: &Programme, values: &[ProgrammeValues], draws: &Draws, first: usize) {
        let Events { first: starting, dropped, ramped, leaving, correction, .. } = &self.events;
        let rate: Strip = std::array::from_fn(|lane| {
            values[lane].deals_per_active_partner_per_month / values[lane].deal_ramp_months.max(1.0)
        });
        let (mut unstarted, mut supported, mut climbing, mut weight) =
            ([0.0; STRIP], [0.0; STRIP], [0.0; STRIP], [0.0; STRIP]);
        let lanes = first..first + STRIP;
        for month in 0..=programme.horizon_months {
            if month > 0 {
                let signed = &self.signed[month - 1][lanes.clone()];
                for lane in 0..STRIP {
                    unstarted[lane] += signed[lane] - starting[month - 1][lane] - dropped[month - 1][lane];
                    supported[lane] += starting[month - 1][lane] - leaving[month][lane];
                    climbing[lane] += starting[month - 1][lane] - ramped[month][lane];
                    weight[lane] += climbing[lane] + correction[month][lane];
                }
            }
            let means: Strip = std::array::from_fn(|lane| (rate[lane] * weight[lane]).max(0.0));
            let repeats = poisson::in_lanes(&draws.uniforms(REPEATS, first, month as u32), &means);
            let deals: Strip = std::array::from_fn(|lane| starting[month][lane] + repeats[lane]);
            for (line, strip) in [
                (&mut self.first, &starting[month]),
                (&mut self.deals, &deals),
                (&mut self.unstarted, &unstarted),
                (&mut self.supported, &supported),
                (&mut self.dropped, &dropped[month]),
                (&mut self.weights, &weight),
            ] {
                line[month][lanes.clone()].copy_from_slice(strip);
            }
        }
    }
}

impl Events {
    /// Follows the partners of a trial, whose place in the strip is `place`; gives the first that signs.
    fn follow(
        &mut self,
        programme: &Programme,
        values: &ProgrammeValues,
        draws: &Draws,
        lane: usize,
        place: usize,
    ) -> Reference {
        let horizon = programme.horizon_months;
        let last = programme.last_age();
        let (g, _) = silent_month(values);
        let mut silent = 1.0;
        for started in &mut self.started_by[1..=last] {
            silent *= g;
            *started = values.capable_share * (1.0 - silent);
        }
        let ramp = values.deal_ramp_months.max(1.0);
        let whole_ramp = ramp as usize;
        let stays = 1.0 - values.active_partner_monthly_attrition_rate;
        if stays != self.stays {
            // (1 − x)^n: a partner stays n months if its draw is at most this.
            for month in 1..=horizon {
                self.staying[month] = self.staying[month - 1] * stays;
            }
            (self.stays, self.per_month) = (stays, 1.0 / ln(stays));
        }
        let per_month = self.per_month;
        let draw = |month: usize, partner: u32| month as u32 * PER_MONTH + partner;
        let life = |draw: u32| {
            if stays >= 1.0 { u32::MAX } else { (ln(draws.uniform(LIVES, lane, draw)) * per_month) as u32 }
        };
        let mut reference = Reference::default();
        for month in 1..=programme.recruitment_months.min(horizon) {
            let at = month + programme.signing_lag_months;
            let signed = whole(self.signatures[month][place]);
            if signed > 0 && reference.signed == 0 {
                let draw = draw(month, 0);
                let start = draws.uniform(STARTS, lane, draw);
                reference = Reference { signed: at as u32, start, life: life(draw) };
            }
            if at > horizon {
                continue;
            }
            for partner in 0..signed {
                let draw = draw(month, partner);
                let start = draws.uniform(STARTS, lane, draw);
                if start > self.started_by[last] {
                    if programme.stop_rule_months == Some(last) && at + last <= horizon {
                        self.dropped[at + last][place] += 1.0;
                    }
                    continue;
                }
                // Counted, not searched: no processor foresees where a search ends.
                let begins = at + 1 + self.started_by[1..last].iter().filter(|by| start > **by).count();
                if begins > horizon {
                    continue;
                }
                self.first[begins][place] += 1.0;
                let stays_to_the_end =
                    stays >= 1.0 || draws.uniform(LIVES, lane, draw) <= self.staying[horizon - begins];
                let life = if stays_to_the_end { usize::MAX } else { life(draw) as usize };
                // Still ramping up for ages 1 to ⌊ramp⌋ after the first deal, unless it leaves before.
                let ends = begins + 1 + whole_ramp.min(life).min(horizon);
                self.ramped[ends.min(horizon + 1)][place] += 1.0;
                if life > whole_ramp {
                    self.correction[(begins + 1 + whole_ramp).min(horizon + 1)][place] += ramp - whole_ramp as f64;
                }
                let left = begins.saturating_add(life).saturating_add(1);
                if left <= horizon {
                    self.leaving[left][place] += 1.0;
                    self.correction[left][place] -= ramp.min(life as f64);
                }
            }
        }
        reference
    }
}
