//! Rows that come, go and move, and where the others are then.

use std::sync::Arc;

use serde_json::{Value, json};

use super::{SPREAD, event, knows_its_rows, shared};
use crate::{
    edit::{Draft, Edit, FieldError, JsonPointer, OpenText},
    formats::json::ranges::{Ranges, RowList},
};

fn row(title: &str) -> Value {
    json!({ "title": title, "date": "1" })
}

/// Makes a step that changes something.
fn step(open: &mut OpenText, make: impl FnOnce(&mut Draft) -> Result<(), FieldError>) -> Edit {
    let edit = open.step("change", make).expect("it fits");
    edit.expect("a change")
}

/// Chronologies of three events, a, b and c: close together, in a line each, in several lines.
fn three() -> [Arc<String>; 3] {
    let events = [
        r#"[{"title":"a","date":"1"},{"title":"b","date":"1"},{"title":"c","date":"1"}]"#,
        "[\n    { \"title\": \"a\" },\n    { \"title\": \"b\" },\n    { \"title\": \"c\" }\n  ]",
        "[ {\n\"title\": \"a\"\n} , {\n\"title\": \"b\"\n} , {\n\"title\": \"c\"\n} ]",
    ];
    events.map(|events| {
        let text =
            format!("\u{FEFF}{{\n  \"events\": {events},\n  \"lanes\": [{{\"id\": \"l\"}}]\n}}");
        Arc::new(text)
    })
}

/// The titles of a draft's events are these, and its rows are where one finds them.
fn check(draft: &Draft, expected: &[&str]) {
    let bare = draft.text().trim_start_matches('\u{FEFF}');
    let value: Value = serde_json::from_str(bare).expect("JSON");
    let rows = value["events"].as_array().expect("a list").iter();
    let titles: Vec<_> = rows
        .map(|row| row["title"].as_str().unwrap_or("?"))
        .collect();
    assert_eq!(titles, expected, "{bare}");
    let fresh = Ranges::of(draft.text());
    for list in RowList::ALL {
        assert_eq!(draft.rows(list), fresh.list(list), "{bare}");
    }
}

#[test]
fn rows_come_go_and_move_at_either_end_of_a_list() {
    for text in three() {
        let draft = || Draft::new(Arc::clone(&text), Ranges::of(&text));
        for (position, expected) in [
            (0, ["x", "a", "b", "c"]),
            (1, ["a", "x", "b", "c"]),
            (2, ["a", "b", "x", "c"]),
            (3, ["a", "b", "c", "x"]),
            (9, ["a", "b", "c", "x"]),
        ] {
            let mut draft = draft();
            draft.insert_row(event(position), &row("x")).unwrap();
            check(&draft, &expected);
        }
        for (position, expected) in [(0, ["b", "c"]), (1, ["a", "c"]), (2, ["a", "b"])] {
            let mut draft = draft();
            draft.remove_row(event(position)).unwrap();
            check(&draft, &expected);
        }
        for (from, to, expected) in [
            (0, 2, ["b", "c", "a"]),
            (2, 0, ["c", "a", "b"]),
            (1, 1, ["a", "b", "c"]),
            (0, 9, ["b", "c", "a"]),
        ] {
            let mut draft = draft();
            draft.move_row(event(from), to).unwrap();
            check(&draft, &expected);
        }
        // Until none is left, and from there on.
        let mut draft = draft();
        assert!(draft.remove_row(event(3)).is_err());
        for left in (0..3).rev() {
            draft.remove_row(event(left)).unwrap();
        }
        check(&draft, &[]);
        assert!(draft.remove_row(event(0)).is_err());
        for number in 0..3 {
            draft
                .insert_row(event(0), &row(&number.to_string()))
                .unwrap();
        }
        check(&draft, &["2", "1", "0"]);
    }
    let one = shared(r#"{"events":{"title":"a"}}"#);
    let mut draft = Draft::new(Arc::clone(&one), Ranges::of(&one));
    assert!(
        draft.insert_row(event(1), &row("x")).is_err(),
        "it is no list"
    );
    assert!(draft.remove_row(event(0)).is_err());
    assert!(!draft.is_changed());
}

#[test]
fn a_row_that_comes_or_goes_alone_is_followed_through_undo_without_looking_for_it() {
    for text in three() {
        let one = |change: &dyn Fn(&mut Draft)| {
            let mut open = OpenText::saved(Arc::clone(&text));
            let edit = step(&mut open, |draft| {
                change(draft);
                Ok(())
            });
            let back = edit.inverse();
            assert!(back.followed(Ranges::of(open.text())).is_some());
            assert!(edit.followed(Ranges::of(&text)).is_some());
            open.undo();
            knows_its_rows(&open);
            open.redo();
            knows_its_rows(&open);
        };
        for position in 0..4 {
            one(&|draft| draft.insert_row(event(position), &row("x")).unwrap());
        }
        for position in 0..3 {
            one(&|draft| draft.remove_row(event(position)).unwrap());
        }
    }
}

#[test]
fn a_list_that_is_written_as_a_whole_has_other_rows_from_then_on() {
    for text in three() {
        for value in [
            json!("no list"),
            json!([]),
            json!([1]),
            json!([1, 2, 3, 4]),
            json!([{ "title": "x", "date": "1" }]),
            json!({ "title": "x" }),
        ] {
            for list in ["events", "people", "lanes"] {
                let mut open = OpenText::saved(Arc::clone(&text));
                step(&mut open, |draft| {
                    draft.set(&JsonPointer::FILE, list, &value)
                });
                knows_its_rows(&open);
                // What follows is made in these rows, or refused.
                let _refused = open.step("add", |draft| draft.insert_row(event(1), &row("y")));
                let first = JsonPointer::row(event(0));
                let _refused = open.step("set", |draft| draft.set(&first, "title", &json!("z")));
                knows_its_rows(&open);
                let bare = open.text().trim_start_matches('\u{FEFF}');
                assert!(serde_json::from_str::<Value>(bare).is_ok(), "{bare}");
                while open.undo().is_some() {
                    knows_its_rows(&open);
                }
                assert_eq!(open.text(), &text);
                while open.redo().is_some() {
                    knows_its_rows(&open);
                }
            }
        }
    }
}

#[test]
fn rows_are_followed_through_what_comes_goes_and_moves() {
    let mut open = OpenText::saved(shared(SPREAD));
    let edit = step(&mut open, |draft| {
        draft.insert_row(event(0), &json!({ "title": "New", "date": "1" }))
    });
    assert_eq!(edit.added(), Some(event(0)));
    assert_eq!(edit.moved(event(1)), Some(event(2)));
    let back: Edit = open.undo().unwrap();
    assert_eq!(back.moved(event(2)), Some(event(1)));
    assert_eq!(back.moved(event(0)), None);
    let edit = step(&mut open, |draft| draft.move_row(event(1), 0));
    assert_eq!(edit.moved(event(0)), Some(event(1)));
    assert_eq!(edit.moved(event(1)), Some(event(0)));
}
