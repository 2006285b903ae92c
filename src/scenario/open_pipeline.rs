//! The section `open_pipeline`: the deals of today, and what they are measured against.

use super::amount::Quantity;
use serde::de::{Error as _, MapAccess, Visitor};
use serde::{Deserialize, Deserializer, Serialize};
use std::fmt;

/// Derives what every type of a document needs.
macro_rules! document {
    ($(#[$meta:meta])* pub struct $name:ident { $($body:tt)* }) => {
        $(#[$meta])*
        #[derive(Debug, Clone, PartialEq, Serialize, Deserialize, schemars::JsonSchema)]
        #[serde(deny_unknown_fields)]
        #[cfg_attr(target_arch = "wasm32", derive(tsify::Tsify))]
        pub struct $name { $($body)* }
    };
    ($(#[$meta:meta])* pub enum $name:ident { $($body:tt)* }) => {
        $(#[$meta])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, schemars::JsonSchema)]
        #[serde(rename_all = "snake_case")]
        #[cfg_attr(target_arch = "wasm32", derive(tsify::Tsify))]
        pub enum $name { $($body)* }
    };
}
pub(crate) use document;

document! {
/// The open pipeline: deals, target, and how deals depend on one another. Optional fields have
/// the defaults that the model specification gives.
pub struct OpenPipeline {
    /// Months that the fan covers, 1 to 120. Default: the last month of the target window.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub horizon_months: Option<u32>,
    /// Revenue already signed in the target window, ≥ 0. Default 0.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub already_won: Option<f64>,
    /// Revenue to reach in the target window, already won included, ≥ 0.
    pub target: f64,
    /// Months in which a signature counts. Default: months 1 to 3.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub target_window: Option<TargetWindow>,
    /// Correlation ρ of the deals' latent variables through the common market factor, 0 to 0.95. Default 0.10.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub latent_correlation: Option<f64>,
    /// Loading b of delays on the market factor, 0 to 0.95. Default 0.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub slippage_factor_loading: Option<f64>,
    /// Slippage of deals that state none. Default: geometric with probability 0.30 a month.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub default_slippage: Option<Slippage>,
    /// Low and high end of the PERT distribution around a plain amount. Default 0.7 and 1.2.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub amount_range: Option<AmountRange>,
    /// Stages and their win rates, in the order of the sales process.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub stages: Option<Vec<Stage>>,
    /// Strength κ with which stage counts are pulled to the pooled rate, in deals, 0 to 100,000.
    /// Absent: each stage stands alone, with Jeffreys' prior.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub stage_prior_strength: Option<f64>,
    /// How MEDDIC answers move the odds of a deal.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub meddic: Option<MeddicRules>,
    /// The gate: below the score, a deal does not count as being in the stage.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub qualification_gate: Option<QualificationGate>,
    /// The kill rule: a low score for too long closes a deal.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub kill_rule: Option<KillRule>,
    /// Goal of the goal seek on P(target): the report gives the log-odds shift that reaches it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub probability_goal: Option<f64>,
    /// Amounts at which the report gives the probability that the total is at most that.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub cdf_check_amounts: Option<Vec<f64>>,
    /// Adds what another section of the scenario signs of the opportunities that it opens after today.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub new_deals_from: Option<NewDealsFrom>,
    /// The deals, at most 50,000.
    pub deals: Vec<Deal>,
}
}

document! {
/// A section whose new deals count in the open pipeline.
pub enum NewDealsFrom {
    /// The sales machine: its bookings from opportunities taken on in month 1 or later, in the same trial. What it
    /// has open at the start is not added: the deals of the list stand for it.
    PipelineGeneration,
}
}

document! {
/// Months of the target window, counted from 1, both included.
pub struct TargetWindow {
    /// First month.
    pub first_month: u32,
    /// Last month.
    pub last_month: u32,
}
}

document! {
/// Ends of the PERT distribution around a plain amount a: PERT(low·a, a, high·a).
pub struct AmountRange {
    /// Low end over amount, 0.01 to 1.
    pub low: f64,
    /// High end over amount, 1 to 100.
    pub high: f64,
}
}

document! {
/// One deal.
pub struct Deal {
    /// Identifier, unique in the scenario. The deal's random draws depend on it and on the seed alone.
    pub deal_id: String,
    /// Name to show.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// Amount, > 0. A plain number a stands for PERT(0.7 a, a, 1.2 a) (see `amount_range`).
    pub amount: Quantity,
    /// Probability of winning the deal some day, or counts of comparable deals. Absent: from the stage.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub win_probability: Option<Rate>,
    /// Name of the stage, one of `stages` where the win probability comes from it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub stage: Option<String>,
    /// Month of the expected signature, from 1; an overdue deal is in month 1.
    pub expected_close_month: u32,
    /// Delay of the signature. Absent: `default_slippage`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub slippage: Option<Slippage>,
    /// MEDDIC answers.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub meddic: Option<MeddicAnswers>,
    /// Days since the deal was opened.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub age_days: Option<f64>,
    /// Owner.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub owner: Option<String>,
    /// Segment.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub segment: Option<String>,
    /// Lead source.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub source: Option<String>,
    /// Category the sales team forecasts it in.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub forecast_category: Option<ForecastCategory>,
}
}

document! {
/// Forecast category of a deal.
pub enum ForecastCategory {
    /// Committed.
    Commit,
    /// Best case.
    BestCase,
    /// In the pipeline.
    Pipeline,
    /// Left out of the team's forecast (still simulated).
    Omitted,
}
}

document! {
/// Which law the delay follows.
pub enum SlippageName {
    /// Never late.
    None,
    /// Given probabilities of 0, 1, 2… months.
    Pmf,
    /// Slips another month with a fixed probability.
    Geometric,
}
}

document! {
/// Whole months by which a signature comes late.
pub struct Slippage {
    /// Which law.
    pub distribution: SlippageName,
    /// P(0 months late), P(1), … of `pmf`; they sum to 1.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub probability_by_months_late: Option<Vec<f64>>,
    /// Probability q of `geometric` to slip by one more month: P(S = k) = (1 − q) qᵏ. 0 to 0.95.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub monthly_slip_probability: Option<f64>,
}
}

document! {
/// A stage of the sales process.
pub struct Stage {
    /// Name, as deals state it.
    pub stage: String,
    /// Share of the deals that enter the stage and are won in the end, or the counts behind it.
    pub win_rate: Rate,
}
}

document! {
/// Won deals among closed ones. Uncertain: the rate is drawn from its Beta posterior in every trial.
pub struct WonOfClosed {
    /// Deals won.
    pub won: f64,
    /// Deals closed, won or lost.
    pub closed: f64,
}
}

/// A win rate: a fraction of one, or counts.
#[derive(Debug, Clone, PartialEq, Serialize, schemars::JsonSchema)]
#[serde(untagged)]
#[cfg_attr(target_arch = "wasm32", derive(tsify::Tsify))]
pub enum Rate {
    /// A fraction from 0.001 to 0.999.
    Known(f64),
    /// Won deals among closed ones.
    Counted(WonOfClosed),
}

impl<'de> Deserialize<'de> for Rate {
    /// Reads a number or the counts.
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct RateVisitor;
        impl<'de> Visitor<'de> for RateVisitor {
            type Value = Rate;
            fn expecting(&self, formatter: &mut fmt::Formatter) -> fmt::Result {
                formatter.write_str("number or counts")
            }
            fn visit_f64<E: serde::de::Error>(self, value: f64) -> Result<Rate, E> {
                Ok(Rate::Known(value))
            }
            fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<Rate, A::Error> {
                WonOfClosed::deserialize(serde::de::value::MapAccessDeserializer::new(map))
                    .map(Rate::Counted)
                    .map_err(A::Error::custom)
            }
        }
        deserializer.deserialize_struct("Rate", &["won", "closed"], RateVisitor)
    }
}

document! {
/// Answer to one MEDDIC question.
pub enum MeddicAnswer {
    /// Established: one point.
    Yes,
    /// Known to be missing: no point.
    No,
    /// Not known: half a point, which leaves the odds as they are.
    Unknown,
}
}

document! {
/// The six MEDDIC answers; an absent one is unknown.
pub struct MeddicAnswers {
    /// Metrics: the gain is quantified.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub metrics: Option<MeddicAnswer>,
    /// Economic buyer: met.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub economic_buyer: Option<MeddicAnswer>,
    /// Decision criteria: known.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub decision_criteria: Option<MeddicAnswer>,
    /// Decision process: known.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub decision_process: Option<MeddicAnswer>,
    /// Identified pain.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub identified_pain: Option<MeddicAnswer>,
    /// Champion: found.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub champion: Option<MeddicAnswer>,
}
}

document! {
/// Odds multipliers of the MEDDIC criteria. A yes multiplies the odds by √multiplier, a no divides
/// them by it, so that a yes instead of a no multiplies them by the whole.
pub struct MeddicRules {
    /// Whether the stage's rate is adjusted. Default true.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub enabled: Option<bool>,
    /// Odds multiplier of metrics, 1 to 10. Default e^0.8 ≈ 2.23, as for the others.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub metrics: Option<f64>,
    /// Odds multiplier of economic buyer.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub economic_buyer: Option<f64>,
    /// Odds multiplier of decision criteria.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub decision_criteria: Option<f64>,
    /// Odds multiplier of decision process.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub decision_process: Option<f64>,
    /// Odds multiplier of identified pain.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub identified_pain: Option<f64>,
    /// Odds multiplier of champion.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub champion: Option<f64>,
    /// Cap on the total multiplier, and one over it on its inverse, 1 to 100. Default 12.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub maximum_odds_multiplier: Option<f64>,
    /// Whether the multipliers were fitted to closed deals. Default false: shown as uncalibrated.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub calibrated: Option<bool>,
}
}

document! {
/// The qualification gate.
pub struct QualificationGate {
    /// Whether it applies.
    pub enabled: bool,
    /// First stage that needs the score; later ones need it too. A deal below it takes the win rate
    /// of the stage before.
    pub stage: String,
    /// Score needed, 0 to 6. Default 4.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub minimum_score: Option<f64>,
}
}

document! {
/// The kill rule: a deal with a score below the minimum that is older than the limit is closed as lost.
pub struct KillRule {
    /// Whether it applies.
    pub enabled: bool,
    /// Score below which a deal is closed, 0 to 6. Default 3.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub minimum_score: Option<f64>,
    /// Age in days above which it is closed. Default 30.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub maximum_age_days: Option<f64>,
}
}
