//! Candidates, partners and deals of the vendor's programme one by one: signatures binomial, each partner's first deal
//! and life by inversion, repeat deals Poisson given them (the sum over partners in one draw a month: sums of Poisson
//! counts are Poisson).

use super::counts::{Counts, silent_month};
use super::programme::{FRACTIONS, REPEATS, SIGNATURES};
use super::signed::Signed;
use crate::distribution::BinomialLanes;
use crate::engine::paths::{Draws, STRIP, Strip};
use crate::math::poisson;
use crate::model::partner_vendor_programme::{Programme, ProgrammeValues};

impl Counts {
    /// Counts drawn one by one, for the strip that begins at lane `first`.
    pub fn draw(&mut self, programme: &Programme, values: &[ProgrammeValues; STRIP], draws: &Draws, first: usize) {
        self.sign(programme, values, draws, first);
        self.partners.clear(programme, &self.signed);
        for (place, values) in values.iter().enumerate() {
            let (silent, lane) = (silent_month(values).0, first + place);
            self.partners.follow(programme, values, silent, draws, (lane, place), &self.signed);
        }
        self.accumulate(programme, values, draws, first);
    }

    /// Candidates and signatures by month.
    fn sign(&mut self, programme: &Programme, values: &[ProgrammeValues; STRIP], draws: &Draws, first: usize) {
        let horizon = programme.horizon_months;
        self.candidates.fill([0.0; STRIP]);
        self.signed.fill([0.0; STRIP]);
        let approached: Strip = std::array::from_fn(|lane| values[lane].candidates_approached_per_month);
        let whole = approached.map(libm::floor);
        let signing = BinomialLanes::new(std::array::from_fn(|lane| values[lane].signing_rate));
        self.earliest = [0.0; STRIP];
        for month in 1..=programme.recruitment_months.min(horizon) {
            let mut candidates = whole;
            for lane in 0..STRIP {
                let fraction = approached[lane] - whole[lane];
                if fraction > 0.0 && draws.uniform(FRACTIONS, first + lane, month as u32) < fraction {
                    candidates[lane] += 1.0;
                }
            }
            self.candidates[month] = candidates;
            let signed = signing.counts(&draws.uniforms(SIGNATURES, first, month as u32), &candidates);
            for (earliest, signed) in self.earliest.iter_mut().zip(signed) {
                *earliest = if (*earliest == 0.0) & (signed > 0.0) { month as f64 } else { *earliest };
            }
            if let Some(line) = self.signed.get_mut(month + programme.signing_lag_months) {
                *line = signed;
            }
        }
    }

    /// From what begins and ends each month to the counts of the month, with its repeat deals.
    fn accumulate(&mut self, programme: &Programme, values: &[ProgrammeValues; STRIP], draws: &Draws, first: usize) {
        let Signed { first: starting, dropped, ramped, leaving, .. } = &self.partners;
        let rate: Strip = std::array::from_fn(|lane| {
            values[lane].deals_per_active_partner_per_month / values[lane].deal_ramp_months.max(1.0)
        });
        let (mut unstarted, mut supported, mut climbing, mut weight) =
            ([0.0; STRIP], [0.0; STRIP], [0.0; STRIP], [0.0; STRIP]);
        for month in 0..=programme.horizon_months {
            let mut means = [0.0; STRIP];
            if month > 0 {
                let signed = &self.signed[month - 1];
                for lane in 0..STRIP {
                    let ([climbed, gained], [left, lost]) = (ramped[month][lane], leaving[month][lane]);
                    unstarted[lane] += signed[lane] - starting[month - 1][lane] - dropped[month - 1][lane];
                    supported[lane] += starting[month - 1][lane] - left;
                    climbing[lane] += starting[month - 1][lane] - climbed;
                    weight[lane] += climbing[lane] + (gained + lost);
                    // Rounding may leave a little less than nobody.
                    means[lane] = if weight[lane] > 0.0 { rate[lane] * weight[lane] } else { 0.0 };
                }
            }
            let repeats = poisson::in_lanes(&draws.uniforms(REPEATS, first, month as u32), &means);
            self.deals[month] = std::array::from_fn(|lane| starting[month][lane] + repeats[lane]);
            self.first[month] = starting[month];
            self.unstarted[month] = unstarted;
            self.supported[month] = supported;
            self.dropped[month] = dropped[month];
            self.weights[month] = weight;
        }
    }
}
