//! What an import answers.

use super::types::{
    Crm, CsvField, DateOrder, DecimalMark, Delimiter, Encoding, HeaderLanguage, MatchedBy, ProbabilityScale,
};
use crate::error::InputError;
use crate::scenario::open_pipeline::{Deal, document};
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

document! {
/// How the file was read.
pub struct CsvDetected {
    /// What stands between two cells.
    pub delimiter: Delimiter,
    /// Encoding.
    pub encoding: Encoding,
    /// Decimal mark of the amounts.
    pub decimal: DecimalMark,
    /// No number of the file shows which mark is the decimal one, and at least one depends on it.
    pub decimal_ambiguous: bool,
    /// Order of the close dates; absent without numeric dates.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub date_order: Option<DateOrder>,
    /// No date of the column shows which number is the day, and at least one depends on it.
    pub date_order_ambiguous: bool,
    /// How probabilities are written; absent without a probability column.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub probability_scale: Option<ProbabilityScale>,
    /// Every probability is 0 or 1: read as fractions.
    pub probability_scale_ambiguous: bool,
    /// Row of the header, from 1.
    pub header_row: u32,
    /// Language of the header.
    pub language: HeaderLanguage,
    /// Program that wrote the file.
    pub crm: Crm,
    /// Currency of the amounts, ISO 4217, where the file names exactly one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub currency: Option<String>,
    /// Calendar month that month 1 was taken to be, YYYY-MM; absent without any date.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub start_month: Option<String>,
}
}

document! {
/// A column of the file.
pub struct CsvColumn {
    /// Column, from 1.
    pub column: u32,
    /// Header as the file writes it.
    pub header: String,
    /// What it means; absent: not used.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub field: Option<CsvField>,
    /// How that was found.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub matched_by: Option<MatchedBy>,
    /// The first different values, up to three, long ones cut with `…`.
    pub samples: Vec<String>,
}
}

document! {
/// A stage that the file names.
pub struct CsvStage {
    /// Name, as the deals carry it.
    pub stage: String,
    /// Whether the scenario lists it.
    pub known: bool,
    /// Open deals in it.
    pub open: u32,
    /// Rows closed as won that still carry it.
    pub won: u32,
    /// Rows closed as lost that still carry it.
    pub lost: u32,
    /// Mean of the file's probabilities over its open deals: a suggestion for its win rate.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub mean_probability: Option<f64>,
}
}

document! {
/// Rows that are no open deals.
#[derive(Default)]
pub struct CsvSkipped {
    /// Deals closed as won.
    pub closed_won: u32,
    /// Deals closed as lost.
    pub closed_lost: u32,
    /// Totals and subtotals of a report.
    pub summary: u32,
    /// Closing lines of a report, such as its copyright.
    pub footer: u32,
}
}

document! {
/// Deals won in one calendar month.
pub struct CsvWonMonth {
    /// Calendar month, YYYY-MM.
    pub month: String,
    /// Deals.
    pub deals: u32,
    /// Their amounts.
    pub amount: f64,
}
}

document! {
/// What the closed won deals amount to.
#[derive(Default)]
pub struct CsvWon {
    /// Closed won deals whose date lies in the target window and whose amount can be read.
    pub deals_in_window: u32,
    /// Their amounts: a suggestion for `already_won`.
    pub amount_in_window: f64,
    /// All closed won deals that can be read, by month of their date, earliest first.
    pub by_month: Vec<CsvWonMonth>,
    /// Closed won deals whose date or amount cannot be read; they are in no sum.
    pub unreadable: u32,
}
}

document! {
/// What a reader of the result should know. The page has one sentence per code and language.
pub enum CsvNoteCode {
    /// Probabilities of 0 or 100 % of open deals became 0.1 % and 99.9 %. Parameter: `count`.
    ProbabilityClamped,
    /// Identifiers were made from name and account, for deals without one. Parameter: `count`.
    IdentifierMade,
    /// More than one currency: amounts were not converted. Parameter: `currencies`.
    MixedCurrencies,
    /// Numbers with both decimal marks in one column. Parameter: `field`.
    MixedDecimals,
    /// Dates in both orders in one column. Parameter: `field`.
    MixedDateOrders,
    /// Dates stored as spreadsheet day numbers. Parameters: `field`, `count`.
    SpreadsheetDates,
    /// Rows with fewer cells than the header: the missing ones were taken as empty. Parameter: `count`.
    ShortRows,
    /// Rows before the header were left out. Parameter: `count`.
    RowsBeforeHeader,
    /// A second column for the same field is not used. Parameters: `field`, `header`.
    SecondColumn,
    /// "Most likely" was taken as best case. Parameter: `count`.
    MostLikelyAsBestCase,
    /// Neither `start_month` nor `today` was given: month 1 is the first month with an open deal.
    StartMonthFromFile,
}
}

/// A note.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(not(target_arch = "wasm32"), derive(schemars::JsonSchema))]
#[cfg_attr(target_arch = "wasm32", derive(tsify::Tsify))]
pub struct CsvNote {
    /// What.
    pub code: CsvNoteCode,
    /// Column of the file, from 1, where the note is about one.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(target_arch = "wasm32", tsify(optional))]
    pub column: Option<u32>,
    /// Values the sentence needs, by name.
    #[cfg_attr(target_arch = "wasm32", tsify(type = "Record<string, unknown>"))]
    pub params: Map<String, Value>,
}

impl CsvNote {
    /// A note on the file.
    pub(super) fn new(code: CsvNoteCode) -> Self {
        Self { code, column: None, params: Map::new() }
    }

    /// The same note with one more parameter.
    pub(super) fn with(mut self, name: &str, value: impl Into<Value>) -> Self {
        self.params.insert(name.to_owned(), value.into());
        self
    }
}

/// The result of an import. Every row that is not blank is counted once:
/// `rows = deals + skipped + bad_rows`.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(not(target_arch = "wasm32"), derive(schemars::JsonSchema))]
#[cfg_attr(target_arch = "wasm32", derive(tsify::Tsify))]
pub struct CsvImport {
    /// How the file was read; absent where it could not be.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(target_arch = "wasm32", tsify(optional))]
    pub detected: Option<CsvDetected>,
    /// Columns of the file.
    pub columns: Vec<CsvColumn>,
    /// Open deals, in the order of the file.
    pub deals: Vec<Deal>,
    /// Stages found, in the order of the file.
    pub stages: Vec<CsvStage>,
    /// What keeps rows (or the whole file) from being loaded.
    pub errors: Vec<InputError>,
    /// Cells of loaded deals that could not be used: the deal does without.
    pub warnings: Vec<InputError>,
    /// What else a reader should know.
    pub notes: Vec<CsvNote>,
    /// Rows after the header that are not blank.
    pub rows: u32,
    /// Blank rows after the header.
    pub blank_rows: u32,
    /// Rows with at least one error.
    pub bad_rows: u32,
    /// Rows that are no open deals.
    pub skipped: CsvSkipped,
    /// Closed won deals.
    pub won: CsvWon,
    /// Open deals whose date has passed, moved to month 1 (to the month of today, where that is later).
    pub overdue: u32,
}
