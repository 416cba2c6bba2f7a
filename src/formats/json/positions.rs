//! Where the rows of a timeline stand in the lists of their file.

use super::ranges::RowList;
use crate::formats::rows::List;
use crate::model::{Appended, FileEventId};

/// The position of each row that the timeline has in the file's list.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct RowPositions {
    /// Those of the events.
    pub events: EventPositions,
    /// Those of the other lists, in the order of the timeline.
    others: [Vec<u32>; RowList::ALL.len()],
}

impl RowPositions {
    /// Notes the positions of a list whose rows are all in the timeline, in their order.
    pub(super) fn keep<T>(&mut self, list: RowList, rows: &List<T>) {
        self.set(list, rows.iter().map(|(position, _)| *position).collect());
    }

    /// Notes the positions of the rows of a list that are in the timeline, in their order.
    pub(super) fn set(&mut self, list: RowList, positions: Vec<u32>) {
        if let Some(own) = self.others.get_mut(list as usize) {
            *own = positions;
        }
    }

    /// The position of a row of another list than the events, given by its index in the timeline.
    /// `None` for one that the file does not list, such as a lane that an event has named.
    pub fn of(&self, list: RowList, index: usize) -> Option<u32> {
        self.others.get(list as usize)?.get(index).copied()
    }
}

/// The position of each event in the file's list: its number among the events that could be read,
/// plus the items before it that could not.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct EventPositions {
    /// From which event on how many items are missing before it; ascending.
    missing: Vec<(FileEventId, u32)>,
}

impl EventPositions {
    /// Notes that an event stands at a position. Events come in ascending order.
    pub(super) fn add(&mut self, event: FileEventId, position: u32) {
        let missing = position.saturating_sub(event.index() as u32);
        if missing > self.missing.last().map_or(0, |&(_, missing)| missing) {
            self.missing.push((event, missing));
        }
    }

    /// Adds those of the events of a later part of the list, which begins at `position`; they go to
    /// `at`.
    pub(super) fn append(&mut self, later: &Self, at: Appended, position: u32) {
        let first = at.event(FileEventId::new(0));
        self.add(first, position);
        let before = position.saturating_sub(first.index() as u32);
        for &(event, missing) in &later.missing {
            self.missing.push((at.event(event), before + missing));
        }
    }

    /// The event at a position of the file's list; `None` where none could be read.
    pub fn at(&self, position: u32) -> Option<FileEventId> {
        // Positions ascend with the events, and are no less than their numbers.
        let (mut low, mut high) = (0_u32, position.saturating_add(1));
        while low < high {
            let middle = low.midpoint(high);
            if self.of(FileEventId::new(middle)) < position {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        let event = FileEventId::new(low);
        (self.of(event) == position).then_some(event)
    }

    /// The position of an event in the file's list.
    pub fn of(&self, event: FileEventId) -> u32 {
        let after = self.missing.partition_point(|&(from, _)| from <= event);
        let last = after.checked_sub(1).and_then(|at| self.missing.get(at));
        event.index() as u32 + last.map_or(0, |&(_, missing)| missing)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn positions_remember_what_was_left_out() {
        let mut positions = EventPositions::default();
        let stand = [0, 1, 4, 5, 9];
        for (event, position) in (0..).zip(stand) {
            positions.add(FileEventId::new(event), position);
        }
        let found = (0..5).map(|event| positions.of(FileEventId::new(event)));
        assert_eq!(found.collect::<Vec<_>>(), stand);
        let at = (0..9).map(|position| positions.at(position).map(FileEventId::index));
        let expected = [
            Some(0),
            Some(1),
            None,
            None,
            Some(2),
            Some(3),
            None,
            None,
            None,
        ];
        assert_eq!(at.collect::<Vec<_>>(), expected);
    }
}
