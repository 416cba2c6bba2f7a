//! What only some events have: people, a place, tags, links, citations, pictures.
//!
//! Stored separately from the columns, each kind in [`Lists`] of its own, so that an event costs
//! memory only for what it has.

use foldhash::HashMap;

use super::event::Media;
use super::ids::{EventId, FileEventId, PersonId, PlaceId, TagId};
use super::links::{PackedCitation, PackedLink};
use super::lists::Lists;
use super::order::Order;

/// The attachments of a file's events, before the timeline is built. In each list, events are in
/// ascending order.
#[derive(Clone, Debug, Default)]
pub struct Attached {
    /// Who took part.
    pub people: Lists<FileEventId, PersonId>,
    /// Where it was: of several places the first counts.
    pub places: Lists<FileEventId, PlaceId>,
    /// Words by which it can be found: see [`EventsBuilder::tag`](super::EventsBuilder::tag).
    pub tags: Lists<FileEventId, TagId>,
    /// The events that led to it. Links may name events that are added later.
    pub because: Lists<FileEventId, PackedLink>,
    /// Related events.
    pub see_also: Lists<FileEventId, PackedLink>,
    /// Where each claim comes from.
    pub sources: Lists<FileEventId, PackedCitation>,
    /// Pictures.
    pub media: Vec<(FileEventId, Vec<Media>)>,
}

/// The attachments of a timeline's events.
#[derive(Clone, Debug, Default)]
pub(super) struct Attachments {
    pub people: Lists<EventId, PersonId>,
    pub places: Lists<EventId, PlaceId>,
    pub tags: Lists<EventId, TagId>,
    pub because: Lists<EventId, PackedLink<EventId>>,
    /// The reverse of `because`: effects in the order of time.
    pub led_to: Lists<EventId, PackedLink<EventId>>,
    pub see_also: Lists<EventId, PackedLink<EventId>>,
    pub sources: Lists<EventId, PackedCitation>,
    pub media: Vec<(EventId, Vec<Media>)>,
}

/// How many records of each kind there are for attachments to refer to.
#[derive(Clone, Copy, Debug)]
pub(super) struct Counts {
    pub people: usize,
    pub places: usize,
    pub sources: usize,
}

impl Attachments {
    /// Puts the attachments into the order of time. References that lead nowhere are left out.
    pub fn of(attached: Attached, order: &Order, counts: Counts) -> Self {
        let placed = |link: PackedLink| {
            Some(PackedLink {
                event: order.event_of(link.event)?,
                label: link.label,
            })
        };
        // One kind at a time, so that only one is in memory twice.
        let because = order.lists(attached.because, placed);
        Self {
            people: order.lists(attached.people, |person| {
                (person.index() < counts.people).then_some(person)
            }),
            places: order.lists(attached.places, |place| {
                (place.index() < counts.places).then_some(place)
            }),
            tags: order.lists(attached.tags, Some),
            led_to: turned_round(&because),
            because,
            see_also: order.lists(attached.see_also, placed),
            sources: order.lists(attached.sources, |citation| {
                (citation.source.index() < counts.sources).then_some(citation)
            }),
            media: order.placed(attached.media),
        }
    }
}

/// The links from causes to effects. Effects are visited in the order of time and sorting by cause
/// keeps that order, so each list is in the order of time.
fn turned_round(
    because: &Lists<EventId, PackedLink<EventId>>,
) -> Lists<EventId, PackedLink<EventId>> {
    let mut pairs = Vec::with_capacity(because.len());
    for (effect, causes) in because.iter() {
        pairs.extend(causes.iter().map(|cause| {
            let link = PackedLink {
                event: effect,
                label: cause.label,
            };
            (cause.event, link)
        }));
    }
    pairs.sort_by_key(|&(cause, _)| cause);
    let mut led_to = Lists::default();
    for (cause, effect) in pairs {
        led_to.add(cause, effect);
    }
    led_to.shrink();
    led_to
}

/// The tags of a file, each word once.
#[derive(Clone, Debug, Default)]
pub(super) struct Tags {
    names: Vec<String>,
    by_name: HashMap<String, TagId>,
}

impl Tags {
    /// The id of a tag, which is added if it is new; `None` where no id is left.
    pub fn id(&mut self, name: &str) -> Option<TagId> {
        if let Some(&tag) = self.by_name.get(name) {
            return Some(tag);
        }
        let tag = TagId::from_index(self.names.len())?;
        self.names.push(name.to_owned());
        self.by_name.insert(name.to_owned(), tag);
        Some(tag)
    }

    /// All tags, in the order in which they were first seen.
    pub fn into_names(self) -> Vec<String> {
        self.names
    }
}
