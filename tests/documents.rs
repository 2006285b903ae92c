//! The scenario document: what is read, what is refused, and how errors are told.

#[cfg(target_arch = "wasm32")]
use wasm_bindgen_test::wasm_bindgen_test as test;

use dealcast::error::{ErrorCode, InputError};
use dealcast::scenario::Scenario;
use serde_json::{Value, json};

/// The reference cases of all models, with the names of their sections.
const CASES: [&str; 21] = [
    include_str!("golden/A01.json"),
    include_str!("golden/A03.json"),
    include_str!("golden/A05.json"),
    include_str!("golden/A07.json"),
    include_str!("golden/B01.json"),
    include_str!("golden/B03.json"),
    include_str!("golden/B05.json"),
    include_str!("golden/C01.json"),
    include_str!("golden/C03.json"),
    include_str!("golden/C05.json"),
    include_str!("golden/P01.json"),
    include_str!("golden/P03.json"),
    include_str!("golden/P05.json"),
    include_str!("golden/P07.json"),
    include_str!("golden/P09.json"),
    include_str!("golden/V01.json"),
    include_str!("golden/V03.json"),
    include_str!("golden/V05.json"),
    include_str!("golden/V07.json"),
    include_str!("../cases/example-quarter.json"),
    include_str!("../cases/win-rates-from-counts.json"),
];

fn errors(document: &Value) -> Vec<InputError> {
    Scenario::from_value(document).err().unwrap_or_default()
}

fn told(document: &Value) -> Vec<(String, ErrorCode)> {
    errors(document).into_iter().map(|error| (error.path, error.code)).collect()
}

fn deal() -> Value {
    json!({"deal_id": "A", "amount": 1000, "win_probability": 0.5, "expected_close_month": 1})
}

fn with_deal(deal: Value) -> Value {
    json!({"schema": "dealcast/1", "open_pipeline": {"target": 1000, "deals": [deal]}})
}

#[test]
fn every_reference_case_parses() {
    for text in CASES {
        let case: Value = serde_json::from_str(text).unwrap();
        let Some(section) = case["model"].as_str() else {
            assert_eq!(told(&case), [], "{}", case["title"]);
            continue;
        };
        let mut document = json!({"schema": "dealcast/1"});
        document[section] = case["inputs"].clone();
        assert_eq!(told(&document), [], "{}", case["case_id"]);
    }
}

#[test]
fn documents_come_back_as_they_were() {
    for text in [CASES[19], CASES[20]] {
        let document: Value = serde_json::from_str(text).unwrap();
        let scenario = Scenario::from_value(&document).unwrap();
        let again = serde_json::to_value(&scenario).unwrap();
        assert_eq!(Scenario::from_value(&again).unwrap(), scenario);
    }
}

#[test]
fn all_errors_are_told_at_once() {
    let document = json!({
        "schema": "dealcast/1", "currency": "euro", "start_month": "2026-13", "trials": 1.5, "colour": "red",
        "open_pipeline": {
            "target": -1, "latent_correlation": 0.99, "target_window": {"first_month": 3, "last_month": 2},
            "already_won": {"distribution": "uniform", "min": 1, "max": 2},
            "stages": [{"stage": "S", "win_rate": {"won": 5, "closed": 3}}, {"stage": "S", "win_rate": 0.2}],
            "deals": [
                {"deal_id": "A", "amount": {"distribution": "pert", "min": 5, "mode": 3, "max": 4}, "win_probability": 1.2, "expected_close_month": 0},
                {"deal_id": "A", "amount": "12", "expected_close_month": 1, "slippage": {"distribution": "pmf", "probability_by_months_late": [0.5, 0.4]}},
                {"deal_id": "B", "amount": {"distribution": "lognormal", "mean": 10}, "stage": "T", "expected_close_month": 1, "meddic": {"champion": "maybe"}},
                7
            ]
        }
    });
    let mut told = told(&document);
    told.sort();
    let at = "/open_pipeline";
    let mut expected = vec![
        ("/colour".to_owned(), ErrorCode::UnknownField),
        ("/currency".to_owned(), ErrorCode::UnknownChoice),
        ("/start_month".to_owned(), ErrorCode::UnknownChoice),
        ("/trials".to_owned(), ErrorCode::NotAnInteger),
        (format!("{at}/target"), ErrorCode::OutOfRange),
        (format!("{at}/latent_correlation"), ErrorCode::OutOfRange),
        (format!("{at}/target_window/last_month"), ErrorCode::OutOfRange),
        (format!("{at}/already_won"), ErrorCode::CannotVary),
        (format!("{at}/stages/0/win_rate/won"), ErrorCode::WonExceedsClosed),
        (format!("{at}/stages/1/stage"), ErrorCode::Duplicate),
        (format!("{at}/deals/0/amount/mode"), ErrorCode::OutOfOrder),
        (format!("{at}/deals/0/win_probability"), ErrorCode::OutOfRange),
        (format!("{at}/deals/0/expected_close_month"), ErrorCode::OutOfRange),
        (format!("{at}/deals/1/deal_id"), ErrorCode::Duplicate),
        (format!("{at}/deals/1/amount"), ErrorCode::WrongType),
        (format!("{at}/deals/1/slippage/probability_by_months_late"), ErrorCode::SumNotOne),
        (format!("{at}/deals/1/win_probability"), ErrorCode::NoWinRate),
        (format!("{at}/deals/2/amount/coefficient_of_variation"), ErrorCode::MissingField),
        (format!("{at}/deals/2/stage"), ErrorCode::UnknownStage),
        (format!("{at}/deals/2/meddic/champion"), ErrorCode::UnknownChoice),
        (format!("{at}/deals/3"), ErrorCode::WrongType),
    ];
    expected.sort();
    let missing: Vec<_> = expected.iter().filter(|error| !told.contains(error)).collect();
    let unexpected: Vec<_> = told.iter().filter(|error| !expected.contains(error)).collect();
    assert!(missing.is_empty() && unexpected.is_empty(), "missing {missing:?}, unexpected {unexpected:?}");
}

#[test]
fn other_versions_and_other_texts_are_refused() {
    assert_eq!(
        told(&json!({"schema": "dealcast/2", "new": 1})),
        [("/schema".to_owned(), ErrorCode::UnsupportedSchema)]
    );
    assert_eq!(told(&json!({"schema": "dealcast/1"})), [(String::new(), ErrorCode::NoSection)]);
    assert_eq!(told(&json!([])), [(String::new(), ErrorCode::WrongType)]);
    let errors = Scenario::from_json("{\n \"schema\": ").unwrap_err();
    assert_eq!((errors[0].code, errors[0].params["line"].as_u64()), (ErrorCode::JsonSyntax, Some(2)));
    let deep = "[".repeat(100_000);
    assert_eq!(Scenario::from_json(&deep).unwrap_err()[0].code, ErrorCode::JsonSyntax);
}

#[test]
fn an_open_pipeline_alone_takes_more_trials() {
    let deal = json!({"deal_id": "A", "amount": 5, "win_probability": 0.2, "expected_close_month": 1});
    let mut document = json!({"schema": "dealcast/1", "open_pipeline": {"target": 1, "deals": [deal]}});
    let refused = [("/trials".to_owned(), ErrorCode::OutOfRange)];
    for (trials, expected) in [(99, &refused[..]), (100, &[]), (10_000_000, &[]), (10_000_001, &refused)] {
        document["trials"] = json!(trials);
        assert_eq!(told(&document), expected, "{trials}");
    }
    document["arr_cohorts"] = json!({"horizon_months": 12});
    for (trials, expected) in [(1_000_000, &[][..]), (1_000_001, &refused)] {
        document["trials"] = json!(trials);
        assert_eq!(told(&document), expected, "{trials}");
    }
}

#[test]
fn amounts_need_exactly_their_parameters() {
    for (amount, expected) in [
        (json!({"distribution": "fixed", "value": 5, "min": 1}), vec![("min", ErrorCode::UnknownField)]),
        (json!({"distribution": "uniform", "min": 5}), vec![("max", ErrorCode::MissingField)]),
        (json!({"distribution": "uniform", "min": 5, "max": 4}), vec![("max", ErrorCode::OutOfOrder)]),
        (json!({"distribution": "normal", "mean": 5}), vec![("distribution", ErrorCode::UnknownChoice)]),
        (json!({"mean": 5}), vec![("distribution", ErrorCode::MissingField)]),
        (json!({"distribution": "fixed", "value": 5, "colour": 1}), vec![("colour", ErrorCode::UnknownField)]),
        (json!({"distribution": "fixed", "value": 0}), vec![("value", ErrorCode::OutOfRange)]),
        (json!({"distribution": "gamma", "mean": 5, "coefficient_of_variation": 0.5}), vec![]),
    ] {
        let mut bad = deal();
        bad["amount"] = amount.clone();
        let expected: Vec<_> = expected
            .into_iter()
            .map(|(field, code)| (format!("/open_pipeline/deals/0/amount/{field}"), code))
            .collect();
        assert_eq!(told(&with_deal(bad)), expected, "{amount}");
    }
}

#[test]
fn pointers_are_escaped() {
    let document = json!({"schema": "dealcast/1", "a/b~c": 1, "open_pipeline": {"target": 1, "deals": []}});
    assert_eq!(told(&document), [("/a~1b~0c".to_owned(), ErrorCode::UnknownField)]);
}

#[cfg(not(target_arch = "wasm32"))]
mod native {
    use super::*;
    use dealcast::forecast::Forecast;
    use dealcast::report::Report;
    use dealcast::report::what_if::Comparison;
    use proptest::prelude::*;

    #[test]
    fn the_tracked_schemas_are_current() {
        for (name, schema, tracked) in [
            ("scenario", schemars::schema_for!(Scenario), include_str!("../schemas/scenario.schema.json")),
            ("report", schemars::schema_for!(Report), include_str!("../schemas/report.schema.json")),
            ("comparison", schemars::schema_for!(Comparison), include_str!("../schemas/comparison.schema.json")),
        ] {
            let current = serde_json::to_string_pretty(&schema).unwrap();
            assert!(current.trim() == tracked.trim(), "run: npm run schemas (schemas/{name}.schema.json is stale)");
        }
    }

    /// Any JSON value, small.
    fn value() -> impl Strategy<Value = Value> {
        let leaf = prop_oneof![
            Just(Value::Null),
            any::<bool>().prop_map(Value::from),
            any::<f64>().prop_map(|x| serde_json::Number::from_f64(x).map_or(Value::Null, Value::Number)),
            any::<i32>().prop_map(Value::from),
            prop_oneof![Just("fixed"), Just("pert"), Just("D-1"), Just("yes"), Just("\u{0}é")].prop_map(Value::from),
        ];
        leaf.prop_recursive(3, 12, 4, |inner| {
            prop_oneof![
                prop::collection::vec(inner.clone(), 0..4).prop_map(Value::from),
                prop::collection::btree_map(
                    prop_oneof![Just("distribution"), Just("min"), Just("max"), Just("won"), Just("closed"), Just("x")],
                    inner,
                    0..4
                )
                .prop_map(|map| map.into_iter().map(|(key, value)| (key.to_owned(), value)).collect()),
            ]
        })
    }

    /// All pointers of a document.
    fn pointers(value: &Value, at: String, found: &mut Vec<String>) {
        match value {
            Value::Object(map) => map.iter().for_each(|(key, value)| pointers(value, format!("{at}/{key}"), found)),
            Value::Array(list) => {
                list.iter().enumerate().for_each(|(i, value)| pointers(value, format!("{at}/{i}"), found))
            }
            _ => {}
        }
        found.push(at);
    }

    proptest! {
        #![proptest_config(ProptestConfig { cases: 1500, rng_seed: proptest::test_runner::RngSeed::Fixed(1), failure_persistence: None, ..ProptestConfig::default() })]

        /// Whatever is put in whatever place: errors or a report, never a panic; and every error is
        /// located where the document has a value, or in an object that lacks one.
        #[test]
        fn a_changed_document_is_refused_or_computed(place in any::<prop::sample::Index>(), value in value()) {
            let mut document: Value = serde_json::from_str(include_str!("golden/A05.json")).unwrap();
            let mut document = json!({"schema": "dealcast/1", "trials": 100, "seed": 1, "open_pipeline": document["inputs"].take()});
            let mut places = Vec::new();
            pointers(&document, String::new(), &mut places);
            *document.pointer_mut(&places[place.index(places.len())]).unwrap() = value;
            match Scenario::from_value(&document) {
                Ok(scenario) => {
                    if let Ok(forecast) = Forecast::new(&scenario, 1) {
                        let part = forecast.simulate(0, 1);
                        let report = forecast.report(&part, dealcast::forecast::Effort::Preview).unwrap();
                        prop_assert!(report.open_pipeline.unwrap().mean.is_finite());
                    }
                }
                Err(errors) => {
                    prop_assert!(!errors.is_empty());
                    for error in errors {
                        let parent = error.path.rsplit_once('/').map_or("", |(parent, _)| parent);
                        prop_assert!(
                            document.pointer(&error.path).is_some() || document.pointer(parent).is_some(),
                            "{} leads nowhere", error.path
                        );
                    }
                }
            }
        }

        #[test]
        fn any_text_is_refused_or_read(text in prop::collection::vec(any::<char>(), 0..200)) {
            let text: String = text.into_iter().collect();
            prop_assert!(Scenario::from_json(&text).is_err());
        }
    }
}
