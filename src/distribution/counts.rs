//! Binomial counts by inversion, fast enough to draw from in a loop.

use crate::math::{exp, log1p, normal, sqrt};

/// Means from which the count is the Cornish–Fisher quantile of third order instead of a search.
const LARGE: f64 = 25.0;

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
        summed(u, trials, probability, exp(n * log1p(-probability)))
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
    while u > below && count < trials {
        mass *= odds * f64::from(trials - count) / f64::from(count + 1);
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

/// Most trials whose probabilities of no success are kept.
const KEPT: usize = 4096;

/// [`binomial_count`] at one probability after another: the probabilities of no success are kept as long as it
/// stays the same. The same counts.
///
/// ```
/// use dealcast::distribution::{BinomialCounts, binomial_count};
/// let mut counts = BinomialCounts::default();
/// assert_eq!(counts.at(0.8, 320, 0.0135), binomial_count(0.8, 320, 0.0135));
/// ```
#[derive(Debug, Clone, Default)]
pub struct BinomialCounts {
    probability: f64,
    log_failure: f64,
    /// (1 − p)^n by n; above 1 where it is not known yet.
    none: Vec<f64>,
}

impl BinomialCounts {
    /// Count of `trials` at probability `u`.
    #[inline]
    #[must_use]
    pub fn at(&mut self, u: f64, trials: u32, probability: f64) -> u32 {
        let n = f64::from(trials);
        if probability > 0.5 || n * probability >= LARGE || trials as usize >= KEPT {
            return binomial_count(u, trials, probability);
        }
        if probability != self.probability || self.none.is_empty() {
            self.probability = probability;
            self.log_failure = log1p(-probability);
            self.none.clear();
        }
        let place = trials as usize;
        if place >= self.none.len() {
            self.none.resize(place + 1, 2.0);
        }
        if self.none[place] > 1.0 {
            self.none[place] = exp(n * self.log_failure);
        }
        summed(u, trials, probability, self.none[place])
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
    fn kept_probabilities_give_the_same_counts() {
        let mut counts = BinomialCounts::default();
        for (n, p) in [(320, 0.0135), (319, 0.0135), (5, 0.4), (320, 0.0135), (9000, 0.001), (700, 0.9), (0, 0.2)] {
            for step in 0..200 {
                let u = (f64::from(step) + 0.5) / 200.0;
                assert_eq!(counts.at(u, n, p), binomial_count(u, n, p), "{n} {p} {u}");
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
