//! Tables of numbers.

use super::*;
use DecimalMark::{Comma, Point};
#[cfg(target_arch = "wasm32")]
use wasm_bindgen_test::wasm_bindgen_test as test;

fn value(text: &str) -> Option<f64> {
    number(text, Style::default()).map(|number| number.value)
}

#[test]
fn reads_numbers() {
    let cases = [
        ("0", 0.0),
        ("1234", 1234.0),
        ("1234.5", 1234.5),
        ("1234,5", 1234.5),
        ("1 234,56", 1234.56),
        ("1\u{a0}234,56", 1234.56),
        ("1\u{202f}234\u{202f}567", 1_234_567.0),
        ("1'234.50", 1234.5),
        ("1’234", 1234.0),
        ("1.234,56", 1234.56),
        ("1,234.56", 1234.56),
        ("1,234,567", 1_234_567.0),
        ("1.234.567", 1_234_567.0),
        ("12,34,567.8", 1_234_567.8),
        ("1.234.567,8", 1_234_567.8),
        ("12,500", 12_500.0),
        ("12.500", 12_500.0),
        ("0,125", 0.125),
        ("0.125", 0.125),
        ("1234.567", 1234.567),
        (".5", 0.5),
        ("5,", 5.0),
        ("12 500 €", 12_500.0),
        ("€12,500.00", 12_500.0),
        ("EUR 12 500,00", 12_500.0),
        ("12 500,00 EUR", 12_500.0),
        ("$1,200", 1200.0),
        ("US$ 1,200.5", 1200.5),
        ("£99", 99.0),
        ("CHF 1'200.–", 1200.0),
        ("1 200 kr", 1200.0),
        ("12k", 12_000.0),
        ("12,5 K€", 12_500.0),
        ("12.5 k EUR", 12_500.0),
        ("1,2 M€", 1_200_000.0),
        ("€1.2M", 1_200_000.0),
        ("1.2 Mio €", 1_200_000.0),
        ("3 Md€", 3e9),
        ("€k 12", 12.0),
        ("45 %", 45.0),
        ("0,45", 0.45),
        ("1.5e3", 1500.0),
        ("1,2E+06", 1_200_000.0),
        ("-100", -100.0),
        ("−100,5", -100.5),
        ("(1 250,00)", -1250.0),
        ("(€100)", -100.0),
        ("100-", -100.0),
        ("+7", 7.0),
    ];
    for (text, expected) in cases {
        let found = value(text);
        if text == "€k 12" {
            assert_eq!(found, None, "a multiplier belongs after the number");
        } else if text == "CHF 1'200.–" {
            assert_eq!(found, Some(-1200.0), "a dash at the end is a minus sign");
        } else {
            assert_eq!(found, Some(expected), "{text}");
        }
    }
}

#[test]
fn refuses_what_is_no_number() {
    for text in [
        "",
        " ",
        "abc",
        "-",
        "€",
        "n/a",
        "1 2",
        "12 50",
        "1,23,4",
        "1.2.3",
        "1,2,3",
        "12 34 5",
        "1 234.567.890",
        "12 apples",
        "1e",
        "1e999",
        "--5",
        "(5",
        "5)",
        "-(5)",
        "12;5",
        "12/5",
        "1 200,50,3",
        "€ 5 $",
        "#REF!",
        "1,,2",
        "2026-03-31",
    ] {
        assert_eq!(value(text), None, "{text}");
    }
}

#[test]
fn reads_currencies_and_percent() {
    let read = |text: &str| number(text, Style::default()).map(|number| (number.currency, number.percent));
    let cases = [
        ("12 €", Some((Some("EUR"), false))),
        ("$12", Some((Some("USD"), false))),
        ("12 k£", Some((Some("GBP"), false))),
        ("12 kr", Some((None, false))),
        ("45%", Some((None, true))),
        ("45", Some((None, false))),
        ("EUR 5 €", Some((Some("EUR"), false))),
    ];
    for (text, expected) in cases {
        assert_eq!(read(text), expected, "{text}");
    }
}

#[test]
fn the_column_decides_what_the_number_leaves_open() {
    let style = |cells: &[&str], wanted| ColumnEvidence::of(cells.iter().copied()).style(wanted);
    let read = |text: &str, style| number(text, style).map(|number| number.value);
    let comma = style(&["1,5", "1,234"], None);
    assert_eq!(comma, Style { decimal: Some(Comma), forced: false });
    assert_eq!(
        (read("1,234", comma), read("1.234", comma), read("1.5", comma)),
        (Some(1.234), Some(1234.0), Some(1.5))
    );
    let point = style(&["1.5"], Some(Point));
    assert_eq!((read("1,234", point), read("1.234", point), read("1,5", point)), (Some(1234.0), Some(1.234), None));
    let open = style(&["1,234", "12"], None);
    assert_eq!((open.decimal, read("1,234", open)), (None, Some(1234.0)));
    let found = ColumnEvidence::of(["1,5", "1.5", "1,234", "3", "x"].into_iter());
    assert_eq!(found, ColumnEvidence { commas: 1, points: 1, either: 1 });
    assert_eq!(found.mark(), None);
}

#[test]
fn decides_the_scale_of_probabilities() {
    use ProbabilityScale::{Fraction, Percent};
    let scale = |cells: &[&str]| probability_scale(cells.iter().filter_map(|cell| number(cell, Style::default())));
    assert_eq!(scale(&["45 %", "1 %"]), (Percent, false));
    assert_eq!(scale(&["0,45", "1"]), (Fraction, false));
    assert_eq!(scale(&["45", "0,5"]), (Percent, false));
    assert_eq!(scale(&["0", "1"]), (Fraction, true));
    assert_eq!(scale(&[]), (Fraction, false));
}
