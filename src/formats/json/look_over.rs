//! Looks a very large text over before it is read into rows: what is not JSON is refused without
//! taking memory for the part that could be read.

use serde::de::IgnoredAny;

use super::{lines::Cursor, syntax};
use crate::formats::ReadError;

/// Texts at least this long are looked over, in bytes: more than a million events take.
const LARGE_BYTES: usize = 256 << 20;
/// Brackets in brackets, at most: `serde_json`'s own limit for what it reads into rows.
const MOST_DEPTH: usize = 127;

/// Looks a text over, if it is very large.
///
/// # Errors
///
/// [`ReadError::Syntax`] where it is not JSON.
pub fn look_over(text: &str) -> Result<(), ReadError> {
    if text.len() < LARGE_BYTES {
        return Ok(());
    }
    check(text)
}

fn check(text: &str) -> Result<(), ReadError> {
    // `serde_json` remembers every open bracket.
    if let Some(offset) = too_deep(text.as_bytes()) {
        let (line, column) = Cursor::new(text).advance_to(offset);
        return Err(ReadError::Syntax {
            line,
            column,
            message: format!(
                "brackets are nested deeper than {MOST_DEPTH}; no timeline needs that, so look \
                 whether this is one"
            ),
        });
    }
    serde_json::from_str::<IgnoredAny>(text)
        .map(|_| ())
        .map_err(|error| syntax::explain(text, &error))
}

/// The first bracket that is nested too deeply.
fn too_deep(text: &[u8]) -> Option<usize> {
    let (mut depth, mut at) = (0_usize, 0);
    while let Some(&byte) = text.get(at) {
        match byte {
            b'"' => at = string_end(text, at + 1),
            b'[' | b'{' => {
                depth += 1;
                if depth > MOST_DEPTH {
                    return Some(at);
                }
            }
            b']' | b'}' => depth = depth.saturating_sub(1),
            _ => {}
        }
        at += 1;
    }
    None
}

/// The place of the quotation mark that ends a string, or the end of the text.
fn string_end(text: &[u8], mut at: usize) -> usize {
    loop {
        let rest = text.get(at..).unwrap_or_default();
        let Some(found) = memchr::memchr2(b'"', b'\\', rest) else {
            return text.len();
        };
        at += found;
        if text.get(at) == Some(&b'"') {
            return at;
        }
        // What follows a backslash is no end.
        at += 2;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_no_json_is_refused_and_brackets_in_texts_are_no_brackets() {
        let deep = |count: usize| format!("{}{}", "[".repeat(count), "]".repeat(count));
        for (text, expected) in [
            (r#"{"a": "[[[", "b": ["\\", "\"["]}"#.to_owned(), None),
            (format!(r#"["{}"]"#, "[".repeat(500)), None),
            (deep(MOST_DEPTH), None),
            (
                deep(MOST_DEPTH + 1),
                Some((1, 128, "brackets are nested deeper")),
            ),
            (
                "[".repeat(900),
                Some((1, 128, "brackets are nested deeper")),
            ),
            ("[1,\n2".to_owned(), Some((2, 2, "the file ends too early"))),
            (
                "{\"a\": nonsense}".to_owned(),
                Some((1, 8, "this word is not known")),
            ),
            ("\"a".to_owned(), Some((1, 3, "the file ends too early"))),
        ] {
            let found = check(&text).err().map(|error| match error {
                ReadError::Syntax {
                    line,
                    column,
                    message,
                } => (line, column, message),
                other => panic!("{other:?}"),
            });
            let at = found.as_ref().map(|(line, column, _)| (*line, *column));
            assert_eq!(
                at,
                expected.map(|(line, column, _)| (line, column)),
                "{text}"
            );
            let begins = found
                .zip(expected)
                .is_none_or(|(found, expected)| found.2.starts_with(expected.2));
            assert!(begins, "{text}");
        }
    }
}
