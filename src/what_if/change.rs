//! What a change makes of a value: a number, a distribution, or won deals among closed ones.

use crate::math::{exp, ln, log1p};
use crate::scenario::plans::Change;
use serde_json::{Map, Number, Value};

/// An operation with its size.
#[derive(Debug, Clone, PartialEq)]
pub enum Operation {
    /// A new value; `None` removes the field.
    Set(Option<Value>),
    /// A factor.
    Multiply(f64),
    /// A summand.
    Add(f64),
    /// A shift of log-odds.
    LogOdds(f64),
}

impl Operation {
    /// The operation of a change that was checked; `None` where it has none.
    #[must_use]
    pub fn of(change: &Change) -> Option<Self> {
        match (&change.set.0, change.multiply, change.add, change.log_odds) {
            (Some(value), ..) => Some(Self::Set((!value.is_null()).then(|| value.clone()))),
            (None, Some(factor), ..) => Some(Self::Multiply(factor)),
            (None, None, Some(summand), _) => Some(Self::Add(summand)),
            (None, None, None, Some(shift)) => Some(Self::LogOdds(shift)),
            _ => None,
        }
    }

    /// Its name in documents.
    #[must_use]
    pub fn name(&self) -> &'static str {
        match self {
            Self::Set(_) => "set",
            Self::Multiply(_) => "multiply",
            Self::Add(_) => "add",
            Self::LogOdds(_) => "log_odds",
        }
    }

    /// The new value; `None` where the operation does not apply to the present one. `Some(None)` removes it.
    #[must_use]
    pub fn apply(&self, present: &Value) -> Option<Option<Value>> {
        match (self, present) {
            (Self::Set(value), _) => Some(value.clone()),
            (_, Value::Number(number)) => self.on_number(number.as_f64()?).map(|value| Some(number_of(value))),
            (_, Value::Object(map)) if map.contains_key("distribution") => self.on_distribution(map).map(Some),
            (_, Value::Object(map)) if map.contains_key("won") && map.contains_key("closed") => {
                self.on_counts(map).map(Some)
            }
            _ => None,
        }
    }

    fn on_number(&self, value: f64) -> Option<f64> {
        match *self {
            Self::Set(_) => None,
            Self::Multiply(factor) => Some(value * factor),
            Self::Add(summand) => Some(value + summand),
            Self::LogOdds(shift) => shifted(value, shift),
        }
        .filter(|value| value.is_finite())
    }

    /// Every value of the distribution moves; for laws of a mean and a coefficient of variation, a factor keeps
    /// the coefficient, a summand the standard deviation.
    fn on_distribution(&self, map: &Map<String, Value>) -> Option<Value> {
        let mut moved = map.clone();
        for field in ["value", "min", "mode", "max", "mean"] {
            let Some(present) = map.get(field) else { continue };
            let present = present.as_f64()?;
            if field == "mean" && matches!(self, Self::LogOdds(_)) {
                return None;
            }
            let value = self.on_number(present)?;
            moved.insert(field.to_owned(), number_of(value));
            if let (Self::Add(_), "mean", Some(variation)) = (self, field, map.get("coefficient_of_variation")) {
                let variation = variation.as_f64()? * present / value;
                if !(value > 0.0 && variation.is_finite()) {
                    return None;
                }
                moved.insert("coefficient_of_variation".to_owned(), number_of(variation));
            }
        }
        Some(Value::Object(moved))
    }

    /// The count of won deals moves so that the mean of the posterior (won + ½)/(closed + 1) does, within 0 and
    /// the closed deals; how many closed, hence how much is known, stays.
    fn on_counts(&self, map: &Map<String, Value>) -> Option<Value> {
        let (won, closed) = (map.get("won")?.as_f64()?, map.get("closed")?.as_f64()?);
        let rate = self.on_number((won + 0.5) / (closed + 1.0))?;
        let won = (rate * (closed + 1.0) - 0.5).max(0.0).min(closed);
        let mut moved = map.clone();
        moved.insert("won".to_owned(), number_of(won));
        Some(Value::Object(moved))
    }
}

/// Share whose log-odds are shifted; certainty stays what it is.
fn shifted(share: f64, shift: f64) -> Option<f64> {
    if share == 0.0 || share == 1.0 {
        return Some(share);
    }
    (share > 0.0 && share < 1.0).then(|| 1.0 / (1.0 + exp(-(ln(share) - log1p(-share) + shift))))
}

/// A number as JSON; whole ones without a fraction, as a person would write them.
#[must_use]
pub fn number_of(value: f64) -> Value {
    /// Whole numbers are exact up to here.
    const WHOLE: f64 = 9_007_199_254_740_992.0;
    if value == libm::rint(value) && value.abs() < WHOLE {
        return Value::from(value as i64);
    }
    Number::from_f64(value).map_or(Value::Null, Value::Number)
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;
    #[cfg(target_arch = "wasm32")]
    use wasm_bindgen_test::wasm_bindgen_test as test;

    fn after(operation: &Operation, value: &Value) -> Value {
        operation.apply(value).unwrap().unwrap()
    }

    #[test]
    fn numbers() {
        assert_eq!(after(&Operation::Multiply(1.5), &json!(4)), json!(6));
        assert_eq!(after(&Operation::Add(-0.25), &json!(1)), json!(0.75));
        let shifted = after(&Operation::LogOdds(ln(3.0)), &json!(0.5)).as_f64().unwrap();
        assert!((shifted - 0.75).abs() < 1e-15);
        assert_eq!(after(&Operation::LogOdds(1.0), &json!(1)), json!(1));
        assert_eq!(Operation::LogOdds(1.0).apply(&json!(1.5)), None);
        assert_eq!(Operation::Multiply(1e308).apply(&json!(1e308)), None);
        assert_eq!(Operation::Multiply(2.0).apply(&json!("text")), None);
        assert_eq!(Operation::Set(None).apply(&json!(4)), Some(None));
    }

    #[test]
    fn distributions_move_with_their_shape() {
        let pert = json!({"distribution": "pert", "min": 0.2, "mode": 0.5, "max": 0.8, "lambda": 4});
        let expected = json!({"distribution": "pert", "min": 0.1, "mode": 0.25, "max": 0.4, "lambda": 4});
        assert_eq!(after(&Operation::Multiply(0.5), &pert), expected);
        let odds = after(&Operation::LogOdds(0.0), &pert);
        assert!((odds["min"].as_f64().unwrap() - 0.2).abs() < 1e-15 && odds["lambda"] == json!(4));
        let gamma = json!({"distribution": "gamma", "mean": 90, "coefficient_of_variation": 0.5});
        let added = json!({"distribution": "gamma", "mean": 60, "coefficient_of_variation": 0.75});
        assert_eq!(after(&Operation::Add(-30.0), &gamma), added);
        assert_eq!(Operation::Add(-90.0).apply(&gamma), None);
        assert_eq!(Operation::LogOdds(0.1).apply(&gamma), None);
    }

    #[test]
    fn counts_keep_what_was_closed() {
        let counts = json!({"won": 24, "closed": 200});
        let won = |operation: Operation| after(&operation, &counts)["won"].as_f64().unwrap();
        assert!((won(Operation::Multiply(2.0)) - 48.5).abs() < 1e-12);
        assert!((won(Operation::LogOdds(0.0)) - 24.0).abs() < 1e-12);
        assert_eq!((won(Operation::Multiply(100.0)), won(Operation::Add(-0.9))), (200.0, 0.0));
        assert_eq!(after(&Operation::Add(0.1), &counts)["closed"], json!(200));
    }
}
