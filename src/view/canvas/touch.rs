//! Fingers on the canvas: two of them pan and zoom, one that is held asks for a card.

use std::time::Duration;

use egui::{InputState, Pos2, Rect, Ui};

use crate::{command::Command, view::ViewContext};

/// A finger that is held on a mark for this long, in seconds, shows its card.
const LONG_TOUCH_SECS: f64 = 0.5;
/// A finger that moves less than this far, in px, is held.
const HELD_PX: f32 = 8.0;

/// Where a finger is held that was put down there.
pub fn held_at(ui: &Ui) -> Option<Pos2> {
    if !ui.input(InputState::any_touches) {
        return None;
    }
    let (from, held_secs) = ui.input(|input| {
        let pointer = &input.pointer;
        let from = pointer.press_origin()?;
        let way = from.distance(pointer.latest_pos()?);
        let start = pointer.press_start_time().filter(|_| way < HELD_PX)?;
        Some((from, input.time - start))
    })?;
    let left_secs = LONG_TOUCH_SECS - held_secs;
    if left_secs > 0.0 {
        let left = Duration::from_secs_f64(left_secs);
        ui.ctx().request_repaint_after(left);
        return None;
    }
    Some(from)
}

/// Two fingers pan and zoom about the point between them: what is under them stays there. Returns
/// whether they do.
pub fn pinch(ui: &Ui, rect: Rect, plot: Rect, cx: &mut ViewContext<'_>) -> bool {
    let Some(fingers) = ui.input(InputState::multi_touch) else {
        return false;
    };
    if !rect.contains(fingers.center_pos) {
        return false;
    }
    let by = fingers.translation_delta;
    let camera = cx.camera.panned(f64::from(-by.x));
    let x = f64::from(fingers.center_pos.x - plot.left());
    let camera = camera.zoomed_about(x, f64::from(fingers.zoom_delta));
    if camera != cx.camera {
        cx.commands.push(Command::SetCamera(camera));
    }
    if by.y != 0.0 {
        cx.commands.push(Command::Scroll(-by.y));
    }
    true
}
