//! The sales machine: leads, conversion, selling capacity, wins and losses after their cycle.
//!
//! Leads grow from month to month; those followed up late convert less. Converted leads become
//! opportunities after a lag, and are accepted as long as the team has hours for them; the others
//! wait. An accepted opportunity is won or lost in the end, each after its own cycle time. Rates
//! and delays hold from a month on (regimes): lead rates follow the month of the lead, the others
//! the month in which the opportunity is accepted.

pub mod change;
pub mod course;
pub mod cycle;
mod resolve;
pub mod stationary;
pub mod team;

pub use resolve::{CYCLE_DAYS, KILLED_SHARE, resolve};

use crate::math::powi;
use cycle::Cycle;

/// Inputs of the model, in the units of the section.
#[derive(Debug, Clone, PartialEq)]
pub struct Inputs {
    /// Months computed.
    pub horizon_months: usize,
    /// Months before month 1, under the first regime and without capacity limit.
    pub burn_in_months: usize,
    /// Leads of month 1.
    pub leads: f64,
    /// Growth of the leads, a month.
    pub lead_growth: f64,
    /// Coefficient of variation of the level of all leads.
    pub lead_level_cv: f64,
    /// Rates and delays, by increasing month; the first one holds from month 1.
    pub regimes: Vec<Regime>,
    /// Selling capacity; `None`: unlimited.
    pub team: Option<team::Team>,
}

/// Rates and delays from a month on.
#[derive(Debug, Clone, PartialEq)]
pub struct Regime {
    /// First month.
    pub from_month: usize,
    /// Share f of the leads followed up in time.
    pub followup_share: f64,
    /// Conversion η of the others, relative to these.
    pub late_conversion: f64,
    /// Leads that become marketing-qualified.
    pub lead_to_mql: f64,
    /// Marketing-qualified leads that become sales-qualified.
    pub mql_to_sql: f64,
    /// Sales-qualified leads that become opportunities.
    pub sql_to_opportunity: f64,
    /// Probability of each number of months from lead to opportunity.
    pub lag: Vec<f64>,
    /// Win rate w of opportunities.
    pub win_rate: f64,
    /// Amount of a won deal.
    pub deal: f64,
    /// Months to a win.
    pub to_win: Cycle,
    /// Months to a loss, without the kill rule.
    pub to_loss: Cycle,
    /// Selling hours of a won deal.
    pub hours_won: f64,
    /// Selling hours of a lost deal, without the kill rule.
    pub hours_lost: f64,
    /// Share z of the losing deals closed early, after κ months; `None`: no rule.
    pub kill: Option<(f64, usize)>,
}

impl Inputs {
    /// Leads of a month: L(1 + g)^(t − 1), and those of month 1 before it.
    #[must_use]
    pub fn leads_of(&self, month: i32) -> f64 {
        self.leads * powi(1.0 + self.lead_growth, (month - 1).max(0))
    }

    /// Place of the regime of a month; the first one before month 1.
    #[must_use]
    pub fn regime_of(&self, month: i32) -> usize {
        let later = |regime: &Regime| regime.from_month as i32 > month;
        self.regimes.iter().position(later).unwrap_or(self.regimes.len()).saturating_sub(1)
    }
}

impl Regime {
    /// Effective follow-up F = f + (1 − f)·η.
    ///
    /// ```
    /// use dealcast::{model::pipeline_generation::resolve, scenario::Scenario};
    /// let text = r#"{"schema": "dealcast/1", "pipeline_generation": {"regimes": [{"from_month": 1,
    ///   "followup_within_sla_share": 0.65, "late_lead_relative_conversion": 0.149}]}}"#;
    /// let section = Scenario::from_json(text).unwrap().pipeline_generation.unwrap();
    /// let (inputs, _) = resolve(&section).unwrap();
    /// assert!((inputs.regimes[0].followup() - 0.70215).abs() < 1e-12);
    /// ```
    #[must_use]
    pub fn followup(&self) -> f64 {
        self.followup_share + (1.0 - self.followup_share) * self.late_conversion
    }

    /// Share of the leads that become opportunities: F times the three conversions.
    #[must_use]
    pub fn lead_to_opportunity(&self) -> f64 {
        self.followup() * self.lead_to_mql * self.mql_to_sql * self.sql_to_opportunity
    }

    /// Mean months to a loss with the kill rule.
    #[must_use]
    pub fn mean_to_loss(&self) -> f64 {
        match self.kill {
            Some((share, after)) => (1.0 - share) * self.to_loss.mean() + share * self.to_loss.mean_cut(after),
            None => self.to_loss.mean(),
        }
    }

    /// Mean months open, E\[K\] = w·E\[K_w\] + (1 − w)·E\[K_l\].
    #[must_use]
    pub fn mean_open(&self) -> f64 {
        self.win_rate * self.to_win.mean() + (1.0 - self.win_rate) * self.mean_to_loss()
    }

    /// Selling hours of a lost deal: in proportion to the months it stays open.
    #[must_use]
    pub fn hours_lost_after_kill(&self) -> f64 {
        let full = self.to_loss.mean();
        if full > 0.0 { self.hours_lost * (self.mean_to_loss() / full) } else { self.hours_lost }
    }

    /// Selling hours of an opportunity, h = w·h_w + (1 − w)·h_l.
    #[must_use]
    pub fn hours_per_opportunity(&self) -> f64 {
        self.win_rate * self.hours_won + (1.0 - self.win_rate) * self.hours_lost_after_kill()
    }

    /// Share of the selling time that goes to deals that are lost, (1 − w)·h_l/h; `None` when
    /// deals cost no time.
    #[must_use]
    pub fn share_of_time_on_lost_deals(&self) -> Option<f64> {
        let hours = self.hours_per_opportunity();
        (hours > 0.0).then(|| (1.0 - self.win_rate) * self.hours_lost_after_kill() / hours)
    }

    /// P(months to a loss = j), the kill rule applied: (1 − z)·P(K = j) + z·P(min(K, κ) = j).
    #[must_use]
    pub fn loss_probability(&self, months: usize) -> f64 {
        let full = self.to_loss.probability(months);
        match self.kill {
            Some((share, after)) => (1.0 - share) * full + share * self.to_loss.probability_cut(months, after),
            None => full,
        }
    }

    /// P(months to a loss > j), the kill rule applied.
    #[must_use]
    pub fn loss_beyond(&self, months: usize) -> f64 {
        let full = self.to_loss.beyond(months);
        match self.kill {
            Some((share, after)) if months >= after => (1.0 - share) * full,
            _ => full,
        }
    }
}
