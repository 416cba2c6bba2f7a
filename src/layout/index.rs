//! What is computed once per key: marks, label widths, rows, lanes, and the views that fit.
//!
//! The key is the file and the canvas' size, not the camera: panning and zooming never touch it.
//! It leaves drawing to [`draw`](super::draw). It is built from values alone, so it can be built on
//! any thread.

use std::sync::Arc;

use super::{
    camera::{Camera, FINEST_SECS_PER_PX, secs_between},
    density,
    labels::{self, Form, Places, Plan},
    lanes::{self, LaneNeed, Stack},
    mark::{End, Mark},
    measure::{Face, TextMeasure, elided},
};
use crate::{
    model::{Certainty, EventId, Timeline},
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
/// Air between the outermost drawing and the plot's edges where the whole file fits, in px.
const EDGE_PX: f32 = 20.0;
/// A file of up to so many events gets as many rows as it needs; a larger one its lanes' share of
/// the height. Where they
/// all overlap that is a lane of 60 rows, which still scrolls.
const SMALL: usize = 60;
/// A view around an event is at least this much closer than where it is first told: clearly visible.
const TOLD_RATIO: f64 = 1.1;
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

/// A timeline made ready to be drawn at any scale.
pub struct Index {
    /// What is drawn.
    pub timeline: Arc<Timeline>,
    /// What it was built for.
    pub key: Key,
    /// Marks, by event.
    pub marks: Vec<Mark>,
    /// Short dates in words, by event, as labels say them.
    pub dates: Vec<String>,
    /// Rows, sides and scales.
    pub places: Places,
    /// Where labels stand.
    pub form: Form,
    /// Where lanes lie.
    pub stack: Stack,
    /// The lines of each lane's name.
    pub lane_names: Vec<Vec<String>>,
    /// The width of the column of names, in px.
    pub gutter_px: f32,
    /// The events of each lane that are counted at the coarsest scale, in time order.
    pub counted: Vec<Vec<EventId>>,
    /// What stands at the "as of" line.
    pub as_of_label: Option<String>,
    /// By lane: how many events touch each [`OVERVIEW_BINS`]th of the file's time.
    pub overview: Vec<Vec<u32>>,
    outline: Outline,
}

/// Into how many bins the overview strip divides the file's time: a bin is some 1.5 px wide there.
pub const OVERVIEW_BINS: usize = 720;

/// Per overhang in px the outermost instants: what decides which scale fits.
#[derive(Clone, Debug, Default)]
struct Outline {
    starts: Vec<(f32, Moment)>,
    ends: Vec<(f32, Moment)>,
}

impl Index {
    /// Builds all that does not depend on the camera.
    pub fn build(timeline: Arc<Timeline>, key: Key, measure: &dyn TextMeasure) -> Self {
        let has_names = timeline
            .lanes()
            .iter()
            .any(|lane| !lane.label.trim().is_empty());
        let gutter_px = if has_names {
            gutter(key.width_px)
        } else {
            NO_NAMES_PX
        };
        let marks: Vec<Mark> = timeline
            .events()
            .map(|event| mark(&timeline, event))
            .collect();
        let dates: Vec<String> = timeline
            .events()
            .map(|event| date(&timeline, event))
            .collect();
        let wanted_px: Vec<f32> = timeline
            .events()
            .zip(&dates)
            .map(|(event, date)| {
                let title = measure.width(timeline.short(event), Face::SansSemiBold, LABEL_SIZE_PX);
                (title, measure.width(date, Face::Sans, DATE_SIZE_PX))
            })
            .map(|(title, date)| title.max(date).ceil())
            .collect();
        let outline = Outline::new(&marks, timeline.as_of());
        let lane_names: Vec<Vec<String>> = timeline
            .lanes()
            .iter()
            .map(|lane| name_lines(&lane.label, gutter_px, measure))
            .collect();

        let plot_px = key.width_px - gutter_px;
        let coarsest = outline.fit(plot_px);
        let room_px = key.height_px - AXIS_PX - TOP_PX;
        let plan = |form, most_rows| {
            let wanted_px: Vec<f32> = match form {
                Form::Under => wanted_px.clone(),
                Form::Beside => timeline
                    .events()
                    .zip(&dates)
                    .map(|(event, date)| beside_px(timeline.short(event), date, measure))
                    .collect(),
            };
            let plan = Plan {
                timeline: &timeline,
                marks: &marks,
                wanted_px: &wanted_px,
                form,
                coarsest: coarsest.px_per_sec(),
                finest: 1.0 / FINEST_SECS_PER_PX,
                left: coarsest.time_from_x(0.0),
                width_px: plot_px,
                extent: outline.extent().unwrap_or_default(),
                most_rows,
            };
            let places = labels::place(&plan);
            let needs = needs(&timeline, &places, &lane_names, coarsest.px_per_sec());
            (places, needs)
        };
        let is_small = timeline.len() <= SMALL;
        let most_rows =
            |form| (!is_small).then(|| share_of_rows(timeline.lanes().len(), form, room_px));
        let (mut form, mut chosen) = (Form::Under, plan(Form::Under, most_rows(Form::Under)));
        if lanes::least_height(&chosen.1, form) > room_px {
            (form, chosen) = (Form::Beside, plan(Form::Beside, most_rows(Form::Beside)));
        }
        let (places, needs) = chosen;
        let stack = lanes::stack(&needs, form, room_px);

        let mut counted = vec![Vec::new(); timeline.lanes().len()];
        for event in timeline
            .events()
            .filter(|&e| !density::is_told(&places, e, coarsest.px_per_sec()))
        {
            if let Some(lane) = counted.get_mut(timeline.lane(event).index()) {
                lane.push(event);
            }
        }
        let as_of_label = as_of_label(&timeline);
        let overview = overview(&timeline, &marks, &outline);
        Self {
            timeline,
            key,
            marks,
            dates,
            places,
            form,
            stack,
            lane_names,
            gutter_px,
            counted,
            as_of_label,
            overview,
            outline,
        }
    }

    /// The camera that shows the whole file in a plot `plot_px` wide, overhangs included.
    pub fn fit(&self, plot_px: f32) -> Camera {
        self.outline.fit(plot_px)
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
        let Some((from, to)) = self.outline.extent() else {
            return fit;
        };
        let (x0, x1) = (camera.x_from_time(from), camera.x_from_time(to));
        let seen_middle = f64::from(seen_px) / 2.0;
        camera.panned((x0 - seen_middle).max(0.0) + (x1 - seen_middle).min(0.0))
    }

    /// The file's first and last instant, the "as of" date included.
    pub fn extent(&self) -> Option<(Moment, Moment)> {
        self.outline.extent()
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
        let Some(mark) = self.marks.get(event.index()) else {
            return self.fit(plot_px);
        };
        // An end that is open or not stated may be far: some of the file's own time, to see it in.
        let is_open = |end| matches!(end, End::Arrow | End::Stub | End::Fade);
        let least = if is_open(mark.start) || is_open(mark.end) {
            self.outline
                .extent()
                .map_or(0.0, |(from, to)| secs_between(from, to) / 20.0)
        } else {
            0.0
        };
        let span = secs_between(mark.from, mark.to)
            .max(least)
            .max(f64::from(plot_px) / 4.0);
        let middle = mark.from.secs().midpoint(mark.to.secs());
        let place = self.places.places.get(event.index()).copied().flatten();
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
        let place = self.places.places.get(event.index()).copied().flatten()?;
        let top = lane.first_row + f32::from(place.row) * self.stack.pitch;
        Some((top, top + self.stack.pitch))
    }
}

/// How many events touch each bin of each lane.
fn overview(timeline: &Timeline, marks: &[Mark], outline: &Outline) -> Vec<Vec<u32>> {
    let mut lanes = vec![vec![0; OVERVIEW_BINS]; timeline.lanes().len()];
    let Some((from, to)) = outline.extent() else {
        return lanes;
    };
    let secs_per_bin = (secs_between(from, to) / OVERVIEW_BINS as f64).max(1.0);
    let bin =
        |time: Moment| ((secs_between(from, time) / secs_per_bin) as usize).min(OVERVIEW_BINS - 1);
    for (event, mark) in timeline.events().zip(marks) {
        let Some(bins) = lanes.get_mut(timeline.lane(event).index()) else {
            continue;
        };
        let (first, last) = (
            bin(mark.from),
            bin(Moment::from_secs(mark.to.secs().saturating_sub(1))),
        );
        for count in bins.get_mut(first..=last.max(first)).unwrap_or_default() {
            *count += 1;
        }
    }
    lanes
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

/// The mark of an event of a timeline.
fn mark(timeline: &Timeline, event: EventId) -> Mark {
    let (from, to) = (timeline.start(event), timeline.end(event));
    Mark::new(&timeline.when(event), timeline.certainty(event), from, to)
}

/// The date as a label says it, with how sure it is.
fn date(timeline: &Timeline, event: EventId) -> String {
    let date = timeline.date_label(event);
    match timeline.certainty(event) {
        // Its dashed mark says that it is expected.
        Certainty::Expected => date,
        certainty => match certainty.qualifier() {
            Some(word) => format!("{date} · {word}"),
            None => date,
        },
    }
}

/// The column of names: narrower in a narrow window.
fn gutter(width_px: f32) -> f32 {
    if width_px >= 1000.0 { 190.0 } else { 156.0 }
}

/// The width of title and date on one line.
fn beside_px(title: &str, date: &str, measure: &dyn TextMeasure) -> f32 {
    let title = measure.width(title, Face::SansSemiBold, LABEL_SIZE_PX);
    (title + labels::BESIDE_GAP_PX + measure.width(date, Face::Sans, DATE_SIZE_PX)).ceil()
}

fn needs(
    timeline: &Timeline,
    places: &Places,
    names: &[Vec<String>],
    coarsest: f64,
) -> Vec<LaneNeed> {
    let mut needs: Vec<LaneNeed> = places
        .rows
        .iter()
        .zip(names)
        .map(|(&rows, lines)| LaneNeed {
            rows,
            has_density: false,
            name_px: lines.len() as f32 * LANE_LINE_PX,
        })
        .collect();
    for event in timeline
        .events()
        .filter(|&event| !density::is_told(places, event, coarsest))
    {
        if let Some(need) = needs.get_mut(timeline.lane(event).index()) {
            need.has_density = true;
        }
    }
    needs
}

/// The rows that each of `lanes` lanes may have where a large file shares out the height.
fn share_of_rows(lanes: usize, form: Form, room_px: f32) -> u16 {
    let lane_px = room_px / lanes.max(1) as f32 - lanes::AIR_PX - lanes::DENSITY_PX;
    ((lane_px / lanes::row_px(form)).floor() as u16).max(1)
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
        if let Some(short) = elided(line, Face::SansSemiBold, LANE_SIZE_PX, room, measure) {
            *line = short;
        }
    }
    lines
}

/// The column of names where no lane has one, in px.
const NO_NAMES_PX: f32 = 20.0;
/// Where a lane's name begins, right of its dot, in px.
pub const NAME_X_PX: f32 = 40.0;

impl Outline {
    fn new(marks: &[Mark], as_of: Option<Moment>) -> Self {
        let mut outline = Self::default();
        for mark in marks {
            let (left, right) = mark.overhang_px();
            keep(&mut outline.starts, left, mark.from, Moment::min);
            keep(&mut outline.ends, right, mark.to, Moment::max);
        }
        if let Some(as_of) = as_of.filter(|_| !marks.is_empty()) {
            keep(&mut outline.starts, 0.0, as_of, Moment::min);
            keep(&mut outline.ends, 0.0, as_of, Moment::max);
        }
        outline
    }

    fn extent(&self) -> Option<(Moment, Moment)> {
        let from = self.starts.iter().map(|(_, time)| *time).min()?;
        Some((from, self.ends.iter().map(|(_, time)| *time).max()?))
    }

    /// For every pair of outermost edges, `scale × (end − start) + overhangs ≤ plot − edges`: the
    /// largest scale that satisfies all pairs fits, and the tightest pair lies edge to edge.
    fn fit(&self, plot_px: f32) -> Camera {
        let Some((from, to)) = self.extent() else {
            // An empty file still has an axis: this century.
            return Camera::over(
                Moment::year_start(2000),
                Moment::year_start(2100),
                f64::from(plot_px.max(1.0)),
            );
        };
        let mut secs_per_px = FINEST_SECS_PER_PX;
        for (left_px, start) in &self.starts {
            for (right_px, end) in &self.ends {
                let room = f64::from((plot_px - 2.0 * EDGE_PX - left_px - right_px).max(40.0));
                secs_per_px = f64::max(secs_per_px, secs_between(*start, *end) / room);
            }
        }
        // A single date would fill the plot: it gets as much time again on both sides.
        let is_alone = self.starts.len() == 1
            && self.ends.len() == 1
            && secs_between(from, to) < 40.0 * 86_400.0;
        if is_alone {
            secs_per_px *= 3.0;
        }
        let camera = Camera::new(from, secs_per_px);
        let low = self
            .starts
            .iter()
            .map(|(px, time)| camera.x_from_time(*time) - f64::from(*px))
            .fold(f64::INFINITY, f64::min);
        let high = self
            .ends
            .iter()
            .map(|(px, time)| camera.x_from_time(*time) + f64::from(*px))
            .fold(f64::NEG_INFINITY, f64::max);
        camera.panned(f64::midpoint(low, high) - f64::from(plot_px) / 2.0)
    }
}

/// Keeps the outermost instant for one overhang.
fn keep(list: &mut Vec<(f32, Moment)>, px: f32, time: Moment, outer: fn(Moment, Moment) -> Moment) {
    match list.iter_mut().find(|(known, _)| *known == px) {
        Some((_, kept)) => *kept = outer(*kept, time),
        None => list.push((px, time)),
    }
}
