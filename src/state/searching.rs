//! What the commands of the search do.

use super::{Search, State, environment::CanvasGeometry};
use crate::model::{Facet, Filter, PersonId, search::Found};

impl State {
    /// Opens the search, or moves the keyboard focus into its field.
    pub(super) fn open_search(&mut self) {
        let before = self.view();
        let search = self.search.get_or_insert_with(|| Search {
            words: String::new(),
            row: 0,
            asked: 0,
            taken: None,
            has_gone: false,
            before,
        });
        // Counted over all searches, so that the field of a new one takes the focus too.
        self.searches += 1;
        search.asked = self.searches;
    }

    /// Changes the query.
    pub(super) fn set_query(&mut self, words: &str) {
        if let Some(search) = &mut self.search {
            words.clone_into(&mut search.words);
            (search.row, search.taken) = (0, None);
        }
    }

    /// Goes to a result; a second time, closes the search and keeps the view.
    pub(super) fn go_to_result(&mut self, found: Found, geometry: &CanvasGeometry<'_>) {
        let Some(search) = &mut self.search else {
            return;
        };
        if search.taken == Some(found) {
            self.search = None;
            return;
        }
        (search.taken, search.has_gone) = (Some(found), true);
        match found {
            Found::Date(event)
            | Found::Event(event)
            | Found::With(event, _)
            | Found::Text(event) => {
                self.choose(event, geometry);
                self.visit(event, geometry);
            }
            Found::Person(person) | Found::PersonText(person) => self.meet(person, geometry),
            Found::Place(place) => self.filter = Filter::only(Facet::Place(place)),
            Found::Tag(tag) => self.filter = Filter::only(Facet::Tag(tag)),
        }
    }

    /// Opens a person's card, follows them through the file if any event has them, and closes the
    /// search.
    fn meet(&mut self, person: PersonId, geometry: &CanvasGeometry<'_>) {
        let before = self.search.take().map(|search| search.before);
        self.uncover_story();
        self.person = Some(person);
        let timeline = &geometry.layout.timeline;
        if timeline.events_of_person(person).next().is_some() {
            self.before_following = before.map(|view| (person, view));
            self.see_all_of(person, geometry);
        }
    }

    /// Closes the search; if a result was gone to, restores the view from before the search.
    pub(super) fn close_search(&mut self, geometry: &CanvasGeometry<'_>) {
        let Some(search) = self.search.take() else {
            return;
        };
        if !search.has_gone {
            return;
        }
        self.restore(search.before, geometry);
    }
}
