//! Takes input: what threads, dialogs, keys and the frame before have brought. A file that has been
//! read replaces the document; the rest becomes commands.

use std::{
    path::{Path, PathBuf},
    task::Poll,
};

use egui::Context;

use super::{
    canvas::canvas_size,
    dialog::{Chosen, Dialog, Purpose},
    file_commands::faults,
    files::{dropped, left_out, pasted, pasted_rows},
    loading::{Incoming, Progress},
    shell::{App, Frame},
    writing::{Drafting, Next},
};
use crate::{
    command::{Before, Command, Layer, MenuCommand, Panel},
    export::choice::ExportChoice,
    layout::Layout,
    open::{self, OpenError, Origin},
    settings::SavedView,
    time::Moment,
    view::{
        canvas::node_id,
        keys::{EditTarget, Keys},
        messages::Messages,
        writing::{forget_untaken, refuse_text},
    },
};

/// What has come in since the last frame.
pub(super) struct Input {
    /// The commands, in the order in which they are applied.
    pub commands: Vec<Command>,
    /// Whether a key gave a command, other than that for the story: the keyboard's focus follows
    /// the selection.
    pub focus_follows: bool,
}

impl App {
    /// Takes what threads, dialogs, keys and the views of the last frame have brought.
    pub(super) fn take_input(&mut self, ctx: &Context, frame: &Frame) -> Input {
        if let Some(said) = self.document.reload_if_changed(ctx) {
            self.panels.messages.sentence = Some(said);
        }
        self.take_chosen_file(ctx, frame);
        let opened = self.take_loaded(frame);
        if std::mem::take(&mut self.panels.deferred.is_refused) {
            refuse_text(ctx);
        }
        self.show_merged(frame);
        self.keep_draft(ctx, frame.now_secs);
        self.start_requested_lesson();
        self.follow_commands();
        let mut commands = opened;
        // What a field has handed over comes before what was pressed to leave it: an × above the field
        // deletes the row that the text is for, and not the one that then has its number.
        let (written, others): (Vec<_>, Vec<_>) = std::mem::take(&mut self.commands)
            .into_iter()
            .partition(Command::is_written_text);
        commands.extend(written);
        commands.extend(others);
        let deferred = &mut self.panels.deferred;
        deferred.is_handed_over = !deferred.commands.is_empty();
        commands.append(&mut deferred.commands);
        if self.panels.pending.is_none() && !self.document.loading.is_busy() {
            commands.append(&mut deferred.after_reading);
        }
        if commands.contains(&Command::Opened) {
            forget_untaken(ctx);
        }
        let pressed = Keys::take(ctx);
        let focus_follows = pressed
            .iter()
            .any(|it| *it != MenuCommand::OpenStory.into());
        commands.extend(pressed);
        let is_other = |command: &Command| !matches!(command, Command::Lesson(_));
        let has_moved = commands.iter().any(is_other);
        let widths = self.plot_widths(frame);
        if let Some(restore) = self
            .lesson
            .view_to_restore(frame.now_secs, has_moved, widths)
        {
            commands.insert(0, restore);
        }
        Input {
            commands,
            focus_follows,
        }
    }

    /// Where a change was just shown, what was asked for before it still means the same events.
    fn follow_commands(&mut self) {
        let Some(changed) = self.document.changed.take() else {
            return;
        };
        let follow = |event| self.document.followed(&changed, event);
        let deferred = &mut self.panels.deferred;
        for commands in [
            &mut self.commands,
            &mut deferred.commands,
            &mut deferred.after_reading,
        ] {
            let followed = commands.iter().filter_map(|it| it.followed(&follow));
            *commands = followed.collect();
        }
    }

    /// What is written in, so that a letter beside a field is no command: not what another panel lies
    /// over, and nothing while the keyboard is on the canvas.
    pub(super) fn edit_target(&self, ctx: &Context) -> EditTarget {
        let state = &self.state;
        let selected = state.selected.map(node_id);
        if selected.is_some_and(|id| ctx.memory(|memory| memory.has_focus(id))) {
            EditTarget::Nothing
        } else if state.shows(Panel::Lists) {
            EditTarget::List
        } else if state.has(Layer::Form) && state.panel.is_none() && state.person.is_none() {
            EditTarget::Event
        } else {
            EditTarget::Nothing
        }
    }

    /// The plot's width with the story closed, and as it is, in px, in this frame.
    fn plot_widths(&self, frame: &Frame) -> Option<(f32, f32)> {
        let layout = self.canvas.layout.as_ref()?;
        let areas = self.areas(frame);
        let is_open = self.state.is_story_open;
        let geometry = super::shell::geometry(layout, &areas, is_open, frame.now_secs);
        Some((geometry.shut_px, self.state.plot_px(&geometry)))
    }

    /// Starts to load what was chosen in the dialog, dropped on the window or pasted into it.
    fn take_chosen_file(&mut self, ctx: &Context, frame: &Frame) {
        if let Some(Poll::Ready(chosen)) = self.panels.dialog.as_ref().map(Dialog::poll) {
            let purpose = self.panels.dialog.take().map(|dialog| dialog.purpose);
            match (chosen, purpose.unwrap_or(Purpose::Open)) {
                (Chosen::File(path), Purpose::Open) => {
                    self.commands.push(Command::OpenFiles(vec![path]));
                }
                (Chosen::File(path), Purpose::Save(target)) => self.save_as(&path, target, ctx),
                (Chosen::File(path), Purpose::Export) => {
                    self.save_export(Some(&path), ctx, frame);
                }
                (Chosen::File(folder), Purpose::Collect) => self.collect_into(&folder),
                (Chosen::NoDialog, Purpose::Collect) => {
                    let beside = self.document.origin.folder().unwrap_or(Path::new("."));
                    let folder = beside.join("collected");
                    self.collect_into(&folder);
                }
                (Chosen::Nothing, _) => {}
                (Chosen::NoDialog, Purpose::Save(target)) => self.save_beside(target, ctx),
                (Chosen::NoDialog, Purpose::Export) => self.save_export(None, ctx, frame),
                (Chosen::NoDialog, Purpose::Open) => {
                    let message = "no dialog to choose a file can be had here; drop the file on the \
                                   window, paste its path, or name it on the command line: \
                                   meanwhile FILE";
                    self.panels.messages.sentence = Some(message.to_owned());
                }
            }
        }
        self.take_saved(frame);
        self.follow_export(ctx, frame);
        let mut files = dropped(ctx);
        files.extend(self.lesson.take_dropped());
        if files.is_empty() && !ctx.text_edit_focused() {
            files = pasted(ctx);
        }
        if !files.is_empty() {
            if !self.take_pictures(&files, frame) {
                self.commands.push(Command::OpenFiles(files));
            }
        } else if !ctx.text_edit_focused()
            && self.state.session.is_none()
            && let Some(rows) = pasted_rows(ctx)
        {
            self.paste_rows(&rows, frame);
        }
    }

    /// Opens the first of these files; during a lesson, asks first whether that may end.
    pub(super) fn open_or_ask(&mut self, paths: Vec<PathBuf>, frame: &Frame) {
        if self.state.session.is_none() {
            return self.leave_for(Next::Open(paths), frame);
        }
        self.panels.asked = paths;
        self.apply_to_state(&Command::AskToEndLesson, frame);
    }

    /// Opens the first of these files, and says once it is shown that the others are not.
    pub(super) fn open_first(&mut self, paths: Vec<PathBuf>) {
        let mut paths = paths.into_iter();
        if let Some(first) = paths.next() {
            self.open(Origin::File(first));
            self.panels.left_out = left_out(paths.as_slice());
        }
    }

    /// Shows the file being loaded as soon as it can be shown.
    fn take_loaded(&mut self, frame: &Frame) -> Vec<Command> {
        let size = canvas_size(&self.areas(frame));
        let is_again = self.panels.pending.is_some() || !self.document.is_loading_other();
        let camera = self.state.camera.filter(|_| is_again);
        let scale = camera.map_or(0.0, |camera| camera.px_per_sec());
        let loading = &mut self.document.loading;
        match loading.progress(size, scale, &self.canvas.measure) {
            Progress::Waiting => Vec::new(),
            Progress::Arrived(incoming, layout) => {
                if self.panels.pending.take().is_some() {
                    self.take_pending(incoming.source, layout, frame);
                    return Vec::new();
                }
                self.arrived(*incoming, layout)
            }
            Progress::Failed(_, error) if self.panels.pending.is_some() => {
                self.fail_pending(&error.to_string(), frame);
                Vec::new()
            }
            Progress::Failed(origin, error) => self.failed(&origin, &error, frame),
        }
    }

    /// Shows a file that was read, unless it is the open one, of which it has nothing new, or changes
    /// that are not in it.
    fn arrived(&mut self, incoming: Incoming, layout: Option<Layout>) -> Vec<Command> {
        if self.document.is_reload(&incoming) {
            if self.document.is_known(&incoming) {
                return Vec::new();
            }
            if self.document.is_changed() {
                return self.merge(&incoming);
            }
        }
        self.opened(incoming, layout)
    }

    /// Opens the chronology that ships with the program. Returns the commands by which the state
    /// follows.
    pub(super) fn open_shipped(&mut self) -> Vec<Command> {
        self.document.loading.stop();
        let origin = Origin::Shipped;
        match open::read(&origin) {
            Ok(source) => self.opened(Incoming { origin, source }, None),
            Err(error) => {
                self.panels.messages.sentence = Some(error.to_string());
                Vec::new()
            }
        }
    }

    /// Cancels the file being loaded: the shown one stays; where there is none yet, the chronology
    /// that ships is shown. The reading thread ends by itself.
    pub(super) fn cancel_opening(&mut self) -> Vec<Command> {
        self.document.loading.cancel();
        self.resume_reading();
        self.lesson.requested = None;
        self.panels.left_out = None;
        self.open_shipped_instead()
    }

    /// Shows the chronology that ships where there is nothing else to show.
    fn open_shipped_instead(&mut self) -> Vec<Command> {
        if self.document.has_opened {
            return Vec::new();
        }
        // The file that was open last is still the one to open next time.
        let last_file = self.preferences.settings.last_file.take();
        let commands = self.open_shipped();
        self.preferences.settings.last_file = last_file;
        commands
    }

    /// Shows a file that was read, with its layout if there is one already. Returns the commands by
    /// which the state follows.
    fn opened(&mut self, incoming: Incoming, layout: Option<Layout>) -> Vec<Command> {
        self.keep_view();
        // Changes that were still being read were meant for it, too.
        (self.panels.pending, self.panels.select_due) = (None, None);
        (self.panels.merging, self.panels.merge_due) = (None, None);
        self.panels.waiting.clear();
        let is_reload = self.document.is_reload(&incoming);
        let is_first = !self.document.has_opened;
        let before = self.document.replace(incoming);
        self.canvas.replace(layout);
        self.panels.pictures.forget();
        // Commands of the previous frame were meant for the other file.
        self.commands.clear();
        self.panels.deferred.is_refused = true;
        let mut commands = Vec::new();
        if is_reload {
            commands.push(Command::Reloaded(Before {
                timeline: before.timeline,
                followed: None,
            }));
        } else {
            commands.push(Command::Opened);
            self.lesson.forget_view();
            let file = self.document.file();
            let saved = self.preferences.settings.view_of(file.as_deref());
            commands.extend(saved.map(|saved| self.restored(saved)));
        }
        if !matches!(self.document.origin, Origin::Stdin | Origin::New) {
            self.preferences.settings.last_file = self.document.file();
        }
        if !is_reload {
            let file = self.document.file();
            let choice = self.preferences.settings.export_of(file.as_deref());
            commands.push(Command::SetExport(choice.unwrap_or_default()));
        }
        let left_out = self.panels.left_out.take();
        let messages = &mut self.panels.messages;
        *messages = Messages {
            // A message from the start still holds; that another file failed does not.
            sentence: messages.sentence.take().filter(|_| is_first).or(left_out),
            faults: faults(&self.document.source),
            offer: messages.offer.take().filter(|_| is_reload),
        };
        if is_reload {
            self.keep_columns();
        } else {
            self.panels.columns_before = None;
            let settings = &self.preferences.settings;
            self.document.columns = settings.columns_of(self.document.file().as_deref());
            self.offer_to_resume();
            self.panels.drafting = Drafting {
                take_due: self.panels.drafting.take_due,
                ..Drafting::default()
            };
            self.offer_draft();
        }
        self.offer_columns();
        self.preferences.is_save_due = true;
        self.panels.recent = self.document.recent(&self.preferences.settings);
        commands
    }

    /// The saved view of the open file, as far as its event still exists.
    fn restored(&self, saved: &SavedView) -> Command {
        let event = |id: &String| self.timeline().find_event(id);
        let range = saved
            .view
            .map(|(from, to)| (Moment::from_secs(from), Moment::from_secs(to)));
        Command::RestoreView {
            range,
            selected: saved.selected.as_ref().and_then(event),
            is_story_open: saved.story_open,
        }
    }

    fn failed(&mut self, origin: &Origin, error: &OpenError, frame: &Frame) -> Vec<Command> {
        self.resume_reading();
        let instead = if self.document.has_opened && *origin == self.document.origin {
            "; shown is what it was before"
        } else if self.document.has_opened {
            ""
        } else {
            "; shown instead: the chronology that ships"
        };
        let left_out = self.panels.left_out.take();
        let left_out = left_out.map_or_else(String::new, |left_out| format!(" · {left_out}"));
        self.panels.messages.sentence = Some(format!("{error}{instead}{left_out}"));
        self.take_columns_back();
        if self.state.session.is_some() {
            // Said in front of the lesson, as nothing else would be seen of it.
            self.panels.asked.clear();
            self.apply_to_state(&Command::AskToEndLesson, frame);
        }
        // The lesson was requested of this file, not of another.
        self.lesson.requested = None;
        // A file that cannot be read does not leave the window empty.
        self.open_shipped_instead()
    }

    /// Keeps the open file's view in the settings.
    pub(super) fn keep_view(&mut self) {
        let timeline = self.document.timeline();
        if timeline.is_empty() || matches!(self.document.origin, Origin::Stdin | Origin::New) {
            return;
        }
        let (Some(layout), Some((shut_px, seen_px))) =
            (&self.canvas.layout, self.state.plot_widths())
        else {
            return;
        };
        // With the story open less of the plot is seen; a view of the whole file may fit either
        // width.
        let camera = self.state.camera.filter(|camera| {
            !layout.is_fitting(camera, shut_px) && !layout.is_fitting(camera, seen_px)
        });
        let view = camera.map(|camera| {
            let right = camera.time_from_x(f64::from(shut_px));
            (camera.time_from_x(0.0).secs(), right.secs())
        });
        let selected = self.state.selected;
        let saved = SavedView {
            file: self.document.file(),
            view,
            selected: selected.map(|event| timeline.event(event).id.to_owned()),
            story_open: self.state.is_story_open,
            columns: self.document.columns.clone(),
            export: Some(self.state.export).filter(|it| *it != ExportChoice::default()),
        };
        self.preferences.settings.keep_view(saved);
    }
}
