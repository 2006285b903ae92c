//! Who wins: the list of the trials, as bits too, and a draw for each of them.

use super::kernel::TRIALS;
use super::orders::{FIRST, ORDER, ORDERS};
use super::strata::STRATA;
use super::{GROUP, amounts};
use crate::rng::Draws;

/// Bits of an outcome's draw beside those that choose the order.
const REST_BITS: u32 = u32::BITS - ORDERS.ilog2();
const LAST_REST: u32 = (1 << REST_BITS) - 1;
/// Bits of an outcome: those of the place in the order, then the rest.
pub const OUTCOME_BITS: u32 = GROUP.ilog2() + REST_BITS;

/// From a trial's draw to the next one's in a group, modulo 2³²: 2³² over the golden ratio, whose multiples
/// spread evenly.
const STEP: u32 = 0x9E37_79B9;

/// What a deal draws for the groups of a block: one number for the outcomes of each, one for months and amounts.
pub struct GroupDraws {
    outcome: [u32; STRATA],
    detail: [u32; STRATA],
}

impl GroupDraws {
    /// Draws for all groups, several at once.
    #[inline]
    pub fn new(outcome: Draws, detail: Draws) -> Self {
        let by_group = |draws: Draws| std::array::from_fn(|group| draws.at(group as u32));
        Self { outcome: by_group(outcome), detail: by_group(detail) }
    }
}

/// Number of an order, and the rest.
#[inline(always)]
fn split(outcome: u32) -> (usize, u32) {
    (outcome as usize % ORDERS, outcome >> ORDERS.ilog2())
}

/// Draw of a trial of a group, from that of the group: uniform, as the group's is.
#[inline(always)]
pub fn of_trial(group: u32, trial: u32) -> u32 {
    group.wrapping_add(trial.wrapping_mul(STEP))
}

/// The trials of a block that a deal wins, group by group.
pub struct Winners {
    trials: [u16; TRIALS + GROUP as usize],
    draws: [u32; TRIALS + GROUP as usize],
    places: [u32; TRIALS],
    count: usize,
    /// Those that close outside the window: memory for the kernel.
    pub outside: Vec<u16>,
}

impl Default for Winners {
    fn default() -> Self {
        const SLOTS: usize = TRIALS + GROUP as usize;
        Self { trials: [0; SLOTS], draws: [0; SLOTS], places: [0; TRIALS], count: 0, outside: Vec::new() }
    }
}

impl Winners {
    /// Lists the trials whose outcome is below their group's threshold, and notes them as bits.
    #[inline(never)]
    pub fn list(&mut self, draws: &GroupDraws, thresholds: &[u32; STRATA], won: &mut [u16; STRATA]) {
        let mut count = 0;
        for (group, (threshold, won)) in thresholds.iter().zip(won).enumerate() {
            let (order, rest) = split(draws.outcome[group]);
            // Places k with k·2²⁴ + rest below the threshold.
            let winners = ((threshold + (LAST_REST - rest)) >> REST_BITS) as usize;
            self.put(count, group, &ORDER[order], draws.detail[group]);
            *won = FIRST[order][winners.min(GROUP as usize)];
            count += winners.min(GROUP as usize);
        }
        self.count = count;
    }

    /// The same with a threshold per trial: by group and number in the group.
    #[inline(never)]
    pub fn list_by_class(
        &mut self,
        draws: &GroupDraws,
        threshold: impl Fn(usize, usize) -> u32,
        won: &mut [u16; STRATA],
    ) {
        let mut count = 0;
        for (group, won) in won.iter_mut().enumerate() {
            let (order, rest) = split(draws.outcome[group]);
            let mut winners = [0; GROUP as usize];
            let mut first = 0;
            *won = 0;
            for (place, trial) in ORDER[order].iter().enumerate() {
                let below = (((place as u32) << REST_BITS) | rest) < threshold(group, usize::from(*trial));
                winners[first % GROUP as usize] = *trial;
                first += usize::from(below);
                *won |= u16::from(below) << trial;
            }
            self.put(count, group, &winners, draws.detail[group]);
            count += first;
        }
        self.count = count;
    }

    /// Notes trials of a group, and their draws, from a place in the list on; what follows overwrites those too many.
    #[inline(always)]
    fn put(&mut self, at: usize, group: usize, trials: &[u8; GROUP as usize], detail: u32) {
        let first = (group * GROUP as usize) as u16;
        let at = at..at + GROUP as usize;
        let slots = self.trials[at.clone()].iter_mut().zip(&mut self.draws[at]);
        slots.zip(trials).for_each(|((slot, draw), trial)| {
            *slot = first + u16::from(*trial);
            *draw = of_trial(detail, u32::from(*trial));
        });
    }

    /// Leaves out the trials from `trials` on.
    pub fn keep_below(&mut self, trials: u32) {
        let mut kept = 0;
        for index in 0..self.count {
            if u32::from(self.trials[index]) < trials {
                (self.trials[kept], self.draws[kept]) = (self.trials[index], self.draws[index]);
                kept += 1;
            }
        }
        self.count = kept;
    }

    /// Finds the cells of the amounts.
    #[inline(never)]
    pub fn place(&mut self) {
        let draws = &self.draws[..self.count];
        self.places.iter_mut().zip(draws).for_each(|(place, draw)| *place = amounts::place(*draw));
    }

    /// The listed trials from the `first` on.
    pub fn listed(&self, first: usize) -> Listed<'_> {
        let range = first.min(self.count)..self.count;
        Listed { trials: &self.trials[range.clone()], draws: &self.draws[range.clone()], places: &self.places[range] }
    }
}

/// Trials that a deal wins, one after another.
pub struct Listed<'a> {
    /// Their numbers in the block.
    pub trials: &'a [u16],
    /// Their draws.
    pub draws: &'a [u32],
    /// Places of their amounts among the cells.
    pub places: &'a [u32],
}
