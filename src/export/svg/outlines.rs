//! Outlines of glyphs as path data.

use std::fmt::Write as _;

use skrifa::outline::OutlinePen;

use super::attributes::number;

/// Draws an outline into path data.
pub(super) struct Pen<'a> {
    pub(super) path: &'a mut String,
    pub(super) x: f32,
    pub(super) y: f32,
    pub(super) scale: f32,
}

impl Pen<'_> {
    fn add(&mut self, command: char, points: &[(f32, f32)]) {
        self.path.push(command);
        for (number_of, (x, y)) in points.iter().enumerate() {
            if number_of > 0 {
                self.path.push(' ');
            }
            let (x, y) = (self.x + x * self.scale, self.y - y * self.scale);
            let _ = write!(self.path, "{} {}", number(x), number(y));
        }
    }
}

impl OutlinePen for Pen<'_> {
    fn move_to(&mut self, x: f32, y: f32) {
        self.add('M', &[(x, y)]);
    }

    fn line_to(&mut self, x: f32, y: f32) {
        self.add('L', &[(x, y)]);
    }

    fn quad_to(&mut self, cx: f32, cy: f32, x: f32, y: f32) {
        self.add('Q', &[(cx, cy), (x, y)]);
    }

    fn curve_to(&mut self, cx0: f32, cy0: f32, cx1: f32, cy1: f32, x: f32, y: f32) {
        self.add('C', &[(cx0, cy0), (cx1, cy1), (x, y)]);
    }

    fn close(&mut self) {
        self.path.push('Z');
    }
}
