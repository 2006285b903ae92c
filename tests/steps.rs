//! Long computations taken in steps: short ones, that others may come between, with the same bytes.

use dealcast::forecast::{Effort, Forecast};
use dealcast::report::Report;
use dealcast::report::what_if::{Outcome, Statistic};
use dealcast::scenario::Scenario;
use dealcast::steps::step;
use dealcast::what_if::{
    CompareOptions, FigureOptions, SensitivityOptions, compare, compare_in_steps, sensitivity, sensitivity_in_steps,
};
use serde_json::Value;
use std::pin::pin;
#[cfg(target_arch = "wasm32")]
use wasm_bindgen_test::wasm_bindgen_test as test;

/// The document of a worked case.
macro_rules! case {
    ($name:literal) => {
        serde_json::from_str::<Value>(include_str!(concat!("../cases/", $name, ".json"))).unwrap()
    };
}

fn read(document: &Value) -> Scenario {
    Scenario::from_value(document).unwrap()
}

fn text(report: &Report) -> String {
    serde_json::to_string(report).unwrap()
}

/// The report, and the steps that it took.
fn stepped(forecast: &Forecast) -> (Report, usize) {
    let mut work = pin!(async {
        let part = forecast.simulate_in_steps(0, forecast.blocks()).await;
        forecast.report_in_steps(&part, Effort::Full).await.unwrap()
    });
    let mut steps = 1;
    loop {
        if let Some(report) = step(work.as_mut()) {
            return (report, steps);
        }
        steps += 1;
    }
}

#[test]
fn reports_of_the_cases_take_many_short_steps_to_the_same_bytes() {
    // Fewest steps of two blocks and their report. Fewer would be longer ones: the exact engine and each analysis of
    // sensitivity alone take a hundred.
    for (document, fewest) in [
        (case!("example-quarter"), 150),
        (case!("win-rates-from-counts"), 5),
        (case!("partner-programme-selective"), 500),
        (case!("cybersecurity-machine-after"), 64),
        (case!("analytics-scale-up-after"), 150),
    ] {
        let scenario = read(&document);
        let forecast = Forecast::with_trials(&scenario, 1, 8192).unwrap();
        let (report, steps) = stepped(&forecast);
        assert_eq!(text(&report), text(&forecast.run()));
        assert!(steps >= fewest, "{steps} steps of {:?}", scenario.title);
    }
}

#[test]
fn computations_that_take_turns_do_not_disturb_each_other() {
    let scenarios = [case!("example-quarter"), case!("partner-programme-selective")].map(|document| read(&document));
    let forecasts = scenarios.each_ref().map(|scenario| Forecast::with_trials(scenario, 1, 4096).unwrap());
    let whole = async |forecast: &Forecast| {
        let part = forecast.simulate_in_steps(0, forecast.blocks()).await;
        forecast.report_in_steps(&part, Effort::Full).await.unwrap()
    };
    let (mut first, mut second) = (pin!(whole(&forecasts[0])), pin!(whole(&forecasts[1])));
    let (mut one, mut other) = (None, None);
    while one.is_none() || other.is_none() {
        one = one.or_else(|| step(first.as_mut()));
        other = other.or_else(|| step(second.as_mut()));
    }
    assert_eq!([one, other].map(|report| text(&report.unwrap())), forecasts.each_ref().map(|alone| text(&alone.run())));
}

#[test]
fn what_if_questions_take_steps_to_the_same_answers() {
    let document = case!("example-quarter");
    let options = CompareOptions { outcome: Outcome::PipelineTotal, target: None, trials: Some(8192) };
    let mut kept = None;
    let mut asked = pin!(compare_in_steps(&document, &options, 1, &mut kept));
    let mut steps = 1;
    let found = loop {
        match step(asked.as_mut()) {
            Some(found) => break found.unwrap(),
            None => steps += 1,
        }
    };
    assert_eq!(found, compare(&document, &options, 1, &mut None).unwrap());
    assert!(steps > 2, "{steps}");

    let figure = FigureOptions {
        outcome: Outcome::PipelineTotal,
        statistic: Statistic::Mean,
        target: None,
        month: None,
        trials: Some(4096),
        plan: None,
    };
    let options = SensitivityOptions { figure, swing: None, variance: Some(true) };
    let mut none = |_: f64| {};
    let mut asked = pin!(sensitivity_in_steps(&document, &options, 1, &mut none));
    let mut steps = 1;
    let found = loop {
        match step(asked.as_mut()) {
            Some(found) => break found.unwrap(),
            None => steps += 1,
        }
    };
    assert_eq!(found, sensitivity(&document, &options, 1, &mut |_| {}).unwrap());
    // The base, and both ends of each input.
    assert!(steps > 2 * found.bars.len(), "{steps}");
}
