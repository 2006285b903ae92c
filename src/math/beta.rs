//! The beta function, the regularised incomplete beta function and its inverse.

use super::gamma::{ln_gamma, stirling_error};
use super::roots::{Tails, invert_log};
use super::{LN_SQRT_2PI, deviance, exp, ln, log1p, normal, sqrt};

/// Steps of the continued fraction: it needs about √max(a, b) of them.
const MAX_TERMS: usize = 200_000;

/// ln B(a, b) for positive `a` and `b`, without the cancellation of three ln Γ.
pub fn ln_beta(a: f64, b: f64) -> f64 {
    let (a, b) = (a.min(b), a.max(b));
    if b < 10.0 {
        return ln_gamma(a) + ln_gamma(b) - ln_gamma(a + b);
    }
    // Stirling's formula for b and a + b, whose large terms cancel symbolically.
    let tail = stirling_error(b) - stirling_error(a + b);
    if a < 10.0 {
        ln_gamma(a) + tail + a - a * ln(a + b) - (b - 0.5) * log1p(a / b)
    } else {
        let ratio = a / (a + b);
        LN_SQRT_2PI - 0.5 * ln(b) + stirling_error(a) + tail + (a - 0.5) * ln(ratio) - b * log1p(a / b)
    }
}

/// Regularised incomplete beta function I_x(a, b) = ∫₀ˣ tᵃ⁻¹(1−t)ᵇ⁻¹ dt / B(a, b), for a, b > 0;
/// 0 for x ≤ 0, 1 for x ≥ 1, NaN for other parameters.
///
/// ```
/// let i = dealcast::math::beta::regularised(2.0, 1.0, 0.5);
/// assert!((i - 0.25).abs() < 1e-15);
/// ```
pub fn regularised(a: f64, b: f64, x: f64) -> f64 {
    Beta::new(a, b).tails(x, 1.0 - x).lower
}

/// The x with I_x(a, b) = u: quantile of the beta law.
///
/// ```
/// use dealcast::math::beta::quantile;
/// assert!((quantile(2.0, 1.0, 0.25) - 0.5).abs() < 1e-15);
/// ```
pub fn quantile(a: f64, b: f64, u: f64) -> f64 {
    Beta::new(a, b).quantile(u)
}

/// A beta law, with the constant of its density.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Beta {
    pub(crate) a: f64,
    pub(crate) b: f64,
    /// xᵃ(1−x)ᵇ/B(a, b) at the mean.
    peak: f64,
}

impl Beta {
    pub(crate) fn new(a: f64, b: f64) -> Self {
        let valid = a > 0.0 && b > 0.0 && a + b < f64::INFINITY;
        let peak = if valid {
            let correction = stirling_error(a + b) - stirling_error(a) - stirling_error(b);
            sqrt(a / (a + b) * b) * exp(correction - LN_SQRT_2PI)
        } else {
            f64::NAN
        };
        Self { a, b, peak }
    }

    /// x(1−x)·density(x) = xᵃyᵇ/B(a, b) with y = 1 − x (Loader's saddle-point form).
    pub(crate) fn logit_density(&self, x: f64, y: f64) -> f64 {
        let n = self.a + self.b;
        self.peak * exp(-deviance(self.a, n * x) - deviance(self.b, n * y))
    }

    /// Both tails at x, given y = 1 − x.
    pub(crate) fn tails(&self, x: f64, y: f64) -> Tails {
        if self.peak.is_nan() || x.is_nan() {
            return Tails { lower: f64::NAN, upper: f64::NAN };
        }
        if x <= 0.0 {
            return Tails::from_lower(0.0);
        }
        if y <= 0.0 {
            return Tails::from_upper(0.0);
        }
        let density = self.logit_density(x, y);
        if self.a * y > self.b * x {
            Tails::from_lower((density / fraction(self.a, self.b, x, y)).min(1.0))
        } else {
            Tails::from_upper((density / fraction(self.b, self.a, y, x)).min(1.0))
        }
    }

    pub(crate) fn quantile(&self, u: f64) -> f64 {
        if self.peak.is_nan() || !(0.0..=1.0).contains(&u) {
            return f64::NAN;
        }
        if u == 0.0 || u == 1.0 {
            return u;
        }
        // Solve for the logarithm of whichever of x and 1 − x is below one half.
        if self.tails(0.5, 0.5).lower >= u {
            exp(self.log_quantile(u))
        } else {
            let mirrored = Self { a: self.b, b: self.a, ..*self };
            1.0 - exp(mirrored.log_quantile(1.0 - u))
        }
    }

    /// E[(X − x)₊] with y = 1 − x: (mean − x)·(1 − I_x(a, b)) + xᵃyᵇ/((a + b)·B(a, b)).
    pub(crate) fn stop_loss(&self, x: f64, y: f64) -> f64 {
        let n = self.a + self.b;
        let excess = (self.a * y - self.b * x) / n;
        (excess * self.tails(x, y).upper + self.logit_density(x, y) / n).max(0.0)
    }

    /// ln x with I_x = u, knowing that x ≤ ½.
    fn log_quantile(&self, u: f64) -> f64 {
        let (a, b) = (self.a, self.b);
        let n = a + b;
        let centre = (a + normal::quantile(u) * sqrt(a / n * b)) / n;
        let start = if a > 1.0 && centre > 0.2 * a / n { ln(centre) } else { (ln(u) + ln(a) + ln_beta(a, b)) / a };
        let limit = -core::f64::consts::LN_2;
        invert_log(u, start, limit, |t| {
            let x = exp(t);
            let y = 1.0 - x;
            (self.tails(x, y), self.logit_density(x, y) / y)
        })
    }
}

/// xᵃyᵇ/(B(a, b)·I_x(a, b)), for x at or below the mean and y = 1 − x: the continued fraction
/// β₀ + α₁/(β₁ + α₂/(β₂ + …)) of DiDonato and Morris ("Algorithm 708", ACM Transactions on
/// Mathematical Software 18, 1992, equation 9), whose terms do not cancel.
///
/// Lentz's method, as modified by Thompson and Barnett, finds how many terms matter; they are then
/// evaluated from the last to the first, which does not accumulate the roundings of its product.
fn fraction(a: f64, b: f64, x: f64, y: f64) -> f64 {
    let excess = a * y - b * x;
    let numerator = |m: f64| {
        let odd = a + 2.0 * m - 1.0;
        (a + m - 1.0) / odd * ((a + b + m - 1.0) / odd) * m * (b - m) * x * x
    };
    let denominator = |m: f64| {
        let odd = a + 2.0 * m;
        m + m * (b - m) / (odd - 1.0) * x + (a + m) / (odd + 1.0) * (excess + 1.0 + m * (1.0 + y))
    };
    let first = a / (a + 1.0) * (excess + 1.0);
    let (mut c, mut d) = (first, 0.0);
    let mut terms = 1;
    while terms < MAX_TERMS {
        let m = terms as f64;
        let (alpha, beta) = (numerator(m), denominator(m));
        d = 1.0 / (beta + alpha * d);
        c = beta + alpha / c;
        terms += 1;
        if (c * d - 1.0).abs() < 2e-16 {
            break;
        }
    }
    let mut rest = denominator(terms as f64);
    for m in (1..terms).rev() {
        rest = denominator(m as f64) + numerator(m as f64 + 1.0) / rest;
    }
    first + numerator(1.0) / rest
}

#[cfg(test)]
mod tests {
    use super::*;
    #[cfg(target_arch = "wasm32")]
    use wasm_bindgen_test::wasm_bindgen_test as test;

    include!("beta_reference.rs");

    #[test]
    fn incomplete_beta_agrees_with_fifty_digits() {
        for &(a, b, x, lower, upper) in INCOMPLETE {
            let law = Beta::new(a, b);
            let tails = law.tails(x, 1.0 - x);
            // What one rounding of the smaller of x and 1 - x does to the probability.
            let conditioning = 4e-16 * law.logit_density(x, 1.0 - x) / x.max(1.0 - x);
            let n = a + b;
            let tolerance = 4e-15 * (1.0 + deviance(a, n * x) + deviance(b, n * (1.0 - x)));
            for (value, exact) in [(tails.lower, lower), (tails.upper, upper)] {
                // A tail that is no longer small may be the complement of the other.
                let complement = if exact > 1e-3 { tolerance } else { 0.0 };
                let error = (value - exact).abs();
                let allowed = tolerance * exact + complement + conditioning;
                assert!(error <= allowed, "{a} {b} {x}: {value:e} {exact:e}");
            }
        }
    }

    #[test]
    fn quantile_inverts() {
        let shapes = [1e-3, 0.5, 1.0, 2.25, 24.5, 1234.5, 1e6];
        for (a, b) in shapes.iter().flat_map(|&a| shapes.map(|b| (a, b))) {
            let law = Beta::new(a, b);
            for u in [1e-12, 1e-4, 0.05, 0.3, 0.5, 0.9, 0.999, 1.0 - 1e-9] {
                let x = law.quantile(u);
                if x < 1e-300 || x == 1.0 {
                    continue;
                }
                // One unit in the last place of x moves the probability by `step`.
                let slope = law.logit_density(x, 1.0 - x) / x / (1.0 - x);
                let step = slope * x * f64::EPSILON;
                let error = (law.tails(x, 1.0 - x).lower - u).abs();
                let allowed = 2.0 * step + 4e-14 * u.min(1.0 - u) + 1e-15;
                assert!(error < allowed, "{a} {b} {u}: {x} {error:e} {allowed:e}");
            }
        }
        assert_eq!(quantile(2.0, 3.0, 0.0), 0.0);
        assert_eq!(quantile(2.0, 3.0, 1.0), 1.0);
        assert!(quantile(2.0, 3.0, 1.1).is_nan() && quantile(0.0, 3.0, 0.1).is_nan());
    }

    #[test]
    fn ln_beta_agrees_with_fifty_digits() {
        for &(a, b, exact) in LN_BETA {
            assert!((ln_beta(a, b) - exact).abs() < 1e-14 * exact.abs().max(1.0), "{a} {b}");
            assert_eq!(ln_beta(a, b), ln_beta(b, a));
        }
    }

    #[test]
    fn domain() {
        assert_eq!(regularised(2.0, 3.0, -1.0), 0.0);
        assert_eq!(regularised(2.0, 3.0, 2.0), 1.0);
        assert!(regularised(0.0, 3.0, 0.5).is_nan());
        assert!(regularised(2.0, f64::NAN, 0.5).is_nan());
        assert!(regularised(2.0, 3.0, f64::NAN).is_nan());
    }
}
