//! The top-level fields of a chronology.

use crate::time::When;

/// The top-level fields of a chronology. Absent texts are empty.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct Header {
    /// The title.
    pub title: String,
    /// The line under it.
    pub subtitle: String,
    /// The language of the texts as a BCP 47 tag, or empty.
    pub language: String,
    /// What the chronology is about, in Markdown.
    pub about: String,
    /// When it was written.
    pub as_of: Option<When>,
}
