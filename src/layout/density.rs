//! The density band: a smooth histogram of clustered events at the bottom of a lane.
//!
//! Bins are a power of two of seconds wide and lie fixed in time, so that panning moves them and
//! never changes them. An event is counted in the bin in which it begins. Counting a bin is one
//! look-up in the [`LaneIndex`], from which the labelled events in view are subtracted, so a
//! frame's cost grows with the bins on screen, whatever the file's size.
//!
//! ```text
//! heights   ▁▂▅█▆▃▁      ▁▂▁          at the middles of bins, with straight lines between them
//! clusters  |  1,204 |   |12|         bins near each other; a long run of them is cut at fixed
//!                                     instants, so that a count stands for nearby events only
//! ```
//!
//! A height is the cube root of the rate (events per pixel) relative to the highest rate of the
//! whole file at this bin width: neither panning nor what is in view makes heights jump. While
//! zooming, heights are interpolated between those of bins twice as wide and those of the bins
//! themselves, so that no bin visibly splits in two. That takes points at the middles of both
//! kinds:
//!
//! ```text
//! |   ·   :   ·   |   ·   :   ·   |      · middles of bins   : middles of the wide ones
//! ```
//!
//! It leaves colours and text to [`draw`](super::draw).

use super::{camera::Camera, labels::LabelSlot, lane_index::LaneIndex};
use crate::{
    model::{EventId, LaneId},
    time::Moment,
};

/// The narrowest bin, in px; a bin is up to twice as wide.
const BIN_PX: f64 = 5.0;
/// Fewer empty bins than this do not split a run: dates known to the year leave gaps between them.
const PARTING_BINS: usize = 6;
/// A run of at least this many bins is cut into clusters of this many: 160 to 320 px. A power of
/// two.
const CLUSTER_BINS: usize = 32;
/// The least height of a bin that is not empty, 0 to 1: one and a half pixels.
const LEAST_HEIGHT: f32 = 0.094;
/// The heights of bins with fewer events than this are computed once for all lanes, and for all frames
/// of one scale: a cube root for each bin took a fortieth of a frame.
const FEW: usize = 512;
/// If a file's highest rate is below this many events per [`BIN_PX`], its heights stay below 1.
const LEAST_PEAK: f32 = 8.0;

/// Neighbouring clustered events of one lane.
#[derive(Copy, Clone, Debug, PartialEq, Eq)]
pub struct Cluster {
    /// Where its first bin begins.
    pub from: Moment,
    /// Where its last bin ends.
    pub to: Moment,
    /// How many clustered events begin in it.
    pub count: u32,
}

/// The bins for one camera, the same for all lanes.
#[derive(Copy, Clone, Debug, PartialEq)]
pub struct Grid {
    from: i64,
    bin_secs: i64,
    bins: usize,
    /// The width of a bin, in px.
    bin_px: f64,
    /// The visible pairs of bins and one more on either side: (first, after the last).
    seen: (usize, usize),
    /// The plot x at which the first of them begins.
    seen_x: f64,
}

impl Grid {
    /// The bins that a plot `width_px` wide shows, and two clusters' worth more on both sides,
    /// since bins out of view decide where a run is cut: a run that comes in from further out then
    /// has at least 32 bins in the grid, so that it is cut alike for every camera position.
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

    /// The plot x of a point of [`Histogram::heights`]: there are three per pair of bins, in the
    /// middle of the first, between them, and in the middle of the second.
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
    /// How many clustered events begin in each bin of the grid.
    pub counts: Vec<u32>,
    /// The height at each visible [point](Grid::point_x), 0 to 1.
    pub heights: Vec<f32>,
    /// In the order of time.
    pub clusters: Vec<Cluster>,
    /// The heights of bins, and of pairs of them.
    known: [Heights; 2],
}

/// The heights of bins of one width, by their counts.
#[derive(Clone, Debug, Default, PartialEq)]
struct Heights {
    /// The highest rate of the file.
    peak: f32,
    bin_px: f64,
    /// Those that were computed, and 0 for the others.
    by_count: Vec<f32>,
}

impl Heights {
    /// Drops what was computed for another width or peak.
    fn begin(&mut self, peak: f32, bin_px: f64) {
        if (self.peak, self.bin_px) != (peak, bin_px) || self.by_count.is_empty() {
            (self.peak, self.bin_px) = (peak, bin_px);
            self.by_count.clear();
            self.by_count.resize(FEW, 0.0);
        }
    }

    /// The height of a bin with so many events, 0 to 1.
    fn of(&mut self, count: u32) -> f32 {
        if count == 0 {
            return 0.0;
        }
        let known = self.by_count.get_mut(count as usize);
        if let Some(known) = known.as_deref().filter(|known| **known > 0.0) {
            return *known;
        }
        let height = (rate(count, self.bin_px) / self.peak).cbrt();
        let height = height.clamp(LEAST_HEIGHT, 1.0);
        if let Some(known) = known {
            *known = height;
        }
        height
    }
}

/// Events per [`BIN_PX`]: the same unit at every scale.
fn rate(count: u32, bin_px: f64) -> f32 {
    (f64::from(count) * BIN_PX / bin_px) as f32
}

impl Histogram {
    /// Counts a lane. `labelled` holds at least those of its labelled events that begin within the
    /// grid.
    pub fn count(
        &mut self,
        lane_index: &LaneIndex,
        lane: LaneId,
        grid: &Grid,
        labelled: &[(EventId, LabelSlot)],
    ) {
        self.counts.clear();
        let mut before = lane_index.before(lane, grid.edge(0));
        let end = lane_index.before(lane, grid.edge(grid.bins));
        let begin_here = lane_index.events(lane).get(before..end).unwrap_or_default();
        if begin_here.len() <= grid.bins {
            // Fewer events than bins: each is counted where it is.
            self.counts.resize(grid.bins, 0);
            for &event in begin_here {
                let bin = grid.bin(lane_index.timeline().start(event));
                if let Some(count) = bin.and_then(|bin| self.counts.get_mut(bin)) {
                    *count += 1;
                }
            }
        } else {
            for bin in 0..grid.bins {
                let until = lane_index.before(lane, grid.edge(bin + 1));
                self.counts.push((until - before) as u32);
                before = until;
            }
        }
        for &(event, _) in labelled {
            let bin = grid.bin(lane_index.timeline().start(event));
            if let Some(count) = bin.and_then(|bin| self.counts.get_mut(bin)) {
                *count = count.saturating_sub(1);
            }
        }
        self.raise(lane_index, grid);
        self.cluster(grid);
    }

    /// Computes the heights from the counts: interpolated between those of bins twice as wide and
    /// those of the bins themselves.
    fn raise(&mut self, lane_index: &LaneIndex, grid: &Grid) {
        let exponent = grid.bin_secs.trailing_zeros();
        let highest =
            |exponent: u32, bin_px: f64| rate(lane_index.peak(exponent), bin_px).max(LEAST_PEAK);
        let (own_px, both_px) = (grid.bin_px, 2.0 * grid.bin_px);
        let [own_heights, both_heights] = &mut self.known;
        own_heights.begin(highest(exponent, own_px), own_px);
        both_heights.begin(highest(exponent + 1, both_px), both_px);
        let counts = &self.counts;
        let count = |bin: usize| counts.get(bin).copied().unwrap_or_default();
        let mut own = |bin: usize| own_heights.of(count(bin));
        let mut both = |pair: usize| both_heights.of(count(2 * pair) + count(2 * pair + 1));
        let octaves = (grid.bin_px / BIN_PX).log2().clamp(0.0, 1.0) as f32;
        let share = octaves * octaves * (3.0 - 2.0 * octaves);
        self.heights.clear();
        let (first, after_last) = grid.seen;
        let (mut before, mut here) = (first.checked_sub(1).map_or(0.0, &mut both), both(first));
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

    /// Computes the clusters from the counts.
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

/// The length of the run at the first bin: up to the last bin before [`PARTING_BINS`] empty ones.
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
