//! How far one text has been read, by the address of the part that was read last.
//!
//! Serde does not report its position. But the texts that it borrows lie in the file's text, and the
//! distance of their address from that of the text is the position.

use crate::formats::ReadProgress;

/// The progress of reading one text.
pub struct TextProgress<'r> {
    begin: usize,
    bytes: usize,
    progress: &'r ReadProgress,
}

impl<'r> TextProgress<'r> {
    /// Reports the progress of reading `text` to `progress`.
    pub fn new(text: &str, progress: &'r ReadProgress) -> Self {
        Self {
            begin: text.as_ptr() as usize,
            bytes: text.len(),
            progress,
        }
    }

    /// The offset of a part of the text, in bytes; `None` for a text that is not part of it.
    pub fn offset(&self, part: &str) -> Option<usize> {
        (part.as_ptr() as usize)
            .checked_sub(self.begin)
            .filter(|&offset| offset <= self.bytes)
    }

    /// Reports that this part has just been read. A text that is not part of the file's, such as a
    /// string that held escapes, is ignored.
    pub fn came_to(&self, part: &str) {
        if let Some(offset) = self.offset(part) {
            self.progress.understood(offset as u64, self.bytes as u64);
        }
    }

    /// Whether cancellation was requested.
    pub fn is_cancelled(&self) -> bool {
        self.progress.is_cancelled()
    }
}
