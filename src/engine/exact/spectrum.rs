//! Characteristic functions on the grid, their products over deals and averages over the market.

use super::lattice::{Lattice, fixed_value, upper_end};
use crate::distribution::Distribution;
use crate::math::fft::Fft;
use crate::model::open_pipeline::Pipeline;

/// A complex number.
#[derive(Debug, Clone, Copy, PartialEq)]
struct Complex {
    re: f64,
    im: f64,
}

impl Complex {
    const ZERO: Self = Self { re: 0.0, im: 0.0 };

    #[inline]
    fn times(self, other: Self) -> Self {
        Self { re: self.re * other.re - self.im * other.im, im: self.re * other.im + self.im * other.re }
    }

    #[inline]
    fn minus(self, other: Self) -> Self {
        Self { re: self.re - other.re, im: self.im - other.im }
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
    ///
    /// `wins` holds P(won in window | node) by deal and node, `weights` the weights of the nodes.
    pub fn distribution(&self, wins: &[Vec<f64>], weights: &[f64], atomic: bool) -> Vec<f64> {
        let half = self.length / 2;
        let mut re = vec![0.0; self.length];
        let mut im = vec![0.0; self.length];
        let mut phi = vec![Complex::ZERO; self.of_deal.len()];
        let mut product = Nodes::new(weights.len());
        for frequency in 0..=half {
            self.at_frequency(frequency, atomic, &mut phi);
            product.set_to_one();
            for (wins, phi) in wins.iter().zip(&phi) {
                product.multiply(wins, *phi);
            }
            let sum = product.average(weights);
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

    /// Σ_k functional_k · P(sum = k·h) with each deal left out and put back in each of its states.
    ///
    /// Products without one deal come from prefix and suffix products: no division by a factor that
    /// may vanish.
    pub fn leave_one_out(
        &self,
        wins: &[Vec<f64>],
        weights: &[f64],
        functional: &[f64],
        atomic: bool,
    ) -> Vec<LeaveOneOut> {
        let deals = self.of_deal.len();
        let half = self.length / 2;
        let (mut re, mut im) = (functional.to_vec(), vec![0.0; self.length]);
        self.fft.forward(&mut re, &mut im);
        let mut phi = vec![Complex::ZERO; deals];
        let mut prefix = vec![Nodes::new(weights.len()); deals + 1];
        let mut suffix = Nodes::new(weights.len());
        let mut results = vec![LeaveOneOut { made_won: 0.0, made_not: 0.0, won: 0.0, not_won: 0.0 }; deals];
        for frequency in 0..=half {
            // Both of the conjugate frequencies, where there are two.
            let scale = if frequency == 0 || frequency == half { 1.0 } else { 2.0 } / self.length as f64;
            let (weight_re, weight_im) = (scale * re[frequency], scale * im[frequency]);
            if weight_re == 0.0 && weight_im == 0.0 {
                continue;
            }
            let value = |spectrum: Complex| spectrum.re * weight_re + spectrum.im * weight_im;
            self.at_frequency(frequency, atomic, &mut phi);
            for deal in 0..deals {
                let (done, rest) = prefix.split_at_mut(deal + 1);
                rest[0].copy_from(&done[deal]);
                rest[0].multiply(&wins[deal], phi[deal]);
            }
            suffix.set_to_one();
            for deal in (0..deals).rev() {
                let (others, with_win) = prefix[deal].averages_of_product(&suffix, weights, &wins[deal]);
                let result = &mut results[deal];
                result.made_won += value(others.times(phi[deal]));
                result.made_not += value(others);
                result.won += value(with_win.times(phi[deal]));
                result.not_won += value(others.minus(with_win));
                suffix.multiply(&wins[deal], phi[deal]);
            }
        }
        results
    }
}

/// A complex number at each market node. The loops run over the nodes: their steps do not wait for
/// one another, and vectorise.
#[derive(Debug, Clone)]
struct Nodes {
    re: Vec<f64>,
    im: Vec<f64>,
}

impl Nodes {
    /// One at each node.
    fn new(nodes: usize) -> Self {
        Self { re: vec![1.0; nodes], im: vec![0.0; nodes] }
    }

    fn set_to_one(&mut self) {
        self.re.fill(1.0);
        self.im.fill(0.0);
    }

    fn copy_from(&mut self, other: &Self) {
        self.re.copy_from_slice(&other.re);
        self.im.copy_from_slice(&other.im);
    }

    /// Times 1 + w(φ − 1), with w by node.
    #[inline]
    fn multiply(&mut self, wins: &[f64], phi: Complex) {
        let (less, im) = (phi.re - 1.0, phi.im);
        for ((my_re, my_im), win) in self.re.iter_mut().zip(&mut self.im).zip(wins) {
            let (factor_re, factor_im) = (1.0 + win * less, win * im);
            let product = *my_re * factor_re - *my_im * factor_im;
            *my_im = *my_re * factor_im + *my_im * factor_re;
            *my_re = product;
        }
    }

    /// Weighted mean over the nodes.
    fn average(&self, weights: &[f64]) -> Complex {
        let mut sum = Complex::ZERO;
        for ((re, im), weight) in self.re.iter().zip(&self.im).zip(weights) {
            sum = Complex { re: sum.re + weight * re, im: sum.im + weight * im };
        }
        sum
    }

    /// Weighted means of the product with `other`, and of that product times w.
    #[inline]
    fn averages_of_product(&self, other: &Self, weights: &[f64], wins: &[f64]) -> (Complex, Complex) {
        let (mut sum, mut with_win) = (Complex::ZERO, Complex::ZERO);
        let (mine, theirs) = (self.re.iter().zip(&self.im), other.re.iter().zip(&other.im));
        for (((a_re, a_im), (b_re, b_im)), (weight, win)) in mine.zip(theirs).zip(weights.iter().zip(wins)) {
            let re = weight * (a_re * b_re - a_im * b_im);
            let im = weight * (a_re * b_im + a_im * b_re);
            sum = Complex { re: sum.re + re, im: sum.im + im };
            with_win = Complex { re: with_win.re + win * re, im: with_win.im + win * im };
        }
        (sum, with_win)
    }
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
