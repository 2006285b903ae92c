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

/// The trials of a group, first to last, by order: k ↦ (a·(k + 1) mod 17 − 1) ⊕ b for the sixteen a and the sixteen b.
pub static ORDER: [[u8; TRIALS]; ORDERS] = {
    let mut orders = [[0; TRIALS]; ORDERS];
    let mut number = 0;
    while number < ORDERS {
        let mut place = 0;
        while place < TRIALS {
            let product = (number / TRIALS + 1) * (place + 1) % (TRIALS + 1);
            orders[number][place] = ((product - 1) ^ (number % TRIALS)) as u8;
            place += 1;
        }
        number += 1;
    }
    orders
};

/// Place of each trial in each order.
pub static PLACE: [[u8; TRIALS]; ORDERS] = {
    let mut places = [[0; TRIALS]; ORDERS];
    let mut number = 0;
    while number < ORDERS {
        let mut place = 0;
        while place < TRIALS {
            places[number][ORDER[number][place] as usize] = place as u8;
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
            first[number][place + 1] = first[number][place] | 1 << ORDER[number][place];
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
        for (order, first) in ORDER.iter().zip(&FIRST) {
            assert_eq!(order.iter().fold(0, |seen, trial| seen | 1_u16 << trial), u16::MAX);
            for (count, bits) in first.iter().enumerate() {
                assert_eq!(bits.count_ones() as usize, count);
            }
        }
    }

    #[test]
    fn each_trial_has_each_place_equally_often() {
        for trial in 0..TRIALS as u8 {
            for place in 0..TRIALS {
                let often = ORDER.iter().filter(|order| order[place] == trial).count();
                assert_eq!(often, ORDERS / TRIALS);
            }
        }
    }
}
