//! Functions of many numbers at once, without a branch or a call, so that a loop over lanes becomes vector
//! instructions; the same bits in every lane, on every platform, with vectors and without.

/// eˣ for each number of −700 to 700, within two units in the last place; smaller ones as −700, larger ones as 700.
///
/// x = k·ln 2 + r with |r| ≤ ½ ln 2 in two parts of ln 2 (Cody & Waite, "Software manual for the elementary
/// functions", 1980), then the Taylor polynomial of degree 13 of e^r, whose rest is below 10⁻¹⁷, times 2ᵏ.
///
/// ```
/// let found = dealcast::math::vector::exp([0.0, 1.0, -20.0]);
/// assert!(found[0] == 1.0 && (found[1] / std::f64::consts::E - 1.0).abs() < 1e-15);
/// ```
#[inline]
#[must_use]
pub fn exp<const N: usize>(mut values: [f64; N]) -> [f64; N] {
    values.iter_mut().for_each(|value| *value = exponential(*value));
    values
}

#[inline(always)]
fn exponential(x: f64) -> f64 {
    /// 3·2⁵¹: what is added to it is rounded to a whole number, which its last bits hold.
    const WHOLE: f64 = 6_755_399_441_055_744.0;
    /// ln 2 to 32 bits, so that its multiples by k are exact, and the rest.
    const LN_2_HIGH: f64 = f64::from_bits(0x3FE6_2E42_FEE0_0000);
    const LN_2_LOW: f64 = f64::from_bits(0x3DEA_39EF_3579_3C76);
    /// 1/k!, from k = 0.
    const TERMS: [f64; 14] = {
        let mut terms = [1.0; 14];
        let mut k = 1;
        while k < 14 {
            terms[k] = terms[k - 1] / k as f64;
            k += 1;
        }
        terms
    };
    let x = if x > -700.0 { x } else { -700.0 };
    let x = if x < 700.0 { x } else { 700.0 };
    let shifted = x * std::f64::consts::LOG2_E + WHOLE;
    let k = shifted - WHOLE;
    let r = (x - k * LN_2_HIGH) - k * LN_2_LOW;
    // Pairs of terms side by side (Estrin): one after another they would wait for one another.
    let (square, pair) = (r * r, |k: usize| TERMS[k] + TERMS[k + 1] * r);
    let fourth = square * square;
    let four = |k: usize| pair(k) + pair(k + 2) * square;
    let sum = (four(0) + four(4) * fourth) + (four(8) + pair(12) * fourth) * (fourth * fourth);
    // The last bits of the shifted number are k, to be added to the exponent.
    sum * f64::from_bits((shifted.to_bits() << 52).wrapping_add(1023 << 52))
}

/// Whether something holds of a number or more, asked of all of them: a search would end at a branch that no processor
/// foresees.
///
/// ```
/// assert!(dealcast::math::vector::any(&[0.5, 2.0], |x| x > 1.0));
/// ```
#[inline(always)]
#[must_use]
pub fn any<const N: usize>(values: &[f64; N], holds: impl Fn(f64) -> bool) -> bool {
    values.iter().fold(0, |some, value| some | u64::from(holds(*value))) != 0
}

#[cfg(test)]
mod tests {
    use super::*;
    #[cfg(target_arch = "wasm32")]
    use wasm_bindgen_test::wasm_bindgen_test as test;

    /// Two units in the last place.
    const TOLERANCE: f64 = 2.0 * f64::EPSILON;

    #[test]
    fn it_is_the_exponential_function() {
        for step in -70_000..=70_000 {
            let x = f64::from(step) * 0.01 + 1e-5;
            let (found, right) = (exp([x])[0], libm::exp(x.clamp(-700.0, 700.0)));
            assert!((found / right - 1.0).abs() <= TOLERANCE, "{x}: {found} for {right}");
        }
        assert_eq!(exp([0.0, -0.0]), [1.0, 1.0]);
        assert_eq!(exp([-1e9, 1e9]), exp([-700.0, 700.0]));
    }

    #[test]
    fn values_are_stable() {
        // Changing these changes simulated results: say so in the changelog.
        assert_eq!(
            exp([-0.3, -12.5, 1.75]),
            [0.740_818_220_681_717_8, 3.726_653_172_078_671_4e-6, 5.754_602_676_005_73]
        );
    }

    #[test]
    fn places_in_an_array_do_not_matter() {
        let values: [f64; 8] = std::array::from_fn(|i| -3.7 * i as f64 - 0.01);
        for (value, found) in values.iter().zip(exp(values)) {
            assert_eq!(exp([*value]), [found]);
        }
    }
}
