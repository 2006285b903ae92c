//! One open row to one deal, or to all the reasons why not.

use super::currency::currency_cell;
use super::number::number;
use super::row::Row;
use super::types::CsvField;
use super::words::{self, Category};
use crate::error::{ErrorCode, InputError};
use crate::scenario::Scenario;
use crate::scenario::amount::{DistributionObject, Quantity};
use crate::scenario::open_pipeline::{
    Deal, ForecastCategory, MeddicAnswer, MeddicAnswers, Rate, Slippage, WonOfClosed,
};
use crate::scenario::validate::{MAXIMUM_AMOUNT, MAXIMUM_MONTHS, WIN_PROBABILITY, validate};

/// Most characters of a name or an identifier.
const MAXIMUM_TEXT: usize = 400;
/// Smallest amount.
const MINIMUM_AMOUNT: f64 = 1e-9;
/// Most days of an age: a century.
const MAXIMUM_AGE: f64 = 36_500.0;

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

impl Row<'_> {
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
        let error = match self.number(CsvField::Amount) {
            None => self.unreadable(CsvField::Amount, ErrorCode::CsvNotANumber),
            Some(number) if number.percent => self.unreadable(CsvField::Amount, ErrorCode::CsvNotANumber),
            Some(number) if number.value <= 0.0 => self.unreadable(CsvField::Amount, ErrorCode::CsvNotPositive),
            Some(number) if !(number.value >= MINIMUM_AMOUNT && number.value <= MAXIMUM_AMOUNT) => {
                self.out_of_range(CsvField::Amount, number.value, MINIMUM_AMOUNT, MAXIMUM_AMOUNT)
            }
            Some(number) => return Quantity::Number(number.value),
        };
        self.errors.push(error);
        Quantity::Number(0.0)
    }

    /// Month of the expected signature, and whether its date has passed.
    fn month(&mut self) -> (u32, bool) {
        if !self.cell(CsvField::CloseDate).is_empty() {
            return self.month_of_date();
        }
        let last = f64::from(MAXIMUM_MONTHS);
        let error = if self.cell(CsvField::CloseMonth).is_empty() {
            let column = self.context.header.column(CsvField::CloseDate);
            let field = if column.is_some() { CsvField::CloseDate } else { CsvField::CloseMonth };
            self.error(Some(field), ErrorCode::CsvEmptyCell)
        } else {
            match self.number(CsvField::CloseMonth) {
                None => self.unreadable(CsvField::CloseMonth, ErrorCode::CsvNotANumber),
                Some(number) if number.value.fract() == 0.0 && (1.0..=last).contains(&number.value) => {
                    return (number.value as u32, false);
                }
                Some(number) => self.out_of_range(CsvField::CloseMonth, number.value, 1.0, last),
            }
        };
        self.errors.push(error);
        (1, false)
    }

    /// Overdue deals are expected in month 1, or in the month of today where that is later.
    fn month_of_date(&mut self) -> (u32, bool) {
        let (Some(date), Some(start)) = (self.date(CsvField::CloseDate), self.context.start) else {
            self.errors.push(self.unreadable(CsvField::CloseDate, ErrorCode::CsvNotADate));
            return (1, false);
        };
        let today = self.context.today;
        let first_open = today.map_or(1, |today| today.months() - start + 1).max(1);
        let month = date.months() - start + 1;
        let overdue = month < 1 || today.is_some_and(|today| date < today);
        let month = if overdue { month.max(first_open) } else { month };
        match u32::try_from(month) {
            Ok(month) if month <= MAXIMUM_MONTHS => (month, overdue),
            _ => {
                let error = self.unreadable(CsvField::CloseDate, ErrorCode::CsvDateTooLate);
                self.errors.push(error.with("maximum", MAXIMUM_MONTHS));
                (1, false)
            }
        }
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
        let Some(created) = self.date(CsvField::CreatedDate) else {
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
        named
            .or_else(code)
            .or_else(|| self.number(CsvField::Amount).and_then(|number| number.currency).map(str::to_owned))
    }

    /// What a distribution or a law of the delay given as JSON has against the rules of the scenario.
    fn wrong_json(&self, deal: &Deal) -> Vec<InputError> {
        let plain = matches!(deal.amount, Quantity::Number(_)) && deal.slippage.is_none();
        let document = r#"{"schema":"dealcast/1","open_pipeline":{"target":0,"deals":[]}}"#;
        let Some(mut scenario) = (!plain).then(|| Scenario::from_json(document).ok()).flatten() else {
            return Vec::new();
        };
        if let Some(section) = scenario.open_pipeline.as_mut() {
            section.deals.push(deal.clone());
        }
        let located = validate(&scenario, &[]).into_iter().filter_map(|mut error| {
            let field = match error.path.strip_prefix("/open_pipeline/deals/0/")? {
                path if path.starts_with("amount") => CsvField::AmountDistribution,
                path if path.starts_with("slippage") => CsvField::Slippage,
                _ => return None,
            };
            let mut here = self.error(Some(field), error.code);
            here.params.append(&mut error.params);
            Some(here)
        });
        located.collect()
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
        let (stage_field, stage) = self.stage();
        let stage = if stage.is_empty() { None } else { self.text(stage_field) };
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
        let wrong = self.wrong_json(&deal);
        if !wrong.is_empty() {
            return Err(wrong);
        }
        let account = account.unwrap_or_default();
        Ok(Open { deal, account, currency, probability, overdue, clamped, most_likely, warnings: self.warnings })
    }
}
