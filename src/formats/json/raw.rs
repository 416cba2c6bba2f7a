//! JSON values as slices of the text ([`RawValue`]): their kinds, and the parts of objects and
//! lists.
//!
//! The text is known to be JSON by the time a slice of it exists. Objects are lists of names and
//! slices, which keeps names that stand twice.

use std::borrow::Cow;
use std::fmt;
use std::marker::PhantomData;

use serde::de::{Deserialize, Deserializer, MapAccess, SeqAccess, Visitor};
use serde_json::value::RawValue;

use crate::formats::rows::Text;

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

/// A text without the byte order mark that it may begin with.
pub fn without_mark(text: &str) -> &str {
    text.strip_prefix('\u{FEFF}').unwrap_or(text)
}

/// Where a part of a text begins in it, in bytes: the distance of their addresses. `None` for a
/// text that is not part of it, such as a string that held escapes.
pub fn offset_in(text: &str, part: &str) -> Option<usize> {
    let offset = (part.as_ptr() as usize).checked_sub(text.as_ptr() as usize);
    offset.filter(|&offset| offset <= text.len())
}

impl Kind {
    /// What a slice holds, by its first byte, since the text is known to be JSON.
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

    /// Its name in messages.
    pub const fn name(self) -> &'static str {
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

/// A name without its quotation marks; one that is no text is taken as it is written.
pub fn name_of<'a>(key: &'a RawValue) -> Cow<'a, str> {
    match serde_json::from_str::<Text<'a>>(key.get()) {
        Ok(Text(name)) => name,
        Err(_) => Cow::Borrowed(key.get().trim_matches('"')),
    }
}

/// A number as it is written, unless it is endless.
pub fn shortened(number: &str) -> Cow<'_, str> {
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
