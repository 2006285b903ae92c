//! Long calls taken in steps, for a page that has no thread but its own.

use super::{Answer, into_error};
use crate::steps::step;
use js_sys::Uint8Array;
use std::pin::Pin;
use wasm_bindgen::prelude::*;

/// A long call under way. Several may be: they do not disturb each other.
#[wasm_bindgen]
pub struct Task {
    work: Option<Pin<Box<dyn Future<Output = Answer>>>>,
}

#[wasm_bindgen]
impl Task {
    /// Goes on for some milliseconds at most; the answer when there is one, nothing while there is more to do.
    pub fn step(&mut self) -> Result<Option<JsValue>, JsValue> {
        let work = self.work.as_mut().ok_or_else(|| into_error("the task is done"))?;
        let Some(answer) = step(work.as_mut()) else { return Ok(None) };
        self.work = None;
        answer.map(Some)
    }
}

/// An argument of a call that may lack it.
fn argument(arguments: &[JsValue], place: usize) -> JsValue {
    arguments.get(place).cloned().unwrap_or_default()
}

fn number(value: JsValue) -> Result<u32, JsValue> {
    value.as_f64().map(|number| number as u32).ok_or_else(|| into_error("a number was expected"))
}

fn list(value: &JsValue) -> Vec<Uint8Array> {
    js_sys::Array::from(value).iter().map(|part| Uint8Array::new(&part)).collect()
}

/// Begins a call, by the name of its export and what that takes, to be taken in steps; nothing where it is short.
#[wasm_bindgen]
pub fn begin(
    name: &str,
    #[wasm_bindgen(unchecked_param_type = "unknown[]")] arguments: Vec<JsValue>,
) -> Result<Option<Task>, JsValue> {
    let [first, second, third] = [0, 1, 2].map(|place| argument(&arguments, place));
    let work: Pin<Box<dyn Future<Output = Answer>>> = match name {
        "plan" => Box::pin(super::plan_in_steps(first)),
        "run" => Box::pin(super::run_in_steps(first)),
        "preview" => Box::pin(super::preview_in_steps(first)),
        "simulate" => Box::pin(super::simulate_in_steps(first, number(second)?, number(third)?)),
        "report" => Box::pin(super::report_in_steps(first, list(&second))),
        #[cfg(feature = "every-model")]
        "compare" => Box::pin(super::what_if::compare_steps(first, second)),
        #[cfg(feature = "every-model")]
        "waterfall" => {
            let progress = argument(&arguments, 3).dyn_into().ok();
            Box::pin(super::what_if::waterfall_steps(first, second, third.as_string(), progress))
        }
        #[cfg(feature = "every-model")]
        "sensitivity" => Box::pin(super::what_if::sensitivity_steps(first, second, third.dyn_into().ok())),
        #[cfg(feature = "every-model")]
        "goalSeek" => Box::pin(super::what_if::goal_seek_steps(first, second, third.dyn_into().ok())),
        _ => return Ok(None),
    };
    Ok(Some(Task { work: Some(work) }))
}
