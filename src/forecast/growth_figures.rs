//! Simulated figures of the growth models, each with its standard error.

use crate::engine::growth::{arr, generation};
use crate::engine::paths::Outcome;
use crate::report::arr_cohorts::ArrFigures;
use crate::report::open_pipeline::FanMonth;
use crate::report::pipeline_generation::GenerationFigures;
use crate::statistics::sample::{Figure, Sample};

/// The fan of a series from month 1; `whole` where its values are whole numbers, which bins blur.
pub fn fan(outcome: &Outcome, series: usize, whole: bool) -> Vec<FanMonth> {
    let months = outcome.months(series).enumerate().map(|(index, month)| {
        let quantile = |level| {
            let value = month.quantile(level);
            if whole { libm::rint(value) } else { value }
        };
        FanMonth {
            month: index as u32 + 1,
            mean: month.mean().0,
            p10: quantile(0.1),
            p25: quantile(0.25),
            p50: quantile(0.5),
            p75: quantile(0.75),
            p90: quantile(0.9),
        }
    });
    months.collect()
}

/// Figures of the sales machine, and their standard errors.
pub fn generation_figures(outcome: &Outcome, target: Option<u32>) -> (GenerationFigures, GenerationFigures) {
    let wins = outcome.sample(generation::scalars::WINS);
    let bookings = outcome.sample(generation::scalars::BOOKINGS);
    let figures = |pick: fn(Figure) -> f64| GenerationFigures {
        wins_mean: pick(wins.mean()),
        wins_sd: pick(wins.sd()),
        wins_p10: pick(wins.quantile(0.1)),
        wins_p50: pick(wins.quantile(0.5)),
        wins_p90: pick(wins.quantile(0.9)),
        bookings_mean: pick(bookings.mean()),
        bookings_sd: pick(bookings.sd()),
        bookings_p10: pick(bookings.quantile(0.1)),
        bookings_p50: pick(bookings.quantile(0.5)),
        bookings_p90: pick(bookings.quantile(0.9)),
        prob_at_least_target_wins: target.map(|target| pick(wins.share_at_least(f64::from(target)))),
    };
    (figures(|figure| figure.0), figures(|figure| figure.1))
}

/// Figures of recurring revenue, and their standard errors.
pub fn arr_figures(outcome: &Outcome, horizon: usize, goal: Option<f64>) -> (ArrFigures, ArrFigures) {
    let closing = outcome.sample(arr::scalars::ARR);
    let customers = outcome.sample(arr::scalars::CUSTOMERS);
    let reached: Vec<f64> =
        outcome.values(arr::scalars::MONTH_REACHED).iter().copied().filter(|&month| month > 0.0).collect();
    let never = closing.share(closing.len() - reached.len());
    let reached = (!reached.is_empty()).then(|| Sample::new(reached));
    let by_month = |month: usize| {
        let count = |sample: &Sample| sample.sorted().partition_point(|value| *value <= month as f64);
        closing.share(reached.as_ref().map_or(0, count))
    };
    let figures = |pick: fn(Figure) -> f64| {
        let month = |level: f64| goal.and(reached.as_ref()).map(|sample| pick(sample.quantile(level)));
        ArrFigures {
            closing_arr_mean: pick(closing.mean()),
            closing_arr_sd: pick(closing.sd()),
            closing_arr_p10: pick(closing.quantile(0.1)),
            closing_arr_p50: pick(closing.quantile(0.5)),
            closing_arr_p90: pick(closing.quantile(0.9)),
            closing_customers_mean: pick(customers.mean()),
            prob_goal_at_horizon: goal.map(|goal| pick(closing.share_at_least(goal * (1.0 - arr::ROUNDING)))),
            prob_goal_reached_by_month: goal.map(|_| (1..=horizon).map(|month| pick(by_month(month))).collect()),
            prob_goal_never_reached: goal.map(|_| pick(never)),
            month_goal_reached_p10: month(0.1),
            month_goal_reached_p50: month(0.5),
            month_goal_reached_p90: month(0.9),
        }
    };
    (figures(|figure| figure.0), figures(|figure| figure.1))
}
