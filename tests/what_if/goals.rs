//! What it takes to reach a goal.

use super::{TRIALS, case, compared, figure, places};
use dealcast::error::ErrorCode;
use dealcast::forecast::Forecast;
use dealcast::report::what_if::{GoalSeekStatus, OperationName, Outcome, Statistic};
use dealcast::scenario::Scenario;
use dealcast::what_if::{FigureOptions, GoalInput, GoalSeekOptions, SizedChange, goal_seek};
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

fn moving(at: &str, operation: OperationName, low: f64, high: f64) -> GoalInput {
    GoalInput { changes: vec![SizedChange { at: at.to_owned(), operation }], low, high }
}

#[test]
fn a_figure_by_a_month_is_the_one_of_the_fan() {
    // Trial by trial the same until then: means to rounding, medians within a bin of the fan.
    for (file, outcome, at, months) in [
        ("analytics", Outcome::ClosingArr, "/arr_cohorts/early_churn_first_3_months", [1, 24, 72]),
        ("analytics", Outcome::Bookings, "/pipeline_generation/leads_per_month", [1, 24, 36]),
        ("cybersecurity", Outcome::PipelineTotal, "/open_pipeline/latent_correlation", [1, 3, 6]),
    ] {
        let mut document = case(file);
        document["open_pipeline"]["target_window"] = json!({"first_month": 1, "last_month": 6});
        if file != "cybersecurity" {
            document.as_object_mut().unwrap().remove("open_pipeline");
        }
        let fan = compared(&document, outcome).scenarios[0].fan.clone();
        for month in months {
            let mut options = GoalSeekOptions {
                figure: figure(outcome, Statistic::Mean, None, TRIALS),
                goal: 0.0,
                input: moving(at, OperationName::Multiply, 0.99, 1.0),
                second: None,
            };
            options.figure.month = Some(month);
            let found = goal_seek(&document, &options, 1, &mut |_| {}).unwrap();
            let expected = &fan[month as usize - 1];
            assert_eq!(expected.month, month);
            assert!((found.present - expected.mean).abs() <= 1e-6 * expected.mean, "{outcome:?} by {month}: {found:?}");
            options.figure.statistic = Statistic::P50;
            let found = goal_seek(&document, &options, 1, &mut |_| {}).unwrap();
            let spread = expected.p90 - expected.p10;
            assert!((found.present - expected.p50).abs() <= 0.01 * spread, "{outcome:?} by {month}: {found:?}");
        }
    }
}

#[test]
fn months_that_are_none_are_refused() {
    let ask = |file: &str, outcome, month| {
        let mut options = GoalSeekOptions {
            figure: figure(outcome, Statistic::Mean, None, 512),
            goal: 1.0,
            input: moving("/arr_cohorts/early_churn_first_3_months", OperationName::Set, 0.0, 0.5),
            second: None,
        };
        options.figure.month = Some(month);
        goal_seek(&case(file), &options, 1, &mut |_| {}).unwrap_err()
    };
    for (month, code) in [(0, ErrorCode::OutOfRange), (73, ErrorCode::OutOfRange)] {
        assert_eq!(places(&ask("analytics", Outcome::ClosingArr, month)), [("/figure/month", code)]);
    }
    assert_eq!(places(&ask("analytics", Outcome::GoalMonth, 12)), [("/figure/month", ErrorCode::UnknownField)]);
    assert_eq!(places(&ask("cybersecurity", Outcome::PipelineTotal, 7)), [("/figure/month", ErrorCode::OutOfRange)]);
}

#[test]
fn every_output_can_be_asked_for() {
    let by =
        |outcome, statistic, target, month| FigureOptions { target, month, ..figure(outcome, statistic, None, 512) };
    let churn = || moving("/arr_cohorts/mature_monthly_churn_rate", OperationName::Multiply, 0.1, 3.0);
    let vendor = || moving("/partner_vendor_programme/average_deal", OperationName::Multiply, 0.2, 5.0);
    let partner = || moving("/partner_pnl/average_deal", OperationName::Multiply, 0.2, 5.0);
    let odds = || moving("/open_pipeline/deals/*/win_probability", OperationName::LogOdds, -2.0, 4.0);
    let leads = || moving("/pipeline_generation/leads_per_month", OperationName::Multiply, 0.5, 2.0);
    for (file, figure, goal, input) in [
        ("cybersecurity", by(Outcome::PipelineTotal, Statistic::ProbTarget, Some(500_000.0), Some(6)), 0.6, odds()),
        ("cybersecurity", by(Outcome::PipelineTotal, Statistic::P50, None, None), 600_000.0, odds()),
        ("analytics", by(Outcome::ClosingArr, Statistic::Mean, None, Some(24)), 12_000_000.0, churn()),
        ("analytics", by(Outcome::ClosingArr, Statistic::ProbTarget, Some(12_000_000.0), Some(30)), 0.8, churn()),
        ("analytics", by(Outcome::GoalMonth, Statistic::ProbTarget, Some(60.0), None), 0.8, churn()),
        ("analytics", by(Outcome::Bookings, Statistic::P50, None, Some(12)), 4_000_000.0, leads()),
        ("partners", by(Outcome::VendorNpv, Statistic::Mean, None, None), 50_000.0, vendor()),
        ("partners", by(Outcome::VendorNpv, Statistic::ProbTarget, Some(10_000.0), Some(30)), 0.7, vendor()),
        ("partners", by(Outcome::VendorPayback, Statistic::P50, None, None), 30.0, vendor()),
        ("partners", by(Outcome::PartnerNpv, Statistic::P10, None, None), 10_000.0, partner()),
        ("partners", by(Outcome::PartnerPayback, Statistic::ProbTarget, Some(24.0), None), 0.6, partner()),
        ("partners", by(Outcome::SignedPartnerNpv, Statistic::P90, None, None), 60_000.0, partner()),
    ] {
        let better = figure.statistic == Statistic::ProbTarget || !figure.outcome.fewer_is_better();
        let mut options = GoalSeekOptions { figure, goal, input, second: None };
        let found = goal_seek(&case(file), &options, 1, &mut |_| {}).unwrap();
        let answer = found.answer.unwrap();
        assert_eq!(answer.status, GoalSeekStatus::Reached, "{:?} {:?}: {answer:?}", options.figure, found.present);
        let beyond = answer.not_reached_at.unwrap();
        let reaches = |figure: f64| if better { figure >= goal } else { figure <= goal };
        assert!(reaches(answer.attained), "{answer:?}");
        // At the other end of the bracket it is not reached.
        options.input = GoalInput { low: beyond.min(answer.size), high: beyond.max(answer.size), ..options.input };
        let again = goal_seek(&case(file), &options, 1, &mut |_| {}).unwrap().answer.unwrap();
        assert_eq!(again.status, GoalSeekStatus::Reached, "one end alone reaches it: {answer:?}");
        // Bounds that hold no answer: the best of them is said.
        let far = if better { goal * 50.0 + 1.0 } else { 0.5 };
        let never = goal_seek(&case(file), &GoalSeekOptions { goal: far, ..options }, 1, &mut |_| {}).unwrap();
        assert_eq!(never.answer.unwrap().status, GoalSeekStatus::Unreachable);
    }
}

#[test]
fn the_shift_of_all_odds_is_that_of_the_report() {
    // The report's is exact, this one simulated with 102,400 trials: within four standard errors, and a bracket.
    let mut document = case("cybersecurity");
    document["open_pipeline"]["probability_goal"] = json!(0.5);
    let scenario = Scenario::from_value(&document).unwrap();
    let report = Forecast::with_trials(&scenario, 1, 4096).unwrap().run().open_pipeline.unwrap();
    let exact = report.goal_seek.unwrap().log_odds_shift.unwrap();
    let options = GoalSeekOptions {
        figure: figure(Outcome::PipelineTotal, Statistic::ProbTarget, None, 102_400),
        goal: 0.5,
        input: moving("/open_pipeline/deals/*/win_probability", OperationName::LogOdds, 0.0, 3.0),
        second: None,
    };
    let answer = goal_seek(&document, &options, 1, &mut |_| {}).unwrap().answer.unwrap();
    let error = answer.size_standard_error.unwrap();
    assert!(error < 0.01 && (answer.size - exact).abs() < 4.0 * error + 3e-4, "{} and {exact}", answer.size);
}

#[test]
fn the_shift_of_many_odds_is_that_of_the_report_on_the_same_draws() {
    // 220 deals are too many for the exact engine: the report's goal seek runs the first 16,384 trials, as this one.
    let mut document = case("cybersecurity");
    let deals = document["open_pipeline"]["deals"].as_array().unwrap().clone();
    let copies = (0..5).flat_map(|copy| {
        deals.iter().map(move |deal| {
            let mut deal = deal.clone();
            deal["deal_id"] = json!(format!("{copy}-{}", deal["deal_id"].as_str().unwrap()));
            deal
        })
    });
    document["open_pipeline"]["deals"] = copies.collect();
    document["open_pipeline"]["target"] = json!(2_500_000);
    document["open_pipeline"]["probability_goal"] = json!(0.6);
    let scenario = Scenario::from_value(&document).unwrap();
    let report = Forecast::with_trials(&scenario, 1, 16_384).unwrap().run().open_pipeline.unwrap();
    assert!(report.not_exact.is_some(), "too many deals for the exact engine");
    let simulated = report.goal_seek.unwrap().log_odds_shift.unwrap();
    let options = GoalSeekOptions {
        figure: figure(Outcome::PipelineTotal, Statistic::ProbTarget, None, 16_384),
        goal: 0.6,
        input: moving("/open_pipeline/deals/*/win_probability", OperationName::LogOdds, -3.0, 3.0),
        second: None,
    };
    let answer = goal_seek(&document, &options, 1, &mut |_| {}).unwrap().answer.unwrap();
    // The width of the bracket, and a trial more or less from the rounding of amounts.
    assert!((answer.size - simulated).abs() < 1e-3, "{} and {simulated}", answer.size);
}
