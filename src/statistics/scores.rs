//! Scores of win probabilities against won and lost (back-test of deals).

use super::sum::sum;
use crate::math::ln;

/// A closed deal: the probability that was forecast, and what happened.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct ScoredDeal {
    /// Forecast win probability, in \[0, 1\].
    pub probability: f64,
    /// Whether it was won.
    pub won: bool,
}

impl ScoredDeal {
    fn outcome(&self) -> f64 {
        f64::from(u8::from(self.won))
    }
}

/// Scores of a set of deals; lower is better except for the skill.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct DealScores {
    /// Mean (p − o)².
    pub brier: f64,
    /// Brier score of forecasting the base rate for every deal: base·(1 − base).
    pub brier_of_base_rate: f64,
    /// 1 − brier/brier of base rate; `None` when all deals had the same outcome.
    pub brier_skill: Option<f64>,
    /// Mean −ln(probability given to what happened); `None` (infinite) when that was 0 for a deal.
    pub log_loss: Option<f64>,
    /// Mean p − mean o: positive when too optimistic.
    pub calibration_in_the_large: f64,
}

/// Scores of the deals; `None` for an empty slice (Gneiting & Raftery, "Strictly proper scoring
/// rules, prediction, and estimation", JASA 2007).
///
/// ```
/// use dealcast::statistics::scores::{ScoredDeal, deal_scores};
/// let deals = [ScoredDeal { probability: 0.8, won: true }, ScoredDeal { probability: 0.4, won: false }];
/// assert!((deal_scores(&deals).unwrap().brier - 0.1).abs() < 1e-15);
/// ```
pub fn deal_scores(deals: &[ScoredDeal]) -> Option<DealScores> {
    if deals.is_empty() {
        return None;
    }
    let n = deals.len() as f64;
    let mean = |f: fn(&ScoredDeal) -> f64| sum(deals.iter().map(f)) / n;
    let base = mean(ScoredDeal::outcome);
    let brier = mean(|deal| (deal.probability - deal.outcome()) * (deal.probability - deal.outcome()));
    let brier_of_base_rate = base * (1.0 - base);
    let log_loss = -mean(|deal| ln(if deal.won { deal.probability } else { 1.0 - deal.probability }));
    Some(DealScores {
        brier,
        brier_of_base_rate,
        brier_skill: (brier_of_base_rate > 0.0).then(|| 1.0 - brier / brier_of_base_rate),
        log_loss: log_loss.is_finite().then_some(log_loss),
        calibration_in_the_large: mean(|deal| deal.probability) - base,
    })
}

/// One row of a reliability table: the deals whose forecast fell in a tenth of the probabilities.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct ReliabilityDecile {
    /// Lower end of the tenth (included).
    pub from: f64,
    /// Upper end (excluded, but for 1).
    pub to: f64,
    /// Deals.
    pub deals: u32,
    /// Of which won.
    pub won: u32,
    /// Mean forecast; `None` without deals.
    pub mean_probability: Option<f64>,
    /// Share won; `None` without deals. A calibrated forecast has it close to the mean forecast.
    pub observed_rate: Option<f64>,
}

/// Reliability table in ten equal classes of forecast probability. Forecasts that are not in \[0, 1\]
/// are left out.
pub fn reliability_deciles(deals: &[ScoredDeal]) -> [ReliabilityDecile; 10] {
    std::array::from_fn(|i| {
        let members = || {
            deals.iter().filter(move |deal| (0.0..=1.0).contains(&deal.probability) && decile(deal.probability) == i)
        };
        let count = members().count();
        let won = members().filter(|deal| deal.won).count();
        let share = |total: f64| (count > 0).then(|| total / count as f64);
        ReliabilityDecile {
            from: i as f64 / 10.0,
            to: (i + 1) as f64 / 10.0,
            deals: count as u32,
            won: won as u32,
            mean_probability: share(sum(members().map(|deal| deal.probability))),
            observed_rate: share(won as f64),
        }
    })
}

/// Tenth that a probability belongs to; 0.3 and 0.7 belong to the tenths that they open.
fn decile(probability: f64) -> usize {
    (1..10).filter(|&i| probability >= f64::from(i) / 10.0).count()
}

#[cfg(test)]
mod tests {
    use super::*;
    #[cfg(target_arch = "wasm32")]
    use wasm_bindgen_test::wasm_bindgen_test as test;

    fn deals(pairs: &[(f64, bool)]) -> Vec<ScoredDeal> {
        pairs.iter().map(|&(probability, won)| ScoredDeal { probability, won }).collect()
    }

    #[test]
    fn perfect_and_hopeless_forecasts() {
        let perfect = deal_scores(&deals(&[(1.0, true), (0.0, false)])).unwrap();
        assert_eq!((perfect.brier, perfect.log_loss, perfect.brier_skill), (0.0, Some(0.0), Some(1.0)));
        let hopeless = deal_scores(&deals(&[(0.0, true), (0.0, false)])).unwrap();
        assert_eq!((hopeless.brier, hopeless.log_loss), (0.5, None));
        let one_sided = deal_scores(&deals(&[(0.4, true), (0.9, true)])).unwrap();
        assert_eq!(one_sided.brier_skill, None);
        assert_eq!(deal_scores(&[]), None);
    }

    #[test]
    fn deciles_hold_every_deal_once() {
        let edges: Vec<ScoredDeal> =
            (0..=10).map(|i| ScoredDeal { probability: f64::from(i) / 10.0, won: i % 2 == 0 }).collect();
        let table = reliability_deciles(&edges);
        assert_eq!(table.map(|row| row.deals), [1, 1, 1, 1, 1, 1, 1, 1, 1, 2]);
        assert_eq!(table[9].observed_rate, Some(0.5));
        assert_eq!(table[9].mean_probability, Some(0.95));
        let empty = reliability_deciles(&deals(&[(f64::NAN, true)]));
        assert!(empty.iter().all(|row| row.deals == 0 && row.observed_rate.is_none()));
    }
}
