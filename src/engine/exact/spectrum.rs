//! Characteristic functions on the grid, their products over deals and averages over the market.

use super::lattice::{Lattice, fixed_value, upper_end};
use crate::distribution::Distribution;
use crate::math::fft::Fft;
use crate::model::open_pipeline::Pipeline;

/// Squared modulus below which a product of characteristic functions no longer counts.
const NEGLIGIBLE: f64 = 1e-36;

/// Deals above which it is worth checking whether products vanish.
const WORTH_CHECKING: usize = 48;

/// A complex number.
#[derive(Debug, Clone, Copy, PartialEq)]
struct Complex {
    re: f64,
    im: f64,
}

impl Complex {
    const ZERO: Self = Self { re: 0.0, im: 0.0 };
    const ONE: Self = Self { re: 1.0, im: 0.0 };

    #[inline]
    fn times(self, other: Self) -> Self {
        Self { re: self.re * other.re - self.im * other.im, im: self.re * other.im + self.im * other.re }
    }

    #[inline]
    fn plus_scaled(self, weight: f64, other: Self) -> Self {
        Self { re: self.re + weight * other.re, im: self.im + weight * other.im }
    }

    #[inline]
    fn norm(self) -> f64 {
        self.re * self.re + self.im * self.im
    }
}

/// What the total is worth in a functional, with one deal in each of its states.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct LeaveOneOut {
    /// The deal made to be won.
    pub made_won: f64,
    /// The deal made not to be.
    pub made_not: f64,
    /// With the event that it is won.
    pub won: f64,
    /// With the event that it is not.
    pub not_won: f64,
}

impl LeaveOneOut {
    /// Sum of two parts.
    pub fn plus(self, other: Self) -> Self {
        Self {
            made_won: self.made_won + other.made_won,
            made_not: self.made_not + other.made_not,
            won: self.won + other.won,
            not_won: self.not_won + other.not_won,
        }
    }
}

/// Characteristic functions of the deals' amounts at the frequencies 0 … N/2.
pub struct Spectrum {
    fft: Fft,
    length: usize,
    /// By distinct amount, by frequency.
    amounts: Vec<Vec<Complex>>,
    /// Index into `amounts`, by deal.
    of_deal: Vec<usize>,
    /// Whether the deal's amount is fixed.
    fixed: Vec<bool>,
}

impl Spectrum {
    /// Discretises and transforms the amounts.
    pub fn new(pipeline: &Pipeline, lattice: &Lattice) -> Self {
        let mut distinct: Vec<Distribution> = Vec::new();
        let mut of_deal = Vec::new();
        for deal in &pipeline.deals {
            let known = distinct.iter().position(|amount| *amount == deal.amount);
            of_deal.push(known.unwrap_or(distinct.len()));
            if known.is_none() {
                distinct.push(deal.amount);
            }
        }
        // The length is a power of two by construction.
        let fft = Fft::new(lattice.length).unwrap_or_else(|| unreachable!("grid of {} points", lattice.length));
        let masses: Vec<Vec<f64>> = distinct.iter().map(|amount| masses(*amount, lattice)).collect();
        let amounts = masses.chunks(2).flat_map(|pair| transform_two(&fft, pair)).collect();
        let fixed = pipeline.deals.iter().map(|deal| fixed_value(deal.amount).is_some()).collect();
        Self { fft, length: lattice.length, amounts, of_deal, fixed }
    }

    /// φ_i at one frequency, by deal; in the atomic part continuous amounts have none.
    fn at_frequency(&self, frequency: usize, atomic: bool, deals: &mut [Complex]) {
        for (deal, phi) in deals.iter_mut().enumerate() {
            *phi =
                if atomic && !self.fixed[deal] { Complex::ZERO } else { self.amounts[self.of_deal[deal]][frequency] };
        }
    }

    /// Distribution of the sum on the grid; of its atomic part (no continuous amount won) if `atomic`.
    pub fn distribution(&self, wins: &[Vec<f64>], weights: &[f64], atomic: bool) -> Vec<f64> {
        let half = self.length / 2;
        let mut re = vec![0.0; self.length];
        let mut im = vec![0.0; self.length];
        let mut phi = vec![Complex::ZERO; self.of_deal.len()];
        for frequency in 0..=half {
            self.at_frequency(frequency, atomic, &mut phi);
            let mut sum = Complex::ZERO;
            for (wins, weight) in wins.iter().zip(weights) {
                sum = sum.plus_scaled(*weight, product(wins, &phi));
            }
            re[frequency] = sum.re;
            im[frequency] = sum.im;
            if frequency > 0 && frequency < half {
                re[self.length - frequency] = sum.re;
                im[self.length - frequency] = -sum.im;
            }
        }
        self.fft.inverse(&mut re, &mut im);
        re.iter_mut().for_each(|mass| *mass = mass.max(0.0));
        re
    }

    /// Σ_k weight_k · P(sum = k·h) with each deal left out and put back in each of its states.
    ///
    /// Products without one deal come from prefix and suffix products: no division by a factor that
    /// may vanish.
    pub fn leave_one_out(
        &self,
        wins: &[Vec<f64>],
        node_weights: &[f64],
        functional: &[f64],
        atomic: bool,
    ) -> Vec<LeaveOneOut> {
        let deals = self.of_deal.len();
        let half = self.length / 2;
        let (mut re, mut im) = (functional.to_vec(), vec![0.0; self.length]);
        self.fft.forward(&mut re, &mut im);
        let mut phi = vec![Complex::ZERO; deals];
        let mut prefix = vec![Complex::ONE; deals + 1];
        let mut results = vec![LeaveOneOut { made_won: 0.0, made_not: 0.0, won: 0.0, not_won: 0.0 }; deals];
        let mut without = vec![Complex::ZERO; deals];
        let mut without_and_win = vec![Complex::ZERO; deals];
        for frequency in 0..=half {
            self.at_frequency(frequency, atomic, &mut phi);
            without.fill(Complex::ZERO);
            without_and_win.fill(Complex::ZERO);
            let mut counts = false;
            for (wins, weight) in wins.iter().zip(node_weights) {
                // With many deals most products vanish: where both halves do, so do all without one deal.
                let middle = deals / 2;
                let vanishes =
                    |range: std::ops::Range<usize>| product(&wins[range.clone()], &phi[range]).norm() < NEGLIGIBLE;
                if deals > WORTH_CHECKING && vanishes(0..middle) && vanishes(middle..deals) {
                    continue;
                }
                counts = true;
                for deal in 0..deals {
                    prefix[deal + 1] = prefix[deal].times(factor(wins[deal], phi[deal]));
                }
                let mut suffix = Complex::ONE;
                for deal in (0..deals).rev() {
                    let others = prefix[deal].times(suffix);
                    without[deal] = without[deal].plus_scaled(*weight, others);
                    without_and_win[deal] = without_and_win[deal].plus_scaled(*weight * wins[deal], others);
                    suffix = suffix.times(factor(wins[deal], phi[deal]));
                }
            }
            if !counts {
                continue;
            }
            // Both of the conjugate frequencies, where there are two.
            let scale = if frequency == 0 || frequency == half { 1.0 } else { 2.0 } / self.length as f64;
            let value = |spectrum: Complex| scale * (spectrum.re * re[frequency] + spectrum.im * im[frequency]);
            for deal in 0..deals {
                let (others, with_win) = (without[deal], without_and_win[deal]);
                results[deal].made_won += value(others.times(phi[deal]));
                results[deal].made_not += value(others);
                results[deal].won += value(with_win.times(phi[deal]));
                results[deal].not_won += value(others.plus_scaled(-1.0, with_win));
            }
        }
        results
    }
}

/// 1 + w(φ − 1).
#[inline]
fn factor(win: f64, phi: Complex) -> Complex {
    Complex { re: 1.0 + win * (phi.re - 1.0), im: win * phi.im }
}

/// Product of the factors; 0 once it no longer counts (no factor is larger than 1).
#[inline]
fn product(wins: &[f64], phi: &[Complex]) -> Complex {
    let mut product = Complex::ONE;
    for (wins, phi) in wins.chunks(8).zip(phi.chunks(8)) {
        for (win, phi) in wins.iter().zip(phi) {
            product = product.times(factor(*win, *phi));
        }
        if product.norm() < NEGLIGIBLE {
            return Complex::ZERO;
        }
    }
    product
}

/// Masses on the grid 0, h, 2h, …: P(k) = [G((k−1)h) − 2G(kh) + G((k+1)h)]/h with the stop-loss
/// G(x) = E[(A−x)₊], which preserves the mean (Klugman, Panjer & Willmot, local moment matching).
fn masses(amount: Distribution, lattice: &Lattice) -> Vec<f64> {
    let step = lattice.step;
    let mut masses = vec![0.0; lattice.length];
    if let Some(value) = fixed_value(amount) {
        masses[(libm::round(value / step) as usize).min(lattice.length - 1)] = 1.0;
        return masses;
    }
    let (lower, _) = amount.support();
    let first = libm::floor(lower / step) as usize;
    let last = (libm::ceil(upper_end(amount) / step) as usize).min(lattice.length - 1);
    let stop_loss = |k: f64| if k < 0.0 { amount.mean() - k * step } else { amount.stop_loss(k * step) };
    let (mut before, mut here) = (stop_loss(first as f64 - 1.0), stop_loss(first as f64));
    for (k, mass) in masses.iter_mut().enumerate().take(last + 1).skip(first) {
        let after = stop_loss(k as f64 + 1.0);
        *mass = ((before - 2.0 * here + after) / step).max(0.0);
        (before, here) = (here, after);
    }
    let total: f64 = masses.iter().sum();
    masses.iter_mut().for_each(|mass| *mass /= total);
    masses
}

/// Transforms one or two real vectors with one complex transform.
fn transform_two(fft: &Fft, pair: &[Vec<f64>]) -> Vec<Vec<Complex>> {
    let length = fft.length();
    let mut re = pair[0].clone();
    let mut im = pair.get(1).cloned().unwrap_or_else(|| vec![0.0; length]);
    fft.forward(&mut re, &mut im);
    let at = |k: usize| {
        let mirror = (length - k) % length;
        let first = Complex { re: (re[k] + re[mirror]) / 2.0, im: (im[k] - im[mirror]) / 2.0 };
        let second = Complex { re: (im[k] + im[mirror]) / 2.0, im: (re[mirror] - re[k]) / 2.0 };
        (first, second)
    };
    let (first, second): (Vec<Complex>, Vec<Complex>) = (0..=length / 2).map(at).unzip();
    if pair.len() == 2 { vec![first, second] } else { vec![first] }
}
