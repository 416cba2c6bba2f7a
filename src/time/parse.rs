//! Parses a date: the fast path first, then the full grammar, then an error that says what to do.

use super::{When, WhenError, explain, fast_path, grammar};

impl When {
    /// Reads an EDTF expression of level 0, 1 or 2 (ISO 8601-2), ignoring white space
    /// around it.
    ///
    /// Extensions to EDTF: `09:30` and `09` as times of day, and times of day in the
    /// sides of a span and in years BC. A distance from UTC (`Z`, `+01:00`) places the
    /// instant and is kept, to be said as it was written; a time without one is that on
    /// the clocks where the event happened. A leap second counts as the second before
    /// it, a fraction of a second as the second that it is in.
    ///
    /// # Errors
    ///
    /// If the text is not a date: what is wrong with it and what to write instead.
    pub fn parse(text: &str) -> Result<Self, WhenError> {
        let text = text.trim();
        if let Some(when) = fast_path::read(text) {
            return Ok(when);
        }
        grammar::read(text).map_err(|fault| explain::explain(text, fault))
    }
}

impl std::str::FromStr for When {
    type Err = WhenError;

    fn from_str(text: &str) -> Result<Self, WhenError> {
        Self::parse(text)
    }
}
