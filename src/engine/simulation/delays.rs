//! Month of a deal from a 32-bit draw: by its first byte, which decides alone almost always.

use super::DealPlan;
use crate::model::open_pipeline::Pipeline;
use std::collections::{BTreeMap, BTreeSet};
use std::rc::Rc;

/// How late a deal is: k months for the first k whose threshold is above a 32-bit draw; the last one
/// has the rest.
pub struct DelayThresholds(pub Vec<u32>);

impl DelayThresholds {
    fn months_late(&self, draw: u32) -> u32 {
        let last = self.0.len() - 1;
        self.0[..last].iter().position(|threshold| draw < *threshold).unwrap_or(last) as u32
    }

    /// P(months late ≤ k).
    pub fn at_most(&self, months: u32) -> f64 {
        match self.0.get(months as usize) {
            Some(threshold) if (months as usize) + 1 < self.0.len() => f64::from(*threshold) / 4_294_967_296.0,
            _ => 1.0,
        }
    }
}

/// Row of the months that a deal is added to, and whether that is outside the target window.
#[derive(Clone, Copy)]
pub struct Row(u16);

impl Row {
    /// Stands for a first byte that does not decide.
    const UNDECIDED: Self = Self(u16::MAX);
    const OUTSIDE: u16 = 1 << 15;

    fn of(late: u32, close_month: u32, pipeline: &Pipeline) -> Self {
        // Rows 0 to horizon − 1 are the months, the row after them is all that comes later.
        let row = (close_month - 1).saturating_add(late).min(pipeline.horizon_months);
        let inside = (pipeline.first_month..=pipeline.last_month).contains(&(row + 1));
        Self(row as u16 | if inside { 0 } else { Self::OUTSIDE })
    }

    /// Index of the row.
    #[inline(always)]
    pub fn index(self) -> u32 {
        u32::from(self.0 & !Self::OUTSIDE)
    }

    /// 1 outside the window, else 0.
    #[inline(always)]
    pub fn outside(self) -> u16 {
        self.0 >> 15
    }
}

/// Most tables by first byte, of half a kilobyte each: pipelines with more laws, close months and strata draw
/// months by their thresholds alone, which gives the same months.
const MOST_TABLES: usize = 16_384;

/// Rows of one delay law, close month and stratum.
pub struct RowDraw {
    /// By first byte; shared by all where there would be too many.
    by_byte: Rc<[Row; 256]>,
    law: Rc<DelayThresholds>,
}

impl RowDraw {
    fn new(law: &Rc<DelayThresholds>, close_month: u32, pipeline: &Pipeline) -> Self {
        let by_byte = Rc::new(std::array::from_fn(|byte| {
            let first = (byte as u32) << 24;
            let late = law.months_late(first);
            if late == law.months_late(first | 0x00FF_FFFF) {
                Row::of(late, close_month, pipeline)
            } else {
                Row::UNDECIDED
            }
        }));
        Self { by_byte, law: Rc::clone(law) }
    }

    /// Row of a draw.
    #[inline(always)]
    pub fn row(&self, draw: u32, deal: &DealPlan, pipeline: &Pipeline) -> Row {
        let row = self.by_byte[(draw >> 24) as usize];
        if row.0 == Row::UNDECIDED.0 { Row::of(self.law.months_late(draw), deal.close_month, pipeline) } else { row }
    }
}

/// Rows of all deals: by law and close month, one per stratum where delays depend on the market, else one.
pub struct RowDraws {
    draws: Vec<Vec<RowDraw>>,
    of_deal: Vec<usize>,
}

impl RowDraws {
    /// Rows for thresholds by law and stratum.
    pub fn new(pipeline: &Pipeline, thresholds: Vec<Vec<Vec<u32>>>) -> Self {
        let laws: Vec<Vec<Rc<DelayThresholds>>> = thresholds
            .into_iter()
            .map(|strata| strata.into_iter().map(|law| Rc::new(DelayThresholds(law))).collect())
            .collect();
        let kinds: BTreeSet<_> = pipeline.deals.iter().map(|deal| (deal.delay, deal.close_month)).collect();
        let tables: usize = kinds.iter().map(|(delay, _)| laws[*delay].len()).sum();
        let none = Rc::new([Row::UNDECIDED; 256]);
        let draw = |law: &Rc<DelayThresholds>, close_month: u32| {
            if tables <= MOST_TABLES {
                RowDraw::new(law, close_month, pipeline)
            } else {
                RowDraw { by_byte: Rc::clone(&none), law: Rc::clone(law) }
            }
        };
        let mut known = BTreeMap::new();
        let mut draws = Vec::new();
        let of_deal = pipeline.deals.iter().map(|deal| {
            *known.entry((deal.delay, deal.close_month)).or_insert_with(|| {
                draws.push(laws[deal.delay].iter().map(|law| draw(law, deal.close_month)).collect());
                draws.len() - 1
            })
        });
        Self { of_deal: of_deal.collect(), draws }
    }

    /// Rows of a deal, by stratum or one for all.
    pub fn of(&self, deal: usize) -> &[RowDraw] {
        &self.draws[self.of_deal[deal]]
    }

    /// P(the deal closes in the window | stratum).
    pub fn closes_in_window(&self, index: usize, deal: &DealPlan, stratum: usize, pipeline: &Pipeline) -> f64 {
        let rows = self.of(index);
        let law = &rows[stratum.min(rows.len() - 1)].law;
        let until = |month: u32| month.checked_sub(deal.close_month).map_or(0.0, |late| law.at_most(late));
        until(pipeline.last_month) - until(pipeline.first_month - 1)
    }
}
