//! The section `arr_cohorts`: recurring revenue by acquisition cohort.

use super::amount::Quantity;
use super::open_pipeline::document;
use serde::{Deserialize, Serialize};

document! {
/// Annual recurring revenue and the customers behind it.
pub struct ArrCohorts {
    /// Months computed, from 1.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub horizon_months: Option<u32>,
    /// Recurring revenue at the start, a year.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub opening_arr: Option<Quantity>,
    /// Customers at the start.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub opening_customers: Option<Quantity>,
    /// New customers of month 1, a month.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub new_customers_per_month: Option<Quantity>,
    /// Growth of new customers, a month.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub new_customers_monthly_growth: Option<Quantity>,
    /// New customers of each month; the last one holds on.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub new_customers_by_month: Option<Vec<f64>>,
    /// Takes the new customers from the wins of another section of the scenario instead of the fields above.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub new_customers_from: Option<NewCustomersFrom>,
    /// Recurring revenue of a new customer, a year.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub arr_per_new_customer: Option<Quantity>,
    /// Customers lost in their first three months.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub early_churn_first_3_months: Option<Quantity>,
    /// Customers lost a month, afterwards.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub mature_monthly_churn_rate: Option<Quantity>,
    /// Expansion of the survivors, a month.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub monthly_expansion_rate: Option<Quantity>,
    /// Contraction of the survivors, a month.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub monthly_contraction_rate: Option<Quantity>,
    /// Age in months from which expansion and contraction apply.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub expansion_first_age_months: Option<u32>,
    /// Gross margin.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub gross_margin_rate: Option<Quantity>,
    /// Cost of acquiring a customer.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub cac: Option<Quantity>,
    /// Sales and marketing cost of month 1, a month.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub sales_marketing_cost_per_month: Option<Quantity>,
    /// Its growth, a month.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub sales_marketing_monthly_growth: Option<Quantity>,
    /// Other operating cost, a month.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub other_operating_cost_per_month: Option<Quantity>,
    /// Discount rate, a year.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub discount_rate_annual: Option<Quantity>,
    /// Recurring revenue to reach.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub arr_goal: Option<Quantity>,
    /// Month by whose end it is to be reached, for what it would take; 1 to the horizon. Default: the horizon.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub arr_goal_month: Option<u32>,
}
}

document! {
/// A section whose wins are the new customers.
pub enum NewCustomersFrom {
    /// The sales machine: each win is a customer, in the same trial.
    PipelineGeneration,
}
}
