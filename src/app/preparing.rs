//! What is made ready before a frame: the index for this size and filter, and a camera for this width.

use std::sync::Arc;

use super::{App, files::go_to, loading::Wanted};
use crate::{
    layout::{
        Index, Key, Lit,
        index::{AXIS_PX, TOP_PX},
    },
    open::indexing::Died,
    state::Stage,
    view::Areas,
};

impl App {
    /// Sees to it that there is an index for this size, and a camera for this width.
    pub(super) fn prepare(&mut self, areas: &Areas, now_secs: f64) {
        self.light();
        let shown = (self.index.as_ref(), &self.timeline);
        // While nobody has looked yet, the coarsest level is all there is to see.
        let scale = self.state.camera.map_or(0.0, |camera| camera.px_per_sec());
        let lit = self.lit.1.as_ref().filter(|_| self.state.is_hiding);
        let wanted = Wanted {
            key: key(areas),
            choice: lit.map(|lit| Arc::clone(&lit.events)),
        };
        let newer = self.loading.index(shown, &wanted, scale, &self.measure);
        if matches!(newer, Err(Died)) {
            let said = "the rows could not be made for this size of the window, which is a \
                        fault of this program; please report it, with the file";
            self.messages.sentence = Some(said.to_owned());
        }
        let mut is_other_choice = false;
        if let Ok(Some(newer)) = newer {
            let before = self.index.as_ref().and_then(|index| index.tally.choice());
            is_other_choice = before.map(Arc::as_ptr) != newer.tally.choice().map(Arc::as_ptr);
            self.index = Some(newer);
            self.revision += 1;
        }
        self.light();
        let Some(index) = &self.index else { return };
        let stage = stage(index, areas, self.state.is_story_open, now_secs);
        self.state.keep_scroll(&stage);
        if is_other_choice {
            self.state.keep_selected_in_view(&stage);
        }
        if let Some((_, before_px)) = self.plot.filter(|&(shut_px, _)| shut_px != stage.shut_px) {
            self.state.resize(before_px, &stage, false);
            self.state.keep_selected_in_view(&stage);
        }
        self.plot = Some((stage.shut_px, self.state.plot_px(&stage)));
        if let Some(place) = self.place.take() {
            go_to(&mut self.state, &place, &stage);
        }
        if self.state.camera.is_none() {
            self.state.camera = Some(index.fit(self.state.plot_px(&stage)));
        }
    }

    /// Finds what passes the filter, where that is another one.
    fn light(&mut self) {
        if let Some(index) = self
            .index
            .as_ref()
            .filter(|_| self.lit.0 != self.state.filter)
        {
            let filter = self.state.filter.clone();
            self.lit = (filter, Lit::of(&self.state.filter, &index.tally));
            self.revision += 1;
        }
    }
}

/// What rows are chosen for in a window of these parts.
pub(super) fn key(areas: &Areas) -> Key {
    let least = AXIS_PX + TOP_PX + 60.0;
    Key {
        width_px: areas.narrowest_px.max(320.0),
        height_px: areas.canvas.height().max(least),
    }
}

/// What commands are carried out on, for the parts of a window.
pub(super) fn stage<'a>(
    index: &'a Index,
    areas: &Areas,
    is_story_open: bool,
    now_secs: f64,
) -> Stage<'a> {
    let width = areas.canvas.width() - index.gutter_px;
    let column_px = areas.column_px();
    let (shut_px, open_px) = if is_story_open {
        (width + column_px, width)
    } else {
        (width, width - column_px)
    };
    let sheet_px = areas.sheet_px();
    Stage {
        index,
        shut_px,
        open_px,
        sheet_px,
        canvas_px: areas.canvas.height(),
        now_secs,
    }
}
