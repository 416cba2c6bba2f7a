//! What a spreadsheet in a zip archive unpacks to, looked over before it is read.

use std::borrow::Cow;
use std::io::{self, Cursor, Read};

use quick_xml::events::{BytesStart, Event};
use zip::ZipArchive;

use super::limits::{MOST_CELLS, MOST_TEXT_BYTES};
use crate::formats::ReadError;

/// An archive that unpacks to more is not read, in bytes.
const MOST_UNPACKED: u64 = 256 << 20;

/// What an archive holds.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Kind {
    /// `.xlsx`, `.xlsm`
    Excel,
    /// `.ods`
    OpenDocument,
}

/// Looks an archive over; `None` where it holds no spreadsheet. It is unpacked into nothing, since
/// what it says of its own size may be untrue.
///
/// # Errors
///
/// Where it unpacks to too much, stands for too many cells, is broken, or is of the binary kind.
pub fn look_over(bytes: &[u8]) -> Option<Result<Kind, ReadError>> {
    let holds = |name: &[u8]| memchr::memmem::find(bytes, name).is_some();
    let Ok(mut archive) = ZipArchive::new(Cursor::new(bytes)) else {
        // One that was cut short, as far as its names tell.
        let is_sheet = holds(b"xl/workbook") || holds(b"opendocument.spreadsheet");
        return is_sheet.then_some(Err(ReadError::BrokenSheet));
    };
    let names: Vec<String> = archive
        .file_names()
        .filter_map(|name| Some(name.ok()?.into_owned()))
        .collect();
    let has = |name: &str| names.iter().any(|known| known == name);
    if has("xl/workbook.bin") {
        return Some(Err(ReadError::BinarySheet));
    }
    let kind = if has("content.xml") {
        Kind::OpenDocument
    } else {
        names
            .iter()
            .any(|name| name.starts_with("xl/"))
            .then_some(Kind::Excel)?
    };
    match unpack(&mut archive) {
        // Texts and drawings of OpenDocument have a content too.
        Ok(is_sheet) => (is_sheet || kind == Kind::Excel).then_some(Ok(kind)),
        Err(error) => Some(Err(error)),
    }
}

/// Whether a sheet of `OpenDocument` was met.
fn unpack<R: Read + io::Seek>(archive: &mut ZipArchive<R>) -> Result<bool, ReadError> {
    let mut is_sheet = false;
    let too_large = || ReadError::Unpacks {
        limit: MOST_UNPACKED,
    };
    let mut left = MOST_UNPACKED;
    for number in 0..archive.len() {
        let file = archive
            .by_index(number)
            .map_err(|_| ReadError::BrokenSheet)?;
        let name = file.name().map(Cow::into_owned).unwrap_or_default();
        let mut file = file.take(left.saturating_add(1));
        let mut text = Vec::new();
        let read = if matches!(name.as_str(), "content.xml" | "xl/sharedStrings.xml") {
            file.read_to_end(&mut text).map(|length| length as u64)
        } else {
            io::copy(&mut file, &mut io::sink())
        };
        let read = read.map_err(|_| ReadError::BrokenSheet)?;
        left = left.checked_sub(read).ok_or_else(too_large)?;
        match name.as_str() {
            "content.xml" => is_sheet = content(&text)?,
            "xl/sharedStrings.xml" => shared_strings(&text)?,
            _ => {}
        }
    }
    Ok(is_sheet)
}

fn number(element: &BytesStart<'_>, name: &str) -> Option<u64> {
    let found = element.try_get_attribute(name).ok()??;
    found.value.parse::<u64>().ok()
}

/// Room is made for as many shared strings as the file says it has.
fn shared_strings(text: &[u8]) -> Result<(), ReadError> {
    let mut reader = quick_xml::Reader::from_reader(text);
    let mut buffer = Vec::new();
    let (mut said, mut found) = (0_u64, 0_u64);
    loop {
        match reader.read_event_into(&mut buffer) {
            Ok(Event::Start(element) | Event::Empty(element)) => {
                match element.local_name().as_ref() {
                    "sst" => {
                        said = number(&element, "uniqueCount")
                            .or_else(|| number(&element, "count"))
                            .unwrap_or(0);
                    }
                    "si" => found += 1,
                    _ => {}
                }
            }
            Ok(Event::Eof) | Err(_) => break,
            Ok(_) => {}
        }
        buffer.clear();
    }
    if found > MOST_CELLS {
        return Err(ReadError::Cells { limit: MOST_CELLS });
    }
    if said > found.saturating_add(1000) {
        return Err(ReadError::BrokenSheet);
    }
    Ok(())
}

/// Whether this is a sheet of `OpenDocument`, and how large its tables are, in which a cell and a row may be written once
/// for many: the rectangle around all that they hold, and the text in it.
fn content(text: &[u8]) -> Result<bool, ReadError> {
    let mut reader = quick_xml::Reader::from_reader(text);
    let mut buffer = Vec::new();
    let mut table = Table::default();
    let (mut depth, mut is_sheet) = (0_u32, false);
    loop {
        let event = reader
            .read_event_into(&mut buffer)
            .map_err(|_| ReadError::BrokenSheet)?;
        match event {
            Event::Start(element) => {
                depth += 1;
                is_sheet |= element.name().as_ref() == "office:spreadsheet";
                table.begin(&element, false);
            }
            Event::Empty(element) => table.begin(&element, true),
            Event::Text(text) => {
                table.text_bytes = table.text_bytes.saturating_add(text.len() as u64);
            }
            Event::End(element) => {
                depth = depth.saturating_sub(1);
                if element.name().as_ref() == "table:table-cell" {
                    table.end_cell();
                }
            }
            Event::Eof => break,
            _ => {}
        }
        if table.cells() > MOST_CELLS || table.bytes > MOST_TEXT_BYTES {
            return Err(ReadError::Cells { limit: MOST_CELLS });
        }
        buffer.clear();
    }
    // One that ends too early would be read for ever.
    if depth > 0 {
        Err(ReadError::BrokenSheet)
    } else {
        Ok(is_sheet)
    }
}

/// A table that is looked over.
#[derive(Debug, Default)]
struct Table {
    /// The rows above this one, and how often it is repeated.
    row: u64,
    repeats: u64,
    column: u64,
    /// The columns of the cell that is open.
    columns: u64,
    text_bytes: u64,
    /// The rectangle around all that is held.
    rows: u64,
    width: u64,
    /// The bytes of all texts.
    bytes: u64,
}

impl Table {
    fn begin(&mut self, element: &BytesStart<'_>, is_empty: bool) {
        match element.name().as_ref() {
            "table:table" => {
                let bytes = self.bytes;
                *self = Self {
                    bytes,
                    ..Self::default()
                };
            }
            "table:table-row" => {
                self.row = self.row.saturating_add(self.repeats);
                self.repeats = number(element, "table:number-rows-repeated").unwrap_or(1);
                self.column = 0;
            }
            "table:table-cell" | "table:covered-table-cell" => {
                let columns = number(element, "table:number-columns-repeated").unwrap_or(1);
                let has_value =
                    matches!(element.try_get_attribute("office:value-type"), Ok(Some(_)));
                self.columns = columns;
                self.text_bytes = 0;
                self.column = self.column.saturating_add(columns);
                if !is_empty || has_value {
                    self.width = self.width.max(self.column);
                    self.rows = self.rows.max(self.row.saturating_add(self.repeats));
                }
            }
            _ => {}
        }
    }

    fn end_cell(&mut self) {
        let times = self.columns.saturating_mul(self.repeats.max(1));
        self.bytes = self
            .bytes
            .saturating_add(self.text_bytes.saturating_mul(times));
    }

    fn cells(&self) -> u64 {
        self.rows.saturating_mul(self.width)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(cells: &str, is_read: bool) {
        let text = format!(
            "<office:spreadsheet><table:table><table:table-row><table:table-cell \
             office:value-type=\"string\"><text:p>date</text:p></table:table-cell></table:table-row>\
             {cells}</table:table></office:spreadsheet>"
        );
        assert_eq!(content(text.as_bytes()).is_ok(), is_read, "{cells}");
    }

    #[test]
    fn cells_that_are_written_once_for_many_are_counted() {
        let cell = |repeated: &str| {
            format!(
                "<table:table-cell office:value-type=\"string\" {repeated}><text:p>a</text:p></table:table-cell>"
            )
        };
        let row = |repeated: &str, cells: &str| {
            format!("<table:table-row {repeated}>{cells}</table:table-row>")
        };
        check(&row("", &cell("")), true);
        // As spreadsheet programs end their sheets.
        check(
            &row(
                "table:number-rows-repeated=\"1048570\"",
                "<table:table-cell table:number-columns-repeated=\"16384\"/>",
            ),
            true,
        );
        check(
            &row(
                "table:number-rows-repeated=\"1048576\"",
                &cell("table:number-columns-repeated=\"16384\""),
            ),
            false,
        );
        let far = row("table:number-rows-repeated=\"5000\"", "<table:table-cell/>")
            + &row(
                "",
                &format!(
                    "<table:table-cell table:number-columns-repeated=\"16383\"/>{}",
                    cell("")
                ),
            );
        check(&far, false);
        check("<table:table-row>", false);
    }

    #[test]
    fn shared_strings_are_as_many_as_is_said() {
        assert!(shared_strings(b"<sst uniqueCount=\"1\"><si><t>a</t></si></sst>").is_ok());
        assert!(
            shared_strings(b"<sst uniqueCount=\"4294967295\"><si><t>a</t></si></sst>").is_err()
        );
    }
}
