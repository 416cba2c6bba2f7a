//! Spreadsheets: Excel and `OpenDocument`, by `calamine`. The first sheet that has a date and a title
//! in its columns is read as a table is.
//!
//! Their cells have types: a date is a day, however it is shown, and no more exact than its format
//! where that can be read.

use std::io::{self, Cursor, Read};

use calamine::{
    Data, DataRef, ExcelDateTime, Ods, OdsError, Range, Reader, Style, Xls, XlsError, Xlsb, Xlsx,
    XlsxError,
};
use quick_xml::events::{BytesStart, Event};
use zip::ZipArchive;

use super::{
    dates::Date,
    draft::Draft,
    sheet::{self, Records},
};
use crate::{
    formats::{Format, Location, ReadError, ReadProgress, Source, columns::ColumnChoice},
    time::{Civil, Moment},
};

/// An archive that unpacks to more is not read, in bytes.
const MOST_UNPACKED: u64 = 256 << 20;
/// A sheet with more cells is not read: each takes some 32 bytes.
const MOST_CELLS: u64 = 8_000_000;
/// Columns past this one are not read.
const MOST_COLUMNS: u32 = 1024;

/// Whether bytes begin as a spreadsheet does: a zip archive, or a compound file of Excel before 2007.
pub fn is_spreadsheet(bytes: &[u8]) -> bool {
    bytes.starts_with(b"PK\x03\x04") || bytes.starts_with(b"\xD0\xCF\x11\xE0")
}

/// Reads a spreadsheet; `None` where the archive is none, or no sheet has a date and a title.
pub fn read(
    bytes: &[u8],
    choice: &ColumnChoice,
    progress: &ReadProgress,
) -> Option<Result<Source, ReadError>> {
    let mut book = match Book::open(bytes)? {
        Ok(book) => book,
        Err(error) => return Some(Err(error)),
    };
    let mut draft = Draft::new(Format::Spreadsheet, choice);
    let mut is_read = false;
    for name in book.names() {
        if progress.is_cancelled() {
            return Some(Err(ReadError::Cancelled));
        }
        let at = Location {
            path: name.clone(),
            ..Location::line(1)
        };
        match book.sheet(&name) {
            Ok(sheet) if sheet.rows.is_empty() => {}
            Ok(_) if is_read => {
                let message = format!("the sheet “{name}” is not shown: one sheet is read");
                draft.warning(&at, message, "save it as a file of its own");
            }
            Ok(sheet) => {
                // A sheet without a date and a title says nothing before the one that has them.
                let mut attempt = Draft::new(Format::Spreadsheet, choice);
                if sheet::read(&sheet, &mut attempt) {
                    attempt.take_diagnostics_of(draft);
                    draft = attempt;
                    is_read = true;
                } else {
                    let message =
                        format!("the sheet “{name}” has no date and no title in its columns");
                    draft.warning(&at, message, "");
                }
            }
            Err(why) => draft.error(&at, format!("the sheet “{name}” cannot be read: {why}"), ""),
        }
    }
    is_read.then(|| draft.finish(progress))
}

/// A spreadsheet that is open.
enum Book<'b> {
    Xlsx(Box<Xlsx<Cursor<&'b [u8]>>>),
    Xlsb(Box<Xlsb<Cursor<&'b [u8]>>>),
    Xls(Box<Xls<Cursor<&'b [u8]>>>),
    Ods(Box<Ods<Cursor<&'b [u8]>>>),
}

impl<'b> Book<'b> {
    /// Opens a spreadsheet; `None` where it is none.
    fn open(bytes: &'b [u8]) -> Option<Result<Self, ReadError>> {
        let cursor = || Cursor::new(bytes);
        if !bytes.starts_with(b"PK") {
            let is_encrypted = matches!(Xlsx::new(cursor()), Err(XlsxError::Password));
            return match Xls::new(cursor()) {
                _ if is_encrypted => Some(Err(encrypted())),
                Ok(book) => Some(Ok(Self::Xls(Box::new(book)))),
                Err(XlsError::Password) => Some(Err(encrypted())),
                Err(_) => None,
            };
        }
        let mut archive = ZipArchive::new(cursor()).ok()?;
        let names: Vec<String> = archive
            .file_names()
            .filter_map(|name| Some(name.ok()?.into_owned()))
            .collect();
        let has = |name: &str| names.iter().any(|known| known == name);
        let is_ods = has("content.xml");
        if !is_ods && !names.iter().any(|name| name.starts_with("xl/")) {
            return None;
        }
        match unpacked(&mut archive) {
            Err(Unpacked::TooLarge) => {
                return Some(Err(ReadError::Unpacks {
                    limit: MOST_UNPACKED,
                }));
            }
            Err(Unpacked::TooManyCells) => {
                return Some(Err(ReadError::Cells { limit: MOST_CELLS }));
            }
            Err(Unpacked::Broken) => return None,
            Ok(()) => {}
        }
        if is_ods {
            match Ods::new(cursor()) {
                Ok(book) => Some(Ok(Self::Ods(Box::new(book)))),
                Err(OdsError::Password) => Some(Err(encrypted())),
                Err(_) => None,
            }
        } else if has("xl/workbook.bin") {
            Xlsb::new(cursor())
                .ok()
                .map(|book| Ok(Self::Xlsb(Box::new(book))))
        } else {
            match Xlsx::new(cursor()) {
                Ok(book) => Some(Ok(Self::Xlsx(Box::new(book)))),
                Err(XlsxError::Password) => Some(Err(encrypted())),
                Err(_) => None,
            }
        }
    }

    fn names(&self) -> Vec<String> {
        match self {
            Self::Xlsx(book) => book.sheet_names(),
            Self::Xlsb(book) => book.sheet_names(),
            Self::Xls(book) => book.sheet_names(),
            Self::Ods(book) => book.sheet_names(),
        }
    }

    fn sheet(&mut self, name: &str) -> Result<Sheet, String> {
        let of =
            |range: Result<Range<Data>, String>| range.map(|range| Sheet::of_range(name, &range));
        match self {
            Self::Xlsx(book) => Sheet::of_xlsx(name, book),
            Self::Xlsb(book) => of(book.worksheet_range(name).map_err(|it| it.to_string())),
            Self::Xls(book) => of(book.worksheet_range(name).map_err(|it| it.to_string())),
            Self::Ods(book) => of(book.worksheet_range(name).map_err(|it| it.to_string())),
        }
    }
}

fn encrypted() -> ReadError {
    ReadError::Encrypted
}

/// Why an archive is not opened.
enum Unpacked {
    TooLarge,
    TooManyCells,
    Broken,
}

/// Unpacks an archive into nothing, since what it says of its own size may be untrue, and counts
/// the cells that are written once for many (`OpenDocument`).
fn unpacked<R: Read + io::Seek>(archive: &mut ZipArchive<R>) -> Result<(), Unpacked> {
    let mut left = MOST_UNPACKED;
    for number in 0..archive.len() {
        let file = archive.by_index(number).map_err(|_| Unpacked::Broken)?;
        let is_content = file.name().is_ok_and(|name| name == "content.xml");
        let mut file = file.take(left.saturating_add(1));
        if is_content {
            let mut text = Vec::new();
            file.read_to_end(&mut text).map_err(|_| Unpacked::Broken)?;
            left = left
                .checked_sub(text.len() as u64)
                .ok_or(Unpacked::TooLarge)?;
            if repeated_cells(&text) > MOST_CELLS {
                return Err(Unpacked::TooManyCells);
            }
        } else {
            let read = io::copy(&mut file, &mut io::sink()).map_err(|_| Unpacked::Broken)?;
            left = left.checked_sub(read).ok_or(Unpacked::TooLarge)?;
        }
    }
    Ok(())
}

/// How many cells with a value a text of `OpenDocument` stands for.
fn repeated_cells(content: &[u8]) -> u64 {
    let mut reader = quick_xml::Reader::from_reader(content);
    let mut buffer = Vec::new();
    let (mut cells, mut rows) = (0_u64, 1_u64);
    let number = |element: &BytesStart<'_>, name: &str| {
        let found = element.try_get_attribute(name).ok().flatten();
        let value = found.map(|found| found.value.parse::<u64>());
        value.and_then(Result::ok).unwrap_or(1)
    };
    loop {
        match reader.read_event_into(&mut buffer) {
            Ok(Event::Start(element)) => match element.name().as_ref() {
                "table:table-row" => rows = number(&element, "table:number-rows-repeated"),
                "table:table-cell" => {
                    let columns = number(&element, "table:number-columns-repeated");
                    cells = cells.saturating_add(columns.saturating_mul(rows));
                }
                _ => {}
            },
            Ok(Event::Empty(element))
                if element.name().as_ref() == "table:table-cell"
                    && element
                        .try_get_attribute("office:value-type")
                        .ok()
                        .flatten()
                        .is_some() =>
            {
                let columns = number(&element, "table:number-columns-repeated");
                cells = cells.saturating_add(columns.saturating_mul(rows));
            }
            Ok(Event::Eof) | Err(_) => return cells,
            Ok(_) => {}
        }
        buffer.clear();
    }
}

/// A sheet: its rows with their numbers from 1, each cell as text.
struct Sheet {
    name: String,
    rows: Vec<(u32, Vec<String>)>,
}

impl Sheet {
    fn of_range(name: &str, range: &Range<Data>) -> Self {
        let (row, column) = range.start().unwrap_or_default();
        let before = column.min(MOST_COLUMNS) as usize;
        let rows = range.rows().zip(row..).filter_map(|(cells, row)| {
            let cells = cells
                .iter()
                .take(MOST_COLUMNS as usize)
                .map(|cell| words(cell, None));
            let cells: Vec<String> = std::iter::repeat_n(String::new(), before)
                .chain(cells)
                .collect();
            let is_empty = cells.iter().all(String::is_empty);
            (!is_empty).then(|| (row.saturating_add(1), cells))
        });
        Self {
            name: name.to_owned(),
            rows: rows.collect(),
        }
    }

    /// Cell by cell: of a sheet with two cells far apart no more is held than these.
    fn of_xlsx(name: &str, book: &mut Xlsx<Cursor<&[u8]>>) -> Result<Self, String> {
        let mut reader = book
            .worksheet_cells_reader(name)
            .map_err(|it| it.to_string())?;
        let mut rows: Vec<(u32, Vec<String>)> = Vec::new();
        let mut count = 0_u64;
        while let Some((cell, style)) = reader
            .next_cell_with_style_id()
            .map_err(|it| it.to_string())?
        {
            let (row, column) = cell.get_position();
            let value = cell.get_value();
            if *value == DataRef::Empty || column >= MOST_COLUMNS {
                continue;
            }
            count += 1;
            if count > MOST_CELLS {
                return Err(format!("it has more than {MOST_CELLS} cells"));
            }
            let style = match value {
                DataRef::DateTime(_) => reader.styles().get(style),
                _ => None,
            };
            let words = words(&Data::from(value.clone()), style);
            let row = row.saturating_add(1);
            if rows.last().is_none_or(|(last, _)| *last != row) {
                rows.push((row, Vec::new()));
            }
            if let Some((_, cells)) = rows.last_mut() {
                let column = column as usize;
                if cells.len() <= column {
                    cells.resize(column + 1, String::new());
                }
                if let Some(cell) = cells.get_mut(column) {
                    *cell = words;
                }
            }
        }
        rows.sort_by_key(|(row, _)| *row);
        Ok(Self {
            name: name.to_owned(),
            rows,
        })
    }
}

impl Records for Sheet {
    fn visit(&self, visit: &mut dyn FnMut(u32, &[&str]) -> bool) {
        for (row, cells) in &self.rows {
            let cells: Vec<&str> = cells.iter().map(String::as_str).collect();
            if !visit(*row, &cells) {
                return;
            }
        }
    }

    /// `Events!C5`, with row and column as line and column.
    fn location(&self, line: u32, column: usize, _: &str) -> Location {
        let mut letters = String::new();
        let mut rest = column + 1;
        while rest > 0 {
            let letter = u8::try_from((rest - 1) % 26).unwrap_or(0);
            letters.insert(0, char::from(b'A' + letter));
            rest = (rest - 1) / 26;
        }
        Location {
            line,
            column: u32::try_from(column + 1).unwrap_or(u32::MAX),
            path: format!("{}!{letters}{line}", self.name),
        }
    }
}

/// A cell as one would write it into a table of text.
fn words(cell: &Data, style: Option<&Style>) -> String {
    match cell {
        Data::Int(number) => number.to_string(),
        Data::Float(number) => number.to_string(),
        Data::String(words) => words.trim().to_owned(),
        Data::Bool(is) => is.to_string(),
        Data::DateTime(date) => date_words(*date, style),
        Data::DateTimeIso(date) => date.strip_suffix("T00:00:00").unwrap_or(date).to_owned(),
        Data::DurationIso(duration) => clock(duration).unwrap_or_else(|| duration.clone()),
        Data::Error(_) | Data::Empty => String::new(),
    }
}

/// A date as EDTF: a day, with the time where that is not midnight, or the year or month alone where
/// the cell is formatted so. A number below 1 is a time of day.
fn date_words(date: ExcelDateTime, style: Option<&Style>) -> String {
    let format = style.and_then(|style| style.number_format.as_ref());
    let format = format.map_or("", |format| format.format_code.as_str());
    if date.as_f64() < 0.0 {
        return before_1900(date.as_f64());
    }
    let (year, month, day, hour, minute, second, millis) = date.to_ymd_hms_milli();
    // Excel has a 29 February 1900, which there was not.
    let day = if (year, month, day) == (1900, 2, 29) {
        28
    } else {
        day
    };
    let second = second + u8::from(millis >= 500 && second < 59);
    let time = format!("{hour:02}:{minute:02}:{second:02}");
    if date.is_duration() || date.as_f64() < 1.0 {
        return time;
    }
    match shown(format) {
        Shown::Year => format!("{year:04}"),
        Shown::Month => format!("{year:04}-{month:02}"),
        Shown::All if (hour, minute, second) == (0, 0, 0) => {
            format!("{year:04}-{month:02}-{day:02}")
        }
        Shown::All => format!("{year:04}-{month:02}-{day:02}T{time}"),
    }
}

/// A date before those that Excel knows, as `LibreOffice` writes it: days before 30 December 1899.
fn before_1900(serial: f64) -> String {
    /// 30 December 1899 in days from 1 January 1970.
    const FIRST_DAY: i64 = -25_569;
    // Within what 64 bits hold by far: a sheet has no such dates.
    let days = serial.floor().clamp(-1e9, 0.0) as i64;
    let Civil {
        year, month, day, ..
    } = Moment::from_secs((FIRST_DAY + days) * 86_400).civil();
    let date = Date {
        year,
        month: Some(month),
        day: Some(day),
        time: None,
    };
    date.edtf().unwrap_or_default()
}

/// How much of a date its format shows.
enum Shown {
    Year,
    Month,
    All,
}

/// Reads a format such as `yyyy`, `mmm yyyy` or `[$-409]d\-mmm\-yy;@`.
fn shown(format: &str) -> Shown {
    let (mut is_quoted, mut is_bracketed, mut is_escaped) = (false, false, false);
    let mut letters = String::new();
    for c in format.chars() {
        match c {
            _ if is_escaped => is_escaped = false,
            '\\' => is_escaped = true,
            '"' => is_quoted = !is_quoted,
            '[' => is_bracketed = true,
            ']' => is_bracketed = false,
            ';' if !is_quoted => break,
            _ if is_quoted || is_bracketed => {}
            c => letters.push(c.to_ascii_lowercase()),
        }
    }
    let has = |letter: char| letters.contains(letter);
    match (has('y'), has('m'), has('d') || has('h') || has('s')) {
        (true, false, false) => Shown::Year,
        (true, true, false) => Shown::Month,
        _ => Shown::All,
    }
}

/// `PT14H30M00S` as `14:30:00`.
fn clock(duration: &str) -> Option<String> {
    let rest = duration.strip_prefix("PT")?;
    let (hour, rest) = rest.split_once('H')?;
    let (minute, rest) = rest.split_once('M')?;
    let second = rest.strip_suffix('S')?.split('.').next()?;
    let part = |text: &str| text.parse::<u8>().ok();
    Some(format!(
        "{:02}:{:02}:{:02}",
        part(hour)?,
        part(minute)?,
        part(second)?
    ))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_date_is_as_exact_as_its_format() {
        for (format, expected) in [
            ("yyyy", "2014"),
            ("mmm\\ yyyy", "2014-06"),
            ("[$-409]mmmm yyyy;@", "2014-06"),
            ("dd/mm/yyyy", "2014-06-10"),
            ("\"day\" yyyy", "2014"),
            ("General", "2014-06-10"),
        ] {
            let date = ExcelDateTime::new(41_800.0, calamine::ExcelDateTimeType::DateTime, false);
            let said = match shown(format) {
                Shown::Year => "2014",
                Shown::Month => "2014-06",
                Shown::All => &date_words(date, None),
            };
            assert_eq!(said, expected, "{format}");
        }
    }

    #[test]
    fn excels_leap_day_of_1900_does_not_shift_dates() {
        for (serial, expected) in [
            (1.0, "1900-01-01"),
            (60.0, "1900-02-28"),
            (-30_876.0, "1815-06-18"),
            (59.0, "1900-02-28"),
            (61.0, "1900-03-01"),
            (0.5, "12:00:00"),
            (41_800.604_166_67, "2014-06-10T14:30:00"),
        ] {
            let date = ExcelDateTime::new(serial, calamine::ExcelDateTimeType::DateTime, false);
            assert_eq!(date_words(date, None), expected);
        }
    }

    #[test]
    fn cells_that_are_written_once_for_many_are_counted() {
        let content = b"<table:table-row table:number-rows-repeated=\"1000\">\
            <table:table-cell office:value-type=\"string\" table:number-columns-repeated=\"16000\"><text:p>a</text:p></table:table-cell>\
            <table:table-cell table:number-columns-repeated=\"16000\"/></table:table-row>";
        assert_eq!(repeated_cells(content), 16_000_000);
    }
}
