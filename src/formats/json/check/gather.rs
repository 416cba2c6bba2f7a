//! Packs the events of a file while they are read, one after the other.
//!
//! A row has room for every field of an event, some seven hundred bytes; a million of them would be
//! more than three times the file. So a row is kept only until it is packed:
//!
//! ```text
//!            ┌─ texts, date, importance, certainty ──▶ EventsBuilder      packed as the timeline keeps it
//! row ───────┼─ the name of its lane ────────────────▶ a number
//!            ├─ people, place, links, citations ─────▶ Named, Linked: by event, for those that have any
//!            └─ what is wrong with it ───────────────▶ Faults
//! ```
//!
//! What an event refers to (its lane, people, links) is looked up when all of the file is read,
//! since a field may stand anywhere in it. Ids are given out then too, since an id of the file goes
//! before one that is made.

use super::mentions::{Cited, LinkTexts, Linked, Mention, Mentions, Named, Renumbered, Targets};
use super::notes::{one_line, owned, read_date};
use crate::formats::json::faults::{Faults, Trail, quoted};
use crate::formats::json::names::slug;
use crate::formats::json::parts::EventSink;
use crate::formats::json::positions::EventPositions;
use crate::formats::json::ranges::EVENTS;
use crate::formats::rows::{DateText, List, Text};
use crate::formats::rows::{EventRow, LinkRow, MediaRow};
use crate::model::event::USUAL_IMPORTANCE;
use crate::model::{EventsBuilder, FileEvent, FileEventId, KnownTexts, MOST_EVENTS, Media, Texts};
use crate::time::When;

/// The events of a file, packed.
#[derive(Debug, Default)]
pub struct Gathered<'a> {
    pub(super) events: EventsBuilder,
    /// Events whose id was made from the title, ascending.
    pub(super) made: Vec<FileEventId>,
    pub(super) lanes: Mentions<'a>,
    /// For each event: its lane's name.
    pub(super) lane_of: Vec<Option<Mention>>,
    pub(super) people: Named<'a, Mention>,
    pub(super) places: Named<'a, Mention>,
    pub(super) sources: Named<'a, Cited>,
    pub(super) because: Linked,
    pub(super) see_also: Linked,
    pub(super) targets: Targets,
    pub(super) positions: EventPositions,
    pub(super) faults: Faults,
}

impl<'a> EventSink<'a> for Gathered<'a> {
    fn another(&self) -> Self {
        Self::with_known_texts(self.events.known_texts())
    }

    fn expect(&mut self, events: usize) {
        let events = events.min(MOST_EVENTS).saturating_sub(self.events.len());
        self.events.reserve(events);
        self.lane_of.reserve(events);
    }

    /// Takes in the event at this position of the list. What can be moved is taken out of the row.
    fn add(&mut self, position: u32, row: &mut EventRow<'a>) {
        let list = Trail::TOP.key(EVENTS);
        let event = list.index(position);
        let faults = &mut self.faults;
        for (text, key) in [
            (&mut row.title, "title"),
            (&mut row.short, "short"),
            (&mut row.date_label, "date_label"),
        ] {
            *text = one_line(text.take(), (&event, key), faults);
        }
        let when = date_of(row, &event, faults);
        let title = title_of(row, &event, faults);
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
        let id = self.events.push(&FileEvent {
            importance,
            certainty: row.certainty.unwrap_or_default(),
            ..FileEvent::new(texts, when)
        });
        let Some(id) = id else {
            faults.error(&event, || {
                let found = format!(
                    "a timeline has room for {} million events and 4 GiB of text, so this one is \
                     left out",
                    MOST_EVENTS / 1_000_000
                );
                (found, "split the file into smaller ones".to_owned())
            });
            return;
        };
        self.positions.add(id, position);
        if made.is_some() {
            self.made.push(id);
        }
        let lane = row.lane.take().filter(|lane| !lane.is_blank());
        self.lane_of
            .push(lane.map(|lane| self.lanes.number(lane.0, id)));
        self.attach(id, row, &event);
    }

    fn append(&mut self, position: u32, part: Self) -> Option<()> {
        let at = self.events.append(part.events)?;
        let targets = self.targets.append(part.targets)?;
        self.positions.append(&part.positions, at, position);
        self.made
            .extend(part.made.into_iter().map(|event| at.event(event)));
        let lanes = self.lanes.append(part.lanes, at);
        let lane_of = part.lane_of.into_iter();
        self.lane_of
            .extend(lane_of.map(|lane| lane.and_then(|lane| lanes.of(lane))));
        let renumbered = |name, numbers: &Renumbered| numbers.of(name);
        self.people.append(part.people, at, renumbered);
        self.places.append(part.places, at, renumbered);
        self.sources.append(part.sources, at, |cited, numbers| {
            Some(Cited {
                source: numbers.of(cited.source)?,
                place_in_source: at.text(cited.place_in_source),
            })
        });
        self.because.append(part.because, at, targets);
        self.see_also.append(part.see_also, at, targets);
        self.faults.append_part(part.faults, position);
        Some(())
    }
}

impl<'a> Gathered<'a> {
    /// No events yet; their texts are shared where they are known.
    pub fn with_known_texts(known: KnownTexts) -> Self {
        Self {
            events: EventsBuilder::with_known_texts(known),
            ..Self::default()
        }
    }

    /// Takes in what few events have.
    fn attach(&mut self, id: FileEventId, row: &mut EventRow<'a>, event: &Trail<'_>) {
        let attached = &mut self.events.attached;
        if !row.media.is_empty() {
            let rows = row.media.0.drain(..);
            let media = media(rows, &event.key("media"), &mut self.faults);
            attached.media.push((id, media));
        }
        for (_, tag) in row.tags.0.drain(..).filter(|(_, tag)| !tag.is_blank()) {
            if let Some(tag) = self.events.tag(&tag) {
                self.events.attached.tags.add(id, tag);
            }
        }
        if let Some(place) = row.place.take() {
            let place = self.places.names.number(place.0, id);
            self.places.lists.add(id, place);
        }
        let people = &mut self.people;
        for (nth, (position, person)) in (0_u32..).zip(row.people.0.drain(..)) {
            let person = people.names.number(person.0, id);
            people.positions.add(people.lists.len(), nth, position);
            people.lists.add(id, person);
        }
        let trail = event.key("sources");
        let sources = &mut self.sources;
        let mut nth = 0;
        for (position, row) in row.sources.0.drain(..) {
            let Some(source) = row.source else {
                self.faults.error(&trail.index(position), || {
                    let found = "this citation names no source, so it is left out";
                    (found, "add \"source\" with an id from \"sources\"")
                });
                continue;
            };
            let cited = Cited {
                source: sources.names.number(source.0, id),
                place_in_source: self.events.text(text_of(row.place_in_source.as_ref())),
            };
            sources.positions.add(sources.lists.len(), nth, position);
            sources.lists.add(id, cited);
            nth += 1;
        }
        self.link(id, &mut row.because, &event.key("because"), |gathered| {
            &mut gathered.because
        });
        self.link(id, &mut row.see_also, &event.key("see_also"), |gathered| {
            &mut gathered.see_also
        });
    }

    /// Takes in links of one kind.
    fn link(
        &mut self,
        id: FileEventId,
        rows: &mut List<LinkRow<'a>>,
        trail: &Trail<'_>,
        kind: impl Fn(&mut Self) -> &mut Linked,
    ) {
        let mut nth = 0;
        for (position, row) in rows.0.drain(..) {
            let Some(target) = row.event else {
                self.faults.error(&trail.index(position), || {
                    let found = "this link names no event, so it is left out";
                    (found, "add \"event\" with an id")
                });
                continue;
            };
            let label = one_line(
                row.label,
                (&trail.index(position), "label"),
                &mut self.faults,
            );
            let link = LinkTexts {
                target: self.targets.push_text(&target),
                label: self.events.text(text_of(label.as_ref())),
            };
            kind(self).add(id, (nth, position), link);
            nth += 1;
        }
    }
}

/// A text that may be absent.
fn text_of<'t>(text: Option<&'t Text<'_>>) -> &'t str {
    text.map_or("", |text| text)
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

/// The title or, where there is none, the text that stands in for it.
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

fn media<'a>(
    rows: impl ExactSizeIterator<Item = (u32, MediaRow<'a>)>,
    trail: &Trail<'_>,
    faults: &mut Faults,
) -> Vec<Media> {
    let mut pictures = Vec::with_capacity(rows.len());
    for (position, row) in rows {
        let picture = trail.index(position);
        let media = Media {
            file: owned(row.file),
            alt: owned(row.alt),
            caption: owned(row.caption),
            credit: owned(row.credit),
        };
        if media.file.trim().is_empty() {
            faults.error(&picture, || {
                let found = "this picture names no file, so it is left out";
                (found, "add \"file\", such as \"picture.jpg\"")
            });
            continue;
        }
        let is_elsewhere = media.web_address().is_some() || media.embedded().is_some();
        if media.beside().is_none() && !is_elsewhere {
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
