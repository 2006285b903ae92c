//! What a model draws for a group of trials.

use super::{Lanes, STRIP, Strip};
use crate::distribution::{BinomialTable, PoissonTable};
use crate::engine::simulation::BLOCK;
use crate::rng::{self, uniform32};

/// Draws of a group of trials.
pub struct Draws<'a> {
    pub(super) inputs: &'a [Lanes],
    pub(super) streams: &'a [rng::Draws],
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

    /// The `draw`-th random number (below 2²⁰) of a stream in the trial of a lane, of 32 bits.
    #[inline]
    #[must_use]
    pub fn bits(&self, stream: usize, lane: usize, draw: u32) -> u32 {
        self.streams[stream].at(self.place(lane, draw))
    }

    /// Where the `draw`-th random numbers of the streams are in the trial of a lane; the next ones are [`BLOCK`] further.
    #[inline(always)]
    #[must_use]
    pub fn place(&self, lane: usize, draw: u32) -> u32 {
        draw.wrapping_mul(BLOCK).wrapping_add(self.first + lane as u32)
    }

    /// The random numbers of a stream at these places.
    #[inline(never)]
    pub fn at_places(&self, stream: usize, places: &[u32], found: &mut [u32]) {
        let stream = self.streams[stream];
        for (place, found) in places.iter().zip(found) {
            *found = stream.at(*place);
        }
    }

    /// The `draw`-th of each trial of the strip that begins at lane `first`. Not part of what uses them, so that they are
    /// made several at a time.
    #[inline(never)]
    #[must_use]
    pub fn strip(&self, stream: usize, first: usize, draw: u32) -> [u32; STRIP] {
        self.streams[stream].several(self.place(first, draw), 1)
    }

    /// Those from draw 0 on, in their order.
    #[inline(never)]
    pub fn strips(&self, stream: usize, first: usize, found: &mut [[u32; STRIP]]) {
        let (stream, mut place) = (self.streams[stream], self.place(first, 0));
        for found in found {
            *found = stream.several(place, 1);
            place = place.wrapping_add(BLOCK);
        }
    }

    /// The `draw`-th as a number strictly inside (0, 1).
    #[inline]
    #[must_use]
    pub fn uniform(&self, stream: usize, lane: usize, draw: u32) -> f64 {
        uniform32(self.bits(stream, lane, draw))
    }

    /// The same for the strip that begins at lane `first`.
    #[inline]
    #[must_use]
    pub fn uniforms(&self, stream: usize, first: usize, draw: u32) -> Strip {
        self.strip(stream, first, draw).map(uniform32)
    }

    /// Counts of a law for the strip that begins at lane `first`.
    #[inline]
    #[must_use]
    pub fn counts(&self, law: &PoissonTable, stream: usize, first: usize, draw: u32) -> Strip {
        self.strip(stream, first, draw).map(|bits| law.count(bits))
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
        let bits = self.strip(stream, first, draw);
        std::array::from_fn(|lane| laws.count(trials[lane], bits[lane]))
    }

    /// Values of an input in the strip that begins at lane `first`.
    #[inline]
    #[must_use]
    pub fn input_strip(&self, input: usize, first: usize) -> Strip {
        std::array::from_fn(|lane| self.inputs[input][first + lane])
    }
}
