use serde_json::json;

use super::*;
use crate::{
    formats::{Source, read},
    testing::{opened_with_rows, row_lines},
};

fn said(source: &Source) -> Vec<String> {
    let said = source.diagnostics.iter();
    said.map(|it| format!("{} {}", it.location.line, it.message))
        .collect()
}

const XML: &str = "<data wiki-url=\"http://example.org\" date-time-format=\"iso8601\">\r\n\
        <event start=\"May 28 2006 09:00:00 GMT\" end=\"Jun 15 2006 09:00:00 GMT\" isDuration=\"true\" title=\"R &amp;amp; D\" image=\"https://example.org/a.png\" link=\"https://example.org/a\" icon=\"red.png\" color=\"green\">&lt;b&gt;bold&lt;/b&gt;</event>\r\n\
        <event start=\"Fri Nov 22 1963 12:30:00 GMT-0600\" title=\"Shots\">a <i>b</i></event>\r\n\
        <event start=\"1963-11-22T00:00:00Z\" title=\"A day\"/>\r\n\
        <event start=\"1963\" end=\"1965\" title=\"Somewhere\"/>\r\n\
        <event start=\"1963-02\" latestStart=\"1963-05\" earliestEnd=\"1971\" end=\"1985\" isDuration=\"true\" title=\"Vague\"/>\r\n\
        <event start=\"soon\" title=\"Never\"/>\r\n\
        <event title=\"No start\"/>\r\n\
        <event start=\"2015\" end=\"2014\" isDuration=\"true\" title=\"Backwards\"/>\r\n\
        </data>\r\n";

#[test]
fn an_xml_file_is_opened_with_rows() {
    let (source, rows) = opened_with_rows(XML);
    assert_eq!(
        row_lines(&rows),
        [
            "R & D | 2006-05-28T09:00:00Z/2006-06-15T09:00:00Z | ",
            "Shots | 1963-11-22T12:30:00-06:00 | ",
            "A day | 1963-11-22 | ",
            "Somewhere | [1963..1965] | ",
            "Vague | 1963/1971~ | ",
        ]
    );
    let first = &rows["events"][0];
    assert_eq!(first["summary"], "**bold**");
    assert_eq!(first["details"], "<https://example.org/a>");
    assert_eq!(
        first["media"],
        json!([{"file": "https://example.org/a.png"}])
    );
    assert_eq!(rows["events"][1]["summary"], "a *b*");
    assert_eq!(
        said(&source),
        [
            "1 a timeline has no place for “wiki-url”: it is left out",
            "2 a timeline has no place for “color”: it is left out",
            "2 a timeline has no place for “icon”: it is left out",
            "5 an event with an end that does not say that it lasts is a moment between \
                 start and end, as in SIMILE",
            "6 it lies between 1971 and 1985, and 1971~ is written",
            "6 it lies between 1963-02 and 1963-05, and 1963 is written",
            "7 the date “soon” is not understood, so the event is left out",
            "8 there is no start, so the event is left out",
            "9 the end comes before the start, so the event is left out",
        ]
    );
}

const JSON: &str = "{\"dateTimeFormat\": \"iso8601\", \"wikiURL\": \"http://example.org\",\n\
        \"events\": [\n\
        {\"start\": \"1940-06-10\", \"end\": \"1945\", \"title\": \"<b>It</b> lasts\", \"description\": \"a <i>b</i>\",\n\
        \"caption\": \"beside\", \"link\": \"https://example.org\", \"image\": \"a.png\", \"icon\": \"x\", \"color\": \"red\",\n\
        \"textColor\": \"red\", \"tapeImage\": \"x\", \"classname\": \"c\"},\n\
        {\"s\": 1940, \"e\": 1941, \"de\": false, \"t\": \"A moment\"},\n\
        {\"start\": \"1940\", \"end\": \"1945\", \"isDuration\": true, \"title\": \"At its word\"},\n\
        {\"start\": \"1940\", \"latestStart\": \"1942\", \"title\": \"Once\"},\n\
        7,\n\
        {\"start\": [], \"title\": \"No date\"}]}";

#[test]
fn a_json_file_is_opened_with_rows() {
    let (source, rows) = opened_with_rows(JSON);
    assert_eq!(
        row_lines(&rows),
        [
            "It lasts | 1940-06-10/1945 | ",
            "A moment | [1940..1941] | ",
            "At its word | 1940/1945 | ",
            "Once | [1940..1942] | ",
        ]
    );
    let first = &rows["events"][0];
    assert_eq!(first["summary"], "a *b*");
    assert_eq!(first["details"], "beside\n\n<https://example.org>");
    assert_eq!(first["media"], json!([{"file": "a.png"}]));
    let left_out = ["classname", "color", "icon", "tapeImage", "textColor"];
    let left_out =
        left_out.map(|it| format!("3 a timeline has no place for “{it}”: it is left out"));
    let mut expected = vec!["1 a timeline has no place for “wikiURL”: it is left out".to_owned()];
    expected.extend(left_out);
    expected.extend(
        [
            "7 “isDuration” is taken at its word, though SIMILE turns it round in JSON",
            "9 this is a number, and no object, so it is left out",
            "10 there is no start, so the event is left out",
        ]
        .map(str::to_owned),
    );
    let mut said = said(&source);
    // Those of one line in the order of their words.
    said.sort_by_key(|it| {
        let (line, words) = it.split_once(' ').unwrap();
        (line.parse::<u32>().unwrap(), words.to_lowercase())
    });
    assert_eq!(said, expected);
}

#[test]
fn dates_are_read_as_simile_does() {
    for (text, expected) in [
        ("44 BC", Some("-0043")),
        ("1 BC", Some("0000")),
        ("-43", Some("-0043")),
        ("0", Some("0000")),
        ("-0043-03-15", Some("-0043-03-15")),
        ("0000-03-15T00:00:00Z", Some("0000-03-15")),
        ("20060528T090000Z", Some("2006-05-28T09:00:00Z")),
        ("20060528", Some("2006-05-28")),
        ("May 28 2006 00:00:00 GMT", Some("2006-05-28")),
        (
            "May 28 2006 09:00:00 EST",
            Some("2006-05-28T09:00:00-05:00"),
        ),
        ("06/10/2014", Some("2014-06-10")),
        (
            "Sat, 20 May 1961 09:30 pm UTC (Coordinated Universal Time)",
            Some("1961-05-20T21:30:00Z"),
        ),
        ("Jun 2014", Some("2014-06")),
        ("99999999999999999999", None),
        ("", None),
        ("x", None),
    ] {
        let read = edtf(text).map(|(edtf, _)| edtf);
        assert_eq!(read.as_deref(), expected, "{text}");
    }
}

#[test]
fn what_two_dates_share() {
    for (one, other, expected) in [
        ("1963-02-01", "1963-02-05", Some("1963-02")),
        ("1963-02-01T09:00:00Z", "1963-02-01", Some("1963-02-01")),
        ("1963", "1963-05", Some("1963")),
        ("1963", "1968", Some("196X")),
        ("-0043-03-15", "-0043-05", Some("-0043")),
        ("-0043", "-0042", None),
        ("1963", "1971", None),
        ("1963~", "1963~", None),
    ] {
        assert_eq!(shared(one, other).as_deref(), expected, "{one} {other}");
    }
}

#[test]
fn what_stands_before_a_fault_is_shown() {
    let cut = XML.find(" title=\"A day\"").unwrap();
    let (source, rows) = opened_with_rows(&XML[..cut]);
    assert_eq!(row_lines(&rows).len(), 2);
    let said = said(&source);
    let last = said.last().unwrap();
    assert!(
        last.starts_with("4 the XML cannot be read from here on"),
        "{last}"
    );
    let cut = JSON.find("\"isDuration\"").unwrap();
    assert!(read(&JSON.as_bytes()[..cut]).is_err());
}

proptest::proptest! {
#![proptest_config(crate::testing::fixed(200))]

    #[test]
    fn a_changed_file_is_read_or_refused(
        at in 0_usize..2000,
        byte in proptest::prelude::any::<u8>(),
        cut in 0_usize..2000,
    ) {
        for fixture in [XML, JSON] {
            let mut text = fixture.as_bytes().to_vec();
            if let Some(place) = text.get_mut(at) {
                *place = byte;
            }
            let _ = read(&text);
            text.truncate(cut);
            let _ = read(&text);
        }
    }

    #[test]
    fn any_text_is_a_date_or_none(text in "\\PC{0,60}|[-+0-9: TZGM./a-z()]{0,40}") {
        if let Some((edtf, _)) = edtf(&text) {
            proptest::prop_assert!(When::parse(&edtf).is_ok());
        }
    }
}
