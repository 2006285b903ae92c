//! What the sections of a scenario mean, as arithmetic.

pub mod arr_cohorts;
pub mod inputs;
pub mod open_pipeline;
pub mod partner_pnl;
pub mod partner_vendor_programme;
pub mod pipeline_generation;
pub mod uncertain;
