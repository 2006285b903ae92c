//! What a model draws for a group of trials.

use super::{Lanes, STRIP, Strip};
use crate::distribution::{BinomialTable, PoissonTable};
use crate::engine::simulation::BLOCK;
use crate::rng::{Stream, uniform53};

/// Draws of a group of trials.
pub struct Draws<'a> {
    pub(super) inputs: &'a [Lanes],
    pub(super) streams: &'a [Stream],
    /// Trial of the block in lane 0.
    pub(super) first: u32,
}

impl Draws<'_> {
    /// Value of an input in each trial.
    #[inline]
    #[must_use]
    pub fn input(&self, input: usize) -> &Lanes {
        &self.inputs[input]
    }

    /// The `draw`-th random word (below 2²⁰) of a stream in the trial of a lane.
    #[inline]
    #[must_use]
    pub fn word(&self, stream: usize, lane: usize, draw: u32) -> u64 {
        self.streams[stream].word(draw.wrapping_mul(BLOCK).wrapping_add(self.first + lane as u32))
    }

    /// So many random words of a stream from the `draw`-th on, in the trial of a lane.
    #[inline(always)]
    #[must_use]
    pub fn words<const N: usize>(&self, stream: usize, lane: usize, draw: u32) -> [u64; N] {
        self.streams[stream].words(draw.wrapping_mul(BLOCK).wrapping_add(self.first + lane as u32), BLOCK)
    }

    /// The `draw`-th word of each trial of the strip that begins at lane `first`.
    #[inline(always)]
    fn strip(&self, stream: usize, first: usize, draw: u32) -> [u64; STRIP] {
        self.streams[stream].words(draw.wrapping_mul(BLOCK).wrapping_add(self.first + first as u32), 1)
    }

    /// The `draw`-th word as a number strictly inside (0, 1).
    #[inline]
    #[must_use]
    pub fn uniform(&self, stream: usize, lane: usize, draw: u32) -> f64 {
        uniform_of(self.word(stream, lane, draw))
    }

    /// The same for the strip that begins at lane `first`.
    #[inline]
    #[must_use]
    pub fn uniforms(&self, stream: usize, first: usize, draw: u32) -> Strip {
        let mut uniforms = [0.0; STRIP];
        for (uniform, word) in uniforms.iter_mut().zip(self.strip(stream, first, draw)) {
            *uniform = uniform_of(word);
        }
        uniforms
    }

    /// Counts of a law for the strip that begins at lane `first`.
    #[inline]
    #[must_use]
    pub fn counts(&self, law: &PoissonTable, stream: usize, first: usize, draw: u32) -> Strip {
        let mut counts = [0.0; STRIP];
        for (count, word) in counts.iter_mut().zip(self.strip(stream, first, draw)) {
            *count = law.count(word);
        }
        counts
    }

    /// Counts of binomial laws of these trials for the strip that begins at lane `first`.
    #[inline]
    #[must_use]
    pub fn binomial_counts(
        &self,
        laws: &BinomialTable,
        trials: &Strip,
        stream: usize,
        first: usize,
        draw: u32,
    ) -> Strip {
        let mut counts = [0.0; STRIP];
        for ((count, word), trials) in counts.iter_mut().zip(self.strip(stream, first, draw)).zip(trials) {
            *count = laws.count(*trials, word);
        }
        counts
    }

    /// Values of an input in the strip that begins at lane `first`.
    #[inline]
    #[must_use]
    pub fn input_strip(&self, input: usize, first: usize) -> Strip {
        std::array::from_fn(|lane| self.inputs[input][first + lane])
    }
}

#[inline]
fn uniform_of(word: u64) -> f64 {
    uniform53((word >> 32) as u32, word as u32)
}
