//! Sample quantiles, and intervals for quantiles and probabilities of a simulation.

use crate::math::{binomial, normal, sqrt};

/// Rank, from 1, of the type-1 sample quantile: ⌈n·level⌉ after subtracting 1e−9, at least 1 and at
/// most n (Hyndman & Fan, "Sample quantiles in statistical packages", American Statistician 1996).
///
/// ```
/// use dealcast::statistics::order::type1_rank;
/// assert_eq!(type1_rank(1000, 0.1), 100);
/// ```
pub fn type1_rank(trials: u64, level: f64) -> u64 {
    let rank = libm::ceil(trials as f64 * level - 1e-9);
    if rank > 1.0 { (rank as u64).min(trials) } else { 1 }
}

/// Type-1 quantile of values sorted in increasing order; `None` for an empty slice.
pub fn type1_quantile(sorted: &[f64], level: f64) -> Option<f64> {
    sorted.get(type1_rank(sorted.len() as u64, level) as usize - 1).copied()
}

/// A distribution-free interval for a quantile, between two order statistics.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct QuantileInterval {
    /// Rank from 1 of the lower end; 0 means −∞.
    pub lower_rank: u64,
    /// Rank from 1 of the upper end; above the number of trials means +∞.
    pub upper_rank: u64,
    /// Exact probability that the interval covers the quantile of a continuous law.
    pub coverage: f64,
}

/// Interval for the quantile of `level` from `trials` independent values:
/// l = min{k : B(k) ≥ α/2}, u = min{k : B(k) ≥ 1−α/2} + 1, with B the Binomial(trials, level)
/// distribution function and α = 1 − `confidence`; coverage B(u−1) − B(l−1) (Conover, *Practical
/// Nonparametric Statistics*).
///
/// `None` unless trials ≥ 1 and both `level` and `confidence` are strictly between 0 and 1.
///
/// ```
/// use dealcast::statistics::order::quantile_interval;
/// let interval = quantile_interval(20, 0.5, 0.9).unwrap();
/// assert_eq!((interval.lower_rank, interval.upper_rank), (6, 15));
/// ```
pub fn quantile_interval(trials: u64, level: f64, confidence: f64) -> Option<QuantileInterval> {
    let inside = |p: f64| p > 0.0 && p < 1.0;
    if trials == 0 || !inside(level) || !inside(confidence) {
        return None;
    }
    let tail = (1.0 - confidence) / 2.0;
    let lower_rank = binomial::quantile(tail, trials, level);
    let upper_rank = binomial::quantile(1.0 - tail, trials, level) + 1;
    let below = if lower_rank == 0 { 0.0 } else { binomial::cdf(lower_rank - 1, trials, level) };
    let coverage = binomial::cdf(upper_rank - 1, trials, level) - below;
    Some(QuantileInterval { lower_rank, upper_rank, coverage })
}

/// Standard error √(p(1−p)/n) of a simulated probability.
pub fn probability_standard_error(probability: f64, trials: u64) -> f64 {
    sqrt(probability * (1.0 - probability) / trials as f64)
}

/// Wilson's interval for a probability seen `successes` times in `trials`; it stays inside \[0, 1\]
/// and has a width even at 0 or n (Wilson, JASA 1927). `None` unless 0 ≤ successes ≤ trials, trials
/// ≥ 1 and 0 < confidence < 1.
///
/// ```
/// let (low, high) = dealcast::statistics::order::wilson_interval(0, 10, 0.95).unwrap();
/// assert!(low == 0.0 && (high - 0.2775327998628892).abs() < 1e-12);
/// ```
pub fn wilson_interval(successes: u64, trials: u64, confidence: f64) -> Option<(f64, f64)> {
    if trials == 0 || successes > trials || !(confidence > 0.0 && confidence < 1.0) {
        return None;
    }
    let (n, hits, misses) = (trials as f64, successes as f64, (trials - successes) as f64);
    let z = normal::quantile(0.5 + confidence / 2.0);
    let square = z * z;
    let half = z * sqrt(hits * (misses / n) + square / 4.0);
    let centre = hits + square / 2.0;
    let low = if successes == 0 { 0.0 } else { (centre - half) / (n + square) };
    let high = if successes == trials { 1.0 } else { (centre + half) / (n + square) };
    Some((low, high))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rng::{Purpose, stream};
    #[cfg(target_arch = "wasm32")]
    use wasm_bindgen_test::wasm_bindgen_test as test;

    #[test]
    fn ranks() {
        assert_eq!(type1_rank(10, 0.25), 3);
        assert_eq!(type1_rank(10, 0.3), 3);
        assert_eq!(type1_rank(10, 0.0), 1);
        assert_eq!(type1_rank(10, 1.0), 10);
        assert_eq!(type1_quantile(&[1.0, 2.0, 3.0, 4.0], 0.5), Some(2.0));
        assert_eq!(type1_quantile(&[], 0.5), None);
    }

    #[test]
    fn coverage_is_at_least_nominal() {
        for trials in [1, 2, 5, 20, 1000, 1_000_000, 10_000_000] {
            for level in [0.01, 0.1, 0.5, 0.9, 0.99] {
                for confidence in [0.5, 0.9, 0.99] {
                    let interval = quantile_interval(trials, level, confidence).unwrap();
                    assert!(interval.coverage >= confidence, "{trials} {level} {confidence}: {interval:?}");
                    assert!(interval.lower_rank < interval.upper_rank && interval.upper_rank <= trials + 1);
                }
            }
        }
        assert_eq!(quantile_interval(0, 0.5, 0.9), None);
        assert_eq!(quantile_interval(5, 0.0, 0.9), None);
        assert_eq!(quantile_interval(5, 0.5, f64::NAN), None);
    }

    #[test]
    fn simulated_coverage() {
        // 20,000 samples of 50 uniforms, seed 3; α = 1e-6 (4.9 standard errors).
        let interval = quantile_interval(50, 0.1, 0.9).unwrap();
        let (samples, mut covered) = (20_000_u32, 0.0);
        for sample in 0..samples {
            let draws = stream(3, sample, 1, Purpose::Test);
            let mut values: Vec<f64> = (0..50).map(|i| draws.uniform(i)).collect();
            values.sort_by(f64::total_cmp);
            let end = |rank: u64| values.get((rank as usize).wrapping_sub(1)).copied();
            let low = end(interval.lower_rank).unwrap_or(f64::NEG_INFINITY);
            let high = end(interval.upper_rank).unwrap_or(f64::INFINITY);
            covered += f64::from(u8::from(low <= 0.1 && 0.1 <= high));
        }
        let error = (covered / f64::from(samples) - interval.coverage).abs();
        assert!(error < 4.9 * probability_standard_error(interval.coverage, samples.into()), "{error}");
    }

    #[test]
    fn wilson_solves_its_equation() {
        for (successes, trials) in [(1_u64, 7_u64), (3, 10), (620, 1000), (9_999, 10_000)] {
            let (low, high) = wilson_interval(successes, trials, 0.99).unwrap();
            let (rate, z) = (successes as f64 / trials as f64, normal::quantile(0.995));
            for end in [low, high] {
                let distance = (rate - end).abs() / probability_standard_error(end, trials);
                assert!((distance - z).abs() < 1e-10, "{successes} {trials}");
            }
            assert!(low < rate && rate < high);
        }
        assert_eq!(wilson_interval(10, 10, 0.9).map(|interval| interval.1), Some(1.0));
        assert_eq!(wilson_interval(11, 10, 0.9), None);
        assert_eq!(wilson_interval(0, 0, 0.9), None);
    }
}
