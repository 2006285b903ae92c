//! Numbers as people and programs write them: `12 500,50 €`, `$12,500.50`, `CHF 1'200`, `1.2M`, `45 %`.

use super::currency::currency;
use super::types::{DecimalMark, ProbabilityScale};

/// A number read from a cell.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Number {
    /// Value, a suffix such as `k` or `M` applied.
    pub value: f64,
    /// Currency written with it.
    pub currency: Option<&'static str>,
    /// Whether a percent sign follows.
    pub percent: bool,
}

/// Which mark is the decimal one where a number does not show it by itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) struct Style {
    /// The mark; absent: a mark before three last digits groups thousands.
    pub decimal: Option<DecimalMark>,
    /// Whether the reader chose it: numbers that contradict it are refused.
    pub forced: bool,
}

/// What one number shows about the decimal mark.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Evidence {
    /// This mark is the decimal one.
    Decimal(DecimalMark),
    /// One mark before three last digits: either.
    Either(DecimalMark),
    /// No mark.
    None,
}

/// A number in parts.
struct Parts {
    negative: bool,
    /// Digits, `,`, `.`, and a space for each group separator of other kinds.
    digits: String,
    exponent: i32,
    currency: Option<&'static str>,
    percent: bool,
}

fn is_group_separator(character: char) -> bool {
    character.is_whitespace() || matches!(character, '\'' | '’' | 'ʼ' | '`' | '´')
}

/// Powers of ten that a suffix stands for.
fn multiplier(token: &str) -> Option<i32> {
    match token {
        "k" => Some(3),
        "m" | "mio" | "mn" | "mln" => Some(6),
        "b" | "bn" | "md" | "mds" | "mrd" => Some(9),
        _ => None,
    }
}

/// What stands after the digits: a multiplier and a currency, in either order.
fn suffix(token: &str) -> Option<(i32, Option<&'static str>)> {
    if token.is_empty() {
        return Some((0, None));
    }
    if let Some(code) = currency(token) {
        return Some((0, code));
    }
    for (at, _) in token.char_indices().chain([(token.len(), ' ')]) {
        let (front, back) = token.split_at(at);
        let either = [(front, back), (back, front)];
        for (power, rest) in either {
            if let Some(power) = multiplier(power)
                && let Some(code) = if rest.is_empty() { Some(None) } else { currency(rest) }
            {
                return Some((power, code));
            }
        }
    }
    None
}

/// Separates sign, digits, exponent, suffix and currency.
fn split(text: &str) -> Option<Parts> {
    let text = text.trim();
    let first = text.find(|c: char| c.is_ascii_digit())?;
    // A decimal mark may come before the first digit: .5
    let start = if first > 0 && matches!(text.as_bytes()[first - 1], b'.' | b',') { first - 1 } else { first };
    let last = text.rfind(|c: char| c.is_ascii_digit())?;
    let (front, middle, back) = (&text[..start], &text[start..=last], &text[last + 1..]);
    let (middle, power) = match middle.find(['e', 'E']) {
        Some(at) => (&middle[..at], middle[at + 1..].parse::<i8>().ok()?),
        None => (middle, 0),
    };
    let back = back.strip_prefix(['.', ',']).unwrap_or(back);
    let clean = |text: &str| -> String { text.to_lowercase().chars().filter(|c| !c.is_whitespace()).collect() };
    let (mut front, mut back) = (clean(front), clean(back));
    let mut negative = false;
    if front.contains('(') || back.contains(')') {
        let (open, close) = (front.matches('(').count(), back.matches(')').count());
        if (open, close) != (1, 1) {
            return None;
        }
        negative = true;
        front = front.replace('(', "");
        back = back.replace(')', "");
    }
    let minus = |text: &str| text.chars().filter(|c| matches!(c, '-' | '−' | '–')).count();
    match minus(&front) + minus(&back) {
        0 => {}
        1 if !negative => negative = true,
        _ => return None,
    }
    let bare = |text: &str| -> String { text.chars().filter(|c| !matches!(c, '-' | '−' | '–' | '+')).collect() };
    let (front, back) = (bare(&front), bare(&back));
    let percent = back.contains('%');
    let back = back.replacen('%', "", 1);
    let before = if front.is_empty() { None } else { currency(&front)? };
    let (multiple, after) = suffix(&back)?;
    if !front.is_empty() && after.is_some() && before != after {
        return None;
    }
    let mut digits = String::with_capacity(middle.len());
    for character in middle.chars() {
        match character {
            '0'..='9' | ',' | '.' => digits.push(character),
            _ if is_group_separator(character) => {
                if !digits.ends_with(' ') {
                    digits.push(' ');
                }
            }
            _ => return None,
        }
    }
    Some(Parts { negative, digits, exponent: i32::from(power) + multiple, currency: before.or(after), percent })
}

/// Whether groups of thousands are well formed: the last of three digits, the first of one to
/// three, those between of three (or two, as in India).
fn grouped(integer: &str, separator: char) -> bool {
    let groups: Vec<&str> = integer.split(separator).collect();
    let all_digits = groups.iter().all(|group| group.bytes().all(|byte| byte.is_ascii_digit()));
    let (Some((first, rest)), true) = (groups.split_first(), all_digits) else { return false };
    match rest.split_last() {
        None => true,
        Some((last, between)) => {
            last.len() == 3 && (1..=3).contains(&first.len()) && between.iter().all(|g| matches!(g.len(), 2 | 3))
        }
    }
}

fn mark(character: char) -> DecimalMark {
    if character == ',' { DecimalMark::Comma } else { DecimalMark::Point }
}

/// What the marks of a number show.
fn evidence_of(digits: &str) -> Evidence {
    let commas = digits.matches(',').count();
    let points = digits.matches('.').count();
    let last = digits.rfind([',', '.']);
    let Some(last) = last else { return Evidence::None };
    let character = if digits.as_bytes()[last] == b',' { ',' } else { '.' };
    let this = mark(character);
    let other = if this == DecimalMark::Comma { DecimalMark::Point } else { DecimalMark::Comma };
    if commas > 0 && points > 0 || digits.contains(' ') {
        return Evidence::Decimal(this);
    }
    if commas + points > 1 {
        return Evidence::Decimal(other);
    }
    let (before, after) = (&digits[..last], &digits[last + 1..]);
    if after.len() == 3 && (1..=3).contains(&before.len()) && !before.starts_with('0') {
        Evidence::Either(this)
    } else {
        Evidence::Decimal(this)
    }
}

/// What a cell shows about the decimal mark of its column.
pub(super) fn evidence(text: &str) -> Evidence {
    split(text).map_or(Evidence::None, |parts| evidence_of(&parts.digits))
}

/// Reads a number.
pub(super) fn number(text: &str, style: Style) -> Option<Number> {
    let parts = split(text)?;
    let decimal = match evidence_of(&parts.digits) {
        Evidence::Decimal(mark) => {
            if style.forced && style.decimal.is_some_and(|chosen| chosen != mark) {
                return None;
            }
            Some(mark)
        }
        Evidence::Either(mark) => match style.decimal {
            Some(chosen) => Some(chosen),
            None if mark == DecimalMark::Comma => Some(DecimalMark::Point),
            None => Some(DecimalMark::Comma),
        },
        Evidence::None => None,
    };
    let (decimal, group) = match decimal {
        Some(DecimalMark::Comma) => (',', '.'),
        _ => ('.', ','),
    };
    let (integer, fraction) = parts.digits.split_once(decimal).unwrap_or((&parts.digits, ""));
    if !fraction.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    let separator = match (integer.contains(' '), integer.contains(group)) {
        (true, true) => return None,
        (true, false) => ' ',
        _ => group,
    };
    if !grouped(integer, separator) {
        return None;
    }
    let integer: String = integer.chars().filter(char::is_ascii_digit).collect();
    let sign = if parts.negative { "-" } else { "" };
    let value: f64 = format!("{sign}{integer}.{fraction}e{}", parts.exponent).parse().ok()?;
    value.is_finite().then_some(Number { value, currency: parts.currency, percent: parts.percent })
}

/// The decimal mark that a column shows.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) struct ColumnEvidence {
    /// Cells that show a decimal comma.
    pub commas: usize,
    /// Cells that show a decimal point.
    pub points: usize,
    /// Cells that could be read either way.
    pub either: usize,
}

impl ColumnEvidence {
    /// Looks at the cells of a column.
    pub fn of<'a>(cells: impl Iterator<Item = &'a str>) -> Self {
        let mut found = Self::default();
        for cell in cells {
            match evidence(cell) {
                Evidence::Decimal(DecimalMark::Comma) => found.commas += 1,
                Evidence::Decimal(DecimalMark::Point) => found.points += 1,
                Evidence::Either(_) => found.either += 1,
                Evidence::None => {}
            }
        }
        found
    }

    /// The mark that most cells show.
    pub fn mark(self) -> Option<DecimalMark> {
        match self.commas.cmp(&self.points) {
            std::cmp::Ordering::Greater => Some(DecimalMark::Comma),
            std::cmp::Ordering::Less => Some(DecimalMark::Point),
            std::cmp::Ordering::Equal => None,
        }
    }

    /// How the column is to be read.
    pub fn style(self, wanted: Option<DecimalMark>) -> Style {
        Style { decimal: wanted.or_else(|| self.mark()), forced: wanted.is_some() }
    }
}

/// How a column of probabilities is written, and whether only zeros and ones leave that open: a
/// percent sign or a value above 1 says percent.
pub(super) fn probability_scale(numbers: impl Iterator<Item = Number>) -> (ProbabilityScale, bool) {
    let (mut percent, mut between, mut any) = (false, false, false);
    for number in numbers {
        any = true;
        percent |= number.percent || number.value > 1.0;
        between |= number.value > 0.0 && number.value < 1.0;
    }
    match (percent, between) {
        (true, _) => (ProbabilityScale::Percent, false),
        (false, true) => (ProbabilityScale::Fraction, false),
        (false, false) => (ProbabilityScale::Fraction, any),
    }
}

#[cfg(test)]
#[path = "number_tests.rs"]
mod tests;
