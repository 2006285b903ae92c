//! Quantiles of many probabilities at once, by inverting an integrated density.

use super::shape::Shape;
use crate::math::beta::{Beta, ln_beta};
use crate::math::gamma::{Gamma, ln_gamma};
use crate::math::{exp, ln, log1p, logit, normal};

/// Points at which a density is integrated.
const KNOTS: usize = 512;

/// Gamma shapes below this (coefficients of variation above 2) are inverted point by point: their
/// lower tail spreads over too many orders of magnitude for [`KNOTS`] points.
const SMALLEST_INTEGRATED_SHAPE: f64 = 0.25;

/// Quantiles of increasing probabilities, from 2⁻²⁰ to 1 − 2⁻²⁰: error below 10⁻⁸ of the range of
/// a bounded law, below 3·10⁻⁷ of the larger of standard deviation and value otherwise.
pub(crate) fn quantiles(shape: &Shape, nodes: &[f64]) -> Vec<f64> {
    match *shape {
        Shape::Uniform | Shape::Triangular { .. } => nodes.iter().map(|&u| shape.quantile(u)).collect(),
        Shape::Gamma { shape: a } if a < SMALLEST_INTEGRATED_SHAPE => {
            nodes.iter().map(|&u| shape.quantile(u)).collect()
        }
        _ => inverted(shape, nodes),
    }
}

/// What is known of the law at one value: x(y) and the density in y, with their derivatives.
struct Point {
    x: [f64; 3],
    density: [f64; 3],
}

/// One knot of the inverse: probability, quantile, and its first two derivatives.
struct Knot {
    u: f64,
    x: [f64; 3],
}

/// Integrates the density over steps of y = logit x (beta), ln x (gamma) or z (lognormal), by
/// Hermite's rule of order six, and inverts each step by the quintic that matches the value and two
/// derivatives of the quantile at both ends. The end values are exact and bound all others.
fn inverted(shape: &Shape, nodes: &[f64]) -> Vec<f64> {
    let (first, last) = (nodes[0], nodes[nodes.len() - 1]);
    let (lowest, highest) = (shape.quantile(first), shape.quantile(last));
    let knots = knots(shape, first, last);
    let mut steps = knots.windows(2).map(|pair| Quintic::through(&pair[0], &pair[1]));
    let mut step = steps.next();
    let mut previous = lowest;
    nodes
        .iter()
        .map(|&u| {
            while step.as_ref().is_some_and(|step| u > step.end)
                && let Some(next) = steps.next()
            {
                step = Some(next);
            }
            let x = step.as_ref().map_or(highest, |step| step.at(u));
            previous = x.clamp(previous, highest.max(previous));
            previous
        })
        .map(|x| x.min(highest))
        .collect()
}

fn knots(shape: &Shape, first: f64, last: f64) -> Vec<Knot> {
    let point = density(shape);
    let (from, to) = match *shape {
        Shape::Beta { a, b } => (logit(Beta::new(a, b).quantile(first)), -logit(Beta::new(b, a).quantile(1.0 - last))),
        Shape::Gamma { shape } => (ln(Gamma::new(shape).quantile(first)), ln(Gamma::new(shape).quantile(last))),
        _ => (normal::quantile(first), normal::quantile(last)),
    };
    // The upper tail of a gamma law falls faster in ln x than the lower one: shorter steps there.
    let crowding = if matches!(shape, Shape::Gamma { .. }) { 3.0 } else { 0.0 };
    let position = |i: usize| {
        let t = 1.0 - i as f64 / (KNOTS - 1) as f64;
        to - (to - from) * t * (1.0 + crowding * t) / (1.0 + crowding)
    };
    let points: Vec<Point> = (0..KNOTS).map(|i| point(position(i))).collect();
    let step = |i: usize| {
        let h = position(i) - position(i - 1);
        let (f, g) = (&points[i - 1].density, &points[i].density);
        h * ((f[0] + g[0]) / 2.0 + h * ((f[1] - g[1]) / 10.0 + h * (f[2] + g[2]) / 120.0))
    };
    // From either end to the middle, so that both tails keep their relative accuracy.
    let mut probabilities = vec![first; KNOTS];
    for i in 1..KNOTS {
        probabilities[i] = probabilities[i - 1] + step(i);
    }
    let (mut upper, mut i) = (1.0 - last, KNOTS - 1);
    while upper < 0.5 && i > 0 {
        probabilities[i] = 1.0 - upper;
        upper += step(i);
        i -= 1;
    }
    points
        .iter()
        .zip(probabilities)
        .map(|(point, u)| {
            let ([x, dx, ddx], [f, df, _]) = (point.x, point.density);
            Knot { u, x: [x, dx / f, (ddx * f - dx * df) / (f * f * f)] }
        })
        .collect()
}

/// x and the density as functions of y, with two derivatives.
fn density(shape: &Shape) -> Box<dyn Fn(f64) -> Point> {
    // A density e^g has the derivatives g′e^g and (g″ + g′²)e^g.
    let from_log = |g: f64, slope: f64, bend: f64| {
        let f = exp(g);
        [f, f * slope, f * (bend + slope * slope)]
    };
    match *shape {
        Shape::Beta { a, b } => {
            let (n, log_beta) = (a + b, ln_beta(a, b));
            Box::new(move |y| {
                // x, 1 − x and their logarithms, without loss on either side.
                let odds = exp(-y.abs());
                let (small, large, softplus) = (odds / (1.0 + odds), 1.0 / (1.0 + odds), log1p(odds));
                let (x, rest) = if y < 0.0 { (small, large) } else { (large, small) };
                let (ln_x, ln_rest) = (y.min(0.0) - softplus, -y.max(0.0) - softplus);
                let product = x * rest;
                Point {
                    x: [x, product, product * (rest - x)],
                    density: from_log(a * ln_x + b * ln_rest - log_beta, a * rest - b * x, -n * product),
                }
            })
        }
        Shape::Gamma { shape: a } => {
            let (log_gamma, law) = (ln_gamma(a), Gamma::new(a));
            Box::new(move |y| {
                let x = exp(y);
                // Far above 1, a·y − x and ln Γ(a) would cancel.
                let g = if a < 10.0 { a * y - x - log_gamma } else { ln(law.log_density(x)) };
                Point { x: [x, x, x], density: from_log(g, a - x, -x) }
            })
        }
        Shape::LogNormal { sigma } => Box::new(move |z| {
            let x = exp(sigma * z - 0.5 * sigma * sigma);
            let g = -0.5 * z * z - crate::math::LN_SQRT_2PI;
            Point { x: [x, sigma * x, sigma * sigma * x], density: from_log(g, -z, -1.0) }
        }),
        // Inverted in closed form, never integrated.
        Shape::Uniform | Shape::Triangular { .. } => Box::new(|y| Point { x: [y, 1.0, 0.0], density: [1.0, 0.0, 0.0] }),
    }
}

/// The polynomial of degree five with given value, slope and curvature at both ends.
struct Quintic {
    start: f64,
    end: f64,
    per_width: f64,
    coefficients: [f64; 6],
}

impl Quintic {
    fn through(left: &Knot, right: &Knot) -> Self {
        let h = right.u - left.u;
        let [c0, c1, c2] = [left.x[0], left.x[1] * h, left.x[2] * h * h / 2.0];
        let value = right.x[0] - c0 - c1 - c2;
        let slope = right.x[1] * h - c1 - 2.0 * c2;
        let bend = right.x[2] * h * h - 2.0 * c2;
        let coefficients = [
            c0,
            c1,
            c2,
            10.0 * value - 4.0 * slope + bend / 2.0,
            -15.0 * value + 7.0 * slope - bend,
            6.0 * value - 3.0 * slope + bend / 2.0,
        ];
        Self { start: left.u, end: right.u, per_width: 1.0 / h, coefficients }
    }

    fn at(&self, u: f64) -> f64 {
        let s = ((u - self.start) * self.per_width).clamp(0.0, 1.0);
        let c = &self.coefficients;
        ((((c[5] * s + c[4]) * s + c[3]) * s + c[2]) * s + c[1]) * s + c[0]
    }
}
