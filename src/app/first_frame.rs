//! Measures the start: prints when the first frame was painted, and quits.
//!
//! The first frame is the first that shows the file, not the one before it was read. The clock is
//! read when that frame has been swapped, which is when eframe asks for the next one.

use std::time::Instant;

use eframe::Frame;
use egui::{Context, Ui, ViewportCommand, Visuals};

use super::shell::App;

/// When the window closes.
#[derive(Copy, Clone, Debug, PartialEq, Eq)]
pub enum Ending {
    /// When a person closes it.
    ByPerson,
    /// After its first frame; the program began to run at this instant.
    AfterFirstFrame(Instant),
}

/// The application, which quits after its first frame.
pub(super) struct FirstFrame {
    app: App,
    started: Instant,
    is_painted: bool,
    is_reported: bool,
}

impl FirstFrame {
    pub fn new(app: App, started: Instant) -> Self {
        Self {
            app,
            started,
            is_painted: false,
            is_reported: false,
        }
    }
}

impl eframe::App for FirstFrame {
    fn logic(&mut self, ctx: &Context, _frame: &mut Frame) {
        if self.is_painted && !self.is_reported {
            self.is_reported = true;
            let since_start = self.started.elapsed().as_secs_f64() * 1e3;
            println!("{} {since_start:.3}", monotonic_ms());
            ctx.send_viewport_cmd(ViewportCommand::Close);
        }
    }

    fn ui(&mut self, ui: &mut Ui, frame: &mut Frame) {
        eframe::App::ui(&mut self.app, ui, frame);
        self.is_painted = !self.app.is_loading();
        ui.request_repaint();
    }

    fn clear_color(&self, visuals: &Visuals) -> [f32; 4] {
        self.app.clear_color(visuals)
    }
}

/// The system's monotonic clock, in milliseconds: other processes read the same.
#[cfg(unix)]
fn monotonic_ms() -> String {
    let now = rustix::time::clock_gettime(rustix::time::ClockId::Monotonic);
    format!("{:.3}", now.tv_sec as f64 * 1e3 + now.tv_nsec as f64 / 1e6)
}

/// Elsewhere no such clock can be read without unsafe code.
#[cfg(not(unix))]
fn monotonic_ms() -> String {
    "-".to_owned()
}
