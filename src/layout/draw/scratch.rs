//! Buffers of a drawing.

use crate::{
    layout::{density::Histogram, labels::LabelSlot, ticks::Axis, wording::Wording},
    model::EventId,
};

/// Buffers that are reused from frame to frame: drawing in a steady pan allocates nothing.
#[derive(Clone, Debug, Default)]
pub struct Scratch {
    pub(super) axis: Axis,
    /// The labelled events of a lane, and those in view.
    pub(super) in_lane: Vec<(EventId, LabelSlot)>,
    pub(super) in_view: Vec<(EventId, LabelSlot)>,
    pub(super) histogram: Histogram,
    pub(super) wording: Wording,
    pub(super) text: String,
    /// By lane: the strength of its bands as a multiple of [`BAND_STRENGTH`].
    pub(super) bands: Vec<f32>,
}
