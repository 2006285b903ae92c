//! The scenario document `dealcast/1`: the only input of everything.
//!
//! Reading goes JSON text → value → types ([`read`]) → checks ([`validate`]). All errors of a
//! document come back together.

pub mod amount;
pub mod arr_cohorts;
pub mod open_pipeline;
pub mod partner_pnl;
pub mod partner_vendor_programme;
pub mod pipeline_generation;
pub mod plans;
pub(crate) mod read;
pub mod validate;

use crate::error::{ErrorCode, InputError};
use serde_json::Value;

use arr_cohorts::ArrCohorts;
use open_pipeline::{OpenPipeline, document};
use partner_pnl::PartnerPnl;
use partner_vendor_programme::PartnerVendorProgramme;
use pipeline_generation::PipelineGeneration;
use plans::Plan;
use serde::{Deserialize, Serialize};

/// The version of the document that this engine reads and writes.
pub const SCHEMA: &str = "dealcast/1";
/// Trials of a scenario that states none: 25 blocks.
pub const DEFAULT_TRIALS: u32 = 102_400;
/// Stopping rule of a scenario that states neither it nor trials: half a point.
pub const DEFAULT_HALF_WIDTH: f64 = 0.005;
/// Most trials of one run: four bytes each are kept.
pub const MAXIMUM_TRIALS: u32 = 10_000_000;
/// The same with sections by month, which keep more.
pub const MAXIMUM_MONTHLY_TRIALS: u32 = 1_000_000;
/// Largest document, in bytes of JSON.
pub const MAXIMUM_BYTES: usize = 64 << 20;

document! {
/// A scenario document.
pub struct Scenario {
    /// `dealcast/1`.
    pub schema: String,
    /// Title.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub title: Option<String>,
    /// Free notes.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub notes: Option<String>,
    /// Currency of all amounts, ISO 4217. Default EUR.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub currency: Option<String>,
    /// Calendar month that month 1 is, YYYY-MM.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub start_month: Option<String>,
    /// Seed of all random draws. A run without one draws its own and reports it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub seed: Option<u32>,
    /// Trials, 100 to 10,000,000, or 1,000,000 with other sections than the open pipeline; with a stopping rule the most of
    /// them. Default 102,400.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub trials: Option<u32>,
    /// Stopping rule: half-width of the 99 % interval (2.58 standard errors) at which the headline probabilities are
    /// accurate enough, 0.0005 to 0.1. The simulation then runs no more trials than that takes. Absent: all
    /// trials; where `trials` is absent too, 0.005.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub stop_at_half_width: Option<f64>,
    /// The deals of today.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub open_pipeline: Option<OpenPipeline>,
    /// The sales machine that makes new deals.
    #[cfg_attr(not(feature = "every-model"), serde(skip))]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub pipeline_generation: Option<PipelineGeneration>,
    /// Recurring revenue by cohort.
    #[cfg_attr(not(feature = "every-model"), serde(skip))]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub arr_cohorts: Option<ArrCohorts>,
    /// The partner programme, as the vendor sees it.
    #[cfg_attr(not(feature = "every-model"), serde(skip))]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub partner_vendor_programme: Option<PartnerVendorProgramme>,
    /// The business plan of one partner.
    #[cfg_attr(not(feature = "every-model"), serde(skip))]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub partner_pnl: Option<PartnerPnl>,
    /// What-if scenarios: levers on this document, which is the base. At most 5.
    #[cfg_attr(not(feature = "every-model"), serde(skip))]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub plans: Option<Vec<Plan>>,
}
}

impl Scenario {
    /// Reads and checks a document.
    ///
    /// # Errors
    /// All errors of the document, structure first, in document order.
    ///
    /// ```
    /// use dealcast::scenario::Scenario;
    /// let errors = Scenario::from_json(r#"{"schema":"dealcast/1","open_pipeline":{"deals":[],"goal":1}}"#).unwrap_err();
    /// let found: Vec<_> = errors.iter().map(|e| e.path.as_str()).collect();
    /// assert_eq!(found, ["/open_pipeline/goal", "/open_pipeline/target"]);
    /// ```
    pub fn from_json(text: &str) -> Result<Self, Vec<InputError>> {
        if text.len() > MAXIMUM_BYTES {
            return Err(vec![
                InputError::at("", ErrorCode::TooLarge).with("size", text.len()).with("maximum", MAXIMUM_BYTES),
            ]);
        }
        let value: Value = serde_json::from_str(text.trim_start_matches('\u{feff}')).map_err(|error| {
            vec![InputError::at("", ErrorCode::JsonSyntax).with("line", error.line()).with("column", error.column())]
        })?;
        Self::from_value(&value)
    }

    /// Reads and checks a document that is already a JSON value.
    ///
    /// # Errors
    /// As [`Scenario::from_json`].
    pub fn from_value(value: &Value) -> Result<Self, Vec<InputError>> {
        // A document of another version is not judged by the rules of this one.
        if let Some(found) = value.get("schema")
            && found != SCHEMA
        {
            let error = InputError::at("/schema", ErrorCode::UnsupportedSchema);
            return Err(vec![error.with("found", found.clone()).with("supported", SCHEMA)]);
        }
        let (scenario, mut errors) = read::read::<Self>(value);
        if let Some(scenario) = &scenario {
            errors.extend(validate::validate(scenario, &errors));
        }
        match scenario {
            Some(scenario) if errors.is_empty() => Ok(scenario),
            _ => Err(errors),
        }
    }

    /// Half-width to stop at, the default included; `None`: all trials are run.
    #[must_use]
    pub fn stop_at_half_width(&self) -> Option<f64> {
        let default = self.trials.is_none().then_some(DEFAULT_HALF_WIDTH);
        self.stop_at_half_width.or(default)
    }

    /// Most trials, the default included.
    #[must_use]
    pub fn trials(&self) -> u32 {
        self.trials.unwrap_or(DEFAULT_TRIALS)
    }
}
