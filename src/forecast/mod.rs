//! From a scenario to its report: the one way through model, engines and summary.
//!
//! ```
//! use dealcast::{forecast::Forecast, scenario::Scenario};
//! let scenario = Scenario::from_json(r#"{
//!   "schema": "dealcast/1", "seed": 7, "trials": 8192,
//!   "open_pipeline": { "target": 100000, "deals": [
//!     {"deal_id": "A", "amount": {"distribution": "fixed", "value": 100000},
//!      "win_probability": 0.4, "expected_close_month": 1, "slippage": {"distribution": "none"}}]}}"#).unwrap();
//! let report = Forecast::new(&scenario, 7).unwrap().run();
//! let pipeline = report.open_pipeline.unwrap();
//! assert!((pipeline.prob_at_least_target - 0.4).abs() < 1e-9);
//! assert!((pipeline.simulated.prob_at_least_target - 0.4).abs() < 0.02);
//! ```

mod arr_cohorts;
mod cash_figures;
mod distribution_figures;
mod goal_seek;
mod growth_figures;
mod growth_goal;
mod independent_case;
mod new_deals;
mod open_pipeline;
mod outcome;
mod part;
mod partner_both_sides;
mod partner_pnl;
mod partner_vendor_programme;
mod pipeline_figures;
mod pipeline_generation;
mod simulated;
pub(crate) mod stopping;

pub use outcome::OutcomeTrials;
pub use part::Part;
pub use stopping::PILOT;

pub use crate::engine::paths::Redraw;

use crate::engine::simulation::BLOCK;
use crate::error::{ErrorCode, InputError};
use crate::report::{Engine, Report, SCHEMA};
use crate::scenario::Scenario;
use crate::steps::{at_once, pause};
use arr_cohorts::ArrForecast;
use open_pipeline::PipelineForecast;
use partner_both_sides::BothSidesForecast;
use partner_pnl::PnlForecast;
use partner_vendor_programme::ProgrammeForecast;
use pipeline_generation::GenerationForecast;

/// Which effort a report is worth.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Effort {
    /// Simulation alone: milliseconds.
    Preview,
    /// Both engines.
    Full,
}

/// What all sections of a scenario are simulated with.
#[derive(Debug, Clone, Copy, PartialEq)]
struct Run {
    seed: u32,
    trials: u32,
    redraw: Redraw,
}

/// A section of the scenario, prepared: simulated block by block, then reported. Both pause: see [`crate::steps`].
trait SectionForecast {
    /// What some blocks give.
    type Part;
    /// What comes back.
    type Report;
    /// Simulates `blocks` blocks from `first_block` on; blocks past the last are not there.
    async fn simulate(&self, run: Run, first_block: u32, blocks: u32) -> Self::Part;
    /// The report on a part that holds all blocks; `None` where it does not, or is of another scenario.
    async fn report(&self, run: Run, part: &Self::Part, effort: Effort) -> Option<Self::Report>;
}

/// A scenario prepared to be computed.
pub struct Forecast<'a> {
    scenario: &'a Scenario,
    run: Run,
    open_pipeline: Option<PipelineForecast<'a>>,
    pipeline_generation: Option<GenerationForecast>,
    arr_cohorts: Option<ArrForecast>,
    partner_vendor_programme: Option<ProgrammeForecast>,
    partner_pnl: Option<PnlForecast>,
    partner_both_sides: Option<BothSidesForecast>,
}

/// The forecast of a section that may be absent.
fn prepared<S, F>(
    section: Option<S>,
    prepare: impl FnOnce(S) -> Result<F, Vec<InputError>>,
    errors: &mut Vec<InputError>,
) -> Option<F> {
    section.and_then(|section| prepare(section).map_err(|found| errors.extend(found)).ok())
}

/// A section of the other models: absent where they are not in the build, so that nothing of them is compiled in.
fn other<T>(section: &Option<T>) -> Option<&T> {
    if crate::EVERY_MODEL { section.as_ref() } else { None }
}

/// The part of a section that may be absent.
async fn simulated<F: SectionForecast>(
    forecast: Option<&F>,
    run: Run,
    first_block: u32,
    blocks: u32,
) -> Option<F::Part> {
    match forecast {
        Some(forecast) => Some(forecast.simulate(run, first_block, blocks).await),
        None => None,
    }
}

/// The report of a section that may be absent; `None` where section and part do not fit.
async fn reported<F: SectionForecast>(
    forecast: Option<&F>,
    run: Run,
    part: Option<&F::Part>,
    effort: Effort,
) -> Option<Option<F::Report>> {
    match (forecast, part) {
        (Some(forecast), Some(part)) => {
            pause().await;
            forecast.report(run, part, effort).await.map(Some)
        }
        (None, None) => Some(None),
        _ => None,
    }
}

/// [`simulated`] and [`reported`] for the other models: in a build without them of another body, because what pauses is
/// compiled whatever it is called with.
#[cfg(feature = "every-model")]
mod others {
    pub(super) use super::{reported, simulated};
}

#[cfg(not(feature = "every-model"))]
mod others {
    use super::{Effort, Run, SectionForecast};

    pub(super) async fn simulated<F: SectionForecast>(_: Option<&F>, _: Run, _: u32, _: u32) -> Option<F::Part> {
        None
    }

    pub(super) async fn reported<F: SectionForecast>(
        _: Option<&F>,
        _: Run,
        _: Option<&F::Part>,
        _: Effort,
    ) -> Option<Option<F::Report>> {
        Some(None)
    }
}

impl<'a> Forecast<'a> {
    /// Prepares a checked scenario for a number of trials, whatever it states of them itself.
    ///
    /// # Errors
    /// What only shows when the sections are resolved, located.
    pub fn with_trials(scenario: &'a Scenario, seed: u32, trials: u32) -> Result<Self, Vec<InputError>> {
        let mut errors = Vec::new();
        let run = Run { seed: scenario.seed.unwrap_or(seed), trials, redraw: Redraw::Nothing };
        let mut forecast = Self {
            scenario,
            run,
            open_pipeline: prepared(
                scenario.open_pipeline.as_ref(),
                |section| PipelineForecast::new(section, other(&scenario.pipeline_generation), run),
                &mut errors,
            ),
            pipeline_generation: prepared(other(&scenario.pipeline_generation), GenerationForecast::new, &mut errors),
            arr_cohorts: prepared(
                other(&scenario.arr_cohorts),
                |section| ArrForecast::new(section, other(&scenario.pipeline_generation)),
                &mut errors,
            ),
            partner_vendor_programme: prepared(
                other(&scenario.partner_vendor_programme),
                ProgrammeForecast::new,
                &mut errors,
            ),
            partner_pnl: prepared(other(&scenario.partner_pnl), PnlForecast::new, &mut errors),
            partner_both_sides: None,
        };
        if let (Some(vendor), Some(partner)) = (other(&forecast.partner_vendor_programme), other(&forecast.partner_pnl))
        {
            forecast.partner_both_sides = Some(BothSidesForecast::new(&vendor.programme, &partner.plan));
        }
        let sections = [
            forecast.open_pipeline.is_some(),
            forecast.pipeline_generation.is_some(),
            forecast.arr_cohorts.is_some(),
            forecast.partner_vendor_programme.is_some(),
            forecast.partner_pnl.is_some(),
        ];
        if errors.is_empty() && !sections.contains(&true) {
            errors.push(InputError::at("", ErrorCode::NoSection));
        }
        if errors.is_empty() { Ok(forecast) } else { Err(errors) }
    }

    /// The same with some draws made anew, for the models by month: what a sensitivity analysis needs. To be called
    /// before anything is simulated.
    #[must_use]
    pub fn redrawn(mut self, redraw: Redraw) -> Self {
        self.run.redraw = redraw;
        self
    }

    /// Blocks of trials to simulate.
    #[must_use]
    pub fn blocks(&self) -> u32 {
        self.run.trials.div_ceil(BLOCK)
    }

    /// Seed of all random draws.
    #[must_use]
    pub fn seed(&self) -> u32 {
        self.run.seed
    }

    /// Trials to simulate: all that the scenario allows, or as many as its stopping rule needs.
    #[must_use]
    pub fn trials(&self) -> u32 {
        self.run.trials
    }

    /// Simulates some of the blocks.
    #[must_use]
    pub fn simulate(&self, first_block: u32, blocks: u32) -> Part {
        at_once(self.simulate_in_steps(first_block, blocks))
    }

    /// [`Forecast::simulate`], with pauses.
    pub async fn simulate_in_steps(&self, first_block: u32, blocks: u32) -> Part {
        let run = self.run;
        Part {
            open_pipeline: simulated(self.open_pipeline.as_ref(), run, first_block, blocks).await,
            pipeline_generation: others::simulated(other(&self.pipeline_generation), run, first_block, blocks).await,
            arr_cohorts: others::simulated(other(&self.arr_cohorts), run, first_block, blocks).await,
            partner_vendor_programme: others::simulated(
                other(&self.partner_vendor_programme),
                run,
                first_block,
                blocks,
            )
            .await,
            partner_pnl: others::simulated(other(&self.partner_pnl), run, first_block, blocks).await,
            partner_both_sides: others::simulated(other(&self.partner_both_sides), run, first_block, blocks).await,
        }
    }

    /// Simulates everything here and reports.
    #[must_use]
    pub fn run(&self) -> Report {
        let part = self.simulate(0, self.blocks());
        // A part of all blocks of this very plan fits it.
        self.report(&part, Effort::Full).unwrap_or_else(|_| unreachable!("a whole part"))
    }

    /// A report on a part that holds all blocks.
    ///
    /// # Errors
    /// [`ErrorCode::ForeignPart`] where the part is not that of this scenario, or not whole.
    pub fn report(&self, part: &Part, effort: Effort) -> Result<Report, Vec<InputError>> {
        at_once(self.report_in_steps(part, effort))
    }

    /// [`Forecast::report`], with pauses.
    ///
    /// # Errors
    /// As [`Forecast::report`].
    pub async fn report_in_steps(&self, part: &Part, effort: Effort) -> Result<Report, Vec<InputError>> {
        self.sections(part, effort).await.ok_or_else(|| vec![InputError::at("", ErrorCode::ForeignPart)])
    }

    async fn sections(&self, part: &Part, effort: Effort) -> Option<Report> {
        let run = self.run;
        Some(Report {
            schema: SCHEMA.to_owned(),
            engine: Engine { name: env!("CARGO_PKG_NAME").to_owned(), version: env!("CARGO_PKG_VERSION").to_owned() },
            title: self.scenario.title.clone(),
            currency: self.scenario.currency.clone().unwrap_or_else(|| "EUR".to_owned()),
            start_month: self.scenario.start_month.clone(),
            seed: run.seed,
            trials: run.trials,
            open_pipeline: reported(self.open_pipeline.as_ref(), run, part.open_pipeline.as_ref(), effort).await?,
            pipeline_generation: others::reported(
                other(&self.pipeline_generation),
                run,
                part.pipeline_generation.as_ref(),
                effort,
            )
            .await?,
            arr_cohorts: others::reported(other(&self.arr_cohorts), run, part.arr_cohorts.as_ref(), effort).await?,
            partner_vendor_programme: others::reported(
                other(&self.partner_vendor_programme),
                run,
                part.partner_vendor_programme.as_ref(),
                effort,
            )
            .await?,
            partner_pnl: others::reported(other(&self.partner_pnl), run, part.partner_pnl.as_ref(), effort).await?,
            partner_both_sides: others::reported(
                other(&self.partner_both_sides),
                run,
                part.partner_both_sides.as_ref(),
                effort,
            )
            .await?
            .flatten(),
        })
    }
}
