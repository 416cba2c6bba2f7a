//! Spreadsheets: Excel and `OpenDocument`, by `calamine`. The first sheet that has a date and a title
//! in its columns is read as a table is.
//!
//! A spreadsheet is looked over before the library sees it (`archive`, `old`): a few bytes can stand
//! for billions of cells, for which it would take all memory there is.
//!
//! Their cells have types: a date is a day, however it is shown, and no more exact than its format
//! where that can be read.

mod archive;
mod calendars;
mod limits;
mod old;

use std::io::Cursor;

use calamine::{
    Data, DataRef, ExcelDateTime, Ods, OdsError, Range, Reader, Style, Xls, XlsError, Xlsx,
    XlsxError,
};

use limits::{MOST_CELLS, MOST_TEXT_BYTES};

use super::{
    caught::caught,
    draft::Draft,
    records::{MOST_COLUMNS, Records},
    sheet,
};
use crate::formats::{Format, Location, ReadError, ReadOptions, ReadProgress, Source};

/// Whether bytes begin as a spreadsheet does: a zip archive, or a compound file of Excel before 2007.
pub fn is_spreadsheet(bytes: &[u8]) -> bool {
    bytes.starts_with(b"PK\x03\x04") || bytes.starts_with(b"\xD0\xCF\x11\xE0")
}

/// Reads a spreadsheet; `None` where the archive is none, or no sheet has a date and a title.
pub fn read(
    bytes: &[u8],
    options: &ReadOptions,
    progress: &ReadProgress,
) -> Option<Result<Source, ReadError>> {
    // The library looks things up by numbers of the file, and a broken file makes it panic.
    let read = caught(|| read_sheets(bytes, options, progress));
    let drafted = read.unwrap_or(Some(Err(ReadError::BrokenSheet)))?;
    Some(drafted.and_then(|draft| draft.finish(progress)))
}

fn read_sheets(
    bytes: &[u8],
    options: &ReadOptions,
    progress: &ReadProgress,
) -> Option<Result<Draft, ReadError>> {
    let mut book = match Book::open(bytes)? {
        Ok(book) => book,
        Err(error) => return Some(Err(error)),
    };
    let mut draft = Draft::new(Format::Spreadsheet, options);
    let mut room = Room {
        cells: MOST_CELLS,
        bytes: MOST_TEXT_BYTES,
    };
    let (mut is_read, mut failed) = (false, None);
    for name in book.names() {
        if progress.is_cancelled() {
            return Some(Err(ReadError::Cancelled));
        }
        let at = Location {
            path: name.clone(),
            ..Location::line(1)
        };
        match book.sheet(&name, &mut room) {
            Ok(sheet) if sheet.rows.is_empty() => {}
            Ok(_) if is_read => {
                let message = format!("the sheet “{name}” is not shown: one sheet is read");
                draft.warning(&at, message, "save it as a file of its own");
            }
            Ok(sheet) => {
                // A sheet without a date and a title says nothing before the one that has them.
                let mut attempt = Draft::new(Format::Spreadsheet, options);
                if sheet::read(&sheet, &mut attempt) {
                    sheet.say_lost(&at, &mut attempt);
                    attempt.take_diagnostics_of(draft);
                    draft = attempt;
                    is_read = true;
                } else {
                    let message =
                        format!("the sheet “{name}” has no date and no title in its columns");
                    draft.warning(&at, message, "");
                }
            }
            Err(error) => {
                let message = format!("the sheet “{name}” cannot be read: {error}");
                draft.error(&at, message, "");
                failed.get_or_insert(error);
            }
        }
    }
    match failed {
        Some(error) if !is_read => Some(Err(error)),
        _ => is_read.then_some(Ok(draft)),
    }
}

/// A spreadsheet that is open.
enum Book<'b> {
    Xlsx(Box<Xlsx<Cursor<&'b [u8]>>>),
    Xls(Box<Xls<Cursor<Vec<u8>>>>),
    Ods(Box<Ods<Cursor<&'b [u8]>>>),
}

impl<'b> Book<'b> {
    /// Opens a spreadsheet; `None` where it is none.
    fn open(bytes: &'b [u8]) -> Option<Result<Self, ReadError>> {
        if !bytes.starts_with(b"PK") {
            let workbook = match old::workbook(bytes)? {
                Ok(workbook) => workbook,
                Err(error) => return Some(Err(error)),
            };
            return Some(match Xls::new(Cursor::new(workbook)) {
                Ok(book) => Ok(Self::Xls(Box::new(book))),
                Err(XlsError::Password) => Err(ReadError::Encrypted),
                Err(_) => Err(ReadError::BrokenSheet),
            });
        }
        let cursor = || Cursor::new(bytes);
        let kind = match archive::look_over(bytes)? {
            Ok(kind) => kind,
            Err(error) => return Some(Err(error)),
        };
        Some(match kind {
            archive::Kind::OpenDocument => match Ods::new(cursor()) {
                Ok(book) => Ok(Self::Ods(Box::new(book))),
                Err(OdsError::Password) => Err(ReadError::Encrypted),
                Err(_) => Err(ReadError::BrokenSheet),
            },
            archive::Kind::Excel => match Xlsx::new(cursor()) {
                Ok(book) => Ok(Self::Xlsx(Box::new(book))),
                Err(XlsxError::Password) => Err(ReadError::Encrypted),
                Err(_) => Err(ReadError::BrokenSheet),
            },
        })
    }

    fn names(&self) -> Vec<String> {
        match self {
            Self::Xlsx(book) => book.sheet_names(),
            Self::Xls(book) => book.sheet_names(),
            Self::Ods(book) => book.sheet_names(),
        }
    }

    fn sheet(&mut self, name: &str, room: &mut Room) -> Result<Sheet, ReadError> {
        let range = match self {
            Self::Xlsx(book) => return Sheet::of_xlsx(name, book, room),
            Self::Xls(book) => book
                .worksheet_range(name)
                .map_err(|_| ReadError::BrokenSheet)?,
            Self::Ods(book) => book
                .worksheet_range(name)
                .map_err(|_| ReadError::BrokenSheet)?,
        };
        Sheet::of_range(name, &range, room)
    }
}

/// How many cells and bytes of text may still be read of a spreadsheet.
struct Room {
    cells: u64,
    bytes: u64,
}

impl Room {
    /// Takes a cell with a text of so many bytes.
    fn take(&mut self, bytes: usize) -> Result<(), ReadError> {
        let left = (
            self.cells.checked_sub(1),
            self.bytes.checked_sub(bytes as u64),
        );
        let (Some(cells), Some(bytes)) = left else {
            return Err(ReadError::Cells { limit: MOST_CELLS });
        };
        *self = Self { cells, bytes };
        Ok(())
    }
}

/// A sheet: the cells of its rows that hold something, each row with its number from 1, each cell
/// with its column from 0.
struct Sheet {
    name: String,
    /// How many cells lie in columns past the last that is read.
    beyond: usize,
    /// How many cells hold a fault of a formula in the place of a value.
    faulty: usize,
    rows: Vec<(u32, Vec<(u32, String)>)>,
}

impl Sheet {
    fn of_range(name: &str, range: &Range<Data>, room: &mut Room) -> Result<Self, ReadError> {
        let (first_row, first_column) = range.start().unwrap_or_default();
        let mut sheet = Self::named(name);
        for (row, column, cell) in range.used_cells() {
            // A range is within what a sheet can have.
            let row = first_row.saturating_add(u32::try_from(row).unwrap_or(u32::MAX));
            let column = first_column.saturating_add(u32::try_from(column).unwrap_or(u32::MAX));
            sheet.faulty += usize::from(matches!(cell, Data::Error(_)));
            sheet.add((row, column), words(cell, None), room)?;
        }
        Ok(sheet)
    }

    /// Cell by cell: of a sheet with two cells far apart no more is held than these.
    fn of_xlsx(
        name: &str,
        book: &mut Xlsx<Cursor<&[u8]>>,
        room: &mut Room,
    ) -> Result<Self, ReadError> {
        let reader = book.worksheet_cells_reader(name);
        let mut reader = reader.map_err(|_| ReadError::BrokenSheet)?;
        let mut sheet = Self::named(name);
        while let Some((cell, style)) = reader
            .next_cell_with_style_id()
            .map_err(|_| ReadError::BrokenSheet)?
        {
            let value = cell.get_value();
            let style = match value {
                DataRef::DateTime(_) => reader.styles().get(style),
                _ => None,
            };
            sheet.faulty += usize::from(matches!(value, DataRef::Error(_)));
            let words = words(&Data::from(value.clone()), style);
            sheet.add(cell.get_position(), words, room)?;
        }
        sheet.rows.sort_by_key(|(row, _)| *row);
        Ok(sheet)
    }

    /// Says what of the sheet was not read.
    fn say_lost(&self, at: &Location, draft: &mut Draft) {
        if self.beyond > 0 {
            let message = format!(
                "{} cells past column {MOST_COLUMNS} are left out",
                self.beyond
            );
            draft.error(at, message, "");
        }
        if self.faulty > 0 {
            let message = format!(
                "{} cells hold a fault such as #REF!, and are left out",
                self.faulty
            );
            draft.error(at, message, "mend their formulas");
        }
    }

    fn named(name: &str) -> Self {
        Self {
            name: name.to_owned(),
            beyond: 0,
            faulty: 0,
            rows: Vec::new(),
        }
    }

    fn add(
        &mut self,
        (row, column): (u32, u32),
        words: String,
        room: &mut Room,
    ) -> Result<(), ReadError> {
        room.take(words.len())?;
        if words.is_empty() {
            return Ok(());
        }
        if column >= MOST_COLUMNS {
            self.beyond += 1;
            return Ok(());
        }
        let row = row.saturating_add(1);
        if self.rows.last().is_none_or(|(last, _)| *last != row) {
            self.rows.push((row, Vec::new()));
        }
        if let Some((_, cells)) = self.rows.last_mut() {
            cells.push((column, words));
        }
        Ok(())
    }
}

impl Records for Sheet {
    fn visit(&self, visit: &mut dyn FnMut(u32, &[&str]) -> bool) {
        let mut row_cells: Vec<&str> = Vec::new();
        for (row, cells) in &self.rows {
            row_cells.clear();
            for (column, words) in cells {
                let column = *column as usize;
                if row_cells.len() <= column {
                    row_cells.resize(column + 1, "");
                }
                if let Some(cell) = row_cells.get_mut(column) {
                    *cell = words;
                }
            }
            if !visit(*row, &row_cells) {
                return;
            }
        }
    }

    fn row_location(&self, line: u32, column: usize) -> Location {
        Location {
            column: u32::try_from(column + 1).unwrap_or(u32::MAX),
            ..Location::line(line)
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
        Data::DateTimeIso(date) => {
            let date = date.strip_suffix("T00:00:00").unwrap_or(date);
            calendars::as_shown(date).unwrap_or_else(|| date.to_owned())
        }
        Data::DurationIso(duration) => clock(duration).unwrap_or_else(|| duration.clone()),
        Data::Error(_) | Data::Empty => String::new(),
    }
}

/// A date as EDTF: a day, with the time where that is not midnight, or the year or month alone where
/// the cell is formatted so. A number below 1 is a time of day.
fn date_words(date: ExcelDateTime, style: Option<&Style>) -> String {
    let format = style.and_then(|style| style.number_format.as_ref());
    let format = format.map_or("", |format| format.format_code.as_str());
    let is_day = matches!(shown(format), Shown::All) && format.contains(['d', 'D', 'y', 'Y']);
    if date.as_f64() < 0.0 || date.as_f64() < 1.0 && is_day {
        return calendars::day_of_serial(date.as_f64());
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
}
