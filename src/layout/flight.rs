//! Animated camera moves along van Wijk and Nuij's smooth zoom path.
//!
//! A [`Flight`] is a pure function from a fraction of the way to a [`Camera`]; it leaves to others
//! when to start and the clock.
//!
//! Source: J. J. van Wijk, W. A. A. Nuij, "Smooth and efficient zooming and panning", IEEE
//! Information Visualization 2003, equations 9 and 10, with ρ = √2, close to what users preferred
//! in their study. Left out: rotation and the y axis.

use super::camera::{Camera, secs_between};
use crate::time::Moment;

/// Trades zooming against panning; users of the paper's study chose 1.42.
const RHO: f64 = std::f64::consts::SQRT_2;
/// The shortest and the longest flight, in seconds.
const DURATION_SECS: (f64, f64) = (0.4, 0.9);
/// A flight of this path length (in the paper's units) takes the longest time: the length of a
/// zoom by a factor of 290.
const LONG_PATH: f64 = 4.0;

/// An animated move from one camera to another over a plot of a given width.
#[derive(Copy, Clone, Debug, PartialEq)]
pub struct Flight {
    from: Camera,
    to: Camera,
    width_px: f64,
    /// The middle of `from`: distances are measured from here, so that `f64` suffices.
    origin: Moment,
    /// Spans shown at both ends, and the distance between the two middles, in seconds.
    w0: f64,
    w1: f64,
    distance: f64,
    r0: f64,
    /// The path's length in the paper's units.
    length: f64,
}

impl Flight {
    /// Plans the path from `from` to `to`, both over a plot `width_px` wide.
    pub fn new(from: Camera, to: Camera, width_px: f64) -> Self {
        let origin = from.time_from_x(width_px / 2.0);
        let distance = secs_between(origin, to.time_from_x(width_px / 2.0));
        let (w0, w1) = (from.secs_per_px() * width_px, to.secs_per_px() * width_px);
        let (r0, length) = path(w0, w1, distance);
        Self {
            from,
            to,
            width_px,
            origin,
            w0,
            w1,
            distance,
            r0,
            length,
        }
    }

    /// How long it takes, in seconds: 0.4 to 0.9 by the length of the path.
    pub fn duration_secs(&self) -> f64 {
        let (short, long) = DURATION_SECS;
        short + (long - short) * (self.length / LONG_PATH).clamp(0.0, 1.0)
    }

    /// The camera at which it ends.
    pub fn to(&self) -> Camera {
        self.to
    }

    /// The camera at a fraction of the way, 0 to 1, eased out (fast first, then slow).
    /// At 0 it is exactly the first camera, at 1 exactly the last.
    pub fn at(&self, fraction: f64) -> Camera {
        if fraction >= 1.0 || !self.length.is_finite() {
            return self.to;
        }
        if fraction <= 0.0 {
            return self.from;
        }
        let s = (1.0 - (1.0 - fraction).powi(3)) * self.length;
        let (moved, span) = if self.is_pure_zoom() {
            (
                self.distance * s / self.length.max(f64::EPSILON),
                self.w0 * (sign(self.w1 - self.w0) * RHO * s).exp(),
            )
        } else {
            let cosh_r0 = self.r0.cosh();
            let moved =
                self.w0 / (RHO * RHO) * (cosh_r0 * (RHO * s + self.r0).tanh() - self.r0.sinh());
            (
                moved * sign(self.distance),
                self.w0 * cosh_r0 / (RHO * s + self.r0).cosh(),
            )
        };
        let scale = span / self.width_px.max(1.0);
        Camera::new(self.origin, scale)
            .with_time_at(self.origin, self.width_px / 2.0)
            .panned(moved / scale)
    }

    fn is_pure_zoom(&self) -> bool {
        is_pure_zoom(self.w0, self.w1, self.distance)
    }
}

/// Whether the path only zooms: panning by less than a thousandth of the view is ignored.
fn is_pure_zoom(w0: f64, w1: f64, distance: f64) -> bool {
    distance.abs() < 1e-3 * w0.min(w1)
}

/// The paper's r₀ and S: where on the hyperbola the path starts, and how long it is.
fn path(w0: f64, w1: f64, distance: f64) -> (f64, f64) {
    if is_pure_zoom(w0, w1, distance) {
        return (0.0, (w1 / w0).ln().abs() / RHO);
    }
    let u = distance.abs();
    let rho2 = RHO * RHO;
    let b = |w: f64, toward: f64| {
        (w1 * w1 - w0 * w0 + toward * rho2 * rho2 * u * u) / (2.0 * w * rho2 * u)
    };
    // r = ln(−b + √(b² + 1)) = −asinh(b), which does not cancel for large b.
    let (r0, r1) = (-b(w0, 1.0).asinh(), -b(w1, -1.0).asinh());
    (r0, (r1 - r0) / RHO)
}

fn sign(value: f64) -> f64 {
    if value < 0.0 { -1.0 } else { 1.0 }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn camera(year: i64, days_per_px: f64) -> Camera {
        Camera::new(Moment::year_start(year), days_per_px * 86_400.0)
    }

    fn check(from: Camera, to: Camera) {
        let flight = Flight::new(from, to, 1000.0);
        assert_eq!(flight.at(0.0), from);
        assert_eq!(flight.at(1.0), to);
        let (short, long) = DURATION_SECS;
        assert!((short..=long).contains(&flight.duration_secs()));
        // It arrives without a jump.
        let nearly = flight.at(0.9999);
        let middle = to.time_from_x(500.0);
        assert!(
            (nearly.x_from_time(middle) - 500.0).abs() < 2.0,
            "{from:?} → {to:?}"
        );
        assert!((nearly.secs_per_px() / to.secs_per_px() - 1.0).abs() < 0.01);
        // And it moves evenly: none of 60 frames jumps.
        for step in 0..60 {
            let (a, b) = (
                flight.at(f64::from(step) / 60.0),
                flight.at(f64::from(step + 1) / 60.0),
            );
            let zoom = (b.secs_per_px() / a.secs_per_px()).ln().abs();
            assert!(zoom < 1.5, "zoomed by e^{zoom} in one frame");
        }
    }

    #[test]
    fn flights_start_and_end_exactly_and_move_smoothly() {
        let whole = camera(2000, 7.0);
        for to in [
            camera(2000, 7.0),
            camera(2000, 0.1),
            camera(2016, 0.05),
            camera(1990, 7.0),
            camera(-500, 300.0),
        ] {
            check(whole, to);
            check(to, whole);
        }
    }

    #[test]
    fn a_far_flight_first_rises() {
        let flight = Flight::new(camera(2003, 0.1), camera(2016, 0.1), 1000.0);
        assert!(flight.at(0.2).secs_per_px() > 2.0 * camera(2003, 0.1).secs_per_px());
    }
}
