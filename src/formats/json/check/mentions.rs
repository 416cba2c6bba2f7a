//! The names that events refer to, kept until all of the file is read: lanes, people, places,
//! sources, other events.
//!
//! Names that recur are numbered, so that a million events with a person each hold a
//! million numbers and each name once. The ids of events, which seldom recur, are packed one
//! behind the other.

use std::borrow::Cow;

use foldhash::HashMap;

use crate::model::{Appended, FileEventId, ItemPosition, Lists, Records, TextId};

/// The number of a name in [`Mentions`].
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Mention(std::num::NonZeroU32);

impl Mention {
    fn at(index: usize) -> Option<Self> {
        let number = u32::try_from(index).ok()?.checked_add(1)?;
        std::num::NonZeroU32::new(number).map(Self)
    }

    /// Its position among the names.
    pub fn index(self) -> usize {
        self.0.get() as usize - 1
    }
}

/// Names, each once, in the order in which they come.
#[derive(Debug, Default)]
pub struct Mentions<'a> {
    /// Each with the event that names it first.
    pub names: Vec<(Cow<'a, str>, FileEventId)>,
    by_name: HashMap<Cow<'a, str>, Mention>,
}

impl<'a> Mentions<'a> {
    /// The number of a name.
    pub fn number(&mut self, name: Cow<'a, str>, event: FileEventId) -> Mention {
        /// So many names are found faster one by one than by their hash; most files have no more
        /// lanes.
        const FEW: usize = 8;
        if self.names.len() <= FEW {
            let mut known = self.names.iter().map(|(known, _)| known);
            let known = known.position(|known| *known == name);
            if let Some(known) = known.and_then(Mention::at) {
                return known;
            }
        } else if let Some(&known) = self.by_name.get(&name) {
            return known;
        }
        // A file within the limit of bytes holds fewer names than u32 counts.
        let number = Mention::at(self.names.len()).unwrap_or(Mention(std::num::NonZeroU32::MAX));
        self.names.push((name.clone(), event));
        self.by_name.insert(name, number);
        number
    }

    /// Adds the names of a later part of the file; its numbers, in their order, become these.
    pub fn append(&mut self, later: Self, at: Appended) -> Renumbered {
        let names = later.names.into_iter();
        Renumbered(
            names
                .map(|(name, event)| self.number(name, at.event(event)))
                .collect(),
        )
    }

    /// The name behind a number, and the event that names it first.
    pub fn get(&self, mention: Mention) -> Option<&(Cow<'a, str>, FileEventId)> {
        self.names.get(mention.index())
    }
}

/// The numbers that the names of a later part have among all.
pub struct Renumbered(Vec<Mention>);

impl Renumbered {
    /// The number among all.
    pub fn of(&self, mention: Mention) -> Option<Mention> {
        self.0.get(mention.index()).copied()
    }
}

/// Names that stand in lists of events, each with what stands beside it.
#[derive(Debug)]
pub struct Named<'a, T> {
    pub names: Mentions<'a>,
    pub lists: Lists<FileEventId, T>,
    pub positions: ItemPositions,
}

impl<T> Default for Named<'_, T> {
    fn default() -> Self {
        Self {
            names: Mentions::default(),
            lists: Lists::default(),
            positions: ItemPositions::default(),
        }
    }
}

impl<T: Copy> Named<'_, T> {
    /// Adds what a later part of the file names; `renumbered` gives what an item of it is then.
    pub fn append(
        &mut self,
        later: Self,
        at: Appended,
        renumbered: impl Fn(T, &Renumbered) -> Option<T>,
    ) {
        let numbers = self.names.append(later.names, at);
        self.positions.append(later.positions, self.lists.len());
        self.lists.append(
            &later.lists,
            |event| at.event(event),
            |item| renumbered(item, &numbers),
        );
    }
}

/// A citation whose source is still a name.
#[derive(Clone, Copy, Debug)]
pub struct Cited {
    pub source: Mention,
    pub place_in_source: TextId,
}

/// Links of one kind whose targets are still names: the id of the other event is in
/// [`Gathered::targets`](super::Gathered).
#[derive(Debug, Default)]
pub struct Linked {
    pub lists: Lists<FileEventId, LinkTexts>,
    pub positions: ItemPositions,
}

/// A link whose target is still a name.
#[derive(Clone, Copy, Debug)]
pub struct LinkTexts {
    pub target: TextId,
    pub label: TextId,
}

impl Linked {
    /// Adds a link.
    pub fn add(&mut self, event: FileEventId, (nth, position): (u32, u32), link: LinkTexts) {
        self.positions.add(self.lists.len(), nth, position);
        self.lists.add(event, link);
    }

    /// Adds the links of a later part of the file, whose targets begin at `targets`.
    pub fn append(&mut self, later: Self, at: Appended, targets: u32) {
        self.positions.append(later.positions, self.lists.len());
        self.lists.append(
            &later.lists,
            |event| at.event(event),
            |link| {
                Some(LinkTexts {
                    target: link.target.after(targets),
                    label: at.text(link.label),
                })
            },
        );
    }
}

/// The ids of the events that links lead to.
pub type Targets = Records;

/// The positions of items in their lists in the file: their number among those that were read, but
/// for the few before which some could not be read.
#[derive(Debug, Default)]
pub struct ItemPositions {
    /// By the items' places among those of all events; ascending.
    odd: Vec<(u32, u32)>,
}

impl ItemPositions {
    /// Remembers where an item stands that is counted as the `nth` of its event.
    pub fn add(&mut self, item: usize, nth: u32, position: u32) {
        if nth != position {
            // A file within the limit of bytes holds fewer items than u32 counts.
            self.odd
                .push((u32::try_from(item).unwrap_or(u32::MAX), position));
        }
    }

    /// Adds those of later items; `before` is the number of items before them.
    fn append(&mut self, later: Self, before: usize) {
        // A file within the limit of bytes holds fewer items than u32 counts.
        let before = u32::try_from(before).unwrap_or(u32::MAX);
        let odd = later.odd.into_iter();
        self.odd
            .extend(odd.map(|(item, position)| (item.saturating_add(before), position)));
    }

    /// The position of an item in its event's list.
    pub fn of(&self, spot: ItemPosition) -> u32 {
        let at = self.odd.binary_search_by_key(&spot.item, |&(item, _)| item);
        let odd = at.ok().and_then(|at| self.odd.get(at));
        odd.map_or(spot.nth, |&(_, position)| position)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_has_one_number_however_many_there_are() {
        let mut names = Mentions::default();
        for round in 0..2 {
            for lane in 0..30_usize {
                let name = Cow::Owned(format!("lane {lane}"));
                let number = names.number(name, FileEventId::new(round));
                assert_eq!(number.index(), lane);
            }
        }
        assert_eq!(names.names.len(), 30);
        assert!(names.names.iter().all(|&(_, first)| first.index() == 0));
    }

    #[test]
    fn items_remember_what_was_left_out_before_them() {
        let mut positions = ItemPositions::default();
        // Of two events: the second item of the first list could not be read.
        let stand = [(0, 0, 0), (1, 1, 2), (2, 0, 0), (3, 1, 1)];
        for (item, nth, position) in stand {
            positions.add(item, nth, position);
        }
        for (item, nth, position) in stand {
            let item = u32::try_from(item).unwrap();
            assert_eq!(positions.of(ItemPosition { item, nth }), position);
        }
    }
}
