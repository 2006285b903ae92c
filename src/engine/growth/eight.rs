//! Eight numbers of 16 bits with a sign at once: what targets name differently.

use super::cohort::Small;
use crate::engine::paths::STRIP;

const _: () = assert!(STRIP == 8);

#[cfg(target_arch = "wasm32")]
mod target {
    use super::Small;
    use std::arch::wasm32::{
        i16x8_add, i16x8_lt, i16x8_narrow_i32x4, i16x8_splat, i16x8_sub, u32x4_shr, u32x4_splat, v128, v128_and,
        v128_load, v128_or, v128_store,
    };

    pub type Vector = v128;

    #[inline(always)]
    pub fn all(number: i16) -> Vector {
        i16x8_splat(number)
    }

    #[inline(always)]
    pub fn load(numbers: &Small) -> Vector {
        // SAFETY: sixteen bytes are read from the array, which need not be aligned.
        unsafe { v128_load(numbers.as_ptr().cast()) }
    }

    #[inline(always)]
    pub fn store(vector: Vector, numbers: &mut Small) {
        // SAFETY: sixteen bytes are written to the array, which need not be aligned.
        unsafe { v128_store(numbers.as_mut_ptr().cast(), vector) }
    }

    /// The lowest and the highest 15 bits of each.
    #[inline(always)]
    pub fn ends(numbers: &[u32; 8]) -> [Vector; 2] {
        let (low, high) = numbers.split_at(4);
        // SAFETY: sixteen bytes are read from each half, which need not be aligned.
        let [low, high] = unsafe { [v128_load(low.as_ptr().cast()), v128_load(high.as_ptr().cast())] };
        let lowest = |four| v128_and(four, u32x4_splat(0x7FFF));
        [i16x8_narrow_i32x4(lowest(low), lowest(high)), i16x8_narrow_i32x4(u32x4_shr(low, 17), u32x4_shr(high, 17))]
    }

    #[inline(always)]
    pub fn plus(a: Vector, b: Vector) -> Vector {
        i16x8_add(a, b)
    }

    #[inline(always)]
    pub fn minus(a: Vector, b: Vector) -> Vector {
        i16x8_sub(a, b)
    }

    #[inline(always)]
    pub fn or(a: Vector, b: Vector) -> Vector {
        v128_or(a, b)
    }

    #[inline(always)]
    pub fn and(a: Vector, b: Vector) -> Vector {
        v128_and(a, b)
    }

    /// −1 where it is so, 0 where not.
    #[inline(always)]
    pub fn less(a: Vector, b: Vector) -> Vector {
        i16x8_lt(a, b)
    }
}

#[cfg(target_arch = "x86_64")]
mod target {
    use super::Small;
    use std::arch::x86_64::{
        __m128i, _mm_add_epi16, _mm_and_si128, _mm_cmplt_epi16, _mm_loadu_si128, _mm_or_si128, _mm_packs_epi32,
        _mm_set1_epi16, _mm_set1_epi32, _mm_srli_epi32, _mm_storeu_si128, _mm_sub_epi16,
    };

    pub type Vector = __m128i;

    #[inline(always)]
    pub fn all(number: i16) -> Vector {
        // SAFETY: like all here, this needs SSE2 alone, which every processor of this kind has.
        unsafe { _mm_set1_epi16(number) }
    }

    #[inline(always)]
    pub fn load(numbers: &Small) -> Vector {
        // SAFETY: sixteen bytes are read from the array, which need not be aligned.
        unsafe { _mm_loadu_si128(numbers.as_ptr().cast()) }
    }

    #[inline(always)]
    pub fn store(vector: Vector, numbers: &mut Small) {
        // SAFETY: sixteen bytes are written to the array, which need not be aligned.
        unsafe { _mm_storeu_si128(numbers.as_mut_ptr().cast(), vector) }
    }

    /// The lowest and the highest 15 bits of each.
    #[inline(always)]
    pub fn ends(numbers: &[u32; 8]) -> [Vector; 2] {
        let (low, high) = numbers.split_at(4);
        // SAFETY: sixteen bytes are read from each half, which need not be aligned.
        unsafe {
            let [low, high] = [_mm_loadu_si128(low.as_ptr().cast()), _mm_loadu_si128(high.as_ptr().cast())];
            let lowest = |four| _mm_and_si128(four, _mm_set1_epi32(0x7FFF));
            let highest = |four| _mm_srli_epi32(four, 17);
            [_mm_packs_epi32(lowest(low), lowest(high)), _mm_packs_epi32(highest(low), highest(high))]
        }
    }

    #[inline(always)]
    pub fn plus(a: Vector, b: Vector) -> Vector {
        // SAFETY: as above.
        unsafe { _mm_add_epi16(a, b) }
    }

    #[inline(always)]
    pub fn minus(a: Vector, b: Vector) -> Vector {
        // SAFETY: as above.
        unsafe { _mm_sub_epi16(a, b) }
    }

    #[inline(always)]
    pub fn or(a: Vector, b: Vector) -> Vector {
        // SAFETY: as above.
        unsafe { _mm_or_si128(a, b) }
    }

    #[inline(always)]
    pub fn and(a: Vector, b: Vector) -> Vector {
        // SAFETY: as above.
        unsafe { _mm_and_si128(a, b) }
    }

    /// −1 where it is so, 0 where not.
    #[inline(always)]
    pub fn less(a: Vector, b: Vector) -> Vector {
        // SAFETY: as above.
        unsafe { _mm_cmplt_epi16(a, b) }
    }
}

pub use target::{Vector, all, and, ends, less, load, minus, or, plus, store};
