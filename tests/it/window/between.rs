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
