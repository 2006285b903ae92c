//! Checks of the sections `pipeline_generation` and `arr_cohorts`.

use super::{At, Check, MAXIMUM_AMOUNT, MAXIMUM_MONTHS, shown};
use crate::error::{ErrorCode, InputError};
use crate::scenario::amount::Quantity;
use crate::scenario::arr_cohorts::ArrCohorts;
use crate::scenario::pipeline_generation::{Capacity, CycleTime, PipelineGeneration, Regime};

/// Most months before month 1.
const BURN_IN: u32 = 240;
/// Most regimes, hires.
const LIST: usize = 60;
/// Most leads, customers or reps, a month.
const COUNT: f64 = 1e7;
/// Most days of a mean cycle.
const DAYS: f64 = 1800.0;
/// Growth a month.
const GROWTH: (f64, f64) = (-0.2, 0.3);

impl Check<'_> {
    fn varied(&mut self, path: At, quantity: Option<&Quantity>, minimum: f64, maximum: f64) {
        if let Some(quantity) = quantity {
            self.quantity(path, quantity, minimum, maximum);
        }
    }

    fn month(&mut self, path: At, months: Option<u32>, minimum: u32, maximum: u32) {
        self.optional(path, months.map(f64::from), f64::from(minimum), f64::from(maximum));
    }

    /// Two fields of which only one can count.
    fn one_of(&mut self, path: At, present: bool, other: &str, other_present: bool) {
        if present && other_present {
            self.add(InputError::at(path.to_string(), ErrorCode::NotTogether).with("other", other));
        }
    }

    fn probabilities(&mut self, path: At, pmf: &[f64], longest: usize) {
        self.count(path, pmf.len(), 1, longest);
        for (index, probability) in pmf.iter().enumerate() {
            self.within(&format_args!("{path}/{index}"), *probability, 0.0, 1.0);
        }
        let sum: f64 = pmf.iter().sum();
        if sum.is_nan() || (sum - 1.0).abs() > 1e-6 {
            self.add(InputError::at(path.to_string(), ErrorCode::SumNotOne).with("sum", shown(sum)));
        }
    }

    pub(super) fn pipeline_generation(&mut self, section: &PipelineGeneration) {
        let at = "/pipeline_generation";
        self.month(&format_args!("{at}/horizon_months"), section.horizon_months, 1, MAXIMUM_MONTHS);
        self.month(&format_args!("{at}/burn_in_months"), section.burn_in_months, 0, BURN_IN);
        self.varied(&format_args!("{at}/leads_per_month"), section.leads_per_month.as_ref(), 0.0, COUNT);
        let growth = section.leads_monthly_growth.as_ref();
        self.varied(&format_args!("{at}/leads_monthly_growth"), growth, GROWTH.0, GROWTH.1);
        let variation = section.lead_level_coefficient_of_variation;
        self.optional(&format_args!("{at}/lead_level_coefficient_of_variation"), variation, 0.0, 2.0);
        self.optional(&format_args!("{at}/target_wins"), section.target_wins.map(f64::from), 0.0, 1e9);
        if let Some(window) = &section.target_window {
            let horizon = section.horizon_months.unwrap_or(36).clamp(1, MAXIMUM_MONTHS);
            let path = format!("{at}/target_window");
            self.month(&format_args!("{path}/first_month"), Some(window.first_month), 1, horizon);
            let first = window.first_month.clamp(1, horizon);
            self.month(&format_args!("{path}/last_month"), Some(window.last_month), first, horizon);
        }
        let regimes = section.regimes.as_deref().unwrap_or_default();
        if section.regimes.is_some() {
            self.count(&format_args!("{at}/regimes"), regimes.len(), 1, LIST);
        }
        let mut earliest = (1, 1);
        for (index, regime) in regimes.iter().enumerate() {
            let path = format!("{at}/regimes/{index}");
            self.month(&format_args!("{path}/from_month"), Some(regime.from_month), earliest.0, earliest.1);
            earliest = (regime.from_month.clamp(1, MAXIMUM_MONTHS - 1) + 1, MAXIMUM_MONTHS);
            self.regime(&path, regime);
        }
        if let Some(capacity) = &section.capacity {
            self.capacity(&format_args!("{at}/capacity"), capacity);
        }
    }

    fn regime(&mut self, path: At, regime: &Regime) {
        for (field, rate) in [
            ("followup_within_sla_share", &regime.followup_within_sla_share),
            ("late_lead_relative_conversion", &regime.late_lead_relative_conversion),
            ("lead_to_mql", &regime.lead_to_mql),
            ("mql_to_sql", &regime.mql_to_sql),
            ("sql_to_opportunity", &regime.sql_to_opportunity),
            ("opportunity_to_win", &regime.opportunity_to_win),
        ] {
            self.varied(&format_args!("{path}/{field}"), rate.as_ref(), 0.0, 1.0);
        }
        if let Some(lag) = &regime.lead_to_opportunity_lag_pmf {
            self.probabilities(&format_args!("{path}/lead_to_opportunity_lag_pmf"), lag, 61);
        }
        self.varied(&format_args!("{path}/average_deal"), regime.average_deal.as_ref(), 1e-9, MAXIMUM_AMOUNT);
        self.varied(&format_args!("{path}/hours_per_won_deal"), regime.hours_per_won_deal.as_ref(), 0.0, 1e5);
        self.varied(&format_args!("{path}/hours_per_lost_deal"), regime.hours_per_lost_deal.as_ref(), 0.0, 1e5);
        for (field, time) in [("months_to_win", &regime.months_to_win), ("months_to_loss", &regime.months_to_loss)] {
            if let Some(time) = time {
                self.cycle_time(&format_args!("{path}/{field}"), time);
            }
        }
        if let Some(rule) = &regime.kill_rule {
            let share = rule.low_score_share_of_lost.as_ref();
            self.varied(&format_args!("{path}/kill_rule/low_score_share_of_lost"), share, 0.0, 1.0);
            self.month(&format_args!("{path}/kill_rule/kill_after_months"), rule.kill_after_months, 0, MAXIMUM_MONTHS);
        }
    }

    fn cycle_time(&mut self, path: At, time: &CycleTime) {
        let days = format!("{path}/mean_days");
        let variation = format!("{path}/coefficient_of_variation");
        self.varied(&days, time.mean_days.as_ref(), 0.1, DAYS);
        self.varied(&variation, time.coefficient_of_variation.as_ref(), 0.0, 3.0);
        if matches!(time.coefficient_of_variation, Some(Quantity::Uncertain(_))) {
            self.add(InputError::at(&variation, ErrorCode::CannotVary));
        }
        self.one_of(&days, time.mean_days.is_some(), "pmf", time.pmf.is_some());
        self.one_of(&variation, time.coefficient_of_variation.is_some(), "pmf", time.pmf.is_some());
        if let Some(pmf) = &time.pmf {
            self.probabilities(&format_args!("{path}/pmf"), pmf, MAXIMUM_MONTHS as usize + 1);
        }
    }

    fn capacity(&mut self, path: At, capacity: &Capacity) {
        let hours = capacity.selling_hours_per_rep_per_month.as_ref();
        self.varied(&format_args!("{path}/initial_ramped_reps"), capacity.initial_ramped_reps.as_ref(), 0.0, 1e5);
        self.varied(&format_args!("{path}/selling_hours_per_rep_per_month"), hours, 0.0, 744.0);
        self.varied(&format_args!("{path}/ramp_months"), capacity.ramp_months.as_ref(), 0.0, 60.0);
        self.varied(&format_args!("{path}/monthly_attrition_rate"), capacity.monthly_attrition_rate.as_ref(), 0.0, 0.5);
        let loss = capacity.backlog_monthly_loss_rate.as_ref();
        self.varied(&format_args!("{path}/backlog_monthly_loss_rate"), loss, 0.0, 1.0);
        let hires = capacity.hires.as_deref().unwrap_or_default();
        self.count(&format_args!("{path}/hires"), hires.len(), 0, LIST);
        for (index, hire) in hires.iter().enumerate() {
            let path = format!("{path}/hires/{index}");
            self.month(&format_args!("{path}/month"), Some(hire.month), 1, MAXIMUM_MONTHS);
            self.within(&format_args!("{path}/count"), hire.count, 0.0, 1e5);
        }
    }

    pub(super) fn arr_cohorts(&mut self, section: &ArrCohorts, machine: bool) {
        let at = "/arr_cohorts";
        self.month(&format_args!("{at}/horizon_months"), section.horizon_months, 1, MAXIMUM_MONTHS);
        self.month(&format_args!("{at}/expansion_first_age_months"), section.expansion_first_age_months, 1, 24);
        for (field, quantity, minimum, maximum) in [
            ("opening_arr", &section.opening_arr, 0.0, MAXIMUM_AMOUNT),
            ("opening_customers", &section.opening_customers, 0.0, COUNT),
            ("new_customers_per_month", &section.new_customers_per_month, 0.0, COUNT),
            ("new_customers_monthly_growth", &section.new_customers_monthly_growth, GROWTH.0, GROWTH.1),
            ("arr_per_new_customer", &section.arr_per_new_customer, 1e-9, MAXIMUM_AMOUNT),
            ("early_churn_first_3_months", &section.early_churn_first_3_months, 0.0, 0.9),
            ("mature_monthly_churn_rate", &section.mature_monthly_churn_rate, 0.0, 0.2),
            ("monthly_expansion_rate", &section.monthly_expansion_rate, 0.0, 0.2),
            ("monthly_contraction_rate", &section.monthly_contraction_rate, 0.0, 0.2),
            ("gross_margin_rate", &section.gross_margin_rate, 1e-6, 1.0),
            ("cac", &section.cac, 0.0, MAXIMUM_AMOUNT),
            ("sales_marketing_cost_per_month", &section.sales_marketing_cost_per_month, 0.0, MAXIMUM_AMOUNT),
            ("sales_marketing_monthly_growth", &section.sales_marketing_monthly_growth, GROWTH.0, GROWTH.1),
            ("other_operating_cost_per_month", &section.other_operating_cost_per_month, 0.0, MAXIMUM_AMOUNT),
            ("discount_rate_annual", &section.discount_rate_annual, 0.0, 1.0),
            ("arr_goal", &section.arr_goal, 0.0, MAXIMUM_AMOUNT),
        ] {
            self.varied(&format_args!("{at}/{field}"), quantity.as_ref(), minimum, maximum);
        }
        let horizon = section.horizon_months.unwrap_or(36).clamp(1, MAXIMUM_MONTHS);
        self.month(&format_args!("{at}/arr_goal_month"), section.arr_goal_month, 1, horizon);
        let list = section.new_customers_by_month.as_deref();
        if let Some(list) = list {
            let path = format!("{at}/new_customers_by_month");
            self.count(&path, list.len(), 1, MAXIMUM_MONTHS as usize);
            for (index, count) in list.iter().enumerate() {
                self.within(&format_args!("{path}/{index}"), *count, 0.0, COUNT);
            }
        }
        for (field, quantity) in [
            ("new_customers_per_month", &section.new_customers_per_month),
            ("new_customers_monthly_growth", &section.new_customers_monthly_growth),
        ] {
            self.one_of(&format_args!("{at}/{field}"), quantity.is_some(), "new_customers_by_month", list.is_some());
        }
        if section.new_customers_from.is_some() {
            let path = format!("{at}/new_customers_from");
            for (field, present) in [
                ("new_customers_per_month", section.new_customers_per_month.is_some()),
                ("new_customers_monthly_growth", section.new_customers_monthly_growth.is_some()),
                ("new_customers_by_month", list.is_some()),
            ] {
                self.one_of(&path, true, field, present);
            }
            if !machine {
                self.add(InputError::at("/pipeline_generation", ErrorCode::MissingField));
            }
        }
        let budget = section.sales_marketing_cost_per_month.is_some();
        self.one_of(&format_args!("{at}/cac"), section.cac.is_some(), "sales_marketing_cost_per_month", budget);
        if matches!(section.arr_goal, Some(Quantity::Uncertain(_))) {
            self.add(InputError::at(format!("{at}/arr_goal"), ErrorCode::CannotVary));
        }
    }
}
