//! Lessons: events presented step by step to a class.

mod made;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::ids::{EventId, LaneId, PersonId};
use crate::time::When;

/// A sequence of steps through the chronology. Before events are sorted its steps name them by
/// [`FileEventId`](super::FileEventId).
#[derive(Clone, PartialEq, Debug)]
pub struct Lesson<Id = EventId> {
    /// The id that the file gives it; made from the title where the file gives none.
    pub id: String,
    /// The title that is shown.
    pub title: String,
    /// The steps, in the order in which they are shown.
    pub steps: Vec<Step<Id>>,
}

/// What kind of question a step asks.
#[derive(Copy, Clone, PartialEq, Eq, Hash, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum Ask {
    /// Put some events in the order of time.
    Order,
    /// Guess when the step's event was.
    When,
    /// Choose one of some answers.
    Choose,
}

impl Ask {
    /// All of them.
    pub const ALL: [Self; 3] = [Self::Order, Self::When, Self::Choose];

    /// The word that files use.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Order => "order",
            Self::When => "when",
            Self::Choose => "choose",
        }
    }
}

/// A question to the class, with its right answer.
#[derive(Clone, PartialEq, Debug)]
pub enum Question<Id = EventId> {
    /// Put these events, at least two, in the order of time. They are given in the file's order.
    Order(Vec<Id>),
    /// When was the step's event?
    When,
    /// Which of these answers, at least two, is right? Exactly one is.
    Choose(Vec<Answer>),
}

/// One of several answers.
#[derive(Clone, PartialEq, Debug)]
pub struct Answer {
    /// Its text.
    pub text: String,
    /// Whether it is the right one.
    pub is_right: bool,
}

impl Answer {
    /// What stands before the answer with a number from 0: A to Z, then 27, 28 …
    pub fn letter(number: usize) -> String {
        let letters = ('A'..='Z').nth(number);
        letters.map_or_else(|| (number + 1).to_string(), String::from)
    }
}

/// One step of a lesson: an event, or text alone. Absent texts are empty.
#[derive(Clone, PartialEq, Debug)]
pub struct Step<Id = EventId> {
    /// The step's event.
    pub event: Option<Id>,
    /// The id of the step's event, where the file has no such event; else empty.
    pub missing: String,
    /// A title of its own.
    pub title: String,
    /// The text that the class sees, in Markdown.
    pub say: String,
    /// The text that only the presenter sees, in Markdown.
    pub notes: String,
    /// The span of time to show; where absent, that of the whole lesson.
    pub view: Option<When>,
    /// The people whose events are highlighted.
    pub people: Vec<PersonId>,
    /// The lanes whose events are highlighted.
    pub lanes: Vec<LaneId>,
    /// The question to the class before the step's event is revealed.
    pub question: Option<Question<Id>>,
}

impl<Id> Default for Step<Id> {
    fn default() -> Self {
        Self {
            event: None,
            missing: String::new(),
            title: String::new(),
            say: String::new(),
            notes: String::new(),
            view: None,
            people: Vec::new(),
            lanes: Vec::new(),
            question: None,
        }
    }
}
