//! Items that only some events have, in one vector for all events.
//!
//! An event without items costs nothing; one with items costs eight bytes, however many they are:
//!
//! ```text
//! events   3             8          (those that have something, ascending)
//! edges    0             2          where the part of each begins
//!          ▼             ▼
//! items    sadr sistani  khazali
//! ```

use super::ids::EventId;

/// A part (a list of items) for each event that has any. `Id` is a
/// [`FileEventId`](super::FileEventId) while a file is read, and an [`EventId`] after.
#[derive(Clone, Debug)]
pub struct Lists<Id, T> {
    events: Vec<Id>,
    /// Where parts begin in `items`. A file within the size limit has fewer items than a `u32`
    /// counts.
    edges: Vec<u32>,
    items: Vec<T>,
}

/// The position of an item.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct ItemPosition {
    /// Among the items of all events.
    pub item: u32,
    /// Among the items of its own event.
    pub nth: u32,
}

impl<Id, T> Default for Lists<Id, T> {
    fn default() -> Self {
        Self {
            events: Vec::new(),
            edges: Vec::new(),
            items: Vec::new(),
        }
    }
}

impl<Id: Copy + Ord, T> Lists<Id, T> {
    /// Adds an item to an event's part. Events must come in ascending order; an item out of order
    /// is added to the last event so far.
    pub fn add(&mut self, event: Id, item: T) {
        if self.events.last().is_none_or(|&last| last < event) {
            self.events.push(event);
            self.edges.push(count(self.items.len()));
        }
        self.items.push(item);
    }

    /// Adds the parts of later events behind its own, with other ids. Items are mapped by `new`; `None`
    /// leaves an item out.
    pub fn append<OldId: Copy + Ord, Old: Copy>(
        &mut self,
        later: &Lists<OldId, Old>,
        id: impl Fn(OldId) -> Id,
        mut new: impl FnMut(Old) -> Option<T>,
    ) {
        self.events.reserve(later.events.len());
        self.edges.reserve(later.edges.len());
        self.items.reserve(later.items.len());
        for (event, items) in later.iter() {
            for item in items.iter().filter_map(|&item| new(item)) {
                self.add(id(event), item);
            }
        }
    }

    /// How many items there are, of all events.
    pub fn len(&self) -> usize {
        self.items.len()
    }

    /// Whether no event has any items.
    pub fn is_empty(&self) -> bool {
        self.items.is_empty()
    }

    /// The events that have a part, ascending, each with its items.
    pub fn iter(&self) -> impl Iterator<Item = (Id, &[T])> {
        let parts = (0..self.events.len()).map(|at| self.part(at));
        self.events.iter().copied().zip(parts)
    }
}

impl<Id, T> Lists<Id, T> {
    /// The part at this position in `events`.
    fn part(&self, at: usize) -> &[T] {
        let first = self.first(at) as usize;
        let end = self.first(at + 1) as usize;
        self.items.get(first..end).unwrap_or_default()
    }

    /// The position of a part's first item among those of all events.
    fn first(&self, at: usize) -> u32 {
        let edge = self.edges.get(at).copied();
        edge.unwrap_or_else(|| count(self.items.len()))
    }

    /// The events that have a part, ascending.
    pub(super) fn events(&self) -> &[Id] {
        &self.events
    }
}

impl<Id: Copy + Ord, T: Copy> Lists<Id, T> {
    /// The same lists with their items mapped by `new`; `None` leaves an item out.
    pub fn map<New>(
        mut self,
        new: impl FnMut(Id, ItemPosition, T) -> Option<New>,
    ) -> Lists<Id, New> {
        let events = std::mem::take(&mut self.events);
        let order = events.into_iter().enumerate();
        self.moved(order.map(|(at, event)| (event, at)), new)
    }

    /// The lists in another order and with other ids: `order` gives the new ids, ascending, and the
    /// present position of each part. Items are mapped by `new`; `None` leaves an item out.
    pub(super) fn moved<NewId: Copy + Ord, New>(
        self,
        order: impl ExactSizeIterator<Item = (NewId, usize)>,
        mut new: impl FnMut(NewId, ItemPosition, T) -> Option<New>,
    ) -> Lists<NewId, New> {
        let mut moved = Lists {
            events: Vec::with_capacity(order.len()),
            edges: Vec::with_capacity(order.len()),
            items: Vec::with_capacity(self.items.len()),
        };
        for (event, at) in order {
            let mut spot = ItemPosition {
                item: self.first(at),
                nth: 0,
            };
            for _ in 0..self.part(at).len() {
                let item = self.items.get(spot.item as usize).copied();
                if let Some(item) = item.and_then(|item| new(event, spot, item)) {
                    moved.add(event, item);
                }
                spot.item += 1;
                spot.nth += 1;
            }
        }
        moved.shrink();
        moved
    }
}

impl<Id, T> Lists<Id, T> {
    /// Frees unused capacity.
    pub(super) fn shrink(&mut self) {
        self.events.shrink_to_fit();
        self.edges.shrink_to_fit();
        self.items.shrink_to_fit();
    }
}

impl<T> Lists<EventId, T> {
    /// The part of an event.
    pub(super) fn get(&self, event: EventId) -> &[T] {
        // If every event has a part, it is at the event's own position.
        let at = if self.events.get(event.index()) == Some(&event) {
            Some(event.index())
        } else {
            self.events.binary_search(&event).ok()
        };
        at.map_or(&[], |at| self.part(at))
    }
}

fn count(length: usize) -> u32 {
    u32::try_from(length).unwrap_or(u32::MAX)
}
