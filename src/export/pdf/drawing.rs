//! Shapes other than text on a PDF's surface.

use krilla::{
    color::rgb,
    geom::{PathBuilder, Rect as PdfRect, Transform},
    num::NormalizedF32,
    paint::{Fill, FillRule, LinearGradient, SpreadMethod, Stop, Stroke},
    surface::Surface,
};

use crate::{
    export::strips::Strip,
    layout::{
        scene::{Rect, Scene, Shape},
        theme::Rgba,
    },
};

pub(super) fn draw_strip(strip: &Strip, surface: &mut Surface<'_>) {
    let Some(path) = rect_path(&strip.rect) else {
        return;
    };
    surface.set_stroke(None);
    match strip.plain() {
        Some(color) if color.alpha == 0 => return,
        Some(color) => surface.set_fill(Some(fill(color))),
        None => {
            let stops = strip.stops.iter().map(|(at, color)| Stop {
                offset: NormalizedF32::new(*at).unwrap_or(NormalizedF32::ZERO),
                color: pdf_color(*color).into(),
                opacity: opacity(*color),
            });
            let gradient = LinearGradient {
                x1: strip.rect.x0,
                y1: strip.rect.y0,
                x2: strip.rect.x1,
                y2: strip.rect.y0,
                transform: Transform::identity(),
                spread_method: SpreadMethod::Pad,
                stops: stops.collect(),
                anti_alias: false,
            };
            surface.set_fill(Some(Fill {
                paint: gradient.into(),
                opacity: NormalizedF32::ONE,
                rule: FillRule::NonZero,
            }));
        }
    }
    surface.draw_path(&path);
}

pub(super) fn draw_shape(scene: &Scene, shape: &Shape, surface: &mut Surface<'_>) {
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
                draw_polygon(&corners, *color, surface);
            }
        }
        Shape::Polygon {
            points,
            fill: color,
        } => draw_polygon(points, *color, surface),
        Shape::Frame {
            rect,
            radius,
            fill: inner,
            border,
            border_px,
        } => {
            let radius = radius.min(rect.width() / 2.0).min(rect.height() / 2.0);
            if inner.alpha > 0
                && let Some(path) = rounded(rect, radius)
            {
                surface.set_stroke(None);
                surface.set_fill(Some(fill(*inner)));
                surface.draw_path(&path);
            }
            let inset = border_px / 2.0;
            if *border_px > 0.0
                && border.alpha > 0
                && let Some(path) = rounded(&rect.expanded(-inset, -inset), radius - inset)
            {
                surface.set_fill(None);
                surface.set_stroke(Some(stroke(*border, *border_px)));
                surface.draw_path(&path);
            }
        }
        Shape::Line { line, px, color } => {
            let mut path = PathBuilder::new();
            for (number, (x, y)) in scene.line(line).iter().enumerate() {
                if number == 0 {
                    path.move_to(*x, *y);
                } else {
                    path.line_to(*x, *y);
                }
            }
            if let Some(path) = path.finish() {
                surface.set_fill(None);
                surface.set_stroke(Some(stroke(*color, *px)));
                surface.draw_path(&path);
            }
        }
        Shape::Ramp { .. } | Shape::Clip(_) | Shape::Text(_) => {}
    }
}

fn draw_polygon(corners: &[(f32, f32)], color: Rgba, surface: &mut Surface<'_>) {
    let mut path = PathBuilder::new();
    for (number, (x, y)) in corners.iter().enumerate() {
        if number == 0 {
            path.move_to(*x, *y);
        } else {
            path.line_to(*x, *y);
        }
    }
    path.close();
    if let Some(path) = path.finish().filter(|_| color.alpha > 0) {
        surface.set_stroke(None);
        surface.set_fill(Some(fill(color)));
        surface.draw_path(&path);
    }
}

pub(super) fn rect_path(rect: &Rect) -> Option<krilla::geom::Path> {
    let rect = PdfRect::from_ltrb(rect.x0, rect.y0, rect.x1, rect.y1)?;
    let mut path = PathBuilder::new();
    path.push_rect(rect);
    path.finish()
}

/// A rectangle with round corners.
fn rounded(rect: &Rect, radius: f32) -> Option<krilla::geom::Path> {
    /// How far the handles of a quarter of a circle are from its ends, as a share of the radius.
    const KAPPA: f32 = 0.552_285;
    if radius <= 0.0 {
        return rect_path(rect);
    }
    let Rect { x0, y0, x1, y1 } = *rect;
    let handle = radius * (1.0 - KAPPA);
    let mut path = PathBuilder::new();
    path.move_to(x0 + radius, y0);
    path.line_to(x1 - radius, y0);
    path.cubic_to(x1 - handle, y0, x1, y0 + handle, x1, y0 + radius);
    path.line_to(x1, y1 - radius);
    path.cubic_to(x1, y1 - handle, x1 - handle, y1, x1 - radius, y1);
    path.line_to(x0 + radius, y1);
    path.cubic_to(x0 + handle, y1, x0, y1 - handle, x0, y1 - radius);
    path.line_to(x0, y0 + radius);
    path.cubic_to(x0, y0 + handle, x0 + handle, y0, x0 + radius, y0);
    path.close();
    path.finish()
}

fn pdf_color(color: Rgba) -> rgb::Color {
    let [r, g, b] = color.rgb;
    rgb::Color::new(r, g, b)
}

fn opacity(color: Rgba) -> NormalizedF32 {
    NormalizedF32::new(f32::from(color.alpha) / 255.0).unwrap_or(NormalizedF32::ONE)
}

pub(super) fn fill(color: Rgba) -> Fill {
    Fill {
        paint: pdf_color(color).into(),
        opacity: opacity(color),
        rule: FillRule::NonZero,
    }
}

fn stroke(color: Rgba, px: f32) -> Stroke {
    Stroke {
        paint: pdf_color(color).into(),
        width: px,
        opacity: opacity(color),
        ..Stroke::default()
    }
}
