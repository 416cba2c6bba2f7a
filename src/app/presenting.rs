//! A lesson in its windows: which one shows the stage, what they exchange, and how a lesson is
//! resumed after the program was killed.
//!
//! The state says whether a lesson is running ([`State::session`](crate::state::State::session));
//! here the windows follow it. With two monitors the stage is a window of its own on the other one,
//! which draws itself only when what it shows has changed, and the main window becomes the
//! presenter's.

use std::{
    sync::{Arc, Mutex, MutexGuard, PoisonError},
    time::Duration,
};

use egui::{
    Context, FocusDirection, Rect, Ui, ViewportBuilder, ViewportClass, ViewportCommand, ViewportId,
    vec2,
};

use super::{App, clock, is_full_screen};
use crate::{
    command::{Command, LessonCommand, Mode, StagePlace},
    layout::{Camera, Theme},
    model::{Lesson, Timeline},
    open::{self, Origin},
    settings::BrokenOff,
    state::{LessonSession, Panel, lesson::Course},
    view::{
        keys::Keys,
        lesson::{
            Show,
            console::{self, Clock},
            stage::{self, Kind, StageMemory},
        },
        messages::{self, Offer},
    },
};

/// Initial size of the stage's own window, where it does not fill a monitor, in px.
const STAGE_PX: (f32, f32) = (1024.0, 576.0);
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

/// The available monitors.
#[derive(Copy, Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Monitors {
    /// Index of one that the window is not on, where there are several.
    pub other: Option<usize>,
}

impl Monitors {
    /// The monitors as the window reports them.
    pub fn of(frame: &eframe::Frame) -> Self {
        let Some(window) = frame.winit_window() else {
            return Self::default();
        };
        let here = window.current_monitor();
        let mut all = window.available_monitors();
        Self {
            other: all.position(|monitor| here.as_ref().is_some_and(|here| *here != monitor)),
        }
    }
}

/// What the stage's own window is given, and the commands that come back from it.
#[derive(Default)]
struct Shared {
    show: Option<Show>,
    memory: StageMemory,
    commands: Vec<Command>,
}

/// The view to restore after the lesson.
#[derive(Copy, Clone)]
struct Before {
    camera: Option<Camera>,
    scroll_px: f32,
    plot: Option<(f32, f32)>,
    /// Deadline for restoring it, in seconds of the window's clock; `None` until the lesson is
    /// over.
    until_secs: Option<f64>,
}

/// The windows of a lesson.
#[derive(Default)]
pub(super) struct Presenting {
    pub monitors: Monitors,
    /// The lesson to start as soon as the file is open.
    pub wanted: Option<WhichLesson>,
    is_on: bool,
    is_apart: bool,
    was_full_screen: bool,
    before: Option<Before>,
    shared: Arc<Mutex<Shared>>,
    /// The main window's memory of the stage itself, or of the small picture.
    memory: StageMemory,
}

impl Presenting {
    /// Drops the view to restore: it was one of another file.
    pub fn forget_view(&mut self) {
        self.before = None;
    }
}

impl App {
    /// Starts a lesson as soon as the file is open.
    pub fn present_when_opened(&mut self, lesson: WhichLesson) {
        self.presenting.wanted = Some(lesson);
    }

    /// Starts the lesson requested on the command line, once there is a file.
    pub(super) fn present_wanted(&mut self) {
        if !self.has_opened || self.loading.is_busy() {
            return;
        }
        let Some(wanted) = self.presenting.wanted.take() else {
            return;
        };
        let number = match &wanted {
            WhichLesson::First => Ok(0),
            WhichLesson::Named(name) => find_lesson(&self.timeline, name),
        };
        match number {
            Ok(number) => self.commands.push(Command::PresentLesson(number)),
            Err(said) => self.messages.sentence = Some(said),
        }
    }

    /// Carries out commands about lessons, and blocks others behind the list of lessons. Returns
    /// whether the command is dealt with.
    pub(super) fn carry_out_lesson(&mut self, command: &Command, ctx: &Context) -> bool {
        match command {
            Command::Present => {
                if self.timeline.lessons().len() > 1 {
                    let is_open = self.state.shows(Panel::Lessons);
                    self.state.panel = (!is_open).then_some(Panel::Lessons);
                } else {
                    self.begin_lesson(0, (0, 0.0));
                }
            }
            Command::PresentLesson(number) => self.begin_lesson(*number, (0, 0.0)),
            Command::Resume => {
                if let Some(broken) = self.settings.broken_off.clone() {
                    let mut lessons = self.timeline.lessons().iter();
                    let number = lessons.position(|lesson| lesson.id == broken.lesson);
                    let number = number.unwrap_or(self.timeline.lessons().len());
                    self.messages.offer = None;
                    self.begin_lesson(number, (broken.step, broken.elapsed_secs));
                }
            }
            Command::Lesson(LessonCommand::Leave) if self.state.shows(Panel::Keys) => {
                self.state.panel = None;
            }
            Command::Lesson(command) => self.apply_lesson_command(command, ctx),
            _ if !self.state.shows(Panel::Lessons) => return false,
            // The list of lessons blocks the commands behind it.
            Command::StepBack => self.state.panel = None,
            Command::LaneDown | Command::Next => {
                ctx.memory_mut(|memory| memory.move_focus(FocusDirection::Next));
            }
            Command::LaneUp | Command::Previous => {
                ctx.memory_mut(|memory| memory.move_focus(FocusDirection::Previous));
            }
            Command::Quit | Command::FullScreen | Command::OpenFile(_) => return false,
            _ => {}
        }
        true
    }

    fn begin_lesson(&mut self, number: usize, (step, elapsed_secs): (usize, f64)) {
        let own = self.timeline.lessons().get(number).cloned();
        let lesson = own.unwrap_or_else(|| Lesson::made_of(&self.timeline));
        if lesson.steps.is_empty() {
            let said =
                "there is nothing to tell: this lesson has no steps; write some under \"lessons\"";
            self.messages.sentence = Some(said.to_owned());
            return;
        }
        let begin = (step, elapsed_secs);
        let session = LessonSession::new(&self.timeline, lesson, begin, clock::now().secs);
        self.state.panel = None;
        // A search field that is not visible must not take the typed letters.
        self.state.search = None;
        self.state.session = Some(session);
        self.remember_step();
    }

    fn apply_lesson_command(&mut self, command: &LessonCommand, ctx: &Context) {
        let Some(session) = &mut self.state.session else {
            return;
        };
        let step = session.step;
        if matches!(command, LessonCommand::Digit(_)) {
            // Enter is then for the typed step, not for the widget that has the focus.
            ctx.memory_mut(|memory| {
                if let Some(id) = memory.focused() {
                    memory.surrender_focus(id);
                }
            });
        }
        match session.apply(command, &self.timeline, clock::now().secs) {
            Course::Ends => (self.state.session, self.state.panel) = (None, None),
            Course::Goes if session.step != step => self.remember_step(),
            Course::Goes => {}
        }
        if *command == LessonCommand::FillScreen {
            self.fill_screen(ctx);
        }
        if *command == LessonCommand::Place {
            self.state.look.stage = if self.presenting.is_apart {
                StagePlace::Here
            } else {
                StagePlace::Apart
            };
            self.is_save_due = true;
            self.close_stage(ctx);
        }
    }

    /// Toggles whether the stage's own window fills its monitor, and brings it to the front: it
    /// must not be lost behind another.
    fn fill_screen(&self, ctx: &Context) {
        let id = stage_id();
        let is_full = ctx.input_for(id, |input| input.viewport().fullscreen.unwrap_or(false));
        ctx.send_viewport_cmd_to(
            id,
            match self.presenting.monitors.other {
                Some(other) if !is_full => ViewportCommand::SetMonitor(other),
                _ => ViewportCommand::Fullscreen(!is_full),
            },
        );
        ctx.send_viewport_cmd_to(id, ViewportCommand::Focus);
    }

    /// Keeps the lesson's step in the settings: after a kill, the next start offers to resume
    /// there.
    fn remember_step(&mut self) {
        // Standard input cannot be opened again.
        let session = self.state.session.as_ref();
        let session = session.filter(|_| self.origin != Origin::Stdin);
        self.settings.broken_off = session.map(|session| BrokenOff {
            file: self.file(),
            lesson: session.lesson.id.clone(),
            step: session.step,
            elapsed_secs: session.stopwatch.secs(clock::now().secs),
        });
        self.is_save_due = true;
    }

    /// Offers to resume an interrupted lesson of this file.
    pub(super) fn offer_to_go_on(&mut self) {
        let Some(broken) = &self.settings.broken_off else {
            return;
        };
        let is_other = broken.file != self.file() || self.origin == Origin::Stdin;
        if is_other || self.presenting.wanted.is_some() {
            return;
        }
        let mut lessons = self.timeline.lessons().iter();
        let lesson = lessons.find(|lesson| lesson.id == broken.lesson);
        if lesson.is_none() && !broken.lesson.is_empty() {
            // The file no longer has it.
            return;
        }
        let title = lesson.map_or(self.timeline.title(), |lesson| lesson.title.as_str());
        let title = open::one_line(title);
        self.messages.offer = Some(Offer {
            words: format!(
                "The lesson “{title}” was broken off at step {}",
                broken.step + 1
            ),
            name: "Go on there",
            command: Command::Resume,
        });
    }

    /// Opens or closes the stage as the state says. Returns whether a lesson is running.
    pub(super) fn follow_lesson(&mut self, ctx: &Context, now_secs: f64) -> bool {
        let is_running = self.state.session.is_some();
        if is_running && !self.presenting.is_on {
            let before = Before {
                camera: self.state.camera,
                scroll_px: self.state.scroll_px,
                plot: self.plot,
                until_secs: None,
            };
            self.presenting.before.get_or_insert(before);
            self.open_stage(ctx);
        } else if !is_running && self.presenting.is_on {
            self.close_stage(ctx);
            Keys::set_mode(ctx, Mode::Exploring);
            ctx.send_viewport_cmd(ViewportCommand::Focus);
            self.settings.broken_off = None;
            self.is_save_due = true;
            self.presenting.memory = StageMemory::default();
            if let Some(before) = &mut self.presenting.before {
                before.until_secs = Some(now_secs + RETURN_SECS);
            }
        }
        is_running
    }

    fn open_stage(&mut self, ctx: &Context) {
        let presenting = &mut self.presenting;
        presenting.is_on = true;
        presenting.is_apart = match self.state.look.stage {
            StagePlace::Auto => presenting.monitors.other.is_some(),
            StagePlace::Apart => true,
            StagePlace::Here => false,
        };
        Keys::set_mode(ctx, Mode::Lesson);
        if !presenting.is_apart {
            presenting.was_full_screen = is_full_screen(ctx);
            if !presenting.was_full_screen {
                ctx.send_viewport_cmd(ViewportCommand::Fullscreen(true));
            }
        }
        *lock(&presenting.shared) = Shared::default();
        ctx.request_repaint();
    }

    fn close_stage(&mut self, ctx: &Context) {
        let presenting = &mut self.presenting;
        if !presenting.is_apart && !presenting.was_full_screen {
            ctx.send_viewport_cmd(ViewportCommand::Fullscreen(false));
        }
        presenting.is_on = false;
        // egui closes a window that is no longer shown.
        ctx.request_repaint();
    }

    /// Restores the view from before the lesson as soon as the window has its old size back. Any
    /// command in the meantime (`has_moved`) cancels that.
    pub(super) fn return_to_view(&mut self, now_secs: f64, has_moved: bool) {
        let Some(before) = self.presenting.before else {
            return;
        };
        let Some(until_secs) = before.until_secs else {
            return;
        };
        if has_moved || now_secs > until_secs {
            self.presenting.before = None;
        } else if before.plot == self.plot {
            (self.state.camera, self.state.scroll_px) = (before.camera, before.scroll_px);
            if before.camera.is_some() {
                self.presenting.before = None;
            }
        }
    }

    /// Shows the main window during a lesson: the stage, or the presenter's view.
    pub(super) fn show_lesson(
        &mut self,
        ui: &mut Ui,
        window: Rect,
        theme: &'static Theme,
        commands: &mut Vec<Command>,
    ) {
        let clock = clock::now();
        let ctx = ui.ctx().clone();
        self.go_on_by_itself(&ctx, &clock);
        self.color_lanes(theme);
        let Some(session) = self.state.session.clone() else {
            return;
        };
        let show = Show {
            session,
            timeline: Arc::clone(&self.timeline),
            theme,
            lane_colors: self.lane_colors.0.as_slice().into(),
            measure: Arc::clone(&self.measure),
            is_still: self.state.is_still(),
        };
        let memory = &mut self.presenting.memory;
        if self.presenting.is_apart {
            console::show(ui, window, &show, memory, &clock, commands);
            wake_for_clock(&ctx, &show, &clock);
            self.show_stage_apart(&ctx, show, commands);
        } else {
            stage::show(
                ui,
                window,
                (&show, Kind::Live),
                memory,
                clock.secs,
                commands,
            );
        }
        if self.state.shows(Panel::Keys) {
            messages::keys(ui, theme, Mode::Lesson, commands);
        }
        if !self.messages.is_empty() {
            // Messages about the file wait until the lesson is over; an offer to resume is dropped.
            self.messages.offer = None;
        }
    }

    fn go_on_by_itself(&mut self, ctx: &Context, clock: &Clock) {
        let Some(session) = &mut self.state.session else {
            return;
        };
        let step = session.step;
        if let Some(left) = session.autoplay(clock.secs) {
            ctx.request_repaint_after(Duration::from_secs_f64(left));
        }
        if session.step != step {
            self.remember_step();
        }
    }

    /// Shows the stage in a window of its own.
    fn show_stage_apart(&mut self, ctx: &Context, show: Show, commands: &mut Vec<Command>) {
        let id = stage_id();
        let title = format!("{} · Meanwhile, stage", show.session.lesson.title);
        {
            let mut shared = lock(&self.presenting.shared);
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
            .with_inner_size(vec2(STAGE_PX.0, STAGE_PX.1));
        let builder = match self.presenting.monitors.other {
            Some(other) => builder.with_monitor(other),
            None => builder,
        };
        let shared = Arc::clone(&self.presenting.shared);
        ctx.show_viewport_deferred(id, builder, move |ui, class| {
            stage_window(ui, class, &shared);
        });
        let mut shared = lock(&self.presenting.shared);
        commands.append(&mut shared.commands);
    }
}

fn stage_id() -> ViewportId {
    ViewportId::from_hash_of("stage")
}

/// Runs a frame of the stage's own window.
fn stage_window(ui: &mut Ui, class: ViewportClass, shared: &Mutex<Shared>) {
    let ctx = ui.ctx().clone();
    let mut shared = lock(shared);
    let Shared {
        show,
        memory,
        commands,
    } = &mut *shared;
    let Some(show) = show else { return };
    let is_own = class != ViewportClass::EmbeddedWindow;
    if is_own && ctx.input(|input| input.viewport().close_requested()) {
        commands.push(Command::Lesson(LessonCommand::End));
    }
    let rect = if is_own {
        ui.max_rect()
    } else {
        ui.allocate_exact_size(vec2(STAGE_PX.0, STAGE_PX.1), egui::Sense::hover())
            .0
    };
    stage::show(
        ui,
        rect,
        (show, Kind::Live),
        memory,
        clock::now().secs,
        commands,
    );
    if !commands.is_empty() || Keys::are_pressed(&ctx) {
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

/// The index of a lesson by its id, its title or its number counted from 1.
///
/// # Errors
///
/// Where there is none: a sentence that lists the file's lessons.
fn find_lesson(timeline: &Timeline, name: &str) -> Result<usize, String> {
    let lessons = timeline.lessons();
    let by_name = |lesson: &Lesson| lesson.id == name || lesson.title == name;
    let by_number = || {
        let number = name.parse::<usize>().ok()?.checked_sub(1)?;
        (number < lessons.len()).then_some(number)
    };
    lessons.iter().position(by_name).or_else(by_number).ok_or_else(|| {
        let name = open::one_line(name);
        if lessons.is_empty() {
            return format!("there is no lesson “{name}”: this file has none; write --present alone for one made of its events");
        }
        let known: Vec<String> = lessons.iter().map(|lesson| open::one_line(&lesson.id)).collect();
        format!("there is no lesson “{name}”; this file has {}", known.join(", "))
    })
}
