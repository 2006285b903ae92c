//! The plan with expected deal counts: every line of it, month by month.

use super::{PnlPlan, PnlValues};
use crate::cash_flow::net_present_value;
use crate::statistics::CompensatedSum;

/// Lines of the plan by month, from month 0. Money in, money out: all are ≥ 0 except `net_cash`.
#[derive(Debug, Clone, PartialEq)]
pub struct PnlLines {
    /// Deals signed.
    pub deals: Vec<f64>,
    /// Revenue of deals signed in the month.
    pub product_revenue_new: Vec<f64>,
    /// Revenue of contracts renewed in the month.
    pub product_revenue_renewals: Vec<f64>,
    /// Services revenue of deals signed in the month.
    pub services_revenue: Vec<f64>,
    /// Resale margin collected in the month, net of commission.
    pub resale_collected: Vec<f64>,
    /// Renewal margin collected in the month, net of commission.
    pub renewals_collected: Vec<f64>,
    /// Services margin collected in the month, net of commission.
    pub services_collected: Vec<f64>,
    /// Training, certification and marketing at the start.
    pub initial: Vec<f64>,
    /// Sales and technical staff.
    pub staff: Vec<f64>,
    /// Marketing.
    pub marketing: Vec<f64>,
    /// Certification.
    pub certification: Vec<f64>,
    /// Vendor's marketing funds received.
    pub vendor_funding: Vec<f64>,
    /// Cash of the month.
    pub net_cash: Vec<f64>,
}

impl PnlLines {
    /// What the partner puts in: initial outlay, staff, marketing and certification.
    #[must_use]
    pub fn total_investment(&self) -> f64 {
        let outlays = [&self.initial, &self.staff, &self.marketing, &self.certification];
        outlays.into_iter().flatten().copied().collect::<CompensatedSum>().value()
    }
}

impl PnlPlan {
    /// The lines of the plan at given inputs.
    ///
    /// Deals d_t = d·min(1, (t − f + 1)/ramp) for t ≥ f. Contracts renew every 12 months at the rate g:
    /// renewed in month t, W_t = g·(d_{t−12} + W_{t−12}). Margins come `payment_delay_months` later;
    /// what falls after the horizon is not there.
    #[must_use]
    pub fn lines(&self, values: &PnlValues) -> PnlLines {
        let months = self.horizon_months + 1;
        let by_month = |line: &dyn Fn(usize) -> f64| (0..months).map(line).collect::<Vec<f64>>();
        let deals = by_month(&|month| self.deals(values, month));
        let mut renewed = vec![0.0; months];
        for month in 12..months {
            renewed[month] = values.annual_renewal_rate * (deals[month - 12] + renewed[month - 12]);
        }
        let collected = |signed: &[f64], margin: f64| {
            by_month(&|month| match month.checked_sub(self.payment_delay_months) {
                Some(at) => signed[at] * margin * values.kept(),
                None => 0.0,
            })
        };
        let running = |cost: f64| by_month(&|month| if month == 0 { 0.0 } else { cost });
        let staff =
            values.sales_fte * values.sales_fte_monthly_cost + values.technical_fte * values.technical_fte_monthly_cost;
        let services = values.services_attach_rate * values.services_revenue_per_attached_deal;
        let initial = values.initial_training_certification + values.initial_marketing;
        let funded = 1..=self.vendor_marketing_fund_months;
        let mut lines = PnlLines {
            product_revenue_new: deals.iter().map(|deals| deals * values.average_deal).collect(),
            product_revenue_renewals: renewed.iter().map(|renewed| renewed * values.average_deal).collect(),
            services_revenue: deals.iter().map(|deals| deals * services).collect(),
            resale_collected: collected(&deals, values.average_deal * values.resale_margin_rate),
            renewals_collected: collected(&renewed, values.renewal_margin()),
            services_collected: collected(&deals, values.services_margin()),
            initial: by_month(&|month| if month == 0 { initial } else { 0.0 }),
            staff: running(staff),
            marketing: running(values.marketing_monthly),
            certification: by_month(&|month| {
                if self.certifies(month) { values.annual_certification_renewal } else { 0.0 }
            }),
            vendor_funding: by_month(&|month| {
                if funded.contains(&month) { values.vendor_marketing_fund_monthly } else { 0.0 }
            }),
            deals,
            net_cash: Vec::new(),
        };
        lines.net_cash = by_month(&|month| {
            let earned =
                lines.resale_collected[month] + lines.services_collected[month] + lines.renewals_collected[month];
            let spent = lines.initial[month] + lines.staff[month] + lines.marketing[month] + lines.certification[month];
            earned + lines.vendor_funding[month] - spent
        });
        lines
    }

    /// Net present value at given inputs.
    #[must_use]
    pub fn npv(&self, values: &PnlValues) -> f64 {
        net_present_value(&self.lines(values).net_cash, values.discount_rate_annual)
    }

    /// Deals a month at maturity at which cumulative cash at the horizon is zero: cash is affine in the
    /// volume. `None` where deals bring nothing within the horizon.
    ///
    /// ```
    /// use dealcast::{model::partner_pnl::PnlPlan, scenario::Scenario};
    /// let scenario = Scenario::from_json(r#"{"schema": "dealcast/1", "partner_pnl": {}}"#).unwrap();
    /// let plan = PnlPlan::new(scenario.partner_pnl.as_ref().unwrap()).unwrap();
    /// assert!((plan.break_even_deals(&plan.means()).unwrap() - 0.6778960382428176).abs() < 1e-9);
    /// ```
    #[must_use]
    pub fn break_even_deals(&self, values: &PnlValues) -> Option<f64> {
        let total = |deals: f64| {
            let values = PnlValues { deals_per_month_at_maturity: deals, ..*values };
            self.lines(&values).net_cash.into_iter().collect::<CompensatedSum>().value()
        };
        let without = total(0.0);
        let slope = total(1.0) - without;
        (slope > 0.0).then(|| (-without / slope).max(0.0))
    }
}
