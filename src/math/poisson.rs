//! The Poisson law: exact for figures, and quantiles fast enough to draw from in a loop.

use super::gamma::{lower_regularised, upper_regularised};
use super::{exp, normal, sqrt};

/// Means up to here are inverted by summing the law; above, by expansion.
pub const SUMMED: f64 = 32.0;

/// Above this count the rest of a summed law is below the spacing of u.
const LAST: usize = 200;

/// 1/k.
const RECIPROCALS: [f64; LAST + 1] = {
    let mut table = [0.0; LAST + 1];
    let mut k = 1;
    while k <= LAST {
        table[k] = 1.0 / k as f64;
        k += 1;
    }
    table
};

/// Smallest k with P(X ≤ k) ≥ u for X Poisson of the given mean ≥ 0, 0 < u < 1: increasing in u.
///
/// Up to a mean of [`SUMMED`] the law is summed. Above, the normal expansion of Giles ("Algorithm 955:
/// approximation of the inverse Poisson cumulative distribution function", ACM Transactions on Mathematical
/// Software 2016), ⌊μ + √μ w + (2 + w²)/6 + (w/36)(−1 − w²/2)/√μ⌋ with w = Φ⁻¹(u): off by one for fewer than
/// one draw in a thousand, without bias to speak of.
///
/// ```
/// use dealcast::math::poisson::quantile;
/// assert_eq!(quantile(0.5, 0.0), 0.0);
/// assert_eq!(quantile(0.9, 1.0), 2.0);
/// ```
#[must_use]
pub fn quantile(u: f64, mean: f64) -> f64 {
    if mean <= SUMMED { summed(u, mean, exp(-mean)) } else { expanded(u, mean) }
}

/// The same with e^−mean given, for callers that have it; `mean` at most [`SUMMED`].
#[inline]
#[must_use]
pub fn summed(u: f64, mean: f64, exp_minus_mean: f64) -> f64 {
    let (mut count, mut term, mut sum) = (0, exp_minus_mean, exp_minus_mean);
    while u > sum && count < LAST {
        count += 1;
        term *= mean * RECIPROCALS[count];
        sum += term;
    }
    count as f64
}

/// The quantiles of one mean after another: the distribution function is kept as long as the mean stays the
/// same, and searched from the mean on. The same values as [`quantile`], bit for bit.
///
/// ```
/// use dealcast::math::poisson::{Quantiles, quantile};
/// let mut quantiles = Quantiles::default();
/// assert_eq!(quantiles.at(0.9, 7.5), quantile(0.9, 7.5));
/// assert_eq!(quantiles.at(0.1, 7.5), quantile(0.1, 7.5));
/// ```
#[derive(Debug, Clone, Default)]
pub struct Quantiles {
    mean: f64,
    /// P(X ≤ k), as far as it was needed.
    sums: Vec<f64>,
    /// P(X = k) of the last of them.
    term: f64,
}

impl Quantiles {
    /// Smallest k with P(X ≤ k) ≥ u for X Poisson of the given mean.
    #[inline]
    #[must_use]
    pub fn at(&mut self, u: f64, mean: f64) -> f64 {
        if mean > SUMMED {
            return expanded(u, mean);
        }
        if mean != self.mean || self.sums.is_empty() {
            self.mean = mean;
            self.term = exp(-mean);
            self.sums.clear();
            self.sums.push(self.term);
        }
        let mut count = (mean as usize).min(self.sums.len() - 1);
        while count > 0 && u <= self.sums[count - 1] {
            count -= 1;
        }
        while u > self.sums[count] && count < LAST {
            count += 1;
            if count == self.sums.len() {
                self.term *= mean * RECIPROCALS[count];
                self.sums.push(self.sums[count - 1] + self.term);
            }
        }
        count as f64
    }
}

fn expanded(u: f64, mean: f64) -> f64 {
    let (w, root) = (normal::quantile(u), sqrt(mean));
    let value = mean + root * w + (2.0 + w * w) / 6.0 - w / 36.0 * (1.0 + 0.5 * w * w) / root;
    libm::floor(value).max(0.0)
}

/// P(X ≤ k) of a Poisson law: Q(k + 1, mean).
///
/// ```
/// let p = dealcast::math::poisson::cdf(2, 1.0);
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

/// Smallest k with P(X ≤ k) ≥ `level`, for a level in (0, 1), never off by one as [`quantile`] may be: for figures, not for
/// loops.
#[must_use]
pub fn exact_quantile(level: f64, mean: f64) -> u64 {
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
    fn it_inverts_the_distribution_function() {
        for mean in [0.01, 0.3, 1.0, 2.5, 10.0, 31.9] {
            for step in 1..400 {
                let u = f64::from(step) / 400.0;
                let k = quantile(u, mean) as u64;
                assert!(cdf(k, mean) >= u - 1e-12, "{mean} {u}");
                assert!(k == 0 || cdf(k - 1, mean) < u + 1e-12, "{mean} {u}");
            }
        }
    }

    #[test]
    fn the_expansion_is_off_by_one_at_most_and_rarely() {
        for mean in [32.1, 50.0, 200.0, 5_000.0] {
            let (mut wrong, steps) = (0, 20_000);
            for step in 0..steps {
                let u = (f64::from(step) + 0.5) / f64::from(steps);
                let k = quantile(u, mean) as u64;
                let right = cdf(k, mean) >= u && (k == 0 || cdf(k - 1, mean) < u);
                let near = cdf(k + 1, mean) >= u && (k < 2 || cdf(k - 2, mean) < u);
                assert!(near, "{mean} {u}: {k}");
                wrong += u32::from(!right);
            }
            assert!(wrong < 20, "{mean}: {wrong} of {steps}");
        }
    }

    #[test]
    fn kept_distribution_functions_give_the_same_quantiles() {
        let mut quantiles = Quantiles::default();
        for mean in [0.0, 0.01, 2.5, 2.5, 31.9, 12.0, 40.0, 12.0] {
            for step in 0..500 {
                // In no order: the search goes up and down.
                let u = f64::from(step * 211 % 500) / 500.0 + 1e-4;
                assert_eq!(quantiles.at(u, mean), quantile(u, mean), "{mean} {u}");
            }
            assert_eq!(quantiles.at(1.0 - 1e-16, mean), quantile(1.0 - 1e-16, mean), "{mean}");
        }
    }

    #[test]
    fn the_ends() {
        assert_eq!(quantile(1.0 - 1e-16, 0.0), 0.0);
        assert!(quantile(1.0 - 1e-16, 3.0) < 201.0);
        assert!(quantile(1e-16, 1e6) < 1e6);
    }

    #[test]
    fn quantiles_invert_the_distribution_function() {
        for mean in [0.0, 0.01, 1.0, 7.3, 50.605, 4000.0] {
            for level in [1e-6, 0.1, 0.5, 0.9, 0.999_999] {
                let k = exact_quantile(level, mean);
                assert!(cdf(k, mean) >= level && (k == 0 || cdf(k - 1, mean) < level), "{mean} {level} {k}");
                assert!((cdf(k, mean) + at_least(k + 1, mean) - 1.0).abs() < 1e-12);
            }
        }
    }
}
