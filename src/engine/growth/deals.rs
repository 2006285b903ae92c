//! When and how the deals of a regime close: of those accepted in a month, how many are won or lost in each of the next, in
//! the trials of a strip.

use super::cohort::{AFTER, Cohort, SINGLY, Small, own, threshold};
use crate::distribution::binomial_count;
use crate::engine::paths::{Draws, STRIP, Strip};
use crate::model::pipeline_generation::{Inputs, Regime};
use crate::scenario::validate::MAXIMUM_MONTHS;

/// Draw in the stream of the first month: bits that the deals of a trial share.
pub const SHARED: u32 = AFTER;
/// Draws in the stream of a month: deals drawn together.
const TOGETHER: u32 = 2 * SINGLY;

/// Deals of all months that are drawn one by one fit into 16 bits.
const _: () = assert!(MAXIMUM_MONTHS * SINGLY < 1 << u16::BITS);

/// Deals that close, by month of closing: those won, then those lost.
#[derive(Debug, Clone)]
pub struct Closed {
    /// Of months whose deals are drawn one by one, 16 bits that are not negative, and of those drawn together.
    singly: Vec<Small>,
    together: Vec<Strip>,
}

impl Closed {
    /// Within so many months.
    pub fn new(months: usize) -> Self {
        Self { singly: vec![[0; STRIP]; 2 * months], together: vec![[0.0; STRIP]; 2 * months] }
    }

    /// None, again.
    pub fn clear(&mut self) {
        self.singly.fill([0; STRIP]);
        self.together.fill([0.0; STRIP]);
    }

    /// Deals won and lost in a month.
    #[inline]
    pub fn of(&self, month: usize) -> [Strip; 2] {
        [month, self.singly.len() / 2 + month].map(|line| {
            let (singly, together) = (&self.singly[line], &self.together[line]);
            std::array::from_fn(|lane| together[lane] + f64::from(singly[lane] as u16))
        })
    }

    /// Deals of a month drawn together: won, 0, or lost, 1.
    #[inline]
    pub fn in_month(&mut self, month: usize, outcome: usize) -> &mut Strip {
        let months = self.singly.len() / 2;
        &mut self.together[outcome * months + month]
    }
}

/// What may become of a deal of a regime within the horizon, all that matters.
#[derive(Debug, Clone)]
pub struct Closings {
    /// P(won within j months), j = 0, 1, …; then with those of P(lost within j months) added.
    ends: Vec<[u32; STRIP]>,
    /// The same for the deals' own bits; then, of a month's deals, how many are below some of them.
    thresholds: Vec<Small>,
    counts: Vec<Small>,
}

impl Closings {
    /// Of deals that close within so many months, to be laid out.
    pub fn new(months: usize) -> Self {
        let ends = 2 * months;
        Self { ends: vec![[0; STRIP]; ends], thresholds: vec![[0; STRIP]; ends], counts: vec![[0; STRIP]; AT_ONCE] }
    }

    /// Takes over the rates and cycles of a regime in the trials of a strip.
    pub fn lay_out(&mut self, inputs: &[Inputs], place: usize) {
        let months = self.ends.len() / 2;
        let (winning, losing) = self.ends.split_at_mut(months);
        let mut sums = [0.0; STRIP];
        let regimes = || inputs.iter().map(|inputs| &inputs.regimes[place]);
        add_up(winning, &mut sums, |after| {
            regimes().map(move |regime| regime.win_rate * regime.to_win.probability(after))
        });
        add_up(losing, &mut sums, |after| {
            regimes().map(move |regime| (1.0 - regime.win_rate) * regime.loss_probability(after))
        });
    }

    /// Takes over the bits that the deals of each trial share.
    pub fn share(&mut self, shared: &[u32; STRIP]) {
        for (threshold, end) in self.thresholds.iter_mut().zip(&self.ends) {
            *threshold = own(end, shared);
        }
    }

    /// Closes the deals accepted in a month, all of this regime.
    pub fn close(&mut self, deals: &Cohort, month: usize, closed: &mut Closed) {
        let months = self.ends.len() / 2;
        let within = months - month;
        let [won, all_won, all] = [within - 1, months - 1, months + within - 1].map(|end| self.thresholds[end]);
        let mut sums = [[0; STRIP]; AT_ONCE];
        deals.count(&[won, all_won, all, all], &mut sums);
        let [won, all_won, all, _] = sums;
        for (first, mut before, last) in [(0, [0; STRIP], won), (months, all_won, all)] {
            let lines = &mut closed.singly[first + month..];
            for (thresholds, lines) in
                self.thresholds[first..first + within].chunks(AT_ONCE).zip(lines.chunks_mut(AT_ONCE))
            {
                // Few close late: mostly the end is reached long before.
                if before == last {
                    break;
                }
                deals.count(thresholds, &mut self.counts);
                for (counts, line) in self.counts[..thresholds.len()].iter().zip(lines) {
                    *line = std::array::from_fn(|lane| line[lane].wrapping_add(counts[lane] - before[lane]));
                    before = *counts;
                }
            }
        }
    }
}

/// Adds chances of a strip, by month, to sums, up to each end.
#[inline(always)]
fn add_up<I: Iterator<Item = f64>>(ends: &mut [[u32; STRIP]], sums: &mut Strip, chances: impl Fn(usize) -> I) {
    for (after, end) in ends.iter_mut().enumerate() {
        sums.iter_mut().zip(chances(after)).for_each(|(sum, chance)| *sum += chance);
        *end = sums.map(threshold);
    }
}

/// Ends whose deals are counted at once.
const AT_ONCE: usize = 4;

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
    let (winning, losing) = closed.together.split_at_mut(closed.singly.len() / 2);
    for (outcome, mut left, lines) in [(true, won, winning), (false, count - won, losing)] {
        let mut beyond = 1.0;
        for (after, line) in lines[month..].iter_mut().enumerate() {
            if left == 0 {
                break;
            }
            let probability = if outcome { regime.to_win.probability(after) } else { regime.loss_probability(after) };
            let share = if beyond > 0.0 { (probability / beyond).clamp(0.0, 1.0) } else { 1.0 };
            let closing = binomial_count(uniform(), left, share);
            line[place] += f64::from(closing);
            left -= closing;
            beyond -= probability;
        }
    }
}
