//! Amounts on the grid, and their characteristic functions.

use super::frequencies::{Block, Frequencies};
use super::lattice::{Lattice, fixed_value, upper_end};
use super::products::Complex;
use crate::distribution::Distribution;
use crate::math::exp;
use crate::math::fft::Fft;
use crate::steps::pause;
use std::cell::OnceCell;

/// Blocks of frequencies of a step.
pub const STEP_BLOCKS: usize = 32;

/// Masses at first·h, (first + 1)·h, …
pub struct Masses {
    first: usize,
    masses: Vec<f64>,
}

impl Masses {
    /// P(k) = [G((k−1)h) − 2G(kh) + G((k+1)h)]/h with the stop-loss G(x) = E[(A−x)₊], which preserves the mean
    /// (Klugman, Panjer & Willmot, local moment matching).
    pub fn of(amount: Distribution, lattice: &Lattice) -> Self {
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

    /// E[e^(tA)], t in units of one over the grid's step.
    pub fn generating(&self, t: f64) -> f64 {
        let ratio = exp(t);
        exp(t * self.first as f64) * self.masses.iter().rev().fold(0.0, |sum, mass| sum * ratio + mass)
    }

    /// Whether the sum over them, term by term, is cheaper than a fast transform.
    fn few(&self) -> bool {
        self.masses.len() <= 48
    }
}

/// Few masses: those at even and those at odd places from the first.
struct FewMasses {
    /// Which of the amounts they are of.
    amount: usize,
    first: usize,
    even: Vec<f64>,
    odd: Vec<f64>,
}

impl FewMasses {
    fn new(amount: usize, masses: &Masses) -> Self {
        let every_second = |from: usize| masses.masses.iter().skip(from).step_by(2).copied().collect();
        Self { amount, first: masses.first, even: every_second(0), odd: every_second(1) }
    }
}

/// φ − 1 of amounts, computed class of frequencies by class when first asked for.
pub struct Characteristic {
    /// Transforms of the grid's length.
    pub fft: Fft,
    /// Of the grid.
    pub frequencies: Frequencies,
    amounts: Vec<Masses>,
    few: Vec<FewMasses>,
    /// By class: by block of frequencies, then by amount.
    classes: Vec<OnceCell<Vec<Complex>>>,
}

impl Characteristic {
    /// Of amounts on a grid of the transform's length.
    pub fn new(fft: Fft, frequencies: Frequencies, amounts: Vec<Masses>) -> Self {
        let few = amounts.iter().enumerate().filter(|(_, masses)| masses.few());
        let few = few.map(|(amount, masses)| FewMasses::new(amount, masses)).collect();
        let classes = (0..=frequencies.halvings).map(|_| OnceCell::new()).collect();
        Self { fft, frequencies, amounts, few, classes }
    }

    /// How many amounts there are.
    pub fn distinct(&self) -> usize {
        self.amounts.len()
    }

    /// φ − 1 at the frequencies of a class: by block, then by amount.
    pub async fn class(&self, class: usize) -> &[Complex] {
        let kept = &self.classes[class];
        if let Some(known) = kept.get() {
            return known;
        }
        let distinct = self.distinct();
        let mut blocks = vec![Complex::ZERO; self.frequencies.blocks(class).len() * distinct];
        let mut write = |amount: usize, frequency: usize, re: f64, im: f64| {
            let (block, lane) = self.frequencies.place(class, frequency);
            let block = &mut blocks[block * distinct + amount];
            (block.re[lane], block.im[lane]) = (re - 1.0, im);
        };
        for (amount, masses) in self.amounts.iter().enumerate().filter(|(_, masses)| !masses.few()) {
            self.transform(class, masses, |frequency, re, im| write(amount, frequency, re, im));
            pause().await;
        }
        // Frequency by frequency: all that is written is together, and so is what all amounts need.
        for (step, block) in self.frequencies.blocks(class).enumerate() {
            if step % STEP_BLOCKS == 0 {
                pause().await;
            }
            if !self.few.is_empty() && block.lanes()[0] <= self.fft.length() / 4 {
                self.add_few(block, &mut write);
            }
        }
        kept.get_or_init(|| blocks)
    }

    /// An amount at the frequencies of a class, by a fast transform.
    ///
    /// At multiples of N/M masses that are M apart turn together; at the odd ones of them those M/2 apart are opposite, which
    /// leaves a transform of M/2 masses, each turned by its place.
    fn transform(&self, class: usize, masses: &Masses, mut write: impl FnMut(usize, f64, f64)) {
        let length = self.fft.length() >> class;
        let mut re = vec![0.0; length];
        masses.masses.iter().enumerate().for_each(|(k, mass)| re[(masses.first + k) % length] += mass);
        let mut im = vec![0.0; length];
        let last = class == self.frequencies.halvings;
        if !last {
            let half = length / 2;
            for k in 0..half {
                let (cos, sin) = self.fft.root(k << class);
                let difference = re[k] - re[k + half];
                (re[k], im[k]) = (difference * cos, difference * sin);
            }
            re.truncate(half);
            im.truncate(half);
        }
        self.fft.forward(&mut re, &mut im);
        for (_, frequency) in self.frequencies.blocks(class).flat_map(Block::frequencies) {
            let place = if last { frequency >> class } else { frequency >> (class + 1) } % re.len();
            write(frequency, re[place], im[place]);
        }
    }

    /// Amounts of few masses at the frequencies of a block that are not above N/4, and at their mirror images.
    ///
    /// E(z²) + z·O(z²) at z = e^(−2πik/N), E(z²) − z·O(z²) at −z, which is the conjugate of frequency N/2 − k.
    fn add_few(&self, block: Block, write: &mut impl FnMut(usize, usize, f64, f64)) {
        let half = self.fft.length() / 2;
        let at = block.lanes();
        let roots = |times: usize| {
            let roots = at.map(|frequency| self.fft.root(frequency * times));
            Complex { re: roots.map(|(re, _)| re), im: roots.map(|(_, im)| im) }
        };
        let (turn, square) = (roots(1), roots(2));
        for masses in &self.few {
            let even = Complex::polynomial(&masses.even, &square);
            let mut odd = Complex::polynomial(&masses.odd, &square);
            odd.multiply(&turn);
            let (mut value, mut opposite) = (even, even);
            value.add(1.0, &odd);
            opposite.add(-1.0, &odd);
            let shift = roots(masses.first);
            value.multiply(&shift);
            opposite.multiply(&shift);
            // (−z)^first.
            let sign = if masses.first.is_multiple_of(2) { 1.0 } else { -1.0 };
            for (lane, frequency) in block.frequencies().filter(|(_, frequency)| *frequency <= half / 2) {
                write(masses.amount, half - frequency, sign * opposite.re[lane], -sign * opposite.im[lane]);
                write(masses.amount, frequency, value.re[lane], value.im[lane]);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::math::sin_cos;
    use crate::steps::at_once;
    #[cfg(target_arch = "wasm32")]
    use wasm_bindgen_test::wasm_bindgen_test as test;

    /// Against E[e^(−iωA)] − 1, term by term.
    #[test]
    fn each_class_has_its_frequencies() {
        let even = |count: usize| vec![1.0 / count as f64; count];
        let descending: Vec<f64> = (0..48).map(|k| f64::from(48 - k) / 1176.0).collect();
        let amounts = || {
            [(0, vec![1.0]), (7, vec![0.25, 0.75]), (100, descending.clone()), (3, even(49)), (400, even(112))]
                .map(|(first, masses)| Masses { first, masses })
        };
        for length in [1024, 512] {
            let (fft, frequencies) = (Fft::new(length).unwrap(), Frequencies::new(length));
            let characteristic = Characteristic::new(fft, frequencies, amounts().into());
            for class in 0..=frequencies.halvings {
                let found = at_once(characteristic.class(class));
                for (index, block) in frequencies.blocks(class).enumerate() {
                    for (lane, frequency) in block.frequencies() {
                        for (amount, masses) in amounts().iter().enumerate() {
                            let (mut re, mut im) = (-1.0, 0.0);
                            for (place, mass) in (masses.first..).zip(&masses.masses) {
                                let turn = (place * frequency % length) as f64 / length as f64;
                                let (sin, cos) = sin_cos(-2.0 * core::f64::consts::PI * turn);
                                (re, im) = (re + mass * cos, im + mass * sin);
                            }
                            let found = found[index * amounts().len() + amount];
                            let distance = (found.re[lane] - re).abs().max((found.im[lane] - im).abs());
                            assert!(distance < 1e-13, "{length} {frequency} {amount}: {distance}");
                        }
                    }
                }
            }
        }
    }
}
