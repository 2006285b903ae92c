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

mod distribution_figures;
mod goal_seek;
mod pipeline_figures;
mod simulated;

use crate::engine::exact::Exact;
use crate::engine::simulation::{AmountDraws, BLOCK, Part, Plan, Scales};
use crate::error::{ErrorCode, InputError};
use crate::model::open_pipeline::moments::PipelineMoments;
use crate::model::open_pipeline::resolve::{Resolved, resolve};
use crate::report::open_pipeline::{NotExact, OpenPipelineReport};
use crate::report::{Engine, Report, SCHEMA};
use crate::scenario::Scenario;
use crate::scenario::open_pipeline::OpenPipeline;
use distribution_figures::TotalFigures;
use simulated::Simulated;
use std::cell::OnceCell;

/// Trials of the independent case, and of a step of the goal seek, where they are simulated.
const SIDE_TRIALS: u32 = 4 * BLOCK;

/// Which effort a report is worth.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Effort {
    /// Simulation alone: milliseconds.
    Preview,
    /// Both engines.
    Full,
}

/// A scenario prepared to be computed.
pub struct Forecast<'a> {
    scenario: &'a Scenario,
    section: &'a OpenPipeline,
    resolved: Resolved,
    moments: PipelineMoments,
    scales: Scales,
    amounts: OnceCell<AmountDraws>,
    seed: u32,
    trials: u32,
}

impl<'a> Forecast<'a> {
    /// Prepares a checked scenario; `seed` is used where the scenario states none.
    ///
    /// # Errors
    /// What only shows when the section is resolved, located.
    pub fn new(scenario: &'a Scenario, seed: u32) -> Result<Self, Vec<InputError>> {
        Self::with_trials(scenario, seed, scenario.trials())
    }

    /// The same with another number of trials.
    ///
    /// # Errors
    /// As [`Forecast::new`].
    pub fn with_trials(scenario: &'a Scenario, seed: u32, trials: u32) -> Result<Self, Vec<InputError>> {
        let section = scenario.open_pipeline.as_ref().ok_or_else(|| vec![InputError::at("", ErrorCode::NoSection)])?;
        let resolved = resolve(section)?;
        let moments = PipelineMoments::of(&resolved.pipeline);
        let scales = Scales::of(&resolved.pipeline, &moments);
        let (amounts, seed) = (OnceCell::new(), scenario.seed.unwrap_or(seed));
        Ok(Self { scenario, section, resolved, moments, scales, amounts, seed, trials })
    }

    /// Blocks of trials to simulate.
    #[must_use]
    pub fn blocks(&self) -> u32 {
        self.trials.div_ceil(BLOCK)
    }

    /// Trials to simulate.
    #[must_use]
    pub fn trials(&self) -> u32 {
        self.trials
    }

    /// How amounts are drawn: made when first needed.
    fn amounts(&self) -> &AmountDraws {
        self.amounts.get_or_init(|| AmountDraws::of(&self.resolved.pipeline, self.scales.units))
    }

    /// Simulates some of the blocks.
    #[must_use]
    pub fn simulate(&self, first_block: u32, blocks: u32) -> Part {
        let pipeline = &self.resolved.pipeline;
        Plan::new(pipeline, self.scales, self.amounts(), self.seed, self.trials).simulate(first_block, blocks)
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
        let foreign = || vec![InputError::at("", ErrorCode::ForeignPart)];
        let section = self.open_pipeline(part, effort).ok_or_else(foreign)?;
        Ok(Report {
            schema: SCHEMA.to_owned(),
            engine: Engine { name: env!("CARGO_PKG_NAME").to_owned(), version: env!("CARGO_PKG_VERSION").to_owned() },
            title: self.scenario.title.clone(),
            currency: self.scenario.currency.clone().unwrap_or_else(|| "EUR".to_owned()),
            start_month: self.scenario.start_month.clone(),
            seed: self.seed,
            trials: self.trials,
            open_pipeline: Some(section),
        })
    }

    fn open_pipeline(&self, part: &Part, effort: Effort) -> Option<OpenPipelineReport> {
        let pipeline = &self.resolved.pipeline;
        let rows = self.section.deals.len();
        let simulated = Simulated::new(pipeline, self.scales, part, self.trials, rows)?;
        let exact = match effort {
            Effort::Preview => Err(NotExact::NotAsked),
            Effort::Full => Exact::new(pipeline, &self.moments.conditional),
        };
        let figures = match &exact {
            Ok(exact) => TotalFigures::exact(exact, pipeline, rows),
            Err(reason) => {
                let independent = pipeline.independent();
                let trials = self.trials.min(SIDE_TRIALS);
                let plan = Plan::new(&independent, self.scales, self.amounts(), self.seed, trials);
                let part = plan.simulate(0, plan.blocks());
                let independent = Simulated::new(&independent, self.scales, &part, trials, rows)?;
                TotalFigures::simulated(&simulated, independent, *reason)
            }
        };
        let goal_seek = match effort {
            Effort::Preview => None,
            Effort::Full => self
                .section
                .probability_goal
                .map(|goal| goal_seek::log_odds_shift(goal, exact.as_ref().ok(), |shift| self.simulated_shift(shift))),
        };
        Some(pipeline_figures::report(pipeline_figures::Inputs {
            section: self.section,
            resolved: &self.resolved,
            moments: &self.moments,
            simulated: &simulated,
            figures: &figures,
            goal_seek,
        }))
    }

    /// P(total ≥ target) with the log-odds of all deals shifted, on the draws of the first trials.
    fn simulated_shift(&self, shift: f64) -> f64 {
        let shifted = self.resolved.pipeline.with_log_odds_shift(shift);
        let trials = self.trials.min(SIDE_TRIALS);
        let plan = Plan::new(&shifted, self.scales, self.amounts(), self.seed, trials);
        let part = plan.simulate(0, plan.blocks());
        let simulated = Simulated::new(&shifted, self.scales, &part, trials, self.section.deals.len());
        simulated.map_or(0.0, |simulated| simulated.headline.prob_at_least_target)
    }
}
