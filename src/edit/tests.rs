//! What a change does to the text of a file.

use std::sync::Arc;

use serde_json::{Value, json};

use super::{Draft, Edit, OpenText, Place};
use crate::formats::{
    self,
    json::ranges::{Ranges, RowList},
    source::RowPosition,
};

const EVENT: RowPosition = RowPosition {
    list: RowList::Events,
    position: 0,
};

fn event(position: u32) -> RowPosition {
    RowPosition { position, ..EVENT }
}

fn edited(text: &str, change: impl FnOnce(&mut Draft)) -> String {
    let mut draft = Draft::new(text, Ranges::of(text));
    change(&mut draft);
    let (edit, changed) = draft.finish("test").expect("a change");
    let mut open = OpenText::saved(Arc::from(text));
    assert!(open.take_again(edit));
    assert_eq!(&**open.text(), changed);
    open.undo().expect("it is taken back");
    assert_eq!(&**open.text(), text, "undo puts every byte back");
    open.redo().expect("it is done again");
    assert_eq!(&**open.text(), changed);
    changed
}

/// The lines of a text that another does not have.
fn differing<'a>(one: &'a str, other: &str) -> Vec<&'a str> {
    let others: Vec<&str> = other.lines().collect();
    one.lines().filter(|line| !others.contains(line)).collect()
}

const SPREAD: &str = r#"{
  "title": "T",
  "events": [
    {
      "id": "a",
      "title": "One", "date": "2010",
      "odd": 1e3,
      "people": ["x", "y"],
      "because": [
        { "event": "b", "label": "l" }
      ]
    },
    {
      "id": "b",
      "title": "Two",
      "date": "2011"
    }
  ]
}
"#;

const INLINE: &str = "{\r\n\t\"title\": \"T\",\r\n\t\"events\": [\r\n\t\t{ \"id\": \"a\", \"title\": \"One\", \"date\": \"2010\" }\r\n\t]\r\n}";

const TIGHT: &str = r#"{"title":"T","events":[{"id":"a","title":"One","date":"2010"}]}"#;

#[test]
fn a_changed_field_is_one_changed_line() {
    for text in [SPREAD, INLINE, TIGHT] {
        let changed = edited(text, |draft| {
            let title = json!("One, “quoted” \"so\"\n");
            draft.set(&Place::row(EVENT), "title", &title).unwrap();
        });
        let expected = text.replacen(r#""One""#, r#""One, “quoted” \"so\"\n""#, 1);
        assert_eq!(changed, expected);
    }
}

#[test]
fn a_new_field_stands_where_the_schema_has_it_and_looks_like_its_neighbours() {
    for (text, before, after) in [
        (
            SPREAD,
            "\"date\": \"2010\",",
            "\"date\": \"2010\",\n      \"lane\": \"war\",",
        ),
        (INLINE, "\"2010\" }", "\"2010\", \"lane\": \"war\" }"),
        (TIGHT, "\"2010\"}", "\"2010\",\"lane\":\"war\"}"),
    ] {
        let changed = edited(text, |draft| {
            draft
                .set(&Place::row(EVENT), "lane", &json!("war"))
                .unwrap();
        });
        assert_eq!(changed, text.replacen(before, after, 1));
    }
    // Links have a line each where fields have.
    let changed = edited(SPREAD, |draft| {
        let citation = json!({ "source": "f", "where": "p" });
        draft
            .add_item(&Place::row(event(1)), "sources", 0, &citation)
            .unwrap();
    });
    assert!(
        changed.contains(
            "\"date\": \"2011\",\n      \"sources\": [\n        { \"source\": \"f\", \"where\": \"p\" }\n      ]\n    }"
        ),
        "{changed}"
    );
    let changed = edited(TIGHT, |draft| {
        let citation = json!({ "source": "f" });
        draft
            .add_item(&Place::row(EVENT), "sources", 0, &citation)
            .unwrap();
    });
    assert!(
        changed.contains(r#","sources":[{"source":"f"}]}"#),
        "{changed}"
    );
}

#[test]
fn items_come_and_go_one_by_one() {
    let row = Place::row(EVENT);
    let changed = edited(SPREAD, |draft| {
        draft.add_item(&row, "people", 9, &json!("z")).unwrap();
        draft.remove_item(&row, "people", 0).unwrap();
        let cause = json!({ "event": "c" });
        draft.add_item(&row, "because", 9, &cause).unwrap();
        let link = row.clone().field("because").item(0);
        draft.write(&link, "label", &json!("")).unwrap();
    });
    assert!(changed.contains(r#""people": ["y", "z"],"#), "{changed}");
    assert!(
        changed.contains("        { \"event\": \"b\" },\n        { \"event\": \"c\" }\n      ]"),
        "{changed}"
    );
    // With its last item, the field goes.
    let changed = edited(SPREAD, |draft| {
        draft.remove_item(&row, "because", 0).unwrap();
    });
    assert!(!changed.contains("because"), "{changed}");
    assert!(changed.contains("\"y\"]\n    },"), "{changed}");
}

#[test]
fn rows_come_go_and_move() {
    let new = json!({ "id": "c", "title": "Three", "date": "2012" });
    let changed = edited(SPREAD, |draft| draft.insert_row(event(9), &new).unwrap());
    assert_eq!(
        differing(&changed, SPREAD),
        [
            "      \"id\": \"c\",",
            "      \"title\": \"Three\",",
            "      \"date\": \"2012\""
        ]
    );
    let changed = edited(INLINE, |draft| draft.insert_row(event(0), &new).unwrap());
    let expected = "\t\t{ \"id\": \"c\", \"title\": \"Three\", \"date\": \"2012\" },\r";
    assert_eq!(differing(&changed, INLINE), [expected.trim_end()]);
    let changed = edited(TIGHT, |draft| draft.insert_row(event(1), &new).unwrap());
    assert!(
        changed.ends_with(r#"},{"id":"c","title":"Three","date":"2012"}]}"#),
        "{changed}"
    );
    let changed = edited(SPREAD, |draft| draft.remove_row(event(1)).unwrap());
    assert!(
        changed.ends_with("    }\n  ]\n}\n") && !changed.contains("Two"),
        "{changed}"
    );
    let changed = edited(SPREAD, |draft| draft.move_row(event(1), 0).unwrap());
    assert!(changed.find("Two") < changed.find("One"));
    assert_eq!(formats::read(changed.as_bytes()).unwrap().timeline.len(), 2);
    // Of a list of one nothing is left, and of a list that is missing all is made.
    let changed = edited(TIGHT, |draft| {
        draft.remove_row(EVENT).unwrap();
        let lane = RowPosition {
            list: RowList::Lanes,
            position: 0,
        };
        draft.insert_row(lane, &json!({ "id": "war" })).unwrap();
    });
    assert!(changed.contains("\"events\":[]"), "{changed}");
    let value: Value = serde_json::from_str(&changed).expect("it is JSON");
    assert_eq!(value["lanes"][0]["id"], "war");
}

#[test]
fn an_id_is_renamed_wherever_it_is_named_and_no_link_leads_nowhere() {
    let text = std::str::from_utf8(include_bytes!("../../timeline.json")).unwrap();
    let renamed = edited(text, |draft| {
        draft.rename(RowList::People, "khazali", "qais");
    });
    assert_eq!(renamed.matches("\"khazali\"").count(), 1, "its own");
    let named = text.matches("\"khazali\"").count() - 1;
    assert!(named > 2);
    assert_eq!(renamed.matches("\"qais\"").count(), named);

    let unlinked = edited(text, |draft| {
        draft.unlink(RowList::Events, "khazali-captured").unwrap();
    });
    assert_eq!(unlinked.matches("\"khazali-captured\"").count(), 1);
    let source = formats::read(unlinked.as_bytes()).unwrap();
    assert!(source.diagnostics.is_empty(), "{:?}", source.diagnostics);
    for (list, id) in [
        (RowList::People, "khazali"),
        (RowList::Lanes, "militias"),
        (RowList::Sources, "f24"),
        (RowList::Places, "mosul"),
    ] {
        let draft = Draft::new(text, Ranges::of(text));
        if draft.naming(list, id).is_empty() {
            continue;
        }
        let unlinked = edited(text, |draft| draft.unlink(list, id).unwrap());
        let after = Draft::new(&unlinked, Ranges::of(&unlinked));
        assert_eq!(after.naming(list, id), [], "{id}");
        assert!(formats::read(unlinked.as_bytes()).is_ok());
    }
}

#[test]
fn rows_are_followed_through_what_comes_goes_and_moves() {
    let mut open = OpenText::saved(Arc::from(SPREAD));
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

#[test]
fn what_is_saved_is_known_through_undo_and_redo() {
    let mut open = OpenText::saved(Arc::from(TIGHT));
    let change = |open: &mut OpenText, title: &str| {
        let mut draft = open.draft();
        draft
            .set(&Place::row(EVENT), "title", &json!(title))
            .unwrap();
        open.take(draft, "change title")
    };
    assert!(open.is_saved());
    assert!(change(&mut open, "One").is_none(), "nothing is changed");
    change(&mut open, "Two");
    assert!(!open.is_saved());
    open.undo();
    assert!(open.is_saved());
    open.redo();
    open.set_saved();
    open.undo();
    assert!(!open.is_saved());
    assert_eq!(open.redo_name(), Some("change title"));
    change(&mut open, "Three");
    // The saved text can no longer be reached by going back and forth.
    open.undo();
    assert!(!open.is_saved());
}

#[test]
fn a_field_of_another_kind_is_refused_in_words() {
    let text = r#"{"title":"T","events":[{"title":"One","date":"2010","people":"x"}]}"#;
    let mut draft = Draft::new(text, Ranges::of(text));
    let refused = draft.add_item(&Place::row(EVENT), "people", 0, &json!("y"));
    let said = refused.unwrap_err().to_string();
    assert!(said.contains("“people”"), "{said}");
    assert!(
        draft
            .set(&Place::row(event(7)), "title", &json!("x"))
            .is_err()
    );
}
