//! The results of SPARQL queries, such as Wikidata gives: a table whose columns are the variables.

use std::{borrow::Cow, collections::HashMap};

use serde_json::value::RawValue;

use super::{
    dates::{Date, iso},
    draft::Draft,
    importer::Importer,
    json::{Object, Walk},
    records::Records,
    sheet,
};
use crate::formats::{
    Counting, Format, Location, ReadProgress,
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

    fn read(&self, text: &str, _: &ReadProgress, draft: &mut Draft) -> bool {
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
    /// For each column, which variable says how exact its dates are.
    precisions: Vec<Option<String>>,
}

impl<'t> Bindings<'t> {
    fn of(text: &'t str) -> Option<Self> {
        let (_, top) = Walk::of(text)?;
        let Some(top) = Object::of(top, Location::default()) else {
            return Self::of_list(text, top);
        };
        let rows = top.object("results")?.raw("bindings")?;
        let mut columns: Vec<String> = Vec::new();
        each_item(top.object("head")?.raw("vars")?, |_, name| {
            columns.extend(serde_json::from_str::<String>(name.get()).ok());
        });
        let is_precision = |name: &String| name.to_lowercase().contains("precision");
        let (precisions, columns): (Vec<String>, Vec<String>) =
            columns.into_iter().partition(is_precision);
        let of = |column: &String| {
            // `startPrecision` is that of `start`; one alone is that of all.
            let is_of = |name: &&String| {
                let name = name.to_lowercase().replace("precision", "");
                !name.is_empty()
                    && column
                        .to_lowercase()
                        .starts_with(name.trim_end_matches('_'))
            };
            let own = precisions.iter().find(is_of);
            let only = precisions.first().filter(|_| precisions.len() == 1);
            own.or(only).cloned()
        };
        Some(Self {
            text,
            precisions: columns.iter().map(of).collect(),
            columns,
            rows,
        })
    }

    /// A list of objects with a text in each field, as Wikidata's page gives it to be saved.
    fn of_list(text: &'t str, rows: &'t RawValue) -> Option<Self> {
        let mut columns: Vec<String> = Vec::new();
        let (mut is_flat, mut has_label) = (true, false);
        each_item(rows, |number, row| {
            let row = Object::of(row, Location::default());
            is_flat &= row.is_some();
            // The first rows tell the columns: one without a value is left out of its row.
            for name in row.iter().flat_map(Object::names).filter(|_| number < 100) {
                has_label |= name.ends_with("Label");
                if !columns.iter().any(|known| known == name) {
                    columns.push(name.to_owned());
                }
            }
        });
        (is_flat && has_label).then_some(Self {
            text,
            precisions: vec![None; columns.len()],
            columns,
            rows,
        })
    }

    fn has_bare_years(&self) -> bool {
        let mut is_found = false;
        each_item(self.rows, |_, row| {
            let Some(row) = Object::of(row, Location::default()).filter(|_| !is_found) else {
                return;
            };
            is_found = self.precisions.iter().all(Option::is_none)
                && self
                    .columns
                    .iter()
                    .any(|name| is_bare_year(&value_of(&row, name)));
        });
        is_found
    }

    /// The text of a cell: a time as exact as it is.
    fn cell(&self, row: &Object<'_>, column: usize, value: String) -> String {
        let is_time = value.ends_with('Z') && value.contains('T');
        let date = is_time.then(|| iso(&value, Counting::WithZero)).flatten();
        let Some(date) = date else { return value };
        let precision = self.precisions.get(column).and_then(Option::as_ref);
        let precision = precision.and_then(|name| value_of(row, name).parse::<u8>().ok());
        let year = Date {
            month: None,
            day: None,
            time: None,
            ..date.clone()
        };
        // Wikidata: 11 is a day, 10 a month, 9 a year, 8 a decade, 7 a century.
        let edtf = match precision {
            Some(11) => Date { time: None, ..date }.edtf(),
            Some(10) => Date {
                day: None,
                time: None,
                ..date
            }
            .edtf(),
            Some(9) => year.edtf(),
            Some(8) if date.year >= 0 => Some(format!("{:03}X", date.year / 10)),
            // A century ends with its hundredth year.
            Some(7) if date.year > 0 => Some(format!("{:02}XX", (date.year - 1) / 100)),
            Some(..=8) => year.edtf().map(|year| format!("{year}~")),
            None if is_bare_year(&value) => year.edtf(),
            _ => date.without_midnight().edtf(),
        };
        let Some(edtf) = edtf else { return value };
        // A number alone would be counted as people count.
        match edtf.parse::<i64>() {
            Ok(year) if year < 1 => format!("{} BC", 1 - year),
            _ => edtf,
        }
    }
}

/// The value of a variable: in an object of its own, or the text itself.
fn value_of(row: &Object<'_>, name: &str) -> String {
    match row.object(name) {
        Some(value) => value.text("value"),
        None => row.text(name),
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
        // A row has few of the variables where there are many.
        let numbers: HashMap<&str, usize> = columns.iter().copied().zip(0..).collect();
        each_item(self.rows, |_, row| {
            if !goes_on {
                return;
            }
            let (line, _) = cursor.advance_to(offset_in(self.text, row.get()).unwrap_or(0));
            if let Some(row) = Object::of(row, Location::default()) {
                let mut cells: Vec<Cow<'_, str>> = vec![Cow::Borrowed(""); columns.len()];
                for name in row.names() {
                    let column = numbers.get(name).copied();
                    if let Some((column, cell)) =
                        column.and_then(|it| Some((it, cells.get_mut(it)?)))
                    {
                        *cell = Cow::Owned(self.cell(&row, column, value_of(&row, name)));
                    }
                }
                let cells: Vec<&str> = cells.iter().map(|cell| &**cell).collect();
                goes_on = visit(line.max(1), &cells);
            }
        });
    }

    fn location(&self, line: u32, _: usize, header: &str) -> Location {
        Location {
            path: header.to_owned(),
            ..Location::line(line.max(1))
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::{
        formats::read,
        testing::{events, said, survives_changes},
    };

    /// As Wikidata gives it.
    const FIXTURE: &str = r#"{ "head": { "vars": ["item", "itemLabel", "date", "placeLabel"] },
  "results": { "bindings": [
    { "item": { "type": "uri", "value": "http://www.wikidata.org/entity/Q937" }, "itemLabel": { "xml:lang": "en", "type": "literal", "value": "Einstein is born" }, "date": { "datatype": "http://www.w3.org/2001/XMLSchema#dateTime", "type": "literal", "value": "1879-03-14T00:00:00Z" }, "placeLabel": { "value": "Ulm" } },
    { "itemLabel": { "value": "Caesar" }, "date": { "value": "-0043-03-15T00:00:00Z" } },
    { "itemLabel": { "value": "1 BC" }, "date": { "value": "0000-01-01T00:00:00Z" } },
    { "itemLabel": { "value": "Never" } }
  ] } }"#;

    #[test]
    fn the_result_of_a_query_is_opened() {
        let source = read(FIXTURE.as_bytes()).expect("it is opened");
        assert_eq!(
            events(&source),
            [
                "Caesar | 15 March 44 BC | ",
                "1 BC | 1 BC | ",
                "Einstein is born | 14 March 1879 | ",
            ]
        );
        let einstein = source.timeline.events().next_back().expect("three events");
        let einstein = source.timeline.event(einstein);
        assert_eq!(einstein.details, "<http://www.wikidata.org/entity/Q937>");
        assert_eq!(
            said(&source),
            [
                "1:1: warning: a 1 January at midnight is taken for the year alone, since this query \
                 does not ask how exact its dates are; ask for wikibase:timePrecision to be sure",
                "6:1: error: date: there is no date, so the row is left out; write it like 2014, \
                 2014-06 or 10 June 2014",
            ]
        );
    }

    #[test]
    fn dates_are_as_exact_as_the_query_says() {
        let row = |value: &str, precision: u8| {
            format!(
                r#"{{"itemLabel": {{"value": "x"}}, "date": {{"value": "{value}"}}, "precision": {{"value": "{precision}"}}}}"#
            )
        };
        for (value, precision, expected) in [
            ("1879-03-14T00:00:00Z", 11, "14 March 1879"),
            ("1879-03-01T00:00:00Z", 10, "March 1879"),
            ("1879-01-01T00:00:00Z", 9, "1879"),
            ("1870-01-01T00:00:00Z", 8, "the 1870s"),
            ("1900-01-01T00:00:00Z", 7, "the 19th century"),
            ("1000-01-01T00:00:00Z", 6, "about 1000"),
            ("1879-01-01T00:00:00Z", 11, "1 January 1879"),
        ] {
            let text = format!(
                r#"{{"head": {{"vars": ["itemLabel", "date", "precision"]}}, "results": {{"bindings": [{}]}}}}"#,
                row(value, precision)
            );
            let source = read(text.as_bytes()).expect("it is opened");
            assert_eq!(events(&source), [format!("x | {expected} | ")]);
        }
    }

    #[test]
    fn a_list_that_wikidata_saves_is_opened() {
        let source = read(
            br#"[{"item": "http://www.wikidata.org/entity/Q937", "itemLabel": "Einstein is born", "date": "1879-03-14T00:00:00Z"},
                {"itemLabel": "Caesar", "date": "-0043-03-15T00:00:00Z"}]"#,
        );
        assert_eq!(
            events(&source.expect("it is opened")),
            [
                "Caesar | 15 March 44 BC | ",
                "Einstein is born | 14 March 1879 | "
            ]
        );
    }

    #[test]
    fn a_changed_file_is_read_or_refused() {
        survives_changes(FIXTURE);
    }
}
