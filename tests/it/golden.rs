//! Scenes as text: what changes in the picture shows as a changed line.
//!
//! To accept a wanted change: `INSTA_UPDATE=always cargo test --test it golden`, then read the
//! diff.

use meanwhile::{
    layout::{BundledFonts, CanvasSize, Layout, Scene, SceneInput, Theme, ViewParams, draw},
    open::{self, Origin},
};

fn check(
    name: &str,
    (width_px, height_px): (f32, f32),
    theme: &Theme,
    selected: Option<&str>,
    zoom: f64,
) {
    let loaded = open::read(&Origin::Shipped).expect("the shipped file");
    let fonts = BundledFonts::default();
    let layout = Layout::build(
        loaded.timeline,
        CanvasSize {
            width_px,
            height_px,
        },
        &fonts,
    );
    let plot_px = width_px - layout.gutter_px;
    let camera = layout
        .fit(plot_px)
        .zoomed_about(f64::from(plot_px) * 0.9, zoom);
    let mut scene = Scene::default();
    let input = SceneInput {
        params: ViewParams {
            selected: selected.and_then(|id| layout.timeline.find_event(id)),
            ..ViewParams::new(camera, (width_px, height_px))
        },
        filtered: None,
        found: None,
        theme,
        lane_colors: &theme.lane_colors(layout.timeline.lanes()),
        measure: &fonts,
    };
    draw::scene(&layout, &input, &mut draw::Scratch::default(), &mut scene);
    insta::with_settings!({ snapshot_path => "golden", prepend_module_to_snapshot => false, omit_expression => true }, {
        insta::assert_snapshot!(name, scene.dump());
    });
}

#[test]
fn the_whole_file_light() {
    check("whole_light", (1440.0, 776.0), &Theme::LIGHT, None, 1.0);
}

#[test]
fn a_selected_event_dark() {
    check(
        "chosen_dark",
        (1060.0, 776.0),
        &Theme::DARK,
        Some("khazali-released"),
        1.0,
    );
}

#[test]
fn compact_rows() {
    check("compact_light", (1024.0, 644.0), &Theme::LIGHT, None, 1.0);
}

#[test]
fn days_of_october_2016() {
    check(
        "days_light",
        (1440.0, 776.0),
        &Theme::LIGHT,
        Some("paris"),
        200.0,
    );
}
