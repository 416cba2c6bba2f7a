//! The lines from cause to effect cross no label.

use std::sync::Arc;

use meanwhile::{
    layout::{
        Index, Key, Scene, SceneInput, Sight, Target, Theme, draw,
        scene::{Rect, Shape},
    },
    open::{self, Origin},
};

use super::FONTS;

/// The thin rectangles of the lines.
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
    let timeline = Arc::new(loaded.timeline);
    let mut drawn = 0;
    for (width_px, height_px) in [(1060.0, 776.0), (1024.0, 644.0), (1920.0, 956.0)] {
        let key = Key {
            width_px,
            height_px,
        };
        let index = Index::build(Arc::clone(&timeline), key, &*FONTS);
        let plot_px = width_px - index.gutter_px;
        for event in timeline.events() {
            for factor in [1.0, 1.7, 4.0] {
                let fit = index.fit(plot_px);
                let x = fit.x_from_time(timeline.start(event));
                let mut scene = Scene::default();
                let input = SceneInput {
                    sight: Sight {
                        selected: Some(event),
                        ..Sight::new(fit.zoomed_about(x, factor), (width_px, height_px))
                    },
                    lit: None,
                    found: None,
                    theme: &Theme::LIGHT,
                    lane_colors: &Theme::LIGHT.lane_colors(timeline.lanes()),
                    measure: &*FONTS,
                };
                draw::scene(&index, &input, &mut scene);
                for line in lines(&scene) {
                    drawn += 1;
                    let hits = scene.hits.iter();
                    let mut events = hits.filter(|hit| matches!(hit.target, Target::Event(_)));
                    // It ends on marks: what it only touches it does not cross.
                    let crossed = events.find(|hit| hit.rect.expanded(-2.0, -2.0).overlaps(&line));
                    assert_eq!(crossed, None, "{} at {factor}", timeline.short(event));
                }
            }
        }
    }
    assert!(drawn > 100, "{drawn} pieces");
}
