//! What passes the filter, as the canvas and the overview show it: the rest is dimmed. Where it is to be
//! hidden there is an index of what passes alone ([`Tally::choosing`]).

use std::sync::Arc;

use super::tally::Tally;
use crate::model::{EventId, EventSet, Facet, Filter, LaneId};

/// How visible an event is that does not pass.
const DIMMED: f32 = 0.2;
/// How visible the name of a lane is that does not pass.
const DIMMED_NAME: f32 = 0.45;
/// How visible hills are while a filter is on: they count what does not pass, too.
const DIMMED_HILLS: f32 = 0.4;

/// The events that pass a filter.
pub struct Lit {
    /// Which they are.
    pub events: Arc<EventSet>,
    /// By lane: how many of them touch each bin of the overview.
    pub overview: Vec<Vec<u32>>,
    /// Whether a thread is drawn through them: they are one person's.
    pub has_thread: bool,
    lanes: Vec<bool>,
}

impl Lit {
    /// What passes; `None` where a filter wishes for nothing.
    pub fn of(filter: &Filter, tally: &Tally) -> Option<Self> {
        if filter.is_empty() {
            return None;
        }
        let timeline = tally.timeline();
        let events = filter.events(timeline);
        let lanes = (0..timeline.lanes().len()).filter_map(LaneId::from_index);
        let people = filter.facets().filter(|it| matches!(it, Facet::Person(_)));
        Some(Self {
            overview: tally.overview_of(events.iter()),
            has_thread: people.count() == 1,
            lanes: lanes.map(|lane| filter.shows_lane(lane)).collect(),
            events: Arc::new(events),
        })
    }

    /// How visible an event is.
    pub fn opacity(&self, event: EventId) -> f32 {
        if self.events.contains(event) {
            1.0
        } else {
            DIMMED
        }
    }

    /// How visible a lane's name is.
    pub fn name_opacity(&self, lane: usize) -> f32 {
        if self.lanes.get(lane).copied().unwrap_or(true) {
            1.0
        } else {
            DIMMED_NAME
        }
    }

    /// How visible hills are.
    pub const fn hills_opacity(&self) -> f32 {
        DIMMED_HILLS
    }
}
