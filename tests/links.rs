//! The sales machine feeds the open pipeline: new deals join the deals of the list, trial by trial.

#[cfg(target_arch = "wasm32")]
use wasm_bindgen_test::wasm_bindgen_test as test;

use dealcast::forecast::Forecast;
use dealcast::math::poisson;
use dealcast::report::Report;
use dealcast::report::open_pipeline::{EngineKind, NotExact, OpenPipelineReport};
use dealcast::scenario::Scenario;
use serde_json::{Value, json};

/// Two-sided level 7·10⁻⁶ for each comparison; seeds are fixed.
const ERRORS: f64 = 4.5;

/// Short cycles, so that much of what is opened after today is signed in the window.
fn machine() -> Value {
    json!({"leads_per_month": 400, "regimes": [{"from_month": 1, "months_to_win": {"mean_days": 40}}]})
}

fn deals() -> Value {
    json!([
        {"deal_id": "a", "amount": {"distribution": "fixed", "value": 90_000}, "win_probability": 0.4, "expected_close_month": 1},
        {"deal_id": "b", "amount": 60_000, "win_probability": 0.6, "expected_close_month": 2},
        {"deal_id": "c", "amount": 150_000, "win_probability": 0.25, "expected_close_month": 3}
    ])
}

fn run(machine: &Value, deals: &Value, linked: bool, trials: u32) -> Report {
    let mut document = json!({"schema": "dealcast/1", "seed": 7, "trials": trials,
        "open_pipeline": {"target": 300_000, "already_won": 20_000, "horizon_months": 6,
            "target_window": {"first_month": 1, "last_month": 4}, "deals": deals},
        "pipeline_generation": machine});
    if linked {
        document["open_pipeline"]["new_deals_from"] = json!("pipeline_generation");
    }
    let scenario = Scenario::from_value(&document).unwrap();
    Forecast::new(&scenario, 0).unwrap().run()
}

fn pipeline(machine: &Value, deals: &Value, linked: bool, trials: u32) -> OpenPipelineReport {
    run(machine, deals, linked, trials).open_pipeline.unwrap()
}

fn near(name: &str, found: f64, error: f64, expected: f64) {
    assert!((found - expected).abs() <= ERRORS * error, "{name}: {found} ± {error} instead of {expected}");
}

#[test]
fn alone_they_are_a_poisson_count_of_deals() {
    let found = pipeline(&machine(), &json!([]), true, 50_000);
    let added = found.new_deals.as_ref().unwrap();
    let (deal, wins) = (25_000.0, added.expected_wins);
    assert!((5.0..20.0).contains(&wins) && (added.expected_bookings - deal * wins).abs() < 1e-6);
    let months = &added.expected_bookings_by_month;
    assert!(months.len() == 6 && (months[..4].iter().sum::<f64>() - added.expected_bookings).abs() < 1e-6);
    assert!((found.mean - 20_000.0 - deal * wins).abs() < 1e-6, "a sum of closed forms");
    near("mean", found.simulated.mean, found.standard_error.mean, found.mean);
    near("sd", found.sd, found.standard_error.sd, deal * wins.sqrt());
    // 280,000 are missing: twelve deals.
    let at_least = poisson::at_least(12, wins);
    near("target", found.prob_at_least_target, (at_least / 50_000.0).sqrt(), at_least);
    near("none", found.prob_zero_in_window, (libm::exp(-wins) / 50_000.0).sqrt().max(1e-5), libm::exp(-wins));
    for (level, quantile) in [(0.1, found.p10), (0.5, found.p50), (0.9, found.p90)] {
        assert_eq!(quantile, 20_000.0 + deal * poisson::exact_quantile(level, wins) as f64);
    }
    assert!((added.variance_share - 1.0).abs() < 1e-12);
    assert_eq!((added.without.mean, added.without.sd, added.without.prob_at_least_target), (20_000.0, 0.0, 0.0));
}

#[test]
fn they_join_deals_independently() {
    let (alone, found) = (pipeline(&machine(), &deals(), false, 50_000), pipeline(&machine(), &deals(), true, 50_000));
    assert!(alone.new_deals.is_none() && alone.headline_engine == EngineKind::Exact);
    assert_eq!((found.headline_engine, found.not_exact), (EngineKind::Simulation, Some(NotExact::NewDeals)));
    let added = found.new_deals.as_ref().unwrap();
    // Without them: what the exact engine says of the deals.
    let without = &added.without;
    assert_eq!(
        (without.trials, without.mean, without.p10, without.p50, without.p90, without.prob_at_least_target),
        (None, alone.mean, alone.p10, alone.p50, alone.p90, alone.prob_at_least_target)
    );
    assert!((found.mean - alone.mean - added.expected_bookings).abs() < 1e-6);
    near("mean", found.simulated.mean, found.standard_error.mean, found.mean);
    // Variances add: those of the deals and of a compound Poisson count.
    let variance = alone.sd * alone.sd + 25_000.0 * added.expected_bookings;
    near("sd", found.sd, found.standard_error.sd, variance.sqrt());
    let shares: f64 = found.deal_variance_share.iter().sum();
    assert!((shares + added.variance_share - 1.0).abs() < 1e-12);
    // P(total ≥ target) by conditioning on the number of new deals.
    let mut expected = 0.0;
    for count in 0..60_u32 {
        let mass = poisson::at_least(u64::from(count), added.expected_wins)
            - poisson::at_least(u64::from(count) + 1, added.expected_wins);
        let target = 300_000.0 - 25_000.0 * f64::from(count);
        let mut document = json!({"schema": "dealcast/1", "trials": 100, "open_pipeline": {"target": target.max(0.0),
            "already_won": 20_000, "horizon_months": 6, "target_window": {"first_month": 1, "last_month": 4},
            "deals": deals()}});
        document["seed"] = json!(1);
        let scenario = Scenario::from_value(&document).unwrap();
        let at = Forecast::new(&scenario, 0).unwrap().run().open_pipeline.unwrap().prob_at_least_target;
        expected += mass * at;
    }
    near("target", found.prob_at_least_target, found.standard_error.prob_at_least_target, expected);
    assert!(found.prob_at_least_target > alone.prob_at_least_target + 0.05, "{}", found.prob_at_least_target);
    // A deal is worth something else to the target beside new ones, and no more than a certainty.
    assert!(found.deal_swing_interventional.iter().all(|swing| (0.0..=1.0).contains(swing)));
}

#[test]
fn they_are_those_of_the_machines_own_trials() {
    // Without anything open at the start, all that the machine signs is new.
    let empty = json!({"horizon_months": 6, "burn_in_months": 0, "leads_per_month": 400,
        "target_window": {"first_month": 1, "last_month": 4}, "capacity": {"initial_ramped_reps": 4}});
    let found = run(&empty, &json!([]), true, 20_000);
    let (deals, machine) = (found.open_pipeline.unwrap(), found.pipeline_generation.unwrap().simulation.unwrap());
    for (total, bookings) in [
        (deals.p10, machine.figures.bookings_p10),
        (deals.p50, machine.figures.bookings_p50),
        (deals.p90, machine.figures.bookings_p90),
        (deals.mean, machine.figures.bookings_mean),
    ] {
        assert!((total - 20_000.0 - bookings).abs() < 0.01, "{total} {bookings}");
    }
    // What is open at the start is not added: the deals of the list stand for it.
    let mut stocked = empty.clone();
    stocked["burn_in_months"] = json!(60);
    let found = run(&stocked, &json!([]), true, 20_000);
    let machine = found.pipeline_generation.unwrap();
    let added = found.open_pipeline.unwrap().new_deals.unwrap();
    let all: f64 = machine.expected_bookings[..4].iter().sum();
    assert!(added.expected_bookings < 0.5 * all, "{} of {all}", added.expected_bookings);
}

#[test]
fn a_machine_without_leads_adds_nothing() {
    let silent = json!({"leads_per_month": 0});
    let (alone, linked) = (pipeline(&silent, &deals(), false, 10_000), pipeline(&silent, &deals(), true, 10_000));
    assert_eq!(alone.simulated, linked.simulated);
    assert_eq!(alone.cumulative_fan, linked.cumulative_fan);
    assert_eq!((alone.mean, linked.new_deals.unwrap().expected_bookings), (linked.mean, 0.0));
}

#[test]
fn heavy_tails_stay_within_the_units() {
    let wild = json!({"leads_per_month": {"distribution": "lognormal", "mean": 5_000, "coefficient_of_variation": 3},
        "lead_level_coefficient_of_variation": 2, "regimes": [{"from_month": 1, "average_deal": 4_000_000}]});
    let found = pipeline(&wild, &deals(), true, 20_000);
    let machine = run(&wild, &deals(), true, 20_000).pipeline_generation.unwrap();
    assert!(found.mean.is_finite() && found.p90 > found.p50 && found.simulated.mean > 0.0);
    assert!(found.mean < machine.total_expected_bookings);
    let top = found.cumulative_fan.last().unwrap();
    assert!(top.p10 <= top.p50 && top.p50 <= top.p90 && found.p50 <= 1.05 * top.p50, "{top:?} {}", found.p50);
}

#[test]
fn the_link_needs_its_section() {
    let document = json!({"schema": "dealcast/1",
        "open_pipeline": {"target": 1, "deals": [], "new_deals_from": "pipeline_generation"}});
    let errors = Scenario::from_value(&document).unwrap_err();
    assert_eq!((errors.len(), errors[0].path.as_str()), (1, "/pipeline_generation"));
}
