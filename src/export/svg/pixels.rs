//! Where lines and letters lie on the pixels of a picture.

use crate::layout::scene::TextRun;

/// The pixels for which a page is drawn.
#[derive(Copy, Clone, Debug, PartialEq)]
pub struct Pixels {
    /// How many are in a px.
    pub per_px: f32,
    /// Whether letters are lighter than their ground. Those look thinner than dark ones, and are
    /// drawn heavier, as in the window.
    pub is_dark: bool,
}

/// The pixels of a picture as seen from a part.
#[derive(Copy, Clone)]
pub(super) struct PixelGrid {
    /// Pixels per px of the part.
    pub(super) scale: f32,
    /// Where the part's 0, 0 is, in pixels.
    pub(super) left: f32,
    pub(super) top: f32,
}

impl PixelGrid {
    /// A length of the part, moved to where `rule` puts its pixel.
    pub(super) fn snapped(&self, px: f32, origin: f32, rule: impl FnOnce(f32) -> f32) -> f32 {
        (rule(px * self.scale + origin) - origin) / self.scale
    }

    /// A line whose baseline and left end lie on whole pixels: letters are sharper, and stand where
    /// the window has them.
    pub(super) fn sharp(&self, run: &TextRun, x: f32) -> (TextRun, f32) {
        let run = TextRun {
            baseline: self.snapped(run.baseline, self.top, f32::round),
            ..run.clone()
        };
        (run, self.snapped(x, self.left, f32::round))
    }
}
