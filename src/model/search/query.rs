//! A parsed query, the typos that are forgiven in it, and what it marks in a text.

use std::ops::Range;

use levenshtein_automata::{DFA, Distance, LevenshteinAutomatonBuilder};

use super::{dates::DateRanges, words};
use crate::time::fold::fold;

/// The most words of a query that are looked up.
const MOST_WORDS: usize = 8;
/// In a word of more letters than this, typos are not forgiven.
const LONGEST_WORD: usize = 32;
/// Texts are searched for at least this many letters: every text contains every single letter.
const SHORTEST_IN_TEXT: usize = 2;

/// Builds the automata that forgive typos.
pub(super) struct Typos([LevenshteinAutomatonBuilder; 2]);

impl Typos {
    pub(super) fn new() -> Self {
        Self([1, 2].map(|edits| LevenshteinAutomatonBuilder::new(edits, true)))
    }

    /// The automaton that accepts words whose beginning is `word` with typos; `None` where none are
    /// forgiven: in short words and in numbers, where every letter counts, and past
    /// [`LONGEST_WORD`] letters (each letter takes up to 100 kB in the automaton).
    fn automaton(&self, word: &str) -> Option<DFA> {
        let [one, two] = &self.0;
        if word.contains(char::is_numeric) {
            return None;
        }
        match word.chars().count() {
            4..=7 => Some(one.build_prefix_dfa(word)),
            8..=LONGEST_WORD => Some(two.build_prefix_dfa(word)),
            _ => None,
        }
    }
}

/// A parsed query.
pub struct Query {
    /// The query as it was typed, folded; for searching texts.
    pub(super) phrase: String,
    pub(super) words: Vec<(String, Option<DFA>)>,
    /// The time that it names.
    pub(super) dates: Option<DateRanges>,
    /// The query taken apart into words and a time that events must have, too: `Sadr 2014`.
    pub(super) apart: Option<Box<Self>>,
}

impl Query {
    pub(super) fn of(query: &str, typos: &Typos) -> Self {
        let mut phrase = String::new();
        fold(query.trim(), &mut phrase);
        let words = words::words(query).take(MOST_WORDS);
        let words = words.map(|word| {
            let word = word.folded.into_owned();
            let typos = typos.automaton(&word);
            (word, typos)
        });
        let dates = DateRanges::of(query.trim());
        let apart = match dates {
            Some(_) => None,
            None => Self::apart(query, typos).map(Box::new),
        };
        Self {
            words: words.collect(),
            phrase,
            dates,
            apart,
        }
    }

    /// The words of a query that begins or ends with a time, the longest there is, and that time.
    fn apart(query: &str, typos: &Typos) -> Option<Self> {
        let words: Vec<&str> = query.split_whitespace().take(MOST_WORDS + 1).collect();
        if !(2..=MOST_WORDS).contains(&words.len()) || !query.contains(char::is_numeric) {
            return None;
        }
        (1..words.len()).find_map(|at| {
            let (head, tail) = words.split_at_checked(at)?;
            let (front, back) = words.split_at_checked(words.len() - at)?;
            let (rest, dates) = match DateRanges::of(&tail.join(" ")) {
                Some(dates) => (head, dates),
                None => (back, DateRanges::of(&front.join(" "))?),
            };
            let words = Self::of(&rest.join(" "), typos);
            Some(Self {
                dates: Some(dates),
                apart: None,
                ..words
            })
        })
    }

    /// The same without typos: for results that match exactly.
    #[must_use]
    pub fn exact(mut self) -> Self {
        for (_, typos) in &mut self.words {
            *typos = None;
        }
        self
    }

    /// Whether it names a time.
    pub const fn is_date(&self) -> bool {
        self.dates.is_some()
    }

    pub(super) fn is_for_texts(&self) -> bool {
        self.phrase.chars().count() >= SHORTEST_IN_TEXT
    }

    /// The parts of a title or name to highlight, as ranges of bytes: the beginning of a word that
    /// matches or, with typos, the whole word.
    pub fn marks(&self, title: &str) -> Vec<Range<usize>> {
        self.marked(title, false)
    }

    /// The parts of a text to highlight, as ranges of bytes: the query as it was typed, else its
    /// words, and words that contain one of them.
    pub fn marks_in_text(&self, text: &str) -> Vec<Range<usize>> {
        let phrases = self.phrases(text);
        if phrases.is_empty() {
            return self.marked(text, self.is_for_texts());
        }
        phrases
    }

    /// Where a query of several words stands in a text as it was typed.
    fn phrases(&self, text: &str) -> Vec<Range<usize>> {
        let terms = self.words.len();
        if terms < 2 {
            return Vec::new();
        }
        let all: Vec<words::Word<'_>> = words::words(text).collect();
        let is_phrase = |words: &[words::Word<'_>]| {
            let mut each = words.iter().zip(&self.words).enumerate();
            each.all(|(at, (word, (term, _)))| match at {
                0 => word.folded.ends_with(term.as_str()),
                _ if at + 1 == terms => word.folded.starts_with(term.as_str()),
                _ => word.folded == *term,
            })
        };
        let phrases = all.windows(terms).filter(|words| is_phrase(words));
        phrases
            .filter_map(|words| Some(words.first()?.range.start..words.last()?.range.end))
            .collect()
    }

    fn marked(&self, text: &str, is_text: bool) -> Vec<Range<usize>> {
        let mark = |word: words::Word<'_>| {
            let written = text.get(word.range.clone())?;
            let terms = || self.words.iter().map(|(term, _)| term.as_str());
            let is_beginning = |term: &&str| {
                let bare = word.without_article();
                word.folded.starts_with(term) || bare.is_some_and(|bare| bare.starts_with(term))
            };
            let is_alike =
                |typos: &DFA| matches!(typos.eval(word.folded.as_bytes()), Distance::Exact(_));
            // The longest beginning is preferred to a match with typos or inside the word.
            let length = if let Some(term) = terms().filter(is_beginning).max_by_key(|it| it.len())
            {
                beginning(written, term)
            } else if self
                .words
                .iter()
                .filter_map(|(_, typos)| typos.as_ref())
                .any(is_alike)
                || is_text && terms().any(|term| word.folded.contains(term))
            {
                written.len()
            } else {
                return None;
            };
            Some(word.range.start..word.range.start + length)
        };
        words::words(text).filter_map(mark).collect()
    }
}

/// The length in bytes of the beginning of `word` that matches `term`; the whole word in scripts
/// whose letters are joined, which must not be split.
fn beginning(word: &str, term: &str) -> usize {
    if word.chars().any(|c| ('\u{590}'..'\u{900}').contains(&c)) {
        return word.len();
    }
    let mut folded = String::new();
    for (at, c) in word.char_indices() {
        if folded.len() >= term.len() && !unicode_normalization::char::is_combining_mark(c) {
            return at;
        }
        fold(c.encode_utf8(&mut [0; 4]), &mut folded);
    }
    word.len()
}
