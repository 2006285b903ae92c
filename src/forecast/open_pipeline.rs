//! The open pipeline: simulation, exact engine, goal seek.

use super::distribution_figures::TotalFigures;
use super::independent_case::{self, Case};
use super::new_deals::NewDeals;
use super::simulated::Simulated;
use super::{Effort, OutcomeTrials, Run, SectionForecast, goal_seek, other, pipeline_figures};
use crate::engine::exact::Exact;
use crate::engine::simulation::{AmountDraws, BLOCK, DealPlans, Joining, Part, Plan, PlanDetail, Reach, Scales};
use crate::error::InputError;
use crate::model::open_pipeline::Pipeline;
use crate::model::open_pipeline::moments::PipelineMoments;
use crate::model::open_pipeline::resolve::{Resolved, resolve};
use crate::report::open_pipeline::{NotExact, OpenPipelineReport, WithoutNewDeals};
use crate::scenario::open_pipeline::OpenPipeline;
use crate::scenario::pipeline_generation::PipelineGeneration;
use crate::steps::pause;
use std::cell::OnceCell;
use std::rc::Rc;

/// Trials of the independent case, and of a step of the goal seek, where they are simulated.
const SIDE_TRIALS: u32 = 4 * BLOCK;

/// The section prepared to be computed.
pub struct PipelineForecast<'a> {
    section: &'a OpenPipeline,
    resolved: Resolved,
    moments: PipelineMoments,
    scales: Scales,
    amounts: OnceCell<AmountDraws>,
    deals: OnceCell<DealPlans>,
    new_deals: Option<NewDeals>,
}

impl<'a> PipelineForecast<'a> {
    /// Prepares a checked section, with the new deals of the sales machine where it asks for them.
    ///
    /// # Errors
    /// What only shows when the section is resolved, located.
    pub fn new(
        section: &'a OpenPipeline,
        machine: Option<&PipelineGeneration>,
        run: Run,
    ) -> Result<Self, Vec<InputError>> {
        let resolved = resolve(section)?;
        let moments = PipelineMoments::of(&resolved.pipeline);
        let new_deals = match (section.new_deals_from, machine) {
            (Some(_), Some(machine)) if crate::EVERY_MODEL => {
                Some(NewDeals::new(machine, resolved.pipeline.horizon_months as usize, run)?)
            }
            _ => None,
        };
        let reach = new_deals.as_ref().map_or_else(Reach::default, |new_deals| new_deals.reach);
        let scales = Scales::of(&resolved.pipeline, &moments, reach);
        Ok(Self { section, resolved, moments, scales, amounts: OnceCell::new(), deals: OnceCell::new(), new_deals })
    }

    /// The new deals, where there are any.
    fn joining(&self) -> Option<&dyn Joining> {
        other(&self.new_deals).map(|new_deals| new_deals as &dyn Joining)
    }

    /// The totals of `pipeline`, one of the section's variants, from the first trials.
    async fn totals_of(&self, pipeline: &Pipeline, joining: Option<&dyn Joining>, run: Run) -> Option<Simulated> {
        let trials = run.trials.min(SIDE_TRIALS);
        let deals = DealPlans::new(pipeline, self.amounts(), PlanDetail::Totals);
        let plan = Plan::new(pipeline, &deals, self.scales, run.seed, trials).joined_by(joining);
        let part = plan.simulate_in_steps(0, plan.blocks()).await;
        Simulated::of_totals(pipeline, self.scales, &part, trials)
    }

    /// The totals with independent deals, of the first trials.
    async fn independent(&self, run: Run) -> Option<Rc<Simulated>> {
        let case = Case { pipeline: self.resolved.pipeline.independent(), units: self.scales.units, run };
        // New deals are drawn as well: of those a case says nothing.
        let (joining, known) = (self.joining(), independent_case::known(&case));
        if joining.is_none() && known.is_some() {
            return known;
        }
        let simulated = Rc::new(self.totals_of(&case.pipeline, joining, run).await?);
        if joining.is_none() {
            independent_case::keep(case, &simulated);
        }
        Some(simulated)
    }

    /// The total without new deals, from the exact engine where it applies.
    async fn without(&self, run: Run, exact: Option<&Exact<'_>>) -> Option<WithoutNewDeals> {
        let pipeline = &self.resolved.pipeline;
        let rows = self.section.deals.len();
        let (figures, error, trials) = if let Some(exact) = exact {
            (TotalFigures::exact(exact, pipeline, rows).await.summary, 0.0, None)
        } else {
            let simulated = self.totals_of(pipeline, None, run).await?;
            let error = simulated.standard_error.prob_at_least_target;
            (simulated.summary(), error, Some(run.trials.min(SIDE_TRIALS)))
        };
        Some(WithoutNewDeals {
            trials,
            mean: pipeline.already_won + self.moments.window.mean,
            sd: self.moments.window.sd(),
            p10: figures.p10,
            p50: figures.p50,
            p90: figures.p90,
            prob_at_least_target: figures.prob_at_least_target,
            prob_at_least_target_standard_error: error,
        })
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
    async fn simulated_shift(&self, run: Run, shift: f64) -> f64 {
        let shifted = self.resolved.pipeline.with_log_odds_shift(shift);
        self.totals_of(&shifted, self.joining(), run)
            .await
            .map_or(0.0, |simulated| simulated.headline.prob_at_least_target)
    }
}

impl SectionForecast for PipelineForecast<'_> {
    type Part = Part;
    type Report = OpenPipelineReport;

    async fn simulate(&self, run: Run, first_block: u32, blocks: u32) -> Part {
        let pipeline = &self.resolved.pipeline;
        let deals = self.deals.get_or_init(|| DealPlans::new(pipeline, self.amounts(), PlanDetail::Everything));
        let plan = Plan::new(pipeline, deals, self.scales, run.seed, run.trials).joined_by(self.joining());
        plan.simulate_in_steps(first_block, blocks).await
    }

    async fn report(&self, run: Run, part: &Part, effort: Effort) -> Option<OpenPipelineReport> {
        let pipeline = &self.resolved.pipeline;
        let rows = self.section.deals.len();
        let simulated = Simulated::new(pipeline, self.scales, part, run.trials, rows)?;
        pause().await;
        let exact = match effort {
            Effort::Preview => Err(NotExact::NotAsked),
            Effort::Full => Exact::new(pipeline, &self.moments.conditional).await,
        };
        // With new deals only the simulation has the total; the exact engine still has the deals alone.
        let without = match &self.new_deals {
            Some(_) => Some(self.without(run, exact.as_ref().ok()).await?),
            None => None,
        };
        let exact = if without.is_some() && effort == Effort::Full { Err(NotExact::NewDeals) } else { exact };
        let independent;
        let figures = match &exact {
            Ok(exact) => TotalFigures::exact(exact, pipeline, rows).await,
            Err(reason) => {
                independent = self.independent(run).await?;
                TotalFigures::simulated(&simulated, &independent, *reason)
            }
        };
        let goal_seek = match self.section.probability_goal.filter(|_| effort == Effort::Full) {
            Some(goal) => {
                let simulated = async |shift| self.simulated_shift(run, shift).await;
                Some(goal_seek::log_odds_shift(goal, exact.as_ref().ok(), simulated).await)
            }
            None => None,
        };
        pause().await;
        Some(pipeline_figures::report(pipeline_figures::Inputs {
            section: self.section,
            resolved: &self.resolved,
            moments: &self.moments,
            simulated: &simulated,
            figures: &figures,
            goal_seek,
            new_deals: self.new_deals.as_ref().zip(without),
        }))
    }
}
