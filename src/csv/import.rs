//! A file of deals, read.

use super::columns::{self, Reading};
use super::date::Date;
use super::header::{self, Header};
use super::result::{CsvColumn, CsvDetected, CsvImport, CsvNote, CsvNoteCode, CsvSkipped, CsvWon};
use super::row::{Context, Row};
use super::table::{self, Record, Table};
use super::types::{CsvField, CsvOptions, Delimiter, Encoding};
use super::words::{self, Outcome};
use super::{decode, dialect, number_of, shorten, tally};
use crate::error::{ErrorCode, InputError};
use crate::scenario::validate::{MAXIMUM_DEALS, parse_month};

/// Largest file, in bytes.
pub const MAXIMUM_BYTES: usize = 32 << 20;
/// Most rows after the header.
pub const MAXIMUM_ROWS: usize = MAXIMUM_DEALS;
/// Most columns that are looked at.
pub const MAXIMUM_COLUMNS: usize = 1000;
/// Rows that may stand before the header.
const ROWS_BEFORE: usize = 31;
/// Longest sample of a column, in characters.
const SAMPLE_LENGTH: usize = 80;

impl CsvImport {
    /// A result with nothing read.
    fn nothing(errors: Vec<InputError>) -> Self {
        Self {
            detected: None,
            columns: Vec::new(),
            deals: Vec::new(),
            stages: Vec::new(),
            errors,
            warnings: Vec::new(),
            notes: Vec::new(),
            rows: 0,
            blank_rows: 0,
            bad_rows: 0,
            skipped: CsvSkipped::default(),
            won: CsvWon::default(),
            overdue: 0,
        }
    }
}

/// Reads a file of deals. Never fails as a whole where a row can be read: what is wrong is in
/// `errors`, with row and column, and the other rows load.
///
/// ```
/// use dealcast::csv::{CsvOptions, DecimalMark, Delimiter, import};
/// let file = "Nom de l'opportunité;Montant;Date de clôture;Étape;Probabilité (%)\n\
///             Renouvellement Alto;12 500,50 €;31/03/2026;Proposition;60\n\
///             Projet Basalte;à définir;15/04/2026;Découverte;20\n";
/// let options = CsvOptions { start_month: Some("2026-03".into()), ..CsvOptions::default() };
/// let result = import(file.as_bytes(), &options);
/// let detected = result.detected.as_ref().unwrap();
/// assert_eq!((detected.delimiter, detected.decimal), (Delimiter::Semicolon, DecimalMark::Comma));
/// assert_eq!(result.deals.len(), 1);
/// assert_eq!(result.deals[0].expected_close_month, 1);
/// assert_eq!((result.errors[0].row, result.errors[0].column), (Some(3), Some(2)));
/// ```
#[must_use]
pub fn import(bytes: &[u8], options: &CsvOptions) -> CsvImport {
    if bytes.len() > MAXIMUM_BYTES {
        let error = InputError::at("", ErrorCode::TooLarge);
        return CsvImport::nothing(vec![error.with("size", bytes.len()).with("maximum", MAXIMUM_BYTES)]);
    }
    if let Some(kind) = decode::other_kind(bytes) {
        return CsvImport::nothing(vec![InputError::at("", ErrorCode::CsvNotText).with("found", kind)]);
    }
    let (text, encoding) = match decode::decode(bytes, options.encoding) {
        Ok(decoded) => decoded,
        Err(error) => return CsvImport::nothing(vec![error]),
    };
    let (stated, body, first_line) = match dialect::separator_line(&text) {
        Some((delimiter, rest)) => (Some(delimiter), rest, 2),
        None => (None, &*text, 1),
    };
    let delimiter = options.delimiter.or(stated).unwrap_or_else(|| dialect::detect(body));
    let table = table::parse(body, delimiter.byte(), first_line, MAXIMUM_ROWS + ROWS_BEFORE);
    let chosen = options.header_row.map(|row| table.records.iter().position(|record| record.row == row));
    let Some(header_at) = chosen.flatten().or_else(|| dialect::header_record(&table)) else {
        return CsvImport::nothing(vec![InputError::at("", ErrorCode::CsvEmpty)]);
    };
    File { table, header_at, delimiter, encoding, options }.read()
}

/// A file in rows and cells.
struct File<'a> {
    table: Table,
    header_at: usize,
    delimiter: Delimiter,
    encoding: Encoding,
    options: &'a CsvOptions,
}

impl File<'_> {
    fn read(&self) -> CsvImport {
        let (table, options) = (&self.table, self.options);
        let mut result = CsvImport::nothing(Vec::new());
        let header_record = &table.records[self.header_at];
        let width = table.width(header_record);
        if width > MAXIMUM_COLUMNS {
            let error = InputError::in_cell(header_record.row, None, ErrorCode::ListLength).with("count", width);
            let error = error.with("line", header_record.line).with("minimum", 1);
            result.errors.push(error.with("maximum", MAXIMUM_COLUMNS));
        }
        let headers: Vec<&str> =
            (0..width.min(MAXIMUM_COLUMNS)).map(|column| table.cell(header_record, column)).collect();
        let header = header::read(&headers, options.mapping.as_deref().unwrap_or_default());
        let (before, after) = table.records.split_at(self.header_at);
        let before = before.iter().filter(|record| !table.is_blank(record)).count();
        if before > 0 {
            result.notes.push(CsvNote::new(CsvNoteCode::RowsBeforeHeader).with("count", before));
        }
        let mut rows: Vec<Record> = after[1..].iter().filter(|record| !table.is_blank(record)).cloned().collect();
        self.limits(&mut rows, &mut result);
        result.rows = count(rows.len());
        result.blank_rows = (table.last_row - header_record.row)
            .saturating_sub(count(table.count - self.header_at - 1))
            + count(after.len() - 1 - after[1..].iter().filter(|record| !table.is_blank(record)).count());
        if rows.is_empty() {
            result.errors.push(InputError::at("", ErrorCode::CsvEmpty));
        }
        self.leave_out(&mut rows, &header, &mut result);
        let reading = columns::look(table, &rows, &header, self.delimiter, options, &mut result.notes);
        result.columns = self.columns(&headers, &header, &rows);
        self.second_columns(&headers, &header, &mut result.notes);
        self.rows(&rows, width, &header, &reading, &mut result);
        result
    }

    /// Keeps the row limit.
    fn limits(&self, rows: &mut Vec<Record>, result: &mut CsvImport) {
        let left_out = self.table.count - self.table.records.len();
        if rows.len() + left_out > MAXIMUM_ROWS {
            let error = InputError::at("", ErrorCode::ListLength).with("count", rows.len() + left_out);
            result.errors.push(error.with("minimum", 0).with("maximum", MAXIMUM_ROWS));
        }
        rows.truncate(MAXIMUM_ROWS);
    }

    /// Leaves out what a report adds to its rows: totals, and closing lines at the end.
    fn leave_out(&self, rows: &mut Vec<Record>, header: &Header, result: &mut CsvImport) {
        let table = &self.table;
        let filled = |record: &Record| {
            let mut cells = (0..table.width(record)).map(|column| table.cell(record, column));
            let first = cells.find(|cell| !cell.is_empty());
            first.map(|first| (first.to_owned(), cells.all(str::is_empty)))
        };
        let tail = rows.iter().rev().take_while(|record| filled(record).is_some_and(|(_, alone)| alone)).count();
        let (data, closing) = rows.split_at(rows.len() - tail);
        let first_footer =
            closing.iter().position(|record| filled(record).is_some_and(|(first, _)| words::is_footer(&first)));
        let keep = data.len() + first_footer.unwrap_or(tail);
        result.skipped.footer = count(rows.len() - keep);
        rows.truncate(keep);
        let close = header.column(CsvField::CloseDate).or_else(|| header.column(CsvField::CloseMonth));
        let before = rows.len();
        rows.retain(|record| {
            let undated = close.is_none_or(|column| table.cell(record, column).is_empty());
            !(undated && filled(record).is_some_and(|(first, _)| words::is_total(&first)))
        });
        result.skipped.summary = count(before - rows.len());
    }

    fn columns(&self, headers: &[&str], header: &Header, rows: &[Record]) -> Vec<CsvColumn> {
        let column = |index: usize| {
            let mut samples: Vec<String> = Vec::new();
            for record in rows {
                let sample = self.table.cell(record, index);
                if samples.len() == 3 {
                    break;
                }
                if !sample.is_empty() {
                    let sample = shorten(sample, SAMPLE_LENGTH);
                    if !samples.contains(&sample) {
                        samples.push(sample);
                    }
                }
            }
            let found = header.columns[index];
            CsvColumn {
                column: number_of(index),
                header: headers[index].to_owned(),
                field: found.map(|found| found.field),
                matched_by: found.map(|found| found.by),
                samples,
            }
        };
        (0..headers.len()).map(column).collect()
    }

    /// Tells of columns that name a field which matters and which another column gives.
    fn second_columns(&self, headers: &[&str], header: &Header, notes: &mut Vec<CsvNote>) {
        use CsvField::{Amount, CloseDate, DealId, Name, Probability, Stage};
        for (column, field) in &header.second {
            if [DealId, Name, Amount, CloseDate, Stage, Probability].contains(field) {
                let note = CsvNote::new(CsvNoteCode::SecondColumn).with("field", columns::field_name(*field));
                let mut note = note.with("header", headers[*column]);
                note.column = Some(number_of(*column));
                notes.push(note);
            }
        }
    }

    /// Month 1, in months since the year 0: as stated, else that of today, else the first one with an open deal.
    fn start(&self, context: &Context, rows: &[Record], result: &mut CsvImport) -> Option<i32> {
        let stated = self.options.start_month.as_deref().and_then(|text| {
            let month = parse_month(text).map(|(year, month)| i32::from(year) * 12 + i32::from(month) - 1);
            if month.is_none() {
                result
                    .errors
                    .push(InputError::at("/start_month", ErrorCode::CsvNotADate).with("text", shorten(text, 40)));
            }
            month
        });
        stated.or_else(|| context.today.map(Date::months)).or_else(|| {
            let open = rows.iter().map(|record| Row::new(context, record));
            let months = open.filter_map(|mut row| match row.outcome() {
                Outcome::Open => row.date(CsvField::CloseDate).map(Date::months),
                _ => None,
            });
            let first = months.min();
            if first.is_some() {
                result.notes.push(CsvNote::new(CsvNoteCode::StartMonthFromFile));
            }
            first
        })
    }

    fn rows(&self, rows: &[Record], width: usize, header: &Header, reading: &Reading, result: &mut CsvImport) {
        let today = self.options.today.as_deref().and_then(|text| {
            let date = Date::iso(text);
            if date.is_none() {
                result.errors.push(InputError::at("/today", ErrorCode::CsvNotADate).with("text", shorten(text, 40)));
            }
            date
        });
        let mut context = Context { table: &self.table, header, reading, start: None, today };
        context.start = self.start(&context, rows, result);
        let mut tally = tally::Tally::new(self.options, context.start);
        let missing = missing_columns(header);
        for field in &missing {
            result.errors.push(InputError::at("", ErrorCode::CsvNoColumn).with("field", columns::field_name(*field)));
        }
        let mut short = 0;
        for record in rows {
            let mut row = Row::new(&context, record);
            if let Some(error) = row.damage(width) {
                result.bad_rows += 1;
                result.errors.push(error);
                continue;
            }
            match row.outcome() {
                Outcome::Won => {
                    result.skipped.closed_won += 1;
                    tally.won(&row);
                }
                Outcome::Lost => {
                    result.skipped.closed_lost += 1;
                    tally.lost(&row);
                }
                Outcome::Open if !missing.is_empty() => result.bad_rows += 1,
                Outcome::Open => match row.open() {
                    Ok(open) => {
                        short += usize::from(self.table.width(record) < width);
                        tally.open(open, record);
                    }
                    Err(errors) => {
                        result.bad_rows += 1;
                        result.errors.extend(errors);
                    }
                },
            }
        }
        if short > 0 {
            result.notes.push(CsvNote::new(CsvNoteCode::ShortRows).with("count", short));
        }
        let currency = tally.finish(result);
        result.detected = Some(self.detected(header, reading, context.start, currency));
    }

    fn detected(
        &self,
        header: &Header,
        reading: &Reading,
        start: Option<i32>,
        currency: Option<String>,
    ) -> CsvDetected {
        let probability = header.column(CsvField::Probability).is_some();
        CsvDetected {
            delimiter: self.delimiter,
            encoding: self.encoding,
            decimal: reading.decimal,
            decimal_ambiguous: reading.decimal_ambiguous,
            date_order: reading.date_order,
            date_order_ambiguous: reading.date_order_ambiguous,
            probability_scale: probability.then_some(reading.scale),
            probability_scale_ambiguous: reading.scale_ambiguous,
            header_row: self.table.records[self.header_at].row,
            language: header.language,
            crm: header.crm,
            currency,
            start_month: start.map(tally::month_text),
        }
    }
}

/// Fields without which no row is a deal and which no column gives.
fn missing_columns(header: &Header) -> Vec<CsvField> {
    let lacks = |fields: &[CsvField]| fields.iter().all(|field| header.column(*field).is_none());
    let mut missing = Vec::new();
    if lacks(&[CsvField::Amount, CsvField::AmountDistribution]) {
        missing.push(CsvField::Amount);
    }
    if lacks(&[CsvField::CloseDate, CsvField::CloseMonth]) {
        missing.push(CsvField::CloseDate);
    }
    if lacks(&[CsvField::Stage, CsvField::Status, CsvField::Probability]) {
        missing.push(CsvField::Stage);
    }
    missing
}

/// A count as the result gives it.
pub(super) fn count(number: usize) -> u32 {
    u32::try_from(number).unwrap_or(u32::MAX)
}
