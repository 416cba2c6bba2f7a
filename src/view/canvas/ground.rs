//! What lies under a place of the canvas where there is no mark: a lane, and a date.

use crate::{layout::Camera, model::LaneId, view::ViewContext};

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
    let year = match at.year {
        0..=9999 => format!("{:04}", at.year),
        -9999..0 => format!("-{:04}", -at.year),
        year => format!("Y{year}"),
    };
    if secs > 200.0 * DAY_SECS || year.starts_with('Y') {
        year
    } else if secs > 15.0 * DAY_SECS {
        format!("{year}-{:02}", at.month)
    } else {
        format!("{year}-{:02}-{:02}", at.month, at.day)
    }
}
