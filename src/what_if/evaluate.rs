//! The outcome of scenarios, all on the same draws.

use super::score::Score;
use super::until::end_at;
use crate::engine::simulation::BLOCK;
use crate::error::{ErrorCode, InputError};
use crate::forecast::{Forecast, Part};
use crate::report::what_if::Outcome;
use crate::scenario::Scenario;
use crate::steps::pause;

/// Most trials of a what-if question: the values of each are kept, 8 bytes a trial and scenario.
pub const MAXIMUM_PAIRED_TRIALS: u32 = 102_400;
/// Answers kept for the next question: six scenarios, each with its pilot, and two.
const KEPT: usize = 14;

/// What is asked, and what was answered last. Answers pause: see [`crate::steps`].
pub struct Evaluator {
    outcome: Outcome,
    target: Option<f64>,
    month: Option<u32>,
    seed: u32,
    trials: u32,
    /// The latest last.
    kept: Vec<Kept>,
}

/// An answer.
struct Kept {
    scenario: String,
    trials: u32,
    score: Score,
    /// What a run of more trials goes on from.
    part: Option<Part>,
}

impl Evaluator {
    /// Asks for an outcome on draws of `seed`, of at most [`MAXIMUM_PAIRED_TRIALS`] trials.
    #[must_use]
    pub fn new(outcome: Outcome, target: Option<f64>, seed: u32, trials: u32) -> Self {
        let trials = trials.clamp(1, MAXIMUM_PAIRED_TRIALS);
        Self { outcome, target, month: None, seed, trials, kept: Vec::new() }
    }

    /// Asks by the end of a month; `None`: by the end that the scenario states.
    #[must_use]
    pub fn until(self, month: Option<u32>) -> Self {
        Self { month, ..self }
    }

    /// The same question as before: what was answered is kept. Otherwise a new one.
    #[must_use]
    pub fn renewed(self, outcome: Outcome, target: Option<f64>, seed: u32, trials: u32) -> Self {
        let new = Self::new(outcome, target, seed, trials);
        if (new.outcome, new.seed) == (self.outcome, self.seed) { Self { kept: self.kept, ..new } } else { new }
    }

    /// Trials of each scenario.
    #[must_use]
    pub fn trials(&self) -> u32 {
        self.trials
    }

    /// The outcome of a scenario.
    ///
    /// # Errors
    /// [`ErrorCode::NoSuchOutcome`] where the scenario does not have it; what only shows when it is resolved.
    pub async fn score(&mut self, scenario: Scenario) -> Result<Score, Vec<InputError>> {
        self.scored(scenario, self.trials, false).await
    }

    /// The outcome over the first trials alone; [`Evaluator::score`] then goes on from there.
    ///
    /// # Errors
    /// As [`Evaluator::score`].
    pub async fn pilot(&mut self, scenario: Scenario, trials: u32) -> Result<Score, Vec<InputError>> {
        self.scored(scenario, trials.min(self.trials), true).await
    }

    /// Asks for fewer trials from now on.
    pub fn limit(&mut self, trials: u32) {
        self.trials = trials.clamp(1, self.trials);
    }

    async fn scored(&mut self, mut scenario: Scenario, trials: u32, pilot: bool) -> Result<Score, Vec<InputError>> {
        self.keep_sections(&mut scenario);
        if let Some(month) = self.month {
            end_at(&mut scenario, self.outcome, month)?;
        }
        // A scenario serialises: it was read from JSON.
        let key = serde_json::to_string(&scenario).unwrap_or_default();
        let known = self.kept.iter().position(|kept| kept.trials == trials && kept.scenario == key);
        let entry = match known {
            Some(place) => self.kept.remove(place),
            None => {
                let (score, part) = self.simulate(&scenario, &key, trials).await?;
                Kept { scenario: key, trials, score, part: pilot.then_some(part) }
            }
        };
        let score = entry.score.with_target(self.target);
        if self.kept.len() >= KEPT {
            self.kept.remove(0);
        }
        self.kept.push(entry);
        Ok(score)
    }

    /// Simulates a scenario, or the rest of it where its first trials are known.
    async fn simulate(&self, scenario: &Scenario, key: &str, trials: u32) -> Result<(Score, Part), Vec<InputError>> {
        let missing = || vec![InputError::at("", ErrorCode::NoSuchOutcome).with("outcome", name(self.outcome))];
        let forecast = Forecast::with_trials(scenario, self.seed, trials).map_err(|errors| {
            // Without its section there is nothing to resolve.
            if errors.iter().any(|error| error.code == ErrorCode::NoSection) { missing() } else { errors }
        })?;
        let begun = self.kept.iter().find(|kept| kept.scenario == key && kept.trials < trials && kept.part.is_some());
        let begun = begun.and_then(|kept| Some((kept.part.clone()?, kept.trials.div_ceil(BLOCK))));
        let part = match begun {
            Some((part, first)) => {
                let rest = forecast.simulate_for_in_steps(self.outcome, first, forecast.blocks() - first).await;
                part.merged(rest).ok_or_else(missing)?
            }
            None => forecast.simulate_for_in_steps(self.outcome, 0, forecast.blocks()).await,
        };
        pause().await;
        let found = forecast.outcome(self.outcome, &part).ok_or_else(missing)?;
        Ok((Score::new(self.outcome, found, None), part))
    }

    /// Leaves only what the outcome is computed from.
    fn keep_sections(&self, scenario: &mut Scenario) {
        let needed = |section: &str| self.outcome.sections().contains(&section);
        scenario.seed = Some(self.seed);
        scenario.trials = None;
        scenario.stop_at_half_width = None;
        scenario.title = None;
        scenario.notes = None;
        scenario.plans = None;
        scenario.open_pipeline = scenario.open_pipeline.take().filter(|_| needed("open_pipeline"));
        scenario.pipeline_generation = scenario.pipeline_generation.take().filter(|_| needed("pipeline_generation"));
        scenario.arr_cohorts = scenario.arr_cohorts.take().filter(|_| needed("arr_cohorts"));
        scenario.partner_vendor_programme =
            scenario.partner_vendor_programme.take().filter(|_| needed("partner_vendor_programme"));
        scenario.partner_pnl = scenario.partner_pnl.take().filter(|_| needed("partner_pnl"));
    }
}

/// Name of an outcome in documents.
#[must_use]
pub fn name(outcome: Outcome) -> serde_json::Value {
    serde_json::to_value(outcome).unwrap_or_default()
}
