//! Two versions of a chronology that came of one: what was changed here, and what another program has
//! saved meanwhile.
//!
//! Rows are told apart by their ids, else by their names. What only one side has changed is taken
//! from it; what both have changed differently is a [`Conflict`].

use std::collections::HashMap;

use serde_json::{Map, Value};

use super::{
    change::name_field,
    container::FieldError,
    draft::{Draft, Place},
};
use crate::formats::{
    json::ranges::{Ranges, RowList},
    source::RowPosition,
};

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
    let names = our.fields.keys().chain(base.fields.keys());
    let mut seen: Vec<&String> = Vec::new();
    for name in names {
        if seen.contains(&name) {
            continue;
        }
        seen.push(name);
        let [before, here, there] = [&base, &our, &their].map(|it| it.fields.get(name));
        if here == before || here == there {
            continue;
        }
        if there != before {
            conflicts.push(Conflict {
                about: name.clone(),
                fields: vec![(name.clone(), shown(here), shown(there))],
            });
            if winner == Winner::Theirs {
                continue;
            }
        }
        match here {
            Some(value) => draft.set(&Place::FILE, name, value)?,
            None => draft.unset(&Place::FILE, name)?,
        }
    }
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
    let mut gone = Vec::new();
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
        if other != was {
            conflicts.push(conflict(list, is.as_ref(), other.as_ref()));
            if winner == Winner::Theirs {
                continue;
            }
        }
        match (is, there.get(key)) {
            (Some(row), Some((at, _))) => draft.replace_row(row_at(*at), &row)?,
            (Some(row), None) => {
                let end = draft.count(list);
                draft.insert_row(row_at(end), &row)?;
            }
            (None, Some((at, _))) => gone.push(*at),
            (None, None) => {}
        }
    }
    gone.sort_unstable();
    gone.into_iter()
        .rev()
        .try_for_each(|at| draft.remove_row(row_at(at)))
}

fn conflict(list: RowList, here: Option<&Value>, there: Option<&Value>) -> Conflict {
    let name = |row: Option<&Value>| {
        let name = row?.get(name_field(list))?.as_str()?;
        Some(name.to_owned())
    };
    let about = name(here).or_else(|| name(there)).unwrap_or_default();
    let (Some(Value::Object(own)), Some(Value::Object(other))) = (here, there) else {
        let said = |row: Option<&Value>| match row {
            Some(_) => "changed".to_owned(),
            None => "deleted".to_owned(),
        };
        return Conflict {
            about,
            fields: vec![(String::new(), said(here), said(there))],
        };
    };
    let mut fields = Vec::new();
    let names = own
        .keys()
        .chain(other.keys().filter(|name| !own.contains_key(*name)));
    for name in names {
        let (one, two) = (own.get(name), other.get(name));
        if one != two {
            fields.push((name.clone(), shown(one), shown(two)));
        }
    }
    Conflict { about, fields }
}

/// A value as it is shown to somebody who chooses.
fn shown(value: Option<&Value>) -> String {
    match value {
        None => "—".to_owned(),
        Some(Value::String(text)) => text.clone(),
        Some(other) => other.to_string(),
    }
}
