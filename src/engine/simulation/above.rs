//! The share of a form of law above a value, from a table.

use crate::distribution::QuantileTable;

/// Cells of an octave, as a power of two.
const CELLS_LOG2: u32 = 6;
/// Octaves below the largest quantile: amounts have 32 bits, and a gap half a unit less than a whole number.
const OCTAVES: u32 = 34;
/// Knots of cells of equal ratio, and more of 0 up to a power of two, so that a number can be cut off to fit.
const KNOTS: usize = 4096;
/// Bits of a single-precision number below the number of its cell.
const REST_BITS: u32 = f32::MANTISSA_DIGITS - 1 - CELLS_LOG2;
/// The number of the first cell: that of 2⁻³⁴.
const FIRST: u32 = (f32::MAX_EXP as u32 - 1 - OCTAVES) << CELLS_LOG2;

/// P(Z ≥ t·largest quantile) of a standardised law by t: linear in cells of equal ratio, 64 an octave, within 10⁻³.
pub struct Above(Box<[f32; KNOTS + 1]>);

impl Above {
    /// Of the law of a table, whose largest quantile is `top`.
    pub fn new(table: &QuantileTable, top: f64) -> Self {
        let mut points = table.points().chain([(top, 0.0)]);
        // The two points about a value, and what is above each.
        let (mut low, mut high) = ((0.0, 1.0), points.next().unwrap_or((top, 0.0)));
        let mut knots = Box::new([0.0; KNOTS + 1]);
        for (number, knot) in knots.iter_mut().enumerate().take((OCTAVES << CELLS_LOG2) as usize + 1) {
            let value = f64::from(f32::from_bits((FIRST + number as u32) << REST_BITS)) * top;
            while high.0 < value
                && let Some(next) = points.next()
            {
                (low, high) = (high, next);
            }
            let share = if high.0 > low.0 { ((value - low.0) / (high.0 - low.0)).clamp(0.0, 1.0) } else { 1.0 };
            *knot = (low.1 + share * (high.1 - low.1)) as f32;
        }
        // All values are above nothing.
        knots[0] = 1.0;
        Self(knots)
    }

    /// P(Z ≥ t·largest quantile), of any t that is a number.
    #[inline(always)]
    pub fn share(&self, t: f64) -> f32 {
        const LEAST: f32 = f32::from_bits(FIRST << REST_BITS);
        let t = t as f32;
        let t = if t > LEAST { t } else { LEAST };
        let t = if t < 1.0 { t } else { 1.0 };
        let bits = t.to_bits();
        let cell = ((bits >> REST_BITS) - FIRST) as usize % KNOTS;
        let rest = (bits & ((1 << REST_BITS) - 1)) as i32 as f32 * (1.0 / (1 << REST_BITS) as f32);
        let low = self.0[cell];
        low + rest * (self.0[cell + 1] - low)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::distribution::Distribution;
    #[cfg(target_arch = "wasm32")]
    use wasm_bindgen_test::wasm_bindgen_test as test;

    #[test]
    fn it_is_the_share_above() {
        let laws = [
            Distribution::pert(15e3, 30e3, 60e3, 4.0),
            Distribution::pert(0.0, 0.0, 9e4, 4.0),
            Distribution::pert(0.0, 9e4, 9e4, 4.0),
            Distribution::uniform(2e4, 5e4),
            Distribution::triangular(0.0, 1e4, 5e4),
            Distribution::lognormal(4e4, 0.1),
            Distribution::lognormal(4e4, 0.5),
            Distribution::lognormal(4e4, 10.0),
            Distribution::gamma(4e4, 1.0),
            Distribution::gamma(4e4, 10.0),
        ];
        for law in laws {
            let law = law.unwrap();
            let table = QuantileTable::new(&law);
            let top = table.sample_u32(u32::MAX);
            let above = Above::new(&table, top);
            let (location, scale) = law.location_scale();
            let mut last = 1.0;
            for step in 1..10_000 {
                // From 2⁻³³ to 1, and evenly.
                for t in [libm::exp2(-33.0 * (1.0 - f64::from(step) / 1e4)), f64::from(step) / 1e4] {
                    let right = 1.0 - law.cdf(location + t * top * scale);
                    let found = f64::from(above.share(t));
                    assert!((found - right).abs() < 1e-3, "{law:?} {t}: {found} {right}");
                }
                let found = above.share(f64::from(step) / 1e4);
                assert!(found <= last, "{law:?} {step}");
                last = found;
            }
            let ends = [f64::NEG_INFINITY, -1.0, 0.0, 1.0, 2.0, f64::INFINITY].map(|t| above.share(t));
            assert_eq!(ends[..3], [1.0; 3], "{law:?}");
            assert!(ends[3..].iter().all(|end| *end < 1e-6), "{law:?}: {ends:?}");
        }
    }
}
