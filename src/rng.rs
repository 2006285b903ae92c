//! Random numbers: every draw is a pure function of (seed, block, entity, purpose, index).
//!
//! There is no generator state. A [`Stream`] is a 64-bit key obtained from the counter-based
//! generator Philox4x32-10, and its i-th word is a hash of key and i. Results therefore do not
//! depend on the order of the deals, on workers or on batches of trials, and changing one deal
//! leaves the draws of the others as they were. Draws become values by inverse distribution
//! functions, so that they are monotone and scenarios can share them (common random numbers).

/// Entity of the market factor; the identifiers of deals and inputs must not hash to it.
pub const MARKET_FACTOR: u64 = 0;

/// Second word of every stream key, so that streams never meet plain uses of Philox
/// ("deal" in ASCII).
const STREAM_TAG: u32 = 0x6465_616C;

/// 2⁶⁴ divided by the golden ratio: the increment of SplitMix64.
const GOLDEN: u64 = 0x9E37_79B9_7F4A_7C15;

/// What a stream of one entity is used for: distinct purposes have independent draws.
///
/// The numbers are part of the sampled values: never renumber, only append.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
#[repr(u32)]
pub enum Purpose {
    /// Common factor of a trial.
    Factor = 1,
    /// Won or lost.
    Outcome = 2,
    /// Slippage, cycle time.
    Delay = 3,
    /// Amount of a deal.
    Amount = 4,
    /// Uncertain win rate.
    WinRate = 5,
    /// Uncertain input of a model.
    Input = 6,
    /// Random counts: leads, customers, partners, deals.
    Count = 7,
    /// Points of a sensitivity analysis.
    Sensitivity = 8,
    /// Bootstrap resamples.
    Bootstrap = 9,
    /// Tests of the library.
    Test = 10,
}

/// The independent draws of one entity, for one purpose, in one block of trials.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Stream {
    key: u64,
}

/// Stream of `entity` for `purpose` in `block`, under `seed`.
///
/// The key is the first half of Philox4x32-10 at counter (block, entity low, entity high, purpose)
/// and key (seed, constant).
///
/// ```
/// use dealcast::rng::{Purpose, fnv1a_64, stream};
/// let deal = fnv1a_64(b"deal-42");
/// let outcome = stream(2024, 0, deal, Purpose::Outcome);
/// assert_eq!(outcome.word(7), stream(2024, 0, deal, Purpose::Outcome).word(7));
/// assert!(outcome.uniform(7) > 0.0 && outcome.uniform(7) < 1.0);
/// ```
pub fn stream(seed: u32, block: u32, entity: u64, purpose: Purpose) -> Stream {
    let counter = [block, entity as u32, (entity >> 32) as u32, purpose as u32];
    let [low, high, ..] = philox4x32_10(counter, [seed, STREAM_TAG]);
    Stream { key: (u64::from(high) << 32) | u64::from(low) }
}

impl Stream {
    /// The i-th 64-bit word: SplitMix64's output function of key + (i + 1)·golden
    /// (Steele, Lea & Flood, "Fast splittable pseudorandom number generators", OOPSLA 2014).
    #[inline]
    pub fn word(self, index: u32) -> u64 {
        let mut z = self.key.wrapping_add((u64::from(index) + 1).wrapping_mul(GOLDEN));
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        z ^ (z >> 31)
    }

    /// The stream's 32-bit draws, for loops over many of them.
    #[inline]
    pub fn draws(self) -> Draws {
        Draws { offset: self.key as u32, middle: (self.key >> 32) as u32 }
    }

    /// The i-th uniform number, strictly inside (0, 1), from the i-th word.
    #[inline]
    pub fn uniform(self, index: u32) -> f64 {
        let word = self.word(index);
        uniform53((word >> 32) as u32, word as u32)
    }

    /// The i-th standard normal number, by inversion of the i-th uniform.
    #[inline]
    pub fn normal(self, index: u32) -> f64 {
        crate::math::normal::quantile(self.uniform(index))
    }

    /// The i-th whole number in 0..`bound`, for `bound` ≥ 1 (multiply and shift, Lemire 2019;
    /// the bias, bound/2⁶⁴, is nil in practice).
    #[inline]
    pub fn below(self, index: u32, bound: u32) -> u32 {
        ((u128::from(self.word(index)) * u128::from(bound)) >> 64) as u32
    }
}

/// Draws of 32 bits whose arithmetic is of 32 bits too, so that a processor makes four or eight at once.
/// Independent of the words of any stream but the one they come from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Draws {
    offset: u32,
    middle: u32,
}

impl Draws {
    /// 2³² divided by the golden ratio.
    const GOLDEN: u32 = (GOLDEN >> 32) as u32;

    /// The i-th draw: i·golden + one half of the key, mixed by three rounds of shift, exclusive or and
    /// multiplication (the constants of "triple32", found by search for the least bias; C. Wellons, "Prospecting
    /// for hash functions", 2018), with the other half of the key added after the first round, so that no stream
    /// is a shift of another.
    ///
    /// ```
    /// use dealcast::rng::{Purpose, stream};
    /// let draws = stream(2024, 0, 1, Purpose::Amount).draws();
    /// assert_ne!(draws.at(0), draws.at(1));
    /// ```
    #[inline(always)]
    pub fn at(self, index: u32) -> u32 {
        self.mixed(index.wrapping_mul(Self::GOLDEN).wrapping_add(self.offset))
    }

    /// Draws from the `index`-th on, `step` apart.
    #[inline(always)]
    pub fn several<const N: usize>(self, index: u32, step: u32) -> [u32; N] {
        let first = index.wrapping_mul(Self::GOLDEN).wrapping_add(self.offset);
        let mut draws = [0; N];
        for (place, draw) in draws.iter_mut().enumerate() {
            *draw = self.mixed(first.wrapping_add((place as u32).wrapping_mul(step).wrapping_mul(Self::GOLDEN)));
        }
        draws
    }

    #[inline(always)]
    fn mixed(self, mut x: u32) -> u32 {
        x = (x ^ (x >> 17)).wrapping_mul(0xED5A_D4BB).wrapping_add(self.middle);
        x = (x ^ (x >> 11)).wrapping_mul(0xAC4C_1B51);
        x = (x ^ (x >> 15)).wrapping_mul(0x3184_8BAB);
        x ^ (x >> 14)
    }
}

/// 32 bits to a double strictly inside (0, 1): (bits + ½)·2⁻³².
///
/// ```
/// use dealcast::rng::uniform32;
/// assert!(uniform32(0) > 0.0 && uniform32(u32::MAX) < 1.0);
/// assert_eq!(uniform32(1 << 31) - 0.5, 2.0_f64.powi(-33));
/// ```
#[inline(always)]
pub fn uniform32(bits: u32) -> f64 {
    // The bits at the end of 2⁵² make 2⁵² + bits: exact, and for vectors less work than a conversion.
    const WHOLE: f64 = (1_u64 << 52) as f64;
    (f64::from_bits(WHOLE.to_bits() | u64::from(bits)) - (WHOLE - 0.5)) * (1.0 / (1_u64 << 32) as f64)
}

/// Two 32-bit words to a double strictly inside (0, 1):
/// ((hi ≫ 6)·2²⁶ + (lo ≫ 6) + ½)·2⁻⁵².
///
/// ```
/// use dealcast::rng::uniform53;
/// assert!(uniform53(0, 0) > 0.0 && uniform53(u32::MAX, u32::MAX) < 1.0);
/// ```
#[inline]
pub fn uniform53(hi: u32, lo: u32) -> f64 {
    let bits = (u64::from(hi >> 6) << 26) | u64::from(lo >> 6);
    (bits as f64 + 0.5) * (1.0 / (1_u64 << 52) as f64)
}

/// Philox4x32-10: a bijection of the 128-bit counter for each 64-bit key, of statistical quality
/// (Salmon, Moraes, Dror & Shaw, "Parallel random numbers: as easy as 1, 2, 3", SC 2011).
pub fn philox4x32_10(counter: [u32; 4], key: [u32; 2]) -> [u32; 4] {
    const MULTIPLIERS: [u32; 2] = [0xD251_1F53, 0xCD9E_8D57];
    const INCREMENTS: [u32; 2] = [0x9E37_79B9, 0xBB67_AE85];
    let wide = |a: u32, b: u32| {
        let product = u64::from(a) * u64::from(b);
        ((product >> 32) as u32, product as u32)
    };
    let ([mut c0, mut c1, mut c2, mut c3], [mut k0, mut k1]) = (counter, key);
    for round in 0..10 {
        if round > 0 {
            k0 = k0.wrapping_add(INCREMENTS[0]);
            k1 = k1.wrapping_add(INCREMENTS[1]);
        }
        let (high0, low0) = wide(MULTIPLIERS[0], c0);
        let (high1, low1) = wide(MULTIPLIERS[1], c2);
        (c0, c1, c2, c3) = (high1 ^ c1 ^ k0, low1, high0 ^ c3 ^ k1, low0);
    }
    [c0, c1, c2, c3]
}

/// 64-bit FNV-1a hash of a stable identifier (Fowler, Noll & Vo), the entity of a stream.
///
/// ```
/// assert_eq!(dealcast::rng::fnv1a_64(b""), 0xcbf2_9ce4_8422_2325);
/// ```
pub fn fnv1a_64(bytes: &[u8]) -> u64 {
    bytes.iter().fold(0xCBF2_9CE4_8422_2325, |hash, &byte| (hash ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01B3))
}

#[cfg(test)]
mod tests {
    use super::*;
    #[cfg(target_arch = "wasm32")]
    use wasm_bindgen_test::wasm_bindgen_test as test;

    /// Draws per test; each test is fixed by its seed and would fail for one seed in a million.
    const N: u32 = 1 << 18;
    /// Two-sided normal quantile at α = 1e−6.
    const Z: f64 = 4.9;

    #[test]
    fn values_are_stable() {
        // Changing these changes every simulated result: say so in the changelog.
        let draws = stream(2024, 3, fnv1a_64(b"deal-42"), Purpose::Outcome);
        let words: Vec<u64> = (0..3).map(|i| draws.word(i)).collect();
        assert_eq!(words, [0xF010_2CB2_1D79_84C2, 0xFFFB_3615_8A7A_CFA3, 0x71A8_FA88_17AD_3EE6]);
        assert_eq!(draws.uniform(u32::MAX), 0.157_536_618_585_523_92);
        assert_eq!(draws.normal(0), 1.536_130_364_250_158_7);
        assert_eq!(draws.below(0, 1000), 937);
        let short: Vec<u32> = (0..3).map(|i| draws.draws().at(i)).collect();
        assert_eq!(short, [3_579_215_649, 1_876_016_963, 1_422_467_036]);
        assert_eq!(draws.draws().several::<3>(0, 1), short[..]);
        assert_eq!(draws.draws().several(u32::MAX, 5), [u32::MAX, 4, 9].map(|i| draws.draws().at(i)));
    }

    #[test]
    fn fnv1a_known_answers() {
        assert_eq!(fnv1a_64(b"a"), 0xAF63_DC4C_8601_EC8C);
        assert_eq!(fnv1a_64(b"foobar"), 0x8594_4171_F739_67E8);
    }

    #[test]
    fn every_argument_changes_the_stream() {
        let base = stream(1, 2, 3, Purpose::Factor);
        for other in [
            stream(2, 2, 3, Purpose::Factor),
            stream(1, 3, 3, Purpose::Factor),
            stream(1, 2, 4, Purpose::Factor),
            stream(1, 2, 3 | (1 << 32), Purpose::Factor),
            stream(1, 2, 3, Purpose::Outcome),
        ] {
            assert_ne!(base, other);
        }
    }

    /// Kolmogorov–Smirnov distance of sorted values to the uniform law, times √n.
    fn kolmogorov(mut values: Vec<f64>) -> f64 {
        values.sort_by(f64::total_cmp);
        let n = values.len() as f64;
        let distance =
            values.iter().enumerate().fold(0.0, |d: f64, (i, &u)| d.max(u - i as f64 / n).max((i + 1) as f64 / n - u));
        distance * n.sqrt()
    }

    #[test]
    fn words_of_a_stream_are_uniform() {
        // α = 1e-6: P(√n·D > 2.69) = 2·exp(-2·2.69²).
        for seed in 0..4 {
            let draws = stream(seed, 0, 9, Purpose::Test);
            let statistic = kolmogorov((0..N).map(|i| draws.uniform(i)).collect());
            assert!(statistic < 2.69, "seed {seed}: {statistic}");
        }
    }

    #[test]
    fn first_words_across_blocks_and_entities_are_uniform() {
        let blocks = (0..N).map(|b| stream(11, b, 9, Purpose::Test).uniform(0));
        assert!(kolmogorov(blocks.collect()) < 2.69);
        let entities = (0..N).map(|e| stream(11, 0, e.into(), Purpose::Test).uniform(0));
        assert!(kolmogorov(entities.collect()) < 2.69);
    }

    /// Sample correlation of normal draws, times √n: standard normal if they are independent.
    fn correlation(pairs: impl Iterator<Item = (f64, f64)>) -> f64 {
        let (mut n, mut xy) = (0.0, 0.0);
        for (x, y) in pairs {
            n += 1.0;
            xy += x * y;
        }
        xy / f64::sqrt(n)
    }

    #[test]
    fn neighbouring_streams_and_indices_are_uncorrelated() {
        let a = stream(5, 0, 1, Purpose::Outcome);
        for b in [
            stream(5, 0, 2, Purpose::Outcome),
            stream(5, 0, 1, Purpose::Amount),
            stream(5, 1, 1, Purpose::Outcome),
            stream(6, 0, 1, Purpose::Outcome),
        ] {
            let z = correlation((0..N).map(|i| (a.normal(i), b.normal(i))));
            assert!(z.abs() < Z, "{z}");
        }
        for lag in [1, 2, 3, 1024] {
            let z = correlation((0..N).map(|i| (a.normal(i), a.normal(i + lag))));
            assert!(z.abs() < Z, "lag {lag}: {z}");
        }
        let halves = (0..N).map(|i| {
            let word = a.word(i);
            let centred = |bits: u32| (f64::from(bits) + 0.5) / 4_294_967_296.0 - 0.5;
            (12.0 * centred((word >> 32) as u32), centred(word as u32))
        });
        let z = correlation(halves);
        assert!(z.abs() < Z, "{z}");
    }

    #[test]
    fn short_draws_are_uniform_and_uncorrelated() {
        let uniform = |draw: u32| (f64::from(draw) + 0.5) / 4_294_967_296.0;
        let sd = (1.0_f64 / 12.0).sqrt();
        for seed in 0..4 {
            let draws = stream(seed, 0, 9, Purpose::Test).draws();
            let statistic = kolmogorov((0..N).map(|i| uniform(draws.at(i))).collect());
            assert!(statistic < 2.69, "seed {seed}: {statistic}");
            let centred = |draws: Draws, i: u32| (uniform(draws.at(i)) - 0.5) / sd;
            for lag in [1, 2, 4, 16, 1024] {
                let z = correlation((0..N).map(|i| (centred(draws, i), centred(draws, i + lag))));
                assert!(z.abs() < Z, "seed {seed}, lag {lag}: {z}");
            }
            for other in [
                stream(seed, 0, 10, Purpose::Test),
                stream(seed, 1, 9, Purpose::Test),
                stream(seed + 1, 0, 9, Purpose::Test),
                stream(seed, 0, 9, Purpose::Outcome),
            ] {
                let z = correlation((0..N).map(|i| (centred(draws, i), centred(other.draws(), i))));
                assert!(z.abs() < Z, "seed {seed}: {z}");
            }
        }
        let entities = (0..N).map(|e| uniform(stream(11, 0, e.into(), Purpose::Test).draws().at(7)));
        assert!(kolmogorov(entities.collect()) < 2.69);
    }

    #[test]
    fn every_bit_of_a_short_draw_is_fair_and_alone() {
        // Pairs of bits of one draw and of neighbouring draws: 64 x 63 / 2 counts, each within 5.8 standard
        // deviations (α = 1e-5 over all of them, Bonferroni).
        let draws = stream(3, 1, 4, Purpose::Test).draws();
        let mut agree = [[0_u32; 64]; 64];
        let n = 1_u32 << 16;
        for i in 0..n {
            let bits = u64::from(draws.at(2 * i)) | u64::from(draws.at(2 * i + 1)) << 32;
            for (a, counts) in agree.iter_mut().enumerate() {
                let same = !(bits ^ if bits >> a & 1 == 1 { u64::MAX } else { 0 });
                for (b, count) in counts.iter_mut().enumerate().take(a) {
                    *count += (same >> b & 1) as u32;
                }
            }
        }
        let sd = (f64::from(n) / 4.0).sqrt();
        for (a, counts) in agree.iter().enumerate() {
            for (b, count) in counts.iter().enumerate().take(a) {
                let z = (f64::from(*count) - f64::from(n) / 2.0) / sd;
                assert!(z.abs() < 5.8, "bits {a} and {b}: {z}");
            }
        }
    }

    #[test]
    fn bounded_draws_fill_their_range_evenly() {
        let draws = stream(8, 0, 1, Purpose::Test);
        let mut counts = [0_u32; 6];
        for i in 0..N {
            counts[draws.below(i, 6) as usize] += 1;
        }
        let (mean, sd) = (f64::from(N) / 6.0, (f64::from(N) * 5.0 / 36.0).sqrt());
        for count in counts {
            assert!((f64::from(count) - mean).abs() < Z * sd, "{counts:?}");
        }
    }
}
