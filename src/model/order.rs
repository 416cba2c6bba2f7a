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

/// A column may have room for one more of so many that it holds: twice of what is reserved too much.
const HELD_PER_SPARE: usize = 32;
/// So many bits hold a position: [`MOST_EVENTS`](super::MOST_EVENTS) are fewer than eight million.
const POSITION_BITS: u32 = 23;

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
        let is_shown = |position: &u32| all_shown || is_shown(*position as usize);
        let file_positions = in_order(starts, ends, (0..count).filter(is_shown));
        let mut ranks = vec![LEFT_OUT; starts.len()];
        for (rank, &position) in (0..).zip(&file_positions) {
            if let Some(own) = ranks.get_mut(position as usize) {
                *own = rank;
            }
        }
        Self::Sorted {
            file_positions,
            ranks,
        }
    }

    /// A column in the order of time.
    pub fn sorted<T: Copy>(&self, mut column: Vec<T>) -> Vec<T> {
        match self {
            Self::Unchanged(_) => {
                // As it is, its memory can hold the column of the next timeline, once this one is gone.
                if column.capacity() - column.len() > column.len() / HELD_PER_SPARE {
                    column.shrink_to_fit();
                }
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

/// Positions sorted by start, then by end, then by position.
fn in_order(
    starts: &[Moment],
    ends: &[Moment],
    shown: impl Iterator<Item = u32> + Clone,
) -> Vec<u32> {
    let secs = |of: &[Moment], position: u32| of.get(position as usize).map_or(0, |it| it.secs());
    let first = shown
        .clone()
        .map(|position| secs(starts, position))
        .min()
        .unwrap_or(0);
    let after = |position: u32| secs(starts, position).abs_diff(first);
    let last = shown.clone().map(after).max().unwrap_or(0);
    // Start and position are one number, of 64 bits where the chronology is no longer than 69,000
    // years: that is sorted twice as fast as three, and takes a third of the memory.
    let mut positions =
        if last.leading_zeros() >= POSITION_BITS && starts.len() <= 1 << POSITION_BITS {
            let keys = shown.map(|position| after(position) << POSITION_BITS | u64::from(position));
            sorted(keys.collect(), |key: u64| {
                key as u32 & ((1 << POSITION_BITS) - 1)
            })
        } else {
            let keys = shown
                .map(|position| u128::from(after(position)) << u32::BITS | u128::from(position));
            sorted(keys.collect(), |key: u128| key as u32)
        };
    let begins = |a: &u32, b: &u32| secs(starts, *a) == secs(starts, *b);
    for alike in positions.chunk_by_mut(begins) {
        alike.par_sort_unstable_by_key(|&position| (secs(ends, position), position));
    }
    positions
}

/// The positions of keys, in the order of the keys.
fn sorted<Key: Ord + Copy + Send>(mut keys: Vec<Key>, position: impl Fn(Key) -> u32) -> Vec<u32> {
    keys.par_sort_unstable();
    keys.into_iter().map(position).collect()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn moments() -> impl Strategy<Value = Vec<Moment>> {
        let secs = prop_oneof![
            4 => -3_i64..3,
            2 => -70_000_000_000_i64..70_000_000_000,
            1 => -400_000_000_000_000_000_i64..400_000_000_000_000_000,
        ];
        proptest::collection::vec(secs.prop_map(Moment::from_secs), 0..40)
    }

    #[test]
    fn the_order_holds_at_the_limits_of_its_numbers() {
        let limit = 1_i64 << (u64::BITS - POSITION_BITS);
        for span in [0, 1, limit - 1, limit, limit + 1, i64::MAX] {
            for first in [i64::MIN, -1, 0, i64::MAX - span] {
                let at = |secs: i64| Moment::from_secs(first.saturating_add(secs));
                // Backwards, and of those that begin at once the longer one first.
                let starts = [at(span), at(span), at(span / 2), at(0), at(0)];
                let ends = [Moment::LATEST, at(span), at(span), Moment::LATEST, at(0)];
                let order = Order::of(&starts, &ends, |position| position != 2);
                let found = order.sorted(vec![0, 1, 2, 3, 4]);
                let mut expected = [0, 1, 3, 4];
                expected.sort_by_key(|&it: &usize| (starts[it], ends[it], it));
                assert_eq!(found, expected, "{span} s from {first}");
            }
        }
    }

    proptest! {
        #![proptest_config(crate::testing::fixed(500))]

        #[test]
        fn events_are_in_order_of_start_then_end_then_position(
            starts in moments(), longer in proptest::collection::vec(0_i64..3, 40), hidden in 0_usize..40,
        ) {
            let ends: Vec<_> = starts.iter().zip(&longer)
                .map(|(start, longer)| Moment::from_secs(start.secs() + longer))
                .collect();
            let order = Order::of(&starts, &ends, |position| position != hidden);
            let positions: Vec<u32> = (0_u32..).take(starts.len()).collect();
            let found = order.sorted(positions);
            let mut expected: Vec<usize> = (0..starts.len()).filter(|&it| it != hidden).collect();
            expected.sort_by_key(|&it| (starts[it], ends[it]));
            prop_assert_eq!(found.iter().map(|&it| it as usize).collect::<Vec<_>>(), expected.clone());
            for (rank, position) in expected.into_iter().enumerate() {
                let id = FileEventId::from_index(position).unwrap();
                prop_assert_eq!(order.event_of(id).unwrap().index(), rank);
            }
        }
    }
}
