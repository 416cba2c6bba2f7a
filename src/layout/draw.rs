//! Draws a [`Layout`] and a [`SceneInput`] into a [`Scene`]: decides what the timeline looks like.
//!
//! ```text
//!  0        gutter                                width
//!  ├ names ┼ plot ───────────────────────────────┤ 0
//!  │ ● War │ as-of note        ┊                 │
//!  │       │ ▒▓▓▒ mark         ┊                 │
//!  │       │ Label             ┊                 │
//!  ├───────┼─────────────────────────────────────┤ height − AXIS_PX
//!  │       │ 2003   2004   2005   axis           │
//!  └───────┴─────────────────────────────────────┘ height
//! ```
//!
//! It leaves to [`mark`](super::mark) what a date looks like, to [`labels`](super::labels) which
//! labels there are and where, and painting to the view.

mod axis;
mod background;
mod between;
mod causes;
pub mod clusters;
mod date;
mod eras;
mod labelled;
pub mod legend;
mod pen;
mod placed;
mod routes;
mod scratch;
mod stage_axis;
pub mod stage_pen;
pub mod stage_timeline;

pub use scratch::Scratch;

use pen::{FAR_PX, MARK_PX, Pen};

use super::{
    build::Layout,
    density::Grid,
    input::SceneInput,
    labels::LabelSlot,
    lanes::{self, LaneBox},
    metrics::AXIS_PX,
    scene::{InView, Rect, Scene},
};
use crate::model::{EventId, LaneId};

/// Draws the timeline for `input` into `scene`. The buffers of both are reused.
pub fn scene(layout: &Layout, input: &SceneInput<'_>, scratch: &mut Scratch, scene: &mut Scene) {
    scene.clear();
    let axis_y = input.params.height_px - AXIS_PX;
    let right = input.params.width_px - input.params.covered_px;
    let plot = Rect::new(layout.gutter_px.min(right), 0.0, right, axis_y);
    scene.plot = plot;
    let pen = Pen {
        layout,
        input,
        plot,
        grid: Grid::new(&input.params.camera, f64::from(plot.width())),
        lanes_y: layout.top_px() - input.params.scroll_px,
        whole_scale: layout.whole_scale(),
    };
    let width_px = f64::from(plot.width());
    scratch
        .axis
        .fill(&input.params.camera, width_px, input.measure);

    pen.select(scratch, scene);
    pen.place(scratch);

    scene.rect(
        Rect::new(0.0, 0.0, right, input.params.height_px),
        input.theme.ground,
    );
    scene.clip(plot);
    pen.grid(scratch, scene);
    scene.clip(Rect::new(0.0, pen.lanes_top(), right, axis_y));
    pen.lanes(scene);
    scene.clip(plot);
    pen.as_of(scratch, scene);
    pen.eras(scratch, scene);
    if pen.lanes_top() > plot.y0 {
        scene.clip(pen.lanes_clip());
    }
    pen.events(scratch, scene);
    scene.clip(Rect::new(0.0, 0.0, right, input.params.height_px));
    let said = pen.said(&mut scratch.text, scene);
    pen.axis(&scratch.axis, said.as_ref().map(|said| said.rect), scene);
    if let Some(said) = &said {
        pen.between(said, scene);
    }
    scene.finish();
}

impl Pen<'_> {
    /// The y from which on lanes are seen: scrolled ones are clipped below the notes at the top of
    /// the plot.
    fn lanes_top(&self) -> f32 {
        if self.input.params.scroll_px > 0.0 {
            self.layout.top_px()
        } else {
            self.plot.y0
        }
    }

    /// What lanes are clipped to.
    fn lanes_clip(&self) -> Rect {
        Rect {
            y0: self.lanes_top(),
            ..self.plot
        }
    }

    /// Finds the labelled events of each lane in view, and counts.
    fn select(&self, scratch: &mut Scratch, scene: &mut Scene) {
        let layout = self.layout;
        let scale = self.input.params.camera.px_per_sec();
        scene.labelled = layout.slots.labelled(scale);
        scene.clustered = layout.lane_index.len() - scene.labelled;
        // The grid is wider than the view: marks that begin outside may extend into it, and the
        // histogram subtracts the labelled events of the whole grid.
        let range = layout.events_between(self.grid.range());
        let width = f64::from(self.plot.width());
        let [earliest, latest] =
            [-FAR_PX, width + FAR_PX].map(|x| self.input.params.camera.time_from_x(x));
        let Scratch {
            labelled,
            lane_ends,
            in_view,
            ..
        } = scratch;
        labelled.clear();
        lane_ends.clear();
        in_view.clear();
        for (number, lane_box) in layout.stack.lanes.iter().enumerate() {
            let (top, bottom) = (self.lanes_y + lane_box.top, self.lanes_y + lane_box.bottom);
            let lane = LaneId::new(number as u16);
            let first = labelled.len();
            // All of a lane above or below the view is out of it, labelled or not.
            let is_seen = bottom >= self.plot.y0 && top <= self.plot.y1;
            if is_seen {
                layout.labelled(lane, scale, range, labelled);
            }
            lane_ends.push(labelled.len());
            let own = labelled.get(first..).unwrap_or_default();
            self.count(lane, lane_box, own, &mut scene.in_view);
            in_view.extend(own.iter().filter(|&&(event, _)| {
                layout.timeline.start(event) <= latest && earliest <= layout.timeline.end(event)
            }));
        }
        in_view.sort_unstable_by_key(|&(event, _)| event);
    }

    /// Finds where the labelled events in view lie.
    fn place(&self, scratch: &mut Scratch) {
        let Scratch {
            in_view,
            placed,
            label_rects,
            ..
        } = scratch;
        placed.clear();
        placed.extend(in_view.iter().filter_map(|&it| self.placed(it)));
        label_rects.clear();
        let written = placed.iter().filter(|it| it.is_written);
        label_rects.extend(written.map(|it| it.label));
    }

    /// Draws the clusters lane by lane, then the labelled events in time order.
    fn events(&self, scratch: &mut Scratch, scene: &mut Scene) {
        let layout = self.layout;
        let mut first = 0;
        for (number, lane_box) in layout.stack.lanes.iter().enumerate() {
            let end = scratch.lane_ends.get(number).copied().unwrap_or(first);
            let (top, bottom) = (self.lanes_y + lane_box.top, self.lanes_y + lane_box.bottom);
            let is_seen = bottom >= self.plot.y0 && top <= self.plot.y1;
            if let Some(top) = lane_box.density.filter(|_| is_seen) {
                let lane = LaneId::new(number as u16);
                self.clustered(lane, (first..end, self.lanes_y + top), scratch, scene);
            }
            first = end;
        }
        let placed = std::mem::take(&mut scratch.placed);
        // Reads all titles before the first is used: in a large file each is somewhere else in
        // memory, and independent reads overlap their cache misses.
        let titles = placed.iter().map(|it| layout.timeline.short(it.event));
        scene.make_room(titles.map(str::len).sum());
        let has_thread = self.input.filtered.is_some_and(|it| it.has_thread);
        let has_lines = self.input.params.selected.is_some() || has_thread;
        scratch.obstacles.clear();
        if has_lines {
            scratch.obstacles.extend(placed.iter().map(|it| it.bar));
            scratch.obstacles.extend(&scratch.label_rects);
        }
        if has_thread {
            self.thread(&placed, &scratch.obstacles, scene);
        }
        for it in &placed {
            self.event(it, scratch, scene);
        }
        self.causes(&placed, scratch, scene);
        self.plumb_lines(&placed, scratch, scene);
        self.fade_cut_labels(&placed, &scratch.eras, scene);
        scratch.placed = placed;
    }

    /// Adds a lane's events of the time in view, given those of them that are labelled.
    fn count(
        &self,
        lane: LaneId,
        lane_box: &LaneBox,
        labelled: &[(EventId, LabelSlot)],
        in_view: &mut InView,
    ) {
        let (layout, params) = (self.layout, &self.input.params);
        let [from, to] = [0.0, f64::from(self.plot.width())].map(|x| params.camera.time_from_x(x));
        let top = self.lanes_top();
        let mut add = |y: f32, count: usize, is_labelled: bool| {
            let place = match self.lanes_y + y {
                y if y < top => &mut in_view.above,
                y if y > self.plot.y1 => &mut in_view.below,
                _ if is_labelled => &mut in_view.labelled,
                _ => &mut in_view.clustered,
            };
            *place += count;
        };
        let timeline = &layout.timeline;
        let mut begun = layout.lane_index.before(lane, to) - layout.lane_index.before(lane, from);
        for &(event, slot) in labelled {
            let (start, end) = (timeline.start(event), timeline.end(event));
            begun -= usize::from(from <= start && start < to).min(begun);
            if start < to && from <= end {
                let row = f32::from(slot.row) * layout.stack.pitch;
                add(lane_box.first_row + row + MARK_PX, 1, true);
            }
        }
        let density = lane_box.density.unwrap_or(lane_box.bottom);
        add(density + lanes::DENSITY_PX / 2.0, begun, false);
    }
}
