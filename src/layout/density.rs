//! What has no room to be told is counted: a smooth histogram along the foot of a lane.
//!
//! Bins are a power of two of seconds wide and lie fixed in time, so that panning moves them and
//! never changes them. An event is counted in the bin in which it begins. A bin costs a look-up
//! in the lane's [`Tally`] and what is told in view is taken off again, so a frame costs by bins on
//! screen, whatever the file's size.
//!
//! ```text
//! heights   ▁▂▅█▆▃▁      ▁▂▁          of neighbouring bins' middles, with straight lines between them
//! clusters  |  1,204 |   |12|         bins near each other; a long run of them is cut at fixed
//!                                     instants, so that a count always stands for what is near
//! ```
//!
//! Heights are of the rate (events a pixel) and grow with its cube root, up to the highest rate of
//! the whole file at this width of bins: neither panning nor what happens to be in view makes them jump.
//! While zooming, hills grow out of those of bins twice as wide: what is drawn lies between the two,
//! so that a bin is not seen to be cut in two. That takes points at the middles of both kinds:
//!
//! ```text
//! |   ·   :   ·   |   ·   :   ·   |      · middles of bins   : middles of the wide ones
//! ```
//!
//! It leaves colours and text to [`draw`](super::draw).

use super::{camera::Camera, labels::Place, tally::Tally};
use crate::{
    model::{EventId, LaneId},
    time::Moment,
};

/// The narrowest bin, in px; a bin is up to twice as wide.
const BIN_PX: f64 = 5.0;
/// Fewer empty bins than this do not part a run: dates known to the year make a comb.
const PARTING_BINS: usize = 6;
/// A run of so many bins or more is cut into clusters of so many: 160 to 320 px. A power of two.
const CLUSTER_BINS: usize = 32;
/// How high a bin with something in it stands at least: one and a half pixels.
const LEAST_HEIGHT: f32 = 0.094;
/// A file whose highest rate is lower than this many events a narrowest bin does not fill the band.
const LEAST_PEAK: f32 = 8.0;

/// Events of one lane that are counted, near each other.
#[derive(Copy, Clone, Debug, PartialEq, Eq)]
pub struct Cluster {
    /// Where its first bin begins.
    pub from: Moment,
    /// Where its last bin ends.
    pub to: Moment,
    /// How many begin in it.
    pub count: u32,
}

/// The bins of a view, the same for all lanes.
#[derive(Copy, Clone, Debug, PartialEq)]
pub struct Grid {
    from: i64,
    bin_secs: i64,
    bins: usize,
    /// The width of a bin, in px.
    bin_px: f64,
    /// The pairs of bins whose points are seen, one on either side included.
    seen: (usize, usize),
    /// The plot x at which the first of them begins.
    seen_x: f64,
}

impl Grid {
    /// The bins that a plot `width_px` wide shows, and some more on both sides: what is out of view
    /// decides where a run of bins is cut. Two clusters' worth: a run that comes in from further out
    /// has then 32 bins in the grid for certain, and is cut as it is from everywhere.
    pub fn new(camera: &Camera, width_px: f64) -> Self {
        let exponent = exponent(camera.secs_per_px());
        let bin_secs = 1i64 << exponent;
        let chunk = bin_secs * CLUSTER_BINS as i64;
        let (left, right) = (camera.time_from_x(0.0), camera.time_from_x(width_px));
        let from = left.secs().div_euclid(chunk) - 2;
        let to = right.secs().div_euclid(chunk) + 3;
        let mut grid = Self {
            from: from.saturating_mul(chunk),
            bin_secs,
            bins: (to - from).unsigned_abs() as usize * CLUSTER_BINS,
            bin_px: bin_secs as f64 / camera.secs_per_px(),
            seen: (0, 0),
            seen_x: 0.0,
        };
        let pairs = grid.bins / 2;
        let pair = |time| grid.bin(time).map_or(0, |bin| bin / 2);
        grid.seen = (
            pair(left).saturating_sub(1),
            (pair(right) + 2).clamp(1, pairs.max(1)),
        );
        grid.seen_x = camera.x_from_time(grid.edge(2 * grid.seen.0));
        grid
    }

    /// Where the first bin begins and the last one ends.
    pub fn range(&self) -> (Moment, Moment) {
        (self.edge(0), self.edge(self.bins))
    }

    /// Where a bin begins.
    fn edge(&self, bin: usize) -> Moment {
        let secs = self.bin_secs.saturating_mul(bin as i64);
        Moment::from_secs(self.from.saturating_add(secs))
    }

    /// The plot x of a point of the hills (see [`Histogram::heights`]): three to two bins, in the
    /// middle of the one, between them, and in the middle of the other.
    pub fn point_x(&self, number: usize) -> f64 {
        let bins = 2 * (number / 3);
        let halves = number % 3 + 1;
        self.seen_x + (bins as f64 + halves as f64 / 2.0) * self.bin_px
    }

    /// The bin in which an instant lies.
    fn bin(&self, time: Moment) -> Option<usize> {
        let secs = time.secs().checked_sub(self.from)?;
        usize::try_from(secs.div_euclid(self.bin_secs)).ok()
    }
}

/// The exponent of the smallest power of two of seconds that is at least [`BIN_PX`] wide.
fn exponent(secs_per_px: f64) -> u32 {
    // 2⁵⁶ s are more than two billion years: no camera shows more in five pixels.
    (BIN_PX * secs_per_px).log2().ceil().clamp(0.0, 56.0) as u32
}

/// One lane's bins and clusters. Its buffers are reused.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Histogram {
    /// How many events are counted in each bin of the grid.
    pub counts: Vec<u32>,
    /// How high the hills stand at each [point](Grid::point_x) that is seen, 0 to 1.
    pub heights: Vec<f32>,
    /// In the order of time.
    pub clusters: Vec<Cluster>,
}

impl Histogram {
    /// Counts a lane. `told` are at least those of its events that are told and begin within the grid.
    pub fn count(&mut self, tally: &Tally, lane: LaneId, grid: &Grid, told: &[(EventId, Place)]) {
        self.counts.clear();
        let mut before = tally.before(lane, grid.edge(0));
        for bin in 0..grid.bins {
            let until = tally.before(lane, grid.edge(bin + 1));
            self.counts.push((until - before) as u32);
            before = until;
        }
        for &(event, _) in told {
            let bin = grid.bin(tally.timeline().start(event));
            if let Some(count) = bin.and_then(|bin| self.counts.get_mut(bin)) {
                *count = count.saturating_sub(1);
            }
        }
        self.raise(tally, grid);
        self.cluster(grid);
    }

    /// The heights, by the counts: between those of wide bins, two of which were one until now, and
    /// those of the bins themselves.
    fn raise(&mut self, tally: &Tally, grid: &Grid) {
        let exponent = grid.bin_secs.trailing_zeros();
        // Events for a bin of the narrowest width: the same measure at every scale.
        let rate = |count: u32, bin_px: f64| (f64::from(count) * BIN_PX / bin_px) as f32;
        let height = |count: u32, peak: f32, bin_px: f64| {
            if count == 0 {
                return 0.0;
            }
            (rate(count, bin_px) / peak).cbrt().clamp(LEAST_HEIGHT, 1.0)
        };
        let highest =
            |exponent: u32, bin_px: f64| rate(tally.peak(exponent), bin_px).max(LEAST_PEAK);
        let (own_px, both_px) = (grid.bin_px, 2.0 * grid.bin_px);
        let own_peak = highest(exponent, own_px);
        let both_peak = highest(exponent + 1, both_px);
        let count = |bin: usize| self.counts.get(bin).copied().unwrap_or_default();
        let own = |bin: usize| height(count(bin), own_peak, own_px);
        let both = |pair: usize| {
            let sum = count(2 * pair) + count(2 * pair + 1);
            height(sum, both_peak, both_px)
        };
        let octaves = (grid.bin_px / BIN_PX).log2().clamp(0.0, 1.0) as f32;
        let share = octaves * octaves * (3.0 - 2.0 * octaves);
        self.heights.clear();
        let (first, after_last) = grid.seen;
        let (mut before, mut here) = (first.checked_sub(1).map_or(0.0, both), both(first));
        for pair in first..after_last {
            let after = both(pair + 1);
            let wide = [
                here + (before - here) / 4.0,
                here,
                here + (after - here) / 4.0,
            ];
            let (left, right) = (own(2 * pair), own(2 * pair + 1));
            let narrow = [left, f32::midpoint(left, right), right];
            let points = wide.into_iter().zip(narrow);
            self.heights
                .extend(points.map(|(wide, narrow)| wide + (narrow - wide) * share));
            (before, here) = (here, after);
        }
    }

    /// The clusters, by the counts.
    fn cluster(&mut self, grid: &Grid) {
        self.clusters.clear();
        let mut bin = 0;
        while let Some(empty) = self.counts.get(bin..) {
            bin += empty.iter().take_while(|&&count| count == 0).count();
            let run = run_of(self.counts.get(bin..).unwrap_or_default());
            if run == 0 {
                break;
            }
            let end = bin + run;
            while bin < end {
                let edge = (bin / CLUSTER_BINS + 1) * CLUSTER_BINS;
                let until = if run < CLUSTER_BINS {
                    end
                } else {
                    edge.min(end)
                };
                let counts = self.counts.get(bin..until).unwrap_or_default();
                let count = counts.iter().sum();
                if count > 0 {
                    self.clusters.push(Cluster {
                        from: grid.edge(bin),
                        to: grid.edge(until),
                        count,
                    });
                }
                bin = until;
            }
        }
    }
}

/// How many bins from the first on belong together: up to the last before a wider gap.
fn run_of(counts: &[u32]) -> usize {
    let mut run = 0;
    for (bin, &count) in counts.iter().enumerate() {
        if count > 0 {
            run = bin + 1;
        } else if bin + 1 - run >= PARTING_BINS {
            break;
        }
    }
    run
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bins_are_powers_of_two_wide_enough_to_see_and_fixed_in_time() {
        for secs_per_px in [1.0, 60.0, 86_400.0, 3.2e7, 4e14] {
            let camera = Camera::new(Moment::year_start(2014), secs_per_px);
            let grid = Grid::new(&camera, 1200.0);
            assert_eq!(grid.bin_secs.count_ones(), 1);
            assert!(
                (BIN_PX..2.0 * BIN_PX).contains(&grid.bin_px) || secs_per_px < 2.0,
                "{secs_per_px}: {} px",
                grid.bin_px
            );
            let (from, to) = grid.range();
            assert!(camera.x_from_time(from) < 0.0 && camera.x_from_time(to) > 1200.0);
            assert_eq!(from.secs().rem_euclid(grid.bin_secs), 0);
            let moved = Grid::new(&camera.panned(333.0), 1200.0);
            assert_eq!((moved.from - grid.from) % grid.bin_secs, 0);
        }
    }

    fn clusters(counts: &[u32]) -> Vec<(i64, i64, u32)> {
        let grid = Grid {
            from: 0,
            bin_secs: 1,
            bins: counts.len(),
            bin_px: 5.0,
            seen: (0, counts.len() / 2),
            seen_x: 0.0,
        };
        let mut histogram = Histogram {
            counts: counts.to_vec(),
            ..Histogram::default()
        };
        histogram.cluster(&grid);
        let clusters = histogram.clusters.iter();
        clusters
            .map(|cluster| (cluster.from.secs(), cluster.to.secs(), cluster.count))
            .collect()
    }

    #[test]
    fn a_cluster_is_a_run_of_bins_and_a_long_run_is_cut_at_fixed_places() {
        let apart = [0, 1, 2, 0, 0, 0, 0, 0, 0, 4, 0];
        assert_eq!(clusters(&apart), [(1, 3, 3), (9, 10, 4)]);
        // A narrow gap does not part…
        assert_eq!(clusters(&[1, 0, 0, 0, 0, 0, 1, 0]), [(0, 7, 2)]);
        // …a short run over a fixed edge stays whole…
        let mut counts = vec![0; 96];
        counts[30..36].fill(1);
        assert_eq!(clusters(&counts), [(30, 36, 6)]);
        // …a long one is cut there.
        counts[20..70].fill(2);
        assert_eq!(
            clusters(&counts),
            [(20, 32, 24), (32, 64, 64), (64, 70, 12)]
        );
    }
}
