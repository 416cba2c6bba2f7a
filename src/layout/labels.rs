//! Which events are told with mark and label, in which row, on which side, from which scale on:
//! decided once, before anyone zooms, so that no label ever flickers or jumps.
//!
//! Source: K. Been, E. Daiches, C. Yap, "Dynamic map labeling" (IEEE TVCG 12, 2006): placement is chosen in
//! a preprocessing step, and each label is visible in one contiguous range of scales.
//!
//! Level by level from coarse to fine (half-octave scales), in order of importance, each event that
//! has no place yet takes the first row of its lane where its footprint fits among those already
//! there *at that scale*. That scale is its [`Place::min_scale`], that row is its row for good. It is
//! told if and only if the camera's scale is at least that: no state, hence no flicker.
//!
//! ```text
//!   footprint of an event, label on the right            label on the left
//!   |<- overhang ->|██████ mark ██████|<- overhang ->|         |██ mark ██|
//!                  |Label hangs from its start and sticks out  …and from its end|
//! ```
//!
//! **Why what fits once fits at every finer scale.** Each edge of a footprint is `scale × time + c`
//! where the constant `c` points outward and is fixed per event. For a row mate to the right, the
//! gap between two edges is `scale × (t₂ − t₁) − (c₁ + c₂)`: where it is ≥ 0 at one scale with
//! c ≥ 0, it only grows with scale. So nothing here may depend on the camera: side, form, label
//! width and overhangs are all chosen with the row.
//!
//! It leaves to others where rows lie ([`lanes`](super::lanes)) and what becomes of events without a
//! place ([`density`](super::density)).

use super::{
    camera::secs_between,
    mark::{Drawn, End, Mark},
};
use crate::{
    model::{EventId, Timeline},
    time::Moment,
};

/// The side of its mark on which a label hangs.
#[derive(Copy, Clone, Debug, PartialEq, Eq)]
pub enum Side {
    /// From the mark's start to the right.
    Right,
    /// From the mark's end to the left.
    Left,
}

/// Where a label stands, the same for all labels of a window.
#[derive(Copy, Clone, Debug, PartialEq, Eq)]
pub enum Form {
    /// Under its mark, title over date.
    Under,
    /// On one line with its mark, where the window is low.
    Beside,
}

/// An event's place, for good.
#[derive(Copy, Clone, Debug, PartialEq)]
pub struct Place {
    /// The row within its lane, 0 on top.
    pub row: u16,
    /// Where its label hangs.
    pub side: Side,
    /// The scale in px per second from which on it is told.
    pub min_scale: f64,
    /// What its label may take, in px; a longer one is elided.
    pub label_px: f32,
}

/// The least air between two footprints in a row, in px.
pub const GAP_PX: f32 = 14.0;
/// Between a mark and a label beside it, in px.
pub const BESIDE_GAP_PX: f32 = 8.0;
/// No label is wider, in px; 200-character titles exist.
pub const WIDEST_LABEL_PX: f32 = 300.0;
/// The least air between a label and the plot's edge where the camera can go no further, in px.
const EDGE_PX: f64 = 10.0;
/// The narrowest label that is still worth its place, in px.
const NARROWEST_LABEL_PX: f32 = 60.0;
/// How visible a label is at the scale at which it first fits.
const FAINTEST: f32 = 0.6;
/// The ratio of two neighbouring levels' scales: half an octave.
const LEVEL_RATIO: f64 = std::f64::consts::SQRT_2;

/// What the placement is made for.
pub struct Plan<'a> {
    /// The events.
    pub timeline: &'a Timeline,
    /// Their marks, by event.
    pub marks: &'a [Mark],
    /// How wide each label would like to be, in px, by event.
    pub wanted_px: &'a [f32],
    /// Where labels stand.
    pub form: Form,
    /// The coarsest scale, in px per second: the camera goes no further out.
    pub coarsest: f64,
    /// The finest scale.
    pub finest: f64,
    /// At the coarsest scale: what stands at x = 0, and how wide the plot is in px.
    pub left: Moment,
    /// See `left`.
    pub width_px: f32,
    /// The file's first and last instant: no label stands further out than the file's edges allow.
    pub extent: (Moment, Moment),
    /// The most rows a lane may have; `None`: as many as it needs.
    pub most_rows: Option<u16>,
}

/// The places of all events, and how many rows each lane came to.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Places {
    /// By event; `None`: finds no row at any scale.
    pub places: Vec<Option<Place>>,
    /// By lane, at least one each.
    pub rows: Vec<u16>,
}

/// One edge of a footprint: `scale × time`, then `out_px` further outward.
#[derive(Copy, Clone, Debug)]
struct Edge {
    time: Moment,
    out_px: f32,
}

/// What a mark and its label take up in a row, at every scale. One edge comes of the mark, one of
/// the label; where they coincide they are the same.
#[derive(Copy, Clone, Debug)]
struct Footprint {
    left: [Edge; 2],
    right: [Edge; 2],
}

impl Footprint {
    fn new(mark: &Mark, side: Side, label_px: f32, form: Form) -> Self {
        let (left_px, right_px) = mark.overhang_px();
        let left = Edge {
            time: mark.from,
            out_px: left_px,
        };
        let right = Edge {
            time: mark.to,
            out_px: right_px,
        };
        // Under the mark the label starts at the drawing's outermost point, of which a fade takes
        // the full overhang; beside it the label begins behind the overhang.
        let inside = |end: End, overhang: f32| {
            if end == End::Fade || end == End::Stub {
                overhang
            } else {
                0.0
            }
        };
        match (side, form) {
            (Side::Right, Form::Under) => {
                let out_px = (label_px - inside(mark.start, left_px)).max(0.0);
                Self {
                    left: [left; 2],
                    right: [
                        right,
                        Edge {
                            time: mark.from,
                            out_px,
                        },
                    ],
                }
            }
            (Side::Left, Form::Under) => {
                let out_px = (label_px - inside(mark.end, right_px)).max(0.0);
                Self {
                    left: [
                        left,
                        Edge {
                            time: mark.to,
                            out_px,
                        },
                    ],
                    right: [right; 2],
                }
            }
            (Side::Right, Form::Beside) => {
                let out_px = right_px + BESIDE_GAP_PX + label_px;
                Self {
                    left: [left; 2],
                    right: [Edge { out_px, ..right }; 2],
                }
            }
            (Side::Left, Form::Beside) => {
                let out_px = left_px + BESIDE_GAP_PX + label_px;
                Self {
                    left: [Edge { out_px, ..left }; 2],
                    right: [right; 2],
                }
            }
        }
    }

    /// Whether all of this ends at least [`GAP_PX`] before `other` begins.
    fn ends_before(&self, other: &Self, scale: f64) -> bool {
        self.right.iter().all(|a| {
            other.left.iter().all(|b| {
                let room = secs_between(a.time, b.time) * scale;
                room >= f64::from(a.out_px) + f64::from(b.out_px) + f64::from(GAP_PX)
            })
        })
    }

    /// The x of its outer edges in px, for a camera with `left` at 0.
    fn x_range(&self, left: Moment, scale: f64) -> (f64, f64) {
        let x = |edge: &Edge| secs_between(left, edge.time) * scale;
        let low = self
            .left
            .iter()
            .map(|e| x(e) - f64::from(e.out_px))
            .fold(f64::INFINITY, f64::min);
        let high = self
            .right
            .iter()
            .map(|e| x(e) + f64::from(e.out_px))
            .fold(f64::NEG_INFINITY, f64::max);
        (low, high)
    }
}

/// Chooses every event's place. Cost: levels × events without a place yet × rows × log(row length).
pub fn place(plan: &Plan<'_>) -> Places {
    let timeline = plan.timeline;
    let mut rows: Vec<Vec<Row>> = vec![Vec::new(); timeline.lanes().len()];
    let mut places = vec![None; timeline.len()];
    let mut pending: Vec<EventId> = timeline.events().collect();
    // Sorted stably: among equals, the earlier event comes first.
    pending.sort_by_key(|&event| std::cmp::Reverse(timeline.importance(event)));

    let mut scale = plan.coarsest;
    let mut is_coarsest = true;
    while !pending.is_empty() {
        pending.retain(|&event| {
            let Some(mark) = plan.marks.get(event.index()) else {
                return false;
            };
            let Some(lane_rows) = rows.get_mut(timeline.lane(event).index()) else {
                return false;
            };
            let wanted = plan
                .wanted_px
                .get(event.index())
                .copied()
                .unwrap_or_default();
            let options = options(plan, mark, wanted, scale, is_coarsest);
            let Some((row, side, label_px, footprint)) =
                first_fit(lane_rows, &options, scale, plan.most_rows)
            else {
                return true;
            };
            if lane_rows.len() <= row {
                lane_rows.push(Row::default());
            }
            if let Some(row) = lane_rows.get_mut(row) {
                row.insert(footprint, scale);
            }
            if let Some(place) = places.get_mut(event.index()) {
                *place = Some(Place {
                    row: row as u16,
                    side,
                    min_scale: scale,
                    label_px,
                });
            }
            false
        });
        if scale >= plan.finest {
            break;
        }
        scale = (scale * LEVEL_RATIO).min(plan.finest);
        is_coarsest = false;
    }
    Places {
        places,
        rows: rows.iter().map(|rows| rows.len().max(1) as u16).collect(),
    }
}

/// The ways an event may take its place at a scale, best first: label on the right, on the left.
/// A label must not stand out over the file's edges: the camera goes no further, so it would stay
/// cut. At the coarsest scale it is elided where neither side has room; later it waits.
fn options(
    plan: &Plan<'_>,
    mark: &Mark,
    wanted_px: f32,
    scale: f64,
    is_coarsest: bool,
) -> Vec<(Side, f32, Footprint)> {
    let wanted_px = wanted_px.min(WIDEST_LABEL_PX);
    let all = [Side::Right, Side::Left].map(|side| {
        let footprint = Footprint::new(mark, side, wanted_px, plan.form);
        (side, wanted_px, footprint)
    });
    let (from, to) = plan.extent;
    // The air that the whole file has at its edges at the coarsest scale, it has at every scale.
    let left_air = secs_between(plan.left, from) * plan.coarsest - EDGE_PX;
    let right_air =
        f64::from(plan.width_px) - secs_between(plan.left, to) * plan.coarsest - EDGE_PX;
    let width = secs_between(from, to) * scale;
    let lacking = all.map(|(_, _, footprint)| {
        let (low, high) = footprint.x_range(from, scale);
        (-left_air - low).max(high - width - right_air).max(0.0) as f32
    });
    let inside: Vec<_> = all
        .iter()
        .zip(lacking)
        .filter(|(_, lacking)| *lacking < 0.5)
        .map(|(option, _)| *option)
        .collect();
    if !inside.is_empty() || !is_coarsest {
        return inside;
    }
    let best = all.iter().zip(lacking).min_by(|a, b| a.1.total_cmp(&b.1));
    best.map(|(&(side, _, _), lacking)| {
        let label_px = (wanted_px - lacking)
            .max(NARROWEST_LABEL_PX.min(wanted_px))
            .floor();
        (
            side,
            label_px,
            Footprint::new(mark, side, label_px, plan.form),
        )
    })
    .into_iter()
    .collect()
}

/// The first row that takes one of the options, from the top; else a new one where that is allowed.
fn first_fit(
    rows: &[Row],
    options: &[(Side, f32, Footprint)],
    scale: f64,
    most_rows: Option<u16>,
) -> Option<(usize, Side, f32, Footprint)> {
    let in_row = |(index, row): (usize, &Row)| {
        options
            .iter()
            .find(|(_, _, footprint)| row.fits(footprint, scale))
            .map(|&(side, px, print)| (index, side, px, print))
    };
    rows.iter().enumerate().find_map(in_row).or_else(|| {
        let may_grow = rows.len() < usize::from(most_rows.unwrap_or(u16::MAX));
        let &(side, px, print) = options.first()?;
        may_grow.then_some((rows.len(), side, px, print))
    })
}

/// The footprints in a row from left to right. They part at the scale at which they were placed,
/// hence at every finer one, hence their order never changes.
#[derive(Clone, Debug, Default)]
struct Row {
    footprints: Vec<Footprint>,
}

impl Row {
    /// How many footprints end before `new` at this scale.
    fn before(&self, new: &Footprint, scale: f64) -> usize {
        self.footprints
            .partition_point(|old| old.ends_before(new, scale))
    }

    fn fits(&self, new: &Footprint, scale: f64) -> bool {
        self.footprints
            .get(self.before(new, scale))
            .is_none_or(|next| new.ends_before(next, scale))
    }

    fn insert(&mut self, new: Footprint, scale: f64) {
        self.footprints.insert(self.before(&new, scale), new);
    }
}

/// Where a label stands beside or under its drawn mark, in plot px: left and right end. Under a long
/// mark it may slide from here (see [`draw`](super::draw)).
pub fn label_range(place: &Place, form: Form, drawn: &Drawn) -> (f64, f64) {
    let (wide, gap) = (f64::from(place.label_px), f64::from(BESIDE_GAP_PX));
    let left = match (form, place.side) {
        (Form::Under, Side::Right) => drawn.x0,
        (Form::Under, Side::Left) => drawn.x1 - wide,
        (Form::Beside, Side::Right) => drawn.x1 + gap,
        (Form::Beside, Side::Left) => drawn.x0 - gap - wide,
    };
    (left, left + wide)
}

/// How visible a label is, 0 to 1, by `scale / min_scale` alone: it appears over an eighth of an
/// octave. Labels of the coarsest level are opaque, and whatever is told can be seen: a scale that
/// rests where a label has just found its place shows it faintly, not as nothing.
pub fn opacity(place: &Place, scale: f64, coarsest: f64) -> f32 {
    if place.min_scale <= coarsest {
        return 1.0;
    }
    let octaves = (scale / place.min_scale).log2();
    let share = ((octaves * 8.0) as f32).clamp(0.0, 1.0);
    FAINTEST + (1.0 - FAINTEST) * share
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_told_can_be_seen_and_grows_clearer() {
        let place = Place {
            row: 0,
            side: Side::Right,
            min_scale: 2.0,
            label_px: 50.0,
        };
        let at = |scale| opacity(&place, scale, 1.0);
        assert!(at(2.0) >= 0.4);
        assert!(at(2.0) < at(2.1) && at(2.1) < at(2.2));
        assert_eq!(at(4.0), 1.0);
        let coarsest = Place {
            min_scale: 1.0,
            ..place
        };
        assert_eq!(opacity(&coarsest, 1.0, 1.0), 1.0);
    }
}
