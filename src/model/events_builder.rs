//! Collects the events of a file, in its order, before the timeline is built.
//!
//! Events are packed as they arrive: texts into records, the rest into columns, so that reading a
//! file needs no object per event. What the reader knows only later (lanes, links, replacements of
//! duplicate ids) is added to an event by its [`FileEventId`], its position here.
//!
//! An event without a date cannot be shown but still has a position here: its id is taken, and a
//! link to it resolves. The finished timeline leaves it out.

use super::attached::{Attached, Tags};
use super::date_code::DateCode;
use super::event::{Certainty, USUAL_IMPORTANCE};
use super::id_index::IdIndex;
use super::ids::{FileEventId, LaneId, TagId};
use super::open_ends;
use super::records::{KnownTexts, Records, TextId, Texts};
use crate::time::{Moment, When};

/// The most events of one timeline: what is no chronology, though it can be read as one, must not
/// take all memory.
pub const MOST_EVENTS: usize = 5_000_000;

/// An event to be added; its texts are copied.
#[derive(Clone, PartialEq, Debug)]
pub struct FileEvent<'a> {
    /// Its texts.
    pub texts: Texts<'a>,
    /// Its date, without which it is not shown.
    pub when: Option<When>,
    /// Its lane; where absent, the last lane, which has no name.
    pub lane: Option<LaneId>,
    /// From 1 to 5; other values are clamped.
    pub importance: u8,
    /// How certain it is.
    pub certainty: Certainty,
}

impl<'a> FileEvent<'a> {
    /// A confirmed event of usual importance without a lane.
    pub const fn new(texts: Texts<'a>, when: Option<When>) -> Self {
        Self {
            texts,
            when,
            lane: None,
            importance: USUAL_IMPORTANCE,
            certainty: Certainty::Confirmed,
        }
    }
}

/// Where the events of a later part of a file went: see [`EventsBuilder::append`].
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Appended {
    /// The events before them.
    first: u32,
    /// The bytes of text before theirs.
    base: u32,
}

impl Appended {
    /// The id of an event of the part.
    pub fn event(self, event: FileEventId) -> FileEventId {
        // A builder holds fewer events than a `u32` counts.
        FileEventId::new(self.first + event.index() as u32)
    }

    /// A text of the part.
    pub const fn text(self, text: TextId) -> TextId {
        text.after(self.base)
    }
}

/// Marks an event that names no lane. No named lane has this id: at
/// [`MAX_LANES`](super::TimelineBuilder::MAX_LANES) lanes it is the id of the lane without a name.
pub(super) const NO_LANE: LaneId = LaneId::new(u16::MAX);

/// Packed events, in the order of the file.
#[derive(Clone, Debug, Default)]
pub struct EventsBuilder {
    pub(super) records: Records,
    pub(super) offsets: Vec<u32>,
    /// The extents that the dates themselves state; open ends are resolved when the timeline is
    /// built.
    pub(super) starts: Vec<Moment>,
    pub(super) ends: Vec<Moment>,
    pub(super) codes: Vec<DateCode>,
    /// Dates that have no code, ascending by event.
    pub(super) uncoded_dates: Vec<(FileEventId, When)>,
    pub(super) lanes: Vec<LaneId>,
    pub(super) importances: Vec<u8>,
    pub(super) certainties: Vec<Certainty>,
    /// What only some of them have.
    pub attached: Attached,
    pub(super) tags: Tags,
    /// Offsets of ids that were set by [`rename`](Self::rename), ascending by event.
    pub(super) new_ids: Vec<(FileEventId, u32)>,
    pub(super) ids: IdIndex,
    /// How many events `ids` holds, and for how many it was made.
    pub(super) filed: usize,
    pub(super) room: usize,
    /// Events whose year is unknown.
    pub(super) without_year: Vec<FileEventId>,
    /// The latest instant that any date names.
    pub(super) latest: Option<Moment>,
}

impl EventsBuilder {
    /// No events yet; their texts are shared where they are known.
    pub fn with_known_texts(known: KnownTexts) -> Self {
        Self {
            records: Records::with_known_texts(known),
            ..Self::default()
        }
    }

    /// The texts that are shared.
    pub fn known_texts(&self) -> KnownTexts {
        self.records.known_texts()
    }

    /// How many events there are, those without a date included.
    pub fn len(&self) -> usize {
        self.offsets.len()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.offsets.is_empty()
    }

    /// Makes room for so many more events.
    pub fn reserve(&mut self, events: usize) {
        self.offsets.reserve(events);
        self.starts.reserve(events);
        self.ends.reserve(events);
        self.codes.reserve(events);
        self.lanes.reserve(events);
        self.importances.reserve(events);
        self.certainties.reserve(events);
    }

    /// Adds an event. The first is [`FileEventId`] 0, the next 1. `None` past [`MOST_EVENTS`] events
    /// or 4 GiB of text.
    pub fn push(&mut self, event: &FileEvent<'_>) -> Option<FileEventId> {
        if self.len() >= MOST_EVENTS {
            return None;
        }
        let id = FileEventId::from_index(self.len())?;
        let offset = self.records.push(&event.texts)?;
        let (start, end, code) = match &event.when {
            Some(when) => self.date(id, when),
            None => (
                Moment::from_secs(0),
                Moment::from_secs(0),
                DateCode::UNDATED,
            ),
        };
        self.offsets.push(offset);
        self.starts.push(start);
        self.ends.push(end);
        self.codes.push(code);
        self.lanes.push(event.lane.unwrap_or(NO_LANE));
        self.importances.push(event.importance.clamp(1, 5));
        self.certainties.push(event.certainty);
        Some(id)
    }

    /// Adds the events of a later part of the same file behind its own. `None`, and nothing is added, past
    /// [`MOST_EVENTS`] events or 4 GiB of text. To be called before ids are claimed or set, and before
    /// people, places, sources and links are attached.
    pub fn append(&mut self, later: Self) -> Option<Appended> {
        let most = MOST_EVENTS.checked_sub(later.len())?;
        let first = u32::try_from(self.len())
            .ok()
            .filter(|_| self.len() <= most)?;
        let base = self.records.append(later.records)?;
        let at = Appended { first, base };
        // One column after the other, so that only one is in memory twice.
        let offsets = later.offsets.into_iter().map(|offset| offset + base);
        self.offsets.extend(offsets);
        self.starts.extend(later.starts);
        self.ends.extend(later.ends);
        self.codes.extend(later.codes);
        self.lanes.extend(later.lanes);
        self.importances.extend(later.importances);
        self.certainties.extend(later.certainties);
        let dates = later.uncoded_dates.into_iter();
        self.uncoded_dates
            .extend(dates.map(|(event, date)| (at.event(event), date)));
        let without_year = later.without_year.into_iter();
        self.without_year
            .extend(without_year.map(|event| at.event(event)));
        self.latest = self.latest.max(later.latest);

        let Attached { tags, media, .. } = later.attached;
        let names = later.tags.into_names();
        let known: Vec<Option<TagId>> = names.iter().map(|name| self.tags.id(name)).collect();
        self.attached.tags.append(
            &tags,
            |event| at.event(event),
            |tag| known.get(tag.index()).copied().flatten(),
        );
        let media = media.into_iter();
        self.attached
            .media
            .extend(media.map(|(event, media)| (at.event(event), media)));
        Some(at)
    }

    fn date(&mut self, event: FileEventId, when: &When) -> (Moment, Moment, DateCode) {
        let (start, end) = open_ends::stated(when);
        let has_year = open_ends::known(when).is_some();
        // Where the year is unknown, the drawn extent, from which codes are read, is another one.
        let code = if has_year {
            DateCode::of(when, start, end)
        } else {
            self.without_year.push(event);
            DateCode::UNCODED
        };
        let latest = if code == DateCode::UNCODED {
            self.uncoded_dates.push((event, when.clone()));
            open_ends::known(when).map(|(_, latest)| latest)
        } else {
            Some(end)
        };
        self.latest = self.latest.max(latest);
        (start, end, code)
    }

    /// Whether an event has a date, so that it is shown.
    pub fn is_dated(&self, event: FileEventId) -> bool {
        let code = self.codes.get(event.index());
        code.is_some_and(|code| code.is_dated())
    }

    /// Puts an event into a lane.
    pub fn set_lane(&mut self, event: FileEventId, lane: LaneId) {
        if let Some(own) = self.lanes.get_mut(event.index()) {
            *own = lane;
        }
    }

    /// Stores a text outside the events' records, such as the label of a link.
    pub fn text(&mut self, text: &str) -> TextId {
        self.records.push_text(text)
    }

    /// The id of a tag, which is added if it is new; `None` where no id is left.
    pub fn tag(&mut self, name: &str) -> Option<TagId> {
        self.tags.id(name)
    }

    /// An event's id.
    pub fn id(&self, event: FileEventId) -> &str {
        self.texts_of_ids().id(event)
    }

    fn texts_of_ids(&self) -> TextsOfIds<'_> {
        TextsOfIds {
            records: &self.records,
            offsets: &self.offsets,
            new_ids: &self.new_ids,
        }
    }

    /// Claims its id for an event; to be called when all events have been added. Where another
    /// event has claimed the id, this one is not found by it.
    ///
    /// # Errors
    ///
    /// The event that has claimed the id.
    pub fn claim(&mut self, event: FileEventId) -> Result<(), FileEventId> {
        if self.filed == 0 {
            self.room = self.len();
            self.ids = IdIndex::with_room(self.room);
        }
        let texts = TextsOfIds {
            records: &self.records,
            offsets: &self.offsets,
            new_ids: &self.new_ids,
        };
        let id = texts.id(event);
        let is_it = |position| texts.id(FileEventId::new(position)) == id;
        // The id was made from a `u32`.
        let claimed = self.ids.insert(id, event.index() as u32, is_it);
        self.filed += usize::from(claimed.is_ok());
        claimed.map_err(FileEventId::new)
    }

    /// Gives an event another id. Does nothing past 4 GiB of text.
    pub fn rename(&mut self, event: FileEventId, id: &str) {
        let texts = Texts {
            id,
            ..Texts::default()
        };
        let Some(offset) = self.records.push(&texts) else {
            return;
        };
        match self
            .new_ids
            .binary_search_by_key(&event, |&(known, _)| known)
        {
            Ok(at) => {
                if let Some(own) = self.new_ids.get_mut(at) {
                    own.1 = offset;
                }
            }
            Err(at) => self.new_ids.insert(at, (event, offset)),
        }
    }

    /// The event that has claimed this id.
    pub fn find(&self, id: &str) -> Option<FileEventId> {
        let is_it = |position| self.id(FileEventId::new(position)) == id;
        self.ids.find(id, is_it).map(FileEventId::new)
    }

    /// All events, in the order of the file.
    pub fn file_events(&self) -> impl ExactSizeIterator<Item = FileEventId> + use<> {
        (0..u32::try_from(self.len()).unwrap_or(u32::MAX)).map(FileEventId::new)
    }
}

/// The fields that hold the events' ids, borrowed separately from the index, which is changed.
#[derive(Clone, Copy)]
struct TextsOfIds<'d> {
    records: &'d Records,
    offsets: &'d [u32],
    new_ids: &'d [(FileEventId, u32)],
}

impl<'d> TextsOfIds<'d> {
    fn id(self, event: FileEventId) -> &'d str {
        let renamed = self
            .new_ids
            .binary_search_by_key(&event, |&(known, _)| known);
        let renamed = renamed.ok().and_then(|at| self.new_ids.get(at));
        let offset = renamed.map(|&(_, offset)| offset);
        let offset = offset.or_else(|| self.offsets.get(event.index()).copied());
        offset.map_or("", |offset| self.records.id(offset))
    }
}
