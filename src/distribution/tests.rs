use super::*;
#[cfg(target_arch = "wasm32")]
use wasm_bindgen_test::wasm_bindgen_test as test;

/// Relative error of quantities that take a few dozen roundings.
const CLOSE: f64 = 1e-13;
/// Error of the integrals below, relative to the standard deviation.
const INTEGRATED: f64 = 5e-6;

fn laws() -> Vec<Distribution> {
    [
        Distribution::uniform(-2.0, 5.0),
        Distribution::triangular(2.0, 3.0, 8.0),
        Distribution::triangular(2.0, 2.0, 8.0),
        Distribution::triangular(2.0, 8.0, 8.0),
        Distribution::pert(15e3, 30e3, 60e3, 4.0),
        Distribution::pert(0.0, 0.0, 1.0, 4.0),
        Distribution::pert(0.0, 1.0, 1.0, 4.0),
        Distribution::pert(-1.0, 0.2, 1.0, 60.0),
        Distribution::pert(10.0, 11.0, 12.0, 0.0),
        Distribution::lognormal(73e3, 0.5),
        Distribution::lognormal(2.0, 0.01),
        Distribution::lognormal(2.0, 2.0),
        Distribution::gamma(3.94, 0.5),
        Distribution::gamma(3.94, 0.02),
        Distribution::gamma(3.94, 1.5),
    ]
    .into_iter()
    .map(Result::unwrap)
    .collect()
}

#[test]
fn quantile_inverts_the_distribution_function() {
    for law in laws() {
        for u in [1e-9, 0.01, 0.1, 0.37, 0.5, 0.9, 0.999] {
            let back = law.cdf(law.quantile(u));
            // One rounding of the quantile moves the probability by its density times it.
            assert!((back - u).abs() < 1e-11, "{law:?} {u}: {back}");
        }
        let (lower, upper) = law.support();
        assert_eq!((law.quantile(0.0), law.quantile(1.0)), (lower, upper));
        assert!(law.quantile(-0.1).is_nan() && law.quantile(1.1).is_nan() && law.quantile(f64::NAN).is_nan());
    }
}

#[test]
fn moments_are_those_of_the_quantile_function() {
    // Midpoints of x = u²(3 − 2u), which crowds them at the ends.
    let n = 20_000;
    for law in laws() {
        let (mut mean, mut square) = (0.0, 0.0);
        for i in 0..n {
            let v = (f64::from(i) + 0.5) / f64::from(n);
            let (u, weight) = (v * v * (3.0 - 2.0 * v), 6.0 * v * (1.0 - v) / f64::from(n));
            let x = (law.quantile(u) - law.mean()) / law.sd();
            mean += weight * x;
            square += weight * x * x;
        }
        assert!(mean.abs() < INTEGRATED, "{law:?}: {mean}");
        // The lognormal law of cv 2 has a heavy fourth moment.
        assert!((square - 1.0).abs() < 1e4 * INTEGRATED * law.sd() / law.mean().abs(), "{law:?}: {square}");
        assert!((law.second_moment() / (law.variance() + law.mean() * law.mean()) - 1.0).abs() < CLOSE);
    }
}

#[test]
fn stop_loss_is_the_integral_of_the_upper_tail() {
    for law in laws() {
        let (lower, _) = law.support();
        let points = 4_000;
        for start in [0.01, 0.3, 0.7, 0.95].map(|u| law.quantile(u)) {
            // E[(X − x)₊] = ∫ (q(u) − x) du over the probabilities above F(x), midpoints of w with
            // 1 − u = (1 − F(x))·w³, which crowds them in the upper tail.
            let above = 1.0 - law.cdf(start);
            let mut integral = 0.0;
            for i in 0..points {
                let w = (f64::from(i) + 0.5) / f64::from(points);
                let weight = 3.0 * w * w * above / f64::from(points);
                integral += weight * (law.quantile(1.0 - above * w * w * w) - start);
            }
            let error = (law.stop_loss(start) - integral).abs() / law.sd();
            assert!(error < INTEGRATED, "{law:?} {start}: {error}");
        }
        let below = lower - 1.0;
        assert!((law.stop_loss(below) - (law.mean() + 1.0 - lower)).abs() < CLOSE * law.mean().abs().max(1.0));
    }
}

#[test]
fn laws_without_spread_are_fixed() {
    let fixed = Ok(Distribution::Fixed { value: 3.0 });
    assert_eq!(Distribution::uniform(3.0, 3.0), fixed);
    assert_eq!(Distribution::triangular(3.0, 3.0, 3.0), fixed);
    assert_eq!(Distribution::pert(3.0, 3.0, 3.0, 4.0), fixed);
    assert_eq!(Distribution::lognormal(3.0, 0.0), fixed);
    assert_eq!(Distribution::gamma(3.0, 0.0), fixed);
    assert_eq!(Distribution::gamma(3.0, 1e-200), fixed);
    assert_eq!(Distribution::gamma(0.0, 0.5), Distribution::fixed(0.0));
    let law = Distribution::Fixed { value: 3.0 };
    assert_eq!((law.mean(), law.sd(), law.quantile(0.3)), (3.0, 0.0, 3.0));
    assert_eq!((law.cdf(2.9), law.cdf(3.0)), (0.0, 1.0));
    assert_eq!((law.stop_loss(1.0), law.stop_loss(4.0)), (2.0, 0.0));
}

#[test]
fn invalid_parameters_are_refused() {
    use DistributionError::*;
    assert_eq!(Distribution::fixed(f64::NAN), Err(NotFinite));
    assert_eq!(Distribution::uniform(1.0, f64::INFINITY), Err(NotFinite));
    assert_eq!(Distribution::uniform(-1e308, 1e308), Err(NotFinite));
    assert_eq!(Distribution::uniform(2.0, 1.0), Err(RangeReversed));
    assert_eq!(Distribution::triangular(1.0, 0.5, 2.0), Err(ModeOutsideRange));
    assert_eq!(Distribution::triangular(1.0, f64::NAN, 2.0), Err(NotFinite));
    assert_eq!(Distribution::pert(1.0, 2.5, 2.0, 4.0), Err(ModeOutsideRange));
    assert_eq!(Distribution::pert(1.0, 1.5, 2.0, -1.0), Err(LambdaOutOfRange));
    assert_eq!(Distribution::pert(1.0, 1.5, 2.0, f64::NAN), Err(LambdaOutOfRange));
    assert_eq!(Distribution::lognormal(-1.0, 0.5), Err(NegativeMean));
    assert_eq!(Distribution::gamma(1.0, -0.5), Err(CoefficientOfVariationOutOfRange));
    assert_eq!(Distribution::gamma(1.0, 11.0), Err(CoefficientOfVariationOutOfRange));
    assert_eq!(Distribution::gamma(f64::NAN, 0.5), Err(NotFinite));
}
