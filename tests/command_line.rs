//! The command line as a shell sees it.
#![cfg(not(target_arch = "wasm32"))]

use serde_json::{Value, json};
use std::io::Write;
use std::process::{Command, Output, Stdio};

fn dealcast(arguments: &[&str], input: &str) -> Output {
    let mut child = Command::new(env!("CARGO_BIN_EXE_dealcast"))
        .args(arguments)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    child.stdin.take().unwrap().write_all(input.as_bytes()).unwrap();
    child.wait_with_output().unwrap()
}

fn scenario() -> Value {
    json!({"schema": "dealcast/1", "trials": 1000, "seed": 3, "open_pipeline": {"target": 5000, "deals": [
        {"deal_id": "A", "amount": 6000, "win_probability": 0.5, "expected_close_month": 1}]}})
}

fn parsed(bytes: &[u8]) -> Value {
    serde_json::from_slice(bytes).unwrap()
}

#[test]
fn a_scenario_gives_its_report() {
    let output = dealcast(&["run", "-"], &scenario().to_string());
    assert_eq!(output.status.code(), Some(0));
    let report = parsed(&output.stdout);
    assert_eq!((&report["schema"], &report["seed"]), (&json!("dealcast-report/1"), &json!(3)));
    assert!(report["open_pipeline"]["prob_at_least_target"].as_f64().unwrap() > 0.3);
    assert_eq!(dealcast(&["run", "-"], &scenario().to_string()).stdout, output.stdout, "the same bytes");
    assert_eq!(parsed(&dealcast(&["run", "-", "--pretty"], &scenario().to_string()).stdout), report);
}

#[test]
fn a_run_without_a_seed_draws_one_that_replays_it() {
    let mut document = scenario();
    document.as_object_mut().unwrap().remove("seed");
    let drawn = parsed(&dealcast(&["run", "-"], &document.to_string()).stdout);
    document["seed"] = drawn["seed"].clone();
    assert_eq!(parsed(&dealcast(&["run", "-"], &document.to_string()).stdout), drawn);
}

#[test]
fn an_invalid_scenario_gives_its_errors_and_exit_code_2() {
    let mut document = scenario();
    document["open_pipeline"]["deals"][0]["win_probability"] = json!(2);
    document["colour"] = json!("red");
    for call in [["run", "-"], ["check", "-"]] {
        let output = dealcast(&call, &document.to_string());
        assert_eq!((output.status.code(), output.stdout.len()), (Some(2), 0));
        let errors = parsed(&output.stderr);
        let paths: Vec<_> = errors.as_array().unwrap().iter().map(|error| error["path"].clone()).collect();
        assert_eq!(paths, ["/colour", "/open_pipeline/deals/0/win_probability"]);
    }
}

#[test]
fn lines_answer_lines() {
    let lines = format!("{}\n\n{{\"schema\": 1}}\n{}\n", scenario(), scenario());
    let output = dealcast(&["run", "-", "--lines"], &lines);
    assert_eq!(output.status.code(), Some(2), "one line is invalid");
    let answers: Vec<Value> = output.stdout.split(|b| *b == b'\n').filter(|l| !l.is_empty()).map(parsed).collect();
    assert_eq!(answers.len(), 3);
    assert_eq!(answers[0], answers[2]);
    assert_eq!(answers[1]["errors"][0]["code"], "unsupported_schema");
}

#[test]
fn a_scenario_is_compared_with_its_plans() {
    let mut document = scenario();
    let change = json!({"at": "/open_pipeline/deals/=A/win_probability", "set": 0.8});
    document["plans"] = json!([{"name": "Better", "levers": [{"name": "Discipline", "changes": [change]}]}]);
    let output = dealcast(&["compare", "-", "pipeline_total"], &document.to_string());
    assert_eq!(output.status.code(), Some(0));
    let comparison = parsed(&output.stdout);
    assert_eq!((&comparison["schema"], &comparison["trials"]), (&json!("dealcast-comparison/1"), &json!(1000)));
    assert_eq!(comparison["scenarios"][1]["plan"], "Better");
    assert!(comparison["scenarios"][1]["difference"]["prob_target"].as_f64().unwrap() > 0.2);
    assert_eq!(dealcast(&["compare", "-", "fortune"], &document.to_string()).status.code(), Some(1));
    assert_eq!(dealcast(&["compare", "-", "partner_npv"], &document.to_string()).status.code(), Some(2));
}

#[test]
fn other_calls_say_how_to_call() {
    for call in [&["run"][..], &["walk", "-"], &[], &["run", "no-such-file.json"]] {
        let output = dealcast(call, "");
        assert_eq!(output.status.code(), Some(1), "{call:?}");
        assert!(!output.stderr.is_empty());
    }
    for (schema, title) in [("scenario", "Scenario"), ("report", "Report"), ("comparison", "Comparison")] {
        assert_eq!(parsed(&dealcast(&["schema", schema], "").stdout)["title"], title);
    }
}
