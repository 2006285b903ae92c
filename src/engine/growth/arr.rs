//! Simulation of recurring revenue: new customers are Poisson counts, or the wins of the simulated sales
//! machine; each stays for a random time of its own; the opening base loses a binomial count a month.
//! Revenue per customer is known given its age.

use super::drawn;
use super::generation::{GenerationPaths, Work as GenerationWork};
use crate::distribution::{BinomialCounts, binomial_count};
use crate::engine::paths::{Draws, Group, Input, LANES, PathModel, Shape};
use crate::math::poisson;
use crate::model::arr_cohorts::{Inputs, early_monthly_churn};
use crate::model::uncertain::Uncertain;
use crate::rng::{Purpose, fnv1a_64};

/// Series that a trial gives.
pub mod series {
    /// Recurring revenue.
    pub const ARR: usize = 0;
    /// Customers.
    pub const CUSTOMERS: usize = 1;
    /// Cash up to the month.
    pub const CUMULATIVE_CASH: usize = 2;
    /// How many there are.
    pub const COUNT: usize = 3;
}

/// Numbers that a trial gives.
pub mod scalars {
    /// Recurring revenue at the horizon.
    pub const ARR: usize = 0;
    /// Customers at the horizon.
    pub const CUSTOMERS: usize = 1;
    /// First month at the goal; 0: none.
    pub const MONTH_REACHED: usize = 2;
    /// How many there are.
    pub const COUNT: usize = 3;
}

/// Customers of a cohort up to which each is drawn by itself.
const SINGLY: u32 = 512;
/// Distance to the goal, as a share of it, that rounding may make.
pub const ROUNDING: f64 = 1e-12;

const NEW: usize = 0;
const OPENING: usize = 1;
const STAY: usize = 2;

/// Recurring revenue, ready to be simulated.
#[derive(Debug, Clone)]
pub struct ArrPaths {
    base: Inputs,
    uncertain: Vec<Uncertain<Inputs>>,
    drawn: Vec<Input>,
    streams: Vec<(u64, Purpose)>,
    /// The sales machine whose wins are the new customers.
    machine: Option<GenerationPaths>,
}

/// Memory of a trial.
#[derive(Debug, Clone)]
pub struct Work {
    inputs: Inputs,
    ready: bool,
    machine: Option<GenerationWork>,
    /// P(gone by age a)·2³², for a = 1, 2, …
    gone: Vec<u32>,
    /// First age to look at, by the top bits of a draw.
    guide: [u8; 64],
    /// Revenue of a survivor over that at age 0.
    value: Vec<f64>,
    /// Customers of all cohorts who leave in each month, those of them before the age of expansion, and what
    /// the others would have been worth.
    all_gone: Vec<f64>,
    young_gone: Vec<f64>,
    value_gone: Vec<f64>,
    /// New customers of each month, and those of them that reach the age of expansion.
    new: Vec<f64>,
    reach: Vec<f64>,
    /// Laws of the new customers by month and of the opening base's losses, as long as they stay the same.
    new_laws: Vec<poisson::Quantiles>,
    base_losses: BinomialCounts,
    /// Those of a cohort who leave within the horizon, their draws: scratch.
    leavers: Vec<u32>,
}

impl ArrPaths {
    /// Prepares resolved inputs; with `machine` its wins are the new customers. Its horizon is at least that
    /// of `inputs`.
    #[must_use]
    pub fn new(inputs: &Inputs, uncertain: &[Uncertain<Inputs>], machine: Option<GenerationPaths>) -> Self {
        let of = |name: String| (fnv1a_64(name.as_bytes()), Purpose::Count);
        let mut streams = vec![of("arr_cohorts/new".to_owned()), of("arr_cohorts/opening".to_owned())];
        streams.extend((1..=inputs.horizon_months).map(|month| of(format!("arr_cohorts/stay/{month}"))));
        let mut drawn = drawn("arr_cohorts", uncertain);
        if let Some(machine) = &machine {
            drawn.extend_from_slice(machine.drawn());
            streams.extend_from_slice(machine.random_streams());
        }
        Self { base: inputs.clone(), uncertain: uncertain.to_vec(), drawn, streams, machine }
    }

    fn prepare(&self, draws: &Draws, lane: usize, work: &mut Work) {
        if work.ready && self.uncertain.is_empty() {
            return;
        }
        for (place, input) in self.uncertain.iter().enumerate() {
            input.apply(&mut work.inputs, draws.input(place)[lane]);
        }
        work.ready = true;
        let inputs = &work.inputs;
        let early = 1.0 - early_monthly_churn(inputs.early_churn);
        let (mut stays, mut worth) = (1.0, 1.0);
        let mut cell = 0;
        for age in 1..=inputs.horizon_months {
            stays *= if age <= crate::model::arr_cohorts::EARLY_MONTHS { early } else { 1.0 - inputs.mature_churn };
            worth *= inputs.growth_at(age);
            let gone = ((1.0 - stays) * 4_294_967_296.0).min(f64::from(u32::MAX)) as u32;
            work.gone[age - 1] = gone;
            work.value[age] = worth;
            while cell < 64 && (cell as u32) << 26 < gone {
                work.guide[cell] = age as u8;
                cell += 1;
            }
        }
        work.guide[cell..].fill(u8::MAX);
    }

    /// New customers of each month.
    fn new_customers(&self, draws: &Draws, lane: usize, work: &mut Work) {
        match (&self.machine, &mut work.machine) {
            (Some(machine), Some(memory)) => {
                let streams = STAY + self.base.horizon_months;
                machine.trial(draws, self.uncertain.len(), streams, lane, memory);
                work.new.copy_from_slice(&memory.wins[..self.base.horizon_months]);
            }
            _ => {
                for month in 0..self.base.horizon_months {
                    let mean = work.inputs.new_customers(month + 1);
                    work.new[month] = work.new_laws[month].at(draws.uniform(NEW, lane, month as u32), mean);
                }
            }
        }
    }

    /// When the customers of each cohort leave: before the age of expansion they are counted, after it the
    /// revenue that they would have had is.
    fn leave(&self, draws: &Draws, lane: usize, work: &mut Work) {
        let horizon = self.base.horizon_months;
        let first_age = work.inputs.expansion_first_age;
        work.all_gone.fill(0.0);
        work.young_gone.fill(0.0);
        work.value_gone.fill(0.0);
        for month in 0..horizon {
            let count = work.new[month] as u32;
            let (mut young, ages) = (0.0, horizon - 1 - month);
            let (young_gone, value_gone, value) = (&mut work.young_gone, &mut work.value_gone, &work.value);
            let all_gone = &mut work.all_gone;
            let mut leave = |age: usize, count: f64| {
                all_gone[month + age] += count;
                if age < first_age {
                    young_gone[month + age] += count;
                    young += count;
                } else {
                    value_gone[month + age] += count * value[age];
                }
            };
            if count <= SINGLY {
                // First who leaves within the horizon, without a branch, then when.
                let within = if ages > 0 { work.gone[ages - 1] } else { 0 };
                let mut leaving = 0;
                for customer in 0..count {
                    let draw = (draws.word(STAY + month, lane, customer) >> 32) as u32;
                    work.leavers[leaving] = draw;
                    leaving += usize::from(draw < within);
                }
                for draw in &work.leavers[..leaving] {
                    let mut age = usize::from(work.guide[(draw >> 26) as usize]);
                    while *draw >= work.gone[age - 1] {
                        age += 1;
                    }
                    leave(age, 1.0);
                }
            } else {
                let mut left = count;
                for age in 1..=ages {
                    let uniform = draws.uniform(STAY + month, lane, SINGLY + age as u32);
                    let gone = binomial_count(uniform, left, work.inputs.churn_at(age));
                    leave(age, f64::from(gone));
                    left -= gone;
                }
            }
            work.reach[month] = work.new[month] - young;
        }
    }

    fn trial(&self, draws: &Draws, lane: usize, work: &mut Work, group: &mut Group) {
        self.prepare(draws, lane, work);
        self.new_customers(draws, lane, work);
        self.leave(draws, lane, work);
        let inputs = &work.inputs;
        let horizon = inputs.horizon_months;
        let growth = 1.0 + inputs.expansion - inputs.contraction;
        let goal = inputs.goal.map_or(f64::INFINITY, |goal| goal * (1.0 - ROUNDING));
        // The opening base: whole customers, or revenue alone where there are none.
        let mut base = libm::rint(inputs.opening_customers).clamp(0.0, f64::from(u32::MAX)) as u32;
        let mut base_value = if base > 0 { inputs.opening_arr / f64::from(base) } else { inputs.opening_arr };
        let uncounted = base == 0;
        let (mut young, mut grown) = (0.0, 0.0);
        let mut before = inputs.opening_arr;
        let (mut cash, mut reached) = (0.0, 0.0);
        let mut customers = f64::from(base);
        for month in 0..horizon {
            if uncounted {
                base_value *= 1.0 - inputs.mature_churn;
            } else {
                let uniform = draws.uniform(OPENING, lane, month as u32);
                let gone = work.base_losses.at(uniform, base, inputs.mature_churn);
                base -= gone;
                customers -= f64::from(gone);
            }
            base_value *= growth;
            // Those who reach the age of expansion this month, before those who leave at that age.
            let entering = month.checked_sub(inputs.expansion_first_age).map_or(0.0, |cohort| work.reach[cohort]);
            young += work.new[month] - work.young_gone[month] - entering;
            grown = growth * (grown + entering) - work.value_gone[month];
            let opening = if uncounted { base_value } else { f64::from(base) * base_value };
            let arr = opening + inputs.arr_per_new_customer * (young + grown);
            cash += inputs.gross_margin * before / 12.0
                - inputs.sales_marketing(month + 1, work.new[month])
                - inputs.other_cost;
            before = arr;
            if reached == 0.0 && arr >= goal {
                reached = (month + 1) as f64;
            }
            group.series_mut(series::ARR)[month][lane] = arr;
            group.series_mut(series::CUMULATIVE_CASH)[month][lane] = cash;
            customers += work.new[month] - work.all_gone[month];
            group.series_mut(series::CUSTOMERS)[month][lane] = customers;
        }
        group.scalar_mut(scalars::CUSTOMERS)[lane] = customers;
        group.scalar_mut(scalars::ARR)[lane] = before;
        group.scalar_mut(scalars::MONTH_REACHED)[lane] = reached;
    }
}

impl PathModel for ArrPaths {
    type Workspace = Work;

    fn shape(&self) -> Shape {
        Shape { series: series::COUNT, months: self.base.horizon_months, scalars: scalars::COUNT }
    }

    fn inputs(&self) -> &[Input] {
        &self.drawn
    }

    fn streams(&self) -> &[(u64, Purpose)] {
        &self.streams
    }

    fn workspace(&self) -> Work {
        let months = self.base.horizon_months;
        Work {
            inputs: self.base.clone(),
            ready: false,
            machine: self.machine.as_ref().map(GenerationPaths::work),
            gone: vec![0; months],
            guide: [0; 64],
            value: vec![1.0; months + 1],
            all_gone: vec![0.0; months],
            young_gone: vec![0.0; months],
            value_gone: vec![0.0; months],
            new: vec![0.0; months],
            reach: vec![0.0; months],
            new_laws: vec![poisson::Quantiles::default(); months],
            base_losses: BinomialCounts::default(),
            leavers: vec![0; SINGLY as usize],
        }
    }

    fn simulate(&self, draws: &Draws, work: &mut Work, group: &mut Group) {
        for lane in 0..LANES {
            self.trial(draws, lane, work, group);
        }
    }
}
