//! Plans, comparisons and the other what-if questions on whole documents.

use dealcast::error::{ErrorCode, InputError};
use dealcast::report::what_if::{Comparison, Outcome, Statistic};
use dealcast::what_if::{CompareOptions, FigureOptions, compare};
use serde_json::{Value, json};

#[path = "what_if/causes.rs"]
mod causes;
#[path = "what_if/comparing.rs"]
mod comparing;
#[path = "what_if/defaults.rs"]
mod defaults;
#[path = "what_if/drivers.rs"]
mod drivers;
#[path = "what_if/goals.rs"]
mod goals;
#[path = "what_if/plans.rs"]
mod plans;
#[cfg(not(target_arch = "wasm32"))]
#[path = "what_if/properties.rs"]
mod properties;
#[cfg(not(target_arch = "wasm32"))]
#[path = "what_if/random_documents.rs"]
mod random_documents;

/// Trials of a test: two blocks and a short one.
const TRIALS: u32 = 10_000;

fn case(file: &str) -> Value {
    let text = match file {
        "cybersecurity" => include_str!("../cases/cybersecurity-vendor-before.json"),
        "counts" => include_str!("../cases/win-rates-from-counts.json"),
        "analytics" => include_str!("../cases/analytics-scale-up-before.json"),
        "partners" => include_str!("../cases/partner-programme-opportunistic.json"),
        _ => unreachable!(),
    };
    serde_json::from_str(text).unwrap()
}

fn with_plans(file: &str, plans: Value) -> Value {
    let mut document = case(file);
    document["plans"] = plans;
    document
}

/// A plan of levers that each make one change.
fn plan(name: &str, changes: Value) -> Value {
    let levers = changes.as_array().unwrap().iter();
    let levers: Vec<Value> =
        levers.map(|change| json!({"name": change["at"], "cost": 1000, "changes": [change]})).collect();
    json!({"name": name, "levers": levers})
}

fn compared(document: &Value, outcome: Outcome) -> Comparison {
    let options = CompareOptions { outcome, target: None, trials: Some(TRIALS) };
    compare(document, &options, 1, &mut None).unwrap()
}

fn places(errors: &[InputError]) -> Vec<(&str, ErrorCode)> {
    errors.iter().map(|error| (error.path.as_str(), error.code)).collect()
}

/// Options of a question about a figure.
fn figure(outcome: Outcome, statistic: Statistic, plan: Option<&str>, trials: u32) -> FigureOptions {
    FigureOptions { outcome, statistic, target: None, month: None, trials: Some(trials), plan: plan.map(str::to_owned) }
}
