//! Events on their way into a timeline, in the order of the file.
//!
//! They are packed as they come: texts into the arena, the rest into columns, so that a file is
//! taken in without a record of its own for every event. What an importer knows only later (lanes,
//! links, ids that were doubled) is added to an event by its [`DraftId`], its position here.
//!
//! An event without a date cannot be shown, and still counts here: its id is taken, and a link to it
//! leads to something. The finished timeline leaves it out.

use super::attached::{Attached, Tags};
use super::builder::USUAL_IMPORTANCE;
use super::date_code::DateCode;
use super::event::Certainty;
use super::id_index::IdIndex;
use super::ids::{DraftId, LaneId, TagId};
use super::reach;
use super::records::{Records, TextId, Texts};
use crate::time::{Moment, When};

/// An event as it is handed over: its texts are copied.
#[derive(Clone, PartialEq, Debug)]
pub struct Draft<'a> {
    /// What is told about it.
    pub texts: Texts<'a>,
    /// Its date, without which it is not shown.
    pub when: Option<When>,
    /// Its lane; where absent, it goes into a lane without a name, the last.
    pub lane: Option<LaneId>,
    /// From 1 to 5; what lies outside is brought in.
    pub importance: u8,
    /// How sure it is.
    pub certainty: Certainty,
}

impl<'a> Draft<'a> {
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

/// The lane of an event that names none: one more than [`MAX_LANES`](super::TimelineBuilder::MAX_LANES)
/// can be, or the very lane that such events go to.
pub(super) const NO_LANE: LaneId = LaneId::new(u16::MAX);

/// Packed events, in the order of the file.
#[derive(Clone, Debug, Default)]
pub struct Drafts {
    pub(super) records: Records,
    pub(super) offsets: Vec<u32>,
    /// The extents that the dates themselves state; how far open ends run is seen at the end.
    pub(super) starts: Vec<Moment>,
    pub(super) ends: Vec<Moment>,
    pub(super) codes: Vec<DateCode>,
    /// Dates that have no code; ascending.
    pub(super) asides: Vec<(DraftId, When)>,
    pub(super) lanes: Vec<LaneId>,
    pub(super) importances: Vec<u8>,
    pub(super) certainties: Vec<Certainty>,
    /// What is attached to few of them.
    pub attached: Attached,
    pub(super) tags: Tags,
    /// Records of ids that were given later; ascending.
    pub(super) new_ids: Vec<(DraftId, u32)>,
    pub(super) ids: IdIndex,
    /// How many events are filed in `ids`, and for how many it was made.
    pub(super) filed: usize,
    pub(super) room: usize,
    /// The latest instant that any date names.
    pub(super) latest: Option<Moment>,
}

impl Drafts {
    /// How many events there are, those without a date included.
    pub fn len(&self) -> usize {
        self.offsets.len()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.offsets.is_empty()
    }

    /// Adds an event. The first is [`DraftId`] 0, the next 1. `None` where there is no more room:
    /// past 4 billion events, or 4 GiB of text.
    pub fn push(&mut self, draft: &Draft<'_>) -> Option<DraftId> {
        // One id is kept back, so that a count of events fits where an id does.
        if self.len() >= u32::MAX as usize {
            return None;
        }
        let id = DraftId::from_index(self.len())?;
        let offset = self.records.push(&draft.texts)?;
        let (start, end, code) = match &draft.when {
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
        self.lanes.push(draft.lane.unwrap_or(NO_LANE));
        self.importances.push(draft.importance.clamp(1, 5));
        self.certainties.push(draft.certainty);
        Some(id)
    }

    fn date(&mut self, draft: DraftId, when: &When) -> (Moment, Moment, DateCode) {
        let (start, end) = reach::stated(when);
        let code = DateCode::of(when, start, end);
        let latest = if code == DateCode::ASIDE {
            self.asides.push((draft, when.clone()));
            reach::known(when).map(|(_, latest)| latest)
        } else {
            Some(end)
        };
        self.latest = self.latest.max(latest);
        (start, end, code)
    }

    /// Whether an event has a date, so that it is shown.
    pub fn is_dated(&self, draft: DraftId) -> bool {
        let code = self.codes.get(draft.index());
        code.is_some_and(|code| code.is_dated())
    }

    /// Puts an event into a lane.
    pub fn set_lane(&mut self, draft: DraftId, lane: LaneId) {
        if let Some(own) = self.lanes.get_mut(draft.index()) {
            *own = lane;
        }
    }

    /// Keeps a text that belongs to no event's own record.
    pub fn text(&mut self, text: &str) -> TextId {
        self.records.push_text(text)
    }

    /// The number of a tag.
    pub fn tag(&mut self, name: &str) -> Option<TagId> {
        self.tags.id(name)
    }

    /// An event's id.
    pub fn id(&self, draft: DraftId) -> &str {
        self.texts_of_ids().id(draft)
    }

    fn texts_of_ids(&self) -> TextsOfIds<'_> {
        TextsOfIds {
            records: &self.records,
            offsets: &self.offsets,
            new_ids: &self.new_ids,
        }
    }

    /// Claims its id for an event, once all events are there. Where another has claimed it, that one
    /// is told, and this event is not found by its id.
    ///
    /// # Errors
    ///
    /// The event that has the id.
    pub fn claim(&mut self, draft: DraftId) -> Result<(), DraftId> {
        if self.filed == 0 {
            self.room = self.len();
            self.ids = IdIndex::with_room(self.room);
        }
        let texts = TextsOfIds {
            records: &self.records,
            offsets: &self.offsets,
            new_ids: &self.new_ids,
        };
        let id = texts.id(draft);
        let is_it = |position| texts.id(DraftId::new(position)) == id;
        // A draft's position came from a u32.
        let claimed = self.ids.insert(id, draft.index() as u32, is_it);
        self.filed += usize::from(claimed.is_ok());
        claimed.map_err(DraftId::new)
    }

    /// Gives an event another id. Nothing is changed where there is no more room.
    pub fn rename(&mut self, draft: DraftId, id: &str) {
        let texts = Texts {
            id,
            ..Texts::default()
        };
        let Some(offset) = self.records.push(&texts) else {
            return;
        };
        match self
            .new_ids
            .binary_search_by_key(&draft, |&(known, _)| known)
        {
            Ok(at) => {
                if let Some(own) = self.new_ids.get_mut(at) {
                    own.1 = offset;
                }
            }
            Err(at) => self.new_ids.insert(at, (draft, offset)),
        }
    }

    /// The event that has claimed this id.
    pub fn find(&self, id: &str) -> Option<DraftId> {
        let is_it = |position| self.id(DraftId::new(position)) == id;
        self.ids.find(id, is_it).map(DraftId::new)
    }

    /// All drafts, in the order of the file.
    pub fn drafts(&self) -> impl ExactSizeIterator<Item = DraftId> + use<> {
        (0..u32::try_from(self.len()).unwrap_or(u32::MAX)).map(DraftId::new)
    }
}

/// What of the drafts tells their ids, apart from the index that is changed meanwhile.
#[derive(Clone, Copy)]
struct TextsOfIds<'d> {
    records: &'d Records,
    offsets: &'d [u32],
    new_ids: &'d [(DraftId, u32)],
}

impl<'d> TextsOfIds<'d> {
    fn id(self, draft: DraftId) -> &'d str {
        let renamed = self
            .new_ids
            .binary_search_by_key(&draft, |&(known, _)| known);
        let renamed = renamed.ok().and_then(|at| self.new_ids.get(at));
        let offset = renamed.map(|&(_, offset)| offset);
        let offset = offset.or_else(|| self.offsets.get(draft.index()).copied());
        offset.map_or("", |offset| self.records.id(offset))
    }
}
