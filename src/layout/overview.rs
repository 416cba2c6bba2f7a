//! The strip at the foot: the whole file at a glance, and where in it one looks.
//!
//! It leaves to the view how the brush is dragged; what it means in time is said here
//! ([`Strip::brush`], [`Strip::camera`]).

use super::{
    camera::{Camera, FINEST_SECS_PER_PX},
    findings::Findings,
    index::Index,
    lit::Lit,
    scene::{Rect, Scene},
    tally::OVERVIEW_BINS,
    theme::Rgba,
};

/// The narrowest brush, in px: it can still be grasped.
const NARROWEST_PX: f32 = 10.0;

/// The strip, and the one mapping from its x to time.
#[derive(Copy, Clone, Debug, PartialEq)]
pub struct Strip {
    /// Where it lies.
    pub rect: Rect,
    whole: Camera,
}

impl Strip {
    /// A strip over the whole of a file.
    pub fn new(index: &Index, rect: Rect) -> Self {
        let whole = index.fit(rect.width());
        Self { rect, whole }
    }

    /// The part of the strip that a camera over a plot `plot_px` wide shows.
    pub fn brush(&self, camera: &Camera, plot_px: f32) -> Rect {
        let x = |plot_x: f64| {
            let time = camera.time_from_x(plot_x);
            (f64::from(self.rect.x0) + self.whole.x_from_time(time)).clamp(-1e6, 1e6) as f32
        };
        let (x0, x1) = (x(0.0), x(f64::from(plot_px)));
        let lacking = (NARROWEST_PX - (x1 - x0)).max(0.0) / 2.0;
        let x0 = (x0 - lacking).clamp(self.rect.x0, self.rect.x1 - NARROWEST_PX);
        let x1 = (x1 + lacking).clamp(x0 + NARROWEST_PX, self.rect.x1);
        Rect::new(x0, self.rect.y0, x1, self.rect.y1)
    }

    /// The camera over a plot `plot_px` wide that shows what lies between two x of the strip.
    pub fn camera(&self, x0: f32, x1: f32, plot_px: f32) -> Camera {
        let time = |x: f32| self.whole.time_from_x(f64::from(x - self.rect.x0));
        Camera::over(time(x0.min(x1)), time(x0.max(x1)), f64::from(plot_px))
    }

    /// `camera` moved by `dx` px of the strip.
    pub fn panned(&self, camera: Camera, dx: f32) -> Camera {
        let secs = f64::from(dx) * self.whole.secs_per_px();
        camera.panned(secs / camera.secs_per_px().max(FINEST_SECS_PER_PX))
    }

    /// `camera` with the instant at `x` of the strip in the middle of a plot `plot_px` wide.
    pub fn centred(&self, camera: Camera, x: f32, plot_px: f32) -> Camera {
        let time = self.whole.time_from_x(f64::from(x - self.rect.x0));
        camera.with_time_at(time, f64::from(plot_px) / 2.0)
    }

    /// Draws the file's lanes as thin bars, denser where more happens, or what of them is `lit`; what was found is told apart by
    /// strokes of `glow` over all lanes.
    pub fn draw(
        &self,
        index: &Index,
        colors: &[Rgba],
        lit: Option<&Lit>,
        (found, glow): (Option<&Findings>, Rgba),
        scene: &mut Scene,
    ) {
        scene.clear();
        scene.plot = self.rect;
        let Some((from, to)) = index.extent() else {
            return;
        };
        let (x0, x1) = (self.whole.x_from_time(from), self.whole.x_from_time(to));
        let bin_px = (x1 - x0) / OVERVIEW_BINS as f64;
        let x = |bin: usize| self.rect.x0 + (x0 + bin as f64 * bin_px) as f32;
        let pitch = (self.rect.height() - 12.0) / colors.len().max(1) as f32;
        let thick = (pitch - 4.0).clamp(1.5, 4.0);
        // Where a filter is on, what passes it.
        let counts = lit.map_or(index.tally.overview(), |lit| lit.overview.as_slice());
        let peak = counts.iter().flatten().copied().max().unwrap_or(0);
        for (number, (bins, color)) in counts.iter().zip(colors).enumerate() {
            let y = self.rect.y0 + 6.0 + (number as f32 + 0.5) * pitch - thick / 2.0;
            for run in runs(bins, peak) {
                let rect = Rect::new(x(run.0), y, x(run.1).max(x(run.0) + 2.0), y + thick);
                scene.rect(rect, color.faded(run.2));
            }
        }
        let Some(found) = found else { return };
        let peak = found.bins.iter().copied().max().unwrap_or(0);
        for run in runs(&found.bins, peak) {
            let right = x(run.1).max(x(run.0) + 2.0);
            let rect = Rect::new(x(run.0), self.rect.y0 + 1.0, right, self.rect.y0 + 5.0);
            scene.rect(rect, glow.faded(run.2));
            let rect = Rect::new(x(run.0), rect.y1, right, self.rect.y1 - 1.0);
            scene.rect(rect, glow.faded(run.2 * 0.16));
        }
    }
}

/// How strongly a bin is drawn, in steps that are still told apart: 0 where it is empty. One event is
/// drawn at 70 %, more of them more strongly; where very many fall together, by the square root of
/// their number.
fn step(count: u32, peak: u32) -> u32 {
    let share = if count == 0 {
        0.0
    } else if peak <= FEW {
        (0.6 + 0.1 * count as f32).min(1.0)
    } else {
        0.25 + 0.75 * (count as f32 / peak as f32).sqrt()
    };
    (share * STEPS).round() as u32
}

/// Where no more events than this fall into a bin, each of them is told apart.
const FEW: u32 = 12;
/// See [`step`]. With bins of their own, a million events would be some thousand rectangles a lane.
const STEPS: f32 = 20.0;

/// Neighbouring bins of the same strength: (first, after the last, strength); empty ones are left out.
fn runs(bins: &[u32], peak: u32) -> impl Iterator<Item = (usize, usize, f32)> + '_ {
    let step = move |at: usize| bins.get(at).map(|&count| step(count, peak));
    let mut at = 0;
    std::iter::from_fn(move || {
        while step(at) == Some(0) {
            at += 1;
        }
        let (first, strength) = (at, step(at)?);
        while step(at) == Some(strength) {
            at += 1;
        }
        Some((first, at, strength as f32 / STEPS))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn runs_join_equal_bins() {
        let found: Vec<_> = runs(&[0, 1, 1, 0, 0, 2, 1], 2).collect();
        assert_eq!(found, [(1, 3, 0.7), (5, 6, 0.8), (6, 7, 0.7)]);
        assert_eq!(runs(&[0, 0], 0).count(), 0);
        // Counts that look the same are one rectangle.
        assert_eq!(runs(&[1000, 1001, 999], 2000).count(), 1);
    }
}
