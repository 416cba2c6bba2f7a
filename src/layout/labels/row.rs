//! A row of a lane while its labels are placed: its footprints, and the cursor of a sweep along it.

use super::{
    footprint::{Footprint, GAP_PX},
    slots::PlacedLabel,
};
use crate::{layout::mark::Mark, time::Moment};

/// A gap narrower than this has no room for a footprint with its air, in px: a date takes some 20.
const NARROWEST_GAP_PX: f64 = 2.0 * GAP_PX as f64 + 16.0;

/// The footprints in a row from left to right. They do not overlap at the scale at which they were
/// placed, hence at no finer one, hence their order never changes.
#[derive(Default)]
pub(super) struct Row {
    pub(super) footprints: Vec<Footprint>,
    /// Those of the current level, from left to right, not yet merged into `footprints`.
    pub(super) new: Vec<(Footprint, PlacedLabel)>,
    /// Those of the current sweep, not yet merged into `new`.
    pub(super) fresh: Vec<(Footprint, PlacedLabel)>,
}

/// The cursor of a sweep in one row.
pub(super) struct RowCursor {
    /// How many of the row's footprints begin no later than the current event.
    old: usize,
    /// The same for those of the current level.
    new: usize,
    /// No event that begins before this finds room here.
    pub(super) blocked_until: Moment,
    /// No event that begins up to this finds room here at any scale: it lies under a bar.
    pub(super) under_until: Moment,
    /// The last footprint before the cursor, and the first one after it, when it last moved.
    before: Option<Footprint>,
    after: Option<Footprint>,
    /// Where the next footprint began, before gaps were passed.
    next_from: Moment,
    /// Whether what lies around the cursor is to be looked at anew.
    pub(super) is_stale: bool,
    /// How many events were tried in the current gap without success.
    pub(super) offers: u16,
}

impl Default for RowCursor {
    fn default() -> Self {
        Self {
            old: 0,
            new: 0,
            blocked_until: Moment::from_secs(i64::MIN),
            under_until: Moment::from_secs(i64::MIN),
            before: None,
            after: None,
            next_from: Moment::from_secs(i64::MAX),
            is_stale: true,
            offers: 0,
        }
    }
}

impl RowCursor {
    /// The last footprint before the cursor.
    fn find_before<'r>(&self, row: &'r Row) -> Option<&'r Footprint> {
        let old = row.footprints.get(self.old.wrapping_sub(1));
        let new = row.new.get(self.new.wrapping_sub(1));
        // The sweep goes from left to right: what it placed lies before the cursor.
        let lists = [
            old,
            new.map(|(print, _)| print),
            row.fresh.last().map(|(print, _)| print),
        ];
        lists.into_iter().flatten().max_by_key(|print| print.from())
    }

    /// The first footprint after the cursor.
    fn find_after<'r>(&self, row: &'r Row) -> Option<&'r Footprint> {
        let old = row.footprints.get(self.old);
        let new = row.new.get(self.new).map(|(print, _)| print);
        old.into_iter().chain(new).min_by_key(|print| print.from())
    }

    /// Moves on to the gap where an event that begins at `start` would lie, and past gaps that are
    /// too narrow for any.
    pub(super) fn follow(&mut self, row: &Row, start: Moment, scale: f64) {
        if start < self.blocked_until {
            return;
        }
        let is_in_gap = self.after.is_none_or(|after| start < after.from());
        if is_in_gap && !self.is_stale {
            return;
        }
        self.is_stale = false;
        let (old, new) = (self.old, self.new);
        let rest = row.footprints.get(self.old..).unwrap_or_default();
        self.old += ahead(rest, |print| print.from() <= start);
        let rest = row.new.get(self.new..).unwrap_or_default();
        self.new += ahead(rest, |(print, _)| print.from() <= start);
        if (old, new) != (self.old, self.new) {
            self.offers = 0;
        }
        self.look(row);
        let under = self.before.map(|before| before.to());
        self.under_until = under.unwrap_or(Moment::from_secs(i64::MIN));
        let next = self.after.map(|after| after.from());
        self.next_from = next.unwrap_or(Moment::from_secs(i64::MAX));
        loop {
            if let Some(before) = &self.before {
                self.blocked_until = before.free_after(scale);
            }
            let (Some(before), Some(after)) = (&self.before, &self.after) else {
                return;
            };
            if before.gap_px(after, scale) >= NARROWEST_GAP_PX {
                return;
            }
            let from = after.from();
            self.pass(row, from);
            self.look(row);
            self.is_stale = true;
        }
    }

    /// Looks at what lies before and after the cursor.
    fn look(&mut self, row: &Row) {
        self.before = self.find_before(row).copied();
        self.after = self.find_after(row).copied();
    }

    /// Moves past the footprint that begins at `from`.
    fn pass(&mut self, row: &Row, from: Moment) {
        self.offers = 0;
        if row
            .footprints
            .get(self.old)
            .is_some_and(|print| print.from() == from)
        {
            self.old += 1;
        } else {
            self.new += 1;
        }
    }

    /// Whether a footprint fits into the current gap.
    pub(super) fn fits(&self, print: &Footprint, scale: f64) -> bool {
        let before = self.before.as_ref();
        let after = self.after.as_ref();
        before.is_none_or(|before| before.ends_before(print, scale))
            && after.is_none_or(|after| print.ends_before(after, scale))
    }

    /// Whether a mark overlaps in time with one in the row, hence at every scale.
    pub(super) fn is_never(&self, mark: &Mark) -> bool {
        let is_over_next = mark.from < self.next_from && mark.to >= self.next_from;
        mark.from <= self.under_until || is_over_next
    }

    /// Records that an event that begins at `start` did not fit. After `most_tries` of them, the
    /// next [`NARROWEST_GAP_PX`] of the gap count as full.
    pub(super) fn refuse(&mut self, start: Moment, scale: f64, most_tries: u16) {
        self.offers = self.offers.saturating_add(1);
        if self.offers >= most_tries {
            self.offers = 0;
            let secs = (NARROWEST_GAP_PX / scale).ceil() as i64;
            let full_until = Moment::from_secs(start.secs().saturating_add(secs));
            let next = self.after.map(|after| after.from());
            self.blocked_until = next.map_or(full_until, |next| next.min(full_until));
        }
    }
}

/// How many items at the beginning satisfy `is_before`, which those after them don't. Exponential
/// search, since a sweep nearly always moves on by little.
pub(super) fn ahead<T>(items: &[T], is_before: impl Fn(&T) -> bool) -> usize {
    let mut step = 1;
    while items.get(step - 1).is_some_and(&is_before) {
        step *= 2;
    }
    let (low, high) = (step / 2, (step - 1).min(items.len()));
    let middle = items.get(low..high).unwrap_or_default();
    low + middle.partition_point(is_before)
}

impl Row {
    /// Merges the sweep's footprints into the level's.
    pub(super) fn finish_sweep(&mut self) {
        let fresh = std::mem::take(&mut self.fresh);
        if self.new.is_empty() {
            self.new = fresh;
        } else if !fresh.is_empty() {
            let new = std::mem::take(&mut self.new);
            self.new = merged(new, fresh, |(print, _)| print.from());
        }
    }

    /// Merges the level's footprints into the others, and returns its placed labels.
    pub(super) fn finish_level(&mut self) -> Vec<PlacedLabel> {
        if self.new.is_empty() {
            return Vec::new();
        }
        let new = std::mem::take(&mut self.new);
        let old = std::mem::take(&mut self.footprints);
        let prints = new.iter().map(|(print, _)| *print).collect();
        self.footprints = merged(old, prints, Footprint::from);
        let mut level: Vec<PlacedLabel> = new.into_iter().map(|(_, placed)| placed).collect();
        // Collected in place, it would keep the capacity that the footprints needed.
        level.shrink_to_fit();
        level
    }
}

/// Merges two lists that are sorted by `from`.
fn merged<T>(one: Vec<T>, other: Vec<T>, from: impl Fn(&T) -> Moment) -> Vec<T> {
    let mut merged = Vec::with_capacity(one.len() + other.len());
    let mut rest = one.into_iter().peekable();
    for item in other {
        while let Some(earlier) = rest.next_if(|earlier| from(earlier) < from(&item)) {
            merged.push(earlier);
        }
        merged.push(item);
    }
    merged.extend(rest);
    merged
}
