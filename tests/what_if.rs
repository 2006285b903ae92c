//! Plans, comparisons and the other what-if questions on whole documents.

#[cfg(target_arch = "wasm32")]
use wasm_bindgen_test::wasm_bindgen_test as test;

use dealcast::error::{ErrorCode, InputError};
use dealcast::forecast::Forecast;
use dealcast::report::what_if::{Comparison, Outcome};
use dealcast::scenario::Scenario;
use dealcast::what_if::{CompareOptions, Evaluator, apply_plan, compare};
use serde_json::{Value, json};

/// Trials of a test: two blocks and a short one.
const TRIALS: u32 = 10_000;

fn case(file: &str) -> Value {
    let text = match file {
        "cybersecurity" => include_str!("../cases/cybersecurity-vendor-before.json"),
        "counts" => include_str!("../cases/win-rates-from-counts.json"),
        "analytics" => include_str!("../cases/analytics-scale-up-before.json"),
        "partners" => include_str!("../cases/partner-programme-opportunistic.json"),
        _ => unreachable!(),
    };
    serde_json::from_str(text).unwrap()
}

fn with_plans(file: &str, plans: Value) -> Value {
    let mut document = case(file);
    document["plans"] = plans;
    document
}

/// A plan of levers that each make one change.
fn plan(name: &str, changes: Value) -> Value {
    let levers = changes.as_array().unwrap().iter();
    let levers: Vec<Value> =
        levers.map(|change| json!({"name": change["at"], "cost": 1000, "changes": [change]})).collect();
    json!({"name": name, "levers": levers})
}

fn compared(document: &Value, outcome: Outcome) -> Comparison {
    let options = CompareOptions { outcome, target: None, trials: Some(TRIALS) };
    compare(document, &options, 1, &mut None).unwrap()
}

fn places(errors: &[InputError]) -> Vec<(&str, ErrorCode)> {
    errors.iter().map(|error| (error.path.as_str(), error.code)).collect()
}

const OUTCOMES: [(&str, Outcome); 9] = [
    ("cybersecurity", Outcome::PipelineTotal),
    ("analytics", Outcome::Wins),
    ("analytics", Outcome::Bookings),
    ("analytics", Outcome::ClosingArr),
    ("analytics", Outcome::GoalMonth),
    ("partners", Outcome::VendorNpv),
    ("partners", Outcome::VendorPayback),
    ("partners", Outcome::PartnerNpv),
    ("partners", Outcome::SignedPartnerNpv),
];

#[test]
fn a_plan_without_levers_is_the_base() {
    for (file, outcome) in OUTCOMES {
        let found = compared(&with_plans(file, json!([{"name": "Same", "levers": []}])), outcome);
        let [base, same] = &found.scenarios[..] else { panic!("two scenarios") };
        assert_eq!((&base.figures, &base.prob_at_least), (&same.figures, &same.prob_at_least), "{outcome:?}");
        let (difference, error) = (same.difference.as_ref().unwrap(), same.difference_standard_error.as_ref().unwrap());
        assert_eq!((difference.prob_beats_base, base.prob_beats[0]), (0.5, 0.5), "{outcome:?}");
        for (difference, error) in
            [(difference.mean, error.mean), (difference.p50, error.p50), (difference.prob_target, error.prob_target)]
        {
            assert!(difference.is_none_or(|difference| difference == 0.0), "{outcome:?}");
            assert!(error.is_none_or(|error| error == 0.0), "{outcome:?}");
        }
    }
}

#[test]
fn the_base_is_what_the_report_says() {
    let document = case("cybersecurity");
    let found = compared(&document, Outcome::PipelineTotal);
    let scenario = Scenario::from_value(&document).unwrap();
    let report = Forecast::with_trials(&scenario, 1, TRIALS).unwrap().run().open_pipeline.unwrap();
    let (figures, simulated) = (&found.scenarios[0].figures, &report.simulated);
    assert!((figures.mean.unwrap() - simulated.mean).abs() < 1e-6 * simulated.mean);
    assert_eq!(figures.p50, Some(simulated.p50));
    assert_eq!(figures.prob_target, Some(simulated.prob_at_least_target));
    assert_eq!(found.scenarios[0].standard_error.prob_target, Some(report.standard_error.prob_at_least_target));
    assert_eq!(found.scenarios[0].fan, report.cumulative_fan);
}

#[test]
fn levers_that_only_help_help_in_every_figure() {
    let helpful = [
        (
            "cybersecurity",
            Outcome::PipelineTotal,
            json!({"at": "/open_pipeline/deals/*/win_probability", "log_odds": 0.3}),
        ),
        ("cybersecurity", Outcome::PipelineTotal, json!({"at": "/open_pipeline/deals/*/amount", "multiply": 1.1})),
        ("counts", Outcome::PipelineTotal, json!({"at": "/open_pipeline/stages/*/win_rate", "log_odds": 0.3})),
        ("analytics", Outcome::Wins, json!({"at": "/pipeline_generation/leads_per_month", "multiply": 1.2})),
        ("analytics", Outcome::Bookings, json!({"at": "/pipeline_generation/regimes/*/average_deal", "add": 5000})),
        ("analytics", Outcome::ClosingArr, json!({"at": "/arr_cohorts/early_churn_first_3_months", "set": 0.04})),
        ("partners", Outcome::VendorNpv, json!({"at": "/partner_vendor_programme/average_deal", "multiply": 1.2})),
        ("partners", Outcome::PartnerNpv, json!({"at": "/partner_pnl/resale_margin_rate", "add": 0.05})),
    ];
    for (file, outcome, change) in helpful {
        let found = compared(&with_plans(file, json!([plan("Better", json!([change]))])), outcome);
        assert!(found.errors.is_empty(), "{:?}", found.errors);
        let [base, better] = &found.scenarios[..] else { panic!("two scenarios") };
        let difference = better.difference.as_ref().unwrap();
        assert!(difference.mean.unwrap() > 0.0 && difference.p50.unwrap() >= 0.0, "{outcome:?} {difference:?}");
        assert!(difference.prob_target.is_none_or(|gain| gain >= 0.0));
        assert!(difference.prob_beats_base > 0.5 && better.prob_beats[0] == difference.prob_beats_base);
        assert!((base.prob_beats[1] + better.prob_beats[0] - 1.0).abs() < 1e-12);
        assert_eq!((base.cost, better.cost), (0.0, 1000.0));
        // Monotone sampling: no trial is worse, hence no point of the curve.
        let curves = base.prob_at_least.iter().zip(&better.prob_at_least);
        assert!(curves.clone().all(|(base, better)| better >= base), "{outcome:?}");
        // The paired error is below the one of independent runs.
        let paired = better.difference_standard_error.as_ref().unwrap().mean.unwrap();
        let (a, b) = (base.standard_error.mean.unwrap(), better.standard_error.mean.unwrap());
        assert!(paired > 0.0 && paired * paired < a * a + b * b, "{outcome:?}: {paired} {a} {b}");
    }
}

#[test]
fn stated_errors_of_differences_hold_over_seeds() {
    // 40 seeds; each figure's spread over them against its stated error: chi-square with 39 degrees of freedom,
    // within a factor of 1.6 at a level of 1e-4. Strata make the true error smaller: one-sided for them.
    let plans = json!([plan("Better", json!([{"at": "/open_pipeline/deals/*/win_probability", "log_odds": 0.3}]))]);
    let mut document = with_plans("cybersecurity", plans);
    let mut found: Vec<([f64; 4], [f64; 4])> = Vec::new();
    for seed in 0..40 {
        document["seed"] = json!(seed);
        let options = CompareOptions { outcome: Outcome::PipelineTotal, target: Some(400_000.0), trials: Some(4096) };
        let comparison = compare(&document, &options, 1, &mut None).unwrap();
        let plan = &comparison.scenarios[1];
        let list = |of: &dealcast::report::what_if::Difference| {
            [of.mean.unwrap(), of.p50.unwrap(), of.prob_target.unwrap(), of.prob_beats_base]
        };
        found.push((list(plan.difference.as_ref().unwrap()), list(plan.difference_standard_error.as_ref().unwrap())));
    }
    for figure in 0..4 {
        let n = found.len() as f64;
        let mean = found.iter().map(|(value, _)| value[figure]).sum::<f64>() / n;
        let spread =
            found.iter().map(|(value, _)| (value[figure] - mean) * (value[figure] - mean)).sum::<f64>() / (n - 1.0);
        let stated = found.iter().map(|(_, error)| error[figure] * error[figure]).sum::<f64>() / n;
        let ratio = (spread / stated).sqrt();
        assert!(ratio < 1.6 && ratio > 0.3, "figure {figure}: spread over stated error {ratio}");
    }
}

#[test]
fn plans_build_on_plans() {
    let mut plans = json!([
        plan("Both", json!([{"at": "/open_pipeline/target", "add": 10_000}])),
        plan(
            "First",
            json!([{"at": "/open_pipeline/target", "multiply": 2}, {"at": "/open_pipeline/already_won", "set": 5}])
        ),
    ]);
    plans[0]["of"] = json!("First");
    plans[1]["levers"][1]["on"] = json!(false);
    let document = with_plans("cybersecurity", plans);
    let scenario = Scenario::from_value(&document).unwrap();
    let plans = scenario.plans.as_deref().unwrap();
    let (applied, read) = apply_plan(&document, plans, 0).unwrap();
    assert_eq!(applied["open_pipeline"]["target"], json!(1_610_000));
    assert_eq!((applied["open_pipeline"]["already_won"].clone(), read.plans), (json!(0), None));
    assert_eq!(apply_plan(&document, plans, 0).unwrap().0.to_string(), applied.to_string());
    let found = compared(&document, Outcome::PipelineTotal);
    assert_eq!(found.scenarios[1].levers, ["/open_pipeline/target", "/open_pipeline/target"]);
    assert_eq!(found.scenarios[1].cost, 2000.0);
}

#[test]
fn plans_that_are_none_are_refused() {
    let mut document = with_plans(
        "cybersecurity",
        json!([
            {"name": "A", "of": "B", "levers": []},
            {"name": "B", "of": "A", "levers": []},
            {"name": "A", "of": "C", "levers": [{"name": "", "cost": -1, "changes": [
                {"at": "/open_pipeline/target"}, {"at": "/open_pipeline/target", "add": 1, "multiply": 1},
                {"at": "", "set": null}, {"to": 1}]}]}
        ]),
    );
    let errors = Scenario::from_value(&document).unwrap_err();
    let change = |rest: &str| format!("/plans/2/levers/0/changes/{rest}");
    let expected = [
        (change("3/to"), ErrorCode::UnknownField),
        (change("3/at"), ErrorCode::MissingField),
        ("/plans/2/name".to_owned(), ErrorCode::Duplicate),
        ("/plans/2/levers/0/name".to_owned(), ErrorCode::TextLength),
        ("/plans/2/levers/0/cost".to_owned(), ErrorCode::OutOfRange),
        (change("0"), ErrorCode::OneOperation),
        (change("1"), ErrorCode::OneOperation),
        (change("2/at"), ErrorCode::TextLength),
        (change("3"), ErrorCode::OneOperation),
        ("/plans/0/of".to_owned(), ErrorCode::PlanCycle),
        ("/plans/1/of".to_owned(), ErrorCode::PlanCycle),
        ("/plans/2/of".to_owned(), ErrorCode::UnknownPlan),
    ];
    assert_eq!(places(&errors), expected.each_ref().map(|(path, code)| (path.as_str(), *code)));
    document["plans"] = json!([{"name": "1", "levers": []}, {"name": "2", "levers": []}, {"name": "3", "levers": []},
        {"name": "4", "levers": []}, {"name": "5", "levers": []}, {"name": "6", "levers": []}]);
    assert_eq!(places(&Scenario::from_value(&document).unwrap_err()), [("/plans", ErrorCode::ListLength)]);
}

#[test]
fn changes_that_do_not_fit_are_located_and_leave_the_others_alone() {
    let document = with_plans(
        "cybersecurity",
        json!([
            plan(
                "Bad",
                json!([
                    {"at": "/open_pipeline/deals/=D99/amount", "add": 1},
                    {"at": "/open_pipeline/probability_goal", "add": 0.1},
                    {"at": "/title", "set": "x"},
                    {"at": "/open_pipeline/deals/0/deal_id", "multiply": 2},
                    {"at": "/arr_cohorts/cac", "set": 1}
                ])
            ),
            plan(
                "Out",
                json!([
                    {"at": "/open_pipeline/deals/*/win_probability", "add": 0.1},
                    {"at": "/open_pipeline/deals/=D02/win_probability", "multiply": 10},
                    {"at": "/open_pipeline/colour", "set": "red"},
                    {"at": "/open_pipeline/deals/=D03/amount", "set": {"distribution": "uniform", "min": 2, "max": 1}},
                    {"at": "/open_pipeline/deals/=D04/expected_close_month", "multiply": 1.1}
                ])
            ),
            plan(
                "Good",
                json!([{"at": "/open_pipeline/target", "add": -100_000}, {"at": "/open_pipeline/probability_goal", "set": null}])
            )
        ]),
    );
    let found = compared(&document, Outcome::PipelineTotal);
    assert_eq!(found.scenarios.len(), 2);
    let good = &found.scenarios[1];
    assert_eq!((good.plan.as_deref(), good.target), (Some("Good"), Some(700_000.0)));
    let change = |plan: u32, lever: u32, rest: &str| format!("/plans/{plan}/levers/{lever}/changes/0/{rest}");
    let expected = [
        (change(0, 0, "at"), ErrorCode::NoSuchField),
        (change(0, 1, "at"), ErrorCode::NoSuchField),
        (change(0, 2, "at"), ErrorCode::NoSuchField),
        (change(0, 3, "multiply"), ErrorCode::CannotChange),
        (change(0, 4, "at"), ErrorCode::NoSuchField),
    ];
    assert_eq!(places(&found.errors[0].errors), expected.each_ref().map(|(path, code)| (path.as_str(), *code)));
    let expected = [
        (change(1, 2, "at"), ErrorCode::UnknownField),
        (change(1, 4, "at"), ErrorCode::NotAnInteger),
        (change(1, 1, "at"), ErrorCode::OutOfRange),
        (change(1, 3, "at"), ErrorCode::OutOfOrder),
    ];
    let errors = &found.errors[1].errors;
    assert_eq!(places(errors), expected.each_ref().map(|(path, code)| (path.as_str(), *code)));
    assert_eq!(errors[2].params["at"], "/open_pipeline/deals/1/win_probability");
}

#[test]
fn outcomes_that_are_not_there_are_refused() {
    let ask = |file: &str, outcome| {
        let options = CompareOptions { outcome, target: None, trials: Some(TRIALS) };
        compare(&case(file), &options, 1, &mut None).unwrap_err()
    };
    assert_eq!(places(&ask("cybersecurity", Outcome::PartnerNpv)), [("", ErrorCode::NoSuchOutcome)]);
    assert_eq!(places(&ask("analytics", Outcome::PipelineTotal)), [("", ErrorCode::NoSuchOutcome)]);
}

#[test]
fn what_was_simulated_before_is_kept_and_changes_nothing() {
    let document = |shift: f64| {
        let change = json!([{"at": "/open_pipeline/deals/*/win_probability", "log_odds": shift}]);
        with_plans("cybersecurity", json!([plan("Better", change)]))
    };
    let options = |target| CompareOptions { outcome: Outcome::PipelineTotal, target, trials: Some(TRIALS) };
    let mut kept: Option<Evaluator> = None;
    for (shift, target) in [(0.1, None), (0.2, None), (0.2, Some(300_000.0)), (0.1, None)] {
        let fresh = compare(&document(shift), &options(target), 1, &mut None).unwrap();
        assert_eq!(compare(&document(shift), &options(target), 1, &mut kept).unwrap(), fresh);
    }
}
