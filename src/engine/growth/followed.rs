//! The sales machine with a limit to its capacity: every opportunity is followed.

use super::cohort::{Cohort, drawn_singly, shared};
use super::deals::{Closed, Closings, SHARED, close_together};
use super::stock::Stock;
use crate::distribution::{BinomialLanes, BinomialTable, PoissonTable};
use crate::engine::paths::{Draws, STRIP, Strip};
use crate::math::{floor, poisson, vector, whole};
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
/// Mean, at mean inputs, up to which what closes of the stock in all late months is drawn together.
const LATE: f64 = 0.1;
/// Waiting opportunities up to which the laws of those lost are kept in tables.
const WAITING: u32 = 200;

/// A machine with a team, ready to be followed.
#[derive(Debug, Clone)]
pub struct Followed {
    stock: Option<Stock>,
    rows: Rows,
    /// By regime of the leads, opportunities of each month per lead of month 1 that becomes one; `None`: the growth of
    /// the leads varies.
    created: Option<Vec<Vec<f64>>>,
    varies: Varies,
    /// Laws of the counts, where no input varies; of those that hardly ever are more than 0, none.
    known: Option<Vec<Option<PoissonTable>>>,
    /// Laws of the waiting opportunities that are lost, of as many as nearly always wait, where none varies.
    lost_waiting: Option<BinomialTable>,
}

/// Where the means of counts are: those of what is created in each month, then of what the stock wins and loses in each,
/// then of what of it is open beyond the horizon, then of what it wins and loses in all late months.
#[derive(Debug, Clone, Copy)]
struct Rows {
    months: usize,
    /// Months that are not late.
    early: usize,
}

impl Rows {
    fn all(self) -> usize {
        3 * self.months + 2
    }

    /// Won, then lost.
    fn of_stock(self, month: usize) -> [usize; 2] {
        [self.months + 2 * month, self.months + 2 * month + 1]
    }

    fn standing(self) -> usize {
        3 * self.months
    }

    fn late(self) -> usize {
        3 * self.months + 1
    }

    fn of_late_months(self) -> std::ops::Range<usize> {
        self.of_stock(self.early)[0]..self.standing()
    }
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
    /// By [`Rows`].
    means: Vec<Strip>,
    /// Whole opportunities that the hours allow in each month, so that their sum keeps up with the hours; and those accepted.
    limits: Vec<Strip>,
    accepted: Vec<Strip>,
    /// Deals of the stock won and lost in each month.
    of_stock: Vec<[Strip; 2]>,
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
            rows: Rows { months: inputs.horizon_months, early: 0 },
            created: (inputs.lead_growth == moved.lead_growth)
                .then(|| (0..regimes).map(|regime| inputs.created_per_lead(regime, 0, true)).collect()),
            varies: Varies {
                any: inputs != moved,
                allowed: inputs.team != moved.team || allowed(inputs) != allowed(moved),
                closings: inputs.regimes.iter().zip(&moved.regimes).map(|(regime, moved)| regime != moved).collect(),
            },
            known: None,
            lost_waiting: None,
        };
        let mut means = vec![[0.0; STRIP]; machine.rows.all()];
        machine.mean(inputs, 0, &mut means);
        while means[machine.rows.of_late_months()].iter().map(|means| means[0]).sum::<f64>() > LATE {
            machine.rows.early += 1;
        }
        if !machine.varies.any {
            machine.add_late(&mut means);
            let law = |means: &Strip| (means[0] > RARE).then(|| PoissonTable::new(means[0]));
            machine.known = Some(means.iter().map(law).collect());
            machine.lost_waiting = inputs.team.as_ref().and_then(|team| {
                // Few enough that the law of the most is added up too.
                BinomialTable::new(team.backlog_loss, WAITING.min((20.0 / team.backlog_loss) as u32))
            });
        }
        machine
    }

    /// Memory for a strip.
    pub fn work(&self, inputs: &Inputs) -> Work {
        let months = inputs.horizon_months;
        Work {
            ready: false,
            means: vec![[0.0; STRIP]; self.rows.all()],
            limits: vec![[0.0; STRIP]; months],
            accepted: vec![[0.0; STRIP]; months],
            of_stock: vec![[[0.0; STRIP]; 2]; months],
            closings: vec![Closings::new(months); inputs.regimes.len()],
            closed: vec![Closed::new(months); inputs.regimes.len()],
            deals: Cohort::new(),
        }
    }

    /// Means of the counts of the trial of a lane, as in [`Work`].
    fn mean(&self, inputs: &Inputs, lane: usize, means: &mut [Strip]) {
        let (created, stock) = means.split_at_mut(self.rows.months);
        match &self.created {
            Some(sums) => {
                created.iter_mut().for_each(|means| means[lane] = 0.0);
                for (sums, regime) in sums.iter().zip(&inputs.regimes) {
                    let leads = inputs.leads * regime.lead_to_opportunity();
                    created.iter_mut().zip(sums).for_each(|(means, sum)| means[lane] += leads * sum);
                }
            }
            None => {
                for (month, means) in (1..).zip(created) {
                    means[lane] = inputs.created_in(month);
                }
            }
        }
        if let Some(sums) = &self.stock {
            sums.mean(inputs, lane, &mut stock[..=2 * self.rows.months]);
        }
    }

    /// Adds up the means of late months.
    fn add_late(&self, means: &mut [Strip]) {
        let mut sums = [0.0; STRIP];
        for means in &means[self.rows.of_late_months()] {
            sums.iter_mut().zip(means).for_each(|(sum, mean)| *sum += mean);
        }
        means[self.rows.late()] = sums;
    }

    /// Takes over what the inputs of the trial of a lane let expect.
    fn expect(&self, inputs: &Inputs, lane: usize, work: &mut Work) {
        self.mean(inputs, lane, &mut work.means);
        if let Some(team) = inputs.team.as_ref().filter(|_| self.varies.allowed || !work.ready) {
            let (mut place, mut needed) = (usize::MAX, 0.0);
            let (mut allowed, mut before) = (0.0, 0.0);
            team.hours(inputs.horizon_months, |month, hours, _| {
                let regime = inputs.regime_of(month as i32);
                if regime != place {
                    (place, needed) = (regime, inputs.regimes[regime].hours_per_opportunity());
                }
                let here = if needed > 0.0 { hours / needed } else { f64::INFINITY };
                work.limits[month - 1][lane] = MOST;
                if here < MOST {
                    allowed += here;
                    let whole = floor(allowed);
                    work.limits[month - 1][lane] = whole - before;
                    before = whole;
                }
            });
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
            for (lane, inputs) in inputs.iter().enumerate() {
                self.expect(inputs, lane, work);
            }
            self.add_late(&mut work.means);
        }
        self.accept(inputs, at, work);
        work.closed.iter_mut().for_each(Closed::clear);
        self.close(inputs, at, work);
        work.ready = true;
        self.tell(inputs, at, work, found);
    }

    /// Whole opportunities wait for hours and are accepted.
    fn accept(&self, inputs: &[Inputs], (draws, streams, first): (&Draws, usize, usize), work: &mut Work) {
        let loss: Strip = std::array::from_fn(|lane| inputs[lane].team.as_ref().map_or(0.0, |team| team.backlog_loss));
        let loss = BinomialLanes::new(loss);
        let mut waiting = [0.0; STRIP];
        for ((month, accepted), limit) in (0..).zip(&mut work.accepted).zip(&work.limits) {
            let created = self.counts(month, (draws, streams + CREATED, first), &work.means);
            // Loops so short that each becomes vector instructions.
            waiting.iter_mut().zip(created).for_each(|(waiting, created)| *waiting += created);
            *accepted =
                std::array::from_fn(|lane| if limit[lane] < waiting[lane] { limit[lane] } else { waiting[lane] });
            waiting.iter_mut().zip(&*accepted).for_each(|(waiting, accepted)| *waiting -= accepted);
            if vector::any(&waiting, |waiting| waiting > 0.0) {
                let (stream, month) = (streams + BACKLOG, month as u32);
                let lost = match &self.lost_waiting {
                    Some(laws) if !vector::any(&waiting, |waiting| waiting > f64::from(laws.most())) => {
                        draws.binomial_counts(laws, &waiting, stream, first, month)
                    }
                    _ => loss.counts(&draws.uniforms(stream, first, month), &waiting),
                };
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
                inputs.iter().enumerate().for_each(|(lane, inputs)| closings.lay_out(&inputs.regimes[place], lane));
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

    /// Wins, bookings and amounts of open opportunities of each month.
    fn tell(
        &self,
        inputs: &[Inputs],
        (draws, streams, first): (&Draws, usize, usize),
        work: &mut Work,
        found: &mut Found,
    ) {
        let months = work.accepted.len();
        let at = (draws, streams + STOCK, first);
        let stock = |row: usize| self.counts(row, at, &work.means);
        // What is open at the start closes within the horizon or beyond it.
        let mut standing = stock(self.rows.standing());
        for (month, of_stock) in work.of_stock.iter_mut().enumerate() {
            *of_stock = if month < self.rows.early { self.rows.of_stock(month).map(stock) } else { [[0.0; STRIP]; 2] };
        }
        let late = stock(self.rows.late());
        if vector::any(&late, |late| late > 0.0) {
            self.close_late(at, &late, &work.means, work.of_stock.as_flattened_mut());
        }
        for [won, lost] in &work.of_stock {
            for lane in 0..STRIP {
                standing[lane] += won[lane] + lost[lane];
            }
        }
        for lines in [&mut *found.wins, &mut *found.bookings, &mut *found.open] {
            lines.fill([0.0; STRIP]);
        }
        for (place, closed) in work.closed.iter().enumerate() {
            let deal: Strip = std::array::from_fn(|lane| inputs[lane].regimes[place].deal);
            let mut open = if place == 0 { standing } else { [0.0; STRIP] };
            for month in 0..months {
                let [mut won, mut lost] = closed.of(month);
                let accepted =
                    if inputs[0].regime_of(month as i32 + 1) == place { work.accepted[month] } else { [0.0; STRIP] };
                for lane in 0..STRIP {
                    if place == 0 {
                        won[lane] += work.of_stock[month][0][lane];
                        lost[lane] += work.of_stock[month][1][lane];
                    }
                    open[lane] += accepted[lane] - won[lane] - lost[lane];
                    found.wins[month][lane] += won[lane];
                    found.bookings[month][lane] += won[lane] * deal[lane];
                    found.open[month][lane] += open[lane] * deal[lane];
                }
            }
        }
    }

    /// Closes the opportunities of the stock that close late, each in a row of its own draw.
    #[cold]
    fn close_late(
        &self,
        (draws, stream, first): (&Draws, usize, usize),
        late: &Strip,
        means: &[Strip],
        of_stock: &mut [Strip],
    ) {
        let rows = self.rows.of_late_months();
        let (means, of_stock) = (&means[rows.clone()], &mut of_stock[rows.start - self.rows.months..]);
        for (lane, late) in late.iter().enumerate() {
            let all: f64 = means.iter().map(|means| means[lane]).sum();
            for which in 0..whole(*late) {
                let mut left = all * draws.uniform(stream, first + lane, self.rows.all() as u32 + which);
                let reached = means.iter().position(|means| {
                    left -= means[lane];
                    left <= 0.0
                });
                // Rounding may leave a draw above all.
                of_stock[reached.unwrap_or(means.len() - 1)][lane] += 1.0;
            }
        }
    }
}
