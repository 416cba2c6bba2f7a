//! What few events have: people, a place, tags, links, citations, pictures, unknown fields.
//!
//! Kept beside the columns and found by event, so that an event that has none of it pays nothing. Of
//! those that have some, each kind lies in one list for all events, and an event holds where its own
//! part begins:
//!
//! ```text
//! events   3            8       9          (only those that have something)
//! people   0            2       2     2    where each begins, and where the last ends
//!          ▼            ▼
//!          sadr sistani │ (none for 8 and 9)
//! ```

use std::collections::HashMap;

use super::event::{Citation, Extra, Link, Media};
use super::ids::{DraftId, EventId, PersonId, PlaceId, TagId};

/// What is attached to an event on its way into a timeline.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct Attached {
    /// Who took part.
    pub people: Vec<PersonId>,
    /// Where it was.
    pub place: Option<PlaceId>,
    /// Words by which it can be found: see [`Drafts::tag`](super::Drafts::tag).
    pub tags: Vec<TagId>,
    /// What led to it.
    pub because: Vec<Link<DraftId>>,
    /// What else is worth a look.
    pub see_also: Vec<Link<DraftId>>,
    /// Where each claim comes from.
    pub sources: Vec<Citation>,
    /// Pictures.
    pub media: Vec<Media>,
    /// Fields that this program doesn't know.
    pub extra: Extra,
}

impl Attached {
    /// Whether there is nothing in it.
    pub fn is_empty(&self) -> bool {
        let Self {
            people,
            place,
            tags,
            because,
            see_also,
            sources,
            media,
            extra,
        } = self;
        people.is_empty()
            && place.is_none()
            && tags.is_empty()
            && because.is_empty()
            && see_also.is_empty()
            && sources.is_empty()
            && media.is_empty()
            && extra.is_empty()
    }
}

/// What is attached to all events of a timeline.
#[derive(Clone, Debug, Default)]
pub(super) struct Attachments {
    /// Ascending.
    events: Vec<EventId>,
    /// Where the parts of each of these events begin; one more than there are events.
    edges: Vec<Edges>,
    places: Vec<Option<PlaceId>>,
    people: Vec<PersonId>,
    tags: Vec<TagId>,
    because: Vec<Link>,
    see_also: Vec<Link>,
    sources: Vec<Citation>,
    media: Vec<Media>,
    extras: Vec<Extra>,
}

/// A position in each list. A file within the limit of bytes holds fewer of each than u32 counts.
#[derive(Clone, Copy, Debug, Default)]
struct Edges {
    people: u32,
    tags: u32,
    because: u32,
    see_also: u32,
    sources: u32,
    media: u32,
    extras: u32,
}

/// What is attached to one event.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct View<'a> {
    pub people: &'a [PersonId],
    pub place: Option<PlaceId>,
    pub tags: &'a [TagId],
    pub because: &'a [Link],
    pub see_also: &'a [Link],
    pub sources: &'a [Citation],
    pub media: &'a [Media],
    /// Of length 0 or 1.
    pub extra: &'a [Extra],
}

impl Attachments {
    /// Files what is attached to each event. Events come in ascending order, and `place_in_time`
    /// tells the ids of the events that links lead to; a link that leads nowhere is left out.
    pub fn of(
        attached: impl ExactSizeIterator<Item = (EventId, Attached)>,
        place_in_time: impl Fn(DraftId) -> Option<EventId>,
    ) -> Self {
        if attached.len() == 0 {
            return Self::default();
        }
        let placed = |link: Link<DraftId>| {
            Some(Link {
                event: place_in_time(link.event)?,
                label: link.label,
                extra: link.extra,
            })
        };
        let mut all = Self {
            events: Vec::with_capacity(attached.len()),
            edges: Vec::with_capacity(attached.len() + 1),
            places: Vec::with_capacity(attached.len()),
            ..Self::default()
        };
        for (event, own) in attached {
            all.edges.push(all.ends());
            all.events.push(event);
            all.places.push(own.place);
            all.people.extend(own.people);
            all.tags.extend(own.tags);
            all.because
                .extend(own.because.into_iter().filter_map(placed));
            all.see_also
                .extend(own.see_also.into_iter().filter_map(placed));
            all.sources.extend(own.sources);
            all.media.extend(own.media);
            if !own.extra.is_empty() {
                all.extras.push(own.extra);
            }
        }
        all.edges.push(all.ends());
        all.people.shrink_to_fit();
        all.tags.shrink_to_fit();
        all.because.shrink_to_fit();
        all.see_also.shrink_to_fit();
        all.sources.shrink_to_fit();
        all.media.shrink_to_fit();
        all.extras.shrink_to_fit();
        all
    }

    /// Where all lists end.
    fn ends(&self) -> Edges {
        let count = |length: usize| u32::try_from(length).unwrap_or(u32::MAX);
        Edges {
            people: count(self.people.len()),
            tags: count(self.tags.len()),
            because: count(self.because.len()),
            see_also: count(self.see_also.len()),
            sources: count(self.sources.len()),
            media: count(self.media.len()),
            extras: count(self.extras.len()),
        }
    }

    /// What is attached to an event.
    pub fn get(&self, event: EventId) -> View<'_> {
        // Where every event has something, it lies at the event's own position.
        let at = if self.events.get(event.index()) == Some(&event) {
            Ok(event.index())
        } else {
            self.events.binary_search(&event)
        };
        let edges = || {
            let at = at.ok()?;
            Some((*self.edges.get(at)?, *self.edges.get(at + 1)?, at))
        };
        let Some((from, to, at)) = edges() else {
            return View::default();
        };
        View {
            people: part(&self.people, from.people, to.people),
            place: self.places.get(at).copied().flatten(),
            tags: part(&self.tags, from.tags, to.tags),
            because: part(&self.because, from.because, to.because),
            see_also: part(&self.see_also, from.see_also, to.see_also),
            sources: part(&self.sources, from.sources, to.sources),
            media: part(&self.media, from.media, to.media),
            extra: part(&self.extras, from.extras, to.extras),
        }
    }

    /// The causes of all events that name any, in the order of time.
    pub fn causes(&self) -> impl Iterator<Item = (EventId, &Link)> {
        let events = self.events.iter().zip(self.edges.windows(2));
        events.flat_map(|(&event, edges)| {
            let links = match edges {
                [from, to] => part(&self.because, from.because, to.because),
                _ => &[],
            };
            links.iter().map(move |link| (event, link))
        })
    }
}

fn part<T>(list: &[T], from: u32, to: u32) -> &[T] {
    list.get(from as usize..to as usize).unwrap_or_default()
}

/// The tags of a file, each word once.
#[derive(Clone, Debug, Default)]
pub(super) struct Tags {
    names: Vec<String>,
    by_name: HashMap<String, TagId>,
}

impl Tags {
    /// The number of a tag. `None` where there are more than a number counts.
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
