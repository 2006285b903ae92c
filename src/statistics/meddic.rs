//! Win probability adjusted by a MEDDIC score.

use crate::math::{expit, logit};

/// Log-odds per criterion unless fitted: odds × 2.2.
pub const DEFAULT_LOG_ODDS_PER_POINT: f64 = 0.8;

/// Score that leaves the stage's rate as it is.
pub const DEFAULT_REFERENCE_SCORE: f64 = 3.0;

/// logit p = logit(stage win probability) + β·(score − reference), β in log-odds per criterion.
///
/// Probabilities in \[0, 1\]; a certain stage stays certain.
///
/// ```
/// let p = dealcast::statistics::meddic::adjusted(0.15, 5.0, 3.0, 0.8);
/// assert!((p - 0.46640044900743986).abs() < 1e-14);
/// ```
pub fn adjusted(stage_win_probability: f64, score: f64, reference: f64, log_odds_per_point: f64) -> f64 {
    expit(logit(stage_win_probability) + log_odds_per_point * (score - reference))
}

#[cfg(test)]
mod tests {
    use super::*;
    #[cfg(target_arch = "wasm32")]
    use wasm_bindgen_test::wasm_bindgen_test as test;

    #[test]
    fn each_point_multiplies_the_odds() {
        let odds = |p: f64| p / (1.0 - p);
        let ratio = odds(adjusted(0.2, 4.5, 3.0, 0.8)) / odds(0.2);
        assert!((ratio / crate::math::exp(1.2) - 1.0).abs() < 1e-14);
        assert!((adjusted(0.2, 3.0, 3.0, 0.8) - 0.2).abs() < 1e-16);
        assert_eq!(adjusted(0.0, 6.0, 3.0, 0.8), 0.0);
        assert_eq!(adjusted(1.0, 0.0, 3.0, 0.8), 1.0);
    }
}
