//! Tables of quantiles, to sample by inversion at the cost of one interpolation.

use super::Distribution;
use super::inversion::quantiles;
use super::shape::Shape;

/// Equal cells over (0, 1) unless asked otherwise.
const CELLS_LOG2: u32 = 12;

/// The cells below 2⁻⁵ and above 1 − 2⁻⁵ are replaced by finer ones.
const EDGE_LOG2: u32 = 5;

/// Cells per halving of the probability in the tails.
const OCTAVE_LOG2: u32 = 6;

/// Below 2⁻²⁰ and above 1 − 2⁻²⁰ the quantile is computed exactly.
const EXACT_LOG2: u32 = 20;

/// Octaves of each tail, and their cells.
const OCTAVES: u32 = EXACT_LOG2 - EDGE_LOG2;
const TAIL_CELLS: usize = (OCTAVES << OCTAVE_LOG2) as usize;

/// Monotone table of the quantile function of a standardised law: distributions of equal
/// [`shape_key`](Distribution::shape_key) share one.
///
/// Linear interpolation inside equal cells of probability; in the outer 1/32 on either side, where
/// the quantile bends, cells of equal ratio (64 per halving); beyond 2⁻²⁰ the exact quantile, so
/// that unbounded laws keep their tails. The error of a sampled value is below 10⁻⁵ of the range of
/// a bounded law; of an unbounded one, below 3·10⁻⁵ of the larger of the standard deviation and the
/// value over the central 99.9 %, and below 10⁻⁴ of the value beyond.
///
/// ```
/// use dealcast::distribution::{Distribution, QuantileTable};
/// let amount = Distribution::pert(15_000.0, 30_000.0, 60_000.0, 4.0)?;
/// let table = QuantileTable::new(&amount);
/// let median = table.sample(&amount, 1 << 31);
/// assert!((median - amount.quantile(0.5)).abs() < 1e-5 * 45_000.0);
/// # Ok::<(), dealcast::distribution::DistributionError>(())
/// ```
#[derive(Debug, Clone)]
pub struct QuantileTable {
    shape: Shape,
    /// Bits of a draw below the cell number.
    shift: u32,
    /// Cells before the first one of `centre`.
    edge: u32,
    centre: Box<[f64]>,
    lower: Box<[f64]>,
    upper: Box<[f64]>,
}

impl QuantileTable {
    /// A table of 4,096 cells for the form of `distribution`.
    pub fn new(distribution: &Distribution) -> Self {
        Self::of_shape(distribution.shape(), CELLS_LOG2)
    }

    /// A table of 2^`cells_log2` cells (6 to 16): a smaller one costs less memory when there are
    /// thousands of different forms, and its error grows with the square of the cell.
    pub fn with_cells(distribution: &Distribution, cells_log2: u32) -> Self {
        Self::of_shape(distribution.shape(), cells_log2.clamp(EDGE_LOG2 + 1, 16))
    }

    /// A table of the beta law on (0, 1), for positive `a` and `b`: uncertain rates.
    pub fn beta(a: f64, b: f64) -> Self {
        Self::of_shape(Shape::Beta { a, b }, CELLS_LOG2)
    }

    fn of_shape(shape: Shape, cells_log2: u32) -> Self {
        let edge = 1_u32 << (cells_log2 - EDGE_LOG2);
        let cells = 1_u32 << cells_log2;
        let width = 1.0 / f64::from(cells);
        // All nodes by increasing probability: lower tail, centre, upper tail.
        let tail: Vec<f64> = (0..=TAIL_CELLS).map(tail_node).collect();
        let nodes: Vec<f64> = tail
            .iter()
            .copied()
            .chain((edge + 1..cells - edge).map(|cell| f64::from(cell) * width))
            .chain(tail.iter().rev().map(|p| 1.0 - p))
            .collect();
        let values = quantiles(&shape, &nodes);
        let centre = values[TAIL_CELLS..values.len() - TAIL_CELLS].into();
        let lower = values[..=TAIL_CELLS].into();
        let upper = values.iter().rev().take(TAIL_CELLS + 1).copied().collect();
        Self { shape, shift: u32::BITS - cells_log2, edge, centre, lower, upper }
    }

    /// The value of `distribution` (one of this table's form) for a 32-bit draw, see
    /// [`sample_u32`](Self::sample_u32).
    #[inline]
    pub fn sample(&self, distribution: &Distribution, draw: u32) -> f64 {
        let (location, scale) = distribution.location_scale();
        location + scale * self.sample_u32(draw)
    }

    /// Standardised value at probability (draw + ½)/2³²: multiply by the scale and add the location
    /// of [`Distribution::location_scale`]. Increasing in `draw`.
    #[inline]
    pub fn sample_u32(&self, draw: u32) -> f64 {
        let cell = (draw >> self.shift).wrapping_sub(self.edge) as usize;
        match self.centre.get(cell..cell.wrapping_add(2)) {
            Some(&[low, high]) => interpolate(low, high, draw, self.shift),
            _ => self.sample_tail(draw),
        }
    }

    #[cold]
    fn sample_tail(&self, draw: u32) -> f64 {
        let (distance, nodes) = if draw >> 31 == 0 { (draw, &self.lower) } else { (!draw, &self.upper) };
        if distance < 1 << (u32::BITS - EXACT_LOG2) {
            return self.shape.quantile((f64::from(draw) + 0.5) / 4_294_967_296.0);
        }
        let octave = distance.ilog2();
        let shift = octave - OCTAVE_LOG2;
        let first = (octave - (u32::BITS - EXACT_LOG2)) << OCTAVE_LOG2;
        let cell = (first + (distance >> shift) - (1 << OCTAVE_LOG2)) as usize;
        interpolate(nodes[cell], nodes[cell + 1], distance, shift)
    }
}

/// Between `low` and `high`, by the `shift` low bits of the draw.
#[inline]
fn interpolate(low: f64, high: f64, draw: u32, shift: u32) -> f64 {
    let width = 1_u32 << shift;
    let fraction = (f64::from(draw & (width - 1)) + 0.5) / f64::from(width);
    low + fraction * (high - low)
}

/// Probability of the i-th node of a tail: 2⁻²⁰ … 2⁻⁵, 64 equal steps per doubling.
fn tail_node(i: usize) -> f64 {
    let steps = 1 << OCTAVE_LOG2;
    let (octave, step) = (i / steps, i % steps);
    let numerator = ((steps + step) << octave) as f64;
    numerator / f64::from(1_u32 << (EXACT_LOG2 + OCTAVE_LOG2))
}

#[cfg(test)]
mod tests;
