//! Adding what the winners bring to the months.

use super::delays::{self, Row, RowDraw};
use super::kernel::TRIALS;
use super::strata::STRATA;
use super::winners::{GroupDraws, Listed, Winners, of_trial};
use super::{DealPlan, GROUP, Plan, amounts};
use crate::rng::{Draws, Purpose, stream};

/// From a month to the next in a block's months: not a power of two, whose rows would displace one another
/// from the cache.
pub const ROW: usize = TRIALS + 16;

/// What decides month and amount of a winner: 64 bits, of which the first ten of the one and the first
/// twenty-two of the other, from one draw, do almost always.
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
    pub fn of_groups(self) -> GroupDraws {
        GroupDraws::new(self.outcome, self.draws)
    }

    /// The bits of a trial that decide almost always.
    #[inline]
    fn first(self, trial: u32) -> u32 {
        let group = trial / GROUP;
        of_trial(self.outcome.at(group), self.draws.at(group), trial)
    }

    /// The other bits of a trial.
    fn rest(self, trial: u32) -> u32 {
        self.draws.at(STRATA as u32 + trial)
    }

    /// The whole draw of the month.
    fn month(self, trial: u32) -> u32 {
        self.first(trial) << (u32::BITS - delays::SHORT) | self.rest(trial) >> delays::SHORT
    }

    /// The whole draw of the amount.
    fn amount(self, trial: u32) -> u32 {
        let short = (1 << delays::SHORT) - 1;
        self.first(trial) & !short | self.rest(trial) & short
    }
}

impl DealPlan {
    /// Amount of the deal in a trial of the block that the draws are of, in units.
    #[inline]
    pub fn units(&self, detail: Detail, trial: u32) -> u32 {
        self.units_at(amounts::place(detail.first(trial)), detail, trial)
    }

    /// The same where the place of the amount among the cells is known.
    #[inline]
    fn units_at(&self, place: u32, detail: Detail, trial: u32) -> u32 {
        let known = match &self.amount.varying {
            Some(shape) => self.amount.line.units(&shape.cells, place),
            None => Some(self.amount.least),
        };
        known.unwrap_or_else(|| self.exact_units(detail, trial))
    }

    #[cold]
    #[inline(never)]
    fn exact_units(&self, detail: Detail, trial: u32) -> u32 {
        self.amount.units(detail.amount(trial))
    }
}

/// Draws month and amount of the winners of a deal that closes in the window or after the horizon, and adds
/// the one to the other.
pub fn add_in_window(deal: &DealPlan, detail: Detail, rows: &RowDraw, winners: &Winners, months: &mut [u32]) {
    let mut next = 0;
    loop {
        let listed = winners.listed(next);
        // One loop for each kind of amount: what does not change is decided outside.
        let added = match &deal.amount.varying {
            Some(shape) => {
                let (amount, cells) = (deal.amount.line, &*shape.cells);
                add_decided(&listed, &rows.by_bits, |place| amount.units(cells, place), months)
            }
            None => {
                let units = deal.amount.least;
                add_decided(&listed, &rows.by_bits, |_| Some(units), months)
            }
        };
        match listed.trials.get(added) {
            Some(trial) => add_exact(deal, detail, rows, *trial, months),
            None => return,
        }
        next += added + 1;
    }
}

/// Adds winners up to the first whose draw does not decide month or amount; the number of those added.
///
/// A function of its own with nothing to call, so that all it needs stays in registers.
#[inline(never)]
fn add_decided(
    listed: &Listed,
    rows: &[Row; delays::SHORTS],
    units: impl Fn(u32) -> Option<u32>,
    months: &mut [u32],
) -> usize {
    let winners = listed.trials.iter().zip(listed.draws).zip(listed.places);
    for (added, ((trial, draw), place)) in winners.enumerate() {
        let row = rows[*draw as usize % delays::SHORTS];
        // Where the row is undecided, there is no such month.
        let month = months.get_mut(row.index() * ROW + usize::from(*trial));
        let (Some(month), Some(units)) = (month, units(*place)) else { return added };
        *month += units;
    }
    listed.trials.len()
}

/// Adds a winner whose month or amount takes all of its draws.
#[cold]
#[inline(never)]
fn add_exact(deal: &DealPlan, detail: Detail, rows: &RowDraw, trial: u16, months: &mut [u32]) {
    let row = rows.row(detail.month(u32::from(trial)));
    months[row.index() * ROW + usize::from(trial)] += deal.exact_units(detail, u32::from(trial));
}

/// The same of a deal that may close in months of the horizon outside the window; those trials are taken from `won`.
pub fn add_anywhere<'r>(
    deal: &DealPlan,
    detail: Detail,
    rows: impl Fn(u16) -> &'r RowDraw,
    winners: &mut Winners,
    months: &mut [u32],
    won: &mut [u16; STRATA],
) {
    let mut outside = std::mem::take(&mut winners.outside);
    outside.clear();
    let listed = winners.listed(0);
    for ((trial, draw), place) in listed.trials.iter().zip(listed.draws).zip(listed.places) {
        let rows = rows(*trial);
        let row = match rows.by_first_bits(*draw) {
            Some(row) => row,
            None => rows.row(detail.month(u32::from(*trial))),
        };
        months[row.index() * ROW + usize::from(*trial)] += deal.units_at(*place, detail, u32::from(*trial));
        if rows.is_outside(row) {
            // Noted first, and unmarked afterwards: marks in memory would wait for one another.
            outside.push(*trial);
        }
    }
    for trial in &outside {
        won[usize::from(trial / GROUP as u16) % STRATA] &= !(1 << (trial % GROUP as u16));
    }
    winners.outside = outside;
}
