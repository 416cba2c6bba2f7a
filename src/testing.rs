//! Helpers shared by the tests of several modules.

use proptest::{prelude::ProptestConfig, test_runner::RngSeed};

use crate::formats::Source;

/// A configuration with this many cases, the same on every run, and no file of failures.
pub fn fixed(cases: u32) -> ProptestConfig {
    ProptestConfig {
        cases,
        rng_seed: RngSeed::Fixed(2016),
        failure_persistence: None,
        ..ProptestConfig::default()
    }
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

/// What is wrong with a file, a line each.
pub fn said(source: &Source) -> Vec<String> {
    source.diagnostics.iter().map(ToString::to_string).collect()
}
