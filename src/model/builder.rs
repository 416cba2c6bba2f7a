//! Builds a [`Timeline`] from checked parts: sorts events in time, turns links into ids, and
//! computes once what would otherwise be computed at every frame.
//!
//! The parts arrive in the file's order and refer to each other by position, which the reader
//! counts. Faults of the file have been reported by then; references that still lead nowhere are
//! left out here, so that a finished timeline holds no dangling id.

use super::attached::{Attached, Attachments, Counts};
use super::drawn_extents;
use super::events_builder::{EventsBuilder, FileEvent, NO_LANE};
use super::header::Header;
use super::ids::{FileEventId, LaneId, PersonId, PlaceId, SourceId};
use super::lane::{Era, Lane};
use super::lesson::{Lesson, Question, Step};
use super::open_ends::{self, OpenEnds};
use super::order::Order;
use super::person::Person;
use super::place::Place;
use super::source::Source;
use super::timeline::{Columns, Timeline};
use crate::time::{Moment, When};

/// A chronology without events.
impl Default for Timeline {
    fn default() -> Self {
        TimelineBuilder::default().build()
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
    events: EventsBuilder,
    lessons: Vec<Lesson<FileEventId>>,
}

impl TimelineBuilder {
    /// The most lanes a file can have: one less than a [`LaneId`] counts, since the lane of events
    /// that name none may be added.
    pub const MAX_LANES: usize = u16::MAX as usize;

    /// A chronology without events.
    pub fn new(header: Header) -> Self {
        Self {
            header,
            ..Self::default()
        }
    }

    /// Adds a lane below the others; `None` where there are [`MAX_LANES`](Self::MAX_LANES) already.
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

    /// Adds an event: see [`EventsBuilder::push`].
    pub fn event(&mut self, file_event: &FileEvent<'_>) -> Option<FileEventId> {
        self.events.push(file_event)
    }

    /// The attachments of the events added so far.
    pub fn attached(&mut self) -> &mut Attached {
        &mut self.events.attached
    }

    /// Sets all events at once, replacing those added so far.
    pub fn events(&mut self, events: EventsBuilder) {
        self.events = events;
    }

    /// Adds a lesson.
    pub fn lesson(&mut self, lesson: Lesson<FileEventId>) {
        self.lessons.push(lesson);
    }

    /// Builds the timeline: sorts events, resolves links and computes extents.
    pub fn build(mut self) -> Timeline {
        self.give_every_event_a_lane();
        let as_of = self.header.as_of.as_ref().and_then(When::latest);
        let open_ends = OpenEnds {
            as_of,
            latest: self.events.latest.max(as_of),
        };
        for era in &mut self.eras {
            (era.start, era.end) = if open_ends::known(&era.when).is_some() {
                open_ends.drawn(&era.when)
            } else {
                // Of an unknown year: it is named, and drawn nowhere.
                (Moment::LATEST, Moment::LATEST)
            };
        }
        let people = self.people.len();
        for person in &mut self.people {
            person.member_of.retain(|group| group.index() < people);
        }

        let mut events = self.events;
        drawn_extents::set(&mut events, &open_ends);
        file_ids(&mut events);
        let order = Order::of(&events.starts, &events.ends, |position| {
            let code = events.codes.get(position);
            code.is_some_and(|code| code.is_dated())
        });
        let count = u32::try_from(events.len()).unwrap_or(u32::MAX);
        let place = |file_event: u32| {
            let event = order.event_of(FileEventId::new(file_event))?;
            u32::try_from(event.index()).ok()
        };
        events.ids.rename(place, count);

        let undated = events
            .file_events()
            .zip(&events.offsets)
            .filter(|&(event, _)| order.event_of(event).is_none());
        let undated = undated.map(|(_, &offset)| offset).collect();
        let counts = Counts {
            people,
            places: self.places.len(),
            sources: self.sources.len(),
        };
        let attachments = Attachments::of(events.attached, &order, counts);
        let lessons = self.lessons.into_iter();
        let lessons = lessons.map(|lesson| Lesson {
            id: lesson.id,
            title: lesson.title,
            steps: lesson
                .steps
                .into_iter()
                .map(|step| place_step(step, &order))
                .collect(),
        });
        let lessons = lessons.collect();

        events.records.finish();
        // One at a time, so that only one column is in memory twice.
        let columns = Columns {
            starts: order.sorted(events.starts),
            ends: order.sorted(events.ends),
            codes: order.sorted(events.codes),
            offsets: order.sorted(events.offsets),
            lanes: order.sorted(events.lanes),
            importances: order.sorted(events.importances),
            certainties: order.sorted(events.certainties),
        };
        let has_offsets = columns.codes.iter().any(|code| code.has_offset())
            || events
                .uncoded_dates
                .iter()
                .any(|(_, when)| when.has_offset());
        let first = columns.starts.first().copied();
        let extent = first.zip(columns.ends.iter().copied().max());
        Timeline {
            header: self.header,
            uncoded_dates: order.placed(events.uncoded_dates),
            new_ids: order.placed(events.new_ids),
            by_id: events.ids,
            columns,
            records: events.records,
            undated,
            attachments,
            tags: events.tags.into_names(),
            extent,
            has_offsets,
            lanes: self.lanes,
            people: self.people,
            places: self.places,
            sources: self.sources,
            eras: self.eras,
            lessons,
        }
    }

    /// Adds the lane without a name if an event needs it, or if there would be no lane.
    fn give_every_event_a_lane(&mut self) {
        let named = self.lanes.len();
        let events = &mut self.events;
        let is_without = |lane: &LaneId| lane.index() >= named;
        // An event that is not shown needs no lane.
        let mut shown = events.lanes.iter().zip(&events.codes);
        let needed = shown.any(|(lane, code)| code.is_dated() && is_without(lane));
        if named == 0 || needed {
            let nameless = LaneId::from_index(named).unwrap_or(NO_LANE);
            self.lanes.push(Lane::EMPTY);
            for lane in &mut events.lanes {
                if is_without(lane) {
                    *lane = nameless;
                }
            }
        }
    }
}

/// Indexes all ids, unless every event has claimed its own. Of events with the same id the first
/// keeps it.
fn file_ids(events: &mut EventsBuilder) {
    if events.filed == events.len() {
        return;
    }
    events.filed = 0;
    for file_event in events.file_events() {
        // A later event with the same id can't be found by it.
        let _taken = events.claim(file_event);
    }
}

/// Pushes an item and returns its id; `None` where the id would not fit.
fn push<T, Id>(list: &mut Vec<T>, item: T, id: impl Fn(usize) -> Option<Id>) -> Option<Id> {
    let id = id(list.len())?;
    list.push(item);
    Some(id)
}

/// Turns a step's events into those of the timeline; a step whose event is left out keeps its
/// texts.
fn place_step(step: Step<FileEventId>, order: &Order) -> Step {
    let question = step.question.map(|question| match question {
        Question::Order(events) => {
            let events = events.into_iter();
            Question::Order(events.filter_map(|event| order.event_of(event)).collect())
        }
        Question::When => Question::When,
        Question::Choose(answers) => Question::Choose(answers),
    });
    Step {
        event: step.event.and_then(|event| order.event_of(event)),
        missing: step.missing,
        title: step.title,
        say: step.say,
        notes: step.notes,
        view: step.view,
        people: step.people,
        lanes: step.lanes,
        question,
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::super::event::Event;
    use super::super::ids::EventId;
    use super::super::links::PackedLink;
    use super::super::records::Texts;
    use super::*;
    use crate::time::properties::edtf_text;

    fn when(text: &str) -> When {
        When::parse(text).unwrap()
    }

    fn file_event<'a>(id: &'a str, date: &str) -> FileEvent<'a> {
        FileEvent::new(
            Texts {
                id,
                title: id,
                ..Texts::default()
            },
            Some(when(date)),
        )
    }

    fn build(as_of: Option<&str>, dates: &[&str]) -> Timeline {
        let as_of = as_of.map(when);
        let mut builder = TimelineBuilder::new(Header {
            as_of,
            ..Header::default()
        });
        for date in dates {
            builder.event(&file_event(date, date));
        }
        builder.build()
    }

    fn ids(timeline: &Timeline) -> Vec<&str> {
        timeline
            .events()
            .map(|event| timeline.event(event).id)
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
            builder.event(&file_event(id, date));
        }
        let timeline = builder.build();
        assert_eq!(ids(&timeline), ["z", "b", "a", "long", "c"]);
        for (position, event) in timeline.events().enumerate() {
            assert_eq!(event.index(), position);
            assert_eq!(timeline.find_event(timeline.event(event).id), Some(event));
        }
        assert_eq!(timeline.find_event("nobody"), None);
        assert_eq!(
            timeline.extent().unwrap().0,
            when("1999").earliest().unwrap()
        );
        assert_eq!(timeline.extent().unwrap().1, when("2010").latest().unwrap());
    }

    #[test]
    fn times_with_a_distance_from_utc_are_in_the_order_in_which_they_happened() {
        let dates = [
            "2025-03-30T00:30Z",
            "2025-03-30T01:15+01:00",
            "2025-03-30T05:44+05:45",
            "2025-03-30T00:07+00:07",
            "2025-03-29T20:00-04:30/2025-03-30T07:00+05:45",
        ];
        let timeline = build(None, &dates);
        assert_eq!(
            ids(&timeline),
            [dates[2], dates[3], dates[1], dates[0], dates[4]]
        );
        assert!(timeline.has_offsets());
        for event in timeline.events() {
            let id = timeline.event(event).id;
            assert_eq!(timeline.when(event), when(id), "it stays as it was written");
        }
        assert!(!build(None, &["2025-03-30T00:30"]).has_offsets());
    }

    #[test]
    fn an_unknown_year_does_not_stretch_the_file_and_reaches_over_it() {
        for date in [
            "XXXX-10",
            "XXXX",
            "XXXX-12-25",
            "X914",
            "XXXX-10?",
            "[XXXX-10,XXXX-11]",
        ] {
            let timeline = build(None, &["2003", date, "2014/2016"]);
            let known = (
                when("2003").earliest().unwrap(),
                when("2016").latest().unwrap(),
            );
            assert_eq!(timeline.extent(), Some(known), "{date}");
            let event = timeline.find_event(date).unwrap();
            assert_eq!(
                (timeline.start(event), timeline.end(event)),
                known,
                "{date}"
            );
            assert_eq!(timeline.when(event), when(date), "it stays as it was given");
        }
        // A span of which one side is known is drawn as if the other were not stated.
        let timeline = build(None, &["2003", "2005/XXXX-10", "2010"]);
        let extent = timeline.extent().unwrap();
        assert_eq!(extent.1, when("2010").latest().unwrap());
        // Alone, it is drawn as wide as it is; a century or a millennium always is.
        let alone = build(None, &["XXXX-10"]).extent().unwrap();
        assert_eq!(alone.1, when("9999-10").latest().unwrap());
        let vague = build(None, &["2003", "1XXX"]).extent().unwrap();
        assert_eq!(vague.0, when("1000").earliest().unwrap());
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
        let mut builder = TimelineBuilder::default();
        for (id, date, because) in [
            ("late", "2012", &[(2, "late"), (9, "")][..]),
            ("early", "2011", &[(2, "early")]),
            ("cause", "2010", &[]),
        ] {
            let event = builder.event(&file_event(id, date)).unwrap();
            for &(position, label) in because {
                let link = PackedLink {
                    event: FileEventId::new(position),
                    label: builder.events.text(label),
                };
                builder.attached().because.add(event, link);
            }
        }
        let timeline = builder.build();
        let [cause, early, late] =
            ["cause", "early", "late"].map(|id| timeline.find_event(id).unwrap());
        let led_to: Vec<_> = timeline
            .led_to(cause)
            .iter()
            .map(|l| (l.event, l.label))
            .collect();
        assert_eq!(led_to, [(early, "early"), (late, "late")]);
        assert!(timeline.led_to(late).is_empty());
        for (event, label) in [(late, "late"), (early, "early")] {
            let because: Vec<_> = timeline.event(event).because.iter().collect();
            let [link] = because.as_slice() else {
                panic!("what leads nowhere is left out: {because:?}");
            };
            assert_eq!((link.event, link.label), (cause, label));
        }
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
        builder.event(&FileEvent {
            lane: war,
            ..file_event("in", "2003")
        });
        builder.event(&file_event("out", "2004"));
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
        assert_eq!(timeline.event(stale), Event::EMPTY);
        assert_eq!(timeline.short(stale), "");
        assert_eq!(timeline.date_label(stale), "date not stated");
        assert_eq!(timeline.start(stale), timeline.end(stale));
        assert!(timeline.led_to(stale).is_empty());
    }

    #[test]
    fn an_event_without_a_date_is_left_out_and_keeps_its_id_from_others() {
        let mut builder = TimelineBuilder::default();
        let undated = FileEvent {
            when: None,
            ..file_event("a", "2014")
        };
        let mut events = EventsBuilder::default();
        for event in [undated, file_event("a", "2015"), file_event("b", "2013")] {
            events.push(&event).unwrap();
        }
        let said: Vec<_> = events
            .file_events()
            .map(|file_event| events.claim(file_event).is_ok())
            .collect();
        assert_eq!(said, [true, false, true]);
        events.rename(FileEventId::new(1), "a-2");
        events.claim(FileEventId::new(1)).unwrap();
        builder.events(events);
        let timeline = builder.build();
        assert_eq!(ids(&timeline), ["b", "a-2"]);
        assert_eq!(timeline.find_event("a"), None);
        assert_eq!(timeline.find_event("a-2"), Some(EventId::new(1)));
    }

    #[test]
    fn what_is_attached_moves_with_its_event() {
        let mut builder = TimelineBuilder::default();
        let mut events = EventsBuilder::default();
        for (date, words) in [("2012", &["x", "y"][..]), ("2010", &[]), ("2011", &["y"])] {
            let event = events.push(&file_event(date, date)).unwrap();
            for word in words {
                let tag = events.tag(word).unwrap();
                events.attached.tags.add(event, tag);
            }
            let place = PlaceId::from_index(event.index()).unwrap();
            events.attached.places.add(event, place);
        }
        builder.events(events);
        for _ in 0..2 {
            builder.place(Place::EMPTY);
        }
        let timeline = builder.build();
        let found: Vec<_> = timeline
            .events()
            .map(|event| {
                let found = timeline.event(event);
                let tags: Vec<_> = found.tags.iter().map(|&tag| timeline.tag(tag)).collect();
                (tags.join(" "), found.place.map(PlaceId::index))
            })
            .collect();
        let expected = [("", Some(1)), ("y", None), ("x y", Some(0))];
        assert_eq!(
            found,
            expected.map(|(tags, place)| (tags.to_owned(), place))
        );
        assert_eq!(timeline.tags(), ["x", "y"]);
    }

    proptest! {
        #![proptest_config(crate::testing::fixed(2000))]

        #[test]
        fn a_date_is_given_back_as_it_was_read(
            texts in proptest::collection::vec(edtf_text(), 1..6), as_of in edtf_text(),
        ) {
            let dates: Vec<_> = texts.iter().filter_map(|text| When::parse(text).ok()).collect();
            let mut builder = TimelineBuilder::new(Header {
                as_of: When::parse(&as_of).ok(),
                ..Header::default()
            });
            for (id, when) in dates.iter().enumerate() {
                let id = id.to_string();
                builder.event(&FileEvent { when: Some(when.clone()), ..file_event(&id, "2014") });
            }
            let timeline = builder.build();
            prop_assert!(timeline.spans().0.is_sorted());
            for (id, when) in dates.iter().enumerate() {
                let event = timeline.find_event(&id.to_string()).unwrap();
                prop_assert_eq!(&timeline.when(event), when);
                prop_assert!(timeline.start(event) <= timeline.end(event));
            }
        }
    }
}
