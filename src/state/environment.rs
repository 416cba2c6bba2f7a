//! What commands are applied in: the chronology, the canvas and the time.

use crate::{layout::Layout, model::Timeline};

/// What commands are applied in.
pub struct Environment<'a> {
    /// The chronology.
    pub timeline: &'a Timeline,
    /// The canvas, once the chronology is laid out and where it is shown: not during a lesson.
    pub canvas: Option<CanvasGeometry<'a>>,
    /// Seconds of a clock that goes on while the computer sleeps: lessons count by it.
    pub clock_secs: f64,
}

/// The layout, the sizes and the time of the canvas.
pub struct CanvasGeometry<'a> {
    /// The file's layout.
    pub layout: &'a Layout,
    /// The plot's width in px while no story is open.
    pub shut_px: f32,
    /// The plot's width in px while a story is open.
    pub open_px: f32,
    /// Width of the plot's right part that an open story covers, in px; 0 where it has its own
    /// column.
    pub sheet_px: f32,
    /// The canvas' height, in px.
    pub canvas_px: f32,
    /// Time of a monotonic clock, in seconds.
    pub now_secs: f64,
}
