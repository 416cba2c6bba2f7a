//! Makes a [`Timeline`] from checked parts: sorts events in time, turns links into numbers, and
//! works out once what would otherwise be asked at every frame.
//!
//! The parts arrive in the file's order and name each other by position, which an importer knows as
//! it counts. What was wrong with a file has been said by then; whatever still leads nowhere is
//! left out here, so that a finished timeline holds no dangling number.

use super::attached::{Attached, Attachments, Counts};
use super::drafts::{Draft, Drafts, NO_LANE};
use super::event::Extra;
use super::ids::{DraftId, LaneId, PersonId, PlaceId, SourceId};
use super::lane::{Era, Lane};
use super::lesson::{Lesson, Question, Step};
use super::order::Order;
use super::person::Person;
use super::place::Place;
use super::reach::Reach;
use super::source::Source;
use super::timeline::{Columns, Timeline};
use crate::time::When;

/// The importance of an event whose file names none.
pub const USUAL_IMPORTANCE: u8 = 3;

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

/// Collects the parts of a chronology and makes a [`Timeline`] of them.
#[derive(Clone, Debug, Default)]
pub struct TimelineBuilder {
    header: Header,
    lanes: Vec<Lane>,
    people: Vec<Person>,
    places: Vec<Place>,
    sources: Vec<Source>,
    eras: Vec<Era>,
    drafts: Drafts,
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

    /// Adds an event: see [`Drafts::push`].
    pub fn event(&mut self, draft: &Draft<'_>) -> Option<DraftId> {
        self.drafts.push(draft)
    }

    /// What is attached to the events that were added.
    pub fn attached(&mut self) -> &mut Attached {
        &mut self.drafts.attached
    }

    /// Hands over all events at once, in the place of those added so far.
    pub fn events(&mut self, drafts: Drafts) {
        self.drafts = drafts;
    }

    /// Adds a lesson.
    pub fn lesson(&mut self, lesson: Lesson<DraftId>) {
        self.lessons.push(lesson);
    }

    /// Sorts, links and measures.
    pub fn build(mut self) -> Timeline {
        self.give_every_event_a_lane();
        let as_of = self.header.as_of.as_ref().and_then(When::latest);
        let reach = Reach {
            as_of,
            latest: self.drafts.latest.max(as_of),
        };
        for era in &mut self.eras {
            (era.start, era.end) = reach.drawn(&era.when);
        }
        let people = self.people.len();
        for person in &mut self.people {
            person.member_of.retain(|group| group.index() < people);
        }

        let mut drafts = self.drafts;
        draw_open_ends(&mut drafts, &reach);
        file_ids(&mut drafts);
        let order = Order::of(&drafts.starts, &drafts.ends, |position| {
            let code = drafts.codes.get(position);
            code.is_some_and(|code| code.is_dated())
        });
        let events = u32::try_from(drafts.len()).unwrap_or(u32::MAX);
        let place = |draft: u32| {
            let event = order.place(DraftId::new(draft))?;
            u32::try_from(event.index()).ok()
        };
        drafts.ids.rename(place, events);

        let counts = Counts {
            people,
            places: self.places.len(),
            sources: self.sources.len(),
        };
        let attachments = Attachments::of(drafts.attached, &order, counts);
        let lessons = self.lessons.into_iter();
        let lessons = lessons.map(|lesson| Lesson {
            id: lesson.id,
            title: lesson.title,
            steps: lesson
                .steps
                .into_iter()
                .map(|step| place_step(step, &order))
                .collect(),
            extra: lesson.extra,
        });
        let lessons = lessons.collect();

        drafts.records.shrink();
        // One after the other, so that no two columns are held twice at a time.
        let columns = Columns {
            starts: order.sorted(drafts.starts),
            ends: order.sorted(drafts.ends),
            codes: order.sorted(drafts.codes),
            offsets: order.sorted(drafts.offsets),
            lanes: order.sorted(drafts.lanes),
            importances: order.sorted(drafts.importances),
            certainties: order.sorted(drafts.certainties),
        };
        let first = columns.starts.first().copied();
        let extent = first.zip(columns.ends.iter().copied().max());
        Timeline {
            header: self.header,
            asides: order.placed(drafts.asides),
            new_ids: order.placed(drafts.new_ids),
            by_id: drafts.ids,
            columns,
            records: drafts.records,
            attachments,
            tags: drafts.tags.into_names(),
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
        let drafts = &mut self.drafts;
        let is_without = |lane: &LaneId| lane.index() >= named;
        // An event that is not shown needs no lane.
        let mut shown = drafts.lanes.iter().zip(&drafts.codes);
        let needed = shown.any(|(lane, code)| code.is_dated() && is_without(lane));
        if named == 0 || needed {
            let nameless = LaneId::from_index(named).unwrap_or(NO_LANE);
            self.lanes.push(Lane::EMPTY);
            for lane in &mut drafts.lanes {
                if is_without(lane) {
                    *lane = nameless;
                }
            }
        }
    }
}

/// Draws ends that are open as far as the file knows.
fn draw_open_ends(drafts: &mut Drafts, reach: &Reach) {
    let extents = drafts.starts.iter().zip(&mut drafts.ends);
    for ((&start, end), code) in extents.zip(&drafts.codes) {
        if code.ends_open() {
            *end = reach.open_end(start, *end).max(start);
        }
    }
    for (draft, when) in &drafts.asides {
        if when.ends_open()
            && let Some(end) = drafts.ends.get_mut(draft.index())
        {
            (_, *end) = reach.drawn(when);
        }
    }
}

/// Files the ids that nobody has claimed yet. Of events with one id the first keeps it.
fn file_ids(drafts: &mut Drafts) {
    if drafts.filed == drafts.len() {
        return;
    }
    drafts.filed = 0;
    for draft in drafts.drafts() {
        // What comes second is found by other ways, as before.
        let _taken = drafts.claim(draft);
    }
}

/// Pushes and tells the id, unless the id would not fit.
fn push<T, Id>(list: &mut Vec<T>, item: T, id: impl Fn(usize) -> Option<Id>) -> Option<Id> {
    let id = id(list.len())?;
    list.push(item);
    Some(id)
}

/// Renames the event of a step; a step whose event is missing stays as text.
fn place_step(step: Step<DraftId>, order: &Order) -> Step {
    let question = step.question.map(|question| match question {
        Question::Order(events) => {
            let events = events.into_iter();
            Question::Order(events.filter_map(|event| order.place(event)).collect())
        }
        Question::When => Question::When,
        Question::Choose(answers) => Question::Choose(answers),
    });
    Step {
        event: step.event.and_then(|event| order.place(event)),
        title: step.title,
        say: step.say,
        notes: step.notes,
        view: step.view,
        view_date: step.view_date,
        people: step.people,
        lanes: step.lanes,
        question,
        extra: step.extra,
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

    fn draft<'a>(id: &'a str, date: &str) -> Draft<'a> {
        Draft::new(
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
            builder.event(&draft(date, date));
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
            builder.event(&draft(id, date));
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
            let event = builder.event(&draft(id, date)).unwrap();
            for &(position, label) in because {
                let link = PackedLink {
                    event: DraftId::new(position),
                    label: builder.drafts.text(label),
                };
                let mut extra = Extra::EMPTY;
                extra.keep("of", label);
                builder.attached().because.add_with(event, link, extra);
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
            assert_eq!(link.extra.get("of"), Some(label));
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
        builder.event(&Draft {
            lane: war,
            ..draft("in", "2003")
        });
        builder.event(&draft("out", "2004"));
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
        let undated = Draft {
            when: None,
            ..draft("a", "2014")
        };
        let mut drafts = Drafts::default();
        for draft in [undated, draft("a", "2015"), draft("b", "2013")] {
            drafts.push(&draft).unwrap();
        }
        let said: Vec<_> = drafts
            .drafts()
            .map(|draft| drafts.claim(draft).is_ok())
            .collect();
        assert_eq!(said, [true, false, true]);
        drafts.rename(DraftId::new(1), "a-2");
        drafts.claim(DraftId::new(1)).unwrap();
        builder.events(drafts);
        let timeline = builder.build();
        assert_eq!(ids(&timeline), ["b", "a-2"]);
        assert_eq!(timeline.find_event("a"), None);
        assert_eq!(timeline.find_event("a-2"), Some(EventId::new(1)));
    }

    #[test]
    fn what_is_attached_moves_with_its_event() {
        let mut builder = TimelineBuilder::default();
        let mut drafts = Drafts::default();
        for (date, words) in [("2012", &["x", "y"][..]), ("2010", &[]), ("2011", &["y"])] {
            let event = drafts.push(&draft(date, date)).unwrap();
            for word in words {
                let tag = drafts.tag(word).unwrap();
                drafts.attached.tags.add(event, tag);
            }
            let place = PlaceId::from_index(event.index()).unwrap();
            drafts.attached.places.add(event, place);
        }
        builder.events(drafts);
        for _ in 0..2 {
            builder.place(Place::EMPTY);
        }
        let timeline = builder.build();
        let told: Vec<_> = timeline
            .events()
            .map(|event| {
                let told = timeline.event(event);
                let tags: Vec<_> = told.tags.iter().map(|&tag| timeline.tag(tag)).collect();
                (tags.join(" "), told.place.map(PlaceId::index))
            })
            .collect();
        let expected = [("", Some(1)), ("y", None), ("x y", Some(0))];
        assert_eq!(told, expected.map(|(tags, place)| (tags.to_owned(), place)));
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
                builder.event(&Draft { when: Some(when.clone()), ..draft(&id, "2014") });
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
