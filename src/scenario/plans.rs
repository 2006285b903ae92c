//! Plans: what-if scenarios that a document carries beside itself.
//!
//! The document itself is the base. A plan is a list of named changes on it, or on another plan: levers,
//! each of which can be switched off. What a change does to the document is in [`crate::what_if`].

use super::open_pipeline::document;
use serde::de::Visitor;
use serde::{Deserialize, Deserializer, Serialize};
use serde_json::Value;
use std::fmt;

/// Most plans of a document; with the base there are six scenarios.
pub const MAXIMUM_PLANS: usize = 5;
/// Most levers of a plan.
pub const MAXIMUM_LEVERS: usize = 40;
/// Most changes of a lever.
pub const MAXIMUM_CHANGES: usize = 200;

document! {
/// A what-if scenario: levers on the base or on another plan.
pub struct Plan {
    /// Name, unique in the document.
    pub name: String,
    /// Name of the plan whose levers come first. Absent: the base.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub of: Option<String>,
    /// The levers, applied in this order.
    pub levers: Vec<Lever>,
}
}

document! {
/// A named group of changes that are made together.
pub struct Lever {
    /// Name.
    pub name: String,
    /// Whether it is pulled. Default true.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub on: Option<bool>,
    /// What pulling it costs, once, ≥ 0. Shown beside the outcomes; no model takes it into account.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub cost: Option<f64>,
    /// The changes, applied in this order.
    pub changes: Vec<Change>,
}
}

document! {
/// A change of one field, or of the same field in every entry of a list: exactly one of `set`, `multiply`,
/// `add` and `log_odds`.
pub struct Change {
    /// JSON pointer of the field, in one of the sections. A step `*` stands for every entry of a list, a step
    /// `=name` for the deal with that identifier or the stage of that name. A field that the document does not state
    /// moves from its default.
    pub at: String,
    /// The new value; null removes the field.
    #[serde(default, skip_serializing_if = "Setting::is_absent")]
    #[cfg_attr(target_arch = "wasm32", tsify(optional, type = "unknown"))]
    pub set: Setting,
    /// Factor on a number, a distribution (its values), or a count of won deals. A deal's close month becomes a whole
    /// one, 1 at the earliest.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub multiply: Option<f64>,
    /// Summand of a number or a distribution (its values); in points of the rate for a count of won deals. A deal's
    /// close month stays 1 at the earliest.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub add: Option<f64>,
    /// Shift of the log-odds of a share between 0 and 1, of a distribution of shares, or of a count of won deals.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub log_odds: Option<f64>,
}
}

/// A value to set: absent, or any JSON value, null included.
#[derive(Debug, Clone, Default, PartialEq, Serialize, schemars::JsonSchema)]
#[serde(transparent)]
pub struct Setting(#[schemars(with = "Value")] pub Option<Value>);

impl Setting {
    /// Whether there is none.
    #[must_use]
    pub fn is_absent(&self) -> bool {
        self.0.is_none()
    }
}

/// The name under which the document reader knows [`Setting`]: null is a value there.
pub(crate) const ANY_VALUE: &str = "Setting";

impl<'de> Deserialize<'de> for Setting {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct SettingVisitor;
        impl<'de> Visitor<'de> for SettingVisitor {
            type Value = Setting;
            fn expecting(&self, formatter: &mut fmt::Formatter) -> fmt::Result {
                formatter.write_str("any value")
            }
            fn visit_none<E: serde::de::Error>(self) -> Result<Setting, E> {
                Ok(Setting(None))
            }
            fn visit_newtype_struct<D: Deserializer<'de>>(self, deserializer: D) -> Result<Setting, D::Error> {
                Value::deserialize(deserializer).map(|value| Setting(Some(value)))
            }
        }
        deserializer.deserialize_newtype_struct(ANY_VALUE, SettingVisitor)
    }
}
