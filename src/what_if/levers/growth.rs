//! Levers on the sales machine and on recurring revenue.

use super::{Catalogue, LeverSource, ReadyLeverName, SizeUnit, fixed, size, sized};
use crate::model::pipeline_generation::KILLED_SHARE;
use crate::report::what_if::OperationName;
use crate::scenario::arr_cohorts::ArrCohorts;
use crate::scenario::pipeline_generation::{CycleTime, PipelineGeneration, Regime};
use serde_json::json;

impl Catalogue {
    pub(super) fn pipeline_generation(&mut self, section: &PipelineGeneration) {
        const AT: &str = "pipeline_generation";
        let regimes = section.regimes.as_deref().unwrap_or_default();
        let in_regimes = |field: &str| format!("/pipeline_generation/regimes/*/{field}");
        self.add(
            ReadyLeverName::MoreLeads,
            AT,
            size(SizeUnit::Factor, 1.2, 0.5, 3.0),
            LeverSource::Assumption,
            vec![sized("/pipeline_generation/leads_per_month", OperationName::Multiply)],
        );
        self.add(
            ReadyLeverName::FasterFollowUp,
            AT,
            size(SizeUnit::Share, 0.98, 0.0, 1.0),
            LeverSource::PublishedCase,
            vec![sized(in_regimes("followup_within_sla_share"), OperationName::Set)],
        );
        let rule = json!({"enabled": true, "low_score_share_of_lost": KILLED_SHARE});
        let changes = vec![
            fixed(&in_regimes("kill_rule"), rule),
            sized(in_regimes("kill_rule/kill_after_months"), OperationName::Set),
        ];
        let month = size(SizeUnit::Months, 1.0, 0.0, 12.0);
        self.add(ReadyLeverName::LosingDealKillRule, AT, month, LeverSource::PublishedCase, changes);
        self.add(
            ReadyLeverName::BetterQualification,
            AT,
            size(SizeUnit::LogOdds, 0.3, -2.0, 2.0),
            LeverSource::Assumption,
            vec![sized(in_regimes("opportunity_to_win"), OperationName::LogOdds)],
        );
        // Days can be moved, months given one by one cannot.
        let in_days =
            |time: fn(&Regime) -> Option<&CycleTime>| regimes.iter().filter_map(time).all(|time| time.pmf.is_none());
        let mut changes = Vec::new();
        if in_days(|regime| regime.months_to_win.as_ref()) {
            changes.push(sized(in_regimes("months_to_win/mean_days"), OperationName::Multiply));
        }
        if in_days(|regime| regime.months_to_loss.as_ref()) {
            changes.push(sized(in_regimes("months_to_loss/mean_days"), OperationName::Multiply));
        }
        if !changes.is_empty() {
            // 120 to 75 days.
            let shorter = size(SizeUnit::Factor, 0.625, 0.2, 2.0);
            self.add(ReadyLeverName::ShorterCycle, AT, shorter, LeverSource::PublishedCase, changes);
        }
        if section.capacity.is_some() {
            self.add(
                ReadyLeverName::MoreReps,
                AT,
                size(SizeUnit::Count, 2.0, 0.0, 50.0),
                LeverSource::Assumption,
                vec![sized("/pipeline_generation/capacity/initial_ramped_reps", OperationName::Add)],
            );
            self.add(
                ReadyLeverName::FasterRamp,
                AT,
                size(SizeUnit::Months, 3.0, 0.0, 24.0),
                LeverSource::PublishedCase,
                vec![sized("/pipeline_generation/capacity/ramp_months", OperationName::Set)],
            );
        }
    }

    pub(super) fn arr_cohorts(&mut self, section: &ArrCohorts) {
        const AT: &str = "arr_cohorts";
        if section.new_customers_by_month.is_none() && section.new_customers_from.is_none() {
            self.add(
                ReadyLeverName::MoreCustomers,
                AT,
                size(SizeUnit::Factor, 1.2, 0.0, 5.0),
                LeverSource::Assumption,
                vec![sized("/arr_cohorts/new_customers_per_month", OperationName::Multiply)],
            );
        }
        self.add(
            ReadyLeverName::EarlyChurnPlan,
            AT,
            size(SizeUnit::Share, 0.04, 0.0, 0.9),
            LeverSource::PublishedCase,
            vec![sized("/arr_cohorts/early_churn_first_3_months", OperationName::Set)],
        );
        self.add(
            ReadyLeverName::Retention,
            AT,
            size(SizeUnit::Factor, 0.8, 0.0, 2.0),
            LeverSource::Assumption,
            vec![sized("/arr_cohorts/mature_monthly_churn_rate", OperationName::Multiply)],
        );
        self.add(
            ReadyLeverName::Expansion,
            AT,
            size(SizeUnit::Points, 0.005, 0.0, 0.05),
            LeverSource::Assumption,
            vec![sized("/arr_cohorts/monthly_expansion_rate", OperationName::Add)],
        );
        self.add(
            ReadyLeverName::EarlierExpansion,
            AT,
            size(SizeUnit::Months, 4.0, 1.0, 24.0),
            LeverSource::PublishedCase,
            vec![sized("/arr_cohorts/expansion_first_age_months", OperationName::Set)],
        );
    }
}
