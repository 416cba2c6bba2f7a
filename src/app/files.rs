//! Which file is open: opening it, showing it, and what is found again when it is opened anew.
//!
//! It leaves reading and making ready to [`Loading`], and where settings lie to
//! [`settings`](crate::settings).

use std::{
    path::{Path, PathBuf},
    time::Duration,
};

use egui::Context;

use super::{
    App, clock,
    loading::{Incoming, Loading, Progress},
    preparing::key,
};
use crate::{
    layout::{Camera, Index},
    open::{self, OpenError, Origin, watching::Watch},
    settings::{self, Place, Settings},
    state::{Stage, State},
    time::Moment,
    view::{Areas, Recent, messages::Messages},
};

/// A file that is being written comes to rest within this, in seconds.
const SETTLED_SECS: f64 = 0.15;

/// The open file as it is watched.
#[derive(Default)]
pub(super) struct Watched {
    watch: Option<Watch>,
    /// When it is read anew, by the window's clock.
    due_secs: Option<f64>,
}

impl App {
    /// Starts reading; what was shown stays until it has been read. What ships is there at once.
    pub fn open(&mut self, origin: Origin) {
        if origin == Origin::Shipped {
            self.open_shipped();
        } else {
            self.loading.start(origin);
        }
    }

    /// Whether another file than the one that is shown is on its way.
    pub(super) fn is_other_coming(&self) -> bool {
        let coming = self.loading.origin();
        coming.is_some_and(|origin| !self.has_opened || *origin != self.origin)
    }

    /// What is on its way is no longer wanted: what is shown stays, and where that is nothing yet, what
    /// ships is shown. Reading ends by itself.
    pub(super) fn cancel_opening(&mut self) {
        self.loading.cancel();
        self.presenting.wanted = None;
        if !self.has_opened {
            // The file that was open last stays the one that is opened next time.
            let last_file = self.settings.last_file.take();
            self.open_shipped();
            self.settings.last_file = last_file;
        }
    }

    pub(super) fn open_shipped(&mut self) {
        self.loading.stop();
        match open::read(&Origin::Shipped) {
            Ok(loaded) => {
                let incoming = Incoming::new(Origin::Shipped, loaded);
                self.opened(incoming, None);
            }
            Err(error) => self.messages.sentence = Some(error.to_string()),
        }
    }

    /// Shows what was read; an index that is there already comes with it.
    fn opened(&mut self, incoming: Incoming, index: Option<Index>) {
        self.keep_place();
        let is_anew = self.has_opened && self.origin == incoming.origin;
        let before = std::mem::replace(&mut self.timeline, incoming.timeline);
        self.index = index;
        self.revision += 1;
        self.lit = Default::default();
        self.picturing.forget();
        self.lane_colors.1 = None;
        // What was asked for in the frame before was meant for the other file.
        self.commands.clear();
        if is_anew {
            self.state.carry_over(&before, &self.timeline);
            if let Some(telling) = self.state.telling.take() {
                self.state.telling = telling.anew(&self.timeline, clock::now().secs);
            }
        } else {
            self.state.reset_place();
            self.presenting.forget_view();
            self.origin = incoming.origin;
            self.place = self.settings.place_of(self.file().as_deref()).cloned();
            self.watched = self.watch();
        }
        if self.origin != Origin::Stdin {
            self.settings.last_file = self.file();
        }
        // What was said at the start still holds; that another file failed does not.
        let sentence = self.messages.sentence.take().filter(|_| !self.has_opened);
        self.has_opened = true;
        self.messages = Messages {
            sentence,
            diagnostics: incoming.diagnostics,
            offer: self.messages.offer.take().filter(|_| is_anew),
        };
        if !is_anew {
            self.offer_to_go_on();
        }
        self.is_save_due = true;
        self.recent = self.recent_files();
    }

    /// The files that were open before this one, the latest first.
    fn recent_files(&self) -> Vec<Recent> {
        let open = self.file();
        let places = self.settings.places.iter();
        let others = places.filter_map(|place| {
            place
                .file
                .as_ref()
                .filter(|file| Some(*file) != open.as_ref())
        });
        let paths: Vec<&PathBuf> = others.collect();
        let recent = paths.iter().map(|path| {
            let name = path.file_name().unwrap_or_default();
            let is_alone = paths
                .iter()
                .filter(|it| it.file_name() == Some(name))
                .count()
                < 2;
            let folder = path.parent().and_then(Path::file_name);
            let name = match folder {
                // Of files of one name it is said where each lies.
                Some(folder) if !is_alone => Path::new(folder).join(name),
                _ => name.into(),
            };
            Recent {
                name: open::one_line(&name.to_string_lossy()),
                place: open::one_line(&path.display().to_string()),
                path: (*path).clone(),
            }
        });
        recent.collect()
    }

    /// Sees to it that the pictures of the open story are there or on their way.
    pub(super) fn show_pictures(&mut self, ctx: &Context) {
        let story = self.state.selected.filter(|_| self.state.is_story_open);
        let wanted = story.map_or(&[][..], |event| self.timeline.event(event).media);
        let folder = match &self.origin {
            Origin::File(path) => path.parent().map(|folder| {
                // The folder of a bare name is the one where one is.
                if folder.as_os_str().is_empty() {
                    Path::new(".")
                } else {
                    folder
                }
            }),
            Origin::Shipped | Origin::Stdin => None,
        };
        self.picturing.progress(folder, wanted, ctx);
    }

    /// Begins to watch the open file.
    fn watch(&self) -> Watched {
        let Origin::File(path) = &self.origin else {
            return Watched::default();
        };
        Watched {
            watch: Watch::start(path, self.loading.wake()),
            due_secs: None,
        }
    }

    /// Reads the open file anew when it was saved elsewhere: a moment later, since many programs write
    /// in several steps. What is shown stays until the new state can be, and where that is broken.
    pub(super) fn read_anew(&mut self, ctx: &Context) {
        let now_secs = ctx.input(|input| input.time);
        if self.watched.watch.as_ref().is_some_and(Watch::take) {
            self.watched.due_secs = Some(now_secs + SETTLED_SECS);
        }
        let Some(due_secs) = self.watched.due_secs else {
            return;
        };
        if now_secs < due_secs {
            ctx.request_repaint_after(Duration::from_secs_f64(due_secs - now_secs));
            return;
        }
        if self.is_other_coming() {
            // What was asked for comes first; it brings a watch of its own, or is cancelled.
            ctx.request_repaint_after(Duration::from_secs_f64(SETTLED_SECS));
            return;
        }
        self.watched.due_secs = None;
        self.loading.start(self.origin.clone());
    }

    fn failed(&mut self, origin: &Origin, error: &OpenError) {
        let instead = if self.has_opened && *origin == self.origin {
            "; shown is what it was before"
        } else if self.has_opened {
            ""
        } else {
            "; shown instead: the chronology that ships"
        };
        self.messages.sentence = Some(format!("{error}{instead}"));
        // A lesson was asked for of this file, not of another.
        self.presenting.wanted = None;
        if !self.has_opened {
            // A window is never empty for a file that cannot be read.
            let last_file = self.settings.last_file.take();
            self.open_shipped();
            self.settings.last_file = last_file;
        }
    }

    pub(super) fn file(&self) -> Option<PathBuf> {
        match &self.origin {
            Origin::File(path) => Some(settings::lasting(path)),
            Origin::Shipped | Origin::Stdin => None,
        }
    }

    /// Takes down where one is in the open file.
    pub(super) fn keep_place(&mut self) {
        if self.timeline.is_empty() || self.origin == Origin::Stdin {
            return;
        }
        let (Some(index), Some((plot_px, _))) = (&self.index, self.plot) else {
            return;
        };
        let camera = self
            .state
            .camera
            .filter(|camera| !index.is_fitting(camera, plot_px));
        // A view with the story open fits a narrower plot; whether it shows all is asked of both.
        let camera = camera.filter(|camera| {
            !(self.state.is_story_open
                && index.is_fitting(camera, index.key.width_px - index.gutter_px))
        });
        let view = camera.map(|camera| {
            let right = camera.time_from_x(f64::from(plot_px));
            (camera.time_from_x(0.0).secs(), right.secs())
        });
        let selected = self
            .state
            .selected
            .map(|event| self.timeline.event(event).id.to_owned());
        let place = Place {
            file: self.file(),
            view,
            selected,
            story_open: self.state.is_story_open,
        };
        self.settings.keep_place(place);
    }

    pub(super) fn save(&mut self) {
        self.is_save_due = false;
        self.settings.look = self.state.look;
        if let Err(error) = self.store.save(&self.settings) {
            self.messages.sentence = Some(error.to_string());
        }
    }

    /// Takes in what has been read, as soon as it can be shown.
    pub(super) fn take_opened(&mut self, areas: &Areas) {
        let key = key(areas);
        match self.loading.progress(key, &self.measure) {
            Progress::Waiting => {}
            Progress::Arrived(incoming, index) => self.opened(*incoming, index),
            Progress::Failed(origin, error) => {
                debug_assert_ne!(origin, Origin::Shipped, "what ships is read at once");
                self.failed(&origin, &error);
            }
        }
    }
}

/// Starts to read what is to be shown first: nothing is on its way where that is what ships.
pub(super) fn first_file(origin: Option<Origin>, settings: &Settings) -> Loading {
    let unnamed = || Origin::unnamed(settings.last_file.as_deref());
    let origin = origin.unwrap_or_else(unnamed);
    let mut loading = Loading::default();
    if origin != Origin::Shipped {
        loading.start(origin);
    }
    loading
}

/// Goes where one was in this file, as far as that is still there.
pub(super) fn go_to(state: &mut State, place: &Place, stage: &Stage<'_>) {
    state.selected = place
        .selected
        .as_ref()
        .and_then(|id| stage.index.timeline.find_event(id));
    state.is_story_open = place.story_open && state.selected.is_some();
    state.camera = place.view.map(|(from, to)| {
        let camera = Camera::over(
            Moment::from_secs(from),
            Moment::from_secs(to),
            f64::from(stage.shut_px),
        );
        let plot_px = state.plot_px(stage);
        stage.index.allowed(camera, plot_px, plot_px)
    });
}
