//! The sales machine with a limit to its capacity: every opportunity is followed.

use super::cohort::{Cohort, drawn_singly, shared};
use super::deals::{Closed, Closings, SHARED, close_together};
use super::stock::Stock;
use crate::distribution::{BinomialLanes, PoissonTable};
use crate::engine::paths::{Draws, STRIP, Strip};
use crate::math::{floor, poisson, vector, whole};
use crate::model::pipeline_generation::team::Team;
use crate::model::pipeline_generation::{Inputs, Regime};

/// Streams, after the first of the machine: opportunities created, those open at the start, those that wait, and those
/// accepted in each month.
const CREATED: usize = 0;
const STOCK: usize = 1;
const BACKLOG: usize = 2;
const DEALS: usize = 3;

/// Opportunities that are accepted in a month at the very most.
const MOST: f64 = u32::MAX as f64;
/// Mean up to which a count is 0.
const RARE: f64 = 1e-12;

/// A machine with a team, ready to be followed.
#[derive(Debug, Clone)]
pub struct Followed {
    stock: Option<Stock>,
    /// By regime of the leads, opportunities of each month per lead of month 1 that becomes one; `None`: the growth of
    /// the leads varies.
    created: Option<Vec<Vec<f64>>>,
    varies: Varies,
    /// Laws of the counts, where no input varies; of those that hardly ever are more than 0, none.
    known: Option<Vec<Option<PoissonTable>>>,
}

/// What is not the same in all trials.
#[derive(Debug, Clone)]
struct Varies {
    any: bool,
    /// The hours, or what an opportunity needs of them.
    allowed: bool,
    /// By regime, its rates and cycles.
    closings: Vec<bool>,
}

/// Memory of a strip.
#[derive(Debug, Clone)]
pub struct Work {
    ready: bool,
    /// Means of what is created in each month; of what the stock wins and loses in each early month, closes in all late ones
    /// and holds beyond the horizon.
    means: Vec<Strip>,
    /// Whole opportunities that the hours allow in each month, so that their sum keeps up with the hours; and those accepted.
    limits: Vec<Strip>,
    accepted: Vec<Strip>,
    /// By regime: what becomes of a deal, and those that close.
    closings: Vec<Closings>,
    closed: Vec<Closed>,
    /// Deals of a month; scratch.
    deals: Cohort,
}

/// Wins, bookings and amounts of open opportunities, by month.
pub struct Found<'a> {
    pub wins: &'a mut [Strip],
    pub bookings: &'a mut [Strip],
    pub open: &'a mut [Strip],
}

impl Followed {
    /// Prepares the machine; `moved` is what the inputs of some trial may be, the same as `inputs` where none varies.
    pub fn new(inputs: &Inputs, moved: &Inputs, longest: usize, stock: bool) -> Self {
        let regimes = inputs.regimes.len();
        let allowed = |inputs: &Inputs| inputs.regimes.iter().map(Regime::hours_per_opportunity).collect::<Vec<_>>();
        let mut machine = Self {
            stock: stock.then(|| Stock::new(inputs, longest)),
            created: (inputs.lead_growth == moved.lead_growth)
                .then(|| (0..regimes).map(|regime| inputs.created_per_lead(regime, 0, true)).collect()),
            varies: Varies {
                any: inputs != moved,
                allowed: inputs.team != moved.team || allowed(inputs) != allowed(moved),
                closings: inputs.regimes.iter().zip(&moved.regimes).map(|(regime, moved)| regime != moved).collect(),
            },
            known: None,
        };
        if !machine.varies.any {
            let mut means = vec![[0.0; STRIP]; machine.rows(inputs.horizon_months)];
            machine.mean(&[(); STRIP].map(|()| inputs.clone()), &mut means);
            let law = |means: &Strip| (means[0] > RARE).then(|| PoissonTable::new(means[0]));
            machine.known = Some(means.iter().map(law).collect());
        }
        machine
    }

    /// Memory for a strip.
    pub fn work(&self, inputs: &Inputs) -> Work {
        let months = inputs.horizon_months;
        Work {
            ready: false,
            means: vec![[0.0; STRIP]; self.rows(months)],
            limits: vec![[0.0; STRIP]; months],
            accepted: vec![[0.0; STRIP]; months],
            closings: vec![Closings::new(months); inputs.regimes.len()],
            closed: vec![Closed::new(months); inputs.regimes.len()],
            deals: Cohort::new(),
        }
    }

    /// Months of the stock that are not late.
    fn early(&self) -> usize {
        self.stock.as_ref().map_or(0, Stock::early)
    }

    /// Means that there are.
    fn rows(&self, months: usize) -> usize {
        months + 2 * self.early() + 2
    }

    /// Means of the counts of a strip, as in [`Work`].
    fn mean(&self, inputs: &[Inputs], means: &mut [Strip]) {
        let (created, stock) = means.split_at_mut(inputs[0].horizon_months);
        match &self.created {
            Some(sums) => {
                created.fill([0.0; STRIP]);
                for (regime, sums) in sums.iter().enumerate() {
                    let leads: Strip = std::array::from_fn(|lane| {
                        inputs[lane].leads * inputs[lane].regimes[regime].lead_to_opportunity()
                    });
                    for (means, sum) in created.iter_mut().zip(sums) {
                        means.iter_mut().zip(leads).for_each(|(mean, leads)| *mean += leads * sum);
                    }
                }
            }
            None => {
                for (month, means) in (1..).zip(created) {
                    *means = std::array::from_fn(|lane| inputs[lane].created_in(month));
                }
            }
        }
        if let Some(sums) = &self.stock {
            inputs.iter().enumerate().for_each(|(lane, inputs)| sums.mean(inputs, lane, stock));
        }
    }

    /// Takes over what the hours of the teams of a strip allow.
    fn allow(&self, inputs: &[Inputs], limits: &mut [Strip]) {
        let Some(teams) = teams(inputs) else { return };
        Team::hours(teams, limits.len(), |month, hours, _| limits[month - 1] = hours);
        // Whole opportunities whose sum keeps up with the hours, where they limit them. Loops so short that each becomes
        // vector instructions.
        let (mut place, mut needed) = (usize::MAX, [0.0; STRIP]);
        let (mut allowed, mut before) = ([0.0; STRIP], [0.0; STRIP]);
        for (month, limit) in (1..).zip(limits) {
            let regime = inputs[0].regime_of(month);
            if regime != place {
                place = regime;
                let hours = inputs.iter().map(|inputs| inputs.regimes[regime].hours_per_opportunity());
                needed.iter_mut().zip(hours).for_each(|(needed, hours)| *needed = hours);
            }
            // Deals that cost no time have no limit.
            let here: Strip = std::array::from_fn(|lane| limit[lane] / needed[lane]);
            let more = here.map(|here| if here < MOST { here } else { 0.0 });
            allowed.iter_mut().zip(more).for_each(|(allowed, more)| *allowed += more);
            let whole = allowed.map(floor);
            *limit = std::array::from_fn(|lane| whole[lane] - before[lane]);
            limit.iter_mut().zip(here).for_each(|(limit, here)| *limit = if here < MOST { *limit } else { MOST });
            before = whole;
        }
    }

    /// Counts of a row of the means.
    fn counts(&self, row: usize, (draws, stream, first): (&Draws, usize, usize), means: &[Strip]) -> Strip {
        let draw = row as u32;
        match &self.known {
            Some(laws) => laws[row].as_ref().map_or([0.0; STRIP], |law| draws.counts(law, stream, first, draw)),
            None if means[row].iter().all(|mean| *mean <= RARE) => [0.0; STRIP],
            None => poisson::in_lanes(&draws.uniforms(stream, first, draw), &means[row]),
        }
    }

    /// Follows the trials of the strip that begins at lane `first`, of these inputs.
    pub fn strip(&self, inputs: &[Inputs], at: (&Draws, usize, usize), work: &mut Work, found: &mut Found) {
        if self.varies.any || !work.ready {
            self.mean(inputs, &mut work.means);
        }
        if self.varies.allowed || !work.ready {
            self.allow(inputs, &mut work.limits);
        }
        self.accept(inputs, at, work);
        work.closed.iter_mut().for_each(Closed::clear);
        let stock = self.close_stock(inputs, at, &work.means, &mut work.closed[0]);
        self.close(inputs, at, work);
        work.ready = true;
        tell(inputs, &stock, work, found);
    }

    /// Whole opportunities wait for hours and are accepted.
    fn accept(&self, inputs: &[Inputs], (draws, streams, first): (&Draws, usize, usize), work: &mut Work) {
        let loss = teams(inputs).map_or([0.0; STRIP], |teams| teams.map(|team| team.backlog_loss));
        let loss = BinomialLanes::new(loss);
        let mut waiting = [0.0; STRIP];
        for ((month, accepted), limit) in (0..).zip(&mut work.accepted).zip(&work.limits) {
            let created = self.counts(month, (draws, streams + CREATED, first), &work.means);
            // Loops so short that each becomes vector instructions.
            add(&mut waiting, &created);
            *accepted =
                std::array::from_fn(|lane| if limit[lane] < waiting[lane] { limit[lane] } else { waiting[lane] });
            waiting.iter_mut().zip(&*accepted).for_each(|(waiting, accepted)| *waiting -= accepted);
            if vector::any(&waiting, |waiting| waiting > 0.0) {
                let lost = loss.counts(&draws.uniforms(streams + BACKLOG, first, month as u32), &waiting);
                waiting.iter_mut().zip(lost).for_each(|(waiting, lost)| *waiting -= lost);
            }
        }
    }

    /// Closes the opportunities that are accepted.
    fn close(&self, inputs: &[Inputs], (draws, streams, first): (&Draws, usize, usize), work: &mut Work) {
        let stream = streams + DEALS;
        let shared = shared(draws, stream, first, SHARED);
        for (place, closings) in work.closings.iter_mut().enumerate() {
            if self.varies.closings[place] || !work.ready {
                closings.lay_out(inputs, place);
            }
            closings.share(&shared);
        }
        for (month, accepted) in work.accepted.iter().enumerate() {
            let place = inputs[0].regime_of(month as i32 + 1);
            let deals = drawn_singly(accepted, |lane, count| {
                let (regime, at) = (&inputs[lane].regimes[place], (draws, stream + month, first + lane));
                close_together(regime, count, month, at, lane, &mut work.closed[place]);
            });
            work.deals.draw(&deals, draws, stream + month, first);
            work.closings[place].close(&work.deals, month, &mut work.closed[place]);
        }
    }

    /// Closes what is open at the start, within the horizon or beyond it, and says how many opportunities that are.
    fn close_stock(
        &self,
        inputs: &[Inputs],
        (draws, streams, first): (&Draws, usize, usize),
        means: &[Strip],
        closed: &mut Closed,
    ) -> Strip {
        let (months, early, at) = (inputs[0].horizon_months, self.early(), (draws, streams + STOCK, first));
        let counts = |row: usize| self.counts(months + row, at, means);
        let (late, mut all) = (counts(2 * early), counts(2 * early + 1));
        add(&mut all, &late);
        for row in 0..2 * early {
            let closing = counts(row);
            add(&mut all, &closing);
            add(closed.in_month(row / 2, row % 2), &closing);
        }
        if let Some(stock) = self.stock.as_ref().filter(|_| vector::any(&late, |late| late > 0.0)) {
            for (lane, late) in late.iter().enumerate().filter(|(_, late)| **late > 0.0) {
                let draw = |which| draws.uniform(at.1, first + lane, self.rows(months) as u32 + which);
                close_late(&stock.late(&inputs[lane]), (0..whole(*late)).map(draw), early, lane, closed);
            }
        }
        all
    }
}

/// Closes opportunities of the stock that close late, each where a draw of its own says, by what is expected of each outcome
/// of each late month.
#[cold]
fn close_late(means: &[[f64; 2]], draws: impl Iterator<Item = f64>, early: usize, lane: usize, closed: &mut Closed) {
    let means = means.as_flattened();
    let all: f64 = means.iter().sum();
    for draw in draws {
        let mut left = all * draw;
        let reached = means.iter().position(|mean| {
            left -= mean;
            left <= 0.0
        });
        // Rounding may leave a draw above all.
        let row = reached.unwrap_or(means.len() - 1);
        closed.in_month(early + row / 2, row % 2)[lane] += 1.0;
    }
}

/// Wins, bookings and amounts of open opportunities of each month, of so many that are open at the start.
fn tell(inputs: &[Inputs], stock: &Strip, work: &Work, found: &mut Found) {
    for lines in [&mut *found.wins, &mut *found.bookings, &mut *found.open] {
        lines.fill([0.0; STRIP]);
    }
    for (place, closed) in work.closed.iter().enumerate() {
        let deal: Strip = std::array::from_fn(|lane| inputs[lane].regimes[place].deal);
        let mut open = if place == 0 { *stock } else { [0.0; STRIP] };
        for (month, accepted) in work.accepted.iter().enumerate() {
            if inputs[0].regime_of(month as i32 + 1) == place {
                add(&mut open, accepted);
            }
            let [won, lost] = closed.of(month);
            for lane in 0..STRIP {
                open[lane] -= won[lane] + lost[lane];
                found.wins[month][lane] += won[lane];
                found.bookings[month][lane] += won[lane] * deal[lane];
                found.open[month][lane] += open[lane] * deal[lane];
            }
        }
    }
}

/// Adds counts to others.
#[inline(always)]
fn add(sums: &mut Strip, counts: &Strip) {
    sums.iter_mut().zip(counts).for_each(|(sum, count)| *sum += count);
}

/// The teams of a strip.
#[inline(never)]
fn teams(inputs: &[Inputs]) -> Option<[&Team; STRIP]> {
    let first = inputs[0].team.as_ref()?;
    Some(std::array::from_fn(|lane| inputs[lane].team.as_ref().unwrap_or(first)))
}
