//! Quantiles of the Poisson law, fast enough to draw from in a loop.

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

fn expanded(u: f64, mean: f64) -> f64 {
    let (w, root) = (normal::quantile(u), sqrt(mean));
    let value = mean + root * w + (2.0 + w * w) / 6.0 - w / 36.0 * (1.0 + 0.5 * w * w) / root;
    libm::floor(value).max(0.0)
}

#[cfg(test)]
mod tests {
    use super::*;
    #[cfg(target_arch = "wasm32")]
    use wasm_bindgen_test::wasm_bindgen_test as test;

    /// P(X ≤ k) = Q(k + 1, mean).
    fn cdf(k: f64, mean: f64) -> f64 {
        crate::math::gamma::upper_regularised(k + 1.0, mean)
    }

    #[test]
    fn it_inverts_the_distribution_function() {
        for mean in [0.01, 0.3, 1.0, 2.5, 10.0, 31.9] {
            for step in 1..400 {
                let u = f64::from(step) / 400.0;
                let k = quantile(u, mean);
                assert!(cdf(k, mean) >= u - 1e-12, "{mean} {u}");
                assert!(k == 0.0 || cdf(k - 1.0, mean) < u + 1e-12, "{mean} {u}");
            }
        }
    }

    #[test]
    fn the_expansion_is_off_by_one_at_most_and_rarely() {
        for mean in [32.1, 50.0, 200.0, 5_000.0] {
            let (mut wrong, steps) = (0, 20_000);
            for step in 0..steps {
                let u = (f64::from(step) + 0.5) / f64::from(steps);
                let k = quantile(u, mean);
                let right = cdf(k, mean) >= u && (k == 0.0 || cdf(k - 1.0, mean) < u);
                let near = cdf(k + 1.0, mean) >= u && (k < 2.0 || cdf(k - 2.0, mean) < u);
                assert!(near, "{mean} {u}: {k}");
                wrong += u32::from(!right);
            }
            assert!(wrong < 20, "{mean}: {wrong} of {steps}");
        }
    }

    #[test]
    fn the_ends() {
        assert_eq!(quantile(1.0 - 1e-16, 0.0), 0.0);
        assert!(quantile(1.0 - 1e-16, 3.0) < 201.0);
        assert!(quantile(1e-16, 1e6) < 1e6);
    }
}
