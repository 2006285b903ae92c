//! Tables of quantiles, to sample by inversion at the cost of one interpolation.

use super::Distribution;
use super::inversion::quantiles;
use super::shape::Shape;

/// Below 2⁻²⁰ and above 1 − 2⁻²⁰ the quantile is computed exactly.
const EXACT_LOG2: u32 = 20;
/// Draws less than that far from an end have no cell.
const SMALLEST_DISTANCE: u32 = 1 << (u32::BITS - EXACT_LOG2);
/// Halvings of the probability on each side of the median.
const OCTAVES: u32 = EXACT_LOG2 - 1;
/// Cells of an octave: 2⁷.
const OCTAVE_LOG2: u32 = 7;
/// Cells of each side.
const CELLS: usize = (OCTAVES << OCTAVE_LOG2) as usize;

/// The cell of a draw.
#[derive(Debug, Clone, Copy)]
struct Cell {
    /// Index of its first knot.
    knot: usize,
    /// Place inside the cell, as a multiple of 2⁻³².
    fraction: u32,
}

/// The cell of a draw; `None` within 2⁻²⁰ of an end.
#[inline(always)]
fn cell(draw: u32) -> Option<Cell> {
    let side = ((draw as i32) >> 31) as u32;
    let distance = draw ^ side;
    if distance < SMALLEST_DISTANCE {
        return None;
    }
    let zeros = distance.leading_zeros();
    // The distance without its leading one, from the top.
    let mantissa = (distance << zeros) << 1;
    let octave = (OCTAVES - zeros) << OCTAVE_LOG2;
    let index = octave + (mantissa >> (u32::BITS - OCTAVE_LOG2)) + (side & (CELLS as u32 + 1));
    Some(Cell { knot: index as usize, fraction: mantissa << OCTAVE_LOG2 })
}

/// Probability of the i-th knot of the lower side: 2⁻²⁰ … ½.
fn lower_knot(i: usize) -> f64 {
    let cells = 1 << OCTAVE_LOG2;
    let numerator = ((cells + i % cells) as u64) << (i / cells);
    numerator as f64 / (1_u64 << (EXACT_LOG2 + OCTAVE_LOG2)) as f64
}

/// Monotone table of the quantile function of a standardised law: distributions of equal
/// [`shape_key`](Distribution::shape_key) share one.
///
/// Linear interpolation in cells of equal ratio to the nearer of 0 and 1, 128 per halving of the
/// probability; beyond 2⁻²⁰ the exact quantile, so that unbounded laws keep their tails. The error of a sampled value is below 10⁻⁵ of the range of a bounded law; of
/// an unbounded one, below 3·10⁻⁵ of the larger of the standard deviation and the value over the
/// central 99.9 %, and below 10⁻⁴ of the value beyond.
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
    /// Lower side by increasing, then upper side by decreasing probability.
    knots: Box<[f64]>,
}

impl QuantileTable {
    /// A table for the form of `distribution`.
    pub fn new(distribution: &Distribution) -> Self {
        Self::of_shape(distribution.shape())
    }

    /// A table of the beta law on (0, 1), for positive `a` and `b`: uncertain rates.
    pub fn beta(a: f64, b: f64) -> Self {
        Self::of_shape(Shape::Beta { a, b })
    }

    fn of_shape(shape: Shape) -> Self {
        let lower: Vec<f64> = (0..=CELLS).map(lower_knot).collect();
        let probabilities: Vec<f64> =
            lower.iter().copied().chain(lower.iter().rev().skip(1).map(|p| 1.0 - p)).collect();
        let values = quantiles(&shape, &probabilities);
        let knots = values[..=CELLS].iter().chain(values[CELLS..].iter().rev()).copied().collect();
        Self { shape, knots }
    }

    /// The value of `distribution` (one of this table's form) for a 32-bit draw, see
    /// [`sample_u32`](Self::sample_u32).
    #[inline]
    pub fn sample(&self, distribution: &Distribution, draw: u32) -> f64 {
        let (location, scale) = distribution.location_scale();
        location + scale * self.sample_u32(draw)
    }

    /// Standardised value at probability draw/2³²: multiply by the scale and add the location
    /// of [`Distribution::location_scale`]. Increasing in `draw`.
    #[inline]
    pub fn sample_u32(&self, draw: u32) -> f64 {
        match cell(draw) {
            Some(Cell { knot, fraction }) => {
                let share = f64::from(fraction) / 4_294_967_296.0;
                self.knots[knot] + share * (self.knots[knot + 1] - self.knots[knot])
            }
            None => self.beyond(draw),
        }
    }

    /// Standardised values, ascending, and the probability above each.
    pub fn points(&self) -> impl Iterator<Item = (f64, f64)> {
        let lower = (0..=CELLS).map(|knot| (self.knots[knot], 1.0 - lower_knot(knot)));
        lower.chain((0..CELLS).rev().map(|knot| (self.knots[CELLS + 1 + knot], lower_knot(knot))))
    }

    #[cold]
    fn beyond(&self, draw: u32) -> f64 {
        self.shape.quantile((f64::from(draw) + 0.5) / 4_294_967_296.0)
    }
}

#[cfg(test)]
mod tests;
