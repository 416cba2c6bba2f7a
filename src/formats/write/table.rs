//! Rows → a table: a row an event, with all that a table can hold.

use super::{
    csv,
    losses::{Kind, Losses},
    names::Names,
};
use crate::formats::rows::{DateText, EventRow, FileRow, List, Text};

/// The columns, by the names that the reader of tables knows.
const HEADERS: [&str; 19] = [
    "date",
    "title",
    "lane",
    "summary",
    "details",
    "people",
    "place",
    "tags",
    "source",
    "certainty",
    "importance",
    "short",
    "date label",
    "image",
    "alt text",
    "image credit",
    "caption",
    "id",
    "type",
];

/// What a table has no place for.
const LEFT_OUT: [Kind; 15] = [
    Kind::Subtitle,
    Kind::Language,
    Kind::AsOf,
    Kind::LaneColors,
    Kind::LaneOrder,
    Kind::EraColors,
    Kind::Lessons,
    Kind::People,
    Kind::Places,
    Kind::SourceDetails,
    Kind::SourceTitles,
    Kind::Semicolons,
    Kind::Links,
    Kind::PlacesInSources,
    Kind::FurtherPictures,
];

/// The text of a table, as CSV. Title, description and eras are rows with a type.
pub fn file(rows: &FileRow<'_>, losses: &mut Losses) -> String {
    losses.add_kinds(rows, &LEFT_OUT);
    let names = Names::of(rows);
    let of = |text: &Option<Text<'_>>| text.as_deref().unwrap_or_default().to_owned();
    let mut records = vec![Record::headers()];
    records.push(
        Record::default()
            .with("title", of(&rows.title))
            .with("summary", of(&rows.about))
            .with("type", "title".to_owned()),
    );
    for (_, era) in &rows.eras {
        records.push(
            Record::default()
                .with("title", of(&era.label))
                .with("date", date(era.date.as_ref()))
                .with("type", "era".to_owned()),
        );
    }
    for (_, row) in &rows.events {
        records.push(event(row, &names));
    }
    let records: Vec<Vec<String>> = records.into_iter().map(|it| it.0.to_vec()).collect();
    csv::text(&records)
}

/// A row of the table.
struct Record([String; HEADERS.len()]);

impl Default for Record {
    fn default() -> Self {
        Self(std::array::from_fn(|_| String::new()))
    }
}

impl Record {
    fn headers() -> Self {
        Self(HEADERS.map(str::to_owned))
    }

    fn with(mut self, header: &str, cell: String) -> Self {
        let at = HEADERS.iter().position(|known| *known == header);
        if let Some(place) = at.and_then(|at| self.0.get_mut(at)) {
            *place = cell;
        }
        self
    }
}

/// A date in EDTF, but a year before 1 alone as people write it: of a number alone it is not known how
/// it counts.
fn date(date: Option<&DateText<'_>>) -> String {
    let date = date.map_or("", |date| &*date.0);
    let year = date
        .strip_prefix('-')
        .filter(|rest| rest.bytes().all(|it| it.is_ascii_digit()));
    match year.and_then(|year| year.parse::<u64>().ok()) {
        Some(year) => format!("{} BC", year + 1),
        None => date.to_owned(),
    }
}

fn event(row: &EventRow<'_>, names: &Names<'_>) -> Record {
    let of = |text: &Option<Text<'_>>| text.as_deref().unwrap_or_default().to_owned();
    let date = date(row.date.as_ref());
    let sources = row
        .sources
        .iter()
        .filter_map(|(_, it)| it.source.as_deref());
    let sources: Vec<&str> = sources.map(|id| names.source(id)).collect();
    let record = Record::default()
        .with("date", date)
        .with("title", of(&row.title))
        .with(
            "lane",
            row.lane
                .as_deref()
                .map_or_else(String::new, |it| names.lane(it).to_owned()),
        )
        .with("summary", of(&row.summary))
        .with("details", of(&row.details))
        .with("people", listed(&row.people, |id| names.person(id)))
        .with(
            "place",
            row.place
                .as_deref()
                .map_or_else(String::new, |it| names.place(it).to_owned()),
        )
        .with("tags", listed(&row.tags, |tag| tag))
        .with("source", sources.join("\n"))
        .with(
            "certainty",
            row.certainty
                .map_or_else(String::new, |it| it.word().to_owned()),
        )
        .with(
            "importance",
            row.importance.map_or_else(String::new, |it| it.to_string()),
        )
        .with("short", of(&row.short))
        .with("date label", of(&row.date_label))
        .with("id", of(&row.id));
    match row.media.iter().next() {
        Some((_, media)) => record
            .with("image", of(&media.file))
            .with("alt text", of(&media.alt))
            .with("image credit", of(&media.credit))
            .with("caption", of(&media.caption)),
        None => record,
    }
}

/// Several names in a cell, between semicolons; one that holds a comma is followed by one.
fn listed<'t>(list: &'t List<Text<'_>>, name: impl Fn(&'t str) -> &'t str) -> String {
    let names: Vec<&str> = list.iter().map(|(_, text)| name(text)).collect();
    let mut cell = names.join("; ");
    if names.len() == 1 && cell.contains(',') {
        cell.push(';');
    }
    cell
}
