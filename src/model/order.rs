//! The order of time, and the way from the file's order to it.

use super::ids::{DraftId, EventId};
use super::lists::Lists;
use crate::time::Moment;

/// Which event stands where. Where the file is in the order of time already, nothing is kept and
/// nothing is moved.
#[derive(Debug)]
pub(super) enum Order {
    /// This many events, as the file has them.
    AsItIs(u32),
    /// Sorted, or with events left out.
    Moved {
        /// For each place in time, the position in the file.
        positions: Vec<u32>,
        /// For each position in the file, the place in time, or [`LEFT_OUT`].
        places: Vec<u32>,
    },
}

/// The place of an event that is not shown.
const LEFT_OUT: u32 = u32::MAX;

impl Order {
    /// Sorts by start, then by end, then as the file has them. Events that are not shown are left
    /// out.
    pub fn of(starts: &[Moment], ends: &[Moment], is_shown: impl Fn(usize) -> bool) -> Self {
        let count = u32::try_from(starts.len()).unwrap_or(u32::MAX);
        let all_shown = (0..starts.len()).all(&is_shown);
        if all_shown && starts.iter().zip(ends).is_sorted() {
            return Self::AsItIs(count);
        }
        let mut keys: Vec<(Moment, Moment, u32)> = (0..count)
            .zip(starts.iter().zip(ends))
            .filter(|&(position, _)| all_shown || is_shown(position as usize))
            .map(|(position, (&start, &end))| (start, end, position))
            .collect();
        keys.sort_unstable();
        let mut places = vec![LEFT_OUT; starts.len()];
        let positions = (0..).zip(keys).map(|(place, (_, _, position))| {
            if let Some(own) = places.get_mut(position as usize) {
                *own = place;
            }
            position
        });
        Self::Moved {
            positions: positions.collect(),
            places,
        }
    }

    /// A column in the order of time.
    pub fn sorted<T: Copy>(&self, mut column: Vec<T>) -> Vec<T> {
        match self {
            Self::AsItIs(_) => {
                column.shrink_to_fit();
                column
            }
            Self::Moved { positions, .. } => {
                let value = |&position: &u32| column.get(position as usize).copied();
                let mut sorted = Vec::with_capacity(positions.len());
                sorted.extend(positions.iter().filter_map(value));
                sorted
            }
        }
    }

    /// The event that a draft became; `None` where it is left out or there is none.
    pub fn place(&self, draft: DraftId) -> Option<EventId> {
        match self {
            Self::AsItIs(count) => (draft.index() < *count as usize)
                .then(|| EventId::from_index(draft.index()))
                .flatten(),
            Self::Moved { places, .. } => {
                let place = *places.get(draft.index())?;
                (place != LEFT_OUT).then_some(EventId::new(place))
            }
        }
    }

    /// Lists in the order of time, of what `new` keeps of their items.
    pub fn lists<T: Copy, New>(
        &self,
        lists: Lists<DraftId, T>,
        new: impl Fn(T) -> Option<New>,
    ) -> Lists<EventId, New> {
        if lists.is_empty() {
            return Lists::default();
        }
        // The numbers of the parts are sorted, and the items moved once.
        let parts = lists.events().iter().zip(0_u32..);
        let mut parts: Vec<(EventId, u32)> = parts
            .filter_map(|(&draft, part)| Some((self.place(draft)?, part)))
            .collect();
        if matches!(self, Self::Moved { .. }) {
            parts.sort_unstable();
        }
        let parts = parts.into_iter();
        lists.moved(
            parts.map(|(event, part)| (event, part as usize)),
            |_, _, item| new(item),
        )
    }

    /// What lies apart for some events, in the order of time.
    pub fn placed<T>(&self, apart: Vec<(DraftId, T)>) -> Vec<(EventId, T)> {
        let placed = apart.into_iter();
        let mut placed: Vec<_> = placed
            .filter_map(|(draft, value)| Some((self.place(draft)?, value)))
            .collect();
        placed.sort_by_key(|&(event, _)| event);
        placed
    }
}
