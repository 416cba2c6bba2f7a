//! Where events stand in the list of their file.

use crate::model::FileEventId;

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
    }
}
