//! The words of a text, folded so that a search ignores differences of spelling: see
//! [`time::fold`](crate::time::fold).
//!
//! What is looked up, and how typos are forgiven, is decided in [`search`](super).

use std::{borrow::Cow, ops::Range};

use crate::time::fold::{fold, is_left_out};

/// A word of a text: its range and its folded form.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Word<'a> {
    /// Its range in the text, in bytes.
    pub range: Range<usize>,
    /// Its folded form, without a genitive's `’s`.
    pub folded: Cow<'a, str>,
}

impl Word<'_> {
    /// `folded` without the Arabic article, if at least three letters are left: `صدر` of `الصدر`.
    pub fn without_article(&self) -> Option<&str> {
        let bare = self.folded.strip_prefix("ال")?;
        (bare.chars().count() >= 3).then_some(bare)
    }
}

/// The words of a text, in order. They are separated by characters that are neither letters nor
/// digits, except for those that folding leaves out.
pub fn words(text: &str) -> impl Iterator<Item = Word<'_>> {
    let mut rest = 0;
    std::iter::from_fn(move || {
        loop {
            let tail = text.get(rest..)?;
            let start = rest + tail.find(is_in_word)?;
            let word = text.get(start..)?;
            let length = word.find(|c| !is_in_word(c)).unwrap_or(word.len());
            rest = start + length;
            let range = start..rest;
            let folded = folded_word(text.get(range.clone())?);
            if !folded.is_empty() {
                return Some(Word { range, folded });
            }
        }
    })
}

fn is_in_word(c: char) -> bool {
    c.is_alphanumeric() || is_left_out(c)
}

fn folded_word(word: &str) -> Cow<'_, str> {
    let stem = ["'s", "’s", "'S", "’S"]
        .iter()
        .find_map(|end| word.strip_suffix(end));
    let word = stem.unwrap_or(word);
    let is_plain = |byte: u8| byte.is_ascii_digit() || byte.is_ascii_lowercase();
    if word.bytes().all(is_plain) {
        return Cow::Borrowed(word);
    }
    let mut folded = String::with_capacity(word.len());
    fold(word, &mut folded);
    Cow::Owned(folded)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_stand_where_they_stand() {
        let text = "Sadr’s “Peace” brigades: مقتدى الصَّدر, 2014–16";
        let found: Vec<_> = words(text)
            .map(|word| {
                (
                    text.get(word.range).unwrap_or_default().to_owned(),
                    word.folded.into_owned(),
                )
            })
            .collect();
        let expected = [
            ("Sadr’s", "sadr"),
            ("Peace", "peace"),
            ("brigades", "brigades"),
            ("مقتدى", "مقتدي"),
            ("الصَّدر", "الصدر"),
            ("2014", "2014"),
            ("16", "16"),
        ];
        assert_eq!(
            found,
            expected.map(|(word, folded)| (word.to_owned(), folded.to_owned()))
        );
        assert_eq!(words(" — ’ ").count(), 0);
        assert_eq!(words("recon\u{ad}struction").count(), 1);
        let bare = |text| {
            words(text)
                .next()
                .and_then(|it| it.without_article().map(str::to_owned))
        };
        assert_eq!(bare("الصدر").as_deref(), Some("صدر"));
        assert_eq!(bare("الله"), None);
    }
}
