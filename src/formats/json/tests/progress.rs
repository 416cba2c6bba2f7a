//! The progress of reading, and its cancellation.

use crate::formats::{ReadError, ReadOptions, ReadProgress, read_with};

/// Many events, the last of which has this date.
fn many(last_date: &str) -> String {
    let mut events: Vec<String> = (0..1000)
        .map(|event| format!(r#"{{"title": "Event {event}", "date": "2001"}}"#))
        .collect();
    events.push(format!(r#"{{"title": "Last", "date": {last_date}}}"#));
    format!(r#"{{"events": [{}]}}"#, events.join(","))
}

#[test]
fn whoever_waits_sees_how_far_a_reading_has_come() {
    for (text, events) in [(many(r#""2002""#), 1001), (many("[]"), 1000)] {
        let progress = ReadProgress::default();
        progress.fetched(1, 1);
        let before = progress.share();
        let loaded = read_with(text.as_bytes(), &ReadOptions::default(), &progress).unwrap();
        assert_eq!(loaded.timeline.len(), events);
        let after = progress.share();
        assert!(before < 0.3 && after > 0.95, "{before} {after}");
    }
}

#[test]
fn a_reading_that_nobody_waits_for_ends() {
    for text in [many(r#""2002""#), many("[]")] {
        let progress = ReadProgress::default();
        progress.cancel();
        let ended = read_with(text.as_bytes(), &ReadOptions::default(), &progress);
        assert!(matches!(ended, Err(ReadError::Cancelled)), "{ended:?}");
        assert!(progress.share() < 0.1, "{}", progress.share());
    }
}
