//! RUN: the window. It takes results of threads and key presses, carries out commands, and calls
//! the views.
//!
//! What is shown is decided elsewhere: the state by [`State::apply`], the picture by `layout`, the
//! rest of the window by `view`. Only what needs a window or a file is here.

mod choosing;
mod clock;
mod files;
mod first_frame;
mod loading;
mod look;
mod no_window;
mod panels;
mod picturing;
mod preparing;
mod presenting;
mod searching;
mod system_motion;

pub use first_frame::Ending;
pub use no_window::NoWindow;
pub use presenting::WhichLesson;

use std::sync::Arc;

use eframe::{CreationContext, NativeOptions};
use egui::{Context, Rect, Sense, Ui, ViewportBuilder, ViewportCommand, Visuals, vec2};

use choosing::Dialog;
use files::{Watched, first_file};
use first_frame::FirstFrame;
use loading::Loading;
use panels::Around;
use picturing::Picturing;
use preparing::geometry;
use presenting::{Monitors, Presenting};
use searching::Searching;
use system_motion::SystemMotion;

use crate::{
    command::Command,
    layout::{BundledFonts, FilterResult, Layout, SearchHighlight, Theme, theme::Rgba},
    model::{Filter, Header, Timeline, TimelineBuilder},
    open::{Origin, layout_thread::Measure},
    settings::{SavedView, Settings, Store, WindowPlace},
    state::{Panel, State},
    view::{
        self, Areas, Recent, StoryForm, ViewContext,
        canvas::{self, CanvasMemory},
        keys::Keys,
        messages::{self, Messages},
        overview::StripPicture,
        paint::TextPainter,
        text::{self, color},
    },
};

/// The smallest window, in px.
const SMALLEST: (f32, f32) = (800.0, 600.0);
/// The window at the first start, in px.
const FIRST: (f32, f32) = (1440.0, 900.0);
/// Duration of a panel's slide, in seconds.
const SLIDE_SECS: f32 = 0.2;

/// Opens the window with `origin`; `None` is the file that was last open, at the first start the
/// chronology that ships. Starts the lesson `present` at once, if given. Returns when the window is
/// closed.
///
/// # Errors
///
/// Where no window can be opened: no display, or one without OpenGL.
pub fn run(
    origin: Option<Origin>,
    ending: Ending,
    present: Option<WhichLesson>,
) -> Result<(), NoWindow> {
    let store = Store::platform();
    let (settings, warning) = store.load();
    // Most files are read while the system opens the window.
    let loading = first_file(origin, &settings);
    let place = settings.window;
    let size = place.map_or(FIRST, |place| (place.width, place.height));
    let viewport = ViewportBuilder::default()
        .with_title("Meanwhile")
        .with_app_id("meanwhile")
        .with_inner_size(vec2(size.0, size.1))
        .with_min_inner_size(vec2(SMALLEST.0, SMALLEST.1))
        .with_maximized(place.is_some_and(|place| place.maximized));
    let viewport = match eframe::icon_data::from_png_bytes(include_bytes!("../assets/icon.png")) {
        Ok(icon) => viewport.with_icon(icon),
        Err(_) => viewport,
    };
    let options = NativeOptions {
        viewport,
        ..NativeOptions::default()
    };
    let create = move |context: &CreationContext<'_>| {
        let mut app = App::with(&context.egui_ctx, loading, store, (settings, warning));
        if let Some(lesson) = present {
            app.present_when_opened(lesson);
        }
        app.system_motion = Some(SystemMotion::listen(&context.egui_ctx));
        Ok(match ending {
            Ending::ByPerson => Box::new(app) as Box<dyn eframe::App>,
            Ending::AfterFirstFrame(started) => Box::new(FirstFrame::new(app, started)),
        })
    };
    eframe::run_native("meanwhile", options, Box::new(create))
        .map_err(|error| NoWindow::new(&error))
}

/// The application behind the window.
pub struct App {
    origin: Origin,
    loading: Loading,
    timeline: Arc<Timeline>,
    layout: Option<Layout>,
    state: State,
    /// The plot's width in the last frame, with the story closed and as shown: to notice a resized
    /// window.
    plot: Option<(f32, f32)>,
    /// Whether anything was opened yet.
    has_opened: bool,
    /// Whether the settings have changed and are to be saved when a frame has been shown.
    is_save_due: bool,
    /// The saved view to restore once there is a canvas.
    place: Option<SavedView>,
    messages: Messages,
    settings: Settings,
    store: Store,
    /// The theme and text size that were last set in egui.
    applied_look: Option<(&'static str, u16)>,
    /// The timeline's title as it was last shown in the window's title bar.
    applied_title: Option<String>,
    measure: Measure,
    /// The lanes' colours, and the name of the theme that they are for.
    lane_colors: (Vec<Rgba>, Option<&'static str>),
    searching: Searching,
    picturing: Picturing,
    /// The system's motion setting; only a real window listens to it.
    system_motion: Option<SystemMotion>,
    watched: Watched,
    dialog: Option<Dialog>,
    presenting: Presenting,
    recent: Vec<Recent>,
    /// A filter, and the filter result that was made for it.
    filtered: (Filter, Option<FilterResult>),
    /// See [`ViewContext::revision`].
    revision: u64,
    text_painter: TextPainter,
    canvas: CanvasMemory,
    strip: StripPicture,
    commands: Vec<Command>,
}

impl App {
    /// An application with the loaded settings, opening `origin` (`None`: the file that was last
    /// open).
    pub fn new(
        ctx: &Context,
        origin: Option<Origin>,
        store: Store,
        (settings, warning): (Settings, Option<String>),
    ) -> Self {
        let loading = first_file(origin, &settings);
        Self::with(ctx, loading, store, (settings, warning))
    }

    /// An application that shows the file being loaded or, where there is none, the chronology that
    /// ships.
    fn with(
        ctx: &Context,
        loading: Loading,
        store: Store,
        (settings, warning): (Settings, Option<String>),
    ) -> Self {
        loading.attach(ctx);
        text::install_fonts(ctx);
        ctx.add_plugin(Keys::default());
        ctx.options_mut(|options| options.zoom_with_keyboard = false);
        let mut state = State::default();
        state.look = settings.look;
        let mut app = Self {
            origin: Origin::Shipped,
            loading,
            timeline: Arc::new(TimelineBuilder::new(Header::default()).build()),
            layout: None,
            state,
            plot: None,
            has_opened: false,
            is_save_due: false,
            place: None,
            messages: Messages {
                sentence: warning,
                ..Messages::default()
            },
            store,
            applied_look: None,
            applied_title: None,
            measure: Arc::new(BundledFonts::default()),
            lane_colors: (Vec::new(), None),
            searching: Searching::default(),
            picturing: Picturing::default(),
            system_motion: None,
            watched: Watched::default(),
            dialog: None,
            presenting: Presenting::default(),
            recent: Vec::new(),
            filtered: (Filter::default(), None),
            revision: 0,
            text_painter: TextPainter::default(),
            canvas: CanvasMemory::default(),
            strip: StripPicture::default(),
            commands: Vec::new(),
            settings,
        };
        if !app.loading.is_busy() {
            app.open_shipped();
        }
        app
    }

    /// The state, for tests.
    pub fn state(&self) -> &State {
        &self.state
    }

    /// Whether a file is still being loaded.
    pub fn is_loading(&self) -> bool {
        self.loading.is_busy()
    }

    /// The sentence in the message bar, for tests; empty where there is none.
    pub fn says(&self) -> &str {
        self.messages.sentence.as_deref().unwrap_or_default()
    }

    /// The search highlight, for tests.
    pub fn found(&self) -> Option<&SearchHighlight> {
        self.searching.found()
    }

    /// Sets whether the system asks for less motion.
    pub fn set_system_motion(&mut self, is_reduced: bool) {
        self.state.system_reduces_motion = is_reduced;
    }

    /// The chronology that is shown.
    pub fn timeline(&self) -> &Arc<Timeline> {
        &self.timeline
    }

    /// Runs one frame: everything in the window.
    pub fn show(&mut self, ui: &mut Ui) {
        let ctx = ui.ctx().clone();
        let theme = self.theme(&ctx);
        self.apply_look(&ctx, theme);
        self.text_painter.begin(&ctx);
        let window = ui.max_rect();
        let now_secs = ui.input(|input| input.time);

        let mut areas = self.areas(window);
        let (selected, asked) = (self.state.selected, self.state.story_focus_requests);
        self.reload_if_changed(&ctx);
        self.take_chosen(&ctx);
        self.take_opened(&areas);
        self.present_wanted();
        if self.areas(window) != areas {
            // Its messages take some of the canvas' height.
            areas = self.areas(window);
        }
        if self.state.session.is_none() {
            self.prepare(&areas, now_secs);
        }
        let mut commands = std::mem::take(&mut self.commands);
        let pressed = Keys::take(&ctx);
        let is_walking = pressed.iter().any(|command| *command != Command::OpenStory);
        commands.extend(pressed);
        let is_other = |command: &Command| !matches!(command, Command::Lesson(_));
        self.return_to_view(now_secs, commands.iter().any(is_other));
        if !commands.is_empty() {
            self.carry_out(&ctx, &commands, window, now_secs);
        }
        if self.follow_lesson(&ctx, now_secs) {
            commands.clear();
            self.show_lesson(ui, window, theme, &mut commands);
            if !commands.is_empty() {
                ctx.request_repaint();
            }
            self.commands = commands;
            return;
        }
        if !commands.is_empty() {
            areas = self.areas(window);
            self.prepare(&areas, now_secs);
            if self.state.selected.is_none() && commands.contains(&Command::StepBack) {
                // Nothing is selected any more: the focus ring goes too.
                ctx.memory_mut(|memory| {
                    if let Some(id) = memory.focused() {
                        memory.surrender_focus(id);
                    }
                });
            }
            // Screen readers announce what gets the focus. An open search keeps it, for typing.
            let is_other = self.state.selected != selected;
            let should_announce = (is_walking || is_other) && self.state.search.is_none();
            if let Some(event) = self.state.selected.filter(|_| should_announce) {
                ctx.memory_mut(|memory| memory.request_focus(canvas::node_id(event)));
            }
        }
        if self.state.story_focus_requests != asked {
            view::details::take_keyboard(&ctx);
        }
        commands.clear();
        self.color_lanes(theme);
        // Culling checks every vertex of a mesh, and ours are never culled: that costs some 30 µs.
        // Of long scrolled texts it leaves out what is out of view, which saves more.
        let has_long_texts = self.state.shows_panel();
        ctx.tessellation_options_mut(|it| it.coarse_tessellation_culling = has_long_texts);
        if let Some(layout) = &self.layout {
            let search = self.state.search.as_ref();
            let is_changed = self.searching.progress(search, layout, &ctx);
            self.revision += u64::from(is_changed);
        }
        self.show_pictures(&ctx);
        self.views(ui, &areas, theme, now_secs, &mut commands);
        if !commands.is_empty() {
            ctx.request_repaint();
        }
        self.commands = commands;
    }

    /// The areas of the window; the message bar takes its height from the canvas.
    fn areas(&self, window: Rect) -> Areas {
        let mut areas = Areas::new(window, self.state.is_story_open);
        if !self.messages.is_empty() {
            areas.canvas.min.y = (areas.canvas.top() + messages::BAR_PX).min(areas.canvas.bottom());
            areas.story.min.y = areas.canvas.min.y;
        }
        areas
    }

    fn carry_out(&mut self, ctx: &Context, commands: &[Command], window: Rect, now_secs: f64) {
        let look = self.state.look;
        for command in commands {
            if self.carry_out_lesson(command, ctx) {
                continue;
            }
            match command {
                Command::FullScreen => {
                    ctx.send_viewport_cmd(ViewportCommand::Fullscreen(!is_full_screen(ctx)));
                }
                Command::Quit => ctx.send_viewport_cmd(ViewportCommand::Close),
                Command::OpenShipped => self.open(Origin::Shipped),
                Command::CancelOpening => self.cancel_opening(),
                // Stepping back while another file is loading cancels that; a reload of the open
                // file continues.
                Command::StepBack if self.is_other_coming() => self.cancel_opening(),
                Command::Open if self.dialog.is_some() => {}
                Command::Open => self.dialog = Some(Dialog::open(ctx)),
                Command::OpenFile(path) => self.open(Origin::File(path.clone())),
                Command::Keys if self.state.session.is_some() => {
                    let is_open = self.state.shows(Panel::Keys);
                    self.state.panel = (!is_open).then_some(Panel::Keys);
                }
                // During a lesson only lesson commands apply.
                _ if self.state.session.is_some() => {}
                // The list of keys blocks the commands behind it.
                _ if self.state.shows(Panel::Keys)
                    && !matches!(command, Command::Keys | Command::StepBack) => {}
                Command::StepBack if self.state.is_bare() && is_full_screen(ctx) => {
                    ctx.send_viewport_cmd(ViewportCommand::Fullscreen(false));
                }
                _ => {
                    let areas = self.areas(window);
                    self.prepare(&areas, now_secs);
                    if let Some(layout) = &self.layout {
                        let geometry = geometry(layout, &areas, self.state.is_story_open, now_secs);
                        self.state.apply(command, &geometry);
                    }
                }
            }
        }
        if self.state.look != look {
            self.save();
            ctx.request_repaint();
        }
    }

    fn views(
        &mut self,
        ui: &mut Ui,
        areas: &Areas,
        theme: &Theme,
        now_secs: f64,
        commands: &mut Vec<Command>,
    ) {
        if let Some(coming) = self.loading.coming().filter(|_| !self.has_opened) {
            // Before the first file there is no chronology to show.
            if messages::opening(ui, ui.max_rect(), &coming, theme) {
                commands.push(Command::CancelOpening);
            }
            return;
        }
        let Some(layout) = &self.layout else { return };
        let geometry = geometry(layout, areas, self.state.is_story_open, now_secs);
        if self.state.advance(&geometry) {
            ui.request_repaint();
        }
        let camera = self.state.camera(&geometry);
        let plot_px = self.state.plot_px(&geometry);
        let mut cx = ViewContext {
            layout,
            state: &self.state,
            camera,
            plot_px,
            covered_px: if self.state.is_story_open {
                areas.sheet_px()
            } else {
                0.0
            },
            revision: self.revision,
            recent: &self.recent,
            filtered: self.filtered.1.as_ref(),
            found: self.searching.found(),
            gallery: self.picturing.gallery(),
            theme,
            lane_colors: &self.lane_colors.0,
            measure: self.measure.as_ref(),
            commands,
        };
        let anchors = view::top_bar::show(ui, areas.top_bar, &mut cx, &mut self.text_painter);
        if !self.messages.is_empty() {
            let bar = Rect::from_min_max(
                areas.top_bar.left_bottom(),
                egui::pos2(areas.top_bar.right(), areas.canvas.top()),
            );
            if messages::bar(ui, bar, &self.messages, &mut cx).is_dismissed {
                if self.messages.offer.is_some() {
                    self.settings.broken_off = None;
                    self.is_save_due = true;
                }
                self.messages = Messages::default();
                ui.request_repaint();
            }
        }
        let is_behind_page = self.state.is_story_open && areas.story_form == StoryForm::Page;
        if !is_behind_page {
            let count = layout.lane_index.len();
            let in_view = if self.state.shows(Panel::AllEvents) {
                // The list replaces the canvas.
                cx.filtered.map_or(count, |filtered| filtered.events.len())
            } else {
                let (picture, text_painter) = (&mut self.canvas, &mut self.text_painter);
                canvas::show(ui, areas.canvas, &mut cx, picture, text_painter)
            };
            let shown_counts = (in_view, count);
            view::overview::show(
                ui,
                areas.overview,
                &mut cx,
                shown_counts,
                (&mut self.strip, &mut self.text_painter),
            );
        }
        let open = ui.animate_bool_with_time_and_easing(
            ui.scope_id().with("story"),
            self.state.is_story_open,
            if self.state.is_still() {
                0.0
            } else {
                SLIDE_SECS
            },
            egui::emath::easing::cubic_out,
        );
        if let Some(event) = self.state.selected.filter(|_| open > 0.0) {
            let away = vec2((1.0 - open) * areas.story.width(), 0.0);
            let rect = areas.story.translate(away);
            view::details::show(ui, rect, event, &mut cx);
            if let Some(left) = canvas::double_click_may_come(ui) {
                // The story that a first click opened must not receive the second click.
                ui.interact(rect, ui.scope_id().with("shield"), Sense::CLICK);
                ui.ctx().request_repaint_after(left);
            }
        }
        let around = Around {
            messages: &self.messages,
            is_asking: self.searching.is_asking(),
            // A reload of the open file shows no progress.
            opening: self.loading.coming().filter(|_| self.is_other_coming()),
        };
        panels::show(ui, areas, anchors, &around, &mut cx);
        choosing::target(ui, theme);
    }
}

fn is_full_screen(ctx: &Context) -> bool {
    ctx.input(|input| input.viewport().fullscreen.unwrap_or(false))
}

impl eframe::App for App {
    fn logic(&mut self, _ctx: &Context, _frame: &mut eframe::Frame) {
        // Not before the first frame: a disk or a message bus may be slow.
        if self.applied_title.is_none() {
            return;
        }
        if self.is_save_due {
            self.save();
        }
        if let Some(motion) = &self.system_motion {
            self.set_system_motion(motion.is_reduced());
        }
    }

    fn ui(&mut self, ui: &mut Ui, frame: &mut eframe::Frame) {
        if self.state.session.is_none() {
            self.presenting.monitors = Monitors::of(frame);
        }
        if self.applied_title.as_deref() != Some(self.timeline.title()) {
            let title = self.timeline.title().to_owned();
            let shown = if title.is_empty() {
                "Meanwhile".to_owned()
            } else {
                format!("{title} · Meanwhile")
            };
            ui.send_viewport_cmd(ViewportCommand::Title(shown));
            self.applied_title = Some(title);
        }
        let (is_maximized, is_full) = ui.input(|input| {
            (
                input.viewport().maximized.unwrap_or(false),
                input.viewport().fullscreen.unwrap_or(false),
            )
        });
        if !is_full && !is_maximized && self.state.session.is_none() {
            // In px at 100 % text size, so that the window gets this size back at any text size.
            let size = ui.max_rect().size() * ui.ctx().zoom_factor();
            self.settings.window = Some(WindowPlace {
                width: size.x,
                height: size.y,
                maximized: false,
            });
        } else if let Some(place) = &mut self.settings.window {
            place.maximized = is_maximized;
        }
        self.show(ui);
        if self.is_save_due {
            ui.request_repaint();
        }
    }

    fn on_exit(&mut self, _gl: Option<&eframe::glow::Context>) {
        self.keep_view();
        // A lesson that is left by closing the window is not offered again.
        if self.state.session.is_some() {
            self.settings.broken_off = None;
        }
        self.save();
    }

    /// The background of the whole window, so that nothing paints it again: without a GPU each
    /// layer of a 1440 × 900 window takes some 10 ms.
    fn clear_color(&self, _visuals: &Visuals) -> [f32; 4] {
        let applied = self.applied_look.map(|(name, _)| name);
        let theme = Theme::ALL
            .into_iter()
            .find(|theme| Some(theme.name) == applied);
        let theme = theme.unwrap_or(&Theme::LIGHT);
        color(theme.ground).to_normalized_gamma_f32()
    }
}
