//! Stage rates drawn towards the pooled rate, because a stage with few closed deals says little.

use crate::math::gamma::{digamma, ln_gamma};
use crate::math::roots::brent;
use crate::math::{exp, ln};

/// Prior strength used unless the maximum-likelihood one is asked for, in deals.
pub const DEFAULT_PRIOR_STRENGTH: f64 = 20.0;

/// Largest maximum-likelihood strength: beyond it the stages do not differ.
pub const MAX_PRIOR_STRENGTH: f64 = 1e5;

/// Smallest strength searched; a likelihood still rising there gives a strength of 0.
const MIN_PRIOR_STRENGTH: f64 = 1e-6;

/// Deals that entered a stage and are closed now.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct StageCounts {
    /// Of which won.
    pub won: u32,
    /// Won or lost.
    pub closed: u32,
}

/// Σ won / Σ closed; `None` without a closed deal or if a stage won more than it closed.
pub fn pooled_rate(stages: &[StageCounts]) -> Option<f64> {
    let consistent = stages.iter().all(|stage| stage.won <= stage.closed);
    let total = |count: fn(&StageCounts) -> u32| stages.iter().map(|stage| u64::from(count(stage))).sum::<u64>();
    let (won, closed) = (total(|stage| stage.won), total(|stage| stage.closed));
    (consistent && closed > 0).then(|| won as f64 / closed as f64)
}

/// (won + κ·pooled)/(closed + κ) for each stage, κ = `strength` deals (≥ 0).
///
/// ```
/// use dealcast::statistics::shrinkage::{StageCounts, shrunk_rates};
/// let stages = [StageCounts { won: 0, closed: 0 }, StageCounts { won: 6, closed: 10 }];
/// assert_eq!(shrunk_rates(&stages, 0.3, 20.0), [0.3, 0.4]);
/// ```
pub fn shrunk_rates(stages: &[StageCounts], pooled: f64, strength: f64) -> Vec<f64> {
    let rate = |stage: &StageCounts| {
        let weight = f64::from(stage.closed) + strength;
        if weight > 0.0 { (f64::from(stage.won) + strength * pooled) / weight } else { pooled }
    };
    stages.iter().map(rate).collect()
}

/// The κ that maximises the beta-binomial likelihood of the stages with the mean fixed at the pooled
/// rate, between 0 and [`MAX_PRIOR_STRENGTH`]; `None` as [`pooled_rate`].
///
/// Every maximum is bracketed by a sign change of the derivative in ln κ; the highest is kept. Equal
/// stages give the cap, stages that only ever win or lose give 0.
pub fn maximum_likelihood_strength(stages: &[StageCounts]) -> Option<f64> {
    const STEPS: u32 = 100;
    let pooled = pooled_rate(stages)?;
    if pooled == 0.0 || pooled == 1.0 {
        // Every strength is as likely.
        return Some(MAX_PRIOR_STRENGTH);
    }
    let (low, high) = (ln(MIN_PRIOR_STRENGTH), ln(MAX_PRIOR_STRENGTH));
    let at = |i: u32| low + (high - low) * (f64::from(i) / f64::from(STEPS));
    let slope = |log: f64| slope(stages, pooled, exp(log));
    let mut candidates = Vec::new();
    if slope(low) < 0.0 {
        candidates.push(MIN_PRIOR_STRENGTH);
    }
    for i in 0..STEPS {
        let (left, right) = (at(i), at(i + 1));
        if slope(left) > 0.0 && slope(right) <= 0.0 {
            candidates.extend(brent(slope, left, right, 1e-13, 200).map(exp));
        }
    }
    if slope(high) > 0.0 {
        candidates.push(MAX_PRIOR_STRENGTH);
    }
    let best = candidates
        .into_iter()
        .max_by(|&one, &two| log_likelihood(stages, pooled, one).total_cmp(&log_likelihood(stages, pooled, two)));
    // A flat likelihood (at most one deal per stage) says nothing of the spread.
    let best = best.unwrap_or(MAX_PRIOR_STRENGTH);
    Some(if best == MIN_PRIOR_STRENGTH { 0.0 } else { best })
}

/// Beta-binomial log-likelihood, without the binomial coefficients.
fn log_likelihood(stages: &[StageCounts], pooled: f64, strength: f64) -> f64 {
    let (a, b) = (pooled * strength, (1.0 - pooled) * strength);
    let rise = |x: f64, count: u32| ln_gamma(x + f64::from(count)) - ln_gamma(x);
    let stage = |s: &StageCounts| rise(a, s.won) + rise(b, s.closed - s.won) - rise(strength, s.closed);
    stages.iter().map(stage).sum()
}

/// Its derivative in κ.
fn slope(stages: &[StageCounts], pooled: f64, strength: f64) -> f64 {
    let (a, b) = (pooled * strength, (1.0 - pooled) * strength);
    let stage = |s: &StageCounts| {
        pooled * digamma_rise(a, s.won) + (1.0 - pooled) * digamma_rise(b, s.closed - s.won)
            - digamma_rise(strength, s.closed)
    };
    stages.iter().map(stage).sum()
}

/// ψ(x + count) − ψ(x).
fn digamma_rise(x: f64, count: u32) -> f64 {
    if count > 1000 {
        return digamma(x + f64::from(count)) - digamma(x);
    }
    (0..count).map(|j| 1.0 / (x + f64::from(j))).sum()
}

/// The non-decreasing rates closest to `rates` in weighted least squares: win rates that may not fall
/// from one stage to the next (pool adjacent violators, Ayer et al., Annals of Mathematical Statistics
/// 1955). Pairs (rate, weight > 0) in the order of the stages.
///
/// ```
/// use dealcast::statistics::shrinkage::isotonic;
/// assert_eq!(isotonic(&[(0.1, 1.0), (0.4, 1.0), (0.2, 3.0)]), [0.1, 0.25, 0.25]);
/// ```
pub fn isotonic(rates: &[(f64, f64)]) -> Vec<f64> {
    // (weighted mean, weight, stages) of each pool.
    let mut pools: Vec<(f64, f64, usize)> = Vec::new();
    for &(rate, weight) in rates {
        let mut pool = (rate, weight, 1);
        while let Some(&(mean, before, stages)) = pools.last()
            && mean > pool.0
        {
            let total = before + pool.1;
            pool = ((mean * before + pool.0 * pool.1) / total, total, stages + pool.2);
            pools.pop();
        }
        pools.push(pool);
    }
    pools.into_iter().flat_map(|(mean, _, stages)| std::iter::repeat_n(mean, stages)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    #[cfg(target_arch = "wasm32")]
    use wasm_bindgen_test::wasm_bindgen_test as test;

    fn stages(counts: &[(u32, u32)]) -> Vec<StageCounts> {
        counts.iter().map(|&(won, closed)| StageCounts { won, closed }).collect()
    }

    #[test]
    fn maximum_is_a_maximum() {
        for counts in [&[(4, 90), (9, 75), (15, 60), (22, 45), (18, 22)][..], &[(10, 100), (16, 100), (25, 100)]] {
            let stages = stages(counts);
            let pooled = pooled_rate(&stages).unwrap();
            let strength = maximum_likelihood_strength(&stages).unwrap();
            let at = |factor: f64| log_likelihood(&stages, pooled, strength * factor);
            assert!(at(1.0) > at(1.001) && at(1.0) > at(0.999), "{counts:?}: {strength}");
        }
    }

    #[test]
    fn strength_at_its_bounds() {
        // The same rate everywhere, less spread than chance: as strong as can be.
        assert_eq!(maximum_likelihood_strength(&stages(&[(10, 40), (20, 80), (5, 20)])), Some(MAX_PRIOR_STRENGTH));
        // All or nothing: the pooled rate tells nothing of a stage.
        assert_eq!(maximum_likelihood_strength(&stages(&[(0, 40), (30, 30)])), Some(0.0));
        assert_eq!(maximum_likelihood_strength(&stages(&[(0, 40), (0, 30)])), Some(MAX_PRIOR_STRENGTH));
        assert_eq!(maximum_likelihood_strength(&stages(&[(1, 1), (0, 1)])), Some(MAX_PRIOR_STRENGTH));
        assert_eq!(maximum_likelihood_strength(&[]), None);
        assert_eq!(pooled_rate(&stages(&[(2, 1)])), None);
    }

    #[test]
    fn shrinkage_between_own_and_pooled_rate() {
        let stages = stages(&[(4, 90), (18, 22), (0, 0)]);
        let pooled = pooled_rate(&stages).unwrap();
        assert_eq!(shrunk_rates(&stages, pooled, 0.0), [4.0 / 90.0, 18.0 / 22.0, pooled]);
        for (rate, own) in shrunk_rates(&stages, pooled, 50.0).into_iter().zip([4.0 / 90.0, 18.0 / 22.0]) {
            assert!((rate - pooled).abs() < (own - pooled).abs());
        }
    }

    #[test]
    fn large_counts_use_digamma() {
        let direct: f64 = (0..5000).map(|j| 1.0 / (0.7 + f64::from(j))).sum();
        assert!((digamma_rise(0.7, 5000) / direct - 1.0).abs() < 1e-13);
    }

    #[test]
    fn isotonic_rates_never_fall_and_keep_the_mean() {
        let rates = [(0.3, 2.0), (0.1, 1.0), (0.2, 1.0), (0.6, 4.0), (0.5, 1.0)];
        let fitted = isotonic(&rates);
        assert!(fitted.windows(2).all(|pair| pair[0] <= pair[1]), "{fitted:?}");
        let mean = |values: Vec<f64>| values.iter().zip(&rates).map(|(v, (_, w))| v * w).sum::<f64>();
        assert!((mean(fitted) - mean(rates.iter().map(|r| r.0).collect())).abs() < 1e-15);
        assert!(isotonic(&[]).is_empty());
    }
}
