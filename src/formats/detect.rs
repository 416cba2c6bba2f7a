//! Which format a file has, by its content.
//!
//! The one place that tells formats apart. Bytes that are no text (spreadsheets) are recognised by their
//! first bytes. A text is taken for a timeline.json and read; only where that fails, it is examined for
//! other formats, so that a clean file pays nothing.

use serde_json::value::RawValue;

use super::json::faults::quoted;
use super::json::raw::{Kind, each_item, fields_of, name_of, without_mark};
use super::{MAX_BYTES, ReadError};
use crate::time::When;

/// A format that can be opened.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, Default)]
pub enum Format {
    /// timeline.json, the program's own.
    #[default]
    Timeline,
}

/// The file as text, a byte order mark included.
///
/// # Errors
///
/// Where there is none: the file is too large, empty, no text, or not UTF-8.
pub fn text_of(bytes: &[u8]) -> Result<&str, ReadError> {
    let size = bytes.len() as u64;
    if size > MAX_BYTES {
        return Err(ReadError::TooLarge {
            bytes: size,
            limit: MAX_BYTES,
        });
    }
    if let Some(found) = binary(bytes) {
        return Err(foreign(found));
    }
    let text = std::str::from_utf8(bytes).map_err(|error| {
        let valid = bytes.get(..error.valid_up_to()).unwrap_or_default();
        let lines = valid.split(|&byte| byte == b'\n').count();
        ReadError::NotUtf8 {
            byte: valid.len() as u64 + 1,
            line: u32::try_from(lines).unwrap_or(u32::MAX),
            utf16: bytes.starts_with(b"\xFF\xFE") || bytes.starts_with(b"\xFE\xFF"),
        }
    })?;
    if without_mark(text).trim().is_empty() {
        Err(ReadError::Empty)
    } else {
        Ok(text)
    }
}

/// Why a text could not be read as timeline.json: `error`, or that it is of another kind.
pub fn explain(text: &str, error: ReadError) -> ReadError {
    let found = match &error {
        ReadError::Syntax { .. } => foreign_text(without_mark(text)),
        ReadError::NotATimeline { .. } => foreign_json(without_mark(text)),
        _ => None,
    };
    found.map_or(error, foreign)
}

/// A text that is JSON of another kind although it has events.
pub fn foreign_events(text: &str) -> Option<ReadError> {
    foreign_json(without_mark(text)).map(foreign)
}

fn foreign(found: impl Into<String>) -> ReadError {
    ReadError::Foreign {
        found: found.into(),
    }
}

/// A format whose first bytes are no text.
fn binary(bytes: &[u8]) -> Option<&'static str> {
    // The names of a zip archive's first files stand near its beginning.
    const NEAR: usize = 4096;
    let near = bytes.get(..NEAR).unwrap_or(bytes);
    let holds = |name: &[u8]| memchr::memmem::find(near, name).is_some();
    Some(match bytes {
        [b'P', b'K', 3, 4, ..] if holds(b"opendocument.spreadsheet") => {
            "a spreadsheet (OpenDocument)"
        }
        [b'P', b'K', 3, 4, ..] if holds(b"xl/") || holds(b"[Content_Types].xml") => {
            "a spreadsheet (Excel), or another Office document"
        }
        [b'P', b'K', 3, 4, ..] => "a zip archive",
        [0xD0, 0xCF, 0x11, 0xE0, ..] => {
            "a spreadsheet (Excel before 2007), or another Office document"
        }
        [b'%', b'P', b'D', b'F', b'-', ..] => "a PDF document",
        [0x1F, 0x8B, ..] => "a compressed file (gzip)",
        [0x89, b'P', b'N', b'G', ..] | [0xFF, 0xD8, 0xFF, ..] | [b'G', b'I', b'F', b'8', ..] => {
            "a picture"
        }
        _ => return None,
    })
}

/// What a text is that is no JSON.
fn foreign_text(text: &str) -> Option<String> {
    let text = text.trim_start();
    if text.starts_with(['{', '[']) {
        return None;
    }
    if text.starts_with('<') {
        return Some(xml(text));
    }
    if text.starts_with("BEGIN:VCALENDAR") {
        return Some("a calendar (iCalendar)".to_owned());
    }
    if is_markwhen(text) {
        return Some("a markwhen text".to_owned());
    }
    table(text)
}

/// What an XML text is, by its first element.
fn xml(text: &str) -> String {
    let mut rest = text;
    let name = loop {
        let Some(after) = rest.find('<').and_then(|at| rest.get(at + 1..)) else {
            break "";
        };
        if let Some(comment) = after.strip_prefix("!--") {
            rest = comment
                .find("-->")
                .and_then(|end| comment.get(end..))
                .unwrap_or("");
        } else if after.starts_with(['?', '!']) {
            rest = after
                .find('>')
                .and_then(|end| after.get(end..))
                .unwrap_or("");
        } else {
            let is_name = |c: char| c.is_alphanumeric() || matches!(c, '_' | '-' | '.' | ':');
            let end = after.find(|c| !is_name(c)).unwrap_or(after.len());
            break after.get(..end).unwrap_or_default();
        }
    };
    match name {
        "timeline" => "a file of The Timeline Project (XML)".to_owned(),
        "data" => "an XML file, perhaps of a SIMILE timeline".to_owned(),
        "html" | "HTML" => "a web page (HTML)".to_owned(),
        "" => "an XML file".to_owned(),
        name => format!("an XML file of <{name}>"),
    }
}

/// Whether a text has markwhen's YAML header, or a line that begins with a date and a colon.
fn is_markwhen(text: &str) -> bool {
    /// So many lines are looked at.
    const MOST_LINES: usize = 40;
    let is_dated = |line: &str| {
        // A date may hold colons itself; what follows it begins with a space.
        let Some((date, _)) = line.split_once(": ") else {
            return false;
        };
        let dates = date.split_once(" - ").unwrap_or((date, date));
        date.starts_with(|c: char| c.is_ascii_digit())
            && When::parse(dates.0.trim()).is_ok()
            && When::parse(dates.1.trim()).is_ok()
    };
    text.lines().take(MOST_LINES).any(is_dated)
}

/// What a table is, by its first line of two or more columns and a second one of as many.
fn table(text: &str) -> Option<String> {
    /// More columns are not named.
    const MOST_NAMED: usize = 8;
    let records = |delimiter: u8| {
        let mut reader = csv::ReaderBuilder::new()
            .delimiter(delimiter)
            .has_headers(false)
            .flexible(true)
            .from_reader(text.as_bytes());
        let records = reader.records().take(2).collect::<Result<Vec<_>, _>>();
        records.unwrap_or_default()
    };
    let header = b",;\t|".iter().find_map(|&delimiter| {
        let records = records(delimiter);
        match records.as_slice() {
            [header, first] if header.len() > 1 && header.len() == first.len() => {
                Some(header.clone())
            }
            _ => None,
        }
    })?;
    let names = header.iter().map(str::trim).filter(|name| !name.is_empty());
    let names: Vec<&str> = names.collect();
    let mut said = names
        .iter()
        .take(MOST_NAMED)
        .map(|name| quoted(name))
        .collect::<Vec<_>>()
        .join(", ");
    if names.len() > MOST_NAMED {
        said.push_str(", …");
    }
    Some(format!("a table with the columns {said}"))
}

/// What JSON is of another program.
fn foreign_json(text: &str) -> Option<String> {
    let top: &RawValue = serde_json::from_str(text).ok()?;
    let has =
        |fields: &[(String, &RawValue)], name: &str| fields.iter().any(|(known, _)| known == name);
    let own = fields(top);
    let list = |name: &str| {
        let list = own.iter().rfind(|(known, _)| known == name)?.1;
        first_item(list).map(fields)
    };
    let found = if let Some(first) = first_item(top).map(fields)
        && has(&first, "start")
        && has(&first, "content")
    {
        "a data set of vis-timeline"
    } else if Kind::of(top) != Kind::Object {
        return None;
    } else if list("events").is_some_and(|first| has(&first, "start_date")) {
        "a TimelineJS file"
    } else if list("events").is_some_and(|first| has(&first, "start") && !has(&first, "date")) {
        "a file of a SIMILE timeline"
    } else if own
        .iter()
        .any(|(name, value)| name == "timeline" && has(&fields(value), "date"))
    {
        "a TimelineJS file (of its first version)"
    } else if list("items").is_some_and(|first| has(&first, "start")) {
        "a data set of vis-timeline"
    } else if has(&own, "head") && has(&own, "results") {
        "the result of a SPARQL query"
    } else {
        return None;
    };
    Some(found.to_owned())
}

/// Names and values of an object; none of anything else.
fn fields(raw: &RawValue) -> Vec<(String, &RawValue)> {
    let fields = fields_of(raw).unwrap_or_default().into_iter();
    fields
        .map(|(key, value)| (name_of(key).into_owned(), value))
        .collect()
}

/// The first item of a list.
fn first_item(raw: &RawValue) -> Option<&RawValue> {
    let mut first = None;
    each_item(raw, |_, item| first = first.or(Some(item)));
    first
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::formats::read;

    fn check(bytes: &[u8], expected: &str) {
        let error = read(bytes).unwrap_err().to_string();
        let text = String::from_utf8_lossy(bytes);
        assert_eq!(
            error,
            format!("this looks like {expected}; only timeline.json can be opened so far"),
            "{text}"
        );
    }

    #[test]
    fn files_of_other_programs_are_named() {
        let table = "a table with the columns \"Year\", \"Month\", \"Headline\"";
        check(b"Year,Month,Headline\n2014,6,Mosul falls\n", table);
        check(
            b"\xEF\xBB\xBFYear;Month;Headline\r\n2014;6;\"Mosul; falls\"\r\n",
            table,
        );
        check(b"Year\tMonth\tHeadline\n2014\t6\tMosul falls", table);
        check(
            b"date|title\n2014|a\n",
            "a table with the columns \"date\", \"title\"",
        );
        check(
            b"a,b,c,d,e,f,g,h,i\n1,2,3,4,5,6,7,8,9\n",
            "a table with the columns \"a\", \"b\", \"c\", \"d\", \"e\", \"f\", \"g\", \"h\", …",
        );
        let project = "a file of The Timeline Project (XML)";
        check(
            b"<?xml version=\"1.0\"?>\n<!-- <x> -->\n<timeline><version/></timeline>",
            project,
        );
        check(
            b"<data><event start=\"1\"/></data>",
            "an XML file, perhaps of a SIMILE timeline",
        );
        check(
            b"<!DOCTYPE html>\n<html lang=\"en\"></html>",
            "a web page (HTML)",
        );
        check(b"<chronology/>", "an XML file of <chronology>");
        check(
            b"BEGIN:VCALENDAR\r\nVERSION:2.0\r\nEND:VCALENDAR",
            "a calendar (iCalendar)",
        );
        check(
            b"title: Wars\n\n1914 - 1918: The first\n1939: The second\n",
            "a markwhen text",
        );
        check(
            br#"{"title": {"text": {"headline": "T"}}, "events": [{"start_date": {"year": "2014"}}]}"#,
            "a TimelineJS file",
        );
        check(
            br#"{"timeline": {"headline": "T", "date": [{"startDate": "2014"}]}}"#,
            "a TimelineJS file (of its first version)",
        );
        let vis = "a data set of vis-timeline";
        check(
            br#"[{"id": 1, "content": "a", "start": "2014-01-01"}]"#,
            vis,
        );
        check(
            br#"{"items": [{"content": "a", "start": "2014"}], "groups": []}"#,
            vis,
        );
        check(
            br#"{"dateTimeFormat": "iso8601", "events": [{"start": "2014", "title": "a"}]}"#,
            "a file of a SIMILE timeline",
        );
        check(
            br#"{"head": {"vars": []}, "results": {"bindings": []}}"#,
            "the result of a SPARQL query",
        );
        check(
            b"PK\x03\x04....xl/workbook.xml",
            "a spreadsheet (Excel), or another Office document",
        );
        check(
            b"PK\x03\x04mimetypeapplication/vnd.oasis.opendocument.spreadsheet",
            "a spreadsheet (OpenDocument)",
        );
        check(
            b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1",
            "a spreadsheet (Excel before 2007), or another Office document",
        );
        check(b"%PDF-1.7\n", "a PDF document");
        check(b"\x89PNG\r\n", "a picture");
    }

    #[test]
    fn what_is_meant_as_timeline_json_is_read_as_that() {
        // Broken JSON, and JSON with a wrong field, are reported with line and field.
        for text in [
            "{\"title\": \"a\", \"events\": [",
            "{\"events\": [], }",
            "[1, 2]",
            "hello",
            "{'title': 'a,b'}\n{'c': 'd,e'}",
        ] {
            let error = read(text.as_bytes()).unwrap_err();
            assert!(
                !matches!(error, ReadError::Foreign { .. }),
                "{text}: {error}"
            );
        }
        let loaded =
            read(br#"{"title": "T", "events": [{"title": "a", "date": "2014", "start": 1}]}"#);
        assert_eq!(loaded.unwrap().timeline.len(), 1);
    }
}
