//! Who wins: the list of the trials, as bits too, and a draw for each of them.

use super::kernel::TRIALS;
use super::orders::{FIRST, ORDER, ORDERS, PLACE};
use super::strata::STRATA;
use super::{GROUP, amounts};
use crate::rng::Draws;

/// Bits of an outcome's draw beside those that choose the order.
const REST_BITS: u32 = u32::BITS - ORDERS.ilog2();
const LAST_REST: u32 = (1 << REST_BITS) - 1;
/// Trials of a group that are noted at once.
const HALF: usize = GROUP as usize / 2;
/// Bits of an outcome: those of the place in the order, then the rest.
pub const OUTCOME_BITS: u32 = GROUP.ilog2() + REST_BITS;

/// Draws of the places of a group, less that of the group: multiples of 2³² over the golden ratio, modulo 2³²,
/// which spread evenly.
static STEPS: [u32; GROUP as usize] = {
    let mut steps = [0_u32; GROUP as usize];
    let mut place = 1;
    while place < steps.len() {
        steps[place] = steps[place - 1].wrapping_add(0x9E37_79B9);
        place += 1;
    }
    steps
};

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

/// Draw of month and amount of a trial, from those of its group: uniform, as the group's is.
#[inline]
pub fn of_trial(outcome: u32, detail: u32, trial: u32) -> u32 {
    let place = PLACE[split(outcome).0][(trial % GROUP) as usize];
    detail.wrapping_add(STEPS[usize::from(place) % STEPS.len()])
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
            let (first, rest) = ORDER[order].split_at(HALF);
            self.put(count, group, first, &STEPS[..HALF], draws.detail[group]);
            if winners > HALF {
                self.put(count + HALF, group, rest, &STEPS[HALF..], draws.detail[group]);
            }
            let winners = winners.min(GROUP as usize);
            *won = FIRST[order][winners];
            count += winners;
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
            *won = 0;
            for (place, trial) in ORDER[order].iter().enumerate() {
                let below = (((place as u32) << REST_BITS) | rest) < threshold(group, usize::from(*trial));
                // Written in any case, and kept where the trial is won.
                self.trials[count] = (group * GROUP as usize) as u16 + u16::from(*trial);
                self.draws[count] = draws.detail[group].wrapping_add(STEPS[place]);
                count += usize::from(below);
                *won |= u16::from(below) << trial;
            }
        }
        self.count = count;
    }

    /// Notes eight trials of a group, and their draws, from a place in the list on: what follows overwrites those too
    /// many.
    #[inline(always)]
    fn put(&mut self, at: usize, group: usize, order: &[u8], steps: &[u32], detail: u32) {
        let first = (group * GROUP as usize) as u16;
        let slots = &mut self.trials[at..at + HALF];
        slots.iter_mut().zip(order).for_each(|(slot, trial)| *slot = first + u16::from(*trial));
        let slots = &mut self.draws[at..at + HALF];
        slots.iter_mut().zip(steps).for_each(|(slot, step)| *slot = detail.wrapping_add(*step));
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rng::{Purpose, stream};
    #[cfg(target_arch = "wasm32")]
    use wasm_bindgen_test::wasm_bindgen_test as test;

    fn draws(block: u32) -> (Draws, Draws) {
        let of = |purpose| stream(7, block, 1, purpose).draws();
        (of(Purpose::Outcome), of(Purpose::Amount))
    }

    /// Thresholds of all sizes, the least and the largest among them.
    fn thresholds(block: u32) -> [u32; STRATA] {
        let sizes = stream(8, block, 1, Purpose::Test).draws();
        std::array::from_fn(|group| match group {
            0 => 0,
            1 => 1 << OUTCOME_BITS,
            _ => sizes.at(group as u32) >> (u32::BITS - OUTCOME_BITS),
        })
    }

    fn bits_of(trials: &[u16]) -> [u16; STRATA] {
        trials.iter().fold([0; STRATA], |mut bits, trial| {
            bits[usize::from(*trial) / GROUP as usize] |= 1 << (u32::from(*trial) % GROUP);
            bits
        })
    }

    #[test]
    fn thresholds_by_group_and_by_trial_list_the_same() {
        for block in 0..50 {
            let (outcome, detail) = draws(block);
            let (group_draws, thresholds) = (GroupDraws::new(outcome, detail), thresholds(block));
            let (mut by_group, mut by_trial) = (Winners::default(), Winners::default());
            let (mut won, mut won_by_trial) = ([0; STRATA], [0; STRATA]);
            by_group.list(&group_draws, &thresholds, &mut won);
            by_trial.list_by_class(&group_draws, |group, _| thresholds[group], &mut won_by_trial);
            assert_eq!(won, won_by_trial);
            let (first, second) = (by_group.listed(0), by_trial.listed(0));
            assert_eq!((first.trials, first.draws), (second.trials, second.draws));
            assert_eq!(bits_of(first.trials), won);
            assert_eq!((won[0], won[1]), (0, u16::MAX));
            for (trial, draw) in first.trials.iter().zip(first.draws) {
                let group = u32::from(*trial) / GROUP;
                assert_eq!(*draw, of_trial(outcome.at(group), detail.at(group), u32::from(*trial)));
            }
        }
    }

    #[test]
    fn trials_beyond_the_last_are_left_out() {
        let (outcome, detail) = draws(1);
        let mut winners = Winners::default();
        winners.list(&GroupDraws::new(outcome, detail), &thresholds(1), &mut [0; STRATA]);
        let all = winners.listed(0).trials.to_vec();
        winners.keep_below(1_001);
        assert!(winners.listed(0).trials.iter().eq(all.iter().filter(|trial| **trial < 1_001)));
    }

    #[test]
    fn whoever_wins_at_a_threshold_wins_at_a_higher_one_with_the_same_draw() {
        let (outcome, detail) = draws(2);
        let group_draws = GroupDraws::new(outcome, detail);
        let mut last = [0; STRATA];
        for threshold in (0..=1 << OUTCOME_BITS).step_by(1 << 22) {
            let mut won = [0; STRATA];
            Winners::default().list(&group_draws, &[threshold; STRATA], &mut won);
            assert!(last.iter().zip(&won).all(|(last, won)| last & !won == 0), "{threshold}");
            last = won;
        }
    }

    /// n = 512,000 trials at 30 %: the share of the winners within 4.9 standard errors of independent trials (α = 10⁻⁶),
    /// as are trials in which two deals win (9 %).
    #[test]
    fn a_deal_wins_as_often_as_it_should_and_deals_are_independent() {
        const BLOCKS: u32 = 125;
        let threshold = (0.3 * f64::from(1_u32 << OUTCOME_BITS)) as u32;
        let (mut one, mut both) = (0, 0);
        for block in 0..BLOCKS {
            let won = |deal| {
                let of = |purpose| stream(9, block, deal, purpose).draws();
                let mut won = [0; STRATA];
                let draws = GroupDraws::new(of(Purpose::Outcome), of(Purpose::Amount));
                Winners::default().list(&draws, &[threshold; STRATA], &mut won);
                won
            };
            for (first, second) in won(1).iter().zip(won(2)) {
                one += first.count_ones();
                both += (first & second).count_ones();
            }
        }
        let n = f64::from(BLOCKS) * TRIALS as f64;
        for (count, expected) in [(one, 0.3), (both, 0.09)] {
            let z = (f64::from(count) / n - expected) / (expected * (1.0 - expected) / n).sqrt();
            assert!(z.abs() < 4.9, "{expected}: {z}");
        }
    }
}
