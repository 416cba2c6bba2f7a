//! All that the measuring programs ask of Meanwhile, in one place: where a signature changes, it is
//! followed here.

use std::{convert::Infallible, path::Path, sync::Arc};

use meanwhile::{
    app::App,
    formats,
    layout::{
        BundledFonts, Camera, Index, Key, Scene, SceneInput, Sight, Theme, draw,
        hit::hit,
        index::{AXIS_PX, TOP_PX},
        theme::Rgba,
    },
    model::{Draft, Header, Lane, Texts, Timeline, TimelineBuilder},
    open::Origin,
    settings::Store,
    time::{Moment, When},
    view::Areas,
};

use super::{
    paths::{Start, Step, WINDOW_PX},
    workload::{LANES, Workload},
};

/// A workload as a timeline. Generated ones are made without JSON, and without summaries and the
/// dates' own text, which no frame reads: so ten million fit into memory.
pub fn timeline(workload: &Workload) -> Timeline {
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
        builder.event(&Draft {
            lane: lanes.get(row.lane).copied(),
            importance: row.importance,
            ..Draft::new(texts, Some(when))
        });
        Ok(())
    });
    builder.build()
}

/// The bytes of a file as a timeline.
pub fn read(bytes: &[u8]) -> Timeline {
    let loaded = formats::read(bytes).expect("what is measured can be read");
    assert!(
        loaded.diagnostics.is_empty(),
        "a file with faults is read another way: {:?}",
        loaded.diagnostics.first()
    );
    loaded.timeline
}

/// The canvas of the window at its first size, with no story open.
fn canvas_px(width: f64) -> (f32, f32) {
    let size = egui::vec2((f64::from(WINDOW_PX.0) * width).round() as f32, WINDOW_PX.1);
    let window = egui::Rect::from_min_size(egui::Pos2::ZERO, size);
    let canvas = Areas::new(window, false).canvas;
    (canvas.width(), canvas.height())
}

/// What the window asks an index for at its first size.
pub fn key() -> Key {
    let window = egui::Rect::from_min_size(egui::Pos2::ZERO, WINDOW_PX.into());
    let areas = Areas::new(window, false);
    Key {
        width_px: areas.narrowest_px,
        height_px: areas.canvas.height().max(AXIS_PX + TOP_PX),
    }
}

/// The index that the window builds at its first size.
pub fn index(timeline: Arc<Timeline>) -> Index {
    Index::build(timeline, key(), &BundledFonts::default())
}

/// A timeline that can be drawn and asked, with the buffers that a window reuses.
pub struct Subject {
    index: Index,
    scene: Scene,
    measure: BundledFonts,
    lane_colors: Vec<Rgba>,
    canvas_px: (f32, f32),
}

impl Subject {
    /// Made ready to be drawn.
    pub fn new(index: Index) -> Self {
        Self {
            lane_colors: Theme::LIGHT.lane_colors(index.timeline.lanes()),
            index,
            scene: Scene::default(),
            measure: BundledFonts::default(),
            canvas_px: canvas_px(1.0),
        }
    }

    fn plot_px(&self) -> f32 {
        self.canvas_px.0 - self.index.gutter_px
    }

    /// What paths start from.
    pub fn start(&self) -> Start {
        Start {
            whole: self.index.fit(self.plot_px()),
            plot_px: f64::from(self.plot_px()),
            median: median(&self.index.timeline),
        }
    }

    /// The camera that the window would allow for a step, as it would be: not measured.
    pub fn aim(&mut self, step: &Step) -> Camera {
        self.canvas_px = canvas_px(step.width);
        let plot_px = self.plot_px();
        self.index.allowed(step.camera, plot_px, plot_px)
    }

    /// Lays out one frame.
    pub fn draw(&mut self, camera: Camera) {
        let input = SceneInput {
            sight: Sight::new(camera, (self.canvas_px.0, self.canvas_px.1)),
            lit: None,
            found: None,
            theme: &Theme::LIGHT,
            lane_colors: &self.lane_colors,
            measure: &self.measure,
        };
        draw::scene(&self.index, &input, &mut self.scene);
    }

    /// How many shapes the last frame has.
    pub fn shapes(&self) -> usize {
        self.scene.shapes.len()
    }

    /// Whether anything lies under a point of the last frame, given as parts of the canvas.
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

/// When the median event began.
fn median(timeline: &Timeline) -> Moment {
    let median = timeline.events().nth(timeline.len() / 2);
    median.map_or(Moment::from_secs(0), |event| timeline.start(event))
}

/// The column of lanes' names left of the plot, in px, which the window does not tell. What hangs on
/// it is only where the pointer is put, and that is corrected by what the camera then shows.
pub const GUTTER_PX: f64 = 190.0;

/// The window's program on a file, with settings of its own in `folder`.
pub fn app(ctx: &egui::Context, file: &Path, folder: &Path) -> App {
    let store = Store::at(folder.join("settings.json"));
    let found = store.load();
    App::new(ctx, Some(Origin::File(file.to_owned())), store, found)
}

/// The window's program on what ships, with settings of its own in `folder`; [`open`] then opens a file.
pub fn waiting_app(ctx: &egui::Context, folder: &Path) -> App {
    let store = Store::at(folder.join("settings.json"));
    let found = store.load();
    App::new(ctx, Some(Origin::Shipped), store, found)
}

/// Has a window open a file.
pub fn open(app: &mut App, file: &Path) {
    app.open(Origin::File(file.to_owned()));
}

/// Where the window looks, once its file is there and was drawn.
pub fn camera(app: &App) -> Option<Camera> {
    app.state().camera.filter(|_| !app.timeline().is_empty())
}

/// What paths start from, in a window that shows the whole file.
pub fn start(app: &App) -> Option<Start> {
    Some(Start {
        whole: camera(app)?,
        plot_px: f64::from(WINDOW_PX.0) - GUTTER_PX,
        median: median(app.timeline()),
    })
}

/// What the window shows.
pub fn timeline_of(app: &App) -> Arc<Timeline> {
    Arc::clone(app.timeline())
}
