//! A running animation of the camera.

use crate::layout::Flight;

/// A running animation of the camera.
#[derive(Copy, Clone, Debug, PartialEq)]
pub(super) enum Motion {
    Flight { flight: Flight, since_secs: f64 },
    Fling { px_per_sec: f64, at_secs: f64 },
}
