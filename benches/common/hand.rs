//! A hand that goes along a path by wheel, pinch and pointer, frame by frame, as a person's would.
//!
//! The same hand drives the headless frame and the real window: before each frame it is told where
//! the camera stands, and gives the events of that frame. Between two paths it shows the whole file
//! again and goes to where the next one begins, correcting itself; on the path itself it follows
//! the formula and corrects nothing.
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

/// A correction is seen in the second frame after it.
const ANSWER_FRAMES: usize = 3;
/// So many corrections are enough, or the place cannot be reached.
const MOST_CORRECTIONS: usize = 12;
/// A camera that has not moved for so many frames stands still.
const STILL_FRAMES: usize = 12;
/// However it moves, after so many frames one goes on.
const MOST_FRAMES_HOME: usize = 600;
/// Where the pointer is in the canvas, from the window's top, in px: between two lanes.
const POINTER_Y: f32 = 400.0;
/// A fling: so many frames of dragging by so many px, then it glides.
const DRAG_FRAMES: usize = 8;
/// See [`DRAG_FRAMES`].
const DRAG_PX: f32 = 60.0;
/// From one fling to the next, in frames.
const FLING_FRAMES: usize = 90;

/// What one frame gets.
#[derive(Clone, Debug, Default)]
pub struct Turn {
    /// The input.
    pub events: Vec<Event>,
    /// The width of the window, as a part of its first width.
    pub width: f64,
    /// The path and the number of its step, where this frame counts.
    pub counts: Option<(Path, usize)>,
}

/// The hand.
pub struct Hand {
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

impl Hand {
    /// A hand that goes along these paths, `steps` steps each, after `warm_up` frames.
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

    /// Ends the path that it is on: it has taken long enough.
    pub fn hurry(&mut self) {
        if let Phase::Run { .. } = self.phase {
            self.phase = Phase::Home {
                frames: 0,
                still: 0,
            };
        }
    }

    /// The next frame; `None` after the last path. `start` is asked for when the whole file is in
    /// view.
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
                    // What a path may have left pressed or touched, then everything in view.
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

    /// A pinch or a swipe towards where the path begins; false where it has been reached.
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

    /// The events of one step of a path.
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
                let reach = DRAG_PX * DRAG_FRAMES as f32;
                let dragged = DRAG_PX * frame as f32 - reach / 2.0;
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

    /// Where the pointer is: on what a zoom goes into, else in the middle.
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
