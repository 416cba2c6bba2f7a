//! Reads timeline.json, the format of its own.
//!
//! ```text
//!          ┌─ typed rows, borrowed from the text ──────────────┐
//! text ────┤  (any surprise)                                   ├─ check ── Timeline
//!          └─ lenient: the same rows, field by field, faults ──┘   │
//!                                                        faults → places → diagnostics
//! ```
//!
//! A clean file is read once, into rows that are filled where they lie, and pays nothing for places. A surprise in its form (a
//! wrong type, an unknown or doubled field) starts a second, lenient reading that says where and
//! keeps the rest. What the rows mean (dates, links, ranges) is then checked in the same way for
//! both. Only where something was found, the text is read once more to find line and column.

mod check;
mod faults;
mod fill;
mod lenient;
mod names;
mod pace;
mod places;
mod rows;
mod syntax;
mod value;

pub(super) use rows::FileRow;

use super::{Loaded, ReadError, Reading};
use faults::Faults;
use pace::Pace;

/// Reads the text of a timeline.json, without its byte order mark.
///
/// # Errors
///
/// [`ReadError::Syntax`] where the text is not JSON, [`ReadError::NotATimeline`] where it is JSON
/// of another kind, [`ReadError::Cancelled`] where nobody waits for it any more.
pub fn read(text: &str, reading: &Reading) -> Result<Loaded, ReadError> {
    let mut faults = Faults::default();
    let pace = Pace::new(text, reading);
    let rows = match fill::from_str::<FileRow>(text, &pace) {
        _ if pace.is_cancelled() => return Err(ReadError::Cancelled),
        Ok(rows) if rows.events.is_some() => rows,
        _ => lenient::read(text, &pace, &mut faults)?,
    };
    if pace.is_cancelled() {
        return Err(ReadError::Cancelled);
    }
    let timeline = check::check(rows, &mut faults);
    let diagnostics = places::locate(text, faults);
    Ok(Loaded {
        timeline,
        diagnostics,
    })
}

#[cfg(test)]
mod tests;
