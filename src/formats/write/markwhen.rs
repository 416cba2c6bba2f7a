//! Rows → a markwhen text: a section for each lane, in it the events in the order of time.
//!
//! What means something at the beginning of a line, and how a text that only looks like it is
//! escaped, stands here too, since the importer undoes it.

use std::collections::HashMap;
use std::fmt::Write as _;

use super::{
    dates::{Numbers, Part, Side, numbers},
    losses::{Kind, Losses},
};
use crate::{
    formats::{
        rows::{EventRow, FileRow, SourceRow},
        syntax::markwhen::{SOURCE, escaped, is_of_tag, key, with_marks},
    },
    time::{Civil, Moment, Offset},
};

/// What a text of markwhen has no place for.
const LEFT_OUT: [Kind; 16] = [
    Kind::Subtitle,
    Kind::Language,
    Kind::AsOf,
    Kind::LaneColors,
    Kind::Eras,
    Kind::Lessons,
    Kind::People,
    Kind::Places,
    Kind::SourceDetails,
    Kind::EventPeople,
    Kind::Links,
    Kind::Certainty,
    Kind::Importance,
    Kind::ShortTitles,
    Kind::Captions,
    Kind::DateLabels,
];

/// The text of a file; what it cannot hold goes to the losses.
pub fn file(rows: &FileRow<'_>, losses: &mut Losses) -> String {
    losses.add_kinds(rows, &LEFT_OUT);
    let mut out = String::new();
    if let Some(title) = &rows.title {
        let _infallible = writeln!(out, "title: {}", value(&one_line(title)));
    }
    if let Some(about) = &rows.about {
        let _infallible = writeln!(out, "description: {}", value(about.trim()));
    }
    let names = Names::of(rows);
    let mut lanes = Lanes::default();
    // What is in no lane stands before the first section.
    lanes.number("");
    for (_, lane) in &rows.lanes {
        if let Some(label) = lane.label.as_ref().or(lane.id.as_ref()) {
            lanes.number(label);
        }
    }
    let mut events = Vec::with_capacity(rows.events.len());
    for (_, event) in &rows.events {
        let date = event.date.as_ref();
        let Some(date) = date.and_then(|date| numbers(&date.0, losses)) else {
            losses.add("events without a date");
            continue;
        };
        let Some(date) = written(&date, losses).map(|written| (date.start.civil, written)) else {
            losses.add("events before 10000 BC or after 9999");
            continue;
        };
        let lane = event.lane.as_deref().unwrap_or_default();
        let label = names.lanes.get(lane).copied().unwrap_or(lane);
        events.push((lanes.number(label), date, event));
    }
    events.sort_by_key(|(lane, (start, _), _)| (*lane, *start));
    let mut events = events.into_iter().peekable();
    for (number, label) in lanes.labels.into_iter().enumerate() {
        if !label.is_empty() {
            let _infallible = write!(out, "\n# {}\n", with_marks(&one_line(label)));
        }
        while let Some((_, (_, date), event)) = events.next_if(|(lane, ..)| *lane == number) {
            out.push('\n');
            names.event(&date, event, losses, &mut out);
        }
    }
    out
}

/// The lanes in their order, by their labels.
#[derive(Default)]
struct Lanes<'r> {
    labels: Vec<&'r str>,
    numbers: HashMap<&'r str, usize>,
}

impl<'r> Lanes<'r> {
    fn number(&mut self, label: &'r str) -> usize {
        let next = self.labels.len();
        let number = *self.numbers.entry(label).or_insert(next);
        if number == next {
            self.labels.push(label);
        }
        number
    }
}

/// What events refer to by ids.
struct Names<'r> {
    lanes: HashMap<&'r str, &'r str>,
    places: HashMap<&'r str, &'r str>,
    sources: HashMap<&'r str, &'r SourceRow<'r>>,
}

impl<'r> Names<'r> {
    fn of(rows: &'r FileRow<'r>) -> Self {
        let lanes = rows.lanes.iter().filter_map(|(_, lane)| {
            let id = lane.id.as_ref()?;
            Some((&**id, &**lane.label.as_ref().unwrap_or(id)))
        });
        let places = rows.places.iter().filter_map(|(_, place)| {
            let id = place.id.as_ref()?;
            Some((&**id, &**place.name.as_ref().unwrap_or(id)))
        });
        let sources = rows.sources.iter();
        let sources = sources.filter_map(|(_, source)| Some((&**source.id.as_ref()?, source)));
        Self {
            lanes: lanes.collect(),
            places: places.collect(),
            sources: sources.collect(),
        }
    }

    fn event(&self, date: &str, event: &EventRow<'_>, losses: &mut Losses, out: &mut String) {
        let title = event.title.as_deref().unwrap_or_default();
        let title = with_marks(&one_line(title));
        let _infallible = write!(out, "{date}: {title}");
        // What is no word, or of other letters than English ones, cannot stand behind a `#`.
        let (mut tags, mut numbers) = (Vec::new(), Vec::new());
        for (_, tag) in &event.tags {
            let word = tag_of(tag);
            let is_word = word.is_ascii() && !word.bytes().all(|c| c.is_ascii_digit());
            if is_word && !word.is_empty() {
                losses.add_some("tags as they are spelled", usize::from(word != **tag));
                tags.push(word);
            } else if !word.is_empty() {
                let word = tag.replace(|c: char| !is_of_tag(c) && c != ' ', "-");
                losses.add_some("tags as they are spelled", usize::from(word != **tag));
                numbers.push(word);
            }
        }
        for tag in tags {
            let _infallible = write!(out, " #{tag}");
        }
        out.push('\n');
        if let Some(id) = &event.id {
            let _infallible = writeln!(out, "id: {}", value(&one_line(id)));
        }
        if let Some(place) = event.place.as_deref() {
            let place = self.places.get(place).copied().unwrap_or(place);
            let _infallible = writeln!(out, "location: {}", value(&one_line(place)));
        }
        if !numbers.is_empty() {
            let _infallible = writeln!(out, "tags: [{}]", numbers.join(", "));
        }
        let is_text = texts(event, losses, out);
        if is_text && !(event.media.is_empty() && event.sources.is_empty()) {
            out.push('\n');
        }
        for (_, media) in &event.media {
            let Some(file) = &media.file else {
                continue;
            };
            let alt = media.alt.as_deref().unwrap_or_default();
            let _infallible = writeln!(out, "!{}", link(alt, file));
        }
        for (_, citation) in &event.sources {
            let id = citation.source.as_deref().unwrap_or_default();
            let source = self.sources.get(id).copied();
            let title = source.and_then(|source| source.title.as_deref());
            let title = one_line(title.unwrap_or(id));
            let place = citation.place_in_source.as_deref();
            if let Some(url) = source.and_then(|source| source.url.as_deref()) {
                let place = place.map(|place| format!(", {}", one_line(place)));
                let place = place.unwrap_or_default();
                let _infallible = writeln!(out, "{SOURCE}{}{place}", link(&title, url));
            } else {
                losses.add_some("places in sources", usize::from(place.is_some()));
                let _infallible = writeln!(out, "{SOURCE}{title}");
            }
        }
    }
}

/// Writes summary and details; whether there are any.
fn texts(event: &EventRow<'_>, losses: &mut Losses, out: &mut String) -> bool {
    let summary = event.summary.as_deref().unwrap_or_default().trim();
    let details = event.details.as_deref().unwrap_or_default().trim();
    let has_paragraphs = summary.lines().any(|line| line.trim().is_empty());
    let is_apart = !has_paragraphs && (details.is_empty() || !summary.is_empty());
    losses.add_some(
        "which part of a text is the summary",
        usize::from(!is_apart),
    );
    let parts = [summary, details].into_iter().filter(|it| !it.is_empty());
    let mut is_first = true;
    for part in parts {
        // A first line like `id: x` would be a key.
        let is_key = is_first && part.lines().next().is_some_and(|line| key(line).is_some());
        if !is_first || is_key {
            out.push('\n');
        }
        is_first = false;
        for line in part.lines() {
            out.push_str(&escaped(line));
            out.push('\n');
        }
    }
    !is_first
}

/// A date in the forms that markwhen's own parser reads (tried with @markwhen/parser 1.2 and 0.15):
/// `2014-06-10`, `2014-06-10 14:30`, `2014-06-10T14:30:00Z`, `44 BC`. `None` of a year that it
/// does not read.
fn written(date: &Numbers, losses: &mut Losses) -> Option<String> {
    let is_iso = |side: &Side| side.part != Part::Second && (1..=9999).contains(&side.civil.year);
    let start = side(&date.start, losses)?;
    let (end, is_end_iso) = match &date.end {
        Some(end) => (side(end, losses)?, is_iso(end)),
        None if date.is_ongoing => ("now".to_owned(), true),
        None => return Some(start),
    };
    // Both sides are of one kind.
    Some(if is_end_iso && is_iso(&date.start) {
        format!("{start}/{end}")
    } else {
        format!("{start} - {end}")
    })
}

fn side(side: &Side, losses: &mut Losses) -> Option<String> {
    let Civil {
        year,
        month,
        day,
        hour,
        minute,
        second,
    } = side.civil;
    if year < 1 {
        let is_finer = side.part != Part::Year;
        losses.add_some("months and days before the year 1", usize::from(is_finer));
        let year = 1 - year;
        return (year <= 10_000).then(|| format!("{year} BC"));
    }
    if year > 9999 {
        return None;
    }
    Some(match (side.part, side.offset) {
        (Part::Year, _) => format!("{year:04}"),
        (Part::Month, _) => format!("{year:04}-{month:02}"),
        (Part::Day, _) => format!("{year:04}-{month:02}-{day:02}"),
        (Part::Second, None) => {
            losses.add_some("seconds of times without a zone", usize::from(second > 0));
            format!("{year:04}-{month:02}-{day:02} {hour:02}:{minute:02}")
        }
        (Part::Second, Some(offset)) => {
            let is_utc = matches!(offset, Offset::Utc | Offset::Minutes(0));
            losses.add_some(
                "the zones of times: they are written in UTC",
                usize::from(!is_utc),
            );
            let civil = Moment::from_civil(side.civil)?
                .plus_secs(-offset.secs())
                .civil();
            let Civil {
                year,
                month,
                day,
                hour,
                minute,
                second,
            } = civil;
            format!("{year:04}-{month:02}-{day:02}T{hour:02}:{minute:02}:{second:02}Z")
        }
    })
}

/// A tag as it can stand behind a `#`: markwhen takes letters, digits and `_` for a part of it.
fn tag_of(tag: &str) -> String {
    let chars = tag.trim().chars();
    chars
        .map(|c| if c.is_alphanumeric() { c } else { '_' })
        .collect()
}

/// `[label](target)`.
fn link(label: &str, target: &str) -> String {
    let label = one_line(label).replace('[', "\\[").replace(']', "\\]");
    let target = one_line(target);
    if target.contains(|c: char| c.is_whitespace() || matches!(c, '(' | ')' | '<')) {
        format!("[{label}](<{target}>)")
    } else {
        format!("[{label}]({target})")
    }
}

fn one_line(text: &str) -> String {
    text.trim().replace(['\r', '\n', '\t'], " ")
}

/// A value behind a key, quoted where YAML would take it for more than words.
fn value(text: &str) -> String {
    let is_plain = text.starts_with(char::is_alphanumeric)
        && !text.contains(|c: char| c.is_control())
        && !text.ends_with(':')
        && !text.contains(": ")
        && !text.contains(" #");
    if is_plain {
        text.to_owned()
    } else {
        // A JSON text is a quoted text of YAML.
        serde_json::to_string(text).unwrap_or_default()
    }
}

#[cfg(test)]
mod tests;
