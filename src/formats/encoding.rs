//! The bytes of a file as text: UTF-8 as it stands, and what spreadsheets and old programs write.

use std::borrow::Cow;

use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::{Encoding, UTF_16BE, UTF_16LE};

use super::{Diagnostic, Location, Severity};

/// So many bytes tell the encoding of a text.
const NEAR_BYTES: usize = 1 << 20;

/// The text of a file.
#[derive(Debug)]
pub struct Decoded<'b> {
    /// The text; borrowed where it is UTF-8.
    pub text: Cow<'b, str>,
    /// That the encoding was guessed, or that bytes were replaced.
    pub doubt: Option<Diagnostic>,
}

/// Decodes a text. A byte order mark decides; without one UTF-8, UTF-16 by its zeros, else the
/// encoding that the letters make likely (`chardetng`). Where UTF-8 is broken in few places, those
/// are replaced.
pub fn decode(bytes: &[u8]) -> Decoded<'_> {
    if let Ok(text) = std::str::from_utf8(bytes) {
        return Decoded {
            text: Cow::Borrowed(text),
            doubt: None,
        };
    }
    if let Some(encoding) = utf16(bytes) {
        let (text, _) = encoding.decode_with_bom_removal(bytes);
        return Decoded { text, doubt: None };
    }
    if let Some(doubt) = mostly_utf8(bytes) {
        let text = String::from_utf8_lossy(bytes);
        return Decoded {
            text,
            doubt: Some(doubt),
        };
    }
    if let Some(encoding) = declared(bytes) {
        let (text, _) = encoding.decode_without_bom_handling(bytes);
        return Decoded { text, doubt: None };
    }
    let mut detector = EncodingDetector::new(Iso2022JpDetection::Deny);
    detector.feed(bytes.get(..NEAR_BYTES).unwrap_or(bytes), true);
    let encoding = detector.guess(None, Utf8Detection::Deny);
    let (text, _) = encoding.decode_without_bom_handling(bytes);
    let message = format!("the file is not UTF-8, and was read as {}", encoding.name());
    let doubt = doubt(
        Severity::Warning,
        1,
        message,
        "if letters are wrong, save it as UTF-8",
    );
    Decoded {
        text,
        doubt: Some(doubt),
    }
}

/// The encoding that an XML text names in its first line: `<?xml version="1.0" encoding="…"?>`.
fn declared(bytes: &[u8]) -> Option<&'static Encoding> {
    let near = bytes.get(..200).unwrap_or(bytes);
    let end = memchr::memmem::find(near, b"?>")?;
    let near = near.get(..end).filter(|near| near.starts_with(b"<?xml"))?;
    let at = memchr::memmem::find(near, b"encoding=")?;
    let value = near.get(at + b"encoding=".len()..)?;
    let (quote, value) = value.split_first()?;
    let value = value.split(|byte| byte == quote).next()?;
    Encoding::for_label(value)
}

fn doubt(severity: Severity, line: u32, message: String, help: &str) -> Diagnostic {
    Diagnostic {
        severity,
        location: Location::line(line),
        message,
        help: help.to_owned(),
        event: None,
    }
}

/// Whether bytes are UTF-16.
pub fn is_utf16(bytes: &[u8]) -> bool {
    utf16(bytes).is_some()
}

/// UTF-16, by its mark or since every other byte of most letters is zero.
fn utf16(bytes: &[u8]) -> Option<&'static Encoding> {
    match bytes {
        [0xFF, 0xFE, ..] => return Some(UTF_16LE),
        [0xFE, 0xFF, ..] => return Some(UTF_16BE),
        _ => {}
    }
    let near = bytes.get(..4096).unwrap_or(bytes);
    let (pairs, _) = near.as_chunks::<2>();
    let zeros = |at: usize| pairs.iter().filter(|pair| pair.get(at) == Some(&0)).count();
    let is_most = |zeros: usize| pairs.len() > 1 && 10 * zeros > 4 * pairs.len();
    match (zeros(0), zeros(1)) {
        (0, low) if is_most(low) => Some(UTF_16LE),
        (high, 0) if is_most(high) => Some(UTF_16BE),
        _ => None,
    }
}

/// What is said of a text of which more letters are UTF-8 than are not: `None` of another.
fn mostly_utf8(bytes: &[u8]) -> Option<Diagnostic> {
    let (mut right, mut wrong, mut first_line) = (0_usize, 0_usize, None);
    let mut line = 1_usize;
    for chunk in bytes.utf8_chunks() {
        let valid = chunk.valid();
        right += valid.chars().filter(|c| !c.is_ascii()).count();
        line += valid.bytes().filter(|byte| *byte == b'\n').count();
        if !chunk.invalid().is_empty() {
            wrong += 1;
            first_line.get_or_insert(line);
        }
    }
    let line = u32::try_from(first_line?).unwrap_or(u32::MAX);
    (right > 2 * wrong).then(|| {
        let are = if wrong == 1 {
            "letter is"
        } else {
            "letters are"
        };
        let message = format!("{wrong} {are} not UTF-8, and shown as “\u{FFFD}”");
        doubt(
            Severity::Error,
            line,
            message,
            "save the file again with the encoding UTF-8",
        )
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(bytes: &[u8], expected: &str, is_sure: bool) {
        let decoded = decode(bytes);
        assert_eq!(decoded.text, expected);
        assert_eq!(decoded.doubt.is_none(), is_sure, "{expected}");
    }

    #[test]
    fn texts_of_any_encoding_are_read() {
        let utf16 = |text: &str, is_little: bool| -> Vec<u8> {
            let units = text.encode_utf16();
            let bytes = units.map(|unit| {
                if is_little {
                    unit.to_le_bytes()
                } else {
                    unit.to_be_bytes()
                }
            });
            bytes.flatten().collect()
        };
        let text = "date;title\n2014;Über Mosul\n";
        check(text.as_bytes(), text, true);
        check(&utf16(&format!("\u{feff}{text}"), true), text, true);
        check(&utf16(&format!("\u{feff}{text}"), false), text, true);
        check(&utf16(text, true), text, true);
        check(&utf16(text, false), text, true);
        check(
            b"date;title\n2014;\xDCber die Br\xFCcke\n",
            "date;title\n2014;Über die Brücke\n",
            false,
        );
        check(
            b"<?xml version=\"1.0\" encoding=\"iso-8859-2\"?><a>\xA3\xF3d\xBC</a>",
            "<?xml version=\"1.0\" encoding=\"iso-8859-2\"?><a>Łódź</a>",
            true,
        );
        let arabic = "التاريخ;الحدث\n2014;سقوط الموصل في يد التنظيم\n";
        let (bytes, _, _) = encoding_rs::WINDOWS_1256.encode(arabic);
        check(&bytes, arabic, false);
    }

    #[test]
    fn a_broken_letter_does_not_turn_the_others_wrong() {
        let decoded = decode(b"2014,\xC3\x9Cber\n2015,M\xC3\xBCnchen \xC3\xB6\n2016,\xFF\n");
        assert!(decoded.text.contains("München"), "{}", decoded.text);
        assert_eq!(
            decoded.doubt.map(|doubt| doubt.to_string()).as_deref(),
            Some(
                "3:1: error: 1 letter is not UTF-8, and shown as “\u{FFFD}”; \
                 save the file again with the encoding UTF-8"
            )
        );
    }
}
