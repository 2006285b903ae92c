//! Files of deals at the boundary.

use super::{document_of, into_error, options_of, to_js};
use crate::csv::{self, CsvOptions, ExportOptions};
use crate::error::InputError;
use crate::scenario::Scenario;
use wasm_bindgen::prelude::*;

/// The scenario in a JavaScript value, or all its errors.
fn scenario_of(value: JsValue) -> Result<Scenario, Vec<InputError>> {
    Scenario::from_value(&document_of(value)?)
}

/// Reads a CSV file of deals. What cannot be read is in the result, row by row.
#[wasm_bindgen(js_name = importCsv, unchecked_return_type = "CsvImport")]
pub fn import_csv(
    bytes: &[u8],
    #[wasm_bindgen(unchecked_param_type = "CsvOptions")] options: JsValue,
) -> Result<JsValue, JsValue> {
    let options: CsvOptions = options_of(options)?;
    to_js(&csv::import(bytes, &options))
}

/// Writes the deals of a scenario as CSV. A scenario with errors is a mistake of the caller.
#[wasm_bindgen(js_name = exportDealsCsv)]
pub fn export_deals_csv(
    #[wasm_bindgen(unchecked_param_type = "Scenario")] scenario: JsValue,
    #[wasm_bindgen(unchecked_param_type = "ExportOptions")] options: JsValue,
) -> Result<String, JsValue> {
    let options: ExportOptions = options_of(options)?;
    let scenario =
        scenario_of(scenario).map_err(|errors| into_error(format!("scenario with {} errors", errors.len())))?;
    Ok(csv::export_deals(&scenario, &options))
}
