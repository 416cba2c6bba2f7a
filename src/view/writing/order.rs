//! The order of rows: they are dragged, or moved by Ctrl and an arrow, and what is open stays open.

use std::cmp::Ordering;

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
        if took(Key::ArrowUp) && place > 0 {
            return Some((place, place - 1));
        }
        if took(Key::ArrowDown) && place + 1 < heads.len() {
            return Some((place, place + 1));
        }
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

/// The place that a row has once another one has moved.
pub fn after_move(row: usize, (from, to): Move) -> usize {
    if row == from {
        to
    } else if from < row && row <= to {
        row - 1
    } else if to <= row && row < from {
        row + 1
    } else {
        row
    }
}

/// The place that a row has once another one is gone; `None` where it is the one.
pub fn after_removal(row: usize, gone: usize) -> Option<usize> {
    match row.cmp(&gone) {
        Ordering::Less => Some(row),
        Ordering::Equal => None,
        Ordering::Greater => Some(row - 1),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_open_stays_open_when_others_move_or_go() {
        for (from, to) in [(0, 3), (3, 0), (1, 2), (2, 2)] {
            let mut rows = vec![0, 1, 2, 3];
            let moved = rows.remove(from);
            rows.insert(to, moved);
            for row in 0..4 {
                assert_eq!(rows[after_move(row, (from, to))], row, "{from} to {to}");
            }
        }
        let after = [0, 1, 2].map(|row| after_removal(row, 1));
        assert_eq!(after, [Some(0), None, Some(1)]);
    }
}
