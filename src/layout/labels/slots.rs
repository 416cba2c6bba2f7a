//! Where labels are: rows, sides and the scales from which on they are shown.

use std::sync::Arc;

use crate::{
    layout::{
        mark::Drawn,
        metrics::{BESIDE_GAP_PX, Form},
    },
    model::{EventId, LaneId},
};

/// The side of its mark on which a label hangs.
#[derive(Copy, Clone, Debug, PartialEq, Eq)]
pub enum Side {
    /// From the mark's start to the right.
    Right,
    /// From the mark's end to the left.
    Left,
}

/// Where an event is labelled: the same at every scale.
#[derive(Copy, Clone, Debug, PartialEq)]
pub struct LabelSlot {
    /// The row within its lane, 0 on top.
    pub row: u16,
    /// The side on which its label hangs.
    pub side: Side,
    /// The scale in px per second from which on it is labelled.
    pub min_scale: f64,
    /// The width available to its label, in px; a longer text is elided.
    pub label_px: f32,
}

/// The opacity of a label at its [`LabelSlot::min_scale`].
const FAINTEST: f32 = 0.6;
/// The relative tolerance when scales are compared: zooming in and out again is not exact.
const SCALE_TOLERANCE: f64 = 1e-9;

/// An event placed in a row. Eight bytes, since there may be ten million.
#[derive(Copy, Clone, Debug, PartialEq, Eq)]
pub struct PlacedLabel {
    /// The event.
    pub event: EventId,
    /// The width available to its label, in px.
    pub label_px: u16,
    /// The side on which its label hangs.
    pub side: Side,
    /// At which step of its level it first fits.
    pub step: u8,
}

/// The events whose labels first fit at one of a few neighbouring scales, its steps. A frame looks
/// them up level by level, so that fine steps cost it nothing.
#[derive(Clone, Debug, PartialEq)]
pub struct Level {
    /// Its steps, from coarse to fine.
    pub(super) steps: Vec<Step>,
    /// The scale in px per second of the first step of the next level.
    pub(super) next_scale: f64,
    /// By lane and row, in the order of time.
    pub(super) lanes: Vec<Vec<Vec<PlacedLabel>>>,
}

/// One scale of a level.
#[derive(Copy, Clone, Debug, PartialEq)]
pub(super) struct Step {
    /// The scale in px per second.
    pub(super) scale: f64,
    /// How many events first fit at it.
    pub(super) labelled: usize,
}

/// A level, and how many of its steps are reached.
#[derive(Copy, Clone)]
struct Reached<'a> {
    level: &'a Level,
    steps: usize,
}

impl<'a> Reached<'a> {
    fn rows(self, lane: LaneId) -> &'a [Vec<PlacedLabel>] {
        let lanes = &self.level.lanes;
        lanes.get(lane.index()).map_or(&[], Vec::as_slice)
    }

    fn holds(self, placed: PlacedLabel) -> bool {
        usize::from(placed.step) < self.steps
    }

    fn labelled(self) -> usize {
        let steps = self.level.steps.iter().take(self.steps);
        steps.map(|step| step.labelled).sum()
    }
}

impl Level {
    fn scale(&self, step: u8) -> f64 {
        let step = self.steps.get(usize::from(step));
        step.map_or(f64::INFINITY, |step| step.scale)
    }
}

/// The label slots of all levels computed so far. Cheap to clone.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct LabelSlots {
    levels: Vec<Arc<Level>>,
    /// Whether all levels have been computed.
    is_whole: bool,
}

impl LabelSlots {
    /// Adds a finer level.
    pub fn push(&mut self, level: Level) {
        self.levels.push(Arc::new(level));
    }

    /// Records that there are no finer levels.
    pub fn finish(&mut self) {
        self.is_whole = true;
    }

    /// Whether levels for a scale in px per second are still missing: more events will be labelled
    /// there.
    pub fn is_partial(&self, scale: f64) -> bool {
        !self.is_whole && reaches(scale, self.next_scale())
    }

    /// The scale in px per second from which on further levels would label more events.
    pub fn next_scale(&self) -> f64 {
        self.levels.last().map_or(0.0, |level| level.next_scale)
    }

    /// What of the levels is not finer than a scale in px per second, coarse levels first.
    fn reached(&self, scale: f64) -> impl Iterator<Item = Reached<'_>> + '_ {
        let is_reached =
            move |step: Option<&Step>| step.is_some_and(|step| reaches(scale, step.scale));
        let count = self
            .levels
            .partition_point(|level| is_reached(level.steps.first()));
        let levels = self.levels.get(..count).unwrap_or_default();
        levels.iter().enumerate().map(move |(number, level)| {
            // Only the last of them may be reached in part.
            let steps = if number + 1 < count {
                level.steps.len()
            } else {
                level.steps.partition_point(|step| is_reached(Some(step)))
            };
            Reached { level, steps }
        })
    }

    /// How many events are labelled at a scale in px per second, in view or not.
    pub fn labelled(&self, scale: f64) -> usize {
        self.reached(scale).map(Reached::labelled).sum()
    }

    /// How many events of a lane are labelled at a scale in px per second.
    pub fn labelled_in_lane(&self, lane: LaneId, scale: f64) -> usize {
        let labelled = |reached: Reached<'_>| {
            let rows = reached.rows(lane).iter().flatten();
            rows.filter(|placed| reached.holds(**placed)).count()
        };
        self.reached(scale).map(labelled).sum()
    }

    /// The labelled neighbours of an event in a lane at a scale in px per second: per level and row
    /// the last event before it and the first after it, by number.
    pub fn beside(
        &self,
        lane: LaneId,
        event: EventId,
        scale: f64,
    ) -> impl Iterator<Item = EventId> + '_ {
        self.reached(scale).flat_map(move |reached| {
            let rows = reached.rows(lane).iter();
            rows.flat_map(move |row| {
                let before = row.partition_point(|placed| placed.event < event);
                let (before, after) = row.split_at_checked(before).unwrap_or_default();
                let is_labelled = |placed: &&PlacedLabel| reached.holds(**placed);
                let is_other = |placed: &&PlacedLabel| placed.event != event;
                let before = before.iter().rev().find(is_labelled);
                let after = after.iter().filter(is_other).find(is_labelled);
                before.into_iter().chain(after).map(|placed| placed.event)
            })
        })
    }

    /// The slot of an event of a lane; `None` where it has none yet.
    pub fn of(&self, event: EventId, lane: LaneId) -> Option<LabelSlot> {
        self.reached(f64::INFINITY).find_map(|reached| {
            let rows = (0u16..).zip(reached.rows(lane));
            rows.into_iter().find_map(|(row, placed)| {
                let at = placed.binary_search_by_key(&event, |placed| placed.event);
                let placed = placed.get(at.ok()?)?;
                Some(placed.place(row, reached.level))
            })
        })
    }

    /// Appends the events of a lane's row that are labelled at a scale in px per second and may be
    /// visible between two instants: those that begin there (events are numbered in the order of
    /// time, from `first` to before `after`), and of each level one neighbour on either side, whose
    /// mark or label may reach in.
    pub fn labelled_in_row(
        &self,
        (lane, row): (LaneId, u16),
        scale: f64,
        (first, after): (EventId, EventId),
        labelled: &mut Vec<(EventId, LabelSlot)>,
    ) {
        for reached in self.reached(scale) {
            let Some(placed) = reached.rows(lane).get(usize::from(row)) else {
                continue;
            };
            let from = placed.partition_point(|placed| placed.event < first);
            let (before, rest) = placed.split_at_checked(from).unwrap_or_default();
            let is_labelled = |placed: &&PlacedLabel| reached.holds(**placed);
            let mut push = |placed: &PlacedLabel| {
                labelled.push((placed.event, placed.place(row, reached.level)));
            };
            if let Some(before) = before.iter().rev().find(is_labelled) {
                push(before);
            }
            for placed in rest.iter().filter(is_labelled) {
                push(placed);
                if placed.event >= after {
                    break;
                }
            }
        }
    }
}

impl PlacedLabel {
    fn place(self, row: u16, level: &Level) -> LabelSlot {
        LabelSlot {
            row,
            side: self.side,
            min_scale: level.scale(self.step),
            label_px: f32::from(self.label_px),
        }
    }
}

/// Whether the event of a slot is labelled at a scale in px per second.
pub fn is_labelled(slot: &LabelSlot, scale: f64) -> bool {
    reaches(scale, slot.min_scale)
}

/// Whether a scale is at least `least`, within [`SCALE_TOLERANCE`].
fn reaches(scale: f64, least: f64) -> bool {
    scale >= least * (1.0 - SCALE_TOLERANCE)
}

/// The left and right end of a label beside or under its drawn mark, in plot px. Under a long mark
/// it may slide from here (see [`draw`](crate::layout::draw)).
pub fn label_range(slot: &LabelSlot, form: Form, drawn: &Drawn) -> (f64, f64) {
    let (wide, gap) = (f64::from(slot.label_px), f64::from(BESIDE_GAP_PX));
    let left = match (form, slot.side) {
        (Form::Under, Side::Right) => drawn.x0,
        (Form::Under, Side::Left) => drawn.x1 - wide,
        (Form::Beside, Side::Right) => drawn.x1 + gap,
        (Form::Beside, Side::Left) => drawn.x0 - gap - wide,
    };
    (left, left + wide)
}

/// The opacity of a label, 0 to 1, from `scale / min_scale` alone: it fades in over an eighth of an
/// octave. Labels that are there where the whole file is shown, at the scale `whole`, are opaque. The
/// others start at 0.6, not at 0, so that a label is visible when zooming stops exactly at its
/// `min_scale`.
pub fn opacity(slot: &LabelSlot, scale: f64, whole: f64) -> f32 {
    if reaches(whole, slot.min_scale) {
        return 1.0;
    }
    let octaves = (scale / slot.min_scale).log2();
    let share = ((octaves * 8.0) as f32).clamp(0.0, 1.0);
    FAINTEST + (1.0 - FAINTEST) * share
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn labelled_events_are_visible_and_grow_clearer() {
        let slot = LabelSlot {
            row: 0,
            side: Side::Right,
            min_scale: 2.0,
            label_px: 50.0,
        };
        let at = |scale| opacity(&slot, scale, 1.0);
        assert!(at(2.0) >= 0.4);
        assert!(at(2.0) < at(2.1) && at(2.1) < at(2.2));
        assert_eq!(at(4.0), 1.0);
        let coarsest = LabelSlot {
            min_scale: 1.0,
            ..slot
        };
        assert_eq!(opacity(&coarsest, 1.0, 1.0), 1.0);
    }
}
