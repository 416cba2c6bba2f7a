//! The words of titles and names, with the things that contain them, as the index is built.

use std::collections::HashMap;

use foldhash::fast::RandomState;
use fst::Map;

use super::words;

/// Collects words, with the things that contain them.
#[derive(Default)]
pub(super) struct Dictionary {
    numbers: HashMap<Box<str>, u32, RandomState>,
    /// Pairs of word and thing.
    met: Vec<(u32, u32)>,
    thing: u32,
}

impl Dictionary {
    /// Adds the words of a text of the current thing.
    pub(super) fn add(&mut self, text: &str) {
        for word in words::words(text) {
            self.meet(&word.folded);
            if let Some(bare) = word.without_article() {
                self.meet(bare);
            }
        }
    }

    fn meet(&mut self, word: &str) {
        let number = self.numbers.get(word).copied().unwrap_or_else(|| {
            let number = self.numbers.len() as u32;
            self.numbers.insert(word.into(), number);
            number
        });
        self.met.push((number, self.thing));
    }

    /// Goes on to the next thing.
    pub(super) fn next(&mut self) {
        self.thing += 1;
    }

    /// The words in alphabetical order, where the things of each begin, and the things.
    pub(super) fn sorted(self) -> (Map<Vec<u8>>, Vec<u32>, Vec<u32>) {
        let mut words: Vec<(Box<str>, u32)> = self.numbers.into_iter().collect();
        words.sort_unstable();
        let mut ranks = vec![0u32; words.len()];
        for (rank, (_, number)) in (0u32..).zip(&words) {
            if let Some(slot) = ranks.get_mut(*number as usize) {
                *slot = rank;
            }
        }
        let rank = |number: u32| ranks.get(number as usize).copied().unwrap_or_default() as usize;
        // A counting sort by word: things stay in their order.
        let mut firsts = vec![0u32; words.len() + 1];
        for (number, _) in &self.met {
            if let Some(count) = firsts.get_mut(rank(*number) + 1) {
                *count += 1;
            }
        }
        for word in 1..firsts.len() {
            let before = firsts.get(word - 1).copied().unwrap_or_default();
            if let Some(first) = firsts.get_mut(word) {
                *first += before;
            }
        }
        let mut next = firsts.clone();
        let mut things = vec![0u32; self.met.len()];
        for (number, thing) in self.met {
            if let Some(at) = next.get_mut(rank(number)) {
                if let Some(slot) = things.get_mut(*at as usize) {
                    *slot = thing;
                }
                *at += 1;
            }
        }
        let pairs = words
            .iter()
            .zip(0u64..)
            .map(|((word, _), rank)| (word.as_bytes(), rank));
        // `from_iter` only fails for keys that are unsorted or duplicate, which these are not.
        let map = Map::from_iter(pairs).unwrap_or_default();
        (map, firsts, things)
    }
}
