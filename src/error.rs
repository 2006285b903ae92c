//! Input errors as data: a code, the place, and parameters. Sentences live in the page's catalogues.

use serde::Serialize;
use serde_json::{Map, Value};

/// What is wrong with an input. The page has one sentence per code and language.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, schemars::JsonSchema)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(target_arch = "wasm32", derive(tsify::Tsify))]
pub enum ErrorCode {
    /// The text is not JSON. Parameters: `line`, `column`.
    JsonSyntax,
    /// The document's `schema` is not one this version reads. Parameters: `found`, `supported`.
    UnsupportedSchema,
    /// A required field is absent.
    MissingField,
    /// A field that the document does not define. Parameter: `allowed`.
    UnknownField,
    /// A value of another type. Parameters: `expected`, `found`.
    WrongType,
    /// A whole number is needed. Parameter: `found`.
    NotAnInteger,
    /// One of a fixed list is needed. Parameters: `found`, `allowed`.
    UnknownChoice,
    /// A distribution where the model cannot vary the input.
    CannotVary,
    /// A number outside its range. Parameters: `value`, and `minimum`, `maximum` where they exist.
    OutOfRange,
    /// A text of the wrong length. Parameters: `length`, `maximum`.
    TextLength,
    /// A list with too few or too many entries. Parameters: `count`, `minimum`, `maximum`.
    ListLength,
    /// Two entries share an identifier. Parameters: `value`, `first` (pointer of the first).
    Duplicate,
    /// Low, likely and high are not in order. Parameters: `lower`, `upper` (names of the two fields).
    OutOfOrder,
    /// Probabilities that do not sum to one. Parameter: `sum`.
    SumNotOne,
    /// Two fields of which only one can count. Parameter: `other` (name of the other field).
    NotTogether,
    /// Neither the deal nor its stage gives a win rate.
    NoWinRate,
    /// A stage that the scenario does not list. Parameter: `stage`.
    UnknownStage,
    /// More deals won than closed. Parameters: `won`, `closed`.
    WonExceedsClosed,
    /// Inputs that leave no margin on any deal.
    NoMargin,
    /// A plan that the scenario does not list. Parameter: `plan`.
    UnknownPlan,
    /// A plan that builds on itself. Parameter: `plan`.
    PlanCycle,
    /// A change with no operation, or with several. Parameter: `count`.
    OneOperation,
    /// A change of a field that the document does not state, or cannot have. Parameter: `at`.
    NoSuchField,
    /// An operation that the value there does not allow. Parameters: `operation`, `found`.
    CannotChange,
    /// An outcome that the scenario does not have. Parameter: `outcome`.
    NoSuchOutcome,
    /// A probability of reaching a target, without a target.
    NoTarget,
    /// The document has no model section.
    NoSection,
    /// A CSV file without any usable row.
    CsvEmpty,
    /// A CSV row with another number of cells than the header. Parameters: `expected`, `found`.
    CsvCellCount,
    /// No column of the CSV file gives a field that is needed. Parameter: `field`.
    CsvNoColumn,
    /// A cell that is needed is empty. Parameter: `field`.
    CsvEmptyCell,
    /// A cell that is not a number. Parameters: `field`, `text`.
    CsvNotANumber,
    /// A cell that is not a date. Parameters: `field`, `text`.
    CsvNotADate,
    /// A CSV amount that is zero or less. Parameters: `field`, `text`.
    CsvNotPositive,
    /// A CSV date after the last month that a scenario can have. Parameters: `field`, `text`, `maximum` (months).
    CsvDateTooLate,
    /// Bytes of another kind of file than CSV. Parameter: `found`, its kind, such as `xlsx`.
    CsvNotText,
    /// A quote of a CSV row opens and does not close.
    CsvUnclosedQuote,
    /// An identifier that an earlier CSV row has. Parameters: `value`, `first_row`.
    CsvDuplicate,
    /// The bytes cannot be read as text of the encoding. Parameter: `encoding`.
    CsvEncoding,
    /// The file is larger than what is read. Parameters: `size`, `maximum`.
    TooLarge,
    /// Parts of a simulation that do not belong to the scenario.
    ForeignPart,
}

/// One error of an input, located.
///
/// ```
/// use dealcast::error::{ErrorCode, InputError};
/// let error = InputError::at("/open_pipeline/target", ErrorCode::MissingField);
/// assert_eq!(serde_json::to_string(&error).unwrap(),
///   r#"{"code":"missing_field","path":"/open_pipeline/target","params":{}}"#);
/// ```
#[derive(Debug, Clone, PartialEq, Serialize, schemars::JsonSchema)]
#[cfg_attr(target_arch = "wasm32", derive(tsify::Tsify))]
pub struct InputError {
    /// What is wrong.
    pub code: ErrorCode,
    /// JSON pointer (RFC 6901) into the scenario; empty for the whole document or for a CSV file.
    pub path: String,
    /// Row of the CSV file, counted from 1 with the header row, as a spreadsheet shows it.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(target_arch = "wasm32", tsify(optional))]
    pub row: Option<u32>,
    /// Column of the CSV file, from 1.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(target_arch = "wasm32", tsify(optional))]
    pub column: Option<u32>,
    /// Values the sentence needs, by name.
    #[cfg_attr(target_arch = "wasm32", tsify(type = "Record<string, unknown>"))]
    pub params: Map<String, Value>,
}

impl InputError {
    /// An error at a JSON pointer.
    #[must_use]
    pub fn at(path: impl Into<String>, code: ErrorCode) -> Self {
        Self { code, path: path.into(), row: None, column: None, params: Map::new() }
    }

    /// An error in a cell of a CSV file (row and column from 1; `None` for the whole row).
    #[must_use]
    pub fn in_cell(row: u32, column: Option<u32>, code: ErrorCode) -> Self {
        Self { code, path: String::new(), row: Some(row), column, params: Map::new() }
    }

    /// The same error with one more parameter.
    #[must_use]
    pub fn with(mut self, name: &str, value: impl Into<Value>) -> Self {
        self.params.insert(name.to_owned(), value.into());
        self
    }
}

/// One step of a JSON pointer, escaped as RFC 6901 asks.
#[must_use]
pub fn pointer_step(parent: &str, key: &str) -> String {
    format!("{parent}/{}", key.replace('~', "~0").replace('/', "~1"))
}
