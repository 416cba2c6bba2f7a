//! The search, as data: its query, the chosen result, the view to return to. See `searching`.

use super::history::View;
use crate::model::search::Found;

/// An open search.
#[derive(Clone, Debug, PartialEq)]
pub struct Search {
    /// The query as typed.
    pub words: String,
    /// Index of the chosen result.
    pub row: usize,
    /// Changes when the field is to take the keyboard focus.
    pub asked: u32,
    /// The result that was gone to, of the current query.
    pub(super) taken: Option<Found>,
    /// Whether any result was gone to since the search was opened.
    pub(super) has_gone: bool,
    pub(super) before: View,
}

impl Search {
    /// The result that was gone to, of the current query.
    pub fn taken(&self) -> Option<Found> {
        self.taken
    }

    /// Makes `view` the one to return to and clears the result gone to: the old ones are of another
    /// timeline.
    pub(super) fn forget(&mut self, view: View) {
        (self.taken, self.row, self.has_gone) = (None, 0, false);
        self.before = view;
    }
}
