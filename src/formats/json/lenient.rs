//! The second reading: the same rows, filled field by field from JSON that holds surprises.
//!
//! Serde's typed reading stops at the first wrong type. Here each value is first taken as a slice
//! of the text ([`RawValue`]) and then read on its own, so that a wrong one is reported and left
//! out while its neighbours stay. A slice also has a position: the distance of its address from
//! that of the text.
//!
//! A value that can only mean one thing is taken for it, with a warning: a number where text
//! belongs, one item where a list belongs.

use std::borrow::Cow;
use std::collections::HashMap;

use serde_json::value::RawValue;

use super::faults::{Faults, Trail, quoted};
use super::ranges::EVENTS;
use super::raw::{Kind, each_item, fields_of, name_of, shortened};
use super::syntax;
use super::text_progress::TextProgress;
use crate::formats::rows::{DateText, EventRow, FieldVisitor, FileRow, Keyword, List, Row, Text};
use crate::formats::{ReadError, Severity};
use crate::model::nearest;

/// Reads a whole file, whatever surprises it holds. Its events go one by one, with their positions,
/// to `sink`, which may take what it needs out of the row; `FileRow::events` stays empty.
///
/// # Errors
///
/// [`ReadError::Syntax`] where the text is not JSON, [`ReadError::NotATimeline`] where it is not an
/// object with events. Where reading is cancelled, the rest of the events is left out.
pub fn file<'a>(
    text: &'a str,
    progress: &TextProgress<'_>,
    faults: &mut Faults,
    sink: &mut impl FnMut(u32, &mut EventRow<'a>),
) -> Result<FileRow<'a>, ReadError> {
    let top: &RawValue =
        serde_json::from_str(text).map_err(|error| syntax::explain(text, &error))?;
    require_events(top)?;
    let mut reader = Reader { progress, faults };
    let mut file = FileRow::default();
    let fields = reader.object(top, &Trail::TOP, FileRow::EXPECTED);
    for (name, key, value) in fields.unwrap_or_default() {
        let trail = Trail::TOP.key(&name);
        if name == EVENTS {
            reader.each_row(value, &trail, sink);
        } else {
            reader.field(&mut file, (&name, key, value), &trail);
        }
    }
    Ok(file)
}

/// Whether this is an object with a list of events, before any of its fields are reported.
fn require_events(top: &RawValue) -> Result<(), ReadError> {
    let kind = Kind::of(top);
    if kind != Kind::Object {
        return Err(ReadError::NotATimeline {
            found: format!("this is {}", kind.name()),
        });
    }
    let names = fields_of(top).unwrap_or_default();
    let events = names.iter().rfind(|(key, _)| name_of(key) == EVENTS);
    if events.is_some_and(|(_, value)| Kind::of(value) != Kind::Null) {
        return Ok(());
    }
    let names: Vec<_> = names.iter().map(|(key, _)| name_of(key)).collect();
    let near = nearest(EVENTS, names.iter().map(|name| &**name));
    let found = match near {
        Some(near) if near != EVENTS => {
            format!(
                "this is an object without \"events\" (but with {})",
                quoted(near)
            )
        }
        _ => "this is an object without \"events\"".to_owned(),
    };
    Err(ReadError::NotATimeline { found })
}

/// A field of an object: its name, the slice of the name, the slice of the value.
type RawField<'n, 'a> = (&'n str, &'a RawValue, &'a RawValue);

/// Reads values and collects what is wrong with them.
struct Reader<'f> {
    progress: &'f TextProgress<'f>,
    faults: &'f mut Faults,
}

impl Reader<'_> {
    fn error(
        &mut self,
        raw: &RawValue,
        trail: &Trail<'_>,
        words: impl FnOnce() -> (String, String),
    ) {
        let offset = self.progress.offset(raw.get());
        self.faults.add(Severity::Error, trail, offset, words);
    }

    fn warning(
        &mut self,
        raw: &RawValue,
        trail: &Trail<'_>,
        words: impl FnOnce() -> (String, String),
    ) {
        let offset = self.progress.offset(raw.get());
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
    /// of JSON have it. `None`, and reported, where it is no object.
    fn object<'a>(
        &mut self,
        raw: &'a RawValue,
        trail: &Trail<'_>,
        expected: &str,
    ) -> Option<Vec<NamedValue<'a>>> {
        let fields = (Kind::of(raw) == Kind::Object)
            .then(|| fields_of(raw))
            .flatten();
        let Some(fields) = fields else {
            self.wrong_kind(raw, trail, expected);
            return None;
        };
        let mut seen = HashMap::with_capacity(fields.len());
        let mut kept: Vec<NamedValue<'a>> = Vec::with_capacity(fields.len());
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

    /// Reports that there is no field of this name; `trail` leads to it.
    fn unknown_field<'a, R: Row<'a>>(&mut self, key: &RawValue, name: &str, trail: &Trail<'_>) {
        let known = R::FIELDS;
        self.warning(key, trail, || {
            let help = match nearest(name, known.iter().copied()) {
                Some(near) => format!("did you mean {}? It is kept but not shown", quoted(near)),
                None => format!(
                    "it is kept but not shown; known here are {}",
                    known.join(", ")
                ),
            };
            (format!("there is no field {}", quoted(name)), help)
        });
    }

    /// Reads a field into its row; `trail` leads to it. A value that cannot be read is reported and
    /// leaves the field absent.
    fn field<'a, R: Row<'a>>(
        &mut self,
        row: &mut R,
        (name, key, value): RawField<'_, 'a>,
        trail: &Trail<'_>,
    ) {
        match R::field(name) {
            Some(field) => {
                let visitor = LenientField {
                    value,
                    trail,
                    reader: self,
                };
                row.visit(field, visitor);
            }
            None => self.unknown_field::<R>(key, name, trail),
        }
    }

    /// Reads an object into a new row; `None`, and reported, where it is no object.
    fn row<'a, R: Row<'a>>(&mut self, raw: &'a RawValue, trail: &Trail<'_>) -> Option<R> {
        let mut row = R::default();
        for (name, key, value) in self.object(raw, trail, R::EXPECTED)? {
            self.field(&mut row, (&name, key, value), &trail.key(&name));
        }
        Some(row)
    }

    /// Hands over the rows of a list that can be read, with their positions.
    fn each_row<'a, R: Row<'a>>(
        &mut self,
        raw: &'a RawValue,
        trail: &Trail<'_>,
        take: &mut impl FnMut(u32, &mut R),
    ) {
        self.each_item(raw, trail, Kind::Object, |reader, position, item, trail| {
            if let Some(mut row) = reader.row(item, trail) {
                take(position, &mut row);
            }
        });
    }

    /// Visits the items of a list, each with its position and the way to it. One item without its
    /// list is a list of one, with a warning; anything else that is no list is reported.
    fn each_item<'a>(
        &mut self,
        raw: &'a RawValue,
        trail: &Trail<'_>,
        item_kind: Kind,
        mut visit: impl FnMut(&mut Self, u32, &'a RawValue, &Trail<'_>),
    ) {
        match Kind::of(raw) {
            Kind::Null => {}
            Kind::List => each_item(raw, |position, item| {
                self.progress.has_read(item.get());
                if !self.progress.is_cancelled() {
                    visit(self, position, item, &trail.index(position));
                }
            }),
            kind if kind == item_kind => {
                self.warning(raw, trail, || {
                    let alone = format!("{} stands here without its list", kind.name());
                    (
                        alone,
                        "put it in [ ]; it is taken for a list of one".to_owned(),
                    )
                });
                visit(self, 0, raw, trail);
            }
            _ => self.wrong_kind(raw, trail, "a list in [ ]"),
        }
    }

    /// Reads a text; `None`, and reported, where there is none.
    fn text<'a>(
        &mut self,
        raw: &'a RawValue,
        trail: &Trail<'_>,
        expected: &str,
    ) -> Option<Text<'a>> {
        match Kind::of(raw) {
            Kind::Text => {
                let text = serde_json::from_str(raw.get()).ok();
                if text.is_none() {
                    // The one thing that makes a JSON string no text.
                    self.error(raw, trail, || {
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
                self.warning(raw, trail, || {
                    let number = shortened(raw.get());
                    let found = format!("{number} is a number where text belongs");
                    (found, format!("write \"{number}\", in quotation marks"))
                });
                Some(Text(Cow::Borrowed(raw.get())))
            }
            _ => {
                self.wrong_kind(raw, trail, expected);
                None
            }
        }
    }

    /// Reads one of a few words, or reports which there are.
    fn keyword<K: Keyword>(&mut self, raw: &RawValue, trail: &Trail<'_>) -> Option<K> {
        let Ok(Text(given)) = serde_json::from_str(raw.get()) else {
            self.wrong_kind(raw, trail, K::EXPECTED);
            return None;
        };
        let found = K::ALL.iter().copied().find(|value| value.word() == given);
        if found.is_none() {
            self.error(raw, trail, || {
                let words = K::ALL.iter().map(|value| value.word());
                let help = match nearest(&given, words) {
                    Some(near) => {
                        format!("did you mean {}? Allowed are {}", quoted(near), K::EXPECTED)
                    }
                    None => format!("write {}", K::EXPECTED),
                };
                (
                    format!("{} is not one of the words allowed here", quoted(&given)),
                    help,
                )
            });
        }
        found
    }
}

/// A field of an object: its name, the slice of the name, the slice of the value.
type NamedValue<'a> = (Cow<'a, str>, &'a RawValue, &'a RawValue);

/// What belongs where a text does.
const TEXT: &str = "text in quotation marks";

/// Reads one field by its type; `null` makes it absent.
struct LenientField<'v, 'r, 'f, 'a> {
    value: &'a RawValue,
    trail: &'v Trail<'v>,
    reader: &'r mut Reader<'f>,
}

impl LenientField<'_, '_, '_, '_> {
    /// Reads the value unless it is `null`.
    fn unless_null<T>(self, read: impl FnOnce(Self) -> Option<T>) -> Option<T> {
        (Kind::of(self.value) != Kind::Null)
            .then(|| read(self))
            .flatten()
    }

    /// Reads a value that JSON itself has a type for.
    fn plain<T: serde::de::DeserializeOwned>(self, expected: &str) -> Option<T> {
        self.unless_null(|field| {
            // A number that is too large for the type is no number either.
            let value = serde_json::from_str(field.value.get()).ok();
            if value.is_none() {
                field.reader.wrong_kind(field.value, field.trail, expected);
            }
            value
        })
    }
}

impl<'a> FieldVisitor<'a> for LenientField<'_, '_, '_, 'a> {
    type Output = ();

    fn text(self, field: &mut Option<Text<'a>>) {
        *field = self.unless_null(|it| it.reader.text(it.value, it.trail, TEXT));
    }

    fn date(self, field: &mut Option<DateText<'a>>) {
        const EXPECTED: &str = "a date in quotation marks, such as \"2014-06-10\"";
        *field = self
            .unless_null(|it| it.reader.text(it.value, it.trail, EXPECTED))
            .map(DateText);
    }

    fn number(self, field: &mut Option<f64>) {
        *field = self.plain("a number without quotation marks");
    }

    fn flag(self, field: &mut Option<bool>) {
        *field = self.plain("true or false without quotation marks");
    }

    fn keyword<K: Keyword>(self, field: &mut Option<K>) {
        *field = self.unless_null(|it| it.reader.keyword(it.value, it.trail));
    }

    fn texts(self, field: &mut List<Text<'a>>) {
        let Self {
            value,
            trail,
            reader,
        } = self;
        reader.each_item(value, trail, Kind::Text, |reader, position, item, trail| {
            if let Some(text) = reader.text(item, trail, TEXT) {
                field.0.push((position, text));
            }
        });
    }

    fn rows<R: Row<'a>>(self, field: &mut List<R>) {
        let Self {
            value,
            trail,
            reader,
        } = self;
        reader.each_row(value, trail, &mut |position, row: &mut R| {
            field.0.push((position, std::mem::take(row)));
        });
    }
}
