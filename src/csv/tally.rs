//! What the rows add up to: identifiers, stages, currencies, won amounts.

use super::currency::currency_in_header;
use super::deal::Open;
use super::fold::fold;
use super::import::count;
use super::result::{CsvImport, CsvNote, CsvNoteCode, CsvStage, CsvWonMonth};
use super::row::Row;
use super::table::Record;
use super::types::{CsvField, CsvOptions};
use super::words;
use crate::error::{ErrorCode, InputError};
use std::collections::{BTreeMap, BTreeSet};

/// Most characters of a made identifier's readable part.
const READABLE: usize = 300;

/// A stage while it is counted.
#[derive(Default)]
struct StageCount {
    name: String,
    known: bool,
    open: u32,
    won: u32,
    lost: u32,
    probabilities: u32,
    sum: f64,
}

/// The rows so far.
pub(super) struct Tally {
    deals: Vec<(Open, u32, u32)>,
    stages: Vec<StageCount>,
    by_name: BTreeMap<String, usize>,
    window: (i32, i32),
    won: BTreeMap<i32, (u32, f64)>,
    unreadable: u32,
}

/// A month since the year 0 as YYYY-MM.
pub(super) fn month_text(month: i32) -> String {
    format!("{:04}-{:02}", month.div_euclid(12), month.rem_euclid(12) + 1)
}

/// A short fingerprint of a text (FNV-1a, 64 bits).
fn fingerprint(text: &str) -> u64 {
    text.bytes().fold(0xcbf2_9ce4_8422_2325, |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3))
}

impl Tally {
    /// Nothing counted yet.
    pub fn new(options: &CsvOptions, start: Option<i32>) -> Self {
        let (first, last) =
            options.target_window.as_ref().map_or((1, 3), |window| (window.first_month, window.last_month));
        let month = |month: u32| start.unwrap_or(0).saturating_add(i32::try_from(month).unwrap_or(i32::MAX)) - 1;
        let mut tally = Self {
            deals: Vec::new(),
            stages: Vec::new(),
            by_name: BTreeMap::new(),
            window: (month(first), month(last)),
            won: BTreeMap::new(),
            unreadable: 0,
        };
        for stage in options.stages.iter().flatten() {
            let index = tally.stage(&stage.stage);
            tally.stages[index].known = true;
        }
        tally
    }

    /// The entry of a stage: names that differ only in case, accents or punctuation are one.
    fn stage(&mut self, name: &str) -> usize {
        let folded = fold(name);
        let key = if folded.is_empty() { name.to_owned() } else { folded };
        let next = self.stages.len();
        let index = *self.by_name.entry(key).or_insert(next);
        if index == next {
            self.stages.push(StageCount { name: name.to_owned(), ..StageCount::default() });
        }
        index
    }

    /// The stage that a closed deal still carries, unless it only says that the deal is closed.
    fn closed_stage(&mut self, row: &Row) -> Option<usize> {
        let (_, name) = row.stage();
        (!name.is_empty() && words::stage_outcome(name).is_none()).then(|| self.stage(name))
    }

    /// Adds a deal closed as won.
    pub fn won(&mut self, row: &Row) {
        if let Some(index) = self.closed_stage(row) {
            self.stages[index].won += 1;
        }
        match (row.closed_on(), row.number(CsvField::Amount)) {
            (Some(date), Some(amount)) => {
                let month = self.won.entry(date.months()).or_default();
                month.0 += 1;
                month.1 += amount.value;
            }
            _ => self.unreadable += 1,
        }
    }

    /// Adds a deal closed as lost.
    pub fn lost(&mut self, row: &Row) {
        if let Some(index) = self.closed_stage(row) {
            self.stages[index].lost += 1;
        }
    }

    /// Adds an open deal.
    pub fn open(&mut self, open: Open, record: &Record) {
        self.deals.push((open, record.row, record.line));
    }

    /// Writes the result; returns the currency of the deals where there is only one.
    pub fn finish(mut self, result: &mut CsvImport) -> Option<String> {
        let deals = std::mem::take(&mut self.deals);
        let mut kept: Vec<Open> = Vec::with_capacity(deals.len());
        let mut rows: BTreeMap<String, u32> = BTreeMap::new();
        for (open, row, line) in deals {
            let id = &open.deal.deal_id;
            if let Some(first) = rows.get(id) {
                let error = InputError::in_cell(row, column_of(result, CsvField::DealId), ErrorCode::CsvDuplicate);
                let error = error.with("line", line).with("field", "deal_id").with("value", id.as_str());
                result.errors.push(error.with("first_row", *first));
                result.bad_rows += 1;
                continue;
            }
            if !id.is_empty() {
                rows.insert(id.clone(), row);
            }
            kept.push(open);
        }
        let mut taken: BTreeSet<String> = rows.into_keys().collect();
        let made = make_identifiers(&mut kept, &mut taken);
        let mut currencies: BTreeMap<String, u32> = BTreeMap::new();
        let (mut clamped, mut most_likely) = (0, 0);
        for mut open in kept {
            if let Some(name) = &open.deal.stage {
                let index = self.stage(name);
                let stage = &mut self.stages[index];
                stage.open += 1;
                if let Some(probability) = open.probability {
                    stage.probabilities += 1;
                    stage.sum += probability;
                }
                open.deal.stage = Some(stage.name.clone());
            }
            if let Some(currency) = open.currency {
                *currencies.entry(currency).or_default() += 1;
            }
            clamped += u32::from(open.clamped);
            most_likely += u32::from(open.most_likely);
            result.overdue += u32::from(open.overdue);
            result.warnings.extend(open.warnings);
            result.deals.push(open.deal);
        }
        result.errors.sort_by_key(|error| error.row);
        let counted = [
            (CsvNoteCode::ProbabilityClamped, clamped),
            (CsvNoteCode::IdentifierMade, made),
            (CsvNoteCode::MostLikelyAsBestCase, most_likely),
        ];
        let counted = counted.into_iter().filter(|(_, number)| *number > 0);
        result.notes.extend(counted.map(|(code, number)| CsvNote::new(code).with("count", number)));
        if currencies.len() > 1 {
            let names: Vec<&str> = currencies.keys().map(String::as_str).collect();
            result.notes.push(CsvNote::new(CsvNoteCode::MixedCurrencies).with("currencies", names));
        }
        self.write_stages(result);
        self.write_won(result);
        if currencies.is_empty() {
            let amount = result.columns.iter().find(|column| column.field == Some(CsvField::Amount));
            return amount.and_then(|column| currency_in_header(&column.header)).map(str::to_owned);
        }
        if currencies.len() == 1 { currencies.into_keys().next() } else { None }
    }

    fn write_stages(&self, result: &mut CsvImport) {
        let found = self.stages.iter().filter(|stage| stage.open + stage.won + stage.lost > 0);
        result.stages = found
            .map(|stage| CsvStage {
                stage: stage.name.clone(),
                known: stage.known,
                open: stage.open,
                won: stage.won,
                lost: stage.lost,
                mean_probability: (stage.probabilities > 0).then(|| stage.sum / f64::from(stage.probabilities)),
            })
            .collect();
    }

    fn write_won(&self, result: &mut CsvImport) {
        let won = &mut result.won;
        won.unreadable = self.unreadable;
        for (&month, &(deals, amount)) in &self.won {
            won.by_month.push(CsvWonMonth { month: month_text(month), deals, amount });
            if (self.window.0..=self.window.1).contains(&month) {
                won.deals_in_window += deals;
                won.amount_in_window += amount;
            }
        }
    }
}

/// The column that gives a field, from 1.
fn column_of(result: &CsvImport, field: CsvField) -> Option<u32> {
    result.columns.iter().find(|column| column.field == Some(field)).map(|column| column.column)
}

/// Gives deals without an identifier one made of name and account, so that the same file gives the
/// same random draws; a counter tells equal ones apart.
fn make_identifiers(deals: &mut [Open], taken: &mut BTreeSet<String>) -> u32 {
    let mut last: BTreeMap<String, u32> = BTreeMap::new();
    let mut made = 0;
    for open in deals.iter_mut().filter(|open| open.deal.deal_id.is_empty()) {
        let name = open.deal.name.as_deref().unwrap_or("");
        let parts: Vec<&str> = [name, &open.account].into_iter().filter(|part| !part.is_empty()).collect();
        let mut base = if parts.is_empty() { "?".to_owned() } else { parts.join(" | ") };
        if let Some((end, _)) = base.char_indices().nth(READABLE) {
            base = format!("{} {:016x}", &base[..end], fingerprint(&base));
        }
        let number = last.entry(base.clone()).or_default();
        let id = loop {
            *number += 1;
            let id = if *number == 1 { base.clone() } else { format!("{base} #{number}") };
            if !taken.contains(&id) {
                break id;
            }
        };
        taken.insert(id.clone());
        open.deal.deal_id = id;
        made += 1;
    }
    count(made)
}
