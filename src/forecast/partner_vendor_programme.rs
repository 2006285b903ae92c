//! The vendor's partner programme: figures in expected values, recruitment arithmetic.

use super::cash_figures::{cash_simulation, month, sobol_table, tornado};
use super::{Effort, Run, SectionForecast};
use crate::cash_flow::{cumulative, measures};
use crate::engine::partners::programme::ProgrammePaths;
use crate::engine::paths::{PathPart, Paths};
use crate::error::InputError;
use crate::model::partner_vendor_programme::expected::{ProgrammeLines, total};
use crate::model::partner_vendor_programme::recruitment::StopRule;
use crate::model::partner_vendor_programme::{Programme, ProgrammeValues};
use crate::report::partner_vendor_programme::{
    PartnerVendorProgrammeReport, ProgrammeCosts, ProgrammeMargin, Recruitment, StopRuleOption,
};
use crate::scenario::partner_vendor_programme::PartnerVendorProgramme;
use crate::steps::pause;
use std::cell::OnceCell;

/// The section prepared to be computed.
pub struct ProgrammeForecast {
    pub(super) programme: Programme,
    paths: OnceCell<Paths<ProgrammePaths>>,
}

/// Age at which a partner counts as active or not.
const ACTIVE_AGE: usize = 6;

impl ProgrammeForecast {
    /// Prepares a checked section.
    ///
    /// # Errors
    /// What only shows when the section is resolved, located.
    pub fn new(section: &PartnerVendorProgramme) -> Result<Self, Vec<InputError>> {
        Ok(Self { programme: Programme::new(section)?, paths: OnceCell::new() })
    }

    /// Whether a trial can differ from the next.
    fn varies(&self) -> bool {
        self.programme.partner_level || self.programme.uncertain()
    }

    pub(super) fn paths(&self, run: Run) -> &Paths<ProgrammePaths> {
        self.paths
            .get_or_init(|| Paths::new(ProgrammePaths::new(&self.programme), run.seed, run.trials).redrawn(run.redraw))
    }

    fn npv(&self, inputs: &[f64]) -> f64 {
        self.programme.npv(&ProgrammeValues::from_fn(|input| inputs[input]))
    }

    /// The figures of the programme at the means of its inputs.
    fn expected(&self) -> PartnerVendorProgrammeReport {
        let programme = &self.programme;
        let values = programme.means();
        let lines = programme.lines(&values);
        let found = measures(&lines.net_cash, lines.total_investment(), values.discount_rate_annual);
        let ages = 0..=programme.horizon_months;
        let deals = total(&lines.deals);
        let net_revenue = total(&lines.net_revenue_new) + total(&lines.net_revenue_renewals);
        let margin = |line: &[f64]| line.iter().map(|revenue| revenue * values.vendor_gross_margin_rate).collect();
        let recruitment = recruitment(programme, &values, &lines);
        // Counts alone: with uncertain inputs too, the spread is another.
        let counts_alone = programme.partner_level && !programme.uncertain();
        let count_sd = |rate: f64| counts_alone.then(|| programme.count_sd(&values, rate));
        PartnerVendorProgrammeReport {
            horizon_months: programme.horizon_months as u32,
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
            signed_partners_total: total(&lines.signed),
            dropped_partners_total: total(&lines.dropped),
            active_share_at_6_months: recruitment.active_share_at_6_months,
            ever_active_share_by_horizon_age: values.capable_share * values.started_by(programme.last_age()),
            all_in_cost_per_failed_partner: programme.all_in_cost_per_failed_partner(&values),
            prob_capable_given_no_deal: ages.map(|age| values.capable_given_no_deal(age)).collect(),
            expected_deals_total: deals,
            customer_revenue_new: deals * values.average_deal,
            vendor_net_revenue_total: net_revenue,
            vendor_margin_total: net_revenue * values.vendor_gross_margin_rate,
            cost_breakdown: ProgrammeCosts {
                setup: total(&lines.setup),
                fixed: total(&lines.fixed),
                candidates: total(&lines.candidates),
                signatures: total(&lines.signatures),
                onboarding: total(&lines.onboarding),
                support_unstarted: total(&lines.support_unstarted),
                support_active: total(&lines.support_active),
                failed_partners: total(&lines.failed_partners),
                market_development_funds: total(&lines.market_development_funds),
            },
            acquisition_cost_per_active_partner: acquisition_cost_per_active(programme, &values, &lines),
            margin_by_source: ProgrammeMargin {
                new_deals: margin(&lines.net_revenue_new),
                renewals: margin(&lines.net_revenue_renewals),
            },
            recruitment,
            simulation: None,
            exact_npv_sd: count_sd(values.discount_rate_annual),
            exact_net_sd: count_sd(0.0),
            tornado: tornado(ProgrammeValues::NAMES, &programme.laws, |inputs| self.npv(inputs)),
            sobol: None,
            active_partners_end_of_month: lines.active,
            expected_deals: lines.deals,
            net_cash: lines.net_cash,
        }
    }
}

impl SectionForecast for ProgrammeForecast {
    type Part = PathPart;
    type Report = PartnerVendorProgrammeReport;

    async fn simulate(&self, run: Run, first_block: u32, blocks: u32) -> PathPart {
        self.paths(run).simulate_in_steps(first_block, blocks).await
    }

    async fn report(&self, run: Run, part: &PathPart, effort: Effort) -> Option<PartnerVendorProgrammeReport> {
        let outcome = self.paths(run).outcome(part)?;
        pause().await;
        let (programme, horizon) = (&self.programme, self.programme.horizon_months);
        let paths = self.paths(run).model();
        let sobol = match effort {
            Effort::Preview => None,
            Effort::Full => {
                let npv = |rows: &[Vec<f64>]| paths.expected_npv(rows);
                sobol_table(run.seed, ProgrammeValues::NAMES, &programme.laws, npv).await
            }
        };
        let simulation = self.varies().then(|| cash_simulation(&outcome, horizon));
        pause().await;
        Some(PartnerVendorProgrammeReport { simulation, sobol, ..self.expected() })
    }
}

/// Acquisition outlays over the partners that signed and are active at six months.
fn acquisition_cost_per_active(programme: &Programme, values: &ProgrammeValues, lines: &ProgrammeLines) -> Option<f64> {
    let active = total(&lines.signed) * programme.active_share_at(values, ACTIVE_AGE);
    (active > 0.0).then(|| Programme::acquisition_outlays(lines) / active)
}

fn recruitment(programme: &Programme, values: &ProgrammeValues, lines: &ProgrammeLines) -> Recruitment {
    let months = programme.recruitment_months.min(programme.horizon_months) as f64;
    let eligible_partners = months * values.candidates_approached_per_month;
    let active_share_at_6_months = programme.active_share_at(values, ACTIVE_AGE);
    let active_partners = eligible_partners * values.signing_rate * active_share_at_6_months;
    let acquisition_outlays = Programme::acquisition_outlays(lines);
    let rules = programme.stop_rules(values);
    // The first of equals: the earliest stop.
    let best = |worth: fn(&StopRule) -> Option<f64>| {
        let worths = rules.iter().filter_map(|rule| worth(rule).map(|worth| (rule.stop_rule_months, worth)));
        worths.reduce(|best, next| if next.1 > best.1 { next } else { best }).and_then(|(months, _)| month(months))
    };
    Recruitment {
        eligible_partners,
        signing_rate: values.signing_rate,
        active_share_at_6_months,
        active_partners,
        acquisition_outlays,
        cost_per_active_partner: (active_partners > 0.0).then(|| acquisition_outlays / active_partners),
        value_of_active_partner: programme.value_of_active_partner(values),
        acquisition_cost_per_signature: Programme::acquisition_cost_per_signature(values),
        best_stop_rule_months: best(|rule| Some(rule.npv)),
        best_stop_rule_months_limited_slots: best(|rule| rule.slot_yield),
        stop_rules: rules
            .iter()
            .map(|rule| StopRuleOption {
                stop_rule_months: month(rule.stop_rule_months),
                npv: rule.npv,
                started_share: rule.started_share,
                prob_capable_given_dropped: rule.capable_given_dropped,
                all_in_cost_per_failed_partner: rule.all_in_cost_per_failed_partner,
                slot_yield: rule.slot_yield,
            })
            .collect(),
    }
}
