//! The binomial law of `n` trials with probability `p`.

use super::beta::Beta;
use super::{normal, sqrt};

/// Distribution function P(X ≤ k) = I_(1−p)(n − k, k + 1).
///
/// `p` in \[0, 1\] (NaN otherwise); `n` up to 10⁹ or so keeps full accuracy.
///
/// ```
/// let b = dealcast::math::binomial::cdf(1, 2, 0.5);
/// assert!((b - 0.75).abs() < 1e-15);
/// ```
pub fn cdf(k: u64, n: u64, p: f64) -> f64 {
    if !(0.0..=1.0).contains(&p) {
        return f64::NAN;
    }
    if k >= n || p == 0.0 {
        return 1.0;
    }
    if p == 1.0 {
        return 0.0;
    }
    let law = Beta::new((n - k) as f64, (k + 1) as f64);
    law.tails(1.0 - p, p).lower
}

/// Smallest k with P(X ≤ k) ≥ `u`, for `p` in (0, 1) and `u` in (0, 1).
///
/// The search starts from the normal approximation and doubles its step, so that it takes a few
/// evaluations of [`cdf`] for any `n`.
///
/// ```
/// assert_eq!(dealcast::math::binomial::quantile(0.5, 20, 0.5), 10);
/// ```
pub fn quantile(u: f64, n: u64, p: f64) -> u64 {
    let count = n as f64;
    let guess = count * p + normal::quantile(u) * sqrt(count * p * (1.0 - p));
    let guess = if guess > 0.0 { guess as u64 } else { 0 }.min(n);
    let reaches = |k: u64| cdf(k, n, p) >= u;
    // Invariant once bracketed: `low` fails (or is before 0), `high` reaches.
    let (mut low, mut high);
    let mut step = 1;
    if reaches(guess) {
        high = guess;
        loop {
            if high < step {
                low = None;
                break;
            }
            if !reaches(high - step) {
                low = Some(high - step);
                break;
            }
            high -= step;
            step *= 2;
        }
    } else {
        let mut failed = guess;
        high = loop {
            let next = failed.saturating_add(step).min(n);
            if next == n || reaches(next) {
                break next;
            }
            failed = next;
            step *= 2;
        };
        low = Some(failed);
    }
    loop {
        let first = low.map_or(0, |k| k + 1);
        if first >= high {
            return high;
        }
        let middle = first + (high - first) / 2;
        if reaches(middle) {
            high = middle;
        } else {
            low = Some(middle);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    #[cfg(target_arch = "wasm32")]
    use wasm_bindgen_test::wasm_bindgen_test as test;

    #[test]
    fn cdf_agrees_with_the_sum() {
        for (n, p) in [(1_u64, 0.3), (7, 0.01), (20, 0.5), (60, 0.9)] {
            let mut probability = crate::math::powi(1.0 - p, n as i32);
            let mut sum = 0.0;
            for k in 0..=n {
                sum += probability;
                assert!((cdf(k, n, p) - sum).abs() < 1e-14, "{n} {p} {k}");
                probability *= (n - k) as f64 / (k + 1) as f64 * p / (1.0 - p);
            }
        }
    }

    #[test]
    fn quantile_is_the_smallest_that_reaches() {
        for n in [1_u64, 2, 20, 1000, 10_000_000] {
            for p in [1e-9, 0.1, 0.5, 0.9, 1.0 - 1e-9] {
                for u in [1e-6, 0.005, 0.5, 0.975, 1.0 - 1e-9] {
                    let k = quantile(u, n, p);
                    assert!(cdf(k, n, p) >= u, "{n} {p} {u} {k}");
                    assert!(k == 0 || cdf(k - 1, n, p) < u, "{n} {p} {u} {k}");
                }
            }
        }
    }

    #[test]
    fn degenerate_probabilities() {
        assert_eq!(cdf(0, 5, 0.0), 1.0);
        assert_eq!(cdf(4, 5, 1.0), 0.0);
        assert_eq!(cdf(5, 5, 1.0), 1.0);
        assert!(cdf(1, 5, 1.5).is_nan());
    }
}
