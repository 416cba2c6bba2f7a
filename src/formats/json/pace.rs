//! How far the reading of a text has come, told by where what was last read of it lies.
//!
//! Serde says nothing of its place. But what it borrows lies in the text, and how far its pointer is
//! from the text's own is how far the reading has come.

use crate::formats::Reading;

/// The reading of one text.
pub struct Pace<'r> {
    begin: usize,
    bytes: usize,
    reading: &'r Reading,
}

impl<'r> Pace<'r> {
    /// That of this text, for someone who may wait for it.
    pub fn new(text: &str, reading: &'r Reading) -> Self {
        Self {
            begin: text.as_ptr() as usize,
            bytes: text.len(),
            reading,
        }
    }

    /// Where a part of the text begins in it, in bytes; `None` for what is no part of it.
    pub fn offset(&self, part: &str) -> Option<usize> {
        (part.as_ptr() as usize)
            .checked_sub(self.begin)
            .filter(|&offset| offset <= self.bytes)
    }

    /// This part has just been read. What is no part of the text, such as a string that held escapes,
    /// tells nothing.
    pub fn came_to(&self, part: &str) {
        if let Some(offset) = self.offset(part) {
            self.reading.understood(offset as u64, self.bytes as u64);
        }
    }

    /// Whether nobody waits for it any more.
    pub fn is_cancelled(&self) -> bool {
        self.reading.is_cancelled()
    }
}
