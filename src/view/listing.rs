//! The events of a cluster that no zoom separates, as a list: a click on the cluster opens it.
//!
//! A million events may have the same instant, so only visible rows are laid out. The state holds
//! which events they are ([`ClusterList`]).

use egui::{
    Align, Area, CornerRadius, Frame, Label, Layout, Margin, Order, Rect, ScrollArea, Sense,
    Stroke, Ui, pos2, vec2,
};

use super::{
    ViewContext,
    accessible::{self, Pressable},
    text::{self, Style, color},
    widgets::{self, icon},
};
use crate::{
    command::{Command, Layer},
    layout::{
        draw::clusters::write_count,
        measure::{Face, elided},
        wording::Wording,
    },
    model::EventId,
    state::ClusterList,
};

/// The width of the list, in px.
const WIDTH_PX: f32 = 400.0;
/// The height of a row, in px.
const ROW_PX: f32 = 30.0;
/// The padding inside the frame, in px.
const AIR_PX: f32 = 16.0;

/// Shows the list in the middle of the canvas.
pub fn show(ui: &Ui, canvas: Rect, listed: &ClusterList, cx: &mut ViewContext<'_>) {
    let theme = cx.theme;
    let width = WIDTH_PX.min(canvas.width() - 4.0 * AIR_PX);
    let most_px = (canvas.height() * 0.7).max(3.0 * ROW_PX);
    let height = (listed.events.len() as f32 * ROW_PX).min(most_px);
    let outer = vec2(width + 2.0 * AIR_PX, height + 2.0 * AIR_PX + 40.0);
    let corner = canvas.center() - outer / 2.0;
    let frame = Frame::new()
        .fill(color(theme.panel))
        .stroke(Stroke::new(1.0, color(theme.hairline)))
        .corner_radius(CornerRadius::same(10))
        .inner_margin(Margin::same(AIR_PX as i8));
    Area::new(ui.scope_id().with("listing"))
        .order(Order::Middle)
        .fixed_pos(corner)
        .show(ui.ctx(), |ui| {
            frame.show(ui, |ui| {
                ui.set_width(width);
                ui.spacing_mut().item_spacing.y = 0.0;
                head(ui, listed, cx);
                let first = listed.events.first().map(|event| event.index());
                ScrollArea::vertical()
                    .id_salt((listed.lane.index(), first))
                    .max_height(height)
                    .auto_shrink([false, true])
                    .show_rows(ui, ROW_PX, listed.events.len(), |ui, rows| {
                        let mut wording = Wording::default();
                        for event in listed.events.get(rows).unwrap_or_default() {
                            row(ui, *event, &mut wording, cx);
                        }
                    });
            });
        });
}

fn head(ui: &mut Ui, listed: &ClusterList, cx: &mut ViewContext<'_>) {
    let theme = cx.theme;
    let mut words = String::new();
    write_count(listed.events.len() as u32, &mut words);
    let timeline = &cx.layout.timeline;
    let ends = listed.events.first().zip(listed.events.last());
    let is_one_time =
        ends.is_some_and(|(first, last)| timeline.start(*first) == timeline.start(*last));
    words.push_str(if is_one_time {
        " events at one time"
    } else {
        " events close together"
    });
    let lane = &timeline.lane_record(listed.lane).label;
    if !lane.is_empty() {
        words.push_str(" · ");
        words.push_str(lane);
    }
    ui.horizontal(|ui| {
        ui.set_height(32.0);
        let style = Style::new(Face::SansSemiBold, 13.5, color(theme.ink));
        let mut cut = String::new();
        let room = ui.available_width() - 40.0;
        let font = (style.face, style.size_px);
        let shown = elided(&words, font, room, cx.measure, &mut cut);
        let label = ui.add(Label::new(text::job(shown, &style)).selectable(false));
        accessible::name_text(&label, &words);
        ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
            let size = vec2(28.0, 28.0);
            let close =
                widgets::quiet_button(ui, (icon::X, Face::Icons), "Close the list", size, theme);
            if close.clicked() {
                cx.commands.push(Command::Close(Layer::ClusterList));
            }
        });
    });
    ui.add_space(8.0);
}

/// One event: its title, and its date at the right.
fn row(ui: &mut Ui, event: EventId, wording: &mut Wording, cx: &mut ViewContext<'_>) {
    let (theme, timeline) = (cx.theme, &cx.layout.timeline);
    let width = ui.available_width();
    let (rect, response) = ui.allocate_exact_size(vec2(width, ROW_PX), Sense::click());
    let title = timeline.short(event);
    let date = wording.date(timeline, event);
    let name = format!("{title}, {date}");
    let response = Pressable::button(&name).paint(ui, response, theme, |response| {
        if response.hovered() {
            let wash = color(theme.ink.faded(0.05));
            ui.painter()
                .rect_filled(rect.expand2(vec2(6.0, 0.0)), CornerRadius::same(6), wash);
        }
        let date_px = cx.measure.width(date, Face::Sans, 12.0);
        let mut cut = String::new();
        let room = width - date_px - 16.0;
        let title = elided(title, (Face::SansMedium, 13.5), room, cx.measure, &mut cut);
        for (words, face, size, ink, x) in [
            (title, Face::SansMedium, 13.5, theme.ink, rect.left()),
            (date, Face::Sans, 12.0, theme.muted, rect.right() - date_px),
        ] {
            widgets::write(ui, pos2(x, rect.center().y), words, (face, size), ink);
        }
    });
    if response.clicked() {
        cx.commands.push(Command::Select(event));
    }
}
