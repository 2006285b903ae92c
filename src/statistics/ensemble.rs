//! Scores of a simulated total (an ensemble of equally likely values) against the actual one
//! (Gneiting & Raftery, "Strictly proper scoring rules, prediction, and estimation", JASA 2007).

use super::sum::sum;

/// Continuous ranked probability score, in the unit of the total; lower is better.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Crps {
    /// mean |x − y| − Σᵢⱼ|xᵢ − xⱼ|/(2n²): of the ensemble as it is.
    pub crps: f64,
    /// The same with n(n − 1) for n²: unbiased for the law that the ensemble was drawn from; `None`
    /// for a single member.
    pub crps_fair: Option<f64>,
}

/// CRPS of the members (in any order) for the value `observed`; `None` without members.
///
/// ```
/// use dealcast::statistics::ensemble::crps;
/// assert_eq!(crps(&[1.0, 3.0], 2.0).unwrap().crps, 0.5);
/// ```
pub fn crps(members: &[f64], observed: f64) -> Option<Crps> {
    if members.is_empty() {
        return None;
    }
    let mut sorted = members.to_vec();
    sorted.sort_by(f64::total_cmp);
    let n = sorted.len() as f64;
    let distance = sum(sorted.iter().map(|x| (x - observed).abs())) / n;
    // Σᵢⱼ|xᵢ − xⱼ| = 2·Σᵢ (2i − n − 1)·x₍ᵢ₎, i from 1; from the median, to lose no digits.
    let median = sorted[sorted.len() / 2];
    let ranked = sorted.iter().enumerate();
    let half_spread = sum(ranked.map(|(i, x)| (2.0 * i as f64 + 1.0 - n) * (x - median)));
    let fair = (sorted.len() > 1).then(|| distance - half_spread / (n * (n - 1.0)));
    Some(Crps { crps: distance - half_spread / (n * n), crps_fair: fair })
}

/// Pinball loss of `quantile` forecast for `level`: level·(y − q) if y ≥ q, else (1 − level)·(q − y).
pub fn pinball(quantile: f64, observed: f64, level: f64) -> f64 {
    if observed >= quantile { level * (observed - quantile) } else { (1.0 - level) * (quantile - observed) }
}

/// Mid-rank probability integral transform, (#below + ½·#equal)/n: uniform over periods if the
/// forecast is calibrated. `None` without members.
pub fn pit_mid(members: &[f64], observed: f64) -> Option<f64> {
    let below = members.iter().filter(|&&x| x < observed).count();
    let equal = members.iter().filter(|&&x| x == observed).count();
    (!members.is_empty()).then(|| (below as f64 + 0.5 * equal as f64) / members.len() as f64)
}

/// A forecast interval and what came.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct IntervalForecast {
    /// Lower end, such as P10.
    pub low: f64,
    /// Upper end, such as P90.
    pub high: f64,
    /// Actual value.
    pub actual: f64,
}

/// Share of the periods whose actual value lies in its interval, ends included: 80 % for a calibrated
/// P10–P90. `None` without periods.
pub fn interval_coverage(periods: &[IntervalForecast]) -> Option<f64> {
    let inside = periods.iter().filter(|p| p.low <= p.actual && p.actual <= p.high).count();
    (!periods.is_empty()).then(|| inside as f64 / periods.len() as f64)
}

/// Counts of probability integral transforms in ten equal classes; 1 belongs to the last.
pub fn pit_histogram(transforms: &[f64]) -> [u32; 10] {
    let mut counts = [0; 10];
    for pit in transforms.iter().filter(|pit| (0.0..=1.0).contains(*pit)) {
        counts[((pit * 10.0) as usize).min(9)] += 1;
    }
    counts
}

#[cfg(test)]
mod tests {
    use super::*;
    #[cfg(target_arch = "wasm32")]
    use wasm_bindgen_test::wasm_bindgen_test as test;

    #[test]
    fn crps_agrees_with_the_double_sum() {
        let members: [f64; 5] = [1e9 + 3.0, 1e9 - 7.5, 1e9 + 3.0, 1e9 + 40.0, 1e9 + 0.25];
        let observed: f64 = 1e9 + 5.0;
        let n = members.len() as f64;
        let pairs: f64 = members.iter().flat_map(|x| members.map(|y| (x - y).abs())).sum();
        let distance: f64 = members.iter().map(|x| (x - observed).abs()).sum::<f64>() / n;
        let score = crps(&members, observed).unwrap();
        assert!((score.crps - (distance - pairs / (2.0 * n * n))).abs() < 1e-12);
        assert!((score.crps_fair.unwrap() - (distance - pairs / (2.0 * n * (n - 1.0)))).abs() < 1e-12);
    }

    #[test]
    fn one_member_and_none() {
        assert_eq!(crps(&[3.0], 5.0), Some(Crps { crps: 2.0, crps_fair: None }));
        assert_eq!(crps(&[], 5.0), None);
        assert_eq!((pit_mid(&[], 1.0), interval_coverage(&[])), (None, None));
    }

    #[test]
    fn pinball_is_least_at_the_quantile() {
        let sample = [1.0, 2.0, 3.0, 4.0, 5.0, 6.0, 7.0, 8.0, 9.0, 10.0];
        let loss = |q: f64| sample.iter().map(|&y| pinball(q, y, 0.25)).sum::<f64>();
        assert!(loss(3.0) < loss(2.0) && loss(3.0) < loss(4.0));
        assert_eq!(pinball(3.0, 3.0, 0.9), 0.0);
    }

    #[test]
    fn transforms_and_coverage() {
        assert_eq!(pit_mid(&[1.0, 2.0, 2.0, 3.0], 2.0), Some(0.5));
        assert_eq!(pit_histogram(&[0.0, 0.05, 0.95, 1.0, f64::NAN]), [2, 0, 0, 0, 0, 0, 0, 0, 0, 2]);
        let period = |actual| IntervalForecast { low: 1.0, high: 2.0, actual };
        assert_eq!(interval_coverage(&[period(1.0), period(2.0), period(3.0), period(0.0)]), Some(0.5));
    }
}
