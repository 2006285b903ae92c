//! The models: arithmetic only. They know neither documents' text nor screens.

pub mod open_pipeline;
