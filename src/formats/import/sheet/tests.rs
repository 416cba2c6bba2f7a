use crate::{
    formats::{Source, read},
    testing::{events, fixed, said},
};

fn opened(table: &str) -> Source {
    read(table.as_bytes()).expect("it is opened")
}

#[test]
fn a_sheet_of_timelinejs_is_opened() {
    let source = opened(
        "Year,Month,Day,Time,End Year,End Month,End Day,End Time,Display Date,Headline,Text,\
             Media,Media Credit,Media Caption,Media Thumbnail,Type,Group,Background\n\
             ,,,,,,,,,Computing,<p>What <b>women</b> did.</p>,,,,,title,,\n\
             1815,12,10,,1852,11,27,,,Ada Lovelace,\"She <a href=\"\"https://example.org\"\">wrote</a>.\",\
             https://example.org/a.jpg,Commons,A portrait,,,People,#fff\n\
             -44,3,15,,,,,,the Ides,Caesar,,,,,,,,\n\
             1900,,,,1910,,,,,An era,,,,,,era,,\n",
    );
    assert_eq!(source.timeline.title(), "Computing");
    assert_eq!(source.timeline.about(), "What **women** did.");
    assert_eq!(
        events(&source),
        [
            "Caesar | the Ides | ",
            "Ada Lovelace | 10 December 1815 to 27 November 1852 | People"
        ]
    );
    assert_eq!(source.timeline.eras().len(), 1);
    let ada = source.timeline.events().nth(1).unwrap();
    let ada = source.timeline.event(ada);
    assert_eq!(ada.summary, "She [wrote](https://example.org).");
    assert_eq!(ada.media.len(), 1);
    assert_eq!(
        said(&source),
        [
            "1:1: warning: a timeline has no place for “Media Thumbnail”, “Background”, so that is left out"
        ]
    );
}

#[test]
fn any_table_with_a_date_and_a_title_is_opened() {
    for table in [
        "Wars of a century;;\n;;\nDatum;Titel;Kategorie\n28.07.1914;The first;World\n1.9.1939;The second;World\n",
        "\u{feff}sep=;\ndate;event;group\n1914-07-28;The first;World\n1 September 1939;The second;World\n",
        "when\tname\tlane\nJuly 28, 1914\tThe first\tWorld\n1939-09-01\tThe second\tWorld\n",
    ] {
        let source = opened(table);
        assert_eq!(
            events(&source),
            [
                "The first | 28 July 1914 | World",
                "The second | 1 September 1939 | World"
            ],
            "{table}"
        );
        assert_eq!(said(&source), Vec::<String>::new(), "{table}");
    }
}

#[test]
fn lines_are_counted_and_no_row_is_lost_with_any_line_ends() {
    for (ends, line) in [("\n", 4), ("\r\n", 4), ("\r\n\r\n", 7)] {
        let table = [
            "Date,Title",
            "2003,A",
            "2004,\"B\r\nb\"",
            "soon,C",
            "2005,D",
            "",
        ]
        .join(ends);
        let source = opened(&table);
        let titles: Vec<String> = events(&source);
        assert_eq!(titles.len(), 3, "{table:?}: {titles:?}");
        let line = line + 1;
        assert!(
            said(&source)
                .iter()
                .any(|it| it.starts_with(&format!("{line}:1: error: Date: the date “soon”"))),
            "{table:?}: {:?}",
            said(&source)
        );
    }
}

#[test]
fn the_delimiter_is_that_of_the_headers() {
    for (table, expected) in [
        ("date,title,summary\n2014,x,\"a;b;c;d\"\n", "x | 2014 | "),
        ("date,title\n2014,\"a;b;c\"\n", "a;b;c | 2014 | "),
        (
            "date,title,people\n2014,t,Ann; Bob; Cy; Di\n2014,t,Ann; Bob; Cy; Di\n",
            "t | 2014 | ",
        ),
        ("date;title\n2014;\"a, b, c, d\"\n", "a, b, c, d | 2014 | "),
        ("My title\ndate,title\n2014,a|b|c\n", "a|b|c | 2014 | "),
        ("date, title\n2014, a\n", "a | 2014 | "),
    ] {
        assert_eq!(
            events(&opened(table)).first().map(String::as_str),
            Some(expected),
            "{table}"
        );
    }
}

#[test]
fn a_table_without_headers_is_guessed() {
    let source = opened("A1,1450,Gutenberg prints,Mainz\nA2,1517,Luther writes,Wittenberg\n");
    assert_eq!(
        events(&source),
        ["Gutenberg prints | 1450 | ", "Luther writes | 1517 | "]
    );
    assert!(said(&source)[0].contains("“Column 2” is taken for the date"));
}

#[test]
fn titles_of_a_single_letter_are_taken_where_there_are_no_words() {
    let source = opened("Wars,,\nZeitpunkt,Nummer,Geschehen\n1914,1,a\n1939,2,b\n1950,3,c\n");
    assert_eq!(
        events(&source),
        ["a | 1914 | ", "b | 1939 | ", "c | 1950 | "]
    );
    assert_eq!(source.timeline.title(), "Wars");
}

#[test]
fn a_day_that_there_is_not_is_said_to_be_none() {
    let source = opened("date,title\n32 June 2014,a\n2014-13-01,b\n2014,c\n");
    let said = said(&source);
    assert!(said[0].contains("June 2014 has 30 days"), "{said:?}");
    assert!(said[1].contains("months run from 01 to 12"), "{said:?}");
}

#[test]
fn nothing_is_dropped_in_silence() {
    let source = opened(
        "date,title,people,place,source,colour,certainty\n\
             soon,Never,,,,,\n\
             ,No date,,,,,\n\
             2014,Mosul falls,A; B,Mosul,https://example.org/a,red,reported\n\
             2015,,,,,,maybe\n",
    );
    assert_eq!(
        said(&source),
        [
            "1:1: warning: it is not known what “colour” is, so it stands in the details; \
                 name a column date, end, title, lane, summary, people, place, tags or source",
            "2:1: error: date: the date “soon” is not understood, so the row is left out; \
                 write it like 2014, 2014-06 or 10 June 2014",
            "3:1: error: date: there is no date, so the row is left out; \
                 write it like 2014, 2014-06 or 10 June 2014",
            "5:1: error: this event has no title; say in \"title\" what happened",
            "5:1: error: certainty: “maybe” is no certainty, and is left out; \
                 write confirmed, reported, disputed or expected",
        ]
    );
    let event = source.timeline.events().next().unwrap();
    let record = source.timeline.event(event);
    assert_eq!(record.details, "colour: red");
    let people = record
        .people
        .iter()
        .map(|it| source.timeline.person(*it).name.as_str());
    assert_eq!(people.collect::<Vec<_>>(), ["A", "B"]);
}

#[test]
fn the_day_comes_first_or_the_month_in_the_whole_column() {
    for (table, expected, is_said) in [
        (
            "date,title\n03/04/2014,a\n25/12/2014,b\n",
            "3 April 2014",
            false,
        ),
        (
            "date,title\n03/04/2014,a\n12/25/2014,b\n",
            "4 March 2014",
            true,
        ),
    ] {
        let source = opened(table);
        let first = source.timeline.events().next().unwrap();
        assert_eq!(source.timeline.date_words(first).date, expected);
        assert_eq!(
            !source.diagnostics.is_empty(),
            is_said,
            "{:?}",
            said(&source)
        );
    }
    let source = opened("date,title\n03/04/2014,a\n05/06/2014,b\n");
    assert!(said(&source)[0].contains("in 2 dates the day may come first or the month"));
    assert_eq!(said(&source).len(), 1);
    let source = opened("date,title\n03.04.2014,a\n05.06.2014,b\n");
    assert_eq!(
        said(&source),
        Vec::<String>::new(),
        "with dots the day comes first"
    );
}

proptest::proptest! {
    #![proptest_config(fixed(200))]

    #[test]
    fn a_changed_table_is_read_or_refused(
        at in 0_usize..200,
        byte in proptest::prelude::any::<u8>(),
        cut in 0_usize..200,
    ) {
        let mut table = b"Year,Month,Headline,End Year,Text,Type\n2014,6,\"a, b\",2015,<p>x</p>,\n-44,3,c,,,era\n".to_vec();
        if let Some(place) = table.get_mut(at) {
            *place = byte;
        }
        table.truncate(cut.max(40));
        let _ = read(&table);
    }
}

#[test]
fn an_end_beside_a_stretch_of_time_is_said_to_be_left_out() {
    let source = opened("date,end,title\n1914/1918,1919,a\n1914,1918,b\n");
    assert_eq!(
        events(&source),
        ["a | 1914 to 1918 | ", "b | 1914 to 1918 | "]
    );
    let said = said(&source);
    assert_eq!(said.len(), 1, "{said:?}");
    assert!(said[0].contains("the end “1919” is left out"), "{said:?}");
}
