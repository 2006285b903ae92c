//! Which uncertain inputs drive the spread of an output: variance-based sensitivity indices.

use crate::rng::{Purpose, stream};
use crate::statistics::order::type1_rank;
use crate::steps::{at_once, pause};

/// Fewest points for indices worth showing.
pub const MIN_POINTS: u32 = 4096;

/// Bootstrap resamples of the interval.
const RESAMPLES: u32 = 200;

/// An uncertain input, independent of the others.
pub struct SobolInput<'a> {
    /// Stable key of its name, so that its draws do not depend on the other inputs.
    pub key: u64,
    /// Quantile function of its law.
    pub quantile: &'a dyn Fn(f64) -> f64,
}

/// An estimated index with its 95 % bootstrap interval. It may be slightly negative: clip for display
/// only.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct SobolIndex {
    /// Estimate.
    pub value: f64,
    /// Lower end of the interval.
    pub low: f64,
    /// Upper end of the interval.
    pub high: f64,
}

/// Indices of one input.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct InputIndices {
    /// Share of the variance that knowing this input alone would remove on average.
    pub first_order: SobolIndex,
    /// Share that would remain if only this input were unknown: interactions included.
    pub total: SobolIndex,
}

/// Result of a sensitivity analysis.
#[derive(Debug, Clone, PartialEq)]
pub struct Sensitivity {
    /// Mean of the output.
    pub mean: f64,
    /// Variance of the output.
    pub variance: f64,
    /// Per input, in the order given.
    pub inputs: Vec<InputIndices>,
    /// 1 − Σ first order: interactions, and noise if the model has some.
    pub residual_share: f64,
}

/// Sobol indices of `model` by Jansen's estimators: with matrices A and B of `points` rows and A_B⁽ⁱ⁾
/// = A with column i of B, S_i = 1 − mean\[(f(B) − f(A_B⁽ⁱ⁾))²\]/2V and
/// S_Ti = mean\[(f(A) − f(A_B⁽ⁱ⁾))²\]/2V, V the pooled variance of f(A) and f(B). The model runs
/// points·(inputs + 2) times (Jansen, Computer Physics Communications 1999; Saltelli et al., same
/// journal 2010). Pseudo-random points, so that the bootstrap interval is honest.
///
/// `None` with fewer than two points, or when the output does not vary or is not finite.
///
/// ```
/// use dealcast::sobol::{SobolInput, sensitivity};
/// let unit = |u: f64| u;
/// let inputs = [SobolInput { key: 1, quantile: &unit }, SobolInput { key: 2, quantile: &unit }];
/// let result = sensitivity(1, 4096, &inputs, |x| 3.0 * x[0] + x[1]).unwrap();
/// assert!((result.inputs[0].first_order.value - 0.9).abs() < 0.03);
/// ```
pub fn sensitivity(
    seed: u32,
    points: u32,
    inputs: &[SobolInput],
    mut model: impl FnMut(&[f64]) -> f64,
) -> Option<Sensitivity> {
    at_once(sensitivity_in_batches(seed, points, inputs, |rows| rows.iter().map(|row| model(row)).collect()))
}

/// [`sensitivity`] of a model that computes many rows of inputs faster together: it gets up to a few thousand of
/// them and gives an output for each. Pauses between them: see [`crate::steps`].
pub async fn sensitivity_in_batches(
    seed: u32,
    points: u32,
    inputs: &[SobolInput<'_>],
    mut model: impl FnMut(&[Vec<f64>]) -> Vec<f64>,
) -> Option<Sensitivity> {
    if points < 2 {
        return None;
    }
    indices(seed, &Runs::of(seed, points, inputs, &mut model).await).await
}

/// [`sensitivity`] from outputs computed elsewhere: f(A) and f(B) by point, and f(A_B⁽ⁱ⁾) by input, then point.
///
/// `None` also where the lists are not of one length.
pub async fn sensitivity_of_outputs(seed: u32, outputs: Vec<[f64; 2]>, mixed: &[Vec<f64>]) -> Option<Sensitivity> {
    if outputs.len() < 2 || mixed.iter().any(|mixed| mixed.len() != outputs.len()) {
        return None;
    }
    let squares = |mixed: &Vec<f64>| {
        let pairs = outputs.iter().zip(mixed);
        pairs.map(|([a, b], mixed)| [(b - mixed) * (b - mixed), (a - mixed) * (a - mixed)]).collect()
    };
    let squares = mixed.iter().map(squares).collect();
    indices(seed, &Runs { outputs, squares }).await
}

/// The indices, and their bootstrap intervals.
async fn indices(seed: u32, runs: &Runs) -> Option<Sensitivity> {
    let (points, inputs) = (runs.outputs.len() as u32, runs.squares.len());
    let everything: Vec<usize> = (0..points as usize).collect();
    let (mean, variance) = runs.moments(&everything);
    if !(variance.is_finite() && variance > 0.0) {
        return None;
    }
    let estimates: Vec<[f64; 2]> = (0..inputs).map(|i| runs.jansen(i, &everything, variance)).collect();
    let mut resampled: Vec<[Vec<f64>; 2]> = vec![Default::default(); inputs];
    for resample in 0..RESAMPLES {
        let draws = stream(seed, 0, resample.into(), Purpose::Bootstrap);
        let rows: Vec<usize> = (0..points).map(|row| draws.below(row, points) as usize).collect();
        let (_, variance) = runs.moments(&rows);
        for (i, samples) in resampled.iter_mut().enumerate() {
            for (samples, index) in samples.iter_mut().zip(runs.jansen(i, &rows, variance)) {
                samples.push(index);
            }
        }
        pause().await;
    }
    let index = |value: f64, samples: &mut Vec<f64>| {
        samples.sort_by(f64::total_cmp);
        let at = |level: f64| samples[type1_rank(samples.len() as u64, level) as usize - 1];
        SobolIndex { value, low: at(0.025), high: at(0.975) }
    };
    let inputs: Vec<InputIndices> = estimates
        .iter()
        .zip(&mut resampled)
        .map(|([first, total], [first_samples, total_samples])| InputIndices {
            first_order: index(*first, first_samples),
            total: index(*total, total_samples),
        })
        .collect();
    let residual_share = 1.0 - inputs.iter().map(|input| input.first_order.value).sum::<f64>();
    Some(Sensitivity { mean, variance, inputs, residual_share })
}

/// What the estimators need of each row.
struct Runs {
    /// f(A) and f(B).
    outputs: Vec<[f64; 2]>,
    /// Per input, (f(B) − f(A_B⁽ⁱ⁾))² and (f(A) − f(A_B⁽ⁱ⁾))².
    squares: Vec<Vec<[f64; 2]>>,
}

impl Runs {
    async fn of(
        seed: u32,
        points: u32,
        inputs: &[SobolInput<'_>],
        model: &mut impl FnMut(&[Vec<f64>]) -> Vec<f64>,
    ) -> Self {
        /// Points of a batch.
        const BATCH: u32 = 128;
        let capacity = points as usize;
        let mut runs = Self {
            outputs: Vec::with_capacity(capacity),
            squares: inputs.iter().map(|_| Vec::with_capacity(capacity)).collect(),
        };
        let streams: Vec<_> = inputs.iter().map(|input| stream(seed, 0, input.key, Purpose::Sensitivity)).collect();
        // Even and odd draws of an input's stream are its columns of A and B.
        let row = |point: u32, column: u32| -> Vec<f64> {
            let draw = point.wrapping_mul(2).wrapping_add(column);
            inputs.iter().zip(&streams).map(|(input, stream)| (input.quantile)(stream.uniform(draw))).collect()
        };
        for first in (0..points).step_by(BATCH as usize) {
            // Of each point: its row of A, its row of B, then A with each column of B.
            let mut rows = Vec::new();
            for point in first..points.min(first + BATCH) {
                let (a, b) = (row(point, 0), row(point, 1));
                let mixed = (0..inputs.len()).map(|i| {
                    let mut mixed = a.clone();
                    mixed[i] = b[i];
                    mixed
                });
                let mixed: Vec<Vec<f64>> = mixed.collect();
                rows.extend([a, b]);
                rows.extend(mixed);
            }
            for outputs in model(&rows).chunks_exact(inputs.len() + 2) {
                let (at_a, at_b) = (outputs[0], outputs[1]);
                runs.outputs.push([at_a, at_b]);
                for (squares, mixed) in runs.squares.iter_mut().zip(&outputs[2..]) {
                    squares.push([(at_b - mixed) * (at_b - mixed), (at_a - mixed) * (at_a - mixed)]);
                }
            }
            pause().await;
        }
        runs
    }

    /// Mean and pooled variance of f(A) and f(B) over the given rows.
    fn moments(&self, rows: &[usize]) -> (f64, f64) {
        // From the first output, so that a large mean costs no digits.
        let (origin, n) = (self.outputs[0][0], 2.0 * rows.len() as f64);
        let (mut sum, mut squares) = (0.0, 0.0);
        for &row in rows {
            for output in self.outputs[row] {
                sum += output - origin;
                squares += (output - origin) * (output - origin);
            }
        }
        (origin + sum / n, (squares - sum * sum / n) / (n - 1.0))
    }

    /// First-order and total index of input i over the given rows.
    fn jansen(&self, i: usize, rows: &[usize], variance: f64) -> [f64; 2] {
        let squares = &self.squares[i];
        let [first, total] = rows.iter().fold([0.0; 2], |[first, total], &row| {
            let [b, a] = squares[row];
            [first + b, total + a]
        });
        let scale = 2.0 * variance * rows.len() as f64;
        [1.0 - first / scale, total / scale]
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    #[cfg(target_arch = "wasm32")]
    use wasm_bindgen_test::wasm_bindgen_test as test;

    fn unit(u: f64) -> f64 {
        u
    }

    fn inputs(keys: &[u64]) -> Vec<SobolInput<'static>> {
        keys.iter().map(|&key| SobolInput { key, quantile: &unit }).collect()
    }

    #[test]
    fn additive_and_interacting_inputs() {
        // f = (x₁ − ½)(x₂ − ½) + x₃/√144: an interaction and a linear term of the same variance.
        let model = |x: &[f64]| (x[0] - 0.5) * (x[1] - 0.5) + x[2] / 12.0 * 3.464_101_615_137_754_6;
        let result = sensitivity(4, 16_384, &inputs(&[1, 2, 3]), model).unwrap();
        // 5 standard errors of about 0.008.
        for (index, exact) in result.inputs.iter().zip([(0.0, 0.5), (0.0, 0.5), (0.5, 0.5)]) {
            assert!((index.first_order.value - exact.0).abs() < 0.04, "{result:?}");
            assert!((index.total.value - exact.1).abs() < 0.04, "{result:?}");
            assert!(index.total.low < index.total.value && index.total.value < index.total.high);
            assert!(index.total.high - index.total.low < 0.06, "{result:?}");
        }
        assert!((result.residual_share - 0.5).abs() < 0.06);
    }

    #[test]
    fn indices_do_not_depend_on_the_order_of_the_inputs() {
        let one = sensitivity(4, 512, &inputs(&[1, 2]), |x| x[0] + 3.0 * x[1]).unwrap();
        let two = sensitivity(4, 512, &inputs(&[2, 1]), |x| x[1] + 3.0 * x[0]).unwrap();
        assert_eq!((one.inputs[0], one.inputs[1]), (two.inputs[1], two.inputs[0]));
    }

    #[test]
    fn outputs_without_variance() {
        assert_eq!(sensitivity(4, 64, &inputs(&[1]), |_| 3.0), None);
        assert_eq!(sensitivity(4, 64, &inputs(&[1]), |_| f64::NAN), None);
        assert_eq!(sensitivity(4, 1, &inputs(&[1]), |x| x[0]), None);
    }
}
