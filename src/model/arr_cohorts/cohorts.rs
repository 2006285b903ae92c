//! The expected course of every cohort, and what it adds up to by month.

use super::Inputs;
use crate::math::sqrt;

/// Expected recurring revenue and customers by month; lists start at month 1.
#[derive(Debug, Clone, PartialEq)]
pub struct Course {
    /// New customers.
    pub new_customers: Vec<f64>,
    /// Recurring revenue at the end of the month.
    pub arr: Vec<f64>,
    /// Customers at the end of the month.
    pub customers: Vec<f64>,
    /// Revenue of new customers.
    pub new_arr: Vec<f64>,
    /// Expansion of survivors.
    pub expansion_arr: Vec<f64>,
    /// Contraction of survivors.
    pub contraction_arr: Vec<f64>,
    /// Revenue lost with customers.
    pub churned_arr: Vec<f64>,
    /// ARR at t of the customers of t − 12, over ARR at t − 12.
    pub nrr_12m: Vec<Option<f64>>,
    /// The same without expansion.
    pub grr_12m: Vec<Option<f64>>,
    /// Customers of t − 12 still there at t.
    pub logo_retention_12m: Vec<Option<f64>>,
    /// Standard deviation of ARR with Poisson new customers and independent survival.
    pub arr_sd: Vec<f64>,
    /// Revenue of the month: opening ARR over 12.
    pub revenue: Vec<f64>,
    /// Sales and marketing cost.
    pub sales_marketing: Vec<f64>,
    /// Gross margin less sales and marketing and other cost.
    pub net_cash: Vec<f64>,
    /// ARR by year of acquisition: the opening base, then cohorts of months 1 to 12, 13 to 24, …
    pub layers: Vec<Vec<f64>>,
}

/// What a group of customers holds: revenue, customers.
#[derive(Debug, Clone, Copy, PartialEq)]
struct Group {
    arr: f64,
    customers: f64,
    /// Age at the end of the current month; `None`: the mature opening base.
    age: Option<usize>,
    /// Acquisition year, from 1; 0 for the opening base.
    layer: usize,
}

/// What a group keeps over the next year, per unit held now: revenue, revenue without expansion, customers.
#[derive(Debug, Clone, Copy, PartialEq)]
struct Kept {
    net: f64,
    gross: f64,
    customers: f64,
}

impl Inputs {
    /// Kept over the year that follows age `age` (`None`: mature).
    fn kept_in_a_year(&self, age: Option<usize>) -> Kept {
        let mut kept = Kept { net: 1.0, gross: 1.0, customers: 1.0 };
        for month in 1..=12 {
            let age = age.map_or(usize::MAX, |age| age + month);
            let stays = 1.0 - self.churn_at(age);
            kept.customers *= stays;
            kept.net *= stays * self.growth_at(age);
            kept.gross *= stays * if age >= self.expansion_first_age { 1.0 - self.contraction } else { 1.0 };
        }
        kept
    }

    /// The expected course. The waterfall
    /// ARR(t) = ARR(t − 1) + new + expansion − contraction − churned closes exactly but for rounding.
    ///
    /// ```
    /// use dealcast::{model::arr_cohorts::resolve, scenario::Scenario};
    /// let text = r#"{"schema": "dealcast/1", "arr_cohorts": {"opening_arr": 1200000, "opening_customers": 100}}"#;
    /// let section = Scenario::from_json(text).unwrap().arr_cohorts.unwrap();
    /// let (inputs, _) = resolve(&section).unwrap();
    /// let course = inputs.course();
    /// let closing = 1.2e6 + course.new_arr[0] + course.expansion_arr[0] - course.churned_arr[0];
    /// assert!((course.arr[0] - closing).abs() < 1e-6);
    /// ```
    #[must_use]
    pub fn course(&self) -> Course {
        let horizon = self.horizon_months;
        let mut course = Course::empty(horizon);
        let opening = Group { arr: self.opening_arr, customers: self.opening_customers, age: None, layer: 0 };
        let mut groups = vec![opening];
        let mut past = Vec::with_capacity(horizon + 1);
        past.push((groups.clone(), self.opening_arr));
        for month in 1..=horizon {
            let before = past[month - 1].1;
            let (mut expansion, mut contraction, mut churned) = (0.0, 0.0, 0.0);
            for group in &mut groups {
                group.age = group.age.map(|age| age + 1);
                let age = group.age.unwrap_or(usize::MAX);
                let lost = group.arr * self.churn_at(age);
                churned += lost;
                group.arr -= lost;
                group.customers *= 1.0 - self.churn_at(age);
                if age >= self.expansion_first_age {
                    let (more, less) = (group.arr * self.expansion, group.arr * self.contraction);
                    expansion += more;
                    contraction += less;
                    group.arr += more - less;
                }
            }
            let customers = self.new_customers(month);
            let new_arr = customers * self.arr_per_new_customer;
            groups.push(Group { arr: new_arr, customers, age: Some(0), layer: (month - 1) / 12 + 1 });
            let arr = groups.iter().map(|group| group.arr).sum();
            for group in &groups {
                course.layers[group.layer][month - 1] += group.arr;
            }
            let spent = self.sales_marketing(month, customers);
            course.new_customers.push(customers);
            course.new_arr.push(new_arr);
            course.expansion_arr.push(expansion);
            course.contraction_arr.push(contraction);
            course.churned_arr.push(churned);
            course.arr.push(arr);
            course.customers.push(groups.iter().map(|group| group.customers).sum());
            course.revenue.push(before / 12.0);
            course.sales_marketing.push(spent);
            course.net_cash.push(self.gross_margin * before / 12.0 - spent - self.other_cost);
            past.push((groups.clone(), arr));
            let (nrr, grr, logos) = match month.checked_sub(12) {
                Some(start) => self.retention(&past[start].0),
                None => (None, None, None),
            };
            course.nrr_12m.push(nrr);
            course.grr_12m.push(grr);
            course.logo_retention_12m.push(logos);
        }
        course.arr_sd = self.arr_sd(&course.new_customers);
        course
    }

    /// NRR, GRR and logo retention over the year that follows.
    fn retention(&self, groups: &[Group]) -> (Option<f64>, Option<f64>, Option<f64>) {
        let (mut held, mut net, mut gross, mut customers, mut stay) = (0.0, 0.0, 0.0, 0.0, 0.0);
        for group in groups {
            let kept = self.kept_in_a_year(group.age);
            held += group.arr;
            net += group.arr * kept.net;
            gross += group.arr * kept.gross;
            customers += group.customers;
            stay += group.customers * kept.customers;
        }
        let ratio = |part: f64, whole: f64| (whole > 0.0).then(|| part / whole);
        (ratio(net, held), ratio(gross, held), ratio(stay, customers))
    }

    /// Standard deviation of ARR by month: survivors of cohort k are Poisson(ν_k·S(a)), those of the
    /// opening base binomial, revenue per customer known given its age:
    /// Var = n₀s₀(1 − s₀)v₀² + Σ ν_k·S(a)·(ARPA·G(a))².
    fn arr_sd(&self, new_customers: &[f64]) -> Vec<f64> {
        let (survival, value) = self.survival(new_customers.len());
        let growth = 1.0 + self.expansion - self.contraction;
        let (mut stays, mut worth) = (1.0, 1.0);
        let mut by_month = Vec::with_capacity(new_customers.len());
        for month in 1..=new_customers.len() {
            stays *= 1.0 - self.mature_churn;
            worth *= growth;
            let opening = if self.opening_customers > 0.0 {
                let value = self.opening_arr / self.opening_customers * worth;
                self.opening_customers * stays * (1.0 - stays) * value * value
            } else {
                0.0
            };
            let cohorts: f64 = (1..=month)
                .map(|acquired| {
                    let age = month - acquired;
                    let revenue = self.arr_per_new_customer * value[age];
                    new_customers[acquired - 1] * survival[age] * revenue * revenue
                })
                .sum();
            by_month.push(sqrt(opening + cohorts));
        }
        by_month
    }
}

impl Course {
    fn empty(horizon: usize) -> Self {
        let list = || Vec::with_capacity(horizon);
        Self {
            new_customers: list(),
            arr: list(),
            customers: list(),
            new_arr: list(),
            expansion_arr: list(),
            contraction_arr: list(),
            churned_arr: list(),
            nrr_12m: Vec::with_capacity(horizon),
            grr_12m: Vec::with_capacity(horizon),
            logo_retention_12m: Vec::with_capacity(horizon),
            arr_sd: Vec::new(),
            revenue: list(),
            sales_marketing: list(),
            net_cash: list(),
            layers: vec![vec![0.0; horizon]; horizon.div_ceil(12) + 1],
        }
    }

    /// First month with ARR at or above `goal`, from 1.
    #[must_use]
    pub fn month_reached(&self, goal: f64) -> Option<usize> {
        self.arr.iter().position(|&arr| arr >= goal).map(|index| index + 1)
    }
}

#[cfg(test)]
#[path = "cohort_tests.rs"]
mod tests;
