//! When the deals of a regime close: tables to draw one deal, or many at once.

use super::months::{Months, PER_WORD, draw_in, further};
use crate::distribution::binomial_count;
use crate::engine::paths::Draws;
use crate::model::pipeline_generation::Regime;
use crate::model::pipeline_generation::cycle::{Cycle, Law};

/// Deals accepted in a month up to which each is drawn by itself.
pub const SINGLY: u32 = 512;
/// Draws in the stream of a month: two deals to a word; second words of the deals; further bits of ties; deals drawn
/// together.
const SECOND: u32 = SINGLY;
const TIES: u32 = 2 * SINGLY;
const TOGETHER: u32 = 4 * SINGLY;
/// Deals to a word.
const DEALS: u32 = PER_WORD as u32 / 2;

/// Tables of a regime.
#[derive(Debug, Clone)]
pub struct DealTables {
    /// P(K ≤ j), by prepared law, of what is won and of what is lost.
    to_win: Vec<Months>,
    to_loss: Vec<Months>,
    /// Whether a deal needs a second word.
    second: bool,
}

impl DealTables {
    /// Tables of the cycles that `regime` may take.
    pub fn new(regime: &Regime) -> Self {
        let table = |law: &Law| {
            let mut months = Months::new(law.beyond.len());
            months.lay_out(law.beyond.iter().map(|beyond| 1.0 - beyond));
            months
        };
        let tables = |cycle: &Cycle| -> Vec<Months> { cycle.laws().iter().map(table).collect() };
        let (to_win, to_loss) = (tables(&regime.to_win), tables(&regime.to_loss));
        let second = regime.kill.is_some() || to_win.len() > 1 || to_loss.len() > 1;
        Self { to_win, to_loss, second }
    }

    /// Closes each of `count` deals accepted in a trial, at most [`SINGLY`]: calls `close` with whether it is won and
    /// the months to closing. 16 bits decide on the outcome, 16 on the months, further ones where these tie; a second
    /// word on the kill rule and between the neighbours of an uncertain cycle.
    #[inline]
    pub fn close_singly(
        &self,
        regime: &Regime,
        count: u32,
        (draws, stream, lane): (&Draws, usize, usize),
        mut close: impl FnMut(bool, usize),
    ) {
        let win_rate = (regime.win_rate * 4_294_967_296.0) as u64;
        let mut word = 0;
        for deal in 0..count {
            let place = 2 * (deal % DEALS) as usize;
            if place == 0 {
                word = draws.word(stream, lane, deal / DEALS);
            }
            let tie = |which: u32| further(draws, stream, lane, TIES + 2 * deal + which);
            let (outcome, time) = (draw_in(word, place), draw_in(word, place + 1));
            let mut won = u64::from(outcome) < win_rate >> 16;
            if u64::from(outcome) == win_rate >> 16 {
                won = u64::from(outcome << 16 | tie(0)) < win_rate;
            }
            let (cycle, tables) = if won { (&regime.to_win, &self.to_win) } else { (&regime.to_loss, &self.to_loss) };
            let mut table = &tables[0];
            let mut longest = usize::MAX;
            if self.second {
                let below = |bits: u32, share: f64| f64::from(bits) < share * 4_294_967_296.0;
                let second = draws.word(stream, lane, SECOND + deal);
                let (lower, upper, share) = cycle.mixture();
                table = &tables[if below(second as u32, share) { upper } else { lower }];
                if let Some((share, after)) = regime.kill
                    && !won
                    && below((second >> 32) as u32, share)
                {
                    longest = after;
                }
            }
            close(won, table.before(time, || tie(1)).min(longest));
        }
    }
}

/// Closes `count` deals at once: calls `close` with outcome, months and number, by conditional binomials.
pub fn close_together(
    regime: &Regime,
    count: u32,
    longest: usize,
    (draws, stream, lane): (&Draws, usize, usize),
    mut close: impl FnMut(bool, usize, u32),
) {
    let mut draw = TOGETHER;
    let mut uniform = || {
        draw += 1;
        draws.uniform(stream, lane, draw)
    };
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
