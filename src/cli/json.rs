//! `meanwhile list --json`: events for other programs.
//!
//! Adds what a program could not read from the file itself: the date in words and as two instants.

use serde::Serialize;

use super::selection::Selection;
use crate::{
    model::{Certainty, EventId, Timeline},
    time::{Moment, When},
};

/// One event. The names of the fields are a promise to scripts.
#[derive(Serialize, Debug)]
struct Row<'a> {
    id: &'a str,
    title: &'a str,
    /// EDTF, as the file gives it.
    date: &'a str,
    date_words: String,
    /// The first second that it may touch; in UTC, and with a Z, where the date has a distance from it.
    earliest: Option<String>,
    /// The last second that it may touch.
    latest: Option<String>,
    /// The names of the eras that it touches.
    eras: Vec<&'a str>,
    /// The lane's id.
    lane: Option<&'a str>,
    certainty: Certainty,
    importance: u8,
    /// Markdown.
    summary: &'a str,
}

/// The chosen events as an array of objects, in the order of time.
pub fn render(timeline: &Timeline, selection: &Selection) -> String {
    let rows: Vec<_> = selection
        .events(timeline)
        .map(|event| row(timeline, event))
        .collect();
    // Only maps whose keys aren't strings fail, and there are none.
    let mut text = serde_json::to_string_pretty(&rows).unwrap_or_default();
    text.push('\n');
    text
}

fn row(timeline: &Timeline, event: EventId) -> Row<'_> {
    let record = timeline.event(event);
    let when = timeline.when(event);
    // Nothing is known of an unknown year.
    let has_year = !matches!(&when, When::Date(range) if range.is_of_unknown_year());
    let zone = if when.has_offset() { "Z" } else { "" };
    let iso = |moment| iso(moment) + zone;
    let lane = &timeline.lane_record(timeline.lane(event)).id;
    Row {
        id: record.id,
        title: record.title,
        date: record.date,
        date_words: timeline.date_words(event).to_string(),
        earliest: when.earliest().filter(|_| has_year).map(iso),
        // The model's end is exclusive.
        latest: when
            .latest()
            .filter(|_| has_year)
            .map(|after| iso(after.plus_secs(-1))),
        eras: timeline
            .eras_of(event)
            .map(|era| era.label.as_str())
            .collect(),
        lane: (!lane.is_empty()).then_some(lane),
        certainty: timeline.certainty(event),
        importance: timeline.importance(event),
        summary: record.summary,
    }
}

/// ISO 8601 without a time zone; years of more than four digits with a sign, as the standard asks.
fn iso(moment: Moment) -> String {
    let civil = moment.civil();
    let year = match civil.year {
        year @ 0..=9999 => format!("{year:04}"),
        year => format!("{year:+05}"),
    };
    let crate::time::Civil {
        month,
        day,
        hour,
        minute,
        second,
        ..
    } = civil;
    format!("{year}-{month:02}-{day:02}T{hour:02}:{minute:02}:{second:02}")
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::*;
    use crate::{formats, open::SHIPPED, time::Civil};

    #[test]
    fn an_event_is_an_object() {
        let timeline = formats::read(SHIPPED.as_bytes()).unwrap().timeline;
        let rows: Value = serde_json::from_str(&render(&timeline, &Selection::default())).unwrap();
        let rows = rows.as_array().unwrap();
        assert_eq!(rows.len(), 15);
        let find = |id: &str| rows.iter().find(|row| row["id"] == id).unwrap();
        let released = find("khazali-released");
        assert_eq!(released["date_words"], "2010 · month and day not stated");
        assert_eq!(released["earliest"], "2010-01-01T00:00:00");
        assert_eq!(released["latest"], "2010-12-31T23:59:59");
        assert_eq!(released["certainty"], "reported");
        assert_eq!(released["lane"], "militias");
        assert_eq!(find("mahdi-army")["latest"], json!(null));
        assert_eq!(find("moore-held")["earliest"], json!(null));
    }

    #[test]
    fn an_event_has_the_names_of_its_eras_and_instants_in_utc_a_z() {
        let json = r#"{"title":"T","eras":[{"label":"A","date":"2003/2005"},{"label":"B","date":"2004/2010"}],
            "events":[{"title":"One","date":"2004"},{"title":"Two","date":"2025-03-30T01:15+01:00"}]}"#;
        let timeline = formats::read(json.as_bytes()).unwrap().timeline;
        let rows: Value = serde_json::from_str(&render(&timeline, &Selection::default())).unwrap();
        assert_eq!(rows[0]["eras"], json!(["A", "B"]));
        assert_eq!(rows[1]["eras"], json!([]));
        assert_eq!(rows[0]["earliest"], "2004-01-01T00:00:00");
        assert_eq!(rows[1]["earliest"], "2025-03-30T00:15:00Z");
    }

    #[test]
    fn moments_are_written_as_the_standard_asks() {
        for (civil, expected) in [
            (
                Civil::date(2016, 10, 20).at(9, 30, 0),
                "2016-10-20T09:30:00",
            ),
            (Civil::date(33, 4, 3), "0033-04-03T00:00:00"),
            (Civil::date(0, 1, 1), "0000-01-01T00:00:00"),
            (Civil::date(-43, 3, 15), "-0043-03-15T00:00:00"),
            (Civil::year(12_000), "+12000-01-01T00:00:00"),
            (Civil::year(-13_800_000_000), "-13800000000-01-01T00:00:00"),
        ] {
            assert_eq!(iso(Moment::from_civil(civil).unwrap()), expected);
        }
    }
}
