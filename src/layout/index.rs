//! What is computed once per key: rows, label widths, lanes, and the views that fit.
//!
//! The key is the file and the canvas' size, not the camera: panning and zooming never touch it.
//! [`Indexing`] makes it level by level (see [`labels`]): the coarsest is there at once, finer ones
//! follow, and an [`Index`] of what there is so far costs a handful of pointers. It is made of values
//! alone, so it can be made on any thread; it leaves drawing to [`draw`](super::draw).

use std::sync::Arc;

use super::{
    camera::{Camera, FINEST_SECS_PER_PX, secs_between},
    labels::{self, Form, Place, Places, Placing, Plan},
    lanes::{self, LaneNeed, Stack},
    mark::{End, Mark},
    measure::{Face, TextMeasure, elided},
    tally::{self, Tally},
};
use crate::{
    model::{EventId, LaneId, Timeline},
    time::{
        Moment, When,
        words::{self, Mood},
    },
};

/// Title and date of a label, in px.
pub const LABEL_SIZE_PX: f32 = 13.5;
/// See [`LABEL_SIZE_PX`].
pub const DATE_SIZE_PX: f32 = 12.0;
/// Lane names, in px.
pub const LANE_SIZE_PX: f32 = 13.0;
/// The height of a line of a lane's name, in px.
pub const LANE_LINE_PX: f32 = 17.0;
/// A file of up to so many events gets as many rows as it needs; a larger one what the height has
/// room for. Where they all overlap that is a lane of 60 rows, which still scrolls.
const SMALL: usize = 60;
/// No more labels than about this can be told in a plot at once: more could not be read, and a frame
/// would cost by them. A label with its air is some 100 px wide.
const MOST_LABELS: f32 = 300.0;
/// See [`MOST_LABELS`].
const USUAL_LABEL_PX: f32 = 100.0;
/// A view around an event is at least this much closer than where it is first told: clearly visible.
const TOLD_RATIO: f64 = 1.1;
/// See [`Index::nearest`].
const LOOK_BACK: usize = 10_000;
/// The height of the axis, in px.
pub const AXIS_PX: f32 = 46.0;
/// Room above the lanes for the "as of" note, in px.
pub const TOP_PX: f32 = 22.0;

/// The size that rows are chosen for.
#[derive(Copy, Clone, Debug, PartialEq)]
pub struct Key {
    /// The narrowest canvas of this window in px, names included: the one with the panel open.
    pub width_px: f32,
    /// The canvas' height in px, axis included.
    pub height_px: f32,
}

/// A timeline made ready to be drawn at any scale. Cheap to clone.
#[derive(Clone, Debug)]
pub struct Index {
    /// What is drawn.
    pub timeline: Arc<Timeline>,
    /// What it was built for.
    pub key: Key,
    /// The file's lanes in the order of time.
    pub tally: Arc<Tally>,
    /// Rows, sides and scales.
    pub places: Places,
    /// Where labels stand.
    pub form: Form,
    /// Where lanes lie.
    pub stack: Arc<Stack>,
    /// The lines of each lane's name.
    pub lane_names: Arc<[Vec<String>]>,
    /// The width of the column of names, in px.
    pub gutter_px: f32,
    /// What stands at the "as of" line.
    pub as_of_label: Option<Arc<str>>,
}

/// An index that is being made, from coarse levels to fine ones.
pub struct Indexing {
    index: Index,
    placing: Placing,
}

impl Indexing {
    /// Begins with the coarsest level, for which rows and lanes are chosen.
    pub fn new(tally: Arc<Tally>, key: Key, measure: &dyn TextMeasure) -> Self {
        let timeline = Arc::clone(tally.timeline());
        let has_names = timeline
            .lanes()
            .iter()
            .any(|lane| !lane.label.trim().is_empty());
        let gutter_px = if has_names {
            gutter(key.width_px)
        } else {
            NO_NAMES_PX
        };
        let lane_names: Vec<Vec<String>> = timeline
            .lanes()
            .iter()
            .map(|lane| name_lines(&lane.label, gutter_px, measure))
            .collect();
        let names_px = |lane: usize| lane_names.get(lane).map_or(0, Vec::len) as f32 * LANE_LINE_PX;
        let room_px = key.height_px - AXIS_PX - TOP_PX;
        let sketch = Sketch {
            tally: &tally,
            plot_px: key.width_px - gutter_px,
            room_px,
            measure,
        };
        let mut form = Form::Under;
        let (mut placing, mut places) = sketch.place(form);
        let mut needs = needs(&tally, &places, &placing, names_px);
        if lanes::least_height(&needs, form) > room_px {
            form = Form::Beside;
            (placing, places) = sketch.place(form);
            needs = self::needs(&tally, &places, &placing, names_px);
        }
        let index = Index {
            key,
            places,
            form,
            stack: Arc::new(lanes::stack(&needs, form, room_px)),
            lane_names: lane_names.into(),
            gutter_px,
            as_of_label: as_of_label(&timeline).map(Arc::from),
            timeline,
            tally,
        };
        Self { index, placing }
    }

    /// What there is so far.
    pub fn index(&self) -> &Index {
        &self.index
    }

    /// Adds the next finer level; tells whether there was one.
    pub fn add_level(&mut self, measure: &dyn TextMeasure) -> bool {
        let Some(level) = self.placing.next_level(measure) else {
            self.index.places.finish();
            return false;
        };
        self.index.places.push(level);
        true
    }

    /// All levels.
    pub fn finish(mut self, measure: &dyn TextMeasure) -> Index {
        while self.add_level(measure) {}
        self.index
    }
}

/// What a placement is tried for.
struct Sketch<'a> {
    tally: &'a Arc<Tally>,
    plot_px: f32,
    room_px: f32,
    measure: &'a dyn TextMeasure,
}

impl Sketch<'_> {
    /// Places a small file's events at all scales, a large one's at the coarsest.
    fn place(&self, form: Form) -> (Placing, Places) {
        let lanes = self.tally.timeline().lanes().len();
        if self.tally.len() <= SMALL {
            let mut placing = self.placing(form, vec![u16::MAX; lanes]);
            let places = placing.levels(usize::MAX, self.measure);
            return (placing, places);
        }
        // First as many rows as each lane would take, then as many as there are.
        let most = self.most_rows(form, lanes);
        let mut placing = self.placing(form, vec![most; lanes]);
        let mut places = placing.levels(1, self.measure);
        let wanted: Vec<u16> = placing.rows().map(|rows| rows.max(1)).collect();
        if wanted.iter().map(|&rows| usize::from(rows)).sum::<usize>() > usize::from(most) {
            placing = placing.again(shared_out(&wanted, most));
            places = placing.levels(1, self.measure);
        }
        placing.keep_rows();
        (placing, places)
    }

    /// How many rows all lanes together have room for; one each at least.
    fn most_rows(&self, form: Form, lanes: usize) -> u16 {
        let lanes_px = lanes as f32 * (lanes::AIR_PX + lanes::DENSITY_PX);
        let by_height = (self.room_px - lanes_px) / lanes::row_px(form);
        let by_labels = MOST_LABELS * USUAL_LABEL_PX / self.plot_px.max(1.0);
        (by_height.min(by_labels).max(0.0) as u16).max(u16::try_from(lanes).unwrap_or(u16::MAX))
    }

    fn placing(&self, form: Form, most_rows: Vec<u16>) -> Placing {
        let outline = self.tally.outline();
        let coarsest = outline.fit(self.plot_px);
        let plan = Plan {
            form,
            coarsest: coarsest.px_per_sec(),
            finest: 1.0 / FINEST_SECS_PER_PX,
            left: coarsest.time_from_x(0.0),
            width_px: self.plot_px,
            extent: outline.extent().unwrap_or_default(),
            most_rows,
        };
        Placing::new(Arc::clone(self.tally), plan)
    }
}

/// `most` rows among lanes that want so many: each gets what it wants, or an even share of what is
/// left by those that want less.
fn shared_out(wanted: &[u16], most: u16) -> Vec<u16> {
    let mut got = vec![1; wanted.len()];
    let mut left = usize::from(most).saturating_sub(wanted.len());
    while left > 0 {
        let before = left;
        for (got, wanted) in got.iter_mut().zip(wanted) {
            if left > 0 && *got < *wanted {
                *got += 1;
                left -= 1;
            }
        }
        if left == before {
            break;
        }
    }
    got
}

impl Index {
    /// Builds all that does not depend on the camera, at every scale.
    pub fn build(timeline: Arc<Timeline>, key: Key, measure: &dyn TextMeasure) -> Self {
        Self::of(Arc::new(Tally::of(timeline)), key, measure)
    }

    /// The same of what is tallied already.
    pub fn of(tally: Arc<Tally>, key: Key, measure: &dyn TextMeasure) -> Self {
        Indexing::new(tally, key, measure).finish(measure)
    }

    /// The mark of an event; `None` for an event of another file.
    pub fn mark(&self, event: EventId) -> Option<Mark> {
        (event.index() < self.timeline.len()).then(|| tally::mark(&self.timeline, event))
    }

    /// The place of an event, where it has one.
    pub fn place(&self, event: EventId) -> Option<Place> {
        self.places.of(event, self.timeline.lane(event))
    }

    /// Whether an event is told, with mark and label, at a scale in px per second; else it is counted.
    pub fn is_told(&self, event: EventId, scale: f64) -> bool {
        self.place(event)
            .is_some_and(|place| labels::is_told(&place, scale))
    }

    /// The events of a lane that begin from one instant to before another and are counted at a scale
    /// in px per second, in the order of time.
    pub fn counted(&self, lane: LaneId, (from, to): (Moment, Moment), scale: f64) -> Vec<EventId> {
        let (first, after) = (self.tally.before(lane, from), self.tally.before(lane, to));
        let events = self
            .tally
            .events(lane)
            .get(first..after)
            .unwrap_or_default();
        let (Some(first), Some(last)) = (events.first(), events.last()) else {
            return Vec::new();
        };
        let mut told = Vec::new();
        self.told(lane, scale, (*first, last.next()), &mut told);
        told.sort_unstable_by_key(|&(event, _)| event);
        let is_counted =
            |event: &EventId| told.binary_search_by_key(event, |&(told, _)| told).is_err();
        events.iter().copied().filter(is_counted).collect()
    }

    /// The next event in time, or the one before, that is told at a scale in px per second.
    pub fn told_beside(&self, event: EventId, is_later: bool, scale: f64) -> Option<EventId> {
        let lanes = (0..self.timeline.lanes().len()).filter_map(LaneId::from_index);
        let beside = lanes.flat_map(|lane| self.places.beside(lane, event, scale));
        if is_later {
            beside.filter(|&it| it > event).min()
        } else {
            beside.filter(|&it| it < event).max()
        }
    }

    /// The event of a lane that is [nearest](Self::nearest) to another event, of those that are told at
    /// a scale in px per second if there are any.
    pub fn nearest_told(&self, lane: LaneId, event: EventId, scale: f64) -> Option<EventId> {
        let nearest = self.nearest(lane, event)?;
        if self.is_told(nearest, scale) {
            return Some(nearest);
        }
        let distance = |other: &EventId| self.middle(*other).abs_diff(self.middle(event));
        let told = self.places.beside(lane, event, scale);
        told.min_by_key(|other| (distance(other), *other))
            .or(Some(nearest))
    }

    /// The middle of an event's time, in seconds.
    fn middle(&self, event: EventId) -> i64 {
        let (from, to) = (self.timeline.start(event), self.timeline.end(event));
        from.secs().midpoint(to.secs())
    }

    /// The event of a lane whose middle is nearest to that of another event; of two equally near ones
    /// the earlier. Of those that begin earlier only the last 10,000 are asked: how long they
    /// are is not known beforehand.
    pub fn nearest(&self, lane: LaneId, event: EventId) -> Option<EventId> {
        let wanted = self.middle(event);
        let events = self.tally.events(lane);
        let at = self.tally.before(lane, Moment::from_secs(wanted));
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

    /// The events that begin between two instants: the first of them, and the first after them.
    pub fn events_between(&self, (from, to): (Moment, Moment)) -> (EventId, EventId) {
        let (starts, _) = self.timeline.spans();
        let at = |time| starts.partition_point(|start| *start < time);
        let event = |at| EventId::from_index(at).unwrap_or(EventId::new(u32::MAX));
        (event(at(from)), event(at(to)))
    }

    /// Adds the events of a lane that are told at a scale in px per second and may be seen between two
    /// instants: see [`Places::told_in_row`].
    pub fn told(
        &self,
        lane: LaneId,
        scale: f64,
        range: (EventId, EventId),
        told: &mut Vec<(EventId, Place)>,
    ) {
        let rows = self
            .stack
            .lanes
            .get(lane.index())
            .map_or(0, |lane| lane.rows);
        for row in 0..rows {
            self.places.told_in_row((lane, row), scale, range, told);
        }
    }

    /// The camera that shows the whole file in a plot `plot_px` wide, overhangs included.
    pub fn fit(&self, plot_px: f32) -> Camera {
        self.tally.outline().fit(plot_px)
    }

    /// The coarsest scale of the narrowest canvas, in px per second: rows were chosen from here on.
    pub fn coarsest(&self) -> f64 {
        self.fit(self.key.width_px - self.gutter_px).px_per_sec()
    }

    /// The nearest camera that is allowed: no further out than the whole file, no closer than
    /// [`FINEST_SECS_PER_PX`], and the middle of the part of the plot that can be seen (its first
    /// `seen_px`; a sheet may cover the rest) on the file's time.
    pub fn allowed(&self, camera: Camera, plot_px: f32, seen_px: f32) -> Camera {
        let fit = self.fit(plot_px);
        let middle = f64::from(plot_px) / 2.0;
        let scale = camera.secs_per_px().clamp(
            FINEST_SECS_PER_PX,
            fit.secs_per_px().max(FINEST_SECS_PER_PX),
        );
        let camera = camera.with_scale_about(middle, scale);
        let Some((from, to)) = self.extent() else {
            return fit;
        };
        let (x0, x1) = (camera.x_from_time(from), camera.x_from_time(to));
        let seen_middle = f64::from(seen_px) / 2.0;
        camera.panned((x0 - seen_middle).max(0.0) + (x1 - seen_middle).min(0.0))
    }

    /// The file's first and last instant, the "as of" date included.
    pub fn extent(&self) -> Option<(Moment, Moment)> {
        self.tally.outline().extent()
    }

    /// Whether a camera shows the whole file.
    pub fn is_fitting(&self, camera: &Camera, plot_px: f32) -> bool {
        let fit = self.fit(plot_px);
        let x = fit.x_from_time(camera.time_from_x(0.0));
        (camera.secs_per_px() / fit.secs_per_px() - 1.0).abs() < 1e-3 && x.abs() < 1.0
    }

    /// What a view should show around an event: its date, with half as much again on both sides and
    /// more, and close enough that it is told.
    pub fn around(&self, event: EventId, plot_px: f32) -> Camera {
        let Some(mark) = self.mark(event) else {
            return self.fit(plot_px);
        };
        // An end that is open or not stated may be far: some of the file's own time, to see it in.
        let is_open = |end| matches!(end, End::Arrow | End::Stub | End::Fade);
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
        let place = self.place(event);
        let told = place.map_or(f64::INFINITY, |place| 1.0 / (place.min_scale * TOLD_RATIO));
        let secs_per_px = (4.0 * span / f64::from(plot_px.max(1.0))).min(told);
        let x = f64::from(plot_px) / 2.0;
        let camera = Camera::new(mark.from, secs_per_px).with_time_at(Moment::from_secs(middle), x);
        self.allowed(camera, plot_px, plot_px)
    }

    /// How far the lanes can be scrolled, in px: 0 where they fit.
    pub fn most_scroll_px(&self, canvas_height_px: f32) -> f32 {
        (self.stack.height + TOP_PX + AXIS_PX - canvas_height_px).max(0.0)
    }

    /// Where an event's row lies: top and bottom, in px from the top of the lanes, unscrolled.
    pub fn row_y(&self, event: EventId) -> Option<(f32, f32)> {
        let lane = self.stack.lanes.get(self.timeline.lane(event).index())?;
        let place = self.place(event)?;
        let top = lane.first_row + f32::from(place.row) * self.stack.pitch;
        Some((top, top + self.stack.pitch))
    }
}

/// What lies right of the "as of" line was not known then. Where a source of that very date is
/// given, the line is its publication.
fn as_of_label(timeline: &Timeline) -> Option<String> {
    let when = timeline.as_of_when()?;
    let date = words::label(when, Mood::Told);
    let is_publication = timeline
        .sources()
        .iter()
        .any(|source| When::parse(&source.date).is_ok_and(|it| it == *when));
    Some(if is_publication {
        format!("Published {date}")
    } else {
        format!("As of {date}")
    })
}

/// The column of names: narrower in a narrow window.
fn gutter(width_px: f32) -> f32 {
    if width_px >= 1000.0 { 190.0 } else { 156.0 }
}

/// What each lane needs: its rows, room for its name, and a band where not all of it is told.
fn needs(
    tally: &Tally,
    places: &Places,
    placing: &Placing,
    name_px: impl Fn(usize) -> f32,
) -> Vec<LaneNeed> {
    let coarsest = placing.plan().coarsest;
    let needs = placing.rows().enumerate().map(|(number, rows)| {
        let lane = LaneId::from_index(number).unwrap_or(LaneId::new(0));
        LaneNeed {
            rows: rows.max(1),
            has_density: places.told_in_lane(lane, coarsest) < tally.events(lane).len(),
            name_px: name_px(number),
        }
    });
    needs.collect()
}

/// A lane's name in the gutter: broken between words, at most three lines, the last one elided.
fn name_lines(name: &str, gutter_px: f32, measure: &dyn TextMeasure) -> Vec<String> {
    const MOST: usize = 3;
    let room = gutter_px - NAME_X_PX - 8.0;
    let mut lines: Vec<String> = Vec::new();
    for word in name.split_whitespace() {
        match lines.last_mut() {
            Some(last)
                if measure.width(&format!("{last} {word}"), Face::SansSemiBold, LANE_SIZE_PX)
                    <= room =>
            {
                last.push(' ');
                last.push_str(word);
            }
            _ => lines.push(word.to_owned()),
        }
    }
    if lines.len() > MOST {
        let rest = lines.split_off(MOST - 1).join(" ");
        lines.push(rest);
    }
    for line in &mut lines {
        let style = (Face::SansSemiBold, LANE_SIZE_PX);
        *line = elided(line, style, room, measure, &mut String::new()).to_owned();
    }
    lines
}

/// The column of names where no lane has one, in px.
const NO_NAMES_PX: f32 = 20.0;
/// Where a lane's name begins, right of its dot, in px.
pub const NAME_X_PX: f32 = 40.0;
