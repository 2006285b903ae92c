//! Shares of the variance of an open pipeline's total, in closed form: counted win rates, amounts, the market, and
//! each deal's own luck.
//!
//! A deal counts where its own uniform draw is below its win rate given market and rate class, and its own delay
//! falls into the window given the market: the way it is simulated. Amounts, draws, market and rates are
//! independent, so that each index is a sum over deals, market nodes and rate classes (Sobol, Mathematics and
//! Computers in Simulation 2001): first order Var(E\[T | x\])/Var(T), total E\[Var(T | all but x)\]/Var(T). The
//! latter is half the mean square of what another value of x changes, all else held.

use crate::model::open_pipeline::Pipeline;
use crate::model::open_pipeline::dependence::Conditional;

/// First-order and total index.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Indices {
    /// By itself.
    pub first: f64,
    /// With its interactions.
    pub total: f64,
}

/// Shares of the variance; absent where there is nothing of the kind.
#[derive(Debug, Clone, PartialEq)]
pub struct PipelineVariance {
    /// By shared rate, in the order of the pipeline's keys.
    pub rates: Vec<Indices>,
    /// All amounts together.
    pub amounts: Option<Indices>,
    /// The market that all deals share.
    pub market: Option<Indices>,
    /// What each deal has to itself: won or lost, late or not.
    pub luck: Indices,
}

/// Deals that share a rate, or all that share none: Σ μ·P(counts | node, class), one class after another.
struct Group {
    classes: usize,
    sums: Vec<f64>,
}

impl Group {
    fn at(&self, node: usize) -> &[f64] {
        &self.sums[node * self.classes..(node + 1) * self.classes]
    }
}

/// A deal's part.
struct Term {
    law: usize,
    mean: f64,
    square: f64,
    /// P(counts), and its square over markets and classes.
    counts: f64,
    counts_squared: f64,
    /// Where its delay has to fall, by node.
    window: Vec<(f64, f64)>,
}

fn mean(values: impl ExactSizeIterator<Item = f64>) -> f64 {
    let n = values.len() as f64;
    values.sum::<f64>() / n
}

fn variance(values: &[f64]) -> f64 {
    let middle = mean(values.iter().copied());
    mean(values.iter().map(|value| (value - middle) * (value - middle)))
}

/// E\[min(a, b)\] over independent entries of two ascending lists.
fn mean_minimum(a: &[f64], b: &[f64]) -> f64 {
    let (mut sum, mut below) = (0.0, 0);
    // Each entry of one list is the smaller one with those of the other that are above it; ties go to `a`.
    for value in a {
        while below < b.len() && b[below] < *value {
            below += 1;
        }
        sum += value * (b.len() - below) as f64;
    }
    below = 0;
    for value in b {
        while below < a.len() && a[below] <= *value {
            below += 1;
        }
        sum += value * (a.len() - below) as f64;
    }
    sum / (a.len() * b.len()) as f64
}

fn overlap((low, high): (f64, f64), (other_low, other_high): (f64, f64)) -> f64 {
    (high.min(other_high) - low.max(other_low)).max(0.0)
}

struct Sums<'a> {
    conditional: Conditional,
    pipeline: &'a Pipeline,
    groups: Vec<Group>,
    terms: Vec<Term>,
}

impl<'a> Sums<'a> {
    fn new(pipeline: &'a Pipeline) -> Self {
        let conditional = Conditional::new(pipeline);
        let nodes = conditional.nodes.len();
        let classes = |rate: usize| {
            let of_rate = pipeline.win_laws.iter().find(|law| law.shared_rate == Some(rate));
            of_rate.map_or(1, |law| law.classes.len())
        };
        let group = |classes: usize| Group { classes, sums: vec![0.0; nodes * classes] };
        let mut groups: Vec<Group> = (0..pipeline.rate_keys.len()).map(|rate| group(classes(rate))).collect();
        groups.push(group(1));
        let mut terms = Vec::with_capacity(pipeline.deals.len());
        for deal in &pipeline.deals {
            let place = pipeline.win_laws[deal.win].shared_rate.unwrap_or(groups.len() - 1);
            let until = |month: u32, node: usize| match month {
                0 => 0.0,
                _ => conditional.closes_within(deal, 1, month, node),
            };
            let window = |node| (until(pipeline.first_month - 1, node), until(pipeline.last_month, node));
            let window: Vec<(f64, f64)> = (0..nodes).map(window).collect();
            let (mut counts, mut counts_squared) = (0.0, 0.0);
            let amount = deal.amount.mean();
            for (node, ((_, weight), (low, high))) in conditional.nodes.iter().zip(&window).enumerate() {
                let chances = conditional.win(deal, node).iter().map(|win| win * (high - low).max(0.0));
                counts += weight * mean(chances.clone());
                counts_squared += weight * mean(chances.clone().map(|chance| chance * chance));
                let group = &mut groups[place];
                let sums = &mut group.sums[node * group.classes..(node + 1) * group.classes];
                sums.iter_mut().zip(chances).for_each(|(sum, chance)| *sum += amount * chance);
            }
            let square = deal.amount.second_moment();
            terms.push(Term { law: deal.win, mean: amount, square, counts, counts_squared, window });
        }
        Self { conditional, pipeline, groups, terms }
    }

    /// Σ over nodes, with their weights.
    fn over_nodes(&self, of: impl Fn(usize) -> f64) -> f64 {
        self.conditional.nodes.iter().enumerate().map(|(node, (_, weight))| weight * of(node)).sum()
    }

    fn expected(&self, node: usize) -> f64 {
        self.groups.iter().map(|group| mean(group.at(node).iter().copied())).sum()
    }

    fn variance(&self) -> f64 {
        let own: f64 =
            self.terms.iter().map(|one| one.square * one.counts - one.mean * one.mean * one.counts_squared).sum();
        let by_rate = |node| self.groups.iter().map(|group| variance(group.at(node))).sum::<f64>();
        own + self.over_nodes(by_rate) + self.market_alone()
    }

    /// Var(E\[T | market\]).
    fn market_alone(&self) -> f64 {
        let middle = self.over_nodes(|node| self.expected(node));
        self.over_nodes(|node| (self.expected(node) - middle) * (self.expected(node) - middle))
    }

    fn amounts(&self) -> Indices {
        let spread = |one: &Term| (one.square - one.mean * one.mean).max(0.0);
        Indices {
            first: self.terms.iter().map(|one| one.counts * one.counts * spread(one)).sum(),
            total: self.terms.iter().map(|one| one.counts * spread(one)).sum(),
        }
    }

    fn rate(&self, rate: usize) -> Indices {
        let group = &self.groups[rate];
        let by_class = |class: usize| self.over_nodes(|node| group.at(node)[class]);
        let first = variance(&(0..group.classes).map(by_class).collect::<Vec<f64>>());
        let own = |law: usize| self.pipeline.win_laws[law].shared_rate == Some(rate);
        let total = self.over_nodes(|node| {
            let of_law = |law: usize| {
                let wins = self.conditional.win_of_law(law, node);
                (mean(wins.iter().copied()), mean_minimum(wins, wins), variance(wins))
            };
            let laws: Vec<_> = (0..self.pipeline.win_laws.len()).map(|law| own(law).then(|| of_law(law))).collect();
            let deals = self.terms.iter().filter_map(|one| {
                let (win, both, spread) = laws[one.law]?;
                let (low, high) = one.window[node];
                let closes = (high - low).max(0.0);
                Some(one.square * closes * (win - both) - one.mean * one.mean * closes * closes * spread)
            });
            deals.sum::<f64>() + variance(group.at(node))
        });
        Indices { first, total }
    }

    /// Total of the market, and luck by itself: sums over pairs of markets.
    fn over_pairs(&self) -> (f64, f64) {
        let nodes = &self.conditional.nodes;
        let (mut market, mut luck) = (0.0, 0.0);
        for (node, (_, weight)) in nodes.iter().enumerate() {
            for (other, (_, other_weight)) in nodes.iter().enumerate().skip(node) {
                let twice = if node == other { 1.0 } else { 2.0 };
                let weight = twice * weight * other_weight;
                let laws: Vec<_> = (0..self.pipeline.win_laws.len()).map(|law| self.pair(law, node, other)).collect();
                let (mut changes, mut alone) = (0.0, 0.0);
                for one in &self.terms {
                    let law = &laws[one.law];
                    let width = |(low, high): (f64, f64)| (high - low).max(0.0);
                    let (here, there) = (width(one.window[node]), width(one.window[other]));
                    let both = overlap(one.window[node], one.window[other]);
                    let differs = here * law.here + there * law.there - 2.0 * both * law.minimum;
                    let square = here * here * law.here_squared - 2.0 * here * there * law.product
                        + there * there * law.there_squared;
                    changes += one.square * differs - one.mean * one.mean * square;
                    alone += one.mean * one.mean * (both * law.independent_minimum - one.counts * one.counts);
                }
                let mut shift = 0.0;
                for group in &self.groups {
                    let pairs = group.at(node).iter().zip(group.at(other));
                    let difference: Vec<f64> = pairs.map(|(here, there)| here - there).collect();
                    changes += variance(&difference);
                    shift += mean(difference.iter().copied());
                }
                market += weight * (changes + shift * shift) / 2.0;
                luck += weight * alone;
            }
        }
        (market, luck)
    }

    fn pair(&self, law: usize, node: usize, other: usize) -> Pair {
        let (a, b) = (self.conditional.win_of_law(law, node), self.conditional.win_of_law(law, other));
        let both = |of: fn(f64, f64) -> f64| mean(a.iter().zip(b).map(|(a, b)| of(*a, *b)));
        Pair {
            here: mean(a.iter().copied()),
            there: mean(b.iter().copied()),
            here_squared: both(|a, _| a * a),
            there_squared: both(|_, b| b * b),
            product: both(|a, b| a * b),
            minimum: both(f64::min),
            independent_minimum: mean_minimum(a, b),
        }
    }
}

/// Moments of a win law in two markets: over its rate's classes, the same in both unless it says otherwise.
struct Pair {
    here: f64,
    there: f64,
    here_squared: f64,
    there_squared: f64,
    product: f64,
    minimum: f64,
    independent_minimum: f64,
}

/// Shares of the variance of what is signed in the target window; `None` where it does not vary.
#[must_use]
pub fn pipeline_variance(pipeline: &Pipeline) -> Option<PipelineVariance> {
    let sums = Sums::new(pipeline);
    let variance = sums.variance();
    let scale = |indices: Indices| Indices { first: indices.first / variance, total: indices.total / variance };
    if !(variance > 0.0 && variance.is_finite()) {
        return None;
    }
    let (market, luck) = sums.over_pairs();
    let own: f64 = sums.terms.iter().map(|one| one.square * (one.counts - one.counts_squared)).sum();
    let amounts = sums.amounts();
    let market = Indices { first: sums.market_alone(), total: market };
    Some(PipelineVariance {
        rates: (0..pipeline.rate_keys.len()).map(|rate| scale(sums.rate(rate))).collect(),
        amounts: (amounts.total > 0.0).then(|| scale(amounts)),
        market: pipeline.depends_on_market().then(|| scale(market)),
        luck: scale(Indices { first: luck, total: own }),
    })
}
