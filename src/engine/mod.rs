//! The engines: simulation by blocks of trials and exact convolution of the open pipeline; [`paths`] for the
//! models that go month by month.
//! They know models and statistics, no documents and no screens.

pub mod exact;
pub mod growth;
pub mod partners;
pub mod paths;
pub mod simulation;
