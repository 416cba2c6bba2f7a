//! Looking for something by its words: what is asked for, and the way back.

use super::{Stage, State, trail::View};
use crate::model::{Facet, Filter, search::Found};

/// A search that is open.
#[derive(Clone, Debug, PartialEq)]
pub struct Seeking {
    /// What was typed.
    pub words: String,
    /// Which result is chosen, from the first.
    pub row: usize,
    /// Counts up when the field is to have the keyboard.
    pub asked: u32,
    /// The result that one has gone to.
    taken: Option<Found>,
    /// Whether one has gone to any.
    has_gone: bool,
    before: View,
}

impl Seeking {
    /// The result that one has gone to.
    pub fn taken(&self) -> Option<Found> {
        self.taken
    }

    /// The way back and the result that one has gone to are of another timeline: from now on it is back
    /// to this view.
    pub(super) fn forget(&mut self, view: View) {
        (self.taken, self.row, self.has_gone) = (None, 0, false);
        self.before = view;
    }
}

impl State {
    /// Opens the search, or gives its field the keyboard.
    pub(super) fn search(&mut self) {
        let before = self.view();
        let seeking = self.seeking.get_or_insert_with(|| Seeking {
            words: String::new(),
            row: 0,
            asked: 0,
            taken: None,
            has_gone: false,
            before,
        });
        // Counted over all searches: the field of a new one is another asking, too.
        self.searches += 1;
        seeking.asked = self.searches;
    }

    /// Asks for other words.
    pub(super) fn seek(&mut self, words: &str) {
        if let Some(seeking) = &mut self.seeking {
            words.clone_into(&mut seeking.words);
            (seeking.row, seeking.taken) = (0, None);
        }
    }

    /// Goes to a result; where one is there already, the search closes and one stays.
    pub(super) fn take(&mut self, found: Found, stage: &Stage<'_>) {
        let Some(seeking) = &mut self.seeking else {
            return;
        };
        if seeking.taken == Some(found) {
            self.seeking = None;
            return;
        }
        (seeking.taken, seeking.has_gone) = (Some(found), true);
        match found {
            Found::Event(event) | Found::Text(event) => {
                self.choose(event, stage);
                self.visit(event, stage);
            }
            Found::Person(person) => self.see_all_of(person, stage),
            Found::Place(place) => self.filter = Filter::only(Facet::Place(place)),
            Found::Tag(tag) => self.filter = Filter::only(Facet::Tag(tag)),
        }
    }

    /// Closes the search; who has gone to a result gets the earlier view back.
    pub(super) fn stop_seeking(&mut self, stage: &Stage<'_>) {
        let Some(seeking) = self.seeking.take() else {
            return;
        };
        if !seeking.has_gone {
            return;
        }
        self.restore(seeking.before, stage);
    }
}
