//! timeline.json as it is written: one row type an object, one field a name.
//!
//! These types are the format. One list of names makes the reading of clean files, the lenient
//! reading and the JSON Schema, so that none of the three can fall behind. The sentences over the fields are what an editor shows while a person writes.
//!
//! Dates, colours, links and ranges are still text and numbers here; `check` gives them meaning.
//! Each field may be absent: what must be there is said in the schema and asked for by `check`.

use std::fmt;

use schemars::JsonSchema;
use serde::de::{Deserialize, Deserializer, Error, MapAccess, Visitor};
use serde_json::value::RawValue;

use super::check::Gathered;
use super::faults::Trail;
use super::fill::{Fill, Filling};
use super::lenient::{FromRaw, Kind, Reader};
use super::pace::Pace;
use super::value::{DateText, List, Text};
use crate::model::{Ask, Certainty, Extra, PersonKind};

/// Defines rows: the struct, its place in the schema, and both readings of its fields.
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
        #[derive(Debug, Default, JsonSchema)]
        // Read for the schema alone: it sets where in an object "additionalProperties" stands.
        #[serde(deny_unknown_fields)]
        #[schemars(rename = $def)]
        #[schemars(extend("required" = [$($required),*], "additionalProperties" = true))]
        pub struct $name<$life> {
            $( $(#[$field_meta])* #[serde(default, rename = $key)] pub $field: $type, )*
            #[serde(skip)]
            pub extra: Extra,
        }

        // Anything that is not as it should be is an error here, and left to the lenient reading.
        impl<'de: $life, $life> Fill<'de> for $name<$life> {
            fn fill<D: Deserializer<'de>>(
                &mut self,
                from: D,
                pace: &Pace<'_>,
            ) -> Result<(), D::Error> {
                #[derive(Clone, Copy)]
                #[allow(non_camel_case_types)]
                enum Field { $($field),* }

                impl<'de> Deserialize<'de> for Field {
                    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
                        from.deserialize_identifier(FieldVisitor)
                    }
                }

                struct FieldVisitor;

                impl Visitor<'_> for FieldVisitor {
                    type Value = Field;

                    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                        f.write_str("the name of a field")
                    }

                    fn visit_str<E: Error>(self, name: &str) -> Result<Field, E> {
                        match name {
                            $( $key => Ok(Field::$field), )*
                            _ => Err(E::unknown_field(name, &[$($key),*])),
                        }
                    }
                }

                struct RowVisitor<'r, $life>(&'r mut $name<$life>, &'r Pace<'r>);

                impl<'de: $life, $life> Visitor<'de> for RowVisitor<'_, $life> {
                    type Value = ();

                    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                        f.write_str($expected)
                    }

                    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<(), A::Error> {
                        let mut seen = 0_u32;
                        while let Some(field) = map.next_key::<Field>()? {
                            let bit = 1 << field as u32;
                            if seen & bit != 0 {
                                return Err(A::Error::custom("a field stands here twice"));
                            }
                            seen |= bit;
                            match field {
                                $( Field::$field => {
                                    map.next_value_seed(Filling(&mut self.0.$field, self.1))?;
                                } )*
                            }
                        }
                        Ok(())
                    }
                }

                from.deserialize_map(RowVisitor(self, pace))
            }

            fn clear(&mut self) {
                $( Fill::clear(&mut self.$field); )*
                self.extra = Extra::EMPTY;
            }
        }

        impl<$life> FromRaw<$life> for $name<$life> {
            const KIND: Kind = Kind::Object;
            const EXPECTED: &'static str = $expected;

            fn from_raw(
                raw: &$life RawValue,
                trail: &Trail<'_>,
                reader: &mut Reader<'_>,
            ) -> Option<Self> {
                let mut row = Self::default();
                for (name, key, value) in reader.object(raw, trail, Self::EXPECTED)? {
                    match &*name {
                        $( $key => {
                            if let Some(read) = FromRaw::from_raw(value, &trail.key($key), reader) {
                                row.$field = read;
                            }
                        } )*
                        _ => {
                            reader.unknown_field(key, &name, trail, &[$($key),*]);
                            row.extra.keep(name, value.get());
                        }
                    }
                }
                Some(row)
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
        "events" events: Option<Gathered<'a>>,
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
        /// A title of its own: for a step of text alone, or the question that is asked.
        "title" title: Option<Text<'a>>,
        /// The text on the screen, in Markdown; of a question, what is said when it is answered.
        "say" say: Option<Text<'a>>,
        /// Notes that only the presenter sees, in Markdown.
        "notes" notes: Option<Text<'a>>,
        /// The stretch of time to show. Where absent, that of the whole lesson.
        "view" view: Option<DateText<'a>>,
        /// The ids of those whose events are lit; the rest steps back.
        "people" people: List<Text<'a>>,
        /// The ids of the lanes that are lit; the rest steps back.
        "lanes" lanes: List<Text<'a>>,
        /// What the class is asked before the step is told: to put "events" in the order of time, when its "event" was, or to choose one of its "answers".
        "ask" ask: Option<Ask>,
        /// The ids of the events that are to be put in the order of time, where "ask" is "order".
        "events" events: List<Text<'a>>,
        /// The answers to choose from, where "ask" is "choose"; one is marked as right.
        "answers" answers: List<AnswerRow<'a>>,
    }

    /// An answer to choose.
    "answer" AnswerRow<'a> requires ["text"] expected r#"an object such as {"text": "…", "right": true}"# {
        /// What it says.
        "text" text: Option<Text<'a>>,
        /// Whether it is the right one.
        "right" right: Option<bool>,
    }
}
