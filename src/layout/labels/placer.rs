//! Computes the levels of label slots, from coarse to fine.
//!
//! Within a step, events are tried in the order of importance, in a small file of width, and of
//! time. A lane's events of one class are therefore swept from left to right, with a cursor per row that
//! moves along ([`RowCursor`]) and knows the footprints before and after the current event. Where
//! no row has room, binary search skips to the next event that may have some, so that a level's
//! cost grows with its labels and not with the events that find no room. Lanes know nothing of each
//! other: those of a large file are laid out on all processors.

use std::{
    ops::Range,
    sync::{
        Arc,
        atomic::{AtomicU16, Ordering},
    },
};

use rayon::iter::{
    IndexedParallelIterator, IntoParallelIterator, IntoParallelRefMutIterator, ParallelIterator,
};

use super::{
    footprint::Footprint,
    row::{Row, RowCursor, ahead},
    slots::{LabelSlots, Level, PlacedLabel, Side, Step},
};
use crate::{
    layout::{
        camera::secs_between,
        lane_index::{LaneIndex, mark},
        mark::Mark,
        measure::TextMeasure,
        metrics::{Form, INSET_PX},
        summaries,
        wording::Wording,
    },
    model::{EventId, LaneId, Timeline},
    time::Moment,
};

/// The widest label in a window, in px; 200-character titles exist.
pub const WIDEST_LABEL_PX: f32 = 300.0;
/// The least air between a label and the plot's edge where the camera can pan no further, in px.
const EDGE_PX: f64 = 10.0;
/// The narrowest elided label that is still useful, in px.
const NARROWEST_LABEL_PX: f32 = 60.0;
/// How many events of one importance are tried in a gap at one level. Where thousands begin in a
/// gap, only the first of them are tried; the others come with finer levels. With 64, all levels of
/// a million events took 4.3 s, with 12 they take 3.0 s (on one loaded machine), and the number of
/// labels differs by 0.3 %.
const MOST_TRIES: u16 = 12;
/// The number of importance classes.
const IMPORTANCES: usize = 5;
/// A file of at most this many events is placed at four scales an octave, a larger one at two. With
/// eight, `cargo bench --bench labels` shows no more labels, and a layout takes half as long again.
pub const FEW: usize = 10_000;
/// In a file of at most this many events, the narrower label comes first among equally important
/// ones. All labels have to be measured for it beforehand, at some 3 µs each.
const VERY_FEW: usize = 2_000;
/// The steps of a level of a file of at most [`FEW`] events; together half an octave.
const STEPS: usize = 2;
/// Labels that differ less in width count as equally wide, in px.
const WIDTH_CLASS_PX: f32 = 24.0;
/// The number of classes of widths.
const WIDTHS: usize = 8;

/// The parameters of a label placement.
#[derive(Clone, Debug, PartialEq)]
pub struct Plan {
    /// Whether labels are under or beside their marks.
    pub form: Form,
    /// The greatest width of a summary under its label, in px; 0 without summaries.
    pub summary_px: f32,
    /// The coarsest scale, in px per second: the camera goes no further out.
    pub coarsest: f64,
    /// The scale at which a wider canvas of the same window shows the whole file, in px per second:
    /// it has a step of its own.
    pub whole_scale: f64,
    /// The finest scale, in px per second.
    pub finest: f64,
    /// The instant at x = 0 at the coarsest scale.
    pub left: Moment,
    /// The plot's width, in px.
    pub width_px: f32,
    /// The file's first and last instant: no label sticks out further than the file's edges allow.
    pub extent: (Moment, Moment),
    /// The widest label, in px: a longer one is elided.
    pub widest_px: f32,
    /// By lane: the most rows it may have.
    pub most_rows: Vec<u16>,
}

/// Places labels in rows, one level at a time.
pub struct LabelPlacer {
    lane_index: Arc<LaneIndex>,
    plan: Plan,
    /// The width that each label needs, in px, by event; 0 where it is not measured yet. Each is
    /// measured where its lane is laid out.
    wanted_px: Vec<AtomicU16>,
    lanes: Vec<Lane>,
    pace: Pace,
    /// The scale of the next step.
    scale: f64,
    is_coarsest: bool,
    is_done: bool,
}

/// How fine a placement is, by the number of events.
#[derive(Copy, Clone, Debug)]
struct Pace {
    /// The steps of a level.
    steps: usize,
    /// The ratio of two steps' scales.
    ratio: f64,
    /// The most events of a class that are tried in a gap at one step.
    most_tries: u16,
    /// Whether narrow labels come before equally important wide ones.
    is_narrow_first: bool,
}

impl Pace {
    fn of(events: usize) -> Self {
        let is_fine = events <= FEW;
        let steps = if is_fine { STEPS } else { 1 };
        Self {
            steps,
            // Together they are half an octave.
            ratio: (0.5 / steps as f64).exp2(),
            most_tries: if events <= VERY_FEW {
                u16::MAX
            } else {
                MOST_TRIES
            },
            is_narrow_first: events <= VERY_FEW,
        }
    }

    /// The step after that at `scale`.
    fn next(&self, scale: f64, plan: &Plan) -> f64 {
        let next = (scale * self.ratio).min(plan.finest);
        let is_between = scale * 1.001 < plan.whole_scale && plan.whole_scale < next * 0.999;
        if is_between { plan.whole_scale } else { next }
    }
}

/// One lane's rows, and its events without a slot, so far.
struct Lane {
    /// The events without a slot, by falling importance and, where narrow labels come first, by
    /// rising width, each in the order of time.
    pending: Vec<Vec<EventId>>,
    rows: Vec<Row>,
}

impl LabelPlacer {
    /// Begins a placement; no level is computed yet.
    pub fn new(lane_index: &Arc<LaneIndex>, plan: Plan, measure: &dyn TextMeasure) -> Self {
        let mut pace = Pace::of(lane_index.len());
        if plan.most_rows.iter().all(|&rows| rows == u16::MAX) {
            // Every event finds a row at the coarsest scale.
            pace.most_tries = u16::MAX;
        }
        Self::begin(lane_index, plan, pace, unmeasured(lane_index), measure)
    }

    fn begin(
        lane_index: &Arc<LaneIndex>,
        plan: Plan,
        pace: Pace,
        wanted_px: Vec<AtomicU16>,
        measure: &dyn TextMeasure,
    ) -> Self {
        let timeline = Arc::clone(lane_index.timeline());
        let mut placer = Self {
            wanted_px,
            pace,
            scale: plan.coarsest,
            is_coarsest: true,
            is_done: timeline.is_empty(),
            lane_index: Arc::clone(lane_index),
            plan,
            lanes: Vec::new(),
        };
        let widths = if pace.is_narrow_first { WIDTHS } else { 1 };
        let lane = |number: usize| {
            let mut offer = placer.offer(&timeline, 0, measure);
            let mut pending = vec![Vec::new(); IMPORTANCES * widths];
            let events = LaneId::from_index(number).map(|lane| lane_index.events(lane));
            for &event in events.unwrap_or_default() {
                let class = IMPORTANCES - usize::from(timeline.importance(event).clamp(1, 5));
                let width = if pace.is_narrow_first {
                    ((offer.wanted_px(event) / WIDTH_CLASS_PX) as usize).min(WIDTHS - 1)
                } else {
                    0
                };
                if let Some(pending) = pending.get_mut(class * widths + width) {
                    pending.push(event);
                }
            }
            let rows = Vec::new();
            Lane { pending, rows }
        };
        let lanes = 0..timeline.lanes().len();
        let lanes: Vec<Lane> = if placer.is_large(measure) {
            lanes.into_par_iter().map(lane).collect()
        } else {
            lanes.map(lane).collect()
        };
        placer.lanes = lanes;
        placer
    }

    /// How many events a placement for one scale alone, in px per second, would label: what is
    /// possible without regard to what coarser scales label. In the order of importance, then of
    /// time; with as many rows as the plan allows.
    pub fn afresh(
        lane_index: &Arc<LaneIndex>,
        plan: &Plan,
        scale: f64,
        measure: &dyn TextMeasure,
    ) -> usize {
        let pace = Pace {
            steps: 1,
            ratio: 1.0,
            most_tries: u16::MAX,
            is_narrow_first: false,
        };
        let is_coarsest = scale <= plan.coarsest;
        let unmeasured = unmeasured(lane_index);
        let mut placer = Self::begin(lane_index, plan.clone(), pace, unmeasured, measure);
        (placer.scale, placer.is_coarsest) = (scale, is_coarsest);
        placer.levels(1, measure).labelled(scale)
    }

    /// The parameters of the placement.
    pub fn plan(&self) -> &Plan {
        &self.plan
    }

    /// Restarts the placement with other row limits; measured widths are kept.
    #[must_use]
    pub fn again(self, most_rows: Vec<u16>, measure: &dyn TextMeasure) -> Self {
        let plan = Plan {
            most_rows,
            ..self.plan
        };
        Self::begin(&self.lane_index, plan, self.pace, self.wanted_px, measure)
    }

    /// Computes up to `most` levels.
    pub fn levels(&mut self, most: usize, measure: &dyn TextMeasure) -> LabelSlots {
        let mut slots = LabelSlots::default();
        for _ in 0..most {
            match self.next_level(measure) {
                Some(level) => slots.push(level),
                None => break,
            }
        }
        if self.is_done {
            slots.finish();
        }
        slots
    }

    /// How many rows each lane has so far.
    pub fn rows(&self) -> impl Iterator<Item = u16> + '_ {
        self.lanes.iter().map(|lane| lane.rows.len() as u16)
    }

    /// How many of these labels are narrower than they need to be: their titles are elided.
    pub fn elided(&self, slots: &LabelSlots) -> usize {
        let timeline = self.lane_index.timeline();
        let is_elided = |event: &EventId| {
            let wanted = self.wanted_px.get(event.index());
            let wanted = wanted.map_or(0, |px| px.load(Ordering::Relaxed));
            let slot = slots.of(*event, timeline.lane(*event));
            slot.is_some_and(|slot| slot.label_px + 0.5 < f32::from(wanted))
        };
        let lanes = (0..timeline.lanes().len()).filter_map(LaneId::from_index);
        let events = lanes.flat_map(|lane| self.lane_index.events(lane).iter().copied());
        events.filter(is_elided).count()
    }

    /// From now on no lane gets another row, except for its first.
    pub fn keep_rows(&mut self) {
        self.plan.most_rows = self.rows().map(|rows| rows.max(1)).collect();
    }

    /// Computes the next finer level; `None` where there is none.
    pub fn next_level(&mut self, measure: &dyn TextMeasure) -> Option<Level> {
        if self.is_done {
            return None;
        }
        let timeline = Arc::clone(self.lane_index.timeline());
        let mut steps = Vec::new();
        // The coarsest scale is a level by itself: a window waits for it.
        let most = if self.is_coarsest { 1 } else { self.pace.steps };
        while steps.len() < most && !self.is_done {
            let labelled = self.step(&timeline, steps.len() as u8, measure);
            steps.push(Step {
                scale: self.scale,
                labelled,
            });
            let has_pending = |lane: &Lane| lane.pending.iter().any(|pending| !pending.is_empty());
            self.is_done = self.scale >= self.plan.finest || !self.lanes.iter().any(has_pending);
            self.scale = self.pace.next(self.scale, &self.plan);
            self.is_coarsest = false;
        }
        let lanes = self.lanes.iter_mut();
        let lanes = lanes.map(|lane| lane.rows.iter_mut().map(Row::finish_level).collect());
        Some(Level {
            steps,
            next_scale: self.scale,
            lanes: lanes.collect(),
        })
    }

    /// Tries all events without a slot at the current scale; returns how many got one.
    fn step(&mut self, timeline: &Timeline, step: u8, measure: &dyn TextMeasure) -> usize {
        let mut lanes = std::mem::take(&mut self.lanes);
        let most_rows = &self.plan.most_rows;
        let place = |(lane, &most_rows): (&mut Lane, &u16)| {
            let mut offer = self.offer(timeline, step, measure);
            let Lane { pending, rows } = lane;
            let placed = |rows: &[Row]| rows.iter().map(|row| row.new.len()).sum::<usize>();
            let before = placed(rows);
            for pending in pending {
                sweep(pending, rows, most_rows, &mut offer);
            }
            let labelled = placed(rows) - before;
            if offer.is_coarsest {
                // Any order of the rows is as good: that of time reads best.
                rows.sort_by_key(|row| row.new.first().map(|(print, _)| print.from()));
            }
            labelled
        };
        let labelled = if self.is_large(measure) {
            let lanes = lanes.par_iter_mut().zip(most_rows);
            lanes.map(place).sum()
        } else {
            lanes.iter_mut().zip(most_rows).map(place).sum()
        };
        self.lanes = lanes;
        labelled
    }

    /// Whether there are so many events that lanes are laid out beside each other.
    fn is_large(&self, measure: &dyn TextMeasure) -> bool {
        self.lane_index.len() > VERY_FEW && !measure.depends_on_order()
    }

    fn offer<'a>(
        &'a self,
        timeline: &'a Timeline,
        step: u8,
        measure: &'a dyn TextMeasure,
    ) -> Offer<'a> {
        Offer {
            timeline,
            plan: &self.plan,
            wanted_px: &self.wanted_px,
            wording: Wording::default(),
            measure,
            scale: self.scale,
            step,
            most_tries: self.pace.most_tries,
            is_coarsest: self.is_coarsest,
        }
    }
}

/// No label is measured yet.
fn unmeasured(lane_index: &LaneIndex) -> Vec<AtomicU16> {
    let mut wanted_px = Vec::new();
    wanted_px.resize_with(lane_index.timeline().len(), AtomicU16::default);
    wanted_px
}

/// Tries a lane's events of one class in its rows, from left to right. Those that are placed,
/// or can never be placed, are removed from `pending`.
fn sweep(pending: &mut Vec<EventId>, rows: &mut Vec<Row>, most_rows: u16, offer: &mut Offer<'_>) {
    if pending.is_empty() {
        return;
    }
    let mut followers: Vec<RowCursor> = Vec::new();
    followers.resize_with(rows.len(), RowCursor::default);
    let mut settled: Vec<Range<usize>> = Vec::new();
    let mut at = 0;
    while let Some(&event) = pending.get(at) {
        let start = offer.timeline.start(event);
        for (row, follower) in rows.iter().zip(&mut followers) {
            follower.follow(row, start, offer.scale);
        }
        let may_grow = rows.len() < usize::from(most_rows);
        // The first instant at which a row may have room.
        let free = followers.iter().map(|follower| follower.blocked_until);
        let free = free.min().unwrap_or(Moment::from_secs(i64::MIN));
        if !may_grow && free > start {
            let rest = pending.get(at..).unwrap_or_default();
            let begins = |event: &EventId| offer.timeline.start(*event);
            // An event that begins under a bar in every row has room in none, at any scale.
            let under = followers.iter().map(|follower| follower.under_until);
            let under = under.min().unwrap_or(free).min(free);
            let never = ahead(rest, |event| begins(event) <= under && begins(event) < free);
            if never > 0 {
                settled.push(at..at + never);
            }
            at += ahead(rest, |event| begins(event) < free);
            continue;
        }
        let fit = offer.first_fit(event, &mut followers, may_grow);
        if let Fit::Now(row, placed, footprint) = fit {
            if rows.len() <= row {
                rows.push(Row::default());
                followers.push(RowCursor::default());
            }
            if let (Some(row), Some(follower)) = (rows.get_mut(row), followers.get_mut(row)) {
                row.fresh.push((footprint, placed));
                follower.offers = 0;
                follower.is_stale = true;
            }
        }
        if !matches!(fit, Fit::Later) {
            settled.push(at..at + 1);
        }
        at += 1;
    }
    if !settled.is_empty() {
        remove(pending, &settled);
        rows.iter_mut().for_each(Row::finish_sweep);
    }
}

/// Removes the events at some positions, given in ascending order.
fn remove(events: &mut Vec<EventId>, settled: &[Range<usize>]) {
    let mut kept = 0;
    let mut from = 0;
    let ends = settled.iter().map(|range| (range.start, range.end));
    for (until, next) in ends.chain([(events.len(), 0)]) {
        events.copy_within(from..until, kept);
        kept += until - from;
        from = next;
    }
    events.truncate(kept);
}

/// What is needed to try events at one level.
struct Offer<'a> {
    timeline: &'a Timeline,
    plan: &'a Plan,
    wanted_px: &'a [AtomicU16],
    wording: Wording,
    measure: &'a dyn TextMeasure,
    scale: f64,
    /// Which step of its level the scale is.
    step: u8,
    most_tries: u16,
    is_coarsest: bool,
}

/// The outcome of trying an event.
enum Fit {
    /// It fits: row, label and footprint.
    Now(usize, PlacedLabel, Footprint),
    /// It may fit at a finer level.
    Later,
    /// It overlaps in time with a bar in every row.
    Never,
}

/// A candidate position of an event's label: side, label width in px, footprint.
type Candidate = (Side, f32, Footprint);

impl Offer<'_> {
    /// The first row from the top with room for the event, label on the right or on the left; else
    /// a new row where that is allowed.
    fn first_fit(&mut self, event: EventId, followers: &mut [RowCursor], may_grow: bool) -> Fit {
        let start = self.timeline.start(event);
        // A label belongs to what is seen of its mark.
        let whole = mark(self.timeline, event);
        let mark = whole.within(self.plan.extent);
        let is_cut = (mark.from, mark.to) != (whole.from, whole.to);
        let wanted_px = self.wanted_px(event);
        let ways = self.ways(&mark, wanted_px, is_cut);
        let Some(&first) = ways.iter().flatten().next() else {
            return Fit::Later;
        };
        let step = self.step;
        let found = |row: usize, (side, label_px, footprint): Candidate| {
            let placed = PlacedLabel {
                event,
                label_px: label_px as u16,
                side,
                step,
            };
            Fit::Now(row, placed, footprint)
        };
        let mut is_never = !may_grow;
        for (number, follower) in followers.iter_mut().enumerate() {
            is_never = is_never && follower.is_never(&mark);
            if start < follower.blocked_until {
                continue;
            }
            let fits = |way: &&Candidate| follower.fits(&way.2, self.scale);
            match ways.iter().flatten().find(fits) {
                Some(&way) => return found(number, way),
                None => follower.refuse(start, self.scale, self.most_tries),
            }
        }
        match (may_grow, is_never) {
            (true, _) => found(followers.len(), first),
            (false, true) => Fit::Never,
            (false, false) => Fit::Later,
        }
    }

    /// The width that an event's label needs, in px: measured when the event is first tried.
    fn wanted_px(&mut self, event: EventId) -> f32 {
        let slot = self.wanted_px.get(event.index());
        let known = slot.map_or(0, |slot| slot.load(Ordering::Relaxed));
        if known > 0 {
            return f32::from(known);
        }
        let wording = &mut self.wording;
        let px = wording.width_px(self.timeline, event, self.plan.form, self.measure);
        let summary_px = if self.plan.summary_px > 0.0 {
            summaries::width_px(self.timeline, event, self.measure).min(self.plan.summary_px)
        } else {
            0.0
        };
        let px = px.max(summary_px.ceil()).clamp(1.0, self.plan.widest_px);
        if let Some(slot) = slot {
            slot.store(px as u16, Ordering::Relaxed);
        }
        px
    }

    /// The candidate positions of an event's label at this scale, best first: on the right, on the
    /// left. A label must not stick out over the file's edges: the camera pans no further, so it
    /// would stay cut off; a mark may, in a chosen stretch of time. At the coarsest scale it is elided where neither side has room; later,
    /// the event is not placed yet.
    fn ways(&self, mark: &Mark, wanted_px: f32, is_cut: bool) -> [Option<Candidate>; 2] {
        let plan = self.plan;
        let way = |side, label_px| {
            let footprint = Footprint::new(mark, side, label_px, plan.form);
            (side, label_px, footprint)
        };
        let (from, to) = plan.extent;
        // The file has the same air at its edges, in px, at every scale as at the coarsest.
        let left_air = secs_between(plan.left, from) * plan.coarsest - EDGE_PX;
        let right_air =
            f64::from(plan.width_px) - secs_between(plan.left, to) * plan.coarsest - EDGE_PX;
        let width = secs_between(from, to) * self.scale;
        let seen_px = secs_between(mark.from, mark.to) * self.scale;
        let has_room = seen_px >= f64::from(wanted_px) + 2.0 * INSET_PX;
        if is_cut && plan.form == Form::Beside && has_room {
            // Over it, as where the edge of a view cuts it.
            let over = (Side::Right, wanted_px, Footprint::inside(mark));
            return [Some(over), None];
        }
        let both = [Side::Right, Side::Left].map(|side| {
            let way = way(side, wanted_px);
            let (low, high) = way.2.x_range(from, self.scale);
            let lacking = (-left_air - low).max(high - width - right_air).max(0.0) as f32;
            (way, lacking)
        });
        let inside = both.map(|(way, lacking)| (lacking < 0.5).then_some(way));
        if inside.iter().any(Option::is_some) || !self.is_coarsest {
            return inside;
        }
        let best = both.iter().min_by(|a, b| a.1.total_cmp(&b.1));
        let elided = best.map(|&((side, _, _), lacking)| {
            let least_px = NARROWEST_LABEL_PX.min(wanted_px);
            way(side, (wanted_px - lacking).max(least_px).floor())
        });
        [elided, None]
    }
}
