//! What commands about the open file do: saving it in another format, what the columns of a table
//! are, going to the event of a fault.

use std::{path::Path, sync::Arc};

use egui::Context;

use super::{
    saving::Saving,
    shell::{App, Frame},
};
use crate::{
    command::{Command, Layer, MenuCommand, Panel},
    edit::OpenText,
    formats::{
        Format, Source,
        columns::{ColumnChoice, Field},
        json::names::slug,
        write::Target,
    },
    open,
    view::{faults::Faults, messages::Offer},
};

/// The faults of a chronology, and which of them lead to an event.
pub(super) fn faults(source: &Source) -> Faults {
    let has_event = source.diagnostics.iter();
    let has_event = has_event.map(|fault| source.row_of(fault).is_some());
    Faults::new(source.diagnostics.clone(), has_event.collect())
}

impl App {
    /// The name under which a save is suggested: that of the file, with the format's ending.
    pub(super) fn suggested_name(&self, target: Target) -> String {
        let file = self.document.file();
        let stem = file.as_deref().and_then(Path::file_stem);
        let of_title = || slug(self.document.timeline().title(), "timeline");
        let stem = stem.map_or_else(of_title, |stem| stem.to_string_lossy().into_owned());
        let name = format!("{stem}.{}", target.ending());
        let is_open = file
            .as_deref()
            .and_then(Path::file_name)
            .is_some_and(|open| *open == *name);
        // Not over the file that is open, which holds more.
        if is_open && target != Target::Timeline {
            return format!("{stem}-{}.{}", target.word(), target.ending());
        }
        name
    }

    /// Starts to save the chronology in a file.
    pub(super) fn save_as(&mut self, path: &Path, target: Target, ctx: &Context) {
        let (source, origin) = (&self.document.source, &self.document.origin);
        let text = self.document.text.as_ref();
        let text = text.map(|text| Arc::clone(text.text()));
        self.panels.saving = Some(Saving::start(source, origin, (path, target), text, ctx));
    }

    /// Saves the chronology beside its file, or among one's documents, where no dialog can be had to
    /// choose another place; never over a file.
    pub(super) fn save_beside(&mut self, target: Target, ctx: &Context) {
        let folder = self.document.origin.folder().map(ToOwned::to_owned);
        let folder = folder.unwrap_or_else(open::documents);
        let name = self.suggested_name(target);
        let stem = Path::new(&name).with_extension("").display().to_string();
        let numbered = (2..1000).map(|number| format!("{stem}-{number}"));
        let mut names = std::iter::once(stem.clone()).chain(numbered);
        let is_free = |name: &String| !folder.join(format!("{name}.{}", target.ending())).exists();
        // Without its ending, which is added: so that nothing is replaced.
        let path = folder.join(names.find(is_free).unwrap_or(stem));
        self.save_as(&path, target, ctx);
    }

    /// Says that the chronology was saved, and what the format does not hold; one that was saved as
    /// it is stays open under its new name.
    pub(super) fn take_saved(&mut self, frame: &Frame) {
        let Some((saving, answer)) = self
            .panels
            .saving
            .as_ref()
            .and_then(|it| Some((it, it.poll()?)))
        else {
            return;
        };
        let (path, target) = (saving.path.clone(), saving.target);
        let now = self.document.text.as_ref().map(OpenText::text);
        let is_all = match (&saving.text, now) {
            (Some(written), Some(now)) => Arc::ptr_eq(written, now),
            (written, now) => written.is_none() && now.is_none(),
        };
        self.panels.saving = None;
        let name = open::one_line(&path.display().to_string());
        let lost = match answer {
            Ok(lost) => lost,
            Err(why) => {
                self.panels.messages.sentence = Some(why);
                return;
            }
        };
        self.panels.messages.sentence = (!lost.is_empty()).then(|| {
            let kinds = lost.join(", ");
            format!(
                "saved as “{name}”; {} has no place for {kinds}",
                target.name()
            )
        });
        if lost.is_empty() {
            self.say(format!("Saved as “{name}”"));
        }
        let is_same = self.document.source.format == Format::Timeline;
        if target == Target::Timeline && is_same {
            // What is shown is now in that file.
            self.preferences.drafts.remove(&self.document.origin);
            self.document.adopt(&path, is_all);
            self.preferences.settings.last_file = self.document.file();
            self.preferences.is_save_due = true;
            let document = &self.document;
            if let Some(next) = self.panels.next.take_if(|_| !document.is_changed()) {
                self.go_on(next);
            }
        } else if target == Target::Timeline && self.state.session.is_none() {
            self.open_or_ask(vec![path], frame);
            self.panels.left_out = self.panels.messages.sentence.take();
        }
    }

    /// Reads the table again, with another meaning of a column.
    pub(super) fn set_column(&mut self, header: &str, field: Option<Field>) {
        let before = self.document.columns.clone();
        self.document.columns.set(header, field);
        // What was guessed stays until it is said otherwise.
        if let Some(columns) = &self.document.source.columns {
            for (other, known) in columns.headers.iter().zip(&columns.fields) {
                let is_moved = field.is_some() && *known == field && field != Some(Field::LeftOut);
                if other != header
                    && self.document.columns.of(other).is_none()
                    && columns.is_guessed
                {
                    self.document
                        .columns
                        .set(other, if is_moved { None } else { *known });
                } else if other != header && is_moved {
                    self.document.columns.set(other, None);
                }
            }
        }
        // Of several changes in a row the first one's: only what was read is kept.
        self.panels.columns_before.get_or_insert(before);
        self.document.reload();
    }

    /// Takes back what was last said of a column, since the file cannot be read so.
    pub(super) fn take_columns_back(&mut self) {
        if let Some(before) = self.panels.columns_before.take() {
            self.document.columns = before;
            if let Some(said) = &mut self.panels.messages.sentence {
                *said = format!(
                    "with that column the table cannot be read, so it stays as it was: {said}"
                );
            }
        }
    }

    /// Keeps what was said of the columns, once the file was read with it.
    pub(super) fn keep_columns(&mut self) {
        if self.panels.columns_before.take().is_none() {
            return;
        }
        // Other dates may lie elsewhere.
        self.commands.push(MenuCommand::FitAll.into());
        if let Some(file) = self.document.file() {
            let columns: ColumnChoice = self.document.columns.clone();
            self.preferences.settings.keep_columns(&file, columns);
            self.preferences.is_save_due = true;
        }
    }

    /// Offers to say which column is what, where some are not known.
    pub(super) fn offer_columns(&mut self) {
        let offer = &mut self.panels.messages.offer;
        offer.take_if(|offer| offer.command == MenuCommand::Columns.into());
        let Some(columns) = &self.document.source.columns else {
            return;
        };
        let chosen = &self.document.columns;
        let is_guessed = columns.is_guessed && chosen.is_empty();
        let (unknown, is_free) = (
            columns.unknown(chosen),
            self.panels.messages.offer.is_none(),
        );
        if is_free && (unknown > 0 || is_guessed) {
            let words = match (is_guessed, unknown) {
                (true, _) => "Some columns of this table were guessed".to_owned(),
                (false, 1) => "A column of this table is not known".to_owned(),
                (false, unknown) => format!("{unknown} columns of this table are not known"),
            };
            self.panels.messages.offer = Some(Offer {
                words,
                name: "Say which is what",
                command: MenuCommand::Columns.into(),
            });
        }
    }

    /// Goes to the event of a fault.
    pub(super) fn go_to_fault(&mut self, fault: usize, frame: &Frame) {
        let source = &self.document.source;
        let fault = source.diagnostics.get(fault);
        if let Some(event) = fault.and_then(|fault| source.event_of(fault)) {
            // What lies over the canvas would cover it.
            self.apply_to_state(&Command::Close(Layer::Panel(Panel::Messages)), frame);
            self.apply_to_state(&Command::FlyToEvent(event), frame);
        } else {
            let message = "this event is not shown, since it was left out";
            self.panels.messages.sentence = Some(message.to_owned());
        }
    }
}
