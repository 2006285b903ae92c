//! Tables of a law of counts that does not change, to draw from at the cost of a look-up.

use crate::math::{RECIPROCALS, poisson, vector};
use crate::rng::uniform53;

/// Largest mean whose law is kept: e^−mean is a number then.
const LARGEST: f64 = 650.0;
/// Cells of the guide, as a power of two.
const CELLS_LOG2: u32 = 7;

/// A Poisson law ready to be drawn from by inversion: the distribution function, and where to enter it (guide table:
/// Chen & Asau, "On generating random variates from an empirical distribution", AIIE Transactions 1974).
///
/// ```
/// use dealcast::{distribution::PoissonTable, math::poisson, rng::uniform53};
/// let law = PoissonTable::new(4.2);
/// let word = 0xC0FF_EE00_1234_5678;
/// assert_eq!(law.count(word), poisson::quantile(uniform53(0xC0FF_EE00, 0x1234_5678), 4.2));
/// ```
#[derive(Debug, Clone, PartialEq)]
pub struct PoissonTable {
    mean: f64,
    /// P(X ≤ k), up to a last one that no draw is above; empty where the mean is too large.
    sums: Vec<f64>,
    /// The first k that a draw of the cell may give.
    guide: Vec<u16>,
}

impl PoissonTable {
    /// The law of that mean.
    #[must_use]
    pub fn new(mean: f64) -> Self {
        if mean > LARGEST {
            return Self { mean, sums: Vec::new(), guide: Vec::new() };
        }
        let mut term = vector::exp([-mean])[0];
        let mut sums = vec![term];
        let mut sum = term;
        while (sums.len() as f64) < mean || term > 1e-18 {
            let count = sums.len();
            term *= mean * RECIPROCALS.get(count).copied().unwrap_or(1.0 / count as f64);
            sum += term;
            sums.push(sum);
        }
        sums.push(f64::INFINITY);
        let edge = |cell: u32| f64::from(cell) / f64::from(1 << CELLS_LOG2);
        let guide = (0..1 << CELLS_LOG2).map(|cell| sums.partition_point(|sum| *sum < edge(cell)) as u16).collect();
        Self { mean, sums, guide }
    }

    /// The count that a random word gives, increasing in it.
    #[inline]
    #[must_use]
    pub fn count(&self, word: u64) -> f64 {
        let u = uniform53((word >> 32) as u32, word as u32);
        let Some(first) = self.guide.get((word >> (u64::BITS - CELLS_LOG2)) as usize) else {
            return poisson::quantile(u, self.mean);
        };
        let mut count = usize::from(*first);
        while self.sums.get(count).is_some_and(|sum| u > *sum) {
            count += 1;
        }
        count as f64
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rng::{Purpose, stream};
    #[cfg(target_arch = "wasm32")]
    use wasm_bindgen_test::wasm_bindgen_test as test;

    #[test]
    fn it_gives_the_quantiles() {
        let words = stream(1, 2, 3, Purpose::Test);
        for mean in [0.0, 1e-9, 0.3, 4.2, 12.0, 31.9, 900.0] {
            let law = PoissonTable::new(mean);
            for word in (0..4000).map(|i| words.word(i)) {
                let u = uniform53((word >> 32) as u32, word as u32);
                assert_eq!(law.count(word), poisson::quantile(u, mean), "{mean} {u}");
            }
            assert!(law.count(u64::MAX) < mean + 40.0 * (1.0 + mean).sqrt() && law.count(0) <= mean, "{mean}");
        }
    }

    #[test]
    fn it_is_exact_where_quantiles_are_expanded() {
        let words = stream(1, 2, 4, Purpose::Test);
        for mean in [33.0, 50.6, 400.0] {
            let law = PoissonTable::new(mean);
            for word in (0..4000).map(|i| words.word(i)) {
                let u = uniform53((word >> 32) as u32, word as u32);
                let count = law.count(word) as u64;
                let reaches = |count| poisson::cdf(count, mean) >= u - 1e-12;
                assert!(reaches(count) && (count == 0 || poisson::cdf(count - 1, mean) < u + 1e-12), "{mean} {u}");
            }
        }
    }
}
