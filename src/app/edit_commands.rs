//! What commands that change the chronology do: they change its text, which is then read again and
//! shown as a file that was saved elsewhere is. See `changing`.

use std::sync::Arc;

use egui::Context;

use super::{
    dialog::Dialog,
    shell::{App, Frame},
    writing::{EventRow, ListOf, Next, SelectDue},
};
use crate::{
    command::{Command, FormField, Layer, MenuCommand, Panel},
    edit::{Change, Edit, Subject, typed_event},
    model::EventId,
    view::writing::is_typed_in,
};

/// Whether a command may hide the field that is typed in, or uses what is typed: the field hands that
/// over first.
const fn uses_typed_text(command: &Command) -> bool {
    match command {
        Command::Menu(menu) => !matches!(
            menu,
            MenuCommand::Undo
                | MenuCommand::Redo
                | MenuCommand::StepBack
                | MenuCommand::FullScreen
                | MenuCommand::TextLarger
                | MenuCommand::TextSmaller
                | MenuCommand::TextReset
                | MenuCommand::ThemeLight
                | MenuCommand::ThemeDark
                | MenuCommand::ThemeProjector
                | MenuCommand::ThemeSystem
                | MenuCommand::ToggleMotion
                | MenuCommand::ToggleHiding
                | MenuCommand::ZoomIn
                | MenuCommand::ZoomOut
                | MenuCommand::FitAll
        ),
        Command::Close(layer) => {
            matches!(layer, Layer::Form | Layer::Panel(Panel::Lists))
        }
        Command::SaveAs(_)
        | Command::OpenFiles(_)
        | Command::TakeDraft
        | Command::Select(_)
        | Command::SelectNew { .. } => true,
        _ => false,
    }
}

/// Whether a command is about the text as it is once all changes are read.
const fn uses_all_changes(command: &Command) -> bool {
    match command {
        Command::Menu(menu) => matches!(
            menu,
            MenuCommand::Undo
                | MenuCommand::Redo
                | MenuCommand::Duplicate
                | MenuCommand::Collect
                | MenuCommand::Save
                | MenuCommand::New
                | MenuCommand::OpenShipped
                | MenuCommand::OpenInEditor
        ),
        Command::SaveAs(_)
        | Command::SaveFirst
        | Command::OpenFiles(_)
        | Command::OpenAsked
        | Command::TakeDraft => true,
        _ => false,
    }
}

impl App {
    /// Applies a command that changes the chronology or its file; whether it is one.
    pub(super) fn apply_edit(&mut self, command: &Command, ctx: &Context, frame: &Frame) -> bool {
        let is_handed_over = self.panels.deferred.is_handed_over || self.state.session.is_some();
        if !is_handed_over && uses_typed_text(command) && is_typed_in(ctx) {
            self.defer(command.clone(), ctx);
            return true;
        }
        if self.panels.pending.is_some() && uses_all_changes(command) {
            self.panels.deferred.after_reading.push(command.clone());
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
                let due = Some(SelectDue {
                    event: Some(*event),
                    form: *form,
                });
                // After the change that was asked for last.
                match self.panels.waiting.last_mut() {
                    Some(last) => last.then = due,
                    None => self.panels.select_due = due,
                }
            }
            Command::TakeDraft if is_free => self.take_draft(frame),
            Command::OpenFault(number) => self.open_fault(*number, ctx),
            // Once the question in front of it is answered, the field hands it over again.
            Command::Edit(_) => self.panels.deferred.is_refused = true,
            Command::AddTyped | Command::TakeDraft => {}
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

    pub(super) fn select_added(&mut self, edit: &Edit, form: Option<FormField>, frame: &Frame) {
        if self.panels.pending.is_some() {
            self.panels.select_due = Some(SelectDue { event: None, form });
            return;
        }
        let event = self.added_event(edit);
        if let Some(event) = event {
            self.apply_to_state(&Command::SelectNew { event, form }, frame);
        }
    }

    /// The event that a step has added.
    pub(super) fn added_event(&self, edit: &Edit) -> Option<EventId> {
        let row = edit.added()?;
        self.document.source.event_at(row.position)
    }
}
