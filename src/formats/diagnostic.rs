//! What is wrong with a file, where, and what to do about it.
//!
//! A diagnostic never keeps a file from being shown: it says what was left out or changed while
//! the rest was read. What keeps everything from being shown is a
//! [`ReadError`](super::ReadError). The name of the file is added where it is shown.

use std::fmt;

/// How many errors, and how many warnings, are kept one by one; the rest are counted. A file whose
/// million events share an unknown field would else say so a million times.
pub const MOST_LISTED: usize = 5_000;

/// How bad a fault is.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum Severity {
    /// All is shown, but something is probably not meant as it stands.
    Warning,
    /// Something was left out or changed.
    Error,
}

impl fmt::Display for Severity {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(match self {
            Self::Warning => "warning",
            Self::Error => "error",
        })
    }
}

/// Where in a file a fault is.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Default)]
pub struct Location {
    /// The line, from 1.
    pub line: u32,
    /// The column in characters, from 1.
    pub column: u32,
    /// The field, such as `events[3].date`; empty for the file as a whole.
    pub path: String,
}

impl Location {
    /// A line of a foreign file.
    pub fn line(line: u32) -> Self {
        Self {
            line,
            column: 1,
            path: String::new(),
        }
    }

    /// A field at this place.
    #[must_use]
    pub fn of(&self, field: &str) -> Self {
        let path = if self.path.is_empty() || field.starts_with('[') {
            format!("{}{field}", self.path)
        } else {
            format!("{}.{field}", self.path)
        };
        Self { path, ..*self }
    }
}

/// One fault of a file that could be shown all the same.
#[derive(Clone, PartialEq, Eq, Hash, Debug)]
pub struct Diagnostic {
    /// How bad it is.
    pub severity: Severity,
    /// Where it is.
    pub location: Location,
    /// What is wrong: a clause without a full stop.
    pub message: String,
    /// What to do: a clause without a full stop, or empty where the message says it.
    pub help: String,
    /// The event that it is about, of a file of another format: its position among the events of the
    /// text that was made. In an own file the path says it.
    pub event: Option<u32>,
}

impl Diagnostic {
    /// That so many errors and warnings were found past [`MOST_LISTED`]; `None` where none were.
    pub fn unlisted(errors: usize, warnings: usize) -> Option<Self> {
        let message = match (errors, warnings) {
            (0, 0) => return None,
            (0, warnings) => format!("{warnings} more warnings are not listed"),
            (errors, 0) => format!("{errors} more errors are not listed"),
            (errors, warnings) => {
                format!("{errors} more errors and {warnings} more warnings are not listed")
            }
        };
        Some(Self {
            severity: if errors > 0 {
                Severity::Error
            } else {
                Severity::Warning
            },
            location: Location {
                line: 1,
                column: 1,
                path: String::new(),
            },
            message,
            event: None,
            help: "mend the others first".to_owned(),
        })
    }
}

/// One line: `12:9: error: events[3].date: what is wrong; what to do`.
impl fmt::Display for Diagnostic {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Location { line, column, path } = &self.location;
        write!(f, "{line}:{column}: {}: ", self.severity)?;
        if !path.is_empty() {
            write!(f, "{path}: ")?;
        }
        f.write_str(&self.message)?;
        if !self.help.is_empty() {
            write!(f, "; {}", self.help)?;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_diagnostic_is_one_line() {
        let mut diagnostic = Diagnostic {
            severity: Severity::Error,
            location: Location {
                line: 12,
                column: 9,
                path: "events[3].date".into(),
            },
            message: "\"2014-13-01\": there is no month 13".into(),
            help: "write a month from 01 to 12".into(),
            event: None,
        };
        assert_eq!(
            diagnostic.to_string(),
            "12:9: error: events[3].date: \"2014-13-01\": there is no month 13; \
             write a month from 01 to 12"
        );
        diagnostic.location.path.clear();
        diagnostic.help.clear();
        diagnostic.severity = Severity::Warning;
        assert_eq!(
            diagnostic.to_string(),
            "12:9: warning: \"2014-13-01\": there is no month 13"
        );
    }
}
