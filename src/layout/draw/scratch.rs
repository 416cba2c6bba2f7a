//! Buffers of a drawing.

use super::placed::PlacedEvent;
use crate::{
    layout::{
        density::Histogram, labels::LabelSlot, scene::Rect, theme::Rgba, ticks::Axis,
        wording::DrawnDates,
    },
    model::EventId,
};

/// Buffers that are reused from frame to frame: drawing in a steady pan allocates nothing.
#[derive(Clone, Debug, Default)]
pub struct Scratch {
    pub(super) axis: Axis,
    /// The labelled events, lane by lane, and where those of each lane end.
    pub(super) labelled: Vec<(EventId, LabelSlot)>,
    pub(super) lane_ends: Vec<usize>,
    /// Those in view, in the order of time; where they lie; and their labels.
    pub(super) in_view: Vec<(EventId, LabelSlot)>,
    pub(super) placed: Vec<PlacedEvent>,
    pub(super) label_rects: Vec<Rect>,
    /// What lines touch nothing of: their marks and labels.
    pub(super) obstacles: Vec<Rect>,
    /// Where labels interrupt a line, from y to y.
    pub(super) gaps: Vec<(f32, f32)>,
    pub(super) histogram: Histogram,
    pub(super) dates: DrawnDates,
    pub(super) text: String,
    /// The eras in view.
    pub(super) eras: Vec<EraBand>,
    /// By row of eras: the x up to which it is taken.
    pub(super) era_rows: Vec<f32>,
}

/// An era in view.
#[derive(Clone, Debug)]
pub(super) struct EraBand {
    /// Its number in the file.
    pub number: usize,
    /// The row of its name.
    pub row: usize,
    /// Its band, cut to a little more than the plot.
    pub rect: Rect,
    /// The colour of its lines and name.
    pub color: Rgba,
    /// The background that its band makes on those that it overlaps.
    pub ground: Rgba,
}
