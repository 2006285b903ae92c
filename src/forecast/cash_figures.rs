//! What the plans with a cash path share: simulated figures, fans, tornado, shares of variance.

use crate::distribution::Distribution;
use crate::engine::partners::{CUMULATIVE, NET, NET_CASH, NPV, PAYBACK, PEAK, ROI};
use crate::engine::paths::{Month, Outcome};
use crate::report::cash::{CashFigures, CashSimulation, SobolEstimate, SobolInput, SobolTable, TornadoBar};
use crate::report::open_pipeline::FanMonth;
use crate::rng::fnv1a_64;
use crate::sobol;
use crate::statistics::sample::{Figure, Sample};

/// Level of the low end of a tornado bar; the high end is at 1 − this.
const LOW: f64 = 0.1;
/// Points of the shares of variance.
const SOBOL_POINTS: u32 = 2 * sobol::MIN_POINTS;

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

/// Shares of the variance of the net present value, `npv` of many rows of inputs; `None` where no input is uncertain.
pub async fn sobol_table(
    seed: u32,
    names: &[&str],
    laws: &[Distribution],
    npv: impl Fn(&[Vec<f64>]) -> Vec<f64>,
) -> Option<SobolTable> {
    let uncertain: Vec<usize> =
        (0..laws.len()).filter(|input| !matches!(laws[*input], Distribution::Fixed { .. })).collect();
    let tables: Vec<_> = uncertain.iter().map(|input| crate::distribution::QuantileTable::new(&laws[*input])).collect();
    let quantiles: Vec<_> = uncertain
        .iter()
        .zip(&tables)
        .map(|(input, table)| move |u: f64| table.sample(&laws[*input], (u * 4_294_967_296.0) as u32))
        .collect();
    let inputs: Vec<sobol::SobolInput> = uncertain
        .iter()
        .zip(&quantiles)
        .map(|(input, quantile)| sobol::SobolInput { key: fnv1a_64(names[*input].as_bytes()), quantile })
        .collect();
    let means: Vec<f64> = laws.iter().map(Distribution::mean).collect();
    let found = sobol::sensitivity_in_batches(seed, SOBOL_POINTS, &inputs, |rows| {
        let all = |drawn: &Vec<f64>| {
            let mut values = means.clone();
            uncertain.iter().zip(drawn).for_each(|(input, value)| values[*input] = *value);
            values
        };
        npv(&rows.iter().map(all).collect::<Vec<_>>())
    })
    .await?;
    let estimate = |index: sobol::SobolIndex| SobolEstimate { value: index.value, low: index.low, high: index.high };
    let named = uncertain.iter().zip(found.inputs);
    Some(SobolTable {
        points: SOBOL_POINTS,
        inputs: named
            .map(|(input, indices)| SobolInput {
                input: names[*input].to_owned(),
                first_order: estimate(indices.first_order),
                total_order: estimate(indices.total),
            })
            .collect(),
        residual_share: found.residual_share,
    })
}

/// Figures and standard errors of a cash path over some trials: `values` gives a number of the path, by its place
/// among those of a cash path. There must be trials.
pub fn cash_figures(horizon_months: usize, values: impl Fn(usize) -> Vec<f64>) -> (CashFigures, CashFigures) {
    let sample = |number: usize| Sample::new(values(number));
    let (npv, net, roi, peak, payback) = (sample(NPV), sample(NET_CASH), sample(ROI), sample(PEAK), sample(PAYBACK));
    let paid: Vec<f64> = payback.sorted().iter().copied().filter(|month| *month <= horizon_months as f64).collect();
    let paid = (!paid.is_empty()).then(|| Sample::new(paid));
    let by_month: Vec<Figure> = (0..=horizon_months).map(|month| payback.share_at_most(month as f64)).collect();
    let never = payback.share(payback.len() - paid.as_ref().map_or(0, Sample::len));
    let positive = npv.share(npv.len() - npv.sorted().partition_point(|npv| *npv <= 0.0));
    // Recovered within the tolerance of the payback.
    let covered = net.share_at_least(-1e-9);
    let figures = |pick: fn(Figure) -> f64| {
        let within = |months: usize| by_month.get(months).map(|figure| pick(*figure));
        let month = |of: fn(&Sample) -> Figure| paid.as_ref().map(|sample| pick(of(sample)));
        CashFigures {
            npv_mean: pick(npv.mean()),
            npv_sd: pick(npv.sd()),
            npv_p10: pick(npv.quantile(0.1)),
            npv_p50: pick(npv.quantile(0.5)),
            npv_p90: pick(npv.quantile(0.9)),
            net_mean: pick(net.mean()),
            net_sd: pick(net.sd()),
            net_p10: pick(net.quantile(0.1)),
            net_p50: pick(net.quantile(0.5)),
            net_p90: pick(net.quantile(0.9)),
            roi_mean: pick(roi.mean()),
            roi_sd: pick(roi.sd()),
            roi_p10: pick(roi.quantile(0.1)),
            roi_p50: pick(roi.quantile(0.5)),
            roi_p90: pick(roi.quantile(0.9)),
            peak_funding_need_mean: pick(peak.mean()),
            peak_funding_need_p10: pick(peak.quantile(0.1)),
            peak_funding_need_p50: pick(peak.quantile(0.5)),
            peak_funding_need_p90: pick(peak.quantile(0.9)),
            prob_npv_positive: pick(positive),
            prob_net_cash_positive_at_horizon: pick(covered),
            prob_never_pays_back: pick(never),
            prob_payback_by_month: by_month.iter().map(|figure| pick(*figure)).collect(),
            prob_payback_within_12_months: within(12),
            prob_payback_within_18_months: within(18),
            prob_payback_within_24_months: within(24),
            prob_payback_within_30_months: within(30),
            prob_payback_within_36_months: within(36),
            payback_month_mean: month(Sample::mean),
            payback_month_p10: month(|sample| sample.quantile(0.1)),
            payback_month_p50: month(|sample| sample.quantile(0.5)),
            payback_month_p90: month(|sample| sample.quantile(0.9)),
        }
    };
    (figures(|figure| figure.0), figures(|figure| figure.1))
}

/// A simulated cash path: figures, errors, fans.
pub fn cash_simulation(outcome: &Outcome, horizon_months: usize) -> CashSimulation {
    let (figures, standard_error) = cash_figures(horizon_months, |number| outcome.values(number).to_vec());
    let fan = |series| cash_fan(outcome, series);
    let widths = [NET, CUMULATIVE].into_iter().flat_map(|series| outcome.months(series));
    CashSimulation {
        figures,
        standard_error,
        net_cash_fan: fan(NET),
        cumulative_cash_fan: fan(CUMULATIVE),
        fan_bin_error: widths.map(|month| month.bin_width()).fold(0.0, f64::max),
    }
}

/// The fan of a cash path, from month 0.
pub fn cash_fan(outcome: &Outcome, series: usize) -> Vec<FanMonth> {
    outcome.months(series).enumerate().map(fan_month).collect()
}

fn fan_month((index, month): (usize, Month)) -> FanMonth {
    FanMonth {
        month: index as u32,
        mean: month.mean().0,
        p10: month.quantile(0.10),
        p25: month.quantile(0.25),
        p50: month.quantile(0.50),
        p75: month.quantile(0.75),
        p90: month.quantile(0.90),
    }
}
