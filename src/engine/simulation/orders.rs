//! Orders of the sixteen trials of a group, in which a deal takes them.
//!
//! A trial's uniform number for the outcome of a deal is (place of the trial in the order + u)/16, with one u and one
//! order for the group. Each trial has each place equally often over the orders, so that its number is uniform, and
//! numbers of different deals are independent. The trials of a group share the range out among them: the number of
//! winners among sixteen is the expected one, rounded up or down.

use super::GROUP;

/// Trials of a group, to size arrays with.
const TRIALS: usize = GROUP as usize;

/// Number of orders: the first byte of a draw chooses one.
pub const ORDERS: usize = 256;

/// Trials of the orders k ↦ a·(k + 1) mod 17 − 1, first to last, by a. Wide, so that they are added to as they are.
static PRODUCTS: [[u32; TRIALS]; TRIALS] = {
    let mut products = [[0; TRIALS]; TRIALS];
    let mut a = 0;
    while a < TRIALS {
        let mut place = 0;
        while place < TRIALS {
            products[a][place] = ((a + 1) * (place + 1) % (TRIALS + 1)) as u32 - 1;
            place += 1;
        }
        a += 1;
    }
    products
};

/// The trials of a group, first to last, in an order: the exclusive or of each of these numbers with the other one.
///
/// Orders are k ↦ (a·(k + 1) mod 17 − 1) ⊕ b for the sixteen a and the sixteen b.
#[inline(always)]
pub const fn trials(order: usize) -> (&'static [u32; TRIALS], u32) {
    (&PRODUCTS[order / TRIALS % TRIALS], (order % TRIALS) as u32)
}

/// Trial at a place of an order.
const fn trial_at(order: usize, place: usize) -> usize {
    let (numbers, other) = trials(order);
    (numbers[place] ^ other) as usize
}

/// Place of each trial in each order.
pub static PLACE: [[u8; TRIALS]; ORDERS] = {
    let mut places = [[0; TRIALS]; ORDERS];
    let mut number = 0;
    while number < ORDERS {
        let mut place = 0;
        while place < TRIALS {
            places[number][trial_at(number, place)] = place as u8;
            place += 1;
        }
        number += 1;
    }
    places
};

/// Bits of the first so many trials of each order.
pub static FIRST: [[u16; TRIALS + 1]; ORDERS] = {
    let mut first = [[0; TRIALS + 1]; ORDERS];
    let mut number = 0;
    while number < ORDERS {
        let mut place = 0;
        while place < TRIALS {
            first[number][place + 1] = first[number][place] | 1 << trial_at(number, place);
            place += 1;
        }
        number += 1;
    }
    first
};

#[cfg(test)]
mod tests {
    use super::*;
    #[cfg(target_arch = "wasm32")]
    use wasm_bindgen_test::wasm_bindgen_test as test;

    #[test]
    fn each_order_has_each_trial_once() {
        for (order, first) in FIRST.iter().enumerate() {
            assert_eq!((0..TRIALS).fold(0, |seen, place| seen | 1_u16 << trial_at(order, place)), u16::MAX);
            for (count, bits) in first.iter().enumerate() {
                assert_eq!(bits.count_ones() as usize, count);
            }
        }
    }

    #[test]
    fn each_trial_has_each_place_equally_often() {
        for trial in 0..TRIALS {
            for place in 0..TRIALS {
                let often = (0..ORDERS).filter(|order| trial_at(*order, place) == trial).count();
                assert_eq!(often, ORDERS / TRIALS);
            }
        }
    }
}
