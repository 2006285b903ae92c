//! One number per trial: what scenarios are compared on.

use super::cash_figures::cash_fan;
use super::growth_figures::fan;
use super::{Forecast, Part, simulated};
use crate::engine::growth::{arr, generation};
use crate::engine::partners::both_sides::PARTNER;
use crate::engine::partners::{CUMULATIVE, NPV, PAYBACK};
use crate::engine::paths::PathPart;
use crate::report::open_pipeline::FanMonth;
use crate::report::what_if::Outcome;
use crate::steps::at_once;

/// An outcome over all trials of a scenario.
#[derive(Debug, Clone, PartialEq)]
pub struct OutcomeTrials {
    /// Its value in each trial, in the order of the trials.
    pub values: Vec<f64>,
    /// The target of the scenario.
    pub target: Option<f64>,
    /// Months: the last one within the horizon; larger values stand for never.
    pub last_month: Option<u32>,
    /// Fan by month of what adds up to it.
    pub fan: Vec<FanMonth>,
}

impl Outcome {
    /// Whether a smaller value is better.
    #[must_use]
    pub fn fewer_is_better(self) -> bool {
        self.is_month()
    }

    /// Whether it is a month that may never come.
    #[must_use]
    pub fn is_month(self) -> bool {
        matches!(self, Self::GoalMonth | Self::VendorPayback | Self::PartnerPayback)
    }

    /// Sections that it is computed from.
    #[must_use]
    pub fn sections(self) -> &'static [&'static str] {
        match self {
            // New deals of the sales machine may join the deals.
            Self::PipelineTotal => &["open_pipeline", "pipeline_generation"],
            Self::Wins | Self::Bookings => &["pipeline_generation"],
            // The wins of the sales machine may be the new customers.
            Self::ClosingArr | Self::GoalMonth => &["arr_cohorts", "pipeline_generation"],
            Self::VendorNpv | Self::VendorPayback => &["partner_vendor_programme"],
            Self::PartnerNpv | Self::PartnerPayback => &["partner_pnl"],
            Self::SignedPartnerNpv => &["partner_vendor_programme", "partner_pnl"],
        }
    }
}

impl Forecast<'_> {
    /// Simulates some of the blocks of the section that an outcome belongs to, and of no other.
    #[must_use]
    pub fn simulate_for(&self, outcome: Outcome, first_block: u32, blocks: u32) -> Part {
        at_once(self.simulate_for_in_steps(outcome, first_block, blocks))
    }

    /// [`Forecast::simulate_for`], with pauses.
    pub async fn simulate_for_in_steps(&self, outcome: Outcome, first_block: u32, blocks: u32) -> Part {
        let run = self.run;
        let mut part = Part {
            open_pipeline: None,
            pipeline_generation: None,
            arr_cohorts: None,
            partner_vendor_programme: None,
            partner_pnl: None,
            partner_both_sides: None,
        };
        match outcome {
            Outcome::PipelineTotal => {
                part.open_pipeline = simulated(self.open_pipeline.as_ref(), run, first_block, blocks).await;
            }
            Outcome::Wins | Outcome::Bookings => {
                let own = self.pipeline_generation.as_ref();
                part.pipeline_generation = simulated(own, run, first_block, blocks).await;
            }
            Outcome::ClosingArr | Outcome::GoalMonth => {
                part.arr_cohorts = simulated(self.arr_cohorts.as_ref(), run, first_block, blocks).await;
            }
            Outcome::VendorNpv | Outcome::VendorPayback => {
                let own = self.partner_vendor_programme.as_ref();
                part.partner_vendor_programme = simulated(own, run, first_block, blocks).await;
            }
            Outcome::PartnerNpv | Outcome::PartnerPayback => {
                part.partner_pnl = simulated(self.partner_pnl.as_ref(), run, first_block, blocks).await;
            }
            Outcome::SignedPartnerNpv => {
                let own = self.partner_both_sides.as_ref();
                part.partner_both_sides = simulated(own, run, first_block, blocks).await;
            }
        }
        part
    }

    /// An outcome of a part that holds all blocks; `None` where scenario or part do not have it.
    #[must_use]
    pub fn outcome(&self, outcome: Outcome, part: &Part) -> Option<OutcomeTrials> {
        if !crate::EVERY_MODEL && outcome != Outcome::PipelineTotal {
            return None;
        }
        match outcome {
            Outcome::PipelineTotal => self.open_pipeline.as_ref()?.totals(self.run, part.open_pipeline.as_ref()?),
            Outcome::Wins | Outcome::Bookings => {
                let (own, part) = (self.pipeline_generation.as_ref()?, part.pipeline_generation.as_ref()?);
                let found = own.paths(self.run).outcome(part)?;
                let wins = outcome == Outcome::Wins;
                let scalar = if wins { generation::scalars::WINS } else { generation::scalars::BOOKINGS };
                Some(OutcomeTrials {
                    values: found.values(scalar).to_vec(),
                    target: own.target_wins.filter(|_| wins).map(f64::from),
                    last_month: None,
                    fan: if wins {
                        fan(&found, generation::series::WINS, true)
                    } else {
                        fan(&found, generation::series::CUMULATIVE, false)
                    },
                })
            }
            Outcome::ClosingArr | Outcome::GoalMonth => self.arr(outcome, part.arr_cohorts.as_ref()?),
            Outcome::VendorNpv | Outcome::VendorPayback => {
                let own = self.partner_vendor_programme.as_ref()?;
                let found = own.paths(self.run).outcome(part.partner_vendor_programme.as_ref()?)?;
                Some(cash(outcome, &found, own.programme.horizon_months))
            }
            Outcome::PartnerNpv | Outcome::PartnerPayback => {
                let own = self.partner_pnl.as_ref()?;
                let found = own.paths(self.run).outcome(part.partner_pnl.as_ref()?)?;
                Some(cash(outcome, &found, own.plan.horizon_months))
            }
            Outcome::SignedPartnerNpv => {
                let own = self.partner_both_sides.as_ref()?;
                let found = own.paths(self.run).outcome(part.partner_both_sides.as_ref()?)?;
                let values = found.values(PARTNER + NPV).to_vec();
                Some(OutcomeTrials { values, target: Some(0.0), last_month: None, fan: Vec::new() })
            }
        }
    }

    fn arr(&self, outcome: Outcome, part: &PathPart) -> Option<OutcomeTrials> {
        let own = self.arr_cohorts.as_ref()?;
        let found = own.paths(self.run).outcome(part)?;
        let (horizon, goal) = (own.inputs.horizon_months, own.inputs.goal);
        let never = (horizon + 1) as f64;
        let month = |reached: &f64| if *reached > 0.0 { *reached } else { never };
        let months = outcome.is_month();
        Some(OutcomeTrials {
            values: if months {
                goal?;
                found.values(arr::scalars::MONTH_REACHED).iter().map(month).collect()
            } else {
                found.values(arr::scalars::ARR).to_vec()
            },
            target: if months { Some(horizon as f64) } else { goal },
            last_month: months.then_some(horizon as u32),
            fan: fan(&found, arr::series::ARR, false),
        })
    }
}

/// An outcome of a cash path.
fn cash(outcome: Outcome, found: &crate::engine::paths::Outcome, horizon: usize) -> OutcomeTrials {
    let months = outcome.is_month();
    OutcomeTrials {
        values: found.values(if months { PAYBACK } else { NPV }).to_vec(),
        target: Some(if months { horizon as f64 } else { 0.0 }),
        last_month: months.then_some(horizon as u32),
        fan: cash_fan(found, CUMULATIVE),
    }
}
