//! The events that pass the filter, for the canvas and the overview: the others are dimmed. Where
//! they are to be hidden instead, there is a lane index of the passing events alone
//! ([`LaneIndex::of_subset`]).

use std::sync::Arc;

use super::lane_index::LaneIndex;
use crate::model::{EventId, EventSet, Facet, Filter, LaneId};

/// The opacity of an event that does not pass.
const DIMMED: f32 = 0.2;
/// The opacity of the name of a lane that does not pass.
const DIMMED_NAME: f32 = 0.45;
/// The opacity of density bands while a filter is on: they also count events that do not pass.
const DIMMED_HILLS: f32 = 0.4;

/// The events that pass a filter.
pub struct FilterResult {
    /// The events that pass.
    pub events: Arc<EventSet>,
    /// By lane: how many of them touch each bin of the overview.
    pub overview: Vec<Vec<u32>>,
    /// Whether a line is drawn through the events: if the filter names exactly one person.
    pub has_thread: bool,
    lanes: Vec<bool>,
}

impl FilterResult {
    /// Applies a filter to the file; `None` where the filter is empty.
    pub fn of(filter: &Filter, lane_index: &LaneIndex) -> Option<Self> {
        if filter.is_empty() {
            return None;
        }
        let timeline = lane_index.timeline();
        let events = filter.events(timeline);
        let lanes = (0..timeline.lanes().len()).filter_map(LaneId::from_index);
        let people = filter.facets().filter(|it| matches!(it, Facet::Person(_)));
        Some(Self {
            overview: lane_index.overview_of(events.iter()),
            has_thread: people.count() == 1,
            lanes: lanes.map(|lane| filter.shows_lane(lane)).collect(),
            events: Arc::new(events),
        })
    }

    /// The opacity of an event, 0 to 1.
    pub fn opacity(&self, event: EventId) -> f32 {
        if self.events.contains(event) {
            1.0
        } else {
            DIMMED
        }
    }

    /// The opacity of a lane's name, 0 to 1.
    pub fn name_opacity(&self, lane: usize) -> f32 {
        if self.lanes.get(lane).copied().unwrap_or(true) {
            1.0
        } else {
            DIMMED_NAME
        }
    }

    /// The opacity of density bands, 0 to 1.
    pub const fn hills_opacity(&self) -> f32 {
        DIMMED_HILLS
    }
}
