//! The last pipeline with independent deals, and what came of it: while only the correlation of its deals is edited, that
//! case stays the same.

use super::Run;
use super::simulated::Simulated;
use crate::engine::simulation::Units;
use crate::model::open_pipeline::Pipeline;
use std::cell::RefCell;
use std::rc::Rc;

/// All that the totals of independent deals alone depend on.
#[derive(PartialEq)]
pub struct Case {
    /// Without the market factor.
    pub pipeline: Pipeline,
    /// What they are counted in.
    pub units: Units,
    /// Seed and trials.
    pub run: Run,
}

thread_local! {
    static LAST: RefCell<Option<(Case, Rc<Simulated>)>> = const { RefCell::new(None) };
}

/// Its simulation, where the last one was of the same case.
pub fn known(case: &Case) -> Option<Rc<Simulated>> {
    LAST.with_borrow(|last| last.as_ref().filter(|(last, _)| last == case).map(|(_, simulated)| Rc::clone(simulated)))
}

/// Keeps a case and its simulation instead of the last one.
pub fn keep(case: Case, simulated: &Rc<Simulated>) {
    LAST.set(Some((case, Rc::clone(simulated))));
}
