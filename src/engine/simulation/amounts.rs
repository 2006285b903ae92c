//! How amounts are drawn: whole units of money from 32-bit draws, by whole-number interpolation.

use super::Units;
use crate::distribution::{Distribution, QuantileTable, cell};
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

/// A form of law: its table, and the same knots as 32-bit fractions of the largest.
struct ShapeDraws {
    table: QuantileTable,
    top: f64,
    fractions: Box<[u32]>,
}

impl ShapeDraws {
    fn new(distribution: &Distribution) -> Self {
        let table = QuantileTable::new(distribution);
        let top = table.knots().iter().copied().fold(f64::MIN_POSITIVE, f64::max);
        // One step of 2⁻³² below 1 keeps the largest knot inside 32 bits.
        let fractions = table.knots().iter().map(|knot| (knot / top * 4_294_967_295.0 + 0.5) as u32).collect();
        Self { table, top, fractions }
    }

    /// Standardised amount of a draw as a 32-bit fraction of the largest knot; `None` beyond the knots.
    #[inline(always)]
    fn fraction(&self, draw: u32) -> Option<u32> {
        let cell = cell(draw)?;
        let (from, to) = (self.fractions[cell.knot], self.fractions[cell.knot + 1]);
        let step = i64::from(to) - i64::from(from);
        // |step| < 2³²: the product fits where it is halved first.
        Some((i64::from(from) + ((step * i64::from(cell.fraction >> 1)) >> 31)) as u32)
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
    varying: Option<Rc<ShapeDraws>>,
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
    #[inline(always)]
    pub fn units(&self, draw: u32) -> u32 {
        let Some(shape) = &self.varying else { return self.least };
        match shape.fraction(draw) {
            // The sum of all largest amounts is below 2³² units, see [`Units`].
            Some(fraction) => ((self.origin + u64::from(fraction) * self.span) >> 32) as u32,
            None => self.beyond(shape, draw),
        }
    }

    #[cold]
    fn beyond(&self, shape: &ShapeDraws, draw: u32) -> u32 {
        (shape.table.sample(&self.distribution, draw) * self.per_money + 0.5) as u32
    }
}
