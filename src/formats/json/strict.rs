//! The first reading, for clean files: rows are filled in place, and any surprise is an error.
//!
//! Serde's derived reading makes a new row for each event and moves it, seven hundred bytes an
//! event, and its lists with it. Here one row serves all events: its lists keep their room, and an
//! event costs no allocation until it is packed. A file with a surprise (a wrong type, an unknown
//! or doubled field) is read again by [`lenient`](super::lenient).

use std::fmt;

use serde::de::{
    Deserialize, DeserializeSeed, Deserializer, Error as _, MapAccess, SeqAccess, Visitor,
};

use super::text_progress::TextProgress;
use crate::formats::rows::{DateText, EventRow, FieldVisitor, FileRow, Keyword, List, Row, Text};

/// The field of the file whose rows are handed over one by one.
const EVENTS: &str = "events";

/// Reads a whole file. Its events go one by one, with their positions, to `sink`, which may take
/// what it needs out of the row; `FileRow::events` stays empty.
///
/// # Errors
///
/// Where the text is not JSON, holds a surprise or has no events, and where reading is cancelled:
/// see [`TextProgress`].
pub fn file<'a>(
    text: &'a str,
    progress: &TextProgress<'_>,
    sink: &mut impl FnMut(u32, &mut EventRow<'a>),
) -> Result<FileRow<'a>, serde_json::Error> {
    let mut file = FileRow::default();
    let mut json = serde_json::Deserializer::from_str(text);
    let seed = FileSeed {
        file: &mut file,
        progress,
        sink,
    };
    let has_events = seed.deserialize(&mut json)?;
    json.end()?;
    if has_events {
        Ok(file)
    } else {
        Err(serde_json::Error::missing_field(EVENTS))
    }
}

/// Reads the file's object; returns whether there was a list of events.
struct FileSeed<'r, 'a, Sink> {
    file: &'r mut FileRow<'a>,
    progress: &'r TextProgress<'r>,
    sink: &'r mut Sink,
}

impl<'a, Sink: FnMut(u32, &mut EventRow<'a>)> DeserializeSeed<'a> for FileSeed<'_, 'a, Sink> {
    type Value = bool;

    fn deserialize<D: Deserializer<'a>>(self, from: D) -> Result<bool, D::Error> {
        from.deserialize_map(self)
    }
}

impl<'a, Sink: FnMut(u32, &mut EventRow<'a>)> Visitor<'a> for FileSeed<'_, 'a, Sink> {
    type Value = bool;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(FileRow::EXPECTED)
    }

    fn visit_map<A: MapAccess<'a>>(self, mut map: A) -> Result<bool, A::Error> {
        let events = FileRow::field(EVENTS);
        let mut has_events = false;
        let mut seen = SeenFields::default();
        while let Some(field) = map.next_key_seed(FieldName::<FileRow<'a>>::new())? {
            seen.add(field)?;
            if Some(field) == events {
                map.next_value_seed(EventsSeed(self.progress, self.sink))?;
                has_events = true;
            } else {
                map.next_value_seed(FieldSeed(self.file, field, self.progress))?;
            }
        }
        Ok(has_events)
    }
}

/// The events of a file, read one after the other into the same row.
struct EventsSeed<'r, Sink>(&'r TextProgress<'r>, &'r mut Sink);

impl<'a, Sink: FnMut(u32, &mut EventRow<'a>)> DeserializeSeed<'a> for EventsSeed<'_, Sink> {
    type Value = ();

    fn deserialize<D: Deserializer<'a>>(self, from: D) -> Result<(), D::Error> {
        from.deserialize_seq(self)
    }
}

impl<'a, Sink: FnMut(u32, &mut EventRow<'a>)> Visitor<'a> for EventsSeed<'_, Sink> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a list of events")
    }

    fn visit_seq<A: SeqAccess<'a>>(self, mut items: A) -> Result<(), A::Error> {
        let Self(progress, sink) = self;
        // A file within the limit of bytes holds fewer items than u32 counts.
        let mut position = 0_u32;
        let mut row = EventRow::default();
        while items
            .next_element_seed(RowSeed(&mut row, progress))?
            .is_some()
        {
            if let Some(title) = &row.title {
                progress.has_read(title);
            }
            if progress.is_cancelled() {
                return Err(A::Error::custom("cancelled"));
            }
            sink(position, &mut row);
            row.clear();
            position = position.saturating_add(1);
        }
        Ok(())
    }
}

/// A row that is filled from an object.
struct RowSeed<'r, R>(&'r mut R, &'r TextProgress<'r>);

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
            map.next_value_seed(FieldSeed(self.0, field, self.1))?;
        }
        Ok(())
    }
}

/// Which fields of an object were read: a bit each.
#[derive(Default)]
struct SeenFields(u32);

impl SeenFields {
    /// # Errors
    ///
    /// Where the field stands there twice.
    fn add<E: serde::de::Error>(&mut self, field: usize) -> Result<(), E> {
        let bit = 1 << field;
        if self.0 & bit != 0 {
            return Err(E::custom("a field stands here twice"));
        }
        self.0 |= bit;
        Ok(())
    }
}

/// The name of a field of a row, read as its number.
struct FieldName<R>(std::marker::PhantomData<R>);

impl<R> FieldName<R> {
    const fn new() -> Self {
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
struct FieldSeed<'r, R>(&'r mut R, usize, &'r TextProgress<'r>);

impl<'a, R: Row<'a>> DeserializeSeed<'a> for FieldSeed<'_, R> {
    type Value = ();

    fn deserialize<D: Deserializer<'a>>(self, from: D) -> Result<(), D::Error> {
        let Self(row, field, progress) = self;
        row.visit(field, StrictField { from, progress })
            .unwrap_or_else(|| Err(D::Error::custom("there is no such field")))
    }
}

/// Reads a field by its type.
struct StrictField<'r, D> {
    from: D,
    progress: &'r TextProgress<'r>,
}

impl<'a, D: Deserializer<'a>> FieldVisitor<'a> for StrictField<'_, D> {
    type Output = Result<(), D::Error>;

    fn text(self, field: &mut Option<Text<'a>>) -> Self::Output {
        *field = Option::deserialize(self.from)?;
        Ok(())
    }

    fn date(self, field: &mut Option<DateText<'a>>) -> Self::Output {
        *field = Option::deserialize(self.from)?;
        Ok(())
    }

    fn number(self, field: &mut Option<f64>) -> Self::Output {
        *field = Option::deserialize(self.from)?;
        Ok(())
    }

    fn flag(self, field: &mut Option<bool>) -> Self::Output {
        *field = Option::deserialize(self.from)?;
        Ok(())
    }

    fn keyword<K: Keyword>(self, field: &mut Option<K>) -> Self::Output {
        *field = Option::deserialize(self.from)?;
        Ok(())
    }

    fn texts(self, field: &mut List<Text<'a>>) -> Self::Output {
        self.from.deserialize_seq(TextsVisitor(field))
    }

    fn rows<R: Row<'a>>(self, field: &mut List<R>) -> Self::Output {
        self.from.deserialize_seq(RowsVisitor(field, self.progress))
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

struct RowsVisitor<'r, R>(&'r mut List<R>, &'r TextProgress<'r>);

impl<'a, R: Row<'a>> Visitor<'a> for RowsVisitor<'_, R> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a list")
    }

    fn visit_seq<A: SeqAccess<'a>>(self, mut items: A) -> Result<(), A::Error> {
        while items
            .next_element_seed(NextRowSeed(self.0, self.1))?
            .is_some()
        {}
        Ok(())
    }
}

/// One more row at the end of a list, filled in place.
struct NextRowSeed<'r, R>(&'r mut List<R>, &'r TextProgress<'r>);

impl<'a, R: Row<'a>> DeserializeSeed<'a> for NextRowSeed<'_, R> {
    type Value = ();

    fn deserialize<D: Deserializer<'a>>(self, from: D) -> Result<(), D::Error> {
        let row = self.0.push(R::default());
        RowSeed(row, self.1).deserialize(from)
    }
}
