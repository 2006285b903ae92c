//! Base and plans side by side, trial by trial on the same draws.

use super::apply::{active_levers, apply_plan};
use super::evaluate::Evaluator;
use super::score::Score;
use crate::error::InputError;
use crate::forecast::{PILOT, stopping};
use crate::report::Engine;
use crate::report::what_if::{
    COMPARISON_SCHEMA, ComparedScenario, Comparison, ComparisonError, Difference, Outcome, Statistic,
};
use crate::scenario::Scenario;
use crate::scenario::open_pipeline::document;
use crate::scenario::plans::Plan;
use crate::steps::{at_once, pause};
use serde::{Deserialize, Serialize};
use serde_json::Value;

/// Points of the curves of amounts, less one.
const POINTS: u32 = 120;
/// Share of the trials that the curves leave out at either end.
const TAIL: f64 = 0.001;

document! {
/// What scenarios are compared on.
pub struct CompareOptions {
    /// The outcome.
    pub outcome: Outcome,
    /// Counts instead of the scenarios' own targets.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub target: Option<f64>,
    /// Trials. Default: by the document's stopping rule, or all of its trials where it has none; at most 102,400.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub trials: Option<u32>,
}
}

/// A scenario of the comparison.
struct Compared<'a> {
    plan: Option<&'a Plan>,
    levers: Vec<String>,
    cost: f64,
    score: Score,
}

/// Compares a document with its plans: `seed` is used where the document states none, `kept` may hold the
/// answer to an earlier comparison.
///
/// # Errors
/// All errors of the document itself. Plans that cannot be computed are left out; the comparison says why.
///
/// ```
/// use dealcast::report::what_if::Outcome;
/// use dealcast::what_if::{CompareOptions, compare};
/// let document = serde_json::from_str(r#"{"schema": "dealcast/1", "trials": 8192,
///   "open_pipeline": {"target": 100, "deals": [
///     {"deal_id": "A", "amount": 100, "win_probability": 0.5, "expected_close_month": 1}]},
///   "plans": [{"name": "Better", "levers": [{"name": "Discipline", "changes": [
///     {"at": "/open_pipeline/deals/=A/win_probability", "log_odds": 0.5}]}]}]}"#).unwrap();
/// let options = CompareOptions { outcome: Outcome::PipelineTotal, target: None, trials: None };
/// let found = compare(&document, &options, 7, &mut None).unwrap();
/// assert!(found.scenarios[1].difference.as_ref().unwrap().mean > Some(0.0));
/// ```
pub fn compare(
    document: &Value,
    options: &CompareOptions,
    seed: u32,
    kept: &mut Option<Evaluator>,
) -> Result<Comparison, Vec<InputError>> {
    at_once(compare_in_steps(document, options, seed, kept))
}

/// [`compare`], with pauses.
///
/// # Errors
/// As [`compare`].
pub async fn compare_in_steps(
    document: &Value,
    options: &CompareOptions,
    seed: u32,
    kept: &mut Option<Evaluator>,
) -> Result<Comparison, Vec<InputError>> {
    let base = Scenario::from_value(document)?;
    let seed = base.seed.unwrap_or(seed);
    let stop = base.stop_at_half_width().filter(|_| options.trials.is_none());
    let trials = options.trials.unwrap_or_else(|| base.trials());
    let mut evaluator = match kept.take() {
        Some(evaluator) => evaluator.renewed(options.outcome, options.target, seed, trials),
        None => Evaluator::new(options.outcome, options.target, seed, trials),
    };
    let plans = base.plans.clone().unwrap_or_default();
    let stop = match stop {
        Some(half_width) => stops(document, &base, &plans, half_width, &mut evaluator).await.then_some(half_width),
        None => None,
    };
    let (currency, start_month) = (base.currency.clone().unwrap_or_else(|| "EUR".to_owned()), base.start_month.clone());
    let mut scenarios =
        vec![Compared { plan: None, levers: Vec::new(), cost: 0.0, score: evaluator.score(base).await? }];
    let mut errors = Vec::new();
    for (place, plan) in plans.iter().enumerate() {
        let score = match apply_plan(document, &plans, place) {
            Ok((_, scenario)) => evaluator.score(scenario).await,
            Err(errors) => Err(errors),
        };
        match score {
            Ok(score) => {
                let levers = active_levers(&plans, place);
                scenarios.push(Compared {
                    plan: Some(plan),
                    levers: levers.iter().map(|placed| placed.lever.name.clone()).collect(),
                    cost: levers.iter().filter_map(|placed| placed.lever.cost).sum(),
                    score,
                });
            }
            Err(found) => errors.push(ComparisonError { plan: plan.name.clone(), errors: found }),
        }
    }
    let axis = axis(&scenarios);
    let mut found = Vec::new();
    for scenario in &scenarios {
        pause().await;
        found.push(compared(scenario, &scenarios, &axis));
    }
    let comparison = Comparison {
        schema: COMPARISON_SCHEMA.to_owned(),
        engine: Engine { name: env!("CARGO_PKG_NAME").to_owned(), version: env!("CARGO_PKG_VERSION").to_owned() },
        currency,
        start_month,
        seed,
        trials: evaluator.trials(),
        stop_at_half_width: stop,
        half_width: half_width(&scenarios),
        outcome: options.outcome,
        fewer_is_better: options.outcome.fewer_is_better(),
        scenarios: found,
        axis,
        errors,
    };
    *kept = Some(evaluator);
    Ok(comparison)
}

/// Limits the trials to what the accuracy asked for takes: of all scenarios, the one that needs most decides, so
/// that all have the same trials. False where no scenario has a probability, or all trials are run anyway.
async fn stops(document: &Value, base: &Scenario, plans: &[Plan], half_width: f64, evaluator: &mut Evaluator) -> bool {
    let most = evaluator.trials();
    if most <= PILOT {
        return false;
    }
    let plans = (0..plans.len()).filter_map(|place| Some(apply_plan(document, plans, place).ok()?.1));
    let mut enough: Option<f64> = None;
    for scenario in std::iter::once(base.clone()).chain(plans) {
        // What is wrong with a scenario is said when it is compared.
        let Some((hits, trials)) = evaluator.pilot(scenario, PILOT).await.ok().and_then(|score| score.hits()) else {
            continue;
        };
        let needed = stopping::enough(hits, trials, half_width);
        enough = enough.into_iter().chain(needed).reduce(f64::max);
    }
    if let Some(enough) = enough {
        evaluator.limit(stopping::in_blocks(enough, most));
    }
    enough.is_some()
}

/// Half-width of the widest 99 % interval of the scenarios' probabilities.
fn half_width(scenarios: &[Compared]) -> Option<f64> {
    let error = |scenario: &Compared| Some(scenario.score.estimate(Statistic::ProbTarget)?.standard_error);
    scenarios.iter().filter_map(error).reduce(f64::max).map(|error| error * stopping::standard_errors())
}

fn compared(scenario: &Compared, all: &[Compared], axis: &[f64]) -> ComparedScenario {
    let (score, base) = (&scenario.score, &all[0].score);
    let (figures, standard_error) = score.figures();
    let differences = scenario.plan.map(|_| difference(score, base));
    let (difference, difference_standard_error) = differences.unzip();
    ComparedScenario {
        plan: scenario.plan.map(|plan| plan.name.clone()),
        levers: scenario.levers.clone(),
        cost: scenario.cost,
        target: score.target(),
        figures,
        standard_error,
        difference,
        difference_standard_error,
        prob_at_least: axis.iter().map(|value| score.prob_at_least(*value)).collect(),
        fan: score.trials().fan.clone(),
        prob_beats: all.iter().map(|other| score.prob_beats(&other.score).0).collect(),
    }
}

/// Plan minus base, and standard errors.
fn difference(plan: &Score, base: &Score) -> (Difference, Difference) {
    let of = |statistic| {
        let (mine, theirs) = (plan.shown(statistic)?, base.shown(statistic)?);
        Some(plan.less(base, &mine, &theirs))
    };
    let (mean, prob_target) = (of(Statistic::Mean), of(Statistic::ProbTarget));
    let (p10, p50, p90) = (of(Statistic::P10), of(Statistic::P50), of(Statistic::P90));
    let beats = plan.prob_beats(base);
    let pick = |pick: fn((f64, f64)) -> f64| Difference {
        mean: mean.map(pick),
        p10: p10.map(pick),
        p50: p50.map(pick),
        p90: p90.map(pick),
        prob_target: prob_target.map(pick),
        prob_beats_base: pick(beats),
    };
    (pick(|found| found.0), pick(|found| found.1))
}

/// Where the curves are given: evenly over what nearly all trials of all scenarios give; months one by one.
fn axis(scenarios: &[Compared]) -> Vec<f64> {
    let scores = || scenarios.iter().map(|scenario| &scenario.score);
    if let Some(last) = scores().filter_map(|score| score.trials().last_month).max() {
        return (0..=last + 1).map(f64::from).collect();
    }
    let at = |score: &Score, level: f64| {
        let sorted = score.sorted();
        sorted[((sorted.len() as f64 * level) as usize).min(sorted.len() - 1)]
    };
    let low = scores().map(|score| at(score, TAIL)).fold(f64::INFINITY, f64::min);
    let high = scores().map(|score| at(score, 1.0 - TAIL)).fold(f64::NEG_INFINITY, f64::max);
    if low >= high {
        return vec![low];
    }
    let point = |point: u32| low + (high - low) * (f64::from(point) / f64::from(POINTS));
    (0..=POINTS).map(point).collect()
}
