//! Tables of dates.

use super::*;
#[cfg(target_arch = "wasm32")]
use wasm_bindgen_test::wasm_bindgen_test as test;

fn ymd(year: i32, month: i32, day: i32) -> Option<Date> {
    Date::new(year, month, day)
}

#[test]
fn reads_dates_that_stand_for_themselves() {
    let day = ymd(2026, 3, 31);
    for text in [
        "2026-03-31",
        "2026/03/31",
        "2026.3.31",
        "20260331",
        "2026-03-31 14:05",
        "2026-03-31T14:05:09Z",
        "2026-03-31T14:05:09.123+02:00",
        "2026-03-31 00:00:00 UTC",
        "31 mars 2026",
        "31 Mars 2026 à 14:05",
        "mardi 31 mars 2026",
        "31-Mar-26",
        "31 March 2026",
        "Mar 31, 2026",
        "March 31st, 2026",
        "Tue, 31 Mar 2026 10:00:00 +0100",
        "Mar 31, 2026, 2:05 PM",
        "46112",
        "46112.5",
        "46112,75",
    ] {
        assert_eq!(found(text).and_then(|found| found.date(DateOrder::Dmy)), day, "{text}");
        assert_eq!(found(text).and_then(|found| found.date(DateOrder::Mdy)), day, "{text}");
    }
    let cases = [
        ("1er avril 2026", ymd(2026, 4, 1)),
        ("1 févr. 2026", ymd(2026, 2, 1)),
        ("15 déc. 2025", ymd(2025, 12, 15)),
        ("3 août 2026", ymd(2026, 8, 3)),
        ("2 juil. 2026", ymd(2026, 7, 2)),
        ("2 juin 2026", ymd(2026, 6, 2)),
        ("Sept 9, 2026", ymd(2026, 9, 9)),
        ("mars 2026", ymd(2026, 3, 31)),
        ("Feb 2028", ymd(2028, 2, 29)),
        ("2026-3", ymd(2026, 3, 31)),
        ("04/2026", ymd(2026, 4, 30)),
        ("29 February 2028", ymd(2028, 2, 29)),
    ];
    for (text, expected) in cases {
        assert_eq!(found(text).and_then(|found| found.date(DateOrder::Dmy)), expected, "{text}");
    }
}

#[test]
fn reads_three_numbers_in_the_order_given() {
    let cases = [
        ("31/03/2026", DateOrder::Dmy, ymd(2026, 3, 31)),
        ("31/03/2026", DateOrder::Mdy, None),
        ("3/31/2026", DateOrder::Mdy, ymd(2026, 3, 31)),
        ("05/04/2026", DateOrder::Dmy, ymd(2026, 4, 5)),
        ("05/04/2026", DateOrder::Mdy, ymd(2026, 5, 4)),
        ("31.03.2026", DateOrder::Dmy, ymd(2026, 3, 31)),
        ("31-3-26", DateOrder::Dmy, ymd(2026, 3, 31)),
        ("31/03/2026 14:30", DateOrder::Dmy, ymd(2026, 3, 31)),
        ("3/31/2026, 2:30 PM", DateOrder::Mdy, ymd(2026, 3, 31)),
        ("26-03-31", DateOrder::Ymd, ymd(2026, 3, 31)),
        ("29/02/2026", DateOrder::Dmy, None),
        ("01/06/85", DateOrder::Dmy, ymd(1985, 6, 1)),
    ];
    for (text, order, expected) in cases {
        assert_eq!(found(text).and_then(|found| found.date(order)), expected, "{text}");
    }
}

#[test]
fn refuses_what_is_no_date() {
    for text in [
        "",
        "soon",
        "Q1 2026",
        "2026",
        "31",
        "32/01/2026",
        "00/01/2026",
        "2026-13-01",
        "2026-02-30",
        "31 marz 2026",
        "1/2/3/4",
        "12345678901",
        "1er",
        "jui 3 2026",
        "31/03/202",
        "123/4/2026",
        "12:30",
        "99999",
        "10000",
        "31/03/2026 <b>:</b>",
        "1899-01-01",
    ] {
        assert_eq!(found(text).and_then(|found| found.date(DateOrder::Dmy)), None, "{text}");
    }
}

#[test]
fn counts_days() {
    let cases = [
        (61, (1900, 3, 1)),
        (25_569, (1970, 1, 1)),
        (36_526, (2000, 1, 1)),
        (46_081, (2026, 2, 28)),
        (46_082, (2026, 3, 1)),
    ];
    for (serial, (year, month, day)) in cases {
        assert_eq!(Date::from_serial(serial), ymd(year, month, day));
    }
    let first = Date { year: 1970, month: 1, day: 1 }.days();
    for serial in 25_569..80_000 {
        let date = Date::from_serial(serial).expect("a date");
        assert_eq!(date.days() - first, serial - 25_569);
    }
}

#[test]
fn a_column_shows_its_order() {
    let of = |cells: &[&str]| OrderEvidence::of(cells.iter().copied());
    assert_eq!(of(&["31/03/2026", "01/02/2026"]).order(), Some(DateOrder::Dmy));
    assert_eq!(of(&["03/31/2026", "01/02/2026"]).order(), Some(DateOrder::Mdy));
    let open = of(&["01/02/2026", "03/03/2026", "x"]);
    assert_eq!((open.order(), open.either), (None, 1));
    assert_eq!(
        of(&["2026-03-31", "46112", "31 mars 2026"]),
        OrderEvidence { year_first: 1, serials: 1, ..Default::default() }
    );
}

#[test]
fn iso_is_strict() {
    assert_eq!(Date::iso("2026-03-31"), ymd(2026, 3, 31));
    for text in ["2026-03-31T00:00", "31/03/2026", "2026/03/31", "2026-3-31", ""] {
        assert_eq!(Date::iso(text), None, "{text}");
    }
}
