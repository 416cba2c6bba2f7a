//! Files of other programs: dates before the year 1 through every format and back, what is written
//! and read again, spreadsheets.

mod losses;

use std::io::{Cursor, Write as _};

use meanwhile::formats::{
    self, ReadError, Source,
    source::SourceText,
    write::{Target, losses::Losses},
};
use proptest::prelude::*;

fn opened(bytes: &[u8]) -> Source {
    formats::read(bytes).unwrap_or_else(|error| panic!("{error}"))
}

fn text_of(source: &Source) -> String {
    match source.text() {
        SourceText::Kept(text) => text.to_string(),
        SourceText::InFile(_) | SourceText::Open => panic!("a small text is kept"),
    }
}

/// Title and EDTF date of each event, in the order of time.
fn dates(source: &Source) -> Vec<(String, String)> {
    let timeline = &source.timeline;
    let events = timeline.events().map(|event| timeline.event(event));
    events
        .map(|event| (event.title.to_owned(), event.date.to_owned()))
        .collect()
}

/// A chronology with one event, written in a format and read again: the date that comes back.
fn there_and_back(date: &str, target: Target) -> Option<String> {
    let text = format!(
        r#"{{"title": "T", "events": [{{"title": "First", "date": "1900"}}, {{"title": "It", "date": "{date}"}}]}}"#
    );
    let (written, _) = target.write(&text).expect("a timeline");
    let back = opened(written.as_bytes());
    let mut all = dates(&back).into_iter();
    all.find(|(title, _)| title == "It").map(|(_, date)| date)
}

#[test]
fn years_before_1_come_through_every_format() {
    let read = |bytes: &str| {
        dates(&opened(bytes.as_bytes()))
            .into_iter()
            .map(|(_, date)| date)
            .collect::<Vec<_>>()
    };
    let both = ["-0043", "0000"];
    for (format, file) in [
        (
            "timeline.json",
            r#"{"title": "T", "events": [{"title": "a", "date": "-0043"}, {"title": "b", "date": "0000"}]}"#,
        ),
        ("table", "date,title\n44 BC,a\n1 BC,b\n"),
        (
            "TimelineJS sheet",
            "Year,Headline,End Year\n-44,a,\n-1,b,\n",
        ),
        (
            "TimelineJS",
            r#"{"events": [{"start_date": {"year": -44}, "text": {"headline": "a"}}, {"start_date": {"year": "-1"}, "text": {"headline": "b"}}]}"#,
        ),
        (
            "TimelineJS, first version",
            r#"{"timeline": {"date": [{"startDate": "-44", "headline": "a"}, {"startDate": "-1", "headline": "b"}]}}"#,
        ),
        (
            "vis-timeline",
            r#"[{"content": "a", "start": "-000043"}, {"content": "b", "start": "-000000"}]"#,
        ),
        ("markwhen", "1900: c\n\n44 BC: a\n\n1 BC: b\n"),
        (
            "SPARQL",
            r#"{"head": {"vars": ["itemLabel", "date"]}, "results": {"bindings": [{"itemLabel": {"value": "a"}, "date": {"value": "-0043-01-01T00:00:00Z"}}, {"itemLabel": {"value": "b"}, "date": {"value": "0000-01-01T00:00:00Z"}}]}}"#,
        ),
    ] {
        let mut found = read(file);
        found.truncate(2);
        assert_eq!(found, both, "{format}");
    }
    // Those that write days alone.
    for (format, file) in [
        (
            "The Timeline Project",
            "<timeline><timetype>gregoriantime</timetype><events>\
             <event><start>-43-03-15 00:00:00</start><end>-43-03-15 00:00:00</end><text>a</text></event>\
             <event><start>0-03-15 00:00:00</start><end>0-03-15 00:00:00</end><text>b</text></event>\
             </events></timeline>",
        ),
        (
            "SIMILE",
            "<data><event start=\"-0043-03-15\" title=\"a\"/><event start=\"0000-03-15\" title=\"b\"/></data>",
        ),
    ] {
        assert_eq!(read(file), ["-0043-03-15", "0000-03-15"], "{format}");
    }
    for date in both {
        for target in [
            Target::Timeline,
            Target::TimelineJs,
            Target::TimelineJsSheet,
            Target::Table,
            Target::Markwhen,
        ] {
            let back = there_and_back(date, target);
            assert_eq!(back.as_deref(), Some(date), "{target:?}");
        }
        // A calendar begins with the year 1, and says so.
        let text = format!(r#"{{"title": "T", "events": [{{"title": "It", "date": "{date}"}}]}}"#);
        let (_, losses) = Target::Calendar.write(&text).expect("a timeline");
        assert!(
            losses
                .lines()
                .any(|line| line.contains("before the year 1"))
        );
    }
}

#[test]
fn what_ships_comes_back_from_a_table() {
    let shipped = opened(meanwhile::open::SHIPPED.as_bytes());
    let (written, losses) = Target::Table
        .write(meanwhile::open::SHIPPED)
        .expect("it ships");
    assert!(losses.lines().any(|line| line.starts_with("lessons")));
    let back = opened(written.as_bytes());
    assert_eq!(dates(&back), dates(&shipped));
    let details = |source: &Source| {
        let timeline = &source.timeline;
        let events = timeline.events().map(|event| timeline.event(event));
        events
            .map(|it| (it.summary.to_owned(), it.details.to_owned()))
            .collect::<Vec<_>>()
    };
    assert_eq!(details(&back), details(&shipped));
    assert_eq!(back.timeline.eras().len(), shipped.timeline.eras().len());
    assert_eq!(back.timeline.title(), shipped.timeline.title());
}

/// What a format holds of an event.
#[derive(Clone, Debug)]
struct Simple {
    title: String,
    date: String,
    lane: String,
    summary: String,
    tags: Vec<String>,
}

fn simple() -> impl Strategy<Value = Simple> {
    let date = prop_oneof![
        (1_i32..3000).prop_map(|year| format!("{year:04}")),
        (1_i32..3000, 1_u8..13).prop_map(|(year, month)| format!("{year:04}-{month:02}")),
        (1_i32..3000, 1_u8..13, 1_u8..29)
            .prop_map(|(year, month, day)| format!("{year:04}-{month:02}-{day:02}")),
        (1_i32..2000, 1_i32..900)
            .prop_map(|(year, lasts)| format!("{year:04}/{:04}", year + lasts)),
    ];
    let words = "[A-Z][a-zéü]{0,9}( [a-zé]{1,8}){0,3}";
    (
        words,
        date,
        "(War|Peace|Art, and more)",
        words,
        prop::collection::vec("[a-z]{1,6}", 0..3),
    )
        .prop_map(|(title, date, lane, summary, tags)| Simple {
            title,
            date,
            lane,
            summary,
            tags,
        })
}

fn file_of(events: &[Simple]) -> String {
    let events = events.iter().map(|it| {
        serde_json::json!({
            "title": it.title, "date": it.date, "lane": it.lane, "summary": it.summary, "tags": it.tags,
        })
    });
    serde_json::json!({ "title": "T", "events": events.collect::<Vec<_>>() }).to_string()
}

/// Title, date, lane, summary and tags of each event, sorted: as far as a format holds them.
fn held(source: &Source, has_tags: bool) -> Vec<(String, String, String, String, Vec<String>)> {
    let timeline = &source.timeline;
    let events = timeline.events().map(|event| {
        let record = timeline.event(event);
        let lane = timeline.lane_record(timeline.lane(event)).label.clone();
        let mut tags: Vec<String> = record
            .tags
            .iter()
            .map(|tag| timeline.tag(*tag).to_owned())
            .collect();
        tags.sort();
        tags.dedup();
        let tags = if has_tags { tags } else { Vec::new() };
        (
            record.title.to_owned(),
            record.date.to_owned(),
            lane,
            record.summary.to_owned(),
            tags,
        )
    });
    let mut events: Vec<_> = events.collect();
    events.sort();
    events
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 60, rng_seed: proptest::test_runner::RngSeed::Fixed(7), failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn what_is_written_is_read_again(events in prop::collection::vec(simple(), 1..8)) {
        let text = file_of(&events);
        let own = opened(text.as_bytes());
        for (target, has_tags) in [
            (Target::Timeline, true),
            (Target::TimelineJs, false),
            (Target::TimelineJsSheet, false),
            (Target::Table, true),
            (Target::Markwhen, true),
            (Target::Calendar, true),
        ] {
            let (written, _): (String, Losses) = target.write(&text).expect("a timeline");
            let back = opened(written.as_bytes());
            prop_assert_eq!(held(&back, has_tags), held(&own, has_tags), "{:?}\n{}", target, written);
            // And the text that was made of it is written in the same way.
            let (again, _) = target.write(&text_of(&back)).expect("a timeline");
            let again = opened(again.as_bytes());
            prop_assert_eq!(held(&again, has_tags), held(&own, has_tags), "{:?}", target);
        }
    }

    #[test]
    fn a_changed_spreadsheet_is_read_or_refused(
        changes in prop::collection::vec((0_usize..4000, any::<u8>()), 0..4),
        cut in 0_usize..4000,
    ) {
        for mut book in [excel(&sheet()), old_excel(), open_document(CONTENT)] {
            let length = book.len();
            for (at, byte) in &changes {
                if let Some(place) = book.get_mut(at % length) {
                    *place = *byte;
                }
            }
            if cut % 3 == 0 {
                book.truncate(cut % length);
            }
            let _read_or_refused = formats::read(&book);
        }
    }
}

/// An archive with these files, stored, so that a changed byte changes what is in them.
fn archive(files: &[(&str, &str)]) -> Vec<u8> {
    let mut archive = zip::ZipWriter::new(Cursor::new(Vec::new()));
    let options =
        zip::write::SimpleFileOptions::default().compression_method(zip::CompressionMethod::Stored);
    for (name, text) in files {
        archive.start_file(*name, options).expect("a file");
        archive.write_all(text.as_bytes()).expect("a text");
    }
    archive.finish().expect("an archive").into_inner()
}

/// A workbook of Excel with one sheet. Style 1 is a date, 2 a year, 3 a month and a year.
fn excel(rows: &str) -> Vec<u8> {
    let main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
    let relations = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
    let package = "http://schemas.openxmlformats.org/package/2006";
    archive(&[
        (
            "[Content_Types].xml",
            &format!(
                "<Types xmlns=\"{package}/content-types\"><Default Extension=\"xml\" ContentType=\"application/xml\"/></Types>"
            ),
        ),
        (
            "_rels/.rels",
            &format!(
                "<Relationships xmlns=\"{package}/relationships\"><Relationship Id=\"rId1\" \
                 Type=\"{relations}/officeDocument\" Target=\"xl/workbook.xml\"/></Relationships>"
            ),
        ),
        (
            "xl/workbook.xml",
            &format!(
                "<workbook xmlns=\"{main}\" xmlns:r=\"{relations}\"><sheets><sheet name=\"Events\" sheetId=\"1\" r:id=\"rId1\"/></sheets></workbook>"
            ),
        ),
        (
            "xl/_rels/workbook.xml.rels",
            &format!(
                "<Relationships xmlns=\"{package}/relationships\">\
                 <Relationship Id=\"rId1\" Type=\"{relations}/worksheet\" Target=\"worksheets/sheet1.xml\"/>\
                 <Relationship Id=\"rId2\" Type=\"{relations}/styles\" Target=\"styles.xml\"/></Relationships>"
            ),
        ),
        (
            "xl/styles.xml",
            &format!(
                "<styleSheet xmlns=\"{main}\"><numFmts count=\"2\"><numFmt numFmtId=\"164\" formatCode=\"yyyy\"/>\
                 <numFmt numFmtId=\"165\" formatCode=\"mmm\\ yyyy\"/></numFmts><cellXfs count=\"4\">\
                 <xf numFmtId=\"0\"/><xf numFmtId=\"14\"/><xf numFmtId=\"164\"/><xf numFmtId=\"165\"/></cellXfs></styleSheet>"
            ),
        ),
        (
            "xl/worksheets/sheet1.xml",
            &format!("<worksheet xmlns=\"{main}\"><sheetData>{rows}</sheetData></worksheet>"),
        ),
    ])
}

/// A cell with a text.
fn words(at: &str, words: &str) -> String {
    format!("<c r=\"{at}\" t=\"inlineStr\"><is><t>{words}</t></is></c>")
}

/// A cell with a number in a style.
fn number(at: &str, style: u8, number: f64) -> String {
    format!("<c r=\"{at}\" s=\"{style}\"><v>{number}</v></c>")
}

fn row(cells: &[String]) -> String {
    format!("<row>{}</row>", cells.concat())
}

/// Headers below a title, dates of every kind, an empty row, a row without a date.
fn sheet() -> String {
    [
        row(&[words("A1", "Wars")]),
        row(&[
            words("A3", "Date"),
            words("B3", "Title"),
            words("C3", "Lane"),
        ]),
        row(&[
            number("A4", 1, 41_800.0),
            words("B4", "A day"),
            words("C4", "War"),
        ]),
        row(&[number("A5", 2, 41_800.0), words("B5", "A year")]),
        row(&[number("A6", 3, 41_800.0), words("B6", "A month")]),
        row(&[number("A7", 0, 1914.0), words("B7", "A number")]),
        row(&[words("A8", "44 BC"), words("B8", "Words")]),
        row(&[number("A9", 1, 41_800.604_166_67), words("B9", "A time")]),
        row(&[words("B11", "No date")]),
    ]
    .concat()
}

#[test]
fn a_sheet_of_excel_is_opened_with_its_types() {
    let source = opened(&excel(&sheet()));
    assert_eq!(source.timeline.title(), "Wars");
    let expected = [
        ("Words", "-0043"),
        ("A number", "1914"),
        ("A year", "2014"),
        ("A month", "2014-06"),
        ("A day", "2014-06-10"),
        ("A time", "2014-06-10T14:30:00"),
    ];
    let mut found = dates(&source);
    found.sort_by(|(_, one), (_, other)| one.cmp(other));
    assert_eq!(
        found,
        expected.map(|(title, date)| (title.to_owned(), date.to_owned()))
    );
    let said: Vec<String> = source.diagnostics.iter().map(ToString::to_string).collect();
    assert_eq!(
        said,
        [
            "11:1: error: Events!A11: there is no date, so the row is left out; \
          write it like 2014, 2014-06 or 10 June 2014"
        ]
    );
}

const CONTENT: &str = "<office:document-content xmlns:office=\"urn:oasis:names:tc:opendocument:xmlns:office:1.0\" \
    xmlns:table=\"urn:oasis:names:tc:opendocument:xmlns:table:1.0\" xmlns:text=\"urn:oasis:names:tc:opendocument:xmlns:text:1.0\">\
    <office:body><office:spreadsheet><table:table table:name=\"Events\">\
    <table:table-row><table:table-cell office:value-type=\"string\"><text:p>Date</text:p></table:table-cell>\
    <table:table-cell office:value-type=\"string\"><text:p>Title</text:p></table:table-cell></table:table-row>\
    <table:table-row><table:table-cell office:value-type=\"date\" office:date-value=\"2014-06-10\"><text:p>10 June</text:p></table:table-cell>\
    <table:table-cell office:value-type=\"string\"><text:p>A day</text:p></table:table-cell></table:table-row>\
    <table:table-row table:number-rows-repeated=\"1048574\"><table:table-cell table:number-columns-repeated=\"16384\"/></table:table-row>\
    </table:table></office:spreadsheet></office:body></office:document-content>";

fn open_document(content: &str) -> Vec<u8> {
    archive(&[
        ("mimetype", "application/vnd.oasis.opendocument.spreadsheet"),
        (
            "META-INF/manifest.xml",
            "<manifest:manifest xmlns:manifest=\"urn:oasis:names:tc:opendocument:xmlns:manifest:1.0\"/>",
        ),
        ("content.xml", content),
    ])
}

#[test]
fn a_sheet_of_open_document_is_opened() {
    let source = opened(&open_document(CONTENT));
    assert_eq!(
        dates(&source),
        [("A day".to_owned(), "2014-06-10".to_owned())]
    );
}

#[test]
fn a_spreadsheet_that_stands_for_too_much_is_refused() {
    let many = CONTENT.replace(
        "<table:table-cell table:number-columns-repeated=\"16384\"/>",
        "<table:table-cell office:value-type=\"string\" table:number-columns-repeated=\"16384\"><text:p>x</text:p></table:table-cell>",
    );
    assert!(matches!(
        formats::read(&open_document(&many)),
        Err(ReadError::Cells { .. })
    ));
    let cut = &CONTENT[..CONTENT.len() - 80];
    assert_eq!(
        formats::read(&open_document(cut)),
        Err(ReadError::BrokenSheet)
    );
    // Two cells far apart take no more room than two cells.
    let far = row(&[words("A1", "Date"), words("B1", "Title")])
        + &row(&[number("A2", 1, 41_800.0), words("B2", "A day")])
        + &row(&[words("XFD1048576", "far")]);
    assert_eq!(opened(&excel(&far)).timeline.len(), 1);
}

/// A record of a workbook before 2007.
fn record(kind: u16, content: &[u8]) -> Vec<u8> {
    let length = u16::try_from(content.len()).expect("a short record");
    [&kind.to_le_bytes(), &length.to_le_bytes(), content].concat()
}

/// A cell with a text (`LABEL`).
fn label(row: u16, column: u16, words: &str) -> Vec<u8> {
    let length = u16::try_from(words.len()).expect("a short text");
    let head = [row, column, 0, length].map(u16::to_le_bytes).concat();
    record(0x0204, &[head.as_slice(), &[0], words.as_bytes()].concat())
}

/// A workbook of Excel before 2007 with one sheet.
fn old_excel() -> Vec<u8> {
    let bof = |kind: u16| {
        let content = [0x0600, kind, 0, 0, 0, 0, 0, 0]
            .map(u16::to_le_bytes)
            .concat();
        record(0x0809, &content)
    };
    let end = record(0x000A, &[]);
    let sheet_name = |offset: u32| {
        let head = [&offset.to_le_bytes()[..], &[0, 0, 6, 0]].concat();
        record(0x0085, &[head.as_slice(), b"Events"].concat())
    };
    let before = [bof(0x0005), sheet_name(0), end.clone()].concat().len();
    let offset = u32::try_from(before).expect("short");
    let number = |row: u16, column: u16, number: f64| {
        let head = [row, column, 0].map(u16::to_le_bytes).concat();
        record(0x0203, &[head.as_slice(), &number.to_le_bytes()].concat())
    };
    let stream = [
        bof(0x0005),
        sheet_name(offset),
        end.clone(),
        bof(0x0010),
        label(0, 0, "Year"),
        label(0, 1, "Title"),
        number(1, 0, 1914.0),
        label(1, 1, "The first"),
        label(2, 0, "44 BC"),
        label(2, 1, "Caesar"),
        // More than the 4096 bytes that small streams have.
        (3..200)
            .flat_map(|row| [number(row, 0, 2014.0), label(row, 1, "Later")].concat())
            .collect(),
        end,
    ]
    .concat();
    let version = cfb::Version::V3;
    let file = cfb::CompoundFile::create_with_version(version, Cursor::new(Vec::new()));
    let mut file = file.expect("a file");
    let mut workbook = file.create_stream("/Workbook").expect("a stream");
    workbook.write_all(&stream).expect("a stream");
    drop(workbook);
    file.flush().expect("a file");
    file.into_inner().into_inner()
}

#[test]
fn a_sheet_of_excel_before_2007_is_opened() {
    let source = opened(&old_excel());
    let expected = [
        ("Caesar", "-0043"),
        ("The first", "1914"),
        ("Later", "2014"),
    ];
    let found = dates(&source);
    assert_eq!(found.len(), 199);
    assert_eq!(
        found.into_iter().take(3).collect::<Vec<_>>(),
        expected.map(|(title, date)| (title.to_owned(), date.to_owned()))
    );
}

#[test]
fn a_table_of_too_many_columns_is_read_as_far_as_a_spreadsheet_is() {
    let more = ",x".repeat(3000);
    let table = format!("date,title{more}\n2014,Mosul falls{more}\n");
    let source = opened(table.as_bytes());
    assert_eq!(
        dates(&source),
        [("Mosul falls".to_owned(), "2014".to_owned())]
    );
    let said: Vec<String> = source.diagnostics.iter().map(ToString::to_string).collect();
    let beyond = said
        .iter()
        .any(|line| line.contains("3956 cells past column 1024"));
    assert!(beyond, "{said:?}");
}
