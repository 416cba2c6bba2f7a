//! The texts of all events, packed into a few long [`String`]s.
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
//! Mask and lengths are bytes below 0x80, hence characters themselves: a block stays a valid
//! `String`, and a text is a slice of it, without `unsafe` and without validating UTF-8. What a
//! label shows comes first: title and date are within one or two cache lines of the record's
//! start. Records stay in the order in which they were added; only columns are sorted.
//!
//! They lie in blocks, through which offsets count on. So the texts of a part of a file that was
//! read beside the others come behind theirs without being copied. And a chronology that is read
//! again after a change shares with the one before the blocks that stayed as they were. For that a
//! block ends behind a record that says so (content-defined chunking, as in A. Muthitacharoen, B. Chen
//! and D. Mazières, "A Low-bandwidth Network File System", 2001): behind a change of any length
//! blocks soon end where they did. So do the parts of a file that are read beside each other.

use std::hash::BuildHasher as _;
use std::sync::Arc;

use foldhash::fast::FixedState;

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

/// The size of a block, in bytes: the least and the most. One of a single text may be larger, and one
/// smaller that comes before such a text, or is the last of a part of the file. Eight MiB are what
/// reading a million events may have to spare; the least leaves some dozen blocks, among which a text
/// is looked for at every label. In tests blocks end early.
const BLOCK_BYTES: (usize, usize) = if cfg!(test) {
    (100, 400)
} else {
    (2 << 20, 8 << 20)
};
/// Of so many records, one ends a block that is large enough: of usual ones, about two MiB later.
const RECORDS_PER_END: u64 = if cfg!(test) { 2 } else { 1 << 14 };

/// The packed texts of many events.
#[derive(Clone, Debug, Default)]
pub struct Records {
    /// Those that are full. None is empty.
    blocks: Vec<Block>,
    /// What is written, behind all of them.
    open: String,
    known: KnownTexts,
}

/// Records, one behind the other.
#[derive(Clone, Debug)]
struct Block {
    /// The offset of the first.
    first: u32,
    arena: Arc<String>,
    hash: u64,
}

/// The texts of another timeline, which are shared where the same are added.
#[derive(Clone, Debug, Default)]
pub struct KnownTexts(Option<Arc<[Block]>>);

impl KnownTexts {
    /// How many of its bytes are shared with others, and how many there are.
    #[cfg(test)]
    pub fn shared_with(&self, others: &Self) -> (usize, usize) {
        let blocks = |texts: &Self| texts.0.as_deref().unwrap_or_default().to_vec();
        let others = blocks(others);
        let (mut shared, mut all) = (0, 0);
        for block in blocks(self) {
            let is_it = |other: &Block| Arc::ptr_eq(&other.arena, &block.arena);
            all += block.arena.len();
            shared += block.arena.len() * usize::from(others.iter().any(is_it));
        }
        (shared, all)
    }

    fn find(&self, hash: u64, arena: &str) -> Option<Arc<String>> {
        let mut blocks = self.0.iter().flat_map(|blocks| blocks.iter());
        let block = blocks.find(|it| it.hash == hash && *it.arena == arena)?;
        Some(Arc::clone(&block.arena))
    }
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
    /// No texts.
    pub const EMPTY: Self = Self {
        blocks: Vec::new(),
        open: String::new(),
        known: KnownTexts(None),
    };

    /// No texts yet. Where known ones are added again, those are shared.
    pub const fn with_known_texts(known: KnownTexts) -> Self {
        Self {
            blocks: Vec::new(),
            open: String::new(),
            known,
        }
    }

    /// Its texts, for another to share them.
    pub fn texts_to_share(&self) -> KnownTexts {
        KnownTexts(Some(self.blocks.as_slice().into()))
    }

    /// The texts that it shares where they are added again.
    pub fn known_texts(&self) -> KnownTexts {
        self.known.clone()
    }

    /// Adds a text outside the records. Past 4 GiB nothing is added and the text is empty; a file
    /// within the size limit can't reach that: see `push`.
    pub fn push_text(&mut self, text: &str) -> TextId {
        if text.is_empty() {
            return TextId::EMPTY;
        }
        let Some((offset, arena)) = self.room(text.len() + MOST_LENGTH_BYTES) else {
            return TextId::EMPTY;
        };
        push_length(arena, text.len());
        arena.push_str(text);
        TextId(offset)
    }

    /// A text outside the records.
    pub fn text(&self, text: TextId) -> &str {
        if text == TextId::EMPTY {
            return "";
        }
        let (arena, at) = self.place(text.0);
        let mut reader = RecordReader { arena, mask: 0, at };
        reader.next()
    }

    /// Adds the texts of others behind its own; returns the bytes that stand before them, by which
    /// their offsets grow. `None`, and nothing is added, where that would be more than a `u32` counts.
    pub fn append(&mut self, mut later: Self) -> Option<u32> {
        let base = u32::try_from(self.len()).ok()?;
        u32::try_from(self.len() + later.len()).ok()?;
        self.close();
        later.close();
        let blocks = later.blocks.into_iter();
        self.blocks.extend(blocks.map(|block| Block {
            first: base + block.first,
            ..block
        }));
        Some(base)
    }

    /// The bytes of all texts.
    fn len(&self) -> usize {
        self.full_len() + self.open.len()
    }

    /// The bytes of those in blocks that are full.
    fn full_len(&self) -> usize {
        let last = self.blocks.last();
        last.map_or(0, |last| last.first as usize + last.arena.len())
    }

    /// Where so many bytes can be added, and the offset that they get. `None` where a `u32` does not
    /// count to their end: or the next record would have no offset.
    fn room(&mut self, bytes: usize) -> Option<(u32, &mut String)> {
        let offset = u32::try_from(self.len()).ok()?;
        u32::try_from(self.len() + bytes).ok()?;
        let (_, most) = BLOCK_BYTES;
        if self.open.len() + bytes > most {
            self.close();
        }
        // The first block grows with what is in it: most files are small.
        if !self.blocks.is_empty() && self.open.capacity() < most {
            self.open.reserve(most.saturating_sub(self.open.len()));
        }
        self.open.reserve(bytes);
        Some((offset, &mut self.open))
    }

    /// Ends a block behind its last record, which begins at `at`, if that says so.
    fn end_block(&mut self, at: usize) {
        let (least, _) = BLOCK_BYTES;
        let record = self.open.as_bytes().get(at..).unwrap_or_default();
        if self.open.len() >= least && hash(record).is_multiple_of(RECORDS_PER_END) {
            self.close();
        }
    }

    /// Ends a block: it is one that is known, or a new one.
    fn close(&mut self) {
        if self.open.is_empty() {
            return;
        }
        // It was counted when it was written.
        let first = u32::try_from(self.full_len()).unwrap_or(u32::MAX);
        let hash = hash(self.open.as_bytes());
        let arena = if let Some(known) = self.known.find(hash, &self.open) {
            self.open.clear();
            known
        } else {
            let mut own = std::mem::take(&mut self.open);
            own.shrink_to_fit();
            Arc::new(own)
        };
        self.blocks.push(Block { first, arena, hash });
    }

    /// The block of an offset, and where in it that is.
    fn place(&self, offset: u32) -> (&str, usize) {
        let after = self.blocks.partition_point(|block| block.first <= offset);
        let block = after.checked_sub(1).and_then(|at| self.blocks.get(at));
        if let Some(block) = block {
            let at = (offset - block.first) as usize;
            if at < block.arena.len() {
                return (&block.arena, at);
            }
        }
        (
            &self.open,
            (offset as usize).saturating_sub(self.full_len()),
        )
    }

    /// Adds a record and returns its offset. `None` where the records would grow past what a `u32`
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
        let mut mask = 0;
        let mut length = 1;
        for (bit, text) in fields {
            if !text.is_empty() {
                mask |= bit;
                length += text.len() + MOST_LENGTH_BYTES;
            }
        }
        let (offset, arena) = self.room(length)?;
        let start = arena.len();
        arena.push(char::from(mask));
        for (_, text) in fields {
            if !text.is_empty() {
                push_length(arena, text.len());
                arena.push_str(text);
            }
        }
        self.end_block(start);
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

    /// Ends what is written, and frees what is no longer needed.
    pub(super) fn finish(&mut self) {
        self.close();
        (self.open, self.known) = (String::new(), KnownTexts::default());
    }

    fn reader(&self, offset: u32) -> RecordReader<'_> {
        let (arena, at) = self.place(offset);
        RecordReader {
            arena,
            mask: arena.as_bytes().get(at).copied().unwrap_or_default(),
            at: at + 1,
        }
    }
}

fn hash(bytes: &[u8]) -> u64 {
    FixedState::default().hash_one(bytes)
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
            cut in any::<proptest::sample::Index>(),
        ) {
            fn texts(strings: &[String]) -> [&str; 7] {
                std::array::from_fn(|at| strings[at].as_str())
            }
            let of = |[id, title, short, date, date_label, summary, details]: [_; 7]| Texts {
                id, title, short, date, date_label, summary, details,
            };
            let (first, second) = all.split_at(cut.index(all.len() + 1));
            let mut records = Records::default();
            let mut offsets: Vec<u32> = first.iter().map(|one| records.push(&of(texts(one))).unwrap()).collect();
            let mut later = Records::default();
            let others: Vec<u32> = second.iter().map(|one| later.push(&of(texts(one))).unwrap()).collect();
            let base = records.append(later).unwrap();
            offsets.extend(others.into_iter().map(|offset| base + offset));
            let last = all.last().unwrap();
            offsets.push(records.push(&of(texts(last))).unwrap());
            records.finish();
            prop_assert!(records.blocks.iter().all(|block| !block.arena.is_empty()));
            prop_assert!(records.open.is_empty());
            for (offset, one) in offsets.into_iter().zip(all.iter().chain([last])) {
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
    fn what_stays_as_it_was_is_shared_with_the_timeline_before() {
        let pack = |titles: &[String], known| {
            let mut records = Records::with_known_texts(known);
            let offsets: Vec<u32> = titles
                .iter()
                .map(|title| {
                    let title = title.as_str();
                    records
                        .push(&Texts {
                            title,
                            ..Texts::default()
                        })
                        .unwrap()
                })
                .collect();
            records.finish();
            for (offset, title) in offsets.into_iter().zip(titles) {
                assert_eq!(records.label(offset), title);
            }
            records
        };
        let titles: Vec<String> = (0..300)
            .map(|number| format!("Event number {number}"))
            .collect();
        let before = pack(&titles, KnownTexts::default());
        assert!(before.blocks.len() > 20, "{}", before.blocks.len());
        for (what, change) in [
            ("nothing", (0..0, vec![])),
            ("another title", (150..151, vec!["Another".to_owned()])),
            ("one more", (0..0, vec!["A new one".to_owned()])),
            ("fewer", (100..103, vec![])),
        ] {
            let mut changed = titles.clone();
            changed.splice(change.0, change.1);
            let after = pack(&changed, before.texts_to_share());
            let (shared, all) = after.texts_to_share().shared_with(&before.texts_to_share());
            let (_, most) = BLOCK_BYTES;
            let lost = if what == "nothing" { 0 } else { 3 * most };
            assert!(shared + lost >= all, "{what}: {shared} of {all}");
            // Where the texts came first has no say in it.
            let alone = pack(&changed, KnownTexts::default());
            let ends =
                |records: &Records| records.blocks.iter().map(|it| it.first).collect::<Vec<_>>();
            assert_eq!(ends(&after), ends(&alone), "{what}");
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
        assert_eq!(ids.map(|id| records.text(id)), texts);
        assert_eq!(Records::default().text(ids[1]), "");
    }

    #[test]
    fn what_is_absent_costs_nothing() {
        let mut records = Records::default();
        records.push(&Texts {
            id: "a",
            title: "Released",
            ..Texts::default()
        });
        assert_eq!(records.len(), 1 + (1 + 8) + (1 + 1));
    }
}
