//! The printed layout, and which events are printed. Expected texts have no colours: those are
//! removed here as `anstream` does it.

use super::*;
use crate::cli::selection::{Range, lanes_named};
use crate::{formats, open::SHIPPED};

/// Three events in two lanes, one of each kind that is laid out in its own way.
const SMALL: &str = r##"{
  "title": "Mosul", "as_of": "2016-10",
  "lanes": [{"id": "militias", "label": "Militias and their leaders"}, {"id": "war", "label": "War", "color": "#B4521E"}],
  "people": [{"id": "moore", "name": "Peter Moore"}, {"id": "aah", "name": "Asaib", "native_name": "عصائب"}],
  "places": [{"id": "mosul", "name": "Mosul"}],
  "sources": [{"id": "x", "title": "Unread"}, {"id": "f24", "title": "A plan", "author": "L. Jacinto", "date": "2016-10"}],
  "events": [
    {"id": "army", "title": "Sadr leads the Mahdi Army", "date": "2003/", "lane": "militias"},
    {"id": "release", "title": "Khazali is released", "date": "2010", "lane": "militias", "certainty": "reported",
     "summary": "Set *free*.", "details": "- one\n- two", "people": ["moore", "aah"], "place": "mosul",
     "because": [{"event": "army", "label": "years later"}],
     "sources": [{"source": "f24", "where": "p. 9"}, {"source": "f24"}]},
    {"id": "battle", "title": "The \u001b[31mbattle", "date": "2016-10-20", "lane": "war"}
  ]}"##;

fn timeline(file: &str) -> std::sync::Arc<Timeline> {
    formats::read(file.as_bytes()).unwrap().timeline
}

fn plain(text: &str) -> String {
    anstream::adapter::strip_str(text).to_string()
}

/// Checks the layout of `file` at this width. Each line of `expected` begins with a bar, so that
/// indentation is visible.
fn check(file: &str, details: bool, width: usize, expected: &str) {
    let options = Options {
        details,
        ..Options::default()
    };
    let text = plain(&render(&timeline(file), &options, width));
    let expected: String = expected
        .lines()
        .filter_map(|line| line.trim_start().strip_prefix('|'))
        .fold(String::new(), |all, line| all + line + "\n");
    assert_eq!(text, expected, "at {width}:\n{text}");
}

#[test]
fn columns_where_there_is_room() {
    check(
        SMALL,
        false,
        80,
        "|Mosul
         |Published October 2016
         |
         |from 2003, end not stated   Sadr leads the Mahdi Army         Militias and their
         |                                                              leaders
         |2010                        Khazali is released (reportedly)  Militias and their
         |  month and day not stated                                    leaders
         |20 October 2016             The [31mbattle                    War",
    );
    check(
        SMALL,
        false,
        100,
        "|Mosul
         |Published October 2016
         |
         |from 2003, end not stated        Sadr leads the Mahdi Army         Militias and their leaders
         |2010 · month and day not stated  Khazali is released (reportedly)  Militias and their leaders
         |20 October 2016                  The [31mbattle                    War",
    );
}

#[test]
fn blocks_where_there_is_not() {
    check(
        SMALL,
        false,
        40,
        "|Mosul
         |Published October 2016
         |
         |from 2003, end not stated
         |  Sadr leads the Mahdi Army
         |  Militias and their leaders
         |
         |2010 · month and day not stated
         |  Khazali is released (reportedly)
         |  Militias and their leaders
         |
         |20 October 2016
         |  The [31mbattle
         |  War",
    );
}

#[test]
fn details_stand_below() {
    check(
        SMALL,
        true,
        80,
        "|Mosul
         |Published October 2016
         |
         |from 2003, end not stated   Sadr leads the Mahdi Army         Militias and their
         |                                                              leaders
         |    Led to: Khazali is released (years later)
         |
         |2010                        Khazali is released (reportedly)  Militias and their
         |  month and day not stated                                    leaders
         |    Set free.
         |    • one
         |    • two
         |    People: Peter Moore, Asaib (عصائب)
         |    Place: Mosul
         |    Because of: Sadr leads the Mahdi Army (years later)
         |    Sources: [2] p. 9; [2]
         |
         |20 October 2016             The [31mbattle                    War
         |
         |Sources
         |[2] L. Jacinto, October 2016, A plan",
    );
}

#[test]
fn a_file_with_little_in_it_is_printed_too() {
    check(
        r#"{"title": "t", "events": []}"#,
        false,
        80,
        "|t\n|\n|There are no events in it.",
    );
    check(
        r#"{"title": "t", "events": [{"title": "a", "date": "2016-10-20"}]}"#,
        false,
        60,
        "|t\n|\n|20 October 2016  a",
    );
}

#[test]
fn no_line_is_wider_than_the_terminal() {
    let timeline = timeline(SHIPPED);
    for width in [20, 33, 40, 59, 60, 61, 80, 99, 100] {
        for details in [false, true] {
            let text = plain(&render(
                &timeline,
                &Options {
                    details,
                    ..Options::default()
                },
                width,
            ));
            for line in text.lines() {
                assert!(display_width(line) <= width, "at {width}: {line}");
                assert_eq!(line, line.trim_end());
            }
        }
    }
}

#[test]
fn a_lane_is_in_its_own_colour_or_in_one_of_the_terminal() {
    let text = render(&timeline(SMALL), &Options::default(), 80);
    assert!(
        text.contains("\u{1b}[38;2;180;82;30mWar\u{1b}[0m"),
        "{text}"
    );
    assert!(
        text.contains("\u{1b}[36mMilitias and their\u{1b}[0m"),
        "{text}"
    );
}

/// Checks which events of [`SMALL`] are selected.
fn check_selection(lanes: &[&str], range: &str, expected: &[&str]) {
    let timeline = timeline(SMALL);
    let names: Vec<_> = lanes.iter().map(ToString::to_string).collect();
    let range = (!range.is_empty()).then(|| Range::parse(range).unwrap());
    let selection = Selection {
        lanes: lanes_named(&timeline, &names).unwrap(),
        range,
    };
    let ids: Vec<_> = selection
        .events(&timeline)
        .map(|event| timeline.event(event).id)
        .collect();
    assert_eq!(ids, expected, "{lanes:?} {range:?}");
}

#[test]
fn lanes_and_a_range_choose_events() {
    check_selection(&[], "", &["army", "release", "battle"]);
    check_selection(&["war"], "", &["battle"]);
    check_selection(
        &["WAR", "Militias and their leaders"],
        "",
        &["army", "release", "battle"],
    );
    check_selection(&["militias"], "2010/2016", &["release"]);
    check_selection(&[], "2010-06", &["release"]);
    check_selection(&[], "2003/2010", &["army", "release"]);
    check_selection(&[], "2004/2009", &[]);
    check_selection(&[], "2011/..", &["battle"]);
    check_selection(&[], "../2003-01-01", &["army"]);
    check_selection(&[], "2016-10-20T23", &["battle"]);
    check_selection(&[], "2016-10-21", &[]);
}

#[test]
fn an_unknown_lane_is_reported_with_those_there_are() {
    let all = "the lanes are militias (Militias and their leaders), war (War)";
    for (name, expected) in [
        (
            "milita",
            format!("there is no lane \"milita\" (did you mean \"militias\"?); {all}"),
        ),
        ("clergy", format!("there is no lane \"clergy\"; {all}")),
        ("", format!("there is no lane \"\"; {all}")),
    ] {
        assert_eq!(
            lanes_named(&timeline(SMALL), &[name.to_owned()]),
            Err(expected)
        );
    }
    let bare = timeline(r#"{"title": "t", "events": [{"title": "a", "date": "2014"}]}"#);
    let said = "there is no lane \"war\"; this chronology has no lanes".to_owned();
    assert_eq!(lanes_named(&bare, &["war".to_owned()]), Err(said));
}

#[test]
fn a_wrong_range_says_why() {
    for (text, expected) in [
        ("2010/2003", "2003 lies before the start 2010"),
        ("2014-13", "there is no month 13"),
        ("spring", "spring"),
    ] {
        let said = Range::parse(text).unwrap_err();
        assert!(said.contains(expected), "{said}");
    }
}

#[test]
fn an_empty_selection_is_reported() {
    let range = Range::parse("1900").ok();
    let options = Options {
        selection: Selection {
            range,
            ..Selection::default()
        },
        details: false,
    };
    assert!(render(&timeline(SMALL), &options, 80).contains("No event matches."));
}
