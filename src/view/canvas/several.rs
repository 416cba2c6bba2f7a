//! Choosing several events on the canvas: Ctrl and a click, or a drag over empty ground.

use egui::{Color32, CornerRadius, Id, Key, Pos2, Rect, Response, Stroke, StrokeKind, Ui, pos2};

use crate::{
    command::Command,
    layout::{Hit, Target},
    model::EventId,
    view::{ViewContext, text::color},
};

fn from_id() -> Id {
    Id::unique("several from")
}

/// Begins, shows and ends the choice of a rectangle; whether one is under way.
pub fn choose(ui: &Ui, whole: &Response, hits: &[Hit], cx: &mut ViewContext<'_>) -> bool {
    let origin = whole.rect.min;
    let is_ctrl = ui.input(|input| input.modifiers.command);
    if whole.drag_started() && is_ctrl {
        let at = ui.input(|input| input.pointer.press_origin());
        ui.data_mut(|data| data.insert_temp(from_id(), at));
    }
    let from: Option<Pos2> = ui.data(|data| data.get_temp(from_id())).flatten();
    let (Some(from), Some(to)) = (from, ui.input(|input| input.pointer.latest_pos())) else {
        return false;
    };
    if ui.input(|input| input.key_pressed(Key::Escape)) {
        let none: Option<Pos2> = None;
        ui.data_mut(|data| data.insert_temp(from_id(), none));
        return true;
    }
    let rect = Rect::from_two_pos(from, to);
    let ink = cx.theme.accent;
    ui.painter().rect(
        rect,
        CornerRadius::same(3),
        color(ink.faded(0.08)),
        Stroke::new(1.0, color(ink)),
        StrokeKind::Inside,
    );
    let within: Vec<EventId> = hits
        .iter()
        .filter_map(|hit| match hit.target {
            Target::Event(event) if rect.intersects(placed(hit, origin)) => Some(event),
            _ => None,
        })
        .collect();
    marked(ui, origin, hits, &within, cx);
    if whole.drag_stopped() || !ui.input(|input| input.pointer.primary_down()) {
        let none: Option<Pos2> = None;
        ui.data_mut(|data| data.insert_temp(from_id(), none));
        cx.commands.push(Command::SelectSeveral(within));
    }
    true
}

fn placed(hit: &Hit, origin: Pos2) -> Rect {
    let by = origin.to_vec2();
    Rect::from_min_max(
        pos2(hit.rect.x0, hit.rect.y0) + by,
        pos2(hit.rect.x1, hit.rect.y1) + by,
    )
}

/// Marks the chosen events.
pub fn marked(ui: &Ui, origin: Pos2, hits: &[Hit], events: &[EventId], cx: &ViewContext<'_>) {
    for hit in hits {
        let Target::Event(event) = hit.target else {
            continue;
        };
        if events.contains(&event) {
            ui.painter().rect(
                placed(hit, origin).expand(3.0),
                CornerRadius::same(6),
                Color32::TRANSPARENT,
                Stroke::new(2.0, color(cx.theme.accent)),
                StrokeKind::Outside,
            );
        }
    }
}
