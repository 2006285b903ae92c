//! Who wins: the list of the trials, as bits too, with the month and the amount of each.

use super::adding::ROW;
use super::amounts::{self, UnitsByEntry};
use super::delays::{self, RowDraw, Rows, RowsByEntry};
use super::kernel::TRIALS;
use super::orders::{FIRST, ORDERS, PLACE, trials};
use super::strata::STRATA;
use super::{DealPlan, GROUP, PlanDetail};
use crate::model::open_pipeline::Pipeline;
use crate::rng::Draws;
use std::collections::BTreeMap;

/// Bits of an outcome's draw beside those that choose the order.
const REST_BITS: u32 = u32::BITS - ORDERS.ilog2();
const LAST_REST: u32 = (1 << REST_BITS) - 1;
/// Trials of a group that are noted at once: most deals win few of them.
const HALF: usize = GROUP as usize / 2;
const QUARTER: usize = GROUP as usize / 4;
/// Bits of an outcome: those of the place in the order, then the rest.
pub const OUTCOME_BITS: u32 = GROUP.ilog2() + REST_BITS;

/// What deals have in common whose law of winning and rows are the same, by class and stratum.
#[derive(Default)]
pub struct Chances {
    /// Outcome thresholds: won within the horizon where an outcome is below.
    pub thresholds: Vec<[u32; STRATA]>,
    /// What a trial stands for in which the deal is not won in the window: 1 / P(it is not). None for the totals alone.
    pub weights: Vec<[f32; STRATA]>,
}

impl Chances {
    /// From the thresholds of winning at all.
    fn new(by_class: &[[u32; STRATA]], rows: &Rows, detail: PlanDetail) -> Self {
        match &rows.by_stratum[..] {
            // A loop of its own for what is the same in all strata.
            [row] => Self::in_rows(by_class, |_| row, detail),
            _ => Self::in_rows(by_class, |stratum| rows.of(stratum as u8), detail),
        }
    }

    #[inline(always)]
    fn in_rows<'r>(by_class: &[[u32; STRATA]], row: impl Fn(usize) -> &'r RowDraw, detail: PlanDetail) -> Self {
        const CUT: u32 = 2 * u32::BITS - OUTCOME_BITS;
        let mut chances = Self::default();
        for wins in by_class {
            // By operations that several strata can take at once.
            let thresholds = std::array::from_fn(|stratum| {
                ((u64::from(wins[stratum]) * row(stratum).in_horizon + (1 << (CUT - 1))) >> CUT) as u32
            });
            if detail == PlanDetail::Everything {
                chances.weights.push(std::array::from_fn(|stratum| {
                    let in_window = row(stratum).in_window / f64::from(1_u32 << OUTCOME_BITS);
                    let win = f64::from(thresholds[stratum] as i32) * in_window;
                    (1.0 / (1.0 - win).max(1e-4)) as f32
                }));
            }
            chances.thresholds.push(thresholds);
        }
        chances
    }

    /// The chances that there are, from the outcome thresholds of each law; and which of them each deal has.
    pub fn all(
        pipeline: &Pipeline,
        by_law: &[Vec<[u32; STRATA]>],
        rows: &[Rows],
        rows_of: &[usize],
        detail: PlanDetail,
    ) -> (Vec<Self>, Vec<usize>) {
        let (mut chances, mut known) = (Vec::new(), BTreeMap::new());
        let of_deal = pipeline.deals.iter().zip(rows_of).map(|(deal, rows_of)| {
            *known.entry((deal.win, *rows_of)).or_insert_with(|| {
                chances.push(Self::new(&by_law[deal.win], &rows[*rows_of], detail));
                chances.len() - 1
            })
        });
        let of_deal = of_deal.collect();
        (chances, of_deal)
    }
}

/// What a deal draws for the groups of a block: one number for the outcomes of each, one for months and amounts.
struct GroupDraws {
    outcome: [u32; STRATA],
    detail: [u32; STRATA],
}

/// Number of an order, and the rest.
#[inline(always)]
fn split(outcome: u32) -> (usize, u32) {
    (outcome as usize % ORDERS, outcome >> ORDERS.ilog2())
}

/// Entries of the first trial in the order of a group: that of its amount, and that of its month. The others have those
/// that follow.
#[inline(always)]
fn entries(detail: u32) -> (usize, usize) {
    ((detail >> (u32::BITS - amounts::ENTRIES.ilog2())) as usize, detail as usize % delays::ENTRIES)
}

/// Entries of a trial: that of its amount, and that of its month. Each is uniform over all, as the group's are.
#[inline]
pub fn entries_of_trial(outcome: u32, detail: u32, trial: u32) -> (usize, usize) {
    let place = usize::from(PLACE[split(outcome).0][(trial % GROUP) as usize]);
    let (amount, month) = entries(detail);
    ((amount + place) % amounts::ENTRIES, (month + place) % delays::ENTRIES)
}

/// What a deal brings to every block.
pub struct AtHand {
    /// Its amounts.
    amounts: UnitsByEntry,
    /// First positions of its rows, where these are the same in all strata.
    rows: [u32; delays::ENTRIES + GROUP as usize],
}

impl AtHand {
    /// Of no deal yet.
    pub fn new() -> Self {
        Self { amounts: [0; amounts::ENTRIES + GROUP as usize], rows: [0; delays::ENTRIES + GROUP as usize] }
    }

    /// Begins with a deal.
    pub fn start(&mut self, deal: &DealPlan, rows: &Rows) {
        deal.amount.fill(&mut self.amounts);
        if let [row] = &rows.by_stratum[..] {
            self.rows.iter_mut().zip(row.by_entry.iter()).for_each(|(first, row)| *first = first_position(*row));
        }
    }
}

/// The trials of a block that a deal wins, group by group.
pub struct Winners {
    /// Where each is added to the months: row · [`ROW`] + trial. The row may be undecided.
    positions: [u32; TRIALS + GROUP as usize],
    /// What is added, in units; may be undecided.
    units: [u32; TRIALS + GROUP as usize],
    count: usize,
    /// Draws of the deal at hand in the block at hand.
    draws: GroupDraws,
    /// Those that close outside the window: memory for the kernel.
    pub outside: Vec<u16>,
}

impl Default for Winners {
    fn default() -> Self {
        const SLOTS: usize = TRIALS + GROUP as usize;
        Self {
            positions: [0; SLOTS],
            units: [0; SLOTS],
            count: 0,
            draws: GroupDraws { outcome: [0; STRATA], detail: [0; STRATA] },
            outside: Vec::new(),
        }
    }
}

impl Winners {
    /// Begins with a block: what the deal draws for its groups, several at once.
    #[inline(never)]
    pub fn draw(&mut self, outcome: Draws, detail: Draws) {
        let fill = |numbers: &mut [u32; STRATA], draws: Draws| {
            numbers.iter_mut().enumerate().for_each(|(group, number)| *number = draws.at(group as u32));
        };
        fill(&mut self.draws.outcome, outcome);
        fill(&mut self.draws.detail, detail);
    }

    /// Lists the trials whose outcome is below their group's threshold, and notes them as bits.
    pub fn list(&mut self, deal: &AtHand, thresholds: &[u32; STRATA], won: &mut [u16; STRATA]) {
        self.list_in_rows(deal, thresholds, |_| &deal.rows, |first| first, won);
    }

    /// The same with rows by group.
    pub fn list_by_stratum<'r>(
        &mut self,
        deal: &AtHand,
        thresholds: &[u32; STRATA],
        rows: impl Fn(usize) -> &'r RowsByEntry,
        won: &mut [u16; STRATA],
    ) {
        self.list_in_rows(deal, thresholds, rows, first_position, won);
    }

    #[inline(never)]
    fn list_in_rows<'r, R: Copy + 'r>(
        &mut self,
        deal: &AtHand,
        thresholds: &[u32; STRATA],
        rows: impl Fn(usize) -> &'r [R; delays::ENTRIES + GROUP as usize],
        first: impl Fn(R) -> u32,
        won: &mut [u16; STRATA],
    ) {
        // By operations that several groups can take at once: places k with k·2²⁴ + rest below the threshold.
        let mut winners = [0; STRATA];
        for ((winners, threshold), outcome) in winners.iter_mut().zip(thresholds).zip(&self.draws.outcome) {
            *winners = ((threshold + (LAST_REST - split(*outcome).1)) >> REST_BITS).min(GROUP);
        }
        let mut count = 0;
        for (group, won) in won.iter_mut().enumerate() {
            let (order, _) = split(self.draws.outcome[group]);
            let (amount, month) = entries(self.draws.detail[group]);
            let winners = winners[group] as usize;
            let from = (rows(group), month, amount);
            // Groups stand in the order of the market, so that a deal takes the same way for many of them.
            if winners <= QUARTER {
                self.put::<R, 0, QUARTER>(count, deal, group, order, from, &first);
            } else {
                self.put::<R, 0, HALF>(count, deal, group, order, from, &first);
                if winners > HALF {
                    self.put::<R, HALF, HALF>(count + HALF, deal, group, order, from, &first);
                }
            }
            *won = FIRST[order][winners];
            count += winners;
        }
        self.count = count;
    }

    /// Notes some trials of a group from the place `FIRST` of its order on, in the list from `at` on: what follows
    /// overwrites those too many.
    #[inline(always)]
    fn put<R: Copy, const FIRST: usize, const MANY: usize>(
        &mut self,
        at: usize,
        deal: &AtHand,
        group: usize,
        order: usize,
        (rows, month, amount): (&[R; delays::ENTRIES + GROUP as usize], usize, usize),
        first: impl Fn(R) -> u32,
    ) {
        let (trials, other) = trials(order);
        let (trials, other) = (&trials[FIRST..FIRST + MANY], group as u32 * GROUP + other);
        let rows = &rows[month + FIRST..month + FIRST + MANY];
        let slots = self.positions[at..at + MANY].iter_mut();
        for (slot, (row, trial)) in slots.zip(rows.iter().zip(trials)) {
            *slot = first(*row) + (trial ^ other);
        }
        self.units[at..at + MANY].copy_from_slice(&deal.amounts[amount + FIRST..amount + FIRST + MANY]);
    }

    /// The same with a threshold per trial, by group and number in the group, and with rows by group.
    #[inline(never)]
    pub fn list_by_class<'r>(
        &mut self,
        deal: &AtHand,
        threshold: impl Fn(usize, usize) -> u32,
        rows: impl Fn(usize) -> &'r RowsByEntry,
        won: &mut [u16; STRATA],
    ) {
        let mut count = 0;
        for (group, won) in won.iter_mut().enumerate() {
            let (order, rest) = split(self.draws.outcome[group]);
            let (amount, month) = entries(self.draws.detail[group]);
            let rows = rows(group);
            *won = 0;
            let (trials, other) = trials(order);
            for (place, trial) in trials.iter().enumerate() {
                let trial = trial ^ other;
                let below = (((place as u32) << REST_BITS) | rest) < threshold(group, trial as usize);
                // Written in any case, and kept where the trial is won.
                self.positions[count] = first_position(rows[month + place]) + (group as u32 * GROUP + trial);
                self.units[count] = deal.amounts[amount + place];
                count += usize::from(below);
                *won |= u16::from(below) << trial;
            }
        }
        self.count = count;
    }

    /// Leaves out the trials from `trials` on.
    pub fn keep_below(&mut self, trials: u32) {
        let mut kept = 0;
        for index in 0..self.count {
            if trial(self.positions[index]) < trials {
                (self.positions[kept], self.units[kept]) = (self.positions[index], self.units[index]);
                kept += 1;
            }
        }
        self.count = kept;
    }

    /// The listed trials: positions, to be changed where they are decided, and units.
    pub fn listed(&mut self) -> (&mut [u32], &[u32]) {
        (&mut self.positions[..self.count], &self.units[..self.count])
    }
}

/// Where the first trial of a block is added to the months.
#[inline(always)]
fn first_position(row: delays::Row) -> u32 {
    row.index() as u32 * ROW as u32
}

/// Trial of a position.
#[inline]
pub fn trial(position: u32) -> u32 {
    position % ROW as u32
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

    /// Amounts that tell their entry, and rows.
    /// A deal of the rows, with amounts that tell their entry.
    fn deal() -> (AtHand, RowsByEntry) {
        let rows = delays::table(&[1 << 30, 3 << 30, u32::MAX], 2);
        let amounts = std::array::from_fn(|entry| (entry % amounts::ENTRIES) as u32);
        (AtHand { amounts, rows: rows.map(first_position) }, rows)
    }

    fn bits_of(positions: &[u32]) -> [u16; STRATA] {
        positions.iter().map(|position| trial(*position)).fold([0; STRATA], |mut bits, trial| {
            bits[(trial / GROUP) as usize] |= 1 << (trial % GROUP);
            bits
        })
    }

    #[test]
    fn thresholds_by_group_and_by_trial_list_the_same() {
        let (deal, rows) = deal();
        for block in 0..50 {
            let (outcome, detail) = draws(block);
            let thresholds = thresholds(block);
            let [mut by_group, mut by_stratum, mut by_trial] = [(); 3].map(|()| Winners::default());
            let mut won = [[0; STRATA]; 3];
            for winners in [&mut by_group, &mut by_stratum, &mut by_trial] {
                winners.draw(outcome, detail);
            }
            by_group.list(&deal, &thresholds, &mut won[0]);
            by_stratum.list_by_stratum(&deal, &thresholds, |_| &rows, &mut won[1]);
            by_trial.list_by_class(&deal, |group, _| thresholds[group], |_| &rows, &mut won[2]);
            assert_eq!((won[0], won[0]), (won[1], won[2]));
            assert_eq!(by_group.listed(), by_stratum.listed());
            assert_eq!(by_group.listed(), by_trial.listed());
            let won = won[0];
            let (positions, units) = by_group.listed();
            assert_eq!(bits_of(positions), won);
            assert_eq!((won[0], won[1]), (0, u16::MAX));
            for (position, units) in positions.iter().zip(units) {
                let (row, trial) = (position / ROW as u32, trial(*position));
                let group = trial / GROUP;
                let (amount, month) = entries_of_trial(outcome.at(group), detail.at(group), trial);
                assert_eq!((*units, row as usize), (amount as u32, rows[month].index()));
            }
        }
    }

    #[test]
    fn trials_beyond_the_last_are_left_out() {
        let (outcome, detail) = draws(1);
        let mut winners = Winners::default();
        let (thresholds, (deal, _)) = (thresholds(1), deal());
        winners.draw(outcome, detail);
        winners.list(&deal, &thresholds, &mut [0; STRATA]);
        let all = winners.listed().0.to_vec();
        winners.keep_below(1_001);
        assert!(winners.listed().0.iter().eq(all.iter().filter(|position| trial(**position) < 1_001)));
    }

    #[test]
    fn whoever_wins_at_a_threshold_wins_at_a_higher_one_with_the_same_draw() {
        let (outcome, detail) = draws(2);
        let mut winners = Winners::default();
        winners.draw(outcome, detail);
        let (deal, _) = deal();
        let mut last = [0; STRATA];
        for threshold in (0..=1 << OUTCOME_BITS).step_by(1 << 22) {
            let mut won = [0; STRATA];
            winners.list(&deal, &[threshold; STRATA], &mut won);
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
        let (deal, _) = deal();
        let (mut one, mut both) = (0, 0);
        for block in 0..BLOCKS {
            let won = |entity| {
                let of = |purpose| stream(9, block, entity, purpose).draws();
                let mut won = [0; STRATA];
                let mut winners = Winners::default();
                winners.draw(of(Purpose::Outcome), of(Purpose::Amount));
                winners.list(&deal, &[threshold; STRATA], &mut won);
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
