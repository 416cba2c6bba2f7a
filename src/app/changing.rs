//! Changes of the chronology: made in its text, read again and shown. A large one is read on a thread;
//! changes that are made meanwhile wait for it.

use std::sync::Arc;

use super::{
    file_commands::faults,
    loading::AT_ONCE,
    shell::{App, Frame},
    writing::{Pending, SelectDue, Waiting},
};
use crate::{
    command::{Before, Command, FormField, MenuCommand},
    edit::{Change, Edit},
    formats::{Source, json::ranges::RowList},
    layout::Layout,
    model::{EventId, Timeline},
};

impl App {
    /// Makes a change and shows it; the step that it became. While an earlier one is still being read
    /// it waits.
    pub(super) fn change(&mut self, change: &Change, frame: &Frame) -> Option<Edit> {
        if let Some(pending) = &self.panels.pending {
            // What has that number then may be another one.
            let is_known = pending.change.as_ref().is_some_and(|it| !it.renumbers());
            let may_be_other =
                !is_known || self.panels.waiting.iter().any(|it| it.change.renumbers());
            if may_be_other && change.is_by_number() {
                self.panels.deferred.is_refused = true;
                let message = "the last change is just being read; try again in a moment";
                self.panels.messages.sentence = Some(message.to_owned());
            } else {
                self.panels.waiting.push(Waiting {
                    change: change.clone(),
                    then: None,
                });
            }
            return None;
        }
        self.document.postpone_reload(frame.now_secs);
        if self.document.loading.is_busy() {
            self.panels.deferred.is_refused = true;
            let message = "the file is just being read; try again in a moment";
            self.panels.messages.sentence = Some(message.to_owned());
            return None;
        }
        match self.document.change(change) {
            Ok(edit) => {
                let edit = edit?;
                self.panels.rows.renumbered += u64::from(change.renumbers());
                let change = Some(change.clone());
                self.show_change(&edit, (change, false), frame)
                    .then_some(edit)
            }
            Err(why) => {
                self.panels.messages.sentence = Some(why);
                None
            }
        }
    }

    /// Reads the changed text and shows it; whether it could be read. A large one is read and laid out
    /// on threads, and shown once that is done.
    ///
    /// `change`: what it is, where no step is undone or done again, and whether one is undone.
    fn show_change(
        &mut self,
        edit: &Edit,
        (change, is_undo): (Option<Change>, bool),
        frame: &Frame,
    ) -> bool {
        if self.document.timeline().len() > AT_ONCE
            && let Some(text) = &self.document.text
        {
            let origin = self.document.origin.clone();
            let text = Arc::clone(text.text());
            let known = self.document.timeline().known_texts();
            self.document.loading.start_text(origin, text, known);
            self.document.ahead = Some(edit.clone());
            self.panels.pending = Some(Pending { change, is_undo });
            return true;
        }
        match self.document.reread(edit.clone()) {
            Ok(timeline) => {
                self.show_reread(timeline, None, frame);
                true
            }
            Err(why) => {
                self.take_back(is_undo, &why);
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

    /// Reads the changed text on, where another file that came before it is not shown.
    pub(super) fn resume_reading(&mut self) {
        let text = self.document.text.as_ref();
        let Some(text) = text.filter(|_| self.document.ahead.is_some()) else {
            return;
        };
        let (origin, text) = (self.document.origin.clone(), Arc::clone(text.text()));
        let known = self.document.timeline().known_texts();
        self.document.loading.start_text(origin, text, known);
        self.panels.pending = Some(Pending {
            change: None,
            is_undo: false,
        });
    }

    /// Takes the last step back, since its text cannot be read: one that was undone is done again.
    fn take_back(&mut self, is_undo: bool, why: &str) {
        self.document.ahead = None;
        if let Some(text) = &mut self.document.text {
            if is_undo {
                text.redo();
            } else {
                text.undo();
            }
        }
        // What was read of the text that is gone.
        let rows = &mut self.panels.rows;
        (rows.form, rows.gripped, rows.list) = (None, None, None);
        self.panels.messages.sentence = Some(format!("the change was taken back, since {why}"));
    }

    /// Shows a change of a large chronology that has been read, and makes those that have waited.
    pub(super) fn take_pending(&mut self, source: Source, layout: Option<Layout>, frame: &Frame) {
        let Some(edit) = self.document.ahead.take() else {
            return;
        };
        let timeline = self.document.take_changed(source, edit.clone());
        self.show_reread(timeline, layout, frame);
        if let Some(due) = self.panels.select_due.take() {
            match due.event {
                None => self.select_later(self.added_event(&edit), due.form),
                Some(event) => {
                    let changed = self.document.changed.as_ref();
                    let event = changed.and_then(|it| self.document.followed(it, event));
                    self.select_later(event, due.form);
                }
            }
        }
        let waiting = std::mem::take(&mut self.panels.waiting);
        let followed = self.document.changed.as_ref().map(|changed| {
            let follow = |event| self.document.followed(changed, event);
            let waiting = waiting.into_iter();
            let followed = waiting.filter_map(|it| {
                let due = it.then.and_then(|due| match due.event {
                    None => Some(due),
                    Some(event) => follow(event).map(|event| SelectDue {
                        event: Some(event),
                        form: due.form,
                    }),
                });
                Some((it.change.followed(&follow)?, due))
            });
            followed.collect::<Vec<_>>()
        });
        self.make_waiting(followed.unwrap_or_default(), frame);
    }

    /// Makes the changes that have waited; after the first the others wait for that one.
    fn make_waiting(&mut self, waiting: Vec<(Change, Option<SelectDue>)>, frame: &Frame) {
        for (change, then) in waiting {
            let has_waited = self.panels.waiting.len();
            self.change(&change, frame);
            match self.panels.waiting.get_mut(has_waited) {
                Some(it) => it.then = then,
                None if self.panels.pending.is_some() => self.panels.select_due = then,
                None => {}
            }
        }
    }

    /// Selects an event as a command does: the field that is typed in meanwhile hands over its text first.
    fn select_later(&mut self, event: Option<EventId>, form: Option<FormField>) {
        if let Some(event) = event {
            self.commands.push(Command::SelectNew { event, form });
        }
    }

    /// A change of a large chronology could not be read: those that have waited are made without it.
    pub(super) fn fail_pending(&mut self, why: &str, frame: &Frame) {
        let pending = self.panels.pending.take();
        self.panels.select_due = None;
        self.take_back(pending.is_some_and(|it| it.is_undo), why);
        let waiting = std::mem::take(&mut self.panels.waiting).into_iter();
        let waiting = waiting.map(|it| (it.change, it.then)).collect();
        self.make_waiting(waiting, frame);
    }

    /// Undoes or redoes a step, and says which.
    pub(super) fn undo_or_redo(&mut self, is_undo: bool, frame: &Frame) {
        self.document.postpone_reload(frame.now_secs);
        let Some(text) = &mut self.document.text else {
            return;
        };
        if self.document.loading.is_busy() {
            // Another file comes: it is done after that.
            let command = if is_undo {
                MenuCommand::Undo
            } else {
                MenuCommand::Redo
            };
            self.panels.deferred.after_reading.push(command.into());
            return;
        }
        let edit = if is_undo { text.undo() } else { text.redo() };
        let Some(edit) = edit else { return };
        self.panels.rows.renumbered += 1;
        if self.show_change(&edit, (None, is_undo), frame) {
            if self.panels.pending.is_some() {
                // Once it is shown.
                self.panels.select_due = edit.added().map(|_| SelectDue {
                    event: None,
                    form: None,
                });
            } else if let Some(row) = edit.added() {
                // What is there again is what one looks for.
                let event = self.document.source.event_at(row.position);
                let is_event = row.list == RowList::Events;
                if let Some(event) = event.filter(|_| is_event) {
                    self.apply_to_state(&Command::Select(event), frame);
                }
            }
            let did = if is_undo { "Undone" } else { "Done again" };
            self.say(format!("{did}: {}", edit.name));
        }
    }
}
