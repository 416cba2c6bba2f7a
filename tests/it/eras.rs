//! The names of eras on the canvas.

use std::sync::Arc;

use meanwhile::{
    formats,
    layout::{CanvasSize, Layout, Scene, SceneInput, Target, Theme, ViewParams, draw},
};

use super::FONTS;

/// Names stand in their own bands, in whatever order the eras are in the file.
#[test]
fn every_era_is_named_in_its_own_band() {
    for file in [
        r#"{"title":"T","eras":[{"label":"Late","date":"1500/1800"},{"label":"Renaissance","date":"1400/1600"},
            {"label":"War","date":"1610/1648"},{"label":"Inner","date":"1618/1645"}],
            "events":[{"title":"E","date":"1300"},{"title":"F","date":"1900"}]}"#,
        r#"{"title":"T","as_of":"1800","eras":[{"label":"Renaissance","date":"1400/1600"},
            {"label":"Inner","date":"1618/1645"},{"label":"Late","date":"1500/1800"},
            {"label":"War","date":"1610/1648"}],
            "events":[{"title":"E","date":"1300"},{"title":"F","date":"1900"}]}"#,
    ] {
        let timeline = Arc::new(formats::read(file.as_bytes()).expect("eras").timeline);
        let size = CanvasSize {
            width_px: 1440.0,
            whole_px: 1440.0,
            height_px: 776.0,
        };
        let layout = Layout::build(Arc::clone(&timeline), size, &*FONTS);
        let camera = layout.fit(size.width_px - layout.gutter_px);
        let theme = &Theme::LIGHT;
        let input = SceneInput {
            params: ViewParams::new(camera, (size.width_px, size.height_px)),
            theme,
            lane_colors: &theme.lane_colors(timeline.lanes()),
            filtered: None,
            found: None,
            measure: &*FONTS,
        };
        let mut scene = Scene::default();
        draw::scene(&layout, &input, &mut draw::Scratch::default(), &mut scene);
        let mut names = Vec::new();
        for hit in &scene.hits {
            let Target::Era(number) = hit.target else {
                continue;
            };
            let era = &timeline.eras()[number];
            let x = |time| scene.plot.x0 + camera.x_from_time(time) as f32;
            assert!(
                x(era.start) <= hit.rect.x0 && hit.rect.x1 <= x(era.end),
                "{}",
                era.label
            );
            assert!(
                !names.iter().any(|other| hit.rect.overlaps(other)),
                "{}",
                era.label
            );
            names.push(hit.rect);
        }
        assert_eq!(names.len(), 4);
    }
}
