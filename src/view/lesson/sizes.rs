//! The sizes of letters on a stage.

use crate::layout::measure::half_px;

/// Sizes at a unit of 1, in px: lane, title, date, what is not known of it, text.
const LANE_PX: f32 = 20.0;
/// See [`LANE_PX`].
const TITLE_PX: f32 = 96.0;
/// See [`LANE_PX`].
const DATE_PX: f32 = 34.0;
/// See [`LANE_PX`].
const NOTE_PX: f32 = 28.0;
/// See [`LANE_PX`].
const BODY_PX: f32 = 34.0;
/// No text is smaller than this, at a unit of 1.
pub(super) const LEAST_PX: f32 = 20.0;

/// The sizes of one story, in px.
#[derive(Copy, Clone, Debug, PartialEq)]
pub(super) struct Sizes {
    pub lane: f32,
    pub title: f32,
    pub date: f32,
    pub note: f32,
    pub body: f32,
}

impl Sizes {
    pub(super) fn at(px: f32, scale: f32, shrunk: f32) -> Self {
        let of = |size: f32, shrunk: f32| half_px((size * scale * shrunk).max(LEAST_PX) * px);
        let less = shrunk.sqrt();
        Self {
            lane: half_px(LANE_PX * px),
            title: of(TITLE_PX, shrunk),
            date: of(DATE_PX, less),
            note: of(NOTE_PX, less),
            body: of(BODY_PX, less),
        }
    }
}
