//! The ids by which the parts of a timeline refer to each other.
//!
//! Small integers rather than text: an id costs two or four bytes in a column and finds its record
//! by position. Each kind has its own type, so that a person can't be mistaken for a place. The
//! text ids of a file (`"khazali"`) are in the records;
//! [`Timeline::find_event`](super::Timeline::find_event) and the like map them to these.

/// Defines one kind of id over an unsigned integer.
macro_rules! id {
    ($(#[$meta:meta])* $name:ident($int:ty)) => {
        $(#[$meta])*
        #[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
        #[derive(serde::Serialize, serde::Deserialize)]
        #[serde(transparent)]
        pub struct $name($int);

        impl $name {
            /// The id of the record at this position.
            pub const fn new(position: $int) -> Self {
                Self(position)
            }

            /// The id of the record at this position; `None` where the position doesn't fit.
            pub fn from_index(index: usize) -> Option<Self> {
                <$int>::try_from(index).ok().map(Self)
            }

            /// The position of the record in its list.
            pub const fn index(self) -> usize {
                self.0 as usize
            }
        }
    };
}

id! {
    /// An event of a finished timeline. Events are sorted in time, and so are these ids: the
    /// previous and the next event are one less and one more.
    EventId(u32)
}
id! {
    /// An event by its position in the file, before events are sorted. Links use these until the
    /// builder turns them into [`EventId`]s.
    FileEventId(u32)
}
id! {
    /// A lane, from top to bottom.
    LaneId(u16)
}
id! {
    /// A person, group, state or organisation.
    PersonId(u32)
}
id! {
    /// A place.
    PlaceId(u32)
}
id! {
    /// A source.
    SourceId(u32)
}
id! {
    /// A tag: a word by which events can be found.
    TagId(u32)
}

impl EventId {
    /// The next event in the order of time; it may not exist.
    #[must_use]
    pub const fn next(self) -> Self {
        Self(self.0.saturating_add(1))
    }
}

/// The ids of all events of a timeline, in the order of time.
#[derive(Clone, Debug)]
pub struct EventIds(std::ops::Range<u32>);

impl EventIds {
    /// The ids of this many events.
    pub(super) const fn up_to(len: u32) -> Self {
        Self(0..len)
    }
}

impl Iterator for EventIds {
    type Item = EventId;

    fn next(&mut self) -> Option<EventId> {
        self.0.next().map(EventId)
    }

    fn size_hint(&self) -> (usize, Option<usize>) {
        self.0.size_hint()
    }

    fn nth(&mut self, n: usize) -> Option<EventId> {
        self.0.nth(n).map(EventId)
    }
}

impl DoubleEndedIterator for EventIds {
    fn next_back(&mut self) -> Option<EventId> {
        self.0.next_back().map(EventId)
    }
}

impl ExactSizeIterator for EventIds {}
