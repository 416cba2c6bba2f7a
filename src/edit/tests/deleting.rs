//! Many rows that are deleted in one step, and what named them.

use std::collections::HashSet;

use serde_json::{Value, json};

use super::shared;
use crate::{
    edit::{Change, OpenText, Subject},
    formats::{self, ReadProgress, Source},
    model::KnownTexts,
};

/// Forty events, each because of the two before it; some with an id, some whose id is their title's.
fn forty() -> String {
    let events = (0..40).map(|number: u32| {
        let because = (1..=2).filter_map(|back| number.checked_sub(back));
        let because = because.map(|it| json!({ "event": format!("event-{it}"), "label": "so" }));
        let mut event = json!({
            "title": format!("Event {number}"),
            "date": (1900 + number).to_string(),
            "summary": "a \"word\"",
            "because": because.collect::<Vec<_>>(),
        });
        if number.is_multiple_of(3) {
            event["id"] = json!(format!("event-{number}"));
        }
        event
    });
    let text = json!({
        "title": "T",
        "events": events.collect::<Vec<_>>(),
        "lessons": [{ "title": "L", "steps": [{ "event": "event-4", "say": "S" }] }],
    });
    serde_json::to_string_pretty(&text).unwrap()
}

fn read(open: &OpenText) -> Source {
    formats::read_text(open.text(), KnownTexts::default(), &ReadProgress::default()).unwrap()
}

fn delete(open: &mut OpenText, titles: &[String]) {
    let source = read(open);
    let subjects = source.timeline.events().filter(|&event| {
        let title = source.timeline.event(event).title;
        titles.iter().any(|it| it == title)
    });
    let subjects = subjects.map(Subject::Event).collect();
    let edit = open.change(&Change::Delete(subjects), &source).unwrap();
    edit.expect("a change");
}

#[test]
fn many_are_deleted_as_one_after_the_other() {
    let text = forty();
    // Few ids are searched for one by one, many are looked up: both find the same.
    for count in [3_usize, 30] {
        let titles: Vec<String> = (0..count).map(|it| format!("Event {}", it + 2)).collect();
        let mut together = OpenText::saved(shared(&text));
        delete(&mut together, &titles);
        let mut singly = OpenText::saved(shared(&text));
        for title in &titles {
            delete(&mut singly, std::slice::from_ref(title));
        }
        let value = |open: &OpenText| serde_json::from_str::<Value>(open.text()).unwrap();
        assert_eq!(value(&together), value(&singly));

        let source = read(&together);
        assert_eq!(source.diagnostics, [], "no link leads nowhere");
        assert_eq!(source.timeline.len(), 40 - count);
        let left: HashSet<String> = (0..40).map(|it| format!("Event {it}")).collect();
        let gone: HashSet<String> = titles.iter().cloned().collect();
        let found = source.timeline.events();
        let found = found.map(|event| source.timeline.event(event).title.to_owned());
        assert_eq!(found.collect::<HashSet<_>>(), &left - &gone);
        together.undo();
        assert_eq!(together.text().as_str(), text);
    }
}
