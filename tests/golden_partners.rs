//! The reference cases of the partner models: closed forms to 1e−9, simulations within their own error.

#[cfg(target_arch = "wasm32")]
use wasm_bindgen_test::wasm_bindgen_test as test;

use dealcast::forecast::Forecast;
use dealcast::report::Report;
use dealcast::scenario::Scenario;
use serde_json::{Value, json};

/// Relative error of closed forms.
const CLOSED_FORM: f64 = 1e-9;

/// The report of a case as a JSON value.
fn report(case: &Value, trials: u32) -> Value {
    let section = case["model"].as_str().unwrap();
    let mut document = json!({"schema": "dealcast/1", "seed": 20260101, "trials": trials});
    document[section] = case["inputs"].clone();
    let scenario = Scenario::from_value(&document).unwrap();
    let report: Report = Forecast::new(&scenario, 0).unwrap().run();
    serde_json::to_value(report).unwrap()[section].take()
}

fn close(name: &str, found: &Value, expected: &Value, relative: f64) {
    match (found, expected) {
        (Value::Array(found), Value::Array(expected)) => {
            assert_eq!(found.len(), expected.len(), "{name}");
            for (index, pair) in found.iter().zip(expected).enumerate() {
                close(&format!("{name}[{index}]"), pair.0, pair.1, relative);
            }
        }
        (_, Value::Object(expected)) => {
            for (key, expected) in expected {
                // Golden lists by age are objects whose keys are ages.
                let at = key.parse::<usize>().map_or_else(|_| &found[key], |age| &found[age]);
                close(&format!("{name}.{key}"), at, expected, relative);
            }
        }
        (Value::Number(found), Value::Number(expected)) => {
            let (found, expected) = (found.as_f64().unwrap(), expected.as_f64().unwrap());
            let tolerance = relative * expected.abs().max(1.0);
            assert!((found - expected).abs() <= tolerance, "{name}: {found} instead of {expected} ± {tolerance}");
        }
        _ => assert_eq!(found, expected, "{name}"),
    }
}

#[test]
fn deterministic_cases() {
    for text in [
        include_str!("golden/P01.json"),
        include_str!("golden/P03.json"),
        include_str!("golden/V01.json"),
        include_str!("golden/V03.json"),
    ] {
        let case: Value = serde_json::from_str(text).unwrap();
        let found = report(&case, 100);
        for (output, expected) in case["expected"].as_object().unwrap() {
            close(&format!("{} {output}", case["case_id"]), &found[output], expected, CLOSED_FORM);
        }
        assert!(found.get("simulation").is_none(), "nothing is uncertain");
    }
}

#[test]
fn exact_payback_probabilities() {
    let case: Value = serde_json::from_str(include_str!("golden/P05.json")).unwrap();
    let found = report(&case, 4096);
    let by_month = &found["exact_prob_payback_by_month"];
    for months in [12, 18, 24, 36] {
        let expected = &case["expected"][format!("prob_payback_within_{months}_months")];
        close(&format!("P05 within {months}"), &by_month[months], expected, CLOSED_FORM);
    }
}

#[test]
fn tornado_at_the_inputs_own_percentiles() {
    let case: Value = serde_json::from_str(include_str!("golden/P09.json")).unwrap();
    let found = report(&case, 4096);
    close("P09 npv", &found["npv"], &case["expected"]["npv_at_mean_inputs"], CLOSED_FORM);
    let bars = found["tornado"].as_array().unwrap();
    let expected = case["expected"]["tornado"].as_object().unwrap();
    assert_eq!(bars.len(), expected.len());
    let mut last = f64::INFINITY;
    for bar in bars {
        let input = bar["input"].as_str().unwrap();
        for end in ["npv_at_p10", "npv_at_p90"] {
            close(&format!("P09 {input} {end}"), &bar[end], &expected[input][end], CLOSED_FORM);
        }
        let width = (bar["npv_at_p90"].as_f64().unwrap() - bar["npv_at_p10"].as_f64().unwrap()).abs();
        assert!(width <= last, "the widest first");
        last = width;
    }
}

/// Largest distance of a simulated figure from a simulated or exact one, in combined standard errors: a two-sided
/// level of 7·10⁻⁶ for each of about 40 figures; the seed is fixed.
const STANDARD_ERRORS: f64 = 4.5;
/// Trials of the simulated cases.
const TRIALS: u32 = 204_800;

/// Every expected figure that the simulation gives, within the combined errors.
fn assert_simulated(text: &str) -> Value {
    let case: Value = serde_json::from_str(text).unwrap();
    let found = report(&case, TRIALS);
    let (figures, errors) = (&found["simulation"]["figures"], &found["simulation"]["standard_error"]);
    let mut compared = 0;
    for (output, expected) in case["expected"].as_object().unwrap() {
        let (Some(value), Some(own), Some(expected)) =
            (figures[output].as_f64(), errors[output].as_f64(), expected.as_f64())
        else {
            continue;
        };
        let theirs = case["expected_standard_error"][output].as_f64().unwrap_or(0.0);
        // Of an event so rare that no trial shows it, the own error would be nought.
        let rare = if output.starts_with("prob_") { (expected / f64::from(TRIALS)).sqrt() } else { 0.0 };
        let error = (own.max(rare).powi_two() + theirs.powi_two()).sqrt();
        let name = format!("{} {output}", case["case_id"]);
        assert!((value - expected).abs() <= STANDARD_ERRORS * error, "{name}: {value} ± {own} instead of {expected}");
        compared += 1;
    }
    assert!(compared >= 5, "{}: {compared} figures compared", case["case_id"]);
    found
}

trait Square {
    fn powi_two(self) -> Self;
}

impl Square for f64 {
    fn powi_two(self) -> Self {
        self * self
    }
}

#[test]
fn poisson_demand() {
    assert_simulated(include_str!("golden/P05.json"));
}

#[test]
fn uncertain_inputs_of_a_partner() {
    let found = assert_simulated(include_str!("golden/P07.json"));
    let case: Value = serde_json::from_str(include_str!("golden/P07.json")).unwrap();
    let (figures, errors) = (&found["simulation"]["figures"], &found["simulation"]["standard_error"]);
    for (output, exact) in [("npv_mean", "npv_mean_exact"), ("npv_sd", "npv_sd_exact")] {
        let distance = figures[output].as_f64().unwrap() - case["expected"][exact].as_f64().unwrap();
        assert!(distance.abs() <= STANDARD_ERRORS * errors[output].as_f64().unwrap(), "{output}: {distance}");
    }
}

#[test]
fn shares_of_variance() {
    let case: Value = serde_json::from_str(include_str!("golden/P09.json")).unwrap();
    let found = report(&case, 4096);
    let tolerance = case["suggested_tolerance"]["sobol_estimate_absolute"].as_f64().unwrap();
    let inputs = found["sobol"]["inputs"].as_array().unwrap();
    assert_eq!(inputs.len(), case["expected"]["sobol_first_order"].as_object().unwrap().len());
    for input in inputs {
        let name = input["input"].as_str().unwrap();
        for (order, expected) in [("first_order", "sobol_first_order"), ("total_order", "sobol_total_order")] {
            let expected = case["expected"][expected][name].as_f64().unwrap();
            let value = input[order]["value"].as_f64().unwrap();
            assert!((value - expected).abs() <= tolerance, "{name} {order}: {value} instead of {expected}");
        }
    }
}

#[test]
fn partners_one_by_one() {
    let text = include_str!("golden/V05.json");
    let found = assert_simulated(text);
    let case: Value = serde_json::from_str(text).unwrap();
    for (output, expected) in
        [("npv", "npv_mean"), ("net_cash_total", "net_mean"), ("exact_npv_sd", "npv_sd"), ("exact_net_sd", "net_sd")]
    {
        close(&format!("V05 {output}"), &found[output], &case["expected"][expected], CLOSED_FORM);
    }
}

#[test]
fn uncertain_inputs_of_a_programme() {
    assert_simulated(include_str!("golden/V07.json"));
}
