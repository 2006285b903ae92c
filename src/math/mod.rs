//! Elementary and special functions that give the same bits on every platform.
//!
//! The transcendental functions of `std` call the host's mathematics library, whose last bit
//! differs between platforms. Everything here is built on [`libm`], a pure Rust port, and on the
//! five operations and the square root that IEEE 754 rounds correctly everywhere.

pub mod beta;
pub mod binomial;
pub mod fft;
pub mod gamma;
pub mod normal;
pub mod normal_table;
pub mod poisson;
pub mod roots;
pub(crate) mod single;
pub mod vector;

/// ln √(2π).
pub const LN_SQRT_2PI: f64 = 0.918_938_533_204_672_8;

/// 1/k, from k = 1 on: to multiply by instead of dividing in a sum over a law of counts.
pub(crate) const RECIPROCALS: [f64; 201] = {
    let mut table = [0.0; 201];
    let mut k = 1;
    while k < table.len() {
        table[k] = 1.0 / k as f64;
        k += 1;
    }
    table
};

/// eˣ.
#[inline]
pub fn exp(x: f64) -> f64 {
    libm::exp(x)
}

/// eˣ − 1, accurate for small `x`.
#[inline]
pub fn expm1(x: f64) -> f64 {
    libm::expm1(x)
}

/// Natural logarithm; −∞ at 0, NaN below.
#[inline]
pub fn ln(x: f64) -> f64 {
    libm::log(x)
}

/// ln(1 + x), accurate for small `x`.
#[inline]
pub fn log1p(x: f64) -> f64 {
    libm::log1p(x)
}

/// Square root, correctly rounded on every platform.
#[inline]
pub fn sqrt(x: f64) -> f64 {
    x.sqrt()
}

/// A whole number from 0 to 2³² − 1 as an integer: less work for a browser than a conversion that minds all others.
///
/// ```
/// assert_eq!(dealcast::math::whole(4_294_967_295.0), u32::MAX);
/// ```
#[inline(always)]
#[must_use]
pub fn whole(x: f64) -> u32 {
    // The number is at the end of the bits of the sum.
    (x + (1_u64 << 52) as f64).to_bits() as u32
}

/// The largest whole number up to `x`, for 0 ≤ `x` < 2⁵², without a branch or a call.
///
/// ```
/// assert_eq!([2.0, 2.4, 2.5, 3.5, 2.999].map(dealcast::math::floor), [2.0, 2.0, 2.0, 3.0, 2.0]);
/// ```
#[inline(always)]
#[must_use]
pub fn floor(x: f64) -> f64 {
    const POINT: f64 = (1_u64 << 52) as f64;
    let nearest = (x + POINT) - POINT;
    nearest - if nearest > x { 1.0 } else { 0.0 }
}

/// xʸ for real `y`.
#[inline]
pub fn powf(x: f64, y: f64) -> f64 {
    libm::pow(x, y)
}

/// xⁿ for integer `n`, by repeated squaring: the order of the multiplications is fixed.
///
/// ```
/// assert_eq!(dealcast::math::powi(1.5, 3), 3.375);
/// assert_eq!(dealcast::math::powi(2.0, -2), 0.25);
/// ```
pub fn powi(x: f64, n: i32) -> f64 {
    let mut result = 1.0;
    let mut square = x;
    let mut bits = n.unsigned_abs();
    while bits > 0 {
        if bits & 1 == 1 {
            result *= square;
        }
        bits >>= 1;
        if bits > 0 {
            square *= square;
        }
    }
    if n < 0 { 1.0 / result } else { result }
}

/// (sin x, cos x), `x` in radians.
#[inline]
pub fn sin_cos(x: f64) -> (f64, f64) {
    libm::sincos(x)
}

/// Log-odds ln(p/(1 − p)); −∞ at 0, +∞ at 1, NaN outside \[0, 1\].
///
/// ```
/// assert_eq!(dealcast::math::logit(0.5), 0.0);
/// ```
pub fn logit(p: f64) -> f64 {
    ln(p) - log1p(-p)
}

/// The logistic function 1/(1 + e⁻ˣ), inverse of [`logit`]; it never overflows.
pub fn expit(x: f64) -> f64 {
    if x >= 0.0 {
        1.0 / (1.0 + exp(-x))
    } else {
        let e = exp(x);
        e / (1.0 + e)
    }
}

/// The deviance x·ln(x/m) + m − x ≥ 0 for positive finite `x` and m ≥ 0, without cancellation near
/// x = m.
///
/// With v = (x − m)/(x + m), ln(x/m) = 2·artanh(v), whose series gives (x − m)·v + 2x·Σ v²ʲ⁺¹/(2j+1)
/// (Loader, "Fast and accurate computation of binomial probabilities", 2000).
pub fn deviance(x: f64, m: f64) -> f64 {
    if m == f64::INFINITY {
        return m;
    }
    if (x - m).abs() > 0.3 * (x + m) {
        return x * ln(x / m) + (m - x);
    }
    let v = (x - m) / (x + m);
    let mut sum = (x - m) * v;
    let mut term = 2.0 * x * v;
    let mut odd = 1.0;
    // |v| ≤ 0.3: twenty terms reach the last bit.
    for _ in 0..20 {
        term *= v * v;
        odd += 2.0;
        let next = sum + term / odd;
        if next == sum {
            break;
        }
        sum = next;
    }
    sum
}

#[cfg(test)]
mod tests {
    use super::*;
    #[cfg(target_arch = "wasm32")]
    use wasm_bindgen_test::wasm_bindgen_test as test;

    /// Relative error allowed to functions of a few roundings.
    const FEW_ULPS: f64 = 1e-15;

    #[test]
    fn integer_powers() {
        assert_eq!(powi(3.0, 0), 1.0);
        assert_eq!(powi(-2.0, 11), -2048.0);
        assert_eq!(powi(10.0, -3), 1e-3);
        assert_eq!(powi(0.0, 0), 1.0);
        assert!((powi(1.01, 360) / powf(1.01, 360.0) - 1.0).abs() < 1e-13);
        assert_eq!(powi(2.0, i32::MIN), 0.0);
    }

    #[test]
    fn log_odds_round_trip() {
        for p in [1e-300, 1e-9, 0.12, 0.5, 0.88, 1.0 - 1e-12] {
            assert!((expit(logit(p)) / p - 1.0).abs() < 1e-13, "{p}");
        }
        assert_eq!(expit(f64::NEG_INFINITY), 0.0);
        assert_eq!(expit(f64::INFINITY), 1.0);
        assert_eq!(logit(0.0), f64::NEG_INFINITY);
        assert_eq!(logit(1.0), f64::INFINITY);
        assert!(logit(1.5).is_nan());
    }

    #[test]
    fn deviance_near_and_far_from_its_zero() {
        // 50-digit values of x ln(x/m) + m - x.
        for (x, m, exact) in [
            (100.0, 100.0, 0.0),
            (100.0, 101.0, 0.004_966_914_683_191_715),
            (100.0, 100.000_001, 4.999_999_941_419_094e-15),
            (3.0, 2.0, 0.216_395_324_324_493_15),
            (0.5, 40.0, 37.308_986_682_663_06),
            (0.5, 0.0, f64::INFINITY),
            (0.5, f64::INFINITY, f64::INFINITY),
        ] {
            let error = (deviance(x, m) - exact).abs();
            assert!(deviance(x, m) == exact || error <= 2.0 * FEW_ULPS * exact, "{x} {m}: {error}");
        }
    }
}
