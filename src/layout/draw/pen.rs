//! What every drawing function of the canvas needs: layout, input, and where things lie.

use crate::{
    layout::{
        build::Layout, density::Grid, input::SceneInput, mark::Drawn, metrics::Form, scene::Rect,
        theme::Rgba,
    },
    model::{EventId, LaneId},
    time::Moment,
};

/// The height of a bar or a band, in px.
pub(super) const MARK_PX: f32 = 13.0;
/// How far outside the plot marks are still drawn, in px: an `f32` holds it with room to spare.
pub(super) const FAR_PX: f64 = 200.0;

/// What every drawing function needs.
pub(super) struct Pen<'a> {
    pub(super) layout: &'a Layout,
    pub(super) input: &'a SceneInput<'a>,
    pub(super) plot: Rect,
    pub(super) grid: Grid,
    /// The y of the top of the lanes.
    pub(super) lanes_y: f32,
    /// See [`Layout::whole`].
    pub(super) whole_scale: f64,
}

impl Pen<'_> {
    /// Canvas x of a plot x, rounded to whole pixels so that hairlines stay sharp.
    pub(super) fn sharp_x(&self, plot_x: f64) -> f32 {
        (f64::from(self.plot.x0) + plot_x).round() as f32
    }

    /// Canvas x of an instant, clamped to a range in which an `f32` is precise enough.
    pub(super) fn canvas_x(&self, time: Moment) -> f32 {
        self.plot.x0
            + self
                .input
                .params
                .camera
                .x_from_time(time)
                .clamp(-FAR_PX, 1e5) as f32
    }

    /// How far marks lie below the top of their row, in px.
    pub(super) fn mark_top(&self) -> f32 {
        match self.layout.form {
            Form::Under => 1.0,
            Form::Beside => ((self.layout.stack.pitch - MARK_PX) / 2.0).floor(),
        }
    }

    /// The mark's rectangle, cut to a little more than the plot.
    pub(super) fn bar_rect(&self, drawn: &Drawn, top: f32) -> Rect {
        let width = f64::from(self.plot.width());
        let x = |x: f64| self.plot.x0 + x.clamp(-FAR_PX, width + FAR_PX) as f32;
        let y = top + self.mark_top();
        Rect::new(x(drawn.x0), y, x(drawn.x1), y + MARK_PX)
    }

    pub(super) fn lane_color(&self, lane: LaneId) -> Rgba {
        self.input.lane_colors.of(lane)
    }

    /// An event's opacity under the filter and the search highlight, 0 to 1.
    pub(super) fn visibility(&self, event: EventId) -> f32 {
        let params = &self.input.params;
        if [params.selected, params.measure_start].contains(&Some(event)) {
            // Selected and measured events are never dimmed.
            return 1.0;
        }
        let filtered = self
            .input
            .filtered
            .map_or(1.0, |filtered| filtered.opacity(event));
        filtered * self.input.found.map_or(1.0, |found| found.opacity(event))
    }
}
