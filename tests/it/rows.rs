//! The invariants of rows and labels, on the shipped file and on random ones.

use std::sync::Arc;

use meanwhile::{
    formats,
    layout::measure::TextMeasure,
    layout::{
        Camera, CanvasSize, Flight, Layout, Scene, SceneInput, Target, Theme, ViewParams, draw,
        metrics::Form,
        metrics::{AXIS_PX, LABEL_SIZE_PX},
        scene::{Anchor, Rect, Shape},
    },
    open::{self, Origin},
};
use proptest::{prelude::*, test_runner::RngSeed};

use super::FONTS;

pub fn fixed(cases: u32) -> ProptestConfig {
    ProptestConfig {
        cases,
        rng_seed: RngSeed::Fixed(2003),
        failure_persistence: None,
        ..ProptestConfig::default()
    }
}

fn shipped(size: CanvasSize) -> Layout {
    let loaded = open::read(&Origin::Shipped).expect("the shipped file can be read");
    Layout::build(loaded.timeline, size, &*FONTS)
}

fn draw(layout: &Layout, camera: Camera, width_px: f32) -> Scene {
    let mut scene = Scene::default();
    let input = SceneInput {
        params: ViewParams::new(camera, (width_px, layout.size.height_px)),
        filtered: None,
        found: None,
        theme: &Theme::LIGHT,
        lane_colors: &Theme::LIGHT.lane_colors(layout.timeline.lanes()),
        measure: &*FONTS,
    };
    draw::scene(layout, &input, &mut draw::Scratch::default(), &mut scene);
    scene
}

/// Texts and bounding boxes of the titles and dates of all labels on screen; no lane names or
/// ticks.
fn label_boxes(scene: &Scene) -> Vec<(String, Rect)> {
    let in_plot = |x: f32, y: f32| x >= scene.plot.x0 && y < scene.plot.y1 - 2.0 && y > 20.0;
    let mut boxes = Vec::new();
    for shape in &scene.shapes {
        let Shape::Text(run) = shape else { continue };
        let is_label = run.size_px == LABEL_SIZE_PX || run.size_px == 12.0;
        if !is_label || !in_plot(run.x, run.baseline) {
            continue;
        }
        let text = scene.str(run).to_owned();
        let width = FONTS.width(&text, run.face, run.size_px);
        let x0 = match run.anchor {
            Anchor::Start => run.x,
            Anchor::Middle => run.x - width / 2.0,
            Anchor::End => run.x - width,
        };
        boxes.push((
            text,
            Rect::new(x0, run.baseline - 9.0, x0 + width, run.baseline + 2.0),
        ));
    }
    boxes
}

/// Asserts that no label overlaps another, and no event's mark and label another event's.
pub fn assert_apart(scene: &Scene, what: &str) {
    let labelled = scene.hits.iter().filter_map(|hit| match hit.target {
        // Rows touch; half a pixel of rounding is no overlap.
        Target::Event(event) => Some((event, hit.rect.expanded(-0.25, -0.25))),
        Target::Cluster { .. } | Target::Era(_) | Target::Between(..) => None,
    });
    if let Some((one, other)) = first_overlap(labelled.collect()) {
        panic!("{what}: {one:?} lies over {other:?}");
    }
    if let Some((one, other)) = first_overlap(label_boxes(scene)) {
        panic!("{what}: “{one}” lies over “{other}”");
    }
}

/// Two boxes that overlap, if any.
fn first_overlap<T: Clone>(mut boxes: Vec<(T, Rect)>) -> Option<(T, T)> {
    boxes.sort_by(|(_, one), (_, other)| one.x0.total_cmp(&other.x0));
    for (number, (name, one)) in boxes.iter().enumerate() {
        let near = boxes.iter().skip(number + 1);
        let mut near = near.take_while(|(_, other)| other.x0 < one.x1);
        if let Some((other, _)) = near.find(|(_, other)| one.overlaps(other)) {
            return Some((name.clone(), other.clone()));
        }
    }
    None
}

#[test]
fn every_event_of_the_shipped_file_has_its_label_at_the_fitting_scale() {
    // (canvas with the story shut, with it open, height, form)
    for (shut_px, open_px, height_px, form) in [
        (1440.0, 1060.0, 900.0 - 60.0 - 64.0, Form::Under),
        (1024.0, 1024.0, 768.0 - 60.0 - 64.0, Form::Under),
        (1024.0, 1024.0, 640.0 - 60.0 - 64.0, Form::Beside),
        (1920.0, 1540.0, 1080.0 - 60.0 - 64.0, Form::Under),
    ] {
        let layout = shipped(CanvasSize {
            width_px: open_px,
            whole_px: shut_px,
            height_px,
        });
        assert_eq!(layout.form, form, "at {shut_px}");
        assert!(
            layout.stack.height + AXIS_PX <= height_px,
            "the lanes fit at {shut_px}"
        );
        for width_px in [open_px, shut_px] {
            let camera = layout.fit(width_px - layout.gutter_px);
            let scene = draw(&layout, camera, width_px);
            assert_eq!((scene.labelled, scene.clustered), (15, 0), "at {width_px}");
            let nodes = scene
                .hits
                .iter()
                .filter(|hit| matches!(hit.target, Target::Event(_)))
                .count();
            assert_eq!(nodes, 15);
            assert_apart(&scene, &format!("at {width_px}"));
            for (text, label) in label_boxes(&scene) {
                let plot = &scene.plot;
                assert!(
                    label.x0 >= plot.x0 - 0.5 && label.x1 <= plot.x1 + 0.5,
                    "“{text}” is cut at {width_px}"
                );
                assert!(!text.ends_with('…'), "“{text}” is elided at {width_px}");
            }
        }
    }
}

/// A random chronology as a file: days within some years, spans, open ends, importances, lanes.
fn timelines() -> impl Strategy<Value = String> {
    let event = (
        0i64..9000,
        0i64..900,
        1u8..=5,
        0u8..4,
        0u8..6,
        "[a-z]{1,12}( [a-z]{1,12}){0,5}",
    );
    prop::collection::vec(event, 1..140).prop_map(|events| {
        let day = |day: i64| format!("{:04}-{:02}-{:02}", 2000 + day / 360, day % 360 / 30 + 1, day % 30 % 28 + 1);
        let rows: Vec<String> = events
            .into_iter()
            .map(|(start, length, importance, lane, kind, title)| {
                let (from, to) = (day(start), day(start + length + 1));
                let date = match kind {
                    0 => from,
                    1 => format!("{}", 2000 + start / 360),
                    2 => format!("{from}/{to}"),
                    3 => format!("{from}/.."),
                    4 => format!("{from}/"),
                    _ => format!("/{to}"),
                };
                format!(r#"{{"title":"{title}","date":"{date}","lane":"l{lane}","importance":{importance}}}"#)
            })
            .collect();
        let lanes = r#"[{"id":"l0","label":"A"},{"id":"l1","label":"B"},{"id":"l2","label":"C"},{"id":"l3","label":"D"}]"#;
        format!(r#"{{"title":"Random","as_of":"2020","lanes":{lanes},"events":[{}]}}"#, rows.join(","))
    })
}

fn layout_of(json: &str, size: CanvasSize) -> Layout {
    let loaded = formats::read(json.as_bytes()).expect("a timeline");
    Layout::build(loaded.timeline, size, &*FONTS)
}

/// Indices of the events that are labelled at the camera's scale.
fn labelled(layout: &Layout, camera: &Camera) -> Vec<usize> {
    layout
        .timeline
        .events()
        .filter(|&event| layout.is_labelled(event, camera.px_per_sec()))
        .map(meanwhile::model::EventId::index)
        .collect()
}

proptest! {
    #![proptest_config(fixed(48))]

    #[test]
    fn labelled_events_stay_labelled_while_zooming_in_and_none_is_lost(
        json in timelines(), width in 500.0..2000.0f32, height in 200.0..1000.0f32, at in 0.0..1.0f64,
    ) {
        let layout = layout_of(&json, CanvasSize { width_px: width, whole_px: width, height_px: height });
        let plot_px = width - layout.gutter_px;
        let mut camera = layout.fit(plot_px);
        let mut before: Vec<usize> = Vec::new();
        for _ in 0..40 {
            let now = labelled(&layout, &camera);
            prop_assert!(before.iter().all(|event| now.contains(event)), "a label left while zooming in");
            let scene = draw(&layout, camera, width);
            prop_assert_eq!(scene.labelled + scene.clustered, layout.timeline.len());
            prop_assert_eq!(scene.labelled, now.len());
            before = now;
            camera = layout.allowed(camera.zoomed_about(at * f64::from(plot_px), 1.37), plot_px);
        }
    }

    #[test]
    fn no_two_labels_overlap_at_any_scale_or_position(
        json in timelines(), width in 500.0..2000.0f32, height in 200.0..1000.0f32,
        path in prop::collection::vec((0.0..1.0f64, 0.7..2.2f64, -400.0..400.0f64), 1..14),
    ) {
        let layout = layout_of(&json, CanvasSize { width_px: width, whole_px: width, height_px: height });
        let plot_px = width - layout.gutter_px;
        let mut camera = layout.fit(plot_px);
        for (at, factor, pan) in path {
            assert_apart(&draw(&layout, camera, width), "while zooming and panning");
            camera = layout.allowed(camera.zoomed_about(at * f64::from(plot_px), factor).panned(pan), plot_px);
        }
    }

    #[test]
    fn row_side_and_form_are_the_same_at_every_scale_and_position(
        json in timelines(), path in prop::collection::vec((0.0..1.0f64, 0.7..2.2f64, -400.0..400.0f64), 1..14),
    ) {
        let layout = layout_of(&json, CanvasSize { width_px: 1200.0, whole_px: 1200.0, height_px: 700.0 });
        let plot_px = 1200.0 - layout.gutter_px;
        let mut camera = layout.fit(plot_px);
        let mut seen = std::collections::HashMap::new();
        let mut sides = std::collections::HashMap::new();
        for (at, factor, pan) in path {
            let scene = draw(&layout, camera, 1200.0);
            let anchors: std::collections::HashMap<String, Anchor> = scene
                .shapes
                .iter()
                .filter_map(|shape| match shape {
                    Shape::Text(run) if run.size_px == LABEL_SIZE_PX => {
                        Some((format!("{}@{}", scene.str(run), run.baseline), run.anchor))
                    }
                    _ => None,
                })
                .collect();
            for hit in &scene.hits {
                if let Target::Event(event) = hit.target {
                    let y = *seen.entry(event).or_insert(hit.rect.y0);
                    prop_assert_eq!(y, hit.rect.y0, "an event changed its row");
                }
            }
            for (label, anchor) in anchors {
                let before = *sides.entry(label.clone()).or_insert(anchor);
                prop_assert_eq!(before, anchor, "{} changed its side", label);
            }
            camera = layout.allowed(camera.zoomed_about(at * f64::from(plot_px), factor).panned(pan), plot_px);
        }
    }

    #[test]
    fn a_flight_between_allowed_views_loses_no_label_of_the_coarsest_level(
        json in timelines(), from in 0.0..1.0f64, to in 0.0..1.0f64, zoom in 1.0..60.0f64,
    ) {
        let layout = layout_of(&json, CanvasSize { width_px: 1200.0, whole_px: 1200.0, height_px: 700.0 });
        let plot_px = 1200.0 - layout.gutter_px;
        let view = |at: f64| {
            let closer = layout.fit(plot_px).zoomed_about(at * f64::from(plot_px), zoom);
            layout.allowed(closer, plot_px)
        };
        let coarsest = labelled(&layout, &layout.fit(plot_px)).len();
        let flight = Flight::new(view(from), view(to), f64::from(plot_px));
        for step in 0..=30u8 {
            let camera = layout.allowed(flight.at(f64::from(step) / 30.0), plot_px);
            prop_assert!(labelled(&layout, &camera).len() >= coarsest);
        }
    }

    #[test]
    fn the_same_input_gives_the_same_scene(json in timelines()) {
        let size = CanvasSize { width_px: 1000.0, whole_px: 1000.0, height_px: 600.0 };
        let (one, other) = (layout_of(&json, size), layout_of(&json, size));
        let camera = one.fit(1000.0 - one.gutter_px).zoomed_about(300.0, 2.5);
        prop_assert_eq!(draw(&one, camera, 1000.0).dump(), draw(&other, camera, 1000.0).dump());
    }

    #[test]
    fn the_camera_never_leaves_the_file(
        json in timelines(), pan in -1e7..1e7f64, factor in 1e-6..1e9f64,
    ) {
        let layout = layout_of(&json, CanvasSize { width_px: 1200.0, whole_px: 1200.0, height_px: 700.0 });
        let plot_px = 1200.0 - layout.gutter_px;
        let fit = layout.fit(plot_px);
        let camera = layout.allowed(fit.panned(pan).zoomed_about(500.0, factor), plot_px);
        let (from, to) = layout.extent().expect("events");
        let middle = f64::from(plot_px) / 2.0;
        prop_assert!(camera.x_from_time(from) <= middle + 1.0 && camera.x_from_time(to) >= middle - 1.0);
        prop_assert!(camera.secs_per_px() <= fit.secs_per_px() * 1.000_001);
    }
}

#[test]
fn what_is_scrolled_away_does_not_run_under_the_notes_above_the_lanes() {
    let loaded = open::read(&Origin::Shipped).expect("the shipped file");
    let timeline = loaded.timeline;
    let size = CanvasSize {
        width_px: 512.0,
        whole_px: 512.0,
        height_px: 262.0,
    };
    let layout = Layout::build(Arc::clone(&timeline), size, &*FONTS);
    let camera = layout.fit(size.width_px - layout.gutter_px);
    let mut scene = Scene::default();
    for scroll_px in [0.0, 30.0] {
        let input = SceneInput {
            params: ViewParams {
                scroll_px,
                ..ViewParams::new(camera, (size.width_px, size.height_px))
            },
            filtered: None,
            found: None,
            theme: &Theme::LIGHT,
            lane_colors: &Theme::LIGHT.lane_colors(timeline.lanes()),
            measure: &*FONTS,
        };
        draw::scene(&layout, &input, &mut draw::Scratch::default(), &mut scene);
        let is_label = |shape: &Shape| {
            matches!(shape, Shape::Text(run)
                if timeline.events().any(|event| timeline.short(event) == scene.str(run)))
        };
        let first = scene.shapes.iter().position(is_label).expect("a label");
        let clip = scene.shapes[..first]
            .iter()
            .rev()
            .find_map(|shape| match shape {
                Shape::Clip(rect) => Some(rect.y0),
                _ => None,
            });
        let expected = if scroll_px > 0.0 {
            layout.top_px()
        } else {
            0.0
        };
        assert_eq!(clip, Some(expected), "scrolled by {scroll_px}");
    }
}

#[test]
fn a_large_window_is_filled_with_summaries_under_the_labels() {
    for (width_px, height_px, has_summaries) in [
        (1440.0, 900.0, false),
        (2560.0, 1440.0, true),
        (3840.0, 2160.0, true),
    ] {
        let size = CanvasSize {
            width_px: width_px - 380.0,
            whole_px: width_px,
            height_px: height_px - 60.0 - 64.0,
        };
        let layout = shipped(size);
        let summaries = layout.summaries.as_deref();
        assert_eq!(summaries.is_some(), has_summaries, "at {width_px}");
        let used = layout.top_px() + layout.stack.height + AXIS_PX;
        assert!(used <= size.height_px, "at {width_px}: {used} px");
        assert!(used >= 0.88 * size.height_px, "at {width_px}: {used} px");
        let Some(summaries) = summaries else { continue };
        for event in layout.timeline.events() {
            let lines = summaries.lines(event).len();
            assert!((1..=summaries.most_lines).contains(&lines));
        }
        for closer in [1.0, 2.0, 7.0] {
            let camera = layout.fit(width_px - layout.gutter_px);
            let camera = camera.zoomed_about(900.0, closer);
            assert_apart(&draw(&layout, camera, width_px), "in a large window");
        }
    }
}
