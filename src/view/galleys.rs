//! Laid out texts, kept while they are in use: a text that was on screen a frame ago costs a look-up.
//!
//! egui keeps galleys for one frame only; a label that comes and goes at the edge of the view would
//! be laid out again each time. Bounded: what was not used lately goes first.

use std::{collections::HashMap, sync::Arc};

use egui::{Color32, Context, Galley};

use super::text::{Style, job};
use crate::layout::Face;

/// The galleys of single lines, in no colour of their own.
#[derive(Default)]
pub struct Galleys {
    kept: Vec<OfStyle>,
    count: usize,
    frame: u64,
    /// A galley that egui itself keeps from frame to frame. It comes back as another one when fonts,
    /// scale or glyph atlas were made anew; then all galleys point into nothing.
    probe: Option<Arc<Galley>>,
    generation: u64,
}

/// The galleys of one face and size.
struct OfStyle {
    face: Face,
    half_px: u16,
    /// Where letters stand under the top of a galley, in px.
    baseline: f32,
    /// The width of a space between words, in px.
    space_px: f32,
    by_text: HashMap<Box<str>, Kept>,
}

/// A galley that is kept.
struct Kept {
    galley: Arc<Galley>,
    has_own_colors: bool,
    /// The frame in which it was last used.
    used: u64,
}

/// A line that is laid out.
pub struct Line {
    /// Its letters, in the colour `PLACEHOLDER`.
    pub galley: Arc<Galley>,
    /// Where they stand under its top, in px: the same for every line of that face and size, whatever
    /// other faces are in it.
    pub baseline: f32,
    /// Whether some of them bring their own colours: emoji.
    pub has_own_colors: bool,
}

/// From so many galleys on, those that were not used lately go.
const MOST_GALLEYS: usize = 2_000;
/// A galley that was not used for so many frames may go.
const UNUSED_FRAMES: u64 = 60;

impl Galleys {
    /// Starts a frame: drops what is out of date or was not used for long.
    pub fn begin(&mut self, ctx: &Context) {
        self.frame += 1;
        let probe = laid_out(ctx, "0", Face::Sans, 12.0);
        let is_same = |before: &Arc<Galley>| Arc::ptr_eq(before, &probe);
        if !self.probe.as_ref().is_some_and(is_same) {
            self.kept.clear();
            self.count = 0;
            self.generation += 1;
        }
        self.probe = Some(probe);
        if self.count > MOST_GALLEYS {
            let oldest = self.frame.saturating_sub(UNUSED_FRAMES);
            for kept in &mut self.kept {
                kept.by_text.retain(|_, kept| kept.used >= oldest);
            }
            self.count = self.kept.iter().map(|kept| kept.by_text.len()).sum();
        }
    }

    /// Counts up when all galleys before have become worthless.
    pub fn generation(&self) -> u64 {
        self.generation
    }

    /// The width of a space between words, in px.
    pub fn space_px(&mut self, ctx: &Context, face: Face, size_px: f32) -> f32 {
        let at = self.style(ctx, face, size_px);
        self.kept.get(at).map_or(0.0, |of_style| of_style.space_px)
    }

    /// Where a face and size is kept.
    fn style(&mut self, ctx: &Context, face: Face, size_px: f32) -> usize {
        let half_px = (size_px * 2.0 + 0.5) as u16;
        let is_it = |kept: &OfStyle| (kept.face, kept.half_px) == (face, half_px);
        self.kept.iter().position(is_it).unwrap_or_else(|| {
            let zero = laid_out(ctx, "0", face, size_px);
            let apart = laid_out(ctx, "0 0", face, size_px);
            self.kept.push(OfStyle {
                face,
                half_px,
                baseline: baseline(&zero).unwrap_or(size_px),
                space_px: apart.size().x - 2.0 * zero.size().x,
                by_text: HashMap::new(),
            });
            self.kept.len() - 1
        })
    }

    /// One line of text. One that is kept costs a look-up and allocates nothing.
    pub fn line(&mut self, ctx: &Context, text: &str, face: Face, size_px: f32) -> Line {
        let at = self.style(ctx, face, size_px);
        let frame = self.frame;
        let known = self.kept.get_mut(at).and_then(|of_style| {
            let baseline = of_style.baseline;
            let kept = of_style.by_text.get_mut(text)?;
            kept.used = frame;
            Some(kept.line(baseline))
        });
        if let Some(line) = known {
            return line;
        }
        let galley = laid_out(ctx, text, face, size_px);
        let mut glyphs = galley.rows.iter().flat_map(|row| &row.glyphs);
        let kept = Kept {
            has_own_colors: glyphs.any(|glyph| glyph.is_color),
            galley,
            used: frame,
        };
        let of_style = self.kept.get_mut(at);
        let line = kept.line(of_style.as_ref().map_or(size_px, |it| it.baseline));
        if let Some(of_style) = of_style {
            of_style.by_text.insert(text.into(), kept);
            self.count += 1;
        }
        line
    }
}

impl Kept {
    fn line(&self, baseline: f32) -> Line {
        Line {
            galley: Arc::clone(&self.galley),
            baseline,
            has_own_colors: self.has_own_colors,
        }
    }
}

fn laid_out(ctx: &Context, text: &str, face: Face, size_px: f32) -> Arc<Galley> {
    let style = Style::new(face, size_px, Color32::PLACEHOLDER);
    ctx.fonts_mut(|fonts| fonts.layout_job(job(text, &style)))
}

fn baseline(galley: &Galley) -> Option<f32> {
    let row = galley.rows.first()?;
    Some(row.pos.y + row.glyphs.first()?.pos.y)
}
