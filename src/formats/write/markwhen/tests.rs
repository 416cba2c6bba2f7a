use proptest::prelude::*;

use super::*;
use crate::formats::syntax::markwhen::unescaped;
use crate::{
    formats::{
        json, read,
        rows::{DateText, LaneRow, Text},
        source::SourceText,
    },
    testing::fixed,
};

fn read_back(text: &str) -> String {
    let source = read(text.as_bytes()).expect("it is opened");
    match source.text() {
        SourceText::Kept(text) => text.to_string(),
        SourceText::InFile(_) | SourceText::Open => String::new(),
    }
}

#[test]
fn a_chronology_is_written() {
    let rows = json::rows(
        r##"{"title": "Wars", "subtitle": "s", "about": "a: b",
            "lanes": [{"id": "w", "label": "War", "color": "#000000"}],
            "places": [{"id": "p", "name": "Rome"}],
            "sources": [{"id": "s", "title": "T", "url": "https://example.org/a"}],
            "events": [
                {"title": "Later", "date": "2014/..", "lane": "w", "certainty": "disputed"},
                {"id": "i", "title": "Ides", "date": "-0043-03-15", "lane": "w", "place": "p",
                 "summary": "2014: no event", "details": "# No heading\nid: x",
                 "tags": ["a b", "1914"],
                 "media": [{"file": "a b.jpg", "alt": "x"}],
                 "sources": [{"source": "s", "where": "page 7"}]},
                {"title": "Alone", "date": "2014-06-10/2016"}
            ]}"##,
    )
    .unwrap();
    let mut losses = Losses::default();
    assert_eq!(
        file(&rows, &mut losses),
        "title: Wars\ndescription: \"a: b\"\n\n2014-06-10/2016: Alone\n\n# War\n\n\
             44 BC: Ides #a_b\nid: i\nlocation: Rome\ntags: [1914]\n\\2014: no event\n\n\
             \\# No heading\nid: x\n\n![x](<a b.jpg>)\n\
             Source: [T](https://example.org/a), page 7\n\n2014/now: Later\n"
    );
    assert_eq!(
        losses.lines().collect::<Vec<_>>(),
        [
            "colours of lanes (1)",
            "how certain events are (1)",
            "months and days before the year 1 (1)",
            "tags as they are spelled (1)",
            "the subtitle (1)"
        ]
    );
}

#[test]
fn a_line_that_means_something_is_escaped_and_read_back() {
    for line in [
        "2014: a",
        "\\2014: a",
        "# a",
        "\\# a",
        "#a",
        "\\#a",
        "  12/2012: a",
        "// a",
        "Source: a",
        "group a",
        "a #b \\#c",
        "now: a",
        "plain: #1",
        "\\",
        "\\\\a",
    ] {
        assert_eq!(unescaped(&escaped(line)), line);
    }
}

proptest! {
    #![proptest_config(fixed(200))]

    #[test]
    fn simple_events_are_read_back(
        events in prop::collection::vec((
            "[A-Za-z][a-z0-9:#/ é]{0,12}[a-z#1]",
            -3000_i64..3000,
            0_u8..13,
            0_u8..29,
            0_i64..40,
            "|[A-Za-z0-9#:/ \\\\\n.-]{0,20}[a-z]",
            "(|a|B c|x #y)",
        ), 1..6),
    ) {
        let mut rows = FileRow {
            title: Some(Text::owned("Test")),
            ..FileRow::default()
        };
        for lane in ["a", "B c", "x #y"] {
            rows.lanes.push(LaneRow {
                id: Some(Text::owned(lane)),
                label: Some(Text::owned(lane)),
                color: None,
            });
        }
        // A year that certainly makes it a markwhen text.
        let first = ("First".to_owned(), 1900, 0, 0, 0, String::new(), String::new());
        for (number, it) in std::iter::once(&first).chain(&events).enumerate() {
            let (title, year, month, day, lasts, summary, lane) = it;
            let year_text = |year: i64| {
                if year < 0 { format!("-{:04}", -year) } else { format!("{year:04}") }
            };
            let mut date = year_text(*year);
            // Before the year 1 there are years alone.
            if *month > 0 && *year > 0 {
                date += &format!("-{month:02}");
                if *day > 0 {
                    date += &format!("-{day:02}");
                }
            }
            if *lasts > 0 {
                date += &format!("/{}", year_text(year + lasts));
            }
            let summary = summary.split_whitespace().collect::<Vec<_>>();
            rows.events.push(EventRow {
                id: Some(Text::owned(format!("event-{number}"))),
                title: Text::some(title.clone()),
                date: Some(DateText(Text::owned(date))),
                lane: Text::some(lane.clone()),
                summary: Text::some(summary.join("\n")),
                place: (number % 2 == 0).then(|| Text::owned("Rome")),
                tags: ["t", "u_v"].map(Text::owned).into_iter().collect(),
                ..EventRow::default()
            });
        }
        let text = file(&rows, &mut Losses::default());
        let back = read_back(&text);
        let back = json::rows(&back).unwrap();
        prop_assert_eq!(back.events.len(), rows.events.len(), "{}", text);
        for (_, event) in &back.events {
            let own = rows.events.iter().find(|(_, own)| own.id == event.id);
            let own = &own.unwrap().1;
            prop_assert_eq!(&event.title, &own.title, "{}", text);
            prop_assert_eq!(&event.date, &own.date, "{}", text);
            prop_assert_eq!(&event.lane, &own.lane, "{}", text);
            prop_assert_eq!(&event.summary, &own.summary, "{}", text);
            prop_assert_eq!(&event.place, &own.place, "{}", text);
            prop_assert_eq!(&event.tags, &own.tags, "{}", text);
        }
    }
}
