//! Where the names of a lesson's events stand on the stage: lanes, rows and sides, chosen once per
//! lesson and size of the stage for the views of all steps, so that nothing crosses from step to
//! step.
//!
//! ```text
//!  under its mark          beside it, right    left        over it, where no side has room
//!  ▒▓▓▒                    ▒▓▓▒ Name           Name ▒▓▓▒   ▓▓Name▓▓▓▓▓▓▓▶
//!  Name
//!  date
//! ```
//!
//! Each event, in time order, takes the lowest row of its lane in which it overlaps no other event
//! in the view of any step that shows both, whichever [form](Form) a step has. Where a lane needs
//! more rows than the stage can have, its least important events have no name. It leaves the rows'
//! heights to [`stage_lanes`](super::stage_lanes).

use std::cmp::Reverse;

use super::{
    camera::Camera,
    labels::Side,
    lesson_timeline::LessonTimeline,
    line_breaks::LineBreaker,
    mark::{Drawn, End, Mark},
    measure::{Face, TextMeasure, half_px},
    metrics::Form,
    wording::Wording,
};
use crate::{
    model::{EventId, LaneId, Lesson, Timeline},
    time::Moment,
};

/// Sizes of names, dates and lanes' names, in px at a unit of 1, which is a stage of 1920 × 1080.
const NAME_PX: f32 = 23.0;
/// See [`NAME_PX`].
const DATE_PX: f32 = 19.0;
/// See [`NAME_PX`].
const LANE_PX: f32 = 20.0;
/// The height of a mark, at a unit of 1, in px.
const MARK_PX: f32 = 22.0;
/// Air of a lane above its first row and below its last, together, at a unit of 1, in px.
const LANE_AIR_PX: f32 = 16.0;
/// The least height of a row, as a multiple of its letters.
const LEAST_PITCH: f32 = 1.2;
/// The gap between a mark and a name beside it, as a multiple of its letters.
const GAP: f32 = 0.45;
/// The gap between two events of a row, as a multiple of their letters.
const AIR: f32 = 0.7;
/// The most that lanes' names take of the width.
const GUTTER_SHARE: f32 = 0.17;
/// A lane's name has at most so many lines.
const NAME_LINES: usize = 2;

/// The sizes of a stage timeline's letters and marks, in px.
#[derive(Copy, Clone, Debug, PartialEq)]
pub struct StageSizes {
    /// How large everything is: 1 on a stage of 1920 × 1080.
    pub unit: f32,
    /// An event's name.
    pub name: f32,
    /// Its date.
    pub date: f32,
    /// A lane's name.
    pub lane: f32,
    /// The height of a mark.
    pub mark: f32,
}

impl StageSizes {
    /// The sizes at a unit, with letters `scale` times as large.
    pub fn at(unit: f32, scale: f32) -> Self {
        let of = |size: f32| half_px(size * unit * scale);
        Self {
            unit,
            name: of(NAME_PX),
            date: of(DATE_PX),
            lane: of(LANE_PX),
            mark: MARK_PX * unit,
        }
    }

    /// Air of a lane above its first row and below its last, together.
    pub fn lane_air(&self) -> f32 {
        LANE_AIR_PX * self.unit
    }

    /// The least height of a row.
    pub fn least_pitch(&self) -> f32 {
        LEAST_PITCH * self.name
    }

    /// The least height of a row whose names stand under their marks.
    pub fn under_pitch(&self) -> f32 {
        self.mark + 1.3 * (self.name + self.date) + 12.0 * self.unit
    }

    /// The gap between a mark and the name beside it.
    pub fn gap(&self) -> f32 {
        GAP * self.name
    }

    /// Names, dates and marks `times` as large, letters at most so; lanes and all else as they are.
    #[must_use]
    pub fn grown(&self, times: f32) -> Self {
        let letters = |size: f32| (2.0 * times * size).floor() / 2.0;
        Self {
            name: letters(self.name),
            date: letters(self.date),
            mark: times * self.mark,
            ..*self
        }
    }
}

/// Where names stand at a step, and how large names, dates and marks are.
#[derive(Copy, Clone, Debug, PartialEq)]
pub struct StageForm {
    /// On which side of their marks names stand.
    pub form: Form,
    /// How many times as large as in [`StageRows::sizes`] they are, at least 1.
    pub grown: f32,
}

impl StageForm {
    /// The least height of a row.
    pub fn least_pitch(&self, sizes: &StageSizes) -> f32 {
        let sizes = sizes.grown(self.grown);
        match self.form {
            Form::Under => sizes.under_pitch(),
            Form::Beside => sizes.least_pitch(),
        }
    }
}

/// A lane with events of the lesson.
#[derive(Clone, Debug, PartialEq)]
pub struct StageLane {
    /// The lane.
    pub lane: LaneId,
    /// Its name, in lines.
    pub name: Vec<String>,
}

/// Where an event of the lesson stands.
#[derive(Copy, Clone, Debug, PartialEq)]
pub struct StagePlace {
    /// The event.
    pub event: EventId,
    /// Its lane's number in [`StageRows::lanes`].
    pub lane: usize,
    /// Its row in the lane, from the top; `None` where there is none for its name.
    pub row: Option<u16>,
    /// The side of its mark on which its name stands.
    pub side: Side,
    /// The width of its name.
    pub name_px: f32,
    /// The width of its date.
    pub date_px: f32,
}

impl StagePlace {
    /// Whether a name, `grown` times as large, under a mark that reaches from here to there ends
    /// where the mark ends, and does not begin where it begins.
    pub fn is_from_end(&self, (x0, x1): (f32, f32), grown: f32) -> bool {
        self.side == Side::Left && grown * self.name_px > x1 - x0
    }
}

/// Lanes, rows and sides of a lesson on a stage.
#[derive(Clone, Debug, PartialEq)]
pub struct StageRows {
    /// The sizes for which they were chosen.
    pub sizes: StageSizes,
    /// The width left of the plot, for the lanes' names.
    pub gutter_px: f32,
    /// The width of the plot.
    pub plot_px: f32,
    /// In the order of the file.
    pub lanes: Vec<StageLane>,
    /// As in [`LessonTimeline::events`].
    pub places: Vec<StagePlace>,
}

/// The marks that a camera shows, by the number of their place.
struct View {
    marks: Vec<Option<(f32, f32)>>,
}

impl StageRows {
    /// Chooses them for a stage timeline of a size whose rows have `size_px.1` at most.
    pub fn new(
        (timeline, lesson): (&Timeline, &Lesson),
        lesson_timeline: &LessonTimeline,
        size_px: (f32, f32),
        sizes: StageSizes,
        measure: &dyn TextMeasure,
    ) -> Self {
        let mut of_lesson: Vec<LaneId> = lesson_timeline
            .events
            .iter()
            .map(|it| timeline.lane(it.event))
            .collect();
        of_lesson.sort_unstable();
        of_lesson.dedup();
        let (lanes, gutter_px) = named(&of_lesson, timeline, (size_px.0, sizes), measure);
        let mut wording = Wording::default();
        let places = lesson_timeline.events.iter().map(|it| {
            let lane = timeline.lane(it.event);
            let name = timeline.short(it.event);
            let date = wording.date(timeline, it.event);
            StagePlace {
                event: it.event,
                lane: of_lesson.binary_search(&lane).unwrap_or(0),
                row: None,
                side: Side::Right,
                name_px: measure.width(name, Face::SansSemiBold, sizes.name).ceil(),
                date_px: measure.width(date, Face::Sans, sizes.date).ceil(),
            }
        });
        let mut rows = Self {
            sizes,
            gutter_px,
            plot_px: (size_px.0 - gutter_px).max(1.0),
            lanes,
            places: places.collect(),
        };
        let views = rows.views((timeline, lesson), lesson_timeline);
        rows.choose_sides(&views);
        // Of an event whose beginning is not stated, the end is what is known.
        let known = rows.places.iter().map(|place| {
            let mark = LessonTimeline::mark(timeline, place.event);
            if mark.start == End::Fade {
                mark.to
            } else {
                mark.from
            }
        });
        let known: Vec<Moment> = known.collect();
        let mut needs: Vec<u16> = (0..rows.lanes.len())
            .map(|lane| {
                let in_lane = rows.in_lane(lane);
                rows.place(&in_lane, u16::MAX, &views, &known)
            })
            .collect();
        let air = rows.lanes.len() as f32 * sizes.lane_air();
        let most = ((size_px.1 - air) / sizes.least_pitch()).max(1.0) as usize;
        let before = needs.clone();
        // The lanes with the most rows give way.
        while needs.iter().copied().map(usize::from).sum::<usize>() > most {
            let Some(largest) = needs.iter_mut().max().filter(|rows| **rows > 1) else {
                break;
            };
            *largest -= 1;
        }
        for (lane, (&most, before)) in needs.iter().zip(before).enumerate() {
            if most < before {
                let mut in_lane = rows.in_lane(lane);
                in_lane.sort_by_key(|&at| {
                    let event = lesson_timeline.events.get(at);
                    let is_own = event.is_some_and(|it| it.revealed_by.is_some());
                    let importance = event.map(|it| timeline.importance(it.event));
                    (Reverse(is_own), Reverse(importance), at)
                });
                rows.place(&in_lane, most, &views, &known);
            }
        }
        rows
    }

    /// The numbers of a lane's places.
    fn in_lane(&self, lane: usize) -> Vec<usize> {
        let places = self.places.iter().enumerate();
        let in_lane = places.filter(|(_, place)| place.lane == lane);
        in_lane.map(|(at, _)| at).collect()
    }

    /// What each camera of the lesson shows, at any step.
    fn views(
        &self,
        (timeline, lesson): (&Timeline, &Lesson),
        lesson_timeline: &LessonTimeline,
    ) -> Vec<View> {
        let mut views: Vec<(Camera, View)> = Vec::new();
        let marks: Vec<Mark> = self
            .places
            .iter()
            .map(|place| LessonTimeline::mark(timeline, place.event))
            .collect();
        for (number, step) in lesson.steps.iter().enumerate() {
            let camera = lesson_timeline.camera(step.view.as_ref());
            let camera = LessonTimeline::seen_over(camera, f64::from(self.plot_px));
            let at = views.iter().position(|(it, _)| *it == camera);
            let at = at.unwrap_or_else(|| {
                let marks = vec![None; self.places.len()];
                views.push((camera, View { marks }));
                views.len() - 1
            });
            let Some((_, view)) = views.get_mut(at) else {
                continue;
            };
            let shown: Vec<EventId> = lesson_timeline
                .shown(timeline, number, Vec::new(), false)
                .map(|it| it.event)
                .collect();
            let all = view.marks.iter_mut().zip(&self.places).zip(&marks);
            for ((slot, place), mark) in all {
                if shown.binary_search(&place.event).is_ok() {
                    *slot = self.mark_x(&mark.drawn(&camera), 1.0);
                }
            }
        }
        views.into_iter().map(|(_, view)| view).collect()
    }

    /// From where to where a mark reaches in the plot that is `grown` times as large; `None` where it
    /// is out of view.
    pub fn mark_x(&self, drawn: &Drawn, grown: f32) -> Option<(f32, f32)> {
        let (mut x0, mut x1) = (drawn.x0, drawn.x1);
        if drawn.is_diamond {
            // As large as the other marks, which are made to be visible from afar.
            let half = f64::from(grown * self.sizes.mark) / 2.0;
            let middle = f64::midpoint(x0, x1);
            (x0, x1) = (middle - half, middle + half);
        }
        let width = f64::from(self.plot_px);
        (x1 > 0.0 && x0 < width).then(|| (x0.max(0.0) as f32, x1.min(width) as f32))
    }

    /// The left end of a name in the plot, given from where to where its mark reaches, and whether
    /// it stands over the mark, as there is no room on its side.
    pub fn name_x(&self, (x0, x1): (f32, f32), place: &StagePlace, form: StageForm) -> (f32, bool) {
        let name = form.grown * place.name_px;
        let most = (self.plot_px - name).max(0.0);
        let gap = form.grown * self.sizes.gap();
        let (right, left) = (x1 + gap, x0 - gap - name);
        match (form.form, place.side) {
            (Form::Under, _) if !place.is_from_end((x0, x1), form.grown) => (x0.min(most), false),
            (Form::Under, _) => ((x1 - name).clamp(0.0, most), false),
            (Form::Beside, Side::Right) if right <= most => (right, false),
            (Form::Beside, Side::Left) if left >= 0.0 => (left, false),
            (Form::Beside, _) => ((x0 + gap).min(most), true),
        }
    }

    /// Whether names and dates that have grown overlap nothing of their rows, given from where to
    /// where the mark of each place reaches, if it is shown.
    pub fn has_room(&self, marks: &[Option<(f32, f32)>], form: StageForm) -> bool {
        let air = AIR * self.sizes.name;
        let as_chosen = StageForm { grown: 1.0, ..form };
        let mut taken: Vec<(usize, u16, f32, f32)> = Vec::with_capacity(marks.len());
        for (place, mark) in self.places.iter().zip(marks) {
            let (Some(row), Some(mark)) = (place.row, *mark) else {
                continue;
            };
            let mark = self.grown_mark(mark, form.grown);
            let (x, is_over) = self.name_x(mark, place, form);
            if is_over && !self.name_x(mark, place, as_chosen).1 {
                return false;
            }
            let (name, date) = (form.grown * place.name_px, form.grown * place.date_px);
            let is_from_end = match form.form {
                Form::Under => place.is_from_end(mark, form.grown),
                Form::Beside => place.side == Side::Left,
            };
            let width = match form.form {
                Form::Under => name.max(date),
                // A name over its mark has no date.
                Form::Beside if is_over => name,
                Form::Beside => name + form.grown * self.sizes.gap() + date,
            };
            let (from, to) = if is_from_end && !is_over {
                (x + name - width, x + name)
            } else {
                (x, x + width)
            };
            if from < 0.0 || to + air > self.plot_px {
                return false;
            }
            let (from, to) = (from.min(mark.0), to.max(mark.1));
            let mut of_row = taken.iter().filter(|it| (it.0, it.1) == (place.lane, row));
            if of_row.any(|it| from < it.3 + air && it.2 < to + air) {
                return false;
            }
            taken.push((place.lane, row, from, to));
        }
        true
    }

    /// A mark of the size for which rows were chosen, grown: only a diamond becomes wider.
    fn grown_mark(&self, (x0, x1): (f32, f32), grown: f32) -> (f32, f32) {
        if x1 - x0 > self.sizes.mark + 0.01 {
            return (x0, x1);
        }
        let (middle, half) = (f32::midpoint(x0, x1), grown * (x1 - x0) / 2.0);
        ((middle - half).max(0.0), (middle + half).min(self.plot_px))
    }

    /// What an event covers of its row, in either form.
    fn footprint(&self, (x0, x1): (f32, f32), place: &StagePlace) -> (f32, f32) {
        let forms = [Form::Under, Form::Beside].map(|form| StageForm { form, grown: 1.0 });
        let ends = forms.map(|form| self.name_x((x0, x1), place, form).0);
        let first = ends.into_iter().fold(x0, f32::min);
        let last = ends.into_iter().fold(x1 - place.name_px, f32::max) + place.name_px;
        (first, last)
    }

    /// The side on which a name covers the least of its mark over all views; the right of two that
    /// are equal.
    fn choose_sides(&mut self, views: &[View]) {
        for at in 0..self.places.len() {
            let Some(&place) = self.places.get(at) else {
                continue;
            };
            let covered = |side| {
                let place = StagePlace { side, ..place };
                let marks = views.iter().filter_map(|view| *view.marks.get(at)?);
                let form = StageForm {
                    form: Form::Beside,
                    grown: 1.0,
                };
                let over = marks.filter(|&mark| self.name_x(mark, &place, form).1);
                let shares = over.map(|(x0, x1)| (place.name_px / (x1 - x0).max(1.0)).min(1.0));
                shares.sum::<f32>()
            };
            let side = if covered(Side::Left) < covered(Side::Right) {
                Side::Left
            } else {
                Side::Right
            };
            if let Some(place) = self.places.get_mut(at) {
                place.side = side;
            }
        }
    }

    /// Gives the places of a lane, in this order, the lowest of at most `most` rows in which they
    /// fit; returns how many rows are taken. Those for which none is left have none. The rows are in
    /// the order of time: of the first instant that is `known` of any of their places.
    fn place(&mut self, in_lane: &[usize], most: u16, views: &[View], known: &[Moment]) -> u16 {
        let mut rows: Vec<Vec<usize>> = Vec::new();
        for &at in in_lane {
            let free = rows.iter().position(|row| {
                row.iter()
                    .all(|&other| !self.is_in_the_way(at, other, views))
            });
            let row = match free {
                Some(row) => Some(row),
                None if rows.len() < usize::from(most) => {
                    rows.push(Vec::new());
                    Some(rows.len() - 1)
                }
                None => None,
            };
            if let Some(row) = row.and_then(|row| rows.get_mut(row)) {
                row.push(at);
            }
            if row.is_none()
                && let Some(place) = self.places.get_mut(at)
            {
                place.row = None;
            }
        }
        rows.sort_by_key(|row| {
            let known = row.iter().filter_map(|&at| known.get(at).copied());
            known.min()
        });
        for (number, row) in rows.iter().enumerate() {
            for &at in row {
                if let Some(place) = self.places.get_mut(at) {
                    place.row = u16::try_from(number).ok();
                }
            }
        }
        u16::try_from(rows.len()).unwrap_or(u16::MAX)
    }

    /// Whether two places of a row overlap in any view.
    fn is_in_the_way(&self, one: usize, other: usize, views: &[View]) -> bool {
        let air = AIR * self.sizes.name;
        views.iter().any(|view| {
            let footprint =
                |at: usize| Some(self.footprint((*view.marks.get(at)?)?, self.places.get(at)?));
            match (footprint(one), footprint(other)) {
                (Some(a), Some(b)) => a.0 < b.1 + air && b.0 < a.1 + air,
                _ => false,
            }
        })
    }
}

/// The lanes with their names in lines, and the width that those need.
fn named(
    lanes: &[LaneId],
    timeline: &Timeline,
    (width_px, sizes): (f32, StageSizes),
    measure: &dyn TextMeasure,
) -> (Vec<StageLane>, f32) {
    let dot = 1.3 * sizes.lane;
    let breaker = LineBreaker {
        face: Face::SansSemiBold,
        size_px: sizes.lane,
        width_px: GUTTER_SHARE * width_px - dot,
        measure,
    };
    let mut widest: f32 = 0.0;
    let mut named = Vec::new();
    for &lane in lanes {
        let label = &timeline.lane_record(lane).label;
        let mut name = if label.is_empty() {
            Vec::new()
        } else {
            breaker.lines(label)
        };
        if name.len() > NAME_LINES {
            name.truncate(NAME_LINES);
            if let Some(last) = name.last_mut() {
                last.push('…');
            }
        }
        for line in &name {
            widest = widest.max(measure.width(line, breaker.face, breaker.size_px));
        }
        named.push(StageLane { lane, name });
    }
    let gutter = if widest > 0.0 {
        (widest + 2.0 * dot).ceil().min(0.25 * width_px)
    } else {
        0.0
    };
    (named, gutter)
}

#[cfg(test)]
mod tests;
