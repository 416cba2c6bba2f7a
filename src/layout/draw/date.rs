//! Draws the mark of a date as shapes, for the canvas and for the stage of a lesson alike.
//!
//! What it looks like is decided by [`mark`](crate::layout::mark); here are colours and positions.

use super::pen::FAR_PX;
use crate::layout::{
    mark::{ARROW_PX, Body, Drawn, End, FADE_PX, Mark},
    scene::{Rect, Scene, Shape},
    theme::Rgba,
};

/// The outline of an expected event's diamond, in px.
const OUTLINE_PX: f32 = 2.0;
/// The strength of what is inside it.
const EXPECTED: f32 = 0.18;

/// A date about to be drawn.
pub(super) struct Dated<'a> {
    /// The mark.
    pub mark: &'a Mark,
    /// The same at the camera's scale.
    pub drawn: &'a Drawn,
    /// Its rectangle, cut to a little more than the plot.
    pub bar: Rect,
    /// The plot's left edge and its width, in px.
    pub plot: (f32, f64),
    /// Its colour.
    pub color: Rgba,
    /// The strength of a band, as a multiple of `BAND_STRENGTH`.
    pub band: f32,
    /// The background, which shows through a hatched mark.
    pub ground: Rgba,
}

impl Dated<'_> {
    /// Adds it to a scene.
    pub fn draw(&self, scene: &mut Scene) {
        let (bar, color) = (&self.bar, self.color);
        let (left, width) = self.plot;
        let middle = f32::midpoint(bar.y0, bar.y1);
        if self.drawn.is_diamond {
            let x = f32::midpoint(bar.x0, bar.x1);
            let half = bar.height().min(bar.width()) / 2.0;
            let mut diamond = |half: f32, fill: Rgba| {
                let points = [
                    (x, middle - half - 0.5),
                    (x + half, middle),
                    (x, middle + half + 0.5),
                    (x - half, middle),
                ];
                scene.shapes.push(Shape::Polygon { points, fill });
            };
            diamond(half, color);
            if self.mark.is_dashed {
                // Too small for dashes: an outline tells what is only expected.
                diamond(half - OUTLINE_PX, self.ground);
                diamond(half - OUTLINE_PX, color.faded(EXPECTED));
            }
            return;
        }
        let is_band = self.mark.body == Body::OneDate && !self.mark.is_dashed;
        let strength = if is_band { self.band } else { 1.0 };
        for [(x0, s0), (x1, s1)] in self.drawn.ramp.pieces(-FAR_PX, width + FAR_PX) {
            let rect = Rect::new(left + x0, bar.y0, left + x1, bar.y1);
            scene.shapes.push(Shape::Ramp {
                rect,
                left: color.faded(s0 * strength),
                right: color.faded(s1 * strength),
            });
        }
        // How many px of the mark are cut off on the left: its pattern moves with the mark.
        let cut = (-FAR_PX - self.drawn.x0).max(0.0);
        if self.mark.is_hatched {
            hatch(bar, cut, self.ground, scene);
        }
        if self.mark.is_dashed {
            let (start, end) = (self.mark.start, self.mark.end);
            dash(
                bar,
                [start == End::Fade, end == End::Fade],
                cut,
                color,
                scene,
            );
        }
        if let Some(x) = self.drawn.arrow.filter(|&x| x < width + FAR_PX) {
            let x = left + x.max(-FAR_PX) as f32;
            let tip = (x + ARROW_PX, middle);
            let points = [(x, bar.y0 - 2.0), tip, tip, (x, bar.y1 + 2.0)];
            scene.shapes.push(Shape::Polygon {
                points,
                fill: color,
            });
        }
    }
}

/// Draws diagonal stripes in the background colour over a bar: the date is uncertain.
fn hatch(bar: &Rect, cut: f64, ground: Rgba, scene: &mut Scene) {
    const EVERY_PX: f32 = 7.0;
    const STRIPE_PX: f32 = 2.5;
    let lean = bar.height();
    let mut x = bar.x0 - cut.rem_euclid(f64::from(EVERY_PX)) as f32;
    while x + STRIPE_PX + lean <= bar.x1 {
        let points = [
            (x, bar.y1),
            (x + STRIPE_PX, bar.y1),
            (x + STRIPE_PX + lean, bar.y0),
            (x + lean, bar.y0),
        ];
        scene.shapes.push(Shape::Polygon {
            points,
            fill: ground.faded(0.75),
        });
        x += EVERY_PX;
    }
}

/// Draws a dashed outline just inside a bar: the event is expected. Where an end fades, there is no
/// edge, and the outline runs out over [`FADE_PX`].
fn dash(bar: &Rect, fades: [bool; 2], cut: f64, color: Rgba, scene: &mut Scene) {
    const ON_PX: f32 = 4.0;
    const OFF_PX: f32 = 3.0;
    const LINE_PX: f32 = 1.0;
    let share = |distance_px: f32, fades: bool| {
        if fades {
            (distance_px / FADE_PX).clamp(0.0, 1.0)
        } else {
            1.0
        }
    };
    let cut_px = cut as f32;
    let mut x = bar.x0 - cut.rem_euclid(f64::from(ON_PX + OFF_PX)) as f32;
    while x < bar.x1 {
        let end = (x + ON_PX).min(bar.x1);
        let middle = f32::midpoint(x, end);
        let left = share(middle - bar.x0 + cut_px, fades[0]);
        let color = color.faded(left * share(bar.x1 - middle, fades[1]));
        scene.rect(Rect::new(x, bar.y0, end, bar.y0 + LINE_PX), color);
        scene.rect(Rect::new(x, bar.y1 - LINE_PX, end, bar.y1), color);
        x += ON_PX + OFF_PX;
    }
    for (x, _) in [bar.x0, bar.x1 - LINE_PX]
        .into_iter()
        .zip(fades)
        .filter(|(_, fades)| !fades)
    {
        let mut y = bar.y0;
        while y < bar.y1 {
            let end = (y + ON_PX).min(bar.y1);
            scene.rect(Rect::new(x, y, x + LINE_PX, end), color);
            y += ON_PX + OFF_PX;
        }
    }
}
