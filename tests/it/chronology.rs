//! The chronology that ships: its facts, its links, its schema.

use std::collections::BTreeSet;

use meanwhile::{
    formats,
    model::{Certainty, EventId, Timeline},
    open::{self, Origin, SHIPPED},
};

fn shipped() -> std::sync::Arc<Timeline> {
    let loaded = open::read(&Origin::Shipped).expect("the shipped file can be read");
    assert_eq!(loaded.diagnostics, [], "nothing is wrong with it");
    loaded.timeline
}

#[test]
fn it_has_the_fifteen_events_with_the_dates_that_the_article_gives() {
    use Certainty::{Confirmed, Expected, Reported};
    let timeline = shipped();
    let facts = [
        ("invasion", "2003", Confirmed),
        ("mahdi-army", "2003/", Confirmed),
        ("khazali-captured", "2007", Confirmed),
        ("moore-held", "/2010~", Reported),
        ("khazali-released", "2010", Reported),
        ("mali", "2013", Confirmed),
        ("mosul-falls", "2014", Confirmed),
        ("fatwa", "2014", Confirmed),
        ("pmu", "2014/..", Confirmed),
        ("is-holds-mosul", "2014/..", Confirmed),
        ("aah-diyala", "2016", Reported),
        ("battle", "2016-10~/..", Confirmed),
        ("paris", "2016-10-20", Confirmed),
        ("mosul-recapture", "2016-10-20/..", Expected),
        ("day-after", "2016-10-20/..", Expected),
    ];
    assert_eq!(timeline.len(), facts.len());
    for (id, date, certainty) in facts {
        let event = timeline
            .find_event(id)
            .unwrap_or_else(|| panic!("{id} is there"));
        assert_eq!(
            (timeline.event(event).date, timeline.certainty(event)),
            (date, certainty),
            "{id}"
        );
    }
}

/// The names of all properties that a schema describes, and of all keys that a value has.
fn collect(
    value: &serde_json::Value,
    described: &mut BTreeSet<String>,
    used: &mut BTreeSet<String>,
) {
    match value {
        serde_json::Value::Object(object) => {
            for (key, inner) in object {
                used.insert(key.clone());
                if let (true, Some(properties)) = (key == "properties", inner.as_object()) {
                    described.extend(properties.keys().cloned());
                }
                collect(inner, described, used);
            }
        }
        serde_json::Value::Array(array) => {
            for inner in array {
                collect(inner, described, used);
            }
        }
        _ => {}
    }
}

#[test]
fn it_uses_every_field_and_every_kind_of_question() {
    let schema = serde_json::from_str(include_str!("../../assets/timeline.schema.json"));
    let file = serde_json::from_str(SHIPPED).expect("JSON");
    let (mut described, mut used) = (BTreeSet::new(), BTreeSet::new());
    collect(&schema.expect("JSON"), &mut described, &mut BTreeSet::new());
    collect(&file, &mut BTreeSet::new(), &mut used);
    assert!(described.len() > 40, "{described:?}");
    let unused: Vec<_> = described.difference(&used).collect();
    assert!(unused.is_empty(), "{unused:?}");
    for ask in ["when", "order", "choose"] {
        assert!(SHIPPED.contains(&format!("\"ask\": \"{ask}\"")), "{ask}");
    }
}

/// The presenter's step list tells them apart.
#[test]
fn no_two_steps_of_the_lesson_have_one_name() {
    let timeline = shipped();
    for lesson in timeline.lessons() {
        let names: Vec<String> = lesson
            .steps
            .iter()
            .map(|step| {
                let title = step.event.map_or("", |event| timeline.event(event).title);
                if step.title.is_empty() {
                    title.to_owned()
                } else {
                    step.title.clone()
                }
            })
            .collect();
        let different: BTreeSet<&String> = names.iter().collect();
        assert_eq!(different.len(), names.len(), "{names:?}");
        let before_last = names.len() - 2;
        assert!(!names[before_last].contains(&names[before_last + 1]));
    }
}

#[test]
fn every_event_has_a_summary_and_sources_with_a_locator() {
    let timeline = shipped();
    for event in timeline.events() {
        let found = timeline.event(event);
        assert!(!found.summary.is_empty(), "{} has a summary", found.id);
        assert!(!found.sources.is_empty(), "{} has a source", found.id);
        assert!(
            found
                .sources
                .iter()
                .all(|citation| !citation.place_in_source.is_empty()),
            "{}",
            found.id
        );
        assert!(
            timeline.short(event).chars().count() <= 28,
            "{} has a short title",
            found.id
        );
    }
}

#[test]
fn causes_and_consequences_are_those_of_the_article() {
    let timeline = shipped();
    let ids = |links: meanwhile::model::Links<'_>| -> Vec<String> {
        links
            .iter()
            .map(|link| timeline.event(link.event).id.to_owned())
            .collect()
    };
    let event = |id: &str| timeline.find_event(id).expect("an event");
    for (effect, causes) in [
        ("mahdi-army", vec!["invasion"]),
        ("khazali-released", vec!["khazali-captured", "moore-held"]),
        ("fatwa", vec!["mosul-falls"]),
        ("pmu", vec!["fatwa"]),
        ("is-holds-mosul", vec!["mosul-falls"]),
        ("battle", vec!["is-holds-mosul"]),
        ("paris", vec!["battle"]),
        ("day-after", vec!["paris", "pmu"]),
    ] {
        assert_eq!(
            ids(timeline.event(event(effect)).because),
            causes,
            "{effect}"
        );
        for cause in causes {
            let led_to = ids(timeline.led_to(event(cause)));
            assert!(
                led_to.contains(&effect.to_owned()),
                "{cause} led to {effect}"
            );
        }
    }
    assert_eq!(ids(timeline.event(event("paris")).see_also), ["mali"]);
    assert_eq!(ids(timeline.event(event("mali")).see_also), ["paris"]);
}

#[test]
fn people_and_groups_have_their_names_in_their_own_script() {
    let timeline = shipped();
    for (id, native) in [
        ("khazali", "قيس الخزعلي"),
        ("sadr", "مقتدى الصدر"),
        ("sistani", "علي السيستاني"),
    ] {
        let person = timeline.person(timeline.find_person(id).unwrap_or_else(|| panic!("{id}")));
        assert_eq!(person.native_name, native);
    }
    assert!(timeline.people().len() >= 15);
    assert!(
        timeline
            .people()
            .iter()
            .all(|person| !person.summary.is_empty())
    );
}

#[test]
fn the_lesson_has_about_nine_steps_with_notes() {
    let timeline = shipped();
    let [lesson] = timeline.lessons() else {
        panic!("one lesson")
    };
    assert!((8..=11).contains(&lesson.steps.len()));
    assert!(
        lesson
            .steps
            .iter()
            .all(|step| !step.say.is_empty() && !step.notes.is_empty())
    );
    assert_eq!(
        lesson.steps.first().and_then(|step| step.event),
        timeline.find_event("invasion")
    );
}

#[test]
fn it_validates_against_the_schema_that_ships_and_the_schema_is_the_programs() {
    let text = include_str!("../../assets/timeline.schema.json");
    assert!(
        text == formats::schema::schema_text(),
        "assets/timeline.schema.json is out of date: cargo run -- schema > assets/timeline.schema.json"
    );
    let schema: serde_json::Value = serde_json::from_str(text).expect("JSON");
    let file: serde_json::Value = serde_json::from_str(SHIPPED).expect("JSON");
    let validator = jsonschema::validator_for(&schema).expect("a schema");
    let faults: Vec<String> = validator
        .iter_errors(&file)
        .map(|fault| fault.to_string())
        .collect();
    assert!(faults.is_empty(), "{faults:?}");
    let wrong = serde_json::json!({ "title": "x", "events": [{ "title": "no date" }] });
    assert!(!validator.is_valid(&wrong));
}

#[test]
fn ten_faults_get_ten_messages_with_their_lines_and_the_rest_is_shown() {
    let json = include_str!("faulty.json");
    let loaded = formats::read(json.as_bytes()).expect("well-formed JSON");
    let found: Vec<(u32, &str)> = loaded
        .diagnostics
        .iter()
        .map(|d| (d.location.line, d.location.path.as_str()))
        .collect();
    let expected: Vec<(u32, &str)> = vec![
        (3, "as_off"),
        (7, "lanes[2].id"),
        (8, "lanes[2].color"),
        (15, "events[1].date"),
        (18, "events[2].importance"),
        (22, "events[3].lane"),
        (26, "events[4].because[0].event"),
        (30, "events[5].date"),
        (33, "events[6].certainty"),
        (37, "events[7].id"),
        (39, "events[8]"),
    ];
    assert_eq!(found, expected, "{:#?}", loaded.diagnostics);
    for diagnostic in &loaded.diagnostics {
        assert!(
            !diagnostic.message.is_empty() && !diagnostic.help.is_empty(),
            "{diagnostic}"
        );
    }
    let shown: Vec<String> = loaded
        .timeline
        .events()
        .map(|event: EventId| loaded.timeline.event(event).title.to_owned())
        .collect();
    for title in [
        "Good",
        "Important",
        "Elsewhere",
        "Caused",
        "Unsure",
        "Twin",
        "Last",
    ] {
        assert!(
            shown.iter().any(|shown| shown == title),
            "{title} is shown: {shown:?}"
        );
    }
}

#[test]
fn what_is_begun_and_what_is_imported_name_the_form_that_they_are_written_in() {
    let id = meanwhile::formats::schema::id();
    let names = |text: &str| {
        let file: serde_json::Value = serde_json::from_str(text).expect("JSON");
        file["$schema"].as_str() == Some(&id)
    };
    assert!(names(include_str!("../../assets/new.json")));
    let table = meanwhile::formats::read(b"date,title\n2014,Mosul falls\n").expect("a table");
    let meanwhile::formats::source::SourceText::Kept(text) = table.text() else {
        panic!("it is small");
    };
    assert!(names(text));
    let begun = meanwhile::open::read(&meanwhile::open::Origin::New).expect("a new one");
    let meanwhile::formats::source::SourceText::Kept(text) = begun.text() else {
        panic!("it is small");
    };
    assert!(names(text));
}
