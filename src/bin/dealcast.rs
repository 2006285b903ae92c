//! The command line: scenarios in, reports out.

use dealcast::error::InputError;
use dealcast::forecast::Forecast;
use dealcast::report::Report;
use dealcast::report::what_if::Comparison;
use dealcast::scenario::Scenario;
use dealcast::seed::new_seed;
use dealcast::what_if::{CompareOptions, compare};
use std::io::{BufRead, Read, Write};
use std::process::ExitCode;

const USAGE: &str = "\
dealcast: sales forecasts with honest ranges

usage:
  dealcast run FILE [--pretty]   print the report of a scenario file (- for standard input)
  dealcast run FILE --lines      a scenario per line in, a report (or its errors) per line out
  dealcast compare FILE OUTCOME  print a scenario beside its plans (OUTCOME: pipeline_total, closing_arr, vendor_npv…)
  dealcast check FILE            print the errors of a scenario file
  dealcast schema scenario       print the JSON Schema of scenario documents
  dealcast schema report         print the JSON Schema of report documents
  dealcast schema comparison     print the JSON Schema of comparisons
  dealcast --version

exit code: 0 done, 2 invalid scenario (errors as JSON on standard error), 1 anything else";

/// Why the program stops.
enum Failure {
    /// The scenario is invalid.
    Invalid(Vec<InputError>),
    /// Some lines were.
    InvalidLines,
    /// The words of the call are.
    Usage(String),
    /// Files, pipes.
    System(String),
}

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
    match dispatch(&arguments) {
        Ok(()) => ExitCode::SUCCESS,
        Err(Failure::Invalid(errors)) => {
            eprintln!("{}", json(&errors));
            ExitCode::from(2)
        }
        Err(Failure::InvalidLines) => ExitCode::from(2),
        Err(Failure::Usage(message)) => {
            eprintln!("dealcast: {message}\n\n{USAGE}");
            ExitCode::from(1)
        }
        Err(Failure::System(message)) => {
            eprintln!("dealcast: {message}");
            ExitCode::from(1)
        }
    }
}

fn dispatch(arguments: &[&str]) -> Result<(), Failure> {
    match arguments {
        ["run", file] => print(&report(&read(file)?)?, false),
        ["run", file, "--pretty"] | ["run", "--pretty", file] => print(&report(&read(file)?)?, true),
        ["run", file, "--lines"] | ["run", "--lines", file] => run_lines(file),
        ["compare", file, outcome] => print(&comparison(&read(file)?, outcome)?, true),
        ["check", file] => Scenario::from_json(&read(file)?).map(|_| ()).map_err(Failure::Invalid),
        ["schema", "scenario"] => print(&schemars::schema_for!(Scenario), true),
        ["schema", "report"] => print(&schemars::schema_for!(Report), true),
        ["schema", "comparison"] => print(&schemars::schema_for!(Comparison), true),
        ["--version" | "-V"] => line(&format!("dealcast {}", env!("CARGO_PKG_VERSION"))),
        ["--help" | "-h" | "help"] => line(USAGE),
        [] => Err(Failure::Usage("nothing to do".to_owned())),
        other => Err(Failure::Usage(format!("cannot read the call: {}", other.join(" ")))),
    }
}

fn report(text: &str) -> Result<Report, Failure> {
    let scenario = Scenario::from_json(text).map_err(Failure::Invalid)?;
    let seed = seed_of(&scenario)?;
    Ok(Forecast::new(&scenario, seed).map_err(Failure::Invalid)?.run())
}

/// A scenario beside its plans.
fn comparison(text: &str, outcome: &str) -> Result<Comparison, Failure> {
    let outcome = serde_json::from_value(serde_json::Value::from(outcome))
        .map_err(|error| Failure::Usage(format!("no such outcome: {error}")))?;
    let options = CompareOptions { outcome, target: None, trials: None };
    let scenario = Scenario::from_json(text).map_err(Failure::Invalid)?;
    let seed = seed_of(&scenario)?;
    let document = serde_json::to_value(&scenario).map_err(|error| Failure::System(error.to_string()))?;
    compare(&document, &options, seed, &mut None).map_err(Failure::Invalid)
}

fn seed_of(scenario: &Scenario) -> Result<u32, Failure> {
    match scenario.seed {
        Some(seed) => Ok(seed),
        None => new_seed().map_err(|error| Failure::System(format!("no random seed: {error}"))),
    }
}

/// A scenario per line; a line that is invalid gives its errors, and the others still run.
fn run_lines(file: &str) -> Result<(), Failure> {
    let input: Box<dyn BufRead> = match file {
        "-" => Box::new(std::io::stdin().lock()),
        path => Box::new(std::io::BufReader::new(std::fs::File::open(path).map_err(|error| unreadable(path, &error))?)),
    };
    let mut all_valid = true;
    for text in input.lines() {
        let text = text.map_err(|error| unreadable(file, &error))?;
        if text.trim().is_empty() {
            continue;
        }
        match report(&text) {
            Ok(report) => print(&report, false)?,
            Err(Failure::Invalid(errors)) => {
                all_valid = false;
                line(&json(&serde_json::json!({ "errors": errors })))?;
            }
            Err(failure) => return Err(failure),
        }
    }
    if all_valid { Ok(()) } else { Err(Failure::InvalidLines) }
}

fn read(file: &str) -> Result<String, Failure> {
    let mut text = String::new();
    match file {
        "-" => std::io::stdin().read_to_string(&mut text).map(|_| ()),
        path => std::fs::File::open(path).and_then(|mut file| file.read_to_string(&mut text)).map(|_| ()),
    }
    .map_err(|error| unreadable(file, &error))?;
    Ok(text)
}

fn unreadable(file: &str, error: &std::io::Error) -> Failure {
    Failure::System(format!("cannot read {file}: {error}"))
}

fn json(value: &impl serde::Serialize) -> String {
    serde_json::to_string(value).unwrap_or_else(|error| format!("{{\"error\":\"{error}\"}}"))
}

fn print(value: &impl serde::Serialize, pretty: bool) -> Result<(), Failure> {
    let text = if pretty { serde_json::to_string_pretty(value) } else { serde_json::to_string(value) };
    line(&text.map_err(|error| Failure::System(error.to_string()))?)
}

fn line(text: &str) -> Result<(), Failure> {
    writeln!(std::io::stdout(), "{text}").map_err(|error| Failure::System(format!("cannot write: {error}")))
}
