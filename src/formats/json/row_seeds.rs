//! Rows that are filled in place from clean JSON; any surprise is an error.
//!
//! Serde's derived reading makes a new row for each event and moves it, seven hundred bytes an
//! event, and its lists with it. Here one row serves all events, and its lists keep their room.

use std::fmt;

use serde::de::{
    Deserialize, DeserializeSeed, Deserializer, Error as _, MapAccess, SeqAccess, Visitor,
};

use crate::formats::rows::{DateText, FieldVisitor, Keyword, List, Row, Text};

/// A row that is filled from an object.
pub struct RowSeed<'r, R>(pub &'r mut R);

impl<'a, R: Row<'a>> DeserializeSeed<'a> for RowSeed<'_, R> {
    type Value = ();

    fn deserialize<D: Deserializer<'a>>(self, from: D) -> Result<(), D::Error> {
        from.deserialize_map(self)
    }
}

impl<'a, R: Row<'a>> Visitor<'a> for RowSeed<'_, R> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(R::EXPECTED)
    }

    fn visit_map<A: MapAccess<'a>>(self, mut map: A) -> Result<(), A::Error> {
        let mut seen = SeenFields::default();
        while let Some(field) = map.next_key_seed(FieldName::<R>::new())? {
            seen.add(field)?;
            map.next_value_seed(FieldSeed(self.0, field))?;
        }
        Ok(())
    }
}

/// Which fields of an object were read: a bit each.
#[derive(Default)]
pub struct SeenFields(u32);

impl SeenFields {
    /// # Errors
    ///
    /// Where the field stands there twice.
    pub fn add<E: serde::de::Error>(&mut self, field: usize) -> Result<(), E> {
        let bit = 1 << field;
        if self.0 & bit != 0 {
            return Err(E::custom("a field stands here twice"));
        }
        self.0 |= bit;
        Ok(())
    }
}

/// The name of a field of a row, read as its number.
pub struct FieldName<R>(std::marker::PhantomData<R>);

impl<R> FieldName<R> {
    /// For the fields of this kind of row.
    pub const fn new() -> Self {
        Self(std::marker::PhantomData)
    }
}

impl<'a, R: Row<'a>> DeserializeSeed<'a> for FieldName<R> {
    type Value = usize;

    fn deserialize<D: Deserializer<'a>>(self, from: D) -> Result<usize, D::Error> {
        from.deserialize_identifier(self)
    }
}

impl<'a, R: Row<'a>> Visitor<'a> for FieldName<R> {
    type Value = usize;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("the name of a field")
    }

    fn visit_str<E: serde::de::Error>(self, name: &str) -> Result<usize, E> {
        R::field(name).ok_or_else(|| E::unknown_field(name, R::FIELDS))
    }
}

/// A field of a row, by its number, that is read next.
pub struct FieldSeed<'r, R>(pub &'r mut R, pub usize);

impl<'a, R: Row<'a>> DeserializeSeed<'a> for FieldSeed<'_, R> {
    type Value = ();

    fn deserialize<D: Deserializer<'a>>(self, from: D) -> Result<(), D::Error> {
        let Self(row, field) = self;
        row.visit(field, StrictField(from))
            .unwrap_or_else(|| Err(D::Error::custom("there is no such field")))
    }
}

/// Reads a field by its type.
struct StrictField<D>(D);

impl<'a, D: Deserializer<'a>> FieldVisitor<'a> for StrictField<D> {
    type Output = Result<(), D::Error>;

    fn text(self, field: &mut Option<Text<'a>>) -> Self::Output {
        *field = Option::deserialize(self.0)?;
        Ok(())
    }

    fn date(self, field: &mut Option<DateText<'a>>) -> Self::Output {
        *field = Option::deserialize(self.0)?;
        Ok(())
    }

    fn number(self, field: &mut Option<f64>) -> Self::Output {
        *field = Option::deserialize(self.0)?;
        Ok(())
    }

    fn flag(self, field: &mut Option<bool>) -> Self::Output {
        *field = Option::deserialize(self.0)?;
        Ok(())
    }

    fn keyword<K: Keyword>(self, field: &mut Option<K>) -> Self::Output {
        *field = Option::deserialize(self.0)?;
        Ok(())
    }

    fn texts(self, field: &mut List<Text<'a>>) -> Self::Output {
        self.0.deserialize_seq(TextsVisitor(field))
    }

    fn rows<R: Row<'a>>(self, field: &mut List<R>) -> Self::Output {
        self.0.deserialize_seq(RowsVisitor(field))
    }
}

struct TextsVisitor<'r, 'a>(&'r mut List<Text<'a>>);

impl<'a> Visitor<'a> for TextsVisitor<'_, 'a> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a list of texts")
    }

    fn visit_seq<A: SeqAccess<'a>>(self, mut items: A) -> Result<(), A::Error> {
        while let Some(text) = items.next_element()? {
            self.0.push(text);
        }
        Ok(())
    }
}

struct RowsVisitor<'r, R>(&'r mut List<R>);

impl<'a, R: Row<'a>> Visitor<'a> for RowsVisitor<'_, R> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a list")
    }

    fn visit_seq<A: SeqAccess<'a>>(self, mut items: A) -> Result<(), A::Error> {
        while items.next_element_seed(NextRowSeed(self.0))?.is_some() {}
        Ok(())
    }
}

/// One more row at the end of a list, filled in place.
struct NextRowSeed<'r, R>(&'r mut List<R>);

impl<'a, R: Row<'a>> DeserializeSeed<'a> for NextRowSeed<'_, R> {
    type Value = ();

    fn deserialize<D: Deserializer<'a>>(self, from: D) -> Result<(), D::Error> {
        let row = self.0.push(R::default());
        RowSeed(row).deserialize(from)
    }
}
