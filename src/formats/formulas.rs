//! Texts that a spreadsheet program would take for formulas.
//!
//! A title such as `=HYPERLINK("…")` in a table is computed where that is opened, and may send what
//! stands in other cells to a stranger. So an apostrophe goes before it, as OWASP advises ("CSV
//! Injection"): programs then show it as a text. Where a table is read the apostrophe goes again.

use std::borrow::Cow;

/// What formulas begin with.
const FORMULA: [char; 6] = ['=', '+', '-', '@', '\t', '\r'];

/// A cell that no program computes.
pub fn guarded(cell: &str) -> Cow<'_, str> {
    let text = cell.trim_start_matches('\'');
    if !text.starts_with(FORMULA) || (text.len() == cell.len() && is_number_or_date(text)) {
        return Cow::Borrowed(cell);
    }
    Cow::Owned(format!("'{cell}"))
}

/// The cell without the apostrophe of [`guarded`].
pub fn unguarded(cell: &str) -> &str {
    match cell.strip_prefix('\'') {
        Some(text)
            if text.trim_start_matches('\'').starts_with(FORMULA) && !begins_with_quoted(text) =>
        {
            text
        }
        _ => cell,
    }
}

/// Whether a word ends with an apostrophe, as in `-gate' scandals`: the one before it is a quotation
/// mark.
fn begins_with_quoted(text: &str) -> bool {
    let word = text.split(char::is_whitespace).next().unwrap_or_default();
    let quoted = word.strip_suffix('\'');
    quoted.is_some_and(|quoted| quoted.ends_with(char::is_alphanumeric))
}

/// Whether this is a number with a sign, or a date before the year 1: at most another
/// number is computed of it.
fn is_number_or_date(text: &str) -> bool {
    let rest = text.strip_prefix(['-', '+']).unwrap_or(text);
    let is_part = |byte: u8| byte.is_ascii_digit() || b"-./:~?%XTZY".contains(&byte);
    let begins = rest.starts_with(|first: char| first.is_ascii_digit() || first == 'X');
    begins && rest.bytes().all(is_part)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn formulas_become_texts_and_come_back() {
        for (cell, expected) in [
            ("=HYPERLINK(\"x\")", "'=HYPERLINK(\"x\")"),
            ("@SUM(A1)", "'@SUM(A1)"),
            ("+49 30 123", "'+49 30 123"),
            ("-2+3+cmd|' /C calc'!A0", "'-2+3+cmd|' /C calc'!A0"),
            ("- a dash", "'- a dash"),
            ("\t=1", "'\t=1"),
            ("'=1", "''=1"),
            ("''-1", "'''-1"),
            ("'-1", "''-1"),
            ("-0043-03-15", "-0043-03-15"),
            ("-5", "-5"),
            ("+1.5", "+1.5"),
            ("-004X~/-0032", "-004X~/-0032"),
            ("'tis so", "'tis so"),
            ("2014", "2014"),
            ("a = b", "a = b"),
            ("", ""),
        ] {
            assert_eq!(guarded(cell), expected);
            assert_eq!(unguarded(expected), cell);
        }
        for quoted in ["'-gate' scandals", "'@home' campaign", "'tis"] {
            assert_eq!(unguarded(quoted), quoted);
        }
    }
}
