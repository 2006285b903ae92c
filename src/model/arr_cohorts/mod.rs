//! Recurring revenue by acquisition cohort.
//!
//! Cohort k is acquired in month k, at age 0. From one month to the next a share h(a) of the
//! customers leaves, then the survivors expand and contract:
//! A(k, a) = A(k, a − 1)·(1 − h(a))·(1 + e − c). In the first three months h(a) = 1 − (1 − E)^⅓,
//! afterwards the mature rate; expansion and contraction begin at their first age. The opening base
//! is mature from month 1.

pub mod cohorts;
pub mod economics;
pub mod goal;
pub mod quarters;
mod resolve;

pub use resolve::resolve;

use crate::math::{expm1, log1p, powf, powi};

/// Months in which early churn applies.
pub const EARLY_MONTHS: usize = 3;

/// Where sales and marketing cost comes from.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Acquisition {
    /// A cost per new customer.
    PerCustomer {
        /// Cost of acquiring one.
        cac: f64,
    },
    /// A monthly budget, whatever it brings.
    Budget {
        /// Cost of month 1.
        first_month: f64,
        /// Growth a month.
        monthly_growth: f64,
    },
}

/// New customers by month.
#[derive(Debug, Clone, PartialEq)]
pub enum NewCustomers {
    /// base·(1 + growth)^(t − 1).
    Path {
        /// Month 1.
        base: f64,
        /// Growth a month.
        monthly_growth: f64,
    },
    /// A number for each month; the last one holds on.
    List(Vec<f64>),
}

/// Inputs of the model, in the units of the section.
#[derive(Debug, Clone, PartialEq)]
pub struct Inputs {
    /// Months computed.
    pub horizon_months: usize,
    /// Recurring revenue at the start, a year.
    pub opening_arr: f64,
    /// Customers at the start.
    pub opening_customers: f64,
    /// New customers.
    pub new_customers: NewCustomers,
    /// Recurring revenue of a new customer, a year.
    pub arr_per_new_customer: f64,
    /// Share of new customers lost in their first three months.
    pub early_churn: f64,
    /// Share lost a month, afterwards.
    pub mature_churn: f64,
    /// Expansion of survivors, a month.
    pub expansion: f64,
    /// Contraction of survivors, a month.
    pub contraction: f64,
    /// Age from which both apply.
    pub expansion_first_age: usize,
    /// Gross margin.
    pub gross_margin: f64,
    /// Sales and marketing cost.
    pub acquisition: Acquisition,
    /// Other operating cost, a month.
    pub other_cost: f64,
    /// Discount rate, a year.
    pub discount_rate: f64,
    /// Recurring revenue to reach.
    pub goal: Option<f64>,
}

impl Inputs {
    /// New customers of month `month`, from 1.
    #[must_use]
    pub fn new_customers(&self, month: usize) -> f64 {
        match &self.new_customers {
            NewCustomers::Path { base, monthly_growth } => base * powi(1.0 + monthly_growth, month as i32 - 1),
            NewCustomers::List(list) => list.get(month - 1).or(list.last()).copied().unwrap_or(0.0),
        }
    }

    /// Sales and marketing cost of month `month`, from 1, with that many new customers.
    #[must_use]
    pub fn sales_marketing(&self, month: usize, new_customers: f64) -> f64 {
        match self.acquisition {
            Acquisition::PerCustomer { cac } => cac * new_customers,
            Acquisition::Budget { first_month, monthly_growth } => {
                first_month * powi(1.0 + monthly_growth, month as i32 - 1)
            }
        }
    }

    /// Churn rate of the month in which a customer reaches age `age`, from 1: 1 − (1 − E)^⅓ up to
    /// age 3, then the mature rate.
    #[must_use]
    pub fn churn_at(&self, age: usize) -> f64 {
        if age <= EARLY_MONTHS { early_monthly_churn(self.early_churn) } else { self.mature_churn }
    }

    /// Factor on a survivor's revenue in the month in which it reaches age `age`.
    #[must_use]
    pub fn growth_at(&self, age: usize) -> f64 {
        if age >= self.expansion_first_age { 1.0 + self.expansion - self.contraction } else { 1.0 }
    }

    /// Share of a new cohort's customers still there, and revenue of a survivor over that at age 0,
    /// for ages 0 to `ages`.
    #[must_use]
    pub fn survival(&self, ages: usize) -> (Vec<f64>, Vec<f64>) {
        let (mut customers, mut value) = (vec![1.0], vec![1.0]);
        let early = 1.0 - early_monthly_churn(self.early_churn);
        for age in 1..=ages {
            let stays = if age <= EARLY_MONTHS { early } else { 1.0 - self.mature_churn };
            customers.push(customers[age - 1] * stays);
            value.push(value[age - 1] * self.growth_at(age));
        }
        (customers, value)
    }

    /// NRR of a base without young customers: ((1 − h)(1 + e − c))¹².
    #[must_use]
    pub fn mature_nrr(&self) -> f64 {
        powi((1.0 - self.mature_churn) * (1.0 + self.expansion - self.contraction), 12)
    }
}

/// Monthly churn over the first three months that adds up to `early_churn`: 1 − (1 − E)^⅓.
#[must_use]
pub fn early_monthly_churn(early_churn: f64) -> f64 {
    -expm1(log1p(-early_churn) / EARLY_MONTHS as f64)
}

/// Monthly rates from annual ones: churn h = 1 − GRR^(1/12) and expansion
/// e = NRR^(1/12)/(1 − h) − 1, without contraction.
///
/// ```
/// let (churn, expansion) = dealcast::model::arr_cohorts::monthly_rates(0.85, 0.95);
/// assert!((churn - 0.013451947).abs() < 1e-9 && (expansion - 0.009311891).abs() < 1e-9);
/// ```
#[must_use]
pub fn monthly_rates(grr: f64, nrr: f64) -> (f64, f64) {
    let stays = powf(grr, 1.0 / 12.0);
    (1.0 - stays, powf(nrr, 1.0 / 12.0) / stays - 1.0)
}
