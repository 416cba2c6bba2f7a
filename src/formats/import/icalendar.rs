//! `iCalendar`: the events, tasks and notes of a calendar. Components are told apart here, line by
//! line, so that a faulty one does not lose the others; the library takes the lines apart.
//!
//! It is longer than other files since it holds the format's dates and lengths of time too, which
//! nothing else reads.

use std::{
    borrow::Cow,
    collections::{HashMap, HashSet},
};

use ::icalendar::parser::{ParseString, Property};
use chrono::{
    Datelike as _, NaiveDate, NaiveDateTime, NaiveTime, Offset as _, TimeDelta, TimeZone as _,
    Timelike as _,
};
use chrono_tz::Tz;

use super::{
    dates::{Date, span},
    draft::Draft,
    html::{self, is_address},
    importer::Importer,
};
use crate::{
    formats::{
        Format, Location, ReadProgress,
        rows::{DateText, EventRow, List, MediaRow, Text},
        write::{
            icalendar::{DATE, ID_END, NO_LANE, PRODUCT, stamps},
            losses::Losses,
        },
    },
    time::When,
};

/// What to do about a date that is not understood.
const DATE_HELP: &str = "write it like 20140610 or 20140610T143000Z";
/// What to do about a component without its end.
const END_HELP: &str = "the file may have been cut off";
/// A first paragraph of so many characters at most is taken for the summary.
const LONGEST_SUMMARY: usize = 300;
/// So many characters of a line are said.
const MOST_SAID: usize = 60;
/// What tells programs how to handle an event, and people nothing.
const TECHNICAL: [&str; 9] = [
    "DTSTAMP",
    "SEQUENCE",
    "TRANSP",
    "CLASS",
    "CREATED",
    "LAST-MODIFIED",
    "PRIORITY",
    // Said with the recurrence that they belong to.
    "EXDATE",
    "EXRULE",
];
/// The same of a calendar. Its time zone says on which clocks a program shows times, which are
/// shown as they were written here.
const TECHNICAL_OF_CALENDAR: [&str; 9] = [
    "VERSION",
    "CALSCALE",
    "METHOD",
    "REFRESH-INTERVAL",
    "X-PUBLISHED-TTL",
    "X-WR-RELCALID",
    "X-WR-TIMEZONE",
    "UID",
    "LAST-MODIFIED",
];

/// Reads calendars.
pub struct Calendar;

impl Importer for Calendar {
    fn format(&self) -> Format {
        Format::Calendar
    }

    fn is_of(&self, text: &str) -> bool {
        let line = without_mark(text).trim_start().lines().next();
        line.and_then(|line| after(line, "BEGIN:"))
            .is_some_and(|name| {
                name.eq_ignore_ascii_case("VCALENDAR") || Kind::of(&short(name)).is_some()
            })
    }

    fn read(&self, text: &str, _: &ReadProgress, draft: &mut Draft) -> bool {
        let mut reader = Reader::new(draft);
        let lines = Lines {
            rest: without_mark(text),
            number: 1,
        };
        for (number, line) in lines {
            reader.line(number, line);
        }
        reader.finish();
        true
    }
}

fn without_mark(text: &str) -> &str {
    text.strip_prefix('\u{feff}').unwrap_or(text)
}

/// What stands behind a word at the beginning of a line, whatever its case.
fn after<'l>(line: &'l str, word: &str) -> Option<&'l str> {
    let start = line.get(..word.len())?;
    let rest = line.get(word.len()..)?;
    start.eq_ignore_ascii_case(word).then(|| rest.trim())
}

/// The beginning of a text, for a message.
fn short(text: &str) -> String {
    let mut short: String = text.chars().take(MOST_SAID).collect();
    if short.len() < text.len() {
        short.push('…');
    }
    short
}

/// The content lines of a text, each with the number of its first line. A line that begins with a
/// space or a tab continues the one before.
struct Lines<'t> {
    rest: &'t str,
    number: u32,
}

impl<'t> Lines<'t> {
    /// The next line as it stands.
    fn plain(&mut self) -> Option<&'t str> {
        if self.rest.is_empty() {
            return None;
        }
        let (line, rest) = self.rest.split_once('\n').unwrap_or((self.rest, ""));
        self.rest = rest;
        self.number = self.number.saturating_add(1);
        Some(line.strip_suffix('\r').unwrap_or(line))
    }
}

impl<'t> Iterator for Lines<'t> {
    type Item = (u32, Cow<'t, str>);

    fn next(&mut self) -> Option<Self::Item> {
        let number = self.number;
        let mut line = Cow::Borrowed(self.plain()?);
        while self.rest.starts_with([' ', '\t']) {
            let more = self.plain()?;
            line.to_mut().push_str(more.get(1..).unwrap_or_default());
        }
        Some((number, line))
    }
}

/// A line with the name of its property in capitals, by which the library knows it.
fn with_capitals(mut line: Cow<'_, str>) -> Cow<'_, str> {
    let end = line.find([':', ';']).unwrap_or(0);
    let has_small = |name: &str| name.bytes().any(|byte| byte.is_ascii_lowercase());
    if line.get(..end).is_some_and(has_small)
        && let Some(name) = line.to_mut().get_mut(..end)
    {
        name.make_ascii_uppercase();
    }
    line
}

/// A line taken apart; `None` where it is not understood.
fn property(line: &str) -> Option<Property<'_>> {
    let property = Property::try_from(line).ok()?;
    // The library takes what it does not understand for a name without a value.
    let is_whole = !property.val.as_str().is_empty() || line.ends_with(':');
    (is_whole && !property.name.as_str().is_empty()).then_some(property)
}

fn parameter<'p>(property: &'p Property<'_>, name: &str) -> Option<&'p str> {
    let mut all = property.params.iter();
    let found = all.find(|it| it.key.as_str().eq_ignore_ascii_case(name))?;
    found.val.as_ref().map(ParseString::as_str)
}

/// A text whose escapes are undone.
fn unescaped(text: &str) -> String {
    ParseString::from(text).unescape_text().as_str().to_owned()
}

/// The texts between commas that are not escaped.
fn list(text: &str) -> Vec<String> {
    let mut items = Vec::new();
    let (mut begins, mut is_escaped) = (0, false);
    for (at, c) in text.char_indices() {
        if c == ',' && !is_escaped {
            items.push(text.get(begins..at).unwrap_or_default());
            begins = at + 1;
        }
        is_escaped = c == '\\' && !is_escaped;
    }
    items.push(text.get(begins..).unwrap_or_default());
    let items = items.into_iter().map(|item| unescaped(item.trim()));
    items.filter(|item| !item.is_empty()).collect()
}

/// What is read of a calendar.
#[derive(Copy, Clone, PartialEq, Eq, Debug)]
enum Kind {
    Event,
    Task,
    Note,
}

impl Kind {
    fn of(name: &str) -> Option<Self> {
        let is = |known| name.eq_ignore_ascii_case(known);
        if is("VEVENT") {
            Some(Self::Event)
        } else if is("VTODO") {
            Some(Self::Task)
        } else if is("VJOURNAL") {
            Some(Self::Note)
        } else {
            None
        }
    }

    fn noun(self) -> &'static str {
        match self {
            Self::Event => "event",
            Self::Task => "task",
            Self::Note => "note",
        }
    }
}

/// The lines of an event, a task or a note.
struct Block<'t> {
    kind: Kind,
    line: u32,
    lines: Vec<(u32, Cow<'t, str>)>,
    /// So many components are open within it.
    nested: u32,
}

/// A date as it stands.
#[derive(Default)]
struct Given {
    value: String,
    zone: Option<String>,
    at: Location,
}

/// What is read of a block.
#[derive(Default)]
struct Fields {
    start: Option<Given>,
    end: Option<Given>,
    due: Option<Given>,
    duration: Option<Given>,
    /// The date in EDTF, of a file that was written by this program.
    edtf: Option<(String, Location)>,
    has_no_lane: bool,
    descriptions: Vec<String>,
    /// The description once more, as HTML.
    html: Option<(String, Location)>,
    coordinates: Option<((f64, f64), Location)>,
    categories: Vec<String>,
    addresses: Vec<String>,
    recurrence: Option<String>,
    people: Vec<String>,
    is_cancelled: bool,
    is_repeated: bool,
    row: EventRow<'static>,
}

/// A calendar that is being read.
struct Reader<'r, 't> {
    draft: &'r mut Draft,
    block: Option<Block<'t>>,
    /// So many calendars are open.
    open: u32,
    /// So many components are open that are not read.
    skipped: u32,
    /// Whether this program wrote it.
    is_own: bool,
    /// The id of the time zone that is being described.
    zone_id: Option<String>,
    /// Time zones that go by a name of the file's own.
    zones: HashMap<String, Tz>,
    unknown_zones: HashSet<String>,
    coordinates: HashMap<String, (f64, f64)>,
    /// How many events are repeated, and where the first is.
    repeated: (usize, Location),
}

impl<'r, 't> Reader<'r, 't> {
    fn new(draft: &'r mut Draft) -> Self {
        Self {
            draft,
            block: None,
            open: 0,
            skipped: 0,
            is_own: false,
            zone_id: None,
            zones: HashMap::new(),
            unknown_zones: HashSet::new(),
            coordinates: HashMap::new(),
            repeated: (0, Location::default()),
        }
    }

    fn line(&mut self, number: u32, line: Cow<'t, str>) {
        if let Some(name) = after(&line, "BEGIN:") {
            self.begin(number, name);
        } else if let Some(name) = after(&line, "END:") {
            self.end(number, name);
        } else if line.trim().is_empty() {
            // Nothing is said.
        } else if let Some(block) = &mut self.block {
            if block.nested == 0 {
                block.lines.push((number, with_capitals(line)));
            }
        } else if self.skipped > 0 {
            self.zone_line(&with_capitals(line));
        } else {
            self.calendar_line(number, &with_capitals(line));
        }
    }

    fn begin(&mut self, number: u32, name: &str) {
        let kind = Kind::of(name);
        let is_calendar = name.eq_ignore_ascii_case("VCALENDAR");
        if kind.is_some() || is_calendar {
            self.end_early();
            self.skipped = 0;
            self.open = self.open.saturating_add(u32::from(is_calendar));
            self.block = kind.map(|kind| Block {
                kind,
                line: number,
                lines: Vec::new(),
                nested: 0,
            });
            return;
        }
        let is_top = if let Some(block) = &mut self.block {
            block.nested = block.nested.saturating_add(1);
            block.nested == 1
        } else {
            self.skipped = self.skipped.saturating_add(1);
            self.skipped == 1
        };
        if is_top && !name.eq_ignore_ascii_case("VTIMEZONE") {
            let name = short(&name.to_uppercase());
            self.draft.leave_out(&name, &Location::line(number));
        }
    }

    fn end(&mut self, number: u32, name: &str) {
        if Kind::of(name).is_some() {
            if let Some(block) = self.block.take() {
                if block.nested > 0 {
                    let message = "a part of this does not end, so what follows it is left out";
                    let help = "end it before the event ends";
                    self.draft.error(&Location::line(block.line), message, help);
                }
                self.block(&block);
            } else {
                let message = format!("END:{} stands here without its beginning", short(name));
                let help = "what belongs to it is left out";
                self.draft.error(&Location::line(number), message, help);
            }
        } else if name.eq_ignore_ascii_case("VCALENDAR") {
            self.end_early();
            self.skipped = 0;
            self.open = self.open.saturating_sub(1);
        } else if let Some(block) = &mut self.block {
            block.nested = block.nested.saturating_sub(1);
        } else {
            self.skipped = self.skipped.saturating_sub(1);
            if self.skipped == 0 {
                self.zone_id = None;
            }
        }
    }

    /// Reads what is open and does not end.
    fn end_early(&mut self) {
        if let Some(block) = self.block.take() {
            let noun = block.kind.noun();
            let message = format!("this {noun} does not end: what stands here is shown");
            self.draft
                .error(&Location::line(block.line), message, END_HELP);
            self.block(&block);
        }
    }

    /// What a description of a time zone says of its name elsewhere.
    fn zone_line(&mut self, line: &str) {
        if let Some(id) = line.strip_prefix("TZID:") {
            self.zone_id = Some(id.trim().to_owned());
        } else if let Some(name) = line.strip_prefix("X-LIC-LOCATION:")
            && let Some(id) = &self.zone_id
            && let Some(zone) = zone_of(name)
        {
            self.zones.insert(id.clone(), zone);
        }
    }

    fn calendar_line(&mut self, number: u32, line: &str) {
        let at = Location::line(number);
        let Some(property) = property(line) else {
            self.say_unread(line, &at);
            return;
        };
        let (name, value) = (property.name.as_str(), property.val.as_str().trim());
        match name {
            "X-WR-CALNAME" | "NAME" => {
                let title = one_line(&if name == "NAME" {
                    unescaped(value)
                } else {
                    value.to_owned()
                });
                match self.draft.file.title.as_deref() {
                    None => self.draft.file.title = Text::some(title),
                    Some(known) if known == title => {}
                    Some(_) => self.draft.leave_out(name, &at),
                }
            }
            "X-WR-CALDESC" | "DESCRIPTION" => {
                let about = self.markdown(&at, value);
                let about = Text::some(about);
                if self.draft.file.about.is_none() {
                    self.draft.file.about = about;
                } else if self.draft.file.about != about {
                    self.draft.leave_out(name, &at);
                }
            }
            "PRODID" => self.is_own |= value == PRODUCT,
            name if TECHNICAL_OF_CALENDAR.contains(&name) => {}
            name => self.draft.leave_out(&short(name), &at),
        }
    }

    fn say_unread(&mut self, line: &str, at: &Location) {
        let message = format!(
            "the line “{}” is not understood, and is left out",
            short(line.trim())
        );
        let help = "write NAME:value, and begin the lines that continue it with a space";
        self.draft.error(at, message, help);
    }

    /// A text that may be HTML, as Markdown; one of this program's is Markdown.
    fn markdown(&mut self, at: &Location, text: &str) -> String {
        if self.is_own {
            return text.to_owned();
        }
        // Addresses in angle brackets are no elements.
        let (masked, addresses) = without_addresses(text);
        if !html::is_html(&masked) {
            return text.trim().to_owned();
        }
        let text = if addresses == 0 {
            Cow::Borrowed(text)
        } else {
            Cow::Owned(with_links(text))
        };
        let markdown = self.draft.markdown(at, &with_breaks(text.trim()));
        markdown.map(Text::into_string).unwrap_or_default()
    }

    fn block(&mut self, block: &Block<'_>) {
        let mut fields = Fields::default();
        for (number, line) in &block.lines {
            let at = Location::line(*number);
            match property(line) {
                Some(property) => {
                    let at = at.of(&short(property.name.as_str()));
                    self.field(&mut fields, &property, &at);
                }
                None => self.say_unread(line, &at),
            }
        }
        let at = Location::line(block.line);
        let Some(date) = self.date(block.kind, &at, &fields) else {
            return;
        };
        if fields.is_repeated {
            if self.repeated.0 == 0 {
                self.repeated.1 = at.clone();
            }
            self.repeated.0 += 1;
        }
        self.coordinates(&mut fields);
        let (summary, details) = self.texts(&at, &mut fields);
        let mut categories = fields.categories.into_iter();
        let mut row = fields.row;
        if !fields.has_no_lane {
            row.lane = categories.next().map(Text::owned);
        }
        let cancelled = fields.is_cancelled.then(|| "cancelled".to_owned());
        row.tags = once_each(categories.chain(cancelled));
        row.people = once_each(fields.people.into_iter());
        row.date = Some(DateText(Text::owned(date)));
        row.summary = Text::some(summary);
        row.details = Text::some(details);
        if let Some(recurrence) = fields.recurrence {
            // Another occurrence of the same event.
            let id = row.id.map(Text::into_string).unwrap_or_default();
            row.id = Some(Text::owned(format!("{id}/{recurrence}")));
        }
        self.draft.event(&at, &row);
    }

    fn field(&mut self, fields: &mut Fields, property: &Property<'_>, at: &Location) {
        let name = property.name.as_str();
        let value = property.val.as_str().trim();
        let given = || {
            Some(Given {
                value: value.to_owned(),
                zone: parameter(property, "TZID").map(str::to_owned),
                at: at.clone(),
            })
        };
        match name {
            "DTSTART" => fields.start = given(),
            "DTEND" => fields.end = given(),
            "DUE" => fields.due = given(),
            "DURATION" => fields.duration = given(),
            DATE => fields.edtf = Some((value.to_owned(), at.clone())),
            NO_LANE => fields.has_no_lane = true,
            "SUMMARY" => fields.row.title = Text::some(one_line(value)),
            "DESCRIPTION" => fields.descriptions.push(property.val.as_str().to_owned()),
            "X-ALT-DESC" => fields.html = Some((value.to_owned(), at.clone())),
            "LOCATION" => fields.row.place = Text::some(one_line(value)),
            "GEO" => match coordinates(value) {
                Some(found) => fields.coordinates = Some((found, at.clone())),
                None => self.draft.leave_out(name, at),
            },
            "CATEGORIES" => fields.categories.extend(list(value)),
            "URL" if !value.is_empty() => fields.addresses.push(value.to_owned()),
            "UID" => {
                let id = value.strip_suffix(ID_END).unwrap_or(value);
                fields.row.id = Text::some(id.to_owned());
            }
            "RECURRENCE-ID" => fields.recurrence = Some(value.to_owned()),
            "RRULE" | "RDATE" => fields.is_repeated = true,
            "ATTACH" | "IMAGE" => self.attached(fields, property, at),
            "ORGANIZER" | "ATTENDEE" => match parameter(property, "CN") {
                Some(person) if !person.trim().is_empty() => {
                    fields.people.push(person.trim().to_owned());
                }
                _ => self.draft.leave_out(name, at),
            },
            "STATUS" => match value.to_ascii_uppercase().as_str() {
                "CANCELLED" => fields.is_cancelled = true,
                "CONFIRMED" | "FINAL" => {}
                status => self
                    .draft
                    .leave_out(&format!("STATUS:{}", short(status)), at),
            },
            name if TECHNICAL.contains(&name) || value.is_empty() => {}
            name => self.draft.leave_out(&short(name), at),
        }
    }

    /// A picture, or another file that has an address.
    fn attached(&mut self, fields: &mut Fields, property: &Property<'_>, at: &Location) {
        let value = property.val.as_str().trim();
        let is_inline =
            parameter(property, "ENCODING").is_some() || after(value, "data:").is_some();
        let kind = parameter(property, "FMTTYPE").unwrap_or_default();
        let is_known = property.name.as_str() == "IMAGE" || is_picture(value);
        let is_picture = after(kind, "image/").is_some() || kind.is_empty() && is_known;
        if is_inline || after(value, "cid:").is_some() {
            self.draft.leave_out(property.name.as_str(), at);
        } else if is_picture {
            fields.row.media.push(MediaRow {
                file: Text::some(value.to_owned()),
                ..MediaRow::default()
            });
        } else if is_address(value) {
            fields.addresses.push(value.to_owned());
        } else {
            self.draft.leave_out(property.name.as_str(), at);
        }
    }

    /// Keeps the coordinates of a place until all places are known.
    fn coordinates(&mut self, fields: &mut Fields) {
        let Some((found, at)) = fields.coordinates.take() else {
            return;
        };
        let Some(place) = fields.row.place.as_deref() else {
            self.draft.leave_out("GEO", &at);
            return;
        };
        let known = *self.coordinates.entry(place.to_owned()).or_insert(found);
        if known != found {
            let message = format!(
                "“{}” has lain elsewhere above, and stays there",
                short(place)
            );
            self.draft.warning(&at, message, "");
        }
    }

    /// Summary and details.
    fn texts(&mut self, at: &Location, fields: &mut Fields) -> (String, String) {
        let plain = std::mem::take(&mut fields.descriptions).join("\n\n");
        let text = match fields.html.take() {
            Some((html, _)) if plain.trim().is_empty() => html,
            Some((_, at)) => {
                // It says the same once more.
                self.draft.leave_out("X-ALT-DESC", &at);
                plain
            }
            None => plain,
        };
        let text = self.markdown(&at.of("DESCRIPTION"), &text);
        let (first, rest) = text.split_once("\n\n").unwrap_or((text.as_str(), ""));
        let is_prose = !first
            .trim_start()
            .starts_with(['#', '-', '*', '+', '|', '>', '`', '<']);
        let is_short = first.chars().take(LONGEST_SUMMARY + 1).count() <= LONGEST_SUMMARY;
        let (summary, details) = if self.is_own || (is_prose && is_short) {
            (first.trim(), rest.trim())
        } else {
            ("", text.trim())
        };
        // What this program wrote holds an address in both places.
        let known: HashSet<&str> = details.split("\n\n").map(str::trim).collect();
        let mut parts = vec![details.to_owned()];
        for address in fields.addresses.drain(..) {
            let link = if is_address(&address) {
                format!("<{address}>")
            } else {
                address
            };
            if !known.contains(link.as_str()) {
                parts.push(link);
            }
        }
        parts.retain(|part| !part.is_empty());
        (summary.to_owned(), parts.join("\n\n"))
    }

    /// The date of a block in EDTF.
    fn date(&mut self, kind: Kind, at: &Location, fields: &Fields) -> Option<String> {
        let Some(given) = fields.start.as_ref().or(fields.due.as_ref()) else {
            let message = format!("this {} has no date, so the event is left out", kind.noun());
            self.draft.error(at, message, "give it a DTSTART");
            return None;
        };
        if let Some((edtf, at)) = &fields.edtf {
            let end = fields.end.as_ref().map(|end| end.value.as_str());
            let written = stamps(edtf, &mut Losses::default());
            if written.is_some_and(|it| it.start == given.value && it.end.as_deref() == end) {
                return Some(edtf.clone());
            }
            let message = "the event was moved since it was written, so this date is left out";
            self.draft
                .warning(at, message, "take the line out, or move the event back");
        }
        let start = self.stamp(given);
        let from = start.and_then(Stamp::edtf);
        let (Some(start), Some(from)) = (start, from) else {
            let value = short(&given.value);
            let message = format!("the date “{value}” is not understood, so the event is left out");
            self.draft.error(&given.at, message, DATE_HELP);
            return None;
        };
        let due = fields.due.as_ref().filter(|_| fields.start.is_some());
        let ends = [
            (fields.end.as_ref(), true),
            (due, false),
            (fields.duration.as_ref(), true),
        ];
        let end = ends
            .into_iter()
            .find_map(|(end, is_behind)| Some((end?, is_behind)));
        let Some((end, is_behind)) = end else {
            return Some(from);
        };
        let is_length = fields.end.is_none() && due.is_none();
        let last = if is_length {
            Length::read(&end.value).and_then(|length| start.after(length))
        } else {
            self.stamp(end)
        };
        let to = last.and_then(|last| last.last_of(start, is_behind && last.is_day).edtf());
        let is_before = last.is_some_and(|last| last.is_day && last.day() < start.day());
        let date = to.map(|to| span(from.clone(), Some(to)));
        let date = date.filter(|date| !is_before && When::parse(date).is_ok());
        if date.is_none() {
            let message = format!(
                "the end “{}” is not understood or lies before the start, and is left out",
                short(&end.value)
            );
            self.draft.error(&end.at, message, DATE_HELP);
        }
        Some(date.unwrap_or(from))
    }

    fn stamp(&mut self, given: &Given) -> Option<Stamp> {
        let stamp = Stamp::read(&given.value)?;
        match given.zone.as_deref() {
            Some(zone) if !stamp.is_day && stamp.zone == Zone::None => Some(Stamp {
                zone: self.zone(zone, &given.at),
                ..stamp
            }),
            _ => Some(stamp),
        }
    }

    fn zone(&mut self, name: &str, at: &Location) -> Zone {
        if ["UTC", "Etc/UTC", "GMT"].contains(&name) {
            return Zone::Utc;
        }
        let known = self.zones.get(name).copied().or_else(|| zone_of(name));
        if known.is_none() && self.unknown_zones.insert(name.to_owned()) {
            let message = format!(
                "the time zone “{}” is not known, so times in it are shown without one",
                short(name)
            );
            let help = "name it like Europe/Berlin";
            self.draft.warning(at, message, help);
        }
        known.map_or(Zone::None, Zone::Of)
    }

    fn finish(mut self) {
        self.end_early();
        let end = Location::line(1);
        if self.open > 0 {
            let message = "the calendar does not end, so something may be missing";
            self.draft.warning(&end, message, END_HELP);
        }
        if self.draft.len() == 0 {
            let message = "there are no events in this calendar";
            self.draft.warning(&end, message, "");
        }
        let (count, at) = &self.repeated;
        if *count > 0 {
            let who = if *count == 1 {
                "an event is repeated, and is shown".to_owned()
            } else {
                format!("{count} events are repeated, and each is shown")
            };
            let message = format!("{who} where it is for the first time");
            self.draft.warning(at, message, "");
        }
        let file = &mut self.draft.file;
        for (_, place) in &mut file.places.0 {
            let found = place.id.as_deref().and_then(|id| self.coordinates.get(id));
            if let Some(&(lat, lon)) = found {
                place.lat = Some(lat);
                place.lon = Some(lon);
            }
        }
    }
}

/// Texts without those that stand there before.
fn once_each(texts: impl Iterator<Item = String>) -> List<Text<'static>> {
    let mut seen = HashSet::new();
    let texts = texts.filter(|text| seen.insert(text.clone()));
    texts.map(Text::owned).collect()
}

/// A text without line breaks.
fn one_line(text: &str) -> String {
    let lines = text.lines().map(str::trim).filter(|line| !line.is_empty());
    lines.collect::<Vec<_>>().join(" ")
}

/// Degrees north and east.
fn coordinates(text: &str) -> Option<(f64, f64)> {
    let (lat, lon) = text.split_once([';', ','])?;
    let (lat, lon) = (lat.trim().parse().ok()?, lon.trim().parse().ok()?);
    let is_on_earth = (-90.0..=90.0).contains(&lat) && (-180.0..=180.0).contains(&lon);
    is_on_earth.then_some((lat, lon))
}

/// Whether the name of a file ends as those of pictures do.
fn is_picture(file: &str) -> bool {
    let name = file.split(['?', '#']).next().unwrap_or_default();
    let end = name.rsplit_once('.').map_or("", |(_, end)| end);
    let known = ["jpg", "jpeg", "png", "gif", "webp", "svg"];
    known.iter().any(|it| end.eq_ignore_ascii_case(it))
}

/// A text without the addresses that stand in angle brackets, and how many these are.
fn without_addresses(text: &str) -> (String, usize) {
    let (mut masked, mut addresses) = (String::new(), 0);
    each_address(text, |before, address| {
        masked.push_str(before);
        addresses += usize::from(address.is_some());
    });
    (masked, addresses)
}

/// A text of HTML, with its addresses in angle brackets as links.
fn with_links(text: &str) -> String {
    let mut linked = String::new();
    each_address(text, |before, address| {
        linked.push_str(before);
        if let Some(address) = address {
            linked.extend(["<a href=\"", address, "\">", address, "</a>"]);
        }
    });
    linked
}

/// HTML whose lines and paragraphs are those of plain text, as elements.
fn with_breaks(html: &str) -> Cow<'_, str> {
    let small = html.to_ascii_lowercase();
    let blocks = ["<br", "<p", "<div", "<li", "<td", "<h", "<pre"];
    if !html.contains('\n') || blocks.iter().any(|block| small.contains(block)) {
        return Cow::Borrowed(html);
    }
    Cow::Owned(html.replace("\n\n", "<p>").replace('\n', "<br>"))
}

/// Visits the addresses in angle brackets, each with what stands before it, and the end.
fn each_address<'t>(text: &'t str, mut visit: impl FnMut(&'t str, Option<&'t str>)) {
    let mut begins = 0;
    for (at, _) in text.match_indices('<') {
        let rest = text.get(at + 1..).unwrap_or_default();
        if at < begins || !is_address(rest) {
            continue;
        }
        let is_end = |c: char| c.is_whitespace() || matches!(c, '<' | '>' | '"');
        let Some(end) = rest.find(is_end) else {
            continue;
        };
        let (address, behind) = rest.split_at(end);
        if behind.starts_with('>') {
            visit(text.get(begins..at).unwrap_or_default(), Some(address));
            begins = at + end + 2;
        }
    }
    visit(text.get(begins..).unwrap_or_default(), None);
}

/// A time zone by its name, before which some programs put a path of their own.
fn zone_of(name: &str) -> Option<Tz> {
    /// No name is longer.
    const LONGEST: usize = 200;
    let mut rest = name.trim().trim_matches('"').trim_start_matches('/');
    if rest.len() > LONGEST {
        return None;
    }
    loop {
        if let Ok(zone) = rest.parse::<Tz>() {
            return Some(zone);
        }
        rest = rest.split_once('/')?.1;
    }
}

/// On which clocks a time was written.
#[derive(Copy, Clone, PartialEq, Eq, Debug)]
enum Zone {
    /// Those where it happens.
    None,
    Utc,
    Of(Tz),
}

/// A day, or a second.
#[derive(Copy, Clone, Debug)]
struct Stamp {
    local: NaiveDateTime,
    is_day: bool,
    zone: Zone,
}

impl Stamp {
    /// Reads `20140610` or `20140610T143000Z`; hyphens and colons within it do no harm.
    fn read(value: &str) -> Option<Self> {
        const LONGEST: usize = 40;
        let plain = value.chars().take(LONGEST);
        let plain: String = plain.filter(|c| !matches!(c, '-' | ':')).collect();
        if !plain.is_ascii() {
            return None;
        }
        let (date, time) = match plain.split_once(['T', 't', ' ']) {
            Some((date, time)) => (date, Some(time)),
            None => (plain.as_str(), None),
        };
        let number = |text: &str, from: usize, to: usize| {
            let digits = text.get(from..to)?;
            let is_number = digits.bytes().all(|byte| byte.is_ascii_digit());
            is_number.then(|| digits.parse::<u32>().ok()).flatten()
        };
        if date.len() != 8 {
            return None;
        }
        let year = i32::try_from(number(date, 0, 4)?).ok()?;
        let day = NaiveDate::from_ymd_opt(year, number(date, 4, 6)?, number(date, 6, 8)?)?;
        let Some(time) = time else {
            return Some(Self {
                local: day.and_time(NaiveTime::MIN),
                is_day: true,
                zone: Zone::None,
            });
        };
        let (time, zone) = match time.strip_suffix(['Z', 'z']) {
            Some(time) => (time, Zone::Utc),
            None => (time, Zone::None),
        };
        let second = match time.len() {
            4 => 0,
            // A leap second.
            6 => number(time, 4, 6)?.min(59),
            _ => return None,
        };
        let clock = NaiveTime::from_hms_opt(number(time, 0, 2)?, number(time, 2, 4)?, second)?;
        Some(Self {
            local: day.and_time(clock),
            is_day: false,
            zone,
        })
    }

    fn day(self) -> NaiveDate {
        self.local.date()
    }

    fn edtf(self) -> Option<String> {
        let date = Date {
            year: i64::from(self.local.year()),
            month: u8::try_from(self.local.month()).ok(),
            day: u8::try_from(self.local.day()).ok(),
            time: None,
        };
        if self.is_day {
            return date.edtf();
        }
        let time = self.local.time();
        let (hour, minute, second) = (time.hour(), time.minute(), time.second());
        let zone = match self.zone {
            Zone::None => String::new(),
            Zone::Utc => "Z".to_owned(),
            Zone::Of(zone) => {
                // Before there were zones a clock ran some seconds off: EDTF counts minutes.
                let minutes = shift_secs(zone, &self.local) / 60;
                let sign = if minutes < 0 { '-' } else { '+' };
                let minutes = minutes.abs();
                format!("{sign}{:02}:{:02}", minutes / 60, minutes % 60)
            }
        };
        Date {
            time: Some(format!("{hour:02}:{minute:02}:{second:02}{zone}")),
            ..date
        }
        .edtf()
    }

    /// So much later. Days are those of the calendar, and hours those that pass.
    fn after(self, length: Length) -> Option<Self> {
        let days = TimeDelta::try_days(length.days)?;
        let secs = TimeDelta::try_seconds(length.secs)?;
        let local = self.local.checked_add_signed(days)?;
        let local = match self.zone {
            Zone::Of(zone) if length.secs != 0 => {
                let shift = TimeDelta::try_seconds(i64::from(shift_secs(zone, &local)))?;
                let utc = local.checked_sub_signed(shift)?.checked_add_signed(secs)?;
                let shift = zone.offset_from_utc_datetime(&utc).fix().local_minus_utc();
                utc.checked_add_signed(TimeDelta::try_seconds(i64::from(shift))?)?
            }
            _ => local.checked_add_signed(secs)?,
        };
        Some(Self { local, ..self })
    }

    /// The last day or second that is touched, of an event that begins at `start` and ends here;
    /// `is_behind` where this is the first day that is not touched.
    fn last_of(self, start: Self, is_behind: bool) -> Self {
        let is_day = self.is_day || start.is_day;
        let local = if is_behind {
            let before = self.local.checked_sub_signed(TimeDelta::days(1));
            // An event of no days is one of its first.
            before
                .unwrap_or(self.local)
                .max(start.day().and_time(NaiveTime::MIN))
        } else {
            self.local
        };
        Self {
            local,
            is_day,
            ..self
        }
    }
}

/// The distance of a zone from UTC in seconds, when its clocks show this.
fn shift_secs(zone: Tz, local: &NaiveDateTime) -> i32 {
    // Of a time that is there twice the first; one that is skipped has the shift before it.
    let found = zone.offset_from_local_datetime(local).earliest();
    let shift = found.unwrap_or_else(|| zone.offset_from_utc_datetime(local));
    shift.fix().local_minus_utc()
}

/// How long an event is.
#[derive(Copy, Clone, Default, Debug)]
struct Length {
    days: i64,
    secs: i64,
}

impl Length {
    /// Reads `P1D`, `PT1H30M` or `P2W`.
    fn read(text: &str) -> Option<Self> {
        let text = text.trim();
        let text = text.strip_prefix('+').unwrap_or(text);
        let rest = text.strip_prefix(['P', 'p'])?;
        let mut length = Self::default();
        let mut number: Option<i64> = None;
        for c in rest.chars() {
            if let Some(digit) = c.to_digit(10) {
                let above = number.unwrap_or(0).checked_mul(10)?;
                number = Some(above.checked_add(i64::from(digit))?);
                continue;
            }
            let (days, secs) = match c.to_ascii_uppercase() {
                'T' if number.is_none() => continue,
                'W' => (7, 0),
                'D' => (1, 0),
                'H' => (0, 3600),
                'M' => (0, 60),
                'S' => (0, 1),
                _ => return None,
            };
            let count = number.take()?;
            length.days = length.days.checked_add(count.checked_mul(days)?)?;
            length.secs = length.secs.checked_add(count.checked_mul(secs)?)?;
        }
        number.is_none().then_some(length)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::formats::{Source, read};

    const FIXTURE: &str = "BEGIN:VCALENDAR\r
VERSION:2.0\r
PRODID:-//Other//Other//EN\r
X-WR-CALNAME:Wars\\, and peace\r
X-WR-CALDESC:Of a century\r
X-WR-TIMEZONE:Europe/Berlin\r
BEGIN:VTIMEZONE\r
TZID:Local time\r
X-LIC-LOCATION:Europe/Berlin\r
BEGIN:STANDARD\r
DTSTART:19701025T030000\r
END:STANDARD\r
END:VTIMEZONE\r
BEGIN:VEVENT\r
DTSTART;VALUE=DATE:20140610\r
DTEND;VALUE=DATE:20140613\r
DTSTAMP:20200101T000000Z\r
UID:one@example.org\r
SUMMARY:Mosul fal\r
 ls\\, at last\r
DESCRIPTION:What <b>happened</b>.\\n\\nThe rest: <https://example.org/b>\r
LOCATION:Mosul\r
GEO:36.34;43.13\r
CATEGORIES:War,Iraq\\, north\r
CATEGORIES:City\r
URL:https://example.org/a\r
ATTACH;FMTTYPE=image/jpeg:https://example.org/a.jpg\r
ATTENDEE;CN=\"Doe: Jane\":mailto:jane@example.org\r
ORGANIZER:mailto:nobody@example.org\r
COMMENT:a\r
BEGIN:VALARM\r
SUMMARY:Wake up\r
END:VALARM\r
STATUS:CANCELLED\r
END:VEVENT\r
BEGIN:VEVENT\r
DTSTART;TZID=Europe/Berlin:20140611T143000\r
DURATION:PT1H30M\r
SUMMARY:Zoned\r
END:VEVENT\r
BEGIN:VEVENT\r
DTSTART;TZID=Local time:20140112T143000\r
SUMMARY:Zone of the file\r
END:VEVENT\r
BEGIN:VEVENT\r
dtstart;tzid=Nowhere:20140613T143000\r
summary:Unknown zone\r
END:VEVENT\r
BEGIN:VEVENT\r
DTSTART:20140614T143000Z\r
DTEND:20140614T120000Z\r
RRULE:FREQ=WEEKLY\r
STATUS:TENTATIVE\r
SUMMARY:Backwards\r
END:VEVENT\r
BEGIN:VEVENT\r
SUMMARY:Never\r
END:VEVENT\r
BEGIN:VEVENT\r
DTSTART:2014\r
SUMMARY:No day\r
END:VEVENT\r
BEGIN:VTODO\r
DUE;VALUE=DATE:20140620\r
SUMMARY:A task\r
a line of prose\r
END:VTODO\r
BEGIN:VFREEBUSY\r
END:VFREEBUSY\r
END:VCALENDAR\r
";

    fn opened(text: &str) -> Source {
        read(text.as_bytes()).expect("it is opened")
    }

    /// Title, date in EDTF and lane of each event, as the text that is made holds them.
    fn events(source: &Source) -> Vec<String> {
        let crate::formats::source::SourceText::Kept(text) = source.text() else {
            panic!("it is kept");
        };
        let file: serde_json::Value = serde_json::from_str(text).expect("it is JSON");
        let events = file["events"].as_array().cloned().unwrap_or_default();
        let field = |event: &serde_json::Value, name: &str| {
            event[name].as_str().unwrap_or_default().to_owned()
        };
        let line = |event: &serde_json::Value| {
            ["title", "date", "lane"]
                .map(|name| field(event, name))
                .join(" | ")
        };
        events.iter().map(line).collect()
    }

    fn said(source: &Source) -> Vec<String> {
        source.diagnostics.iter().map(ToString::to_string).collect()
    }

    #[test]
    fn a_calendar_is_opened() {
        let source = opened(FIXTURE);
        assert_eq!(source.timeline.title(), "Wars, and peace");
        assert_eq!(source.timeline.about(), "Of a century");
        assert_eq!(
            events(&source),
            [
                "Mosul falls, at last | 2014-06-10/2014-06-12 | War",
                "Zoned | 2014-06-11T14:30:00+02:00/2014-06-11T16:00:00+02:00 | ",
                "Zone of the file | 2014-01-12T14:30:00+01:00 | ",
                "Unknown zone | 2014-06-13T14:30:00 | ",
                "Backwards | 2014-06-14T14:30:00Z | ",
                "A task | 2014-06-20 | ",
            ]
        );
        let mosul = source.timeline.events().find_map(|event| {
            let record = source.timeline.event(event);
            record.title.starts_with("Mosul").then_some(record)
        });
        let mosul = mosul.expect("it is there");
        assert_eq!(mosul.summary, "What **happened**.");
        assert!(mosul.details.contains("https://example.org/b"));
        assert!(mosul.details.ends_with("<https://example.org/a>"));
        assert_eq!(mosul.media.len(), 1);
        let person = source.timeline.person(mosul.people[0]);
        assert_eq!(person.name.as_str(), "Doe: Jane");
        assert_eq!(
            said(&source),
            [
                "29:1: warning: ORGANIZER: a timeline has no place for “ORGANIZER”: it is left out",
                "30:1: warning: COMMENT: a timeline has no place for “COMMENT”: it is left out",
                "31:1: warning: a timeline has no place for “VALARM”: it is left out",
                "46:1: warning: DTSTART: the time zone “Nowhere” is not known, so times in it are \
                 shown without one; name it like Europe/Berlin",
                "49:1: warning: an event is repeated, and is shown where it is for the first time",
                "51:1: error: DTEND: the end “20140614T120000Z” is not understood or lies before \
                 the start, and is left out; write it like 20140610 or 20140610T143000Z",
                "53:1: warning: STATUS: a timeline has no place for “STATUS:TENTATIVE”: it is left out",
                "56:1: error: this event has no date, so the event is left out; give it a DTSTART",
                "60:1: error: DTSTART: the date “2014” is not understood, so the event is left out; \
                 write it like 20140610 or 20140610T143000Z",
                "66:1: error: the line “a line of prose” is not understood, and is left out; \
                 write NAME:value, and begin the lines that continue it with a space",
                "68:1: warning: a timeline has no place for “VFREEBUSY”: it is left out",
            ]
        );
    }

    #[test]
    fn a_calendar_that_was_cut_off_is_shown() {
        let source = opened(
            "BEGIN:VCALENDAR\nEND:VEVENT\nBEGIN:VEVENT\nDTSTART:20140610\nSUMMARY:One\n\
             BEGIN:VEVENT\nDTSTART:20140611\nSUMMARY:Tw",
        );
        assert_eq!(
            events(&source),
            ["One | 2014-06-10 | ", "Tw | 2014-06-11 | "]
        );
        assert_eq!(
            said(&source),
            [
                "1:1: warning: the calendar does not end, so something may be missing; \
                 the file may have been cut off",
                "2:1: error: END:VEVENT stands here without its beginning; \
                 what belongs to it is left out",
                "3:1: error: this event does not end: what stands here is shown; \
                 the file may have been cut off",
                "6:1: error: this event does not end: what stands here is shown; \
                 the file may have been cut off",
            ]
        );
    }

    #[test]
    fn an_own_date_counts_unless_the_event_was_moved() {
        let event = |start: &str| {
            format!(
                "BEGIN:VCALENDAR\nPRODID:{PRODUCT}\nBEGIN:VEVENT\nDTSTART;VALUE=DATE:{start}\n\
                 DTEND;VALUE=DATE:20150101\nX-MEANWHILE-DATE:2014~\nSUMMARY:a\nEND:VEVENT\n\
                 END:VCALENDAR\n"
            )
        };
        assert_eq!(events(&opened(&event("20140101"))), ["a | 2014~ | "]);
        let moved = opened(&event("20140201"));
        assert_eq!(events(&moved), ["a | 2014-02-01/2014-12-31 | "]);
        assert_eq!(moved.diagnostics.len(), 1);
    }

    #[test]
    fn lengths() {
        for (text, expected) in [
            ("P1D", Some((1, 0))),
            ("P2W", Some((14, 0))),
            ("PT1H30M", Some((0, 5400))),
            ("P1DT1S", Some((1, 1))),
            ("-P1D", None),
            ("P1", None),
            ("P99999999999999999999D", None),
        ] {
            let length = Length::read(text).map(|length| (length.days, length.secs));
            assert_eq!(length, expected, "{text}");
        }
    }

    proptest::proptest! {
        #[test]
        fn a_changed_calendar_is_read_or_refused(
            at in 0_usize..FIXTURE.len(),
            byte in proptest::prelude::any::<u8>(),
            cut in 0_usize..FIXTURE.len(),
        ) {
            let mut calendar = FIXTURE.as_bytes().to_vec();
            if let Some(place) = calendar.get_mut(at) {
                *place = byte;
            }
            calendar.truncate(cut.max(40));
            let _ = read(&calendar);
        }

        #[test]
        fn any_lines_are_read(lines in "([A-Z]{0,8}[:;=\"\\\\]?[^\r]{0,9}\n){0,20}") {
            let _ = read(format!("BEGIN:VCALENDAR\nBEGIN:VEVENT\nDTSTART:{lines}").as_bytes());
        }
    }
}
