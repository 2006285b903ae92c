//! The market factor in 256 equally likely strata, and what a deal does in each.

use crate::math::normal;
use crate::model::open_pipeline::Pipeline;
use crate::model::open_pipeline::dependence::Conditional;

/// Strata of the market factor.
pub const STRATA: usize = 256;
/// Nodes of an inner stratum: Gauss–Legendre with two points in probability.
const INNER: usize = 2;
/// Nodes of the first and the last stratum: midpoints.
const OUTER: usize = 32;

/// Nodes inside the strata in ascending order: value of M, and weight within its stratum.
///
/// One node in one stratum where nothing depends on the market.
#[must_use]
pub fn nodes(pipeline: &Pipeline) -> Vec<(f64, f64)> {
    if !pipeline.depends_on_market() {
        return vec![(0.0, 1.0)];
    }
    // 1/(2√3) from the middle: the two-point Gauss rule on [0, 1].
    const GAUSS: [f64; INNER] = [0.211_324_865_405_187_1, 0.788_675_134_594_812_9];
    let midpoints: [f64; OUTER] = std::array::from_fn(|node| (node as f64 + 0.5) / OUTER as f64);
    let mut nodes = Vec::new();
    for stratum in 0..STRATA {
        let inside: &[f64] = if stratum == 0 || stratum == STRATA - 1 { &midpoints } else { &GAUSS };
        let weight = 1.0 / inside.len() as f64;
        nodes.extend(inside.iter().map(|u| (normal::quantile((stratum as f64 + u) / STRATA as f64), weight)));
    }
    nodes
}

/// Range of the nodes of a stratum.
fn of_stratum(stratum: usize, nodes: usize) -> std::ops::Range<usize> {
    if nodes == 1 {
        return 0..1;
    }
    match stratum {
        0 => 0..OUTER,
        _ if stratum == STRATA - 1 => nodes - OUTER..nodes,
        _ => OUTER + (stratum - 1) * INNER..OUTER + stratum * INNER,
    }
}

/// Averages of a function of the node over each stratum, scaled so that their mean is `marginal`.
fn averages(nodes: &[(f64, f64)], marginal: f64, at: impl Fn(usize) -> f64) -> [f64; STRATA] {
    let mut averages = [0.0; STRATA];
    for (stratum, average) in averages.iter_mut().enumerate() {
        *average = of_stratum(stratum, nodes.len()).map(|node| nodes[node].1 * at(node)).sum();
    }
    let mean = averages.iter().sum::<f64>() / STRATA as f64;
    if mean > 0.0 {
        averages.iter_mut().for_each(|average| *average = (*average * marginal / mean).min(1.0));
    }
    averages
}

/// A probability as a threshold of 32-bit draws.
pub fn threshold(probability: f64) -> u32 {
    (probability * 4_294_967_296.0 + 0.5) as u32
}

/// Outcome thresholds by win law, class and stratum: a deal is won where a 32-bit draw is below.
///
/// The threshold of a stratum is the average of P(won | m) over it, not its value in the middle, so
/// that unconditional win probabilities are exact to 2⁻³².
#[must_use]
pub fn thresholds(pipeline: &Pipeline, conditional: &Conditional) -> Vec<Vec<[u32; STRATA]>> {
    let laws = pipeline.win_laws.iter().enumerate();
    laws.map(|(index, law)| {
        let classes = conditional.win_of_law(index, 0).len();
        (0..classes)
            .map(|class| {
                let marginal = if classes == 1 { law.probability() } else { law.classes[class] };
                averages(&conditional.nodes, marginal, |node| conditional.win_of_law(index, node)[class]).map(threshold)
            })
            .collect()
    })
    .collect()
}

/// Delay thresholds by delay law and stratum: the deal is k months late for the first k whose
/// threshold is above a 32-bit draw. One entry per law where delays do not depend on the market.
#[must_use]
pub fn delay_thresholds(pipeline: &Pipeline, conditional: &Conditional) -> Vec<Vec<Vec<u32>>> {
    let laws = pipeline.delay_laws.iter().enumerate();
    laws.map(|(index, law)| {
        if pipeline.slippage_factor_loading == 0.0 {
            return vec![law.cumulative.iter().map(|f| threshold(*f)).collect()];
        }
        let mut by_stratum = vec![Vec::new(); STRATA];
        for (late, marginal) in law.cumulative.iter().enumerate() {
            let averages = averages(&conditional.nodes, *marginal, |node| conditional.delay_of_law(index, node)[late]);
            by_stratum.iter_mut().zip(averages).for_each(|(thresholds, average)| thresholds.push(threshold(average)));
        }
        by_stratum
    })
    .collect()
}
