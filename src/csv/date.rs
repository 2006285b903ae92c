//! Dates as exports write them: `31/03/2026`, `3/31/26`, `2026-03-31T14:00:00Z`, `31 mars 2026`,
//! `Mar 31, 2026`, a month alone (`mars 2026`, `2026-03`), and the day numbers of spreadsheets. The day is taken as written: a time of day
//! or a time zone does not move it.

use super::fold::fold;
use super::types::DateOrder;

/// A day of the Gregorian calendar; ordered by time.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Date {
    /// Year, 1900 to 2199.
    pub year: i32,
    /// Month, from 1.
    pub month: i32,
    /// Day of the month, from 1.
    pub day: i32,
}

/// A date read from a cell.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Found {
    /// Its parts stand for themselves.
    Certain(Date),
    /// Three numbers whose order the column decides: first and second, then the year.
    Numeric(i32, i32, i32),
    /// Day number of a spreadsheet.
    Serial(Date),
}

/// Days of a month.
#[must_use]
pub(super) fn month_length(year: i32, month: i32) -> i32 {
    match month {
        2 if year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) => 29,
        2 => 28,
        4 | 6 | 9 | 11 => 30,
        _ => 31,
    }
}

impl Date {
    /// A date that exists.
    pub fn new(year: i32, month: i32, day: i32) -> Option<Self> {
        let exists = (1900..2200).contains(&year) && (1..=12).contains(&month) && day >= 1;
        (exists && day <= month_length(year, month)).then_some(Self { year, month, day })
    }

    /// Months since the year 0.
    pub fn months(self) -> i32 {
        self.year * 12 + self.month - 1
    }

    /// Days since 1 March of the year 0, proleptic Gregorian calendar.
    pub fn days(self) -> i32 {
        let shifted = self.months() - 2;
        let (year, month) = (shifted.div_euclid(12), shifted.rem_euclid(12));
        365 * year + year / 4 - year / 100 + year / 400 + (153 * month + 2) / 5 + self.day - 1
    }

    /// The date of a day number of a spreadsheet (1900 system: 1 March 1900 is day 61).
    pub fn from_serial(serial: i32) -> Option<Self> {
        let target = serial - 61 + Self { year: 1900, month: 3, day: 1 }.days();
        let mut year = 1900 + (serial - 61).max(0) / 366;
        while (Self { year: year + 1, month: 1, day: 1 }).days() <= target {
            year += 1;
        }
        let mut month = 1;
        while month < 12 && (Self { year, month: month + 1, day: 1 }).days() <= target {
            month += 1;
        }
        Self::new(year, month, target - Self { year, month, day: 1 }.days() + 1)
    }

    /// Reads YYYY-MM-DD, and nothing else.
    pub fn iso(text: &str) -> Option<Self> {
        match found(text)? {
            Found::Certain(date) if text.len() == 10 && text.as_bytes()[4] == b'-' => Some(date),
            _ => None,
        }
    }
}

/// Number of a month named in English or French, in full or abbreviated, folded.
fn month_named(word: &str) -> Option<i32> {
    const NAMES: [(&str, &str); 12] = [
        ("january", "janvier"),
        ("february", "fevrier"),
        ("march", "mars"),
        ("april", "avril"),
        ("may", "mai"),
        ("june", "juin"),
        ("july", "juillet"),
        ("august", "aout"),
        ("september", "septembre"),
        ("october", "octobre"),
        ("november", "novembre"),
        ("december", "decembre"),
    ];
    // "jui" could be June or July, "ma" March or May: three letters, and four for juin and juillet.
    let named = |name: &str| word == name || (word.len() >= 3 && name.starts_with(word) && word != "jui");
    let month = NAMES.iter().position(|(en, fr)| named(en) || named(fr) || (*en == "september" && word == "sept"));
    month.and_then(|index| i32::try_from(index + 1).ok())
}

fn is_weekday(word: &str) -> bool {
    const NAMES: [&str; 14] = [
        "monday",
        "tuesday",
        "wednesday",
        "thursday",
        "friday",
        "saturday",
        "sunday",
        "lundi",
        "mardi",
        "mercredi",
        "jeudi",
        "vendredi",
        "samedi",
        "dimanche",
    ];
    word.len() >= 3 && NAMES.iter().any(|name| name.starts_with(word))
}

/// Year of two or four digits: 00 to 79 are of this century.
fn year(digits: &str) -> Option<i32> {
    let value: i32 = digits.parse().ok()?;
    match digits.len() {
        2 if value < 80 => Some(2000 + value),
        2 => Some(1900 + value),
        4 => Some(value),
        _ => None,
    }
}

/// The part of a text before a time of day.
fn without_time(text: &str) -> &str {
    let Some(colon) = text.find(':') else { return text };
    let hour = text[..colon].trim_end_matches(|c: char| c.is_ascii_digit());
    if colon - hour.len() > 2 {
        return "";
    }
    let (date, time) = text.split_at(hour.len());
    let date = date.trim_end_matches(|c: char| c.is_whitespace() || matches!(c, ',' | 'T' | 'à'));
    let date = date.strip_suffix(" at").unwrap_or(date);
    // A time is digits, marks, a half of the day and a zone.
    let sound = time.chars().all(|c| c.is_alphanumeric() || c.is_whitespace() || matches!(c, ':' | '.' | '+' | '-'));
    if sound { date } else { "" }
}

/// Reads a date; nothing where the text is none.
pub(super) fn found(text: &str) -> Option<Found> {
    let text = text.trim();
    if text.len() > 60 {
        return None;
    }
    if let Some(serial) = serial(text) {
        return Some(serial);
    }
    let folded = fold(without_time(text));
    let words: Vec<&str> = folded.split(' ').filter(|word| !is_weekday(word) || month_named(word).is_some()).collect();
    let digits = |word: &str| !word.is_empty() && word.bytes().all(|byte| byte.is_ascii_digit());
    let value = |word: &str| if word.len() <= 2 { word.parse::<i32>().ok() } else { None };
    match words[..] {
        [all] if all.len() == 8 && digits(all) => {
            let date = Date::new(all[..4].parse().ok()?, all[4..6].parse().ok()?, all[6..].parse().ok()?)?;
            Some(Found::Certain(date))
        }
        [a, b, c] if digits(a) && digits(b) && digits(c) => {
            if a.len() == 4 {
                return Date::new(year(a)?, value(b)?, value(c)?).map(Found::Certain);
            }
            let (first, second) = (value(a)?, value(b)?);
            (first.min(second) >= 1 && first.max(second) <= 31).then_some(())?;
            Some(Found::Numeric(first, second, year(c)?))
        }
        // A month alone stands for its last day.
        [first, second] if digits(second) && second.len() == 4 => {
            let month = month_named(first).or_else(|| value(first).filter(|_| digits(first)))?;
            last_day(year(second)?, month)
        }
        [first, second] if digits(first) && first.len() == 4 && digits(second) => {
            last_day(year(first)?, value(second)?)
        }
        [first, second, of] if digits(of) => {
            let (day, month) = match (month_named(first), month_named(second)) {
                (None, Some(month)) => (first, month),
                (Some(month), None) => (second, month),
                _ => return None,
            };
            let ordinal = ["st", "nd", "rd", "th", "er"].iter().find_map(|suffix| day.strip_suffix(suffix));
            Date::new(year(of)?, month, value(ordinal.unwrap_or(day))?).map(Found::Certain)
        }
        _ => None,
    }
}

fn last_day(year: i32, month: i32) -> Option<Found> {
    Date::new(year, month, month_length(year, month)).map(Found::Certain)
}

/// A day number from 1954 to 2119, a fraction of the day allowed.
fn serial(text: &str) -> Option<Found> {
    let (whole, fraction) = text.split_once(['.', ',']).unwrap_or((text, "0"));
    let digits = |part: &str| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit());
    if whole.len() != 5 || !digits(whole) || !digits(fraction) {
        return None;
    }
    let serial: i32 = whole.parse().ok()?;
    if !(20_000..80_000).contains(&serial) {
        return None;
    }
    Date::from_serial(serial).map(Found::Serial)
}

impl Found {
    /// The date, three numbers read in the given order.
    pub fn date(self, order: DateOrder) -> Option<Date> {
        match self {
            Self::Certain(date) | Self::Serial(date) => Some(date),
            Self::Numeric(first, second, year) => match order {
                DateOrder::Mdy => Date::new(year, first, second),
                DateOrder::Dmy => Date::new(year, second, first),
                // Two digits of a year first: 26-03-31.
                DateOrder::Ymd => Date::new(2000 + first, second, year % 100),
            },
        }
    }
}

/// What the dates of a column show about the order of their numbers.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) struct OrderEvidence {
    /// Dates that only have the day first.
    pub day_first: usize,
    /// Dates that only have the month first.
    pub month_first: usize,
    /// Dates that could be either.
    pub either: usize,
    /// Dates written year first.
    pub year_first: usize,
    /// Day numbers of a spreadsheet.
    pub serials: usize,
}

impl OrderEvidence {
    /// Looks at the cells of a column.
    pub fn of<'a>(cells: impl Iterator<Item = &'a str>) -> Self {
        let mut evidence = Self::default();
        for cell in cells {
            match found(cell) {
                Some(Found::Numeric(first, second, _)) if first > 12 && second <= 12 => evidence.day_first += 1,
                Some(Found::Numeric(first, second, _)) if first <= 12 && second > 12 => evidence.month_first += 1,
                // The same day either way shows nothing and depends on nothing.
                Some(Found::Numeric(first, second, _)) if first <= 12 && first != second => evidence.either += 1,
                Some(Found::Certain(_)) if cell.trim().starts_with(|c: char| c.is_ascii_digit()) => {
                    evidence.year_first += usize::from(cell.trim().bytes().take(4).all(|byte| byte.is_ascii_digit()));
                }
                Some(Found::Serial(_)) => evidence.serials += 1,
                _ => {}
            }
        }
        evidence
    }

    /// The order that most dates show.
    pub fn order(self) -> Option<DateOrder> {
        match self.day_first.cmp(&self.month_first) {
            std::cmp::Ordering::Greater => Some(DateOrder::Dmy),
            std::cmp::Ordering::Less => Some(DateOrder::Mdy),
            std::cmp::Ordering::Equal => None,
        }
    }
}

#[cfg(test)]
#[path = "date_tests.rs"]
mod tests;
