//! What one customer costs and brings: CAC, payback, lifetime value.

use super::Inputs;
use super::cohorts::Course;
use crate::math::{expm1, log1p, powi};

/// Longest payback looked for, in months.
const LONGEST_PAYBACK: usize = 1200;
/// Months of the limited lifetime value.
const FIVE_YEARS: usize = 60;

/// Unit economics; `None` where undefined.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Economics {
    /// Sales and marketing cost over new customers, both over the horizon.
    pub cac: Option<f64>,
    /// CAC over the monthly gross margin of a new customer (Skok, "SaaS metrics 2.0").
    pub payback_simple: Option<f64>,
    /// First month in which the surviving customers' margins add up to CAC.
    pub payback_survival_adjusted: Option<u32>,
    /// The same, linear inside the month.
    pub payback_interpolated: Option<f64>,
    /// Yearly margin over yearly mature churn: ARPA·GM/(12h).
    pub ltv_simple: Option<f64>,
    /// Discounted margins of a new customer for ever; `None` when they do not converge.
    pub ltv_cohort: Option<f64>,
    /// The same over five years.
    pub ltv_5_years: f64,
    /// `ltv_cohort` over CAC.
    pub ltv_cohort_to_cac: Option<f64>,
    /// `ltv_5_years` over CAC.
    pub ltv_5_years_to_cac: Option<f64>,
    /// Share of a new cohort's revenue left after twelve months.
    pub new_customer_nrr_first_12_months: f64,
}

impl Inputs {
    /// Monthly margin of a new customer.
    fn monthly_margin(&self) -> f64 {
        self.arr_per_new_customer / 12.0 * self.gross_margin
    }

    /// Unit economics over the course.
    #[must_use]
    pub fn economics(&self, course: &Course) -> Economics {
        let spent: f64 = course.sales_marketing.iter().sum();
        let acquired: f64 = course.new_customers.iter().sum();
        let cac = (acquired > 0.0).then(|| spent / acquired);
        let margin = self.monthly_margin();
        let interpolated = cac.and_then(|cac| self.payback(cac));
        let (head, _) = self.discounted_margins(FIVE_YEARS);
        let ltv_cohort = self.lifetime_value();
        let over_cac = |value: f64| cac.filter(|&cac| cac > 0.0).map(|cac| value / cac);
        let (survival, value) = self.survival(12);
        Economics {
            cac,
            payback_simple: cac.map(|cac| cac / margin),
            payback_survival_adjusted: interpolated.map(|months| months.ceil() as u32),
            payback_interpolated: interpolated,
            ltv_simple: (self.mature_churn > 0.0).then(|| margin / self.mature_churn),
            ltv_cohort,
            ltv_5_years: head,
            ltv_cohort_to_cac: ltv_cohort.and_then(over_cac),
            ltv_5_years_to_cac: over_cac(head),
            new_customer_nrr_first_12_months: survival[12] * value[12],
        }
    }

    /// Months until Σ ARPA/12·GM·S(i − 1)·G(i − 1) reaches `cac`, linear inside the last month.
    fn payback(&self, cac: f64) -> Option<f64> {
        let margin = self.monthly_margin();
        let (survival, value) = self.survival(LONGEST_PAYBACK);
        let mut sum = 0.0;
        for month in 1..=LONGEST_PAYBACK {
            let gained = margin * survival[month - 1] * value[month - 1];
            if sum + gained >= cac {
                let inside = if gained > 0.0 { (cac - sum) / gained } else { 0.0 };
                return Some((month - 1) as f64 + inside);
            }
            sum += gained;
        }
        None
    }

    /// Σ of the discounted margins of months 1 to `months`, and the last of them.
    fn discounted_margins(&self, months: usize) -> (f64, f64) {
        let rate = expm1(log1p(self.discount_rate) / 12.0);
        let (survival, value) = self.survival(months);
        let margin = self.monthly_margin();
        let mut last = 0.0;
        let sum = (1..=months)
            .map(|month| {
                last = margin * survival[month - 1] * value[month - 1] / powi(1.0 + rate, month as i32);
                last
            })
            .sum();
        (sum, last)
    }

    /// Discounted margins for ever: the head summed until all rates are constant, then a geometric
    /// tail of ratio (1 − h)(1 + e − c)/(1 + r); `None` when the ratio is 1 or more.
    fn lifetime_value(&self) -> Option<f64> {
        let rate = expm1(log1p(self.discount_rate) / 12.0);
        let ratio = (1.0 - self.mature_churn) * (1.0 + self.expansion - self.contraction) / (1.0 + rate);
        if ratio.is_nan() || ratio >= 1.0 {
            return None;
        }
        let head = self.expansion_first_age.max(super::EARLY_MONTHS + 1) + 1;
        let (sum, last) = self.discounted_margins(head);
        Some(sum + last * ratio / (1.0 - ratio))
    }
}
