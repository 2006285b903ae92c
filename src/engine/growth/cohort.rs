//! Those who come in a month, in the trials of a strip: customers of a cohort, deals that are accepted. How many of them have
//! left, or closed, by each of several ages is counted in all trials of the strip at once, without looking for the age of any.

use crate::engine::paths::{Draws, STRIP, Strip};
use crate::math::{vector, whole};

/// A number in each trial of a strip.
pub type Small = [i16; STRIP];

/// Members of a cohort up to which each has a draw of its own.
pub const SINGLY: u32 = 512;

/// Draw in the stream of a cohort after those of its members, two of them to a number.
pub const AFTER: u32 = SINGLY / 2;

/// Bits of a draw of 31: those of a member alone, above those that all members share in a trial. A member's chance is exact
/// to 2⁻³¹ so, and the correlation of two members is below 2⁻³²/(p(1 − p)).
const OWN: u32 = 15;
const SHARED: u32 = 16;
/// More than any draw.
const ALL: u32 = 1 << (OWN + SHARED);

/// A probability, but for rounding, as a number of 31 bits: the draws below it have it.
#[inline(always)]
pub fn threshold(probability: f64) -> u32 {
    whole(probability * f64::from(ALL)).min(ALL)
}

/// The bits that members share in each trial of a strip, from a draw of a stream.
pub fn shared(draws: &Draws, stream: usize, first: usize, draw: u32) -> [u32; STRIP] {
    draws.strip(stream, first, draw).map(|bits| bits >> (u32::BITS - SHARED))
}

/// What the bits of a member alone are below where its draw is below a threshold, in trials with these shared bits: numbers
/// from −2¹⁵, for 0, to 0.
#[inline(always)]
pub fn own(threshold: &[u32; STRIP], shared: &[u32; STRIP]) -> Small {
    // Rounded up where the shared bits are below those of the threshold.
    std::array::from_fn(|lane| ((threshold[lane] + (1 << SHARED) - 1 - shared[lane]) >> SHARED) as i16 ^ i16::MIN)
}

/// Of counts of members, those that are drawn one by one: none in trials with more than [`SINGLY`], whose lanes and counts
/// `together` is given.
#[inline(always)]
pub fn drawn_singly(counts: &Strip, mut together: impl FnMut(usize, u32)) -> Small {
    let mut members = counts.map(|count| whole(count) as i16);
    if vector::any(counts, |count| count > f64::from(SINGLY)) {
        for (lane, (members, count)) in members.iter_mut().zip(counts).enumerate() {
            if *count > f64::from(SINGLY) {
                *members = 0;
                together(lane, whole(*count));
            }
        }
    }
    members
}

/// Draws of those who come in a month.
#[derive(Debug, Clone)]
pub struct Cohort {
    /// By member, from −2¹⁵ on, as vectors compare them; 0, which is below nothing, where a trial has fewer.
    draws: Vec<Small>,
    members: usize,
    /// Two members to a number; scratch.
    numbers: Vec<[u32; STRIP]>,
}

impl Cohort {
    /// Of nobody.
    pub fn new() -> Self {
        let singly = SINGLY as usize;
        Self { draws: vec![[0; STRIP]; singly], members: 0, numbers: vec![[0; STRIP]; singly / 2] }
    }

    /// Draws for so many members in each trial of the strip that begins at lane `first`, [`SINGLY`] at most.
    pub fn draw(&mut self, members: &Small, draws: &Draws, stream: usize, first: usize) {
        self.members = usize::from(most(members));
        let numbers = &mut self.numbers[..self.members.div_ceil(2)];
        draws.strips(stream, first, numbers);
        lay_out(numbers, members, self.draws.as_chunks_mut::<2>().0);
    }

    /// How many members are below each threshold; thresholds of a trial do not decrease.
    pub fn count(&self, thresholds: &[Small], counts: &mut [Small]) {
        count(&self.draws[..self.members], thresholds, counts);
    }
}

/// The largest of eight, in three steps.
#[inline(always)]
fn most(members: &Small) -> u16 {
    let larger = |a: i16, b: i16| if a > b { a } else { b };
    let four: [i16; 4] = std::array::from_fn(|lane| larger(members[lane], members[lane + 4]));
    larger(larger(four[0], four[2]), larger(four[1], four[3])) as u16
}

#[cfg(any(target_arch = "x86_64", all(target_arch = "wasm32", target_feature = "simd128")))]
use by_vectors::{count, lay_out};
#[cfg(not(any(target_arch = "x86_64", all(target_arch = "wasm32", target_feature = "simd128"))))]
use one_by_one::{count, lay_out};

/// The definition, and the way of targets without vectors.
#[cfg_attr(any(target_arch = "x86_64", target_feature = "simd128"), allow(dead_code))]
mod one_by_one {
    use super::{OWN, STRIP, Small};

    /// Draws of members, two to a number: its lowest bits and its highest.
    pub fn lay_out(numbers: &[[u32; STRIP]], members: &Small, draws: &mut [[Small; 2]]) {
        for (pair, (numbers, draws)) in numbers.iter().zip(draws).enumerate() {
            for (lane, (number, members)) in numbers.iter().zip(members).enumerate() {
                for (half, bits) in [number % (1 << OWN), number >> (u32::BITS - OWN)].into_iter().enumerate() {
                    let is_there = ((2 * pair + half) as i16) < *members;
                    draws[half][lane] = if is_there { bits as i16 | i16::MIN } else { 0 };
                }
            }
        }
    }

    /// Which threshold is the first above each draw; then sums.
    pub fn count(draws: &[Small], thresholds: &[Small], counts: &mut [Small]) {
        let counts = &mut counts[..thresholds.len()];
        counts.fill([0; STRIP]);
        for (lane, draw) in draws.iter().flat_map(|draws| draws.iter().enumerate()) {
            let first = thresholds.partition_point(|threshold| threshold[lane] <= *draw);
            if let Some(counts) = counts.get_mut(first) {
                counts[lane] += 1;
            }
        }
        let mut sums = [0; STRIP];
        for counts in counts {
            sums.iter_mut().zip(&*counts).for_each(|(sum, count)| *sum += count);
            *counts = sums;
        }
    }
}

#[cfg(any(target_arch = "x86_64", all(target_arch = "wasm32", target_feature = "simd128")))]
mod by_vectors {
    use super::super::eight::{Vector, all, and, ends, less, load, minus, or, plus, store};
    use super::{STRIP, Small};

    pub fn lay_out(numbers: &[[u32; STRIP]], members: &Small, draws: &mut [[Small; 2]]) {
        let (members, mut place) = (load(members), all(0));
        for (numbers, draws) in numbers.iter().zip(draws) {
            for (bits, draw) in ends(numbers).into_iter().zip(draws) {
                store(and(or(bits, all(i16::MIN)), less(place, members)), draw);
                place = plus(place, all(1));
            }
        }
    }

    /// Every draw is held against every threshold, four of these at a time.
    pub fn count(draws: &[Small], thresholds: &[Small], counts: &mut [Small]) {
        let counts = &mut counts[..thresholds.len()];
        let (four, rest) = thresholds.as_chunks::<4>();
        let (counts_of_four, counts_of_rest) = counts.as_chunks_mut::<4>();
        for (thresholds, counts) in four.iter().zip(counts_of_four) {
            below(draws, thresholds, counts);
        }
        for (threshold, count) in rest.iter().zip(counts_of_rest) {
            below(draws, &[*threshold], std::array::from_mut(count));
        }
    }

    #[inline(always)]
    fn below<const N: usize>(draws: &[Small], thresholds: &[Small; N], counts: &mut [Small; N]) {
        let thresholds: [Vector; N] = std::array::from_fn(|at| load(&thresholds[at]));
        let mut found = [all(0); N];
        for draw in draws {
            let draw = load(draw);
            for (found, threshold) in found.iter_mut().zip(&thresholds) {
                *found = minus(*found, less(draw, *threshold));
            }
        }
        found.into_iter().zip(counts).for_each(|(found, count)| store(found, count));
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rng::{Purpose, stream};
    #[cfg(target_arch = "wasm32")]
    use wasm_bindgen_test::wasm_bindgen_test as test;

    fn bits(index: u32) -> u32 {
        stream(1, 2, 3, Purpose::Test).draws().at(index)
    }

    #[test]
    fn the_ways_of_all_targets_agree() {
        for round in 0..400 {
            let bits = |index: u32| bits(round * 1024 + index);
            let pairs = (bits(0) % 40) as usize;
            let numbers: Vec<[u32; STRIP]> =
                (0..pairs as u32).map(|pair| std::array::from_fn(|lane| bits(1 + pair * 8 + lane as u32))).collect();
            let members: Small = std::array::from_fn(|lane| (bits(500 + lane as u32) % (2 * pairs as u32 + 1)) as i16);
            let (mut draws, mut again) = (vec![[[7; STRIP]; 2]; pairs], vec![[[7; STRIP]; 2]; pairs]);
            lay_out(&numbers, &members, &mut draws);
            one_by_one::lay_out(&numbers, &members, &mut again);
            assert_eq!(draws, again);
            let draws: Vec<Small> = draws.into_iter().flatten().collect();
            // Thresholds that draws meet too, and those of nothing and of all.
            let mut thresholds: Vec<Small> = (0..bits(600) % 11)
                .map(|place| {
                    std::array::from_fn(|lane| (bits(700 + 8 * place + lane as u32) % 32_769) as i16 ^ i16::MIN)
                })
                .chain(draws.iter().take(3).copied())
                .chain([[i16::MIN; STRIP], [0; STRIP]])
                .collect();
            for lane in 0..STRIP {
                let mut of_lane: Vec<i16> = thresholds.iter().map(|threshold| threshold[lane]).collect();
                of_lane.sort_unstable();
                thresholds.iter_mut().zip(of_lane).for_each(|(threshold, sorted)| threshold[lane] = sorted);
            }
            let (mut counts, mut again) = (vec![[7; STRIP]; thresholds.len()], vec![[7; STRIP]; thresholds.len()]);
            count(&draws, &thresholds, &mut counts);
            one_by_one::count(&draws, &thresholds, &mut again);
            assert_eq!(counts, again);
            for lane in 0..STRIP {
                assert_eq!(counts.first().map(|counts| counts[lane]), Some(0));
                assert_eq!(counts.last().map(|counts| counts[lane]), Some(members[lane]));
                let right = |threshold: &Small| draws.iter().filter(|draws| draws[lane] < threshold[lane]).count();
                assert!(
                    thresholds.iter().zip(&counts).all(|(threshold, counts)| counts[lane] as usize == right(threshold))
                );
            }
        }
    }

    #[test]
    fn own_and_shared_bits_are_one_draw() {
        for round in 0..20_000 {
            let draw: [u32; STRIP] = std::array::from_fn(|lane| bits(8 * round + lane as u32) >> 1);
            let near = |lane: usize| draw[lane].wrapping_add(bits(round + lane as u32) % 3).wrapping_sub(1);
            let threshold: [u32; STRIP] = std::array::from_fn(|lane| match lane {
                0 => 0,
                1 => ALL,
                2..=4 => near(lane).min(ALL),
                _ => bits(1_000_000 + 8 * round + lane as u32) >> 1,
            });
            let own = own(&threshold, &draw.map(|draw| draw % (1 << SHARED)));
            for lane in 0..STRIP {
                let alone = (draw[lane] >> SHARED) as i16 | i16::MIN;
                assert_eq!(alone < own[lane], draw[lane] < threshold[lane], "{:#x} {:#x}", draw[lane], threshold[lane]);
            }
        }
        assert_eq!([0.0, 0.5, 1.0, 1.0 + 1e-9].map(threshold), [0, 1 << 30, ALL, ALL]);
    }

    #[test]
    fn the_most_of_eight() {
        for at in 0..STRIP {
            let mut members = [3; STRIP];
            members[at] = 512;
            assert_eq!(most(&members), 512);
        }
    }
}
