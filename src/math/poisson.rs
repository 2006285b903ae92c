//! The Poisson law: exact for figures, and quantiles fast enough to draw from in a loop.

use super::gamma::{lower_regularised, upper_regularised};
use super::{RECIPROCALS, normal, sqrt, vector};

/// Means up to here are inverted exactly; above, by expansion.
pub const SUMMED: f64 = 32.0;

/// Means from which the expansion says where to look, so that few laws are summed.
const GUESSED: f64 = 4.0;

/// Above this count the rest of a summed law is below the spacing of u.
const LAST: usize = RECIPROCALS.len() - 1;

/// Lanes whose laws are summed together: what they need stays in the registers.
const SUMMED_LANES: usize = 4;

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
    if mean <= SUMMED { summed(u, mean, vector::exp([-mean])[0]) } else { expanded([u], [mean], false, true)[0] }
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

/// [`quantile`] in several lanes: small laws are summed in step, as far as the longest takes; of larger ones the expansion
/// tells the count, except where it is too near a step of the law, and these alone are summed.
///
/// ```
/// use dealcast::math::poisson::{in_lanes, quantile};
/// assert_eq!(in_lanes(&[0.9, 0.1], &[7.5, 0.2]), [quantile(0.9, 7.5), quantile(0.1, 0.2)]);
/// ```
#[inline]
#[must_use]
pub fn in_lanes<const N: usize>(u: &[f64; N], mean: &[f64; N]) -> [f64; N] {
    if !vector::any(mean, |mean| mean < GUESSED) {
        expanded(*u, *mean, vector::any(mean, |mean| mean <= SUMMED), vector::any(mean, |mean| mean > SUMMED))
    } else if vector::any(mean, |mean| mean > SUMMED) {
        std::array::from_fn(|lane| quantile(u[lane], mean[lane]))
    } else {
        let mut counts = [0.0; N];
        for first in (0..N).step_by(SUMMED_LANES) {
            // Where lanes are missing, laws of no mean.
            let (mut some, mut of) = ([0.0; SUMMED_LANES], [0.0; SUMMED_LANES]);
            let lanes = SUMMED_LANES.min(N - first);
            some[..lanes].copy_from_slice(&u[first..first + lanes]);
            of[..lanes].copy_from_slice(&mean[first..first + lanes]);
            let none = vector::exp(of.map(|mean| -mean));
            let summed = vector::counts(&some, none, |reciprocal| of.map(|mean| mean * reciprocal));
            counts[first..first + lanes].copy_from_slice(&summed[..lanes]);
        }
        counts
    }
}

/// Factors of 1/μ·(1, w², w⁴) and of w/μ^1.5·(1, w², w⁴) in the expansion.
type Terms = [f64; 6];

/// Up to [`SUMMED`]: fitted to be within [`NEAR_ERROR`] of where the law steps, for means from [`GUESSED`] on.
const NEAR: Terms = [
    -0.034_862_225_814_093_42,
    0.018_137_661_817_212_807,
    0.003_416_043_174_358_014,
    0.169_236_715_495_858_7,
    -0.056_612_795_944_691_52,
    0.002_421_476_684_724_787_4,
];
/// Times 1/μ. Half as much again as the largest found (tested).
const NEAR_ERROR: f64 = 0.08;

/// Above: the expansion's own terms of 1/μ; those of μ^−1.5 fitted.
const FAR: Terms = [
    -8.0 / 405.0,
    7.0 / 810.0,
    1.0 / 270.0,
    0.017_298_300_237_545_326,
    -0.003_486_721_797_279_93,
    -0.001_337_462_080_254_324,
];

/// Quantiles of means of at least [`GUESSED`] by expansion, summed where that does not decide.
#[inline]
fn expanded<const N: usize>(u: [f64; N], mean: [f64; N], near: bool, far: bool) -> [f64; N] {
    // Loops without a branch, for vectors: what is decided is a number too.
    let (mut w, mut outside) = ([0.0; N], [0.0; N]);
    for lane in 0..N {
        let (quantile, holds) = normal::central_quantile(u[lane]);
        (w[lane], outside[lane]) = (quantile, if holds { 0.0 } else { 1.0 });
    }
    let (mut counts, mut open) = ([0.0; N], outside);
    if near {
        let (places, undecided) = places(&mean, &w, &NEAR);
        counts = places;
        for lane in 0..N {
            open[lane] = if undecided[lane] > outside[lane] { undecided[lane] } else { outside[lane] };
        }
    }
    if far {
        let (places, _) = places(&mean, &w, &FAR);
        for lane in 0..N {
            let is_far = mean[lane] > SUMMED;
            counts[lane] = if is_far { places[lane] } else { counts[lane] };
            open[lane] = if is_far { outside[lane] } else { open[lane] };
        }
    }
    let mut some = [0.0; 2];
    for lane in 0..N {
        some[lane % 2] += open[lane];
    }
    if some != [0.0; 2] {
        for lane in 0..N {
            if open[lane] != 0.0 {
                counts[lane] = decided(u[lane], mean[lane]);
            }
        }
    }
    counts
}

/// [`place`] in several lanes: whole parts, and 1 where they may not decide. Apart from what asks for them, which would
/// leave lanes out by a branch.
#[inline(never)]
fn places<const N: usize>(mean: &[f64; N], w: &[f64; N], terms: &Terms) -> ([f64; N], [f64; N]) {
    let (mut counts, mut undecided) = ([0.0; N], [0.0; N]);
    for lane in 0..N {
        let (count, distance, error) = place(mean[lane], w[lane], terms);
        (counts[lane], undecided[lane]) = (count, if distance > error { 0.0 } else { 1.0 });
    }
    (counts, undecided)
}

/// Where w = Φ⁻¹(u) is among the counts: its whole part, which is the quantile, how near it is to another one, and how
/// near it may be where it decides.
#[inline(always)]
fn place(mean: f64, w: f64, [a, b, c, d, e, f]: &Terms) -> (f64, f64, f64) {
    /// 3·2⁵¹: what is added to it is rounded to a whole number.
    const WHOLE: f64 = 6_755_399_441_055_744.0;
    let (root, square) = (sqrt(mean), w * w);
    // Products that do not wait for one another.
    let (inverse, fourth) = (1.0 / root, square * square);
    let reciprocal = inverse * inverse;
    let even = 2.0 / 6.0 + square * (1.0 / 6.0) + reciprocal * (a + b * square + c * fourth);
    let odd =
        root + inverse * (-1.0 / 36.0 - square * (1.0 / 72.0)) + reciprocal * inverse * (d + e * square + f * fourth);
    let place = mean + even + w * odd;
    let below = (place - 0.5 + WHOLE) - WHOLE;
    let (from, to) = (place - below, below + 1.0 - place);
    let distance = if from < to { from } else { to };
    (if below > 0.0 { below } else { 0.0 }, distance, NEAR_ERROR * reciprocal)
}

/// What the expansion in lanes leaves open.
#[cold]
fn decided(u: f64, mean: f64) -> f64 {
    if mean <= SUMMED { summed(u, mean, vector::exp([-mean])[0]) } else { place(mean, normal::quantile(u), &FAR).0 }
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
        // Where the law steps, the place is within the error allowed for of a whole number.
        for step in 0..400 {
            let mean = GUESSED + (SUMMED - GUESSED) * f64::from(step) / 399.0;
            for k in 0..100 {
                let (w, inside) = normal::central_quantile(cdf(k, mean));
                let (count, error, allowed) = place(mean, w, &NEAR);
                let near = count == k as f64 || count == (k + 1) as f64;
                assert!(!inside || near && error < 0.75 * allowed, "{mean} {k}: {error}");
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
