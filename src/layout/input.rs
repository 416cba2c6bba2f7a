//! All that a scene depends on besides the index: the same input gives the same scene, byte for byte.

use super::{
    camera::Camera,
    findings::Findings,
    lit::Lit,
    measure::TextMeasure,
    theme::{Rgba, Theme},
};
use crate::model::EventId;

/// What is looked at, and from where. Two equal ones give the same scene of the same index in the same
/// colours.
#[derive(Copy, Clone, Debug, PartialEq)]
pub struct Sight {
    /// Where one looks. Its x = 0 is the plot's left edge, right of the lanes' names.
    pub camera: Camera,
    /// The canvas, names and axis included, in px.
    pub width_px: f32,
    /// See `width_px`.
    pub height_px: f32,
    /// How much of the canvas something lies over on its right, in px: nothing is drawn there.
    pub covered_px: f32,
    /// How far the lanes are scrolled down, in px; 0 where they fit.
    pub scroll_px: f32,
    /// The chosen event: framed.
    pub selected: Option<EventId>,
    /// The event from which it is told how long it is to the chosen one; framed, too. Where it is the
    /// chosen one, the other is still to be chosen.
    pub measured: Option<EventId>,
    /// The event under the pointer.
    pub hovered: Option<EventId>,
}

impl Sight {
    /// A canvas of so many px, width and height, with nothing chosen, covered or scrolled.
    pub const fn new(camera: Camera, (width_px, height_px): (f32, f32)) -> Self {
        Self {
            camera,
            width_px,
            height_px,
            covered_px: 0.0,
            scroll_px: 0.0,
            selected: None,
            measured: None,
            hovered: None,
        }
    }
}

/// What to draw the timeline for.
pub struct SceneInput<'a> {
    /// What is looked at.
    pub sight: Sight,
    /// What passes the filter: the rest is dimmed.
    pub lit: Option<&'a Lit>,
    /// What a search has found: it glows, the rest steps back.
    pub found: Option<&'a Findings>,
    /// The look.
    pub theme: &'a Theme,
    /// The lanes' colours in this look ([`Theme::lane_colors`]).
    pub lane_colors: &'a [Rgba],
    /// How wide texts are.
    pub measure: &'a dyn TextMeasure,
}
