//! Files as the CRMs and spreadsheets write them, read as a whole. All companies and people are invented.

use dealcast::csv::{
    ColumnMapping, Crm, CsvField, CsvImport, CsvNoteCode, CsvOptions, DateOrder, DecimalMark, Delimiter, Encoding,
    ExportOptions, HeaderLanguage, MatchedBy, ProbabilityScale, export_deals, import,
};
use dealcast::error::ErrorCode;
use dealcast::scenario::Scenario;
use dealcast::scenario::amount::Quantity;
use dealcast::scenario::open_pipeline::{Deal, ForecastCategory, MeddicAnswer, Rate, Stage, TargetWindow};
#[cfg(target_arch = "wasm32")]
use wasm_bindgen_test::wasm_bindgen_test as test;

const SALESFORCE_EN: &[u8] = include_bytes!("csv/salesforce-en.csv");
const SALESFORCE_FR: &[u8] = include_bytes!("csv/salesforce-fr-windows-1252.csv");
const HUBSPOT_EN: &[u8] = include_bytes!("csv/hubspot-en.csv");
const HUBSPOT_FR: &[u8] = include_bytes!("csv/hubspot-fr.csv");
const HUBSPOT_FR_BAD: &[u8] = include_bytes!("csv/hubspot-fr-two-bad-rows.csv");
const PIPEDRIVE_EN: &[u8] = include_bytes!("csv/pipedrive-en.csv");
const PIPEDRIVE_FR: &[u8] = include_bytes!("csv/pipedrive-fr.csv");
const UTF16_LE: &[u8] = include_bytes!("csv/spreadsheet-fr-utf16le.txt");
const UTF16_BE: &[u8] = include_bytes!("csv/spreadsheet-fr-utf16be.txt");
const SEP_LINE: &[u8] = include_bytes!("csv/spreadsheet-sep-line.csv");
const SAMPLES: [&[u8]; 10] = [
    SALESFORCE_EN,
    SALESFORCE_FR,
    HUBSPOT_EN,
    HUBSPOT_FR,
    HUBSPOT_FR_BAD,
    PIPEDRIVE_EN,
    PIPEDRIVE_FR,
    UTF16_LE,
    UTF16_BE,
    SEP_LINE,
];

fn options() -> CsvOptions {
    CsvOptions { start_month: Some("2026-03".into()), today: Some("2026-03-10".into()), ..CsvOptions::default() }
}

/// Every row is counted once, every bad row has its reasons, and every deal passes as part of a scenario.
fn sound(result: &CsvImport) {
    let skipped = &result.skipped;
    let skipped = skipped.closed_won + skipped.closed_lost + skipped.summary + skipped.footer;
    assert_eq!(result.rows, result.deals.len() as u32 + skipped + result.bad_rows);
    let mut bad: Vec<u32> = result.errors.iter().filter_map(|error| error.row).collect();
    bad.dedup();
    let whole_file = result.errors.iter().any(|error| error.code == ErrorCode::CsvNoColumn);
    assert!(bad.len() as u32 == result.bad_rows || whole_file, "{bad:?} {}", result.bad_rows);
    assert!(result.errors.iter().filter(|error| error.row.is_some()).all(|error| error.params.contains_key("line")));
    let scenario = scenario(result);
    let json = serde_json::to_string(&scenario).unwrap();
    let errors = Scenario::from_json(&json).err().unwrap_or_default();
    assert!(errors.is_empty(), "{errors:?}");
}

/// A scenario of the imported deals, with a rate for each stage.
fn scenario(result: &CsvImport) -> Scenario {
    let mut scenario = Scenario::from_json(
        r#"{"schema":"dealcast/1","start_month":"2026-03","open_pipeline":{"target":100000,"deals":[]}}"#,
    )
    .unwrap();
    let section = scenario.open_pipeline.as_mut().unwrap();
    let stage = |name: &String| Stage { stage: name.clone(), win_rate: Rate::Known(0.3) };
    section.stages = Some(result.stages.iter().map(|found| stage(&found.stage)).collect());
    section.deals = result.deals.clone();
    scenario
}

fn amounts(result: &CsvImport) -> Vec<f64> {
    let amount = |deal: &Deal| match &deal.amount {
        Quantity::Number(value) => *value,
        Quantity::Uncertain(object) => panic!("{object:?}"),
    };
    result.deals.iter().map(amount).collect()
}

fn rates(result: &CsvImport) -> Vec<Option<f64>> {
    let rate = |deal: &Deal| match &deal.win_probability {
        Some(Rate::Known(value)) => Some(*value),
        _ => None,
    };
    result.deals.iter().map(rate).collect()
}

fn months(result: &CsvImport) -> Vec<u32> {
    result.deals.iter().map(|deal| deal.expected_close_month).collect()
}

fn note(result: &CsvImport, code: CsvNoteCode) -> bool {
    result.notes.iter().any(|note| note.code == code)
}

#[test]
fn salesforce_in_english() {
    let result = import(SALESFORCE_EN, &options());
    sound(&result);
    let detected = result.detected.as_ref().unwrap();
    assert_eq!((detected.crm, detected.language), (Crm::Salesforce, HeaderLanguage::En));
    assert_eq!((detected.delimiter, detected.encoding), (Delimiter::Comma, Encoding::Utf8));
    assert_eq!((detected.decimal, detected.decimal_ambiguous), (DecimalMark::Point, false));
    assert_eq!((detected.date_order, detected.date_order_ambiguous), (Some(DateOrder::Mdy), false));
    assert_eq!(detected.probability_scale, Some(ProbabilityScale::Percent));
    assert_eq!(amounts(&result), [120_000.0, 86_500.0, 42_000.0, 15_750.5, 240_000.0]);
    assert_eq!(rates(&result), [Some(0.75), Some(0.9), Some(0.5), Some(0.1), Some(0.7)]);
    assert_eq!(months(&result), [1, 1, 3, 4, 1]);
    assert_eq!(result.overdue, 1);
    let first = &result.deals[0];
    assert_eq!(first.deal_id, "006Kq00000AbCd1IAF");
    assert_eq!(first.name.as_deref(), Some("Borealis Freight - Fleet rollout"));
    assert_eq!(first.owner.as_deref(), Some("Nadia Castellan"));
    assert_eq!(first.source.as_deref(), Some("Web"));
    assert_eq!(first.segment.as_deref(), Some("New Business"));
    assert_eq!((first.age_days, first.forecast_category), (Some(64.0), Some(ForecastCategory::Commit)));
    assert_eq!(result.deals[2].name.as_deref(), Some("Quillon & Sons - \"Archive\" project"));
    assert_eq!((result.skipped.closed_won, result.skipped.closed_lost), (1, 1));
    assert_eq!((result.won.deals_in_window, result.won.amount_in_window), (1, 58_000.0));
    // The grand total and two closing lines are no deals.
    assert_eq!((result.skipped.summary, result.skipped.footer), (1, 2));
    // The deal without an amount: row 9 of the sheet, line 10 of the file after a cell with a line break.
    let error = &result.errors[0];
    assert_eq!((error.code, error.row, error.column), (ErrorCode::CsvEmptyCell, Some(9), Some(6)));
    assert_eq!((&error.params["line"], &error.params["field"]), (&10.into(), &"amount".into()));
    assert_eq!(result.bad_rows, 1);
}

#[test]
fn salesforce_in_french() {
    let result = import(SALESFORCE_FR, &options());
    sound(&result);
    let detected = result.detected.as_ref().unwrap();
    assert_eq!((detected.crm, detected.language), (Crm::Salesforce, HeaderLanguage::Fr));
    assert_eq!((detected.delimiter, detected.encoding), (Delimiter::Semicolon, Encoding::Windows1252));
    assert_eq!((detected.decimal, detected.date_order), (DecimalMark::Comma, Some(DateOrder::Dmy)));
    assert_eq!(detected.currency.as_deref(), Some("EUR"));
    assert_eq!(amounts(&result), [120_000.0, 86_500.0, 42_000.0, 15_750.5, 240_000.0]);
    assert_eq!(months(&result), [1, 1, 3, 4, 1]);
    assert_eq!(result.deals[2].name.as_deref(), Some("Œuvres Réunies – Projet « Archives »"));
    let categories: Vec<_> = result.deals.iter().map(|deal| deal.forecast_category).collect();
    use ForecastCategory::{BestCase, Commit, Pipeline};
    assert_eq!(categories, [Some(Commit), Some(Commit), Some(BestCase), Some(Pipeline), Some(BestCase)]);
    assert_eq!((result.skipped.closed_won, result.skipped.closed_lost), (1, 1));
    assert_eq!((result.skipped.summary, result.skipped.footer), (1, 2));
    assert_eq!(result.won.amount_in_window, 58_000.0);
    assert!(result.errors.is_empty() && result.warnings.is_empty(), "{:?} {:?}", result.errors, result.warnings);
}

#[test]
fn hubspot_in_english() {
    let result = import(HUBSPOT_EN, &options());
    sound(&result);
    let detected = result.detected.as_ref().unwrap();
    assert_eq!(
        (detected.crm, detected.language, detected.delimiter),
        (Crm::Hubspot, HeaderLanguage::En, Delimiter::Comma)
    );
    assert_eq!((detected.date_order, detected.date_order_ambiguous), (Some(DateOrder::Ymd), false));
    assert_eq!(
        (detected.probability_scale, detected.currency.as_deref()),
        (Some(ProbabilityScale::Fraction), Some("GBP"))
    );
    assert_eq!(amounts(&result), [64_000.0, 18_250.5, 9600.0, 132_000.0]);
    assert_eq!(rates(&result), [Some(0.9), Some(0.6), Some(0.4), Some(0.8)]);
    assert_eq!(months(&result), [1, 2, 3, 1]);
    assert_eq!(result.deals[0].age_days, Some(98.0));
    assert_eq!(result.deals[1].name.as_deref(), Some("Mistral Sails, new web shop"));
    assert_eq!(result.deals[3].forecast_category, Some(ForecastCategory::Omitted));
    assert_eq!((result.skipped.closed_won, result.skipped.closed_lost, result.overdue), (1, 1, 1));
    assert!(note(&result, CsvNoteCode::SecondColumn), "amount in company currency");
    assert!(result.errors.is_empty());
}

#[test]
fn hubspot_in_french() {
    let result = import(HUBSPOT_FR, &options());
    sound(&result);
    let detected = result.detected.as_ref().unwrap();
    assert_eq!(
        (detected.crm, detected.language, detected.delimiter),
        (Crm::Hubspot, HeaderLanguage::Fr, Delimiter::Comma)
    );
    assert_eq!((detected.decimal, detected.encoding), (DecimalMark::Point, Encoding::Utf8));
    assert_eq!(result.columns[0].header, "ID de fiche d'informations");
    assert_eq!(amounts(&result), [64_000.0, 18_250.5, 9600.0, 132_000.0]);
    assert_eq!(rates(&result), [Some(0.9), Some(0.6), Some(0.4), Some(0.8)]);
    assert_eq!((result.skipped.closed_won, result.skipped.closed_lost), (1, 1));
    assert_eq!(result.deals[3].forecast_category, Some(ForecastCategory::Omitted));
    let stages: Vec<_> = result.stages.iter().map(|stage| (stage.stage.as_str(), stage.mean_probability)).collect();
    assert_eq!(stages[0], ("Contrat envoyé", Some(0.9)));
    assert!(result.errors.is_empty() && result.warnings.is_empty());
}

#[test]
fn hubspot_in_french_with_two_bad_rows() {
    let result = import(HUBSPOT_FR_BAD, &options());
    sound(&result);
    let detected = result.detected.as_ref().unwrap();
    assert_eq!((detected.delimiter, detected.decimal), (Delimiter::Semicolon, DecimalMark::Comma));
    assert_eq!(
        (detected.date_order, detected.probability_scale),
        (Some(DateOrder::Dmy), Some(ProbabilityScale::Percent))
    );
    assert_eq!((result.rows, result.deals.len(), result.bad_rows), (7, 5, 2));
    let errors: Vec<_> = result.errors.iter().map(|e| (e.code, e.row, e.column, e.params["text"].as_str())).collect();
    assert_eq!(
        errors,
        [
            (ErrorCode::CsvNotANumber, Some(4), Some(5), Some("à chiffrer")),
            (ErrorCode::CsvNotADate, Some(6), Some(9), Some("fin mai")),
        ]
    );
    assert_eq!(result.errors[1].params["line"], 7);
    assert_eq!(amounts(&result), [64_000.0, 18_250.5, 132_000.0, 22_400.0, 95_000.0]);
    assert_eq!(result.deals[2].name.as_deref(), Some("Mairie de Roncières - Lot 2\nvariante comprise"));
}

#[test]
fn pipedrive_in_both_languages() {
    let cases = [(PIPEDRIVE_EN, HeaderLanguage::En, 31_500.0), (PIPEDRIVE_FR, HeaderLanguage::Fr, 31_500.75)];
    for (file, language, second) in cases {
        let result = import(file, &options());
        sound(&result);
        let detected = result.detected.as_ref().unwrap();
        assert_eq!((detected.crm, detected.language), (Crm::Pipedrive, language));
        assert_eq!(detected.currency.as_deref(), Some("EUR"));
        assert_eq!(amounts(&result), [48_000.0, second, 7900.0, 112_000.0]);
        assert_eq!(rates(&result), [Some(0.7), Some(0.4), None, Some(0.999)]);
        assert!(note(&result, CsvNoteCode::ProbabilityClamped));
        assert_eq!((result.skipped.closed_won, result.skipped.closed_lost), (1, 1));
        assert_eq!((result.won.deals_in_window, result.won.amount_in_window), (1, 26_000.0));
        // Won and lost deals keep the stage they were closed in.
        let stages: Vec<_> = result.stages.iter().map(|stage| (stage.open, stage.won, stage.lost)).collect();
        assert_eq!(stages.iter().fold((0, 0, 0), |a, b| (a.0 + b.0, a.1 + b.1, a.2 + b.2)), (4, 1, 1));
        assert!(result.errors.is_empty() && result.warnings.is_empty(), "{:?}", result.warnings);
    }
}

#[test]
fn spreadsheets_in_utf_16() {
    let little = import(UTF16_LE, &options());
    sound(&little);
    let detected = little.detected.as_ref().unwrap();
    assert_eq!((detected.delimiter, detected.encoding), (Delimiter::Tab, Encoding::Utf16Le));
    assert_eq!(amounts(&little), [12_500.0, 1_200_000.0, 45_000.0]);
    assert_eq!(months(&little), [1, 4, 2]);
    assert!(note(&little, CsvNoteCode::SpreadsheetDates));
    // "Chances" says nothing to the reader: the stage gives the rate until the column is mapped.
    assert_eq!(rates(&little), [None, None, None]);
    let ids: Vec<_> = little.deals.iter().map(|deal| deal.deal_id.as_str()).collect();
    assert_eq!(
        ids,
        [
            "Cuverie connectée | Chai Mirande",
            "Cuverie connectée | Chai Mirande #2",
            "Suivi des lots | Filature Roussel"
        ]
    );
    let answers = little.deals[0].meddic.as_ref().unwrap();
    assert_eq!((answers.metrics, answers.economic_buyer), (Some(MeddicAnswer::Yes), Some(MeddicAnswer::No)));
    assert_eq!((answers.decision_process, answers.champion), (Some(MeddicAnswer::Unknown), Some(MeddicAnswer::Yes)));
    assert_eq!(little.deals[1].meddic, None);
    // A sentence is no answer: the deal loads without it, and the cell is named.
    let warning = &little.warnings[0];
    assert_eq!((warning.code, warning.row, warning.column), (ErrorCode::UnknownChoice, Some(4), Some(12)));
    let big = import(UTF16_BE, &options());
    assert_eq!(big.deals, little.deals);
    assert_eq!(big.detected.unwrap().encoding, Encoding::Utf16Be);
}

#[test]
fn a_spreadsheet_with_a_separator_line() {
    let result = import(SEP_LINE, &options());
    sound(&result);
    assert_eq!(amounts(&result), [1_250_000.5, 80_000.0, 12_000.0]);
    assert_eq!(months(&result), [1, 2, 3]);
    assert_eq!((result.rows, result.blank_rows), (3, 1));
    let detected = result.detected.unwrap();
    assert_eq!((detected.header_row, detected.delimiter), (1, Delimiter::Semicolon));
    assert_eq!(detected.currency.as_deref(), Some("CHF"));
}

#[test]
fn the_mapping_can_be_corrected() {
    let mapping =
        vec![ColumnMapping { column: 6, field: Some(CsvField::Probability) }, ColumnMapping { column: 7, field: None }];
    let result = import(UTF16_LE, &CsvOptions { mapping: Some(mapping), ..options() });
    sound(&result);
    assert_eq!(rates(&result), [Some(0.6), Some(0.15), Some(0.55)]);
    assert_eq!(
        (result.columns[5].field, result.columns[5].matched_by),
        (Some(CsvField::Probability), Some(MatchedBy::Mapping))
    );
    assert_eq!(result.columns[6].field, None);
    assert_eq!(result.columns[6].samples, ["oui"]);
    assert_eq!(result.deals[0].meddic.as_ref().unwrap().metrics, None);
}

#[test]
fn deals_take_the_spelling_of_known_stages() {
    let stages = vec![Stage { stage: "PROPOSITION".into(), win_rate: Rate::Known(0.5) }];
    let result = import(UTF16_LE, &CsvOptions { stages: Some(stages), ..options() });
    let found: Vec<_> = result.stages.iter().map(|stage| (stage.stage.as_str(), stage.known, stage.open)).collect();
    assert_eq!(found, [("PROPOSITION", true, 2), ("Découverte", false, 1)]);
    assert_eq!(result.deals[0].stage.as_deref(), Some("PROPOSITION"));
}

/// Reads a short English file with the header and rows given.
fn read(text: &str) -> CsvImport {
    let result = import(text.as_bytes(), &options());
    sound(&result);
    result
}

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

#[test]
fn wide_and_odd_files_end_in_time() {
    let wide = format!("Name,Amount,Close date,Stage{}\nA,5,2026-04-01,X\n", ",".repeat(2_000_000));
    let result = import(wide.as_bytes(), &options());
    assert_eq!((result.deals.len(), result.columns.len()), (1, dealcast::csv::MAXIMUM_COLUMNS));
    assert_eq!(result.errors[0].code, ErrorCode::ListLength);
    let header = "Name,Amount,Close date,Stage\n";
    for piece in ["\"", "\"\n", ",", "\n", "\"a\n\"", "x,\"\"\"\n", "\r", "a,1,2026-04-01,\"S\n"] {
        let odd = format!("{header}{}", piece.repeat(4_000_000 / piece.len()));
        let result = import(odd.as_bytes(), &options());
        assert!(result.deals.is_empty() || piece.starts_with('a'), "{piece:?}");
    }
}

fn export(delimiter: Delimiter, decimal: DecimalMark, language: HeaderLanguage) -> ExportOptions {
    ExportOptions { delimiter, decimal, language }
}

#[test]
fn an_export_reads_back_as_it_was() {
    let deals = r#"[
      {"deal_id":"=cmd|' /C calc'!A0","name":"'=quoted","amount":12.345,"win_probability":0.125,"stage":"Offer; signed, sealed","expected_close_month":1,
       "owner":"+33 1 02 03 04 05","segment":"-","source":"@home","age_days":45.125,"forecast_category":"best_case",
       "meddic":{"metrics":"yes","economic_buyer":"no","decision_criteria":"unknown"}},
      {"deal_id":"b","name":"two\nlines \"and\" quotes","amount":{"distribution":"pert","min":1000.5,"mode":1200,"max":2000},"win_probability":{"won":12,"closed":40},
       "expected_close_month":14,"slippage":{"distribution":"geometric","monthly_slip_probability":0.25}},
      {"deal_id":"c","amount":{"distribution":"lognormal","mean":50000,"coefficient_of_variation":0.4},"stage":"Offer; signed, sealed","expected_close_month":120,
       "forecast_category":"omitted","meddic":{"champion":"yes","identified_pain":"no","decision_process":"unknown"}},
      {"deal_id":"''- d","name":"Total","amount":1234567.891,"win_probability":0.999,"expected_close_month":7,"forecast_category":"commit"},
      {"deal_id":"e","amount":0.001,"win_probability":0.3333333333333333,"expected_close_month":3,"forecast_category":"pipeline"}]"#;
    for start in [r#""start_month":"2026-03","#, ""] {
        let document = format!(
            r#"{{"schema":"dealcast/1",{start}"open_pipeline":{{"target":1,"stages":[{{"stage":"Offer; signed, sealed","win_rate":0.5}}],"deals":{deals}}}}}"#
        );
        let scenario = Scenario::from_json(&document).unwrap();
        let original = &scenario.open_pipeline.as_ref().unwrap().deals;
        for delimiter in [Delimiter::Comma, Delimiter::Semicolon, Delimiter::Tab, Delimiter::Pipe] {
            for decimal in [DecimalMark::Comma, DecimalMark::Point] {
                for language in [HeaderLanguage::En, HeaderLanguage::Fr] {
                    let file = export_deals(&scenario, &export(delimiter, decimal, language));
                    let result = import(file.as_bytes(), &CsvOptions { today: None, ..options() });
                    assert_eq!(result.detected.as_ref().map(|found| found.delimiter), Some(delimiter), "{file}");
                    assert!(result.errors.is_empty() && result.warnings.is_empty(), "{:?}\n{file}", result.errors);
                    assert_eq!(&result.deals, original, "{file}");
                }
            }
        }
    }
}

#[test]
fn no_exported_cell_is_a_formula() {
    let starts = ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", " =1", "'=1"];
    for start in starts {
        let mut scenario = scenario(&import(HUBSPOT_EN, &options()));
        let section = scenario.open_pipeline.as_mut().unwrap();
        section.deals.truncate(1);
        let deal = &mut section.deals[0];
        deal.deal_id = start.into();
        (deal.name, deal.stage) = (Some(start.into()), Some(start.into()));
        (deal.owner, deal.segment, deal.source) = (Some(start.into()), Some(start.into()), Some(start.into()));
        let file = export_deals(&scenario, &export(Delimiter::Semicolon, DecimalMark::Point, HeaderLanguage::En));
        let row = file.split_once("\r\n").unwrap().1;
        let escaped = row.matches(&format!("'{start}")).count();
        assert_eq!(escaped, 6, "{file}");
        let cells = row.split(';').map(|cell| cell.trim_start_matches('"'));
        assert!(cells.into_iter().all(|cell| !cell.starts_with(['=', '+', '-', '@', '\t', '\r'])), "{file}");
    }
}

#[test]
fn samples_load_the_same_with_any_line_ends() {
    for sample in [HUBSPOT_EN, HUBSPOT_FR, PIPEDRIVE_EN, PIPEDRIVE_FR] {
        let text = std::str::from_utf8(sample).unwrap();
        let expected = import(sample, &options());
        for end in ["\r\n", "\r"] {
            assert_eq!(import(text.replace('\n', end).as_bytes(), &options()), expected);
        }
    }
}

/// A small generator of numbers for the tests below (xorshift, 64 bits).
struct Numbers(u64);

impl Numbers {
    fn below(&mut self, end: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 % end as u64) as usize
    }
}

#[test]
fn random_bytes_never_panic() {
    let mut numbers = Numbers(0x9e37_79b9_7f4a_7c15);
    let common = b";,\t|\"\r\n 0123456789.,-/=abcXYZ%\xe9\xc3\xa9\x80";
    for length in 0..600 {
        let any: Vec<u8> = (0..length).map(|_| numbers.below(256) as u8).collect();
        sound(&import(&any, &options()));
        let likely: Vec<u8> = (0..length).map(|_| common[numbers.below(common.len())]).collect();
        sound(&import(&likely, &options()));
        let headed = [b"Name;Amount;Close date;Stage;Probability\n", &likely[..]].concat();
        sound(&import(&headed, &options()));
    }
}

#[test]
fn mutated_samples_never_panic_and_account_for_every_row() {
    let mut numbers = Numbers(0x2545_f491_4f6c_dd1d);
    let pieces: [&[u8]; 12] =
        [b"\"", b";", b",", b"\n", b"\r\n", b"\t", b"(", b"-", b"\xff", b"9999999999", b"\"\"", b"=HYPERLINK(1)"];
    for sample in SAMPLES {
        for _ in 0..150 {
            let mut bytes = sample.to_vec();
            for _ in 0..=numbers.below(4) {
                let at = numbers.below(bytes.len());
                match numbers.below(4) {
                    0 => bytes[at] = numbers.below(256) as u8,
                    1 => {
                        let piece = pieces[numbers.below(pieces.len())];
                        bytes.splice(at..at, piece.iter().copied());
                    }
                    2 => {
                        let end = (at + numbers.below(40)).min(bytes.len());
                        bytes.drain(at..end);
                    }
                    _ => bytes.truncate(at.max(1)),
                }
                if bytes.is_empty() {
                    bytes.push(b'x');
                }
            }
            let result = import(&bytes, &options());
            sound(&result);
            assert_eq!(result, import(&bytes, &options()));
        }
    }
}

#[cfg(not(target_arch = "wasm32"))]
mod properties {
    use super::*;
    use proptest::prelude::*;

    /// Any characters, or what often stands in such cells.
    fn cell() -> impl Strategy<Value = String> {
        const USUAL: [&str; 11] =
            ["", "12,5 k€", "1.234", "31/03/2026", "2026-05-01", "60 %", "0.4", "Won", "\n", "=1", "-5"];
        let any = prop::collection::vec(any::<char>(), 0..12).prop_map(|characters| characters.into_iter().collect());
        prop_oneof![any, prop::sample::select(&USUAL[..]).prop_map(str::to_owned)]
    }

    proptest! {
        #![proptest_config(ProptestConfig { cases: 300, failure_persistence: None, ..ProptestConfig::default() })]

        #[test]
        fn any_cells_load_or_are_reported(rows in prop::collection::vec(prop::collection::vec(cell(), 5), 1..12)) {
            let mut file = String::from("Name;Amount;Close date;Stage;Probability\n");
            for row in &rows {
                let cells: Vec<String> = row.iter().map(|cell| format!("\"{}\"", cell.replace('"', "\"\""))).collect();
                file.push_str(&cells.join(";"));
                file.push('\n');
            }
            let result = import(file.as_bytes(), &options());
            sound(&result);
            prop_assert_eq!((result.rows + result.blank_rows) as usize, rows.len());
        }

        #[test]
        fn amounts_read_back(cents in 1_u64..1_000_000_000_000, decimal in prop::bool::ANY) {
            let whole = (cents / 100).to_string();
            let groups: Vec<&str> = whole.as_bytes().rchunks(3).rev().map(|g| std::str::from_utf8(g).unwrap()).collect();
            let (group, mark) = if decimal { ("\u{202f}", ",") } else { (",", ".") };
            let amount = format!("{}{mark}{:02}", groups.join(group), cents % 100);
            let result = import(format!("Name;Amount;Close date;Stage\nA;{amount} €;2026-04-01;X\n").as_bytes(), &options());
            prop_assert_eq!(amounts(&result), vec![format!("{}.{:02}", cents / 100, cents % 100).parse::<f64>().unwrap()]);
        }
    }
}
