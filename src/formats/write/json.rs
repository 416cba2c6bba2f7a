//! Rows → the text of timeline.json, laid out as the chronology that ships is.
//!
//! Indented by two spaces, fields in the order of the schema. What a person scans as a table stands
//! a row a line: lanes, places, sources, eras, links, citations, pictures, answers. Events and
//! steps have a line for each field; so have people, after a first line that says who they are. The
//! lists of the file have an empty line before them. The same rows always give the same text, so
//! that one change is one changed line under version control.

use std::fmt::Write as _;

use serde_json::{Map, Value};

use crate::{
    formats::rows::{EventRow, FileRow, List, Text},
    model::Certainty,
};

/// The lists whose items have a line for each field; those of all other lists stand in one line.
const SPREAD: [&str; 4] = ["people", "events", "lessons", "steps"];
/// The fields of a person that stand together in a line.
const WHO: [&str; 4] = ["id", "name", "native_name", "kind"];

/// The text of a file, with a line break at its end.
pub fn file(rows: &FileRow<'_>) -> String {
    let mut out = String::new();
    // Rows hold nothing that JSON has no form for, but for numbers that are not finite, which it
    // writes as null.
    let value = serde_json::to_value(rows).unwrap_or_default();
    if let Value::Object(mut fields) = value {
        if rows.events.is_empty() {
            // A file without events has an empty list of them.
            let before = fields.len() - usize::from(fields.contains_key("lessons"));
            fields.shift_insert(before, "events".to_owned(), Value::Array(Vec::new()));
        }
        object(&fields, &[], 0, &mut out);
    }
    out.push('\n');
    out
}

/// The events of a file, written one by one: so that they need not all be in memory as rows.
#[derive(Debug, Default)]
pub struct EventsText {
    text: String,
    /// How many there are.
    pub len: u32,
}

impl EventsText {
    /// Adds an event.
    pub fn push(&mut self, row: &EventRow<'_>) {
        self.text
            .push_str(if self.len > 0 { ",\n    " } else { "\n    " });
        self.len += 1;
        event(row, &mut self.text);
    }

    /// The text of a file with these events, and all else from `rows`.
    pub fn into_file(self, rows: &FileRow<'_>) -> String {
        /// As [`file`] writes no events. No text within a string has a line break.
        const NONE: &str = "\n  \"events\": []";
        let around = file(rows);
        match around.split_once(NONE) {
            Some((before, after)) if self.len > 0 => {
                let parts = [before, "\n\n  \"events\": [", &self.text, "\n  ]", after];
                parts.concat()
            }
            _ => around,
        }
    }
}

/// An event as [`object`] lays it out, of its fields themselves: a file may have a million, and
/// making a value of each first took as long as all the rest.
fn event(row: &EventRow<'_>, out: &mut String) {
    /// The depth of an event in a file.
    const DEPTH: usize = 2;
    let mut is_first = true;
    let mut name = |name: &str, out: &mut String| {
        if !std::mem::take(&mut is_first) {
            out.push(',');
        }
        line(DEPTH + 1, out);
        text(name, out);
        out.push_str(": ");
    };
    let mut some = |field: &str, value: Option<&str>, out: &mut String| {
        if let Some(value) = value {
            name(field, out);
            text(value, out);
        }
    };
    out.push('{');
    some("id", row.id.as_deref(), out);
    some("title", row.title.as_deref(), out);
    some("short", row.short.as_deref(), out);
    some("date", row.date.as_ref().map(|date| &*date.0), out);
    some("date_label", row.date_label.as_deref(), out);
    some("lane", row.lane.as_deref(), out);
    if let Some(importance) = row.importance {
        name("importance", out);
        inline(&Value::from(importance), out);
    }
    let mut some = |field: &str, value: Option<&str>, out: &mut String| {
        if let Some(value) = value {
            name(field, out);
            text(value, out);
        }
    };
    some("certainty", row.certainty.map(Certainty::word), out);
    some("summary", row.summary.as_deref(), out);
    some("details", row.details.as_deref(), out);
    texts("people", &row.people, &mut name, out);
    if let Some(place) = &row.place {
        name("place", out);
        text(place, out);
    }
    texts("tags", &row.tags, &mut name, out);
    for (field, items) in [
        ("because", serde_json::to_value(&row.because)),
        ("see_also", serde_json::to_value(&row.see_also)),
        ("sources", serde_json::to_value(&row.sources)),
        ("media", serde_json::to_value(&row.media)),
    ] {
        if let Ok(Value::Array(items)) = items
            && !items.is_empty()
        {
            name(field, out);
            list(field, &items, DEPTH + 1, out);
        }
    }
    line(DEPTH, out);
    out.push('}');
}

/// A list of texts in one line; nothing of an empty one.
fn texts(
    field: &str,
    items: &List<Text<'_>>,
    name: &mut impl FnMut(&str, &mut String),
    out: &mut String,
) {
    if items.is_empty() {
        return;
    }
    name(field, out);
    for (number, (_, item)) in items.iter().enumerate() {
        out.push_str(if number > 0 { ", " } else { "[" });
        text(item, out);
    }
    out.push(']');
}

/// An object with a line for each field; those fields of `head` that follow each other share one.
fn object(fields: &Map<String, Value>, head: &[&str], depth: usize, out: &mut String) {
    let is_head = |name: &str| head.contains(&name);
    let mut is_after_head = false;
    out.push('{');
    for (number, (name, value)) in fields.iter().enumerate() {
        if number > 0 {
            out.push(',');
        }
        let items = value.as_array();
        let is_list_of_objects =
            items.is_some_and(|items| items.iter().all(Value::is_object) && !items.is_empty());
        if is_list_of_objects && depth == 0 {
            out.push('\n');
        }
        if is_after_head && is_head(name) {
            out.push(' ');
        } else {
            line(depth + 1, out);
        }
        is_after_head = is_head(name);
        text(name, out);
        out.push_str(": ");
        match items {
            Some(items) if is_list_of_objects => list(name, items, depth + 1, out),
            _ => inline(value, out),
        }
    }
    line(depth, out);
    out.push('}');
}

/// A list of objects with a line or more for each.
fn list(name: &str, items: &[Value], depth: usize, out: &mut String) {
    let head: &[&str] = if name == "people" { &WHO } else { &[] };
    out.push('[');
    for (number, item) in items.iter().enumerate() {
        if number > 0 {
            out.push(',');
        }
        line(depth + 1, out);
        match item {
            Value::Object(fields) if SPREAD.contains(&name) => object(fields, head, depth + 1, out),
            item => inline(item, out),
        }
    }
    line(depth, out);
    out.push(']');
}

/// A value in one line.
fn inline(value: &Value, out: &mut String) {
    match value {
        Value::String(string) => text(string, out),
        Value::Number(number) => match number.as_f64() {
            // A whole number has no fraction: `5`, not `5.0`.
            Some(float) if float.fract() == 0.0 && float.abs() < 1e15 => {
                // Writing to a string does not fail.
                let _ = write!(out, "{float:.0}");
            }
            _ => out.push_str(&number.to_string()),
        },
        Value::Array(items) => {
            out.push('[');
            for (number, item) in items.iter().enumerate() {
                out.push_str(if number > 0 { ", " } else { "" });
                inline(item, out);
            }
            out.push(']');
        }
        Value::Object(fields) if fields.is_empty() => out.push_str("{}"),
        Value::Object(fields) => {
            for (number, (name, value)) in fields.iter().enumerate() {
                out.push_str(if number > 0 { ", " } else { "{ " });
                text(name, out);
                out.push_str(": ");
                inline(value, out);
            }
            out.push_str(" }");
        }
        Value::Bool(_) | Value::Null => out.push_str(&value.to_string()),
    }
}

/// A JSON string.
fn text(text: &str, out: &mut String) {
    let is_plain = |byte: u8| byte >= b' ' && byte != b'"' && byte != b'\\';
    if text.bytes().all(is_plain) {
        out.push('"');
        out.push_str(text);
        out.push('"');
    } else {
        out.push_str(&Value::from(text).to_string());
    }
}

fn line(depth: usize, out: &mut String) {
    out.push('\n');
    for _ in 0..depth {
        out.push_str("  ");
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::formats::json;
    use crate::formats::rows::EventRow;
    use crate::testing::fixed;

    const SHIPPED: &str = include_str!("../../../timeline.json");

    #[test]
    fn what_ships_is_written_as_it_stands() {
        assert_eq!(file(&json::rows(SHIPPED).unwrap()), SHIPPED);
    }

    #[test]
    fn events_one_by_one_make_the_same_file() {
        let mut rows = json::rows(SHIPPED).unwrap();
        let mut events = EventsText::default();
        for (_, event) in &std::mem::take(&mut rows.events) {
            events.push(event);
        }
        assert_eq!(events.into_file(&rows), SHIPPED);
        let none = EventsText::default().into_file(&FileRow::default());
        assert_eq!(none, file(&FileRow::default()));
    }

    #[test]
    fn a_file_is_laid_out_for_people() {
        let text = r#"{"title":"T","as_of":"2016","events":[{"title":"a \"b\" \u00e9\n","date":"2014",
            "importance":5.0,"tags":["x","y"],"because":[{"event":"b","label":"c"}],"people":[]}],
            "places":[{"id":"p","lat":1.50,"lon":-3}],"lanes":[{}],
            "lessons":[{"steps":[{"say":"s","answers":[{"text":"t","right":true}]}]}]}"#;
        let expected = r#"{
  "title": "T",
  "as_of": "2016",

  "lanes": [
    {}
  ],

  "places": [
    { "id": "p", "lat": 1.5, "lon": -3 }
  ],

  "events": [
    {
      "title": "a \"b\" é\n",
      "date": "2014",
      "importance": 5,
      "tags": ["x", "y"],
      "because": [
        { "event": "b", "label": "c" }
      ]
    }
  ],

  "lessons": [
    {
      "steps": [
        {
          "answers": [
            { "text": "t", "right": true }
          ],
          "say": "s"
        }
      ]
    }
  ]
}
"#;
        assert_eq!(file(&json::rows(text).unwrap()), expected);
    }

    proptest! {
        #![proptest_config(fixed(200))]

        #[test]
        fn what_is_written_is_read_as_the_same_rows(
            titles in prop::collection::vec(any::<String>(), 0..4),
            numbers in prop::collection::vec(-1e9..1e9_f64, 0..4),
            words in prop::collection::vec("[a-zé\\\\\"\n\u{1F600}]{0,6}", 0..4),
        ) {
            let mut rows = rows_of(&titles, &numbers, &words);
            let text = file(&rows);
            let mut events = EventsText::default();
            for (_, event) in &rows.events {
                events.push(event);
            }
            let listed = std::mem::take(&mut rows.events);
            prop_assert_eq!(&events.into_file(&rows), &text);
            rows.events = listed;
            prop_assert_eq!(json::rows(&text).unwrap(), rows);
        }
    }

    /// Rows made from these lists: a place for each number, an event for each title.
    fn rows_of<'a>(titles: &'a [String], numbers: &[f64], words: &'a [String]) -> FileRow<'a> {
        use crate::formats::rows::{DateText, LinkRow, List, PlaceRow, Text};
        use crate::model::Certainty;

        let text = |text: &'a String| Some(Text(text.as_str().into()));
        let mut rows = FileRow {
            title: titles.first().and_then(text),
            language: words.first().and_then(text),
            ..FileRow::default()
        };
        for number in numbers {
            rows.places.push(PlaceRow {
                lat: Some(*number),
                lon: Some(number.round()),
                ..PlaceRow::default()
            });
        }
        for title in titles {
            let mut tags = List::default();
            let mut because = List::default();
            for word in words {
                tags.push(Text(word.as_str().into()));
                because.push(LinkRow {
                    label: text(word),
                    ..LinkRow::default()
                });
            }
            rows.events.push(EventRow {
                title: text(title),
                date: text(title).map(DateText),
                certainty: Some(Certainty::Reported),
                importance: numbers.first().copied(),
                tags,
                because,
                ..EventRow::default()
            });
        }
        rows
    }
}
