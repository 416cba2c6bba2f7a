//! The texts of all events, packed into one [`String`].
//!
//! A million events with seven strings each would cost 168 bytes an event before the first letter,
//! and scattered memory reads for every label. Here an event's texts are one record, found by a
//! 4-byte offset, and an absent text costs nothing:
//!
//! ```text
//!  offset
//!    │ mask  length text        length text        length text
//!    └▶ ▒      8    Released      4    2010          8    released    ← next record
//!       which of the seven texts there are, in the order of `Field`
//! ```
//!
//! Mask and lengths are bytes below 0x80, hence characters themselves: the arena stays one valid
//! `String`, and a text is a slice of it, without `unsafe` and without validating UTF-8. What a
//! label shows comes first: title and date are within one or two cache lines of the record's
//! start. Records stay in the order in which they were added; only columns are sorted.

/// The texts of one event; absent texts are empty.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct Texts<'a> {
    /// The id that the file's links use.
    pub id: &'a str,
    /// What happened, in a line.
    pub title: &'a str,
    /// A shorter title for the label beside its mark.
    pub short: &'a str,
    /// The date as the file gives it, in EDTF.
    pub date: &'a str,
    /// Shown instead of the words made from the date.
    pub date_label: &'a str,
    /// One or two sentences, in Markdown.
    pub summary: &'a str,
    /// The full account, in Markdown.
    pub details: &'a str,
}

/// The texts of a record in their order, as bits of its mask.
struct Field;

impl Field {
    const SHORT: u8 = 1;
    const TITLE: u8 = 1 << 1;
    const DATE_LABEL: u8 = 1 << 2;
    const DATE: u8 = 1 << 3;
    const ID: u8 = 1 << 4;
    const SUMMARY: u8 = 1 << 5;
    const DETAILS: u8 = 1 << 6;
}

/// How many bits of a length one byte holds.
const LENGTH_BITS: u32 = 6;
/// Set in each byte of a length but the last.
const MORE: u8 = 1 << LENGTH_BITS;

/// The packed texts of many events.
#[derive(Clone, Debug, Default)]
pub struct Records {
    arena: String,
}

/// A text outside the records: the label of a link, the page cited in a source.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct TextId(u32);

impl TextId {
    /// The empty text, which takes no room.
    pub const EMPTY: Self = Self(u32::MAX);

    /// The same text where `base` bytes stand before the arena that it lies in.
    #[must_use]
    pub const fn after(self, base: u32) -> Self {
        if self.0 == u32::MAX {
            self
        } else {
            Self(self.0 + base)
        }
    }
}

impl Records {
    /// Adds a text outside the records. Past 4 GiB nothing is added and the text is empty; a file
    /// within the size limit can't reach that: see `push`.
    pub fn push_text(&mut self, text: &str) -> TextId {
        let length = text.len() + MOST_LENGTH_BYTES;
        let offset = u32::try_from(self.arena.len() + length)
            .ok()
            .and_then(|_| u32::try_from(self.arena.len()).ok());
        match offset {
            Some(offset) if !text.is_empty() => {
                push_length(&mut self.arena, text.len());
                self.arena.push_str(text);
                TextId(offset)
            }
            _ => TextId::EMPTY,
        }
    }

    /// A text outside the records.
    pub fn text(&self, text: TextId) -> &str {
        text_at(&self.arena, text)
    }

    /// Adds the texts of others behind its own; returns the bytes that stand before them, by which
    /// their offsets grow. `None`, and nothing is added, where that would be more than a `u32` counts.
    pub fn append(&mut self, later: Self) -> Option<u32> {
        let base = u32::try_from(self.arena.len()).ok()?;
        let Self { arena } = later;
        u32::try_from(self.arena.len() + arena.len()).ok()?;
        self.arena.push_str(&arena);
        Some(base)
    }

    /// All packed texts, for [`text_at`].
    pub(super) fn arena(&self) -> &str {
        &self.arena
    }

    /// Adds a record and returns its offset. `None` where the arena would grow past what a `u32`
    /// counts: 4 GiB, which a file of at most 1 GiB cannot fill, since a record adds less than two
    /// dozen bytes to texts of the file, each stored at most twice (a title and the id made of it).
    pub(super) fn push(&mut self, texts: &Texts<'_>) -> Option<u32> {
        let Texts {
            id,
            title,
            short,
            date,
            date_label,
            summary,
            details,
        } = *texts;
        let fields = [
            (Field::SHORT, short),
            (Field::TITLE, title),
            (Field::DATE_LABEL, date_label),
            (Field::DATE, date),
            (Field::ID, id),
            (Field::SUMMARY, summary),
            (Field::DETAILS, details),
        ];
        let offset = u32::try_from(self.arena.len()).ok()?;
        let mut mask = 0;
        let mut length = 1;
        for (bit, text) in fields {
            if !text.is_empty() {
                mask |= bit;
                length += text.len() + MOST_LENGTH_BYTES;
            }
        }
        // The end must be countable too, or the next record would have no offset.
        u32::try_from(self.arena.len() + length).ok()?;
        self.arena.reserve(length);
        self.arena.push(char::from(mask));
        for (_, text) in fields {
            if !text.is_empty() {
                push_length(&mut self.arena, text.len());
                self.arena.push_str(text);
            }
        }
        Some(offset)
    }

    /// The text of an event's label: its short title or, where there is none, its title.
    pub(super) fn label(&self, offset: u32) -> &str {
        let mut reader = self.reader(offset);
        if reader.mask & (Field::SHORT | Field::TITLE) == 0 {
            return "";
        }
        reader.next()
    }

    /// All texts of an event.
    pub(super) fn texts(&self, offset: u32) -> Texts<'_> {
        let mut reader = self.reader(offset);
        // In the order of the record.
        let short = reader.field(Field::SHORT);
        let title = reader.field(Field::TITLE);
        let date_label = reader.field(Field::DATE_LABEL);
        let date = reader.field(Field::DATE);
        let id = reader.field(Field::ID);
        let summary = reader.field(Field::SUMMARY);
        let details = reader.field(Field::DETAILS);
        Texts {
            id,
            title,
            short,
            date,
            date_label,
            summary,
            details,
        }
    }

    /// The label that the file gives for an event's date, or an empty text.
    pub(super) fn date_label(&self, offset: u32) -> &str {
        let mut reader = self.reader(offset);
        if reader.mask & Field::DATE_LABEL == 0 {
            return "";
        }
        reader.field(Field::SHORT);
        reader.field(Field::TITLE);
        reader.field(Field::DATE_LABEL)
    }

    /// An event's id.
    pub(super) fn id(&self, offset: u32) -> &str {
        let mut reader = self.reader(offset);
        for before in [Field::SHORT, Field::TITLE, Field::DATE_LABEL, Field::DATE] {
            reader.field(before);
        }
        reader.field(Field::ID)
    }

    /// Frees unused capacity.
    pub(super) fn shrink(&mut self) {
        self.arena.shrink_to_fit();
    }

    fn reader(&self, offset: u32) -> RecordReader<'_> {
        let at = offset as usize;
        RecordReader {
            arena: &self.arena,
            mask: self.arena.as_bytes().get(at).copied().unwrap_or_default(),
            at: at + 1,
        }
    }
}

/// A text outside the records.
pub(super) fn text_at(arena: &str, text: TextId) -> &str {
    if text == TextId::EMPTY {
        return "";
    }
    let mut reader = RecordReader {
        arena,
        mask: 0,
        at: text.0 as usize,
    };
    reader.next()
}

/// Reads one record, text by text.
struct RecordReader<'a> {
    arena: &'a str,
    mask: u8,
    at: usize,
}

impl<'a> RecordReader<'a> {
    /// The text of a field, empty where the record has none. Fields must be read in their order.
    fn field(&mut self, bit: u8) -> &'a str {
        if self.mask & bit == 0 {
            ""
        } else {
            self.next()
        }
    }

    /// The next text of the record.
    fn next(&mut self) -> &'a str {
        let (mut length, mut shift) = (0_usize, 0);
        while let Some(&byte) = self.arena.as_bytes().get(self.at) {
            self.at += 1;
            length |= usize::from(byte & (MORE - 1)) << shift;
            shift += LENGTH_BITS;
            if byte & MORE == 0 {
                break;
            }
        }
        let start = self.at;
        self.at += length;
        self.arena.get(start..self.at).unwrap_or_default()
    }
}

/// How many bytes the length of a text takes at most, as texts are shorter than 4 GiB.
const MOST_LENGTH_BYTES: usize = 6;

/// Writes a length: six bits a character, the lowest first.
fn push_length(arena: &mut String, mut length: usize) {
    loop {
        let low = (length as u8) & (MORE - 1);
        length >>= LENGTH_BITS;
        if length == 0 {
            arena.push(char::from(low));
            return;
        }
        arena.push(char::from(low | MORE));
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn text() -> impl Strategy<Value = String> {
        prop_oneof![
            2 => Just(String::new()),
            4 => any::<String>(),
            // About the lengths at which another byte is needed.
            1 => (60..70_usize).prop_map(|length| "é".repeat(length / 2) + &"x".repeat(length % 2)),
            1 => (4090..4100_usize).prop_map(|length| "x".repeat(length)),
        ]
    }

    proptest! {
        #![proptest_config(crate::testing::fixed(300))]

        #[test]
        fn records_are_read_as_they_were_written(
            all in proptest::collection::vec(proptest::collection::vec(text(), 7), 1..8),
        ) {
            fn texts(strings: &[String]) -> [&str; 7] {
                std::array::from_fn(|at| strings[at].as_str())
            }
            let of = |[id, title, short, date, date_label, summary, details]: [_; 7]| Texts {
                id, title, short, date, date_label, summary, details,
            };
            let mut records = Records::default();
            let offsets: Vec<u32> = all.iter().map(|one| records.push(&of(texts(one))).unwrap()).collect();
            records.shrink();
            for (offset, one) in offsets.into_iter().zip(&all) {
                let found = of(texts(one));
                prop_assert_eq!(records.texts(offset), found);
                prop_assert_eq!(records.id(offset), found.id);
                prop_assert_eq!(records.date_label(offset), found.date_label);
                let label = if found.short.is_empty() { found.title } else { found.short };
                prop_assert_eq!(records.label(offset), label);
            }
        }
    }

    #[test]
    fn a_wrong_offset_gives_empty_texts() {
        let mut records = Records::default();
        assert_eq!(records.texts(9), Texts::default());
        records.push(&Texts {
            title: "قيس",
            ..Texts::default()
        });
        for offset in 0..20 {
            let _ = (
                records.texts(offset),
                records.label(offset),
                records.id(offset),
            );
        }
    }

    #[test]
    fn texts_of_their_own_lie_between_records() {
        let mut records = Records::default();
        let texts = ["", "p. 7", "صفحة ٧", &"x".repeat(5000)];
        let ids = texts.map(|text| {
            records.push(&Texts {
                title: text,
                ..Texts::default()
            });
            records.push_text(text)
        });
        assert_eq!(ids.map(|id| text_at(records.arena(), id)), texts);
        assert_eq!(text_at("", ids[1]), "");
    }

    #[test]
    fn what_is_absent_costs_nothing() {
        let mut records = Records::default();
        records.push(&Texts {
            id: "a",
            title: "Released",
            ..Texts::default()
        });
        assert_eq!(records.arena.len(), 1 + (1 + 8) + (1 + 1));
    }
}
