//! What becomes of two versions that came of one.

use serde_json::{Value, json};

use super::{EVENT, SPREAD, edited, event, shared};
use crate::{
    edit::{Conflict, Draft, JsonPointer, ThreeTexts, Winner, merge},
    formats::{json::ranges::RowList, source::RowPosition},
};

/// Merges two texts that came of the same one.
fn merge_of(base: &str, ours: &str, theirs: &str, winner: Winner) -> (Draft, Vec<Conflict>) {
    let theirs = &shared(theirs);
    merge(&ThreeTexts { base, ours, theirs }, winner).unwrap()
}

fn merged(base: &str, ours: &str, theirs: &str, winner: Winner) -> (Value, Vec<Conflict>) {
    let (draft, conflicts) = merge_of(base, ours, theirs, winner);
    (serde_json::from_str(draft.text()).unwrap(), conflicts)
}

#[test]
fn what_two_have_changed_is_kept_of_both() {
    let ours = edited(SPREAD, |draft| {
        draft
            .set(&JsonPointer::row(EVENT), "title", &json!("Ours"))
            .unwrap();
        draft
            .insert_row(event(9), &json!({ "id": "c", "title": "C", "date": "1" }))
            .unwrap();
        draft
            .set(&JsonPointer::FILE, "subtitle", &json!("S"))
            .unwrap();
    });
    let theirs = edited(SPREAD, |draft| {
        draft
            .set(&JsonPointer::row(event(1)), "title", &json!("Theirs"))
            .unwrap();
        draft
            .insert_row(event(0), &json!({ "id": "d", "title": "D", "date": "2" }))
            .unwrap();
    });
    let (draft, conflicts) = merge_of(SPREAD, &ours, &theirs, Winner::Ours);
    assert_eq!(conflicts, []);
    let merged: Value = serde_json::from_str(draft.text()).unwrap();
    let titles: Vec<_> = merged["events"]
        .as_array()
        .unwrap()
        .iter()
        .map(|it| &it["title"])
        .collect();
    assert_eq!(titles, ["D", "Ours", "Theirs", "C"]);
    assert_eq!(merged["subtitle"], "S");

    let theirs = edited(SPREAD, |draft| {
        draft
            .set(&JsonPointer::row(EVENT), "title", &json!("Theirs"))
            .unwrap();
    });
    for (winner, title) in [(Winner::Ours, "Ours"), (Winner::Theirs, "Theirs")] {
        let (draft, conflicts) = merge_of(SPREAD, &ours, &theirs, winner);
        let merged: Value = serde_json::from_str(draft.text()).unwrap();
        assert_eq!(merged["events"][0]["title"], title);
        assert_eq!(
            merged["events"][2]["title"], "C",
            "what nobody else touched is kept"
        );
        assert_eq!(
            conflicts[0].fields,
            [("title".to_owned(), "Ours".to_owned(), "Theirs".to_owned())]
        );
    }
}

#[test]
fn different_fields_of_one_event_are_kept_of_both() {
    let with = |field: &'static str, value: Value| {
        edited(SPREAD, move |draft| {
            draft.set(&JsonPointer::row(EVENT), field, &value).unwrap();
        })
    };
    let ours = with("title", json!("Ours"));
    let theirs = with("date", json!("1999"));
    let (draft, conflicts) = merge_of(SPREAD, &ours, &theirs, Winner::Theirs);
    assert_eq!(conflicts, []);
    let expected = SPREAD.replace("One", "Ours").replace("2010", "1999");
    assert_eq!(draft.text(), expected);
}

#[test]
fn two_rows_that_both_have_added_under_one_key_are_never_mixed() {
    let with = |row: Value| {
        edited(SPREAD, move |draft| {
            draft.insert_row(event(9), &row).unwrap();
        })
    };
    let ours = with(json!({ "id": "n", "title": "Ours", "date": "1990", "place": "x" }));
    let theirs = with(json!({ "id": "n", "title": "Theirs", "date": "1990", "lane": "y" }));
    for (winner, row) in [
        (
            Winner::Ours,
            json!({ "id": "n", "title": "Ours", "date": "1990", "place": "x" }),
        ),
        (
            Winner::Theirs,
            json!({ "id": "n", "title": "Theirs", "date": "1990", "lane": "y" }),
        ),
    ] {
        let (merged, conflicts) = merged(SPREAD, &ours, &theirs, winner);
        assert_eq!(merged["events"].as_array().unwrap().last(), Some(&row));
        let differing = conflicts[0].fields.iter().map(|(name, ..)| name.as_str());
        assert_eq!(differing.collect::<Vec<_>>(), ["title", "place", "lane"]);
    }
}

const PLACES: &str = r#"{
  "places": [
    { "id": "m", "name": "Mosul", "lat": 36.3, "lon": 43.1 },
    { "id": "b", "name": "Baghdad" },
    { "id": "k", "name": "Kirkuk" }
  ],
  "events": [{ "id": "a", "title": "One", "date": "2010", "date_label": "spring" }]
}
"#;

fn place_row(position: u32) -> RowPosition {
    RowPosition {
        list: RowList::Places,
        position,
    }
}

#[test]
fn what_says_one_thing_together_is_taken_from_one_side() {
    let with = |change: &dyn Fn(&mut Draft)| edited(PLACES, |draft| change(draft));
    let place = JsonPointer::row(place_row(0));
    let row = JsonPointer::row(EVENT);
    let ours = with(&|draft| {
        draft.set(&place, "lat", &json!(33.3)).unwrap();
        draft.set(&row, "date", &json!("2011")).unwrap();
    });
    let theirs = with(&|draft| {
        draft.set(&place, "lon", &json!(44.4)).unwrap();
        draft.unset(&row, "date_label").unwrap();
    });
    for (winner, lat_lon, date, label) in [
        (Winner::Ours, [33.3, 43.1], "2011", json!("spring")),
        (Winner::Theirs, [36.3, 44.4], "2010", Value::Null),
    ] {
        let (merged, conflicts) = merged(PLACES, &ours, &theirs, winner);
        let place = &merged["places"][0];
        assert_eq!(
            [&place["lat"], &place["lon"]],
            lat_lon.map(Value::from).each_ref()
        );
        assert_eq!(merged["events"][0]["date"], date);
        assert_eq!(merged["events"][0]["date_label"], label);
        assert_eq!(conflicts.len(), 2, "{conflicts:?}");
    }
}

#[test]
fn the_order_of_rows_that_was_changed_here_is_not_lost() {
    let moved = |from, to| edited(PLACES, |draft| draft.move_row(place_row(from), to).unwrap());
    let ours = moved(2, 0);
    let names = |merged: &Value| {
        let rows = merged["places"].as_array().unwrap().iter();
        let names = rows.map(|row| row["name"].as_str().unwrap().to_owned());
        names.collect::<Vec<_>>().join(" ")
    };
    // They have changed a name and added a place meanwhile.
    let theirs = edited(PLACES, |draft| {
        draft
            .set(&JsonPointer::row(place_row(1)), "name", &json!("Bagdad"))
            .unwrap();
        draft
            .insert_row(place_row(2), &json!({ "id": "t", "name": "Tikrit" }))
            .unwrap();
    });
    let (value, conflicts) = merged(PLACES, &ours, &theirs, Winner::Ours);
    assert_eq!(
        (names(&value), conflicts),
        ("Kirkuk Mosul Bagdad Tikrit".to_owned(), vec![])
    );
    // They have another order: one chooses.
    let theirs = moved(0, 1);
    for (winner, expected) in [
        (Winner::Ours, "Kirkuk Mosul Baghdad"),
        (Winner::Theirs, "Baghdad Mosul Kirkuk"),
    ] {
        let (value, conflicts) = merged(PLACES, &ours, &theirs, winner);
        assert_eq!(names(&value), expected);
        let order = (
            "order".to_owned(),
            "Kirkuk, Mosul, Baghdad".to_owned(),
            "Baghdad, Mosul, Kirkuk".to_owned(),
        );
        assert_eq!(conflicts[0].fields, [order]);
    }
}
