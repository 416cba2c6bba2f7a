//! How far one text has been read, by the address of the part that was read last.
//!
//! Clean events are counted by their bytes, in all parts together.
//!
//! Serde does not report its position. But the texts that it borrows lie in the file's text, and
//! the distance of their address from that of the text is the position.

use std::sync::atomic::{AtomicU64, Ordering};

use super::raw::offset_in;
use crate::formats::ReadProgress;

/// The progress of reading one text.
pub struct TextProgress<'r> {
    text: &'r str,
    progress: &'r ReadProgress,
    /// The bytes that were read, in all parts.
    bytes: AtomicU64,
}

impl<'r> TextProgress<'r> {
    /// Reports the progress of reading `text` to `progress`.
    pub fn new(text: &'r str, progress: &'r ReadProgress) -> Self {
        Self {
            text,
            progress,
            bytes: AtomicU64::new(0),
        }
    }

    /// The offset of a part of the text, in bytes; `None` for a text that is not part of it.
    pub fn offset(&self, part: &str) -> Option<usize> {
        offset_in(self.text, part)
    }

    /// Reports that this part has just been read. A text that is not part of the file's, such as a
    /// string that held escapes, is ignored.
    pub fn has_read(&self, part: &str) {
        if let Some(offset) = self.offset(part) {
            self.progress.parsed(offset as u64, self.text.len() as u64);
        }
    }

    /// Reports that so many more bytes have been read, in one of several parts.
    pub fn add(&self, bytes: usize) {
        let bytes = bytes as u64;
        let before = self.bytes.fetch_add(bytes, Ordering::Relaxed);
        self.progress.parsed(before + bytes, self.text.len() as u64);
    }

    /// Whether cancellation was requested.
    pub fn is_cancelled(&self) -> bool {
        self.progress.is_cancelled()
    }
}
