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

#[path = "csv/hostile.rs"]
mod hostile;
#[path = "csv/round_trip.rs"]
mod round_trip;
#[path = "csv/rules.rs"]
mod rules;

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

/// Reads a short English file with the header and rows given.
fn read(text: &str) -> CsvImport {
    let result = import(text.as_bytes(), &options());
    sound(&result);
    result
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
