//! Revenue from elsewhere that joins the deals of each trial.

use super::{BLOCK, Units};

/// A source of revenue beside the deals, known trial by trial.
pub trait Joining {
    /// Revenue of each trial of a block, month after month: `months × BLOCK` amounts, none negative.
    fn revenue(&self, block: u32) -> Vec<f64>;
}

/// How far such revenue reaches: what units and bins are laid out for.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub struct Reach {
    /// A total over the horizon that no trial passes in practice; what passes it is cut off there.
    pub largest: f64,
    /// High values of the total over the horizon and of a month, for the bins of the fans.
    pub horizon: f64,
    /// The same of the highest month.
    pub month: f64,
}

/// The revenue of a block in units, month after month; a trial's sum stays within `most` units.
pub fn in_units(revenue: &[f64], units: Units, most: u32) -> Vec<u32> {
    let mut left = vec![most; BLOCK as usize];
    let months = revenue.chunks_exact(BLOCK as usize);
    months
        .flat_map(|month| {
            let taken = month.iter().zip(&mut left).map(|(amount, left)| {
                let taken = units.count(*amount).min(*left);
                *left -= taken;
                taken
            });
            taken.collect::<Vec<u32>>()
        })
        .collect()
}
