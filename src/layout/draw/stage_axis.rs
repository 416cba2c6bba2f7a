//! Draws what surrounds the marks of the stage timeline: axis and grid, the notes on the "as of"
//! date and on what is not told yet, and the class's guess.

use super::stage_pen::StageTimeline;
use crate::{
    layout::{
        lesson_timeline::LessonTimeline,
        mark::Mark,
        measure::{Face, half_px},
        scene::{Anchor, Rect, Scene, Shape},
        ticks::{Axis, TICK_SIZE_PX},
    },
    time::When,
};

/// Text sizes of tick labels and of notes, at a unit of 1, in px.
const TICK_PX: f32 = 24.0;
/// See [`TICK_PX`].
const NOTE_PX: f32 = 22.0;
/// The opacity of the band of the "as of" date.
const AS_OF_TINT: f32 = 0.06;

/// The axis' ticks, with letters larger than those for which they are chosen.
pub(super) struct Ticks {
    axis: Axis,
    /// The size of their labels, in px.
    size_px: f32,
    /// How many times as large they are.
    times: f64,
}

impl StageTimeline<'_> {
    pub(super) fn axis_ticks(&self) -> Ticks {
        let size_px = half_px(TICK_PX * self.unit());
        let times = f64::from(size_px / TICK_SIZE_PX);
        let mut axis = Axis::default();
        let small = self
            .camera
            .with_scale_about(0.0, self.camera.secs_per_px() * times);
        axis.fill(&small, f64::from(self.rows.plot_px) / times, self.measure);
        Ticks {
            axis,
            size_px,
            times,
        }
    }

    /// Draws the grid: a line at each tick.
    pub(super) fn grid(&self, ticks: &Ticks, scene: &mut Scene) {
        let plot = self.plot();
        let top = plot.y1 - self.lanes.height_px();
        for tick in ticks.axis.minor.iter().chain(&ticks.axis.major) {
            let x = (plot.x0 + (tick.x * ticks.times) as f32).round();
            if (plot.x0..=plot.x1).contains(&x) && top < plot.y1 {
                let line = Rect::new(x, top, x + self.theme.stroke_px, plot.y1);
                scene.rect(line, self.theme.grid.faded(tick.opacity));
            }
        }
    }

    /// Draws the note on what is not told yet, between lanes and axis.
    pub(super) fn later(&self, scene: &mut Scene) {
        if self.later.is_empty() {
            return;
        }
        let plot = self.plot();
        let style = (
            Face::SerifItalic,
            half_px(NOTE_PX * self.unit()),
            self.theme.muted,
        );
        let width = self.measure.width(self.later, style.0, style.1);
        let at = (plot.x1, plot.y1 - 10.0 * self.unit());
        let ground = Rect::new(at.0 - width - 4.0, at.1 - 0.8 * style.1, at.0, at.1 + 4.0);
        scene.rect(ground, self.theme.ground);
        scene.text(at, Anchor::End, style, self.later);
    }

    /// Where the "as of" date begins and ends, if its end is in view and it is to be shown.
    fn as_of_x(&self) -> Option<(f32, f32)> {
        let when = self.as_of.and(self.timeline.as_of_when())?;
        let plot = self.plot();
        let x = |time| {
            let x = self.camera.x_from_time(time);
            plot.x0 + x.clamp(-1.0, f64::from(self.rows.plot_px) + 1.0) as f32
        };
        let right = when.latest().map(x)?;
        let left = When::earliest(when).map_or(right, x).max(plot.x0);
        (plot.x0..=plot.x1)
            .contains(&right)
            .then_some((left, right))
    }

    /// Tints the "as of" date, as wide as it is: over the grounds of names, which a name is not
    /// harmed by.
    pub(super) fn as_of_band(&self, scene: &mut Scene) {
        let plot = self.plot();
        if let Some((left, right)) = self.as_of_x().filter(|(left, right)| right - left > 1.0) {
            let top = plot.y1 - self.lanes.height_px();
            let band = Rect::new(left, top, right, plot.y1);
            scene.rect(band, self.theme.accent.faded(AS_OF_TINT));
        }
    }

    /// Draws the dotted line at the end of the "as of" date, and its words above.
    pub(super) fn as_of(&self, scene: &mut Scene) {
        let (Some(words), Some((_, right))) = (self.as_of, self.as_of_x()) else {
            return;
        };
        let plot = self.plot();
        let unit = self.unit();
        let accent = self.theme.accent;
        let size = half_px(20.0 * unit);
        let top = plot.y0 + 1.4 * size;
        let thick = 1.5 * unit.max(0.7);
        let mut y = top;
        while y < plot.y1 {
            let end = (y + 6.0 * unit).min(plot.y1);
            scene.rect(Rect::new(right, y, right + thick, end), accent.faded(0.7));
            y += 11.0 * unit;
        }
        let needed = self.measure.width(words, Face::Sans, size);
        let style = (Face::Sans, size, accent);
        // Left of its line, on the side of what was known; right where there is no room.
        let (x, anchor) = if right - plot.x0 > needed + size {
            (right - 0.4 * size, Anchor::End)
        } else {
            (right + 0.4 * size, Anchor::Start)
        };
        scene.text((x, plot.y0 + 1.1 * size), anchor, style, words);
    }

    pub(super) fn axis(&self, ticks: &Ticks, scene: &mut Scene) {
        let (plot, unit, theme) = (self.plot(), self.unit(), self.theme);
        let Ticks {
            axis,
            size_px: size,
            times,
        } = ticks;
        let (y, size) = (plot.y1, *size);
        let thick = (2.0 * unit * theme.stroke_px).max(1.0);
        let left = if plot.x0 > 0.0 {
            plot.x0 - 24.0 * unit
        } else {
            0.0
        };
        scene.rect(Rect::new(left, y, plot.x1, y + thick), theme.ink);
        let now = self.seen.iter().filter(|seen| seen.is_current);
        let now: Vec<Mark> = now
            .map(|seen| LessonTimeline::mark(self.timeline, seen.event))
            .collect();
        for (ticks, is_major) in [(&axis.minor, false), (&axis.major, true)] {
            for tick in ticks {
                let x = plot.x0 + (tick.x * times) as f32;
                let is_long = is_major && !axis.is_struck(tick, self.measure);
                let long = if is_long { 58.0 } else { 10.0 } * unit;
                let ink = if is_major { theme.hairline } else { theme.ink };
                if (plot.x0..=plot.x1).contains(&x) {
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
                let is_interval = tick.named_to == tick.to;
                let holds = |mark: &Mark| tick.from <= mark.from && mark.to <= tick.to;
                let is_current = is_interval && !now.is_empty() && now.iter().all(holds);
                let style = if is_current {
                    (Face::SansSemiBold, size, theme.ink)
                } else {
                    (Face::Sans, size, theme.muted.faded(tick.opacity))
                };
                let at = (plot.x0 + (label_x * times) as f32, baseline);
                scene.text(at, Anchor::Middle, style, axis.label(tick));
            }
        }
    }

    pub(super) fn guess(&self, scene: &mut Scene) {
        let Some((moment, words)) = self.guess else {
            return;
        };
        let (plot, width) = (self.plot(), self.rows.plot_px);
        let x = self.camera.x_from_time(moment);
        let x = plot.x0 + x.clamp(0.0, f64::from(width)) as f32;
        let (unit, accent) = (self.unit(), self.theme.accent);
        let size = half_px(TICK_PX * unit);
        let thick = (3.0 * unit).max(1.5);
        let top = plot.y0 + size * 1.3;
        scene.rect(
            Rect::new(x - thick / 2.0, top, x + thick / 2.0, plot.y1),
            accent,
        );
        let tip = (x, plot.y1);
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
        let least = plot.x0 + half.min(width / 2.0);
        let middle = x.clamp(least, (plot.x1 - half).max(least));
        let style = (Face::SansSemiBold, size, accent);
        scene.text((middle, plot.y0 + size), Anchor::Middle, style, words);
    }
}
