//! Simulation of the sales machine.
//!
//! Leads are Poisson, thinned and delayed independently. Without a capacity limit the wins of each month are
//! then independent Poisson counts (Eick, Massey & Whitt, Operations Research 1993), and they are drawn as
//! such, for each regime of acceptance; the open opportunities of a month are drawn from their own Poisson law,
//! so that their fan is right month by month while a trial does not tie them to its wins. With a capacity
//! limit every accepted opportunity is followed: whole opportunities wait for hours, are accepted and close
//! after a cycle of their own.

use super::drawn;
use super::flow::{Flow, Means};
use super::followed::{Followed, Found, Work as FollowedWork};
use crate::distribution::Distribution;
use crate::engine::paths::{Draws, Group, Input, LANES, PathModel, STRIP, Shape, Strip};
use crate::model::pipeline_generation::cycle::Law;
use crate::model::pipeline_generation::{Inputs, Regime};
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

/// Probability of longer cycles that is left out.
const TAIL: f64 = 1e-12;

/// Streams of wins and of open opportunities, where the capacity has no limit.
const COUNTS: [usize; 2] = [0, 1];

/// The sales machine, ready to be simulated.
#[derive(Debug, Clone)]
pub struct GenerationPaths {
    base: Inputs,
    uncertain: Vec<Uncertain<Inputs>>,
    drawn: Vec<Input>,
    streams: Vec<(u64, Purpose)>,
    course: Course,
    /// Longest cycle followed.
    longest: usize,
    window: (usize, usize),
    /// Whether what is open at the start counts.
    stock: bool,
    /// Whether bookings and open opportunities are wanted, not wins alone.
    all: bool,
}

/// How opportunities become wins.
#[derive(Debug, Clone)]
enum Course {
    /// Without limit, the growth of the leads being the same in all trials.
    Flow(Flow),
    /// Without limit.
    VaryingGrowth,
    /// With a team.
    Followed(Followed),
}

/// Memory of a strip, and what its trials give by month.
#[derive(Debug, Clone)]
pub struct Work {
    inputs: Vec<Inputs>,
    means: Means,
    followed: Option<FollowedWork>,
    /// Wins of each month.
    pub wins: Vec<Strip>,
    bookings: Vec<Strip>,
    open: Vec<Strip>,
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
        let longest = |regime: &Regime| {
            let ends = |law: &Law| law.beyond.iter().position(|&beyond| beyond < TAIL).unwrap_or(law.beyond.len());
            regime.to_win.laws().iter().chain(regime.to_loss.laws()).map(ends).max().unwrap_or(0)
        };
        let longest = inputs.regimes.iter().map(longest).max().unwrap_or(0);
        let drawn = drawn("pipeline_generation", &uncertain);
        let course = Course::new(inputs, &uncertain, longest, true);
        Self { base: inputs.clone(), uncertain, drawn, streams, course, longest, window, stock: true, all: true }
    }

    /// The same machine without the opportunities that are open at the start: those that it opens afterwards alone.
    #[must_use]
    pub fn without_stock(self) -> Self {
        let course = Course::new(&self.base, &self.uncertain, self.longest, false);
        Self { stock: false, course, ..self }
    }

    /// The same machine for its wins alone; a team gives the rest too.
    #[must_use]
    pub fn wins_alone(self) -> Self {
        Self { all: false, ..self }
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

    /// Memory for a strip.
    #[must_use]
    pub fn work(&self) -> Work {
        let months = vec![[0.0; STRIP]; self.months()];
        Work {
            inputs: vec![self.base.clone(); STRIP],
            means: vec![[[0.0; STRIP]; 2]; self.months() * self.base.regimes.len()],
            followed: match &self.course {
                Course::Followed(followed) => Some(followed.work(&self.base)),
                _ => None,
            },
            wins: months.clone(),
            bookings: months.clone(),
            open: months,
        }
    }

    /// The trials of the strip that begins at lane `first`: fills wins, bookings and the amounts of open opportunities.
    /// `from`: place of the first input of this model among those drawn; `streams`: that of its first stream.
    pub fn strip(&self, draws: &Draws, from: usize, streams: usize, first: usize, work: &mut Work) {
        if self.varies() {
            work.inputs.iter_mut().for_each(|inputs| inputs.leads = self.base.leads);
            for (place, input) in self.uncertain.iter().enumerate() {
                for (inputs, value) in work.inputs.iter_mut().zip(draws.input_strip(from + place, first)) {
                    input.apply(inputs, value);
                }
            }
        }
        let Work { inputs, means, followed, wins, bookings, open } = work;
        let flowing = |flow: &Flow, draws: &Draws, means: &Means, found: Found| {
            flowing(flow, inputs, (draws, streams, first), means, found, self.all);
        };
        let mut found = Found { wins, bookings, open };
        match (&self.course, followed) {
            (Course::Followed(machine), Some(memory)) => {
                machine.strip(inputs, (draws, streams, first), memory, &mut found);
            }
            (Course::Flow(flow), _) => {
                if self.varies() {
                    inputs.iter().enumerate().for_each(|(lane, inputs)| flow.mean(inputs, lane, means));
                }
                flowing(flow, draws, means, found);
            }
            _ => {
                let flows: Vec<Flow> =
                    inputs.iter().map(|inputs| Flow::new(inputs, self.longest, self.stock, false)).collect();
                for (lane, (flow, inputs)) in flows.iter().zip(&*inputs).enumerate() {
                    flow.mean(inputs, lane, means);
                }
                flowing(&flows[0], draws, means, found);
            }
        }
    }
}

impl Course {
    fn new(inputs: &Inputs, uncertain: &[Uncertain<Inputs>], longest: usize, stock: bool) -> Self {
        let varies = !uncertain.is_empty();
        let mut moved = inputs.clone();
        for input in uncertain {
            input.apply(&mut moved, input.distribution.quantile(0.1));
        }
        if inputs.team.is_some() {
            Self::Followed(Followed::new(inputs, &moved, longest, stock))
        } else if moved.lead_growth != inputs.lead_growth {
            Self::VaryingGrowth
        } else {
            let flow = Flow::new(inputs, longest, stock, true);
            Self::Flow(if varies { flow } else { flow.known(inputs) })
        }
    }
}

/// Without capacity limit: independent Poisson counts of each regime; with `all` not wins alone.
fn flowing(
    flow: &Flow,
    inputs: &[Inputs],
    (draws, streams, first): (&Draws, usize, usize),
    means: &Means,
    found: Found,
    all: bool,
) {
    let Found { wins, bookings, open } = found;
    for lines in [&mut *wins, &mut *bookings, &mut *open] {
        lines.fill([0.0; STRIP]);
    }
    for place in 0..inputs[0].regimes.len() {
        let deal: Strip = std::array::from_fn(|lane| inputs[lane].regimes[place].deal);
        let count = |which: usize, month: usize| {
            flow.count(which, (draws, streams + COUNTS[which], first), (place, month), means)
        };
        for month in 0..wins.len() {
            let won = count(0, month);
            add(&mut wins[month], &won, &[1.0; STRIP]);
            if all {
                add(&mut bookings[month], &won, &deal);
                add(&mut open[month], &count(1, month), &deal);
            }
        }
    }
}

/// Adds counts times what each is worth.
#[inline(always)]
fn add(sums: &mut Strip, counts: &Strip, worth: &Strip) {
    for lane in 0..STRIP {
        sums[lane] += counts[lane] * worth[lane];
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
        for first in (0..LANES).step_by(STRIP) {
            self.strip(draws, 0, 0, first, work);
            let (mut wins, mut bookings, mut total) = ([0.0; STRIP], [0.0; STRIP], [0.0; STRIP]);
            for month in 0..self.months() {
                let counts = (self.window.0..=self.window.1).contains(&(month + 1));
                for lane in 0..STRIP {
                    total[lane] += work.bookings[month][lane];
                    if counts {
                        wins[lane] += work.wins[month][lane];
                        bookings[lane] += work.bookings[month][lane];
                    }
                }
                group.write(series::WINS, month, first, &work.wins[month]);
                group.write(series::BOOKINGS, month, first, &work.bookings[month]);
                group.write(series::CUMULATIVE, month, first, &total);
                group.write(series::OPEN, month, first, &work.open[month]);
            }
            group.write_scalar(scalars::WINS, first, &wins);
            group.write_scalar(scalars::BOOKINGS, first, &bookings);
        }
    }
}
