//! Events of a SIMILE timeline, as XML and as JSON, whose fields are the same.
//!
//! Where a start or an end lies between two dates, both are read, and what they share is written.
//! The two forms differ in what an event with an end is where nothing says so: see [`Form`].

use serde_json::value::RawValue;

use super::{
    dates::{self, Date, Parts, span},
    draft::Draft,
    html::{self, is_address},
    importer::Importer,
    json::{Object, Walk},
    xml::{self, Element},
};
use crate::{
    formats::{
        Counting, Format, Location, ReadProgress,
        json::raw::{each_item, without_mark},
        rows::{DateText, EventRow, MediaRow, Text},
    },
    time::{When, freeform::DayMonthOrder},
};

const DATE_HELP: &str = "write it like 2006-05-28 or May 28 2006 09:00:00 GMT";
/// The fields that are read, with their short names.
const KNOWN: [&str; 21] = [
    "id",
    "eventID",
    "eid",
    "start",
    "s",
    "end",
    "e",
    "latestStart",
    "ls",
    "earliestEnd",
    "ee",
    "durationEvent",
    "de",
    "isDuration",
    "title",
    "t",
    "description",
    "d",
    "caption",
    "image",
    "link",
];

/// Reads SIMILE timelines in XML.
pub struct SimileXml;

/// Reads SIMILE timelines in JSON.
pub struct SimileJson;

impl Importer for SimileXml {
    fn format(&self) -> Format {
        Format::Simile
    }

    fn is_of(&self, text: &str) -> bool {
        let text = without_mark(text);
        text.contains("<event") && xml::root(text).as_deref() == Some("data")
    }

    fn read(&self, text: &str, _: &ReadProgress, draft: &mut Draft) -> bool {
        let mut simile = Simile::new(Form::Xml, draft);
        let visit = &mut |element: &Element<'_>| simile.element(element);
        let outcome = xml::each(without_mark(text), &["event"], visit);
        outcome.say(draft);
        for (name, _) in &outcome.root {
            if name != "date-time-format" {
                draft.leave_out(name, &Location::line(1));
            }
        }
        true
    }
}

impl Importer for SimileJson {
    fn format(&self) -> Format {
        Format::Simile
    }

    fn is_of(&self, text: &str) -> bool {
        /// Fields that a timeline.json has.
        const OWN: [&str; 5] = ["lanes", "people", "sources", "lessons", "as_of"];
        let Some((_, top)) = Walk::of(without_mark(text)) else {
            return false;
        };
        let Some(top) = Object::of(top, Location::default()) else {
            return false;
        };
        let Some(events) = top.raw("events") else {
            return false;
        };
        let is_own = OWN.iter().any(|name| top.raw(name).is_some());
        top.raw("dateTimeFormat").is_some() || !is_own && has_starts(events)
    }

    fn read(&self, text: &str, _: &ReadProgress, draft: &mut Draft) -> bool {
        let Some((mut walk, top)) = Walk::of(without_mark(text)) else {
            return false;
        };
        let Some(top) = Object::of(top, Location::line(1)) else {
            return false;
        };
        let Some(events) = top.raw("events") else {
            return false;
        };
        draft.file.title = Text::some(html::plain(&top.text("title")));
        top.leave_out_all_but(&["events", "title", "dateTimeFormat"], draft);
        let mut said = Said::default();
        walk.each_object(events, "events", draft, |draft, object| {
            object.leave_out_all_but(&KNOWN, draft);
            let entry = Entry::of(object.at.clone(), |name| object.text(name));
            let mut simile = Simile {
                form: Form::Json,
                draft,
                said,
            };
            simile.event(&entry);
            said = simile.said;
        });
        true
    }
}

/// Whether the first events have starts as SIMILE writes them.
fn has_starts(events: &RawValue) -> bool {
    /// So many are looked at.
    const MOST_ITEMS: u32 = 20;
    let (mut starts, mut dates) = (false, false);
    each_item(events, |number, item| {
        if number < MOST_ITEMS
            && let Some(item) = Object::of(item, Location::default())
        {
            starts |= item.raw("start").is_some();
            dates |= item.raw("date").is_some() || item.raw("content").is_some();
        }
    });
    starts && !dates
}

/// How a file is written.
#[derive(Copy, Clone, Debug, PartialEq, Eq)]
enum Form {
    /// An event with an end is a moment between start and end unless it says that it lasts.
    Xml,
    /// An event with an end lasts unless it says that it does not.
    Json,
}

/// An event as its texts; empty where there are none.
#[derive(Debug, Default)]
struct Entry {
    at: Location,
    id: String,
    start: String,
    latest_start: String,
    earliest_end: String,
    end: String,
    /// `durationEvent`, and else `isDuration`.
    lasts: String,
    is_duration: String,
    title: String,
    description: String,
    caption: String,
    image: String,
    link: String,
}

impl Entry {
    fn of(at: Location, text: impl Fn(&str) -> String) -> Self {
        let first = |names: &[&str]| {
            let mut texts = names.iter().map(|name| text(name));
            texts.find(|text| !text.is_empty()).unwrap_or_default()
        };
        Self {
            at,
            id: first(&["eventID", "eid", "id"]),
            start: first(&["start", "s"]),
            latest_start: first(&["latestStart", "ls"]),
            earliest_end: first(&["earliestEnd", "ee"]),
            end: first(&["end", "e"]),
            lasts: first(&["durationEvent", "de"]),
            is_duration: first(&["isDuration"]),
            title: first(&["title", "t"]),
            description: first(&["description", "d"]),
            caption: first(&["caption"]),
            image: first(&["image"]),
            link: first(&["link"]),
        }
    }

    /// Whether it says that it lasts, or that it is a moment.
    fn says_lasting(&self) -> Option<bool> {
        let told = [&self.lasts, &self.is_duration];
        let told = told.iter().find(|it| !it.is_empty())?;
        Some(!matches!(
            told.to_ascii_lowercase().as_str(),
            "false" | "0" | "no"
        ))
    }
}

/// What is said once.
#[derive(Copy, Clone, Debug, Default)]
struct Said {
    is_duration: bool,
    moments: bool,
}

/// A file that is being read.
struct Simile<'d> {
    form: Form,
    draft: &'d mut Draft,
    said: Said,
}

impl<'d> Simile<'d> {
    fn new(form: Form, draft: &'d mut Draft) -> Self {
        Self {
            form,
            draft,
            said: Said::default(),
        }
    }

    fn element(&mut self, element: &Element<'_>) {
        let at = Location::line(element.line);
        if element.name != "event" {
            // The first element itself, where it holds nothing.
            if !element.parent.is_empty() {
                self.draft.leave_out(element.name, &at);
            }
            return;
        }
        for (name, value) in element.attributes {
            if !value.trim().is_empty() && !KNOWN.contains(&name.as_str()) {
                self.draft.leave_out(name, &at);
            }
        }
        let mut entry = Entry::of(at, |name| {
            let mut attributes = element.attributes.iter();
            let found = attributes.find(|(known, _)| known == name);
            found.map_or_else(String::new, |(_, value)| value.trim().to_owned())
        });
        // HTML is a text there; where it is not, it is taken as it is written.
        let text = if element.fields.is_empty() {
            element.text
        } else {
            element.inner
        };
        if !text.trim().is_empty() {
            text.trim().clone_into(&mut entry.description);
        }
        self.event(&entry);
    }

    fn event(&mut self, entry: &Entry) {
        let Some(date) = self.when(entry) else { return };
        if When::parse(&date).is_err() {
            let at = entry.at.of("end");
            let message = "the end comes before the start, so the event is left out";
            self.draft
                .error(&at, message, "write the earlier date as the start");
            return;
        }
        let mut row = EventRow {
            id: Text::some(entry.id.as_str()),
            title: Text::some(html::plain(&entry.title)),
            date: Some(DateText(Text::owned(date))),
            ..EventRow::default()
        };
        let at = entry.at.of("description");
        row.summary = self.draft.markdown(&at, &entry.description);
        row.details = self.details(entry);
        if !entry.image.is_empty() {
            row.media.push(MediaRow {
                file: Text::some(entry.image.as_str()),
                ..MediaRow::default()
            });
        }
        let at = Location {
            path: String::new(),
            ..entry.at
        };
        self.draft.event(&at, &row);
    }

    /// What is shown beside the pointer there, and the address.
    fn details(&mut self, entry: &Entry) -> Option<Text<'static>> {
        let caption = Some(&entry.caption).filter(|it| **it != entry.title);
        let caption = caption.and_then(|it| self.draft.markdown(&entry.at.of("caption"), it));
        let mut parts: Vec<String> = caption.into_iter().map(Text::into_string).collect();
        if is_address(&entry.link) && !entry.link.contains(['<', '>', ' ']) {
            parts.push(format!("<{}>", entry.link));
        } else {
            parts.push(entry.link.clone());
        }
        parts.retain(|part| !part.is_empty());
        Text::some(parts.join("\n\n"))
    }

    /// One date of an event in EDTF; `None` where there is none, or none that is understood.
    fn date(&mut self, text: &str, at: &Location, missing: &str) -> Option<String> {
        if text.is_empty() {
            return None;
        }
        let Some((edtf, doubt)) = edtf(text) else {
            let message = format!("the date “{text}” is not understood, so {missing}");
            self.draft.error(at, message, DATE_HELP);
            return None;
        };
        if let Some(doubt) = doubt {
            self.draft.warning(at, doubt, "");
        }
        Some(edtf)
    }

    /// The date of an event in EDTF.
    fn when(&mut self, entry: &Entry) -> Option<String> {
        let at = |field| entry.at.of(field);
        if entry.start.is_empty() {
            let message = "there is no start, so the event is left out";
            self.draft.error(&at("start"), message, DATE_HELP);
            return None;
        }
        let start = self.date(&entry.start, &at("start"), "the event is left out")?;
        let left_out = "it is left out";
        let latest_start = self.date(&entry.latest_start, &at("latestStart"), left_out);
        let earliest_end = self.date(&entry.earliest_end, &at("earliestEnd"), left_out);
        let end = self.date(&entry.end, &at("end"), left_out);
        if !self.lasts(entry) {
            // The widest bounds hold the others.
            let latest = end.or(earliest_end).or(latest_start);
            return Some(match latest {
                Some(latest) => self.between(&start, &latest, &at("start"), true),
                None => start,
            });
        }
        let from = match latest_start {
            Some(latest) => self.between(&start, &latest, &at("latestStart"), false),
            None => start,
        };
        let to = match (earliest_end, end) {
            (Some(earliest), Some(end)) => {
                Some(self.between(&earliest, &end, &at("earliestEnd"), false))
            }
            // It ended then or later.
            (Some(earliest), None) => Some(format!("{earliest}..")),
            (None, end) => end,
        };
        Some(span(from, to))
    }

    /// Whether an event lasts, and is no moment between its start and its end.
    fn lasts(&mut self, entry: &Entry) -> bool {
        if entry.end.is_empty() && entry.earliest_end.is_empty() {
            return entry.latest_start.is_empty();
        }
        let says = entry.says_lasting();
        let is_turned = self.form == Form::Json && entry.lasts.is_empty();
        if is_turned && says.is_some() && !self.said.is_duration {
            self.said.is_duration = true;
            let message = "“isDuration” is taken at its word, though SIMILE turns it round in JSON";
            let at = entry.at.of("isDuration");
            self.draft
                .warning(&at, message, "write durationEvent to be sure");
        }
        if self.form == Form::Xml && says.is_none() && !self.said.moments {
            self.said.moments = true;
            let message = "an event with an end that does not say that it lasts is a moment \
                           between start and end, as in SIMILE";
            let help = "write isDuration=\"true\" where it lasts";
            self.draft.warning(&entry.at.of("end"), message, help);
        }
        says.unwrap_or(self.form == Form::Json)
    }

    /// A date that lies between two. A whole date can say so; one that is a side of a stretch of
    /// time is what both share, or approximate.
    fn between(&mut self, earliest: &str, latest: &str, at: &Location, is_whole: bool) -> String {
        if earliest == latest {
            return earliest.to_owned();
        }
        let exact = format!("[{}..{}]", day(earliest), day(latest));
        if is_whole && day(earliest) != day(latest) && When::parse(&exact).is_ok() {
            return exact;
        }
        let date = shared(earliest, latest).unwrap_or_else(|| approximate(earliest));
        let message = format!("it lies between {earliest} and {latest}, and {date} is written");
        self.draft.warning(at, message, "");
        date
    }
}

/// A date without its time of day.
fn day(edtf: &str) -> &str {
    edtf.split_once('T').map_or(edtf, |(day, _)| day)
}

/// The most exact date that holds two: their day, month, year or decade.
fn shared(one: &str, other: &str) -> Option<String> {
    let is_plain = |edtf: &str| {
        let digits = edtf.strip_prefix('-').unwrap_or(edtf);
        digits.bytes().all(|it| it.is_ascii_digit() || it == b'-')
    };
    let (one, other) = (day(one), day(other));
    if !is_plain(one) || !is_plain(other) {
        return None;
    }
    let sign = usize::from(one.starts_with('-'));
    for length in ["2014-06-10", "2014-06", "2014"].map(str::len) {
        let length = length + sign;
        if let Some(part) = one.get(..length)
            && other.get(..length) == Some(part)
        {
            return Some(part.to_owned());
        }
    }
    let decade = one.get(..3).filter(|_| sign == 0)?;
    (other.get(..3) == Some(decade)).then(|| format!("{decade}X"))
}

/// A date that is about right; a time of day cannot be.
fn approximate(edtf: &str) -> String {
    let day = day(edtf);
    let sign = if day.ends_with(['~', '?', '%', ']', '}']) {
        ""
    } else {
        "~"
    };
    format!("{day}{sign}")
}

/// A date as SIMILE reads it, in EDTF, and what it does not tell: a year, an ISO date, or one as
/// JavaScript writes it. Years below 1 count the year 0.
fn edtf(text: &str) -> Option<(String, Option<String>)> {
    let text = text.trim();
    let plain = |date: Date| Some((date.without_midnight().edtf()?, None));
    let unsigned = text.strip_prefix(['-', '+']).unwrap_or(text);
    let digits = unsigned.bytes().take_while(u8::is_ascii_digit).count();
    let is_year = digits > 0 && digits == unsigned.len();
    if is_year && digits < 8 {
        let year = text.parse().ok()?;
        return plain(Date {
            year,
            ..Date::default()
        });
    }
    if digits == 8 && !text.starts_with('-') {
        // Without signs between the parts.
        let parts = [unsigned.get(..4)?, unsigned.get(4..6)?, unsigned.get(6..)?];
        return plain(dates::iso(&parts.join("-"), Counting::WithZero)?);
    }
    if digits >= 4
        && let Some(date) = dates::iso(text, Counting::WithZero)
    {
        return plain(date);
    }
    javascript(text)
}

/// A date as JavaScript writes it: `Fri Nov 22 1963 12:30:00 GMT-0600`.
fn javascript(text: &str) -> Option<(String, Option<String>)> {
    /// More words are prose.
    const MOST_WORDS: usize = 12;
    let (mut date, mut time, mut shift) = (Vec::new(), String::new(), String::new());
    for word in text.split_whitespace().take(MOST_WORDS) {
        if word.starts_with('(') {
            // The name of a time zone, again.
            break;
        }
        if time.is_empty() && word.contains(':') {
            word.clone_into(&mut time);
        } else if !time.is_empty() && ["am", "pm"].iter().any(|it| word.eq_ignore_ascii_case(it)) {
            time.push_str(word);
        } else if let Some(zone) = zone(word).filter(|_| !time.is_empty()) {
            shift = zone;
        } else if !is_weekday(word) {
            date.push(word);
        }
    }
    let is_midnight = matches!(time.as_str(), "00:00:00" | "00:00" | "0:00");
    if is_midnight {
        time.clear();
    }
    let date = date.join(" ");
    let parts = Parts {
        date: &date,
        time: &time,
        ..Parts::default()
    };
    let understood = parts.read(Some(DayMonthOrder::MonthFirst))?;
    let edtf = if understood.edtf.contains('T') {
        understood.edtf + &shift
    } else {
        understood.edtf
    };
    When::parse(&edtf)
        .is_ok()
        .then_some((edtf, understood.doubt))
}

fn is_weekday(word: &str) -> bool {
    let word = word.trim_end_matches([',', '.']);
    let start = word.get(..3).unwrap_or_default().to_ascii_lowercase();
    let days = ["sun", "mon", "tue", "wed", "thu", "fri", "sat"];
    days.contains(&start.as_str()) && (word.len() == 3 || word.ends_with("day"))
}

/// A time zone as EDTF writes a distance from UTC: `GMT`, `GMT-0600`, `+01:00`, `EST`.
fn zone(word: &str) -> Option<String> {
    let upper = word.to_ascii_uppercase();
    let named = match upper.as_str() {
        "GMT" | "UTC" | "Z" => "Z",
        "EDT" => "-04:00",
        "EST" | "CDT" => "-05:00",
        "CST" | "MDT" => "-06:00",
        "MST" | "PDT" => "-07:00",
        "PST" => "-08:00",
        _ => "",
    };
    if !named.is_empty() {
        return Some(named.to_owned());
    }
    let shift = upper.trim_start_matches("GMT").trim_start_matches("UTC");
    let sign = shift.chars().next().filter(|c| matches!(c, '+' | '-'))?;
    let digits = shift.get(1..)?.replace(':', "");
    let is_number = digits.len() == 4 && digits.bytes().all(|it| it.is_ascii_digit());
    let (hours, minutes) = digits.split_at_checked(2)?;
    is_number.then(|| format!("{sign}{hours}:{minutes}"))
}

#[cfg(test)]
mod tests;
