//! The outcome of scenarios, all on the same draws.

use super::score::Score;
use crate::error::{ErrorCode, InputError};
use crate::forecast::{Forecast, OutcomeTrials};
use crate::report::what_if::Outcome;
use crate::scenario::Scenario;

/// Most trials of a what-if question: the values of each are kept, 8 bytes a trial and scenario.
pub const MAXIMUM_PAIRED_TRIALS: u32 = 102_400;
/// Scenarios whose trials are kept for the next question.
const KEPT: usize = 8;

/// What is asked, and what was answered last.
pub struct Evaluator {
    outcome: Outcome,
    target: Option<f64>,
    seed: u32,
    trials: u32,
    /// The latest last.
    kept: Vec<(String, Score)>,
}

impl Evaluator {
    /// Asks for an outcome on draws of `seed`, of at most [`MAXIMUM_PAIRED_TRIALS`] trials.
    #[must_use]
    pub fn new(outcome: Outcome, target: Option<f64>, seed: u32, trials: u32) -> Self {
        Self { outcome, target, seed, trials: trials.clamp(1, MAXIMUM_PAIRED_TRIALS), kept: Vec::new() }
    }

    /// The same question as before: what was answered is kept. Otherwise a new one.
    #[must_use]
    pub fn renewed(self, outcome: Outcome, target: Option<f64>, seed: u32, trials: u32) -> Self {
        let new = Self::new(outcome, target, seed, trials);
        let same = (new.outcome, new.seed, new.trials) == (self.outcome, self.seed, self.trials);
        if same { Self { kept: self.kept, ..new } } else { new }
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
    pub fn score(&mut self, mut scenario: Scenario) -> Result<Score, Vec<InputError>> {
        self.keep_sections(&mut scenario);
        // A scenario serialises: it was read from JSON.
        let key = serde_json::to_string(&scenario).unwrap_or_default();
        let known = self.kept.iter().position(|(kept, _)| *kept == key);
        let entry = match known {
            Some(place) => self.kept.remove(place),
            None => (key, Score::new(self.outcome, self.simulate(&scenario)?, None)),
        };
        let score = entry.1.with_target(self.target);
        if self.kept.len() >= KEPT {
            self.kept.remove(0);
        }
        self.kept.push(entry);
        Ok(score)
    }

    fn simulate(&self, scenario: &Scenario) -> Result<OutcomeTrials, Vec<InputError>> {
        let missing = || vec![InputError::at("", ErrorCode::NoSuchOutcome).with("outcome", name(self.outcome))];
        let forecast = Forecast::with_trials(scenario, self.seed, self.trials).map_err(|errors| {
            // Without its section there is nothing to resolve.
            if errors.iter().any(|error| error.code == ErrorCode::NoSection) { missing() } else { errors }
        })?;
        let part = forecast.simulate_for(self.outcome, 0, forecast.blocks());
        forecast.outcome(self.outcome, &part).ok_or_else(missing)
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
