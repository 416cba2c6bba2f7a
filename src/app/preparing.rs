//! What a frame needs first: the layout for this size and filter, and a camera for this width.

use std::sync::Arc;

use super::{App, files::go_to, loading::Wanted};
use crate::{
    layout::{
        CanvasSize, FilterResult, Layout,
        metrics::{AXIS_PX, TOP_PX},
    },
    open::layout_thread::Died,
    state::CanvasGeometry,
    view::Areas,
};

impl App {
    /// Brings the layout up to date for this size and filter, and the camera for this width.
    pub(super) fn prepare(&mut self, areas: &Areas, now_secs: f64) {
        self.light();
        let shown = (self.layout.as_ref(), &self.timeline);
        // Until there is a camera, the coarsest level is enough.
        let scale = self.state.camera.map_or(0.0, |camera| camera.px_per_sec());
        let filtered = self.filtered.1.as_ref().filter(|_| self.state.is_hiding);
        let wanted = Wanted {
            size: canvas_size(areas),
            subset: filtered.map(|filtered| Arc::clone(&filtered.events)),
        };
        let newer = self.loading.layout(shown, &wanted, scale, &self.measure);
        if matches!(newer, Err(Died)) {
            let said = "the rows could not be made for this size of the window, which is a \
                        fault of this program; please report it, with the file";
            self.messages.sentence = Some(said.to_owned());
        }
        let mut is_other_subset = false;
        if let Ok(Some(newer)) = newer {
            let before = self
                .layout
                .as_ref()
                .and_then(|layout| layout.lane_index.subset());
            is_other_subset = before.map(Arc::as_ptr) != newer.lane_index.subset().map(Arc::as_ptr);
            self.layout = Some(newer);
            self.revision += 1;
        }
        self.light();
        let Some(layout) = &self.layout else { return };
        let geometry = geometry(layout, areas, self.state.is_story_open, now_secs);
        self.state.keep_scroll(&geometry);
        if is_other_subset {
            self.state.keep_selected_in_view(&geometry);
        }
        if let Some((_, before_px)) = self
            .plot
            .filter(|&(shut_px, _)| shut_px != geometry.shut_px)
        {
            self.state.resize(before_px, &geometry, false);
            self.state.keep_selected_in_view(&geometry);
        }
        self.plot = Some((geometry.shut_px, self.state.plot_px(&geometry)));
        if let Some(place) = self.place.take() {
            go_to(&mut self.state, &place, &geometry);
        }
        if self.state.camera.is_none() {
            self.state.camera = Some(layout.fit(self.state.plot_px(&geometry)));
        }
    }

    /// Computes the filter result where the filter has changed.
    fn light(&mut self) {
        if let Some(layout) = self
            .layout
            .as_ref()
            .filter(|_| self.filtered.0 != self.state.filter)
        {
            let filter = self.state.filter.clone();
            self.filtered = (
                filter,
                FilterResult::of(&self.state.filter, &layout.lane_index),
            );
            self.revision += 1;
        }
    }
}

/// The canvas size that rows are chosen for, in a window with these areas.
pub(super) fn canvas_size(areas: &Areas) -> CanvasSize {
    let least = AXIS_PX + TOP_PX + 60.0;
    CanvasSize {
        width_px: areas.narrowest_px.max(320.0),
        height_px: areas.canvas.height().max(least),
    }
}

/// The canvas geometry for the areas of a window.
pub(super) fn geometry<'a>(
    layout: &'a Layout,
    areas: &Areas,
    is_story_open: bool,
    now_secs: f64,
) -> CanvasGeometry<'a> {
    let width = areas.canvas.width() - layout.gutter_px;
    let column_px = areas.column_px();
    let (shut_px, open_px) = if is_story_open {
        (width + column_px, width)
    } else {
        (width, width - column_px)
    };
    let sheet_px = areas.sheet_px();
    CanvasGeometry {
        layout,
        shut_px,
        open_px,
        sheet_px,
        canvas_px: areas.canvas.height(),
        now_secs,
    }
}
