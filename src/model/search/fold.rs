//! Texts made alike, so that a search finds what is meant: no case, no diacritics, one form for each
//! Arabic letter.
//!
//! ```text
//! Sadr’s  →  sadr        Nūrī  →  nuri        Đặng  →  dang        ﷺ and ligatures are taken apart
//! الصَّدر  →  صدر         أحمد  →  احمد        مدرسة →  مدرسه       tashkeel and tatweel go
//! ```
//!
//! Decomposition is Unicode's NFKD; what it leaves whole (`ø`, `ß`, hamza seats, the article) is told
//! here. It leaves to [`search`](super) what is looked up, and how typos are forgiven.

use std::{borrow::Cow, ops::Range};

use unicode_normalization::{UnicodeNormalization, char::is_combining_mark};

/// Adds a text in its folded form. The article stays: that is a matter of words.
pub fn fold(text: &str, out: &mut String) {
    if text.is_ascii() {
        out.extend(
            text.bytes()
                .filter(|byte| *byte != b'\'')
                .map(|byte| char::from(byte.to_ascii_lowercase())),
        );
        return;
    }
    for c in text.nfkd().flat_map(char::to_lowercase).nfkd() {
        match c {
            // Signs that are written or left out: apostrophes, the ʿayn and hamza of transcriptions,
            // tatweel, marks of direction, soft hyphens.
            '\''
            | '’'
            | '‘'
            | 'ʼ'
            | 'ʻ'
            | 'ʿ'
            | 'ʾ'
            | '`'
            | '´'
            | 'ـ'
            | '\u{ad}'
            | '\u{200b}'..='\u{200f}'
            | '\u{202a}'..='\u{202e}'
            | '\u{2066}'..='\u{2069}' => {}
            'ß' => out.push_str("ss"),
            'æ' => out.push_str("ae"),
            'œ' => out.push_str("oe"),
            'þ' => out.push_str("th"),
            'ø' => out.push('o'),
            'đ' | 'ð' => out.push('d'),
            'ł' => out.push('l'),
            'ħ' => out.push('h'),
            'ı' => out.push('i'),
            // Hamza seats are decomposed by NFKD; these are forms of their own.
            'ٱ' => out.push('ا'),
            'ى' | 'ی' => out.push('ي'),
            'ة' => out.push('ه'),
            'ک' => out.push('ك'),
            c if is_combining_mark(c) => {}
            c => out.push(c),
        }
    }
}

/// A word of a text: where it stands, and its folded form.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Word<'a> {
    /// Where it stands in the text, in bytes.
    pub range: Range<usize>,
    /// Without a genitive's `’s`, and without the Arabic article.
    pub folded: Cow<'a, str>,
}

/// The words of a text, in order. What is neither letter nor digit parts them, but for apostrophes and
/// marks within a word.
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
    c.is_alphanumeric() || is_apostrophe(c) || is_combining_mark(c)
}

const fn is_apostrophe(c: char) -> bool {
    matches!(c, '\'' | '’' | '‘' | 'ʼ' | 'ʻ' | 'ʿ' | 'ʾ' | 'ـ')
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
    // Of four letters and more the article is one: الصدر, but not الله as a whole, which has four.
    match folded.strip_prefix("ال") {
        Some(bare) if bare.chars().count() >= 3 => Cow::Owned(bare.to_owned()),
        _ => Cow::Owned(folded),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_meant_alike_is_folded_alike() {
        for (text, expected) in [
            ("SADR", "sadr"),
            ("Nūrī al-Mālikī", "nuri al-maliki"),
            ("Ba‘ath", "baath"),
            ("Đặng Łódź Straße", "dang lodz strasse"),
            ("ﬁnal ²", "final 2"),
            ("İstanbul", "istanbul"),
            ("مُقْتَدَى الصَّدْر", "مقتدي الصدر"),
            ("أإآٱ ؤئ ة ى", "اااا وي ه ي"),
            ("الــصدر", "الصدر"),
            ("中文", "中文"),
            ("don't", "dont"),
        ] {
            let mut folded = String::new();
            fold(text, &mut folded);
            assert_eq!(folded, expected, "{text}");
        }
    }

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
            ("الصَّدر", "صدر"),
            ("2014", "2014"),
            ("16", "16"),
        ];
        assert_eq!(
            found,
            expected.map(|(word, folded)| (word.to_owned(), folded.to_owned()))
        );
        assert_eq!(words(" — ’ ").count(), 0);
    }
}
