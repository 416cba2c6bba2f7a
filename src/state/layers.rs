//! What lies on top of the canvas, as one stack: Escape closes the topmost layer.

use super::{State, environment::CanvasGeometry};
use crate::command::{Layer, Panel};

impl State {
    /// Whether this panel is open.
    pub fn shows(&self, panel: Panel) -> bool {
        self.panel == Some(panel)
    }

    /// Whether this layer is there.
    pub fn has(&self, layer: Layer) -> bool {
        match layer {
            Layer::Panel(panel) => self.shows(panel),
            Layer::Picture => self.enlarged.is_some(),
            Layer::ClusterList => self.cluster_list.is_some(),
            Layer::Search => self.search.is_some(),
            Layer::Person => self.person.is_some(),
            Layer::Measurement => self.measure_start.is_some(),
            Layer::Grip => self.writing.gripped.is_some(),
            Layer::NewEvent => self.writing.new_event.is_some(),
            Layer::Several => !self.writing.several.is_empty(),
            Layer::Form => self.writing.is_form_open && self.is_story_open,
            Layer::Story => self.is_story_open,
            Layer::Selection => self.selected.is_some(),
            Layer::Following => self.followed().is_some(),
        }
    }

    /// The topmost layer.
    pub fn top(&self) -> Option<Layer> {
        Layer::STACK.into_iter().find(|&layer| self.has(layer))
    }

    /// Closes a layer.
    pub(super) fn close(&mut self, layer: Layer, geometry: &CanvasGeometry<'_>) {
        match layer {
            Layer::Panel(Panel::Palette) => self.close_palette(),
            Layer::Panel(panel) => self.panel = self.panel.filter(|open| *open != panel),
            Layer::Picture => self.enlarged = None,
            Layer::ClusterList => self.cluster_list = None,
            Layer::Search => self.close_search(geometry),
            Layer::Person => self.person = None,
            Layer::Measurement => self.measure_start = None,
            Layer::Grip => self.writing.gripped = None,
            Layer::NewEvent => self.writing.put_line_aside(),
            Layer::Several => self.writing.several.clear(),
            Layer::Form => {
                self.writing.is_form_open = false;
                self.writing.typed = None;
            }
            Layer::Story => self.open_story(false, geometry),
            Layer::Selection => self.selected = None,
            Layer::Following => self.stop_following(geometry),
        }
    }

    /// Whether a story or another panel is open beside the canvas.
    pub fn is_side_open(&self) -> bool {
        self.is_story_open
            || self.person.is_some()
            || matches!(
                self.panel,
                Some(Panel::Filters | Panel::About | Panel::Columns | Panel::Lists)
            )
    }

    /// Closes what lies over an open story in its place.
    pub(super) fn uncover_story(&mut self) {
        self.person = None;
        let is_side = |panel: &Panel| {
            matches!(
                panel,
                Panel::Filters | Panel::About | Panel::Columns | Panel::Lists
            )
        };
        self.panel = self.panel.filter(|panel| !is_side(panel));
    }

    /// Closes the topmost layer.
    pub(super) fn step_back(&mut self, geometry: &CanvasGeometry<'_>) {
        if let Some(layer) = self.top() {
            self.close(layer, geometry);
        }
    }

    /// Opens a panel in the place of any other, or closes it.
    pub(super) fn toggle(&mut self, panel: Panel) {
        if panel == Panel::Palette && self.shows(panel) {
            return self.close_palette();
        }
        self.writing.is_under_palette = panel == Panel::Palette && self.shows(Panel::Lists);
        self.panel = (!self.shows(panel)).then_some(panel);
        self.writing.lists_opened += u32::from(self.shows(Panel::Lists));
    }

    /// The lists that were open before the palette are open again.
    fn close_palette(&mut self) {
        if self.shows(Panel::Palette) {
            let is_under = std::mem::take(&mut self.writing.is_under_palette);
            self.panel = is_under.then_some(Panel::Lists);
        }
    }

    /// Whether a list, a story or the search is open, whose texts may be long.
    pub fn shows_texts(&self) -> bool {
        self.panel.is_some()
            || self.cluster_list.is_some()
            || self.is_story_open
            || self.person.is_some()
            || self.search.is_some()
            || self.writing.new_event.is_some()
    }
}
