//! Scene to egui: one mesh for all shapes between two clips, texts included.
//!
//! It adds nothing to the scene and knows nothing about time; see
//! [`layout::draw`](crate::layout::draw). Ten thousand rectangles as shapes take egui 1.4 ms to
//! tessellate, as one mesh 0.04 ms. A [`Picture`] keeps its meshes: an unchanged one is handed to
//! egui as it is, a changed one reuses their buffers, so that a steady pan allocates none.
//!
//! Texts are put into the mesh as egui's own tessellator would do it, from the same galleys. Their
//! glyphs are in an atlas that may still grow later in the frame, when other texts are laid out; a
//! plugin (`Atlas`) corrects the texture coordinates of meshes made before.

mod atlas;

use std::sync::Arc;

use atlas::Atlas;
use egui::{
    Color32, Context, CornerRadius, Mesh, Painter, Pos2, Shape as Egui, Stroke, StrokeKind, Vec2,
    emath::GuiRounding as _,
    epaint::{PathStroke, RectShape, Tessellator, Vertex, WHITE_UV, tessellator::Path},
};

use super::{
    galleys::{Galleys, Line},
    text::{color, has_right_to_left},
};
use crate::layout::{
    Face,
    scene::{Anchor, Rect, Scene, Shape, TextRun},
    theme::Rgba,
};

/// Paints pictures and lines; keeps laid out texts and buffers from frame to frame.
#[derive(Default)]
pub struct TextPainter {
    galleys: Galleys,
    atlas: Atlas,
    /// egui's tessellator, for rectangles with round corners, and its pixels per point.
    tessellator: Option<(f32, Tessellator)>,
    path: Path,
    corners: Vec<Pos2>,
}

/// A scene and the egui shapes made of it; redrawn when its key `K` has changed.
pub struct Picture<K> {
    scene: Scene,
    made_for: Option<MadeFor<K>>,
    pieces: Vec<(egui::Rect, Egui)>,
    /// Meshes to be reused; the one needed next is last.
    spare: Vec<Arc<Mesh>>,
}

/// All that a picture depends on.
#[derive(PartialEq)]
struct MadeFor<K> {
    /// The key of what is shown.
    shown: K,
    placement: Placement,
    clip: egui::Rect,
    pixels_per_point: f32,
    glyphs: (u64, Atlas),
}

/// A picture's position and background in the window.
#[derive(Copy, Clone, Debug, PartialEq)]
pub struct Placement {
    /// The position of its 0, 0.
    pub origin: Vec2,
    /// The background that the window has painted already: one of that colour is left out.
    pub ground: Rgba,
}

impl<K> Default for Picture<K> {
    fn default() -> Self {
        Self {
            scene: Scene::default(),
            made_for: None,
            pieces: Vec::new(),
            spare: Vec::new(),
        }
    }
}

impl<K> Picture<K> {
    /// The scene that is shown.
    pub fn scene(&self) -> &Scene {
        &self.scene
    }
}

impl TextPainter {
    /// Starts a frame.
    pub fn begin(&mut self, ctx: &Context) {
        self.galleys.begin(ctx);
        let atlas = Atlas::now(ctx);
        self.atlas = atlas;
        if ctx.with_plugin(|it: &mut Atlas| *it = atlas).is_none() {
            ctx.add_plugin(atlas);
        }
    }

    /// Paints a picture with the key `shown`; `draw` redraws its scene if the key, its position,
    /// clip or scale, or the glyphs have changed.
    pub fn paint<K: PartialEq>(
        &mut self,
        picture: &mut Picture<K>,
        shown: K,
        painter: &Painter,
        placement: Placement,
        draw: impl FnOnce(&mut Scene),
    ) {
        let made_for = Some(MadeFor {
            shown,
            placement,
            clip: painter.clip_rect(),
            pixels_per_point: painter.pixels_per_point(),
            glyphs: (self.galleys.generation(), self.atlas),
        });
        if picture.made_for != made_for {
            draw(&mut picture.scene);
            self.make(picture, painter, placement);
            picture.made_for = made_for;
        }
        let mut painter = painter.clone();
        for (clip, shape) in &picture.pieces {
            painter.set_clip_rect(*clip);
            painter.add(shape.clone());
        }
    }

    /// Makes the egui shapes of the scene.
    fn make<K>(&mut self, picture: &mut Picture<K>, painter: &Painter, placement: Placement) {
        self.galleys.begin_picture();
        let Picture {
            scene,
            pieces,
            spare,
            ..
        } = picture;
        // Reversed, so that meshes are popped in the order of last time and find enough capacity.
        for (_, shape) in pieces.drain(..).rev() {
            if let Egui::Mesh(mut mesh) = shape
                && let Some(own) = Arc::get_mut(&mut mesh)
            {
                // Mesh::clear of epaint 0.37 drops the capacity of the vertices.
                own.vertices.clear();
                own.indices.clear();
                spare.push(mesh);
            }
        }
        let is_ground = |shape: &Shape| matches!(shape, Shape::Ramp { left, right, .. } if *left == placement.ground && *right == placement.ground);
        let shapes = match scene.shapes.split_first() {
            Some((first, rest)) if is_ground(first) => rest,
            _ => &scene.shapes,
        };
        let whole = painter.clip_rect();
        // Where what comes next is clipped, and where what is in the mesh is.
        let (mut next_clip, mut clip) = (whole, whole);
        let mut mesh = spare.pop().unwrap_or_default();
        let origin = placement.origin;
        for shape in shapes {
            if let Shape::Clip(rect) = shape {
                next_clip = egui_rect(rect, origin).intersect(whole);
                continue;
            }
            if clip != next_clip {
                // egui would copy two meshes with the same clip into one.
                end_piece(&mut mesh, clip, pieces, spare);
                clip = next_clip;
            }
            let of_its_own = match shape {
                Shape::Text(run) => {
                    let mesh = Arc::make_mut(&mut mesh);
                    self.text(scene, run, mesh, painter, origin)
                }
                shape => {
                    let mesh = Arc::make_mut(&mut mesh);
                    self.add(scene, shape, mesh, painter, origin);
                    None
                }
            };
            // What cannot be in the mesh is painted over it, and what follows in the next one.
            if let Some(shape) = of_its_own {
                end_piece(&mut mesh, clip, pieces, spare);
                pieces.push((clip, shape));
            }
        }
        end_piece(&mut mesh, clip, pieces, spare);
        spare.push(mesh);
    }

    /// Adds a shape other than text to a mesh.
    fn add(
        &mut self,
        scene: &Scene,
        shape: &Shape,
        mesh: &mut Mesh,
        painter: &Painter,
        origin: Vec2,
    ) {
        let feather = 1.0 / painter.pixels_per_point();
        match shape {
            Shape::Ramp { rect, left, right } => {
                let (left, right) = (color(*left), color(*right));
                let corners = [
                    (rect.x0, rect.y0, left),
                    (rect.x1, rect.y0, right),
                    (rect.x0, rect.y1, left),
                    (rect.x1, rect.y1, right),
                ];
                quad(mesh, corners, origin);
            }
            Shape::Hills { line, bottom, fill } => {
                let points = scene
                    .line(line)
                    .iter()
                    .map(|&(x, y)| Pos2::new(x, y) + origin);
                hills(mesh, points, bottom + origin.y, color(*fill), feather);
            }
            Shape::Line {
                line,
                px,
                color: ink,
            } => {
                self.corners.clear();
                let points = scene.line(line).iter();
                self.corners
                    .extend(points.map(|&(x, y)| Pos2::new(x, y) + origin));
                self.corners.dedup();
                if self.corners.len() > 1 {
                    self.path.clear();
                    self.path.add_open_points(&self.corners);
                    let stroke = PathStroke::new(*px, color(*ink));
                    self.path.stroke_open(feather, &stroke, mesh);
                }
            }
            Shape::Polygon { points, fill } => {
                self.corners.clear();
                let corners = points.iter().map(|&(x, y)| Pos2::new(x, y) + origin);
                self.corners.extend(corners);
                self.corners.dedup();
                self.path.clear();
                self.path.add_line_loop(&self.corners);
                self.path.fill(feather, color(*fill), mesh);
            }
            Shape::Frame {
                rect,
                radius,
                fill,
                border,
                border_px,
            } => {
                let frame = RectShape::new(
                    egui_rect(rect, origin),
                    CornerRadius::same(*radius as u8),
                    color(*fill),
                    Stroke::new(*border_px, color(*border)),
                    StrokeKind::Inside,
                );
                self.tessellator(painter).tessellate_rect(&frame, mesh);
            }
            Shape::Text(_) | Shape::Clip(_) => {}
        }
    }

    fn tessellator(&mut self, painter: &Painter) -> &mut Tessellator {
        let pixels_per_point = painter.pixels_per_point();
        self.tessellator = self
            .tessellator
            .take()
            .filter(|it| it.0 == pixels_per_point);
        let (_, tessellator) = self.tessellator.get_or_insert_with(|| {
            let options = painter.ctx().tessellation_options(|options| *options);
            // It draws neither text nor circles: it needs no glyphs.
            let tessellator = Tessellator::new(pixels_per_point, options, [1, 1], Vec::new());
            (pixels_per_point, tessellator)
        });
        tessellator
    }

    /// Paints a line of text; `at` is its left end, at half its height. Returns its rectangle.
    pub fn line(
        &mut self,
        painter: &Painter,
        at: Pos2,
        words: &str,
        (face, size_px): (Face, f32),
        ink: Rgba,
    ) -> egui::Rect {
        let line = self.galleys.line(painter.ctx(), words, face, size_px);
        let Some(Line { galley, .. }) = line else {
            return egui::Rect::from_min_size(at, Vec2::ZERO);
        };
        let size = galley.size();
        let min = Pos2::new(at.x, at.y - size.y / 2.0);
        painter.galley(min, Arc::clone(galley), color(ink));
        egui::Rect::from_min_size(min, size)
    }

    /// Paints a line of text centred at `middle`.
    pub fn centred(
        &mut self,
        painter: &Painter,
        middle: Pos2,
        words: &str,
        (face, size_px): (Face, f32),
        ink: Rgba,
    ) {
        if let Some(line) = self.galleys.line(painter.ctx(), words, face, size_px) {
            let min = middle - line.galley.size() / 2.0;
            painter.galley(min, Arc::clone(line.galley), color(ink));
        }
    }

    /// The same as [`line`](Self::line), word by word: for a line that changes with every step of a
    /// pan while its words recur. Laying out a new line takes as long as drawing the rest of the
    /// strip.
    pub fn words(
        &mut self,
        painter: &Painter,
        at: Pos2,
        words: &str,
        style: (Face, f32),
        ink: Rgba,
    ) -> egui::Rect {
        // A line with right-to-left text is ordered as a whole.
        if has_right_to_left(words) {
            return self.line(painter, at, words, style, ink);
        }
        let space_px = self.galleys.space_px(painter.ctx(), style.0, style.1);
        let mut area = egui::Rect::from_min_size(at, Vec2::ZERO);
        for (number, word) in words.split(' ').enumerate() {
            let space_px = if number > 0 { space_px } else { 0.0 };
            let at = Pos2::new(area.right() + space_px, at.y);
            area |= self.line(painter, at, word, style, ink);
        }
        area
    }

    /// Adds a line of text to a mesh. A line with coloured glyphs is left to egui: then its shape
    /// is returned.
    fn text(
        &mut self,
        scene: &Scene,
        run: &TextRun,
        mesh: &mut Mesh,
        painter: &Painter,
        origin: Vec2,
    ) -> Option<Egui> {
        let texel = self.atlas.share();
        let words = scene.str(run);
        let line = self
            .galleys
            .line(painter.ctx(), words, run.face, run.size_px)?;
        let x = match run.anchor {
            Anchor::Start => run.x,
            Anchor::Middle => run.x - line.width_px / 2.0,
            Anchor::End => run.x - line.width_px,
        };
        let at = Pos2::new(x, run.baseline - line.baseline) + origin;
        let color = color(run.color);
        let Some(glyphs) = line.glyphs else {
            return Some(Egui::galley(at, Arc::clone(line.galley), color));
        };
        let at = at.round_to_pixels(painter.pixels_per_point()).to_vec2();
        mesh.reserve_triangles(2 * glyphs.len());
        mesh.reserve_vertices(4 * glyphs.len());
        for glyph in glyphs {
            let in_atlas = egui::Rect::from_min_max(
                (glyph.texels.min.to_vec2() * texel).to_pos2(),
                (glyph.texels.max.to_vec2() * texel).to_pos2(),
            );
            mesh.add_rect_with_uv(glyph.rect.translate(at), in_atlas, color);
        }
        None
    }
}

/// Ends a mesh, if there is something in it; the next one has buffers that were used before.
fn end_piece(
    mesh: &mut Arc<Mesh>,
    clip: egui::Rect,
    pieces: &mut Vec<(egui::Rect, Egui)>,
    spare: &mut Vec<Arc<Mesh>>,
) {
    if !mesh.is_empty() {
        let next = spare.pop().unwrap_or_default();
        pieces.push((clip, Egui::Mesh(std::mem::replace(mesh, next))));
    }
}

/// Hills with a soft upper edge: three vertices per point, shared with the neighbours.
fn hills(
    mesh: &mut Mesh,
    line: impl ExactSizeIterator<Item = Pos2>,
    bottom: f32,
    fill: Color32,
    feather: f32,
) {
    let first = mesh.vertices.len() as u32;
    let count = line.len() as u32;
    for Pos2 { x, y } in line {
        let corners = [
            (y - feather / 2.0, Color32::TRANSPARENT),
            ((y + feather / 2.0).min(bottom), fill),
            (bottom, fill),
        ];
        mesh.vertices.extend(corners.map(|(y, color)| Vertex {
            pos: Pos2::new(x, y),
            uv: WHITE_UV,
            color,
        }));
    }
    for point in 1..count {
        let before = first + 3 * (point - 1);
        // Two quads between this point and the next.
        for upper in [before, before + 1] {
            let (lower, next) = (upper + 1, upper + 3);
            mesh.indices
                .extend([upper, next, lower, lower, next, next + 1]);
        }
    }
}

/// Converts a scene's rectangle to egui's, moved by `origin`.
pub fn egui_rect(rect: &Rect, origin: Vec2) -> egui::Rect {
    egui::Rect::from_min_max(
        Pos2::new(rect.x0, rect.y0) + origin,
        Pos2::new(rect.x1, rect.y1) + origin,
    )
}

/// Adds a quad of four corners: upper left, upper right, lower left, lower right.
fn quad(mesh: &mut Mesh, corners: [(f32, f32, Color32); 4], origin: Vec2) {
    let first = mesh.vertices.len() as u32;
    mesh.vertices.extend(corners.map(|(x, y, color)| Vertex {
        pos: Pos2::new(x, y) + origin,
        uv: WHITE_UV,
        color,
    }));
    mesh.add_triangle(first, first + 1, first + 2);
    mesh.add_triangle(first + 2, first + 1, first + 3);
}

#[cfg(test)]
mod tests {
    use egui::{ClippedPrimitive, RawInput, epaint::Primitive};

    use super::*;
    use crate::{layout::Theme, view::text::install_fonts};

    const PLACEMENT: Placement = Placement {
        origin: Vec2::new(3.25, 7.0),
        ground: Theme::LIGHT.ground,
    };

    /// Runs a frame and gives the triangles that are painted.
    fn triangles(ctx: &Context, show: impl FnMut(&mut egui::Ui)) -> Vec<ClippedPrimitive> {
        let screen = egui::Rect::from_min_size(Pos2::ZERO, Vec2::new(1440.0, 900.0));
        let input = RawInput {
            screen_rect: Some(screen),
            ..RawInput::default()
        };
        let mut output = ctx.run_ui(input, show);
        output.textures_delta.clear();
        ctx.tessellate(output.shapes, output.pixels_per_point)
    }

    fn vertices(primitives: &[ClippedPrimitive]) -> Vec<Vertex> {
        let meshes = primitives.iter().map(|it| match &it.primitive {
            Primitive::Mesh(mesh) => mesh,
            Primitive::Callback(_) => panic!("no callback was painted"),
        });
        meshes.flat_map(|mesh| &mesh.vertices).copied().collect()
    }

    fn write(scene: &mut Scene) {
        scene.clear();
        let style = (Face::SansMedium, 13.5, Theme::LIGHT.ink);
        for (number, words) in ["Fall of Mosul", "مقتدى الصدر (2014)", ""]
            .iter()
            .enumerate()
        {
            let y = 40.0 + 30.0 * number as f32;
            scene.text((200.3, y), Anchor::End, style, words);
        }
        scene.finish();
    }

    /// Lays out so many glyphs that the atlas has to grow.
    fn grow_atlas(ctx: &Context) {
        let before = Atlas::now(ctx);
        let sizes = (40u8..90).map(f32::from);
        let mut galleys = Galleys::default();
        for size_px in sizes {
            galleys.line(ctx, "abcdefghijklmnopqrstuvwxyz", Face::Serif, size_px);
        }
        let after = Atlas::now(ctx);
        assert_ne!(before, after, "not enough glyphs");
    }

    #[test]
    fn texts_are_the_triangles_that_egui_makes_of_them() {
        let ctx = Context::default();
        install_fonts(&ctx);
        let (mut text_painter, mut picture) = (TextPainter::default(), Picture::default());
        for growing in [false, true] {
            let ours = triangles(&ctx, |ui| {
                text_painter.begin(ui.ctx());
                text_painter.paint(&mut picture, growing, ui.painter(), PLACEMENT, write);
                if growing {
                    grow_atlas(ui.ctx());
                }
            });
            let theirs = triangles(&ctx, |ui| {
                text_painter.begin(ui.ctx());
                for shape in &picture.scene().shapes {
                    let Shape::Text(run) = shape else { continue };
                    let words = picture.scene().str(run);
                    let line = text_painter
                        .galleys
                        .line(ui.ctx(), words, run.face, run.size_px);
                    let line = line.expect("a line");
                    let x = run.x - line.galley.size().x;
                    let at = Pos2::new(x, run.baseline - line.baseline) + PLACEMENT.origin;
                    let galley = Arc::clone(line.galley);
                    ui.painter().galley(at, galley, color(run.color));
                }
            });
            let (ours, theirs) = (vertices(&ours), vertices(&theirs));
            assert!(ours.len() > 100, "{} corners", ours.len());
            assert_eq!(ours.len(), theirs.len());
            for (ours, theirs) in ours.iter().zip(&theirs) {
                assert!(ours.pos.distance(theirs.pos) < 1e-3, "{ours:?} {theirs:?}");
                assert!(ours.uv.distance(theirs.uv) < 1e-5, "{ours:?} {theirs:?}");
                assert_eq!(ours.color, theirs.color);
            }
        }
    }

    #[test]
    fn an_unchanged_picture_is_not_redrawn() {
        let ctx = Context::default();
        install_fonts(&ctx);
        let (mut text_painter, mut picture) = (TextPainter::default(), Picture::default());
        let mut drawn = Vec::new();
        let mut painted = Vec::new();
        // Glyphs are laid out in the first frame, so that the second has another atlas.
        for shown in ["a", "a", "a", "a", "b", "b"] {
            let mut is_drawn = false;
            let frame = triangles(&ctx, |ui| {
                text_painter.begin(ui.ctx());
                text_painter.paint(&mut picture, shown, ui.painter(), PLACEMENT, |scene| {
                    is_drawn = true;
                    write(scene);
                });
            });
            drawn.push(is_drawn);
            painted.push(vertices(&frame));
        }
        assert_eq!(drawn.get(2..), Some(&[false, false, true, false][..]));
        assert!(painted.windows(2).skip(1).all(|pair| pair[0] == pair[1]));
    }
}
