//! The sales machine: figures of its expected course, and its simulated ranges.

use super::growth_figures::{fan, generation_figures};
use super::{Effort, Run, SectionForecast};
use crate::engine::growth::generation::{GenerationPaths, series};
use crate::engine::paths::{Outcome, PathPart, Paths};
use crate::error::InputError;
use crate::math::poisson;
use crate::model::pipeline_generation::change::{Change, Limit};
use crate::model::pipeline_generation::course::Course;
use crate::model::pipeline_generation::stationary::Stationary;
use crate::model::pipeline_generation::{Inputs, Regime, resolve};
use crate::model::uncertain::Uncertain;
use crate::report::pipeline_generation::{
    CapacityFigures, GenerationSimulation, LimitedBy, PipelineGenerationReport, PoissonLayer, RegimeChange,
    RegimeFigures, StationaryFigures,
};
use crate::scenario::open_pipeline::TargetWindow;
use crate::scenario::pipeline_generation::PipelineGeneration;
use crate::steps::pause;
use std::cell::OnceCell;

/// The section prepared to be computed.
pub struct GenerationForecast {
    inputs: Inputs,
    uncertain: Vec<Uncertain<Inputs>>,
    window: TargetWindow,
    pub(super) target_wins: Option<u32>,
    paths: OnceCell<Paths<GenerationPaths>>,
}

impl GenerationForecast {
    /// Prepares a checked section.
    ///
    /// # Errors
    /// What only shows when the section is resolved, located.
    pub fn new(section: &PipelineGeneration) -> Result<Self, Vec<InputError>> {
        let (inputs, uncertain) = resolve(section)?;
        let whole = TargetWindow { first_month: 1, last_month: inputs.horizon_months as u32 };
        let window = section.target_window.clone().unwrap_or(whole);
        Ok(Self { inputs, uncertain, window, target_wins: section.target_wins, paths: OnceCell::new() })
    }

    /// The figures with every input at its mean.
    fn expected(&self) -> PipelineGenerationReport {
        let inputs = &self.inputs;
        let course = inputs.course();
        let last = &inputs.regimes[inputs.regime_of(inputs.horizon_months as i32)];
        let limited = course.utilisation.last().is_some_and(|used| used.is_none_or(|used| used >= 1.0));
        PipelineGenerationReport {
            horizon_months: inputs.horizon_months as u32,
            total_expected_wins: course.wins.iter().sum(),
            total_expected_bookings: course.bookings.iter().sum(),
            effective_followup_share: last.followup(),
            lead_to_opportunity_rate: last.lead_to_opportunity(),
            mean_months_to_win: last.to_win.mean(),
            mean_months_to_loss: last.mean_to_loss(),
            mean_months_open: last.mean_open(),
            stationary_uncapped: stationary(inputs.stationary_uncapped()),
            hours_per_opportunity_last_regime: last.hours_per_opportunity(),
            share_of_time_on_lost_deals_last_regime: last.share_of_time_on_lost_deals(),
            capacity: self.capacity(&course),
            limited_by: if limited { LimitedBy::Capacity } else { LimitedBy::Inflow },
            regimes: inputs.regimes.iter().map(|regime| self.regime(regime)).collect(),
            regime_changes: inputs.changes(&course.hours).iter().map(change).collect(),
            poisson_layer: self.poisson_layer(&course),
            simulation: None,
            leads: course.leads,
            effective_leads: course.effective_leads,
            mqls: course.mqls,
            sqls: course.sqls,
            opportunities_created: course.created,
            opportunities_accepted: course.accepted,
            expected_wins: course.wins,
            expected_bookings: course.bookings,
            expected_losses: course.losses,
            open_opportunities_end_of_month: course.open,
            open_pipeline_end_of_month: course.open_value,
            velocity_per_day: course.velocity_per_day,
            share_of_time_on_lost_deals: course.lost_time,
        }
    }

    fn regime(&self, regime: &Regime) -> RegimeFigures {
        let leads = self.inputs.leads_of(regime.from_month as i32);
        RegimeFigures {
            from_month: regime.from_month as u32,
            effective_followup_share: regime.followup(),
            lead_to_opportunity_rate: regime.lead_to_opportunity(),
            opportunity_to_win: regime.win_rate,
            average_deal: regime.deal,
            mean_months_to_win: regime.to_win.mean(),
            mean_months_to_loss: regime.mean_to_loss(),
            mean_months_open: regime.mean_open(),
            hours_per_opportunity: regime.hours_per_opportunity(),
            share_of_time_on_lost_deals: regime.share_of_time_on_lost_deals(),
            stationary_uncapped: stationary(regime.stationary(leads * regime.lead_to_opportunity())),
        }
    }

    fn capacity(&self, course: &Course) -> Option<CapacityFigures> {
        self.inputs.team.as_ref()?;
        let needed = |(index, created): (usize, &f64)| {
            let waiting = if index == 0 { 0.0 } else { course.backlog[index - 1] };
            let regime = &self.inputs.regimes[self.inputs.regime_of(index as i32 + 1)];
            (created + waiting) * regime.hours_per_opportunity()
        };
        Some(CapacityFigures {
            selling_hours_available: course.hours.clone(),
            selling_hours_needed: course.created.iter().enumerate().map(needed).collect(),
            headcount: course.heads.clone(),
            capacity_utilisation: course.utilisation.clone(),
            backlog_end_of_month: course.backlog.clone(),
            backlog_lost: course.backlog_lost.clone(),
        })
    }

    /// With Poisson leads, independent thinning and delays and no binding capacity, the wins of a window are
    /// Poisson with the summed mean (Mt/G/∞; Eick, Massey & Whitt, Operations Research 1993).
    fn poisson_layer(&self, course: &Course) -> Option<PoissonLayer> {
        let certain = self.uncertain.is_empty() && self.inputs.lead_level_cv == 0.0;
        if !certain || self.inputs.team.is_some() {
            return None;
        }
        let window = &self.window;
        let mean = course.wins[window.first_month as usize - 1..window.last_month as usize].iter().sum();
        let quantile = |level| u32::try_from(poisson::exact_quantile(level, mean)).unwrap_or(u32::MAX);
        Some(PoissonLayer {
            window: window.clone(),
            poisson_mean_wins: mean,
            p10_wins: quantile(0.1),
            p50_wins: quantile(0.5),
            p90_wins: quantile(0.9),
            target_wins: self.target_wins,
            prob_at_least_target_wins: self.target_wins.map(|target| poisson::at_least(u64::from(target), mean)),
        })
    }
}

impl GenerationForecast {
    pub(super) fn paths(&self, run: Run) -> &Paths<GenerationPaths> {
        self.paths.get_or_init(|| {
            let window = (self.window.first_month as usize, self.window.last_month as usize);
            Paths::new(GenerationPaths::new(&self.inputs, &self.uncertain, window), run.seed, run.trials)
                .redrawn(run.redraw)
        })
    }

    fn simulation(&self, outcome: &Outcome) -> GenerationSimulation {
        let (figures, standard_error) = generation_figures(outcome, self.target_wins);
        GenerationSimulation {
            figures,
            standard_error,
            window: self.window.clone(),
            wins_fan: fan(outcome, series::WINS, true),
            bookings_fan: fan(outcome, series::BOOKINGS, false),
            cumulative_bookings_fan: fan(outcome, series::CUMULATIVE, false),
            open_pipeline_fan: fan(outcome, series::OPEN, false),
        }
    }
}

impl SectionForecast for GenerationForecast {
    type Part = PathPart;
    type Report = PipelineGenerationReport;

    async fn simulate(&self, run: Run, first_block: u32, blocks: u32) -> PathPart {
        self.paths(run).simulate_in_steps(first_block, blocks).await
    }

    async fn report(&self, run: Run, part: &PathPart, _: Effort) -> Option<PipelineGenerationReport> {
        let outcome = self.paths(run).outcome(part)?;
        pause().await;
        Some(PipelineGenerationReport { simulation: Some(self.simulation(&outcome)), ..self.expected() })
    }
}

fn limited_by(limit: Limit) -> LimitedBy {
    match limit {
        Limit::Inflow => LimitedBy::Inflow,
        Limit::Capacity => LimitedBy::Capacity,
    }
}

fn change(change: &Change) -> RegimeChange {
    RegimeChange {
        from_month: change.from_month as u32,
        limited_by: limited_by(change.limit),
        wins_ratio_if_inflow_limited: change.wins_ratio_if_inflow_limited,
        wins_ratio_if_capacity_limited: change.wins_ratio_if_capacity_limited,
        bookings_per_month_before: change.bookings_before,
        bookings_per_month_after: change.bookings_after,
        month_90_percent_reached: change.month_90_percent_reached.map(|month| month as u32),
        overshoot_ratio: change.overshoot,
    }
}

fn stationary(found: Stationary) -> StationaryFigures {
    StationaryFigures {
        opportunities_per_month: found.opportunities_per_month,
        wins_per_month: found.wins_per_month,
        bookings_per_month: found.bookings_per_month,
        open_opportunities: found.open_opportunities,
        velocity_per_day: found.velocity_per_day,
    }
}
