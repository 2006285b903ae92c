//! When and how the deals of a regime close: a table to draw one deal, or many at once.

use super::listed::{Listed, SINGLY, Whose};
use super::months::Months;
use crate::distribution::binomial_count;
use crate::engine::paths::{Draws, STRIP, Strip};
use crate::model::pipeline_generation::Regime;

/// Draws in the stream of a month: two deals to a number, further bits of ties, deals drawn together.
const TIES: u32 = SINGLY;
const TOGETHER: u32 = 2 * SINGLY;

/// Deals that close, by month of closing: those won, and at [`Closed::lost`] those lost. Months after the horizon are
/// scratch.
#[derive(Debug, Clone)]
pub struct Closed {
    counts: Vec<Strip>,
    months: usize,
}

impl Closed {
    /// Within so many months.
    pub fn new(months: usize) -> Self {
        Self { counts: vec![[0.0; STRIP]; 4 * months], months }
    }

    /// None, again.
    pub fn clear(&mut self) {
        self.counts.fill([0.0; STRIP]);
    }

    /// Deals won and lost in a month.
    #[inline]
    pub fn of(&self, month: usize) -> [Strip; 2] {
        [self.counts[month], self.counts[self.lost() + month]]
    }

    /// Place of the lost ones: a deal may close as far beyond the horizon as it is long.
    fn lost(&self) -> usize {
        2 * self.months
    }
}

/// What may become of a deal of a regime within the horizon, all that matters.
#[derive(Debug, Clone)]
pub struct Closings {
    /// P(won within j months), j = 0, 1, …; then with those of P(lost within j months) added.
    ends: Months,
    /// Place in [`Closed`], after the month of acceptance, by place in this law; the last one is that of a deal that
    /// stays open.
    places: Vec<u16>,
    months: usize,
}

impl Closings {
    /// Of deals that close within so many months, to be laid out.
    pub fn new(months: usize) -> Self {
        let lost = 2 * months;
        let places = (0..months).chain(lost..lost + months).chain([months]).map(|place| place as u16).collect();
        Self { ends: Months::new(2 * months), places, months }
    }

    /// Takes over the rates and cycles of a regime.
    pub fn lay_out(&mut self, regime: &Regime) {
        let won = (0..self.months).map(|after| regime.win_rate * regime.to_win.probability(after));
        let lost = (0..self.months).map(|after| (1.0 - regime.win_rate) * regime.loss_probability(after));
        let sums = won.chain(lost).scan(0.0, |sum: &mut f64, probability| {
            *sum += probability;
            Some(*sum)
        });
        self.ends.lay_out(sums);
    }

    /// Closes the deals of a list, all of this regime, in the trial of a lane that is `place` in the strip; the stream of
    /// the first month is `stream`. 16 bits decide on outcome and time, further ones where they are near a threshold.
    pub fn close_singly(
        &self,
        deals: &mut Listed,
        (draws, stream, lane): (&Draws, usize, usize),
        place: usize,
        closed: &mut Closed,
    ) {
        let (counts, places) = (closed.counts.as_mut_slice(), self.places.as_slice());
        let further = |draw: u32, whose: Whose| {
            self.ends.before_exactly(draw, (draws, stream + whose.month() as usize, lane), TIES + whose.place())
        };
        deals.show(&self.ends, further, |end, whose| {
            counts[usize::from(places[end]) + whose.month() as usize][place % STRIP] += 1.0;
        });
    }
}

/// Closes `count` deals accepted in a month of a trial at once, by conditional binomials.
#[cold]
pub fn close_together(
    regime: &Regime,
    count: u32,
    month: usize,
    (draws, stream, lane): (&Draws, usize, usize),
    place: usize,
    closed: &mut Closed,
) {
    let mut draw = TOGETHER;
    let mut uniform = || {
        draw += 1;
        draws.uniform(stream, lane, draw)
    };
    let won = binomial_count(uniform(), count, regime.win_rate);
    for (outcome, mut left) in [(true, won), (false, count - won)] {
        let mut beyond = 1.0;
        for after in 0..closed.months - month {
            if left == 0 {
                break;
            }
            let probability = if outcome { regime.to_win.probability(after) } else { regime.loss_probability(after) };
            let share = if beyond > 0.0 { (probability / beyond).clamp(0.0, 1.0) } else { 1.0 };
            let closing = binomial_count(uniform(), left, share);
            let line = if outcome { 0 } else { closed.lost() };
            closed.counts[line + month + after][place] += f64::from(closing);
            left -= closing;
            beyond -= probability;
        }
    }
}
