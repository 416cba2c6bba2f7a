//! Draws the timeline along the bottom of the stage: an axis legible from the back of a classroom,
//! and the marks of the events shown so far. No labels: the step's event is named in large letters
//! above it.
//!
//! ```text
//!            ▒▓▒                        row 1
//!  ▒▓▓▒   ▒▓▓▒   ▓▓▓▓▶  not yet told    row 0
//! ──┬──────┬──────┬──────┬──────        axis
//!    2003   2004   2005   2006
//! ```

use super::{date::Dated, pen::FAR_PX};
use crate::{
    layout::{
        camera::Camera,
        lesson_timeline::LessonTimeline,
        mark::{BAND_STRENGTH, Mark},
        measure::{Face, TextMeasure, half_px},
        scene::{Anchor, Hit, Rect, Scene, Shape, Target},
        theme::{LaneColors, Theme},
        ticks::{Axis, TICK_SIZE_PX},
    },
    model::{EventId, Timeline},
    time::Moment,
};

/// Text sizes of tick labels and of notes, in px at a unit of 1, which is a stage of 1920 × 1080.
const TICK_PX: f32 = 24.0;
/// See [`TICK_PX`].
const NOTE_PX: f32 = 22.0;
/// The height of a row and of the mark in it, and how much taller the mark of the step's event is.
const ROW_PX: f32 = 30.0;
/// See [`ROW_PX`].
const MARK_PX: f32 = 22.0;
/// See [`ROW_PX`].
const CURRENT_EXTRA_PX: f32 = 12.0;
/// The height under the axis: its ticks and their labels.
const AXIS_PX: f32 = 64.0;
/// The gap between the axis and the lowest row.
const GAP_PX: f32 = 10.0;
/// The opacity of a mark that the step is not about.
const DIM: f32 = 0.5;

/// A visible mark.
#[derive(Copy, Clone, Debug, PartialEq)]
pub struct StageMark {
    /// The event.
    pub event: EventId,
    /// Its row, counted from the axis up.
    pub row: u16,
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
    /// The camera, over the stage timeline's width.
    pub camera: Camera,
    /// Its size, in px.
    pub size_px: (f32, f32),
    /// How large everything is: 1 on a stage of 1920 × 1080.
    pub unit: f32,
    /// How many rows the whole lesson needs.
    pub rows: u16,
    /// The visible marks, in time order.
    pub seen: &'a [StageMark],
    /// The note on the time that is not revealed yet, or nothing.
    pub later: &'a str,
    /// The class's guess, with its words.
    pub guess: Option<(Moment, &'a str)>,
    /// The "as of" date with its words, once the lesson has reached it.
    pub as_of: Option<(Moment, &'a str)>,
    /// The theme.
    pub theme: &'a Theme,
    /// The lanes' colours in this theme.
    pub lane_colors: &'a LaneColors,
    /// How wide texts are.
    pub measure: &'a dyn TextMeasure,
}

/// The preferred height of a stage timeline with `rows` rows, in px.
pub fn preferred_height_px(rows: u16, unit: f32) -> f32 {
    (AXIS_PX + GAP_PX + CURRENT_EXTRA_PX + f32::from(rows) * ROW_PX + NOTE_PX * 2.8) * unit
}

impl StageTimeline<'_> {
    /// The y of the axis.
    pub fn axis_y(&self) -> f32 {
        (self.size_px.1 - AXIS_PX * self.unit).round()
    }

    /// Draws it; 0, 0 is its upper left corner.
    pub fn draw(&self, scene: &mut Scene) {
        let axis_y = self.axis_y();
        let (width, _) = self.size_px;
        scene.plot = Rect::new(0.0, 0.0, width, axis_y);
        let lowered = self.as_of_top();
        self.as_of(lowered, scene);
        let (now, others): (Vec<&StageMark>, Vec<&StageMark>) =
            self.seen.iter().partition(|seen| seen.is_current);
        // The step's event is painted over others in its row.
        for seen in others.into_iter().chain(now) {
            self.event(seen, scene);
        }
        self.later(scene);
        self.axis(scene);
        self.guess(scene);
        scene.finish();
    }

    /// The y of the bottom of a row's marks, and their height.
    fn row(&self, row: u16) -> (f32, f32) {
        let unit = self.unit;
        let room = self.axis_y() - (GAP_PX + CURRENT_EXTRA_PX + NOTE_PX * 2.8) * unit;
        let pitch = (ROW_PX * unit).min(room / f32::from(self.rows.max(1)));
        let height = (MARK_PX / ROW_PX * pitch).max(2.0);
        let bottom = self.axis_y() - GAP_PX * unit - f32::from(row) * pitch;
        (bottom, height)
    }

    fn event(&self, seen: &StageMark, scene: &mut Scene) {
        let mark: Mark = LessonTimeline::mark(self.timeline, seen.event);
        let drawn = mark.drawn(&self.camera);
        let width = f64::from(self.size_px.0);
        let (bottom, height) = self.row(seen.row);
        let is_row_above = self.rows > 1;
        let taller = if !seen.is_current {
            0.0
        } else if is_row_above {
            // Into the air between two rows.
            0.2 * height
        } else {
            CURRENT_EXTRA_PX * self.unit
        };
        let x = |x: f64| x.clamp(-FAR_PX, width + FAR_PX) as f32;
        let mut bar = Rect::new(x(drawn.x0), bottom - height - taller, x(drawn.x1), bottom);
        if drawn.is_diamond {
            // As large as the other marks, which are made to be visible from afar.
            let (middle, half) = (f32::midpoint(bar.x0, bar.x1), bar.height() / 2.0);
            (bar.x0, bar.x1) = (middle - half, middle + half);
        }
        let color = self.lane_colors.of(self.timeline.lane(seen.event));
        let strength = if seen.is_current {
            1.0
        } else if seen.is_highlighted {
            0.85
        } else {
            DIM
        };
        let opacity = strength * seen.appeared;
        let dated = Dated {
            mark: &mark,
            drawn: &drawn,
            bar,
            plot: (0.0, width),
            color: color.faded(opacity),
            band: if seen.is_current {
                1.0 / BAND_STRENGTH
            } else {
                self.theme.band_strength(color) / BAND_STRENGTH
            },
            ground: self.theme.ground.faded(opacity),
        };
        dated.draw(scene);
        let target = bar.intersected(&scene.plot);
        if target.width() > 0.0 {
            scene.hits.push(Hit {
                rect: target,
                target: Target::Event(seen.event),
            });
        }
    }

    /// The right end of the visible marks, in px.
    fn free_x(&self) -> f32 {
        let ends = self.seen.iter().map(|seen| {
            let drawn = LessonTimeline::mark(self.timeline, seen.event).drawn(&self.camera);
            drawn.x1.clamp(0.0, f64::from(self.size_px.0)) as f32
        });
        ends.fold(0.0, f32::max)
    }

    /// The text size of the note on later time, and whether it has room to the right of the marks.
    fn later_size(&self) -> (f32, bool) {
        let size = half_px(NOTE_PX * self.unit);
        let needed = self.measure.width(self.later, Face::SerifItalic, size) + 2.0 * size;
        (size, self.size_px.0 - self.free_x() >= needed)
    }

    /// Draws the note on later time right of the marks, or at the top where there is no room.
    fn later(&self, scene: &mut Scene) {
        if self.later.is_empty() {
            return;
        }
        let (size, has_room) = self.later_size();
        let width = self.size_px.0;
        let style = (Face::SerifItalic, size, self.theme.muted);
        if has_room {
            let x = f32::midpoint(self.free_x(), width);
            let at = (x, self.axis_y() - 22.0 * self.unit);
            scene.text(at, Anchor::Middle, style, self.later);
        } else {
            scene.text((width, size), Anchor::End, style, self.later);
        }
    }

    /// The y at which the "as of" line begins: below the note, where that is at the top.
    fn as_of_top(&self) -> f32 {
        let (size, has_room) = self.later_size();
        if self.later.is_empty() || has_room {
            0.0
        } else {
            1.3 * size
        }
    }

    fn as_of(&self, top: f32, scene: &mut Scene) {
        let Some((moment, words)) = self.as_of else {
            return;
        };
        let x = self.camera.x_from_time(moment);
        let width = self.size_px.0;
        if !(0.0..=f64::from(width)).contains(&x) {
            return;
        }
        let (x, unit) = (x as f32, self.unit);
        let thick = 1.5 * unit.max(0.7);
        let mut y = top + NOTE_PX * unit * 0.3;
        while y < self.axis_y() {
            let end = (y + 6.0 * unit).min(self.axis_y());
            scene.rect(
                Rect::new(x, y, x + thick, end),
                self.theme.accent.faded(0.7),
            );
            y += 11.0 * unit;
        }
        let size = half_px(20.0 * unit);
        let needed = self.measure.width(words, Face::Sans, size);
        let style = (Face::Sans, size, self.theme.accent);
        // Left of its line, on the side of what was known; right where there is no room.
        if x > needed + size {
            scene.text((x - 0.4 * size, top + size), Anchor::End, style, words);
        } else {
            scene.text((x + 0.4 * size, top + size), Anchor::Start, style, words);
        }
    }

    fn axis(&self, scene: &mut Scene) {
        let (width, unit, theme) = (self.size_px.0, self.unit, self.theme);
        let y = self.axis_y();
        let thick = (2.0 * unit * theme.stroke_px).max(1.0);
        scene.rect(Rect::new(0.0, y, width, y + thick), theme.ink);
        // Ticks are chosen for labels of `TICK_SIZE_PX`; here they are `times` as large.
        let size = half_px(TICK_PX * unit);
        let times = f64::from(size / TICK_SIZE_PX);
        let mut axis = Axis::default();
        let small = self
            .camera
            .with_scale_about(0.0, self.camera.secs_per_px() * times);
        axis.fill(&small, f64::from(width) / times, self.measure);
        let now = self.seen.iter().filter(|seen| seen.is_current);
        let now: Vec<Mark> = now
            .map(|seen| LessonTimeline::mark(self.timeline, seen.event))
            .collect();
        for (ticks, is_major) in [(&axis.minor, false), (&axis.major, true)] {
            for tick in ticks {
                let x = (tick.x * times) as f32;
                let long = if is_major { 58.0 } else { 10.0 } * unit;
                let ink = if is_major { theme.hairline } else { theme.ink };
                if (0.0..=width).contains(&x) {
                    scene.rect(
                        Rect::new(x, y, x + thick, y + long),
                        ink.faded(tick.opacity),
                    );
                }
                let Some(label_x) = tick.label_x else {
                    continue;
                };
                let has_major = !axis.major.is_empty();
                let baseline = y + match (is_major, has_major) {
                    (true, _) => 60.0,
                    (false, true) => 30.0,
                    (false, false) => 40.0,
                } * unit;
                // Bold only the interval that contains all of the event: it says "this is when".
                let is_interval = tick.label_x.is_some_and(|label| label > tick.x + 1.0);
                let holds = |mark: &Mark| tick.from <= mark.from && mark.to <= tick.to;
                let is_current = is_interval && !now.is_empty() && now.iter().all(holds);
                let style = if is_current {
                    (Face::SansSemiBold, size, theme.ink)
                } else {
                    (Face::Sans, size, theme.muted.faded(tick.opacity))
                };
                let at = ((label_x * times) as f32, baseline);
                scene.text(at, Anchor::Middle, style, axis.label(tick));
            }
        }
    }

    fn guess(&self, scene: &mut Scene) {
        let Some((moment, words)) = self.guess else {
            return;
        };
        let width = self.size_px.0;
        let x = self.camera.x_from_time(moment).clamp(0.0, f64::from(width)) as f32;
        let (unit, accent) = (self.unit, self.theme.accent);
        let size = half_px(TICK_PX * unit);
        let thick = (3.0 * unit).max(1.5);
        let top = size * 1.3;
        scene.rect(
            Rect::new(x - thick / 2.0, top, x + thick / 2.0, self.axis_y()),
            accent,
        );
        let tip = (x, self.axis_y());
        let wing = 9.0 * unit;
        scene.shapes.push(Shape::Polygon {
            points: [
                (x - wing, tip.1 - 1.4 * wing),
                (x + wing, tip.1 - 1.4 * wing),
                tip,
                tip,
            ],
            fill: accent,
        });
        let half = self.measure.width(words, Face::SansSemiBold, size) / 2.0;
        let middle = x.clamp(half.min(width / 2.0), (width - half).max(width / 2.0));
        let style = (Face::SansSemiBold, size, accent);
        scene.text((middle, size), Anchor::Middle, style, words);
    }
}
