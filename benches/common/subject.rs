//! The calls into Meanwhile that the benchmarks share, so that a changed signature is followed in
//! one place.

use std::{convert::Infallible, path::Path, sync::Arc};

use meanwhile::{
    app::App,
    formats,
    layout::{
        BundledFonts, Camera, CanvasSize, LaneColors, LaneIndex, Layout, LayoutBuilder, Scene,
        SceneInput, Theme, ViewParams, draw,
        hit::hit,
        metrics::{AXIS_PX, TOP_PX},
    },
    model::{FileEvent, Header, Lane, Texts, Timeline, TimelineBuilder},
    open::Origin,
    settings::Store,
    time::{Moment, When},
    view::Areas,
};

use super::{
    paths::{Start, Step, WINDOW_PX},
    workload::{LANES, Workload},
};

/// A workload as a timeline. A generated one is built without JSON, and without summaries and the
/// dates' own text, which no frame reads, so that ten million events fit into memory.
pub fn timeline(workload: &Workload) -> Arc<Timeline> {
    timeline_in_lanes(workload, LANES.len())
}

/// The same with only the first of the lanes, which share the events evenly.
pub fn timeline_in_lanes(workload: &Workload, count: usize) -> Arc<Timeline> {
    if workload.is_shipped() {
        return read(meanwhile::open::SHIPPED.as_bytes());
    }
    let mut builder = TimelineBuilder::new(Header {
        title: format!("{} events", workload.events),
        as_of: When::parse("2026").ok(),
        ..Header::default()
    });
    let lanes: Vec<_> = LANES
        .iter()
        .take(count)
        .enumerate()
        .filter_map(|(number, label)| {
            builder.lane(Lane {
                id: format!("lane-{number}"),
                label: (*label).to_owned(),
                ..Lane::EMPTY
            })
        })
        .collect();
    let Ok(()) = workload.each(|row| -> Result<(), Infallible> {
        let texts = Texts {
            id: &row.id,
            title: &row.title,
            ..Texts::default()
        };
        let when = When::parse(&row.date).expect("dates that are made can be parsed");
        builder.event(&FileEvent {
            lane: lanes.get(row.lane % count.max(1)).copied(),
            importance: row.importance,
            ..FileEvent::new(texts, Some(when))
        });
        Ok(())
    });
    Arc::new(builder.build())
}

/// The bytes of a file as a timeline.
pub fn read(bytes: &[u8]) -> Arc<Timeline> {
    let loaded = formats::read(bytes).expect("what is measured can be read");
    assert!(
        loaded.diagnostics.is_empty(),
        "a file with faults is read another way: {:?}",
        loaded.diagnostics.first()
    );
    loaded.timeline
}

/// The canvas in px with no story open; `width` is a fraction of the window's first width.
fn canvas_px(width: f64) -> (f32, f32) {
    let size = egui::vec2((f64::from(WINDOW_PX.0) * width).round() as f32, WINDOW_PX.1);
    let window = egui::Rect::from_min_size(egui::Pos2::ZERO, size);
    let canvas = Areas::new(window, false).canvas;
    (canvas.width(), canvas.height())
}

/// The canvas size that the window lays out for at its first size.
pub fn canvas_size() -> CanvasSize {
    let window = egui::Rect::from_min_size(egui::Pos2::ZERO, WINDOW_PX.into());
    let areas = Areas::new(window, false);
    CanvasSize {
        width_px: areas.narrowest_px,
        whole_px: areas.top_bar.width(),
        height_px: areas.canvas.height().max(AXIS_PX + TOP_PX),
    }
}

/// The layout that the window builds at its first size.
pub fn layout(timeline: Arc<Timeline>) -> Layout {
    Layout::build(timeline, canvas_size(), &BundledFonts::default())
}

/// The layout as far as a window needs it that shows the whole file, or so many times closer.
pub fn layout_reaching(timeline: Arc<Timeline>, times: f64) -> Layout {
    let (size, measure) = (canvas_size(), BundledFonts::default());
    let lane_index = Arc::new(LaneIndex::of(timeline));
    let mut builder = LayoutBuilder::new(&lane_index, size, &measure);
    let plot_px = size.whole_px - builder.layout().gutter_px;
    let scale = builder.layout().fit(plot_px).px_per_sec() * times;
    while builder.layout().slots.is_partial(scale) && builder.add_level(&measure) {}
    builder.layout().clone()
}

/// A layout to draw and hit-test, with the buffers that a window reuses.
pub struct Subject {
    layout: Layout,
    scene: Scene,
    scratch: draw::Scratch,
    measure: BundledFonts,
    lane_colors: LaneColors,
    canvas_px: (f32, f32),
}

impl Subject {
    /// Prepares a layout to be drawn at the window's first size.
    pub fn new(layout: Layout) -> Self {
        Self {
            lane_colors: Theme::LIGHT.lane_colors(layout.timeline.lanes()),
            layout,
            scene: Scene::default(),
            scratch: draw::Scratch::default(),
            measure: BundledFonts::default(),
            canvas_px: canvas_px(1.0),
        }
    }

    fn plot_px(&self) -> f32 {
        self.canvas_px.0 - self.layout.gutter_px
    }

    /// What paths are computed from.
    pub fn start(&self) -> Start {
        Start {
            whole: self.layout.fit(self.plot_px()),
            plot_px: f64::from(self.plot_px()),
            median: median(&self.layout.timeline),
        }
    }

    /// Sets the canvas of a step and returns its camera, limited as the window limits it. Not
    /// measured.
    pub fn aim(&mut self, step: &Step) -> Camera {
        self.canvas_px = canvas_px(step.width);
        let plot_px = self.plot_px();
        self.layout.allowed(step.camera, plot_px)
    }

    /// Builds the scene of one frame.
    pub fn draw(&mut self, camera: Camera) {
        let input = SceneInput {
            params: ViewParams::new(camera, (self.canvas_px.0, self.canvas_px.1)),
            filtered: None,
            found: None,
            theme: &Theme::LIGHT,
            lane_colors: &self.lane_colors,
            measure: &self.measure,
        };
        draw::scene(&self.layout, &input, &mut self.scratch, &mut self.scene);
    }

    /// How many shapes the last frame has.
    pub fn shapes(&self) -> usize {
        self.scene.shapes.len()
    }

    /// Whether anything lies under a point of the last frame, given as fractions of the canvas.
    pub fn hits(&self, (x, y): (f64, f64)) -> bool {
        let at = |part: f64, px: f32| (part * f64::from(px)) as f32;
        hit(
            &self.scene,
            at(x, self.canvas_px.0),
            at(y, self.canvas_px.1),
        )
        .is_some()
    }
}

/// The start of the median event.
fn median(timeline: &Timeline) -> Moment {
    let median = timeline.events().nth(timeline.len() / 2);
    median.map_or(Moment::from_secs(0), |event| timeline.start(event))
}

/// The width of the lane names left of the plot, in px. The window does not expose it; an estimate
/// is enough, since the input script corrects the camera before each path.
pub const GUTTER_PX: f64 = 190.0;

/// The app with a file to open, and its settings in `folder`.
pub fn app(ctx: &egui::Context, file: &Path, folder: &Path) -> App {
    let store = Store::at(folder.join("settings.json"));
    let found = store.load();
    App::new(ctx, Some(Origin::File(file.to_owned())), store, found)
}

/// The app with the chronology that ships, and its settings in `folder`; [`open`] then opens a
/// file.
pub fn waiting_app(ctx: &egui::Context, folder: &Path) -> App {
    let store = Store::at(folder.join("settings.json"));
    let found = store.load();
    App::new(ctx, Some(Origin::Shipped), store, found)
}

/// Opens a file in the window.
pub fn open(app: &mut App, file: &Path) {
    app.open(Origin::File(file.to_owned()));
}

/// The window's camera, once its file is open and was drawn.
pub fn camera(app: &App) -> Option<Camera> {
    app.state().camera.filter(|_| !app.timeline().is_empty())
}

/// What paths are computed from, in a window that shows the whole file.
pub fn start(app: &App) -> Option<Start> {
    Some(Start {
        whole: camera(app)?,
        plot_px: f64::from(WINDOW_PX.0) - GUTTER_PX,
        median: median(app.timeline()),
    })
}

/// The timeline that the window shows.
pub fn timeline_of(app: &App) -> Arc<Timeline> {
    Arc::clone(app.timeline())
}
