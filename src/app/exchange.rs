//! What comes in and goes out while a chronology is written: dropped pictures, rows of a
//! spreadsheet, a folder to hand on, a line for an editor.

use std::path::{Path, PathBuf};

use egui::Context;

use super::shell::{App, Frame};
use crate::{
    command::Command,
    edit::{Change, Subject},
    formats::{
        self, KeepText, ReadOptions, ReadProgress,
        json::ranges::RowList,
        source::SourceText,
        write::{self, Target},
    },
    model::EventId,
    open::{
        self, Origin,
        editor::open_line,
        picture_files::{bring, collect, is_picture},
    },
};

impl App {
    /// Opens the line of the selected event in an editor.
    pub(super) fn open_selected_line(&mut self, ctx: &Context) {
        let Some(event) = self.state.selected else {
            return;
        };
        let line = self.document.line_of(event);
        if let Some(line) = line {
            self.open_line(line, ctx);
        }
    }

    /// Opens the line of a fault in an editor.
    pub(super) fn open_fault(&mut self, number: usize, ctx: &Context) {
        let fault = self.document.source.diagnostics.get(number);
        if let Some(line) = fault.map(|fault| fault.location.line as usize) {
            self.open_line(line, ctx);
        }
    }

    fn open_line(&mut self, line: usize, ctx: &Context) {
        let Origin::File(path) = &self.document.origin else {
            let message = "this chronology is in no file yet; save it first (Ctrl+S)";
            self.panels.messages.sentence = Some(message.to_owned());
            return;
        };
        let place = format!("{}:{line}", path.display());
        match open_line(path, line) {
            Ok(true) => {}
            Ok(false) => {
                ctx.copy_text(place.clone());
                self.say(format!("The file is opened; its line is copied: {place}"));
            }
            Err(why) => {
                ctx.copy_text(place.clone());
                self.panels.messages.sentence =
                    Some(format!("{why}; the place is copied: {place}"));
            }
        }
    }

    /// Copies the chronology and its pictures into a folder.
    pub(super) fn collect_into(&mut self, folder: &Path) {
        let source = &self.document.source;
        let timeline = &source.timeline;
        let media = timeline
            .events()
            .flat_map(|event| timeline.event(event).media);
        let mut pictures: Vec<String> = media.map(|it| it.file.clone()).collect();
        pictures.retain(|file| !file.is_empty() && !file.contains(':'));
        pictures.sort();
        pictures.dedup();
        let name = self.suggested_name(Target::Timeline);
        let from = self.document.origin.folder().map(ToOwned::to_owned);
        let text = self.document.text().map_err(|error| error.to_string());
        let done =
            text.and_then(|text| collect((&text, &name), &pictures, (from.as_deref(), folder)));
        let folder = open::one_line(&folder.display().to_string());
        match done {
            Ok((1, missing)) if missing.is_empty() => {
                self.say(format!("“{name}” and its picture are in “{folder}”"));
            }
            Ok((count, missing)) if missing.is_empty() => {
                self.say(format!(
                    "“{name}” and its {count} pictures are in “{folder}”"
                ));
            }
            Ok((count, missing)) => {
                self.panels.messages.sentence = Some(format!(
                    "“{name}” and {count} pictures are in “{folder}”; not found: {}",
                    missing.join(", ")
                ));
            }
            Err(why) => self.panels.messages.sentence = Some(why),
        }
    }

    /// Adds pictures that were dropped while a form is open to its event, and copies them beside the
    /// file; whether they were taken.
    pub(super) fn take_pictures(&mut self, files: &[PathBuf], frame: &Frame) -> bool {
        let event = self
            .state
            .selected
            .filter(|_| self.state.writing.is_form_open);
        let Some(event) = event.filter(|_| files.iter().all(|file| is_picture(file))) else {
            return false;
        };
        let Some(folder) = self.document.origin.folder().map(ToOwned::to_owned) else {
            let message = "save the chronology first (Ctrl+S): its pictures lie beside it";
            self.panels.messages.sentence = Some(message.to_owned());
            return true;
        };
        let mut changes = Vec::new();
        for file in files {
            match bring(&folder, file) {
                Ok(file) => changes.push(Change::AddItem {
                    of: Subject::Event(event),
                    path: Vec::new(),
                    list: "media",
                    item: serde_json::json!({ "file": file }),
                }),
                Err(why) => self.panels.messages.sentence = Some(why),
            }
        }
        if !changes.is_empty() {
            let name = "add picture".to_owned();
            self.change(&Change::Together { name, changes }, frame);
            self.say("Say below what the picture shows, for those who can’t see it");
        }
        true
    }

    /// The events that are selected.
    pub(super) fn chosen(&self) -> Vec<EventId> {
        let several = &self.state.writing.several;
        if several.is_empty() {
            self.state.selected.into_iter().collect()
        } else {
            several.clone()
        }
    }

    /// Copies several events as rows that a spreadsheet program pastes, and so does this one.
    pub(super) fn copy_several(&mut self, ctx: &Context) {
        let positions = self.chosen().into_iter();
        let positions =
            positions.filter_map(|event| Some(self.document.position_of(event)?.position));
        let positions: Vec<u32> = positions.collect();
        let text = self.document.text();
        let copied = text.map_err(|error| error.to_string()).and_then(|text| {
            write::pasteable(&text, &positions).map_err(|error| error.to_string())
        });
        match copied {
            Ok(rows) => {
                ctx.copy_text(rows);
                let words = format!("{} events copied, as rows of a table", positions.len());
                self.say(words);
            }
            Err(why) => self.panels.messages.sentence = Some(why),
        }
    }

    /// Makes events of rows that were pasted from a spreadsheet program.
    pub(super) fn paste_rows(&mut self, rows: &str, frame: &Frame) {
        let options = ReadOptions {
            keep: KeepText::Always,
            ..ReadOptions::default()
        };
        let read = formats::read_with(rows.as_bytes(), &options, &ReadProgress::default());
        let read = read.ok().filter(|source| !source.timeline.is_empty());
        let Some(source) = read else {
            let message = "what was pasted has no column of dates and one of titles; \
                           give the columns names, such as date and title";
            self.panels.messages.sentence = Some(message.to_owned());
            return;
        };
        let SourceText::Kept(text) = source.text() else {
            return;
        };
        let Ok(pasted) = serde_json::from_str(text) else {
            return;
        };
        if let Some(edit) = self.change(&Change::Paste(pasted), frame) {
            let left_out = source.diagnostics.len();
            let events = source.timeline.len();
            let mut words = match events {
                1 => "1 event pasted".to_owned(),
                events => format!("{events} events pasted"),
            };
            if let Some(first) = source.diagnostics.first() {
                let row = first.location.line;
                let more = match left_out {
                    1 => String::new(),
                    many => format!(", and {} more", many - 1),
                };
                words = format!("{words}; row {row}: {}{more}", first.message);
                self.panels.messages.sentence = Some(words);
            } else {
                self.say(words);
            }
            if self.panels.pending.is_some() {
                return;
            }
            let added = edit.moves.iter().filter(|it| it.list == RowList::Events);
            let added = added.filter_map(|it| self.document.source.event_at(it.to?));
            let added: Vec<EventId> = added.collect();
            self.apply_to_state(&Command::SelectSeveral(added), frame);
        }
    }
}
