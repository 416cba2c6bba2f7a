//! The footprint: what a mark and its label take up in a row, at every scale.
//!
//! ```text
//!          from         to
//!    left_px|███████████|right_px
//!           |Label hangs from `from` and may stick out further to the right
//! ```

use super::slots::Side;
use crate::{
    layout::{
        camera::secs_between,
        mark::{End, Mark},
        metrics::{BESIDE_GAP_PX, Form},
    },
    time::Moment,
};

/// The least air between two footprints in a row, in px.
pub const GAP_PX: f32 = 14.0;

/// One edge of a footprint: `scale × time`, then `out_px` further outward.
#[derive(Copy, Clone, Debug, PartialEq)]
struct Edge {
    time: Moment,
    out_px: f32,
}

/// How far a label reaches beyond its mark.
#[derive(Copy, Clone, Debug, PartialEq)]
enum Hang {
    /// Nowhere: it is within the mark and its overhang.
    Inside,
    /// This many px to the right of `from`.
    Right(f32),
    /// This many px to the left of `to`.
    Left(f32),
}

/// What a mark and its label take up in a row. 32 bytes: there may be ten million.
#[derive(Copy, Clone, Debug, PartialEq)]
pub struct Footprint {
    from: Moment,
    to: Moment,
    left_px: f32,
    right_px: f32,
    hang: Hang,
}

impl Footprint {
    /// The footprint of a mark and its label.
    pub fn new(mark: &Mark, side: Side, label_px: f32, form: Form) -> Self {
        let (left_px, right_px) = mark.overhang_px();
        // A label under its mark starts at the outermost point drawn; with a fade that is
        // the far end of the overhang. A label beside its mark starts after the overhang.
        let under = |end: End, overhang: f32| {
            let inside = end == End::Fade;
            (label_px - if inside { overhang } else { 0.0 }).max(0.0)
        };
        let mut footprint = Self::inside(mark);
        match (side, form) {
            (Side::Right, Form::Under) => {
                footprint.hang = Hang::Right(under(mark.start, left_px));
            }
            (Side::Left, Form::Under) => footprint.hang = Hang::Left(under(mark.end, right_px)),
            (Side::Right, Form::Beside) => footprint.right_px += BESIDE_GAP_PX + label_px,
            (Side::Left, Form::Beside) => footprint.left_px += BESIDE_GAP_PX + label_px,
        }
        footprint
    }

    /// The footprint of a mark with its label within it.
    pub fn inside(mark: &Mark) -> Self {
        let (left_px, right_px) = mark.overhang_px();
        Self {
            from: mark.from,
            to: mark.to,
            left_px,
            right_px,
            hang: Hang::Inside,
        }
    }

    /// Where its mark begins.
    pub fn from(&self) -> Moment {
        self.from
    }

    /// Where its mark ends.
    pub fn to(&self) -> Moment {
        self.to
    }

    /// Its left edges: of the mark, and of a label that hangs out.
    fn lefts(&self) -> impl Iterator<Item = Edge> + Clone {
        let mark = Edge {
            time: self.from,
            out_px: self.left_px,
        };
        let label = match self.hang {
            Hang::Left(out_px) => Some(Edge {
                time: self.to,
                out_px,
            }),
            Hang::Inside | Hang::Right(_) => None,
        };
        std::iter::once(mark).chain(label)
    }

    /// Its right edges.
    fn rights(&self) -> impl Iterator<Item = Edge> + Clone {
        let mark = Edge {
            time: self.to,
            out_px: self.right_px,
        };
        let label = match self.hang {
            Hang::Right(out_px) => Some(Edge {
                time: self.from,
                out_px,
            }),
            Hang::Inside | Hang::Left(_) => None,
        };
        std::iter::once(mark).chain(label)
    }

    /// Whether all of this ends at least [`GAP_PX`] before `other` begins.
    pub fn ends_before(&self, other: &Self, scale: f64) -> bool {
        self.rights().all(|a| {
            other.lefts().all(|b| {
                let room = secs_between(a.time, b.time) * scale;
                room >= f64::from(a.out_px) + f64::from(b.out_px) + f64::from(GAP_PX)
            })
        })
    }

    /// The gap between the end of this and the beginning of a later footprint, in px.
    pub fn gap_px(&self, later: &Self, scale: f64) -> f64 {
        let gaps = self.rights().flat_map(|a| {
            let gap = move |b: Edge| {
                secs_between(a.time, b.time) * scale - f64::from(a.out_px) - f64::from(b.out_px)
            };
            later.lefts().map(gap)
        });
        gaps.fold(f64::INFINITY, f64::min)
    }

    /// A lower bound for where a later footprint can begin that keeps [`GAP_PX`] to this one.
    pub fn free_after(&self, scale: f64) -> Moment {
        let free = |edge: Edge| {
            let secs = f64::from(edge.out_px + GAP_PX) / scale;
            edge.time.secs().saturating_add(secs.floor() as i64)
        };
        Moment::from_secs(self.rights().map(free).max().unwrap_or(i64::MAX))
    }

    /// The x of its outer edges in px, for a camera with `left` at 0.
    pub fn x_range(&self, left: Moment, scale: f64) -> (f64, f64) {
        let x = |edge: &Edge| secs_between(left, edge.time) * scale;
        let lows = self.lefts().map(|edge| x(&edge) - f64::from(edge.out_px));
        let highs = self.rights().map(|edge| x(&edge) + f64::from(edge.out_px));
        (
            lows.fold(f64::INFINITY, f64::min),
            highs.fold(f64::NEG_INFINITY, f64::max),
        )
    }
}
