//! The market factor in 256 equally likely strata, and what a deal does in each.

use crate::math::normal;
use crate::model::open_pipeline::dependence::ByNode;
use crate::model::open_pipeline::{DelayLaw, Pipeline, WinLaw};

/// Strata of the market factor.
pub const STRATA: usize = 256;
/// Nodes of an inner stratum: Gauss–Legendre with two points in probability.
const INNER: usize = 2;
/// Nodes of the first and the last stratum: midpoints.
const OUTER: usize = 32;

/// Nodes inside the strata in ascending order: value of M, and weight within its stratum; those of a stratum weigh the same.
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

/// Averages over each stratum of numbers by node, every `width`-th of `values`, scaled so that their mean is `marginal`.
fn averages(values: &[f64], width: usize, marginal: f64) -> [f64; STRATA] {
    if values.len() <= width {
        return [marginal; STRATA];
    }
    let mut averages = [0.0; STRATA];
    let outer = |values: &[f64]| values.iter().step_by(width).take(OUTER).sum::<f64>() / OUTER as f64;
    let inner = &values[OUTER * width..];
    averages[0] = outer(values);
    averages[STRATA - 1] = outer(&inner[(STRATA - 2) * INNER * width..]);
    for (average, values) in averages[1..STRATA - 1].iter_mut().zip(inner.chunks(INNER * width)) {
        *average = (values[0] + values[width]) / INNER as f64;
    }
    let mean = averages.iter().sum::<f64>() / STRATA as f64;
    if mean > 0.0 {
        averages.iter_mut().for_each(|average| *average = (*average * (marginal / mean)).min(1.0));
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
pub fn thresholds(pipeline: &Pipeline, nodes: &[(f64, f64)], cdf: impl Fn(f64) -> f64) -> Vec<Vec<[u32; STRATA]>> {
    let of_law = |law: &WinLaw| {
        let win = ByNode::of_wins(pipeline, law, nodes, &cdf);
        let of_class = |class: usize| {
            let marginal = if win.width == 1 { law.probability() } else { law.classes[class] };
            averages(&win.values[class..], win.width, marginal).map(threshold)
        };
        (0..win.width).map(of_class).collect()
    };
    pipeline.win_laws.iter().map(of_law).collect()
}

/// Delay thresholds by delay law and stratum: the deal is k months late for the first k whose
/// threshold is above a 32-bit draw. One entry per law where delays do not depend on the market.
#[must_use]
pub fn delay_thresholds(pipeline: &Pipeline, nodes: &[(f64, f64)], cdf: impl Fn(f64) -> f64) -> Vec<Vec<Vec<u32>>> {
    let of_law = |law: &DelayLaw| {
        if pipeline.slippage_factor_loading == 0.0 {
            return vec![law.cumulative.iter().map(|f| threshold(*f)).collect()];
        }
        let delay = ByNode::of_delays(pipeline, law, nodes, &cdf);
        let mut by_stratum = vec![Vec::new(); STRATA];
        for (late, marginal) in law.cumulative.iter().enumerate() {
            let averages = averages(&delay.values[late..], delay.width, *marginal);
            by_stratum.iter_mut().zip(averages).for_each(|(thresholds, average)| thresholds.push(threshold(average)));
        }
        by_stratum
    };
    pipeline.delay_laws.iter().map(of_law).collect()
}
