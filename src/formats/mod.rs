//! From the bytes of a file to a [`Source`]: its text, the timeline, and what was wrong with it.
//!
//! Bytes come in and values go out: opening, watching and naming files is left to the rooms above.
//! Bad data never panics and is never dropped in silence. It becomes a [`Diagnostic`] with its
//! location, and the rest is shown; only where nothing can be shown there is a [`ReadError`].
//!
//! ```text
//! bytes ── detect ──▶ text ── json::read ──▶ Source { text, timeline, diagnostics }
//! foreign text ── import ──▶ rows ── write ──▶ text ── json::read ──▶ Source
//! text ── json::rows ──▶ rows ── write ──▶ text
//! ```

pub mod columns;
mod counting;
mod detect;
pub mod diagnostic;
mod encoding;
mod error;
mod format;
mod formulas;
mod import;
pub mod json;
mod options;
pub mod origins;
pub mod progress;
pub mod rows;
pub mod schema;
pub mod source;
mod syntax;
pub mod write;

use std::borrow::Cow;

use columns::TableColumns;
use encoding::Decoded;
use json::raw::without_mark;

use crate::model::KnownTexts;

pub use counting::Counting;
pub use diagnostic::{Diagnostic, Location, Severity};
pub use error::{MAX_BYTES, ReadError};
pub use format::Format;
pub use import::{caught, is_caught};
pub use options::ReadOptions;
pub use progress::ReadProgress;
pub use source::{Fingerprint, KeepText, Source};

/// What the first rows of a table would become as events, if its columns held what these say.
///
/// # Errors
///
/// None in practice: see [`ReadError`].
pub fn preview(columns: &TableColumns) -> Result<Source, ReadError> {
    import::preview(columns)
}

/// Reads a file whose bytes can be had again.
///
/// # Errors
///
/// Where nothing can be shown: see [`ReadError`].
pub fn read(bytes: &[u8]) -> Result<Source, ReadError> {
    read_with(bytes, &ReadOptions::default(), &ReadProgress::default())
}

/// Reads the text of a chronology in the program's own form that is open, as it is after a change. It
/// stays where it is: see [`SourceText::Open`](source::SourceText::Open). It is never taken for a file
/// of another format. `known`: the texts of the timeline before, of which those are shared that stayed
/// as they were.
///
/// # Errors
///
/// Where nothing can be shown, and where it is cancelled: see [`ReadError`].
pub fn read_text(
    text: &str,
    known: KnownTexts,
    progress: &ReadProgress,
) -> Result<Source, ReadError> {
    let bytes = text.len() as u64;
    if bytes > MAX_BYTES {
        let limit = MAX_BYTES;
        return Err(ReadError::TooLarge { bytes, limit });
    }
    let read = json::reread(without_mark(text), known, progress)?;
    Ok(Source::open(read))
}

/// Reads a file, with progress and cancellation seen from another thread: see [`ReadProgress`].
///
/// # Errors
///
/// Where nothing can be shown, and where it is cancelled: see [`ReadError`].
pub fn read_with(
    bytes: &[u8],
    options: &ReadOptions,
    progress: &ReadProgress,
) -> Result<Source, ReadError> {
    if import::is_spreadsheet(bytes)
        && bytes.len() as u64 <= MAX_BYTES
        && let Some(imported) = import::read_spreadsheet(bytes, options, progress)
    {
        return imported;
    }
    let Decoded { text, doubt } = detect::text_of(bytes)?;
    let Cow::Borrowed(text) = text else {
        // JSON is UTF-8; what is read of other programs' files need not be.
        let imported = import::read(without_mark(&text), doubt, options, progress);
        return imported.unwrap_or_else(|| Err(detect::not_utf8(bytes)));
    };
    let read = match json::read(without_mark(text), progress) {
        Ok(read) => read,
        Err(error @ (ReadError::Syntax { .. } | ReadError::NotATimeline { .. })) => {
            let imported = import::read(without_mark(text), None, options, progress);
            return imported.unwrap_or_else(|| Err(detect::explain(text, error)));
        }
        Err(error) => return Err(error),
    };
    if read.timeline.is_empty() && !read.diagnostics.is_empty() {
        if let Some(imported) = import::read(without_mark(text), None, options, progress) {
            return imported;
        }
        if let Some(error) = detect::foreign_events(text) {
            return Err(error);
        }
    }
    Ok(Source::new(text, Format::Timeline, options.keep, read))
}
