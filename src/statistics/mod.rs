//! Statistics of win rates, of dependence between deals, of forecasts against what happened, and of
//! samples: slices in, numbers out.

pub mod copula;
pub mod ensemble;
pub mod forecast_accuracy;
pub mod meddic;
pub mod order;
pub mod posterior;
pub mod sample;
pub mod scores;
pub mod shrinkage;
mod sum;

pub use sum::CompensatedSum;
