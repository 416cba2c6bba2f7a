//! A table as events: a row an event.

use std::borrow::Cow;

use super::{
    columns::{Columns, Field},
    dates::{self, Parts},
    imported::{Imported, Origin},
    table::Table,
};
use crate::{
    formats::{
        Diagnostic, Format, Location, Severity,
        rows::{
            CitationRow, DateText, EraRow, EventRow, List, MediaRow, PersonRow, PlaceRow,
            SourceRow, Text,
        },
    },
    model::Certainty,
    time::freeform::DayMonthOrder,
};

/// So many rows may stand above the headers.
const MOST_ABOVE: usize = 10;
/// What a table without a title is called.
const UNTITLED: &str = "Untitled";

/// Reads a table; `None` where no row is one of headers with a date and a title.
pub fn read(table: &Table<'_>) -> Option<Imported> {
    let mut records = table.records();
    let mut title = None;
    let columns = records.by_ref().take(MOST_ABOVE).find_map(|(_, record)| {
        let columns = Columns::of(record.iter());
        if columns.is_none() {
            let mut cells = record.iter().map(str::trim);
            let first = cells.find(|cell| !cell.is_empty()).map(str::to_owned);
            title = title.take().or(first);
        }
        columns
    })?;
    let records: Vec<(u32, Vec<String>)> = records
        .map(|(line, record)| (line, record.iter().map(str::to_owned).collect()))
        .collect();
    let mut sheet = Sheet {
        columns,
        order: None,
        imported: Imported {
            format: Format::Table,
            ..Imported::default()
        },
    };
    sheet.imported.rows.title = Some(text(title.as_deref().unwrap_or(UNTITLED)));
    sheet.decide_order(&records);
    sheet.say_columns();
    for (line, cells) in &records {
        sheet.row(*line, cells);
    }
    Some(sheet.imported)
}

/// A table that is being read.
struct Sheet {
    columns: Columns,
    order: Option<DayMonthOrder>,
    imported: Imported,
}

impl Sheet {
    fn cell<'c>(&self, cells: &'c [String], field: Field) -> &'c str {
        let at = self.columns.fields.iter().position(|it| *it == Some(field));
        at.and_then(|at| cells.get(at))
            .map_or("", |cell| cell.trim())
    }

    fn say(&mut self, severity: Severity, line: u32, column: &str, message: String, help: &str) {
        self.imported.diagnostics.push(Diagnostic {
            severity,
            location: Location {
                line,
                column: 1,
                path: column.to_owned(),
            },
            message,
            help: help.to_owned(),
        });
    }

    /// Decides for the whole table whether the day or the month comes first, and says so where
    /// nothing does.
    fn decide_order(&mut self, records: &[(u32, Vec<String>)]) {
        let cells = records
            .iter()
            .flat_map(|(_, cells)| [Field::Date, Field::End].map(|field| self.cell(cells, field)));
        let order = dates::order(cells);
        self.order = order.ok().flatten();
        let line = records.first().map_or(1, |(line, _)| *line);
        let column = self.columns.header(Field::Date).to_owned();
        if order.is_err() {
            let message = "some dates have the day first and others the month".to_owned();
            let help = "where both give a date, the day was taken to come first; write 2014-06-10";
            self.say(Severity::Warning, line, &column, message, help);
        } else if self.order == Some(DayMonthOrder::MonthFirst) {
            let message =
                "the month comes first in these dates, since one of them has no other reading";
            self.say(
                Severity::Warning,
                line,
                &column,
                message.to_owned(),
                "write 2014-06-10 to be sure",
            );
        }
    }

    /// Names the columns that are kept as text and those that are not kept.
    fn say_columns(&mut self) {
        let columns = self.columns.fields.iter().zip(&self.columns.headers);
        let named = columns.filter(|(_, header)| !header.is_empty());
        let of = |wanted: Option<Field>| {
            let headers = named.clone().filter(|(field, _)| **field == wanted);
            let headers = headers.map(|(_, header)| format!("“{header}”"));
            headers.collect::<Vec<_>>().join(", ")
        };
        let (unknown, left_out) = (of(None), of(Some(Field::LeftOut)));
        if !unknown.is_empty() {
            let message = format!("it is not known what {unknown} is, so it stands in the details");
            let help =
                "name a column date, end, title, lane, summary, people, place, tags or source";
            self.say(Severity::Warning, 1, "", message, help);
        }
        if !left_out.is_empty() {
            let message = format!("a timeline has no place for {left_out}, so that is left out");
            self.say(Severity::Warning, 1, "", message, "");
        }
    }

    fn row(&mut self, line: u32, cells: &[String]) {
        if cells.iter().all(|cell| cell.trim().is_empty()) {
            return;
        }
        match self.cell(cells, Field::Kind).to_lowercase().as_str() {
            "title" => self.title(cells),
            kind => {
                let is_era = kind == "era";
                if let Some((date, label)) = self.date(line, cells) {
                    if is_era {
                        self.era(cells, date);
                    } else {
                        self.event(line, cells, date, label);
                    }
                }
            }
        }
    }

    /// The row that says what the whole is about.
    fn title(&mut self, cells: &[String]) {
        let title = self.cell(cells, Field::Title);
        if !title.is_empty() {
            self.imported.rows.title = Some(text(title));
        }
        self.imported.rows.about = markdown(self.cell(cells, Field::Summary));
    }

    /// The date of a row in EDTF, and what is said instead of it.
    fn date(&mut self, line: u32, cells: &[String]) -> Option<(String, Option<Text<'static>>)> {
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
        let header = |field| self.columns.header(field).to_owned();
        let (start_header, end_header) = (header(Field::Date), header(Field::End));
        let label = some(self.cell(cells, Field::DateLabel));
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
            let help = "write it like 2014, 2014-06 or 10 June 2014";
            self.say(Severity::Error, line, &start_header, message, help);
            return None;
        };
        if to.is_none() && !end.is_empty() {
            let message = format!(
                "the end “{}” is not understood, and is left out",
                end.words()
            );
            let help = "write it like 2014, 2014-06 or 10 June 2014";
            self.say(Severity::Error, line, &end_header, message, help);
        }
        for (understood, header) in [(Some(&from), &start_header), (to.as_ref(), &end_header)] {
            if let Some(doubt) = understood.and_then(|it| it.doubt.clone()) {
                self.say(Severity::Warning, line, header, doubt, "");
            }
        }
        let edtf = match to {
            // An end that is the start says nothing.
            Some(to) if to.edtf != from.edtf && !from.edtf.contains('/') => {
                format!("{}/{}", from.edtf, to.edtf)
            }
            _ => from.edtf,
        };
        Some((edtf, label))
    }

    fn era(&mut self, cells: &[String], date: String) {
        let row = EraRow {
            label: some(self.cell(cells, Field::Title)),
            date: Some(DateText(Text(Cow::Owned(date)))),
            ..EraRow::default()
        };
        push(&mut self.imported.rows.eras, row);
    }

    fn event(&mut self, line: u32, cells: &[String], date: String, label: Option<Text<'static>>) {
        let title = self.cell(cells, Field::Title);
        let named = |field| list(self.cell(cells, field));
        let (people, tags) = (named(Field::People), named(Field::Tags));
        let (place, source) = (
            self.cell(cells, Field::Place),
            self.cell(cells, Field::Source),
        );
        let row = EventRow {
            id: some(self.cell(cells, Field::Id)),
            title: some(title),
            short: some(self.cell(cells, Field::Short)),
            date: Some(DateText(Text(Cow::Owned(date)))),
            date_label: label,
            lane: some(self.cell(cells, Field::Lane)),
            importance: self.cell(cells, Field::Importance).parse().ok(),
            certainty: self.certainty(line, cells),
            summary: markdown(self.cell(cells, Field::Summary)),
            details: self.details(cells),
            people: texts(&people),
            place: some(place),
            tags: texts(&tags),
            sources: citations(source),
            media: self.media(cells),
            ..EventRow::default()
        };
        self.name(&people, place, source);
        push(&mut self.imported.rows.events, row);
        self.imported.origins.push(Origin { line });
    }

    fn certainty(&mut self, line: u32, cells: &[String]) -> Option<Certainty> {
        let word = self.cell(cells, Field::Certainty).to_lowercase();
        let known = Certainty::ALL.into_iter().find(|it| it.word() == word);
        if known.is_none() && !word.is_empty() {
            let header = self.columns.header(Field::Certainty).to_owned();
            let message = format!("“{word}” is no certainty, and is left out");
            let help = "write confirmed, reported, disputed or expected";
            self.say(Severity::Error, line, &header, message, help);
        }
        known
    }

    /// The details, its address on the web, and what stands in columns that are not known.
    fn details(&self, cells: &[String]) -> Option<Text<'static>> {
        let mut parts = vec![self.cell(cells, Field::Details).to_owned()];
        let picture = self.cell(cells, Field::Picture);
        if is_embedded(picture) {
            parts.push(markdown(picture).map_or_else(String::new, Text::into_string));
        }
        let address = self.cell(cells, Field::Address);
        if !address.is_empty() {
            parts.push(format!("<{address}>"));
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
        some(&parts.join("\n\n"))
    }

    fn media(&self, cells: &[String]) -> List<MediaRow<'static>> {
        let mut media = List::default();
        let file = self.cell(cells, Field::Picture);
        if !file.is_empty() && !is_embedded(file) {
            let row = MediaRow {
                file: some(file),
                alt: some(self.cell(cells, Field::PictureAlt)),
                caption: markdown(self.cell(cells, Field::PictureCaption)),
                credit: markdown(self.cell(cells, Field::PictureCredit)),
            };
            push(&mut media, row);
        }
        media
    }

    /// Lists people, place and source by their names, where they are new.
    fn name(&mut self, people: &[String], place: &str, source: &str) {
        let rows = &mut self.imported.rows;
        for person in people {
            if rows
                .people
                .iter()
                .all(|(_, row)| row.id.as_deref() != Some(person))
            {
                let row = PersonRow {
                    id: some(person),
                    name: some(person),
                    ..PersonRow::default()
                };
                push(&mut rows.people, row);
            }
        }
        if !place.is_empty()
            && rows
                .places
                .iter()
                .all(|(_, row)| row.id.as_deref() != Some(place))
        {
            let row = PlaceRow {
                id: some(place),
                name: some(place),
                ..PlaceRow::default()
            };
            push(&mut rows.places, row);
        }
        if !source.is_empty()
            && rows
                .sources
                .iter()
                .all(|(_, row)| row.id.as_deref() != Some(source))
        {
            let is_address = ["http://", "https://"]
                .iter()
                .any(|it| source.starts_with(it));
            let row = SourceRow {
                id: some(source),
                title: some(source),
                url: is_address.then(|| text(source)),
                ..SourceRow::default()
            };
            push(&mut rows.sources, row);
        }
    }
}

fn text(words: &str) -> Text<'static> {
    Text(Cow::Owned(words.to_owned()))
}

/// Whether a picture's cell holds HTML (a quotation, a player) and no file or address.
fn is_embedded(cell: &str) -> bool {
    cell.starts_with('<')
}

/// A text that may hold HTML, as Markdown.
fn markdown(words: &str) -> Option<Text<'static>> {
    let is_html = words.contains('<') && words.contains('>');
    let converted = is_html.then(|| htmd::convert(words).ok()).flatten();
    some(converted.as_deref().unwrap_or(words))
}

fn some(words: &str) -> Option<Text<'static>> {
    (!words.is_empty()).then(|| text(words))
}

/// The parts of a cell with several names.
fn list(cell: &str) -> Vec<String> {
    let separator = if cell.contains(';') { ';' } else { ',' };
    let parts = cell.split(separator).map(str::trim);
    parts
        .filter(|part| !part.is_empty())
        .map(str::to_owned)
        .collect()
}

fn texts(words: &[String]) -> List<Text<'static>> {
    let mut list = List::default();
    for words in words {
        push(&mut list, text(words));
    }
    list
}

fn citations(source: &str) -> List<CitationRow<'static>> {
    let mut list = List::default();
    if !source.is_empty() {
        let row = CitationRow {
            source: some(source),
            ..CitationRow::default()
        };
        push(&mut list, row);
    }
    list
}

fn push<T>(list: &mut List<T>, item: T) {
    let position = u32::try_from(list.0.len()).unwrap_or(u32::MAX);
    list.0.push((position, item));
}

#[cfg(test)]
mod tests {
    use crate::{
        formats::{Source, read},
        time::Words,
    };

    fn opened(table: &str) -> Source {
        read(table.as_bytes()).expect("it is opened")
    }

    /// Title, date and lane of each event.
    fn events(source: &Source) -> Vec<String> {
        let timeline = &source.timeline;
        let events = timeline.events().map(|event| {
            let date: Words = timeline.date_words(event);
            let lane = &timeline.lane_record(timeline.lane(event)).label;
            format!("{} | {} | {lane}", timeline.event(event).title, date.date)
        });
        events.collect()
    }

    fn said(source: &Source) -> Vec<String> {
        source.diagnostics.iter().map(ToString::to_string).collect()
    }

    #[test]
    fn a_sheet_of_timelinejs_is_opened() {
        let source = opened(
            "Year,Month,Day,Time,End Year,End Month,End Day,End Time,Display Date,Headline,Text,\
             Media,Media Credit,Media Caption,Media Thumbnail,Type,Group,Background\n\
             ,,,,,,,,,Computing,<p>What <b>women</b> did.</p>,,,,,title,,\n\
             1815,12,10,,1852,11,27,,,Ada Lovelace,\"She <a href=\"\"https://example.org\"\">wrote</a>.\",\
             https://example.org/a.jpg,Commons,A portrait,,,People,#fff\n\
             -44,3,15,,,,,,the Ides,Caesar,,,,,,,,\n\
             1900,,,,1910,,,,,An era,,,,,,era,,\n",
        );
        assert_eq!(source.timeline.title(), "Computing");
        assert_eq!(source.timeline.about(), "What **women** did.");
        assert_eq!(
            events(&source),
            [
                "Caesar | the Ides | ",
                "Ada Lovelace | 10 December 1815 to 27 November 1852 | People"
            ]
        );
        assert_eq!(source.timeline.eras().len(), 1);
        let ada = source.timeline.events().nth(1).unwrap();
        let ada = source.timeline.event(ada);
        assert_eq!(ada.summary, "She [wrote](https://example.org).");
        assert_eq!(ada.media.len(), 1);
        assert_eq!(
            said(&source),
            [
                "1:1: warning: a timeline has no place for “Media Thumbnail”, “Background”, so that is left out"
            ]
        );
    }

    #[test]
    fn any_table_with_a_date_and_a_title_is_opened() {
        for table in [
            "Wars of a century;;\n;;\nDatum;Titel;Kategorie\n28.07.1914;The first;World\n1.9.1939;The second;World\n",
            "\u{feff}sep=;\ndate;event;group\n1914-07-28;The first;World\n1 September 1939;The second;World\n",
            "when\tname\tlane\nJuly 28, 1914\tThe first\tWorld\n1939-09-01\tThe second\tWorld\n",
        ] {
            let source = opened(table);
            assert_eq!(
                events(&source),
                [
                    "The first | 28 July 1914 | World",
                    "The second | 1 September 1939 | World"
                ],
                "{table}"
            );
            assert_eq!(said(&source), Vec::<String>::new(), "{table}");
        }
    }

    #[test]
    fn nothing_is_dropped_in_silence() {
        let source = opened(
            "date,title,people,place,source,colour,certainty\n\
             soon,Never,,,,,\n\
             ,No date,,,,,\n\
             2014,Mosul falls,A; B,Mosul,https://example.org/a,red,reported\n\
             2015,,,,,,maybe\n",
        );
        assert_eq!(
            said(&source),
            [
                "1:1: warning: it is not known what “colour” is, so it stands in the details; \
                 name a column date, end, title, lane, summary, people, place, tags or source",
                "2:1: error: date: the date “soon” is not understood, so the row is left out; \
                 write it like 2014, 2014-06 or 10 June 2014",
                "3:1: error: date: there is no date, so the row is left out; \
                 write it like 2014, 2014-06 or 10 June 2014",
                "5:1: error: this event has no title; say in \"title\" what happened",
                "5:1: error: certainty: “maybe” is no certainty, and is left out; \
                 write confirmed, reported, disputed or expected",
            ]
        );
        let event = source.timeline.events().next().unwrap();
        let record = source.timeline.event(event);
        assert_eq!(record.details, "colour: red");
        let people = record
            .people
            .iter()
            .map(|it| source.timeline.person(*it).name.as_str());
        assert_eq!(people.collect::<Vec<_>>(), ["A", "B"]);
    }

    #[test]
    fn the_day_comes_first_or_the_month_in_the_whole_column() {
        for (table, expected, is_said) in [
            (
                "date,title\n03/04/2014,a\n25/12/2014,b\n",
                "3 April 2014",
                false,
            ),
            (
                "date,title\n03/04/2014,a\n12/25/2014,b\n",
                "4 March 2014",
                true,
            ),
        ] {
            let source = opened(table);
            let first = source.timeline.events().next().unwrap();
            assert_eq!(source.timeline.date_words(first).date, expected);
            assert_eq!(
                !source.diagnostics.is_empty(),
                is_said,
                "{:?}",
                said(&source)
            );
        }
        let source = opened("date,title\n03/04/2014,a\n05/06/2014,b\n");
        assert!(said(&source)[0].contains("if the month comes first, it is 2014-03-04"));
    }

    proptest::proptest! {
        #[test]
        fn a_changed_table_is_read_or_refused(
            at in 0_usize..200,
            byte in proptest::prelude::any::<u8>(),
            cut in 0_usize..200,
        ) {
            let mut table = b"Year,Month,Headline,End Year,Text,Type\n2014,6,\"a, b\",2015,<p>x</p>,\n-44,3,c,,,era\n".to_vec();
            if let Some(place) = table.get_mut(at) {
                *place = byte;
            }
            table.truncate(cut.max(40));
            let _ = read(&table);
        }
    }
}
