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
