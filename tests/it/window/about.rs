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
