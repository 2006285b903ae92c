//! Tables of laws of counts that do not change, to draw from at the cost of a look-up.

use super::counts;
use crate::math::{RECIPROCALS, log1p, poisson, vector, whole};
use crate::rng::uniform32;

/// Largest mean of a Poisson law that is kept: e^−mean is a number then.
const LARGEST: f64 = 650.0;
/// Most trials of a binomial law that is kept.
const MOST: u32 = 1024;
/// Cells of the guide of a law alone, and of one of many that share the cache, as powers of two.
const ALONE: u32 = 9;
const OF_MANY: u32 = 6;

/// A distribution function of counts, and where to enter it (guide table: Chen & Asau, "On generating random variates
/// from an empirical distribution", AIIE Transactions 1974).
#[derive(Debug, Clone, PartialEq)]
struct Inverse<const CELLS_LOG2: u32> {
    /// The largest draw that is at most P(X ≤ k), up to one that no draw is above.
    last: Vec<u32>,
    /// The first k that a draw of the cell may give.
    guide: Vec<u16>,
}

impl<const CELLS_LOG2: u32> Inverse<CELLS_LOG2> {
    /// From P(X ≤ k), k = 0, 1, …; no draw is above the last one.
    fn new(sums: impl Iterator<Item = f64>) -> Self {
        let above: Vec<u64> = sums.map(least_above).collect();
        let least = |cell: u64| cell << (u32::BITS - CELLS_LOG2);
        let enter = |cell| above[..above.len() - 1].partition_point(|above| *above <= least(cell)) as u16;
        let guide = (0..1 << CELLS_LOG2).map(enter).collect();
        // Where no draw is at most a sum, the guide leads beyond it.
        let mut last: Vec<u32> = above.into_iter().map(|above| above.saturating_sub(1) as u32).collect();
        if let Some(last) = last.last_mut() {
            *last = u32::MAX;
        }
        Self { last, guide }
    }

    /// The count of a draw.
    #[inline(always)]
    fn count(&self, draw: u32) -> f64 {
        found::<CELLS_LOG2>(&self.last, &self.guide, 0, 0, draw)
    }
}

/// The count of a draw, from a distribution function and its guide, which begin at these places.
#[inline(always)]
fn found<const CELLS_LOG2: u32>(last: &[u32], guide: &[u16], first: usize, cells: usize, draw: u32) -> f64 {
    // A step in the middle of a cell, of which no processor foresees on which side a draw is; then the rare.
    let mut place = first + usize::from(guide[cells + (draw >> (u32::BITS - CELLS_LOG2)) as usize]);
    place += usize::from(draw > last[place]);
    while draw > last[place] {
        place += 1;
    }
    f64::from((place - first) as u32)
}

/// The least draw, (bits + ½)·2⁻³², that is above a sum; 2³² if there is none.
fn least_above(sum: f64) -> u64 {
    let scaled = sum * (1_u64 << u32::BITS) as f64;
    let whole = libm::floor(scaled);
    (whole as u64 + u64::from(scaled - whole >= 0.5)).min(1 << u32::BITS)
}

/// A Poisson law ready to be drawn from by inversion.
///
/// ```
/// use dealcast::{distribution::PoissonTable, math::poisson, rng::uniform32};
/// let law = PoissonTable::new(4.2);
/// assert_eq!(law.count(0xC0FF_EE00), poisson::quantile(uniform32(0xC0FF_EE00), 4.2));
/// ```
#[derive(Debug, Clone, PartialEq)]
pub struct PoissonTable {
    mean: f64,
    /// None where the mean is too large.
    inverse: Option<Inverse<ALONE>>,
}

impl PoissonTable {
    /// The law of that mean.
    #[must_use]
    pub fn new(mean: f64) -> Self {
        if mean > LARGEST {
            return Self { mean, inverse: None };
        }
        let mut term = vector::exp([-mean])[0];
        let mut sums = vec![term];
        let mut sum = term;
        while (sums.len() as f64) < mean || term > 1e-18 {
            let count = sums.len();
            term *= mean * RECIPROCALS.get(count).copied().unwrap_or(1.0 / count as f64);
            sum += term;
            sums.push(sum);
        }
        sums.push(1.0);
        Self { mean, inverse: Some(Inverse::new(sums.into_iter())) }
    }

    /// The count that a random number gives, increasing in it.
    #[inline]
    #[must_use]
    pub fn count(&self, draw: u32) -> f64 {
        match &self.inverse {
            Some(inverse) => inverse.count(draw),
            None => poisson::quantile(uniform32(draw), self.mean),
        }
    }
}

/// Binomial laws of one probability, for all numbers of trials up to one.
///
/// ```
/// use dealcast::{distribution::{BinomialTable, binomial_count}, rng::uniform32};
/// let laws = BinomialTable::new(0.0135, 320).unwrap();
/// assert_eq!(laws.count(300.0, 0xC0FF_EE00) as u32, binomial_count(uniform32(0xC0FF_EE00), 300, 0.0135));
/// ```
#[derive(Debug, Clone, PartialEq)]
pub struct BinomialTable {
    /// Those of [`Inverse`], by number of trials one after another: fewer look-ups wait for one another.
    last: Vec<u32>,
    guides: Vec<u16>,
    /// Places of a law in the first.
    longest: usize,
    trials: u32,
}

impl BinomialTable {
    /// The laws of up to so many trials; `None` where they are too many, or too large to be added up.
    #[must_use]
    pub fn new(probability: f64, trials: u32) -> Option<Self> {
        if trials > MOST || probability > 0.5 || f64::from(trials) * probability >= counts::LARGE {
            return None;
        }
        let odds = probability / (1.0 - probability);
        let law = |trials: u32| {
            let mut mass = vector::exp([f64::from(trials) * log1p(-probability)])[0];
            let mut below = mass;
            let rest = (0..trials.min(RECIPROCALS.len() as u32 - 1)).map(move |count| {
                mass *= odds * f64::from(trials - count) * RECIPROCALS[count as usize + 1];
                below += mass;
                (mass, below)
            });
            // Up to where no draw is above: once the law falls, nothing to speak of is left after a mass this small.
            let rest = rest.take_while(|(mass, below)| *mass > 1e-18 || *below < 0.5).map(|(_, below)| below);
            Inverse::<OF_MANY>::new(std::iter::once(below).chain(rest).chain(std::iter::once(1.0)))
        };
        let laws: Vec<Inverse<OF_MANY>> = (0..=trials).map(law).collect();
        let longest = laws.iter().map(|law| law.last.len()).max().unwrap_or(0);
        let row = |law: &Inverse<OF_MANY>| {
            let mut row = law.last.clone();
            row.resize(longest, u32::MAX);
            row
        };
        let last = laws.iter().flat_map(row).collect();
        Some(Self { last, guides: laws.iter().flat_map(|law| law.guide.iter().copied()).collect(), longest, trials })
    }

    /// Most trials that were prepared.
    #[must_use]
    pub fn most(&self) -> u32 {
        self.trials
    }

    /// The count that a random number gives of that many trials, a whole number up to that of [`BinomialTable::new`];
    /// increasing in both.
    #[inline]
    #[must_use]
    pub fn count(&self, trials: f64, draw: u32) -> f64 {
        let law = whole(trials) as usize;
        let count = found::<OF_MANY>(&self.last, &self.guides, law * self.longest, law << OF_MANY, draw);
        if count < trials { count } else { trials }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rng::{Purpose, stream};
    #[cfg(target_arch = "wasm32")]
    use wasm_bindgen_test::wasm_bindgen_test as test;

    #[test]
    fn it_gives_the_quantiles() {
        let draws = stream(1, 2, 3, Purpose::Test).draws();
        for mean in [0.0, 1e-9, 0.3, 4.2, 12.0, 31.9, 900.0] {
            let law = PoissonTable::new(mean);
            for draw in (0..4000).map(|i| draws.at(i)) {
                let u = uniform32(draw);
                assert_eq!(law.count(draw), poisson::quantile(u, mean), "{mean} {u}");
            }
            assert!(law.count(u32::MAX) < mean + 40.0 * (1.0 + mean).sqrt() && law.count(0) <= mean, "{mean}");
        }
    }

    #[test]
    fn it_is_exact_where_quantiles_are_expanded() {
        let draws = stream(1, 2, 4, Purpose::Test).draws();
        for mean in [33.0, 50.6, 400.0] {
            let law = PoissonTable::new(mean);
            for draw in (0..4000).map(|i| draws.at(i)) {
                let u = uniform32(draw);
                let count = law.count(draw) as u64;
                let reaches = |count| poisson::cdf(count, mean) >= u - 1e-12;
                assert!(reaches(count) && (count == 0 || poisson::cdf(count - 1, mean) < u + 1e-12), "{mean} {u}");
            }
        }
    }

    #[test]
    fn binomial_laws_are_those_that_are_added_up() {
        let draws = stream(1, 2, 5, Purpose::Test).draws();
        for (probability, trials) in [(0.0, 5), (0.0135, 320), (0.3, 60), (0.5, 12), (0.002, 1024)] {
            let laws = BinomialTable::new(probability, trials).unwrap();
            for (i, draw) in (0..20_000).map(|i| (i, draws.at(i))) {
                let n = draws.at(u32::MAX - i) % (trials + 1);
                let u = uniform32(draw);
                let right = counts::binomial_count(u, n, probability);
                assert_eq!(laws.count(f64::from(n), draw) as u32, right, "{n} {probability} {u}");
            }
            assert!(laws.count(f64::from(trials), u32::MAX) <= f64::from(trials) && laws.count(0.0, u32::MAX) == 0.0);
        }
        assert!(BinomialTable::new(0.6, 3).is_none() && BinomialTable::new(0.01, 5000).is_none());
        assert!(BinomialTable::new(0.1, 300).is_none());
    }
}
