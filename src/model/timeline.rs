//! The finished chronology: hot columns, cold records, and the questions the rooms above ask.
//!
//! EVENTS ARE SORTED IN TIME: by start, then by end, then as the file has them. So the order of
//! [`EventId`]s is the order of time, and a column can be searched by halving.
//!
//! ```text
//! EventId      0     1     2     3
//! starts     2003  2003  2007  2010      hot: a column each, read at every frame
//! ends       2004  2004  2008  2011
//! lanes         0     1     1     1
//! records     …     …     …     …        cold: read when an event is opened
//! ```
//!
//! Every answer is total. An id of another timeline, which a reload can leave behind for a moment,
//! gives an empty record rather than a panic. Nothing here changes; that is what lets threads share
//! it.

use std::hash::{Hash, Hasher};

use super::builder::Header;
use super::event::{Certainty, Event, Extra, Link};
use super::ids::{EventId, EventIds, LaneId, PersonId, PlaceId, SourceId};
use super::lane::{Era, Lane};
use super::lesson::Lesson;
use super::person::Person;
use super::place::Place;
use super::source::Source;
use crate::time::words::{self, Mood, Words};
use crate::time::{Moment, When};

static NO_EVENT: Event = Event::EMPTY;
static NO_LANE: Lane = Lane::EMPTY;
static NO_PERSON: Person = Person::EMPTY;
static NO_PLACE: Place = Place::EMPTY;
static NO_SOURCE: Source = Source::EMPTY;

/// A chronology, immutable and sorted in time. Made by a
/// [`TimelineBuilder`](super::TimelineBuilder).
#[derive(Clone, PartialEq, Debug)]
pub struct Timeline {
    pub(super) header: Header,
    pub(super) columns: Columns,
    pub(super) records: Vec<Event>,
    pub(super) led_to: LedTo,
    pub(super) by_id: IdIndex,
    pub(super) extent: Option<(Moment, Moment)>,
    pub(super) lanes: Vec<Lane>,
    pub(super) people: Vec<Person>,
    pub(super) places: Vec<Place>,
    pub(super) sources: Vec<Source>,
    pub(super) eras: Vec<Era>,
    pub(super) lessons: Vec<Lesson>,
}

/// What each frame asks for, one column a question, all of one length.
#[derive(Clone, PartialEq, Debug, Default)]
pub(super) struct Columns {
    pub starts: Vec<Moment>,
    pub ends: Vec<Moment>,
    pub lanes: Vec<LaneId>,
    pub importances: Vec<u8>,
    pub certainties: Vec<Certainty>,
    pub whens: Vec<When>,
}

/// The reverse of `because`: the links of event `e` are `links[starts[e]..starts[e + 1]]`.
#[derive(Clone, PartialEq, Debug, Default)]
pub(super) struct LedTo {
    pub starts: Vec<u32>,
    pub links: Vec<Link>,
}

/// From an event's text id to its number: hashes sorted, 8 bytes an event, where a map of the texts
/// would hold each of them a second time.
#[derive(Clone, PartialEq, Debug, Default)]
pub(super) struct IdIndex(Vec<(u32, EventId)>);

impl IdIndex {
    /// Files all records under their ids.
    pub(super) fn of(records: &[Event]) -> Self {
        let hashed = |(position, event): (usize, &Event)| {
            EventId::from_index(position).map(|id| (Self::hash(&event.id), id))
        };
        let mut entries: Vec<_> = records.iter().enumerate().filter_map(hashed).collect();
        entries.sort_unstable();
        Self(entries)
    }

    fn hash(id: &str) -> u32 {
        let mut hasher = std::hash::DefaultHasher::new();
        id.hash(&mut hasher);
        let [.., a, b, c, d] = hasher.finish().to_be_bytes();
        u32::from_be_bytes([a, b, c, d])
    }

    /// The events whose ids may be this one; nearly always one or none.
    fn candidates(&self, id: &str) -> impl Iterator<Item = EventId> {
        let hash = Self::hash(id);
        let first = self.0.partition_point(|&(known, _)| known < hash);
        let tail = self.0.get(first..).unwrap_or_default();
        tail.iter()
            .take_while(move |&&(known, _)| known == hash)
            .map(|&(_, event)| event)
    }
}

impl Timeline {
    /// The title, or an empty text.
    pub fn title(&self) -> &str {
        &self.header.title
    }

    /// The line under the title, or an empty text.
    pub fn subtitle(&self) -> &str {
        &self.header.subtitle
    }

    /// The language of the texts as a BCP 47 tag (`en`, `ar`), or an empty text.
    pub fn language(&self) -> &str {
        &self.header.language
    }

    /// What the chronology is about, in Markdown, or an empty text.
    pub fn about(&self) -> &str {
        &self.header.about
    }

    /// Top-level fields that this program doesn't know, and `$schema`.
    pub fn extra(&self) -> &Extra {
        &self.header.extra
    }

    /// When the chronology was written: its latest instant, exclusive (for `2016-10` the first
    /// instant of November). What lies later was not known.
    pub fn as_of(&self) -> Option<Moment> {
        self.as_of_when().and_then(When::latest)
    }

    /// When the chronology was written, as a date.
    pub fn as_of_when(&self) -> Option<&When> {
        self.header.as_of.as_ref()
    }

    /// When the chronology was written, as the file gives it, or an empty text.
    pub fn as_of_date(&self) -> &str {
        &self.header.as_of_date
    }

    /// How many events there are.
    pub fn len(&self) -> usize {
        self.records.len()
    }

    /// Whether there are no events.
    pub fn is_empty(&self) -> bool {
        self.records.is_empty()
    }

    /// All events in the order of time.
    pub fn events(&self) -> EventIds {
        // The builder takes no more events than fit.
        EventIds::up_to(u32::try_from(self.len()).unwrap_or(u32::MAX))
    }

    /// Where an event begins to be drawn: the earliest instant of its date. Where the start is open
    /// or unknown, the earliest of what is known.
    pub fn start(&self, event: EventId) -> Moment {
        at(&self.columns.starts, event).unwrap_or(Moment::from_secs(0))
    }

    /// Where an event ceases to be drawn, exclusive: the latest instant of its date. An open end
    /// runs to [`as_of`](Self::as_of) or, where that is absent or earlier, to the latest instant
    /// that the file knows. An unknown end is the latest of what is known. Never before the start.
    pub fn end(&self, event: EventId) -> Moment {
        at(&self.columns.ends, event).unwrap_or(Moment::from_secs(0))
    }

    /// Start and end of all events, in the order of time, for those who walk the columns.
    pub fn spans(&self) -> (&[Moment], &[Moment]) {
        (&self.columns.starts, &self.columns.ends)
    }

    /// The lane an event lies in.
    pub fn lane(&self, event: EventId) -> LaneId {
        at(&self.columns.lanes, event).unwrap_or(LaneId::new(0))
    }

    /// How important an event is: from 1 to 5.
    pub fn importance(&self, event: EventId) -> u8 {
        at(&self.columns.importances, event).unwrap_or(super::builder::USUAL_IMPORTANCE)
    }

    /// How sure it is that an event happened as told.
    pub fn certainty(&self, event: EventId) -> Certainty {
        at(&self.columns.certainties, event).unwrap_or_default()
    }

    /// An event's date.
    pub fn when(&self, event: EventId) -> &When {
        self.columns
            .whens
            .get(event.index())
            .unwrap_or(&super::builder::NO_DATE)
    }

    /// What is told about an event.
    pub fn event(&self, event: EventId) -> &Event {
        self.records.get(event.index()).unwrap_or(&NO_EVENT)
    }

    /// The shortest title an event has.
    pub fn short(&self, event: EventId) -> &str {
        let record = self.event(event);
        if record.short.is_empty() {
            &record.title
        } else {
            &record.short
        }
    }

    /// The date as it stands under a mark: short.
    pub fn date_label(&self, event: EventId) -> String {
        let given = &self.event(event).date_label;
        if given.is_empty() {
            words::label(self.when(event), self.mood(event))
        } else {
            given.clone()
        }
    }

    /// The date as it is said in full, with what is not known about it. The file's own label is
    /// said instead, where there is one.
    pub fn date_words(&self, event: EventId) -> Words {
        let mut said = words::say(self.when(event), self.mood(event));
        let given = &self.event(event).date_label;
        if !given.is_empty() {
            said.date.clone_from(given);
            said.note = None;
        }
        said
    }

    /// Whether an event's date is told as past or as expected.
    fn mood(&self, event: EventId) -> Mood {
        if self.certainty(event) == Certainty::Expected {
            Mood::Expected
        } else {
            Mood::Told
        }
    }

    /// The events that happened because of this one, in the order of time.
    pub fn led_to(&self, event: EventId) -> &[Link] {
        let edge = |index: usize| self.led_to.starts.get(index).map(|&edge| edge as usize);
        let links = || {
            self.led_to
                .links
                .get(edge(event.index())?..edge(event.index() + 1)?)
        };
        links().unwrap_or_default()
    }

    /// The first start and the last end of all events.
    pub fn extent(&self) -> Option<(Moment, Moment)> {
        self.extent
    }

    /// The lanes, from top to bottom; at least one.
    pub fn lanes(&self) -> &[Lane] {
        &self.lanes
    }

    /// People, groups, states and organisations, as the file has them.
    pub fn people(&self) -> &[Person] {
        &self.people
    }

    /// Places, as the file has them.
    pub fn places(&self) -> &[Place] {
        &self.places
    }

    /// Sources, as the file has them: a source's number is its position plus one.
    pub fn sources(&self) -> &[Source] {
        &self.sources
    }

    /// Eras, as the file has them.
    pub fn eras(&self) -> &[Era] {
        &self.eras
    }

    /// Lessons, as the file has them.
    pub fn lessons(&self) -> &[Lesson] {
        &self.lessons
    }

    /// A lane's record.
    pub fn lane_record(&self, lane: LaneId) -> &Lane {
        self.lanes.get(lane.index()).unwrap_or(&NO_LANE)
    }

    /// A person's record.
    pub fn person(&self, person: PersonId) -> &Person {
        self.people.get(person.index()).unwrap_or(&NO_PERSON)
    }

    /// A place's record.
    pub fn place(&self, place: PlaceId) -> &Place {
        self.places.get(place.index()).unwrap_or(&NO_PLACE)
    }

    /// A source's record.
    pub fn source(&self, source: SourceId) -> &Source {
        self.sources.get(source.index()).unwrap_or(&NO_SOURCE)
    }

    /// The event with this text id.
    pub fn find_event(&self, id: &str) -> Option<EventId> {
        self.by_id
            .candidates(id)
            .find(|&event| self.event(event).id == id)
    }

    /// The lane with this text id.
    pub fn find_lane(&self, id: &str) -> Option<LaneId> {
        let position = self.lanes.iter().position(|lane| lane.id == id)?;
        LaneId::from_index(position)
    }

    /// The person with this text id.
    pub fn find_person(&self, id: &str) -> Option<PersonId> {
        let position = self.people.iter().position(|person| person.id == id)?;
        PersonId::from_index(position)
    }

    /// The place with this text id.
    pub fn find_place(&self, id: &str) -> Option<PlaceId> {
        let position = self.places.iter().position(|place| place.id == id)?;
        PlaceId::from_index(position)
    }

    /// The source with this text id.
    pub fn find_source(&self, id: &str) -> Option<SourceId> {
        let position = self.sources.iter().position(|source| source.id == id)?;
        SourceId::from_index(position)
    }
}

/// One entry of a column.
fn at<T: Copy>(column: &[T], event: EventId) -> Option<T> {
    column.get(event.index()).copied()
}
