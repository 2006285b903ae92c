//! The business plan of one partner: figures of the plan.

use super::cash_figures::{cash_simulation, month, sobol_table, tornado};
use super::{Effort, Run, SectionForecast};
use crate::cash_flow::{cumulative, measures};
use crate::engine::partners::pnl::PnlPaths;
use crate::engine::paths::{PathPart, Paths};
use crate::error::InputError;
use crate::model::partner_pnl::expected::PnlLines;
use crate::model::partner_pnl::{PnlPlan, PnlValues};
use crate::report::partner_pnl::{MarginBySource, PartnerCosts, PartnerPnlReport, PartnerYear};
use crate::scenario::partner_pnl::PartnerPnl;
use crate::statistics::CompensatedSum;
use crate::steps::pause;
use std::cell::OnceCell;

/// The section prepared to be computed.
pub struct PnlForecast {
    pub(super) plan: PnlPlan,
    paths: OnceCell<Paths<PnlPaths>>,
}

fn total(line: &[f64]) -> f64 {
    line.iter().copied().collect::<CompensatedSum>().value()
}

impl PnlForecast {
    /// Prepares a checked section.
    ///
    /// # Errors
    /// What only shows when the section is resolved, located.
    pub fn new(section: &PartnerPnl) -> Result<Self, Vec<InputError>> {
        Ok(Self { plan: PnlPlan::new(section)?, paths: OnceCell::new() })
    }

    /// Whether a trial can differ from the next.
    fn varies(&self) -> bool {
        self.plan.poisson || self.plan.uncertain()
    }

    pub(super) fn paths(&self, run: Run) -> &Paths<PnlPaths> {
        self.paths.get_or_init(|| Paths::new(PnlPaths::new(&self.plan), run.seed, run.trials).redrawn(run.redraw))
    }

    fn npv(&self, inputs: &[f64]) -> f64 {
        self.plan.npv(&PnlValues::from_fn(|input| inputs[input]))
    }

    /// The figures of the plan at the means of its inputs.
    fn expected(&self) -> PartnerPnlReport {
        let plan = &self.plan;
        let values = plan.means();
        let lines = plan.lines(&values);
        let found = measures(&lines.net_cash, lines.total_investment(), values.discount_rate_annual);
        let collected = [&lines.resale_collected, &lines.renewals_collected, &lines.services_collected];
        let margins = collected.map(|line| total(line));
        PartnerPnlReport {
            horizon_months: plan.horizon_months as u32,
            cumulative_cash: cumulative(&lines.net_cash),
            net_cash_total: found.net_cash_total,
            total_investment: found.total_investment,
            roi_over_horizon: found.roi_over_horizon,
            npv: found.npv,
            irr_monthly: found.irr_monthly,
            irr_annual: found.irr_annual,
            irr_status: found.irr_status.into(),
            payback_month_sustained: month(found.payback_month_sustained),
            payback_month_first: month(found.payback_month_first),
            peak_funding_need: found.peak_funding_need,
            expected_deals_total: total(&lines.deals),
            first_deal_margin: values.deal_margin(),
            product_revenue_new: total(&lines.product_revenue_new),
            product_revenue_renewals: total(&lines.product_revenue_renewals),
            services_revenue: total(&lines.services_revenue),
            collected_margin: margins.iter().sum(),
            break_even_deals_per_month_at_maturity: plan.break_even_deals(&values),
            cost_breakdown: PartnerCosts {
                initial: total(&lines.initial),
                staff: total(&lines.staff),
                marketing: total(&lines.marketing),
                certification: total(&lines.certification),
                commission: margins.iter().map(|margin| commission(&values, *margin)).sum(),
            },
            years: years(plan, &values, &lines),
            exact_prob_payback_by_month: plan.exact_payback().map(|exact| exact.by_month),
            simulation: None,
            tornado: tornado(PnlValues::NAMES, &plan.laws, |inputs| self.npv(inputs)),
            sobol: None,
            margin_by_source: MarginBySource {
                resale: lines.resale_collected,
                renewals: lines.renewals_collected,
                services: lines.services_collected,
            },
            expected_deals: lines.deals,
            net_cash: lines.net_cash,
        }
    }
}

impl SectionForecast for PnlForecast {
    type Part = PathPart;
    type Report = PartnerPnlReport;

    async fn simulate(&self, run: Run, first_block: u32, blocks: u32) -> PathPart {
        // A plan without uncertainty is simulated as well: a few milliseconds, and one path less to go wrong.
        self.paths(run).simulate_in_steps(first_block, blocks).await
    }

    async fn report(&self, run: Run, part: &PathPart, effort: Effort) -> Option<PartnerPnlReport> {
        let outcome = self.paths(run).outcome(part)?;
        pause().await;
        let horizon = self.plan.horizon_months;
        let sobol = match effort {
            Effort::Preview => None,
            Effort::Full => {
                let npv = |rows: &[Vec<f64>]| rows.iter().map(|inputs| self.npv(inputs)).collect();
                sobol_table(run.seed, PnlValues::NAMES, &self.plan.laws, npv).await
            }
        };
        let simulation = self.varies().then(|| cash_simulation(&outcome, horizon));
        pause().await;
        Some(PartnerPnlReport { simulation, sobol, ..self.expected() })
    }
}

/// Commission in a margin that is left after it.
fn commission(values: &PnlValues, kept: f64) -> f64 {
    if values.kept() > 0.0 { kept * (values.sales_commission_rate_on_margin / values.kept()) } else { 0.0 }
}

/// Profit and loss by year; the last year may be short.
fn years(plan: &PnlPlan, values: &PnlValues, lines: &PnlLines) -> Vec<PartnerYear> {
    let mut cumulative_cash = 0.0;
    let count = plan.horizon_months.div_ceil(12);
    let of_year = |year: usize| {
        let first = if year == 0 { 0 } else { 12 * year + 1 };
        let last = (12 * (year + 1)).min(plan.horizon_months);
        let sum = |line: &[f64]| total(&line[first..=last]);
        let margin = |line: &[f64]| sum(line) + commission(values, sum(line));
        let collected = [&lines.resale_collected, &lines.renewals_collected, &lines.services_collected];
        let net_cash = sum(&lines.net_cash);
        cumulative_cash += net_cash;
        PartnerYear {
            year: year as u32 + 1,
            deals: sum(&lines.deals),
            product_revenue_new: sum(&lines.product_revenue_new),
            product_revenue_renewals: sum(&lines.product_revenue_renewals),
            services_revenue: sum(&lines.services_revenue),
            resale_margin: margin(&lines.resale_collected),
            renewal_margin: margin(&lines.renewals_collected),
            services_margin: margin(&lines.services_collected),
            commission: collected.iter().map(|line| commission(values, sum(line))).sum(),
            initial: sum(&lines.initial),
            staff: sum(&lines.staff),
            marketing: sum(&lines.marketing),
            certification: sum(&lines.certification),
            vendor_funding: sum(&lines.vendor_funding),
            net_cash,
            cumulative_cash,
        }
    };
    (0..count).map(of_year).collect()
}
