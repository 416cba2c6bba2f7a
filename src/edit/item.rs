//! An object in the text: a row, or one within it, such as a step of a lesson.

use serde_json::Value;

use super::{Change, Part, Subject};

/// An object of which fields and lists are changed.
#[derive(Clone, Debug, PartialEq)]
pub struct Item {
    of: Subject,
    path: Vec<Part>,
}

impl Item {
    /// A row, or the chronology itself.
    pub const fn of(of: Subject) -> Self {
        Self {
            of,
            path: Vec::new(),
        }
    }

    /// An object in one of its lists, by its number from 0.
    #[must_use]
    pub fn within(&self, list: &'static str, number: usize) -> Self {
        let mut path = self.path.clone();
        path.extend([Part::Field(list), Part::Item(number)]);
        Self { of: self.of, path }
    }

    /// Sets a field; an empty value removes it.
    pub fn write(&self, field: &'static str, value: Value) -> Change {
        Change::Write {
            of: self.of,
            path: self.path.clone(),
            field,
            value,
        }
    }

    /// Adds an item at the end of a list.
    pub fn add(&self, list: &'static str, item: Value) -> Change {
        Change::AddItem {
            of: self.of,
            path: self.path.clone(),
            list,
            item,
        }
    }

    /// Removes an item of a list, by its number from 0.
    pub fn remove(&self, list: &'static str, number: usize) -> Change {
        Change::RemoveItem {
            of: self.of,
            path: self.path.clone(),
            list,
            number,
        }
    }

    /// Moves an item of a list from one place to another.
    pub fn move_item(&self, list: &'static str, from: usize, to: usize) -> Change {
        Change::MoveItem {
            of: self.of,
            path: self.path.clone(),
            list,
            from,
            to,
        }
    }
}
