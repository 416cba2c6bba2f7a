//! The order of time, and the mapping from the file's order to it.

use rayon::slice::ParallelSliceMut;

use super::ids::{EventId, FileEventId};
use super::lists::Lists;
use crate::time::Moment;

/// The permutation from the file's order to the order of time. Where the file is in the order of
/// time already, nothing is stored and nothing is moved.
#[derive(Debug)]
pub(super) enum Order {
    /// This many events, in the file's order.
    Unchanged(u32),
    /// Sorted, or with events left out.
    Sorted {
        /// For each position in time, the position in the file.
        file_positions: Vec<u32>,
        /// For each position in the file, the position in time, or [`LEFT_OUT`].
        ranks: Vec<u32>,
    },
}

/// Stands for the position in time of an event that is not shown.
const LEFT_OUT: u32 = u32::MAX;

impl Order {
    /// Sorts by start, then by end, then by position in the file. Events that are not shown are
    /// left out.
    pub fn of(starts: &[Moment], ends: &[Moment], is_shown: impl Fn(usize) -> bool) -> Self {
        let count = u32::try_from(starts.len()).unwrap_or(u32::MAX);
        let all_shown = (0..starts.len()).all(&is_shown);
        if all_shown && starts.iter().zip(ends).is_sorted() {
            return Self::Unchanged(count);
        }
        let mut keys: Vec<(Moment, Moment, u32)> = (0..count)
            .zip(starts.iter().zip(ends))
            .filter(|&(position, _)| all_shown || is_shown(position as usize))
            .map(|(position, (&start, &end))| (start, end, position))
            .collect();
        keys.par_sort_unstable();
        let mut ranks = vec![LEFT_OUT; starts.len()];
        let file_positions = (0..).zip(keys).map(|(rank, (_, _, position))| {
            if let Some(own) = ranks.get_mut(position as usize) {
                *own = rank;
            }
            position
        });
        Self::Sorted {
            file_positions: file_positions.collect(),
            ranks,
        }
    }

    /// A column in the order of time.
    pub fn sorted<T: Copy>(&self, mut column: Vec<T>) -> Vec<T> {
        match self {
            Self::Unchanged(_) => {
                column.shrink_to_fit();
                column
            }
            Self::Sorted { file_positions, .. } => {
                let value = |&position: &u32| column.get(position as usize).copied();
                let mut sorted = Vec::with_capacity(file_positions.len());
                sorted.extend(file_positions.iter().filter_map(value));
                sorted
            }
        }
    }

    /// The id of a file's event in the timeline; `None` where it is left out or doesn't exist.
    pub fn event_of(&self, event: FileEventId) -> Option<EventId> {
        match self {
            Self::Unchanged(count) => (event.index() < *count as usize)
                .then(|| EventId::from_index(event.index()))
                .flatten(),
            Self::Sorted { ranks, .. } => {
                let rank = *ranks.get(event.index())?;
                (rank != LEFT_OUT).then_some(EventId::new(rank))
            }
        }
    }

    /// Lists in the order of time, with their items mapped by `new`; `None` leaves an item out.
    pub fn lists<T: Copy, New>(
        &self,
        lists: Lists<FileEventId, T>,
        new: impl Fn(T) -> Option<New>,
    ) -> Lists<EventId, New> {
        if lists.is_empty() {
            return Lists::default();
        }
        // Only the positions of the parts are sorted, so that items are moved once.
        let parts = lists.events().iter().zip(0_u32..);
        let mut parts: Vec<(EventId, u32)> = parts
            .filter_map(|(&event, part)| Some((self.event_of(event)?, part)))
            .collect();
        if matches!(self, Self::Sorted { .. }) {
            parts.sort_unstable();
        }
        let parts = parts.into_iter();
        lists.moved(
            parts.map(|(event, part)| (event, part as usize)),
            |_, _, item| new(item),
        )
    }

    /// The values that only some events have, in the order of time.
    pub fn placed<T>(&self, apart: Vec<(FileEventId, T)>) -> Vec<(EventId, T)> {
        let placed = apart.into_iter();
        let mut placed: Vec<_> = placed
            .filter_map(|(event, value)| Some((self.event_of(event)?, value)))
            .collect();
        placed.sort_by_key(|&(event, _)| event);
        placed
    }
}
