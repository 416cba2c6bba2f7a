//! Objects and lists in a text: where their entries are, and what changes them.
//!
//! An added entry looks like its neighbours: in a line of its own where they are, else in theirs.

use std::ops::Range;

use serde_json::{Value, value::RawValue};
use thiserror::Error;

use super::{
    splice::Splice,
    style::{Style, indent_at, quoted},
};
use crate::formats::json::raw::{Kind, each_item, fields_of, name_of, offset_in};

/// Why a change could not be made: one sentence without a full stop.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum FieldError {
    /// The text has no such row.
    #[error("this is no longer in the file; undo, or reload the file")]
    NoRow,
    /// A part of the row is of another kind than it should be.
    #[error(
        "“{field}” is written in a form that cannot be changed here; change it in the file itself"
    )]
    OtherKind {
        /// Its name.
        field: String,
    },
}

/// An object or a list.
pub struct Container<'t> {
    text: &'t str,
    range: Range<usize>,
    kind: Kind,
    entries: Vec<Entry>,
}

/// An entry of an object or a list.
struct Entry {
    /// Its name, in an object.
    name: String,
    /// All of it.
    range: Range<usize>,
    /// Its value.
    value: Range<usize>,
}

impl<'t> Container<'t> {
    /// The object or list at a range of a text; `None` where there is none.
    pub fn at(text: &'t str, range: Range<usize>) -> Option<Self> {
        let raw: &RawValue = serde_json::from_str(text.get(range.clone())?).ok()?;
        let kind = Kind::of(raw);
        let range_of = |raw: &RawValue| {
            let start = offset_in(text, raw.get()).unwrap_or(range.start);
            start..start + raw.get().len()
        };
        let mut entries = Vec::new();
        match kind {
            Kind::Object => {
                for (key, value) in fields_of(raw)? {
                    let value = range_of(value);
                    entries.push(Entry {
                        name: name_of(key).into_owned(),
                        range: range_of(key).start..value.end,
                        value,
                    });
                }
            }
            Kind::List => each_item(raw, |_, item| {
                entries.push(Entry {
                    name: String::new(),
                    range: range_of(item),
                    value: range_of(item),
                });
            }),
            _ => return None,
        }
        Some(Self {
            text,
            range,
            kind,
            entries,
        })
    }

    /// Whether it is a list.
    pub fn is_list(&self) -> bool {
        self.kind == Kind::List
    }

    /// How many entries it has.
    pub const fn len(&self) -> usize {
        self.entries.len()
    }

    /// The value of a field; of one that stands twice, the last, which is the one that is read.
    pub fn field(&self, name: &str) -> Option<Range<usize>> {
        let found = self.entries.iter().rev().find(|it| it.name == name)?;
        Some(found.value.clone())
    }

    /// The value of an item.
    pub fn item(&self, number: usize) -> Option<Range<usize>> {
        Some(self.entries.get(number)?.value.clone())
    }

    /// Sets a field. A new one is put where `order` has it, among those that are there.
    pub fn set(&self, name: &str, value: &Value, order: &[&str], style: &Style) -> Splice {
        if let Some(range) = self.field(name) {
            let is_spread = self.text.get(range.clone()).is_some_and(has_break);
            let may_spread = is_spread || self.is_spread();
            let own = may_spread.then(|| indent_at(self.text, range.start));
            let written = style.value(value, own);
            return Splice::new(self.text, range, &written);
        }
        let rank = |name: &str| order.iter().position(|it| *it == name);
        let own = rank(name).unwrap_or(usize::MAX);
        let before = self
            .entries
            .iter()
            .rposition(|it| rank(&it.name).is_some_and(|rank| rank < own));
        let number = before.map_or(0, |before| before + 1);
        let inner = self
            .is_spread()
            .then(|| style.deeper(indent_at(self.text, self.range.start)));
        let written = style.value(value, inner.as_deref());
        let entry = format!("{}{}{written}", quoted(name), style.colon());
        self.insert_text(number, &entry, style)
    }

    /// Removes a field; nothing where there is none.
    pub fn unset(&self, name: &str) -> Option<Splice> {
        let number = self.entries.iter().rposition(|it| it.name == name)?;
        self.remove(number)
    }

    /// Inserts an item of a list before the one of a number.
    pub fn insert(&self, number: usize, value: &Value, style: &Style) -> Splice {
        self.insert_text(number, &style.value(value, None), style)
    }

    /// Inserts a row: with a line a field where the rows beside it have that, or, where there are
    /// none, where `is_spread`.
    pub fn insert_row(&self, number: usize, row: &Value, is_spread: bool, style: &Style) -> Splice {
        let written = self.written_row(number, row, is_spread, style);
        self.insert_text(number, &written, style)
    }

    /// A row as it is written where [`insert_row`](Self::insert_row) inserts it.
    fn written_row(&self, number: usize, row: &Value, is_spread: bool, style: &Style) -> String {
        let beside = self.entries.get(number.min(self.len().saturating_sub(1)));
        let is_spread = beside.map_or(is_spread, |it| {
            self.text.get(it.value.clone()).is_some_and(has_break)
        });
        if !is_spread {
            return style.value(row, None);
        }
        let indent = match beside {
            Some(beside) => indent_at(self.text, beside.range.start).to_owned(),
            None => style.deeper(indent_at(self.text, self.range.start)),
        };
        style.spread(row, &indent)
    }

    /// Inserts an entry as text.
    pub fn insert_text(&self, number: usize, entry: &str, style: &Style) -> Splice {
        let Some(last) = self.entries.len().checked_sub(1) else {
            let indent = indent_at(self.text, self.range.start);
            let inner = style.deeper(indent);
            // A list of objects has a line an item; a list of words one line.
            let is_inline = self.kind == Kind::List && !entry.starts_with(['{', '[']);
            let (open, close) = self.brackets();
            let written = if is_inline {
                format!("{open}{entry}{close}")
            } else {
                let (first, end) = (style.line(&inner), style.line(indent));
                format!("{open}{first}{entry}{end}{close}")
            };
            return Splice::new(self.text, self.range.clone(), &written);
        };
        if number > last {
            let end = self.entries.get(last).map_or(0, |it| it.range.end);
            let inserted = format!(",{}{entry}", self.lead(last, style));
            return Splice::new(self.text, end..end, &inserted);
        }
        if number == 0 {
            let start = self.entries.first().map_or(0, |it| it.range.start);
            let inserted = format!("{entry},{}", self.lead(last.min(1), style));
            return Splice::new(self.text, start..start, &inserted);
        }
        let end = self.entries.get(number - 1).map_or(0, |it| it.range.end);
        let inserted = format!(",{}{entry}", self.lead(number, style));
        Splice::new(self.text, end..end, &inserted)
    }

    /// Removes an entry and the comma beside it.
    pub fn remove(&self, number: usize) -> Option<Splice> {
        let own = self.entries.get(number)?;
        let range = match (self.entries.get(number + 1), number.checked_sub(1)) {
            (Some(next), _) => own.range.start..next.range.start,
            (None, Some(before)) => self.entries.get(before)?.range.end..own.range.end,
            (None, None) => self.range.start + 1..self.range.end - 1,
        };
        Some(Splice::new(self.text, range, ""))
    }

    /// The text of an entry.
    pub fn entry_text(&self, number: usize) -> Option<&'t str> {
        self.text.get(self.entries.get(number)?.range.clone())
    }

    /// Whether its entries stand in lines of their own.
    fn is_spread(&self) -> bool {
        self.text.get(self.range.clone()).is_some_and(has_break)
    }

    const fn brackets(&self) -> (char, char) {
        match self.kind {
            Kind::Object => ('{', '}'),
            _ => ('[', ']'),
        }
    }

    /// The white space before an entry.
    fn lead(&self, number: usize, style: &Style) -> String {
        let start = self.entries.get(number).map_or(0, |it| it.range.start);
        let end = number
            .checked_sub(1)
            .and_then(|before| self.entries.get(before));
        let end = end.map_or(self.range.start + 1, |it| it.range.end);
        let gap = self.text.get(end..start).unwrap_or_default();
        let lead = gap.split_once(',').map_or(gap, |(_, lead)| lead);
        if lead.is_empty() && number == 0 {
            return style.space().to_owned();
        }
        lead.to_owned()
    }
}

/// The rows beside a position of a list of rows: enough to insert or remove one there, without taking
/// a long list apart.
pub struct Neighbours<'t> {
    /// Two rows before the position and two from it on: the white space before the one or the other is
    /// that of a new row.
    rows: Container<'t>,
    /// The position among them.
    number: usize,
}

impl<'t> Neighbours<'t> {
    /// Those in a text whose rows have these ranges. `None` where the list has no row, or is none.
    pub fn of(text: &'t str, rows: &[Range<usize>], position: usize) -> Option<Self> {
        let from = position.min(rows.len()).saturating_sub(2);
        let near = rows.get(from..rows.len().min(position.saturating_add(2)))?;
        let (first, last) = (near.first()?, near.last()?);
        let before = text.get(..first.start)?.trim_end();
        if from == 0 && !before.ends_with('[') {
            return None;
        }
        let after = text.get(last.end..)?;
        let end = last.end + (after.len() - after.trim_start().len());
        let entries = near.iter().map(|range| Entry {
            name: String::new(),
            range: range.clone(),
            value: range.clone(),
        });
        let rows = Container {
            text,
            range: before.len().saturating_sub(1)..end + 1,
            kind: Kind::List,
            entries: entries.collect(),
        };
        let number = position - from;
        Some(Self { rows, number })
    }

    /// A row as it is written at the position: see [`Container::insert_row`].
    pub fn written_row(&self, row: &Value, is_spread: bool, style: &Style) -> String {
        self.rows.written_row(self.number, row, is_spread, style)
    }

    /// Inserts a row as text before the one at the position, or at the end.
    pub fn insert_text(&self, row: &str, style: &Style) -> Splice {
        self.rows.insert_text(self.number, row, style)
    }

    /// Removes the row at the position, and the comma beside it.
    pub fn remove(&self) -> Option<Splice> {
        self.rows.remove(self.number)
    }
}

fn has_break(text: &str) -> bool {
    text.contains('\n')
}
