//! Reads a document into its types and reports every structural error, not the first alone.
//!
//! A [`Reader`] is a serde deserializer over a JSON value. Where a plain deserializer would stop
//! (wrong type, missing field, unknown field), it records the error with its JSON pointer, hands a
//! neutral value on and continues, so that the derived types stay the only description of a document.
//! Neutral numbers are NaN: later checks leave fields alone that already have an error.

use super::plans::ANY_VALUE;
use crate::error::{ErrorCode, InputError, pointer_step};
use serde::de::{DeserializeOwned, DeserializeSeed, Deserializer, MapAccess, SeqAccess, Visitor};
use serde_json::Value;
use std::cell::RefCell;
use std::fmt;

/// Types that accept a plain number where others of their kind are objects.
const NUMBER_OR_OBJECT: &[&str] = &["Quantity", "Rate"];

/// Reads a value of type `T`; `None` only where the document is beyond repair.
pub fn read<T: DeserializeOwned>(value: &Value) -> (Option<T>, Vec<InputError>) {
    let errors = RefCell::new(Vec::new());
    let place = Place { parent: None, step: Step::Document };
    let reader = Reader { slot: Slot::Present(value), place, errors: &errors };
    let result = T::deserialize(reader);
    let mut errors = errors.into_inner();
    match result {
        Ok(document) => (Some(document), errors),
        Err(error) => {
            errors.push(error.located(""));
            (None, errors)
        }
    }
}

/// Where a value stands in the document.
#[derive(Clone, Copy)]
enum Slot<'a> {
    Present(&'a Value),
    /// A field that is absent: an error unless it is optional.
    Missing,
    /// Inside something already reported: neutral values, no further errors.
    Reported,
}

/// Where a value stands, written out only for an error: a document has some thousands of places, few of them wrong.
#[derive(Clone, Copy)]
struct Place<'p> {
    parent: Option<&'p Place<'p>>,
    step: Step<'p>,
}

#[derive(Clone, Copy)]
enum Step<'p> {
    Document,
    Field(&'p str),
    Item(usize),
}

impl Place<'_> {
    /// The JSON pointer.
    fn pointer(&self) -> String {
        let parent = self.parent.map(Self::pointer).unwrap_or_default();
        match self.step {
            Step::Document => parent,
            Step::Field(name) => pointer_step(&parent, name),
            Step::Item(place) => format!("{parent}/{place}"),
        }
    }
}

struct Reader<'a, 'p> {
    slot: Slot<'a>,
    place: Place<'p>,
    errors: &'p RefCell<Vec<InputError>>,
}

/// A failure that a type of the document raised itself.
#[derive(Debug)]
struct ReadError(String);

impl ReadError {
    fn located(&self, path: &str) -> InputError {
        InputError::at(path, ErrorCode::WrongType).with("expected", self.0.clone())
    }
}

impl fmt::Display for ReadError {
    fn fmt(&self, formatter: &mut fmt::Formatter) -> fmt::Result {
        formatter.write_str(&self.0)
    }
}

impl std::error::Error for ReadError {}

impl serde::de::Error for ReadError {
    fn custom<T: fmt::Display>(message: T) -> Self {
        Self(message.to_string())
    }
}

/// JSON's name of a value's type.
fn type_of(value: &Value) -> &'static str {
    match value {
        Value::Null => "null",
        Value::Bool(_) => "boolean",
        Value::Number(_) => "number",
        Value::String(_) => "text",
        Value::Array(_) => "list",
        Value::Object(_) => "object",
    }
}

// What is generic is compiled once per type of the document: these do the work, once for all.
impl<'a> Reader<'a, '_> {
    #[inline(never)]
    fn record(&self, error: InputError) {
        self.errors.borrow_mut().push(error);
    }

    /// Records why the slot does not hold what is expected.
    #[inline(never)]
    fn refuse(&self, expected: &str) {
        match self.slot {
            Slot::Reported => {}
            Slot::Missing => self.record(InputError::at(self.place.pointer(), ErrorCode::MissingField)),
            Slot::Present(Value::Object(map)) if expected == "number" && map.contains_key("distribution") => {
                self.record(InputError::at(self.place.pointer(), ErrorCode::CannotVary));
            }
            Slot::Present(value) => self.record(
                InputError::at(self.place.pointer(), ErrorCode::WrongType)
                    .with("expected", expected)
                    .with("found", type_of(value)),
            ),
        }
    }

    #[inline(never)]
    fn number(&self) -> f64 {
        if let Slot::Present(Value::Number(number)) = self.slot
            && let Some(number) = number.as_f64()
        {
            return number;
        }
        self.refuse("number");
        f64::NAN
    }

    /// A whole number from 0 to 2⁵³; 0 where it is refused.
    #[inline(never)]
    fn integer(&self) -> u64 {
        let before = self.errors.borrow().len();
        let number = self.number();
        if number.is_nan() || self.errors.borrow().len() > before {
            return 0;
        }
        if number.fract() != 0.0 {
            self.record(InputError::at(self.place.pointer(), ErrorCode::NotAnInteger).with("found", number));
            return 0;
        }
        if !(0.0..=9_007_199_254_740_992.0).contains(&number) {
            self.record(
                InputError::at(self.place.pointer(), ErrorCode::OutOfRange).with("value", number).with("minimum", 0),
            );
            return 0;
        }
        number as u64
    }

    #[inline(never)]
    fn child<'c>(&'c self, slot: Slot<'a>, step: Step<'c>) -> Reader<'a, 'c> {
        Reader { slot, place: Place { parent: Some(&self.place), step }, errors: self.errors }
    }

    /// A whole number that a type holds: what does not fit is out of range, and 0.
    #[inline(never)]
    fn integer_up_to(&self, maximum: u64) -> u64 {
        let number = self.integer();
        if number <= maximum {
            return number;
        }
        let error = InputError::at(self.place.pointer(), ErrorCode::OutOfRange);
        self.record(error.with("value", number).with("maximum", maximum));
        0
    }

    #[inline(never)]
    fn boolean(&self) -> bool {
        if let Slot::Present(Value::Bool(value)) = self.slot {
            return *value;
        }
        self.refuse("boolean");
        false
    }

    #[inline(never)]
    fn text(&self) -> &'a str {
        if let Slot::Present(Value::String(text)) = self.slot {
            return text;
        }
        self.refuse("text");
        ""
    }

    /// The variant that the document names; the first where it is refused.
    #[inline(never)]
    fn choice(&self, variants: &'static [&'static str]) -> &'static str {
        let chosen = match self.slot {
            Slot::Present(Value::String(text)) => variants.iter().find(|name| *name == text).or_else(|| {
                self.record(
                    InputError::at(self.place.pointer(), ErrorCode::UnknownChoice)
                        .with("found", text.as_str())
                        .with("allowed", variants.to_vec()),
                );
                None
            }),
            _ => {
                self.refuse("text");
                None
            }
        };
        chosen.or(variants.first()).copied().unwrap_or_default()
    }

    #[inline(never)]
    fn items(&self) -> &'a [Value] {
        match self.slot {
            Slot::Present(Value::Array(items)) => items,
            _ => {
                self.refuse("list");
                &[]
            }
        }
    }

    /// The entries of an object with any keys.
    #[inline(never)]
    fn entries(&self) -> Vec<(&'a str, Slot<'a>)> {
        match self.slot {
            Slot::Present(Value::Object(map)) => {
                map.iter().map(|(key, value)| (key.as_str(), Slot::Present(value))).collect()
            }
            _ => {
                self.refuse("object");
                Vec::new()
            }
        }
    }

    /// The entries of a structure: every field, present or not.
    #[inline(never)]
    fn fields(&self, name: &str, fields: &'static [&'static str]) -> Fields<'a> {
        let number_too = NUMBER_OR_OBJECT.contains(&name);
        match self.slot {
            Slot::Present(Value::Number(_)) if number_too => Fields::Number(self.number()),
            Slot::Present(Value::Object(map)) => {
                for key in map.keys().filter(|key| !fields.contains(&key.as_str())) {
                    let path = pointer_step(&self.place.pointer(), key);
                    self.record(InputError::at(path, ErrorCode::UnknownField).with("allowed", fields.to_vec()));
                }
                let slot = |field: &&'static str| map.get(*field).map_or(Slot::Missing, Slot::Present);
                Fields::Entries(fields.iter().map(|field| (*field, slot(field))).collect())
            }
            _ if number_too => {
                self.refuse("number or object");
                Fields::Number(f64::NAN)
            }
            _ => {
                self.refuse("object");
                Fields::Entries(fields.iter().map(|field| (*field, Slot::Reported)).collect())
            }
        }
    }
}

/// What stands where a structure is expected.
enum Fields<'a> {
    Number(f64),
    Entries(Vec<(&'a str, Slot<'a>)>),
}

macro_rules! integers {
    ($($method:ident $visit:ident $type:ty),*) => {$(
        fn $method<V: Visitor<'a>>(self, visitor: V) -> Result<V::Value, ReadError> {
            let number = self.integer_up_to(u64::try_from(<$type>::MAX).unwrap_or(u64::MAX));
            visitor.$visit(<$type>::try_from(number).unwrap_or_default())
        }
    )*};
}

impl<'a> Deserializer<'a> for Reader<'a, '_> {
    type Error = ReadError;

    integers!(deserialize_u8 visit_u8 u8, deserialize_u16 visit_u16 u16, deserialize_u32 visit_u32 u32,
        deserialize_u64 visit_u64 u64, deserialize_i32 visit_i32 i32, deserialize_i64 visit_i64 i64);

    fn deserialize_f64<V: Visitor<'a>>(self, visitor: V) -> Result<V::Value, ReadError> {
        visitor.visit_f64(self.number())
    }

    fn deserialize_bool<V: Visitor<'a>>(self, visitor: V) -> Result<V::Value, ReadError> {
        visitor.visit_bool(self.boolean())
    }

    fn deserialize_string<V: Visitor<'a>>(self, visitor: V) -> Result<V::Value, ReadError> {
        visitor.visit_str(self.text())
    }

    fn deserialize_str<V: Visitor<'a>>(self, visitor: V) -> Result<V::Value, ReadError> {
        self.deserialize_string(visitor)
    }

    fn deserialize_option<V: Visitor<'a>>(self, visitor: V) -> Result<V::Value, ReadError> {
        match self.slot {
            Slot::Present(Value::Null) | Slot::Missing | Slot::Reported => visitor.visit_none(),
            Slot::Present(_) => visitor.visit_some(self),
        }
    }

    fn deserialize_enum<V: Visitor<'a>>(
        self,
        _name: &'static str,
        variants: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, ReadError> {
        use serde::de::IntoDeserializer;
        visitor.visit_enum(self.choice(variants).into_deserializer())
    }

    fn deserialize_seq<V: Visitor<'a>>(self, visitor: V) -> Result<V::Value, ReadError> {
        let items = self.items();
        visitor.visit_seq(Items { reader: self, items, next: 0 })
    }

    fn deserialize_map<V: Visitor<'a>>(self, visitor: V) -> Result<V::Value, ReadError> {
        let entries = self.entries();
        visitor.visit_map(Entries { reader: self, entries, next: 0 })
    }

    fn deserialize_struct<V: Visitor<'a>>(
        self,
        name: &'static str,
        fields: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, ReadError> {
        match self.fields(name, fields) {
            Fields::Number(number) => visitor.visit_f64(number),
            Fields::Entries(entries) => visitor.visit_map(Entries { reader: self, entries, next: 0 }),
        }
    }

    fn deserialize_any<V: Visitor<'a>>(self, visitor: V) -> Result<V::Value, ReadError> {
        match self.slot {
            Slot::Present(Value::Bool(_)) => self.deserialize_bool(visitor),
            Slot::Present(Value::Number(_)) => self.deserialize_f64(visitor),
            Slot::Present(Value::String(_)) => self.deserialize_string(visitor),
            Slot::Present(Value::Array(_)) => self.deserialize_seq(visitor),
            Slot::Present(Value::Object(_)) => self.deserialize_map(visitor),
            Slot::Present(Value::Null) | Slot::Missing | Slot::Reported => visitor.visit_unit(),
        }
    }

    fn deserialize_newtype_struct<V: Visitor<'a>>(self, name: &'static str, visitor: V) -> Result<V::Value, ReadError> {
        match self.slot {
            Slot::Missing | Slot::Reported if name == ANY_VALUE => visitor.visit_none(),
            _ => visitor.visit_newtype_struct(self),
        }
    }

    serde::forward_to_deserialize_any! { <V: Visitor<'a>>
        i8 i16 i128 u128 f32 char bytes byte_buf unit unit_struct tuple tuple_struct identifier ignored_any
    }
}

/// The entries of a list. An entry that cannot be read is reported and left out.
struct Items<'a, 'p> {
    reader: Reader<'a, 'p>,
    items: &'a [Value],
    next: usize,
}

impl<'a> SeqAccess<'a> for Items<'a, '_> {
    type Error = ReadError;

    fn next_element_seed<T: DeserializeSeed<'a>>(&mut self, seed: T) -> Result<Option<T::Value>, ReadError> {
        let Some(value) = self.items.get(self.next) else {
            return Ok(None);
        };
        let child = self.reader.child(Slot::Present(value), Step::Item(self.next));
        self.next += 1;
        seed.deserialize(child).map(Some)
    }

    fn size_hint(&self) -> Option<usize> {
        Some(self.items.len() - self.next)
    }
}

/// The entries of an object, those that are absent included.
struct Entries<'a, 'p> {
    reader: Reader<'a, 'p>,
    entries: Vec<(&'a str, Slot<'a>)>,
    next: usize,
}

impl<'a> MapAccess<'a> for Entries<'a, '_> {
    type Error = ReadError;

    fn next_key_seed<K: DeserializeSeed<'a>>(&mut self, seed: K) -> Result<Option<K::Value>, ReadError> {
        use serde::de::IntoDeserializer;
        match self.entries.get(self.next) {
            Some((key, _)) => seed.deserialize((*key).into_deserializer()).map(Some),
            None => Ok(None),
        }
    }

    fn next_value_seed<V: DeserializeSeed<'a>>(&mut self, seed: V) -> Result<V::Value, ReadError> {
        let Some(&(key, slot)) = self.entries.get(self.next) else {
            return Err(ReadError("value".to_owned()));
        };
        self.next += 1;
        seed.deserialize(self.reader.child(slot, Step::Field(key)))
    }
}
