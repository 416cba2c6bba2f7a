//! Eras: bands behind the lanes, with their names at the top.

use super::pen::{FAR_PX, Pen};
use crate::layout::{
    measure::{Face, elided},
    scene::{Anchor, Hit, Rect, Scene, Target},
    theme::{Rgba, TEXT_CONTRAST},
};

/// The strongest tint of a band, in percent.
const MOST_TINT: u8 = 7;
/// The size of a name, in px, and where its baseline lies.
const NAME_PX: (f32, f32) = (11.0, 15.0);
/// Air beside a name, in px.
const AIR_PX: f32 = 8.0;
/// The least room for a name, in px.
const LEAST_PX: f32 = 28.0;

impl Pen<'_> {
    /// Draws the bands, and their names where they fit left of `until`.
    pub(super) fn eras(&self, until: f32, text: &mut String, scene: &mut Scene) {
        let width = f64::from(self.plot.width());
        let theme = self.input.theme;
        let mut free_x = self.plot.x0;
        // Where the eras so far end, and the background that the last of them makes: the next may
        // begin on it.
        let mut before = (f32::MIN, theme.ground);
        for (number, era) in self.layout.timeline.eras().iter().enumerate() {
            let color = era
                .color
                .map_or(theme.muted, |rgb| theme.legible(Rgba::from(rgb)));
            let x = |time| self.input.params.camera.x_from_time(time);
            let (x0, x1) = (x(era.start), x(era.end));
            if x1 < 0.0 || x0 > width {
                continue;
            }
            let canvas = |x: f64| self.plot.x0 + x.clamp(-FAR_PX, width + FAR_PX) as f32;
            let band = Rect::new(
                canvas(x0),
                self.plot.y0,
                canvas(x1).max(canvas(x0) + 1.0),
                self.plot.y1,
            );
            let behind = if band.x0 < before.0 {
                before.1
            } else {
                theme.ground
            };
            // The strongest tint on which the dates of events are still legible.
            let reads = |tint: &f32| {
                [behind, theme.ground].iter().all(|ground| {
                    theme.muted.contrast(ground.toward(color, *tint)) >= TEXT_CONTRAST
                })
            };
            let tints = (1..=MOST_TINT).rev().map(|tint| f32::from(tint) / 100.0);
            let tint = tints.into_iter().find(reads).unwrap_or(0.01);
            scene.rect(band, color.faded(tint));
            let ground = behind.toward(color, tint);
            before = (band.x1.max(before.0), ground);
            let edge = Rect::new(band.x0, band.y0, band.x0 + 1.0, band.y1);
            scene.rect(edge, color.faded(0.35));
            // A name stays in view as long as there is room for it in its band.
            let left = (band.x0.max(self.plot.x0) + AIR_PX).max(free_x);
            let room = band.x1.min(until) - left - AIR_PX;
            if room < LEAST_PX || era.label.is_empty() {
                continue;
            }
            let style = (Face::SansSemiBold, NAME_PX.0);
            let name = elided(&era.label, style, room, self.input.measure, text);
            free_x = left + self.input.measure.width(name, style.0, style.1) + AIR_PX;
            let ink = theme.legible_on(color, ground);
            let style = (style.0, style.1, ink);
            let baseline = self.plot.y0 + NAME_PX.1;
            scene.text((left, baseline), Anchor::Start, style, name);
            let (top, bottom) = (baseline - NAME_PX.0, baseline + 4.0);
            scene.hits.push(Hit {
                rect: Rect::new(left, top, free_x - AIR_PX, bottom),
                target: Target::Era(number),
            });
        }
    }
}
