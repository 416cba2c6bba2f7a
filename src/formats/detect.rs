//! Which format a file has, by its content.
//!
//! The one place that tells formats apart. Bytes that are no text (spreadsheets) are recognised by
//! their first bytes. A text is taken for a timeline.json and read; only where that fails, it is
//! examined for other formats, so that a clean file pays nothing.

use serde_json::value::RawValue;

use super::encoding::{Decoded, decode, is_utf16};
use super::import::Table;
use super::json::faults::quoted;
use super::json::raw::{fields_of, name_of, without_mark};
use super::{MAX_BYTES, ReadError};
use crate::time::When;

/// So many bytes at the beginning of a file tell what it is.
const NEAR_BYTES: usize = 4096;

/// The file as text, a byte order mark included where it is UTF-8.
///
/// # Errors
///
/// Where there is none: the file is too large, empty, or no text.
pub fn text_of(bytes: &[u8]) -> Result<Decoded<'_>, ReadError> {
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
    let decoded = decode(bytes);
    if without_mark(&decoded.text).trim().is_empty() {
        Err(ReadError::Empty)
    } else {
        Ok(decoded)
    }
}

/// Why a text that is not UTF-8 could not be opened: JSON has to be.
pub fn not_utf8(bytes: &[u8]) -> ReadError {
    // What else it is, is the better answer: in UTF-8 it could not be opened either.
    let near = String::from_utf8_lossy(bytes.get(..NEAR_BYTES).unwrap_or(bytes));
    if let Some(found) = known_text(&near) {
        return foreign(found);
    }
    let valid = bytes.utf8_chunks().next().map_or("", |chunk| chunk.valid());
    let lines = valid.split('\n').count();
    ReadError::NotUtf8 {
        byte: valid.len() as u64 + 1,
        line: u32::try_from(lines).unwrap_or(u32::MAX),
        utf16: bytes.starts_with(b"\xFF\xFE") || bytes.starts_with(b"\xFE\xFF"),
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
    let near = bytes.get(..NEAR_BYTES).unwrap_or(bytes);
    // The names of a zip archive's first files stand near its beginning.
    let holds = |name: &[u8]| memchr::memmem::find(near, name).is_some();
    Some(match bytes {
        [b'P', b'K', 3, 4, ..] if holds(b"opendocument.spreadsheet") => {
            "a spreadsheet (OpenDocument)"
        }
        [b'P', b'K', 3, 4, ..] if holds(b"xl/") => "a spreadsheet (Excel)",
        [b'P', b'K', 3, 4, ..] if holds(b"word/") => "a text document (Word)",
        [b'P', b'K', 3, 4, ..] if holds(b"ppt/") => "a presentation (PowerPoint)",
        [b'P', b'K', 3, 4, ..] if holds(b"[Content_Types].xml") => {
            "a spreadsheet (Excel), or another Office document"
        }
        [b'P', b'K', 3 | 5, 4 | 6, ..] => "a zip archive",
        [0xD0, 0xCF, 0x11, 0xE0, ..] => {
            "a spreadsheet (Excel before 2007), or another Office document"
        }
        [b'%', b'P', b'D', b'F', b'-', ..] => "a PDF document",
        [0x1F, 0x8B, ..] => "a compressed file (gzip)",
        _ if is_picture(bytes) => "a picture",
        [b'S', b'Q', b'L', b'i', b't', b'e', b' ', ..] => "a database (SQLite)",
        [b'{', b'\\', b'r', b't', b'f', ..] => "a text document (RTF)",
        _ if near.contains(&0) && !is_utf16(bytes) => "a file that is no text",
        _ => return None,
    })
}

/// Whether this is a PNG, JPEG, GIF or WebP.
fn is_picture(bytes: &[u8]) -> bool {
    let is_webp = bytes.starts_with(b"RIFF") && bytes.get(8..12) == Some(b"WEBP");
    let begins: [&[u8]; 3] = [b"\x89PNG", b"\xFF\xD8\xFF", b"GIF8"];
    is_webp || begins.iter().any(|begin| bytes.starts_with(begin))
}

/// What a text is that is no JSON, unless it was meant as JSON.
fn foreign_text(text: &str) -> Option<String> {
    // Comments are no JSON, but may stand before an object that was written by hand.
    let is_comment = |line: &&str| line.trim().is_empty() || line.trim_start().starts_with("//");
    let begins = text.lines().find(|line| !is_comment(line));
    let begins = begins.unwrap_or_default().trim_start();
    if begins.starts_with(['{', '[']) {
        let is_object = |line: &&str| serde_json::from_str::<&RawValue>(line).is_ok();
        let lines: Vec<&str> = text.lines().take(2).collect();
        let is_list = lines.len() > 1 && lines.iter().all(is_object);
        return is_list.then(|| "a list of JSON values, one a line (JSON Lines)".to_owned());
    }
    let known = known_text(text);
    // A field without the braces around it.
    let is_field = begins.starts_with(['"', '\'']);
    known.or_else(|| (!is_field).then(|| "a text that is not JSON".to_owned()))
}

/// What a text is, of the formats that are known.
fn known_text(text: &str) -> Option<String> {
    let text = text.trim_start();
    let begins = |with: &str| {
        let start = text.get(..with.len());
        start.is_some_and(|start| start.eq_ignore_ascii_case(with))
    };
    if text.starts_with(['{', '[']) {
        None
    } else if text.starts_with('<') {
        Some(xml(text))
    } else if begins("BEGIN:VCALENDAR") {
        Some("a calendar (iCalendar)".to_owned())
    } else if is_markwhen(text) {
        Some("a markwhen text".to_owned())
    } else {
        table(text)
    }
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
        name => format!("an XML file of {}", quoted(name)),
    }
}

/// Whether a text has a line that begins with a date or a range of dates, and a colon.
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

/// What a table is, by its first line.
fn table(text: &str) -> Option<String> {
    /// More columns are not named.
    const MOST_NAMED: usize = 8;
    let table = Table::of(text)?;
    let header = table.near.first()?;
    let names = header.iter().map(str::trim).filter(|name| !name.is_empty());
    let names: Vec<&str> = names.collect();
    let is_data = names
        .iter()
        .any(|name| name.starts_with(|c: char| c.is_ascii_digit()));
    if names.is_empty() || is_data {
        return Some(format!("a table of {} columns", header.len()));
    }
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

/// What JSON is that no importer takes.
fn foreign_json(text: &str) -> Option<String> {
    let top: &RawValue = serde_json::from_str(text).ok()?;
    let fields = fields_of(top)?.into_iter();
    let mut kinds = fields.filter(|(name, _)| name_of(name) == "type");
    let is_map = kinds.any(|(_, kind)| kind.get() == "\"FeatureCollection\"");
    is_map.then(|| "a map (GeoJSON)".to_owned())
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
            format!(
                "this looks like {expected}; what can be opened is timeline.json, a table or \
                 spreadsheet with a date and a title in each row, and the files of other timeline \
                 programs"
            ),
            "{text}"
        );
    }

    #[test]
    fn files_of_other_programs_are_named() {
        // A table without a date is no chronology.
        check(
            b"colour|title\nred|a\n",
            "a table with the columns \"colour\", \"title\"",
        );
        check(
            b"a,b,c,d,e,f,g,h,i\n1,2,3,4,5,6,7,8,9\n",
            "a table with the columns \"a\", \"b\", \"c\", \"d\", \"e\", \"f\", \"g\", \"h\", …",
        );
        check(
            b"<!DOCTYPE html>\n<html lang=\"en\"></html>",
            "a web page (HTML)",
        );
        check(b"<chronology/>", "an XML file of \"chronology\"");
        check(b"PK\x03\x04....word/document.xml", "a text document (Word)");
        check(b"PK\x05\x06", "a zip archive");
        check(b"%PDF-1.7\n", "a PDF document");
        check(b"\x89PNG\r\n", "a picture");
        check(b"RIFF....WEBPVP8 ", "a picture");
        check(b"SQLite format 3\0", "a database (SQLite)");
        check(b"{\\rtf1 Wars}", "a text document (RTF)");
        check(b"....ftypisom\0\0", "a file that is no text");
    }

    #[test]
    fn a_spreadsheet_that_is_broken_is_said_to_be() {
        for bytes in [
            &b"PK\x03\x04....xl/workbook.xml"[..],
            b"PK\x03\x04mimetypeapplication/vnd.oasis.opendocument.spreadsheet",
            b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1",
        ] {
            assert_eq!(read(bytes), Err(ReadError::BrokenSheet));
        }
    }

    #[test]
    fn json_of_other_programs_is_named() {
        check(
            br#"{"type": "FeatureCollection", "features": []}"#,
            "a map (GeoJSON)",
        );
        check(
            b"{\"title\": \"a\"}\n{\"title\": \"b\"}\n",
            "a list of JSON values, one a line (JSON Lines)",
        );
    }

    #[test]
    fn tables_are_known_by_their_delimiter() {
        let columns = "a table with the columns \"Farbe\", \"Text\"";
        check(
            b"Farbe;Text\nrot;One, and more\nblau;Two, and less\n",
            columns,
        );
        check(b"sep=;\nFarbe;Text\nrot;One\n", columns);
        check(b"Farbe,Text\nrot,One,more\n", columns);
        check(b"Farbe,Text\n", columns);
        check(b",,\n1,2,3\n", "a table of 3 columns");
        // As Excel saves it: Latin-1.
        check(
            b"Farbe;Ort\nrot;K\xF6ln\n",
            "a table with the columns \"Farbe\", \"Ort\"",
        );
    }

    #[test]
    fn other_texts_are_no_json() {
        for text in [
            "hello",
            "Roses are red, violets blue\nSugar is sweet, and so are you\n",
            "# Wars\n\nThe first one\n",
            "title: Wars\nevents: []\n",
            "0 HEAD\n1 SOUR x\n",
        ] {
            check(text.as_bytes(), "a text that is not JSON");
        }
    }

    #[test]
    fn what_is_meant_as_timeline_json_is_read_as_that() {
        // Broken JSON, and JSON with a wrong field, are reported with line and field.
        for text in [
            "{\"title\": \"a\", \"events\": [",
            "{\"events\": [], }",
            "[1, 2]",
            "// by hand\n{\"title\": \"a\",}",
            "\"title\": \"a\", \"events\": []",
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
        let loaded =
            read(br#"{"title": "T", "lanes": [], "events": [{"title": "a", "start": "1944"}]}"#);
        let messages = loaded.unwrap().diagnostics;
        assert!(messages.iter().any(|it| it.message.contains("has no date")));
    }
}
