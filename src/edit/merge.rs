//! Two versions of a chronology that came of one: what was changed here, and what another program has
//! saved meanwhile.
//!
//! Rows are told apart by their ids, else by their names. What only one side has changed is taken
//! from it, field by field; what both have changed differently is a [`Conflict`]. So are two rows that
//! both have added under one key: they are two things, and one of them is taken whole.

use std::{collections::HashMap, sync::Arc};

use serde_json::{Map, Value};

use super::{
    change::{Subject, name_field, words},
    container::FieldError,
    draft::{Draft, JsonPointer},
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
    /// The fields that differ.
    pub fields: Vec<Differing>,
}

/// The name of a field, what it is here, and what it is in the file.
pub type Differing = (String, String, String);

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

    fn keys(&self, list: RowList) -> impl Iterator<Item = &str> {
        self.list(list).iter().map(|(key, _)| key.as_str())
    }

    /// The names of the rows, in their order.
    fn names(&self, list: RowList) -> String {
        let rows = self
            .list(list)
            .iter()
            .filter_map(|(_, row)| row.as_object());
        let names = rows.filter_map(|row| name(list, row));
        names.collect::<Vec<_>>().join(", ")
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

/// The texts of a merge of three.
#[derive(Clone, Copy, Debug)]
pub struct ThreeTexts<'a> {
    /// What both come from.
    pub base: &'a str,
    /// What was changed here.
    pub ours: &'a str,
    /// What is in the file.
    pub theirs: &'a Arc<String>,
}

/// Takes what was changed here over into the text of the file: the draft of that text, and the
/// conflicts, in which `winner` was taken.
///
/// # Errors
///
/// Where a text has another form.
pub fn merge(texts: &ThreeTexts<'_>, winner: Winner) -> Result<(Draft, Vec<Conflict>), FieldError> {
    let ThreeTexts { base, ours, theirs } = *texts;
    let read = |text| Version::of(text).ok_or(FieldError::NoRow);
    let versions = Versions {
        base: read(base)?,
        our: read(ours)?,
        their: read(theirs)?,
    };
    let mut merging = Merging {
        versions: &versions,
        winner,
        draft: Draft::new(Arc::clone(theirs), Ranges::of(theirs)),
        conflicts: Vec::new(),
    };
    merging.file()?;
    for list in RowList::ALL {
        let rows = merging.rows(list)?;
        merging.order(list, rows)?;
    }
    Ok((merging.draft, merging.conflicts))
}

/// What both come from, what is here, and what is in the file.
struct Versions {
    base: Version,
    our: Version,
    their: Version,
}

/// The same of one row, or of the chronology itself.
struct Fields<'a> {
    base: &'a Map<String, Value>,
    our: &'a Map<String, Value>,
    their: &'a Map<String, Value>,
}

struct Merging<'a> {
    versions: &'a Versions,
    winner: Winner,
    draft: Draft,
    conflicts: Vec<Conflict>,
}

impl<'a> Merging<'a> {
    /// Merges what the chronology says of itself.
    fn file(&mut self) -> Result<(), FieldError> {
        let Versions { base, our, their } = self.versions;
        let fields = Fields {
            base: &base.fields,
            our: &our.fields,
            their: &their.fields,
        };
        let differing = self.fields(&JsonPointer::FILE, &fields)?;
        self.conflicts
            .extend(differing.into_iter().map(|field| Conflict {
                about: field.0.clone(),
                fields: vec![field],
            }));
        Ok(())
    }

    /// Takes the fields over that were changed here, of what is at a pointer in the text of the file.
    /// Returns those that both have changed differently.
    fn fields(
        &mut self,
        pointer: &JsonPointer,
        of: &Fields<'_>,
    ) -> Result<Vec<Differing>, FieldError> {
        let mut differing = Vec::new();
        let gone = of.base.keys().filter(|name| !of.our.contains_key(*name));
        let mut names: Vec<&str> = of.our.keys().chain(gone).map(String::as_str).collect();
        while let Some(&first) = names.first() {
            let pair = TOGETHER.iter().find(|pair| pair.contains(&first));
            let fields = pair.map_or_else(|| vec![first], |pair| pair.to_vec());
            names.retain(|name| !fields.contains(name));
            let is_same = |one: &Map<String, Value>, other: &Map<String, Value>| {
                fields.iter().all(|name| one.get(*name) == other.get(*name))
            };
            if is_same(of.our, of.base) || is_same(of.our, of.their) {
                continue;
            }
            if !is_same(of.their, of.base) {
                differing.extend(different(&fields, of.our, of.their));
                if self.winner == Winner::Theirs {
                    continue;
                }
            }
            for name in fields {
                match of.our.get(name) {
                    here if here == of.their.get(name) => {}
                    Some(value) => self.draft.set(pointer, name, value)?,
                    None => self.draft.unset(pointer, name)?,
                }
            }
        }
        Ok(differing)
    }

    /// Merges the rows of a list; the keys of those that are then there, in their order.
    fn rows(&mut self, list: RowList) -> Result<Vec<&'a str>, FieldError> {
        let Versions { base, our, their } = self.versions;
        let (before, here, there) = (base.by_key(list), our.by_key(list), their.by_key(list));
        let (mut gone, mut added) = (Vec::new(), Vec::new());
        let missing = base.keys(list).filter(|key| !here.contains_key(key));
        for key in our.keys(list).chain(missing) {
            let of = |rows: &HashMap<&str, (usize, &'a Value)>| rows.get(key).map(|(_, row)| *row);
            let (was, is, other) = (of(&before), of(&here), of(&there));
            if is == was || is == other {
                continue;
            }
            let at = there.get(key).map(|(at, _)| row_at(list, *at));
            if let (Some(is), Some(other), Some(at)) = (object(is), object(other), at) {
                let fields = self.row(at, object(was), is, other)?;
                if !fields.is_empty() {
                    let about = name(list, is).or_else(|| name(list, other));
                    let about = about.unwrap_or_default();
                    self.conflicts.push(Conflict { about, fields });
                }
                continue;
            }
            if other != was {
                self.conflicts.push(deleted(list, is, other));
                if self.winner == Winner::Theirs {
                    continue;
                }
            }
            match (is, at) {
                (Some(row), Some(at)) => self.draft.replace_row(at, row)?,
                (Some(row), None) => {
                    let end = self.draft.count(list);
                    self.draft.insert_row(row_at(list, end), row)?;
                    added.push(key);
                }
                (None, Some(at)) => gone.push(at.position),
                (None, None) => {}
            }
        }
        let mut keys: Vec<&str> = their.keys(list).collect();
        keys.extend(added);
        gone.sort_unstable();
        for position in gone.into_iter().rev() {
            self.draft.remove_row(RowPosition { list, position })?;
            keys.remove(position as usize);
        }
        Ok(keys)
    }

    /// Merges a row that is here and there; `was` is `None` where both have added it. Returns what
    /// both have changed differently.
    fn row(
        &mut self,
        at: RowPosition,
        was: Option<&Map<String, Value>>,
        our: &Map<String, Value>,
        their: &Map<String, Value>,
    ) -> Result<Vec<Differing>, FieldError> {
        if let Some(base) = was {
            return self.fields(&JsonPointer::row(at), &Fields { base, our, their });
        }
        if self.winner == Winner::Ours {
            self.draft.replace_row(at, &Value::Object(our.clone()))?;
        }
        let more = their.keys().filter(|name| !our.contains_key(*name));
        let names: Vec<&str> = our.keys().chain(more).map(String::as_str).collect();
        Ok(different(&names, our, their))
    }

    /// Gives the rows, of which these are the keys, the order that they have here, where that was
    /// changed.
    fn order(&mut self, list: RowList, mut rows: Vec<&'a str>) -> Result<(), FieldError> {
        if list == RowList::Events {
            // They are drawn by their dates: their order in the file is worth neither work nor question.
            return Ok(());
        }
        let Versions { base, our, their } = self.versions;
        let keys = [base, our, their].map(|version| version.keys(list).collect::<Vec<_>>());
        let [base_keys, our_keys, their_keys] = &keys;
        let orders = Orders {
            base: base_keys,
            ours: our_keys,
            theirs: their_keys,
        };
        match orders.changed() {
            Order::Theirs => return Ok(()),
            Order::Both => {
                let order = "order".to_owned();
                self.conflicts.push(Conflict {
                    about: list.field().to_owned(),
                    fields: vec![(order, our.names(list), their.names(list))],
                });
                if self.winner == Winner::Theirs {
                    return Ok(());
                }
            }
            Order::Ours => {}
        }
        let wanted = orders.ours_of(&rows);
        let places: HashMap<&str, usize> = (0..).zip(&wanted).map(|(at, key)| (*key, at)).collect();
        for (at, key) in wanted.iter().enumerate() {
            while rows.get(at) != Some(key) {
                // Where the next one is right, this one goes where it belongs; else the right one comes.
                let here = rows.get(at).and_then(|key| places.get(key)).copied();
                let (from, to) = match (rows.get(at + 1) == Some(key), here) {
                    (true, Some(to)) => (at, to),
                    _ => (rows.iter().position(|it| it == key).unwrap_or(at), at),
                };
                if from == to {
                    break;
                }
                let position = row_at(list, to).position;
                self.draft.move_row(row_at(list, from), position)?;
                let moved = rows.remove(from);
                rows.insert(to, moved);
            }
        }
        Ok(())
    }
}

fn object(row: Option<&Value>) -> Option<&Map<String, Value>> {
    row?.as_object()
}

fn row_at(list: RowList, at: usize) -> RowPosition {
    RowPosition {
        list,
        position: u32::try_from(at).unwrap_or(u32::MAX),
    }
}

/// The fields of two rows that differ.
fn different(
    fields: &[&str],
    our: &Map<String, Value>,
    their: &Map<String, Value>,
) -> Vec<Differing> {
    let sides = fields
        .iter()
        .map(|name| (*name, our.get(*name), their.get(*name)));
    let differing = sides.filter(|(_, here, there)| here != there);
    differing
        .map(|(name, here, there)| (words(Subject::File, &[], name), shown(here), shown(there)))
        .collect()
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
