//! Events, and the links between them.

use super::lists::Lists;
use super::{Notes, owned};
use crate::formats::json::faults::{Trail, quoted};
use crate::formats::json::names::{Names, Noun};
use crate::formats::json::rows::{CitationRow, EventRow, LinkRow, MediaRow};
use crate::formats::json::value::{DateText, List, Text};
use crate::model::{
    Attached, Citation, Draft, DraftId, Drafts, Link, Media, PersonId, PlaceId, SourceId, TagId,
    Texts, TimelineBuilder,
};
use crate::time::When;

/// The importance of an event whose own can't be used.
const USUAL_IMPORTANCE: u8 = crate::model::builder::USUAL_IMPORTANCE;

/// The ids of the events, and which of them are shown.
pub struct Events<'a> {
    names: Names<'a>,
    /// For each row that was read: its number among the events that are shown.
    drafts: Vec<Option<DraftId>>,
}

/// Checks all events and hands them to the builder.
pub fn events<'a>(
    rows: List<EventRow<'a>>,
    lists: &mut Lists<'a>,
    builder: &mut TimelineBuilder,
    notes: &mut Notes<'_>,
) -> Events<'a> {
    const EVENTS: Noun = Noun {
        list: "events",
        one: "event",
        label: "title",
    };
    let list = Trail::TOP.key(EVENTS.list);
    let entries = rows.entries(|row| (row.id.as_ref(), row.title.as_ref()));
    let (names, ids) = Names::claim(EVENTS, entries, notes.faults);

    // Dates first: an event without one is left out, and links must know that.
    let mut drafts = Vec::with_capacity(rows.len());
    let mut whens = Vec::with_capacity(rows.len());
    for (position, row) in &rows {
        let when = date_of(row, &list.index(*position), notes);
        let draft = DraftId::from_index(drafts.len());
        drafts.push(draft.filter(|_| when.is_some()));
        whens.push(when);
    }
    let events = Events { names, drafts };

    let mut all = Drafts::default();
    let mut checking = Checking {
        events: &events,
        lists,
        builder,
        all: &mut all,
        notes,
    };
    for (((position, row), id), when) in rows.into_iter().zip(ids).zip(whens) {
        // Its other faults are said even if it is left out, so that all are mended in one go.
        checking.draft(row, &id, when, &list.index(position));
    }
    builder.events(all);
    events
}

/// The date of an event, without which it can't be shown.
fn date_of(row: &EventRow<'_>, event: &Trail<'_>, notes: &mut Notes<'_>) -> Option<When> {
    if let Some(DateText(date)) = &row.date {
        return notes.date(date, &event.key("date"), "the event is left out");
    }
    notes.faults.error(event, || {
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

impl Events<'_> {
    /// Follows an id to an event that is shown, or says that it leads nowhere.
    pub fn link(&self, id: &str, trail: &Trail<'_>, notes: &mut Notes<'_>) -> Option<DraftId> {
        let row = notes.link(&self.names, id, trail)?;
        let draft = self.drafts.get(row as usize).copied().flatten();
        if draft.is_none() {
            notes.faults.warning(trail, || {
                let found = format!("the event {} is left out, and so is this link", quoted(id));
                (found, "correct the date of that event")
            });
        }
        draft
    }
}

/// What one event is checked against.
struct Checking<'c, 'a, 'f> {
    events: &'c Events<'a>,
    lists: &'c mut Lists<'a>,
    builder: &'c mut TimelineBuilder,
    all: &'c mut Drafts,
    notes: &'c mut Notes<'f>,
}

impl<'a> Checking<'_, 'a, '_> {
    fn draft(&mut self, row: EventRow<'a>, id: &str, when: Option<When>, event: &Trail<'_>) {
        let title = self.title(&row, event);
        let lane = row.lane.clone().and_then(|lane| {
            self.lists
                .lanes
                .find_or_add(lane, &event.key("lane"), self.builder, self.notes)
        });
        let importance = self.importance(row.importance, &event.key("importance"));
        let because = self.links(row.because, id, &event.key("because"), Itself::IsAnError);
        let see_also = self.links(row.see_also, id, &event.key("see_also"), Itself::IsIdle);
        let place = row.place.as_ref().and_then(|place| {
            self.notes
                .link(&self.lists.places, place, &event.key("place"))
        });
        let attached = Attached {
            people: people(
                &row.people,
                &self.lists.people,
                &event.key("people"),
                self.notes,
            ),
            place: place.map(PlaceId::new),
            tags: self.tags(row.tags),
            because,
            see_also,
            sources: self.citations(row.sources, &event.key("sources")),
            media: self.media(row.media, &event.key("media")),
            extra: row.extra,
        };
        let texts = Texts {
            id,
            title: &title,
            short: row.short.as_deref().unwrap_or_default(),
            date: row.date.as_ref().map_or("", |DateText(date)| date),
            date_label: row.date_label.as_deref().unwrap_or_default(),
            summary: row.summary.as_deref().unwrap_or_default(),
            details: row.details.as_deref().unwrap_or_default(),
        };
        let draft = Draft {
            lane,
            importance,
            certainty: row.certainty.unwrap_or_default(),
            ..Draft::new(texts, when)
        };
        if let Some(draft) = self.all.push(&draft) {
            self.all.attach(draft, attached);
        }
    }

    /// The title or, where there is none, what else can be said in its stead.
    fn title(&mut self, row: &EventRow<'a>, event: &Trail<'_>) -> String {
        let words = match &row.title {
            Some(title) if !title.is_blank() => return title.to_string(),
            Some(_) => "the title of this event is empty",
            None => "this event has no title",
        };
        let trail = if row.title.is_some() {
            event.key("title")
        } else {
            *event
        };
        self.notes
            .faults
            .error(&trail, || (words, "say in \"title\" what happened"));
        let mut instead = [&row.short, &row.id].into_iter().flatten();
        let instead = instead.find(|text| !text.is_blank()).map(|text| &**text);
        let date = row.date.as_ref().map(|DateText(date)| &**date);
        instead.or(date).unwrap_or_default().to_owned()
    }

    fn importance(&mut self, given: Option<f64>, trail: &Trail<'_>) -> u8 {
        let Some(given) = given else {
            return USUAL_IMPORTANCE;
        };
        let found = (1..=5_u8).find(|&level| (f64::from(level) - given).abs() < f64::EPSILON);
        found.unwrap_or_else(|| {
            self.notes.faults.error(trail, || {
                let found = format!("the importance is {given}, so {USUAL_IMPORTANCE} is taken");
                (found, "write a whole number from 1 to 5")
            });
            USUAL_IMPORTANCE
        })
    }

    /// Links to other events. `own` is the id of the event they start from.
    fn links(
        &mut self,
        rows: List<LinkRow<'a>>,
        own: &str,
        trail: &Trail<'_>,
        itself: Itself,
    ) -> Vec<Link<DraftId>> {
        let mut links = Vec::with_capacity(rows.len());
        for (position, row) in rows {
            let link = trail.index(position);
            let Some(id) = row.event else {
                self.notes.faults.error(&link, || {
                    (
                        "this link names no event, so it is left out",
                        "add \"event\" with an id",
                    )
                });
                continue;
            };
            let target = link.key("event");
            if *id == *own {
                itself.say(own, &target, self.notes);
            } else if let Some(event) = self.events.link(&id, &target, self.notes) {
                links.push(Link {
                    event,
                    label: owned(row.label),
                    extra: row.extra,
                });
            }
        }
        links
    }

    /// Tags without the empty ones.
    fn tags(&mut self, rows: List<Text<'a>>) -> Vec<TagId> {
        let tags = rows.into_iter().map(|(_, tag)| tag);
        tags.filter(|tag| !tag.is_blank())
            .filter_map(|tag| self.all.tag(&tag))
            .collect()
    }

    fn citations(&mut self, rows: List<CitationRow<'a>>, trail: &Trail<'_>) -> Vec<Citation> {
        let mut citations = Vec::with_capacity(rows.len());
        for (position, row) in rows {
            let citation = trail.index(position);
            let Some(id) = row.source else {
                self.notes.faults.error(&citation, || {
                    let found = "this citation names no source, so it is left out";
                    (found, "add \"source\" with an id from \"sources\"")
                });
                continue;
            };
            let source = self
                .notes
                .link(&self.lists.sources, &id, &citation.key("source"));
            citations.extend(source.map(|source| Citation {
                source: SourceId::new(source),
                place_in_source: owned(row.place_in_source),
                extra: row.extra,
            }));
        }
        citations
    }

    fn media(&mut self, rows: List<MediaRow<'a>>, trail: &Trail<'_>) -> Vec<Media> {
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
                self.notes.faults.error(&picture, || {
                    let found = "this picture names no file, so it is left out";
                    (found, "add \"file\", such as \"picture.jpg\"")
                });
                continue;
            }
            if media.beside().is_none() {
                self.notes.faults.warning(&picture.key("file"), || {
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
}

/// What a link from an event to itself is.
#[derive(Clone, Copy)]
enum Itself {
    /// Nothing is because of itself.
    IsAnError,
    /// A link that leads where one is.
    IsIdle,
}

impl Itself {
    fn say(self, own: &str, trail: &Trail<'_>, notes: &mut Notes<'_>) {
        match self {
            Self::IsAnError => notes.faults.error(trail, || {
                let found = format!("the event {} cannot be because of itself", quoted(own));
                (found, "name the event that led to it, or take the link out")
            }),
            Self::IsIdle => notes.faults.warning(trail, || {
                let found = format!("the event {} names itself here", quoted(own));
                (found, "name another event, or take the link out")
            }),
        }
    }
}

/// People by their ids; those who aren't there are said.
pub fn people(
    rows: &List<Text<'_>>,
    names: &Names<'_>,
    trail: &Trail<'_>,
    notes: &mut Notes<'_>,
) -> Vec<PersonId> {
    let found = |(position, id): &(u32, Text<'_>)| {
        notes
            .link(names, id, &trail.index(*position))
            .map(PersonId::new)
    };
    rows.into_iter().filter_map(found).collect()
}
