//! Which fields an operation reaches, and what it makes of them. Fields that the document leaves to their defaults
//! move from there.

use super::apply::SECTIONS;
use super::change::{Operation, number_of};
use super::defaults::{default_at, state_parents};
use super::pointer::{put, resolve, steps};
use serde_json::Value;

/// Why an operation cannot be made.
#[derive(Debug)]
pub enum Refused {
    /// The pointer names no field, or one without value and default.
    Nowhere,
    /// The value there does not allow it.
    Value {
        /// Plain pointer.
        field: String,
        /// What stands there.
        found: Value,
    },
}

/// Makes an operation at a pointer with steps of its own, and gives the plain pointers that it reached.
///
/// # Errors
/// [`Refused`]; the document may then be changed in part.
pub fn reach(document: &mut Value, at: &str, operation: &Operation) -> Result<Vec<String>, Refused> {
    let inside = |steps: &Vec<String>| SECTIONS.contains(&steps[0].as_str());
    let steps = steps(at).filter(inside).ok_or(Refused::Nowhere)?;
    // Removing what is absent is no mistake: the field is absent afterwards.
    if !matches!(operation, Operation::Set(None)) {
        state_parents(document, &steps);
    }
    let mut fields = resolve(document, &steps);
    if !matches!(operation, Operation::Set(_)) {
        let every = steps.iter().any(|step| step == "*");
        fields.retain(|field| is_stated(document, field) || state(document, field, every));
    }
    if fields.is_empty() {
        return Err(Refused::Nowhere);
    }
    // From the last entry of a list to the first, so that taking one out leaves the places of the others.
    for field in fields.iter().rev() {
        let value = document.pointer(field).unwrap_or(&Value::Null);
        let Some(new) = operation.apply(value) else {
            return Err(Refused::Value { field: field.clone(), found: value.clone() });
        };
        put(document, field, new.map(|new| within_months(field, operation, new)));
    }
    Ok(fields)
}

fn is_stated(document: &Value, field: &str) -> bool {
    document.pointer(field).is_some_and(|value| !value.is_null())
}

/// States the default of a field; false where it has none.
fn state(document: &mut Value, field: &str, every: bool) -> bool {
    let default = default_at(document, field, every);
    let known = default.is_some();
    if known {
        put(document, field, default);
    }
    known
}

/// No deal closes before month 1; a factor gives a whole month.
fn within_months(field: &str, operation: &Operation, new: Value) -> Value {
    let deal = field.strip_prefix("/open_pipeline/deals/").is_some_and(|rest| rest.ends_with("/expected_close_month"));
    match (operation, new.as_f64()) {
        (Operation::Multiply(_), Some(month)) if deal => number_of(libm::rint(month).max(1.0)),
        (Operation::Add(_), Some(month)) if deal => number_of(month.max(1.0)),
        _ => new,
    }
}
