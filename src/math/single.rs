//! Counts of laws, several at a time, in single precision: as long as that decides which count it is, and double the lanes of
//! a vector. Where it does not, whoever asks says what it is: counts are those of double precision.

use super::RECIPROCALS;

/// Distance from a sum of a law within which a probability may be on either side of it: more than twice the error of sums in
/// single precision of laws of means up to [`LARGEST_MEAN`].
const UNCERTAIN: f32 = 1.0 / 32768.0;

/// Largest mean of a law that is summed.
pub const LARGEST_MEAN: f64 = 32.0;

/// Masses below this one are of no matter; those that some processors are slow with are smaller still.
const SMALLEST: f32 = 1e-30;

/// 1/k, from k = 1 on.
const SINGLE_RECIPROCALS: [f32; RECIPROCALS.len() - 1] = {
    let mut table = [0.0; RECIPROCALS.len() - 1];
    let mut k = 0;
    while k < table.len() {
        table[k] = RECIPROCALS[k + 1] as f32;
        k += 1;
    }
    table
};

/// Counts of laws, one a lane, at probabilities `u`: how many of a law's sums, from the mass of 0 on, are below. That mass is
/// e^`log_none`, −87 at least; `factor` gives the mass of k over that of k − 1 from 1/k, asked for k = 1, 2, … in turn.
/// `otherwise` gives the count of a lane whose probability is too near a sum.
#[inline(always)]
pub fn counts<const N: usize>(
    u: &[f64; N],
    log_none: [f32; N],
    mut factor: impl FnMut(f32) -> [f32; N],
    otherwise: impl Fn(usize) -> f64,
) -> [f64; N] {
    let mut mass = exp(log_none);
    // What of the probability is above the sums so far, and the square of how near to nothing that came.
    let mut left: [f32; N] = std::array::from_fn(|lane| u[lane] as f32 - mass[lane]);
    let mut nearest = left.map(|left| left * left);
    let mut count = [0_i32; N];
    for reciprocals in SINGLE_RECIPROCALS.as_chunks::<2>().0 {
        for reciprocal in reciprocals {
            // Loops so short that each becomes vector instructions.
            count.iter_mut().zip(&left).for_each(|(count, left)| *count += i32::from(*left > 0.0));
            for (mass, factor) in mass.iter_mut().zip(factor(*reciprocal)) {
                let product = *mass * factor;
                *mass = if product > SMALLEST { product } else { SMALLEST };
            }
            left.iter_mut().zip(&mass).for_each(|(left, mass)| *left -= mass);
            for (nearest, left) in nearest.iter_mut().zip(&left) {
                let square = left * left;
                *nearest = if square < *nearest { square } else { *nearest };
            }
        }
        if !any(&left, |left| left > UNCERTAIN) {
            break;
        }
    }
    settled(count.map(f64::from), &nearest, UNCERTAIN * UNCERTAIN, otherwise)
}

/// Counts; `otherwise` gives those whose margin is not above `least`.
#[inline(always)]
pub fn settled<const N: usize>(
    mut counts: [f64; N],
    margins: &[f32; N],
    least: f32,
    otherwise: impl Fn(usize) -> f64,
) -> [f64; N] {
    if any(margins, |margin| margin <= least) {
        for (lane, count) in counts.iter_mut().enumerate() {
            if margins[lane] <= least {
                *count = otherwise(lane);
            }
        }
    }
    counts
}

/// As [`super::vector::any`].
#[inline(always)]
pub fn any<const N: usize>(values: &[f32; N], holds: impl Fn(f32) -> bool) -> bool {
    values.iter().fold(0, |some, value| some | u32::from(holds(*value))) != 0
}

/// eˣ of −87 to 0, within four units in the last place, as [`super::vector::exp`].
#[inline(never)]
fn exp<const N: usize>(mut values: [f32; N]) -> [f32; N] {
    /// 3·2²²: what is added to it is rounded to a whole number, which its last bits hold.
    const WHOLE: f32 = 12_582_912.0;
    const LN_2_HIGH: f32 = 0.693_359_4;
    const LN_2_LOW: f32 = -2.121_944_4e-4;
    for value in &mut values {
        let x = if *value > -87.0 { *value } else { -87.0 };
        let shifted = x * std::f32::consts::LOG2_E + WHOLE;
        let k = shifted - WHOLE;
        let r = (x - k * LN_2_HIGH) - k * LN_2_LOW;
        let square = r * r;
        let low = (1.0 + r) + (0.5 + r * (1.0 / 6.0)) * square;
        let high = (1.0 / 24.0 + r * (1.0 / 120.0)) + square * (1.0 / 720.0);
        let sum = low + high * (square * square);
        *value = sum * f32::from_bits((shifted.to_bits() << 23).wrapping_add(127 << 23));
    }
    values
}

#[cfg(test)]
mod tests {
    use super::*;
    #[cfg(target_arch = "wasm32")]
    use wasm_bindgen_test::wasm_bindgen_test as test;

    #[test]
    fn it_is_the_exponential_function() {
        for step in 0..=87_000 {
            let x = (-0.001 * step as f32).max(-87.0);
            let (found, right) = (f64::from(exp([x])[0]), libm::exp(f64::from(x)));
            assert!((found / right - 1.0).abs() <= 4.0 * f64::from(f32::EPSILON), "{x}: {found} for {right}");
        }
        assert_eq!(exp([0.0, -1e9]), [1.0, exp([-87.0])[0]]);
    }

    #[test]
    fn sums_err_by_less_than_half_of_what_is_uncertain() {
        for step in 0..=320 {
            let mean = LARGEST_MEAN * f64::from(step) / 320.0;
            let (mut mass, mut sum) = (libm::exp(-mean), 0.0);
            let mut single = exp([-mean as f32])[0];
            let mut left = 0.75_f32 - single;
            for k in 1..200 {
                sum += mass;
                let error = (f64::from(left) - (0.75 - sum)).abs();
                assert!(error < 0.5 * f64::from(UNCERTAIN), "{mean} {k}: {error}");
                mass *= mean / f64::from(k);
                single *= mean as f32 * SINGLE_RECIPROCALS[k as usize - 1];
                left -= single;
            }
        }
    }

    #[test]
    fn what_is_too_near_a_sum_is_asked_for() {
        // A law of 0 and 1, each with probability e^−1 and 1 − e^−1 but for rounding.
        let none = libm::exp(-1.0);
        let u = [none - 1e-3, none - 1e-6, none, none + 1e-6, none + 1e-3, 1.0 - 1e-7, 1e-7, 0.9];
        let mut first = true;
        let factor = |_| {
            let mass = if first { (1.0 / none - 1.0) as f32 } else { 0.0 };
            first = false;
            [mass; 8]
        };
        let found = counts(&u, [-1.0; 8], factor, |lane| 10.0 + lane as f64);
        assert_eq!(found, [0.0, 11.0, 12.0, 13.0, 1.0, 15.0, 0.0, 1.0]);
    }
}
