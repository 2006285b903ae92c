//! How far a total reaches: where the market is bad few deals are won, and a short grid holds their sum.

use super::masses::Masses;
use crate::math::ln;

/// Probability beyond a grid that may wrap around to its start, at each value of the market.
const WRAPPED: f64 = 1e-12;
/// Exponents tried, each √2 times the one before.
const EXPONENTS: i32 = 16;
/// The first of them, times the points of the whole grid: e^(−32) is less than [`WRAPPED`].
const FIRST_EXPONENT: f64 = 32.0;
/// Size from which on a product goes into its logarithm.
const LARGE: f64 = 1e100;

/// Moment generating functions of the amounts on the grid, at some exponents.
pub struct TailBounds {
    /// By exponent: itself, in units of one over the grid's step.
    exponents: Vec<f64>,
    /// By exponent, then by distinct amount: E[e^(tA)] − 1.
    less: Vec<Vec<f64>>,
}

impl TailBounds {
    /// Of the distinct amounts, on a grid of `length` points.
    pub fn new(amounts: &[Masses], length: usize) -> Self {
        let exponent = |place| FIRST_EXPONENT * crate::math::powf(2.0, f64::from(place) / 2.0) / length as f64;
        let exponents: Vec<f64> = (0..EXPONENTS).map(exponent).collect();
        let less = exponents.iter().map(|t| amounts.iter().map(|masses| masses.generating(*t) - 1.0).collect());
        Self { less: less.collect(), exponents }
    }

    /// Of no use: no grid is cut.
    #[cfg(test)]
    pub fn none() -> Self {
        Self { exponents: Vec::new(), less: Vec::new() }
    }

    /// How often a grid of `length` points may be cut in half, `most` times at most, so that the sum of deals won with
    /// these probabilities is beyond it with at most [`WRAPPED`], also when one of them is made to be won.
    ///
    /// Chernoff: P(S ≥ x) ≤ E[e^(tS)]·e^(−tx); a deal made to be won multiplies by no more than its own E[e^(tA)].
    pub fn halvings(
        &self,
        of_deal: impl Iterator<Item = usize> + Clone,
        wins: &[f64],
        length: usize,
        most: usize,
    ) -> usize {
        let enough = |t: f64, less: &[f64]| {
            let (mut log, mut product, mut largest) = (0.0, 1.0_f64, 0.0_f64);
            for (amount, win) in of_deal.clone().zip(wins) {
                product *= 1.0 + win * less[amount];
                largest = largest.max(less[amount]);
                if product > LARGE {
                    log += ln(product);
                    product = 1.0;
                }
            }
            // Not finite where an exponent is too large for an amount: then no comparison holds.
            let bound = log + ln(product) + ln(1.0 + largest) - ln(WRAPPED);
            (1..=most).take_while(|halving| bound <= t * (length >> halving) as f64).count()
        };
        self.exponents.iter().zip(&self.less).map(|(t, less)| enough(*t, less)).max().unwrap_or(0)
    }
}
