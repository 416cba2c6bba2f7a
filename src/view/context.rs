//! What every part of the main window may read, and the commands that it returns. The windows of a
//! lesson have [`Show`](super::lesson::Show) instead.

use std::path::PathBuf;

use super::{gallery::Gallery, writing::Writing};
use crate::{
    command::Command,
    layout::{
        Camera, FilterResult, LaneColors, Layout, SearchHighlight, TextMeasure, Theme, theme::Rgba,
    },
    model::EventId,
    state::State,
};

/// A file that was open before.
#[derive(Clone, Debug)]
pub struct Recent {
    /// Its name, as one line.
    pub name: String,
    /// Its whole path, as one line.
    pub path_text: String,
    /// The path to open.
    pub path: PathBuf,
}

/// What every part of the window may read, and the commands that it returns.
pub struct ViewContext<'a> {
    /// The file, laid out.
    pub layout: &'a Layout,
    /// The state of the window.
    pub state: &'a State,
    /// The camera.
    pub camera: Camera,
    /// The width of the plot, in px.
    pub plot_px: f32,
    /// How much of the canvas a sheet covers on its right, in px.
    pub covered_px: f32,
    /// Counts up when layout, filter, search highlight, theme or lane colours change: pictures made
    /// before are out of date.
    pub revision: u64,
    /// The files that were open before, the latest first.
    pub recent: &'a [Recent],
    /// Whether the program was started for the very first time, and what the file is about has not
    /// been looked at: a hint leads there.
    pub has_hint: bool,
    /// The filter result, if a filter is on.
    pub filtered: Option<&'a FilterResult>,
    /// The search highlight, if a search has results.
    pub found: Option<&'a SearchHighlight>,
    /// The pictures of the open story, as far as they are read.
    pub gallery: &'a Gallery,
    /// What can be undone and saved, and the row of the open form.
    pub writing: Writing<'a>,
    /// The theme.
    pub theme: &'a Theme,
    /// The lanes' colours in this theme.
    pub lane_colors: &'a LaneColors,
    /// Measures the width of texts.
    pub measure: &'a dyn TextMeasure,
    /// The commands to apply, in order.
    pub commands: &'a mut Vec<Command>,
}

impl ViewContext<'_> {
    /// The colour of an event's lane.
    pub fn lane_color(&self, event: EventId) -> Rgba {
        self.lane_colors.of(self.layout.timeline.lane(event))
    }
}
