//! Text to rows of cells, each with the row a spreadsheet shows and the line of the file.

use csv_core::{ReadFieldResult, Reader, ReaderBuilder};
use std::ops::Range;

/// Longest cell, in bytes.
pub(super) const MAXIMUM_CELL: usize = 128 << 10;
/// How far a record with a longer cell is followed to its end, in bytes. Behind a quote that stays
/// open so far, every run of quotes is even, so that no later line leaves one open within the same
/// bytes: looking again from the next line costs at most twice the file.
const MAXIMUM_RECORD: usize = 1 << 20;

/// A row of the file that is not blank.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Record {
    /// Row as a spreadsheet shows it, from 1.
    pub row: u32,
    /// Line of the file it begins on, from 1: differs from the row after cells with line breaks.
    pub line: u32,
    /// What could not be read, if anything: the record then has no cells.
    pub problem: Option<Problem>,
    cells: Range<usize>,
}

/// Why a row has no cells.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Problem {
    /// A quote opens and does not close. The next row begins on the next line.
    UnclosedQuote,
    /// A cell is longer than [`MAXIMUM_CELL`]; with the bytes of the row.
    LongCell(usize),
}

/// The rows of a file. Cells stand in one text, so that a large file costs two allocations.
#[derive(Debug)]
pub(super) struct Table {
    text: String,
    ends: Vec<usize>,
    /// Rows that are not blank, at most as many as asked for.
    pub records: Vec<Record>,
    /// Rows that are not blank, those beyond the limit included.
    pub count: usize,
    /// Number of the last row.
    pub last_row: u32,
}

impl Table {
    /// Cells of a record.
    pub fn width(&self, record: &Record) -> usize {
        record.cells.len()
    }

    /// A cell without the white space around it; empty where the record has no such cell.
    pub fn cell(&self, record: &Record, column: usize) -> &str {
        let index = record.cells.start + column;
        if index >= record.cells.end {
            return "";
        }
        let start = if index == 0 { 0 } else { self.ends.get(index - 1).copied().unwrap_or(0) };
        self.ends.get(index).and_then(|&end| self.text.get(start..end)).unwrap_or("").trim()
    }

    /// Whether all cells are empty.
    pub fn is_blank(&self, record: &Record) -> bool {
        record.problem.is_none() && (0..record.cells.len()).all(|column| self.cell(record, column).is_empty())
    }
}

/// Where the line that holds `at` ends: the place after its terminator.
fn next_line(bytes: &[u8], at: usize) -> usize {
    let rest = bytes.get(at..).unwrap_or_default();
    match rest.iter().position(|byte| matches!(byte, b'\n' | b'\r')) {
        Some(found) if rest[found] == b'\r' && rest.get(found + 1) == Some(&b'\n') => at + found + 2,
        Some(found) => at + found + 1,
        None => bytes.len(),
    }
}

/// Line terminators (CRLF, LF or CR) in the bytes.
fn lines(bytes: &[u8]) -> u32 {
    let mut count = 0;
    let mut previous = 0;
    for &byte in bytes {
        if byte == b'\r' || (byte == b'\n' && previous != b'\r') {
            count += 1;
        }
        previous = byte;
    }
    count
}

/// Length of the record that the bytes begin with, terminator left out, by the same rules as the
/// reader's; nothing where a quote stays open to the end.
fn record_length(bytes: &[u8], delimiter: u8) -> Option<usize> {
    #[derive(Clone, Copy, PartialEq)]
    enum At {
        FieldStart,
        Field,
        Quoted,
        QuoteInQuoted,
    }
    let mut at = At::FieldStart;
    for (index, &byte) in bytes.iter().enumerate() {
        at = match (at, byte) {
            (At::Quoted, b'"') => At::QuoteInQuoted,
            (At::Quoted, _) | (At::FieldStart | At::QuoteInQuoted, b'"') => At::Quoted,
            (_, b'\n' | b'\r') => return Some(index),
            (_, byte) if byte == delimiter => At::FieldStart,
            _ => At::Field,
        };
    }
    (at != At::Quoted).then_some(bytes.len())
}

/// One record read: where its bytes end, and whether a cell was too long.
struct Extent {
    end: usize,
    long: bool,
}

/// Splits a text, whose first line is line `first_line` of the file, into rows and cells. Stores the first `limit` rows that are not blank lines and
/// counts the others.
pub(super) fn parse(text: &str, delimiter: u8, first_line: u32, limit: usize) -> Table {
    let bytes = text.as_bytes();
    let mut reader = ReaderBuilder::new().delimiter(delimiter).build();
    let mut cells: Vec<u8> = Vec::new();
    let mut table = Table { text: String::new(), ends: Vec::new(), records: Vec::new(), count: 0, last_row: 0 };
    let (mut position, mut line) = (0, first_line);
    while position < bytes.len() {
        table.last_row += 1;
        if matches!(bytes[position], b'\n' | b'\r') {
            position = next_line(bytes, position);
            line += 1;
            continue;
        }
        let (stored_bytes, stored_cells) = (cells.len(), table.ends.len());
        let extent = read_record(&mut reader, bytes, position, &mut cells, &mut table.ends);
        let window = &bytes[position..bytes.len().min(position + MAXIMUM_RECORD)];
        let mut problem = None;
        let mut end = extent.end;
        if extent.long || end == bytes.len() {
            match record_length(window, delimiter) {
                Some(length) if extent.long => {
                    problem = Some(Problem::LongCell(length));
                    end = next_line(bytes, position + length);
                }
                Some(_) => {}
                None => {
                    problem = Some(Problem::UnclosedQuote);
                    end = next_line(bytes, position);
                }
            }
        } else if bytes.get(end.wrapping_sub(1)) == Some(&b'\r') && bytes.get(end) == Some(&b'\n') {
            end += 1;
        }
        table.count += 1;
        let keep = table.count <= limit;
        if problem.is_some() {
            reader.reset();
        }
        if problem.is_some() || !keep {
            cells.truncate(stored_bytes);
            table.ends.truncate(stored_cells);
        }
        if keep {
            let range = stored_cells..table.ends.len();
            table.records.push(Record { row: table.last_row, line, problem, cells: range });
        }
        line += lines(&bytes[position..end]);
        position = end;
    }
    table.text = String::from_utf8_lossy(&cells).into_owned();
    table
}

/// Reads one record into the shared buffers.
fn read_record(
    reader: &mut Reader,
    bytes: &[u8],
    mut position: usize,
    cells: &mut Vec<u8>,
    ends: &mut Vec<usize>,
) -> Extent {
    let mut filled = cells.len();
    let mut field_start = filled;
    loop {
        if cells.len() < filled + 1024 {
            cells.resize(filled + 4096, 0);
        }
        let (result, read, written) = reader.read_field(&bytes[position..], &mut cells[filled..]);
        position += read;
        filled += written;
        if filled - field_start > MAXIMUM_CELL {
            cells.truncate(filled);
            return Extent { end: position, long: true };
        }
        match result {
            ReadFieldResult::InputEmpty | ReadFieldResult::OutputFull => {}
            ReadFieldResult::Field { record_end } => {
                ends.push(filled);
                field_start = filled;
                if record_end {
                    cells.truncate(filled);
                    return Extent { end: position, long: false };
                }
            }
            ReadFieldResult::End => {
                cells.truncate(filled);
                return Extent { end: position, long: false };
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    #[cfg(target_arch = "wasm32")]
    use wasm_bindgen_test::wasm_bindgen_test as test;

    fn rows(text: &str) -> Vec<(u32, u32, Vec<String>)> {
        let table = parse(text, b';', 1, usize::MAX);
        let cells = |record: &Record| (0..table.width(record)).map(|c| table.cell(record, c).to_owned()).collect();
        table.records.iter().map(|record| (record.row, record.line, cells(record))).collect()
    }

    fn row(row: u32, line: u32, cells: &[&str]) -> (u32, u32, Vec<String>) {
        (row, line, cells.iter().map(|&cell| cell.to_owned()).collect())
    }

    #[test]
    fn counts_rows_and_lines() {
        for end in ["\n", "\r\n", "\r"] {
            let text = ["a;b", "", "\"c", "d\";e", "", "", "f;\"g\"\"h\"", ""].join(end);
            let broken = format!("c{end}d");
            let expected = [row(1, 1, &["a", "b"]), row(3, 3, &[&broken, "e"]), row(6, 7, &["f", "g\"h"])];
            assert_eq!(rows(&text), expected, "{end:?}");
        }
    }

    #[test]
    fn reads_the_last_row_without_its_terminator() {
        assert_eq!(rows("a;b"), [row(1, 1, &["a", "b"])]);
        assert_eq!(rows("a;"), [row(1, 1, &["a", ""])]);
        assert_eq!(rows("a;\"b\""), [row(1, 1, &["a", "b"])]);
        assert_eq!(rows(""), []);
        assert_eq!(rows("\n\n"), []);
    }

    #[test]
    fn an_unclosed_quote_costs_one_row() {
        let table = parse("a;b\n\"c;d\ne;f\n", b';', 1, usize::MAX);
        let found: Vec<_> = table.records.iter().map(|r| (r.row, r.line, r.problem, table.width(r))).collect();
        assert_eq!(found, [(1, 1, None, 2), (2, 2, Some(Problem::UnclosedQuote), 0), (3, 3, None, 2)]);
        assert_eq!(table.cell(&table.records[2], 1), "f");
    }

    #[test]
    fn a_quote_inside_a_plain_cell_is_a_character() {
        assert_eq!(rows("5\" disk;b\nc;d"), [row(1, 1, &["5\" disk", "b"]), row(2, 2, &["c", "d"])]);
    }

    #[test]
    fn a_long_cell_costs_one_row() {
        let long = "x\n".repeat(MAXIMUM_CELL);
        let table = parse(&format!("a;b\n\"{long}\";d\ne;f"), b';', 1, usize::MAX);
        let found: Vec<_> = table.records.iter().map(|r| (r.row, r.problem)).collect();
        assert_eq!(found, [(1, None), (2, Some(Problem::LongCell(long.len() + 4))), (3, None)]);
        assert_eq!(table.records[2].line as usize, 3 + MAXIMUM_CELL);
        assert_eq!(table.cell(&table.records[2], 0), "e");
    }

    #[test]
    fn quotes_in_any_number_cost_little() {
        for text in ["\"a\n", "\"\"a\n", "a;\"\n", "\"a\"\"\n", "\"\"\"\n", "\"a;b\"c\"\n\"\n"] {
            let table = parse(&text.repeat(100_001), b';', 1, usize::MAX);
            let unclosed = table.records.iter().filter(|record| record.problem.is_some()).count();
            assert!(table.count > 1000 && unclosed <= 20, "{text}: {} rows, {unclosed} unclosed", table.count);
        }
    }

    #[test]
    fn keeps_no_more_rows_than_asked() {
        let table = parse("a\nb\n\nc\nd\n", b';', 1, 2);
        assert_eq!((table.records.len(), table.count, table.last_row), (2, 4, 5));
        assert_eq!(table.cell(&table.records[1], 0), "b");
        assert_eq!(table.cell(&table.records[1], 7), "");
    }
}
