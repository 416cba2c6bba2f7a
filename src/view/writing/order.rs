//! The order of rows: they are dragged, or moved by Ctrl and an arrow.

use egui::{CursorIcon, Key, Modifiers, Response, Stroke, Ui};

use crate::view::{ViewContext, text::color};

/// A move of a row that was just made by hand or by key: from which place to which.
pub type Move = (usize, usize);

/// Shows where a row goes that is being dragged; the move, once one is made. `heads` are the lines of
/// the rows, from top to bottom.
pub fn reordered(ui: &Ui, heads: &[Response], cx: &ViewContext<'_>) -> Option<Move> {
    let focused = heads.iter().position(Response::has_focus);
    if let Some(place) = focused {
        let took = |key| ui.input_mut(|input| input.consume_key(Modifiers::COMMAND, key));
        let up = place.checked_sub(1).filter(|_| took(Key::ArrowUp));
        let down = Some(place + 1).filter(|to| *to < heads.len() && took(Key::ArrowDown));
        if let Some(to) = up.or(down) {
            // The keyboard goes with the row, so that it can be moved on.
            heads.get(to)?.request_focus();
            return Some((place, to));
        }
    }
    if heads.iter().any(Response::drag_started) {
        // A drag is no click: the field that is typed in hands over its text before its row moves.
        ui.memory_mut(|memory| {
            if let Some(focused) = memory.focused() {
                memory.surrender_focus(focused);
            }
        });
    }
    let is_dragged = |head: &Response| head.dragged() || head.drag_stopped();
    let from = heads.iter().position(is_dragged)?;
    let pointer = ui.input(|input| input.pointer.latest_pos())?;
    let above = heads.iter().enumerate().filter(|(place, head)| {
        let is_other = *place != from;
        is_other && head.rect.center().y < pointer.y
    });
    let to = above.count();
    if heads.get(from)?.drag_stopped() {
        return (to != from).then_some((from, to));
    }
    ui.set_cursor_icon(CursorIcon::Grabbing);
    let at = heads.get(to)?.rect;
    let y = if to > from { at.bottom() } else { at.top() };
    let stroke = Stroke::new(2.0, color(cx.theme.accent));
    if to != from {
        ui.painter().hline(at.x_range(), y, stroke);
    }
    None
}
