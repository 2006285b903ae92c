//! Characteristic functions on the grid, their products over deals and averages over the market.

use super::lattice::{Lattice, fixed_value, upper_end};
use super::products::{Complex, LANES, Worth, product};
use super::wins::Wins;
use crate::distribution::Distribution;
use crate::math::fft::Fft;
use crate::model::open_pipeline::Pipeline;
use crate::steps::pause;

/// Modulus below which a product of characteristic functions, times the weight of its market, is left out: over all
/// frequencies and nodes no probability moves by more than points × nodes × this, below 2·10⁻¹¹.
const NEGLIGIBLE: f64 = 1e-18;

/// Blocks of frequencies of a step.
const STEP_BLOCKS: usize = 32;

/// What the total is worth in a functional, with one deal in each of its states.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
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
    /// φ − 1 by block of frequencies, then by distinct amount; the last block has but one frequency.
    amounts: Vec<Complex>,
    distinct: usize,
    /// Index into `amounts`, by deal.
    of_deal: Vec<usize>,
    /// Whether the deal's amount is fixed.
    fixed: Vec<bool>,
}

impl Spectrum {
    /// Discretises and transforms the amounts.
    pub async fn new(pipeline: &Pipeline, lattice: &Lattice) -> Self {
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
        let mut amounts = vec![Complex::ZERO; (lattice.length / 2 / LANES + 1) * distinct.len()];
        let mut few = Vec::new();
        for (place, amount) in distinct.iter().enumerate() {
            let masses = Masses::of(*amount, lattice);
            if masses.masses.len() > FEW_MASSES {
                transform(&fft, &masses, &mut amounts[place..], distinct.len());
            } else {
                few.push(FewMasses::new(place, &masses));
            }
            pause().await;
        }
        // Frequency by frequency: all that is written is together, and so is what all amounts need.
        for (step, start) in (0..=lattice.length / 4).step_by(LANES).enumerate() {
            if step % STEP_BLOCKS == 0 {
                pause().await;
            }
            add_few(&fft, &few, start, &mut amounts, distinct.len());
        }
        let fixed = pipeline.deals.iter().map(|deal| fixed_value(deal.amount).is_some()).collect();
        Self { fft, length: lattice.length, amounts, distinct: distinct.len(), of_deal, fixed }
    }

    fn blocks(&self) -> usize {
        self.length / 2 / LANES + 1
    }

    /// φ − 1 of the deals at a block of frequencies; in the atomic part continuous amounts have no φ.
    fn gather(&self, block: usize, order: &[usize], atomic: bool, less: &mut [Complex]) {
        let amounts = &self.amounts[block * self.distinct..];
        for (less, &deal) in less.iter_mut().zip(order) {
            *less = if atomic && !self.fixed[deal] {
                Complex { re: [-1.0; LANES], im: [0.0; LANES] }
            } else {
                amounts[self.of_deal[deal]]
            };
        }
    }

    /// Distribution of the sum on the grid; of its atomic part (no continuous amount won) if `atomic`.
    pub async fn distribution(&self, wins: &Wins, atomic: bool) -> Vec<f64> {
        let half = self.length / 2;
        let mut re = vec![0.0; self.length];
        let mut im = vec![0.0; self.length];
        let mut less = vec![Complex::ZERO; self.of_deal.len()];
        for block in 0..self.blocks() {
            if block % STEP_BLOCKS == 0 {
                pause().await;
            }
            self.gather(block, wins.order(), atomic, &mut less);
            let sum = average(&less, wins);
            for (lane, frequency) in (block * LANES..=half).enumerate().take(LANES) {
                (re[frequency], im[frequency]) = (sum.re[lane], sum.im[lane]);
                if frequency > 0 && frequency < half {
                    (re[self.length - frequency], im[self.length - frequency]) = (sum.re[lane], -sum.im[lane]);
                }
            }
        }
        self.fft.inverse(&mut re, &mut im);
        re.iter_mut().for_each(|mass| *mass = mass.max(0.0));
        re
    }

    /// Σ_k functional_k · P(sum = k·h) with each deal left out and put back in each of its states.
    pub async fn leave_one_out(&self, wins: &Wins, functional: &[f64], atomic: bool) -> Vec<LeaveOneOut> {
        let half = self.length / 2;
        let (mut re, mut im) = (functional.to_vec(), vec![0.0; self.length]);
        self.fft.forward(&mut re, &mut im);
        let mut less = vec![Complex::ZERO; self.of_deal.len()];
        let mut worth: Vec<Worth> = wins.nodes().map(|(_, wins)| Worth::new(wins)).collect();
        for block in 0..self.blocks() {
            // Both of the conjugate frequencies, where there are two.
            let mut weights = Complex::ZERO;
            for (lane, frequency) in (block * LANES..=half).enumerate().take(LANES) {
                let scale = if frequency == 0 || frequency == half { 1.0 } else { 2.0 } / self.length as f64;
                (weights.re[lane], weights.im[lane]) = (scale * re[frequency], scale * im[frequency]);
            }
            if weights == Complex::ZERO {
                continue;
            }
            if block % STEP_BLOCKS == 0 {
                pause().await;
            }
            self.gather(block, wins.order(), atomic, &mut less);
            add_worth(&mut worth, &less, wins, &weights);
        }
        let mut results = vec![LeaveOneOut::default(); self.of_deal.len()];
        for ((weight, wins_here), worth) in wins.nodes().zip(&worth) {
            for ((place, win), &deal) in wins_here.iter().enumerate().zip(wins.order()) {
                let (made_won, made_not) = worth.of(place, *win);
                let result = &mut results[deal];
                result.made_won += weight * made_won;
                result.made_not += weight * made_not;
                result.won += weight * win * made_won;
                result.not_won += weight * (1.0 - win) * made_not;
            }
        }
        results
    }
}

/// The product of the factors, averaged over the market.
#[inline(never)]
fn average(less: &[Complex], wins: &Wins) -> Complex {
    let mut sum = Complex::ZERO;
    for (weight, wins) in wins.nodes() {
        if let Some(product) = product(less, wins, NEGLIGIBLE / weight) {
            sum.add(weight, &product);
        }
    }
    sum
}

/// Adds a block of frequencies to what the functional is worth at each value of the market.
#[inline(never)]
fn add_worth(worth: &mut [Worth], less: &[Complex], wins: &Wins, weights: &Complex) {
    for ((weight, wins), worth) in wins.nodes().zip(worth) {
        worth.add(less, wins, weights, NEGLIGIBLE / weight);
    }
}

/// Masses at first·h, (first + 1)·h, …
struct Masses {
    first: usize,
    masses: Vec<f64>,
}

impl Masses {
    /// P(k) = [G((k−1)h) − 2G(kh) + G((k+1)h)]/h with the stop-loss G(x) = E[(A−x)₊], which preserves the mean
    /// (Klugman, Panjer & Willmot, local moment matching).
    fn of(amount: Distribution, lattice: &Lattice) -> Self {
        let (step, end) = (lattice.step, lattice.length - 1);
        if let Some(value) = fixed_value(amount) {
            return Self { first: (libm::round(value / step) as usize).min(end), masses: vec![1.0] };
        }
        let (lower, _) = amount.support();
        let first = libm::floor(lower / step) as usize;
        let last = (libm::ceil(upper_end(amount) / step) as usize).min(end);
        let stop_loss = |k: f64| if k < 0.0 { amount.mean() - k * step } else { amount.stop_loss(k * step) };
        let (mut before, mut here) = (stop_loss(first as f64 - 1.0), stop_loss(first as f64));
        let mut masses = Vec::with_capacity(last + 1 - first);
        for k in first..=last {
            let after = stop_loss(k as f64 + 1.0);
            masses.push(((before - 2.0 * here + after) / step).max(0.0));
            (before, here) = (here, after);
        }
        let total: f64 = masses.iter().sum();
        masses.iter_mut().for_each(|mass| *mass /= total);
        Self { first, masses }
    }
}

/// Masses up to which the sum over them, term by term, is cheaper than a fast transform.
const FEW_MASSES: usize = 48;

/// Writes φ − 1 at a frequency into every `stride`-th block of `blocks`.
#[inline(always)]
fn write(blocks: &mut [Complex], stride: usize, frequency: usize, re: f64, im: f64) {
    let block = &mut blocks[frequency / LANES * stride];
    (block.re[frequency % LANES], block.im[frequency % LANES]) = (re - 1.0, im);
}

/// φ − 1 at the frequencies 0 … N/2, into every `stride`-th block of `blocks`; 0 after the last.
fn transform(fft: &Fft, masses: &Masses, blocks: &mut [Complex], stride: usize) {
    let length = fft.length();
    let (mut re, mut im) = (vec![0.0; length], vec![0.0; length]);
    re[masses.first..masses.first + masses.masses.len()].copy_from_slice(&masses.masses);
    fft.forward(&mut re, &mut im);
    (0..=length / 2).for_each(|frequency| write(blocks, stride, frequency, re[frequency], im[frequency]));
}

/// Few masses: those at even and those at odd places from the first.
struct FewMasses {
    /// Which of the distinct amounts they are of.
    place: usize,
    first: usize,
    even: Vec<f64>,
    odd: Vec<f64>,
}

impl FewMasses {
    fn new(place: usize, masses: &Masses) -> Self {
        let every_second = |from: usize| masses.masses.iter().skip(from).step_by(2).copied().collect();
        Self { place, first: masses.first, even: every_second(0), odd: every_second(1) }
    }
}

/// φ − 1 of amounts with few masses at the frequencies from `start` on that are computed together, and at their mirror images.
///
/// E(z²) + z·O(z²) at z = e^(−2πik/N), E(z²) − z·O(z²) at −z, which is the conjugate of frequency N/2 − k.
#[inline(never)]
fn add_few(fft: &Fft, few: &[FewMasses], start: usize, blocks: &mut [Complex], stride: usize) {
    let half = fft.length() / 2;
    let roots = |times: usize| {
        let mut roots = Complex::ZERO;
        for lane in 0..LANES {
            (roots.re[lane], roots.im[lane]) = fft.root((start + lane) * times);
        }
        roots
    };
    let (turn, square) = (roots(1), roots(2));
    for masses in few {
        let (mut at, mut opposite) =
            (Complex::polynomial(&masses.even, &square), Complex::polynomial(&masses.odd, &square));
        opposite.multiply(&turn);
        for lane in 0..LANES {
            let (even_re, even_im) = (at.re[lane], at.im[lane]);
            (at.re[lane], at.im[lane]) = (even_re + opposite.re[lane], even_im + opposite.im[lane]);
            (opposite.re[lane], opposite.im[lane]) = (even_re - opposite.re[lane], even_im - opposite.im[lane]);
        }
        let shift = roots(masses.first);
        at.multiply(&shift);
        opposite.multiply(&shift);
        // (−z)^first.
        let sign = if masses.first.is_multiple_of(2) { 1.0 } else { -1.0 };
        let blocks = &mut blocks[masses.place..];
        for lane in 0..LANES.min(half / 2 + 1 - start) {
            write(blocks, stride, half - (start + lane), sign * opposite.re[lane], -sign * opposite.im[lane]);
            write(blocks, stride, start + lane, at.re[lane], at.im[lane]);
        }
    }
}
