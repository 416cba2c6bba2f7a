//! The open chronology, and the one being loaded. The open file is watched: saved by another
//! program, it is reloaded.

use std::{
    path::{Path, PathBuf},
    sync::Arc,
    time::Duration,
};

use egui::Context;

use super::loading::{Incoming, Loading};
use crate::{
    formats::{Source, columns::ColumnChoice},
    model::Timeline,
    open::pictures::Beside,
    open::{self, Origin, watching::Watch},
    settings::{self, Settings},
    view::Recent,
};

/// A file that is being written comes to rest within this, in seconds.
const RELOAD_DELAY_SECS: f64 = 0.15;

/// The path of a file, in the form in which the settings keep it.
pub(super) fn file_of(origin: &Origin) -> Option<PathBuf> {
    match origin {
        Origin::File(path) => Some(settings::lasting(path)),
        Origin::Shipped | Origin::Stdin => None,
    }
}

/// The open chronology.
pub(super) struct Document {
    pub origin: Origin,
    pub source: Source,
    /// What was said of the columns of the open file, if it is a table.
    pub columns: ColumnChoice,
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
            columns: ColumnChoice::default(),
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

    /// Takes what was read in the place of what was open, and returns that. Another file is watched
    /// from now on.
    pub fn replace(&mut self, incoming: Incoming) -> Source {
        if !self.is_reload(&incoming) {
            self.origin = incoming.origin;
            self.reload_due_secs = None;
            self.watch = match &self.origin {
                Origin::File(path) => Watch::start(path, self.loading.wake()),
                Origin::Shipped | Origin::Stdin => None,
            };
        }
        self.has_opened = true;
        std::mem::replace(&mut self.source, incoming.source)
    }

    /// Whether another file than the open one is being loaded.
    pub fn is_loading_other(&self) -> bool {
        let coming = self.loading.origin();
        coming.is_some_and(|origin| !self.has_opened || *origin != self.origin)
    }

    /// Reloads the open file when another program saved it: a moment later, since many programs
    /// write in several steps. What is shown stays until the new version can be shown, and if that
    /// is broken.
    pub fn reload_if_changed(&mut self, ctx: &Context) {
        let now_secs = ctx.input(|input| input.time);
        if self.watch.as_ref().is_some_and(Watch::take) {
            self.reload_due_secs = Some(now_secs + RELOAD_DELAY_SECS);
        }
        let Some(due_secs) = self.reload_due_secs else {
            return;
        };
        if now_secs < due_secs {
            ctx.request_repaint_after(Duration::from_secs_f64(due_secs - now_secs));
            return;
        }
        if self.is_loading_other() {
            // The other file comes first; it gets a watch of its own, or is cancelled.
            ctx.request_repaint_after(Duration::from_secs_f64(RELOAD_DELAY_SECS));
            return;
        }
        self.reload_due_secs = None;
        self.reload();
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
