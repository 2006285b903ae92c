//! Binomial counts by inversion, fast enough to draw from in a loop.

use crate::math::{RECIPROCALS, log1p, normal, single, sqrt, vector};

/// Means from which the count is the Cornish–Fisher quantile of third order instead of a search.
pub(super) const LARGE: f64 = 25.0;

/// Count of a binomial law of `trials` at probability `u` in (0, 1), increasing in both.
///
/// Exact below a mean of 25, by adding up probabilities; from there the quantile of Cornish and Fisher
/// (Revue de l'Institut International de Statistique 1938) rounded to a whole number, whose distribution
/// function is within 10⁻³ of the exact one.
///
/// ```
/// use dealcast::distribution::binomial_count;
/// assert_eq!((binomial_count(0.5, 10, 0.5), binomial_count(0.5, 10, 1.0), binomial_count(0.5, 0, 0.3)), (5, 10, 0));
/// ```
#[inline]
#[must_use]
pub fn binomial_count(u: f64, trials: u32, probability: f64) -> u32 {
    if probability > 0.5 {
        return trials - binomial_count(1.0 - u, trials, 1.0 - probability);
    }
    let n = f64::from(trials);
    if n * probability < LARGE {
        summed(u, trials, probability, vector::exp([n * log1p(-probability)])[0])
    } else {
        expanded(u, n, probability)
    }
}

/// By adding up probabilities from that of no success on.
#[inline]
fn summed(u: f64, trials: u32, probability: f64, none: f64) -> u32 {
    let odds = probability / (1.0 - probability);
    let mut mass = none;
    let mut below = mass;
    let mut count = 0;
    let most = trials.min(RECIPROCALS.len() as u32 - 1);
    while u > below && count < most {
        mass *= odds * f64::from(trials - count) * RECIPROCALS[count as usize + 1];
        count += 1;
        below += mass;
    }
    count
}

/// By the expansion of Cornish and Fisher.
fn expanded(u: f64, n: f64, probability: f64) -> u32 {
    let mean = n * probability;
    let z = normal::quantile(u);
    let variance = mean * (1.0 - probability);
    let sd = sqrt(variance);
    let skew = (1.0 - 2.0 * probability) / sd;
    let excess = (1.0 - 6.0 * probability * (1.0 - probability)) / variance;
    let cube = z * z * z;
    let place =
        z + skew * (z * z - 1.0) / 6.0 + excess * (cube - 3.0 * z) / 24.0 - skew * skew * (2.0 * cube - 5.0 * z) / 36.0;
    rounded(mean + sd * place, n)
}

/// A probability of each lane for [`BinomialLanes::counts`], with what of it does not depend on the trials.
#[derive(Debug, Clone, PartialEq)]
pub struct BinomialLanes<const N: usize> {
    probability: [f64; N],
    odds: [f32; N],
    log_failure: [f64; N],
    largest: f64,
}

impl<const N: usize> BinomialLanes<N> {
    /// For these probabilities.
    #[must_use]
    pub fn new(probability: [f64; N]) -> Self {
        Self {
            probability,
            odds: probability.map(|p| (p / (1.0 - p)) as f32),
            log_failure: probability.map(|p| log1p(-p)),
            largest: probability.into_iter().fold(0.0, f64::max),
        }
    }

    /// [`binomial_count`] of each lane's trials, a whole number, at its `u`: all laws are added up in step, as far as
    /// the longest takes. The same counts.
    ///
    /// ```
    /// use dealcast::distribution::{BinomialLanes, binomial_count};
    /// let counts = BinomialLanes::new([0.0135, 0.3]).counts(&[0.8, 0.2], &[320.0, 6.0]);
    /// assert_eq!(counts.map(|count| count as u32), [binomial_count(0.8, 320, 0.0135), binomial_count(0.2, 6, 0.3)]);
    /// ```
    #[inline]
    #[must_use]
    pub fn counts(&self, u: &[f64; N], trials: &[f64; N]) -> [f64; N] {
        let one = |lane: usize| f64::from(binomial_count(u[lane], trials[lane] as u32, self.probability[lane]));
        if self.largest > 0.5 || vector::any(trials, |trials| trials * self.largest >= LARGE) {
            return std::array::from_fn(one);
        }
        let log_none = std::array::from_fn(|lane| (trials[lane] * self.log_failure[lane]) as f32);
        let mut left = trials.map(|trials| trials as f32);
        let factor = |reciprocal| {
            let factor = std::array::from_fn(|lane| self.odds[lane] * left[lane] * reciprocal);
            left.iter_mut().for_each(|left| *left -= 1.0);
            factor
        };
        single::counts(u, log_none, factor, one)
    }
}

fn rounded(value: f64, maximum: f64) -> u32 {
    libm::floor(value + 0.5).clamp(0.0, maximum) as u32
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::math::binomial;
    #[cfg(target_arch = "wasm32")]
    use wasm_bindgen_test::wasm_bindgen_test as test;

    /// P(count ≤ k) that the sampler gives: the share of a fine grid of uniforms.
    fn given(k: u32, count: impl Fn(f64) -> u32) -> f64 {
        let n = 1 << 14;
        (0..n).filter(|&i| count((f64::from(i) + 0.5) / f64::from(n)) <= k).count() as f64 / f64::from(n)
    }

    #[test]
    fn lanes_give_the_same_counts() {
        let cases = [(320, 0.0135), (319, 0.0135), (5, 0.4), (0, 0.2), (3, 0.0), (1, 0.5), (40, 0.3), (900, 0.02)];
        for (n, p) in [(9000, 0.01), (700, 0.9), (2, 1.0), (40, 0.1)] {
            // With a lane that is not summed, and without.
            let mut cases = cases;
            cases[1] = (n, p);
            let (n, p) = (cases.map(|(n, _)| f64::from(n)), cases.map(|(_, p)| p));
            let lanes = BinomialLanes::new(p);
            for step in 0..300 {
                let u: [f64; 8] = std::array::from_fn(|lane| f64::from((step + 37 * lane as i32) % 300) / 300.0 + 1e-3);
                let right = std::array::from_fn(|lane| f64::from(binomial_count(u[lane], n[lane] as u32, p[lane])));
                assert_eq!(lanes.counts(&u, &n), right, "{u:?}");
            }
        }
    }

    #[test]
    fn lanes_know_where_single_precision_decides() {
        // Next to where the count changes.
        for (n, p) in [(320.0, 0.0135), (5.0, 0.4), (49.0, 0.5), (1.0, 0.02), (2e7, 1e-6), (1600.0, 0.0155)] {
            for k in 0..60_u64 {
                let step = binomial::cdf(k, n as u64, p);
                let u =
                    [0.0, 1e-9, -1e-9, 1e-6, -1e-6, 2e-5, -2e-5, 1e-4].map(|by| (step + by).clamp(1e-9, 1.0 - 1e-9));
                let right = u.map(|u| f64::from(binomial_count(u, n as u32, p)));
                assert_eq!(BinomialLanes::new([p; 8]).counts(&u, &[n; 8]), right, "{n} {p} {k}");
            }
        }
    }

    #[test]
    fn binomial_counts_follow_their_law() {
        for (n, p, tolerance) in [(5, 0.4, 1e-4), (320, 0.0135, 1e-4), (4600, 0.009, 1e-3), (700, 0.9, 1e-3)] {
            let (mean, sd) = (f64::from(n) * p, f64::sqrt(f64::from(n) * p * (1.0 - p)));
            for z in [-2.0, -1.0, 0.0, 0.7, 2.2] {
                let k = (mean + z * sd).clamp(0.0, f64::from(n)) as u32;
                let exact = binomial::cdf(u64::from(k), u64::from(n), p);
                let found = given(k, |u| binomial_count(u, n, p));
                assert!((found - exact).abs() < tolerance, "{n} {p} {k}: {found} {exact}");
            }
        }
    }
}
