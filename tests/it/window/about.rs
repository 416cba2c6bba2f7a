//! The panel about the file: opened by its title and by a key.

use egui::Key;
use egui_kittest::{Harness, kittest::Queryable as _};
use meanwhile::app::App;

use super::{LARGE, PROJECTOR, says, window};

#[test]
fn the_title_opens_what_the_file_is_about_with_legend_and_sources() {
    for size in [LARGE, PROJECTOR] {
        let mut window = window(size);
        let camera = |window: &Harness<'_, App>| window.state().state().camera;
        let before = camera(&window);
        window.get_by_label("Mosul and the day after").click();
        window.run();
        for words in [
            "About this chronology",
            "15 events, 5 lanes, 1 era · 2003 – 2016 · Published October 2016",
            "somewhere in here: a day, a year, a century",
            "still going on when this was written",
            "cited by 15 events",
        ] {
            assert!(says(&window, words), "{words} at {size:?}");
        }
        window.key_press(Key::Escape);
        window.run();
        assert_eq!(camera(&window), before, "the canvas is as it was");
        assert!(!says(&window, "cited by 15 events"));
        window.key_press(Key::I);
        window.run();
        assert!(says(&window, "cited by 15 events"));
        window.key_press(Key::I);
        window.run();
        assert!(!says(&window, "cited by 15 events"));
    }
}

#[test]
fn the_very_first_start_has_a_quiet_hint_until_it_was_followed() {
    const HINT: &str = "What this is about, and how dates are drawn";
    let folder = tempfile::tempdir().expect("a folder");
    let start = || super::window_in(folder.path(), None, LARGE);
    let mut window = start();
    assert!(says(&window, HINT));
    window.get_by_label(HINT).click();
    window.run();
    assert!(says(&window, "cited by 15 events"));
    assert!(!says(&window, HINT), "it was followed");
    assert!(says(&window, "Iraq from the 2003 invasion"));
    // Something that is remembered: the next start is not the first.
    window.key_press(Key::Escape);
    window.key_press_modifiers(egui::Modifiers::COMMAND, Key::Plus);
    window.run();
    drop(window);
    assert!(!says(&start(), HINT));
}
