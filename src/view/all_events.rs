//! All events as a list in place of the canvas, for reading, the keyboard and screen readers.
//!
//! In the order of time, and only those that pass the filter; only visible rows are laid out.

use egui::{CornerRadius, Id, Rect, ScrollArea, Sense, Ui, UiBuilder, pos2, vec2};

use super::{
    ViewContext,
    accessible::{self, Pressable, SetPosition},
    text::color,
    widgets,
};
use crate::{
    command::{Command, MenuCommand},
    layout::measure::{Face, elided},
    model::EventId,
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
        let height = ui.available_height();
        let area = ScrollArea::vertical()
            .auto_shrink(false)
            .id_salt("all events");
        let area = match to_row(ui, cx) {
            Some(row) => {
                let middle = row as f32 * ROW_PX - (height - ROW_PX) / 2.0;
                area.vertical_scroll_offset(middle.max(0.0))
            }
            None => area,
        };
        area.show_rows(ui, ROW_PX, count, |ui, rows| {
            accessible::name_list(ui, "All events", count);
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
            for (number, event) in rows.zip(events) {
                row(
                    ui,
                    event,
                    SetPosition {
                        index: number,
                        count,
                    },
                    cx,
                );
            }
        });
    });
}

/// The row of the selected event, where it has just been selected by other means than by its row.
fn to_row(ui: &Ui, cx: &ViewContext<'_>) -> Option<usize> {
    let id = ui.scope_id().with("selected");
    let before = ui
        .data(|data| data.get_temp::<Option<EventId>>(id))
        .flatten();
    let selected = cx.state.selected;
    if before == selected {
        return None;
    }
    ui.data_mut(|data| data.insert_temp(id, selected));
    let event = selected?;
    let is_shown = ui.ctx().read_response(row_id(event)).is_some();
    if is_shown {
        return None;
    }
    match cx.filtered {
        Some(filtered) => filtered.events.iter().position(|it| it == event),
        None => cx.layout.timeline.events().position(|it| it == event),
    }
}

/// The id under which an event's row has the keyboard focus.
pub fn row_id(event: EventId) -> Id {
    Id::unique(("all events", event.index()))
}

/// One event: its date, its title, how sure it is, its lane.
fn row(ui: &mut Ui, event: EventId, place: SetPosition, cx: &mut ViewContext<'_>) {
    let (theme, timeline) = (cx.theme, &cx.layout.timeline);
    let width = ui.available_width();
    let (_, rect) = ui.allocate_space(vec2(width, ROW_PX));
    let response = ui.interact(rect, row_id(event), Sense::click());
    let is_selected = cx.state.selected == Some(event);
    let title = timeline.event(event).title;
    let lane = &timeline.lane_record(timeline.lane(event)).label;
    let date = timeline.date_words_with_weekday(event).to_string();
    let certainty = timeline.certainty(event).said();
    let name = accessible::event_name(timeline, event, &date);
    let pressable = Pressable::option(&name, is_selected, place);
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
    if is_selected && cx.state.is_story_open {
        let summary = timeline.event(event).summary;
        accessible::describe_mark(&response, || accessible::open_story(summary));
    }
    if response.clicked() {
        let is_by_key = response.interact_pointer_pos().is_none();
        cx.commands.push(if is_selected && is_by_key {
            MenuCommand::OpenStory.into()
        } else {
            Command::Select(event)
        });
    }
}
