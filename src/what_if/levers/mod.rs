//! The usual moves of the trade as ready-made levers for the sections of a document: data alone, the words are
//! the page's.

mod growth;
mod open_pipeline;
mod partners;

use crate::report::what_if::OperationName;
use crate::scenario::Scenario;
use crate::scenario::open_pipeline::document;
use serde::{Deserialize, Serialize};
use serde_json::Value;

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
    /// Opportunities of the sales machine close sooner.
    ShorterCycle,
    /// Open deals are signed sooner.
    SoonerSignatures,
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
