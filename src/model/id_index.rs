//! A hash table from an event's text id to its position, in 4.6 bytes per event.
//!
//! A hash map of the texts would store each of them twice. Here a slot is one `u32`: the event's
//! position in its low bits and, in the bits above them, which a million events leave free, a part
//! of the hash, which rules out most other ids without comparing texts.
//!
//! ```text
//!           tag (12 bits)     position (20 bits: up to a million events)
//!  slot   ┌──────────────────┬──────────────────────────────────────────┐
//!         └──────────────────┴──────────────────────────────────────────┘
//!  hash(id) × slots / 2⁶⁴ is where the search begins; a taken slot sends it on to the next
//! ```
//!
//! The table serves twice: while a file is read it shows which ids are taken, and its positions are
//! then replaced by those in time. The hash is seeded at random, so that no file can be made whose
//! ids all hash to the same slot. Texts are stored by the caller, who compares them (`is_it`).

use std::hash::BuildHasher;

use foldhash::quality::RandomState;

/// A free slot.
const FREE: u32 = u32::MAX;

/// The positions of events by the hashes of their ids.
#[derive(Clone, Debug, Default)]
pub(super) struct IdIndex {
    slots: Vec<u32>,
    /// Mask of the bits of a slot that hold the position.
    positions: u32,
    seed: RandomState,
}

impl IdIndex {
    /// An empty index with room for this many events, positions from 0 up to this number.
    pub fn with_room(count: usize) -> Self {
        // A seventh more slots than events: fuller than 7/8, the search for an id that isn't there
        // would get long (32 slots on average at 7/8, two cache lines).
        let slots = count.saturating_add(count / 7).saturating_add(2);
        // All ones mark a free slot, and one position more marks an id without an event.
        let most = u32::try_from(count.saturating_add(1)).unwrap_or(u32::MAX);
        Self {
            slots: vec![FREE; slots],
            positions: u32::MAX.checked_shr(most.leading_zeros()).unwrap_or(0),
            seed: RandomState::default(),
        }
    }

    /// Adds an event's id, unless `is_it` recognises the id at a position that was added before,
    /// which is then the error.
    pub fn insert(
        &mut self,
        id: &str,
        position: u32,
        is_it: impl Fn(u32) -> bool,
    ) -> Result<(), u32> {
        match self.look_up(id, is_it) {
            Found::At(position) => Err(position),
            Found::Free { slot, tag } => {
                if let Some(slot) = self.slots.get_mut(slot) {
                    *slot = tag | position;
                }
                Ok(())
            }
            // Ids beyond the table's capacity are not added.
            Found::Full => Ok(()),
        }
    }

    /// The position that `is_it` recognises, among those whose hashes match the id's.
    pub fn find(&self, id: &str, is_it: impl Fn(u32) -> bool) -> Option<u32> {
        match self.look_up(id, is_it) {
            Found::At(position) => Some(position),
            Found::Free { .. } | Found::Full => None,
        }
    }

    /// Replaces every position. One for which `new` gives `None` becomes `nowhere`, which is the
    /// number of events that the table was made for.
    pub fn rename(&mut self, new: impl Fn(u32) -> Option<u32>, nowhere: u32) {
        for slot in &mut self.slots {
            if *slot != FREE {
                let position = new(*slot & self.positions).unwrap_or(nowhere);
                *slot = (*slot & !self.positions) | (position & self.positions);
            }
        }
    }

    fn look_up(&self, id: &str, is_it: impl Fn(u32) -> bool) -> Found {
        let hash = self.seed.hash_one(id);
        let tag = (hash as u32) & !self.positions;
        let start = ((u128::from(hash) * self.slots.len() as u128) >> 64) as usize;
        let (before, from) = self.slots.split_at_checked(start).unwrap_or_default();
        for (ahead, &slot) in from.iter().chain(before).enumerate() {
            if slot == FREE {
                let slot = start + ahead;
                let slot = slot.checked_sub(self.slots.len()).unwrap_or(slot);
                return Found::Free { slot, tag };
            }
            if slot & !self.positions == tag && is_it(slot & self.positions) {
                return Found::At(slot & self.positions);
            }
        }
        Found::Full
    }
}

enum Found {
    At(u32),
    Free { slot: usize, tag: u32 },
    Full,
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(ids: &[String]) {
        let mut index = IdIndex::with_room(ids.len());
        for (position, id) in (0..).zip(ids) {
            assert_eq!(
                index.insert(id, position, |at| ids[at as usize] == *id),
                Ok(()),
                "{id}"
            );
        }
        let found = |id: &str| index.find(id, |at| ids[at as usize] == id);
        for (position, id) in (0..).zip(ids) {
            assert_eq!(found(id), Some(position), "{id}");
        }
        assert_eq!(found("nobody"), None);
        let last = u32::try_from(ids.len()).unwrap();
        let mut renamed = index.clone();
        renamed.rename(|at| (at > 0).then(|| last - at), last);
        for (position, id) in (0..).zip(ids) {
            let is_it = |at: u32| at < last && ids[(last - at) as usize] == *id;
            let expected = (position > 0).then(|| last - position);
            assert_eq!(renamed.find(id, is_it), expected, "{id}");
        }
    }

    #[test]
    fn every_id_is_found_and_no_other() {
        for count in [0, 1, 2, 3, 7, 8, 63, 64, 1000, 4095, 4096, 20_000] {
            let ids: Vec<String> = (0..count).map(|number| format!("event-{number}")).collect();
            check(&ids);
        }
    }

    #[test]
    fn an_id_is_filed_once() {
        let ids = ["a", "b", "a"];
        let mut index = IdIndex::with_room(3);
        let said: Vec<_> = (0..)
            .zip(ids)
            .map(|(position, id)| index.insert(id, position, |at| ids[at as usize] == id))
            .collect();
        assert_eq!(said, [Ok(()), Ok(()), Err(0)]);
    }

    #[test]
    fn an_index_without_room_finds_nothing() {
        assert_eq!(IdIndex::default().find("a", |_| true), None);
        let mut full = IdIndex::with_room(0);
        for position in 0..5 {
            let _ = full.insert("a", position, |_| false);
        }
        assert_eq!(full.find("a", |_| false), None);
    }
}
