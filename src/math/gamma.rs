//! The gamma function, the regularised incomplete gamma functions and their inverse.

use super::roots::{Tails, invert_log};
use super::{deviance, exp, ln, log1p, normal, sqrt};

/// Above this shape the incomplete functions come from Temme's uniform expansion.
const UNIFORM_EXPANSION_FROM: f64 = 1e6;

/// More terms than any series here needs; a bound, so that no input can make it loop.
const MAX_TERMS: usize = 100_000;

/// ln Γ(x) for x > 0.
pub fn ln_gamma(x: f64) -> f64 {
    libm::lgamma(x)
}

/// Digamma ψ(x) = Γ′(x)/Γ(x) for x > 0: recurrence up to 12, then the asymptotic series
/// (Abramowitz & Stegun 6.3.5 and 6.3.18).
pub fn digamma(x: f64) -> f64 {
    let (mut shift, mut x) = (0.0, x);
    while x < 12.0 {
        shift += 1.0 / x;
        x += 1.0;
    }
    let r = 1.0 / (x * x);
    let series = r
        * (1.0 / 12.0
            - r * (1.0 / 120.0
                - r * (1.0 / 252.0
                    - r * (1.0 / 240.0 - r * (1.0 / 132.0 - r * (691.0 / 32_760.0 - r * (1.0 / 12.0)))))));
    ln(x) - 0.5 / x - series - shift
}

/// Error of Stirling's formula, ln Γ(x) − [(x − ½)·ln x − x + ½·ln 2π], for x > 0
/// (Abramowitz & Stegun 6.1.41, after the recurrence up to x = 10).
pub(crate) fn stirling_error(x: f64) -> f64 {
    let (mut shift, mut x) = (0.0, x);
    while x < 10.0 {
        shift += (x + 0.5) * log1p(1.0 / x) - 1.0;
        x += 1.0;
    }
    let r = 1.0 / (x * x);
    let series = (1.0 / 12.0
        - r * (1.0 / 360.0
            - r * (1.0 / 1260.0
                - r * (1.0 / 1680.0 - r * (1.0 / 1188.0 - r * (691.0 / 360_360.0 - r * (1.0 / 156.0)))))))
        / x;
    shift + series
}

/// Regularised lower incomplete gamma function P(a, x) = ∫₀ˣ tᵃ⁻¹e⁻ᵗ dt / Γ(a), for a > 0;
/// 0 for x ≤ 0, NaN for an `a` that is not a positive finite number.
///
/// ```
/// let p = dealcast::math::gamma::lower_regularised(1.0, 2.0);
/// assert!((p - (1.0 - (-2.0_f64).exp())).abs() < 1e-15);
/// ```
pub fn lower_regularised(a: f64, x: f64) -> f64 {
    Gamma::new(a).tails(x).lower
}

/// Regularised upper incomplete gamma function Q(a, x) = 1 − P(a, x), with full relative accuracy.
pub fn upper_regularised(a: f64, x: f64) -> f64 {
    Gamma::new(a).tails(x).upper
}

/// The x with P(a, x) = u: quantile of the gamma law of shape `a` and scale 1.
/// 0 at u = 0, +∞ at u = 1.
///
/// ```
/// use dealcast::math::gamma::{lower_regularised, quantile};
/// assert!((lower_regularised(4.0, quantile(4.0, 0.3)) - 0.3).abs() < 1e-15);
/// ```
pub fn quantile(a: f64, u: f64) -> f64 {
    Gamma::new(a).quantile(u)
}

/// The gamma law of scale 1, with the constant of its density.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Gamma {
    a: f64,
    /// √(a/2π)·e^(−stirling error): xᵃe⁻ˣ/Γ(a) at x = a.
    peak: f64,
}

impl Gamma {
    pub(crate) fn new(a: f64) -> Self {
        let peak = if a > 0.0 && a < f64::INFINITY {
            sqrt(a) * exp(-stirling_error(a) - super::LN_SQRT_2PI)
        } else {
            f64::NAN
        };
        Self { a, peak }
    }

    /// x·density(x) = xᵃe⁻ˣ/Γ(a) (Loader's saddle-point form: no cancellation).
    pub(crate) fn log_density(&self, x: f64) -> f64 {
        self.peak * exp(-deviance(self.a, x))
    }

    pub(crate) fn tails(&self, x: f64) -> Tails {
        if self.peak.is_nan() || x.is_nan() {
            return Tails { lower: f64::NAN, upper: f64::NAN };
        }
        if x <= 0.0 {
            return Tails::from_lower(0.0);
        }
        if x == f64::INFINITY {
            return Tails::from_upper(0.0);
        }
        if self.a >= UNIFORM_EXPANSION_FROM {
            self.uniform_expansion(x)
        } else if x < self.a + 1.0 {
            Tails::from_lower((self.log_density(x) / self.a * self.series(x)).min(1.0))
        } else {
            Tails::from_upper((self.log_density(x) * self.continued_fraction(x)).min(1.0))
        }
    }

    /// 1 + x/(a+1) + x²/((a+1)(a+2)) + …
    fn series(&self, x: f64) -> f64 {
        let (mut sum, mut term, mut a) = (1.0, 1.0, self.a);
        for _ in 0..MAX_TERMS {
            a += 1.0;
            term *= x / a;
            sum += term;
            if term < sum * 1e-17 {
                break;
            }
        }
        sum
    }

    /// Legendre's fraction 1/(x+1−a − 1(1−a)/(x+3−a − …)), by Lentz's method.
    fn continued_fraction(&self, x: f64) -> f64 {
        let mut b = x + 1.0 - self.a;
        let mut c = f64::INFINITY;
        let mut d = 1.0 / b;
        let mut fraction = d;
        for i in 1..MAX_TERMS {
            let i = i as f64;
            let numerator = -i * (i - self.a);
            b += 2.0;
            d = 1.0 / (b + numerator * d);
            c = b + numerator / c;
            let factor = c * d;
            fraction *= factor;
            if (factor - 1.0).abs() < 1e-16 {
                break;
            }
        }
        fraction
    }

    /// ½·erfc(∓η√(a/2)) ∓ remainder (Temme 1979; DLMF 8.12.3 to 8.12.10, first two coefficients,
    /// enough for a ≥ 10⁶).
    fn uniform_expansion(&self, x: f64) -> Tails {
        let half_square = deviance(self.a, x);
        if half_square > 745.0 {
            let upper = if x > self.a { 0.0 } else { 1.0 };
            return Tails::from_upper(upper);
        }
        let eta = sqrt(2.0 * half_square / self.a).copysign(x - self.a);
        let polynomial = |c: &[f64]| c.iter().rev().fold(0.0, |sum, c| sum * eta + c);
        let c0 = polynomial(&[-1.0 / 3.0, 1.0 / 12.0, -2.0 / 135.0, 1.0 / 864.0, 1.0 / 2835.0, -139.0 / 777_600.0]);
        let c1 = polynomial(&[-1.0 / 540.0, -1.0 / 288.0, 1.0 / 378.0]);
        let remainder = exp(-half_square - super::LN_SQRT_2PI) / sqrt(self.a) * (c0 + c1 / self.a);
        let z = sqrt(2.0 * half_square).copysign(x - self.a);
        Tails {
            lower: (normal::cdf(z) - remainder).clamp(0.0, 1.0),
            upper: (normal::cdf(-z) + remainder).clamp(0.0, 1.0),
        }
    }

    pub(crate) fn quantile(&self, u: f64) -> f64 {
        if self.peak.is_nan() || !(0.0..=1.0).contains(&u) {
            return f64::NAN;
        }
        if u == 0.0 {
            return 0.0;
        }
        if u == 1.0 {
            return f64::INFINITY;
        }
        // Wilson and Hilferty's cube, or the first term of the series when it fails.
        let third = 1.0 / (9.0 * self.a);
        let root = 1.0 - third + normal::quantile(u) * sqrt(third);
        let start = if self.a > 0.5 && root > 0.1 {
            ln(self.a) + 3.0 * ln(root)
        } else {
            (ln(u) + ln_gamma(self.a + 1.0)) / self.a
        };
        let log = invert_log(u, start, f64::INFINITY, |t| {
            let x = exp(t);
            (self.tails(x), self.log_density(x))
        });
        exp(log)
    }

    /// E[(X − x)₊] = (a − x)·Q(a, x) + xᵃe⁻ˣ/Γ(a).
    pub(crate) fn stop_loss(&self, x: f64) -> f64 {
        if x <= 0.0 {
            return self.a - x;
        }
        ((self.a - x) * self.tails(x).upper + self.log_density(x)).max(0.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    #[cfg(target_arch = "wasm32")]
    use wasm_bindgen_test::wasm_bindgen_test as test;

    include!("gamma_reference.rs");

    #[test]
    fn incomplete_gamma_agrees_with_fifty_digits() {
        for &(a, x, lower, upper) in INCOMPLETE {
            let tails = Gamma::new(a).tails(x);
            // The density is e^(-deviance): its relative error grows with the deviance.
            let tolerance = 4e-15 * (1.0 + deviance(a, x));
            for (value, exact) in [(tails.lower, lower), (tails.upper, upper)] {
                // A tail that is no longer small may be the complement of the other.
                let complement = if exact > 1e-3 { tolerance } else { 0.0 };
                let error = (value - exact).abs();
                assert!(error <= tolerance * exact + complement, "{a} {x}: {value:e} {exact:e}");
            }
        }
    }

    #[test]
    fn quantile_inverts() {
        for a in [1e-3, 0.1, 0.5, 1.0, 4.0, 100.0, 12_345.6, 2e6, 1e10] {
            let law = Gamma::new(a);
            for u in [1e-12, 1e-4, 0.05, 0.3, 0.5, 0.9, 0.999, 1.0 - 1e-9] {
                let x = law.quantile(u);
                let (tails, slope) = (law.tails(x), law.log_density(x));
                if x < 1e-300 {
                    continue;
                }
                // Error of x, relative: no more than a few roundings of u and of x itself.
                let error = (tails.lower - u) / slope;
                let allowed = 1e-14 + 3e-16 * ln(x).abs() + 4e-16 * u.min(1.0 - u) / slope;
                assert!(error.abs() < allowed, "{a} {u}: {x} {error:e} {allowed:e}");
            }
        }
        assert_eq!(quantile(2.0, 0.0), 0.0);
        assert_eq!(quantile(2.0, 1.0), f64::INFINITY);
        assert!(quantile(2.0, -0.1).is_nan() && quantile(-2.0, 0.1).is_nan());
    }

    #[test]
    fn domain() {
        assert_eq!(lower_regularised(2.0, 0.0), 0.0);
        assert_eq!(upper_regularised(2.0, -1.0), 1.0);
        assert_eq!(upper_regularised(2.0, f64::INFINITY), 0.0);
        assert!(lower_regularised(0.0, 1.0).is_nan());
        assert!(lower_regularised(f64::NAN, 1.0).is_nan());
        assert!(lower_regularised(1.0, f64::NAN).is_nan());
    }

    #[test]
    fn digamma_agrees_with_fifty_digits() {
        for &(x, exact) in DIGAMMA {
            assert!((digamma(x) - exact).abs() < 2e-15 * exact.abs().max(1.0), "{x}");
        }
    }

    #[test]
    fn stirling_error_is_the_difference() {
        for x in [0.1_f64, 0.9, 2.5, 9.9, 10.1, 30.0] {
            let direct = ln_gamma(x) - ((x - 0.5) * ln(x) - x + super::super::LN_SQRT_2PI);
            assert!((stirling_error(x) - direct).abs() < 3e-14, "{x}");
        }
    }
}
