//! Which events are labelled, in which row, on which side, from which scale on: decided once,
//! independently of the camera, so that no label ever flickers or jumps.
//!
//! Source: K. Been, E. Daiches, C. Yap, "Dynamic map labeling" (IEEE TVCG 12, 2006): placement is
//! chosen in a preprocessing step, and each label is visible in one contiguous range of scales.
//!
//! Step by step from coarse to fine (a quarter of an octave, in a large file a half), in order of
//! importance and, in a small file, of width, each event that has no slot yet takes the first row of
//! its lane where its footprint fits among those already there *at that scale*. That scale is its
//! [`LabelSlot::min_scale`], that row is its row at every scale. It is labelled if and only if the
//! camera's scale is at least that: no state, hence no flicker. What that costs is measured by
//! `cargo bench --bench labels`.
//!
//! ```text
//!   footprint of an event, label on the right            label on the left
//!   |<- overhang ->|██████ mark ██████|<- overhang ->|         |██ mark ██|
//!                  |Label hangs from its start and sticks out  …and from its end|
//! ```
//!
//! **Why what fits once fits at every finer scale.** Each edge of a footprint is `scale × time + c`
//! where the constant `c` points outward and is fixed per event. For a later event in the row, the
//! gap between two edges is `scale × (t₂ − t₁) − (c₁ + c₂)`: where it is ≥ 0 at one scale with
//! c ≥ 0, it only grows with scale. So nothing here may depend on the camera: side, form, label
//! width and overhangs are all chosen with the row.
//!
//! The levels are computed from coarse to fine by [`LabelPlacer`]: they only append, so finer ones
//! can follow while the coarse ones are on screen. Within a level the events of one row do not
//! overlap and are in the order of time, so the visible ones are found by binary search, level by
//! level, whatever the file's size. It leaves the rows' y positions to [`lanes`](super::lanes) and
//! events without a slot to [`density`](super::density).

mod footprint;
mod placer;
mod row;
mod slots;

pub use placer::{FEW, LabelPlacer, Plan, WIDEST_LABEL_PX};
pub use slots::{
    LabelSlot, LabelSlots, Level, PlacedLabel, Side, is_labelled, label_range, opacity,
};
