//! Draws the axis: its line, its ticks and their labels.

use super::pen::Pen;
use crate::layout::{
    measure::Face,
    metrics::AXIS_PX,
    scene::{Anchor, Rect, Scene},
    theme::Rgba,
    ticks::{Axis, TICK_SIZE_PX, Tick},
};

/// The gap between "UTC" and the plot, in px.
const UTC_AIR_PX: f32 = 6.0;
/// Its size where there is little room, in px.
const UTC_SMALL_PX: f32 = 11.0;

impl Pen<'_> {
    /// Draws the axis; a tick label that overlaps `taken` is left out.
    pub(super) fn axis(&self, axis: &Axis, taken: Option<Rect>, scene: &mut Scene) {
        let theme = self.input.theme;
        let y = self.plot.y1;
        let bottom = y + theme.stroke_px;
        scene.rect(Rect::new(self.plot.x0, y, self.plot.x1, bottom), theme.ink);
        let mark = self
            .input
            .params
            .selected
            .and_then(|event| self.layout.mark(event));
        let holds_selected = |tick: &Tick| {
            mark.as_ref()
                .is_some_and(|mark| tick.from < mark.to && mark.from < tick.named_to)
        };
        let is_free = |x: f64, baseline: f32, words: &str| {
            taken.is_none_or(|taken| {
                let half = self
                    .input
                    .measure
                    .width(words, Face::SansSemiBold, TICK_SIZE_PX)
                    / 2.0;
                let x = self.plot.x0 + x as f32;
                let label = Rect::new(x - half, baseline - TICK_SIZE_PX, x + half, baseline + 3.0);
                !taken.overlaps(&label)
            })
        };
        let has_major = !axis.major.is_empty();
        let minor_baseline = y + if has_major { 21.0 } else { 27.0 };
        if self.layout.timeline.has_offsets() {
            // Where times have their distance from UTC, they are placed by it.
            let style = (Face::Sans, TICK_SIZE_PX, theme.muted);
            let width = self.input.measure.width("UTC", style.0, style.1);
            if self.plot.x0 > width + UTC_AIR_PX {
                let at = (self.plot.x0 - UTC_AIR_PX, minor_baseline);
                scene.text(at, Anchor::End, style, "UTC");
            } else {
                // Lanes without names leave no room beside the labels: below them.
                let style = (style.0, UTC_SMALL_PX, style.2);
                scene.text((4.0, y + AXIS_PX - 4.0), Anchor::Start, style, "UTC");
            }
        }
        for tick in &axis.minor {
            self.tick_line(tick, 7.0, theme.ink.faded(tick.opacity), scene);
            let Some(label_x) = tick.label_x else {
                continue;
            };
            if !is_free(label_x, minor_baseline, axis.label(tick)) {
                continue;
            }
            let is_bold = !has_major && holds_selected(tick);
            let (face, color) = if is_bold {
                (Face::SansSemiBold, theme.ink)
            } else {
                (Face::Sans, theme.muted)
            };
            let style = (face, TICK_SIZE_PX, color.faded(tick.opacity));
            scene.text(
                (self.plot.x0 + label_x as f32, minor_baseline),
                Anchor::Middle,
                style,
                axis.label(tick),
            );
        }
        for tick in &axis.major {
            let is_struck = axis.is_struck(tick, self.input.measure);
            let px = if is_struck { 7.0 } else { 30.0 };
            self.tick_line(tick, px, theme.hairline.toward(theme.muted, 0.5), scene);
            let Some(label_x) = tick.label_x else {
                continue;
            };
            if !is_free(label_x, y + 39.0, axis.label(tick)) {
                continue;
            }
            let style = (Face::SansSemiBold, TICK_SIZE_PX, theme.ink);
            scene.text(
                (self.plot.x0 + label_x as f32, y + 39.0),
                Anchor::Middle,
                style,
                axis.label(tick),
            );
        }
    }

    pub(super) fn tick_line(&self, tick: &Tick, px: f32, color: Rgba, scene: &mut Scene) {
        if (0.0..=f64::from(self.plot.width())).contains(&tick.x) {
            let x = self.sharp_x(tick.x);
            scene.rect(
                Rect::new(
                    x,
                    self.plot.y1,
                    x + self.input.theme.stroke_px,
                    self.plot.y1 + px,
                ),
                color,
            );
        }
    }
}
