//! Files of The Timeline Project: its events, its categories as lanes, its eras.
//!
//! The XML is read by [`super::xml`], twice, since its elements come in any order: first what events
//! depend on, then the rest.

use std::collections::HashMap;

use super::{
    dates::{self, Date, span},
    draft::Draft,
    html::is_address,
    importer::Importer,
    xml::{self, Element, Field},
};
use crate::{
    formats::{
        Counting, Format, Location, ReadProgress,
        json::raw::without_mark,
        rows::{DateText, EraRow, EventRow, LaneRow, MediaRow, Text},
    },
    time::{Civil, Moment, When},
};

/// The elements that are records.
const RECORDS: [&str; 3] = ["event", "era", "category"];
/// The one kind of time that is read.
const GREGORIAN: &str = "gregoriantime";
const MIDNIGHT: &str = "00:00:00";
const SECS_PER_DAY: i64 = 86_400;
const DATE_HELP: &str = "write it like 2014-06-10 00:00:00";

/// Reads files of The Timeline Project.
pub struct TimelineProject;

impl Importer for TimelineProject {
    fn format(&self) -> Format {
        Format::TimelineProject
    }

    fn is_of(&self, text: &str) -> bool {
        xml::root(without_mark(text)).as_deref() == Some("timeline")
    }

    fn read(&self, text: &str, _: &ReadProgress, draft: &mut Draft) -> bool {
        let text = without_mark(text);
        let mut outline = Outline::default();
        let outcome = xml::each(text, &RECORDS, &mut |element| outline.look_at(element));
        outcome.say(draft);
        if let Some((line, kind)) = &outline.refused {
            let message = format!("its time is counted as “{kind}”, so nothing of it is shown");
            let help = "only dates of the Gregorian calendar can be opened";
            draft.error(&Location::line(*line).of("timetype"), message, help);
            return true;
        }
        let mut project = Project {
            outline: &outline,
            draft,
            lanes: HashMap::new(),
            hidden: None,
            said: Said::default(),
        };
        xml::each(text, &RECORDS, &mut |element| project.element(element));
        project.say_hidden();
        true
    }
}

/// What events depend on, wherever it stands.
#[derive(Debug, Default)]
struct Outline {
    /// A kind of time that is not read, and its line.
    refused: Option<(u32, String)>,
    /// The names of containers by their numbers.
    containers: HashMap<String, String>,
}

impl Outline {
    fn look_at(&mut self, element: &Element<'_>) {
        match element.name {
            "timetype" => {
                let kind = element.text.trim();
                if !kind.is_empty() && kind != GREGORIAN {
                    self.refused = Some((element.line, kind.to_owned()));
                }
            }
            "event" => {
                if let Some(field) = element.field("text")
                    && let Label::Container(number, name) = Label::of(&field.text)
                {
                    self.containers.insert(number.to_owned(), in_line(name));
                }
            }
            _ => {}
        }
    }
}

/// The text of an event, by the mark before it.
#[derive(Copy, Clone, Debug, PartialEq, Eq)]
enum Label<'t> {
    Plain(&'t str),
    /// `[3]Name` holds other events.
    Container(&'t str, &'t str),
    /// `(3)Name` is held by container 3.
    Child(&'t str, &'t str),
}

impl<'t> Label<'t> {
    fn of(text: &'t str) -> Self {
        let marked = |open: char, close: char| {
            let (number, name) = text.strip_prefix(open)?.split_once(close)?;
            let is_number = !number.is_empty() && number.bytes().all(|it| it.is_ascii_digit());
            is_number.then_some((number, name))
        };
        if let Some((number, name)) = marked('[', ']') {
            return Self::Container(number, name);
        }
        if let Some((number, name)) = marked('(', ')') {
            return Self::Child(number, name);
        }
        // A space keeps a bracket from being such a mark.
        let escaped = text.strip_prefix(' ');
        let escaped = escaped.filter(|rest| rest.starts_with(['(', '[']));
        Self::Plain(escaped.unwrap_or(text))
    }
}

/// What is said once.
#[derive(Copy, Clone, Debug, Default)]
struct Said {
    years_before_1: bool,
    several_categories: bool,
}

/// Which sides of a date are not exact, and whether it goes on.
#[derive(Copy, Clone, Debug, Default)]
struct Nature {
    fuzzy_start: bool,
    fuzzy_end: bool,
    ends_today: bool,
}

/// A file that is being read.
struct Project<'p> {
    outline: &'p Outline,
    draft: &'p mut Draft,
    /// The positions of the lanes that are listed, by their names.
    lanes: HashMap<String, usize>,
    /// Categories that the program hides, and the line of the first.
    hidden: Option<(u32, Vec<String>)>,
    said: Said,
}

impl Project<'_> {
    fn element(&mut self, element: &Element<'_>) {
        let at = Location::line(element.line);
        match (element.name, element.parent) {
            ("event", _) => self.event(element),
            ("era", _) => self.era(element),
            ("category", _) => self.category(element),
            ("name", "hidden_categories") => {
                let hidden = self
                    .hidden
                    .get_or_insert_with(|| (element.line, Vec::new()));
                hidden.1.push(element.text.trim().to_owned());
            }
            ("version" | "timetype", _) => {}
            (_, "displayed_period") => self.draft.leave_out("view.displayed_period", &at),
            // A list that holds nothing.
            _ if element.text.trim().is_empty() => {}
            (name, _) => self.draft.leave_out(name, &at),
        }
    }

    fn say_hidden(&mut self) {
        let Some((line, names)) = &self.hidden else {
            return;
        };
        let names: Vec<String> = names.iter().map(|name| format!("“{name}”")).collect();
        let names = names.join(", ");
        let message = format!("what is hidden in the file is shown here: {names}");
        let at = Location::line(*line).of("hidden_categories");
        let help = "choose lanes in the filter";
        self.draft.warning(&at, message, help);
    }

    /// Names the fields that are neither read nor without a meaning.
    fn leave_out(&mut self, element: &Element<'_>, known: &[&str]) {
        for field in element.fields {
            let value = field.text.trim();
            let is_default = match field.name.as_str() {
                "progress" => value == "0",
                "locked" => !is_true(value),
                _ => value.is_empty(),
            };
            if !is_default && !known.contains(&field.name.as_str()) {
                let at = Location::line(field.line);
                self.draft.leave_out(&field.name, &at);
            }
        }
    }

    fn color(&mut self, element: &Element<'_>) -> Option<Text<'static>> {
        let field = element.field("color")?;
        let color = hex(&field.text);
        if color.is_none() {
            let message = format!("“{}” is no color, and is left out", field.text.trim());
            let at = Location::line(field.line).of("color");
            self.draft.error(&at, message, "write it like 200,100,0");
        }
        color.map(Text::owned)
    }

    fn category(&mut self, element: &Element<'_>) {
        let Some(name) = element.field("name").map(|it| it.text.trim()) else {
            let message = "this category has no name, so it is left out";
            self.draft.error(&Location::line(element.line), message, "");
            return;
        };
        if let Some(parent) = element.field("parent") {
            let message = format!(
                "“{name}” stands in “{}”: lanes do not nest, so it is a lane of its own",
                parent.text.trim()
            );
            let at = Location::line(parent.line).of("parent");
            self.draft.warning(&at, message, "");
        }
        let color = self.color(element);
        self.lane(name, color);
        self.leave_out(element, &["name", "color", "parent"]);
    }

    /// Lists a lane, unless it is listed. One that only events name may be listed before its
    /// category comes: then its color is added.
    fn lane(&mut self, name: &str, color: Option<Text<'static>>) {
        let lanes = &mut self.draft.file.lanes;
        if let Some(position) = self.lanes.get(name) {
            if let Some((_, lane)) = lanes.0.get_mut(*position) {
                lane.color = color.or(lane.color.take());
            }
            return;
        }
        self.lanes.insert(name.to_owned(), lanes.len());
        lanes.push(LaneRow {
            id: Some(Text::owned(name)),
            label: Some(Text::owned(name)),
            color,
        });
    }

    fn era(&mut self, element: &Element<'_>) {
        let nature = Nature {
            ends_today: is_set(element, "ends_today"),
            ..Nature::default()
        };
        if let Some(date) = self.date(element, nature, "era") {
            let label = element.field("name").map(|it| in_line(&it.text));
            let color = self.color(element);
            self.draft.file.eras.push(EraRow {
                label: label.and_then(Text::some),
                date: Some(DateText(Text::owned(date))),
                color,
            });
        }
        let known = ["name", "start", "end", "color", "ends_today"];
        self.leave_out(element, &known);
    }

    fn event(&mut self, element: &Element<'_>) {
        self.leave_out(
            element,
            &[
                "start",
                "end",
                "text",
                "fuzzy",
                "fuzzy_start",
                "fuzzy_end",
                "ends_today",
                "category",
                "description",
                "labels",
                "hyperlink",
                "icon",
                "milestone",
            ],
        );
        let is_fuzzy = is_set(element, "fuzzy");
        let nature = Nature {
            fuzzy_start: is_fuzzy || is_set(element, "fuzzy_start"),
            fuzzy_end: is_fuzzy || is_set(element, "fuzzy_end"),
            ends_today: is_set(element, "ends_today"),
        };
        let Some(date) = self.date(element, nature, "event") else {
            return;
        };
        let mut row = EventRow {
            date: Some(DateText(Text::owned(date))),
            ..EventRow::default()
        };
        if let Some(field) = element.field("labels") {
            let labels = field.text.split([',', ';']).map(str::trim);
            for label in labels.filter_map(Text::some) {
                row.tags.push(label);
            }
        }
        if is_set(element, "milestone") {
            row.tags.push(Text::owned("milestone"));
        }
        self.title(element, &mut row);
        self.categories(element, &mut row);
        if let Some(field) = element.field("description") {
            let at = Location::line(field.line).of("description");
            row.summary = self.draft.markdown(&at, &field.text);
        }
        row.details = element.field("hyperlink").and_then(addresses);
        row.media = element.field("icon").map(icon).into_iter().collect();
        self.draft.event(&Location::line(element.line), &row);
    }

    fn title(&mut self, element: &Element<'_>, row: &mut EventRow<'_>) {
        let Some(field) = element.field("text") else {
            return;
        };
        let name = match Label::of(&field.text) {
            Label::Plain(name) | Label::Container(_, name) => name,
            Label::Child(number, name) => {
                if let Some(container) = self.outline.containers.get(number) {
                    row.tags.push(Text::owned(container.as_str()));
                } else {
                    let message = format!("there is no container {number}");
                    let help = "the event stands by itself";
                    let at = Location::line(field.line).of("text");
                    self.draft.warning(&at, message, help);
                }
                name
            }
        };
        row.title = Text::some(in_line(name));
    }

    /// The first category is the lane, others are tags.
    fn categories<'e>(&mut self, element: &Element<'e>, row: &mut EventRow<'e>) {
        let categories = element.fields.iter().filter(|it| it.name == "category");
        let names = categories.map(|it| (it.line, it.text.trim()));
        for (line, name) in names.filter(|(_, name)| !name.is_empty()) {
            let Some(lane) = row.lane.as_deref() else {
                self.lane(name, None);
                row.lane = Text::some(name);
                continue;
            };
            if lane == name {
                continue;
            }
            row.tags.push(Text(name.into()));
            if !self.said.several_categories {
                self.said.several_categories = true;
                let message = "an event stands in one lane: the first of its categories is its \
                               lane, and the others are tags";
                let at = Location::line(line).of("categories");
                self.draft.warning(&at, message, "");
            }
        }
    }

    /// A time of the file.
    fn time(&mut self, field: &Field, missing: &str) -> Option<Date> {
        let date = dates::iso(&field.text, Counting::WithZero);
        let date = date.filter(|date| date.edtf().is_some());
        let at = Location::line(field.line).of(&field.name);
        let Some(date) = date else {
            let words = field.text.trim();
            let message = format!("the time “{words}” is not understood, so {missing}");
            self.draft.error(&at, message, DATE_HELP);
            return None;
        };
        if date.year <= 0 && !self.said.years_before_1 {
            self.said.years_before_1 = true;
            let message = "the year 0 of such files is 1 BC, so that -753 is 754 BC";
            let help = "where 753 BC is meant, the file has to say -752";
            self.draft.warning(&at, message, help);
        }
        Some(date)
    }

    /// The date of an event or an era in EDTF.
    fn date(&mut self, element: &Element<'_>, nature: Nature, what: &str) -> Option<String> {
        let at = Location::line(element.line);
        let Some(start) = element.field("start") else {
            let message = format!("there is no start, so the {what} is left out");
            self.draft.error(&at, message, DATE_HELP);
            return None;
        };
        let start = self.time(start, &format!("the {what} is left out"))?;
        // A milestone is a moment, and what goes on has no end yet.
        let end = element
            .field("end")
            .filter(|_| !nature.ends_today && !is_set(element, "milestone"));
        let end = end.and_then(|end| self.time(end, "the end is left out"));
        let (date, is_coarser) = edtf(start, end, nature)?;
        if is_coarser {
            let message = "a time of day cannot be fuzzy, so that only its day is kept";
            self.draft.warning(&at.of("fuzzy"), message, "");
        }
        if When::parse(&date).is_err() {
            let message = format!("the end comes before the start, so the {what} is left out");
            self.draft.error(
                &at.of("end"),
                message,
                "write the earlier time as the start",
            );
            return None;
        }
        Some(date)
    }
}

/// The date between two times in EDTF, and whether a fuzzy time of day was left out. From midnight
/// to midnight these are days, of which the last is the one before.
fn edtf(start: Date, end: Option<Date>, nature: Nature) -> Option<(String, bool)> {
    let at_midnight = |date: &Date| date.time.as_deref().is_none_or(|time| time == MIDNIGHT);
    let is_days = at_midnight(&start) && end.as_ref().is_none_or(at_midnight);
    let (start, end) = if is_days {
        let day = |date: &Date| (date.year, date.month, date.day);
        let end = end.map(|end| {
            if day(&end) > day(&start) {
                day_before(end)
            } else {
                end
            }
        });
        (start.without_midnight(), end.map(Date::without_midnight))
    } else {
        (start, end)
    };
    let mut is_coarser = false;
    let mut written = |mut date: Date, is_fuzzy: bool| {
        if is_fuzzy {
            is_coarser |= date.time.take().is_some();
        }
        let sign = if is_fuzzy { "~" } else { "" };
        date.edtf().map(|edtf| edtf + sign)
    };
    // Of a date with one side, both sides are that.
    let is_one = !nature.ends_today && end.as_ref().is_none_or(|end| *end == start);
    let start_is_fuzzy = nature.fuzzy_start || is_one && nature.fuzzy_end;
    let from = written(start, start_is_fuzzy)?;
    let date = if nature.ends_today {
        format!("{from}/..")
    } else {
        let to = end.filter(|_| !is_one);
        let to = to.and_then(|end| written(end, nature.fuzzy_end));
        span(from, to)
    };
    Some((date, is_coarser))
}

/// The day before a date at midnight; a date without a day stays.
fn day_before(date: Date) -> Date {
    let (Some(month), Some(day)) = (date.month, date.day) else {
        return date;
    };
    let Some(midnight) = Moment::from_civil(Civil::date(date.year, month, day)) else {
        return date;
    };
    let before = midnight.plus_secs(-SECS_PER_DAY).civil();
    Date {
        year: before.year,
        month: Some(before.month),
        day: Some(before.day),
        time: date.time,
    }
}

/// The addresses of an event, a paragraph each.
fn addresses(field: &Field) -> Option<Text<'static>> {
    let parts = field.text.split([';', '\n']).map(str::trim);
    let parts = parts.filter(|part| !part.is_empty());
    let parts = parts.map(|part| {
        if is_address(part) && !part.contains(['<', '>', ' ']) {
            format!("<{part}>")
        } else {
            part.to_owned()
        }
    });
    Text::some(parts.collect::<Vec<_>>().join("\n\n"))
}

/// The picture of an event, which stands in the file.
fn icon(field: &Field) -> MediaRow<'static> {
    let data: String = field.text.split_whitespace().collect();
    MediaRow {
        file: Some(Text::owned(format!("data:image/png;base64,{data}"))),
        ..MediaRow::default()
    }
}

/// A text in one line.
fn in_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn is_true(value: &str) -> bool {
    value.trim().eq_ignore_ascii_case("true")
}

fn is_set(element: &Element<'_>, name: &str) -> bool {
    element
        .field(name)
        .is_some_and(|field| is_true(&field.text))
}

/// `200,100,0` as `#C86400`.
fn hex(color: &str) -> Option<String> {
    let mut parts = color.split(',').map(|part| part.trim().parse::<u8>().ok());
    let [red, green, blue] = [parts.next()??, parts.next()??, parts.next()??];
    let is_whole = parts.next().is_none();
    is_whole.then(|| format!("#{red:02X}{green:02X}{blue:02X}"))
}

#[cfg(test)]
mod tests;
