//! What drives an outcome.

use super::{case, figure};
use dealcast::forecast::Forecast;
use dealcast::report::what_if::{Outcome, OutcomeSensitivity, SensitivityBar, Statistic, SwingFigures, SwingSource};
use dealcast::scenario::Scenario;
use dealcast::what_if::{SensitivityOptions, sensitivity};
use serde_json::{Value, json};
#[cfg(target_arch = "wasm32")]
use wasm_bindgen_test::wasm_bindgen_test as test;

fn driven(document: &Value, outcome: Outcome, statistic: Statistic, variance: bool) -> OutcomeSensitivity {
    let options =
        SensitivityOptions { figure: figure(outcome, statistic, None, 1024), swing: None, variance: Some(variance) };
    sensitivity(document, &options, 1, &mut |_| {}).unwrap()
}

#[test]
fn every_model_has_a_tornado_on_every_figure() {
    for (file, outcome, uncertain) in [
        ("cybersecurity", Outcome::PipelineTotal, None),
        ("counts", Outcome::PipelineTotal, Some("/open_pipeline/stages/=")),
        ("analytics", Outcome::Bookings, None),
        ("analytics", Outcome::ClosingArr, None),
        ("partners", Outcome::VendorNpv, Some("/partner_vendor_programme/average_deal")),
        ("partners", Outcome::PartnerPayback, Some("/partner_pnl/deals_per_month_at_maturity")),
    ] {
        // The machine has no target for bookings; its follow-up of every deal takes time.
        let machine = file == "analytics";
        let statistics = [Statistic::Mean, Statistic::P50, Statistic::ProbTarget];
        for statistic in statistics.into_iter().take(if machine { 1 } else { 3 }) {
            let found = driven(&case(file), outcome, statistic, false);
            let width = |bar: &SensitivityBar| {
                let of = |figures: &SwingFigures| match statistic {
                    Statistic::Mean => figures.mean,
                    Statistic::P50 => figures.p50,
                    _ => figures.prob_target.unwrap(),
                };
                (of(&bar.at_high) - of(&bar.at_low)).abs()
            };
            assert!(found.bars.len() >= 3, "{file} {outcome:?}");
            assert!(found.bars.windows(2).all(|pair| width(&pair[0]) >= width(&pair[1])));
            if let Some(at) = uncertain {
                let is_own = |bar: &SensitivityBar| bar.source == SwingSource::Own && bar.at.starts_with(at);
                assert!(found.bars.iter().any(is_own), "{file}: {at}");
            }
        }
    }
}

#[test]
fn a_tornado_does_not_depend_on_the_order_of_rows() {
    let document = case("counts");
    let mut turned = document.clone();
    for list in ["deals", "stages"] {
        turned["open_pipeline"][list].as_array_mut().unwrap().reverse();
    }
    // The gate and the stage before it go by the order of the stages.
    turned["open_pipeline"].as_object_mut().unwrap().remove("qualification_gate");
    let mut document = document;
    document["open_pipeline"].as_object_mut().unwrap().remove("qualification_gate");
    let ask = |document: &Value| driven(document, Outcome::PipelineTotal, Statistic::P50, false);
    assert_eq!(ask(&document), ask(&turned));
}

#[test]
fn ends_of_known_inputs_stay_inside_their_range() {
    let mut document = case("partners");
    document["partner_pnl"]["services_attach_rate"] = json!(0.95);
    let found = driven(&document, Outcome::PartnerNpv, Statistic::Mean, false);
    let bar = found.bars.iter().find(|bar| bar.at == "/partner_pnl/services_attach_rate").unwrap();
    assert!((bar.high * 0.95 - 1.0).abs() < 1e-12 && bar.low == 0.9, "{bar:?}");
    let bar = found.bars.iter().find(|bar| bar.at == "/partner_pnl/average_deal").unwrap();
    assert!(bar.source == SwingSource::Own && bar.low < 25_000.0 && bar.high > 25_000.0);
    assert!(found.bars.iter().all(|bar| !bar.at.ends_with("_months") || bar.at.ends_with("ramp_months")), "{found:?}");
}

#[test]
fn shares_of_variance_are_those_of_the_report_where_chance_is_off() {
    // Report: expected net present value, 8,192 points of its own; here: simulated without chance. Each estimate's
    // interval is some ±0.03 wide.
    let mut document = case("partners");
    document.as_object_mut().unwrap().remove("partner_vendor_programme");
    document["partner_pnl"]["demand_noise"] = json!("none");
    let found = driven(&document, Outcome::PartnerNpv, Statistic::Mean, true).variance.unwrap();
    let scenario = Scenario::from_value(&document).unwrap();
    let report = Forecast::with_trials(&scenario, 1, 4096).unwrap().run().partner_pnl.unwrap().sobol.unwrap();
    assert_eq!(found.shares.len(), report.inputs.len());
    for expected in &report.inputs {
        let at = format!("/partner_pnl/{}", expected.input);
        let share = found.shares.iter().find(|share| share.at.as_ref() == Some(&at)).unwrap();
        assert!((share.first_order.value - expected.first_order.value).abs() < 0.06, "{share:?} {expected:?}");
        assert!((share.total_order.value - expected.total_order.value).abs() < 0.06, "{share:?} {expected:?}");
        assert!(share.total_order.low <= share.total_order.value && share.total_order.value <= share.total_order.high);
    }
}

#[test]
fn chance_has_its_share_of_the_variance() {
    let found = driven(&case("partners"), Outcome::PartnerNpv, Statistic::Mean, true).variance.unwrap();
    let chance = found.shares.last().unwrap();
    assert!(chance.at.is_none() && chance.first_order.value > 0.05, "{chance:?}");
    let sum: f64 = found.shares.iter().map(|share| share.first_order.value).sum();
    assert!((sum + found.residual_share - 1.0).abs() < 1e-9);
    for share in &found.shares {
        assert!(share.total_order.high + 0.05 > share.first_order.value, "{share:?}");
    }
    let certain = json!({"schema": "dealcast/1", "arr_cohorts": {"horizon_months": 12}});
    assert!(driven(&certain, Outcome::ClosingArr, Statistic::Mean, true).variance.is_none(), "nothing uncertain");
}
