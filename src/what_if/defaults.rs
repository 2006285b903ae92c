//! What the models take where a document says nothing, as values of the document: a lever can move an input that
//! was left alone. Every number comes from the model that uses it.

use super::change::number_of;
use super::pointer::{put, resolve as places_of};
use crate::math::exp;
use crate::model::arr_cohorts::{Acquisition, NewCustomers};
use crate::model::open_pipeline::resolve::{
    AMOUNT_RANGE, GATE_SCORE, KILL_AGE_DAYS, KILL_SCORE, MONTHLY_SLIP_PROBABILITY, TARGET_WINDOW,
    resolve as resolve_open_pipeline,
};
use crate::model::open_pipeline::win_probability::{LOG_ODDS_PER_POINT, MAXIMUM_ODDS_MULTIPLIER};
use crate::model::partner_pnl::{PnlPlan, PnlValues};
use crate::model::partner_vendor_programme::{Programme, ProgrammeValues};
use crate::model::pipeline_generation::{CYCLE_DAYS, KILLED_SHARE, Regime};
use crate::model::{arr_cohorts, pipeline_generation};
use crate::scenario::arr_cohorts::ArrCohorts;
use crate::scenario::open_pipeline::OpenPipeline;
use crate::scenario::partner_pnl::PartnerPnl;
use crate::scenario::partner_vendor_programme::PartnerVendorProgramme;
use crate::scenario::pipeline_generation::PipelineGeneration;
use crate::scenario::read::read;
use serde_json::{Value, json};

/// The default of a field that a document does not state, by its plain pointer; `None` where it has none. With
/// `every` the field is asked for in all entries of a list: a period then holds on to what the one before states.
pub fn default_at(document: &Value, field: &str, every: bool) -> Option<Value> {
    let (section, name) = field.strip_prefix('/')?.split_once('/')?;
    let stated = document.get(section)?;
    let number = match section {
        "open_pipeline" => of_open_pipeline(stated, name),
        "pipeline_generation" => match name.strip_prefix("regimes/").and_then(|rest| rest.split_once('/')) {
            Some((place, _)) if every && place != "0" => None,
            Some((place, field)) => {
                let place = place.parse().ok()?;
                if let Some(held) = held(stated, place, field) {
                    return Some(held.clone());
                }
                of_regime(stated, place, field)
            }
            None => of_pipeline_generation(stated, name),
        },
        "arr_cohorts" => of_arr_cohorts(stated, name),
        "partner_pnl" => of_partner_pnl(stated, name),
        "partner_vendor_programme" => of_programme(stated, name),
        _ => None,
    };
    number.map(number_of)
}

/// States the groups of fields on the way to a field that the document leaves to their defaults as a whole.
pub fn state_parents(document: &mut Value, steps: &[String]) {
    let steps: Vec<&str> = steps.iter().map(String::as_str).collect();
    let absent = |document: &Value, at: &str| document.pointer(at).is_none_or(Value::is_null);
    let (at, value) = match steps[..] {
        ["open_pipeline", "amount_range", _] => {
            ("/open_pipeline/amount_range".to_owned(), json!({"low": AMOUNT_RANGE.low, "high": AMOUNT_RANGE.high}))
        }
        ["open_pipeline", "default_slippage", "monthly_slip_probability"] => (
            "/open_pipeline/default_slippage".to_owned(),
            json!({"distribution": "geometric", "monthly_slip_probability": MONTHLY_SLIP_PROBABILITY}),
        ),
        ["open_pipeline", "target_window", _] => ("/open_pipeline/target_window".to_owned(), json!(TARGET_WINDOW)),
        ["open_pipeline", "meddic", _] => ("/open_pipeline/meddic".to_owned(), json!({})),
        ["open_pipeline", "deals", deal, "meddic", _] => {
            // The answers of each deal that has none.
            let answers = ["open_pipeline", "deals", deal, "meddic"].map(str::to_owned);
            for at in places_of(document, &answers) {
                if absent(document, &at) {
                    put(document, &at, Some(json!({})));
                }
            }
            return;
        }
        ["pipeline_generation", "target_window", _] => {
            let Some(inputs) = document.get("pipeline_generation").and_then(machine) else { return };
            let window = json!({"first_month": 1, "last_month": inputs.horizon_months});
            ("/pipeline_generation/target_window".to_owned(), window)
        }
        ["pipeline_generation", "regimes", place, ..] => {
            let list = "/pipeline_generation/regimes";
            if absent(document, list) && document.get("pipeline_generation").is_some() {
                put(document, list, Some(json!([{"from_month": 1}])));
            }
            let [.., cycle @ ("months_to_win" | "months_to_loss"), "mean_days"] = steps[..] else { return };
            let place = if place == "*" { "0" } else { place };
            let Some(before) = place.parse().ok().filter(|before| *before < 1000) else { return };
            let days = if cycle == "months_to_win" { CYCLE_DAYS.0 } else { CYCLE_DAYS.1 };
            let held = document.get("pipeline_generation").and_then(|section| held(section, before, cycle)).cloned();
            (format!("{list}/{place}/{cycle}"), held.unwrap_or_else(|| json!({"mean_days": days})))
        }
        _ => return,
    };
    if absent(document, &at) {
        put(document, &at, Some(value));
    }
}

/// What the nearest period before one states of a field.
fn held<'a>(section: &'a Value, place: usize, field: &str) -> Option<&'a Value> {
    let regimes = section.get("regimes")?.as_array()?;
    let mut stated = regimes.iter().take(place).rev().filter_map(|regime| regime.pointer(&format!("/{field}")));
    stated.find(|value| !value.is_null())
}

fn of_open_pipeline(stated: &Value, name: &str) -> Option<f64> {
    let rule = match name {
        "qualification_gate/minimum_score" => Some(GATE_SCORE),
        "kill_rule/minimum_score" => Some(KILL_SCORE),
        "kill_rule/maximum_age_days" => Some(KILL_AGE_DAYS),
        "meddic/maximum_odds_multiplier" => Some(MAXIMUM_ODDS_MULTIPLIER),
        "meddic/metrics"
        | "meddic/economic_buyer"
        | "meddic/decision_criteria"
        | "meddic/decision_process"
        | "meddic/identified_pain"
        | "meddic/champion" => Some(exp(LOG_ODDS_PER_POINT)),
        _ => None,
    };
    if rule.is_some() {
        return rule;
    }
    let alone = json!({"target": 0, "deals": [], "target_window": stated.get("target_window")});
    let pipeline = resolve_open_pipeline(&read::<OpenPipeline>(&alone).0?).ok()?.pipeline;
    Some(match name {
        "already_won" => pipeline.already_won,
        "horizon_months" => f64::from(pipeline.horizon_months),
        "latent_correlation" => pipeline.latent_correlation,
        "slippage_factor_loading" => pipeline.slippage_factor_loading,
        _ => return None,
    })
}

fn machine(stated: &Value) -> Option<pipeline_generation::Inputs> {
    let section = read::<PipelineGeneration>(stated).0?;
    pipeline_generation::resolve(&section).ok().map(|(inputs, _)| inputs)
}

fn of_pipeline_generation(stated: &Value, name: &str) -> Option<f64> {
    let inputs = machine(stated)?;
    let team = inputs.team.as_ref();
    match name {
        "horizon_months" => Some(inputs.horizon_months as f64),
        "burn_in_months" => Some(inputs.burn_in_months as f64),
        "leads_per_month" => Some(inputs.leads),
        "leads_monthly_growth" => Some(inputs.lead_growth),
        "lead_level_coefficient_of_variation" => Some(inputs.lead_level_cv),
        "capacity/initial_ramped_reps" => team.map(|team| team.ramped_reps),
        "capacity/selling_hours_per_rep_per_month" => team.map(|team| team.hours_per_rep),
        "capacity/ramp_months" => team.map(|team| team.ramp),
        "capacity/monthly_attrition_rate" => team.map(|team| team.attrition),
        "capacity/backlog_monthly_loss_rate" => team.map(|team| team.backlog_loss),
        _ => None,
    }
}

fn of_regime(stated: &Value, place: usize, field: &str) -> Option<f64> {
    let inputs = machine(stated)?;
    let regime: &Regime = inputs.regimes.get(place)?;
    match field {
        "followup_within_sla_share" => Some(regime.followup_share),
        "late_lead_relative_conversion" => Some(regime.late_conversion),
        "lead_to_mql" => Some(regime.lead_to_mql),
        "mql_to_sql" => Some(regime.mql_to_sql),
        "sql_to_opportunity" => Some(regime.sql_to_opportunity),
        "opportunity_to_win" => Some(regime.win_rate),
        "average_deal" => Some(regime.deal),
        "hours_per_won_deal" => Some(regime.hours_won),
        "hours_per_lost_deal" => Some(regime.hours_lost),
        "kill_rule/low_score_share_of_lost" => regime.kill.map(|_| KILLED_SHARE),
        "kill_rule/kill_after_months" => regime.kill.map(|(_, after)| after as f64),
        _ => None,
    }
}

fn of_arr_cohorts(stated: &Value, name: &str) -> Option<f64> {
    let section = read::<ArrCohorts>(stated).0?;
    let (inputs, _) = arr_cohorts::resolve(&section).ok()?;
    let path = match inputs.new_customers {
        NewCustomers::Path { base, monthly_growth } if section.new_customers_from.is_none() => {
            Some((base, monthly_growth))
        }
        _ => None,
    };
    match (name, inputs.acquisition) {
        ("horizon_months", _) => Some(inputs.horizon_months as f64),
        ("opening_arr", _) => Some(inputs.opening_arr),
        ("opening_customers", _) => Some(inputs.opening_customers),
        ("new_customers_per_month", _) => path.map(|(base, _)| base),
        ("new_customers_monthly_growth", _) => path.map(|(_, growth)| growth),
        ("arr_per_new_customer", _) => Some(inputs.arr_per_new_customer),
        ("early_churn_first_3_months", _) => Some(inputs.early_churn),
        ("mature_monthly_churn_rate", _) => Some(inputs.mature_churn),
        ("monthly_expansion_rate", _) => Some(inputs.expansion),
        ("monthly_contraction_rate", _) => Some(inputs.contraction),
        ("expansion_first_age_months", _) => Some(inputs.expansion_first_age as f64),
        ("gross_margin_rate", _) => Some(inputs.gross_margin),
        ("cac", Acquisition::PerCustomer { cac }) => Some(cac),
        ("sales_marketing_monthly_growth", Acquisition::Budget { monthly_growth, .. }) => Some(monthly_growth),
        ("other_operating_cost_per_month", _) => Some(inputs.other_cost),
        ("discount_rate_annual", _) => Some(inputs.discount_rate),
        _ => None,
    }
}

fn of_partner_pnl(stated: &Value, name: &str) -> Option<f64> {
    let plan = PnlPlan::new(&read::<PartnerPnl>(stated).0?).ok()?;
    match name {
        "horizon_months" => Some(plan.horizon_months as f64),
        "first_deal_month" => Some(plan.first_deal_month as f64),
        "payment_delay_months" => Some(plan.payment_delay_months as f64),
        "vendor_marketing_fund_months" => Some(plan.vendor_marketing_fund_months as f64),
        _ => PnlValues::NAMES.iter().position(|known| *known == name).map(|place| plan.laws[place].mean()),
    }
}

fn of_programme(stated: &Value, name: &str) -> Option<f64> {
    let programme = Programme::new(&read::<PartnerVendorProgramme>(stated).0?).ok()?;
    match name {
        "horizon_months" => Some(programme.horizon_months as f64),
        "recruitment_months" => Some(programme.recruitment_months as f64),
        "signing_lag_months" => Some(programme.signing_lag_months as f64),
        "onboarding_months" => Some(programme.onboarding_months as f64),
        _ => ProgrammeValues::NAMES.iter().position(|known| *known == name).map(|place| programme.laws[place].mean()),
    }
}
