//! Random documents of every section, small enough to be simulated hundreds of times.

use dealcast::report::what_if::Outcome;
use proptest::prelude::*;
use serde_json::{Value, json};

/// A document without plans, an outcome of it, and levers that can only help.
#[derive(Debug, Clone)]
pub struct Drawn {
    pub document: Value,
    pub outcome: Outcome,
    /// Changes by their size, from nothing at 0 to much at 1.
    pub helpful: Vec<Helpful>,
}

/// A change that helps the more, the larger it is.
#[derive(Debug, Clone)]
pub struct Helpful {
    at: &'static str,
    operation: &'static str,
    /// Size of the operation at nothing, and at much.
    ends: (f64, f64),
}

impl Helpful {
    /// The change at a size between 0 and 1.
    pub fn change(&self, size: f64) -> Value {
        let (nothing, much) = self.ends;
        json!({"at": self.at, self.operation: nothing + size * (much - nothing)})
    }
}

fn helpful(at: &'static str, operation: &'static str, nothing: f64, much: f64) -> Helpful {
    Helpful { at, operation, ends: (nothing, much) }
}

fn document(sections: &[(&str, Value)], seed: u32) -> Value {
    let mut document = json!({"schema": "dealcast/1", "seed": seed, "trials": 4096});
    for (name, section) in sections {
        document[name] = section.clone();
    }
    document
}

/// A number, or a range around it.
fn quantity(low: f64, high: f64) -> impl Strategy<Value = Value> {
    (low..high, any::<bool>()).prop_map(|(mode, varies)| match varies {
        true => json!({"distribution": "pert", "min": 0.8 * mode, "mode": mode, "max": 1.2 * mode}),
        false => json!(mode),
    })
}

fn rate() -> impl Strategy<Value = Value> {
    prop_oneof![
        (0.02..0.9).prop_map(|rate| json!(rate)),
        (0u32..12, 1u32..30).prop_map(|(won, lost)| json!({"won": won, "closed": won + lost})),
    ]
}

fn slippage() -> impl Strategy<Value = Value> {
    prop_oneof![
        Just(json!({"distribution": "none"})),
        (0.05..0.8).prop_map(|slip| json!({"distribution": "geometric", "monthly_slip_probability": slip})),
        (0.1..0.9).prop_map(|now| json!({"distribution": "pmf", "probability_by_months_late": [now, 1.0 - now]})),
    ]
}

fn deal() -> impl Strategy<Value = Value> {
    let win = prop_oneof![
        rate().prop_map(|rate| ("win_probability", rate)),
        Just(("stage", json!("Demo"))),
        Just(("stage", json!("Offer")))
    ];
    (quantity(2_000.0, 300_000.0), win, 1u32..5, proptest::option::of(slippage())).prop_map(
        |(amount, (how, win), month, slippage)| {
            let mut deal = json!({"amount": amount, "expected_close_month": month, how: win});
            if let Some(slippage) = slippage {
                deal["slippage"] = slippage;
            }
            deal
        },
    )
}

/// An open pipeline of up to eight deals, in any order of deals and stages.
pub fn pipeline() -> impl Strategy<Value = Drawn> {
    let stages = (rate(), rate());
    let market = (0.0..0.6, 0.0..0.5, slippage());
    (proptest::collection::vec(deal(), 1..8), stages, market, 0.0..1.5, 3u32..7, any::<u32>()).prop_map(
        |(mut deals, (demo, offer), (correlation, loading, slippage), share, last, seed)| {
            let likely = |deal: &Value| deal["amount"].as_f64().or_else(|| deal["amount"]["mode"].as_f64()).unwrap();
            let target = libm::rint(0.5 * share * deals.iter().map(likely).sum::<f64>());
            for (place, deal) in deals.iter_mut().enumerate() {
                deal["deal_id"] = json!(format!("D{place}"));
            }
            // One at least can be signed in time.
            deals[0]["expected_close_month"] = json!(1);
            let section = json!({
                "target": target, "already_won": 1_000, "target_window": {"first_month": 1, "last_month": last},
                "latent_correlation": correlation, "slippage_factor_loading": loading, "default_slippage": slippage,
                "stages": [{"stage": "Demo", "win_rate": demo}, {"stage": "Offer", "win_rate": offer}], "deals": deals
            });
            let helpful = vec![
                helpful("/open_pipeline/stages/*/win_rate", "log_odds", 0.0, 0.8),
                helpful("/open_pipeline/deals/*/amount", "multiply", 1.0, 1.6),
                helpful("/open_pipeline/already_won", "add", 0.0, 50_000.0),
            ];
            Drawn { document: document(&[("open_pipeline", section)], seed), outcome: Outcome::PipelineTotal, helpful }
        },
    )
}

/// A sales machine without capacity limit, recurring revenue of its own, or of the machine's wins.
pub fn growth() -> impl Strategy<Value = Drawn> {
    let machine =
        (quantity(20.0, 120.0), quantity(0.3, 0.8), quantity(0.1, 0.7), quantity(5_000.0, 60_000.0), 6u32..15);
    let revenue =
        (quantity(1e5, 2e6), quantity(5.0, 40.0), quantity(0.5, 6.0), quantity(0.02, 0.3), quantity(0.001, 0.05));
    let outcome =
        prop_oneof![Just(Outcome::Wins), Just(Outcome::Bookings), Just(Outcome::ClosingArr), Just(Outcome::GoalMonth)];
    (machine, revenue, outcome, any::<bool>(), any::<u32>()).prop_map(
        |((leads, conversion, win, deal, horizon), (arr, customers, new, early, churn), outcome, linked, seed)| {
            let machine = json!({
                "horizon_months": horizon, "burn_in_months": 12, "leads_per_month": leads, "target_wins": 12,
                "regimes": [{"from_month": 1, "lead_to_mql": conversion, "opportunity_to_win": win, "average_deal": deal}]
            });
            let mut revenue = json!({
                "horizon_months": horizon, "opening_arr": arr, "opening_customers": customers, "arr_goal": 1_500_000,
                "early_churn_first_3_months": early, "mature_monthly_churn_rate": churn
            });
            match linked {
                true => revenue["new_customers_from"] = json!("pipeline_generation"),
                false => revenue["new_customers_per_month"] = new,
            }
            let of_machine = [
                helpful("/pipeline_generation/leads_per_month", "multiply", 1.0, 1.8),
                helpful("/pipeline_generation/regimes/*/opportunity_to_win", "multiply", 1.0, 1.15),
                helpful("/pipeline_generation/regimes/*/average_deal", "multiply", 1.0, 1.5),
            ];
            let of_revenue = [
                helpful("/arr_cohorts/early_churn_first_3_months", "multiply", 1.0, 0.3),
                helpful("/arr_cohorts/arr_per_new_customer", "multiply", 1.0, 1.5),
                helpful("/arr_cohorts/monthly_expansion_rate", "add", 0.0, 0.02),
            ];
            let helpful = match outcome {
                Outcome::Wins => of_machine[..2].to_vec(),
                Outcome::Bookings => of_machine.to_vec(),
                _ => of_revenue.to_vec(),
            };
            let sections = [("pipeline_generation", machine), ("arr_cohorts", revenue)];
            Drawn { document: document(&sections, seed), outcome, helpful }
        },
    )
}

/// The plan of a partner and the programme of its vendor.
pub fn partners() -> impl Strategy<Value = Drawn> {
    let plan =
        (quantity(0.2, 3.0), quantity(5_000.0, 60_000.0), quantity(0.15, 0.4), quantity(0.3, 0.8), any::<bool>());
    let programme =
        (quantity(1.0, 8.0), quantity(0.1, 0.6), quantity(0.05, 0.5), quantity(10_000.0, 50_000.0), any::<bool>());
    let outcome = prop_oneof![
        Just(Outcome::PartnerNpv),
        Just(Outcome::PartnerPayback),
        Just(Outcome::VendorNpv),
        Just(Outcome::VendorPayback),
        Just(Outcome::SignedPartnerNpv)
    ];
    (plan, programme, outcome, any::<u32>()).prop_map(
        |((demand, deal, margin, fte, noise), (candidates, signing, yields, average, counts), outcome, seed)| {
            let plan = json!({
                "horizon_months": 24, "deals_per_month_at_maturity": demand, "average_deal": deal,
                "resale_margin_rate": margin, "sales_fte": fte, "demand_noise": if noise { "poisson" } else { "none" }
            });
            let programme = json!({
                "horizon_months": 24, "recruitment_months": 6, "candidates_approached_per_month": candidates,
                "signing_rate": signing, "deals_per_active_partner_per_month": yields, "average_deal": average,
                "count_noise": if counts { "partner_level" } else { "none" }
            });
            let of_partner = [
                helpful("/partner_pnl/average_deal", "multiply", 1.0, 1.5),
                helpful("/partner_pnl/resale_margin_rate", "multiply", 1.0, 1.5),
                helpful("/partner_pnl/initial_marketing", "multiply", 1.0, 0.2),
            ];
            let of_vendor = [
                helpful("/partner_vendor_programme/average_deal", "multiply", 1.0, 1.5),
                helpful("/partner_vendor_programme/programme_fixed_cost_per_month", "multiply", 1.0, 0.5),
                helpful("/partner_vendor_programme/cost_per_candidate", "multiply", 1.0, 0.2),
            ];
            let helpful = match outcome {
                Outcome::VendorNpv | Outcome::VendorPayback => of_vendor.to_vec(),
                Outcome::SignedPartnerNpv => of_partner[1..].to_vec(),
                _ => of_partner.to_vec(),
            };
            let sections = [("partner_pnl", plan), ("partner_vendor_programme", programme)];
            Drawn { document: document(&sections, seed), outcome, helpful }
        },
    )
}
