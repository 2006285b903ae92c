//! The usual moves of the trade as ready-made levers for the sections of a document: data alone, the words are
//! the page's.

use crate::report::what_if::OperationName;
use crate::scenario::Scenario;
use crate::scenario::arr_cohorts::ArrCohorts;
use crate::scenario::open_pipeline::{OpenPipeline, SlippageName, document};
use crate::scenario::partner_pnl::PartnerPnl;
use crate::scenario::partner_vendor_programme::PartnerVendorProgramme;
use crate::scenario::pipeline_generation::{PipelineGeneration, Regime};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

document! {
/// A ready-made lever.
pub enum ReadyLeverName {
    /// Deals below a MEDDIC score do not count as being in the stage.
    QualificationGate,
    /// Deals with a low score that are old are closed.
    KillRule,
    /// Signatures slip less often.
    LessSlippage,
    /// Higher odds of every open deal.
    HigherWinRate,
    /// Higher odds of the deals in one stage.
    StageWinRate,
    /// More leads.
    MoreLeads,
    /// More leads are followed up in time.
    FasterFollowUp,
    /// Opportunities are won more often.
    BetterQualification,
    /// Deals close sooner.
    ShorterCycle,
    /// Losing deals are closed early.
    LosingDealKillRule,
    /// More reps.
    MoreReps,
    /// New reps are productive sooner.
    FasterRamp,
    /// More new customers.
    MoreCustomers,
    /// Fewer customers are lost in their first three months.
    EarlyChurnPlan,
    /// Fewer customers are lost afterwards.
    Retention,
    /// Customers expand more.
    Expansion,
    /// Customers expand sooner.
    EarlierExpansion,
    /// Partners make their first deal sooner.
    HundredDayPlan,
    /// Partners without a deal are let go.
    StopRule,
    /// Partners are chosen more carefully.
    Selectivity,
    /// Margin moves from the vendor to the partner.
    MarginChange,
    /// Partners sell more, by a plan made together.
    JointBusinessPlan,
}
}

document! {
/// What the default size of a ready-made lever rests on.
pub enum LeverSource {
    /// A published case study.
    PublishedCase,
    /// An assumption.
    Assumption,
}
}

document! {
/// Unit of a lever's size.
pub enum SizeUnit {
    /// Share of one.
    Share,
    /// Points of a share.
    Points,
    /// Factor.
    Factor,
    /// Shift of log-odds.
    LogOdds,
    /// MEDDIC score.
    Score,
    /// Days.
    Days,
    /// Months.
    Months,
    /// Number of people.
    Count,
}
}

document! {
/// The size of a ready-made lever.
pub struct LeverSize {
    /// Default.
    pub default: f64,
    /// Smallest that makes sense.
    pub minimum: f64,
    /// Largest that makes sense.
    pub maximum: f64,
    /// Whether it is a whole number.
    pub whole: bool,
    /// Its unit.
    pub unit: SizeUnit,
}
}

/// A change of a ready-made lever.
#[derive(Debug, Clone, PartialEq, Serialize, schemars::JsonSchema)]
#[cfg_attr(target_arch = "wasm32", derive(tsify::Tsify))]
pub struct ReadyChange {
    /// JSON pointer of the field.
    pub at: String,
    /// What is done.
    pub operation: OperationName,
    /// With what, at the default size.
    #[cfg_attr(target_arch = "wasm32", tsify(type = "unknown"))]
    pub value: Value,
    /// Whether the value is the size of the lever.
    pub sized: bool,
}

/// A ready-made lever that applies to a document.
#[derive(Debug, Clone, PartialEq, Serialize, schemars::JsonSchema)]
#[cfg_attr(target_arch = "wasm32", derive(tsify::Tsify))]
pub struct ReadyLever {
    /// Which one.
    pub lever: ReadyLeverName,
    /// Section it acts on first.
    pub section: String,
    /// What it is about: the stage.
    pub subject: Option<String>,
    /// The changes.
    pub changes: Vec<ReadyChange>,
    /// Its size.
    pub size: LeverSize,
    /// What the default size rests on.
    pub source: LeverSource,
}

/// The levers found so far.
#[derive(Default)]
struct Catalogue(Vec<ReadyLever>);

fn fixed(at: &str, value: Value) -> ReadyChange {
    ReadyChange { at: at.to_owned(), operation: OperationName::Set, value, sized: false }
}

fn sized(at: impl Into<String>, operation: OperationName) -> ReadyChange {
    ReadyChange { at: at.into(), operation, value: Value::Null, sized: true }
}

fn size(unit: SizeUnit, default: f64, minimum: f64, maximum: f64) -> LeverSize {
    let whole = matches!(unit, SizeUnit::Months | SizeUnit::Days);
    LeverSize { default, minimum, maximum, whole, unit }
}

impl Catalogue {
    fn add(
        &mut self,
        lever: ReadyLeverName,
        section: &str,
        size: LeverSize,
        source: LeverSource,
        changes: Vec<ReadyChange>,
    ) {
        self.add_about(lever, section, None, size, source, changes);
    }

    fn add_about(
        &mut self,
        lever: ReadyLeverName,
        section: &str,
        subject: Option<String>,
        size: LeverSize,
        source: LeverSource,
        mut changes: Vec<ReadyChange>,
    ) {
        for change in changes.iter_mut().filter(|change| change.sized) {
            change.value = super::change::number_of(size.default);
        }
        self.0.push(ReadyLever { lever, section: section.to_owned(), subject, changes, size, source });
    }

    fn open_pipeline(&mut self, section: &OpenPipeline) {
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
        const DEFAULT: &str = "/open_pipeline/default_slippage";
        let geometric = |name: SlippageName| name == SlippageName::Geometric;
        let mut changes = Vec::new();
        if section.deals.iter().any(|deal| deal.slippage.is_none()) {
            match &section.default_slippage {
                // The default of the model, stated so that it can be changed.
                None => {
                    changes.push(fixed(DEFAULT, json!({"distribution": "geometric", "monthly_slip_probability": 0.3})))
                }
                Some(law) if geometric(law.distribution) => {}
                Some(_) => return,
            }
            changes.push(sized(format!("{DEFAULT}/monthly_slip_probability"), OperationName::Multiply));
        }
        if section.deals.iter().any(|deal| deal.slippage.as_ref().is_some_and(|law| geometric(law.distribution))) {
            changes.push(sized("/open_pipeline/deals/*/slippage/monthly_slip_probability", OperationName::Multiply));
        }
        if !changes.is_empty() {
            let half = size(SizeUnit::Factor, 0.5, 0.0, 2.0);
            self.add(ReadyLeverName::LessSlippage, "open_pipeline", half, LeverSource::Assumption, changes);
        }
    }

    fn pipeline_generation(&mut self, section: &PipelineGeneration) {
        const AT: &str = "pipeline_generation";
        let regimes = section.regimes.as_deref().unwrap_or_default();
        let states = |of: fn(&Regime) -> bool| regimes.iter().any(of);
        let in_regimes = |field: &str| format!("/pipeline_generation/regimes/*/{field}");
        if section.leads_per_month.is_some() {
            let change = sized("/pipeline_generation/leads_per_month", OperationName::Multiply);
            self.add(
                ReadyLeverName::MoreLeads,
                AT,
                size(SizeUnit::Factor, 1.2, 0.5, 3.0),
                LeverSource::Assumption,
                vec![change],
            );
        }
        if !regimes.is_empty() {
            self.add(
                ReadyLeverName::FasterFollowUp,
                AT,
                size(SizeUnit::Share, 0.98, 0.0, 1.0),
                LeverSource::PublishedCase,
                vec![sized(in_regimes("followup_within_sla_share"), OperationName::Set)],
            );
            let rule = json!({"enabled": true, "low_score_share_of_lost": 0.4});
            let changes = vec![
                fixed(&in_regimes("kill_rule"), rule),
                sized(in_regimes("kill_rule/kill_after_months"), OperationName::Set),
            ];
            let month = size(SizeUnit::Months, 1.0, 0.0, 12.0);
            self.add(ReadyLeverName::LosingDealKillRule, AT, month, LeverSource::PublishedCase, changes);
        }
        if states(|regime| regime.opportunity_to_win.is_some()) {
            self.add(
                ReadyLeverName::BetterQualification,
                AT,
                size(SizeUnit::LogOdds, 0.3, -2.0, 2.0),
                LeverSource::Assumption,
                vec![sized(in_regimes("opportunity_to_win"), OperationName::LogOdds)],
            );
        }
        let stated = |time: &Option<crate::scenario::pipeline_generation::CycleTime>| {
            time.as_ref().is_some_and(|time| time.mean_days.is_some())
        };
        let mut changes = Vec::new();
        if regimes.iter().any(|regime| stated(&regime.months_to_win)) {
            changes.push(sized(in_regimes("months_to_win/mean_days"), OperationName::Multiply));
        }
        if regimes.iter().any(|regime| stated(&regime.months_to_loss)) {
            changes.push(sized(in_regimes("months_to_loss/mean_days"), OperationName::Multiply));
        }
        if !changes.is_empty() {
            // 120 to 75 days.
            let shorter = size(SizeUnit::Factor, 0.625, 0.2, 2.0);
            self.add(ReadyLeverName::ShorterCycle, AT, shorter, LeverSource::PublishedCase, changes);
        }
        if let Some(capacity) = &section.capacity {
            if capacity.initial_ramped_reps.is_some() {
                self.add(
                    ReadyLeverName::MoreReps,
                    AT,
                    size(SizeUnit::Count, 2.0, 0.0, 50.0),
                    LeverSource::Assumption,
                    vec![sized("/pipeline_generation/capacity/initial_ramped_reps", OperationName::Add)],
                );
            }
            self.add(
                ReadyLeverName::FasterRamp,
                AT,
                size(SizeUnit::Months, 3.0, 0.0, 24.0),
                LeverSource::PublishedCase,
                vec![sized("/pipeline_generation/capacity/ramp_months", OperationName::Set)],
            );
        }
    }

    fn arr_cohorts(&mut self, section: &ArrCohorts) {
        const AT: &str = "arr_cohorts";
        if section.new_customers_per_month.is_some() {
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
        if section.mature_monthly_churn_rate.is_some() {
            self.add(
                ReadyLeverName::Retention,
                AT,
                size(SizeUnit::Factor, 0.8, 0.0, 2.0),
                LeverSource::Assumption,
                vec![sized("/arr_cohorts/mature_monthly_churn_rate", OperationName::Multiply)],
            );
        }
        if section.monthly_expansion_rate.is_some() {
            self.add(
                ReadyLeverName::Expansion,
                AT,
                size(SizeUnit::Points, 0.005, 0.0, 0.05),
                LeverSource::Assumption,
                vec![sized("/arr_cohorts/monthly_expansion_rate", OperationName::Add)],
            );
        }
        self.add(
            ReadyLeverName::EarlierExpansion,
            AT,
            size(SizeUnit::Months, 4.0, 1.0, 24.0),
            LeverSource::PublishedCase,
            vec![sized("/arr_cohorts/expansion_first_age_months", OperationName::Set)],
        );
    }

    fn partners(&mut self, vendor: Option<&PartnerVendorProgramme>, partner: Option<&PartnerPnl>) {
        if vendor.is_some() {
            const AT: &str = "partner_vendor_programme";
            let at = |field: &str| format!("/partner_vendor_programme/{field}");
            self.add(
                ReadyLeverName::HundredDayPlan,
                AT,
                size(SizeUnit::Share, 0.5, 0.0, 0.95),
                LeverSource::PublishedCase,
                vec![sized(at("onboarding_time_reduction_rate"), OperationName::Set)],
            );
            self.add(
                ReadyLeverName::StopRule,
                AT,
                size(SizeUnit::Months, 9.0, 3.0, 36.0),
                LeverSource::PublishedCase,
                vec![sized(at("stop_rule_months"), OperationName::Set)],
            );
            self.add(
                ReadyLeverName::Selectivity,
                AT,
                size(SizeUnit::Share, 0.75, 0.0, 1.0),
                LeverSource::Assumption,
                vec![sized(at("capable_share"), OperationName::Set)],
            );
        } else if partner.is_some() {
            self.add(
                ReadyLeverName::HundredDayPlan,
                "partner_pnl",
                size(SizeUnit::Months, 2.0, 1.0, 24.0),
                LeverSource::PublishedCase,
                vec![sized("/partner_pnl/first_deal_month", OperationName::Set)],
            );
        }
        let (mut margin, mut deals) = (Vec::new(), Vec::new());
        if vendor.is_some_and(|section| section.partner_discount_rate.is_some()) {
            margin.push(sized("/partner_vendor_programme/partner_discount_rate", OperationName::Add));
        }
        if partner.is_some_and(|section| section.resale_margin_rate.is_some()) {
            margin.push(sized("/partner_pnl/resale_margin_rate", OperationName::Add));
        }
        if vendor.is_some_and(|section| section.deals_per_active_partner_per_month.is_some()) {
            let at = "/partner_vendor_programme/deals_per_active_partner_per_month";
            deals.push(sized(at, OperationName::Multiply));
        }
        if partner.is_some_and(|section| section.deals_per_month_at_maturity.is_some()) {
            deals.push(sized("/partner_pnl/deals_per_month_at_maturity", OperationName::Multiply));
        }
        let section = if vendor.is_some() { "partner_vendor_programme" } else { "partner_pnl" };
        if !margin.is_empty() {
            let points = size(SizeUnit::Points, 0.05, -0.15, 0.15);
            self.add(ReadyLeverName::MarginChange, section, points, LeverSource::Assumption, margin);
        }
        if !deals.is_empty() {
            let factor = size(SizeUnit::Factor, 1.25, 0.5, 3.0);
            self.add(ReadyLeverName::JointBusinessPlan, section, factor, LeverSource::Assumption, deals);
        }
    }
}

/// The ready-made levers that apply to a document, section by section.
///
/// ```
/// use dealcast::scenario::Scenario;
/// use dealcast::what_if::{ReadyLeverName, lever_catalogue};
/// let scenario = Scenario::from_json(r#"{"schema": "dealcast/1", "partner_pnl": {}}"#).unwrap();
/// let levers = lever_catalogue(&scenario);
/// assert_eq!(levers[0].lever, ReadyLeverName::HundredDayPlan);
/// assert_eq!(levers[0].changes[0].at, "/partner_pnl/first_deal_month");
/// ```
#[must_use]
pub fn lever_catalogue(scenario: &Scenario) -> Vec<ReadyLever> {
    let mut catalogue = Catalogue::default();
    if let Some(section) = &scenario.open_pipeline {
        catalogue.open_pipeline(section);
    }
    if let Some(section) = &scenario.pipeline_generation {
        catalogue.pipeline_generation(section);
    }
    if let Some(section) = &scenario.arr_cohorts {
        catalogue.arr_cohorts(section);
    }
    catalogue.partners(scenario.partner_vendor_programme.as_ref(), scenario.partner_pnl.as_ref());
    catalogue.0
}
