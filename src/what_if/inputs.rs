//! The inputs of a document that a sensitivity analysis moves.

use super::question::resize;
use crate::distribution::Distribution;
use crate::error::{ErrorCode, pointer_step};
use crate::model::inputs::distribution;
use crate::report::what_if::{OperationName, Outcome, SwingSource};
use crate::scenario::Scenario;
use crate::scenario::amount::DistributionObject;
use crate::scenario::validate::WIN_PROBABILITY;
use crate::statistics::posterior::WinRatePosterior;
use serde_json::{Value, json};

/// Level of the low end of an uncertain input; the high end is at 1 − this.
const LOW: f64 = 0.1;
/// Swings of the open pipeline's assumptions: pointer, operation, low and high end. Correlation: the range of the
/// model's description; odds: a third more or less; amounts: a tenth; slippage: half as likely, or half more.
const PIPELINE: [(&str, OperationName, f64, f64); 6] = [
    ("/open_pipeline/deals/*/win_probability", OperationName::LogOdds, -0.3, 0.3),
    ("/open_pipeline/stages/*/win_rate", OperationName::LogOdds, -0.3, 0.3),
    ("/open_pipeline/deals/*/amount", OperationName::Multiply, 0.9, 1.1),
    ("/open_pipeline/default_slippage/monthly_slip_probability", OperationName::Multiply, 0.5, 1.5),
    ("/open_pipeline/deals/*/slippage/monthly_slip_probability", OperationName::Multiply, 0.5, 1.5),
    ("/open_pipeline/latent_correlation", OperationName::Set, 0.05, 0.25),
];

/// An input and the ends that it is moved to.
#[derive(Debug, Clone, PartialEq)]
pub struct Swing {
    /// JSON pointer.
    pub at: String,
    /// How it is moved.
    pub operation: OperationName,
    /// Where the ends come from.
    pub source: SwingSource,
    /// Low end.
    pub low: f64,
    /// High end.
    pub high: f64,
}

/// An uncertain input.
#[derive(Debug, Clone, PartialEq)]
pub struct UncertainInput {
    /// JSON pointer.
    pub at: String,
    /// Its law.
    pub law: Distribution,
}

/// A document with only what an outcome is computed from.
pub fn relevant(document: &Value, outcome: Outcome) -> Value {
    let mut kept = json!({"schema": document["schema"]});
    let sections = outcome.sections();
    // The sales machine counts for another section only where the two are linked.
    let link = match sections[0] {
        "arr_cohorts" => Some("new_customers_from"),
        "open_pipeline" => Some("new_deals_from"),
        _ => None,
    };
    let linked = link.is_none_or(|link| document[sections[0]].get(link).is_some_and(|from| !from.is_null()));
    for section in sections {
        if let (true, Some(value)) = (linked || *section == sections[0], document.get(section)) {
            kept[section] = value.clone();
        }
    }
    kept
}

/// Places of a document's numbers and distributions, its lists of deals left out.
fn walk(value: &Value, path: &str, visit: &mut dyn FnMut(&str, &Value)) {
    match value {
        Value::Object(map) if map.contains_key("distribution") || map.contains_key("won") => visit(path, value),
        Value::Object(map) => {
            for (key, value) in map.iter().filter(|(key, _)| *key != "deals" && *key != "plans") {
                walk(value, &pointer_step(path, key), visit);
            }
        }
        Value::Array(list) => {
            for (place, value) in list.iter().enumerate() {
                // A stage keeps its name wherever it stands.
                let step =
                    value.get("stage").and_then(Value::as_str).map_or(place.to_string(), |name| format!("={name}"));
                walk(value, &pointer_step(path, &step), visit);
            }
        }
        Value::Number(_) => visit(path, value),
        _ => {}
    }
}

fn law_of(value: &Value) -> Option<Distribution> {
    let object: DistributionObject = serde_json::from_value(value.clone()).ok()?;
    distribution(&object).filter(|law| !matches!(law, Distribution::Fixed { .. }))
}

/// Posterior of counts, at the levels of the ends; as a known rate has to be.
fn ends_of_counts(value: &Value) -> Option<(f64, f64)> {
    let (won, closed) = (value.get("won")?.as_f64()?, value.get("closed")?.as_f64()?);
    let posterior = WinRatePosterior::from_counts(libm::rint(won) as u64, libm::rint(closed) as u64)?;
    let end = |level| posterior.quantile(level).clamp(WIN_PROBABILITY.0, WIN_PROBABILITY.1);
    Some((end(LOW), end(1.0 - LOW)))
}

/// The uncertain inputs of the sections of an outcome, in the order of the pointers.
pub fn uncertain(document: &Value, outcome: Outcome) -> Vec<UncertainInput> {
    let mut found = Vec::new();
    walk(&relevant(document, outcome), "", &mut |at, value| {
        if let Some(law) = law_of(value) {
            found.push(UncertainInput { at: at.to_owned(), law });
        }
    });
    found
}

/// What is moved, and how far: uncertain inputs over their own range, known ones that the model can vary by
/// `swing` of their value to either side, the assumptions of an open pipeline by stated amounts.
pub fn swings(document: &Value, outcome: Outcome, swing: f64) -> Vec<Swing> {
    let relevant = relevant(document, outcome);
    let mut found = Vec::new();
    let mut known = Vec::new();
    walk(&relevant, "", &mut |at, value| {
        let own = |(low, high)| Swing {
            at: at.to_owned(),
            operation: OperationName::Set,
            source: SwingSource::Own,
            low,
            high,
        };
        if let Some(law) = law_of(value) {
            found.push(own((law.quantile(LOW), law.quantile(1.0 - LOW))));
        } else if let Some(ends) = ends_of_counts(value) {
            found.push(own(ends));
        } else if value.as_f64().is_some_and(|value| value != 0.0) {
            known.push(at.to_owned());
        }
    });
    if outcome == Outcome::PipelineTotal {
        let assumed = |(at, operation, low, high): (&str, OperationName, f64, f64)| Swing {
            at: at.to_owned(),
            operation,
            source: SwingSource::Assumed,
            low,
            high,
        };
        let applies = |swing: &Swing| moved(&relevant, swing, swing.high).is_some();
        found.extend(PIPELINE.map(assumed).into_iter().filter(applies));
    } else if swing > 0.0 {
        for at in known.into_iter().filter(|at| can_vary(&relevant, at)) {
            let (low, high) = (1.0 - swing, 1.0 + swing);
            let swing = Swing { at, operation: OperationName::Multiply, source: SwingSource::Assumed, low, high };
            found.push(swing);
        }
    }
    found.sort_by(|a, b| a.at.cmp(&b.at));
    found
}

/// Whether the document may hold a distribution at a place: then it is an input of the model, not a date or a count
/// of months.
fn can_vary(document: &Value, at: &str) -> bool {
    let mut changed = document.clone();
    let Some(value) = changed.pointer_mut(at) else { return false };
    *value = json!({"distribution": "fixed", "value": value.clone()});
    Scenario::from_value(&changed).is_ok()
}

/// A document with an input at one of its ends, and where that was: an end outside the range of the input is taken
/// back to the range. `None` where the input cannot be moved.
pub fn moved(document: &Value, swing: &Swing, end: f64) -> Option<(Value, Scenario, f64)> {
    let at_end = |operation: OperationName, end: f64| {
        let mut changed = document.clone();
        resize(&mut changed, &swing.at, operation, end).ok()?;
        Some((Scenario::from_value(&changed), changed))
    };
    let errors = match at_end(swing.operation, end)? {
        (Ok(scenario), changed) => return Some((changed, scenario, end)),
        (Err(errors), _) => errors,
    };
    let limit = |error: &crate::error::InputError| {
        let number = |name: &str| error.params.get(name).and_then(Value::as_f64);
        let (value, minimum, maximum) = (number("value")?, number("minimum")?, number("maximum")?);
        (error.code == ErrorCode::OutOfRange && error.path == swing.at).then(|| value.max(minimum).min(maximum))
    };
    let value = errors.iter().find_map(limit)?;
    let present = document.pointer(&swing.at)?.as_f64()?;
    // The same end as an operation on what stands there.
    let end = match swing.operation {
        OperationName::Set => value,
        OperationName::Multiply => value / present,
        OperationName::Add => value - present,
        OperationName::LogOdds => return None,
    };
    match at_end(OperationName::Set, value)? {
        (Ok(scenario), changed) => Some((changed, scenario, end)),
        _ => None,
    }
}
