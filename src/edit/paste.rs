//! Events of another chronology taken into this one: rows that were pasted from a spreadsheet.
//!
//! Lanes, people, places and sources that have the same name here are the same; others are added.

use std::collections::{HashMap, HashSet};

use serde_json::{Map, Value};

use super::{change::name_field, container::FieldError, draft::Draft, making::with_id};
use crate::{formats::json::ranges::RowList, model::Timeline};

/// The lists whose rows events name.
const NAMED: [RowList; 4] = [
    RowList::Lanes,
    RowList::People,
    RowList::Places,
    RowList::Sources,
];

impl Draft {
    /// Adds the events of another chronology, and what they name.
    ///
    /// # Errors
    ///
    /// Where a list of this one has another form.
    pub fn paste(&mut self, other: &Value, timeline: &Timeline) -> Result<(), FieldError> {
        let mut ids: HashMap<(RowList, String), String> = HashMap::new();
        for list in NAMED {
            let mut made = HashSet::new();
            for row in rows(other, list) {
                let text = |field: &str| row.get(field).and_then(Value::as_str).unwrap_or_default();
                let name = text(name_field(list));
                let own = text("id").to_owned();
                let id = if let Some(id) = known(list, name, timeline) {
                    id
                } else {
                    let row = with_id(list, row, timeline, &mut made);
                    self.append(list, &row)?;
                    let id = row.get("id").and_then(Value::as_str);
                    id.unwrap_or_default().to_owned()
                };
                ids.insert((list, own), id);
            }
        }
        // Lanes may be named by the events alone.
        let mut made = HashSet::new();
        for row in rows(other, RowList::Events) {
            let lane = row.get("lane").and_then(Value::as_str).unwrap_or_default();
            let key = (RowList::Lanes, lane.to_owned());
            if lane.is_empty() || ids.contains_key(&key) {
                continue;
            }
            let id = if let Some(id) = known(RowList::Lanes, lane, timeline) {
                id
            } else {
                let mut row = Map::new();
                row.insert("label".to_owned(), Value::from(lane));
                let row = with_id(RowList::Lanes, &row, timeline, &mut made);
                self.append(RowList::Lanes, &row)?;
                let id = row.get("id").and_then(Value::as_str);
                id.unwrap_or_default().to_owned()
            };
            ids.insert(key, id);
        }
        let mut made = HashSet::new();
        let mut renamed: HashMap<String, String> = HashMap::new();
        let mut events = Vec::new();
        for row in rows(other, RowList::Events) {
            let mut row = row.clone();
            name_anew(&mut row, &ids);
            let own = row.get("id").and_then(Value::as_str).map(ToOwned::to_owned);
            let row = with_id(RowList::Events, &row, timeline, &mut made);
            if let (Some(own), Some(id)) = (own, row.get("id").and_then(Value::as_str)) {
                renamed.insert(own, id.to_owned());
            }
            events.push(row);
        }
        for mut row in events {
            for list in ["because", "see_also"] {
                let links = row.get_mut(list).and_then(Value::as_array_mut);
                for link in links.into_iter().flatten() {
                    let id = link.get("event").and_then(Value::as_str);
                    if let Some(id) = id.and_then(|id| renamed.get(id)).cloned()
                        && let Value::Object(link) = link
                    {
                        link.insert("event".to_owned(), Value::from(id));
                    }
                }
            }
            self.append(RowList::Events, &row)?;
        }
        Ok(())
    }
}

fn rows(of: &Value, list: RowList) -> impl Iterator<Item = &Map<String, Value>> {
    let rows = of.get(list.field()).and_then(Value::as_array);
    rows.into_iter().flatten().filter_map(Value::as_object)
}

/// The id of the row of a list that has this name here.
fn known(list: RowList, name: &str, timeline: &Timeline) -> Option<String> {
    let found = match list {
        RowList::Lanes => timeline
            .lanes()
            .iter()
            .find(|it| it.label == name)
            .map(|it| &it.id),
        RowList::People => timeline
            .people()
            .iter()
            .find(|it| it.name == name)
            .map(|it| &it.id),
        RowList::Places => timeline
            .places()
            .iter()
            .find(|it| it.name == name)
            .map(|it| &it.id),
        RowList::Sources => timeline
            .sources()
            .iter()
            .find(|it| it.title == name)
            .map(|it| &it.id),
        RowList::Eras | RowList::Events | RowList::Lessons => None,
    };
    found.filter(|id| !id.is_empty()).cloned()
}

/// Has an event name rows by the ids that they have here.
fn name_anew(row: &mut Map<String, Value>, ids: &HashMap<(RowList, String), String>) {
    let new = |list: RowList, value: &mut Value| {
        let id = value.as_str().map(ToOwned::to_owned);
        if let Some(id) = id.and_then(|id| ids.get(&(list, id))) {
            *value = Value::from(id.as_str());
        }
    };
    for (field, list) in [("lane", RowList::Lanes), ("place", RowList::Places)] {
        if let Some(value) = row.get_mut(field) {
            new(list, value);
        }
    }
    let people = row.get_mut("people").and_then(Value::as_array_mut);
    for value in people.into_iter().flatten() {
        new(RowList::People, value);
    }
    let sources = row.get_mut("sources").and_then(Value::as_array_mut);
    for value in sources.into_iter().flatten() {
        if let Some(value) = value.get_mut("source") {
            new(RowList::Sources, value);
        }
    }
}
