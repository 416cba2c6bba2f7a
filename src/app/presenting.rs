//! What the window does around a lesson: starting the requested one, keeping its step in the
//! settings, offering to resume it, and opening and closing the stage as the state says.

use std::sync::Arc;

use egui::{Context, Ui};

use super::{
    files,
    lesson::{ViewToRestore, WhichLesson},
    shell::{App, Frame},
};
use crate::{
    command::{Command, MenuCommand, Mode, Panel},
    layout::Theme,
    model::{Lesson, Timeline},
    open::{self, Origin},
    settings::BrokenOff,
    view::{
        lesson::{Show, spoken},
        messages::{self, Offer},
    },
};

impl App {
    /// The step of the lesson that is running.
    pub(super) fn step(&self) -> Option<usize> {
        self.state.session.as_ref().map(|session| session.step)
    }

    /// Starts the lesson requested on the command line, once there is a file.
    pub(super) fn start_requested_lesson(&mut self) {
        if !self.document.has_opened || self.document.loading.is_busy() {
            return;
        }
        let Some(requested) = self.lesson.requested.take() else {
            return;
        };
        let lesson = match &requested {
            WhichLesson::First => Ok(0),
            WhichLesson::Named(name) => find_lesson(self.document.timeline(), name),
        };
        match lesson {
            Ok(lesson) => self.commands.push(Command::StartLesson {
                lesson,
                step: 0,
                elapsed_secs: 0.0,
            }),
            Err(message) => self.panels.messages.sentence = Some(message),
        }
    }

    /// Says so where a command would start a lesson that has no steps.
    pub(super) fn refuse_empty_lesson(&mut self, command: &Command) {
        let timeline = self.document.timeline();
        let lesson = match command {
            Command::Menu(MenuCommand::Present | MenuCommand::PresentSelected)
                if timeline.lessons().len() > 1 =>
            {
                return;
            }
            // A generated lesson can begin at the selected event.
            Command::Menu(MenuCommand::PresentSelected) if self.state.selected.is_some() => return,
            Command::StartLesson { lesson, .. } => *lesson,
            _ => 0,
        };
        let own = timeline.lessons().get(lesson);
        // One that is generated has a step for an event at least.
        if own.map_or(timeline.is_empty(), |lesson| lesson.steps.is_empty()) {
            let message =
                "there is nothing to tell: this lesson has no steps; write some under \"lessons\"";
            self.panels.messages.sentence = Some(message.to_owned());
        }
    }

    /// The command that resumes the interrupted lesson.
    pub(super) fn resume(&mut self) -> Option<Command> {
        let broken = self.preferences.settings.broken_off.as_ref()?;
        let lessons = self.document.timeline().lessons();
        let number = lessons.iter().position(|lesson| lesson.id == broken.lesson);
        let start = Command::StartLesson {
            lesson: number.unwrap_or(lessons.len()),
            step: broken.step,
            elapsed_secs: broken.elapsed_secs,
        };
        self.drop_offer();
        Some(start)
    }

    /// Keeps the lesson's step in the settings: after a kill, the next start offers to resume
    /// there.
    pub(super) fn keep_step(&mut self, clock_secs: f64) {
        // Standard input cannot be opened again.
        let session = self.state.session.as_ref();
        let session = session.filter(|_| self.document.origin != Origin::Stdin);
        self.preferences.settings.broken_off = session.map(|session| BrokenOff {
            file: self.document.file(),
            lesson: session.lesson.id.clone(),
            step: session.step,
            elapsed_secs: session.stopwatch.secs(clock_secs),
        });
        self.preferences.is_save_due = true;
    }

    /// Offers to resume an interrupted lesson of this file.
    pub(super) fn offer_to_resume(&mut self) {
        let Some(broken) = &self.preferences.settings.broken_off else {
            return;
        };
        let is_stdin = self.document.origin == Origin::Stdin;
        let is_other = broken.file != self.document.file() || is_stdin;
        if is_other || self.lesson.requested.is_some() {
            return;
        }
        let timeline = self.document.timeline();
        let mut lessons = timeline.lessons().iter();
        let lesson = lessons.find(|lesson| lesson.id == broken.lesson);
        if lesson.is_none() && !broken.lesson.is_empty() {
            // The file no longer has it.
            return;
        }
        let title = lesson.map_or(timeline.title(), |lesson| lesson.title.as_str());
        let title = open::one_line(title);
        self.panels.messages.offer = Some(Offer {
            words: format!(
                "The lesson “{title}” was broken off at step {}",
                broken.step + 1
            ),
            name: "Go on there",
            command: Command::Resume,
        });
    }

    /// Opens or closes the stage as the state says.
    pub(super) fn follow_lesson(&mut self, ctx: &Context, frame: &Frame) {
        let is_running = self.state.session.is_some();
        if is_running && !self.lesson.is_open() {
            let before = ViewToRestore {
                camera: self.state.camera,
                scroll_px: self.state.scroll_px,
                plot_widths: self.state.plot_widths(),
                until_secs: None,
            };
            let place = self.state.look.stages.with(self.lesson.monitors.count);
            self.lesson.open_stage(ctx, place, before);
        } else if !is_running && self.lesson.is_open() {
            self.lesson.end(ctx, frame.now_secs);
            self.preferences.settings.broken_off = None;
            self.preferences.is_save_due = true;
        }
    }

    /// Draws the windows of a running lesson.
    pub(super) fn draw_lesson(&mut self, ui: &mut Ui, frame: &Frame, theme: &'static Theme) {
        let Some(session) = self.state.session.clone() else {
            return;
        };
        let show = Show {
            session,
            timeline: Arc::clone(self.document.timeline()),
            theme,
            lane_colors: self.canvas.lane_colors().clone(),
            measure: Arc::clone(&self.canvas.measure),
            is_still: self.state.is_still(),
            gallery: self.panels.pictures.gallery().clone(),
        };
        spoken::announce(ui.ctx(), &show);
        self.lesson.show(ui, frame.window, show, &mut self.commands);
        if self.state.shows(Panel::Keys) {
            messages::keys(ui, theme, Mode::Lesson, &mut self.commands);
        }
        if self.state.shows(Panel::ConfirmOpen) {
            match self.confirmation().ask(ui, theme, &*self.canvas.measure) {
                Some(true) => self.commands.push(Command::OpenAsked),
                Some(false) => self.commands.push(Command::KeepLesson),
                None => {}
            }
        }
        if !self.panels.messages.is_empty() {
            // Messages about the file wait until the lesson is over; an offer to resume is dropped.
            self.drop_offer();
        }
    }
}

impl App {
    /// What is asked of another file in the middle of a lesson, or said where it could not be opened.
    fn confirmation(&self) -> messages::Confirmation<'static> {
        let no = "Go on with the lesson";
        let Some((first, others)) = self.panels.asked.split_first() else {
            let why = self.panels.messages.sentence.clone();
            return messages::Confirmation {
                title: "The file could not be opened".to_owned(),
                text: why.unwrap_or_default(),
                yes: None,
                no,
            };
        };
        let ends = "The lesson that is running then ends.";
        let left_out = files::left_out(others);
        messages::Confirmation {
            title: format!("Open “{}”?", files::name(first)),
            text: left_out
                .map_or_else(|| ends.to_owned(), |left_out| format!("{ends} {left_out}.")),
            yes: Some("Open it"),
            no,
        }
    }
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
