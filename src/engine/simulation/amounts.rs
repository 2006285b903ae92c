//! How amounts are drawn: whole units of money from 32-bit draws, by whole-number arithmetic.

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

/// Cells of equal probability, inside which all draws give their mean: 2¹⁰.
const CELLS_LOG2: u32 = 10;
/// The ends of the law, 1/64 of the probability each, have cells of 2⁻¹⁶ instead.
const END_LOG2: u32 = 6;
const END_CELLS_LOG2: u32 = 16;
/// All cells: the even ones, then those of the lower end, then those of the upper.
const CELLS: usize = (1 << CELLS_LOG2) + 2 * (1 << (END_CELLS_LOG2 - END_LOG2));
/// Cells next to 0 and 1 whose draws are interpolated one by one.
const OUTERMOST: usize = 16;
/// A power of two, so that a place can be cut off to fit.
const PLACES: usize = CELLS.next_power_of_two();

/// A form of law: its table, and the means of the cells as 32-bit fractions of the largest quantile.
pub(super) struct ShapeDraws {
    table: QuantileTable,
    top: f64,
    pub cells: Box<Cells>,
}

/// Means of the cells as fractions of the largest quantile; 0 where draws are interpolated.
pub(super) type Cells = [u32; PLACES];

/// Place of the cell of a draw, which its first 22 bits decide.
#[inline(always)]
pub(super) fn place(draw: u32) -> u32 {
    const TO_END: u32 = 1 << (u32::BITS - END_LOG2);
    // The upper end, moved by its width, comes before the lower one: both are below twice the width.
    let from_end = draw.wrapping_add(TO_END);
    let end = (1 << CELLS_LOG2) + (from_end >> (u32::BITS - END_CELLS_LOG2));
    let even = draw >> (u32::BITS - CELLS_LOG2);
    if from_end < 2 * TO_END { end } else { even }
}

impl ShapeDraws {
    fn new(distribution: &Distribution) -> Self {
        let table = QuantileTable::new(distribution);
        let top = table.sample_u32(u32::MAX);
        let mut cells = Box::new([0; PLACES]);
        let mut fill = |first: u32, log2: u32, count: u32, place: usize| {
            let width = 1_u32 << (u32::BITS - log2);
            for cell in 0..count {
                let low = first + cell * width;
                let (middle, high) = (low + width / 2, low + (width - 1));
                // Simpson's rule.
                let mean =
                    (table.sample_u32(low) + 4.0 * table.sample_u32(middle) + table.sample_u32(high)) / (6.0 * top);
                // One step of 2⁻³² below 1 keeps the largest fraction inside 32 bits; 0 has a meaning.
                cells[place + cell as usize] = ((mean * 4_294_967_295.0 + 0.5) as u32).max(1);
            }
        };
        let (even, end) = (1 << CELLS_LOG2, 1 << (END_CELLS_LOG2 - END_LOG2));
        let to_end = 1 << (CELLS_LOG2 - END_LOG2);
        fill(to_end << (u32::BITS - CELLS_LOG2), CELLS_LOG2, even - 2 * to_end, to_end as usize);
        let (even, ends) = (even as usize, end as usize);
        fill(u32::MAX << (u32::BITS - END_LOG2), END_CELLS_LOG2, end, even);
        fill(0, END_CELLS_LOG2, end, even + ends);
        // Seen from the place between the ends, where 1 meets 0.
        cells[even + ends - OUTERMOST..even + ends + OUTERMOST].fill(0);
        Self { table, top, cells }
    }
}

/// From fractions of the largest quantile to units.
#[derive(Clone, Copy)]
pub(super) struct Line {
    /// Least amount, and one half to round, as a multiple of 2⁻³² units.
    origin: u64,
    /// From the standardised 0 to the largest knot, in units.
    span: u64,
}

impl Line {
    /// Amount at a place among the cells, in units; `None` where it takes the whole draw.
    #[inline(always)]
    pub fn units(self, cells: &Cells, place: u32) -> Option<u32> {
        let fraction = cells[place as usize % PLACES];
        // The sum of all largest amounts is below 2³² units, see [`Units`].
        (fraction != 0).then(|| ((self.origin + u64::from(fraction) * self.span) >> 32) as u32)
    }
}

/// How an amount is drawn, in units.
#[derive(Clone)]
pub(super) struct AmountDraw {
    pub line: Line,
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
        Self {
            line: Line { origin, span: 0 },
            least: units,
            largest: units,
            varying: None,
            distribution,
            per_money: 1.0,
        }
    }

    fn varying(distribution: Distribution, shape: &Rc<ShapeDraws>, units: Units) -> Self {
        let (location, scale) = distribution.location_scale();
        let per_money = units.per_money();
        let mut draw = Self {
            line: Line {
                origin: ((location * per_money + 0.5) * 4_294_967_296.0) as u64,
                span: (scale * shape.top * per_money + 0.5) as u64,
            },
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
    /// A draw gives the mean of its cell: of 2⁻¹⁰ over the central 31/32, of 2⁻¹⁶ at the ends. The law keeps its
    /// mean and all but some 10⁻⁵ of its variance. Beyond 2⁻¹² of the probability draws are interpolated.
    pub fn units(&self, draw: u32) -> u32 {
        match &self.varying {
            Some(shape) => self.line.units(&shape.cells, place(draw)).unwrap_or_else(|| self.at_end(shape, draw)),
            None => self.least,
        }
    }

    fn at_end(&self, shape: &ShapeDraws, draw: u32) -> u32 {
        (shape.table.sample(&self.distribution, draw) * self.per_money + 0.5) as u32
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rng::{Purpose, stream};
    #[cfg(target_arch = "wasm32")]
    use wasm_bindgen_test::wasm_bindgen_test as test;

    fn laws() -> Vec<Distribution> {
        vec![
            Distribution::pert(15e3, 30e3, 60e3, 4.0).unwrap(),
            Distribution::pert(0.0, 0.0, 9e4, 4.0).unwrap(),
            Distribution::uniform(2e4, 5e4).unwrap(),
            Distribution::lognormal(4e4, 0.5).unwrap(),
            Distribution::lognormal(4e4, 2.0).unwrap(),
            Distribution::gamma(4e4, 1.0).unwrap(),
        ]
    }

    fn draw_of(law: Distribution) -> AmountDraw {
        AmountDraw::varying(law, &Rc::new(ShapeDraws::new(&law)), Units::of_total(1e7))
    }

    #[test]
    fn amounts_increase_with_the_draw_and_stay_between_least_and_largest() {
        for law in laws() {
            let amount = draw_of(law);
            let words = stream(1, 0, 3, Purpose::Test).draws();
            let mut draws: Vec<u32> = (0..200_000).map(|i| words.at(i)).collect();
            draws.extend((0..4096).flat_map(|i| [i << 20, !(i << 20), i << 8, !(i << 8), i, !i]));
            draws.sort_unstable();
            let units: Vec<u32> = draws.iter().map(|draw| amount.units(*draw)).collect();
            assert!(units.is_sorted(), "{law:?}");
            assert_eq!((units[0], units[units.len() - 1]), (amount.least, amount.largest), "{law:?}");
        }
    }

    #[test]
    fn the_law_keeps_its_quantiles_mean_and_variance() {
        for law in laws() {
            let amount = draw_of(law);
            let per_money = amount.per_money;
            let n = 1_u32 << 20;
            let values = (0..n).map(|i| f64::from(amount.units((i << 12) | (1 << 11))) / per_money - law.mean());
            let (sum, squares) = values.fold((0.0, 0.0), |(sum, squares), x| (sum + x, squares + x * x));
            let (mean, variance) = (sum / f64::from(n), squares / f64::from(n));
            // The million midpoints miss a little of a heavy tail themselves.
            let (bias, lost) = if law.sd() > 1.5 * law.mean() { (1e-3, 2e-2) } else { (1e-5, 1e-4) };
            assert!(mean.abs() < bias * law.sd(), "{law:?}: {mean}");
            assert!((variance / law.variance() - 1.0).abs() < lost, "{law:?}: {}", variance / law.variance());
            for level in [1e-5_f64, 1e-3, 0.01, 0.02, 0.1, 0.5, 0.9, 0.98, 0.99, 0.999, 0.99999] {
                let found = f64::from(amount.units((level * 4_294_967_296.0) as u32)) / per_money;
                // Half a cell, plus a unit of rounding.
                let half = if level.min(1.0 - level) < 1.0 / 64.0 { 0.5 / 65_536.0 } else { 0.5 / 1024.0 };
                let (low, high) = (
                    law.quantile((level - 2.1 * half).max(1e-12)),
                    law.quantile((level + 2.1 * half).min(1.0 - 1e-12)),
                );
                assert!(
                    (low - 2.0 / per_money..=high + 2.0 / per_money).contains(&found),
                    "{law:?} {level}: {low} {found} {high}"
                );
            }
        }
    }
}
