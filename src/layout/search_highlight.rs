//! The results of a search, as the canvas and the lists show them.

use crate::model::{
    EventId,
    search::{Answer, Query},
};

/// The opacity of events that were not found, while others were.
const STEPPED_BACK: f32 = 0.4;

/// The results of one search.
pub struct SearchHighlight {
    /// The search text.
    pub words: String,
    /// The parsed search text: finds the matches to mark in a text.
    pub query: Query,
    /// The search results.
    pub answer: Answer,
    /// How many of the found events touch each bin of the overview
    /// ([`LaneIndex::bins_of`](super::LaneIndex::bins_of)).
    pub bins: Vec<u32>,
}

impl SearchHighlight {
    /// Whether an event was found: such events glow.
    pub fn holds(&self, event: EventId) -> bool {
        self.answer.events.contains(event)
    }

    /// The opacity of an event, 0 to 1: events that were not found are dimmed, unless none was.
    pub fn opacity(&self, event: EventId) -> f32 {
        if self.answer.events.is_empty() || self.holds(event) {
            1.0
        } else {
            STEPPED_BACK
        }
    }

    /// The events among the best results.
    pub fn best_events(&self) -> impl Iterator<Item = EventId> + '_ {
        self.answer.best.iter().filter_map(|found| found.event())
    }
}
