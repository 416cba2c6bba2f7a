//! What is kept while a chronology is written.

use std::{
    path::PathBuf,
    sync::{Arc, Weak},
};

use serde_json::Value;

use crate::{
    command::{Command, FormField},
    edit::Change,
    formats::json::ranges::RowList,
    model::{EventId, Timeline},
    view::writing::ListRows,
};

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
    /// One that was begun and not saved is shown again.
    Lost,
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
    pub base: Arc<String>,
    /// What the file has now.
    pub theirs: Arc<String>,
}

/// What is shown of the text of the file while it is changed.
#[derive(Default)]
pub(super) struct Rows {
    /// The event whose form is open.
    pub form: Option<EventRow>,
    /// The event that is gripped to be moved.
    pub gripped: Option<EventRow>,
    /// The list that is open.
    pub list: Option<ListOf>,
    /// How often items of lists got other numbers so far.
    pub renumbered: u64,
}

/// The rows of a list.
pub(super) struct ListOf {
    /// Of which timeline.
    pub timeline: Arc<Timeline>,
    /// Which list.
    pub list: Option<RowList>,
    /// Its rows.
    pub rows: ListRows,
}

/// Commands that are applied later, in their order.
#[derive(Default)]
pub(super) struct Deferred {
    /// Those that wait for the field that is typed in, which hands over its text in this frame.
    pub commands: Vec<Command>,
    /// Those that wait until the changes of a large chronology are read.
    pub after_reading: Vec<Command>,
    /// Whether the field has just handed over its text: in this frame nothing waits for it.
    pub is_handed_over: bool,
    /// Whether a change was refused that a field may have handed over.
    pub is_refused: bool,
}

impl Deferred {
    /// Whether something waits for changes to be read.
    pub fn is_due_later(&self) -> bool {
        !self.after_reading.is_empty()
    }
}

/// A change that is being read: [`Document::ahead`](super::document::Document::ahead).
pub(super) struct Pending {
    /// The change; `None` where a step is undone or done again.
    pub change: Option<Change>,
    /// Whether a step is undone.
    pub is_undo: bool,
}

/// That an event is selected once a change is shown.
pub(super) struct SelectDue {
    /// Which; `None` for what the change adds.
    pub event: Option<EventId>,
    /// In which field of its form one goes on; `None` where that is not opened.
    pub form: Option<FormField>,
}

/// A change that waits until an earlier one is read.
pub(super) struct Waiting {
    pub change: Change,
    /// What is selected once it is shown.
    pub then: Option<SelectDue>,
}

/// When a draft of the changes was last kept.
#[derive(Default)]
pub(super) struct Drafting {
    /// When, in seconds of the window's clock.
    pub at_secs: f64,
    /// Of which text.
    pub kept: Option<Weak<String>>,
    /// Whether the draft that is found next is taken up at once.
    pub take_due: bool,
    /// Whether it was said that none can be kept.
    pub has_failed: bool,
}
