//! Scenes as text: what changes in the picture shows as a changed line.
//!
//! To accept a wanted change: `INSTA_UPDATE=always cargo test --test it golden`, then read the
//! diff.

use std::sync::Arc;

use meanwhile::{
    layout::{
        BundledFonts, CanvasSize, FilterResult, Layout, Scene, SceneInput, SearchHighlight,
        StripInput, Theme, ViewParams, draw, overview::Strip, scene::Rect,
    },
    model::{Facet, Filter, search::SearchIndex},
    open::{self, Origin},
};

/// A picture of the shipped file.
struct Shown<'a> {
    /// The canvas' width and height, in px.
    size_px: (f32, f32),
    theme: &'a Theme,
    /// The id of the selected event.
    selected: Option<&'a str>,
    /// The id of the event from which a duration is measured.
    measure_start: Option<&'a str>,
    /// How much closer than the whole file.
    zoom: f64,
    filter: fn(&Layout) -> Filter,
    query: &'a str,
}

/// The whole file on a usual canvas.
const WHOLE: Shown<'_> = Shown {
    size_px: (1440.0, 776.0),
    theme: &Theme::LIGHT,
    selected: None,
    measure_start: None,
    zoom: 1.0,
    filter: |_| Filter::default(),
    query: "",
};

/// Compares the canvas with the golden file of this name and, if `has_overview`, the overview below
/// it with that of the name and `_overview`.
fn check(name: &str, shown: &Shown<'_>, has_overview: bool) {
    let loaded = open::read(&Origin::Shipped).expect("the shipped file");
    let fonts = BundledFonts::default();
    let (width_px, height_px) = shown.size_px;
    let size = CanvasSize {
        width_px,
        whole_px: width_px,
        height_px,
    };
    let layout = Layout::build(loaded.timeline, size, &fonts);
    let timeline = &layout.timeline;
    let plot_px = width_px - layout.gutter_px;
    let camera = layout
        .fit(plot_px)
        .zoomed_about(f64::from(plot_px) * 0.9, shown.zoom);
    let event = |id: Option<&str>| id.map(|id| timeline.find_event(id).expect("its id"));
    let filter = (shown.filter)(&layout);
    let filtered = FilterResult::of(&filter, &layout.lane_index);
    let index = SearchIndex::of(Arc::clone(timeline), || true).expect("an index");
    let query = index.query(shown.query);
    let results = index.find(&query, || true).expect("results");
    let found = SearchHighlight::new(shown.query, query, results, &layout.lane_index);
    let found = Some(&found).filter(|_| !shown.query.is_empty());
    let lane_colors = &shown.theme.lane_colors(timeline.lanes());
    let input = SceneInput {
        params: ViewParams {
            selected: event(shown.selected),
            measure_start: event(shown.measure_start),
            ..ViewParams::new(camera, (width_px, height_px))
        },
        filtered: filtered.as_ref(),
        found,
        theme: shown.theme,
        lane_colors,
        measure: &fonts,
    };
    let mut scene = Scene::default();
    draw::scene(&layout, &input, &mut draw::Scratch::default(), &mut scene);
    assert_golden(name, &scene);
    if has_overview {
        let strip = Strip::new(&layout, Rect::new(12.0, 0.0, width_px - 12.0, 40.0));
        let input = StripInput {
            filtered: filtered.as_ref(),
            found,
            theme: shown.theme,
            lane_colors,
            measure: &fonts,
        };
        strip.draw(&layout, &input, &mut scene);
        assert_golden(&format!("{name}_overview"), &scene);
    }
}

fn assert_golden(name: &str, scene: &Scene) {
    insta::with_settings!({ snapshot_path => "golden", prepend_module_to_snapshot => false, omit_expression => true }, {
        insta::assert_snapshot!(name, scene.dump());
    });
}

#[test]
fn the_whole_file_light() {
    check("whole_light", &WHOLE, true);
}

#[test]
fn a_selected_event_dark() {
    let shown = Shown {
        size_px: (1060.0, 776.0),
        theme: &Theme::DARK,
        selected: Some("khazali-released"),
        ..WHOLE
    };
    check("chosen_dark", &shown, false);
}

#[test]
fn compact_rows() {
    let size_px = (1024.0, 644.0);
    check("compact_light", &Shown { size_px, ..WHOLE }, false);
}

#[test]
fn days_of_october_2016() {
    let shown = Shown {
        selected: Some("paris"),
        zoom: 200.0,
        ..WHOLE
    };
    check("days_light", &shown, false);
}

#[test]
fn a_filter_for_one_person() {
    let shown = Shown {
        filter: |layout| {
            let person = layout.timeline.find_person("khazali").expect("their id");
            Filter::only(Facet::Person(person))
        },
        ..WHOLE
    };
    check("filter_light", &shown, true);
}

#[test]
fn search_results() {
    let query = "mosul";
    check("search_light", &Shown { query, ..WHOLE }, true);
}

#[test]
fn the_time_between_two_events() {
    let shown = Shown {
        measure_start: Some("khazali-captured"),
        selected: Some("khazali-released"),
        ..WHOLE
    };
    check("between_light", &shown, false);
}
