//! All events as a list in place of the canvas, for reading, the keyboard and screen readers.
//!
//! In the order of time, and only those that pass the filter; only visible rows are laid out.

use egui::{CornerRadius, Rect, Role, ScrollArea, Sense, Ui, UiBuilder, pos2, vec2};

use super::{ViewContext, accessible::Pressable, text::color, widgets};
use crate::{
    command::Command,
    layout::measure::{Face, elided},
    model::EventId,
};

/// The height of a row, in px.
const ROW_PX: f32 = 34.0;
/// The width of the column of dates, in px.
const DATE_PX: f32 = 190.0;
/// The margin beside the rows, in px.
const AIR_PX: f32 = 24.0;

/// Shows the list in `rect`.
pub fn show(ui: &mut Ui, rect: Rect, cx: &mut ViewContext<'_>) {
    let theme = cx.theme;
    ui.painter().rect_filled(rect, 0.0, color(theme.ground));
    let count = cx
        .filtered
        .map_or(cx.layout.timeline.len(), |filtered| filtered.events.len());
    let builder = UiBuilder::new()
        .max_rect(rect.shrink2(vec2(AIR_PX, 12.0)))
        .accessibility_label("All events");
    ui.scope_builder(builder, |ui| {
        ui.spacing_mut().item_spacing.y = 0.0;
        ScrollArea::vertical()
            .auto_shrink(false)
            .id_salt("all events")
            .show_rows(ui, ROW_PX, count, |ui, rows| {
                let wanted = rows.len();
                let events: Vec<EventId> = match cx.filtered {
                    Some(filtered) => filtered
                        .events
                        .iter()
                        .skip(rows.start)
                        .take(wanted)
                        .collect(),
                    None => cx
                        .layout
                        .timeline
                        .events()
                        .skip(rows.start)
                        .take(wanted)
                        .collect(),
                };
                for event in events {
                    row(ui, event, cx);
                }
            });
    });
}

/// One event: its date, its lane's colour, its title.
fn row(ui: &mut Ui, event: EventId, cx: &mut ViewContext<'_>) {
    let (theme, timeline) = (cx.theme, &cx.layout.timeline);
    let width = ui.available_width();
    let (rect, response) = ui.allocate_exact_size(vec2(width, ROW_PX), Sense::click());
    let is_selected = cx.state.selected == Some(event);
    let title = timeline.event(event).title;
    let lane = &timeline.lane_record(timeline.lane(event)).label;
    let date = timeline.date_words(event).to_string();
    let name = format!("{title}, {date}, {lane}");
    let name = name.trim_end_matches(", ");
    let pressable = Pressable::choice(Role::Button, name, is_selected);
    let response = pressable.paint(ui, response, theme, |response| {
        if is_selected || response.hovered() {
            let wash = theme.ink.faded(if is_selected { 0.09 } else { 0.04 });
            ui.painter()
                .rect_filled(rect, CornerRadius::same(6), color(wash));
        }
        let date_px = DATE_PX.min(width * 0.35);
        let dot = pos2(rect.left() + date_px + 6.0, rect.center().y);
        ui.painter()
            .circle_filled(dot, 5.0, color(cx.lane_color(event)));
        let title_x = rect.left() + date_px + 22.0;
        let short = timeline.date_label(event);
        for (words, face, size_px, ink, x, room) in [
            (
                short.as_str(),
                Face::Sans,
                13.0,
                theme.muted,
                rect.left() + 8.0,
                date_px - 16.0,
            ),
            (
                title,
                Face::SansMedium,
                13.5,
                theme.ink,
                title_x,
                rect.right() - title_x - 8.0,
            ),
        ] {
            let mut cut = String::new();
            let shown = elided(words, (face, size_px), room, cx.measure, &mut cut);
            widgets::write(ui, pos2(x, rect.center().y), shown, (face, size_px), ink);
        }
    });
    if response.clicked() {
        cx.commands.push(Command::Select(event));
    }
}
