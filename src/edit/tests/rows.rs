//! Rows that come, go and move, and where the others are then.

use std::sync::Arc;

use serde_json::{Value, json};

use super::{SPREAD, event, knows_its_rows, shared};
use crate::{
    edit::{Draft, Edit, OpenText},
    formats::json::ranges::{Ranges, RowList},
};

/// Rows at either end of a list, and the only one; in a line each, in several, in one line.
#[test]
fn rows_come_go_and_move_at_either_end_of_a_list() {
    let row = |title: &str| json!({ "title": title, "date": "1" });
    let titles = |text: &str| -> Vec<String> {
        let value: Value = serde_json::from_str(text).expect("JSON");
        let rows = value["events"].as_array().expect("a list").iter();
        rows.map(|row| row["title"].as_str().unwrap_or("?").to_owned())
            .collect()
    };
    for events in [
        r#"[{"title":"a","date":"1"},{"title":"b","date":"1"},{"title":"c","date":"1"}]"#,
        "[\n    { \"title\": \"a\" },\n    { \"title\": \"b\" },\n    { \"title\": \"c\" }\n  ]",
        "[ {\n\"title\": \"a\"\n} , {\n\"title\": \"b\"\n} , {\n\"title\": \"c\"\n} ]",
    ] {
        let text =
            format!("\u{FEFF}{{\n  \"events\": {events},\n  \"lanes\": [{{\"id\": \"l\"}}]\n}}");
        let text = Arc::new(text);
        let ranges = Ranges::of(&text);
        let draft = || Draft::new(Arc::clone(&text), ranges.clone());
        let check = |draft: &Draft, expected: &[&str]| {
            let bare = draft.text().trim_start_matches('\u{FEFF}');
            assert_eq!(titles(bare), expected, "{bare}");
            let fresh = Ranges::of(draft.text());
            for list in RowList::ALL {
                assert_eq!(draft.rows(list), fresh.list(list), "{bare}");
            }
        };
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
        // Alone, a row that comes or goes is followed through undo and redo without looking for it.
        let one = |change: &dyn Fn(&mut Draft)| {
            let mut open = OpenText::saved(Arc::clone(&text));
            let mut draft = open.draft();
            change(&mut draft);
            let edit = open.take(draft, "change").expect("a change");
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
fn rows_are_followed_through_what_comes_goes_and_moves() {
    let mut open = OpenText::saved(shared(SPREAD));
    let mut draft = open.draft();
    draft
        .insert_row(event(0), &json!({ "title": "New", "date": "1" }))
        .unwrap();
    let edit = open.take(draft, "add event").expect("a change");
    assert_eq!(edit.added(), Some(event(0)));
    assert_eq!(edit.moved(event(1)), Some(event(2)));
    let back: Edit = open.undo().unwrap();
    assert_eq!(back.moved(event(2)), Some(event(1)));
    assert_eq!(back.moved(event(0)), None);
    let mut draft = open.draft();
    draft.move_row(event(1), 0).unwrap();
    let edit = open.take(draft, "move").expect("a change");
    assert_eq!(edit.moved(event(0)), Some(event(1)));
    assert_eq!(edit.moved(event(1)), Some(event(0)));
}
