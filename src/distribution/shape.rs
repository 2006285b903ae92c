//! The law of (X − location)/scale: what two quantities of the same form share.

use super::{Distribution, gamma_shape, lognormal_parameters, pert_shape};
use crate::math::beta::Beta;
use crate::math::gamma::Gamma;
use crate::math::{exp, normal, sqrt};

/// Identity of a standardised law: distributions with equal keys can share a
/// [`QuantileTable`](super::QuantileTable).
///
/// Relative positions of the mode are rounded to 2⁻⁴⁰, so that the same form at another location
/// and scale has the same key in spite of the roundings of the division.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct ShapeKey([u64; 3]);

/// A standardised law.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) enum Shape {
    /// Uniform on (0, 1).
    Uniform,
    /// Triangular on (0, 1).
    Triangular {
        /// Position of the mode.
        mode: f64,
    },
    /// Beta.
    Beta {
        /// First parameter.
        a: f64,
        /// Second parameter.
        b: f64,
    },
    /// exp(σZ − σ²/2), of mean 1.
    LogNormal {
        /// σ.
        sigma: f64,
    },
    /// Gamma of this shape and scale 1.
    Gamma {
        /// Shape.
        shape: f64,
    },
}

impl Shape {
    pub(crate) fn key(&self) -> ShapeKey {
        let (kind, first, second) = match *self {
            Self::Uniform => (0, 0.0, 0.0),
            Self::Triangular { mode } => (1, mode, 0.0),
            Self::Beta { a, b } => (2, a, b),
            Self::LogNormal { sigma } => (3, sigma, 0.0),
            Self::Gamma { shape } => (4, shape, 0.0),
        };
        ShapeKey([kind, first.to_bits(), second.to_bits()])
    }

    /// Quantile of the standardised law, 0 < u < 1.
    pub(crate) fn quantile(&self, u: f64) -> f64 {
        match *self {
            Self::Uniform => u,
            Self::Triangular { mode } => {
                if u < mode {
                    sqrt(u * mode)
                } else {
                    1.0 - sqrt((1.0 - u) * (1.0 - mode))
                }
            }
            Self::Beta { a, b } => Beta::new(a, b).quantile(u),
            Self::LogNormal { sigma } => exp(sigma * normal::quantile(u) - 0.5 * sigma * sigma),
            Self::Gamma { shape } => Gamma::new(shape).quantile(u),
        }
    }
}

impl Distribution {
    /// Identity of the standardised law, which a sampling table depends on.
    pub fn shape_key(&self) -> ShapeKey {
        self.shape().key()
    }

    /// (location, scale) with X = location + scale·Z, Z of the standardised law.
    pub fn location_scale(&self) -> (f64, f64) {
        match *self {
            Self::Fixed { value } => (value, 0.0),
            Self::Uniform { min, max } | Self::Triangular { min, max, .. } | Self::Pert { min, max, .. } => {
                (min, max - min)
            }
            Self::LogNormal { mean, .. } => (0.0, mean),
            Self::Gamma { mean, coefficient_of_variation } => (0.0, mean / gamma_shape(coefficient_of_variation)),
        }
    }

    pub(crate) fn shape(&self) -> Shape {
        match *self {
            Self::Fixed { .. } | Self::Uniform { .. } | Self::Pert { lambda: 0.0, .. } => Shape::Uniform,
            Self::Triangular { min, mode, max } => Shape::Triangular { mode: rounded((mode - min) / (max - min)) },
            Self::Pert { min, mode, max, lambda } => {
                let (a, b) = pert_shape(0.0, rounded((mode - min) / (max - min)), 1.0, lambda);
                Shape::Beta { a, b }
            }
            Self::LogNormal { mean, coefficient_of_variation } => {
                Shape::LogNormal { sigma: lognormal_parameters(mean, coefficient_of_variation).1 }
            }
            Self::Gamma { coefficient_of_variation, .. } => {
                Shape::Gamma { shape: gamma_shape(coefficient_of_variation) }
            }
        }
    }
}

/// A number of \[0, 1\] to the nearest multiple of 2⁻⁴⁰.
fn rounded(x: f64) -> f64 {
    const STEPS: f64 = (1_u64 << 40) as f64;
    libm::round(x * STEPS) / STEPS
}
