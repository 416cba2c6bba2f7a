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
//! It leaves to [`mark`](super::mark) what a date looks like, to [`labels`] which
//! labels there are and where, and painting to the view or an export.

mod between;
mod causes;
pub mod clusters;
mod date;
mod eras;
mod labelled;
pub mod stage_timeline;

use labelled::Labelled;

use super::{
    build::{AXIS_PX, LANE_LINE_PX, LANE_SIZE_PX, Layout, NAME_X_PX, TOP_PX},
    density::{Grid, Histogram},
    input::SceneInput,
    labels::{self, LabelSlot},
    mark::BAND_STRENGTH,
    measure::Face,
    scene::{Anchor, Rect, Scene, Shape},
    theme::Rgba,
    ticks::{Axis, TICK_SIZE_PX, Tick},
    wording::Wording,
};
use crate::{
    model::{EventId, LaneId},
    time::Moment,
};

/// The height of a bar or a band, in px.
const MARK_PX: f32 = 13.0;
/// Where hairlines of lanes begin, in px.
const HAIRLINE_X_PX: f32 = 20.0;
/// A label fades while the last of its mark, this many px, leaves the plot.
const LEAVING_PX: f64 = 24.0;
/// How far outside the plot marks are still drawn, in px: an `f32` holds it with room to spare.
const FAR_PX: f64 = 200.0;

/// Buffers that are reused from frame to frame: drawing in a steady pan allocates nothing.
#[derive(Clone, Debug, Default)]
pub struct Scratch {
    axis: Axis,
    /// The labelled events of a lane, and those in view.
    in_lane: Vec<(EventId, LabelSlot)>,
    in_view: Vec<(EventId, LabelSlot)>,
    histogram: Histogram,
    wording: Wording,
    text: String,
    /// By lane: the strength of its bands as a multiple of [`BAND_STRENGTH`].
    bands: Vec<f32>,
}

/// Draws the timeline for `input` into `scene`, whose buffers are reused.
pub fn scene(layout: &Layout, input: &SceneInput<'_>, scene: &mut Scene) {
    let mut scratch = scene.begin();
    let axis_y = input.params.height_px - AXIS_PX;
    let right = input.params.width_px - input.params.covered_px;
    let plot = Rect::new(layout.gutter_px.min(right), 0.0, right, axis_y);
    scene.plot = plot;
    let colors = input.lane_colors.iter();
    scratch.bands.clear();
    scratch
        .bands
        .extend(colors.map(|color| input.theme.band_strength(*color) / BAND_STRENGTH));
    let pen = Pen {
        layout,
        input,
        plot,
        grid: Grid::new(&input.params.camera, f64::from(plot.width())),
        lanes_y: TOP_PX - input.params.scroll_px,
    };
    let width_px = f64::from(plot.width());
    scratch
        .axis
        .fill(&input.params.camera, width_px, input.measure);

    // Scrolled lanes are clipped below the notes at the top of the plot.
    let is_scrolled = input.params.scroll_px > 0.0;
    let lanes_top = if is_scrolled { TOP_PX } else { plot.y0 };

    scene.rect(
        Rect::new(0.0, 0.0, right, input.params.height_px),
        input.theme.ground,
    );
    scene.shapes.push(Shape::Clip(plot));
    pen.grid(&scratch.axis, scene);
    scene
        .shapes
        .push(Shape::Clip(Rect::new(0.0, lanes_top, right, axis_y)));
    pen.lanes(scene);
    scene.shapes.push(Shape::Clip(plot));
    let until = pen.as_of(scene);
    pen.eras(until, &mut scratch.text, scene);
    if lanes_top > plot.y0 {
        scene.shapes.push(Shape::Clip(Rect {
            y0: lanes_top,
            ..plot
        }));
    }
    pen.events(&mut scratch, scene);
    scene.shapes.push(Shape::Clip(Rect::new(
        0.0,
        0.0,
        right,
        input.params.height_px,
    )));
    let said = pen.said(&mut scratch.text);
    pen.axis(&scratch.axis, said.as_ref().map(|said| said.rect), scene);
    if let Some(said) = &said {
        pen.between(said, scene);
    }
    scene.end(scratch);
}

/// What every drawing function needs.
struct Pen<'a> {
    layout: &'a Layout,
    input: &'a SceneInput<'a>,
    plot: Rect,
    grid: Grid,
    /// The y of the top of the lanes.
    lanes_y: f32,
}

impl Pen<'_> {
    /// Canvas x of a plot x, rounded to whole pixels so that hairlines stay sharp.
    fn sharp_x(&self, plot_x: f64) -> f32 {
        (f64::from(self.plot.x0) + plot_x).round() as f32
    }

    fn lane_color(&self, lane: LaneId) -> Rgba {
        self.input
            .lane_colors
            .get(lane.index())
            .copied()
            .unwrap_or(self.input.theme.ink)
    }

    fn grid(&self, axis: &Axis, scene: &mut Scene) {
        let theme = self.input.theme;
        let mut line = |tick: &Tick, color: Rgba| {
            if (0.0..=f64::from(self.plot.width())).contains(&tick.x) {
                let x = self.sharp_x(tick.x);
                let right = x + theme.stroke_px;
                scene.rect(Rect::new(x, self.plot.y0, right, self.plot.y1), color);
            }
        };
        axis.minor
            .iter()
            .for_each(|tick| line(tick, theme.grid.faded(tick.opacity)));
        axis.major
            .iter()
            .for_each(|tick| line(tick, theme.hairline));
    }

    fn lanes(&self, scene: &mut Scene) {
        let theme = self.input.theme;
        let lanes = self
            .layout
            .stack
            .lanes
            .iter()
            .zip(self.layout.lane_names.iter())
            .zip(self.input.lane_colors);
        for (number, ((lane, names), color)) in lanes.enumerate() {
            if number > 0 {
                self.hairline(lane.top, scene);
            }
            let Some(first) = names.first() else { continue };
            let middle = self.lanes_y + lane.first_row + self.mark_top() + MARK_PX / 2.0;
            let opacity = self
                .input
                .filtered
                .map_or(1.0, |filtered| filtered.name_opacity(number));
            let color = color.faded(opacity);
            let dot = Rect::new(
                HAIRLINE_X_PX,
                middle - 5.0,
                HAIRLINE_X_PX + 10.0,
                middle + 5.0,
            );
            scene.shapes.push(Shape::Frame {
                rect: dot,
                radius: 5.0,
                fill: color,
                border: color,
                border_px: 0.0,
            });
            let style = (Face::SansSemiBold, LANE_SIZE_PX, theme.ink.faded(opacity));
            scene.text((NAME_X_PX, middle + 4.5), Anchor::Start, style, first);
            for (row, line) in names.iter().enumerate().skip(1) {
                let baseline = middle + 4.5 + row as f32 * LANE_LINE_PX;
                scene.text((NAME_X_PX, baseline), Anchor::Start, style, line);
            }
        }
        if let Some(last) = self.layout.stack.lanes.last() {
            self.hairline(last.bottom, scene);
        }
    }

    fn hairline(&self, y: f32, scene: &mut Scene) {
        let y = (self.lanes_y + y).round();
        if y < self.plot.y1 - 1.0 {
            let bottom = y + self.input.theme.stroke_px;
            let rect = Rect::new(HAIRLINE_X_PX, y, self.plot.x1, bottom);
            scene.rect(rect, self.input.theme.hairline);
        }
    }

    /// Draws the dotted line at the "as of" date, and its note. Returns the canvas x at which other
    /// text beside the note has to end.
    fn as_of(&self, scene: &mut Scene) -> f32 {
        let (Some(time), Some(label)) = (self.layout.timeline.as_of(), &self.layout.as_of_label)
        else {
            return self.plot.x1;
        };
        let x = self.input.params.camera.x_from_time(time);
        if !(0.0..=f64::from(self.plot.width())).contains(&x) {
            return self.plot.x1;
        }
        let (x, color) = (self.sharp_x(x), self.input.theme.accent);
        let mut y = self.plot.y0;
        while y < self.plot.y1 {
            scene.rect(
                Rect::new(x, y, x + 1.0, (y + 2.0).min(self.plot.y1)),
                color.faded(0.7),
            );
            y += 5.0;
        }
        let style = (Face::SansMedium, 11.5, color);
        let width = self.input.measure.width(label, style.0, style.1);
        let is_left = x - self.plot.x0 > width + 12.0;
        let (x, anchor) = if is_left {
            (x - 6.0, Anchor::End)
        } else {
            (x + 7.0, Anchor::Start)
        };
        scene.text((x, self.plot.y0 + 16.0), anchor, style, label);
        if is_left { x - width } else { x - 8.0 }
    }

    /// Interrupts the dotted "as of" line behind a label.
    fn clear_as_of(&self, label: &Rect, scene: &mut Scene) {
        let Some(time) = self.layout.timeline.as_of() else {
            return;
        };
        let x = self.sharp_x(
            self.input
                .params
                .camera
                .x_from_time(time)
                .clamp(-FAR_PX, 1e5),
        );
        let gap = Rect::new(x - 1.0, label.y0, x + 2.0, label.y1);
        if gap.overlaps(label) {
            scene.rect(gap, self.input.theme.ground);
        }
    }

    /// Canvas x of an instant, clamped to a range in which an `f32` is precise enough.
    fn canvas_x(&self, time: Moment) -> f32 {
        self.plot.x0
            + self
                .input
                .params
                .camera
                .x_from_time(time)
                .clamp(-FAR_PX, 1e5) as f32
    }

    /// Draws the clusters lane by lane, then the labelled events in time order.
    fn events(&self, scratch: &mut Scratch, scene: &mut Scene) {
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
        scratch.in_view.clear();
        for (number, lane_box) in layout.stack.lanes.iter().enumerate() {
            let (top, bottom) = (self.lanes_y + lane_box.top, self.lanes_y + lane_box.bottom);
            if bottom < self.plot.y0 || top > self.plot.y1 {
                continue;
            }
            let lane = LaneId::new(number as u16);
            scratch.in_lane.clear();
            layout.labelled(lane, scale, range, &mut scratch.in_lane);
            let in_reach = scratch.in_lane.iter().filter(|&&(event, _)| {
                layout.timeline.start(event) <= latest && earliest <= layout.timeline.end(event)
            });
            scratch.in_view.extend(in_reach);
            if let Some(top) = lane_box.density {
                self.clustered(lane, self.lanes_y + top, scratch, scene);
            }
        }
        scratch.in_view.sort_unstable_by_key(|&(event, _)| event);
        let in_view = std::mem::take(&mut scratch.in_view);
        // Reads all titles before the first is used: in a large file each is somewhere else in
        // memory, and independent reads overlap their cache misses.
        let titles = in_view
            .iter()
            .map(|&(event, _)| layout.timeline.short(event));
        scene.make_room(titles.map(str::len).sum());
        if self
            .input
            .filtered
            .is_some_and(|filtered| filtered.has_thread)
        {
            self.thread(&in_view, scene);
        }
        for &(event, slot) in &in_view {
            self.labelled(event, slot, scratch, scene);
        }
        self.causes(&in_view, scene);
        self.plumb_lines(&in_view, scene);
        scratch.in_view = in_view;
    }

    fn labelled(&self, event: EventId, slot: LabelSlot, scratch: &mut Scratch, scene: &mut Scene) {
        let layout = self.layout;
        let Some(mark) = layout.mark(event) else {
            return;
        };
        let drawn = mark.drawn(&self.input.params.camera);
        // How many px of the mark are in view, measured from the edge over which it leaves.
        let inside = drawn.x1.min(f64::from(self.plot.width()) - drawn.x0);
        if inside <= 0.0 {
            return;
        }
        let lane = layout.timeline.lane(event);
        let labelled = Labelled {
            event,
            mark: &mark,
            drawn: &drawn,
            slot,
            opacity: self.visibility(event)
                * labels::opacity(
                    &slot,
                    self.input.params.camera.px_per_sec(),
                    layout.coarsest(),
                ),
            leaving: (inside / LEAVING_PX).min(1.0) as f32,
            color: self.lane_color(lane),
            band: scratch.bands.get(lane.index()).copied().unwrap_or(1.0),
        };
        if let Some(lane_box) = layout.stack.lanes.get(lane.index()) {
            self.event(&labelled, lane_box, scratch, scene);
        }
    }

    /// An event's opacity under the filter and the search highlight, 0 to 1.
    fn visibility(&self, event: EventId) -> f32 {
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

    /// Draws the axis; a tick label that overlaps `taken` is left out.
    fn axis(&self, axis: &Axis, taken: Option<Rect>, scene: &mut Scene) {
        let theme = self.input.theme;
        let y = self.plot.y1;
        let bottom = y + theme.stroke_px;
        scene.rect(Rect::new(self.plot.x0, y, self.plot.x1, bottom), theme.ink);
        let mark = self
            .input
            .params
            .selected
            .and_then(|event| self.layout.mark(event));
        let holds_selected = |tick: &Tick| {
            mark.as_ref()
                .is_some_and(|mark| tick.from < mark.to && mark.from < tick.to)
        };
        let is_free = |x: f64, baseline: f32, words: &str| {
            taken.is_none_or(|taken| {
                let half = self
                    .input
                    .measure
                    .width(words, Face::SansSemiBold, TICK_SIZE_PX)
                    / 2.0;
                let x = self.plot.x0 + x as f32;
                let label = Rect::new(x - half, baseline - TICK_SIZE_PX, x + half, baseline + 3.0);
                !taken.overlaps(&label)
            })
        };
        let has_major = !axis.major.is_empty();
        let minor_baseline = y + if has_major { 21.0 } else { 27.0 };
        for tick in &axis.minor {
            self.tick_line(tick, 7.0, theme.ink.faded(tick.opacity), scene);
            let Some(label_x) = tick.label_x else {
                continue;
            };
            if !is_free(label_x, minor_baseline, axis.label(tick)) {
                continue;
            }
            let is_bold = !has_major && holds_selected(tick);
            let (face, color) = if is_bold {
                (Face::SansSemiBold, theme.ink)
            } else {
                (Face::Sans, theme.muted)
            };
            let style = (face, TICK_SIZE_PX, color.faded(tick.opacity));
            scene.text(
                (self.plot.x0 + label_x as f32, minor_baseline),
                Anchor::Middle,
                style,
                axis.label(tick),
            );
        }
        for tick in &axis.major {
            self.tick_line(tick, 30.0, theme.hairline.toward(theme.muted, 0.5), scene);
            let Some(label_x) = tick.label_x else {
                continue;
            };
            if !is_free(label_x, y + 39.0, axis.label(tick)) {
                continue;
            }
            let style = (Face::SansSemiBold, TICK_SIZE_PX, theme.ink);
            scene.text(
                (self.plot.x0 + label_x as f32, y + 39.0),
                Anchor::Middle,
                style,
                axis.label(tick),
            );
        }
    }

    fn tick_line(&self, tick: &Tick, px: f32, color: Rgba, scene: &mut Scene) {
        if (0.0..=f64::from(self.plot.width())).contains(&tick.x) {
            let x = self.sharp_x(tick.x);
            scene.rect(
                Rect::new(
                    x,
                    self.plot.y1,
                    x + self.input.theme.stroke_px,
                    self.plot.y1 + px,
                ),
                color,
            );
        }
    }
}
