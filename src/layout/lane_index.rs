//! Counts of a file's events, whatever the canvas size: how many of a lane begin before an instant,
//! the file's extent, and the bins of the overview.
//!
//! It is computed once per file and shared by all canvas sizes. It can cover [a subset of the
//! events](LaneIndex::of_subset); the file's extent is unchanged. Which events are labelled is not
//! known here; see [`labels`](super::labels).
//!
//! Counting uses tables of prefix sums rather than binary search: a frame makes some hundred
//! look-ups per lane, and each then costs the same however many events there are.

use std::sync::Arc;

use super::{camera::secs_between, mark::Mark, outline::Outline};
use crate::{
    model::{EventId, EventSet, LaneId, Timeline},
    time::Moment,
};

/// The number of bins of the overview strip, over the file's extent: a bin is some 1.5 px wide
/// there.
pub const OVERVIEW_BINS: usize = 720;
/// Up to this many events are counted by binary search; more get a table.
const FEW: usize = 64;
/// Peaks are kept for bins of 2⁰ to 2^(this − 1) seconds.
const EXPONENTS: usize = 60;
/// A table has about one bucket per this many events.
const EVENTS_PER_BUCKET: usize = 4;

/// The events of each lane in the order of time, with tables for counting them.
#[derive(Debug)]
pub struct LaneIndex {
    timeline: Arc<Timeline>,
    lanes: Vec<LaneEvents>,
    outline: Outline,
    overview: Vec<Vec<u32>>,
    /// By exponent: see [`LaneIndex::peak`].
    peaks: Vec<u32>,
    subset: Option<Subset>,
}

/// The subset of a file's events that an index covers.
#[derive(Debug)]
struct Subset {
    events: Arc<EventSet>,
    /// Whether lanes without covered events take no place.
    hides_empty: bool,
    /// The index of all of the file's events.
    whole: Arc<LaneIndex>,
}

/// One lane's events.
#[derive(Debug, Default)]
struct LaneEvents {
    events: Vec<EventId>,
    table: Table,
}

impl LaneIndex {
    /// The index of all events of a timeline.
    pub fn of(timeline: Arc<Timeline>) -> Self {
        let outline = || {
            let mut outline = Outline::default();
            let events = timeline.events();
            events.for_each(|event| outline.add(&mark(&timeline, event)));
            outline
        };
        let lanes = || by_lane(&timeline, timeline.events());
        let (mut outline, lanes) = join_if_many(timeline.len(), outline, lanes);
        if let Some(as_of) = timeline.as_of() {
            outline.add_as_of(as_of);
        }
        Self::made(timeline, outline, lanes, None)
    }

    /// The index of a subset of the events, as if there were no others; the extent is the whole
    /// file's.
    pub fn of_subset(whole: &Arc<Self>, events: Arc<EventSet>) -> Self {
        let timeline = Arc::clone(&whole.timeline);
        let lanes = by_lane(&timeline, events.iter());
        let subset = Subset {
            events,
            hides_empty: false,
            whole: Arc::clone(whole),
        };
        Self::made(timeline, whole.outline.clone(), lanes, Some(subset))
    }

    /// The index of chosen events, as if the file had no others and no lanes but theirs. Its extent
    /// is that of the events, or the one given.
    pub fn of_selection(
        whole: &Arc<Self>,
        events: Arc<EventSet>,
        extent: Option<(Moment, Moment)>,
    ) -> Self {
        let timeline = Arc::clone(&whole.timeline);
        let lanes = by_lane(&timeline, events.iter());
        let mut outline = Outline::default();
        match extent {
            Some((from, to)) => outline.add_extent(from, to),
            None => events
                .iter()
                .for_each(|event| outline.add(&mark(&timeline, event))),
        }
        if let (None, Some(as_of)) = (extent, timeline.as_of()) {
            outline.add_as_of(as_of);
        }
        let subset = Subset {
            events,
            hides_empty: true,
            whole: Arc::clone(whole),
        };
        Self::made(timeline, outline, lanes, Some(subset))
    }

    /// The index of some of the events of another, at the scale of all of them, without lanes that have
    /// none.
    pub fn of_part(all: &Arc<Self>, events: Arc<EventSet>) -> Self {
        let timeline = Arc::clone(&all.timeline);
        let lanes = by_lane(&timeline, events.iter());
        let subset = Subset {
            events,
            hides_empty: true,
            whole: all.whole(),
        };
        Self::made(timeline, all.outline.clone(), lanes, Some(subset))
    }

    /// Whether a lane takes no place, since none of its events are covered.
    pub fn hides(&self, lane: LaneId) -> bool {
        let hides_empty = self.subset.as_ref().is_some_and(|it| it.hides_empty);
        hides_empty && self.events(lane).is_empty()
    }

    fn made(
        timeline: Arc<Timeline>,
        outline: Outline,
        mut lanes: Vec<LaneEvents>,
        subset: Option<Subset>,
    ) -> Self {
        let count = lanes.iter().map(|lane| lane.events.len()).sum();
        let tables = || {
            let (starts, _) = timeline.spans();
            let mut peaks = vec![0; EXPONENTS];
            for lane in &mut lanes {
                lane.events.shrink_to_fit();
                lane.table = Table::of(&lane.events, 0, starts);
                raise_peaks(&mut peaks, &lane.events, starts);
            }
            peaks
        };
        let overview = || match &subset {
            Some(subset) => overview(&timeline, &outline, subset.events.iter()),
            None => overview(&timeline, &outline, timeline.events()),
        };
        let (peaks, overview) = join_if_many(count, tables, overview);
        Self {
            timeline,
            lanes,
            outline,
            overview,
            peaks,
            subset,
        }
    }

    /// The index of all of the file's events; `self` if it already covers them all.
    pub fn whole(self: &Arc<Self>) -> Arc<Self> {
        let subset = self.subset.as_ref();
        Arc::clone(subset.map_or(self, |subset| &subset.whole))
    }

    /// The events covered; `None` if they are all of the file's.
    pub fn subset(&self) -> Option<&Arc<EventSet>> {
        self.subset.as_ref().map(|subset| &subset.events)
    }

    /// How many events are covered.
    pub fn len(&self) -> usize {
        self.subset()
            .map_or(self.timeline.len(), |events| events.len())
    }

    /// Whether no events are covered.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// Whether an event is covered.
    pub fn contains(&self, event: EventId) -> bool {
        self.subset()
            .map_or(event.index() < self.timeline.len(), |events| {
                events.contains(event)
            })
    }

    /// The covered events in the order of time.
    pub fn in_time_order(&self) -> impl Iterator<Item = EventId> {
        let timeline = &self.timeline;
        timeline.events().filter(|&event| self.contains(event))
    }

    /// The time in which covered events lie, whole where the index has an extent of its own.
    pub fn extent(&self) -> Option<(Moment, Moment)> {
        self.outline.extent()
    }

    /// The first covered event in time.
    pub fn first(&self) -> Option<EventId> {
        match self.subset() {
            Some(events) => events.iter().next(),
            None => self.timeline.events().next(),
        }
    }

    /// The first covered event after an event in the order of time, or the last before it.
    pub fn beside(&self, event: EventId, is_later: bool) -> Option<EventId> {
        if let Some(events) = self.subset() {
            return events.beside(event, is_later);
        }
        let step = if is_later { 1 } else { -1 };
        let position = event.index().checked_add_signed(step)?;
        EventId::from_index(position).filter(|&event| self.contains(event))
    }

    /// The timeline that is indexed.
    pub fn timeline(&self) -> &Arc<Timeline> {
        &self.timeline
    }

    /// The outline of the whole file: its extent and overhangs.
    pub fn outline(&self) -> &Outline {
        &self.outline
    }

    /// By lane: how many events touch each of the [`OVERVIEW_BINS`] bins of the file's extent.
    pub fn overview(&self) -> &[Vec<u32>] {
        &self.overview
    }

    /// How many of the given events touch each of the [`OVERVIEW_BINS`] bins, in all lanes
    /// together.
    pub fn bins_of(&self, events: impl Iterator<Item = EventId>) -> Vec<u32> {
        let mut rises = vec![0i64; OVERVIEW_BINS + 1];
        let bins = Bins::new(&self.timeline, &self.outline);
        for event in events {
            bins.rise(event, &mut rises);
        }
        summed(rises)
    }

    /// The [`overview`](Self::overview) of the given events.
    pub fn overview_of(&self, events: impl Iterator<Item = EventId>) -> Vec<Vec<u32>> {
        overview(&self.timeline, &self.outline, events)
    }

    /// A lane's covered events in the order of time.
    pub fn events(&self, lane: LaneId) -> &[EventId] {
        self.lanes
            .get(lane.index())
            .map_or(&[], |lane| lane.events.as_slice())
    }

    /// The most events of one lane that begin in one bin of 2^`exponent` seconds, anywhere in the
    /// file. Bins lie at multiples of their width.
    pub fn peak(&self, exponent: u32) -> u32 {
        let last = self.peaks.last();
        self.peaks
            .get(exponent as usize)
            .or(last)
            .copied()
            .unwrap_or(0)
    }

    /// How many events of a lane begin before `time`: also the position in [`events`](Self::events)
    /// of the first that does not.
    pub fn before(&self, lane: LaneId, time: Moment) -> usize {
        let (starts, _) = self.timeline.spans();
        self.lanes
            .get(lane.index())
            .map_or(0, |lane| lane.table.before(time, &lane.events, 0, starts))
    }
}

/// What two tasks make, which run beside each other where there are many events.
fn join_if_many<A: Send, B: Send>(
    events: usize,
    one: impl FnOnce() -> A + Send,
    other: impl FnOnce() -> B + Send,
) -> (A, B) {
    /// Fewer are done with before another thread has begun.
    const MANY: usize = 10_000;
    if events > MANY {
        rayon::join(one, other)
    } else {
        (one(), other())
    }
}

/// Groups events by lane. They are given, and stay, in the order of time.
fn by_lane(timeline: &Timeline, events: impl Iterator<Item = EventId>) -> Vec<LaneEvents> {
    let mut lanes: Vec<LaneEvents> = Vec::new();
    lanes.resize_with(timeline.lanes().len(), LaneEvents::default);
    for event in events {
        if let Some(lane) = lanes.get_mut(timeline.lane(event).index()) {
            lane.events.push(event);
        }
    }
    lanes
}

/// The mark of an event of a timeline.
pub fn mark(timeline: &Timeline, event: EventId) -> Mark {
    let (from, to) = (timeline.start(event), timeline.end(event));
    Mark::new(&timeline.when(event), timeline.certainty(event), from, to)
}

/// How many events begin before each bucket of 2^`shift` seconds; a bucket with too many events has
/// a finer table of its own.
#[derive(Debug, Default)]
struct Table {
    /// The first bucket's number: its beginning in seconds, shifted right by `shift`.
    origin: i64,
    shift: u32,
    /// The position of the first event at or after each bucket's beginning, and after the last.
    firsts: Vec<u32>,
    /// Finer tables of crowded buckets, by rising bucket number.
    finer: Vec<(u32, Table)>,
}

impl Table {
    /// A table over events in the order of time, whose positions begin at `first`. It is empty for
    /// up to [`FEW`] events and for events that all begin together.
    fn of(events: &[EventId], first: usize, starts: &[Moment]) -> Self {
        let secs = |event: &EventId| starts.get(event.index()).map_or(0, |start| start.secs());
        let (Some(low), Some(high)) = (events.first().map(secs), events.last().map(secs)) else {
            return Self::default();
        };
        if events.len() <= FEW || low == high {
            return Self::default();
        }
        let most = (events.len() / EVENTS_PER_BUCKET).next_power_of_two() as u64;
        // The finest buckets that are at most `most` in number; `span >> 62` is at most 3.
        let span = high.abs_diff(low);
        let shift = (0..63).find(|shift| span >> shift < most).unwrap_or(62);
        let origin = low >> shift;
        let mut table = Self {
            origin,
            shift,
            firsts: Vec::with_capacity((span >> shift) as usize + 3),
            finer: Vec::new(),
        };
        let bucket = |event: &EventId| ((secs(event) >> shift) - origin) as usize;
        for (position, event) in events.iter().enumerate() {
            let position = (first + position) as u32;
            while table.firsts.len() <= bucket(event) {
                table.firsts.push(position);
            }
        }
        table.firsts.push((first + events.len()) as u32);
        if shift > 0 {
            table.finer = table.crowded(events, first, starts);
        }
        table
    }

    /// Finer tables for buckets of many events.
    fn crowded(&self, events: &[EventId], first: usize, starts: &[Moment]) -> Vec<(u32, Self)> {
        let limits = self.firsts.windows(2).enumerate();
        limits
            .filter_map(|(bucket, limits)| {
                let &[from, to] = limits else { return None };
                let (from, to) = (from as usize, to as usize);
                let inside = events.get(from.checked_sub(first)?..to.checked_sub(first)?)?;
                let table = Self::of(inside, from, starts);
                (!table.firsts.is_empty()).then_some((bucket as u32, table))
            })
            .collect()
    }

    /// How many events begin before `time`, given that those before position `first` do. `events`
    /// must be those that the table was made from.
    fn before(&self, time: Moment, events: &[EventId], first: usize, starts: &[Moment]) -> usize {
        if self.firsts.is_empty() {
            let is_earlier =
                |event: &EventId| starts.get(event.index()).is_some_and(|it| *it < time);
            return first + events.partition_point(is_earlier);
        }
        let bucket = (time.secs() >> self.shift).saturating_sub(self.origin);
        let Ok(bucket) = usize::try_from(bucket) else {
            return first;
        };
        let Some((&from, rest)) = self.firsts.get(bucket..).and_then(<[u32]>::split_first) else {
            return first + events.len();
        };
        let (from, Some(&to)) = (from as usize, rest.first()) else {
            return first + events.len();
        };
        let is_on_edge = time.secs() & ((1 << self.shift) - 1) == 0;
        if is_on_edge {
            return from;
        }
        let inside = events.get(from - first..to as usize - first);
        let inside = inside.unwrap_or_default();
        match self
            .finer
            .binary_search_by_key(&(bucket as u32), |finer| finer.0)
        {
            Ok(at) => self
                .finer
                .get(at)
                .map_or(from, |(_, table)| table.before(time, inside, from, starts)),
            Err(_) => Self::default().before(time, inside, from, starts),
        }
    }
}

/// Raises `peaks` (by exponent of the bin width) to the highest bin counts of a lane. Bins are
/// merged from width to width, so the wide ones cost little.
fn raise_peaks(peaks: &mut [u32], events: &[EventId], starts: &[Moment]) {
    let start = |event: &EventId| starts.get(event.index()).map_or(0, |start| start.secs());
    let mut bins: Vec<(i64, u32)> = events.iter().map(|event| (start(event), 1)).collect();
    for (exponent, peak) in peaks.iter_mut().enumerate() {
        if exponent > 0 {
            for (bin, _) in &mut bins {
                *bin >>= 1;
            }
        }
        bins.dedup_by(|later, earlier| {
            let is_same = later.0 == earlier.0;
            if is_same {
                earlier.1 += later.1;
            }
            is_same
        });
        *peak = bins.iter().map(|&(_, count)| count).fold(*peak, u32::max);
    }
}

/// By lane: how many of the given events touch each bin.
fn overview(
    timeline: &Timeline,
    outline: &Outline,
    events: impl Iterator<Item = EventId>,
) -> Vec<Vec<u32>> {
    let mut rises = vec![vec![0i64; OVERVIEW_BINS + 1]; timeline.lanes().len()];
    let bins = Bins::new(timeline, outline);
    for event in events {
        if let Some(rises) = rises.get_mut(timeline.lane(event).index()) {
            bins.rise(event, rises);
        }
    }
    rises.into_iter().map(summed).collect()
}

/// The file's extent divided into [`OVERVIEW_BINS`] bins.
struct Bins<'a> {
    timeline: &'a Timeline,
    from: Option<Moment>,
    secs_per_bin: f64,
}

impl<'a> Bins<'a> {
    fn new(timeline: &'a Timeline, outline: &Outline) -> Self {
        let extent = outline.extent();
        let secs = extent.map_or(1.0, |(from, to)| secs_between(from, to));
        Self {
            timeline,
            from: extent.map(|(from, _)| from),
            secs_per_bin: (secs / OVERVIEW_BINS as f64).max(1.0),
        }
    }

    /// Adds an event as differences of counts: +1 at its first bin, −1 after its last.
    fn rise(&self, event: EventId, rises: &mut [i64]) {
        let Some(begin) = self.from else { return };
        let bin = |time: Moment| {
            ((secs_between(begin, time) / self.secs_per_bin) as usize).min(OVERVIEW_BINS - 1)
        };
        let timeline = self.timeline;
        let to = timeline.end(event);
        let first = bin(timeline.start(event));
        let last = bin(Moment::from_secs(to.secs().saturating_sub(1))).max(first);
        if let Some(rise) = rises.get_mut(first) {
            *rise += 1;
        }
        if let Some(fall) = rises.get_mut(last + 1) {
            *fall -= 1;
        }
    }
}

fn summed(rises: Vec<i64>) -> Vec<u32> {
    let mut count = 0;
    let bins = rises.into_iter().take(OVERVIEW_BINS).map(|rise| {
        count += rise;
        u32::try_from(count).unwrap_or_default()
    });
    bins.collect()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::{
        model::{FileEvent, Header, Texts, TimelineBuilder},
        testing::fixed,
        time::When,
    };

    fn lane_index(times: &[&str]) -> LaneIndex {
        let mut builder = TimelineBuilder::new(Header::default());
        for time in times {
            let when = When::parse(time).expect("a date");
            builder.event(&FileEvent::new(Texts::default(), Some(when)));
        }
        LaneIndex::of(Arc::new(builder.build()))
    }

    /// Instants in June 2014, to the second, in clumps of very different width.
    fn dates() -> impl Strategy<Value = Vec<String>> {
        let clump = (
            0i64..28,
            0u32..4,
            prop::collection::vec(0i64..86_400, 1..200),
        );
        prop::collection::vec(clump, 1..6).prop_map(|clumps| {
            let dates = clumps.into_iter().flat_map(|(day, narrow, secs)| {
                secs.into_iter().map(move |secs| {
                    let secs = secs >> (narrow * 4);
                    let (h, m, s) = (secs / 3600, secs / 60 % 60, secs % 60);
                    format!("2014-06-{:02}T{h:02}:{m:02}:{s:02}", day + 1)
                })
            });
            dates.collect()
        })
    }

    proptest! {
        #![proptest_config(fixed(64))]

        #[test]
        fn as_many_begin_before_an_instant_as_one_counts(
            dates in dates(), offsets in prop::collection::vec(-100i64..30 * 86_400, 1..50),
        ) {
            let dates: Vec<&str> = dates.iter().map(String::as_str).collect();
            let lane_index = lane_index(&dates);
            let timeline = lane_index.timeline();
            let june = When::parse("2014-06-01").expect("a date").earliest().expect("a start");
            let starts = timeline.events().map(|event| timeline.start(event));
            let asked = offsets.iter().map(|offset| Moment::from_secs(june.secs() + offset));
            for time in asked.chain(starts) {
                let earlier = timeline.events().filter(|&event| timeline.start(event) < time).count();
                prop_assert_eq!(lane_index.before(LaneId::new(0), time), earlier, "before {:?}", time);
            }
        }
    }

    #[test]
    fn the_ends_of_time_are_before_and_after_everything() {
        let dates: Vec<String> = (0..500).map(|n| format!("{:04}", 1000 + n)).collect();
        let lane_index = lane_index(&dates.iter().map(String::as_str).collect::<Vec<_>>());
        let lane = LaneId::new(0);
        assert_eq!(lane_index.before(lane, Moment::from_secs(i64::MIN)), 0);
        assert_eq!(lane_index.before(lane, Moment::from_secs(i64::MAX)), 500);
        assert_eq!(lane_index.before(LaneId::new(7), Moment::from_secs(0)), 0);
    }

    #[test]
    fn the_overview_counts_what_touches_a_bin() {
        let lane_index = lane_index(&["2000-01-01/2000-12-31", "2000-01-01", "2000-12-31"]);
        let bins = lane_index.overview().first().expect("a lane");
        assert_eq!(bins.len(), OVERVIEW_BINS);
        assert_eq!((bins[0], bins[300], bins[OVERVIEW_BINS - 1]), (2, 1, 2));
    }
}
