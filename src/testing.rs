//! Helpers shared by the tests of several modules.

use std::sync::Arc;

use proptest::{
    collection::vec,
    prelude::{ProptestConfig, any},
    test_runner::{RngSeed, TestRunner},
};
use serde_json::Value;

use crate::{
    formats::{Source, read, source::SourceText},
    layout::LaneIndex,
    model::{FileEvent, Header, Texts, TimelineBuilder},
    time::When,
};

/// A configuration with this many cases, the same on every run, and no file of failures.
pub fn fixed(cases: u32) -> ProptestConfig {
    ProptestConfig {
        cases,
        rng_seed: RngSeed::Fixed(2016),
        failure_persistence: None,
        ..ProptestConfig::default()
    }
}

/// The index of a chronology of so many events, a year each.
pub fn lane_index_of(events: usize) -> Arc<LaneIndex> {
    let mut builder = TimelineBuilder::new(Header::default());
    for number in 0..events {
        let when = When::parse(&format!("{:04}", 1900 + number)).expect("a date");
        builder.event(&FileEvent::new(Texts::default(), Some(when)));
    }
    Arc::new(LaneIndex::of(Arc::new(builder.build())))
}

/// `title | date in words | lane` of each event, in the order of time.
pub fn events(source: &Source) -> Vec<String> {
    let timeline = &source.timeline;
    let events = timeline.events().map(|event| {
        let date = timeline.date_words(event);
        let lane = &timeline.lane_record(timeline.lane(event)).label;
        format!("{} | {} | {lane}", timeline.event(event).title, date.date)
    });
    events.collect()
}

/// What is read of a foreign file, and the text that is made of it, as JSON.
pub fn opened_with_rows(text: &str) -> (Source, Value) {
    let source = read(text.as_bytes()).expect("it is opened");
    let SourceText::Kept(text) = source.text() else {
        panic!("the text of an import is kept");
    };
    let rows = serde_json::from_str(text).expect("it is JSON");
    (source, rows)
}

/// `title | date as written | lane` of each event of such a text, in its order.
pub fn row_lines(rows: &Value) -> Vec<String> {
    let events = rows["events"].as_array().unwrap().iter();
    let word = |value: &Value| value.as_str().unwrap_or_default().to_owned();
    let events = events.map(|event| {
        let [title, date, lane] = ["title", "date", "lane"].map(|it| word(&event[it]));
        format!("{title} | {date} | {lane}")
    });
    events.collect()
}

/// What is wrong with a file, a line each.
pub fn said(source: &Source) -> Vec<String> {
    source.diagnostics.iter().map(ToString::to_string).collect()
}

/// Reads a file with bytes changed and cut off, and bytes of no format: each is read or refused.
pub fn survives_changes(fixture: &str) {
    let changes = vec((any::<usize>(), any::<u8>()), 0..4);
    let cases = (changes, any::<Option<usize>>(), vec(any::<u8>(), 0..200));
    let checked = TestRunner::new(fixed(300)).run(&cases, |(changes, cut, any_bytes)| {
        let mut bytes = fixture.as_bytes().to_vec();
        let length = bytes.len();
        for (at, byte) in changes {
            if let Some(place) = bytes.get_mut(at % length) {
                *place = byte;
            }
        }
        if let Some(cut) = cut {
            bytes.truncate(cut % length);
        }
        let _read_or_refused = (read(&bytes), read(&any_bytes));
        Ok(())
    });
    checked.unwrap();
}
