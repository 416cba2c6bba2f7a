//! The ids of the lists: which entry has which, and which one a link meant.
//!
//! Every list of a file (events, lanes, people, places, sources, lessons) has a set of ids of its
//! own. An id may be absent; then it is made from the title. One that stands twice stays with the
//! first, and the second gets a number. Events settle their ids by the same rules in
//! `check::events`, where a million of them are not held twice.

use std::borrow::Cow;
use std::collections::{HashMap, hash_map};

use super::faults::{Faults, Trail, quoted};
use crate::model::nearest;

/// How many names are compared in all to find the nearest. Spent on 100,000 events with a broken
/// link each, they and the places took 0.15 s more than the clean file did. Beyond that a file has
/// so much wrong that guesses don't help.
const MAX_COMPARISONS: usize = 500_000;

/// What a list of the file is called.
#[derive(Clone, Copy, Debug)]
pub struct Noun {
    /// The field that holds the list: `people`.
    pub list: &'static str,
    /// One of it: `person`.
    pub one: &'static str,
    /// The field that an id is made from: `name`.
    pub label: &'static str,
}

impl Noun {
    /// Says that an entry can't be distinguished from others.
    fn say_nameless(self, position: u32, faults: &mut Faults) {
        let Self { list, one, label } = self;
        faults.warning(&Trail::TOP.key(list).index(position), || {
            let nameless = format!("this {one} has neither \"id\" nor \"{label}\"");
            (nameless, "give it both, or take it out")
        });
    }

    /// Says that an entry's id is taken, and which it gets instead.
    pub fn say_doubled(self, position: u32, given: &str, own: &str, faults: &mut Faults) {
        let list = Trail::TOP.key(self.list);
        faults.error(&list.index(position).key("id"), || {
            let taken = format!("another {} has the id {} already", self.one, quoted(given));
            let own = quoted(own);
            (
                taken,
                format!("choose another id; here it is called {own} for now"),
            )
        });
    }
}

/// Ids that a link may name.
pub trait Known {
    /// What one entry is called.
    fn noun(&self) -> Noun;
    /// The position of the entry with this id.
    fn find(&self, id: &str) -> Option<u32>;
    /// How many there are.
    fn count(&self) -> usize;
    /// All of them, in any order.
    fn ids(&self) -> impl Iterator<Item = &str>;
}

/// One entry of a list, as far as its name goes.
#[derive(Clone, Debug)]
pub struct Entry<'a> {
    /// Its position in the file.
    pub position: u32,
    /// The id that the file gives it.
    pub id: Option<Cow<'a, str>>,
    /// What an id is made from where the file gives none.
    pub label: Cow<'a, str>,
}

/// The ids of one list.
#[derive(Debug)]
pub struct Names<'a> {
    noun: Noun,
    /// The position of each id among the rows that were read.
    by_id: HashMap<Cow<'a, str>, u32>,
}

impl<'a> Names<'a> {
    /// Gives each entry an id of its own, and reports those that were taken. The ids come in the
    /// order of the entries.
    pub fn claim(noun: Noun, entries: Vec<Entry<'a>>, faults: &mut Faults) -> (Self, Vec<String>) {
        let mut names = Self {
            noun,
            by_id: HashMap::with_capacity(entries.len()),
        };
        let mut ids = vec![None; entries.len()];
        let mut unsettled = Vec::new();
        // Given ids go first: a made one must not take the id that a later entry was given.
        for ((row, entry), id) in (0u32..).zip(entries).zip(&mut ids) {
            if entry.id.is_none() && entry.label.is_empty() {
                noun.say_nameless(entry.position, faults);
            }
            let given = entry.id.filter(|given| !given.trim().is_empty());
            let Some(given) = given else {
                unsettled.push((row, Cow::Owned(slug(&entry.label, noun.one)), None));
                continue;
            };
            match names.by_id.entry(given) {
                hash_map::Entry::Occupied(taken) => {
                    unsettled.push((row, taken.key().clone(), Some(entry.position)));
                }
                hash_map::Entry::Vacant(free) => {
                    *id = Some(free.key().clone().into_owned());
                    free.insert(row);
                }
            }
        }
        let mut counts = HashMap::new();
        for (row, base, doubled_at) in unsettled {
            let own = free_id(&base, &mut counts, |id| names.by_id.contains_key(id));
            if let Some(position) = doubled_at {
                noun.say_doubled(position, &base, &own, faults);
            }
            names.by_id.insert(Cow::Owned(own.clone()), row);
            if let Some(id) = ids.get_mut(row as usize) {
                *id = Some(own);
            }
        }
        (
            names,
            ids.into_iter().map(Option::unwrap_or_default).collect(),
        )
    }

    /// Adds an id that is not listed.
    pub fn add(&mut self, id: Cow<'a, str>, row: u32) {
        self.by_id.insert(id, row);
    }
}

impl Known for Names<'_> {
    fn noun(&self) -> Noun {
        self.noun
    }

    fn find(&self, id: &str) -> Option<u32> {
        self.by_id.get(id).copied()
    }

    fn count(&self) -> usize {
        self.by_id.len()
    }

    fn ids(&self) -> impl Iterator<Item = &str> {
        self.by_id.keys().map(|id| &**id)
    }
}

/// Looks for the name that was meant, within a budget for the whole file.
#[derive(Debug)]
pub struct Suggestions {
    left: usize,
}

impl Default for Suggestions {
    fn default() -> Self {
        Self {
            left: MAX_COMPARISONS,
        }
    }
}

impl Suggestions {
    /// What to do about an id that isn't there.
    pub fn help(&mut self, wanted: &str, names: &impl Known) -> String {
        let Noun { list, one, .. } = names.noun();
        let near = if names.count() <= self.left {
            self.left -= names.count();
            // The map has no order of its own: of equally near names the first by letter is said.
            nearest(wanted, names.ids())
        } else {
            None
        };
        match near {
            Some(near) => format!("did you mean {}?", quoted(near)),
            None if names.count() == 0 => {
                format!("add the {one} to \"{list}\", or take the id out")
            }
            None => format!("write one of the ids in \"{list}\", or take this one out"),
        }
    }
}

/// This id or, where it is taken, the first free one with a number behind it. The counts remember
/// how far each was numbered, so that a million events of one title take no million tries each.
pub fn free_id(
    base: &str,
    counts: &mut HashMap<String, u32>,
    is_taken: impl Fn(&str) -> bool,
) -> String {
    if !is_taken(base) {
        return base.to_owned();
    }
    if !counts.contains_key(base) {
        counts.insert(base.to_owned(), 1);
    }
    loop {
        let count = counts.get_mut(base).map_or(u32::MAX, |count| {
            *count = count.saturating_add(1);
            *count
        });
        let numbered = format!("{base}-{count}");
        if !is_taken(&numbered) {
            return numbered;
        }
    }
}

/// An id made from a title: small letters and digits of any script, with hyphens between words.
pub fn slug(title: &str, fallback: &str) -> String {
    /// Long enough to tell events apart, short enough to be typed.
    const MAX_CHARS: usize = 60;
    let mut slug = String::new();
    let mut count = 0;
    for word in title
        .split(|c: char| !c.is_alphanumeric())
        .filter(|word| !word.is_empty())
    {
        let chars = if word.is_ascii() {
            word.len()
        } else {
            word.chars().count()
        };
        if count > 0 && count + 1 + chars > MAX_CHARS {
            break;
        }
        if count > 0 {
            slug.push('-');
        }
        if word.is_ascii() {
            let start = slug.len();
            slug.push_str(word.get(..MAX_CHARS).unwrap_or(word));
            if let Some(own) = slug.get_mut(start..) {
                own.make_ascii_lowercase();
            }
        } else {
            slug.extend(word.chars().take(MAX_CHARS).flat_map(char::to_lowercase));
        }
        count += 1 + chars;
    }
    if slug.is_empty() {
        fallback.to_owned()
    } else {
        slug
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const EVENTS: Noun = Noun {
        list: "events",
        one: "event",
        label: "title",
    };

    #[test]
    fn slugs() {
        for (title, expected) in [
            ("Khazali is released", "khazali-is-released"),
            ("  «Mosul», 2016!  ", "mosul-2016"),
            ("الموصل 2014", "الموصل-2014"),
            ("…", "event"),
            ("", "event"),
        ] {
            assert_eq!(slug(title, "event"), expected, "{title}");
        }
        assert!(slug(&"long ".repeat(100), "event").chars().count() <= 60);
    }

    #[test]
    fn every_entry_gets_an_id_of_its_own() {
        let entries = [
            (None, "Mosul"),
            (Some("mosul"), "given"),
            (Some("mosul"), "doubled"),
            (None, "Mosul"),
            (Some("mosul-2"), "given too"),
            (Some(" "), "Blank"),
        ];
        let entries = (0u32..).zip(entries).map(|(position, (id, label))| Entry {
            position,
            id: id.map(Cow::Borrowed),
            label: label.into(),
        });
        let mut faults = Faults::default();
        let (names, ids) = Names::claim(EVENTS, entries.collect(), &mut faults);
        assert_eq!(
            ids,
            ["mosul-3", "mosul", "mosul-4", "mosul-5", "mosul-2", "blank"]
        );
        assert_eq!(names.find("mosul"), Some(1));
        assert_eq!(names.find("mosul-5"), Some(3));
        let said: Vec<_> = faults
            .listed
            .iter()
            .map(|fault| fault.path.to_string())
            .collect();
        assert_eq!(said, ["events[2].id"]);
    }
}
