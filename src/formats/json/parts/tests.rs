//! What is read in parts is what is read in one.

use proptest::prelude::*;

use super::Parts;
use crate::formats::json::{strict, text_progress::TextProgress};
use crate::formats::rows::{EventRow, List};
use crate::formats::{ReadProgress, json};
use crate::model::KnownTexts;

/// Reads a text in one part and in others, and compares all that comes of it.
fn check(text: &str) {
    let read = |parts| {
        json::read_in(
            Parts::UpTo(parts),
            text,
            KnownTexts::default(),
            &ReadProgress::default(),
        )
    };
    let rows = |parts| {
        let progress = ReadProgress::default();
        let progress = TextProgress::new(text, &progress);
        let read = strict::file(
            text,
            Parts::UpTo(parts),
            List::<EventRow<'_>>::default(),
            &progress,
        );
        read.map(|(_, rows)| rows)
            .map_err(|error| error.to_string())
    };
    let (whole, all_rows) = (read(1), rows(1));
    for parts in 2..7 {
        match (&all_rows, rows(parts)) {
            (Ok(all), Ok(rows)) => assert_eq!(&rows, all, "{parts} of {text}"),
            (all, rows) => assert_eq!(rows.is_err(), all.is_err(), "{parts} of {text}"),
        }
        match (&whole, read(parts)) {
            (Ok(whole), Ok(read)) => {
                assert_eq!(read.timeline, whole.timeline, "{parts} of {text}");
                assert_eq!(read.diagnostics, whole.diagnostics, "{parts} of {text}");
                assert_eq!(read.positions, whole.positions, "{parts} of {text}");
                for event in whole.timeline.events() {
                    let id = whole.timeline.event(event).id;
                    assert_eq!(read.timeline.find_event(id), Some(event), "{text}");
                }
            }
            (Err(whole), Err(read)) => assert_eq!(read.to_string(), whole.to_string(), "{text}"),
            (whole, read) => panic!("{parts} of {text}: {whole:?}, {read:?}"),
        }
    }
}

/// Fields of an event, of which some look like rows or like their ends, and some are wrong.
const FIELDS: [&str; 26] = [
    r#""id": "a""#,
    r#""id": "b""#,
    r#""short": "}, {\"title\": \"x\"}""#,
    r#""summary": "{} {}, {} ]""#,
    r#""details": "\u00e4, {\"title\": \"A\", \"date\": \"2014\"}""#,
    r#""date_label": "then""#,
    r#""lane": "war""#,
    r#""lane": "peace""#,
    r#""importance": 5"#,
    r#""importance": 9"#,
    r#""certainty": "disputed""#,
    r#""people": ["p", "q", "p"]"#,
    r#""people": ["nobody"]"#,
    r#""place": "here""#,
    r#""tags": ["t", "u"]"#,
    r#""tags": ["v", "t"]"#,
    r#""because": [{}, {}]"#,
    r#""because": [{"event": "a", "label": "so"}, {"event": "b"}]"#,
    r#""see_also": [{}, {"event": "b"}]"#,
    r#""sources": [{}, {"source": "s", "where": "p. 7"}]"#,
    r#""sources": [{"source": "none", "where": "p. 8"}]"#,
    r#""media": [{"file": "a.png"}, {}, {"file": "../b.png"}]"#,
    r#""date": "191X""#,
    r#""date": "some day""#,
    r#""unknown": 1"#,
    r#""title": 7"#,
];

/// What stands before the events, behind them, and what breaks the file.
const AROUND: [(&str, &str); 5] = [
    ("", "]}"),
    (
        r#""people": [{"id": "p"}], "sources": [{"id": "s"}], "#,
        r#"], "places": [{"id": "here"}, {}], "lanes": [{"id": "war"}, {}, {}], "people": []}"#,
    ),
    (
        r#""people": [{"id": "p"}, {"id": "q"}], "sources": [{"id": "s"}], "#,
        "]}",
    ),
    (
        "",
        r#"], "lessons": [{"steps": [{"event": "a"}, {}, {}, {"title": "t"}]}]}"#,
    ),
    ("", "}"),
];

fn row() -> impl Strategy<Value = String> {
    let fields = proptest::collection::vec(0..FIELDS.len(), 0..4);
    // Faults that are read again field by field are in few of the files.
    (fields, 0..8_u8, 0..40_u8).prop_map(|(mut fields, title, clean)| {
        fields.sort_unstable();
        fields.dedup_by_key(|field| FIELDS[*field].split(':').next().unwrap_or_default());
        let most = if clean == 0 {
            FIELDS.len()
        } else {
            FIELDS.len() - 3
        };
        let mut row: Vec<String> = Vec::new();
        row.push(format!(r#""title": "T{title}""#));
        if !fields
            .iter()
            .any(|&field| FIELDS[field].starts_with(r#""date":"#))
        {
            row.push(format!(r#""date": "20{title}4""#));
        }
        row.extend(
            fields
                .iter()
                .filter(|&&field| field < most)
                .map(|&field| FIELDS[field].to_owned()),
        );
        if title == 7 && clean % 2 == 0 {
            return "{}".to_owned();
        }
        format!("{{{}}}", row.join(", "))
    })
}

proptest! {
    #![proptest_config(crate::testing::fixed(400))]

    #[test]
    fn a_file_is_the_same_in_however_many_parts_it_is_read(
        rows in proptest::collection::vec(row(), 0..14),
        around in 0..AROUND.len(),
        between in prop_oneof![Just(","), Just(", "), Just(",\n    "), Just(" , ")],
    ) {
        let (before, behind) = AROUND[around];
        check(&format!(r#"{{"title": "T", {before}"events": [{}{behind}"#, rows.join(between)));
    }
}

#[test]
fn large_lists_and_the_file_that_ships_do_not_depend_on_the_parts() {
    check(include_str!("../../../../timeline.json"));
    let rows: Vec<String> = (0..400)
        .map(|number| {
            format!(
                r#"{{"title": "E{number}", "date": "{}"}}"#,
                1700 + number % 300
            )
        })
        .collect();
    check(&format!(
        r#"{{"title": "Many", "events": [{}]}}"#,
        rows.join(",\n")
    ));
}

#[test]
fn a_guess_that_is_no_row_is_thrown_away() {
    // Every object of the second half lies in a text or in another object.
    let inner = r"{}, {}, {}, {}, {}, {}, {}, {}, {}, {}";
    let text = inner.repeat(9);
    for field in ["summary", "see_also"] {
        let value = match field {
            "summary" => format!("\"{text}\""),
            _ => format!("[{inner}]"),
        };
        check(&format!(
            r#"{{"title": "T", "events": [{{"title": "A", "date": "2014"}}, {{"title": "B", "date": "2015", "{field}": {value}}}, {{"title": "C", "date": "2016"}}]}}"#
        ));
    }
}

#[test]
fn the_share_that_is_read_grows_to_all_in_however_many_parts() {
    let rows = vec![r#"{"title": "E", "date": "2014"}"#; 20_000].join(",");
    let text = format!(r#"{{"title": "T", "events": [{rows}]}}"#);
    for parts in [1, 3] {
        let progress = ReadProgress::default();
        json::read_in(Parts::UpTo(parts), &text, KnownTexts::default(), &progress).unwrap();
        assert!(
            (0.79..=0.8).contains(&progress.share()),
            "{}",
            progress.share()
        );
    }
    let progress = ReadProgress::default();
    progress.cancel();
    let read = json::read_in(Parts::UpTo(3), &text, KnownTexts::default(), &progress);
    assert!(matches!(read, Err(crate::formats::ReadError::Cancelled)));
}

/// A chronology of rows, in which nothing is in the order of time.
fn text_of(rows: &[String]) -> String {
    format!(r#"{{"title": "Many", "events": [{}]}}"#, rows.join(","))
}

#[test]
fn what_a_change_leaves_alone_is_shared_however_many_parts_are_read() {
    let rows: Vec<String> = (0..4000_u32)
        .map(|number| {
            let year = 1000 + number * 7919 % 1000;
            format!(r#"{{"id": "e{number}", "title": "Event {number}", "date": "{year}"}}"#)
        })
        .collect();
    let mut changed = [rows.clone(), rows.clone(), rows.clone()];
    changed[0][7] = r#"{"id": "e7", "title": "Called otherwise", "date": "2014"}"#.to_owned();
    changed[1].insert(
        3,
        r#"{"title": "A new one, of some length", "date": "2014"}"#.to_owned(),
    );
    changed[2].remove(5);
    for parts in [1, 2, 5, 16] {
        let read = |rows: &[String], known| {
            let progress = ReadProgress::default();
            json::read_in(Parts::UpTo(parts), &text_of(rows), known, &progress).unwrap()
        };
        let before = read(&rows, KnownTexts::default()).timeline.known_texts();
        for (number, rows) in changed.iter().enumerate() {
            let after = read(rows, before.clone()).timeline;
            assert_eq!(after, read(rows, KnownTexts::default()).timeline);
            let (shared, all) = after.known_texts().shared_with(&before);
            assert!(
                10 * shared >= 9 * all,
                "change {number}, {parts} parts: {shared} of {all} bytes"
            );
        }
    }
}
