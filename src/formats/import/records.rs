//! Rows of cells: of a table, a spreadsheet, the result of a query.

use crate::formats::{Location, columns::TableColumns};

/// Columns past this one are not read.
pub const MOST_COLUMNS: u32 = 1024;

/// Rows of cells.
pub trait Records {
    /// Visits the rows from the first to the last, with the line of each, until `visit` has seen
    /// enough and returns false.
    fn visit(&self, visit: &mut dyn FnMut(u32, &[&str]) -> bool);

    /// The place of a row, by its line and the column of its title.
    fn row_location(&self, line: u32, _column: usize) -> Location {
        Location::line(line)
    }

    /// The place of a cell, by its line, its column from 0 and the header of that column.
    fn location(&self, line: u32, _column: usize, header: &str) -> Location {
        Location::line(line).of(header)
    }
}

impl Records for TableColumns {
    fn visit(&self, visit: &mut dyn FnMut(u32, &[&str]) -> bool) {
        for (cells, line) in self.samples.iter().zip(1..) {
            let cells: Vec<&str> = cells.iter().map(String::as_str).collect();
            if !visit(line, &cells) {
                return;
            }
        }
    }
}
