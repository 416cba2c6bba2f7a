//! Every field of a chronology, in every format that is written: it comes back, or is said to be lost.

use meanwhile::formats::{
    rows::{
        CitationRow, EraRow, EventRow, FileRow, LaneRow, LinkRow, MediaRow, PersonRow, PlaceRow,
        Row, SourceRow,
    },
    write::{Target, losses::Losses},
};
use serde_json::{Value, json};

use super::{opened, text_of};

/// A word that stands nowhere else.
const WORD: &str = "Zebra";

/// A chronology with one of each, as plain as can be.
fn plain() -> Value {
    json!({
        "title": "T",
        "lanes": [{ "id": "l", "label": "L" }],
        "people": [{ "id": "p", "name": "P" }],
        "places": [{ "id": "o", "name": "O" }],
        "sources": [{ "id": "s", "title": "S" }],
        "eras": [{ "label": "E", "date": "1900/1910" }],
        "events": [
            { "id": "first", "title": "First", "date": "1900" },
            {
                "id": "it", "title": "It", "date": "1905", "lane": "l", "people": ["p"], "place": "o",
                "sources": [{ "source": "s" }], "because": [{ "event": "first" }],
                "see_also": [{ "event": "first" }], "media": [{ "file": "a.jpg" }],
            },
        ],
    })
}

/// A value for each field that can be lost, and what is lost with it where all of its object is.
fn value_of(object: &str, field: &str) -> Option<(Value, &'static str)> {
    let word = json!(WORD);
    Some(match (object, field) {
        // These are the way from one row to another: what they lead to is tried by its name.
        (_, "id" | "$schema")
        | ("file", "lanes" | "people" | "places" | "sources" | "eras" | "events")
        | ("event", "lane" | "people" | "place" | "sources" | "because" | "see_also" | "media")
        | ("link", "event")
        | ("citation", "source")
        | ("person", "member_of") => return None,
        ("file", "as_of") | ("event", "date") => (json!("1951"), ""),
        ("file", "language") => (json!("fr"), ""),
        ("file", "lessons") => (json!([{ "title": WORD, "steps": [] }]), ""),
        ("lane", "color") => (json!("#123456"), ""),
        ("era", "color") => (json!("#123456"), "eras"),
        ("person", "kind") => (json!("group"), ""),
        ("person", "name") => (word, "who took part in events"),
        ("place", "name") => (word, "where events were"),
        ("place", "lat" | "lon") => (json!(12.25), ""),
        ("source", "date") => (json!("1951"), "sources"),
        ("source", "url") => (json!("https://example.org/Zebra"), "sources"),
        ("source", _) | ("citation", "where") => (word, "sources"),
        ("era", "date") => (json!("1907/1951"), "eras"),
        ("era", "label") => (word, "eras"),
        ("event", "importance") => (json!(5), ""),
        ("event", "certainty") => (json!("disputed"), ""),
        ("event", "tags") => (json!([WORD]), ""),
        ("link", "label") => (word, "causes and other links"),
        ("media", "file") => (json!("Zebra.jpg"), "pictures"),
        ("media", _) => (word, "pictures"),
        _ => (word, ""),
    })
}

/// Whether a text has a value in any place, as it is or in another text.
fn has(text: &Value, value: &Value) -> bool {
    match (text, value) {
        (Value::String(text), Value::String(value)) => {
            text.to_lowercase().contains(&value.to_lowercase())
        }
        (Value::Array(items), Value::Array(wanted)) if items == wanted => true,
        (Value::Array(items), _) => items.iter().any(|it| has(it, value)),
        (Value::Object(fields), _) => fields.values().any(|it| has(it, value)),
        _ => text == value,
    }
}

fn fields<R: Row<'static>>() -> &'static [&'static str] {
    R::FIELDS
}

#[test]
fn every_field_comes_back_or_is_said_to_be_lost() {
    let all = [
        ("file", "", fields::<FileRow<'_>>()),
        ("lane", "/lanes/0", fields::<LaneRow<'_>>()),
        ("person", "/people/0", fields::<PersonRow<'_>>()),
        ("place", "/places/0", fields::<PlaceRow<'_>>()),
        ("source", "/sources/0", fields::<SourceRow<'_>>()),
        ("era", "/eras/0", fields::<EraRow<'_>>()),
        ("event", "/events/1", fields::<EventRow<'_>>()),
        ("link", "/events/1/because/0", fields::<LinkRow<'_>>()),
        (
            "citation",
            "/events/1/sources/0",
            fields::<CitationRow<'_>>(),
        ),
        ("media", "/events/1/media/0", fields::<MediaRow<'_>>()),
    ];
    let write = |target: Target, file: &Value| -> (Value, Losses) {
        let (written, losses) = target.write(&file.to_string()).expect("a timeline");
        let back = text_of(&opened(written.as_bytes()));
        (serde_json::from_str(&back).expect("JSON"), losses)
    };
    let mut silent = Vec::new();
    for target in Target::ALL {
        let (_, before) = write(target, &plain());
        for (object, place, names) in all {
            for field in names {
                let Some((value, lost_with)) = value_of(object, field) else {
                    continue;
                };
                let mut file = plain();
                let own = file.pointer_mut(place).expect("it is there");
                own[*field] = value.clone();
                if object == "place" {
                    // Neither says anything alone.
                    (own["lat"], own["lon"]) = (json!(12.25), json!(34.5));
                }
                let (back, losses) = write(target, &file);
                let is_lost_with_all =
                    !lost_with.is_empty() && before.lines().any(|it| it.starts_with(lost_with));
                if !has(&back, &value) && losses == before && !is_lost_with_all {
                    silent.push(format!("{}: {object}.{field}", target.name()));
                }
            }
        }
    }
    assert!(silent.is_empty(), "lost in silence: {silent:#?}");
}
