use super::*;
use crate::formats::{
    read,
    rows::{DateText, LessonRow, List, Text},
    source::SourceText,
};

fn row(title: &str, date: &str) -> EventRow<'static> {
    EventRow {
        title: Some(Text::owned(title)),
        date: Some(DateText(Text::owned(date))),
        ..EventRow::default()
    }
}

fn of(events: impl IntoIterator<Item = EventRow<'static>>) -> FileRow<'static> {
    FileRow {
        title: Some(Text::owned("Wars")),
        events: List::from_iter(events),
        ..FileRow::default()
    }
}

/// The fields of the events that are read again, as they stand in the text that was made.
fn again(text: &str) -> Vec<serde_json::Value> {
    let source = read(text.as_bytes()).expect("it is opened");
    let SourceText::Kept(text) = source.text() else {
        panic!("it is kept");
    };
    let file: serde_json::Value = serde_json::from_str(text).expect("it is JSON");
    file["events"].as_array().cloned().unwrap_or_default()
}

#[test]
fn dates_as_a_calendar_holds_them() {
    for (edtf, start, end) in [
        ("2014", "20140101", Some("20150101")),
        ("2014-12", "20141201", Some("20150101")),
        ("2014-06-10", "20140610", None),
        ("2014-06-10/2014-06-12", "20140610", Some("20140613")),
        ("2014-06-10/2016", "20140610", Some("20170101")),
        ("2014/..", "20140101", None),
        ("9999", "99990101", None),
        ("2014-06-10T14:30:00", "20140610T143000", None),
        ("2014-06-10T14:30:00+02:00", "20140610T123000Z", None),
        (
            "2014-06-10T14:30:00Z/2014-06-10T16:00:00Z",
            "20140610T143000Z",
            Some("20140610T160000Z"),
        ),
    ] {
        let stamps = stamps(edtf, &mut Losses::default()).expect(edtf);
        assert_eq!(
            (&*stamps.start, stamps.end.as_deref()),
            (start, end),
            "{edtf}"
        );
    }
    for edtf in ["-0043-03-15", "0000", "Y12000", "soon"] {
        assert_eq!(stamps(edtf, &mut Losses::default()), None, "{edtf}");
    }
}

#[test]
fn a_calendar_is_written_in_the_order_of_time_with_its_losses() {
    let mut later = row("Mosul, falls; \\ \n", "2014-06-10");
    later.lane = Some(Text::owned("War"));
    later.tags = List::from_iter([Text::owned("a,b")]);
    later.place = Some(Text::owned("Mosul"));
    later.summary = Some(Text::owned("One."));
    later.details = Some(Text::owned("Two."));
    later.importance = Some(5.0);
    let mut rows = of([later, row("Founded", "2013"), row("Caesar", "-0043-03-15")]);
    rows.lessons.push(LessonRow::default());
    let mut losses = Losses::default();
    let text = file(&rows, &mut losses);
    assert_eq!(
        text.lines().collect::<Vec<_>>(),
        [
            "BEGIN:VCALENDAR",
            "VERSION:2.0",
            "PRODID:-//Meanwhile//Meanwhile//EN",
            "X-WR-CALNAME:Wars",
            "BEGIN:VEVENT",
            "UID:founded@meanwhile",
            "DTSTAMP:20130101T000000Z",
            "DTSTART;VALUE=DATE:20130101",
            "DTEND;VALUE=DATE:20140101",
            "X-MEANWHILE-DATE:2013",
            "SUMMARY:Founded",
            "END:VEVENT",
            "BEGIN:VEVENT",
            "UID:mosul-falls@meanwhile",
            "DTSTAMP:20140610T000000Z",
            "DTSTART;VALUE=DATE:20140610",
            "SUMMARY:Mosul\\, falls\\; \\\\ \\n",
            "CATEGORIES:War,a\\,b",
            "LOCATION:Mosul",
            "DESCRIPTION:One.\\n\\nTwo.",
            "END:VEVENT",
            "END:VCALENDAR",
        ]
    );
    assert!(text.ends_with("END:VCALENDAR\r\n"));
    assert_eq!(
        losses.lines().collect::<Vec<_>>(),
        [
            "events before the year 1, after 9999 or without a date (1)",
            "how important events are (1)",
            "lessons (1)",
            "that dates are no more exact than a month or a year (1)",
        ]
    );
}

#[test]
fn long_lines_are_folded_between_characters() {
    let title = "Müller and the snow ☃ ".repeat(20).trim().to_owned();
    let text = file(&of([row(&title, "2014")]), &mut Losses::default());
    assert!(
        text.lines().all(|line| line.len() <= LONGEST_LINE),
        "{text}"
    );
    assert_eq!(again(&text)[0]["title"], title.as_str());
}

#[test]
fn ids_are_made_once_each() {
    let mut taken = row("x", "2014");
    taken.id = Some(Text::owned("a-2"));
    let rows = of([row("A", "2014"), row("A!", "2014"), taken]);
    let text = file(&rows, &mut Losses::default());
    let ids = text.lines().filter_map(|line| line.strip_prefix("UID:"));
    assert_eq!(
        ids.collect::<Vec<_>>(),
        ["a@meanwhile", "a-3@meanwhile", "a-2@meanwhile"]
    );
}

fn dates() -> impl proptest::strategy::Strategy<Value = String> {
    proptest::sample::select(vec![
        "0001",
        "2014",
        "2014?",
        "199X",
        "2014-12",
        "2014-06-10",
        "2014-06-10/2014-06-12",
        "2014/2016-10",
        "2014/..",
        "2003/",
        "9999-12-31",
        "2014-06-10T14:30:00",
        "2014-06-10T14:30:00Z",
        "2014-06-10T14:30:00+02:00",
        "2014-06-10T23:30:00/2014-06-12T01:00:00",
        "2014-06-10/2014-06-12T01:00:00",
        "2014-06-10T14:30:00/2014-06-12",
    ])
    .prop_map(str::to_owned)
}

use proptest::strategy::Strategy as _;

proptest::proptest! {
#![proptest_config(crate::testing::fixed(200))]

    #[test]
    fn what_is_written_is_read_again(
        (title, date) in ("[A-Za-z,;:\\\\é☃]( ?[A-Za-z,;:\\\\é☃\"]){0,60}", dates()),
        (lane, tags) in (
            proptest::option::of("[a-z,;\\\\]{1,9}"),
            proptest::collection::btree_set("[A-Z,]{1,9}", 0..3),
        ),
        (place, summary) in (
            proptest::option::of("[a-z][a-z,;\\\\é]{0,90}"),
            proptest::option::of("[a-z](\\n?[a-z,;\\\\ ]){0,90}[a-z]"),
        ),
    ) {
        let mut event = row(&title, &date);
        event.id = Some(Text::owned("an-id"));
        event.lane = lane.map(Text::owned);
        event.tags = tags.into_iter().map(Text::owned).collect();
        event.place = place.map(Text::owned);
        event.summary = summary.map(Text::owned);
        let text = file(&of([event.clone()]), &mut Losses::default());
        let expected = serde_json::to_value(&event).unwrap();
        proptest::prop_assert_eq!(again(&text), vec![expected], "{}", text);
    }
}
