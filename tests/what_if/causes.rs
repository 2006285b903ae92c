//! Which lever brings how much.

use super::{TRIALS, compared, figure, places, plan, with_plans};
use dealcast::error::ErrorCode;
use dealcast::report::what_if::{Outcome, Statistic, Waterfall};
use dealcast::what_if::{FigureOptions, waterfall};
use serde_json::{Value, json};
#[cfg(target_arch = "wasm32")]
use wasm_bindgen_test::wasm_bindgen_test as test;

fn taken_apart(document: &Value, options: &FigureOptions, from: Option<&str>) -> Waterfall {
    waterfall(document, options, from, 1, &mut |_| {}).unwrap()
}

/// Four levers on the pipeline that act on one another.
fn interacting() -> Value {
    json!([
        {"at": "/open_pipeline/deals/*/win_probability", "log_odds": 0.4},
        {"at": "/open_pipeline/deals/*/amount", "multiply": 1.2},
        {"at": "/open_pipeline/latent_correlation", "set": 0.25},
        {"at": "/open_pipeline/default_slippage", "set": {"distribution": "none"}}
    ])
}

#[test]
fn contributions_add_up_exactly_and_do_not_depend_on_the_order_of_the_levers() {
    let document = with_plans("cybersecurity", json!([plan("Plan", interacting())]));
    let mut reversed = document.clone();
    reversed["plans"][0]["levers"].as_array_mut().unwrap().reverse();
    for statistic in [Statistic::Mean, Statistic::P50, Statistic::ProbTarget] {
        let options = figure(Outcome::PipelineTotal, statistic, Some("Plan"), 4096);
        let found = taken_apart(&document, &options, None);
        assert_eq!((found.runs, found.exact, found.contributions.len()), (16, true, 4));
        assert_eq!(found.contributions[3].level, found.end, "the levels end at the plan, to the bit");
        let mut before = found.start;
        for contribution in &found.contributions {
            let step = contribution.level - before;
            assert!((step - contribution.contribution).abs() <= 1e-12 * found.end.abs().max(1.0));
            before = contribution.level;
        }
        let other = taken_apart(&reversed, &options, None);
        for (a, b) in found.contributions.iter().zip(other.contributions.iter().rev()) {
            assert_eq!((&a.lever, a.contribution), (&b.lever, b.contribution));
            // A sum of floating-point influences, set by set.
            assert!((a.standard_error / b.standard_error - 1.0).abs() < 1e-12);
        }
        let compared = compared(&document, Outcome::PipelineTotal);
        assert_eq!(compared.scenarios[1].plan.as_deref(), Some("Plan"));
    }
}

#[test]
fn one_lever_takes_the_whole_difference_with_its_paired_error() {
    let levers = json!([{"at": "/open_pipeline/deals/*/win_probability", "log_odds": 0.4}]);
    let document = with_plans("cybersecurity", json!([plan("Plan", levers)]));
    let found = taken_apart(&document, &figure(Outcome::PipelineTotal, Statistic::Mean, Some("Plan"), TRIALS), None);
    let whole = &found.contributions[0];
    assert!((whole.contribution - found.difference).abs() <= 1e-9 * found.difference);
    assert!((whole.standard_error - found.difference_standard_error).abs() <= 1e-9 * whole.standard_error);
    let compared = compared(&document, Outcome::PipelineTotal);
    let difference = compared.scenarios[1].difference.as_ref().unwrap().mean.unwrap();
    assert!((difference - found.difference).abs() <= 1e-9 * difference);
}

#[test]
fn a_waterfall_starts_from_the_plan_that_another_builds_on() {
    let mut plans = json!([plan("First", json!([interacting()[0]])), plan("Second", json!([interacting()[1]]))]);
    plans[1]["of"] = json!("First");
    let document = with_plans("cybersecurity", plans);
    let options = figure(Outcome::PipelineTotal, Statistic::Mean, Some("Second"), 4096);
    let (all, own) = (taken_apart(&document, &options, None), taken_apart(&document, &options, Some("First")));
    let named = |found: &Waterfall| -> Vec<String> { found.contributions.iter().map(|one| one.plan.clone()).collect() };
    assert_eq!((named(&all), named(&own)), (vec!["First".to_owned(), "Second".to_owned()], vec!["Second".to_owned()]));
    assert_eq!((all.end, own.from.as_deref()), (own.end, Some("First")));
    assert!(own.start > all.start);
    let unknown = figure(Outcome::PipelineTotal, Statistic::Mean, Some("None"), 4096);
    assert_eq!(
        places(&waterfall(&document, &unknown, None, 1, &mut |_| {}).unwrap_err()),
        [("/plans", ErrorCode::UnknownPlan)]
    );
}

#[test]
fn many_levers_are_sampled_and_still_add_up() {
    // Nine levers, each on a deal of its own: no interaction in the mean, so that any order gives the same.
    let levers: Vec<Value> = (1..=9)
        .map(|deal| json!({"at": format!("/open_pipeline/deals/=D0{deal}/amount"), "multiply": 1.0 + 0.1 * f64::from(deal)}))
        .collect();
    let document = with_plans("cybersecurity", json!([plan("Plan", json!(levers))]));
    let mean = taken_apart(&document, &figure(Outcome::PipelineTotal, Statistic::Mean, Some("Plan"), 512), None);
    assert!(!mean.exact && mean.contributions.len() == 9);
    assert_eq!(mean.contributions[8].level, mean.end);
    let p50 = taken_apart(&document, &figure(Outcome::PipelineTotal, Statistic::P50, Some("Plan"), 512), None);
    assert_eq!(p50.contributions[8].level, p50.end);
    // Amounts are rounded to units, which depend on the largest total.
    assert!(mean.contributions.iter().all(|one| one.contribution > -0.01), "{mean:?}");
}
