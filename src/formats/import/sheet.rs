//! Rows of cells as events: a row an event. Of tables as text, of spreadsheets, of the results of
//! queries.

mod headers;

use headers::{Headers, order};

use super::{
    columns::Columns,
    dates::{self, Parts, Understood, span},
    draft::{Draft, citation},
    html::{self, is_address},
    records::Records,
};
use crate::{
    formats::{
        Location,
        columns::{Field, TableColumns},
        rows::{DateText, EraRow, EventRow, List, MediaRow, Text},
    },
    model::Certainty,
    time::freeform::DayMonthOrder,
};

/// What to do about a date that is not understood.
const DATE_HELP: &str = "write it like 2014, 2014-06 or 10 June 2014";

/// Reads rows; false where no row is one of headers, with a date and a title or with columns that
/// look like these.
pub fn read(records: &dyn Records, draft: &mut Draft) -> bool {
    let Some(headers) = Headers::find(records, &draft.choice) else {
        return false;
    };
    let order = order(records, &headers);
    draft.columns = Some(TableColumns {
        order: order.decided().unwrap_or_default(),
        ..headers.columns(records)
    });
    read_below(&headers, (records, order), draft);
    true
}

/// Reads the rows below the headers.
fn read_below(
    headers: &Headers,
    (records, order): (&dyn Records, dates::Order),
    draft: &mut Draft,
) {
    draft.file.title = headers
        .title
        .as_deref()
        .and_then(|title| Text::some(title.to_owned()));
    let mut sheet = Sheet {
        records,
        columns: &headers.columns,
        // What nothing decides is said once, and not of each date.
        order: order
            .decided()
            .unwrap_or_default()
            .or(Some(DayMonthOrder::DayFirst)),
        draft,
    };
    sheet.say_order(headers.line.max(1), order);
    sheet.say_columns(headers);
    headers.visit_below(records, &mut |line, cells| {
        sheet.row(line, cells);
        true
    });
}

/// Reads the first rows of a table as if its columns held this.
pub fn preview(columns: &TableColumns, draft: &mut Draft) {
    let headers = Headers {
        columns: Columns {
            fields: columns.fields.clone(),
            headers: columns.headers.clone(),
        },
        line: 0,
        above: 0,
        title: None,
        is_guessed: false,
    };
    read_below(
        &headers,
        (columns, dates::Order::known(columns.order)),
        draft,
    );
}

/// A table that is being read.
struct Sheet<'r> {
    records: &'r dyn Records,
    columns: &'r Columns,
    order: Option<DayMonthOrder>,
    draft: &'r mut Draft,
}

impl Sheet<'_> {
    fn cell<'c>(&self, cells: &[&'c str], field: Field) -> &'c str {
        let at = self.columns.position(field);
        at.and_then(|at| cells.get(at))
            .map_or("", |cell| cell.trim())
    }

    /// The place of a field in a line.
    fn location(&self, line: u32, field: Field) -> Location {
        let column = self.columns.position(field);
        let header = self.columns.header(field);
        self.records.location(line, column.unwrap_or(0), header)
    }

    fn say_order(&mut self, line: u32, order: dates::Order) {
        let at = self.location(line, Field::Date);
        let help = "write 2014-06-10 to be sure";
        match order.decided() {
            Err(()) => {
                let message = "some dates have the day first and others the month; where both \
                               give a date, the day was taken to come first";
                self.draft.warning(&at, message, help);
            }
            Ok(Some(DayMonthOrder::MonthFirst)) => {
                let message =
                    "the month comes first in these dates, since one of them has no other reading";
                self.draft.warning(&at, message, help);
            }
            Ok(None) if order.undecided > 0 => {
                let dates = match order.undecided {
                    1 => "one date".to_owned(),
                    count => format!("{count} dates"),
                };
                let message = format!(
                    "in {dates} the day may come first or the month, and no other date tells which: \
                     the day was taken"
                );
                self.draft.warning(&at, message, help);
            }
            Ok(_) => {}
        }
    }

    /// Names the columns that were guessed, those that are kept as text and those that are not kept.
    fn say_columns(&mut self, headers: &Headers) {
        let at = Location::line(headers.line.max(1));
        let columns = self.columns;
        let named = columns.fields.iter().zip(&columns.headers);
        let named = named.filter(|(_, header)| !header.is_empty());
        let of = |wanted: Option<Field>| {
            let headers = named.clone().filter(|(field, _)| **field == wanted);
            let headers = headers.map(|(_, header)| format!("“{header}”"));
            headers.collect::<Vec<_>>().join(", ")
        };
        if headers.is_guessed {
            let (date, title) = (columns.header(Field::Date), columns.header(Field::Title));
            let message = format!("“{date}” is taken for the date and “{title}” for the title");
            let help = "name the columns date and title to be sure";
            self.draft.warning(&at, message, help);
        }
        let (unknown, left_out) = (of(None), of(Some(Field::LeftOut)));
        if !unknown.is_empty() {
            let message = format!("it is not known what {unknown} is, so it stands in the details");
            let help =
                "name a column date, end, title, lane, summary, people, place, tags or source";
            self.draft.warning(&at, message, help);
        }
        if !left_out.is_empty() {
            let message = format!("a timeline has no place for {left_out}, so that is left out");
            self.draft.warning(&at, message, "");
        }
    }

    fn row(&mut self, line: u32, cells: &[&str]) {
        if cells.iter().all(|cell| cell.trim().is_empty()) {
            return;
        }
        match self.cell(cells, Field::Kind).to_lowercase().as_str() {
            "title" => self.title(line, cells),
            kind => {
                let is_era = kind == "era";
                if let Some((date, label)) = self.date(line, cells) {
                    if is_era {
                        self.era(line, cells, date);
                    } else {
                        self.event(line, cells, date, label);
                    }
                }
            }
        }
    }

    /// The row that says what the whole is about.
    fn title(&mut self, line: u32, cells: &[&str]) {
        for field in [Field::Date, Field::Picture] {
            if !self.cell(cells, field).is_empty() {
                let at = self.location(line, field);
                let name = format!("{} of the title", self.columns.header(field));
                self.draft.leave_out(&name, &at);
            }
        }
        let title = html::plain(self.cell(cells, Field::Title));
        if !title.is_empty() {
            self.draft.file.title = Some(Text::owned(title));
        }
        let about = self.markdown(line, cells, Field::Summary);
        self.draft.file.about = about.map(|about| Text::owned(about.into_string()));
    }

    /// A field that may hold HTML, as Markdown.
    fn markdown<'c>(&mut self, line: u32, cells: &[&'c str], field: Field) -> Option<Text<'c>> {
        let cell = self.cell(cells, field);
        // Where there is nothing to say, no place is made: a table may have a million rows.
        if !html::is_html(cell) {
            return Text::some(cell);
        }
        let at = self.location(line, field);
        self.draft.markdown(&at, cell)
    }

    /// The date of a row in EDTF, and what is said instead of it.
    fn date(&mut self, line: u32, cells: &[&str]) -> Option<(String, Option<Text<'static>>)> {
        let start = Parts {
            date: self.cell(cells, Field::Date),
            month: self.cell(cells, Field::Month),
            day: self.cell(cells, Field::Day),
            time: self.cell(cells, Field::Time),
        };
        let end = Parts {
            date: self.cell(cells, Field::End),
            month: self.cell(cells, Field::EndMonth),
            day: self.cell(cells, Field::EndDay),
            time: self.cell(cells, Field::EndTime),
        };
        let label = Text::some(self.cell(cells, Field::DateLabel).to_owned());
        let (from, to) = (start.read(self.order), end.read(self.order));
        let Some(from) = from else {
            let message = if start.is_empty() {
                "there is no date, so the row is left out".to_owned()
            } else {
                format!(
                    "the date “{}” is not understood, so the row is left out",
                    start.words()
                )
            };
            let at = self.location(line, Field::Date);
            let impossible = dates::impossible(start.date);
            let help = impossible.as_deref().unwrap_or(DATE_HELP);
            self.draft.error(&at, message, help);
            return None;
        };
        if to.is_none() && !end.is_empty() {
            let message = format!(
                "the end “{}” is not understood, and is left out",
                end.words()
            );
            let at = self.location(line, Field::End);
            self.draft.error(&at, message, DATE_HELP);
        }
        let is_span = |understood: &Understood| understood.edtf.contains('/');
        if to.as_ref().is_some_and(|to| is_span(&from) || is_span(to)) {
            let at = self.location(line, Field::End);
            let message = format!(
                "the end “{}” is left out: beside it stands a stretch of time already",
                end.words()
            );
            self.draft.error(
                &at,
                message,
                "write the start in one column and the end in the other",
            );
        }
        for (understood, field) in [(Some(&from), Field::Date), (to.as_ref(), Field::End)] {
            if let Some(doubt) = understood.and_then(|Understood { doubt, .. }| doubt.as_deref()) {
                let at = self.location(line, field);
                self.draft.warning(&at, doubt, "");
            }
        }
        Some((span(from.edtf, to.map(|to| to.edtf)), label))
    }

    fn era(&mut self, line: u32, cells: &[&str], date: String) {
        let has_no_place = [
            Field::Summary,
            Field::Details,
            Field::Lane,
            Field::Picture,
            Field::DateLabel,
        ];
        for field in has_no_place {
            if !self.cell(cells, field).is_empty() {
                let at = self.location(line, field);
                let name = format!("{} of an era", self.columns.header(field));
                self.draft.leave_out(&name, &at);
            }
        }
        let label = html::plain(self.cell(cells, Field::Title));
        self.draft.file.eras.push(EraRow {
            label: Text::some(label),
            date: Some(DateText(Text::owned(date))),
            ..EraRow::default()
        });
    }

    /// The importance; what is no number is left out, and said.
    fn importance(&mut self, line: u32, cells: &[&str]) -> Option<f64> {
        let cell = self.cell(cells, Field::Importance);
        let number = cell.replace(',', ".").parse().ok();
        if number.is_none() && !cell.is_empty() {
            let at = self.location(line, Field::Importance);
            let message = format!("“{cell}” is no number from 1 to 5, and is left out");
            self.draft.error(&at, message, "");
        }
        number
    }

    fn event(&mut self, line: u32, cells: &[&str], date: String, label: Option<Text<'static>>) {
        let of = |field| Text::some(self.cell(cells, field));
        let title = html::plain(self.cell(cells, Field::Title));
        let (id, short, lane, place) = (
            of(Field::Id),
            of(Field::Short),
            of(Field::Lane),
            of(Field::Place),
        );
        let source = self.cell(cells, Field::Source);
        let mut row = EventRow {
            id,
            title: Text::some(title),
            short,
            date: Some(DateText(Text::owned(date))),
            date_label: label,
            lane,
            people: list(self.cell(cells, Field::People)),
            place,
            tags: list(self.cell(cells, Field::Tags)),
            ..EventRow::default()
        };
        // An address may hold any sign but a line end.
        let sources = source.lines().map(str::trim);
        for source in sources.filter(|source| !source.is_empty()) {
            row.sources.push(citation(source));
        }
        row.importance = self.importance(line, cells);
        row.certainty = self.certainty(line, cells);
        row.summary = self.markdown(line, cells, Field::Summary);
        row.details = self.details(line, cells);
        row.media = self.media(line, cells);
        let column = self.columns.position(Field::Title).unwrap_or(0);
        let at = self.records.row_location(line, column);
        self.draft.event(&at, &row);
    }

    fn certainty(&mut self, line: u32, cells: &[&str]) -> Option<Certainty> {
        let cell = self.cell(cells, Field::Certainty);
        let known = Certainty::ALL
            .into_iter()
            .find(|it| it.word().eq_ignore_ascii_case(cell));
        if known.is_none() && !cell.is_empty() {
            let at = self.location(line, Field::Certainty);
            let message = format!("“{cell}” is no certainty, and is left out");
            let help = "write confirmed, reported, disputed or expected";
            self.draft.error(&at, message, help);
        }
        known
    }

    /// The details, its address on the web, and what stands in columns that are not known.
    fn details(&mut self, line: u32, cells: &[&str]) -> Option<Text<'static>> {
        let details = self.markdown(line, cells, Field::Details);
        let mut parts: Vec<String> = details.into_iter().map(Text::into_string).collect();
        if is_embedded(self.cell(cells, Field::Picture)) {
            parts.extend(
                self.markdown(line, cells, Field::Picture)
                    .map(Text::into_string),
            );
        }
        let address = self.cell(cells, Field::Address);
        if is_address(address) {
            parts.push(format!("<{address}>"));
        } else {
            parts.push(address.to_owned());
        }
        let columns = self.columns.fields.iter().zip(&self.columns.headers);
        for ((field, header), cell) in columns.zip(cells) {
            let cell = cell.trim();
            if field.is_none() && !cell.is_empty() {
                parts.push(if header.is_empty() {
                    cell.to_owned()
                } else {
                    format!("{header}: {cell}")
                });
            }
        }
        parts.retain(|part| !part.is_empty());
        Text::some(parts.join("\n\n"))
    }

    fn media<'c>(&mut self, line: u32, cells: &[&'c str]) -> List<MediaRow<'c>> {
        let file = self.cell(cells, Field::Picture);
        if file.is_empty() || is_embedded(file) {
            for field in [
                Field::PictureAlt,
                Field::PictureCaption,
                Field::PictureCredit,
            ] {
                if !self.cell(cells, field).is_empty() {
                    let at = self.location(line, field);
                    let name = format!("{} without a picture", self.columns.header(field));
                    self.draft.leave_out(&name, &at);
                }
            }
            return List::default();
        }
        let row = MediaRow {
            file: Text::some(file),
            alt: Text::some(self.cell(cells, Field::PictureAlt)),
            caption: self.markdown(line, cells, Field::PictureCaption),
            credit: self.markdown(line, cells, Field::PictureCredit),
        };
        List::from_iter([row])
    }
}

/// Whether a picture's cell holds HTML (a quotation, a player) and no file or address.
fn is_embedded(cell: &str) -> bool {
    cell.starts_with('<')
}

/// The parts of a cell with several names.
fn list(cell: &str) -> List<Text<'_>> {
    let separator = if cell.contains(';') { ';' } else { ',' };
    let parts = cell.split(separator).map(str::trim);
    parts.filter_map(Text::some).collect()
}

#[cfg(test)]
mod tests;
