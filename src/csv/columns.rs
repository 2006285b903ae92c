//! What whole columns show: which mark is the decimal one, which number of a date is the day, how
//! probabilities are written.

use super::date::OrderEvidence;
use super::header::Header;
use super::number::{ColumnEvidence, Style, number, probability_scale};
use super::result::{CsvNote, CsvNoteCode};
use super::table::{Record, Table};
use super::types::{CsvField, CsvOptions, DateOrder, DecimalMark, Delimiter, HeaderLanguage, ProbabilityScale};

/// How the columns are read.
#[derive(Debug)]
pub(super) struct Reading {
    /// Numbers of the amount column.
    pub amount: Style,
    /// Numbers of the probability column.
    pub probability: Style,
    /// Numbers of the age column.
    pub age: Style,
    /// Scale of the probability column.
    pub scale: ProbabilityScale,
    /// Whether only zeros and ones leave the scale open.
    pub scale_ambiguous: bool,
    /// Order of close dates.
    pub close: DateOrder,
    /// Order of the dates of closed deals.
    pub closed_on: DateOrder,
    /// Order of creation dates.
    pub created: DateOrder,
    /// Decimal mark to show.
    pub decimal: DecimalMark,
    /// Whether amounts leave the mark open.
    pub decimal_ambiguous: bool,
    /// Order to show; nothing where no close date depends on it.
    pub date_order: Option<DateOrder>,
    /// Whether close dates leave the order open.
    pub date_order_ambiguous: bool,
}

/// Looks at the columns of the data rows. What the file leaves open follows the language and the
/// delimiter: French headers or semicolons go with decimal commas and the day first.
pub(super) fn look(
    table: &Table,
    records: &[Record],
    header: &Header,
    delimiter: Delimiter,
    options: &CsvOptions,
    notes: &mut Vec<CsvNote>,
) -> Reading {
    let cells = |field: CsvField| {
        let column = header.column(field);
        records.iter().filter_map(move |record| column.map(|column| table.cell(record, column)))
    };
    let numbers = |field| ColumnEvidence::of(cells(field));
    let (amount, probability, age) =
        (numbers(CsvField::Amount), numbers(CsvField::Probability), numbers(CsvField::AgeDays));
    let continental = header.language == HeaderLanguage::Fr || delimiter == Delimiter::Semicolon;
    let usual = if continental { DecimalMark::Comma } else { DecimalMark::Point };
    let shown = options.decimal.or(amount.mark()).or(probability.mark()).or(age.mark());
    for (field, evidence) in [(CsvField::Amount, amount), (CsvField::Probability, probability)] {
        if evidence.commas > 0 && evidence.points > 0 {
            notes.push(on_column(CsvNoteCode::MixedDecimals, header, field));
        }
    }

    let probability_style = probability.style(None);
    let (scale, scale_ambiguous) =
        probability_scale(cells(CsvField::Probability).filter_map(|cell| number(cell, probability_style)));

    let dates = |field| OrderEvidence::of(cells(field));
    let fields = [CsvField::CloseDate, CsvField::ClosedOn, CsvField::CreatedDate];
    let orders = fields.map(dates);
    for (field, evidence) in fields.into_iter().zip(orders) {
        if evidence.day_first > 0 && evidence.month_first > 0 && options.date_order.is_none() {
            notes.push(on_column(CsvNoteCode::MixedDateOrders, header, field));
        }
        if evidence.serials > 0 {
            notes.push(on_column(CsvNoteCode::SpreadsheetDates, header, field).with("count", evidence.serials));
        }
    }
    let elsewhere = orders.iter().find_map(|evidence| evidence.order());
    let slashes = cells(CsvField::CloseDate).any(|cell| cell.contains('/'));
    let hint =
        if continental || shown == Some(DecimalMark::Comma) || !slashes { DateOrder::Dmy } else { DateOrder::Mdy };
    let order = |evidence: OrderEvidence| options.date_order.or(evidence.order()).or(elsewhere).unwrap_or(hint);
    let [close, closed_on, created] = orders;
    let numeric = close.day_first + close.month_first + close.either > 0;
    Reading {
        amount: amount.style(options.decimal),
        probability: probability_style,
        age: age.style(None),
        scale,
        scale_ambiguous,
        close: order(close),
        closed_on: order(closed_on),
        created: order(created),
        decimal: shown.unwrap_or(usual),
        decimal_ambiguous: options.decimal.is_none() && amount.mark().is_none() && amount.either > 0,
        date_order: match (numeric, close.year_first) {
            (true, _) => Some(order(close)),
            (false, 0) => None,
            (false, _) => Some(DateOrder::Ymd),
        },
        date_order_ambiguous: options.date_order.is_none() && elsewhere.is_none() && close.either > 0,
    }
}

/// Name of a field as documents write it.
pub(super) fn field_name(field: CsvField) -> String {
    match serde_json::to_value(field) {
        Ok(serde_json::Value::String(name)) => name,
        _ => String::new(),
    }
}

/// A note on the column that gives a field.
fn on_column(code: CsvNoteCode, header: &Header, field: CsvField) -> CsvNote {
    let mut note = CsvNote::new(code).with("field", field_name(field));
    note.column = header.column(field).map(super::number_of);
    note
}
