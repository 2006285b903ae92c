//! What comes back for the section `arr_cohorts`.

use super::open_pipeline::FanMonth;
use crate::scenario::open_pipeline::document;
use serde::{Deserialize, Serialize};

document! {
/// Recurring revenue by cohort. Figures are expected values with every uncertain input at its mean;
/// `simulation` has the ranges. Lists by month start at month 1. Absent figures are not defined: retention
/// before month 12, ratios over nought, a lifetime value that does not converge.
pub struct ArrCohortsReport {
    /// Months computed.
    pub horizon_months: u32,
    /// Recurring revenue at the start.
    pub opening_arr: f64,
    /// Customers at the start.
    pub opening_customers: f64,
    /// New customers.
    pub new_customers: Vec<f64>,
    /// Recurring revenue at the end of the month, a year.
    pub arr: Vec<f64>,
    /// Customers at the end of the month.
    pub customers: Vec<f64>,
    /// Recurring revenue of new customers.
    pub new_arr: Vec<f64>,
    /// Expansion of those who stay.
    pub expansion_arr: Vec<f64>,
    /// Contraction of those who stay.
    pub contraction_arr: Vec<f64>,
    /// Recurring revenue lost with customers.
    pub churned_arr: Vec<f64>,
    /// Recurring revenue at the horizon.
    pub closing_arr: f64,
    /// Customers at the horizon.
    pub closing_customers: f64,
    /// Recurring revenue, at the end of the month, of the customers of twelve months before, over theirs then.
    pub nrr_12m: Vec<Option<f64>>,
    /// The same without expansion.
    pub grr_12m: Vec<Option<f64>>,
    /// Customers of twelve months before who are still there.
    pub logo_retention_12m: Vec<Option<f64>>,
    /// NRR of a base without young customers, ((1 − h)(1 + e − c))¹².
    pub mature_nrr_12m: f64,
    /// Share of a new cohort's revenue left after twelve months.
    pub new_customer_nrr_first_12_months: f64,
    /// Sales and marketing cost over new customers, over the horizon.
    pub cac: Option<f64>,
    /// CAC over the monthly gross margin of a new customer.
    pub cac_payback_simple_months: Option<f64>,
    /// First month in which the margins of those who stay add up to CAC; absent: never.
    pub cac_payback_survival_adjusted_months: Option<u32>,
    /// The same, linear inside the month.
    pub cac_payback_survival_adjusted_months_interpolated: Option<f64>,
    /// Monthly margin over mature churn.
    pub ltv_simple: Option<f64>,
    /// Discounted margins of a new customer for ever.
    pub ltv_cohort: Option<f64>,
    /// The same over five years.
    pub ltv_5_years: f64,
    /// `ltv_cohort` over CAC.
    pub ltv_cohort_to_cac: Option<f64>,
    /// `ltv_5_years` over CAC.
    pub ltv_5_years_to_cac: Option<f64>,
    /// Revenue of the month: recurring revenue at its beginning over 12.
    pub revenue: Vec<f64>,
    /// Sales and marketing cost.
    pub sales_marketing_cost: Vec<f64>,
    /// Gross margin less sales and marketing and other cost.
    pub net_cash: Vec<f64>,
    /// Cash up to each month.
    pub cumulative_cash: Vec<f64>,
    /// Recurring revenue to reach; absent: none.
    pub arr_goal: Option<f64>,
    /// First month at the goal, within the horizon.
    pub month_goal_reached: Option<u32>,
    /// Factor on all new customers with which the goal is met at the horizon; 0: the opening base alone does.
    pub new_customer_multiplier_for_goal_at_horizon: Option<f64>,
    /// What the goal at its month asks of each lever alone; absent without goal.
    pub goal_needs: Option<GoalNeeds>,
    /// Efficiency by quarter.
    pub quarters: Vec<QuarterFigures>,
    /// Share of a new cohort's customers and revenue left, by age in months from 0; all cohorts follow it.
    pub retention_curve: RetentionCurve,
    /// Recurring revenue by year of acquisition: the opening base first.
    pub layers: Vec<CohortLayer>,
    /// Standard deviation of recurring revenue with Poisson new customers and independent survival, inputs at
    /// their means: exact.
    pub arr_sd_exact: Vec<f64>,
    /// Simulated ranges.
    pub simulation: Option<ArrSimulation>,
}
}

document! {
/// What it would take to reach the goal, one lever moved and the others kept, in expected values.
pub struct GoalNeeds {
    /// Month at whose end the goal is to be reached.
    pub month: u32,
    /// Recurring revenue then, as things are.
    pub arr_at_month: f64,
    /// The levers.
    pub levers: Vec<GoalLever>,
}
}

document! {
/// One lever.
pub struct GoalLever {
    /// Which.
    pub lever: GoalLeverName,
    /// Its value now.
    pub now: f64,
    /// Smallest value with which the goal is reached; absent: out of reach by this lever alone.
    pub required: Option<f64>,
}
}

document! {
/// A lever of the goal.
pub enum GoalLeverName {
    /// New customers, summed up to the goal's month.
    NewCustomers,
    /// Yearly net retention of a mature base, by more expansion; up to 300 %.
    MatureNrr,
    /// Win rate of the sales machine that the new customers come from, in the regime of the goal's month.
    WinRate,
    /// Ramped reps of that machine at the start; out of reach where demand is what lacks.
    RampedReps,
}
}

document! {
/// Efficiency of one quarter.
pub struct QuarterFigures {
    /// Quarter, from 1.
    pub quarter: u32,
    /// Recurring revenue gained.
    pub net_new_arr: f64,
    /// 4·(revenue − that of the quarter before) over the sales and marketing cost of the quarter before.
    pub magic_number_revenue: Option<f64>,
    /// Net new ARR over the sales and marketing cost of the quarter before.
    pub magic_number_arr: Option<f64>,
    /// Net burn over net new ARR; only where both are positive.
    pub burn_multiple: Option<f64>,
    /// (new + expansion)/(churn + contraction).
    pub quick_ratio: Option<f64>,
}
}

document! {
/// What is left of a new cohort, by age in months from 0.
pub struct RetentionCurve {
    /// Share of the customers.
    pub customers: Vec<f64>,
    /// Share of the recurring revenue; above 1 where expansion outruns churn.
    pub arr: Vec<f64>,
}
}

document! {
/// Recurring revenue of the customers acquired in a span of months.
pub struct CohortLayer {
    /// First month of acquisition; 0 for the opening base.
    pub first_month: u32,
    /// Last month of acquisition; 0 for the opening base.
    pub last_month: u32,
    /// Recurring revenue by month.
    pub arr: Vec<f64>,
}
}

document! {
/// Simulated figures, or their standard errors under the same names.
pub struct ArrFigures {
    /// Mean of the recurring revenue at the horizon.
    pub closing_arr_mean: f64,
    /// Its standard deviation.
    pub closing_arr_sd: f64,
    /// Its 10th percentile.
    pub closing_arr_p10: f64,
    /// Its median.
    pub closing_arr_p50: f64,
    /// Its 90th percentile.
    pub closing_arr_p90: f64,
    /// Mean of the customers at the horizon.
    pub closing_customers_mean: f64,
    /// P(recurring revenue ≥ goal at the horizon); absent without goal, like what follows.
    pub prob_goal_at_horizon: Option<f64>,
    /// P(the goal was reached by the end of month m), for m = 1, 2, … to the horizon.
    pub prob_goal_reached_by_month: Option<Vec<f64>>,
    /// P(the goal is not reached within the horizon).
    pub prob_goal_never_reached: Option<f64>,
    /// 10th percentile of the month in which it is reached, over the trials that reach it; absent when none does.
    pub month_goal_reached_p10: Option<f64>,
    /// Its median.
    pub month_goal_reached_p50: Option<f64>,
    /// Its 90th percentile.
    pub month_goal_reached_p90: Option<f64>,
}
}

document! {
/// Simulated recurring revenue: whole customers who come and leave.
pub struct ArrSimulation {
    /// The figures.
    pub figures: ArrFigures,
    /// Their Monte Carlo standard errors.
    pub standard_error: ArrFigures,
    /// Fan of the recurring revenue.
    pub arr_fan: Vec<FanMonth>,
    /// Fan of the customers.
    pub customers_fan: Vec<FanMonth>,
    /// Fan of the cash up to each month.
    pub cumulative_cash_fan: Vec<FanMonth>,
}
}
