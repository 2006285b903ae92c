//! Short files, each for one rule.

use super::*;
#[cfg(target_arch = "wasm32")]
use wasm_bindgen_test::wasm_bindgen_test as test;

#[test]
fn every_reason_is_reported() {
    let result = read("Name,Amount,Close date,Stage,Probability\nA,-5,soon,,140 %\nB,0,2040-01-01,X,abc\n");
    let found: Vec<_> = result.errors.iter().map(|error| (error.row, error.column, error.code)).collect();
    use ErrorCode::{CsvDateTooLate, CsvNotADate, CsvNotANumber, CsvNotPositive, OutOfRange};
    assert_eq!(
        found,
        [
            (Some(2), Some(2), CsvNotPositive),
            (Some(2), Some(3), CsvNotADate),
            (Some(2), Some(5), OutOfRange),
            (Some(3), Some(2), CsvNotPositive),
            (Some(3), Some(3), CsvDateTooLate),
            (Some(3), Some(5), CsvNotANumber),
        ]
    );
    assert_eq!((result.rows, result.bad_rows, result.deals.len()), (2, 2, 0));
}

#[test]
fn rows_of_another_length() {
    let result =
        read("Name,Amount,Close date,Stage,Owner\nA,5,2026-04-01,X\nB,1,200,2026-04-01,X,Y\nC\nD,5,2026-04-01,X,Y,,\n");
    let names: Vec<_> = result.deals.iter().filter_map(|deal| deal.name.as_deref()).collect();
    assert_eq!(names, ["A", "D"]);
    assert!(note(&result, CsvNoteCode::ShortRows));
    let found: Vec<_> =
        result.errors.iter().map(|e| (e.row, e.code, &e.params["expected"], &e.params["found"])).collect();
    let (five, six, one) = (&5.into(), &6.into(), &1.into());
    assert_eq!(found, [(Some(3), ErrorCode::CsvCellCount, five, six), (Some(4), ErrorCode::CsvCellCount, five, one)]);
}

#[test]
fn duplicates_and_made_identifiers() {
    let result = read(
        "ID,Name,Amount,Close date,Stage\n1,A,5,2026-04-01,X\n1,B,5,2026-04-01,X\n,C,5,2026-04-01,X\n,C,6,2026-04-01,X\nC,D,5,2026-04-01,X\n",
    );
    let ids: Vec<_> = result.deals.iter().map(|deal| deal.deal_id.as_str()).collect();
    assert_eq!(ids, ["1", "C #2", "C #3", "C"]);
    let error = &result.errors[0];
    assert_eq!((error.code, error.row, error.column), (ErrorCode::CsvDuplicate, Some(3), Some(1)));
    assert_eq!(error.params["first_row"], 2);
}

#[test]
fn ambiguous_dates_and_decimals_are_flagged() {
    let result = read("Name,Amount,Close date,Stage\nA,\"1,234\",04/05/2026,X\n");
    let detected = result.detected.as_ref().unwrap();
    assert_eq!((detected.date_order, detected.date_order_ambiguous), (Some(DateOrder::Mdy), true));
    assert!(detected.decimal_ambiguous);
    assert_eq!((amounts(&result), months(&result)), (vec![1234.0], vec![2]));
    let french = read("Nom;Montant;Date de clôture;Étape\nA;1.234;04/05/2026;X\n");
    let detected = french.detected.as_ref().unwrap();
    assert_eq!((detected.date_order, detected.date_order_ambiguous), (Some(DateOrder::Dmy), true));
    assert_eq!((amounts(&french), months(&french)), (vec![1234.0], vec![3]));
    let chosen = CsvOptions { decimal: Some(DecimalMark::Comma), date_order: Some(DateOrder::Dmy), ..options() };
    let chosen = import(b"Name,Amount,Close date,Stage\nA,\"1,234\",04/05/2026,X\n", &chosen);
    let detected = chosen.detected.as_ref().unwrap();
    assert!(!detected.date_order_ambiguous && !detected.decimal_ambiguous);
    assert_eq!((amounts(&chosen), months(&chosen)), (vec![1.234], vec![3]));
}

#[test]
fn month_one_without_a_start_month() {
    let text = b"Name,Amount,Close date,Stage\nA,5,2026-05-04,X\nB,5,2026-04-30,X\nC,5,2025-01-01,Closed won\n";
    let result = import(text, &CsvOptions::default());
    assert_eq!(result.detected.as_ref().unwrap().start_month.as_deref(), Some("2026-04"));
    assert!(note(&result, CsvNoteCode::StartMonthFromFile));
    assert_eq!((months(&result), result.overdue), (vec![2, 1], 0));
    let today = CsvOptions { today: Some("2026-05-01".into()), ..CsvOptions::default() };
    let result = import(text, &today);
    assert_eq!((months(&result), result.overdue), (vec![1, 1], 1));
    // Month 1 is past: what is overdue is expected in the month of today.
    let past =
        CsvOptions { start_month: Some("2026-01".into()), today: Some("2026-05-01".into()), ..CsvOptions::default() };
    let result = import(text, &past);
    assert_eq!((months(&result), result.overdue), (vec![5, 5], 1));
    let wrong = CsvOptions { start_month: Some("soon".into()), today: Some("1 May".into()), ..CsvOptions::default() };
    let result = import(text, &wrong);
    let paths: Vec<_> = result.errors.iter().map(|error| error.path.as_str()).collect();
    assert_eq!((paths, result.deals.len()), (vec!["/today", "/start_month"], 2));
}

#[test]
fn won_deals_count_in_the_window() {
    let text = b"Name,Amount,Close date,Stage\nA,5,2026-02-28,Closed won\nB,7,2026-03-01,Closed won\nC,9,2026-05-31,Won\nD,11,2026-06-01,Won\nE,?,2026-04-01,Won\n";
    let result = import(text, &options());
    sound(&result);
    assert_eq!((result.won.deals_in_window, result.won.amount_in_window, result.won.unreadable), (2, 16.0, 1));
    let months: Vec<_> = result.won.by_month.iter().map(|won| (won.month.as_str(), won.deals, won.amount)).collect();
    assert_eq!(months, [("2026-02", 1, 5.0), ("2026-03", 1, 7.0), ("2026-05", 1, 9.0), ("2026-06", 1, 11.0)]);
    let window = CsvOptions { target_window: Some(TargetWindow { first_month: 4, last_month: 4 }), ..options() };
    assert_eq!(import(text, &window).won.amount_in_window, 11.0);
}

#[test]
fn files_that_are_no_deals() {
    for (bytes, code) in [
        (&b""[..], ErrorCode::CsvEmpty),
        (b"\r\n\r\n", ErrorCode::CsvEmpty),
        (b"Name,Amount,Close date,Stage\n", ErrorCode::CsvEmpty),
        (b"\xff\xfea", ErrorCode::CsvEncoding),
        (b"a;b\n1;2\n", ErrorCode::CsvNoColumn),
    ] {
        let result = import(bytes, &options());
        assert_eq!(result.errors.first().map(|error| error.code), Some(code));
        assert!(result.deals.is_empty());
        assert_eq!(result.rows, result.bad_rows);
    }
    let large = vec![b'a'; dealcast::csv::MAXIMUM_BYTES + 1];
    assert_eq!(import(&large, &options()).errors[0].code, ErrorCode::TooLarge);
    let mut many = String::from("Name,Amount,Close date,Stage\n");
    for _ in 0..dealcast::csv::MAXIMUM_ROWS + 7 {
        many.push_str("A,1,2026-04-01,X\n");
    }
    let result = import(many.as_bytes(), &options());
    assert_eq!((result.errors[0].code, &result.errors[0].params["count"]), (ErrorCode::ListLength, &50_007.into()));
    assert_eq!((result.deals.len(), result.rows), (50_000, 50_000));
}

#[test]
fn mixed_currencies_are_told() {
    let result = read("Name,Amount,Close date,Stage\nA,5 €,2026-04-01,X\nB,$5,2026-04-01,X\n");
    assert!(note(&result, CsvNoteCode::MixedCurrencies));
    assert_eq!(result.detected.unwrap().currency, None);
}

#[test]
fn a_status_that_says_more_than_open_is_a_stage() {
    let result =
        read("Name,Amount,Close date,Status\nA,5,2026-04-01,Proposal\nB,5,2026-04-01,Won\nC,5,2026-04-01,Open\n");
    assert_eq!(result.deals.len(), 1);
    assert_eq!(result.deals[0].stage.as_deref(), Some("Proposal"));
    assert_eq!(result.skipped.closed_won, 1);
    let error = &result.errors[0];
    assert_eq!((error.code, error.row), (ErrorCode::NoWinRate, Some(4)));
    // Beside a stage column, such a status is told and left out.
    let result = read("Name,Amount,Close date,Stage,Status\nA,5,2026-04-01,X,Paused\n");
    assert_eq!((result.warnings[0].code, result.warnings[0].column), (ErrorCode::UnknownChoice, Some(5)));
    assert_eq!(result.deals[0].stage.as_deref(), Some("X"));
}

#[test]
fn flags_and_categories_tell_closed_deals() {
    let result = read(
        "Name,Amount,Close date,Stage,Closed,Won,Forecast category\nA,5,2026-04-01,S,TRUE,TRUE,\nB,5,2026-04-01,S,1,0,\nC,5,2026-04-01,S,0,0,Closed\nD,5,2026-04-01,S,false,false,Most likely\nE,5,2026-04-01,S,,,Maybe\n",
    );
    assert_eq!((result.skipped.closed_won, result.skipped.closed_lost, result.deals.len()), (2, 1, 2));
    let stage = &result.stages[0];
    assert_eq!((stage.open, stage.won, stage.lost), (2, 2, 1));
    assert_eq!(result.deals[0].forecast_category, Some(ForecastCategory::BestCase));
    assert!(note(&result, CsvNoteCode::MostLikelyAsBestCase));
    assert_eq!((result.warnings[0].code, result.warnings[0].row), (ErrorCode::UnknownChoice, Some(6)));
}

#[test]
fn the_currency_may_stand_in_the_header() {
    let result = read("Name,Amount (USD),Close date,Stage\nA,5,2026-04-01,X\n");
    assert_eq!(result.detected.unwrap().currency.as_deref(), Some("USD"));
}

#[test]
fn distributions_follow_the_rules_of_the_scenario() {
    let cell = |json: &str| format!("\"{}\"", json.replace('"', "\"\""));
    let rows = [
        cell(r#"{"distribution":"pert","min":1,"mode":2,"max":3}"#),
        cell(r#"{"distribution":"pert","min":1,"mode":9,"max":3}"#),
        cell(r#"{"distribution":"pert","min":-1,"max":3}"#),
        cell("twelve"),
    ];
    let rows: String = rows.iter().map(|row| format!("{row},2026-04-01,X\n")).collect();
    let result = read(&format!("Amount distribution,Close date,Stage\n{rows}"));
    assert_eq!((result.deals.len(), result.bad_rows), (1, 3));
    let found: Vec<_> = result.errors.iter().map(|error| (error.row, error.column, error.code)).collect();
    use ErrorCode::{CsvEmptyCell, MissingField, OutOfOrder, OutOfRange, UnknownChoice};
    let one = Some(1);
    assert_eq!(found[..3], [(Some(3), one, OutOfOrder), (Some(4), one, OutOfRange), (Some(4), one, MissingField)]);
    assert_eq!(found[3..], [(Some(5), one, UnknownChoice), (Some(5), None, CsvEmptyCell)]);
}

#[test]
fn counts_of_comparable_deals_are_read() {
    let result = read(
        "Name,Amount,Close date,Probability\nA,5,2026-04-01,12 of 40\nB,5,2026-04-01,3 sur 9\nC,5,2026-04-01,9/3\n",
    );
    let rate = |index: usize| serde_json::to_string(&result.deals[index].win_probability).unwrap();
    assert_eq!((rate(0), rate(1)), (r#"{"won":12.0,"closed":40.0}"#.into(), r#"{"won":3.0,"closed":9.0}"#.into()));
    assert_eq!((result.errors[0].code, result.errors[0].row), (ErrorCode::CsvNotANumber, Some(4)));
}

#[test]
fn workbooks_are_named() {
    let result = import(b"PK\x03\x04\x14\x00", &options());
    assert_eq!((result.errors[0].code, &result.errors[0].params["found"]), (ErrorCode::CsvNotText, &"xlsx".into()));
}
