//! The reference cases of the open pipeline: both engines against exact expected values.

#[cfg(target_arch = "wasm32")]
use wasm_bindgen_test::wasm_bindgen_test as test;

use dealcast::forecast::Forecast;
use dealcast::report::open_pipeline::{EngineKind, OpenPipelineReport};
use dealcast::scenario::Scenario;
use serde_json::{Value, json};

/// Relative error of closed forms.
const CLOSED_FORM: f64 = 1e-9;
/// Largest distance of a simulated figure from the exact one, in standard errors: a two-sided level of
/// 7·10⁻⁶ for each of about 450 figures, 0.3 % for all of them; the seed is fixed.
const STANDARD_ERRORS: f64 = 4.5;

const CASES: [&str; 4] = [
    include_str!("golden/A01.json"),
    include_str!("golden/A03.json"),
    include_str!("golden/A05.json"),
    include_str!("golden/A07.json"),
];

/// The report of a case, its goal seek and cdf checks asked for.
fn report(case: &Value, trials: u32) -> OpenPipelineReport {
    let mut section = case["inputs"].clone();
    section["probability_goal"] = case["expected"]["goal_seek"]["probability_goal"].clone();
    let points = case["expected"]["cdf_check"].as_array().unwrap();
    section["cdf_check_amounts"] = points.iter().map(|point| point["amount"].clone()).collect();
    let document = json!({"schema": "dealcast/1", "seed": 20260101, "trials": trials, "open_pipeline": section});
    let scenario = Scenario::from_value(&document).unwrap();
    Forecast::new(&scenario, 0).unwrap().run().open_pipeline.unwrap()
}

fn close(name: &str, found: f64, expected: f64, tolerance: f64) {
    assert!((found - expected).abs() <= tolerance, "{name}: {found} instead of {expected} ± {tolerance}");
}

fn number(value: &Value) -> f64 {
    value.as_f64().unwrap_or_else(|| panic!("{value} is no number"))
}

fn numbers(value: &Value) -> Vec<f64> {
    value.as_array().unwrap().iter().map(number).collect()
}

fn all_close(name: &str, found: &[f64], expected: &Value, tolerance: impl Fn(f64) -> f64) {
    let expected = numbers(expected);
    assert_eq!(found.len(), expected.len(), "{name}");
    for (index, (found, expected)) in found.iter().zip(expected).enumerate() {
        close(&format!("{name}[{index}]"), *found, expected, tolerance(expected));
    }
}

fn tolerance(case: &Value, name: &str, otherwise: f64) -> f64 {
    case["suggested_tolerance"][name].as_f64().unwrap_or(otherwise)
}

#[test]
fn the_exact_engine_meets_every_expected_value() {
    for text in CASES {
        let case: Value = serde_json::from_str(text).unwrap();
        let name = case["case_id"].as_str().unwrap();
        let expected = &case["expected"];
        let found = report(&case, 4096);
        assert_eq!(found.headline_engine, EngineKind::Exact, "{name}");
        let relative = |expected: f64| CLOSED_FORM * expected.abs().max(1.0);
        for (output, value) in [
            ("weighted_pipeline", found.weighted_pipeline),
            ("open_pipeline", found.open_pipeline),
            ("coverage_ratio", found.coverage_ratio.unwrap()),
            ("mean", found.mean),
            ("sd", found.sd),
            ("sd_if_independent", found.sd_if_independent),
        ] {
            let expected = number(&expected[output]);
            close(&format!("{name} {output}"), value, expected, relative(expected));
        }
        all_close(&format!("{name} monthly_mean"), &found.monthly_mean, &expected["monthly_mean"], relative);
        all_close(&format!("{name} monthly_sd"), &found.monthly_sd, &expected["monthly_sd"], relative);
        for (output, values) in [
            ("deal_prob_won_in_window", &found.deal_prob_won_in_window),
            ("deal_variance_share", &found.deal_variance_share),
        ] {
            all_close(&format!("{name} {output}"), values, &expected[output], |_| CLOSED_FORM);
        }
        let probability = tolerance(&case, "probability_absolute", 1e-6);
        for (output, value) in
            [("prob_at_least_target", found.prob_at_least_target), ("prob_zero_in_window", found.prob_zero_in_window)]
        {
            close(&format!("{name} {output}"), value, number(&expected[output]), probability);
        }
        let quantile = tolerance(&case, "quantile_absolute", 0.0);
        for (output, value) in [("p10", found.p10), ("p50", found.p50), ("p90", found.p90)] {
            close(&format!("{name} {output}"), value, number(&expected[output]), quantile);
        }
        let gap = tolerance(&case, "expected_gap_absolute", 1e-3);
        close(&format!("{name} gap"), found.expected_gap_to_target, number(&expected["expected_gap_to_target"]), gap);
        let conditional = found.conditional_gap_if_missed.unwrap();
        close(
            &format!("{name} conditional gap"),
            conditional,
            number(&expected["conditional_gap_if_missed"]),
            5.0 * gap,
        );
        let tail = tolerance(&case, "lower_tail_mean_absolute", 1e-2);
        close(&format!("{name} tail"), found.lower_tail_mean_10pct, number(&expected["lower_tail_mean_10pct"]), tail);
        let swing = tolerance(&case, "swing_absolute", probability);
        let interventional = &found.deal_swing_interventional;
        all_close(&format!("{name} swing"), interventional, &expected["deal_swing_interventional"], |_| swing);
        for (index, found) in found.deal_swing_conditional.iter().enumerate() {
            let expected = expected["deal_swing_conditional"][index].as_f64();
            assert_eq!(found.is_some(), expected.is_some(), "{name} conditional swing {index}");
            close(&format!("{name} conditional swing"), found.unwrap_or(0.0), expected.unwrap_or(0.0), swing);
        }
        for (found, expected) in found.cdf_check.iter().zip(expected["cdf_check"].as_array().unwrap()) {
            let value = number(&expected["prob_total_at_most"]);
            close(&format!("{name} cdf at {}", found.amount), found.prob_total_at_most, value, probability);
        }
        for (found, expected) in
            found.quantile_check.iter().zip(expected["quantile_check"].as_array().into_iter().flatten())
        {
            close(&format!("{name} F"), found.prob_total_at_most, number(&expected["prob_total_at_most"]), probability);
            close(&format!("{name} F−"), found.prob_total_below, number(&expected["prob_total_below"]), probability);
        }
        let shift = found.goal_seek.unwrap().log_odds_shift.unwrap();
        close(&format!("{name} shift"), shift, number(&expected["goal_seek"]["log_odds_shift"]), 20.0 * probability);
    }
}

#[test]
fn the_simulation_meets_the_expected_values_within_its_own_error() {
    for text in CASES {
        let case: Value = serde_json::from_str(text).unwrap();
        let name = case["case_id"].as_str().unwrap();
        let expected = &case["expected"];
        let found = report(&case, 204_800);
        let (value, error) = (&found.simulated, &found.standard_error);
        let within = |output: &str, value: f64, error: f64, expected: &Value| {
            let expected = number(expected);
            let slack = CLOSED_FORM * expected.abs().max(1.0);
            close(&format!("{name} simulated {output}"), value, expected, STANDARD_ERRORS * error + slack);
        };
        within("mean", value.mean, error.mean, &expected["mean"]);
        within("sd", value.sd, error.sd, &expected["sd"]);
        let probability = [
            ("prob_at_least_target", value.prob_at_least_target, error.prob_at_least_target),
            ("prob_zero_in_window", value.prob_zero_in_window, error.prob_zero_in_window),
            ("expected_gap_to_target", value.expected_gap_to_target, error.expected_gap_to_target),
            ("lower_tail_mean_10pct", value.lower_tail_mean_10pct, error.lower_tail_mean_10pct),
        ];
        for (output, value, error) in probability {
            within(output, value, error, &expected[output]);
        }
        for (output, values, errors) in [
            ("monthly_mean", &value.monthly_mean, &error.monthly_mean),
            ("monthly_sd", &value.monthly_sd, &error.monthly_sd),
            ("deal_prob_won_in_window", &value.deal_prob_won_in_window, &error.deal_prob_won_in_window),
            ("deal_swing_interventional", &value.deal_swing_interventional, &error.deal_swing_interventional),
        ] {
            for (index, (value, error)) in values.iter().zip(errors).enumerate() {
                let expected = &expected[output][index];
                // Where no trial shows a rare event, its own error would be nought.
                let rare = (number(expected).abs().min(1.0) / 204_800.0).sqrt();
                let error = if output.starts_with("monthly") { *error } else { error.max(rare) };
                within(&format!("{output}[{index}]"), *value, error, expected);
            }
        }
        let conditional = value.deal_swing_conditional.iter().zip(&error.deal_swing_conditional);
        for (index, (value, error)) in conditional.enumerate() {
            let expected = &expected["deal_swing_conditional"][index];
            assert_eq!(value.is_some(), !expected.is_null(), "{name} conditional swing {index}");
            if let (Some(value), Some(error)) = (value, error) {
                let rare = ((1.0 - number(expected).abs()) / 204_800.0).sqrt();
                within(&format!("conditional swing {index}"), *value, error.max(rare), expected);
            }
        }
        // Quantiles of a lattice: F(q) ≥ p − 4·SE and F(q−) ≤ p + 4·SE.
        for (level, quantile) in [(0.1, value.p10), (0.5, value.p50), (0.9, value.p90)] {
            let standard_error = (level * (1.0 - level) / 204_800.0_f64).sqrt();
            let mut ask = case.clone();
            ask["expected"]["cdf_check"] = json!([{"amount": quantile}, {"amount": quantile - 1.0}]);
            let exact = report(&ask, 4096).cdf_check;
            assert!(exact[0].prob_total_at_most >= level - STANDARD_ERRORS * standard_error, "{name} {level}");
            assert!(exact[1].prob_total_at_most <= level + STANDARD_ERRORS * standard_error, "{name} {level}");
        }
    }
}
