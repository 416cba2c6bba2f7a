//! Saving, and what is asked before a chronology with changes is left.

use egui::{Context, Ui, ViewportCommand};

use super::{
    dialog::Dialog,
    shell::{App, Frame},
    writing::Next,
};
use crate::{
    command::{Command, Layer, Panel},
    formats::write::Target,
    open::{
        self, Origin,
        saving::{Existing, save},
    },
    view::writing::{ask_for_text, is_typed_in, untaken},
};

impl App {
    /// Whether a question about the changes is to be answered before anything else.
    pub(super) fn is_asking(&self) -> bool {
        self.state.shows(Panel::Conflict) || self.state.shows(Panel::Unsaved)
    }

    /// Has the field that is typed in hand over its text, and applies the command then.
    pub(super) fn defer(&mut self, command: Command, ctx: &Context) {
        ask_for_text(ctx);
        self.panels.deferred.commands.push(command);
        ctx.request_repaint();
    }

    /// Saves the chronology into its file; where that has another form, or there is none, a place is
    /// asked for.
    pub(super) fn save_document(&mut self, ctx: &Context) {
        if self.panels.saving.is_some() {
            return;
        }
        let Some(path) = self.document.own_file().map(ToOwned::to_owned) else {
            let target = Target::Timeline;
            let name = self.suggested_name(target);
            let dialog = &mut self.panels.dialog;
            dialog.get_or_insert_with(|| Dialog::save(ctx, target, name));
            return;
        };
        let name = open::one_line(&path.display().to_string());
        if !self.document.is_changed() {
            self.say(format!("“{name}” has all changes already"));
            return;
        }
        if self.document.is_changed_on_disk(&path) {
            // It is read, and taken together with the changes made here.
            self.document.reload();
            self.panels.messages.sentence = Some(format!(
                "“{name}” was changed by another program; it is not overwritten, but read first"
            ));
            return;
        }
        let Some(text) = &self.document.text else {
            return;
        };
        let saved = save(&path, text.text().as_bytes(), Existing::Replace);
        let saved = saved.map_err(|error| error.to_string());
        match saved {
            Ok(()) => {
                self.document.set_saved();
                self.preferences.drafts.remove(&self.document.origin);
                self.panels.messages.sentence = None;
                match untaken(ctx) {
                    Some((_, field)) => self.say(format!(
                        "Saved as “{name}”, without what is typed in “{field}”: it is not taken yet"
                    )),
                    None => self.say(format!("Saved as “{name}”")),
                }
            }
            Err(why) => {
                let message = format!("{why}; your changes are still here");
                self.panels.messages.sentence = Some(message);
            }
        }
        if let Some(next) = self.panels.next.take_if(|_| !self.document.is_changed()) {
            self.go_on(next);
        }
    }

    /// Keeps the window open while there are changes, until it was asked what becomes of them. Whether
    /// a field first hands over what is typed in it, so that the window is closed after this frame.
    pub(super) fn ask_before_closing(&mut self, ui: &Ui) -> bool {
        if self.panels.may_close {
            ui.send_viewport_cmd(ViewportCommand::Close);
            return false;
        }
        let panels = &mut self.panels;
        let is_saving = panels.saving.is_some() || panels.deferred.is_due_later();
        if !self.state.shows(Panel::Unsaved) && panels.dialog.is_none() && !is_saving {
            // The question was put away, by whatever way, or what was to be saved could not be.
            panels.next = None;
        }
        let is_asked = ui.input(|input| input.viewport().close_requested());
        if is_asked && is_typed_in(ui) {
            ui.send_viewport_cmd(ViewportCommand::CancelClose);
            ask_for_text(ui);
            return true;
        }
        let untaken = untaken(ui);
        if untaken.is_none() {
            self.panels.asked_of = None;
        }
        let is_new = untaken != self.panels.asked_of;
        if let Some((_, name)) = untaken.as_ref().filter(|_| is_asked && is_new) {
            // Asked again, it closes.
            self.panels.asked_of.clone_from(&untaken);
            ui.send_viewport_cmd(ViewportCommand::CancelClose);
            self.panels.messages.sentence = Some(format!(
                "what is typed in “{name}” is not in the chronology yet; see to it, or close the window once \
                 more"
            ));
        } else if is_asked && self.is_changed() {
            ui.send_viewport_cmd(ViewportCommand::CancelClose);
            self.panels.next = Some(Next::Close);
            self.commands.push(Command::AskToSave);
        }
        false
    }

    /// Whether there are changes that are in no file, those that are still being read among them.
    fn is_changed(&self) -> bool {
        self.document.is_changed() || !self.panels.waiting.is_empty()
    }

    /// Does what leaves the chronology, unless that has changes: then it asks first.
    pub(super) fn leave_for(&mut self, next: Next, frame: &Frame) {
        if self.is_changed() {
            self.panels.next = Some(next);
            if !self.state.shows(Panel::Unsaved) {
                self.apply_to_state(&Command::AskToSave, frame);
            }
            return;
        }
        self.go_on(next);
    }

    /// Does what was to be done once the changes are saved or discarded.
    pub(super) fn go_on(&mut self, next: Next) {
        match next {
            Next::Close => self.panels.may_close = true,
            Next::Open(paths) => self.open_first(paths),
            Next::Shipped => {
                let opened = self.open_shipped();
                self.commands.splice(..0, opened);
            }
            Next::New => self.open(Origin::New),
            Next::Lost => {
                self.panels.messages.offer = None;
                self.panels.drafting.take_due = true;
                self.open(Origin::New);
            }
        }
    }

    /// What a person has answered to the question whether changes are to be saved.
    pub(super) fn answer_unsaved(
        &mut self,
        command: &Command,
        ctx: &Context,
        frame: &Frame,
    ) -> bool {
        let close = Command::Close(Layer::Panel(Panel::Unsaved));
        match command {
            Command::SaveFirst => {
                self.apply_to_state(&close, frame);
                self.save_document(ctx);
            }
            Command::Discard => {
                self.apply_to_state(&close, frame);
                self.preferences.drafts.remove(&self.document.origin);
                self.document.discard();
                if let Some(next) = self.panels.next.take() {
                    self.go_on(next);
                }
            }
            Command::KeepVersion(winner) => {
                self.apply_to_state(&Command::Close(Layer::Panel(Panel::Conflict)), frame);
                self.merged(*winner, false);
            }
            Command::Close(Layer::Panel(Panel::Unsaved)) => {
                self.panels.next = None;
                self.apply_to_state(command, frame);
            }
            _ => return false,
        }
        true
    }
}
