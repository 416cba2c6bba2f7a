//! Scene to egui: one mesh for what lies between two texts, galleys from the cache.
//!
//! It adds nothing to the scene and asks nothing about time; see [`layout::draw`](crate::layout::draw).

use egui::{
    Color32, CornerRadius, Mesh, Painter, Pos2, Shape as Egui, Stroke, StrokeKind, Vec2,
    epaint::Vertex,
};

use super::text::{Galleys, color};
use crate::layout::scene::{Anchor, Rect, Scene, Shape, TextRun};

/// Paints a scene with its 0, 0 at `origin`.
pub fn paint(scene: &Scene, painter: &Painter, origin: Vec2, galleys: &mut Galleys) {
    let whole = painter.clip_rect();
    let mut painter = painter.clone();
    let mut mesh = Mesh::default();
    let flush = |painter: &Painter, mesh: &mut Mesh| {
        if !mesh.is_empty() {
            painter.add(Egui::mesh(std::mem::take(mesh)));
        }
    };
    for shape in &scene.shapes {
        match shape {
            Shape::Clip(rect) => {
                flush(&painter, &mut mesh);
                painter.set_clip_rect(egui_rect(rect, origin).intersect(whole));
            }
            Shape::Ramp { rect, left, right } => {
                quad(&mut mesh, rect, color(*left), color(*right), origin);
            }
            Shape::Polygon { points, fill } => {
                flush(&painter, &mut mesh);
                let mut points: Vec<Pos2> = points
                    .iter()
                    .map(|&(x, y)| Pos2::new(x, y) + origin)
                    .collect();
                points.dedup();
                painter.add(Egui::convex_polygon(points, color(*fill), Stroke::NONE));
            }
            Shape::Frame {
                rect,
                radius,
                fill,
                border,
                border_px,
            } => {
                flush(&painter, &mut mesh);
                let stroke = Stroke::new(*border_px, color(*border));
                let radius = CornerRadius::same(*radius as u8);
                painter.rect(
                    egui_rect(rect, origin),
                    radius,
                    color(*fill),
                    stroke,
                    StrokeKind::Inside,
                );
            }
            Shape::Text(run) => {
                flush(&painter, &mut mesh);
                text(scene, run, &painter, origin, galleys);
            }
        }
    }
    flush(&painter, &mut mesh);
}

/// egui's rectangle of a scene's.
pub fn egui_rect(rect: &Rect, origin: Vec2) -> egui::Rect {
    egui::Rect::from_min_max(
        Pos2::new(rect.x0, rect.y0) + origin,
        Pos2::new(rect.x1, rect.y1) + origin,
    )
}

fn quad(mesh: &mut Mesh, rect: &Rect, left: Color32, right: Color32, origin: Vec2) {
    let first = mesh.vertices.len() as u32;
    let corners = [
        (rect.x0, rect.y0, left),
        (rect.x1, rect.y0, right),
        (rect.x0, rect.y1, left),
        (rect.x1, rect.y1, right),
    ];
    mesh.vertices.extend(corners.map(|(x, y, color)| Vertex {
        pos: Pos2::new(x, y) + origin,
        uv: egui::epaint::WHITE_UV,
        color,
    }));
    mesh.add_triangle(first, first + 1, first + 2);
    mesh.add_triangle(first + 2, first + 1, first + 3);
}

fn text(scene: &Scene, run: &TextRun, painter: &Painter, origin: Vec2, galleys: &mut Galleys) {
    let galley = galleys.get(painter.ctx(), scene.str(run), run.face, run.size_px);
    let baseline = galleys.baseline(painter.ctx(), run.face, run.size_px);
    let x = match run.anchor {
        Anchor::Start => run.x,
        Anchor::Middle => run.x - galley.size().x / 2.0,
        Anchor::End => run.x - galley.size().x,
    };
    let at = Pos2::new(x, run.baseline - baseline) + origin;
    painter.galley(at, galley, color(run.color));
}
