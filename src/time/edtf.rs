//! Parts of an EDTF date as text.

use super::{Civil, grammar};

/// A year as EDTF writes it: `2014`, `-0043`, `Y-66000000`.
pub fn year(year: i64) -> String {
    let sign = if year < 0 { "-" } else { "" };
    match year.unsigned_abs() {
        size @ ..=9999 => format!("{sign}{size:04}"),
        size => format!("Y{sign}{size}"),
    }
}

/// A month, or a season, quarter, third or half of a year by its code: `2014-06`, `2014-21`.
pub fn month(of: i64, month: u8) -> String {
    format!("{}-{month:02}", year(of))
}

/// A day: `2014-06-10`.
pub fn day(date: Civil) -> String {
    format!("{}-{:02}", month(date.year, date.month), date.day)
}

/// A text, if it is EDTF that can be read.
pub(super) fn valid(text: String) -> Option<String> {
    grammar::read(&text).is_ok().then_some(text)
}
