//! New deals of the open pipeline: what the sales machine signs of the opportunities that it opens after today,
//! in the same trials as its own simulation.

use super::Run;
use crate::distribution::Distribution;
use crate::engine::growth::generation::{GenerationPaths, series};
use crate::engine::paths::{LANES, Paths};
use crate::engine::simulation::{BLOCK, Joining, Reach};
use crate::error::InputError;
use crate::math::sqrt;
use crate::model::pipeline_generation::course::Course;
use crate::model::pipeline_generation::{Inputs, resolve};
use crate::model::uncertain::Uncertain;
use crate::scenario::pipeline_generation::PipelineGeneration;
use std::cell::RefCell;
use std::collections::BTreeMap;
use std::rc::Rc;

/// Blocks whose revenue is kept: those that independence and the goal seek go through again.
const KEPT: u32 = 4;
/// Levels at which uncertain inputs are taken for what no trial passes, and for what is drawn.
const EXTREME: f64 = 1.0 - 1e-10;
const HIGH: f64 = 0.9999;

/// The sales machine over the months of the open pipeline, without what it has open today.
pub struct NewDeals {
    inputs: Inputs,
    uncertain: Vec<Uncertain<Inputs>>,
    /// Expected values with every input at its mean.
    pub course: Course,
    /// How far its revenue reaches.
    pub reach: Reach,
    paths: Paths<GenerationPaths>,
    kept: RefCell<BTreeMap<u32, Rc<Vec<f64>>>>,
}

impl NewDeals {
    /// Prepares a checked section over `horizon` months.
    ///
    /// # Errors
    /// What only shows when the section is resolved, located.
    pub fn new(section: &PipelineGeneration, horizon: usize, run: Run) -> Result<Self, Vec<InputError>> {
        let (mut inputs, uncertain) = resolve(section)?;
        inputs.horizon_months = horizon;
        let course = inputs.course_of_new();
        let reach = reach(&inputs, &uncertain);
        let paths = GenerationPaths::new(&inputs, &uncertain, (1, horizon)).without_stock();
        let paths = Paths::new(paths, run.seed, run.trials);
        Ok(Self { inputs, uncertain, course, reach, paths, kept: RefCell::default() })
    }

    /// Whether expected values are means exactly: nothing uncertain but the counts, no capacity limit.
    pub fn exact_means(&self) -> bool {
        self.uncertain.is_empty() && self.inputs.team.is_none()
    }

    fn simulated(&self, block: u32) -> Vec<f64> {
        let months = self.inputs.horizon_months;
        let mut revenue = vec![0.0; months * BLOCK as usize];
        self.paths.show_block(block, |group, found| {
            for (month, lanes) in found.series(series::BOOKINGS).iter().enumerate() {
                let first = month * BLOCK as usize + group * LANES;
                revenue[first..first + LANES].copy_from_slice(lanes);
            }
        });
        revenue
    }
}

impl Joining for NewDeals {
    fn revenue(&self, block: u32) -> Vec<f64> {
        if block >= KEPT {
            return self.simulated(block);
        }
        let known = self.kept.borrow().get(&block).map(Rc::clone);
        let revenue = known.unwrap_or_else(|| Rc::new(self.simulated(block)));
        self.kept.borrow_mut().insert(block, Rc::clone(&revenue));
        revenue.to_vec()
    }
}

/// What no trial passes: each uncertain input at whichever end gives more, one after another. What is drawn: the
/// expected course and what each input adds alone, as for independent deviations. Then ten standard deviations of
/// the counts.
fn reach(inputs: &Inputs, uncertain: &[Uncertain<Inputs>]) -> Reach {
    let mut laws: Vec<(Distribution, Uncertain<Inputs>)> =
        uncertain.iter().map(|input| (input.distribution, input.clone())).collect();
    if let Ok(law) = Distribution::gamma(1.0, inputs.lead_level_cv)
        && inputs.lead_level_cv > 0.0
    {
        let set = |inputs: &mut Inputs, _: usize, level: f64| inputs.leads *= level;
        laws.push((law, Uncertain { path: String::new(), distribution: law, index: 0, set }));
    }
    let moved = |from: &Inputs, (law, input): &(Distribution, Uncertain<Inputs>), level: f64| {
        let mut moved = from.clone();
        input.apply(&mut moved, law.quantile(level));
        moved
    };
    let deal = inputs.regimes.iter().map(|regime| regime.deal).fold(0.0, f64::max);
    let spread = |wins: f64| if wins > 0.0 { deal * (10.0 * sqrt(wins) + 20.0) } else { 0.0 };
    let mut most = inputs.clone();
    for law in &laws {
        let (low, high) = (moved(&most, law, 1.0 - EXTREME), moved(&most, law, EXTREME));
        most = if revenue(&low.course_of_new()) > revenue(&high.course_of_new()) { low } else { high };
    }
    let extreme = most.course_of_new();
    let base = inputs.course_of_new();
    let mut horizon = 0.0;
    let mut months = vec![0.0; inputs.horizon_months];
    for law in &laws {
        let ends = [1.0 - HIGH, HIGH].map(|level| moved(inputs, law, level).course_of_new());
        let square = |more: f64| more.max(0.0) * more.max(0.0);
        horizon += ends.iter().map(|end| square(revenue(end) - revenue(&base))).fold(0.0, f64::max);
        for (month, sum) in months.iter_mut().enumerate() {
            *sum += ends.iter().map(|end| square(end.bookings[month] - base.bookings[month])).fold(0.0, f64::max);
        }
    }
    let wins: f64 = base.wins.iter().sum();
    let month = |index: usize| base.bookings[index] + sqrt(months[index]) + spread(base.wins[index]);
    Reach {
        largest: revenue(&extreme) + spread(extreme.wins.iter().sum()),
        horizon: revenue(&base) + sqrt(horizon) + spread(wins),
        month: (0..months.len()).map(month).fold(0.0, f64::max),
    }
}

fn revenue(course: &Course) -> f64 {
    course.bookings.iter().sum()
}
