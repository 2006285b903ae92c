use super::*;
#[cfg(target_arch = "wasm32")]
use wasm_bindgen_test::wasm_bindgen_test as test;

/// Error of the tabulated nodes, relative to the range.
const NODE_ERROR: f64 = 1e-8;
/// The same for unbounded laws, relative to the larger of standard deviation and value.
const UNBOUNDED_NODE_ERROR: f64 = 3e-7;
/// Error of an interpolated value of a bounded law, relative to the range.
const VALUE_ERROR: f64 = 1e-5;
/// The same for an unbounded law, relative to the larger of standard deviation and value.
const UNBOUNDED_ERROR: f64 = 3e-5;
/// Error of an interpolated value in the tail, relative to the value.
const TAIL_ERROR: f64 = 1e-4;

fn laws() -> Vec<(Distribution, f64)> {
    let bounded = |law: Result<Distribution, _>| law.map(|law| (law, law.support().1 - law.support().0)).unwrap();
    let unbounded =
        |law: Result<Distribution, crate::distribution::DistributionError>| law.map(|l| (l, l.sd())).unwrap();
    vec![
        bounded(Distribution::uniform(-2.0, 5.0)),
        bounded(Distribution::triangular(2.0, 3.0, 8.0)),
        bounded(Distribution::triangular(2.0, 2.0, 8.0)),
        bounded(Distribution::pert(15e3, 30e3, 60e3, 4.0)),
        bounded(Distribution::pert(0.7, 1.0, 1.2, 4.0)),
        bounded(Distribution::pert(0.0, 0.0, 1.0, 4.0)),
        bounded(Distribution::pert(0.0, 1.0, 1.0, 4.0)),
        bounded(Distribution::pert(0.0, 0.999, 1.0, 8.0)),
        bounded(Distribution::pert(0.0, 0.5, 1.0, 1e-3)),
        bounded(Distribution::pert(0.0, 0.3, 1.0, 1e3)),
        bounded(Distribution::pert(0.0, 0.3, 1.0, 1e6)),
        unbounded(Distribution::lognormal(73e3, 0.5)),
        unbounded(Distribution::lognormal(1.0, 0.01)),
        unbounded(Distribution::lognormal(1.0, 3.0)),
        unbounded(Distribution::gamma(3.9, 0.5)),
        unbounded(Distribution::gamma(1.0, 1.0)),
        unbounded(Distribution::gamma(1.0, 1.9)),
        unbounded(Distribution::gamma(1.0, 5.0)),
        unbounded(Distribution::gamma(10.0, 0.01)),
    ]
}

#[test]
fn nodes_are_quantiles() {
    for (law, unit) in laws() {
        let table = QuantileTable::new(&law);
        let (location, scale) = law.location_scale();
        let check = |node: f64, u: f64| {
            let exact = law.quantile(u);
            let allowed = match law.support().1.is_finite() {
                true => NODE_ERROR * unit,
                false => UNBOUNDED_NODE_ERROR * unit.max(exact),
            };
            let error = (location + scale * node - exact).abs();
            assert!(error <= allowed, "{law:?} {u}: {:e}", error / unit);
        };
        for i in (0..=CELLS).step_by(5) {
            check(table.knots[i], lower_knot(i));
            check(table.knots[2 * CELLS + 1 - (CELLS - i)], 1.0 - lower_knot(i));
        }
    }
}

#[test]
fn sampled_values_are_close_to_exact_quantiles() {
    for (law, unit) in laws() {
        let table = QuantileTable::new(&law);
        for i in 0..20_000_u32 {
            let draw = i.wrapping_mul(0x9E37_79B9);
            let u = (f64::from(draw) + 0.5) / 4_294_967_296.0;
            let exact = law.quantile(u);
            let error = (table.sample(&law, draw) - exact).abs();
            let allowed = match law.support().1.is_finite() {
                true => VALUE_ERROR * unit,
                false if u.min(1.0 - u) < 5e-4 => TAIL_ERROR * exact.max(unit),
                false => UNBOUNDED_ERROR * exact.max(unit),
            };
            assert!(error <= allowed, "{law:?} {u}: {:e}", error / unit);
        }
    }
}

#[test]
fn sampling_is_monotone_and_inside_the_support() {
    for (law, _) in laws() {
        let table = QuantileTable::new(&law);
        let (lower, upper) = law.support();
        let mut previous = lower;
        let seams = (0..32).flat_map(|bit| (-3..3_i64).map(move |d| ((1_i64 << bit) + d) as u32));
        let mut draws: Vec<u32> = (0..200_000).map(|i| i * 21_474).chain(seams).collect();
        draws.extend(draws.clone().iter().map(|draw| !draw));
        draws.sort_unstable();
        for draw in draws {
            let value = table.sample(&law, draw);
            assert!(value >= previous && value <= upper, "{law:?} {draw}: {value} {previous}");
            previous = value;
        }
    }
}

#[test]
fn mean_of_the_table_is_the_mean() {
    let n = 1_u32 << 18;
    for (law, unit) in laws() {
        let table = QuantileTable::new(&law);
        let sum: f64 = (0..n).map(|i| table.sample(&law, (i << 14) | (1 << 13)) - law.mean()).sum();
        let bias = (sum / f64::from(n)).abs() / unit;
        // The million midpoints miss a little of the heaviest upper tails themselves.
        let allowed = if law.support().1.is_finite() { 3e-7 } else { 2e-4 };
        assert!(bias < allowed, "{law:?}: {bias:e}");
    }
}

#[test]
fn tables_of_rates() {
    for (a, b) in [(0.5, 0.5), (0.5, 30.5), (24.5, 176.5), (1500.5, 0.5), (0.5, 5000.5)] {
        let table = QuantileTable::beta(a, b);
        for i in 0..4000_u32 {
            let draw = i.wrapping_mul(0x9E37_79B9);
            let exact = crate::math::beta::quantile(a, b, (f64::from(draw) + 0.5) / 4_294_967_296.0);
            let error = (table.sample_u32(draw) - exact).abs();
            assert!(error < 1e-5, "{a} {b} {draw}: {error:e}");
        }
    }
}

#[test]
fn one_form_at_any_scale_has_one_key() {
    let key = |a: f64| Distribution::pert(0.7 * a, a, 1.2 * a, 4.0).map(|law| law.shape_key());
    for amount in [1.0, 25_000.0, 73_123.45, 1e9 / 7.0] {
        assert_eq!(key(amount), key(3.0));
    }
    let other = Distribution::pert(0.7, 1.0, 1.3, 4.0).map(|law| law.shape_key());
    assert_ne!(other, key(1.0));
    let gamma = |cv| Distribution::gamma(5.0, cv).map(|law| law.shape_key());
    assert_ne!(gamma(0.5), gamma(0.6));
}

#[test]
fn values_are_stable() {
    // Changing these changes every simulated result: say so in the changelog.
    let law = Distribution::pert(15e3, 30e3, 60e3, 4.0).unwrap();
    let table = QuantileTable::new(&law);
    let values = [0, 1 << 14, 1 << 25, 1 << 30, 3 << 30, u32::MAX].map(|draw| table.sample(&law, draw));
    assert_eq!(
        values,
        [
            15_000.898_445_462_539,
            15_077.495_456_295_246,
            17_110.270_886_539_955,
            26_095.006_912_348_745,
            38_339.850_999_401_26,
            59_947.981_827_724_565
        ]
    );
}
