//! The row of headers of a table: found by its words, or guessed by what stands below it.

use crate::formats::{
    columns::{ColumnChoice, Field, TableColumns},
    import::{
        columns::Columns,
        dates::{self, Parts},
        records::Records,
    },
};
use crate::time::freeform::DayMonthOrder;

/// So many rows may stand above the headers.
const MOST_ABOVE: usize = 10;
/// So many rows are looked at to tell what the columns hold.
const LOOKED_AT: usize = 50;
/// So many rows are shown to a person who says what the columns are.
const SAMPLES: usize = 3;

/// The row of headers.
pub struct Headers {
    pub columns: Columns,
    pub line: u32,
    /// How many rows there are down to the headers, these included.
    pub above: usize,
    /// What stands above it.
    pub title: Option<String>,
    /// Whether date and title were guessed from what the columns hold.
    pub is_guessed: bool,
}

impl Headers {
    pub fn find(records: &dyn Records, choice: &ColumnChoice) -> Option<Self> {
        let mut title = None;
        let mut found = None;
        let mut near: Vec<(u32, Vec<String>)> = Vec::new();
        records.visit(&mut |line, cells| {
            if near.len() < MOST_ABOVE
                && let Some(columns) = Columns::of(cells, choice)
            {
                found = Some((columns, line));
                return false;
            }
            let mut words = cells.iter().map(|cell| cell.trim());
            let first = words.find(|cell| !cell.is_empty()).map(str::to_owned);
            title = title.take().or(first);
            near.push((line, cells.iter().map(|&cell| cell.to_owned()).collect()));
            near.len() < LOOKED_AT
        });
        if let Some((columns, line)) = found {
            return Some(Self {
                columns,
                line,
                above: near.len() + 1,
                title,
                is_guessed: false,
            });
        }
        Self::guess(&near, choice)
    }

    /// Takes the first row of several words for the headers, the column with the most dates for
    /// the date, and the first other one with words, or else with letters, for the title.
    pub fn guess(near: &[(u32, Vec<String>)], choice: &ColumnChoice) -> Option<Self> {
        // A word, and no number of a list: “A1”.
        let is_word = |cell: &str| cell.chars().filter(|c| c.is_alphabetic()).count() > 1;
        let has_letters = |cell: &str| cell.chars().any(char::is_alphabetic);
        let is_header = |cells: &[String]| {
            cells.iter().filter(|cell| is_word(cell)).count() > 1
                && !cells.iter().any(|cell| is_date(cell))
        };
        let at = near.iter().position(|(_, cells)| is_header(cells));
        let has_dates =
            |cells: &[String]| cells.len() > 1 && cells.iter().any(|cell| is_date(cell));
        let first_data = near.iter().position(|(_, cells)| has_dates(cells))?;
        // A table without headers: its columns are numbered.
        let at = at.filter(|at| *at < first_data);
        let (line, headers): (u32, Vec<String>) =
            if let Some((line, cells)) = at.and_then(|at| near.get(at)) {
                (*line, cells.clone())
            } else {
                let (line, cells) = near.get(first_data)?;
                let numbers = 1..=cells.len();
                (
                    *line,
                    numbers.map(|number| format!("Column {number}")).collect(),
                )
            };
        let above = at.map_or(first_data, |at| at + 1);
        let rows: Vec<&Vec<String>> = near.iter().skip(above).map(|(_, cells)| cells).collect();
        let names: Vec<&str> = headers.iter().map(String::as_str).collect();
        let mut columns = Columns::known(&names, choice);
        let share = |column: usize, is: &dyn Fn(&str) -> bool| {
            let cells = rows.iter().filter_map(|cells| cells.get(column));
            let filled = cells.filter(|cell| !cell.trim().is_empty());
            let (all, those) = filled.fold((0, 0), |(all, those), cell| {
                (all + 1, those + usize::from(is(cell)))
            });
            // At least one of two, and one in two rows is filled.
            if 2 * all >= rows.len() && 2 * those >= all {
                those
            } else {
                0
            }
        };
        if !columns.has(Field::Date) {
            let date = columns
                .for_a_date()
                .filter(|&column| share(column, &is_date) > 0);
            // Of equals the first.
            let date = date.rev().max_by_key(|&column| share(column, &is_date))?;
            columns.choose(date, Field::Date);
        }
        if !columns.has(Field::Title) {
            let first =
                |is: &dyn Fn(&str) -> bool| columns.unknown().find(|&column| share(column, is) > 0);
            let title = first(&is_word)
                .or_else(|| first(&has_letters))
                .or_else(|| columns.position(Field::Summary))?;
            columns.choose(title, Field::Title);
        }
        let title = near
            .iter()
            .take(at.unwrap_or(first_data))
            .find_map(|(_, cells)| {
                let mut words = cells.iter().map(|cell| cell.trim());
                words.find(|cell| !cell.is_empty()).map(str::to_owned)
            });
        Some(Self {
            columns,
            line,
            above,
            title,
            is_guessed: true,
        })
    }
}

impl Headers {
    /// Visits the rows below the headers.
    pub fn visit_below(&self, records: &dyn Records, visit: &mut dyn FnMut(u32, &[&str]) -> bool) {
        let mut above = self.above;
        records.visit(&mut |line, cells| {
            if above > 0 {
                above -= 1;
                return true;
            }
            visit(line, cells)
        });
    }

    /// What a person is shown of the columns.
    pub fn columns(&self, records: &dyn Records) -> TableColumns {
        let mut samples: Vec<Vec<String>> = Vec::new();
        self.visit_below(records, &mut |_, cells| {
            if cells.iter().any(|cell| !cell.trim().is_empty()) {
                samples.push(cells.iter().map(|cell| cell.trim().to_owned()).collect());
            }
            samples.len() < SAMPLES
        });
        TableColumns {
            headers: self.columns.headers.clone(),
            fields: self.columns.fields.clone(),
            samples,
            is_guessed: self.is_guessed,
            order: None,
        }
    }
}

/// Whether a cell holds a date, and no plain number but one of four digits.
pub fn is_date(cell: &str) -> bool {
    let cell = cell.trim();
    let is_number = cell.parse::<f64>().is_ok();
    let parts = Parts {
        date: cell,
        ..Parts::default()
    };
    // What is doubtful (“A1”, of the first century?) is more likely something else.
    let is_sure = || {
        let read = parts
            .read(Some(DayMonthOrder::DayFirst))
            .or_else(|| parts.read(None));
        read.is_some_and(|read| read.doubt.is_none())
    };
    !cell.is_empty() && (!is_number || cell.len() == 4) && is_sure()
}

/// Whether the day or the month comes first, for all rows.
pub fn order(records: &dyn Records, headers: &Headers) -> dates::Order {
    let columns = [Field::Date, Field::End].map(|field| headers.columns.position(field));
    let mut order = dates::Order::default();
    headers.visit_below(records, &mut |_, cells| {
        for column in columns.iter().flatten() {
            order.look_at(cells.get(*column).copied().unwrap_or_default());
        }
        true
    });
    order
}
