//! The same scenario, seed and version give the same bytes: whatever the order of the deals, the
//! number of workers, the platform.

#[cfg(target_arch = "wasm32")]
use wasm_bindgen_test::wasm_bindgen_test as test;

use dealcast::forecast::{Effort, Forecast, Part};
use dealcast::report::Report;
use dealcast::report::open_pipeline::OpenPipelineReport;
use dealcast::rng::fnv1a_64;
use dealcast::scenario::Scenario;
use serde_json::{Value, json};

/// FNV-1a of the JSON of the report on [`scenario`]. It changes whenever a sampled or computed value
/// does: a value-breaking change, which the changelog has to name.
const REPORT_HASH: u64 = 0x9b0e_19b1_679d_d666;
/// The same for the scenario with uncertain win rates.
const UNCERTAIN_HASH: u64 = 0xb0e9_cbd0_1da9_5702;

/// The same for [`growth`]: the sales machine and recurring revenue, each by itself.
const GROWTH_HASH: u64 = 0x5244_aaee_0916_4aff;
/// The same with the machine's deals in the open pipeline and its wins as the new customers.
const LINKED_HASH: u64 = 0x756f_bb3c_9323_3b72;

/// A pipeline with every kind of amount, slippage and win rate that the exact engine takes.
fn scenario(uncertain: bool) -> Value {
    let amounts = [
        json!(40_000),
        json!({"distribution": "fixed", "value": 75_000}),
        json!({"distribution": "uniform", "min": 20_000, "max": 60_000}),
        json!({"distribution": "triangular", "min": 10_000, "mode": 30_000, "max": 90_000}),
        json!({"distribution": "pert", "min": 15_000, "mode": 30_000, "max": 60_000, "lambda": 3}),
        json!({"distribution": "lognormal", "mean": 50_000, "coefficient_of_variation": 0.4}),
        json!({"distribution": "gamma", "mean": 45_000, "coefficient_of_variation": 0.5}),
    ];
    let slippages = [
        json!(null),
        json!({"distribution": "none"}),
        json!({"distribution": "pmf", "probability_by_months_late": [0.6, 0.25, 0.1, 0.05]}),
        json!({"distribution": "geometric", "monthly_slip_probability": 0.4}),
    ];
    let deals: Vec<Value> = (0..14)
        .map(|i| {
            let mut deal = json!({
                "deal_id": format!("D-{i}"),
                "amount": amounts[i % 7],
                "slippage": slippages[i % 4],
                "expected_close_month": 1 + i % 5,
                "stage": (["Discovery", "Proposal"][i % 2]),
                "age_days": 20 * i,
                "meddic": {"champion": (["yes", "no", "unknown"][i % 3]), "metrics": "yes"},
                "forecast_category": (["commit", "best_case", "pipeline"][i % 3]),
            });
            if i % 3 == 0 {
                deal["win_probability"] = json!(0.1 + 0.02 * i as f64);
            }
            deal
        })
        .collect();
    let rates = if uncertain {
        [json!({"won": 3, "closed": 15}), json!({"won": 40, "closed": 100})]
    } else {
        [json!(0.2), json!(0.4)]
    };
    json!({
        "schema": "dealcast/1", "title": "Determinism", "start_month": "2026-01", "seed": 4242, "trials": 10_000,
        "open_pipeline": {
            "target": 400_000, "already_won": 35_000.5, "horizon_months": 6,
            "target_window": {"first_month": 1, "last_month": 4},
            "latent_correlation": 0.15, "slippage_factor_loading": 0.2,
            "stages": [{"stage": "Discovery", "win_rate": rates[0]}, {"stage": "Proposal", "win_rate": rates[1]}],
            "qualification_gate": {"enabled": true, "stage": "Proposal"},
            "kill_rule": {"enabled": true, "minimum_score": 3.0, "maximum_age_days": 200},
            "deals": deals
        }
    })
}

/// A sales machine with uncertain inputs, a change in time and a team, the ARR of its wins, and the open pipeline.
fn growth(linked: bool) -> Value {
    let mut document = scenario(false);
    document["pipeline_generation"] = json!({
        "horizon_months": 18, "leads_per_month": 300, "lead_level_coefficient_of_variation": 0.2, "target_wins": 60,
        "regimes": [
            {"from_month": 1, "opportunity_to_win": {"distribution": "pert", "min": 0.1, "mode": 0.2, "max": 0.3}},
            {"from_month": 5, "average_deal": 30_000, "kill_rule": {"enabled": true}}
        ],
        "capacity": {"initial_ramped_reps": 6, "hires": [{"month": 3, "count": 2}]}
    });
    document["arr_cohorts"] = json!({"horizon_months": 24, "arr_goal": 12_000_000, "arr_goal_month": 20,
        "mature_monthly_churn_rate": {"distribution": "uniform", "min": 0.01, "max": 0.02}});
    if linked {
        document["open_pipeline"]["new_deals_from"] = json!("pipeline_generation");
        document["arr_cohorts"]["new_customers_from"] = json!("pipeline_generation");
    } else {
        document.as_object_mut().unwrap().remove("open_pipeline");
    }
    document
}

fn read(document: &Value) -> Scenario {
    Scenario::from_value(document).unwrap()
}

fn run(document: &Value) -> Report {
    Forecast::new(&read(document), 0).unwrap().run()
}

fn text(report: &Report) -> String {
    serde_json::to_string(report).unwrap()
}

#[test]
fn reports_are_the_recorded_bytes() {
    let hash = |uncertain| {
        let mut document = scenario(uncertain);
        document["open_pipeline"]["probability_goal"] = json!(0.7);
        fnv1a_64(text(&run(&document)).as_bytes())
    };
    let found = (hash(false), hash(true));
    assert_eq!(found, (REPORT_HASH, UNCERTAIN_HASH), "{:#x}, {:#x}", found.0, found.1);
}

#[test]
fn growth_reports_are_the_recorded_bytes() {
    let hash = |linked| fnv1a_64(text(&run(&growth(linked))).as_bytes());
    let found = (hash(false), hash(true));
    assert_eq!(found, (GROWTH_HASH, LINKED_HASH), "{:#x}, {:#x}", found.0, found.1);
}

#[test]
fn the_number_of_workers_does_not_matter() {
    for document in [scenario(false), scenario(true), growth(true)] {
        let scenario = read(&document);
        let forecast = Forecast::new(&scenario, 0).unwrap();
        let full = text(&forecast.run());
        let alone = forecast.simulate(0, forecast.blocks());
        let preview = text(&forecast.report(&alone, Effort::Preview).unwrap());
        for workers in [1, 2, 5] {
            let chunk = forecast.blocks().div_ceil(workers);
            // The last worker answers first.
            let parts = (0..workers).rev().map(|worker| forecast.simulate(worker * chunk, chunk));
            let sent = parts.map(|part| Part::from_bytes(&part.to_bytes()).unwrap());
            let whole = sent.reduce(|a, b| a.merged(b).unwrap()).unwrap();
            let effort = if workers == 5 { Effort::Full } else { Effort::Preview };
            let expected = if workers == 5 { &full } else { &preview };
            assert_eq!(text(&forecast.report(&whole, effort).unwrap()), *expected, "{workers} workers");
        }
    }
}

#[test]
fn parts_that_do_not_fit_are_refused() {
    let scenario = read(&scenario(false));
    let forecast = Forecast::new(&scenario, 0).unwrap();
    let part = forecast.simulate(0, 2);
    assert!(forecast.report(&part, Effort::Preview).is_err(), "blocks are missing");
    assert!(
        forecast.report(&part.clone().merged(part.clone()).unwrap(), Effort::Preview).is_err(),
        "blocks are double"
    );
    let bytes = part.to_bytes();
    for length in [0, 1, 11, 12, bytes.len() / 2, bytes.len() - 1] {
        assert!(Part::from_bytes(&bytes[..length]).is_none(), "{length} bytes");
    }
}

/// The report with its lists by deal put in the order of the identifiers.
fn by_identifier(report: &Report) -> Value {
    let mut report = serde_json::to_value(report).unwrap();
    let section = &mut report["open_pipeline"];
    let deals = section["deals"].as_array().unwrap().clone();
    let mut order: Vec<usize> = (0..deals.len()).collect();
    order.sort_by_key(|i| deals[*i]["deal_id"].as_str().unwrap().to_owned());
    let sort = |list: &mut Value| *list = order.iter().map(|i| list[*i].clone()).collect();
    sort(&mut section["deals"]);
    for list in
        ["deal_prob_won_in_window", "deal_variance_share", "deal_swing_interventional", "deal_swing_conditional"]
    {
        sort(&mut section[list]);
    }
    for part in ["simulated", "standard_error"] {
        for list in ["deal_prob_won_in_window", "deal_swing_interventional", "deal_swing_conditional"] {
            sort(&mut section[part][list]);
        }
    }
    report
}

#[test]
fn the_order_of_the_deals_does_not_matter() {
    for uncertain in [false, true] {
        let mut document = scenario(uncertain);
        let expected = by_identifier(&run(&document)).to_string();
        let deals = document["open_pipeline"]["deals"].as_array_mut().unwrap();
        deals.reverse();
        deals.rotate_left(5);
        deals.swap(3, 9);
        assert_eq!(by_identifier(&run(&document)).to_string(), expected);
    }
}

/// The simulated half of a report.
fn simulate(document: &Value) -> OpenPipelineReport {
    let scenario = read(document);
    let forecast = Forecast::new(&scenario, 0).unwrap();
    let part = forecast.simulate(0, forecast.blocks());
    forecast.report(&part, Effort::Preview).unwrap().open_pipeline.unwrap()
}

#[test]
fn what_was_asked_before_does_not_matter() {
    let base = scenario(true);
    let mut documents = vec![base.clone()];
    for (pointer, value) in [
        ("/open_pipeline/latent_correlation", json!(0.4)),
        ("/open_pipeline/slippage_factor_loading", json!(0.3)),
        ("/seed", json!(99)),
        ("/trials", json!(8_192)),
        ("/open_pipeline/target", json!(250_000)),
        ("/open_pipeline/already_won", json!(30_000)),
        ("/open_pipeline/deals/3/amount", json!(90_000_000)),
        ("/open_pipeline/deals/5/win_probability", json!(0.9)),
        ("/open_pipeline/deals/2/slippage", json!({"distribution": "none"})),
        ("/open_pipeline/deals/4/expected_close_month", json!(2)),
        ("/open_pipeline/horizon_months", json!(9)),
    ] {
        let (parent, name) = pointer.rsplit_once('/').unwrap();
        let mut edited = base.clone();
        edited.pointer_mut(parent).unwrap()[name] = value;
        assert_ne!(edited, base, "{pointer}");
        // Each edit stands between two bases.
        documents.extend([edited, base.clone()]);
    }
    let other = one_deal();
    let alone = |document: &Value| {
        simulate(&other);
        serde_json::to_string(&simulate(document)).unwrap()
    };
    let expected: Vec<_> = documents.iter().map(alone).collect();
    simulate(&other);
    for (step, document) in documents.iter().enumerate() {
        assert_eq!(serde_json::to_string(&simulate(document)).unwrap(), expected[step], "{step}");
    }
}

/// A pipeline of another kind than [`scenario`].
fn one_deal() -> Value {
    json!({"schema": "dealcast/1", "seed": 5, "trials": 4_096, "open_pipeline": {"target": 10_000, "deals": [
        {"deal_id": "A", "amount": 12_000, "win_probability": 0.4, "expected_close_month": 1}]}})
}

/// Trials won in the window, by identifier.
fn won(document: &Value) -> Vec<(String, f64)> {
    let section = simulate(document);
    let ids = section.deals.iter().map(|deal| deal.deal_id.clone());
    ids.zip(section.simulated.deal_prob_won_in_window).collect()
}

#[test]
fn changing_or_adding_a_deal_leaves_the_draws_of_the_others() {
    let document = scenario(true);
    let before = won(&document);
    let mut changed = document.clone();
    changed["open_pipeline"]["deals"][5]["win_probability"] = json!(0.9);
    changed["open_pipeline"]["deals"][5]["amount"] = json!(1_000_000);
    let after = won(&changed);
    assert_ne!(before[5], after[5]);
    assert_eq!(before.iter().zip(&after).filter(|(a, b)| a == b).count(), before.len() - 1);
    let mut added = document.clone();
    let new = json!({"deal_id": "new", "amount": 99_000, "win_probability": 0.5, "expected_close_month": 2});
    added["open_pipeline"]["deals"].as_array_mut().unwrap().insert(0, new);
    assert_eq!(won(&added)[1..], before[..]);
}

#[test]
fn outcomes_are_monotone_in_the_win_probability() {
    let mut document = scenario(false);
    let mut last = 0.0;
    for probability in [0.1, 0.3, 0.5, 0.7, 0.9] {
        document["open_pipeline"]["deals"][0]["win_probability"] = json!(probability);
        let simulated = simulate(&document).simulated;
        assert!(simulated.mean > last, "common random numbers keep the sign");
        last = simulated.mean;
    }
}
