//! Sums whose rounding error does not grow with their length.

/// A running sum with the compensation of Neumaier ("Rundungsfehleranalyse einiger Verfahren zur
/// Summation endlicher Summen", 1974).
///
/// ```
/// use dealcast::statistics::CompensatedSum;
/// let sum: CompensatedSum = [1e16, 1.0, -1e16].into_iter().collect();
/// assert_eq!(sum.value(), 1.0);
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct CompensatedSum {
    sum: f64,
    compensation: f64,
}

impl CompensatedSum {
    /// Adds a term.
    #[inline]
    pub fn add(&mut self, term: f64) {
        let sum = self.sum + term;
        self.compensation +=
            if self.sum.abs() >= term.abs() { (self.sum - sum) + term } else { (term - sum) + self.sum };
        self.sum = sum;
    }

    /// Adds another sum: chunks combined in a fixed order give the same bits on any number of workers.
    pub fn merge(&mut self, other: Self) {
        self.add(other.sum);
        self.compensation += other.compensation;
    }

    /// The sum so far.
    pub fn value(self) -> f64 {
        self.sum + self.compensation
    }
}

impl FromIterator<f64> for CompensatedSum {
    fn from_iter<I: IntoIterator<Item = f64>>(terms: I) -> Self {
        let mut sum = Self::default();
        terms.into_iter().for_each(|term| sum.add(term));
        sum
    }
}

/// Compensated sum of the terms.
pub(crate) fn sum(terms: impl IntoIterator<Item = f64>) -> f64 {
    terms.into_iter().collect::<CompensatedSum>().value()
}

#[cfg(test)]
mod tests {
    use super::*;
    #[cfg(target_arch = "wasm32")]
    use wasm_bindgen_test::wasm_bindgen_test as test;

    #[test]
    fn a_million_tenths() {
        assert_eq!(sum((0..1_000_000).map(|_| 0.1)), 100_000.0);
        let naive: f64 = (0..1_000_000).map(|_| 0.1).sum();
        assert_ne!(naive, 100_000.0);
    }

    #[test]
    fn chunks_merge() {
        let chunk = |from: u32| (from..from + 1000).map(|i| 1e12 + f64::from(i) * 0.1).collect::<CompensatedSum>();
        let mut merged = chunk(0);
        merged.merge(chunk(1000));
        let whole: CompensatedSum = (0..2000).map(|i| 1e12 + f64::from(i) * 0.1).collect();
        assert_eq!(merged.value(), whole.value());
        assert_eq!(CompensatedSum::default().value(), 0.0);
    }
}
