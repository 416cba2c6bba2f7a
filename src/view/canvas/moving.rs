//! Changing the chronology on the canvas: Ctrl and a drag move an event, one of its ends, or it to
//! another lane; a drag from the handle of the selected mark to another one makes a cause.

use egui::{
    CornerRadius, CursorIcon, FontId, Id, Key, Pos2, Rect, Response, Sense, Shape, Stroke,
    StrokeKind, Ui, pos2, vec2,
};
use serde_json::{Value, json};

use super::ground::lane_at;
use crate::{
    command::{Command, FormField},
    edit::{Change, Item, Moved, Subject, shifted, typed_date},
    layout::{Face, Hit, Target},
    model::EventId,
    view::{ViewContext, accessible, text, text::color},
};

/// An end is gripped this near to it, in px.
const END_PX: f32 = 7.0;
/// Shorter marks are gripped as a whole, in px.
const SHORT_PX: f32 = 30.0;
/// The radius of the handle, in px.
const HANDLE_PX: f32 = 6.0;

/// Begins, shows and ends the move of an event; whether one is under way, so that nothing is panned.
pub fn show(ui: &Ui, whole: &Response, hits: &[Hit], cx: &mut ViewContext<'_>) -> bool {
    let origin = whole.rect.min;
    let is_ctrl = ui.input(|input| input.modifiers.command);
    if whole.drag_started()
        && is_ctrl
        && let Some(at) = ui.input(|input| input.pointer.press_origin())
        && let Some((event, moved)) = gripped(at - origin.to_vec2(), hits, cx)
    {
        ui.data_mut(|data| data.insert_temp(from_id(), at));
        cx.commands.push(Command::Grip(Some((event, moved))));
        return true;
    }
    let Some((event, moved)) = cx.state.writing.gripped else {
        return false;
    };
    let from: Option<Pos2> = ui.data(|data| data.get_temp(from_id()));
    let to = ui.input(|input| input.pointer.latest_pos());
    let (Some(from), Some(to)) = (from, to) else {
        cx.commands.push(Command::Grip(None));
        return true;
    };
    // With Ctrl still held it is no key of its own.
    if ui.input(|input| input.key_pressed(Key::Escape)) {
        cx.commands.push(Command::Grip(None));
        return true;
    }
    ui.set_cursor_icon(CursorIcon::Grabbing);
    let date = cx
        .writing
        .gripped
        .and_then(|row| row.get("date"))
        .and_then(Value::as_str);
    let by_secs = (f64::from(to.x - from.x) * cx.camera.secs_per_px()).round();
    let wanted = date.and_then(|date| shifted(date, moved, by_secs as i64));
    let timeline = &cx.layout.timeline;
    let own = timeline.lane(event);
    let lane = lane_at(to.y - origin.y, cx).filter(|lane| *lane != own && moved == Moved::Whole);
    let mut words = match &wanted {
        Some(wanted) => {
            typed_date(wanted).map_or_else(|_| wanted.clone(), |it| it.words().to_string())
        }
        None => "this date cannot be moved so".to_owned(),
    };
    if let Some(lane) = lane {
        words.push_str(" · ");
        words.push_str(&timeline.lane_record(lane).label);
    }
    ghost(ui, event, moved, (from, to), cx);
    label(ui, to, &words, cx);
    accessible::announce(ui.ctx(), "moved", || words.clone());
    if whole.drag_stopped() || !ui.input(|input| input.pointer.primary_down()) {
        cx.commands.push(Command::Grip(None));
        let mut changes = Vec::new();
        let item = Item::of(Subject::Event(event));
        let mut write = |field: &'static str, value: String| {
            changes.push(item.write(field, Value::from(value)));
        };
        if let Some(wanted) = wanted.filter(|wanted| Some(wanted.as_str()) != date) {
            write("date", wanted);
        }
        if let Some(lane) = lane {
            write("lane", timeline.lane_record(lane).id.clone());
        }
        if !changes.is_empty() {
            let name = "move event".to_owned();
            cx.commands
                .push(Command::Edit(Change::Together { name, changes }));
        }
    }
    true
}

/// Where the pointer was pressed.
fn from_id() -> Id {
    Id::unique("gripped from")
}

/// The event at a place of the canvas, and what of it is gripped there.
fn gripped(at: Pos2, hits: &[Hit], cx: &ViewContext<'_>) -> Option<(EventId, Moved)> {
    let hit = hits
        .iter()
        .rev()
        .find(|hit| hit.rect.contains(at.x, at.y))?;
    let Target::Event(event) = hit.target else {
        return None;
    };
    let drawn = cx.layout.mark(event)?.drawn(&cx.camera);
    let gutter = cx.layout.gutter_px;
    let (x0, x1) = (gutter + drawn.x0 as f32, gutter + drawn.x1 as f32);
    let moved = if x1 - x0 < SHORT_PX {
        Moved::Whole
    } else if (at.x - x0).abs() < END_PX {
        Moved::Start
    } else if (at.x - x1).abs() < END_PX {
        Moved::End
    } else {
        Moved::Whole
    };
    Some((event, moved))
}

/// Where the mark will be.
fn ghost(ui: &Ui, event: EventId, moved: Moved, (from, to): (Pos2, Pos2), cx: &ViewContext<'_>) {
    let Some(mark) = cx.layout.mark(event) else {
        return;
    };
    let drawn = mark.drawn(&cx.camera);
    let by = to.x - from.x;
    let left = ui.max_rect().left() + cx.layout.gutter_px;
    let (mut x0, mut x1) = (left + drawn.x0 as f32, left + drawn.x1 as f32);
    match moved {
        Moved::Whole => (x0, x1) = (x0 + by, x1 + by),
        Moved::Start => x0 = (x0 + by).min(x1),
        Moved::End => x1 = (x1 + by).max(x0),
    }
    let y = if moved == Moved::Whole { to.y } else { from.y };
    let rect = Rect::from_min_max(
        pos2(x0 - 1.0, y - 8.0),
        pos2(x1.max(x0 + 12.0) + 1.0, y + 8.0),
    );
    let ink = color(cx.lane_color(event));
    ui.painter().rect(
        rect,
        CornerRadius::same(3),
        color(cx.lane_color(event).faded(0.25)),
        Stroke::new(1.5, ink),
        StrokeKind::Inside,
    );
}

/// Words beside the pointer.
fn label(ui: &Ui, at: Pos2, words: &str, cx: &ViewContext<'_>) {
    let theme = cx.theme;
    let painter = ui.ctx().layer_painter(egui::LayerId::new(
        egui::Order::Tooltip,
        Id::unique("moving"),
    ));
    let font: FontId = text::font(Face::SansMedium, 13.0);
    let galley = painter.layout_no_wrap(words.to_owned(), font, color(theme.ink));
    let size = galley.size() + vec2(20.0, 12.0);
    let window = ui.ctx().content_rect().shrink(8.0);
    let corner = pos2(
        (at.x + 14.0).min(window.right() - size.x),
        (at.y - size.y - 12.0).max(window.top()),
    );
    let rect = Rect::from_min_size(corner, size);
    painter.rect(
        rect,
        CornerRadius::same(6),
        color(theme.panel),
        Stroke::new(1.0, color(theme.hairline)),
        StrokeKind::Inside,
    );
    painter.galley(rect.min + vec2(10.0, 6.0), galley, color(theme.ink));
}

/// Whether one event is given as a cause of another.
fn led_to(event: EventId, other: EventId, cx: &ViewContext<'_>) -> bool {
    let because = cx.layout.timeline.event(other).because;
    because.iter().any(|link| link.event == event)
}

/// The handle at the end of the selected mark, from which a cause is drawn to another mark.
pub fn handle(ui: &Ui, origin: Pos2, hits: &[Hit], plot: Rect, cx: &mut ViewContext<'_>) {
    let Some(event) = cx
        .state
        .selected
        .filter(|_| cx.state.writing.gripped.is_none())
    else {
        return;
    };
    let own = hits.iter().find(|hit| hit.target == Target::Event(event));
    let Some(rect) = own.map(|hit| hit.rect) else {
        return;
    };
    let middle = pos2(
        origin.x + rect.x1 + 14.0,
        origin.y + f32::midpoint(rect.y0, rect.y1),
    );
    if !plot.contains(middle) {
        return;
    }
    let theme = cx.theme;
    let area = Rect::from_center_size(middle, vec2(20.0, 20.0));
    let id = Id::unique("cause handle");
    let response = ui.interact(area, id, Sense::drag());
    let name = "Drag to the event that it led to";
    accessible::name(&response, egui::Role::Image, name);
    let ink = color(cx.lane_color(event));
    let is_on = response.hovered() || response.dragged();
    let fill = if is_on { ink } else { color(theme.panel) };
    ui.painter()
        .circle(middle, HANDLE_PX, fill, Stroke::new(1.5, ink));
    let response = response.on_hover_cursor(CursorIcon::Crosshair);
    let response = if response.dragged() {
        response
    } else {
        response.on_hover_text(name)
    };
    let Some(to) = response.interact_pointer_pos() else {
        return;
    };
    let at = to - origin.to_vec2();
    let target = hits.iter().rev().find_map(|hit| match hit.target {
        Target::Event(other) if other != event && hit.rect.contains(at.x, at.y) => {
            Some((other, hit.rect))
        }
        _ => None,
    });
    ui.painter()
        .add(Shape::line_segment([middle, to], Stroke::new(1.5, ink)));
    let words = match target {
        Some((other, rect)) => {
            let rect = Rect::from_min_max(
                pos2(rect.x0, rect.y0) + origin.to_vec2(),
                pos2(rect.x1, rect.y1) + origin.to_vec2(),
            );
            let stroke = Stroke::new(2.0, ink);
            let radius = CornerRadius::same(6);
            ui.painter()
                .rect_stroke(rect.expand(3.0), radius, stroke, StrokeKind::Outside);
            let timeline = &cx.layout.timeline;
            let short = timeline.short(other);
            let (is_linked, is_reversed) = (led_to(event, other, cx), led_to(other, event, cx));
            if is_linked {
                format!("It led to {short} already")
            } else if is_reversed {
                format!("{short} led to it: it cannot have led to that, too")
            } else if timeline.start(other) < timeline.start(event) {
                format!("It led to: {short}, though that was earlier")
            } else {
                format!("It led to: {short}")
            }
        }
        None => "to the event that it led to".to_owned(),
    };
    label(ui, to, &words, cx);
    if response.drag_stopped()
        && let Some((other, _)) = target
        && !led_to(event, other, cx)
        && !led_to(other, event, cx)
    {
        let id = cx.layout.timeline.event(event).id.to_owned();
        let item = Item::of(Subject::Event(other));
        let change = item.add("because", json!({ "event": id }));
        cx.commands.push(Command::Edit(change));
        // Its words are typed in the form.
        cx.commands.push(Command::SelectNew {
            event: other,
            form: Some(FormField::LastCause),
        });
    }
}
