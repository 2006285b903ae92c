//! Which lever brings how much: Shapley values over the levers of a plan.
//!
//! The contribution of lever i is Σ over sets S without i of |S|!(k−|S|−1)!/k! · (v(S ∪ i) − v(S)), v(S) the
//! figure with the levers of S pulled (Shapley, *A value for n-person games*, 1953): its effect averaged over
//! all orders of pulling the levers. Up to 8 levers all 2ᵏ sets are simulated; beyond, a sample of orders, each
//! with its reverse (Castro, Gómez & Tejada, Computers & Operations Research 2009, for sampling). Every set is
//! simulated on the same draws. Figures are summed as whole numbers, so that the contributions add up exactly.

use super::apply::{PlacedLever, active_levers};
use super::question::{FigureOptions, Question};
use super::score::error_of_mean;
use crate::error::{ErrorCode, InputError};
use crate::math::sqrt;
use crate::report::what_if::{Contribution, Waterfall};
use crate::rng::{Purpose, fnv1a_64, stream};
use crate::steps::at_once;
use serde_json::Value;
use std::collections::BTreeMap;

/// Most levers whose sets are all simulated.
pub const EXACT_LEVERS: usize = 8;
/// Most levers: a set of them is a bit each.
const MAXIMUM_LEVERS: usize = 63;
/// Scenarios that sampled orders may take, about.
const SAMPLED_RUNS: usize = 256;

/// Which sets of levers are simulated, and how each enters the contributions.
struct Design {
    /// What the weights are over.
    denominator: i128,
    /// By set, a bit a lever: the weight of its figure in the contribution of each lever.
    weights: BTreeMap<u64, Vec<i64>>,
    /// Sampled orders, each followed by its reverse; empty where all are taken.
    orders: Vec<Vec<usize>>,
}

impl Design {
    fn exact(levers: usize) -> Self {
        let factorial = |n: usize| (1..=n as i64).product::<i64>();
        let mut weights = BTreeMap::new();
        for set in 0..1_u64 << levers {
            let size = set.count_ones() as usize;
            let weight = |lever: usize| {
                if set >> lever & 1 == 1 {
                    factorial(size - 1) * factorial(levers - size)
                } else {
                    -factorial(size) * factorial(levers - size - 1)
                }
            };
            weights.insert(set, (0..levers).map(weight).collect());
        }
        Self { denominator: i128::from(factorial(levers)), weights, orders: Vec::new() }
    }

    fn sampled(levers: usize, seed: u32) -> Self {
        let pairs = (SAMPLED_RUNS / (2 * levers)).max(4);
        let draws = stream(seed, 0, fnv1a_64(b"what_if/waterfall"), Purpose::Sensitivity);
        let (mut orders, mut weights) = (Vec::new(), BTreeMap::new());
        for pair in 0..pairs {
            let mut order: Vec<usize> = (0..levers).collect();
            for last in (1..levers).rev() {
                order.swap(last, draws.below((pair * levers + last) as u32, last as u32 + 1) as usize);
            }
            let reverse = order.iter().rev().copied().collect();
            orders.extend([order, reverse]);
        }
        for order in &orders {
            let mut set = 0_u64;
            for lever in order {
                weights.entry(set).or_insert_with(|| vec![0; levers])[*lever] -= 1;
                set |= 1 << lever;
                weights.entry(set).or_insert_with(|| vec![0; levers])[*lever] += 1;
            }
        }
        Self { denominator: orders.len() as i128, weights, orders }
    }

    fn everything(levers: usize) -> u64 {
        (1 << levers) - 1
    }
}

/// Takes the difference between a plan and its start apart. `progress` is told the share that is done, after
/// each scenario.
///
/// # Errors
/// What is wrong with the document or the plan; a set of levers that makes no scenario, as when a lever needs
/// another one.
pub fn waterfall(
    document: &Value,
    options: &FigureOptions,
    from: Option<&str>,
    seed: u32,
    progress: &mut dyn FnMut(f64),
) -> Result<Waterfall, Vec<InputError>> {
    at_once(waterfall_in_steps(document, options, from, seed, progress))
}

/// [`waterfall`], with pauses.
///
/// # Errors
/// As [`waterfall`].
pub async fn waterfall_in_steps(
    document: &Value,
    options: &FigureOptions,
    from: Option<&str>,
    seed: u32,
    progress: &mut dyn FnMut(f64),
) -> Result<Waterfall, Vec<InputError>> {
    let mut question = Question::new(document, options, seed)?;
    let plans = question.plans.clone();
    let plan = options.plan.clone().unwrap_or_default();
    let all = active_levers(&plans, question.place_of(&plan)?);
    // Levers of the plans that the start has too are pulled in every set.
    let given = match from {
        Some(name) => active_levers(&plans, question.place_of(name)?),
        None => Vec::new(),
    };
    let is_given =
        |placed: &PlacedLever| given.iter().any(|other| (other.plan, other.place) == (placed.plan, placed.place));
    let free: Vec<usize> = (0..all.len()).filter(|place| !is_given(&all[*place])).collect();
    let k = free.len();
    if k > MAXIMUM_LEVERS {
        let error = InputError::at("/plans", ErrorCode::ListLength);
        return Err(vec![error.with("count", k).with("minimum", 0).with("maximum", MAXIMUM_LEVERS)]);
    }
    let design = if k <= EXACT_LEVERS { Design::exact(k) } else { Design::sampled(k, question.seed) };

    let mut figures = BTreeMap::new();
    let mut influences = vec![vec![0.0; question.trials() as usize]; k];
    let (mut start, mut end) = (None, None);
    for (done, (set, weights)) in design.weights.iter().enumerate() {
        let pulled = |place: &usize| match free.iter().position(|lever| lever == place) {
            Some(lever) => set >> lever & 1 == 1,
            None => true,
        };
        let levers: Vec<PlacedLever> = (0..all.len()).filter(pulled).map(|place| all[place]).collect();
        let score = question.pulled(&levers).await?;
        let estimate = question.estimate(&score)?;
        for (influences, weight) in influences.iter_mut().zip(weights).filter(|(_, weight)| **weight != 0) {
            let weight = *weight as f64 / design.denominator as f64;
            for (influence, value) in influences.iter_mut().zip(score.values()) {
                *influence += weight * estimate.influence(*value);
            }
        }
        figures.insert(*set, estimate.value);
        if *set == 0 {
            start = Some((score.clone(), estimate));
        }
        if *set == Design::everything(k) {
            end = Some((score, estimate));
        }
        progress((done + 1) as f64 / design.weights.len() as f64);
    }
    let (Some((start_score, start)), Some((end_score, end))) = (start, end) else {
        unreachable!("every design holds the empty and the full set");
    };
    let sums = Sums::new(&figures);
    let parts: Vec<i128> = (0..k).map(|lever| sums.weighted(&design, lever)).collect();
    let origin = sums.whole(figures[&0]) * design.denominator;
    let mut level = origin;
    let contribution = |(lever, part): (usize, &i128)| {
        let placed = all[free[lever]];
        level += part;
        Contribution {
            lever: placed.lever.name.clone(),
            plan: plans[placed.plan].name.clone(),
            cost: placed.lever.cost.unwrap_or(0.0),
            contribution: sums.number(*part, design.denominator),
            standard_error: error(&influences[lever], sampling_error(&design, &figures, lever)),
            level: sums.number(level, design.denominator),
        }
    };
    let contributions = parts.iter().enumerate().map(contribution).collect();
    let (difference, difference_standard_error) = end_score.less(&start_score, &end, &start);
    Ok(Waterfall {
        outcome: question.outcome,
        statistic: question.statistic,
        plan,
        from: from.map(str::to_owned),
        seed: question.seed,
        trials: question.trials(),
        runs: question.runs,
        exact: design.orders.is_empty(),
        start: start.value,
        start_standard_error: start.standard_error,
        end: end.value,
        end_standard_error: end.standard_error,
        difference,
        difference_standard_error,
        contributions,
    })
}

/// Figures as whole numbers of a common step: their weighted sums are exact.
struct Sums<'a> {
    figures: &'a BTreeMap<u64, f64>,
    /// log₂ of the steps in 1.
    exponent: i32,
}

impl<'a> Sums<'a> {
    /// Bits of the largest figure.
    const BITS: i32 = 62;

    fn new(figures: &'a BTreeMap<u64, f64>) -> Self {
        let largest = figures.values().fold(0.0_f64, |largest, figure| largest.max(figure.abs()));
        let (_, exponent) = libm::frexp(largest);
        Self { figures, exponent: Self::BITS - exponent }
    }

    fn whole(&self, figure: f64) -> i128 {
        libm::rint(libm::scalbn(figure, self.exponent)) as i128
    }

    /// The contribution of a lever times the denominator.
    fn weighted(&self, design: &Design, lever: usize) -> i128 {
        let terms =
            design.weights.iter().map(|(set, weights)| i128::from(weights[lever]) * self.whole(self.figures[set]));
        terms.sum()
    }

    /// A sum over the denominator, as a number; exact where it divides.
    fn number(&self, sum: i128, denominator: i128) -> f64 {
        let (whole, rest) = (sum / denominator, sum % denominator);
        libm::scalbn(whole as f64 + rest as f64 / denominator as f64, -self.exponent)
    }
}

/// Error from having sampled the orders: over pairs of an order and its reverse.
fn sampling_error(design: &Design, figures: &BTreeMap<u64, f64>, lever: usize) -> f64 {
    let effect = |order: &Vec<usize>| {
        let before = order.iter().take_while(|other| **other != lever).fold(0_u64, |set, other| set | 1 << other);
        figures[&(before | 1 << lever)] - figures[&before]
    };
    let pairs: Vec<f64> =
        design.orders.chunks_exact(2).map(|pair| 0.5 * (effect(&pair[0]) + effect(&pair[1]))).collect();
    if pairs.is_empty() { 0.0 } else { error_of_mean(&pairs) }
}

fn error(influences: &[f64], sampling: f64) -> f64 {
    let monte_carlo = error_of_mean(influences);
    sqrt(monte_carlo * monte_carlo + sampling * sampling)
}
