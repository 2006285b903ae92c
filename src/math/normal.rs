//! The standard normal law.

use super::{LN_SQRT_2PI, exp, ln, sqrt};

/// 1/√2.
const FRAC_1_SQRT_2: f64 = core::f64::consts::FRAC_1_SQRT_2;

/// Density φ(x) = e^(−x²/2)/√(2π).
pub fn pdf(x: f64) -> f64 {
    exp(-0.5 * x * x - LN_SQRT_2PI)
}

/// Distribution function Φ(x) = ½·erfc(−x/√2), with full relative accuracy in the lower tail.
///
/// ```
/// assert_eq!(dealcast::math::normal::cdf(0.0), 0.5);
/// ```
pub fn cdf(x: f64) -> f64 {
    0.5 * libm::erfc(-x * FRAC_1_SQRT_2)
}

/// Quantile Φ⁻¹(p): the x with Φ(x) = p; −∞ at 0, +∞ at 1, NaN outside \[0, 1\].
///
/// # Source
/// Wichura, "Algorithm AS 241: the percentage points of the normal distribution", Applied
/// Statistics 37, 1988, routine PPND16 (relative error about 1e−16).
///
/// ```
/// use dealcast::math::normal::quantile;
/// assert!((quantile(0.975) - 1.959963984540054).abs() < 1e-15);
/// ```
pub fn quantile(p: f64) -> f64 {
    let q = p - 0.5;
    if q.abs() <= 0.425 {
        let r = 0.180_625 - q * q;
        return q * ratio(r, &CENTRE);
    }
    if !(0.0..=1.0).contains(&p) {
        return f64::NAN;
    }
    let tail = if q < 0.0 { p } else { 1.0 - p };
    if tail == 0.0 {
        return if q < 0.0 { f64::NEG_INFINITY } else { f64::INFINITY };
    }
    let r = sqrt(-ln(tail));
    let x = if r <= 5.0 { ratio(r - 1.6, &MIDDLE) } else { ratio(r - 5.0, &TAIL) };
    if q < 0.0 { -x } else { x }
}

/// Φ⁻¹(p) of several p to within 3·10⁻⁶, in single precision without a branch or a call, and 1 where that does not hold, 0
/// where it does: |Φ⁻¹(p)| up to 3.05.
///
/// (p − ½) times a rational function of 4p(1 − p), fitted for the least largest error (5·10⁻⁷ but for rounding).
///
/// ```
/// use dealcast::math::normal::{central_quantiles, quantile};
/// let (x, outside) = central_quantiles(&[0.9, 1e-4]);
/// assert!((f64::from(x[0]) - quantile(0.9)).abs() < 3e-6);
/// assert_eq!(outside, [0.0, 1.0]);
/// ```
#[must_use]
#[inline(always)]
pub fn central_quantiles<const N: usize>(p: &[f64; N]) -> ([f32; N], [f32; N]) {
    const NUMERATOR: [f32; 7] =
        [7.732_658_4, 6_433.306, 770_097.2, 20_089_152.0, 122_158_800.0, 148_636_210.0, 17_581_652.0];
    const DENOMINATOR: [f32; 7] = [1.0, 1_006.612_7, 142_646.98, 4_516_464.5, 35_530_060.0, 64_574_840.0, 18_604_418.0];
    // Near the ends what is left of p is not to be rounded.
    let q = p.map(|p| (p - 0.5) as f32);
    let r = p.map(|p| (4.0 * p * (1.0 - p)) as f32);
    let mut quantiles = [0.0; N];
    for lane in 0..N {
        let r = r[lane];
        // Pairs of terms side by side (Estrin): one after another they would wait for one another.
        let square = r * r;
        let sum = |c: &[f32; 7]| {
            let (low, high) = (c[0] + c[1] * r + (c[2] + c[3] * r) * square, c[4] + c[5] * r + c[6] * square);
            low + high * (square * square)
        };
        quantiles[lane] = q[lane] * sum(&NUMERATOR) / sum(&DENOMINATOR);
    }
    (quantiles, r.map(|r| if r < 0.0046 { 1.0 } else { 0.0 }))
}

/// Numerator and denominator of a rational approximation, constant term first.
type Rational = ([f64; 8], [f64; 8]);

#[inline]
fn ratio(r: f64, (numerator, denominator): &Rational) -> f64 {
    horner(r, numerator) / horner(r, denominator)
}

#[inline]
fn horner(r: f64, c: &[f64; 8]) -> f64 {
    ((((((c[7] * r + c[6]) * r + c[5]) * r + c[4]) * r + c[3]) * r + c[2]) * r + c[1]) * r + c[0]
}

/// |p − ½| ≤ 0.425, in 0.425² − (p − ½)².
const CENTRE: Rational = (
    [
        3.387_132_872_796_366_5,
        1.331_416_678_917_843_8e2,
        1.971_590_950_306_551_3e3,
        1.373_169_376_550_946e4,
        4.592_195_393_154_987e4,
        6.726_577_092_700_87e4,
        3.343_057_558_358_813e4,
        2.509_080_928_730_122_7e3,
    ],
    [
        1.0,
        4.231_333_070_160_091e1,
        6.871_870_074_920_579e2,
        5.394_196_021_424_751e3,
        2.121_379_430_158_659_7e4,
        3.930_789_580_009_271e4,
        2.872_908_573_572_194_3e4,
        5.226_495_278_852_854e3,
    ],
);

/// √(−ln tail) ≤ 5, in √(−ln tail) − 1.6.
const MIDDLE: Rational = (
    [
        1.423_437_110_749_683_5,
        4.630_337_846_156_546,
        5.769_497_221_460_691,
        3.647_848_324_763_204_5,
        1.270_458_252_452_368_4,
        2.417_807_251_774_506e-1,
        2.272_384_498_926_918_4e-2,
        7.745_450_142_783_414e-4,
    ],
    [
        1.0,
        2.053_191_626_637_759,
        1.676_384_830_183_803_8,
        6.897_673_349_851e-1,
        1.481_039_764_274_800_8e-1,
        1.519_866_656_361_645_7e-2,
        5.475_938_084_995_345e-4,
        1.050_750_071_644_416_9e-9,
    ],
);

/// Beyond, in √(−ln tail) − 5.
const TAIL: Rational = (
    [
        6.657_904_643_501_103,
        5.463_784_911_164_114,
        1.784_826_539_917_291_3,
        2.965_605_718_285_048_7e-1,
        2.653_218_952_657_612_4e-2,
        1.242_660_947_388_078_4e-3,
        2.711_555_568_743_487_6e-5,
        2.010_334_399_292_288_1e-7,
    ],
    [
        1.0,
        5.998_322_065_558_879e-1,
        1.369_298_809_227_358e-1,
        1.487_536_129_085_061_5e-2,
        7.868_691_311_456_133e-4,
        1.846_318_317_510_054_8e-5,
        1.421_511_758_316_446e-7,
        2.044_263_103_389_939_8e-15,
    ],
);

#[cfg(test)]
mod tests {
    use super::*;
    #[cfg(target_arch = "wasm32")]
    use wasm_bindgen_test::wasm_bindgen_test as test;

    include!("normal_reference.rs");

    #[test]
    fn the_central_quantile_is_as_near_as_it_says() {
        let (mut inside, mut last) = (0, f64::NEG_INFINITY);
        for step in 1..200_000 {
            let p = f64::from(step) / 200_000.0;
            let ([x], [outside]) = central_quantiles(&[p]);
            let x = f64::from(x);
            if outside == 0.0 {
                assert!((x - quantile(p)).abs() < 3e-6, "{p}: {x}");
                assert!(x >= last && x.abs() < 3.06, "{p}: {x} after {last}");
                (inside, last) = (inside + 1, x);
            } else {
                assert!(quantile(p).abs() > 3.04, "{p}");
            }
        }
        assert!(inside > 199_000);
    }

    #[test]
    fn quantile_agrees_with_fifty_digits() {
        for &(p, x) in QUANTILE {
            assert!((quantile(p) - x).abs() <= 1e-15 * f64::abs(x), "{p}");
        }
    }

    #[test]
    fn cdf_and_density_agree_with_fifty_digits() {
        for &(x, lower, density) in CDF {
            // Rounding x²/2 once costs x²/2 roundings of the result.
            let tolerance = 4e-16 * (1.0 + x * x);
            assert!((cdf(x) / lower - 1.0).abs() < tolerance, "{x}");
            assert!((pdf(x) / density - 1.0).abs() < tolerance, "{x}");
        }
    }

    #[test]
    fn quantile_is_monotone_across_its_pieces() {
        for seam in [0.075, 0.925, 1.388_794_386_496_402e-11] {
            let mut previous = f64::NEG_INFINITY;
            for i in -1000..1000 {
                let x = quantile(seam * (1.0 + f64::from(i) * 1e-13));
                assert!(x >= previous - 1e-15, "{seam} {i}");
                previous = x;
            }
        }
    }

    #[test]
    fn domain() {
        assert_eq!(quantile(0.0), f64::NEG_INFINITY);
        assert_eq!(quantile(1.0), f64::INFINITY);
        assert!(quantile(-0.1).is_nan() && quantile(1.1).is_nan() && quantile(f64::NAN).is_nan());
        assert_eq!(cdf(f64::NEG_INFINITY), 0.0);
        assert_eq!(cdf(f64::INFINITY), 1.0);
    }
}
