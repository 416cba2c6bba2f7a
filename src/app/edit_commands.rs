//! What commands that change the chronology do: they change its text, which is then read again and
//! shown as a file that was saved elsewhere is.

use std::{
    path::{Path, PathBuf},
    sync::Arc,
    time::Duration,
};

use egui::{Context, Ui, ViewportCommand};

use super::{
    dialog::Dialog,
    file_commands::faults,
    loading::{AT_ONCE, Incoming},
    shell::{App, Frame},
    writing::{EventRow, ListOf, Merging, Next},
};
use crate::{
    command::{Before, Command, Layer, MenuCommand, Panel},
    edit::{Change, Conflict, Edit, OpenText, Subject, Winner, merge, typed_event},
    formats::{
        self, KeepText, ReadOptions, ReadProgress, Source,
        json::ranges::{Ranges, RowList},
        source::SourceText,
        write::{self, Target},
    },
    layout::Layout,
    model::{EventId, Timeline},
    open::{
        self, Origin,
        editor::open_line,
        picture_files::{bring, collect, is_picture},
        saving::{Existing, save},
    },
    view::messages::Offer,
};

impl App {
    /// Applies a command that changes the chronology or its file; whether it is one.
    pub(super) fn apply_edit(&mut self, command: &Command, ctx: &Context, frame: &Frame) -> bool {
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
        let leaves = [
            MenuCommand::Collect,
            MenuCommand::Save,
            MenuCommand::New,
            MenuCommand::OpenShipped,
        ];
        if leaves.contains(menu) && self.is_typing(ctx) {
            self.defer(command.clone(), ctx);
            return true;
        }
        match menu {
            MenuCommand::Undo => self.undo_or_redo(true, frame),
            MenuCommand::Redo => self.undo_or_redo(false, frame),
            MenuCommand::Duplicate => {
                if let Some(event) = self.state.selected
                    && let Some(edit) = self.change(&Change::Duplicate(event), frame)
                {
                    self.select_added(&edit, true, frame);
                }
            }
            MenuCommand::Delete => {
                let rows = self.chosen().into_iter().map(Subject::Event);
                let rows: Vec<Subject> = rows.collect();
                if !rows.is_empty() {
                    self.change(&Change::Delete(rows), frame);
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

    /// Whether a question about the changes is to be answered before anything else.
    fn is_asking(&self) -> bool {
        self.state.shows(Panel::Conflict) || self.state.shows(Panel::Unsaved)
    }

    /// Whether a field of the chronology has the keyboard: what is typed in it is not yet in the text.
    fn is_typing(&self, ctx: &Context) -> bool {
        let is_writing = self.state.writing.is_form_open || self.state.shows(Panel::Lists);
        is_writing && ctx.text_edit_focused()
    }

    /// Has the field hand over what is typed in it, and applies the command then.
    fn defer(&mut self, command: Command, ctx: &Context) {
        super::commands::surrender_focus(ctx);
        self.panels.deferred.push(command);
        ctx.request_repaint();
    }

    fn apply_change(&mut self, command: &Command, ctx: &Context, frame: &Frame) -> bool {
        let is_free = self.state.session.is_none() && !self.is_asking();
        match command {
            Command::Edit(change) if is_free => {
                let edit = self.change(change, frame);
                if let Some(edit) = edit.filter(|_| matches!(change, Change::AddEvents(_))) {
                    self.select_added(&edit, true, frame);
                }
            }
            Command::AddTyped if is_free => self.add_typed(frame),
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
                *kept = document.row(event).map(|row| EventRow {
                    timeline: Arc::clone(timeline),
                    event,
                    row,
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
            self.panels.rows.list = self.document.rows(list).map(|rows| ListOf {
                timeline: Arc::clone(self.document.timeline()),
                list,
                rows,
            });
        }
    }

    /// Opens the line of the selected event in an editor.
    fn open_selected_line(&mut self, ctx: &Context) {
        let Some(event) = self.state.selected else {
            return;
        };
        let source = &self.document.source;
        let text = open::text(source, &self.document.origin).ok();
        let line = text.and_then(|text| {
            let row = source.position_of(event)?;
            let start = row.range(&Ranges::of(&text))?.start;
            Some(text.get(..start)?.matches('\n').count() + 1)
        });
        if let Some(line) = line {
            self.open_line(line, ctx);
        }
    }

    /// Opens the line of a fault in an editor.
    fn open_fault(&mut self, number: usize, ctx: &Context) {
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
        self.panels.messages.sentence = match open_line(path, line) {
            Ok(true) => None,
            Ok(false) => {
                ctx.copy_text(place.clone());
                Some(format!("the file is opened; its line is copied: {place}"))
            }
            Err(why) => {
                ctx.copy_text(place.clone());
                Some(format!("{why}; the place is copied: {place}"))
            }
        };
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
        let text = open::text(source, &self.document.origin).map_err(|error| error.to_string());
        let done =
            text.and_then(|text| collect((&text, &name), &pictures, (from.as_deref(), folder)));
        let folder = open::one_line(&folder.display().to_string());
        self.panels.messages.sentence = Some(match done {
            Ok((1, missing)) if missing.is_empty() => {
                format!("“{name}” and its picture are in “{folder}”")
            }
            Ok((count, missing)) if missing.is_empty() => {
                format!("“{name}” and its {count} pictures are in “{folder}”")
            }
            Ok((count, missing)) => format!(
                "“{name}” and {count} pictures are in “{folder}”; not found: {}",
                missing.join(", ")
            ),
            Err(why) => why,
        });
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
            let message = "say below what the picture shows, for those who can’t see it";
            self.panels.messages.sentence = Some(message.to_owned());
        }
        true
    }

    /// The events that are selected.
    fn chosen(&self) -> Vec<EventId> {
        let several = &self.state.writing.several;
        if several.is_empty() {
            self.state.selected.into_iter().collect()
        } else {
            several.clone()
        }
    }

    /// Copies several events as rows that a spreadsheet program pastes, and so does this one.
    fn copy_several(&mut self, ctx: &Context) {
        let source = &self.document.source;
        let positions = self.chosen().into_iter();
        let positions = positions.filter_map(|event| Some(source.position_of(event)?.position));
        let positions: Vec<u32> = positions.collect();
        let text = open::text(source, &self.document.origin);
        let copied = text.map_err(|error| error.to_string()).and_then(|text| {
            write::pasteable(&text, &positions).map_err(|error| error.to_string())
        });
        match copied {
            Ok(rows) => {
                ctx.copy_text(rows);
                let words = format!("{} events copied, as rows of a table", positions.len());
                self.panels.messages.sentence = Some(words);
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
            if left_out > 0 {
                words.push_str("; look through them, for something was not understood");
            }
            self.panels.messages.sentence = Some(words);
            if self.panels.pending.is_some() {
                return;
            }
            let added = edit.moves.iter().filter(|it| it.list == RowList::Events);
            let added = added.filter_map(|it| self.document.source.event_at(it.to?));
            let added: Vec<EventId> = added.collect();
            self.apply_to_state(&Command::SelectSeveral(added), frame);
        }
    }

    /// Makes a change and shows it; the step that it became. While an earlier one is still being read
    /// it waits.
    pub(super) fn change(&mut self, change: &Change, frame: &Frame) -> Option<Edit> {
        if self.panels.pending.is_some() {
            self.panels.waiting.push(change.clone());
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
        if let Some(is_form_open) = self.panels.select_due.take() {
            self.select_added(edit, is_form_open, frame);
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
                self.panels.select_due = edit.added().is_some().then_some(false);
            } else if let Some(row) = edit.added() {
                // What is there again is what one looks for.
                let event = self.document.source.event_at(row.position);
                let is_event = row.list.field() == "events";
                if let Some(event) = event.filter(|_| is_event) {
                    self.apply_to_state(&Command::Select(event), frame);
                }
            }
            let did = if is_undo { "undone" } else { "done again" };
            self.panels.said = Some(format!("{did}: {}", edit.name));
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
        if let Some(edit) = self.change(&Change::AddEvents(vec![row]), frame) {
            self.select_added(&edit, false, frame);
            // The line stays for the next one.
            let lane = lane.filter(|lane| lane.index() < self.document.timeline().lanes().len());
            self.apply_to_state(&Command::BeginEvent { lane, date: None }, frame);
        }
    }

    fn select_added(&mut self, edit: &Edit, is_form_open: bool, frame: &Frame) {
        if self.panels.pending.is_some() {
            self.panels.select_due = Some(is_form_open);
            return;
        }
        let row = edit.added();
        let event = row.and_then(|row| self.document.source.event_at(row.position));
        if let Some(event) = event {
            self.apply_to_state(
                &Command::SelectNew {
                    event,
                    is_form_open,
                },
                frame,
            );
        }
    }

    /// Saves the chronology into its file; where that has another form, or there is none, a place is
    /// asked for.
    fn save_document(&mut self, ctx: &Context) {
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
            self.panels.messages.sentence = Some(format!("“{name}” has all changes already"));
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
                self.panels.said = Some(format!("saved as “{name}”"));
                self.panels.messages.sentence = None;
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

    /// Takes what another program has saved meanwhile together with the changes of one's own. Where
    /// both have changed the same, it is asked which is kept.
    pub(super) fn merge(&mut self, incoming: &Incoming) -> Vec<Command> {
        let theirs = open::text(&incoming.source, &incoming.origin);
        let base = self.document.text.as_ref().and_then(OpenText::text_in_file);
        let (Ok(theirs), Some(base)) = (theirs, base) else {
            let name = incoming.origin.name();
            self.panels.messages.sentence = Some(format!(
                "“{name}” was saved by another program meanwhile; your changes are kept here: save them under another name"
            ));
            return Vec::new();
        };
        self.panels.merging = Some(Merging { base, theirs });
        let conflicts = self.merged(Winner::Ours, true);
        if conflicts.is_empty() {
            return Vec::new();
        }
        self.panels.conflicts = conflicts;
        vec![Command::AskWhichToKeep]
    }

    /// Merges; with `only_if_free` not where both have changed the same. Returns that.
    pub(super) fn merged(&mut self, winner: Winner, only_if_free: bool) -> Vec<Conflict> {
        let (Some(merging), Some(text)) = (&self.panels.merging, &self.document.text) else {
            return Vec::new();
        };
        let ours = Arc::clone(text.text());
        let merged = merge((&merging.base, &ours, &merging.theirs), winner);
        let (draft, conflicts) = match merged {
            Ok(merged) => merged,
            Err(why) => {
                self.panels.messages.sentence = Some(why.to_string());
                return Vec::new();
            }
        };
        if only_if_free && !conflicts.is_empty() {
            return conflicts;
        }
        let theirs = Arc::clone(&merging.theirs);
        self.panels.merging = None;
        self.document.take_merged(theirs, draft);
        self.panels.merge_due = true;
        Vec::new()
    }

    /// Shows what was merged.
    pub(super) fn show_merged(&mut self, frame: &Frame) {
        if !std::mem::take(&mut self.panels.merge_due) {
            return;
        }
        match self.show_anew(frame) {
            Ok(()) => {
                let name = self.document.origin.name();
                self.panels.messages.sentence = Some(format!(
                    "“{name}” was saved by another program meanwhile; its changes and yours are both here"
                ));
            }
            Err(why) => self.panels.messages.sentence = Some(why),
        }
    }

    /// Shows the text, in which rows may be anywhere: they are found by their ids.
    fn show_anew(&mut self, frame: &Frame) -> Result<(), String> {
        let edit = Edit {
            name: "your changes".to_owned(),
            splices: Vec::new(),
            moves: Vec::new(),
        };
        let timeline = self.document.reread(edit)?;
        self.document.changed = None;
        self.canvas.replace(None);
        self.panels.messages.faults = faults(&self.document.source);
        let before = Before {
            timeline,
            followed: None,
        };
        self.apply_to_state(&Command::Reloaded(before), frame);
        Ok(())
    }

    /// Keeps a draft every few seconds while there are changes.
    pub(super) fn keep_draft(&mut self, ctx: &Context, now_secs: f64) {
        /// So far apart are two drafts, in seconds.
        const APART_SECS: f64 = 3.0;
        let Some(text) = self.document.text.as_ref() else {
            return;
        };
        let now = text.text();
        let drafts = &mut self.panels.drafting;
        if drafts
            .kept
            .as_ref()
            .is_some_and(|kept| Arc::ptr_eq(kept, now))
        {
            return;
        }
        let due_secs = drafts.at_secs + APART_SECS;
        if now_secs < due_secs {
            ctx.request_repaint_after(Duration::from_secs_f64(due_secs - now_secs));
            return;
        }
        drafts.at_secs = now_secs;
        drafts.kept = Some(Arc::clone(now));
        if self.document.is_changed() {
            let kept = self.preferences.drafts.keep(&self.document.origin, text);
            if let Err(error) = kept.as_ref().map_err(ToString::to_string)
                && !std::mem::replace(&mut drafts.has_failed, true)
            {
                self.panels.messages.sentence = Some(format!(
                    "no draft of your changes can be kept, so save often: {error}"
                ));
            }
        } else {
            self.preferences.drafts.remove(&self.document.origin);
        }
    }

    /// Offers the changes of the open chronology that were not saved the last time.
    pub(super) fn offer_draft(&mut self) {
        let origin = &self.document.origin;
        self.panels.offered = self.preferences.drafts.find(origin);
        let is_first = self.panels.offered.is_none() && *origin != Origin::New;
        if let Some(offered) = &self.panels.offered {
            if self.document.in_file.as_ref() != Some(&offered.draft.base) {
                let kept = open::one_line(&offered.decline().display().to_string());
                self.panels.offered = None;
                self.panels.messages.sentence = Some(format!(
                    "changes that were not saved the last time no longer fit this file, which was \
                     changed since; they are kept in “{kept}”"
                ));
                return;
            }
            self.panels.messages.offer = Some(Offer {
                words: "Changes of this chronology were not saved the last time".to_owned(),
                name: "Take them up",
                command: Command::TakeDraft,
            });
        } else if is_first && self.preferences.drafts.has(&Origin::New) {
            let offer = &mut self.panels.messages.offer;
            offer.get_or_insert_with(|| Offer {
                words: "A new chronology was not saved the last time".to_owned(),
                name: "Show it",
                command: MenuCommand::New.into(),
            });
        }
    }

    fn take_draft(&mut self, frame: &Frame) {
        let text = open::text(&self.document.source, &self.document.origin);
        let (Ok(text), Some(offered)) = (text, &self.panels.offered) else {
            return;
        };
        let Some(open) = offered.draft.applied(&text) else {
            let message = "undo what you have changed since (Ctrl+Z): the changes of the last time \
                           fit the chronology as the file has it";
            self.panels.messages.sentence = Some(message.to_owned());
            return;
        };
        let before = self.document.text.replace(open);
        if let Err(why) = self.show_anew(frame) {
            self.document.text = before;
            self.panels.messages.sentence = Some(why);
            return;
        }
        // From now on they are kept as what is changed now is.
        let text = self.document.text.as_ref();
        let origin = &self.document.origin;
        let kept = text.map(|text| self.preferences.drafts.keep(origin, text));
        if let (Some(Ok(())), Some(offered)) = (kept, self.panels.offered.take()) {
            offered.remove();
        }
        self.panels.messages.offer = None;
        self.panels.messages.sentence = None;
    }

    /// Keeps the window open while there are changes, until it was asked what becomes of them.
    pub(super) fn ask_before_closing(&mut self, ui: &Ui) {
        if self.panels.may_close {
            ui.send_viewport_cmd(ViewportCommand::Close);
            return;
        }
        let panels = &mut self.panels;
        if !self.state.shows(Panel::Unsaved) && panels.dialog.is_none() && panels.saving.is_none() {
            // The question was put away, by whatever way, or what was to be saved could not be.
            panels.next = None;
        }
        let is_asked = ui.input(|input| input.viewport().close_requested());
        if is_asked && self.is_typing(ui) {
            ui.send_viewport_cmd(ViewportCommand::CancelClose);
            self.defer(MenuCommand::Quit.into(), ui);
        } else if is_asked && self.document.is_changed() {
            ui.send_viewport_cmd(ViewportCommand::CancelClose);
            self.panels.next = Some(Next::Close);
            self.commands.push(Command::AskToSave);
        }
    }

    /// Does what leaves the chronology, unless that has changes: then it asks first.
    pub(super) fn leave_for(&mut self, next: Next, frame: &Frame) {
        if self.document.is_changed() {
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
                self.document.text = None;
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
