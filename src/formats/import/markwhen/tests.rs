use crate::formats::{Format, Source, json, read, source::SourceText};
use crate::testing::said;

const FIXTURE: &str = "---\r
title: Wars of a century\r
description: |\r
  The first and the second.\r
timezone: Europe/Paris\r
#world: red\r
---\r
1900: Before all\r
# World wars #grim\r
// Nobody sees this.\r
1914-07-28 / 1918-11-11: The first #world #war\r
id: first\r
location: Europe\r
tags: [a, b c]\r
It began in Sarajevo.\r
- [ ] Read [more](https://example.org/a)\r
\r
It ended in Compiègne.\r
![A trench](trench.jpg)\r
Source: [The war](https://example.org/w), page 7\r
\r
\\2014: no event\r
## Second\r
Dec 7 1941: Pearl Harbor\r
after !first 3 days: Peace\r
5 days: More peace\r
now: Today\r
after !none 3 days: Never\r
1950 every 2 weeks for 1 year: Meeting\r
# Later\r
1990 - now: Peace [here](https://example.org/p)\r
";

fn opened(text: &str) -> Source {
    read(text.as_bytes()).expect("it is opened")
}

fn json_of(source: &Source) -> String {
    match source.text() {
        SourceText::Kept(text) => text.to_string(),
        SourceText::InFile(_) | SourceText::Open => String::new(),
    }
}

/// Title, date and lane of each event.
fn events(source: &Source) -> Vec<String> {
    let text = json_of(source);
    let rows = json::rows(&text).unwrap();
    let events = rows.events.iter().map(|(_, event)| {
        let date = event.date.as_ref().map_or("", |date| &*date.0);
        let title = event.title.as_deref().unwrap_or_default();
        let lane = event.lane.as_deref().unwrap_or_default();
        format!("{title} | {date} | {lane}")
    });
    events.collect()
}

#[test]
fn a_markwhen_text_is_opened() {
    let source = opened(FIXTURE);
    assert_eq!(source.format, Format::Markwhen);
    assert_eq!(source.timeline.title(), "Wars of a century");
    assert_eq!(source.timeline.about(), "The first and the second.");
    assert_eq!(
        events(&source),
        [
            "Before all | 1900 | ",
            "The first | 1914-07-28/1918-11-11 | World wars",
            "Pearl Harbor | 1941-12-07 | World wars",
            "Peace | 1918-11-12/1918-11-14 | World wars",
            "More peace | 1918-11-15/1918-11-19 | World wars",
            "Meeting | 1950 | World wars",
            "Peace here | 1990/.. | Later",
        ]
    );
    let help = super::DATE_HELP;
    assert_eq!(
        said(&source),
        [
            "5:1: warning: a timeline has no place for “timezone”: it is left out".to_owned(),
            "6:1: warning: a timeline has no place for “#world”: it is left out".to_owned(),
            format!(
                "27:1: error: date: “now”: what is “now” is not known here, \
                     so the event is left out; {help}"
            ),
            format!(
                "28:1: error: date: “after !none 3 days”: no event above has the id “none”, \
                     so the event is left out; {help}"
            ),
            "29:1: error: date: it recurs “every 2 weeks for 1 year”, \
                 and only the first time is kept"
                .to_owned(),
        ]
    );
}

#[test]
fn an_event_has_all_its_parts() {
    let text = json_of(&opened(FIXTURE));
    let rows = json::rows(&text).unwrap();
    let first = &rows.events.0[1].1;
    let text = |text: &Option<crate::formats::rows::Text<'_>>| {
        text.as_deref().unwrap_or_default().to_owned()
    };
    assert_eq!(text(&first.id), "first");
    assert_eq!(text(&first.place), "Europe");
    assert_eq!(
        text(&first.summary),
        "It began in Sarajevo.\n- [ ] Read [more](https://example.org/a)"
    );
    assert_eq!(
        text(&first.details),
        "It ended in Compiègne.\n\n2014: no event"
    );
    let tags: Vec<&str> = first.tags.iter().map(|(_, tag)| &**tag).collect();
    assert_eq!(tags, ["grim", "a", "b c", "world", "war"]);
    assert_eq!(text(&first.media.0[0].1.file), "trench.jpg");
    assert_eq!(text(&first.media.0[0].1.alt), "A trench");
    assert_eq!(text(&first.sources.0[0].1.source), "https://example.org/w");
    assert_eq!(text(&first.sources.0[0].1.place_in_source), "page 7");
    assert_eq!(text(&rows.sources.0[0].1.title), "The war");
    let harbor = &rows.events.0[2].1;
    assert_eq!(&*harbor.tags.0[0].1, "Second");
    assert_eq!(text(&rows.events.0[6].1.details), "<https://example.org/p>");
}

#[test]
fn older_files_and_years_before_christ() {
    let source = opened(
        "dateFormat: d/M/y\n13/4/2014: Day first\ngroup Rome\n1 BC: One\n44 BC: The Ides\n\
             300 BC - 200 BC: Wars\nsection Late\n476: Fall\nendSection\nendGroup\n812: After\n",
    );
    assert_eq!(
        events(&source),
        [
            "Day first | 2014-04-13 | ",
            "One | 0000 | Rome",
            "The Ides | -0043 | Rome",
            "Wars | -0299/-0199 | Rome",
            "Fall | 0476 | Rome",
            "After | 0812 | ",
        ]
    );
    assert_eq!(said(&source), Vec::<String>::new());
}

#[test]
fn what_is_malformed_is_said_and_the_rest_is_shown() {
    let source = opened(
        "some words\n# A\nno event yet\n2014: a\nendGroup\nendGroup\n2016 - 2014: b\ngroup X\n2015: c",
    );
    assert_eq!(
        events(&source),
        ["a | 2014 | A", "b | 2016 | A", "c | 2015 | A"]
    );
    let said = said(&source);
    for part in [
        "1:1: error: this text stands before the first event",
        "3:1: error: this text belongs to no event",
        "5:1: warning: no group is open",
        "6:1: warning: no group is open",
        "7:1: error: date: “2016 - 2014”: the end lies before the start",
        "8:1: warning: the group “X” has no end",
    ] {
        assert!(
            said.iter().any(|it| it.starts_with(part)),
            "{part} {said:?}"
        );
    }
}

#[test]
fn other_texts_are_no_markwhen() {
    for text in [
        "date,title\n2014,Mosul: it falls\n2015,x: y\n",
        "{\"2014\": 1}",
        "<a>\n2014: x\n</a>",
        "BEGIN:VCALENDAR\n2014: x\n",
        "1: one\n2: two\n",
        "It was 2014: all was well\n",
    ] {
        let is_markwhen = super::Importer::is_of(&super::Markwhen, text);
        assert!(!is_markwhen, "{text}");
    }
}

proptest::proptest! {
#![proptest_config(crate::testing::fixed(200))]

    #[test]
    fn a_changed_text_is_read_or_refused(
        at in 0_usize..900,
        bytes in proptest::collection::vec(proptest::prelude::any::<u8>(), 0..12),
        cut in 0_usize..1200,
    ) {
        let mut text = FIXTURE.as_bytes().to_vec();
        let at = at.min(text.len());
        text.splice(at..at, bytes.iter().copied());
        text.truncate(cut.max(10));
        let _ = read(&text);
        let _ = read(&bytes);
    }
}
