//! Plans and their levers, from the document to the changed document.

use super::{case, compared, places, plan, with_plans};
use dealcast::error::ErrorCode;
use dealcast::report::what_if::Outcome;
use dealcast::scenario::Scenario;
use dealcast::what_if::{CompareOptions, apply_plan, compare, lever_catalogue};
use serde_json::{Value, json};
#[cfg(target_arch = "wasm32")]
use wasm_bindgen_test::wasm_bindgen_test as test;

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
                    {"at": "/open_pipeline/target_window/last_month", "multiply": 1.1}
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
fn deals_can_be_taken_out() {
    let document = with_plans(
        "cybersecurity",
        json!([
            plan(
                "Without two",
                json!([{"at": "/open_pipeline/deals/=D02", "set": null}, {"at": "/open_pipeline/deals/=D05", "set": null}])
            ),
            plan("Without any", json!([{"at": "/open_pipeline/deals/*", "set": null}]))
        ]),
    );
    let scenario = Scenario::from_value(&document).unwrap();
    let deals = |plan| {
        let (_, applied) = apply_plan(&document, scenario.plans.as_deref().unwrap(), plan).unwrap();
        let ids: Vec<String> = applied.open_pipeline.unwrap().deals.into_iter().map(|deal| deal.deal_id).collect();
        ids
    };
    let without_two = deals(0);
    assert_eq!(
        (without_two.len(), &without_two[..3]),
        (42, &["D01".to_owned(), "D03".to_owned(), "D04".to_owned()][..])
    );
    assert!(deals(1).is_empty());
}

#[test]
fn every_ready_made_lever_applies_to_its_document() {
    for (file, outcome, least) in [
        ("cybersecurity", Outcome::PipelineTotal, 2),
        ("counts", Outcome::PipelineTotal, 4),
        ("analytics", Outcome::Bookings, 9),
        ("partners", Outcome::VendorNpv, 5),
    ] {
        let document = case(file);
        let levers = lever_catalogue(&Scenario::from_value(&document).unwrap());
        assert!(levers.len() >= least, "{file}: {}", levers.len());
        for lever in &levers {
            assert!(lever.size.minimum <= lever.size.default && lever.size.default <= lever.size.maximum);
            for size in [lever.size.default, lever.size.minimum, lever.size.maximum] {
                let changes: Vec<Value> = lever
                    .changes
                    .iter()
                    .map(|change| {
                        let operation = serde_json::to_value(change.operation).unwrap();
                        let value = if change.sized { json!(size) } else { change.value.clone() };
                        json!({"at": change.at, operation.as_str().unwrap(): value})
                    })
                    .collect();
                let mut planned = document.clone();
                planned["plans"] = json!([{"name": "P", "levers": [{"name": "L", "changes": changes}]}]);
                let scenario = Scenario::from_value(&planned).unwrap();
                let applied = apply_plan(&planned, scenario.plans.as_deref().unwrap(), 0);
                // A shift by the largest factor may leave a range; the default fits.
                assert!(applied.is_ok() || size != lever.size.default, "{file} {lever:?}: {:?}", applied.err());
                if size == lever.size.default {
                    let options = CompareOptions { outcome, target: None, trials: Some(512) };
                    assert!(compare(&planned, &options, 1, &mut None).unwrap().errors.is_empty());
                }
            }
        }
    }
}
