//! A table as text: cells between commas, semicolons, tabs or bars.

use std::{cell::Cell, cmp::Reverse};

use csv::{ReaderBuilder, StringRecord};

use super::{
    columns::Columns,
    draft::Draft,
    importer::Importer,
    records::{MOST_COLUMNS, Records},
    sheet,
};
use crate::formats::{
    Format, Location, ReadProgress, columns::ColumnChoice, formulas::unguarded, json::lines::Cursor,
};

/// So many records at the beginning tell what a table is.
const NEAR: usize = 8;
/// So many lines of one cell may stand above a table.
const MOST_TITLES: usize = 3;

/// A table, with the lines of its records.
#[derive(Debug)]
pub struct Table<'t> {
    text: &'t str,
    delimiter: u8,
    /// The lines before `text`.
    skipped_lines: u32,
    /// The first records.
    pub near: Vec<StringRecord>,
    progress: Option<&'t ReadProgress>,
    /// How many cells lie in columns past the last that is read.
    beyond: Cell<usize>,
}

impl<'t> Table<'t> {
    /// Takes a text for a table, if it is one: the delimiter makes the most columns of the first
    /// line, and at least two of each of the next ones.
    pub fn of(text: &'t str) -> Option<Self> {
        let text = text.strip_prefix('\u{feff}').unwrap_or(text);
        // Excel names the delimiter in a line of its own.
        let (text, skipped_lines) = match text.split_once('\n') {
            Some((first, rest)) if first.starts_with("sep=") => (rest, 1),
            _ => (text, 0),
        };
        let tables = b",;\t|".iter().map(|&delimiter| {
            let table = Self {
                text,
                delimiter,
                skipped_lines,
                near: Vec::new(),
                progress: None,
                beyond: Cell::new(0),
            };
            let near = table.reader().into_records().take(NEAR);
            let near = near.collect::<Result<Vec<_>, _>>().unwrap_or_default();
            Self { near, ..table }
        });
        // The first line counts most: in cells there may be other delimiters. Of equals the first.
        tables.filter(Self::is_table).reduce(|best, next| {
            let rank = |table: &Self| (Reverse(table.titles()), table.width());
            if rank(&next) > rank(&best) {
                next
            } else {
                best
            }
        })
    }

    /// Prose has commas too, but with a space behind each, and seldom in every line.
    fn is_table(&self) -> bool {
        let begins_with_space = |record: &StringRecord| {
            let mut cells = record.iter().skip(1);
            cells.any(|cell| cell.starts_with(' '))
        };
        let below = self.below_titles();
        let has_headers = below.first().is_some_and(|first| {
            let cells = first.iter().take(MOST_COLUMNS as usize);
            let cells: Vec<&str> = cells.map(str::trim).collect();
            Columns::of(&cells, &ColumnChoice::default()).is_some()
        });
        let is_prose = !has_headers && below.len() < 3 && below.iter().any(begins_with_space);
        !is_prose && !below.is_empty() && below.iter().all(|record| record.len() > 1)
    }

    /// The first records without those of one cell above them: titles.
    fn below_titles(&self) -> &[StringRecord] {
        self.near.get(self.titles()..).unwrap_or_default()
    }

    fn titles(&self) -> usize {
        let titles = self.near.iter().take_while(|record| record.len() == 1);
        titles.count().min(MOST_TITLES)
    }

    fn width(&self) -> usize {
        self.below_titles().first().map_or(0, StringRecord::len)
    }

    fn reader(&self) -> csv::Reader<&'t [u8]> {
        ReaderBuilder::new()
            .delimiter(self.delimiter)
            .has_headers(false)
            .flexible(true)
            .from_reader(self.text.as_bytes())
    }
}

impl Table<'_> {
    /// Reports how far it has been read, and returns whether to go on. Reading the text that is made
    /// of it takes the rest of the time.
    fn goes_on(&self, bytes: usize) -> bool {
        /// The share of the table in tenths: 1.5 s of 2.5 for a million rows.
        const TENTHS: u64 = 6;
        self.progress.is_none_or(|progress| {
            progress.parsed(bytes as u64 * TENTHS, self.text.len() as u64 * 10);
            !progress.is_cancelled()
        })
    }
}

impl Records for Table<'_> {
    fn visit(&self, visit: &mut dyn FnMut(u32, &[&str]) -> bool) {
        self.beyond.set(0);
        let mut reader = self.reader();
        let mut record = StringRecord::new();
        let mut lines = Cursor::new(self.text);
        // What is UTF-8 and flexible has no faulty record.
        while let Ok(true) = reader.read_record(&mut record) {
            // The reader leaves the `\n` of `\r\n` to the next record, and empty lines too.
            let at = record.position().map_or(0, csv::Position::byte);
            let at = usize::try_from(at).unwrap_or(usize::MAX);
            let rest = self.text.get(at..).unwrap_or_default();
            let breaks = rest.len() - rest.trim_start_matches(['\r', '\n']).len();
            let (begins, _) = lines.advance_to(at + breaks);
            if !self.goes_on(at) {
                return;
            }
            let cells = record.iter().take(MOST_COLUMNS as usize);
            let cells: Vec<&str> = cells.map(unguarded).collect();
            let beyond = record.len() - cells.len();
            self.beyond.set(self.beyond.get() + beyond);
            if !visit(begins.saturating_add(self.skipped_lines), &cells) {
                return;
            }
        }
    }
}

/// Reads tables.
pub struct Tables;

impl Importer for Tables {
    fn format(&self) -> Format {
        Format::Table
    }

    fn is_of(&self, text: &str) -> bool {
        // What begins as JSON is JSON, however broken: its one line may be millions of columns.
        !text.trim_start().starts_with(['{', '[']) && Table::of(text).is_some()
    }

    fn read(&self, text: &str, progress: &ReadProgress, draft: &mut Draft) -> bool {
        Table::of(text).is_some_and(|mut table| {
            table.progress = Some(progress);
            let is_read = sheet::read(&table, draft);
            let beyond = table.beyond.get();
            if beyond > 0 {
                let message = format!("{beyond} cells past column {MOST_COLUMNS} are left out");
                draft.error(&Location::line(1), message, "");
            }
            is_read
        })
    }
}
