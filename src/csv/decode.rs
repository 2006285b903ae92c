//! Bytes to text: UTF-8, UTF-16 with a byte order mark, Windows-1252.

use super::types::Encoding;
use crate::error::{ErrorCode, InputError};
use std::borrow::Cow;

/// Windows-1252, bytes 0x80 to 0x9F (the others are those of Latin-1). The five bytes that the code
/// page leaves free stand for the control characters of the same number, as the WHATWG Encoding
/// Standard has it.
const WINDOWS_1252: [char; 32] = [
    '€', '\u{81}', '‚', 'ƒ', '„', '…', '†', '‡', 'ˆ', '‰', 'Š', '‹', 'Œ', '\u{8d}', 'Ž', '\u{8f}', '\u{90}', '‘', '’',
    '“', '”', '•', '–', '—', '˜', '™', 'š', '›', 'œ', '\u{9d}', 'ž', 'Ÿ',
];

/// Name of an encoding for messages.
fn name(encoding: Encoding) -> &'static str {
    match encoding {
        Encoding::Utf8 => "UTF-8",
        Encoding::Utf16Le => "UTF-16 LE",
        Encoding::Utf16Be => "UTF-16 BE",
        Encoding::Windows1252 => "Windows-1252",
    }
}

/// The encoding that the bytes show: by their byte order mark, else UTF-8 where they are valid
/// UTF-8, else Windows-1252.
fn detect(bytes: &[u8]) -> Encoding {
    match bytes {
        [0xff, 0xfe, ..] => Encoding::Utf16Le,
        [0xfe, 0xff, ..] => Encoding::Utf16Be,
        _ if std::str::from_utf8(bytes).is_ok() => Encoding::Utf8,
        _ => Encoding::Windows1252,
    }
}

/// Kind of a file that is no text, by its first bytes.
pub(super) fn other_kind(bytes: &[u8]) -> Option<&'static str> {
    const KINDS: [(&[u8], &str); 6] = [
        (b"PK\x03\x04", "xlsx"),
        (b"\xd0\xcf\x11\xe0", "xls"),
        (b"%PDF-", "pdf"),
        (b"\x1f\x8b", "gzip"),
        (b"\x89PNG", "png"),
        (b"\xff\xd8\xff", "jpeg"),
    ];
    KINDS.iter().find(|(start, _)| bytes.starts_with(start)).map(|(_, kind)| *kind)
}

/// Reads the bytes as text, without the byte order mark.
///
/// # Errors
/// `csv_encoding` where the bytes are not text of the encoding.
pub(super) fn decode(bytes: &[u8], wanted: Option<Encoding>) -> Result<(Cow<'_, str>, Encoding), InputError> {
    let encoding = wanted.unwrap_or_else(|| detect(bytes));
    let text = match encoding {
        Encoding::Utf8 => std::str::from_utf8(bytes).ok().map(Cow::Borrowed),
        Encoding::Utf16Le => utf16(bytes, u16::from_le_bytes).map(Cow::Owned),
        Encoding::Utf16Be => utf16(bytes, u16::from_be_bytes).map(Cow::Owned),
        Encoding::Windows1252 => Some(Cow::Owned(bytes.iter().map(|&byte| windows_1252(byte)).collect())),
    };
    let Some(text) = text else {
        return Err(InputError::at("", ErrorCode::CsvEncoding).with("encoding", name(encoding)));
    };
    let text = match text {
        Cow::Borrowed(text) => Cow::Borrowed(text.strip_prefix('\u{feff}').unwrap_or(text)),
        Cow::Owned(text) => match text.strip_prefix('\u{feff}') {
            Some(rest) => Cow::Owned(rest.to_owned()),
            None => Cow::Owned(text),
        },
    };
    Ok((text, encoding))
}

fn windows_1252(byte: u8) -> char {
    match byte {
        0x80..=0x9f => WINDOWS_1252[usize::from(byte - 0x80)],
        _ => char::from(byte),
    }
}

/// UTF-16, or nothing where a surrogate stands alone or a byte is left over.
fn utf16(bytes: &[u8], unit: fn([u8; 2]) -> u16) -> Option<String> {
    let (units, rest) = bytes.as_chunks::<2>();
    if !rest.is_empty() {
        return None;
    }
    char::decode_utf16(units.iter().map(|&pair| unit(pair))).collect::<Result<_, _>>().ok()
}

#[cfg(test)]
mod tests {
    use super::*;
    #[cfg(target_arch = "wasm32")]
    use wasm_bindgen_test::wasm_bindgen_test as test;

    fn read(bytes: &[u8]) -> (String, Encoding) {
        let (text, encoding) = decode(bytes, None).expect("text");
        (text.into_owned(), encoding)
    }

    #[test]
    fn detects_each_encoding() {
        let cases: [(&[u8], &str, Encoding); 8] = [
            (b"", "", Encoding::Utf8),
            (b"plain", "plain", Encoding::Utf8),
            ("clôture €".as_bytes(), "clôture €", Encoding::Utf8),
            (b"\xef\xbb\xbf\xc3\xa9t\xc3\xa9", "été", Encoding::Utf8),
            (b"cl\xf4ture \x80\x85", "clôture €…", Encoding::Windows1252),
            (b"\x8cuvre l\x92\xe9t\xe9", "Œuvre l’été", Encoding::Windows1252),
            (b"\xff\xfe\xe9\x00;\x00\xac\x20", "é;€", Encoding::Utf16Le),
            (b"\xfe\xff\x00\xe9\x00;\x20\xac", "é;€", Encoding::Utf16Be),
        ];
        for (bytes, text, encoding) in cases {
            assert_eq!(read(bytes), (text.to_owned(), encoding), "{bytes:?}");
        }
    }

    #[test]
    fn tells_other_kinds_of_files() {
        assert_eq!(other_kind(b"PK\x03\x04\x14\x00"), Some("xlsx"));
        assert_eq!(other_kind(b"\xd0\xcf\x11\xe0\xa1"), Some("xls"));
        assert_eq!(other_kind(b"PK;Name"), None);
        assert_eq!(other_kind(b"\xff\xfea\x00"), None);
    }

    #[test]
    fn every_windows_byte_is_a_character() {
        let bytes: Vec<u8> = (0..=255).collect();
        let (text, _) = decode(&bytes, Some(Encoding::Windows1252)).expect("text");
        let characters: Vec<char> = text.chars().collect();
        assert_eq!(characters.len(), 256);
        assert_eq!((characters[0x80], characters[0x9f], characters[0xe9]), ('€', 'Ÿ', 'é'));
    }

    #[test]
    fn refuses_bytes_of_another_encoding() {
        let cases: [(&[u8], Encoding, &str); 3] = [
            (b"cl\xf4ture", Encoding::Utf8, "UTF-8"),
            (b"\xff\xfea", Encoding::Utf16Le, "UTF-16 LE"),
            (b"\xfe\xff\xd8\x00\x00a", Encoding::Utf16Be, "UTF-16 BE"),
        ];
        for (bytes, encoding, expected) in cases {
            let error = decode(bytes, Some(encoding)).expect_err("no text");
            assert_eq!((error.code, &error.params["encoding"]), (ErrorCode::CsvEncoding, &expected.into()));
        }
    }
}
