//! Levers on the deals of today.

use super::{Catalogue, LeverSource, ReadyLeverName, SizeUnit, fixed, size, sized};
use crate::report::what_if::OperationName;
use crate::scenario::open_pipeline::{OpenPipeline, SlippageName};
use serde_json::json;

impl Catalogue {
    pub(super) fn open_pipeline(&mut self, section: &OpenPipeline) {
        const AT: &str = "open_pipeline";
        let stages = section.stages.as_deref().unwrap_or_default();
        let answered = section.deals.iter().any(|deal| deal.meddic.is_some());
        if let (true, Some(last)) = (answered && stages.len() > 1, stages.last()) {
            let gate = "/open_pipeline/qualification_gate";
            let value = json!({"enabled": true, "stage": last.stage});
            self.add(
                ReadyLeverName::QualificationGate,
                AT,
                size(SizeUnit::Score, 4.0, 0.0, 6.0),
                LeverSource::PublishedCase,
                vec![fixed(gate, value), sized(format!("{gate}/minimum_score"), OperationName::Set)],
            );
        }
        if answered && section.deals.iter().any(|deal| deal.age_days.is_some()) {
            let rule = "/open_pipeline/kill_rule";
            let value = json!({"enabled": true, "minimum_score": 3});
            self.add(
                ReadyLeverName::KillRule,
                AT,
                size(SizeUnit::Days, 30.0, 0.0, 365.0),
                LeverSource::PublishedCase,
                vec![fixed(rule, value), sized(format!("{rule}/maximum_age_days"), OperationName::Set)],
            );
        }
        self.slippage(section);
        if section.deals.iter().any(|deal| deal.expected_close_month > 1) {
            let month = size(SizeUnit::Months, -1.0, -12.0, 12.0);
            let change = sized("/open_pipeline/deals/*/expected_close_month", OperationName::Add);
            self.add(ReadyLeverName::SoonerSignatures, AT, month, LeverSource::Assumption, vec![change]);
        }
        let (own, staged): (Vec<_>, Vec<_>) = section.deals.iter().partition(|deal| deal.win_probability.is_some());
        let mut changes = Vec::new();
        if !own.is_empty() {
            changes.push(sized("/open_pipeline/deals/*/win_probability", OperationName::LogOdds));
        }
        if !staged.is_empty() {
            changes.push(sized("/open_pipeline/stages/*/win_rate", OperationName::LogOdds));
        }
        let odds = || size(SizeUnit::LogOdds, 0.3, -2.0, 2.0);
        if !changes.is_empty() {
            self.add(ReadyLeverName::HigherWinRate, AT, odds(), LeverSource::Assumption, changes);
        }
        for stage in stages.iter().filter(|stage| staged.iter().any(|deal| deal.stage.as_ref() == Some(&stage.stage))) {
            let step = stage.stage.replace('~', "~0").replace('/', "~1");
            let change = sized(format!("/open_pipeline/stages/={step}/win_rate"), OperationName::LogOdds);
            let subject = Some(stage.stage.clone());
            self.add_about(ReadyLeverName::StageWinRate, AT, subject, odds(), LeverSource::Assumption, vec![change]);
        }
    }

    /// Deals that follow the geometric law, their own or the default one.
    fn slippage(&mut self, section: &OpenPipeline) {
        let geometric = |name: SlippageName| name == SlippageName::Geometric;
        let mut changes = Vec::new();
        if section.deals.iter().any(|deal| deal.slippage.is_none()) {
            if section.default_slippage.as_ref().is_some_and(|law| !geometric(law.distribution)) {
                return;
            }
            changes.push(sized("/open_pipeline/default_slippage/monthly_slip_probability", OperationName::Multiply));
        }
        if section.deals.iter().any(|deal| deal.slippage.as_ref().is_some_and(|law| geometric(law.distribution))) {
            changes.push(sized("/open_pipeline/deals/*/slippage/monthly_slip_probability", OperationName::Multiply));
        }
        if !changes.is_empty() {
            let half = size(SizeUnit::Factor, 0.5, 0.0, 2.0);
            self.add(ReadyLeverName::LessSlippage, "open_pipeline", half, LeverSource::Assumption, changes);
        }
    }
}
