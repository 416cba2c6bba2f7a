//! How each change is made in the text of a chronology.

use serde_json::{Map, Value, json};
use std::collections::HashSet;

use super::{
    change::{Change, Named, Subject, name_field, one_of},
    container::FieldError,
    draft::{Draft, JsonPointer, Part},
};
use crate::{
    formats::{
        Source,
        json::{names::slug, ranges::RowList},
        source::RowPosition,
    },
    model::{EventId, Timeline},
};

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
                let pointer = self.pointer_to(*of, path, source)?;
                self.write(&pointer, field, value)
            }
            Change::WriteAll { values, field } => {
                for (event, value) in values {
                    self.keep_ids(Subject::Event(*event), (field, value), source)?;
                    let pointer = self.pointer_to(Subject::Event(*event), &[], source)?;
                    self.write(&pointer, field, value)?;
                }
                Ok(())
            }
            Change::AddItem {
                of,
                path,
                list,
                item,
            } => {
                let pointer = self.pointer_to(*of, path, source)?;
                self.add_item(&pointer, list, usize::MAX, item)
            }
            Change::RemoveItem {
                of,
                path,
                list,
                number,
            } => {
                let pointer = self.pointer_to(*of, path, source)?;
                self.remove_item(&pointer, list, *number)
            }
            Change::MoveItem {
                of,
                path,
                list,
                from,
                to,
            } => {
                let pointer = self.pointer_to(*of, path, source)?;
                self.move_item(&pointer, list, (*from, *to))
            }
            Change::AddEvents(rows) => {
                let mut made = HashSet::new();
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
                let row = with_id(*list, row, &source.timeline, &mut HashSet::new());
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
    fn pointer_to(
        &mut self,
        of: Subject,
        path: &[Part],
        source: &Source,
    ) -> Result<JsonPointer, FieldError> {
        let row = match of {
            Subject::File => None,
            Subject::Event(event) => Some(source.position_of(event).ok_or(FieldError::NoRow)?),
            Subject::Row(list, number) => match row_of(list, number, source) {
                Some(row) => Some(row),
                None => Some(self.written_lane(list, number, source)?),
            },
        };
        Ok(JsonPointer {
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
        let mut subjects = vec![of];
        let before = name_of(of, source);
        for name in before.iter().map(String::as_str).chain(value.as_str()) {
            subjects.extend(named_like(list, name, source));
        }
        self.keep_ids_of(list, &subjects, source)
    }

    /// Writes the ids of rows of a list down that are made of their names, where others use them.
    fn keep_ids_of(
        &mut self,
        list: RowList,
        subjects: &[Subject],
        source: &Source,
    ) -> Result<(), FieldError> {
        let ids = subjects
            .iter()
            .filter_map(|of| Some((*of, id_of(*of, source)?.1)));
        let ids: Vec<(Subject, String)> = ids.filter(|(_, id)| !id.is_empty()).collect();
        let named = ids.iter().map(|(_, id)| id.as_str()).collect();
        let named = self.named(list, &named);
        for (of, id) in ids.iter().filter(|(_, id)| named.contains(id.as_str())) {
            let pointer = self.pointer_to(*of, &[], source)?;
            if self.value(&pointer.clone().field("id")).is_none() {
                self.set(&pointer, "id", &Value::from(id.as_str()))?;
            }
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
        let row = with_id(list, &row, &source.timeline, &mut HashSet::new());
        let id = row.get("id").cloned().unwrap_or_default();
        self.append(list, &row)?;
        let pointer = self.pointer_to(Subject::Event(event), &[], source)?;
        match what {
            Named::Lane => self.set(&pointer, "lane", &id),
            Named::Place => self.set(&pointer, "place", &id),
            Named::Person => self.add_item(&pointer, "people", usize::MAX, &id),
            Named::Source => {
                self.add_item(&pointer, "sources", usize::MAX, &json!({ "source": id }))
            }
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
        let mut ids: Vec<(RowList, String)> = Vec::new();
        for subject in subjects {
            ids.push(id_of(*subject, source).ok_or(FieldError::NoRow)?);
        }
        for list in RowList::ALL {
            let own = ids.iter().filter(|(of, id)| *of == list && !id.is_empty());
            let own: HashSet<&str> = own.map(|(_, id)| id.as_str()).collect();
            if own.is_empty() {
                continue;
            }
            self.unlink(list, &own)?;
            let subjects = subjects.iter().zip(&ids).filter(|(_, (of, _))| *of == list);
            let names = subjects.filter_map(|(subject, _)| name_of(*subject, source));
            // Several of one name have the same ones beside them.
            let names: HashSet<String> = names.collect();
            let others = names.iter().flat_map(|name| named_like(list, name, source));
            let is_kept =
                |it: &Subject| id_of(*it, source).is_some_and(|(_, id)| !own.contains(&*id));
            let others: Vec<Subject> = others.filter(is_kept).collect();
            self.keep_ids_of(list, &others, source)?;
        }
        let mut rows = Vec::new();
        for subject in subjects {
            let pointer = self.pointer_to(*subject, &[], source)?;
            rows.extend(pointer.row);
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
        let copy = with_id(
            RowList::Events,
            &fields,
            &source.timeline,
            &mut HashSet::new(),
        );
        let position = row.position + 1;
        self.insert_row(RowPosition { position, ..row }, &copy)
    }

    fn give_id(&mut self, of: Subject, id: &str, source: &Source) -> Result<(), FieldError> {
        let (list, before) = id_of(of, source).ok_or(FieldError::NoRow)?;
        let pointer = self.pointer_to(of, &[], source)?;
        self.write(&pointer, "id", &Value::from(id))?;
        self.rename(list, &before, id);
        Ok(())
    }
}

/// The rows of a list whose ids are like those that are made of a name.
fn named_like(list: RowList, name: &str, source: &Source) -> Vec<Subject> {
    let base = slug(name, one_of(list));
    let is_like = |id: &str| {
        let number = id.strip_prefix(&*base).and_then(|it| it.strip_prefix('-'));
        id == base || number.is_some_and(|it| it.parse::<u32>().is_ok())
    };
    if list == RowList::Events {
        let ids = (1..).map(|number: u32| match number {
            1 => base.clone(),
            number => format!("{base}-{number}"),
        });
        let events = ids.map_while(|id| source.timeline.find_event(&id));
        return events.map(Subject::Event).collect();
    }
    let rows = (0..).map(|number| Subject::Row(list, number));
    let rows = rows.map_while(|row| Some((row, id_of(row, source)?.1)));
    let like = rows.filter(|(_, id)| is_like(id));
    like.map(|(row, _)| row).collect()
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
    made: &mut HashSet<String>,
) -> Value {
    let mut fields = Map::new();
    if list != RowList::Eras {
        let name = row.get(name_field(list)).and_then(Value::as_str);
        let base = slug(name.unwrap_or_default(), one_of(list));
        let wanted = row.get("id").and_then(Value::as_str);
        let base = wanted.map_or(base, str::to_owned);
        let is_taken = |id: &str| {
            made.contains(id)
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
        made.insert(id.clone());
        fields.insert("id".to_owned(), Value::from(id));
    }
    for (name, value) in row {
        if name != "id" {
            fields.insert(name.clone(), value.clone());
        }
    }
    Value::Object(fields)
}
