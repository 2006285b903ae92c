//! The normal law for places that ask for it a hundred thousand times and need ten digits.

use super::normal;
use std::sync::OnceLock;

/// From here on Φ is 1, and 0 on the other side, to 10⁻¹⁵.
const REACH: f64 = 8.0;
/// Cells per unit.
const PER_UNIT: f64 = 128.0;
/// A power of two, so that a cell's number can be cut off to fit.
const CELLS: usize = 2 * (REACH * PER_UNIT) as usize;
/// Near it, numbers of 64 bits are whole, and their last bits those of the difference.
const WHOLE: f64 = 6_755_399_441_055_744.0;

/// Φ by cubic Hermite interpolation in 2,048 cells: within 10⁻¹¹ of [`normal::cdf`], some ten times as fast.
///
/// ```
/// use dealcast::math::{normal, normal_table::CdfTable};
/// let table = CdfTable::shared();
/// assert!((table.cdf(1.234) - normal::cdf(1.234)).abs() < 1e-11);
/// ```
pub struct CdfTable {
    /// Coefficients of the powers of the place in a cell, from 0 to 1.
    cells: Box<[[f64; 4]; CELLS]>,
}

impl CdfTable {
    /// The table, made once.
    #[must_use]
    pub fn shared() -> &'static Self {
        static TABLE: OnceLock<CdfTable> = OnceLock::new();
        TABLE.get_or_init(Self::new)
    }

    fn new() -> Self {
        // Φ, and φ times the step.
        let knot = |knot: usize| {
            let x = knot as f64 / PER_UNIT - REACH;
            (normal::cdf(x), normal::pdf(x) / PER_UNIT)
        };
        let mut cells = Box::new([[0.0; 4]; CELLS]);
        let (mut v0, mut d0) = knot(0);
        for (number, cell) in cells.iter_mut().enumerate() {
            let (v1, d1) = knot(number + 1);
            let rise = v1 - v0;
            *cell = [v0, d0, 3.0 * rise - 2.0 * d0 - d1, d0 + d1 - 2.0 * rise];
            (v0, d0) = (v1, d1);
        }
        // 0 and 1 from the reach on.
        cells[0] = [0.0; 4];
        cells[CELLS - 1] = [1.0, 0.0, 0.0, 0.0];
        Self { cells }
    }

    /// Φ(x); NaN where x is.
    #[inline]
    #[must_use]
    pub fn cdf(&self, x: f64) -> f64 {
        /// A place in the last cell.
        const LAST: f64 = CELLS as f64 - 0.5;
        // Beyond the reach as in the cell at its end; comparisons, not branches, and NaN stays.
        let place = (x + REACH) * PER_UNIT;
        let place = if place < 0.0 { 0.0 } else { place };
        let place = if place > LAST { LAST } else { place };
        // Rounded down, or to either side of a whole number.
        let whole = (place - 0.5) + WHOLE;
        let [a, b, c, d] = self.cells[whole.to_bits() as usize % CELLS];
        let s = place - (whole - WHOLE);
        a + s * (b + s * (c + s * d))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    #[cfg(target_arch = "wasm32")]
    use wasm_bindgen_test::wasm_bindgen_test as test;

    #[test]
    fn it_is_near_and_increases() {
        let table = CdfTable::shared();
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
        let table = CdfTable::shared();
        assert_eq!((table.cdf(f64::NEG_INFINITY), table.cdf(f64::INFINITY)), (0.0, 1.0));
        assert_eq!((table.cdf(-8.0), table.cdf(8.0)), (0.0, 1.0));
        assert!(table.cdf(f64::NAN).is_nan());
    }
}
