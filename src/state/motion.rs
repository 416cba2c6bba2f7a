//! A running animation of the camera, and who has chosen what it shows.

use crate::layout::Flight;

/// A running animation of the camera.
#[derive(Copy, Clone, Debug, PartialEq)]
pub(super) enum Motion {
    Flight { flight: Flight, since_secs: f64 },
    Fling { px_per_sec: f64, at_secs: f64 },
}

/// Who has chosen the view.
#[derive(Copy, Clone, Debug, Default, PartialEq, Eq)]
pub enum ChosenBy {
    /// The program, to show the whole file, an event, a result, a range.
    #[default]
    Program,
    /// The user, by dragging or the wheel: labels may be cut at its edges.
    Hand,
}
