//! Simulation of the sales machine.
//!
//! Leads are Poisson, thinned and delayed independently. Without a capacity limit the wins of each month are
//! then independent Poisson counts (Eick, Massey & Whitt, Operations Research 1993), and they are drawn as
//! such, for each regime of acceptance; the open opportunities of a month are drawn from their own Poisson law,
//! so that their fan is right month by month while a trial does not tie them to its wins. With a capacity
//! limit every accepted opportunity is followed: whole opportunities wait for hours, are accepted and close
//! after a cycle of their own.

use super::deals::{DealTables, close_many};
use super::drawn;
use crate::distribution::{Distribution, binomial_count};
use crate::engine::paths::{Draws, Group, Input, LANES, PathModel, Shape};
use crate::math::poisson;
use crate::model::pipeline_generation::Inputs;
use crate::model::uncertain::Uncertain;
use crate::rng::{Purpose, fnv1a_64};

/// Series that a trial gives.
pub mod series {
    /// Wins of the month.
    pub const WINS: usize = 0;
    /// Bookings of the month.
    pub const BOOKINGS: usize = 1;
    /// Bookings up to the month.
    pub const CUMULATIVE: usize = 2;
    /// Amounts of the open opportunities.
    pub const OPEN: usize = 3;
    /// How many there are.
    pub const COUNT: usize = 4;
}

/// Numbers that a trial gives.
pub mod scalars {
    /// Wins in the target window.
    pub const WINS: usize = 0;
    /// Bookings in the target window.
    pub const BOOKINGS: usize = 1;
    /// How many there are.
    pub const COUNT: usize = 2;
}

/// Deals accepted in a month up to which each is drawn by itself.
const SINGLY: u32 = 512;
/// Probability of longer cycles that is left out.
const TAIL: f64 = 1e-12;

/// Draws kept for a regime: the most months there are.
const MONTHS: usize = crate::scenario::validate::MAXIMUM_MONTHS as usize;

/// Streams before those of the deals of each month.
const CREATED: usize = 0;
const STOCK: usize = 1;
const BACKLOG: usize = 2;
const DEALS: usize = 3;

/// The sales machine, ready to be simulated.
#[derive(Debug, Clone)]
pub struct GenerationPaths {
    base: Inputs,
    uncertain: Vec<Uncertain<Inputs>>,
    drawn: Vec<Input>,
    streams: Vec<(u64, Purpose)>,
    tables: Vec<DealTables>,
    /// Whether a deal needs a second word.
    second: Vec<bool>,
    /// Longest cycle followed.
    longest: usize,
    window: (usize, usize),
    /// Whether what is open at the start counts.
    stock: bool,
}

/// Expected values of one trial's inputs, and its counts.
#[derive(Debug, Clone)]
pub struct Work {
    inputs: Inputs,
    ready: bool,
    /// Opportunities created, from month 1 − `longest`.
    created: Vec<f64>,
    hours: Vec<f64>,
    heads: Vec<f64>,
    pmf: Vec<f64>,
    stay: Vec<f64>,
    /// Means of wins and of open opportunities by regime and month; with a capacity limit, those of the
    /// stock of month 0: wins and losses of each month, and what stays open beyond.
    wins_mean: Vec<f64>,
    other_mean: Vec<f64>,
    beyond_mean: f64,
    /// Wins of each month of a trial.
    pub wins: Vec<f64>,
    bookings: Vec<f64>,
    open: Vec<f64>,
    closed: Vec<f64>,
    /// Laws of the counts by regime and month, as long as they stay the same.
    win_laws: Vec<poisson::Quantiles>,
    other_laws: Vec<poisson::Quantiles>,
    created_laws: Vec<poisson::Quantiles>,
}

impl GenerationPaths {
    /// Prepares resolved inputs; wins count in the target window `first` to `last`.
    #[must_use]
    pub fn new(inputs: &Inputs, uncertain: &[Uncertain<Inputs>], window: (usize, usize)) -> Self {
        let mut uncertain = uncertain.to_vec();
        if let Ok(law) = Distribution::gamma(1.0, inputs.lead_level_cv)
            && inputs.lead_level_cv > 0.0
        {
            let path = "/lead_level_coefficient_of_variation".to_owned();
            uncertain.push(Uncertain { path, distribution: law, index: 0, set: |i, _, level| i.leads *= level });
        }
        let of = |name: String| (fnv1a_64(name.as_bytes()), Purpose::Count);
        let mut streams: Vec<_> =
            ["created", "stock", "backlog"].iter().map(|name| of(format!("pipeline_generation/{name}"))).collect();
        if inputs.team.is_some() {
            streams.extend((1..=inputs.horizon_months).map(|month| of(format!("pipeline_generation/deals/{month}"))));
        }
        let longest = |regime: &crate::model::pipeline_generation::Regime| {
            let ends = |law: &crate::model::pipeline_generation::cycle::Law| {
                law.beyond.iter().position(|&beyond| beyond < TAIL).unwrap_or(law.beyond.len())
            };
            regime.to_win.laws().iter().chain(regime.to_loss.laws()).map(ends).max().unwrap_or(0)
        };
        Self {
            drawn: drawn("pipeline_generation", &uncertain),
            streams,
            tables: inputs.regimes.iter().map(DealTables::new).collect(),
            second: inputs
                .regimes
                .iter()
                .map(|regime| {
                    regime.kill.is_some() || regime.to_win.laws().len() > 1 || regime.to_loss.laws().len() > 1
                })
                .collect(),
            longest: inputs.regimes.iter().map(longest).max().unwrap_or(0),
            base: inputs.clone(),
            uncertain,
            window,
            stock: true,
        }
    }

    /// The same machine without the opportunities that are open at the start: those that it opens afterwards alone.
    #[must_use]
    pub fn without_stock(self) -> Self {
        Self { stock: false, ..self }
    }

    /// Months computed.
    #[must_use]
    pub fn months(&self) -> usize {
        self.base.horizon_months
    }

    /// Whether any input varies.
    #[must_use]
    pub fn varies(&self) -> bool {
        !self.uncertain.is_empty()
    }

    /// Inputs that vary.
    #[must_use]
    pub fn drawn(&self) -> &[Input] {
        &self.drawn
    }

    /// Random streams.
    #[must_use]
    pub fn random_streams(&self) -> &[(u64, Purpose)] {
        &self.streams
    }

    /// Memory for a trial.
    #[must_use]
    pub fn work(&self) -> Work {
        let months = self.base.horizon_months;
        let by_regime = months * self.base.regimes.len();
        Work {
            inputs: self.base.clone(),
            ready: false,
            created: vec![0.0; self.longest + months],
            hours: Vec::with_capacity(months),
            heads: Vec::with_capacity(months),
            pmf: vec![0.0; self.longest + 1],
            stay: vec![0.0; self.longest + 1],
            wins_mean: vec![0.0; by_regime],
            other_mean: vec![0.0; by_regime],
            beyond_mean: 0.0,
            wins: vec![0.0; months],
            bookings: vec![0.0; months],
            open: vec![0.0; months],
            closed: vec![0.0; months],
            win_laws: vec![poisson::Quantiles::default(); by_regime],
            other_laws: vec![poisson::Quantiles::default(); by_regime],
            created_laws: vec![poisson::Quantiles::default(); months],
        }
    }

    /// Sets the inputs of a trial and computes its expected values, unless nothing varies and it is done.
    /// `from`: place of the first input of this model among those drawn.
    fn prepare(&self, draws: &Draws, from: usize, lane: usize, work: &mut Work) {
        if work.ready && self.uncertain.is_empty() {
            return;
        }
        if !self.uncertain.is_empty() {
            work.inputs.leads = self.base.leads;
            for (place, input) in self.uncertain.iter().enumerate() {
                input.apply(&mut work.inputs, draws.input(from + place)[lane]);
            }
        }
        work.ready = true;
        let Work { inputs, created, hours, heads, .. } = work;
        let first = 1 - self.longest as i32;
        for (place, created) in created.iter_mut().enumerate() {
            let month = first + place as i32;
            let counts = month > -(inputs.burn_in_months as i32) && (self.stock || month >= 1);
            *created = if counts { inputs.created_in(month) } else { 0.0 };
        }
        match &inputs.team {
            Some(team) => {
                team.hours(inputs.horizon_months, hours, heads);
                self.stock_means(work);
            }
            None => self.uncapped_means(work),
        }
    }

    /// Means of wins and open opportunities by regime of acceptance and month.
    fn uncapped_means(&self, work: &mut Work) {
        let months = self.base.horizon_months;
        let Work { inputs, created, pmf, stay, wins_mean, other_mean, .. } = work;
        for (place, regime) in inputs.regimes.iter().enumerate() {
            for j in 0..=self.longest {
                pmf[j] = regime.win_rate * regime.to_win.probability(j);
                stay[j] = regime.win_rate * regime.to_win.beyond(j) + (1.0 - regime.win_rate) * regime.loss_beyond(j);
            }
            // Months of acceptance under this regime, as places in `created`.
            let start = if place == 0 { 0 } else { self.longest + regime.from_month - 1 };
            let end = inputs.regimes.get(place + 1).map_or(usize::MAX, |next| self.longest + next.from_month - 1);
            for month in 0..months {
                let now = self.longest + month;
                let (low, high) = (start.max(now - self.longest), end.min(now + 1));
                let (mut wins, mut open) = (0.0, 0.0);
                for accepted in low..high {
                    wins += created[accepted] * pmf[now - accepted];
                    open += created[accepted] * stay[now - accepted];
                }
                wins_mean[place * months + month] = wins;
                other_mean[place * months + month] = open;
            }
        }
    }

    /// Means of what the stock of month 0 wins and loses in each month, and keeps open beyond the horizon.
    fn stock_means(&self, work: &mut Work) {
        let months = self.base.horizon_months;
        let Work { inputs, created, wins_mean, other_mean, beyond_mean, .. } = work;
        let regime = &inputs.regimes[0];
        *beyond_mean = 0.0;
        wins_mean.fill(0.0);
        other_mean.fill(0.0);
        for (place, accepted) in created[..self.longest].iter().enumerate() {
            let age = self.longest - 1 - place;
            let (won, lost) = (accepted * regime.win_rate, accepted * (1.0 - regime.win_rate));
            for month in 0..months.min(self.longest - age) {
                wins_mean[month] += won * regime.to_win.probability(age + month + 1);
                other_mean[month] += lost * regime.loss_probability(age + month + 1);
            }
            *beyond_mean += won * regime.to_win.beyond(age + months) + lost * regime.loss_beyond(age + months);
        }
    }

    /// One trial: fills wins, bookings and the amounts of open opportunities. `streams`: place of the first
    /// stream of this model.
    pub fn trial(&self, draws: &Draws, from: usize, streams: usize, lane: usize, work: &mut Work) {
        self.prepare(draws, from, lane, work);
        work.wins.fill(0.0);
        work.bookings.fill(0.0);
        if self.base.team.is_some() {
            self.followed(draws, streams, lane, work);
        } else {
            self.superposed(draws, streams, lane, work);
        }
    }

    /// Without capacity limit: independent Poisson counts.
    fn superposed(&self, draws: &Draws, streams: usize, lane: usize, work: &mut Work) {
        let months = self.base.horizon_months;
        work.open.fill(0.0);
        for (place, regime) in work.inputs.regimes.iter().enumerate() {
            for month in 0..months {
                let (wins, open) = (work.wins_mean[place * months + month], work.other_mean[place * months + month]);
                let draw = (place * MONTHS + month) as u32;
                if wins > 0.0 {
                    let law = &mut work.win_laws[place * months + month];
                    let count = law.at(draws.uniform(streams + CREATED, lane, draw), wins);
                    work.wins[month] += count;
                    work.bookings[month] += count * regime.deal;
                }
                if open > 0.0 {
                    let law = &mut work.other_laws[place * months + month];
                    let count = law.at(draws.uniform(streams + STOCK, lane, draw), open);
                    work.open[month] += count * regime.deal;
                }
            }
        }
    }

    /// With a capacity limit: every opportunity is followed.
    fn followed(&self, draws: &Draws, streams: usize, lane: usize, work: &mut Work) {
        let months = self.base.horizon_months;
        work.closed.fill(0.0);
        let first_deal = work.inputs.regimes[0].deal;
        let mut open = poisson::quantile(draws.uniform(streams + STOCK, lane, 0), work.beyond_mean);
        for month in 0..months {
            let draw = 2 * month as u32;
            let won = work.win_laws[month].at(draws.uniform(streams + STOCK, lane, draw + 1), work.wins_mean[month]);
            let lost =
                work.other_laws[month].at(draws.uniform(streams + STOCK, lane, draw + 2), work.other_mean[month]);
            open += won + lost;
            work.wins[month] += won;
            work.bookings[month] += won * first_deal;
            work.closed[month] += (won + lost) * first_deal;
        }
        let mut open_value = open * first_deal;
        let (mut waiting, mut allowed) = (0_u32, 0.0);
        for month in 0..months {
            let place = work.inputs.regime_of(month as i32 + 1);
            let regime = &work.inputs.regimes[place];
            let mean = work.created[self.longest + month];
            let uniform = draws.uniform(streams + CREATED, lane, month as u32);
            let created = work.created_laws[month].at(uniform, mean) as u32;
            let needed = regime.hours_per_opportunity();
            // Whole opportunities whose sum keeps up with the hours.
            let limit = if needed > 0.0 {
                let before = libm::floor(allowed);
                allowed += work.hours[month] / needed;
                (libm::floor(allowed) - before) as u32
            } else {
                u32::MAX
            };
            let accepted = limit.min(waiting.saturating_add(created));
            waiting = waiting.saturating_add(created) - accepted;
            let loss = work.inputs.team.as_ref().map_or(0.0, |team| team.backlog_loss);
            waiting -= binomial_count(draws.uniform(streams + BACKLOG, lane, month as u32), waiting, loss);
            open_value += f64::from(accepted) * regime.deal;
            let (wins, bookings, closed) = (&mut work.wins, &mut work.bookings, &mut work.closed);
            let mut close = |won: bool, after: usize, count: u32| {
                if month + after < months {
                    let count = f64::from(count);
                    closed[month + after] += count * regime.deal;
                    if won {
                        wins[month + after] += count;
                        bookings[month + after] += count * regime.deal;
                    }
                }
            };
            let stream = streams + DEALS + month;
            if accepted <= SINGLY {
                for deal in 0..accepted {
                    let second = if self.second[place] { draws.word(stream, lane, SINGLY + deal) } else { 0 };
                    let (won, after) = self.tables[place].draw(regime, draws.word(stream, lane, deal), second);
                    close(won, after, 1);
                }
            } else {
                let mut draw = 2 * SINGLY;
                let uniform = || {
                    draw += 1;
                    draws.uniform(stream, lane, draw)
                };
                close_many(regime, accepted, self.longest, uniform, close);
            }
            open_value -= work.closed[month];
            work.open[month] = open_value;
        }
    }
}

impl PathModel for GenerationPaths {
    type Workspace = Work;

    fn shape(&self) -> Shape {
        Shape { series: series::COUNT, months: self.months(), scalars: scalars::COUNT }
    }

    fn inputs(&self) -> &[Input] {
        &self.drawn
    }

    fn streams(&self) -> &[(u64, Purpose)] {
        &self.streams
    }

    fn workspace(&self) -> Work {
        self.work()
    }

    fn simulate(&self, draws: &Draws, work: &mut Work, group: &mut Group) {
        let (first, last) = self.window;
        for lane in 0..LANES {
            self.trial(draws, 0, 0, lane, work);
            let mut total = 0.0;
            for month in 0..self.months() {
                total += work.bookings[month];
                group.series_mut(series::WINS)[month][lane] = work.wins[month];
                group.series_mut(series::BOOKINGS)[month][lane] = work.bookings[month];
                group.series_mut(series::CUMULATIVE)[month][lane] = total;
                group.series_mut(series::OPEN)[month][lane] = work.open[month];
            }
            group.scalar_mut(scalars::WINS)[lane] = work.wins[first - 1..last].iter().sum();
            group.scalar_mut(scalars::BOOKINGS)[lane] = work.bookings[first - 1..last].iter().sum();
        }
    }
}
