//! How amounts are drawn: whole units of money from 32-bit draws, by whole-number interpolation.

use super::Units;
use crate::distribution::{Distribution, QuantileTable};
use crate::model::open_pipeline::Pipeline;
use std::collections::BTreeMap;
use std::rc::Rc;

/// How the amounts of a pipeline are drawn, in the order of its deals: made once, used by every plan.
pub struct AmountDraws {
    pub(super) draws: Vec<AmountDraw>,
}

impl AmountDraws {
    /// Prepares the amounts of a pipeline; amounts of one shape share a table.
    #[must_use]
    pub fn of(pipeline: &Pipeline, units: Units) -> Self {
        let mut shapes = BTreeMap::new();
        let draws = pipeline.deals.iter().map(|deal| match deal.amount {
            Distribution::Fixed { value } => AmountDraw::fixed(units.count(value)),
            distribution => {
                let key = distribution.shape_key();
                let shape = shapes.entry(key).or_insert_with(|| Rc::new(ShapeDraws::new(&distribution)));
                AmountDraw::varying(distribution, shape, units)
            }
        });
        Self { draws: draws.collect() }
    }
}

/// Cells of equal probability inside which all draws give their mean.
const CELLS_LOG2: u32 = 12;
/// Cells at either end, 1/64 of the probability, that are interpolated instead.
const END_CELLS: u32 = 1 << (CELLS_LOG2 - 6);

/// A form of law: its table, and the means of the cells as 32-bit fractions of the largest quantile.
pub(super) struct ShapeDraws {
    table: QuantileTable,
    top: f64,
    pub cells: Box<[u32]>,
}

impl ShapeDraws {
    fn new(distribution: &Distribution) -> Self {
        let table = QuantileTable::new(distribution);
        let top = table.sample_u32(u32::MAX);
        let edge = |cell: u32| table.sample_u32(cell << (u32::BITS - CELLS_LOG2));
        // One step of 2⁻³² below 1 keeps the largest fraction inside 32 bits.
        let mean = |cell: u32| ((edge(cell) + edge(cell + 1)) / 2.0 / top * 4_294_967_295.0 + 0.5) as u32;
        let cells = (END_CELLS..(1 << CELLS_LOG2) - END_CELLS).map(mean).collect();
        Self { table, top, cells }
    }
}

/// How an amount is drawn, in units.
#[derive(Clone)]
pub(super) struct AmountDraw {
    /// Least amount, and one half to round, as a multiple of 2⁻³² units.
    origin: u64,
    /// From the standardised 0 to the largest knot, in units.
    span: u64,
    /// Least and largest draw, in units.
    pub least: u32,
    pub largest: u32,
    /// Absent where the amount is fixed.
    pub varying: Option<Rc<ShapeDraws>>,
    distribution: Distribution,
    per_money: f64,
}

impl AmountDraw {
    fn fixed(units: u32) -> Self {
        let origin = (u64::from(units) << 32) + (1 << 31);
        let distribution = Distribution::Fixed { value: 0.0 };
        Self { origin, span: 0, least: units, largest: units, varying: None, distribution, per_money: 1.0 }
    }

    fn varying(distribution: Distribution, shape: &Rc<ShapeDraws>, units: Units) -> Self {
        let (location, scale) = distribution.location_scale();
        let per_money = units.per_money();
        let mut draw = Self {
            origin: ((location * per_money + 0.5) * 4_294_967_296.0) as u64,
            span: (scale * shape.top * per_money + 0.5) as u64,
            least: 0,
            largest: 0,
            varying: Some(Rc::clone(shape)),
            distribution,
            per_money,
        };
        (draw.least, draw.largest) = (draw.units(0), draw.units(u32::MAX));
        draw
    }

    /// Amount of a draw, in units: increasing in it.
    ///
    /// A draw of the central 31/32 gives the mean of its cell of 2⁻¹²: the law keeps its mean and all but
    /// some 10⁻⁶ of its variance. The ends, where a cell would be wide, are interpolated.
    pub fn units(&self, draw: u32) -> u32 {
        match &self.varying {
            Some(shape) => self.varying_units(shape, &shape.cells, draw),
            None => self.least,
        }
    }

    /// The same where the caller holds the form and its cells.
    #[inline(always)]
    pub fn varying_units(&self, shape: &ShapeDraws, cells: &[u32], draw: u32) -> u32 {
        let cell = (draw >> (u32::BITS - CELLS_LOG2)).wrapping_sub(END_CELLS) as usize;
        match cells.get(cell) {
            // The sum of all largest amounts is below 2³² units, see [`Units`].
            Some(fraction) => ((self.origin + u64::from(*fraction) * self.span) >> 32) as u32,
            None => self.at_end(shape, draw),
        }
    }

    #[cold]
    fn at_end(&self, shape: &ShapeDraws, draw: u32) -> u32 {
        (shape.table.sample(&self.distribution, draw) * self.per_money + 0.5) as u32
    }
}
