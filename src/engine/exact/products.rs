//! Products of the deals' characteristic functions at four frequencies at once: the loops over the lanes are
//! elementwise, so that vectors of any width give the same bits.

/// Frequencies computed together.
pub const LANES: usize = 4;
/// One number per frequency.
pub type Lanes = [f64; LANES];

/// Deals between two looks at whether a product still matters.
const STRIDE: usize = 8;
/// Smallest squared modulus that a product is divided by.
const DIVISIBLE: f64 = 1e-2;
/// Win probability from which on what a deal not won is worth tells what it is worth when won.
const TOLD: f64 = 1e-3;

/// A complex number per frequency.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Complex {
    /// Real parts.
    pub re: Lanes,
    /// Imaginary parts.
    pub im: Lanes,
}

impl Complex {
    /// Zero.
    pub const ZERO: Self = Self { re: [0.0; LANES], im: [0.0; LANES] };
    const ONE: Self = Self { re: [1.0; LANES], im: [0.0; LANES] };

    /// Adds a multiple.
    #[inline(always)]
    pub fn add(&mut self, scale: f64, other: &Self) {
        for lane in 0..LANES {
            self.re[lane] += scale * other.re[lane];
            self.im[lane] += scale * other.im[lane];
        }
    }

    /// c₀ + c₁z + c₂z² + … where |z| = 1, by Goertzel's recurrence: z² = 2 Re(z)·z − 1 makes it linear in z.
    #[inline(always)]
    pub fn polynomial(coefficients: &[f64], z: &Self) -> Self {
        let (mut next, mut after) = ([0.0; LANES], [0.0; LANES]);
        let Some((constant, others)) = coefficients.split_first() else { return Self::ZERO };
        for coefficient in others.iter().rev() {
            for lane in 0..LANES {
                let here = 2.0 * z.re[lane] * next[lane] + (coefficient - after[lane]);
                (next[lane], after[lane]) = (here, next[lane]);
            }
        }
        Self {
            re: std::array::from_fn(|lane| constant - after[lane] + z.re[lane] * next[lane]),
            im: std::array::from_fn(|lane| z.im[lane] * next[lane]),
        }
    }

    /// Multiplies with another.
    #[inline(always)]
    pub fn multiply(&mut self, other: &Self) {
        for lane in 0..LANES {
            let (re, im) = (self.re[lane], self.im[lane]);
            self.re[lane] = re * other.re[lane] - im * other.im[lane];
            self.im[lane] = re * other.im[lane] + im * other.re[lane];
        }
    }

    /// 1 + w·(φ − 1) where `self` is φ − 1.
    #[inline(always)]
    fn factor(&self, win: f64) -> Self {
        let mut factor = Self::ZERO;
        for lane in 0..LANES {
            factor.re[lane] = 1.0 + win * self.re[lane];
            factor.im[lane] = win * self.im[lane];
        }
        factor
    }

    #[inline(always)]
    fn norm(&self) -> Lanes {
        std::array::from_fn(|lane| self.re[lane] * self.re[lane] + self.im[lane] * self.im[lane])
    }

    /// conj(`weights`) · self.
    #[inline(always)]
    pub fn weighted(&self, weights: &Self) -> Self {
        let mut product = Self::ZERO;
        for lane in 0..LANES {
            product.re[lane] = self.re[lane] * weights.re[lane] + self.im[lane] * weights.im[lane];
            product.im[lane] = self.im[lane] * weights.re[lane] - self.re[lane] * weights.im[lane];
        }
        product
    }

    /// The real parts of `self` over a factor, with the deal's own φ where its win probability is below [`TOLD`].
    #[inline(always)]
    fn over_factor(&self, less: &Self, win: f64) -> f64 {
        let factor = less.factor(win);
        let norm = factor.norm();
        let parts: Lanes = if win >= TOLD {
            std::array::from_fn(|lane| (self.re[lane] * factor.re[lane] + self.im[lane] * factor.im[lane]) / norm[lane])
        } else {
            std::array::from_fn(|lane| {
                let (re, im) = (1.0 + less.re[lane], less.im[lane]);
                let turned_re = re * factor.re[lane] + im * factor.im[lane];
                let turned_im = im * factor.re[lane] - re * factor.im[lane];
                (self.re[lane] * turned_re - self.im[lane] * turned_im) / norm[lane]
            })
        };
        sum(&parts)
    }

    /// The same where `self` is the product of the others: nothing to divide by.
    fn of_others(&self, less: &Self, win: f64) -> f64 {
        if win >= TOLD {
            return sum(&self.re);
        }
        let turned = |lane: usize| self.re[lane] * (1.0 + less.re[lane]) - self.im[lane] * less.im[lane];
        sum(&std::array::from_fn(turned))
    }
}

/// Sum in an order that suits vectors of two.
#[inline(always)]
fn sum(lanes: &Lanes) -> f64 {
    (lanes[0] + lanes[2]) + (lanes[1] + lanes[3])
}

/// Π(1 + w_i(φ_i − 1)), given φ_i − 1; `None` where its modulus is below `negligible` at all frequencies.
///
/// No factor has a modulus above 1: a product that has become negligible stays so.
#[inline]
pub fn product(less: &[Complex], wins: &[f64], negligible: f64) -> Option<Complex> {
    let mut product = Complex::ONE;
    for (less, wins) in less.chunks(STRIDE).zip(wins.chunks(STRIDE)) {
        for (less, win) in less.iter().zip(wins) {
            product.multiply(&less.factor(*win));
        }
        if product.norm().iter().all(|norm| *norm < negligible * negligible) {
            return None;
        }
    }
    Some(product)
}

/// What a functional is worth at one value of the market, summed over blocks of frequencies: all deals as they
/// are, and with each deal in one of its states.
#[derive(Debug, Clone, Default)]
pub struct Worth {
    whole: f64,
    /// By deal: made to be won where its win probability is below [`TOLD`], else made not to be won.
    one: Vec<f64>,
    /// Smallest squared modulus of any factor, whatever φ is.
    smallest: f64,
}

impl Worth {
    /// Nothing yet; the win probabilities at this value of the market.
    pub fn new(wins: &[f64]) -> Self {
        let largest = wins.iter().fold(0.0, |largest: f64, win| largest.max(*win));
        let nearest = (1.0 - 2.0 * largest).max(0.0);
        Self { whole: 0.0, one: vec![0.0; wins.len()], smallest: nearest * nearest }
    }

    /// Adds a block of frequencies, given φ − 1 and the transform of the functional; nothing where no product,
    /// also without one of its factors, reaches `negligible`.
    pub fn add(&mut self, less: &[Complex], wins: &[f64], functional: &Complex, negligible: f64) {
        if self.smallest >= DIVISIBLE {
            // Without its smallest factor a product is at most √(1/smallest) times as large.
            if let Some(product) = product(less, wins, negligible * crate::math::sqrt(self.smallest)) {
                let product = product.weighted(functional);
                self.whole += sum(&product.re);
                for ((one, less), win) in self.one.iter_mut().zip(less).zip(wins) {
                    *one += product.over_factor(less, *win);
                }
            }
        } else if let Some(product) = guarded_product(less, wins, negligible) {
            let product = product.weighted(functional);
            self.whole += sum(&product.re);
            for place in 0..less.len() {
                let (term, win) = (&less[place], wins[place]);
                self.one[place] += if term.factor(win).norm().iter().all(|norm| *norm >= DIVISIBLE) {
                    product.over_factor(term, win)
                } else {
                    // A factor that may vanish is left out instead; few can, or the product would be negligible.
                    let mut others = Complex::ONE;
                    let rest = less.iter().zip(wins).enumerate().filter(|(other, _)| *other != place);
                    rest.for_each(|(_, (less, win))| others.multiply(&less.factor(*win)));
                    others.weighted(functional).of_others(term, win)
                };
            }
        }
    }

    /// (made to be won, made not to be won) of a deal: the whole is their mean, weighted with its win probability.
    pub fn of(&self, place: usize, win: f64) -> (f64, f64) {
        let one = self.one[place];
        if win < TOLD {
            (one, (self.whole - win * one) / (1.0 - win))
        } else {
            ((self.whole - (1.0 - win) * one) / win, one)
        }
    }
}

/// The product, or `None` where it is below `negligible` at all frequencies without any one of its factors too.
fn guarded_product(less: &[Complex], wins: &[f64], negligible: f64) -> Option<Complex> {
    let mut product = Complex::ONE;
    let mut smallest = [1.0; LANES];
    let limit = negligible * negligible;
    for (less, wins) in less.chunks(STRIDE).zip(wins.chunks(STRIDE)) {
        for (less, win) in less.iter().zip(wins) {
            let factor = less.factor(*win);
            product.multiply(&factor);
            let norm = factor.norm();
            for lane in 0..LANES {
                smallest[lane] = if norm[lane] < smallest[lane] { norm[lane] } else { smallest[lane] };
            }
        }
        let norms = product.norm();
        if norms.iter().zip(&smallest).all(|(norm, smallest)| *norm < limit * smallest) {
            return None;
        }
    }
    Some(product)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::math::sin_cos;
    use crate::rng::{Purpose, stream};
    #[cfg(target_arch = "wasm32")]
    use wasm_bindgen_test::wasm_bindgen_test as test;

    /// φ − 1 of random points of the unit disc, and win probabilities.
    fn random(deals: u32, seed: u32) -> (Vec<Complex>, Vec<f64>) {
        let draws = stream(seed, 0, 1, Purpose::Test);
        let mut less = vec![Complex::ZERO; deals as usize];
        for (deal, less) in less.iter_mut().enumerate() {
            for lane in 0..LANES {
                let at = (deal * LANES + lane) as u32 * 2;
                let (sin, cos) = sin_cos(6.3 * draws.uniform(at));
                let radius = draws.uniform(at + 1);
                (less.re[lane], less.im[lane]) = (radius * cos - 1.0, radius * sin);
            }
        }
        (less, (0..deals).map(|deal| draws.uniform(1_000_000 + deal)).collect())
    }

    fn directly(less: &[Complex], wins: &[f64], without: usize) -> Complex {
        let mut product = Complex::ONE;
        for (place, (less, win)) in less.iter().zip(wins).enumerate() {
            if place != without {
                product.multiply(&less.factor(*win));
            }
        }
        product
    }

    fn distance(a: &Complex, b: &Complex) -> f64 {
        let lanes = |a: &Lanes, b: &Lanes| a.iter().zip(b).map(|(a, b)| (a - b).abs()).fold(0.0, f64::max);
        lanes(&a.re, &b.re).max(lanes(&a.im, &b.im))
    }

    #[test]
    fn what_is_left_out_is_negligible() {
        for deals in [1, 7, 30, 90] {
            let (less, wins) = random(deals, deals);
            let whole = directly(&less, &wins, usize::MAX);
            for negligible in [0.0, 1e-12, 1e-3] {
                let found = product(&less, &wins, negligible).unwrap_or(Complex::ZERO);
                assert!(distance(&found, &whole) <= negligible, "{deals} {negligible}");
            }
        }
    }

    #[test]
    fn worth_agrees_with_its_definition() {
        for (deals, largest) in [(1, 0.4), (2, 1.0), (9, 1.0), (24, 0.4), (60, 0.4), (60, 1.0)] {
            let (mut less, mut wins) = random(deals, deals);
            wins.iter_mut().for_each(|win| *win *= largest);
            wins[deals as usize - 1] = 1e-7;
            if largest == 1.0 {
                // A factor that vanishes at all frequencies, and one that nearly does.
                (less[0].re, less[0].im, wins[0]) = ([-2.0; LANES], [0.0; LANES], 0.5);
                (less[1].re, less[1].im, wins[1]) = ([-1.0; LANES], [0.0; LANES], 0.999_999);
            }
            let functional = Complex { re: [0.3, -0.1, 0.7, 0.0], im: [0.1; LANES] };
            for negligible in [0.0, 1e-14] {
                let mut worth = Worth::new(&wins);
                worth.add(&less, &wins, &functional, negligible);
                for (place, win) in wins.iter().enumerate() {
                    let others = directly(&less, &wins, place).weighted(&functional);
                    let (made_won, made_not) = worth.of(place, *win);
                    let mut won = others;
                    for lane in 0..LANES {
                        won.re[lane] =
                            others.re[lane] * (1.0 + less[place].re[lane]) - others.im[lane] * less[place].im[lane];
                    }
                    let allowed = 8.0 * negligible + 1e-12;
                    assert!((made_not - sum(&others.re)).abs() <= allowed, "{deals} {place}");
                    assert!((made_won - sum(&won.re)).abs() <= allowed, "{deals} {place}");
                }
            }
        }
    }
}
