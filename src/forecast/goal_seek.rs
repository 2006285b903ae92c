//! Which shift of all log-odds brings P(total ≥ target) to a goal.

use super::simulated::Simulated;
use crate::engine::exact::Exact;
use crate::engine::simulation::{BLOCK, Plan};
use crate::math::roots::{bisect, brent};
use crate::model::open_pipeline::Pipeline;
use crate::model::open_pipeline::moments::PipelineMoments;
use crate::report::open_pipeline::GoalSeek;

/// Largest shift looked at: odds times or over e¹².
const LARGEST_SHIFT: f64 = 12.0;
/// Most evaluations.
const STEPS: usize = 40;
/// Most trials of an evaluation where it is simulated.
const TRIALS: u32 = 4 * BLOCK;

/// Finds the shift, on the exact engine where there is one, else on common random numbers, where P is a
/// step function and the smallest shift that reaches the goal is returned.
pub fn log_odds_shift(goal: f64, pipeline: &Pipeline, exact: Option<&Exact>, seed: u32, trials: u32) -> GoalSeek {
    let probability = |shift: f64| match exact {
        Some(exact) => exact.prob_at_least_target_shifted(shift),
        None => simulated(pipeline, shift, seed, trials.min(TRIALS)),
    };
    let probability_at_best = probability(LARGEST_SHIFT);
    let log_odds_shift = if probability_at_best < goal {
        None
    } else if exact.is_some() {
        brent(|shift| probability(shift) - goal, -LARGEST_SHIFT, LARGEST_SHIFT, 1e-10, STEPS)
    } else {
        bisect(|shift| probability(shift) - goal, -LARGEST_SHIFT, LARGEST_SHIFT, 1e-6, STEPS)
    };
    GoalSeek { probability_goal: goal, log_odds_shift, probability_at_best }
}

fn simulated(pipeline: &Pipeline, shift: f64, seed: u32, trials: u32) -> f64 {
    let shifted = pipeline.with_log_odds_shift(shift);
    let moments = PipelineMoments::of(&shifted);
    let plan = Plan::new(&shifted, &moments, seed, trials);
    let part = plan.simulate(0, plan.blocks());
    Simulated::new(&shifted, &plan, &part, trials, rows(pipeline)).map_or(0.0, |s| s.headline.prob_at_least_target)
}

fn rows(pipeline: &Pipeline) -> usize {
    pipeline.deals.iter().map(|deal| deal.row + 1).max().unwrap_or(0)
}
