//! What drives an outcome.

use super::{case, figure};
use dealcast::forecast::Forecast;
use dealcast::math::normal;
use dealcast::model::open_pipeline::Pipeline;
use dealcast::model::open_pipeline::resolve::resolve;
use dealcast::report::what_if::{
    Outcome, OutcomeSensitivity, SensitivityBar, Statistic, SwingFigures, SwingSource, VarianceSource,
};
use dealcast::rng::{Purpose, stream};
use dealcast::scenario::Scenario;
use dealcast::sobol::sensitivity_of_outputs;
use dealcast::statistics::copula::conditional_win_probability;
use dealcast::steps::at_once;
use dealcast::what_if::{SensitivityOptions, pipeline_variance, sensitivity};
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

/// Jansen's estimators on a plain simulation of a pipeline: each deal has a draw, a delay draw and an amount draw,
/// all share the market and the rates of their stages. Groups: rates, amounts, market, luck.
fn simulated_indices(pipeline: &Pipeline, points: u32) -> [(f64, f64); 4] {
    const GROUPS: usize = 4;
    let rho = pipeline.latent_correlation;
    let of_deal = |point: u32, group: usize, other: bool, deal: u32| {
        let entity = u64::from(group as u32) | u64::from(other) << 8 | u64::from(deal) << 16;
        stream(9, 0, entity, Purpose::Test).uniform(point)
    };
    // In group `fresh` the second matrix counts; `None`: everywhere, or nowhere.
    let total = |point: u32, second: [bool; GROUPS]| -> f64 {
        let market = normal::quantile(of_deal(point, 2, second[2], 0));
        let deals = pipeline.deals.iter().zip(1..).map(|(deal, number): (_, u32)| {
            let law = &pipeline.win_laws[deal.win];
            let rate = law
                .shared_rate
                .map_or(0, |rate| (of_deal(point, 0, second[0], rate as u32) * law.classes.len() as f64) as usize);
            let win = conditional_win_probability(law.classes[rate], rho, market);
            let late = of_deal(point, 3, second[3], 1000 + number);
            let months = pipeline.delay_laws[deal.delay].cumulative.iter().position(|p| late < *p).unwrap() as u32;
            let month = deal.close_month + months;
            let counts = of_deal(point, 3, second[3], number) < win
                && (pipeline.first_month..=pipeline.last_month).contains(&month);
            if counts { deal.amount.quantile(of_deal(point, 1, second[1], number)) } else { 0.0 }
        });
        deals.sum()
    };
    let outputs: Vec<[f64; 2]> =
        (0..points).map(|point| [total(point, [false; GROUPS]), total(point, [true; GROUPS])]).collect();
    let mixed = |group: usize| {
        let only = std::array::from_fn(|other| other == group);
        (0..points).map(|point| total(point, only)).collect()
    };
    let mixed: Vec<Vec<f64>> = (0..GROUPS).map(mixed).collect();
    let found = at_once(sensitivity_of_outputs(1, outputs, &mixed)).unwrap();
    std::array::from_fn(|group| (found.inputs[group].first_order.value, found.inputs[group].total.value))
}

#[test]
fn shares_of_a_pipeline_are_those_of_a_plain_simulation() {
    // 60,000 points: estimates have a standard error of at most 0.008; four of them.
    let document = json!({"schema": "dealcast/1", "open_pipeline": {"target": 1, "latent_correlation": 0.3,
        "target_window": {"first_month": 2, "last_month": 4},
        "stages": [{"stage": "Demo", "win_rate": {"won": 2, "closed": 6}}],
        "deals": [
            {"deal_id": "A", "amount": {"distribution": "uniform", "min": 20, "max": 180}, "stage": "Demo",
             "expected_close_month": 2},
            {"deal_id": "B", "amount": 120, "stage": "Demo", "expected_close_month": 1,
             "meddic": {"metrics": "yes", "champion": "yes"}},
            {"deal_id": "C", "amount": 90, "win_probability": 0.6, "expected_close_month": 3}]}});
    let section = Scenario::from_value(&document).unwrap().open_pipeline.unwrap();
    let pipeline = resolve(&section).unwrap().pipeline;
    let found = pipeline_variance(&pipeline).unwrap();
    let exact = [found.rates[0], found.amounts.unwrap(), found.market.unwrap(), found.luck];
    for (group, (exact, (first, total))) in exact.iter().zip(simulated_indices(&pipeline, 60_000)).enumerate() {
        assert!((exact.first - first).abs() < 0.032, "group {group}: first order {} and {first}", exact.first);
        assert!((exact.total - total).abs() < 0.032, "group {group}: total {} and {total}", exact.total);
        assert!(exact.first <= exact.total && exact.first >= 0.0 && exact.total <= 1.0);
    }
    assert!(exact.iter().map(|indices| indices.first).sum::<f64>() <= 1.0);
}

#[test]
fn shares_of_a_pipeline_are_named_by_their_inputs() {
    let found = driven(&case("counts"), Outcome::PipelineTotal, Statistic::Mean, true).variance.unwrap();
    let named: Vec<(VarianceSource, Option<&str>)> =
        found.shares.iter().map(|share| (share.source, share.at.as_deref())).collect();
    let stage = |name| (VarianceSource::Input, Some(name));
    let expected = [
        stage("/open_pipeline/deals/*/amount"),
        stage("/open_pipeline/stages/=Qualified/win_rate"),
        stage("/open_pipeline/stages/=Demo/win_rate"),
        stage("/open_pipeline/stages/=Proposal/win_rate"),
        stage("/open_pipeline/stages/=Negotiation/win_rate"),
        (VarianceSource::Market, None),
        (VarianceSource::Chance, None),
    ];
    assert_eq!((named, found.points), (expected.to_vec(), 0));
    // One deal, sure of its amount and alone: luck is all there is.
    let alone = json!({"schema": "dealcast/1", "open_pipeline": {"target": 1, "latent_correlation": 0, "deals": [
        {"deal_id": "A", "amount": {"distribution": "fixed", "value": 9}, "win_probability": 0.5,
         "expected_close_month": 1}]}});
    let found = driven(&alone, Outcome::PipelineTotal, Statistic::Mean, true).variance.unwrap();
    let [luck] = &found.shares[..] else { panic!("{found:?}") };
    assert!((luck.first_order.value - 1.0).abs() < 1e-12 && (luck.total_order.value - 1.0).abs() < 1e-12);
    assert_eq!(luck.source, VarianceSource::Chance);
}
