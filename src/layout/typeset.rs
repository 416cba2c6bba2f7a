//! Paragraphs of text written into a scene: lines broken to a width, in the direction of the text.
//!
//! For pages. It leaves styles inside a line to [`rich`](super::rich), and texts of the window to the
//! toolkit.

use super::{
    bidi,
    line_breaks::LineBreaker,
    measure::{Face, TextMeasure, half_px},
    scene::{Anchor, Scene},
    theme::Rgba,
};

/// How a paragraph looks.
#[derive(Copy, Clone, Debug, PartialEq)]
pub struct TextStyle {
    /// Its face.
    pub face: Face,
    /// Its size, in px.
    pub size_px: f32,
    /// The distance of its baselines, in px.
    pub line_px: f32,
    /// Its colour.
    pub color: Rgba,
}

impl TextStyle {
    /// A style.
    pub const fn new(face: Face, size_px: f32, line_px: f32, color: Rgba) -> Self {
        Self {
            face,
            size_px,
            line_px,
            color,
        }
    }

    /// The same enlarged, in half px.
    #[must_use]
    pub fn enlarged(self, by: f32) -> Self {
        Self {
            size_px: half_px(self.size_px * by),
            line_px: self.line_px * by,
            ..self
        }
    }

    /// A text broken into lines of a width.
    pub fn lines(&self, text: &str, width_px: f32, measure: &dyn TextMeasure) -> Vec<String> {
        let breaker = LineBreaker {
            face: self.face,
            size_px: self.size_px,
            width_px,
            measure,
        };
        let is_right_to_left = is_right_to_left(text);
        let lines = breaker.lines(text).into_iter();
        lines.map(|line| directed(line, is_right_to_left)).collect()
    }

    /// Writes lines from a top on, from the left or, in a text from right to left, from the right.
    /// Returns the y below them.
    pub fn write(&self, lines: &[String], at: Block, scene: &mut Scene) -> f32 {
        let is_right_to_left = lines.iter().any(|line| is_right_to_left(line));
        let anchor = if is_right_to_left {
            Anchor::End
        } else {
            Anchor::Start
        };
        self.write_from(anchor, lines, at, scene)
    }

    /// The same from the given edge, whatever the direction of the text.
    pub fn write_from(
        &self,
        anchor: Anchor,
        lines: &[String],
        at: Block,
        scene: &mut Scene,
    ) -> f32 {
        let mut baseline = at.top + self.first_baseline_px();
        let x = match anchor {
            Anchor::Start => at.x,
            Anchor::Middle => at.x + at.width / 2.0,
            Anchor::End => at.x + at.width,
        };
        for line in lines {
            let style = (self.face, self.size_px, self.color);
            scene.text((x, baseline), anchor, style, line);
            baseline += self.line_px;
        }
        at.top + lines.len() as f32 * self.line_px
    }

    /// The distance of the first baseline from the top of its line, in px.
    pub fn first_baseline_px(&self) -> f32 {
        // Capitals and the descenders below them, about 0.72 and 0.2 em, lie in the middle of a line.
        f32::midpoint(self.line_px, 0.52 * self.size_px) + 0.1 * self.size_px
    }
}

/// Where a paragraph begins, and how wide it is.
#[derive(Copy, Clone, Debug, PartialEq)]
pub struct Block {
    /// Its left edge.
    pub x: f32,
    /// The top of its first line.
    pub top: f32,
    /// Its width.
    pub width: f32,
}

/// Before a line whose first word would give it the other direction.
const RIGHT_TO_LEFT_MARK: char = '\u{200f}';
/// See [`RIGHT_TO_LEFT_MARK`].
const LEFT_TO_RIGHT_MARK: char = '\u{200e}';

/// A line with the direction of its paragraph, whatever its first word.
pub fn directed(mut line: String, is_right_to_left: bool) -> String {
    let own = bidi::direction(&line);
    if is_right_to_left && !own.is_some_and(|level| level.is_rtl()) {
        line.insert(0, RIGHT_TO_LEFT_MARK);
    } else if !is_right_to_left && own.is_some_and(|level| level.is_rtl()) {
        line.insert(0, LEFT_TO_RIGHT_MARK);
    }
    line
}

/// Whether a text is read from right to left as a whole.
pub fn is_right_to_left(text: &str) -> bool {
    bidi::direction(text).is_some_and(|level| level.is_rtl())
}
