//! All events as a list in place of the canvas, for reading, the keyboard and screen readers.
//!
//! In the order of time, and only those that pass the filter; only visible rows are laid out.

use egui::{CornerRadius, Rect, Role, ScrollArea, Sense, Ui, UiBuilder, pos2, vec2};

use super::{ViewContext, accessible::Pressable, text::color, widgets};
use crate::{
    command::Command,
    layout::measure::{Face, elided},
    model::{Certainty, EventId},
};

/// The height of a row, in px.
const ROW_PX: f32 = 34.0;
/// The width of a column: at most this many px, and at most this share of the list's.
struct Column {
    most_px: f32,
    share: f32,
}

impl Column {
    const DATE: Self = Self {
        most_px: 270.0,
        share: 0.42,
    };
    const CERTAINTY: Self = Self {
        most_px: 90.0,
        share: 0.14,
    };
    const LANE: Self = Self {
        most_px: 230.0,
        share: 0.2,
    };

    fn px(&self, list_px: f32) -> f32 {
        self.most_px.min(self.share * list_px)
    }
}

/// A narrower list, in px, tells lanes by their colour alone.
const LANES_FROM_PX: f32 = 820.0;
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

/// One event: its date, its title, how sure it is, its lane.
fn row(ui: &mut Ui, event: EventId, cx: &mut ViewContext<'_>) {
    let (theme, timeline) = (cx.theme, &cx.layout.timeline);
    let width = ui.available_width();
    let (rect, response) = ui.allocate_exact_size(vec2(width, ROW_PX), Sense::click());
    let is_selected = cx.state.selected == Some(event);
    let title = timeline.event(event).title;
    let lane = &timeline.lane_record(timeline.lane(event)).label;
    let date = timeline.date_words_with_weekday(event).to_string();
    let certainty = timeline.certainty(event);
    let certainty = if certainty == Certainty::Confirmed {
        ""
    } else {
        certainty.word()
    };
    let parts = [title, &date, certainty, lane];
    let parts: Vec<&str> = parts.into_iter().filter(|part| !part.is_empty()).collect();
    let name = parts.join(", ");
    let pressable = Pressable::choice(Role::Button, &name, is_selected);
    let mut is_cut = false;
    let response = pressable.paint(ui, response, theme, |response| {
        if is_selected || response.hovered() {
            let wash = theme.ink.faded(if is_selected { 0.09 } else { 0.04 });
            ui.painter()
                .rect_filled(rect, CornerRadius::same(6), color(wash));
        }
        let date_px = Column::DATE.px(width);
        let dot = pos2(rect.left() + date_px + 6.0, rect.center().y);
        ui.painter()
            .circle_filled(dot, 5.0, color(cx.lane_color(event)));
        let title_x = rect.left() + date_px + 22.0;
        let has_lanes = width >= LANES_FROM_PX;
        let lane_px = if has_lanes {
            Column::LANE.px(width)
        } else {
            0.0
        };
        let lane_x = rect.right() - lane_px;
        let certainty_x = lane_x - Column::CERTAINTY.px(width);
        let lane = if has_lanes { lane.as_str() } else { "" };
        let (small, muted) = ((Face::Sans, 13.0), theme.muted);
        for (words, style, ink, x, end) in [
            (&*date, small, muted, rect.left() + 8.0, dot.x - 14.0),
            (
                title,
                (Face::SansMedium, 13.5),
                theme.ink,
                title_x,
                certainty_x - 12.0,
            ),
            (certainty, small, theme.accent, certainty_x, lane_x - 10.0),
            (lane, small, muted, lane_x, rect.right() - 8.0),
        ] {
            let mut cut = String::new();
            let shown = elided(words, style, end - x, cx.measure, &mut cut);
            is_cut |= shown != words;
            widgets::write(ui, pos2(x, rect.center().y), shown, style, ink);
        }
    });
    let response = if is_cut {
        response.on_hover_text(&name)
    } else {
        response
    };
    if response.clicked() {
        cx.commands.push(Command::Select(event));
    }
}
