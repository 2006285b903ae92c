//! Recurring revenue: figures of its expected course, and its simulated ranges.

use super::growth_figures::{arr_figures, fan};
use super::{Effort, Run, SectionForecast, growth_goal};
use crate::cash_flow::cumulative;
use crate::engine::growth::arr::{ArrPaths, series};
use crate::engine::growth::generation::GenerationPaths;
use crate::engine::paths::{Outcome, PathPart, Paths};
use crate::error::InputError;
use crate::model::arr_cohorts::cohorts::Course;
use crate::model::arr_cohorts::quarters::quarters;
use crate::model::arr_cohorts::{Inputs, NewCustomers, resolve};
use crate::model::pipeline_generation;
use crate::model::uncertain::Uncertain;
use crate::report::arr_cohorts::{ArrCohortsReport, ArrSimulation, CohortLayer, QuarterFigures, RetentionCurve};
use crate::scenario::arr_cohorts::ArrCohorts;
use crate::scenario::pipeline_generation::PipelineGeneration;
use crate::steps::pause;
use std::cell::OnceCell;

/// The section prepared to be computed.
pub struct ArrForecast {
    pub(super) inputs: Inputs,
    goal_month: usize,
    uncertain: Vec<Uncertain<Inputs>>,
    machine: Option<Machine>,
    paths: OnceCell<Paths<ArrPaths>>,
}

/// The sales machine whose wins are the new customers, over the months of the ARR.
struct Machine {
    inputs: pipeline_generation::Inputs,
    uncertain: Vec<Uncertain<pipeline_generation::Inputs>>,
}

impl ArrForecast {
    /// Prepares a checked section.
    ///
    /// # Errors
    /// What only shows when the section is resolved, located.
    pub fn new(section: &ArrCohorts, machine: Option<&PipelineGeneration>) -> Result<Self, Vec<InputError>> {
        let (mut inputs, uncertain) = resolve(section)?;
        let machine = match (section.new_customers_from, machine) {
            (Some(_), Some(section)) => {
                let (mut machine, uncertain) = pipeline_generation::resolve(section)?;
                machine.horizon_months = inputs.horizon_months;
                inputs.new_customers = NewCustomers::List(machine.course().wins);
                Some(Machine { inputs: machine, uncertain })
            }
            _ => None,
        };
        let goal_month = section.arr_goal_month.map_or(inputs.horizon_months, |month| month as usize);
        Ok(Self { inputs, goal_month, uncertain, machine, paths: OnceCell::new() })
    }

    /// The figures with every input at its mean.
    async fn expected(&self) -> ArrCohortsReport {
        let inputs = &self.inputs;
        let course = inputs.course();
        let economics = inputs.economics(&course);
        let horizon = inputs.horizon_months;
        let (survival, value) = inputs.survival(horizon);
        let goal = inputs.goal;
        let machine = self.machine.as_ref().map(|machine| &machine.inputs);
        let goal_needs = match goal {
            Some(goal) => Some(growth_goal::needs(inputs, machine, goal, self.goal_month).await),
            None => None,
        };
        ArrCohortsReport {
            horizon_months: horizon as u32,
            opening_arr: inputs.opening_arr,
            opening_customers: inputs.opening_customers,
            closing_arr: course.arr[horizon - 1],
            closing_customers: course.customers[horizon - 1],
            mature_nrr_12m: inputs.mature_nrr(),
            new_customer_nrr_first_12_months: economics.new_customer_nrr_first_12_months,
            cac: economics.cac,
            cac_payback_simple_months: economics.payback_simple,
            cac_payback_survival_adjusted_months: economics.payback_survival_adjusted,
            cac_payback_survival_adjusted_months_interpolated: economics.payback_interpolated,
            ltv_simple: economics.ltv_simple,
            ltv_cohort: economics.ltv_cohort,
            ltv_5_years: economics.ltv_5_years,
            ltv_cohort_to_cac: economics.ltv_cohort_to_cac,
            ltv_5_years_to_cac: economics.ltv_5_years_to_cac,
            arr_goal: goal,
            month_goal_reached: goal.and_then(|goal| course.month_reached(goal)).map(|month| month as u32),
            new_customer_multiplier_for_goal_at_horizon: goal
                .and_then(|goal| inputs.new_customer_multiplier(goal, horizon)),
            goal_needs,
            quarters: quarter_figures(&course, inputs.opening_arr),
            retention_curve: RetentionCurve {
                arr: survival.iter().zip(&value).map(|(stay, worth)| stay * worth).collect(),
                customers: survival,
            },
            layers: layers(&course, horizon),
            simulation: None,
            new_customers: course.new_customers,
            arr: course.arr,
            customers: course.customers,
            new_arr: course.new_arr,
            expansion_arr: course.expansion_arr,
            contraction_arr: course.contraction_arr,
            churned_arr: course.churned_arr,
            nrr_12m: course.nrr_12m,
            grr_12m: course.grr_12m,
            logo_retention_12m: course.logo_retention_12m,
            revenue: course.revenue,
            sales_marketing_cost: course.sales_marketing,
            cumulative_cash: cumulative(&course.net_cash),
            net_cash: course.net_cash,
            arr_sd_exact: course.arr_sd,
        }
    }
}

impl ArrForecast {
    pub(super) fn paths(&self, run: Run) -> &Paths<ArrPaths> {
        self.paths.get_or_init(|| {
            let whole = (1, self.inputs.horizon_months);
            let machine = self.machine.as_ref();
            let machine = machine.map(|machine| GenerationPaths::new(&machine.inputs, &machine.uncertain, whole));
            Paths::new(ArrPaths::new(&self.inputs, &self.uncertain, machine), run.seed, run.trials).redrawn(run.redraw)
        })
    }

    fn simulation(&self, outcome: &Outcome) -> ArrSimulation {
        let (figures, standard_error) = arr_figures(outcome, self.inputs.horizon_months, self.inputs.goal);
        ArrSimulation {
            figures,
            standard_error,
            arr_fan: fan(outcome, series::ARR, false),
            customers_fan: fan(outcome, series::CUSTOMERS, true),
            cumulative_cash_fan: fan(outcome, series::CUMULATIVE_CASH, false),
        }
    }
}

impl SectionForecast for ArrForecast {
    type Part = PathPart;
    type Report = ArrCohortsReport;

    async fn simulate(&self, run: Run, first_block: u32, blocks: u32) -> PathPart {
        self.paths(run).simulate_in_steps(first_block, blocks).await
    }

    async fn report(&self, run: Run, part: &PathPart, _: Effort) -> Option<ArrCohortsReport> {
        let outcome = self.paths(run).outcome(part)?;
        pause().await;
        Some(ArrCohortsReport { simulation: Some(self.simulation(&outcome)), ..self.expected().await })
    }
}

fn quarter_figures(course: &Course, opening_arr: f64) -> Vec<QuarterFigures> {
    let figures = quarters(course, opening_arr).into_iter().map(|found| QuarterFigures {
        quarter: found.quarter,
        net_new_arr: found.net_new_arr,
        magic_number_revenue: found.magic_number_revenue,
        magic_number_arr: found.magic_number_arr,
        burn_multiple: found.burn_multiple,
        quick_ratio: found.quick_ratio,
    });
    figures.collect()
}

fn layers(course: &Course, horizon: usize) -> Vec<CohortLayer> {
    let span = |year: usize| if year == 0 { (0, 0) } else { (12 * year - 11, (12 * year).min(horizon)) };
    let layer = |(year, arr): (usize, &Vec<f64>)| {
        let (first, last) = span(year);
        CohortLayer { first_month: first as u32, last_month: last as u32, arr: arr.clone() }
    };
    course.layers.iter().enumerate().map(layer).collect()
}
