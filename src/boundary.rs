//! The boundary to JavaScript: the only file that names `wasm_bindgen` and `js_sys` (`seed` alone names `getrandom`).
//!
//! Every export is three steps: convert, call the core, convert. What can be wrong with an input comes
//! back as data; a thrown error means a mistake in the calling code.

#[cfg(feature = "every-model")]
mod files;
mod session;
mod task;
#[cfg(feature = "every-model")]
mod what_if;

use crate::engine::simulation::BLOCK;
use crate::error::{ErrorCode, InputError};
use crate::forecast::{Effort, Part};
use crate::report::Report;
use crate::scenario::Scenario;
use crate::seed::new_seed;
use crate::steps::{at_once, pause};
use js_sys::{Error, Uint8Array};
use serde::Serialize;
use session::{Seedless, Session, Trials, session};
use std::rc::Rc;
use tsify::Tsify;
use wasm_bindgen::prelude::*;

/// A report, or what is wrong with the scenario.
#[derive(Serialize, Tsify)]
#[serde(untagged)]
pub enum ReportAnswer {
    /// It worked.
    Report {
        /// The report.
        report: Box<Report>,
    },
    /// It did not.
    Errors {
        /// All errors.
        errors: Vec<InputError>,
    },
}

/// A scenario read from a text, or what is wrong with it.
#[derive(Serialize, Tsify)]
#[serde(untagged)]
pub enum ScenarioAnswer {
    /// It worked.
    Scenario {
        /// The scenario.
        scenario: Box<Scenario>,
    },
    /// It did not.
    Errors {
        /// All errors.
        errors: Vec<InputError>,
    },
}

/// How a simulation is cut.
#[derive(Serialize, Tsify)]
pub struct SimulationPlan {
    /// Blocks to simulate.
    pub blocks: u32,
    /// Trials of a whole block.
    pub trials_per_block: u32,
    /// Trials altogether.
    pub trials: u32,
}

/// Plan, or what is wrong with the scenario.
#[derive(Serialize, Tsify)]
#[serde(untagged)]
pub enum PlanAnswer {
    /// It worked.
    Plan {
        /// The plan.
        plan: SimulationPlan,
    },
    /// It did not.
    Errors {
        /// All errors.
        errors: Vec<InputError>,
    },
}

/// What a call gives: its answer, or a thrown error.
type Answer = Result<JsValue, JsValue>;

/// A JavaScript error for a mistake in the calling code.
fn into_error(message: impl std::fmt::Display) -> JsValue {
    Error::new(&message.to_string()).into()
}

fn to_js(value: &impl Serialize) -> Result<JsValue, JsValue> {
    // Through text: the browser's own parser is several times as fast as setting properties one by one.
    js_sys::JSON::parse(&serde_json::to_string(value).map_err(into_error)?)
}

/// A report as it was asked for: by the text of a scenario as text, else as a JavaScript value.
fn report_to_js(asked: &JsValue, result: Result<Report, Vec<InputError>>) -> Answer {
    let answer = report_answer(result);
    if asked.is_string() { Ok(serde_json::to_string(&answer).map_err(into_error)?.into()) } else { to_js(&answer) }
}

/// The text of a JavaScript value, as JSON. A text is JSON already: workers are sent documents as text.
fn text_of(value: &JsValue) -> Result<String, Vec<InputError>> {
    if let Some(text) = value.as_string() {
        return Ok(text);
    }
    let text = js_sys::JSON::stringify(value).ok().and_then(|text| JsValue::from(text).as_string());
    text.ok_or_else(|| vec![InputError::at("", ErrorCode::WrongType).with("expected", "object")])
}

/// The document in a JavaScript value.
#[cfg(feature = "every-model")]
fn document_of(value: JsValue) -> Result<serde_json::Value, Vec<InputError>> {
    let wrong = |error: serde_json::Error| {
        vec![InputError::at("", ErrorCode::WrongType).with("expected", "object").with("found", error.to_string())]
    };
    serde_json::from_str(&text_of(&value)?).map_err(wrong)
}

/// Options in a JavaScript value; they come from the page's own code, and are too small to go through text.
#[cfg(feature = "every-model")]
fn options_of<T: serde::de::DeserializeOwned>(value: JsValue) -> Result<T, JsValue> {
    let value: serde_json::Value = serde_wasm_bindgen::from_value(value).map_err(into_error)?;
    match crate::scenario::read::read(&value) {
        (Some(options), errors) if errors.is_empty() => Ok(options),
        (_, errors) => Err(into_error(serde_json::to_string(&errors).map_err(into_error)?)),
    }
}

/// The document in a JavaScript value, read, checked and prepared.
async fn prepared(scenario: &JsValue, trials: Trials, seedless: Seedless) -> Result<Rc<Session>, Vec<InputError>> {
    session(text_of(scenario)?, trials, seedless).await
}

fn report_answer(result: Result<Report, Vec<InputError>>) -> ReportAnswer {
    match result {
        Ok(report) => ReportAnswer::Report { report: Box::new(report) },
        Err(errors) => ReportAnswer::Errors { errors },
    }
}

/// Version of the engine.
#[wasm_bindgen(js_name = engineVersion)]
pub fn engine_version() -> String {
    env!("CARGO_PKG_VERSION").to_owned()
}

/// A new random seed.
#[wasm_bindgen(js_name = newSeed)]
pub fn js_new_seed() -> Result<u32, JsValue> {
    new_seed().map_err(into_error)
}

/// All errors of a scenario; none where it can be computed.
#[wasm_bindgen(js_name = checkScenario, unchecked_return_type = "InputError[]")]
pub fn check_scenario(#[wasm_bindgen(unchecked_param_type = "unknown")] scenario: JsValue) -> Result<JsValue, JsValue> {
    let errors = at_once(prepared(&scenario, Trials::AtMost(100), Seedless::Draw)).err().unwrap_or_default();
    to_js(&errors)
}

/// Reads the text of a scenario file.
#[wasm_bindgen(js_name = readScenarioText, unchecked_return_type = "ScenarioAnswer")]
pub fn read_scenario_text(text: &str) -> Result<JsValue, JsValue> {
    to_js(&match Scenario::from_json(text) {
        Ok(scenario) => ScenarioAnswer::Scenario { scenario: Box::new(scenario) },
        Err(errors) => ScenarioAnswer::Errors { errors },
    })
}

/// How the simulation of a scenario is cut into blocks.
#[wasm_bindgen(unchecked_return_type = "PlanAnswer")]
pub fn plan(#[wasm_bindgen(unchecked_param_type = "Scenario")] scenario: JsValue) -> Result<JsValue, JsValue> {
    at_once(plan_in_steps(scenario))
}

async fn plan_in_steps(scenario: JsValue) -> Answer {
    to_js(&match prepared(&scenario, Trials::Enough, Seedless::Draw).await {
        Ok(session) => {
            let forecast = session.forecast();
            let (blocks, trials) = (forecast.blocks(), forecast.trials());
            PlanAnswer::Plan { plan: SimulationPlan { blocks, trials_per_block: BLOCK, trials } }
        }
        Err(errors) => PlanAnswer::Errors { errors },
    })
}

/// A quick report: one block of trials, no exact engine.
#[wasm_bindgen(unchecked_return_type = "ReportAnswer")]
pub fn preview(#[wasm_bindgen(unchecked_param_type = "Scenario")] scenario: JsValue) -> Result<JsValue, JsValue> {
    at_once(preview_in_steps(scenario))
}

async fn preview_in_steps(scenario: JsValue) -> Answer {
    let report = async {
        let session = prepared(&scenario, Trials::AtMost(BLOCK), Seedless::Draw).await?;
        let forecast = session.forecast();
        let part = forecast.simulate_in_steps(0, forecast.blocks()).await;
        forecast.report_in_steps(&part, Effort::Preview).await
    };
    report_to_js(&scenario, report.await)
}

/// Simulates some blocks of a scenario that was checked and has a seed, as a part for [`report`].
#[wasm_bindgen(unchecked_return_type = "Uint8Array")]
pub fn simulate(
    #[wasm_bindgen(unchecked_param_type = "Scenario")] scenario: JsValue,
    first_block: u32,
    blocks: u32,
) -> Result<JsValue, JsValue> {
    at_once(simulate_in_steps(scenario, first_block, blocks))
}

async fn simulate_in_steps(scenario: JsValue, first_block: u32, blocks: u32) -> Answer {
    let session = prepared(&scenario, Trials::All, Seedless::Refuse).await;
    let session = session.map_err(|errors| into_error(format!("scenario with {} errors", errors.len())))?;
    let part = session.forecast().simulate_in_steps(first_block, blocks).await;
    Ok(Uint8Array::from(part.to_bytes().as_slice()).into())
}

/// The full report on parts that together hold all blocks.
#[wasm_bindgen(unchecked_return_type = "ReportAnswer")]
pub fn report(
    #[wasm_bindgen(unchecked_param_type = "Scenario")] scenario: JsValue,
    parts: Vec<Uint8Array>,
) -> Result<JsValue, JsValue> {
    at_once(report_in_steps(scenario, parts))
}

async fn report_in_steps(scenario: JsValue, parts: Vec<Uint8Array>) -> Answer {
    let report = async {
        let foreign = || vec![InputError::at("", ErrorCode::ForeignPart)];
        let mut whole: Option<Part> = None;
        for part in parts {
            let part = Part::from_bytes(&part.to_vec()).ok_or_else(foreign)?;
            whole = match whole {
                Some(whole) => Some(whole.merged(part).ok_or_else(foreign)?),
                None => Some(part),
            };
            pause().await;
        }
        let whole = whole.ok_or_else(foreign)?;
        let session = prepared(&scenario, Trials::Enough, Seedless::Refuse).await?;
        let report = session.forecast().report_in_steps(&whole, Effort::Full).await;
        pause().await;
        report
    };
    report_to_js(&scenario, report.await)
}

/// Simulates everything here and reports.
#[wasm_bindgen(unchecked_return_type = "ReportAnswer")]
pub fn run(#[wasm_bindgen(unchecked_param_type = "Scenario")] scenario: JsValue) -> Result<JsValue, JsValue> {
    at_once(run_in_steps(scenario))
}

async fn run_in_steps(scenario: JsValue) -> Answer {
    let report = async {
        let session = prepared(&scenario, Trials::Enough, Seedless::Draw).await?;
        let forecast = session.forecast();
        let part = forecast.simulate_in_steps(0, forecast.blocks()).await;
        forecast.report_in_steps(&part, Effort::Full).await
    };
    report_to_js(&scenario, report.await)
}
