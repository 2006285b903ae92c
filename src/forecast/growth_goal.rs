//! What it would take to reach the ARR goal: each lever alone, the others as they are, on expected values.

use crate::math::roots::bisect_in_steps;
use crate::model::arr_cohorts::{Inputs, NewCustomers};
use crate::model::pipeline_generation;
use crate::report::arr_cohorts::{GoalLever, GoalLeverName, GoalNeeds};
use crate::steps::pause;

/// Most reps looked for, as a multiple of those there are, or of one.
const MOST_REPS: f64 = 100.0;
/// Precision of a win rate and of reps.
const TOLERANCE: f64 = 1e-9;

/// What the goal at the end of `month` asks of each lever; `machine`: the sales machine whose wins are the new
/// customers, over at least that many months.
pub async fn needs(
    inputs: &Inputs,
    machine: Option<&pipeline_generation::Inputs>,
    goal: f64,
    month: usize,
) -> GoalNeeds {
    let total: f64 = (1..=month).map(|month| inputs.new_customers(month)).sum();
    let lever = |lever, now, required| GoalLever { lever, now, required };
    let customers = inputs.new_customer_multiplier(goal, month).map(|multiplier| multiplier * total);
    let retention = inputs.required_expansion(goal, month).map(|(_, nrr)| nrr);
    let mut levers = vec![
        lever(GoalLeverName::NewCustomers, total, customers),
        lever(GoalLeverName::MatureNrr, inputs.mature_nrr(), retention),
    ];
    if let Some(machine) = machine {
        let now = machine.regimes[machine.regime_of(month as i32)].win_rate;
        levers.push(lever(GoalLeverName::WinRate, now, win_rate(inputs, machine, goal, month).await));
        if let Some(team) = &machine.team {
            levers.push(lever(GoalLeverName::RampedReps, team.ramped_reps, reps(inputs, machine, goal, month).await));
        }
    }
    GoalNeeds { month: month as u32, arr_at_month: inputs.arr_at(month), levers }
}

/// ARR at the end of `month` with the wins of a changed machine; a step of its own.
async fn arr_with(inputs: &Inputs, machine: &pipeline_generation::Inputs, month: usize) -> f64 {
    pause().await;
    Inputs { new_customers: NewCustomers::List(machine.course().wins), ..inputs.clone() }.arr_at(month)
}

/// Smallest value of a lever in `low`..`high` at which the ARR of `arr`, which rises with it, is `goal`.
async fn smallest(goal: f64, low: f64, high: f64, arr: impl AsyncFn(f64) -> f64) -> Option<f64> {
    if arr(high).await < goal {
        return None;
    }
    if arr(low).await >= goal {
        return Some(low);
    }
    bisect_in_steps(async |value| arr(value).await - goal, low, high, TOLERANCE, 60).await
}

/// Win rate of the regime of the goal's month, all regimes raised or lowered by the same factor (a rate of one is
/// the end of it).
async fn win_rate(inputs: &Inputs, machine: &pipeline_generation::Inputs, goal: f64, month: usize) -> Option<f64> {
    let now = machine.regimes[machine.regime_of(month as i32)].win_rate;
    if now <= 0.0 {
        return None;
    }
    smallest(goal, 0.0, 1.0, async |rate| {
        let mut changed = machine.clone();
        for regime in &mut changed.regimes {
            regime.win_rate = (regime.win_rate * rate / now).min(1.0);
        }
        arr_with(inputs, &changed, month).await
    })
    .await
}

/// Ramped reps at the start; `None` where demand, not hours, is what lacks.
async fn reps(inputs: &Inputs, machine: &pipeline_generation::Inputs, goal: f64, month: usize) -> Option<f64> {
    let now = machine.team.as_ref()?.ramped_reps;
    smallest(goal, 0.0, MOST_REPS * now.max(1.0), async |reps| {
        let mut changed = machine.clone();
        if let Some(team) = &mut changed.team {
            team.ramped_reps = reps;
        }
        arr_with(inputs, &changed, month).await
    })
    .await
}
