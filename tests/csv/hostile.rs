//! Files that no program writes: nothing panics or hangs, and every row is accounted for.

use super::*;
#[cfg(target_arch = "wasm32")]
use wasm_bindgen_test::wasm_bindgen_test as test;

#[test]
fn wide_and_odd_files_end_in_time() {
    let wide = format!("Name,Amount,Close date,Stage{}\nA,5,2026-04-01,X\n", ",".repeat(2_000_000));
    let result = import(wide.as_bytes(), &options());
    assert_eq!((result.deals.len(), result.columns.len()), (1, dealcast::csv::MAXIMUM_COLUMNS));
    assert_eq!(result.errors[0].code, ErrorCode::ListLength);
    let header = "Name,Amount,Close date,Stage\n";
    for piece in ["\"", "\"\n", ",", "\n", "\"a\n\"", "x,\"\"\"\n", "\r", "a,1,2026-04-01,\"S\n"] {
        let odd = format!("{header}{}", piece.repeat(4_000_000 / piece.len()));
        let result = import(odd.as_bytes(), &options());
        assert!(result.deals.is_empty() || piece.starts_with('a'), "{piece:?}");
    }
}

/// A small generator of numbers for the tests below (xorshift, 64 bits).
struct Numbers(u64);

impl Numbers {
    fn below(&mut self, end: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 % end as u64) as usize
    }
}

#[test]
fn random_bytes_never_panic() {
    let mut numbers = Numbers(0x9e37_79b9_7f4a_7c15);
    let common = b";,\t|\"\r\n 0123456789.,-/=abcXYZ%\xe9\xc3\xa9\x80";
    for length in 0..600 {
        let any: Vec<u8> = (0..length).map(|_| numbers.below(256) as u8).collect();
        sound(&import(&any, &options()));
        let likely: Vec<u8> = (0..length).map(|_| common[numbers.below(common.len())]).collect();
        sound(&import(&likely, &options()));
        let headed = [b"Name;Amount;Close date;Stage;Probability\n", &likely[..]].concat();
        sound(&import(&headed, &options()));
    }
}

#[test]
fn mutated_samples_never_panic_and_account_for_every_row() {
    let mut numbers = Numbers(0x2545_f491_4f6c_dd1d);
    let pieces: [&[u8]; 12] =
        [b"\"", b";", b",", b"\n", b"\r\n", b"\t", b"(", b"-", b"\xff", b"9999999999", b"\"\"", b"=HYPERLINK(1)"];
    for sample in SAMPLES {
        for _ in 0..150 {
            let mut bytes = sample.to_vec();
            for _ in 0..=numbers.below(4) {
                let at = numbers.below(bytes.len());
                match numbers.below(4) {
                    0 => bytes[at] = numbers.below(256) as u8,
                    1 => {
                        let piece = pieces[numbers.below(pieces.len())];
                        bytes.splice(at..at, piece.iter().copied());
                    }
                    2 => {
                        let end = (at + numbers.below(40)).min(bytes.len());
                        bytes.drain(at..end);
                    }
                    _ => bytes.truncate(at.max(1)),
                }
                if bytes.is_empty() {
                    bytes.push(b'x');
                }
            }
            let result = import(&bytes, &options());
            sound(&result);
            assert_eq!(result, import(&bytes, &options()));
        }
    }
}

#[cfg(not(target_arch = "wasm32"))]
mod properties {
    use super::*;
    use proptest::prelude::*;

    /// Any characters, or what often stands in such cells.
    fn cell() -> impl Strategy<Value = String> {
        const USUAL: [&str; 11] =
            ["", "12,5 k€", "1.234", "31/03/2026", "2026-05-01", "60 %", "0.4", "Won", "\n", "=1", "-5"];
        let any = prop::collection::vec(any::<char>(), 0..12).prop_map(|characters| characters.into_iter().collect());
        prop_oneof![any, prop::sample::select(&USUAL[..]).prop_map(str::to_owned)]
    }

    proptest! {
        #![proptest_config(ProptestConfig { cases: 300, failure_persistence: None, ..ProptestConfig::default() })]

        #[test]
        fn any_cells_load_or_are_reported(rows in prop::collection::vec(prop::collection::vec(cell(), 5), 1..12)) {
            let mut file = String::from("Name;Amount;Close date;Stage;Probability\n");
            for row in &rows {
                let cells: Vec<String> = row.iter().map(|cell| format!("\"{}\"", cell.replace('"', "\"\""))).collect();
                file.push_str(&cells.join(";"));
                file.push('\n');
            }
            let result = import(file.as_bytes(), &options());
            sound(&result);
            prop_assert_eq!((result.rows + result.blank_rows) as usize, rows.len());
        }

        #[test]
        fn amounts_read_back(cents in 1_u64..1_000_000_000_000, decimal in prop::bool::ANY) {
            let whole = (cents / 100).to_string();
            let groups: Vec<&str> = whole.as_bytes().rchunks(3).rev().map(|g| std::str::from_utf8(g).unwrap()).collect();
            let (group, mark) = if decimal { ("\u{202f}", ",") } else { (",", ".") };
            let amount = format!("{}{mark}{:02}", groups.join(group), cents % 100);
            let result = import(format!("Name;Amount;Close date;Stage\nA;{amount} €;2026-04-01;X\n").as_bytes(), &options());
            prop_assert_eq!(amounts(&result), vec![format!("{}.{:02}", cents / 100, cents % 100).parse::<f64>().unwrap()]);
        }
    }
}
