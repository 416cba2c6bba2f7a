//! How high the rows of a lesson's timeline are at a step, and where lanes and events lie.
//!
//! What is shown shares the height that the step's story leaves: lanes without events and rows
//! without names take none, and few events are large, with their names under their marks. From step to step
//! all spread or draw together in one order ([`StageLanes::between`]). All y are in px above the
//! axis, and negative.

use super::{
    metrics::Form,
    stage_rows::{StageForm, StageRows},
};

/// The height of the strip of a lane's events without names, at a unit of 1, in px.
const STRIP_PX: f32 = 16.0;
/// The most height of a row with names beside the marks, as a multiple of the least.
const MOST_BESIDE: f32 = 1.9;
/// The most height of a row with names under the marks, as a multiple of the least.
const MOST_UNDER: f32 = 1.35;
/// How many times as large names, dates and marks can be where there is room for it, in each form:
/// the first that fits.
const GROWN_UNDER: [f32; 5] = [1.6, 1.45, 1.3, 1.15, 1.0];
/// See [`GROWN_UNDER`].
const GROWN_BESIDE: [f32; 3] = [1.3, 1.15, 1.0];
/// The height of a line of a lane's name, as a multiple of its letters.
const NAME_LINE: f32 = 1.25;

/// A lane at a step.
#[derive(Copy, Clone, Debug, PartialEq)]
pub struct StageBand {
    /// Its number in [`StageRows::lanes`].
    pub lane: usize,
    /// Its upper end.
    pub top: f32,
    /// Its lower end.
    pub bottom: f32,
    /// How many of the events shown have no name.
    pub unnamed: usize,
}

/// Where everything lies at a step.
#[derive(Clone, Debug, PartialEq)]
pub struct StageLanes {
    /// Where names stand, and how large they are.
    pub form: StageForm,
    /// The height of a row.
    pub pitch: f32,
    /// The lanes with events, from the top.
    pub bands: Vec<StageBand>,
    /// By the number of its place: the upper end of an event's row, or of its lane's strip.
    pub tops: Vec<Option<f32>>,
}

/// The rows that a lane has at a step.
struct Need {
    lane: usize,
    /// The rows with names, from the top.
    rows: Vec<u16>,
    unnamed: usize,
}

impl Need {
    fn of(rows: &StageRows, marks: &[Option<(f32, f32)>]) -> Vec<Self> {
        let needs = (0..rows.lanes.len()).map(|lane| {
            let places = rows.places.iter().zip(marks);
            let shown = places.filter(|(place, mark)| place.lane == lane && mark.is_some());
            let (mut taken, mut unnamed) = (Vec::new(), 0);
            for (place, _) in shown {
                match place.row {
                    Some(row) => taken.push(row),
                    None => unnamed += 1,
                }
            }
            taken.sort_unstable();
            taken.dedup();
            Self {
                lane,
                rows: taken,
                unnamed,
            }
        });
        needs
            .filter(|need| !need.rows.is_empty() || need.unnamed > 0)
            .collect()
    }

    /// The height of the lane with rows of a height.
    fn height(&self, rows: &StageRows, pitch: f32) -> f32 {
        let sizes = &rows.sizes;
        let strip = if self.unnamed > 0 { STRIP_PX } else { 0.0 } * sizes.unit;
        let lines = rows.lanes.get(self.lane).map_or(0, |lane| lane.name.len());
        // Its first line is beside the first row.
        let name = match lines {
            0 => 0.0,
            _ => pitch / 2.0 + (lines as f32 - 0.5) * NAME_LINE * sizes.lane,
        };
        (self.rows.len() as f32 * pitch + strip).max(name) + sizes.lane_air()
    }
}

impl StageLanes {
    /// Lays out what is shown over an axis with `height_px` of room above it, of which the lowest
    /// `floor_px` stay free. `marks` says for each place from where to where its mark reaches in
    /// the plot, if it is shown.
    pub fn new(
        rows: &StageRows,
        marks: &[Option<(f32, f32)>],
        height_px: f32,
        floor_px: f32,
    ) -> Self {
        let needs = Need::of(rows, marks);
        let sizes = &rows.sizes;
        let whole = |pitch: f32| -> f32 { needs.iter().map(|it| it.height(rows, pitch)).sum() };
        let room = height_px - floor_px;
        let under = GROWN_UNDER.map(|grown| StageForm {
            form: Form::Under,
            grown,
        });
        let beside = GROWN_BESIDE.map(|grown| StageForm {
            form: Form::Beside,
            grown,
        });
        let least = StageForm {
            form: Form::Beside,
            grown: 1.0,
        };
        let forms = under.into_iter().chain(beside);
        let form = forms
            .filter(|form| whole(form.least_pitch(sizes)) <= room)
            .find(|form| form.grown <= 1.0 || rows.has_room(marks, *form))
            .unwrap_or(least);
        let least_pitch = form.least_pitch(sizes);
        let (mut low, mut high) = match form.form {
            Form::Under => (least_pitch, MOST_UNDER * least_pitch),
            Form::Beside => (1.0, MOST_BESIDE * least_pitch),
        };
        if whole(high) > room {
            // The height grows with the pitch, but not evenly: a lane's name may need more.
            for _ in 0..20 {
                let middle = f32::midpoint(low, high);
                if whole(middle) <= room {
                    low = middle;
                } else {
                    high = middle;
                }
            }
            high = low;
        }
        let pitch = high;
        let mut top = -floor_px - whole(pitch);
        let mut tops = vec![None; rows.places.len()];
        let mut bands = Vec::with_capacity(needs.len());
        for need in &needs {
            let bottom = top + need.height(rows, pitch);
            let first = top + sizes.lane_air() / 2.0;
            let places = rows.places.iter().zip(marks).zip(&mut tops);
            for ((place, mark), y) in places {
                if place.lane != need.lane || mark.is_none() {
                    continue;
                }
                let row = place
                    .row
                    .and_then(|row| need.rows.iter().position(|it| *it == row));
                let row = row.unwrap_or(need.rows.len());
                *y = Some(first + row as f32 * pitch);
            }
            bands.push(StageBand {
                lane: need.lane,
                top,
                bottom,
                unnamed: need.unnamed,
            });
            top = bottom;
        }
        Self {
            form,
            pitch,
            bands,
            tops,
        }
    }

    /// The height that what is shown needs at least, and that with which names stand under marks,
    /// neither of them grown. `marks` as for [`Self::new`].
    pub fn heights_px(rows: &StageRows, marks: &[Option<(f32, f32)>]) -> (f32, f32) {
        let needs = Need::of(rows, marks);
        let whole = |pitch: f32| needs.iter().map(|it| it.height(rows, pitch)).sum();
        let sizes = &rows.sizes;
        (whole(sizes.least_pitch()), whole(sizes.under_pitch()))
    }

    /// How high all of it reaches above the axis, in px.
    pub fn height_px(&self) -> f32 {
        self.bands.first().map_or(0.0, |band| -band.top)
    }

    /// On the way from one to another: `share` is 0 at the beginning and 1 at the end. What is only
    /// in the second is at its place from the beginning.
    #[must_use]
    pub fn between(from: &Self, to: &Self, share: f32) -> Self {
        let mix = |from: f32, to: f32| from * (1.0 - share) + to * share;
        let bands = to.bands.iter().map(|&band| {
            let before = from.bands.iter().find(|it| it.lane == band.lane);
            before.map_or(band, |before| StageBand {
                top: mix(before.top, band.top),
                bottom: mix(before.bottom, band.bottom),
                ..band
            })
        });
        let tops = to.tops.iter().enumerate().map(|(at, &top)| {
            let before = from.tops.get(at).copied().flatten();
            Some(mix(before.or(top)?, top?))
        });
        Self {
            form: StageForm {
                grown: mix(from.form.grown, to.form.grown),
                ..to.form
            },
            pitch: mix(from.pitch, to.pitch),
            bands: bands.collect(),
            tops: tops.collect(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        layout::{BundledFonts, LessonTimeline, StageSizes},
        model::Timeline,
    };

    fn shipped() -> (std::sync::Arc<Timeline>, LessonTimeline, StageRows) {
        let text = include_bytes!("../../timeline.json");
        let timeline = crate::formats::read(text).unwrap().timeline;
        let lesson = &timeline.lessons()[0];
        let lesson_timeline = LessonTimeline::of(&timeline, lesson);
        let rows = StageRows::new(
            (&timeline, lesson),
            &lesson_timeline,
            (1680.0, 540.0),
            StageSizes::at(1.0, 1.0),
            &BundledFonts::default(),
        );
        (timeline, lesson_timeline, rows)
    }

    type Marks = Vec<Option<(f32, f32)>>;

    /// What each step shows.
    fn steps() -> (StageRows, Vec<Marks>) {
        let (timeline, lesson_timeline, rows) = shipped();
        let count = timeline.lessons()[0].steps.len();
        let steps = (0..count).map(|step| {
            let shown = lesson_timeline.shown(&timeline, step, Vec::new(), false);
            let shown: Vec<_> = shown.map(|it| it.event).collect();
            let camera = lesson_timeline.camera(timeline.lessons()[0].steps[step].view.as_ref());
            let camera = LessonTimeline::seen_over(camera, f64::from(rows.plot_px));
            let places = rows.places.iter();
            let marks = places.map(|place| {
                let is_shown = shown.contains(&place.event);
                let drawn = LessonTimeline::mark(&timeline, place.event).drawn(&camera);
                is_shown.then(|| rows.mark_x(&drawn, 1.0)).flatten()
            });
            marks.collect()
        });
        let steps = steps.collect();
        (rows, steps)
    }

    #[test]
    fn few_events_have_their_names_under_their_marks_and_all_fit() {
        let (rows, steps) = steps();
        let of = |step: &Marks, room| StageLanes::new(&rows, step, room, 30.0);
        assert_eq!(of(&steps[0], 500.0).form.form, Form::Under);
        assert_eq!(of(steps.last().unwrap(), 500.0).form.form, Form::Beside);
        for (step, room) in steps
            .iter()
            .flat_map(|step| [200.0, 400.0, 700.0].map(|room| (step, room)))
        {
            let lanes = of(step, room);
            assert!(lanes.height_px() <= room + 0.5, "{lanes:?} in {room}");
            let tops = lanes.tops.iter().zip(step);
            assert!(
                tops.into_iter()
                    .all(|(top, shown)| top.is_some() == shown.is_some())
            );
            assert!(lanes.bands.last().is_none_or(|band| band.bottom <= -29.9));
        }
    }

    #[test]
    fn names_grow_where_there_is_room_and_overlap_nothing() {
        let (rows, steps) = steps();
        let of = |step: &Marks, room| StageLanes::new(&rows, step, room, 30.0).form.grown;
        assert!(of(&steps[0], 500.0) > 1.5);
        assert!(of(&steps[0], 150.0) < 1.5, "no height for more");
        assert!(of(steps.last().unwrap(), 900.0) <= 1.0, "no width for it");
        let mut grown = 0;
        for step in &steps {
            let lanes = StageLanes::new(&rows, step, 540.0, 30.0);
            let places = rows.places.iter().zip(step).zip(&lanes.tops);
            let names: Vec<_> = places
                .filter_map(|((place, mark), top)| {
                    let mark = (*mark)?;
                    let (x, _) = rows.name_x(mark, place, lanes.form);
                    let to = x + lanes.form.grown * place.name_px;
                    Some((*top, x.min(mark.0), to.max(mark.1)))
                })
                .collect();
            for (at, one) in names.iter().enumerate() {
                let mut others = names.iter().skip(at + 1).filter(|it| it.0 == one.0);
                assert!(others.all(|other| one.2 <= other.1 || other.2 <= one.1));
            }
            grown += usize::from(lanes.form.grown > 1.0);
        }
        assert!(grown >= 3, "{grown} steps have large names");
    }

    #[test]
    fn from_step_to_step_nothing_crosses() {
        let (rows, steps) = steps();
        let order = |lanes: &StageLanes| {
            let tops = lanes.tops.iter().enumerate();
            let mut tops: Vec<(usize, f32)> =
                tops.filter_map(|(at, top)| Some((at, (*top)?))).collect();
            tops.sort_by(|a, b| a.1.total_cmp(&b.1).then(a.0.cmp(&b.0)));
            tops
        };
        for pair in steps.windows(2) {
            let [from, to] =
                [&pair[0], &pair[1]].map(|step| StageLanes::new(&rows, step, 480.0, 30.0));
            assert_eq!(StageLanes::between(&from, &to, 1.0), to);
            for share in [0.0, 0.3, 0.7] {
                let between = StageLanes::between(&from, &to, share);
                let both = |at: &usize| from.tops[*at].is_some() && to.tops[*at].is_some();
                let on_the_way: Vec<_> = order(&between)
                    .into_iter()
                    .filter(|it| both(&it.0))
                    .collect();
                for (one, other) in on_the_way.iter().zip(on_the_way.iter().skip(1)) {
                    let [a, b] = [one, other].map(|it| to.tops[it.0].unwrap());
                    assert!(a <= b, "{one:?} above {other:?}, at {share}");
                }
            }
        }
    }
}
