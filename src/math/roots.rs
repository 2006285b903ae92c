//! Roots of a function of one variable.

use super::ln;
use crate::steps::at_once;

/// Zero of `f` between `a` and `b`, to within `tolerance` (plus a few roundings of the root).
///
/// Returns `None` when f(a) and f(b) have the same sign or are not numbers. The bracket shrinks at
/// every step, so the method always ends; `max_steps` evaluations are never exceeded, and the best
/// point so far is returned then.
///
/// # Source
/// Brent, *Algorithms for Minimization without Derivatives*, 1973, chapter 4.
///
/// ```
/// use dealcast::math::roots::brent;
/// let root = brent(|x| x * x - 2.0, 0.0, 2.0, 0.0, 100).unwrap();
/// assert!((root - std::f64::consts::SQRT_2).abs() < 1e-15);
/// ```
pub fn brent(mut f: impl FnMut(f64) -> f64, a: f64, b: f64, tolerance: f64, max_steps: usize) -> Option<f64> {
    at_once(brent_in_steps(async |x| f(x), a, b, tolerance, max_steps))
}

/// [`brent`] of a function that pauses.
pub async fn brent_in_steps(
    mut f: impl AsyncFnMut(f64) -> f64,
    a: f64,
    b: f64,
    tolerance: f64,
    max_steps: usize,
) -> Option<f64> {
    let (mut a, mut b) = (a, b);
    let (mut fa, mut fb) = (f(a).await, f(b).await);
    if !brackets(fa, fb) {
        return None;
    }
    let (mut c, mut fc) = (a, fa);
    let (mut step, mut previous) = (b - a, b - a);
    for _ in 0..max_steps {
        if (fb > 0.0) == (fc > 0.0) {
            (c, fc) = (a, fa);
            step = b - a;
            previous = step;
        }
        if fc.abs() < fb.abs() {
            (a, b, c) = (b, c, b);
            (fa, fb, fc) = (fb, fc, fb);
        }
        let resolution = 2.0 * f64::EPSILON * b.abs() + 0.5 * tolerance;
        let half = 0.5 * (c - b);
        if fb == 0.0 || half.abs() <= resolution {
            return Some(b);
        }
        let mut accepted = false;
        if previous.abs() >= resolution && fa.abs() > fb.abs() {
            let s = fb / fa;
            let (mut p, mut q) = if a == c {
                (2.0 * half * s, 1.0 - s)
            } else {
                let (t, r) = (fa / fc, fb / fc);
                (s * (2.0 * half * t * (t - r) - (b - a) * (r - 1.0)), (t - 1.0) * (r - 1.0) * (s - 1.0))
            };
            if p > 0.0 {
                q = -q;
            } else {
                p = -p;
            }
            if 2.0 * p < (3.0 * half * q - (resolution * q).abs()).min((previous * q).abs()) {
                previous = step;
                step = p / q;
                accepted = true;
            }
        }
        if !accepted {
            step = half;
            previous = half;
        }
        (a, fa) = (b, fb);
        b += if step.abs() > resolution { step } else { resolution.copysign(half) };
        fb = f(b).await;
        if fb.is_nan() {
            return None;
        }
    }
    Some(b)
}

/// Smallest point, to within `tolerance`, at which `f` is no longer negative: `f` is increasing
/// from f(low) < 0 to f(high) ≥ 0, possibly in steps. The returned point satisfies f ≥ 0.
///
/// Returns `None` when the bracket does not hold. At most `max_steps` halvings.
///
/// ```
/// use dealcast::math::roots::bisect;
/// let step = bisect(|x| if x < 0.3 { -1.0 } else { 1.0 }, 0.0, 1.0, 1e-9, 60).unwrap();
/// assert!(step >= 0.3 && step < 0.300000001);
/// ```
pub fn bisect(mut f: impl FnMut(f64) -> f64, low: f64, high: f64, tolerance: f64, max_steps: usize) -> Option<f64> {
    at_once(bisect_in_steps(async |x| f(x), low, high, tolerance, max_steps))
}

/// [`bisect`] of a function that pauses.
pub async fn bisect_in_steps(
    mut f: impl AsyncFnMut(f64) -> f64,
    low: f64,
    high: f64,
    tolerance: f64,
    max_steps: usize,
) -> Option<f64> {
    let (mut low, mut high) = (low, high);
    if !(low < high && f(low).await < 0.0 && f(high).await >= 0.0) {
        return None;
    }
    for _ in 0..max_steps {
        let middle = low + 0.5 * (high - low);
        if high - low <= tolerance || middle <= low || middle >= high {
            break;
        }
        if f(middle).await >= 0.0 {
            high = middle;
        } else {
            low = middle;
        }
    }
    Some(high)
}

/// Both tails of a continuous law at a point: lower + upper = 1, the small one with full accuracy.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Tails {
    pub(crate) lower: f64,
    pub(crate) upper: f64,
}

impl Tails {
    pub(crate) fn from_lower(lower: f64) -> Self {
        Self { lower, upper: 1.0 - lower }
    }

    pub(crate) fn from_upper(upper: f64) -> Self {
        Self { lower: 1.0 - upper, upper }
    }
}

/// ln x such that the law of a positive number has lower tail `u` at x, 0 < u < 1, x ≤ e^limit.
///
/// `law(t)` returns the tails at eᵗ and their derivative in t. Newton's method on the logarithm of
/// the smaller tail, nearly straight in t, kept inside a shrinking bracket; below the smallest
/// positive number, −∞.
pub(crate) fn invert_log(u: f64, start: f64, limit: f64, mut law: impl FnMut(f64) -> (Tails, f64)) -> f64 {
    /// ln of the smallest positive double is −744.4.
    const LOWEST: f64 = -745.0;
    if start < LOWEST {
        return f64::NEG_INFINITY;
    }
    let (mut low, mut high) = (LOWEST, limit.min(709.0));
    let mut t = start.clamp(low, high);
    for _ in 0..200 {
        let (tails, slope) = law(t);
        // excess has the sign of lower − u and is increasing in t.
        let (excess, derivative) = if u <= 0.5 {
            (ln(tails.lower / u), slope / tails.lower)
        } else {
            (-ln(tails.upper / (1.0 - u)), slope / tails.upper)
        };
        if excess == 0.0 {
            return t;
        }
        if excess > 0.0 {
            high = t;
        } else {
            low = t;
        }
        let newton = t - excess / derivative;
        if (newton - t).abs() <= 1.2e-16 * t.abs().max(0.25) {
            return newton.clamp(low, high);
        }
        let next = if newton > low && newton < high { newton } else { low + 0.5 * (high - low) };
        if next <= low || next >= high {
            return next;
        }
        t = next;
    }
    t
}

fn brackets(fa: f64, fb: f64) -> bool {
    (fa <= 0.0 && fb >= 0.0) || (fa >= 0.0 && fb <= 0.0)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::math::{exp, ln};
    #[cfg(target_arch = "wasm32")]
    use wasm_bindgen_test::wasm_bindgen_test as test;

    #[test]
    fn brent_finds_simple_steep_and_flat_roots() {
        let root = brent(|x| exp(x) - 5.0, -50.0, 50.0, 0.0, 200);
        assert!((root.unwrap_or(f64::NAN) - ln(5.0)).abs() < 1e-15);
        let root = brent(|x| (x - 0.25) * (x - 0.25) * (x - 0.25), 0.0, 1.0, 1e-12, 500);
        assert!((root.unwrap_or(f64::NAN) - 0.25).abs() < 1e-5);
        let root = brent(|x| if x < 0.7 { -1.0 } else { 1e-30 }, 0.0, 1.0, 1e-12, 500);
        assert!((root.unwrap_or(f64::NAN) - 0.7).abs() < 1e-11);
    }

    #[test]
    fn roots_at_an_end_and_missing_brackets() {
        assert_eq!(brent(|x| x, 0.0, 1.0, 0.0, 50), Some(0.0));
        assert_eq!(brent(|x| x - 1.0, 0.0, 1.0, 0.0, 50), Some(1.0));
        assert_eq!(brent(|x| x * x + 1.0, -1.0, 1.0, 0.0, 50), None);
        assert_eq!(brent(|_| f64::NAN, -1.0, 1.0, 0.0, 50), None);
        assert_eq!(bisect(|x| x + 2.0, -1.0, 1.0, 0.0, 50), None);
        assert_eq!(bisect(|x| x, 1.0, -1.0, 0.0, 50), None);
    }

    #[test]
    fn bisection_returns_the_attained_side() {
        let root = bisect(|x| x - 1.0 / 3.0, 0.0, 1.0, 0.0, 200).unwrap_or(f64::NAN);
        assert!(root >= 1.0 / 3.0 && root - 1.0 / 3.0 < 1e-16);
        // 40 halvings of a unit interval leave less than 1e-12.
        let root = bisect(|x| x - 0.1, 0.0, 1.0, 0.0, 40).unwrap_or(f64::NAN);
        assert!(root >= 0.1 && root - 0.1 < 1e-12);
    }
}
