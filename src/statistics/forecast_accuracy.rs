//! Totals forecast for past periods against the actual ones.
//!
//! "Forecast accuracy" has several definitions; each field below states its own. A measure that
//! divides by zero is `None`.

use super::sum::sum;

/// One past period, in the currency of the scenario.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Period {
    /// What was forecast, F.
    pub forecast: f64,
    /// What came, A.
    pub actual: f64,
}

/// Accuracy over several periods, under each definition in use.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct PeriodAccuracy {
    /// mean(F − A), in money: positive when too optimistic.
    pub bias: f64,
    /// Σ(F − A)/ΣA.
    pub bias_pct_of_actual: Option<f64>,
    /// Mean absolute percentage error, mean |F − A|/A.
    pub mape: Option<f64>,
    /// Weighted absolute percentage error, Σ|F − A|/ΣA.
    pub wape: Option<f64>,
    /// 1 − WAPE: the default definition of accuracy. May be negative.
    pub accuracy_one_minus_wape: Option<f64>,
    /// mean max(0, 1 − |A − F|/A).
    pub accuracy_vs_actual_mean_clipped: Option<f64>,
    /// mean max(0, 1 − |A − F|/F).
    pub accuracy_vs_forecast_mean_clipped: Option<f64>,
    /// Share of the periods with |A − F| ≤ tolerance × A.
    pub hit_rate_within_tolerance: f64,
    /// ΣA/ΣF.
    pub attainment: Option<f64>,
}

/// Accuracy of the periods; `None` for an empty slice. `tolerance_share` is the fraction of the
/// actual total that still counts as a hit.
///
/// ```
/// use dealcast::statistics::forecast_accuracy::{Period, period_accuracy};
/// let periods = [Period { forecast: 110.0, actual: 100.0 }, Period { forecast: 95.0, actual: 100.0 }];
/// let accuracy = period_accuracy(&periods, 0.05).unwrap();
/// assert_eq!(accuracy.accuracy_one_minus_wape, Some(0.925));
/// assert_eq!(accuracy.hit_rate_within_tolerance, 0.5);
/// ```
pub fn period_accuracy(periods: &[Period], tolerance_share: f64) -> Option<PeriodAccuracy> {
    if periods.is_empty() {
        return None;
    }
    let n = periods.len() as f64;
    let total = |f: &dyn Fn(&Period) -> f64| sum(periods.iter().map(f));
    let ratio = |numerator: f64, denominator: f64| (denominator != 0.0).then(|| numerator / denominator);
    // Mean over the periods of a ratio that must be defined in each.
    let mean_ratio = |f: &dyn Fn(&Period) -> Option<f64>| {
        periods.iter().map(f).collect::<Option<Vec<f64>>>().map(|ratios| sum(ratios) / n)
    };
    let error = |p: &Period| (p.forecast - p.actual).abs();
    let clipped = |p: &Period, base: f64| ratio(error(p), base).map(|share| (1.0 - share).max(0.0));
    let actual = total(&|p| p.actual);
    let wape = ratio(total(&error), actual);
    let hits = periods.iter().filter(|p| error(p) <= tolerance_share * p.actual).count();
    Some(PeriodAccuracy {
        bias: total(&|p| p.forecast - p.actual) / n,
        bias_pct_of_actual: ratio(total(&|p| p.forecast - p.actual), actual),
        mape: mean_ratio(&|p| ratio(error(p), p.actual)),
        wape,
        accuracy_one_minus_wape: wape.map(|wape| 1.0 - wape),
        accuracy_vs_actual_mean_clipped: mean_ratio(&|p| clipped(p, p.actual)),
        accuracy_vs_forecast_mean_clipped: mean_ratio(&|p| clipped(p, p.forecast)),
        hit_rate_within_tolerance: hits as f64 / n,
        attainment: ratio(actual, total(&|p| p.forecast)),
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    #[cfg(target_arch = "wasm32")]
    use wasm_bindgen_test::wasm_bindgen_test as test;

    #[test]
    fn perfect_forecast() {
        let periods = [100.0, 250.0, 75.0].map(|x| Period { forecast: x, actual: x });
        let accuracy = period_accuracy(&periods, 0.0).unwrap();
        assert_eq!((accuracy.bias, accuracy.hit_rate_within_tolerance), (0.0, 1.0));
        for one in [
            accuracy.accuracy_one_minus_wape,
            accuracy.accuracy_vs_actual_mean_clipped,
            accuracy.accuracy_vs_forecast_mean_clipped,
            accuracy.attainment,
        ] {
            assert_eq!(one, Some(1.0));
        }
    }

    #[test]
    fn a_period_without_sales_leaves_ratios_undefined() {
        let periods = [Period { forecast: 10.0, actual: 0.0 }, Period { forecast: 0.0, actual: 20.0 }];
        let accuracy = period_accuracy(&periods, 0.1).unwrap();
        assert_eq!((accuracy.mape, accuracy.accuracy_vs_actual_mean_clipped), (None, None));
        assert_eq!(accuracy.accuracy_vs_forecast_mean_clipped, None);
        assert_eq!((accuracy.wape, accuracy.attainment, accuracy.bias), (Some(1.5), Some(2.0), -5.0));
        let nothing = period_accuracy(&[Period { forecast: 0.0, actual: 0.0 }], 0.1).unwrap();
        assert_eq!((nothing.wape, nothing.attainment), (None, None));
        assert_eq!(period_accuracy(&[], 0.1), None);
    }
}
