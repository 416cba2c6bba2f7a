//! One step of undo while it is being made.

use std::{ops::Range, sync::Arc};

use serde_json::{Value, value::RawValue};

use super::{
    container::{Container, FieldError, Neighbours},
    splice::Splice,
    step::{Edit, RowMove},
    style::Style,
};
use crate::formats::{
    json::{
        ranges::{Ranges, RowList},
        raw::{offset_in, without_mark},
    },
    rows::{
        AnswerRow, CitationRow, EraRow, EventRow, FileRow, LaneRow, LessonRow, LinkRow, MediaRow,
        PersonRow, PlaceRow, Row as _, SourceRow, StepRow,
    },
    source::RowPosition,
};

/// A part of a row on the way to what is changed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Part {
    /// A field of an object.
    Field(&'static str),
    /// An item of a list, from 0.
    Item(usize),
}

/// The way to an object or a list of a file: a row by its position, then fields and items, as in a JSON
/// Pointer (RFC 6901).
#[derive(Clone, Debug, PartialEq, Eq, Hash, Default)]
pub struct JsonPointer {
    /// The row; `None` for the file.
    pub row: Option<RowPosition>,
    /// The way from there.
    pub path: Vec<Part>,
}

impl JsonPointer {
    /// The file's own object.
    pub const FILE: Self = Self {
        row: None,
        path: Vec::new(),
    };

    /// A row.
    pub const fn row(row: RowPosition) -> Self {
        Self {
            row: Some(row),
            path: Vec::new(),
        }
    }

    /// A field of it.
    #[must_use]
    pub fn field(mut self, name: &'static str) -> Self {
        self.path.push(Part::Field(name));
        self
    }

    /// An item of it.
    #[must_use]
    pub fn item(mut self, number: usize) -> Self {
        self.path.push(Part::Item(number));
        self
    }

    /// The fields of the object, in the order in which they are written.
    fn order(&self) -> &'static [&'static str] {
        let field = self.path.iter().rev().find_map(|part| match part {
            Part::Field(name) => Some(*name),
            Part::Item(_) => None,
        });
        match (field, self.row.map(|row| row.list)) {
            (Some("because" | "see_also"), _) => LinkRow::FIELDS,
            (Some("sources"), Some(RowList::Events)) => CitationRow::FIELDS,
            (Some("media"), _) => MediaRow::FIELDS,
            (Some("steps"), _) => StepRow::FIELDS,
            (Some("answers"), _) => AnswerRow::FIELDS,
            (_, Some(RowList::Lanes)) => LaneRow::FIELDS,
            (_, Some(RowList::People)) => PersonRow::FIELDS,
            (_, Some(RowList::Places)) => PlaceRow::FIELDS,
            (_, Some(RowList::Sources)) => SourceRow::FIELDS,
            (_, Some(RowList::Eras)) => EraRow::FIELDS,
            (_, Some(RowList::Events)) => EventRow::FIELDS,
            (_, Some(RowList::Lessons)) => LessonRow::FIELDS,
            (_, None) => FileRow::FIELDS,
        }
    }

    /// The last field on the way.
    fn name(&self) -> String {
        let field = self.path.iter().rev().find_map(|part| match part {
            Part::Field(name) => Some((*name).to_owned()),
            Part::Item(_) => None,
        });
        field.unwrap_or_else(|| "events".to_owned())
    }
}

/// The changes of one step of undo so far. Each is made at once, so that the next one sees it.
pub struct Draft {
    /// Copied where it is changed while others hold it.
    text: Arc<String>,
    style: Style,
    ranges: Ranges,
    splices: Vec<Splice>,
    moves: Vec<RowMove>,
}

/// A step that is made.
#[derive(Clone, Debug)]
pub struct Finished {
    /// The step.
    pub edit: Edit,
    /// The text after it.
    pub text: Arc<String>,
    /// Where the rows of that are.
    pub ranges: Ranges,
}

impl Draft {
    /// Nothing is changed yet.
    pub fn new(text: Arc<String>, ranges: Ranges) -> Self {
        Self {
            style: Style::of(&text),
            text,
            ranges,
            splices: Vec::new(),
            moves: Vec::new(),
        }
    }

    /// The text as it is now.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// How many rows a list has.
    pub fn count(&self, list: RowList) -> usize {
        self.ranges.list(list).len()
    }

    /// The ranges of the rows of a list, in their order.
    pub(super) fn rows(&self, list: RowList) -> &[Range<usize>] {
        self.ranges.list(list)
    }

    /// The text of a row.
    pub fn row_text(&self, row: RowPosition) -> Option<&str> {
        self.text.get(row.range(&self.ranges)?)
    }

    /// A row as a value.
    pub fn row(&self, row: RowPosition) -> Option<Value> {
        serde_json::from_str(self.row_text(row)?).ok()
    }

    /// The value at a pointer; `None` where there is none.
    pub fn value(&self, pointer: &JsonPointer) -> Option<Value> {
        let range = self.range(pointer).ok()??;
        serde_json::from_str(self.text.get(range)?).ok()
    }

    /// Sets a field of the object at a pointer.
    ///
    /// # Errors
    ///
    /// Where there is no such row, or no object there.
    pub fn set(
        &mut self,
        pointer: &JsonPointer,
        name: &str,
        value: &Value,
    ) -> Result<(), FieldError> {
        let splice = {
            let object = self.object(pointer)?;
            object.set(name, value, pointer.order(), &self.style)
        };
        self.apply(splice);
        Ok(())
    }

    /// Removes a field of the object at a pointer; nothing where there is none.
    ///
    /// # Errors
    ///
    /// As [`set`](Self::set).
    pub fn unset(&mut self, pointer: &JsonPointer, name: &str) -> Result<(), FieldError> {
        // Where it stands twice, the first one would count again if only the last one went.
        while let Some(splice) = self.object(pointer)?.unset(name) {
            self.apply(splice);
        }
        Ok(())
    }

    /// Sets a field, or removes it where the value is empty: no text, no item, null.
    ///
    /// # Errors
    ///
    /// As [`set`](Self::set).
    pub fn write(
        &mut self,
        pointer: &JsonPointer,
        name: &str,
        value: &Value,
    ) -> Result<(), FieldError> {
        let is_empty = match value {
            Value::Null => true,
            Value::String(text) => text.is_empty(),
            Value::Array(items) => items.is_empty(),
            _ => false,
        };
        if is_empty {
            self.unset(pointer, name)
        } else {
            self.set(pointer, name, value)
        }
    }

    /// Adds an item to the list that is a field of the object at a pointer, before the one of a number
    /// or at the end; a list that is missing is made.
    ///
    /// # Errors
    ///
    /// As [`set`](Self::set), and where the field is no list.
    pub fn add_item(
        &mut self,
        pointer: &JsonPointer,
        name: &'static str,
        number: usize,
        value: &Value,
    ) -> Result<(), FieldError> {
        let of_list = pointer.clone().field(name);
        if self.range(&of_list)?.is_none() {
            return self.set(pointer, name, &Value::Array(vec![value.clone()]));
        }
        let splice = {
            let list = self.list(&of_list)?;
            let is_row = matches!(name, "steps");
            if is_row {
                list.insert_row(number, value, true, &self.style)
            } else if list.len() == 0 {
                // Made anew, so that it looks like one that is.
                let whole = Value::Array(vec![value.clone()]);
                let object = self.object(pointer)?;
                object.set(name, &whole, pointer.order(), &self.style)
            } else {
                list.insert(number, value, &self.style)
            }
        };
        self.apply(splice);
        Ok(())
    }

    /// Removes an item of the list that is a field of the object at a pointer; with its last item, the
    /// field goes.
    ///
    /// # Errors
    ///
    /// As [`add_item`](Self::add_item), and where there is no such item.
    pub fn remove_item(
        &mut self,
        pointer: &JsonPointer,
        name: &'static str,
        number: usize,
    ) -> Result<(), FieldError> {
        let splice = {
            let list = self.list(&pointer.clone().field(name))?;
            if list.len() == 1 && number == 0 {
                None
            } else {
                Some(list.remove(number).ok_or(FieldError::NoRow)?)
            }
        };
        match splice {
            Some(splice) => {
                self.apply(splice);
                Ok(())
            }
            None => self.unset(pointer, name),
        }
    }

    /// Moves an item of the list that is a field of the object at a pointer.
    ///
    /// # Errors
    ///
    /// As [`remove_item`](Self::remove_item).
    pub fn move_item(
        &mut self,
        pointer: &JsonPointer,
        name: &'static str,
        (from, to): (usize, usize),
    ) -> Result<(), FieldError> {
        let list = pointer.clone().field(name);
        let (text, removal) = {
            let list = self.list(&list)?;
            let text = list.entry_text(from).ok_or(FieldError::NoRow)?;
            (text.to_owned(), list.remove(from).ok_or(FieldError::NoRow)?)
        };
        self.apply(removal);
        let insertion = self.list(&list)?.insert_text(to, &text, &self.style);
        self.apply(insertion);
        Ok(())
    }

    /// Inserts a row before the one at a position, or at the end of its list; a list that is missing
    /// is made.
    ///
    /// # Errors
    ///
    /// Where the list has another form.
    pub fn insert_row(&mut self, row: RowPosition, value: &Value) -> Result<(), FieldError> {
        let is_spread = matches!(
            row.list,
            RowList::Events | RowList::People | RowList::Lessons
        );
        let position = (row.position as usize).min(self.count(row.list));
        if self.count(row.list) == 0 {
            self.insert_first_row(row.list, value, is_spread)?;
        } else {
            let written = {
                let beside = self.neighbours(row.list, position)?;
                beside.written_row(value, is_spread, &self.style)
            };
            self.insert_row_text(row.list, position, &written)?;
        }
        self.moves.push(RowMove {
            list: row.list,
            from: None,
            to: u32::try_from(position).ok(),
        });
        Ok(())
    }

    /// Inserts a row into a list that is empty, or missing: then it is made.
    fn insert_first_row(
        &mut self,
        list: RowList,
        value: &Value,
        is_spread: bool,
    ) -> Result<(), FieldError> {
        let pointer = JsonPointer::FILE.field(list.field());
        if self.range(&pointer)?.is_none() {
            let splice = {
                let file = self.object(&JsonPointer::FILE)?;
                let empty = Value::Array(Vec::new());
                file.set(list.field(), &empty, FileRow::FIELDS, &self.style)
            };
            self.apply(splice);
        }
        let splice = {
            let rows = self.list(&pointer)?;
            rows.insert_row(0, value, is_spread, &self.style)
        };
        self.apply(splice);
        self.ranges = Ranges::of(&self.text);
        Ok(())
    }

    /// Inserts a row as text into a list that has some.
    fn insert_row_text(
        &mut self,
        list: RowList,
        position: usize,
        text: &str,
    ) -> Result<(), FieldError> {
        let splice = {
            let beside = self.neighbours(list, position)?;
            beside.insert_text(text, &self.style)
        };
        splice.apply(Arc::make_mut(&mut self.text));
        self.ranges
            .insert_row(list, position, splice.at, &splice.inserted);
        self.splices.push(splice);
        Ok(())
    }

    /// Takes a row out of its list; its text.
    fn take_row(&mut self, list: RowList, position: usize) -> Result<String, FieldError> {
        let row = RowPosition {
            list,
            position: u32::try_from(position).unwrap_or(u32::MAX),
        };
        let text = self.row_text(row).ok_or(FieldError::NoRow)?.to_owned();
        let removal = self.neighbours(list, position)?.remove();
        let removal = removal.ok_or(FieldError::NoRow)?;
        removal.apply(Arc::make_mut(&mut self.text));
        let removed = removal.removed.len();
        self.ranges.remove_row(list, position, removal.at, removed);
        self.splices.push(removal);
        Ok(text)
    }

    fn neighbours(&self, list: RowList, position: usize) -> Result<Neighbours<'_>, FieldError> {
        let found = Neighbours::of(&self.text, self.rows(list), position);
        found.ok_or_else(|| FieldError::OtherKind {
            field: list.field().to_owned(),
        })
    }

    /// Replaces a row: only the fields that differ are written.
    ///
    /// # Errors
    ///
    /// Where there is no such row, or it is no object.
    pub fn replace_row(&mut self, row: RowPosition, value: &Value) -> Result<(), FieldError> {
        let pointer = JsonPointer::row(row);
        let before = self.row(row).ok_or(FieldError::NoRow)?;
        let (Value::Object(before), Value::Object(after)) = (&before, value) else {
            return Err(FieldError::OtherKind {
                field: row.list.field().to_owned(),
            });
        };
        for name in before.keys().filter(|name| !after.contains_key(*name)) {
            self.unset(&pointer, name)?;
        }
        for (name, value) in after {
            if before.get(name) != Some(value) {
                self.set(&pointer, name, value)?;
            }
        }
        Ok(())
    }

    /// Removes a row.
    ///
    /// # Errors
    ///
    /// Where there is no such row.
    pub fn remove_row(&mut self, row: RowPosition) -> Result<(), FieldError> {
        self.take_row(row.list, row.position as usize)?;
        self.moves.push(RowMove {
            list: row.list,
            from: Some(row.position),
            to: None,
        });
        Ok(())
    }

    /// Moves a row to another position of its list.
    ///
    /// # Errors
    ///
    /// Where there is no such row.
    pub fn move_row(&mut self, row: RowPosition, to: u32) -> Result<(), FieldError> {
        let last = self
            .count(row.list)
            .checked_sub(1)
            .ok_or(FieldError::NoRow)?;
        let to = to.min(u32::try_from(last).unwrap_or(u32::MAX));
        if row.position == to {
            return Ok(());
        }
        let text = self.take_row(row.list, row.position as usize)?;
        self.insert_row_text(row.list, to as usize, &text)?;
        self.moves.push(RowMove {
            list: row.list,
            from: Some(row.position),
            to: Some(to),
        });
        Ok(())
    }

    /// Whether something was changed so far.
    pub(super) const fn is_changed(&self) -> bool {
        !self.splices.is_empty()
    }

    /// The text without the changes, and where its rows are, if that is known.
    pub(super) fn taken_back(mut self) -> (Arc<String>, Option<Ranges>) {
        if self.is_changed() {
            for splice in self.splices.iter().rev() {
                splice.inverse().apply(Arc::make_mut(&mut self.text));
            }
            return (self.text, None);
        }
        (self.text, Some(self.ranges))
    }

    /// Makes a step of undo of the changes, with its name.
    pub(super) fn finish(self, name: &str) -> Finished {
        let edit = Edit {
            name: name.to_owned(),
            splices: self.splices,
            moves: self.moves,
        };
        Finished {
            edit,
            text: self.text,
            ranges: self.ranges,
        }
    }

    /// Replaces the text at a range.
    pub(super) fn replace(&mut self, range: Range<usize>, text: &str) {
        let splice = Splice::new(&self.text, range, text);
        self.apply(splice);
    }

    /// The range of a row.
    pub(super) fn row_range(&self, row: RowPosition) -> Option<Range<usize>> {
        row.range(&self.ranges)
    }

    fn apply(&mut self, splice: Splice) {
        if splice.is_empty() {
            return;
        }
        let Splice {
            at,
            removed,
            inserted,
        } = &splice;
        let can_follow = self.ranges.can_follow(*at, removed, inserted);
        splice.apply(Arc::make_mut(&mut self.text));
        if can_follow {
            self.ranges.change(*at, removed.len(), inserted.len());
        } else {
            // A list of rows is another one.
            self.ranges = Ranges::of(&self.text);
        }
        self.splices.push(splice);
    }

    /// The range of the value at a pointer; `None` where a field or an item of it is missing.
    fn range(&self, pointer: &JsonPointer) -> Result<Option<Range<usize>>, FieldError> {
        let mut range = match pointer.row {
            Some(row) => row.range(&self.ranges).ok_or(FieldError::NoRow)?,
            None => file_range(&self.text).ok_or(FieldError::NoRow)?,
        };
        for part in &pointer.path {
            let other_kind = || FieldError::OtherKind {
                field: pointer.name(),
            };
            let container = Container::at(&self.text, range).ok_or_else(other_kind)?;
            let inner = match part {
                Part::Field(name) if !container.is_list() => container.field(name),
                Part::Item(number) if container.is_list() => container.item(*number),
                _ => return Err(other_kind()),
            };
            match inner {
                Some(inner) => range = inner,
                None => return Ok(None),
            }
        }
        Ok(Some(range))
    }

    fn object(&self, pointer: &JsonPointer) -> Result<Container<'_>, FieldError> {
        self.container(pointer, false)
    }

    fn list(&self, pointer: &JsonPointer) -> Result<Container<'_>, FieldError> {
        self.container(pointer, true)
    }

    fn container(&self, pointer: &JsonPointer, is_list: bool) -> Result<Container<'_>, FieldError> {
        let range = self.range(pointer)?.ok_or(FieldError::NoRow)?;
        Container::at(&self.text, range)
            .filter(|it| it.is_list() == is_list)
            .ok_or_else(|| FieldError::OtherKind {
                field: pointer.name(),
            })
    }
}

/// The range of the file's own object.
fn file_range(text: &str) -> Option<Range<usize>> {
    let raw: &RawValue = serde_json::from_str(without_mark(text)).ok()?;
    let start = offset_in(text, raw.get())?;
    Some(start..start + raw.get().len())
}
