//! Currencies as amounts and columns write them.

/// ISO 4217 codes that are recognised, in alphabetical order.
const CODES: [&str; 51] = [
    "AED", "ARS", "AUD", "BGN", "BHD", "BRL", "CAD", "CHF", "CLP", "CNY", "COP", "CZK", "DKK", "DZD", "EGP", "EUR",
    "GBP", "HKD", "HUF", "IDR", "ILS", "INR", "ISK", "JPY", "KES", "KRW", "KWD", "MAD", "MXN", "MYR", "NGN", "NOK",
    "NZD", "PEN", "PHP", "PLN", "QAR", "RON", "RSD", "SAR", "SEK", "SGD", "THB", "TND", "TRY", "TWD", "UAH", "USD",
    "VND", "XOF", "ZAR",
];

/// Signs and names, lower case, with their code; none where several currencies share the sign.
const SIGNS: [(&str, Option<&str>); 28] = [
    ("€", Some("EUR")),
    ("euro", Some("EUR")),
    ("euros", Some("EUR")),
    ("$", Some("USD")),
    ("us$", Some("USD")),
    ("ca$", Some("CAD")),
    ("c$", Some("CAD")),
    ("a$", Some("AUD")),
    ("au$", Some("AUD")),
    ("nz$", Some("NZD")),
    ("hk$", Some("HKD")),
    ("s$", Some("SGD")),
    ("r$", Some("BRL")),
    ("mx$", Some("MXN")),
    ("£", Some("GBP")),
    ("¥", Some("JPY")),
    ("₹", Some("INR")),
    ("₩", Some("KRW")),
    ("₪", Some("ILS")),
    ("₺", Some("TRY")),
    ("zł", Some("PLN")),
    ("kč", Some("CZK")),
    ("sfr", Some("CHF")),
    ("fr.", Some("CHF")),
    ("kr", None),
    ("kr.", None),
    ("fcfa", Some("XOF")),
    ("us dollar", Some("USD")),
];

/// The code of a currency written as a code, sign or name in lower case. The outer option says
/// whether it is a currency at all, the inner one whether it is a single one.
pub(super) fn currency(token: &str) -> Option<Option<&'static str>> {
    let code = CODES.iter().find(|code| code.eq_ignore_ascii_case(token)).map(|code| Some(*code));
    code.or_else(|| SIGNS.iter().find(|(sign, _)| *sign == token).map(|(_, code)| *code))
}

/// Currency of a cell of a currency column: `EUR`, `€`, or a name with the code, such as `EUR - Euro`.
pub(super) fn currency_cell(text: &str) -> Option<&'static str> {
    let lower = text.to_lowercase();
    currency(lower.trim()).flatten().or_else(|| {
        text.split(|c: char| !c.is_ascii_alphabetic())
            .find_map(|word| CODES.iter().find(|code| **code == word).copied())
    })
}

/// Currency that a header names: `Amount (EUR)`, `Montant en €`.
pub(super) fn currency_in_header(header: &str) -> Option<&'static str> {
    let words = header.split(|c: char| c.is_whitespace() || matches!(c, '(' | ')' | '[' | ']' | '/'));
    let mut marked = words.filter(|word| !word.chars().any(char::is_lowercase));
    marked.find_map(|word| currency(&word.to_lowercase()).flatten())
}

/// Whether a folded word is a currency code.
pub(super) fn is_currency_code(word: &str) -> bool {
    CODES.iter().any(|code| code.eq_ignore_ascii_case(word))
}

#[cfg(test)]
mod tests {
    use super::*;
    #[cfg(target_arch = "wasm32")]
    use wasm_bindgen_test::wasm_bindgen_test as test;

    #[test]
    fn recognises_currencies() {
        let cases = [
            ("eur", Some(Some("EUR"))),
            ("€", Some(Some("EUR"))),
            ("us$", Some(Some("USD"))),
            ("kr", Some(None)),
            ("chf", Some(Some("CHF"))),
            ("xyz", None),
            ("", None),
        ];
        for (token, expected) in cases {
            assert_eq!(currency(token), expected, "{token}");
        }
        assert_eq!(currency_cell("EUR - Euro"), Some("EUR"));
        assert_eq!(currency_cell(" £ "), Some("GBP"));
        assert_eq!(currency_cell("Euro (EUR)"), Some("EUR"));
        assert_eq!(currency_cell("none"), None);
        assert!(CODES.is_sorted());
        let cases = [
            ("Amount (EUR)", Some("EUR")),
            ("Montant en k€", None),
            ("Montant (€)", Some("EUR")),
            ("Mad amount", None),
        ];
        for (header, expected) in cases {
            assert_eq!(currency_in_header(header), expected, "{header}");
        }
    }
}
