//! Counting amounts in bins of equal width.

use super::{BINS, FAN_BINS, ZERO_BINS};

/// Bins of a fan: the first [`ZERO_BINS`] for nothing, in turn, then equal widths up to the top, whose last one takes all
/// beyond.
pub struct Bins {
    /// Bins per two units.
    per_pair: f32,
}

/// Amounts whose bins are found before they are counted.
const TOGETHER: usize = 64;
/// Numbers from here to twice as much are whole: adding it to a smaller number rounds that one into the last bits.
const WHOLE: f32 = 8_388_608.0;

impl Bins {
    /// Bins for amounts up to `top` units, from 1.
    pub fn up_to(top: u32) -> Self {
        Self { per_pair: (2.0 * FAN_BINS as f64 / f64::from(top)) as f32 }
    }

    /// Counts amounts by bin, an odd one as the even one below. An edge moves by 10⁻³ of a bin at most for the roundings.
    pub fn count(&self, amounts: &[u32], bins: &mut [u32; BINS]) {
        let mut found = [0; TOGETHER];
        for amounts in amounts.chunks(TOGETHER) {
            // By operations that four amounts can take at once, and without a branch: whether anything is signed in a
            // month is the toss of a coin.
            for (turn, (found, amount)) in found.iter_mut().zip(amounts).enumerate() {
                *found = self.bin(*amount, turn as u32);
            }
            for bin in &found[..amounts.len()] {
                bins[*bin as usize % BINS] += 1;
            }
        }
    }

    #[inline(always)]
    fn bin(&self, amount: u32, turn: u32) -> u32 {
        const LAST: f32 = FAN_BINS as f32 - 0.5;
        // In the range of signed numbers, which convert at once.
        let pairs = (amount >> 1) as i32 as f32;
        let place = pairs * self.per_pair;
        let place = if place < LAST { place } else { LAST };
        // Half a bin up, rounded to the nearest: one above the bins that lie wholly below.
        let bin = (place + 0.5 + WHOLE).to_bits() - (WHOLE.to_bits() - (ZERO_BINS as u32 - 1));
        if amount == 0 { turn % ZERO_BINS as u32 } else { bin }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rng::{Purpose, stream};
    #[cfg(target_arch = "wasm32")]
    use wasm_bindgen_test::wasm_bindgen_test as test;

    #[test]
    fn an_amount_is_in_the_bin_between_its_edges() {
        let draws = stream(1, 0, 5, Purpose::Test).draws();
        for top in [1, 2, 3, 100, 8_192, 8_193, 1_000_003, u32::MAX / 11, u32::MAX] {
            let bins = Bins::up_to(top);
            let zeros = ZERO_BINS as u32;
            assert_eq!((0..2 * zeros).map(|turn| bins.bin(0, turn)).max(), Some(zeros - 1));
            assert_eq!(bins.bin(u32::MAX, 0), FAN_BINS as u32 + zeros - 1);
            for i in 0..20_000 {
                // From all amounts, and from those inside the bins.
                let draw = draws.at(i);
                let amount = if i % 2 == 0 { draw } else { ((u64::from(draw) * u64::from(top)) >> 32) as u32 };
                if amount == 0 {
                    continue;
                }
                let place = f64::from(amount & !1) * FAN_BINS as f64 / f64::from(top);
                let bin = bins.bin(amount, i) + 1 - zeros;
                let inside = (f64::from(bin) - 1.001..=f64::from(bin) + 0.001).contains(&place);
                assert!(
                    inside || bin == FAN_BINS as u32 && place > f64::from(bin) - 1.0,
                    "{amount} of {top}: {bin}, {place}"
                );
            }
        }
    }

    #[test]
    fn bins_do_not_fall_as_amounts_rise() {
        let bins = Bins::up_to(123_457);
        assert!((0..200_000).map(|amount| bins.bin(amount, 0)).is_sorted());
    }
}
