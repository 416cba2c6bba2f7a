//! What the commands do by which a chronology is written.

use super::{State, environment::CanvasGeometry, writing::NewEvent};
use crate::{
    command::{Command, FormField, ListCommand, Panel},
    formats::json::ranges::RowList,
    model::{EventId, LaneId},
};

impl State {
    pub(super) fn apply_writing(&mut self, command: &Command, geometry: &CanvasGeometry<'_>) {
        match command {
            Command::BeginEvent { lane, date } => self.begin_event(*lane, date.as_deref()),
            Command::List(command) => self.apply_list(*command),
            Command::AlsoSelect(event) => self.also_select(*event),
            Command::SelectSeveral(events) => self.writing.several.clone_from(events),
            Command::SetTyped(typed) => self.writing.typed = *typed,
            Command::Grip(gripped) => self.writing.gripped = *gripped,
            Command::SetNewEvent(words) => self.set_new_event(words),
            Command::SelectNew { event, form } => self.select_new(*event, *form, geometry),
            _ => {}
        }
    }

    fn apply_list(&mut self, command: ListCommand) {
        let writing = &mut self.writing;
        match command {
            ListCommand::Show(list) => {
                if writing.list != list {
                    (writing.open_row, writing.open_step) = (None, None);
                }
                (writing.list, writing.row_to_delete) = (list, None);
                self.panel = Some(Panel::Lists);
            }
            ListCommand::OpenRow(row) => {
                if writing.open_row != row {
                    writing.open_step = None;
                }
                (writing.open_row, writing.row_to_delete) = (row, None);
            }
            ListCommand::AskToDelete(row) => writing.row_to_delete = Some(row),
            ListCommand::KeepRow => writing.row_to_delete = None,
            ListCommand::OpenStep(step) => writing.open_step = step,
        }
    }

    /// Whether the steps of a lesson are open to be changed.
    pub(super) fn is_writing_lesson(&self) -> bool {
        self.shows(Panel::Lists)
            && self.writing.list == Some(RowList::Lessons)
            && self.writing.open_row.is_some()
    }

    /// Opens the form of the selected event, or turns it back into the story.
    pub(super) fn toggle_form(&mut self, geometry: &CanvasGeometry<'_>) {
        let Some(event) = self.selected else { return };
        let is_open = self.writing.is_form_open && self.is_story_open && self.person.is_none();
        self.choose(event, geometry);
        self.writing.is_form_open = !is_open;
        if !is_open {
            self.writing.field = (self.writing.field.0 + 1, FormField::Title);
        }
    }

    /// Adds an event to those that are selected together, the selected one among them, or takes it
    /// away.
    fn also_select(&mut self, event: EventId) {
        let several = &mut self.writing.several;
        if several.is_empty() {
            several.extend(self.selected.filter(|selected| *selected != event));
        }
        if several.contains(&event) {
            several.retain(|it| *it != event);
        } else {
            several.push(event);
        }
    }

    pub(super) fn begin_event(&mut self, lane: Option<LaneId>, date: Option<&str>) {
        self.writing.lines += 1;
        let given = date.map(|date| format!("{date} ")).unwrap_or_default();
        let words = match date {
            Some(_) => given.clone(),
            None => std::mem::take(&mut self.writing.unfinished),
        };
        self.writing.new_event = Some(NewEvent {
            words,
            given,
            lane,
            asked: self.writing.lines,
        });
    }

    fn set_new_event(&mut self, words: &str) {
        if let Some(new_event) = &mut self.writing.new_event {
            words.clone_into(&mut new_event.words);
        }
    }

    fn select_new(
        &mut self,
        event: EventId,
        form: Option<FormField>,
        geometry: &CanvasGeometry<'_>,
    ) {
        if let Some(field) = form {
            self.writing.put_line_aside();
            self.choose(event, geometry);
            self.writing.is_form_open = true;
            self.writing.field = (self.writing.field.0 + 1, field);
        } else {
            self.select(event, geometry);
        }
    }
}
