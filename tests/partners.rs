//! Partner models beyond the reference cases: simulation against expected values, both sides, determinism,
//! refusals.

#[cfg(target_arch = "wasm32")]
use wasm_bindgen_test::wasm_bindgen_test as test;

use dealcast::engine::partners::both_sides::{BothSides, PARTNER, SIGNED, VENDOR};
use dealcast::engine::partners::pnl::PnlPaths;
use dealcast::engine::partners::programme::ProgrammePaths;
use dealcast::engine::partners::{CUMULATIVE, NET_CASH, NPV, PAYBACK, PEAK};
use dealcast::engine::paths::{Outcome, PathModel, Paths};
use dealcast::error::ErrorCode;
use dealcast::forecast::{Effort, Forecast, Part};
use dealcast::model::partner_pnl::PnlPlan;
use dealcast::model::partner_vendor_programme::Programme;
use dealcast::rng::fnv1a_64;
use dealcast::scenario::Scenario;
use dealcast::statistics::sample::Sample;
use serde_json::{Value, json};

/// Relative error of the recursions of the simulation against the convolutions of the expected values.
const ROUNDING: f64 = 1e-9;
/// Largest distance of a simulated figure, in standard errors: a two-sided level of 7·10⁻⁶; seeds are fixed.
const STANDARD_ERRORS: f64 = 4.5;
/// FNV-1a of the JSON of the report on [`both`]: it changes whenever a sampled or computed value does, a
/// value-breaking change, which the changelog has to name.
const REPORT_HASH: u64 = 0x718e_c590_bca2_7011;

fn scenario(sections: Value) -> Scenario {
    let mut document = json!({"schema": "dealcast/1", "seed": 77, "trials": 10_000});
    document.as_object_mut().unwrap().extend(sections.as_object().unwrap().clone());
    Scenario::from_value(&document).unwrap()
}

fn plan(section: Value) -> PnlPlan {
    PnlPlan::new(scenario(json!({"partner_pnl": section})).partner_pnl.as_ref().unwrap()).unwrap()
}

fn programme(section: Value) -> Programme {
    let scenario = scenario(json!({"partner_vendor_programme": section}));
    Programme::new(scenario.partner_vendor_programme.as_ref().unwrap()).unwrap()
}

fn outcome<M: PathModel>(model: M, trials: u32) -> Outcome {
    let paths = Paths::new(model, 20_260_101, trials);
    paths.outcome(&paths.simulate(0, paths.blocks())).unwrap()
}

fn close(name: &str, found: f64, expected: f64) {
    assert!((found - expected).abs() <= ROUNDING * expected.abs().max(1.0), "{name}: {found} instead of {expected}");
}

/// Programmes that use every rule: stop, attrition, extra cost, fractions of candidates and of months.
fn programmes() -> [Value; 5] {
    [
        json!({}),
        json!({"stop_rule_months": 9, "onboarding_time_reduction_rate": 0.5, "failed_partner_extra_cost": 9_000}),
        json!({"stop_rule_months": 7, "active_partner_monthly_attrition_rate": 0.06, "deal_ramp_months": 4.5,
            "candidates_approached_per_month": 5.4, "signing_lag_months": 0, "recruitment_months": 40,
            "failed_partner_extra_cost": 15_000, "onboarding_months": 5, "horizon_months": 48}),
        json!({"active_partner_monthly_attrition_rate": 0.3, "deal_ramp_months": 1, "horizon_months": 13,
            "signing_rate": 0.8, "capable_share": 0.9, "median_months_to_first_deal": 0.8,
            "deals_per_active_partner_per_month": 4.0}),
        // A stop rule beyond the horizon, and chances of 1.
        json!({"horizon_months": 10, "stop_rule_months": 30, "capable_share": 1, "signing_lag_months": 3,
            "active_partner_monthly_attrition_rate": 0}),
    ]
}

#[test]
fn fixed_inputs_reproduce_the_expected_values_in_every_trial() {
    for section in [
        json!({}),
        json!({"first_deal_month": 2, "ramp_months": 5.5, "payment_delay_months": 3, "horizon_months": 60}),
        json!({"horizon_months": 3, "first_deal_month": 9}),
    ] {
        let plan = plan(section);
        let lines = plan.lines(&plan.means());
        let expected =
            dealcast::cash_flow::measures(&lines.net_cash, lines.total_investment(), plan.means().discount_rate_annual);
        assert_trials(&outcome(PnlPaths::new(&plan), 200), &expected, &lines.net_cash);
    }
    for section in programmes() {
        let programme = programme(section);
        let values = programme.means();
        let lines = programme.lines(&values);
        let expected =
            dealcast::cash_flow::measures(&lines.net_cash, lines.total_investment(), values.discount_rate_annual);
        assert_trials(&outcome(ProgrammePaths::new(&programme), 200), &expected, &lines.net_cash);
    }
}

fn assert_trials(outcome: &Outcome, expected: &dealcast::cash_flow::CashFlowMeasures, net_cash: &[f64]) {
    let never = net_cash.len();
    for trial in 0..outcome.trials() as usize {
        let at = |number: usize| outcome.values(number)[trial];
        close("npv", at(NPV), expected.npv);
        close("net cash", at(NET_CASH), expected.net_cash_total);
        close("peak", at(PEAK), expected.peak_funding_need);
        assert_eq!(at(PAYBACK) as usize, expected.payback_month_sustained.unwrap_or(never));
    }
    for (month, cash) in dealcast::cash_flow::cumulative(net_cash).iter().enumerate() {
        close("mean", outcome.month(CUMULATIVE, month).mean().0, *cash);
        close("median", outcome.month(CUMULATIVE, month).quantile(0.5), *cash);
    }
}

#[test]
fn partners_one_by_one_have_the_expected_mean_and_the_exact_spread() {
    // 40,960 trials of each programme.
    for (case, mut section) in programmes().into_iter().enumerate() {
        section["count_noise"] = json!("partner_level");
        let programme = programme(section);
        let values = programme.means();
        let found = outcome(ProgrammePaths::new(&programme), 40_960);
        for (number, expected, exact_sd) in [
            (NPV, programme.npv(&values), programme.count_sd(&values, values.discount_rate_annual)),
            (NET_CASH, programme.lines(&values).net_cash.iter().sum(), programme.count_sd(&values, 0.0)),
        ] {
            let sample = found.sample(number);
            let ((mean, mean_error), (sd, sd_error)) = (sample.mean(), sample.sd());
            assert!((mean - expected).abs() < STANDARD_ERRORS * mean_error, "{case}: mean {mean} for {expected}");
            assert!((sd - exact_sd).abs() < STANDARD_ERRORS * sd_error, "{case}: sd {sd} for {exact_sd}");
        }
        // Every month of the cash, not the total alone.
        for (month, cash) in programme.lines(&values).net_cash.iter().enumerate() {
            let (mean, error) = found.month(0, month).mean();
            let distance = (mean - cash).abs();
            assert!(distance < STANDARD_ERRORS * error + 1e-6, "{case} month {month}: {mean} for {cash}");
        }
    }
}

#[test]
fn the_partner_side_is_a_partner_of_the_programme() {
    // 40,960 trials of each programme; the partner's horizon reaches beyond the vendor's.
    for (case, section) in programmes().into_iter().enumerate() {
        let mut counted = section.clone();
        counted["count_noise"] = json!("partner_level");
        let programme = programme(counted);
        let plan = plan(json!({"horizon_months": 30, "average_deal": 60_000, "annual_renewal_rate": 0.7}));
        let both = outcome(BothSides::new(&programme, &plan), 40_960);
        let signed = both.values(SIGNED);
        let npv: Vec<f64> =
            both.values(PARTNER + NPV).iter().zip(signed).filter(|(_, s)| **s > 0.0).map(|(npv, _)| *npv).collect();
        let (mean, error) = Sample::new(npv).mean();
        let expected = plan.npv_in_programme(&plan.means(), &programme, &programme.means());
        assert!((mean - expected).abs() < STANDARD_ERRORS * error, "{case}: {mean} ± {error} for {expected}");
        // The vendor's side is the programme's simulation, trial by trial.
        let alone = outcome(ProgrammePaths::new(&programme), 40_960);
        assert_eq!(both.values(VENDOR + NPV), alone.values(NPV), "{case}");
    }
}

/// Both sections with uncertain inputs of many kinds.
fn both() -> Value {
    json!({
        "partner_pnl": {
            "deals_per_month_at_maturity": {"distribution": "pert", "min": 0.4, "mode": 1.0, "max": 1.6},
            "average_deal": {"distribution": "lognormal", "mean": 30_000, "coefficient_of_variation": 0.3},
            "resale_margin_rate": {"distribution": "triangular", "min": 0.2, "mode": 0.3, "max": 0.4},
            "demand_noise": "poisson"
        },
        "partner_vendor_programme": {
            "capable_share": {"distribution": "uniform", "min": 0.5, "max": 0.8}, "stop_rule_months": 9,
            "average_deal": {"distribution": "gamma", "mean": 25_000, "coefficient_of_variation": 0.2},
            "count_noise": "partner_level"
        }
    })
}

#[test]
fn reports_are_the_same_bytes_on_any_number_of_workers() {
    let scenario = scenario(both());
    let forecast = Forecast::new(&scenario, 0).unwrap();
    let text = |part: &Part| serde_json::to_string(&forecast.report(part, Effort::Full).unwrap()).unwrap();
    let whole = text(&forecast.simulate(0, forecast.blocks()));
    for workers in [2, 3] {
        let chunk = forecast.blocks().div_ceil(workers);
        let parts = (0..workers).rev().map(|worker| forecast.simulate(worker * chunk, chunk));
        let sent = parts.map(|part| Part::from_bytes(&part.to_bytes()).unwrap());
        let merged = sent.reduce(|a, b| a.merged(b).unwrap()).unwrap();
        assert_eq!(text(&merged), whole, "{workers} workers");
    }
    let hash = fnv1a_64(whole.as_bytes());
    assert_eq!(hash, REPORT_HASH, "{hash:#x}");
}

#[test]
fn a_part_of_other_sections_is_refused() {
    let (all, alone) = (scenario(both()), scenario(json!({"partner_pnl": {"demand_noise": "poisson"}})));
    let (all, alone) = (Forecast::new(&all, 0).unwrap(), Forecast::new(&alone, 0).unwrap());
    let (part, other) = (all.simulate(0, all.blocks()), alone.simulate(0, alone.blocks()));
    assert!(all.report(&other, Effort::Preview).is_err() && alone.report(&part, Effort::Preview).is_err());
    assert!(part.clone().merged(other).is_none());
    assert!(all.report(&all.simulate(0, 1), Effort::Preview).is_err(), "blocks are missing");
}

#[test]
fn the_shares_of_who_earns_sum_to_one() {
    let scenario = scenario(both());
    let report = Forecast::new(&scenario, 0).unwrap().run();
    let sides = report.partner_both_sides.unwrap();
    let figures = &sides.figures;
    let sum = figures.prob_both + figures.prob_partner_only + figures.prob_vendor_only + figures.prob_none;
    assert!((sum - 1.0).abs() < 1e-12);
    let vendor = report.partner_vendor_programme.unwrap().simulation.unwrap().figures;
    assert_eq!(sides.vendor, vendor, "the same partners");
    assert!((figures.prob_both + figures.prob_vendor_only - vendor.prob_npv_positive).abs() < 1e-12);
    // More of the margin is never better for the vendor nor worse for the partner.
    for pair in sides.margins.windows(2) {
        assert!(pair[1].partner_npv > pair[0].partner_npv && pair[1].vendor_npv < pair[0].vendor_npv);
    }
    assert!(sides.smallest_margin_for_partner.is_none_or(|margin| (0.0..=1.0).contains(&margin)));
}

#[test]
fn a_plan_that_never_pays_back_says_so() {
    let mut section = json!({"deals_per_month_at_maturity": 0.05, "demand_noise": "poisson"});
    section["services_attach_rate"] = json!(0.0);
    let scenario = scenario(json!({"partner_pnl": section}));
    let report = Forecast::new(&scenario, 0).unwrap().run().partner_pnl.unwrap();
    assert_eq!((report.payback_month_sustained, report.payback_month_first), (None, None));
    let figures = report.simulation.unwrap().figures;
    assert!(figures.prob_never_pays_back > 0.999 && figures.prob_payback_within_36_months.unwrap() < 0.001);
    assert!(figures.npv_p90 < 0.0 && figures.npv_p90.is_finite());
}

#[test]
fn contradictory_inputs_are_refused_where_they_stand() {
    let pert = |min: f64, mode: f64, max: f64| json!({"distribution": "pert", "min": min, "mode": mode, "max": max});
    let cases = [
        ("partner_pnl", json!({"resale_margin_rate": 1.2}), "resale_margin_rate", ErrorCode::OutOfRange),
        ("partner_pnl", json!({"ramp_months": 0}), "ramp_months", ErrorCode::OutOfRange),
        ("partner_pnl", json!({"average_deal": pert(1e4, 9e4, 6e4)}), "average_deal/max", ErrorCode::OutOfOrder),
        (
            "partner_pnl",
            json!({"services_margin_rate": pert(0.2, 0.4, 1.4)}),
            "services_margin_rate/max",
            ErrorCode::OutOfRange,
        ),
        (
            "partner_pnl",
            json!({"resale_margin_rate": {"distribution": "lognormal", "mean": 0.3, "coefficient_of_variation": 0.5}}),
            "resale_margin_rate/distribution",
            ErrorCode::UnknownChoice,
        ),
        (
            "partner_pnl",
            json!({"resale_margin_rate": 0, "renewal_margin_rate": 0, "services_attach_rate": 0}),
            "resale_margin_rate",
            ErrorCode::NoMargin,
        ),
        (
            "partner_pnl",
            json!({"sales_commission_rate_on_margin": 1}),
            "sales_commission_rate_on_margin",
            ErrorCode::NoMargin,
        ),
        (
            "partner_vendor_programme",
            json!({"candidates_approached_per_month": 10_000}),
            "candidates_approached_per_month",
            ErrorCode::OutOfRange,
        ),
        (
            "partner_vendor_programme",
            json!({"candidates_approached_per_month": 900, "count_noise": "partner_level"}),
            "candidates_approached_per_month",
            ErrorCode::OutOfRange,
        ),
        ("partner_vendor_programme", json!({"partner_discount_rate": 1}), "partner_discount_rate", ErrorCode::NoMargin),
        (
            "partner_vendor_programme",
            json!({"vendor_gross_margin_rate": 0}),
            "vendor_gross_margin_rate",
            ErrorCode::NoMargin,
        ),
        ("partner_vendor_programme", json!({"stop_rule_months": 0}), "stop_rule_months", ErrorCode::OutOfRange),
        ("partner_vendor_programme", json!({"capable_share": -0.1}), "capable_share", ErrorCode::OutOfRange),
    ];
    for (section, inputs, at, code) in cases {
        let mut document = json!({"schema": "dealcast/1"});
        document[section] = inputs;
        let errors = Scenario::from_value(&document).unwrap_err();
        let found: Vec<_> = errors.iter().map(|error| (error.path.as_str(), error.code)).collect();
        assert_eq!(found, [(format!("/{section}/{at}").as_str(), code)], "{document}");
    }
}
