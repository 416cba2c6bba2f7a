//! The open chronology, and the one being loaded. The open file is watched: saved by another
//! program, it is reloaded.

use std::{
    borrow::Cow,
    fs,
    path::{Path, PathBuf},
    sync::Arc,
    time::Duration,
};

use egui::Context;
use serde_json::Value;

use super::{
    loading::{Incoming, Loading},
    writing::Rows,
};
use crate::{
    edit::{Change, Draft, Edit, OpenText},
    formats::{
        self, Fingerprint, Format, ReadProgress, Source,
        columns::ColumnChoice,
        json::ranges::{Ranges, RowList},
        source::{RowPosition, SourceText},
    },
    model::{EventId, Timeline},
    open::pictures::Beside,
    open::{self, OpenError, Origin, watching::Watch},
    settings::{self, Settings},
    view::{
        Recent,
        writing::{ListRows, Writing},
    },
};

/// A file that is being written comes to rest within this, in seconds.
const RELOAD_DELAY_SECS: f64 = 0.15;

/// The path of a file, in the form in which the settings keep it.
pub(super) fn file_of(origin: &Origin) -> Option<PathBuf> {
    match origin {
        Origin::File(path) => Some(settings::lasting(path)),
        Origin::Shipped | Origin::Stdin | Origin::New => None,
    }
}

/// Tells the text of a chronology that was opened from others.
fn fingerprint_of(source: &Source) -> Option<Fingerprint> {
    match source.text() {
        SourceText::Kept(text) => Some(Fingerprint::of(text.as_bytes())),
        SourceText::InFile(fingerprint) => Some(*fingerprint),
        SourceText::Open => None,
    }
}

/// A change of one's own, and what was shown before it.
pub(super) struct Changed {
    before: Source,
    edit: Edit,
}

/// The text as it was before that of the file was merged into it, and what the file held then.
pub(super) struct Unmerged {
    text: Option<OpenText>,
    in_file: Option<Fingerprint>,
}

/// The open chronology.
pub(super) struct Document {
    pub origin: Origin,
    pub source: Source,
    /// Its text with what was changed; `None` until something is.
    pub text: Option<OpenText>,
    /// The step by which the text is ahead of what is shown, while that is read.
    pub ahead: Option<Edit>,
    /// Where rows are after the last change, until what came with it has been applied.
    pub changed: Option<Changed>,
    /// What the file holds, as it was last read or written.
    pub in_file: Option<Fingerprint>,
    /// What was said of the columns of the open file, if it is a table.
    pub columns: ColumnChoice,
    /// Whether its file has another form, in which it cannot be saved as it is.
    is_imported: bool,
    /// Whether any chronology was opened yet.
    pub has_opened: bool,
    /// The chronology being loaded.
    pub loading: Loading,
    watch: Option<Watch>,
    /// When it is reloaded, in seconds of the window's clock.
    reload_due_secs: Option<f64>,
}

impl Document {
    /// No chronology yet. Starts to read the first file to show; nothing is loaded where that is
    /// the chronology that ships.
    pub fn start(origin: Option<Origin>, settings: &Settings) -> Self {
        let unnamed = || Origin::unnamed(settings.last_file.as_deref());
        let origin = origin.unwrap_or_else(unnamed);
        let mut loading = Loading::default();
        if origin != Origin::Shipped {
            let columns = settings.columns_of(file_of(&origin).as_deref());
            loading.start(origin, columns);
        }
        Self {
            origin: Origin::Shipped,
            source: Source::default(),
            text: None,
            ahead: None,
            changed: None,
            in_file: None,
            columns: ColumnChoice::default(),
            is_imported: false,
            has_opened: false,
            loading,
            watch: None,
            reload_due_secs: None,
        }
    }

    /// The timeline of the open chronology.
    pub fn timeline(&self) -> &Arc<Timeline> {
        &self.source.timeline
    }

    /// Whether this is another version of the open file.
    pub fn is_reload(&self, incoming: &Incoming) -> bool {
        self.has_opened && self.origin == incoming.origin
    }

    /// Whether its file still holds what is known of it.
    pub fn is_known(&self, incoming: &Incoming) -> bool {
        let incoming = fingerprint_of(&incoming.source);
        self.text.is_some() && incoming.is_some() && self.in_file == incoming
    }

    /// Takes what was read in the place of what was open, and returns that. Another file is watched
    /// from now on.
    pub fn replace(&mut self, incoming: Incoming) -> Source {
        if !self.is_reload(&incoming) {
            self.origin = incoming.origin;
            self.reload_due_secs = None;
            self.watch = match &self.origin {
                Origin::File(path) => Watch::start(path, self.loading.wake()),
                Origin::Shipped | Origin::Stdin | Origin::New => None,
            };
        }
        self.has_opened = true;
        (self.text, self.ahead, self.changed) = (None, None, None);
        self.is_imported = incoming.source.format != Format::Timeline;
        self.in_file = fingerprint_of(&incoming.source);
        std::mem::replace(&mut self.source, incoming.source)
    }

    /// The file has a text that another program has saved, into which one's own changes were taken.
    /// Returns what was before.
    pub fn take_merged(&mut self, theirs: Arc<String>, merged: Draft) -> Unmerged {
        let in_file = self.in_file.replace(Fingerprint::of(theirs.as_bytes()));
        let mut text = OpenText::saved(theirs);
        text.take(merged, "your changes");
        Unmerged {
            text: self.text.replace(text),
            in_file,
        }
    }

    /// What was merged cannot be shown: the text is again the one that is.
    pub fn unmerge(&mut self, before: Unmerged) {
        (self.text, self.in_file) = (before.text, before.in_file);
    }

    /// Whether the file has another text than it is known to have.
    pub fn is_changed_on_disk(&self, path: &Path) -> bool {
        // Where it is gone, nothing is overwritten.
        let Ok(bytes) = open::bytes_of(path) else {
            return false;
        };
        let known = |text: &[u8]| self.in_file == Some(Fingerprint::of(text));
        let unmarked = bytes.strip_prefix("\u{FEFF}".as_bytes());
        !known(&bytes) && !unmarked.is_some_and(known)
    }

    /// Its file, where that has the form in which the chronology is written, and can so be saved.
    pub fn own_file(&self) -> Option<&Path> {
        match &self.origin {
            Origin::File(path) if self.source.format == Format::Timeline && !self.is_imported => {
                Some(path)
            }
            _ => None,
        }
    }

    /// What can be undone and saved.
    pub fn writing<'a>(&'a self, rows: &'a Rows) -> Writing<'a> {
        let text = self.text.as_ref();
        Writing {
            undo: text.and_then(OpenText::undo_name),
            redo: text.and_then(OpenText::redo_name),
            renumbered: rows.renumbered,
            is_changed: self.is_changed(),
            row: rows.form.as_ref().map(|it| &it.row),
            list: rows.list.as_ref().map(|it| &it.rows),
            gripped: rows.gripped.as_ref().map(|it| &it.row),
        }
    }

    /// The text of what is open: the one that is changed, or that of the file.
    ///
    /// # Errors
    ///
    /// See [`open::text`].
    pub fn text(&self) -> Result<Arc<String>, OpenError> {
        match &self.text {
            Some(text) => Ok(Arc::clone(text.text())),
            None => open::text(&self.source, &self.origin),
        }
    }

    /// Where an event that is shown stands in the text.
    pub fn position_of(&self, event: EventId) -> Option<RowPosition> {
        self.in_text(self.source.position_of(event)?)
    }

    /// Where a row of what is shown is in the text, which may be a step ahead.
    fn in_text(&self, row: RowPosition) -> Option<RowPosition> {
        match &self.ahead {
            Some(step) => step.moved(row),
            None => Some(row),
        }
    }

    /// The rows of a list as the text has them; `None` for what the chronology says of itself.
    pub fn rows(&self, list: Option<RowList>) -> Option<ListRows> {
        let text = self.text().ok()?;
        let Some(list) = list else {
            let own = serde_json::from_str(text.trim_start_matches('\u{FEFF}')).ok()?;
            return Some(ListRows {
                list: None,
                rows: vec![(0, own)],
            });
        };
        let timeline = self.timeline();
        let count = match list {
            RowList::Lanes => timeline.lanes().len(),
            RowList::People => timeline.people().len(),
            RowList::Places => timeline.places().len(),
            RowList::Sources => timeline.sources().len(),
            RowList::Eras => timeline.eras().len(),
            RowList::Lessons => timeline.lessons().len(),
            RowList::Events => 0,
        };
        let read = self.reader(&text);
        let row = |number: usize| {
            let row = self.source.position_in(list, number);
            // A lane that only events name.
            row.and_then(&read).or_else(|| {
                let lane = timeline
                    .lanes()
                    .get(number)
                    .filter(|_| list == RowList::Lanes)?;
                let is_named = !lane.id.is_empty();
                is_named.then(|| serde_json::json!({ "id": lane.id, "label": lane.label }))
            })
        };
        let rows = (0..count).filter_map(|number| Some((number, row(number)?)));
        Some(ListRows {
            list: Some(list),
            rows: rows.collect(),
        })
    }

    /// Where the rows of the text are.
    fn ranges(&self, text: &str) -> Cow<'_, Ranges> {
        let known = self.text.as_ref().and_then(OpenText::ranges);
        known.map_or_else(|| Cow::Owned(Ranges::of(text)), Cow::Borrowed)
    }

    /// Reads rows of what is shown in the text, which is looked through once where that was not done
    /// before.
    fn reader<'a>(&'a self, text: &'a str) -> impl Fn(RowPosition) -> Option<Value> + 'a {
        let ranges = self.ranges(text);
        move |row| {
            let range = self.in_text(row)?.range(&ranges)?;
            serde_json::from_str(text.get(range)?).ok()
        }
    }

    /// An event as the text has it.
    pub fn row(&self, event: EventId) -> Option<Value> {
        let row = self.source.position_of(event)?;
        self.reader(&self.text().ok()?)(row)
    }

    /// The line of the text in which an event begins, from 1.
    pub fn line_of(&self, event: EventId) -> Option<usize> {
        let text = self.text().ok()?;
        let row = self.position_of(event)?;
        let start = row.range(&self.ranges(&text))?.start;
        Some(text.get(..start)?.matches('\n').count() + 1)
    }

    /// What is changed need not be saved. The text stays until another chronology is shown, which may fail.
    pub fn discard(&mut self) {
        if let Some(text) = &mut self.text {
            text.set_saved();
            // The file is shown where it is read next, though its text is known.
            self.in_file = None;
        }
    }

    /// Whether it has changes that its file does not have.
    pub fn is_changed(&self) -> bool {
        self.text.as_ref().is_some_and(|text| !text.is_saved())
    }

    /// Makes a change of the text; the step that it became, `None` where it changes nothing.
    ///
    /// # Errors
    ///
    /// A sentence that says why it could not be made.
    pub fn change(&mut self, change: &Change) -> Result<Option<Edit>, String> {
        let text = if let Some(text) = &mut self.text {
            text
        } else {
            let text = open::text(&self.source, &self.origin);
            let text = text.map_err(|error| error.to_string())?;
            self.text.insert(OpenText::saved(text))
        };
        let made = text.change(change, &self.source);
        made.map_err(|error| error.to_string())
    }

    /// Reads the changed text, and takes that in the place of what was shown. Returns what was.
    ///
    /// # Errors
    ///
    /// A sentence that says why it cannot be read; then nothing is taken.
    pub fn reread(&mut self, edit: Edit) -> Result<Arc<Timeline>, String> {
        let Some(text) = &self.text else {
            return Err("there is nothing to read".to_owned());
        };
        let known = self.timeline().known_texts();
        let read = formats::read_text(text.text(), known, &ReadProgress::default());
        let source = read.map_err(|error| error.to_string())?;
        Ok(self.take_changed(source, edit))
    }

    /// Takes what was read of the changed text in the place of what was shown. Returns what was.
    pub fn take_changed(&mut self, source: Source, edit: Edit) -> Arc<Timeline> {
        let before = std::mem::replace(&mut self.source, source);
        self.ahead = None;
        self.is_imported |= before.format != Format::Timeline;
        let timeline = Arc::clone(&before.timeline);
        self.changed = Some(Changed { before, edit });
        timeline
    }

    /// Where an event is after the last change.
    pub fn followed(&self, changed: &Changed, event: EventId) -> Option<EventId> {
        let row = changed.before.position_of(event)?;
        let row = changed.edit.moved(row)?;
        self.source.event_at(row.position)
    }

    /// The chronology is in this file from now on, as it is.
    ///
    /// `is_all`: what is in it is the text as it is now, without later changes.
    pub fn adopt(&mut self, path: &Path, is_all: bool) {
        self.origin = Origin::File(path.to_owned());
        self.is_imported = false;
        self.watch = Watch::start(path, self.loading.wake());
        if is_all {
            return self.set_saved();
        }
        if let Some(text) = &mut self.text {
            text.set_unsaved();
        }
        let saved = open::bytes_of(path).ok();
        self.in_file = saved.map(|bytes| Fingerprint::of(&bytes));
    }

    /// The file has what is shown from now on.
    pub fn set_saved(&mut self) {
        if let Some(text) = &mut self.text {
            text.set_saved();
            self.in_file = Some(Fingerprint::of(text.text().as_bytes()));
        }
    }

    /// The fingerprint of the text that the changes apply to; `None` where there are none.
    pub fn base(&self) -> Option<Fingerprint> {
        // Taking the changes of a large one back, to find it again, takes a tenth of a second.
        self.in_file.or_else(|| {
            let text = self.text.as_ref()?.text_in_file()?;
            Some(Fingerprint::of(text.as_bytes()))
        })
    }

    /// Whether another file than the open one is being loaded.
    pub fn is_loading_other(&self) -> bool {
        let coming = self.loading.origin();
        coming.is_some_and(|origin| !self.has_opened || *origin != self.origin)
    }

    /// Reloads the open file when another program saved it: a moment later, since many programs
    /// write in several steps. What is shown stays until the new version can be shown, and if that
    /// is broken.
    ///
    /// Returns a sentence where it is no file any more.
    pub fn reload_if_changed(&mut self, ctx: &Context) -> Option<String> {
        let now_secs = ctx.input(|input| input.time);
        if self.watch.as_ref().is_some_and(Watch::take) {
            self.reload_due_secs = Some(now_secs + RELOAD_DELAY_SECS);
        }
        let due_secs = self.reload_due_secs?;
        if now_secs < due_secs {
            ctx.request_repaint_after(Duration::from_secs_f64(due_secs - now_secs));
            return None;
        }
        if self.is_loading_other() || self.loading.is_busy() {
            // What is being read comes first; another file gets a watch of its own, or is cancelled.
            ctx.request_repaint_after(Duration::from_secs_f64(RELOAD_DELAY_SECS));
            return None;
        }
        self.reload_due_secs = None;
        if let Origin::File(path) = &self.origin
            && fs::metadata(path).is_ok_and(|about| !about.is_file() && !about.is_dir())
        {
            // To read a pipe would be to wait for somebody who writes into it.
            let name = open::one_line(&path.display().to_string());
            return Some(format!(
                "{name} is no file any more; shown is what it was before"
            ));
        }
        self.reload();
        None
    }

    /// Where the open file is just being read again, does that later: what a person does comes first, and
    /// both are taken together then.
    pub fn postpone_reload(&mut self, now_secs: f64) {
        if self.loading.is_busy() && !self.is_loading_other() {
            self.loading.cancel();
            self.reload_due_secs = Some(now_secs + RELOAD_DELAY_SECS);
        }
    }

    /// Reads the open file again.
    pub fn reload(&mut self) {
        self.loading
            .start(self.origin.clone(), self.columns.clone());
    }

    /// The path of the open file, in the form in which the settings keep it.
    pub fn file(&self) -> Option<PathBuf> {
        file_of(&self.origin)
    }

    /// What the pictures of the open file lie beside.
    pub fn beside(&self) -> Beside {
        Beside::of(&self.origin)
    }

    /// The files that were open before this one, the latest first.
    pub fn recent(&self, settings: &Settings) -> Vec<Recent> {
        let open = self.file();
        let others = settings.saved_views.iter().filter_map(|place| {
            let file = place.file.as_ref();
            file.filter(|file| Some(*file) != open.as_ref())
        });
        let paths: Vec<&PathBuf> = others.collect();
        let recent = paths.iter().map(|path| {
            let name = path.file_name().unwrap_or_default();
            let of_its_name = paths.iter().filter(|it| it.file_name() == Some(name));
            let is_alone = of_its_name.count() < 2;
            let folder = path.parent().and_then(Path::file_name);
            let name = match folder {
                // Files of the same name are shown with their folder.
                Some(folder) if !is_alone => Path::new(folder).join(name),
                _ => name.into(),
            };
            Recent {
                name: open::one_line(&name.to_string_lossy()),
                path_text: open::one_line(&path.display().to_string()),
                path: (*path).clone(),
            }
        });
        recent.collect()
    }
}
