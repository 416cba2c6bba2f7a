//! SEARCH: which events, people, places and tags match a query.
//!
//! Every word of a title or a name is in a dictionary (a finite state transducer), with the things
//! (events, people, places, tags) that contain it. A word of the query matches itself and the words
//! that begin with it. In this order are found: where the query names a time, the events that begin
//! or end in it; things with all words in their names; the events of the people, places and tags
//! among them; events whose summary or details, and people whose summary, contain the query as it
//! was typed. Where no such thing is, a query is taken apart into words and a time: *Sadr 2014*.
//!
//! Only where nothing at all matches, what is near: words whose beginning is within a
//! Damerau-Levenshtein distance of one (from four letters) or two (from eight), so that typos are
//! forgiven, and events that overlap the time. The dictionary is walked along an automaton of that
//! distance (Schulz and Mihov, 2002), so the cost depends on the number of words found, not of
//! events.
//!
//! ```text
//! "khazli"  →  khazali (one letter is missing)  →  Qais al-Khazali · Khazali released · …
//! ```
//!
//! Everything is compared in a [folded](crate::time::fold) form. When to search and how results look
//! is decided elsewhere.

mod dates;
mod dictionary;
mod found;
mod matched;
mod query;
mod words;

pub use found::{Found, SearchResults, Subject};
pub use query::Query;

use std::sync::Arc;

use fst::{IntoStreamer as _, Map, Streamer as _, automaton::Automaton};
use levenshtein_automata::{DFA, Distance};
use memchr::memmem::Finder;

use super::{EventId, EventSet, PersonId, PlaceId, TagId, Timeline};
use crate::time::fold::fold;
use dates::Match;
use dictionary::Dictionary;
use matched::Matched;
use query::Typos;

/// The most results that are returned; a person reads a dozen.
pub const MOST_FOUND: usize = 200;
/// The grade of a matching word, lower is better: the same word…
const SAME: u8 = 0;
/// …a longer word that begins with it…
const BEGINNING: u8 = 1;
/// …or this much for each wrong letter.
const WRONG_LETTER: u8 = 4;
/// The grade of an event that begins in the time that was named…
const BEGINS: u8 = 0;
/// …or ends in it…
const ENDS: u8 = 1;
/// …or may be of it. Events are found so only where nothing matches exactly.
const MEANWHILE: u8 = 2;
/// The least grade of what was found by its name…
const NAMED: u8 = 3;
/// …and the greatest.
const MOST_NAMED: u8 = 170;
/// The grade of the events of someone or something that was found by name.
const WITH: u8 = 180;
/// The grade of a match in a summary or details only.
const IN_TEXT: u8 = 200;
/// The grade of what was not found.
const NONE: u8 = u8::MAX;
/// A search checks for cancellation after this many events.
const EVENTS_A_LOOK: usize = 1 << 14;

/// Whether a search returns what matches a query, or what is near it.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Nearness {
    Exact,
    /// With typos, and of a time that overlaps the one that was named.
    Near,
}

/// A match, ordered by how good it is.
#[derive(PartialEq, Eq, PartialOrd, Ord)]
struct Hit {
    grade: u8,
    unimportance: u8,
    /// The number of the thing.
    number: u32,
}

/// The best grade of each thing, which also tells why it was found; [`NONE`] where it was not.
struct Grades(Vec<u8>);

impl Grades {
    fn improve(&mut self, number: usize, grade: u8) {
        if let Some(best) = self.0.get_mut(number) {
            *best = grade.min(*best);
        }
    }
}

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
            dictionary.add(event.date_label);
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
        Query::of(query, &self.typos)
    }

    /// Finds what matches a query; what is only near it where nothing matches. `is_wanted` is called
    /// now and then; once it is false, returns `None`.
    pub fn find(&self, query: &Query, is_wanted: impl Fn() -> bool) -> Option<SearchResults> {
        if query.words.is_empty() {
            return Some(SearchResults {
                events: EventSet::none(self.timeline.len()),
                ..SearchResults::default()
            });
        }
        let exact = self.find_as(query, Nearness::Exact, &is_wanted)?;
        if exact.count > 0 {
            return Some(exact);
        }
        if let Some(apart) = &query.apart {
            let found = self.find_apart(apart, &is_wanted)?;
            if found.count > 0 {
                return Some(found);
            }
        }
        self.find_as(query, Nearness::Near, &is_wanted)
    }

    /// The events that match words and are of a time.
    fn find_apart(&self, query: &Query, is_wanted: &impl Fn() -> bool) -> Option<SearchResults> {
        let matched = self.matched(query, Nearness::Exact, is_wanted)?;
        let is_named = |number: usize| matched.is_named(number);
        let mut grades = self.grade_words(query, Nearness::Exact, &matched, is_wanted)?;
        for (number, grade) in grades.0.iter_mut().enumerate() {
            let event = EventId::from_index(number).filter(|_| number < self.timeline.len());
            let dates = query.dates.as_ref().filter(|_| *grade != NONE);
            let date = dates.and_then(|dates| dates.matches(&self.timeline, event?));
            if !matches!(date, Some(Match::Begins | Match::Ends)) {
                *grade = NONE;
            }
        }
        Some(self.results(&grades, Nearness::Exact, &is_named))
    }

    fn find_as(
        &self,
        query: &Query,
        nearness: Nearness,
        is_wanted: &impl Fn() -> bool,
    ) -> Option<SearchResults> {
        let matched = self.matched(query, nearness, is_wanted)?;
        let is_named = |number: usize| matched.is_named(number);
        let mut grades = self.grade_words(query, nearness, &matched, is_wanted)?;
        if let Some(dates) = &query.dates {
            for event in self.timeline.events() {
                let grade = match dates.matches(&self.timeline, event) {
                    Some(Match::Begins) => BEGINS,
                    Some(Match::Ends) => ENDS,
                    Some(Match::Near) if nearness == Nearness::Near => MEANWHILE,
                    _ => continue,
                };
                grades.improve(event.index(), grade);
            }
        }
        if !is_wanted() {
            return None;
        }
        Some(self.results(&grades, nearness, &is_named))
    }

    /// Grades what has the words of a query: in its names, by someone with it, in its texts.
    fn grade_words(
        &self,
        query: &Query,
        nearness: Nearness,
        matched: &Matched,
        is_wanted: &impl Fn() -> bool,
    ) -> Option<Grades> {
        let mut grades = Grades(vec![NONE; self.things_in_all()]);
        for &(number, grade) in &matched.named {
            grades.improve(number as usize, NAMED.saturating_add(grade).min(MOST_NAMED));
        }
        for event in self
            .with_subjects(&|number| matched.is_named(number))
            .iter()
        {
            grades.improve(event.index(), WITH);
        }
        if nearness == Nearness::Exact {
            self.grade_texts(query, &mut grades, is_wanted)?;
        }
        Some(grades)
    }

    /// The results of the graded things.
    fn results(
        &self,
        grades: &Grades,
        nearness: Nearness,
        is_named: &impl Fn(usize) -> bool,
    ) -> SearchResults {
        let events = self.timeline.len();
        let mut hits: Vec<Hit> = Vec::new();
        let mut set = EventSet::none(events);
        for (number, &grade) in grades.0.iter().enumerate() {
            if grade == NONE {
                continue;
            }
            let event = EventId::from_index(number).filter(|_| number < events);
            if let Some(event) = event {
                set.insert(event);
            }
            hits.push(Hit {
                grade,
                unimportance: match event {
                    Some(event) => self.unimportance(event),
                    // Names are few and looked for most, so they come before events of their grade.
                    None if grade < IN_TEXT => 0,
                    None => u8::MAX,
                },
                number: number as u32,
            });
        }
        let count = hits.len();
        if count > MOST_FOUND {
            hits.select_nth_unstable(MOST_FOUND);
            hits.truncate(MOST_FOUND);
        }
        hits.sort_unstable();
        let best = hits.iter().filter_map(|hit| self.found(hit, is_named));
        SearchResults {
            best: best.collect(),
            count,
            events: set,
            is_near: nearness == Nearness::Near,
        }
    }

    /// Grades what has the query in its texts as it was typed.
    fn grade_texts(
        &self,
        query: &Query,
        grades: &mut Grades,
        is_wanted: &impl Fn() -> bool,
    ) -> Option<()> {
        if !query.is_for_texts() {
            return Some(());
        }
        let finder = Finder::new(&query.phrase);
        let length = query.phrase.len();
        let mut begin = 0;
        for (chunk, ends) in self.text_ends.chunks(EVENTS_A_LOOK).enumerate() {
            if !is_wanted() {
                return None;
            }
            let last = ends.last().copied().unwrap_or(begin);
            let mut at = begin;
            while let Some(found) = self
                .texts
                .get(at..last)
                .and_then(|texts| finder.find(texts.as_bytes()))
            {
                let start = at + found;
                let thing = ends.partition_point(|end| *end <= start);
                let end = ends.get(thing).copied().unwrap_or(last);
                // Not where it begins in one text and ends in the next.
                if start + length <= end {
                    grades.improve(chunk * EVENTS_A_LOOK + thing, IN_TEXT);
                }
                at = end;
            }
            begin = last;
        }
        Some(())
    }

    /// How many things there are: events, people, places and tags.
    fn things_in_all(&self) -> usize {
        let timeline = &self.timeline;
        let others = timeline.people().len() + timeline.places().len();
        timeline.len() + others + timeline.tags().len()
    }

    /// Which things have all words of a query in their names.
    fn matched(
        &self,
        query: &Query,
        nearness: Nearness,
        is_wanted: &impl Fn() -> bool,
    ) -> Option<Matched> {
        let wanted = query.words.len() as u8;
        let mut matched = Matched::none(wanted);
        for (number, (word, typos)) in (0u8..).zip(&query.words) {
            let typos = typos.as_ref().filter(|_| nearness == Nearness::Near);
            let alike = self.alike(word, typos);
            if alike.is_empty() {
                // Nothing has all words.
                return Some(Matched::none(wanted));
            }
            if number == 0 {
                matched.so_far = vec![(0, 0); self.things_in_all()];
            }
            for (grade, word) in alike {
                for &thing in self.things_of(word) {
                    matched.meet(thing, number, grade);
                }
            }
            if !is_wanted() {
                return None;
            }
        }
        Some(matched)
    }

    /// The events that have someone or something that was found by name.
    fn with_subjects(&self, is_named: &impl Fn(usize) -> bool) -> EventSet {
        let timeline = &self.timeline;
        let mut with = EventSet::none(timeline.len());
        let (people, places) = (timeline.len(), timeline.len() + timeline.people().len());
        let tags = places + timeline.places().len();
        if (people..places).any(is_named) {
            insert(&mut with, timeline.with_people(), |id| {
                is_named(people + id.index())
            });
        }
        if (places..tags).any(is_named) {
            insert(&mut with, timeline.with_places(), |id| {
                is_named(places + id.index())
            });
        }
        if (tags..tags + timeline.tags().len()).any(is_named) {
            insert(&mut with, timeline.with_tags(), |id| {
                is_named(tags + id.index())
            });
        }
        with
    }

    /// The result of a hit.
    fn found(&self, hit: &Hit, is_named: &impl Fn(usize) -> bool) -> Option<Found> {
        let number = hit.number as usize;
        let events = self.timeline.len();
        if let Some(number) = number.checked_sub(events) {
            let subject = self.subject(number)?;
            return Some(match (subject, hit.grade) {
                (Subject::Person(person), IN_TEXT) => Found::PersonText(person),
                (Subject::Person(person), _) => Found::Person(person),
                (Subject::Place(place), _) => Found::Place(place),
                (Subject::Tag(tag), _) => Found::Tag(tag),
            });
        }
        let event = EventId::from_index(number)?;
        Some(match hit.grade {
            BEGINS | ENDS | MEANWHILE => Found::Date(event),
            IN_TEXT => Found::Text(event),
            NAMED..=MOST_NAMED => Found::Event(event),
            _ => {
                let it = self.timeline.event(event);
                let people = it.people.iter().copied().map(Subject::Person);
                let all = people.chain(it.place.map(Subject::Place));
                let mut all = all.chain(it.tags.iter().copied().map(Subject::Tag));
                let subject = all.find(|subject| is_named(events + self.number(*subject)))?;
                Found::With(event, subject)
            }
        })
    }

    /// Someone or something by its number after those of the events.
    fn subject(&self, number: usize) -> Option<Subject> {
        let people = self.timeline.people().len();
        let Some(place) = number.checked_sub(people) else {
            return PersonId::from_index(number).map(Subject::Person);
        };
        match place.checked_sub(self.timeline.places().len()) {
            None => PlaceId::from_index(place).map(Subject::Place),
            Some(tag) => TagId::from_index(tag).map(Subject::Tag),
        }
    }

    /// The number of someone or something after those of the events.
    fn number(&self, subject: Subject) -> usize {
        let people = self.timeline.people().len();
        match subject {
            Subject::Person(person) => person.index(),
            Subject::Place(place) => people + place.index(),
            Subject::Tag(tag) => people + self.timeline.places().len() + tag.index(),
        }
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
        // In a word that matches exactly, no typos are forgiven.
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

    fn unimportance(&self, event: EventId) -> u8 {
        6 - self.timeline.importance(event).min(6)
    }
}

/// Inserts the events that have one of the wanted people, places or tags.
fn insert<'a, Id: Copy + 'a>(
    events: &mut EventSet,
    having: impl Iterator<Item = (EventId, &'a [Id])>,
    is_wanted: impl Fn(Id) -> bool,
) {
    for (event, ids) in having {
        if ids.iter().any(|id| is_wanted(*id)) {
            events.insert(event);
        }
    }
}

#[cfg(test)]
mod tests;
