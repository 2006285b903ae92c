//! When the deals of a regime close: tables to draw one deal, or many at once.

use crate::distribution::binomial_count;
use crate::model::pipeline_generation::Regime;
use crate::model::pipeline_generation::cycle::{Cycle, Law};

/// Months drawn by table: thresholds in 32 bits, entered through a guide of 256 cells.
#[derive(Debug, Clone)]
struct Table {
    /// P(K ≤ j)·2³², for j = 0, 1, …
    thresholds: Vec<u32>,
    guide: Vec<u8>,
}

impl Table {
    fn new(law: &Law) -> Self {
        let share = |beyond: f64| ((1.0 - beyond) * 4_294_967_296.0) as u32;
        let thresholds: Vec<u32> = law.beyond.iter().map(|&beyond| share(beyond)).collect();
        let first = |cell: u32| thresholds.iter().position(|&t| t > cell << 24).unwrap_or(thresholds.len() - 1);
        let guide = (0..256).map(|cell| first(cell) as u8).collect();
        Self { thresholds, guide }
    }

    #[inline]
    fn draw(&self, word: u32) -> usize {
        let mut months = usize::from(self.guide[(word >> 24) as usize]);
        while months + 1 < self.thresholds.len() && word >= self.thresholds[months] {
            months += 1;
        }
        months
    }
}

/// A cycle ready to be drawn.
#[derive(Debug, Clone)]
struct CycleTables(Vec<Table>);

impl CycleTables {
    fn new(cycle: &Cycle) -> Self {
        Self(cycle.laws().iter().map(Table::new).collect())
    }

    /// Months to closing; `pick` chooses between the neighbours of an uncertain mean.
    #[inline]
    fn draw(&self, cycle: &Cycle, word: u32, pick: u32) -> usize {
        let (below, above, share) = cycle.mixture();
        let upper = f64::from(pick) < share * 4_294_967_296.0;
        self.0[if upper { above } else { below }].draw(word)
    }
}

/// Tables of a regime.
#[derive(Debug, Clone)]
pub struct DealTables {
    to_win: CycleTables,
    to_loss: CycleTables,
}

impl DealTables {
    /// Tables of the cycles that `regime` may take.
    pub fn new(regime: &Regime) -> Self {
        Self { to_win: CycleTables::new(&regime.to_win), to_loss: CycleTables::new(&regime.to_loss) }
    }

    /// Outcome and months to closing of one deal: the first word decides on outcome and time, the
    /// second on the kill rule and between the neighbours of an uncertain cycle.
    #[inline]
    pub fn draw(&self, regime: &Regime, first: u64, second: u64) -> (bool, usize) {
        let below = |word: u64, share: f64| ((word >> 32) as f64) < share * 4_294_967_296.0;
        if below(first, regime.win_rate) {
            return (true, self.to_win.draw(&regime.to_win, first as u32, second as u32));
        }
        let months = self.to_loss.draw(&regime.to_loss, first as u32, second as u32);
        match regime.kill {
            Some((share, after)) if below(second, share) => (false, months.min(after)),
            _ => (false, months),
        }
    }
}

/// Closes `count` deals at once: calls `close` with outcome, months and number, by conditional binomials.
pub fn close_many(
    regime: &Regime,
    count: u32,
    longest: usize,
    mut uniform: impl FnMut() -> f64,
    mut close: impl FnMut(bool, usize, u32),
) {
    let won = binomial_count(uniform(), count, regime.win_rate);
    for (outcome, mut left) in [(true, won), (false, count - won)] {
        let mut beyond = 1.0;
        for months in 0..=longest {
            if left == 0 {
                break;
            }
            let probability = if outcome { regime.to_win.probability(months) } else { regime.loss_probability(months) };
            let share = if beyond > 0.0 { (probability / beyond).clamp(0.0, 1.0) } else { 1.0 };
            let closing = binomial_count(uniform(), left, share);
            close(outcome, months, closing);
            left -= closing;
            beyond -= probability;
        }
    }
}
