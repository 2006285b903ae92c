//! The reference cases of the sales machine and of recurring revenue.

#[cfg(target_arch = "wasm32")]
use wasm_bindgen_test::wasm_bindgen_test as test;

use dealcast::forecast::Forecast;
use dealcast::report::Report;
use dealcast::scenario::Scenario;
use serde_json::{Value, json};

/// Relative error of expected values.
const CLOSED_FORM: f64 = 1e-9;

const GENERATION: [&str; 3] =
    [include_str!("golden/B01.json"), include_str!("golden/B03.json"), include_str!("golden/B05.json")];
const COHORTS: [&str; 3] =
    [include_str!("golden/C01.json"), include_str!("golden/C03.json"), include_str!("golden/C05.json")];

fn report(section: &str, inputs: &Value, trials: u32) -> Report {
    let mut document = json!({"schema": "dealcast/1", "seed": 20260101, "trials": trials});
    document[section] = inputs.clone();
    let scenario = Scenario::from_value(&document).unwrap();
    Forecast::new(&scenario, 0).unwrap().run()
}

/// Every number of `expected` stands in `found` under the same name, within the tolerance; `null` is `null`.
fn meets(place: &str, found: &Value, expected: &Value) {
    match expected {
        Value::Null => assert!(found.is_null(), "{place}: {found} instead of null"),
        Value::Number(_) => {
            let (value, aim) = (found.as_f64().unwrap_or(f64::NAN), expected.as_f64().unwrap());
            assert!((value - aim).abs() <= CLOSED_FORM * aim.abs().max(1.0), "{place}: {found} instead of {aim}");
        }
        Value::Array(list) => {
            assert_eq!(found.as_array().map(Vec::len), Some(list.len()), "{place}");
            for (index, expected) in list.iter().enumerate() {
                meets(&format!("{place}[{index}]"), &found[index], expected);
            }
        }
        Value::Object(fields) => {
            for (name, expected) in fields {
                meets(&format!("{place}.{name}"), &found[name.as_str()], expected);
            }
        }
        _ => panic!("{place}: {expected}"),
    }
}

#[test]
fn the_sales_machine_meets_every_expected_value() {
    for text in GENERATION {
        let case: Value = serde_json::from_str(text).unwrap();
        let name = case["case_id"].as_str().unwrap();
        let mut inputs = case["inputs"].clone();
        let mut expected = case["expected"].clone();
        if expected["poisson_layer"].is_object() {
            inputs["target_wins"] = expected["poisson_layer"]["target_wins"].clone();
            inputs["target_window"] = expected["poisson_layer"]["window"].clone();
        }
        let found = serde_json::to_value(report("pipeline_generation", &inputs, 4096).pipeline_generation).unwrap();
        // Figures of the capacity stand in an object of their own.
        let fields = expected.as_object_mut().unwrap();
        let of_capacity = ["selling_hours_available", "headcount", "capacity_utilisation", "backlog_end_of_month"];
        let capacity = of_capacity.map(|field| (field, fields.remove(field)));
        for (field, expected) in capacity {
            if let Some(expected) = expected {
                meets(&format!("{name} {field}"), &found["capacity"][field], &expected);
            }
        }
        meets(name, &found, &expected);
    }
}

#[test]
fn recurring_revenue_meets_every_expected_value() {
    for text in COHORTS {
        let case: Value = serde_json::from_str(text).unwrap();
        let name = case["case_id"].as_str().unwrap();
        let found = serde_json::to_value(report("arr_cohorts", &case["inputs"], 4096).arr_cohorts).unwrap();
        let mut expected = case["expected"].clone();
        let fields = expected.as_object_mut().unwrap();
        // Retention is given for some months, reported for all.
        for field in ["nrr_12m", "grr_12m", "logo_retention_12m"] {
            for (month, expected) in fields.remove(field).unwrap().as_object().unwrap() {
                let month: usize = month.parse().unwrap();
                meets(&format!("{name} {field} {month}"), &found[field][month - 1], expected);
            }
        }
        for layer in fields.remove("exact_stochastic_layer").unwrap().as_array().unwrap() {
            let month = layer["month"].as_u64().unwrap() as usize - 1;
            meets(&format!("{name} mean of month {month}"), &found["arr"][month], &layer["mean"]);
            meets(&format!("{name} sd of month {month}"), &found["arr_sd_exact"][month], &layer["sd"]);
        }
        meets(name, &found, &expected);
    }
}
