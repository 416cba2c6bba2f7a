//! Links between events and citations of sources.
//!
//! Kept in eight bytes each: the other end, and where in the arena of texts the label lies. What is
//! lent is a view with the text itself; [`Links`] and [`Citations`] are lists of such views.

use std::fmt;

use super::event::{Extra, NO_EXTRA};
use super::ids::{DraftId, EventId, SourceId};
use super::lists::Part;
use super::records::{TextId, text_at};

/// A link to another event.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Link<'a> {
    /// The event it leads to.
    pub event: EventId,
    /// How the two hang together ("three years later"), or empty.
    pub label: &'a str,
    /// Fields that this program doesn't know. Kept with `because` and `see_also`, and empty in the
    /// reverse direction.
    pub extra: &'a Extra,
}

/// A source, and the place in it that bears a claim out.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Citation<'a> {
    /// The source.
    pub source: SourceId,
    /// Page, paragraph, minute; or empty.
    pub place_in_source: &'a str,
    /// Fields that this program doesn't know.
    pub extra: &'a Extra,
}

/// A link as it is kept. Before events are sorted it names the other by a [`DraftId`].
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct PackedLink<Id = DraftId> {
    /// The event it leads to.
    pub event: Id,
    /// How the two hang together: see [`Drafts::text`](super::Drafts::text).
    pub label: TextId,
}

/// A citation as it is kept.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct PackedCitation {
    /// The source.
    pub source: SourceId,
    /// Page, paragraph, minute: see [`Drafts::text`](super::Drafts::text).
    pub place_in_source: TextId,
}

/// What is kept in few bytes and lent as a view.
pub trait Packed: Copy {
    /// What is lent.
    type View<'a>: PartialEq + fmt::Debug;

    /// The view, with its text from the arena.
    fn view<'a>(self, arena: &'a str, extra: &'a Extra) -> Self::View<'a>;
}

impl Packed for PackedLink<EventId> {
    type View<'a> = Link<'a>;

    fn view<'a>(self, arena: &'a str, extra: &'a Extra) -> Link<'a> {
        Link {
            event: self.event,
            label: text_at(arena, self.label),
            extra,
        }
    }
}

impl Packed for PackedCitation {
    type View<'a> = Citation<'a>;

    fn view<'a>(self, arena: &'a str, extra: &'a Extra) -> Citation<'a> {
        Citation {
            source: self.source,
            place_in_source: text_at(arena, self.place_in_source),
            extra,
        }
    }
}

/// A list of views, lent by a [`Timeline`](super::Timeline).
#[derive(Clone, Copy)]
pub struct Views<'a, P> {
    part: Part<'a, P>,
    arena: &'a str,
}

/// Links to other events.
pub type Links<'a> = Views<'a, PackedLink<EventId>>;

/// Citations of sources.
pub type Citations<'a> = Views<'a, PackedCitation>;

impl<'a, P> Views<'a, P> {
    /// None.
    pub const EMPTY: Self = Self {
        part: Part::EMPTY,
        arena: "",
    };

    pub(super) const fn new(part: Part<'a, P>, arena: &'a str) -> Self {
        Self { part, arena }
    }

    /// How many there are.
    pub const fn len(self) -> usize
    where
        P: Copy,
    {
        self.part.items.len()
    }

    /// Whether there are none.
    pub const fn is_empty(self) -> bool
    where
        P: Copy,
    {
        self.part.items.is_empty()
    }
}

impl<'a, P: Packed> Views<'a, P> {
    /// All of them, as the file has them.
    pub fn iter(self) -> ViewsIter<'a, P> {
        ViewsIter {
            views: self,
            next: 0,
        }
    }

    /// The one at this position.
    pub fn get(self, position: usize) -> Option<P::View<'a>> {
        let packed = *self.part.items.get(position)?;
        let extra = self.part.extra(position).unwrap_or(&NO_EXTRA);
        Some(packed.view(self.arena, extra))
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
        // Views of the same kind, which the compiler can't tell of two lifetimes.
        let (mut own, mut others) = (self.iter(), other.iter());
        self.part.items.len() == other.part.items.len()
            && std::iter::from_fn(|| Some((own.next()?, others.next()?))).all(|(a, b)| a == b)
    }
}

impl<P: Packed> fmt::Debug for Views<'_, P> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_list().entries(self.iter()).finish()
    }
}

/// Walks through [`Views`].
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
        let left = self.views.part.items.len().saturating_sub(self.next);
        (left, Some(left))
    }
}

impl<P: Packed> ExactSizeIterator for ViewsIter<'_, P> {}
