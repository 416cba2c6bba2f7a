//! What commands that change the chronology do: they change its text, which is then read again and
//! shown as a file that was saved elsewhere is.

use std::sync::Arc;

use egui::Context;

use super::{
    dialog::Dialog,
    file_commands::faults,
    loading::AT_ONCE,
    panels::SelectDue,
    shell::{App, Frame},
    writing::{EventRow, ListOf, Next},
};
use crate::{
    command::{Before, Command, FormField, Layer, MenuCommand, Panel},
    edit::{Change, Edit, Subject, typed_event},
    formats::Source,
    layout::Layout,
    model::{EventId, Timeline},
    view::{canvas::node_id, keys::Written, writing::is_typed_in},
};

/// Whether a command may hide the field that is typed in, or is about what is typed: the field hands
/// that over first.
const fn may_hide_fields(command: &Command) -> bool {
    match command {
        Command::Menu(menu) => !matches!(
            menu,
            MenuCommand::Undo | MenuCommand::Redo | MenuCommand::StepBack | MenuCommand::FullScreen
        ),
        Command::Close(layer) => {
            matches!(layer, Layer::Form | Layer::Panel(Panel::Lists))
        }
        _ => false,
    }
}

impl App {
    /// Applies a command that changes the chronology or its file; whether it is one.
    pub(super) fn apply_edit(&mut self, command: &Command, ctx: &Context, frame: &Frame) -> bool {
        if self.state.session.is_none() && may_hide_fields(command) && is_typed_in(ctx) {
            self.defer(command.clone(), ctx);
            return true;
        }
        let Command::Menu(menu) = command else {
            return self.apply_change(command, ctx, frame);
        };
        if self.state.session.is_some() {
            return false;
        }
        let changes = [
            MenuCommand::Undo,
            MenuCommand::Redo,
            MenuCommand::Duplicate,
            MenuCommand::Delete,
            MenuCommand::Collect,
            MenuCommand::Save,
            MenuCommand::New,
            MenuCommand::OpenShipped,
        ];
        if self.is_asking() && changes.contains(menu) {
            return true;
        }
        match menu {
            MenuCommand::Undo => self.undo_or_redo(true, frame),
            MenuCommand::Redo => self.undo_or_redo(false, frame),
            MenuCommand::Duplicate => {
                if let Some(event) = self.state.selected
                    && let Some(edit) = self.change(&Change::Duplicate(event), frame)
                {
                    self.select_added(&edit, Some(FormField::Title), frame);
                }
            }
            MenuCommand::Delete => {
                let rows = self.chosen().into_iter().map(Subject::Event);
                let rows: Vec<Subject> = rows.collect();
                let said = match self.chosen().as_slice() {
                    [] => return true,
                    [one] => format!("“{}” is deleted", self.document.timeline().short(*one)),
                    many => format!("{} events are deleted", many.len()),
                };
                if self.change(&Change::Delete(rows), frame).is_some() {
                    self.say(said + " · Ctrl+Z brings it back");
                }
            }
            MenuCommand::CopyEvent if !self.state.writing.several.is_empty() => {
                self.copy_several(ctx);
            }
            MenuCommand::OpenInEditor => self.open_selected_line(ctx),
            MenuCommand::Collect => {
                let dialog = &mut self.panels.dialog;
                dialog.get_or_insert_with(|| Dialog::collect(ctx));
            }
            MenuCommand::Save => self.save_document(ctx),
            MenuCommand::New => self.leave_for(Next::New, frame),
            MenuCommand::OpenShipped => self.leave_for(Next::Shipped, frame),
            _ => return false,
        }
        true
    }

    /// What is written in, so that a letter beside a field is no command: not what another panel lies
    /// over, and nothing while the keyboard is on the canvas.
    pub(super) fn written(&self, ctx: &Context) -> Written {
        let state = &self.state;
        let selected = state.selected.map(node_id);
        if selected.is_some_and(|id| ctx.memory(|memory| memory.has_focus(id))) {
            Written::Nothing
        } else if state.shows(Panel::Lists) {
            Written::List
        } else if state.has(Layer::Form) && state.panel.is_none() && state.person.is_none() {
            Written::Event
        } else {
            Written::Nothing
        }
    }

    fn apply_change(&mut self, command: &Command, ctx: &Context, frame: &Frame) -> bool {
        let is_free = self.state.session.is_none() && !self.is_asking();
        match command {
            Command::Edit(change) if is_free => {
                let edit = self.change(change, frame);
                if let Some(edit) = edit.filter(|_| matches!(change, Change::AddEvents(_))) {
                    self.select_added(&edit, Some(FormField::Title), frame);
                }
            }
            Command::AddTyped if is_free => self.add_typed(frame),
            Command::SelectNew { event, form } if self.panels.pending.is_some() => {
                let event = Some(*event);
                self.panels.select_due = Some(SelectDue { event, form: *form });
            }
            Command::TakeDraft if is_free => self.take_draft(frame),
            Command::OpenFault(number) => self.open_fault(*number, ctx),
            Command::Edit(_) | Command::AddTyped | Command::TakeDraft => {}
            _ => return false,
        }
        true
    }

    /// Keeps the rows of the event whose form is open, and of the one that is gripped.
    pub(super) fn keep_rows(&mut self) {
        let state = &self.state;
        let form = state.selected.filter(|_| state.writing.is_form_open);
        let gripped = state.writing.gripped.map(|(event, _)| event);
        let document = &self.document;
        for (wanted, kept) in [
            (form, &mut self.panels.rows.form),
            (gripped, &mut self.panels.rows.gripped),
        ] {
            let Some(event) = wanted else {
                *kept = None;
                continue;
            };
            let timeline = document.timeline();
            let is_kept = kept
                .as_ref()
                .is_some_and(|it| it.event == event && Arc::ptr_eq(&it.timeline, timeline));
            if !is_kept {
                *kept = Some(EventRow {
                    timeline: Arc::clone(timeline),
                    event,
                    // One that is not found is not looked for in every frame.
                    row: document.row(event).unwrap_or_default(),
                });
            }
        }
    }

    /// Keeps the rows of the list that is open.
    pub(super) fn keep_list(&mut self) {
        if !self.state.shows(Panel::Lists) {
            self.panels.rows.list = None;
            return;
        }
        let list = self.state.writing.list;
        let timeline = self.document.timeline();
        let kept = self.panels.rows.list.as_ref();
        let is_kept = kept.is_some_and(|it| it.list == list && Arc::ptr_eq(&it.timeline, timeline));
        if !is_kept {
            self.panels.rows.list = Some(ListOf {
                timeline: Arc::clone(self.document.timeline()),
                list,
                rows: self.document.rows(list).unwrap_or_default(),
            });
        }
    }

    /// Makes a change and shows it; the step that it became. While an earlier one is still being read
    /// it waits.
    pub(super) fn change(&mut self, change: &Change, frame: &Frame) -> Option<Edit> {
        if self.panels.pending.is_some() {
            if change.is_by_number() {
                // What has that number then may be another one.
                let message = "the last change is just being read; try again in a moment";
                self.panels.messages.sentence = Some(message.to_owned());
            } else {
                self.panels.waiting.push(change.clone());
            }
            return None;
        }
        if self.document.loading.is_busy() {
            let message = "the file is just being read; try again in a moment";
            self.panels.messages.sentence = Some(message.to_owned());
            return None;
        }
        match self.document.change(change) {
            Ok(edit) => {
                let edit = edit?;
                self.show_change(&edit, frame).then_some(edit)
            }
            Err(why) => {
                self.panels.messages.sentence = Some(why);
                None
            }
        }
    }

    /// Reads the changed text and shows it; whether it could be read. A large one is read and laid out
    /// on threads, and shown once that is done.
    fn show_change(&mut self, edit: &Edit, frame: &Frame) -> bool {
        if self.document.timeline().len() > AT_ONCE
            && let Some(text) = &self.document.text
        {
            let origin = self.document.origin.clone();
            let text = Arc::clone(text.text());
            self.document.loading.start_text(origin, text);
            self.panels.pending = Some(edit.clone());
            return true;
        }
        match self.document.reread(edit.clone()) {
            Ok(timeline) => {
                self.show_reread(timeline, None, frame);
                true
            }
            Err(why) => {
                self.take_back(&why);
                false
            }
        }
    }

    /// Shows what was read of the changed text, with its layout if there is one already.
    fn show_reread(&mut self, timeline: Arc<Timeline>, layout: Option<Layout>, frame: &Frame) {
        self.canvas.replace(layout);
        self.panels.messages.faults = faults(&self.document.source);
        let followed = self.document.changed.as_ref().map(|changed| {
            let kept = [self.state.selected, self.state.measure_start];
            let several = self.state.writing.several.iter().copied();
            let follow = |event: EventId| (event, self.document.followed(changed, event));
            kept.into_iter()
                .flatten()
                .chain(several)
                .map(follow)
                .collect()
        });
        let before = Before { timeline, followed };
        self.apply_to_state(&Command::Reloaded(before), frame);
    }

    /// Takes the last step back, since its text cannot be read.
    fn take_back(&mut self, why: &str) {
        if let Some(text) = &mut self.document.text {
            text.undo();
        }
        self.panels.messages.sentence = Some(format!("the change was taken back, since {why}"));
    }

    /// Shows a change of a large chronology that has been read, and makes those that have waited.
    pub(super) fn take_pending(
        &mut self,
        source: Source,
        layout: Option<Layout>,
        edit: &Edit,
        frame: &Frame,
    ) {
        let timeline = self.document.take_changed(source, edit.clone());
        self.show_reread(timeline, layout, frame);
        if let Some(SelectDue { event, form }) = self.panels.select_due.take() {
            let changed = self.document.changed.as_ref();
            let followed = event.map(|event| self.document.followed(changed?, event));
            match followed {
                Some(Some(event)) => {
                    self.apply_to_state(&Command::SelectNew { event, form }, frame);
                }
                Some(None) => {}
                None => self.select_added(edit, form, frame),
            }
        }
        let waiting = std::mem::take(&mut self.panels.waiting);
        let followed = self.document.changed.as_ref().map(|changed| {
            let follow = |event| self.document.followed(changed, event);
            let waiting = waiting.iter().filter_map(|change| change.followed(&follow));
            waiting.collect::<Vec<_>>()
        });
        for change in followed.unwrap_or_default() {
            self.change(&change, frame);
        }
    }

    /// A change of a large chronology could not be read.
    pub(super) fn fail_pending(&mut self, why: &str) {
        self.panels.pending = None;
        self.panels.waiting.clear();
        self.take_back(why);
    }

    /// Undoes or redoes a step, and says which.
    fn undo_or_redo(&mut self, is_undo: bool, frame: &Frame) {
        if self.panels.pending.is_some() {
            return;
        }
        let Some(text) = &mut self.document.text else {
            return;
        };
        let edit = if is_undo { text.undo() } else { text.redo() };
        let Some(edit) = edit else { return };
        if self.show_change(&edit, frame) {
            if self.panels.pending.is_some() {
                // Once it is shown.
                self.panels.select_due = edit.added().map(|_| SelectDue {
                    event: None,
                    form: None,
                });
            } else if let Some(row) = edit.added() {
                // What is there again is what one looks for.
                let event = self.document.source.event_at(row.position);
                let is_event = row.list.field() == "events";
                if let Some(event) = event.filter(|_| is_event) {
                    self.apply_to_state(&Command::Select(event), frame);
                }
            }
            let did = if is_undo { "Undone" } else { "Done again" };
            self.say(format!("{did}: {}", edit.name));
        }
    }

    /// Adds the event that is typed in the line; where the line is not understood, it stays.
    fn add_typed(&mut self, frame: &Frame) {
        let Some(new_event) = &self.state.writing.new_event else {
            return;
        };
        let Ok(typed) = typed_event(&new_event.words) else {
            return;
        };
        if typed.title.is_empty() {
            return;
        }
        let timeline = self.document.timeline();
        let lane = new_event.lane.map(|lane| timeline.lane_record(lane));
        let lane = lane.or_else(|| timeline.lanes().first());
        let mut row = serde_json::Map::new();
        row.insert("title".to_owned(), typed.title.into());
        row.insert("date".to_owned(), typed.date.edtf.into());
        if let Some(lane) = lane.filter(|lane| !lane.id.is_empty()) {
            row.insert("lane".to_owned(), lane.id.clone().into());
        }
        let lane = new_event.lane;
        // While an earlier change is read it waits, and is as good as added.
        let waits = self.panels.pending.is_some();
        let edit = self.change(&Change::AddEvents(vec![row]), frame);
        if let Some(edit) = &edit {
            self.select_added(edit, None, frame);
        }
        if waits || edit.is_some() {
            // The line stays for the next one.
            let lane = lane.filter(|lane| lane.index() < self.document.timeline().lanes().len());
            self.apply_to_state(&Command::BeginEvent { lane, date: None }, frame);
        }
    }

    fn select_added(&mut self, edit: &Edit, form: Option<FormField>, frame: &Frame) {
        if self.panels.pending.is_some() {
            self.panels.select_due = Some(SelectDue { event: None, form });
            return;
        }
        let row = edit.added();
        let event = row.and_then(|row| self.document.source.event_at(row.position));
        if let Some(event) = event {
            self.apply_to_state(&Command::SelectNew { event, form }, frame);
        }
    }
}
