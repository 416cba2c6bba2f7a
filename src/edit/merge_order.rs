//! The order of the rows of a list in two versions that came of one.

use std::collections::{HashMap, HashSet};

/// The keys of a list's rows, in their order, in what both come from, here, and in the file.
#[derive(Clone, Copy)]
pub(super) struct Orders<'a> {
    pub base: &'a [&'a str],
    pub ours: &'a [&'a str],
    pub theirs: &'a [&'a str],
}

/// What becomes of the order.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Order {
    /// It is that of the file: what was added here comes last.
    Theirs,
    /// It was changed here alone.
    Ours,
    /// Both have changed it differently.
    Both,
}

impl<'a> Orders<'a> {
    /// Who has changed the order.
    pub(super) fn changed(self) -> Order {
        if !is_moved(self.base, self.ours) {
            return Order::Theirs;
        }
        let there: HashSet<&str> = self.theirs.iter().copied().collect();
        let here: HashSet<&str> = self.ours.iter().copied().collect();
        let of_both = |keys: &[&'a str]| -> Vec<&'a str> {
            let both = keys
                .iter()
                .filter(|key| here.contains(*key) && there.contains(*key));
            both.copied().collect()
        };
        // What the file has more stays behind its neighbour, wherever that goes.
        let before: HashSet<&str> = self.base.iter().copied().collect();
        let kept: Vec<&str> = self
            .theirs
            .iter()
            .copied()
            .filter(|key| before.contains(key))
            .collect();
        if !is_moved(self.base, &kept) || of_both(self.ours) == of_both(self.theirs) {
            Order::Ours
        } else {
            Order::Both
        }
    }

    /// The order here for rows that are now there: what only the file has keeps its
    /// predecessor there.
    pub(super) fn ours_of<'k>(self, now: &[&'k str]) -> Vec<&'k str> {
        let place: HashMap<&str, usize> =
            (0..).zip(self.ours).map(|(at, key)| (*key, at)).collect();
        let mut last = None;
        let mut ranked: Vec<((Option<usize>, usize), &str)> = Vec::new();
        for (at, key) in now.iter().enumerate() {
            let own = place.get(key).copied();
            let rank = match own {
                Some(own) => (Some(own), 0),
                None => (last, at + 1),
            };
            last = own.or(last);
            ranked.push((rank, key));
        }
        ranked.sort_by_key(|(rank, _)| *rank);
        ranked.into_iter().map(|(_, key)| key).collect()
    }
}

/// Whether rows stand elsewhere than where they stood, or new ones elsewhere than at the end.
fn is_moved(base: &[&str], now: &[&str]) -> bool {
    let there: HashSet<&str> = now.iter().copied().collect();
    let before: HashSet<&str> = base.iter().copied().collect();
    let kept = base.iter().filter(|key| there.contains(*key));
    let added = now.iter().filter(|key| !before.contains(*key));
    !kept.chain(added).eq(now)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_order_that_one_side_has_changed_is_kept() {
        for (base, ours, theirs, order, expected) in [
            ("abc", "abc", "cba", Order::Theirs, "abc"),
            ("abc", "abcd", "abc", Order::Theirs, "abcd"),
            ("abc", "cab", "abc", Order::Ours, "cab"),
            ("abc", "dabc", "abc", Order::Ours, "dabc"),
            ("abc", "cab", "cab", Order::Ours, "cab"),
            ("abc", "cab", "bac", Order::Both, "cab"),
            // What only the file has stays behind its neighbour.
            ("abc", "cba", "abxc", Order::Ours, "cbxa"),
            ("abc", "cba", "xabc", Order::Ours, "xcba"),
            ("abc", "ca", "abc", Order::Ours, "ca"),
        ] {
            let split = |text: &'static str| -> Vec<&'static str> {
                text.split("").filter(|key| !key.is_empty()).collect()
            };
            let [base_keys, our_keys, their_keys] = [base, ours, theirs].map(split);
            let orders = Orders {
                base: &base_keys,
                ours: &our_keys,
                theirs: &their_keys,
            };
            assert_eq!(orders.changed(), order, "{base} {ours} {theirs}");
            let gone = |key: &&str| our_keys.contains(key) || !base_keys.contains(key);
            let mut now: Vec<&str> = their_keys.iter().copied().filter(gone).collect();
            now.extend(our_keys.iter().filter(|key| !their_keys.contains(key)));
            let wanted = orders.ours_of(&now).concat();
            assert_eq!(wanted, expected, "{base} {ours} {theirs}");
        }
    }
}
