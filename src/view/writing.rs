//! Writing a chronology: the form of an event, the line of a new one, the question before changes are
//! left.
//!
//! What is typed stays in the field until that is left, or Enter is pressed: then it is one change,
//! and one step of undo. Views return changes as commands, like everything else.

mod choice;
mod conflicts;
mod event_choice;
mod event_form;
mod event_lists;
mod field;
mod form;
mod guide;
mod lists;
mod new_event;
mod order;
mod question;
mod row_fields;
mod row_head;
mod several;
mod steps;
mod toggles;
mod unsaved;
mod untaken;

pub use conflicts::show as show_conflicts;
pub use event_form::show as show_form;
pub use field::{ask_for_text, is_typed_in, is_unchanged_field_focused, refuse_text};
pub use guide::show as show_guide;
pub use lists::show as show_lists;
pub use new_event::show as show_new_event;
pub use several::show as show_several;
pub use unsaved::show as show_unsaved;
pub use untaken::{forget_untaken, untaken};

use serde_json::Value;

use crate::formats::json::ranges::RowList;

/// The rows of a list, as the file has them.
#[derive(Clone, Debug, Default)]
pub struct ListRows {
    /// Which; `None` for what the chronology says of itself, one row.
    pub list: Option<RowList>,
    /// Each with its number in the timeline's own list.
    pub rows: Vec<(usize, Value)>,
}

/// What can be undone, redone and saved.
#[derive(Copy, Clone, Debug, Default)]
pub struct Writing<'a> {
    /// What undo would take back.
    pub undo: Option<&'a str>,
    /// What redo would do again.
    pub redo: Option<&'a str>,
    /// How often items of lists got other numbers so far: fields that are known by a number are others
    /// then.
    pub renumbered: u64,
    /// Whether there are changes that the file does not have.
    pub is_changed: bool,
    /// The selected event as the file has it, while its form is open.
    pub row: Option<&'a Value>,
    /// The list that is open.
    pub list: Option<&'a ListRows>,
    /// The event that is gripped to be moved, as the file has it.
    pub gripped: Option<&'a Value>,
}
