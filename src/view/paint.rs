//! Scene to egui: one mesh for all that is not text between two clips, galleys from the cache.
//!
//! It adds nothing to the scene and asks nothing about time; see [`layout::draw`](crate::layout::draw).
//! Ten thousand rectangles as shapes take egui 1.4 ms to tessellate, as one mesh 0.04 ms. The meshes'
//! buffers come back when egui has drawn them, so that a steady pan allocates none.

use std::sync::Arc;

use egui::{
    Color32, Context, CornerRadius, Mesh, Painter, Pos2, Shape as Egui, Stroke, StrokeKind, Vec2,
    epaint::{Vertex, WHITE_UV, tessellator::Path},
};

use super::text::{Galleys, color};
use crate::layout::{
    scene::{Anchor, Rect, Scene, Shape, TextRun},
    theme::Rgba,
};

/// What painting keeps from frame to frame: laid out texts, and buffers.
#[derive(Default)]
pub struct Brush {
    galleys: Galleys,
    /// Empty meshes with room in them.
    free: Vec<Arc<Mesh>>,
    /// Those that egui was given; it lets go of them when it has drawn the frame.
    lent: Vec<Arc<Mesh>>,
    path: Path,
    corners: Vec<Pos2>,
}

impl Brush {
    /// Starts a frame.
    pub fn begin(&mut self, ctx: &Context) {
        self.galleys.begin(ctx);
        // The first to be lent is the next to be used: each finds the room that it needed.
        for mut mesh in self.lent.drain(..).rev() {
            if let Some(own) = Arc::get_mut(&mut mesh) {
                // Mesh::clear of epaint 0.37 gives the vertices' room away.
                own.vertices.clear();
                own.indices.clear();
                self.free.push(mesh);
            }
        }
    }

    /// Paints a scene with its 0, 0 at `origin`. Within a clip, texts lie over all else. A ground that
    /// the window has already is left out.
    pub fn paint(&mut self, scene: &Scene, painter: &Painter, origin: Vec2, ground: Rgba) {
        let is_ground = |shape: &Shape| matches!(shape, Shape::Ramp { left, right, .. } if *left == ground && *right == ground);
        let shapes = match scene.shapes.split_first() {
            Some((first, rest)) if is_ground(first) => rest,
            _ => &scene.shapes,
        };
        let whole = painter.clip_rect();
        let mut painter = painter.clone();
        let mut mesh = self.free.pop().unwrap_or_default();
        let clips = shapes.split_inclusive(|shape| matches!(shape, Shape::Clip(_)));
        for shapes in clips {
            for shape in shapes {
                if let Shape::Frame { .. } = shape {
                    mesh = self.lend(mesh, &painter);
                }
                self.add(shape, Arc::make_mut(&mut mesh), &painter, origin);
            }
            mesh = self.lend(mesh, &painter);
            for shape in shapes {
                match shape {
                    Shape::Text(run) => self.text(scene, run, &painter, origin),
                    Shape::Clip(rect) => {
                        painter.set_clip_rect(egui_rect(rect, origin).intersect(whole));
                    }
                    _ => {}
                }
            }
        }
        self.free.push(mesh);
    }

    /// Gives a mesh to egui, and takes the next one in hand.
    fn lend(&mut self, mesh: Arc<Mesh>, painter: &Painter) -> Arc<Mesh> {
        if mesh.is_empty() {
            return mesh;
        }
        painter.add(Egui::Mesh(Arc::clone(&mesh)));
        self.lent.push(mesh);
        self.free.pop().unwrap_or_default()
    }

    fn add(&mut self, shape: &Shape, mesh: &mut Mesh, painter: &Painter, origin: Vec2) {
        let feather = 1.0 / painter.ctx().pixels_per_point();
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
            Shape::Slope {
                x,
                top,
                bottom,
                fill,
            } => {
                let fill = color(*fill);
                let edge = |y: f32| y + feather / 2.0;
                let corners = [
                    (x.0, edge(top.0).min(*bottom), fill),
                    (x.1, edge(top.1).min(*bottom), fill),
                    (x.0, *bottom, fill),
                    (x.1, *bottom, fill),
                ];
                quad(mesh, corners, origin);
                // A soft upper edge; its neighbours go on seamlessly.
                let clear = Color32::TRANSPARENT;
                let corners = [
                    (x.0, top.0 - feather / 2.0, clear),
                    (x.1, top.1 - feather / 2.0, clear),
                    (x.0, edge(top.0).min(*bottom), fill),
                    (x.1, edge(top.1).min(*bottom), fill),
                ];
                quad(mesh, corners, origin);
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
                let stroke = Stroke::new(*border_px, color(*border));
                let radius = CornerRadius::same(*radius as u8);
                let rect = egui_rect(rect, origin);
                painter.rect(rect, radius, color(*fill), stroke, StrokeKind::Inside);
            }
            Shape::Text(_) | Shape::Clip(_) => {}
        }
    }

    fn text(&mut self, scene: &Scene, run: &TextRun, painter: &Painter, origin: Vec2) {
        let (ctx, galleys) = (painter.ctx(), &mut self.galleys);
        let galley = galleys.get(ctx, scene.str(run), run.face, run.size_px);
        let baseline = galleys.baseline(ctx, run.face, run.size_px);
        let x = match run.anchor {
            Anchor::Start => run.x,
            Anchor::Middle => run.x - galley.size().x / 2.0,
            Anchor::End => run.x - galley.size().x,
        };
        let at = Pos2::new(x, run.baseline - baseline) + origin;
        painter.galley(at, galley, color(run.color));
    }
}

/// egui's rectangle of a scene's.
pub fn egui_rect(rect: &Rect, origin: Vec2) -> egui::Rect {
    egui::Rect::from_min_max(
        Pos2::new(rect.x0, rect.y0) + origin,
        Pos2::new(rect.x1, rect.y1) + origin,
    )
}

/// Adds four corners: upper left, upper right, lower left, lower right.
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
