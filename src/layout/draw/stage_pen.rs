//! What every drawing function of the stage timeline needs: what it shows, and where it lies.

use crate::{
    layout::{
        camera::Camera,
        lesson_timeline::LessonTimeline,
        mark::Drawn,
        measure::TextMeasure,
        scene::Rect,
        stage_lanes::StageLanes,
        stage_rows::{StageRows, StageSizes},
        theme::{LaneColors, Theme},
    },
    model::{EventId, Timeline},
    time::Moment,
};

/// The height under the axis, for its ticks and their labels, at a unit of 1, in px.
const AXIS_PX: f32 = 64.0;
/// The height of the note on the "as of" date above the lanes, at a unit of 1, in px.
const HEAD_PX: f32 = 34.0;
/// The height of the note on what is not told yet, between lanes and axis, at a unit of 1, in px.
const FLOOR_PX: f32 = 34.0;

/// A visible event.
#[derive(Copy, Clone, Debug, PartialEq)]
pub struct StageMark {
    /// The number of its place in [`StageRows::places`].
    pub place: usize,
    /// The event.
    pub event: EventId,
    /// Whether the step is about it, its people or its lane.
    pub is_highlighted: bool,
    /// Whether it is the step's event.
    pub is_current: bool,
    /// How far it has faded in, from 0 to 1.
    pub appeared: f32,
}

/// What the stage timeline shows.
pub struct StageTimeline<'a> {
    /// The file.
    pub timeline: &'a Timeline,
    /// The camera, over the plot's width.
    pub camera: Camera,
    /// Its size, in px.
    pub size_px: (f32, f32),
    /// Rows and sides of the whole lesson.
    pub rows: &'a StageRows,
    /// Where lanes and rows lie at the step.
    pub lanes: &'a StageLanes,
    /// The visible marks, in time order.
    pub seen: &'a [StageMark],
    /// The note on the time that is not revealed yet, or nothing.
    pub later: &'a str,
    /// The class's guess, with its words.
    pub guess: Option<(Moment, &'a str)>,
    /// The words on the "as of" date, once the lesson has reached it.
    pub as_of: Option<&'a str>,
    /// The theme.
    pub theme: &'a Theme,
    /// The lanes' colours in this theme.
    pub lane_colors: &'a LaneColors,
    /// How wide texts are.
    pub measure: &'a dyn TextMeasure,
}

/// The height that a stage timeline needs beside its lanes, in px; and the part of it between the
/// lanes and the axis, where a note on later time stands if there is one.
pub fn around_px(unit: f32, has_note: bool) -> (f32, f32) {
    let floor = if has_note { FLOOR_PX } else { FLOOR_PX / 4.0 } * unit;
    ((AXIS_PX + HEAD_PX) * unit + floor, floor)
}

impl StageTimeline<'_> {
    /// How large everything is: 1 on a stage of 1920 × 1080.
    pub(super) fn unit(&self) -> f32 {
        self.rows.sizes.unit
    }

    /// The sizes of names, dates and marks at the step.
    pub(super) fn sizes(&self) -> StageSizes {
        self.rows.sizes.grown(self.lanes.form.grown)
    }

    /// The plot: right of the lanes' names, above the axis.
    pub fn plot(&self) -> Rect {
        let left = self.rows.gutter_px;
        let bottom = (self.size_px.1 - AXIS_PX * self.unit()).round();
        let top = (bottom - self.lanes.height_px() - HEAD_PX * self.unit()).max(0.0);
        Rect::new(left, top, left + self.rows.plot_px, bottom)
    }

    /// An event's mark at the camera's scale.
    pub(super) fn drawn(&self, event: EventId) -> Drawn {
        LessonTimeline::mark(self.timeline, event).drawn(&self.camera)
    }
}
