//! The finished chronology: hot columns, cold records, and the accessors that other modules use.
//!
//! EVENTS ARE SORTED IN TIME: by start, then by end, then by position in the file. So the order of
//! [`EventId`]s is the order of time, and `starts` can be binary-searched.
//!
//! ```text
//! EventId      0     1     2     3
//! starts     2003  2003  2007  2010      hot: a column each, read at every frame
//! ends       2004  2004  2008  2011
//! lanes         0     1     1     1
//! codes       year  year  year  year     the form of the date: with start and end it is the date
//! offsets     140     0    71   212      cold: where the record of texts begins
//! ```
//!
//! An event costs 26 bytes in columns, 5 in the index of ids and 6 or so beside its texts. What
//! only some events have (links, people, a date without a code) is stored separately and costs the
//! others nothing.
//!
//! Every accessor is total: an id of another timeline, which may remain for a moment after a
//! reload, gives an empty record rather than a panic. A timeline is immutable, so threads can share
//! it.

use super::attached::Attachments;
use super::date_code::DateCode;
use super::event::USUAL_IMPORTANCE;
use super::event::{Certainty, Event};
use super::header::Header;
use super::id_index::IdIndex;
use super::ids::{EventId, EventIds, FileEventId, LaneId, PersonId, PlaceId, SourceId, TagId};
use super::lane::{Era, Lane};
use super::lesson::Lesson;
use super::links::{Links, Views};
use super::person::Person;
use super::place::Place;
use super::records::{KnownTexts, Records};
use super::source::Source;
use crate::time::words::{self, Outlook, Words};
use crate::time::{Bound, Moment, When};

static NO_LANE: Lane = Lane::EMPTY;
static NO_PERSON: Person = Person::EMPTY;
static NO_PLACE: Place = Place::EMPTY;
static NO_SOURCE: Source = Source::EMPTY;

/// The date for an id that no event has.
const NO_DATE: When = When::Span {
    start: Bound::Unknown,
    end: Bound::Unknown,
};

/// A chronology, immutable and sorted in time. Made by a
/// [`TimelineBuilder`](super::TimelineBuilder).
///
/// Two are equal if their content is the same, however their texts are packed.
#[derive(Clone, Debug)]
pub struct Timeline {
    pub(super) header: Header,
    pub(super) columns: Columns,
    pub(super) records: Records,
    /// Dates that have no code, ascending by event.
    pub(super) uncoded_dates: Vec<(EventId, When)>,
    /// Offsets of ids that replace the one in the event's record, ascending by event.
    pub(super) new_ids: Vec<(EventId, u32)>,
    /// Where the records of events without a date lie, which are not shown.
    pub(super) undated: Vec<u32>,
    pub(super) attachments: Attachments,
    pub(super) by_id: IdIndex,
    pub(super) tags: Vec<String>,
    pub(super) extent: Option<(Moment, Moment)>,
    pub(super) has_offsets: bool,
    pub(super) lanes: Vec<Lane>,
    pub(super) people: Vec<Person>,
    pub(super) places: Vec<Place>,
    pub(super) sources: Vec<Source>,
    pub(super) eras: Vec<Era>,
    pub(super) lessons: Vec<Lesson>,
}

/// One column per property, all of the same length.
#[derive(Clone, Debug, Default)]
pub(super) struct Columns {
    pub starts: Vec<Moment>,
    pub ends: Vec<Moment>,
    pub lanes: Vec<LaneId>,
    pub importances: Vec<u8>,
    pub certainties: Vec<Certainty>,
    pub codes: Vec<DateCode>,
    pub offsets: Vec<u32>,
}

impl PartialEq for Timeline {
    fn eq(&self, other: &Self) -> bool {
        self.header == other.header
            && self.spans() == other.spans()
            && self.lanes_column() == other.lanes_column()
            && self.importances() == other.importances()
            && self.certainties() == other.certainties()
            && self
                .events()
                .all(|event| self.when(event) == other.when(event))
            && self
                .events()
                .all(|event| self.event(event) == other.event(event))
            && self.tags == other.tags
            && self.lanes == other.lanes
            && self.people == other.people
            && self.places == other.places
            && self.sources == other.sources
            && self.eras == other.eras
            && self.lessons == other.lessons
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

    /// The language of the texts as a BCP 47 tag (`en`, `ar`), or an empty text where it is not
    /// stated.
    pub fn language(&self) -> &str {
        &self.header.language
    }

    /// What the chronology is about, in Markdown, or an empty text.
    pub fn about(&self) -> &str {
        &self.header.about
    }

    /// When the chronology was written: its latest instant, exclusive (for `2016-10` the first
    /// instant of November). Anything later was not yet known.
    pub fn as_of(&self) -> Option<Moment> {
        self.as_of_when().and_then(When::latest)
    }

    /// When the chronology was written, as a date.
    pub fn as_of_when(&self) -> Option<&When> {
        self.header.as_of.as_ref()
    }

    /// When the chronology was written, in words: "Published October 2016" where one of its sources
    /// bears that very date, else "As of October 2016". What lies later was not known then.
    pub fn as_of_label(&self) -> Option<String> {
        let when = self.as_of_when()?;
        let is_of_that_date =
            |source: &Source| When::parse(&source.date).is_ok_and(|it| it == *when);
        let verb = if self.sources().iter().any(is_of_that_date) {
            "Published"
        } else {
            "As of"
        };
        Some(format!("{verb} {}", words::label(when, Outlook::Happened)))
    }

    /// How many events there are.
    pub fn len(&self) -> usize {
        self.columns.starts.len()
    }

    /// Whether there are no events.
    pub fn is_empty(&self) -> bool {
        self.columns.starts.is_empty()
    }

    /// All events in the order of time.
    pub fn events(&self) -> EventIds {
        // The builder accepts no more events than a `u32` counts.
        EventIds::up_to(u32::try_from(self.len()).unwrap_or(u32::MAX))
    }

    /// Where an event begins to be drawn: the earliest instant of its date. Where the start is open
    /// or unknown, the earliest instant that is known.
    pub fn start(&self, event: EventId) -> Moment {
        at(&self.columns.starts, event).unwrap_or(Moment::from_secs(0))
    }

    /// Where an event stops being drawn, exclusive: the latest instant of its date. An open end
    /// runs to [`as_of`](Self::as_of) or, where that is absent or not after the start, to the
    /// latest instant named in the file. An unknown end is the latest instant known of the date.
    /// Never before the start.
    pub fn end(&self, event: EventId) -> Moment {
        at(&self.columns.ends, event).unwrap_or(Moment::from_secs(0))
    }

    /// The columns of starts and ends, in the order of time.
    pub fn spans(&self) -> (&[Moment], &[Moment]) {
        (&self.columns.starts, &self.columns.ends)
    }

    /// The lane of an event.
    pub fn lane(&self, event: EventId) -> LaneId {
        at(&self.columns.lanes, event).unwrap_or(LaneId::new(0))
    }

    /// How important an event is: from 1 to 5.
    pub fn importance(&self, event: EventId) -> u8 {
        at(&self.columns.importances, event).unwrap_or(USUAL_IMPORTANCE)
    }

    /// How certain it is that an event happened as described.
    pub fn certainty(&self, event: EventId) -> Certainty {
        at(&self.columns.certainties, event).unwrap_or_default()
    }

    /// The column of lanes, in the order of time.
    pub fn lanes_column(&self) -> &[LaneId] {
        &self.columns.lanes
    }

    /// The column of importances, from 1 to 5, in the order of time.
    pub fn importances(&self) -> &[u8] {
        &self.columns.importances
    }

    /// The column of certainties, in the order of time.
    pub fn certainties(&self) -> &[Certainty] {
        &self.columns.certainties
    }

    /// An event's date, rebuilt on each call: in some 16 ns for a date, 42 ns for a span. Only a
    /// set of dates allocates.
    pub fn when(&self, event: EventId) -> When {
        let code = at(&self.columns.codes, event);
        let date = code.and_then(|code| code.date(self.start(event), self.end(event)));
        date.or_else(|| apart(&self.uncoded_dates, event).cloned())
            .unwrap_or(NO_DATE)
    }

    /// Whether an event's drawn extent is that of its date, with open ends extended: not that of the
    /// file, as where the year is unknown. Not told of dates without a code, such as sets.
    pub(super) fn is_drawn_as_dated(&self, event: EventId) -> bool {
        at(&self.columns.codes, event).is_some_and(|code| code != DateCode::UNCODED)
    }

    /// Whether a distance from UTC is written beside any time of day: the axis is then UTC.
    pub fn has_offsets(&self) -> bool {
        self.has_offsets
    }

    /// The texts of all events, for a timeline that is made of much the same file to share them.
    pub fn known_texts(&self) -> KnownTexts {
        self.records.texts_to_share()
    }

    /// The texts and attachments of an event.
    pub fn event(&self, event: EventId) -> Event<'_> {
        let Some(offset) = at(&self.columns.offsets, event) else {
            return Event::EMPTY;
        };
        let texts = self.records.texts(offset);
        let (attached, records) = (&self.attachments, &self.records);
        Event {
            id: self.new_id(event).unwrap_or(texts.id),
            title: texts.title,
            short: texts.short,
            date: texts.date,
            date_label: texts.date_label,
            summary: texts.summary,
            details: texts.details,
            people: attached.people.get(event),
            place: attached.places.get(event).first().copied(),
            tags: attached.tags.get(event),
            because: Views::new(attached.because.get(event), records),
            see_also: Views::new(attached.see_also.get(event), records),
            sources: Views::new(attached.sources.get(event), records),
            media: apart(&attached.media, event).map_or(&[], Vec::as_slice),
        }
    }

    /// The id that replaces the one in an event's record, if any.
    fn new_id(&self, event: EventId) -> Option<&str> {
        apart(&self.new_ids, event).map(|&offset| self.records.id(offset))
    }

    /// The events in which people take part, each with its people.
    pub fn with_people(&self) -> impl Iterator<Item = (EventId, &[PersonId])> {
        self.attachments.people.iter()
    }

    /// The events that have a place, each with it.
    pub fn with_places(&self) -> impl Iterator<Item = (EventId, &[PlaceId])> {
        self.attachments.places.iter()
    }

    /// The events that have tags, each with its tags.
    pub fn with_tags(&self) -> impl Iterator<Item = (EventId, &[TagId])> {
        self.attachments.tags.iter()
    }

    /// The event's number among those of the file, which may hold more: those without a date. Takes
    /// time in proportion to the number of events.
    pub fn file_event(&self, event: EventId) -> Option<FileEventId> {
        // Records lie in the order of the file.
        let own = at(&self.columns.offsets, event)?;
        let is_earlier = |offset: &&u32| **offset < own;
        let shown = self.columns.offsets.iter().filter(is_earlier).count();
        let undated = self.undated.iter().filter(is_earlier).count();
        FileEventId::from_index(shown + undated)
    }

    /// The event with a number among those of the file; `None` of one that has no date. Takes time in
    /// proportion to the number of events.
    pub fn event_of_file(&self, event: FileEventId) -> Option<EventId> {
        let all = self.columns.offsets.iter().chain(&self.undated);
        let mut all: Vec<u32> = all.copied().collect();
        if event.index() >= all.len() {
            return None;
        }
        let (_, &mut own, _) = all.select_nth_unstable(event.index());
        let at = self
            .columns
            .offsets
            .iter()
            .position(|offset| *offset == own)?;
        EventId::from_index(at)
    }

    /// The title for an event's label: its short title or, where there is none, its title.
    pub fn short(&self, event: EventId) -> &str {
        let offset = at(&self.columns.offsets, event);
        offset.map_or("", |offset| self.records.label(offset))
    }

    /// The label that the file gives for an event's date, or an empty text.
    fn own_date_label(&self, event: EventId) -> &str {
        let offset = at(&self.columns.offsets, event);
        offset.map_or("", |offset| self.records.date_label(offset))
    }

    /// The date in its short form, as shown under a mark.
    pub fn date_label(&self, event: EventId) -> String {
        let mut label = String::new();
        self.write_date_label(event, &mut label);
        label
    }

    /// Appends the [`date_label`](Self::date_label) to a text. Nothing is allocated for days,
    /// months and years and spans of them, as long as the text has spare capacity.
    pub fn write_date_label(&self, event: EventId, out: &mut String) {
        let given = self.own_date_label(event);
        if given.is_empty() {
            words::write_label(&self.when(event), self.outlook(event), out);
        } else {
            out.push_str(given);
        }
    }

    /// The date in full words, with what is not known about it; or the label that the file gives
    /// for it, where there is one.
    pub fn date_words(&self, event: EventId) -> Words {
        let given = self.own_date_label(event);
        if given.is_empty() {
            words::say(&self.when(event), self.outlook(event))
        } else {
            Words::plain(given)
        }
    }

    /// The [`date_words`](Self::date_words), with the day of the week of a date that is known to the
    /// day.
    pub fn date_words_with_weekday(&self, event: EventId) -> Words {
        self.date_words(event).with_weekday(self.weekday(event))
    }

    /// The day of the week of an event that is known to the day and is a single date; `None` of
    /// others, and of one whose date the file words itself.
    pub fn weekday(&self, event: EventId) -> Option<&'static str> {
        match self.when(event) {
            When::Date(range) if self.own_date_label(event).is_empty() => range.weekday(),
            _ => None,
        }
    }

    /// Whether an event's date is worded as happened or as expected.
    fn outlook(&self, event: EventId) -> Outlook {
        if self.certainty(event) == Certainty::Expected {
            Outlook::Expected
        } else {
            Outlook::Happened
        }
    }

    /// The events that happened because of this one, in the order of time.
    pub fn led_to(&self, event: EventId) -> Links<'_> {
        Views::new(self.attachments.led_to.get(event), &self.records)
    }

    /// The earliest start and the latest end of all events; `None` where there are no events.
    pub fn extent(&self) -> Option<(Moment, Moment)> {
        self.extent
    }

    /// The lanes, from top to bottom; at least one.
    pub fn lanes(&self) -> &[Lane] {
        &self.lanes
    }

    /// People, groups, states and organisations, in the file's order.
    pub fn people(&self) -> &[Person] {
        &self.people
    }

    /// Places, in the file's order.
    pub fn places(&self) -> &[Place] {
        &self.places
    }

    /// Sources, in the file's order: a source's number is its position plus one.
    pub fn sources(&self) -> &[Source] {
        &self.sources
    }

    /// Eras, in the file's order.
    pub fn eras(&self) -> &[Era] {
        &self.eras
    }

    /// The eras that an event touches, as both are drawn.
    pub fn eras_of(&self, event: EventId) -> impl Iterator<Item = &Era> {
        let (start, end) = (self.start(event), self.end(event));
        let touches = move |era: &&Era| era.start < end && start < era.end;
        self.eras.iter().filter(touches)
    }

    /// Lessons, in the file's order.
    pub fn lessons(&self) -> &[Lesson] {
        &self.lessons
    }

    /// All tags, each word once, in the order of their first use in the file.
    pub fn tags(&self) -> &[String] {
        &self.tags
    }

    /// A tag's word.
    pub fn tag(&self, tag: TagId) -> &str {
        self.tags.get(tag.index()).map_or("", String::as_str)
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
        let is_it = |position| {
            let event = EventId::new(position);
            let offset = at(&self.columns.offsets, event);
            offset.is_some_and(|offset| {
                let own = self.new_id(event);
                own.unwrap_or_else(|| self.records.id(offset)) == id
            })
        };
        self.by_id.find(id, is_it).map(EventId::new)
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
}

/// One entry of a column.
fn at<T: Copy>(column: &[T], event: EventId) -> Option<T> {
    column.get(event.index()).copied()
}

/// An event's entry in a list that is sorted by event.
fn apart<T>(list: &[(EventId, T)], event: EventId) -> Option<&T> {
    let at = list
        .binary_search_by_key(&event, |&(known, _)| known)
        .ok()?;
    list.get(at).map(|(_, value)| value)
}
