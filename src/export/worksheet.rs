//! Which gaps a worksheet has: the same for the same seed.

use std::sync::Arc;

use crate::{
    layout::{
        LaneIndex, lane_index,
        mark::{Body, End},
    },
    model::{EventId, EventSet, Timeline},
    time::Moment,
};

/// What a gap asks for.
#[derive(Copy, Clone, Debug, PartialEq, Eq, Hash)]
pub enum Gap {
    /// When it was.
    Date,
    /// What it was.
    Title,
    /// What came before what.
    Order,
}

/// The gaps of a worksheet.
#[derive(Clone, Debug, PartialEq)]
pub struct Worksheet {
    /// What they ask for.
    pub kind: Gap,
    /// The events with gaps, in shuffled order.
    pub shuffled: Vec<EventId>,
    gaps: EventSet,
}

/// The most events that are to be put in order, unless more are asked for.
const USUAL_ORDER: usize = 12;

impl Worksheet {
    /// Chooses `count` gaps, or half of the events, by a seed.
    pub fn new(kind: Gap, lane_index: &LaneIndex, count: Option<usize>, seed: u64) -> Self {
        let timeline = lane_index.timeline();
        let mut events: Vec<EventId> = lane_index.in_time_order().collect();
        let usual = match kind {
            Gap::Order => USUAL_ORDER,
            Gap::Date | Gap::Title => events.len().div_ceil(2),
        };
        shuffle(&mut events, seed);
        let wanted = count.unwrap_or(usual).max(1);
        if kind == Gap::Order {
            events = ordered_surely(&events, timeline, wanted);
        }
        events.truncate(wanted);
        let mut gaps = EventSet::none(timeline.len());
        for &event in &events {
            gaps.insert(event);
        }
        Self {
            kind,
            shuffled: events,
            gaps,
        }
    }

    /// Whether it asks when something was.
    pub fn asks_when(&self) -> bool {
        self.kind != Gap::Title
    }

    /// Whether an event has a gap.
    pub fn is_gap(&self, event: EventId) -> bool {
        self.gaps.contains(event)
    }

    /// The events that the timeline shows: those that tell no answer. `None` where there are none.
    pub fn without_gaps(&self, lane_index: &Arc<LaneIndex>) -> Option<Arc<LaneIndex>> {
        let timeline = lane_index.timeline();
        if self.kind == Gap::Order {
            return None;
        }
        let events = EventSet::of(timeline.len(), |event| {
            lane_index.contains(event) && !self.is_gap(event)
        });
        (!events.is_empty()).then(|| Arc::new(LaneIndex::of_part(lane_index, Arc::new(events))))
    }

    /// What the pupils are asked.
    pub const fn task(&self) -> &'static str {
        match self.kind {
            Gap::Date => "When was it? Write the missing dates on the lines.",
            Gap::Title => "What was it? Write the missing titles on the lines. To choose from:",
            Gap::Order => "What came first? Number these events in the order of time.",
        }
    }
}

/// Those of the events whose order is sure: of two that may have begun at the same time, the first in
/// the list, `wanted` at most. Where this leaves less than two, all.
fn ordered_surely(events: &[EventId], timeline: &Timeline, wanted: usize) -> Vec<EventId> {
    // A span began within the first date that is given of it.
    let began = |event: EventId| {
        let mark = lane_index::mark(timeline, event);
        let sure = match (mark.body, mark.start) {
            (Body::OneDate, _) => mark.to,
            (Body::Span, End::Feather { inner }) => inner,
            _ => mark.from,
        };
        (mark.from, sure.max(mark.from.plus_secs(1)))
    };
    let mut kept: Vec<(EventId, Moment, Moment)> = Vec::new();
    for &event in events {
        let (from, to) = began(event);
        let is_sure = kept
            .iter()
            .all(|&(_, other_from, other_to)| to <= other_from || other_to <= from);
        if is_sure {
            kept.push((event, from, to));
        }
        if kept.len() == wanted {
            break;
        }
    }
    if kept.len() < 2 {
        return events.to_vec();
    }
    kept.into_iter().map(|(event, ..)| event).collect()
}

/// Shuffles by Fisher and Yates, with random numbers by Steele, Lea and Flood (`SplitMix64`).
fn shuffle<T>(list: &mut [T], seed: u64) {
    let mut state = seed;
    let mut next = || {
        state = state.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut z = state;
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        z ^ (z >> 31)
    };
    for end in (1..list.len()).rev() {
        let other = (next() % (end as u64 + 1)) as usize;
        list.swap(end, other);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::lane_index_of;

    #[test]
    fn the_same_seed_makes_the_same_gaps_and_another_others() {
        let index = lane_index_of(20);
        let gaps = |seed| Worksheet::new(Gap::Date, &index, None, seed);
        assert_eq!(gaps(7), gaps(7));
        assert_ne!(gaps(7), gaps(8));
        assert_eq!(gaps(7).shuffled.len(), 10);
        let rest = gaps(7).without_gaps(&index).unwrap();
        assert_eq!(rest.len(), 10);
        assert!(gaps(7).shuffled.iter().all(|&event| !rest.contains(event)));
    }

    #[test]
    fn as_many_gaps_as_are_asked_for_and_there_are() {
        let index = lane_index_of(5);
        for (kind, count, expected) in [
            (Gap::Date, Some(2), 2),
            (Gap::Title, Some(99), 5),
            (Gap::Order, None, 5),
            (Gap::Date, Some(0), 1),
        ] {
            let worksheet = Worksheet::new(kind, &index, count, 1);
            assert_eq!(worksheet.shuffled.len(), expected);
        }
        let order = Worksheet::new(Gap::Order, &index, None, 1);
        assert!(
            order.without_gaps(&index).is_none(),
            "a timeline would tell it"
        );
    }
}
