//! What is exported reads back as it was, and is safe to open in a spreadsheet.

use super::*;
#[cfg(target_arch = "wasm32")]
use wasm_bindgen_test::wasm_bindgen_test as test;

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
    let starts = ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", " =1", "'=1", "\u{2003}=1", "＝1+1", " ＠SUM(A1)"];
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
