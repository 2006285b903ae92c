//! Milliseconds of 100,000 trials × 36 months of the partner models on one core:
//! `cargo run --release --example time_partners`.

use dealcast::forecast::{Effort, Forecast};
use dealcast::scenario::Scenario;
use serde_json::{Value, json};
use std::time::Instant;

fn main() {
    let pert = |min: f64, mode: f64, max: f64| json!({"distribution": "pert", "min": min, "mode": mode, "max": max});
    let plan = json!({
        "deals_per_month_at_maturity": pert(0.4, 1.0, 1.6), "average_deal": pert(15e3, 30e3, 60e3),
        "resale_margin_rate": pert(0.2, 0.3, 0.4), "annual_renewal_rate": pert(0.8, 0.9, 0.97),
        "services_attach_rate": pert(0.5, 0.8, 1.0), "services_revenue_per_attached_deal": pert(8e3, 15e3, 30e3)
    });
    let programme = json!({
        "capable_share": pert(0.45, 0.62, 0.8), "median_months_to_first_deal": pert(2.5, 4.0, 8.0),
        "stop_rule_months": 9, "deals_per_active_partner_per_month": pert(0.1, 0.25, 0.45),
        "average_deal": pert(15e3, 25e3, 40e3), "partner_discount_rate": pert(0.2, 0.3, 0.4)
    });
    let with = |section: &Value, field: &str, value: Value| {
        let mut section = section.clone();
        section[field] = value;
        section
    };
    let poisson = with(&plan, "demand_noise", json!("poisson"));
    let counted = with(&programme, "count_noise", json!("partner_level"));
    for (name, sections) in [
        ("partner plan, inputs uncertain", json!({"partner_pnl": plan})),
        ("partner plan, Poisson deals too", json!({"partner_pnl": poisson})),
        ("programme, inputs uncertain", json!({"partner_vendor_programme": programme})),
        ("programme, partner by partner", json!({"partner_vendor_programme": counted})),
        ("both, and both sides", json!({"partner_pnl": poisson, "partner_vendor_programme": counted})),
    ] {
        let mut document = json!({"schema": "dealcast/1", "seed": 1, "trials": 100_000});
        document.as_object_mut().unwrap().extend(sections.as_object().unwrap().clone());
        let scenario = Scenario::from_value(&document).unwrap();
        let time = |work: &mut dyn FnMut()| {
            let mut best = f64::INFINITY;
            for _ in 0..5 {
                let start = Instant::now();
                work();
                best = best.min(start.elapsed().as_secs_f64() * 1e3);
            }
            best
        };
        let fresh = || Forecast::new(&scenario, 0).unwrap();
        let prepared = time(&mut || drop(fresh().simulate(0, 0)));
        let all = time(&mut || {
            let forecast = fresh();
            drop(forecast.simulate(0, forecast.blocks()));
        });
        let forecast = fresh();
        let part = forecast.simulate(0, forecast.blocks());
        let preview = time(&mut || drop(forecast.report(&part, Effort::Preview)));
        let full = time(&mut || drop(forecast.report(&part, Effort::Full)));
        println!(
            "{name}: {all:.0} ms simulation ({prepared:.1} of it preparation), report {preview:.0} ms, with shares of variance {full:.0} ms"
        );
    }
}
