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

    /// A text with its changes; `None` where they do not fit it.
    pub(super) fn applied(&self, text: &Arc<String>) -> Option<Arc<String>> {
        let mut text = Arc::clone(text);
        for splice in &self.splices {
            if !splice.fits(&text) {
                return None;
            }
            splice.apply(Arc::make_mut(&mut text));
        }
        Some(text)
    }

    /// Where the rows are after the step. `None` where they are to be looked for: not where rows stay,
    /// and where one comes or goes and nothing else is changed.
    pub(super) fn followed(&self, mut ranges: Ranges) -> Option<Ranges> {
        match (&*self.moves, &*self.splices) {
            ([], splices) => {
                for splice in splices {
                    ranges.follow(splice.at, splice.removed.len(), splice.inserted.len());
                }
            }
            ([row], [splice]) if splice.inserted.is_empty() && row.to.is_none() => {
                ranges.remove(row.list, row.from? as usize);
                ranges.follow(splice.at, splice.removed.len(), 0);
            }
            ([row], [splice]) if splice.removed.is_empty() && row.from.is_none() => {
                let all = splice.inserted.as_str();
                let is_around = |it: char| it == ',' || it.is_ascii_whitespace();
                let own = all.trim_matches(is_around);
                let before = all.len() - all.trim_start_matches(is_around).len();
                let start = splice.at + before;
                let inserted = splice.at..splice.at + all.len();
                ranges.insert(
                    row.list,
                    row.to? as usize,
                    &(start..start + own.len()),
                    &inserted,
                );
            }
            _ => return None,
        }
        Some(ranges)
    }
}
