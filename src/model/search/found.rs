//! What a search returns: results, and why each was found.

use crate::model::{EventId, EventSet, PersonId, PlaceId, TagId};

/// One search result, by what it was found.
#[derive(Copy, Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Found {
    /// A person, by name.
    Person(PersonId),
    /// A place, by name.
    Place(PlaceId),
    /// A tag.
    Tag(TagId),
    /// An event, by its date.
    Date(EventId),
    /// An event, by its title, its short title or the label of its date.
    Event(EventId),
    /// An event, because someone or something with it was found by name.
    With(EventId, Subject),
    /// An event, by its summary or details.
    Text(EventId),
    /// A person, by summary.
    PersonText(PersonId),
}

/// Someone or something that events have, and that brings its events with it.
#[derive(Copy, Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Subject {
    /// A person who takes part.
    Person(PersonId),
    /// Where it happened.
    Place(PlaceId),
    /// A tag.
    Tag(TagId),
}

impl Found {
    /// The event, if it is one.
    pub const fn event(self) -> Option<EventId> {
        match self {
            Self::Date(event) | Self::Event(event) | Self::With(event, _) | Self::Text(event) => {
                Some(event)
            }
            Self::Person(_) | Self::PersonText(_) | Self::Place(_) | Self::Tag(_) => None,
        }
    }

    /// The person, if it is one.
    pub const fn person(self) -> Option<PersonId> {
        match self {
            Self::Person(person) | Self::PersonText(person) => Some(person),
            _ => None,
        }
    }
}

/// The results of a search, best first.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct SearchResults {
    /// The best results: [`MOST_FOUND`](super::MOST_FOUND) at most.
    pub best: Vec<Found>,
    /// How many results there are in all.
    pub count: usize,
    /// All events that were found.
    pub events: EventSet,
    /// Nothing matched exactly: these match with typos, or may be of the time that was named.
    pub is_near: bool,
}
