//! What stands between two cells, and which row is the header.

use super::header;
use super::table::{self, Table};
use super::types::Delimiter;

/// How much of the file is looked at, in bytes.
const SAMPLE: usize = 64 << 10;
/// Rows among which the header is sought.
const HEADER_ROWS: usize = 30;
/// Fields that a row must name to be taken as the header when it is not the first.
const HEADER_FIELDS: usize = 2;

impl Delimiter {
    /// All of them; where a file fits several, the first.
    pub(super) const ALL: [Self; 4] = [Self::Semicolon, Self::Comma, Self::Tab, Self::Pipe];

    /// The byte.
    #[must_use]
    pub fn byte(self) -> u8 {
        match self {
            Self::Comma => b',',
            Self::Semicolon => b';',
            Self::Tab => b'\t',
            Self::Pipe => b'|',
        }
    }
}

/// A line `sep=;` before the header, as spreadsheets read and write it: its delimiter, and the text after it.
pub(super) fn separator_line(text: &str) -> Option<(Delimiter, &str)> {
    let end = text.find(['\r', '\n']).unwrap_or(text.len());
    let line = text[..end].trim_matches(|c| matches!(c, '"' | ' '));
    let value = line.strip_prefix("sep=").or_else(|| line.strip_prefix("SEP="))?;
    let delimiter = Delimiter::ALL.into_iter().find(|delimiter| value.as_bytes() == [delimiter.byte()])?;
    let rest = &text[end..];
    Some((delimiter, rest.strip_prefix("\r\n").or_else(|| rest.get(1..)).unwrap_or("")))
}

/// The record that is the header: the one that names the most fields; else the first.
pub(super) fn header_record(table: &Table) -> Option<usize> {
    let named = |index: usize| {
        let record = &table.records[index];
        header::score((0..table.width(record)).map(|column| table.cell(record, column)))
    };
    let mut best: Option<(usize, usize)> = None;
    for index in 0..table.records.len().min(HEADER_ROWS) {
        let fields = named(index);
        if fields >= HEADER_FIELDS && best.is_none_or(|(_, most)| fields > most) {
            best = Some((index, fields));
        }
    }
    let first = table.records.iter().position(|record| record.problem.is_none() && !table.is_blank(record));
    best.map(|(index, _)| index).or(first)
}

/// The delimiter whose cells name the most fields in one row; else the one that gives rows of the
/// most equal width.
pub(super) fn detect(text: &str) -> Delimiter {
    let mut end = text.len().min(SAMPLE);
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    let judged = Delimiter::ALL.map(|delimiter| {
        let mut table = table::parse(&text[..end], delimiter.byte(), 1, HEADER_ROWS + 30);
        if end < text.len() && table.records.len() > 1 && table.count <= HEADER_ROWS + 30 {
            table.records.pop();
        }
        let fields = header_record(&table).map_or(0, |index| {
            let record = &table.records[index];
            header::score((0..table.width(record)).map(|column| table.cell(record, column)))
        });
        let mut widths: Vec<usize> = table.records.iter().map(|r| table.width(r)).filter(|&width| width > 1).collect();
        widths.sort_unstable();
        let usual = widths.chunk_by(|a, b| a == b).max_by_key(|run| (run.len(), run[0]));
        let (same, width) = usual.map_or((0, 0), |run| (run.len(), run[0]));
        (fields, same, width, delimiter)
    });
    let mut best = judged[0];
    for other in &judged[1..] {
        if (other.0, other.1, other.2) > (best.0, best.1, best.2) {
            best = *other;
        }
    }
    best.3
}

#[cfg(test)]
mod tests {
    use super::*;
    #[cfg(target_arch = "wasm32")]
    use wasm_bindgen_test::wasm_bindgen_test as test;

    #[test]
    fn detects_the_delimiter() {
        let cases = [
            ("Nom;Montant;Étape\nA;1,5;B\nC;2,5;D", Delimiter::Semicolon),
            ("Name,Amount,Stage\nA,\"1;5\",B", Delimiter::Comma),
            ("Name\tAmount\tStage\nA, b\t1,000\tC, d", Delimiter::Tab),
            ("Name|Amount|Stage\nA|1|B", Delimiter::Pipe),
            ("\"Name;x\",\"Amount;y\",\"a\"\n\"b;c\",\"d;e\",\"f\"", Delimiter::Comma),
            ("one two\nthree", Delimiter::Semicolon),
            ("a,b,c\nd,e;f,g\nh,i,j", Delimiter::Comma),
            ("", Delimiter::Semicolon),
        ];
        for (text, expected) in cases {
            assert_eq!(detect(text), expected, "{text}");
        }
    }

    #[test]
    fn a_long_text_cut_anywhere_is_judged_by_whole_rows() {
        let text = format!("Nom;Montant\n{}", "é;1,5\n".repeat(SAMPLE));
        assert_eq!(detect(&text), Delimiter::Semicolon);
    }

    #[test]
    fn reads_the_separator_line() {
        assert_eq!(separator_line("sep=;\r\na;b"), Some((Delimiter::Semicolon, "a;b")));
        assert_eq!(separator_line("\"sep=,\"\na"), Some((Delimiter::Comma, "a")));
        assert_eq!(separator_line("sep=\t\ra"), Some((Delimiter::Tab, "a")));
        assert_eq!(separator_line("sep=;"), Some((Delimiter::Semicolon, "")));
        assert_eq!(separator_line("sep=x\na"), None);
        assert_eq!(separator_line("Name;sep=;"), None);
    }

    #[test]
    fn finds_the_header_below_a_title() {
        let header = |text: &str| header_record(&table::parse(text, b';', 1, 100));
        assert_eq!(header("Report of March\n\nName;Amount\nA;1"), Some(1));
        assert_eq!(header("x;y\n1;2"), Some(0));
        assert_eq!(header(";;\nx;y"), Some(1));
        assert_eq!(header(""), None);
    }
}
