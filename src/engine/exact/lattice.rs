//! The grid of amounts that the exact engine works on.

use crate::distribution::Distribution;
use crate::math::exp;
use crate::model::open_pipeline::Pipeline;
use crate::model::open_pipeline::dependence::Conditional;
use crate::report::open_pipeline::NotExact;

/// Points of the grid where amounts are continuous, by the number of deals: the more deals are added, the
/// smoother the distribution.
fn continuous_points(deals: usize) -> f64 {
    match deals {
        0..=48 => 16_384.0,
        49..=96 => 8_192.0,
        _ => 4_096.0,
    }
}

/// Most points of the grid.
const MAXIMUM_POINTS: f64 = 131_072.0;
/// Most products of points, deals and market nodes, in billions.
const MAXIMUM_WORK: f64 = 0.6;
/// Upper tail that is cut off an unbounded amount.
const CUT_TAIL: f64 = 1e-8;
/// Error of the market quadrature.
const QUADRATURE_ERROR: f64 = 1e-9;
/// Largest error that still counts as exact.
const LARGEST_ERROR: f64 = 1e-3;

/// A grid 0, h, 2h, … and what each deal puts on it.
pub struct Lattice {
    /// Step h, in money.
    pub step: f64,
    /// Points, a power of two; no sum of amounts wraps around.
    pub length: usize,
    /// Whether some amounts are fixed.
    pub any_fixed: bool,
    /// Whether some amounts are continuous.
    pub any_continuous: bool,
    /// Estimate of the largest error of a probability.
    pub error_bound: f64,
}

impl Lattice {
    /// Chooses the grid.
    ///
    /// Fixed amounts: the step divides their common divisor, and they are exact. Continuous amounts:
    /// the mean-preserving discretisation adds about h²/6 to the variance of each won deal, which moves
    /// a probability by at most max|zφ(z)|/2 ≈ 0.121 times the relative change of the variance; where one
    /// deal alone shapes the distribution, its own standard deviation takes the total's place.
    ///
    /// # Errors
    /// [`NotExact::FineLattice`] where that takes too many points.
    pub fn of(pipeline: &Pipeline, conditional: &Conditional) -> Result<Self, NotExact> {
        let amounts = || pipeline.deals.iter().map(|deal| deal.amount);
        let fixed: Vec<f64> = amounts().filter_map(fixed_value).collect();
        let any_fixed = !fixed.is_empty();
        let any_continuous = fixed.len() < pipeline.deals.len();
        let largest: f64 = amounts().map(upper_end).sum();
        let wanted = largest / continuous_points(pipeline.deals.len());
        let step = match (any_fixed, any_continuous) {
            (false, false) => 1.0,
            (false, true) => wanted,
            (true, continuous) => {
                let divisor = common_divisor(&fixed).ok_or(NotExact::FineLattice)?;
                if continuous { divisor / libm::ceil(divisor / wanted).max(1.0) } else { divisor }
            }
        };
        // Each discretised deal may reach one step past its end.
        let points = largest / step + pipeline.deals.len() as f64 + 4.0;
        let length = (points.min(MAXIMUM_POINTS + 1.0) as usize).next_power_of_two();
        let nodes = conditional.nodes.len() as f64;
        let work = length as f64 / 2.0 * pipeline.deals.len() as f64 * nodes / 1e9;
        if points > MAXIMUM_POINTS || work > MAXIMUM_WORK {
            return Err(NotExact::FineLattice);
        }
        let mut error_bound = QUADRATURE_ERROR;
        if any_continuous {
            error_bound += discretisation_error(pipeline, conditional, step);
        }
        if error_bound > LARGEST_ERROR {
            return Err(NotExact::FineLattice);
        }
        Ok(Self { step, length, any_fixed, any_continuous, error_bound })
    }
}

/// Estimate of the error that discretised amounts make in a probability.
///
/// The discretisation adds about h²/6 to the variance of each won amount, which moves a probability by
/// at most max|zφ(z)|/2 ≈ 0.121 times the relative change of the variance. Given the market, with λ deals
/// won on average: where one deal alone is won (probability about λe^(−λ)) the variance is that of its
/// amount, with more it is that of the total.
fn discretisation_error(pipeline: &Pipeline, conditional: &Conditional, step: f64) -> f64 {
    let added = 0.121 * step * step / 6.0;
    let at_node = |node: usize| {
        let (mut won, mut own, mut total) = (0.0, 0.0, 0.0);
        for deal in pipeline.deals.iter().filter(|deal| fixed_value(deal.amount).is_none()) {
            let closes = conditional.closes_within(deal, pipeline.first_month, pipeline.last_month, node);
            let win = conditional.win(deal, node)[0] * closes;
            let mean = win * deal.amount.mean();
            won += win;
            own += win * deal.amount.variance();
            total += win * deal.amount.second_moment() - mean * mean;
        }
        if won <= 0.0 || own <= 0.0 {
            return 0.0;
        }
        let one = won * exp(-won);
        let more = (1.0 - exp(-won) - one).max(0.0);
        (added * won * (one / own + more / total)).min(1.0)
    };
    conditional.nodes.iter().enumerate().map(|(node, (_, weight))| weight * at_node(node)).sum()
}

/// The value of a fixed amount.
pub fn fixed_value(amount: Distribution) -> Option<f64> {
    match amount {
        Distribution::Fixed { value } => Some(value),
        _ => None,
    }
}

/// Upper end of an amount, the far tail of an unbounded one cut off.
pub fn upper_end(amount: Distribution) -> f64 {
    let (_, upper) = amount.support();
    if upper.is_finite() { upper } else { amount.quantile(1.0 - CUT_TAIL) }
}

/// Largest common divisor of amounts with at most four decimals.
fn common_divisor(amounts: &[f64]) -> Option<f64> {
    for scale in [1.0, 100.0, 10_000.0] {
        let whole = |amount: f64| {
            let scaled = amount * scale;
            let rounded = libm::round(scaled);
            ((scaled - rounded).abs() <= 1e-9 * scaled && rounded < 9e15).then_some(rounded as u64)
        };
        if let Some(whole) = amounts.iter().map(|amount| whole(*amount)).collect::<Option<Vec<u64>>>() {
            let divisor = whole.into_iter().fold(0, gcd);
            return (divisor > 0).then(|| divisor as f64 / scale);
        }
    }
    None
}

fn gcd(a: u64, b: u64) -> u64 {
    if b == 0 { a } else { gcd(b, a % b) }
}
