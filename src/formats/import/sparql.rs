//! The results of SPARQL queries, such as Wikidata gives: a table whose columns are the variables.

use std::fmt::Write as _;

use serde_json::value::RawValue;

use super::{
    dates::{Date, iso},
    draft::Draft,
    importer::Importer,
    json::{Object, Walk},
    sheet::{self, Records},
};
use crate::formats::{
    Counting, Format, Location,
    json::{
        lines::Cursor,
        raw::{each_item, offset_in},
    },
};

/// Reads the results of queries.
pub struct Sparql;

impl Importer for Sparql {
    fn format(&self) -> Format {
        Format::Sparql
    }

    fn is_of(&self, text: &str) -> bool {
        Bindings::of(text).is_some()
    }

    fn read(&self, text: &str, draft: &mut Draft) -> bool {
        Bindings::of(text).is_some_and(|bindings| {
            if bindings.has_bare_years() {
                let message = "a 1 January at midnight is taken for the year alone, since this query does not ask how exact its dates are";
                let help = "ask for wikibase:timePrecision to be sure";
                draft.warning(&Location::line(1), message, help);
            }
            sheet::read(&bindings, draft)
        })
    }
}

/// The rows of a result.
struct Bindings<'t> {
    text: &'t str,
    columns: Vec<String>,
    rows: &'t RawValue,
    /// The column with the exactness of dates.
    precision: Option<String>,
}

impl<'t> Bindings<'t> {
    fn of(text: &'t str) -> Option<Self> {
        let (_, top) = Walk::of(text)?;
        let top = Object::of(top, Location::default())?;
        let rows = top.object("results")?.raw("bindings")?;
        let mut columns: Vec<String> = Vec::new();
        each_item(top.object("head")?.raw("vars")?, |_, name| {
            columns.extend(serde_json::from_str::<String>(name.get()).ok());
        });
        let is_precision = |name: &&String| name.to_lowercase().contains("precision");
        let precision = columns.iter().find(is_precision).cloned();
        // What is shown is the label of a thing; the thing itself is its address.
        columns.retain(|name| Some(name) != precision.as_ref());
        Some(Self {
            text,
            columns,
            rows,
            precision,
        })
    }

    fn has_bare_years(&self) -> bool {
        let mut is_found = false;
        each_item(self.rows, |_, row| {
            let Some(row) = Object::of(row, Location::default()).filter(|_| !is_found) else {
                return;
            };
            is_found = self.precision.is_none()
                && self.columns.iter().any(|name| {
                    row.object(name)
                        .is_some_and(|value| is_bare_year(&value.text("value")))
                });
        });
        is_found
    }

    /// The text of a cell: a time as exact as it is.
    fn cell(&self, row: &Object<'_>, name: &str) -> String {
        let value = row
            .object(name)
            .map_or_else(String::new, |value| value.text("value"));
        let is_time = value.ends_with('Z') && value.contains('T');
        let date = is_time.then(|| iso(&value, Counting::WithZero)).flatten();
        let Some(date) = date else { return value };
        let precision = self
            .precision
            .as_ref()
            .and_then(|name| row.object(name)?.text("value").parse::<u8>().ok());
        // Wikidata: 11 is a day, 10 a month, 9 a year, 8 a decade, 7 a century.
        let date = match precision {
            Some(11) => Date { time: None, ..date },
            Some(10) => Date {
                day: None,
                time: None,
                ..date
            },
            Some(..=9) => Date {
                month: None,
                day: None,
                time: None,
                ..date
            },
            None if is_bare_year(&value) => Date {
                month: None,
                day: None,
                time: None,
                ..date
            },
            _ => date.without_midnight(),
        };
        let Some(edtf) = date.edtf() else {
            return value;
        };
        match precision {
            Some(8) if edtf.len() == 4 => format!("{}X", edtf.get(..3).unwrap_or_default()),
            Some(7) if edtf.len() == 4 => format!("{}XX", edtf.get(..2).unwrap_or_default()),
            _ => edtf,
        }
    }
}

fn is_bare_year(value: &str) -> bool {
    value.ends_with("-01-01T00:00:00Z")
}

impl Records for Bindings<'_> {
    fn visit(&self, visit: &mut dyn FnMut(u32, &[&str]) -> bool) {
        let columns: Vec<&str> = self.columns.iter().map(String::as_str).collect();
        // The names of the columns stand before the first row.
        let mut goes_on = visit(0, &columns);
        let mut cursor = Cursor::new(self.text);
        each_item(self.rows, |_, row| {
            if !goes_on {
                return;
            }
            let (line, _) = cursor.advance_to(offset_in(self.text, row.get()).unwrap_or(0));
            if let Some(row) = Object::of(row, Location::default()) {
                let cells: Vec<String> = columns.iter().map(|name| self.cell(&row, name)).collect();
                let cells: Vec<&str> = cells.iter().map(String::as_str).collect();
                goes_on = visit(line.max(1), &cells);
            }
        });
    }

    fn location(&self, line: u32, _: usize, header: &str) -> Location {
        let mut path = String::new();
        let _infallible = write!(path, "{header}");
        Location {
            path,
            ..Location::line(line.max(1))
        }
    }
}
