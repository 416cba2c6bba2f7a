//! Foreign formats: what a file of another program says, as rows of timeline.json.
//!
//! ```text
//! text ── table ──▶ cells ── columns ──▶ sheet ──▶ Imported { rows, origins, diagnostics }
//! Imported ── write ──▶ text ── json::read ──▶ Source        its faults are led back by the origins
//! ```
//!
//! An importer makes no timeline: the one reader does, of the text that the rows give. What it
//! leaves out or changes is a [`Diagnostic`] with its place in the foreign file.

mod columns;
mod dates;
mod imported;
mod sheet;
mod table;

pub(super) use table::Table;

use imported::{Imported, Origin};

use super::{Diagnostic, KeepText, Location, ReadError, ReadProgress, Source, json, write};

/// Reads a text of another format; `None` where it is of none that is known, or has no events.
///
/// # Errors
///
/// [`ReadError::Cancelled`] where cancellation was requested.
pub(super) fn read(text: &str, progress: &ReadProgress) -> Option<Result<Source, ReadError>> {
    let imported = sheet::read(&Table::of(text)?)?;
    Some(source(imported, progress))
}

/// Has the one reader read the rows.
fn source(imported: Imported, progress: &ReadProgress) -> Result<Source, ReadError> {
    let Imported {
        format,
        rows,
        origins,
        mut diagnostics,
    } = imported;
    let text = write::json::file(&rows);
    let mut read = json::read(&text, progress)?;
    let found = read.diagnostics.drain(..);
    diagnostics.extend(found.map(|diagnostic| led_back(diagnostic, &origins)));
    diagnostics.sort_by(|one, other| one.location.cmp(&other.location));
    read.diagnostics = diagnostics;
    Ok(Source::new(&text, format, KeepText::Always, read))
}

/// A fault of the text that was made, at its place in the foreign file.
fn led_back(diagnostic: Diagnostic, origins: &[Origin]) -> Diagnostic {
    let path = &diagnostic.location.path;
    let event = path
        .strip_prefix("events[")
        .and_then(|rest| rest.split_once(']'));
    let origin = event.and_then(|(number, _)| origins.get(number.parse::<usize>().ok()?));
    let field = event.map_or(path.as_str(), |(_, field)| field.trim_start_matches('.'));
    Diagnostic {
        location: Location {
            line: origin.map_or(1, |origin| origin.line),
            column: 1,
            path: field.to_owned(),
        },
        ..diagnostic
    }
}
