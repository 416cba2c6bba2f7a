//! All that a scene depends on besides the layout: the same input gives the same scene, byte for
//! byte.

use super::{
    camera::Camera,
    filter_result::FilterResult,
    measure::TextMeasure,
    search_highlight::SearchHighlight,
    theme::{LaneColors, Theme},
};
use crate::model::EventId;

/// The camera, the canvas and the events that are drawn specially. With the rest of the
/// [`SceneInput`] and the layout unchanged, equal params give the same scene.
#[derive(Copy, Clone, Debug, PartialEq)]
pub struct ViewParams {
    /// The camera. Its x = 0 is the plot's left edge, right of the lanes' names.
    pub camera: Camera,
    /// The canvas' width in px, lane names included.
    pub width_px: f32,
    /// The canvas' height in px, axis included.
    pub height_px: f32,
    /// The width of the canvas' right part that something else covers, in px: nothing is drawn
    /// there.
    pub covered_px: f32,
    /// How far the lanes are scrolled down, in px; 0 where they fit.
    pub scroll_px: f32,
    /// The selected event: framed.
    pub selected: Option<EventId>,
    /// Start of a duration measurement; `selected` is its end. Framed, too. Where both are the same
    /// event, the end is still to be chosen.
    pub measure_start: Option<EventId>,
    /// The event under the pointer.
    pub hovered: Option<EventId>,
    /// The opacity of labels that an edge of the plot cuts: 0 in views that the program has chosen,
    /// 1 in those chosen by hand, where they fade out at the edge.
    pub cut_labels: f32,
    /// Whether names of eras reach beyond their bands where these are too narrow: on paper, where
    /// nothing can be pointed at.
    pub has_whole_names: bool,
}

impl ViewParams {
    /// The same on paper: nothing is cut.
    pub const fn on_paper(camera: Camera, size_px: (f32, f32)) -> Self {
        Self {
            cut_labels: 0.0,
            has_whole_names: true,
            ..Self::new(camera, size_px)
        }
    }

    /// A canvas of this width and height in px, with nothing selected, measured, hovered, covered
    /// or scrolled.
    pub const fn new(camera: Camera, (width_px, height_px): (f32, f32)) -> Self {
        Self {
            camera,
            width_px,
            height_px,
            covered_px: 0.0,
            scroll_px: 0.0,
            selected: None,
            measure_start: None,
            hovered: None,
            cut_labels: 1.0,
            has_whole_names: false,
        }
    }
}

/// Everything that a scene depends on besides the layout.
pub struct SceneInput<'a> {
    /// The camera, the canvas and the events that are drawn specially.
    pub params: ViewParams,
    /// The events that pass the filter: the others are dimmed.
    pub filtered: Option<&'a FilterResult>,
    /// The search results: they glow, other events are dimmed.
    pub found: Option<&'a SearchHighlight>,
    /// The theme.
    pub theme: &'a Theme,
    /// The lanes' colours in this theme ([`Theme::lane_colors`]).
    pub lane_colors: &'a LaneColors,
    /// Measures the widths of texts.
    pub measure: &'a dyn TextMeasure,
}
