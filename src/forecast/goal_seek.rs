//! Which shift of all log-odds brings P(total ≥ target) to a goal.

use crate::engine::exact::Exact;
use crate::math::roots::{bisect_in_steps, brent_in_steps};
use crate::report::open_pipeline::GoalSeek;

/// Largest shift looked at: odds times or over e¹².
const LARGEST_SHIFT: f64 = 12.0;
/// Most evaluations.
const STEPS: usize = 40;

/// Finds the shift, on the exact engine where there is one, else on common random numbers, where P is a
/// step function and the smallest shift that reaches the goal is returned.
pub async fn log_odds_shift(goal: f64, exact: Option<&Exact<'_>>, simulated: impl AsyncFn(f64) -> f64) -> GoalSeek {
    let probability = async |shift: f64| match exact {
        Some(exact) => exact.prob_at_least_target_shifted(shift).await,
        None => simulated(shift).await,
    };
    let probability_at_best = probability(LARGEST_SHIFT).await;
    let missing = async |shift: f64| probability(shift).await - goal;
    let log_odds_shift = if probability_at_best < goal {
        None
    } else if exact.is_some() {
        brent_in_steps(missing, -LARGEST_SHIFT, LARGEST_SHIFT, 1e-10, STEPS).await
    } else {
        bisect_in_steps(missing, -LARGEST_SHIFT, LARGEST_SHIFT, 1e-6, STEPS).await
    };
    GoalSeek { probability_goal: goal, log_odds_shift, probability_at_best }
}
