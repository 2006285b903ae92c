use super::super::{Inputs, NewCustomers, resolve};
use crate::scenario::Scenario;
#[cfg(target_arch = "wasm32")]
use wasm_bindgen_test::wasm_bindgen_test as test;

fn inputs(section: &str) -> Inputs {
    let document = format!(r#"{{"schema": "dealcast/1", "arr_cohorts": {section}}}"#);
    resolve(&Scenario::from_json(&document).unwrap().arr_cohorts.unwrap()).unwrap().0
}

/// Growth, contraction and a late expansion, so that every term matters.
fn growing() -> Inputs {
    inputs(
        r#"{"opening_arr": 3000000, "opening_customers": 150, "new_customers_per_month": 7,
            "new_customers_monthly_growth": 0.03, "monthly_expansion_rate": 0.012,
            "monthly_contraction_rate": 0.004, "expansion_first_age_months": 9, "arr_goal": 9000000}"#,
    )
}

#[test]
fn the_waterfall_closes() {
    let inputs = growing();
    let course = inputs.course();
    let mut before = inputs.opening_arr;
    for month in 0..course.arr.len() {
        let moved = course.new_arr[month] + course.expansion_arr[month]
            - course.contraction_arr[month]
            - course.churned_arr[month];
        assert!((course.arr[month] - before - moved).abs() < 1e-9 * before, "month {month}");
        before = course.arr[month];
        let layers: f64 = course.layers.iter().map(|layer| layer[month]).sum();
        assert!((layers - before).abs() < 1e-9 * before);
        assert!((inputs.arr_at(month + 1) - before).abs() < 1e-9 * before);
    }
}

#[test]
fn gross_retention_is_at_most_one_and_at_most_net() {
    let course = growing().course();
    for (net, gross) in course.nrr_12m.iter().zip(&course.grr_12m).skip(11) {
        let (net, gross) = (net.unwrap(), gross.unwrap());
        assert!(gross <= 1.0_f64.min(net), "{gross} {net}");
    }
    assert_eq!(course.nrr_12m[10], None);
}

#[test]
fn a_mature_base_keeps_its_nrr() {
    let inputs = inputs(r#"{"new_customers_per_month": 0}"#);
    let course = inputs.course();
    for nrr in course.nrr_12m.iter().skip(11) {
        assert!((nrr.unwrap() - 0.95).abs() < 1e-12);
    }
    assert!((inputs.mature_nrr() - 0.95).abs() < 1e-12);
}

#[test]
fn the_multiplier_and_the_retention_reach_the_goal() {
    let inputs = growing();
    let multiplier = inputs.new_customer_multiplier(14e6, 36).unwrap();
    let scaled = inputs.with_new_customers_times(multiplier).course();
    assert!((scaled.arr[35] - 14e6).abs() < 1e-3, "{}", scaled.arr[35]);
    let (expansion, nrr) = inputs.required_expansion(14e6, 36).unwrap();
    let expanding = Inputs { expansion, ..inputs.clone() };
    assert!((expanding.course().arr[35] - 14e6).abs() < 1.0, "{nrr}");
    assert!(inputs.required_expansion(9e9, 36).is_none());
    assert_eq!(inputs.required_expansion(1e6, 36).unwrap().0, 0.0);
    let none = Inputs { new_customers: NewCustomers::List(vec![0.0]), ..inputs };
    assert_eq!(none.new_customer_multiplier(14e6, 36), None);
}

#[test]
fn no_customers_at_all_is_no_error() {
    let inputs = inputs(
        r#"{"opening_arr": 0, "opening_customers": 0, "new_customers_per_month": 0,
            "mature_monthly_churn_rate": 0, "monthly_expansion_rate": 0.2}"#,
    );
    let course = inputs.course();
    let economics = inputs.economics(&course);
    assert!(course.arr.iter().all(|&arr| arr == 0.0) && course.nrr_12m[20].is_none());
    assert!(economics.cac.is_none() && economics.ltv_cohort.is_none() && economics.ltv_simple.is_none());
}
