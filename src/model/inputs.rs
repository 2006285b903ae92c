//! Inputs of a model that a scenario may give as numbers or as distributions: their laws, defaults and names.

use crate::distribution::Distribution;
use crate::error::{ErrorCode, InputError};
use crate::scenario::amount::{DistributionName, DistributionObject, Quantity};

/// The law of a number or distribution object; `None` where the parameters make none.
///
/// ```
/// use dealcast::model::inputs::law;
/// use dealcast::scenario::amount::Quantity;
/// assert_eq!(law(&Quantity::Number(3.0)).map(|law| law.mean()), Some(3.0));
/// ```
#[must_use]
pub fn law(quantity: &Quantity) -> Option<Distribution> {
    match quantity {
        Quantity::Number(value) => Distribution::fixed(*value).ok(),
        Quantity::Uncertain(object) => distribution(object),
    }
}

/// The law of a distribution object; `None` where the parameters make none.
#[must_use]
pub fn distribution(object: &DistributionObject) -> Option<Distribution> {
    match object.distribution {
        DistributionName::Fixed => Distribution::fixed(object.value?).ok(),
        DistributionName::Uniform => Distribution::uniform(object.min?, object.max?).ok(),
        DistributionName::Triangular => Distribution::triangular(object.min?, object.mode?, object.max?).ok(),
        DistributionName::Pert => {
            Distribution::pert(object.min?, object.mode?, object.max?, object.lambda.unwrap_or(4.0)).ok()
        }
        DistributionName::Lognormal => Distribution::lognormal(object.mean?, object.coefficient_of_variation?).ok(),
        DistributionName::Gamma => Distribution::gamma(object.mean?, object.coefficient_of_variation?).ok(),
    }
}

/// The law of an optional field, `default` where it is absent.
///
/// # Errors
/// Parameters that make no law, located at `path`.
pub fn law_or(path: &str, quantity: Option<&Quantity>, default: f64) -> Result<Distribution, InputError> {
    match quantity {
        None => Ok(Distribution::Fixed { value: default }),
        Some(quantity) => law(quantity).ok_or_else(|| InputError::at(path, ErrorCode::OutOfRange)),
    }
}

/// Declares the inputs of a model that may be uncertain: a struct with one number per input, and for the
/// section of the document that gives them their names, laws and defaults.
macro_rules! uncertain_inputs {
    ($(#[$meta:meta])* pub struct $name:ident of $section:ty, at $at:literal {
        $($(#[$doc:meta])* $field:ident = $default:expr,)*
    }) => {
        $(#[$meta])*
        #[derive(Debug, Clone, Copy, PartialEq)]
        pub struct $name {
            $($(#[$doc])* pub $field: f64,)*
        }

        impl $name {
            /// Names of the inputs, in the order of the fields.
            pub const NAMES: &'static [&'static str] = &[$(stringify!($field)),*];

            /// Law of each input, in the order of [`Self::NAMES`]; the default where the section is silent.
            ///
            /// # Errors
            /// All parameters that make no law, located.
            pub fn laws(section: &$section) -> Result<Vec<$crate::distribution::Distribution>, Vec<$crate::error::InputError>> {
                let laws = [$($crate::model::inputs::law_or(
                    concat!($at, "/", stringify!($field)), section.$field.as_ref(), $default)),*];
                let (laws, errors): (Vec<_>, Vec<_>) = laws.into_iter().partition(Result::is_ok);
                if errors.is_empty() {
                    Ok(laws.into_iter().flatten().collect())
                } else {
                    Err(errors.into_iter().filter_map(Result::err).collect())
                }
            }

            /// The inputs from a function of their place in [`Self::NAMES`].
            #[inline]
            pub fn from_fn(value: impl Fn(usize) -> f64) -> Self {
                let mut next = 0;
                let mut take = || {
                    next += 1;
                    value(next - 1)
                };
                // Fields of a struct expression are evaluated in the order they are written.
                Self { $($field: take(),)* }
            }
        }
    };
}
pub(crate) use uncertain_inputs;
