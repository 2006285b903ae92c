//! Monte Carlo of models that turn one trial into monthly series and a few numbers.
//!
//! A [`PathModel`] says which inputs are uncertain, which random streams it needs and what it gives back; it
//! computes [`LANES`] trials at a time, month by month, in arrays with a trial per lane. [`Paths`] does the
//! rest: it draws the inputs by inversion, runs blocks of [`BLOCK`] trials and keeps, per month of a series,
//! sums and a histogram, and per number all values. A [`PathPart`] is what some blocks give; parts merge in
//! any grouping to the same bytes, and an [`Outcome`] reads figures from a whole one.
//!
//! Every draw is a pure function of (seed, block, entity, purpose, trial): inputs are keyed by their names, so
//! that inputs of the same name share their draw between models (common random numbers), and every draw
//! becomes a value by an inverse distribution function, which keeps results monotone in the inputs.
//!
//! ```
//! use dealcast::distribution::Distribution;
//! use dealcast::engine::paths::{Draws, Group, Input, PathModel, Paths, Shape};
//! use dealcast::rng::Purpose;
//!
//! /// Ten months of saving an uncertain amount a month.
//! struct Saving([Input; 1]);
//! impl PathModel for Saving {
//!     type Workspace = ();
//!     fn shape(&self) -> Shape { Shape { series: 1, months: 10, scalars: 1 } }
//!     fn inputs(&self) -> &[Input] { &self.0 }
//!     fn streams(&self) -> &[(u64, Purpose)] { &[] }
//!     fn workspace(&self) {}
//!     fn simulate(&self, draws: &Draws, _: &mut (), group: &mut Group) {
//!         let saved = draws.input(0);
//!         for (month, lanes) in group.series_mut(0).iter_mut().enumerate() {
//!             for (lane, value) in lanes.iter_mut().enumerate() {
//!                 *value = (month + 1) as f64 * saved[lane];
//!             }
//!         }
//!         let total = group.series_mut(0)[9];
//!         *group.scalar_mut(0) = total;
//!     }
//! }
//!
//! let law = Distribution::uniform(0.0, 2.0)?;
//! let paths = Paths::new(Saving([Input::new("amount", law)]), 1, 20_000);
//! let outcome = paths.outcome(&paths.simulate(0, paths.blocks())).unwrap();
//! let (mean, error) = outcome.sample(0).mean();
//! assert!((mean - 10.0).abs() < 4.0 * error);
//! assert!((outcome.month(0, 4).quantile(0.9) - 9.0).abs() < 0.1);
//! # Ok::<(), dealcast::distribution::DistributionError>(())
//! ```

mod draws;
mod outcome;
mod part;
mod scale;

pub use draws::Draws;
pub use outcome::{Month, Outcome};
pub use part::PathPart;
pub use scale::BINS;

use crate::distribution::{Distribution, QuantileTable};
use crate::engine::simulation::BLOCK;
use crate::rng::{self, Purpose, fnv1a_64, stream};
use crate::steps::{at_once, pause};
use scale::Scale;
use std::collections::BTreeMap;
use std::ops::Range;
use std::rc::Rc;

/// Trials that a model computes together: what they give stays in the nearest cache.
pub const LANES: usize = 32;

/// One number per trial of a group.
pub type Lanes = [f64; LANES];

/// Lanes that a model follows in step where each needs memory of its own: what belongs to a month of all of them is one
/// line of the cache.
pub const STRIP: usize = 8;

/// One number per trial of a strip.
pub type Strip = [f64; STRIP];

/// Groups of a block.
const GROUPS: usize = BLOCK as usize / LANES;
/// Groups of a step.
const STEP_GROUPS: usize = 4;
/// Groups, from the first block, that the bins of the histograms are laid out with.
const PILOT_GROUPS: usize = 512 / LANES;

/// An input that may be uncertain.
#[derive(Debug, Clone, PartialEq)]
pub struct Input {
    /// Key of its draws, from its name.
    pub key: u64,
    /// Its law.
    pub law: Distribution,
}

impl Input {
    /// An input whose draws belong to its name.
    #[must_use]
    pub fn new(name: &str, law: Distribution) -> Self {
        Self { key: fnv1a_64(name.as_bytes()), law }
    }
}

/// What a model gives back for each trial.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Shape {
    /// Monthly series.
    pub series: usize,
    /// Points of each series.
    pub months: usize,
    /// Single numbers.
    pub scalars: usize,
}

/// A model that turns draws into monthly series and numbers.
pub trait PathModel {
    /// Memory that the model reuses from group to group; nothing in it may carry over from one to the next.
    type Workspace;
    /// What a trial gives.
    fn shape(&self) -> Shape;
    /// Uncertain (and fixed) inputs, in the order of [`Draws::input`].
    fn inputs(&self) -> &[Input];
    /// Further random streams, (entity, purpose), in the order of [`Draws::uniform`].
    fn streams(&self) -> &[(u64, Purpose)];
    /// Memory for [`PathModel::simulate`].
    fn workspace(&self) -> Self::Workspace;
    /// Computes the trials of a group: fills every series and every number, in all lanes.
    fn simulate(&self, draws: &Draws, workspace: &mut Self::Workspace, group: &mut Group);
}

/// What a group of trials gives.
pub struct Group {
    shape: Shape,
    series: Vec<Lanes>,
    scalars: Vec<Lanes>,
}

impl Group {
    fn new(shape: Shape) -> Self {
        let lanes = |count: usize| vec![[0.0; LANES]; count];
        Self { shape, series: lanes(shape.series * shape.months), scalars: lanes(shape.scalars) }
    }

    /// The points of a series, to be written.
    #[inline]
    pub fn series_mut(&mut self, series: usize) -> &mut [Lanes] {
        let months = self.shape.months;
        &mut self.series[series * months..(series + 1) * months]
    }

    /// Writes a month of a series for the strip that begins at lane `first`.
    #[inline]
    pub fn write(&mut self, series: usize, month: usize, first: usize, strip: &Strip) {
        self.series[series * self.shape.months + month][first..first + STRIP].copy_from_slice(strip);
    }

    /// Writes a number for the strip that begins at lane `first`.
    #[inline]
    pub fn write_scalar(&mut self, scalar: usize, first: usize, strip: &Strip) {
        self.scalars[scalar][first..first + STRIP].copy_from_slice(strip);
    }

    /// Two different series to be written together, the first before the second.
    #[inline]
    pub fn two_series_mut(&mut self, first: usize, second: usize) -> (&mut [Lanes], &mut [Lanes]) {
        let months = self.shape.months;
        let (low, high) = self.series.split_at_mut(second * months);
        (&mut low[first * months..(first + 1) * months], &mut high[..months])
    }

    /// The points of a series.
    #[must_use]
    pub fn series(&self, series: usize) -> &[Lanes] {
        let months = self.shape.months;
        &self.series[series * months..(series + 1) * months]
    }

    /// A number, to be written.
    #[inline]
    pub fn scalar_mut(&mut self, scalar: usize) -> &mut Lanes {
        &mut self.scalars[scalar]
    }
}

/// Which draws are made anew, independent of the usual ones of the seed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Redraw {
    /// None.
    #[default]
    Nothing,
    /// All.
    Everything,
    /// Those of the input with this key.
    Input(u64),
    /// Those of all streams that are no input.
    Chance,
}

impl Redraw {
    /// Turns the bits of the seed of what is drawn anew.
    const ANEW: u32 = 0x9E37_79B9;

    fn of_input(self, seed: u32, key: u64) -> u32 {
        if self == Self::Everything || self == Self::Input(key) { seed ^ Self::ANEW } else { seed }
    }

    fn of_chance(self, seed: u32) -> u32 {
        if self == Self::Everything || self == Self::Chance { seed ^ Self::ANEW } else { seed }
    }
}

/// How an input is drawn.
struct Sampler {
    key: u64,
    law: Distribution,
    /// None: fixed.
    table: Option<Rc<QuantileTable>>,
}

/// A model prepared for simulation. Workers prepare the same from the same scenario.
pub struct Paths<M> {
    model: M,
    seed: u32,
    trials: u32,
    redraw: Redraw,
    samplers: Vec<Sampler>,
    scales: Vec<Scale>,
}

/// The random streams of a block.
struct BlockStreams {
    inputs: Vec<rng::Draws>,
    others: Vec<rng::Draws>,
}

/// What runs the groups of a block.
struct Runner<'a, M: PathModel> {
    model: &'a M,
    samplers: &'a [Sampler],
    seed: u32,
    redraw: Redraw,
    inputs: Vec<Lanes>,
    workspace: M::Workspace,
    group: Group,
}

impl<'a, M: PathModel> Runner<'a, M> {
    fn new(model: &'a M, samplers: &'a [Sampler], seed: u32, redraw: Redraw) -> Self {
        let inputs = samplers.iter().map(|sampler| [sampler.law.mean(); LANES]).collect();
        Self { model, samplers, seed, redraw, inputs, workspace: model.workspace(), group: Group::new(model.shape()) }
    }

    fn streams(&self, block: u32) -> BlockStreams {
        let input_seed = |sampler: &Sampler| self.redraw.of_input(self.seed, sampler.key);
        let own = |sampler: &Sampler| stream(input_seed(sampler), block, sampler.key, Purpose::Input).draws();
        let seed = self.redraw.of_chance(self.seed);
        let other = |(entity, purpose): &(u64, Purpose)| stream(seed, block, *entity, *purpose).draws();
        BlockStreams {
            inputs: self.samplers.iter().map(own).collect(),
            others: self.model.streams().iter().map(other).collect(),
        }
    }

    /// Runs groups of a block and shows each, with its number.
    fn groups(&mut self, streams: &BlockStreams, groups: Range<usize>, mut show: impl FnMut(usize, &Group)) {
        for group in groups {
            let first = (group * LANES) as u32;
            for ((sampler, stream), lanes) in self.samplers.iter().zip(&streams.inputs).zip(&mut self.inputs) {
                if let Some(table) = &sampler.table {
                    for (value, bits) in lanes.iter_mut().zip(stream.several::<LANES>(first, 1)) {
                        *value = table.sample(&sampler.law, bits);
                    }
                }
            }
            let draws = Draws { inputs: &self.inputs, streams: &streams.others, first };
            self.model.simulate(&draws, &mut self.workspace, &mut self.group);
            show(group, &self.group);
        }
    }
}

impl<M: PathModel> Paths<M> {
    /// Prepares a model: tables of its inputs, and bins laid out on the first trials of the first block.
    #[must_use]
    pub fn new(model: M, seed: u32, trials: u32) -> Self {
        let mut tables = BTreeMap::new();
        let samplers: Vec<Sampler> = model
            .inputs()
            .iter()
            .map(|input| Sampler {
                key: input.key,
                law: input.law,
                table: (!matches!(input.law, Distribution::Fixed { .. })).then(|| {
                    let table = tables.entry(input.law.shape_key());
                    Rc::clone(table.or_insert_with(|| Rc::new(QuantileTable::new(&input.law))))
                }),
            })
            .collect();
        let shape = model.shape();
        let mut scales = vec![Scale::default(); shape.series * shape.months];
        let groups = PILOT_GROUPS.min((trials as usize).div_ceil(LANES)).max(1);
        let mut runner = Runner::new(&model, &samplers, seed, Redraw::Nothing);
        runner.groups(&runner.streams(0), 0..groups, |_, group| {
            for (scale, lanes) in scales.iter_mut().zip(&group.series) {
                scale.widen(lanes);
            }
        });
        scales.iter_mut().for_each(Scale::lay_out);
        Self { model, seed, trials, redraw: Redraw::Nothing, samplers, scales }
    }

    /// The same with some draws made anew.
    #[must_use]
    pub fn redrawn(self, redraw: Redraw) -> Self {
        Self { redraw, ..self }
    }

    /// The model.
    #[must_use]
    pub fn model(&self) -> &M {
        &self.model
    }

    /// Blocks that the trials fill.
    #[must_use]
    pub fn blocks(&self) -> u32 {
        self.trials.div_ceil(BLOCK)
    }

    /// Simulates `count` blocks from `first` on; blocks past the last are not there.
    #[must_use]
    pub fn simulate(&self, first: u32, count: u32) -> PathPart {
        at_once(self.simulate_in_steps(first, count))
    }

    /// [`Paths::simulate`], pausing every few groups.
    pub async fn simulate_in_steps(&self, first: u32, count: u32) -> PathPart {
        let shape = self.model.shape();
        let mut part = PathPart::new(shape);
        let mut runner = Runner::new(&self.model, &self.samplers, self.seed, self.redraw);
        for block in first..first.saturating_add(count).min(self.blocks()) {
            let trials = BLOCK.min(self.trials - block * BLOCK) as usize;
            let mut sums = part::BlockSums::new(shape, trials);
            let (streams, groups) = (runner.streams(block), trials.div_ceil(LANES).min(GROUPS));
            for first in (0..groups).step_by(STEP_GROUPS) {
                runner.groups(&streams, first..groups.min(first + STEP_GROUPS), |group, found| {
                    let counting = (trials - group * LANES).min(LANES);
                    sums.add(found.series.as_slice(), &found.scalars, group, counting, &self.scales, &mut part);
                });
                pause().await;
            }
            part.close(block, sums, &self.scales);
        }
        part
    }

    /// Runs all groups of a block and shows each, with its number: for models that build on the trials of this one.
    pub fn show_block(&self, block: u32, show: impl FnMut(usize, &Group)) {
        let mut runner = Runner::new(&self.model, &self.samplers, self.seed, self.redraw);
        runner.groups(&runner.streams(block), 0..GROUPS, show);
    }

    /// Reads a part that holds all trials; `None` where it does not.
    #[must_use]
    pub fn outcome(&self, part: &PathPart) -> Option<Outcome> {
        Outcome::new(part, self.model.shape(), &self.scales, self.trials)
    }
}

#[cfg(test)]
mod tests;
