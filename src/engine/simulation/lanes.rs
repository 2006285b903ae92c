//! Sixteen bytes against one, at once where the target can.

/// Bits of the bytes below `top`, and of those equal to it. The first byte is the lowest of `low`.
#[inline]
pub fn compare(low: u64, high: u64, top: u8) -> (u16, u16) {
    vector::compare(low, high, top)
}

#[cfg(all(target_arch = "wasm32", target_feature = "simd128"))]
mod vector {
    use std::arch::wasm32::{u8x16_bitmask, u8x16_eq, u8x16_lt, u8x16_splat, u64x2};

    #[inline]
    pub fn compare(low: u64, high: u64, top: u8) -> (u16, u16) {
        let (bytes, top) = (u64x2(low, high), u8x16_splat(top));
        (u8x16_bitmask(u8x16_lt(bytes, top)), u8x16_bitmask(u8x16_eq(bytes, top)))
    }
}

#[cfg(all(target_arch = "x86_64", target_feature = "sse2"))]
mod vector {
    use std::arch::x86_64::{_mm_cmpeq_epi8, _mm_max_epu8, _mm_movemask_epi8, _mm_set_epi64x, _mm_set1_epi8};

    #[inline]
    pub fn compare(low: u64, high: u64, top: u8) -> (u16, u16) {
        // SAFETY: these need SSE2 alone, which this module is compiled for.
        let (equal, at_least) = unsafe {
            let (bytes, top) = (_mm_set_epi64x(high as i64, low as i64), _mm_set1_epi8(top as i8));
            let at_least = _mm_cmpeq_epi8(_mm_max_epu8(bytes, top), bytes);
            (_mm_movemask_epi8(_mm_cmpeq_epi8(bytes, top)) as u16, _mm_movemask_epi8(at_least) as u16)
        };
        (!at_least, equal)
    }
}

#[cfg(not(any(
    all(target_arch = "x86_64", target_feature = "sse2"),
    all(target_arch = "wasm32", target_feature = "simd128")
)))]
mod vector {
    pub use super::one_by_one as compare;
}

/// The definition, and the way of targets without vectors.
#[cfg_attr(any(target_feature = "sse2", target_feature = "simd128"), allow(dead_code))]
pub fn one_by_one(low: u64, high: u64, top: u8) -> (u16, u16) {
    let bytes = low.to_le_bytes().into_iter().chain(high.to_le_bytes());
    bytes.enumerate().fold((0, 0), |(below, equal), (lane, byte)| {
        (below | u16::from(byte < top) << lane, equal | u16::from(byte == top) << lane)
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rng::{Purpose, stream};
    #[cfg(target_arch = "wasm32")]
    use wasm_bindgen_test::wasm_bindgen_test as test;

    #[test]
    fn vectors_agree_with_the_definition() {
        let words = stream(1, 2, 3, Purpose::Test);
        for top in 0..=255 {
            for i in 0..40 {
                // Words with repeated bytes too: ties on purpose.
                let (low, high) = (words.word(2 * i), u64::from_le_bytes([top; 8]) ^ (1 << (i % 64)));
                assert_eq!(compare(low, high, top), one_by_one(low, high, top), "{low:x} {high:x} {top}");
            }
        }
    }
}
