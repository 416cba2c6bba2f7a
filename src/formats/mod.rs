//! From the bytes of a file to a [`Source`]: its text, the timeline, and what was wrong with it.
//!
//! Bytes come in and values go out: opening, watching and naming files is left to the rooms above.
//! Bad data never panics and is never dropped in silence. It becomes a [`Diagnostic`] with its
//! location, and the rest is shown; only where nothing can be shown there is a [`ReadError`].
//!
//! ```text
//! bytes ── detect ──▶ text ── json::read ──▶ Source { text, timeline, diagnostics }
//!                      ▲                        rows ── write ──▶ text
//! ```

mod detect;
pub mod diagnostic;
pub mod json;
pub mod progress;
pub mod rows;
pub mod schema;
pub mod source;
pub mod write;

use thiserror::Error;

pub use detect::Format;
pub use diagnostic::{Diagnostic, Location, Severity};
pub use progress::ReadProgress;
pub use source::{Fingerprint, KeepText, Source};

/// The largest file that is read: 1 GiB, about five million events. Callers look at the size before
/// they read, so that no more is ever brought into memory.
pub const MAX_BYTES: u64 = 1 << 30;

/// Why nothing of a file can be shown. Each is said in one sentence that ends with what to do and
/// leaves the file's name to the caller.
#[derive(Clone, PartialEq, Eq, Debug, Error)]
#[non_exhaustive]
pub enum ReadError {
    /// Some bytes are not UTF-8.
    #[error("line {line} is not UTF-8 text (byte {byte} of the file); {}", utf8_advice(*.utf16))]
    NotUtf8 {
        /// The first wrong byte, counted from 1.
        byte: u64,
        /// Its line, from 1.
        line: u32,
        /// Whether the file begins like UTF-16, which some editors call Unicode.
        utf16: bool,
    },
    /// There is nothing but white space.
    #[error("there is nothing in it; save a timeline into it, or open another file")]
    Empty,
    /// It is not JSON.
    #[error("line {line}, column {column}: {message}")]
    Syntax {
        /// The line, from 1.
        line: u32,
        /// The column in characters, from 1.
        column: u32,
        /// What is wrong and what to do.
        message: String,
    },
    /// It is JSON, but nothing that tells of events.
    #[error(
        "{found}, not a timeline; write an object with a title and a list of events, such as \
         {{\"title\": \"…\", \"events\": [{{\"title\": \"…\", \"date\": \"2014\"}}]}}"
    )]
    NotATimeline {
        /// What it is instead: `this is a list`.
        found: String,
    },
    /// It is larger than [`MAX_BYTES`].
    #[error(
        "it has {} MiB, and no more than {} MiB can be opened; split it into smaller files",
        bytes.div_ceil(1 << 20),
        limit >> 20
    )]
    TooLarge {
        /// Its size.
        bytes: u64,
        /// The largest size that is read.
        limit: u64,
    },
    /// It is a file of another kind.
    #[error("this looks like {found}; only timeline.json can be opened so far")]
    Foreign {
        /// What kind, with its article: `a table with the columns …`.
        found: String,
    },
    /// Cancellation was requested: see [`ReadProgress::cancel`].
    #[error("opening it was cancelled; open it again to see it")]
    Cancelled,
}

/// What to do about a file in another encoding.
fn utf8_advice(utf16: bool) -> &'static str {
    if utf16 {
        "it looks like UTF-16, so save it again with the encoding UTF-8"
    } else {
        "save the file again with the encoding UTF-8"
    }
}

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
    let json = text.strip_prefix('\u{FEFF}').unwrap_or(text);
    let read = json::read(json, progress).map_err(|error| detect::explain(text, error))?;
    if read.timeline.is_empty()
        && !read.diagnostics.is_empty()
        && let Some(error) = detect::foreign_events(text)
    {
        return Err(error);
    }
    Ok(Source::new(text, Format::Timeline, keep, read))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(bytes: &[u8], expected: &str) {
        let error = read(bytes).unwrap_err();
        assert_eq!(error.to_string(), expected);
    }

    #[test]
    fn what_cannot_be_shown_is_said_in_a_sentence() {
        let nothing = "there is nothing in it; save a timeline into it, or open another file";
        check(b"", nothing);
        check(b"\xEF\xBB\xBF \r\n\t", nothing);
        check(
            b"{\n\"title\": \"Caf\xE9\"}",
            "line 2 is not UTF-8 text (byte 16 of the file); \
             save the file again with the encoding UTF-8",
        );
        check(
            b"\xFF\xFE{\0}\0",
            "line 1 is not UTF-8 text (byte 1 of the file); \
             it looks like UTF-16, so save it again with the encoding UTF-8",
        );
        let too_large = ReadError::TooLarge {
            bytes: MAX_BYTES + 1,
            limit: MAX_BYTES,
        };
        assert_eq!(
            too_large.to_string(),
            "it has 1025 MiB, and no more than 1024 MiB can be opened; split it into smaller files"
        );
    }
}
