//! The results of a search, as the canvas and the lists show them.

use super::lane_index::LaneIndex;
use crate::model::{
    EventId,
    search::{Query, SearchResults},
};

/// The opacity of events that were not found, while others were.
const DIMMED: f32 = 0.4;

/// The results of one search.
pub struct SearchHighlight {
    /// The search text.
    pub words: String,
    /// The parsed search text: finds the matches to mark in a text.
    pub query: Query,
    /// The search results.
    pub results: SearchResults,
    /// How many of the found events touch each bin of the overview
    /// ([`LaneIndex::bins_of`](super::LaneIndex::bins_of)).
    pub bins: Vec<u32>,
}

impl SearchHighlight {
    /// The results of a search text among the events of a lane index.
    pub fn new(
        words: impl Into<String>,
        query: Query,
        results: SearchResults,
        lane_index: &LaneIndex,
    ) -> Self {
        Self {
            bins: lane_index.bins_of(results.events.iter()),
            words: words.into(),
            // By a date nothing is found with typos.
            query: if results.is_near && !query.is_date() {
                query
            } else {
                query.exact()
            },
            results,
        }
    }

    /// Whether an event was found: such events glow.
    pub fn holds(&self, event: EventId) -> bool {
        self.results.events.contains(event)
    }

    /// The opacity of an event, 0 to 1: events that were not found are dimmed, unless none was.
    pub fn opacity(&self, event: EventId) -> f32 {
        if self.results.events.is_empty() || self.holds(event) {
            1.0
        } else {
            DIMMED
        }
    }

    /// The events among the best results.
    pub fn best_events(&self) -> impl Iterator<Item = EventId> + '_ {
        self.results.best.iter().filter_map(|found| found.event())
    }
}
