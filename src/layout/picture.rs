//! A picture of a chronology: the canvas as the window shows it, with what is wanted around it.

use std::{fmt::Write as _, sync::Arc};

use super::{
    build::{CanvasSize, Layout},
    camera::Camera,
    draw::{self, legend},
    filter_result::FilterResult,
    fitted::Fitted,
    input::{SceneInput, ViewParams},
    lane_index::{self, LaneIndex},
    measure::TextMeasure,
    page::{Page, Part, Role},
    scene::{Rect, Scene},
    sheet::{SheetInput, Shows},
    theme::Theme,
    wording,
};
use crate::model::{EventId, Timeline};

/// What is seen of a chronology.
#[derive(Copy, Clone, Debug, Default, PartialEq)]
pub enum View {
    /// All of it.
    #[default]
    Whole,
    /// What a window shows, on a canvas laid out for its size; another size shows the same time.
    Window {
        /// The sizes that rows are chosen for.
        size: CanvasSize,
        /// The camera.
        camera: Camera,
        /// How far the lanes are scrolled, in px.
        scroll_px: f32,
    },
}

/// What a picture is made of.
pub struct PictureInput<'a> {
    /// The events that are shown.
    pub lane_index: &'a Arc<LaneIndex>,
    /// What is seen of them.
    pub view: View,
    /// The events that pass a filter: others are dimmed.
    pub filtered: Option<&'a FilterResult>,
    /// The theme.
    pub theme: &'static Theme,
    /// Measures texts.
    pub measure: &'a dyn TextMeasure,
    /// What stands around the timeline.
    pub shows: Shows,
    /// Width and height, in px.
    pub size_px: (f32, f32),
}

/// The air around what is written above and below the timeline, in px.
const MARGIN_PX: f32 = 24.0;

/// The largest share of the height that the sources take.
const MOST_SOURCES: f32 = 0.35;
/// How small the whole is drawn where it is higher than its canvas: at the last, a date's letters
/// have 6 px.
const SCALES: [f32; 6] = [1.0, 0.9, 0.8, 0.7, 0.6, 0.5];

/// A page with the picture.
pub fn page(input: &PictureInput<'_>) -> Page {
    let timeline = input.lane_index.timeline();
    let (width_px, height_px) = input.size_px;
    let rough = input.lane_index.outline().fit(width_px);
    let marks = input
        .lane_index
        .in_time_order()
        .map(|event| lane_index::mark(timeline, event));
    let legend = if input.shows.legend {
        legend::used(marks, &rough)
    } else {
        Vec::new()
    };
    let sheet = SheetInput {
        lane_index: input.lane_index,
        theme: input.theme,
        measure: input.measure,
        shows: input.shows,
        legend: &legend,
        size_px: input.size_px,
        margin_px: MARGIN_PX,
        most_sources: MOST_SOURCES,
        title_scale: 1.0,
    }
    .sheet();
    let is_bare = input.shows == Shows::NOTHING;
    let canvas = if is_bare {
        Rect::new(0.0, 0.0, width_px, height_px)
    } else {
        sheet.canvas
    };
    let own = CanvasSize {
        width_px: canvas.width(),
        whole_px: canvas.width(),
        height_px: canvas.height(),
    };
    let size = match input.view {
        // The same canvas as the window's has the same rows.
        View::Window { size, .. }
            if (size.whole_px - own.whole_px).abs() < 1.0
                && (size.height_px - own.height_px).abs() < 1.0 =>
        {
            size
        }
        _ => own,
    };
    let scales: &[f32] = match input.view {
        View::Whole => &SCALES,
        View::Window { .. } => &[],
    };
    let canvas_px = (canvas.width(), canvas.height());
    let fitted = Fitted::of(input.lane_index, canvas_px, scales, input.measure);
    let fitted = fitted.unwrap_or_else(|| Fitted {
        layout: Layout::of(input.lane_index, size, input.measure),
        scale: 1.0,
        hidden: 0,
    });
    let (layout, scale) = (&fitted.layout, fitted.scale);
    let width = (canvas.width() - fitted.x_px()) / scale;
    let height = canvas.height() / scale;
    let plot_px = width - layout.gutter_px;
    let mut params = ViewParams {
        cut_labels: 0.0,
        ..ViewParams::new(layout.fit(plot_px), (width, height))
    };
    if let View::Window {
        size,
        camera,
        scroll_px,
    } = input.view
    {
        let seen_px = f64::from(size.whole_px - layout.gutter_px);
        let by = seen_px / f64::from(plot_px).max(1.0);
        params.camera = camera.with_scale_about(0.0, camera.secs_per_px() * by);
        params.scroll_px = scroll_px.min(layout.most_scroll_px(height));
        params.cut_labels = 1.0;
    }
    let timeline_part = timeline_part(layout, params, input.filtered, input);
    let mut parts = vec![ground(input.theme, input.size_px)];
    parts.extend(sheet.above);
    parts.push(Part {
        x: canvas.x0 + fitted.x_px(),
        y: canvas.y0,
        scale,
        clip: Some(Rect::new(0.0, 0.0, width, height)),
        ..timeline_part
    });
    parts.extend(fitted.note(&canvas, input.theme, input.measure));
    parts.extend(sheet.below);
    Page {
        width_px,
        height_px,
        parts,
    }
}

/// The timeline drawn with these params.
fn timeline_part(
    layout: &Layout,
    params: ViewParams,
    filtered: Option<&FilterResult>,
    input: &PictureInput<'_>,
) -> Part {
    let mut scene = Scene::default();
    let lane_colors = input.theme.lane_colors(layout.timeline.lanes());
    let scene_input = SceneInput {
        params,
        filtered,
        found: None,
        theme: input.theme,
        lane_colors: &lane_colors,
        measure: input.measure,
    };
    draw::scene(
        layout,
        &scene_input,
        &mut draw::Scratch::default(),
        &mut scene,
    );
    let alt = alt(&layout.lane_index);
    Part::new(Role::Figure { alt }, (0.0, 0.0), scene)
}

/// The ground of a page.
pub fn ground(theme: &Theme, (width_px, height_px): (f32, f32)) -> Part {
    let mut scene = Scene::default();
    scene.rect(Rect::new(0.0, 0.0, width_px, height_px), theme.ground);
    Part::new(Role::Artifact, (0.0, 0.0), scene)
}

/// What a timeline shows, in words: its counts, and its first events.
pub fn alt(lane_index: &LaneIndex) -> String {
    let counts = wording::counts_of(lane_index);
    alt_of(lane_index.timeline(), &counts, lane_index.in_time_order())
}

/// The same of any events in the order of time, of which something is said first.
pub fn alt_of(timeline: &Timeline, counts: &str, events: impl Iterator<Item = EventId>) -> String {
    /// As many as one listens to.
    const MOST: usize = 30;
    let mut words = format!("Timeline: {counts}.");
    let mut events = events.into_iter();
    for event in events.by_ref().take(MOST) {
        words.push(' ');
        words.push_str(&timeline.date_label(event));
        words.push_str(": ");
        words.push_str(timeline.event(event).title);
        words.push('.');
    }
    let more = events.count();
    if more > 0 {
        // Writing to a String cannot fail.
        let _ = write!(words, " And {more} more.");
    }
    words
}
