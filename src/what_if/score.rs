//! Figures of an outcome from its trials, and how much each trial moves them.
//!
//! The standard error of a difference on common random numbers needs more than two errors: it needs to know
//! which trials moved together. Every figure here has an influence function, what one more trial of a value
//! would do to it; the sd of the influences' difference over paired trials, over √n, is the error of the
//! difference: s_d/√n for means, and in the same way for probabilities and percentiles (delta method).

use crate::forecast::OutcomeTrials;
use crate::math::sqrt;
use crate::report::what_if::{Outcome, OutcomeFigures, Statistic};
use crate::statistics::CompensatedSum;
use crate::statistics::order::probability_standard_error;
use crate::statistics::sample::Sample;
use std::rc::Rc;

/// What rounding may take from a total that meets its target, as a share of it.
const ROUNDING: f64 = 1e-12;

/// An outcome over the trials of a scenario, with its figures at hand. Clones share the trials.
#[derive(Debug, Clone)]
pub struct Score {
    outcome: Outcome,
    target: Option<f64>,
    trials: Rc<OutcomeTrials>,
    sample: Rc<Sample>,
}

/// A figure, its standard error, and what a trial does to it.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Estimate {
    /// The figure.
    pub value: f64,
    /// Its standard error.
    pub standard_error: f64,
    influence: Influence,
}

#[derive(Debug, Clone, Copy, PartialEq)]
enum Influence {
    /// x − mean.
    Mean(f64),
    /// (level − [x ≤ quantile])/density.
    Quantile { quantile: f64, level: f64, over_density: f64 },
    /// [x ≥ threshold] − p.
    AtLeast { threshold: f64, p: f64 },
    /// [x ≤ threshold] − p.
    AtMost { threshold: f64, p: f64 },
}

impl Estimate {
    /// What a trial of this value does to the figure, times n.
    #[must_use]
    pub fn influence(&self, value: f64) -> f64 {
        let indicator = |holds: bool| if holds { 1.0 } else { 0.0 };
        match self.influence {
            Influence::Mean(mean) => value - mean,
            Influence::Quantile { quantile, level, over_density } => {
                (level - indicator(value <= quantile)) * over_density
            }
            Influence::AtLeast { threshold, p } => indicator(value >= threshold) - p,
            Influence::AtMost { threshold, p } => indicator(value <= threshold) - p,
        }
    }
}

/// Least total that counts as reaching a target.
#[must_use]
pub fn reached_from(target: f64) -> f64 {
    target - target.abs() * ROUNDING
}

impl Score {
    /// Takes the trials of a scenario; `target` counts instead of the scenario's own. There must be trials.
    #[must_use]
    pub fn new(outcome: Outcome, trials: OutcomeTrials, target: Option<f64>) -> Self {
        let sample = Rc::new(Sample::new(trials.values.clone()));
        Self { outcome, target: target.or(trials.target), trials: Rc::new(trials), sample }
    }

    /// The same trials; `target` counts instead of the scenario's own.
    #[must_use]
    pub fn with_target(&self, target: Option<f64>) -> Self {
        Self { target: target.or(self.trials.target), ..self.clone() }
    }

    /// Values by trial, target, fan.
    #[must_use]
    pub fn trials(&self) -> &OutcomeTrials {
        &self.trials
    }

    /// The target that probabilities are about.
    #[must_use]
    pub fn target(&self) -> Option<f64> {
        self.target
    }

    /// Values by trial.
    #[must_use]
    pub fn values(&self) -> &[f64] {
        &self.trials.values
    }

    /// Values in ascending order.
    #[must_use]
    pub fn sorted(&self) -> &[f64] {
        self.sample.sorted()
    }

    /// A figure; `None` for a probability without target.
    #[must_use]
    pub fn estimate(&self, statistic: Statistic) -> Option<Estimate> {
        let quantile = |level: f64| {
            let (quantile, standard_error) = self.sample.quantile(level);
            // The density that the error implies: error = √(p(1 − p)/n)/density.
            let spread = sqrt(level * (1.0 - level) / self.sample.len() as f64);
            let influence = Influence::Quantile { quantile, level, over_density: standard_error / spread };
            Estimate { value: quantile, standard_error, influence }
        };
        Some(match statistic {
            Statistic::Mean => {
                let (value, standard_error) = self.sample.mean();
                Estimate { value, standard_error, influence: Influence::Mean(value) }
            }
            Statistic::P10 => quantile(0.1),
            Statistic::P50 => quantile(0.5),
            Statistic::P90 => quantile(0.9),
            Statistic::ProbTarget => {
                let target = self.target?;
                if self.outcome.fewer_is_better() {
                    let (p, standard_error) = self.sample.share_at_most(target);
                    Estimate { value: p, standard_error, influence: Influence::AtMost { threshold: target, p } }
                } else {
                    let threshold = reached_from(target);
                    let (p, standard_error) = self.sample.share_at_least(threshold);
                    Estimate { value: p, standard_error, influence: Influence::AtLeast { threshold, p } }
                }
            }
        })
    }

    /// In how many of the trials the target is reached; `None` without target.
    #[must_use]
    pub fn hits(&self) -> Option<(u64, u64)> {
        let share = self.estimate(Statistic::ProbTarget)?.value;
        let trials = self.sample.len() as u64;
        Some((libm::rint(share * trials as f64) as u64, trials))
    }

    /// Whether some trials never reach the month.
    fn some_never(&self) -> Option<usize> {
        let last = f64::from(self.trials.last_month?);
        Some(self.sample.len() - self.sorted().partition_point(|month| *month <= last))
    }

    /// A figure as shown: absent where it is beyond the horizon.
    #[must_use]
    pub fn shown(&self, statistic: Statistic) -> Option<Estimate> {
        let never = self.some_never().unwrap_or(0);
        let estimate = self.estimate(statistic)?;
        let within = match (statistic, self.trials.last_month) {
            (Statistic::ProbTarget, _) | (_, None) => true,
            (Statistic::Mean, _) => never == 0,
            (_, Some(last)) => estimate.value <= f64::from(last),
        };
        within.then_some(estimate)
    }

    /// The figures, and their standard errors.
    #[must_use]
    pub fn figures(&self) -> (OutcomeFigures, OutcomeFigures) {
        let shown = |statistic| self.shown(statistic).map(|found| (found.value, found.standard_error));
        let (mean, prob_target) = (shown(Statistic::Mean), shown(Statistic::ProbTarget));
        let (p10, p50, p90) = (shown(Statistic::P10), shown(Statistic::P50), shown(Statistic::P90));
        let sd = mean.map(|_| self.sample.sd());
        let never = self.some_never().map(|count| self.sample.share(count));
        let figures = |pick: fn((f64, f64)) -> f64| OutcomeFigures {
            mean: mean.map(pick),
            sd: sd.map(pick),
            p10: p10.map(pick),
            p50: p50.map(pick),
            p90: p90.map(pick),
            prob_target: prob_target.map(pick),
            prob_never: never.map(pick),
        };
        (figures(|found| found.0), figures(|found| found.1))
    }

    /// Share of the trials of at least a value.
    #[must_use]
    pub fn prob_at_least(&self, value: f64) -> f64 {
        let below = self.sorted().partition_point(|found| *found < value);
        (self.sample.len() - below) as f64 / self.sample.len() as f64
    }

    /// Difference of a figure between this scenario and a base on the same draws, with its standard error.
    #[must_use]
    pub fn less(&self, base: &Self, mine: &Estimate, theirs: &Estimate) -> (f64, f64) {
        let pairs = self.values().iter().zip(base.values());
        let influences: Vec<f64> = pairs.map(|(own, base)| mine.influence(*own) - theirs.influence(*base)).collect();
        (mine.value - theirs.value, error_of_mean(&influences))
    }

    /// Share of the trials that do better than those of another scenario on the same draws, ties half, with its
    /// standard error.
    #[must_use]
    pub fn prob_beats(&self, other: &Self) -> (f64, f64) {
        let (mut better, mut equal) = (0_u32, 0_u32);
        for (own, other) in self.values().iter().zip(other.values()) {
            let (first, second) = if self.outcome.fewer_is_better() { (other, own) } else { (own, other) };
            better += u32::from(first > second);
            equal += u32::from(first == second);
        }
        let n = self.sample.len() as f64;
        let share = (f64::from(better) + 0.5 * f64::from(equal)) / n;
        // Variance of a number that is 1, ½ or 0.
        let square = (f64::from(better) + 0.25 * f64::from(equal)) / n;
        let error = if equal == 0 {
            probability_standard_error(share, self.sample.len() as u64)
        } else {
            sqrt((square - share * share).max(0.0) / n)
        };
        (share, error)
    }
}

/// s/√n of numbers.
#[must_use]
pub fn error_of_mean(values: &[f64]) -> f64 {
    let n = values.len() as f64;
    if n < 2.0 {
        return 0.0;
    }
    let mean = values.iter().copied().collect::<CompensatedSum>().value() / n;
    let squares = values.iter().map(|value| (value - mean) * (value - mean)).collect::<CompensatedSum>().value();
    sqrt(squares / (n - 1.0) / n)
}
