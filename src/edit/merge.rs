//! Two versions of a chronology that came of one: what was changed here, and what another program has
//! saved meanwhile.
//!
//! Rows are told apart by their ids, else by their names. What only one side has changed is taken
//! from it, field by field; what both have changed differently is a [`Conflict`]. So are two rows that
//! both have added under one key: they are two things, and one of them is taken whole.

use std::collections::HashMap;

use serde_json::{Map, Value};

use super::{
    change::name_field,
    container::FieldError,
    draft::{Draft, Place},
    merge_order::{Order, Orders},
};
use crate::formats::{
    json::ranges::{Ranges, RowList},
    source::RowPosition,
};

/// Fields that say one thing together: one is never taken from one side and one from the other.
const TOGETHER: [[&str; 2]; 2] = [["lat", "lon"], ["date", "date_label"]];

/// What both sides have changed differently.
#[derive(Clone, Debug, PartialEq)]
pub struct Conflict {
    /// What it is about: the name of a row, or a field of the chronology.
    pub about: String,
    /// The fields that differ: their names, as they are here, and as they are in the file.
    pub fields: Vec<(String, String, String)>,
}

/// Which side is taken where both have changed the same.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Winner {
    /// What was changed here.
    Ours,
    /// What is in the file.
    Theirs,
}

/// A version, row by row.
struct Version {
    fields: Map<String, Value>,
    lists: Vec<Vec<(String, Value)>>,
}

impl Version {
    fn of(text: &str) -> Option<Self> {
        let mut fields: Map<String, Value> =
            serde_json::from_str(text.strip_prefix('\u{FEFF}').unwrap_or(text)).ok()?;
        let lists = RowList::ALL.map(|list| {
            let rows = fields.remove(list.field());
            let rows = match rows {
                Some(Value::Array(rows)) => rows,
                Some(row @ Value::Object(_)) => vec![row],
                _ => Vec::new(),
            };
            let mut counts: HashMap<String, usize> = HashMap::new();
            let keyed = rows.into_iter().map(|row| {
                let name = key(&row, list);
                let count = counts.entry(name.clone()).or_default();
                *count += 1;
                (format!("{name}\u{0}{count}"), row)
            });
            keyed.collect::<Vec<_>>()
        });
        Some(Self {
            fields,
            lists: lists.into(),
        })
    }

    fn list(&self, list: RowList) -> &[(String, Value)] {
        self.lists.get(list as usize).map_or(&[], Vec::as_slice)
    }

    fn by_key(&self, list: RowList) -> HashMap<&str, (usize, &Value)> {
        let rows = self.list(list).iter().enumerate();
        rows.map(|(at, (key, row))| (key.as_str(), (at, row)))
            .collect()
    }
}

fn key(row: &Value, list: RowList) -> String {
    let text = |field: &str| row.get(field).and_then(Value::as_str);
    text("id")
        .or_else(|| text(name_field(list)))
        .unwrap_or_default()
        .to_owned()
}

/// Takes what was changed here over into the text of the file: the draft of that text, and the
/// conflicts, in which `winner` was taken.
///
/// # Errors
///
/// Where a text has another form.
pub fn merge(
    (base, ours, theirs): (&str, &str, &str),
    winner: Winner,
) -> Result<(Draft, Vec<Conflict>), FieldError> {
    let read = |text| Version::of(text).ok_or(FieldError::NoRow);
    let (base, our, their) = (read(base)?, read(ours)?, read(theirs)?);
    let mut draft = Draft::new(theirs, Ranges::of(theirs));
    let mut conflicts = Vec::new();
    let sides = [&base.fields, &our.fields, &their.fields];
    let differing = merge_fields(&Place::FILE, sides, winner, &mut draft)?;
    conflicts.extend(differing.into_iter().map(|field| Conflict {
        about: field.0.clone(),
        fields: vec![field],
    }));
    for list in RowList::ALL {
        merge_list(
            list,
            (&base, &our, &their),
            winner,
            (&mut draft, &mut conflicts),
        )?;
    }
    Ok((draft, conflicts))
}

/// Takes the fields over that were changed here, of what is at a place in the text of the file. Returns
/// those that both have changed differently: their names, as they are here, and as they are there.
fn merge_fields(
    place: &Place,
    [base, our, their]: [&Map<String, Value>; 3],
    winner: Winner,
    draft: &mut Draft,
) -> Result<Vec<(String, String, String)>, FieldError> {
    let mut differing = Vec::new();
    let gone = base.keys().filter(|name| !our.contains_key(*name));
    let mut names: Vec<&str> = our.keys().chain(gone).map(String::as_str).collect();
    while let Some(&first) = names.first() {
        let pair = TOGETHER.iter().find(|pair| pair.contains(&first));
        let fields = pair.map_or(&[first][..], |pair| pair.as_slice()).to_vec();
        names.retain(|name| !fields.contains(name));
        let of = |side: &'_ Map<String, Value>| -> Vec<Option<Value>> {
            fields.iter().map(|name| side.get(*name).cloned()).collect()
        };
        let (before, here, there) = (of(base), of(our), of(their));
        if here == before || here == there {
            continue;
        }
        if there != before {
            differing.extend(different(&fields, our, their));
            if winner == Winner::Theirs {
                continue;
            }
        }
        for (name, (value, _)) in fields
            .iter()
            .zip(here.iter().zip(&there))
            .filter(|it| it.1.0 != it.1.1)
        {
            match value {
                Some(value) => draft.set(place, name, value)?,
                None => draft.unset(place, name)?,
            }
        }
    }
    Ok(differing)
}

/// The fields that differ: their names, as they are here, and as they are in the file.
fn different(
    fields: &[&str],
    our: &Map<String, Value>,
    their: &Map<String, Value>,
) -> Vec<(String, String, String)> {
    let sides = fields
        .iter()
        .map(|name| (name, our.get(*name), their.get(*name)));
    let differing = sides.filter(|(_, here, there)| here != there);
    differing
        .map(|(name, here, there)| ((*name).to_owned(), shown(here), shown(there)))
        .collect()
}

fn merge_list(
    list: RowList,
    (base, our, their): (&Version, &Version, &Version),
    winner: Winner,
    (draft, conflicts): (&mut Draft, &mut Vec<Conflict>),
) -> Result<(), FieldError> {
    let (before, here, there) = (base.by_key(list), our.by_key(list), their.by_key(list));
    let row_at = |at: usize| RowPosition {
        list,
        position: u32::try_from(at).unwrap_or(u32::MAX),
    };
    let (mut gone, mut added) = (Vec::new(), Vec::new());
    let ours = our.list(list).iter().map(|(key, _)| key.as_str());
    let missing = base.list(list).iter().map(|(key, _)| key.as_str());
    let missing = missing.filter(|key| !here.contains_key(key));
    for key in ours.chain(missing) {
        let of =
            |rows: &HashMap<&str, (usize, &Value)>| rows.get(key).map(|(_, row)| (*row).clone());
        let (was, is, other) = (of(&before), of(&here), of(&there));
        if is == was || is == other {
            continue;
        }
        let sides = [&is, &other].map(|row| row.as_ref().and_then(Value::as_object));
        if let ([Some(is), Some(other)], Some((at, _))) = (sides, there.get(key)) {
            let fields = match was.as_ref().and_then(Value::as_object) {
                Some(was) => {
                    let place = Place::row(row_at(*at));
                    merge_fields(&place, [was, is, other], winner, draft)?
                }
                None => {
                    if winner == Winner::Ours {
                        draft.replace_row(row_at(*at), &Value::Object(is.clone()))?;
                    }
                    let more = other.keys().filter(|name| !is.contains_key(*name));
                    let names: Vec<&str> = is.keys().chain(more).map(String::as_str).collect();
                    different(&names, is, other)
                }
            };
            if !fields.is_empty() {
                let about = name(list, is).or_else(|| name(list, other));
                let about = about.unwrap_or_default();
                conflicts.push(Conflict { about, fields });
            }
            continue;
        }
        if other != was {
            conflicts.push(deleted(list, is.as_ref(), other.as_ref()));
            if winner == Winner::Theirs {
                continue;
            }
        }
        match (is, there.get(key)) {
            (Some(row), Some((at, _))) => draft.replace_row(row_at(*at), &row)?,
            (Some(row), None) => {
                let end = draft.count(list);
                draft.insert_row(row_at(end), &row)?;
                added.push(key);
            }
            (None, Some((at, _))) => gone.push(*at),
            (None, None) => {}
        }
    }
    let mut keys: Vec<&str> = their
        .list(list)
        .iter()
        .map(|(key, _)| key.as_str())
        .collect();
    keys.extend(added);
    gone.sort_unstable();
    for at in gone.into_iter().rev() {
        draft.remove_row(row_at(at))?;
        keys.remove(at);
    }
    let versions = [base, our, their];
    conflicts.extend(merge_order(list, versions, keys, (winner, draft))?);
    Ok(())
}

/// Gives the rows that are now there, which `keys` names, the order that they have here, where that was
/// changed; what is to be chosen, where both have changed it.
fn merge_order(
    list: RowList,
    [base, our, their]: [&Version; 3],
    mut keys: Vec<&str>,
    (winner, draft): (Winner, &mut Draft),
) -> Result<Option<Conflict>, FieldError> {
    let keys_of = |version: &'_ Version| -> Vec<String> {
        version
            .list(list)
            .iter()
            .map(|(key, _)| key.clone())
            .collect()
    };
    let [base_keys, our_keys, their_keys] = [base, our, their].map(keys_of);
    let [base_keys, our_keys, their_keys] = [&base_keys, &our_keys, &their_keys]
        .map(|keys| keys.iter().map(String::as_str).collect::<Vec<_>>());
    let orders = Orders {
        base: &base_keys,
        ours: &our_keys,
        theirs: &their_keys,
    };
    let changed = orders.changed();
    let conflict = (changed == Order::Both).then(|| {
        let names = |version: &Version| {
            let rows = version
                .list(list)
                .iter()
                .filter_map(|(_, row)| row.as_object());
            let names = rows.filter_map(|row| name(list, row));
            names.collect::<Vec<_>>().join(", ")
        };
        let order = "order".to_owned();
        Conflict {
            about: list.field().to_owned(),
            fields: vec![(order, names(our), names(their))],
        }
    });
    if changed == Order::Theirs || conflict.is_some() && winner == Winner::Theirs {
        return Ok(conflict);
    }
    for (to, key) in orders.ours_of(&keys).into_iter().enumerate() {
        let from = keys.iter().position(|it| *it == key).unwrap_or(to);
        if from == to {
            continue;
        }
        let [position, to_position] = [from, to].map(|at| u32::try_from(at).unwrap_or(u32::MAX));
        draft.move_row(RowPosition { list, position }, to_position)?;
        let moved = keys.remove(from);
        keys.insert(to, moved);
    }
    Ok(conflict)
}

/// The name of a row.
fn name(list: RowList, row: &Map<String, Value>) -> Option<String> {
    let name = row.get(name_field(list))?.as_str()?;
    Some(name.to_owned())
}

/// A row that one side has changed and the other deleted.
fn deleted(list: RowList, here: Option<&Value>, there: Option<&Value>) -> Conflict {
    let named = |row: Option<&Value>| name(list, row?.as_object()?);
    let said = |row: Option<&Value>| match row {
        Some(_) => "changed".to_owned(),
        None => "deleted".to_owned(),
    };
    Conflict {
        about: named(here).or_else(|| named(there)).unwrap_or_default(),
        fields: vec![(String::new(), said(here), said(there))],
    }
}

/// A value as it is shown to somebody who chooses.
fn shown(value: Option<&Value>) -> String {
    match value {
        None => "—".to_owned(),
        Some(Value::String(text)) => text.clone(),
        Some(other) => other.to_string(),
    }
}
