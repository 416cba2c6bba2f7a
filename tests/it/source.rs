//! The text of a chronology is its truth: it is kept byte for byte, every row is found in it, and
//! rows become text and rows again. Tried on the shipped file and on odd ones.

use std::{collections::HashSet, fs, ops::Range};

use meanwhile::{
    formats::{
        self, Fingerprint, KeepText, ReadOptions, ReadProgress, Source,
        json::{
            self as timeline_json,
            ranges::{Ranges, RowList},
        },
        source::{LARGE_TEXT_BYTES, SourceText},
        write,
    },
    model::Timeline,
    open::{self, OpenError, Origin, SHIPPED},
};
use serde_json::Value;

/// A usual file.
const SMALL: &str = r#"{
  "title": "Mosul",
  "lanes": [{ "id": "war", "label": "War" }],
  "people": [{ "id": "a", "name": "A" }, { "id": "b", "name": "B" }],
  "places": [{ "id": "m", "name": "Mosul", "lat": 36.34, "lon": 43.130 }],
  "sources": [{ "id": "f", "title": "A plan" }],
  "eras": [{ "label": "War", "date": "2014/2017" }],
  "events": [
    { "id": "x", "title": "First", "date": "2014-06", "lane": "war", "people": ["a"] },
    { "title": "Second", "date": "2016", "place": "m", "sources": [{ "source": "f", "where": "p. 7" }] }
  ],
  "lessons": [{ "id": "l", "title": "L", "steps": [{ "event": "x", "say": "…" }] }]
}
"#;

/// Files that a person or another program may have written: a name, the text, and how many events
/// can be shown.
const ODD: &[(&str, &str, usize)] = &[
    ("shipped", SHIPPED, 15),
    ("small", SMALL, 2),
    (
        "unknown fields everywhere",
        r#"{"x": {"events": [1, 2]}, "title": "T", "events": [{"titel": 3, "title": "A", "date": "2014", "note": {"a": [1, {"b": null}]}}], "y": []}"#,
        1,
    ),
    (
        "events first, title last",
        r#"{"events": [{"date": "2014", "title": "A"}], "people": [{"name": "P"}], "title": "T"}"#,
        1,
    ),
    (
        "an event's fields in another order",
        r#"{"title": "T", "events": [{"tags": ["t"], "summary": "s", "date": "2014", "title": "A", "id": "a"}]}"#,
        1,
    ),
    (
        "tabs",
        "{\n\t\"title\": \"T\",\n\t\"events\": [\n\t\t{\n\t\t\t\"title\": \"A\",\n\t\t\t\"date\": \"2014\"\n\t\t}\n\t]\n}\n",
        1,
    ),
    (
        "eight spaces",
        "{\n        \"title\":\"T\",\n        \"events\":[ {\"title\":\"A\",\"date\":\"2014\"} ]\n}\n",
        1,
    ),
    (
        "spaces everywhere",
        " \n { \"title\" : \"T\" , \"events\" : [ { \"title\" : \"A\" , \"date\" : \"2014\" } , { \"title\" : \"B\" , \"date\" : \"2015\" } ] } \n\n ",
        2,
    ),
    (
        "one line",
        r#"{"title":"T","events":[{"title":"A","date":"2014"},{"title":"B","date":"2015"}]}"#,
        2,
    ),
    (
        "no final newline",
        "{\"title\": \"T\",\n\"events\": [{\"title\": \"A\", \"date\": \"2014\"}]}",
        1,
    ),
    (
        "many final newlines",
        "{\"title\": \"T\", \"events\": [{\"title\": \"A\", \"date\": \"2014\"}]}\n\n\n",
        1,
    ),
    (
        "numbers as they were written",
        r#"{"title": "T", "places": [{"id": "p", "name": "P", "lat": 1.50, "lon": 2E+1}], "events": [{"title": "A", "date": "2014", "importance": 5, "weight": 1.50, "big": 123456789012345678901234567890}]}"#,
        1,
    ),
    (
        "escapes",
        r#"{"title": "\u004dosul", "ev\u0065nts": [{"t\u0069tle": "\u0627\u0644\u0645\u0648\u0635\u0644 \ud83d\ude00 \"\\\/", "summary": "\b\f\n\r\t", "date": "2014"}]}"#,
        1,
    ),
    (
        "brackets and quotes inside texts",
        r#"{"title": "T", "events": [{"title": "A ]}, {[ \" \\", "date": "2014"}, {"title": "B", "date": "2015", "summary": "\"}]"}]}"#,
        2,
    ),
    (
        "a field twice",
        r#"{"title": "T", "title": "U", "events": [{"title": "A", "title": "B", "date": "2014"}]}"#,
        1,
    ),
    (
        "a list twice",
        r#"{"title": "T", "events": [{"title": "A", "date": "2014"}, {"title": "Z", "date": "2019"}], "events": [{"title": "B", "date": "2015"}]}"#,
        1,
    ),
    (
        "one event without its list",
        r#"{"title": "T", "events": {"title": "A", "date": "2014"}}"#,
        1,
    ),
    (
        "one person without their list",
        r#"{"title": "T", "people": {"name": "P"}, "events": [{"title": "A", "date": "2014"}]}"#,
        1,
    ),
    (
        "rows that are no rows",
        r#"{"title": "T", "lanes": ["war", {"id": "w", "label": "W"}], "events": [7, {"title": "A", "date": "2014"}, null, [], "x", {"title": "B", "date": "2015"}]}"#,
        2,
    ),
    (
        "an event without a date between others",
        r#"{"title": "T", "events": [{"title": "A", "date": "2014"}, {"title": "?"}, {"title": "B", "date": "2013"}]}"#,
        2,
    ),
    (
        "the latest first",
        r#"{"title": "T", "events": [{"title": "C", "date": "2016"}, {"title": "B", "date": "2015"}, {"title": "A", "date": "2014"}]}"#,
        3,
    ),
    (
        "ids twice and none",
        r#"{"title": "T", "events": [{"id": "a", "title": "A", "date": "2014"}, {"id": "a", "title": "B", "date": "2015"}, {"title": "A", "date": "2016"}]}"#,
        3,
    ),
    (
        "empty lists and nulls",
        r#"{"title": "T", "people": [], "lanes": null, "eras": [], "lessons": null, "events": [{"title": "A", "date": "2014", "people": [], "summary": null}]}"#,
        1,
    ),
    (
        "a list that is a text",
        r#"{"title": "T", "people": "P", "events": [{"title": "A", "date": "2014"}]}"#,
        1,
    ),
    (
        "no title",
        r#"{"events": [{"title": "A", "date": "2014"}]}"#,
        1,
    ),
    ("no events", r#"{"title": "T", "events": []}"#, 0),
    (
        "four scripts",
        r#"{"title": "時間 · الزمن · время · χρόνος", "events": [{"title": "المعركة", "date": "2016-10"}, {"title": "開戦", "date": "1941-12-08"}, {"title": "Начало", "date": "1917"}, {"title": "Ἀρχή", "date": "-0430"}]}"#,
        4,
    ),
    (
        "texts of many lines",
        r#"{"title": "T", "about": "one\n\ntwo", "events": [{"title": "A", "date": "2014", "details": "- x\n- y\n\n1944. One"}]}"#,
        1,
    ),
    (
        "eras and lessons with surprises",
        r#"{"title": "T", "eras": [{"label": "E", "date": "2014/2015", "color": "\u0023abcdef"}, 5, {"label": "F", "date": "2016"}], "lessons": [{"steps": [{"say": "s"}]}], "events": [{"title": "A", "date": "2014"}]}"#,
        1,
    ),
];

/// The odd files, and some that are made of the usual one.
fn odd_files() -> Vec<(&'static str, String, usize)> {
    let compact: Value = serde_json::from_str(SMALL).expect("JSON");
    let carriage_returns = SMALL.replace('\n', "\r\n");
    let files = ODD.iter();
    let mut files: Vec<_> = files
        .map(|&(name, text, events)| (name, text.to_owned(), events))
        .collect();
    files.push(("compact", compact.to_string(), 2));
    files.push(("a byte order mark", format!("\u{FEFF}{SMALL}"), 2));
    files.push(("both", format!("\u{FEFF}{carriage_returns}"), 2));
    files.push(("carriage returns", carriage_returns, 2));
    assert!(files.len() > 30);
    files
}

fn kept(source: &Source) -> &str {
    match source.text() {
        SourceText::Kept(text) => text,
        SourceText::InFile(_) | SourceText::Open => panic!("it is small"),
    }
}

fn read(name: &str, text: &str) -> Source {
    formats::read(text.as_bytes()).unwrap_or_else(|error| panic!("{name}: {error}"))
}

fn cut<'t>(text: &'t str, range: &Range<usize>) -> &'t str {
    text.get(range.clone()).expect("a range of the text")
}

/// The rows of a list as `serde_json` reads them: of a list that stands twice the last, and one row
/// without its list as a list of one.
fn rows_of(file: &Value, list: RowList) -> Vec<Value> {
    match &file[list.field()] {
        Value::Array(rows) => rows.clone(),
        row @ Value::Object(_) => vec![row.clone()],
        _ => Vec::new(),
    }
}

#[test]
fn a_text_is_kept_byte_for_byte() {
    for (name, text, events) in odd_files() {
        let source = read(name, &text);
        assert_eq!(kept(&source), text, "{name}");
        assert_eq!(source.timeline.len(), events, "{name}");
    }
}

#[test]
fn every_range_cut_out_and_parsed_is_its_row() {
    for (name, text, _) in odd_files() {
        let json = text.trim_start_matches('\u{FEFF}');
        let file: Value = serde_json::from_str(json).expect(name);
        let ranges = Ranges::of(&text);
        let mut before = HashSet::new();
        for list in RowList::ALL {
            let rows = rows_of(&file, list);
            let found = ranges.list(list);
            assert_eq!(found.len(), rows.len(), "{name}: {}", list.field());
            for (range, row) in found.iter().zip(rows) {
                let own: Value = serde_json::from_str(cut(&text, range)).expect(name);
                assert_eq!(own, row, "{name}: {} {range:?}", list.field());
                assert!(before.insert(range.clone()), "{name}: {range:?} twice");
            }
        }
    }
}

/// The title and the date of each event are those of the row to which its position leads.
#[test]
fn an_event_leads_to_its_row() {
    for (name, text, events) in odd_files() {
        let source = read(name, &text);
        let ranges = Ranges::of(kept(&source));
        let mut seen = HashSet::new();
        for event in source.timeline.events() {
            let position = source.position_of(event).expect(name);
            let range = position.range(&ranges).expect(name);
            let row: Value = serde_json::from_str(cut(&text, &range)).expect(name);
            let record = source.timeline.event(event);
            assert_eq!(row["title"], record.title, "{name}");
            if let Some(id) = row["id"].as_str().filter(|_| name != "ids twice and none") {
                assert_eq!(source.timeline.find_event(id), Some(event), "{name}");
            }
            assert!(seen.insert(position), "{name}: {position:?} twice");
        }
        assert_eq!(seen.len(), events, "{name}");
    }
}

/// The name of each lane, person, place, source, era and lesson is in the row to which its position
/// leads.
#[test]
fn what_is_listed_leads_to_its_row() {
    let mut seen = 0;
    for (name, text, _) in odd_files() {
        let source = read(name, &text);
        let timeline = &source.timeline;
        let ranges = Ranges::of(kept(&source));
        let names = |list| -> Vec<String> {
            match list {
                RowList::Lanes => timeline.lanes().iter().map(|it| it.label.clone()).collect(),
                RowList::People => timeline.people().iter().map(|it| it.name.clone()).collect(),
                RowList::Places => timeline.places().iter().map(|it| it.name.clone()).collect(),
                RowList::Sources => timeline
                    .sources()
                    .iter()
                    .map(|it| it.title.clone())
                    .collect(),
                RowList::Eras => timeline.eras().iter().map(|it| it.label.clone()).collect(),
                RowList::Lessons => timeline
                    .lessons()
                    .iter()
                    .map(|it| it.title.clone())
                    .collect(),
                RowList::Events => Vec::new(),
            }
        };
        for list in RowList::ALL {
            for (index, own) in names(list).iter().enumerate() {
                let Some(position) = source.position_in(list, index) else {
                    // A lane that only events name, or none at all.
                    assert_eq!(list, RowList::Lanes, "{name}: {own}");
                    continue;
                };
                let range = position.range(&ranges).expect(name);
                let row: Value = serde_json::from_str(cut(&text, &range)).expect(name);
                let given = ["label", "name", "title"].map(|field| row[field].as_str());
                let given = given.into_iter().flatten().next().unwrap_or_default();
                assert_eq!(given, own, "{name}: {}", list.field());
                seen += 1;
            }
        }
    }
    assert!(seen > 60, "{seen}");
}

#[test]
fn what_is_no_object_has_no_ranges() {
    for text in ["", "[]", "7", "{", "{\"events\": [{]}", "\u{FEFF}"] {
        assert_eq!(Ranges::of(text), Ranges::default(), "{text:?}");
    }
}

/// What of a file can be read is written so that it is read again as the same, without a word of
/// complaint; and what was written is written again as it is.
#[test]
fn rows_become_text_and_rows_again() {
    for (name, text, _) in odd_files() {
        let json = text.trim_start_matches('\u{FEFF}');
        let rows = timeline_json::rows(json).unwrap_or_else(|error| panic!("{name}: {error}"));
        let written = write::json::file(&rows);
        let again = timeline_json::rows(&written).unwrap_or_else(|error| panic!("{name}: {error}"));
        // What is no row is not written, and those after it move up.
        let file: Value = serde_json::from_str(json).expect(name);
        let mut all = RowList::ALL
            .into_iter()
            .flat_map(|list| rows_of(&file, list));
        if all.all(|row| row.is_object()) {
            assert_eq!(again, rows, "{name}:\n{written}");
        }
        assert_eq!(write::json::file(&again), written, "{name}");
    }
    let rows = timeline_json::rows(SHIPPED).expect("the shipped file");
    assert_eq!(write::json::file(&rows), SHIPPED);
}

/// A file of at least [`LARGE_TEXT_BYTES`].
fn large() -> String {
    let summary = "s".repeat(1 << 20);
    let count = LARGE_TEXT_BYTES / (1 << 20) + 1;
    let events = (0..count).map(|number| {
        format!(
            r#"{{"title": "E{number}", "date": "{}", "summary": "{summary}"}}"#,
            1900 + number
        )
    });
    let events: Vec<String> = events.collect();
    format!(
        r#"{{"title": "Large", "events": [{}]}}"#,
        events.join(",\n")
    )
}

#[test]
fn the_text_of_a_large_file_is_read_again() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("large.json");
    let text = large();
    fs::write(&path, &text).expect("written");
    let origin = Origin::File(path.clone());
    let source = open::read(&origin).expect("a file");
    let fingerprint = Fingerprint::of(text.as_bytes());
    assert_eq!(source.text(), &SourceText::InFile(fingerprint));
    let again = open::text(&source, &origin).expect("its text");
    assert!(*again == *text);
    let ranges = Ranges::of(&again);
    let last = source.timeline.events().next_back().expect("an event");
    let range = source.position_of(last).and_then(|it| it.range(&ranges));
    assert!(cut(&again, &range.expect("its range")).contains(source.timeline.event(last).title));

    // Another program has saved it meanwhile: of the same length, or shorter.
    for changed in [text.replace("\"E3\"", "\"F3\""), "{}".to_owned()] {
        fs::write(&path, changed).expect("written");
        let error = open::text(&source, &origin).expect_err("it has changed");
        assert!(matches!(error, OpenError::Changed { .. }));
        let said = error.to_string();
        assert!(
            said.ends_with("was changed by another program meanwhile; reload it first"),
            "{said}"
        );
    }
    fs::remove_file(&path).expect("removed");
    let error = open::text(&source, &origin)
        .expect_err("it is gone")
        .to_string();
    assert!(error.contains("there is no such file"), "{error}");
}

#[test]
fn a_text_in_memory_needs_no_file() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("small.json");
    fs::write(&path, SHIPPED).expect("written");
    let origin = Origin::File(path.clone());
    let source = open::read(&origin).expect("a file");
    fs::remove_file(&path).expect("removed");
    assert_eq!(&*open::text(&source, &origin).expect("its text"), SHIPPED);

    // What cannot be read again is kept at any size.
    let text = large();
    let keep = KeepText::Always;
    let source = formats::read_with(
        text.as_bytes(),
        &ReadOptions {
            keep,
            ..ReadOptions::default()
        },
        &ReadProgress::default(),
    )
    .expect("large");
    assert!(*open::text(&source, &Origin::Stdin).expect("its text") == *text);
}

#[test]
fn a_default_source_is_an_empty_chronology() {
    let source = Source::default();
    assert_eq!((kept(&source), source.timeline.len()), ("", 0));
    assert_eq!(*source.timeline, Timeline::default());
}
