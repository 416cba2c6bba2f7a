//! The building blocks of rows: text that is borrowed where it can be, and lists that remember
//! positions.
//!
//! Serde borrows a bare `Cow<str>` when asked, but never one inside an `Option` or a `Vec`, which
//! is where all of ours are. Hence a type with a visitor of its own.

use std::borrow::Cow;
use std::fmt;
use std::ops::Deref;

use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::de::{Deserialize, Deserializer, Error, Visitor};
use serde::ser::{Serialize, Serializer};

/// A JSON string, borrowed from the file unless it holds escapes.
#[derive(Clone, PartialEq, Eq, Hash, Debug, Default)]
pub struct Text<'a>(pub Cow<'a, str>);

impl Text<'static> {
    /// A text of its own.
    pub fn owned(words: impl Into<String>) -> Self {
        Self(Cow::Owned(words.into()))
    }
}

impl<'a> Text<'a> {
    /// A text, unless it is empty.
    pub fn some(words: impl Into<Cow<'a, str>>) -> Option<Self> {
        let words = words.into();
        (!words.is_empty()).then_some(Self(words))
    }
}

impl Text<'_> {
    /// The text, owned.
    pub fn into_string(self) -> String {
        self.0.into_owned()
    }

    /// Whether there is nothing to see in it.
    pub fn is_blank(&self) -> bool {
        self.0.trim().is_empty()
    }
}

impl Deref for Text<'_> {
    type Target = str;

    fn deref(&self) -> &str {
        &self.0
    }
}

impl<'de: 'a, 'a> Deserialize<'de> for Text<'a> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_str(TextVisitor).map(Self)
    }
}

impl Serialize for Text<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self)
    }
}

struct TextVisitor;

impl<'de> Visitor<'de> for TextVisitor {
    type Value = Cow<'de, str>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("text")
    }

    fn visit_borrowed_str<E: Error>(self, text: &'de str) -> Result<Self::Value, E> {
        Ok(Cow::Borrowed(text))
    }

    fn visit_str<E: Error>(self, text: &str) -> Result<Self::Value, E> {
        Ok(Cow::Owned(text.to_owned()))
    }
}

impl JsonSchema for Text<'_> {
    fn inline_schema() -> bool {
        true
    }

    fn schema_name() -> Cow<'static, str> {
        "text".into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({ "type": "string" })
    }
}

/// A date as text. The rules stand once in the schema, under `$defs`.
#[derive(Clone, PartialEq, Eq, Hash, Debug, Default, serde::Deserialize, serde::Serialize)]
#[serde(transparent, bound(deserialize = "'de: 'a"))]
pub struct DateText<'a>(pub Text<'a>);

impl JsonSchema for DateText<'_> {
    fn schema_name() -> Cow<'static, str> {
        "date".into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({
            "type": "string",
            "minLength": 1,
            "description": "A date in EDTF (ISO 8601-2), written no more exactly than it is known. \
                A year is 2014, a month 2014-06, a day 2014-06-10, a time 2016-10-20T09:30:00. \
                An interval has a slash: 2014/2016-10; two dots after it leave the end open \
                (2014/..), nothing there says that the end is not known (2003/). A question mark \
                makes a date uncertain (2014?), a tilde approximate (2010~), a percent sign both. \
                X stands for a digit that is not known: 201X is the 2010s. Years before 1 are \
                counted through 0, which is 1 BC: the Ides of March of 44 BC are -0043-03-15. \
                Years of more than four digits begin with Y: Y-13800000000.",
            "examples": [
                "2010", "2014-06", "2016-10-20", "2016-10-20T09:30:00", "2014/2016-10",
                "2014/..", "2003/", "/2010~", "2014?", "201X", "-0043-03-15", "Y-13800000000"
            ]
        })
    }
}

/// A JSON list. Each item comes with its position in the file, which an item that was left out
/// before it does not change.
#[derive(Clone, PartialEq, Debug)]
pub struct List<T>(pub Vec<(u32, T)>);

impl<T> List<T> {
    /// How many items could be read.
    pub fn len(&self) -> usize {
        self.0.len()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The items with their positions.
    pub fn iter(&self) -> std::slice::Iter<'_, (u32, T)> {
        self.0.iter()
    }

    /// Adds an item at the end, at the next position.
    pub fn push(&mut self, item: T) -> &mut T {
        // A file within the limit of bytes holds fewer items than u32 counts.
        let position = u32::try_from(self.0.len()).unwrap_or(u32::MAX);
        &mut self.0.push_mut((position, item)).1
    }
}

impl<T> FromIterator<T> for List<T> {
    fn from_iter<I: IntoIterator<Item = T>>(items: I) -> Self {
        let mut list = Self::default();
        for item in items {
            list.push(item);
        }
        list
    }
}

impl<T> Default for List<T> {
    fn default() -> Self {
        Self(Vec::new())
    }
}

impl<T> IntoIterator for List<T> {
    type Item = (u32, T);
    type IntoIter = std::vec::IntoIter<(u32, T)>;

    fn into_iter(self) -> Self::IntoIter {
        self.0.into_iter()
    }
}

impl<'t, T> IntoIterator for &'t List<T> {
    type Item = &'t (u32, T);
    type IntoIter = std::slice::Iter<'t, (u32, T)>;

    fn into_iter(self) -> Self::IntoIter {
        self.0.iter()
    }
}

impl<T: Serialize> Serialize for List<T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_seq(self.0.iter().map(|(_, item)| item))
    }
}

impl<T: JsonSchema> JsonSchema for List<T> {
    fn inline_schema() -> bool {
        true
    }

    fn schema_name() -> Cow<'static, str> {
        Vec::<T>::schema_name()
    }

    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        Vec::<T>::json_schema(generator)
    }
}
