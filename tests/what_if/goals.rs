//! What it takes to reach a goal.

use super::{case, figure, places};
use dealcast::error::ErrorCode;
use dealcast::report::what_if::{GoalSeekStatus, OperationName, Outcome, Statistic};
use dealcast::what_if::{GoalInput, GoalSeekOptions, SizedChange, goal_seek};
use serde_json::json;
#[cfg(target_arch = "wasm32")]
use wasm_bindgen_test::wasm_bindgen_test as test;

#[test]
fn a_goal_is_reached_and_no_smaller_size_reaches_it() {
    let odds = |low, high| GoalInput {
        changes: vec![SizedChange {
            at: "/open_pipeline/deals/*/win_probability".to_owned(),
            operation: OperationName::LogOdds,
        }],
        low,
        high,
    };
    let options = |goal, input| GoalSeekOptions {
        figure: figure(Outcome::PipelineTotal, Statistic::ProbTarget, None, 4096),
        goal,
        input,
        second: None,
    };
    let document = case("cybersecurity");
    let found = goal_seek(&document, &options(0.5, odds(0.0, 3.0)), 1, &mut |_| {}).unwrap();
    let answer = found.answer.unwrap();
    assert!(!found.reached_already && answer.status == GoalSeekStatus::Reached);
    assert!(answer.attained >= 0.5 && answer.attained < 0.51 && answer.size > 0.5 && answer.size < 2.5, "{answer:?}");
    assert!(answer.size - answer.not_reached_at.unwrap() <= 3e-4 + 1e-12);
    assert!(answer.slope.unwrap() > 0.0 && answer.size_standard_error.unwrap() < 0.1);
    // A higher goal takes more.
    let more = goal_seek(&document, &options(0.6, odds(0.0, 3.0)), 1, &mut |_| {}).unwrap().answer.unwrap();
    assert!(more.size > answer.size);
    let never = goal_seek(&document, &options(0.9, odds(0.0, 0.2)), 1, &mut |_| {}).unwrap().answer.unwrap();
    assert_eq!((never.status, never.size), (GoalSeekStatus::Unreachable, 0.2));
    let ever = goal_seek(&document, &options(0.0, odds(0.0, 0.2)), 1, &mut |_| {}).unwrap();
    assert_eq!((ever.answer.unwrap().status, ever.reached_already), (GoalSeekStatus::Everywhere, true));
    let errors = goal_seek(&document, &options(0.5, odds(1.0, 0.0)), 1, &mut |_| {}).unwrap_err();
    assert_eq!(places(&errors), [("/input/high", ErrorCode::OutOfOrder)]);
}

#[test]
fn goals_of_months_and_whole_numbers() {
    // Fewer months are better, and less churn gives fewer: the largest churn that still reaches the goal.
    let input = |at: &str, low, high| GoalInput {
        changes: vec![SizedChange { at: at.to_owned(), operation: OperationName::Set }],
        low,
        high,
    };
    let document = json!({"schema": "dealcast/1", "arr_cohorts": {"horizon_months": 60, "arr_goal": 12_000_000}});
    let options = GoalSeekOptions {
        figure: figure(Outcome::GoalMonth, Statistic::P50, None, 512),
        goal: 30.0,
        input: input("/arr_cohorts/new_customers_per_month", 5.0, 60.0),
        second: None,
    };
    let answer = goal_seek(&document, &options, 1, &mut |_| {}).unwrap().answer.unwrap();
    assert!(
        answer.status == GoalSeekStatus::Reached && answer.attained <= 30.0 && answer.attained > 27.0,
        "{answer:?}"
    );
    let options = GoalSeekOptions {
        figure: figure(Outcome::PartnerNpv, Statistic::Mean, None, 1024),
        goal: 0.0,
        input: input("/partner_pnl/first_deal_month", 1.0, 30.0),
        second: None,
    };
    let answer = goal_seek(&case("partners"), &options, 1, &mut |_| {}).unwrap().answer.unwrap();
    assert!(answer.status == GoalSeekStatus::Reached && answer.size.fract() == 0.0, "{answer:?}");
    assert_eq!(answer.not_reached_at, Some(answer.size + 1.0), "the latest first deal that still pays");
}

#[test]
fn a_whole_number_between_bounds_that_hold_none_is_refused() {
    let options = GoalSeekOptions {
        figure: figure(Outcome::PartnerNpv, Statistic::Mean, None, 512),
        goal: 0.0,
        input: GoalInput {
            changes: vec![SizedChange {
                at: "/partner_pnl/first_deal_month".to_owned(),
                operation: OperationName::Set,
            }],
            low: 1.2,
            high: 1.8,
        },
        second: None,
    };
    let errors = goal_seek(&case("partners"), &options, 1, &mut |_| {}).unwrap_err();
    assert_eq!(places(&errors), [("", ErrorCode::NotAnInteger)]);
}

#[test]
fn an_iso_line_trades_one_input_for_the_other() {
    let input = |at: &str, operation, low, high| GoalInput {
        changes: vec![SizedChange { at: at.to_owned(), operation }],
        low,
        high,
    };
    let options = GoalSeekOptions {
        figure: figure(Outcome::PartnerNpv, Statistic::Mean, None, 512),
        goal: 20_000.0,
        input: input("/partner_pnl/average_deal", OperationName::Multiply, 0.5, 1.5),
        second: Some(input("/partner_pnl/resale_margin_rate", OperationName::Add, -0.2, 0.4)),
    };
    let found = goal_seek(&case("partners"), &options, 1, &mut |_| {}).unwrap();
    assert!(found.iso_line.len() == 17 && found.answer.is_none());
    let reached: Vec<_> =
        found.iso_line.iter().filter(|point| point.second.status == GoalSeekStatus::Reached).collect();
    assert!(reached.len() > 5, "{found:?}");
    assert!(reached.windows(2).all(|pair| pair[1].second.size < pair[0].second.size), "larger deals need less margin");
}
