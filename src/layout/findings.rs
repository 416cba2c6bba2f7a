//! What a search has found, as the canvas and the lists show it.

use crate::model::{
    EventId,
    search::{Answer, Query},
};

/// How visible what was not found is while something was.
const STEPPED_BACK: f32 = 0.4;

/// What was found for some words.
pub struct Findings {
    /// The words, as they were asked for.
    pub words: String,
    /// The same, taken apart: what it marks in a text.
    pub query: Query,
    /// What was found.
    pub answer: Answer,
    /// How many of the found events touch each bin of the overview
    /// ([`Tally::bins_of`](super::Tally::bins_of)).
    pub bins: Vec<u32>,
}

impl Findings {
    /// Whether an event was found: it glows.
    pub fn holds(&self, event: EventId) -> bool {
        self.answer.events.contains(event)
    }

    /// How visible an event is: what was not found steps back.
    pub fn opacity(&self, event: EventId) -> f32 {
        if self.answer.events.is_empty() || self.holds(event) {
            1.0
        } else {
            STEPPED_BACK
        }
    }

    /// The best of the events that were found.
    pub fn best_events(&self) -> impl Iterator<Item = EventId> + '_ {
        self.answer.best.iter().filter_map(|found| found.event())
    }
}
