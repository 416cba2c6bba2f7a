//! From a path to a line and a column.
//!
//! Only read where something is wrong. The text is taken apart once more, but no further than the
//! paths lead: a list is split when a path enters it for the first time, and its pieces are kept
//! for the next path.

use std::collections::HashMap;

use serde_json::value::RawValue;

use super::faults::{Fault, Faults, Segment};
use super::lenient::{each_item, fields_of, name_of};
use crate::formats::{Diagnostic, Place, Severity};

/// Finds the places of all faults, and sorts them as the file has them.
pub fn locate(text: &str, faults: Faults) -> Vec<Diagnostic> {
    if faults.listed.is_empty() {
        return Vec::new();
    }
    let unlisted = faults.unlisted();
    let mut top = serde_json::from_str(text).ok().map(Node::new);
    let mut offset_of = |fault: &Fault| match (fault.offset, &mut top) {
        (Some(offset), _) => offset,
        (None, Some(top)) => {
            let slice = top.find(&fault.path.0).get().as_ptr() as usize;
            slice.saturating_sub(text.as_ptr() as usize)
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
            let place = Place {
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
                place,
                message,
                help,
            }
        })
        .collect();
    diagnostics.extend(say_unlisted(unlisted));
    diagnostics
}

/// What is said about faults past the limit.
fn say_unlisted((errors, warnings): (usize, usize)) -> Option<Diagnostic> {
    let message = match (errors, warnings) {
        (0, 0) => return None,
        (0, warnings) => format!("{warnings} more warnings are not listed"),
        (errors, 0) => format!("{errors} more errors are not listed"),
        (errors, warnings) => {
            format!("{errors} more errors and {warnings} more warnings are not listed")
        }
    };
    let severity = if errors > 0 {
        Severity::Error
    } else {
        Severity::Warning
    };
    let place = Place {
        line: 1,
        column: 1,
        path: String::new(),
    };
    Some(Diagnostic {
        severity,
        place,
        message,
        help: "mend the others first".to_owned(),
    })
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
    /// fields that stand twice the last counts, as in the lenient reading.
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

/// Counts lines and columns on one walk through the text.
pub struct Cursor<'a> {
    text: &'a str,
    offset: usize,
    line: u32,
    column: u32,
}

impl<'a> Cursor<'a> {
    /// At the first character.
    pub const fn new(text: &'a str) -> Self {
        Self {
            text,
            offset: 0,
            line: 1,
            column: 1,
        }
    }

    /// Line and column (in characters) of a byte of the text, both from 1. Offsets come in
    /// ascending order; one that lies behind or off the text gives the present place.
    pub fn advance_to(&mut self, offset: usize) -> (u32, u32) {
        if let Some(passed) = self.text.get(self.offset..offset) {
            let count = |number: usize| u32::try_from(number).unwrap_or(u32::MAX);
            let tail = match passed.rfind('\n') {
                Some(last_break) => {
                    let breaks = passed.bytes().filter(|&byte| byte == b'\n').count();
                    self.line = self.line.saturating_add(count(breaks));
                    self.column = 1;
                    passed.get(last_break + 1..).unwrap_or_default()
                }
                None => passed,
            };
            self.column = self.column.saturating_add(count(tail.chars().count()));
            self.offset = offset;
        }
        (self.line, self.column)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_and_columns_are_counted_in_characters() {
        let text = "{\n  \"الموصل\": 1,\r\n\t\"b\": 2}";
        let mut cursor = Cursor::new(text);
        for (wanted, expected) in [
            ("{", (1, 1)),
            ("\"ا", (2, 3)),
            ("1", (2, 13)),
            ("2", (3, 7)),
        ] {
            assert_eq!(
                cursor.advance_to(text.find(wanted).unwrap()),
                expected,
                "{wanted}"
            );
        }
        assert_eq!(cursor.advance_to(text.len() + 9), (3, 7));
    }

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
