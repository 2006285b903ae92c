//! Lists of draws of 16 bits, of deals.

use super::months::Months;

/// Deals of a month up to which each is drawn by itself.
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

/// Whose a draw is: month of acceptance, place in it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Whose(u16);

impl Whose {
    /// The deal at a place, below [`SINGLY`], of a month.
    #[inline(always)]
    pub fn new(month: usize, place: u32) -> Self {
        Self((month as u16) << PLACE_BITS | place as u16)
    }

    /// Month of acceptance.
    #[inline(always)]
    pub fn month(self) -> u32 {
        u32::from(self.0 >> PLACE_BITS)
    }

    /// Place in it.
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

    /// Appends the first `present` draws, in their order; the first one is the lower half of the first number, and belongs
    /// to `whose`, the next to the one after, and so on.
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
            list.add(&[0; PER_SIXTEEN], SIXTEEN, Whose::new(7, 0));
        }
        assert_eq!(list.count, ROOM);
    }
}
