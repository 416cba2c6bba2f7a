//! Rows → the text of a format.
//!
//! ```text
//! text ── json::rows ──▶ rows ── a writer ──▶ text of the format, and what it cannot hold
//! ```

mod csv;
pub mod dates;
pub mod icalendar;
pub mod json;
pub mod losses;
pub mod markwhen;
pub mod names;
pub mod table;
pub mod timelinejs;

use std::path::Path;

use losses::Losses;

use super::{ReadError, json::raw::without_mark, json::rows};

/// A format that can be written.
#[derive(Copy, Clone, PartialEq, Eq, Hash, Debug)]
pub enum Target {
    /// timeline.json, with all that there is.
    Timeline,
    /// `TimelineJS`, as JSON.
    TimelineJs,
    /// The sheet of `TimelineJS`, as CSV.
    TimelineJsSheet,
    /// A table, as CSV.
    Table,
    /// markwhen.
    Markwhen,
    /// `iCalendar`.
    Calendar,
}

impl Target {
    /// All of them.
    pub const ALL: [Self; 6] = [
        Self::Timeline,
        Self::TimelineJs,
        Self::TimelineJsSheet,
        Self::Table,
        Self::Markwhen,
        Self::Calendar,
    ];

    /// The word for it on the command line.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Timeline => "timeline",
            Self::TimelineJs => "timelinejs",
            Self::TimelineJsSheet => "timelinejs-sheet",
            Self::Table => "table",
            Self::Markwhen => "markwhen",
            Self::Calendar => "calendar",
        }
    }

    /// What people call it.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Timeline => "timeline.json",
            Self::TimelineJs => "TimelineJS (JSON)",
            Self::TimelineJsSheet => "TimelineJS sheet (CSV)",
            Self::Table => "Table (CSV)",
            Self::Markwhen => "markwhen",
            Self::Calendar => "Calendar (iCalendar)",
        }
    }

    /// How the names of its files end.
    pub const fn ending(self) -> &'static str {
        match self {
            Self::Timeline | Self::TimelineJs => "json",
            Self::TimelineJsSheet | Self::Table => "csv",
            Self::Markwhen => "mw",
            Self::Calendar => "ics",
        }
    }

    /// The format that the ending of a file's name stands for.
    pub fn of_path(path: &Path) -> Option<Self> {
        let ending = path.extension()?.to_str()?.to_ascii_lowercase();
        match ending.as_str() {
            "json" => Some(Self::Timeline),
            "csv" => Some(Self::Table),
            "mw" | "markwhen" => Some(Self::Markwhen),
            "ics" => Some(Self::Calendar),
            _ => None,
        }
    }

    /// The text of a chronology in this format, and what that cannot hold.
    ///
    /// # Errors
    ///
    /// Where `text` is no timeline.json.
    pub fn write(self, text: &str) -> Result<(String, Losses), ReadError> {
        let mut losses = Losses::default();
        if self == Self::Timeline {
            return Ok((text.to_owned(), losses));
        }
        let rows = rows(without_mark(text))?;
        let written = match self {
            Self::Timeline | Self::TimelineJs => timelinejs::json(&rows, &mut losses),
            Self::TimelineJsSheet => timelinejs::sheet(&rows, &mut losses),
            Self::Table => table::file(&rows, &mut losses),
            Self::Markwhen => markwhen::file(&rows, &mut losses),
            Self::Calendar => icalendar::file(&rows, &mut losses),
        };
        Ok((written, losses))
    }
}

/// Some events of a timeline.json, by their positions in it, as rows that a spreadsheet program
/// pastes.
///
/// # Errors
///
/// Where `text` is no timeline.json.
pub fn pasteable(text: &str, events: &[u32]) -> Result<String, ReadError> {
    let mut rows = rows(without_mark(text))?;
    rows.events
        .0
        .retain(|(position, _)| events.contains(position));
    rows.eras.0.clear();
    Ok(csv::tabbed(&table::file(&rows, &mut Losses::default())))
}
