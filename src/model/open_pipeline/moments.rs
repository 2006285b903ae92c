//! Moments of the total in closed form: sums over deals given the market and the shared rates.

use super::Pipeline;
use super::dependence::Conditional;
use crate::math::sqrt;
use std::collections::BTreeMap;

/// Moments of the revenue signed in a range of months. Lists follow the pipeline's deals (key order).
#[derive(Debug, Clone)]
pub struct Moments {
    /// E[R], already won not included.
    pub mean: f64,
    /// Var(R).
    pub variance: f64,
    /// Var(R) if the deals were independent.
    pub variance_if_independent: f64,
    /// P(the deal is won and closes in the range).
    pub probability: Vec<f64>,
    /// Cov(R_i, R).
    pub covariance_with_total: Vec<f64>,
}

impl Moments {
    /// Standard deviation of R.
    #[must_use]
    pub fn sd(&self) -> f64 {
        sqrt(self.variance.max(0.0))
    }

    /// Shares of the variance, which sum to 1; all 0 where R does not vary.
    #[must_use]
    pub fn variance_shares(&self) -> Vec<f64> {
        let scale = if self.variance > 0.0 { 1.0 / self.variance } else { 0.0 };
        self.covariance_with_total.iter().map(|covariance| covariance * scale).collect()
    }
}

/// Contributions of one shared rate, by its class, at one market node; or of all deals without one.
#[derive(Debug, Clone, Default)]
struct Group {
    /// Deals of the group, as indices.
    deals: Vec<usize>,
    /// Σ w_i μ_i by class.
    sums: Vec<f64>,
}

/// Moments of the revenue signed from month `first` to month `last`.
///
/// With w_i(m, r) = P(won in the range | market m, rate r), given m and the rates all deals are
/// independent, so that
/// Var(R) = Σ_i [w̄_i E(A_i²) − μ_i² E(w_i²)] + Var(Σ_i w_i μ_i), the last term over (m, r), and
/// Cov(R_i, R) = w̄_i E(A_i²) − μ_i² E(w_i²) + Cov(w_i μ_i, Σ_j w_j μ_j)
/// (Euler allocation; Tasche 2008). The expectation over m is a 35-node trapezoid rule, the one over
/// a shared rate the mean of its classes.
///
/// Cost: deals × nodes × classes.
#[must_use]
pub fn moments(pipeline: &Pipeline, conditional: &Conditional, first: u32, last: u32) -> Moments {
    let deals = &pipeline.deals;
    let mut groups = groups(pipeline);
    let means: Vec<f64> = deals.iter().map(|deal| deal.amount.mean()).collect();
    let mut probability = vec![0.0; deals.len()];
    let mut square = vec![0.0; deals.len()];
    let mut with_sum = vec![0.0; deals.len()];
    let (mut mean, mut sum_of_squares) = (0.0, 0.0);
    // P(won in the range | node, class): the deals' numbers one after another, `starts` saying where.
    let mut starts = Vec::with_capacity(deals.len() + 1);
    starts.push(0);
    for deal in deals {
        starts.push(starts[starts.len() - 1] + conditional.win(deal, 0).len());
    }
    let mut in_range = vec![0.0; starts[deals.len()]];
    let closes_at = |node: usize| deals.iter().map(move |deal| conditional.closes_within(deal, first, last, node));
    let mut closes: Vec<f64> = closes_at(0).collect();
    for (node, &(_, weight)) in conditional.nodes.iter().enumerate() {
        if conditional.delays_depend() {
            closes.iter_mut().zip(closes_at(node)).for_each(|(slot, closes)| *slot = closes);
        }
        for (i, deal) in deals.iter().enumerate() {
            let closes = closes[i];
            let wins = conditional.win(deal, node).iter().map(|win| win * closes);
            in_range[starts[i]..starts[i + 1]].iter_mut().zip(wins).for_each(|(slot, win)| *slot = win);
        }
        let wins = |i: usize| &in_range[starts[i]..starts[i + 1]];
        let mut total = 0.0;
        let mut group_variance = 0.0;
        for group in groups.values_mut() {
            for (class, sum) in group.sums.iter_mut().enumerate() {
                *sum = group.deals.iter().map(|&i| by_class(wins(i), class) * means[i]).sum();
            }
            let group_mean = average(&group.sums);
            total += group_mean;
            group_variance += average_of(&group.sums, |sum| (sum - group_mean) * (sum - group_mean));
        }
        mean += weight * total;
        sum_of_squares += weight * (group_variance + total * total);
        for group in groups.values() {
            let group_mean = average(&group.sums);
            if let [sum] = group.sums[..] {
                // One class: the general case below without its averages.
                for &i in &group.deals {
                    let win = in_range[starts[i]];
                    probability[i] += weight * win;
                    square[i] += weight * (win * win);
                    with_sum[i] += weight * (win * sum + win * (total - group_mean));
                }
                continue;
            }
            for &i in &group.deals {
                let win = average(wins(i));
                probability[i] += weight * win;
                square[i] += weight * average_of(wins(i), |win| win * win);
                // E[w_i Σ_j w_j μ_j | m]: within the group by class, with the others by their means.
                let classes = group.sums.len() as f64;
                let within: f64 = group.sums.iter().enumerate().map(|(c, sum)| by_class(wins(i), c) * sum).sum();
                with_sum[i] += weight * (within / classes + win * (total - group_mean));
            }
        }
    }
    let own: Vec<f64> = deals
        .iter()
        .enumerate()
        .map(|(i, deal)| probability[i] * deal.amount.second_moment() - means[i] * means[i] * square[i])
        .collect();
    let covariance_with_total: Vec<f64> =
        (0..deals.len()).map(|i| own[i] + means[i] * (with_sum[i] - probability[i] * mean)).collect();
    let variance_if_independent = deals
        .iter()
        .enumerate()
        .map(|(i, deal)| {
            let expected = probability[i] * means[i];
            probability[i] * deal.amount.second_moment() - expected * expected
        })
        .sum();
    let variance = own.iter().sum::<f64>() + (sum_of_squares - mean * mean);
    Moments { mean, variance, variance_if_independent, probability, covariance_with_total }
}

/// Deals by shared rate, in the order of the deals; those without one are together.
fn groups(pipeline: &Pipeline) -> BTreeMap<(u64, usize), Group> {
    let mut groups: BTreeMap<(u64, usize), Group> = BTreeMap::new();
    for (i, deal) in pipeline.deals.iter().enumerate() {
        let law = &pipeline.win_laws[deal.win];
        let (identity, classes) = match law.shared_rate {
            Some(rate) => ((pipeline.rate_keys[rate], 1), law.classes.len()),
            None => ((0, 0), 1),
        };
        let group = groups.entry(identity).or_default();
        group.deals.push(i);
        group.sums.resize(classes, 0.0);
    }
    groups
}

fn by_class(wins: &[f64], class: usize) -> f64 {
    wins[class.min(wins.len() - 1)]
}

fn average(values: &[f64]) -> f64 {
    average_of(values, |value| value)
}

fn average_of(values: &[f64], of: impl Fn(f64) -> f64) -> f64 {
    values.iter().map(|value| of(*value)).sum::<f64>() / values.len() as f64
}

/// What the moments of all ranges of months share where no rate is shared and delays do not depend on the
/// market: P(won in the range | m) is then P(won | m) times a number.
struct Common {
    /// P(won | m): node after node, the deals of each.
    wins: Vec<f64>,
    /// P(won), and E[P(won | m)²], by deal.
    mean: Vec<f64>,
    mean_square: Vec<f64>,
}

impl Common {
    fn of(pipeline: &Pipeline, conditional: &Conditional) -> Option<Self> {
        if pipeline.has_shared_rates() || conditional.delays_depend() {
            return None;
        }
        let deals = pipeline.deals.len();
        let mut common = Self { wins: Vec::new(), mean: vec![0.0; deals], mean_square: vec![0.0; deals] };
        for (node, &(_, weight)) in conditional.nodes.iter().enumerate() {
            for (i, deal) in pipeline.deals.iter().enumerate() {
                let win = conditional.win(deal, node)[0];
                common.wins.push(win);
                common.mean[i] += weight * win;
                common.mean_square[i] += weight * (win * win);
            }
        }
        Some(common)
    }

    /// The [`moments`], several times as fast.
    fn moments(&self, pipeline: &Pipeline, conditional: &Conditional, first: u32, last: u32) -> Moments {
        let deals = &pipeline.deals;
        let closes: Vec<f64> = deals.iter().map(|deal| conditional.closes_within(deal, first, last, 0)).collect();
        let means: Vec<f64> = deals.iter().map(|deal| deal.amount.mean()).collect();
        let expected: Vec<f64> = closes.iter().zip(&means).map(|(closes, mean)| closes * mean).collect();
        let (mut mean, mut sum_of_squares) = (0.0, 0.0);
        // E[P(won | m) Σ_j w_j μ_j].
        let mut with_sum = vec![0.0; deals.len()];
        for (&(_, weight), wins) in conditional.nodes.iter().zip(self.wins.chunks_exact(deals.len().max(1))) {
            let total: f64 = wins.iter().zip(&expected).map(|(win, expected)| win * expected).sum();
            mean += weight * total;
            sum_of_squares += weight * (total * total);
            let weighted = weight * total;
            with_sum.iter_mut().zip(wins).for_each(|(slot, win)| *slot += win * weighted);
        }
        let each = |of: &dyn Fn(usize) -> f64| (0..deals.len()).map(of).collect::<Vec<f64>>();
        let probability = each(&|i| closes[i] * self.mean[i]);
        let own = each(&|i| {
            let square = closes[i] * closes[i] * self.mean_square[i];
            probability[i] * deals[i].amount.second_moment() - means[i] * means[i] * square
        });
        let covariance_with_total = each(&|i| own[i] + means[i] * (closes[i] * with_sum[i] - probability[i] * mean));
        let alone = each(&|i| {
            let expected = probability[i] * means[i];
            probability[i] * deals[i].amount.second_moment() - expected * expected
        });
        let variance = own.iter().sum::<f64>() + (sum_of_squares - mean * mean);
        let variance_if_independent = alone.iter().sum();
        Moments { mean, variance, variance_if_independent, probability, covariance_with_total }
    }
}

/// All moments that a forecast needs.
#[derive(Debug, Clone)]
pub struct PipelineMoments {
    /// The laws at the market nodes.
    pub conditional: Conditional,
    /// Of the target window.
    pub window: Moments,
    /// Of each month of the horizon.
    pub months: Vec<Moments>,
    /// Of all months of the horizon together.
    pub horizon: Moments,
    /// P(won before the window), by deal.
    pub won_before: Vec<f64>,
}

impl PipelineMoments {
    /// Moments of a pipeline.
    #[must_use]
    pub fn of(pipeline: &Pipeline) -> Self {
        let conditional = Conditional::new(pipeline);
        let common = Common::of(pipeline, &conditional);
        let of = |first, last| match &common {
            Some(common) => common.moments(pipeline, &conditional, first, last),
            None => moments(pipeline, &conditional, first, last),
        };
        let window = of(pipeline.first_month, pipeline.last_month);
        let months = (1..=pipeline.horizon_months).map(|month| of(month, month)).collect();
        let horizon = of(1, pipeline.horizon_months);
        let won_before = match pipeline.first_month {
            1 => vec![0.0; pipeline.deals.len()],
            first => of(1, first - 1).probability,
        };
        Self { conditional, window, months, horizon, won_before }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::open_pipeline::resolve::resolve;
    use crate::scenario::Scenario;
    #[cfg(target_arch = "wasm32")]
    use wasm_bindgen_test::wasm_bindgen_test as test;

    #[test]
    fn the_quick_way_gives_the_same_moments() {
        let text = include_str!("../../../bench/reference-pipeline.json");
        let scenario = Scenario::from_json(text).unwrap();
        let pipeline = resolve(scenario.open_pipeline.as_ref().unwrap()).unwrap().pipeline;
        let conditional = Conditional::new(&pipeline);
        let common = Common::of(&pipeline, &conditional).unwrap();
        for (first, last) in [(1, 12), (1, 1), (3, 7), (12, 12)] {
            let quick = common.moments(&pipeline, &conditional, first, last);
            let plain = moments(&pipeline, &conditional, first, last);
            let near = |a: f64, b: f64, scale: f64| assert!((a - b).abs() <= 1e-12 * scale, "{first} {last}: {a} {b}");
            near(quick.mean, plain.mean, plain.mean);
            near(quick.variance, plain.variance, plain.variance);
            near(quick.variance_if_independent, plain.variance_if_independent, plain.variance);
            for (i, probability) in plain.probability.iter().enumerate() {
                near(quick.probability[i], *probability, 1.0);
                near(quick.covariance_with_total[i], plain.covariance_with_total[i], plain.variance);
            }
        }
    }
}
