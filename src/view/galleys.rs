//! A cache of laid out lines of text: a text that was on screen a frame ago costs a look-up.
//!
//! egui keeps galleys for one frame only; a label that comes and goes at the edge of the view would
//! be laid out again each time. The cache is bounded: galleys that were not used lately are
//! evicted. Age is counted in pictures made, not in frames: a kept picture uses none of its texts.

use std::sync::Arc;

use egui::{Color32, Context, Galley, Rect};
use foldhash::{HashMap, HashMapExt as _};

use super::text::{Style, job};
use crate::layout::Face;

/// The galleys of single lines, in the colour `PLACEHOLDER`.
#[derive(Default)]
pub struct Galleys {
    kept: Vec<OfStyle>,
    count: usize,
    /// How many pictures were made.
    age: u64,
    /// The age at the last eviction.
    swept: u64,
    /// A galley that egui itself keeps from frame to frame. egui returns another one after fonts,
    /// scale or glyph atlas were rebuilt; then all cached galleys are invalid.
    probe: Option<Arc<Galley>>,
    generation: u64,
}

/// The galleys of one face and size.
struct OfStyle {
    face: Face,
    half_px: u16,
    /// The distance of the baseline from the top of a galley, in px.
    baseline: f32,
    /// The width of a space between words, in px.
    space_px: f32,
    /// The index of a text in `lines`.
    by_text: HashMap<Box<str>, usize>,
    lines: Vec<Kept>,
}

/// A cached line.
struct Kept {
    galley: Arc<Galley>,
    glyphs: Option<Box<[Glyph]>>,
    width_px: f32,
    /// The age at which it was last used.
    used: u64,
}

/// A glyph as it is painted: a rectangle of the glyph atlas.
#[derive(Copy, Clone, Debug, PartialEq)]
pub struct Glyph {
    /// Its rectangle, from the line's upper left corner.
    pub rect: Rect,
    /// Its rectangle in the atlas, in texels.
    pub texels: Rect,
}

/// A laid out line.
#[derive(Copy, Clone)]
pub struct Line<'a> {
    /// Its galley, in the colour `PLACEHOLDER`.
    pub galley: &'a Arc<Galley>,
    /// Its glyphs, contiguous in memory, since they are read in each frame. `None` where glyphs
    /// have their own colours (emoji).
    pub glyphs: Option<&'a [Glyph]>,
    /// Its width, in px.
    pub width_px: f32,
    /// The distance of the baseline from its top, in px: the same for every line of that face and
    /// size, whatever other faces are in it.
    pub baseline: f32,
}

/// Above this many galleys, those that were not used lately are evicted.
const MOST_GALLEYS: usize = 2_000;
/// A galley not used for this many pictures may be evicted; evictions are at least as far apart.
const UNUSED_PICTURES: u64 = 60;

impl Galleys {
    /// Starts a frame: drops all galleys if they have become invalid.
    pub fn begin(&mut self, ctx: &Context) {
        let probe = laid_out(ctx, "0", Face::Sans, 12.0);
        let is_same = |before: &Arc<Galley>| Arc::ptr_eq(before, &probe);
        if !self.probe.as_ref().is_some_and(is_same) {
            self.kept.clear();
            self.count = 0;
            self.generation += 1;
        }
        self.probe = Some(probe);
    }

    /// Starts a picture: evicts galleys that were not used lately.
    pub fn begin_picture(&mut self) {
        self.age += 1;
        if self.count > MOST_GALLEYS && self.age - self.swept >= UNUSED_PICTURES {
            self.swept = self.age;
            let oldest = self.age.saturating_sub(UNUSED_PICTURES);
            for kept in &mut self.kept {
                kept.forget(oldest);
            }
            self.count = self.kept.iter().map(|kept| kept.lines.len()).sum();
        }
    }

    /// Counts up when all earlier galleys have become invalid.
    pub fn generation(&self) -> u64 {
        self.generation
    }

    /// The width of a space between words, in px.
    pub fn space_px(&mut self, ctx: &Context, face: Face, size_px: f32) -> f32 {
        let at = self.style(ctx, face, size_px);
        self.kept.get(at).map_or(0.0, |of_style| of_style.space_px)
    }

    /// The index of a face and size in `kept`; it is added if missing.
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
                lines: Vec::new(),
            });
            self.kept.len() - 1
        })
    }

    /// One line of text. A cached one costs a look-up and allocates nothing.
    pub fn line(
        &mut self,
        ctx: &Context,
        text: &str,
        face: Face,
        size_px: f32,
    ) -> Option<Line<'_>> {
        let at = self.style(ctx, face, size_px);
        let of_style = self.kept.get_mut(at)?;
        let number = of_style.by_text.get(text).copied().unwrap_or_else(|| {
            let galley = laid_out(ctx, text, face, size_px);
            of_style.lines.push(Kept::of(galley));
            self.count += 1;
            let number = of_style.lines.len() - 1;
            of_style.by_text.insert(text.into(), number);
            number
        });
        let kept = of_style.lines.get_mut(number)?;
        kept.used = self.age;
        Some(Line {
            galley: &kept.galley,
            glyphs: kept.glyphs.as_deref(),
            width_px: kept.width_px,
            baseline: of_style.baseline,
        })
    }
}

impl OfStyle {
    /// Drops the lines that were last used before an age.
    fn forget(&mut self, oldest: u64) {
        let mut before: Vec<_> = self.lines.drain(..).map(Some).collect();
        let lines = &mut self.lines;
        self.by_text.retain(|_, number| {
            let line = before.get_mut(*number).and_then(Option::take);
            let line = line.filter(|line| line.used >= oldest);
            *number = lines.len();
            lines.extend(line);
            lines.len() > *number
        });
    }
}

impl Kept {
    fn of(galley: Arc<Galley>) -> Self {
        let mut of_galley = galley.rows.iter().flat_map(|row| &row.glyphs);
        let has_own_colors = of_galley.any(|glyph| glyph.is_color);
        Self {
            glyphs: (!has_own_colors).then(|| glyphs(&galley)),
            width_px: galley.size().x,
            galley,
            used: 0,
        }
    }
}

/// The glyphs of a line that is not slanted and has neither background nor underline: of each
/// four vertices, the first is the upper left and the last the lower right corner.
fn glyphs(galley: &Galley) -> Box<[Glyph]> {
    let mut glyphs = Vec::new();
    for row in &galley.rows {
        let corners = row.visuals.mesh.vertices.chunks_exact(4);
        glyphs.extend(corners.filter_map(|corners| {
            let (first, last) = (corners.first()?, corners.last()?);
            let rect = Rect::from_min_max(first.pos, last.pos);
            Some(Glyph {
                rect: rect.translate(row.pos.to_vec2()),
                texels: Rect::from_min_max(first.uv, last.uv),
            })
        }));
    }
    glyphs.into_boxed_slice()
}

fn laid_out(ctx: &Context, text: &str, face: Face, size_px: f32) -> Arc<Galley> {
    let style = Style::new(face, size_px, Color32::PLACEHOLDER);
    ctx.fonts_mut(|fonts| fonts.layout_job(job(text, &style)))
}

fn baseline(galley: &Galley) -> Option<f32> {
    let row = galley.rows.first()?;
    Some(row.pos.y + row.glyphs.first()?.pos.y)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::view::text::install_fonts;

    /// Makes one picture that uses the lines of some numbers.
    fn picture(ctx: &Context, galleys: &mut Galleys, numbers: std::ops::Range<usize>) {
        let mut output = ctx.run_ui(egui::RawInput::default(), |ui| {
            galleys.begin(ui.ctx());
            galleys.begin_picture();
            for number in numbers.clone() {
                let text = number.to_string();
                let line = galleys.line(ui.ctx(), &text, Face::Sans, 12.0);
                assert_eq!(line.expect("a line").galley.text(), text);
            }
        });
        output.textures_delta.clear();
    }

    #[test]
    fn lines_are_kept_while_they_are_used_and_no_more_than_that() {
        let ctx = Context::default();
        install_fonts(&ctx);
        let mut galleys = Galleys::default();
        picture(&ctx, &mut galleys, 0..10);
        assert_eq!(galleys.count, 10);
        picture(&ctx, &mut galleys, 0..MOST_GALLEYS + 5);
        // Frames without a new picture evict nothing.
        for _ in 0..2 * UNUSED_PICTURES {
            let mut output = ctx.run_ui(egui::RawInput::default(), |ui| galleys.begin(ui.ctx()));
            output.textures_delta.clear();
        }
        picture(&ctx, &mut galleys, 0..MOST_GALLEYS + 5);
        assert_eq!(galleys.count, MOST_GALLEYS + 5);
        for _ in 0..2 * UNUSED_PICTURES {
            picture(&ctx, &mut galleys, 5..15);
        }
        assert_eq!(galleys.count, 10);
        // The remaining lines are still found by their texts.
        picture(&ctx, &mut galleys, 0..20);
        assert_eq!(galleys.count, 20);
    }
}
