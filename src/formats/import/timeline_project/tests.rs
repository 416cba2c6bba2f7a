use super::*;
use crate::{
    formats::read,
    testing::{opened_with_rows, row_lines, said},
};

const FIXTURE: &str = "<?xml version=\"1.0\" encoding=\"utf-8\"?>\r\n\
        <timeline>\r\n\
        <version>2.8.0</version>\r\n\
        <eras><era><name>Peace</name><start>2014-01-01 00:00:00</start><end>2015-01-01 00:00:00</end><color>0,128,255</color></era>\r\n\
        <era><name>Now</name><start>2020-01-01 00:00:00</start><end>2021-01-01 00:00:00</end><color>red</color><ends_today>True</ends_today></era></eras>\r\n\
        <events>\r\n\
        <event><text>(3)Child &amp; co</text><start>2014-06-10 00:00:00</start><end>2014-06-11 00:00:00</end>\r\n\
        <progress>50</progress><fuzzy>False</fuzzy><locked>True</locked><category>War</category><default_color>200,200,200</default_color></event>\r\n\
        <event><start>2014-06-01 00:00:00</start><end>2014-07-01 00:00:00</end><text>[3]The whole</text></event>\r\n\
        <event><start>2014-06-10 14:30:00</start><end>2014-06-10 14:30:00</end><text> [4]No container</text>\r\n\
        <categories><category>War</category><category>Art</category></categories><labels>a, b</labels></event>\r\n\
        <event><start>2014-06-10 14:30:00</start><end>2014-06-12 00:00:00</end><text>Fuzzy</text><fuzzy_start>True</fuzzy_start></event>\r\n\
        <event><start>2014-06-10 00:00:00</start><end>2014-06-10 00:00:00</end><text>About</text><fuzzy>True</fuzzy></event>\r\n\
        <event><start>2014-06-10 00:00:00</start><end>2014-06-20 00:00:00</end><text>Goes on</text><ends_today>True</ends_today>\r\n\
        <description><![CDATA[<b>bold</b>]]></description><hyperlink>https://example.org/a;https://example.org/b</hyperlink>\r\n\
        <icon>iVBO\r\nRw0=</icon><alert>2014-06-09 00:00:00;soon</alert></event>\r\n\
        <event><start>2014-06-10 00:00:00</start><end>2014-06-10 00:00:00</end><text>(9)Alone</text><milestone>True</milestone></event>\r\n\
        <event><start>soon</start><end>2014-06-10 00:00:00</end><text>Never</text></event>\r\n\
        <event><start>2014-06-12 00:00:00</start><end>2014-06-10 00:00:00</end><text>Backwards</text></event>\r\n\
        </events>\r\n\
        <categories><category><name>War</name><color>255,0,16</color><progress_color>1,1,1</progress_color></category>\r\n\
        <category><name>Art</name><color>0,0,0</color><parent>War</parent></category></categories>\r\n\
        <timetype>gregoriantime</timetype>\r\n\
        <view><displayed_period><start>2014-01-01 00:00:00</start><end>2015-01-01 00:00:00</end></displayed_period>\r\n\
        <hidden_categories><name>Art</name></hidden_categories></view>\r\n\
        </timeline>\r\n";

#[test]
fn a_project_is_opened_with_rows() {
    let (source, rows) = opened_with_rows(FIXTURE);
    assert_eq!(
        row_lines(&rows),
        [
            "Child & co | 2014-06-10 | War",
            "The whole | 2014-06-01/2014-06-30 | ",
            "[4]No container | 2014-06-10T14:30:00 | War",
            "Fuzzy | 2014-06-10~/2014-06-12T00:00:00 | ",
            "About | 2014-06-10~ | ",
            "Goes on | 2014-06-10/.. | ",
            "Alone | 2014-06-10 | ",
        ]
    );
    assert_eq!(rows["events"][0]["tags"], serde_json::json!(["The whole"]));
    assert_eq!(
        rows["events"][2]["tags"],
        serde_json::json!(["a", "b", "Art"])
    );
    assert_eq!(rows["events"][5]["summary"], "**bold**");
    assert_eq!(
        rows["events"][5]["details"],
        "<https://example.org/a>\n\n<https://example.org/b>"
    );
    assert_eq!(
        rows["events"][5]["media"][0]["file"],
        "data:image/png;base64,iVBORw0="
    );
    assert_eq!(rows["events"][6]["tags"], serde_json::json!(["milestone"]));
    assert_eq!(
        rows["lanes"],
        serde_json::json!([
            {"id": "War", "label": "War", "color": "#FF0010"},
            {"id": "Art", "label": "Art", "color": "#000000"}
        ])
    );
    assert_eq!(
        rows["eras"],
        serde_json::json!([
            {"label": "Peace", "date": "2014-01-01/2014-12-31", "color": "#0080FF"},
            {"label": "Now", "date": "2020-01-01/.."}
        ])
    );
    let messages: Vec<String> = source
        .diagnostics
        .iter()
        .map(|it| format!("{} {}", it.location.line, it.message))
        .collect();
    assert_eq!(
        messages,
        [
            "5 “red” is no color, and is left out",
            "8 a timeline has no place for “default_color”: it is left out",
            "8 a timeline has no place for “locked”: it is left out",
            "8 a timeline has no place for “progress”: it is left out",
            "11 an event stands in one lane: the first of its categories is its lane, and \
                 the others are tags",
            "12 a time of day cannot be fuzzy, so that only its day is kept",
            "17 a timeline has no place for “alert”: it is left out",
            "18 there is no container 9",
            "19 the time “soon” is not understood, so the event is left out",
            "20 the end comes before the start, so the event is left out",
            "22 a timeline has no place for “progress_color”: it is left out",
            "23 “Art” stands in “War”: lanes do not nest, so it is a lane of its own",
            "25 a timeline has no place for “view.displayed_period”: it is left out, 2 times",
            "26 what is hidden in the file is shown here: “Art”",
        ]
    );
}

#[test]
fn years_before_1_are_counted_through_0_and_that_is_said_once() {
    let event = |year: &str| {
        format!(
            "<event><start>{year}-03-15 00:00:00</start><end>{year}-03-15 00:00:00</end><text>a</text></event>"
        )
    };
    let text = format!("<timeline>{}\n{}</timeline>", event("0"), event("-43"));
    let (source, rows) = opened_with_rows(&text);
    assert_eq!(
        row_lines(&rows),
        ["a | 0000-03-15 | ", "a | -0043-03-15 | "]
    );
    assert_eq!(
        said(&source),
        [
            "1:1: warning: start: the year 0 of such files is 1 BC, so that -753 is 754 BC; \
                 where 753 BC is meant, the file has to say -752"
        ]
    );
}

#[test]
fn another_kind_of_time_is_refused_by_its_name() {
    let text = FIXTURE.replace(GREGORIAN, "numtime");
    let (source, rows) = opened_with_rows(&text);
    assert_eq!(row_lines(&rows), Vec::<String>::new());
    assert!(said(&source).iter().any(|it| it.contains("“numtime”")));
}

#[test]
fn what_stands_before_a_fault_is_shown() {
    let cut = FIXTURE.find("<text>Fuzzy").unwrap();
    let (source, rows) = opened_with_rows(&FIXTURE[..cut]);
    assert_eq!(row_lines(&rows).len(), 3);
    let said = said(&source);
    let last = said.last().unwrap();
    assert!(
        last.starts_with("12:1: error: the XML cannot be read from here on"),
        "{last}"
    );
}

proptest::proptest! {
#![proptest_config(crate::testing::fixed(200))]

    #[test]
    fn a_changed_project_is_read_or_refused(
        at in 0_usize..4000,
        byte in proptest::prelude::any::<u8>(),
        cut in 0_usize..4000,
    ) {
        let mut text = FIXTURE.as_bytes().to_vec();
        if let Some(place) = text.get_mut(at) {
            *place = byte;
        }
        let _ = read(&text);
        text.truncate(cut);
        let _ = read(&text);
    }
}
