//! The partners who sign in a trial, one by one: when each makes its first deal, and how long it stays then.
//!
//! A list of partners goes through loops that do one thing each to all of it, without a branch that no processor
//! foresees: draws and what they are compared with by vectors, then what happens to each into its month.

use super::programme::{LIVES, STARTS};
use crate::engine::paths::{Draws, STRIP, Strip};
use crate::engine::simulation::BLOCK;
use crate::math::whole;
use crate::model::partner_vendor_programme::{Programme, ProgrammeValues};
use crate::scenario::validate::MAXIMUM_MONTHS;

/// Draws of a month's first partner in the streams by partner: more than can sign in a month.
const PER_MONTH: u32 = 8192;
const _: () = assert!(((MAXIMUM_MONTHS + 1) as u64 * PER_MONTH as u64 * BLOCK as u64) < 1 << u32::BITS);

/// Partners that a list holds.
const ROOM: usize = 256;
/// Partners that are written to it at once, whether they sign or not.
const WRITTEN: usize = 4;
/// Draws that are compared together.
const COMPARED: usize = 8;

/// What a draw must not be above, of 31 bits, for what has this chance: exact for 0 and 1, else to 2⁻³².
#[inline(always)]
pub fn threshold(chance: f64) -> i32 {
    (whole(chance * f64::from(1_u32 << 31)) as i32).wrapping_sub(1)
}

/// Whether a draw is above a threshold: what has its chance does not happen.
#[inline(always)]
pub fn is_above(draw: u32, threshold: i32) -> bool {
    (draw >> 1) as i32 > threshold
}

/// Draw of a stream by partner for the first who signs of those approached in a month.
pub fn first_draw(month: usize) -> u32 {
    month as u32 * PER_MONTH
}

/// How many of the thresholds each draw is above.
///
/// A function of its own with nothing to call, so that it is done by vectors.
#[inline(never)]
fn count_above(draws: &[[u32; COMPARED]], thresholds: &[i32], counts: &mut [[u32; COMPARED]]) {
    for (draws, counts) in draws.iter().zip(counts) {
        let draws = draws.map(|draw| (draw >> 1) as i32);
        let mut above = [0; COMPARED];
        for threshold in thresholds {
            for place in 0..COMPARED {
                above[place] += u32::from(draws[place] > *threshold);
            }
        }
        *counts = above;
    }
}

/// A list by vectors: at least `count` of it.
fn together(list: &[u32; ROOM], count: usize) -> &[[u32; COMPARED]] {
    &list.as_chunks().0[..count.div_ceil(COMPARED)]
}

/// How many, and what they add to the weights of the month.
pub type Event = [f64; 2];

/// What happens in each month to the partners of a strip of trials, and the list of those looked at.
pub struct Signed {
    /// First deals.
    pub first: Vec<Strip>,
    /// Those that the programme gives up.
    pub dropped: Vec<Strip>,
    /// Those that end to ramp up; they begin the month after their first deal.
    pub ramped: Vec<[Event; STRIP]>,
    /// Those that leave.
    pub leaving: Vec<[Event; STRIP]>,
    /// Chance of a first deal by each age, as thresholds, for a capable share and a chance of none in a month.
    started_by: Vec<i32>,
    starts_for: (f64, f64),
    /// Chance to stay so many months, as thresholds, for the chance to stay one.
    staying: Vec<i32>,
    stays_for: f64,
    /// Where the draws of each partner are; then of those who make a first deal, and when they do.
    places: [u32; ROOM],
    begins: [u32; ROOM],
    draws: [u32; ROOM],
    counts: [u32; ROOM],
}

impl Signed {
    /// For so many months; one more for what happens after the last.
    pub fn new(months: usize) -> Self {
        Self {
            first: vec![[0.0; STRIP]; months + 1],
            dropped: vec![[0.0; STRIP]; months + 1],
            ramped: vec![[[0.0; 2]; STRIP]; months + 1],
            leaving: vec![[[0.0; 2]; STRIP]; months + 1],
            started_by: Vec::with_capacity(months),
            starts_for: (f64::NAN, f64::NAN),
            staying: Vec::with_capacity(months),
            stays_for: f64::NAN,
            places: [0; ROOM],
            begins: [0; ROOM],
            draws: [0; ROOM],
            counts: [0; ROOM],
        }
    }

    /// Nothing happens, but that those who sign, by month, are given up by the programme.
    pub fn clear(&mut self, programme: &Programme, signed: &[Strip]) {
        self.first.fill([0.0; STRIP]);
        self.dropped.fill([0.0; STRIP]);
        self.ramped.fill([[0.0; 2]; STRIP]);
        self.leaving.fill([[0.0; 2]; STRIP]);
        if let Some(stop) = programme.stop_rule_months {
            let given_up = self.dropped.iter_mut().take(signed.len()).skip(stop);
            given_up.zip(signed).for_each(|(dropped, signed)| *dropped = *signed);
        }
    }

    /// Chances of a trial as thresholds, unless they are those of the one before.
    fn prepare(&mut self, programme: &Programme, values: &ProgrammeValues, silent_month: f64) {
        let starts_for = (values.capable_share, silent_month);
        if starts_for != self.starts_for {
            self.starts_for = starts_for;
            let mut silent = 1.0;
            self.started_by.clear();
            self.started_by.extend((0..programme.last_age()).map(|_| {
                silent *= silent_month;
                threshold(values.capable_share * (1.0 - silent))
            }));
        }
        let stays = 1.0 - values.active_partner_monthly_attrition_rate;
        if stays != self.stays_for {
            self.stays_for = stays;
            let mut staying = 1.0;
            self.staying.clear();
            self.staying.extend((0..programme.horizon_months).map(|_| {
                staying *= stays;
                threshold(staying)
            }));
        }
    }

    /// Follows those who sign, by month, in the trial of a lane, at a place in the strip; `silent_month`: chance that a
    /// capable partner makes no first deal in a month.
    pub fn follow(
        &mut self,
        programme: &Programme,
        values: &ProgrammeValues,
        silent_month: f64,
        draws: &Draws,
        (lane, place): (usize, usize),
        signed: &[Strip],
    ) {
        self.prepare(programme, values, silent_month);
        let mut count = 0;
        let (lag, approaches) = (programme.signing_lag_months, programme.recruitment_months);
        for (month, signed) in signed.iter().enumerate().take(lag + approaches + 1).skip(lag + 1) {
            let mut signed = whole(signed[place]) as usize;
            let mut next = draws.place(lane, first_draw(month - lag));
            loop {
                let written: [u32; WRITTEN] = std::array::from_fn(|partner| next + partner as u32 * BLOCK);
                self.places[count..count + WRITTEN].copy_from_slice(&written);
                let some = signed.min(WRITTEN);
                (count, signed) = (count + some, signed - some);
                if count > ROOM - WRITTEN {
                    self.go_through(programme, values, draws, place, count);
                    count = 0;
                }
                if signed == 0 {
                    break;
                }
                next += WRITTEN as u32 * BLOCK;
            }
        }
        self.go_through(programme, values, draws, place, count);
    }

    /// What happens to the first `count` partners of the list.
    fn go_through(
        &mut self,
        programme: &Programme,
        values: &ProgrammeValues,
        draws: &Draws,
        place: usize,
        count: usize,
    ) {
        draws.at_places(STARTS, &self.places[..count], &mut self.draws[..count]);
        count_above(together(&self.draws, count), &self.started_by, self.counts.as_chunks_mut().0);
        let count = self.keep_starting(programme, count);
        draws.at_places(LIVES, &self.places[..count], &mut self.draws[..count]);
        count_above(together(&self.draws, count), &self.staying, self.counts.as_chunks_mut().0);
        self.enter(programme, values.deal_ramp_months.max(1.0), place, count);
    }

    /// Keeps those who make a first deal within the horizon, with its month; how many.
    fn keep_starting(&mut self, programme: &Programme, count: usize) -> usize {
        let (last, horizon) = (programme.last_age() as u32, programme.horizon_months as u32);
        let mut kept = 0;
        for partner in 0..count {
            let (place, age) = (self.places[partner], self.counts[partner]);
            let begins = signing_month(programme, place) + 1 + age;
            (self.places[kept], self.begins[kept]) = (place, begins);
            kept += usize::from((age < last) & (begins <= horizon));
        }
        kept
    }

    /// Enters what happens to those who make a first deal into its months.
    fn enter(&mut self, programme: &Programme, ramp: f64, place: usize, count: usize) {
        let horizon = programme.horizon_months as u32;
        let after = horizon as usize + 1;
        let whole_ramp = (ramp as u32).min(horizon);
        let partial = ramp - f64::from(ramp as u32);
        let stop = programme.stop_rule_months;
        let lists = self.places.iter().zip(&self.begins).zip(&self.counts).take(count);
        for ((signed, begins), months_missing) in lists {
            let begins = *begins as usize;
            // Months that it stays after its first deal, as far as the horizon tells.
            let life = horizon - months_missing;
            self.first[begins][place] += 1.0;
            if let Some(stop) = stop {
                let given_up = signing_month(programme, *signed) as usize + stop;
                self.dropped[given_up.min(after)][place] -= 1.0;
            }
            let ramped = (begins + 1 + whole_ramp.min(life) as usize).min(after);
            add(&mut self.ramped[ramped][place], if life > whole_ramp { partial } else { 0.0 });
            let left = (begins + 1 + life as usize).min(after);
            let of_ramp = f64::from(life);
            add(&mut self.leaving[left][place], -(if of_ramp < ramp { of_ramp } else { ramp }));
        }
    }
}

/// One more, and what it adds.
#[inline(always)]
fn add(event: &mut Event, weight: f64) {
    event[0] += 1.0;
    event[1] += weight;
}

/// Month in which the partner with draws at this place signs.
#[inline(always)]
fn signing_month(programme: &Programme, place: u32) -> u32 {
    place / (BLOCK * PER_MONTH) + programme.signing_lag_months as u32
}
