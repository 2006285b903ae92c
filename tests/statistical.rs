//! What the simulation claims about itself, tested with fixed seeds; n and α are stated at each test.

#[cfg(target_arch = "wasm32")]
use wasm_bindgen_test::wasm_bindgen_test as test;

use dealcast::engine::exact::Exact;
use dealcast::engine::simulation::strata::{STRATA, nodes, thresholds};
use dealcast::forecast::{Effort, Forecast};
use dealcast::model::open_pipeline::Pipeline;
use dealcast::model::open_pipeline::dependence::Conditional;
use dealcast::model::open_pipeline::moments::PipelineMoments;
use dealcast::model::open_pipeline::resolve::resolve;
use dealcast::report::open_pipeline::OpenPipelineReport;
use dealcast::scenario::Scenario;
use dealcast::statistics::copula;
use dealcast::steps::at_once;
use serde_json::{Value, json};

/// Pairwise covariance that the strata of the market factor may lose, as a share.
const LOST_COVARIANCE: f64 = 0.006;

fn section(correlation: f64, loading: f64, deals: Vec<Value>) -> Value {
    json!({"target": 500_000, "target_window": {"first_month": 1, "last_month": 3}, "horizon_months": 6,
        "latent_correlation": correlation, "slippage_factor_loading": loading, "deals": deals})
}

fn deal(index: usize, probability: f64) -> Value {
    json!({"deal_id": format!("D{index}"), "win_probability": probability,
        "amount": 40_000 + 5_000 * (index % 9), "expected_close_month": 1 + index % 3})
}

fn scenario(section: Value, trials: u32, seed: u32) -> Scenario {
    let document = json!({"schema": "dealcast/1", "seed": seed, "trials": trials, "open_pipeline": section});
    Scenario::from_value(&document).unwrap()
}

fn pipeline(section: Value) -> Pipeline {
    resolve(scenario(section, 4096, 1).open_pipeline.as_ref().unwrap()).unwrap().pipeline
}

fn simulate(section: Value, trials: u32, seed: u32) -> OpenPipelineReport {
    let scenario = scenario(section, trials, seed);
    let forecast = Forecast::new(&scenario, 0).unwrap();
    let part = forecast.simulate(0, forecast.blocks());
    forecast.report(&part, Effort::Preview).unwrap().open_pipeline.unwrap()
}

#[test]
fn months_are_the_same_with_tables_and_without() {
    let won = |deals: usize| {
        let slipping = |index: usize| {
            let mut deal = deal(index, 0.5);
            let late = 0.1 + 0.01 * index as f64;
            deal["slippage"] = json!({"distribution": "geometric", "monthly_slip_probability": late});
            deal
        };
        let section = section(0.2, 0.3, (0..deals).map(slipping).collect());
        simulate(section, 8192, 5).simulated.deal_prob_won_in_window[..10].to_vec()
    };
    // 70 laws in 256 strata are more than there may be tables.
    assert_eq!(won(10), won(70));
}

#[test]
fn strata_keep_win_rates_exactly_and_correlations_almost() {
    for correlation in [0.05, 0.10, 0.25, 0.5, 0.9] {
        let probabilities = [0.001, 0.05, 0.25, 0.6, 0.999];
        let deals = probabilities.iter().enumerate().map(|(index, p)| deal(index, *p)).collect();
        let pipeline = pipeline(section(correlation, 0.0, deals));
        let laws = thresholds(&pipeline, &nodes(&pipeline), dealcast::math::normal::cdf);
        let by_stratum = |law: usize, stratum: usize| f64::from(laws[law][0][stratum]) / 4_294_967_296.0;
        let mean = |of: &dyn Fn(usize) -> f64| (0..STRATA).map(of).sum::<f64>() / STRATA as f64;
        for (law, win) in pipeline.win_laws.iter().enumerate() {
            let found = mean(&|stratum| by_stratum(law, stratum));
            assert!((found - win.probability()).abs() < 1e-9, "{found} for {}", win.probability());
            for other in 0..law {
                let (p, q) = (win.probability(), pipeline.win_laws[other].probability());
                let covariance = mean(&|stratum| by_stratum(law, stratum) * by_stratum(other, stratum)) - p * q;
                let exact = copula::prob_both_won(p, q, correlation) - p * q;
                let lost = 1.0 - covariance / exact;
                // Rare outcomes at a high correlation happen in the outermost strata, which are averaged.
                let bound = if p.min(1.0 - p).min(q).min(1.0 - q) < 0.01 { 0.25 } else { 4.0 * LOST_COVARIANCE };
                assert!((-1e-6..bound).contains(&lost), "{lost} of the covariance of {p} and {q} at {correlation}");
            }
        }
    }
}

/// n = 24 runs of 40,960 trials, 6 figures each; α = 10⁻⁴ two-sided for the sum of squares of 144 figures,
/// taken as independent: χ² with 144 degrees of freedom is below 216. Errors that were stated too small
/// would show here; stratification makes the true ones smaller, so that there is no lower limit but 10.
#[test]
fn stated_standard_errors_are_true() {
    let deals: Vec<Value> = (0..24).map(|index| deal(index, 0.1 + 0.03 * (index % 20) as f64)).collect();
    let section = section(0.15, 0.0, deals);
    let pipeline = pipeline(section.clone());
    let moments = PipelineMoments::of(&pipeline);
    let total = at_once(at_once(Exact::new(&pipeline, &moments.conditional)).unwrap().total());
    let mut squares = 0.0;
    for seed in 1..=24 {
        let report = simulate(section.clone(), 40_960, seed);
        let (value, error) = (&report.simulated, &report.standard_error);
        for (found, exact, error) in [
            (value.mean, moments.window.mean, error.mean),
            (value.sd, moments.window.sd(), error.sd),
            (value.prob_at_least_target, total.prob_at_least(500_000.0), error.prob_at_least_target),
            (value.expected_gap_to_target, total.expected_gap(500_000.0), error.expected_gap_to_target),
            (value.p50, total.quantile(0.5), error.p50),
            (value.lower_tail_mean_10pct, total.lower_tail_mean(0.1), error.lower_tail_mean_10pct),
        ] {
            let z = (found - exact) / error;
            squares += z * z;
        }
    }
    assert!((10.0..216.0).contains(&squares), "χ² = {squares}");
}

/// Independent deals of equal amounts against all 2¹⁰ outcomes.
#[test]
fn without_correlation_the_exact_engine_enumerates() {
    let probabilities: Vec<f64> = (0..10).map(|index| 0.05 + 0.09 * f64::from(index)).collect();
    let deals = probabilities.iter().enumerate().map(|(index, p)| {
        json!({"deal_id": format!("D{index}"), "win_probability": p, "expected_close_month": 1,
            "amount": {"distribution": "fixed", "value": 1000 * (index + 1)}, "slippage": {"distribution": "none"}})
    });
    let pipeline = pipeline(section(0.0, 0.0, deals.collect()));
    let conditional = Conditional::new(&pipeline);
    let total = at_once(at_once(Exact::new(&pipeline, &conditional)).unwrap().total());
    for target in [0.0, 1000.0, 20_500.0, 33_000.0, 55_000.0] {
        let hit: f64 = (0_u32..1024)
            .map(|outcome| {
                let won = |deal: usize| outcome >> deal & 1 == 1;
                let chance: f64 =
                    (0..10).map(|i| if won(i) { probabilities[i] } else { 1.0 - probabilities[i] }).product();
                let sum: f64 = (0..10).filter(|i| won(*i)).map(|i| 1000.0 * (i + 1) as f64).sum();
                if sum >= target { chance } else { 0.0 }
            })
            .sum();
        assert!((total.prob_at_least(target) - hit).abs() < 1e-12, "{target}");
    }
}

#[test]
fn invariants_of_the_model() {
    let deals: Vec<Value> = (0..20).map(|index| deal(index, 0.1 + 0.04 * (index % 20) as f64)).collect();
    let of = |correlation: f64, loading: f64| {
        let pipeline = pipeline(section(correlation, loading, deals.clone()));
        PipelineMoments::of(&pipeline)
    };
    let independent = of(0.0, 0.0);
    let mut last = independent.window.sd();
    for correlation in [0.05, 0.2, 0.5, 0.9] {
        let moments = of(correlation, 0.0);
        assert!((moments.window.mean / independent.window.mean - 1.0).abs() < 1e-9, "the mean does not depend on ρ");
        assert!(moments.window.sd() > last, "the spread grows with ρ");
        last = moments.window.sd();
        let shares: f64 = moments.window.variance_shares().iter().sum();
        assert!((shares - 1.0).abs() < 1e-9, "variance shares sum to 1");
        let months: f64 = moments.months[..3].iter().map(|month| month.mean).sum();
        assert!((months / moments.window.mean - 1.0).abs() < 1e-9, "months sum to the window");
    }
    let pipeline = pipeline(section(0.2, 0.3, deals.clone()));
    let conditional = Conditional::new(&pipeline);
    let exact = at_once(Exact::new(&pipeline, &conditional)).unwrap();
    let total = at_once(exact.total());
    let chances: Vec<f64> = (0..60).map(|step| total.prob_at_least(20_000.0 * f64::from(step))).collect();
    assert!(chances.is_sorted_by(|a, b| a >= b), "P(≥ T) falls in T");
    let shifts: Vec<f64> =
        [-1.0, 0.0, 0.5, 2.0].map(|shift| at_once(exact.prob_at_least_target_shifted(shift))).to_vec();
    assert!(shifts.is_sorted(), "P(≥ T) rises with every win probability");
}

/// 3 of 5 is not read like 300 of 500: the same mean, more spread.
#[test]
fn uncertain_win_rates_widen_the_forecast() {
    let spread = |won: u32, closed: u32| {
        let deals: Vec<Value> = (0..30)
            .map(|index| json!({"deal_id": format!("D{index}"), "stage": "S", "amount": 30_000, "expected_close_month": 1}))
            .collect();
        let mut section = section(0.1, 0.0, deals);
        section["stages"] = json!([{"stage": "S", "win_rate": {"won": won, "closed": closed}}]);
        let report = simulate(section, 40_960, 5);
        let (value, error) = (&report.simulated, &report.standard_error);
        // 4.5 standard errors, two runs: α = 1.4·10⁻⁵.
        assert!((value.mean - report.mean).abs() < 4.5 * error.mean, "{} {}", value.mean, report.mean);
        assert!((value.sd - report.sd).abs() < 4.5 * error.sd + 0.006 * report.sd, "{} {}", value.sd, report.sd);
        report.sd / report.mean
    };
    assert!(spread(3, 5) > 1.3 * spread(300, 500));
}
