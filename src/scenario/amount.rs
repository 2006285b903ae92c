//! Amounts and other numbers of a scenario that may be uncertain.

use serde::de::{Error as _, MapAccess, Visitor};
use serde::{Deserialize, Deserializer, Serialize};
use std::fmt;

/// Name of a distribution, as documents write it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, schemars::JsonSchema)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(target_arch = "wasm32", derive(tsify::Tsify))]
pub enum DistributionName {
    /// Always `value`.
    Fixed,
    /// Any value from `min` to `max`, equally likely.
    Uniform,
    /// Triangle over `min`, `mode`, `max`.
    Triangular,
    /// PERT over `min`, `mode`, `max`; `lambda` 4 unless given.
    Pert,
    /// Lognormal with `mean` and `coefficient_of_variation` of the value itself.
    Lognormal,
    /// Gamma with `mean` and `coefficient_of_variation`.
    Gamma,
}

/// A distribution as documents write it: its name and the parameters that it needs, no others.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, schemars::JsonSchema)]
#[serde(deny_unknown_fields)]
#[cfg_attr(target_arch = "wasm32", derive(tsify::Tsify))]
pub struct DistributionObject {
    /// Which distribution.
    pub distribution: DistributionName,
    /// Value of `fixed`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub value: Option<f64>,
    /// Low end of `uniform`, `triangular`, `pert`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub min: Option<f64>,
    /// Most likely value of `triangular`, `pert`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub mode: Option<f64>,
    /// High end of `uniform`, `triangular`, `pert`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub max: Option<f64>,
    /// Weight of the mode of `pert` (4 unless given).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub lambda: Option<f64>,
    /// Mean of `lognormal`, `gamma`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub mean: Option<f64>,
    /// Standard deviation over mean of `lognormal`, `gamma`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub coefficient_of_variation: Option<f64>,
}

/// A number, or a distribution in its place.
#[derive(Debug, Clone, PartialEq, Serialize, schemars::JsonSchema)]
#[serde(untagged)]
#[cfg_attr(target_arch = "wasm32", derive(tsify::Tsify))]
pub enum Quantity {
    /// A plain number.
    Number(f64),
    /// A distribution object.
    Uncertain(DistributionObject),
}

/// Fields of a distribution object; the reader uses them to name unknown ones.
pub(crate) const DISTRIBUTION_FIELDS: &[&str] =
    &["distribution", "value", "min", "mode", "max", "lambda", "mean", "coefficient_of_variation"];

impl<'de> Deserialize<'de> for Quantity {
    /// Reads a number or an object. Asks for a struct, so that the document reader can name
    /// unknown fields of the object; readers that know no numbers there refuse numbers.
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct QuantityVisitor;
        impl<'de> Visitor<'de> for QuantityVisitor {
            type Value = Quantity;
            fn expecting(&self, formatter: &mut fmt::Formatter) -> fmt::Result {
                formatter.write_str("number or distribution")
            }
            fn visit_f64<E: serde::de::Error>(self, value: f64) -> Result<Quantity, E> {
                Ok(Quantity::Number(value))
            }
            fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<Quantity, A::Error> {
                let object = DistributionObject::deserialize(serde::de::value::MapAccessDeserializer::new(map))
                    .map_err(A::Error::custom)?;
                Ok(Quantity::Uncertain(object))
            }
        }
        deserializer.deserialize_struct("Quantity", DISTRIBUTION_FIELDS, QuantityVisitor)
    }
}
