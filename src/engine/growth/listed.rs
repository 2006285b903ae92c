//! Lists of draws of 16 bits: of customers who leave, chosen sixteen at once where the target can, or of all deals.

use super::months::Months;

/// Customers of a cohort, or deals of a month, up to which each is drawn by itself.
pub const SINGLY: u32 = 512;
/// Bits of the place among them; those of the month stand above them.
const PLACE_BITS: u32 = SINGLY.trailing_zeros();
const _: () = assert!(crate::scenario::validate::MAXIMUM_MONTHS >> (u16::BITS - PLACE_BITS) == 0);

/// Draws that are looked at together, two to a number of 32 bits.
pub const SIXTEEN: u32 = 16;
/// How many numbers they are.
pub const PER_SIXTEEN: usize = SIXTEEN as usize / 2;

/// Draws that a list holds.
const ROOM: usize = 1024;

/// A list of draws, and whose each is.
#[derive(Debug, Clone)]
pub struct Listed {
    draws: [u16; ROOM],
    whose: [u16; ROOM],
    count: usize,
}

/// Whose a draw is: month of the cohort, place in it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Whose(u16);

impl Whose {
    /// The customer or deal at a place, below [`SINGLY`], of a month.
    #[inline(always)]
    pub fn new(month: usize, place: u32) -> Self {
        Self((month as u16) << PLACE_BITS | place as u16)
    }

    /// Month of the cohort.
    #[inline(always)]
    pub fn month(self) -> u32 {
        u32::from(self.0 >> PLACE_BITS)
    }

    /// Place in the cohort.
    #[inline(always)]
    pub fn place(self) -> u32 {
        u32::from(self.0) % SINGLY
    }
}

impl Listed {
    /// Nobody's.
    pub fn new() -> Self {
        Self { draws: [0; ROOM], whose: [0; ROOM], count: 0 }
    }

    /// Whether sixteen more may not fit.
    #[inline]
    pub fn is_full(&self) -> bool {
        self.count > ROOM - SIXTEEN as usize
    }

    /// Appends those of the first `present` draws that are at most the threshold, in their order; the first draw is the
    /// lower half of the first number, and belongs to `whose`, the next to the one after, and so on.
    ///
    /// # Panics
    /// If the list is full.
    #[inline(always)]
    pub fn add_chosen(&mut self, numbers: &[u32; PER_SIXTEEN], threshold: u16, present: u32, whose: Whose) {
        let present = if present < SIXTEEN { (1 << present) - 1 } else { u32::from(u16::MAX) };
        let (draws, all) = (&mut self.draws[self.count..], &mut self.whose[self.count..]);
        self.count += choose(numbers, threshold, present, whose.0, draws, all);
    }

    /// Appends the first `present` draws, as above.
    ///
    /// # Panics
    /// If the list is full.
    #[inline(always)]
    pub fn add(&mut self, numbers: &[u32; PER_SIXTEEN], present: u32, whose: Whose) {
        let places = self.count..self.count + SIXTEEN as usize;
        let (draws, all) = (&mut self.draws[places.clone()], &mut self.whose[places]);
        for (draws, number) in draws.chunks_exact_mut(2).zip(numbers) {
            draws.copy_from_slice(&[*number as u16, (number >> 16) as u16]);
        }
        for (place, all) in all.iter_mut().enumerate() {
            *all = whose.0 | place as u16;
        }
        self.count += present.min(SIXTEEN) as usize;
    }

    /// Shows how many months are before the one that each draw means, and whose it is; by `further` bits where the draw
    /// does not decide. The list is empty then.
    #[inline]
    pub fn show(&mut self, months: &Months, further: impl Fn(u32, Whose) -> usize, mut show: impl FnMut(usize, Whose)) {
        let count = std::mem::take(&mut self.count).min(ROOM);
        let (draws, whose) = (&self.draws[..count], &self.whose[..count]);
        let mut next = 0;
        loop {
            next += show_decided(months, &draws[next..], &whose[next..], &mut show);
            let Some((draw, whose)) = draws.get(next).zip(whose.get(next)) else { return };
            show(further(u32::from(*draw), Whose(*whose)), Whose(*whose));
            next += 1;
        }
    }
}

/// Shows draws up to the first that does not decide; how many.
///
/// A function of its own with nothing to call, so that all it needs stays in registers.
#[inline(never)]
fn show_decided(months: &Months, draws: &[u16], whose: &[u16], show: &mut impl FnMut(usize, Whose)) -> usize {
    for (shown, (draw, whose)) in draws.iter().zip(whose).enumerate() {
        let Some(before) = months.before(u32::from(*draw)) else { return shown };
        show(before, Whose(*whose));
    }
    draws.len()
}

/// The definition, and the way of targets without vectors: writes draws and whose they are, and says how many.
#[cfg_attr(any(target_feature = "ssse3", target_feature = "simd128"), allow(dead_code))]
fn one_by_one(
    numbers: &[u32; PER_SIXTEEN],
    threshold: u16,
    present: u32,
    whose: u16,
    draws: &mut [u16],
    all: &mut [u16],
) -> usize {
    let mut count = 0;
    for place in 0..SIXTEEN as usize {
        let draw = (numbers[place / 2] >> (16 * (place % 2))) as u16;
        // Written in any case, and kept if it counts: no processor foresees which.
        (draws[count], all[count]) = (draw, whose + place as u16);
        count += (present as usize >> place) & usize::from(draw <= threshold);
    }
    count
}

#[cfg(not(any(
    all(target_arch = "x86_64", target_feature = "ssse3"),
    all(target_arch = "wasm32", target_feature = "simd128")
)))]
use one_by_one as choose;

#[cfg(any(
    all(target_arch = "x86_64", target_feature = "ssse3"),
    all(target_arch = "wasm32", target_feature = "simd128")
))]
use by_vectors::choose;

#[cfg(any(
    all(target_arch = "x86_64", target_feature = "ssse3"),
    all(target_arch = "wasm32", target_feature = "simd128")
))]
mod by_vectors {
    use super::PER_SIXTEEN;
    use super::vector::{at_most, pick};

    /// By a mask of eight, the bytes of the pairs that it has, then any.
    static PAIRS: [[u8; 16]; 256] = {
        let mut pairs = [[0; 16]; 256];
        let mut mask = 0;
        while mask < 256 {
            let (mut place, mut count) = (0, 0);
            while place < 8 {
                if mask >> place & 1 == 1 {
                    pairs[mask][2 * count] = 2 * place;
                    pairs[mask][2 * count + 1] = 2 * place + 1;
                    count += 1;
                }
                place += 1;
            }
            mask += 1;
        }
        pairs
    };

    #[inline(always)]
    pub fn choose(
        numbers: &[u32; PER_SIXTEEN],
        threshold: u16,
        present: u32,
        whose: u16,
        draws: &mut [u16],
        all: &mut [u16],
    ) -> usize {
        let mask = at_most(numbers, threshold) & present;
        let mut count = 0;
        for (half, four) in numbers.as_chunks::<4>().0.iter().enumerate() {
            let (mask, first) = (mask >> (8 * half) & 255, whose + 8 * half as u16);
            let owners = std::array::from_fn(|pair| {
                let place = u32::from(first) + 2 * pair as u32;
                place | (place + 1) << 16
            });
            let pairs = &PAIRS[mask as usize];
            pick(four, pairs, &mut draws[count..]);
            pick(&owners, pairs, &mut all[count..]);
            count += mask.count_ones() as usize;
        }
        count
    }
}

/// What targets do differently: which of sixteen draws are at most a threshold, as bits, and the bytes of four numbers in
/// another order, as eight numbers.
#[cfg(all(target_arch = "wasm32", target_feature = "simd128"))]
mod vector {
    use super::PER_SIXTEEN;
    use std::arch::wasm32::{
        i8x16_bitmask, i8x16_narrow_i16x8, i8x16_swizzle, u16x8_le, u16x8_splat, u32x4, v128, v128_load, v128_store,
    };

    #[inline(always)]
    fn vector([a, b, c, d]: [u32; 4]) -> v128 {
        u32x4(a, b, c, d)
    }

    #[inline(always)]
    pub fn at_most(&[a, b, c, d, e, f, g, h]: &[u32; PER_SIXTEEN], threshold: u16) -> u32 {
        let at_most = |four| u16x8_le(vector(four), u16x8_splat(threshold));
        i8x16_bitmask(i8x16_narrow_i16x8(at_most([a, b, c, d]), at_most([e, f, g, h]))).into()
    }

    #[inline(always)]
    pub fn pick(from: &[u32; 4], bytes: &[u8; 16], to: &mut [u16]) {
        let to = &mut to[..8];
        // SAFETY: sixteen bytes are read from the array, sixteen written to the slice; neither needs to be aligned.
        unsafe {
            let bytes = v128_load(bytes.as_ptr().cast());
            v128_store(to.as_mut_ptr().cast(), i8x16_swizzle(vector(*from), bytes));
        }
    }
}

#[cfg(all(target_arch = "x86_64", target_feature = "ssse3"))]
mod vector {
    use super::PER_SIXTEEN;
    use std::arch::x86_64::{
        __m128i, _mm_cmpeq_epi16, _mm_loadu_si128, _mm_movemask_epi8, _mm_packs_epi16, _mm_set1_epi16, _mm_setr_epi32,
        _mm_setzero_si128, _mm_shuffle_epi8, _mm_storeu_si128, _mm_subs_epu16,
    };

    #[inline(always)]
    fn vector(four: [u32; 4]) -> __m128i {
        let [a, b, c, d] = four.map(|number| number as i32);
        // SAFETY: this needs SSE2 alone, which this module is compiled for.
        unsafe { _mm_setr_epi32(a, b, c, d) }
    }

    #[inline(always)]
    pub fn at_most(&[a, b, c, d, e, f, g, h]: &[u32; PER_SIXTEEN], threshold: u16) -> u32 {
        // SAFETY: as above.
        unsafe {
            let threshold = _mm_set1_epi16(threshold as i16);
            let at_most = |four| _mm_cmpeq_epi16(_mm_subs_epu16(vector(four), threshold), _mm_setzero_si128());
            _mm_movemask_epi8(_mm_packs_epi16(at_most([a, b, c, d]), at_most([e, f, g, h]))) as u32
        }
    }

    #[inline(always)]
    pub fn pick(from: &[u32; 4], bytes: &[u8; 16], to: &mut [u16]) {
        let to = &mut to[..8];
        // SAFETY: this needs SSSE3, which this module is compiled for; sixteen bytes are read from the array, sixteen
        // written to the slice; neither needs to be aligned.
        unsafe {
            let bytes = _mm_loadu_si128(bytes.as_ptr().cast());
            _mm_storeu_si128(to.as_mut_ptr().cast(), _mm_shuffle_epi8(vector(*from), bytes));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rng::{Draws, Purpose, stream};
    #[cfg(target_arch = "wasm32")]
    use wasm_bindgen_test::wasm_bindgen_test as test;

    fn draws() -> Draws {
        stream(1, 2, 3, Purpose::Test).draws()
    }

    /// The draws of numbers in their order.
    fn draws_of(numbers: &[u32; PER_SIXTEEN]) -> impl Iterator<Item = u16> {
        numbers.iter().flat_map(|number| [*number as u16, (number >> 16) as u16])
    }

    /// What is in a list, which is empty then.
    fn taken(list: &mut Listed) -> Vec<(u16, Whose)> {
        let count = std::mem::take(&mut list.count);
        list.draws.into_iter().zip(list.whose.map(Whose)).take(count).collect()
    }

    #[test]
    fn vectors_agree_with_the_definition() {
        let mut list = Listed::new();
        for i in 0..20_000 {
            let numbers: [u32; PER_SIXTEEN] = draws().several(8 * i, 1);
            let (present, whose) = (1 + i % 20, Whose::new(i as usize % 120, i % 32 * SIXTEEN));
            // Thresholds that tie too.
            for threshold in [0, u16::MAX, 0x7FFF, 0x8000, numbers[1] as u16, (numbers[2] >> 16) as u16] {
                list.add_chosen(&numbers, threshold, present, whose);
                let found = taken(&mut list);
                let (mut some, mut all) = ([0; 16], [0; 16]);
                let mask = (1 << present.min(SIXTEEN)) - 1;
                let count = one_by_one(&numbers, threshold, mask, whose.0, &mut some, &mut all);
                assert!(found.iter().copied().eq(some.into_iter().zip(all.map(Whose)).take(count)));
                let right = (0..present).zip(draws_of(&numbers)).filter(|(_, draw)| *draw <= threshold);
                let right =
                    right.map(|(place, draw)| (draw, Whose::new(whose.month() as usize, whose.place() + place)));
                assert!(found.into_iter().eq(right), "{numbers:x?} {threshold:x} {present}");
            }
        }
    }

    #[test]
    fn every_draw_of_a_list_is_shown_once() {
        let (mut months, mut list, mut found) = (Months::new(3), Listed::new(), Vec::new());
        months.lay_out([0.2, 0.5, 0.9].into_iter());
        let mut right = Vec::new();
        for (month, count) in [(0, 7), (4, 16), (5, 0), (119, 40)] {
            for first in (0..count).step_by(SIXTEEN as usize) {
                let numbers = draws().several(1000 * month as u32 + first / 2, 1);
                list.add(&numbers, count - first, Whose::new(month, first));
                right.extend(
                    (first..count)
                        .zip(draws_of(&numbers))
                        .map(|(place, draw)| (months.before(u32::from(draw)).unwrap_or(77), Whose::new(month, place))),
                );
            }
        }
        // The last one is undecided, so that it is shown after the others.
        list.add(&[(0.5 * 65_536.0) as u32; PER_SIXTEEN], 1, Whose::new(3, 511));
        right.push((77, Whose::new(3, 511)));
        list.show(&months, |_, _| 77, |before, whose| found.push((before, whose)));
        assert_eq!(found, right);
        assert_eq!(right.len(), 64);
        list.show(&months, |_, _| 77, |before, whose| found.push((before, whose)));
        assert_eq!(found.len(), 64, "shown twice");
    }

    #[test]
    fn a_list_that_is_not_full_has_room() {
        let mut list = Listed::new();
        while !list.is_full() {
            list.add_chosen(&[0; PER_SIXTEEN], 0, SIXTEEN, Whose::new(7, 0));
        }
        assert_eq!(taken(&mut list).len(), ROOM);
    }
}
