//! The simulation stops where the error asked for is reached, and workers agree on where that is.

#[cfg(target_arch = "wasm32")]
use wasm_bindgen_test::wasm_bindgen_test as test;

use dealcast::error::ErrorCode;
use dealcast::forecast::{Effort, Forecast, PILOT, Part};
use dealcast::scenario::Scenario;
use serde_json::{Value, json};

/// Standard errors in the half-width of a 99 % interval.
const Z: f64 = 2.575_829_303_548_901;

/// One deal, hence a probability that is known.
fn document(probability: f64, stop: Value, trials: Value) -> Value {
    json!({"schema": "dealcast/1", "seed": 3, "trials": trials, "stop_at_half_width": stop,
        "open_pipeline": {"target": 100, "deals": [{"deal_id": "A", "amount": {"distribution": "fixed", "value": 100},
            "win_probability": probability, "expected_close_month": 1, "slippage": {"distribution": "none"}}]}})
}

fn read(document: &Value) -> Scenario {
    Scenario::from_value(document).unwrap()
}

#[test]
fn enough_trials_are_run_and_not_many_more() {
    for (probability, half_width, trials) in [(0.5, 0.005, 200_000), (0.1, 0.004, 200_000), (0.03, 0.01, 200_000)] {
        let scenario = read(&document(probability, json!(half_width), json!(trials)));
        let report = Forecast::new(&scenario, 0).unwrap().run();
        let error = report.open_pipeline.unwrap().standard_error.prob_at_least_target;
        assert!(Z * error <= half_width, "{probability}: {error}");
        let needed = (Z / half_width) * (Z / half_width) * probability * (1.0 - probability);
        // The pilot's interval may cost a tenth more at 0.1, and a block.
        let most = (1.1 * needed + 4096.0).max(f64::from(PILOT));
        assert!(f64::from(report.trials) <= most && report.trials % 4096 == 0, "{probability}: {}", report.trials);
        assert!(report.trials < trials && report.trials >= PILOT);
    }
}

#[test]
fn all_trials_are_run_without_a_rule_or_where_it_asks_for_more() {
    let trials = |stop: Value, trials: Value| Forecast::new(&read(&document(0.5, stop, trials)), 0).unwrap().trials();
    assert_eq!(trials(json!(null), json!(150_000)), 150_000);
    assert_eq!(trials(json!(0.001), json!(150_000)), 150_000);
    assert_eq!(trials(json!(0.1), json!(10_000)), 10_000);
    // Neither stated: half a point, of at most 102,400 trials.
    assert_eq!(trials(json!(null), json!(null)), 17 * 4096);
    // No target, no probability to stop at.
    let scenario = read(&json!({"schema": "dealcast/1", "trials": 30_000, "stop_at_half_width": 0.1, "seed": 1,
        "pipeline_generation": {"horizon_months": 2}}));
    assert_eq!(Forecast::new(&scenario, 0).unwrap().trials(), 30_000);
    let errors = Scenario::from_value(&document(0.5, json!(0.2), json!(null))).unwrap_err();
    assert_eq!((errors[0].path.as_str(), errors[0].code), ("/stop_at_half_width", ErrorCode::OutOfRange));
}

#[test]
fn parts_from_workers_give_the_report_of_one_run() {
    let scenario = read(&document(0.2, json!(0.006), json!(200_000)));
    let forecast = Forecast::new(&scenario, 0).unwrap();
    let expected = serde_json::to_string(&forecast.run()).unwrap();
    // Workers prepare all trials and are told how many blocks to simulate.
    let worker = Forecast::with_trials(&scenario, 0, scenario.trials()).unwrap();
    let blocks = forecast.blocks();
    assert!(blocks < worker.blocks());
    let parts = [worker.simulate(3, blocks - 3), worker.simulate(0, 3)];
    let whole = parts.iter().map(|part| Part::from_bytes(&part.to_bytes()).unwrap());
    let whole = whole.reduce(|a, b| a.merged(b).unwrap()).unwrap();
    let report = forecast.report(&whole, Effort::Full).unwrap();
    assert_eq!(serde_json::to_string(&report).unwrap(), expected);
}
