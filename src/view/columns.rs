//! Which column of a table is what: chosen by hand, with the first rows as they become events.

use std::sync::Arc;

use egui::{ComboBox, Rect, Ui, vec2};

use super::{
    ViewContext,
    side::Side,
    text::{Style, color},
    widgets,
};
use crate::{
    command::{Command, Layer, Panel},
    formats::{
        self,
        columns::{Field, TableColumns},
    },
    layout::{Face, measure::elided},
};

/// What the panel keeps from frame to frame.
#[derive(Default)]
pub struct ColumnsMemory {
    of: Option<Arc<TableColumns>>,
    /// The first rows as events: title, and date with lane.
    events: Vec<(String, String)>,
}

impl ColumnsMemory {
    fn preview(&mut self, columns: &Arc<TableColumns>) {
        if self.of.as_ref().is_some_and(|of| Arc::ptr_eq(of, columns)) {
            return;
        }
        self.of = Some(Arc::clone(columns));
        self.events.clear();
        // Nothing but a cancelled reader fails, and nobody cancels this one.
        let Ok(source) = formats::preview(columns) else {
            return;
        };
        let timeline = &source.timeline;
        for event in timeline.events() {
            let date = timeline.date_words(event).to_string();
            let lane = &timeline.lane_record(timeline.lane(event)).label;
            let below = if lane.is_empty() {
                date
            } else {
                format!("{date} · {lane}")
            };
            self.events
                .push((timeline.event(event).title.to_owned(), below));
        }
    }
}

/// Shows the panel in `rect`.
pub fn show(
    ui: &mut Ui,
    rect: Rect,
    columns: &Arc<TableColumns>,
    cx: &mut ViewContext<'_>,
    memory: &mut ColumnsMemory,
) {
    let side = Side {
        rect,
        name: "Columns of the table",
        close: "Close",
        layer: Layer::Panel(Panel::Columns),
    };
    memory.preview(columns);
    side.show(ui, cx, |ui, cx| {
        let theme = cx.theme;
        widgets::heading(ui, "Columns of the table", theme.muted);
        ui.add_space(10.0);
        let quiet = Style {
            line_height: 1.4,
            ..Style::new(Face::Sans, 13.0, color(theme.muted))
        };
        let words = "Say what a column holds. It is remembered for this file.";
        widgets::paragraph(ui, words, &quiet, cx.measure);
        ui.add_space(14.0);
        let is_new = widgets::is_new(ui, ui.scope_id().with("columns"));
        let first = columns.headers.iter().position(|header| !header.is_empty());
        for (number, header) in columns.headers.iter().enumerate() {
            if !header.is_empty() {
                let shown = column(ui, columns, (number, header), cx);
                if is_new && first == Some(number) {
                    shown.request_focus();
                }
                ui.add_space(10.0);
            }
        }
        ui.add_space(8.0);
        widgets::heading(ui, "The first rows as events", theme.muted);
        ui.add_space(8.0);
        if memory.events.is_empty() {
            widgets::paragraph(ui, "None: a date is missing.", &quiet, cx.measure);
        }
        for (title, below) in &memory.events {
            let style = Style::new(Face::SansMedium, 13.5, color(theme.ink));
            let title = if title.is_empty() {
                "(no title)"
            } else {
                title
            };
            widgets::paragraph(ui, title, &style, cx.measure);
            widgets::paragraph(ui, below, &quiet, cx.measure);
            ui.add_space(8.0);
        }
    });
}

/// A column: its header, what it holds, and its first cells.
fn column(
    ui: &mut Ui,
    columns: &TableColumns,
    (number, header): (usize, &str),
    cx: &mut ViewContext<'_>,
) -> egui::Response {
    let theme = cx.theme;
    let now = columns.fields.get(number).copied().flatten();
    ui.horizontal(|ui| {
        let width = ui.available_width();
        ui.allocate_ui(vec2(0.42 * width, 40.0), |ui| {
            ui.vertical(|ui| {
                ui.set_min_width(0.42 * width);
                ui.spacing_mut().item_spacing.y = 1.0;
                let font = (Face::SansMedium, 13.5);
                let mut cut = String::new();
                let words = elided(header, font, 0.42 * width, cx.measure, &mut cut);
                let style = Style::new(font.0, font.1, color(theme.ink));
                ui.add(egui::Label::new(super::text::job(words, &style)).selectable(false));
                let samples = columns.samples.iter().filter_map(|row| row.get(number));
                let samples: Vec<&str> = samples
                    .map(String::as_str)
                    .filter(|it| !it.is_empty())
                    .collect();
                let samples = samples.join(", ");
                let font = (Face::Sans, 12.0);
                let mut cut = String::new();
                let words = elided(&samples, font, 0.42 * width, cx.measure, &mut cut);
                let style = Style::new(font.0, font.1, color(theme.muted));
                ui.add(egui::Label::new(super::text::job(words, &style)).selectable(false));
            });
        });
        let words = now.map_or("In the details", Field::words);
        let mut chosen = now;
        let shown = ComboBox::from_id_salt(("column", number))
            .width(0.52 * width)
            .selected_text(words)
            .height(340.0)
            .show_ui(ui, |ui| {
                ui.selectable_value(&mut chosen, None, "In the details");
                for field in Field::ALL {
                    ui.selectable_value(&mut chosen, Some(field), field.words());
                }
                if chosen != now {
                    // By the keyboard, too.
                    ui.close();
                }
            });
        super::accessible::name(
            &shown.response,
            egui::Role::ComboBox,
            &format!("{header} is: {words}"),
        );
        if chosen != now {
            cx.commands
                .push(Command::SetColumn(header.to_owned(), chosen));
        }
        super::accessible::focus_ring(ui, &shown.response, theme);
        shown.response
    })
    .inner
}
