//! Figures of a whole simulation.

use super::part::MonthPart;
use super::scale::Scale;
use super::{PathPart, Shape};
use crate::math::sqrt;
use crate::statistics::sample::Sample;

/// A simulation of all trials.
pub struct Outcome {
    shape: Shape,
    trials: u32,
    months: Vec<(MonthPart, Scale)>,
    /// By scalar, in the order of the trials.
    values: Vec<Vec<f64>>,
}

/// One month of a series over the trials.
pub struct Month<'a> {
    part: &'a MonthPart,
    scale: &'a Scale,
    trials: f64,
}

impl Outcome {
    pub(super) fn new(part: &PathPart, shape: Shape, scales: &[Scale], trials: u32) -> Option<Self> {
        let mut blocks: Vec<_> = part.blocks.iter().collect();
        blocks.sort_unstable_by_key(|(block, ..)| *block);
        let numbered = blocks.iter().enumerate().all(|(index, (block, ..))| index as u32 == *block);
        let found: u64 = blocks.iter().map(|(_, trials, _)| u64::from(*trials)).sum();
        if part.shape() != shape || !numbered || found != u64::from(trials) || trials == 0 {
            return None;
        }
        let mut values = vec![Vec::with_capacity(trials as usize); shape.scalars];
        for (_, trials, block) in blocks {
            for (all, some) in values.iter_mut().zip(block.chunks_exact(*trials as usize)) {
                all.extend_from_slice(some);
            }
        }
        let months = part.months.iter().cloned().zip(scales.iter().copied()).collect();
        Some(Self { shape, trials, months, values })
    }

    /// Trials.
    #[must_use]
    pub fn trials(&self) -> u32 {
        self.trials
    }

    /// A point of a series.
    #[must_use]
    pub fn month(&self, series: usize, month: usize) -> Month<'_> {
        let (part, scale) = &self.months[series * self.shape.months + month];
        Month { part, scale, trials: f64::from(self.trials) }
    }

    /// All points of a series.
    pub fn months(&self, series: usize) -> impl Iterator<Item = Month<'_>> {
        (0..self.shape.months).map(move |month| self.month(series, month))
    }

    /// Values of a number, in the order of the trials.
    #[must_use]
    pub fn values(&self, scalar: usize) -> &[f64] {
        &self.values[scalar]
    }

    /// Values of a number, sorted, for its figures.
    #[must_use]
    pub fn sample(&self, scalar: usize) -> Sample {
        Sample::new(self.values[scalar].clone())
    }
}

impl Month<'_> {
    fn moments(&self) -> (f64, f64) {
        let (sum, squares) = self.scale.read(self.part.sum, self.part.squares);
        let mean = sum / self.trials;
        let spread = squares - sum * mean;
        (self.scale.origin() + mean, if self.trials > 1.0 { (spread / (self.trials - 1.0)).max(0.0) } else { 0.0 })
    }

    /// Mean, with its standard error s/√n.
    #[must_use]
    pub fn mean(&self) -> (f64, f64) {
        let (mean, variance) = self.moments();
        (mean, sqrt(variance / self.trials))
    }

    /// Standard deviation.
    #[must_use]
    pub fn sd(&self) -> f64 {
        sqrt(self.moments().1)
    }

    /// Quantile from the histogram; its error from counting in bins is at most [`Month::bin_width`].
    #[must_use]
    pub fn quantile(&self, level: f64) -> f64 {
        self.scale.quantile(self.part.counts.as_slice(), level, self.trials)
    }

    /// Width of a bin: 1/1024 of the range that the first 512 trials span.
    #[must_use]
    pub fn bin_width(&self) -> f64 {
        self.scale.width()
    }
}
