//! The engines of the open pipeline: simulation by blocks of trials, and exact convolution.
//! They know models and statistics, no documents and no screens.

pub mod exact;
pub mod simulation;
