//! Time to close in whole months.

use crate::distribution::{DAYS_PER_MONTH, Distribution, DistributionError, MAX_CYCLE_MONTHS, cycle_months_pmf};

/// Cells between the ends of an uncertain mean.
const GRID_STEPS: usize = 24;
/// Ends of an unbounded law of the mean, as probabilities.
const TAIL: f64 = 1e-4;

/// Law of the months from acceptance to closing.
///
/// Where the mean is uncertain, laws are prepared on a grid of means and two neighbours are mixed
/// in proportion: the mean is kept exactly, and with it Little's law.
#[derive(Debug, Clone, PartialEq)]
pub struct Cycle {
    grid: std::sync::Arc<[Law]>,
    /// Lower neighbour and share of the upper one.
    at: (usize, f64),
}

/// One prepared law.
#[derive(Debug, Clone, PartialEq)]
pub struct Law {
    /// P(K = j).
    pub pmf: Vec<f64>,
    /// P(K > j).
    pub beyond: Vec<f64>,
    /// E\[K\].
    pub mean: f64,
}

impl Law {
    fn new(pmf: Vec<f64>) -> Self {
        let mut beyond = vec![0.0; pmf.len()];
        let mut tail = 0.0;
        for months in (0..pmf.len()).rev() {
            beyond[months] = tail;
            tail += pmf[months];
        }
        let mean = pmf.iter().enumerate().map(|(months, p)| months as f64 * p).sum();
        Self { pmf, beyond, mean }
    }
}

impl Cycle {
    /// A law given by its probabilities.
    #[must_use]
    pub fn of_pmf(pmf: &[f64]) -> Self {
        let total: f64 = pmf.iter().sum();
        let law = Law::new(pmf.iter().map(|p| p / total).collect());
        Self { grid: [law].into(), at: (0, 0.0) }
    }

    /// Gamma law of mean `mean_days` and the given coefficient of variation, in whole months.
    ///
    /// # Errors
    /// As [`cycle_months_pmf`].
    pub fn of_days(mean_days: f64, coefficient_of_variation: f64) -> Result<Self, DistributionError> {
        let law = Law::new(cycle_months_pmf(mean_days, coefficient_of_variation, MAX_CYCLE_MONTHS)?);
        Ok(Self { grid: [law].into(), at: (0, 0.0) })
    }

    /// The same with an uncertain mean, set at the mean of its law.
    ///
    /// # Errors
    /// As [`cycle_months_pmf`].
    pub fn of_uncertain_days(days: &Distribution, coefficient_of_variation: f64) -> Result<Self, DistributionError> {
        let (low, high) = match days.support() {
            (low, high) if high.is_finite() => (low, high),
            _ => (days.quantile(TAIL), days.quantile(1.0 - TAIL)),
        };
        let laws: Result<Vec<Law>, _> = (0..=GRID_STEPS)
            .map(|step| low + (high - low) * step as f64 / GRID_STEPS as f64)
            .map(|mean| Ok(Law::new(cycle_months_pmf(mean, coefficient_of_variation, MAX_CYCLE_MONTHS)?)))
            .collect();
        let mut cycle = Self { grid: laws?.into(), at: (0, 0.0) };
        cycle.set_mean_days(days.mean());
        Ok(cycle)
    }
}

impl Cycle {
    /// Moves the mean, within the grid that was prepared.
    pub fn set_mean_days(&mut self, mean_days: f64) {
        let mean = mean_days / DAYS_PER_MONTH;
        let last = self.grid.len() - 1;
        if last == 0 {
            return;
        }
        let (low, high) = (self.grid[0].mean, self.grid[last].mean);
        let place = ((mean - low) / (high - low) * last as f64).clamp(0.0, last as f64);
        let below = (place as usize).min(last - 1);
        self.at = (below, place - below as f64);
    }

    /// The two prepared laws that are mixed, and the share of the second.
    #[must_use]
    pub fn mixture(&self) -> (usize, usize, f64) {
        let (below, share) = self.at;
        (below, (below + 1).min(self.grid.len() - 1), share)
    }

    /// The prepared laws.
    #[must_use]
    pub fn laws(&self) -> &[Law] {
        &self.grid
    }

    fn mix(&self, figure: impl Fn(&Law) -> f64) -> f64 {
        let (below, above, share) = self.mixture();
        let first = figure(&self.grid[below]);
        if share == 0.0 { first } else { first + share * (figure(&self.grid[above]) - first) }
    }

    /// E\[K\], in months.
    #[must_use]
    pub fn mean(&self) -> f64 {
        self.mix(|law| law.mean)
    }

    /// E\[min(K, `after`)\] = Σ P(K > j) over j < `after`.
    #[must_use]
    pub fn mean_cut(&self, after: usize) -> f64 {
        self.mix(|law| law.beyond.iter().take(after).sum())
    }

    /// P(K = `months`).
    #[must_use]
    pub fn probability(&self, months: usize) -> f64 {
        self.mix(|law| law.pmf.get(months).copied().unwrap_or(0.0))
    }

    /// P(K > `months`).
    #[must_use]
    pub fn beyond(&self, months: usize) -> f64 {
        self.mix(|law| law.beyond.get(months).copied().unwrap_or(0.0))
    }

    /// P(min(K, `after`) = `months`).
    #[must_use]
    pub fn probability_cut(&self, months: usize, after: usize) -> f64 {
        match months.cmp(&after) {
            std::cmp::Ordering::Less => self.probability(months),
            std::cmp::Ordering::Equal => self.probability(months) + self.beyond(months),
            std::cmp::Ordering::Greater => 0.0,
        }
    }

    /// Longest time that occurs, in months.
    #[must_use]
    pub fn longest(&self) -> usize {
        self.grid.iter().map(|law| law.pmf.iter().rposition(|&p| p > 0.0).unwrap_or(0)).max().unwrap_or(0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    #[cfg(target_arch = "wasm32")]
    use wasm_bindgen_test::wasm_bindgen_test as test;

    #[test]
    fn a_moved_mean_is_kept_exactly() {
        let days = Distribution::pert(60.0, 90.0, 150.0, 4.0).unwrap();
        let mut cycle = Cycle::of_uncertain_days(&days, 0.5).unwrap();
        for mean in [60.0, 71.3, 95.0, 150.0] {
            cycle.set_mean_days(mean);
            let summed: f64 = (0..=MAX_CYCLE_MONTHS).map(|j| j as f64 * cycle.probability(j)).sum();
            assert!((cycle.mean() - mean / DAYS_PER_MONTH).abs() < 1e-10 && (summed - cycle.mean()).abs() < 1e-10);
            let exact = Cycle::of_days(mean, 0.5).unwrap();
            for months in 0..24 {
                // A mixture of neighbours 3.75 days apart is hardly wider than the law itself.
                assert!((cycle.probability(months) - exact.probability(months)).abs() < 1e-3);
            }
        }
    }

    #[test]
    fn cutting_closes_at_the_cut() {
        let cycle = Cycle::of_pmf(&[0.2, 0.3, 0.5]);
        assert_eq!((0..3).map(|j| cycle.probability_cut(j, 1)).collect::<Vec<_>>(), [0.2, 0.8, 0.0]);
        assert!((cycle.mean_cut(1) - 0.8).abs() < 1e-15 && (cycle.mean() - 1.3).abs() < 1e-15);
        assert_eq!(cycle.longest(), 2);
    }
}
