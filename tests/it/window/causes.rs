//! Following causes by keys, and history: back and forward.

use egui::{Key, Modifiers};
use egui_kittest::Harness;
use meanwhile::app::App;

use super::{LARGE, PROJECTOR, assert_story, click_mark, event, window};

fn press(window: &mut Harness<'_, App>, key: Key) {
    window.key_press(key);
    window.run();
}

fn with_alt(window: &mut Harness<'_, App>, key: Key) {
    window.key_press_modifiers(Modifiers::ALT, key);
    window.run();
}

#[test]
fn keys_walk_a_chain_of_causes_and_back() {
    for size in [LARGE, PROJECTOR] {
        let mut window = window(size);
        let [released, captured] =
            ["khazali-released", "khazali-captured"].map(|id| event(&window, id));
        click_mark(&mut window, released);
        press(&mut window, Key::OpenBracket);
        assert_story(&window, captured);
        press(&mut window, Key::CloseBracket);
        assert_story(&window, released);
        // The history: nothing selected, released, captured, released.
        with_alt(&mut window, Key::ArrowLeft);
        assert_story(&window, captured);
        with_alt(&mut window, Key::ArrowLeft);
        assert_story(&window, released);
        with_alt(&mut window, Key::ArrowLeft);
        assert_eq!(window.state().state().selected, None);
        with_alt(&mut window, Key::ArrowLeft);
        assert_eq!(
            window.state().state().selected,
            None,
            "there is nothing before"
        );
        for expected in [released, captured, released] {
            with_alt(&mut window, Key::ArrowRight);
            assert_story(&window, expected);
        }
    }
}

#[test]
fn going_elsewhere_forgets_what_was_forward() {
    let mut window = window(LARGE);
    let [first, second] = ["khazali-released", "mosul-falls"].map(|id| event(&window, id));
    click_mark(&mut window, first);
    with_alt(&mut window, Key::ArrowLeft);
    click_mark(&mut window, second);
    with_alt(&mut window, Key::ArrowRight);
    assert_story(&window, second);
    assert!(!window.state().state().can_go().1);
}
