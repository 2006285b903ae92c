//! From a document and a plan to the document of the plan: JSON in, JSON out.

use super::change::Operation;
use super::reach::{Refused, reach};
use crate::error::{ErrorCode, InputError};
use crate::scenario::Scenario;
use crate::scenario::plans::{Change, Lever, Plan};
use serde_json::Value;

/// The sections that a change may reach into.
pub const SECTIONS: [&str; 5] =
    ["open_pipeline", "pipeline_generation", "arr_cohorts", "partner_vendor_programme", "partner_pnl"];

/// A lever of a plan, with its place in the document.
#[derive(Debug, Clone, Copy)]
pub struct PlacedLever<'a> {
    /// The lever.
    pub lever: &'a Lever,
    /// Place of its plan.
    pub plan: usize,
    /// Place in the plan.
    pub place: usize,
}

impl PlacedLever<'_> {
    fn path(&self) -> String {
        format!("/plans/{}/levers/{}", self.plan, self.place)
    }
}

/// Where a change was made, and which change it was: later errors of the document are traced back by it.
struct Trace {
    /// Plain pointer of the changed field.
    field: String,
    /// Pointer of the change.
    change: String,
}

/// The levers that are on in a plan and in the plans it builds on, the earliest first.
///
/// `plan` is a place in the plans of a checked document.
#[must_use]
pub fn active_levers(plans: &[Plan], plan: usize) -> Vec<PlacedLever<'_>> {
    let mut chain = vec![plan];
    while let Some(of) = plans.get(chain[chain.len() - 1]).and_then(|plan| plan.of.as_deref())
        && let Some(parent) = plans.iter().position(|plan| plan.name == of)
        && chain.len() <= plans.len()
    {
        chain.push(parent);
    }
    let levers = chain.into_iter().rev().filter_map(|plan| Some((plan, plans.get(plan)?))).flat_map(|(plan, found)| {
        found.levers.iter().enumerate().map(move |(place, lever)| PlacedLever { lever, plan, place })
    });
    levers.filter(|placed| placed.lever.on.unwrap_or(true)).collect()
}

/// The base of a document: the same without its plans.
#[must_use]
pub fn base(document: &Value) -> Value {
    let mut base = document.clone();
    if let Value::Object(map) = &mut base {
        map.remove("plans");
    }
    base
}

/// The document with levers pulled, in the order given; not yet checked as a scenario.
///
/// # Errors
/// Changes that name no field, or that do not apply to what stands there, located at the change.
fn changed(base: &Value, levers: &[PlacedLever]) -> Result<(Value, Vec<Trace>), Vec<InputError>> {
    let (mut document, mut traces, mut errors) = (base.clone(), Vec::new(), Vec::new());
    for placed in levers {
        for (number, change) in placed.lever.changes.iter().enumerate() {
            let path = format!("{}/changes/{number}", placed.path());
            match change_fields(&mut document, change, &path) {
                Ok(fields) => traces.extend(fields.into_iter().map(|field| Trace { field, change: path.clone() })),
                Err(error) => errors.push(error),
            }
        }
    }
    if errors.is_empty() { Ok((document, traces)) } else { Err(errors) }
}

/// Makes one change and gives the fields that it reached.
fn change_fields(document: &mut Value, change: &Change, path: &str) -> Result<Vec<String>, InputError> {
    let operation =
        Operation::of(change).ok_or_else(|| InputError::at(path, ErrorCode::OneOperation).with("count", 0))?;
    reach(document, &change.at, &operation).map_err(|refused| match refused {
        Refused::Nowhere => InputError::at(format!("{path}/at"), ErrorCode::NoSuchField).with("at", change.at.as_str()),
        Refused::Value { field, found } => {
            let error = InputError::at(format!("{path}/{}", operation.name()), ErrorCode::CannotChange);
            error.with("operation", operation.name()).with("found", found).with("at", field)
        }
    })
}

/// An error of the changed document, at the last change that touches the place; as it is where none does.
fn traced(mut error: InputError, traces: &[Trace]) -> InputError {
    let inside =
        |path: &str, place: &str| path.strip_prefix(place).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'));
    let found =
        traces.iter().rev().find(|trace| inside(&error.path, &trace.field) || inside(&trace.field, &error.path));
    if let Some(trace) = found.or(traces.last()) {
        error.params.insert("at".to_owned(), Value::from(error.path));
        error.path = format!("{}/at", trace.change);
    }
    error
}

/// The document of a base with levers pulled, checked: the JSON and what was read from it.
///
/// # Errors
/// Everything wrong with the changed document, located at the changes.
pub fn pull(base: &Value, levers: &[PlacedLever]) -> Result<(Value, Scenario), Vec<InputError>> {
    let (document, traces) = changed(base, levers)?;
    match Scenario::from_value(&document) {
        Ok(scenario) => Ok((document, scenario)),
        Err(errors) => Err(errors.into_iter().map(|error| traced(error, &traces)).collect()),
    }
}

/// The document that a plan makes of a checked document: a scenario of its own, without plans.
///
/// # Errors
/// [`ErrorCode::UnknownPlan`] where there is no such plan; everything wrong with the changed document, located
/// at the changes.
///
/// ```
/// use dealcast::what_if::apply_plan;
/// use dealcast::scenario::Scenario;
/// let text = r#"{"schema": "dealcast/1",
///   "open_pipeline": {"target": 100, "deals": [
///     {"deal_id": "A", "amount": 100, "win_probability": 0.5, "expected_close_month": 1}]},
///   "plans": [{"name": "Better", "levers": [{"name": "Discipline", "changes": [
///     {"at": "/open_pipeline/deals/=A/win_probability", "add": 0.25}]}]}]}"#;
/// let document = serde_json::from_str(text).unwrap();
/// let scenario = Scenario::from_value(&document).unwrap();
/// let (plan, _) = apply_plan(&document, scenario.plans.as_deref().unwrap_or_default(), 0).unwrap();
/// assert_eq!(plan["open_pipeline"]["deals"][0]["win_probability"], 0.75);
/// ```
pub fn apply_plan(document: &Value, plans: &[Plan], plan: usize) -> Result<(Value, Scenario), Vec<InputError>> {
    if plan >= plans.len() {
        return Err(vec![InputError::at("/plans", ErrorCode::UnknownPlan).with("plan", plan)]);
    }
    pull(&base(document), &active_levers(plans, plan))
}
