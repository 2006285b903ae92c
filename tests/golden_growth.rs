//! The reference cases of the sales machine and of recurring revenue.

#[cfg(target_arch = "wasm32")]
use wasm_bindgen_test::wasm_bindgen_test as test;

use dealcast::forecast::Forecast;
use dealcast::math::powf;
use dealcast::report::Report;
use dealcast::scenario::Scenario;
use serde_json::{Value, json};

/// Relative error of expected values.
const CLOSED_FORM: f64 = 1e-9;

const GENERATION: [&str; 3] =
    [include_str!("golden/B01.json"), include_str!("golden/B03.json"), include_str!("golden/B05.json")];
const COHORTS: [&str; 3] =
    [include_str!("golden/C01.json"), include_str!("golden/C03.json"), include_str!("golden/C05.json")];

fn report(section: &str, inputs: &Value, trials: u32) -> Report {
    let mut document = json!({"schema": "dealcast/1", "seed": 20260101, "trials": trials});
    document[section] = inputs.clone();
    let scenario = Scenario::from_value(&document).unwrap();
    Forecast::new(&scenario, 0).unwrap().run()
}

/// Every number of `expected` stands in `found` under the same name, within the tolerance; `null` is `null`.
fn meets(place: &str, found: &Value, expected: &Value) {
    match expected {
        Value::Null => assert!(found.is_null(), "{place}: {found} instead of null"),
        Value::Number(_) => {
            let (value, aim) = (found.as_f64().unwrap_or(f64::NAN), expected.as_f64().unwrap());
            assert!((value - aim).abs() <= CLOSED_FORM * aim.abs().max(1.0), "{place}: {found} instead of {aim}");
        }
        Value::Array(list) => {
            assert_eq!(found.as_array().map(Vec::len), Some(list.len()), "{place}");
            for (index, expected) in list.iter().enumerate() {
                meets(&format!("{place}[{index}]"), &found[index], expected);
            }
        }
        Value::Object(fields) => {
            for (name, expected) in fields {
                meets(&format!("{place}.{name}"), &found[name.as_str()], expected);
            }
        }
        _ => panic!("{place}: {expected}"),
    }
}

#[test]
fn the_sales_machine_meets_every_expected_value() {
    for text in GENERATION {
        let case: Value = serde_json::from_str(text).unwrap();
        let name = case["case_id"].as_str().unwrap();
        let mut inputs = case["inputs"].clone();
        let mut expected = case["expected"].clone();
        if expected["poisson_layer"].is_object() {
            inputs["target_wins"] = expected["poisson_layer"]["target_wins"].clone();
            inputs["target_window"] = expected["poisson_layer"]["window"].clone();
        }
        let found = serde_json::to_value(report("pipeline_generation", &inputs, 4096).pipeline_generation).unwrap();
        // Figures of the capacity stand in an object of their own.
        let fields = expected.as_object_mut().unwrap();
        let of_capacity = ["selling_hours_available", "headcount", "capacity_utilisation", "backlog_end_of_month"];
        let capacity = of_capacity.map(|field| (field, fields.remove(field)));
        for (field, expected) in capacity {
            if let Some(expected) = expected {
                meets(&format!("{name} {field}"), &found["capacity"][field], &expected);
            }
        }
        meets(name, &found, &expected);
    }
}

#[test]
fn recurring_revenue_meets_every_expected_value() {
    for text in COHORTS {
        let case: Value = serde_json::from_str(text).unwrap();
        let name = case["case_id"].as_str().unwrap();
        let found = serde_json::to_value(report("arr_cohorts", &case["inputs"], 4096).arr_cohorts).unwrap();
        let mut expected = case["expected"].clone();
        let fields = expected.as_object_mut().unwrap();
        // Retention is given for some months, reported for all.
        for field in ["nrr_12m", "grr_12m", "logo_retention_12m"] {
            for (month, expected) in fields.remove(field).unwrap().as_object().unwrap() {
                let month: usize = month.parse().unwrap();
                meets(&format!("{name} {field} {month}"), &found[field][month - 1], expected);
            }
        }
        for layer in fields.remove("exact_stochastic_layer").unwrap().as_array().unwrap() {
            let month = layer["month"].as_u64().unwrap() as usize - 1;
            meets(&format!("{name} mean of month {month}"), &found["arr"][month], &layer["mean"]);
            meets(&format!("{name} sd of month {month}"), &found["arr_sd_exact"][month], &layer["sd"]);
        }
        meets(name, &found, &expected);
    }
}

/// Largest distance of a simulated figure from the exact one, in standard errors: a two-sided level of 7·10⁻⁶ for
/// each figure; the seed is fixed.
const STANDARD_ERRORS: f64 = 4.5;
const TRIALS: u32 = 100_000;

fn within(name: &str, value: f64, error: f64, expected: f64) {
    let slack = STANDARD_ERRORS * error + CLOSED_FORM * expected.abs();
    assert!((value - expected).abs() <= slack, "{name}: {value} ± {error} instead of {expected}");
}

#[test]
fn simulated_wins_follow_the_poisson_layer() {
    for text in [GENERATION[0], GENERATION[2]] {
        let case: Value = serde_json::from_str(text).unwrap();
        let name = case["case_id"].as_str().unwrap();
        let layer = &case["expected"]["poisson_layer"];
        let mut inputs = case["inputs"].clone();
        inputs["target_wins"] = layer["target_wins"].clone();
        inputs["target_window"] = layer["window"].clone();
        let found = report("pipeline_generation", &inputs, TRIALS).pipeline_generation.unwrap();
        let simulation = found.simulation.unwrap();
        let (figures, error) = (&simulation.figures, &simulation.standard_error);
        let mean = layer["poisson_mean_wins"].as_f64().unwrap();
        within(name, figures.wins_mean, error.wins_mean, mean);
        within(name, figures.wins_sd, error.wins_sd, mean.sqrt());
        let probability = layer["prob_at_least_target_wins"].as_f64().unwrap();
        let simulated = (figures.prob_at_least_target_wins.unwrap(), error.prob_at_least_target_wins.unwrap());
        within(name, simulated.0, simulated.1, probability);
        // A lattice of whole numbers: the quantile of 100,000 draws is at most one off.
        for (simulated, exact) in
            [(figures.wins_p10, "p10_wins"), (figures.wins_p50, "p50_wins"), (figures.wins_p90, "p90_wins")]
        {
            assert!((simulated - layer[exact].as_f64().unwrap()).abs() <= 1.0, "{name} {exact}: {simulated}");
        }
        for (month, fan) in simulation.wins_fan.iter().enumerate() {
            let mean = found.expected_wins[month];
            within(&format!("{name} wins {month}"), fan.mean, (mean / f64::from(TRIALS)).sqrt(), mean);
        }
        for (month, fan) in simulation.open_pipeline_fan.iter().enumerate() {
            let deal = 73_000.0_f64.max(found.open_pipeline_end_of_month[month] / 10.0);
            let spread = (found.open_pipeline_end_of_month[month] * deal / f64::from(TRIALS)).sqrt();
            within(&format!("{name} open {month}"), fan.mean, spread, found.open_pipeline_end_of_month[month]);
        }
    }
}

#[test]
fn followed_deals_meet_the_expected_course_where_capacity_does_not_bind() {
    // Every opportunity is followed as soon as there is a team: with more hours than needed the course is that
    // of the Poisson layer, kill rule, regimes and backlog included.
    let case: Value = serde_json::from_str(GENERATION[2]).unwrap();
    let mut inputs = case["inputs"].clone();
    inputs["capacity"] = json!({"initial_ramped_reps": 80, "monthly_attrition_rate": 0});
    let found = report("pipeline_generation", &inputs, TRIALS).pipeline_generation.unwrap();
    let simulation = found.simulation.unwrap();
    for month in 0..18 {
        let mean = found.expected_wins[month];
        let error = (mean / f64::from(TRIALS)).sqrt();
        within(&format!("wins {month}"), simulation.wins_fan[month].mean, error, mean);
        let open = found.open_pipeline_end_of_month[month];
        let error = (open * 73_000.0 / f64::from(TRIALS)).sqrt();
        within(&format!("open {month}"), simulation.open_pipeline_fan[month].mean, error, open);
    }
    within("sd", simulation.figures.wins_sd, simulation.standard_error.wins_sd, found.total_expected_wins.sqrt());
}

#[test]
fn followed_deals_of_uncertain_inputs_are_spread_as_counts_are() {
    // The same machine with and without a limit that never binds goes two ways: one opportunity after the other, and
    // counts by month. Means within five standard errors (two samples), deviations within the same share of them.
    let pert = |min: f64, mode: f64, max: f64| json!({"distribution": "pert", "min": min, "mode": mode, "max": max});
    for growth in [json!(0.01), json!({"distribution": "uniform", "min": 0.0, "max": 0.02})] {
        let mut inputs = json!({
            "horizon_months": 18, "leads_per_month": 300, "leads_monthly_growth": growth,
            "lead_level_coefficient_of_variation": 0.2,
            "regimes": [
                {"from_month": 1, "opportunity_to_win": pert(0.12, 0.2, 0.34),
                    "months_to_win": {"mean_days": {"distribution": "uniform", "min": 60, "max": 150}}},
                {"from_month": 7, "average_deal": 30_000,
                    "kill_rule": {"enabled": true, "low_score_share_of_lost": pert(0.3, 0.5, 0.8)}}
            ]
        });
        let of = |inputs: &Value| {
            report("pipeline_generation", inputs, TRIALS).pipeline_generation.unwrap().simulation.unwrap()
        };
        let counted = of(&inputs);
        inputs["capacity"] = json!({"initial_ramped_reps": 500, "ramp_months": pert(4.0, 6.0, 9.0)});
        let followed = of(&inputs);
        let error = 5.0 * (2.0 / f64::from(TRIALS)).sqrt();
        for month in 0..18 {
            for (name, one, other) in [
                ("wins", &followed.wins_fan[month], &counted.wins_fan[month]),
                ("open", &followed.open_pipeline_fan[month], &counted.open_pipeline_fan[month]),
            ] {
                let spread = (other.p90 - other.p10) / 2.5;
                assert!((one.mean - other.mean).abs() < error * spread, "{name} {month}: {} {}", one.mean, other.mean);
            }
        }
        let (one, other) = (&followed.figures, &counted.figures);
        assert!((one.wins_mean - other.wins_mean).abs() < error * other.wins_sd);
        assert!((one.wins_sd / other.wins_sd - 1.0).abs() < error, "{} {}", one.wins_sd, other.wins_sd);
    }
}

#[test]
fn a_binding_team_wins_no_more_than_its_hours_allow() {
    let case: Value = serde_json::from_str(GENERATION[1]).unwrap();
    let found = report("pipeline_generation", &case["inputs"], TRIALS).pipeline_generation.unwrap();
    let figures = found.simulation.unwrap().figures;
    // Chance makes hours idle in one month and short in another: slightly fewer wins than in expected values.
    let ratio = figures.wins_mean / found.total_expected_wins;
    assert!((0.96..1.002).contains(&ratio), "{ratio}");
}

#[test]
fn hours_limit_again_after_months_in_which_deals_cost_none() {
    let free = json!({"from_month": 1, "hours_per_won_deal": 0, "hours_per_lost_deal": 0});
    let inputs = json!({"horizon_months": 18, "leads_per_month": 2000, "capacity": {"initial_ramped_reps": 3},
        "regimes": [free, {"from_month": 7, "hours_per_won_deal": 60, "hours_per_lost_deal": 20}]});
    let found = report("pipeline_generation", &inputs, 8192).pipeline_generation.unwrap();
    let wins = found.simulation.unwrap().wins_fan;
    for month in [3, 17] {
        let ratio = wins[month].mean / found.expected_wins[month];
        assert!((0.97..1.03).contains(&ratio), "{month}: {ratio}");
    }
    assert!(found.expected_wins[17] < 0.5 * found.expected_wins[3]);
}

#[test]
fn large_teams_and_cohorts_keep_their_means() {
    // Above 512 a month counts are drawn together instead of one by one.
    let inputs = json!({"horizon_months": 12, "leads_per_month": 40000, "regimes": [{"from_month": 1}],
        "capacity": {"initial_ramped_reps": 1000, "monthly_attrition_rate": 0}});
    let found = report("pipeline_generation", &inputs, 8192).pipeline_generation.unwrap();
    for (month, fan) in found.simulation.unwrap().wins_fan.iter().enumerate() {
        let mean = found.expected_wins[month];
        within(&format!("wins {month}"), fan.mean, (mean / 8192.0).sqrt(), mean);
    }
    let inputs = json!({"horizon_months": 18, "new_customers_per_month": 2000});
    let found = report("arr_cohorts", &inputs, 8192).arr_cohorts.unwrap();
    for (month, fan) in found.simulation.unwrap().arr_fan.iter().enumerate() {
        let error = found.arr_sd_exact[month] / 8192.0_f64.sqrt();
        within(&format!("ARR {month}"), fan.mean, error, found.arr[month]);
    }
}

#[test]
fn simulated_revenue_meets_the_exact_stochastic_layer() {
    for text in COHORTS {
        let case: Value = serde_json::from_str(text).unwrap();
        let name = case["case_id"].as_str().unwrap();
        let found = report("arr_cohorts", &case["inputs"], TRIALS).arr_cohorts.unwrap();
        let simulation = found.simulation.unwrap();
        let (figures, error) = (&simulation.figures, &simulation.standard_error);
        within(name, figures.closing_arr_mean, error.closing_arr_mean, found.closing_arr);
        within(name, figures.closing_arr_sd, error.closing_arr_sd, *found.arr_sd_exact.last().unwrap());
        within(name, figures.closing_customers_mean, error.closing_customers_mean.max(1e-9), found.closing_customers);
        for (month, fan) in simulation.arr_fan.iter().enumerate() {
            let error = found.arr_sd_exact[month] / f64::from(TRIALS).sqrt();
            within(&format!("{name} ARR {month}"), fan.mean, error, found.arr[month]);
        }
        let layers = case["expected"]["exact_stochastic_layer"].as_array().unwrap();
        let last = layers.last().unwrap();
        if let Some(probability) = last["prob_arr_at_least_goal"].as_f64() {
            within(name, figures.prob_goal_at_horizon.unwrap(), error.prob_goal_at_horizon.unwrap(), probability);
            // One customer of 6,000 is the step of the lattice.
            for (simulated, level) in
                [(figures.closing_arr_p10, "p10"), (figures.closing_arr_p50, "p50"), (figures.closing_arr_p90, "p90")]
            {
                assert!((simulated - last[level].as_f64().unwrap()).abs() <= 6_000.0 + 1e-6, "{name} {level}");
            }
        }
    }
}

#[test]
fn uncertain_inputs_widen_the_range_and_keep_linear_means() {
    let inputs = json!({"horizon_months": 12, "regimes": [{"from_month": 1,
        "opportunity_to_win": {"distribution": "pert", "min": 0.12, "mode": 0.2, "max": 0.34},
        "months_to_win": {"mean_days": {"distribution": "uniform", "min": 60, "max": 120}}}],
        "lead_level_coefficient_of_variation": 0.2});
    let found = report("pipeline_generation", &inputs, TRIALS).pipeline_generation.unwrap();
    let simulation = found.simulation.unwrap();
    let (figures, error) = (&simulation.figures, &simulation.standard_error);
    within("wins", figures.wins_mean, error.wins_mean, found.total_expected_wins);
    assert!(figures.wins_sd > 1.5 * found.total_expected_wins.sqrt() && found.poisson_layer.is_none());
    // A distribution without spread is the number itself, in every trial.
    let exactly = json!({"horizon_months": 12, "regimes": [{"from_month": 1, "opportunity_to_win": 0.2}]});
    let degenerate = json!({"horizon_months": 12, "regimes": [{"from_month": 1,
        "opportunity_to_win": {"distribution": "pert", "min": 0.2, "mode": 0.2, "max": 0.2}}]});
    let run = |inputs| report("pipeline_generation", inputs, 4096).pipeline_generation;
    assert_eq!(run(&exactly), run(&degenerate));
}

#[test]
fn wins_of_the_machine_are_the_new_customers() {
    let machine = json!({"horizon_months": 24, "target_window": {"first_month": 1, "last_month": 24}});
    let document = |machine: &Value| {
        json!({"schema": "dealcast/1", "seed": 5, "trials": 20000, "pipeline_generation": machine,
            "arr_cohorts": {"horizon_months": 24, "opening_arr": 0, "opening_customers": 0,
                "early_churn_first_3_months": 0, "mature_monthly_churn_rate": 0, "monthly_expansion_rate": 0,
                "new_customers_from": "pipeline_generation"}})
    };
    let scenario = Scenario::from_value(&document(&machine)).unwrap();
    let found = Forecast::new(&scenario, 0).unwrap().run();
    let (made, arr) = (found.pipeline_generation.unwrap(), found.arr_cohorts.unwrap());
    assert_eq!(arr.new_customers, made.expected_wins);
    // Without churn a customer is a win: the same trials, hence the same percentiles to the last unit.
    let (made, arr) = (made.simulation.unwrap().figures, arr.simulation.unwrap().figures);
    assert_eq!(arr.closing_customers_mean, made.wins_mean);
    for (customers, wins) in [
        (arr.closing_arr_p10, made.wins_p10),
        (arr.closing_arr_p50, made.wins_p50),
        (arr.closing_arr_p90, made.wins_p90),
    ] {
        assert!((customers - 25_000.0 * wins).abs() < 1e-6 * customers);
    }
    // The link needs its section.
    let mut broken = document(&machine);
    broken.as_object_mut().unwrap().remove("pipeline_generation");
    assert_eq!(Scenario::from_value(&broken).unwrap_err()[0].path, "/pipeline_generation");
}

#[test]
fn what_a_goal_takes_reaches_it() {
    let run = |goal: f64, machine: Value, arr: Value| {
        let mut document = json!({"schema": "dealcast/1", "seed": 1, "trials": 100, "pipeline_generation": machine,
            "arr_cohorts": {"horizon_months": 36, "arr_goal": goal, "arr_goal_month": 30,
                "new_customers_from": "pipeline_generation"}});
        for (name, value) in arr.as_object().unwrap() {
            document["arr_cohorts"][name] = value.clone();
        }
        let scenario = Scenario::from_value(&document).unwrap();
        Forecast::new(&scenario, 0).unwrap().run().arr_cohorts.unwrap()
    };
    let team = |reps: f64| json!({"initial_ramped_reps": reps, "monthly_attrition_rate": 0});
    let machine = |rate: f64, reps: f64| json!({"leads_per_month": 2000, "regimes": [{"from_month": 1, "opportunity_to_win": rate}], "capacity": team(reps)});
    let found = run(15e6, machine(0.22, 20.0), json!({}));
    let needs = found.goal_needs.unwrap();
    assert!(needs.month == 30 && (needs.arr_at_month / found.arr[29] - 1.0).abs() < 1e-12);
    let required = |name: &str| {
        let levers = serde_json::to_value(&needs.levers).unwrap();
        let lever = levers.as_array().unwrap().iter().find(|lever| lever["lever"] == name).unwrap().clone();
        lever["required"].as_f64()
    };
    let reached = |found: f64| assert!((found / 15e6 - 1.0).abs() < 1e-6, "{found}");
    reached(run(15e6, machine(required("win_rate").unwrap(), 20.0), json!({})).arr[29]);
    reached(run(15e6, machine(0.22, required("ramped_reps").unwrap()), json!({})).arr[29]);
    let nrr = required("mature_nrr").unwrap();
    let expansion = powf(nrr, 1.0 / 12.0) / powf(0.85, 1.0 / 12.0) - 1.0;
    reached(run(15e6, machine(0.22, 20.0), json!({"monthly_expansion_rate": expansion})).arr[29]);
    // More reps than leads to work on do not help.
    let needs = run(40e6, machine(0.22, 20.0), json!({})).goal_needs.unwrap();
    let levers = serde_json::to_value(&needs.levers).unwrap();
    assert_eq!((levers[3]["lever"].as_str(), levers[3]["required"].as_f64()), (Some("ramped_reps"), None));
}
