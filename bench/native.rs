//! Times the stages of the reference pipeline natively: `cargo run --release --example native [-- RUNS]`.

use dealcast::forecast::{Effort, Forecast};
use dealcast::scenario::Scenario;
use std::time::Instant;

fn main() {
    let runs: usize = std::env::args().nth(1).map_or(5, |runs| runs.parse().expect("a number of runs"));
    let text = include_str!("reference-pipeline.json");
    let stages = ["read", "prepare", "simulate", "report", "exact", "4,096 trials", "document to part"];
    let mut times = vec![Vec::new(); stages.len()];
    for run in 0..=runs {
        let mut clock = Instant::now();
        let mut lap = |stage: usize| {
            if run > 0 {
                times[stage].push(clock.elapsed().as_secs_f64() * 1e3);
            }
            clock = Instant::now();
        };
        let scenario = Scenario::from_json(text).expect("a valid scenario");
        lap(0);
        let forecast = Forecast::new(&scenario, 1).expect("a valid section");
        lap(1);
        let part = forecast.simulate(0, forecast.blocks());
        lap(2);
        forecast.report(&part, Effort::Preview).expect("a whole part");
        lap(3);
        forecast.report(&part, Effort::Full).expect("a whole part");
        lap(4);
        let preview = Forecast::with_trials(&scenario, 1, 4096).expect("a valid section");
        preview.report(&preview.simulate(0, 1), Effort::Preview).expect("a whole part");
        lap(5);
        let scenario = Scenario::from_json(text).expect("a valid scenario");
        let forecast = Forecast::new(&scenario, 2 + run as u32).expect("a valid section");
        // As bytes, which is how Wasm gives it.
        std::hint::black_box(forecast.simulate(0, forecast.blocks()).to_bytes());
        lap(6);
    }
    for (stage, mut times) in stages.into_iter().zip(times) {
        times.sort_by(f64::total_cmp);
        println!("{stage:<17}{:8.1} ms", times[times.len() / 2]);
    }
}
