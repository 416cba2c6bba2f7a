//! What people change in a chronology: data, made in the text by `making`.

use serde_json::{Map, Value};

use super::draft::Part;
use crate::{formats::json::ranges::RowList, model::EventId};

/// What is changed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Subject {
    /// The chronology itself: its title, its language.
    File,
    /// An event.
    Event(EventId),
    /// A row of another list, by its number in the timeline's own.
    Row(RowList, usize),
}

/// A list whose rows events and lessons name by id.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Named {
    /// A lane of an event.
    Lane,
    /// People and groups of an event.
    Person,
    /// The place of an event.
    Place,
    /// A source that an event cites.
    Source,
}

/// A change of a chronology.
#[derive(Clone, Debug, PartialEq)]
pub enum Change {
    /// Sets a field; an empty value removes it.
    Write {
        /// Of what.
        of: Subject,
        /// The way to the object that has the field.
        path: Vec<Part>,
        /// Its name in the file.
        field: &'static str,
        /// Its value.
        value: Value,
    },
    /// Sets a field of several events.
    WriteAll {
        /// The events, each with its value.
        values: Vec<(EventId, Value)>,
        /// Its name in the file.
        field: &'static str,
    },
    /// Adds an item at the end of a list.
    AddItem {
        /// Of what.
        of: Subject,
        /// The way to the object that has the list.
        path: Vec<Part>,
        /// The list's name in the file.
        list: &'static str,
        /// The item.
        item: Value,
    },
    /// Removes an item of a list.
    RemoveItem {
        /// Of what.
        of: Subject,
        /// The way to the object that has the list.
        path: Vec<Part>,
        /// The list's name in the file.
        list: &'static str,
        /// Which, from 0.
        number: usize,
    },
    /// Moves an item of a list.
    MoveItem {
        /// Of what.
        of: Subject,
        /// The way to the object that has the list.
        path: Vec<Part>,
        /// The list's name in the file.
        list: &'static str,
        /// Which, from 0.
        from: usize,
        /// Where it is then.
        to: usize,
    },
    /// Adds events, with their fields in the order in which they are written.
    AddEvents(Vec<Map<String, Value>>),
    /// Adds the events of another chronology, given as its JSON, and what they name.
    Paste(Value),
    /// Adds a row to a list; it gets an id made of its name.
    AddRow(RowList, Map<String, Value>),
    /// Makes a row with a name, and has an event name it.
    AddNamed {
        /// The event.
        event: EventId,
        /// What it becomes.
        what: Named,
        /// Its name.
        name: String,
    },
    /// Deletes events and other rows, and every link to them.
    Delete(Vec<Subject>),
    /// Makes a second event that is like one.
    Duplicate(EventId),
    /// Moves a row to another place in its list.
    MoveRow {
        /// The list.
        list: RowList,
        /// Which, by its number in the timeline's own list.
        from: usize,
        /// Where it is then.
        to: usize,
    },
    /// Gives a row another id, wherever it is named.
    Rename {
        /// Which.
        of: Subject,
        /// The id.
        id: String,
    },
    /// Several changes as one step.
    Together {
        /// The name of the step.
        name: String,
        /// The changes. Rows are named as they are shown, items of lists by their number after the changes
        /// before.
        changes: Vec<Change>,
    },
}

impl Change {
    /// What it does, as it follows “Undo: ”.
    pub fn name(&self) -> String {
        let count = |count: usize, one: &str, many: &str| match count {
            1 => one.to_owned(),
            count => format!("{count} {many}"),
        };
        match self {
            Self::Write {
                of, path, field, ..
            } => format!("change {}", words(*of, path, field)),
            Self::WriteAll { values, field } => {
                let what = words(Subject::File, &[], field);
                match values.len() {
                    1 => format!("change {what}"),
                    count => format!("change {what} of {count} events"),
                }
            }
            Self::AddItem { of, path, list, .. } => format!("add {}", words(*of, path, list)),
            Self::RemoveItem { of, path, list, .. } => format!("remove {}", words(*of, path, list)),
            Self::MoveItem { of, path, list, .. } => format!("move {}", words(*of, path, list)),
            Self::AddEvents(rows) => format!("add {}", count(rows.len(), "event", "events")),
            Self::Paste(other) => {
                let events = other.get("events").and_then(Value::as_array);
                let events = events.map_or(0, Vec::len);
                format!("paste {}", count(events, "event", "events"))
            }
            Self::AddRow(list, _) => format!("add {}", one_of(*list)),
            Self::AddNamed { what, .. } => format!("add {}", one_of(what.list())),
            Self::Delete(rows) => {
                let all_events = rows.iter().all(|it| matches!(it, Subject::Event(_)));
                let one = match rows.first() {
                    Some(Subject::Row(list, _)) => one_of(*list),
                    _ => "event",
                };
                let many = if all_events { "events" } else { "rows" };
                format!("delete {}", count(rows.len(), one, many))
            }
            Self::Duplicate(_) => "duplicate event".to_owned(),
            Self::MoveRow { list, .. } => format!("move {}", one_of(*list)),
            Self::Rename { .. } => "change id".to_owned(),
            Self::Together { name, .. } => name.clone(),
        }
    }
}

impl Subject {
    /// The same after another change; `None` where it is gone.
    fn followed(self, follow: &dyn Fn(EventId) -> Option<EventId>) -> Option<Self> {
        match self {
            Self::Event(event) => follow(event).map(Self::Event),
            other => Some(other),
        }
    }
}

impl Change {
    /// The same change after another one, about the events as they are then; `None` where what it is
    /// about is gone.
    pub fn followed(&self, follow: &dyn Fn(EventId) -> Option<EventId>) -> Option<Self> {
        let mut change = self.clone();
        match &mut change {
            Self::Write { of, .. }
            | Self::AddItem { of, .. }
            | Self::RemoveItem { of, .. }
            | Self::MoveItem { of, .. }
            | Self::Rename { of, .. } => *of = of.followed(follow)?,
            Self::WriteAll { values, .. } => {
                let followed = std::mem::take(values).into_iter();
                let followed = followed.filter_map(|(event, value)| Some((follow(event)?, value)));
                *values = followed.collect();
            }
            Self::AddNamed { event, .. } | Self::Duplicate(event) => *event = follow(*event)?,
            Self::Delete(rows) => {
                let followed = rows.iter().filter_map(|it| it.followed(follow));
                *rows = followed.collect();
            }
            Self::Together { changes, .. } => {
                let followed = changes.iter().filter_map(|it| it.followed(follow));
                *changes = followed.collect();
            }
            Self::AddEvents(_) | Self::Paste(_) | Self::AddRow(..) | Self::MoveRow { .. } => {}
        }
        Some(change)
    }
}

impl Change {
    /// Whether rows or items of lists may have other numbers after it.
    pub fn renumbers(&self) -> bool {
        match self {
            // With an event the links to it go, from lists that have others.
            Self::RemoveItem { .. }
            | Self::MoveItem { .. }
            | Self::MoveRow { .. }
            | Self::Delete(_) => true,
            Self::Together { changes, .. } => changes.iter().any(Self::renumbers),
            Self::Write { .. }
            | Self::WriteAll { .. }
            | Self::AddItem { .. }
            | Self::AddEvents(_)
            | Self::Paste(_)
            | Self::AddRow(..)
            | Self::AddNamed { .. }
            | Self::Duplicate(_)
            | Self::Rename { .. } => false,
        }
    }

    /// Whether it is a text that was written, which gives nothing another number.
    pub const fn is_write(&self) -> bool {
        matches!(self, Self::Write { .. } | Self::WriteAll { .. })
    }

    /// Whether it names rows or items by their number, which another change may give to others.
    pub fn is_by_number(&self) -> bool {
        let is_row = |of: &Subject| matches!(of, Subject::Row(..));
        let is_item = |path: &[Part]| path.iter().any(|it| matches!(it, Part::Item(_)));
        match self {
            Self::Write { of, path, .. } | Self::AddItem { of, path, .. } => {
                is_row(of) || is_item(path)
            }
            Self::RemoveItem { .. } | Self::MoveItem { .. } | Self::MoveRow { .. } => true,
            Self::Delete(rows) => rows.iter().any(is_row),
            Self::Rename { of, .. } => is_row(of),
            Self::Together { changes, .. } => changes.iter().any(Self::is_by_number),
            Self::WriteAll { .. }
            | Self::AddEvents(_)
            | Self::Paste(_)
            | Self::AddRow(..)
            | Self::AddNamed { .. }
            | Self::Duplicate(_) => false,
        }
    }
}

impl Named {
    /// Its list.
    pub const fn list(self) -> RowList {
        match self {
            Self::Lane => RowList::Lanes,
            Self::Person => RowList::People,
            Self::Place => RowList::Places,
            Self::Source => RowList::Sources,
        }
    }
}

/// What a row of a list is called.
pub const fn one_of(list: RowList) -> &'static str {
    match list {
        RowList::Lanes => "lane",
        RowList::People => "person",
        RowList::Places => "place",
        RowList::Sources => "source",
        RowList::Eras => "era",
        RowList::Events => "event",
        RowList::Lessons => "lesson",
    }
}

/// The field of a row that is shown as its name.
pub const fn name_field(list: RowList) -> &'static str {
    match list {
        RowList::Lanes | RowList::Eras => "label",
        RowList::People | RowList::Places => "name",
        RowList::Sources | RowList::Events | RowList::Lessons => "title",
    }
}

/// What is changed, as undo names it.
pub(super) fn words(of: Subject, path: &[Part], field: &str) -> String {
    let within = path.iter().rev().find_map(|part| match part {
        Part::Field(name) => Some(*name),
        Part::Item(_) => None,
    });
    let field = match (field, within) {
        ("because", _) | (_, Some("because")) => "cause",
        ("see_also", _) | (_, Some("see_also")) => "see also",
        ("sources", _) | (_, Some("sources")) => "source",
        ("media", _) | (_, Some("media")) => "picture",
        ("answers", _) | (_, Some("answers")) => "answer",
        ("steps", _) | (_, Some("steps")) => "step",
        ("people", _) => "people",
        ("certainty", _) => "certainty",
        ("member_of", _) => "membership",
        ("as_of", _) => "as of",
        ("date_label", _) => "words of the date",
        ("native_name", _) => "name in its own script",
        (other, _) => other,
    };
    match of {
        Subject::Row(list, _) if within.is_none() => format!("{field} of {}", one_of(list)),
        _ => field.to_owned(),
    }
}
