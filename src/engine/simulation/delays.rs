//! Month of a won deal: by the entry of a table, which decides alone almost always.

use super::GROUP;
use super::strata::threshold;
use crate::model::open_pipeline::{Pipeline, PipelineDeal};
use std::collections::BTreeMap;
use std::ops::Range;
use std::rc::Rc;

/// Cells of equal probability: 2¹⁰.
pub const CELLS_LOG2: u32 = 10;
/// Entries of a table, as many as cells.
pub const ENTRIES: usize = 1 << CELLS_LOG2;
/// From an entry of a table to the next, in cells: odd and not that of the amounts, so that the entries of a group spread
/// evenly over both.
const STRIDE: usize = 441;

/// Rows by entry, those of the first entries once more at the end: a run of one group does not wrap.
pub type RowsByEntry = [Row; ENTRIES + GROUP as usize];

/// Draw of an entry; `rest` says where in its cell, as a multiple of 2⁻²².
pub fn draw_of(entry: usize, rest: u32) -> u32 {
    (entry as u32).wrapping_mul((STRIDE as u32) << (u32::BITS - CELLS_LOG2)) + rest
}

/// Row of the months that a deal is added to.
#[derive(Clone, Copy, PartialEq)]
pub struct Row(u8);

impl Row {
    /// Stands for an entry that does not decide: above the number of any month.
    pub const UNDECIDED: Self = Self(u8::MAX);

    /// Index of the row.
    #[inline(always)]
    pub fn index(self) -> usize {
        usize::from(self.0)
    }
}

/// Most tables by entry, of a kilobyte each: pipelines with more laws, close months and strata draw
/// months by their thresholds alone, which gives the same months.
const MOST_TABLES: usize = 8_192;

/// When a deal closes, given that it closes within the horizon: one law of delays, close month and stratum.
pub struct RowDraw {
    /// P(closes within the horizon), as a multiple of 2⁻³²: to narrow the outcome thresholds with.
    pub in_horizon: u64,
    /// P(closes in the target window), given that it closes within the horizon.
    pub in_window: f64,
    /// The deal closes in the k-th month from its expected one for the first k whose threshold is above the draw.
    thresholds: Vec<u32>,
    /// The row of the expected month.
    first: usize,
    /// By entry; shared by all where there would be too many.
    pub by_entry: Rc<RowsByEntry>,
}

impl RowDraw {
    /// From the probabilities of being at most so many months late, as multiples of 2⁻³²; the last is 1.
    fn new(cumulative: &[u32], close_month: u32, pipeline: &Pipeline, shared: Option<&Rc<RowsByEntry>>) -> Self {
        let at_most = |late: u32| match cumulative.get(late as usize) {
            Some(probability) if (late as usize) + 1 < cumulative.len() => u64::from(*probability),
            _ => 1 << 32,
        };
        let until = |month: u32| month.checked_sub(close_month).map_or(0, at_most);
        let in_horizon = until(pipeline.horizon_months);
        let share = |month| if in_horizon > 0 { until(month) as f64 / in_horizon as f64 } else { 0.0 };
        let thresholds: Vec<u32> =
            (close_month..=pipeline.horizon_months).map(|month| threshold(share(month))).collect();
        let in_window = share(pipeline.last_month) - share(pipeline.first_month - 1);
        let first = close_month as usize - 1;
        let by_entry = shared.cloned().unwrap_or_else(|| Rc::new(table(&thresholds, first)));
        Self { in_horizon, in_window, thresholds, first, by_entry }
    }

    /// Row of a draw.
    pub fn row(&self, draw: u32) -> Row {
        let last = self.thresholds.len().saturating_sub(1);
        let late = self.thresholds[..last].iter().position(|threshold| draw < *threshold);
        Row((self.first + late.unwrap_or(last)) as u8)
    }

    /// Whether some of its rows are outside the window.
    fn leaves(&self, window: &Range<usize>) -> bool {
        self.first < window.start || self.first + self.thresholds.len() > window.end
    }
}

/// Rows by entry, from the thresholds of the months from the `first` on.
pub fn table(thresholds: &[u32], first: usize) -> RowsByEntry {
    const REST_BITS: u32 = u32::BITS - CELLS_LOG2;
    let mut by_cell = [Row::UNDECIDED; ENTRIES];
    let mut from = 0;
    for (late, threshold) in thresholds.iter().enumerate() {
        let until = if late + 1 == thresholds.len() { ENTRIES } else { (threshold >> REST_BITS) as usize };
        if from < until {
            by_cell[from..until].fill(Row((first + late) as u8));
        }
        // The cell that the threshold cuts stays undecided.
        from = from.max(until + 1);
    }
    std::array::from_fn(|entry| by_cell[entry * STRIDE % ENTRIES])
}

/// When deals of one law and one expected month close.
pub struct Rows {
    /// One per stratum where delays depend on the market, else one.
    pub by_stratum: Vec<RowDraw>,
    /// Whether some are outside the target window.
    pub leave_window: bool,
}

impl Rows {
    /// Those of a stratum.
    #[inline(always)]
    pub fn of(&self, stratum: u8) -> &RowDraw {
        &self.by_stratum[usize::from(stratum).min(self.by_stratum.len() - 1)]
    }
}

/// Rows of the target window.
pub fn window(pipeline: &Pipeline) -> Range<usize> {
    pipeline.first_month as usize - 1..pipeline.last_month as usize
}

/// The rows that there are, for thresholds of months late by law and stratum; and which of them each deal has.
pub fn rows(pipeline: &Pipeline, laws: &[Vec<Vec<u32>>]) -> (Vec<Rows>, Vec<usize>) {
    let mut kinds: BTreeMap<(usize, u32), usize> = BTreeMap::new();
    let kind = |deal: &PipelineDeal| {
        let next = kinds.len();
        *kinds.entry((deal.delay, deal.close_month)).or_insert(next)
    };
    let of_deal = pipeline.deals.iter().map(kind).collect();
    let mut kinds: Vec<_> = kinds.into_iter().map(|((delay, close), kind)| (kind, delay, close)).collect();
    kinds.sort_unstable();
    let tables: usize = kinds.iter().map(|(_, delay, _)| laws[*delay].len()).sum();
    let shared = (tables > MOST_TABLES).then(|| Rc::new([Row::UNDECIDED; ENTRIES + GROUP as usize]));
    let window = window(pipeline);
    let rows = kinds.iter().map(|(_, delay, close_month)| {
        let of_law = laws[*delay].iter().map(|law| RowDraw::new(law, *close_month, pipeline, shared.as_ref()));
        let by_stratum: Vec<RowDraw> = of_law.collect();
        let leave_window = by_stratum.iter().any(|row| row.leaves(&window));
        Rows { by_stratum, leave_window }
    });
    (rows.collect(), of_deal)
}
