//! Wheel, pinch, drags and double clicks.

use egui::{Modifiers, Pos2, Vec2};
use egui_kittest::{Harness, kittest::Queryable as _};
use meanwhile::app::App;

use super::{LARGE, assert_story, event, mark_name, window};
use egui::Key;

/// Turns the wheel by `delta` notches with the pointer at `at`.
fn wheel(window: &mut Harness<'_, App>, at: Pos2, delta: Vec2, modifiers: Modifiers) {
    window.hover_at(at);
    window.run();
    window.event(egui::Event::MouseWheel {
        unit: egui::MouseWheelUnit::Line,
        delta,
        phase: egui::TouchPhase::Move,
        source: egui::MouseWheelSource::Wheel,
        modifiers,
    });
    window.run();
}

#[test]
fn the_wheel_on_a_diamond_does_not_lose_it() {
    let mut window = window(LARGE);
    let paris = event(&window, "paris");
    let name = mark_name(&window, paris);
    // The diamond is at the top right of mark and label; half of it is to the right of its day.
    let at = window.get_by_label(&name).rect().right_top() + Vec2::new(-3.0, 6.0);
    for _ in 0..12 {
        wheel(&mut window, at, Vec2::new(0.0, 2.0), Modifiers::NONE);
    }
    let mark = window.get_by_label(&name).rect();
    assert!(
        mark.expand(6.0).x_range().contains(at.x),
        "{mark:?} is where it was"
    );
}

fn drag(window: &mut Harness<'_, App>, from: Pos2, to: Pos2) {
    window.hover_at(from);
    window.run();
    window.drag_at(from);
    window.run_steps(2);
    for step in 1..=6u8 {
        window.hover_at(from + (to - from) * (f32::from(step) / 6.0));
        window.run_steps(1);
    }
    window.drop_at(to);
    window.run();
}

#[test]
fn the_wheel_zooms_about_the_pointer_and_shift_pans() {
    let mut window = window(LARGE);
    let fatwa = event(&window, "fatwa");
    let at = window
        .get_by_label(&mark_name(&window, fatwa))
        .rect()
        .left_top()
        + Vec2::new(2.0, 5.0);
    let camera = |window: &Harness<'_, App>| window.state().state().camera.expect("a camera");
    let before = camera(&window);
    let x = f64::from(at.x - 190.0);
    let time = before.time_from_x(x);
    wheel(&mut window, at, Vec2::new(0.0, 3.0), Modifiers::NONE);
    let after = camera(&window);
    assert!(after.secs_per_px() < before.secs_per_px() * 0.8, "closer");
    assert!(
        (after.x_from_time(time) - x).abs() < 0.5,
        "the moment under the pointer stays"
    );

    wheel(&mut window, at, Vec2::new(0.0, -2.0), Modifiers::SHIFT);
    let panned = camera(&window);
    assert!((panned.secs_per_px() / after.secs_per_px() - 1.0).abs() < 1e-9);
    assert!(
        (panned.x_from_time(time) - after.x_from_time(time)).abs() > 10.0,
        "Shift pans"
    );

    window.event(egui::Event::Zoom(2.0));
    window.run();
    assert!(
        (camera(&window).secs_per_px() * 2.0 / panned.secs_per_px() - 1.0).abs() < 1e-3,
        "pinching zooms"
    );
}

#[test]
fn dragging_moves_what_is_under_the_pointer() {
    let mut window = window(LARGE);
    window.key_press(Key::Plus);
    window.run();
    window.key_press(Key::Plus);
    window.run();
    let before = window.state().state().camera.expect("a camera");
    drag(
        &mut window,
        Pos2::new(700.0, 500.0),
        Pos2::new(600.0, 500.0),
    );
    let after = window.state().state().camera.expect("a camera");
    let time = before.time_from_x(300.0);
    assert!(
        after.x_from_time(time) <= 201.0,
        "it went along, and glided on: {}",
        after.x_from_time(time)
    );
}

#[test]
fn dragging_on_the_axis_flies_to_the_range() {
    let mut window = window(LARGE);
    let before = window.state().state().camera.expect("a camera");
    let y = 900.0 - 64.0 - 20.0;
    drag(&mut window, Pos2::new(500.0, y), Pos2::new(700.0, y));
    let after = window.state().state().camera.expect("a camera");
    for (x, plot_x) in [(310.0, 0.0), (510.0, 1250.0)] {
        let time = before.time_from_x(x);
        assert!(
            (after.x_from_time(time) - plot_x).abs() < 12.0,
            "{x} stands at {}",
            after.x_from_time(time)
        );
    }
}

#[test]
fn the_overview_moves_and_its_edges_zoom() {
    let mut window = window(LARGE);
    for _ in 0..4 {
        window.get_by_label("Zoom in").click();
        window.run();
    }
    let before = window.state().state().camera.expect("a camera");
    let strip = window
        .get_by(|node| {
            node.label()
                .is_some_and(|label| label.starts_with("Overview"))
        })
        .rect();
    window.hover_at(strip.right_center() - Vec2::new(30.0, 0.0));
    window.run();
    drag(
        &mut window,
        strip.right_center() - Vec2::new(30.0, 0.0),
        strip.right_center() - Vec2::new(28.0, 0.0),
    );
    let after = window.state().state().camera.expect("a camera");
    assert!(
        after.time_from_x(0.0) > before.time_from_x(0.0),
        "it went there"
    );
    window.get_by_label("Show everything").click();
    window.run();
    let whole = window.state().state().camera.expect("a camera");
    drag(
        &mut window,
        strip.left_center() + Vec2::new(1.0, 0.0),
        strip.center(),
    );
    let half = window.state().state().camera.expect("a camera");
    assert!(
        half.secs_per_px() < whole.secs_per_px() * 0.6,
        "its edge zooms"
    );
}

#[test]
fn a_double_click_flies_into_an_event() {
    let mut window = window(LARGE);
    // At the right edge: the story that the first click opens is under the second one.
    let paris = event(&window, "paris");
    let at = window
        .get_by_label(&mark_name(&window, paris))
        .rect()
        .center();
    window.hover_at(at);
    for _ in 0..2 {
        window.drag_at(at);
        window.drop_at(at);
    }
    window.run();
    assert_story(&window, paris);
    let camera = window.state().state().camera.expect("a camera");
    assert!(
        camera.secs_per_px() < 2_000.0,
        "close to the day: {}",
        camera.secs_per_px()
    );
}
