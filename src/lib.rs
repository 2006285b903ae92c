//! dealcast: sales forecasts with honest ranges.
#![deny(missing_docs)]

pub mod math;
