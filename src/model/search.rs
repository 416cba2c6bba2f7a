//! SEARCH: which events, people, places and tags match a query.
//!
//! Every word of a title or a name is in a dictionary (a finite state transducer), with the things
//! (events, people, places, tags) that contain it. A word of the query matches itself and the words
//! that begin with it; where there are none, those whose beginning is within a Damerau-Levenshtein
//! distance of one (from four letters) or two (from eight): typos are forgiven. The dictionary is
//! walked along an automaton of that distance (Schulz and Mihov, 2002), so the cost depends on the
//! number of words found, not of events. Things with all words in their names come first; then
//! events whose summary or details, and people whose summary, contain the query as it was typed.
//!
//! ```text
//! "khazli"  →  khazali (one letter is missing)  →  Qais al-Khazali · Khazali released · …
//! ```
//!
//! Everything is compared in a [folded](crate::time::fold) form. When to search and how results look is decided
//! elsewhere.

mod words;

use std::{collections::HashMap, ops::Range, sync::Arc};

use foldhash::fast::RandomState;
use fst::{IntoStreamer as _, Map, Streamer as _, automaton::Automaton};
use levenshtein_automata::{DFA, Distance, LevenshteinAutomatonBuilder};
use memchr::memmem::Finder;

use super::{EventId, EventSet, PersonId, PlaceId, TagId, Timeline};
use crate::time::fold::fold;

/// One search result.
#[derive(Copy, Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Found {
    /// A person, by name or by summary.
    Person(PersonId),
    /// A place, by name.
    Place(PlaceId),
    /// A tag.
    Tag(TagId),
    /// An event, by its title.
    Event(EventId),
    /// An event, by its summary or details.
    Text(EventId),
}

impl Found {
    /// The event, if it is one.
    pub const fn event(self) -> Option<EventId> {
        match self {
            Self::Event(event) | Self::Text(event) => Some(event),
            Self::Person(_) | Self::Place(_) | Self::Tag(_) => None,
        }
    }
}

/// The results of a search, best first.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct SearchResults {
    /// The best results: [`MOST_FOUND`] at most.
    pub best: Vec<Found>,
    /// How many results there are in all.
    pub count: usize,
    /// All events that were found.
    pub events: EventSet,
}

/// The most results that are returned; a person reads a dozen.
pub const MOST_FOUND: usize = 200;
/// The most words of a query that are looked up.
const MOST_WORDS: usize = 8;
/// In a word of more letters than this, typos are not forgiven.
const LONGEST_WORD: usize = 32;
/// The grade of a matching word, lower is better: the same word…
const SAME: u8 = 0;
/// …a longer word that begins with it…
const BEGINNING: u8 = 1;
/// …or this much for each wrong letter.
const WRONG_LETTER: u8 = 4;
/// The grade of a match in a summary or details only.
const IN_TEXT: u8 = 200;
/// Texts are searched for at least this many letters: every text contains every single letter.
const SHORTEST_IN_TEXT: usize = 2;
/// A search checks for cancellation after this many events.
const EVENTS_A_LOOK: usize = 1 << 14;

/// The search index of a timeline.
pub struct SearchIndex {
    timeline: Arc<Timeline>,
    /// The number of each word, in alphabetical order.
    words: Map<Vec<u8>>,
    /// Where the things of each word begin in `things`, and where the last word's end.
    firsts: Vec<u32>,
    /// The numbers of things, word by word: events come first, then people, places and tags.
    things: Vec<u32>,
    /// Summary and details of each event, then the summary of each person, folded; and where each
    /// one's text ends.
    texts: String,
    text_ends: Vec<usize>,
    typos: Typos,
}

impl std::fmt::Debug for SearchIndex {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("SearchIndex")
            .field("words", &self.words.len())
            .finish_non_exhaustive()
    }
}

/// Builds the automata that forgive typos.
struct Typos([LevenshteinAutomatonBuilder; 2]);

impl Typos {
    fn new() -> Self {
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
    phrase: String,
    words: Vec<(String, Option<DFA>)>,
}

impl SearchIndex {
    /// Builds the index. `is_wanted` is called now and then; once it is false, returns `None`.
    pub fn of(timeline: Arc<Timeline>, is_wanted: impl Fn() -> bool) -> Option<Self> {
        let mut dictionary = Dictionary::default();
        let mut texts = String::new();
        let mut text_ends = Vec::with_capacity(timeline.len());
        for id in timeline.events() {
            if id.index() % EVENTS_A_LOOK == 0 && !is_wanted() {
                return None;
            }
            let event = timeline.event(id);
            dictionary.add(event.title);
            dictionary.add(event.short);
            dictionary.next();
            fold(event.summary, &mut texts);
            texts.push('\n');
            fold(event.details, &mut texts);
            text_ends.push(texts.len());
        }
        // In the order of the things: people come after events.
        for person in timeline.people() {
            fold(&person.summary, &mut texts);
            text_ends.push(texts.len());
        }
        let people = timeline.people().iter();
        let places = timeline.places().iter();
        let names = people.map(|it| [&it.name, &it.native_name]);
        for names in names.chain(places.map(|it| [&it.name, &it.native_name])) {
            for name in names {
                dictionary.add(name);
            }
            dictionary.next();
        }
        for tag in timeline.tags() {
            dictionary.add(tag);
            dictionary.next();
        }
        texts.shrink_to_fit();
        let (words, firsts, things) = dictionary.sorted();
        Some(Self {
            timeline,
            words,
            firsts,
            things,
            texts,
            text_ends,
            typos: Typos::new(),
        })
    }

    /// The timeline that is indexed.
    pub fn timeline(&self) -> &Arc<Timeline> {
        &self.timeline
    }

    /// How much memory it takes, in bytes.
    pub fn size(&self) -> usize {
        self.words.as_fst().size()
            + 4 * (self.firsts.len() + self.things.len())
            + self.texts.len()
            + size_of::<usize>() * self.text_ends.len()
    }

    /// Parses a query.
    pub fn query(&self, query: &str) -> Query {
        let mut phrase = String::new();
        fold(query.trim(), &mut phrase);
        let words = words::words(query).take(MOST_WORDS);
        let words = words.map(|word| {
            let word = word.folded.into_owned();
            let typos = self.typos.automaton(&word);
            (word, typos)
        });
        Query {
            words: words.collect(),
            phrase,
        }
    }

    /// Finds what matches a query. `is_wanted` is called now and then; once it is false, returns
    /// `None`.
    pub fn find(&self, query: &Query, is_wanted: impl Fn() -> bool) -> Option<SearchResults> {
        let events = self.timeline.len();
        let others = self.timeline.people().len() + self.timeline.places().len();
        let all = events + others + self.timeline.tags().len();
        if query.words.is_empty() {
            return Some(SearchResults {
                events: EventSet::none(events),
                ..SearchResults::default()
            });
        }
        // How many of the words each thing has so far, and the sum of their grades.
        let mut matched: Vec<(u8, u8)> = vec![(0, 0); all];
        for (number, (word, typos)) in (0u8..).zip(&query.words) {
            for (grade, word) in self.alike(word, typos.as_ref()) {
                for &thing in self.things_of(word) {
                    if let Some(so_far) = matched.get_mut(thing as usize)
                        && so_far.0 == number
                    {
                        *so_far = (number + 1, so_far.1.saturating_add(grade));
                    }
                }
            }
            if !is_wanted() {
                return None;
            }
        }
        let wanted = query.words.len() as u8;
        let mut found: Vec<(u8, u8, Found)> = Vec::new();
        let mut set = EventSet::none(events);
        let finder = query.is_for_texts().then(|| Finder::new(&query.phrase));
        let mut before = 0;
        for (number, (count, grade)) in matched.iter().enumerate() {
            if number % EVENTS_A_LOOK == 0 && !is_wanted() {
                return None;
            }
            let end = self.text_ends.get(number).copied();
            let text = end.and_then(|end| self.texts.get(before..end));
            before = end.unwrap_or(before);
            if *count == wanted {
                found.extend(self.thing(number, *grade));
            } else if let (Some(finder), Some(text)) = (&finder, text)
                && finder.find(text.as_bytes()).is_some()
            {
                found.extend(self.by_text(number));
            } else {
                continue;
            }
            if let Some(event) = found.last().and_then(|(.., found)| found.event()) {
                set.insert(event);
            }
        }
        let count = found.len();
        if count > MOST_FOUND {
            found.select_nth_unstable(MOST_FOUND);
            found.truncate(MOST_FOUND);
        }
        found.sort_unstable();
        Some(SearchResults {
            best: found.into_iter().map(|(.., found)| found).collect(),
            count,
            events: set,
        })
    }

    /// The result for a match in a text, with its rank: events by importance, then people.
    fn by_text(&self, number: usize) -> Option<(u8, u8, Found)> {
        if let Some(person) = number.checked_sub(self.timeline.len()) {
            let person = PersonId::from_index(person)?;
            return Some((IN_TEXT, u8::MAX, Found::Person(person)));
        }
        let event = EventId::from_index(number)?;
        Some((IN_TEXT, self.unimportance(event), Found::Text(event)))
    }

    /// The dictionary's words that match a word, best first: each once, with its grade.
    fn alike(&self, word: &str, typos: Option<&DFA>) -> Vec<(u8, u64)> {
        let mut alike = Vec::new();
        let begins = fst::automaton::Str::new(word).starts_with();
        let mut stream = self.words.search(begins).into_stream();
        while let Some((other, number)) = stream.next() {
            let is_same = other.len() == word.len();
            alike.push((if is_same { SAME } else { BEGINNING }, number));
        }
        // Typos are only forgiven where nothing matches exactly.
        if let Some(typos) = typos.filter(|_| alike.is_empty()) {
            let mut stream = self.words.search(typos).into_stream();
            while let Some((other, number)) = stream.next() {
                if let Distance::Exact(edits) = typos.eval(other) {
                    alike.push((WRONG_LETTER * edits.max(1), number));
                }
            }
        }
        alike.sort_unstable();
        alike
    }

    fn things_of(&self, word: u64) -> &[u32] {
        let word = word as usize;
        let (from, to) = (self.firsts.get(word), self.firsts.get(word + 1));
        let range = from.zip(to).map(|(from, to)| *from as usize..*to as usize);
        range
            .and_then(|range| self.things.get(range))
            .unwrap_or_default()
    }

    /// A thing by its number, with its rank: its grade, then its importance (highest first).
    fn thing(&self, number: usize, grade: u8) -> Option<(u8, u8, Found)> {
        let timeline = &self.timeline;
        if let Some(event) = EventId::from_index(number).filter(|_| number < timeline.len()) {
            return Some((grade, self.unimportance(event), Found::Event(event)));
        }
        let number = number - timeline.len();
        let (people, places) = (timeline.people().len(), timeline.places().len());
        let person = PersonId::from_index(number).filter(|_| number < people);
        let place = number.checked_sub(people).filter(|number| *number < places);
        let tag = number
            .checked_sub(people + places)
            .and_then(TagId::from_index);
        let found = person
            .map(Found::Person)
            .or_else(|| place.and_then(PlaceId::from_index).map(Found::Place))
            .or_else(|| tag.map(Found::Tag));
        // Names are few and looked for most, so they come before events of the same grade.
        Some((grade, 0, found?))
    }

    fn unimportance(&self, event: EventId) -> u8 {
        6 - self.timeline.importance(event).min(6)
    }
}

impl Query {
    fn is_for_texts(&self) -> bool {
        self.phrase.chars().count() >= SHORTEST_IN_TEXT
    }

    /// The parts of a title or name to highlight, as ranges of bytes: the beginning of a word that
    /// matches or, with typos, the whole word.
    pub fn marks(&self, title: &str) -> Vec<Range<usize>> {
        self.marked(title, false)
    }

    /// The parts of a text to highlight, as ranges of bytes: also words that contain one that was
    /// typed.
    pub fn marks_in_text(&self, text: &str) -> Vec<Range<usize>> {
        self.marked(text, self.is_for_texts())
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

/// Collects words, with the things that contain them.
#[derive(Default)]
struct Dictionary {
    numbers: HashMap<Box<str>, u32, RandomState>,
    /// Pairs of word and thing.
    met: Vec<(u32, u32)>,
    thing: u32,
}

impl Dictionary {
    /// Adds the words of a text of the current thing.
    fn add(&mut self, text: &str) {
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
    fn next(&mut self) {
        self.thing += 1;
    }

    /// The words in alphabetical order, where the things of each begin, and the things.
    fn sorted(self) -> (Map<Vec<u8>>, Vec<u32>, Vec<u32>) {
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

#[cfg(test)]
mod tests;
