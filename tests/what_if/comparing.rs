//! Scenarios side by side.

use super::{TRIALS, case, compared, places, plan, with_plans};
use dealcast::error::ErrorCode;
use dealcast::forecast::{Forecast, PILOT};
use dealcast::report::what_if::Outcome;
use dealcast::scenario::Scenario;
use dealcast::what_if::{CompareOptions, Evaluator, compare};
use serde_json::{Value, json};
#[cfg(target_arch = "wasm32")]
use wasm_bindgen_test::wasm_bindgen_test as test;

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

/// A deal of a probability, and a plan with another.
fn one_deal(probability: f64, planned: f64) -> Value {
    let changes = json!([{"at": "/open_pipeline/deals/0/win_probability", "set": planned}]);
    json!({"schema": "dealcast/1", "seed": 3, "plans": [plan("Plan", changes)],
        "open_pipeline": {"target": 100, "deals": [{"deal_id": "A", "amount": {"distribution": "fixed", "value": 100},
            "win_probability": probability, "expected_close_month": 1, "slippage": {"distribution": "none"}}]}})
}

#[test]
fn the_scenario_that_needs_most_trials_decides() {
    let ask = |document: &Value, trials| {
        let options = CompareOptions { outcome: Outcome::PipelineTotal, target: None, trials };
        compare(document, &options, 1, &mut None).unwrap()
    };
    // Neither trials nor accuracy stated: half a point. At 3 % the pilot is enough, at 50 % it takes 17 blocks.
    let both = ask(&one_deal(0.03, 0.5), None);
    assert_eq!((both.trials, both.stop_at_half_width), (17 * 4096, Some(0.005)));
    assert!(both.half_width.unwrap() <= 0.005, "{:?}", both.half_width);
    assert_eq!(ask(&one_deal(0.5, 0.03), None).trials, 17 * 4096);
    assert_eq!(ask(&one_deal(0.03, 0.02), None).trials, PILOT);
    // Going on from the pilot gives what one run gives.
    let whole = ask(&one_deal(0.03, 0.5), Some(17 * 4096));
    assert_eq!((whole.stop_at_half_width, &whole.scenarios), (None, &both.scenarios));
    // Trials stated: all of them. More asked for than there are: as many as there are, and what they give.
    let mut document = one_deal(0.03, 0.5);
    document["trials"] = json!(30_000);
    assert_eq!((ask(&document, None).trials, ask(&document, None).stop_at_half_width), (30_000, None));
    document["stop_at_half_width"] = json!(0.005);
    let short = ask(&document, None);
    assert_eq!((short.trials, short.stop_at_half_width), (30_000, Some(0.005)));
    assert!(short.half_width.unwrap() > 0.005);
}

#[test]
fn every_model_goes_on_from_its_pilot() {
    for (file, outcome) in
        [("analytics", Outcome::ClosingArr), ("partners", Outcome::VendorNpv), ("partners", Outcome::PartnerPayback)]
    {
        let mut document = with_plans(file, json!([]));
        document["trials"] = json!(PILOT + 5000);
        document["stop_at_half_width"] = json!(0.0005);
        let options = |trials| CompareOptions { outcome, target: None, trials };
        let stopped = compare(&document, &options(None), 1, &mut None).unwrap();
        let whole = compare(&document, &options(Some(PILOT + 5000)), 1, &mut None).unwrap();
        assert_eq!((stopped.trials, &stopped.scenarios), (PILOT + 5000, &whole.scenarios), "{outcome:?}");
    }
}
