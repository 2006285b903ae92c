//! From monthly cash to its measures, a trial per lane.

use crate::cash_flow::monthly_rate;
use crate::distribution::Distribution;
use crate::engine::paths::{Group, Lanes};

/// Series of the cash of each month.
pub const NET: usize = 0;
/// Series of the cash up to each month.
pub const CUMULATIVE: usize = 1;
/// Number: net present value.
pub const NPV: usize = 0;
/// Number: cash over the horizon.
pub const NET_CASH: usize = 1;
/// Number: cash over the horizon over investment; 0 without investment.
pub const ROI: usize = 2;
/// Number: largest cumulative outlay.
pub const PEAK: usize = 3;
/// Number: month of sustained payback; one more than the horizon where there is none.
pub const PAYBACK: usize = 4;
/// Numbers of a cash path.
pub const SCALARS: usize = 5;

/// Cumulative cash counts as recovered from minus this amount, as in [`crate::cash_flow`].
const TOLERANCE: f64 = 1e-9;

/// Monthly discount factors of annual rates; computed once where the rate is fixed.
pub struct Discount {
    fixed: Option<f64>,
}

impl Discount {
    /// For a discount rate of this law.
    pub fn new(law: &Distribution) -> Self {
        let fixed = match law {
            Distribution::Fixed { value } => Some(1.0 / (1.0 + monthly_rate(*value))),
            _ => None,
        };
        Self { fixed }
    }

    /// Factor in each lane.
    pub fn factors<const N: usize>(&self, annual: &[f64; N]) -> [f64; N] {
        match self.fixed {
            Some(factor) => [factor; N],
            None => annual.map(|annual| 1.0 / (1.0 + monthly_rate(annual))),
        }
    }
}

/// Measures of cash paths.
pub struct Measures<const N: usize> {
    pub npv: [f64; N],
    pub net_cash: [f64; N],
    pub roi: [f64; N],
    pub peak: [f64; N],
    pub payback: [f64; N],
}

/// Net present values.
pub fn present_value<const N: usize>(net: &[[f64; N]], factors: &[f64; N]) -> [f64; N] {
    let mut npv = [0.0; N];
    for flows in net.iter().rev() {
        for lane in 0..N {
            npv[lane] = npv[lane] * factors[lane] + flows[lane];
        }
    }
    npv
}

/// Writes cumulative cash and gives the measures of net cash.
pub fn measure<const N: usize>(
    net: &[[f64; N]],
    cumulative: &mut [[f64; N]],
    factors: &[f64; N],
    investment: &[f64; N],
) -> Measures<N> {
    let npv = present_value(net, factors);
    let (mut sum, mut lowest, mut payback) = ([0.0; N], [0.0_f64; N], [0.0; N]);
    for (month, (flows, cumulative)) in net.iter().zip(cumulative).enumerate() {
        let next = (month + 1) as f64;
        for lane in 0..N {
            let cash = sum[lane] + flows[lane];
            sum[lane] = cash;
            cumulative[lane] = cash;
            lowest[lane] = if cash < lowest[lane] { cash } else { lowest[lane] };
            payback[lane] = if cash < -TOLERANCE { next } else { payback[lane] };
        }
    }
    let mut roi = [0.0; N];
    for lane in 0..N {
        roi[lane] = if investment[lane] > 0.0 { sum[lane] / investment[lane] } else { 0.0 };
    }
    Measures { npv, net_cash: sum, roi, peak: lowest.map(|cash| -cash), payback }
}

impl<const N: usize> Measures<N> {
    /// In the order of the numbers of a cash path.
    pub fn by_scalar(self) -> [[f64; N]; SCALARS] {
        let mut values = [[0.0; N]; SCALARS];
        values[NPV] = self.npv;
        values[NET_CASH] = self.net_cash;
        values[ROI] = self.roi;
        values[PEAK] = self.peak;
        values[PAYBACK] = self.payback;
        values
    }
}

/// Writes the measures of the net cash that is in series [`NET`] to the group.
pub fn finish(group: &mut Group, factors: &Lanes, investment: &Lanes) {
    let (net, cumulative) = group.two_series_mut(NET, CUMULATIVE);
    let measures = measure(net, cumulative, factors, investment);
    for (scalar, values) in measures.by_scalar().into_iter().enumerate() {
        *group.scalar_mut(scalar) = values;
    }
}
