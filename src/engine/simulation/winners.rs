//! Who wins: bits of trials, the list of the set ones, and a draw for each of them.

use super::kernel::TRIALS;
use super::strata::STRATA;
use super::{BLOCK, GROUP, amounts, lanes};
use crate::rng::Draws;

/// The trials of a block that a deal wins, in ascending order.
pub struct Winners {
    trials: [u16; TRIALS + 8],
    draws: [u32; TRIALS],
    places: [u32; TRIALS],
    count: usize,
    /// Those that close outside the window: memory for the kernel.
    pub outside: Vec<u16>,
}

impl Default for Winners {
    fn default() -> Self {
        Self { trials: [0; TRIALS + 8], draws: [0; TRIALS], places: [0; TRIALS], count: 0, outside: Vec::new() }
    }
}

impl Winners {
    /// Lists the trials whose bit is set.
    #[inline(never)]
    pub fn list(&mut self, bits: &[u16; STRATA]) {
        let mut count = 0;
        let mut first = [0_u16; 8];
        for byte in bits.iter().flat_map(|bits| bits.to_le_bytes()) {
            let lanes = &SET_BITS[usize::from(byte)];
            // Eight at once, of which the next ones overwrite those past the count.
            let slots = &mut self.trials[count..count + 8];
            slots.iter_mut().zip(&first).zip(lanes).for_each(|((slot, first), lane)| *slot = first + u16::from(*lane));
            first.iter_mut().for_each(|first| *first += 8);
            count += byte.count_ones() as usize;
        }
        self.count = count.min(TRIALS);
    }

    /// Makes the draw of each listed trial.
    #[inline(never)]
    pub fn draw(&mut self, draws: Draws) {
        let trials = &self.trials[..self.count];
        for ((draw, place), trial) in self.draws.iter_mut().zip(&mut self.places).zip(trials) {
            *draw = draws.at(u32::from(*trial));
            *place = amounts::place(*draw);
        }
    }

    /// The listed trials from the `first` on.
    pub fn listed(&self, first: usize) -> Listed<'_> {
        let range = first.min(self.count)..self.count;
        Listed { trials: &self.trials[range.clone()], draws: &self.draws[range.clone()], places: &self.places[range] }
    }
}

/// Trials that a deal wins, one after another.
pub struct Listed<'a> {
    /// Their numbers in the block.
    pub trials: &'a [u16],
    /// Their draws.
    pub draws: &'a [u32],
    /// Places of their amounts among the cells.
    pub places: &'a [u32],
}

/// Numbers of the set bits of each byte, then zeros.
static SET_BITS: [[u8; 8]; 256] = {
    let mut table = [[0; 8]; 256];
    let mut byte = 0;
    while byte < 256 {
        let (mut bit, mut count) = (0, 0);
        while bit < 8 {
            if byte >> bit & 1 == 1 {
                table[byte][count] = bit as u8;
                count += 1;
            }
            bit += 1;
        }
        byte += 1;
    }
    table
};

/// The first bytes of the outcomes of all trials, four to a draw.
#[inline]
fn first_bytes(outcome: Draws) -> [u32; TRIALS / 4] {
    std::array::from_fn(|index| outcome.at(index as u32))
}

/// The 24 further bits of a trial's draw.
#[inline]
fn last_bits(outcome: Draws, trial: u32) -> u32 {
    outcome.at(BLOCK / 4 + trial) >> 8
}

/// Bits of the trials whose 32-bit draw is below their group's threshold.
///
/// The first byte of each draw decides alone unless it equals the threshold's.
#[inline(never)]
pub fn won_at_threshold(outcome: Draws, thresholds: &[u32; STRATA]) -> [u16; STRATA] {
    let bytes = first_bytes(outcome);
    let mut won = [0; STRATA];
    for (group, ((won, bytes), threshold)) in won.iter_mut().zip(bytes.chunks_exact(4)).zip(thresholds).enumerate() {
        let word = |low: u32, high: u32| u64::from(low) | u64::from(high) << 32;
        let (low, high) = (word(bytes[0], bytes[1]), word(bytes[2], bytes[3]));
        let (mut below, mut ties) = lanes::compare(low, high, (threshold >> 24) as u8);
        while ties != 0 {
            let lane = ties.trailing_zeros();
            ties &= ties - 1;
            let last = last_bits(outcome, group as u32 * GROUP + lane);
            below |= u16::from(last < threshold & 0x00FF_FFFF) << lane;
        }
        *won = below;
    }
    won
}

/// The same with a threshold per trial: by group and number in the group.
#[inline(never)]
pub fn won_by_class(outcome: Draws, threshold: impl Fn(usize, usize) -> u32) -> [u16; STRATA] {
    let words = first_bytes(outcome);
    std::array::from_fn(|group| {
        let bytes = words[group * 4..(group + 1) * 4].iter().flat_map(|word| word.to_le_bytes());
        bytes.enumerate().fold(0, |won, (lane, byte)| {
            let threshold = threshold(group, lane);
            let top = (threshold >> 24) as u8;
            let last = || last_bits(outcome, group as u32 * GROUP + lane as u32);
            let below = byte < top || byte == top && last() < threshold & 0x00FF_FFFF;
            won | u16::from(below) << lane
        })
    })
}
