//! Rows → `iCalendar`: an event each, in the order of time. What the importer would not find again
//! (a date that is no more exact than a year, that there is no lane) stands in lines of our own.
//!
//! The lines are written here: the library folds in quadratic time, makes ids by chance and asks
//! the clock for its stamps, and the same rows are to give the same text.

use std::collections::{HashMap, HashSet};

use super::losses::{Kind, Losses};
use crate::formats::{
    rows::{EventRow, FileRow, PlaceRow},
    syntax::icalendar::{DATE, ID_END, NO_LANE, PRODUCT, Stamps, stamps},
};

/// What a calendar has no place for. Of sources it has the address of an event's first.
const LEFT_OUT: [Kind; 17] = [
    Kind::Subtitle,
    Kind::Language,
    Kind::AsOf,
    Kind::LaneColors,
    Kind::LaneOrder,
    Kind::Eras,
    Kind::Lessons,
    Kind::People,
    Kind::NativePlaceNames,
    Kind::EventPeople,
    Kind::Sources,
    Kind::Links,
    Kind::Certainty,
    Kind::Importance,
    Kind::ShortTitles,
    Kind::Pictures,
    Kind::DateLabels,
];

/// A line has so many bytes at most.
const LONGEST_LINE: usize = 75;

/// The text of a calendar with the events of these rows; what it cannot hold goes to `losses`.
pub fn file(rows: &FileRow<'_>, losses: &mut Losses) -> String {
    say_losses(rows, losses);
    let mut events = Vec::new();
    for (_, row) in &rows.events {
        let edtf = row.date.as_ref().map_or("", |date| &*date.0);
        // The losses of an event that is left out are those of no date.
        if stamps(edtf, &mut Losses::default()).is_none() {
            losses.add("events before the year 1, after 9999 or without a date");
        } else if let Some(stamps) = stamps(edtf, losses) {
            events.push((stamps, edtf, row));
        }
    }
    // A day sorts before the times of it.
    events.sort_by(|(one, ..), (other, ..)| one.start.cmp(&other.start));
    let mut writer = Writer::new(rows);
    writer.line("BEGIN", "VCALENDAR");
    writer.line("VERSION", "2.0");
    writer.text("PRODID", PRODUCT);
    writer.some("X-WR-CALNAME", rows.title.as_deref());
    writer.some("X-WR-CALDESC", rows.about.as_deref());
    for (stamps, edtf, row) in events {
        writer.event(&stamps, edtf, row, losses);
    }
    writer.line("END", "VCALENDAR");
    writer.out
}

/// What no calendar holds.
fn say_losses(rows: &FileRow<'_>, losses: &mut Losses) {
    losses.add_kinds(rows, &LEFT_OUT);
    for (_, row) in &rows.events {
        let summary = row.summary.as_deref().unwrap_or_default();
        losses.add_some(
            "where a summary of several paragraphs ends",
            usize::from(summary.trim().contains("\n\n")),
        );
    }
}

/// A calendar that is being written.
struct Writer<'r> {
    out: String,
    /// Label of each lane by its id.
    lanes: HashMap<&'r str, &'r str>,
    places: HashMap<&'r str, &'r PlaceRow<'r>>,
    /// Address of each source by its id.
    addresses: HashMap<&'r str, &'r str>,
    /// The ids that are taken.
    ids: HashSet<String>,
    /// How often an id was made of a title.
    made: HashMap<String, u32>,
}

impl<'r> Writer<'r> {
    fn new(rows: &'r FileRow<'r>) -> Self {
        let lanes = rows
            .lanes
            .iter()
            .filter_map(|(_, lane)| Some((lane.id.as_deref()?, lane.label.as_deref()?)));
        let places = rows
            .places
            .iter()
            .filter_map(|(_, place)| Some((place.id.as_deref().or(place.name.as_deref())?, place)));
        let addresses = rows
            .sources
            .iter()
            .filter_map(|(_, source)| Some((source.id.as_deref()?, source.url.as_deref()?)));
        let ids = rows.events.iter().filter_map(|(_, row)| row.id.as_deref());
        Self {
            out: String::new(),
            lanes: lanes.collect(),
            places: places.collect(),
            addresses: addresses.collect(),
            ids: ids.map(str::to_owned).collect(),
            made: HashMap::new(),
        }
    }

    fn event(&mut self, stamps: &Stamps, edtf: &str, row: &EventRow<'_>, losses: &mut Losses) {
        self.line("BEGIN", "VEVENT");
        let id = row.id.as_deref().map_or_else(
            || self.new_id(row.title.as_deref().unwrap_or_default()),
            str::to_owned,
        );
        self.text("UID", &format!("{id}{ID_END}"));
        // Every event must have one. There is no clock here, so that the same rows give the same
        // text: it is the event's own start.
        let start = stamps.start.trim_end_matches('Z');
        let midnight = if start.contains('T') { "" } else { "T000000" };
        self.line("DTSTAMP", &format!("{start}{midnight}Z"));
        self.date("DTSTART", &stamps.start);
        if let Some(end) = &stamps.end {
            self.date("DTEND", end);
        }
        if stamps.edtf != edtf {
            self.text(DATE, edtf);
        }
        self.some("SUMMARY", row.title.as_deref());
        self.categories(row);
        self.place(row, losses);
        self.description(row);
        let cited = row
            .sources
            .iter()
            .find_map(|(_, cited)| cited.source.as_deref());
        let address = cited.and_then(|source| self.addresses.get(source).copied());
        if let Some(address) = address {
            self.line("URL", address);
        }
        self.line("END", "VEVENT");
    }

    /// An id of an event that has none, which no other event has.
    fn new_id(&mut self, title: &str) -> String {
        let slug = slug(title);
        let made = self.made.entry(slug.clone()).or_default();
        loop {
            *made += 1;
            let id = match *made {
                1 => slug.clone(),
                count => format!("{slug}-{count}"),
            };
            if self.ids.insert(id.clone()) {
                return id;
            }
        }
    }

    fn categories(&mut self, row: &EventRow<'_>) {
        let lane = row.lane.as_deref().filter(|lane| !lane.is_empty());
        let lane = lane.map(|lane| self.lanes.get(lane).copied().unwrap_or(lane));
        let tags = row.tags.iter().map(|(_, tag)| &**tag);
        let tags = tags.filter(|tag| !tag.trim().is_empty());
        let all: Vec<String> = lane.into_iter().chain(tags).map(escaped).collect();
        if !all.is_empty() {
            if lane.is_none() {
                self.line(NO_LANE, "TRUE");
            }
            self.line("CATEGORIES", &all.join(","));
        }
    }

    fn place(&mut self, row: &EventRow<'_>, losses: &mut Losses) {
        let Some(id) = row.place.as_deref() else {
            return;
        };
        let place = self.places.get(id).copied();
        let name = place.and_then(|place| place.name.as_deref());
        self.text("LOCATION", name.unwrap_or(id));
        match place.map(|place| (place.lat, place.lon)) {
            Some((Some(lat), Some(lon))) => self.line("GEO", &format!("{lat};{lon}")),
            Some((None, None)) | None => {}
            Some(_) => losses.add("places with one coordinate"),
        }
    }

    /// Summary and details; without a summary an empty paragraph stands for it.
    fn description(&mut self, row: &EventRow<'_>) {
        let summary = row.summary.as_deref().unwrap_or_default().trim();
        let details = row.details.as_deref().unwrap_or_default().trim();
        match (summary, details) {
            ("", "") => {}
            (summary, "") => self.text("DESCRIPTION", summary),
            (summary, details) => self.text("DESCRIPTION", &format!("{summary}\n\n{details}")),
        }
    }

    fn date(&mut self, name: &str, stamp: &str) {
        if stamp.contains('T') {
            self.line(name, stamp);
        } else {
            self.line(&format!("{name};VALUE=DATE"), stamp);
        }
    }

    fn some(&mut self, name: &str, text: Option<&str>) {
        if let Some(text) = text {
            self.text(name, text);
        }
    }

    fn text(&mut self, name: &str, text: &str) {
        self.line(name, &escaped(text));
    }

    /// A line, folded where it is too long: not within a character.
    fn line(&mut self, name: &str, value: &str) {
        let line = format!("{name}:{value}");
        let mut bytes = 0;
        for c in line.chars().filter(|c| !matches!(c, '\r' | '\n')) {
            if bytes + c.len_utf8() > LONGEST_LINE {
                self.out.push_str("\r\n ");
                bytes = 1;
            }
            self.out.push(c);
            bytes += c.len_utf8();
        }
        self.out.push_str("\r\n");
    }
}

/// A text as RFC 5545 writes it. Control characters, which it forbids, are taken out.
fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '\\' | ',' | ';' => out.extend(['\\', c]),
            '\n' => out.push_str("\\n"),
            c if c.is_control() && c != '\t' => {}
            c => out.push(c),
        }
    }
    out
}

/// Small letters and digits of a title, with hyphens between its words.
fn slug(title: &str) -> String {
    /// Long enough to tell events apart.
    const MOST_CHARS: usize = 60;
    let words = title.split(|c: char| !c.is_alphanumeric());
    let words: Vec<String> = words
        .filter(|word| !word.is_empty())
        .take(MOST_CHARS)
        .map(str::to_lowercase)
        .collect();
    let slug: String = words.join("-").chars().take(MOST_CHARS).collect();
    let slug = slug.trim_end_matches('-');
    if slug.is_empty() {
        "event".to_owned()
    } else {
        slug.to_owned()
    }
}

#[cfg(test)]
mod tests;
