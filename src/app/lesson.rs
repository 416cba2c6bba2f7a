//! A lesson in its windows: which one shows the stage, what they exchange, and how a lesson is
//! resumed after the program was killed.
//!
//! The state says whether a lesson is running ([`State::session`](crate::state::State::session));
//! here the windows follow it. With two monitors the stage is a window of its own on the other one,
//! which draws itself only when what it shows has changed, and the main window becomes the
//! presenter's. Unplugged, the stage waits hidden until its monitor is there again.

use std::{
    path::PathBuf,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
    time::Duration,
};

use egui::{Context, Rect, Ui, ViewportBuilder, ViewportClass, ViewportCommand, ViewportId, vec2};

use super::{clock, files, monitors::Monitors};
use crate::{
    command::{Command, LessonCommand, Mode, StagePlace},
    layout::Camera,
    view::{
        keys::Keys,
        lesson::{
            Show,
            console::{self, Clock, ConsoleContent},
            stage::{self, Kind, StageContent, StageMemory},
        },
    },
};

/// Initial size of the stage's own window, where it does not fill a monitor, in px.
const STAGE_PX: (f32, f32) = (1024.0, 576.0);
/// How often a platform is asked for its monitors that does not tell when they change.
const POLL_INTERVAL: Duration = Duration::from_secs(1);
/// Time within which a window gets its size from before the lesson back, in seconds.
const RETURN_SECS: f64 = 3.0;

/// A lesson that is requested before its file is open.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum WhichLesson {
    /// The first of the file, or one generated from its events.
    First,
    /// The one of this id or title, or with this number, counted from 1.
    Named(String),
}

/// What the stage's own window is given, and the commands that come back from it.
#[derive(Default)]
struct Shared {
    show: Option<Show>,
    memory: StageMemory,
    commands: Vec<Command>,
    /// The files that were dropped on it.
    dropped: Vec<PathBuf>,
    /// Whether the window fills a monitor of its own.
    fills_monitor: bool,
    /// Whether it has handed the keyboard on since it got it.
    has_handed_on: bool,
}

/// The view to restore after the lesson.
#[derive(Copy, Clone)]
pub(super) struct ViewToRestore {
    pub camera: Option<Camera>,
    pub scroll_px: f32,
    /// The plot's width with the story closed, and as it was, in px.
    pub plot_widths: Option<(f32, f32)>,
    /// Deadline for restoring it, in seconds of the window's clock; `None` until the lesson is
    /// over.
    pub until_secs: Option<f64>,
}

/// In which window an open stage is.
#[derive(Copy, Clone, Debug, PartialEq, Eq)]
enum StageWindow {
    /// The main one.
    Main,
    /// One of its own, on the only monitor.
    Own,
    /// One of its own that fills another monitor. It is hidden while that is unplugged: it would
    /// cover the notes.
    OwnMonitor,
}

/// The windows of a lesson.
#[derive(Default)]
pub(super) struct LessonWindows {
    pub monitors: Monitors,
    /// The lesson to start as soon as the file is open.
    pub requested: Option<WhichLesson>,
    /// Where the stage is, while it is open.
    stage: Option<StageWindow>,
    /// The number of the stage's own window.
    stage_number: u64,
    /// The monitor that it was opened on.
    stage_monitor: Option<usize>,
    was_full_screen: bool,
    before: Option<ViewToRestore>,
    shared: Arc<Mutex<Shared>>,
    /// The main window's memory of the stage itself, or of the small picture.
    memory: StageMemory,
}

impl LessonWindows {
    /// Drops the view to restore: it was one of another file.
    pub fn forget_view(&mut self) {
        self.before = None;
    }

    /// Whether the stage is open.
    pub const fn is_open(&self) -> bool {
        self.stage.is_some()
    }

    /// Where the stage is moved to from where it is.
    pub const fn other_place(&self) -> StagePlace {
        match self.stage {
            Some(StageWindow::Own | StageWindow::OwnMonitor) => StagePlace::Here,
            Some(StageWindow::Main) | None => StagePlace::Apart,
        }
    }

    /// Whether the stage has a monitor of its own which has been unplugged.
    fn is_hidden(&self) -> bool {
        self.stage == Some(StageWindow::OwnMonitor) && self.monitors.other.is_none()
    }

    /// Takes the monitors that are there now. A stage in the main window is closed, to be opened anew,
    /// where one more was plugged in and `place`, the choice for so many, is another window.
    pub fn follow(&mut self, ctx: &Context, monitors: Monitors, place: StagePlace) {
        if self.monitors.choice != monitors.choice {
            self.open_anew(monitors);
        }
        let has_more = monitors.count > self.monitors.count && monitors.other.is_some();
        self.monitors = monitors;
        match self.stage {
            Some(StageWindow::Own) if monitors.other.is_some() => {
                self.stage = Some(StageWindow::OwnMonitor);
            }
            Some(StageWindow::Main) if has_more && place != StagePlace::Here => {
                self.close_stage(ctx);
            }
            _ => {}
        }
    }

    /// Toggles whether the stage's own window fills its monitor, and brings it to the front: it
    /// must not be lost behind another.
    pub fn fill_screen(&mut self, ctx: &Context) {
        let id = self.stage_id();
        let is_full = ctx.input_for(id, |input| input.viewport().fullscreen.unwrap_or(false));
        if is_full || self.monitors.other.is_none() {
            ctx.send_viewport_cmd_to(id, ViewportCommand::Fullscreen(!is_full));
            ctx.send_viewport_cmd_to(id, ViewportCommand::Focus);
        } else {
            self.open_anew(self.monitors);
        }
    }

    /// The stage's own window is another one from now on, on the monitor that there is.
    fn open_anew(&mut self, monitors: Monitors) {
        self.stage_number += 1;
        self.stage_monitor = monitors.other;
    }

    /// The stage's own window. It is another one for another monitor: a window is put on a monitor
    /// reliably only when it is opened.
    fn stage_id(&self) -> ViewportId {
        ViewportId::from_hash_of(("stage", self.stage_number))
    }

    /// Opens the stage where it is to be, and records the view to restore after the lesson.
    pub fn open_stage(&mut self, ctx: &Context, place: StagePlace, before: ViewToRestore) {
        self.before.get_or_insert(before);
        let stage = match (place, self.monitors.other) {
            (StagePlace::Auto | StagePlace::Apart, Some(_)) => StageWindow::OwnMonitor,
            (StagePlace::Apart, None) => StageWindow::Own,
            (StagePlace::Auto, None) | (StagePlace::Here, _) => StageWindow::Main,
        };
        self.stage = Some(stage);
        Keys::set_mode(ctx, Mode::Lesson);
        if stage == StageWindow::Main {
            self.was_full_screen = is_full_screen(ctx);
            if !self.was_full_screen {
                ctx.send_viewport_cmd(ViewportCommand::Fullscreen(true));
            }
        }
        *lock(&self.shared) = Shared::default();
        ctx.request_repaint();
    }

    /// Closes the stage.
    pub fn close_stage(&mut self, ctx: &Context) {
        if self.stage == Some(StageWindow::Main) && !self.was_full_screen {
            ctx.send_viewport_cmd(ViewportCommand::Fullscreen(false));
        }
        self.stage = None;
        // egui closes a window that is no longer shown.
        ctx.request_repaint();
    }

    /// Ends the lesson: the keys are those of exploring again, and the view from before it is
    /// restored within the next seconds.
    pub fn end(&mut self, ctx: &Context, now_secs: f64) {
        self.close_stage(ctx);
        Keys::set_mode(ctx, Mode::Exploring);
        ctx.send_viewport_cmd(ViewportCommand::Focus);
        self.memory = StageMemory::default();
        if let Some(before) = &mut self.before {
            before.until_secs = Some(now_secs + RETURN_SECS);
        }
    }

    /// The command that restores the view from before the lesson, as soon as the plot has its old
    /// widths back. Any command in the meantime (`has_moved`) cancels that.
    pub fn view_to_restore(
        &mut self,
        now_secs: f64,
        has_moved: bool,
        plot_widths: Option<(f32, f32)>,
    ) -> Option<Command> {
        let before = self.before?;
        let until_secs = before.until_secs?;
        if has_moved || now_secs > until_secs {
            self.before = None;
            return None;
        }
        if before.plot_widths != plot_widths {
            return None;
        }
        if before.camera.is_some() {
            self.before = None;
        }
        Some(Command::RestoreCanvas {
            camera: before.camera,
            scroll_px: before.scroll_px,
        })
    }

    /// Shows the main window during a lesson, the stage or the presenter's view, and the stage's
    /// own window.
    pub fn show(&mut self, ui: &mut Ui, window: Rect, show: Show, commands: &mut Vec<Command>) {
        let clock = clock::now();
        let ctx = ui.ctx().clone();
        if self.stage == Some(StageWindow::Main) {
            let shown = StageContent {
                show: &show,
                kind: Kind::Live,
                clock_secs: clock.secs,
            };
            stage::show(ui, window, shown, &mut self.memory, commands);
            return;
        }
        let shown = ConsoleContent {
            show: &show,
            clock: &clock,
            is_stage_hidden: self.is_hidden(),
        };
        console::show(ui, window, shown, &mut self.memory, commands);
        wake_for_clock(&ctx, &show, &clock);
        if !self.monitors.wakes_on_change {
            ctx.request_repaint_after(POLL_INTERVAL);
        }
        // egui closes the window while it is not shown.
        if !self.is_hidden() {
            self.show_stage_apart(&ctx, show, commands);
        }
    }

    /// Shows the stage in a window of its own.
    fn show_stage_apart(&mut self, ctx: &Context, show: Show, commands: &mut Vec<Command>) {
        let id = self.stage_id();
        let title = format!("{} · Meanwhile, stage", show.session.lesson.title);
        {
            let mut shared = lock(&self.shared);
            let is_same = shared
                .show
                .as_ref()
                .is_some_and(|shown| shown.is_like(&show));
            if !is_same {
                shared.show = Some(show);
                ctx.request_repaint_of(id);
            }
        }
        let builder = ViewportBuilder::default()
            .with_title(title)
            .with_app_id("meanwhile")
            .with_active(false)
            .with_inner_size(vec2(STAGE_PX.0, STAGE_PX.1));
        let builder = match self.stage_monitor {
            Some(monitor) => builder.with_monitor(monitor),
            None => builder,
        };
        let shared = Arc::clone(&self.shared);
        ctx.show_viewport_deferred(id, builder, move |ui, class| {
            stage_window(ui, class, &shared);
        });
        let mut shared = lock(&self.shared);
        shared.fills_monitor = self.stage == Some(StageWindow::OwnMonitor);
        commands.append(&mut shared.commands);
    }

    /// The files that were dropped on the stage's own window since this was last called.
    pub fn take_dropped(&self) -> Vec<PathBuf> {
        std::mem::take(&mut lock(&self.shared).dropped)
    }
}

/// Runs a frame of the stage's own window.
fn stage_window(ui: &mut Ui, class: ViewportClass, shared: &Mutex<Shared>) {
    let ctx = ui.ctx().clone();
    let mut shared = lock(shared);
    let Shared {
        show,
        memory,
        commands,
        dropped,
        fills_monitor,
        has_handed_on,
    } = &mut *shared;
    let Some(show) = show else { return };
    let is_own = class != ViewportClass::EmbeddedWindow;
    if is_own && ctx.input(|input| input.viewport().close_requested()) {
        commands.push(Command::Lesson(LessonCommand::End));
    }
    let (has_focus, is_clicked) = ctx.input(|input| {
        let has_focus = input.viewport().focused == Some(true);
        (has_focus, input.pointer.any_down())
    });
    // Its keys are those of the main window, and that one alone is read aloud: eframe sets AccessKit
    // up for it only.
    if is_own && has_focus && !is_clicked && !*has_handed_on {
        ctx.send_viewport_cmd_to(ViewportId::ROOT, ViewportCommand::Focus);
        *has_handed_on = true;
    }
    // One that does not fill its monitor may be clicked to be moved or made full screen.
    *has_handed_on &= has_focus || !*fills_monitor;
    dropped.extend(files::dropped(&ctx));
    let rect = if is_own {
        ui.max_rect()
    } else {
        ui.allocate_exact_size(vec2(STAGE_PX.0, STAGE_PX.1), egui::Sense::hover())
            .0
    };
    let shown = StageContent {
        show,
        kind: Kind::Live,
        clock_secs: clock::now().secs,
    };
    stage::show(ui, rect, shown, memory, commands);
    if !commands.is_empty() || !dropped.is_empty() || Keys::are_pressed(&ctx) {
        ctx.request_repaint_of(ViewportId::ROOT);
    }
}

/// Draws the presenter's window once a second while the stopwatch runs, else once a minute.
fn wake_for_clock(ctx: &Context, show: &Show, clock: &Clock) {
    let secs = if show.session.stopwatch.is_running() {
        let elapsed = show.session.stopwatch.secs(clock.secs);
        1.0 - elapsed.fract()
    } else {
        60.0 - clock.secs.rem_euclid(60.0)
    };
    ctx.request_repaint_after(Duration::from_secs_f64(secs.max(0.02)));
}

/// A poisoned lock is taken as the other window's thread left it: all of it is rebuilt each time.
fn lock(shared: &Mutex<Shared>) -> MutexGuard<'_, Shared> {
    shared.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Whether the main window is full screen.
pub(super) fn is_full_screen(ctx: &Context) -> bool {
    ctx.input(|input| input.viewport().fullscreen.unwrap_or(false))
}

#[cfg(test)]
mod tests {
    use super::*;

    const ONE: Monitors = Monitors {
        count: 1,
        other: None,
        choice: 0,
        wakes_on_change: true,
    };
    const TWO: Monitors = Monitors {
        count: 2,
        other: Some(1),
        choice: 1,
        wakes_on_change: true,
    };

    /// Opens a stage with these monitors; `None` for a hidden one after each further change.
    fn places(chosen: StagePlace, monitors: &[Monitors]) -> Vec<Option<StageWindow>> {
        let ctx = Context::default();
        ctx.add_plugin(Keys::default());
        let view = ViewToRestore {
            camera: None,
            scroll_px: 0.0,
            plot_widths: None,
            until_secs: None,
        };
        let mut windows = LessonWindows::default();
        let places = monitors.iter().enumerate().map(|(at, now)| {
            windows.follow(&ctx, *now, chosen);
            if at == 0 || !windows.is_open() {
                windows.open_stage(&ctx, chosen, view);
            }
            windows.stage.filter(|_| !windows.is_hidden())
        });
        places.collect()
    }

    #[test]
    fn the_stage_leaves_with_its_monitor_and_comes_back_with_it() {
        use StageWindow::{Main, Own, OwnMonitor};
        let (auto, apart, here) = (StagePlace::Auto, StagePlace::Apart, StagePlace::Here);
        for (chosen, monitors, expected) in [
            (
                auto,
                [TWO, ONE, TWO],
                [Some(OwnMonitor), None, Some(OwnMonitor)],
            ),
            (
                apart,
                [TWO, ONE, TWO],
                [Some(OwnMonitor), None, Some(OwnMonitor)],
            ),
            (auto, [ONE, TWO, ONE], [Some(Main), Some(OwnMonitor), None]),
            (here, [TWO, ONE, TWO], [Some(Main); 3]),
            // A window on the notes' monitor moves to the first other one.
            (apart, [ONE, TWO, ONE], [Some(Own), Some(OwnMonitor), None]),
        ] {
            assert_eq!(
                places(chosen, &monitors),
                expected,
                "{chosen:?}, {monitors:?}"
            );
        }
    }
}
