//! Random counts by inversion, for small numbers.

use crate::math::powi;

/// Smallest k with P(X ≤ k) ≥ u for X binomial (n, p), 0 < u < 1, 0 ≤ p ≤ 1: increasing in u and p. The law is
/// summed from 0 (from n where p > ½, on the mirrored law), for n up to about a thousand.
#[inline]
pub fn binomial(u: f64, n: u32, p: f64) -> u32 {
    if p > 0.5 {
        // n − X is binomial (n, 1 − p); the ties that mirroring moves have no weight.
        return n - binomial_low(1.0 - u, n, 1.0 - p);
    }
    binomial_low(u, n, p)
}

#[inline]
fn binomial_low(u: f64, n: u32, p: f64) -> u32 {
    let odds = p / (1.0 - p);
    let mut term = powi(1.0 - p, n as i32);
    let (mut count, mut sum) = (0, term);
    while u > sum && count < n {
        term *= odds * f64::from(n - count) / f64::from(count + 1);
        count += 1;
        sum += term;
    }
    count
}

#[cfg(test)]
mod tests {
    use super::*;
    #[cfg(target_arch = "wasm32")]
    use wasm_bindgen_test::wasm_bindgen_test as test;

    #[test]
    fn it_inverts_the_distribution_function() {
        for (n, p) in [(6, 0.3), (6, 0.7), (1, 0.5), (40, 0.05), (1000, 0.5), (900, 0.9)] {
            for step in 1..200 {
                let u = f64::from(step) / 200.0 - 1e-4;
                let k = u64::from(binomial(u, n, p));
                let cdf = |k| crate::math::binomial::cdf(k, u64::from(n), p);
                assert!(cdf(k) >= u - 1e-9 && (k == 0 || cdf(k - 1) < u + 1e-9), "{n} {p} {u}: {k}");
            }
        }
        assert_eq!((binomial(0.99, 5, 0.0), binomial(0.01, 5, 1.0), binomial(0.5, 0, 0.3)), (0, 5, 0));
    }
}
