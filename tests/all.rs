//! The integration tests, in one binary: it is linked once for each way the crate is compiled.
//! One file of them: `cargo test --test all determinism::`.

mod cases;
mod command_line;
mod csv;
mod determinism;
mod documents;
mod golden_growth;
mod golden_open_pipeline;
mod golden_partners;
mod golden_statistics;
mod links;
mod partners;
mod statistical;
mod steps;
mod stopping;
mod what_if;
