//! The window's program: its parts, and the order of a frame.

use std::sync::Arc;

use eframe::CreationContext;
use egui::{Context, Rect, Ui, ViewportCommand, Visuals};

use super::{
    canvas::{Canvas, Painting},
    document::{Document, file_of},
    lesson::{LessonWindows, WhichLesson},
    monitors::{self, Monitors},
    panels::Panels,
    preferences::Preferences,
    system_motion::SystemMotion,
    writing::Deferred,
};
use crate::{
    command::{Command, MenuCommand},
    layout::{Layout, SearchHighlight},
    model::Timeline,
    open::Origin,
    settings::{Settings, Store},
    state::{CanvasGeometry, Environment, State},
    view::{
        Areas, accessible,
        keys::Keys,
        messages,
        text::{self, color},
        toast::Toast,
    },
};

/// The window's program.
pub struct App {
    pub(super) state: State,
    pub(super) document: Document,
    pub(super) canvas: Canvas,
    pub(super) painting: Painting,
    pub(super) panels: Panels,
    pub(super) lesson: LessonWindows,
    pub(super) preferences: Preferences,
    /// The commands that the views of the last frame returned; they are applied in the next.
    pub(super) commands: Vec<Command>,
    /// The title that the window was last given.
    applied_title: Option<String>,
    monitor_watch: monitors::Watch,
    /// Whether it was looked whether the window fits its monitor.
    is_fitted: bool,
}

/// What a frame is drawn for.
#[derive(Copy, Clone)]
pub(super) struct Frame {
    /// The whole window.
    pub window: Rect,
    /// egui's monotonic clock, in seconds.
    pub now_secs: f64,
    /// A clock that goes on while the computer sleeps, in seconds.
    pub clock_secs: f64,
}

impl App {
    /// A window's program with the settings that were found, opening `origin` (`None`: the file
    /// that was open last).
    pub fn new(
        ctx: &Context,
        origin: Option<Origin>,
        store: Store,
        (settings, warning): (Settings, Option<String>),
    ) -> Self {
        let document = Document::start(origin, &settings);
        Self::with(ctx, document, store, (settings, warning))
    }

    /// A window's program that shows the file being loaded or, where there is none, the chronology
    /// that ships.
    pub(super) fn with(
        ctx: &Context,
        document: Document,
        store: Store,
        (settings, warning): (Settings, Option<String>),
    ) -> Self {
        document.loading.attach(ctx);
        text::install_fonts(ctx);
        // Nothing was ever saved: it is the very first start.
        let has_hint = settings == Settings::default() && warning.is_none();
        ctx.add_plugin(Keys::default());
        ctx.add_plugin(accessible::MissingNames);
        ctx.options_mut(|options| options.zoom_with_keyboard = false);
        let mut app = Self {
            state: State::new(settings.look),
            document,
            canvas: Canvas::default(),
            painting: Painting::default(),
            panels: Panels {
                has_hint,
                ..Panels::default()
            },
            lesson: LessonWindows::default(),
            preferences: Preferences::new(settings, store),
            commands: Vec::new(),
            applied_title: None,
            monitor_watch: monitors::Watch::default(),
            is_fitted: false,
        };
        app.panels.messages.sentence = warning;
        if !app.document.loading.is_busy() {
            app.open(Origin::Shipped);
        }
        app
    }

    /// The current state, for tests.
    pub fn state(&self) -> &State {
        &self.state
    }

    /// Whether a file is still being loaded.
    pub fn is_loading(&self) -> bool {
        self.document.loading.is_busy()
    }

    /// The sentence in the message bar, else what was just done, for tests; empty where nothing is said.
    pub fn says(&self) -> &str {
        let toast = self.panels.toast.as_ref().map(|toast| &*toast.words);
        let sentence = self.panels.messages.sentence.as_deref();
        sentence.or(toast).unwrap_or_default()
    }

    /// The search highlight, for tests.
    pub fn found(&self) -> Option<&SearchHighlight> {
        self.panels.search.found()
    }

    /// The layout, for tests; `None` before the first file is laid out.
    pub fn layout(&self) -> Option<&Layout> {
        self.canvas.layout.as_ref()
    }

    /// The chronology that is shown.
    pub fn timeline(&self) -> &Arc<Timeline> {
        self.document.timeline()
    }

    /// Sets whether the system asks for less motion.
    pub fn set_system_motion(&mut self, is_reduced: bool) {
        if self.state.system_reduces_motion != is_reduced {
            self.commands.push(Command::SystemMotion { is_reduced });
        }
    }

    /// Follows the system's motion setting, and the monitors that come and go.
    pub(super) fn listen(&mut self, context: &CreationContext<'_>) {
        self.preferences.system_motion = Some(SystemMotion::listen(&context.egui_ctx));
        self.monitor_watch = monitors::Watch::start(context);
    }

    /// Starts a lesson as soon as the file is open.
    pub fn present_when_opened(&mut self, lesson: WhichLesson) {
        self.lesson.requested = Some(lesson);
    }

    /// Runs one frame: takes input, applies commands, advances, and draws everything in the window.
    pub fn show(&mut self, ui: &mut Ui) {
        let ctx = ui.ctx().clone();
        let frame = Frame {
            window: ui.max_rect(),
            now_secs: ui.input(|input| input.time),
            clock_secs: super::clock::now().secs,
        };
        let theme = self.preferences.apply_look(&ctx, self.state.look);
        self.painting.text_painter.begin(&ctx);

        accessible::name_window(&ctx, || self.timeline().title().to_owned());
        let input = self.take_input(&ctx, &frame);
        self.apply(&input, &ctx, &frame);
        self.advance(&ctx, &frame, theme);
        self.announce_done(&ctx, frame.now_secs);
        Keys::set_edit_target(&ctx, self.edit_target(&ctx));
        self.draw(ui, &frame, theme);

        if !self.commands.is_empty() {
            ctx.request_repaint();
        }
    }

    /// Says what was just done, for a few seconds.
    pub(super) fn say(&mut self, words: impl Into<String>) {
        self.panels.toast = Some(Toast::new(words));
    }

    /// Has a screen reader say what was just done, and forgets it once it was shown for long enough.
    fn announce_done(&mut self, ctx: &Context, now_secs: f64) {
        let Some(toast) = &mut self.panels.toast else {
            return;
        };
        match toast.left(now_secs) {
            Some(left) => {
                accessible::announce(ctx, "done", || toast.words.clone());
                ctx.request_repaint_after(left);
            }
            None => self.panels.toast = None,
        }
    }

    /// The parts of the window; the message bar takes its height from the canvas.
    pub(super) fn areas(&self, frame: &Frame) -> Areas {
        let mut areas = Areas::new(frame.window, self.state.is_side_open());
        if !self.panels.messages.is_empty() {
            areas.canvas.min.y = (areas.canvas.top() + messages::BAR_PX).min(areas.canvas.bottom());
            areas.story.min.y = areas.canvas.min.y;
        }
        areas
    }

    /// Lays the chronology out for the window and the filter as they are; a lesson covers the
    /// canvas.
    pub(super) fn lay_out(&mut self, frame: &Frame) {
        if self.state.session.is_some() {
            return;
        }
        let areas = self.areas(frame);
        let document = &mut self.document;
        if let Err(message) = self.canvas.lay_out(document, &self.state, &areas) {
            self.panels.messages.sentence = Some(message);
        }
    }

    /// Applies one command to the state.
    pub(super) fn apply_to_state(&mut self, command: &Command, frame: &Frame) {
        self.lay_out(frame);
        let areas = self.areas(frame);
        let environment = environment(&self.document, &self.canvas, &self.state, &areas, frame);
        self.state.apply(command, &environment);
    }

    /// Opens a file, or the chronology that ships, which is there at once. The shown one stays
    /// until the file has been read.
    pub fn open(&mut self, origin: Origin) {
        self.panels.left_out = None;
        (self.panels.pending, self.panels.waiting) = (None, Vec::new());
        self.panels.deferred = Deferred::default();
        if origin == Origin::Shipped {
            let opened = self.open_shipped();
            self.commands.splice(..0, opened);
        } else {
            let file = file_of(&origin);
            let columns = self.preferences.settings.columns_of(file.as_deref());
            self.document.loading.start(origin, columns);
        }
    }

    /// Saves the settings; what goes wrong becomes a message.
    pub(super) fn save(&mut self) {
        if let Err(message) = self.preferences.save(self.state.look) {
            self.panels.messages.sentence = Some(message);
        }
    }
}

/// What commands are applied in: the chronology, the canvas unless a lesson covers it, the time.
pub(super) fn environment<'a>(
    document: &'a Document,
    canvas: &'a Canvas,
    state: &State,
    areas: &Areas,
    frame: &Frame,
) -> Environment<'a> {
    let layout = canvas.layout.as_ref().filter(|_| state.session.is_none());
    Environment {
        timeline: document.timeline(),
        canvas: layout.map(|layout| geometry(layout, areas, state.is_side_open(), frame.now_secs)),
        clock_secs: frame.clock_secs,
    }
}

/// The geometry of the canvas in a window of these parts.
pub(super) fn geometry<'a>(
    layout: &'a Layout,
    areas: &Areas,
    is_side_open: bool,
    now_secs: f64,
) -> CanvasGeometry<'a> {
    let width = areas.canvas.width() - layout.gutter_px;
    let column_px = areas.column_px();
    let (shut_px, open_px) = if is_side_open {
        (width + column_px, width)
    } else {
        (width, width - column_px)
    };
    CanvasGeometry {
        layout,
        shut_px,
        open_px,
        sheet_px: areas.sheet_px(),
        canvas_px: areas.canvas.height(),
        now_secs,
    }
}

/// Whether the window with its title bar is no larger than its monitor; `None` while the platform
/// has not said which that is. Maximized, it gets what panels of the desktop leave.
fn fits_monitor(ui: &Ui) -> Option<bool> {
    /// A title bar is about so high, in px.
    const TITLE_BAR_PX: f32 = 40.0;
    let (monitor, fills) = ui.input(|input| {
        let viewport = input.viewport();
        let fills = [viewport.fullscreen, viewport.maximized].contains(&Some(true));
        (viewport.monitor_size, fills)
    });
    let monitor = monitor?;
    if fills {
        return Some(true);
    }
    let window = ui.max_rect();
    Some(window.width() <= monitor.x && window.height() + TITLE_BAR_PX <= monitor.y)
}

impl eframe::App for App {
    fn logic(&mut self, _ctx: &Context, _frame: &mut eframe::Frame) {
        // Not before the first frame: a disk or a message bus may be slow.
        if self.applied_title.is_none() {
            return;
        }
        if self.preferences.is_save_due {
            self.save();
        }
        if let Some(motion) = &self.preferences.system_motion {
            self.set_system_motion(motion.is_reduced());
        }
    }

    fn ui(&mut self, ui: &mut Ui, frame: &mut eframe::Frame) {
        let monitors = Monitors::of(frame, &mut self.monitor_watch);
        let place = self.state.look.stages.with(monitors.count);
        self.lesson.follow(ui.ctx(), monitors, place);
        if !self.is_fitted {
            let fits = fits_monitor(ui);
            self.is_fitted = fits.is_some();
            if fits == Some(false) {
                ui.send_viewport_cmd(ViewportCommand::Maximized(true));
            }
        }
        let title = self.timeline().title();
        let mark = if self.document.is_changed() {
            "• "
        } else {
            ""
        };
        let shown = if title.is_empty() {
            format!("{mark}Meanwhile")
        } else {
            format!("{mark}{title} · Meanwhile")
        };
        if self.applied_title.as_deref() != Some(&*shown) {
            ui.send_viewport_cmd(ViewportCommand::Title(shown.clone()));
            self.applied_title = Some(shown);
        }
        let closes = self.ask_before_closing(ui);
        self.preferences
            .keep_window(ui, self.state.session.is_some());
        self.show(ui);
        if closes {
            // After what the field has handed over in this frame.
            self.commands.push(MenuCommand::Quit.into());
            ui.request_repaint();
        }
        if self.preferences.is_save_due {
            ui.request_repaint();
        }
    }

    fn on_exit(&mut self, _gl: Option<&eframe::glow::Context>) {
        self.keep_view();
        // A lesson that is left by closing the window is not offered again.
        if self.state.session.is_some() {
            self.preferences.settings.broken_off = None;
        }
        self.save();
    }

    /// The background of the whole window, so that nothing paints it again: without a GPU each
    /// layer of a 1440 × 900 window takes some 10 ms.
    fn clear_color(&self, _visuals: &Visuals) -> [f32; 4] {
        color(self.preferences.applied_theme().ground).to_normalized_gamma_f32()
    }
}
