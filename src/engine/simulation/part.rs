//! What some blocks of a simulation give, and how parts merge: whole numbers only, so that the
//! grouping does not matter.

use super::BINS;
use crate::bytes::{put, take, take_all};

/// Totals of a month over the trials.
#[derive(Debug, Clone, PartialEq)]
pub struct MonthPart {
    /// Σ revenue, in units.
    pub sum: i128,
    /// Σ revenue², in units².
    pub sum_of_squares: i128,
    /// Trials by bin of the month's revenue: the first [`super::ZERO_BINS`] for none, then equal widths.
    pub monthly_fan: Box<[u32; BINS]>,
    /// Trials by bin of the revenue up to the month.
    pub cumulative_fan: Box<[u32; BINS]>,
}

/// Counts of a deal over the trials.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub struct DealPart {
    /// Trials in which the deal is won in the window.
    pub won: u32,
    /// Those of them that reach the target.
    pub won_and_hit: u32,
    /// Σ of the interventional swing, in 2⁻²⁰.
    pub swing: i64,
    /// Σ of its squares, in 2⁻²⁰.
    pub swing_squared: i64,
}

/// What some blocks give.
#[derive(Debug, Clone, PartialEq)]
pub struct Part {
    /// Revenue of the window in each trial, in units, by block.
    pub totals: Vec<(u32, Vec<u32>)>,
    /// By month.
    pub months: Vec<MonthPart>,
    /// By deal, in the order of the pipeline.
    pub deals: Vec<DealPart>,
}

impl Part {
    /// A part of no block.
    #[must_use]
    pub fn new(deals: usize, months: usize) -> Self {
        let month = MonthPart {
            sum: 0,
            sum_of_squares: 0,
            monthly_fan: Box::new([0; BINS]),
            cumulative_fan: Box::new([0; BINS]),
        };
        Self { totals: Vec::new(), months: vec![month; months], deals: vec![DealPart::default(); deals] }
    }

    /// Adds another part of the same plan; `None` if the two do not fit.
    #[must_use]
    pub fn merged(mut self, other: Self) -> Option<Self> {
        if self.months.len() != other.months.len() || self.deals.len() != other.deals.len() {
            return None;
        }
        for (mine, theirs) in self.months.iter_mut().zip(&other.months) {
            mine.sum += theirs.sum;
            mine.sum_of_squares += theirs.sum_of_squares;
            add(&mut mine.monthly_fan, &theirs.monthly_fan);
            add(&mut mine.cumulative_fan, &theirs.cumulative_fan);
        }
        for (mine, theirs) in self.deals.iter_mut().zip(&other.deals) {
            mine.won += theirs.won;
            mine.won_and_hit += theirs.won_and_hit;
            mine.swing += theirs.swing;
            mine.swing_squared += theirs.swing_squared;
        }
        self.totals.extend(other.totals);
        Some(self)
    }

    /// All totals in ascending order, if the blocks are exactly those of `trials` trials.
    #[must_use]
    pub fn sorted_totals(&self, trials: u32) -> Option<Vec<u32>> {
        let mut blocks: Vec<u32> = self.totals.iter().map(|(block, _)| *block).collect();
        blocks.sort_unstable();
        let complete = blocks.iter().enumerate().all(|(index, block)| index as u32 == *block);
        let found: usize = self.totals.iter().map(|(_, totals)| totals.len()).sum();
        if !complete || found != trials as usize {
            return None;
        }
        // Ten million trials: no more memory than they take.
        let mut totals = Vec::with_capacity(found);
        self.totals.iter().for_each(|(_, block)| totals.extend_from_slice(block));
        totals.sort_unstable();
        Some(totals)
    }

    /// Appends the part as bytes, to send it from a worker.
    pub fn write(&self, bytes: &mut Vec<u8>) {
        let totals: usize = self.totals.iter().map(|(_, totals)| 8 + 4 * totals.len()).sum();
        bytes.reserve(12 + totals + (32 + 8 * BINS) * self.months.len() + 24 * self.deals.len());
        let lists = [self.totals.len(), self.months.len(), self.deals.len()];
        put(bytes, &lists, |length| (length as u32).to_le_bytes());
        for (block, totals) in &self.totals {
            put(bytes, &[*block, totals.len() as u32], u32::to_le_bytes);
            put(bytes, totals, u32::to_le_bytes);
        }
        for month in &self.months {
            put(bytes, &[month.sum, month.sum_of_squares], i128::to_le_bytes);
            put(bytes, &*month.monthly_fan, u32::to_le_bytes);
            put(bytes, &*month.cumulative_fan, u32::to_le_bytes);
        }
        for deal in &self.deals {
            put(bytes, &[deal.won, deal.won_and_hit], u32::to_le_bytes);
            put(bytes, &[deal.swing, deal.swing_squared], i64::to_le_bytes);
        }
    }

    /// Reads what [`Part::write`] wrote; `None` where the bytes are no part.
    #[must_use]
    pub fn from_bytes(mut bytes: &[u8]) -> Option<Self> {
        let bytes = &mut bytes;
        let number = |bytes: &mut &[u8]| take(bytes).map(u32::from_le_bytes);
        let [blocks, months, deals] = [number(bytes)?, number(bytes)?, number(bytes)?];
        let mut part = Self { totals: Vec::new(), months: Vec::new(), deals: Vec::new() };
        for _ in 0..blocks {
            let (block, count) = (number(bytes)?, number(bytes)?);
            part.totals.push((block, take_all(bytes, count as usize, u32::from_le_bytes)?));
        }
        for _ in 0..months {
            let sum = i128::from_le_bytes(take(bytes)?);
            let sum_of_squares = i128::from_le_bytes(take(bytes)?);
            let mut fan = || take_all(bytes, BINS, u32::from_le_bytes)?.try_into().ok();
            part.months.push(MonthPart { sum, sum_of_squares, monthly_fan: fan()?, cumulative_fan: fan()? });
        }
        for _ in 0..deals {
            part.deals.push(DealPart {
                won: number(bytes)?,
                won_and_hit: number(bytes)?,
                swing: i64::from_le_bytes(take(bytes)?),
                swing_squared: i64::from_le_bytes(take(bytes)?),
            });
        }
        bytes.is_empty().then_some(part)
    }
}

/// Σx and Σx² of up to 2³² numbers.
#[must_use]
pub fn sums(numbers: &[u32]) -> (i128, i128) {
    // The squares in two halves, whose sums fit 64 bits.
    let (mut sum, mut low, mut high) = (0_u64, 0_u64, 0_u64);
    for number in numbers {
        let square = u64::from(*number) * u64::from(*number);
        sum += u64::from(*number);
        low += square & 0xFFFF_FFFF;
        high += square >> 32;
    }
    (i128::from(sum), (i128::from(high) << 32) + i128::from(low))
}

fn add(mine: &mut [u32; BINS], theirs: &[u32; BINS]) {
    mine.iter_mut().zip(theirs).for_each(|(mine, theirs)| *mine += theirs);
}
