//! The open file: opening, showing and reloading it, and its saved view.
//!
//! It leaves reading and layout to [`Loading`], and storing settings to
//! [`settings`](crate::settings).

use std::{
    path::{Path, PathBuf},
    time::Duration,
};

use egui::Context;

use super::{
    App, clock,
    loading::{Incoming, Loading, Progress},
    preparing::canvas_size,
};
use crate::{
    layout::{Camera, Layout},
    open::{self, OpenError, Origin, watching::Watch},
    settings::{self, SavedView, Settings},
    state::{CanvasGeometry, State},
    time::Moment,
    view::{Areas, Recent, messages::Messages},
};

/// Delay of a reload after a change, in seconds: a program has written the whole file by then.
const SETTLED_SECS: f64 = 0.15;

/// The watch on the open file.
#[derive(Default)]
pub(super) struct Watched {
    watch: Option<Watch>,
    /// When it is reloaded, in seconds of the window's clock.
    due_secs: Option<f64>,
}

impl App {
    /// Starts to open a file; the shown one stays until it has been read. The chronology that ships
    /// is opened at once.
    pub fn open(&mut self, origin: Origin) {
        if origin == Origin::Shipped {
            self.open_shipped();
        } else {
            self.loading.start(origin);
        }
    }

    /// Whether another file than the shown one is being loaded.
    pub(super) fn is_other_coming(&self) -> bool {
        let coming = self.loading.origin();
        coming.is_some_and(|origin| !self.has_opened || *origin != self.origin)
    }

    /// Cancels the file being loaded: the shown one stays; where there is none yet, the chronology
    /// that ships is shown. The reading thread ends by itself.
    pub(super) fn cancel_opening(&mut self) {
        self.loading.cancel();
        self.presenting.wanted = None;
        if !self.has_opened {
            // The file that was open last is still the one to open next time.
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

    /// Shows a file that was read, with its layout if there is one already.
    fn opened(&mut self, incoming: Incoming, layout: Option<Layout>) {
        self.keep_view();
        let is_reload = self.has_opened && self.origin == incoming.origin;
        let before = std::mem::replace(&mut self.timeline, incoming.timeline);
        self.layout = layout;
        self.revision += 1;
        self.filtered = Default::default();
        self.picturing.forget();
        self.lane_colors.1 = None;
        // Commands of the previous frame were meant for the other file.
        self.commands.clear();
        if is_reload {
            self.state.carry_over(&before, &self.timeline);
            if let Some(session) = self.state.session.take() {
                self.state.session = session.reloaded(&self.timeline, clock::now().secs);
            }
        } else {
            self.state.reset_place();
            self.presenting.forget_view();
            self.origin = incoming.origin;
            self.place = self.settings.view_of(self.file().as_deref()).cloned();
            self.watched = self.watch();
        }
        if self.origin != Origin::Stdin {
            self.settings.last_file = self.file();
        }
        // A message from the start still holds; that another file failed does not.
        let sentence = self.messages.sentence.take().filter(|_| !self.has_opened);
        self.has_opened = true;
        self.messages = Messages {
            sentence,
            diagnostics: incoming.diagnostics,
            offer: self.messages.offer.take().filter(|_| is_reload),
        };
        if !is_reload {
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

    /// Loads the pictures of the open story.
    pub(super) fn show_pictures(&mut self, ctx: &Context) {
        let story = self.state.selected.filter(|_| self.state.is_story_open);
        let wanted = story.map_or(&[][..], |event| self.timeline.event(event).media);
        let folder = match &self.origin {
            Origin::File(path) => path.parent().map(|folder| {
                // A bare file name is in the current folder.
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

    /// Starts to watch the open file.
    fn watch(&self) -> Watched {
        let Origin::File(path) = &self.origin else {
            return Watched::default();
        };
        Watched {
            watch: Watch::start(path, self.loading.wake()),
            due_secs: None,
        }
    }

    /// Reloads the open file when another program saved it: a moment later, since many programs
    /// write in several steps. What is shown stays until the new version can be shown, and if that
    /// is broken.
    pub(super) fn reload_if_changed(&mut self, ctx: &Context) {
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
            // The other file comes first; it gets a watch of its own, or is cancelled.
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
        // The lesson was requested of this file, not of another.
        self.presenting.wanted = None;
        if !self.has_opened {
            // A file that cannot be read does not leave the window empty.
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

    /// Keeps the open file's view in the settings.
    pub(super) fn keep_view(&mut self) {
        if self.timeline.is_empty() || self.origin == Origin::Stdin {
            return;
        }
        let (Some(layout), Some((plot_px, _))) = (&self.layout, self.plot) else {
            return;
        };
        let camera = self
            .state
            .camera
            .filter(|camera| !layout.is_fitting(camera, plot_px));
        // With the story open the plot is narrower; a view of the whole file may fit either width.
        let camera = camera.filter(|camera| {
            !(self.state.is_story_open
                && layout.is_fitting(camera, layout.size.width_px - layout.gutter_px))
        });
        let view = camera.map(|camera| {
            let right = camera.time_from_x(f64::from(plot_px));
            (camera.time_from_x(0.0).secs(), right.secs())
        });
        let selected = self
            .state
            .selected
            .map(|event| self.timeline.event(event).id.to_owned());
        let place = SavedView {
            file: self.file(),
            view,
            selected,
            story_open: self.state.is_story_open,
        };
        self.settings.keep_view(place);
    }

    pub(super) fn save(&mut self) {
        self.is_save_due = false;
        self.settings.look = self.state.look;
        if let Err(error) = self.store.save(&self.settings) {
            self.messages.sentence = Some(error.to_string());
        }
    }

    /// Shows the file being loaded as soon as it can be shown.
    pub(super) fn take_opened(&mut self, areas: &Areas) {
        let size = canvas_size(areas);
        match self.loading.progress(size, &self.measure) {
            Progress::Waiting => {}
            Progress::Arrived(incoming, layout) => self.opened(*incoming, layout),
            Progress::Failed(origin, error) => {
                debug_assert_ne!(origin, Origin::Shipped, "what ships is read at once");
                self.failed(&origin, &error);
            }
        }
    }
}

/// Starts to read the first file to show; nothing is loaded where that is the chronology that
/// ships.
pub(super) fn first_file(origin: Option<Origin>, settings: &Settings) -> Loading {
    let unnamed = || Origin::unnamed(settings.last_file.as_deref());
    let origin = origin.unwrap_or_else(unnamed);
    let mut loading = Loading::default();
    if origin != Origin::Shipped {
        loading.start(origin);
    }
    loading
}

/// Restores the saved view of this file, as far as its event still exists.
pub(super) fn go_to(state: &mut State, place: &SavedView, geometry: &CanvasGeometry<'_>) {
    state.selected = place
        .selected
        .as_ref()
        .and_then(|id| geometry.layout.timeline.find_event(id));
    state.is_story_open = place.story_open && state.selected.is_some();
    state.camera = place.view.map(|(from, to)| {
        let camera = Camera::over(
            Moment::from_secs(from),
            Moment::from_secs(to),
            f64::from(geometry.shut_px),
        );
        let plot_px = state.plot_px(geometry);
        geometry.layout.allowed(camera, plot_px, plot_px)
    });
}
