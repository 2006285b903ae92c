//! The open pipeline: simulation, exact engine, goal seek.

use super::distribution_figures::TotalFigures;
use super::simulated::Simulated;
use super::{Effort, OutcomeTrials, Run, SectionForecast, goal_seek, pipeline_figures};
use crate::engine::exact::Exact;
use crate::engine::simulation::{AmountDraws, BLOCK, Part, Plan, Scales};
use crate::error::InputError;
use crate::model::open_pipeline::moments::PipelineMoments;
use crate::model::open_pipeline::resolve::{Resolved, resolve};
use crate::report::open_pipeline::{NotExact, OpenPipelineReport};
use crate::scenario::open_pipeline::OpenPipeline;
use std::cell::OnceCell;

/// Trials of the independent case, and of a step of the goal seek, where they are simulated.
const SIDE_TRIALS: u32 = 4 * BLOCK;

/// The section prepared to be computed.
pub struct PipelineForecast<'a> {
    section: &'a OpenPipeline,
    resolved: Resolved,
    moments: PipelineMoments,
    scales: Scales,
    amounts: OnceCell<AmountDraws>,
}

impl<'a> PipelineForecast<'a> {
    /// Prepares a checked section.
    ///
    /// # Errors
    /// What only shows when the section is resolved, located.
    pub fn new(section: &'a OpenPipeline) -> Result<Self, Vec<InputError>> {
        let resolved = resolve(section)?;
        let moments = PipelineMoments::of(&resolved.pipeline);
        let scales = Scales::of(&resolved.pipeline, &moments);
        Ok(Self { section, resolved, moments, scales, amounts: OnceCell::new() })
    }

    /// How amounts are drawn: made when first needed.
    fn amounts(&self) -> &AmountDraws {
        self.amounts.get_or_init(|| AmountDraws::of(&self.resolved.pipeline, self.scales.units))
    }

    /// The total of each trial; `None` where the part does not hold all of them.
    pub fn totals(&self, run: Run, part: &Part) -> Option<OutcomeTrials> {
        let pipeline = &self.resolved.pipeline;
        let mut blocks: Vec<_> = part.totals.iter().collect();
        blocks.sort_unstable_by_key(|(block, _)| *block);
        let money = |units: &u32| pipeline.already_won + self.scales.units.money(f64::from(*units));
        Some(OutcomeTrials {
            // Refused unless the part holds every trial once.
            fan: Simulated::new(pipeline, self.scales, part, run.trials, self.section.deals.len())?.cumulative_fan,
            values: blocks.into_iter().flat_map(|(_, totals)| totals).map(money).collect(),
            target: Some(pipeline.target),
            last_month: None,
        })
    }

    /// P(total ≥ target) with the log-odds of all deals shifted, on the draws of the first trials.
    fn simulated_shift(&self, run: Run, shift: f64) -> f64 {
        let shifted = self.resolved.pipeline.with_log_odds_shift(shift);
        let trials = run.trials.min(SIDE_TRIALS);
        let plan = Plan::new(&shifted, self.scales, self.amounts(), run.seed, trials);
        let part = plan.simulate(0, plan.blocks());
        let simulated = Simulated::new(&shifted, self.scales, &part, trials, self.section.deals.len());
        simulated.map_or(0.0, |simulated| simulated.headline.prob_at_least_target)
    }
}

impl SectionForecast for PipelineForecast<'_> {
    type Part = Part;
    type Report = OpenPipelineReport;

    fn simulate(&self, run: Run, first_block: u32, blocks: u32) -> Part {
        let pipeline = &self.resolved.pipeline;
        Plan::new(pipeline, self.scales, self.amounts(), run.seed, run.trials).simulate(first_block, blocks)
    }

    fn report(&self, run: Run, part: &Part, effort: Effort) -> Option<OpenPipelineReport> {
        let pipeline = &self.resolved.pipeline;
        let rows = self.section.deals.len();
        let simulated = Simulated::new(pipeline, self.scales, part, run.trials, rows)?;
        let exact = match effort {
            Effort::Preview => Err(NotExact::NotAsked),
            Effort::Full => Exact::new(pipeline, &self.moments.conditional),
        };
        let figures = match &exact {
            Ok(exact) => TotalFigures::exact(exact, pipeline, rows),
            Err(reason) => {
                let independent = pipeline.independent();
                let trials = run.trials.min(SIDE_TRIALS);
                let plan = Plan::new(&independent, self.scales, self.amounts(), run.seed, trials);
                let part = plan.simulate(0, plan.blocks());
                let independent = Simulated::new(&independent, self.scales, &part, trials, rows)?;
                TotalFigures::simulated(&simulated, independent, *reason)
            }
        };
        let goal_seek = match effort {
            Effort::Preview => None,
            Effort::Full => self.section.probability_goal.map(|goal| {
                goal_seek::log_odds_shift(goal, exact.as_ref().ok(), |shift| self.simulated_shift(run, shift))
            }),
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
}
