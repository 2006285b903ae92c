//! The models: arithmetic only. They know neither documents' text nor screens.

pub mod inputs;
pub mod open_pipeline;
pub mod partner_pnl;
pub mod partner_vendor_programme;
