//! A touch screen: panning, pinching, tapping, a long press; and on the stage a swipe and targets for
//! fingers. The events are those that winit's come as: touches, and for the first finger a pointer.

use egui::{Event, Key, Modifiers, PointerButton, Pos2, TouchDeviceId, TouchId, TouchPhase, vec2};
use egui_kittest::{Harness, kittest::Queryable as _};
use meanwhile::app::App;

use super::{LARGE, PROJECTOR, assert_story, event, mark_name, says, window};

/// Moves a finger; the first one is the pointer, too.
fn finger(window: &mut Harness<'_, App>, id: u64, phase: TouchPhase, pos: Pos2) {
    window.event(Event::Touch {
        device_id: TouchDeviceId(1),
        id: TouchId::from(id),
        phase,
        pos,
        force: None,
    });
    if id > 0 {
        return;
    }
    let button = |pressed| Event::PointerButton {
        pos,
        button: PointerButton::Primary,
        pressed,
        modifiers: Modifiers::NONE,
    };
    match phase {
        TouchPhase::Start => {
            window.event(Event::PointerMoved(pos));
            window.event(button(true));
        }
        TouchPhase::Move => window.event(Event::PointerMoved(pos)),
        TouchPhase::End => {
            window.event(button(false));
            window.event(Event::PointerGone);
        }
        TouchPhase::Cancel => window.event(Event::PointerGone),
    }
}

fn tap(window: &mut Harness<'_, App>, pos: Pos2) {
    finger(window, 0, TouchPhase::Start, pos);
    window.step();
    finger(window, 0, TouchPhase::End, pos);
    window.run();
}

/// One finger from one point to another.
fn swipe(window: &mut Harness<'_, App>, from: Pos2, to: Pos2) {
    finger(window, 0, TouchPhase::Start, from);
    window.step();
    for part in 1..=8u8 {
        let at = from + (to - from) * (f32::from(part) / 8.0);
        finger(window, 0, TouchPhase::Move, at);
        window.step();
    }
    finger(window, 0, TouchPhase::End, to);
    window.run();
}

#[test]
fn one_finger_pans_and_a_tap_opens_the_story() {
    let mut window = window(LARGE);
    let camera = |window: &Harness<'_, App>| window.state().state().camera.expect("a camera");
    for _ in 0..3 {
        window.key_press(Key::Plus);
        window.run();
    }
    let before = camera(&window);
    swipe(
        &mut window,
        Pos2::new(900.0, 520.0),
        Pos2::new(700.0, 522.0),
    );
    let after = camera(&window);
    assert_eq!(before.secs_per_px(), after.secs_per_px());
    let moved = before.x_from_time(after.time_from_x(0.0));
    assert!(moved > 150.0, "{moved} px");
    window.key_press(Key::Num0);
    window.run();
    let fatwa = event(&window, "fatwa");
    let mark = window.get_by_label(&mark_name(&window, fatwa)).rect();
    tap(&mut window, mark.center());
    assert_story(&window, fatwa);
}

#[test]
fn two_fingers_zoom_and_what_is_under_them_stays_there() {
    let mut window = window(LARGE);
    let camera = |window: &Harness<'_, App>| window.state().state().camera.expect("a camera");
    let left = window
        .state()
        .state()
        .plot_widths()
        .map_or(0.0, |(shut, _)| LARGE.0 - shut);
    for _ in 0..2 {
        window.key_press(Key::Plus);
        window.run();
    }
    let (one, other) = (Pos2::new(700.0, 500.0), Pos2::new(900.0, 505.0));
    let before = camera(&window);
    let times = [one, other].map(|at| before.time_from_x(f64::from(at.x - left)));
    finger(&mut window, 0, TouchPhase::Start, one);
    window.step();
    finger(&mut window, 1, TouchPhase::Start, other);
    window.step();
    let mut ends = [one, other];
    for part in 1..=10u8 {
        let by = 12.0 * f32::from(part);
        // Apart, and both to the right.
        ends = [one + vec2(0.5 * by, 0.0), other + vec2(2.0 * by, 0.0)];
        finger(&mut window, 0, TouchPhase::Move, ends[0]);
        finger(&mut window, 1, TouchPhase::Move, ends[1]);
        window.step();
    }
    window.step();
    let after = camera(&window);
    assert!(after.secs_per_px() < 0.7 * before.secs_per_px(), "closer");
    for (time, at) in times.into_iter().zip(ends) {
        let x = after.x_from_time(time) + f64::from(left);
        assert!(
            (x - f64::from(at.x)).abs() < 4.0,
            "{x} under the finger at {}",
            at.x
        );
    }
    finger(&mut window, 1, TouchPhase::End, ends[1]);
    finger(&mut window, 0, TouchPhase::End, ends[0]);
    window.run();
    assert!(!window.state().state().is_story_open, "a pinch is no tap");
}

#[test]
fn a_long_press_shows_the_card_and_opens_nothing() {
    let mut window = window(LARGE);
    let fatwa = event(&window, "fatwa");
    let mark = window.get_by_label(&mark_name(&window, fatwa)).rect();
    let title = window.state().timeline().event(fatwa).title.to_owned();
    finger(&mut window, 0, TouchPhase::Start, mark.center());
    window.run_steps(60);
    assert!(
        window.query_by_label(&title).is_some(),
        "the card sums it up"
    );
    finger(&mut window, 0, TouchPhase::End, mark.center());
    window.run();
    assert!(!window.state().state().is_story_open);
}

#[test]
fn a_swipe_turns_the_pages_of_a_lesson_and_fingers_have_room() {
    let mut window = window(PROJECTOR);
    window.key_press(Key::F5);
    window.run();
    let step = |window: &Harness<'_, App>| {
        let session = window.state().state().session.as_ref();
        session.map(|session| session.step)
    };
    let right = Pos2::new(800.0, 200.0);
    let left = Pos2::new(300.0, 205.0);
    swipe(&mut window, right, left);
    assert_eq!(step(&window), Some(1));
    swipe(&mut window, left, right);
    assert_eq!(step(&window), Some(0));
    // The first event's mark, after a touch was seen.
    let invasion = event(&window, "invasion");
    let title = window.state().timeline().event(invasion).title.to_owned();
    let mark = window.get_by(|node| {
        node.label()
            .is_some_and(|label| label.starts_with("Open ") && label.contains(&title))
    });
    let rect = mark.rect();
    assert!(rect.width() >= 44.0 && rect.height() >= 44.0, "{rect:?}");
    tap(&mut window, rect.center());
    assert_eq!(step(&window), Some(0), "the card opens, no page is turned");
    assert!(says(&window, "Close"));
}
