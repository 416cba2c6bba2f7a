//! `iCalendar`: the events, tasks and notes of a calendar. Components are told apart here, line by
//! line, so that a faulty one does not lose the others; the library takes the lines apart.

mod lines;
mod stamps;
mod texts;
mod times;

use std::{
    borrow::Cow,
    collections::{HashMap, HashSet},
};

use ::icalendar::parser::Property;

use lines::{Lines, after, list, parameter, property, unescaped, with_capitals};
use texts::{coordinates, is_picture, one_line, short, with_breaks, with_links, without_addresses};
use times::{Given, Times, Zones};

use super::{
    draft::Draft,
    html::{self, is_address},
    importer::Importer,
};
use crate::formats::{
    Format, Location, ReadProgress,
    rows::{DateText, EventRow, List, MediaRow, Text},
    syntax::icalendar::{DATE, ID_END, NO_LANE, PRODUCT},
};

/// What to do about a component without its end.
const END_HELP: &str = "the file may have been cut off";
/// A first paragraph of so many characters at most is taken for the summary.
const LONGEST_SUMMARY: usize = 300;
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
        let line = text.trim_start().lines().next();
        line.and_then(|line| after(line, "BEGIN:"))
            .is_some_and(|name| {
                name.eq_ignore_ascii_case("VCALENDAR") || Kind::of(&short(name)).is_some()
            })
    }

    fn read(&self, text: &str, _: &ReadProgress, draft: &mut Draft) -> bool {
        let mut reader = Reader::new(draft);
        let lines = Lines::of(text);
        for (number, line) in lines {
            reader.line(number, line);
        }
        reader.finish();
        true
    }
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

/// What is read of a block.
#[derive(Default)]
struct Fields {
    times: Times,
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
    zones: Zones,
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
            zones: Zones::default(),
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
            self.zones.line(&with_capitals(line));
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
                self.zones.end_description();
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
        let noun = block.kind.noun();
        let times = &fields.times;
        let Some(date) = times.date(noun, &at, &mut self.zones, self.draft) else {
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
            "DTSTART" => fields.times.start = given(),
            "DTEND" => fields.times.end = given(),
            "DUE" => fields.times.due = given(),
            "DURATION" => fields.times.duration = given(),
            DATE => fields.times.edtf = Some((value.to_owned(), at.clone())),
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

#[cfg(test)]
mod tests;
