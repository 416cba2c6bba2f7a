//! The extent drawn for a date: its known part, and where an open end stops.

use crate::time::{Bound, DateRange, Moment, When};

/// What determines how far open ends are drawn.
#[derive(Clone, Copy, Debug)]
pub(super) struct OpenEnds {
    /// When the file was written.
    pub as_of: Option<Moment>,
    /// The latest instant that any date in the file names.
    pub latest: Option<Moment>,
}

impl OpenEnds {
    /// The extent to draw for a date: see [`Timeline::start`](super::Timeline::start) and
    /// [`Timeline::end`](super::Timeline::end).
    pub fn drawn(&self, when: &When) -> (Moment, Moment) {
        let (start, last) = stated(when);
        let end = if when.ends_open() {
            self.open_end(start, last)
        } else {
            last
        };
        (start, end.max(start))
    }

    /// Where the open end of an event is drawn, whose date's known part extends from `start` to `last`.
    /// Of what is only expected no later end is claimed than that of its known part, but that it was
    /// not over when the file was written.
    pub fn drawn_end(&self, (start, last): (Moment, Moment), is_expected: bool) -> Moment {
        if is_expected {
            return self.as_of.map_or(last, |as_of| as_of.max(last));
        }
        self.open_end(start, last).max(start)
    }

    /// Where an open end is drawn, for a date whose known part extends from `start` to `last`.
    pub fn open_end(&self, start: Moment, last: Moment) -> Moment {
        let as_of = self.as_of.filter(|&as_of| as_of > start);
        as_of.unwrap_or(self.latest.map_or(last, |latest| latest.max(last)))
    }
}

/// The extent that a date itself states, as if an open end stopped at the last known instant.
pub(super) fn stated(when: &When) -> (Moment, Moment) {
    let Some((first, last)) = known(when) else {
        let start = when.earliest().unwrap_or(Moment::from_secs(0));
        return (start, when.latest().unwrap_or(start).max(start));
    };
    // A side of an unknown year is drawn as one that is not stated.
    let start = when.earliest().map_or(first, |start| start.max(first));
    let end = when.latest().map_or(last, |end| end.min(last));
    (start, end.max(start))
}

/// The first and the last instant that a date names anywhere; `None` where its year is unknown.
pub(super) fn known(when: &When) -> Option<(Moment, Moment)> {
    // "2014 or earlier" names 2014; how much earlier is not stated, so only its end counts: the
    // earliest possible instant would draw it from the Big Bang.
    let of_range = |range: &DateRange| match (range.is_or_earlier(), range.is_or_later()) {
        (true, _) => (range.latest, range.latest),
        (_, true) => (range.earliest, range.earliest),
        _ => (range.earliest, range.latest),
    };
    let of_range = |range: &DateRange| (!range.is_of_unknown_year()).then(|| of_range(range));
    let of_bound = |bound: &Bound| match bound {
        Bound::Known(range) => of_range(range),
        Bound::Open | Bound::Unknown => None,
    };
    let wider = |a: (Moment, Moment), b: (Moment, Moment)| (a.0.min(b.0), a.1.max(b.1));
    match when {
        When::Date(range) => of_range(range),
        When::Span { start, end } => [start, end].into_iter().filter_map(of_bound).reduce(wider),
        When::Set { members, .. } => members.iter().filter_map(known).reduce(wider),
    }
}
