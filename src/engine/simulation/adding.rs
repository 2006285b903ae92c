//! Adding what the winners bring to the months.

use super::delays::{self, RowDraw};
use super::kernel::TRIALS;
use super::strata::STRATA;
use super::winners::{Winners, entries_of_trial, trial};
use super::{DealPlan, GROUP, Plan, amounts};
use crate::rng::{Draws, Purpose, stream};

/// From a month to the next in a block's months: not a power of two, whose rows would displace one another
/// from the cache.
pub const ROW: usize = TRIALS + 16;

/// What decides outcome, month and amount of a deal in each trial of a block.
#[derive(Clone, Copy)]
pub struct Detail {
    outcome: Draws,
    draws: Draws,
}

impl Detail {
    /// Of a deal in a block.
    pub fn of(plan: &Plan, block: u32, deal: &DealPlan) -> Self {
        let draws = |purpose| stream(plan.seed, block, deal.key, purpose).draws();
        Self { outcome: draws(Purpose::Outcome), draws: draws(Purpose::Amount) }
    }

    /// What the groups draw.
    pub fn draw(self, winners: &mut Winners) {
        winners.draw(self.outcome, self.draws);
    }

    /// Entries of amount and month, which decide almost always.
    #[inline]
    fn entries(self, trial: u32) -> (usize, usize) {
        let group = trial / GROUP;
        entries_of_trial(self.outcome.at(group), self.draws.at(group), trial)
    }

    /// Draw of a trial for what its entries leave open.
    fn rest(self, trial: u32) -> u32 {
        self.draws.at(STRATA as u32 + trial)
    }

    /// Row of the month, by the whole draw.
    fn row(self, rows: &RowDraw, trial: u32) -> usize {
        rows.row(delays::draw_of(self.entries(trial).1, self.rest(trial) >> delays::CELLS_LOG2)).index()
    }
}

impl DealPlan {
    /// Amount of the deal in a trial of the block that the draws are of, in units.
    #[inline]
    pub fn units(&self, detail: Detail, trial: u32) -> u32 {
        self.amount.units(detail.entries(trial).0, || detail.rest(trial) & (u32::MAX >> amounts::CELLS_LOG2))
    }
}

/// Adds the listed winners of a deal to the months, and decides the positions that were not; `rows` are those of a trial.
pub fn add<'r>(
    deal: &DealPlan,
    detail: Detail,
    rows: impl Fn(u32) -> &'r RowDraw,
    winners: &mut Winners,
    months: &mut [u32],
) {
    let (positions, units) = winners.listed();
    let mut next = 0;
    loop {
        next += add_decided(&positions[next..], &units[next..], months);
        let Some(position) = positions.get_mut(next) else { return };
        let trial = trial(*position);
        let row = detail.row(rows(trial), trial);
        *position = (row * ROW) as u32 + trial;
        months[*position as usize] += deal.units(detail, trial);
        next += 1;
    }
}

/// Adds winners up to the first whose entries do not decide month or amount; the number of those added.
///
/// A function of its own with nothing to call, so that all it needs stays in registers.
#[inline(never)]
fn add_decided(positions: &[u32], units: &[u32], months: &mut [u32]) -> usize {
    for (added, (position, units)) in positions.iter().zip(units).enumerate() {
        // Where the row is undecided, there is no such month.
        match months.get_mut(*position as usize) {
            Some(month) if *units != amounts::UNDECIDED => *month += units,
            _ => return added,
        }
    }
    positions.len()
}

/// Takes the winners that close outside of a window of rows from `won`.
#[inline(never)]
pub fn unmark(winners: &mut Winners, window: std::ops::Range<usize>, won: &mut [u16; STRATA]) {
    let mut outside = std::mem::take(&mut winners.outside);
    outside.clear();
    let window = (window.start * ROW) as u32..(window.end * ROW) as u32;
    // Noted first, and unmarked afterwards: marks in memory would wait for one another.
    let beyond = winners.listed().0.iter().filter(|position| !window.contains(position));
    outside.extend(beyond.map(|position| trial(*position) as u16));
    for trial in &outside {
        won[usize::from(trial / GROUP as u16) % STRATA] &= !(1 << (trial % GROUP as u16));
    }
    winners.outside = outside;
}
