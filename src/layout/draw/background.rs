//! Draws what lies behind the events: grid lines, lanes with their names, the "as of" line.

use super::{
    pen::{MARK_PX, Pen},
    routes::interrupted,
    scratch::Scratch,
};
use crate::{
    layout::{
        measure::Face,
        metrics::{HAIRLINE_X_PX, LANE_LINE_PX, LANE_SIZE_PX, NAME_X_PX},
        scene::{Anchor, Rect, Scene, Shape},
        theme::Rgba,
        ticks::Tick,
    },
    time::When,
};

/// The strength of the band of the "as of" date.
const AS_OF_TINT: f32 = 0.06;

impl Pen<'_> {
    /// Draws the grid lines: behind marks, and not through labels.
    pub(super) fn grid(&self, scratch: &mut Scratch, scene: &mut Scene) {
        let theme = self.input.theme;
        let Scratch {
            axis,
            label_rects,
            gaps,
            ..
        } = scratch;
        let mut line = |tick: &Tick, color: Rgba| {
            if (0.0..=f64::from(self.plot.width())).contains(&tick.x) {
                let x = self.sharp_x(tick.x);
                let right = x + theme.stroke_px;
                let line = Rect::new(x, self.plot.y0, right, self.plot.y1);
                interrupted(line, label_rects, gaps, |part| scene.rect(part, color));
            }
        };
        let minor = axis.minor.iter();
        // Where a coarser line is, the finer one is not seen.
        let major = |tick: &&Tick| axis.major.iter().any(|major| major.from == tick.from);
        minor
            .filter(|tick| !major(tick))
            .for_each(|tick| line(tick, theme.grid.faded(tick.opacity)));
        axis.major
            .iter()
            .for_each(|tick| line(tick, theme.hairline));
    }

    pub(super) fn lanes(&self, scene: &mut Scene) {
        let theme = self.input.theme;
        let lanes = self
            .layout
            .stack
            .lanes
            .iter()
            .zip(self.layout.lane_names.iter())
            .zip(self.input.lane_colors.iter());
        let shown = lanes
            .enumerate()
            .filter(|(_, ((lane, _), _))| !lane.is_hidden());
        for (shown, (number, ((lane, names), color))) in shown.enumerate() {
            if shown > 0 {
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

    pub(super) fn hairline(&self, y: f32, scene: &mut Scene) {
        let y = (self.lanes_y + y).round();
        if y < self.plot.y1 - 1.0 {
            let bottom = y + self.input.theme.stroke_px;
            let rect = Rect::new(HAIRLINE_X_PX, y, self.plot.x1, bottom);
            scene.rect(rect, self.input.theme.hairline);
        }
    }

    /// Draws the band of the "as of" date, the dotted line at its end, and its note.
    pub(super) fn as_of(&self, scratch: &mut Scratch, scene: &mut Scene) {
        let (Some(time), Some(label)) = (
            self.layout.timeline.as_of(),
            self.layout.as_of_label.as_ref(),
        ) else {
            return;
        };
        let x = self.input.params.camera.x_from_time(time);
        // As wide as its date: a month is a month.
        if let Some(begin) = self.layout.timeline.as_of_when().and_then(When::earliest) {
            let [left, right] =
                [begin, time].map(|time| self.canvas_x(time).clamp(self.plot.x0, self.plot.x1));
            if right - left > 1.0 {
                let band = Rect::new(left, self.plot.y0, right, self.plot.y1);
                scene.rect(band, self.input.theme.accent.faded(AS_OF_TINT));
            }
        }
        if !(0.0..=f64::from(self.plot.width())).contains(&x) {
            return;
        }
        let (x, color) = (self.sharp_x(x), self.input.theme.accent);
        let line = Rect::new(x, self.plot.y0, x + 1.0, self.plot.y1);
        let Scratch {
            label_rects, gaps, ..
        } = scratch;
        interrupted(line, label_rects, gaps, |part| {
            let mut y = part.y0;
            while y < part.y1 {
                let dot = Rect {
                    y0: y,
                    y1: (y + 2.0).min(part.y1),
                    ..part
                };
                scene.rect(dot, color.faded(0.7));
                y += 5.0;
            }
        });
        let style = (Face::SansMedium, 11.5, color);
        let width = self.input.measure.width(label, style.0, style.1);
        let is_left = x - self.plot.x0 > width + 12.0;
        let (x, anchor) = if is_left {
            (x - 6.0, Anchor::End)
        } else {
            (x + 7.0, Anchor::Start)
        };
        scene.text((x, self.plot.y0 + 16.0), anchor, style, label);
    }
}
