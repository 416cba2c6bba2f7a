//! The second reading: the same rows, filled field by field from JSON that holds surprises.
//!
//! Serde's typed reading stops at the first wrong type. Here each value is first taken as a slice of
//! the text ([`RawValue`]) and then read on its own, so that a wrong one is left out and said while
//! its neighbours stay. A slice also tells its place: how far its pointer lies from that of the
//! text. Objects are read as lists of names and slices, which keeps names that stand twice.
//!
//! What can only mean one thing is taken for it, with a warning: a number where text belongs, one
//! item where a list belongs.

use std::borrow::Cow;
use std::collections::HashMap;
use std::fmt;
use std::marker::PhantomData;

use serde::de::{Deserialize, Deserializer, MapAccess, SeqAccess, Visitor};
use serde_json::value::RawValue;

use super::faults::{Faults, Trail, quoted};
use super::names::nearest_of;
use super::pace::Pace;
use super::rows::FileRow;
use super::syntax;
use super::value::{DateText, List, Text};
use crate::formats::{ReadError, Severity};
use crate::model::{Ask, Certainty, PersonKind};

/// Reads the rows of a file, whatever surprises it holds.
///
/// # Errors
///
/// [`ReadError::Syntax`] where the text is not JSON, [`ReadError::NotATimeline`] where it is not an
/// object with events. Where nobody waits for it any more, most of the events are left out.
pub fn read<'a>(
    text: &'a str,
    pace: &Pace<'_>,
    faults: &mut Faults,
) -> Result<FileRow<'a>, ReadError> {
    let top: &RawValue =
        serde_json::from_str(text).map_err(|error| syntax::explain(text, &error))?;
    let mut reader = Reader { pace, faults };
    let kind = Kind::of(top);
    if kind != Kind::Object {
        return Err(ReadError::NotATimeline {
            found: format!("this is {}", kind.name()),
        });
    }
    // Whether there are events is looked at before anything is said about fields.
    let names = fields_of(top).unwrap_or_default();
    let events = names.iter().rfind(|(key, _)| name_of(key) == "events");
    if events.is_none_or(|(_, value)| Kind::of(value) == Kind::Null) {
        let names: Vec<_> = names.iter().map(|(key, _)| name_of(key)).collect();
        let near = nearest_of("events", names.iter().map(|name| &**name));
        let found = match near {
            Some(near) if near != "events" => {
                format!(
                    "this is an object without \"events\" (but with {})",
                    quoted(near)
                )
            }
            _ => "this is an object without \"events\"".to_owned(),
        };
        return Err(ReadError::NotATimeline { found });
    }
    let mut row = FileRow::from_raw(top, &Trail::TOP, &mut reader).unwrap_or_default();
    row.events.get_or_insert_default();
    Ok(row)
}

/// A row, or part of one, that can be read from a slice of JSON.
pub trait FromRaw<'a>: Sized {
    /// What kind of JSON it is written as.
    const KIND: Kind;
    /// What belongs there, in words: `a list in [ ]`.
    const EXPECTED: &'static str;

    /// Reads it. `None` where it can't be: that has been said then, and what was read so far stays.
    fn from_raw(raw: &'a RawValue, trail: &Trail<'_>, reader: &mut Reader<'_>) -> Option<Self>;
}

/// The kinds of JSON.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Kind {
    /// `null`
    Null,
    /// `true` or `false`
    Bool,
    /// A number.
    Number,
    /// A string.
    Text,
    /// A list.
    List,
    /// An object.
    Object,
}

impl Kind {
    /// What a slice holds: told by its first byte, since the text is known to be JSON.
    pub fn of(raw: &RawValue) -> Self {
        match raw.get().bytes().next() {
            Some(b'{') => Self::Object,
            Some(b'[') => Self::List,
            Some(b'"') => Self::Text,
            Some(b't' | b'f') => Self::Bool,
            Some(b'n') | None => Self::Null,
            Some(_) => Self::Number,
        }
    }

    /// As it is said to people.
    const fn name(self) -> &'static str {
        match self {
            Self::Null => "null",
            Self::Bool => "true or false",
            Self::Number => "a number",
            Self::Text => "text",
            Self::List => "a list",
            Self::Object => "an object",
        }
    }
}

/// A field of an object: its name, the slice of the name, the slice of the value.
type Field<'a> = (Cow<'a, str>, &'a RawValue, &'a RawValue);

/// Where the reading stands: how far it has come and what was found so far.
pub struct Reader<'f> {
    pace: &'f Pace<'f>,
    faults: &'f mut Faults,
}

impl Reader<'_> {
    fn error(
        &mut self,
        raw: &RawValue,
        trail: &Trail<'_>,
        words: impl FnOnce() -> (String, String),
    ) {
        let offset = self.pace.offset(raw.get());
        self.faults.add(Severity::Error, trail, offset, words);
    }

    fn warning(
        &mut self,
        raw: &RawValue,
        trail: &Trail<'_>,
        words: impl FnOnce() -> (String, String),
    ) {
        let offset = self.pace.offset(raw.get());
        self.faults.add(Severity::Warning, trail, offset, words);
    }

    /// Says that something of another kind belongs here.
    fn wrong_kind(&mut self, raw: &RawValue, trail: &Trail<'_>, expected: &str) {
        self.error(raw, trail, || {
            let found = match Kind::of(raw) {
                Kind::Text => format!("the text {}", quoted(raw.get().trim_matches('"'))),
                Kind::Number => format!("the number {}", shortened(raw.get())),
                Kind::Bool => raw.get().to_owned(),
                kind => kind.name().to_owned(),
            };
            (
                format!("{found} cannot stand here and is left out"),
                format!("write {expected}"),
            )
        });
    }

    /// The fields of an object. Of a name that stands twice the last value counts, as most readers
    /// of JSON have it. `None`, and said, where it is no object.
    pub fn object<'a>(
        &mut self,
        raw: &'a RawValue,
        trail: &Trail<'_>,
        expected: &str,
    ) -> Option<Vec<Field<'a>>> {
        let fields = (Kind::of(raw) == Kind::Object)
            .then(|| fields_of(raw))
            .flatten();
        let Some(fields) = fields else {
            self.wrong_kind(raw, trail, expected);
            return None;
        };
        let mut seen = HashMap::with_capacity(fields.len());
        let mut kept: Vec<Field<'a>> = Vec::with_capacity(fields.len());
        for (key, value) in fields {
            let name = name_of(key);
            let earlier = seen.get(&name).copied();
            if let Some(earlier) = earlier.and_then(|position: usize| kept.get_mut(position)) {
                self.warning(key, &trail.key(&name), || {
                    let twice = format!("{} stands here more than once", quoted(&name));
                    (twice, "keep one of them; the last one counts".to_owned())
                });
                *earlier = (name, key, value);
            } else {
                seen.insert(name.clone(), kept.len());
                kept.push((name, key, value));
            }
        }
        Some(kept)
    }

    /// Says that a field's name is not known.
    pub fn unknown_field(
        &mut self,
        key: &RawValue,
        name: &str,
        trail: &Trail<'_>,
        known: &[&'static str],
    ) {
        self.warning(key, &trail.key(name), || {
            let help = match nearest_of(name, known.iter().copied()) {
                Some(near) => format!("did you mean {}? It is kept but not shown", quoted(near)),
                None => format!(
                    "it is kept but not shown; known here are {}",
                    known.join(", ")
                ),
            };
            (format!("there is no field {}", quoted(name)), help)
        });
    }
}

impl<'a, T: FromRaw<'a>> FromRaw<'a> for Option<T> {
    const KIND: Kind = T::KIND;
    const EXPECTED: &'static str = T::EXPECTED;

    fn from_raw(raw: &'a RawValue, trail: &Trail<'_>, reader: &mut Reader<'_>) -> Option<Self> {
        if Kind::of(raw) == Kind::Null {
            return Some(None);
        }
        T::from_raw(raw, trail, reader).map(Some)
    }
}

impl<'a, T: FromRaw<'a>> FromRaw<'a> for List<T> {
    const KIND: Kind = Kind::List;
    const EXPECTED: &'static str = LIST;

    fn from_raw(raw: &'a RawValue, trail: &Trail<'_>, reader: &mut Reader<'_>) -> Option<Self> {
        let mut list = Self::default();
        each_row(raw, trail, reader, |position, row| {
            list.0.push((position, row));
        })
        .then_some(list)
    }
}

/// What belongs where a list does.
const LIST: &str = "a list in [ ]";

/// Hands over those items of a list that can be read, with their positions. False, and said, where it
/// is no list, nor one item without its list.
pub fn each_row<'a, T: FromRaw<'a>>(
    raw: &'a RawValue,
    trail: &Trail<'_>,
    reader: &mut Reader<'_>,
    mut take: impl FnMut(u32, T),
) -> bool {
    match Kind::of(raw) {
        Kind::Null => {}
        Kind::List => each_item(raw, |position, item| {
            reader.pace.came_to(item.get());
            if reader.pace.is_cancelled() {
                return;
            }
            if let Some(read) = T::from_raw(item, &trail.index(position), reader) {
                take(position, read);
            }
        }),
        kind if kind == T::KIND => {
            reader.warning(raw, trail, || {
                let alone = format!("{} stands here without its list", kind.name());
                (
                    alone,
                    "put it in [ ]; it is taken for a list of one".to_owned(),
                )
            });
            if let Some(read) = T::from_raw(raw, trail, reader) {
                take(0, read);
            }
        }
        _ => {
            reader.wrong_kind(raw, trail, LIST);
            return false;
        }
    }
    true
}

impl<'a> FromRaw<'a> for Text<'a> {
    const KIND: Kind = Kind::Text;
    const EXPECTED: &'static str = "text in quotation marks";

    fn from_raw(raw: &'a RawValue, trail: &Trail<'_>, reader: &mut Reader<'_>) -> Option<Self> {
        match Kind::of(raw) {
            Kind::Text => {
                let text = serde_json::from_str(raw.get()).ok();
                if text.is_none() {
                    // The one thing that makes a JSON string no text.
                    reader.error(raw, trail, || {
                        let half = "this text holds one half of a \\u pair and is left out";
                        (
                            half.to_owned(),
                            "write the character itself, or both halves".to_owned(),
                        )
                    });
                }
                text
            }
            Kind::Number => {
                reader.warning(raw, trail, || {
                    let number = shortened(raw.get());
                    let found = format!("{number} is a number where text belongs");
                    (found, format!("write \"{number}\", in quotation marks"))
                });
                Some(Self(Cow::Borrowed(raw.get())))
            }
            _ => {
                reader.wrong_kind(raw, trail, Self::EXPECTED);
                None
            }
        }
    }
}

impl<'a> FromRaw<'a> for DateText<'a> {
    const KIND: Kind = Kind::Text;
    const EXPECTED: &'static str = "a date in quotation marks, such as \"2014-06-10\"";

    fn from_raw(raw: &'a RawValue, trail: &Trail<'_>, reader: &mut Reader<'_>) -> Option<Self> {
        if matches!(Kind::of(raw), Kind::Text | Kind::Number) {
            return Text::from_raw(raw, trail, reader).map(Self);
        }
        reader.wrong_kind(raw, trail, Self::EXPECTED);
        None
    }
}

impl<'a> FromRaw<'a> for f64 {
    const KIND: Kind = Kind::Number;
    const EXPECTED: &'static str = "a number without quotation marks";

    fn from_raw(raw: &'a RawValue, trail: &Trail<'_>, reader: &mut Reader<'_>) -> Option<Self> {
        // A number that is too large for the type is no number either.
        let number = serde_json::from_str(raw.get()).ok();
        if number.is_none() {
            reader.wrong_kind(raw, trail, Self::EXPECTED);
        }
        number
    }
}

impl<'a> FromRaw<'a> for Certainty {
    const KIND: Kind = Kind::Text;
    const EXPECTED: &'static str = "confirmed, reported, disputed or expected";

    fn from_raw(raw: &'a RawValue, trail: &Trail<'_>, reader: &mut Reader<'_>) -> Option<Self> {
        one_of(
            &Self::ALL.map(|certainty| (certainty.word(), certainty)),
            raw,
            trail,
            reader,
        )
    }
}

impl<'a> FromRaw<'a> for PersonKind {
    const KIND: Kind = Kind::Text;
    const EXPECTED: &'static str = "person, group, state or organisation";

    fn from_raw(raw: &'a RawValue, trail: &Trail<'_>, reader: &mut Reader<'_>) -> Option<Self> {
        one_of(
            &Self::ALL.map(|kind| (kind.word(), kind)),
            raw,
            trail,
            reader,
        )
    }
}

impl<'a> FromRaw<'a> for Ask {
    const KIND: Kind = Kind::Text;
    const EXPECTED: &'static str = "order, when or choose";

    fn from_raw(raw: &'a RawValue, trail: &Trail<'_>, reader: &mut Reader<'_>) -> Option<Self> {
        one_of(&Self::ALL.map(|ask| (ask.word(), ask)), raw, trail, reader)
    }
}

impl<'a> FromRaw<'a> for bool {
    const KIND: Kind = Kind::Bool;
    const EXPECTED: &'static str = "true or false without quotation marks";

    fn from_raw(raw: &'a RawValue, trail: &Trail<'_>, reader: &mut Reader<'_>) -> Option<Self> {
        let answer = serde_json::from_str(raw.get()).ok();
        if answer.is_none() {
            reader.wrong_kind(raw, trail, Self::EXPECTED);
        }
        answer
    }
}

/// Reads one of a few words, or says which there are.
fn one_of<T: Copy + for<'a> FromRaw<'a>>(
    words: &[(&'static str, T)],
    raw: &RawValue,
    trail: &Trail<'_>,
    reader: &mut Reader<'_>,
) -> Option<T> {
    let Ok(Text(given)) = serde_json::from_str(raw.get()) else {
        reader.wrong_kind(raw, trail, <T as FromRaw>::EXPECTED);
        return None;
    };
    let found = words.iter().find(|(word, _)| *word == given);
    if found.is_none() {
        reader.error(raw, trail, || {
            let mut help = format!("write {}", <T as FromRaw>::EXPECTED);
            if let Some(near) = nearest_of(&given, words.iter().map(|(word, _)| *word)) {
                help = format!("did you mean {}? Allowed are {}", quoted(near), T::EXPECTED);
            }
            (
                format!("{} is not one of the words allowed here", quoted(&given)),
                help,
            )
        });
    }
    found.map(|&(_, value)| value)
}

/// A name without its quotation marks; one that is no text is taken as it is written.
pub fn name_of<'a>(key: &'a RawValue) -> Cow<'a, str> {
    match serde_json::from_str::<Text<'a>>(key.get()) {
        Ok(Text(name)) => name,
        Err(_) => Cow::Borrowed(key.get().trim_matches('"')),
    }
}

/// A number as it is written, unless it is endless.
fn shortened(number: &str) -> Cow<'_, str> {
    match number.char_indices().nth(24) {
        Some((end, _)) => format!("{}…", number.get(..end).unwrap_or_default()).into(),
        None => number.into(),
    }
}

/// Names and values of an object as slices, doubles included. `None` where it is no object.
pub fn fields_of(raw: &RawValue) -> Option<Vec<(&RawValue, &RawValue)>> {
    serde_json::Deserializer::from_str(raw.get())
        .deserialize_map(FieldsVisitor)
        .ok()
}

struct FieldsVisitor;

impl<'de> Visitor<'de> for FieldsVisitor {
    type Value = Vec<(&'de RawValue, &'de RawValue)>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an object")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut fields: A) -> Result<Self::Value, A::Error> {
        let mut list = Vec::new();
        while let Some(field) = fields.next_entry()? {
            list.push(field);
        }
        Ok(list)
    }
}

/// Hands over the items of a list one by one, with their positions; none where it is no list.
pub fn each_item<'a>(raw: &'a RawValue, visit: impl FnMut(u32, &'a RawValue)) {
    let visitor = ItemsVisitor {
        visit,
        item: PhantomData::<&'a RawValue>,
    };
    // The text is known to be JSON, so that nothing can fail that was not looked at before.
    let _known_to_be_json = serde_json::Deserializer::from_str(raw.get()).deserialize_seq(visitor);
}

struct ItemsVisitor<Visit, Item> {
    visit: Visit,
    item: PhantomData<Item>,
}

impl<'de, Visit, Item> Visitor<'de> for ItemsVisitor<Visit, Item>
where
    Item: Deserialize<'de>,
    Visit: FnMut(u32, Item),
{
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a list")
    }

    fn visit_seq<A: SeqAccess<'de>>(mut self, mut items: A) -> Result<(), A::Error> {
        let mut position = 0_u32;
        while let Some(item) = items.next_element()? {
            (self.visit)(position, item);
            position = position.saturating_add(1);
        }
        Ok(())
    }
}
