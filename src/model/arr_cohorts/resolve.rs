//! From the section `arr_cohorts` to the model's inputs, with the defaults of the specification.

use super::{Acquisition, Inputs, NewCustomers, monthly_rates};
use crate::error::InputError;
use crate::model::uncertain::{Resolver, Uncertain};
use crate::scenario::arr_cohorts::ArrCohorts;

/// Months computed when the scenario states none.
pub const HORIZON_MONTHS: u32 = 36;
/// Gross and net revenue retention behind the default churn and expansion.
pub const GRR: f64 = 0.85;
/// See [`GRR`].
pub const NRR: f64 = 0.95;

fn defaults(section: &ArrCohorts) -> Inputs {
    let (mature_churn, expansion) = monthly_rates(GRR, NRR);
    Inputs {
        horizon_months: section.horizon_months.unwrap_or(HORIZON_MONTHS) as usize,
        opening_arr: 8e6,
        opening_customers: 320.0,
        new_customers: match &section.new_customers_by_month {
            Some(list) => NewCustomers::List(list.clone()),
            None => NewCustomers::Path { base: 12.0, monthly_growth: 0.0 },
        },
        arr_per_new_customer: 25_000.0,
        early_churn: 0.15,
        mature_churn,
        expansion,
        contraction: 0.0,
        expansion_first_age: section.expansion_first_age_months.unwrap_or(4) as usize,
        gross_margin: 0.78,
        acquisition: match section.sales_marketing_cost_per_month {
            Some(_) => Acquisition::Budget { first_month: 0.0, monthly_growth: 0.0 },
            None => Acquisition::PerCustomer { cac: 22_750.0 },
        },
        other_cost: 450_000.0,
        discount_rate: 0.10,
        goal: None,
    }
}

/// Resolves a section that was checked: inputs at their means, and those that vary.
///
/// # Errors
/// Quantities that no distribution has, located.
pub fn resolve(section: &ArrCohorts) -> Result<(Inputs, Vec<Uncertain<Inputs>>), Vec<InputError>> {
    let mut read = Resolver::new("/arr_cohorts", defaults(section));
    read.read("/opening_arr", 0, section.opening_arr.as_ref(), |i, _, x| i.opening_arr = x);
    read.read("/opening_customers", 0, section.opening_customers.as_ref(), |i, _, x| i.opening_customers = x);
    read.read("/new_customers_per_month", 0, section.new_customers_per_month.as_ref(), |i, _, x| {
        if let NewCustomers::Path { base, .. } = &mut i.new_customers {
            *base = x;
        }
    });
    read.read("/new_customers_monthly_growth", 0, section.new_customers_monthly_growth.as_ref(), |i, _, x| {
        if let NewCustomers::Path { monthly_growth, .. } = &mut i.new_customers {
            *monthly_growth = x;
        }
    });
    read.read("/arr_per_new_customer", 0, section.arr_per_new_customer.as_ref(), |i, _, x| i.arr_per_new_customer = x);
    read.read("/early_churn_first_3_months", 0, section.early_churn_first_3_months.as_ref(), |i, _, x| {
        i.early_churn = x;
    });
    read.read("/mature_monthly_churn_rate", 0, section.mature_monthly_churn_rate.as_ref(), |i, _, x| {
        i.mature_churn = x;
    });
    read.read("/monthly_expansion_rate", 0, section.monthly_expansion_rate.as_ref(), |i, _, x| i.expansion = x);
    read.read("/monthly_contraction_rate", 0, section.monthly_contraction_rate.as_ref(), |i, _, x| i.contraction = x);
    read.read("/gross_margin_rate", 0, section.gross_margin_rate.as_ref(), |i, _, x| i.gross_margin = x);
    read.read("/cac", 0, section.cac.as_ref(), |i, _, x| i.acquisition = Acquisition::PerCustomer { cac: x });
    read.read("/sales_marketing_cost_per_month", 0, section.sales_marketing_cost_per_month.as_ref(), |i, _, x| {
        if let Acquisition::Budget { first_month, .. } = &mut i.acquisition {
            *first_month = x;
        }
    });
    read.read("/sales_marketing_monthly_growth", 0, section.sales_marketing_monthly_growth.as_ref(), |i, _, x| {
        if let Acquisition::Budget { monthly_growth, .. } = &mut i.acquisition {
            *monthly_growth = x;
        }
    });
    read.read("/other_operating_cost_per_month", 0, section.other_operating_cost_per_month.as_ref(), |i, _, x| {
        i.other_cost = x;
    });
    read.read("/discount_rate_annual", 0, section.discount_rate_annual.as_ref(), |i, _, x| i.discount_rate = x);
    read.read("/arr_goal", 0, section.arr_goal.as_ref(), |i, _, x| i.goal = Some(x));
    read.finish()
}
