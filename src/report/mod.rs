//! The report document: what comes back.
//!
//! Convention for errors: a figure stands under the specification's name; the Monte Carlo standard
//! error of its simulated estimate stands under the same name in `standard_error` beside it.
//! Absent figures are those that are not defined (no payback, no unique rate of return).

pub mod arr_cohorts;
pub mod cash;
pub mod open_pipeline;
pub mod partner_both_sides;
pub mod partner_pnl;
pub mod partner_vendor_programme;
pub mod pipeline_generation;
pub mod what_if;

use crate::scenario::open_pipeline::document;
use arr_cohorts::ArrCohortsReport;
use open_pipeline::OpenPipelineReport;
use partner_both_sides::PartnerBothSidesReport;
use partner_pnl::PartnerPnlReport;
use partner_vendor_programme::PartnerVendorProgrammeReport;
use pipeline_generation::PipelineGenerationReport;
use serde::{Deserialize, Serialize};

/// The version of the report document.
pub const SCHEMA: &str = "dealcast-report/1";

document! {
/// A report. The same scenario, seed and engine version give the same bytes everywhere.
pub struct Report {
    /// `dealcast-report/1`.
    pub schema: String,
    /// What computed it.
    pub engine: Engine,
    /// Title of the scenario.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub title: Option<String>,
    /// Currency of all amounts, ISO 4217.
    pub currency: String,
    /// Calendar month that month 1 is, YYYY-MM.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub start_month: Option<String>,
    /// Seed of all random draws.
    pub seed: u32,
    /// Trials simulated.
    pub trials: u32,
    /// The open pipeline.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub open_pipeline: Option<OpenPipelineReport>,
    /// The sales machine that makes new deals.
    #[cfg_attr(not(feature = "every-model"), serde(skip))]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub pipeline_generation: Option<PipelineGenerationReport>,
    /// Recurring revenue by cohort.
    #[cfg_attr(not(feature = "every-model"), serde(skip))]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub arr_cohorts: Option<ArrCohortsReport>,
    /// The partner programme, as the vendor sees it.
    #[cfg_attr(not(feature = "every-model"), serde(skip))]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub partner_vendor_programme: Option<PartnerVendorProgrammeReport>,
    /// The business plan of one partner.
    #[cfg_attr(not(feature = "every-model"), serde(skip))]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub partner_pnl: Option<PartnerPnlReport>,
    /// Both sides on the same simulated partners, where the scenario has both sections.
    #[cfg_attr(not(feature = "every-model"), serde(skip))]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub partner_both_sides: Option<PartnerBothSidesReport>,
}
}

document! {
/// What computed a report.
pub struct Engine {
    /// `dealcast`.
    pub name: String,
    /// Version.
    pub version: String,
}
}
