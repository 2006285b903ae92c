//! Monte Carlo of the open pipeline, by blocks of 4,096 trials.
//!
//! A block is 256 groups of 16 trials. Each group stands in one of 256 equally likely strata of the
//! market factor, from the least favourable on (in a last, shorter block in an order drawn at random), so that a deal's
//! threshold is constant over a group and the market is sampled without noise. The trials of a group share out each deal's range among
//! them (see `orders`), so that the deal is won in as many as expected, rounded up or down. Every draw is a pure
//! function of (seed, block, deal, use, trial); money is counted in whole units, so that sums do not depend on
//! their order.
//! A [`Part`] is what some blocks give; parts merge in any grouping to the same bytes.

mod above;
mod adding;
mod amounts;
mod bins;
mod delays;
mod joining;
mod kernel;
mod orders;
mod part;
pub mod strata;
mod units;
mod winners;

pub use amounts::AmountDraws;
pub use joining::{Joining, Reach};
pub use part::{DealPart, MonthPart, Part, sums};
pub use units::Units;

use crate::math::normal_table::CdfTable;
use crate::model::open_pipeline::Pipeline;
use crate::model::open_pipeline::moments::{Moments, PipelineMoments};
use crate::steps::at_once;
use amounts::AmountDraw;
use delays::Rows;
use strata::STRATA;
use winners::Chances;

/// Trials of one group: one stratum of the market.
pub const GROUP: u32 = 16;
/// Trials of one block.
pub const BLOCK: u32 = GROUP * STRATA as u32;
/// Blocks that are simulated side by side: their months fit the second cache.
const TOGETHER: u32 = 2;
/// Bins of each month's fan: a power of two, so that a bin's number can be cut off to fit.
pub const BINS: usize = 4096;
/// Those for nothing signed, filled in turn: increments of one and the same would wait for one another.
pub const ZERO_BINS: usize = 4;
/// Those above.
pub const FAN_BINS: usize = BINS - ZERO_BINS;

/// A pipeline prepared for simulation. Workers prepare the same plan from the same scenario.
pub struct Plan<'a> {
    pipeline: &'a Pipeline,
    seed: u32,
    trials: u32,
    deals: &'a DealPlans,
    /// Units that the window has to bring; negative where more than the target is already won.
    target: i64,
    scales: Scales,
    /// Revenue beside the deals, and the most units of it in a trial.
    joining: Option<&'a dyn Joining>,
}

/// What a simulation notes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PlanDetail {
    /// Totals, months and what each deal did.
    Everything,
    /// The total of each trial alone.
    Totals,
}

/// The deals of a pipeline, prepared: what all blocks of a run have in common, and most of the work before them.
pub struct DealPlans {
    detail: PlanDetail,
    each: Vec<DealPlan>,
    /// Outcomes of deals.
    chances: Vec<Chances>,
    /// Months that deals close in.
    rows: Vec<Rows>,
}

struct DealPlan {
    key: u64,
    /// Which of the chances, and which of the rows.
    chances: usize,
    rows: usize,
    shared_rate: Option<usize>,
    amount: AmountDraw,
}

/// What turns money into whole numbers and back.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Scales {
    /// Units of money.
    pub units: Units,
    /// Upper end of the cumulative fan's bins, in units, from 1.
    pub cumulative_fan: u32,
    /// Upper end of the monthly fan's bins, in units, from 1.
    pub monthly_fan: u32,
    /// Most units of a trial that join the deals.
    pub joining: u32,
}

impl DealPlans {
    /// Prepares the deals of a pipeline.
    #[must_use]
    pub fn new(pipeline: &Pipeline, amounts: &AmountDraws, detail: PlanDetail) -> Self {
        // Thresholds have 32 bits.
        let table = CdfTable::shared();
        let (nodes, cdf) = (strata::nodes(pipeline), |x| table.cdf(x));
        let (rows, rows_of) = delays::rows(pipeline, &strata::delay_thresholds(pipeline, &nodes, cdf));
        let by_law = strata::thresholds(pipeline, &nodes, cdf);
        let (chances, chances_of) = Chances::all(pipeline, &by_law, &rows, &rows_of, detail);
        let deals = pipeline.deals.iter().enumerate().map(|(index, deal)| DealPlan {
            key: deal.key,
            chances: chances_of[index],
            rows: rows_of[index],
            shared_rate: pipeline.win_laws[deal.win].shared_rate,
            amount: amounts.draws[index].clone(),
        });
        Self { detail, each: deals.collect(), chances, rows }
    }
}

impl<'a> Plan<'a> {
    /// A simulation of a pipeline by its prepared deals.
    #[must_use]
    pub fn new(pipeline: &'a Pipeline, deals: &'a DealPlans, scales: Scales, seed: u32, trials: u32) -> Self {
        let target = scales.units.signed(pipeline.target - pipeline.already_won);
        Self { pipeline, seed, trials, deals, target, scales, joining: None }
    }

    /// The same with revenue that joins the deals, for which the scales are laid out.
    #[must_use]
    pub fn joined_by(self, joining: Option<&'a dyn Joining>) -> Self {
        Self { joining, ..self }
    }

    /// Blocks that the trials fill.
    #[must_use]
    pub fn blocks(&self) -> u32 {
        self.trials.div_ceil(BLOCK)
    }

    /// Simulates `count` blocks from `first` on; blocks past the last are not there.
    #[must_use]
    pub fn simulate(&self, first: u32, count: u32) -> Part {
        at_once(self.simulate_in_steps(first, count))
    }

    /// [`Plan::simulate`], pausing every few hundred deals.
    pub async fn simulate_in_steps(&self, first: u32, count: u32) -> Part {
        let last = first.saturating_add(count).min(self.blocks());
        let mut part = match self.deals.detail {
            PlanDetail::Everything => Part::new(self.deals.each.len(), self.pipeline.horizon_months as usize),
            PlanDetail::Totals => Part::new(0, 0),
        };
        for block in (first..last).step_by(TOGETHER as usize) {
            kernel::simulate_blocks(self, block..last.min(block + TOGETHER), &mut part).await;
        }
        part
    }
}

impl Scales {
    /// Scales of a pipeline and of what joins it: fans reach ten standard deviations above the mean.
    #[must_use]
    pub fn of(pipeline: &Pipeline, moments: &PipelineMoments, joining: Reach) -> Self {
        let units = Units::of(pipeline, joining.largest);
        let top = |moments: &Moments| moments.mean + 10.0 * moments.sd();
        let month = moments.months.iter().map(top).fold(0.0, f64::max) + joining.month;
        let cumulative_fan = units.count(top(&moments.horizon) + joining.horizon).max(1);
        let joining = units.count(joining.largest);
        Self { units, cumulative_fan, monthly_fan: units.count(month).max(1), joining }
    }
}
