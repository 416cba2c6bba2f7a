//! A step of undo: changes of the text, and what rows came, went or moved by them.

use std::sync::Arc;

use serde::{Deserialize, Serialize};

use super::splice::Splice;
use crate::formats::{
    json::ranges::{Ranges, RowList},
    source::RowPosition,
};

/// A row that came, went or moved.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RowMove {
    /// Its list.
    pub list: RowList,
    /// Where it was; `None` for a new one.
    pub from: Option<u32>,
    /// Where it is; `None` for one that is gone.
    pub to: Option<u32>,
}

impl RowMove {
    /// Where a row is afterwards; `None` for the one that is gone.
    fn moved(self, row: RowPosition) -> Option<RowPosition> {
        if row.list != self.list {
            return Some(row);
        }
        let mut position = row.position;
        if let Some(from) = self.from {
            if position == from {
                return self.to.map(|position| RowPosition { position, ..row });
            }
            position -= u32::from(position > from);
        }
        if let Some(to) = self.to {
            position += u32::from(position >= to);
        }
        Some(RowPosition { position, ..row })
    }

    const fn inverse(self) -> Self {
        Self {
            list: self.list,
            from: self.to,
            to: self.from,
        }
    }
}

/// One step of undo.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Edit {
    /// What it does, as it follows “Undo: ”.
    pub name: String,
    /// The changes of the text, one after the other.
    pub splices: Vec<Splice>,
    /// The rows that came, went or moved, one after the other.
    pub moves: Vec<RowMove>,
}

impl Edit {
    /// What takes it back.
    #[must_use]
    pub fn inverse(&self) -> Self {
        Self {
            name: self.name.clone(),
            splices: self.splices.iter().rev().map(Splice::inverse).collect(),
            moves: self.moves.iter().rev().map(|it| it.inverse()).collect(),
        }
    }

    /// Where a row is afterwards; `None` for one that is gone.
    pub fn moved(&self, row: RowPosition) -> Option<RowPosition> {
        self.moves.iter().try_fold(row, |row, it| it.moved(row))
    }

    /// The first row that it adds.
    pub fn added(&self) -> Option<RowPosition> {
        let added = self.moves.iter().find(|it| it.from.is_none())?;
        Some(RowPosition {
            list: added.list,
            position: added.to?,
        })
    }

    /// A text with its changes. It is copied where others hold it.
    ///
    /// # Errors
    ///
    /// The text as it was, where they do not fit it.
    pub(super) fn applied(&self, mut text: Arc<String>) -> Result<Arc<String>, Arc<String>> {
        for (number, splice) in self.splices.iter().enumerate() {
            if !splice.fits(&text) {
                for done in self.splices.iter().take(number).rev() {
                    done.inverse().apply(Arc::make_mut(&mut text));
                }
                return Err(text);
            }
            splice.apply(Arc::make_mut(&mut text));
        }
        Ok(text)
    }

    /// The ranges of the rows after the step, made of those before it. `None` where they must be found
    /// by parsing: where a row moves, where one comes or goes together with another change, and where
    /// that is quicker.
    pub(super) fn followed(&self, mut ranges: Ranges) -> Option<Ranges> {
        /// A splice shifts all rows behind it; parsing the text takes as long as some of them.
        const MOST_SPLICES: usize = 50;
        match (&*self.moves, &*self.splices) {
            ([], splices) if splices.len() <= MOST_SPLICES => {
                for Splice {
                    at,
                    removed,
                    inserted,
                } in splices
                {
                    if !ranges.can_follow(*at, removed, inserted) {
                        return None;
                    }
                    ranges.change(*at, removed.len(), inserted.len());
                }
            }
            ([row], [splice]) => match (row.from, row.to) {
                (Some(from), None) if splice.inserted.is_empty() => {
                    let removed = splice.removed.len();
                    ranges.remove_row(row.list, from as usize, splice.at, removed);
                }
                (None, Some(to)) if splice.removed.is_empty() => {
                    ranges.insert_row(row.list, to as usize, splice.at, &splice.inserted);
                }
                _ => return None,
            },
            _ => return None,
        }
        Some(ranges)
    }
}
