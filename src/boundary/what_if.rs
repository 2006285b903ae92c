//! What-if questions at the boundary. Each is one call: to stop it, end the worker that it runs in.

use super::{ScenarioAnswer, document_of, options_of, to_js};
use crate::error::{ErrorCode, InputError};
use crate::report::what_if::Comparison;
use crate::scenario::Scenario;
use crate::seed::new_seed;
use crate::what_if::{CompareOptions, Evaluator, apply_plan, compare};
use serde::Serialize;
use serde_json::Value;
use std::cell::RefCell;
use tsify::Tsify;
use wasm_bindgen::prelude::*;

thread_local! {
    /// What the last comparison simulated: while a lever is dragged, the other scenarios stay as they are.
    static KEPT: RefCell<Option<Evaluator>> = const { RefCell::new(None) };
}

/// A comparison, or what is wrong with the document.
#[derive(Serialize, Tsify)]
#[serde(untagged)]
pub enum ComparisonAnswer {
    /// It worked.
    Comparison {
        /// The comparison.
        comparison: Box<Comparison>,
    },
    /// It did not.
    Errors {
        /// All errors.
        errors: Vec<InputError>,
    },
}

/// The seed of a document, or a new one.
fn seed_of(document: &Value) -> Result<u32, Vec<InputError>> {
    if document.get("seed").is_some_and(Value::is_number) {
        return Ok(0);
    }
    new_seed().map_err(|_| vec![InputError::at("/seed", ErrorCode::MissingField)])
}

/// The scenario that a plan makes, by its place among the plans: a document without plans.
#[wasm_bindgen(js_name = applyPlan, unchecked_return_type = "ScenarioAnswer")]
pub fn js_apply_plan(
    #[wasm_bindgen(unchecked_param_type = "Scenario")] scenario: JsValue,
    plan: u32,
) -> Result<JsValue, JsValue> {
    let applied = document_of(scenario).and_then(|document| {
        let base = Scenario::from_value(&document)?;
        apply_plan(&document, base.plans.as_deref().unwrap_or_default(), plan as usize)
    });
    to_js(&match applied {
        Ok((_, scenario)) => ScenarioAnswer::Scenario { scenario: Box::new(scenario) },
        Err(errors) => ScenarioAnswer::Errors { errors },
    })
}

/// A document and its plans side by side.
#[wasm_bindgen(js_name = compare, unchecked_return_type = "ComparisonAnswer")]
pub fn js_compare(
    #[wasm_bindgen(unchecked_param_type = "Scenario")] scenario: JsValue,
    #[wasm_bindgen(unchecked_param_type = "CompareOptions")] options: JsValue,
) -> Result<JsValue, JsValue> {
    let options: CompareOptions = options_of(options)?;
    let compared = document_of(scenario).and_then(|document| {
        let seed = seed_of(&document)?;
        KEPT.with_borrow_mut(|kept| compare(&document, &options, seed, kept))
    });
    to_js(&match compared {
        Ok(comparison) => ComparisonAnswer::Comparison { comparison: Box::new(comparison) },
        Err(errors) => ComparisonAnswer::Errors { errors },
    })
}
