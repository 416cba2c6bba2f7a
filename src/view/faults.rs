//! The list of what is wrong with the open file: faults of one kind in one line that opens, a click
//! goes to the event, all can be copied.

use std::{
    collections::{HashMap, HashSet},
    fmt::Write as _,
    hash::{DefaultHasher, Hash as _, Hasher as _},
};

use egui::{Align, Area, Id, Layout, Order, Rect, ScrollArea, Sense, Ui, UiBuilder, pos2, vec2};

use super::{
    ViewContext, accessible,
    text::color,
    widgets::{self, icon},
};
use crate::{
    command::Command,
    formats::{Diagnostic, Severity},
    layout::measure::{Face, elided},
};

/// The height of a line of the list, in px.
const ROW_PX: f32 = 46.0;
/// The height of the line above it, in px.
const HEAD_PX: f32 = 32.0;
/// So many faults of one kind and more stand in one line.
const MANY: usize = 4;

/// The faults of a file, those of one kind together.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Faults {
    /// In the order of the file.
    pub all: Vec<Diagnostic>,
    /// Which of them lead to an event.
    pub has_event: Vec<bool>,
    /// Each kind by the first of it: their places in `all`.
    groups: Vec<Vec<usize>>,
    /// Tells the faults of one file from those of another.
    key: u64,
}

impl Faults {
    /// Groups faults by what is said of them, whatever stands in quotation marks.
    pub fn new(all: Vec<Diagnostic>, has_event: Vec<bool>) -> Self {
        let mut known: HashMap<(Severity, String), usize> = HashMap::new();
        let mut groups: Vec<Vec<usize>> = Vec::new();
        for (at, fault) in all.iter().enumerate() {
            let kind = (fault.severity, kind(&fault.message));
            let group = *known.entry(kind).or_insert_with(|| {
                groups.push(Vec::new());
                groups.len() - 1
            });
            if let Some(group) = groups.get_mut(group) {
                group.push(at);
            }
        }
        let mut key = DefaultHasher::new();
        for fault in &all {
            fault.hash(&mut key);
        }
        Self {
            key: key.finish(),
            all,
            has_event,
            groups,
        }
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.all.is_empty()
    }

    /// How many there are of a severity.
    pub fn count(&self, severity: Severity) -> usize {
        let of_it = self.all.iter().filter(|fault| fault.severity == severity);
        of_it.count()
    }

    /// All of them as text, a line each.
    fn text(&self) -> String {
        self.all.iter().fold(String::new(), |mut text, fault| {
            let _infallible = writeln!(text, "{fault}");
            text
        })
    }

    /// The lines of the list, with the kinds that are open.
    fn rows(&self, open: &HashSet<usize>) -> Vec<Row> {
        let mut rows = Vec::new();
        for (number, group) in self.groups.iter().enumerate() {
            let one_by_one = group.iter().map(|&fault| Row::Fault(fault));
            if group.len() < MANY {
                rows.extend(one_by_one);
            } else {
                rows.push(Row::Group(number));
                if open.contains(&number) {
                    rows.extend(one_by_one);
                }
            }
        }
        rows
    }
}

/// A line of the list.
#[derive(Copy, Clone, Debug, PartialEq, Eq)]
enum Row {
    /// Several faults of one kind.
    Group(usize),
    /// One fault.
    Fault(usize),
}

/// What is said of a fault, without what stands in quotation marks and without numbers.
fn kind(message: &str) -> String {
    let mut kind = String::new();
    let mut closing = None;
    for c in message.chars() {
        match closing {
            Some(end) if c == end => closing = None,
            Some(_) => {}
            None if c == '“' => closing = Some('”'),
            None if c == '"' => closing = Some('"'),
            None if c.is_ascii_digit() => {}
            None => kind.push(c),
        }
    }
    kind
}

/// The list over the canvas: in a layer of its own, so that neither wheel nor click reaches what is
/// behind it.
pub fn list(ui: &Ui, area: Rect, faults: &Faults, cx: &mut ViewContext<'_>) {
    let theme = cx.theme;
    let id = ui.scope_id().with("messages");
    let open_id = Id::unique("open faults").with(faults.key);
    let mut open: HashSet<usize> = ui.data(|data| data.get_temp(open_id)).unwrap_or_default();
    let rows = faults.rows(&open);
    // As high as a few messages, then it scrolls.
    let wanted = 24.0 + HEAD_PX + ROW_PX * rows.len() as f32;
    let height = wanted.min(area.height() * 0.5).min(380.0);
    let rect = Rect::from_min_size(area.min, vec2(area.width(), height));
    let layer = Area::new(id)
        .order(Order::Middle)
        .fixed_pos(rect.min)
        .constrain(false);
    layer.show(ui.ctx(), |ui| {
        ui.set_min_size(rect.size());
        ui.painter().rect_filled(rect, 0.0, color(theme.panel));
        widgets::hairline(ui, rect, rect.bottom() - 0.5, theme);
        let inner = rect.shrink2(vec2(24.0, 12.0));
        ui.scope_builder(UiBuilder::new().max_rect(inner), |ui| {
            ui.spacing_mut().item_spacing.y = 0.0;
            head(ui, faults, cx);
            ScrollArea::vertical().auto_shrink(false).show_rows(
                ui,
                ROW_PX,
                rows.len(),
                |ui, range| {
                    for &row in rows.get(range).unwrap_or_default() {
                        match row {
                            Row::Group(number) => {
                                if group(ui, faults, number, open.contains(&number), cx)
                                    && !open.remove(&number)
                                {
                                    open.insert(number);
                                }
                            }
                            Row::Fault(fault) => entry(ui, faults, fault, cx),
                        }
                    }
                },
            );
        });
    });
    ui.data_mut(|data| data.insert_temp(open_id, open));
}

/// What the list is, and a button that copies it.
fn head(ui: &mut Ui, faults: &Faults, cx: &ViewContext<'_>) {
    ui.allocate_ui_with_layout(
        vec2(ui.available_width(), HEAD_PX),
        Layout::right_to_left(Align::Center),
        |ui| {
            let words = ("Copy all", Face::SansSemiBold);
            let size = vec2(80.0, 26.0);
            let name = "Copy all messages";
            if widgets::quiet_button(ui, words, name, size, cx.theme).clicked() {
                ui.ctx().copy_text(faults.text());
            }
            ui.with_layout(Layout::left_to_right(Align::Center), |ui| {
                widgets::heading(ui, "Messages about this file", cx.theme.muted);
            });
        },
    );
}

/// A line that stands for many; whether it was clicked.
fn group(ui: &mut Ui, faults: &Faults, number: usize, is_open: bool, cx: &ViewContext<'_>) -> bool {
    let members = faults.groups.get(number).map_or(&[][..], Vec::as_slice);
    let Some(first) = members.first().and_then(|&at| faults.all.get(at)) else {
        return false;
    };
    let sign = if is_open {
        icon::CARET_DOWN
    } else {
        icon::CARET_RIGHT
    };
    let word = severity_word(first.severity, members.len());
    let head = format!(
        "{} {word} of one kind, the first in line {}",
        members.len(),
        first.location.line
    );
    let line = Line {
        sign: Some(sign),
        head: &head,
        body: &said(first),
        severity: first.severity,
        is_pressable: true,
    };
    line.show(ui, cx)
}

fn entry(ui: &mut Ui, faults: &Faults, number: usize, cx: &mut ViewContext<'_>) {
    let Some(fault) = faults.all.get(number) else {
        return;
    };
    let location = &fault.location;
    let word = match fault.severity {
        Severity::Error => "Error",
        Severity::Warning => "Warning",
    };
    let mut head = format!(
        "{word} in line {}, column {}",
        location.line, location.column
    );
    if !location.path.is_empty() {
        let _infallible = write!(head, " · {}", location.path);
    }
    let line = Line {
        sign: None,
        head: &head,
        body: &said(fault),
        severity: fault.severity,
        is_pressable: faults.has_event.get(number) == Some(&true),
    };
    let row = ui.horizontal(|ui| {
        ui.spacing_mut().item_spacing.x = 4.0;
        let size = vec2((ui.available_width() - 74.0).max(60.0), ROW_PX);
        let is_pressed = ui
            .allocate_ui(size, |ui| {
                ui.set_width(size.x);
                line.show(ui, cx)
            })
            .inner;
        let name = format!("Open line {} in an editor", location.line);
        let face = ("Editor", Face::Sans);
        let button = widgets::quiet_button(ui, face, &name, vec2(66.0, 28.0), cx.theme);
        (is_pressed, button.on_hover_text(name.as_str()).clicked())
    });
    let (is_pressed, is_editor) = row.inner;
    if is_pressed {
        cx.commands.push(Command::GoToFault(number));
    }
    if is_editor {
        cx.commands.push(Command::OpenFault(number));
    }
}

fn severity_word(severity: Severity, count: usize) -> &'static str {
    match (severity, count) {
        (Severity::Error, 1) => "error",
        (Severity::Error, _) => "errors",
        (Severity::Warning, 1) => "warning",
        (Severity::Warning, _) => "warnings",
    }
}

fn said(fault: &Diagnostic) -> String {
    if fault.help.is_empty() {
        fault.message.clone()
    } else {
        format!("{}; {}", fault.message, fault.help)
    }
}

/// A line of the list: where, and below it what.
struct Line<'l> {
    sign: Option<&'static str>,
    head: &'l str,
    body: &'l str,
    severity: Severity,
    is_pressable: bool,
}

impl Line<'_> {
    /// Shows it; whether it was pressed.
    fn show(&self, ui: &mut Ui, cx: &ViewContext<'_>) -> bool {
        let theme = cx.theme;
        let sense = if self.is_pressable {
            Sense::click()
        } else {
            Sense::hover()
        };
        let (rect, response) = ui.allocate_exact_size(vec2(ui.available_width(), ROW_PX), sense);
        if self.is_pressable && response.hovered() {
            ui.painter().rect_filled(
                rect.expand2(vec2(8.0, 0.0)),
                6.0,
                color(theme.ink.faded(0.05)),
            );
        }
        let left = rect.left() + 22.0;
        let ink = match self.severity {
            Severity::Error => theme.accent,
            Severity::Warning => theme.muted,
        };
        if let Some(sign) = self.sign {
            widgets::write(
                ui,
                pos2(rect.left(), rect.top() + 13.0),
                sign,
                (Face::Icons, 14.0),
                theme.ink,
            );
        }
        let room = rect.right() - left - 8.0;
        let mut is_cut = false;
        for (words, face, size_px, y, ink) in [
            (self.head, Face::SansSemiBold, 12.0, 13.0, ink),
            (self.body, Face::Sans, 13.0, 31.0, theme.ink),
        ] {
            let mut cut = String::new();
            let shown = elided(words, (face, size_px), room, cx.measure, &mut cut);
            is_cut |= shown != words;
            widgets::write(ui, pos2(left, rect.top() + y), shown, (face, size_px), ink);
        }
        let name = format!("{}: {}", self.head, self.body);
        if self.is_pressable {
            accessible::Pressable::button(&name).describe(&response);
            accessible::focus_ring(ui, &response, theme);
        } else {
            accessible::name_text(&response, &name);
        }
        let is_clicked = response.clicked();
        if is_cut {
            response.on_hover_text(self.body);
        }
        is_clicked
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::formats::Location;

    fn fault(severity: Severity, message: &str) -> Diagnostic {
        Diagnostic {
            severity,
            location: Location::line(3),
            message: message.to_owned(),
            help: String::new(),
            event: None,
        }
    }

    #[test]
    fn a_thousand_of_one_kind_stand_in_one_line_that_opens() {
        let mut all: Vec<Diagnostic> = (0..1000)
            .map(|number| {
                fault(
                    Severity::Error,
                    &format!("the date “day {number}” is not understood"),
                )
            })
            .collect();
        all.push(fault(Severity::Warning, "it is not known what “colour” is"));
        let faults = Faults::new(all, vec![false; 1001]);
        assert_eq!(
            faults.rows(&HashSet::new()),
            [Row::Group(0), Row::Fault(1000)]
        );
        assert_eq!(faults.rows(&HashSet::from([0])).len(), 1002);
        assert_eq!(faults.text().lines().count(), 1001);
        assert!(faults.text().starts_with("3:1: error: the date “day 0”"));
    }
}
