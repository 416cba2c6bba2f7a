//! The layout, computed once per file and canvas size: rows, label widths, lanes, and the cameras
//! that are allowed.
//!
//! It does not depend on the camera: panning and zooming never recompute it. [`LayoutBuilder`]
//! computes it level by level (see [`labels`]): the coarsest at once, finer ones later; cloning the
//! [`Layout`] of the levels so far copies a handful of pointers. It holds plain values only, so it
//! can be built on any thread; it leaves drawing to [`draw`](super::draw).

use std::sync::Arc;

use super::{
    camera::{Camera, FINEST_SECS_PER_PX, secs_between},
    era_rows::{self, EraRows},
    labels::{self, LabelPlacer, LabelSlot, LabelSlots, Plan},
    lane_index::{self, LaneIndex},
    lanes::{self, Stack},
    line_breaks::LineBreaker,
    mark::{End, Mark},
    measure::{Face, TextMeasure, elided},
    metrics::Form,
    metrics::{AXIS_PX, LANE_LINE_PX, LANE_SIZE_PX, NAME_X_PX, TOP_PX},
    rows::{self, LabelStyle, Sketch},
    summaries::{self, Summaries},
};
use crate::{
    model::{EventId, Lane, LaneId, Timeline},
    time::Moment,
};

/// The height of the "as of" note above the names of eras, in px.
const NOTE_PX: f32 = 21.0;
/// [`Layout::around`] zooms in to at least this multiple of the scale at which the event is first
/// labelled, so that its label is clearly visible.
const LABELLED_RATIO: f64 = 1.1;
/// The widest label on paper, in px: 200 letters.
const WIDEST_ON_PAPER_PX: f32 = 1400.0;
/// How many earlier events [`Layout::nearest`] compares.
const LOOK_BACK: usize = 10_000;

/// The canvas size that a layout is computed for.
#[derive(Copy, Clone, Debug, PartialEq)]
pub struct CanvasSize {
    /// The width of this window's narrowest canvas (the one with the panel open) in px, lane names
    /// included.
    pub width_px: f32,
    /// The width of its widest canvas (the one without a panel) in px, lane names included.
    pub whole_px: f32,
    /// The canvas' height in px, axis included.
    pub height_px: f32,
}

/// A timeline laid out for one canvas size, to be drawn at any scale. Cheap to clone.
#[derive(Clone, Debug)]
pub struct Layout {
    /// The file's timeline.
    pub timeline: Arc<Timeline>,
    /// The canvas size it was computed for.
    pub size: CanvasSize,
    /// The lane index it was computed from; it can cover a subset of the events.
    pub lane_index: Arc<LaneIndex>,
    /// The label slots: row, side and scale of each labelled event.
    pub slots: LabelSlots,
    /// Whether labels are under or beside their marks.
    pub form: Form,
    /// The summaries under the labels, where there is room for them.
    pub summaries: Option<Arc<Summaries>>,
    /// The y positions of lanes and rows.
    pub stack: Arc<Stack>,
    /// The lines of each lane's name.
    pub lane_names: Arc<[Vec<String>]>,
    /// The width of the column of lane names, in px.
    pub gutter_px: f32,
    /// The rows of the names of eras, above the lanes.
    pub eras: Arc<EraRows>,
    /// The text at the "as of" line; `None` without an "as of" date.
    pub as_of_label: Option<Arc<str>>,
}

/// Computes a [`Layout`] level by level, from coarse to fine.
pub struct LayoutBuilder {
    layout: Layout,
    placer: LabelPlacer,
}

impl LayoutBuilder {
    /// Computes the coarsest level, which determines rows and lanes; of a small file, all levels.
    pub fn new(lane_index: &Arc<LaneIndex>, size: CanvasSize, measure: &dyn TextMeasure) -> Self {
        let names = LaneNames::of(lane_index, size.width_px, measure);
        let sketch = sketch(lane_index, size, names.gutter_px, measure);
        let styled = sketch.best_style(&names.lines);
        Self::assembled(&sketch, size, names, styled)
    }

    /// A layout for paper: all events are labelled at the scale at which the whole of them is seen.
    /// `None` where that is higher than `size` or, unless `may_elide`, a title has no room in its
    /// line.
    pub fn with_all_labels(
        lane_index: &Arc<LaneIndex>,
        size: CanvasSize,
        (style, may_elide): (PaperStyle, bool),
        measure: &dyn TextMeasure,
    ) -> Option<Layout> {
        let names = LaneNames::of(lane_index, size.width_px, measure);
        let sketch = Sketch {
            // No wider than the plot, and no label of one line is read beyond this.
            widest_px: WIDEST_ON_PAPER_PX.min((size.width_px - names.gutter_px) * 0.9),
            ..sketch(lane_index, size, names.gutter_px, measure)
        };
        let mut style = style.labels();
        if style.has_summaries && !summaries::are_in(lane_index) {
            return None;
        }
        let (placer, slots) = sketch.all_labels(&style);
        if style.has_summaries {
            // On paper none is shortened.
            let whole = Summaries::of(lane_index.timeline(), &slots, usize::MAX, measure);
            style.sizes = summaries::sizes_for(whole.longest())?;
        }
        let needs = rows::needs(lane_index, &slots, &placer, &names.lines);
        let is_whole = slots.labelled(placer.plan().coarsest) == lane_index.len()
            && (may_elide || placer.elided(&slots) == 0);
        let fits = lanes::least_height(&needs, &style.sizes) <= sketch.room_px;
        (is_whole && fits)
            .then(|| Self::assembled(&sketch, size, names, (style, placer, slots)).layout)
    }

    fn assembled(
        sketch: &Sketch<'_>,
        size: CanvasSize,
        names: LaneNames,
        (style, placer, slots): (LabelStyle, LabelPlacer, LabelSlots),
    ) -> Self {
        let Sketch {
            lane_index,
            room_px,
            measure,
            ..
        } = *sketch;
        let LaneNames {
            lines: mut lane_names,
            gutter_px,
        } = names;
        let timeline = Arc::clone(lane_index.timeline());
        let eras = Arc::new(EraRows::of(timeline.eras()));
        let mut needs = rows::needs(lane_index, &slots, &placer, &lane_names);
        if lanes::least_height(&needs, &style.sizes) > room_px {
            // Names are shortened where they make lanes too high.
            let mut shorter = lane_names.clone();
            for (names, need) in shorter.iter_mut().zip(&needs) {
                let density_px = if need.has_density {
                    lanes::DENSITY_PX
                } else {
                    0.0
                };
                let own_px = f32::from(need.rows) * style.sizes.least + density_px;
                let most = ((own_px / LANE_LINE_PX) as usize).max(1);
                shorten(names, most, name_room(gutter_px), measure);
            }
            let lower = rows::needs(lane_index, &slots, &placer, &shorter);
            if lanes::least_height(&lower, &style.sizes) <= room_px {
                (lane_names, needs) = (shorter, lower);
            }
        }
        let stack = lanes::stack(&needs, &style.sizes, room_px);
        let summaries = style.has_summaries.then(|| {
            let lines = summaries::lines_in(stack.pitch);
            Arc::new(Summaries::of(&timeline, &slots, lines, measure))
        });
        let layout = Layout {
            size,
            slots,
            form: style.form,
            summaries,
            stack: Arc::new(stack),
            lane_names: lane_names.into(),
            gutter_px,
            eras,
            as_of_label: timeline.as_of_label().map(Arc::from),
            timeline,
            lane_index: Arc::clone(lane_index),
        };
        Self { layout, placer }
    }

    /// The layout with the levels computed so far.
    pub fn layout(&self) -> &Layout {
        &self.layout
    }

    /// Adds the next finer level; returns whether there was one.
    pub fn add_level(&mut self, measure: &dyn TextMeasure) -> bool {
        let Some(level) = self.placer.next_level(measure) else {
            self.layout.slots.finish();
            return false;
        };
        self.layout.slots.push(level);
        true
    }

    /// How many events a placement for one scale alone, in px per second, would label in the same
    /// rows: see [`LabelPlacer::afresh`].
    pub fn afresh(&self, scale: f64, measure: &dyn TextMeasure) -> usize {
        let plan = Plan {
            most_rows: self.placer.rows().collect(),
            ..self.placer.plan().clone()
        };
        LabelPlacer::afresh(&self.layout.lane_index, &plan, scale, measure)
    }

    /// Computes all remaining levels.
    pub fn finish(mut self, measure: &dyn TextMeasure) -> Layout {
        while self.add_level(measure) {}
        self.layout
    }
}

/// How the labels of a layout for paper look.
#[derive(Copy, Clone, Debug, PartialEq, Eq)]
pub enum PaperStyle {
    /// Title, date and summary under the mark.
    Summed,
    /// Title and date under the mark.
    Under,
    /// All on one line.
    Beside,
}

impl PaperStyle {
    /// From the most to the least room that a label takes.
    pub const ALL: [Self; 3] = [Self::Summed, Self::Under, Self::Beside];

    fn labels(self) -> LabelStyle {
        match self {
            Self::Summed => LabelStyle::SUMMED,
            Self::Under => LabelStyle::UNDER,
            Self::Beside => LabelStyle::BESIDE,
        }
    }
}

/// The names of the lanes in the gutter.
struct LaneNames {
    /// By lane: its lines.
    lines: Vec<Vec<String>>,
    gutter_px: f32,
}

impl LaneNames {
    fn of(lane_index: &LaneIndex, width_px: f32, measure: &dyn TextMeasure) -> Self {
        let lanes = lane_index.timeline().lanes();
        let shown =
            |number: usize| LaneId::from_index(number).is_some_and(|lane| !lane_index.hides(lane));
        let has_name =
            |(number, lane): (usize, &Lane)| shown(number) && !lane.label.trim().is_empty();
        let gutter_px = if lanes.iter().enumerate().any(has_name) {
            gutter(width_px)
        } else {
            NO_NAMES_PX
        };
        let lines = lanes
            .iter()
            .map(|lane| name_lines(&lane.label, gutter_px, measure));
        Self {
            lines: lines.collect(),
            gutter_px,
        }
    }
}

fn sketch<'a>(
    lane_index: &'a Arc<LaneIndex>,
    size: CanvasSize,
    gutter_px: f32,
    measure: &'a dyn TextMeasure,
) -> Sketch<'a> {
    let timeline = lane_index.timeline();
    let eras = EraRows::of(timeline.eras());
    let top_px = top_px(&eras, timeline.as_of().is_some());
    Sketch {
        lane_index,
        plot_px: size.width_px - gutter_px,
        whole_px: size.whole_px - gutter_px,
        room_px: size.height_px - AXIS_PX - top_px,
        widest_px: labels::WIDEST_LABEL_PX,
        measure,
    }
}

/// Room above the lanes: for the "as of" note, and below it for the names of eras.
fn top_px(eras: &EraRows, has_note: bool) -> f32 {
    let rows_px = eras.rows().saturating_sub(1) as f32 * era_rows::ROW_PX;
    let note_px = if has_note && eras.rows() > 0 {
        NOTE_PX
    } else {
        0.0
    };
    TOP_PX + note_px + rows_px
}

impl Layout {
    /// Lays out a whole timeline, at every scale.
    pub fn build(timeline: Arc<Timeline>, size: CanvasSize, measure: &dyn TextMeasure) -> Self {
        Self::of(&Arc::new(LaneIndex::of(timeline)), size, measure)
    }

    /// The same from an existing lane index.
    pub fn of(lane_index: &Arc<LaneIndex>, size: CanvasSize, measure: &dyn TextMeasure) -> Self {
        LayoutBuilder::new(lane_index, size, measure).finish(measure)
    }

    /// The mark of an event; `None` for an event of another file.
    pub fn mark(&self, event: EventId) -> Option<Mark> {
        (event.index() < self.timeline.len()).then(|| lane_index::mark(&self.timeline, event))
    }

    /// The label slot of an event; `None` where it has none yet.
    pub fn slot(&self, event: EventId) -> Option<LabelSlot> {
        self.slots.of(event, self.timeline.lane(event))
    }

    /// Whether an event is labelled at a scale in px per second; otherwise it is clustered.
    pub fn is_labelled(&self, event: EventId, scale: f64) -> bool {
        self.slot(event)
            .is_some_and(|slot| labels::is_labelled(&slot, scale))
    }

    /// The events of a lane that begin from one instant to before another and are clustered at a
    /// scale in px per second, in the order of time.
    pub fn clustered(
        &self,
        lane: LaneId,
        (from, to): (Moment, Moment),
        scale: f64,
    ) -> Vec<EventId> {
        let (first, after) = (
            self.lane_index.before(lane, from),
            self.lane_index.before(lane, to),
        );
        let events = self
            .lane_index
            .events(lane)
            .get(first..after)
            .unwrap_or_default();
        let (Some(first), Some(last)) = (events.first(), events.last()) else {
            return Vec::new();
        };
        let mut labelled = Vec::new();
        self.labelled(lane, scale, (*first, last.next()), &mut labelled);
        labelled.sort_unstable_by_key(|&(event, _)| event);
        let is_clustered = |event: &EventId| {
            labelled
                .binary_search_by_key(event, |&(labelled, _)| labelled)
                .is_err()
        };
        events.iter().copied().filter(is_clustered).collect()
    }

    /// The next event in time, or the one before, that is labelled at a scale in px per second.
    pub fn labelled_beside(&self, event: EventId, is_later: bool, scale: f64) -> Option<EventId> {
        let lanes = (0..self.timeline.lanes().len()).filter_map(LaneId::from_index);
        let beside = lanes.flat_map(|lane| self.slots.beside(lane, event, scale));
        if is_later {
            beside.filter(|&it| it > event).min()
        } else {
            beside.filter(|&it| it < event).max()
        }
    }

    /// The event of a lane [nearest](Self::nearest) to another event, among those labelled at a
    /// scale in px per second; if there are none, the nearest of all.
    pub fn nearest_labelled(&self, lane: LaneId, event: EventId, scale: f64) -> Option<EventId> {
        let nearest = self.nearest(lane, event)?;
        if self.is_labelled(nearest, scale) {
            return Some(nearest);
        }
        let distance = |other: &EventId| self.middle(*other).abs_diff(self.middle(event));
        let labelled = self.slots.beside(lane, event, scale);
        labelled
            .min_by_key(|other| (distance(other), *other))
            .or(Some(nearest))
    }

    /// The middle of an event's time, in seconds.
    fn middle(&self, event: EventId) -> i64 {
        let (from, to) = (self.timeline.start(event), self.timeline.end(event));
        from.secs().midpoint(to.secs())
    }

    /// The event of a lane whose middle is nearest to that of another event; of two equally near
    /// ones the earlier. Of those that begin earlier only the last 10,000 are compared, since their
    /// lengths are not known beforehand.
    pub fn nearest(&self, lane: LaneId, event: EventId) -> Option<EventId> {
        let wanted = self.middle(event);
        let events = self.lane_index.events(lane);
        let at = self.lane_index.before(lane, Moment::from_secs(wanted));
        let (before, after) = events.split_at_checked(at)?;
        let distance = |event: EventId| self.middle(event).abs_diff(wanted);
        let earlier = before.iter().rev().take(LOOK_BACK).copied();
        let mut best = earlier.min_by_key(|&event| (distance(event), event));
        for &event in after {
            let least = self.timeline.start(event).secs().abs_diff(wanted);
            if best.is_some_and(|best| distance(best) <= least) {
                break;
            }
            best = best
                .into_iter()
                .chain([event])
                .min_by_key(|&event| (distance(event), event));
        }
        best
    }

    /// The events that begin from one instant to before another: the first of them, and the first
    /// after them.
    pub fn events_between(&self, (from, to): (Moment, Moment)) -> (EventId, EventId) {
        let (starts, _) = self.timeline.spans();
        let at = |time| starts.partition_point(|start| *start < time);
        let event = |at| EventId::from_index(at).unwrap_or(EventId::new(u32::MAX));
        (event(at(from)), event(at(to)))
    }

    /// Appends the events of a lane that are labelled at a scale in px per second and may be
    /// visible in a range of events: see [`LabelSlots::labelled_in_row`].
    pub fn labelled(
        &self,
        lane: LaneId,
        scale: f64,
        range: (EventId, EventId),
        labelled: &mut Vec<(EventId, LabelSlot)>,
    ) {
        let rows = self
            .stack
            .lanes
            .get(lane.index())
            .map_or(0, |lane| lane.rows);
        for row in 0..rows {
            self.slots
                .labelled_in_row((lane, row), scale, range, labelled);
        }
    }

    /// The camera that shows the whole file in a plot `plot_px` wide, overhangs included.
    pub fn fit(&self, plot_px: f32) -> Camera {
        self.lane_index.outline().fit(plot_px)
    }

    /// The coarsest scale of the narrowest canvas, in px per second: the one at which rows were
    /// chosen.
    pub fn coarsest(&self) -> f64 {
        self.fit(self.size.width_px - self.gutter_px).px_per_sec()
    }

    /// The scale at which the widest canvas shows the whole file, in px per second: labels that are
    /// there at it are never faint.
    pub fn whole_scale(&self) -> f64 {
        self.fit(self.size.whole_px - self.gutter_px).px_per_sec()
    }

    /// The nearest allowed camera: zoomed out no further than the whole file, zoomed in no further
    /// than [`FINEST_SECS_PER_PX`], and with the middle of the visible part of the plot (its first
    /// `seen_px`; a sheet may cover the rest) within the file's extent.
    pub fn allowed(&self, camera: Camera, seen_px: f32) -> Camera {
        let fit = self.fit(seen_px);
        let middle = f64::from(seen_px) / 2.0;
        let scale = camera.secs_per_px().clamp(
            FINEST_SECS_PER_PX,
            fit.secs_per_px().max(FINEST_SECS_PER_PX),
        );
        let camera = camera.with_scale_about(middle, scale);
        let Some((from, to)) = self.extent() else {
            return fit;
        };
        let (x0, x1) = (camera.x_from_time(from), camera.x_from_time(to));
        camera.panned((x0 - middle).max(0.0) + (x1 - middle).min(0.0))
    }

    /// The file's first and last instant, the "as of" date included.
    pub fn extent(&self) -> Option<(Moment, Moment)> {
        self.lane_index.outline().extent()
    }

    /// Whether a camera shows the whole file.
    pub fn is_fitting(&self, camera: &Camera, plot_px: f32) -> bool {
        let fit = self.fit(plot_px);
        let x = fit.x_from_time(camera.time_from_x(0.0));
        (camera.secs_per_px() / fit.secs_per_px() - 1.0).abs() < 1e-3 && x.abs() < 1.0
    }

    /// The camera that shows an event with its surroundings: its date takes a quarter of the plot's
    /// width, or more where it is labelled only at finer scales.
    pub fn around(&self, event: EventId, plot_px: f32) -> Camera {
        let Some(mark) = self.mark(event) else {
            return self.fit(plot_px);
        };
        // An open or unstated end may be far: count the span as at least a twentieth of the file's
        // extent.
        let is_open = |end| matches!(end, End::Arrow | End::Fade);
        let least = if is_open(mark.start) || is_open(mark.end) {
            self.extent()
                .map_or(0.0, |(from, to)| secs_between(from, to) / 20.0)
        } else {
            0.0
        };
        let span = secs_between(mark.from, mark.to)
            .max(least)
            .max(f64::from(plot_px) / 4.0);
        let middle = mark.from.secs().midpoint(mark.to.secs());
        let slot = self.slot(event);
        let labelled = slot.map_or(f64::INFINITY, |slot| {
            1.0 / (slot.min_scale * LABELLED_RATIO)
        });
        let secs_per_px = (4.0 * span / f64::from(plot_px.max(1.0))).min(labelled);
        let x = f64::from(plot_px) / 2.0;
        let camera = Camera::new(mark.from, secs_per_px).with_time_at(Moment::from_secs(middle), x);
        self.allowed(camera, plot_px)
    }

    /// Room above the lanes for the "as of" note and the names of eras, in px.
    pub fn top_px(&self) -> f32 {
        top_px(&self.eras, self.timeline.as_of().is_some())
    }

    /// The height that it takes, axis included, in px; more than the canvas' where that is scrolled.
    pub fn used_px(&self) -> f32 {
        self.stack.height + self.top_px() + AXIS_PX
    }

    /// How far below the top of the plot the names of eras begin, in px: below the "as of" note.
    pub fn eras_px(&self) -> f32 {
        if self.timeline.as_of().is_some() {
            NOTE_PX
        } else {
            0.0
        }
    }

    /// How far the lanes can be scrolled, in px: 0 where they fit.
    pub fn most_scroll_px(&self, canvas_height_px: f32) -> f32 {
        (self.stack.height + self.top_px() + AXIS_PX - canvas_height_px).max(0.0)
    }

    /// Where an event's row lies: top and bottom, in px from the top of the lanes, unscrolled.
    pub fn row_y(&self, event: EventId) -> Option<(f32, f32)> {
        let lane = self.stack.lanes.get(self.timeline.lane(event).index())?;
        let slot = self.slot(event)?;
        let top = lane.first_row + f32::from(slot.row) * self.stack.pitch;
        Some((top, top + self.stack.pitch))
    }
}

/// The width of the column of lane names, in px: narrower in a narrow window.
fn gutter(width_px: f32) -> f32 {
    if width_px >= 1000.0 { 190.0 } else { 156.0 }
}

/// A lane's name in the gutter: broken between words, at most three lines, the last one elided.
fn name_lines(name: &str, gutter_px: f32, measure: &dyn TextMeasure) -> Vec<String> {
    const MOST: usize = 3;
    let room = name_room(gutter_px);
    let breaker = LineBreaker {
        face: Face::SansSemiBold,
        size_px: LANE_SIZE_PX,
        width_px: room,
        measure,
    };
    let mut lines = breaker.lines(name);
    lines.retain(|line| !line.is_empty());
    shorten(&mut lines, MOST, room, measure);
    lines
}

/// The room for a lane's name, in px.
fn name_room(gutter_px: f32) -> f32 {
    gutter_px - NAME_X_PX - 8.0
}

/// Joins the lines of a name from the `most`th on, and elides those that are too long.
fn shorten(lines: &mut Vec<String>, most: usize, room: f32, measure: &dyn TextMeasure) {
    if lines.len() > most {
        let rest = lines.split_off(most - 1).join(" ");
        lines.push(rest);
    }
    for line in lines {
        let style = (Face::SansSemiBold, LANE_SIZE_PX);
        *line = elided(line, style, room, measure, &mut String::new()).to_owned();
    }
}

/// The width of the column of lane names if no lane has one, in px.
const NO_NAMES_PX: f32 = 20.0;
