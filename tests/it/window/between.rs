//! Measuring the duration between two events: by Shift and a click, and by keys.

use egui::{Key, Modifiers};
use egui_kittest::{Harness, kittest::Queryable as _};
use meanwhile::app::App;

use super::{LARGE, PROJECTOR, event, mark_name, says, window};

fn press(window: &mut Harness<'_, App>, key: Key) {
    window.key_press(key);
    window.run();
}

#[test]
fn two_events_give_the_time_between_as_sure_as_their_dates_are() {
    for size in [LARGE, PROJECTOR] {
        let mut window = window(size);
        let [invasion, released] =
            ["invasion", "khazali-released"].map(|id| mark_name(&window, event(&window, id)));
        window.get_by_label(&invasion).click();
        window.run();
        window.run_steps(20);
        press(&mut window, Key::Escape);
        window
            .get_by_label(&released)
            .click_modifiers(Modifiers::SHIFT);
        window.run();
        assert!(!window.state().state().is_story_open, "no story asked for");
        assert!(says(
            &window,
            "Between A US-led coalition invades Iraq and Qais al-Khazali is released: six to eight \
             years"
        ));
        press(&mut window, Key::Escape);
        assert!(!says(&window, "Between A US-led"));
    }
}

#[test]
fn keys_measure_from_the_selected_event_to_the_next_one() {
    let mut window = window(LARGE);
    press(&mut window, Key::ArrowRight);
    press(&mut window, Key::B);
    assert!(says(&window, "How long is it from A US-led coalition"));
    press(&mut window, Key::ArrowRight);
    assert!(says(&window, "Between A US-led coalition invades Iraq and"));
    let first = window.state().state().measure_start;
    press(&mut window, Key::ArrowRight);
    assert_eq!(
        window.state().state().measure_start,
        first,
        "it is still measured from there"
    );
    press(&mut window, Key::B);
    assert_eq!(window.state().state().measure_start, None);
}

/// From the story's menu, and with Shift alone: the canvas stays between the two clicks.
#[test]
fn the_canvas_stays_where_it_is_between_the_two_clicks() {
    for size in [LARGE, PROJECTOR] {
        let mut window = window(size);
        let [invasion, paris] =
            ["invasion", "paris"].map(|id| mark_name(&window, event(&window, id)));
        let view = |window: &Harness<'_, App>| {
            let state = window.state().state();
            (state.camera, state.scroll_px)
        };
        let before = view(&window);
        for name in [&invasion, &paris] {
            window.get_by_label(name).click_modifiers(Modifiers::SHIFT);
            window.run();
            assert_eq!(view(&window), before, "after {name}");
        }
        assert!(says(
            &window,
            "Between A US-led coalition invades Iraq and A meeting"
        ));
        press(&mut window, Key::Escape);
    }
    let mut window = window(LARGE);
    let invasion = mark_name(&window, event(&window, "invasion"));
    window.get_by_label(&invasion).click();
    window.run_steps(30);
    window.get_by_label("More about this event").click();
    window.run();
    window.get_by_label("How long between?").click();
    window.run();
    let before = window.state().state().camera;
    let released = mark_name(&window, event(&window, "khazali-released"));
    window.get_by_label(&released).click();
    window.run_steps(30);
    assert!(says(
        &window,
        "Between A US-led coalition invades Iraq and Qais"
    ));
    assert_eq!(window.state().state().camera, before);
}
