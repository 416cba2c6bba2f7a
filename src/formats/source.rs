//! A chronology as it was opened: its text, and what was read of it.
//!
//! Every chronology *is* a text in the form of timeline.json. The [`Timeline`] is made of it by the
//! one reader and by nothing else; a change is a change of the text. Unknown fields, the order of
//! keys, numbers as they were written and line ends survive because the text does.

use std::fmt;
use std::ops::Range;
use std::sync::Arc;

use serde::{Deserialize, Serialize};

use super::columns::TableColumns;
use super::json::positions::RowPositions;
use super::json::ranges::{Ranges, RowList};
use super::origins::Origins;
use super::{Diagnostic, Format, Severity};
use crate::model::{EventId, Timeline};

/// The text of a file from this size on is not kept in memory, in bytes: it is read again when it
/// is called for.
pub const LARGE_TEXT_BYTES: u64 = 16 << 20;

/// A chronology that could be shown. The default one is empty.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct Source {
    /// What was read of the text.
    pub timeline: Arc<Timeline>,
    /// What is wrong with it, in the order of the file.
    pub diagnostics: Vec<Diagnostic>,
    /// The format of the file that it was read from.
    pub format: Format,
    /// Where its events came from, if its text was made of a file of another format.
    pub origins: Origins,
    /// What the columns were taken for, if it is a table.
    pub columns: Option<Arc<TableColumns>>,
    text: SourceText,
    positions: RowPositions,
}

/// The text of a chronology.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum SourceText {
    /// In memory, byte for byte, a byte order mark included.
    Kept(Arc<String>),
    /// Not in memory: it is what the file held whose content has this fingerprint.
    InFile(Fingerprint),
    /// With whoever had it read: the text of an open chronology, which is being changed there.
    Open,
}

impl Default for SourceText {
    fn default() -> Self {
        Self::Kept(Arc::default())
    }
}

/// Tells one content of a file from another.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, Serialize, Deserialize)]
pub struct Fingerprint {
    bytes: u64,
    hash: u64,
}

impl Fingerprint {
    /// The fingerprint of a content. The hash mixes as FNV-1a does, with a rotation, words of eight
    /// bytes in four lanes that the processor works on at once: fixed, so that it may be written to
    /// disk; a guard against accidents, not against attackers.
    pub fn of(content: &[u8]) -> Self {
        const PRIME: u64 = 0x0000_0100_0000_01B3;
        const BASES: [u64; 4] = [
            0xCBF2_9CE4_8422_2325,
            0x8422_2325_CBF2_9CE4,
            0x9CE4_8422_2325_CBF2,
            0x2325_CBF2_9CE4_8422,
        ];
        let mix = |hash: u64, word: u64| (hash ^ word).wrapping_mul(PRIME).rotate_left(29);
        let (blocks, rest) = content.as_chunks::<32>();
        let lanes = blocks.iter().fold(BASES, |mut lanes, block| {
            let (words, _) = block.as_chunks::<8>();
            for (lane, word) in lanes.iter_mut().zip(words) {
                *lane = mix(*lane, u64::from_le_bytes(*word));
            }
            lanes
        });
        let rest = rest.iter().map(|&byte| u64::from(byte));
        Self {
            bytes: content.len() as u64,
            hash: lanes.into_iter().chain(rest).fold(BASES[0], mix),
        }
    }
}

impl fmt::Display for Fingerprint {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:x}-{:016x}", self.bytes, self.hash)
    }
}

/// Which texts stay in memory.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub enum KeepText {
    /// All: the text cannot be read again, as that of standard input.
    Always,
    /// Those below [`LARGE_TEXT_BYTES`]: the file can be read again.
    #[default]
    UnlessLarge,
}

/// A row of the text.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub struct RowPosition {
    /// The list that it stands in.
    pub list: RowList,
    /// Its position there, from 0.
    pub position: u32,
}

impl Source {
    pub(super) fn new(text: &str, format: Format, keep: KeepText, read: super::json::Read) -> Self {
        let is_large = text.len() as u64 >= LARGE_TEXT_BYTES;
        let text = if keep == KeepText::UnlessLarge && is_large {
            SourceText::InFile(Fingerprint::of(text.as_bytes()))
        } else {
            SourceText::Kept(Arc::new(text.to_owned()))
        };
        Self::with_text(text, format, read)
    }

    /// A text in the program's own form that is open to be changed.
    pub(super) fn open(read: super::json::Read) -> Self {
        Self::with_text(SourceText::Open, Format::Timeline, read)
    }

    fn with_text(text: SourceText, format: Format, read: super::json::Read) -> Self {
        Self {
            timeline: Arc::new(read.timeline),
            diagnostics: read.diagnostics,
            format,
            origins: Origins::default(),
            columns: None,
            text,
            positions: read.positions,
        }
    }

    /// The same, of a text that was made of a foreign file.
    pub(super) fn imported(self, origins: Origins, columns: Option<TableColumns>) -> Self {
        Self {
            origins,
            columns: columns.map(Arc::new),
            ..self
        }
    }

    /// The text, or where it is.
    pub fn text(&self) -> &SourceText {
        &self.text
    }

    /// Where an event stands in the text: its position among the events of the file. Takes time in
    /// proportion to the number of events.
    pub fn position_of(&self, event: EventId) -> Option<RowPosition> {
        let event = self.timeline.file_event(event)?;
        Some(RowPosition {
            list: RowList::Events,
            position: self.positions.events.of(event),
        })
    }

    /// The row that a fault is about, by its position among the events of the text; `None` of one
    /// that is about something else, or a row that was left out.
    pub fn row_of(&self, fault: &Diagnostic) -> Option<u32> {
        if self.format == Format::Timeline {
            let (number, _) = fault
                .location
                .path
                .strip_prefix("events[")?
                .split_once(']')?;
            return number.parse().ok();
        }
        fault.event
    }

    /// The event that a fault is about. Takes time in proportion to the number of events.
    pub fn event_of(&self, fault: &Diagnostic) -> Option<EventId> {
        self.event_at(self.row_of(fault)?)
    }

    /// The event at a position among the events of the text; `None` where none could be read. Takes
    /// time in proportion to the number of events.
    pub fn event_at(&self, position: u32) -> Option<EventId> {
        let event = self.positions.events.at(position)?;
        self.timeline.event_of_file(event)
    }

    /// Where another row stands in the text, given by its index in the timeline's own list: that of
    /// a lane in [`Timeline::lanes`]. `None` for a lane that only events name.
    pub fn position_in(&self, list: RowList, index: usize) -> Option<RowPosition> {
        let position = self.positions.of(list, index)?;
        Some(RowPosition { list, position })
    }

    /// The worst severity of its diagnostics.
    pub fn severity(&self) -> Option<Severity> {
        self.diagnostics
            .iter()
            .map(|diagnostic| diagnostic.severity)
            .max()
    }
}

impl RowPosition {
    /// The bytes of the row in the text: see [`Ranges`].
    pub fn range(self, ranges: &Ranges) -> Option<Range<usize>> {
        ranges.row(self.list, self.position)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_fingerprint_tells_contents_apart() {
        let long = [7_u8; 100];
        let mut other = long;
        other[40] = 8;
        let contents: [&[u8]; 9] = [
            &long,
            &other,
            b"",
            b"a",
            b"b",
            b"12345678",
            b"12345679",
            b"123456781",
            b"87654321",
        ];
        for (at, one) in contents.iter().enumerate() {
            for (other_at, other) in contents.iter().enumerate() {
                assert_eq!(
                    Fingerprint::of(one) == Fingerprint::of(other),
                    at == other_at
                );
            }
        }
    }
}
