//! FILTER: which events match the values that were chosen.
//!
//! Values of the same kind are combined by *or* (one person or another), kinds by *and* (a person
//! and a lane). Whether the other events are dimmed or hidden is decided elsewhere.

use std::collections::BTreeSet;

use super::{Certainty, EventId, EventSet, LaneId, PersonId, PlaceId, TagId, Timeline};
use crate::time::Moment;

/// One value to filter by.
#[derive(Copy, Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Facet {
    /// Events of a lane.
    Lane(LaneId),
    /// Events in which someone takes part.
    Person(PersonId),
    /// Events of a place.
    Place(PlaceId),
    /// Events with a tag.
    Tag(TagId),
    /// Events of this certainty.
    Certainty(Certainty),
}

impl Facet {
    /// The number of its kind.
    const fn kind(self) -> u8 {
        match self {
            Self::Lane(_) => 0,
            Self::Person(_) => 1,
            Self::Place(_) => 2,
            Self::Tag(_) => 3,
            Self::Certainty(_) => 4,
        }
    }

    /// Its index among those of its kind.
    const fn index(self) -> usize {
        match self {
            Self::Lane(lane) => lane.index(),
            Self::Person(person) => person.index(),
            Self::Place(place) => place.index(),
            Self::Tag(tag) => tag.index(),
            Self::Certainty(certainty) => certainty as usize,
        }
    }
}

/// The values to filter by. The default has none: all events pass.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Filter {
    facets: BTreeSet<Facet>,
    /// Events that touch this range of time; its end is exclusive.
    range: Option<(Moment, Moment)>,
}

impl Filter {
    /// A filter of this one value.
    pub fn only(facet: Facet) -> Self {
        Self {
            facets: BTreeSet::from([facet]),
            range: None,
        }
    }

    /// Whether all events pass.
    pub fn is_empty(&self) -> bool {
        self.facets.is_empty() && self.range.is_none()
    }

    /// Whether the filter has this value.
    pub fn has(&self, facet: Facet) -> bool {
        self.facets.contains(&facet)
    }

    /// All values of the filter, kind by kind.
    pub fn facets(&self) -> impl Iterator<Item = Facet> + '_ {
        self.facets.iter().copied()
    }

    /// The range of time to filter by, if any; its end is exclusive.
    pub const fn range(&self) -> Option<(Moment, Moment)> {
        self.range
    }

    /// Sets the range of time to filter by, or removes it.
    pub fn set_range(&mut self, range: Option<(Moment, Moment)>) {
        self.range = range;
    }

    /// Whether the filter's lanes include a lane: all are included while the filter has none.
    pub fn shows_lane(&self, lane: LaneId) -> bool {
        let mut lanes = self
            .facets()
            .filter(|facet| matches!(facet, Facet::Lane(_)));
        self.has(Facet::Lane(lane)) || lanes.next().is_none()
    }

    /// Toggles one value of the filter. All `lanes` lanes are shown at first, so toggling the first
    /// one hides it; where all lanes or none would be shown, the filter has no lanes any more.
    pub fn toggle(&mut self, facet: Facet, lanes: usize) {
        let Facet::Lane(lane) = facet else {
            if !self.facets.remove(&facet) {
                self.facets.insert(facet);
            }
            return;
        };
        let all = (0..lanes).filter_map(LaneId::from_index);
        let shown = |it: &LaneId| self.shows_lane(*it) != (*it == lane);
        let wanted: Vec<LaneId> = all.filter(shown).collect();
        self.facets.retain(|facet| !matches!(facet, Facet::Lane(_)));
        if !wanted.is_empty() && wanted.len() < lanes {
            self.facets.extend(wanted.into_iter().map(Facet::Lane));
        }
    }

    /// Adds a value to the filter; a lane is added to the lanes that the filter has.
    pub fn add(&mut self, facet: Facet) {
        self.facets.insert(facet);
    }

    /// Makes this the filter's only value of its kind; if it is already, removes it.
    pub fn isolate(&mut self, facet: Facet) {
        let mut of_kind = self.facets().filter(|other| other.kind() == facet.kind());
        let is_alone = of_kind.next() == Some(facet) && of_kind.next().is_none();
        drop(of_kind);
        self.facets.retain(|other| other.kind() != facet.kind());
        if !is_alone {
            self.facets.insert(facet);
        }
    }

    /// The events that pass.
    pub fn events(&self, timeline: &Timeline) -> EventSet {
        let lanes: Vec<bool> = (0..timeline.lanes().len())
            .filter_map(LaneId::from_index)
            .map(|lane| self.shows_lane(lane))
            .collect();
        let certainties = Certainty::ALL.map(|it| self.has(Facet::Certainty(it)));
        let any_certainty = !certainties.contains(&true);
        let (starts, ends) = timeline.spans();
        let lane_of = timeline.lanes_column();
        let certainty_of = timeline.certainties();
        let mut set = EventSet::of(timeline.len(), |event| {
            let at = event.index();
            let is_in_lane = lane_of
                .get(at)
                .and_then(|lane| lanes.get(lane.index()))
                .is_some_and(|shown| *shown);
            let is_as_sure = any_certainty
                || certainty_of.get(at).is_some_and(|certainty| {
                    certainties.get(*certainty as usize).is_some_and(|it| *it)
                });
            let is_in_time = self.range.is_none_or(|(from, to)| {
                let span = starts.get(at).zip(ends.get(at));
                span.is_some_and(|(start, end)| *start < to && from < *end)
            });
            is_in_lane && is_as_sure && is_in_time
        });
        let people = timeline.with_people();
        self.narrow(&mut set, people, Facet::Person, |it| {
            matches!(it, Facet::Person(_))
        });
        let places = timeline.with_places();
        self.narrow(&mut set, places, Facet::Place, |it| {
            matches!(it, Facet::Place(_))
        });
        let tags = timeline.with_tags();
        self.narrow(&mut set, tags, Facet::Tag, |it| matches!(it, Facet::Tag(_)));
        set
    }

    /// Keeps the events that have one of the filter's values of a kind, if it has any of that kind.
    fn narrow<'a, Id: Copy + 'a>(
        &self,
        set: &mut EventSet,
        having: impl Iterator<Item = (EventId, &'a [Id])>,
        facet: impl Fn(Id) -> Facet,
        is_of_kind: impl Fn(&Facet) -> bool,
    ) {
        if !self.facets.iter().any(is_of_kind) {
            return;
        }
        let mut wanted = set.emptied();
        for (event, ids) in having {
            if ids.iter().any(|id| self.has(facet(*id))) {
                wanted.insert(event);
            }
        }
        set.keep(&wanted);
    }
}

/// How many events of a file have each value that a filter may have.
#[derive(Clone, Debug, Default)]
pub struct FacetCounts {
    /// By the kind of the facet, then by its index.
    counts: [Vec<u32>; 5],
}

impl FacetCounts {
    /// Counts a file's events; linear in their number and that of their people, places and tags.
    pub fn of(timeline: &Timeline) -> Self {
        let mut counts = Self::default();
        let lanes = timeline.lanes_column().iter();
        lanes.for_each(|lane| counts.add(Facet::Lane(*lane)));
        let certainties = timeline.certainties().iter();
        certainties.for_each(|certainty| counts.add(Facet::Certainty(*certainty)));
        let people = timeline.with_people().flat_map(|(_, people)| people);
        people.for_each(|person| counts.add(Facet::Person(*person)));
        let places = timeline.with_places().flat_map(|(_, places)| places);
        places.for_each(|place| counts.add(Facet::Place(*place)));
        let tags = timeline.with_tags().flat_map(|(_, tags)| tags);
        tags.for_each(|tag| counts.add(Facet::Tag(*tag)));
        counts
    }

    fn add(&mut self, facet: Facet) {
        let Some(counts) = self.counts.get_mut(usize::from(facet.kind())) else {
            return;
        };
        let at = facet.index();
        if counts.len() <= at {
            counts.resize(at + 1, 0);
        }
        if let Some(count) = counts.get_mut(at) {
            *count += 1;
        }
    }

    /// How many events have a value.
    pub fn of_value(&self, facet: Facet) -> u32 {
        let counts = self.counts.get(usize::from(facet.kind()));
        let count = counts.and_then(|counts| counts.get(facet.index()));
        count.copied().unwrap_or_default()
    }
}

impl Timeline {
    /// The events in which a person takes part, in the order of time.
    pub fn events_of_person(&self, person: PersonId) -> impl Iterator<Item = EventId> + '_ {
        let with = self.with_people();
        let with = with.filter(move |(_, people)| people.contains(&person));
        with.map(|(event, _)| event)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shipped() -> std::sync::Arc<Timeline> {
        let file = crate::formats::read(include_bytes!("../../timeline.json")).expect("it ships");
        file.timeline
    }

    #[test]
    fn kinds_narrow_and_values_of_a_kind_widen() {
        let timeline = shipped();
        let lane = |id| Facet::Lane(timeline.find_lane(id).expect(id));
        let person = |id| Facet::Person(timeline.find_person(id).expect(id));
        let lanes = timeline.lanes().len();
        let of = |facets: &[Facet]| {
            let mut filter = Filter::default();
            for facet in facets {
                match facet {
                    Facet::Lane(_) => filter.isolate(*facet),
                    _ => filter.toggle(*facet, lanes),
                }
            }
            filter.events(&timeline)
        };
        let militias = lane("militias");
        let khazali = person("khazali");
        assert_eq!(Filter::default().events(&timeline).len(), 15);
        let (alone, with) = (of(&[khazali]), of(&[khazali, person("sistani")]));
        assert!(!alone.is_empty() && alone.len() < with.len() && with.len() < 15);
        let both = of(&[khazali, person("sistani"), militias]);
        assert!(both.iter().all(|event| with.contains(event)));
        assert!(
            both.iter()
                .all(|event| Facet::Lane(timeline.lane(event)) == militias)
        );
        assert_eq!(of(&[Facet::Certainty(Certainty::Expected)]).len(), 2);
        assert_eq!(alone.iter().collect::<Vec<_>>(), {
            let Facet::Person(person) = khazali else {
                return;
            };
            timeline.events_of_person(person).collect::<Vec<_>>()
        });
    }

    #[test]
    fn a_time_holds_what_touches_it() {
        let timeline = shipped();
        let mut filter = Filter::default();
        filter.set_range(Some((Moment::year_start(2010), Moment::year_start(2011))));
        let ids: Vec<&str> = filter
            .events(&timeline)
            .iter()
            .map(|event| timeline.event(event).id)
            .collect();
        assert!(ids.contains(&"khazali-released"), "{ids:?}");
        assert!(ids.len() < 5, "{ids:?}");
    }

    #[test]
    fn lanes_are_taken_away_one_by_one_and_shown_alone() {
        let lane = |number| Facet::Lane(LaneId::new(number));
        let shown = |filter: &Filter| -> Vec<bool> {
            (0..3)
                .map(|number| filter.shows_lane(LaneId::new(number)))
                .collect()
        };
        let mut filter = Filter::default();
        filter.toggle(lane(1), 3);
        assert_eq!(shown(&filter), [true, false, true]);
        filter.toggle(lane(0), 3);
        assert_eq!(shown(&filter), [false, false, true]);
        filter.toggle(lane(1), 3);
        filter.toggle(lane(0), 3);
        assert!(filter.is_empty(), "all are shown again");
        filter.isolate(lane(2));
        assert_eq!(shown(&filter), [false, false, true]);
        filter.toggle(lane(2), 3);
        assert!(filter.is_empty(), "none would be nothing to look at");
        filter.isolate(lane(2));
        filter.isolate(lane(2));
        assert!(filter.is_empty());
    }
}
