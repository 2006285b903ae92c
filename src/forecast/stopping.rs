//! How many trials are enough: the error asked for decides, found out on a pilot.
//!
//! The first trials give each headline probability an interval (Wilson, 99 %); the value in it nearest to ½ bounds
//! how many trials its half-width takes, n = z²p(1 − p)/h². Whole blocks of that many are simulated, the pilot's
//! among them. The decision is a function of scenario and seed alone: workers need not agree on when to stop.

use super::{Forecast, OutcomeTrials};
use crate::engine::simulation::BLOCK;
use crate::error::InputError;
use crate::math::normal;
use crate::report::what_if::Outcome;
use crate::scenario::Scenario;
use crate::statistics::order::wilson_interval;
use crate::steps::at_once;

/// Trials of the pilot: the fewest that a scenario with a stopping rule runs.
pub const PILOT: u32 = 5 * BLOCK;
/// Confidence of the intervals.
const CONFIDENCE: f64 = 0.99;
/// Relative distance to the target that rounding may make.
const ROUNDING: f64 = 1e-12;
/// Outcomes whose probabilities stand first on the page.
const HEADLINES: [Outcome; 6] = [
    Outcome::PipelineTotal,
    Outcome::Wins,
    Outcome::ClosingArr,
    Outcome::VendorNpv,
    Outcome::PartnerNpv,
    Outcome::SignedPartnerNpv,
];

/// Trials of a scenario, by its stopping rule where it has one. Pauses: see [`crate::steps`].
///
/// # Errors
/// As [`Forecast::with_trials`].
pub async fn trials(scenario: &Scenario, seed: u32) -> Result<u32, Vec<InputError>> {
    let most = scenario.trials();
    let Some(half_width) = scenario.stop_at_half_width().filter(|_| most > PILOT) else { return Ok(most) };
    let pilot = Forecast::with_trials(scenario, seed, PILOT)?;
    let part = pilot.simulate_in_steps(0, pilot.blocks()).await;
    let enough = HEADLINES
        .into_iter()
        .filter_map(|outcome| needed(&pilot.outcome(outcome, &part)?, half_width))
        // Without any probability there is nothing to stop at.
        .fold(None, |most: Option<f64>, needed| Some(most.map_or(needed, |most| most.max(needed))));
    Ok(enough.map_or(most, |enough| in_blocks(enough, most)))
}

/// Trials that the probability of an outcome's target takes; `None` without target.
fn needed(outcome: &OutcomeTrials, half_width: f64) -> Option<f64> {
    let target = outcome.target?;
    let least = target - target.abs() * ROUNDING;
    let hits = outcome.values.iter().filter(|value| **value >= least).count() as u64;
    enough(hits, outcome.values.len() as u64, half_width)
}

/// Standard errors in the half-width of an interval.
#[must_use]
pub fn standard_errors() -> f64 {
    normal::quantile(0.5 + CONFIDENCE / 2.0)
}

/// Trials that a probability takes of which a pilot of `trials` saw `hits`; `None` without pilot.
#[must_use]
pub fn enough(hits: u64, trials: u64, half_width: f64) -> Option<f64> {
    let (low, high) = wilson_interval(hits, trials, CONFIDENCE)?;
    let p = 0.5_f64.clamp(low, high);
    let z = standard_errors();
    Some(z * z * p * (1.0 - p) / (half_width * half_width))
}

/// Whole blocks of at least so many trials, the pilot's among them, and of no more than `most`.
#[must_use]
pub fn in_blocks(enough: f64, most: u32) -> u32 {
    let blocks = libm::ceil(enough / f64::from(BLOCK));
    (blocks * f64::from(BLOCK)).max(f64::from(PILOT)).min(f64::from(most)) as u32
}

impl<'a> Forecast<'a> {
    /// Prepares a checked scenario; `seed` is used where the scenario states none. A stopping rule is applied: see
    /// [`Forecast::trials`].
    ///
    /// # Errors
    /// What only shows when the sections are resolved, located.
    pub fn new(scenario: &'a Scenario, seed: u32) -> Result<Self, Vec<InputError>> {
        Self::with_trials(scenario, seed, at_once(trials(scenario, seed))?)
    }
}
