//! Camera paths: each is a closed formula of the frame's number, so that every run and every size
//! sees the same views.
//!
//! A path is computed from the camera that shows the whole file. Zooms go to the median event,
//! where a large file is dense. Left out: searching, a letter per frame (`search` measures queries
//! alone).

use std::f64::consts::TAU;

use clap::ValueEnum;
use meanwhile::{layout::Camera, time::Moment};

/// Frames per second that the formulas assume.
pub const FRAMES_PER_SEC: f64 = 60.0;
/// The first size of the window, in px.
pub const WINDOW_PX: (f32, f32) = (1440.0, 900.0);
/// The zoom factor, over the whole file, at which a zoom ends.
pub const DEEP: f64 = 500.0;
/// The zoom factor of a close-up pan: a hundredth of the file fills the plot.
pub const CLOSE: f64 = 100.0;
/// The zoom factor of [`Path::Pan`]: a little closer than the whole file, to have room to pan.
pub const NEARLY_WHOLE: f64 = 1.25;
/// A step of a close-up pan, as a fraction of the plot's width.
pub const CLOSE_STEP: f64 = 1.0 / 20.0;
/// A step of a pan at the whole file, as a fraction of the plot's width.
pub const WHOLE_STEP: f64 = 1.0 / 200.0;

/// A way in which the camera, the pointer or the window's width moves.
#[derive(Copy, Clone, Debug, PartialEq, Eq, ValueEnum)]
pub enum Path {
    /// To and fro over nearly the whole file, a little closer than all of it.
    Pan,
    /// To and fro with the whole file in view, a two-hundredth of the plot a frame.
    Whole,
    /// On through a hundredth of the file, a twentieth of the plot a frame.
    Close,
    /// From the whole file to a five-hundredth.
    Zoom,
    /// From the whole file to an hour.
    Hour,
    /// In to a five-hundredth and out again, twice.
    InOut,
    /// Flung at a twentieth of the file, again and again.
    Fling,
    /// A still view, and the pointer all over it.
    Sweep,
    /// The whole file in a window that is made narrower and wider.
    Resize,
    /// Nothing changes.
    Idle,
}

impl Path {
    /// Its name in options and tables.
    pub fn name(self) -> String {
        self.to_possible_value()
            .map_or_else(String::new, |value| value.get_name().to_owned())
    }
}

/// What a path is computed from.
#[derive(Copy, Clone, Debug)]
pub struct Start {
    /// The camera that shows the whole file.
    pub whole: Camera,
    /// The plot's width, in px.
    pub plot_px: f64,
    /// The median event's date.
    pub median: Moment,
}

/// The view and the pointer of one frame.
#[derive(Copy, Clone, Debug)]
pub struct Step {
    /// The camera.
    pub camera: Camera,
    /// The window's width, as a fraction of its first width.
    pub width: f64,
    /// The pointer, as fractions of the canvas.
    pub pointer: (f64, f64),
}

/// The view of frame `number` out of `frames` on a path.
pub fn step(path: Path, start: &Start, number: usize, frames: usize) -> Step {
    let &Start {
        whole,
        plot_px,
        median,
    } = start;
    let t = number as f64 / frames.max(2).saturating_sub(1) as f64;
    let middle = plot_px / 2.0;
    let focus = whole.x_from_time(median);
    let about_focus = |factor: f64| whole.zoomed_about(focus, factor);
    // The median event in the middle, so that there is something on both sides.
    let around_focus = |factor: f64| about_focus(factor).with_time_at(median, middle);
    let camera = match path {
        Path::Pan => {
            let dx = 0.4 * plot_px * (TAU * t).sin();
            whole.zoomed_about(middle, NEARLY_WHOLE).panned(dx)
        }
        Path::Whole => whole.panned(to_and_fro(number, 50) * WHOLE_STEP * plot_px),
        // Three plots wide, so that long runs stay in the dense part.
        Path::Close => around_focus(CLOSE).panned(to_and_fro(number, 30) * CLOSE_STEP * plot_px),
        Path::Zoom => about_focus(DEEP.powf(t)),
        Path::Hour => {
            let hour = 3600.0 / plot_px;
            about_focus((whole.secs_per_px() / hour).max(1.0).powf(t))
        }
        Path::InOut => about_focus(DEEP.powf(0.5 - 0.5 * (2.0 * TAU * t).cos())),
        Path::Fling => {
            const PX_PER_SEC: f64 = 6000.0;
            const FADE_SECS: f64 = 0.32;
            let fling = (number / 90) as f64;
            let secs = (number % 90) as f64 / FRAMES_PER_SEC;
            let glided = PX_PER_SEC * FADE_SECS * (1.0 - (-secs / FADE_SECS).exp());
            let side = if fling % 2.0 == 0.0 { 1.0 } else { -1.0 };
            let from = if fling % 2.0 == 0.0 { -0.5 } else { 0.5 };
            around_focus(20.0).panned(side * glided + from * PX_PER_SEC * FADE_SECS)
        }
        Path::Sweep => around_focus(20.0),
        Path::Resize | Path::Idle => whole,
    };
    let width = if path == Path::Resize {
        0.8 + 0.2 * (2.0 * TAU * t).cos()
    } else {
        1.0
    };
    let pointer = (
        0.5 + 0.45 * (7.0 * TAU * t).sin(),
        0.5 + 0.45 * (11.0 * TAU * t).cos(),
    );
    Step {
        camera,
        width,
        pointer,
    }
}

/// From 0 up to `most`, down to −`most` and back, by one a frame.
fn to_and_fro(number: usize, most: usize) -> f64 {
    let turn = (number + most) % (4 * most);
    most as f64 - (turn as f64 - 2.0 * most as f64).abs()
}
