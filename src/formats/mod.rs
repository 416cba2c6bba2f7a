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

mod detect;
pub mod diagnostic;
mod error;
mod import;
pub mod json;
pub mod progress;
pub mod rows;
pub mod schema;
pub mod source;
pub mod write;

pub use detect::Format;
pub use diagnostic::{Diagnostic, Location, Severity};
pub use error::{MAX_BYTES, ReadError};
pub use progress::ReadProgress;
pub use source::{Fingerprint, KeepText, Source};

/// Reads a file whose bytes can be had again.
///
/// # Errors
///
/// Where nothing can be shown: see [`ReadError`].
pub fn read(bytes: &[u8]) -> Result<Source, ReadError> {
    read_with(bytes, KeepText::UnlessLarge, &ReadProgress::default())
}

/// Reads a file, with progress and cancellation seen from another thread: see [`ReadProgress`].
///
/// # Errors
///
/// Where nothing can be shown, and where it is cancelled: see [`ReadError`].
pub fn read_with(
    bytes: &[u8],
    keep: KeepText,
    progress: &ReadProgress,
) -> Result<Source, ReadError> {
    let text = detect::text_of(bytes)?;
    let read = match json::read(json::raw::without_mark(text), progress) {
        Ok(read) => read,
        Err(error @ ReadError::Syntax { .. }) => {
            let imported = import::read(text, progress);
            return imported.unwrap_or_else(|| Err(detect::explain(text, error)));
        }
        Err(error) => return Err(detect::explain(text, error)),
    };
    if read.timeline.is_empty()
        && !read.diagnostics.is_empty()
        && let Some(error) = detect::foreign_events(text)
    {
        return Err(error);
    }
    Ok(Source::new(text, Format::Timeline, keep, read))
}
