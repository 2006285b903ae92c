//! Bins of one month of a series, laid out on a pilot: the same pilot everywhere, hence the same bins.

use super::{LANES, Lanes};

/// Bins of equal width between the smallest and the largest value of the pilot; what is outside is counted
/// below and above them.
pub const BINS: usize = 1024;

/// Bits of a place's fraction in fixed point.
const FRACTION_BITS: u32 = 20;

/// The whole part of a place in fixed point.
#[inline(always)]
fn place_of(bits: u64) -> usize {
    (bits as u32 >> FRACTION_BITS) as usize
}

/// Where the bins of a month are, and the units of its sums.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Scale {
    lower: f64,
    upper: f64,
    per_value: f64,
    /// Units that make 1, a power of two: sums of a block are rounded to whole units.
    units: f64,
}

impl Default for Scale {
    fn default() -> Self {
        Self { lower: f64::INFINITY, upper: f64::NEG_INFINITY, per_value: 0.0, units: 1.0 }
    }
}

impl Scale {
    /// Takes the values of a group in.
    pub fn widen(&mut self, lanes: &Lanes) {
        for value in lanes {
            self.lower = self.lower.min(*value);
            self.upper = self.upper.max(*value);
        }
    }

    /// Lays the bins out over what was seen.
    pub fn lay_out(&mut self) {
        let width = self.upper - self.lower;
        // One value alone: all others are far outside.
        self.per_value = if width > 0.0 { (BINS as f64 / width).min(f64::MAX) } else { f64::MAX };
        // 2⁻⁴⁰ of the largest value seen: far below the noise of any sum.
        let largest = self.lower.abs().max(self.upper.abs());
        let exponent = if largest > 0.0 { libm::ilogb(largest).clamp(-100, 100) } else { 0 };
        self.units = libm::ldexp(1.0, 40 - exponent);
    }

    /// Place to count a value at: 0 below the bins, then the bins, then at their end and above.
    #[inline]
    pub fn place(&self, value: f64) -> usize {
        place_of(self.bits(value))
    }

    /// The place in fixed point, rounded: bits that a vector of them gives at once.
    #[inline(always)]
    fn bits(&self, value: f64) -> u64 {
        /// Adding it leaves 20 bits of the fraction at the end of the number's own; and 1 for what is below.
        const POINT: f64 = (1_u64 << (52 - FRACTION_BITS)) as f64 + 1.0;
        const LAST: f64 = BINS as f64;
        let place = (value - self.lower) * self.per_value;
        let place = if place < LAST { place } else { LAST };
        let place = if place > -1.0 { place } else { -1.0 };
        (place + POINT).to_bits()
    }

    /// Counts the values of a group and adds them to sums and sums of squares, by lane modulo four.
    #[inline]
    pub fn count(&self, lanes: &Lanes, [sum, squares]: &mut [[f64; 4]; 2], counts: &mut [u32; BINS + 2]) {
        let mut places = [0; LANES];
        for (place, value) in places.iter_mut().zip(lanes) {
            *place = self.bits(*value);
        }
        let (mut sums, mut products) = (*sum, *squares);
        for four in lanes.chunks_exact(4) {
            for lane in 0..4 {
                let distance = four[lane] - self.lower;
                sums[lane] += distance;
                products[lane] += distance * distance;
            }
        }
        (*sum, *squares) = (sums, products);
        for place in places {
            counts[place_of(place)] += 1;
        }
    }

    /// Start of the bins: sums are taken from here.
    #[inline]
    pub fn origin(&self) -> f64 {
        self.lower
    }

    /// A block's sum in units.
    pub fn sum(&self, sum: f64) -> i128 {
        libm::rint(sum * self.units) as i128
    }

    /// A block's sum of squares in units².
    pub fn squares(&self, squares: f64) -> i128 {
        libm::rint(squares * self.units * self.units) as i128
    }

    /// Sum and sum of squares as numbers.
    pub fn read(&self, sum: i128, squares: i128) -> (f64, f64) {
        (sum as f64 / self.units, squares as f64 / self.units / self.units)
    }

    /// Width of a bin.
    pub fn width(&self) -> f64 {
        (self.upper - self.lower) / BINS as f64
    }

    /// Type-1 quantile from counts, linear inside its bin: the error is below one width. Outside the bins, which
    /// percentiles between 5 and 95 practically never are, the end of the bins.
    pub fn quantile(&self, counts: &[u32], level: f64, trials: f64) -> f64 {
        let rank = libm::ceil(trials * level - 1e-9).max(1.0);
        let mut below = 0.0;
        for (place, count) in counts.iter().enumerate() {
            let count = f64::from(*count);
            if count > 0.0 && below + count >= rank {
                return match place {
                    0 => self.lower,
                    place if place > BINS => self.upper,
                    place => self.lower + ((place - 1) as f64 + (rank - below - 0.5) / count) * self.width(),
                };
            }
            below += count;
        }
        self.upper
    }
}
