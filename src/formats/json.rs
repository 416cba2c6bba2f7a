//! Reads timeline.json, the program's own format.
//!
//! ```text
//!          ┌─ strict: rows filled in place, borrowed from the text ─┐
//! text ────┤  (any surprise)                                        ├─ check ── Timeline
//!          └─ lenient: the same rows, field by field, with faults ──┘   │
//!                                                        faults → locate → diagnostics
//! ```
//!
//! A clean file is read once, by `strict`, and pays nothing for locations. Its events, of which
//! there may be a million, are read in `parts` beside each other. A surprise in its form
//! (a wrong type, an unknown or doubled field) starts a second reading, `lenient`, which reports it
//! and keeps the rest. The meaning of the rows (dates, links, ranges) is then checked in the same
//! way for both. Only where a fault was found, the text is parsed once more to find line and
//! column.

mod check;
pub(super) mod faults;
mod lenient;
pub(super) mod lines;
mod locate;
mod look_over;
pub(crate) mod names;
mod parts;
pub mod positions;
pub mod ranges;
pub(crate) mod raw;
mod row_seeds;
mod strict;
mod syntax;
mod text_progress;
mod walk;

use super::rows::{FileRow, List};
use super::{Diagnostic, ReadError, ReadProgress};
use crate::model::{KnownTexts, Timeline};
use check::Gathered;
use faults::{Faults, Trail};
use parts::{EventSink as _, Parts};
use positions::RowPositions;
use ranges::EVENTS;
use text_progress::TextProgress;

/// What was read of a timeline.json.
#[derive(Debug)]
pub struct Read {
    /// The chronology.
    pub timeline: Timeline,
    /// What is wrong with the file, in its order.
    pub diagnostics: Vec<Diagnostic>,
    /// Where its rows stand in the lists of the file.
    pub positions: RowPositions,
}

/// Reads the text of a timeline.json, without its byte order mark.
///
/// # Errors
///
/// [`ReadError::Syntax`] where the text is not JSON, [`ReadError::NotATimeline`] where it is JSON
/// of another kind, [`ReadError::Cancelled`] where cancellation was requested.
pub fn read(text: &str, progress: &ReadProgress) -> Result<Read, ReadError> {
    reread(text, KnownTexts::default(), progress)
}

/// The same for a text that was read before: texts of events are shared where they are known.
///
/// # Errors
///
/// As [`read`].
pub fn reread(text: &str, known: KnownTexts, progress: &ReadProgress) -> Result<Read, ReadError> {
    read_in(Parts::ByProcessors, text, known, progress)
}

fn read_in(
    parts: Parts,
    text: &str,
    known: KnownTexts,
    progress: &ReadProgress,
) -> Result<Read, ReadError> {
    look_over::look_over(text)?;
    let progress = TextProgress::new(text, progress);
    let mut faults = Faults::default();
    let gathered = Gathered::with_known_texts(known.clone());
    let strict = strict::file(text, parts, gathered, &progress);
    let (file, gathered) = match strict {
        _ if progress.is_cancelled() => return Err(ReadError::Cancelled),
        Ok(read) => read,
        Err(_) => {
            let mut gathered = Gathered::with_known_texts(known);
            let file = lenient::file(text, &progress, &mut faults, &mut |position, row| {
                gathered.add(position, row);
            });
            (file?, gathered)
        }
    };
    if progress.is_cancelled() {
        return Err(ReadError::Cancelled);
    }
    let (timeline, positions) = check::check(file, gathered, &mut faults);
    Ok(Read {
        timeline,
        diagnostics: locate::locate(text, faults),
        positions,
    })
}

/// The rows of a timeline.json as they are written, whatever they mean. A value that cannot be read
/// is left out.
///
/// # Errors
///
/// As [`read`].
pub fn rows(text: &str) -> Result<FileRow<'_>, ReadError> {
    let progress = ReadProgress::default();
    let progress = TextProgress::new(text, &progress);
    let strict = strict::file(text, Parts::ByProcessors, List::default(), &progress);
    let (mut file, events) = if let Ok(read) = strict {
        read
    } else {
        let mut events = List::default();
        let faults = &mut Faults::default();
        let file = lenient::file(text, &progress, faults, &mut |position, row| {
            events.add(position, row);
        });
        (file?, events)
    };
    file.events = events;
    Ok(file)
}

/// The pictures of a file of which `judge` says what is wrong and what to do, given the name of the
/// picture's file, as warnings.
///
/// # Errors
///
/// As [`read`].
pub fn faulty_pictures(
    text: &str,
    mut judge: impl FnMut(&str) -> Option<(String, String)>,
) -> Result<Vec<Diagnostic>, ReadError> {
    let text = raw::without_mark(text);
    let mut faults = Faults::default();
    let list = Trail::TOP.key(EVENTS);
    for (event, row) in &rows(text)?.events {
        let event = list.index(*event);
        let media = event.key("media");
        for (picture, row) in &row.media {
            let Some((found, help)) = row.file.as_ref().and_then(|file| judge(file)) else {
                continue;
            };
            let picture = media.index(*picture);
            faults.warning(&picture.key("file"), || (found, help));
        }
    }
    Ok(locate::locate(text, faults))
}

#[cfg(test)]
mod tests;
