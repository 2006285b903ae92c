//! One row to one deal, or to all the reasons why not.

use super::columns::{Reading, field_name};
use super::currency::currency_cell;
use super::date::{self, Date};
use super::header::Header;
use super::number::{Number, number};
use super::table::{MAXIMUM_CELL, Problem, Record, Table};
use super::types::{CsvField, DateOrder, ProbabilityScale};
use super::words::{self, Category, Outcome};
use super::{number_of, shorten};
use crate::error::{ErrorCode, InputError};
use crate::scenario::amount::{DistributionObject, Quantity};
use crate::scenario::open_pipeline::{
    Deal, ForecastCategory, MeddicAnswer, MeddicAnswers, Rate, Slippage, WonOfClosed,
};
use crate::scenario::validate::{MAXIMUM_AMOUNT, MAXIMUM_MONTHS, WIN_PROBABILITY};

/// Most characters of a name or an identifier.
const MAXIMUM_TEXT: usize = 400;
/// Smallest amount.
const MINIMUM_AMOUNT: f64 = 1e-9;
/// Most days of an age: a century.
const MAXIMUM_AGE: f64 = 36_500.0;

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

/// A row read as an open deal.
pub(super) struct Open {
    /// The deal; its identifier is empty where the row has none, its stage spelt as in the file.
    pub deal: Deal,
    /// Company that buys.
    pub account: String,
    /// Currency of the amount.
    pub currency: Option<String>,
    /// Probability before it was moved away from 0 and 1.
    pub probability: Option<f64>,
    /// The date has passed.
    pub overdue: bool,
    /// The probability was 0 or 1.
    pub clamped: bool,
    /// The category was "most likely".
    pub most_likely: bool,
    /// Cells that could not be used.
    pub warnings: Vec<InputError>,
}

/// Reads the cells of one row.
pub(super) struct Row<'a> {
    context: &'a Context<'a>,
    record: &'a Record,
    errors: Vec<InputError>,
    warnings: Vec<InputError>,
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

    fn error(&self, field: Option<CsvField>, code: ErrorCode) -> InputError {
        let column = field.and_then(|field| self.context.header.column(field)).map(number_of);
        let error = InputError::in_cell(self.record.row, column, code).with("line", self.record.line);
        match field {
            Some(field) => error.with("field", field_name(field)),
            None => error,
        }
    }

    /// An error with the text of its cell.
    fn unreadable(&self, field: CsvField, code: ErrorCode) -> InputError {
        let name = if code == ErrorCode::UnknownChoice { "found" } else { "text" };
        self.error(Some(field), code).with(name, shorten(self.cell(field), 120))
    }

    fn out_of_range(&self, field: CsvField, value: f64, minimum: f64, maximum: f64) -> InputError {
        self.unreadable(field, ErrorCode::OutOfRange)
            .with("value", value)
            .with("minimum", minimum)
            .with("maximum", maximum)
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
        let lacking =
            needed.iter().filter_map(|field| self.context.header.column(*field)).any(|column| column >= found);
        (surplus || lacking)
            .then(|| self.error(None, ErrorCode::CsvCellCount).with("expected", width).with("found", found))
    }

    /// Whether the deal is open, won or lost: by its status, its flags, its stage, its category.
    pub fn outcome(&mut self) -> Outcome {
        let status = self.cell(CsvField::Status);
        if !status.is_empty() {
            if let Some(outcome) = words::status_outcome(status) {
                return outcome;
            }
            if self.context.header.column(CsvField::Stage).is_some() {
                self.warnings.push(self.unreadable(CsvField::Status, ErrorCode::UnknownChoice));
            }
        }
        let flag = |field| words::yes_no(self.cell(field));
        let (closed, won, lost) = (flag(CsvField::IsClosed), flag(CsvField::IsWon), flag(CsvField::IsLost));
        match (closed, won, lost) {
            (_, Some(true), _) => return Outcome::Won,
            (_, _, Some(true)) | (Some(true), Some(false), _) => return Outcome::Lost,
            (Some(true), None, Some(false)) => return Outcome::Won,
            _ => {}
        }
        let stage = words::stage_outcome(self.cell(CsvField::Stage));
        let category = words::category(self.cell(CsvField::ForecastCategory));
        match (stage, category, closed) {
            (Some(outcome), _, _) => outcome,
            (None, Some(Category::Closed), _) => Outcome::Won,
            (None, _, Some(true)) => match self.fraction() {
                Some(Ok(probability)) if probability >= 1.0 => Outcome::Won,
                _ => Outcome::Lost,
            },
            _ => Outcome::Open,
        }
    }

    fn number(&self, field: CsvField) -> Option<Number> {
        let style = match field {
            CsvField::Amount => self.context.reading.amount,
            CsvField::Probability => self.context.reading.probability,
            _ => self.context.reading.age,
        };
        number(self.cell(field), style)
    }

    /// The amount alone; nothing where it cannot be read.
    pub fn amount(&self) -> Option<Number> {
        self.number(CsvField::Amount)
    }

    fn date(&self, field: CsvField, order: DateOrder) -> Option<Date> {
        date::found(self.cell(field)).and_then(|found| found.date(order))
    }

    /// The close date alone; nothing where it cannot be read.
    pub fn close_date(&self) -> Option<Date> {
        self.date(CsvField::CloseDate, self.context.reading.close)
    }

    /// When a closed deal was closed.
    pub fn closed_on(&self) -> Option<Date> {
        self.date(CsvField::ClosedOn, self.context.reading.closed_on).or_else(|| self.close_date())
    }

    /// The probability as a fraction, read as the column is written.
    fn fraction(&self) -> Option<Result<f64, ErrorCode>> {
        let text = self.cell(CsvField::Probability);
        if text.is_empty() {
            return None;
        }
        let Some(number) = self.number(CsvField::Probability) else { return Some(Err(ErrorCode::CsvNotANumber)) };
        let percent = number.percent || self.context.reading.scale == ProbabilityScale::Percent;
        Some(Ok(if percent { number.value / 100.0 } else { number.value }))
    }

    /// Counts behind a probability: `12 of 40`, `12 sur 40`, `12/40`.
    fn counts(&self) -> Option<WonOfClosed> {
        let text = self.cell(CsvField::Probability);
        let (won, closed) = [" of ", " sur ", "/"].iter().find_map(|between| text.split_once(between))?;
        let style = self.context.reading.probability;
        let (won, closed) = (number(won, style)?.value, number(closed, style)?.value);
        (won >= 0.0 && closed >= won && closed <= 1e9).then_some(WonOfClosed { won, closed })
    }

    /// A text, or an error where it is too long.
    fn text(&mut self, field: CsvField) -> Option<String> {
        let text = self.cell(field);
        let length = text.chars().count();
        if length > MAXIMUM_TEXT {
            let error = self.error(Some(field), ErrorCode::TextLength).with("minimum", 0);
            self.errors.push(error.with("length", length).with("maximum", MAXIMUM_TEXT));
        }
        let text = super::export::original(text);
        (!text.is_empty()).then(|| text.to_owned())
    }

    fn quantity(&mut self) -> Quantity {
        let json = self.cell(CsvField::AmountDistribution);
        if !json.is_empty() {
            match serde_json::from_str::<DistributionObject>(json) {
                Ok(object) => return Quantity::Uncertain(object),
                Err(_) => self.errors.push(self.unreadable(CsvField::AmountDistribution, ErrorCode::UnknownChoice)),
            }
        }
        if self.cell(CsvField::Amount).is_empty() {
            self.errors.push(self.error(Some(CsvField::Amount), ErrorCode::CsvEmptyCell));
            return Quantity::Number(0.0);
        }
        match self.amount() {
            Some(number) if number.percent => {
                self.errors.push(self.unreadable(CsvField::Amount, ErrorCode::CsvNotANumber));
            }
            Some(number) if !(number.value >= MINIMUM_AMOUNT && number.value <= MAXIMUM_AMOUNT) => {
                self.errors.push(self.out_of_range(CsvField::Amount, number.value, MINIMUM_AMOUNT, MAXIMUM_AMOUNT));
            }
            Some(number) => return Quantity::Number(number.value),
            None => self.errors.push(self.unreadable(CsvField::Amount, ErrorCode::CsvNotANumber)),
        }
        Quantity::Number(0.0)
    }

    /// Month of the expected signature, and whether its date has passed.
    fn month(&mut self) -> (u32, bool) {
        let by_date = !self.cell(CsvField::CloseDate).is_empty();
        if !by_date && !self.cell(CsvField::CloseMonth).is_empty() {
            let last = f64::from(MAXIMUM_MONTHS);
            match self.number(CsvField::CloseMonth) {
                Some(number) if number.value.fract() != 0.0 || number.value < 1.0 || number.value > last => {
                    self.errors.push(self.out_of_range(CsvField::CloseMonth, number.value, 1.0, last));
                }
                Some(number) => return (number.value as u32, false),
                None => self.errors.push(self.unreadable(CsvField::CloseMonth, ErrorCode::CsvNotANumber)),
            }
            return (1, false);
        }
        if !by_date {
            self.errors.push(self.error(Some(CsvField::CloseDate), ErrorCode::CsvEmptyCell));
            return (1, false);
        }
        let (Some(date), Some(start)) = (self.close_date(), self.context.start) else {
            self.errors.push(self.unreadable(CsvField::CloseDate, ErrorCode::CsvNotADate));
            return (1, false);
        };
        let month = date.months() - start + 1;
        let first_open = self.context.today.map_or(1, |today| today.months() - start + 1).max(1);
        let overdue = month < 1 || self.context.today.is_some_and(|today| date < today);
        let month = if overdue { month.max(first_open) } else { month };
        if month > MAXIMUM_MONTHS as i32 {
            let error = self.out_of_range(CsvField::CloseDate, f64::from(month), 1.0, f64::from(MAXIMUM_MONTHS));
            self.errors.push(error);
            return (1, false);
        }
        (u32::try_from(month).unwrap_or(1), overdue)
    }

    fn age(&mut self) -> Option<f64> {
        if !self.cell(CsvField::AgeDays).is_empty() {
            match self.number(CsvField::AgeDays) {
                Some(number) if (0.0..=MAXIMUM_AGE).contains(&number.value) => return Some(number.value),
                Some(number) => {
                    let warning = self.out_of_range(CsvField::AgeDays, number.value, 0.0, MAXIMUM_AGE);
                    self.warnings.push(warning);
                }
                None => self.warnings.push(self.unreadable(CsvField::AgeDays, ErrorCode::CsvNotANumber)),
            }
            return None;
        }
        if self.cell(CsvField::CreatedDate).is_empty() {
            return None;
        }
        let Some(created) = self.date(CsvField::CreatedDate, self.context.reading.created) else {
            self.warnings.push(self.unreadable(CsvField::CreatedDate, ErrorCode::CsvNotADate));
            return None;
        };
        let age = f64::from(self.context.today?.days() - created.days());
        if !(0.0..=MAXIMUM_AGE).contains(&age) {
            self.warnings.push(self.out_of_range(CsvField::CreatedDate, age, 0.0, MAXIMUM_AGE));
            return None;
        }
        Some(age)
    }

    fn category(&mut self) -> (Option<ForecastCategory>, bool) {
        let text = self.cell(CsvField::ForecastCategory);
        match words::category(text) {
            Some(Category::Open(category)) => (Some(category), false),
            Some(Category::MostLikely) => (Some(ForecastCategory::BestCase), true),
            Some(Category::Closed) => (None, false),
            None => {
                if !text.is_empty() {
                    self.warnings.push(self.unreadable(CsvField::ForecastCategory, ErrorCode::UnknownChoice));
                }
                (None, false)
            }
        }
    }

    fn meddic(&mut self) -> Option<MeddicAnswers> {
        let mut answer = |field| -> Option<MeddicAnswer> {
            let text = self.cell(field);
            let answer = words::answer(text);
            if answer.is_none() && !text.is_empty() {
                self.warnings.push(self.unreadable(field, ErrorCode::UnknownChoice));
            }
            answer
        };
        let answers = MeddicAnswers {
            metrics: answer(CsvField::Metrics),
            economic_buyer: answer(CsvField::EconomicBuyer),
            decision_criteria: answer(CsvField::DecisionCriteria),
            decision_process: answer(CsvField::DecisionProcess),
            identified_pain: answer(CsvField::IdentifiedPain),
            champion: answer(CsvField::Champion),
        };
        let none = MeddicAnswers {
            metrics: None,
            economic_buyer: None,
            decision_criteria: None,
            decision_process: None,
            identified_pain: None,
            champion: None,
        };
        (answers != none).then_some(answers)
    }

    fn slippage(&mut self) -> Option<Slippage> {
        let json = self.cell(CsvField::Slippage);
        if json.is_empty() {
            return None;
        }
        let slippage = serde_json::from_str(json).ok();
        if slippage.is_none() {
            self.warnings.push(self.unreadable(CsvField::Slippage, ErrorCode::UnknownChoice));
        }
        slippage
    }

    fn win_probability(&mut self, stage: bool) -> (Option<Rate>, Option<f64>, bool) {
        if let Some(counts) = self.counts() {
            return (Some(Rate::Counted(counts)), None, false);
        }
        match self.fraction() {
            Some(Ok(value)) if (0.0..=1.0).contains(&value) => {
                let certain = value == 0.0 || value == 1.0;
                let inside = value.clamp(WIN_PROBABILITY.0, WIN_PROBABILITY.1);
                return (Some(Rate::Known(inside)), Some(value), certain);
            }
            Some(Ok(value)) => self.errors.push(self.out_of_range(CsvField::Probability, value, 0.0, 1.0)),
            Some(Err(code)) => self.errors.push(self.unreadable(CsvField::Probability, code)),
            None if !stage => self.errors.push(self.error(Some(CsvField::Probability), ErrorCode::NoWinRate)),
            None => {}
        }
        (None, None, false)
    }

    fn currency(&self) -> Option<String> {
        let cell = self.cell(CsvField::Currency);
        let named = currency_cell(cell).map(str::to_owned);
        let code = || (cell.len() == 3 && cell.bytes().all(|b| b.is_ascii_uppercase())).then(|| cell.to_owned());
        named.or_else(code).or_else(|| self.amount().and_then(|number| number.currency).map(str::to_owned))
    }

    /// Reads the row as an open deal.
    ///
    /// # Errors
    /// All reasons why it is none, in the order of the fields.
    pub fn open(mut self) -> Result<Open, Vec<InputError>> {
        let deal_id = self.text(CsvField::DealId).unwrap_or_default();
        let name = self.text(CsvField::Name);
        let account = self.text(CsvField::Account);
        let amount = self.quantity();
        let (expected_close_month, overdue) = self.month();
        let stage = self.text(CsvField::Stage);
        let (win_probability, probability, clamped) = self.win_probability(stage.is_some());
        let (owner, segment, source) =
            (self.text(CsvField::Owner), self.text(CsvField::Segment), self.text(CsvField::Source));
        let (forecast_category, most_likely) = self.category();
        let (meddic, slippage, age_days) = (self.meddic(), self.slippage(), self.age());
        if !self.errors.is_empty() {
            return Err(self.errors);
        }
        let name = name.or_else(|| account.clone());
        let currency = self.currency();
        let deal = Deal {
            deal_id,
            name,
            amount,
            win_probability,
            stage,
            expected_close_month,
            slippage,
            meddic,
            age_days,
            owner,
            segment,
            source,
            forecast_category,
        };
        let account = account.unwrap_or_default();
        Ok(Open { deal, account, currency, probability, overdue, clamped, most_likely, warnings: self.warnings })
    }
}
