//! Levers on fields that a document leaves to their defaults.

use super::{TRIALS, compared, plan};
use dealcast::model::partner_pnl::PnlValues;
use dealcast::model::partner_vendor_programme::ProgrammeValues;
use dealcast::report::what_if::Outcome;
use dealcast::scenario::Scenario;
use dealcast::what_if::apply_plan;
use serde_json::{Value, json};
#[cfg(target_arch = "wasm32")]
use wasm_bindgen_test::wasm_bindgen_test as test;

/// A document of one section that states next to nothing.
fn silent(section: &str) -> Value {
    let body = match section {
        "open_pipeline" => json!({"target": 300_000, "kill_rule": {"enabled": true}, "deals": [
            {"deal_id": "A", "amount": 200_000, "win_probability": 0.5, "expected_close_month": 1},
            {"deal_id": "B", "amount": 150_000, "win_probability": 0.4, "expected_close_month": 3}]}),
        "pipeline_generation" => json!({"target_wins": 40, "horizon_months": 12, "capacity": {},
            "regimes": [{"from_month": 1, "kill_rule": {"enabled": true}}, {"from_month": 6}]}),
        "arr_cohorts" => json!({"horizon_months": 24, "arr_goal": 9_000_000}),
        _ => json!({}),
    };
    json!({"schema": "dealcast/1", "seed": 4, "trials": TRIALS, section: body})
}

/// Fields that have a default, by section.
fn fields(section: &str) -> Vec<String> {
    let own: &[&str] = match section {
        "open_pipeline" => &[
            "already_won",
            "horizon_months",
            "latent_correlation",
            "slippage_factor_loading",
            "amount_range/low",
            "amount_range/high",
            "default_slippage/monthly_slip_probability",
            "kill_rule/minimum_score",
            "kill_rule/maximum_age_days",
            "target_window/first_month",
            "target_window/last_month",
            "meddic/champion",
            "meddic/maximum_odds_multiplier",
        ],
        "pipeline_generation" => &[
            "target_window/first_month",
            "target_window/last_month",
            "burn_in_months",
            "leads_per_month",
            "leads_monthly_growth",
            "lead_level_coefficient_of_variation",
            "capacity/initial_ramped_reps",
            "capacity/selling_hours_per_rep_per_month",
            "capacity/ramp_months",
            "capacity/monthly_attrition_rate",
            "capacity/backlog_monthly_loss_rate",
            "regimes/*/followup_within_sla_share",
            "regimes/*/late_lead_relative_conversion",
            "regimes/*/lead_to_mql",
            "regimes/*/mql_to_sql",
            "regimes/*/sql_to_opportunity",
            "regimes/*/opportunity_to_win",
            "regimes/1/opportunity_to_win",
            "regimes/*/average_deal",
            "regimes/*/hours_per_won_deal",
            "regimes/*/hours_per_lost_deal",
            "regimes/*/months_to_win/mean_days",
            "regimes/1/months_to_loss/mean_days",
            "regimes/0/kill_rule/low_score_share_of_lost",
            "regimes/0/kill_rule/kill_after_months",
        ],
        "arr_cohorts" => &[
            "opening_arr",
            "opening_customers",
            "new_customers_per_month",
            "new_customers_monthly_growth",
            "arr_per_new_customer",
            "early_churn_first_3_months",
            "mature_monthly_churn_rate",
            "monthly_expansion_rate",
            "monthly_contraction_rate",
            "expansion_first_age_months",
            "gross_margin_rate",
            "cac",
            "other_operating_cost_per_month",
            "discount_rate_annual",
        ],
        "partner_pnl" => {
            &["horizon_months", "first_deal_month", "payment_delay_months", "vendor_marketing_fund_months"]
        }
        _ => &["horizon_months", "recruitment_months", "signing_lag_months", "onboarding_months"],
    };
    let values = match section {
        "partner_pnl" => PnlValues::NAMES,
        "partner_vendor_programme" => ProgrammeValues::NAMES,
        _ => &[],
    };
    own.iter().chain(values).map(|field| (*field).to_owned()).collect()
}

const SECTIONS: [(&str, Outcome); 5] = [
    ("open_pipeline", Outcome::PipelineTotal),
    ("pipeline_generation", Outcome::Wins),
    ("arr_cohorts", Outcome::ClosingArr),
    ("partner_pnl", Outcome::PartnerNpv),
    ("partner_vendor_programme", Outcome::VendorNpv),
];

#[test]
fn a_default_that_is_stated_changes_nothing() {
    for (section, outcome) in SECTIONS {
        let mut document = silent(section);
        // All of them at once: stating what the model takes anyway gives the same trials.
        let one = |field: &String| json!({"at": format!("/{section}/{field}"), "multiply": 1});
        let changes: Vec<Value> = fields(section).iter().map(one).collect();
        document["plans"] = json!([plan("Stated", json!(changes))]);
        let found = compared(&document, outcome);
        assert!(found.errors.is_empty(), "{section}: {:?}", found.errors);
        let [base, stated] = &found.scenarios[..] else { panic!("two scenarios") };
        assert_eq!((&base.figures, &base.prob_at_least), (&stated.figures, &stated.prob_at_least), "{section}");
        assert_eq!(base.fan, stated.fan, "{section}");
    }
}

#[test]
fn a_default_moves_as_the_same_number_stated() {
    for (section, field, default, outcome) in [
        ("open_pipeline", "latent_correlation", 0.1, Outcome::PipelineTotal),
        ("pipeline_generation", "leads_per_month", 650.0, Outcome::Wins),
        ("arr_cohorts", "early_churn_first_3_months", 0.15, Outcome::ClosingArr),
        ("partner_pnl", "resale_margin_rate", 0.3, Outcome::PartnerNpv),
        ("partner_vendor_programme", "signing_rate", 0.3, Outcome::VendorNpv),
    ] {
        let plans = json!([plan("Less", json!([{"at": format!("/{section}/{field}"), "multiply": 0.8}]))]);
        let mut silent = silent(section);
        silent["plans"] = plans;
        let mut stated = silent.clone();
        stated[section][field] = json!(default);
        let (silent, stated) = (compared(&silent, outcome), compared(&stated, outcome));
        assert_eq!(silent.scenarios, stated.scenarios, "{section}/{field}");
        assert_ne!(silent.scenarios[0].figures, silent.scenarios[1].figures, "{section}/{field}");
    }
}

fn applied(document: &Value) -> Value {
    let scenario = Scenario::from_value(document).unwrap();
    apply_plan(document, scenario.plans.as_deref().unwrap(), 0).unwrap().0
}

#[test]
fn a_period_holds_on_to_the_one_before() {
    let mut document = silent("pipeline_generation");
    let regimes = "/pipeline_generation/regimes";
    document["pipeline_generation"]["regimes"][0]["lead_to_mql"] = json!(0.5);
    document["plans"] = json!([plan(
        "P",
        json!([
            {"at": format!("{regimes}/*/lead_to_mql"), "multiply": 0.5},
            {"at": format!("{regimes}/1/mql_to_sql"), "multiply": 2},
            {"at": format!("{regimes}/1/lead_to_mql"), "multiply": 2}
        ])
    )]);
    let applied = applied(&document);
    let regime = |place: usize, field: &str| applied["pipeline_generation"]["regimes"][place][field].clone();
    assert_eq!((regime(0, "lead_to_mql"), regime(1, "lead_to_mql")), (json!(0.25), json!(0.5)));
    assert_eq!((regime(0, "mql_to_sql"), regime(1, "mql_to_sql")), (Value::Null, json!(0.7)));
}

#[test]
fn answers_and_windows_that_are_not_there_can_be_set() {
    let mut document = silent("open_pipeline");
    document["open_pipeline"]["deals"][1]["meddic"] = json!({"metrics": "no"});
    let changes = json!([
        {"at": "/open_pipeline/deals/=A/meddic/champion", "set": "yes"},
        {"at": "/open_pipeline/deals/*/meddic/metrics", "set": "yes"},
        {"at": "/open_pipeline/target_window/last_month", "set": 6},
        {"at": "/open_pipeline/meddic/champion", "set": 4}
    ]);
    document["plans"] = json!([plan("P", changes)]);
    let found = applied(&document);
    let of = |at: &str| found["open_pipeline"].pointer(at).cloned().unwrap_or_default();
    assert_eq!(of("/deals/0/meddic"), json!({"champion": "yes", "metrics": "yes"}));
    assert_eq!(of("/deals/1/meddic"), json!({"metrics": "yes"}));
    assert_eq!(of("/target_window").as_object().unwrap().len(), 2);
    assert_eq!(
        (of("/target_window/first_month").as_f64(), of("/target_window/last_month").as_f64()),
        (Some(1.0), Some(6.0))
    );
    assert_eq!(of("/meddic/champion").as_f64(), Some(4.0));
}

#[test]
fn close_months_stay_whole_and_begin_at_one() {
    let mut document = silent("open_pipeline");
    let months = |document: &Value| -> Vec<u64> {
        let deals = document["open_pipeline"]["deals"].as_array().unwrap();
        deals.iter().map(|deal| deal["expected_close_month"].as_u64().unwrap()).collect()
    };
    let all = "/open_pipeline/deals/*/expected_close_month";
    for (change, expected) in [
        (json!({"at": all, "add": -1}), [1, 2]),
        (json!({"at": all, "add": -9}), [1, 1]),
        (json!({"at": all, "add": 2}), [3, 5]),
        (json!({"at": all, "multiply": 0.6}), [1, 2]),
        (json!({"at": all, "multiply": 0}), [1, 1]),
    ] {
        document["plans"] = json!([plan("P", json!([change]))]);
        assert_eq!(months(&applied(&document)), expected, "{change}");
    }
}
