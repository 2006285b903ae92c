//! dealcast: sales forecasts with honest ranges.
//!
//! Data flows one way: [`scenario`] (the document, checked) → [`model`] (what it means) →
//! [`engine`] (simulation, exact) → [`forecast`] (figures) → [`report`] (the document that comes
//! back) → the boundary to JavaScript, or the command line.
#![deny(missing_docs)]

/// Whether every model is in this build. The page's first sight needs the open pipeline alone, and gets it sooner from a
/// module without the others: such a build knows no other section of the documents.
pub(crate) const EVERY_MODEL: bool = cfg!(feature = "every-model");

#[cfg(target_arch = "wasm32")]
pub mod boundary;
mod bytes;
pub mod cash_flow;
pub mod csv;
pub mod distribution;
pub mod engine;
pub mod error;
pub mod forecast;
pub mod math;
pub mod model;
pub mod report;
pub mod rng;
pub mod scenario;
pub mod seed;
pub mod sobol;
pub mod statistics;
pub mod steps;
pub mod what_if;
