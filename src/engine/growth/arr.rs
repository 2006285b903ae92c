//! Simulation of recurring revenue: new customers are Poisson counts, or the wins of the simulated sales
//! machine; each stays for a random time of its own; the opening base loses a binomial count a month.
//! Revenue per customer is known given its age.

use super::drawn;
use super::generation::{GenerationPaths, Work as GenerationWork};
use super::stay::Stay;
use crate::distribution::{BinomialLanes, BinomialTable, Distribution, PoissonTable};
use crate::engine::paths::{Draws, Group, Input, LANES, PathModel, STRIP, Shape, Strip};
use crate::math::poisson;
use crate::model::arr_cohorts::{Acquisition, Inputs};
use crate::model::uncertain::Uncertain;
use crate::rng::{Purpose, fnv1a_64};
use std::rc::Rc;

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
    /// Losses of the opening base, where no input varies.
    opening_losses: Option<BinomialTable>,
}

/// Where new customers come from.
#[derive(Debug, Clone)]
enum Source {
    /// The wins of the sales machine.
    Machine(Box<GenerationPaths>),
    /// Poisson counts whose means are the same in all trials, by month.
    Known(Vec<Rc<PoissonTable>>),
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
    /// New customers of each month.
    new: Vec<Strip>,
}

/// What customers cost and bring, in each trial of a strip.
#[derive(Debug, Clone)]
struct Money {
    opening_arr: Strip,
    arr_per_new_customer: Strip,
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

/// The opening base: whole customers, or revenue alone where there are none.
fn opening_customers(inputs: &Inputs) -> f64 {
    libm::rint(inputs.opening_customers).clamp(0.0, f64::from(u32::MAX))
}

impl Money {
    fn of(inputs: &[Inputs], months: usize) -> Self {
        let strip = |of: &dyn Fn(&Inputs) -> f64| -> Strip { std::array::from_fn(|lane| of(&inputs[lane])) };
        let growth = |inputs: &Inputs| 1.0 + inputs.expansion - inputs.contraction;
        let stays = |inputs: &Inputs| if opening_customers(inputs) > 0.0 { 1.0 } else { 1.0 - inputs.mature_churn };
        Self {
            opening_arr: strip(&|inputs| inputs.opening_arr),
            arr_per_new_customer: strip(&|inputs| inputs.arr_per_new_customer),
            opening_growth: strip(&|inputs| stays(inputs) * growth(inputs)),
            opening_customers: strip(&opening_customers),
            uncounted: strip(&|inputs| if opening_customers(inputs) > 0.0 { 0.0 } else { 1.0 }),
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
                Source::Machine(Box::new(machine.wins_alone()))
            }
            None if moved.new_customers == inputs.new_customers => {
                // Months of the same mean have one table, which stays in the nearest cache.
                let mut laws: Vec<(f64, Rc<PoissonTable>)> = Vec::new();
                for mean in (1..=inputs.horizon_months).map(|month| inputs.new_customers(month)) {
                    let same = laws.last().filter(|(last, _)| *last == mean).map(|(_, law)| Rc::clone(law));
                    laws.push((mean, same.unwrap_or_else(|| Rc::new(PoissonTable::new(mean)))));
                }
                Source::Known(laws.into_iter().map(|(_, law)| law).collect())
            }
            None => Source::Varying,
        };
        let opening_losses = match uncertain {
            [] => BinomialTable::new(inputs.mature_churn, opening_customers(inputs) as u32),
            _ => None,
        };
        Self { base: inputs.clone(), uncertain: uncertain.to_vec(), drawn, streams, source, opening_losses }
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
        work.stay.prepare(&work.inputs);
        work.ready = true;
    }

    /// New customers of each month.
    #[inline(never)]
    fn new_customers(&self, draws: &Draws, first: usize, work: &mut Work) {
        match (&self.source, &mut work.machine) {
            (Source::Machine(machine), Some(memory)) => {
                let streams = STAY + self.base.horizon_months;
                machine.strip(draws, self.uncertain.len(), streams, first, memory);
                work.new.copy_from_slice(&memory.wins[..self.base.horizon_months]);
            }
            (Source::Known(laws), _) => {
                for ((month, law), new) in laws.iter().enumerate().zip(&mut work.new) {
                    *new = draws.counts(law, NEW, first, month as u32);
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
        let Work { inputs, stay, new, money, .. } = work;
        stay.follow(inputs, draws, STAY, first, new);
        self.course(draws, first, new, stay, money, group);
    }

    /// Recurring revenue, customers and cash from month to month.
    #[inline(never)]
    fn course(&self, draws: &Draws, first: usize, new: &[Strip], stay: &Stay, money: &Money, group: &mut Group) {
        let mut at = Standing::at_the_start(money);
        for (month, (new, budget)) in new.iter().zip(&money.budget).enumerate() {
            let lost = match &self.opening_losses {
                Some(laws) => draws.binomial_counts(laws, &at.base, OPENING, first, month as u32),
                None => money.opening_losses.counts(&draws.uniforms(OPENING, first, month as u32), &at.base),
            };
            at.pass(money, month, [new, budget, &lost], [&stay.customers[month], &stay.value[month]]);
            group.write(series::ARR, month, first, &at.arr);
            group.write(series::CUMULATIVE_CASH, month, first, &at.cash);
            group.write(series::CUSTOMERS, month, first, &at.customers);
        }
        group.write_scalar(scalars::CUSTOMERS, first, &at.customers);
        group.write_scalar(scalars::ARR, first, &at.arr);
        group.write_scalar(scalars::MONTH_REACHED, first, &at.reached);
    }
}

/// Where the trials of a strip stand.
struct Standing {
    /// Customers of the opening base, and what each is worth.
    base: Strip,
    base_value: Strip,
    customers: Strip,
    arr: Strip,
    cash: Strip,
    reached: Strip,
}

impl Standing {
    fn at_the_start(money: &Money) -> Self {
        let base = money.opening_customers;
        Self {
            base,
            base_value: std::array::from_fn(|lane| money.opening_arr[lane] / (base[lane] + money.uncounted[lane])),
            customers: base,
            arr: money.opening_arr,
            cash: [0.0; STRIP],
            reached: [0.0; STRIP],
        }
    }

    /// Passes a month, in which customers come and the opening base loses some, to what those who came since the start are
    /// then: how many, and worth how much. Loops so short that each becomes vector instructions.
    #[inline(always)]
    fn pass(&mut self, money: &Money, month: usize, [new, budget, lost]: [&Strip; 3], [customers, value]: [&Strip; 2]) {
        for lane in 0..STRIP {
            self.cash[lane] += money.monthly_margin[lane] * self.arr[lane]
                - (money.cac[lane] * new[lane] + budget[lane])
                - money.other_cost[lane];
        }
        self.base.iter_mut().zip(lost).for_each(|(base, lost)| *base -= lost);
        self.base_value.iter_mut().zip(&money.opening_growth).for_each(|(value, growth)| *value *= growth);
        for (lane, value) in value.iter().enumerate() {
            self.arr[lane] = (self.base[lane] + money.uncounted[lane]) * self.base_value[lane]
                + money.arr_per_new_customer[lane] * value;
        }
        self.customers = std::array::from_fn(|lane| self.base[lane] + customers[lane]);
        let now = (month + 1) as f64;
        for lane in 0..STRIP {
            let first_time = if self.reached[lane] == 0.0 { now } else { self.reached[lane] };
            self.reached[lane] = if self.arr[lane] >= money.goal[lane] { first_time } else { self.reached[lane] };
        }
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
            new: vec![[0.0; STRIP]; months],
        }
    }

    fn simulate(&self, draws: &Draws, work: &mut Work, group: &mut Group) {
        for first in (0..LANES).step_by(STRIP) {
            self.strip(draws, first, work, group);
        }
    }
}
