//! The smallest change of a text.

use std::ops::Range;

use serde::{Deserialize, Serialize};

/// Some bytes of a text, replaced by others.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Splice {
    /// Where it begins, in bytes.
    pub at: usize,
    /// What stood there.
    pub removed: String,
    /// What stands there now.
    pub inserted: String,
}

impl Splice {
    /// Replaces a range of a text; what is the same at both ends is left alone.
    pub fn new(text: &str, range: Range<usize>, inserted: &str) -> Self {
        let before = text.get(range.clone()).unwrap_or_default();
        let same = |one: &mut dyn Iterator<Item = (char, char)>| {
            one.take_while(|(own, other)| own == other)
                .map(|(own, _)| own.len_utf8())
                .sum::<usize>()
        };
        let mut start = same(&mut before.chars().zip(inserted.chars()));
        // No letter is torn from the backslash before it.
        let same_text = inserted.get(..start).unwrap_or_default();
        start -= (same_text.len() - same_text.trim_end_matches('\\').len()) % 2;
        let (rest, other) = (
            before.get(start..).unwrap_or_default(),
            inserted.get(start..).unwrap_or_default(),
        );
        let end = same(&mut rest.chars().rev().zip(other.chars().rev()));
        let cut = |text: &str| text.get(..text.len() - end).unwrap_or_default().to_owned();
        Self {
            at: range.start + start,
            removed: cut(rest),
            inserted: cut(other),
        }
    }

    /// Whether it changes nothing.
    pub fn is_empty(&self) -> bool {
        self.removed == self.inserted
    }

    /// Whether a text has at its place what it replaces.
    pub fn fits(&self, text: &str) -> bool {
        let end = self.at.saturating_add(self.removed.len());
        text.get(self.at..end) == Some(self.removed.as_str())
    }

    /// Changes a text; one that it does not fit stays as it is.
    pub fn apply(&self, text: &mut String) {
        if self.fits(text) {
            text.replace_range(self.at..self.at + self.removed.len(), &self.inserted);
        }
    }

    /// What takes it back.
    #[must_use]
    pub fn inverse(&self) -> Self {
        Self {
            at: self.at,
            removed: self.inserted.clone(),
            inserted: self.removed.clone(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn as_few_bytes_as_can_be_are_replaced_and_put_back() {
        for (text, range, inserted, at, removed, new) in [
            ("abcdef", 1..5, "bXe", 2, "cd", "X"),
            ("abc", 0..3, "abc", 3, "", ""),
            ("aaa", 0..3, "aaaa", 3, "", "a"),
            ("äöü", 0..6, "äü", 2, "ö", ""),
            ("", 0..0, "new", 0, "", "new"),
            ("a\\nb", 0..4, "a\\tb", 1, "\\n", "\\t"),
            ("a\\\\nb", 0..5, "a\\\\tb", 3, "n", "t"),
        ] {
            let splice = Splice::new(text, range.clone(), inserted);
            assert_eq!((splice.at, &*splice.removed), (at, removed), "{text}");
            assert_eq!(splice.inserted, new);
            let mut changed = text.to_owned();
            splice.apply(&mut changed);
            let mut expected = text.to_owned();
            expected.replace_range(range, inserted);
            assert_eq!(changed, expected);
            splice.inverse().apply(&mut changed);
            assert_eq!(changed, text);
        }
    }
}
