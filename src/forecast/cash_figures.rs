//! What the plans with a cash path share: tornado and payback months.

use crate::distribution::Distribution;
use crate::report::cash::TornadoBar;

/// Level of the low end of a tornado bar; the high end is at 1 − this.
const LOW: f64 = 0.1;

/// A month as documents write it.
pub fn month(month: Option<usize>) -> Option<u32> {
    month.map(|month| month as u32)
}

/// Each uncertain input at its own P10 and P90, the others at their means, the widest bar first; ties by
/// the order of the inputs. `npv` is a function of all inputs.
pub fn tornado(names: &[&str], laws: &[Distribution], npv: impl Fn(&[f64]) -> f64) -> Vec<TornadoBar> {
    let means: Vec<f64> = laws.iter().map(Distribution::mean).collect();
    let at = |input: usize, value: f64| {
        let mut values = means.clone();
        values[input] = value;
        npv(&values)
    };
    let uncertain = (0..laws.len()).filter(|input| !matches!(laws[*input], Distribution::Fixed { .. }));
    let mut bars: Vec<TornadoBar> = uncertain
        .map(|input| {
            let (low, high) = (laws[input].quantile(LOW), laws[input].quantile(1.0 - LOW));
            TornadoBar {
                input: names[input].to_owned(),
                input_p10: low,
                input_p90: high,
                npv_at_p10: at(input, low),
                npv_at_p90: at(input, high),
            }
        })
        .collect();
    let width = |bar: &TornadoBar| (bar.npv_at_p90 - bar.npv_at_p10).abs();
    bars.sort_by(|a, b| width(b).total_cmp(&width(a)));
    bars
}
