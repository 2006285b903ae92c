//! Times the models by month natively, each alone: milliseconds of processor time for 100,000 trials × 36 months on
//! one core, the median of a few runs: `cargo run --release --example models [-- RUNS [NAME]]`. Their defaults are the
//! reference cases C01, B01, P05 and V05; "uncertain" puts laws on the inputs that matter most, as the worked cases do.
//! In Wasm: `node bench/models.mjs`.

use dealcast::forecast::Forecast;
use dealcast::report::what_if::Outcome;
use dealcast::scenario::Scenario;
use serde::Deserialize;
use serde_json::{Map, Value, json};
use std::time::Instant;

#[derive(Deserialize)]
struct Workload {
    name: String,
    /// Asks for the model.
    outcome: Outcome,
    sections: Map<String, Value>,
}

/// Nanoseconds that this thread was on a processor, which other work on the machine moves least; where the system
/// does not say, those on the clock.
fn busy(start: Instant) -> u128 {
    let spent = std::fs::read_to_string("/proc/thread-self/schedstat").ok();
    let spent = spent.and_then(|text| text.split(' ').next()?.parse().ok());
    spent.unwrap_or_else(|| start.elapsed().as_nanos())
}

fn main() {
    let mut arguments = std::env::args().skip(1);
    let runs: usize = arguments.next().map_or(5, |runs| runs.parse().expect("a number of runs"));
    let only = arguments.next().unwrap_or_default();
    let workloads: Vec<Workload> = serde_json::from_str(include_str!("models.json")).expect("workloads");
    let start = Instant::now();
    for Workload { name, outcome, sections } in
        workloads.into_iter().filter(|workload| workload.name.starts_with(&only))
    {
        let mut document = json!({"schema": "dealcast/1", "seed": 1, "trials": 100_000});
        document.as_object_mut().expect("an object").extend(sections);
        let scenario = Scenario::from_value(&document).expect("a valid scenario");
        let mut times: Vec<f64> = (0..=runs)
            .map(|_| {
                let before = busy(start);
                let forecast = Forecast::new(&scenario, 0).expect("valid sections");
                drop(forecast.simulate_for(outcome, 0, forecast.blocks()));
                (busy(start) - before) as f64 / 1e6
            })
            .skip(1)
            .collect();
        times.sort_by(f64::total_cmp);
        println!("{name:<36}{:8.1} ms", times[times.len() / 2]);
    }
}
