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
//! The levels are made from coarse to fine by [`Placing`]: they only append, so finer ones can follow
//! while the coarse ones are on screen. Within a level the events placed in one row lie apart, in the
//! order of time; so what a view shows of a row is found by halving, level by level, whatever the
//! file's size. It leaves to others where rows lie ([`lanes`](super::lanes)) and what becomes of
//! events without a place ([`density`](super::density)).

mod footprint;
mod placing;

pub use placing::{Placing, Plan};

use std::sync::Arc;

use super::mark::Drawn;
use crate::model::{EventId, LaneId};

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

/// Between a mark and a label beside it, in px.
pub const BESIDE_GAP_PX: f32 = 8.0;
/// How visible a label is at the scale at which it first fits.
const FAINTEST: f32 = 0.6;
/// A scale counts as reached when it is short of it by no more than this: the way there and back
/// again by zooming is not exact.
const FORGIVEN: f64 = 1e-9;

/// An event in its row. Eight bytes, since there may be ten million.
#[derive(Copy, Clone, Debug, PartialEq, Eq)]
pub struct Placed {
    /// The event.
    pub event: EventId,
    /// What its label may take, in px.
    pub label_px: u16,
    /// Where its label hangs.
    pub side: Side,
}

/// The events that first find room at one scale.
#[derive(Clone, Debug, PartialEq)]
pub struct Level {
    /// The scale in px per second.
    pub scale: f64,
    /// By lane and row, in the order of time.
    lanes: Vec<Vec<Vec<Placed>>>,
    /// How many they are.
    told: usize,
}

impl Level {
    fn rows(&self, lane: LaneId) -> &[Vec<Placed>] {
        self.lanes.get(lane.index()).map_or(&[], Vec::as_slice)
    }
}

/// Which events have a place, as far as levels have been made. Cheap to clone.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Places {
    levels: Vec<Arc<Level>>,
    /// Whether all levels are there.
    is_whole: bool,
}

impl Places {
    /// Adds a finer level.
    pub fn push(&mut self, level: Level) {
        self.levels.push(Arc::new(level));
    }

    /// Takes down that there are no finer levels.
    pub fn finish(&mut self) {
        self.is_whole = true;
    }

    /// Whether a scale in px per second is finer than the levels made so far reach: more will be told.
    pub fn is_partial(&self, scale: f64) -> bool {
        let finest = self.levels.last().map_or(0.0, |level| level.scale);
        !self.is_whole && reaches(scale, finest * placing::LEVEL_RATIO)
    }

    /// The levels that are there at a scale in px per second, coarse ones first.
    fn reached(&self, scale: f64) -> &[Arc<Level>] {
        let is_reached = |level: &Arc<Level>| reaches(scale, level.scale);
        let count = self.levels.partition_point(is_reached);
        self.levels.get(..count).unwrap_or_default()
    }

    /// How many events are told at a scale in px per second, in view or not.
    pub fn told(&self, scale: f64) -> usize {
        self.reached(scale).iter().map(|level| level.told).sum()
    }

    /// How many events of a lane are told at a scale in px per second.
    pub fn told_in_lane(&self, lane: LaneId, scale: f64) -> usize {
        let rows = self
            .reached(scale)
            .iter()
            .flat_map(|level| level.rows(lane));
        rows.map(Vec::len).sum()
    }

    /// Events of a lane that are told at a scale in px per second, next to an event: of each level and
    /// row the last that is numbered before it and the first after it.
    pub fn beside(
        &self,
        lane: LaneId,
        event: EventId,
        scale: f64,
    ) -> impl Iterator<Item = EventId> + '_ {
        let rows = self.reached(scale).iter();
        let rows = rows.flat_map(move |level| level.rows(lane));
        rows.flat_map(move |row| {
            let before = row.partition_point(|placed| placed.event < event);
            let after = before
                + row.get(before..).map_or(0, |rest| {
                    rest.iter()
                        .take_while(|placed| placed.event == event)
                        .count()
                });
            let beside = [before.checked_sub(1), Some(after)];
            let placed = beside.into_iter().flatten().filter_map(|at| row.get(at));
            placed.map(|placed| placed.event)
        })
    }

    /// The place of an event of a lane; `None` where it has none yet.
    pub fn of(&self, event: EventId, lane: LaneId) -> Option<Place> {
        self.levels.iter().find_map(|level| {
            let rows = (0u16..).zip(level.rows(lane));
            rows.into_iter().find_map(|(row, placed)| {
                let at = placed.binary_search_by_key(&event, |placed| placed.event);
                let placed = placed.get(at.ok()?)?;
                Some(placed.place(row, level.scale))
            })
        })
    }

    /// Adds the events of a lane's row that are told at a scale in px per second and may be seen
    /// between two instants: those that begin there (events are numbered in the order of time, from
    /// `first` to before `after`), and of each level one neighbour on either side, whose mark or label
    /// may reach in.
    pub fn told_in_row(
        &self,
        (lane, row): (LaneId, u16),
        scale: f64,
        (first, after): (EventId, EventId),
        told: &mut Vec<(EventId, Place)>,
    ) {
        for level in self.reached(scale) {
            let Some(placed) = level.rows(lane).get(usize::from(row)) else {
                continue;
            };
            let from = placed.partition_point(|placed| placed.event < first);
            let rest = placed.get(from.saturating_sub(1)..).unwrap_or_default();
            let mut is_past = false;
            for placed in rest {
                if is_past {
                    break;
                }
                is_past = placed.event >= after;
                told.push((placed.event, placed.place(row, level.scale)));
            }
        }
    }
}

impl Placed {
    fn place(self, row: u16, min_scale: f64) -> Place {
        Place {
            row,
            side: self.side,
            min_scale,
            label_px: f32::from(self.label_px),
        }
    }
}

/// Whether a place is taken at a scale in px per second.
pub fn is_told(place: &Place, scale: f64) -> bool {
    reaches(scale, place.min_scale)
}

/// Whether a scale is as fine as another one, but for what zooming there and back again leaves.
fn reaches(scale: f64, least: f64) -> bool {
    scale >= least * (1.0 - FORGIVEN)
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
