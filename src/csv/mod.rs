//! CSV files of deals: exports of a CRM or of a spreadsheet in, the deals of a scenario out.
//!
//! [`import`] goes bytes → text (`decode`) → rows (`dialect`, `table`) → columns (`header`,
//! `columns`) → deals (`row`, `deal`, `tally`). What is not stated in the options is detected and reported in
//! [`CsvImport::detected`]. Rows that can be read load even where others cannot; each other row is
//! reported with all its reasons. [`export_deals`] writes a file that [`import`] reads back.

mod columns;
mod currency;
mod date;
mod deal;
mod decode;
mod dialect;
mod export;
mod fold;
mod header;
mod import;
mod number;
mod result;
mod row;
mod synonyms;
mod table;
mod tally;
mod types;
mod words;

pub use export::{ExportOptions, export_deals};
pub use import::{MAXIMUM_BYTES, MAXIMUM_COLUMNS, MAXIMUM_ROWS, import};
pub use result::{CsvColumn, CsvDetected, CsvImport, CsvNote, CsvNoteCode, CsvSkipped, CsvStage, CsvWon, CsvWonMonth};
pub use types::{
    ColumnMapping, Crm, CsvField, CsvOptions, DateOrder, DecimalMark, Delimiter, Encoding, HeaderLanguage, MatchedBy,
    ProbabilityScale,
};

/// Number of a column from 1.
fn number_of(column: usize) -> u32 {
    u32::try_from(column + 1).unwrap_or(u32::MAX)
}

/// A text of at most so many characters; `…` stands for what is left out.
fn shorten(text: &str, maximum: usize) -> String {
    match text.char_indices().nth(maximum) {
        Some((end, _)) => format!("{}…", &text[..end]),
        None => text.to_owned(),
    }
}
