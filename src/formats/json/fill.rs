//! The first reading: rows are filled where they lie.
//!
//! Serde's own derived reading makes each row anew and moves it, seven hundred bytes an event, and
//! its lists with it. Here one row serves all events: its lists keep their room, and an event costs
//! no allocation until it is packed. The fields come from the same list of names as the schema and
//! the lenient reading: see `rows`.

use std::fmt;

use serde::de::{Deserialize, DeserializeSeed, Deserializer, SeqAccess, Visitor};

use super::pace::Pace;
use super::value::{List, Text};

/// What can be filled from JSON.
pub trait Fill<'de>: Default {
    /// Fills it. Where that fails, what was read so far stays.
    fn fill<D: Deserializer<'de>>(&mut self, from: D, pace: &Pace<'_>) -> Result<(), D::Error>;

    /// Makes it as if nothing had been read, and keeps its room.
    fn clear(&mut self) {
        *self = Self::default();
    }
}

/// The place of a value that is read, and how far the reading has come.
pub struct Filling<'r, T>(pub &'r mut T, pub &'r Pace<'r>);

impl<'de, T: Fill<'de>> DeserializeSeed<'de> for Filling<'_, T> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, from: D) -> Result<(), D::Error> {
        self.0.fill(from, self.1)
    }
}

/// Fills a value from a text that holds nothing else.
pub fn from_str<'a, T: Fill<'a>>(text: &'a str, pace: &Pace<'_>) -> Result<T, serde_json::Error> {
    let mut value = T::default();
    let mut json = serde_json::Deserializer::from_str(text);
    value.fill(&mut json, pace)?;
    json.end()?;
    Ok(value)
}

impl<'de, T: Deserialize<'de>> Fill<'de> for Option<T> {
    fn fill<D: Deserializer<'de>>(&mut self, from: D, _: &Pace<'_>) -> Result<(), D::Error> {
        *self = Self::deserialize(from)?;
        Ok(())
    }
}

impl<'de: 'a, 'a> Fill<'de> for Text<'a> {
    fn fill<D: Deserializer<'de>>(&mut self, from: D, _: &Pace<'_>) -> Result<(), D::Error> {
        *self = Self::deserialize(from)?;
        Ok(())
    }
}

impl<'de, T: Fill<'de>> Fill<'de> for List<T> {
    fn fill<D: Deserializer<'de>>(&mut self, from: D, pace: &Pace<'_>) -> Result<(), D::Error> {
        from.deserialize_seq(Items(&mut self.0, pace))
    }

    fn clear(&mut self) {
        self.0.clear();
    }
}

struct Items<'r, T>(&'r mut Vec<(u32, T)>, &'r Pace<'r>);

impl<'de, T: Fill<'de>> Visitor<'de> for Items<'_, T> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a list")
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<(), A::Error> {
        while items.next_element_seed(OneMore(self.0, self.1))?.is_some() {}
        Ok(())
    }
}

/// The place of an item behind the others.
struct OneMore<'r, T>(&'r mut Vec<(u32, T)>, &'r Pace<'r>);

impl<'de, T: Fill<'de>> DeserializeSeed<'de> for OneMore<'_, T> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, from: D) -> Result<(), D::Error> {
        // A file within the limit of bytes holds fewer items than u32 counts.
        let position = u32::try_from(self.0.len()).unwrap_or(u32::MAX);
        let (_, item) = self.0.push_mut((position, T::default()));
        item.fill(from, self.1)
    }
}
