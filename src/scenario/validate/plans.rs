//! Checks of the plans: names, references, one operation a change. Whether a change fits the document is found
//! when it is applied, so that a plan that no longer fits does not take the base away.

use super::{At, Check, MAXIMUM_AMOUNT, MAXIMUM_TEXT};
use crate::error::{ErrorCode, InputError};
use crate::scenario::plans::{Change, Lever, MAXIMUM_CHANGES, MAXIMUM_LEVERS, MAXIMUM_PLANS, Plan};
use std::collections::BTreeMap;

/// Largest factor or summand of a change.
const LARGEST: f64 = 1e12;
/// Largest shift of log-odds.
const LARGEST_LOG_ODDS: f64 = 20.0;

impl Check<'_> {
    pub(super) fn plans(&mut self, plans: &[Plan]) {
        self.count(&"/plans", plans.len(), 0, MAXIMUM_PLANS);
        let mut names: BTreeMap<&str, usize> = BTreeMap::new();
        for (index, plan) in plans.iter().enumerate() {
            let path = format!("/plans/{index}");
            self.text(&format_args!("{path}/name"), Some(&plan.name), 1, MAXIMUM_TEXT);
            if let Some(first) = names.get(plan.name.as_str()) {
                let error = InputError::at(format!("{path}/name"), ErrorCode::Duplicate);
                self.add(error.with("value", plan.name.as_str()).with("first", format!("/plans/{first}")));
            } else {
                names.insert(&plan.name, index);
            }
            self.count(&format_args!("{path}/levers"), plan.levers.len(), 0, MAXIMUM_LEVERS);
            for (number, lever) in plan.levers.iter().enumerate() {
                self.lever(&format_args!("{path}/levers/{number}"), lever);
            }
        }
        for (index, plan) in plans.iter().enumerate() {
            self.parent(&format_args!("/plans/{index}/of"), plan, plans, &names);
        }
    }

    /// The plan that a plan builds on exists and does not build on it in turn.
    fn parent(&mut self, path: At, plan: &Plan, plans: &[Plan], names: &BTreeMap<&str, usize>) {
        let mut next = plan.of.as_deref();
        for _ in 0..=plans.len() {
            let Some(name) = next else { return };
            let Some(index) = names.get(name) else {
                // Where the name is missing further up, the error is there.
                if plan.of.as_deref() == Some(name) {
                    self.add(InputError::at(path.to_string(), ErrorCode::UnknownPlan).with("plan", name));
                }
                return;
            };
            next = plans[*index].of.as_deref();
        }
        self.add(InputError::at(path.to_string(), ErrorCode::PlanCycle).with("plan", plan.name.as_str()));
    }

    fn lever(&mut self, path: At, lever: &Lever) {
        self.text(&format_args!("{path}/name"), Some(&lever.name), 1, MAXIMUM_TEXT);
        self.optional(&format_args!("{path}/cost"), lever.cost, 0.0, MAXIMUM_AMOUNT);
        self.count(&format_args!("{path}/changes"), lever.changes.len(), 0, MAXIMUM_CHANGES);
        for (number, change) in lever.changes.iter().enumerate() {
            self.change(&format_args!("{path}/changes/{number}"), change);
        }
    }

    fn change(&mut self, path: At, change: &Change) {
        self.text(&format_args!("{path}/at"), Some(&change.at), 1, 4 * MAXIMUM_TEXT);
        self.optional(&format_args!("{path}/multiply"), change.multiply, 0.0, LARGEST);
        self.optional(&format_args!("{path}/add"), change.add, -LARGEST, LARGEST);
        self.optional(&format_args!("{path}/log_odds"), change.log_odds, -LARGEST_LOG_ODDS, LARGEST_LOG_ODDS);
        let operations =
            [!change.set.is_absent(), change.multiply.is_some(), change.add.is_some(), change.log_odds.is_some()];
        let count = operations.iter().filter(|present| **present).count();
        if count != 1 {
            self.add(InputError::at(path.to_string(), ErrorCode::OneOperation).with("count", count));
        }
    }
}
