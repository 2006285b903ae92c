//! Efficiency by quarter: magic numbers, burn multiple, quick ratio.

use super::cohorts::Course;

/// Figures of one quarter; `None` where undefined.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Quarter {
    /// Quarter, from 1.
    pub quarter: u32,
    /// ARR gained over the quarter.
    pub net_new_arr: f64,
    /// 4·(revenue − revenue of the quarter before) over the sales and marketing cost of the quarter
    /// before (Scale Venture Partners).
    pub magic_number_revenue: Option<f64>,
    /// Net new ARR over the sales and marketing cost of the quarter before.
    pub magic_number_arr: Option<f64>,
    /// Net burn over net new ARR (Sacks, 2020); only where both are positive.
    pub burn_multiple: Option<f64>,
    /// (new + expansion)/(churn + contraction).
    pub quick_ratio: Option<f64>,
}

/// Figures of all whole quarters.
#[must_use]
pub fn quarters(course: &Course, opening_arr: f64) -> Vec<Quarter> {
    let sum = |list: &[f64], quarter: usize| list[3 * quarter..3 * quarter + 3].iter().sum::<f64>();
    (0..course.arr.len() / 3)
        .map(|quarter| {
            let opening = if quarter == 0 { opening_arr } else { course.arr[3 * quarter - 1] };
            let net_new_arr = course.arr[3 * quarter + 2] - opening;
            let spent_before = quarter.checked_sub(1).map(|before| sum(&course.sales_marketing, before));
            let per_spent = |gain: f64| spent_before.filter(|&spent| spent > 0.0).map(|spent| gain / spent);
            let revenue_gain = quarter
                .checked_sub(1)
                .map_or(0.0, |before| sum(&course.revenue, quarter) - sum(&course.revenue, before));
            let burn = -sum(&course.net_cash, quarter);
            let gained = sum(&course.new_arr, quarter) + sum(&course.expansion_arr, quarter);
            let lost = sum(&course.churned_arr, quarter) + sum(&course.contraction_arr, quarter);
            Quarter {
                quarter: quarter as u32 + 1,
                net_new_arr,
                magic_number_revenue: per_spent(4.0 * revenue_gain),
                magic_number_arr: per_spent(net_new_arr),
                burn_multiple: (burn > 0.0 && net_new_arr > 0.0).then(|| burn / net_new_arr),
                quick_ratio: (lost > 0.0).then(|| gained / lost),
            }
        })
        .collect()
}
