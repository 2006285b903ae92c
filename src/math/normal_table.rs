//! The normal law for places that ask for it a hundred thousand times and need ten digits.

use super::normal;

/// From here on Φ is 1, and 0 on the other side, to 10⁻¹⁵.
const REACH: f64 = 8.0;
/// Knots per unit.
const PER_UNIT: f64 = 128.0;
const KNOTS: usize = 2 * (REACH * PER_UNIT) as usize + 1;

/// Φ by cubic Hermite interpolation between 2,049 knots: within 10⁻¹¹ of [`normal::cdf`], some ten times as fast.
///
/// ```
/// use dealcast::math::{normal, normal_table::CdfTable};
/// let table = CdfTable::new();
/// assert!((table.cdf(1.234) - normal::cdf(1.234)).abs() < 1e-11);
/// ```
pub struct CdfTable {
    /// Φ, and φ times the step.
    knots: Box<[(f64, f64); KNOTS]>,
}

impl Default for CdfTable {
    fn default() -> Self {
        Self::new()
    }
}

impl CdfTable {
    /// The table.
    #[must_use]
    pub fn new() -> Self {
        let mut knots = Box::new([(0.0, 0.0); KNOTS]);
        for (knot, values) in knots.iter_mut().enumerate() {
            let x = knot as f64 / PER_UNIT - REACH;
            *values = (normal::cdf(x), normal::pdf(x) / PER_UNIT);
        }
        Self { knots }
    }

    /// Φ(x); NaN where x is.
    #[inline]
    #[must_use]
    pub fn cdf(&self, x: f64) -> f64 {
        let place = (x + REACH) * PER_UNIT;
        let knot = place as u32 as usize;
        if !(place > 0.0 && knot < KNOTS - 1) {
            return if x.is_nan() { x } else { f64::from(u8::from(x > 0.0)) };
        }
        let ((v0, d0), (v1, d1)) = (self.knots[knot], self.knots[knot + 1]);
        let s = place - knot as f64;
        let rise = v1 - v0;
        v0 + s * (d0 + s * ((3.0 * rise - 2.0 * d0 - d1) + s * (d0 + d1 - 2.0 * rise)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    #[cfg(target_arch = "wasm32")]
    use wasm_bindgen_test::wasm_bindgen_test as test;

    #[test]
    fn it_is_near_and_increases() {
        let table = CdfTable::new();
        let mut previous = 0.0;
        for step in -100_000..=100_000 {
            let x = f64::from(step) / 10_007.0;
            let found = table.cdf(x);
            assert!((found - normal::cdf(x)).abs() < 1e-11, "{x}: {found}");
            assert!(found >= previous && found <= 1.0, "{x}: {found} after {previous}");
            previous = found;
        }
    }

    #[test]
    fn the_ends() {
        let table = CdfTable::new();
        assert_eq!((table.cdf(f64::NEG_INFINITY), table.cdf(f64::INFINITY)), (0.0, 1.0));
        assert_eq!((table.cdf(-8.0), table.cdf(8.0)), (0.0, 1.0));
        assert!(table.cdf(f64::NAN).is_nan());
    }
}
