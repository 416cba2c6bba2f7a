//! What people change in a chronology, and how each change is made in the text.

use serde_json::{Map, Value, json};

use super::{
    container::FieldError,
    draft::{Draft, Part, Place},
};
use crate::{
    formats::{
        Source,
        json::{names::slug, ranges::RowList},
        source::RowPosition,
    },
    model::{EventId, Timeline},
};

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
        /// The changes; all are of the chronology as it is shown.
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
fn words(of: Subject, path: &[Part], field: &str) -> String {
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

impl Draft {
    /// Makes a change of a chronology that was read from this text.
    ///
    /// # Errors
    ///
    /// Where the text has no such row, or has it in another form.
    pub fn change(&mut self, change: &Change, source: &Source) -> Result<(), FieldError> {
        match change {
            Change::Write {
                of,
                path,
                field,
                value,
            } => {
                self.keep_ids(*of, (field, value), source)?;
                let place = self.place_of(*of, path, source)?;
                self.write(&place, field, value)
            }
            Change::WriteAll { values, field } => {
                for (event, value) in values {
                    self.keep_ids(Subject::Event(*event), (field, value), source)?;
                    let place = self.place_of(Subject::Event(*event), &[], source)?;
                    self.write(&place, field, value)?;
                }
                Ok(())
            }
            Change::AddItem {
                of,
                path,
                list,
                item,
            } => {
                let place = self.place_of(*of, path, source)?;
                self.add_item(&place, list, usize::MAX, item)
            }
            Change::RemoveItem {
                of,
                path,
                list,
                number,
            } => {
                let place = self.place_of(*of, path, source)?;
                self.remove_item(&place, list, *number)
            }
            Change::MoveItem {
                of,
                path,
                list,
                from,
                to,
            } => {
                let place = self.place_of(*of, path, source)?;
                self.move_item(&place, list, (*from, *to))
            }
            Change::AddEvents(rows) => {
                let mut made: Vec<String> = Vec::new();
                for row in rows {
                    let row = with_id(RowList::Events, row, &source.timeline, &mut made);
                    self.append(RowList::Events, &row)?;
                }
                Ok(())
            }
            Change::Paste(other) => {
                self.write_lanes(RowList::Lanes, &source.timeline)?;
                self.paste(other, &source.timeline)
            }
            Change::AddRow(list, row) => {
                self.write_lanes(*list, &source.timeline)?;
                let row = with_id(*list, row, &source.timeline, &mut Vec::new());
                self.append(*list, &row)
            }
            Change::AddNamed { event, what, name } => self.add_named(*event, *what, name, source),
            Change::Delete(rows) => self.delete(rows, source),
            Change::Duplicate(event) => self.duplicate(*event, source),
            Change::MoveRow { list, from, to } => {
                self.write_lanes(*list, &source.timeline)?;
                let row = row_of(*list, *from, source);
                let position = |at: usize| u32::try_from(at).unwrap_or(u32::MAX);
                let to = row_of(*list, *to, source).map_or(position(*to), |row| row.position);
                let row = row.unwrap_or(RowPosition {
                    list: *list,
                    position: position(*from),
                });
                self.move_row(row, to)
            }
            Change::Rename { of, id } => self.give_id(*of, id, source),
            Change::Together { changes, .. } => {
                changes.iter().try_for_each(|it| self.change(it, source))
            }
        }
    }

    /// Where something stands in the text. A lane that only events name is written down first.
    fn place_of(
        &mut self,
        of: Subject,
        path: &[Part],
        source: &Source,
    ) -> Result<Place, FieldError> {
        let row = match of {
            Subject::File => None,
            Subject::Event(event) => Some(source.position_of(event).ok_or(FieldError::NoRow)?),
            Subject::Row(list, number) => match row_of(list, number, source) {
                Some(row) => Some(row),
                None => Some(self.written_lane(list, number, source)?),
            },
        };
        Ok(Place {
            row,
            path: path.to_vec(),
        })
    }

    /// The row of a lane that is only named by events, which it gets here.
    fn written_lane(
        &mut self,
        list: RowList,
        number: usize,
        source: &Source,
    ) -> Result<RowPosition, FieldError> {
        let lane = source.timeline.lanes().get(number);
        let lane = lane.filter(|lane| list == RowList::Lanes && !lane.id.is_empty());
        let lane = lane.ok_or(FieldError::NoRow)?;
        self.write_lanes(list, &source.timeline)?;
        let count = u32::try_from(self.count(list)).unwrap_or(u32::MAX);
        let rows = (0..count).map(|position| RowPosition { list, position });
        let has_id = |row: &Value| row.get("id").and_then(Value::as_str) == Some(&*lane.id);
        for row in rows {
            if self.row(row).as_ref().is_some_and(has_id) {
                return Ok(row);
            }
        }
        self.append(list, &json!({ "id": lane.id, "label": lane.label }))?;
        Ok(RowPosition {
            list,
            position: count,
        })
    }

    pub(super) fn append(&mut self, list: RowList, row: &Value) -> Result<(), FieldError> {
        let position = u32::try_from(self.count(list)).unwrap_or(u32::MAX);
        self.insert_row(RowPosition { list, position }, row)
    }

    /// Before a name is changed, the ids are written down that are made of it, or of what it becomes,
    /// and that others use: a name that several rows have is numbered in their order.
    fn keep_ids(
        &mut self,
        of: Subject,
        (field, value): (&str, &Value),
        source: &Source,
    ) -> Result<(), FieldError> {
        let Some((list, _)) = id_of(of, source).filter(|(list, _)| name_field(*list) == field)
        else {
            return Ok(());
        };
        self.keep_id(of, source)?;
        if let Some(name) = name_of(of, source) {
            self.keep_ids_like(list, &name, source)?;
        }
        self.keep_ids_like(list, value.as_str().unwrap_or_default(), source)
    }

    /// Writes down the ids that are made of a name and that others use.
    fn keep_ids_like(
        &mut self,
        list: RowList,
        name: &str,
        source: &Source,
    ) -> Result<(), FieldError> {
        let base = slug(name, one_of(list));
        let is_like = |id: &str| {
            let number = id.strip_prefix(&*base).and_then(|it| it.strip_prefix('-'));
            id == base || number.is_some_and(|it| it.parse::<u32>().is_ok())
        };
        let subjects: Vec<Subject> = if list == RowList::Events {
            let ids = (1..).map(|number: u32| match number {
                1 => base.clone(),
                number => format!("{base}-{number}"),
            });
            let events = ids.map_while(|id| source.timeline.find_event(&id));
            events.map(Subject::Event).collect()
        } else {
            let rows = (0..).map(|number| Subject::Row(list, number));
            let rows = rows.map_while(|row| Some((row, id_of(row, source)?.1)));
            let like = rows.filter(|(_, id)| is_like(id));
            like.map(|(row, _)| row).collect()
        };
        subjects
            .into_iter()
            .try_for_each(|it| self.keep_id(it, source))
    }

    /// Writes the id of a row down that was made of its name, where others use it.
    fn keep_id(&mut self, of: Subject, source: &Source) -> Result<(), FieldError> {
        let Some((list, id)) = id_of(of, source) else {
            return Ok(());
        };
        // Where it stands nowhere, nobody uses it.
        let is_used = !id.is_empty() && self.text().contains(&format!("\"{id}\""));
        if !is_used || self.naming(list, &id).is_empty() {
            return Ok(());
        }
        let place = self.place_of(of, &[], source)?;
        if self.value(&place.clone().field("id")).is_none() {
            self.set(&place, "id", &Value::from(id))?;
        }
        Ok(())
    }

    fn add_named(
        &mut self,
        event: EventId,
        what: Named,
        name: &str,
        source: &Source,
    ) -> Result<(), FieldError> {
        let list = what.list();
        let mut row = Map::new();
        row.insert(name_field(list).to_owned(), Value::from(name));
        self.write_lanes(list, &source.timeline)?;
        let row = with_id(list, &row, &source.timeline, &mut Vec::new());
        let id = row.get("id").cloned().unwrap_or_default();
        self.append(list, &row)?;
        let place = self.place_of(Subject::Event(event), &[], source)?;
        match what {
            Named::Lane => self.set(&place, "lane", &id),
            Named::Place => self.set(&place, "place", &id),
            Named::Person => self.add_item(&place, "people", usize::MAX, &id),
            Named::Source => self.add_item(&place, "sources", usize::MAX, &json!({ "source": id })),
        }
    }

    /// Where the lanes of a file are those that its events name, they are written down before they
    /// are changed.
    fn write_lanes(&mut self, list: RowList, timeline: &Timeline) -> Result<(), FieldError> {
        if list != RowList::Lanes || self.count(list) > 0 {
            return Ok(());
        }
        let lanes = timeline.lanes().iter().filter(|lane| !lane.id.is_empty());
        for lane in lanes {
            self.append(list, &json!({ "id": lane.id, "label": lane.label }))?;
        }
        Ok(())
    }

    fn delete(&mut self, subjects: &[Subject], source: &Source) -> Result<(), FieldError> {
        let mut rows = Vec::new();
        for subject in subjects {
            let (list, id) = id_of(*subject, source).ok_or(FieldError::NoRow)?;
            if !id.is_empty() {
                self.unlink(list, &id)?;
            }
            if let Some(name) = name_of(*subject, source) {
                self.keep_ids_like(list, &name, source)?;
            }
            let place = self.place_of(*subject, &[], source)?;
            rows.extend(place.row);
        }
        // From the end, so that the positions of the others stay.
        rows.sort_unstable_by_key(|row| std::cmp::Reverse(row.position));
        rows.dedup();
        rows.into_iter().try_for_each(|row| self.remove_row(row))
    }

    fn duplicate(&mut self, event: EventId, source: &Source) -> Result<(), FieldError> {
        let row = source.position_of(event).ok_or(FieldError::NoRow)?;
        let Some(Value::Object(mut fields)) = self.row(row) else {
            return Err(FieldError::NoRow);
        };
        // Not in the place of the field that goes: the others keep their order. The copy has an id that
        // is written, for one made of its name would number those of the events after it anew.
        fields.shift_remove("id");
        let copy = with_id(RowList::Events, &fields, &source.timeline, &mut Vec::new());
        let position = row.position + 1;
        self.insert_row(RowPosition { position, ..row }, &copy)
    }

    fn give_id(&mut self, of: Subject, id: &str, source: &Source) -> Result<(), FieldError> {
        let (list, before) = id_of(of, source).ok_or(FieldError::NoRow)?;
        let place = self.place_of(of, &[], source)?;
        self.write(&place, "id", &Value::from(id))?;
        self.rename(list, &before, id);
        Ok(())
    }
}

fn row_of(list: RowList, number: usize, source: &Source) -> Option<RowPosition> {
    source.position_in(list, number)
}

/// The list and the id of a row.
fn id_of(of: Subject, source: &Source) -> Option<(RowList, String)> {
    let timeline = &source.timeline;
    Some(match of {
        Subject::File => return None,
        Subject::Event(event) => (RowList::Events, timeline.event(event).id.to_owned()),
        Subject::Row(list, number) => {
            let id = match list {
                RowList::Lanes => &timeline.lanes().get(number)?.id,
                RowList::People => &timeline.people().get(number)?.id,
                RowList::Places => &timeline.places().get(number)?.id,
                RowList::Sources => &timeline.sources().get(number)?.id,
                RowList::Lessons => &timeline.lessons().get(number)?.id,
                RowList::Eras | RowList::Events => return Some((list, String::new())),
            };
            (list, id.clone())
        }
    })
}

/// The name of a row, of which its id is made where it has none.
fn name_of(of: Subject, source: &Source) -> Option<String> {
    let timeline = &source.timeline;
    let name = match of {
        Subject::File | Subject::Row(RowList::Eras | RowList::Events, _) => return None,
        Subject::Event(event) => timeline.event(event).title,
        Subject::Row(RowList::Lanes, number) => &timeline.lanes().get(number)?.label,
        Subject::Row(RowList::People, number) => &timeline.people().get(number)?.name,
        Subject::Row(RowList::Places, number) => &timeline.places().get(number)?.name,
        Subject::Row(RowList::Sources, number) => &timeline.sources().get(number)?.title,
        Subject::Row(RowList::Lessons, number) => &timeline.lessons().get(number)?.title,
    };
    Some(name.to_owned())
}

/// A row with an id of its own as its first field, made of its name; eras have none.
pub(super) fn with_id(
    list: RowList,
    row: &Map<String, Value>,
    timeline: &Timeline,
    made: &mut Vec<String>,
) -> Value {
    let mut fields = Map::new();
    if list != RowList::Eras {
        let name = row.get(name_field(list)).and_then(Value::as_str);
        let base = slug(name.unwrap_or_default(), one_of(list));
        let wanted = row.get("id").and_then(Value::as_str);
        let base = wanted.map_or(base, str::to_owned);
        let is_taken = |id: &str| {
            made.iter().any(|it| it == id)
                || match list {
                    RowList::Events => timeline.find_event(id).is_some(),
                    RowList::Lanes => timeline.find_lane(id).is_some(),
                    RowList::People => timeline.find_person(id).is_some(),
                    RowList::Places => timeline.find_place(id).is_some(),
                    RowList::Sources => timeline.sources().iter().any(|it| it.id == id),
                    RowList::Lessons => timeline.lessons().iter().any(|it| it.id == id),
                    RowList::Eras => false,
                }
        };
        let mut numbers = 2..;
        let mut id = base.clone();
        while is_taken(&id) {
            id = format!("{base}-{}", numbers.next().unwrap_or(0_u32));
        }
        made.push(id.clone());
        fields.insert("id".to_owned(), Value::from(id));
    }
    for (name, value) in row {
        if name != "id" {
            fields.insert(name.clone(), value.clone());
        }
    }
    Value::Object(fields)
}
