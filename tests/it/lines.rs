//! No line crosses a label, and no edge cuts one where the program has chosen the view.

use std::sync::Arc;

use meanwhile::{
    layout::{
        CanvasSize, Layout, Scene, SceneInput, TextMeasure, Theme, ViewParams, draw,
        metrics::{DATE_SIZE_PX, LABEL_SIZE_PX},
        scene::{Anchor, Rect, Shape},
    },
    open::{self, Origin},
};

use super::FONTS;

/// The rectangles around the straight parts of the lines.
fn lines(scene: &Scene) -> Vec<Rect> {
    let ink = Theme::LIGHT.ink.faded(0.75);
    let lines = scene.shapes.iter().filter_map(|shape| match shape {
        Shape::Line { line, color, .. } if *color == ink => Some(scene.line(line)),
        _ => None,
    });
    let parts = lines.flat_map(|line| line.iter().zip(line.iter().skip(1)));
    let rect = |(a, b): (&(f32, f32), &(f32, f32))| {
        Rect::new(a.0.min(b.0), a.1.min(b.1), a.0.max(b.0), a.1.max(b.1)).expanded(0.7, 0.7)
    };
    parts.map(rect).collect()
}

/// Where titles, dates and the lines' own words are written.
fn texts(scene: &Scene) -> Vec<Rect> {
    let texts = scene.shapes.iter().filter_map(|shape| {
        let Shape::Text(run) = shape else { return None };
        let width = FONTS.width(scene.str(run), run.face, run.size_px);
        let left = match run.anchor {
            Anchor::Start => run.x,
            Anchor::Middle => run.x - width / 2.0,
            Anchor::End => run.x - width,
        };
        let is_event = run.size_px == LABEL_SIZE_PX || run.size_px == DATE_SIZE_PX;
        is_event.then(|| Rect::new(left, run.baseline - 8.0, left + width, run.baseline + 1.0))
    });
    texts.collect()
}

#[test]
fn lines_from_cause_to_effect_cross_no_label() {
    let loaded = open::read(&Origin::Shipped).expect("the shipped file");
    let timeline = loaded.timeline;
    let mut drawn = 0;
    for (width_px, height_px) in [(1060.0, 776.0), (1024.0, 644.0), (1920.0, 956.0)] {
        let size = CanvasSize {
            width_px,
            whole_px: width_px,
            height_px,
        };
        let layout = Layout::build(Arc::clone(&timeline), size, &*FONTS);
        let plot_px = width_px - layout.gutter_px;
        for event in timeline.events() {
            for factor in [1.0, 1.7, 4.0] {
                let fit = layout.fit(plot_px);
                let x = fit.x_from_time(timeline.start(event));
                let mut scene = Scene::default();
                let input = SceneInput {
                    params: ViewParams {
                        selected: Some(event),
                        ..ViewParams::new(fit.zoomed_about(x, factor), (width_px, height_px))
                    },
                    filtered: None,
                    found: None,
                    theme: &Theme::LIGHT,
                    lane_colors: &Theme::LIGHT.lane_colors(timeline.lanes()),
                    measure: &*FONTS,
                };
                draw::scene(&layout, &input, &mut draw::Scratch::default(), &mut scene);
                let texts = texts(&scene);
                for part in lines(&scene) {
                    drawn += 1;
                    let crossed = texts.iter().find(|it| it.overlaps(&part));
                    assert_eq!(crossed, None, "{} at {factor}", timeline.short(event));
                }
            }
        }
    }
    assert!(drawn > 1000, "{drawn} points");
}

/// The shipped file on the canvas of a window of 1440 × 900, moved by this many px from the fitting
/// view at twice its scale.
fn moved_by(dx: f64, cut_labels: f32) -> Scene {
    let loaded = open::read(&Origin::Shipped).expect("the shipped file");
    let size = CanvasSize {
        width_px: 1060.0,
        whole_px: 1440.0,
        height_px: 776.0,
    };
    let layout = Layout::build(loaded.timeline, size, &*FONTS);
    let camera = layout.fit(1440.0 - layout.gutter_px);
    let camera = camera.zoomed_about(0.0, 2.0).panned(dx);
    let mut scene = Scene::default();
    let input = SceneInput {
        params: ViewParams {
            cut_labels,
            ..ViewParams::new(camera, (1440.0, 776.0))
        },
        filtered: None,
        found: None,
        theme: &Theme::LIGHT,
        lane_colors: &Theme::LIGHT.lane_colors(layout.timeline.lanes()),
        measure: &*FONTS,
    };
    draw::scene(&layout, &input, &mut draw::Scratch::default(), &mut scene);
    scene
}

#[test]
fn grid_lines_and_the_as_of_line_stop_at_labels() {
    let mut lines = 0;
    for dx in [0.0, 37.0, 411.0, 900.0, 1250.0] {
        let scene = moved_by(dx, 1.0);
        let texts = texts(&scene);
        let vertical = scene.shapes.iter().filter_map(|shape| match shape {
            Shape::Ramp { rect, .. } if rect.width() == 1.0 && rect.y1 < scene.plot.y1 + 1.0 => {
                Some(rect)
            }
            _ => None,
        });
        // The dashes of what is expected are short.
        for line in vertical.filter(|it| it.height() > 8.0) {
            lines += 1;
            assert!(
                !texts.iter().any(|it| it.overlaps(line)),
                "at {dx}: {line:?}"
            );
        }
    }
    assert!(lines > 60, "{lines} lines");
}

#[test]
fn no_edge_cuts_a_label_in_a_chosen_view_and_it_fades_there_in_one_panned_by_hand() {
    let mut cut = 0;
    for dx in (0..140).map(|step| f64::from(step) * 9.0) {
        for is_chosen in [true, false] {
            let scene = moved_by(dx, if is_chosen { 0.0 } else { 1.0 });
            let plot = scene.plot;
            let is_cut = |it: &&Rect| {
                it.x0 < plot.x0 - 0.5 && it.x1 > plot.x0 + 1.0
                    || it.x1 > plot.x1 + 0.5 && it.x0 < plot.x1 - 1.0
            };
            let texts = texts(&scene);
            let labels = texts.iter().filter(is_cut);
            for label in labels {
                assert!(!is_chosen, "{label:?} is cut at {dx}");
                cut += 1;
                let fades = scene.shapes.iter().any(|shape| match shape {
                    Shape::Ramp { rect, .. } => {
                        rect.width() == 16.0 && rect.y0 < label.y0 && label.y1 < rect.y1
                    }
                    _ => false,
                });
                assert!(fades, "{label:?} fades at {dx}");
            }
        }
    }
    assert!(cut > 100, "{cut} labels were cut");
}
