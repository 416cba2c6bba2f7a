//! The extent of a file and the overhangs of its marks: which scale shows the whole of it.
//!
//! Of each overhang in px (half a diamond, a fade, an arrow) only the outermost instants matter, so
//! that a million events reduce to a handful of pairs.

use super::{
    camera::{Camera, FINEST_SECS_PER_PX, secs_between},
    mark::Mark,
};
use crate::time::Moment;

/// Air between the outermost drawing and the plot's edges where the whole file fits, in px.
const EDGE_PX: f32 = 20.0;

/// The outermost instants per overhang in px.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Outline {
    starts: Vec<(f32, Moment)>,
    ends: Vec<(f32, Moment)>,
}

impl Outline {
    /// Extends the outline by a mark.
    pub fn add(&mut self, mark: &Mark) {
        let (left, right) = mark.overhang_px();
        keep(&mut self.starts, left, mark.from, Moment::min);
        keep(&mut self.ends, right, mark.to, Moment::max);
    }

    /// Extends the outline by a stretch of time.
    pub fn add_extent(&mut self, from: Moment, to: Moment) {
        keep(&mut self.starts, 0.0, from, Moment::min);
        keep(&mut self.ends, 0.0, to, Moment::max);
    }

    /// Extends the outline by the "as of" line, unless the outline is empty.
    pub fn add_as_of(&mut self, as_of: Moment) {
        if !self.starts.is_empty() {
            keep(&mut self.starts, 0.0, as_of, Moment::min);
            keep(&mut self.ends, 0.0, as_of, Moment::max);
        }
    }

    /// The first and the last instant; `None` where the outline is empty.
    pub fn extent(&self) -> Option<(Moment, Moment)> {
        let from = self.starts.iter().map(|(_, time)| *time).min()?;
        Some((from, self.ends.iter().map(|(_, time)| *time).max()?))
    }

    /// The camera that shows all of it in a plot `plot_px` wide.
    ///
    /// For every pair of outermost edges, `scale × (end − start) + overhangs ≤ plot − edges`: the
    /// largest scale that satisfies all pairs fits, and the tightest pair lies edge to edge.
    pub fn fit(&self, plot_px: f32) -> Camera {
        let Some((from, to)) = self.extent() else {
            // An empty file still has an axis: this century.
            return Camera::over(
                Moment::year_start(2000),
                Moment::year_start(2100),
                f64::from(plot_px.max(1.0)),
            );
        };
        let mut secs_per_px = FINEST_SECS_PER_PX;
        for (left_px, start) in &self.starts {
            for (right_px, end) in &self.ends {
                let room = f64::from((plot_px - 2.0 * EDGE_PX - left_px - right_px).max(40.0));
                secs_per_px = f64::max(secs_per_px, secs_between(*start, *end) / room);
            }
        }
        // A single date would fill the plot: it gets as much time again on both sides.
        let is_alone = self.starts.len() == 1
            && self.ends.len() == 1
            && secs_between(from, to) < 40.0 * 86_400.0;
        if is_alone {
            secs_per_px *= 3.0;
        }
        let camera = Camera::new(from, secs_per_px);
        let low = self
            .starts
            .iter()
            .map(|(px, time)| camera.x_from_time(*time) - f64::from(*px))
            .fold(f64::INFINITY, f64::min);
        let high = self
            .ends
            .iter()
            .map(|(px, time)| camera.x_from_time(*time) + f64::from(*px))
            .fold(f64::NEG_INFINITY, f64::max);
        camera.panned(f64::midpoint(low, high) - f64::from(plot_px) / 2.0)
    }
}

/// Keeps the outermost instant for one overhang.
fn keep(list: &mut Vec<(f32, Moment)>, px: f32, time: Moment, outer: fn(Moment, Moment) -> Moment) {
    match list.iter_mut().find(|(known, _)| *known == px) {
        Some((_, kept)) => *kept = outer(*kept, time),
        None => list.push((px, time)),
    }
}
