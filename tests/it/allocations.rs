//! A steady pan allocates nothing: a frame reuses the buffers of the frames before.
//!
//! Allocations are counted on the test's own thread. The pan goes back and forth over one range
//! twice; the second pass, when every buffer has its size and every text was laid out, is measured.

use allocation_counter::measure;
use egui::{Context, Pos2, RawInput, Rect, Vec2};
use meanwhile::{
    layout::{Camera, Scene, Theme},
    view::{
        paint::{Picture, Placement, TextPainter},
        text::install_fonts,
    },
};

use super::many::{Distribution, Subject};

/// Zoom factors relative to the whole file; a view at the last one covers 18 to 91 days.
const FACTORS: [f64; 4] = [1.25, 20.0, 400.0, 20_000.0];
/// Frames from one end of the range to the other.
const VIEWS: i32 = 12;

/// Back and forth, twice: whether a frame is of the second pass, and its camera.
fn pan(subject: &Subject, factor: f64) -> impl Iterator<Item = (bool, Camera)> {
    let middle = subject.around(subject.start(0.6), factor);
    let plot_px = subject.plot_px();
    (0..4 * VIEWS).map(move |view| {
        let there = (view % (2 * VIEWS)).min(2 * VIEWS - view % (2 * VIEWS));
        let dx = (f64::from(there) / f64::from(VIEWS) - 0.5) * plot_px;
        (view >= 2 * VIEWS, middle.panned(dx))
    })
}

fn subjects() -> impl Iterator<Item = (Distribution, Subject)> {
    let distributions = [
        Distribution::History,
        Distribution::Burst,
        Distribution::Needle,
    ];
    distributions
        .into_iter()
        .map(|it| (it, Subject::of(it, 10_000, 5)))
}

#[test]
fn drawing_a_steady_pan_allocates_nothing() {
    for (distribution, subject) in subjects() {
        let mut scene = Scene::default();
        for factor in FACTORS {
            for (is_second, camera) in pan(&subject, factor) {
                let used = measure(|| subject.draw(camera, &mut scene));
                let made = if is_second { used.count_total } else { 0 };
                assert_eq!(
                    made, 0,
                    "allocations in {distribution:?}, {factor} times closer"
                );
            }
        }
    }
}

/// egui reuses its shape lists from frame to frame, so they stop allocating once they are long
/// enough and are measured too. `TextPainter::begin`, which asks egui for one of its own galleys,
/// is not measured.
#[test]
fn painting_a_steady_pan_allocates_nothing() {
    let ctx = Context::default();
    install_fonts(&ctx);
    let size = Vec2::new(1440.0, 900.0);
    for (distribution, subject) in subjects() {
        let (mut picture, mut text_painter) = (Picture::default(), TextPainter::default());
        let placement = Placement {
            origin: Vec2::ZERO,
            ground: Theme::LIGHT.ground,
        };
        for factor in FACTORS {
            for (is_second, camera) in pan(&subject, factor) {
                let input = RawInput {
                    screen_rect: Some(Rect::from_min_size(Pos2::ZERO, size)),
                    ..RawInput::default()
                };
                let mut painting = 0;
                let mut output = ctx.run_ui(input, |ui| {
                    text_painter.begin(ui.ctx());
                    let painter = ui.painter();
                    let draw = |scene: &mut Scene| subject.draw(camera, scene);
                    let paint =
                        || text_painter.paint(&mut picture, camera, painter, placement, draw);
                    painting = measure(paint).count_total;
                });
                output.textures_delta.clear();
                assert!(
                    !is_second || painting == 0,
                    "{painting} allocations in {distribution:?}, {factor} times closer"
                );
            }
        }
    }
}
