//! Lessons: the story told step by step in front of a class.

use super::event::Extra;
use super::ids::{EventId, LaneId, PersonId};
use crate::time::When;

/// A way through the chronology. Before events are sorted its steps name them by
/// [`DraftId`](super::DraftId).
#[derive(Clone, PartialEq, Debug)]
pub struct Lesson<Id = EventId> {
    /// The name by which the file knows it; made from the title where the file gives none.
    pub id: String,
    /// The title that is shown.
    pub title: String,
    /// The steps, in the order in which they are told.
    pub steps: Vec<Step<Id>>,
    /// Fields that this program doesn't know.
    pub extra: Extra,
}

/// One step of a lesson: an event, or text alone. Absent texts are empty.
#[derive(Clone, PartialEq, Debug)]
pub struct Step<Id = EventId> {
    /// The event it tells.
    pub event: Option<Id>,
    /// A title of its own.
    pub title: String,
    /// The text that the class sees, in Markdown.
    pub say: String,
    /// The text that only the presenter sees, in Markdown.
    pub notes: String,
    /// The stretch of time to show; where absent, the event chooses.
    pub view: Option<When>,
    /// That stretch as the file gives it, in EDTF.
    pub view_date: String,
    /// Whose thread to follow.
    pub people: Vec<PersonId>,
    /// The lanes to show; none means all.
    pub lanes: Vec<LaneId>,
    /// Fields that this program doesn't know.
    pub extra: Extra,
}

impl<Id> Default for Step<Id> {
    fn default() -> Self {
        Self {
            event: None,
            title: String::new(),
            say: String::new(),
            notes: String::new(),
            view: None,
            view_date: String::new(),
            people: Vec::new(),
            lanes: Vec::new(),
            extra: Extra::EMPTY,
        }
    }
}
