//! The Poisson law: exact for figures, and quantiles fast enough to draw from in a loop.

use super::gamma::{lower_regularised, upper_regularised};
use super::{RECIPROCALS, normal, single, sqrt, vector};

/// Means up to here are inverted exactly; above, by expansion.
pub const SUMMED: f64 = single::LARGEST_MEAN;

/// Means from which the expansion says where to look, so that few laws are summed.
const GUESSED: f64 = 4.0;

/// Above this count the rest of a summed law is below the spacing of u.
const LAST: usize = RECIPROCALS.len() - 1;

/// Means above are large for single precision.
const LARGE: f64 = 1e5;

/// Smallest k with P(X ≤ k) ≥ `u` for X Poisson of the given mean ≥ 0, 0 < u < 1: increasing in u.
///
/// Up to a mean of [`SUMMED`] the law is summed. Above, the expansion of Cornish and Fisher (as in Giles, "Algorithm 955:
/// approximation of the inverse Poisson cumulative distribution function", ACM Transactions on Mathematical
/// Software 2016), ⌊μ + √μ w + (2 + w²)/6 + (w/36)(−1 − w²/2)/√μ + …⌋ with w = Φ⁻¹(u): off by one for fewer than
/// one draw in ten thousand, without bias to speak of.
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

/// [`quantile`] in several lanes, as far as single precision decides it: small laws are summed in step, as far as the longest
/// takes; of larger ones the expansion tells the count, except where it is too near a step of the law.
///
/// ```
/// use dealcast::math::poisson::{in_lanes, quantile};
/// assert_eq!(in_lanes(&[0.9, 0.1], &[7.5, 0.2]), [quantile(0.9, 7.5), quantile(0.1, 0.2)]);
/// ```
#[inline]
#[must_use]
pub fn in_lanes<const N: usize>(u: &[f64; N], mean: &[f64; N]) -> [f64; N] {
    let one = |lane: usize| quantile(u[lane], mean[lane]);
    let small = vector::any(mean, |mean| mean < GUESSED);
    if vector::any(mean, |mean| mean > if small { SUMMED } else { LARGE }) {
        std::array::from_fn(one)
    } else if small {
        let mean = mean.map(|mean| mean as f32);
        single::counts(u, mean.map(|mean| -mean), |reciprocal| mean.map(|mean| mean * reciprocal), one)
    } else {
        let (counts, margins) = places(u, mean);
        single::settled(counts.map(f64::from), &margins, 0.0, one)
    }
}

/// Factors of 1/μ·(1, w², w⁴) and of w/μ^1.5·(1, w², w⁴) in the expansion.
type Terms<F> = [F; 6];

/// Up to [`SUMMED`]: fitted to be within [`NEAR_ERROR`] of where the law steps, for means from [`GUESSED`] on.
const NEAR: Terms<f32> =
    [-0.034_862_226, 0.018_137_662, 0.003_416_043_2, 0.169_236_72, -0.056_612_796, 0.002_421_476_7];
/// Times 1/μ. Half as much again as the largest found (tested).
const NEAR_ERROR: f32 = 0.08;

/// Above: the expansion's own terms of 1/μ; those of μ^−1.5 fitted.
const FAR: Terms<f64> = [
    -8.0 / 405.0,
    7.0 / 810.0,
    1.0 / 270.0,
    0.017_298_300_237_545_326,
    -0.003_486_721_797_279_93,
    -0.001_337_462_080_254_324,
];

/// Quantile of a mean above [`SUMMED`]: the whole part of where w = Φ⁻¹(u) is among the counts.
#[inline(never)]
fn expanded(u: f64, mean: f64) -> f64 {
    let w = normal::quantile(u);
    let [a, b, c, d, e, f] = FAR;
    let (root, square) = (sqrt(mean), w * w);
    let (inverse, fourth) = (1.0 / root, square * square);
    let reciprocal = inverse * inverse;
    let even = 2.0 / 6.0 + square * (1.0 / 6.0) + reciprocal * (a + b * square + c * fourth);
    let odd =
        root + inverse * (-1.0 / 36.0 - square * (1.0 / 72.0)) + reciprocal * inverse * (d + e * square + f * fourth);
    let place = mean + even + w * odd;
    libm::floor(place).max(0.0)
}

/// Quantiles of means of at least [`GUESSED`] by [`expanded`], and its like for means up to [`SUMMED`], in single precision;
/// and how far they are from being other ones, without what may be wrong of that: nothing or less where that does not decide.
/// Loops without a branch, for vectors; apart from what asks for them, which would bring branches in.
#[inline(never)]
fn places<const N: usize>(u: &[f64; N], mean: &[f64; N]) -> ([f32; N], [f32; N]) {
    /// 3·2²²: what is added to it is rounded to a whole number.
    const WHOLE: f32 = 12_582_912.0;
    let (w, outside) = normal::central_quantiles(u);
    let mean = mean.map(|mean| mean as f32);
    let (mut counts, mut margins) = ([0.0; N], [0.0; N]);
    for lane in 0..N {
        let (mean, w) = (mean[lane], w[lane]);
        let far = mean > SUMMED as f32;
        let term = |place: usize| if far { FAR[place] as f32 } else { NEAR[place] };
        let (root, square) = (mean.sqrt(), w * w);
        // Products that do not wait for one another.
        let (inverse, fourth) = (1.0 / root, square * square);
        let reciprocal = inverse * inverse;
        let even = 2.0 / 6.0 + square * (1.0 / 6.0) + reciprocal * (term(0) + term(1) * square + term(2) * fourth);
        let odd = root
            + inverse * (-1.0 / 36.0 - square * (1.0 / 72.0))
            + reciprocal * inverse * (term(3) + term(4) * square + term(5) * fourth);
        let place = mean + even + w * odd;
        let below = (place - 0.5 + WHOLE) - WHOLE;
        let (from, to) = (place - below, below + 1.0 - place);
        let distance = if from < to { from } else { to };
        // What single precision may do, and the expansion.
        let error = 1e-4 + 1e-6 * mean + reciprocal * if far { 0.0 } else { NEAR_ERROR };
        counts[lane] = if below > 0.0 { below } else { 0.0 };
        margins[lane] = distance - error - outside[lane];
    }
    (counts, margins)
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
            assert!(wrong < 4, "{mean}: {wrong} of {steps}");
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
    fn the_expansion_knows_where_it_decides() {
        // Where the law steps, the place is within the error allowed for of a whole number: some way from not being decided.
        for step in 0..400 {
            let mean = GUESSED + (SUMMED - GUESSED) * f64::from(step) / 399.0;
            for k in 0..100 {
                let ([count], [margin]) = places(&[cdf(k, mean)], &[mean]);
                let near = count == k as f32 || count == (k + 1) as f32;
                assert!(near && margin <= -0.25 * NEAR_ERROR / mean as f32 || margin < -0.4, "{mean} {k}: {margin}");
            }
        }
        // Hence quantiles are those of the sums, next to steps above all.
        for mean in [4.0, 4.7, 8.0, 12.3, 21.0, 32.0] {
            for k in 0..80 {
                for shift in [-0.3, -1e-2, -1e-4, -1e-9, 1e-9, 1e-4, 1e-2, 0.3] {
                    let u = cdf(k, mean) * (1.0 + shift);
                    if u < 1.0 {
                        assert_eq!(in_lanes(&[u], &[mean]), [quantile(u, mean)], "{mean} {u}");
                    }
                }
            }
        }
    }

    #[test]
    fn single_precision_knows_where_it_decides() {
        // Next to where the count changes, and anywhere.
        for mean in [0.2, 3.9, 15.0, 33.0, 97.3, 1_234.5, 98_765.4] {
            for step in 1..4000 {
                let u = f64::from(step) / 4000.0;
                let count = quantile(u, mean);
                let (mut below, mut above) = (u, (u + 0.002).min(1.0 - 1e-9));
                while above - below > 1e-12 {
                    let middle = 0.5 * (below + above);
                    (below, above) = if quantile(middle, mean) > count { (below, middle) } else { (middle, above) };
                }
                let near = [u, above, below, above + 1e-7, below - 1e-7, above + 1e-5, below - 1e-5, above - 1e-9];
                assert_eq!(in_lanes(&near, &[mean; 8]), near.map(|u| quantile(u, mean)), "{mean} {u}");
            }
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
