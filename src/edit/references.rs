//! What refers to a row by its id: followed when that is renamed, taken along when it is deleted.

use std::ops::Range;

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
    /// The id as it is written.
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

impl Draft {
    /// How many rows name the row of a list with this id.
    pub fn naming(&self, list: RowList, id: &str) -> Vec<RowPosition> {
        let mut found = Vec::new();
        for row in self.candidates(list, id) {
            let ways = ways(list, row.list);
            let names = ways.map(|way| self.references(row, way, id).len());
            if names.sum::<usize>() > 0 {
                found.push(row);
            }
        }
        found
    }

    /// Writes another id wherever a row of a list is named.
    pub fn rename(&mut self, list: RowList, id: &str, to: &str) {
        for row in self.candidates(list, id) {
            for way in ways(list, row.list) {
                // From the end, so that what is before stays where it is.
                for reference in self.references(row, way, id).into_iter().rev() {
                    self.replace(reference.id, &quoted(to));
                }
            }
        }
    }

    /// Removes every link to a row of a list.
    ///
    /// # Errors
    ///
    /// Where a row cannot be changed.
    pub fn unlink(&mut self, list: RowList, id: &str) -> Result<(), FieldError> {
        for row in self.candidates(list, id) {
            for way in ways(list, row.list) {
                for reference in self.references(row, way, id).into_iter().rev() {
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

    /// Rows that may name a row of a list with this id: those in which it stands as JSON writes it, and
    /// those with an escape, which may be in it.
    fn candidates(&self, list: RowList, id: &str) -> Vec<RowPosition> {
        let text = self.text().as_bytes();
        let named = quoted(id);
        let named = memmem::find_iter(text, named.as_bytes());
        let mut places: Vec<usize> = named.chain(memchr_iter(b'\\', text)).collect();
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

    /// The places of a row, on one way, that hold the id.
    fn references(&self, row: RowPosition, way: &[Way], id: &str) -> Vec<Reference> {
        let mut found = Vec::new();
        if let Some(range) = self.row_range(row) {
            let at = At {
                pointer: JsonPointer::row(row),
                range,
            };
            self.walk(&at, way, id, &mut found);
        }
        found
    }

    fn walk(&self, at: &At, way: &[Way], id: &str, found: &mut Vec<Reference>) {
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
        let is_id = |range: &Range<usize>| {
            let text = self.text().get(range.clone()).unwrap_or_default();
            serde_json::from_str::<String>(text).is_ok_and(|it| it == id)
        };
        if rest.is_empty() {
            if is_id(&value) {
                found.push(Reference {
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
                [Each] if is_id(&item) => found.push(Reference {
                    id: item,
                    holder: at.pointer.clone(),
                    gone: Gone::Item(name, number),
                }),
                [Each, inner @ ..] => {
                    let pointer = at.pointer.clone().field(name).item(number);
                    let inside = At {
                        pointer,
                        range: item,
                    };
                    let before = found.len();
                    self.walk(&inside, inner, id, found);
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
