//! Links between events and citations of sources.
//!
//! Stored in eight bytes each: the target, and the offset of the label among the packed texts. They
//! are read as views with the text itself; [`Links`] and [`Citations`] are lists of such views.

use std::fmt;

use super::ids::{EventId, FileEventId, SourceId};
use super::records::{Records, TextId};

/// A link to another event.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Link<'a> {
    /// The event it leads to.
    pub event: EventId,
    /// How the two events are connected ("three years later"), or empty.
    pub label: &'a str,
}

/// A source, and where in it the claim is supported.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Citation<'a> {
    /// The source.
    pub source: SourceId,
    /// Page, paragraph, minute; or empty.
    pub place_in_source: &'a str,
}

/// A link as it is stored. Before events are sorted it leads to a [`FileEventId`].
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct PackedLink<Id = FileEventId> {
    /// The event it leads to.
    pub event: Id,
    /// How the two events are connected: see [`EventsBuilder::text`](super::EventsBuilder::text).
    pub label: TextId,
}

/// A citation as it is stored.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct PackedCitation {
    /// The source.
    pub source: SourceId,
    /// Page, paragraph, minute: see [`EventsBuilder::text`](super::EventsBuilder::text).
    pub place_in_source: TextId,
}

/// A packed item that is read as a view.
pub trait Packed: Copy {
    /// The unpacked form.
    type View<'a>: PartialEq + fmt::Debug;

    /// The view, with its text.
    fn view(self, records: &Records) -> Self::View<'_>;
}

impl Packed for PackedLink<EventId> {
    type View<'a> = Link<'a>;

    fn view(self, records: &Records) -> Link<'_> {
        Link {
            event: self.event,
            label: records.text(self.label),
        }
    }
}

impl Packed for PackedCitation {
    type View<'a> = Citation<'a>;

    fn view(self, records: &Records) -> Citation<'_> {
        Citation {
            source: self.source,
            place_in_source: records.text(self.place_in_source),
        }
    }
}

/// A list of views, borrowed from a [`Timeline`](super::Timeline).
#[derive(Clone, Copy)]
pub struct Views<'a, P> {
    items: &'a [P],
    records: &'a Records,
}

/// Links to other events.
pub type Links<'a> = Views<'a, PackedLink<EventId>>;

/// Citations of sources.
pub type Citations<'a> = Views<'a, PackedCitation>;

impl<'a, P> Views<'a, P> {
    /// An empty list.
    pub const EMPTY: Self = Self {
        items: &[],
        records: &Records::EMPTY,
    };

    pub(super) const fn new(items: &'a [P], records: &'a Records) -> Self {
        Self { items, records }
    }

    /// How many there are.
    pub const fn len(self) -> usize {
        self.items.len()
    }

    /// Whether there are none.
    pub const fn is_empty(self) -> bool {
        self.items.is_empty()
    }
}

impl<'a, P: Packed> Views<'a, P> {
    /// All of them, in order.
    pub fn iter(self) -> ViewsIter<'a, P> {
        ViewsIter {
            views: self,
            next: 0,
        }
    }

    /// The one at this position.
    pub fn get(self, position: usize) -> Option<P::View<'a>> {
        let packed = *self.items.get(position)?;
        Some(packed.view(self.records))
    }
}

impl<'a, P: Packed> IntoIterator for Views<'a, P> {
    type Item = P::View<'a>;
    type IntoIter = ViewsIter<'a, P>;

    fn into_iter(self) -> ViewsIter<'a, P> {
        self.iter()
    }
}

impl<P: Packed> PartialEq for Views<'_, P> {
    fn eq(&self, other: &Self) -> bool {
        // Views of the same kind, which the compiler can't see across two lifetimes.
        let (mut own, mut others) = (self.iter(), other.iter());
        self.items.len() == other.items.len()
            && std::iter::from_fn(|| Some((own.next()?, others.next()?))).all(|(a, b)| a == b)
    }
}

impl<P: Packed> fmt::Debug for Views<'_, P> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_list().entries(self.iter()).finish()
    }
}

/// Iterates over [`Views`].
#[derive(Clone, Debug)]
pub struct ViewsIter<'a, P: Packed> {
    views: Views<'a, P>,
    next: usize,
}

impl<'a, P: Packed> Iterator for ViewsIter<'a, P> {
    type Item = P::View<'a>;

    fn next(&mut self) -> Option<P::View<'a>> {
        let view = self.views.get(self.next)?;
        self.next += 1;
        Some(view)
    }

    fn size_hint(&self) -> (usize, Option<usize>) {
        let left = self.views.items.len().saturating_sub(self.next);
        (left, Some(left))
    }
}

impl<P: Packed> ExactSizeIterator for ViewsIter<'_, P> {}
