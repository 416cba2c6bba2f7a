//! Makes a [`Timeline`] from checked parts: sorts events in time, turns links into numbers, and
//! works out once what would otherwise be asked at every frame.
//!
//! The parts arrive in the file's order and name each other by position, which an importer knows as
//! it counts. What was wrong with a file has been said by then; whatever still leads nowhere is
//! left out here, so that a finished timeline holds no dangling number.

use super::event::{Certainty, Event, Extra, Link};
use super::ids::{DraftId, EventId, LaneId, PersonId, PlaceId, SourceId};
use super::lane::{Era, Lane};
use super::lesson::{Lesson, Step};
use super::person::Person;
use super::place::Place;
use super::source::Source;
use super::timeline::{Columns, IdIndex, LedTo, Timeline};
use crate::time::{Bound, DateRange, Moment, When};

/// The importance of an event whose file names none.
pub const USUAL_IMPORTANCE: u8 = 3;

/// The date of an event that isn't there.
pub(super) static NO_DATE: When = When::Span {
    start: Bound::Unknown,
    end: Bound::Unknown,
};

/// What stands at the head of a chronology. Absent texts are empty.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct Header {
    /// The title.
    pub title: String,
    /// The line under it.
    pub subtitle: String,
    /// The language of the texts as a BCP 47 tag.
    pub language: String,
    /// What the chronology is about, in Markdown.
    pub about: String,
    /// When it was written.
    pub as_of: Option<When>,
    /// When it was written, as the file gives it.
    pub as_of_date: String,
    /// Fields that this program doesn't know, and `$schema`.
    pub extra: Extra,
}

/// An event on its way into a timeline.
#[derive(Clone, PartialEq, Debug)]
pub struct Draft {
    /// What is told about it. Its `because` and `see_also` are replaced by those beside it here.
    pub event: Event,
    /// Its date.
    pub when: When,
    /// Its lane; where absent, it goes into a lane without a name, the last.
    pub lane: Option<LaneId>,
    /// From 1 to 5; what lies outside is brought in.
    pub importance: u8,
    /// How sure it is.
    pub certainty: Certainty,
    /// What led to it.
    pub because: Vec<Link<DraftId>>,
    /// What else is worth a look.
    pub see_also: Vec<Link<DraftId>>,
}

impl Draft {
    /// A confirmed event of usual importance without lane or links.
    pub const fn new(event: Event, when: When) -> Self {
        Self {
            event,
            when,
            lane: None,
            importance: USUAL_IMPORTANCE,
            certainty: Certainty::Confirmed,
            because: Vec::new(),
            see_also: Vec::new(),
        }
    }
}

/// Collects the parts of a chronology and makes a [`Timeline`] of them.
#[derive(Clone, Debug, Default)]
pub struct TimelineBuilder {
    header: Header,
    lanes: Vec<Lane>,
    people: Vec<Person>,
    places: Vec<Place>,
    sources: Vec<Source>,
    eras: Vec<Era>,
    drafts: Vec<Draft>,
    lessons: Vec<Lesson<DraftId>>,
}

impl TimelineBuilder {
    /// How many lanes there can be: one less than a [`LaneId`] counts, since the lane of events
    /// that name none may join them.
    pub const MAX_LANES: usize = u16::MAX as usize;

    /// A chronology without events.
    pub fn new(header: Header) -> Self {
        Self {
            header,
            ..Self::default()
        }
    }

    /// Makes room for this many events.
    pub fn reserve_events(&mut self, count: usize) {
        self.drafts.reserve(count);
    }

    /// Adds a lane below the others, or does nothing where there are
    /// [`MAX_LANES`](Self::MAX_LANES).
    pub fn lane(&mut self, lane: Lane) -> Option<LaneId> {
        if self.lanes.len() >= Self::MAX_LANES {
            return None;
        }
        push(&mut self.lanes, lane, LaneId::from_index)
    }

    /// Adds a person. Their `member_of` may name people who are added later.
    pub fn person(&mut self, person: Person) -> Option<PersonId> {
        push(&mut self.people, person, PersonId::from_index)
    }

    /// Adds a place.
    pub fn place(&mut self, place: Place) -> Option<PlaceId> {
        push(&mut self.places, place, PlaceId::from_index)
    }

    /// Adds a source.
    pub fn source(&mut self, source: Source) -> Option<SourceId> {
        push(&mut self.sources, source, SourceId::from_index)
    }

    /// Adds an era.
    pub fn era(&mut self, era: Era) {
        self.eras.push(era);
    }

    /// Adds an event. The first is [`DraftId`] 0, the next 1; its links may name events that are
    /// added later.
    pub fn event(&mut self, draft: Draft) -> Option<DraftId> {
        // One id is kept back, so that a count of events fits where an id does.
        if self.drafts.len() >= u32::MAX as usize {
            return None;
        }
        push(&mut self.drafts, draft, DraftId::from_index)
    }

    /// Adds a lesson.
    pub fn lesson(&mut self, lesson: Lesson<DraftId>) {
        self.lessons.push(lesson);
    }

    /// Sorts, links and measures.
    pub fn build(mut self) -> Timeline {
        self.give_every_event_a_lane();
        let reach = self.reach();
        let (order, places_in_time) = order_in_time(&self.drafts, &reach);

        let people = self.people.len();
        for person in &mut self.people {
            person.member_of.retain(|group| group.index() < people);
        }
        for era in &mut self.eras {
            (era.start, era.end) = reach.drawn(&era.when);
        }
        let lessons = self.lessons.into_iter();
        let lessons = lessons.map(|lesson| {
            let steps = lesson.steps.into_iter();
            let steps = steps
                .map(|step| place_step(step, &places_in_time))
                .collect();
            Lesson {
                id: lesson.id,
                title: lesson.title,
                steps,
                extra: lesson.extra,
            }
        });
        let lessons = lessons.collect();

        let mut columns = Columns::with_capacity(order.len());
        let mut records = Vec::with_capacity(order.len());
        let mut drafts: Vec<Option<Draft>> = self.drafts.into_iter().map(Some).collect();
        for (start, end, position) in order {
            let Some(draft) = drafts.get_mut(position as usize).and_then(Option::take) else {
                continue;
            };
            let mut event = draft.event;
            event.because = place_links(draft.because, &places_in_time);
            event.see_also = place_links(draft.see_also, &places_in_time);
            event.people.retain(|person| person.index() < people);
            event.place = event
                .place
                .filter(|place| place.index() < self.places.len());
            event
                .sources
                .retain(|citation| citation.source.index() < self.sources.len());
            records.push(event);
            columns.starts.push(start);
            columns.ends.push(end);
            columns.lanes.push(draft.lane.unwrap_or(LaneId::new(0)));
            columns.importances.push(draft.importance.clamp(1, 5));
            columns.certainties.push(draft.certainty);
            columns.whens.push(draft.when);
        }

        let first = columns.starts.first().copied();
        let extent = first.zip(columns.ends.iter().copied().max());
        Timeline {
            header: self.header,
            led_to: LedTo::of(&records),
            by_id: IdIndex::of(&records),
            columns,
            records,
            extent,
            lanes: self.lanes,
            people: self.people,
            places: self.places,
            sources: self.sources,
            eras: self.eras,
            lessons,
        }
    }

    /// Adds the lane without a name where an event needs it, or where there would be no lane.
    fn give_every_event_a_lane(&mut self) {
        let named = self.lanes.len();
        let has_lane = |draft: &Draft| draft.lane.is_some_and(|lane| lane.index() < named);
        if named > 0 && self.drafts.iter().all(has_lane) {
            return;
        }
        let nameless = LaneId::from_index(named);
        self.lanes.push(Lane::EMPTY);
        for draft in &mut self.drafts {
            if !has_lane(draft) {
                draft.lane = nameless;
            }
        }
    }

    /// How far what the file knows reaches.
    fn reach(&self) -> Reach {
        let as_of = self.header.as_of.as_ref().and_then(When::latest);
        let whens = self.drafts.iter().map(|draft| &draft.when);
        let latest = whens
            .filter_map(|when| known(when).map(|(_, latest)| latest))
            .max();
        Reach {
            as_of,
            latest: latest.max(as_of),
        }
    }
}

/// Pushes and tells the id, unless the id would not fit.
fn push<T, Id>(list: &mut Vec<T>, item: T, id: impl Fn(usize) -> Option<Id>) -> Option<Id> {
    let id = id(list.len())?;
    list.push(item);
    Some(id)
}

/// How far open ends run.
#[derive(Clone, Copy, Debug)]
struct Reach {
    as_of: Option<Moment>,
    /// The latest instant that anything in the file names.
    latest: Option<Moment>,
}

impl Reach {
    /// The extent to draw for a date: see [`Timeline::start`] and [`Timeline::end`].
    fn drawn(&self, when: &When) -> (Moment, Moment) {
        let (first, last) = known(when).unwrap_or((Moment::from_secs(0), Moment::from_secs(0)));
        let start = when.earliest().unwrap_or(first);
        let end = if when.ends_open() {
            let as_of = self.as_of.filter(|&as_of| as_of > start);
            as_of.unwrap_or(self.latest.map_or(last, |latest| latest.max(last)))
        } else {
            when.latest().unwrap_or(last)
        };
        (start, end.max(start))
    }
}

/// The first and the last instant that a date names anywhere.
fn known(when: &When) -> Option<(Moment, Moment)> {
    // "2014 or earlier" names 2014; how much earlier is not said, and must not draw the Big Bang.
    let of_range = |range: &DateRange| match (range.is_or_earlier(), range.is_or_later()) {
        (true, _) => (range.latest, range.latest),
        (_, true) => (range.earliest, range.earliest),
        _ => (range.earliest, range.latest),
    };
    let of_bound = |bound: &Bound| match bound {
        Bound::Known(range) => Some(of_range(range)),
        Bound::Open | Bound::Unknown => None,
    };
    let wider = |a: (Moment, Moment), b: (Moment, Moment)| (a.0.min(b.0), a.1.max(b.1));
    match when {
        When::Date(range) => Some(of_range(range)),
        When::Span { start, end } => [start, end].into_iter().filter_map(of_bound).reduce(wider),
        When::Set { members, .. } => members.iter().filter_map(known).reduce(wider),
    }
}

/// Start, end and old position of each event in the order of time, and the other way round: the new
/// id for each old position.
fn order_in_time(drafts: &[Draft], reach: &Reach) -> (Vec<(Moment, Moment, u32)>, Vec<EventId>) {
    let mut order: Vec<_> = (0u32..)
        .zip(drafts)
        .map(|(position, draft)| {
            let (start, end) = reach.drawn(&draft.when);
            (start, end, position)
        })
        .collect();
    order.sort_unstable();
    let mut places_in_time = vec![EventId::new(0); order.len()];
    for (id, &(_, _, position)) in (0u32..).zip(&order) {
        if let Some(place) = places_in_time.get_mut(position as usize) {
            *place = EventId::new(id);
        }
    }
    (order, places_in_time)
}

/// Renames the targets of links, and leaves out those that lead nowhere.
fn place_links(links: Vec<Link<DraftId>>, places_in_time: &[EventId]) -> Vec<Link> {
    let placed = |link: Link<DraftId>| {
        let event = *places_in_time.get(link.event.index())?;
        Some(Link {
            event,
            label: link.label,
            extra: link.extra,
        })
    };
    links.into_iter().filter_map(placed).collect()
}

/// Renames the event of a step; a step whose event is missing stays as text.
fn place_step(step: Step<DraftId>, places_in_time: &[EventId]) -> Step {
    Step {
        event: step
            .event
            .and_then(|event| places_in_time.get(event.index()).copied()),
        title: step.title,
        say: step.say,
        notes: step.notes,
        view: step.view,
        view_date: step.view_date,
        people: step.people,
        lanes: step.lanes,
        extra: step.extra,
    }
}

impl Columns {
    fn with_capacity(len: usize) -> Self {
        Self {
            starts: Vec::with_capacity(len),
            ends: Vec::with_capacity(len),
            lanes: Vec::with_capacity(len),
            importances: Vec::with_capacity(len),
            certainties: Vec::with_capacity(len),
            whens: Vec::with_capacity(len),
        }
    }
}

impl LedTo {
    /// Turns every `because` round. Effects are visited in the order of time and sorting by cause
    /// keeps that order, so each list is in the order of time.
    fn of(records: &[Event]) -> Self {
        let effects = (0u32..).map(EventId::new).zip(records);
        let mut pairs: Vec<(EventId, Link)> = effects
            .flat_map(|(effect, record)| {
                record.because.iter().map(move |cause| {
                    let label = cause.label.clone();
                    (
                        cause.event,
                        Link {
                            event: effect,
                            label,
                            extra: Extra::EMPTY,
                        },
                    )
                })
            })
            .collect();
        pairs.sort_by_key(|&(cause, _)| cause);
        let causes: Vec<usize> = pairs.iter().map(|&(cause, _)| cause.index()).collect();
        let count = records.len();
        let starts = (0..=count).map(|event| causes.partition_point(|&cause| cause < event));
        // A file within the limit of bytes holds fewer links than u32 counts.
        let starts = starts
            .map(|start| u32::try_from(start).unwrap_or(u32::MAX))
            .collect();
        Self {
            starts,
            links: pairs.into_iter().map(|(_, link)| link).collect(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn when(text: &str) -> When {
        When::parse(text).unwrap()
    }

    fn draft(id: &str, date: &str) -> Draft {
        Draft::new(
            Event {
                id: id.into(),
                title: id.into(),
                ..Event::EMPTY
            },
            when(date),
        )
    }

    fn build(as_of: Option<&str>, dates: &[&str]) -> Timeline {
        let as_of = as_of.map(when);
        let mut builder = TimelineBuilder::new(Header {
            as_of,
            ..Header::default()
        });
        for date in dates {
            builder.event(draft(date, date));
        }
        builder.build()
    }

    fn ids(timeline: &Timeline) -> Vec<&str> {
        timeline
            .events()
            .map(|event| timeline.event(event).id.as_str())
            .collect()
    }

    #[test]
    fn events_are_sorted_by_start_then_end_then_file() {
        let mut builder = TimelineBuilder::default();
        for (id, date) in [
            ("c", "2010"),
            ("long", "2003/2005"),
            ("b", "2003"),
            ("a", "2003"),
            ("z", "1999"),
        ] {
            builder.event(draft(id, date));
        }
        let timeline = builder.build();
        assert_eq!(ids(&timeline), ["z", "b", "a", "long", "c"]);
        for (position, event) in timeline.events().enumerate() {
            assert_eq!(event.index(), position);
            assert_eq!(timeline.find_event(&timeline.event(event).id), Some(event));
        }
        assert_eq!(timeline.find_event("nobody"), None);
        assert_eq!(
            timeline.extent().unwrap().0,
            when("1999").earliest().unwrap()
        );
        assert_eq!(timeline.extent().unwrap().1, when("2010").latest().unwrap());
    }

    #[test]
    fn every_date_has_an_extent_to_draw() {
        // as_of, other date in the file, date, start of, end of
        for (as_of, other, date, start, end) in [
            (None, "1990", "2010", "2010", "2010"),
            (None, "1990", "2003/", "2003", "2003"),
            (None, "1990", "/2010", "2010", "2010"),
            (None, "1990", "../2010", "2010", "2010"),
            (None, "1990", "2014/..", "2014", "2014"),
            (None, "2020", "2014/..", "2014", "2020"),
            (Some("2016-10"), "2020", "2014/..", "2014", "2016-10"),
            (Some("2016-10"), "2020", "2018/..", "2018", "2020"),
            (Some("2016-10"), "1990", "2018/..", "2018", "2018"),
            (Some("2016-10"), "1990", "2016/..", "2016", "2016-10"),
        ] {
            let timeline = build(as_of, &[other, date]);
            let event = timeline.find_event(date).unwrap();
            assert_eq!(
                Some(timeline.start(event)),
                when(start).earliest(),
                "start of {date}"
            );
            assert_eq!(
                Some(timeline.end(event)),
                when(end).latest(),
                "end of {date}"
            );
        }
    }

    #[test]
    fn links_survive_sorting_and_are_turned_round() {
        let to = |position, label: &str| Link {
            event: DraftId::new(position),
            label: label.into(),
            extra: Extra::EMPTY,
        };
        let mut builder = TimelineBuilder::default();
        builder.event(Draft {
            because: vec![to(2, "late"), to(9, "")],
            ..draft("late", "2012")
        });
        builder.event(Draft {
            because: vec![to(2, "early")],
            ..draft("early", "2011")
        });
        builder.event(draft("cause", "2010"));
        let timeline = builder.build();
        let [cause, early, late] =
            ["cause", "early", "late"].map(|id| timeline.find_event(id).unwrap());
        let led_to: Vec<_> = timeline
            .led_to(cause)
            .iter()
            .map(|l| (l.event, l.label.as_str()))
            .collect();
        assert_eq!(led_to, [(early, "early"), (late, "late")]);
        assert!(timeline.led_to(late).is_empty());
        assert_eq!(
            timeline.event(late).because.len(),
            1,
            "what leads nowhere is left out"
        );
    }

    #[test]
    fn there_is_always_a_lane() {
        let empty = TimelineBuilder::default().build();
        assert_eq!(empty.lanes(), [Lane::EMPTY]);
        assert!(empty.is_empty() && empty.extent().is_none());

        let mut builder = TimelineBuilder::default();
        let war = builder.lane(Lane {
            id: "war".into(),
            ..Lane::EMPTY
        });
        builder.event(Draft {
            lane: war,
            ..draft("in", "2003")
        });
        builder.event(draft("out", "2004"));
        let timeline = builder.build();
        let lanes: Vec<_> = timeline
            .events()
            .map(|event| timeline.lane(event).index())
            .collect();
        assert_eq!(lanes, [0, 1]);
        assert_eq!(timeline.lanes().len(), 2);
    }

    #[test]
    fn an_id_of_another_timeline_gives_an_empty_record() {
        let timeline = TimelineBuilder::default().build();
        let stale = EventId::new(7);
        assert_eq!(timeline.event(stale), &Event::EMPTY);
        assert_eq!(timeline.start(stale), timeline.end(stale));
        assert!(timeline.led_to(stale).is_empty());
    }
}
