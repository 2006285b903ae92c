//! What-if questions at the boundary. Each is one call: to stop it, end the worker that it runs in, or leave its task.

use super::{Answer, ScenarioAnswer, document_of, options_of, to_js};
use crate::error::{ErrorCode, InputError};
use crate::report::what_if::{Comparison, GoalSeekReport, OutcomeSensitivity, Waterfall};
use crate::scenario::Scenario;
use crate::seed::new_seed;
use crate::steps::at_once;
use crate::what_if::{
    CompareOptions, Evaluator, FigureOptions, GoalSeekOptions, ReadyLever, SensitivityOptions, apply_plan,
    compare_in_steps, goal_seek_in_steps, lever_catalogue, sensitivity_in_steps, waterfall_in_steps,
};
use js_sys::Function;
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

/// Contributions of the levers, or what is wrong with the document.
#[derive(Serialize, Tsify)]
#[serde(untagged)]
pub enum WaterfallAnswer {
    /// It worked.
    Waterfall {
        /// The contributions.
        waterfall: Waterfall,
    },
    /// It did not.
    Errors {
        /// All errors.
        errors: Vec<InputError>,
    },
}

/// What drives an outcome, or what is wrong with the document.
#[derive(Serialize, Tsify)]
#[serde(untagged)]
pub enum SensitivityAnswer {
    /// It worked.
    Sensitivity {
        /// The bars and shares.
        sensitivity: OutcomeSensitivity,
    },
    /// It did not.
    Errors {
        /// All errors.
        errors: Vec<InputError>,
    },
}

/// Result of a goal seek, or what is wrong with the document.
#[derive(Serialize, Tsify)]
#[serde(untagged)]
pub enum GoalSeekAnswerOrErrors {
    /// It worked.
    GoalSeek {
        /// The result.
        goal_seek: GoalSeekReport,
    },
    /// It did not.
    Errors {
        /// All errors.
        errors: Vec<InputError>,
    },
}

/// Ready-made levers, or what is wrong with the document.
#[derive(Serialize, Tsify)]
#[serde(untagged)]
pub enum LeversAnswer {
    /// It worked.
    Levers {
        /// The levers.
        levers: Vec<ReadyLever>,
    },
    /// It did not.
    Errors {
        /// All errors.
        errors: Vec<InputError>,
    },
}

/// Tells a function the share that is done; a function that throws is not asked again.
fn teller(progress: Option<Function>) -> impl FnMut(f64) {
    let mut progress = progress;
    move |share| {
        if let Some(function) = &progress
            && function.call1(&JsValue::NULL, &JsValue::from_f64(share)).is_err()
        {
            progress = None;
        }
    }
}

/// The seed of a document, or a new one.
fn seed_of(document: &Value) -> Result<u32, Vec<InputError>> {
    if document.get("seed").is_some_and(Value::is_number) {
        // The document's own counts.
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
    at_once(compare_steps(scenario, options))
}

pub(super) async fn compare_steps(scenario: JsValue, options: JsValue) -> Answer {
    let options: CompareOptions = options_of(options)?;
    let compared = async {
        let document = document_of(scenario)?;
        let seed = seed_of(&document)?;
        // Whoever asks meanwhile finds nothing kept, and leaves what it found.
        let mut kept = KEPT.take();
        let compared = compare_in_steps(&document, &options, seed, &mut kept).await;
        KEPT.set(kept);
        compared
    };
    to_js(&match compared.await {
        Ok(comparison) => ComparisonAnswer::Comparison { comparison: Box::new(comparison) },
        Err(errors) => ComparisonAnswer::Errors { errors },
    })
}

/// Which lever of a plan brings how much: `options.plan` names the plan, `from` the plan to start from instead of
/// the base. `progress` is called with the share that is done.
#[wasm_bindgen(js_name = waterfall, unchecked_return_type = "WaterfallAnswer")]
pub fn js_waterfall(
    #[wasm_bindgen(unchecked_param_type = "Scenario")] scenario: JsValue,
    #[wasm_bindgen(unchecked_param_type = "FigureOptions")] options: JsValue,
    from: Option<String>,
    progress: Option<Function>,
) -> Result<JsValue, JsValue> {
    at_once(waterfall_steps(scenario, options, from, progress))
}

pub(super) async fn waterfall_steps(
    scenario: JsValue,
    options: JsValue,
    from: Option<String>,
    progress: Option<Function>,
) -> Answer {
    let options: FigureOptions = options_of(options)?;
    let found = async {
        let document = document_of(scenario)?;
        let seed = seed_of(&document)?;
        waterfall_in_steps(&document, &options, from.as_deref(), seed, &mut teller(progress)).await
    };
    to_js(&match found.await {
        Ok(waterfall) => WaterfallAnswer::Waterfall { waterfall },
        Err(errors) => WaterfallAnswer::Errors { errors },
    })
}

/// What drives an outcome. `progress` is called with the share that is done.
#[wasm_bindgen(js_name = sensitivity, unchecked_return_type = "SensitivityAnswer")]
pub fn js_sensitivity(
    #[wasm_bindgen(unchecked_param_type = "Scenario")] scenario: JsValue,
    #[wasm_bindgen(unchecked_param_type = "SensitivityOptions")] options: JsValue,
    progress: Option<Function>,
) -> Result<JsValue, JsValue> {
    at_once(sensitivity_steps(scenario, options, progress))
}

pub(super) async fn sensitivity_steps(scenario: JsValue, options: JsValue, progress: Option<Function>) -> Answer {
    let options: SensitivityOptions = options_of(options)?;
    let found = async {
        let document = document_of(scenario)?;
        sensitivity_in_steps(&document, &options, seed_of(&document)?, &mut teller(progress)).await
    };
    to_js(&match found.await {
        Ok(sensitivity) => SensitivityAnswer::Sensitivity { sensitivity },
        Err(errors) => SensitivityAnswer::Errors { errors },
    })
}

/// What it takes to reach a goal. `progress` is called with the share that is done.
#[wasm_bindgen(js_name = goalSeek, unchecked_return_type = "GoalSeekAnswerOrErrors")]
pub fn js_goal_seek(
    #[wasm_bindgen(unchecked_param_type = "Scenario")] scenario: JsValue,
    #[wasm_bindgen(unchecked_param_type = "GoalSeekOptions")] options: JsValue,
    progress: Option<Function>,
) -> Result<JsValue, JsValue> {
    at_once(goal_seek_steps(scenario, options, progress))
}

pub(super) async fn goal_seek_steps(scenario: JsValue, options: JsValue, progress: Option<Function>) -> Answer {
    let options: GoalSeekOptions = options_of(options)?;
    let found = async {
        let document = document_of(scenario)?;
        goal_seek_in_steps(&document, &options, seed_of(&document)?, &mut teller(progress)).await
    };
    to_js(&match found.await {
        Ok(goal_seek) => GoalSeekAnswerOrErrors::GoalSeek { goal_seek },
        Err(errors) => GoalSeekAnswerOrErrors::Errors { errors },
    })
}

/// The ready-made levers that apply to a document.
#[wasm_bindgen(js_name = leverCatalogue, unchecked_return_type = "LeversAnswer")]
pub fn js_lever_catalogue(
    #[wasm_bindgen(unchecked_param_type = "Scenario")] scenario: JsValue,
) -> Result<JsValue, JsValue> {
    to_js(&match document_of(scenario).and_then(|document| Scenario::from_value(&document)) {
        Ok(scenario) => LeversAnswer::Levers { levers: lever_catalogue(&scenario) },
        Err(errors) => LeversAnswer::Errors { errors },
    })
}
