//! Deals of a scenario to a CSV file that spreadsheets and [`super::import`] read.

use super::types::{CsvField, DecimalMark, Delimiter, HeaderLanguage};
use crate::scenario::Scenario;
use crate::scenario::amount::{DistributionName, DistributionObject, Quantity};
use crate::scenario::open_pipeline::{Deal, ForecastCategory, MeddicAnswer, Rate, document};
use crate::scenario::validate::parse_month;
use serde::{Deserialize, Serialize};

document! {
/// How to write a file.
pub struct ExportOptions {
    /// What stands between two cells.
    pub delimiter: Delimiter,
    /// Decimal mark.
    pub decimal: DecimalMark,
    /// Language of the header row and of words in cells.
    pub language: HeaderLanguage,
}
}

/// What makes a spreadsheet take a cell for a formula.
/// The signs of full width are those of East Asian keyboards, which spreadsheets read alike.
const FORMULA_SIGNS: [char; 8] = ['=', '+', '-', '@', '＝', '＋', '－', '＠'];

/// A column: its field, and its header in English and French.
type Column = (CsvField, &'static str, &'static str);

/// Columns in their order. The first six are always written, the others where a deal has a value.
const COLUMNS: [Column; 19] = [
    (CsvField::DealId, "Deal ID", "ID de l'affaire"),
    (CsvField::Name, "Deal name", "Nom de l'affaire"),
    (CsvField::Amount, "Amount", "Montant"),
    (CsvField::CloseDate, "Expected close date", "Date de clôture prévue"),
    (CsvField::Stage, "Stage", "Étape"),
    (CsvField::Probability, "Probability", "Probabilité"),
    (CsvField::ForecastCategory, "Forecast category", "Catégorie de prévision"),
    (CsvField::Owner, "Owner", "Propriétaire"),
    (CsvField::Segment, "Segment", "Segment"),
    (CsvField::Source, "Lead source", "Origine de la piste"),
    (CsvField::AgeDays, "Age (days)", "Âge (jours)"),
    (CsvField::Metrics, "Metrics", "Indicateurs chiffrés"),
    (CsvField::EconomicBuyer, "Economic buyer", "Décideur économique"),
    (CsvField::DecisionCriteria, "Decision criteria", "Critères de décision"),
    (CsvField::DecisionProcess, "Decision process", "Processus de décision"),
    (CsvField::IdentifiedPain, "Identified pain", "Douleur identifiée"),
    (CsvField::Champion, "Champion", "Champion"),
    (CsvField::AmountDistribution, "Amount distribution", "Distribution du montant"),
    (CsvField::Slippage, "Slippage", "Glissement"),
];
/// Columns that are always written.
const ALWAYS: usize = 6;

/// Writes the open deals of a scenario. Cells that a spreadsheet would take for a formula get an
/// apostrophe in front; numbers are left as they are. The close month is written as the last day of
/// the calendar month where the scenario states `start_month`, else as the number of the month. An
/// uncertain amount is written with its most likely value (or its mean) and, in a column of its own,
/// as the JSON of the scenario. Probabilities are fractions. Lines end in CRLF (RFC 4180); a byte
/// order mark, which spreadsheets need to see UTF-8, is left to who writes the file.
///
/// ```
/// use dealcast::csv::{DecimalMark, Delimiter, ExportOptions, HeaderLanguage, export_deals};
/// use dealcast::scenario::Scenario;
/// let scenario = Scenario::from_json(r#"{"schema":"dealcast/1","start_month":"2026-01","open_pipeline":
///   {"target":1000,"deals":[{"deal_id":"a","name":"=1+1","amount":1200.5,"win_probability":0.4,"expected_close_month":2}]}}"#).unwrap();
/// let options = ExportOptions { delimiter: Delimiter::Semicolon, decimal: DecimalMark::Comma, language: HeaderLanguage::En };
/// assert_eq!(export_deals(&scenario, &options),
///   "Deal ID;Deal name;Amount;Expected close date;Stage;Probability\r\na;'=1+1;1200,5;2026-02-28;;0,4\r\n");
/// ```
#[must_use]
pub fn export_deals(scenario: &Scenario, options: &ExportOptions) -> String {
    let deals = scenario.open_pipeline.as_ref().map_or(&[][..], |section| &section.deals);
    let start = scenario.start_month.as_deref().and_then(parse_month);
    let writer = Writer { options, start };
    let used = |column: &Column| deals.iter().any(|deal| !writer.cell(deal, column.0).is_empty());
    let columns: Vec<&Column> = COLUMNS
        .iter()
        .enumerate()
        .filter(|(index, column)| *index < ALWAYS || used(column))
        .map(|(_, column)| column)
        .collect();
    let mut file = String::new();
    let header = columns.iter().map(|column| match (column.0, options.language) {
        (CsvField::CloseDate, HeaderLanguage::En) if start.is_none() => "Expected close month",
        (CsvField::CloseDate, HeaderLanguage::Fr) if start.is_none() => "Mois de signature prévu",
        (_, HeaderLanguage::En) => column.1,
        (_, HeaderLanguage::Fr) => column.2,
    });
    writer.line(&mut file, header.map(str::to_owned));
    for deal in deals {
        writer.line(&mut file, columns.iter().map(|column| writer.cell(deal, column.0)));
    }
    file
}

struct Writer<'a> {
    options: &'a ExportOptions,
    start: Option<(u16, u8)>,
}

impl Writer<'_> {
    fn line(&self, file: &mut String, cells: impl Iterator<Item = String>) {
        let delimiter = char::from(self.options.delimiter.byte());
        for (index, cell) in cells.enumerate() {
            if index > 0 {
                file.push(delimiter);
            }
            let outer_space = cell.trim() != cell;
            if outer_space || cell.contains([delimiter, '\"', '\r', '\n']) {
                file.push('"');
                file.push_str(&cell.replace('"', "\"\""));
                file.push('"');
            } else {
                file.push_str(&cell);
            }
        }
        file.push_str("\r\n");
    }

    /// A number with the chosen decimal mark. Three decimals get a fourth, so that no reader takes
    /// the mark for one of thousands.
    fn number(&self, value: f64) -> String {
        let mut text = value.to_string();
        if text.split_once('.').is_some_and(|(_, decimals)| decimals.len() == 3) {
            text.push('0');
        }
        match self.options.decimal {
            DecimalMark::Comma => text.replace('.', ","),
            DecimalMark::Point => text,
        }
    }

    fn cell(&self, deal: &Deal, field: CsvField) -> String {
        let text = |text: &Option<String>| text.as_deref().map(neutral).unwrap_or_default();
        let meddic = deal.meddic.as_ref();
        match field {
            CsvField::DealId => neutral(&deal.deal_id),
            CsvField::Name => text(&deal.name),
            CsvField::Amount => match &deal.amount {
                Quantity::Number(value) => self.number(*value),
                Quantity::Uncertain(object) => central(object).map(|value| self.number(value)).unwrap_or_default(),
            },
            CsvField::AmountDistribution => match &deal.amount {
                Quantity::Number(_) => String::new(),
                Quantity::Uncertain(object) => serde_json::to_string(object).unwrap_or_default(),
            },
            CsvField::Slippage => {
                deal.slippage.as_ref().and_then(|slippage| serde_json::to_string(slippage).ok()).unwrap_or_default()
            }
            CsvField::CloseDate => self.close(deal.expected_close_month),
            CsvField::Stage => text(&deal.stage),
            CsvField::Probability => match &deal.win_probability {
                Some(Rate::Known(value)) => self.number(*value),
                Some(Rate::Counted(counts)) => {
                    let between = self.word(" of ", " sur ");
                    format!("{}{between}{}", self.number(counts.won), self.number(counts.closed))
                }
                None => String::new(),
            },
            CsvField::ForecastCategory => match deal.forecast_category {
                Some(ForecastCategory::Commit) => self.word("Commit", "Engagement"),
                Some(ForecastCategory::BestCase) => self.word("Best case", "Meilleur scénario"),
                Some(ForecastCategory::Pipeline) => "Pipeline",
                Some(ForecastCategory::Omitted) => self.word("Omitted", "Omis"),
                None => "",
            }
            .to_owned(),
            CsvField::Owner => text(&deal.owner),
            CsvField::Segment => text(&deal.segment),
            CsvField::Source => text(&deal.source),
            CsvField::AgeDays => deal.age_days.map(|days| self.number(days)).unwrap_or_default(),
            CsvField::Metrics => self.answer(meddic.and_then(|answers| answers.metrics)),
            CsvField::EconomicBuyer => self.answer(meddic.and_then(|answers| answers.economic_buyer)),
            CsvField::DecisionCriteria => self.answer(meddic.and_then(|answers| answers.decision_criteria)),
            CsvField::DecisionProcess => self.answer(meddic.and_then(|answers| answers.decision_process)),
            CsvField::IdentifiedPain => self.answer(meddic.and_then(|answers| answers.identified_pain)),
            CsvField::Champion => self.answer(meddic.and_then(|answers| answers.champion)),
            _ => String::new(),
        }
    }

    fn word(&self, en: &'static str, fr: &'static str) -> &'static str {
        match self.options.language {
            HeaderLanguage::En => en,
            HeaderLanguage::Fr => fr,
        }
    }

    fn answer(&self, answer: Option<MeddicAnswer>) -> String {
        match answer {
            Some(MeddicAnswer::Yes) => self.word("yes", "oui"),
            Some(MeddicAnswer::No) => self.word("no", "non"),
            Some(MeddicAnswer::Unknown) => self.word("unknown", "inconnu"),
            None => "",
        }
        .to_owned()
    }

    /// The close month as the last day of the calendar month, or as its number.
    fn close(&self, month: u32) -> String {
        let Some((year, first)) = self.start else { return month.to_string() };
        let months = i32::from(year) * 12 + i32::from(first) - 1 + i32::try_from(month).unwrap_or(i32::MAX / 2) - 1;
        let (year, month) = (months.div_euclid(12), months.rem_euclid(12) + 1);
        format!("{year:04}-{month:02}-{:02}", super::date::month_length(year, month))
    }
}

/// The value of a distribution that stands in the amount column: its most likely value or its mean.
fn central(object: &DistributionObject) -> Option<f64> {
    match object.distribution {
        DistributionName::Fixed => object.value,
        DistributionName::Uniform => object.min.zip(object.max).map(|(low, high)| low + (high - low) / 2.0),
        DistributionName::Triangular | DistributionName::Pert => object.mode,
        DistributionName::Lognormal | DistributionName::Gamma => object.mean,
    }
}

/// Whether a spreadsheet, or one that trims cells, takes a text for a formula.
fn is_formula(text: &str) -> bool {
    text.starts_with(['\t', '\r'])
        || text.trim_start_matches(|sign: char| sign.is_whitespace() || sign == '\'').starts_with(FORMULA_SIGNS)
}

/// A text that no spreadsheet takes for a formula: with an apostrophe in front where it would.
fn neutral(text: &str) -> String {
    if is_formula(text) { format!("'{text}") } else { text.to_owned() }
}

/// The text that [`neutral`] was given.
pub(super) fn original(text: &str) -> &str {
    text.strip_prefix('\'').filter(|rest| is_formula(rest)).unwrap_or(text)
}
