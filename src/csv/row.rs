//! The cells of one row: numbers, dates, whether the deal is open.

use super::columns::{Reading, field_name};
use super::date::{self, Date};
use super::header::Header;
use super::number::{Number, number};
use super::table::{MAXIMUM_CELL, Problem, Record, Table};
use super::types::{CsvField, DateOrder, ProbabilityScale};
use super::words::{self, Category, Outcome};
use super::{number_of, shorten};
use crate::error::{ErrorCode, InputError};

/// Longest text of a cell in an error, in characters.
const SHOWN: usize = 120;

/// What all rows share.
pub(super) struct Context<'a> {
    /// The file.
    pub table: &'a Table,
    /// Its columns.
    pub header: &'a Header,
    /// How they are read.
    pub reading: &'a Reading,
    /// Month 1, in months since the year 0; nothing without any date.
    pub start: Option<i32>,
    /// Today.
    pub today: Option<Date>,
}

/// A row being read.
pub(super) struct Row<'a> {
    /// What it shares with the others.
    pub context: &'a Context<'a>,
    record: &'a Record,
    /// Why it is no deal.
    pub errors: Vec<InputError>,
    /// Cells that the deal does without.
    pub warnings: Vec<InputError>,
}

impl<'a> Row<'a> {
    /// A row.
    pub fn new(context: &'a Context<'a>, record: &'a Record) -> Self {
        Self { context, record, errors: Vec::new(), warnings: Vec::new() }
    }

    /// The cell of a field; empty where no column gives it.
    pub fn cell(&self, field: CsvField) -> &'a str {
        let column = self.context.header.column(field);
        column.map_or("", |column| self.context.table.cell(self.record, column))
    }

    /// The stage: of its column, else of a status that says more than open, won or lost.
    pub fn stage(&self) -> (CsvField, &'a str) {
        if self.context.header.column(CsvField::Stage).is_some() {
            return (CsvField::Stage, self.cell(CsvField::Stage));
        }
        let status = self.cell(CsvField::Status);
        (CsvField::Status, if words::status_outcome(status).is_some() { "" } else { status })
    }

    /// An error in the cell of a field, or of the whole row.
    pub fn error(&self, field: Option<CsvField>, code: ErrorCode) -> InputError {
        let column = field.and_then(|field| self.context.header.column(field)).map(number_of);
        let error = InputError::in_cell(self.record.row, column, code).with("line", self.record.line);
        match field {
            Some(field) => error.with("field", field_name(field)),
            None => error,
        }
    }

    /// An error with the text of its cell.
    pub fn unreadable(&self, field: CsvField, code: ErrorCode) -> InputError {
        let name = if code == ErrorCode::UnknownChoice { "found" } else { "text" };
        self.error(Some(field), code).with(name, shorten(self.cell(field), SHOWN))
    }

    /// An error of a number outside its range.
    pub fn out_of_range(&self, field: CsvField, value: f64, minimum: f64, maximum: f64) -> InputError {
        let error = self.unreadable(field, ErrorCode::OutOfRange).with("value", value);
        error.with("minimum", minimum).with("maximum", maximum)
    }

    /// Reasons why the cells as a whole cannot be read; then none of them is.
    pub fn damage(&self, width: usize) -> Option<InputError> {
        let (table, record) = (self.context.table, self.record);
        match record.problem {
            Some(Problem::UnclosedQuote) => return Some(self.error(None, ErrorCode::CsvUnclosedQuote)),
            Some(Problem::LongCell(size)) => {
                let error = self.error(None, ErrorCode::TooLarge);
                return Some(error.with("size", size).with("maximum", MAXIMUM_CELL));
            }
            None => {}
        }
        let found = table.width(record);
        let surplus = (width..found).any(|column| !table.cell(record, column).is_empty());
        let needed = [CsvField::Amount, CsvField::CloseDate, CsvField::CloseMonth];
        let mut needed = needed.iter().filter_map(|field| self.context.header.column(*field));
        (surplus || needed.any(|column| column >= found))
            .then(|| self.error(None, ErrorCode::CsvCellCount).with("expected", width).with("found", found))
    }

    /// Whether the deal is open, won or lost: by its status, its flags, its stage, its category.
    pub fn outcome(&mut self) -> Outcome {
        let status = self.cell(CsvField::Status);
        if let Some(outcome) = words::status_outcome(status) {
            return outcome;
        }
        let (stage_field, stage) = self.stage();
        if !status.is_empty() && stage_field == CsvField::Stage {
            self.warnings.push(self.unreadable(CsvField::Status, ErrorCode::UnknownChoice));
        }
        let flag = |field| words::yes_no(self.cell(field));
        let (closed, won, lost) = (flag(CsvField::IsClosed), flag(CsvField::IsWon), flag(CsvField::IsLost));
        match (closed, won, lost) {
            (_, Some(true), _) => return Outcome::Won,
            (_, _, Some(true)) | (Some(true), Some(false), _) => return Outcome::Lost,
            (Some(true), None, Some(false)) => return Outcome::Won,
            _ => {}
        }
        let category = words::category(self.cell(CsvField::ForecastCategory));
        match (words::stage_outcome(stage), category, closed) {
            (Some(outcome), _, _) => outcome,
            (None, Some(Category::Closed), _) => Outcome::Won,
            (None, _, Some(true)) => match self.fraction() {
                Some(Ok(probability)) if probability >= 1.0 => Outcome::Won,
                _ => Outcome::Lost,
            },
            _ => Outcome::Open,
        }
    }

    /// The number in the cell of a field; nothing where it is none.
    pub fn number(&self, field: CsvField) -> Option<Number> {
        let style = match field {
            CsvField::Amount => self.context.reading.amount,
            CsvField::Probability => self.context.reading.probability,
            _ => self.context.reading.age,
        };
        number(self.cell(field), style)
    }

    /// The date in the cell of a field; nothing where it is none.
    pub fn date(&self, field: CsvField) -> Option<Date> {
        let reading = self.context.reading;
        let order: DateOrder = match field {
            CsvField::ClosedOn => reading.closed_on,
            CsvField::CreatedDate => reading.created,
            _ => reading.close,
        };
        date::found(self.cell(field)).and_then(|found| found.date(order))
    }

    /// When a closed deal was closed.
    pub fn closed_on(&self) -> Option<Date> {
        self.date(CsvField::ClosedOn).or_else(|| self.date(CsvField::CloseDate))
    }

    /// The probability as a fraction, read as the column is written; nothing where the cell is empty.
    pub fn fraction(&self) -> Option<Result<f64, ErrorCode>> {
        if self.cell(CsvField::Probability).is_empty() {
            return None;
        }
        let Some(number) = self.number(CsvField::Probability) else { return Some(Err(ErrorCode::CsvNotANumber)) };
        let percent = number.percent || self.context.reading.scale == ProbabilityScale::Percent;
        Some(Ok(if percent { number.value / 100.0 } else { number.value }))
    }
}
