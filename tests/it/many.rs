//! The invariants of frame cost and label stability, on chronologies of mostly up to 10,000 events.
//!
//! The scene is tested, as it would be drawn; the library's own label slots are only used where two
//! of its answers must agree. An unoptimised frame takes some milliseconds, so there are few
//! chronologies with many views of each; their sizes and seeds are drawn by proptest from a fixed
//! seed.

mod counts;
mod hills;
mod made;
mod stages;
mod still;

use std::{cell::RefCell, collections::HashMap};

use meanwhile::{
    layout::{
        Camera, CanvasSize, LaneColors, Layout, Scene, SceneInput, Target, TextMeasure, Theme,
        ViewParams, draw,
        metrics::LABEL_SIZE_PX,
        scene::{Anchor, Shape},
    },
    model::EventId,
    time::Moment,
};
use proptest::prelude::*;

pub use made::{Distribution, lane_of, timeline};

use super::FONTS;

/// The canvas of a window of 1440 × 900 with the story open; with it shut, [`CANVAS_PX`] wide.
pub const SIZE: CanvasSize = CanvasSize {
    width_px: 1060.0,
    whole_px: 1440.0,
    height_px: 776.0,
};
/// See [`SIZE`].
pub const CANVAS_PX: f32 = 1440.0;

/// The parameters of a generated chronology.
#[derive(Copy, Clone, Debug)]
struct Params {
    distribution: Distribution,
    events: usize,
    seed: u64,
}

/// Mostly a few hundred events, now and then ten thousand.
fn params() -> impl Strategy<Value = Params> {
    let distribution = prop::sample::select(&Distribution::ALL[..]);
    let events = prop_oneof![6 => 60usize..900, 2 => 900usize..4_000, 1 => Just(10_000usize)];
    (distribution, events, any::<u64>()).prop_map(|(distribution, events, seed)| Params {
        distribution,
        events,
        seed,
    })
}

/// A chronology that is laid out for a canvas.
pub struct Subject {
    pub layout: Layout,
    pub canvas_px: f32,
    colors: LaneColors,
    scratch: RefCell<draw::Scratch>,
    /// The events by the number with which their title begins.
    by_number: HashMap<usize, EventId>,
}

/// A labelled event as it is drawn.
#[derive(Copy, Clone, Debug, PartialEq)]
struct Seen {
    /// The top of its hit rectangle, in px.
    y: f32,
    /// The side of the mark on which its label is; `None` where only the mark is in view.
    side: Option<Anchor>,
}

impl Subject {
    fn made(params: Params) -> Self {
        Self::of(params.distribution, params.events, params.seed)
    }

    pub fn of(distribution: Distribution, events: usize, seed: u64) -> Self {
        let timeline = timeline(distribution, events, seed);
        Self::new(Layout::build(timeline, SIZE, &*FONTS), CANVAS_PX)
    }

    pub fn new(layout: Layout, canvas_px: f32) -> Self {
        let timeline = &layout.timeline;
        let number = |event| number(timeline.short(event)).map(|number| (number, event));
        Self {
            by_number: timeline.events().filter_map(number).collect(),
            colors: Theme::LIGHT.lane_colors(timeline.lanes()),
            scratch: RefCell::default(),
            layout,
            canvas_px,
        }
    }

    pub fn plot_px(&self) -> f64 {
        f64::from(self.canvas_px - self.layout.gutter_px)
    }

    pub fn fit(&self) -> Camera {
        self.layout.fit(self.canvas_px - self.layout.gutter_px)
    }

    pub fn allowed(&self, camera: Camera) -> Camera {
        let plot_px = self.canvas_px - self.layout.gutter_px;
        self.layout.allowed(camera, plot_px)
    }

    /// The start of the event at this part (0 to 1) of all events, in the order of time.
    pub fn start(&self, part: f64) -> Moment {
        let timeline = &self.layout.timeline;
        let at = (part * timeline.len() as f64) as usize;
        let event = EventId::from_index(at.min(timeline.len() - 1)).expect("an event");
        timeline.start(event)
    }

    /// `factor` times closer than the whole file, with `time` in the middle.
    pub fn around(&self, time: Moment, factor: f64) -> Camera {
        let camera = self.fit().zoomed_about(0.0, factor);
        self.allowed(camera.with_time_at(time, self.plot_px() / 2.0))
    }

    pub fn draw(&self, camera: Camera, scene: &mut Scene) {
        self.draw_measured(camera, &*FONTS, scene);
    }

    pub fn draw_measured(&self, camera: Camera, measure: &dyn TextMeasure, scene: &mut Scene) {
        let input = SceneInput {
            params: ViewParams::new(camera, (self.canvas_px, self.layout.size.height_px)),
            filtered: None,
            found: None,
            theme: &Theme::LIGHT,
            lane_colors: &self.colors,
            measure,
        };
        draw::scene(&self.layout, &input, &mut self.scratch.borrow_mut(), scene);
    }

    /// The labelled events in view.
    fn seen(&self, scene: &Scene) -> HashMap<EventId, Seen> {
        let mut sides = HashMap::new();
        for shape in &scene.shapes {
            let Shape::Text(run) = shape else { continue };
            if run.size_px != LABEL_SIZE_PX {
                continue;
            }
            let event = number(scene.str(run)).and_then(|number| self.by_number.get(&number));
            sides.extend(event.map(|event| (*event, run.anchor)));
        }
        let labelled = scene.hits.iter().filter_map(|hit| match hit.target {
            Target::Event(event) => Some((event, hit.rect.y0)),
            Target::Cluster { .. } | Target::Era(_) | Target::Between(..) => None,
        });
        let seen = labelled.map(|(event, y)| {
            let side = sides.get(&event).copied();
            (event, Seen { y, side })
        });
        seen.collect()
    }

    /// Whether the mark of an event is in view by more than half a pixel.
    fn is_in_view(&self, event: EventId, camera: &Camera) -> bool {
        let mark = self.layout.mark(event).expect("a mark");
        let drawn = mark.drawn(camera);
        drawn.x1 > 0.5 && drawn.x0 < self.plot_px() - 0.5
    }
}

/// The number with which a title begins.
fn number(title: &str) -> Option<usize> {
    title.split(' ').next()?.parse().ok()
}
