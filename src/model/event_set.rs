//! A set of events, stored as one bit per event of the timeline.

use super::EventId;

/// A set of events of one timeline.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct EventSet {
    bits: Vec<u64>,
    /// How many events the timeline has.
    events: usize,
    count: usize,
}

impl EventSet {
    /// The empty set for a timeline of `events` events.
    pub fn none(events: usize) -> Self {
        Self {
            bits: vec![0; events.div_ceil(64)],
            events,
            count: 0,
        }
    }

    /// The empty set for the same timeline.
    #[must_use]
    pub fn emptied(&self) -> Self {
        Self::none(self.events)
    }

    /// Of a timeline of `events` events, those for which `test` is true.
    pub fn of(events: usize, test: impl Fn(EventId) -> bool) -> Self {
        let mut set = Self::none(events);
        for (number, bits) in set.bits.iter_mut().enumerate() {
            let first = 64 * number;
            for bit in 0..64.min(events - first) {
                let holds = EventId::from_index(first + bit).is_some_and(&test);
                *bits |= u64::from(holds) << bit;
            }
        }
        set.count = set.bits.iter().map(|bits| bits.count_ones() as usize).sum();
        set
    }

    /// Adds an event; an id past the timeline's last event is ignored.
    pub fn insert(&mut self, event: EventId) {
        let is_known = event.index() < self.events;
        if let Some(bits) = self.bits.get_mut(event.index() / 64).filter(|_| is_known) {
            let bit = 1 << (event.index() % 64);
            self.count += usize::from(*bits & bit == 0);
            *bits |= bit;
        }
    }

    /// Keeps only the events that are also in another set of the same timeline.
    pub fn keep(&mut self, other: &Self) {
        for (bits, theirs) in self.bits.iter_mut().zip(&other.bits) {
            *bits &= theirs;
        }
        self.count = self
            .bits
            .iter()
            .map(|bits| bits.count_ones() as usize)
            .sum();
    }

    /// Whether the set contains an event.
    pub fn contains(&self, event: EventId) -> bool {
        let bits = self.bits.get(event.index() / 64);
        bits.is_some_and(|bits| bits >> (event.index() % 64) & 1 == 1)
    }

    /// The number of events in the set.
    pub const fn len(&self) -> usize {
        self.count
    }

    /// Whether the set is empty.
    pub const fn is_empty(&self) -> bool {
        self.count == 0
    }

    /// The nearest event of the set after `event` in the order of time or, unless `is_later`,
    /// before it.
    pub fn beside(&self, event: EventId, is_later: bool) -> Option<EventId> {
        let (word, bit) = (event.index() / 64, event.index() % 64);
        let bits = |at: usize| self.bits.get(at).copied().unwrap_or(0);
        let (found, bits) = if is_later {
            let after = bits(word) & (u64::MAX << bit << 1);
            let rest = (word + 1..self.bits.len()).map(|at| (at, bits(at)));
            [(word, after)]
                .into_iter()
                .chain(rest)
                .find(|it| it.1 != 0)?
        } else {
            let before = bits(word) & !(u64::MAX << bit);
            let rest = (0..word.min(self.bits.len())).rev();
            let rest = rest.map(|at| (at, bits(at)));
            [(word, before)]
                .into_iter()
                .chain(rest)
                .find(|it| it.1 != 0)?
        };
        let bit = if is_later {
            bits.trailing_zeros()
        } else {
            bits.ilog2()
        };
        EventId::from_index(64 * found + bit as usize)
    }

    /// All of them, in the order of time.
    pub fn iter(&self) -> impl Iterator<Item = EventId> + '_ {
        let words = self.bits.iter().enumerate();
        words.flat_map(|(number, &bits)| {
            let bits = std::iter::successors(Some(bits), |bits| Some(bits & bits.wrapping_sub(1)));
            bits.take_while(|bits| *bits != 0).filter_map(move |bits| {
                EventId::from_index(64 * number + bits.trailing_zeros() as usize)
            })
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_set_holds_what_was_put_in() {
        let numbers = [0usize, 1, 63, 64, 129];
        let mut set = EventSet::none(130);
        for number in numbers.iter().chain(&[63, 150, 200]) {
            set.insert(EventId::from_index(*number).expect("a number"));
        }
        let inside: Vec<usize> = set.iter().map(EventId::index).collect();
        assert_eq!(inside, numbers);
        assert_eq!(set.len(), numbers.len());
        let same = EventSet::of(130, |event| numbers.contains(&event.index()));
        assert_eq!(same, set);
        let all = EventSet::of(130, |_| true);
        assert_eq!((all.len(), all.iter().count()), (130, 130));
        assert!(!set.contains(EventId::new(200)));
        let beside = |number: u32, is_later| {
            let beside = set.beside(EventId::new(number), is_later);
            beside.map(EventId::index)
        };
        for (number, earlier, later) in [
            (0, None, Some(1)),
            (1, Some(0), Some(63)),
            (63, Some(1), Some(64)),
            (64, Some(63), Some(129)),
            (100, Some(64), Some(129)),
            (129, Some(64), None),
            (500, Some(129), None),
        ] {
            assert_eq!(beside(number, false), earlier, "before {number}");
            assert_eq!(beside(number, true), later, "after {number}");
        }
    }
}
