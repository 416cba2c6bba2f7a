//! What has no room to be told is counted: bins of equal time along the foot of a lane.
//!
//! Bins are a power of two of seconds wide and lie fixed in time, so that panning moves them and
//! never changes their heights; a height depends on the bin's own count alone, so nothing on screen
//! makes it jump either. An event is counted where it begins: a span that began before the view is
//! counted there, not in view. Neighbouring bins form a cluster that can be pointed at. It leaves colours
//! and text to [`draw`](super::draw).

use super::{camera::Camera, labels::Places};
use crate::{
    model::{EventId, Timeline},
    time::Moment,
};

/// The narrowest bin, in px; a bin is up to twice as wide.
const BIN_PX: f64 = 5.0;
/// So many events fill the band's height; the height grows with the logarithm.
const FULL_COUNT: f32 = 64.0;

/// Events of one lane that begin within one bin.
#[derive(Copy, Clone, Debug, PartialEq)]
pub struct Bin {
    /// Its limits.
    pub from: Moment,
    /// See `from`.
    pub to: Moment,
    /// How many events begin in it.
    pub count: u32,
}

impl Bin {
    /// How high it stands, 0 to 1.
    pub fn height(&self) -> f32 {
        ((1.0 + self.count as f32).ln() / (1.0 + FULL_COUNT).ln()).min(1.0)
    }
}

/// Bins without a gap between them.
#[derive(Clone, Debug, PartialEq)]
pub struct Cluster {
    /// Its bins, in time order.
    pub bins: Vec<Bin>,
    /// How many events they hold.
    pub count: u32,
    /// The first of them.
    pub first: EventId,
}

impl Cluster {
    /// Where its first bin begins and its last one ends.
    pub fn span(&self) -> Option<(Moment, Moment)> {
        Some((self.bins.first()?.from, self.bins.last()?.to))
    }
}

/// The clusters of `events` (of one lane, in time order) that are counted at the camera's scale and
/// begin between x = 0 and `width_px`.
pub fn clusters(
    events: &[EventId],
    timeline: &Timeline,
    places: &Places,
    camera: &Camera,
    width_px: f64,
) -> Vec<Cluster> {
    let scale = camera.px_per_sec();
    let bin_secs = bin_secs(camera.secs_per_px());
    let floor = |time: Moment| time.secs().div_euclid(bin_secs).saturating_mul(bin_secs);
    let (left, right) = (floor(camera.time_from_x(0.0)), camera.time_from_x(width_px));
    let first = events.partition_point(|&event| timeline.start(event).secs() < left);

    let mut clusters: Vec<Cluster> = Vec::new();
    let seen = events
        .iter()
        .skip(first)
        .take_while(|&&event| timeline.start(event) <= right);
    for &event in seen.filter(|&&event| !is_told(places, event, scale)) {
        let from = floor(timeline.start(event));
        let bin = Bin {
            from: Moment::from_secs(from),
            to: Moment::from_secs(from.saturating_add(bin_secs)),
            count: 1,
        };
        match clusters.last_mut() {
            Some(cluster) if cluster.span().is_some_and(|(_, to)| bin.from <= to) => {
                cluster.count += 1;
                match cluster.bins.last_mut() {
                    Some(last) if last.from == bin.from => last.count += 1,
                    _ => cluster.bins.push(bin),
                }
            }
            _ => clusters.push(Cluster {
                bins: vec![bin],
                count: 1,
                first: event,
            }),
        }
    }
    clusters
}

/// Whether an event is told, with mark and label, at a scale in px per second; else it is counted.
/// A billionth of the scale is forgiven: the way there and back again by zooming is not exact.
pub fn is_told(places: &Places, event: EventId, scale: f64) -> bool {
    places
        .places
        .get(event.index())
        .copied()
        .flatten()
        .is_some_and(|place| scale >= place.min_scale * (1.0 - 1e-9))
}

/// The smallest power of two of seconds that is at least [`BIN_PX`] wide.
fn bin_secs(secs_per_px: f64) -> i64 {
    let exponent = (BIN_PX * secs_per_px).log2().ceil().clamp(0.0, 60.0);
    1 << exponent as u32
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bins_are_powers_of_two_and_wide_enough_to_see() {
        for secs_per_px in [1.0, 60.0, 86_400.0, 3.2e7, 4e14] {
            let bin = bin_secs(secs_per_px);
            assert_eq!(bin.count_ones(), 1);
            assert!(
                (BIN_PX..2.0 * BIN_PX).contains(&(bin as f64 / secs_per_px)),
                "{secs_per_px}: {bin}"
            );
        }
    }

    #[test]
    fn a_height_depends_on_the_bins_own_count_alone() {
        let height = |count| {
            Bin {
                from: Moment::from_secs(0),
                to: Moment::from_secs(1),
                count,
            }
            .height()
        };
        assert!(height(1) > 0.1 && height(1) < height(2));
        assert_eq!(height(64), 1.0);
        assert_eq!(height(1_000_000), 1.0);
    }
}
