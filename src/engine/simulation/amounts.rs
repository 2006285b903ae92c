//! How amounts are drawn: whole units of money from 32-bit draws, by whole-number arithmetic.

use super::above::Above;
use super::{GROUP, Units};
use crate::distribution::{Distribution, QuantileTable, ShapeKey};
use crate::model::open_pipeline::Pipeline;
use std::cell::RefCell;
use std::collections::BTreeMap;
use std::rc::Rc;

/// How the amounts of a pipeline are drawn, in the order of its deals: made once, used by every plan.
pub struct AmountDraws {
    pub(super) draws: Vec<AmountDraw>,
}

/// Forms of law and what is prepared of them.
type Shapes = BTreeMap<ShapeKey, Rc<ShapeDraws>>;

thread_local! {
    /// Those of the last pipelines: the next one, an edit later, has most of them again.
    static KNOWN: RefCell<Shapes> = const { RefCell::new(BTreeMap::new()) };
}

/// Most forms that are kept, of some 60 kB each.
const MOST_KNOWN: usize = 256;

impl AmountDraws {
    /// Prepares the amounts of a pipeline; amounts of one shape share a table.
    #[must_use]
    pub fn of(pipeline: &Pipeline, units: Units) -> Self {
        let mut shapes = KNOWN.take();
        if shapes.len() > MOST_KNOWN {
            shapes.clear();
        }
        let draws = pipeline.deals.iter().map(|deal| match deal.amount {
            Distribution::Fixed { value } => AmountDraw::fixed(units.count(value)),
            distribution => {
                let key = distribution.shape_key();
                let shape = shapes.entry(key).or_insert_with(|| Rc::new(ShapeDraws::new(&distribution)));
                AmountDraw::varying(distribution, shape, units)
            }
        });
        let draws = draws.collect();
        KNOWN.set(shapes);
        Self { draws }
    }
}

/// Cells of equal probability, inside which all draws give their mean: 2¹⁰.
pub const CELLS_LOG2: u32 = 10;
/// Entries of a table, as many as cells.
pub const ENTRIES: usize = 1 << CELLS_LOG2;
/// Cells next to 0 and to 1 whose draws are interpolated one by one.
const OUTERMOST: usize = 2;
/// From an entry of a table to the next, in cells: odd, and near 1/φ of all, so that any run of entries spreads evenly.
const STRIDE: usize = 633;
/// Stands for an amount that takes its whole draw; no amount is that large, see [`Units`].
pub const UNDECIDED: u32 = u32::MAX;

/// Amounts in units by entry, those of the first entries once more at the end: a run of one group does not wrap.
pub type UnitsByEntry = [u32; ENTRIES + GROUP as usize];

/// First draw of the cell of an entry.
fn first_draw(entry: u32) -> u32 {
    entry.wrapping_mul((STRIDE as u32) << (u32::BITS - CELLS_LOG2))
}

/// A form of law: its table, and the means of the cells as 32-bit fractions of the largest quantile.
pub(super) struct ShapeDraws {
    table: QuantileTable,
    /// Least and largest quantile.
    ends: [f64; 2],
    /// By entry; 0 where draws are interpolated.
    fractions: Box<[u32; ENTRIES]>,
    above: Above,
}

impl ShapeDraws {
    fn new(distribution: &Distribution) -> Self {
        const WIDTH: u32 = 1 << (u32::BITS - CELLS_LOG2);
        let table = QuantileTable::new(distribution);
        let ends = [0, u32::MAX].map(|draw| table.sample_u32(draw));
        let [_, top] = ends;
        let mut fractions = Box::new([0; ENTRIES]);
        for (entry, fraction) in fractions.iter_mut().enumerate() {
            let low = first_draw(entry as u32);
            let cell = (low / WIDTH) as usize;
            if (OUTERMOST..ENTRIES - OUTERMOST).contains(&cell) {
                let (middle, high) = (low + WIDTH / 2, low + (WIDTH - 1));
                // Simpson's rule.
                let mean =
                    (table.sample_u32(low) + 4.0 * table.sample_u32(middle) + table.sample_u32(high)) / (6.0 * top);
                // One step of 2⁻³² below 1 keeps the largest fraction inside 32 bits; 0 has a meaning.
                *fraction = ((mean * 4_294_967_295.0 + 0.5) as u32).max(1);
            }
        }
        let above = Above::new(&table, top);
        Self { table, ends, fractions, above }
    }
}

/// How an amount is drawn, in units.
#[derive(Clone)]
pub(super) struct AmountDraw {
    /// Least amount, and one half to round, as a multiple of 2⁻³² units.
    origin: u64,
    /// From the standardised 0 to the largest knot, in units.
    span: u64,
    /// The smallest amount and one half, in units; the inverse of the span.
    start: f64,
    per_unit: f64,
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
        let distribution = Distribution::Fixed { value: 0.0 };
        Self {
            origin: 0,
            span: 0,
            start: 0.0,
            per_unit: 0.0,
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
        let (start, span) = (location * per_money + 0.5, scale * shape.ends[1] * per_money);
        let [least, largest] = shape.ends.map(|end| ((location + scale * end) * per_money + 0.5) as u32);
        Self {
            origin: (start * 4_294_967_296.0) as u64,
            span: (span + 0.5) as u64,
            start,
            // Within one unit all amounts are alike.
            per_unit: 1.0 / span.max(1.0),
            least,
            largest,
            varying: Some(Rc::clone(shape)),
            distribution,
            per_money,
        }
    }

    /// Amounts of all entries.
    #[inline(never)]
    pub fn fill(&self, units: &mut UnitsByEntry) {
        match &self.varying {
            Some(shape) => {
                // By arithmetic that several entries can do at once.
                for (units, fraction) in units.iter_mut().zip(&*shape.fractions) {
                    *units = self.at_fraction(*fraction);
                }
                units.copy_within(..GROUP as usize, ENTRIES);
            }
            None => units.fill(self.least),
        }
    }

    /// Amount at a fraction of the largest quantile.
    #[inline(always)]
    fn at_fraction(&self, fraction: u32) -> u32 {
        // The sum of all largest amounts is below 2³² units, see [`Units`].
        let units = ((self.origin + u64::from(fraction) * self.span) >> 32) as u32;
        if fraction == 0 { UNDECIDED } else { units }
    }

    /// Amount of an entry, in units; `rest` gives where in its cell, from 0 to 2²², where that matters.
    ///
    /// An entry gives the mean of its cell of 2⁻¹⁰ of the probability: the law keeps its mean and all but some 10⁻⁵ of
    /// its variance. Beyond 2⁻⁹ of the probability amounts are interpolated. Increasing in cell and rest.
    #[inline]
    pub fn units(&self, entry: usize, rest: impl FnOnce() -> u32) -> u32 {
        let Some(shape) = &self.varying else { return self.least };
        match self.at_fraction(shape.fractions[entry % ENTRIES]) {
            UNDECIDED => self.units_of(shape, first_draw(entry as u32) + rest()),
            units => units,
        }
    }

    /// P(amount ≥ units) by units from 1 to the largest amount; none where the amount is fixed, and all are reached.
    #[inline(always)]
    pub fn share_from(&self) -> Option<impl Fn(u32) -> f32> {
        // An amount is rounded half up.
        let place = |units: u32| (f64::from(units) - self.start) * self.per_unit;
        self.varying.as_ref().map(|shape| move |units| shape.above.share(place(units)))
    }

    /// Amount of a whole draw by its quantile.
    #[cold]
    #[inline(never)]
    fn units_of(&self, shape: &ShapeDraws, draw: u32) -> u32 {
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

    /// Amounts by whole draw.
    fn by_draw(amount: &AmountDraw) -> impl Fn(u32) -> u32 {
        let mut entries = [0; ENTRIES];
        (0..ENTRIES).for_each(|entry| entries[entry * STRIDE % ENTRIES] = entry);
        let rest = |draw: u32| draw & (u32::MAX >> CELLS_LOG2);
        move |draw| amount.units(entries[(draw >> (u32::BITS - CELLS_LOG2)) as usize], || rest(draw))
    }

    #[test]
    fn filled_amounts_are_those_of_the_entries() {
        for law in laws() {
            let amount = draw_of(law);
            let mut filled = [0; ENTRIES + GROUP as usize];
            amount.fill(&mut filled);
            for (entry, units) in filled.iter().enumerate() {
                assert!(*units == UNDECIDED || *units == amount.units(entry, || unreachable!()), "{law:?}: {entry}");
            }
            assert_eq!(filled.iter().take(ENTRIES).filter(|units| **units == UNDECIDED).count(), 2 * OUTERMOST);
        }
    }

    #[test]
    fn amounts_increase_with_the_draw_and_stay_between_least_and_largest() {
        for law in laws() {
            let amount = draw_of(law);
            let words = stream(1, 0, 3, Purpose::Test).draws();
            let mut draws: Vec<u32> = (0..200_000).map(|i| words.at(i)).collect();
            draws.extend((0..4096).flat_map(|i| [i << 20, !(i << 20), i << 8, !(i << 8), i, !i]));
            draws.sort_unstable();
            let by_draw = by_draw(&amount);
            let units: Vec<u32> = draws.iter().map(|draw| by_draw(*draw)).collect();
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
            let units = by_draw(&amount);
            let values = (0..n).map(|i| f64::from(units((i << 12) | (1 << 11))) / per_money - law.mean());
            let (sum, squares) = values.fold((0.0, 0.0), |(sum, squares), x| (sum + x, squares + x * x));
            let (mean, variance) = (sum / f64::from(n), squares / f64::from(n));
            // The million midpoints miss a little of a heavy tail themselves.
            let (bias, lost) = if law.sd() > 1.5 * law.mean() { (1e-3, 2e-2) } else { (1e-5, 1e-4) };
            assert!(mean.abs() < bias * law.sd(), "{law:?}: {mean}");
            assert!((variance / law.variance() - 1.0).abs() < lost, "{law:?}: {}", variance / law.variance());
            for level in [1e-5_f64, 1e-3, 0.01, 0.02, 0.1, 0.5, 0.9, 0.98, 0.99, 0.999, 0.99999] {
                let found = f64::from(units((level * 4_294_967_296.0) as u32)) / per_money;
                // Half a cell, plus a unit of rounding; hardly anything where draws are interpolated.
                let end = OUTERMOST as f64 / ENTRIES as f64;
                let half = if level.min(1.0 - level) < end { 1e-7 } else { 0.5 / ENTRIES as f64 };
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
