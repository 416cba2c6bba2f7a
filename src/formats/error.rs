//! Why nothing of a file can be shown.

use thiserror::Error;

/// The largest file that is read: 1 GiB, about five million events. Callers look at the size before
/// they read, so that no more is ever brought into memory.
pub const MAX_BYTES: u64 = 1 << 30;

/// Why nothing of a file can be shown. Each is one sentence that ends with what to do, where
/// something can be done, and leaves the file's name to the caller.
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
    /// It is JSON, but not a chronology.
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
    /// It is a spreadsheet or another archive that unpacks to too much.
    #[error("it unpacks to more than {} MiB; split it into smaller files", limit >> 20)]
    Unpacks {
        /// The most that is unpacked, in bytes.
        limit: u64,
    },
    /// It is a spreadsheet with too many cells.
    #[error(
        "it holds more than {limit} cells, or more text than 256 MiB; split it into smaller files"
    )]
    Cells {
        /// The most cells that are read.
        limit: u64,
    },
    /// It is a spreadsheet that is broken.
    #[error("the spreadsheet is broken; open it in the program that made it, and save it again")]
    BrokenSheet,
    /// It is a spreadsheet in Excel's binary format.
    #[error("it is in Excel's binary format (.xlsb); save it as .xlsx first")]
    BinarySheet,
    /// It is a spreadsheet that opens with a password alone.
    #[error("it is protected by a password; save it without one first")]
    Encrypted,
    /// It is a file of another kind.
    #[error(
        "this looks like {found}; what can be opened is timeline.json, a table or spreadsheet with a \
         date and a title in each row, and the files of other timeline programs"
    )]
    Foreign {
        /// What kind, with its article: `a table with the columns …`.
        found: String,
    },
    /// Cancellation was requested: see [`ReadProgress::cancel`](super::ReadProgress::cancel).
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::formats::read;

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
