//! Simulation of the sales machine and of recurring revenue, in whole leads, deals and customers.

pub mod arr;
mod cohort;
mod deals;
#[cfg(any(target_arch = "x86_64", all(target_arch = "wasm32", target_feature = "simd128")))]
mod eight;
mod flow;
mod followed;
pub mod generation;
mod stay;
mod stock;

use crate::engine::paths::Input;
use crate::model::uncertain::Uncertain;

/// The inputs that vary as the engine draws them, named by section and place in the document.
fn drawn<I>(section: &str, uncertain: &[Uncertain<I>]) -> Vec<Input> {
    uncertain.iter().map(|input| Input::new(&format!("{section}{}", input.path), input.distribution)).collect()
}
