//! `meanwhile list`: a chronology as text for a terminal, and which of its events are printed.
//!
//! ```text
//! 60 columns or more                                       fewer
//! 2010                  Qais al-Khazali is   Militias …    2010 · month and day not stated
//!   month and day       released                             Qais al-Khazali is released
//!   not stated          (reportedly)                         (reportedly)
//!                                                            Militias …
//! ```
//!
//! Pure functions: the width is a parameter, and colours are always in the text; the caller removes
//! them where they are not wanted. What is printed below a row is in `details`. No text of the file
//! reaches the terminal with a control character in it.

use std::collections::BTreeSet;

use anstyle::{AnsiColor, Color, Style};
use textwrap::core::display_width;

use super::{
    details,
    selection::Selection,
    text::{FAINT, STRONG, push_lines, push_styled, wrapped},
};
use crate::{
    model::{EventId, Rgb, Timeline},
    open::one_line,
    time::words::{Outlook, label},
};

/// Below this width columns are too narrow to be read, and each event is a small block.
const LEAST_FOR_COLUMNS: usize = 60;
/// The least width to lay out for, whatever the terminal reports.
const LEAST_COLUMNS: usize = 20;
/// Spaces between two columns.
const GAP: usize = 2;
/// The indentation of what belongs to the line above.
const INDENT: &str = "  ";

/// Colours for lanes without one of their own, in the order of lanes: the terminal's palette, which
/// its user has made readable on its background.
const LANE_COLORS: [AnsiColor; 6] = [
    AnsiColor::Cyan,
    AnsiColor::Yellow,
    AnsiColor::Magenta,
    AnsiColor::Green,
    AnsiColor::Blue,
    AnsiColor::Red,
];

/// What is printed.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Options {
    /// Which events.
    pub selection: Selection,
    /// Whether all details of an event are printed below it.
    pub details: bool,
}

/// The chronology as text, with colours, for a terminal of `width` columns.
pub fn render(timeline: &Timeline, options: &Options, width: usize) -> String {
    let width = width.max(LEAST_COLUMNS);
    let mut out = heading(timeline, options, width);
    let mut is_empty = true;
    let table = Table::measure(timeline, &options.selection, width);
    for event in options.selection.events(timeline) {
        let row = Row::of(timeline, event);
        match &table {
            Some(table) => table.write(&mut out, &row),
            None => write_block(&mut out, &row, width),
        }
        if options.details {
            details::write(&mut out, timeline, event, width);
        }
        if options.details || table.is_none() {
            out.push('\n');
        }
        is_empty = false;
    }
    if is_empty {
        let said = if timeline.is_empty() {
            "There are no events in it."
        } else {
            "No event matches."
        };
        push_lines(&mut out, said, width, "", Style::new());
    }
    if options.details {
        details::write_sources(&mut out, timeline, &options.selection, width);
    }
    // Blocks end in an empty line, which the last does not need.
    let length = out.trim_end_matches('\n').len();
    out.truncate(length);
    out.push('\n');
    out
}

/// Title, subtitle, when it was written, which is what "still going on" refers to, and the eras.
fn heading(timeline: &Timeline, options: &Options, width: usize) -> String {
    let mut out = String::new();
    push_lines(&mut out, timeline.title(), width, "", STRONG);
    push_lines(&mut out, timeline.subtitle(), width, "", Style::new());
    if let Some(label) = timeline.as_of_label() {
        push_lines(&mut out, &label, width, "", FAINT);
    }
    for era in timeline.eras() {
        let date = label(&era.when, Outlook::Happened);
        let words = if era.label.is_empty() {
            format!("Era: {date}")
        } else {
            format!("Era: {} ({date})", era.label)
        };
        push_lines(&mut out, &one_line(&words), width, "", FAINT);
    }
    if options.details && !timeline.about().is_empty() {
        out.push('\n');
        details::write_markdown(&mut out, timeline.about(), width, "");
    }
    if !out.is_empty() {
        out.push('\n');
    }
    out
}

/// The texts of a row.
struct Row {
    date: String,
    /// What joins the note to the date on one line: `, ` or ` · `; empty where there is no note.
    joiner: String,
    note: String,
    title: String,
    lane: String,
    lane_style: Style,
}

impl Row {
    fn of(timeline: &Timeline, event: EventId) -> Self {
        let words = timeline.date_words(event);
        let whole = one_line(&words.to_string());
        let (date, note) = (
            one_line(&words.date),
            one_line(words.note.as_deref().unwrap_or_default()),
        );
        let joiner = whole
            .strip_prefix(&date)
            .and_then(|rest| rest.strip_suffix(&note))
            .unwrap_or(", ")
            .to_owned();
        let title = one_line(timeline.event(event).title);
        let title = match timeline.certainty(event).qualifier() {
            Some(word) => format!("{title} ({word})"),
            None => title,
        };
        let lane = timeline.lane(event);
        let record = timeline.lane_record(lane);
        let own = record
            .color
            .map(|Rgb([red, green, blue])| Color::from((red, green, blue)));
        let usual = || {
            LANE_COLORS
                .get(lane.index() % LANE_COLORS.len())
                .map(|&color| Color::from(color))
        };
        let lane_style = Style::new().fg_color(own.or_else(usual));
        Self {
            date,
            joiner,
            note,
            title,
            lane: one_line(&record.label),
            lane_style,
        }
    }

    /// The date and its note in lines of this width: on one where there is room, else the note
    /// begins a line of its own, indented so that it is not read as another date.
    fn date_lines(&self, width: usize) -> Vec<(String, Style)> {
        let Self {
            date, joiner, note, ..
        } = self;
        let whole = display_width(date) + display_width(joiner) + display_width(note);
        if note.is_empty() || whole <= width {
            return wrapped(&format!("{date}{joiner}{note}"), width, INDENT)
                .into_iter()
                .map(|line| (line, Style::new()))
                .collect();
        }
        // A comma stays at the end of the line; a dot between the two is replaced by the new line.
        let date = if joiner.starts_with(',') {
            format!("{date},")
        } else {
            date.clone()
        };
        let dates = wrapped(&date, width, INDENT)
            .into_iter()
            .map(|line| (line, Style::new()));
        let notes = wrapped(note, width.saturating_sub(INDENT.len()), "");
        dates
            .chain(
                notes
                    .into_iter()
                    .map(|line| (format!("{INDENT}{line}"), FAINT)),
            )
            .collect()
    }
}

/// The widths of the columns.
struct Table {
    date: usize,
    title: usize,
    /// 0 where no lane has a name.
    lane: usize,
}

impl Table {
    /// As wide as their texts, as far as there is room: dates are wrapped at a third of the width,
    /// which holds "month and day not stated" on one line of the usual 80, and lanes at a quarter
    /// or at what the titles leave. `None` where there is no room for columns.
    fn measure(timeline: &Timeline, selection: &Selection, width: usize) -> Option<Self> {
        if width < LEAST_FOR_COLUMNS {
            return None;
        }
        let widest = |lines: &[String], sofar| {
            lines
                .iter()
                .map(|line| display_width(line))
                .fold(sofar, usize::max)
        };
        let (mut date, mut title) = (0, 0);
        let mut used = BTreeSet::new();
        for event in selection.events(timeline) {
            let row = Row::of(timeline, event);
            let lines: Vec<_> = row
                .date_lines(width / 3)
                .into_iter()
                .map(|(line, _)| line)
                .collect();
            date = widest(&lines, date);
            title = title.max(display_width(&row.title));
            used.insert(timeline.lane(event));
        }
        let left = width.saturating_sub(date + GAP);
        let lane_room = left.saturating_sub(title + GAP).max(width / 4);
        let labels = used
            .into_iter()
            .map(|lane| one_line(&timeline.lane_record(lane).label));
        let lane = labels.fold(0, |lane, label| {
            widest(&wrapped(&label, lane_room, ""), lane)
        });
        let beside = if lane == 0 { 0 } else { lane + GAP };
        Some(Self {
            date,
            title: title.min(left.saturating_sub(beside)),
            lane,
        })
    }

    fn write(&self, out: &mut String, row: &Row) {
        let dates = row.date_lines(self.date);
        let titles = wrapped(&row.title, self.title, "");
        let lanes = if self.lane == 0 {
            Vec::new()
        } else {
            wrapped(&row.lane, self.lane, "")
        };
        for line in 0..dates.len().max(titles.len()).max(lanes.len()) {
            let (date, date_style) = dates
                .get(line)
                .map_or(("", Style::new()), |(text, style)| (text, *style));
            let title = titles.get(line).map_or("", String::as_str);
            let lane = lanes.get(line).map_or("", String::as_str);
            let cells = [
                (date, date_style, self.date + GAP),
                (title, Style::new(), self.title + GAP),
                (lane, row.lane_style, 0),
            ];
            push_cells(out, &cells);
        }
    }
}

/// Writes one line of cells, each padded to its width unless nothing follows.
fn push_cells(out: &mut String, cells: &[(&str, Style, usize)]) {
    let mut gap = 0;
    for &(text, style, width) in cells {
        if !text.is_empty() {
            out.extend(std::iter::repeat_n(' ', gap));
            gap = 0;
            push_styled(out, text, style);
        }
        gap += width.saturating_sub(display_width(text));
    }
    out.push('\n');
}

/// Writes an event where there is no room for columns.
fn write_block(out: &mut String, row: &Row, width: usize) {
    for (line, style) in row.date_lines(width) {
        push_styled(out, &line, style);
        out.push('\n');
    }
    push_lines(out, &row.title, width, INDENT, Style::new());
    push_lines(out, &row.lane, width, INDENT, row.lane_style);
}

#[cfg(test)]
mod tests;
