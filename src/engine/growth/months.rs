//! When something happens, in whole months: a table to draw it from.

use crate::engine::paths::Draws;
use crate::math::whole;
use std::ops::Range;

/// Cells of the guide, as a power of two.
const CELLS_LOG2: u32 = 12;
const CELLS: usize = 1 << CELLS_LOG2;
/// Cells that are written at once.
const AT_ONCE: usize = 16;
/// Bits of a draw that nearly always decide.
const BITS: u32 = 16;
/// In the guide: some threshold lies in the cell.
const DIVIDED: u8 = u8::MAX;

/// P(it has happened by month a), a = 1, 2, … A draw of 16 bits nearly always decides; where a threshold
/// is near, 16 further bits do.
#[derive(Debug, Clone)]
pub struct Months {
    /// Probabilities as numbers of 32 bits, increasing.
    thresholds: Vec<u32>,
    /// Months before the one that a draw means, by its upper bits; what is beyond is written too.
    guide: [u8; CELLS + AT_ONCE],
    /// From this cell on all mean no month.
    beyond: usize,
}

impl Months {
    /// A table of so many months, fewer than 255, to be laid out.
    pub fn new(months: usize) -> Self {
        Self { thresholds: vec![0; months], guide: [0; CELLS + AT_ONCE], beyond: CELLS }
    }

    /// Lays the table out from the probabilities.
    pub fn lay_out(&mut self, probabilities: impl Iterator<Item = f64>) {
        let mut from = 0;
        let months = self.thresholds.len();
        for (month, probability) in probabilities.take(months).enumerate() {
            let threshold = threshold(probability);
            self.thresholds[month] = threshold;
            let at = (threshold >> (u32::BITS - CELLS_LOG2)) as usize;
            if at >= from {
                self.fill(from..at, month);
                self.guide[at] = DIVIDED;
                from = at + 1;
            }
        }
        // What the last stretch wrote too much, and what had a month before.
        self.fill(from..self.beyond.max(from + AT_ONCE).min(CELLS), months);
        self.beyond = from;
    }

    /// Fills cells, and perhaps some of those that follow: by whole vectors, where a browser would call a function for
    /// each of many short stretches.
    #[inline]
    fn fill(&mut self, cells: Range<usize>, months: usize) {
        for first in cells.step_by(AT_ONCE) {
            self.guide[first..first + AT_ONCE].fill(months as u8);
        }
    }

    /// Months before the one that a draw of 16 bits means, as many as there are where it means none; without an answer
    /// where some threshold is near.
    #[inline]
    pub fn before(&self, draw: u32) -> Option<usize> {
        let before = self.guide[(draw >> (BITS - CELLS_LOG2)) as usize % CELLS];
        (before != DIVIDED).then_some(usize::from(before))
    }

    /// The same wherever thresholds are, by 16 further bits: those of the `further`-th number of a stream in a trial. Apart
    /// from the loops that hardly ever need it, which have no registers to spare.
    #[cold]
    #[inline(never)]
    pub fn before_exactly(&self, draw: u32, (draws, stream, lane): (&Draws, usize, usize), further: u32) -> usize {
        self.before_whole(draw << BITS | draws.bits(stream, lane, further) >> (u32::BITS - BITS))
    }

    fn before_whole(&self, draw: u32) -> usize {
        self.thresholds.partition_point(|threshold| *threshold <= draw)
    }
}

/// A probability times 2³² − 1, rounded: the draws below it have it to 2⁻³¹, those of 0 and 1 exactly or but for one draw.
#[inline]
fn threshold(probability: f64) -> u32 {
    whole(probability * f64::from(u32::MAX))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rng::{Purpose, stream};
    #[cfg(target_arch = "wasm32")]
    use wasm_bindgen_test::wasm_bindgen_test as test;

    #[test]
    fn a_table_can_be_laid_out_again() {
        let mut again = Months::new(3);
        for law in
            [[0.2, 0.5, 0.9], [0.1, 0.11, 0.3], [0.1, 0.299, 0.3], [0.0, 0.6, 1.0], [0.0; 3], [0.3, 0.4, 0.999_9]]
        {
            let mut fresh = Months::new(3);
            fresh.lay_out(law.into_iter());
            again.lay_out(law.into_iter());
            for draw in 0..=u32::from(u16::MAX) {
                assert_eq!(again.before(draw), fresh.before(draw), "{law:?} {draw}");
            }
        }
    }

    #[test]
    fn a_draw_means_the_first_month_above_it() {
        let words = stream(1, 2, 3, Purpose::Test);
        let laws: [&[f64]; 5] =
            [&[0.1, 0.1, 0.35, 0.9], &[0.0, 1e-7, 2e-7, 0.5, 0.50001, 0.50002], &[0.999_999_9], &[0.25; 3], &[0.0; 4]];
        for law in laws {
            let mut months = Months::new(law.len());
            months.lay_out(law.iter().copied());
            for word in (0..20_000).map(|i| words.word(i)) {
                // Draws next to the thresholds too.
                let near = (law[(word % law.len() as u64) as usize] * 4_294_967_296.0) as u32;
                for draw in [word as u32, near, near.wrapping_sub(1), near ^ (word >> 44) as u32] {
                    let right = law.iter().take_while(|p| draw >= (**p * 4_294_967_295.0).round() as u32).count();
                    let found = months.before_whole(draw);
                    assert_eq!(found, right, "{law:?} {draw:#x}");
                    assert!(months.before(draw >> 16).is_none_or(|found| found == right), "{law:?} {draw:#x}");
                }
            }
        }
    }
}
