//! What refers to a row by its id: followed when that is renamed, taken along when it is deleted.

use std::{collections::HashSet, ops::Range};

use memchr::{memchr_iter, memmem};

use super::{
    container::{Container, FieldError},
    draft::{Draft, JsonPointer},
    style::quoted,
};
use crate::formats::{json::ranges::RowList, source::RowPosition};

/// A step on the way to a reference.
#[derive(Clone, Copy)]
enum Way {
    Field(&'static str),
    Each,
}
use Way::{Each, Field};

/// Where ids of a list's rows stand: the list, the list whose rows name them, and the way.
const REFERENCES: &[(RowList, RowList, &[Way])] = &[
    (RowList::Lanes, RowList::Events, &[Field("lane")]),
    (
        RowList::Lanes,
        RowList::Lessons,
        &[Field("steps"), Each, Field("lanes"), Each],
    ),
    (RowList::People, RowList::Events, &[Field("people"), Each]),
    (
        RowList::People,
        RowList::People,
        &[Field("member_of"), Each],
    ),
    (
        RowList::People,
        RowList::Lessons,
        &[Field("steps"), Each, Field("people"), Each],
    ),
    (RowList::Places, RowList::Events, &[Field("place")]),
    (
        RowList::Sources,
        RowList::Events,
        &[Field("sources"), Each, Field("source")],
    ),
    (
        RowList::Events,
        RowList::Events,
        &[Field("because"), Each, Field("event")],
    ),
    (
        RowList::Events,
        RowList::Events,
        &[Field("see_also"), Each, Field("event")],
    ),
    (
        RowList::Events,
        RowList::Lessons,
        &[Field("steps"), Each, Field("event")],
    ),
    (
        RowList::Events,
        RowList::Lessons,
        &[Field("steps"), Each, Field("events"), Each],
    ),
];

/// A reference that was found.
struct Reference {
    /// The id that is named.
    named: String,
    /// Where it is written.
    id: Range<usize>,
    /// The object or list that holds it, and what of that goes where it goes: a field, or an item.
    holder: JsonPointer,
    gone: Gone,
}

#[derive(Clone, Copy)]
enum Gone {
    Field(&'static str),
    Item(&'static str, usize),
}

/// Up to so many ids are searched for one by one; of more, each string of the text is looked up.
const FEW_IDS: usize = 16;

impl Draft {
    /// Which of these ids of rows of a list are named by a row.
    pub fn named<'i>(&self, list: RowList, ids: &HashSet<&'i str>) -> HashSet<&'i str> {
        let mut named = HashSet::new();
        // Where an id stands nowhere, no row names it.
        if self.places_of(ids).is_empty() {
            return named;
        }
        for row in self.candidates(list, ids) {
            for reference in ways(list, row.list).flat_map(|way| self.references(row, way, ids)) {
                named.extend(ids.get(reference.named.as_str()));
            }
        }
        named
    }

    /// Writes another id wherever a row of a list is named.
    pub fn rename(&mut self, list: RowList, id: &str, to: &str) {
        let ids = HashSet::from([id]);
        for row in self.candidates(list, &ids) {
            for way in ways(list, row.list) {
                // From the end, so that what is before stays where it is.
                for reference in self.references(row, way, &ids).into_iter().rev() {
                    self.replace(reference.id, &quoted(to));
                }
            }
        }
    }

    /// Removes every link to rows of a list.
    ///
    /// # Errors
    ///
    /// Where a row cannot be changed.
    pub fn unlink(&mut self, list: RowList, ids: &HashSet<&str>) -> Result<(), FieldError> {
        for row in self.candidates(list, ids) {
            for way in ways(list, row.list) {
                for reference in self.references(row, way, ids).into_iter().rev() {
                    match reference.gone {
                        Gone::Field(name) => self.unset(&reference.holder, name)?,
                        Gone::Item(name, number) => {
                            self.remove_item(&reference.holder, name, number)?;
                        }
                    }
                }
            }
        }
        Ok(())
    }

    /// Where ids stand in the text as JSON writes them, in bytes.
    fn places_of(&self, ids: &HashSet<&str>) -> Vec<usize> {
        let text = self.text();
        if ids.len() <= FEW_IDS {
            let places = ids.iter().flat_map(|id| {
                let id = quoted(id);
                let found = memmem::find_iter(text.as_bytes(), id.as_bytes());
                found.collect::<Vec<usize>>()
            });
            return places.collect();
        }
        let marks = memchr_iter(b'"', text.as_bytes());
        let begun = marks.clone();
        let strings = begun.zip(marks.skip(1));
        let is_id = |&(from, to): &(usize, usize)| {
            let string = text.get(from + 1..to);
            string.is_some_and(|string| ids.contains(string))
        };
        strings.filter(is_id).map(|(from, _)| from).collect()
    }

    /// Rows that may name a row of a list with one of these ids: those in which it stands as JSON writes
    /// it, and those with an escape, which may be in it.
    fn candidates(&self, list: RowList, ids: &HashSet<&str>) -> Vec<RowPosition> {
        let mut places = self.places_of(ids);
        places.extend(memchr_iter(b'\\', self.text().as_bytes()));
        places.sort_unstable();
        let mut holders: Vec<RowList> = REFERENCES
            .iter()
            .filter(|(target, ..)| *target == list)
            .map(|(_, holder, _)| *holder)
            .collect();
        holders.dedup();
        let rows = holders.into_iter().flat_map(|list| {
            let ranges = self.rows(list);
            let row_at = |place: &usize| {
                let at = ranges.partition_point(|range| range.end <= *place);
                ranges.get(at).filter(|range| range.start <= *place)?;
                let position = u32::try_from(at).ok()?;
                Some(RowPosition { list, position })
            };
            let mut rows: Vec<RowPosition> = places.iter().filter_map(row_at).collect();
            rows.dedup();
            rows
        });
        rows.collect()
    }

    /// The references of a row, on one way, to one of the ids.
    fn references(&self, row: RowPosition, way: &[Way], ids: &HashSet<&str>) -> Vec<Reference> {
        let mut found = Vec::new();
        if let Some(range) = self.row_range(row) {
            let at = At {
                pointer: JsonPointer::row(row),
                range,
            };
            self.walk(&at, way, ids, &mut found);
        }
        found
    }

    fn walk(&self, at: &At, way: &[Way], ids: &HashSet<&str>, found: &mut Vec<Reference>) {
        let Some((first, rest)) = way.split_first() else {
            return;
        };
        let Some(container) = Container::at(self.text(), at.range.clone()) else {
            return;
        };
        let Field(name) = *first else { return };
        let Some(value) = container.field(name).filter(|_| !container.is_list()) else {
            return;
        };
        let id_at = |range: &Range<usize>| {
            let text = self.text().get(range.clone()).unwrap_or_default();
            let id = serde_json::from_str::<String>(text).ok();
            id.filter(|id| ids.contains(id.as_str()))
        };
        if rest.is_empty() {
            if let Some(named) = id_at(&value) {
                found.push(Reference {
                    named,
                    id: value,
                    holder: at.pointer.clone(),
                    gone: Gone::Field(name),
                });
            }
            return;
        }
        let Some(list) = Container::at(self.text(), value).filter(Container::is_list) else {
            return;
        };
        for number in 0..list.len() {
            let Some(item) = list.item(number) else {
                continue;
            };
            match rest {
                [Each] => found.extend(id_at(&item).map(|named| Reference {
                    named,
                    id: item,
                    holder: at.pointer.clone(),
                    gone: Gone::Item(name, number),
                })),
                [Each, inner @ ..] => {
                    let pointer = at.pointer.clone().field(name).item(number);
                    let inside = At {
                        pointer,
                        range: item,
                    };
                    let before = found.len();
                    self.walk(&inside, inner, ids, found);
                    // Of a link that leads nowhere, all goes; a step stays, with its text.
                    if name != "steps" {
                        for reference in found.iter_mut().skip(before) {
                            reference.holder = at.pointer.clone();
                            reference.gone = Gone::Item(name, number);
                        }
                    }
                }
                _ => {}
            }
        }
    }
}

/// An object on the way to a reference.
struct At {
    pointer: JsonPointer,
    range: Range<usize>,
}

fn ways(list: RowList, holder: RowList) -> impl Iterator<Item = &'static [Way]> {
    let found = REFERENCES
        .iter()
        .filter(move |(target, of, _)| *target == list && *of == holder);
    found.map(|(.., way)| *way)
}
