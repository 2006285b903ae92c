//! The Poisson law: exact for figures, and quantiles fast enough to draw from in a loop.

use super::gamma::{lower_regularised, upper_regularised};
use super::{RECIPROCALS, normal, sqrt, vector};

/// Means up to here are inverted by summing the law; above, by expansion.
pub const SUMMED: f64 = 32.0;

/// Above this count the rest of a summed law is below the spacing of u.
const LAST: usize = RECIPROCALS.len() - 1;

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
    if mean <= SUMMED { summed(u, mean, vector::exp([-mean])[0]) } else { expanded(u, mean) }
}

/// The same with e^−mean given; `mean` at most [`SUMMED`].
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

/// [`quantile`] in several lanes: all laws are summed in step, as far as the longest takes.
///
/// ```
/// use dealcast::math::poisson::{in_lanes, quantile};
/// assert_eq!(in_lanes(&[0.9, 0.1], &[7.5, 0.2]), [quantile(0.9, 7.5), quantile(0.1, 0.2)]);
/// ```
#[inline]
#[must_use]
pub fn in_lanes<const N: usize>(u: &[f64; N], mean: &[f64; N]) -> [f64; N] {
    let largest = mean.iter().fold(0.0, |largest, mean| if *mean > largest { *mean } else { largest });
    if largest > SUMMED {
        return std::array::from_fn(|lane| quantile(u[lane], mean[lane]));
    }
    let mut term = vector::exp(mean.map(|mean| -mean));
    let mut sum = term;
    let mut count = [0.0; N];
    for reciprocal in &RECIPROCALS[1..] {
        let mut above = [0.0; 2];
        for lane in 0..N {
            let more = if u[lane] > sum[lane] { 1.0 } else { 0.0 };
            count[lane] += more;
            above[lane % 2] += more;
            term[lane] *= mean[lane] * reciprocal;
            sum[lane] += term[lane];
        }
        if above == [0.0; 2] {
            break;
        }
    }
    count
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
    fn lanes_give_the_same_quantiles() {
        let means: [f64; 8] = [0.0, 0.01, 2.5, 31.9, 12.0, 40.0, 0.7, 3.0];
        for step in 0..500 {
            let u: [f64; 8] =
                std::array::from_fn(|lane| f64::from((step * 211 + 67 * lane as i32) % 500) / 500.0 + 1e-4);
            for means in [means, means.map(|mean| mean.min(12.0)), means.map(|mean| mean.min(0.5))] {
                assert_eq!(in_lanes(&u, &means), std::array::from_fn(|lane| quantile(u[lane], means[lane])));
            }
        }
        assert_eq!(in_lanes(&[1.0 - 1e-16], &[31.0]), [quantile(1.0 - 1e-16, 31.0)]);
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
