//! markwhen: a text whose lines begin with dates, in sections. Its dates are read in `dates`; what
//! a line means by how it begins stands with the writer.

mod content;
mod dates;

use std::collections::HashSet;

use super::{draft::Draft, importer::Importer};
use crate::{
    formats::{
        Format, Location, ReadProgress,
        rows::{CitationRow, DateText, EventRow, LaneRow, MediaRow, Text},
        syntax::markwhen::{key, without_marks},
    },
    time::freeform::DayMonthOrder,
};
use content::{Content, without_tags};
use dates::{Dated, resolve::Known};

/// So many lines are looked at to tell what a text is.
const LOOKED_AT: usize = 400;
/// So many sections within each other become tags.
const MOST_SECTIONS: usize = 6;
const DATE_HELP: &str = "write a date like 2014, 2014-06 or 2014-06-10/2016 before the colon";

/// Reads markwhen texts.
pub struct Markwhen;

impl Importer for Markwhen {
    fn format(&self) -> Format {
        Format::Markwhen
    }

    fn is_of(&self, text: &str) -> bool {
        let text = text.trim_start_matches('\u{feff}').trim_start();
        let is_other = text.starts_with(['{', '[', '<'])
            || text
                .get(..6)
                .is_some_and(|start| start.eq_ignore_ascii_case("BEGIN:"));
        let is_event = |line: &str| {
            let orders = [DayMonthOrder::MonthFirst, DayMonthOrder::DayFirst];
            line.contains(": ")
                && orders
                    .into_iter()
                    .any(|order| dates::event(line, order).is_some_and(|dated| dated.is_telling()))
        };
        !is_other
            && text
                .lines()
                .take(LOOKED_AT)
                .any(|line| is_event(line.trim()))
    }

    fn read(&self, text: &str, _: &ReadProgress, draft: &mut Draft) -> bool {
        let text = text.strip_prefix('\u{feff}').unwrap_or(text);
        let has_groups = text.lines().any(|line| is_group_end(line.trim()));
        let mut reading = Reading {
            draft,
            order: DayMonthOrder::MonthFirst,
            has_groups,
            open_groups: 0,
            is_header: true,
            fields: Vec::new(),
            sections: Vec::new(),
            lanes: HashSet::new(),
            event: None,
            known: Known::default(),
        };
        let mut number = 0_u32;
        for line in text.lines() {
            number = number.saturating_add(1);
            reading.line(number, line);
        }
        reading.end();
        true
    }
}

/// A heading or a group that is open.
struct Section<'t> {
    /// The level of a heading; 0 of a group.
    level: usize,
    name: String,
    tags: Vec<&'t str>,
    line: u32,
}

/// A field of the header, with its lines.
struct HeaderField<'t> {
    line: u32,
    key: &'t str,
    value: String,
}

/// Whether a line begins with four digits, a hyphen and digits, and a colon behind: `2005-02-30: …`.
fn begins_like_a_date(text: &str) -> bool {
    let Some((date, _)) = text.split_once(": ") else {
        return false;
    };
    let is_of_date = |c: u8| c.is_ascii_digit() || matches!(c, b'-' | b'/' | b' ');
    let year = date.bytes().take_while(u8::is_ascii_digit).count();
    year == 4
        && date.len() <= 24
        && date.as_bytes().get(4) == Some(&b'-')
        && date.bytes().all(is_of_date)
}

/// An event whose description is being read.
struct Open<'t> {
    line: u32,
    dated: Dated<'t>,
    id: String,
    place: String,
    tags: Vec<String>,
    /// Whether the next line can be a key.
    is_keys: bool,
    /// Whether the last key was `tags` without a value.
    is_tag_list: bool,
    lines: Vec<&'t str>,
}

/// What is known while the lines are read.
struct Reading<'t, 'd> {
    draft: &'d mut Draft,
    order: DayMonthOrder,
    /// Whether the text has groups as older files do: else `group` is a word like others.
    has_groups: bool,
    open_groups: usize,
    is_header: bool,
    fields: Vec<HeaderField<'t>>,
    sections: Vec<Section<'t>>,
    lanes: HashSet<String>,
    event: Option<Open<'t>>,
    known: Known,
}

impl<'t> Reading<'t, '_> {
    fn line(&mut self, number: u32, line: &'t str) {
        let text = line.trim();
        if text.starts_with("//") || self.is_header && self.continues_field(line) {
            return;
        }
        if let Some((level, name)) = heading(text) {
            self.section(number, level, name);
        } else if self.has_groups && is_group_end(text) {
            self.end_group(number);
        } else if self.has_groups
            && let Some(name) = group(text)
        {
            self.section(number, 0, name);
        } else if let Some(dated) = dates::event(text, self.order) {
            self.close();
            self.end_header();
            self.event = Some(Open {
                line: number,
                dated,
                id: String::new(),
                place: String::new(),
                tags: Vec::new(),
                is_keys: true,
                is_tag_list: false,
                lines: Vec::new(),
            });
        } else if let Some(event) = &mut self.event {
            if begins_like_a_date(text) {
                let message = "this line begins like a date, but with none that there is, so it is \
                               taken for text";
                self.draft
                    .warning(&Location::line(number), message, DATE_HELP);
            }
            event.line(line);
        } else if self.is_header {
            self.header(number, text);
        } else if !text.is_empty() {
            let message = "this text belongs to no event, so it is left out";
            self.draft
                .error(&Location::line(number), message, "write it below an event");
        }
    }

    /// Whether an indented line belongs to the field above.
    fn continues_field(&mut self, line: &str) -> bool {
        let is_indented = line.starts_with([' ', '\t']) || line.starts_with("- ");
        match self.fields.last_mut() {
            Some(field) if is_indented => {
                field.value.push('\n');
                field.value.push_str(line.trim());
                true
            }
            _ => false,
        }
    }

    fn header(&mut self, number: u32, text: &'t str) {
        if text.is_empty() || text == "---" {
            return;
        }
        let field = text.split_once(':');
        let field = field.filter(|(key, _)| !key.contains(char::is_whitespace));
        let Some((key, value)) = field else {
            let message = "this text stands before the first event, so it is left out";
            let help = "write it below an event, or behind “description:”";
            self.draft.error(&Location::line(number), message, help);
            return;
        };
        let value = value.trim();
        if key == "dateFormat" && unquoted(value).starts_with('d') {
            self.order = DayMonthOrder::DayFirst;
        }
        self.fields.push(HeaderField {
            line: number,
            key,
            value: value.to_owned(),
        });
    }

    fn end_header(&mut self) {
        self.is_header = false;
        for field in std::mem::take(&mut self.fields) {
            let at = Location::line(field.line);
            let value = folded(&field.value);
            match field.key {
                "title" => {
                    if let Some(title) = Text::some(value) {
                        self.draft.file.title = Some(title);
                    }
                }
                "description" => self.draft.file.about = self.draft.markdown(&at, &value),
                "dateFormat" => {}
                key => self.draft.leave_out(key, &at),
            }
        }
    }

    fn section(&mut self, line: u32, level: usize, name: &'t str) {
        self.close();
        self.end_header();
        if level > 0 {
            // A group, of level 0, stays open.
            let is_closed = |open: &mut Section<'_>| open.level >= level;
            while self.sections.pop_if(is_closed).is_some() {}
        } else {
            self.open_groups += 1;
        }
        let (name, tags) = without_tags(name);
        let name = without_marks(name);
        if self.sections.is_empty() && !name.is_empty() && self.lanes.insert(name.clone()) {
            self.draft.file.lanes.push(LaneRow {
                id: Some(Text::owned(name.clone())),
                label: Some(Text::owned(name.clone())),
                color: None,
            });
        }
        self.sections.push(Section {
            level,
            name,
            tags,
            line,
        });
    }

    fn end_group(&mut self, line: u32) {
        self.close();
        if self.open_groups == 0 {
            let message = "no group is open that could end here";
            self.draft.warning(&Location::line(line), message, "");
            return;
        }
        self.open_groups -= 1;
        while self.sections.pop().is_some_and(|open| open.level > 0) {}
    }

    fn end(&mut self) {
        self.close();
        self.end_header();
        for open in self.sections.iter().filter(|open| open.level == 0) {
            let message = format!("the group “{}” has no end", open.name);
            let help = "write “endGroup” where it ends";
            self.draft
                .warning(&Location::line(open.line), message, help);
        }
    }

    /// Adds the event whose description ends here.
    fn close(&mut self) {
        let Some(open) = self.event.take() else {
            return;
        };
        let at = Location::line(open.line);
        let date = open.dated.date;
        let resolved = match self.known.resolve(&open.dated.range) {
            Ok(resolved) => resolved,
            Err(why) => {
                let message = format!("“{date}”: {why}, so the event is left out");
                self.draft.error(&at.of("date"), message, DATE_HELP);
                return;
            }
        };
        if let Some(fault) = resolved.fault {
            let message = format!("“{date}”: {fault}");
            self.draft.error(&at.of("date"), message, "");
        }
        for doubt in resolved.doubts {
            self.draft.warning(&at.of("date"), doubt, "");
        }
        if let Some(recurs) = open.dated.recurs {
            let message = format!("it recurs “{recurs}”, and only the first time is kept");
            self.draft.error(&at.of("date"), message, "");
        }
        self.known.remember(&open.id, &resolved.edtf);
        self.add(&at, open, resolved.edtf);
    }

    fn add(&mut self, at: &Location, open: Open<'t>, edtf: String) {
        let mut content = Content::default();
        let mut named = self.sections.iter().take(MOST_SECTIONS);
        let lane = named.find(|section| !section.name.is_empty());
        let lane = lane.map(|section| section.name.clone());
        for section in named {
            content.tag(&section.name);
        }
        for section in self.sections.iter().take(MOST_SECTIONS) {
            section.tags.iter().for_each(|tag| content.tag(tag));
        }
        open.tags.iter().for_each(|tag| content.tag(tag));
        let title = content.title(open.dated.title);
        for line in open.lines {
            content.line(line);
        }
        let addresses = std::mem::take(&mut content.addresses);
        let (summary, details) = content.texts();
        let mut row = EventRow {
            id: Text::some(open.id),
            title: Text::some(title),
            date: Some(DateText(Text::owned(edtf))),
            lane: lane.and_then(Text::some),
            place: Text::some(open.place),
            summary: self.draft.markdown(at, &summary),
            ..EventRow::default()
        };
        let details = self.draft.markdown(at, &details).map(Text::into_string);
        let addresses = addresses.iter().map(|address| format!("<{address}>"));
        let details: Vec<String> = details.into_iter().chain(addresses).collect();
        row.details = Text::some(details.join("\n\n"));
        row.tags = content.tags.into_iter().filter_map(Text::some).collect();
        for (alt, file) in content.pictures {
            row.media.push(MediaRow {
                file: Text::some(file),
                alt: Text::some(alt),
                ..MediaRow::default()
            });
        }
        for cited in content.sources {
            self.draft.source(&cited.id, &cited.title);
            row.sources.push(CitationRow {
                source: Text::some(cited.id),
                place_in_source: Text::some(cited.place),
            });
        }
        self.draft.event(at, &row);
    }
}

impl<'t> Open<'t> {
    fn line(&mut self, line: &'t str) {
        let text = line.trim();
        if self.is_keys && self.is_tag_list && text.starts_with("- ") {
            let tag = unquoted(text.get(2..).unwrap_or_default());
            self.tags.push(tag);
            return;
        }
        self.is_tag_list = false;
        let Some((key, value)) = key(text).filter(|_| self.is_keys) else {
            self.is_keys = false;
            self.lines.push(line);
            return;
        };
        match key {
            "id" => self.id = unquoted(value),
            "location" => self.place = unquoted(value),
            "tags" => {
                let list = value.trim_start_matches('[').trim_end_matches(']');
                self.tags.extend(list.split(',').map(unquoted));
                self.is_tag_list = value.is_empty();
            }
            // No key of the format: it is kept as text.
            _ => self.lines.push(line),
        }
    }
}

/// Level and text of a heading.
fn heading(text: &str) -> Option<(usize, &str)> {
    let name = text.trim_start_matches('#');
    let level = text.len() - name.len();
    let is_heading =
        (1..=6).contains(&level) && (name.is_empty() || name.starts_with(char::is_whitespace));
    is_heading.then(|| (level, name.trim()))
}

/// The name of a group that begins here, in older files.
fn group(text: &str) -> Option<&str> {
    let (word, name) = text.split_once(char::is_whitespace).unwrap_or((text, ""));
    let is_group = ["group", "section"]
        .iter()
        .any(|it| it.eq_ignore_ascii_case(word));
    is_group.then(|| name.trim())
}

fn is_group_end(text: &str) -> bool {
    ["endgroup", "endsection"]
        .iter()
        .any(|it| it.eq_ignore_ascii_case(text))
}

/// A value of YAML without its quotes.
fn unquoted(value: &str) -> String {
    let value = value.trim();
    if value.starts_with('"')
        && let Ok(text) = serde_json::from_str(value)
    {
        return text;
    }
    let inner = ['"', '\'']
        .iter()
        .find_map(|quote| value.strip_prefix(*quote)?.strip_suffix(*quote));
    inner.unwrap_or(value).to_owned()
}

/// A value of YAML that may have several lines.
fn folded(value: &str) -> String {
    match value.split_once('\n') {
        Some((first, rest)) if first.starts_with('|') => rest.trim().to_owned(),
        Some((first, rest)) if first.starts_with('>') => rest.trim().replace('\n', " "),
        _ => unquoted(value),
    }
}

#[cfg(test)]
mod tests;
