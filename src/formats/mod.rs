//! From the bytes of a file to a [`Timeline`], and what was wrong with them.
//!
//! Bytes come in and values go out: opening, watching and naming files is left to the rooms above.
//! Bad data never panics and is never dropped in silence. It becomes a [`Diagnostic`] with its
//! place, and the rest is shown; only where nothing can be shown there is a [`ReadError`].

pub mod diagnostic;
pub mod json;
pub mod reading;
pub mod schema;

use thiserror::Error;

pub use diagnostic::{Diagnostic, Place, Severity};
pub use reading::Reading;

use crate::model::Timeline;

/// The largest file that is read: 1 GiB, about five million events. Callers look at the size before
/// they read, so that no more is ever brought into memory.
pub const MAX_BYTES: u64 = 1 << 30;

/// A file that could be shown.
#[derive(Clone, PartialEq, Debug)]
pub struct Loaded {
    /// What it tells.
    pub timeline: Timeline,
    /// What is wrong with it, in the order of the file.
    pub diagnostics: Vec<Diagnostic>,
}

impl Loaded {
    /// The worst there is to say about the file.
    pub fn severity(&self) -> Option<Severity> {
        self.diagnostics
            .iter()
            .map(|diagnostic| diagnostic.severity)
            .max()
    }
}

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
    /// Nobody waited for it any more: see [`Reading::cancel`].
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

/// Reads a file. Its format is told from its content; so far that is timeline.json alone.
///
/// # Errors
///
/// Where nothing can be shown: see [`ReadError`].
pub fn read(bytes: &[u8]) -> Result<Loaded, ReadError> {
    read_for(bytes, &Reading::default())
}

/// Reads a file for someone who waits on another thread: see [`Reading`].
///
/// # Errors
///
/// Where nothing can be shown, and where it is cancelled: see [`ReadError`].
pub fn read_for(bytes: &[u8], reading: &Reading) -> Result<Loaded, ReadError> {
    json::read(text_of(bytes)?, reading)
}

/// The file as text, without a byte order mark.
fn text_of(bytes: &[u8]) -> Result<&str, ReadError> {
    let size = bytes.len() as u64;
    if size > MAX_BYTES {
        return Err(ReadError::TooLarge {
            bytes: size,
            limit: MAX_BYTES,
        });
    }
    let text = std::str::from_utf8(bytes).map_err(|error| {
        let valid = bytes.get(..error.valid_up_to()).unwrap_or_default();
        let lines = valid.split(|&byte| byte == b'\n').count();
        ReadError::NotUtf8 {
            byte: valid.len() as u64 + 1,
            line: u32::try_from(lines).unwrap_or(u32::MAX),
            utf16: bytes.starts_with(b"\xFF\xFE") || bytes.starts_with(b"\xFE\xFF"),
        }
    })?;
    let text = text.strip_prefix('\u{FEFF}').unwrap_or(text);
    if text.trim().is_empty() {
        Err(ReadError::Empty)
    } else {
        Ok(text)
    }
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
