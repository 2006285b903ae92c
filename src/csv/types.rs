//! Words of a file's layout, and what an import is asked.

use crate::scenario::open_pipeline::{Stage, TargetWindow, document};
use serde::{Deserialize, Serialize};

document! {
/// What stands between two cells.
pub enum Delimiter {
    /// `,`
    Comma,
    /// `;`
    Semicolon,
    /// Tabulator.
    Tab,
    /// `|`
    Pipe,
}
}

document! {
/// Encoding of the bytes.
pub enum Encoding {
    /// UTF-8, with or without a byte order mark.
    Utf8,
    /// UTF-16, low byte first.
    Utf16Le,
    /// UTF-16, high byte first.
    Utf16Be,
    /// Windows code page 1252 (western Europe).
    Windows1252,
}
}

document! {
/// The mark before the decimals of a number.
pub enum DecimalMark {
    /// `,`
    Comma,
    /// `.`
    Point,
}
}

document! {
/// Order of day (d), month (m) and year (y) in dates written with numbers alone.
pub enum DateOrder {
    /// 31/03/2026.
    Dmy,
    /// 03/31/2026.
    Mdy,
    /// 2026-03-31.
    Ymd,
}
}

document! {
/// How a column writes probabilities.
pub enum ProbabilityScale {
    /// 0 to 1.
    Fraction,
    /// 0 to 100.
    Percent,
}
}

document! {
/// Program that wrote a file.
pub enum Crm {
    /// Salesforce.
    Salesforce,
    /// HubSpot.
    Hubspot,
    /// Pipedrive.
    Pipedrive,
    /// None of these, or not recognised.
    Unknown,
}
}

document! {
/// Language of the header row.
pub enum HeaderLanguage {
    /// English.
    En,
    /// French.
    Fr,
}
}

document! {
/// What a column means.
pub enum CsvField {
    /// Identifier of the deal.
    DealId,
    /// Name of the deal.
    Name,
    /// Company that buys; part of the identifier of a deal without one.
    Account,
    /// Amount.
    Amount,
    /// Distribution of the amount, as JSON (this program's own export).
    AmountDistribution,
    /// Currency of the amount.
    Currency,
    /// Date of the expected signature.
    CloseDate,
    /// Month of the expected signature, counted from 1.
    CloseMonth,
    /// Date of the signature or loss of a closed deal.
    ClosedOn,
    /// Stage.
    Stage,
    /// Win probability.
    Probability,
    /// Open, won or lost.
    Status,
    /// Whether the deal is closed (yes or no).
    IsClosed,
    /// Whether the deal is won (yes or no).
    IsWon,
    /// Whether the deal is lost (yes or no).
    IsLost,
    /// Owner.
    Owner,
    /// Forecast category.
    ForecastCategory,
    /// Date the deal was opened.
    CreatedDate,
    /// Days since the deal was opened.
    AgeDays,
    /// Lead source.
    Source,
    /// Segment.
    Segment,
    /// Law of the delay, as JSON (this program's own export).
    Slippage,
    /// MEDDIC: metrics.
    Metrics,
    /// MEDDIC: economic buyer.
    EconomicBuyer,
    /// MEDDIC: decision criteria.
    DecisionCriteria,
    /// MEDDIC: decision process.
    DecisionProcess,
    /// MEDDIC: identified pain.
    IdentifiedPain,
    /// MEDDIC: champion.
    Champion,
}
}

document! {
/// How a column was matched with its field.
pub enum MatchedBy {
    /// By its header, known as such.
    Header,
    /// By a word in its header.
    HeaderWord,
    /// By `mapping` of the options.
    Mapping,
}
}

document! {
/// A correction of the mapping.
pub struct ColumnMapping {
    /// Column, from 1.
    pub column: u32,
    /// What it means; absent: nothing.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub field: Option<CsvField>,
}
}

document! {
/// How to read a file; what is absent is detected.
#[derive(Default)]
pub struct CsvOptions {
    /// Calendar month of month 1, YYYY-MM. Default: the month of `today`, else the first one in the file.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub start_month: Option<String>,
    /// Today, YYYY-MM-DD: an open deal expected before it is overdue, and ages count to it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub today: Option<String>,
    /// What stands between two cells.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub delimiter: Option<Delimiter>,
    /// Encoding.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub encoding: Option<Encoding>,
    /// Decimal mark of all numbers.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub decimal: Option<DecimalMark>,
    /// Order of numeric dates.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub date_order: Option<DateOrder>,
    /// Row of the header, from 1.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub header_row: Option<u32>,
    /// Corrections of the mapping.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub mapping: Option<Vec<ColumnMapping>>,
    /// Stages of the scenario: deals take their spelling.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub stages: Option<Vec<Stage>>,
    /// Window in which closed won deals count as already won. Default: months 1 to 3.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub target_window: Option<TargetWindow>,
}
}
