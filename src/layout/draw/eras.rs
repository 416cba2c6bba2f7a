//! Eras: bands behind the lanes, with their names at the top, in rows where they overlap.

use super::{
    pen::{FAR_PX, Pen},
    routes::interrupted,
    scratch::{EraBand, Scratch},
};
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
/// The size of a name, in px.
const NAME_PX: f32 = 11.0;
/// Where the baseline of a name lies in its row, in px.
const BASELINE_PX: f32 = 15.0;
/// A narrower band is not tinted, in px.
const LEAST_BAND_PX: f32 = 2.0;
/// The height of the line over a name, which reaches from one end of its era to the other, in px.
const LINE_PX: f32 = 2.0;
/// Air beside a name, in px.
const AIR_PX: f32 = 8.0;
/// The least room for a name, in px.
const LEAST_PX: f32 = 28.0;

/// Where a text may begin, and how wide it may be, in px.
type Room = (f32, f32);

impl Pen<'_> {
    /// Draws the bands, and their names where there is room, below the "as of" note.
    pub(super) fn eras(&self, scratch: &mut Scratch, scene: &mut Scene) {
        let eras = self.layout.timeline.eras();
        scratch.eras.clear();
        if eras.is_empty() {
            return;
        }
        self.bands(scratch, scene);
        let bands = std::mem::take(&mut scratch.eras);
        scratch.era_rows.clear();
        scratch
            .era_rows
            .resize(self.layout.eras.rows(), self.plot.x0);
        for (at, band) in bands.iter().enumerate() {
            let Some(era) = eras.get(band.number) else {
                continue;
            };
            let top = self.plot.y0 + self.layout.eras_px() + band.row as f32 * ROW_PX;
            Self::draw_ends(era, (band, top), scratch, scene);
            let later = bands.get(at + 1..).unwrap_or_default();
            let next = later.iter().find(|it| it.row == band.row);
            if let Some(free_x) = scratch.era_rows.get_mut(band.row) {
                let room = self.room(era, band, *free_x, next.map(|it| it.rect.x0));
                *free_x = self.name(era, band, (*free_x, room), &mut scratch.text, scene);
            }
        }
        scratch.eras = bands;
    }

    /// The colour of the ground at a canvas x, given the eras in view.
    pub(super) fn ground_at(&self, x: f32, eras: &[EraBand]) -> Rgba {
        let here = eras
            .iter()
            .rev()
            .find(|it| it.rect.x0 <= x && x <= it.rect.x1);
        here.map_or(self.input.theme.ground, |era| era.ground)
    }

    /// Draws the bands of the eras in view, and keeps them.
    fn bands(&self, scratch: &mut Scratch, scene: &mut Scene) {
        let theme = self.input.theme;
        scratch.eras.clear();
        // The ground up to here, and where the eras that make it end.
        let mut ground = (theme.ground, f32::MIN);
        for (number, row) in self.layout.eras.iter() {
            let era = self.layout.timeline.eras().get(number);
            let Some((era, rect)) = era.and_then(|era| Some((era, self.band(era)?))) else {
                continue;
            };
            let color = theme.era_color(era);
            let behind = if rect.x0 < ground.1 {
                ground.0
            } else {
                theme.ground
            };
            // Too narrow a band is seen by its ends alone.
            let tint = if rect.width() < LEAST_BAND_PX {
                0.0
            } else {
                tint(theme, behind, color)
            };
            if tint > 0.0 {
                scene.rect(rect, color.faded(tint));
            }
            let own = behind.toward(color, tint);
            ground = (own, rect.x1.max(ground.1));
            scratch.eras.push(EraBand {
                number,
                row,
                rect,
                color,
                ground: own,
            });
        }
    }

    /// Where the name of an era may begin and how wide it may be, right of what is taken of its row:
    /// within its band or, on paper and if it is longer, beyond it, but not into the `next` one.
    fn room(&self, era: &Era, band: &EraBand, free_x: f32, next: Option<f32>) -> Room {
        let rect = &band.rect;
        let end = rect.x1.min(self.plot.x1) - AIR_PX;
        let left = (rect.x0.max(self.plot.x0) + AIR_PX).max(free_x);
        if !self.input.params.has_whole_names {
            return (left, end - left);
        }
        let style = (Face::SansSemiBold, NAME_PX);
        let wanted = self.input.measure.width(&era.label, style.0, style.1);
        let limit = next.unwrap_or(self.plot.x1).min(self.plot.x1) - AIR_PX;
        if wanted <= end - left || wanted <= limit - left {
            (left, limit.max(end) - left)
        } else {
            // It ends with its band, or where the plot ends.
            let left = (end - wanted).max(free_x);
            (left, (limit.max(end) - left).min(wanted + 1.0))
        }
    }

    /// Draws the name of an era in its room, if there is enough. Returns what is taken then.
    fn name(
        &self,
        era: &Era,
        band: &EraBand,
        (free_x, (left, room)): (f32, Room),
        text: &mut String,
        scene: &mut Scene,
    ) -> f32 {
        if room < LEAST_PX || era.label.is_empty() {
            return free_x;
        }
        let name = elided(
            &era.label,
            (Face::SansSemiBold, NAME_PX),
            room,
            self.input.measure,
            text,
        );
        let width = self.input.measure.width(name, Face::SansSemiBold, NAME_PX);
        let ink = self.input.theme.legible_on(band.color, band.ground);
        let top = self.plot.y0 + self.layout.eras_px();
        let baseline = top + band.row as f32 * ROW_PX + BASELINE_PX;
        let style = (Face::SansSemiBold, NAME_PX, ink);
        scene.text((left, baseline), Anchor::Start, style, name);
        scene.hits.push(Hit {
            rect: Rect::new(left, baseline - NAME_PX, left + width, baseline + 4.0),
            target: Target::Era(band.number),
        });
        left + width + AIR_PX
    }

    /// Draws the ends that are stated, as lines over the height of the plot that stop at labels, and a
    /// line between them at the top of the era's row.
    fn draw_ends(
        era: &Era,
        (band, top): (&EraBand, f32),
        scratch: &mut Scratch,
        scene: &mut Scene,
    ) {
        let (rect, color) = (&band.rect, band.color);
        let ends = match &era.when {
            When::Span { start, end } => [start, end].map(|end| matches!(end, Bound::Known(_))),
            When::Date(_) | When::Set { .. } => [true, true],
        };
        let Scratch {
            label_rects, gaps, ..
        } = scratch;
        let stated = [rect.x0, rect.x1 - 1.0].into_iter().zip(ends);
        for (x, _) in stated.filter(|(_, is_stated)| *is_stated) {
            let line = Rect::new(x, top, x + 1.0, rect.y1);
            interrupted(line, label_rects, gaps, |part| {
                scene.rect(part, color.faded(0.35));
            });
        }
        let line = Rect::new(rect.x0, top, rect.x1, top + LINE_PX);
        scene.rect(line, color.faded(0.6));
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
