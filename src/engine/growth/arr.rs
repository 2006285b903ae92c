//! Simulation of recurring revenue: new customers are Poisson counts, or the wins of the simulated sales
//! machine; each stays for a random time of its own; the opening base loses a binomial count a month.
//! Revenue per customer is known given its age.

use super::drawn;
use super::generation::{GenerationPaths, Work as GenerationWork};
use super::stay::{Losses, Stay};
use crate::distribution::{BinomialLanes, Distribution, PoissonTable};
use crate::engine::paths::{Draws, Group, Input, LANES, PathModel, STRIP, Shape, Strip};
use crate::math::poisson;
use crate::model::arr_cohorts::{Acquisition, Inputs};
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
    source: Source,
}

/// Where new customers come from.
#[derive(Debug, Clone)]
enum Source {
    /// The wins of the sales machine.
    Machine(Box<GenerationPaths>),
    /// Poisson counts whose means are the same in all trials, by month.
    Known(Vec<PoissonTable>),
    /// Poisson counts whose means vary.
    Varying,
}

/// Memory of a strip.
#[derive(Debug, Clone)]
pub struct Work {
    inputs: Vec<Inputs>,
    money: Money,
    ready: bool,
    machine: Option<GenerationWork>,
    stay: Stay,
    losses: Losses,
    /// New customers of each month.
    new: Vec<Strip>,
}

/// What customers cost and bring, in each trial of a strip.
#[derive(Debug, Clone)]
struct Money {
    opening_arr: Strip,
    arr_per_new_customer: Strip,
    /// Factor of a month on the revenue of those who stay and are of an age to expand.
    growth: Strip,
    /// Factor of a month on the opening revenue: with churn where it has no customers to count.
    opening_growth: Strip,
    /// Customers of the opening base; 0 where they are not counted.
    opening_customers: Strip,
    /// 1 where they are not counted.
    uncounted: Strip,
    opening_losses: BinomialLanes<STRIP>,
    monthly_margin: Strip,
    /// Cost of a new customer; budget of each month.
    cac: Strip,
    budget: Vec<Strip>,
    other_cost: Strip,
    goal: Strip,
}

impl Money {
    fn of(inputs: &[Inputs], months: usize) -> Self {
        let strip = |of: &dyn Fn(&Inputs) -> f64| -> Strip { std::array::from_fn(|lane| of(&inputs[lane])) };
        let growth = |inputs: &Inputs| 1.0 + inputs.expansion - inputs.contraction;
        // The opening base: whole customers, or revenue alone where there are none.
        let customers = |inputs: &Inputs| libm::rint(inputs.opening_customers).clamp(0.0, f64::from(u32::MAX));
        let stays = |inputs: &Inputs| if customers(inputs) > 0.0 { 1.0 } else { 1.0 - inputs.mature_churn };
        Self {
            opening_arr: strip(&|inputs| inputs.opening_arr),
            arr_per_new_customer: strip(&|inputs| inputs.arr_per_new_customer),
            growth: strip(&growth),
            opening_growth: strip(&|inputs| stays(inputs) * growth(inputs)),
            opening_customers: strip(&customers),
            uncounted: strip(&|inputs| if customers(inputs) > 0.0 { 0.0 } else { 1.0 }),
            opening_losses: BinomialLanes::new(strip(&|inputs| inputs.mature_churn)),
            monthly_margin: strip(&|inputs| inputs.gross_margin / 12.0),
            cac: strip(&|inputs| match inputs.acquisition {
                Acquisition::PerCustomer { cac } => cac,
                Acquisition::Budget { .. } => 0.0,
            }),
            budget: (1..=months).map(|month| strip(&|inputs| inputs.sales_marketing(month, 0.0))).collect(),
            other_cost: strip(&|inputs| inputs.other_cost),
            goal: strip(&|inputs| inputs.goal.map_or(f64::INFINITY, |goal| goal * (1.0 - ROUNDING))),
        }
    }
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
        let mut moved = inputs.clone();
        for input in uncertain {
            input.apply(&mut moved, Distribution::quantile(&input.distribution, 0.1));
        }
        let source = match machine {
            Some(machine) => {
                drawn.extend_from_slice(machine.drawn());
                streams.extend_from_slice(machine.random_streams());
                Source::Machine(Box::new(machine))
            }
            None if moved.new_customers == inputs.new_customers => {
                let law = |month| PoissonTable::new(inputs.new_customers(month));
                Source::Known((1..=inputs.horizon_months).map(law).collect())
            }
            None => Source::Varying,
        };
        Self { base: inputs.clone(), uncertain: uncertain.to_vec(), drawn, streams, source }
    }

    /// Sets the inputs of the trials of a strip, unless nothing varies and it is done.
    fn prepare(&self, draws: &Draws, first: usize, work: &mut Work) {
        if work.ready && self.uncertain.is_empty() {
            return;
        }
        for (place, input) in self.uncertain.iter().enumerate() {
            for (inputs, value) in work.inputs.iter_mut().zip(draws.input_strip(place, first)) {
                input.apply(inputs, value);
            }
        }
        work.money = Money::of(&work.inputs, self.base.horizon_months);
        work.stay.prepare(&work.inputs[0]);
        work.ready = true;
    }

    /// New customers of each month.
    fn new_customers(&self, draws: &Draws, first: usize, work: &mut Work) {
        match (&self.source, &mut work.machine) {
            (Source::Machine(machine), Some(memory)) => {
                let streams = STAY + self.base.horizon_months;
                machine.strip(draws, self.uncertain.len(), streams, first, memory);
                work.new.copy_from_slice(&memory.wins[..self.base.horizon_months]);
            }
            (Source::Known(laws), _) => {
                for ((month, law), new) in laws.iter().enumerate().zip(&mut work.new) {
                    *new = std::array::from_fn(|lane| law.count(draws.word(NEW, first + lane, month as u32)));
                }
            }
            _ => {
                for (month, new) in work.new.iter_mut().enumerate() {
                    let means = std::array::from_fn(|lane| work.inputs[lane].new_customers(month + 1));
                    *new = poisson::in_lanes(&draws.uniforms(NEW, first, month as u32), &means);
                }
            }
        }
    }

    fn strip(&self, draws: &Draws, first: usize, work: &mut Work, group: &mut Group) {
        self.prepare(draws, first, work);
        self.new_customers(draws, first, work);
        let Work { inputs, stay, losses, new, money, .. } = work;
        losses.clear();
        for (lane, inputs) in inputs.iter().enumerate() {
            if lane > 0 && !self.uncertain.is_empty() {
                stay.prepare(inputs);
            }
            stay.leave(inputs, draws, STAY, (first, lane), new, losses);
        }
        self.course(draws, first, new, losses, money, group);
    }

    /// Recurring revenue, customers and cash from month to month.
    fn course(&self, draws: &Draws, first: usize, new: &[Strip], losses: &Losses, money: &Money, group: &mut Group) {
        let Money { growth, uncounted, .. } = money;
        let mut base = money.opening_customers;
        let mut base_value: Strip =
            std::array::from_fn(|lane| money.opening_arr[lane] / (base[lane] + uncounted[lane]));
        let (mut young, mut grown, mut cash, mut reached) = ([0.0; STRIP], [0.0; STRIP], [0.0; STRIP], [0.0; STRIP]);
        let (mut customers, mut before) = (base, money.opening_arr);
        for (month, (new_here, budget)) in new.iter().zip(&money.budget).enumerate() {
            let base_lost = money.opening_losses.counts(&draws.uniforms(OPENING, first, month as u32), &base);
            let [young_lost, grown_lost, value_lost] = losses.of(month);
            // Those who reach the age of expansion this month, before those who leave at that age.
            let entering: Strip = match month.checked_sub(self.base.expansion_first_age) {
                Some(cohort) => std::array::from_fn(|lane| new[cohort][lane] - losses.early(cohort)[lane]),
                None => [0.0; STRIP],
            };
            let mut arr = [0.0; STRIP];
            for lane in 0..STRIP {
                base[lane] -= base_lost[lane];
                base_value[lane] *= money.opening_growth[lane];
                young[lane] += new_here[lane] - young_lost[lane] - entering[lane];
                grown[lane] = growth[lane] * (grown[lane] + entering[lane]) - value_lost[lane];
                arr[lane] = (base[lane] + uncounted[lane]) * base_value[lane]
                    + money.arr_per_new_customer[lane] * (young[lane] + grown[lane]);
                cash[lane] += money.monthly_margin[lane] * before[lane]
                    - (money.cac[lane] * new_here[lane] + budget[lane])
                    - money.other_cost[lane];
                let here = reached[lane] == 0.0 && arr[lane] >= money.goal[lane];
                reached[lane] = if here { (month + 1) as f64 } else { reached[lane] };
                customers[lane] += new_here[lane] - base_lost[lane] - young_lost[lane] - grown_lost[lane];
            }
            before = arr;
            group.write(series::ARR, month, first, &arr);
            group.write(series::CUMULATIVE_CASH, month, first, &cash);
            group.write(series::CUSTOMERS, month, first, &customers);
        }
        group.write_scalar(scalars::CUSTOMERS, first, &customers);
        group.write_scalar(scalars::ARR, first, &before);
        group.write_scalar(scalars::MONTH_REACHED, first, &reached);
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
        let inputs = vec![self.base.clone(); STRIP];
        Work {
            money: Money::of(&inputs, months),
            inputs,
            ready: false,
            machine: match &self.source {
                Source::Machine(machine) => Some(machine.work()),
                _ => None,
            },
            stay: Stay::new(months),
            losses: Losses::new(months),
            new: vec![[0.0; STRIP]; months],
        }
    }

    fn simulate(&self, draws: &Draws, work: &mut Work, group: &mut Group) {
        for first in (0..LANES).step_by(STRIP) {
            self.strip(draws, first, work, group);
        }
    }
}
