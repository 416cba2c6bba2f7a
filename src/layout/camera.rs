//! The only place where time becomes x and x becomes time.
//!
//! A [`Camera`] is a value: panning and zooming return a new one. It leaves to others the limits
//! ([`Layout`](super::Layout)) and animated moves ([`Flight`](super::Flight)).
//!
//! Why not one `f64` for the left edge: 13.8 billion years are 4.4 × 10¹⁷ seconds, where an `f64`
//! counts in steps of 64 s. The left edge is therefore a whole [`Moment`] and a remainder under one
//! second; every difference is taken in integers before it becomes an `f64`, so an x near the
//! camera is exact at any date.

use crate::time::Moment;

/// The finest scale, in seconds per pixel: a window of 1,000 px then shows some 17 minutes.
pub const FINEST_SECS_PER_PX: f64 = 1.0;

/// A view of time: which instant lies at x = 0, and how many seconds a pixel spans.
///
/// `x = (time − left) / secs_per_px`, with x in logical pixels from the plot's left edge.
///
/// ```
/// use meanwhile::{layout::Camera, time::Moment};
/// let camera = Camera::new(Moment::year_start(2003), 86_400.0); // a day a pixel
/// let x = camera.x_from_time(Moment::year_start(2004));
/// assert_eq!(x, 365.0);
/// assert_eq!(camera.time_from_x(x), Moment::year_start(2004));
/// // The law of zooming: the moment under the pointer stays there.
/// let closer = camera.zoomed_about(x, 2.0);
/// assert!((closer.x_from_time(Moment::year_start(2004)) - x).abs() < 1e-6);
/// ```
#[derive(Copy, Clone, Debug, PartialEq)]
pub struct Camera {
    /// The instant at x = 0, rounded down to a second.
    left: Moment,
    /// The remainder of that rounding, 0 ≤ rest ≤ 1.
    rest_secs: f64,
    secs_per_px: f64,
}

impl Camera {
    /// A camera whose left edge is `left`. A scale that is not a positive finite number becomes the
    /// finest one.
    pub fn new(left: Moment, secs_per_px: f64) -> Self {
        let secs_per_px = if secs_per_px.is_finite() && secs_per_px > 0.0 {
            secs_per_px
        } else {
            FINEST_SECS_PER_PX
        };
        Self {
            left,
            rest_secs: 0.0,
            secs_per_px,
        }
    }

    /// The camera that shows `from` at x = 0 and `to` at x = `width_px`.
    pub fn over(from: Moment, to: Moment, width_px: f64) -> Self {
        let span = secs_between(from, to).max(1.0);
        Self::new(from, span / width_px.max(1.0))
    }

    /// The camera at the scale of `self` that shows `time` at `x`.
    #[must_use]
    pub fn with_time_at(self, time: Moment, x: f64) -> Self {
        Self {
            left: time,
            rest_secs: 0.0,
            ..self
        }
        .panned(-x)
    }

    /// The camera at another scale that shows the same moment at `x`.
    #[must_use]
    pub fn with_scale_about(self, x: f64, secs_per_px: f64) -> Self {
        let by_secs = x * (self.secs_per_px - secs_per_px);
        Self {
            secs_per_px,
            ..self.moved_by_secs(by_secs)
        }
    }

    /// Seconds of time per logical pixel.
    pub fn secs_per_px(&self) -> f64 {
        self.secs_per_px
    }

    /// Whether the scale is the finest allowed; tolerates the rounding errors of zooming.
    pub fn is_closest(&self) -> bool {
        self.secs_per_px <= FINEST_SECS_PER_PX * 1.001
    }

    /// Logical pixels per second of time: the scale that [`labels`](super::labels) uses.
    pub fn px_per_sec(&self) -> f64 {
        1.0 / self.secs_per_px
    }

    /// The x of `time`, in logical pixels from the plot's left edge.
    pub fn x_from_time(&self, time: Moment) -> f64 {
        (secs_between(self.left, time) - self.rest_secs) / self.secs_per_px
    }

    /// The instant at `x`, rounded down to a second, saturating at the limits of `i64`.
    pub fn time_from_x(&self, x: f64) -> Moment {
        let secs = x * self.secs_per_px + self.rest_secs;
        shifted(self.left, secs.floor())
    }

    /// The camera after its content has moved by −`dx` px: a positive `dx` shows later times.
    #[must_use]
    pub fn panned(self, dx: f64) -> Self {
        self.moved_by_secs(dx * self.secs_per_px)
    }

    /// The camera `factor` times closer, with the moment at `x` kept in place.
    #[must_use]
    pub fn zoomed_about(self, x: f64, factor: f64) -> Self {
        self.with_scale_about(x, self.secs_per_px / factor)
    }

    fn moved_by_secs(self, secs: f64) -> Self {
        let sum = self.rest_secs + secs;
        let whole = sum.floor();
        Self {
            left: shifted(self.left, whole),
            rest_secs: (sum - whole).clamp(0.0, 1.0),
            ..self
        }
    }
}

/// The seconds from `a` to `b`, subtracted as integers first: exact up to 2⁵³ s (285 million
/// years), and to one part in 2⁵³ beyond.
pub fn secs_between(a: Moment, b: Moment) -> f64 {
    let (secs, is_wider) = b.secs().overflowing_sub(a.secs());
    if is_wider {
        wide_secs_between(a, b)
    } else {
        secs as f64
    }
}

/// The same in wider numbers, whose conversion is slow. Apart, or the compiler would take them for
/// all.
#[cold]
#[inline(never)]
fn wide_secs_between(a: Moment, b: Moment) -> f64 {
    (i128::from(b.secs()) - i128::from(a.secs())) as f64
}

/// `time` moved by a whole number of seconds, saturating. (`as` saturates, and turns NaN into 0.)
fn shifted(time: Moment, whole_secs: f64) -> Moment {
    Moment::from_secs(time.secs().saturating_add(whole_secs as i64))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    const BILLION_YEARS: i64 = 31_556_952 * 1_000_000_000;

    prop_compose! {
        fn cameras()(left in -14 * BILLION_YEARS..BILLION_YEARS, zoom in 0.0..15.0f64) -> Camera {
            Camera::new(Moment::from_secs(left), 10f64.powf(zoom))
        }
    }

    proptest! {
        #![proptest_config(crate::testing::fixed(256))]

        #[test]
        fn the_moment_under_the_pointer_stays_while_zooming(
            camera in cameras(), x in 0.0..4000.0f64, factor in 0.1..10.0f64,
        ) {
            let time = camera.time_from_x(x);
            let before = camera.x_from_time(time);
            let after = camera.zoomed_about(before, factor).x_from_time(time);
            prop_assert!((after - before).abs() < 1e-3, "{before} became {after}");
        }

        #[test]
        fn x_and_time_are_inverse(camera in cameras(), x in -4000.0..4000.0f64) {
            let time = camera.time_from_x(x);
            prop_assert!((camera.x_from_time(time) - x).abs() <= 1.0 / camera.secs_per_px() + 1e-6);
            let back = camera.time_from_x(camera.x_from_time(time));
            prop_assert!(secs_between(time, back).abs() <= 1.0 + x.abs() * camera.secs_per_px() * 1e-12);
        }

        #[test]
        fn panning_there_and_back_changes_nothing_that_can_be_seen(
            camera in cameras(), dx in -4000.0..4000.0f64,
        ) {
            let time = camera.time_from_x(500.0);
            let drift = camera.panned(dx).panned(-dx).x_from_time(time) - camera.x_from_time(time);
            prop_assert!(drift.abs() < 1e-3, "it drifted by {drift} px");
        }

        #[test]
        fn nothing_overflows(left in any::<i64>(), scale in any::<f64>(), x in any::<f64>()) {
            let camera = Camera::new(Moment::from_secs(left), scale);
            let _ = camera.panned(x).zoomed_about(x, 3.0).x_from_time(camera.time_from_x(x));
        }
    }

    #[test]
    fn a_second_is_exact_thirteen_billion_years_ago() {
        let then = Moment::from_secs(-13 * BILLION_YEARS);
        let camera = Camera::new(then, 1.0);
        assert_eq!(camera.x_from_time(Moment::from_secs(then.secs() + 7)), 7.0);
    }
}
