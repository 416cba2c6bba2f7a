//! The lines from cause to effect cross no label.

use std::sync::Arc;

use meanwhile::{
    layout::{
        CanvasSize, Layout, Scene, SceneInput, Target, Theme, ViewParams, draw,
        scene::{Rect, Shape},
    },
    open::{self, Origin},
};

use super::FONTS;

/// The thin rectangles of which the lines consist.
fn lines(scene: &Scene) -> Vec<Rect> {
    let ink = Theme::LIGHT.ink.faded(0.75);
    let lines = scene.shapes.iter().filter_map(|shape| match shape {
        Shape::Ramp { rect, left, .. } if *left == ink => Some(*rect),
        _ => None,
    });
    lines.collect()
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
                for line in lines(&scene) {
                    drawn += 1;
                    let hits = scene.hits.iter();
                    let mut events = hits.filter(|hit| matches!(hit.target, Target::Event(_)));
                    // A line ends on marks: touching is not crossing.
                    let crossed = events.find(|hit| hit.rect.expanded(-2.0, -2.0).overlaps(&line));
                    assert_eq!(crossed, None, "{} at {factor}", timeline.short(event));
                }
            }
        }
    }
    assert!(drawn > 100, "{drawn} pieces");
}
