//! The sales machine with a limit to its capacity: every opportunity is followed.

use super::deals::{DealTables, SINGLY, close_together};
use crate::distribution::{PoissonTable, binomial_count};
use crate::engine::paths::{Draws, Strip};
use crate::math::poisson;
use crate::model::pipeline_generation::Inputs;

/// Streams, after the first of the machine: opportunities created, those open at the start, those that wait, and those
/// accepted in each month.
const CREATED: usize = 0;
const STOCK: usize = 1;
const BACKLOG: usize = 2;
const DEALS: usize = 3;

/// A Poisson law: of a mean that varies, or kept in a table.
#[derive(Debug, Clone)]
enum Count {
    Varying(f64),
    Known(PoissonTable),
}

impl Count {
    #[inline]
    fn draw(&self, draws: &Draws, stream: usize, lane: usize, draw: u32) -> f64 {
        match self {
            Self::Known(law) => law.count(draws.word(stream, lane, draw)),
            Self::Varying(mean) => poisson::quantile(draws.uniform(stream, lane, draw), *mean),
        }
    }
}

/// What a trial expects from its inputs.
#[derive(Debug, Clone)]
struct Expected {
    /// Opportunities created by month.
    created: Vec<Count>,
    /// Opportunities that the hours allow, by month.
    allowed: Vec<f64>,
    /// What the stock of month 0 wins and loses in each month, and keeps open beyond the horizon.
    stock_won: Vec<Count>,
    stock_lost: Vec<Count>,
    stock_beyond: Count,
}

/// A machine with a team, ready to be followed.
#[derive(Debug, Clone)]
pub struct Followed {
    tables: Vec<DealTables>,
    longest: usize,
    stock: bool,
    varies: bool,
}

/// Memory of a trial.
#[derive(Debug, Clone)]
pub struct Work {
    expected: Option<Expected>,
    /// Deals lost and won by regime of acceptance and month of closing, the last one for those after the horizon.
    closed: Vec<[f64; 2]>,
}

/// Wins, bookings and amounts of open opportunities, by month.
pub struct Found<'a> {
    pub wins: &'a mut [Strip],
    pub bookings: &'a mut [Strip],
    pub open: &'a mut [Strip],
}

impl Followed {
    /// Prepares the cycles of the regimes.
    pub fn new(inputs: &Inputs, longest: usize, stock: bool, varies: bool) -> Self {
        Self { tables: inputs.regimes.iter().map(DealTables::new).collect(), longest, stock, varies }
    }

    /// Memory for a trial.
    pub fn work(&self, inputs: &Inputs) -> Work {
        Work { expected: None, closed: vec![[0.0; 2]; inputs.regimes.len() * (inputs.horizon_months + 1)] }
    }

    /// Follows the trial of a lane, whose place in the strip is `place`.
    pub fn trial(
        &self,
        inputs: &Inputs,
        (draws, streams, lane): (&Draws, usize, usize),
        place: usize,
        work: &mut Work,
        found: &mut Found,
    ) {
        let months = inputs.horizon_months;
        let expected = match work.expected.take().filter(|_| !self.varies) {
            Some(expected) => expected,
            None => self.expected(inputs),
        };
        work.closed.fill([0.0; 2]);
        let mut open = expected.stock_beyond.draw(draws, streams + STOCK, lane, 0);
        for month in 0..months {
            let draw = 2 * month as u32;
            let won = expected.stock_won[month].draw(draws, streams + STOCK, lane, draw + 1);
            let lost = expected.stock_lost[month].draw(draws, streams + STOCK, lane, draw + 2);
            open += won + lost;
            work.closed[month] = [lost, won];
        }
        let mut open_value = open * inputs.regimes[0].deal;
        let (mut waiting, mut allowed) = (0_u32, 0.0);
        let loss = inputs.team.as_ref().map_or(0.0, |team| team.backlog_loss);
        for month in 0..months {
            let regime_place = inputs.regime_of(month as i32 + 1);
            let regime = &inputs.regimes[regime_place];
            let created = expected.created[month].draw(draws, streams + CREATED, lane, month as u32) as u32;
            // Whole opportunities whose sum keeps up with the hours.
            let before = libm::floor(allowed);
            allowed += expected.allowed[month];
            let limit = (libm::floor(allowed) - before) as u32;
            let limit = if expected.allowed[month] == f64::INFINITY { u32::MAX } else { limit };
            let accepted = limit.min(waiting.saturating_add(created));
            waiting = waiting.saturating_add(created) - accepted;
            if waiting > 0 {
                waiting -= binomial_count(draws.uniform(streams + BACKLOG, lane, month as u32), waiting, loss);
            }
            let own = (draws, streams + DEALS + month, lane);
            let closed = &mut work.closed[regime_place * (months + 1)..][..=months];
            let mut close = |won: bool, after: usize, count: f64| {
                closed[month.saturating_add(after).min(months)][usize::from(won)] += count;
            };
            if accepted <= SINGLY {
                self.tables[regime_place].close_singly(regime, accepted, own, |won, after| close(won, after, 1.0));
            } else {
                close_together(regime, accepted, self.longest, own, |won, after, count| {
                    close(won, after, f64::from(count))
                });
            }
            // No deal closes before the month of its acceptance: this month is complete.
            open_value += f64::from(accepted) * regime.deal;
            let (mut wins, mut bookings) = (0.0, 0.0);
            for (regime, closed) in inputs.regimes.iter().zip(work.closed.chunks_exact(months + 1)) {
                let [lost, won] = closed[month];
                wins += won;
                bookings += won * regime.deal;
                open_value -= (lost + won) * regime.deal;
            }
            found.wins[month][place] = wins;
            found.bookings[month][place] = bookings;
            found.open[month][place] = open_value;
        }
        work.expected = Some(expected);
    }

    /// What the inputs of a trial let expect.
    fn expected(&self, inputs: &Inputs) -> Expected {
        let months = inputs.horizon_months;
        let count = |mean: f64| if self.varies { Count::Varying(mean) } else { Count::Known(PoissonTable::new(mean)) };
        let (mut hours, mut heads) = (Vec::with_capacity(months), Vec::with_capacity(months));
        if let Some(team) = &inputs.team {
            team.hours(months, &mut hours, &mut heads);
        }
        let allowed = hours.iter().enumerate().map(|(month, hours)| {
            let needed = inputs.regimes[inputs.regime_of(month as i32 + 1)].hours_per_opportunity();
            if needed > 0.0 { hours / needed } else { f64::INFINITY }
        });
        let regime = &inputs.regimes[0];
        let (mut won, mut lost, mut beyond) = (vec![0.0; months], vec![0.0; months], 0.0);
        let first = 1 - (self.longest.min(inputs.burn_in_months) as i32);
        for month in if self.stock { first..1 } else { 0..0 } {
            let (accepted, age) = (inputs.created_in(month), (-month) as usize);
            let (winning, losing) = (accepted * regime.win_rate, accepted * (1.0 - regime.win_rate));
            for month in 0..months.min(self.longest - age) {
                won[month] += winning * regime.to_win.probability(age + month + 1);
                lost[month] += losing * regime.loss_probability(age + month + 1);
            }
            beyond += winning * regime.to_win.beyond(age + months) + losing * regime.loss_beyond(age + months);
        }
        Expected {
            created: (1..=months as i32).map(|month| count(inputs.created_in(month))).collect(),
            allowed: allowed.collect(),
            stock_won: won.into_iter().map(count).collect(),
            stock_lost: lost.into_iter().map(count).collect(),
            stock_beyond: count(beyond),
        }
    }
}
