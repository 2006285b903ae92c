//! Counting amounts in bins of equal width.

use super::FAN_BINS;

/// Bins of a fan: 0 for nothing, then equal widths up to the top.
pub struct Bins {
    /// Bins per unit, as a multiple of 2^−`shift`: between 2³¹ and 2³².
    per_unit: u64,
    shift: u32,
}

impl Bins {
    /// Bins for amounts up to `top` units, from 1.
    pub fn up_to(top: u32) -> Self {
        let shift = top.ilog2() + u32::BITS - 1 - FAN_BINS.ilog2();
        Self { per_unit: ((FAN_BINS as u64) << shift) / u64::from(top), shift }
    }

    /// Counts amounts by bin.
    pub fn count(&self, amounts: &[u32], bins: &mut [u32]) {
        for amount in amounts {
            let bin = ((u64::from(*amount) * self.per_unit) >> self.shift) as u32;
            // Without a branch: whether anything is signed in a month is the toss of a coin.
            bins[(bin.min(FAN_BINS as u32 - 1) + u32::from(*amount != 0)) as usize] += 1;
        }
    }
}
