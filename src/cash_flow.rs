//! Measures of a monthly cash path: net present value, internal rate of return, payback, peak funding.
//!
//! Flow t happens at the end of month t; the flow of month 0 is not discounted.

use crate::math::roots::brent;
use crate::math::{exp, expm1, log1p};
use crate::statistics::CompensatedSum;

/// Cumulative cash counts as recovered from minus this amount, in money.
const PAYBACK_TOLERANCE: f64 = 1e-9;

/// Whether an internal rate of return exists and is the only one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum IrrStatus {
    /// One rate, by Descartes' rule or Norstrøm's condition.
    Unique,
    /// The flows never change sign: no rate.
    NoSignChange,
    /// Several rates cannot be excluded: none is given.
    NotUnique,
}

impl IrrStatus {
    /// Its name in documents.
    pub fn name(self) -> &'static str {
        match self {
            Self::Unique => "unique",
            Self::NoSignChange => "no_sign_change",
            Self::NotUnique => "not_unique",
        }
    }
}

/// Measures of a cash path, in the scenario's currency and in months.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct CashFlowMeasures {
    /// Sum of the flows, undiscounted.
    pub net_cash_total: f64,
    /// What was put in, as given.
    pub total_investment: f64,
    /// Net cash/investment; `None` without investment.
    pub roi_over_horizon: Option<f64>,
    /// Net present value at the annual discount rate.
    pub npv: f64,
    /// Monthly internal rate of return, where unique.
    pub irr_monthly: Option<f64>,
    /// (1 + monthly)¹² − 1, where finite.
    pub irr_annual: Option<f64>,
    /// Why there is a rate or none.
    pub irr_status: IrrStatus,
    /// First month from which cumulative cash stays ≥ 0 to the end: the headline payback.
    pub payback_month_sustained: Option<usize>,
    /// First month ≥ 1 with cumulative cash ≥ 0.
    pub payback_month_first: Option<usize>,
    /// Largest cumulative outlay, ≥ 0.
    pub peak_funding_need: f64,
}

/// Measures of the flows of months 0, 1, 2, …
///
/// `discount_rate_annual` > −1. No flow at all is a path of zero.
///
/// ```
/// use dealcast::cash_flow::{IrrStatus, measures};
/// let plan = measures(&[-1000.0, 100.0, 200.0, 300.0, 400.0, 500.0], 1000.0, 0.10);
/// assert!((plan.npv - 457.01775496310256).abs() < 1e-9);
/// assert_eq!((plan.payback_month_sustained, plan.irr_status), (Some(4), IrrStatus::Unique));
/// ```
pub fn measures(net_cash: &[f64], total_investment: f64, discount_rate_annual: f64) -> CashFlowMeasures {
    let cumulative = cumulative(net_cash);
    let net_cash_total = cumulative.last().copied().unwrap_or(0.0);
    let (irr_monthly, irr_status) = internal_rate_of_return(net_cash);
    let irr_annual = irr_monthly.map(|rate| expm1(12.0 * log1p(rate))).filter(|rate| rate.is_finite());
    CashFlowMeasures {
        net_cash_total,
        total_investment,
        roi_over_horizon: (total_investment > 0.0).then(|| net_cash_total / total_investment),
        npv: net_present_value(net_cash, discount_rate_annual),
        irr_monthly,
        irr_annual,
        irr_status,
        payback_month_sustained: payback_sustained(&cumulative),
        payback_month_first: payback_first(&cumulative),
        peak_funding_need: cumulative.iter().fold(0.0, |peak, &cash| if -cash > peak { -cash } else { peak }),
    }
}

/// Cumulative cash at the end of each month.
pub fn cumulative(net_cash: &[f64]) -> Vec<f64> {
    let mut sum = CompensatedSum::default();
    let add = |&flow: &f64| {
        sum.add(flow);
        sum.value()
    };
    net_cash.iter().map(add).collect()
}

/// Monthly rate r = (1 + R)^(1/12) − 1 of an annual rate R > −1.
pub fn monthly_rate(annual: f64) -> f64 {
    expm1(log1p(annual) / 12.0)
}

/// Σ flow_t/(1 + r)^t with the monthly rate of `discount_rate_annual`.
pub fn net_present_value(net_cash: &[f64], discount_rate_annual: f64) -> f64 {
    polynomial(net_cash.iter(), 1.0 / (1.0 + monthly_rate(discount_rate_annual)))
}

/// Smallest month from which cumulative cash stays ≥ 0 (within 1e−9) to the end; `None` if it ends
/// below.
pub fn payback_sustained(cumulative: &[f64]) -> Option<usize> {
    let recovered = |cash: &f64| *cash >= -PAYBACK_TOLERANCE;
    let month = cumulative.iter().rposition(|cash| !recovered(cash)).map_or(0, |last_below| last_below + 1);
    (month < cumulative.len()).then_some(month)
}

/// Smallest month ≥ 1 with cumulative cash ≥ 0 (within 1e−9).
pub fn payback_first(cumulative: &[f64]) -> Option<usize> {
    (1..cumulative.len()).find(|&month| cumulative[month] >= -PAYBACK_TOLERANCE)
}

/// The monthly rate at which the present value is zero, when it is provably the only one: exactly one
/// sign change in the non-zero flows (Descartes), or non-zero cumulative flows that start negative,
/// change sign once and end non-zero, hence one positive rate (Norstrøm, "A sufficient condition for a
/// unique nonnegative internal rate of return", Journal of Financial and Quantitative Analysis 1972).
pub fn internal_rate_of_return(net_cash: &[f64]) -> (Option<f64>, IrrStatus) {
    let positive_only = match sign_changes(net_cash) {
        0 => return (None, IrrStatus::NoSignChange),
        1 => false,
        _ if norstrom(&cumulative(net_cash)) => true,
        _ => return (None, IrrStatus::NotUnique),
    };
    // Leading and trailing zeros do not move the roots.
    let first = net_cash.iter().position(|&flow| flow != 0.0).unwrap_or(0);
    let last = net_cash.iter().rposition(|&flow| flow != 0.0).unwrap_or(0);
    let flows = &net_cash[first..=last];
    // Sign of the present value at the force of interest δ = ln(1 + r): in powers of e^−δ, or for
    // negative δ in powers of e^δ from the last flow, so that nothing overflows.
    let value = |force: f64| {
        if force >= 0.0 { polynomial(flows.iter(), exp(-force)) } else { polynomial(flows.iter().rev(), exp(force)) }
    };
    let solve = |sign: f64| {
        let mut reach = 0.125;
        while reach < 4096.0 {
            if (value(sign * reach) > 0.0) != (value(0.0) > 0.0) || value(sign * reach) == 0.0 {
                return brent(value, 0.0, sign * reach, 0.0, 500);
            }
            reach *= 2.0;
        }
        None
    };
    let force = if value(0.0) == 0.0 && !positive_only {
        Some(0.0)
    } else {
        solve(1.0).or_else(|| if positive_only { None } else { solve(-1.0) })
    };
    match force {
        Some(force) => (Some(expm1(force)), IrrStatus::Unique),
        None => (None, IrrStatus::NotUnique),
    }
}

fn norstrom(cumulative: &[f64]) -> bool {
    let starts_negative = cumulative.iter().find(|&&cash| cash != 0.0).is_some_and(|&cash| cash < 0.0);
    let ends_non_zero = cumulative.last().is_some_and(|&cash| cash != 0.0);
    starts_negative && ends_non_zero && sign_changes(cumulative) == 1
}

/// Sign changes in the sequence of the non-zero values.
fn sign_changes(values: &[f64]) -> usize {
    let signs: Vec<bool> = values.iter().filter(|&&value| value != 0.0).map(|&value| value > 0.0).collect();
    signs.windows(2).filter(|pair| pair[0] != pair[1]).count()
}

/// c₀ + c₁v + c₂v² + …
fn polynomial<'a>(coefficients: impl DoubleEndedIterator<Item = &'a f64>, v: f64) -> f64 {
    coefficients.rev().fold(0.0, |sum, &c| sum * v + c)
}

#[cfg(test)]
mod tests {
    use super::*;
    #[cfg(target_arch = "wasm32")]
    use wasm_bindgen_test::wasm_bindgen_test as test;

    #[test]
    fn known_rates() {
        for rate in [-0.9, -0.05, 0.0, 1e-9, 0.01, 0.35, 20.0, 1e6] {
            // Ten years of saving 1 a month, then everything back at the given rate.
            let saved: f64 = (1..=24).map(|t| crate::math::powi(1.0 + rate, t)).sum();
            let mut flows = vec![0.0, 0.0];
            flows.extend([-1.0; 24]);
            flows.extend([saved, 0.0]);
            let (found, status) = internal_rate_of_return(&flows);
            let error = (found.unwrap_or(f64::NAN) - rate).abs() / (1.0 + rate);
            assert!(error < 1e-13 && status == IrrStatus::Unique, "{rate}: {found:?}");
        }
    }

    #[test]
    fn norstrom_finds_the_positive_rate() {
        // Three sign changes, but cumulative cash crosses zero once.
        let flows = [-1000.0, 900.0, -200.0, 700.0, 300.0];
        let (rate, status) = internal_rate_of_return(&flows);
        assert_eq!(status, IrrStatus::Unique);
        let rate = rate.unwrap();
        assert!(rate > 0.0 && polynomial(flows.iter(), 1.0 / (1.0 + rate)).abs() < 1e-10, "{rate}");
    }

    #[test]
    fn no_rate() {
        assert_eq!(internal_rate_of_return(&[]), (None, IrrStatus::NoSignChange));
        assert_eq!(internal_rate_of_return(&[0.0, 0.0]), (None, IrrStatus::NoSignChange));
        assert_eq!(internal_rate_of_return(&[-1.0, -2.0]), (None, IrrStatus::NoSignChange));
        assert_eq!(internal_rate_of_return(&[-100.0, 230.0, -132.0]), (None, IrrStatus::NotUnique));
        assert_eq!(internal_rate_of_return(&[100.0, -200.0, 150.0]), (None, IrrStatus::NotUnique));
    }

    #[test]
    fn paybacks() {
        assert_eq!(payback_sustained(&[-1.0, 2.0, -1.0, 0.0, 3.0]), Some(3));
        assert_eq!(payback_first(&[-1.0, 2.0, -1.0, 0.0, 3.0]), Some(1));
        assert_eq!(payback_sustained(&[5.0, 1.0]), Some(0));
        assert_eq!(payback_sustained(&[-5.0, -1e-10]), Some(1));
        assert_eq!((payback_sustained(&[-5.0]), payback_first(&[-5.0])), (None, None));
        assert_eq!((payback_sustained(&[]), payback_first(&[])), (None, None));
    }

    #[test]
    fn discounting() {
        let plan = measures(&[0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 110.0], 0.0, 0.10);
        assert!((plan.npv - 100.0).abs() < 1e-12);
        assert_eq!((plan.roi_over_horizon, plan.peak_funding_need), (None, 0.0));
        assert!((monthly_rate(0.10) - 0.007_974_140_428_903_741).abs() < 1e-17);
        let empty = measures(&[], 0.0, 0.10);
        assert_eq!((empty.npv, empty.net_cash_total, empty.payback_month_sustained), (0.0, 0.0, None));
    }
}
