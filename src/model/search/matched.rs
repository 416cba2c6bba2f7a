//! Which things have all words of a query in their names, word by word.

/// What the words of a query match.
pub(super) struct Matched {
    /// By thing: how many of the words it has so far, and the sum of their grades.
    pub so_far: Vec<(u8, u8)>,
    /// The things that have all words, with their grades.
    pub named: Vec<(u32, u8)>,
    /// How many words there are.
    wanted: u8,
}

impl Matched {
    pub const fn none(wanted: u8) -> Self {
        Self {
            so_far: Vec::new(),
            named: Vec::new(),
            wanted,
        }
    }

    /// Counts a word that a thing has, unless it was counted already or an earlier one is missing.
    pub fn meet(&mut self, thing: u32, word: u8, grade: u8) {
        let Some((count, sum)) = self.so_far.get_mut(thing as usize) else {
            return;
        };
        if *count != word {
            return;
        }
        (*count, *sum) = (word + 1, sum.saturating_add(grade));
        if *count == self.wanted {
            self.named.push((thing, *sum));
        }
    }

    pub fn is_named(&self, number: usize) -> bool {
        let so_far = self.so_far.get(number);
        so_far.is_some_and(|(count, _)| *count == self.wanted)
    }
}
