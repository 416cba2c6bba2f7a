//! A page as SVG: shapes as shapes, text as text in embedded subsets of its fonts, or as outlines.
//!
//! Every run of a line is a `text` of its own at its place, so that a reader of the file need not
//! order it again: where its neighbours would decide its direction, marks of Unicode do. Outlines
//! look the same everywhere, even where fonts are ignored; PNG is made of them.

mod attributes;
mod outlines;
mod pixels;

use std::{
    collections::{BTreeMap, BTreeSet, HashMap},
    fmt::Write as _,
};

use data_encoding::BASE64;
use skrifa::{
    GlyphId, MetadataProvider as _,
    instance::{LocationRef, Size},
    outline::DrawSettings,
};

pub(super) use self::attributes::{escaped, hex, number};
pub use self::pixels::Pixels;
use self::{
    attributes::{directed, fill, heavier, opacity, points, rect_attributes, stroke},
    outlines::Pen,
    pixels::PixelGrid,
};
use super::{
    fonts::{Font, FontId},
    picture::PictureFile,
    shape::{GlyphRun, Shaper},
    strips::{Strip, strip},
    subset::subset,
};
use crate::layout::{
    bidi,
    page::{Page, Part},
    scene::{Anchor, Rect, Scene, Shape, TextRun},
    theme::Rgba,
};

/// How texts are written.
#[derive(Copy, Clone, Debug, PartialEq)]
pub enum Texts {
    /// As text, which can be searched, copied and edited.
    Text,
    /// As outlines.
    Outlines,
    /// As outlines for pixels, which the window's rules put on whole ones.
    Pixels(Pixels),
}

/// What an SVG says of itself.
#[derive(Copy, Clone, Debug)]
pub struct About<'a> {
    /// Its title.
    pub title: &'a str,
    /// What it shows, in words.
    pub description: &'a str,
    /// Its language, as a tag; empty where unknown.
    pub language: &'a str,
}

/// A page as an SVG document, its size in px.
///
/// `pictures` are those that its parts name by number; one that is missing is left out.
pub fn page(
    page: &Page,
    about: About<'_>,
    texts: Texts,
    pictures: &[PictureFile],
    shaper: &mut Shaper<'_>,
) -> String {
    let mut writer = Writer::new(texts, shaper);
    for part in &page.parts {
        writer.part(part, pictures);
    }
    let style = writer.font_faces();
    let (width, height) = (number(page.width_px), number(page.height_px));
    let mut out = String::with_capacity(writer.body.len() + style.len() + 1024);
    let _ = write!(
        out,
        "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{width}\" height=\"{height}\" viewBox=\"0 0 {width} {height}\""
    );
    if !about.language.is_empty() {
        let _ = write!(out, " xml:lang=\"{}\"", escaped(about.language));
    }
    out.push_str(">\n");
    let _ = writeln!(out, "<title>{}</title>", escaped(about.title));
    if !about.description.is_empty() {
        let _ = writeln!(out, "<desc>{}</desc>", escaped(about.description));
    }
    if !style.is_empty() {
        let _ = writeln!(out, "<style>\n{style}</style>");
    }
    if !writer.definitions.is_empty() {
        let _ = writeln!(out, "<defs>\n{}</defs>", writer.definitions);
    }
    out.push_str(&writer.body);
    out.push_str("</svg>\n");
    out
}

/// A page as an SVG element to be put into another document, which has the fonts; with the characters
/// that are drawn in each.
pub(super) fn fragment(
    page: &Page,
    description: &str,
    shaper: &mut Shaper<'_>,
) -> (String, BTreeMap<FontId, BTreeSet<char>>) {
    let mut writer = Writer::new(Texts::Text, shaper);
    for part in &page.parts {
        writer.part(part, &[]);
    }
    let (width, height) = (number(page.width_px), number(page.height_px));
    let drawn = format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {width} {height}\" role=\"img\" aria-label=\"{}\">\n<defs>\n{}</defs>\n{}</svg>",
        escaped(description),
        writer.definitions,
        writer.body
    );
    (drawn, writer.used)
}

/// How much wider light letters are on a dark ground, in pixels. The window turns a coverage c at
/// their edges into 2c - c²: on average 1/6 more, on both sides.
const LIGHT_LETTERS: f32 = 1.0 / 3.0;

struct Writer<'a, 'p> {
    shaper: &'a mut Shaper<'p>,
    texts: Texts,
    /// Where the part lies that is being written, and how much it is enlarged.
    part_origin: (f32, f32),
    part_scale: f32,
    body: String,
    definitions: String,
    /// Names of clips and gradients by how they are written.
    clips: HashMap<String, usize>,
    gradients: HashMap<String, usize>,
    /// The characters that are drawn in each font.
    used: BTreeMap<FontId, BTreeSet<char>>,
}

impl<'a, 'p> Writer<'a, 'p> {
    fn new(texts: Texts, shaper: &'a mut Shaper<'p>) -> Self {
        Self {
            shaper,
            texts,
            part_origin: (0.0, 0.0),
            part_scale: 1.0,
            body: String::new(),
            definitions: String::new(),
            clips: HashMap::new(),
            gradients: HashMap::new(),
            used: BTreeMap::new(),
        }
    }
}

impl Writer<'_, '_> {
    fn part(&mut self, part: &Part, pictures: &[PictureFile]) {
        let is_moved = (part.x, part.y, part.scale) != (0.0, 0.0, 1.0);
        if is_moved {
            let _ = write!(
                self.body,
                "<g transform=\"translate({} {})",
                number(part.x),
                number(part.y)
            );
            if part.scale != 1.0 {
                let _ = write!(self.body, " scale({})", part.scale);
            }
            self.body.push_str("\">\n");
        }
        if let Some(clip) = part.clip {
            self.open_clip(&clip);
        }
        if let Some((rect, number)) = part.picture
            && let Some(file) = pictures.get(number)
        {
            let _ = writeln!(
                self.body,
                "<image {} preserveAspectRatio=\"none\" href=\"data:{};base64,{}\"/>",
                rect_attributes(&rect),
                file.format.media_type(),
                BASE64.encode(&file.bytes)
            );
        }
        self.part_origin = (part.x, part.y);
        self.part_scale = part.scale;
        self.scene(&part.scene);
        if part.clip.is_some() {
            self.body.push_str("</g>\n");
        }
        if is_moved {
            self.body.push_str("</g>\n");
        }
    }

    fn scene(&mut self, scene: &Scene) {
        let mut is_clipped = false;
        let mut rest = scene.shapes.as_slice();
        while let Some((shape, after)) = rest.split_first() {
            if let Some((strip, count)) = strip(rest) {
                self.strip(&strip);
                rest = rest.get(count..).unwrap_or_default();
                continue;
            }
            rest = after;
            if let Shape::Clip(rect) = shape {
                if is_clipped {
                    self.body.push_str("</g>\n");
                }
                self.open_clip(rect);
                is_clipped = true;
                continue;
            }
            self.shape(scene, shape);
        }
        if is_clipped {
            self.body.push_str("</g>\n");
        }
    }

    fn open_clip(&mut self, rect: &Rect) {
        let written = rect_attributes(rect);
        let count = self.clips.len();
        let id = *self.clips.entry(written.clone()).or_insert_with(|| {
            let _ = writeln!(
                self.definitions,
                "<clipPath id=\"c{count}\"><rect {written}/></clipPath>"
            );
            count
        });
        let _ = writeln!(self.body, "<g clip-path=\"url(#c{id})\">");
    }

    /// Its edges are not softened: next to each other they leave no gap, as in the window. Only
    /// what is thinner than a pixel is, or it would come and go.
    fn strip(&mut self, strip: &Strip) {
        let (rect, is_thin) = self.on_pixels(&strip.rect);
        let rect = rect_attributes(&rect);
        let rendering = if is_thin {
            ""
        } else {
            " shape-rendering=\"crispEdges\""
        };
        let fill = match strip.plain() {
            Some(color) if color.alpha == 0 => return,
            Some(color) => fill(color),
            None => format!("fill=\"url(#g{})\"", self.gradient(strip)),
        };
        let _ = writeln!(self.body, "<rect {rect} {fill}{rendering}/>");
    }

    /// A rectangle as the pixels whose centres it covers, as graphics cards draw it, where those of
    /// the picture are known, and whether it is too thin for that.
    fn on_pixels(&self, rect: &Rect) -> (Rect, bool) {
        let Some((grid, _)) = self.grid() else {
            return (*rect, false);
        };
        if rect.width().min(rect.height()) * grid.scale < 1.0 {
            return (*rect, true);
        }
        let edge = |pixel: f32| (pixel - 0.5).ceil();
        let rect = Rect {
            x0: grid.snapped(rect.x0, grid.left, edge),
            y0: grid.snapped(rect.y0, grid.top, edge),
            x1: grid.snapped(rect.x1, grid.left, edge),
            y1: grid.snapped(rect.y1, grid.top, edge),
        };
        (rect, false)
    }

    /// Where the pixels of the picture are in the part that is being written, where they are known.
    fn grid(&self) -> Option<(PixelGrid, Pixels)> {
        let Texts::Pixels(pixels) = self.texts else {
            return None;
        };
        let (x, y) = self.part_origin;
        let grid = PixelGrid {
            scale: pixels.per_px * self.part_scale,
            left: x * pixels.per_px,
            top: y * pixels.per_px,
        };
        Some((grid, pixels))
    }

    fn gradient(&mut self, strip: &Strip) -> usize {
        let mut written = String::new();
        for (at, color) in &strip.stops {
            let _ = write!(
                written,
                "<stop offset=\"{:.4}\" stop-color=\"{}\"",
                at,
                hex(*color)
            );
            if color.alpha < 255 {
                let _ = write!(written, " stop-opacity=\"{}\"", opacity(*color));
            }
            written.push_str("/>");
        }
        let count = self.gradients.len();
        *self.gradients.entry(written.clone()).or_insert_with(|| {
            let _ = writeln!(
                self.definitions,
                "<linearGradient id=\"g{count}\">{written}</linearGradient>"
            );
            count
        })
    }

    fn shape(&mut self, scene: &Scene, shape: &Shape) {
        match shape {
            Shape::Hills {
                line,
                bottom,
                fill: color,
            } => {
                let line = scene.line(line);
                if let (Some(first), Some(last)) = (line.first(), line.last()) {
                    let ends = [(last.0, *bottom), (first.0, *bottom)];
                    let corners: Vec<_> = line.iter().copied().chain(ends).collect();
                    self.polygon(&corners, *color);
                }
            }
            Shape::Polygon {
                points,
                fill: color,
            } => self.polygon(points, *color),
            Shape::Frame {
                rect,
                radius,
                fill: inner,
                border,
                border_px,
            } => {
                let radius = radius.min(rect.width() / 2.0).min(rect.height() / 2.0);
                if inner.alpha > 0 {
                    let _ = writeln!(
                        self.body,
                        "<rect {} rx=\"{}\" {}/>",
                        rect_attributes(rect),
                        number(radius),
                        fill(*inner)
                    );
                }
                if *border_px > 0.0 && border.alpha > 0 {
                    let inset = border_px / 2.0;
                    let _ = writeln!(
                        self.body,
                        "<rect {} rx=\"{}\" fill=\"none\" {}/>",
                        rect_attributes(&rect.expanded(-inset, -inset)),
                        number((radius - inset).max(0.0)),
                        stroke(*border, *border_px)
                    );
                }
            }
            Shape::Line { line, px, color } => {
                let points = points(scene.line(line));
                let _ = writeln!(
                    self.body,
                    "<polyline points=\"{points}\" fill=\"none\" {}/>",
                    stroke(*color, *px)
                );
            }
            Shape::Text(run) => self.text(scene, run),
            Shape::Ramp { .. } | Shape::Clip(_) => {}
        }
    }

    fn polygon(&mut self, corners: &[(f32, f32)], color: Rgba) {
        if color.alpha > 0 {
            let points = points(corners);
            let _ = writeln!(self.body, "<polygon points=\"{points}\" {}/>", fill(color));
        }
    }

    fn text(&mut self, scene: &Scene, run: &TextRun) {
        let text = scene.str(run);
        if run.color.alpha == 0 || text.trim().is_empty() {
            return;
        }
        let line = self.shaper.line(text, run.face);
        let width_px = line.width * run.size_px;
        let x = match run.anchor {
            Anchor::Start => run.x,
            Anchor::Middle => run.x - width_px / 2.0,
            Anchor::End => run.x - width_px,
        };
        match self.texts {
            Texts::Text => {
                // In the order of reading.
                let mut runs: Vec<_> = line.runs.iter().collect();
                runs.sort_by_key(|run| run.range.start);
                for part in runs {
                    self.words(text, part, run, x);
                }
            }
            Texts::Outlines | Texts::Pixels(_) => {
                let grid = self.grid();
                let (run, x) =
                    grid.map_or_else(|| (run.clone(), x), |(grid, _)| grid.sharp(run, x));
                let mut path = String::new();
                for part in &line.runs {
                    self.outline(part, &run, x, &mut path);
                }
                if path.is_empty() {
                    return;
                }
                let ink = match grid {
                    Some((grid, pixels)) if pixels.is_dark => {
                        heavier(run.color, LIGHT_LETTERS / grid.scale)
                    }
                    _ => fill(run.color),
                };
                let _ = writeln!(self.body, "<path d=\"{path}\" {ink}/>");
            }
        }
    }

    /// One run as text.
    fn words(&mut self, line: &str, part: &GlyphRun, run: &TextRun, x: f32) {
        let Some(font) = self.shaper.fonts.get(part.font) else {
            return;
        };
        let words = line.get(part.range.clone()).unwrap_or_default();
        let characters = self.used.entry(part.font).or_default();
        characters.extend(words.chars());
        if part.is_right_to_left {
            characters.extend(words.chars().map(bidi::mirrored));
        }
        let _ = write!(
            self.body,
            "<text x=\"{}\" y=\"{}\" font-family=\"'{}'\" font-size=\"{}\"",
            number(x + part.x * run.size_px),
            number(run.baseline),
            family(font),
            number(run.size_px),
        );
        if font.weight != 400 {
            let _ = write!(self.body, " font-weight=\"{}\"", font.weight);
        }
        if font.is_italic {
            self.body.push_str(" font-style=\"italic\"");
        }
        let has_outer_space = words.starts_with(' ') || words.ends_with(' ');
        if has_outer_space || words.contains("  ") {
            self.body.push_str(" xml:space=\"preserve\"");
        }
        let _ = writeln!(
            self.body,
            " {}>{}</text>",
            fill(run.color),
            escaped(&directed(words, part.is_right_to_left))
        );
    }

    /// Adds the outlines of one run to a path.
    fn outline(&self, part: &GlyphRun, run: &TextRun, x: f32, path: &mut String) {
        let Some(font) = self.shaper.fonts.get(part.font) else {
            return;
        };
        let Some(tables) = font.tables() else { return };
        let glyphs = tables.outline_glyphs();
        let mut at = x + part.x * run.size_px;
        for glyph in &part.glyphs {
            if let Some(outline) = glyphs.get(GlyphId::new(glyph.id)) {
                let mut pen = Pen {
                    path,
                    x: at + glyph.dx * run.size_px,
                    y: run.baseline - glyph.dy * run.size_px,
                    scale: run.size_px / font.units_per_em,
                };
                let settings = DrawSettings::unhinted(Size::unscaled(), LocationRef::default());
                // A broken outline is left out; its advance is kept.
                let _ = outline.draw(settings, &mut pen);
            }
            at += glyph.advance * run.size_px;
        }
    }

    /// The rules that embed the fonts.
    fn font_faces(&self) -> String {
        let mut out = String::new();
        for (id, characters) in &self.used {
            let Some(font) = self.shaper.fonts.get(*id) else {
                continue;
            };
            out.push_str(&font_face(font, characters));
        }
        out
    }
}

/// The name of a font's family as it is quoted in CSS and in an attribute: many are no identifiers,
/// such as “Source Serif 4”.
fn family(font: &Font) -> String {
    font.file.family.replace(['"', '\'', '\\', '<', '&'], "")
}

/// The CSS rule that embeds a font with these characters.
pub(super) fn font_face(font: &Font, characters: &BTreeSet<char>) -> String {
    let style = if font.is_italic {
        "font-style:italic;"
    } else {
        ""
    };
    format!(
        "@font-face{{font-family:'{}';{style}font-weight:{};src:url(data:font/ttf;base64,{})}}\n",
        family(font),
        font.weight,
        BASE64.encode(&subset(font, characters))
    )
}

#[cfg(test)]
mod tests;
