//! What lies under a place of the canvas where there is no mark: a lane, and a date; and where a
//! date is that is being typed.

use egui::{Rect, Stroke, Ui, pos2};

use crate::{
    layout::Camera,
    model::LaneId,
    time::edtf,
    view::{ViewContext, text::color},
};

/// The lane at a y of the canvas.
pub fn lane_at(y: f32, cx: &ViewContext<'_>) -> Option<LaneId> {
    let y = y - cx.layout.top_px() + cx.state.scroll_px;
    let lanes = &cx.layout.stack.lanes;
    let number = lanes
        .iter()
        .position(|lane| !lane.is_hidden() && y < lane.bottom)
        .or_else(|| lanes.iter().rposition(|lane| !lane.is_hidden()))?;
    LaneId::from_index(number)
}

/// The date at an x of the plot, as precise as some 20 px tell it.
pub fn date_at(x: f32, camera: &Camera) -> String {
    const TOLD_PX: f64 = 20.0;
    const DAY_SECS: f64 = 86_400.0;
    let at = camera.time_from_x(f64::from(x)).civil();
    let secs = camera.secs_per_px() * TOLD_PX;
    // A long year has neither month nor day in EDTF.
    if secs > 200.0 * DAY_SECS || at.year.abs() > 9999 {
        edtf::year(at.year)
    } else if secs > 15.0 * DAY_SECS {
        edtf::month(at.year, at.month)
    } else {
        edtf::day(at)
    }
}

/// Shows where a date is that is being typed.
pub fn typed(ui: &Ui, plot: Rect, cx: &ViewContext<'_>) {
    let Some((from, to)) = cx.state.writing.typed else {
        return;
    };
    let x = |at| plot.left() + cx.camera.x_from_time(at).clamp(-10.0, 1e5) as f32;
    let (x0, x1) = (x(from), x(to));
    let right = plot.right() - cx.covered_px;
    if x1 < plot.left() || x0 > right {
        return;
    }
    let (x0, x1) = (x0.max(plot.left()), x1.max(x0 + 2.0).min(right));
    let ink = cx.theme.accent;
    let band = Rect::from_min_max(pos2(x0, plot.top()), pos2(x1, plot.bottom()));
    ui.painter().rect_filled(band, 0.0, color(ink.faded(0.1)));
    for x in [x0, x1] {
        let stroke = Stroke::new(1.0, color(ink.faded(0.6)));
        ui.painter().vline(x, plot.y_range(), stroke);
    }
}
