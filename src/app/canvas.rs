//! What the canvas is drawn from: the layout for its size and filter, and the lanes' colours; and
//! what drawing reuses.

use std::sync::Arc;

use super::{document::Document, loading::Wanted};
use crate::{
    layout::{
        BundledFonts, CanvasSize, FilterResult, LaneColors, Layout, Theme,
        metrics::{AXIS_PX, TOP_PX},
    },
    model::{Filter, Timeline},
    open::layout_thread::{Died, Measure},
    state::State,
    view::{
        Areas, about::AboutMemory, canvas::CanvasMemory, columns::ColumnsMemory,
        export::ExportMemory, filter::FilterMemory, overview::OverviewMemory, paint::TextPainter,
    },
};

/// What the canvas is drawn from.
pub(super) struct Canvas {
    pub layout: Option<Layout>,
    /// Counts changes: see [`ViewContext::revision`](crate::view::ViewContext::revision).
    pub revision: u64,
    pub measure: Measure,
    /// The lanes' colours, and the name of the theme that they are for.
    lane_colors: (LaneColors, Option<&'static str>),
    /// The filter result and the filter that it was made for.
    filtered: (Filter, Option<FilterResult>),
}

/// What drawing reuses from frame to frame.
#[derive(Default)]
pub(super) struct Painting {
    pub text_painter: TextPainter,
    pub canvas: CanvasMemory,
    pub overview: OverviewMemory,
    pub about: AboutMemory,
    pub columns: ColumnsMemory,
    pub export: ExportMemory,
    /// What the filter panel keeps.
    pub filter: FilterMemory,
}

impl Default for Canvas {
    fn default() -> Self {
        Self {
            layout: None,
            revision: 0,
            measure: Arc::new(BundledFonts::default()),
            lane_colors: Default::default(),
            filtered: (Filter::default(), None),
        }
    }
}

impl Canvas {
    /// Takes another timeline's layout, if it is there already, and drops all that was made of the
    /// previous timeline.
    pub fn replace(&mut self, layout: Option<Layout>) {
        self.layout = layout;
        self.revision += 1;
        self.filtered = Default::default();
        self.lane_colors.1 = None;
    }

    /// Makes sure that there is a layout for this window and filter, or that one is being made.
    ///
    /// # Errors
    ///
    /// Once, where the layout cannot be made: a sentence that says so.
    pub fn lay_out(
        &mut self,
        document: &mut Document,
        state: &State,
        areas: &Areas,
    ) -> Result<(), String> {
        self.update_filter_result(state);
        // Before the camera has moved, the coarsest level is all that is visible.
        let scale = state.camera.map_or(0.0, |camera| camera.px_per_sec());
        let filtered = self.filtered.1.as_ref().filter(|_| state.is_hiding);
        let wanted = Wanted {
            size: canvas_size(areas),
            subset: filtered.map(|filtered| Arc::clone(&filtered.events)),
        };
        let timeline = Arc::clone(document.timeline());
        let shown = (self.layout.as_ref(), &timeline);
        let newer = document
            .loading
            .layout(shown, &wanted, scale, &self.measure);
        match newer {
            Ok(Some(newer)) => {
                self.layout = Some(newer);
                self.revision += 1;
            }
            Ok(None) => {}
            Err(Died) => {
                return Err(
                    "the rows could not be made for this size of the window, which is a \
                            fault of this program; please report it, with the file"
                        .to_owned(),
                );
            }
        }
        self.update_filter_result(state);
        Ok(())
    }

    /// Applies the filter to the events where it has changed.
    fn update_filter_result(&mut self, state: &State) {
        if let Some(layout) = self.layout.as_ref()
            && self.filtered.0 != state.filter
        {
            let result = FilterResult::of(&state.filter, &layout.lane_index);
            self.filtered = (state.filter.clone(), result);
            self.revision += 1;
        }
    }

    /// The filter result, if a filter is on.
    pub fn filter_result(&self) -> Option<&FilterResult> {
        self.filtered.1.as_ref()
    }

    /// Computes the lanes' colours where the file or the theme has changed.
    pub fn color_lanes(&mut self, timeline: &Timeline, theme: &Theme) {
        if self.lane_colors.1 != Some(theme.name) {
            let colors = theme.lane_colors(timeline.lanes());
            self.lane_colors = (colors, Some(theme.name));
            self.revision += 1;
        }
    }

    /// The lanes' colours.
    pub fn lane_colors(&self) -> &LaneColors {
        &self.lane_colors.0
    }
}

/// The canvas size that rows are chosen for, in a window of these parts.
pub(super) fn canvas_size(areas: &Areas) -> CanvasSize {
    let least = AXIS_PX + TOP_PX + 60.0;
    CanvasSize {
        width_px: areas.narrowest_px.max(320.0),
        whole_px: areas.top_bar.width().max(320.0),
        height_px: areas.canvas.height().max(least),
    }
}
