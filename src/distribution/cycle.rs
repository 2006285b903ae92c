//! From a cycle time in days to whole months.

use super::{Distribution, DistributionError};

/// Days of one month: 365.25/12.
pub const DAYS_PER_MONTH: f64 = 30.4375;

/// Longest cycle that the monthly models follow, in months.
pub const MAX_CYCLE_MONTHS: usize = 120;

/// P(K = 0), P(K = 1), …, P(K = `max_months`): months from creation to closing, when the cycle is
/// gamma distributed with the given mean (days) and coefficient of variation, and creation is
/// uniform within its month; K = 0 closes in the month of creation.
///
/// P(K = j) = G(j − 1) − 2G(j) + G(j + 1) with the stop-loss G(x) = E\[(X − x)₊\], X in months,
/// renormalised over 0..=`max_months`. The mean is kept exactly: E\[K\] = days/30.4375, as long as
/// `max_months` leaves no tail out (Klugman, Panjer & Willmot, *Loss Models*).
///
/// # Errors
/// As [`Distribution::gamma`].
///
/// ```
/// use dealcast::distribution::{MAX_CYCLE_MONTHS, cycle_months_pmf};
/// let pmf = cycle_months_pmf(120.0, 0.5, MAX_CYCLE_MONTHS)?;
/// let mean: f64 = pmf.iter().enumerate().map(|(months, p)| months as f64 * p).sum();
/// assert!((mean - 120.0 / 30.4375).abs() < 1e-12);
/// # Ok::<(), dealcast::distribution::DistributionError>(())
/// ```
pub fn cycle_months_pmf(
    mean_days: f64,
    coefficient_of_variation: f64,
    max_months: usize,
) -> Result<Vec<f64>, DistributionError> {
    let cycle = Distribution::gamma(mean_days / DAYS_PER_MONTH, coefficient_of_variation)?;
    let stop_loss: Vec<f64> = (0..max_months + 3).map(|i| cycle.stop_loss(i as f64 - 1.0)).collect();
    let mut pmf: Vec<f64> = stop_loss.windows(3).map(|g| ((g[0] - g[1]) - (g[1] - g[2])).max(0.0)).collect();
    let total: f64 = pmf.iter().sum();
    if total <= 0.0 {
        // A cycle longer than all the months followed: everything at the last one.
        pmf[max_months] = 1.0;
        return Ok(pmf);
    }
    pmf.iter_mut().for_each(|p| *p /= total);
    Ok(pmf)
}

#[cfg(test)]
mod tests {
    use super::*;
    #[cfg(target_arch = "wasm32")]
    use wasm_bindgen_test::wasm_bindgen_test as test;

    #[test]
    fn mean_is_kept() {
        for days in [0.0, 5.0, 75.0, 120.0, 300.0] {
            for cv in [0.0, 0.1, 0.3, 0.5] {
                let pmf = cycle_months_pmf(days, cv, MAX_CYCLE_MONTHS).unwrap();
                let mean: f64 = pmf.iter().enumerate().map(|(j, p)| j as f64 * p).sum();
                assert!((mean - days / DAYS_PER_MONTH).abs() < 1e-11, "{days} {cv}: {mean}");
                assert!((pmf.iter().sum::<f64>() - 1.0).abs() < 1e-14);
                assert_eq!(pmf.len(), MAX_CYCLE_MONTHS + 1);
            }
        }
    }

    #[test]
    fn known_cycles() {
        assert_eq!(cycle_months_pmf(0.0, 0.5, 3), Ok(vec![1.0, 0.0, 0.0, 0.0]));
        // Half a month exactly: as often in the month of creation as in the next.
        assert_eq!(cycle_months_pmf(DAYS_PER_MONTH / 2.0, 0.0, 2), Ok(vec![0.5, 0.5, 0.0]));
        assert_eq!(cycle_months_pmf(300.0 * DAYS_PER_MONTH, 0.0, 2), Ok(vec![0.0, 0.0, 1.0]));
        assert!(cycle_months_pmf(-1.0, 0.5, 3).is_err());
    }
}
