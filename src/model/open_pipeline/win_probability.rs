//! From stage, counts and MEDDIC answers to a win probability.

use crate::math::{beta, ln};
use crate::report::open_pipeline::StageRate;
use crate::scenario::open_pipeline::{
    MeddicAnswer, MeddicAnswers, MeddicRules, OpenPipeline, Rate, Stage, WonOfClosed,
};
use crate::scenario::validate::WIN_PROBABILITY;

/// Classes of equal probability into which an uncertain win rate is cut.
pub const RATE_CLASSES: usize = 64;
/// Log-odds of one MEDDIC point: a yes instead of a no multiplies the odds by e^0.8 ≈ 2.23.
pub const LOG_ODDS_PER_POINT: f64 = 0.8;
/// Cap on the total odds multiplier.
pub const MAXIMUM_ODDS_MULTIPLIER: f64 = 12.0;

/// Points of an answer: 1, ½ or 0.
fn points(answer: Option<MeddicAnswer>) -> f64 {
    match answer {
        Some(MeddicAnswer::Yes) => 1.0,
        Some(MeddicAnswer::No) => 0.0,
        Some(MeddicAnswer::Unknown) | None => 0.5,
    }
}

fn answers(meddic: &MeddicAnswers) -> [f64; 6] {
    [
        points(meddic.metrics),
        points(meddic.economic_buyer),
        points(meddic.decision_criteria),
        points(meddic.decision_process),
        points(meddic.identified_pain),
        points(meddic.champion),
    ]
}

/// MEDDIC score, 0 to 6: a point per yes, half a point per unknown.
#[must_use]
pub fn meddic_score(meddic: &MeddicAnswers) -> f64 {
    answers(meddic).iter().sum()
}

/// Log of the odds multiplier of a deal's answers, and whether the cap limited it.
///
/// Σ ln(multiplier)·(points − ½) over the six criteria; with equal multipliers e^β this is
/// β·(score − 3), the adjustment logit p = logit p_stage + β (s − s₀) of the specification.
#[must_use]
pub fn meddic_log_odds(meddic: &MeddicAnswers, rules: Option<&MeddicRules>) -> (f64, bool) {
    let multiplier = |choose: fn(&MeddicRules) -> Option<f64>| rules.and_then(choose).map_or(LOG_ODDS_PER_POINT, ln);
    let weights = [
        multiplier(|rules| rules.metrics),
        multiplier(|rules| rules.economic_buyer),
        multiplier(|rules| rules.decision_criteria),
        multiplier(|rules| rules.decision_process),
        multiplier(|rules| rules.identified_pain),
        multiplier(|rules| rules.champion),
    ];
    let shift: f64 = answers(meddic).iter().zip(weights).map(|(points, weight)| weight * (points - 0.5)).sum();
    let cap = ln(rules.and_then(|rules| rules.maximum_odds_multiplier).unwrap_or(MAXIMUM_ODDS_MULTIPLIER));
    (shift.clamp(-cap, cap), shift.abs() > cap)
}

/// Probability with its log-odds shifted, kept inside the range of win probabilities.
#[must_use]
pub fn shifted(probability: f64, log_odds: f64) -> f64 {
    let inside = probability.clamp(WIN_PROBABILITY.0, WIN_PROBABILITY.1);
    if log_odds == 0.0 {
        return inside;
    }
    crate::math::expit(crate::math::logit(inside) + log_odds).clamp(WIN_PROBABILITY.0, WIN_PROBABILITY.1)
}

/// Parameters of the Beta posterior of a counted win rate.
///
/// Jeffreys: Beta(w+½, n−w+½). With a prior of strength κ at the pooled rate p̄ the stage's counts
/// are pulled to it: Beta(w+κp̄, n−w+κ(1−p̄)), whose mean is the shrunk rate (w+κp̄)/(n+κ).
#[must_use]
pub fn posterior(counts: &WonOfClosed, prior: Option<(f64, f64)>) -> (f64, f64) {
    const LEAST: f64 = 0.01;
    match prior {
        Some((strength, pooled)) if strength > 0.0 => (
            (counts.won + strength * pooled).max(LEAST),
            (counts.closed - counts.won + strength * (1.0 - pooled)).max(LEAST),
        ),
        _ => (counts.won + 0.5, counts.closed - counts.won + 0.5),
    }
}

/// Prior of stage counts: its strength and the rate pooled over all stages with counts; none where the
/// scenario asks for none.
#[must_use]
pub fn stage_prior(section: &OpenPipeline) -> Option<(f64, f64)> {
    let strength = section.stage_prior_strength?;
    let stages = section.stages.as_deref().unwrap_or_default();
    let (won, closed) = stages.iter().fold((0.0, 0.0), |(won, closed), stage| match &stage.win_rate {
        Rate::Counted(counts) => (won + counts.won, closed + counts.closed),
        Rate::Known(_) => (won, closed),
    });
    Some((strength, if closed > 0.0 { (won / closed).clamp(WIN_PROBABILITY.0, WIN_PROBABILITY.1) } else { 0.5 }))
}

/// What is known of each stage's win rate: the number itself, or mean, 10th and 90th percentile of the
/// posterior of its counts.
///
/// ```
/// use dealcast::model::open_pipeline::win_probability::stage_rates;
/// use dealcast::scenario::Scenario;
/// let scenario = Scenario::from_json(r#"{"schema":"dealcast/1","open_pipeline":{"target":1,"deals":[],
///   "stages":[{"stage":"Proposal","win_rate":{"won":24,"closed":200}}]}}"#).unwrap();
/// let rates = stage_rates(&scenario.open_pipeline.unwrap());
/// assert!((rates[0].mean - 24.5 / 201.0).abs() < 1e-12);
/// assert!(rates[0].p10 < 0.1 && rates[0].p90 > 0.15);
/// ```
#[must_use]
pub fn stage_rates(section: &OpenPipeline) -> Vec<StageRate> {
    let prior = stage_prior(section);
    let stages = section.stages.as_deref().unwrap_or_default();
    stages
        .iter()
        .map(|Stage { stage, win_rate }| {
            let (mean, p10, p90) = match win_rate {
                Rate::Known(rate) => (*rate, *rate, *rate),
                Rate::Counted(counts) => {
                    let (a, b) = posterior(counts, prior);
                    (a / (a + b), beta::quantile(a, b, 0.1), beta::quantile(a, b, 0.9))
                }
            };
            StageRate { stage: stage.clone(), mean, p10, p90 }
        })
        .collect()
}

/// Mean of Beta(a, b) inside each of [`RATE_CLASSES`] classes of equal probability.
///
/// The classes keep the mean of the rate exactly and more than 99 % of its variance.
#[must_use]
pub fn rate_classes(a: f64, b: f64) -> Vec<f64> {
    let mean = a / (a + b);
    let classes = RATE_CLASSES as f64;
    let mut below = 0.0;
    (1..=RATE_CLASSES)
        .map(|class| {
            let partial = if class == RATE_CLASSES {
                1.0
            } else {
                beta::regularised(a + 1.0, b, beta::quantile(a, b, class as f64 / classes))
            };
            let share = partial - below;
            below = partial;
            (mean * classes * share).clamp(0.0, 1.0)
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    #[cfg(target_arch = "wasm32")]
    use wasm_bindgen_test::wasm_bindgen_test as test;

    fn with(yes: usize, no: usize) -> MeddicAnswers {
        let answer = |index: usize| {
            Some(if index < yes {
                MeddicAnswer::Yes
            } else if index < yes + no {
                MeddicAnswer::No
            } else {
                MeddicAnswer::Unknown
            })
        };
        MeddicAnswers {
            metrics: answer(0),
            economic_buyer: answer(1),
            decision_criteria: answer(2),
            decision_process: answer(3),
            identified_pain: answer(4),
            champion: answer(5),
        }
    }

    #[test]
    fn equal_weights_give_the_specified_adjustment() {
        for (yes, no) in [(0, 0), (1, 5), (5, 1), (3, 2), (6, 0)] {
            let meddic = with(yes, no);
            let expected = LOG_ODDS_PER_POINT * (meddic_score(&meddic) - 3.0);
            assert!((meddic_log_odds(&meddic, None).0 - expected).abs() < 1e-12);
        }
        assert!((shifted(0.15, meddic_log_odds(&with(5, 1), None).0) - 0.466_400_449).abs() < 1e-8);
    }

    #[test]
    fn the_cap_limits_both_ways_and_says_so() {
        let rules: MeddicRules = serde_json::from_str(r#"{"maximum_odds_multiplier": 2}"#).unwrap();
        assert_eq!(meddic_log_odds(&with(6, 0), Some(&rules)), (ln(2.0), true));
        assert_eq!(meddic_log_odds(&with(0, 6), Some(&rules)), (-ln(2.0), true));
        assert!(!meddic_log_odds(&with(3, 3), Some(&rules)).1);
    }

    #[test]
    fn classes_keep_the_mean_and_almost_all_of_the_variance() {
        for (a, b) in [(24.5, 176.5), (3.5, 2.5), (0.5, 4.5), (300.5, 200.5)] {
            let classes = rate_classes(a, b);
            let n = classes.len() as f64;
            let mean = classes.iter().sum::<f64>() / n;
            let variance = classes.iter().map(|rate| (rate - mean) * (rate - mean)).sum::<f64>() / n;
            let exact = a * b / ((a + b) * (a + b) * (a + b + 1.0));
            assert!((mean - a / (a + b)).abs() < 1e-10, "{mean}");
            assert!(variance < exact && variance > 0.99 * exact, "{}", variance / exact);
            assert!(classes.is_sorted());
        }
    }
}
