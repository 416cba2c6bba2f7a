//! What is kept while a chronology is written.

use std::{path::PathBuf, sync::Arc};

use serde_json::Value;

use crate::model::{EventId, Timeline};

/// What is done once changes are saved or discarded.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Next {
    /// The window is closed.
    Close,
    /// A file is opened.
    Open(Vec<PathBuf>),
    /// The chronology that ships is opened.
    Shipped,
    /// A chronology is begun.
    New,
}

/// An event as the file has it.
pub(super) struct EventRow {
    /// Of which timeline.
    pub timeline: Arc<Timeline>,
    /// Which event.
    pub event: EventId,
    /// Its object.
    pub row: Value,
}

/// The versions of a file that are merged with what is shown.
pub(super) struct Merging {
    /// What both come from.
    pub base: String,
    /// What the file has now.
    pub theirs: Arc<str>,
}
