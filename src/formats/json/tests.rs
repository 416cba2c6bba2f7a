//! Whole files, read as they are: what is right is shown, what is wrong is reported with its place.

mod lessons;
mod progress;
mod survived;

use super::parts::{EventSink as _, Parts};
use crate::formats::{ReadError, ReadProgress, Severity, Source, read};
use crate::model::{Certainty, Event, PersonKind, Timeline};

const OWN: &str = include_str!("../../../timeline.json");

/// One of everything, and nothing wrong.
const CLEAN: &str = r##"{
  "$schema": "assets/timeline.schema.json",
  "title": "Iraq", "subtitle": "A chronology", "language": "en", "about": "*All* of it",
  "as_of": "2016-10",
  "lanes": [{"id": "war", "label": "War", "color": "#B4521E"}, {"id": "peace", "label": "Peace"}],
  "people": [
    {"id": "khazali", "name": "Qais al-Khazali", "native_name": "قيس الخزعلي", "kind": "person",
     "summary": "A leader", "member_of": ["aah"]},
    {"id": "aah", "name": "Asaib Ahl al-Haq", "kind": "group"}
  ],
  "places": [{"id": "mosul", "name": "Mosul", "lat": 36.34, "lon": 43.13}],
  "sources": [{"id": "f24", "title": "The article", "date": "2016-10", "url": "https://example.org"}],
  "eras": [{"label": "IS rule", "date": "2014/2016-10", "color": "#123456"}],
  "events": [
    {"id": "released", "title": "Released", "short": "Free", "date": "2010", "lane": "war",
     "importance": 1, "certainty": "reported", "people": ["khazali"], "place": "mosul",
     "tags": ["hostages"], "because": [{"event": "captured", "label": "three years later"}],
     "see_also": [{"event": "captured"}], "sources": [{"source": "f24", "where": "B9"}],
     "media": [{"file": "a.jpg", "alt": "A"}], "summary": null},
    {"id": "captured", "title": "Captured \u2013 \"alive\"", "date": "2007", "lane": "peace"}
  ],
  "lessons": [{"id": "main", "title": "Main", "steps": [
    {"event": "released", "say": "Look", "notes": "Ask", "view": "2005/2012",
     "people": ["khazali"], "lanes": ["war"]},
    {"title": "Text alone", "say": "Well"}
  ]}]
}"##;

fn load(text: &str) -> Source {
    read(text.as_bytes()).unwrap_or_else(|error| panic!("{error}\n{text}"))
}

fn said(loaded: &Source) -> Vec<String> {
    loaded.diagnostics.iter().map(ToString::to_string).collect()
}

fn record<'t>(timeline: &'t Timeline, id: &str) -> Event<'t> {
    timeline.event(
        timeline
            .find_event(id)
            .unwrap_or_else(|| panic!("no event {id}")),
    )
}

/// Reads a file with these fields after its title, and compares the messages.
fn check(fields: &str, expected: &[&str]) -> std::sync::Arc<Timeline> {
    let events = if fields.contains("\"events\":") {
        ""
    } else {
        ", \"events\": []"
    };
    let loaded = load(&format!("{{\"title\": \"t\",\n{fields}{events}}}"));
    assert_eq!(said(&loaded), expected, "{fields}");
    loaded.timeline
}

#[test]
fn a_clean_file_is_read_whole() {
    let loaded = load(CLEAN);
    assert_eq!(said(&loaded), [""; 0]);
    let timeline = &loaded.timeline;
    assert_eq!(timeline.title(), "Iraq");
    let [captured, released] = ["captured", "released"].map(|id| timeline.find_event(id).unwrap());
    assert!(captured < released);
    assert_eq!(timeline.event(captured).title, "Captured – \"alive\"");
    assert_eq!(timeline.short(released), "Free");
    assert_eq!(timeline.importance(released), 1);
    assert_eq!(timeline.importance(captured), 3);
    assert_eq!(timeline.certainty(released), Certainty::Reported);
    assert_eq!(timeline.lane_record(timeline.lane(captured)).label, "Peace");
    assert_eq!(
        timeline.event(released).because.get(0).unwrap().event,
        captured
    );
    assert_eq!(timeline.led_to(captured).get(0).unwrap().event, released);
    assert_eq!(
        timeline.led_to(captured).get(0).unwrap().label,
        "three years later"
    );
    let khazali = timeline.person(timeline.event(released).people[0]);
    assert_eq!(
        (khazali.name.as_str(), khazali.kind),
        ("Qais al-Khazali", PersonKind::Person)
    );
    assert_eq!(
        timeline.person(khazali.member_of[0]).kind,
        PersonKind::Group
    );
    let place = timeline.place(timeline.event(released).place.unwrap());
    assert_eq!(place.name, "Mosul");
    assert_eq!(
        timeline
            .event(released)
            .sources
            .get(0)
            .unwrap()
            .place_in_source,
        "B9"
    );
    assert_eq!(timeline.eras().len(), 1);
    let steps = &timeline.lessons()[0].steps;
    assert_eq!(steps[0].event, Some(released));
    assert!(steps[0].view.is_some() && steps[1].event.is_none());
}

#[test]
fn the_chronology_that_ships_is_clean() {
    let loaded = load(OWN);
    assert_eq!(said(&loaded), [""; 0]);
    assert_eq!(loaded.timeline.len(), 15);
    assert_eq!(loaded.timeline.lanes().len(), 5);
}

#[test]
fn both_readings_give_the_same() {
    for text in [CLEAN, OWN] {
        let mut faults = super::Faults::default();
        let progress = ReadProgress::default();
        let progress = super::TextProgress::new(text, &progress);
        let mut gathered = super::Gathered::default();
        let file = super::lenient::file(text, &progress, &mut faults, &mut |position, row| {
            gathered.add(position, row);
        });
        let (timeline, _) = super::check::check(file.unwrap(), gathered, &mut faults);
        assert!(faults.listed.is_empty(), "{:?}", faults.listed);
        assert_eq!(timeline, *load(text).timeline);
    }
}

/// Everything at once: each fault is reported with its line, and the rest is shown.
#[test]
fn every_fault_is_said_with_its_place() {
    let text = r#"{ "$schema": "urn:meanwhile:timeline:9.0",
  "title": "Faults",
  "language": " ",
  "as_of": "October",
  "lanes": [
    {"id": "war", "label": "War", "color": "orange"},
    {"id": "war", "label": "War again"}],
  "people": [
    {"id": "khazali", "name": "Qais", "kind": "man", "member_of": ["khazali"]}],
  "places": [
    {"id": "mosul", "lat": 136.34, "lon": 43.13}],
  "events": [
    {"id": "a", "title": "A", "date": "2014-13-01"},
    {"id": "b", "title": "B", "date": "2014", "titel": "?"},
    {"id": "b", "title": "B again", "date": "2015"},
    {"id": "c", "date": "2016"},
    {"id": "d", "title": "D"},
    {"id": "e", "title": "E", "date": "2005/2003"},
    {"id": "f", "title": "F", "date": "2017",
     "because": [{"event": "f"}, {"event": "bb"}, {"event": "a"}],
     "people": ["kazali"],
     "place": "mosull",
     "sources": [{"source": "f24"}],
     "lane": "wars",
     "importance": "high",
     "certainty": "sure"},
    {"id": "g", "title": "", "date": "", "importance": 7,
     "media": [{"file": "../g.jpg"}, {"file": "/g.jpg"}]},
    [],
    {"id": "h", "title": "H", "date": 2018, "people": "khazali", "title": "H2"}],
  "lessons": [{"title": "L", "steps": [
    {"event": "x", "say": "stays", "people": ["who"], "lanes": ["none"]}, {}]}]
}"#;
    let loaded = load(text);
    let lines: Vec<_> = said(&loaded)
        .iter()
        .map(|line| line.splitn(4, ": ").take(3).collect::<Vec<_>>().join(": "))
        .collect();
    assert_eq!(
        lines,
        [
            "1:14: warning: $schema",
            "3:15: warning: language",
            "4:12: error: as_of",
            "6:44: error: lanes[0].color",
            "7:12: error: lanes[1].id",
            "9:47: error: people[0].kind",
            "9:68: error: people[0].member_of[0]",
            "11:28: error: places[0].lat",
            "13:39: error: events[0].date",
            "14:47: warning: events[1].titel",
            "15:12: error: events[2].id",
            "16:5: error: events[3]",
            "17:5: error: events[4]",
            "18:39: error: events[5].date",
            "20:28: error: events[6].because[0].event",
            "20:44: error: events[6].because[1].event",
            "20:61: warning: events[6].because[2].event",
            "21:17: error: events[6].people[0]",
            "22:15: error: events[6].place",
            "23:29: error: events[6].sources[0].source",
            "24:14: warning: events[6].lane",
            "25:20: error: events[6].importance",
            "26:19: error: events[6].certainty",
            "27:26: error: events[7].title",
            "27:38: error: events[7].date",
            "27:56: error: events[7].importance",
            "28:25: warning: events[7].media[0].file",
            "28:47: warning: events[7].media[1].file",
            "29:5: error: events[8]",
            "30:39: warning: events[9].date",
            "30:55: warning: events[9].people",
            "30:66: warning: events[9].title",
            "32:15: error: lessons[0].steps[0].event",
            "32:47: error: lessons[0].steps[0].people[0]",
            "32:65: error: lessons[0].steps[0].lanes[0]",
            "32:75: warning: lessons[0].steps[1]",
        ]
    );
    assert!(
        loaded.diagnostics.iter().all(|d| !d.help.is_empty()),
        "each says what to do"
    );

    let timeline = &loaded.timeline;
    let ids: Vec<_> = timeline.events().map(|e| timeline.event(e).id).collect();
    assert_eq!(ids, ["b", "b-2", "c", "f", "h"]);
    assert_eq!(record(timeline, "c").title, "c");
    assert_eq!(record(timeline, "h").title, "H2");
    assert_eq!(record(timeline, "h").people.len(), 1);
    let shown: Vec<_> = timeline
        .lanes()
        .iter()
        .map(|lane| lane.id.as_str())
        .collect();
    assert_eq!(shown, ["war", "war-2", "wars", ""]);
    assert_eq!(timeline.lessons()[0].steps[0].say, "stays");
}

#[test]
fn a_fault_is_said_in_plain_words() {
    for (fields, expected) in [
        (
            r#""events": [{"title": "A", "date": "2014", "titel": 1}]"#,
            "2:43: warning: events[0].titel: there is no field \"titel\"; did you mean \"title\"? \
             It is kept but not shown",
        ),
        (
            r#""eras": [{"date": "2014", "x": 1}]"#,
            "2:27: warning: eras[0].x: there is no field \"x\"; it is kept but not shown; known \
             here are label, date, color",
        ),
        (
            r#""events": [{"id": "a", "title": "A", "date": "2014", "because": [{"event": "a"}]}]"#,
            "2:76: error: events[0].because[0].event: the event \"a\" cannot be because of itself; \
             name the event that led to it, or take the link out",
        ),
        (
            r#""events": [{"id": "khazali-captured", "title": "A", "date": "2014"},
                 {"title": "B", "date": "2015", "because": [{"event": "kazali-captured"}]}]"#,
            "3:71: error: events[1].because[0].event: there is no event \"kazali-captured\"; did \
             you mean \"khazali-captured\"?",
        ),
        (
            r#""events": [{"title": "A", "date": "2014", "because": ["b"]}]"#,
            "2:55: error: events[0].because[0]: the text \"b\" cannot stand here and is left out; \
             write an object such as {\"event\": \"id of the event\"}",
        ),
        (
            r#""events": [{"title": "A", "date": "2014", "place": "mosul"}]"#,
            "2:52: error: events[0].place: there is no place \"mosul\"; add the place to \
             \"places\", or take the id out",
        ),
        (
            r#""events": [{"title": "A", "date": "2014", "certainty": "certain"}]"#,
            "2:56: error: events[0].certainty: \"certain\" is not one of the words allowed here; \
             write confirmed, reported, disputed or expected",
        ),
        (
            r#""events": [{"title": "A", "date": "2014", "importance": "5"}]"#,
            "2:57: error: events[0].importance: the text \"5\" cannot stand here and is left out; \
             write a number without quotation marks",
        ),
        (
            r#""events": [{"title": "A", "date": "2014", "importance": 2.5}]"#,
            "2:57: error: events[0].importance: the importance is 2.5, so 3 is taken; write a \
             whole number from 1 to 5",
        ),
        (
            r#""events": [{"title": "A", "date": 2014}]"#,
            "2:35: warning: events[0].date: 2014 is a number where text belongs; write \"2014\", \
             in quotation marks",
        ),
        (
            r#""events": [{"title": "A"}]"#,
            "2:12: error: events[0]: the event \"A\" has no date, so it is left out; add \
             \"date\", such as \"2014\" or \"2014-06-10\"",
        ),
    ] {
        check(fields, &[expected]);
    }
}

#[test]
fn a_wrong_date_is_told_in_the_words_of_time() {
    let text = r#"{"title": "t", "events": [{"title": "A", "date": "2014-13-01"}]}"#;
    let said = said(&load(text));
    let expected = "1:50: error: events[0].date: \"2014-13-01\": there is no month 13, so the event \
                    is left out; ";
    assert!(said[0].starts_with(expected), "{said:?}");
}

#[test]
fn surprises_of_form_cost_no_more_than_themselves() {
    // The first word of each fault's path, and how many events are left.
    for (fields, paths, events) in [
        (r#""events": "none""#, &["events"][..], 0),
        (
            r#""events": [null, 1, "a", true, {}]"#,
            &[
                "events[0]",
                "events[1]",
                "events[2]",
                "events[3]",
                "events[4]",
                "events[4]",
            ],
            0,
        ),
        (
            r#""events": {"title": "A", "date": "2014"}"#,
            &["events"],
            1,
        ),
        (r#""about": "\ud800", "events": []"#, &["about"], 0),
        (r#""\ud800": 1, "events": []"#, &["[\"\\ud800\"]"], 0),
        (
            r#""places": [{"id": "a", "lat": 1e999}], "events": []"#,
            &["places[0].lat"],
            0,
        ),
        (r#""lanes": null, "people": null, "events": []"#, &[], 0),
        (
            r#""events": [], "events": [{"title": "A", "date": "2014"}]"#,
            &["events"],
            1,
        ),
        (
            r#""events": [{"title": "A", "title": "B", "date": "2014"}]"#,
            &["events[0].title"],
            1,
        ),
        (r#""lanes": [{}], "events": []"#, &["lanes[0]"], 0),
        (
            r#""eras": [{"label": "x"}, {"date": "x"}], "events": []"#,
            &["eras[0]", "eras[1].date"],
            0,
        ),
        (
            r#""sources": [{"id": "s", "url": "file:///x", "date": "spring"}], "events": []"#,
            &["sources[0].url", "sources[0].date"],
            0,
        ),
    ] {
        let loaded = load(&format!("{{\"title\": \"t\", {fields}}}"));
        let found: Vec<_> = loaded
            .diagnostics
            .iter()
            .map(|d| d.location.path.as_str())
            .collect();
        assert_eq!(found, paths, "{fields}");
        assert_eq!(loaded.timeline.len(), events, "{fields}");
    }
}

#[test]
fn ids_and_lanes_are_made_where_the_file_has_none() {
    let timeline = check(
        r#""events": [
          {"title": "Mosul falls", "date": "2014", "lane": "mosul"},
          {"title": "Mosul falls", "date": "2015", "lane": "paris",
           "because": [{"event": "mosul-falls"}]}]"#,
        &[],
    );
    let ids: Vec<_> = timeline.events().map(|e| timeline.event(e).id).collect();
    assert_eq!(ids, ["mosul-falls", "mosul-falls-2"]);
    let lanes: Vec<_> = timeline
        .lanes()
        .iter()
        .map(|lane| lane.label.as_str())
        .collect();
    assert_eq!(lanes, ["mosul", "paris"]);
}

#[test]
fn unknown_fields_are_reported() {
    check(
        r#""outlook": {"deep": [1.50, 1e999]},
"events": []"#,
        &[
            "2:1: warning: outlook: there is no field \"outlook\"; it is kept but not shown; known here \
           are $schema, title, subtitle, language, about, as_of, lanes, people, places, sources, \
           eras, events, lessons",
        ],
    );
}

#[test]
fn json_that_is_no_timeline_says_what_was_expected() {
    for (text, beginning) in [
        ("[]", "this is a list, not a timeline; write an object"),
        ("7", "this is a number, not a timeline"),
        ("\"a\"", "this is text, not a timeline"),
        ("null", "this is null, not a timeline"),
        ("{}", "this is an object without \"events\", not a timeline"),
        (
            "{\"Event\": []}",
            "this is an object without \"events\" (but with \"Event\"), not",
        ),
        ("{\"events\": null}", "this is an object without \"events\""),
    ] {
        let error = read(text.as_bytes()).unwrap_err();
        assert!(
            matches!(error, ReadError::NotATimeline { .. }),
            "{text}: {error}"
        );
        assert!(error.to_string().starts_with(beginning), "{text}: {error}");
    }
}

#[test]
fn many_faults_are_counted_and_their_worst_is_known() {
    let event = "{\"title\": \"A\", \"date\": \"2014\", \"mine\": 1},".repeat(6_000);
    let text = format!("{{\"title\": \"t\", \"events\": [{event} {{\"title\": \"B\"}}]}}");
    let loaded = load(&text);
    assert_eq!(loaded.timeline.len(), 6_000);
    assert_eq!(loaded.severity(), Some(Severity::Error));
    let last = loaded.diagnostics.last().unwrap();
    assert_eq!(last.message, "1000 more warnings are not listed");
}

#[test]
fn depth_does_not_matter() {
    let deep = "[".repeat(200_000) + &"]".repeat(200_000);
    for (field, faults) in [("mine", 1), ("people", 1), ("about", 1), ("lanes", 1)] {
        let text = format!("{{\"title\": \"t\", \"events\": [], \"{field}\": {deep}}}");
        assert_eq!(load(&text).diagnostics.len(), faults, "{field}");
    }
    assert!(read(deep.as_bytes()).is_err());
    assert!(read("[{\"a\":".repeat(200_000).as_bytes()).is_err());
}

/// A value for which a part of the schema was made, with a field too many in objects called `odd`.
fn sample(part: &serde_json::Value, schema: &serde_json::Value, odd: &str) -> serde_json::Value {
    use serde_json::{Value, json};
    let of_object = |part: &Value, name: &str| {
        let fields = part["properties"].as_object().into_iter().flatten();
        let mut object: serde_json::Map<_, _> = fields
            .map(|(name, field)| (name.clone(), sample(field, schema, odd)))
            .collect();
        if name == odd {
            object.insert("mine".to_owned(), json!(1));
        }
        Value::Object(object)
    };
    if let Some(path) = part["$ref"].as_str() {
        let name = path.trim_start_matches("#/$defs/");
        let part = &schema["$defs"][name];
        if part["type"] == "object" {
            return of_object(part, name);
        }
        return sample(part, schema, odd);
    }
    let first = |name: &str| part[name].get(0).cloned();
    if let Some(word) = first("enum").or_else(|| first("examples")) {
        return word;
    }
    if let Some(choice) = part["oneOf"].get(0) {
        return choice
            .get("const")
            .or(choice["enum"].get(0))
            .cloned()
            .unwrap();
    }
    match part["type"].as_str() {
        Some("object") => of_object(part, "timeline"),
        Some("array") => json!([sample(&part["items"], schema, odd)]),
        Some("string") => json!("a"),
        Some("number" | "integer") => json!(1),
        Some("boolean") => json!(true),
        _ => panic!("{part}"),
    }
}

#[test]
fn a_clean_file_with_every_field_of_the_schema_is_read_at_once() {
    let schema = crate::formats::schema::schema();
    let read = |odd: &str| {
        let text = sample(&schema, &schema, odd).to_string();
        let progress = ReadProgress::default();
        let progress = super::TextProgress::new(&text, &progress);
        let read = super::strict::file(
            &text,
            Parts::ByProcessors,
            super::Gathered::default(),
            &progress,
        );
        read.map(|_| ()).map_err(|error| format!("{error}: {text}"))
    };
    assert_eq!(read("nothing"), Ok(()));
    let defs = schema["$defs"].as_object().unwrap();
    let rows = defs.iter().filter(|(_, def)| def["type"] == "object");
    let mut rows: Vec<&str> = rows.map(|(name, _)| name.as_str()).collect();
    rows.push("timeline");
    assert_eq!(rows.len(), 13);
    for row in rows {
        let error = read(row).unwrap_err();
        assert!(error.contains("unknown field `mine`"), "{row}: {error}");
    }
}

#[test]
fn a_row_tells_nothing_of_the_one_before_it() {
    let timeline = check(
        r#""people": [{"id": "p"}], "sources": [{"id": "s"}], "events": [
          {"id": "a", "title": "A", "short": "a", "date": "2014", "date_label": "then",
           "lane": "x", "importance": 5, "certainty": "disputed", "summary": "s", "details": "d",
           "people": ["p"], "tags": ["t"], "sources": [{"source": "s", "where": "p. 7"}],
           "see_also": [{"event": "b", "label": "l"}], "media": [{"file": "a.png"}]},
          {"id": "b", "title": "B", "date": "2015"}]"#,
        &[],
    );
    let found = timeline.event(timeline.find_event("b").unwrap());
    let expected = Event {
        id: "b",
        title: "B",
        date: "2015",
        ..Event::EMPTY
    };
    assert_eq!(found, expected);
}

#[test]
fn what_is_shown_on_one_line_has_no_line_ends_or_control_characters() {
    let json = r#"{"title":"A\nB","lanes":[{"id":"l","label":"x\ty"}],"people":[{"id":"p","name":"Q\u2028R","native_name":"a<BR/>b \u202ec"}],
        "eras":[{"label":"E\r\nF","date":"2003"}],
        "events":[{"title":"One\r\ntwo\u0007 ","short":"s\u0085t","date":"2003","date_label":"in\n2003",
          "summary":"kept\nas it is"}]}"#;
    let loaded = load(json);
    let timeline = &loaded.timeline;
    let event = timeline.event(timeline.events().next().unwrap());
    assert_eq!(
        (timeline.title(), event.title, event.short, event.date_label),
        ("A B", "One two", "s t", "in 2003")
    );
    assert_eq!(event.summary, "kept\nas it is");
    assert_eq!(timeline.lanes()[0].label, "x y");
    assert_eq!(timeline.people()[0].name, "Q R");
    assert_eq!(timeline.people()[0].native_name, "a b c");
    assert_eq!(timeline.eras()[0].label, "E F");
    let said = said(&loaded);
    assert_eq!(said.len(), 8, "{said:#?}");
    let of_title = said
        .iter()
        .find(|line| line.contains("events[0].title"))
        .unwrap();
    assert!(
        of_title.contains(
            "has a line end or a control character, shown as a space; write it on one line"
        ),
        "{of_title}"
    );
    assert!(
        loaded
            .diagnostics
            .iter()
            .all(|it| it.severity == Severity::Warning)
    );
}
