//! Takes in the events of a file while they are read, one after the other.
//!
//! A row of the file has room for all that an event may tell, some seven hundred bytes; a million of
//! them would be more than three times the file. So a row lives only as long as it takes to pack it:
//!
//! ```text
//!            ┌─ texts, date, importance, certainty ──▶ Drafts      packed as the timeline keeps it
//! row ───────┼─ the name of its lane ────────────────▶ a number
//! (or raw)   ├─ people, place, links, citations ─────▶ Ties, boxed, of the few that have any
//!            └─ what is wrong with it ───────────────▶ Faults
//! ```
//!
//! What an event says of others (its lane, people, links) waits until all of the file is read: a
//! field may stand anywhere in it. Which event gets which id waits too, since an id that is given
//! goes before one that is made.

use std::borrow::Cow;
use std::collections::HashMap;
use std::fmt;

use schemars::{JsonSchema, Schema, SchemaGenerator};
use serde::de::{Deserialize, Deserializer, SeqAccess, Visitor};
use serde_json::value::RawValue;

use super::{owned, read_date};
use crate::formats::json::faults::{Faults, Trail, quoted};
use crate::formats::json::lenient::{FromRaw, Kind, Reader, each_row};
use crate::formats::json::names::slug;
use crate::formats::json::rows::{CitationRow, EventRow, LinkRow, MediaRow};
use crate::formats::json::value::{DateText, List, Text};
use crate::model::builder::USUAL_IMPORTANCE;
use crate::model::{Attached, Draft, DraftId, Drafts, Media, TagId, Texts};
use crate::time::When;

/// The events of a file, packed.
#[derive(Debug, Default)]
pub struct Gathered<'a> {
    pub(super) drafts: Drafts,
    /// Events whose id was made from the title, ascending.
    pub(super) made: Vec<DraftId>,
    pub(super) lanes: LaneNames<'a>,
    /// For each event: the number of its lane's name.
    pub(super) lane_of: Vec<Option<LaneName>>,
    pub(super) ties: Vec<(DraftId, Box<Ties<'a>>)>,
    pub(super) positions: Positions,
    pub(super) faults: Faults,
}

/// What an event says of others, and what is attached to it already.
#[derive(Debug, Default)]
pub struct Ties<'a> {
    pub people: List<Text<'a>>,
    pub place: Option<Text<'a>>,
    pub because: List<LinkRow<'a>>,
    pub see_also: List<LinkRow<'a>>,
    pub sources: List<CitationRow<'a>>,
    pub attached: Attached,
}

impl<'a> Gathered<'a> {
    /// Takes in the event at this position of the list.
    pub fn add(&mut self, position: u32, row: EventRow<'a>) {
        let list = Trail::TOP.key("events");
        let event = list.index(position);
        let faults = &mut self.faults;
        let when = date_of(&row, &event, faults);
        let title = title_of(&row, &event, faults);
        let importance = importance_of(row.importance, &event.key("importance"), faults);
        let given = row.id.as_deref().filter(|id| !id.trim().is_empty());
        let made = given
            .is_none()
            .then(|| slug(row.title.as_deref().unwrap_or_default(), "event"));
        let texts = Texts {
            id: given.or(made.as_deref()).unwrap_or_default(),
            title,
            short: row.short.as_deref().unwrap_or_default(),
            date: row.date.as_ref().map_or("", |DateText(date)| date),
            date_label: row.date_label.as_deref().unwrap_or_default(),
            summary: row.summary.as_deref().unwrap_or_default(),
            details: row.details.as_deref().unwrap_or_default(),
        };
        let draft = self.drafts.push(&Draft {
            importance,
            certainty: row.certainty.unwrap_or_default(),
            ..Draft::new(texts, when)
        });
        let Some(draft) = draft else {
            faults.error(&event, || {
                let found = "there is no room for this event, so it is left out";
                (found, "split the file into smaller ones")
            });
            return;
        };
        self.positions.add(draft, position);
        if made.is_some() {
            self.made.push(draft);
        }
        let lane = row.lane.filter(|lane| !lane.is_blank());
        self.lane_of
            .push(lane.map(|lane| self.lanes.number(lane.0, draft)));

        let attached = Attached {
            tags: tags(row.tags, &mut self.drafts),
            media: media(row.media, &event.key("media"), faults),
            extra: row.extra,
            ..Attached::default()
        };
        let ties = Ties {
            people: row.people,
            place: row.place,
            because: row.because,
            see_also: row.see_also,
            sources: row.sources,
            attached,
        };
        if ties.say_nothing() {
            self.drafts.attach(draft, ties.attached);
        } else {
            self.ties.push((draft, Box::new(ties)));
        }
    }
}

impl Ties<'_> {
    /// Whether they name no others.
    fn say_nothing(&self) -> bool {
        self.people.is_empty()
            && self.place.is_none()
            && self.because.is_empty()
            && self.see_also.is_empty()
            && self.sources.is_empty()
    }
}

/// The date of an event, without which it can't be shown.
fn date_of(row: &EventRow<'_>, event: &Trail<'_>, faults: &mut Faults) -> Option<When> {
    if let Some(DateText(date)) = &row.date {
        return read_date(date, &event.key("date"), "the event is left out", faults);
    }
    faults.error(event, || {
        let name = row
            .title
            .as_ref()
            .or(row.id.as_ref())
            .map(|name| quoted(name));
        let name = name.map_or_else(
            || "this event".to_owned(),
            |name| format!("the event {name}"),
        );
        let help = "add \"date\", such as \"2014\" or \"2014-06-10\"";
        (format!("{name} has no date, so it is left out"), help)
    });
    None
}

/// The title or, where there is none, what else can be said in its stead.
fn title_of<'r>(row: &'r EventRow<'_>, event: &Trail<'_>, faults: &mut Faults) -> &'r str {
    let words = match &row.title {
        Some(title) if !title.is_blank() => return title,
        Some(_) => "the title of this event is empty",
        None => "this event has no title",
    };
    let trail = if row.title.is_some() {
        event.key("title")
    } else {
        *event
    };
    faults.error(&trail, || (words, "say in \"title\" what happened"));
    let mut instead = [&row.short, &row.id].into_iter().flatten();
    let instead = instead.find(|text| !text.is_blank()).map(|text| &**text);
    let date = row.date.as_ref().map(|DateText(date)| &**date);
    instead.or(date).unwrap_or_default()
}

fn importance_of(given: Option<f64>, trail: &Trail<'_>, faults: &mut Faults) -> u8 {
    let Some(given) = given else {
        return USUAL_IMPORTANCE;
    };
    let found = (1..=5_u8).find(|&level| (f64::from(level) - given).abs() < f64::EPSILON);
    found.unwrap_or_else(|| {
        faults.error(trail, || {
            let found = format!("the importance is {given}, so {USUAL_IMPORTANCE} is taken");
            (found, "write a whole number from 1 to 5")
        });
        USUAL_IMPORTANCE
    })
}

/// Tags without the empty ones.
fn tags(rows: List<Text<'_>>, drafts: &mut Drafts) -> Vec<TagId> {
    let tags = rows.into_iter().map(|(_, tag)| tag);
    tags.filter(|tag| !tag.is_blank())
        .filter_map(|tag| drafts.tag(&tag))
        .collect()
}

fn media(rows: List<MediaRow<'_>>, trail: &Trail<'_>, faults: &mut Faults) -> Vec<Media> {
    let mut pictures = Vec::with_capacity(rows.len());
    for (position, row) in rows {
        let picture = trail.index(position);
        let media = Media {
            file: owned(row.file),
            alt: owned(row.alt),
            caption: owned(row.caption),
            credit: owned(row.credit),
            extra: row.extra,
        };
        if media.file.trim().is_empty() {
            faults.error(&picture, || {
                let found = "this picture names no file, so it is left out";
                (found, "add \"file\", such as \"picture.jpg\"")
            });
            continue;
        }
        if media.beside().is_none() {
            faults.warning(&picture.key("file"), || {
                let file = quoted(&media.file);
                let found = format!("{file} leads out of the folder of the chronology");
                (
                    found,
                    "put the picture beside the file and name it without folders above",
                )
            });
        }
        pictures.push(media);
    }
    pictures
}

/// A name in [`LaneNames`].
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct LaneName(std::num::NonZeroU32);

impl LaneName {
    /// Its position.
    pub fn index(self) -> usize {
        self.0.get() as usize - 1
    }
}

/// The names by which events call their lanes, each once, in the order in which they come.
#[derive(Debug, Default)]
pub struct LaneNames<'a> {
    /// Each with the event that names it first.
    pub(super) names: Vec<(Cow<'a, str>, DraftId)>,
    by_name: HashMap<Cow<'a, str>, LaneName>,
}

impl<'a> LaneNames<'a> {
    fn number(&mut self, name: Cow<'a, str>, event: DraftId) -> LaneName {
        /// So many names are found faster one by one than by their hash; most files have no more.
        const FEW: usize = 8;
        let few = self.names.iter().take(FEW);
        let known = few.map(|(known, _)| known).position(|known| *known == name);
        if let Some(known) = known.and_then(LaneName::at) {
            return known;
        }
        if let Some(&known) = self.by_name.get(&name) {
            return known;
        }
        // A file within the limit of bytes holds fewer names than u32 counts.
        let number = LaneName::at(self.names.len()).unwrap_or(LaneName(std::num::NonZeroU32::MAX));
        self.names.push((name.clone(), event));
        self.by_name.insert(name, number);
        number
    }
}

impl LaneName {
    fn at(index: usize) -> Option<Self> {
        let number = u32::try_from(index).ok()?.checked_add(1)?;
        std::num::NonZeroU32::new(number).map(Self)
    }
}

/// Where the events stand in the list of the file: as they are counted, plus the items before them
/// that could not be read.
#[derive(Debug, Default)]
pub struct Positions {
    /// From which event on how many items are missing before it.
    missing: Vec<(DraftId, u32)>,
}

impl Positions {
    fn add(&mut self, event: DraftId, position: u32) {
        let missing = position.saturating_sub(event.index() as u32);
        if missing > self.missing.last().map_or(0, |&(_, missing)| missing) {
            self.missing.push((event, missing));
        }
    }

    /// The position of an event in the file's list.
    pub fn of(&self, event: DraftId) -> u32 {
        let after = self.missing.partition_point(|&(from, _)| from <= event);
        let last = after.checked_sub(1).and_then(|at| self.missing.get(at));
        event.index() as u32 + last.map_or(0, |&(_, missing)| missing)
    }
}

impl<'de: 'a, 'a> Deserialize<'de> for Gathered<'a> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_seq(GatherVisitor(Self::default()))
    }
}

struct GatherVisitor<'a>(Gathered<'a>);

impl<'de: 'a, 'a> Visitor<'de> for GatherVisitor<'a> {
    type Value = Gathered<'a>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a list of events")
    }

    fn visit_seq<A: SeqAccess<'de>>(mut self, mut items: A) -> Result<Self::Value, A::Error> {
        // A file within the limit of bytes holds fewer items than u32 counts.
        let mut position = 0_u32;
        while let Some(row) = items.next_element()? {
            self.0.add(position, row);
            position = position.saturating_add(1);
        }
        Ok(self.0)
    }
}

impl<'a> FromRaw<'a> for Gathered<'a> {
    const KIND: Kind = Kind::List;
    const EXPECTED: &'static str = List::<EventRow<'a>>::EXPECTED;

    fn from_raw(raw: &'a RawValue, trail: &Trail<'_>, reader: &mut Reader<'a, '_>) -> Option<Self> {
        let mut gathered = Self::default();
        each_row(raw, trail, reader, |position, row| {
            gathered.add(position, row);
        })
        .then_some(gathered)
    }
}

impl JsonSchema for Gathered<'_> {
    fn inline_schema() -> bool {
        true
    }

    fn schema_name() -> Cow<'static, str> {
        List::<EventRow<'_>>::schema_name()
    }

    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        List::<EventRow<'_>>::json_schema(generator)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn positions_remember_what_was_left_out() {
        let mut positions = Positions::default();
        let places = [0, 1, 4, 5, 9];
        for (event, position) in (0..).zip(places) {
            positions.add(DraftId::new(event), position);
        }
        let told = (0..5).map(|event| positions.of(DraftId::new(event)));
        assert_eq!(told.collect::<Vec<_>>(), places);
    }

    #[test]
    fn a_lane_has_one_number_however_many_there_are() {
        let mut lanes = LaneNames::default();
        for round in 0..2 {
            for lane in 0..30_usize {
                let name = Cow::Owned(format!("lane {lane}"));
                let number = lanes.number(name, DraftId::new(round));
                assert_eq!(number.index(), lane);
            }
        }
        assert_eq!(lanes.names.len(), 30);
        assert!(lanes.names.iter().all(|&(_, first)| first.index() == 0));
    }
}
