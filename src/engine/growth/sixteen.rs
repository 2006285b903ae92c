//! Sixteen draws of 16 bits against one threshold, at once where the target can.

/// Bits of the draws at or below the threshold: the first draw is the lowest 16 bits of the first word.
#[inline]
pub fn at_most(words: &[u64; 4], threshold: u16) -> u16 {
    vector::at_most(words, threshold)
}

#[cfg(all(target_arch = "wasm32", target_feature = "simd128"))]
mod vector {
    use std::arch::wasm32::{i8x16_bitmask, i8x16_narrow_i16x8, u16x8_le, u16x8_splat, u64x2};

    #[inline]
    pub fn at_most(words: &[u64; 4], threshold: u16) -> u16 {
        let threshold = u16x8_splat(threshold);
        let low = u16x8_le(u64x2(words[0], words[1]), threshold);
        i8x16_bitmask(i8x16_narrow_i16x8(low, u16x8_le(u64x2(words[2], words[3]), threshold)))
    }
}

#[cfg(all(target_arch = "x86_64", target_feature = "sse2"))]
mod vector {
    use std::arch::x86_64::{
        _mm_cmpeq_epi16, _mm_movemask_epi8, _mm_packs_epi16, _mm_set_epi64x, _mm_set1_epi16, _mm_setzero_si128,
        _mm_subs_epu16,
    };

    #[inline]
    pub fn at_most(words: &[u64; 4], threshold: u16) -> u16 {
        // SAFETY: these need SSE2 alone, which this module is compiled for.
        unsafe {
            let threshold = _mm_set1_epi16(threshold as i16);
            let below = |low: u64, high: u64| {
                let draws = _mm_set_epi64x(high as i64, low as i64);
                _mm_cmpeq_epi16(_mm_subs_epu16(draws, threshold), _mm_setzero_si128())
            };
            _mm_movemask_epi8(_mm_packs_epi16(below(words[0], words[1]), below(words[2], words[3]))) as u16
        }
    }
}

#[cfg(not(any(
    all(target_arch = "x86_64", target_feature = "sse2"),
    all(target_arch = "wasm32", target_feature = "simd128")
)))]
mod vector {
    pub use super::one_by_one as at_most;
}

/// The definition, and the way of targets without vectors.
#[cfg_attr(any(target_feature = "sse2", target_feature = "simd128"), allow(dead_code))]
pub fn one_by_one(words: &[u64; 4], threshold: u16) -> u16 {
    let draws = words.iter().flat_map(|word| (0..4).map(move |place| (word >> (16 * place)) as u16));
    draws.enumerate().fold(0, |bits, (place, draw)| bits | u16::from(draw <= threshold) << place)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rng::{Purpose, stream};
    #[cfg(target_arch = "wasm32")]
    use wasm_bindgen_test::wasm_bindgen_test as test;

    #[test]
    fn vectors_agree_with_the_definition() {
        let draws = stream(1, 2, 3, Purpose::Test);
        for i in 0..20_000 {
            let words = std::array::from_fn(|place| draws.word(4 * i + place as u32));
            // Thresholds that tie too.
            for threshold in [0, u16::MAX, 0x7FFF, 0x8000, words[1] as u16, (words[2] >> 48) as u16] {
                assert_eq!(at_most(&words, threshold), one_by_one(&words, threshold), "{words:x?} {threshold:x}");
            }
        }
    }
}
