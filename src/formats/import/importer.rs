//! What all importers of texts have in common.

use super::draft::Draft;
use crate::formats::{Format, ReadProgress};

/// The reader of one format.
pub trait Importer: Sync {
    /// The format.
    fn format(&self) -> Format;

    /// Whether a text looks like one of this format: the first importer that says so reads it.
    fn is_of(&self, text: &str) -> bool;

    /// Reads a text into a draft; false where it is of this format no more. What takes long reports
    /// its progress, and ends where cancellation is requested.
    fn read(&self, text: &str, progress: &ReadProgress, draft: &mut Draft) -> bool;
}
