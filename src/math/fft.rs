//! Discrete Fourier transform of complex vectors whose length is a power of two.

use super::sin_cos;

/// Transforms up to one length, with their twiddle factors.
///
/// Forward: X_k = Σ_j x_j·e^(−2πi·jk/n). Inverse: x_j = (1/n)·Σ_k X_k·e^(+2πi·jk/n).
/// In place, radix two, decimation in time (Cooley & Tukey 1965), on split real and imaginary
/// parts. The order of the operations is fixed, hence the same bits everywhere.
///
/// ```
/// use dealcast::math::fft::Fft;
/// let fft = Fft::new(4).unwrap();
/// let (mut re, mut im) = ([1.0, 2.0, 3.0, 4.0], [0.0; 4]);
/// fft.forward(&mut re, &mut im);
/// assert_eq!((re[0], re[2]), (10.0, -2.0));
/// fft.inverse(&mut re, &mut im);
/// assert_eq!(re, [1.0, 2.0, 3.0, 4.0]);
/// ```
#[derive(Debug, Clone)]
pub struct Fft {
    length: usize,
    /// Stage by stage (half-lengths 1, 2, 4, …): cos and −sin of 2πj/(2·half), j < half.
    cos: Vec<f64>,
    sin: Vec<f64>,
}

impl Fft {
    /// Transforms of up to `length` points; `None` unless `length` is a power of two that fits 32 bits.
    pub fn new(length: usize) -> Option<Self> {
        if !length.is_power_of_two() || u32::try_from(length).is_err() {
            return None;
        }
        let mut cos = Vec::with_capacity(length);
        let mut sin = Vec::with_capacity(length);
        let mut half = 1;
        while half < length {
            for j in 0..half {
                let (s, c) = sin_cos(core::f64::consts::PI * (j as f64 / half as f64));
                cos.push(c);
                sin.push(-s);
            }
            half *= 2;
        }
        Some(Self { length, cos, sin })
    }

    /// Largest number of points.
    pub fn length(&self) -> usize {
        self.length
    }

    /// e^(−2πi·k/n) as real and imaginary part, for k of any size.
    pub fn root(&self, k: usize) -> (f64, f64) {
        // The length is a power of two.
        let (k, half) = (k & (self.length - 1), self.length / 2);
        match k {
            0 => (1.0, 0.0),
            k if k < half => (self.cos[half - 1 + k], self.sin[half - 1 + k]),
            k => (-self.cos[k - 1], -self.sin[k - 1]),
        }
    }

    /// Forward transform in place, of [`length`](Self::length) values or a power of two below it.
    ///
    /// # Panics
    /// If the slices have another length: a mistake in the calling code.
    pub fn forward(&self, re: &mut [f64], im: &mut [f64]) {
        let length = re.len();
        assert!(length.is_power_of_two() && length <= self.length && im.len() == length);
        reverse_bits(re, im);
        let mut half = 1;
        while half < length {
            let (cos, sin) = (&self.cos[half - 1..][..half], &self.sin[half - 1..][..half]);
            for (re, im) in re.chunks_exact_mut(2 * half).zip(im.chunks_exact_mut(2 * half)) {
                let (re0, re1) = re.split_at_mut(half);
                let (im0, im1) = im.split_at_mut(half);
                let pairs = re0.iter_mut().zip(re1).zip(im0.iter_mut().zip(im1));
                for (((r0, r1), (i0, i1)), (c, s)) in pairs.zip(cos.iter().zip(sin)) {
                    let (tr, ti) = (*r1 * c - *i1 * s, *r1 * s + *i1 * c);
                    (*r1, *i1) = (*r0 - tr, *i0 - ti);
                    (*r0, *i0) = (*r0 + tr, *i0 + ti);
                }
            }
            half *= 2;
        }
    }

    /// Inverse transform in place, divided by the number of values.
    ///
    /// # Panics
    /// As [`forward`](Self::forward).
    pub fn inverse(&self, re: &mut [f64], im: &mut [f64]) {
        // Exchanging the real and imaginary parts before and after conjugates the exponent.
        self.forward(im, re);
        let scale = 1.0 / re.len() as f64;
        re.iter_mut().chain(im).for_each(|value| *value *= scale);
    }
}

/// Puts values where the bits of their indices in reverse order say.
fn reverse_bits(re: &mut [f64], im: &mut [f64]) {
    if re.len() < 2 {
        return;
    }
    let shift = u32::BITS - re.len().trailing_zeros();
    for i in 0..re.len() {
        let j = ((i as u32).reverse_bits() >> shift) as usize;
        if i < j {
            re.swap(i, j);
            im.swap(i, j);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rng::{Purpose, stream};
    #[cfg(target_arch = "wasm32")]
    use wasm_bindgen_test::wasm_bindgen_test as test;

    /// Error of a transform of a vector of unit numbers, relative to the square root of its length.
    const TOLERANCE: f64 = 1e-14;

    fn random(n: usize) -> (Vec<f64>, Vec<f64>) {
        let draws = stream(7, n as u32, 1, Purpose::Test);
        let part = |o: usize| (0..n).map(|i| draws.uniform((o + i) as u32) - 0.5).collect();
        (part(0), part(n))
    }

    #[test]
    fn agrees_with_the_definition() {
        for n in [1, 2, 4, 8, 64, 256] {
            let (re, im) = random(n);
            let (mut fast_re, mut fast_im) = (re.clone(), im.clone());
            Fft::new(256).unwrap().forward(&mut fast_re, &mut fast_im);
            for k in 0..n {
                let (mut sum_re, mut sum_im) = (0.0, 0.0);
                for j in 0..n {
                    let turn = -2.0 * core::f64::consts::PI * ((j * k) % n) as f64 / n as f64;
                    let (s, c) = sin_cos(turn);
                    sum_re += re[j] * c - im[j] * s;
                    sum_im += re[j] * s + im[j] * c;
                }
                let bound = TOLERANCE * (n as f64).sqrt();
                assert!((fast_re[k] - sum_re).abs() < bound, "{n} {k}");
                assert!((fast_im[k] - sum_im).abs() < bound, "{n} {k}");
            }
        }
    }

    #[test]
    fn parseval_and_inverse() {
        let n = 4096;
        let (re, im) = random(n);
        let (mut re2, mut im2) = (re.clone(), im.clone());
        let fft = Fft::new(n).unwrap();
        fft.forward(&mut re2, &mut im2);
        let energy = |re: &[f64], im: &[f64]| -> f64 { re.iter().chain(im).map(|value| value * value).sum() };
        let ratio = energy(&re2, &im2) / (n as f64 * energy(&re, &im));
        assert!((ratio - 1.0).abs() < 1e-13);
        fft.inverse(&mut re2, &mut im2);
        for j in 0..n {
            assert!((re2[j] - re[j]).abs() < TOLERANCE && (im2[j] - im[j]).abs() < TOLERANCE);
        }
    }

    #[test]
    fn roots_of_unity() {
        for n in [1, 2, 8, 64] {
            let fft = Fft::new(n).unwrap();
            for k in 0..3 * n {
                let (s, c) = sin_cos(-2.0 * core::f64::consts::PI * k as f64 / n as f64);
                let (re, im) = fft.root(k);
                assert!((re - c).abs() < TOLERANCE && (im - s).abs() < TOLERANCE, "{n} {k}");
            }
        }
    }

    #[test]
    fn lengths_that_are_no_power_of_two_are_refused() {
        assert!(Fft::new(0).is_none());
        assert!(Fft::new(12).is_none());
        assert!(Fft::new(1).is_some());
    }
}
