//! dealcast: sales forecasts with honest ranges.
#![deny(missing_docs)]

pub mod error;
pub mod math;
pub mod report;
pub mod scenario;
