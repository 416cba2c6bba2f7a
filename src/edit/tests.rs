//! What a change does to the text of a file.

mod deleting;
mod merging;
mod rows;
mod sessions;

use std::{collections::HashSet, sync::Arc};

use serde_json::{Value, json};

use super::{Change, Draft, JsonPointer, Named, OpenText, Subject, draft::Finished};
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

fn shared(text: &str) -> Arc<String> {
    Arc::new(text.to_owned())
}

fn edited(before: &str, change: impl FnOnce(&mut Draft)) -> String {
    let mut draft = Draft::new(shared(before), Ranges::of(before));
    change(&mut draft);
    let Finished { edit, text, .. } = draft.finish("test");
    let changed = text.to_string();
    let mut open = OpenText::saved(shared(before));
    assert!(open.take_again(edit));
    assert_eq!(open.text().as_str(), changed);
    open.undo().expect("it is taken back");
    assert_eq!(open.text().as_str(), before, "undo puts every byte back");
    open.redo().expect("it is done again");
    assert_eq!(open.text().as_str(), changed);
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
            draft
                .set(&JsonPointer::row(EVENT), "title", &title)
                .unwrap();
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
                .set(&JsonPointer::row(EVENT), "lane", &json!("war"))
                .unwrap();
        });
        assert_eq!(changed, text.replacen(before, after, 1));
    }
    // Links have a line each where fields have.
    let changed = edited(SPREAD, |draft| {
        let citation = json!({ "source": "f", "where": "p" });
        draft
            .add_item(&JsonPointer::row(event(1)), "sources", 0, &citation)
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
            .add_item(&JsonPointer::row(EVENT), "sources", 0, &citation)
            .unwrap();
    });
    assert!(
        changed.contains(r#","sources":[{"source":"f"}]}"#),
        "{changed}"
    );
}

#[test]
fn items_come_and_go_one_by_one() {
    let row = JsonPointer::row(EVENT);
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
        let ids = HashSet::from(["khazali-captured"]);
        draft.unlink(RowList::Events, &ids).unwrap();
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
        let draft = Draft::new(shared(text), Ranges::of(text));
        let ids = HashSet::from([id]);
        if draft.named(list, &ids).is_empty() {
            continue;
        }
        let unlinked = edited(text, |draft| draft.unlink(list, &ids).unwrap());
        let after = Draft::new(shared(&unlinked), Ranges::of(&unlinked));
        assert!(after.named(list, &ids).is_empty(), "{id}");
        assert!(formats::read(unlinked.as_bytes()).is_ok());
    }
}

#[test]
fn what_is_saved_is_known_through_undo_and_redo() {
    let mut open = OpenText::saved(shared(TIGHT));
    let change = |open: &mut OpenText, title: &str| {
        open.step("change title", |draft| {
            draft.set(&JsonPointer::row(EVENT), "title", &json!(title))
        })
        .unwrap()
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
    // What the file has is still known, and can be reached: taking it back has become a step.
    assert!(open.text_in_file().unwrap().contains("\"Two\""));
    let steps = open.steps_since_saved().unwrap();
    assert_eq!(steps.len(), 2);
    let mut again = OpenText::saved(open.text_in_file().unwrap());
    assert!(steps.into_iter().all(|step| again.take_again(step)));
    assert_eq!(again.text(), open.text());
    open.undo();
    assert!(!open.is_saved());
    open.undo();
    assert!(open.is_saved());
    assert!(open.text().contains("\"Two\""));
    open.undo();
    assert_eq!(open.text().as_str(), TIGHT);
    assert_eq!(open.steps_since_saved().unwrap().len(), 1);
}

#[test]
fn a_field_of_another_kind_is_refused_in_words() {
    let text = r#"{"title":"T","events":[{"title":"One","date":"2010","people":"x"}]}"#;
    let mut draft = Draft::new(shared(text), Ranges::of(text));
    let refused = draft.add_item(&JsonPointer::row(EVENT), "people", 0, &json!("y"));
    let said = refused.unwrap_err().to_string();
    assert!(said.contains("“people”"), "{said}");
    assert!(
        draft
            .set(&JsonPointer::row(event(7)), "title", &json!("x"))
            .is_err()
    );
}

/// The text after a change of the chronology that is read from it.
fn changed(text: &str, change: &dyn Fn(&formats::Source) -> Change) -> (String, formats::Source) {
    let source = formats::read(text.as_bytes()).unwrap();
    let change = change(&source);
    assert!(!change.name().is_empty());
    let text = edited(text, |draft| draft.change(&change, &source).unwrap());
    let source = formats::read(text.as_bytes()).unwrap();
    assert!(
        source.diagnostics.is_empty(),
        "{change:?}: {:?}\n{text}",
        source.diagnostics
    );
    (text, source)
}

fn first(source: &formats::Source) -> crate::model::EventId {
    source.timeline.events().next().unwrap()
}

#[test]
fn what_is_new_gets_an_id_of_its_own_and_is_named_by_it() {
    let text = r#"{ "title": "T", "events": [ { "title": "One", "date": "2010" } ] }"#;
    for (what, field) in [(Named::Lane, "lane"), (Named::Place, "place")] {
        let (text, _) = changed(text, &|source| Change::AddNamed {
            event: first(source),
            what,
            name: "Old Town".to_owned(),
        });
        let value: Value = serde_json::from_str(&text).unwrap();
        assert_eq!(value["events"][0][field], "old-town", "{text}");
        assert_eq!(value[what.list().field()][0]["id"], "old-town");
    }
    let person = |source: &formats::Source| Change::AddNamed {
        event: first(source),
        what: Named::Person,
        name: "Ada".to_owned(),
    };
    let (once, _) = changed(text, &person);
    let (twice, source) = changed(&once, &person);
    assert_eq!(source.timeline.people().len(), 2);
    assert!(twice.contains(r#""people": ["ada", "ada-2"]"#), "{twice}");
    let (_, source) = changed(&twice, &|source| Change::AddNamed {
        event: first(source),
        what: Named::Source,
        name: "A book".to_owned(),
    });
    assert_eq!(source.timeline.sources()[0].title, "A book");
    let (text, source) = changed(&twice, &|source| Change::Duplicate(first(source)));
    assert_eq!(source.timeline.len(), 2, "{text}");
}

#[test]
fn a_title_that_is_changed_takes_no_link_with_it() {
    let text = r#"{ "title": "T", "events": [
        { "title": "One", "date": "2010" },
        { "title": "Two", "date": "2011", "because": [{ "event": "one" }] } ] }"#;
    let (text, source) = changed(text, &|source| Change::Write {
        of: Subject::Event(first(source)),
        path: Vec::new(),
        field: "title",
        value: json!("Another title"),
    });
    assert!(
        text.contains(r#""id": "one", "title": "Another title""#),
        "{text}"
    );
    let two = source.timeline.events().nth(1).unwrap();
    assert_eq!(source.timeline.event(two).because.len(), 1);
    let (text, source) = changed(&text, &|source| {
        Change::Delete(vec![Subject::Event(first(source))])
    });
    assert_eq!(source.timeline.len(), 1);
    assert!(!text.contains("because"), "{text}");
}

#[test]
fn rows_of_one_name_keep_the_ids_by_which_they_are_linked() {
    let text = r#"{ "title": "T", "events": [
        { "title": "War", "date": "2010" },
        { "title": "War", "date": "2011", "summary": "second" },
        { "title": "Peace", "date": "2012", "because": [{ "event": "war-2" }] } ] }"#;
    let rename = |event, title: &str| Change::Write {
        of: Subject::Event(event),
        path: Vec::new(),
        field: "title",
        value: json!(title),
    };
    let nth = |source: &formats::Source, n| source.timeline.events().nth(n).unwrap();
    let changes: [&dyn Fn(&formats::Source) -> Change; 5] = [
        &|source| Change::Duplicate(first(source)),
        &|source| Change::Delete(vec![Subject::Event(first(source))]),
        &|source| rename(first(source), "Strife"),
        &|source| rename(nth(source, 1), "Strife"),
        &|source| Change::Together {
            name: "both".to_owned(),
            changes: vec![
                rename(first(source), "Peace"),
                rename(nth(source, 2), "War"),
            ],
        },
    ];
    for change in changes {
        let (text, source) = changed(text, change);
        let timeline = &source.timeline;
        let linked = timeline
            .events()
            .find_map(|it| timeline.event(it).because.get(0));
        let linked = linked.expect("it is still linked").event;
        assert_eq!(timeline.event(linked).summary, "second", "{text}");
    }
}

#[test]
fn a_copy_has_its_fields_in_the_order_of_the_original() {
    let text = r#"{ "title": "T", "events": [
        { "id": "a", "title": "One", "date": "2010", "summary": "S", "tags": ["x"] } ] }"#;
    let (text, _) = changed(text, &|source| Change::Duplicate(first(source)));
    let copy = r#"{ "id": "one", "title": "One", "date": "2010", "summary": "S", "tags": ["x"] }"#;
    assert!(text.contains(copy), "{text}");
}

#[test]
fn a_lane_that_only_events_name_is_written_down_before_it_is_changed() {
    let text = r#"{ "title": "T", "lanes": [{ "id": "war", "label": "War" }], "events": [
        { "title": "One", "date": "2010", "lane": "war" },
        { "title": "Two", "date": "2011", "lane": "Peace" } ] }"#;
    let named = |source: &formats::Source, label: &str| {
        let mut lanes = source.timeline.lanes().iter();
        let number = lanes.position(|lane| lane.label == label).unwrap();
        Subject::Row(RowList::Lanes, number)
    };
    let source = formats::read(text.as_bytes()).unwrap();
    let change = Change::Write {
        of: named(&source, "Peace"),
        path: Vec::new(),
        field: "label",
        value: json!("Calm"),
    };
    let text = edited(text, |draft| draft.change(&change, &source).unwrap());
    let source = formats::read(text.as_bytes()).unwrap();
    let timeline = &source.timeline;
    let labels: Vec<&str> = timeline.lanes().iter().map(|it| &*it.label).collect();
    assert_eq!(labels, ["War", "Calm"], "{text}");
    let two = timeline.events().nth(1).unwrap();
    assert_eq!(timeline.lane_record(timeline.lane(two)).label, "Calm");
}

#[test]
fn a_field_that_stands_twice_is_removed_altogether() {
    let text = r#"{"title":"T","events":[{"title":"One","date":"1","place":"x","place":"y"}]}"#;
    let text = edited(text, |draft| {
        draft.unset(&JsonPointer::row(EVENT), "place").unwrap();
    });
    assert!(!text.contains("place"), "{text}");
}

#[test]
fn lanes_that_only_events_name_are_written_down_before_one_is_added() {
    let text = r#"{ "title": "T", "events": [
        { "title": "One", "date": "2010", "lane": "War" },
        { "title": "Two", "date": "2011", "lane": "Peace" } ] }"#;
    let (_, source) = changed(text, &|source| Change::AddNamed {
        event: first(source),
        what: Named::Lane,
        name: "Trade".to_owned(),
    });
    let labels: Vec<&str> = source
        .timeline
        .lanes()
        .iter()
        .map(|it| it.label.as_str())
        .collect();
    assert_eq!(labels, ["War", "Peace", "Trade"]);
}

/// A chronology with so many events in one of several layouts.
fn laid_out(events: usize, layout: u8) -> String {
    let value = json!({
        "title": "T \"quoted\" – ü",
        "odd": { "kept": [1e3, null] },
        "lanes": [{ "id": "war", "label": "War" }],
        "events": (0..events).map(|number| json!({
            "id": format!("e{number}"),
            "title": format!("Event {number}"),
            "date": format!("{}", 2000 + number),
            "people": ["x"],
            "because": [{ "event": format!("e{}", number / 2) }],
        })).collect::<Vec<_>>(),
    });
    let tight = value.to_string();
    let spread = serde_json::to_string_pretty(&value).unwrap_or_default();
    match layout % 4 {
        0 => spread,
        1 => spread.replace('\n', "\r\n"),
        2 => spread.replace("  ", "\t"),
        _ => tight,
    }
}

/// What is known of the rows is what one finds by looking for them.
fn knows_its_rows(open: &OpenText) {
    if let Some(known) = open.ranges() {
        let fresh = Ranges::of(open.text());
        for list in RowList::ALL {
            assert_eq!(known.list(list), fresh.list(list), "{}", open.text());
        }
    }
}

proptest::proptest! {
    #![proptest_config(crate::testing::fixed(256))]

    #[test]
    fn whatever_is_changed_the_text_stays_json_and_undo_puts_every_byte_back(
        layout in 0_u8..4,
        steps in proptest::collection::vec((0_u8..8, 0_u32..6, 0_usize..4, "\\PC{0,12}"), 1..20),
    ) {
        let text = laid_out(5, layout);
        let mut open = OpenText::saved(shared(text.as_str()));
        for (what, row, number, words) in steps {
            let pointer = JsonPointer::row(event(row));
            let before = Arc::clone(open.text());
            let taken = open.step("change", |draft| match what {
                0 => draft.set(&pointer, "title", &json!(words)),
                1 => draft.write(&pointer, "summary", &json!(words)),
                2 => draft.add_item(&pointer, "people", number, &json!(words)),
                3 => draft.remove_item(&pointer, "people", number),
                4 => draft.insert_row(event(row), &json!({ "title": words, "date": "1" })),
                5 => draft.remove_row(event(row)),
                6 => draft.move_row(event(row), 1),
                _ => draft.add_item(&pointer, "because", number, &json!({ "event": words })),
            });
            // What does not fit is refused, and changes nothing.
            proptest::prop_assert!(taken.is_ok() || *open.text() == before);
            let is_taken = taken.is_ok_and(|taken| taken.is_some());
            if is_taken && number % 2 == 0 {
                open.undo();
                knows_its_rows(&open);
                open.redo();
            }
            knows_its_rows(&open);
            let read: Result<Value, _> = serde_json::from_str(open.text());
            let value = read.expect("it is JSON");
            proptest::prop_assert_eq!(&value["odd"], &json!({ "kept": [1e3, null] }));
        }
        let last = open.text().to_string();
        while open.undo().is_some() {}
        proptest::prop_assert_eq!(open.text().as_str(), text.as_str());
        while open.redo().is_some() {}
        proptest::prop_assert_eq!(open.text().as_str(), last.as_str());
    }
}
