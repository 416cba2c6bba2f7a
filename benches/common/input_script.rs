//! Moves the camera along a path with wheel, pinch and pointer events, frame by frame, as a user
//! would.
//!
//! The same script drives the headless frame and the real window: before each frame it is given the
//! camera and returns the events of that frame. Between two paths it shows the whole file again and
//! moves to the start of the next one, corrected by the camera; on the path itself it follows the
//! formula without correction.
//!
//! ```text
//!   Home ─→ still? ─→ approach ─→ warm up ─→ the path ─→ Home ─→ …
//!                     (pinch, swipe)         (counts)
//! ```

use egui::{
    Event, Key, Modifiers, MouseWheelSource, MouseWheelUnit, PointerButton, Pos2, TouchPhase, Vec2,
};
use meanwhile::layout::Camera;

use super::{
    paths::{self, Path, Start, WINDOW_PX},
    subject::GUTTER_PX,
};

/// Frames per correction: its effect is visible in the second frame after it.
const ANSWER_FRAMES: usize = 3;
/// After this many corrections the path begins, even if its start was not reached.
const MOST_CORRECTIONS: usize = 12;
/// A camera that has not moved for this many frames is at rest.
const STILL_FRAMES: usize = 12;
/// The longest wait for the camera to come to rest, in frames.
const MOST_FRAMES_HOME: usize = 600;
/// The pointer's y from the window's top, in px: between two lanes.
const POINTER_Y: f32 = 400.0;
/// A fling: this many frames of dragging by [`DRAG_PX`] each, then it glides.
const DRAG_FRAMES: usize = 8;
/// See [`DRAG_FRAMES`].
const DRAG_PX: f32 = 60.0;
/// From one fling to the next, in frames.
const FLING_FRAMES: usize = 90;

/// The input of one frame.
#[derive(Clone, Debug, Default)]
pub struct Turn {
    /// Its events.
    pub events: Vec<Event>,
    /// The width of the window, as a fraction of its first width.
    pub width: f64,
    /// The path and the number of its step, if this frame is measured.
    pub counts: Option<(Path, usize)>,
}

/// Turns paths into input events, frame by frame.
pub struct InputScript {
    paths: std::vec::IntoIter<Path>,
    frames: usize,
    warm_up: usize,
    frames_a_step: usize,
    start: Option<Start>,
    phase: Phase,
    last: Option<Camera>,
}

#[derive(Copy, Clone, Debug)]
enum Phase {
    Home { frames: usize, still: usize },
    Approach { path: Path, frames: usize },
    WarmUp { path: Path, frames: usize },
    Run { path: Path, frames: usize },
    Done,
}

impl InputScript {
    /// A script for these paths: `steps` steps each, of `frames_a_step` frames, after `warm_up`
    /// frames.
    pub fn new(paths: Vec<Path>, steps: usize, warm_up: usize, frames_a_step: usize) -> Self {
        Self {
            paths: paths.into_iter(),
            frames: steps,
            warm_up,
            frames_a_step,
            start: None,
            phase: Phase::Home {
                frames: 0,
                still: 0,
            },
            last: None,
        }
    }

    /// Ends the current path early, when its time is up.
    pub fn hurry(&mut self) {
        if let Phase::Run { .. } = self.phase {
            self.phase = Phase::Home {
                frames: 0,
                still: 0,
            };
        }
    }

    /// The input of the next frame; `None` after the last path. `start` is called when the whole
    /// file is in view.
    pub fn turn(&mut self, camera: Camera, start: impl FnOnce() -> Option<Start>) -> Option<Turn> {
        let mut turn = Turn {
            width: 1.0,
            ..Turn::default()
        };
        match self.phase {
            Phase::Home { frames, still } => {
                let still = if self.last == Some(camera) {
                    still + 1
                } else {
                    0
                };
                if frames == 0 {
                    // Releases what a path may have left pressed, then shows the whole file.
                    turn.events.push(swipe(TouchPhase::End, 0.0));
                    turn.events.push(button(self.middle(), false));
                    turn.events.extend([true, false].map(home));
                }
                self.phase = Phase::Home {
                    frames: frames + 1,
                    still,
                };
                if still >= STILL_FRAMES || frames >= MOST_FRAMES_HOME {
                    self.start = start();
                    self.phase = match self.paths.next() {
                        Some(path) => Phase::Approach { path, frames: 0 },
                        None => Phase::Done,
                    };
                }
            }
            Phase::Approach { path, frames } => {
                let is_there = frames > 0
                    && frames.is_multiple_of(ANSWER_FRAMES)
                    && !self.correct(path, camera, &mut turn.events);
                if frames == 0 {
                    turn.events.push(Event::PointerMoved(self.pointer(path)));
                }
                self.phase = if is_there || frames >= MOST_CORRECTIONS * ANSWER_FRAMES {
                    Phase::WarmUp { path, frames: 0 }
                } else {
                    Phase::Approach {
                        path,
                        frames: frames + 1,
                    }
                };
            }
            Phase::WarmUp { path, frames } => {
                self.phase = if frames >= self.warm_up {
                    Phase::Run { path, frames: 0 }
                } else {
                    Phase::WarmUp {
                        path,
                        frames: frames + 1,
                    }
                };
            }
            Phase::Run { path, frames } => {
                let number = frames / self.frames_a_step;
                turn.counts = Some((path, number));
                if frames.is_multiple_of(self.frames_a_step) {
                    self.go(path, number, &mut turn);
                }
                self.phase = if frames + 1 >= self.frames * self.frames_a_step {
                    Phase::Home {
                        frames: 0,
                        still: 0,
                    }
                } else {
                    Phase::Run {
                        path,
                        frames: frames + 1,
                    }
                };
            }
            Phase::Done => return None,
        }
        self.last = Some(camera);
        Some(turn)
    }

    /// Adds a pinch or a swipe towards the start of the path; false if the camera is there.
    fn correct(&self, path: Path, camera: Camera, events: &mut Vec<Event>) -> bool {
        let Some(start) = &self.start else {
            return false;
        };
        let wanted = paths::step(path, start, 0, self.frames).camera;
        let closer = camera.secs_per_px() / wanted.secs_per_px();
        if (closer - 1.0).abs() > 1e-3 {
            events.push(Event::Zoom(closer as f32));
            return true;
        }
        let time = wanted.time_from_x(start.plot_px / 2.0);
        let dx = wanted.x_from_time(time) - camera.x_from_time(time);
        if dx.abs() > 1.0 {
            events.push(swipe(TouchPhase::Start, 0.0));
            events.push(swipe(TouchPhase::Move, dx));
            return true;
        }
        false
    }

    /// Adds the events of one step of a path.
    fn go(&self, path: Path, number: usize, turn: &mut Turn) {
        let Some(start) = &self.start else { return };
        let now = paths::step(path, start, number, self.frames);
        let before = paths::step(path, start, number.saturating_sub(1), self.frames);
        let events = &mut turn.events;
        turn.width = now.width;
        match path {
            Path::Pan | Path::Whole | Path::Close => {
                let time = before.camera.time_from_x(start.plot_px / 2.0);
                let dx = now.camera.x_from_time(time) - before.camera.x_from_time(time);
                events.push(swipe(TouchPhase::Start, 0.0));
                events.push(swipe(TouchPhase::Move, dx));
            }
            Path::Zoom | Path::Hour | Path::InOut => {
                let closer = before.camera.secs_per_px() / now.camera.secs_per_px();
                events.push(Event::Zoom(closer as f32));
            }
            Path::Fling => {
                let (fling, frame) = (number / FLING_FRAMES, number % FLING_FRAMES);
                let side = if fling.is_multiple_of(2) { 1.0 } else { -1.0 };
                let extent = DRAG_PX * DRAG_FRAMES as f32;
                let dragged = DRAG_PX * frame as f32 - extent / 2.0;
                let at = self.middle() + Vec2::new(side * dragged, 0.0);
                if frame <= DRAG_FRAMES {
                    events.push(Event::PointerMoved(at));
                }
                if frame == 0 || frame == DRAG_FRAMES {
                    events.push(button(at, frame == 0));
                }
            }
            Path::Sweep => {
                let (x, y) = now.pointer;
                let at = Pos2::new(x as f32 * WINDOW_PX.0, y as f32 * WINDOW_PX.1);
                events.push(Event::PointerMoved(at));
            }
            Path::Resize | Path::Idle => {}
        }
    }

    fn middle(&self) -> Pos2 {
        let plot_px = self.start.map_or(0.0, |start| start.plot_px);
        Pos2::new((GUTTER_PX + plot_px / 2.0) as f32, POINTER_Y)
    }

    /// The pointer's position: at the target of a zoom, else in the middle of the plot.
    fn pointer(&self, path: Path) -> Pos2 {
        match (&self.start, path) {
            (Some(start), Path::Zoom | Path::Hour | Path::InOut) => {
                let x = GUTTER_PX + start.whole.x_from_time(start.median);
                Pos2::new(x as f32, POINTER_Y)
            }
            _ => self.middle(),
        }
    }
}

/// Two fingers on a touchpad: `dx` px to the right.
fn swipe(phase: TouchPhase, dx: f64) -> Event {
    Event::MouseWheel {
        unit: MouseWheelUnit::Point,
        delta: Vec2::new(dx as f32, 0.0),
        phase,
        source: MouseWheelSource::Trackpad,
        modifiers: Modifiers::NONE,
    }
}

fn button(pos: Pos2, pressed: bool) -> Event {
    Event::PointerButton {
        pos,
        button: PointerButton::Primary,
        pressed,
        modifiers: Modifiers::NONE,
    }
}

fn home(pressed: bool) -> Event {
    Event::Key {
        key: Key::Home,
        physical_key: None,
        pressed,
        repeat: false,
        modifiers: Modifiers::NONE,
    }
}
