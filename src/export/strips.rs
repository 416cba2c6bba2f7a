//! Neighbouring ramps as one: the parts of a bar, each with its own gradient.
//!
//! A bar with blurred ends is several ramps that touch. Drawn one by one with soft edges, the ground
//! would shine through between them, so they become one rectangle with one gradient.

use crate::layout::{
    scene::{Rect, Shape},
    theme::Rgba,
};

/// A rectangle with a gradient from left to right.
#[derive(Clone, Debug, PartialEq)]
pub struct Strip {
    /// Where.
    pub rect: Rect,
    /// Colours at positions from 0 to 1; two at one position where the colour jumps.
    pub stops: Vec<(f32, Rgba)>,
}

impl Strip {
    /// Its colour, where it has only one.
    pub fn plain(&self) -> Option<Rgba> {
        let (_, first) = *self.stops.first()?;
        self.stops
            .iter()
            .all(|(_, color)| *color == first)
            .then_some(first)
    }
}

/// The strip at the beginning of some shapes, and of how many of them it is made; `None` where they
/// begin with something else.
pub fn strip(shapes: &[Shape]) -> Option<(Strip, usize)> {
    /// Ramps that are nearer than this touch, in px.
    const TOUCH_PX: f32 = 0.01;
    let mut whole: Option<Rect> = None;
    let mut parts: Vec<(Rect, Rgba, Rgba)> = Vec::new();
    for shape in shapes {
        let Shape::Ramp { rect, left, right } = shape else {
            break;
        };
        let touches = whole.is_none_or(|whole| {
            (whole.y0, whole.y1) == (rect.y0, rect.y1) && (whole.x1 - rect.x0).abs() < TOUCH_PX
        });
        if !touches {
            break;
        }
        whole = Some(whole.map_or(*rect, |whole| whole.united(rect)));
        parts.push((*rect, *left, *right));
    }
    let whole = whole?;
    let share = |x: f32| ((x - whole.x0) / whole.width().max(f32::EPSILON)).clamp(0.0, 1.0);
    let mut stops: Vec<(f32, Rgba)> = Vec::new();
    for (rect, left, right) in &parts {
        let from = (share(rect.x0), *left);
        if stops.last() != Some(&from) {
            stops.push(from);
        }
        stops.push((share(rect.x1), *right));
    }
    Some((Strip { rect: whole, stops }, parts.len()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::layout::Scene;

    #[test]
    fn ramps_that_touch_are_one_strip_and_others_are_not() {
        let [clear, solid] = [0, 255].map(|alpha| Rgba {
            rgb: [9, 9, 9],
            alpha,
        });
        let ramp = |x0: f32, x1: f32, left, right| Shape::Ramp {
            rect: Rect::new(x0, 0.0, x1, 4.0),
            left,
            right,
        };
        let mut scene = Scene::default();
        scene.shapes = vec![
            ramp(0.0, 5.0, clear, solid),
            ramp(5.0, 9.0, solid, solid),
            ramp(9.0, 10.0, solid, clear),
            ramp(12.0, 13.0, solid, solid),
        ];
        let (first, count) = strip(&scene.shapes).unwrap();
        assert_eq!((count, first.rect.x1), (3, 10.0));
        let stops = [(0.0, clear), (0.5, solid), (0.9, solid), (1.0, clear)];
        assert_eq!(first.stops, stops);
        let (last, count) = strip(&scene.shapes[3..]).unwrap();
        assert_eq!((count, last.plain()), (1, Some(solid)));
    }
}
