//! The same scenario with an earlier end: what an outcome is by a month.

use crate::error::{ErrorCode, InputError};
use crate::model::open_pipeline::resolve::resolve as resolve_open_pipeline;
use crate::model::partner_pnl::PnlPlan;
use crate::model::partner_vendor_programme::Programme;
use crate::model::{arr_cohorts, pipeline_generation};
use crate::report::what_if::Outcome;
use crate::scenario::Scenario;
use crate::scenario::open_pipeline::TargetWindow;

/// Where the month stands among the options.
const AT: &str = "/figure/month";

/// Ends a scenario at a month. Draws are keyed by month, so that a trial goes the same way until then.
///
/// # Errors
/// A month outside the scenario's own; one for an outcome that is a month itself.
pub fn end_at(scenario: &mut Scenario, outcome: Outcome, month: u32) -> Result<(), Vec<InputError>> {
    if outcome.is_month() {
        return Err(vec![InputError::at(AT, ErrorCode::UnknownField)]);
    }
    for section in outcome.sections() {
        match *section {
            "open_pipeline" if outcome == Outcome::PipelineTotal => end_pipeline(scenario, month)?,
            "pipeline_generation" if matches!(outcome, Outcome::Wins | Outcome::Bookings) => {
                end_machine(scenario, month)?;
            }
            "arr_cohorts" => {
                if let Some(section) = &mut scenario.arr_cohorts {
                    within(month, 1, arr_cohorts::resolve(section)?.0.horizon_months as u32)?;
                    section.horizon_months = Some(month);
                    // What it would take is asked for another month.
                    section.arr_goal_month = None;
                }
            }
            "partner_vendor_programme" => {
                if let Some(section) = &mut scenario.partner_vendor_programme {
                    within(month, 1, Programme::new(section)?.horizon_months as u32)?;
                    section.horizon_months = Some(month);
                }
            }
            "partner_pnl" => {
                if let Some(section) = &mut scenario.partner_pnl {
                    within(month, 1, PnlPlan::new(section)?.horizon_months as u32)?;
                    section.horizon_months = Some(month);
                }
            }
            _ => {}
        }
    }
    Ok(())
}

fn within(month: u32, first: u32, last: u32) -> Result<(), Vec<InputError>> {
    if (first..=last).contains(&month) {
        return Ok(());
    }
    let error = InputError::at(AT, ErrorCode::OutOfRange);
    Err(vec![error.with("value", month).with("minimum", first).with("maximum", last)])
}

/// The target window ends at the month.
fn end_pipeline(scenario: &mut Scenario, month: u32) -> Result<(), Vec<InputError>> {
    let Some(section) = &mut scenario.open_pipeline else { return Ok(()) };
    // Only months are asked for: the deals, which may be many, stand aside.
    let deals = std::mem::take(&mut section.deals);
    let resolved = resolve_open_pipeline(section);
    section.deals = deals;
    let pipeline = resolved?.pipeline;
    within(month, pipeline.first_month, pipeline.horizon_months)?;
    section.horizon_months = Some(pipeline.horizon_months);
    section.target_window = Some(TargetWindow { first_month: pipeline.first_month, last_month: month });
    Ok(())
}

fn end_machine(scenario: &mut Scenario, month: u32) -> Result<(), Vec<InputError>> {
    let Some(section) = &mut scenario.pipeline_generation else { return Ok(()) };
    let first = section.target_window.as_ref().map_or(1, |window| window.first_month);
    within(month, first, pipeline_generation::resolve(section)?.0.horizon_months as u32)?;
    section.target_window = Some(TargetWindow { first_month: first, last_month: month });
    Ok(())
}
