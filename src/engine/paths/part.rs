//! What some blocks give, and how parts merge: whole numbers, and the values of each block under its number.

use super::scale::{BINS, Scale};
use super::{LANES, Lanes, Shape};
use crate::bytes::{put, take, take_all};

/// Counts and sums of one month of a series.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct MonthPart {
    /// Σ (value − origin), in units.
    pub sum: i128,
    /// Σ (value − origin)², in units².
    pub squares: i128,
    /// Trials below the bins, in each bin, above them.
    pub counts: Box<[u32; BINS + 2]>,
}

/// What some blocks give.
#[derive(Debug, Clone, PartialEq)]
pub struct PathPart {
    shape: Shape,
    /// By series, then month.
    pub(super) months: Vec<MonthPart>,
    /// Number of each block, its trials, and its values: scalar after scalar.
    pub(super) blocks: Vec<(u32, u32, Vec<f64>)>,
}

/// Running sums of one block, in floating point: their order is that of the trials, whoever runs the block.
pub(super) struct BlockSums {
    trials: usize,
    /// By series and month: four sums and four sums of squares, by lane modulo four.
    sums: Vec<[[f64; 4]; 2]>,
    values: Vec<f64>,
}

impl BlockSums {
    pub fn new(shape: Shape, trials: usize) -> Self {
        Self {
            trials,
            sums: vec![[[0.0; 4]; 2]; shape.series * shape.months],
            values: vec![0.0; shape.scalars * trials],
        }
    }

    /// Adds the first `counting` trials of a group.
    pub fn add(
        &mut self,
        series: &[Lanes],
        scalars: &[Lanes],
        group: usize,
        counting: usize,
        scales: &[Scale],
        part: &mut PathPart,
    ) {
        for (((lanes, sums), scale), month) in series.iter().zip(&mut self.sums).zip(scales).zip(&mut part.months) {
            if counting == LANES {
                scale.count(lanes, sums, &mut month.counts);
            } else {
                let [sum, squares] = sums;
                for (lane, value) in lanes[..counting].iter().enumerate() {
                    let distance = *value - scale.origin();
                    sum[lane % 4] += distance;
                    squares[lane % 4] += distance * distance;
                    month.counts[scale.place(*value)] += 1;
                }
            }
        }
        for (values, lanes) in self.values.chunks_exact_mut(self.trials).zip(scalars) {
            values[group * LANES..group * LANES + counting].copy_from_slice(&lanes[..counting]);
        }
    }
}

impl PathPart {
    /// A part of no block.
    pub(super) fn new(shape: Shape) -> Self {
        let month = MonthPart { sum: 0, squares: 0, counts: Box::new([0; BINS + 2]) };
        Self { shape, months: vec![month; shape.series * shape.months], blocks: Vec::new() }
    }

    /// Ends a block.
    pub(super) fn close(&mut self, block: u32, sums: BlockSums, scales: &[Scale]) {
        let total = |lanes: [f64; 4]| (lanes[0] + lanes[1]) + (lanes[2] + lanes[3]);
        for ((month, [sum, squares]), scale) in self.months.iter_mut().zip(sums.sums).zip(scales) {
            month.sum += scale.sum(total(sum));
            month.squares += scale.squares(total(squares));
        }
        self.blocks.push((block, sums.trials as u32, sums.values));
    }

    /// Adds another part of the same model; `None` if the two do not fit.
    #[must_use]
    pub fn merged(mut self, other: Self) -> Option<Self> {
        if self.shape != other.shape {
            return None;
        }
        for (mine, theirs) in self.months.iter_mut().zip(&other.months) {
            mine.sum += theirs.sum;
            mine.squares += theirs.squares;
            mine.counts.iter_mut().zip(theirs.counts.iter()).for_each(|(mine, theirs)| *mine += theirs);
        }
        self.blocks.extend(other.blocks);
        Some(self)
    }

    /// Appends the part as bytes, to send it from a worker.
    pub fn write(&self, bytes: &mut Vec<u8>) {
        let numbers = [self.shape.series, self.shape.months, self.shape.scalars, self.blocks.len()];
        put(bytes, &numbers, |number| (number as u32).to_le_bytes());
        for month in &self.months {
            put(bytes, &[month.sum, month.squares], i128::to_le_bytes);
            put(bytes, &*month.counts, u32::to_le_bytes);
        }
        for (block, trials, values) in &self.blocks {
            put(bytes, &[*block, *trials], u32::to_le_bytes);
            put(bytes, values, f64::to_le_bytes);
        }
    }

    /// Reads what [`PathPart::write`] wrote; `None` where the bytes are no part.
    #[must_use]
    pub fn from_bytes(mut bytes: &[u8]) -> Option<Self> {
        let bytes = &mut bytes;
        let mut number = || take(bytes).map(|four| u32::from_le_bytes(four) as usize);
        let shape = Shape { series: number()?, months: number()?, scalars: number()? };
        let blocks = number()?;
        let months = shape.series.checked_mul(shape.months)?;
        // Nothing is reserved for more than the bytes can hold.
        if months.checked_mul(4 * BINS)? > bytes.len() {
            return None;
        }
        let mut part = Self { shape, months: Vec::new(), blocks: Vec::new() };
        for _ in 0..months {
            let sum = i128::from_le_bytes(take(bytes)?);
            let squares = i128::from_le_bytes(take(bytes)?);
            let counts = take_all(bytes, BINS + 2, u32::from_le_bytes)?.try_into().ok()?;
            part.months.push(MonthPart { sum, squares, counts });
        }
        for _ in 0..blocks {
            let block = u32::from_le_bytes(take(bytes)?);
            let trials = u32::from_le_bytes(take(bytes)?);
            let count = shape.scalars.checked_mul(trials as usize)?;
            let values = take_all(bytes, count, f64::from_le_bytes)?;
            part.blocks.push((block, trials, values));
        }
        bytes.is_empty().then_some(part)
    }

    /// The shape of its model.
    pub(super) fn shape(&self) -> Shape {
        self.shape
    }
}
