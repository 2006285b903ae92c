//! The Poisson layer: with Poisson leads, independent thinning and delays and no binding capacity, wins
//! of a window are Poisson with the summed mean (Mt/G/∞; Eick, Massey & Whitt, Operations Research 1993).

use crate::math::gamma::{lower_regularised, upper_regularised};
use crate::math::{normal, sqrt};

/// P(X ≤ k) of a Poisson law: Q(k + 1, mean).
///
/// ```
/// let p = dealcast::model::pipeline_generation::poisson::cdf(2, 1.0);
/// assert!((p - 2.5 * (-1.0_f64).exp()).abs() < 1e-14);
/// ```
#[must_use]
pub fn cdf(k: u64, mean: f64) -> f64 {
    if mean <= 0.0 { 1.0 } else { upper_regularised(k as f64 + 1.0, mean) }
}

/// P(X ≥ k) of a Poisson law: P(k, mean).
#[must_use]
pub fn at_least(k: u64, mean: f64) -> f64 {
    match k {
        0 => 1.0,
        _ if mean <= 0.0 => 0.0,
        _ => lower_regularised(k as f64, mean),
    }
}

/// Smallest k with P(X ≤ k) ≥ `level`, for a level in (0, 1).
#[must_use]
pub fn quantile(level: f64, mean: f64) -> u64 {
    let guess = mean + normal::quantile(level) * sqrt(mean);
    let mut k = if guess > 0.0 { guess as u64 } else { 0 };
    while k > 0 && cdf(k - 1, mean) >= level {
        k -= 1;
    }
    while cdf(k, mean) < level {
        k += 1;
    }
    k
}

#[cfg(test)]
mod tests {
    use super::*;
    #[cfg(target_arch = "wasm32")]
    use wasm_bindgen_test::wasm_bindgen_test as test;

    #[test]
    fn quantiles_invert_the_distribution_function() {
        for mean in [0.0, 0.01, 1.0, 7.3, 50.605, 4000.0] {
            for level in [1e-6, 0.1, 0.5, 0.9, 0.999_999] {
                let k = quantile(level, mean);
                assert!(cdf(k, mean) >= level && (k == 0 || cdf(k - 1, mean) < level), "{mean} {level} {k}");
                assert!((cdf(k, mean) + at_least(k + 1, mean) - 1.0).abs() < 1e-12);
            }
        }
    }
}
