//! Eras: bands behind the lanes, with their names at the top, in rows where they overlap.

use super::pen::{FAR_PX, Pen};
use crate::{
    layout::{
        era_rows::ROW_PX,
        measure::{Face, elided},
        scene::{Anchor, Hit, Rect, Scene, Target},
        theme::{Rgba, TEXT_CONTRAST, Theme},
    },
    model::Era,
    time::{Bound, When},
};

/// The strongest tint of a band, in percent.
const MOST_TINT: u8 = 7;
/// The size of a name, in px, and where its baseline lies in its row.
const NAME_PX: (f32, f32) = (11.0, 15.0);
/// The height of the line over a name, which reaches from one end of its era to the other, in px.
const LINE_PX: f32 = 2.0;
/// Air beside a name, in px.
const AIR_PX: f32 = 8.0;
/// The least room for a name, in px.
const LEAST_PX: f32 = 28.0;

impl Pen<'_> {
    /// Draws the bands, and their names where there is room; `note` is taken by the "as of" note,
    /// from one x to another.
    pub(super) fn eras(&self, note: (f32, f32), text: &mut String, scene: &mut Scene) {
        let eras = self.layout.timeline.eras();
        // The bands so far, and the ground that each of them makes on those that it overlaps.
        let mut bands: Vec<(Rect, Rgba)> = Vec::new();
        let mut names = Vec::new();
        for (number, row) in self.layout.eras.iter() {
            let Some((era, band)) = eras
                .get(number)
                .and_then(|era| Some((era, self.band(era)?)))
            else {
                continue;
            };
            let theme = self.input.theme;
            let color = theme.era_color(era);
            let mut below = bands.iter().rev().filter(|(other, _)| other.x1 > band.x0);
            let behind = below.next().map_or(theme.ground, |(_, ground)| *ground);
            let tint = tint(theme, behind, color);
            scene.rect(band, color.faded(tint));
            let ground = behind.toward(color, tint);
            bands.push((band, ground));
            names.push((number, row, band, (color, ground)));
        }
        let mut free_x = vec![self.plot.x0; self.layout.eras.rows()];
        for (number, row, band, colors) in names {
            let (Some(era), Some(free_x)) = (eras.get(number), free_x.get_mut(row)) else {
                continue;
            };
            let top = self.plot.y0 + row as f32 * ROW_PX;
            draw_ends(era, band, top, colors.0, scene);
            let mut left = (band.x0.max(self.plot.x0) + AIR_PX).max(*free_x);
            let mut room = band.x1.min(self.plot.x1) - left - AIR_PX;
            if row == 0 && note.0 < note.1 {
                // Left of the note, else right of it.
                let before = (note.0 - left - AIR_PX).min(room);
                if before >= LEAST_PX {
                    room = before;
                } else if band.x1 > note.0 {
                    left = left.max(note.1 + AIR_PX);
                    room = band.x1.min(self.plot.x1) - left - AIR_PX;
                }
            }
            if room < LEAST_PX || era.label.is_empty() {
                continue;
            }
            let style = (Face::SansSemiBold, NAME_PX.0);
            let name = elided(&era.label, style, room, self.input.measure, text);
            *free_x = left + self.input.measure.width(name, style.0, style.1) + AIR_PX;
            let ink = self.input.theme.legible_on(colors.0, colors.1);
            let style = (style.0, style.1, ink);
            let baseline = top + NAME_PX.1;
            scene.text((left, baseline), Anchor::Start, style, name);
            scene.hits.push(Hit {
                rect: Rect::new(left, baseline - NAME_PX.0, *free_x - AIR_PX, baseline + 4.0),
                target: Target::Era(number),
            });
        }
    }

    /// The band of an era that is in view.
    fn band(&self, era: &Era) -> Option<Rect> {
        let width = f64::from(self.plot.width());
        let x = |time| self.input.params.camera.x_from_time(time);
        let (x0, x1) = (x(era.start), x(era.end));
        if x1 < 0.0 || x0 > width {
            return None;
        }
        let canvas = |x: f64| self.plot.x0 + x.clamp(-FAR_PX, width + FAR_PX) as f32;
        let x0 = canvas(x0);
        Some(Rect::new(
            x0,
            self.plot.y0,
            canvas(x1).max(x0 + 1.0),
            self.plot.y1,
        ))
    }
}

/// The ends that are stated, as lines over the height of the plot, and a line between them at the
/// top of the era's row.
fn draw_ends(era: &Era, band: Rect, top: f32, color: Rgba, scene: &mut Scene) {
    let ends = match &era.when {
        When::Span { start, end } => [start, end].map(|end| matches!(end, Bound::Known(_))),
        When::Date(_) | When::Set { .. } => [true, true],
    };
    for (x, _) in [band.x0, band.x1 - 1.0]
        .into_iter()
        .zip(ends)
        .filter(|(_, is)| *is)
    {
        scene.rect(Rect::new(x, top, x + 1.0, band.y1), color.faded(0.35));
    }
    let line = Rect::new(band.x0, top, band.x1, top + LINE_PX);
    scene.rect(line, color.faded(0.6));
}

/// The strongest tint of a colour on which the dates of events are still legible.
fn tint(theme: &Theme, behind: Rgba, color: Rgba) -> f32 {
    let reads = |tint: &f32| {
        [behind, theme.ground]
            .iter()
            .all(|ground| theme.muted.contrast(ground.toward(color, *tint)) >= TEXT_CONTRAST)
    };
    let tints = (1..=MOST_TINT).rev().map(|tint| f32::from(tint) / 100.0);
    tints.into_iter().find(reads).unwrap_or(0.01)
}
