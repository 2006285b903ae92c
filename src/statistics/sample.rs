//! Figures of simulated values, each with its standard error.

use super::CompensatedSum;
use super::order::{probability_standard_error, type1_rank};
use crate::math::sqrt;

/// Standard normal quantile at 97.5 %.
const SPREAD: f64 = 1.959_963_984_540_054;

/// Simulated values, sorted.
///
/// ```
/// use dealcast::statistics::sample::Sample;
/// let sample = Sample::new(vec![3.0, 1.0, 2.0, 4.0]);
/// assert_eq!(sample.mean().0, 2.5);
/// assert_eq!(sample.quantile(0.5).0, 2.0);
/// ```
#[derive(Debug, Clone, PartialEq)]
pub struct Sample {
    sorted: Vec<f64>,
    mean: f64,
    variance: f64,
    fourth: f64,
}

/// A figure and its standard error.
pub type Figure = (f64, f64);

impl Sample {
    /// Takes the values; none of them NaN.
    #[must_use]
    pub fn new(mut values: Vec<f64>) -> Self {
        values.sort_unstable_by(f64::total_cmp);
        let n = values.len() as f64;
        let sum = |of: &dyn Fn(f64) -> f64| values.iter().map(|value| of(*value)).collect::<CompensatedSum>().value();
        let mean = sum(&|value| value) / n;
        let squares = sum(&|value| (value - mean) * (value - mean));
        let fourth = sum(&|value| {
            let square = (value - mean) * (value - mean);
            square * square
        });
        let variance = if n > 1.0 { squares / (n - 1.0) } else { 0.0 };
        Self { mean, variance, fourth: fourth / n, sorted: values }
    }

    /// Number of values.
    #[must_use]
    pub fn len(&self) -> usize {
        self.sorted.len()
    }

    /// Whether there are none: figures are then undefined.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.sorted.is_empty()
    }

    /// Mean with s/√n.
    #[must_use]
    pub fn mean(&self) -> Figure {
        (self.mean, sqrt(self.variance / self.sorted.len() as f64))
    }

    /// Standard deviation with √((m₄ − s⁴)/n)/2s.
    #[must_use]
    pub fn sd(&self) -> Figure {
        let sd = sqrt(self.variance);
        let spread = ((self.fourth - self.variance * self.variance) / self.sorted.len() as f64).max(0.0);
        (sd, if sd > 0.0 { sqrt(spread) / (2.0 * sd) } else { 0.0 })
    }

    /// Type-1 quantile x_(⌈np⌉) (Hyndman & Fan 1996) with half the width of its 95 % order-statistic interval
    /// (Conover) over 1.96. There must be values.
    #[must_use]
    pub fn quantile(&self, level: f64) -> Figure {
        let n = self.sorted.len() as f64;
        let at = |rank: f64| self.sorted[(rank.max(1.0).min(n) as usize) - 1];
        let half = SPREAD * sqrt(n * level * (1.0 - level));
        let (low, high) = (at(libm::floor(n * level - half)), at(libm::ceil(n * level + half) + 1.0));
        (self.sorted[type1_rank(self.sorted.len() as u64, level) as usize - 1], (high - low) / (2.0 * SPREAD))
    }

    /// Share of the values ≥ `threshold` with √(p(1−p)/n).
    #[must_use]
    pub fn share_at_least(&self, threshold: f64) -> Figure {
        let below = self.sorted.partition_point(|value| *value < threshold);
        self.share(self.sorted.len() - below)
    }

    /// Share of the values ≤ `threshold` with √(p(1−p)/n).
    #[must_use]
    pub fn share_at_most(&self, threshold: f64) -> Figure {
        self.share(self.sorted.partition_point(|value| *value <= threshold))
    }

    /// A count as a share of the values, with √(p(1−p)/n).
    #[must_use]
    pub fn share(&self, count: usize) -> Figure {
        let share = count as f64 / self.sorted.len() as f64;
        (share, probability_standard_error(share, self.sorted.len() as u64))
    }

    /// The values in ascending order.
    #[must_use]
    pub fn sorted(&self) -> &[f64] {
        &self.sorted
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rng::{Purpose, stream};
    #[cfg(target_arch = "wasm32")]
    use wasm_bindgen_test::wasm_bindgen_test as test;

    #[test]
    fn figures_of_normal_values_are_within_their_errors() {
        // 100,000 values, seed 12; two-sided level 7·10⁻⁶ for each of six figures.
        let draws = stream(12, 0, 1, Purpose::Test);
        let sample = Sample::new((0..100_000).map(|i| 5.0 + 2.0 * draws.normal(i)).collect());
        let cases = [
            (sample.mean(), 5.0),
            (sample.sd(), 2.0),
            (sample.quantile(0.5), 5.0),
            (sample.quantile(0.9), 5.0 + 2.0 * crate::math::normal::quantile(0.9)),
            (sample.share_at_least(5.0), 0.5),
            (sample.share_at_most(3.0), crate::math::normal::cdf(-1.0)),
        ];
        for ((value, error), expected) in cases {
            assert!((value - expected).abs() < 4.5 * error, "{value} ± {error} instead of {expected}");
            assert!(error > 0.0 && error < 0.02);
        }
    }

    #[test]
    fn values_that_are_all_equal_have_no_error() {
        let sample = Sample::new(vec![7.0; 1000]);
        assert_eq!((sample.mean(), sample.sd(), sample.quantile(0.1)), ((7.0, 0.0), (0.0, 0.0), (7.0, 0.0)));
        assert_eq!((sample.share_at_least(7.0), sample.share_at_most(6.9)), ((1.0, 0.0), (0.0, 0.0)));
    }
}
