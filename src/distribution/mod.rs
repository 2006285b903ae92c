//! Uncertain quantities: the six laws that a scenario can name, with their exact quantiles, moments
//! and stop-loss functions, and the tables that sample them.

mod count_table;
mod counts;
mod cycle;
mod inversion;
mod shape;
mod table;

pub use count_table::{BinomialTable, PoissonTable};
pub use counts::{BinomialLanes, binomial_count};
pub use cycle::{DAYS_PER_MONTH, MAX_CYCLE_MONTHS, cycle_months_pmf};
pub use shape::ShapeKey;
pub use table::QuantileTable;

use crate::math::beta::Beta;
use crate::math::gamma::Gamma;
use crate::math::{exp, ln, log1p, normal, sqrt};

/// Largest weight of the mode of a PERT law.
pub const MAX_PERT_LAMBDA: f64 = 1e6;

/// Largest coefficient of variation of a lognormal or gamma law.
pub const MAX_COEFFICIENT_OF_VARIATION: f64 = 10.0;

/// Why a distribution cannot be made.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DistributionError {
    /// A parameter, or the width of the range, is not a finite number.
    NotFinite,
    /// `min` is above `max`.
    RangeReversed,
    /// `mode` is not between `min` and `max`.
    ModeOutsideRange,
    /// `lambda` is not between 0 and [`MAX_PERT_LAMBDA`].
    LambdaOutOfRange,
    /// The mean of a lognormal or gamma law is negative.
    NegativeMean,
    /// The coefficient of variation is not between 0 and [`MAX_COEFFICIENT_OF_VARIATION`].
    CoefficientOfVariationOutOfRange,
}

/// Law of an uncertain quantity, in the unit of that quantity.
///
/// Make one with the validating constructors ([`fixed`](Self::fixed), [`uniform`](Self::uniform),
/// [`triangular`](Self::triangular), [`pert`](Self::pert), [`lognormal`](Self::lognormal),
/// [`gamma`](Self::gamma)): the methods assume what they check. A law without spread becomes
/// `Fixed`.
///
/// ```
/// use dealcast::distribution::Distribution;
/// let amount = Distribution::pert(15_000.0, 30_000.0, 60_000.0, 4.0)?;
/// assert!((amount.mean() - 32_500.0).abs() < 1e-9);
/// assert!((amount.quantile(0.9) - 44_000.55139292612).abs() < 1e-6);
/// # Ok::<(), dealcast::distribution::DistributionError>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Distribution {
    /// Always `value`.
    Fixed {
        /// The value.
        value: f64,
    },
    /// Any value of the range, equally likely.
    Uniform {
        /// Low end.
        min: f64,
        /// High end.
        max: f64,
    },
    /// Density rising straight from `min` to `mode`, falling straight to `max`.
    Triangular {
        /// Low end.
        min: f64,
        /// Most likely value.
        mode: f64,
        /// High end.
        max: f64,
    },
    /// min + (max − min)·Beta(1 + λ(mode − min)/(max − min), 1 + λ(max − mode)/(max − min))
    /// (Malcolm, Roseboom, Clark & Fazar, Operations Research 1959, with λ = 4).
    Pert {
        /// Low end.
        min: f64,
        /// Most likely value.
        mode: f64,
        /// High end.
        max: f64,
        /// Weight λ of the mode.
        lambda: f64,
    },
    /// exp(μ + σZ), σ² = ln(1 + cv²), μ = ln mean − σ²/2.
    LogNormal {
        /// Mean of the quantity itself.
        mean: f64,
        /// Standard deviation over mean of the quantity itself.
        coefficient_of_variation: f64,
    },
    /// Gamma of shape 1/cv² and scale mean·cv².
    Gamma {
        /// Mean.
        mean: f64,
        /// Standard deviation over mean.
        coefficient_of_variation: f64,
    },
}

impl Distribution {
    /// A known value.
    ///
    /// # Errors
    /// [`DistributionError::NotFinite`].
    pub fn fixed(value: f64) -> Result<Self, DistributionError> {
        check_finite(&[value])?;
        Ok(Self::Fixed { value })
    }

    /// The uniform law on \[min, max\].
    ///
    /// # Errors
    /// When an end is not finite or the ends are reversed.
    pub fn uniform(min: f64, max: f64) -> Result<Self, DistributionError> {
        check_range(min, max)?;
        Ok(if min == max { Self::Fixed { value: min } } else { Self::Uniform { min, max } })
    }

    /// The triangular law.
    ///
    /// # Errors
    /// Unless min ≤ mode ≤ max are finite.
    pub fn triangular(min: f64, mode: f64, max: f64) -> Result<Self, DistributionError> {
        check_mode(min, mode, max)?;
        Ok(if min == max { Self::Fixed { value: min } } else { Self::Triangular { min, mode, max } })
    }

    /// The PERT law; λ = 4 is the usual weight, λ = 0 the uniform law.
    ///
    /// # Errors
    /// Unless min ≤ mode ≤ max are finite and 0 ≤ λ ≤ [`MAX_PERT_LAMBDA`].
    pub fn pert(min: f64, mode: f64, max: f64, lambda: f64) -> Result<Self, DistributionError> {
        check_mode(min, mode, max)?;
        if !(0.0..=MAX_PERT_LAMBDA).contains(&lambda) {
            return Err(DistributionError::LambdaOutOfRange);
        }
        Ok(if min == max { Self::Fixed { value: min } } else { Self::Pert { min, mode, max, lambda } })
    }

    /// The lognormal law with the given mean and coefficient of variation of the quantity itself.
    ///
    /// # Errors
    /// Unless mean ≥ 0 and 0 ≤ cv ≤ [`MAX_COEFFICIENT_OF_VARIATION`].
    pub fn lognormal(mean: f64, coefficient_of_variation: f64) -> Result<Self, DistributionError> {
        check_positive_law(mean, coefficient_of_variation)?;
        Ok(if mean == 0.0 || coefficient_of_variation == 0.0 {
            Self::Fixed { value: mean }
        } else {
            Self::LogNormal { mean, coefficient_of_variation }
        })
    }

    /// The gamma law with the given mean and coefficient of variation.
    ///
    /// # Errors
    /// Unless mean ≥ 0 and 0 ≤ cv ≤ [`MAX_COEFFICIENT_OF_VARIATION`].
    pub fn gamma(mean: f64, coefficient_of_variation: f64) -> Result<Self, DistributionError> {
        check_positive_law(mean, coefficient_of_variation)?;
        Ok(if mean == 0.0 || gamma_shape(coefficient_of_variation) == f64::INFINITY {
            Self::Fixed { value: mean }
        } else {
            Self::Gamma { mean, coefficient_of_variation }
        })
    }

    /// Mean.
    pub fn mean(&self) -> f64 {
        match *self {
            Self::Fixed { value } => value,
            Self::Uniform { min, max } => min + 0.5 * (max - min),
            Self::Triangular { min, mode, max } => (min + mode + max) / 3.0,
            Self::Pert { min, mode, max, lambda } => (min + lambda * mode + max) / (lambda + 2.0),
            Self::LogNormal { mean, .. } | Self::Gamma { mean, .. } => mean,
        }
    }

    /// Variance, in squared units. For PERT the exact variance of the beta law,
    /// ab/((a+b)²(a+b+1))·(max − min)², not the textbook ((max − min)/6)².
    pub fn variance(&self) -> f64 {
        match *self {
            Self::Fixed { .. } => 0.0,
            Self::Uniform { min, max } => (max - min) * (max - min) / 12.0,
            Self::Triangular { min, mode, max } => {
                let (low, high, width) = (mode - min, max - mode, max - min);
                (width * width - low * high) / 18.0
            }
            Self::Pert { min, mode, max, lambda } => {
                let (a, b) = pert_shape(min, mode, max, lambda);
                let width = max - min;
                a * b / ((a + b) * (a + b) * (a + b + 1.0)) * width * width
            }
            Self::LogNormal { mean, coefficient_of_variation: cv }
            | Self::Gamma { mean, coefficient_of_variation: cv } => mean * cv * (mean * cv),
        }
    }

    /// Standard deviation.
    pub fn sd(&self) -> f64 {
        sqrt(self.variance())
    }

    /// E\[X²\], in squared units.
    pub fn second_moment(&self) -> f64 {
        let mean = self.mean();
        self.variance() + mean * mean
    }

    /// Lower and upper end of the possible values; the upper one may be infinite.
    pub fn support(&self) -> (f64, f64) {
        match *self {
            Self::Fixed { value } => (value, value),
            Self::Uniform { min, max } | Self::Triangular { min, max, .. } | Self::Pert { min, max, .. } => (min, max),
            Self::LogNormal { .. } | Self::Gamma { .. } => (0.0, f64::INFINITY),
        }
    }

    /// Quantile: the value not exceeded with probability `u`; NaN outside \[0, 1\].
    pub fn quantile(&self, u: f64) -> f64 {
        if !(0.0..=1.0).contains(&u) {
            return f64::NAN;
        }
        match *self {
            Self::Fixed { value } => value,
            Self::Uniform { min, max } => min + u * (max - min),
            Self::Triangular { min, mode, max } => {
                let width = max - min;
                if u * width < mode - min {
                    min + sqrt(u * width * (mode - min))
                } else {
                    max - sqrt((1.0 - u) * width * (max - mode))
                }
            }
            Self::Pert { min, mode, max, lambda } => {
                let (a, b) = pert_shape(min, mode, max, lambda);
                min + (max - min) * Beta::new(a, b).quantile(u)
            }
            Self::LogNormal { mean, coefficient_of_variation } => {
                let (mu, sigma) = lognormal_parameters(mean, coefficient_of_variation);
                exp(mu + sigma * normal::quantile(u))
            }
            Self::Gamma { mean, coefficient_of_variation } => {
                let shape = gamma_shape(coefficient_of_variation);
                mean * (Gamma::new(shape).quantile(u) / shape)
            }
        }
    }

    /// Distribution function P(X ≤ x).
    pub fn cdf(&self, x: f64) -> f64 {
        let (lower, upper) = self.support();
        if x >= upper {
            return 1.0;
        }
        if x <= lower {
            return 0.0;
        }
        match *self {
            Self::Fixed { .. } => f64::NAN,
            Self::Uniform { min, max } => (x - min) / (max - min),
            Self::Triangular { min, mode, max } => {
                let width = max - min;
                if x < mode {
                    (x - min) / width * ((x - min) / (mode - min))
                } else {
                    1.0 - (max - x) / width * ((max - x) / (max - mode))
                }
            }
            Self::Pert { min, mode, max, lambda } => {
                let (a, b) = pert_shape(min, mode, max, lambda);
                let width = max - min;
                Beta::new(a, b).tails((x - min) / width, (max - x) / width).lower
            }
            Self::LogNormal { mean, coefficient_of_variation } => {
                let (mu, sigma) = lognormal_parameters(mean, coefficient_of_variation);
                normal::cdf((ln(x) - mu) / sigma)
            }
            Self::Gamma { mean, coefficient_of_variation } => {
                let shape = gamma_shape(coefficient_of_variation);
                Gamma::new(shape).tails(x / mean * shape).lower
            }
        }
    }

    /// Stop-loss E\[(X − x)₊\], in the unit of X (Klugman, Panjer & Willmot, *Loss Models*).
    pub fn stop_loss(&self, x: f64) -> f64 {
        let (lower, upper) = self.support();
        if x <= lower {
            return self.mean() - x;
        }
        if x >= upper {
            return 0.0;
        }
        match *self {
            Self::Fixed { .. } => f64::NAN,
            Self::Uniform { min, max } => (max - x) * ((max - x) / (max - min)) / 2.0,
            Self::Triangular { min, mode, max } => {
                let (above, below, width) = (max - x, x - min, max - min);
                if x < mode {
                    self.mean() - x + below / width * (below / (mode - min)) * below / 3.0
                } else {
                    above / width * (above / (max - mode)) * above / 3.0
                }
            }
            Self::Pert { min, mode, max, lambda } => {
                let (a, b) = pert_shape(min, mode, max, lambda);
                let width = max - min;
                width * Beta::new(a, b).stop_loss((x - min) / width, (max - x) / width)
            }
            Self::LogNormal { mean, coefficient_of_variation } => {
                let (mu, sigma) = lognormal_parameters(mean, coefficient_of_variation);
                let z = (mu - ln(x)) / sigma;
                (mean * normal::cdf(z + sigma) - x * normal::cdf(z)).max(0.0)
            }
            Self::Gamma { mean, coefficient_of_variation } => {
                let shape = gamma_shape(coefficient_of_variation);
                mean * (Gamma::new(shape).stop_loss(x / mean * shape) / shape)
            }
        }
    }
}

/// Parameters (a, b) of the beta law of a PERT estimate: 1 + λ(mode − min)/(max − min) and
/// 1 + λ(max − mode)/(max − min).
pub fn pert_shape(min: f64, mode: f64, max: f64, lambda: f64) -> (f64, f64) {
    let width = max - min;
    (1.0 + lambda * ((mode - min) / width), 1.0 + lambda * ((max - mode) / width))
}

/// (μ, σ) of the logarithm of a lognormal quantity of the given mean and coefficient of variation.
pub fn lognormal_parameters(mean: f64, coefficient_of_variation: f64) -> (f64, f64) {
    let variance = log1p(coefficient_of_variation * coefficient_of_variation);
    (ln(mean) - 0.5 * variance, sqrt(variance))
}

fn gamma_shape(coefficient_of_variation: f64) -> f64 {
    1.0 / (coefficient_of_variation * coefficient_of_variation)
}

fn check_finite(values: &[f64]) -> Result<(), DistributionError> {
    if values.iter().all(|value| value.is_finite()) { Ok(()) } else { Err(DistributionError::NotFinite) }
}

fn check_range(min: f64, max: f64) -> Result<(), DistributionError> {
    check_finite(&[min, max, max - min])?;
    if min <= max { Ok(()) } else { Err(DistributionError::RangeReversed) }
}

fn check_mode(min: f64, mode: f64, max: f64) -> Result<(), DistributionError> {
    check_finite(&[mode])?;
    check_range(min, max)?;
    if (min..=max).contains(&mode) { Ok(()) } else { Err(DistributionError::ModeOutsideRange) }
}

fn check_positive_law(mean: f64, coefficient_of_variation: f64) -> Result<(), DistributionError> {
    check_finite(&[mean, coefficient_of_variation])?;
    if mean < 0.0 {
        return Err(DistributionError::NegativeMean);
    }
    if !(0.0..=MAX_COEFFICIENT_OF_VARIATION).contains(&coefficient_of_variation) {
        return Err(DistributionError::CoefficientOfVariationOutOfRange);
    }
    Ok(())
}

#[cfg(test)]
mod tests;
