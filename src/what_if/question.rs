//! What every question about a figure shares: the document, the plan it starts from, the draws.

use super::apply::{PlacedLever, active_levers, base, pull};
use super::change::Operation;
use super::evaluate::Evaluator;
use super::reach::{Refused, reach};
use super::score::{Estimate, Score};
use crate::error::{ErrorCode, InputError};
use crate::report::what_if::{OperationName, Outcome, Statistic};
use crate::scenario::Scenario;
use crate::scenario::open_pipeline::document;
use crate::scenario::plans::Plan;
use serde::{Deserialize, Serialize};
use serde_json::Value;

/// Trials of each scenario where the question does not say: four blocks.
pub const TRIALS: u32 = 16_384;

document! {
/// Which figure a question is about.
pub struct FigureOptions {
    /// The outcome.
    pub outcome: Outcome,
    /// The figure.
    pub statistic: Statistic,
    /// Counts instead of the scenarios' own targets.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub target: Option<f64>,
    /// Month by whose end an amount or a number of wins counts, 1 to the horizon: revenue signed until then, recurring
    /// revenue then, net present value of the months until then. Absent: the end that the scenario states. Not for
    /// outcomes that are months.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub month: Option<u32>,
    /// Trials of each scenario. Default 16,384 or fewer if the document asks for fewer; at most 102,400.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub trials: Option<u32>,
    /// Name of the plan that the question is about, or starts from. Absent: the base.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub plan: Option<String>,
}
}

/// A document, and a figure of it that is asked for.
pub struct Question {
    /// The base, without plans.
    pub base: Value,
    /// The plans.
    pub plans: Vec<Plan>,
    /// The figure.
    pub statistic: Statistic,
    /// The outcome.
    pub outcome: Outcome,
    /// Seed of all random draws.
    pub seed: u32,
    /// Scenarios simulated.
    pub runs: u32,
    evaluator: Evaluator,
}

impl Question {
    /// Reads and checks a document; `seed` counts where it states none.
    ///
    /// # Errors
    /// All errors of the document.
    pub fn new(document: &Value, options: &FigureOptions, seed: u32) -> Result<Self, Vec<InputError>> {
        let scenario = Scenario::from_value(document)?;
        let seed = scenario.seed.unwrap_or(seed);
        let trials = options.trials.unwrap_or_else(|| scenario.trials().min(TRIALS));
        Ok(Self {
            base: base(document),
            plans: scenario.plans.unwrap_or_default(),
            statistic: options.statistic,
            outcome: options.outcome,
            seed,
            runs: 0,
            evaluator: Evaluator::new(options.outcome, options.target, seed, trials).until(options.month),
        })
    }

    /// Trials of each scenario.
    #[must_use]
    pub fn trials(&self) -> u32 {
        self.evaluator.trials()
    }

    /// Place of a plan by its name.
    ///
    /// # Errors
    /// [`ErrorCode::UnknownPlan`].
    pub fn place_of(&self, name: &str) -> Result<usize, Vec<InputError>> {
        let unknown = || vec![InputError::at("/plans", ErrorCode::UnknownPlan).with("plan", name)];
        self.plans.iter().position(|plan| plan.name == name).ok_or_else(unknown)
    }

    /// The document of a plan, or of the base.
    ///
    /// # Errors
    /// What is wrong with the plan.
    pub fn document_of(&self, plan: Option<&str>) -> Result<Value, Vec<InputError>> {
        let levers = match plan {
            Some(name) => active_levers(&self.plans, self.place_of(name)?),
            None => Vec::new(),
        };
        Ok(pull(&self.base, &levers)?.0)
    }

    /// The outcome of a scenario.
    ///
    /// # Errors
    /// As [`Evaluator::score`].
    pub async fn score(&mut self, scenario: Scenario) -> Result<Score, Vec<InputError>> {
        self.runs += 1;
        self.evaluator.score(scenario).await
    }

    /// The outcome of the base with levers pulled.
    ///
    /// # Errors
    /// What is wrong with the levers.
    pub async fn pulled(&mut self, levers: &[PlacedLever<'_>]) -> Result<Score, Vec<InputError>> {
        let scenario = pull(&self.base, levers)?.1;
        self.score(scenario).await
    }

    /// The figure asked for.
    ///
    /// # Errors
    /// [`ErrorCode::NoTarget`].
    pub fn estimate(&self, score: &Score) -> Result<Estimate, Vec<InputError>> {
        score.estimate(self.statistic).ok_or_else(|| vec![InputError::at("", ErrorCode::NoTarget)])
    }

    /// Whether a figure is better than another: percentiles and means of months are better when smaller.
    #[must_use]
    pub fn fewer_is_better(&self) -> bool {
        self.outcome.fewer_is_better() && self.statistic != Statistic::ProbTarget
    }
}

/// The operation of a size.
#[must_use]
pub fn operation(name: OperationName, size: f64) -> Operation {
    match name {
        OperationName::Set => Operation::Set(Some(super::change::number_of(size))),
        OperationName::Multiply => Operation::Multiply(size),
        OperationName::Add => Operation::Add(size),
        OperationName::LogOdds => Operation::LogOdds(size),
    }
}

/// Makes one change of a size, located at its own pointer.
///
/// # Errors
/// A pointer that names nothing, an operation that does not apply.
pub fn resize(document: &mut Value, at: &str, name: OperationName, size: f64) -> Result<(), InputError> {
    let operation = operation(name, size);
    let reached = reach(document, at, &operation).map_err(|refused| match refused {
        Refused::Nowhere => InputError::at(at, ErrorCode::NoSuchField).with("at", at),
        Refused::Value { found, .. } => {
            let error = InputError::at(at, ErrorCode::CannotChange);
            error.with("operation", operation.name()).with("found", found)
        }
    });
    reached.map(|_| ())
}
