//! Times the models by month natively, each alone: milliseconds of processor time for 100,000 trials × 36 months on
//! one core, the median of a few runs: `cargo run --release --example models [-- RUNS [NAME]]`. Their defaults are the
//! reference cases C01, B01, P05 and V05; "uncertain" puts laws on the inputs that matter most, as the worked cases do.

use dealcast::forecast::Forecast;
use dealcast::report::what_if::Outcome;
use dealcast::scenario::Scenario;
use serde_json::{Value, json};
use std::time::Instant;

/// Nanoseconds that this thread was on a processor, which other work on the machine moves least; where the system
/// does not say, those on the clock.
fn busy(start: Instant) -> u128 {
    let spent = std::fs::read_to_string("/proc/thread-self/schedstat").ok();
    let spent = spent.and_then(|text| text.split(' ').next()?.parse().ok());
    spent.unwrap_or_else(|| start.elapsed().as_nanos())
}

fn pert(min: f64, mode: f64, max: f64) -> Value {
    json!({"distribution": "pert", "min": min, "mode": mode, "max": max})
}

/// Name, outcome that asks for the model, sections.
fn workloads() -> Vec<(&'static str, Outcome, Value)> {
    let arr = json!({"horizon_months": 36, "arr_goal": 20e6});
    let uncertain_arr = json!({
        "horizon_months": 36, "arr_goal": 20e6, "new_customers_per_month": pert(8.0, 12.0, 16.0),
        "early_churn_first_3_months": pert(0.1, 0.15, 0.2), "mature_monthly_churn_rate": pert(0.01, 0.0135, 0.018)
    });
    let machine = json!({"horizon_months": 36, "regimes": [{"from_month": 1}]});
    let uncertain_machine = json!({
        "horizon_months": 36, "lead_level_coefficient_of_variation": 0.2,
        "regimes": [{"from_month": 1, "opportunity_to_win": pert(0.12, 0.2, 0.34)}]
    });
    let mut team = machine.clone();
    team["capacity"] = json!({"initial_ramped_reps": 8});
    let mut uncertain_team = uncertain_machine.clone();
    uncertain_team["capacity"] = json!({"initial_ramped_reps": 8, "ramp_months": pert(4.0, 6.0, 9.0)});
    let mut linked = arr.clone();
    linked["new_customers_from"] = json!("pipeline_generation");
    let plan = json!({
        "demand_noise": "poisson",
        "deals_per_month_at_maturity": pert(0.4, 1.0, 1.6), "average_deal": pert(15e3, 30e3, 60e3),
        "resale_margin_rate": pert(0.2, 0.3, 0.4), "annual_renewal_rate": pert(0.8, 0.9, 0.97),
        "services_attach_rate": pert(0.5, 0.8, 1.0), "services_revenue_per_attached_deal": pert(8e3, 15e3, 30e3)
    });
    let programme = json!({
        "count_noise": "partner_level", "stop_rule_months": 9,
        "capable_share": pert(0.45, 0.62, 0.8), "median_months_to_first_deal": pert(2.5, 4.0, 8.0),
        "deals_per_active_partner_per_month": pert(0.1, 0.25, 0.45),
        "average_deal": pert(15e3, 25e3, 40e3), "partner_discount_rate": pert(0.2, 0.3, 0.4)
    });
    let both = json!({"partner_vendor_programme": programme, "partner_pnl": plan});
    vec![
        ("ARR", Outcome::ClosingArr, json!({"arr_cohorts": arr})),
        ("ARR, uncertain", Outcome::ClosingArr, json!({"arr_cohorts": uncertain_arr})),
        ("ARR of the machine", Outcome::ClosingArr, json!({"arr_cohorts": linked, "pipeline_generation": machine})),
        ("sales machine", Outcome::Wins, json!({"pipeline_generation": machine})),
        ("sales machine, uncertain", Outcome::Wins, json!({"pipeline_generation": uncertain_machine})),
        ("sales machine, team", Outcome::Wins, json!({"pipeline_generation": team})),
        ("sales machine, team, uncertain", Outcome::Wins, json!({"pipeline_generation": uncertain_team})),
        ("partner plan", Outcome::PartnerNpv, json!({"partner_pnl": {"demand_noise": "poisson"}})),
        ("partner plan, uncertain", Outcome::PartnerNpv, json!({"partner_pnl": plan})),
        (
            "programme",
            Outcome::VendorNpv,
            json!({"partner_vendor_programme": {"count_noise": "partner_level", "stop_rule_months": 9}}),
        ),
        ("programme, uncertain", Outcome::VendorNpv, json!({"partner_vendor_programme": programme})),
        ("both sides, uncertain", Outcome::SignedPartnerNpv, both),
    ]
}

fn main() {
    let mut arguments = std::env::args().skip(1);
    let runs: usize = arguments.next().map_or(5, |runs| runs.parse().expect("a number of runs"));
    let only = arguments.next().unwrap_or_default();
    let start = Instant::now();
    for (name, outcome, sections) in workloads().into_iter().filter(|(name, ..)| name.starts_with(&only)) {
        let mut document = json!({"schema": "dealcast/1", "seed": 1, "trials": 100_000});
        document.as_object_mut().unwrap().extend(sections.as_object().unwrap().clone());
        let scenario = Scenario::from_value(&document).expect("a valid scenario");
        let mut times: Vec<f64> = (0..=runs)
            .map(|_| {
                let before = busy(start);
                let forecast = Forecast::new(&scenario, 0).expect("valid sections");
                drop(forecast.simulate_for(outcome, 0, forecast.blocks()));
                (busy(start) - before) as f64 / 1e6
            })
            .skip(1)
            .collect();
        times.sort_by(f64::total_cmp);
        println!("{name:<26}{:8.1} ms", times[times.len() / 2]);
    }
}
