//! Month of a won deal from a 32-bit draw: by its first bits, which decide alone almost always.

use super::strata::threshold;
use crate::model::open_pipeline::{Pipeline, PipelineDeal};
use std::collections::BTreeMap;
use std::rc::Rc;

/// First bits of a draw that the loop over the winners looks at.
pub const SHORT: u32 = 10;
/// What they can say.
pub const SHORTS: usize = 1 << SHORT;

/// Row of the months that a deal is added to.
#[derive(Clone, Copy, PartialEq)]
pub struct Row(u8);

impl Row {
    /// Stands for first bits that do not decide: above the number of any month.
    const UNDECIDED: Self = Self(u8::MAX);

    /// Index of the row.
    #[inline(always)]
    pub fn index(self) -> usize {
        usize::from(self.0)
    }
}

/// Most tables by first bits, of a kilobyte each: pipelines with more laws, close months and strata draw
/// months by their thresholds alone, which gives the same months.
const MOST_TABLES: usize = 8_192;

/// When a deal closes, given that it closes within the horizon: one law of delays, close month and stratum.
pub struct RowDraw {
    /// P(closes within the horizon), as a multiple of 2⁻³²: to narrow the outcome thresholds with.
    pub in_horizon: u64,
    /// P(closes in the target window).
    pub in_window: f64,
    /// The deal closes in the k-th month from its expected one for the first k whose threshold is above the draw.
    thresholds: Vec<u32>,
    /// The row of the expected month, and the rows of the window.
    first: usize,
    window: std::ops::Range<usize>,
    /// By first bits; shared by all where there would be too many.
    pub by_bits: Rc<[Row; SHORTS]>,
}

impl RowDraw {
    /// From the probabilities of being at most so many months late, as multiples of 2⁻³²; the last is 1.
    fn new(cumulative: &[u32], close_month: u32, pipeline: &Pipeline, shared: Option<&Rc<[Row; SHORTS]>>) -> Self {
        let at_most = |late: u32| match cumulative.get(late as usize) {
            Some(probability) if (late as usize) + 1 < cumulative.len() => u64::from(*probability),
            _ => 1 << 32,
        };
        let until = |month: u32| month.checked_sub(close_month).map_or(0, at_most);
        let in_horizon = until(pipeline.horizon_months);
        let share = |month| until(month) as f64 / in_horizon as f64;
        let thresholds = (close_month..=pipeline.horizon_months).map(|month| threshold(share(month))).collect();
        let window = pipeline.first_month as usize - 1..pipeline.last_month as usize;
        let in_window = (until(pipeline.last_month) - until(pipeline.first_month - 1)) as f64 / 4_294_967_296.0;
        let first = close_month as usize - 1;
        let none = Rc::new([Row::UNDECIDED; SHORTS]);
        let mut draw = Self { in_horizon, in_window, thresholds, first, window, by_bits: none };
        match shared {
            Some(table) => draw.by_bits = Rc::clone(table),
            None => draw.by_bits = Rc::new(draw.table()),
        }
        draw
    }

    fn table(&self) -> [Row; SHORTS] {
        const REST: u32 = u32::BITS - SHORT;
        let mut table = [Row::UNDECIDED; SHORTS];
        let mut from = 0;
        for (late, threshold) in self.thresholds.iter().enumerate() {
            let until = if late + 1 == self.thresholds.len() { SHORTS } else { (threshold >> REST) as usize };
            if from < until {
                table[from..until].fill(self.row_of(late));
            }
            // The bits that the threshold cuts stay undecided.
            from = from.max(until + 1);
        }
        table
    }

    fn row_of(&self, late: usize) -> Row {
        Row((self.first + late) as u8)
    }

    /// Whether a row is outside the target window.
    pub fn is_outside(&self, row: Row) -> bool {
        !self.window.contains(&row.index())
    }

    /// Row of the first bits that end a short draw; `None` where they do not decide.
    #[inline]
    pub fn by_first_bits(&self, draw: u32) -> Option<Row> {
        let row = self.by_bits[draw as usize % SHORTS];
        (row != Row::UNDECIDED).then_some(row)
    }

    /// Row of a draw.
    pub fn row(&self, draw: u32) -> Row {
        let last = self.thresholds.len().saturating_sub(1);
        let late = self.thresholds[..last].iter().position(|threshold| draw < *threshold);
        self.row_of(late.unwrap_or(last))
    }

    /// Whether some of its rows are outside the window.
    pub fn leaves_window(&self) -> bool {
        self.first < self.window.start || self.first + self.thresholds.len() > self.window.end
    }
}

/// Rows of all deals: by law and close month, one per stratum where delays depend on the market, else one.
pub struct RowDraws {
    draws: Vec<Vec<RowDraw>>,
    of_deal: Vec<usize>,
}

impl RowDraws {
    /// Rows for thresholds of months late by law and stratum.
    pub fn new(pipeline: &Pipeline, laws: &[Vec<Vec<u32>>]) -> Self {
        let mut kinds: BTreeMap<(usize, u32), usize> = BTreeMap::new();
        let kind = |deal: &PipelineDeal| {
            let next = kinds.len();
            *kinds.entry((deal.delay, deal.close_month)).or_insert(next)
        };
        let of_deal = pipeline.deals.iter().map(kind).collect();
        let mut kinds: Vec<_> = kinds.into_iter().map(|((delay, close), kind)| (kind, delay, close)).collect();
        kinds.sort_unstable();
        let tables: usize = kinds.iter().map(|(_, delay, _)| laws[*delay].len()).sum();
        let shared = (tables > MOST_TABLES).then(|| Rc::new([Row::UNDECIDED; SHORTS]));
        let draws = kinds.iter().map(|(_, delay, close_month)| {
            laws[*delay].iter().map(|law| RowDraw::new(law, *close_month, pipeline, shared.as_ref())).collect()
        });
        Self { draws: draws.collect(), of_deal }
    }

    /// Rows of a deal, by stratum or one for all.
    #[inline]
    pub fn of(&self, deal: usize) -> &[RowDraw] {
        &self.draws[self.of_deal[deal]]
    }
}
