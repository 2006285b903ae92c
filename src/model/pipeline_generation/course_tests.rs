use super::super::{Inputs, change::Limit, resolve};
use crate::scenario::Scenario;
#[cfg(target_arch = "wasm32")]
use wasm_bindgen_test::wasm_bindgen_test as test;

fn inputs(section: &str) -> Inputs {
    let document = format!(r#"{{"schema": "dealcast/1", "pipeline_generation": {section}}}"#);
    resolve(&Scenario::from_json(&document).unwrap().pipeline_generation.unwrap()).unwrap().0
}

const TRANSITION: &str = r#"{
    "horizon_months": 24, "burn_in_months": 0, "leads_per_month": 11.111111111111111,
    "regimes": [
        {"from_month": 1, "followup_within_sla_share": 1, "lead_to_mql": 1, "mql_to_sql": 1,
         "sql_to_opportunity": 1, "lead_to_opportunity_lag_pmf": [1], "opportunity_to_win": 0.12,
         "average_deal": 73000, "months_to_win": {"mean_days": 120}, "months_to_loss": {"mean_days": 120}},
        {"from_month": 7, "sql_to_opportunity": 0.9, "opportunity_to_win": 0.28,
         "months_to_win": {"mean_days": 75}, "months_to_loss": {"mean_days": 75},
         "kill_rule": {"enabled": true}}]}"#;

#[test]
fn what_is_accepted_is_won_lost_or_open() {
    let course = inputs(TRANSITION).course();
    let mut accepted = 0.0;
    let mut closed = 0.0;
    for month in 0..24 {
        accepted += course.accepted[month];
        closed += course.wins[month] + course.losses[month];
        assert!((accepted - closed - course.open[month]).abs() < 1e-9, "month {month}");
    }
}

#[test]
fn a_regime_keeps_what_it_does_not_restate() {
    let inputs = inputs(TRANSITION);
    let [before, after] = &inputs.regimes[..] else { panic!() };
    assert_eq!((after.deal, after.lead_to_mql, &after.lag), (before.deal, 1.0, &before.lag));
    assert_eq!((before.kill, after.kill), (None, Some((0.4, 1))));
}

#[test]
fn capacity_is_never_exceeded_and_nothing_is_lost_from_view() {
    let mut inputs = inputs(
        r#"{"horizon_months": 30, "leads_per_month": 1500, "leads_monthly_growth": 0.03,
        "capacity": {"initial_ramped_reps": 6, "hires": [{"month": 5, "count": 3}]}}"#,
    );
    let course = inputs.course();
    let mut waiting = 0.0;
    for month in 0..30 {
        assert!(course.accepted[month] <= course.limit[month] * (1.0 + 1e-12));
        let next = waiting + course.created[month] - course.accepted[month] - course.backlog_lost[month];
        assert!((course.backlog[month] - next).abs() < 1e-9, "month {month}");
        waiting = course.backlog[month];
    }
    assert!(course.backlog[29] > 0.0 && course.utilisation[29] == Some(1.0));
    inputs.team = None;
    let unlimited = inputs.course();
    assert!(unlimited.wins.iter().sum::<f64>() > course.wins.iter().sum());
    assert_eq!(unlimited.accepted, unlimited.created);
}

#[test]
fn a_shorter_cycle_alone_changes_the_stock_and_not_the_bookings() {
    let mut inputs = inputs(TRANSITION);
    inputs.regimes[1].win_rate = 0.12;
    inputs.regimes[1].sql_to_opportunity = 1.0;
    let [change] = inputs.changes(&[])[..] else { panic!() };
    assert_eq!((change.limit, change.month_90_percent_reached), (Limit::Inflow, None));
    assert!((change.bookings_after / change.bookings_before - 1.0).abs() < 1e-12);
    // Old slow and new fast deals close together for a while.
    assert!(change.overshoot.unwrap() > 1.05);
    let stationary = |regime: usize| inputs.regimes[regime].stationary(11.11);
    assert!((stationary(0).velocity_per_day - stationary(1).velocity_per_day).abs() < 1e-9);
    assert!(stationary(1).open_opportunities < stationary(0).open_opportunities);
}

#[test]
fn the_effect_of_a_change_shows_after_the_cycle() {
    let inputs = inputs(TRANSITION);
    let [change] = inputs.changes(&[])[..] else { panic!() };
    assert_eq!(change.from_month, 7);
    assert!((change.wins_ratio_if_inflow_limited.unwrap() - 2.1).abs() < 1e-12);
    let reached = change.month_90_percent_reached.unwrap();
    // In the expected course itself: the first month at 90 % of the way.
    let course = inputs.course();
    let aim = change.bookings_before + 0.9 * (change.bookings_after - change.bookings_before);
    let seen = (7..=24).find(|&month| course.bookings[month - 1] >= aim).unwrap();
    assert!(reached.abs_diff(seen) <= 1, "{reached} {seen}");
    // 6 to 9 % above the new level in months 4 to 6 after the change.
    assert!((1.05..1.10).contains(&change.overshoot.unwrap()), "{change:?}");
    // Hours of three reps: capacity limits, gains are those of w/h.
    let [limited] = inputs.changes(&[200.0; 24])[..] else { panic!() };
    assert_eq!(limited.limit, Limit::Capacity);
    let ratio = limited.bookings_after / limited.bookings_before;
    assert!((ratio - limited.wins_ratio_if_capacity_limited.unwrap()).abs() < 1e-12);
}
