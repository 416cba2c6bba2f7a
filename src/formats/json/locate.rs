//! From faults with paths to diagnostics with lines and columns.
//!
//! Runs only where something is wrong. The text is parsed once more, but no deeper than the paths
//! lead: a list is split when a path enters it for the first time, and its items are kept for the
//! next path.

use std::collections::HashMap;

use serde_json::value::RawValue;

use super::faults::{Fault, Faults, Segment};
use super::lines::Cursor;
use super::raw::{each_item, fields_of, name_of, offset_in};
use crate::formats::{Diagnostic, Location};

/// Finds the places of all faults, and sorts them as the file has them.
pub fn locate(text: &str, faults: Faults) -> Vec<Diagnostic> {
    if faults.listed.is_empty() {
        return Vec::new();
    }
    let (errors, warnings) = faults.unlisted();
    let mut top = serde_json::from_str(text).ok().map(Node::new);
    let mut offset_of = |fault: &Fault| match (fault.offset, &mut top) {
        (Some(offset), _) => offset,
        (None, Some(top)) => {
            let slice = top.find(&fault.path.0).get();
            offset_in(text, slice).unwrap_or(0)
        }
        (None, None) => 0,
    };
    let mut placed: Vec<_> = faults
        .listed
        .into_iter()
        .map(|fault| (offset_of(&fault), fault))
        .collect();
    placed.sort_by_key(|&(offset, _)| offset);

    let mut cursor = Cursor::new(text);
    let mut diagnostics: Vec<_> = placed
        .into_iter()
        .map(|(offset, fault)| {
            let (line, column) = cursor.advance_to(offset);
            let location = Location {
                line,
                column,
                path: fault.path.to_string(),
            };
            let Fault {
                severity,
                message,
                help,
                ..
            } = fault;
            Diagnostic {
                severity,
                location,
                message,
                help,
                event: None,
            }
        })
        .collect();
    diagnostics.extend(Diagnostic::unlisted(errors, warnings));
    diagnostics
}

/// A value of the text, split into its parts when they are first asked for.
struct Node<'a> {
    raw: &'a RawValue,
    parts: Option<Parts<'a>>,
}

enum Parts<'a> {
    Fields(HashMap<String, Node<'a>>),
    Items(Vec<Node<'a>>),
}

impl<'a> Node<'a> {
    fn new(raw: &'a RawValue) -> Self {
        Self { raw, parts: None }
    }

    /// The value a path leads to or, where it is not written down, the one it would be part of. Of
    /// fields that stand twice the last counts, as in lenient reading.
    fn find(&mut self, path: &[Segment<String>]) -> &'a RawValue {
        let Some((step, rest)) = path.split_first() else {
            return self.raw;
        };
        let parts = self.parts.get_or_insert_with(|| split(self.raw));
        let part = match (step, parts) {
            (Segment::Key(key), Parts::Fields(fields)) => fields.get_mut(key.as_str()),
            (Segment::Index(index), Parts::Items(items)) => items.get_mut(*index as usize),
            _ => None,
        };
        part.map_or(self.raw, |part| part.find(rest))
    }
}

fn split(raw: &RawValue) -> Parts<'_> {
    if let Some(fields) = fields_of(raw) {
        let named = fields
            .into_iter()
            .map(|(key, value)| (name_of(key).into_owned(), Node::new(value)));
        return Parts::Fields(named.collect());
    }
    let mut items = Vec::new();
    each_item(raw, |_, item| items.push(Node::new(item)));
    Parts::Items(items)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_path_that_ends_early_gives_the_nearest_whole() {
        let text = r#"{"a": 1, "events": [{"x": 1}, {"date": "2014", "date": "2015"}]}"#;
        let mut top = Node::new(serde_json::from_str(text).unwrap());
        let key = |key: &str| Segment::Key(key.to_owned());
        for (path, expected) in [
            (vec![key("a")], "1"),
            (vec![key("events"), Segment::Index(0), key("x")], "1"),
            (
                vec![key("events"), Segment::Index(0), key("missing")],
                "{\"x\": 1}",
            ),
            (
                vec![key("events"), Segment::Index(1), key("date")],
                "\"2015\"",
            ),
            (vec![key("a"), Segment::Index(7), key("deep")], "1"),
        ] {
            assert_eq!(top.find(&path).get(), expected);
        }
    }
}
