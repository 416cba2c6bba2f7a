use super::{stamps::Length, *};
use crate::formats::{Source, read};
use crate::testing::said;

const FIXTURE: &str = "BEGIN:VCALENDAR\r
VERSION:2.0\r
PRODID:-//Other//Other//EN\r
X-WR-CALNAME:Wars\\, and peace\r
X-WR-CALDESC:Of a century\r
X-WR-TIMEZONE:Europe/Berlin\r
BEGIN:VTIMEZONE\r
TZID:Local time\r
X-LIC-LOCATION:Europe/Berlin\r
BEGIN:STANDARD\r
DTSTART:19701025T030000\r
END:STANDARD\r
END:VTIMEZONE\r
BEGIN:VEVENT\r
DTSTART;VALUE=DATE:20140610\r
DTEND;VALUE=DATE:20140613\r
DTSTAMP:20200101T000000Z\r
UID:one@example.org\r
SUMMARY:Mosul fal\r
 ls\\, at last\r
DESCRIPTION:What <b>happened</b>.\\n\\nThe rest: <https://example.org/b>\r
LOCATION:Mosul\r
GEO:36.34;43.13\r
CATEGORIES:War,Iraq\\, north\r
CATEGORIES:City\r
URL:https://example.org/a\r
ATTACH;FMTTYPE=image/jpeg:https://example.org/a.jpg\r
ATTENDEE;CN=\"Doe: Jane\":mailto:jane@example.org\r
ORGANIZER:mailto:nobody@example.org\r
COMMENT:a\r
BEGIN:VALARM\r
SUMMARY:Wake up\r
END:VALARM\r
STATUS:CANCELLED\r
END:VEVENT\r
BEGIN:VEVENT\r
DTSTART;TZID=Europe/Berlin:20140611T143000\r
DURATION:PT1H30M\r
SUMMARY:Zoned\r
END:VEVENT\r
BEGIN:VEVENT\r
DTSTART;TZID=Local time:20140112T143000\r
SUMMARY:Zone of the file\r
END:VEVENT\r
BEGIN:VEVENT\r
dtstart;tzid=Nowhere:20140613T143000\r
summary:Unknown zone\r
END:VEVENT\r
BEGIN:VEVENT\r
DTSTART:20140614T143000Z\r
DTEND:20140614T120000Z\r
RRULE:FREQ=WEEKLY\r
STATUS:TENTATIVE\r
SUMMARY:Backwards\r
END:VEVENT\r
BEGIN:VEVENT\r
SUMMARY:Never\r
END:VEVENT\r
BEGIN:VEVENT\r
DTSTART:2014\r
SUMMARY:No day\r
END:VEVENT\r
BEGIN:VTODO\r
DUE;VALUE=DATE:20140620\r
SUMMARY:A task\r
a line of prose\r
END:VTODO\r
BEGIN:VFREEBUSY\r
END:VFREEBUSY\r
END:VCALENDAR\r
";

fn opened(text: &str) -> Source {
    read(text.as_bytes()).expect("it is opened")
}

/// Title, date in EDTF and lane of each event, as the text that is made holds them.
fn events(source: &Source) -> Vec<String> {
    let crate::formats::source::SourceText::Kept(text) = source.text() else {
        panic!("it is kept");
    };
    let file: serde_json::Value = serde_json::from_str(text).expect("it is JSON");
    let events = file["events"].as_array().cloned().unwrap_or_default();
    let field =
        |event: &serde_json::Value, name: &str| event[name].as_str().unwrap_or_default().to_owned();
    let line = |event: &serde_json::Value| {
        ["title", "date", "lane"]
            .map(|name| field(event, name))
            .join(" | ")
    };
    events.iter().map(line).collect()
}

#[test]
fn a_calendar_is_opened() {
    let source = opened(FIXTURE);
    assert_eq!(source.timeline.title(), "Wars, and peace");
    assert_eq!(source.timeline.about(), "Of a century");
    assert_eq!(
        events(&source),
        [
            "Mosul falls, at last | 2014-06-10/2014-06-12 | War",
            "Zoned | 2014-06-11T14:30:00+02:00/2014-06-11T16:00:00+02:00 | ",
            "Zone of the file | 2014-01-12T14:30:00+01:00 | ",
            "Unknown zone | 2014-06-13T14:30:00 | ",
            "Backwards | 2014-06-14T14:30:00Z | ",
            "A task | 2014-06-20 | ",
        ]
    );
    let mosul = source.timeline.events().find_map(|event| {
        let record = source.timeline.event(event);
        record.title.starts_with("Mosul").then_some(record)
    });
    let mosul = mosul.expect("it is there");
    assert_eq!(mosul.summary, "What **happened**.");
    assert!(mosul.details.contains("https://example.org/b"));
    assert!(mosul.details.ends_with("<https://example.org/a>"));
    assert_eq!(mosul.media.len(), 1);
    let person = source.timeline.person(mosul.people[0]);
    assert_eq!(person.name.as_str(), "Doe: Jane");
    assert_eq!(
        said(&source),
        [
            "29:1: warning: ORGANIZER: a timeline has no place for “ORGANIZER”: it is left out",
            "30:1: warning: COMMENT: a timeline has no place for “COMMENT”: it is left out",
            "31:1: warning: a timeline has no place for “VALARM”: it is left out",
            "46:1: warning: DTSTART: the time zone “Nowhere” is not known, so times in it are \
                 shown without one; name it like Europe/Berlin",
            "49:1: warning: an event is repeated, and is shown where it is for the first time",
            "51:1: error: DTEND: the end “20140614T120000Z” is not understood or lies before \
                 the start, and is left out; write it like 20140610 or 20140610T143000Z",
            "53:1: warning: STATUS: a timeline has no place for “STATUS:TENTATIVE”: it is left out",
            "56:1: error: this event has no date, so the event is left out; give it a DTSTART",
            "60:1: error: DTSTART: the date “2014” is not understood, so the event is left out; \
                 write it like 20140610 or 20140610T143000Z",
            "66:1: error: the line “a line of prose” is not understood, and is left out; \
                 write NAME:value, and begin the lines that continue it with a space",
            "68:1: warning: a timeline has no place for “VFREEBUSY”: it is left out",
        ]
    );
}

#[test]
fn a_calendar_that_was_cut_off_is_shown() {
    let source = opened(
        "BEGIN:VCALENDAR\nEND:VEVENT\nBEGIN:VEVENT\nDTSTART:20140610\nSUMMARY:One\n\
             BEGIN:VEVENT\nDTSTART:20140611\nSUMMARY:Tw",
    );
    assert_eq!(
        events(&source),
        ["One | 2014-06-10 | ", "Tw | 2014-06-11 | "]
    );
    assert_eq!(
        said(&source),
        [
            "1:1: warning: the calendar does not end, so something may be missing; \
                 the file may have been cut off",
            "2:1: error: END:VEVENT stands here without its beginning; \
                 what belongs to it is left out",
            "3:1: error: this event does not end: what stands here is shown; \
                 the file may have been cut off",
            "6:1: error: this event does not end: what stands here is shown; \
                 the file may have been cut off",
        ]
    );
}

#[test]
fn an_own_date_counts_unless_the_event_was_moved() {
    let event = |start: &str| {
        format!(
            "BEGIN:VCALENDAR\nPRODID:{PRODUCT}\nBEGIN:VEVENT\nDTSTART;VALUE=DATE:{start}\n\
                 DTEND;VALUE=DATE:20150101\nX-MEANWHILE-DATE:2014~\nSUMMARY:a\nEND:VEVENT\n\
                 END:VCALENDAR\n"
        )
    };
    assert_eq!(events(&opened(&event("20140101"))), ["a | 2014~ | "]);
    let moved = opened(&event("20140201"));
    assert_eq!(events(&moved), ["a | 2014-02-01/2014-12-31 | "]);
    assert_eq!(moved.diagnostics.len(), 1);
}

#[test]
fn lengths() {
    for (text, expected) in [
        ("P1D", Some((1, 0))),
        ("P2W", Some((14, 0))),
        ("PT1H30M", Some((0, 5400))),
        ("P1DT1S", Some((1, 1))),
        ("-P1D", None),
        ("P1", None),
        ("P99999999999999999999D", None),
    ] {
        let length = Length::read(text).map(|length| (length.days, length.secs));
        assert_eq!(length, expected, "{text}");
    }
}

proptest::proptest! {
#![proptest_config(crate::testing::fixed(200))]

    #[test]
    fn a_changed_calendar_is_read_or_refused(
        at in 0_usize..FIXTURE.len(),
        byte in proptest::prelude::any::<u8>(),
        cut in 0_usize..FIXTURE.len(),
    ) {
        let mut calendar = FIXTURE.as_bytes().to_vec();
        if let Some(place) = calendar.get_mut(at) {
            *place = byte;
        }
        calendar.truncate(cut.max(40));
        let _ = read(&calendar);
    }

    #[test]
    fn any_lines_are_read(lines in "([A-Z]{0,8}[:;=\"\\\\]?[^\r]{0,9}\n){0,20}") {
        let _ = read(format!("BEGIN:VCALENDAR\nBEGIN:VEVENT\nDTSTART:{lines}").as_bytes());
    }
}
