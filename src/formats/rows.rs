//! The rows of timeline.json as plain types: one row type for each object, one field for each name.
//!
//! These types are the format. The JSON Schema, strict and lenient reading, and the writer are all
//! made from them, so that none can fall behind. The doc comments of the fields are the descriptions
//! that an editor shows while a person writes.
//!
//! Dates, colours, links and ranges are text and numbers here; their meaning is checked by the
//! reader. Every field may be absent: what is required stands in the schema and is asked for by the
//! reader. Unknown fields have no place here: they live on in the text of the file.
//!
//! A reader fills rows through [`Row::visit`], which hands it one field at a time with its type. So
//! the rows know nothing of the readers.

mod value;

pub use value::{DateText, List, Text};

use schemars::JsonSchema;
use serde::{Serialize, de::DeserializeOwned};

use crate::model::{Ask, Certainty, PersonKind};

/// An object of the format: fields that a reader can fill by name.
pub trait Row<'a>: Default {
    /// What belongs where such an object does, in words and with an example.
    const EXPECTED: &'static str;
    /// The names of its fields, in the order in which they are written.
    const FIELDS: &'static [&'static str];

    /// The number of a field in [`FIELDS`](Self::FIELDS); `None` for an unknown name.
    fn field(name: &str) -> Option<usize>;

    /// Hands the field of this number to a visitor; `None` where there is no such field.
    fn visit<V: FieldVisitor<'a>>(&mut self, field: usize, visitor: V) -> Option<V::Output>;

    /// Makes all fields absent and keeps the room of lists for the next row.
    fn clear(&mut self);
}

/// What a reader does with a field, by the type of the field.
pub trait FieldVisitor<'a>: Sized {
    /// What reading a field results in.
    type Output;

    /// A text.
    fn text(self, field: &mut Option<Text<'a>>) -> Self::Output;
    /// A date.
    fn date(self, field: &mut Option<DateText<'a>>) -> Self::Output;
    /// A number.
    fn number(self, field: &mut Option<f64>) -> Self::Output;
    /// True or false.
    fn flag(self, field: &mut Option<bool>) -> Self::Output;
    /// One of a few words.
    fn keyword<K: Keyword>(self, field: &mut Option<K>) -> Self::Output;
    /// A list of texts.
    fn texts(self, field: &mut List<Text<'a>>) -> Self::Output;
    /// A list of objects.
    fn rows<R: Row<'a>>(self, field: &mut List<R>) -> Self::Output;
}

/// A value that is one of a few words.
pub trait Keyword: Copy + Serialize + DeserializeOwned + 'static {
    /// All values.
    const ALL: &'static [Self];
    /// What belongs where such a word does: `person, group, state or organisation`.
    const EXPECTED: &'static str;

    /// The word of a value.
    fn word(self) -> &'static str;
}

/// The type of a field: calls its own method of a [`FieldVisitor`].
trait Field<'a>: Default {
    fn accept<V: FieldVisitor<'a>>(&mut self, visitor: V) -> V::Output;

    fn is_absent(&self) -> bool;

    fn clear(&mut self) {
        *self = Self::default();
    }
}

/// Implements [`Field`] for an optional value.
macro_rules! optional_field {
    ($type:ty, $method:ident) => {
        impl<'a> Field<'a> for Option<$type> {
            fn accept<V: FieldVisitor<'a>>(&mut self, visitor: V) -> V::Output {
                visitor.$method(self)
            }

            fn is_absent(&self) -> bool {
                self.is_none()
            }
        }
    };
}

optional_field!(Text<'a>, text);
optional_field!(DateText<'a>, date);
optional_field!(f64, number);
optional_field!(bool, flag);

/// Implements [`Keyword`] and [`Field`] for a type whose values are words.
macro_rules! keyword {
    ($type:ty, $expected:literal) => {
        optional_field!($type, keyword);

        impl Keyword for $type {
            const ALL: &'static [Self] = &Self::ALL;
            const EXPECTED: &'static str = $expected;

            fn word(self) -> &'static str {
                self.word()
            }
        }
    };
}

keyword!(Certainty, "confirmed, reported, disputed or expected");
keyword!(PersonKind, "person, group, state or organisation");
keyword!(Ask, "order, when or choose");

/// Implements [`Field`] for a list.
macro_rules! list_field {
    ([$($bound:tt)*] $item:ty, $method:ident) => {
        impl<'a, $($bound)*> Field<'a> for List<$item> {
            fn accept<V: FieldVisitor<'a>>(&mut self, visitor: V) -> V::Output {
                visitor.$method(self)
            }

            fn is_absent(&self) -> bool {
                self.is_empty()
            }

            fn clear(&mut self) {
                self.0.clear();
            }
        }
    };
}

list_field!([] Text<'a>, texts);
list_field!([R: Row<'a>] R, rows);

/// Defines rows: the struct, its place in the schema, and how its fields are visited.
///
/// `"event" EventRow<'a> requires ["title"] expected "an object" { "title" title: Option<Text<'a>> }`
macro_rules! rows {
    ($(
        $(#[$meta:meta])*
        $def:literal $name:ident<$life:lifetime>
            requires [$($required:literal),*]
            expected $expected:literal
        {
            $( $(#[$field_meta:meta])* $key:literal $field:ident: $type:ty, )*
        }
    )*) => { $(
        $(#[$meta])*
        #[derive(Clone, PartialEq, Debug, Default, Serialize, JsonSchema)]
        // Read for the schema alone: it sets where in an object "additionalProperties" stands.
        #[serde(deny_unknown_fields)]
        #[schemars(rename = $def)]
        #[schemars(extend("required" = [$($required),*], "additionalProperties" = true))]
        pub struct $name<$life> {
            $(
                $(#[$field_meta])*
                #[serde(default, rename = $key, skip_serializing_if = "Field::is_absent")]
                pub $field: $type,
            )*
        }

        impl<$life> Row<$life> for $name<$life> {
            const EXPECTED: &'static str = $expected;
            const FIELDS: &'static [&'static str] = &[$($key),*];

            #[inline]
            fn field(name: &str) -> Option<usize> {
                #[allow(non_camel_case_types)]
                enum Number { $($field),* }

                match name {
                    $( $key => Some(Number::$field as usize), )*
                    _ => None,
                }
            }

            #[inline]
            fn visit<V: FieldVisitor<$life>>(
                &mut self,
                field: usize,
                visitor: V,
            ) -> Option<V::Output> {
                #[allow(non_camel_case_types)]
                enum Number { $($field),* }

                $(
                    if field == Number::$field as usize {
                        return Some(self.$field.accept(visitor));
                    }
                )*
                None
            }

            fn clear(&mut self) {
                $( self.$field.clear(); )*
            }
        }
    )* };
}

rows! {
    /// A chronology for Meanwhile: events with honest dates, told in lanes.
    "timeline" FileRow<'a> requires ["title", "events"] expected "an object in { }" {
        /// The JSON Schema that this file follows, for editors.
        "$schema" schema: Option<Text<'a>>,
        /// The title of the chronology.
        "title" title: Option<Text<'a>>,
        /// A line under the title.
        "subtitle" subtitle: Option<Text<'a>>,
        /// The language of the texts as a BCP 47 tag, such as en, ar or pt-BR.
        #[schemars(extend("examples" = ["en", "ar", "pt-BR"]))]
        "language" language: Option<Text<'a>>,
        /// What the chronology is about, in Markdown.
        "about" about: Option<Text<'a>>,
        /// When the chronology was written. What lies later was not known; open ends run to its latest instant.
        "as_of" as_of: Option<DateText<'a>>,
        /// The lanes, from top to bottom. Without them, the events' own lane names make lanes in the order in which they come.
        "lanes" lanes: List<LaneRow<'a>>,
        /// People, groups, states and organisations.
        "people" people: List<PersonRow<'a>>,
        /// Places.
        "places" places: List<PlaceRow<'a>>,
        /// Sources, which events cite.
        "sources" sources: List<SourceRow<'a>>,
        /// Stretches of time that stand behind all lanes.
        "eras" eras: List<EraRow<'a>>,
        /// What happened. The order does not matter.
        "events" events: List<EventRow<'a>>,
        /// Ways through the chronology, step by step, for a class.
        "lessons" lessons: List<LessonRow<'a>>,
    }

    /// A strand of the story, drawn as a band of its own.
    "lane" LaneRow<'a> requires [] expected r#"an object such as {"id": "war", "label": "War"}"# {
        /// The name by which events know the lane. Made from the label where absent.
        "id" id: Option<Text<'a>>,
        /// The name that is shown.
        "label" label: Option<Text<'a>>,
        /// The colour as #RRGGBB. Where absent, the theme chooses.
        #[schemars(extend("pattern" = "^#[0-9A-Fa-f]{6}$", "examples" = ["#B4521E"]))]
        "color" color: Option<Text<'a>>,
    }

    /// A person, group, state or organisation.
    "person" PersonRow<'a> requires [] expected r#"an object such as {"id": "sadr", "name": "Muqtada al-Sadr"}"# {
        /// The name by which events and lessons know them. Made from the name where absent.
        "id" id: Option<Text<'a>>,
        /// The name that is shown.
        "name" name: Option<Text<'a>>,
        /// The name in its own script.
        "native_name" native_name: Option<Text<'a>>,
        /// What kind of actor they are; a person where absent.
        "kind" kind: Option<PersonKind>,
        /// Who they are, in Markdown.
        "summary" summary: Option<Text<'a>>,
        /// The ids of the groups, states and organisations they belong to.
        "member_of" member_of: List<Text<'a>>,
    }

    /// A place where something happened.
    "place" PlaceRow<'a> requires [] expected r#"an object such as {"id": "paris", "name": "Paris"}"# {
        /// The name by which events know the place. Made from the name where absent.
        "id" id: Option<Text<'a>>,
        /// The name that is shown.
        "name" name: Option<Text<'a>>,
        /// The name in its own script.
        "native_name" native_name: Option<Text<'a>>,
        /// Degrees north, from -90 to 90.
        #[schemars(range(min = -90, max = 90))]
        "lat" lat: Option<f64>,
        /// Degrees east, from -180 to 180.
        #[schemars(range(min = -180, max = 180))]
        "lon" lon: Option<f64>,
    }

    /// A source that bears claims out.
    "source" SourceRow<'a> requires [] expected r#"an object such as {"id": "f24", "title": "…"}"# {
        /// The name by which events cite the source. Made from the title where absent.
        "id" id: Option<Text<'a>>,
        /// The title of the source.
        "title" title: Option<Text<'a>>,
        /// Who wrote it.
        "author" author: Option<Text<'a>>,
        /// Who brought it out.
        "publisher" publisher: Option<Text<'a>>,
        /// When it appeared.
        "date" date: Option<DateText<'a>>,
        /// Its address on the web. It is opened by a click alone.
        #[schemars(extend("pattern" = "^[Hh][Tt][Tt][Pp][Ss]?://"))]
        "url" url: Option<Text<'a>>,
    }

    /// A stretch of time that stands behind all lanes.
    "era" EraRow<'a> requires ["date"] expected r#"an object such as {"label": "…", "date": "2014/2016"}"# {
        /// The name that is shown.
        "label" label: Option<Text<'a>>,
        /// From when to when it was.
        "date" date: Option<DateText<'a>>,
        /// The colour as #RRGGBB. Where absent, the theme chooses.
        #[schemars(extend("pattern" = "^#[0-9A-Fa-f]{6}$", "examples" = ["#B4521E"]))]
        "color" color: Option<Text<'a>>,
    }

    /// Something that happened, or is expected to.
    "event" EventRow<'a> requires ["title", "date"] expected r#"an object such as {"title": "…", "date": "2014"}"# {
        /// The name by which links and lessons know the event. Made from the title where absent.
        "id" id: Option<Text<'a>>,
        /// What happened, in a line.
        #[schemars(extend("minLength" = 1))]
        "title" title: Option<Text<'a>>,
        /// A shorter title for the label beside its mark.
        "short" short: Option<Text<'a>>,
        /// When it was.
        "date" date: Option<DateText<'a>>,
        /// What is said instead of the words made from the date.
        "date_label" date_label: Option<Text<'a>>,
        /// The id of its lane.
        "lane" lane: Option<Text<'a>>,
        /// How important it is, from 1 to 5; 3 where absent. Labels of 5 stay longest when there is little room.
        #[schemars(with = "Option<u8>", range(min = 1, max = 5))]
        "importance" importance: Option<f64>,
        /// How sure it is that it happened as told; confirmed where absent.
        "certainty" certainty: Option<Certainty>,
        /// One or two sentences, in Markdown.
        "summary" summary: Option<Text<'a>>,
        /// The whole story, in Markdown.
        "details" details: Option<Text<'a>>,
        /// The ids of those who took part.
        "people" people: List<Text<'a>>,
        /// The id of the place where it was.
        "place" place: Option<Text<'a>>,
        /// Words by which it can be found and filtered.
        "tags" tags: List<Text<'a>>,
        /// The events that led to it.
        "because" because: List<LinkRow<'a>>,
        /// Other events worth a look.
        "see_also" see_also: List<LinkRow<'a>>,
        /// Where its claims come from.
        "sources" sources: List<CitationRow<'a>>,
        /// Pictures.
        "media" media: List<MediaRow<'a>>,
    }

    /// A link to another event.
    "link" LinkRow<'a> requires ["event"] expected r#"an object such as {"event": "id of the event"}"# {
        /// The id of the other event.
        "event" event: Option<Text<'a>>,
        /// How the two hang together, such as: three years later.
        "label" label: Option<Text<'a>>,
    }

    /// A source, and the place in it that bears a claim out.
    "citation" CitationRow<'a> requires ["source"] expected r#"an object such as {"source": "id of the source", "where": "page 7"}"# {
        /// The id of the source.
        "source" source: Option<Text<'a>>,
        /// The place in the source: page, paragraph, minute.
        "where" place_in_source: Option<Text<'a>>,
    }

    /// A picture.
    "media" MediaRow<'a> requires ["file"] expected r#"an object such as {"file": "picture.jpg", "alt": "…"}"# {
        /// The picture file, as a path from the folder of the chronology.
        "file" file: Option<Text<'a>>,
        /// What the picture shows, for those who can't see it.
        "alt" alt: Option<Text<'a>>,
        /// What is said under the picture.
        "caption" caption: Option<Text<'a>>,
        /// Who made the picture.
        "credit" credit: Option<Text<'a>>,
    }

    /// A way through the chronology, step by step.
    "lesson" LessonRow<'a> requires [] expected r#"an object such as {"title": "…", "steps": []}"# {
        /// The name by which the lesson is known. Made from the title where absent.
        "id" id: Option<Text<'a>>,
        /// The title of the lesson.
        "title" title: Option<Text<'a>>,
        /// The steps, in the order in which they are told.
        "steps" steps: List<StepRow<'a>>,
    }

    /// A step of a lesson: an event, or text alone.
    "step" StepRow<'a> requires [] expected r#"an object such as {"event": "id of the event", "say": "…"}"# {
        /// The id of the event that the step tells.
        "event" event: Option<Text<'a>>,
        /// What the class is asked before the step is told: to put "events" in the order of time, when its "event" was, or to choose one of its "answers".
        "ask" ask: Option<Ask>,
        /// A title of its own: for a step of text alone, or the question that is asked.
        "title" title: Option<Text<'a>>,
        /// The ids of the events that are to be put in the order of time, where "ask" is "order".
        "events" events: List<Text<'a>>,
        /// The answers to choose from, where "ask" is "choose"; one is marked as right.
        "answers" answers: List<AnswerRow<'a>>,
        /// The stretch of time to show. Where absent, that of the whole lesson.
        "view" view: Option<DateText<'a>>,
        /// The ids of those whose events are highlighted; the rest steps back.
        "people" people: List<Text<'a>>,
        /// The ids of the lanes that are highlighted; the rest steps back.
        "lanes" lanes: List<Text<'a>>,
        /// The text on the screen, in Markdown; of a question, what is said when it is answered.
        "say" say: Option<Text<'a>>,
        /// Notes that only the presenter sees, in Markdown.
        "notes" notes: Option<Text<'a>>,
    }

    /// An answer to choose.
    "answer" AnswerRow<'a> requires ["text"] expected r#"an object such as {"text": "…", "right": true}"# {
        /// What it says.
        "text" text: Option<Text<'a>>,
        /// Whether it is the right one.
        "right" right: Option<bool>,
    }
}
