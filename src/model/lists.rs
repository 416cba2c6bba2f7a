//! What only some events have, in one list for all of them.
//!
//! An event that has none pays nothing; one that has some pays eight bytes, however many they are:
//!
//! ```text
//! events   3             8          (those that have something, ascending)
//! edges    0             2          where the part of each begins
//!          ▼             ▼
//! items    sadr sistani  khazali
//! ```

use super::event::Extra;
use super::ids::EventId;

/// A part for each event that has one. `Id` is a [`DraftId`](super::DraftId) while a file is taken
/// in, and an [`EventId`] after.
#[derive(Clone, Debug)]
pub struct Lists<Id, T> {
    events: Vec<Id>,
    /// A file within the limit of bytes holds fewer items than u32 counts.
    edges: Vec<u32>,
    items: Vec<T>,
    /// Unknown fields of few items, by their position; ascending.
    extras: Vec<(u32, Extra)>,
}

/// Where an item stands.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Spot {
    /// Among the items of all events.
    pub item: u32,
    /// Among those of its own.
    pub nth: u32,
}

/// The part of one event.
#[derive(Clone, Copy, Debug)]
pub(super) struct Part<'a, T> {
    pub items: &'a [T],
    /// The position of the first item among those of all events.
    pub first: u32,
    /// Of all events.
    pub extras: &'a [(u32, Extra)],
}

impl<Id, T> Default for Lists<Id, T> {
    fn default() -> Self {
        Self {
            events: Vec::new(),
            edges: Vec::new(),
            items: Vec::new(),
            extras: Vec::new(),
        }
    }
}

impl<Id: Copy + Ord, T> Lists<Id, T> {
    /// Adds an item to an event's part. Events come in ascending order; what comes out of order is
    /// added to the last of them.
    pub fn add(&mut self, event: Id, item: T) {
        if self.events.last().is_none_or(|&last| last < event) {
            self.events.push(event);
            self.edges.push(count(self.items.len()));
        }
        self.items.push(item);
    }

    /// Adds an item with fields that this program doesn't know.
    pub fn add_with(&mut self, event: Id, item: T, extra: Extra) {
        if !extra.is_empty() {
            self.extras.push((count(self.items.len()), extra));
        }
        self.add(event, item);
    }

    /// How many items there are, of all events.
    pub fn len(&self) -> usize {
        self.items.len()
    }

    /// Whether no event has any.
    pub fn is_empty(&self) -> bool {
        self.items.is_empty()
    }

    /// All parts, in the order of events.
    pub fn iter(&self) -> impl Iterator<Item = (Id, &[T])> {
        let parts = (0..self.events.len()).map(|at| self.part(at).items);
        self.events.iter().copied().zip(parts)
    }
}

impl<Id, T> Lists<Id, T> {
    /// The part at this position among those that there are.
    fn part(&self, at: usize) -> Part<'_, T> {
        let edge = |at: usize| self.edges.get(at).copied();
        let first = edge(at).unwrap_or_else(|| count(self.items.len()));
        let end = edge(at + 1).map_or(self.items.len(), |end| end as usize);
        Part {
            items: self.items.get(first as usize..end).unwrap_or_default(),
            first,
            extras: &self.extras,
        }
    }

    /// The names of those that have a part.
    pub(super) fn events(&self) -> &[Id] {
        &self.events
    }
}

impl<Id: Copy + Ord, T: Copy> Lists<Id, T> {
    /// The same lists with other items: those for which `new` gives one.
    pub fn map<New>(mut self, new: impl FnMut(Id, Spot, T) -> Option<New>) -> Lists<Id, New> {
        let events = std::mem::take(&mut self.events);
        let order = events.into_iter().enumerate();
        self.moved(order.map(|(at, event)| (event, at)), new)
    }

    /// The lists in another order and under other names: `order` gives the new names, ascending, and
    /// where each part lies now. Items for which `new` gives none are left out.
    pub(super) fn moved<NewId: Copy + Ord, New>(
        mut self,
        order: impl ExactSizeIterator<Item = (NewId, usize)>,
        mut new: impl FnMut(NewId, Spot, T) -> Option<New>,
    ) -> Lists<NewId, New> {
        let mut moved = Lists {
            events: Vec::with_capacity(order.len()),
            edges: Vec::with_capacity(order.len()),
            items: Vec::with_capacity(self.items.len()),
            extras: Vec::with_capacity(self.extras.len()),
        };
        for (event, at) in order {
            let mut spot = Spot {
                item: self.part(at).first,
                nth: 0,
            };
            for _ in 0..self.part(at).items.len() {
                let item = self.items.get(spot.item as usize).copied();
                if let Some(item) = item.and_then(|item| new(event, spot, item)) {
                    moved.add_with(event, item, self.take_extra(spot.item));
                }
                spot.item += 1;
                spot.nth += 1;
            }
        }
        moved.shrink();
        moved
    }

    fn take_extra(&mut self, item: u32) -> Extra {
        if self.extras.is_empty() {
            return Extra::EMPTY;
        }
        let at = self.extras.binary_search_by_key(&item, |&(own, _)| own);
        let own = at.ok().and_then(|at| self.extras.get_mut(at));
        own.map_or(Extra::EMPTY, |(_, extra)| std::mem::take(extra))
    }
}

impl<Id, T> Lists<Id, T> {
    /// Gives back the room that was kept for more.
    pub(super) fn shrink(&mut self) {
        self.events.shrink_to_fit();
        self.edges.shrink_to_fit();
        self.items.shrink_to_fit();
        self.extras.shrink_to_fit();
    }
}

impl<T> Lists<EventId, T> {
    /// The part of an event.
    pub(super) fn get(&self, event: EventId) -> Part<'_, T> {
        // Where every event has one, it lies at the event's own position.
        let at = if self.events.get(event.index()) == Some(&event) {
            Some(event.index())
        } else {
            self.events.binary_search(&event).ok()
        };
        at.map_or(Part::EMPTY, |at| self.part(at))
    }
}

impl<'a, T> Part<'a, T> {
    /// Nothing.
    pub const EMPTY: Self = Self {
        items: &[],
        first: 0,
        extras: &[],
    };

    /// The unknown fields of an item, by its position in this part.
    pub fn extra(&self, position: usize) -> Option<&'a Extra> {
        let position = self.first.checked_add(u32::try_from(position).ok()?)?;
        let at = self.extras.binary_search_by_key(&position, |&(own, _)| own);
        self.extras.get(at.ok()?).map(|(_, extra)| extra)
    }
}

fn count(length: usize) -> u32 {
    u32::try_from(length).unwrap_or(u32::MAX)
}
